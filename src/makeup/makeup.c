/* makeup.c — one page made up: preparation, the search at growing slack, and what to do when copy does not fit
 * (page-makeup.md §11). */
#include "makeup/device.h"

#include <math.h>
#include <string.h>

#define DEFAULT_NODES 40000000L
#define WORTH_A_CUT 40.0    /* the worth of a page that is cut so that its lead leads: no page where it does not has as much */
#define SHORT 0.8           /* of the page: less copy is not held over, but filled up */
#define CROWDED 0.95        /* so full that no word is shown twice: heads run wider than the estimate knows */
#define LIKELY_CUT 1.05     /* more copy is likely to be tried in several lengths */
#define FAR_TOO_LITTLE 0.35 /* §12 */
#define SLACKS_BEFORE_FILLERS 3
#define ADS_FILL 0.95 /* of a page without stories */

static const Slack slacks[] = { { 2, 0.15, 0 }, { 2, 0.15, 1 }, { 3, 0.20, 3 }, { 4, 0.25, 5 }, { 6, 0.35, 8 } };

/* ---- the copy that is held over ---- */

/* A story held over is held whole: its captions, too. */
static const char *
text_of_story (BmArena *arena, const BmItem *item)
{
    char *text = bm_item_text (item);
    const char *kept = bm_arena_strdup (arena, text);

    g_free (text);
    return kept;
}

static void
list_held (Maker *maker, BmPlan *plan)
{
    GArray *list = g_array_new (FALSE, TRUE, sizeof (BmOverset));

    for (int i = 0; i < maker->n_stories; i++) {
        Story *story = &maker->stories[i];

        if (story->jump.whole != NULL) {
            BmOverset rest = { .item = bm_arena_strdup (plan->arena, story->item->id), .policy = "jump", .lines = story->jump.lines,
                               .characters = bm_item_characters (story->jump.whole) - story->characters,
                               .text = bm_arena_strdup (plan->arena, story->jump.text), .block = story->jump.block, .stay = story->jump.stay };
            g_array_append_val (list, rest);
            bm_diag (maker->diags, BM_WARNING, "BM0608", story->item->where, "set the rest on another page",
                     "continued elsewhere: “%s”, its last %d lines", story->title, rest.lines);
        }
        if (maker->held[i] && story->item->wish.filler)
            bm_filler_name_unused (maker, story);
        if (!maker->held[i] || story->item->wish.filler)
            continue;
        BmOverset overset = { .item = bm_arena_strdup (plan->arena, story->item->id), .policy = "hold",
                              .lines = bm_flow_of (maker, story, maker->grid.cells_per_column)->n_rows,
                              .characters = story->characters, .text = text_of_story (plan->arena, story->item) };
        g_array_append_val (list, overset);
        bm_diag (maker->diags, BM_WARNING, "BM0605", story->item->where, "give the page more room, or move the story to another page",
                 "held over: “%s”, %d lines", story->title, overset.lines);
    }
    plan->n_overset = (int) list->len;
    plan->overset = bm_arena_copy (plan->arena, list->data, list->len, sizeof (BmOverset));
    g_array_free (list, TRUE);
}

static bool
is_pinned (const Maker *maker, int number)
{
    return maker->stories[number].pin != NULL || (number < BM_MAX_STORIES && (bm_pinned_members (maker) >> number & 1) != 0);
}

/* What is pinned is held last. */
static bool
sooner_held (const Maker *maker, int one, int than)
{
    if (is_pinned (maker, one) != is_pinned (maker, than))
        return !is_pinned (maker, one);
    return maker->stories[one].rank >= maker->stories[than].rank;
}

/* The least important story that is still on the page, the last among equals; −1: only one is left. */
static int
least_important (const Maker *maker)
{
    int least = -1, left = 0;

    for (int i = 0; i < maker->n_stories; i++) {
        if (maker->held[i])
            continue;
        left++;
        if (least < 0 || sooner_held (maker, i, least))
            least = i;
    }
    return left > 1 ? least : -1;
}

/* ---- estimates, so that hopeless copy is not searched ---- */

