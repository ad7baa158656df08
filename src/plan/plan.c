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
bm_plan_item_rows (const BmPlanItem *item, int column, int *first, int *last)
{
    bool in_notch = item->notched && (item->notch_left ? column < item->column + item->notch_columns
                                                       : column >= item->column + item->columns - item->notch_columns);

    *first = item->row + (in_notch && item->notch_top ? item->notch_rows : 0);
    *last = item->row + item->rows - (in_notch && !item->notch_top ? item->notch_rows : 0);
}

bool
bm_plan_items_overlap (const BmPlanItem *a, const BmPlanItem *b)
{
    int first = MAX (a->column, b->column), last = MIN (a->column + a->columns, b->column + b->columns);

    for (int column = first; column < last; column++) {
        int top, foot, other_top, other_foot;

        bm_plan_item_rows (a, column, &top, &foot);
        bm_plan_item_rows (b, column, &other_top, &other_foot);
        if (top < other_foot && other_top < foot)
            return true;
    }
    return false;
}

void
bm_plan_free (BmPlan *plan)
{
    if (plan != NULL)
        bm_arena_free (plan->arena);
}
