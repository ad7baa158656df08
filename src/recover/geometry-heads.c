/* geometry-heads.c — which column stands under which headline, which caption belongs to what. */
#include "recover/geometry-order.h"

#include <math.h>

/* The nearest group above, of headlines alone or of columns alone; −1. */
static int
nearest_above (const BmOrder *order, const BmGroup *group, bool display)
{
    int best = -1;
    double least = 1e9;

    for (int i = 0; i < (int) order->groups->len; i++) {
        const BmGroup *other = bm_group_at (order, i);
        double down = group->y0 - (other->y1 - (display ? 0.15 * other->em : 0));

        if (other == group || other->display != display || (!display && bm_group_is_small (order, other)) || down < -0.6 * order->leading || down >= least)
            continue;
        if (bm_overlap (other->x0, other->x1, group->x0, group->x1) <= 0.3 * order->body)
            continue;
        least = down;
        best = i;
    }
    return best;
}

/* The column at the left whose top is level, or the vertical headline there. */
static int
level_at_left (const BmOrder *order, const BmGroup *group, bool display)
{
    int best = -1;
    double least = 4 * order->body;

    for (int i = 0; i < (int) order->groups->len; i++) {
        const BmGroup *other = bm_group_at (order, i);
        double gap = group->x0 - other->x1, tolerance = (display ? 3.0 : 1.6) * order->leading;

        if (other == group || other->display != display || (!display && bm_group_is_small (order, other)))
            continue;
        if (display && other->x1 - other->x0 > 4 * other->em)
            continue;
        if (gap > -order->body && gap < least && fabs (other->y0 - group->y0) < tolerance) {
            least = gap;
            best = i;
        }
    }
    return best;
}

#define NEARER 2.0 /* leadings */

/* Has the column at the left, whose top is level, a headline of its own that is nearer than this one? Then both stand under that:
 * its words need not reach over the second column. */
static bool
shares_left_head (const BmOrder *order, const BmGroup *group, int head)
{
    int left = level_at_left (order, group, false), other = left < 0 ? -1 : nearest_above (order, bm_group_at (order, left), true);

    return other >= 0 && other != head && bm_group_at (order, other)->y1 > bm_group_at (order, head)->y1 + NEARER * order->leading;
}

/* The headline right above, or at the left; −1. */
static int
own_head (const BmOrder *order, const BmGroup *group)
{
    int head = nearest_above (order, group, true), above = nearest_above (order, group, false);
    double to_head = head >= 0 ? group->y0 - bm_group_at (order, head)->y1 : 1e9, to_above = above >= 0 ? group->y0 - bm_group_at (order, above)->y1 : 1e9;

    if (head >= 0 && to_head < BM_HEAD_ABOVE * order->leading && to_head < to_above)
        return shares_left_head (order, group, head) ? -1 : head;
    return level_at_left (order, group, true);
}

/* A headline at the left, at whatever distance, that has no text of its own: side heads of photo stories. */
static int
side_head (const BmOrder *order, const BmGroup *group)
{
    int best = -1;

    for (int i = 0; i < (int) order->groups->len; i++) {
        const BmGroup *other = bm_group_at (order, i);

        if (other == group || bm_group_is_small (order, other) || other->x1 > group->x0 + order->body || other->y0 > group->y0 + 2 * order->leading || other->y1 < group->y0)
            continue;
        if (best < 0 || other->x1 > bm_group_at (order, best)->x1)
            best = i;
    }
    if (best < 0 || !bm_group_at (order, best)->display)
        return -1;
    for (int i = 0; i < (int) order->groups->len; i++)
        if (bm_group_at (order, i)->head == best)
            return -1;
    return best;
}

/* That of the column at the left or above. */
static int
neighbours_head (const BmOrder *order, const BmGroup *group)
{
    int left = level_at_left (order, group, false), above = nearest_above (order, group, false);

    if (left >= 0)
        return bm_group_at (order, left)->head;
    int side = side_head (order, group);
    if (side >= 0)
        return side;
    /* A picture may stand between a headline and its text. */
    int head = nearest_above (order, group, true);
    if (head >= 0 && (above < 0 || bm_group_at (order, head)->y1 > bm_group_at (order, above)->y1))
        return head;
    return above >= 0 ? bm_group_at (order, above)->head : -1;
}

static double
distance (const BmGroup *a, const BmGroup *b)
{
    double across = MAX (MAX (a->x0 - b->x1, b->x0 - a->x1), 0), down = MAX (MAX (a->y0 - b->y1, b->y0 - a->y1), 0);

    return hypot (across, down);
}

#define HEAD_BELOW 4.0 /* leadings between a caption and the headline of its story */

/* Small type is a caption: over a headline it belongs to that, else to what is nearest. */
static int
head_of_caption (const BmOrder *order, const BmGroup *group)
{
    int best = -1;
    double least = 6 * order->leading;

    for (int i = 0; i < (int) order->groups->len; i++) {
        const BmGroup *other = bm_group_at (order, i);
        double down = other->y0 - group->y1, off = distance (group, other);

        if (other->display && down > -order->leading && down < HEAD_BELOW * order->leading && bm_overlap (other->x0, other->x1, group->x0, group->x1) > 0)
            return i;
        if ((other->display || other->head >= 0) && !bm_group_is_small (order, other) && off < least) {
            least = off;
            best = other->display ? i : other->head;
        }
    }
    return best;
}

#define PASSES 6 /* columns that lean on one another, from one to the next */

void
bm_order_heads (const BmOrder *order, const int *ids)
{
    for (int pass = 0; pass < PASSES + 2; pass++)
        for (int i = 0; i < (int) order->groups->len; i++) {
            BmGroup *group = bm_group_at (order, ids[i]);

            if (group->display || group->head >= 0 || bm_group_is_small (order, group))
                continue;
            group->head = pass == 0 ? own_head (order, group) : pass <= PASSES ? neighbours_head (order, group) : nearest_above (order, group, true);
        }
    for (int i = 0; i < (int) order->groups->len; i++)
        if (bm_group_is_small (order, bm_group_at (order, i)))
            bm_group_at (order, i)->head = head_of_caption (order, bm_group_at (order, i));
}