static double
rows_needed (Maker *maker)
{
    double need = 0;

    for (int i = 0; i < maker->n_stories; i++) {
        Story *story = &maker->stories[i];

        if (maker->held[i])
            continue;
        need += bm_flow_of (maker, story, maker->grid.cells_per_column)->n_rows;
        need += story->main == NULL ? 0 : 5 + (story->rank <= 2 ? 10 : 0);
        if (story->n_photos > 0) {
            double width = bm_span_width (maker, MAX (1, maker->grid.columns / 4));
            need += width / story->ratio / maker->grid.pitch * MAX (1, maker->grid.columns / 4);
        }
    }
    return need;
}

static int
roomiest_region (Maker *maker)
{
    int most = -1, n = bm_ads_are_free (maker) ? maker->layout->n_ad_formats : 0;

    for (int i = n == 0 ? -1 : 0; i < MAX (n, 0); i++)
        most = MAX (most, bm_ads_arrange (maker, i));
    return n == 0 ? bm_ads_arrange (maker, -1) : most;
}

/* Column rows that stories have to fill: under the largest ad that can stand there. */
static double
cells_to_fill (Maker *maker)
{
    int n = bm_ads_are_free (maker) ? maker->layout->n_ad_formats : 0, least = n == 0 ? bm_ads_arrange (maker, -1) : maker->grid.rows;
    double cells = 0;

    for (int i = 0; i < n; i++) {
        int region = bm_ads_arrange (maker, i);

        least = region > 0 ? MIN (least, region) : least;
    }
    cells = (double) MAX (least, 0) * maker->grid.columns;
    for (int i = 0; i < maker->n_ads; i++)
        if (maker->ads[i].corner)
            cells -= maker->ads[i].share * maker->grid.columns * maker->ads[i].rows;
    return MAX (cells, 1);
}

/* ---- steps ---- */

/* Far too little, and no picture that could grow: no search helps (§12). */
static bool
is_bare (Maker *maker)
{
    for (int i = 0; i < maker->n_stories; i++)
        if (!maker->held[i] && maker->stories[i].n_photos > 0)
            return false;
    return rows_needed (maker) < FAR_TOO_LITTLE * cells_to_fill (maker);
}

/* Copy for the whole page, or some of it gone already. */
static bool
is_crowded (Maker *maker)
{
    for (int i = 0; i < maker->n_stories; i++)
        if (maker->stories[i].jump.whole != NULL || (maker->held[i] && !maker->stories[i].item->wish.filler))
            return true;
    return rows_needed (maker) > CROWDED * cells_to_fill (maker);
}

/* A page whose lead has the largest head, in no less slack than the given one took; that, if there is none. `said`: the length of
 * the trace before it. */
static BmPlan *
with_lead (Maker *maker, BmPlan *plan, size_t first, size_t n, gsize said)
{
    GString *trace = maker->options->trace;
    gsize told = trace == NULL ? 0 : trace->len;
    BmPlan *led = NULL;

    if (bm_lead_leads (maker, plan))
        return plan;
    for (size_t i = first; i < n && led == NULL; i++) {
        maker->slack = slacks[i];
        led = bm_choose_led_plan (maker);
    }
    if (led == NULL)
        return plan;
    if (trace != NULL)
        g_string_erase (trace, (gssize) said, (gssize) (told - said));
    bm_plan_free (plan);
    return led;
}

static BmPlan *
try_slacks_to (Maker *maker, size_t n)
{
    if (is_bare (maker))
        return NULL;
    maker->crowded = is_crowded (maker);
    for (size_t i = 0; i < n; i++) {
        maker->slack = slacks[i];
        maker->nodes = 0;
        maker->status = maker->n_spare > 0 || maker->house ? "OK_FILLER" : i == 0 ? "OK" : "OK_RELAXED";
        for (int k = 0; k < maker->n_stories; k++)
            g_ptr_array_set_size (maker->stories[k].head_lists, 0);
        gsize said = maker->options->trace == NULL ? 0 : maker->options->trace->len;
        BmPlan *plan = bm_choose_plan (maker);
        if (plan != NULL)
            return with_lead (maker, plan, i, n, said);
    }
    return NULL;
}

static BmPlan *
try_slacks (Maker *maker)
{
    return try_slacks_to (maker, G_N_ELEMENTS (slacks));
}

