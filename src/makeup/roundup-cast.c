/* roundup-cast.c — which items go into a round-up, and which containers the edition names itself. */
#include "makeup/casting.h"

#include <string.h>

#define LEAST_MEMBERS 3
#define MAX_MEMBER_ROWS 32   /* page-makeup.md §9, in columns … */
#define ORDINARY_COLUMN 17   /* … of so many cells */

uint64_t
bm_cast_members (const Casting *casting)
{
    uint64_t members = 0;

    for (int i = 0; i < casting->n; i++)
        members |= casting->groups[i].members;
    return members;
}

/* ---- automatic ---- */

static bool
is_brief (Maker *maker, int number, int least_rank)
{
    Story *story = &maker->stories[number];

    return number < BM_MAX_STORIES && story->rank >= least_rank && story->pin == NULL && story->container == NULL && bm_may_run_on (story) &&
           bm_flow_of (maker, story, maker->grid.cells_per_column)->n_rows * maker->grid.cells_per_column <= MAX_MEMBER_ROWS * ORDINARY_COLUMN;
}

static int
by_worth (const void *one, const void *two, void *data)
{
    const Maker *maker = data;
    int a = *(const int *) one, b = *(const int *) two, ranks = maker->stories[b].rank - maker->stories[a].rank;

    return ranks != 0 ? ranks : b - a;
}

static int
by_length (const void *one, const void *two, void *data)
{
    const Maker *maker = data;
    int a = *(const int *) one, b = *(const int *) two, ranks = maker->stories[b].rank - maker->stories[a].rank;
    int lengths = maker->stories[a].characters - maker->stories[b].characters;

    return ranks != 0 ? ranks : lengths != 0 ? lengths : b - a;
}

/* The briefs; `*alone` counts the leaves that are none. */
static int
gather_briefs (Maker *maker, const Casting *base, int least_rank, int *briefs, int *alone)
{
    uint64_t taken = bm_cast_members (base);
    int n = 0;

    *alone = bm_ads_in_corners (maker) + base->n;
    for (int i = 0; i < maker->n_stories; i++) {
        if (maker->held[i] || (i < BM_MAX_STORIES && (taken >> i & 1) != 0))
            continue;
        if (is_brief (maker, i, least_rank))
            briefs[n++] = i;
        else
            ++*alone;
    }
    return n;
}

int
bm_list_round_ups (Maker *maker, const Casting *base, Casting *castings, int most)
{
    /* In the order in which they are tried: of equal briefs the last ones go in, or the shortest. */
    static const struct {
        int leaves;
        bool shortest;
    } ways[] = { { 7, false }, { 6, false }, { 8, false }, { 5, false }, { 7, true }, { 6, true }, { 8, true }, { 4, false },
                 { 9, false }, { 10, false }, { 3, false }, { 2, false } };
    int briefs[BM_MAX_STORIES], alone, n_castings = 0;
    int n = gather_briefs (maker, base, 4, briefs, &alone);

    if (!maker->layout->container || !maker->layout->round_up || base->n >= BM_MAX_CONTAINERS ||
        alone + n - (BM_MAX_LEVEL - 1) <= BM_MAX_LEAVES)
        return 0;
    if (alone + 1 > BM_MAX_LEAVES) /* the third in rank, too, before they are held over */
        n = gather_briefs (maker, base, 3, briefs, &alone);
    for (size_t i = 0; i < G_N_ELEMENTS (ways) && n_castings < most; i++) {
        int m = alone + n + 1 - ways[i].leaves;

        if (m < LEAST_MEMBERS || m > n)
            continue;
        g_qsort_with_data (briefs, n, sizeof *briefs, ways[i].shortest ? by_length : by_worth, maker);
        Casting *casting = &castings[n_castings++];
        *casting = *base;
        CastGroup *group = &casting->groups[casting->n++];
        *group = (CastGroup){ .runs_on = true };
        for (int k = 0; k < m; k++)
            group->members |= UINT64_C (1) << briefs[k];
    }
    return n_castings;
}

/* ---- wished ---- */

static CastGroup
group_of_name (const Maker *maker, const char *name, bool *all_run_on, int *n)
{
    CastGroup group = { 0 };

    *n = 0;
    *all_run_on = true;
    for (int i = 0; i < MIN (maker->n_stories, BM_MAX_STORIES); i++) {
        const Story *story = &maker->stories[i];

        if (g_strcmp0 (story->container, name) != 0 || maker->held[i] || story->pin != NULL)
            continue;
        group.members |= UINT64_C (1) << i;
        *all_run_on = *all_run_on && bm_may_run_on (story);
        ++*n;
    }
    return group;
}

int
bm_list_wished (const Maker *maker, Casting *castings)
{
    Casting level = { 0 }, run_on = { 0 };
    bool can_level = true, differs = false;

    for (int i = 0; i < MIN (maker->n_stories, BM_MAX_STORIES) && level.n < BM_MAX_CONTAINERS; i++) {
        const char *name = maker->stories[i].container;
        bool may = false;
        int n = 0;

        if (name == NULL || (bm_cast_members (&level) >> i & 1) != 0)
            continue;
        CastGroup group = group_of_name (maker, name, &may, &n);
        if (n < 2 || (group.members >> i & 1) == 0)
            continue;
        bool many = n > BM_MAX_LEVEL && may && maker->layout->round_up;
        can_level = can_level && n <= BM_MAX_MEMBERS;
        differs = differs || many;
        level.groups[level.n++] = group;
        group.runs_on = many;
        run_on.groups[run_on.n++] = group;
    }
    int n = 0;
    if (level.n > 0 && can_level)
        castings[n++] = level;
    if (differs)
        castings[n++] = run_on;
    return n;
}
