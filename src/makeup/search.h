/* search.h — the table of the dynamic programme, shared by the joins. */
#ifndef BM_SEARCH_H
#define BM_SEARCH_H

#include "makeup/makeup-private.h"

typedef enum { JOIN_LEAF, JOIN_BESIDE, JOIN_ABOVE, JOIN_WHEEL, JOIN_NOTCH, N_JOINS } Join;

/* §6: what joins cost. */
#define BM_JOIN_BESIDE 0.15
#define BM_JOIN_ABOVE 0.10
#define BM_JOIN_WHEEL 0.6  /* all of a wheel's */
#define BM_ROOT_BESIDE 1.6 /* more for a cut from head to foot of the page */

/* F[S][w][h]: the least cost of filling w columns × h rows with exactly the leaves of S. A band is the heights that
 * can be had at one width; outside it nothing is written. */
typedef struct {
    int low, high; /* low > high: none */
    int least;
} Band;

typedef struct {
    uint16_t first; /* leaves of the left or upper part */
    uint16_t cut;   /* its columns or rows */
    uint8_t join;
} Back;

typedef struct {
    Maker *maker;
    Leaf *leaves;
    int n_leaves, columns, rows;
    unsigned full;
    unsigned lead, right, left; /* leaves: the lead; ads of the right and left corner */
    int budget;     /* how much dearer than its cheapest parts a page may be */
    int *least;     /* sum of the cheapest shapes of each set */
    int *joins;     /* what joining each to all others costs at least */
    int *area_min, *area_max;
    struct Room *room; /* of each set */
    uint64_t *widths; /* of each set: a bit for each width at which it has a band */
    Band *bands;    /* [S × (columns + 1) + w] */
    int *cost;
    Back *back;
    uint8_t *top_left, *top_right; /* leaf × 8 + TopKind */
    int *best, *cut; /* by height: scratch of a join */
    GArray *roots;  /* Root */
} Search;

typedef struct {
    unsigned set;
    int column, row, columns, rows;
} RootPart;

typedef struct {
    int cost, n_parts;
    Join join;
    RootPart parts[5];
} Root;

/* A pinwheel one part of which holds a notch. */
typedef struct {
    Root root;
    int notched; /* that part */
} NotchedWheel;

/* A table of the dynamic programme as the joins read it. */
typedef struct {
    const Band *bands;
    const int *cost;
    const uint8_t *top_left, *top_right;
} Table;

static inline size_t
bm_band_at (const Search *search, unsigned set, int w)
{
    return (size_t) set * (size_t) (search->columns + 1) + (size_t) w;
}

static inline size_t
bm_state_at (const Search *search, unsigned set, int w, int h)
{
    return bm_band_at (search, set, w) * (size_t) (search->rows + 1) + (size_t) h;
}

static inline Table
bm_plain_table (const Search *search)
{
    return (Table){ search->bands, search->cost, search->top_left, search->top_right };
}

static inline int
bm_limit (const Search *search, unsigned set)
{
    return search->least[set] + search->budget - search->joins[set];
}

/* The cost of the cheapest page so far; what the budget allows when there is none. */
int  bm_cheapest_root (const Search *search);
int  bm_notch_area (const Search *search, const Leaf *leaf); /* of a story that has its place */
int  bm_collision (const Search *search, uint8_t left, uint8_t right);
/* Which of two parts, of which `a` holds the lowest leaf, stands left or above; false: they are never joined so. */
bool bm_order_beside (const Search *search, unsigned a, unsigned b, unsigned *left, unsigned *right, int *cost);
bool bm_order_above (const Search *search, unsigned a, unsigned b, unsigned *upper, unsigned *lower);
void bm_trace_back (const Search *search, RootPart part, Solution *solution);
/* search-pinned.c: pages round the leaves that have places, cheapest first but for the wheels, which come last. */
void bm_search_pinned (Search *search, GArray *solutions);
void bm_search_wheels (Search *search); /* wheel.c: the pinwheel, added to the roots */
/* The same with one arm out of the table of parts with a notch, added to `found`. */
void bm_search_notched_wheels (Search *search, const Table *notched, GArray *found);
/* search-notch.c: pages in which one story has a notch, joined out of the filled table; cheapest first. */
void bm_search_notched (Search *search, GArray *solutions);

#endif
