/* choose.c — which page of the many: castings (what goes into a container), ad formats, and the page score
 * (page-makeup.md §7, §9, §10). */
#include "makeup/leaves.h"
#include "makeup/trial.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define CASTINGS_A_FORMAT 5
#define MAX_FORMATS_TRIED 4
#define COST_WEIGHT 0.8    /* Q − 0.8 × cost / n, §7 */
#define MOVED_PIN 1000.0   /* a page that moves a pinned item is the last choice */
#define LEAD_DOMINATES 0.75 /* a page whose lead is not its largest head, or stands low, is the last choice but that */
#define WEAK_LEAD 30.0
#define FULL_CUT 2.0       /* 断版: a line through the page from head to ad, beyond what the score takes */
#define OPENS_CUT 100.0    /* a notch that brings a cut more than there was: it is there to knit the page */
#define COLLIDE 6.0        /* 碰题, beyond what the score takes */
#define STUB 1.5           /* style.md §7: a short last line at a column's head */
#define HEAD_WHITE 0.4     /* style.md §3: white under a head of two rows at most */
#define MOST_VERTICAL 2    /* heads on a page that read downwards: more look like a manner */
#define VERTICAL_HEAD 1.5
#define NEAR_SIZES 0.5     /* head sizes that differ by less than a step */
#define NEAR_HEADS 0.3     /* heads a few rows apart across a gutter, … */
#define LEVEL_HEADS 1.5    /* … and on one row */
#define MANY_SIZES 1.5     /* style.md §8, 7: five sizes of heads */
#define UNEVEN 1.0         /* style.md §3: an empty row after the lead's byline and after no other */
#define GREY_ROWS 0.04     /* style.md §8, 12: a row of text beyond thirty that nothing breaks, beyond what the score takes, … */
#define SMALL_PHOTO 1.0    /* … and so with a picture that does not dominate */
#define PARTED 20.0        /* a story that stands apart from its group */
#define MAX_REFINED 40     /* pages of a casting that get the second pass */
#define MOST_GAIN 14.0     /* what it can be hoped to bring */
#define ROUNDING 1e-6      /* sums of the same figures in another order */
#define CONTENT 89.0       /* a page that is worth this is not searched again with … */
#define MANY_LEAVES 6      /* … more leaves than these, which takes most of the time, … */
#define LESS_A_LEAF 2.0    /* … and the more the sooner it is enough: three times the time a leaf */
#define FAIR 80.0          /* worth of a page from which on that is asked */
#define DEARER_CASTING 2.0 /* a casting's cheapest page beyond another's: not one such was chosen of 65 pages */
#define LOW_LEAD 40.0      /* style.md §8, 1: the way in is not sought under a picture, … */
#define FROM_DEPTH 0.25    /* … from this depth of the page on */
#define BLOCK_LEAD 1.5     /* style.md §3: the lead's head in two lines at most */
#define HIGH_PHOTO 5.0     /* style.md §7: hang the photo from the folio */

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
    int cheapest; /* cost of a page of any casting so far */
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

/* What a page is worth, and why one is taken before another. */
static double
worth_of (const TrialPage *page, void *data)
{
    const Judge *judge = data;
    const Maker *maker = judge->maker;
    const BmQuality *quality = page->quality;

    double heads = COLLIDE * quality->collide + NEAR_HEADS * quality->near_heads + LEVEL_HEADS * quality->level_heads +
                   NEAR_SIZES * quality->near_sizes + MANY_SIZES * quality->many_sizes + HEAD_WHITE * page->head_white +
                   VERTICAL_HEAD * MAX (0, quality->vertical_heads - MOST_VERTICAL);
    double lead = LOW_LEAD * MAX (0, quality->lead_depth - FROM_DEPTH) + BLOCK_LEAD * MAX (0, quality->lead_lines - 2) +
                  (quality->lead < LEAD_DOMINATES ? WEAK_LEAD : 0);
    double photo = HIGH_PHOTO * quality->photo_depth + SMALL_PHOTO * quality->photo;
    double text = STUB * page->stubs + UNEVEN * page->uneven + GREY_ROWS * quality->grey_rows;
    double cuts = (quality->vcut + quality->hcut > judge->most_cuts ? OPENS_CUT : 0) + FULL_CUT * quality->vcut;

    return quality->q - COST_WEIGHT * page->cost / 64.0 / page->n - photo - cuts - heads - lead - text -
           (page->plan == NULL ? 0 : PARTED * bm_groups_parted (maker, page->plan) + MOVED_PIN * count_moved (maker, page->plan));
}