/* What is short is filled before pictures are cut by a quarter and white is spread (§11, steps 4 and 6). */
static BmPlan *
try_page (Maker *maker)
{
    bm_fillers_set_aside (maker);
    if (rows_needed (maker) >= SHORT * cells_to_fill (maker) || !bm_fillers_left (maker))
        return try_slacks (maker);
    BmPlan *plan = try_slacks_to (maker, SLACKS_BEFORE_FILLERS);
    while (plan == NULL && bm_filler_add (maker, cells_to_fill (maker) - rows_needed (maker)))
        plan = try_slacks_to (maker, SLACKS_BEFORE_FILLERS);
    return plan == NULL ? try_slacks (maker) : plan;
}

static void
say_no_fit (Maker *maker, double need)
{
    double free_rows = cells_to_fill (maker);

    if (need < SHORT * free_rows)
        bm_diag (maker->diags, BM_ERROR, "BM0606", BM_IN_FILE (maker->page->file),
                 "add copy, pictures or spare items (补白), give the ad more room, or use a smaller page",
                 "too little copy: it fills about %.0f %% of the page, and %.0f lines of %d characters are missing", 100 * need / free_rows,
                 free_rows - need, maker->grid.cells_per_column);
    else
        bm_diag (maker->diags, BM_ERROR, "BM0604", BM_IN_FILE (maker->page->file),
                 "try another column count, or let copy be held over (overset: hold)",
                 "no page was found: the copy needs about %.0f of %.0f column rows", need, free_rows);
}

/* More items than the search can place, one container of the short ones counted as one (§9). */
static bool
is_too_many (Maker *maker)
{
    int alone = bm_ads_in_corners (maker), short_ones = 0, most = maker->layout->round_up ? BM_MAX_STORIES : BM_MAX_MEMBERS;
    uint64_t pinned = bm_pinned_members (maker);

    for (int i = 0; i < maker->n_stories; i++) {
        bool may = i < BM_MAX_STORIES && ((pinned >> i & 1) != 0 || bm_may_be_member (maker, &maker->stories[i]));
        bool member = !maker->held[i] && short_ones < most && may;

        short_ones += member;
        alone += !maker->held[i] && !member;
    }
    return alone + (short_ones > 0) > BM_MAX_LEAVES;
}

/* Copy far beyond the page is held over before anything is searched (§12). */
static bool
hold_surplus (Maker *maker, int region)
{
    double free_rows = (double) region * maker->grid.columns;

    while (rows_needed (maker) > 1.4 * free_rows || is_too_many (maker)) {
        int least = least_important (maker);
        if (least < 0 || maker->layout->overset == BM_OVERSET_ERROR)
            return false;
        maker->held[least] = true;
    }
    return true;
}

/* The last look before the plan goes out: a story that is neither on the page nor held over would be lost without a
 * word, whatever fault of ours dropped it. It is held over then, and named. */
static void
hold_what_is_missing (Maker *maker, const BmPlan *plan)
{
    for (int i = 0; i < maker->n_stories; i++)
        maker->held[i] = maker->held[i] || bm_plan_item (plan, maker->stories[i].item->id) == NULL;
}

/* A page that is full to the last row can leave its lead no room for a head: then copy is continued elsewhere, as if it were over. */
static BmPlan *
cut_for_lead (Maker *maker, BmPlan *plan)
{
    if (bm_lead_leads (maker, plan) || maker->layout->overset != BM_OVERSET_JUMP)
        return plan;
    BmPlan *led = bm_jump_plan (maker, rows_needed (maker), cells_to_fill (maker), WORTH_A_CUT, try_slacks);
    if (led == NULL)
        return plan;
    bm_plan_free (plan);
    return led;
}

