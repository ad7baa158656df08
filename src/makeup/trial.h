/* trial.h — pages under trial: their blocks are built once for each way to build them, at the page's top left, and a page is
 * the sum of its blocks, each moved to its place. */
#ifndef BM_TRIAL_H
#define BM_TRIAL_H

#include "makeup/makeup-private.h"
#include "plan/quality.h"

#define BM_MAX_WAYS 10

/* One way to build a block, as if it stood at the page's top left. */
typedef struct {
    Shape shape; /* of a story */
    int cost;
    int n_items;
    BmPlanItem *items;
    BmFigures *figures;
} Way;

struct BuiltBlock {
    Way own;    /* the cheapest, as the leaf's table has it */
    bool listed;
    int n_ways; /* cheapest first; of a container only its own */
    Way *ways;
};

/* Opened for one region of the page; dropped with it. */
Trials *bm_trials_new (Maker *maker, WorthFunc worth, void *data);
void    bm_trials_free (Trials *trials);

const Way *bm_own_way (Trials *trials, const Leaf *leaf, const Placement *place);
/* The same of a block with a notch, which the size alone does not tell: the way of this shape first. */
const BuiltBlock *bm_notched_ways (Trials *trials, const Leaf *leaf, const Placement *place, const Shape *shape, bool all);
/* Every way, alike ones left out, none much dearer than the cheapest. */
const BuiltBlock *bm_all_ways (Trials *trials, Leaf *leaf, const Placement *place);

/* What the page is worth whose places are built in these ways; `added` is what they cost beyond the solution's own. */
double bm_trial_worth (Trials *trials, const Leaf *leaves, int n_leaves, const Solution *solution, const Way *const *ways, int added);

#endif
