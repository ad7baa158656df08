/* wheel.c — the pinwheel (风车): five rectangles round a middle one, so that no line crosses the page
 * (page-makeup.md §6). Two hands; the lead stands top left, a corner ad in its corner. */
#include "makeup/search.h"

#include <string.h>

#define MAX_STEPS 600000
#define OVER_BEST 4.0
#define LEAST_ROWS 8  /* of each arm */

/* The states of one size, the least excess over their leaves' cheapest shapes first. */
typedef struct {
    unsigned set;
    int excess;
    bool notched;
} State;

typedef struct {
    int n;
    State *states;
} States;

typedef struct {
    Search *search;
    Table plain, notched; /* notched.cost NULL: no arm is to have a notch; else one is */
    GArray *found;
    int notched_arm;      /* of the wheel under trial; −1: none yet */
    States *table; /* [w × (rows + 1) + h] */
    int *least;    /* the least excess of each size; BM_NO_WAY if there is none */
    GArray *pool;
    int bound;     /* excess a wheel may have in all */
    long steps;
    bool right_hand;
} Wheel;

/* Arms in the order they are tried: A holds the lead; C, for the right hand, the right corner. */
enum { ARM_A, ARM_B, ARM_C, ARM_D, ARM_E, N_ARMS };

static int
compare_states (const void *one, const void *two)
{
    const State *a = one, *b = two;

    if (a->excess != b->excess)
        return a->excess < b->excess ? -1 : 1;
    return a->set != b->set ? (a->set < b->set ? -1 : 1) : a->notched - b->notched;
}

static void
list_table (const Wheel *wheel, const Table *table, bool notched, GArray **lists)
{
    const Search *search = wheel->search;

    for (unsigned set = 1; set < search->full; set++)
        for (int w = 1; w < search->columns; w++) {
            const Band *band = &table->bands[bm_band_at (search, set, w)];

            for (int h = band->low; h <= band->high; h++) {
                int cost = table->cost[bm_state_at (search, set, w, h)], at = w * (search->rows + 1) + h;
                State state = { set, cost - search->least[set], notched };

                if (cost >= BM_NO_WAY || state.excess > wheel->bound)
                    continue;
                if (lists[at] == NULL)
                    lists[at] = g_array_new (FALSE, FALSE, sizeof (State));
                g_array_append_val (lists[at], state);
            }
        }
}

static void
list_states (Wheel *wheel)
{
    const Search *search = wheel->search;
    GArray **lists = g_new0 (GArray *, (gsize) ((search->columns + 1) * (search->rows + 1)));

    list_table (wheel, &wheel->plain, false, lists);
    if (wheel->notched.cost != NULL)
        list_table (wheel, &wheel->notched, true, lists);
    for (int at = 0; at < (search->columns + 1) * (search->rows + 1); at++) {
        if (lists[at] == NULL)
            continue;
        g_array_sort (lists[at], compare_states);
        wheel->table[at].n = (int) lists[at]->len;
        wheel->least[at] = g_array_index (lists[at], State, 0).excess;
        wheel->table[at].states = (State *) (void *) g_array_free (lists[at], FALSE);
    }
    g_free (lists);
}

static int
least_of (const Wheel *wheel, int columns, int rows)
{
    return wheel->least[columns * (wheel->search->rows + 1) + rows];
}

static const States *
states_of (const Wheel *wheel, const RootPart *part)
{
    return &wheel->table[part->columns * (wheel->search->rows + 1) + part->rows];
}

static bool
arm_allows (const Wheel *wheel, int arm, unsigned set)
{
    const Search *search = wheel->search;

    return (arm == ARM_A || (set & search->lead) == 0) && (arm == ARM_C || (set & search->right) == 0) &&
           (arm == ARM_D || (set & search->left) == 0);
}

static const Table *
table_of (const Wheel *wheel, int arm)
{
    return arm == wheel->notched_arm ? &wheel->notched : &wheel->plain;
}

static void
add_wheel (Wheel *wheel, RootPart *parts)
{
    Search *search = wheel->search;
    int cost = BM_COST (0.6);
    Root root = { .n_parts = N_ARMS, .join = JOIN_WHEEL };

    for (int i = 0; i < N_ARMS; i++)
        cost += table_of (wheel, i)->cost[bm_state_at (search, parts[i].set, parts[i].columns, parts[i].rows)];
    cost += bm_collision (search, table_of (wheel, ARM_A)->top_right[bm_state_at (search, parts[ARM_A].set, parts[ARM_A].columns, parts[ARM_A].rows)],
                          table_of (wheel, ARM_B)->top_left[bm_state_at (search, parts[ARM_B].set, parts[ARM_B].columns, parts[ARM_B].rows)]);
    if (cost > search->least[search->full] + wheel->bound)
        return;
    root.cost = cost;
    memcpy (root.parts, parts, sizeof root.parts);
    if (wheel->notched.cost == NULL) {
        g_array_append_val (search->roots, root);
    } else {
        NotchedWheel found = { root, wheel->notched_arm };
        g_array_append_val (wheel->found, found);
    }
}

