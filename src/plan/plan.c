/* plan.c — names of roles, and the end of a plan. */
#include "plan/plan.h"

static const char *const role_names[BM_N_ELEMS] = {
    "kicker", "headline", "subhead", "summary", "byline", "text",    "crosshead", "photo", "caption", "credit", "ad",
    "rule",   "frame",    "tint",    "label",   "figures", "pullquote", "folio",   "jump",  "note",    "table",
};

const char *
bm_element_role_name (BmElementRole role)
{
    return role_names[role];
}

const BmPlanItem *
bm_plan_item (const BmPlan *plan, const char *id)
{
    for (int i = 0; i < plan->n_items; i++)
        if (g_strcmp0 (plan->items[i].id, id) == 0)
            return &plan->items[i];
    return NULL;
}

void
bm_plan_free (BmPlan *plan)
{
    if (plan != NULL)
        bm_arena_free (plan->arena);
}