typedef struct {
    double most; /* that it can be worth, by its places */
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

/* The worth of what is rated, the best MAX_REFINED in order: of the n so far, and one more. */
static void
note_worth (double *best, guint n, double worth)
{
    guint i = MIN (n, MAX_REFINED);

    for (; i > 0 && best[i - 1] < worth; i--)
        if (i < MAX_REFINED)
            best[i] = best[i - 1];
    if (i < MAX_REFINED)
        best[i] = worth;
}

/* The best of the pages first, so many as get the second pass: of most the places tell that they are not among them, and nothing
 * of them is built. Returns how many were rated. */
static guint
rate_all (Trials *trials, const Leaf *leaves, int n, GArray *solutions, double least, Rated *rated)
{
    double best[MAX_REFINED];
    guint n_rated = 0;

    for (guint i = 0; i < solutions->len; i++) {
        const Solution *solution = &g_array_index (solutions, Solution, i);
        double wanted = MAX (least, n_rated >= MAX_REFINED ? best[MAX_REFINED - 1] : -INFINITY) - ROUNDING;

        note_corners (leaves, solution);
        double most = bm_trial_open (trials, leaves, n, solution);
        if (most < wanted)
            continue;
        rated[n_rated] = (Rated){ most, bm_trial_worth (trials, wanted), i };
        note_worth (best, n_rated, rated[n_rated].worth);
        n_rated++;
    }
    qsort (rated, n_rated, sizeof *rated, by_rating);
    return MIN (n_rated, MAX_REFINED);
}

/* The most promising pages of a casting, refined; the best of all castings is kept. */
static void
choose_among (Maker *maker, Trials *trials, Leaf *leaves, int n, GArray *solutions, const Casting *casting, int format, Best *best)
{
    Rated *rated = g_new (Rated, MAX (solutions->len, 1));
    guint n_rated = rate_all (trials, leaves, n, solutions, best->found ? best->worth - MOST_GAIN : -INFINITY, rated);

    for (guint i = 0; i < n_rated; i++) {
        Solution *solution = &g_array_index (solutions, Solution, rated[i].solution);

        if (best->found && rated[i].worth < best->worth - MOST_GAIN)
            break;
        if (best->found && rated[i].most < best->worth - ROUNDING)
            continue;
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

/* A page that is good already is not sought again with many leaves. */
static bool
is_spared (const Best *best, int n)
{
    return best->found && n > MANY_LEAVES && best->worth >= CONTENT - LESS_A_LEAF * (n - MANY_LEAVES - 1);
}

/* With a fair page found, a casting whose cheapest page is much dearer than that of another is not searched to the end. */
static Expected
expected_cost (const Choice *choice)
{
    bool fair = choice->plain.found && choice->plain.worth >= FAIR;

    return (Expected){ fair ? choice->cheapest + BM_COST (DEARER_CASTING) : INT_MAX, choice->cheapest };
}

static void
search_casting (Maker *maker, Trials *trials, Judge *judge, Leaf *leaves, int n, const Casting *casting, int format, Choice *choice)
{
    GArray *notched = maker->layout->interlock ? g_array_new (FALSE, TRUE, sizeof (Solution)) : NULL;
    GArray *solutions = bm_search (maker, leaves, n, maker->region + maker->separator, expected_cost (choice), notched);
    const Best before = choice->plain;

    for (guint i = 0; i < solutions->len; i++)
        choice->cheapest = MIN (choice->cheapest, g_array_index (solutions, Solution, i).cost);
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

    bm_cast_clusters (maker, casting, clusters);
    int n = bm_gather_leaves (maker, stock, casting, clusters, leaves);
    if (n >= 1 && n <= BM_MAX_LEAVES && !is_spared (&choice->plain, n))
        search_casting (maker, trials, judge, leaves, n, casting, format, choice);
    bm_close_clusters (casting, clusters);
}

static void
try_format (Maker *maker, int format, Choice *choice)
{
    Casting castings[BM_MAX_CASTINGS];

    maker->region = bm_ads_arrange (maker, format);
    if (maker->region < 0 || !bm_pins_allow_ads (maker))
        return;
    Stock stock = bm_make_stock (maker, true);
    bm_allow_notches (maker, &stock);
    Judge judge = { maker, INFINITY };
    Trials *trials = bm_trials_new (maker, worth_of, &judge);
    int n = bm_list_castings (maker, castings);
    /* Where several formats of ads are tried, fewer castings of each. */
    if (format >= 0)
        n = MIN (n, CASTINGS_A_FORMAT);
    for (int i = n - 1; i >= 0 && maker->nodes < maker->max_nodes; i--)
        try_casting (maker, trials, &judge, &stock, &castings[i], format, choice);
    bm_trials_free (trials);
    bm_drop_stock (maker, &stock);
}

/* The plan, with what is to be said of it if it is the one that goes out. */
static BmPlan *
build_best (Maker *maker, const Best *best, bool goes_out)
{
    Leaf leaves[BM_MAX_LEAVES], clusters[BM_MAX_CONTAINERS];

    maker->region = bm_ads_arrange (maker, best->format);
    Stock stock = bm_make_stock (maker, maker->options->trace != NULL || maker->n_pins > 0);
    bm_cast_clusters (maker, &best->casting, clusters);
    int n = bm_gather_leaves (maker, &stock, &best->casting, clusters, leaves);
    note_corners (leaves, &best->solution);
    BmPlan *plan = bm_build_plan (maker, leaves, n, &best->solution, true);
    plan->quality = bm_plan_quality (plan);
    if (goes_out) {
        warn_of_moved (maker, plan);
        bm_pins_compare (maker, plan);
        bm_groups_name_parted (maker, plan);
        bm_trace_page (maker, leaves, &best->solution, plan);
    }
    bm_close_clusters (&best->casting, clusters);
    bm_drop_stock (maker, &stock);
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

static Choice
search_formats (Maker *maker)
{
    Choice choice = { .cheapest = INT_MAX };
    int n_formats = bm_ads_are_free (maker) ? maker->layout->n_ad_formats : 0;

    if (n_formats == 0)
        try_format (maker, -1, &choice);
    /* Formats from the smallest up as the layout lists them from the largest down. */
    for (int i = n_formats - 1; i >= MAX (0, n_formats - MAX_FORMATS_TRIED); i--)
        try_format (maker, i, &choice);
    for (int i = n_formats - MAX_FORMATS_TRIED - 1; i >= 0 && !choice.plain.found; i--)
        try_format (maker, i, &choice);
    return choice;
}

/* ---- the lead ---- */

static void
size_heads_for (Maker *maker, double lead_size)
{
    maker->lead_size = lead_size;
    for (int i = 0; i < maker->n_stories; i++)
        g_ptr_array_set_size (maker->stories[i].head_lists, 0);
    bm_clusters_forget (maker);
}

static const Story *
lead_of (const Maker *maker)
{
    for (int i = 0; i < maker->n_stories; i++)
        if (!maker->held[i] && maker->stories[i].rank == 1 && maker->stories[i].main != NULL)
            return &maker->stories[i];
    return NULL;
}

bool
bm_lead_leads (const Maker *maker, const BmPlan *plan)
{
    const Story *lead = lead_of (maker);
    double own = 0, others = 0;

    for (int i = 0; lead != NULL && i < plan->n_elements; i++) {
        const BmElement *element = &plan->elements[i];

        if (element->role == BM_ELEM_HEADLINE && g_strcmp0 (element->item, lead->item->id) == 0)
            own = element->size;
        else if (element->role == BM_ELEM_HEADLINE)
            others = MAX (others, element->size);
    }
    return lead == NULL || own > others;
}

/* A long head over a narrow column can be smaller than that of a lesser story on the best page of all. Then sizes are set
 * beforehand: the lead's from one on, the others' under it, the largest that makes a page. */
BmPlan *
bm_choose_led_plan (Maker *maker)
{
    static const double shares[] = { 0.68, 0.5, 0.36, 0.27, 0.22 }; /* of the size that a lead has by rights */
    const Story *lead = lead_of (maker);
    BmPlan *plan = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS (shares) && plan == NULL; i++) {
        size_heads_for (maker, shares[i] * bm_preferred_size (maker, lead));
        maker->nodes = 0;
        const Choice choice = search_formats (maker);
        gsize said = maker->options->trace == NULL ? 0 : maker->options->trace->len;
        plan = build_choice (maker, &choice);
        if (plan == NULL || bm_lead_leads (maker, plan))
            continue;
        if (maker->options->trace != NULL)
            g_string_truncate (maker->options->trace, said);
        bm_plan_free (plan);
        plan = NULL;
    }
    size_heads_for (maker, 0);
    return plan;
}

BmPlan *
bm_choose_plan (Maker *maker)
{
    const Choice choice = search_formats (maker);

    return build_choice (maker, &choice);
}