static BmPlan *
make_up (Maker *maker)
{
    int region = roomiest_region (maker);
    BmPlan *plan = NULL;

    if (region < 0) {
        bm_diag (maker->diags, BM_ERROR, "BM0603", BM_IN_FILE (maker->page->file), "make the ads lower",
                 "the ads leave no room for news");
        return NULL;
    }
    bm_fillers_set_aside (maker);
    double given = rows_needed (maker);
    if (given > LIKELY_CUT * cells_to_fill (maker))
        bm_shapes_keep (maker);
    bool hopeful = hold_surplus (maker, region);
    while (hopeful && (plan = try_page (maker)) == NULL) {
        if (bm_pins_drop_one (maker) || bm_wishes_drop_one (maker))
            continue;
        int least = least_important (maker);
        double room = cells_to_fill (maker);
        bool over = rows_needed (maker) > SHORT * room || (maker->n_stories > BM_MAX_LEAVES && given > SHORT / 2 * room);

        if (over && maker->layout->overset == BM_OVERSET_JUMP)
            plan = bm_jump_plan (maker, rows_needed (maker), room, -INFINITY, try_slacks);
        if (plan != NULL || least < 0 || !over || maker->layout->overset == BM_OVERSET_ERROR)
            break;
        bm_shapes_keep (maker);
        maker->held[least] = true;
    }
    if (plan == NULL) {
        say_no_fit (maker, given);
        return NULL;
    }
    plan = cut_for_lead (maker, plan);
    hold_what_is_missing (maker, plan);
    list_held (maker, plan);
    bool held = false;
    for (int i = 0; i < maker->n_stories; i++)
        held = held || (maker->held[i] && !maker->stories[i].item->wish.filler);
    if (plan->n_overset > 0)
        plan->status = held ? "OK_HELD" : "OK_JUMP";
    plan->quality = bm_plan_quality (plan); /* what is over counts */
    return plan;
}

static bool
check_page (Maker *maker)
{
    if (maker->n_stories == 0 && maker->n_ads == 0) {
        bm_diag (maker->diags, BM_ERROR, "BM0601", BM_IN_FILE (maker->page->file), "a page needs at least one story", "nothing to set");
        return false;
    }
    if (maker->grid.cells_per_column < 8) {
        bm_diag (maker->diags, BM_ERROR, "BM0602", BM_NOWHERE, "use fewer columns, or smaller body type",
                 "columns of %d characters: 8 is the least", maker->grid.cells_per_column);
        return false;
    }
    return true;
}

/* A page of ads and nothing else (整版): it is one if they fill it. */
static BmPlan *
ads_alone (Maker *maker)
{
    Solution nothing = { 0 };

    maker->region = bm_ads_fill (maker);
    if (maker->region < 0) {
        bm_diag (maker->diags, BM_ERROR, "BM0603", BM_IN_FILE (maker->page->file), "make the ads lower, or give one less",
                 "the ads are %d rows higher than the page, which has %d", -maker->region, maker->grid.rows);
        return NULL;
    }
    maker->status = "OK";
    BmPlan *plan = bm_build_plan (maker, NULL, 0, &nothing, true);
    plan->quality = bm_plan_quality (plan);
    if (plan->quality.fill >= ADS_FILL)
        return plan;
    bm_diag (maker->diags, BM_ERROR, "BM0606", BM_IN_FILE (maker->page->file),
             "add stories, or give an ad no size: alone on a page it takes what is left", "the ads fill %.0f %% of the page, and there is nothing else",
             100 * plan->quality.fill);
    bm_plan_free (plan);
    return NULL;
}

BmPlan *
bm_makeup_page (const BmEdition *edition, int page_index, const BmLayout *layout, BmType *type,
                const BmMakeupOptions *options, BmDiags *diags)
{
    static const BmMakeupOptions defaults = { 0 };
    Maker maker = { .edition = edition, .page = edition->pages[page_index], .layout = layout, .type = type,
                    .options = options == NULL ? &defaults : options, .diags = diags, .arena = bm_arena_create (),
                    .grid = bm_layout_grid (layout), .separator = layout->separator_rows, .head_style = layout->style };
    BmPlan *plan = NULL;

    maker.max_nodes = maker.options->max_nodes > 0 ? maker.options->max_nodes : DEFAULT_NODES;
    maker.region = maker.grid.rows;
    maker.slack = slacks[0];
    maker.held = bm_arena_new0 (maker.arena, bool, maker.page->n_items);
    if (bm_stories_prepare (&maker) && bm_ads_prepare (&maker) && check_page (&maker)) {
        bm_wishes_settle (&maker);
        bm_pins_prepare (&maker);
        bm_devices_settle (&maker);
        if (bm_heads_fit (&maker))
            plan = maker.n_stories == 0 ? ads_alone (&maker) : make_up (&maker);
    }
    bm_arena_free (maker.arena);
    bm_type_rest (type);
    return plan;
}
