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
    BmPlanItem *items;  /* what is built is built when it is first asked for: NULL until then */
    BmFigures *figures;
} Way;

struct BuiltBlock {
    BmPlanItem outline; /* where it stands at the page's top left, and … */
    BmFigures figures;  /* … what that tells, before it is built */
    Way own;    /* the cheapest, as the leaf's table has it */
    bool listed;
    int n_ways; /* cheapest first; of a container only its own */
    Way *ways;
};

/* Opened for one region of the page; dropped with it. */
Trials *bm_trials_new (Maker *maker, WorthFunc worth, void *data);
void    bm_trials_free (Trials *trials);

/* A page comes under trial: its places are looked at. Returns the most it can be worth, however its blocks are built. */
double bm_trial_open (Trials *trials, const Leaf *leaves, int n_leaves, const Solution *solution);
/* What it is worth as the solution has it, or if that is less than `least`, no less than it is worth and less than that: it is not
 * looked at to the end then … */
double bm_trial_worth (Trials *trials, double least);
/* … and with its places built in these ways (NULL: an ad); `added` is what they cost beyond the solution's own. */
double bm_trial_worth_so (Trials *trials, Way *const *ways, int added, double least);
/* Every way to build place `number`, alike ones left out, none much dearer than the cheapest; NULL: an ad. */
const BuiltBlock *bm_trial_ways (Trials *trials, int number);

#endif
