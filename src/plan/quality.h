/* quality.h — what the figures of the page score are counted on: the plan's blocks, heads, columns and pictures. */
#ifndef BM_QUALITY_H
#define BM_QUALITY_H

#include "plan/plan.h"

typedef struct {
    const BmPlanItem *item; /* of a block: the item or container that no container holds */
    const BmElement *element;
    double x, y, width, height; /* points; y from the top of the news rows */
    double size;                /* of a head */
    bool news;                  /* a head that stands by itself: neither of a picture's story nor of a container's member */
    bool container;             /* a block that is one */
} BmBox;

typedef struct {
    int n;
    BmBox *all;
} BmBoxes;

typedef struct {
    const BmPlan *plan;
    int news_rows;       /* rows above the ad strip */
    double news_width;   /* points */
    double news_cells;   /* columns × rows that are not ad */
    BmBoxes blocks, heads, columns, photos, ads;
    BmBoxes breaks;      /* crossheads and what else parts a column of text */
    BmBox *boxes;        /* where all of them lie */
} BmScene;

/* The block of an item: itself, or its container. */
bool bm_same_block (const BmBox *a, const BmBox *b);
bool bm_side_by_side (const BmScene *scene, const BmBox *a, const BmBox *b);

/* A figure of BmQuality, a double at this offset, and its name in the JSON form; sorted as the form wants them. */
typedef struct {
    const char *name;
    size_t offset;
} BmQualityRow;
extern const BmQualityRow bm_quality_rows[];
extern const int bm_n_quality_rows;

/* quality-heads.c */
double bm_measure_collisions (const BmScene *scene);
double bm_measure_hierarchy (const BmScene *scene);
double bm_measure_lead (const BmScene *scene);
double bm_measure_steps (const BmScene *scene);
double bm_measure_head_fill (const BmScene *scene);

#endif
