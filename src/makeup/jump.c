/* jump.c — a story cut at a sentence's end, its rest for another page (page-makeup.md §11, step 3).
 *
 * The story keeps a shortened copy of its item: the rest is told to the plan and written beside the page. Nothing of the
 * edition is changed, so a cut that helps nothing is undone by taking the whole item back. */
#include "makeup/makeup-private.h"

#include <math.h>
#include <string.h>

#define LEAST_STORY 36   /* lines: a shorter story is not continued elsewhere */
#define MOST_CUT 0.6     /* of its lines */
#define LEAST_CUT 4
#define SHORT_OF_FREE 1.08 /* copy that the levers take in: what is beyond must go at least */
#define CANDIDATES 3
#define LONGER_CUTS 5    /* that are tried from the first one on that makes a page */
#define LINE_COST 0.12   /* of the page score: a page is not made prettier by sending readers away */
#define NO_LEAD 60.0     /* the lead has not the largest head */
#define GOOD_PAGE 90.0
#define JUMP_LINE "（下转他版）"

static int
rows_of (Maker *maker, Story *story)
{
    return bm_flow_of (maker, story, maker->grid.cells_per_column)->n_rows;
}

static int
lines_of (Maker *maker, const BmBlock *block)
{
    if (block->kind != BM_BLOCK_PARAGRAPH)
        return 2;
    const BmText text = { .utf8 = block->text, .length = -1, .kind = BM_TEXT_BODY, .role = &maker->layout->roles[BM_ROLE_TEXT],
                          .lang = maker->page->lang, .where = block->where };
    const BmShaped *shaped = bm_type_shape (maker->type, &text, &maker->layout->style, maker->diags);

    return shaped == NULL ? 1 : bm_count_lines (shaped, &maker->layout->style, maker->grid.cells_per_column, -1);
}

/* Bytes up to the last sentence end at or before `most`; 0: there is none. */
static size_t
last_sentence_end (const char *text, size_t most)
{
    size_t end = 0;

    for (const char *p = text; *p != '\0' && (size_t) (p - text) < most; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        const char *next = g_utf8_next_char (p);

        if (c != 0x3002 && c != 0xFF01 && c != 0xFF1F && c != 0x2026) /* 。！？… */
            continue;
        while (*next != '\0' && (g_utf8_strchr ("。！？…”’）」』", -1, g_utf8_get_char (next)) != NULL))
            next = g_utf8_next_char (next);
        if ((size_t) (next - text) <= most && *next != '\0')
            end = (size_t) (next - text);
    }
    return end;
}

/* Where to cut so that at least `lines` go: the block, and the bytes of it that stay (0: none of it). */
static void
find_cut (Maker *maker, const BmItem *item, int lines, int *block, size_t *stay)
{
    *block = item->n_blocks;
    *stay = 0;
    while (lines > 0 && *block > 0) {
        const BmBlock *last = &item->blocks[*block - 1];
        int own = lines_of (maker, last);

        (*block)--;
        if (own > lines && last->kind == BM_BLOCK_PARAGRAPH)
            *stay = last_sentence_end (last->text, strlen (last->text) * (size_t) (own - lines) / (size_t) own);
        lines -= own;
    }
    /* A crosshead is no end. */
    while (*stay == 0 && *block > 0 && item->blocks[*block - 1].kind == BM_BLOCK_CROSSHEAD)
        (*block)--;
}

static const BmItem *
shortened (Maker *maker, const BmItem *whole, int block, size_t stay)
{
    BmItem *item = bm_arena_copy (maker->arena, whole, 1, sizeof *whole);

    item->n_blocks = block + (stay > 0 ? 1 : 0);
    item->blocks = bm_arena_copy (maker->arena, whole->blocks, (size_t) item->n_blocks, sizeof *whole->blocks);
    if (stay > 0)
        item->blocks[block].text = bm_arena_strndup (maker->arena, whole->blocks[block].text, stay);
    item->jump_to = JUMP_LINE;
    return item;
}

/* The text that goes, a paragraph a line. */
static const char *
rest_of (Maker *maker, const BmItem *whole, int block, size_t stay)
{
    GString *text = g_string_new (NULL);

    for (int i = block; i < whole->n_blocks; i++)
        if (whole->blocks[i].text != NULL)
            g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", whole->blocks[i].text + (i == block ? stay : 0));
    const char *rest = bm_arena_strdup (maker->arena, text->str);
    g_string_free (text, TRUE);
    return rest;
}

static void
take (Maker *maker, Story *story, const BmItem *item)
{
    story->item = item;
    story->characters = bm_item_characters (item);
    g_ptr_array_set_size (story->flows, 0);
    bm_clusters_forget_story (maker, story);
    bm_story_parts (maker, story);
}

