/* casting.c — which stories of a page stand in containers: the ways that are tried (page-makeup.md §9). */
#include "makeup/casting.h"

#include <string.h>

#define MAX_CASTINGS 9
#define MAX_ONE_MORE 5     /* of them with a container beside those that are given */
#define MAX_MEMBER_ROWS 36 /* a longer story is no item of a container */

bool
bm_may_be_member (Maker *maker, Story *story)
{
    if (story->rank < 3 || story->n_photos > 0 || story->boxed || story->kicker != NULL || story->n_parts == 0 ||
        story->wished_columns > 0 || story->pin != NULL || story->main == NULL || story->item->measure > 0)
        return false;
    return bm_flow_of (maker, story, maker->grid.cells_per_column)->n_rows <= MAX_MEMBER_ROWS;
}

static int
by_worth (const void *one, const void *two, void *data)
{
    const Maker *maker = data;
    int a = *(const int *) one, b = *(const int *) two, ranks = maker->stories[b].rank - maker->stories[a].rank;

    return ranks != 0 ? ranks : b - a;
}

static uint64_t
set_of (const int *stories, int n)
{
    uint64_t set = 0;

    for (int i = 0; i < n; i++)
        set |= UINT64_C (1) << stories[i];
    return set;
}

static Casting
with_container (uint64_t members)
{
    return (Casting){ 1, { { members, false } } };
}

/* More items than the search can place with one level container: the least important short ones stand in stacks, as few
 * of them as make the rest few enough, and more. 0: there are not so many. */
static int
list_stacked (Maker *maker, Casting *castings)
{
    int eligible[BM_MAX_STORIES], n = 0, alone = bm_ads_in_corners (maker), n_castings = 0;

    for (int i = 0; i < maker->n_stories; i++) {
        bool member = !maker->held[i] && i < BM_MAX_STORIES && n < BM_MAX_STORIES && bm_may_be_member (maker, &maker->stories[i]);

        if (member)
            eligible[n++] = i;
        alone += !maker->held[i] && !member;
    }
    if (!maker->layout->container || alone + n - (BM_MAX_LEVEL - 1) <= BM_MAX_LEAVES)
        return 0;
    g_qsort_with_data (eligible, n, sizeof *eligible, by_worth, maker);
    int least = alone + n + 1 - BM_MAX_LEAVES, most = MIN (n, BM_MAX_MEMBERS);
    for (int m = MAX (least, BM_MAX_LEVEL + 1); m <= most && n_castings < MAX_CASTINGS; m++)
        castings[n_castings++] = with_container (set_of (eligible, m));
    return n_castings;
}

/* Beside the containers of `base`, too many items to be placed singly: the least important short ones stand in one more, as few
 * of them as make the rest few enough, and more. 0: they are few enough, or there are no such items. */
static int
list_one_more (Maker *maker, const Casting *base, Casting *castings)
{
    uint64_t taken = bm_cast_members (base);
    int eligible[BM_MAX_STORIES], n = 0, leaves = bm_ads_in_corners (maker) + base->n, n_castings = 0;

    for (int i = 0; i < maker->n_stories; i++) {
        bool free = !maker->held[i] && (i >= BM_MAX_STORIES || (taken >> i & 1) == 0);

        leaves += free;
        if (free && i < BM_MAX_STORIES && maker->stories[i].container == NULL && bm_may_be_member (maker, &maker->stories[i]))
            eligible[n++] = i;
    }
    if (!maker->layout->container || base->n >= BM_MAX_CONTAINERS || leaves <= BM_MAX_LEAVES)
        return 0;
    g_qsort_with_data (eligible, n, sizeof *eligible, by_worth, maker);
    for (int m = leaves + 1 - BM_MAX_LEAVES; m <= MIN (n, BM_MAX_MEMBERS) && n_castings < MAX_ONE_MORE; m++) {
        castings[n_castings] = *base;
        castings[n_castings].groups[base->n] = (CastGroup){ set_of (eligible, m), false };
        castings[n_castings++].n = base->n + 1;
    }
    return n_castings;
}

/* The container of an earlier plan that is pinned, in both its forms, or those that the edition asks for. */
static int
list_given (const Maker *maker, Casting *castings)
{
    uint64_t pinned = bm_pinned_members (maker);
    int n = 0;

    if (pinned == 0)
        return bm_list_wished (maker, castings);
    if (__builtin_popcountll (pinned) <= BM_MAX_MEMBERS)
        castings[n++] = with_container (pinned);
    castings[n] = with_container (pinned);
    castings[n++].groups[0].runs_on = true;
    return n;
}

/* Without one; with the two least important short items, three and so on; with all that can stand level but one of them:
 * few enough to try them all. */
int
bm_list_castings (Maker *maker, Casting *castings)
{
    int eligible[BM_MAX_STORIES], n = 0, n_castings = list_given (maker, castings);
    const Casting none = { 0 }, given = n_castings > 0 ? castings[n_castings - 1] : none;

    bool is_given = n_castings > 0;
    n_castings += bm_list_round_ups (maker, &given, &castings[n_castings], BM_MAX_CASTINGS - MAX_CASTINGS - n_castings);
    n_castings += is_given ? list_one_more (maker, &given, &castings[n_castings]) : list_stacked (maker, &castings[n_castings]);
    if (n_castings > 0)
        return n_castings;
    castings[n_castings++] = none;
    for (int i = 0; i < MIN (maker->n_stories, BM_MAX_STORIES); i++)
        if (!maker->held[i] && bm_may_be_member (maker, &maker->stories[i]))
            eligible[n++] = i;
    g_qsort_with_data (eligible, n, sizeof *eligible, by_worth, maker);
    n = MIN (n, BM_MAX_LEVEL);
    for (int k = 2; maker->layout->container && k <= n; k++)
        castings[n_castings++] = with_container (set_of (eligible, k));
    uint64_t all = set_of (eligible, n);
    for (int i = 0; maker->layout->container && n > 2 && i < n - 1 && n_castings < MAX_CASTINGS; i++)
        castings[n_castings++] = with_container (all & ~set_of (&eligible[i], 1));
    return n_castings;
}
