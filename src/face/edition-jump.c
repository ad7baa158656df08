/* edition-jump.c — 转版: what one page cannot hold is set on another (page-makeup.md §11).
 *
 * Make-up has cut one story of a page that is too full, or held stories over. The rest is put on the page that the
 * edition names, else on the next page that has room, else on one before; a page has room if make-up finds a page
 * with all its copy and the rest. Then the page that gave it is made again, its jump line naming the other. If that
 * should fail everything is put back: the rest is over, as it was. */
#include "face/job.h"

#include <string.h>

#define MAX_TRIALS 12 /* pages on which a rest is tried */
#define LONG_REST 300 /* characters: from here on its headline is a third-rank one */

/* ---- the rest as an item ---- */

BmItem *
bm_rest_of (BmArena *arena, const BmPage *from, const BmItem *item, const BmOverset *overset)
{
    BmItem *rest = bm_arena_copy (arena, item, 1, sizeof *item);
    bool labelled = from->page != NULL && from->page[0] != '\0';

    if (strcmp (overset->policy, "jump") != 0)
        return rest;
    rest->n_blocks -= overset->block;
    rest->blocks = bm_arena_copy (arena, rest->blocks + overset->block, (size_t) rest->n_blocks, sizeof *rest->blocks);
    if (overset->stay > 0)
        rest->blocks[0].text = bm_arena_strdup (arena, rest->blocks[0].text + overset->stay);
    rest->kicker = rest->subhead = rest->dateline = NULL;
    if (rest->byline_place != BM_BYLINE_END)
        rest->byline = NULL;
    rest->n_credits = rest->n_pictures = 0;
    rest->jump_from = bm_jump_from_text (arena, from->lang, labelled ? from->page : NULL);
    return rest;
}

/* The first part: the item up to the cut. A byline at the end goes with the end. */
BmItem *
bm_first_part (BmArena *arena, const BmItem *item, const BmOverset *overset, const char *jump_to)
{
    BmItem *part = bm_arena_copy (arena, item, 1, sizeof *item);

    part->n_blocks = overset->block + (overset->stay > 0 ? 1 : 0);
    part->blocks = bm_arena_copy (arena, item->blocks, (size_t) part->n_blocks, sizeof *part->blocks);
    if (overset->stay > 0)
        part->blocks[overset->block].text = bm_arena_strndup (arena, item->blocks[overset->block].text, overset->stay);
    part->jump_to = jump_to;
    if (part->byline_place == BM_BYLINE_END)
        part->byline = NULL;
    return part;
}

/* On its new page it is no lead, has no wished size, and stands in no container of the old one. */
void
bm_dress_rest (Job *job, BmItem *rest, bool jumped)
{
    int importance = jumped ? (bm_item_characters (rest) >= LONG_REST ? 3 : 4) : MAX (rest->wish.importance, 2);

    if (jumped) {
        rest->wish = (BmWish){ .importance = importance, .head = BM_HEAD_HORIZONTAL };
        rest->id = bm_arena_printf (job->made->arena, "%s-rest", rest->id);
        rest->id_given = true;
    }
    rest->wish.importance = importance;
    rest->wish.pinned = false;
}

/* ---- where it may go ---- */

static void
add_target (GPtrArray *targets, Sheet *target, const Sheet *from)
{
    if (target != from && !g_ptr_array_find (targets, target, NULL))
        g_ptr_array_add (targets, target);
}

static void
add_open_target (GPtrArray *targets, Sheet *target, const Sheet *from)
{
    if (target->brief == NULL || !target->brief->closed)
        add_target (targets, target, from);
}

static bool
may_move (const Job *job)
{
    return job->brief != NULL && job->brief->held_move;
}

/* The named pages, then those that follow, then, if it `may_go_back`, those before, the nearest first. */
static GPtrArray *
list_targets (const Job *job, int at, const BmItem *item, bool may_go_back)
{
    const Sheet *from = sheet_of (job, at);
    GPtrArray *targets = g_ptr_array_new ();
    int named = bm_job_named_jump (job, from, item), n = (int) job->sheets->len;

    if (named >= 0)
        add_target (targets, sheet_of (job, named), from);
    for (int i = 0; from->brief != NULL && i < from->brief->n_jumps_to; i++) {
        int to = bm_sheet_by_label (job, from->brief->jumps_to[i]);

        if (to >= 0)
            add_target (targets, sheet_of (job, to), from);
    }
    for (int i = at + 1; i < n; i++)
        add_open_target (targets, sheet_of (job, i), from);
    for (int i = at - 1; may_go_back && i >= 0; i--)
        add_open_target (targets, sheet_of (job, i), from);
    return targets;
}

/* ---- one page that has too much ---- */

/* A page as it was before it took a rest. */
typedef struct {
    Sheet *sheet;
    BmPage *page;
    Made made;
} Before;

/* A page that is no page yet, for want of copy, is tried before all others. */
static int
by_need (const void *one, const void *two)
{
    const Sheet *a = *(Sheet *const *) one, *b = *(Sheet *const *) two;

    return (a->plan != NULL) - (b->plan != NULL);
}

