/* makeup.h — 拼版: decide which columns and rows every item of a page takes.
 *
 * Units: grid cells (columns × baseline rows, int). Points appear only in the plan.
 * Ownership: the plan owns itself (bm_plan_free); edition and layout are borrowed and may be freed before
 *   the plan; `type` must outlive the plan's glyph runs.
 * Errors: NULL after at least one BM_ERROR in `diags`. Overset copy (溢排) is a warning: the plan comes back
 *   and plan->overset lists the lines that found no room.
 * Determinism: same edition, layout, fonts and options give the same plan, on any machine.
 * Cost: at most options->max_nodes search nodes, each O(items + columns).
 * Source: design/page-makeup.md.
 */
#ifndef BM_MAKEUP_H
#define BM_MAKEUP_H

#include "edition/edition.h"
#include "plan/plan.h"

/* 报头: what a front page says over its stories (the layout says how). Texts may be NULL. */
typedef struct {
    int n_lines;
    const char *const *lines; /* of its headline */
    const char *section, *page;
} BmIndexEntry;

typedef struct {
    const char *name;  /* NULL: the page's paper */
    const char *latin; /* under it */
    const char *issue; /* 第4127号 */
    int n_lines;
    const char *const *lines; /* publisher, number of pages … */
    int n_index;
    const BmIndexEntry *index; /* 导读, in the ear (报眼) unless an ad stands there */
} BmFrontMatter;

typedef struct {
    long max_nodes;          /* 0: the default */
    const char *picture_root; /* folder under which photos are read; NULL: no pictures can be read */
    const BmFrontMatter *front; /* of a page whose layout is a front page's; NULL: the paper and the date alone */
    const BmPlan *keep;      /* items it pins stay where it has them; NULL: none */
    GString *trace;          /* NULL, or receives why each item got its place */
} BmMakeupOptions;

BmPlan *bm_makeup_page (const BmEdition *edition, int page_index, /* 0 … edition->n_pages − 1 */
                        const BmLayout *layout, BmType *type,     /* its shaping cache grows */
                        const BmMakeupOptions *options,           /* NULL: the defaults */
                        BmDiags *diags);

#endif
