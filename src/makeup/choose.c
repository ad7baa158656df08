/* choose.c — which page of the many: castings (what goes into a container), ad formats, and the page score
 * (page-makeup.md §7, §9, §10). */
#include "makeup/casting.h"
#include "makeup/trial.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define MAX_CASTINGS 9
#define CASTINGS_A_FORMAT 5
#define MAX_MEMBER_ROWS 36 /* a longer story is no item of a container */
#define MAX_FORMATS_TRIED 4
#define COST_WEIGHT 0.8    /* Q − 0.8 × cost / n, §7 */
#define MOVED_PIN 1000.0   /* a page that moves a pinned item is the last choice */
#define LEAD_DOMINATES 0.75 /* a page whose lead is not its largest head, or stands low, is the last choice but that */
#define WEAK_LEAD 30.0
#define FULL_CUT 2.0       /* 断版: a line through the page from head to ad, beyond what the score takes */
#define OPENS_CUT 100.0    /* a notch that brings a cut more than there was: it is there to knit the page */
#define HEAD_WHITE 0.4     /* style.md §3: white under a head of two rows at most */
#define MOST_VERTICAL 2    /* heads on a page that read downwards: more look like a manner */
#define VERTICAL_HEAD 1.5
#define PARTED 20.0        /* a story that stands apart from its group */
#define MAX_REFINED 8       /* pages of a casting that get the second pass */
#define MOST_GAIN 6.0      /* what it can be hoped to bring */
#define CONTENT 88.0       /* a page of so many items that is worth this is not searched again with … */
#define FEW_LEAVES 8       /* … more leaves than these, which takes most of the time */
#define HIGH_PHOTO 4.0     /* style.md §7: hang the photo from the folio */