/* The sheet that takes it, made with it; NULL: none has room. */
static Sheet *
find_room (Job *job, int at, const BmItem *item, BmItem *rest, bool may_go_back, GArray *before)
{
    GPtrArray *targets = list_targets (job, at, item, may_go_back);
    Sheet *taker = NULL;
    int trials = 0;

    g_ptr_array_sort (targets, by_need); /* a stable sort: the order stays among equals */
    for (guint i = 0; i < targets->len && trials < MAX_TRIALS && taker == NULL; i++) {
        Sheet *target = g_ptr_array_index (targets, i);

        if (target->plan != NULL && target->plan->n_overset > 0)
            continue;
        trials++;
        BmPage *draft = bm_page_draft (job, target->page);
        bm_page_settle_ranks (job, draft);
        bm_page_take_item (job, draft, rest);
        Made made = bm_sheet_make (job, target, draft, true);
        if (made.plan == NULL) {
            bm_made_clear (&made);
            continue;
        }
        Before was = { target, target->page, { target->plan, target->diags } };
        g_array_append_val (before, was);
        target->page = draft;
        target->plan = made.plan;
        target->diags = made.diags;
        taker = target;
    }
    g_ptr_array_free (targets, TRUE);
    return taker;
}

static void
put_back (GArray *before)
{
    for (guint i = before->len; i > 0; i--) {
        Before *was = &g_array_index (before, Before, i - 1);
        Made now = { was->sheet->plan, was->sheet->diags };

        bm_made_clear (&now);
        was->sheet->page = was->page;
        was->sheet->plan = was->made.plan;
        was->sheet->diags = was->made.diags;
    }
}

/* The old plans go; what was said with them, and is not said again, stays. */
static void
settle (GArray *before)
{
    for (guint i = 0; i < before->len; i++) {
        Before *was = &g_array_index (before, Before, i);
        Made now = { was->sheet->plan, was->sheet->diags };

        was->sheet->plan = was->made.plan;
        was->sheet->diags = was->made.diags;
        bm_sheet_take (was->sheet, now);
    }
}

static const char *
title_of (const Sheet *sheet, const char *id)
{
    const BmItem *item = bm_page_item (sheet->page, id, NULL);

    return item == NULL || item->n_headline == 0 ? id : item->headline[0];
}

/* What is done to place the rests of one page, until it is settled or put back. */
typedef struct {
    GArray *before; /* Before */
    GArray *links;  /* Link */
    bool may_go_back;
} Placing;

/* Put one rest somewhere and take it out of the draft; false if it finds no room. */
static bool
place_rest (Job *job, int at, BmPage *draft, const BmOverset *overset, Placing *placing)
{
    Sheet *from = sheet_of (job, at);
    bool jumped = strcmp (overset->policy, "jump") == 0;
    int index = -1;
    const BmItem *item = bm_page_item (draft, overset->item, &index);

    if (item == NULL || (!jumped && !may_move (job)))
        return false;
    BmItem *rest = bm_rest_of (job->made->arena, from->page, item, overset);
    bm_dress_rest (job, rest, jumped);
    /* Nobody reads on backwards: where whole stories may move, none is continued on a page before. */
    bool may_go_back = placing->may_go_back && !(jumped && may_move (job));
    Sheet *taker = find_room (job, at, item, rest, may_go_back, placing->before);
    if (taker == NULL)
        return false;
    Link link = { from, taker, item->id, rest->id, !jumped, overset->lines, title_of (from, overset->item), item->where };
    if (jumped)
        draft->items[index] = bm_first_part (job->made->arena, item, overset, bm_jump_to_text (job->made->arena, draft->lang, taker->page->page));
    else
        bm_page_drop_item (draft, index);
    g_array_append_val (placing->links, link);
    return true;
}

/* False: all is as it was. */
static bool
place_rests_of (Job *job, int at, bool may_go_back)
{
    Sheet *from = sheet_of (job, at);
    Placing placing = { g_array_new (FALSE, TRUE, sizeof (Before)), g_array_new (FALSE, TRUE, sizeof (Link)), may_go_back };
    BmPage *draft = bm_page_draft (job, from->page);
    int placed = 0;

    bm_page_settle_ranks (job, draft);
    for (int i = 0; i < from->plan->n_overset; i++)
        placed += place_rest (job, at, draft, &from->plan->overset[i], &placing);
    Made made = { NULL, NULL };
    if (placed > 0)
        made = bm_sheet_make (job, from, draft, placed == from->plan->n_overset);
    bool settled = made.plan != NULL;
    if (settled) {
        from->page = draft;
        bm_sheet_take (from, made);
        settle (placing.before);
        g_array_append_vals (job->links, placing.links->data, placing.links->len);
    } else {
        bm_made_clear (&made);
        put_back (placing.before);
    }
    g_array_free (placing.before, TRUE);
    g_array_free (placing.links, TRUE);
    return settled;
}

/* A story that finds no page to go on stays whole if others, held over whole, find theirs. */
static void
hold_instead (Job *job, int at)
{
    Sheet *from = sheet_of (job, at);
    Made cut = { from->plan, from->diags }, held = bm_sheet_make_held (job, from, from->page);

    if (held.plan == NULL) {
        bm_made_clear (&held);
        return;
    }
    from->plan = held.plan;
    from->diags = held.diags;
    if (!place_rests_of (job, at, true)) {
        bm_made_clear (&held);
        from->plan = cut.plan;
        from->diags = cut.diags;
    } else {
        bm_made_clear (&cut);
    }
}

static bool
is_cut (const BmPlan *plan)
{
    for (int i = 0; i < plan->n_overset; i++)
        if (strcmp (plan->overset[i].policy, "jump") == 0)
            return true;
    return false;
}

void
bm_job_place_rests (Job *job, bool at_last)
{
    for (guint i = 0; i < job->sheets->len; i++) {
        const BmPlan *plan = sheet_of (job, (int) i)->plan;

        if (plan == NULL || plan->n_overset == 0 || place_rests_of (job, (int) i, at_last))
            continue;
        if (at_last && is_cut (plan) && may_move (job))
            hold_instead (job, (int) i);
    }
}