/* The last arm is what the others leave: looked up. */
static void
close_wheel (Wheel *wheel, RootPart *parts, unsigned used, int excess)
{
    Search *search = wheel->search;
    RootPart *last = &parts[ARM_E];
    unsigned set = search->full & ~used;

    if (set == 0 || !arm_allows (wheel, ARM_E, set))
        return;
    bool notched = wheel->notched.cost != NULL && wheel->notched_arm < 0;
    const Table *table = notched ? &wheel->notched : &wheel->plain;
    const Band *band = &table->bands[bm_band_at (search, set, last->columns)];
    if (last->rows < band->low || last->rows > band->high)
        return;
    int cost = table->cost[bm_state_at (search, set, last->columns, last->rows)];
    if (cost >= BM_NO_WAY || excess + cost - search->least[set] > wheel->bound)
        return;
    last->set = set;
    wheel->notched_arm = notched ? ARM_E : wheel->notched_arm;
    add_wheel (wheel, parts);
    wheel->notched_arm = notched ? -1 : wheel->notched_arm;
}

static void
try_arm (Wheel *wheel, RootPart *parts, int arm, unsigned used, int excess, const int *rest)
{
    const States *states = states_of (wheel, &parts[arm]);

    if (arm == ARM_E) {
        close_wheel (wheel, parts, used, excess);
        return;
    }
    for (int i = 0; i < states->n && wheel->steps < MAX_STEPS; i++) {
        const State *state = &states->states[i];

        wheel->steps++;
        if (excess + state->excess + rest[arm + 1] > wheel->bound)
            break;
        if ((state->set & used) != 0 || !arm_allows (wheel, arm, state->set) || (state->notched && wheel->notched_arm >= 0))
            continue;
        parts[arm].set = state->set;
        wheel->notched_arm = state->notched ? arm : wheel->notched_arm;
        try_arm (wheel, parts, arm + 1, used | state->set, excess + state->excess, rest);
        wheel->notched_arm = state->notched ? -1 : wheel->notched_arm;
    }
}

static void
try_wheel (Wheel *wheel, int x1, int x2, int y1, int y2)
{
    int n = wheel->search->columns, rows = wheel->search->rows, rest[N_ARMS + 1] = { 0 };
    RootPart right[N_ARMS] = { { 0, 0, 0, x2, y1 }, { 0, x2, 0, n - x2, y2 }, { 0, x1, y2, n - x1, rows - y2 },
                               { 0, 0, y1, x1, rows - y1 }, { 0, x1, y1, x2 - x1, y2 - y1 } };
    RootPart left[N_ARMS] = { { 0, 0, 0, x1, y2 }, { 0, x1, 0, n - x1, y1 }, { 0, x2, y1, n - x2, rows - y1 },
                              { 0, 0, y2, x2, rows - y2 }, { 0, x1, y1, x2 - x1, y2 - y1 } };
    RootPart *parts = wheel->right_hand ? right : left;

    for (int i = N_ARMS - 1; i >= 0; i--)
        rest[i] = rest[i + 1] + least_of (wheel, parts[i].columns, parts[i].rows);
    if (rest[0] <= wheel->bound)
        try_arm (wheel, parts, ARM_A, 0, 0, rest);
}

/* Two of the arms stand in the first row cut, two in the second: where the first two are too dear the second is not tried. */
static void
try_rows (Wheel *wheel, int x1, int x2)
{
    int n = wheel->search->columns, rows = wheel->search->rows;
    int w1 = wheel->right_hand ? x2 : n - x1, w2 = wheel->right_hand ? x1 : n - x2; /* over and under y1 */
    int v1 = wheel->right_hand ? n - x2 : x1, v2 = wheel->right_hand ? n - x1 : x2; /* over and under y2 */

    for (int y1 = LEAST_ROWS; y1 <= rows - 2 * LEAST_ROWS; y1++) {
        int first = least_of (wheel, w1, y1) + least_of (wheel, w2, rows - y1);

        if (first > wheel->bound)
            continue;
        for (int y2 = y1 + LEAST_ROWS; y2 <= rows - LEAST_ROWS; y2++)
            if (first + least_of (wheel, v1, y2) + least_of (wheel, v2, rows - y2) + least_of (wheel, x2 - x1, y2 - y1) <= wheel->bound)
                try_wheel (wheel, x1, x2, y1, y2);
    }
}

static void
search_wheels (Search *search, const Table *notched, GArray *found)
{
    Wheel wheel = { .search = search, .plain = bm_plain_table (search), .notched = notched != NULL ? *notched : (Table){ 0 },
                    .found = found, .notched_arm = -1 };
    int n_sizes = (search->columns + 1) * (search->rows + 1);

    if (search->n_leaves < 5 || search->columns < 3 || search->rows < 3 * LEAST_ROWS)
        return;
    wheel.bound = MIN (search->budget, bm_cheapest_root (search) + BM_COST (OVER_BEST) - search->least[search->full]);
    wheel.table = g_new0 (States, (gsize) n_sizes);
    wheel.least = g_new (int, (gsize) n_sizes);
    for (int i = 0; i < n_sizes; i++)
        wheel.least[i] = BM_NO_WAY;
    list_states (&wheel);
    for (int hand = 0; hand < 2; hand++) {
        wheel.right_hand = hand == 0;
        for (int x1 = 1; x1 < search->columns - 1; x1++)
            for (int x2 = x1 + 1; x2 < search->columns; x2++)
                try_rows (&wheel, x1, x2);
    }
    search->maker->nodes += wheel.steps;
    for (int i = 0; i < n_sizes; i++)
        g_free (wheel.table[i].states);
    g_free (wheel.table);
    g_free (wheel.least);
}

void
bm_search_wheels (Search *search)
{
    search_wheels (search, NULL, NULL);
}

void
bm_search_notched_wheels (Search *search, const Table *notched, GArray *found)
{
    search_wheels (search, notched, found);
}