/* ---- castings ---- */

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
    int eligible[BM_MAX_STORIES], n = 0, alone = maker->n_ads, n_castings = 0;

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
static int
list_castings (Maker *maker, Casting *castings)
{
    int eligible[BM_MAX_STORIES], n = 0, n_castings = list_given (maker, castings);
    const Casting none = { 0 }, given = n_castings > 0 ? castings[n_castings - 1] : none;

    bool is_given = n_castings > 0;
    n_castings += bm_list_round_ups (maker, &given, &castings[n_castings], BM_MAX_CASTINGS - MAX_CASTINGS - n_castings);
    if (!is_given)
        n_castings += list_stacked (maker, &castings[n_castings]);
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

/* ---- leaves ---- */

static void
open_leaf (Maker *maker, Leaf *leaf, LeafKind kind, bool shapes)
{
    int n = (maker->grid.columns + 1) * (maker->region + maker->separator + 1);

    *leaf = (Leaf){ .kind = kind };
    leaf->cost = g_new (int, (gsize) n);
    leaf->top = g_new0 (uint8_t, (gsize) n);
    leaf->shapes = shapes ? g_new0 (Shape, (gsize) n) : NULL;
    leaf->built = g_new0 (BuiltBlock *, (gsize) n);
    for (int i = 0; i < n; i++)
        leaf->cost[i] = BM_NO_WAY;
}

static void
settle_leaf (const Maker *maker, Leaf *leaf)
{
    int n = (maker->grid.columns + 1) * (maker->region + maker->separator + 1);

    leaf->least = BM_NO_WAY;
    for (int i = 0; i < n; i++)
        leaf->least = MIN (leaf->least, leaf->cost[i]);
}

static void
close_leaf (Leaf *leaf)
{
    g_free (leaf->cost);
    g_free (leaf->top);
    g_free (leaf->shapes);
    g_free (leaf->built);
    if (leaf->notched != NULL && leaf->notched->shapes != NULL)
        g_array_free (leaf->notched->shapes, TRUE);
    g_free (leaf->notched);
}

static const char *
label_of (const Maker *maker, const Story *first, bool runs_on)
{
    static const char *const short_news[] = { "简讯", "簡訊", "短信" };

    if (first->container != NULL && first->container[0] != '\0')
        return first->container;
    if (runs_on && maker->layout->round_up_label != NULL)
        return maker->layout->round_up_label;
    if (runs_on && maker->layout->container_label == NULL)
        return short_news[bm_language_of (maker->page->lang)];
    if (maker->layout->container_label != NULL)
        return maker->layout->container_label;
    static const char *const news[] = { "新闻", "新聞", "ニュース" }; /* by BmLanguage: 青岛新闻 → 青岛速览 */
    static const char *const briefs[] = { "速览", "速覽", "短信" };
    const char *section = maker->page->section;
    BmLanguage script = bm_language_of (maker->page->lang);
    if (section == NULL || section[0] == '\0')
        return briefs[script];
    return bm_arena_printf (maker->arena, "%.*s%s%s", (int) (strlen (section) - (g_str_has_suffix (section, news[script]) ? strlen (news[script]) : 0)),
                            section, script == BM_LANGUAGE_JA ? "・" : "", briefs[script]);
}

static void
cast_cluster (Maker *maker, const CastGroup *group, int number, Leaf *leaf)
{
    uint64_t members = group->members;

    open_leaf (maker, leaf, LEAF_CLUSTER, false);
    leaf->rank = 5;
    for (int i = 0; i < maker->n_stories; i++)
        if (i < BM_MAX_STORIES && (members >> i & 1) != 0) {
            leaf->cluster.members[leaf->cluster.n_members++] = &maker->stories[i];
            leaf->rank = MIN (leaf->rank, maker->stories[i].rank);
        }
    leaf->rank = MAX (leaf->rank, 4);
    leaf->cluster.number = number;
    leaf->cluster.runs_on = group->runs_on;
    leaf->cluster.label = label_of (maker, leaf->cluster.members[0], group->runs_on);
    bm_cluster_shapes (maker, leaf);
    if (members == bm_pinned_members (maker))
        bm_pin_place (maker, leaf, bm_container_pin (maker));
    settle_leaf (maker, leaf);
}

/* Story leaves sorted by importance, then by the edition's order: the search relies on it. */
static int
by_importance (const void *one, const void *two)
{
    const Leaf *a = one, *b = two;

    if (a->kind == LEAF_AD || b->kind == LEAF_AD)
        return a->kind != b->kind ? (a->kind == LEAF_AD ? 1 : -1) : 0;
    if (a->rank != b->rank)
        return a->rank - b->rank;
    if (a->kind != b->kind)
        return a->kind == LEAF_CLUSTER ? 1 : -1;
    return a->kind == LEAF_CLUSTER ? a->cluster.number - b->cluster.number : a->story->index - b->story->index;
}

typedef struct {
    Leaf *stories; /* made once for a region: a leaf a story */
    Leaf *ads;
    int n_ads;
} Stock;

static Stock
make_stock (Maker *maker)
{
    Stock stock = { g_new0 (Leaf, (gsize) MAX (maker->n_stories, 1)), g_new0 (Leaf, (gsize) MAX (maker->n_ads, 1)), 0 };

    for (int i = 0; i < maker->n_stories; i++) {
        Leaf *leaf = &stock.stories[i];

        if (maker->held[i])
            continue;
        open_leaf (maker, leaf, LEAF_STORY, true);
        leaf->story = &maker->stories[i];
        leaf->rank = leaf->story->rank;
        leaf->lead = leaf->rank == 1;
        leaf->pin = leaf->story->pin;
        if (leaf->pin != NULL)
            bm_pin_shapes (maker, leaf);
        else
            bm_story_shapes (maker, leaf);
        settle_leaf (maker, leaf);
    }
    for (int i = 0; i < maker->n_ads; i++) {
        if (!maker->ads[i].corner)
            continue;
        Leaf *leaf = &stock.ads[stock.n_ads++];
        open_leaf (maker, leaf, LEAF_AD, false);
        leaf->ad = &maker->ads[i];
        leaf->rank = 6;
        bm_ad_shapes (maker, leaf, leaf->ad);
        settle_leaf (maker, leaf);
    }
    return stock;
}

static void
allow_notches (Maker *maker, Stock *stock)
{
    for (int i = 0; i < maker->n_stories && maker->layout->interlock; i++) {
        Leaf *leaf = &stock->stories[i];

        if (!maker->held[i] && leaf->pin == NULL && bm_may_have_notch (maker, leaf))
            leaf->notched = g_new0 (Notched, 1);
    }
}

static void
drop_stock (const Maker *maker, Stock *stock)
{
    for (int i = 0; i < maker->n_stories; i++)
        close_leaf (&stock->stories[i]);
    for (int i = 0; i < stock->n_ads; i++)
        close_leaf (&stock->ads[i]);
    g_free (stock->stories);
    g_free (stock->ads);
}

/* ---- choice ---- */

typedef struct {
    double worth;
    int region, format;
    Casting casting;
    Solution solution;
    bool found;
} Best;

/* The best page of rectangles; and, where the layout lets blocks interlock, the best with a notch. */
typedef struct {
    Best plain, notched;
    double cuts; /* 断版 of the plain one */
} Choice;

typedef struct {
    const Maker *maker;
    double most_cuts; /* that a page may have */
} Judge;

static void
note_corners (const Leaf *leaves, const Solution *solution)
{
    for (int i = 0; i < solution->n; i++) {
        const Placement *place = &solution->places[i];

        if (leaves[place->leaf].kind == LEAF_AD) {
            leaves[place->leaf].ad->row = place->row;
            leaves[place->leaf].ad->column = place->column;
        }
    }
}

static bool
stands_alone (const Maker *maker, uint64_t members, int story)
{
    return !maker->held[story] && !(story < BM_MAX_STORIES && (members >> story & 1) != 0);
}

/* How many leaves there are; more than BM_MAX_LEAVES are only counted. */
static int
gather_leaves (Maker *maker, const Stock *stock, const Casting *casting, const Leaf *clusters, Leaf *leaves)
{
    uint64_t members = bm_cast_members (casting);
    int n = stock->n_ads + casting->n, k = 0;

    for (int i = 0; i < maker->n_stories; i++)
        n += stands_alone (maker, members, i);
    if (n > BM_MAX_LEAVES)
        return n;
    for (int i = 0; i < maker->n_stories; i++)
        if (stands_alone (maker, members, i))
            leaves[k++] = stock->stories[i];
    for (int i = 0; i < casting->n; i++)
        leaves[k++] = clusters[i];
    for (int i = 0; i < stock->n_ads; i++)
        leaves[k++] = stock->ads[i];
    qsort (leaves, (size_t) n, sizeof *leaves, by_importance);
    return n;
}

/* ---- pinned items of an earlier plan (钉住) ---- */

static bool
stays (const BmPlan *plan, const BmPlanItem *pinned)
{
    const BmPlanItem *item = bm_plan_item (plan, pinned->id);

    return item != NULL && item->column == pinned->column && item->row == pinned->row && item->columns == pinned->columns;
}

static int
count_moved (const Maker *maker, const BmPlan *plan)
{
    const BmPlan *keep = maker->options->keep;
    int n = 0;

    for (int i = 0; keep != NULL && i < keep->n_items; i++)
        n += keep->items[i].pinned && !stays (plan, &keep->items[i]);
    return n;
}

static void
warn_of_moved (Maker *maker, const BmPlan *plan)
{
    const BmPlan *keep = maker->options->keep;

    for (int i = 0; keep != NULL && i < keep->n_items; i++)
        if (keep->items[i].pinned && !stays (plan, &keep->items[i]))
            bm_diag (maker->diags, BM_WARNING, "BM0607", BM_IN_FILE (maker->page->file),
                     "unpin another item, or change the column count back", "“%s” could not stay where the plan has it",
                     keep->items[i].title == NULL ? keep->items[i].id : keep->items[i].title);
}

/* ---- what --trace tells ---- */

static void
trace_place (const Maker *maker, const Leaf *leaf, const Placement *place, const Shape *shape, GString *out)
{
    static const char *const kinds[] = { "", "head over columns", "picture over head and columns",
                                         "head, picture, columns", "picture over the right-hand columns",
                                         "head beside the text", "vertical head" };
    int at = place->columns * (maker->region + maker->separator + 1) + place->rows;
    double cost = leaf->cost[at] / 64.0, least = leaf->least / 64.0;

    if (leaf->kind == LEAF_STORY && shape->notch.columns > 0) {
        bm_trace_notched (maker, leaf, place, shape, out);
        return;
    }
    if (leaf->kind == LEAF_STORY)
        g_string_append_printf (out, "%s “%s”: rank %d, columns %d–%d, rows %d–%d, %s; cost %.2f (its cheapest shape %.2f)\n",
                                leaf->story->item->id, leaf->story->title, leaf->rank, place->column + 1,
                                place->column + place->columns, place->row + 1, place->row + place->rows - maker->separator,
                                kinds[shape->kind], cost, least);
    else if (leaf->kind == LEAF_CLUSTER)
        g_string_append_printf (out, "container “%s” of %d: columns %d–%d, rows %d–%d; cost %.2f (cheapest %.2f)\n",
                                leaf->cluster.label, leaf->cluster.n_members, place->column + 1,
                                place->column + place->columns, place->row + 1, place->row + place->rows - maker->separator, cost,
                                least);
    if (leaf->kind != LEAF_AD)
        bm_trace_leaf (maker, leaf, place, out);
}

static void
trace_page (const Maker *maker, const Leaf *leaves, const Solution *solution, const BmPlan *plan)
{
    GString *out = maker->options->trace;

    if (out == NULL)
        return;
    g_string_append_printf (out, "page: cost %.2f, quality %.1f, %d rows for news of %d\n", solution->cost / 64.0,
                            plan->quality.q, maker->region, maker->grid.rows);
    for (int i = 0; i < solution->n; i++)
        trace_place (maker, &leaves[solution->places[i].leaf], &solution->places[i],
                     bm_shape_at (maker, &leaves[solution->places[i].leaf], solution, i), out);
}

/* What a page is worth, and why one is taken before another. */
static double
worth_of (const TrialPage *page, void *data)
{
    const Judge *judge = data;
    const Maker *maker = judge->maker;
    const BmQuality *quality = page->quality;

    return quality->q - COST_WEIGHT * page->cost / 64.0 / page->n - HIGH_PHOTO * quality->photo_depth -
           (quality->vcut + quality->hcut > judge->most_cuts ? OPENS_CUT : 0) - FULL_CUT * quality->vcut -
           HEAD_WHITE * page->head_white - VERTICAL_HEAD * MAX (0, quality->vertical_heads - MOST_VERTICAL) -
           PARTED * bm_groups_parted (maker, page->plan) -
           (quality->lead < LEAD_DOMINATES ? WEAK_LEAD : 0) - MOVED_PIN * count_moved (maker, page->plan);
}

static double
judge (Trials *trials, const Leaf *leaves, int n, const Solution *solution)
{
    const Way *ways[BM_MAX_LEAVES];

    note_corners (leaves, solution);
    for (int i = 0; i < solution->n; i++) {
        const Leaf *leaf = &leaves[solution->places[i].leaf];

        if (solution->shapes[i].notch.columns > 0)
            ways[i] = bm_notched_ways (trials, leaf, &solution->places[i], &solution->shapes[i], false)->ways;
        else
            ways[i] = leaf->kind == LEAF_AD ? NULL : bm_own_way (trials, leaf, &solution->places[i]);
    }
    return bm_trial_worth (trials, leaves, n, solution, ways, 0);
}

typedef struct {
    double worth;
    guint solution;
} Rated;

static int
by_rating (const void *one, const void *two)
{
    const Rated *a = one, *b = two;

    if (a->worth != b->worth)
        return a->worth > b->worth ? -1 : 1;
    return a->solution < b->solution ? -1 : a->solution > b->solution;
}

/* The most promising pages of a casting, refined; the best of all castings is kept. */
static void
choose_among (Maker *maker, Trials *trials, Leaf *leaves, int n, GArray *solutions, const Casting *casting, int format, Best *best)
{
    Rated *rated = g_new (Rated, MAX (solutions->len, 1));

    for (guint i = 0; i < solutions->len; i++)
        rated[i] = (Rated){ judge (trials, leaves, n, &g_array_index (solutions, Solution, i)), i };
    qsort (rated, solutions->len, sizeof *rated, by_rating);
    for (guint i = 0; i < MIN (solutions->len, MAX_REFINED); i++) {
        Solution *solution = &g_array_index (solutions, Solution, rated[i].solution);

        if (best->found && rated[i].worth < best->worth - MOST_GAIN)
            break;
        note_corners (leaves, solution);
        double worth = bm_refine (trials, leaves, n, solution);
        if (!best->found || worth > best->worth)
            *best = (Best){ worth, maker->region, format, *casting, *solution, true };
    }
    g_free (rated);
}

/* One that is no better than the best without a notch is not wanted. */
static void
choose_notched (Maker *maker, Trials *trials, Judge *judge, Leaf *leaves, int n, GArray *notched, const Casting *casting, int format,
                Choice *choice)
{
    Best best = choice->notched.found && choice->notched.worth > choice->plain.worth ? choice->notched : choice->plain;
    double before = best.worth;

    judge->most_cuts = choice->cuts;
    choose_among (maker, trials, leaves, n, notched, casting, format, &best);
    judge->most_cuts = INFINITY;
    if (best.worth > before)
        choice->notched = best;
}

static double
cuts_of (const BmPlan *plan)
{
    return plan->quality.vcut + plan->quality.hcut;
}

static double
cuts_of_solution (Maker *maker, Leaf *leaves, int n, const Solution *solution)
{
    note_corners (leaves, solution);
    BmPlan *plan = bm_build_plan (maker, leaves, n, solution, false);
    plan->quality = bm_plan_quality (plan);
    double cuts = cuts_of (plan);

    bm_plan_free (plan);
    return cuts;
}

static void
cast_clusters (Maker *maker, const Casting *casting, Leaf *clusters)
{
    for (int i = 0; i < casting->n; i++)
        cast_cluster (maker, &casting->groups[i], i + 1, &clusters[i]);
}

static void
close_clusters (const Casting *casting, Leaf *clusters)
{
    for (int i = 0; i < casting->n; i++)
        close_leaf (&clusters[i]);
}

/* A page that is good already is not sought again with many items in containers. */
static bool
is_spared (const Best *best, const Casting *casting, int n)
{
    return best->found && best->worth >= CONTENT && n > FEW_LEAVES && __builtin_popcountll (bm_cast_members (casting)) > BM_MAX_LEVEL;
}

static void
search_casting (Maker *maker, Trials *trials, Judge *judge, Leaf *leaves, int n, const Casting *casting, int format, Choice *choice)
{
    GArray *notched = maker->layout->interlock ? g_array_new (FALSE, TRUE, sizeof (Solution)) : NULL;
    GArray *solutions = bm_search (maker, leaves, n, maker->region + maker->separator, notched);
    const Best before = choice->plain;

    choose_among (maker, trials, leaves, n, solutions, casting, format, &choice->plain);
    if (notched != NULL && choice->plain.found) {
        if (!before.found || choice->plain.worth > before.worth)
            choice->cuts = cuts_of_solution (maker, leaves, n, &choice->plain.solution);
        choose_notched (maker, trials, judge, leaves, n, notched, casting, format, choice);
    }
    g_array_free (solutions, TRUE);
    if (notched != NULL)
        g_array_free (notched, TRUE);
}

static void
try_casting (Maker *maker, Trials *trials, Judge *judge, const Stock *stock, const Casting *casting, int format, Choice *choice)
{
    Leaf leaves[BM_MAX_LEAVES], clusters[BM_MAX_CONTAINERS];

    cast_clusters (maker, casting, clusters);
    int n = gather_leaves (maker, stock, casting, clusters, leaves);
    if (n >= 1 && n <= BM_MAX_LEAVES && !is_spared (&choice->plain, casting, n))
        search_casting (maker, trials, judge, leaves, n, casting, format, choice);
    close_clusters (casting, clusters);
}

static void
try_format (Maker *maker, int format, Choice *choice)
{
    Casting castings[BM_MAX_CASTINGS];

    maker->region = bm_ads_arrange (maker, format);
    if (maker->region < 0 || !bm_pins_allow_ads (maker))
        return;
    Stock stock = make_stock (maker);
    allow_notches (maker, &stock);
    Judge judge = { maker, INFINITY };
    Trials *trials = bm_trials_new (maker, worth_of, &judge);
    int n = list_castings (maker, castings);
    /* Where several formats of ads are tried, fewer castings of each. */
    if (format >= 0)
        n = MIN (n, CASTINGS_A_FORMAT);
    for (int i = 0; i < n && maker->nodes < maker->max_nodes; i++)
        try_casting (maker, trials, &judge, &stock, &castings[i], format, choice);
    bm_trials_free (trials);
    drop_stock (maker, &stock);
}

/* The plan, with what is to be said of it if it is the one that goes out. */
static BmPlan *
build_best (Maker *maker, const Best *best, bool goes_out)
{
    Leaf leaves[BM_MAX_LEAVES], clusters[BM_MAX_CONTAINERS];

    maker->region = bm_ads_arrange (maker, best->format);
    Stock stock = make_stock (maker);
    cast_clusters (maker, &best->casting, clusters);
    int n = gather_leaves (maker, &stock, &best->casting, clusters, leaves);
    note_corners (leaves, &best->solution);
    BmPlan *plan = bm_build_plan (maker, leaves, n, &best->solution, true);
    plan->quality = bm_plan_quality (plan);
    if (goes_out) {
        warn_of_moved (maker, plan);
        bm_pins_compare (maker, plan);
        bm_groups_name_parted (maker, plan);
        trace_page (maker, leaves, &best->solution, plan);
    }
    close_clusters (&best->casting, clusters);
    drop_stock (maker, &stock);
    return plan;
}

/* Blocks interlock for a better score alone, and never at the price of a cut: what a reader has to follow must be worth it. */
static bool
is_better (Maker *maker, const Best *notched, const Best *plain)
{
    BmPlan *one = build_best (maker, notched, false), *other = build_best (maker, plain, false);
    bool better = one->quality.q > other->quality.q && cuts_of (one) <= cuts_of (other);

    bm_plan_free (one);
    bm_plan_free (other);
    return better;
}

static BmPlan *
build_choice (Maker *maker, const Choice *choice)
{
    const Best *plain = &choice->plain, *notched = &choice->notched;

    if (!plain->found)
        return NULL;
    bool better = notched->found && notched->worth > plain->worth && is_better (maker, notched, plain);
    return build_best (maker, better ? notched : plain, true);
}

BmPlan *
bm_choose_plan (Maker *maker)
{
    Choice choice = { 0 };
    int n_formats = bm_ads_are_free (maker) ? maker->layout->n_ad_formats : 0;

    if (n_formats == 0)
        try_format (maker, -1, &choice);
    /* Formats from the smallest up as the layout lists them from the largest down. */
    for (int i = n_formats - 1; i >= MAX (0, n_formats - MAX_FORMATS_TRIED); i--)
        try_format (maker, i, &choice);
    for (int i = n_formats - MAX_FORMATS_TRIED - 1; i >= 0 && !choice.plain.found; i--)
        try_format (maker, i, &choice);
    return build_choice (maker, &choice);
}
