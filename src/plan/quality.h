/* quality.h — what the page score counts: figures of each block, summed once, and the page they make where they stand.
 *
 * Make-up judges a block on hundreds of pages; what of it does not depend on its place is counted when it is built. */
#ifndef BM_QUALITY_H
#define BM_QUALITY_H

#include "plan/plan.h"

typedef struct {
    double x, y, width, height; /* points; y from the top of the news rows */
    double size;                /* of a head */
    double reach;               /* of a head or kicker: width of its longest line, points */
    int lines;                  /* of a head */
    int importance;             /* of its item; 0: furniture */
    bool news;                  /* a head that stands by itself: neither of a picture's story nor of a container's member */
    bool member;                /* of a container */
    bool boxed, vertical;
    const char *item;           /* id */
} BmBox;

typedef struct {
    int n;
    BmBox *all;
} BmBoxes;

/* A block, its places counted from where the elements were: on the page, or at its top left. */
typedef struct {
    const BmPlanItem *item; /* NULL: the page's furniture */
    bool ad, container;
    BmBoxes heads, kickers, photos, ads;
    int words;              /* of a column in … */
    uint64_t *covered;      /* … the rows that elements cover: a bit a row, columns one after the other */
    int first, last;        /* columns with any; last < first: none */
    int overset, slack, fillers;
    int legs, short_legs, grey_legs, endless_legs; /* columns of text */
    double text_rows, text_cells;
    double grey_rows; /* of columns, beyond those that nothing need break */
    double black, black_x, black_y; /* weight, and its moments, of §10's balance */
    double crop, head_fill;         /* sums over photos and heads */
    double aspect;                  /* by how much it is too flat or too narrow */
} BmFigures;

/* A block of a page, moved by whole columns and rows. */
typedef struct {
    const BmFigures *figures;
    int columns, rows;
} BmMoved;

/* `items`: the block's own first, then a container's members; none: furniture. Lives in the arena. */
BmFigures *bm_block_figures (const BmGrid *grid, const BmPlanItem *items, int n_items, const BmElement *const *elements,
                             int n_elements, BmArena *arena);

/* Of a block that is not built yet: what its item alone tells, all that the elements would add left at nothing. */
BmFigures bm_outline_figures (const BmGrid *grid, const BmPlanItem *item);

/* A page of blocks. Where they stand is looked at once; which figures they have may then change as often as is wanted:
 * bm_scene_figures gives block `number`, as bm_scene_set was given it, others of the same size. Make-up tries many ways to
 * build the blocks of one page. */
typedef struct BmScene BmScene;
BmScene *bm_scene_new (const BmGrid *grid, int most_blocks);
void     bm_scene_free (BmScene *scene);
/* `ad_rows`: of the strips at the foot. News blocks first, ads and furniture behind them. */
void     bm_scene_set (BmScene *scene, int ad_rows, const BmMoved *blocks, int n_blocks);
void     bm_scene_figures (BmScene *scene, int number, const BmFigures *figures);
/* By the places alone, everything else as good as can be: no page of blocks that stand there scores more. */
BmQuality bm_scene_at_best (const BmScene *scene);
/* All but what the plan alone knows: jumps, and heads broken in a word. */
BmQuality bm_scene_quality (BmScene *scene);
/* The same in steps, the cheap figures first, each with all that is not looked at yet as good as can be: false when the last is
 * done and the figures are those of bm_scene_quality. Begins with step 0. */
bool bm_scene_step (BmScene *scene, int step, BmQuality *quality);

/* A figure of BmQuality, a double at this offset, and its name in the JSON form; sorted as the form wants them. */
typedef struct {
    const char *name;
    size_t offset;
} BmQualityRow;
extern const BmQualityRow bm_quality_rows[];
extern const int bm_n_quality_rows;

/* ---- within the score ---- */

/* A head where it stands. */
typedef struct {
    const BmBox *box;
    int block;
    double x, y;
} BmPlacedHead;

typedef struct {
    BmMoved moved;
    int column, row, columns, rows; /* on the page */
    int importance;
    double x, y;                    /* by how much its boxes are moved, points */
    double reading;                 /* how late it is read */
} BmPlacedBlock;

struct BmScene {
    const BmGrid *grid;
    int news_rows;       /* rows above the ad strip */
    double news_width;   /* points */
    double news_cells;   /* columns × rows that are not ad */
    int n, n_news;
    BmPlacedBlock *blocks; /* the news blocks first; ads and furniture behind them */
    int words;             /* of a column's rows, a bit each */
    uint64_t *cells;       /* room for all columns */
    int most_heads;
    BmPlacedHead *heads;   /* room for so many */
    BmQuality places;      /* what depends on the places alone; the rest at its best */
};

/* quality-heads.c */
double bm_lead_place (const BmScene *scene); /* 1: at the page's head, left */
void   bm_measure_heads (BmScene *scene, BmQuality *quality);

/* quality-cells.c: filled share; cells covered twice, cuts, of which the places alone decide */
int    bm_cover_rows (uint64_t *column, int rows, int first, int last); /* how many were covered before */
double bm_measure_fill (const BmScene *scene);
void   bm_measure_cuts (const BmScene *scene, BmQuality *quality);

#endif
