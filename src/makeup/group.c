/* group.c — 同组：名: stories that belong together stand side by side or one above the other. */
#include "makeup/makeup-private.h"

#include <string.h>

/* Do two blocks share an edge, but for the gutter and the white rows between them? A member stands where its container does. */
static bool
touch (const Maker *maker, const BmPlanItem *a, const BmPlanItem *b)
{
    bool level = a->row < b->row + b->rows && b->row < a->row + a->rows;
    bool straight = a->column < b->column + b->columns && b->column < a->column + a->columns;
    int across = MAX (a->column, b->column) - MIN (a->column + a->columns, b->column + b->columns);
    int down = MAX (a->row, b->row) - MIN (a->row + a->rows, b->row + b->rows);

    return (a->container != NULL && g_strcmp0 (a->container, b->container) == 0) || (level && across == 0) ||
           (straight && down <= maker->separator);
}

static const BmPlanItem *
block_of (const BmPlan *plan, const Story *story)
{
    const BmPlanItem *item = bm_plan_item (plan, story->item->id);

    return item != NULL && item->container != NULL ? bm_plan_item (plan, item->container) : item;
}

static bool
has_neighbour (const Maker *maker, const BmPlan *plan, int number, bool *alone)
{
    const Story *story = &maker->stories[number];
    const BmPlanItem *own = block_of (plan, story);

    *alone = true;
    for (int i = 0; i < maker->n_stories; i++) {
        const Story *other = &maker->stories[i];

        if (i == number || maker->held[i] || g_strcmp0 (other->group, story->group) != 0)
            continue;
        const BmPlanItem *block = block_of (plan, other);
        *alone = false;
        if (own != NULL && block != NULL && (own == block || touch (maker, own, block)))
            return true;
    }
    return false;
}

/* Stories of a group that touch no other of it. */
int
bm_groups_parted (const Maker *maker, const BmPlan *plan)
{
    int n = 0;
    bool alone;

    for (int i = 0; i < maker->n_stories; i++)
        if (maker->stories[i].group != NULL && !maker->held[i] && !has_neighbour (maker, plan, i, &alone))
            n += !alone;
    return n;
}

void
bm_groups_name_parted (Maker *maker, const BmPlan *plan)
{
    bool alone;

    for (int i = 0; i < maker->n_stories; i++)
        if (maker->stories[i].group != NULL && !maker->held[i] && !has_neighbour (maker, plan, i, &alone) && !alone)
            bm_diag (maker->diags, BM_WARNING, "BM0612", maker->stories[i].item->where, "give the stories of the group like importance, or fewer wishes",
                     "“%s” stands apart from its group “%s”: no page with them together was as good or full", maker->stories[i].title,
                     maker->stories[i].group);
}