static void
mend (Maker *maker, Story *story)
{
    const BmItem *whole = story->jump.whole;

    story->jump = (Jump){ 0 };
    take (maker, story, whole);
}

/* At least `lines` of the story go to another page; false if too little would stay, or go. */
static bool
cut (Maker *maker, Story *story, int lines)
{
    const BmItem *whole = story->item;
    int block, before = rows_of (maker, story);
    size_t stay;

    find_cut (maker, whole, lines + 1, &block, &stay); /* the jump line takes one */
    if (block < 1 || whole->jump_to != NULL || whole->jump_from != NULL) /* who has turned the page for it once does not again */
        return false;
    story->jump = (Jump){ .whole = whole, .block = block, .stay = stay, .text = rest_of (maker, whole, block, stay) };
    take (maker, story, shortened (maker, whole, block, stay));
    story->jump.lines = before + 1 - rows_of (maker, story);
    if (story->jump.lines >= LEAST_CUT && story->jump.lines <= MOST_CUT * before)
        return true;
    mend (maker, story);
    return false;
}

/* The longest stories that stand alone, at most CANDIDATES. */
static int
longest_stories (Maker *maker, int *chosen)
{
    int n = 0;

    for (int i = 0; i < maker->n_stories; i++) {
        Story *story = &maker->stories[i];
        int rows = rows_of (maker, story), at = n;

        if (maker->held[i] || rows < LEAST_STORY || story->photo_story || story->container != NULL || story->pin != NULL)
            continue;
        while (at > 0 && rows > rows_of (maker, &maker->stories[chosen[at - 1]]))
            at--;
        for (int k = MIN (n, CANDIDATES - 1); k > at; k--)
            chosen[k] = chosen[k - 1];
        if (at < CANDIDATES)
            chosen[at] = i;
        n = MIN (n + 1, CANDIDATES);
    }
    return n;
}

/* ---- the choice ---- */

typedef struct {
    int story, lines;
    double worth;
} BestCut;

/* A page that is only looked at: what it would warn of is not said. Returns its score, less what the lines that go cost. */
static double
worth_of_page (Maker *maker, const Story *story, BmPlan *(*try_page) (Maker *maker))
{
    BmDiags *diags = maker->diags;
    const BmMakeupOptions *options = maker->options;
    BmMakeupOptions quiet = *options;

    quiet.trace = NULL;
    maker->options = &quiet;
    maker->diags = bm_diags_new ();
    BmPlan *plan = try_page (maker);
    double worth = plan == NULL ? -INFINITY : plan->quality.q - LINE_COST * story->jump.lines - (bm_lead_leads (maker, plan) ? 0 : NO_LEAD);
    bm_plan_free (plan);
    bm_diags_free (maker->diags);
    maker->diags = diags;
    maker->options = options;
    return worth;
}

/* False: the story cannot be cut there, or no page is found. */
static bool
try_cut (Maker *maker, int number, int lines, BmPlan *(*try_page) (Maker *maker), BestCut *best)
{
    Story *story = &maker->stories[number];

    if (!cut (maker, story, lines))
        return false;
    double worth = worth_of_page (maker, story, try_page);
    if (worth > best->worth)
        *best = (BestCut){ number, lines, worth };
    mend (maker, story);
    return worth > -INFINITY;
}

/* The shortest cut that helps makes a page that is crammed: pictures as small as they can be. So a few longer ones are
 * tried, too, unless the page is good. What the longest story does not bring no other does: they are asked once it has. */
BmPlan *
bm_jump_plan (Maker *maker, double need, double free_rows, double least_worth, BmPlan *(*try_page) (Maker *maker))
{
    int chosen[CANDIDATES], n = longest_stories (maker, chosen), more = LONGER_CUTS;
    int least = MAX (LEAST_CUT, (int) (need - SHORT_OF_FREE * free_rows));
    BestCut best = { -1, 0, least_worth };

    bm_shapes_keep (maker);
    for (int lines = least, step = 3; n > 0 && more > 0 && lines < rows_of (maker, &maker->stories[chosen[0]]) * MOST_CUT; lines += step, step += 3) {
        bool first = best.story < 0;

        if (try_cut (maker, first ? chosen[0] : best.story, lines, try_page, &best) && first)
            for (int i = 1; i < n; i++)
                try_cut (maker, chosen[i], lines, try_page, &best);
        if (best.worth > GOOD_PAGE)
            break;
        more -= best.story >= 0;
    }
    for (int i = 1; i < n && best.story < 0; i++) /* the longest cannot be cut at all */
        for (int lines = least, step = 3; best.story < 0 && lines < rows_of (maker, &maker->stories[chosen[i]]) * MOST_CUT; lines += step, step += 3)
            try_cut (maker, chosen[i], lines, try_page, &best);
    if (best.story < 0 || !cut (maker, &maker->stories[best.story], best.lines))
        return NULL;
    return try_page (maker);
}
