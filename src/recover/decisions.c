/* decisions.c — what was decided, how clearly, and how often so clear a decision is right (recover.md §4).
 *
 * A margin is what the decision had over the next best, in the costs of the step that took it; a table measured on pages
 * whose truth is known (tests/recover/calibrate.py) turns it into a probability. */
#include "recover/recover-private.h"

#include <math.h>

/* Margins from `from` up were right in this share of cases. */
typedef struct {
    double from, share;
} Bin;

#define MAX_BINS 4

#define BY_BOXES 90.0 /* added to a margin where boxes decided */

/* Measured by tests/recover/calibrate.py on the 20 development pages (right + 1 of cases + 2); with boxes on 26 pages of
 * ours, set and read back. Roles are what text alone tells least: a single line may be half a headline. */
static const Bin table[BM_N_DECISIONS][MAX_BINS] = {
    [BM_DECISION_START] = { { -99, 0.62 }, { 2.5, 0.90 }, { BY_BOXES - 10, 0.96 } },
    [BM_DECISION_HEAD] = { { -99, 0.62 }, { 0.5, 0.83 }, { 1.2, 0.96 }, { BY_BOXES - 10, 0.97 } },
    [BM_DECISION_ROLES] = { { -99, 0.68 }, { 5, 0.53 }, { BY_BOXES - 10, 0.90 } },
    [BM_DECISION_BYLINE] = { { -99, 0.98 } },
    [BM_DECISION_CAPTION] = { { -99, 0.94 } },
    [BM_DECISION_AD] = { { -99, 0.87 } },
    [BM_DECISION_JOIN] = { { -99, 0.21 }, { 0, 0.71 }, { 3, 0.95 } },
};

static double
probability (BmDecisionKind kind, double margin)
{
    double share = table[kind][0].share;

    for (int i = 1; i < MAX_BINS && table[kind][i].share > 0; i++)
        share = margin >= table[kind][i].from ? table[kind][i].share : share;
    return share;
}

typedef struct {
    const BmRaw *raw;
    const GArray *units;
    double page_doubt, item_doubt; /* taken off every margin */
    GArray *decisions;
} Judge;

static const BmUnit *
unit_at (const Judge *judge, int i)
{
    return &g_array_index (judge->units, BmUnit, i);
}

static void
add (const Judge *judge, BmDecisionKind kind, int item, int line, int other, double margin)
{
    bool shown = judge->raw->hinted && (kind == BM_DECISION_START || kind == BM_DECISION_HEAD || kind == BM_DECISION_ROLES);
    double left = margin - judge->item_doubt - judge->page_doubt + (shown ? BY_BOXES : 0);
    BmDecision decision = { .kind = kind, .item = item, .line = line, .other_line = other, .margin = left, .probability = probability (kind, left) };

    g_array_append_val (judge->decisions, decision);
}

static int
raw_line_of (const Judge *judge, int unit)
{
    return bm_raw_line (judge->raw, unit_at (judge, unit)->first)->raw_line;
}

/* ---- joins ---- */

/* Lines of a paragraph between which something else stands in the dump: how well do they go together? */
static double
seam_margin (const BmRawLine *before, const BmRawLine *after)
{
    bool open = (before->cues & BM_CUE_CLOSED) == 0, full = before->measure > 0 && before->width >= before->measure - 1;
    bool same = fabs ((double) (before->measure - after->measure)) < 0.6;

    return (open ? 1 : 0) + (full ? 1 : 0) + (same ? 1 : 0);
}

#define SEAM 4 /* characters of either side */

static void
write_seam (const Judge *judge, const BmRawLine *line, const BmRawLine *next)
{
    BmRun before = bm_line_run (judge->raw, line), after = bm_line_run (judge->raw, next);
    BmDecision *decision = &g_array_index (judge->decisions, BmDecision, judge->decisions->len - 1);
    GString *seam = g_string_new (NULL);

    bm_run_append (seam, (BmRun){ before.chars + MAX (before.n - SEAM, 0), MIN (before.n, SEAM) });
    g_string_append_c (seam, '|');
    bm_run_append (seam, (BmRun){ after.chars, MIN (after.n, SEAM) });
    g_strlcpy (decision->seam, seam->str, sizeof decision->seam);
    g_string_free (seam, TRUE);
}

static void
judge_joins (const Judge *judge, int item, const BmUnit *unit)
{
    for (int i = unit->first; i >= 0 && bm_raw_line (judge->raw, i)->next >= 0; i = bm_raw_line (judge->raw, i)->next) {
        const BmRawLine *line = bm_raw_line (judge->raw, i), *next = bm_raw_line (judge->raw, line->next);

        if (next->raw_line == line->raw_line + 1 || next->raw_line == line->raw_line)
            continue;
        add (judge, BM_DECISION_JOIN, item, line->raw_line, next->raw_line, seam_margin (line, next));
        write_seam (judge, line, next);
    }
}

/* ---- stories ---- */

#define SURE 9.0

static void
judge_byline (const Judge *judge, int item, const BmStory *story)
{
    if (story->bylines->len == 0)
        return;
    int unit = g_array_index (story->bylines, int, 0);
    BmRun run = bm_line_run (judge->raw, bm_raw_line (judge->raw, unit_at (judge, unit)->first));

    add (judge, BM_DECISION_BYLINE, item, raw_line_of (judge, unit), 0,
         (bm_char_is_bullet (run.chars[0].code) ? 1 : 0) + (bm_run_byline (run) > 0 ? 1 : 0) + (story->bylines->len == 1 ? 1 : 0));
}

/* Does a paragraph begin with a closing mark, or end in mid-sentence? Something is missing there, or does not belong. */
static bool
is_broken (const Judge *judge, const BmStory *story)
{
    for (guint i = 0; i < story->parts->len; i++) {
        const BmUnit *unit = unit_at (judge, g_array_index (story->parts, int, i));
        guint32 first = bm_raw_line (judge->raw, unit->first)->cues, last = bm_raw_line (judge->raw, unit->last)->cues;
        bool closed = (last & (BM_CUE_CLOSED | BM_CUE_CREDIT_END)) != 0 || unit->n_lines == 1;

        if (unit->kind == BM_UNIT_PARAGRAPH && ((first & BM_CUE_HELD) != 0 || !closed))
            return true;
    }
    return false;
}

/* Does the text right before the item in the dump end in mid-sentence? */
static bool
follows_open_text (const Judge *judge, const BmStory *story)
{
    for (int i = story->parts->len > 0 ? g_array_index (story->parts, int, 0) - 1 : -1; i >= 0; i--) {
        const BmUnit *unit = unit_at (judge, i);

        if (unit->kind == BM_UNIT_PARAGRAPH && !unit->gone)
            return (bm_raw_line (judge->raw, unit->last)->cues & (BM_CUE_CLOSED | BM_CUE_CREDIT_END)) == 0 && unit->n_lines > 1;
    }
    return false;
}

#define BROKEN_ITEM 3.0
#define BROKEN_PAGE 8.0 /* × the share of broken items beyond what any page has */
#define FEW_BROKEN 0.05

static void
judge_story (Judge *judge, int item, const BmStory *story)
{
    int line = raw_line_of (judge, story->parts->len > 0 ? g_array_index (story->parts, int, 0) : story->order);
    bool contact = false;

    judge->item_doubt = story->kind != BM_ITEM_AD && is_broken (judge, story) ? BROKEN_ITEM : 0;
    for (guint i = 0; i < story->parts->len; i++) {
        const BmUnit *unit = unit_at (judge, g_array_index (story->parts, int, i));

        contact = contact || unit->kind == BM_UNIT_CONTACT;
        if (unit->kind == BM_UNIT_PARAGRAPH && story->kind != BM_ITEM_AD)
            judge_joins (judge, item, unit);
    }
    judge->item_doubt = 0;
    if (story->kind == BM_ITEM_AD) {
        add (judge, BM_DECISION_AD, item, line, 0, contact ? 2 : 1);
        return;
    }
    judge->item_doubt = is_broken (judge, story) ? BROKEN_ITEM : 0;
    add (judge, BM_DECISION_START, item, line, 0, story->begin_margin - (follows_open_text (judge, story) ? BROKEN_ITEM : 0));
    if (story->kind == BM_ITEM_PHOTO)
        add (judge, BM_DECISION_CAPTION, item, line, 0, story->parts->len == 1 ? 2 : 1);
    if (story->head->len > 0) {
        int head = raw_line_of (judge, g_array_index (story->head, int, 0));

        if (story->parts->len > 0)
            add (judge, BM_DECISION_HEAD, item, head, line, story->head_margin);
        BmRoles roles;
        bm_head_worth (judge->raw, judge->units, (const int *) (const void *) story->head->data, (int) story->head->len, &roles);
        add (judge, BM_DECISION_ROLES, item, head, 0, story->head->len > 1 ? MIN (roles.margin, SURE) : SURE);
    }
    judge_byline (judge, item, story);
}

GArray *
bm_decisions_of (const BmRaw *raw, const GArray *units, const GPtrArray *stories)
{
    Judge judge = { .raw = raw, .units = units, .decisions = g_array_new (FALSE, FALSE, sizeof (BmDecision)) };
    int broken = 0, counted = 0;

    for (guint s = 0; s < stories->len; s++) {
        const BmStory *story = g_ptr_array_index (stories, s);

        counted += story->kind != BM_ITEM_AD;
        broken += story->kind != BM_ITEM_AD && is_broken (&judge, story);
    }
    judge.page_doubt = counted > 0 ? BROKEN_PAGE * MAX ((double) broken / counted - FEW_BROKEN, 0) : 0;
    for (guint s = 0; s < stories->len; s++)
        judge_story (&judge, (int) s, g_ptr_array_index (stories, s));
    return judge.decisions;
}

#define DOUBTFUL 0.8

void
bm_keep_doubts (BmEdition *edition, const GArray *decisions)
{
    static const char *const said[BM_N_DECISIONS] = { "这里另起一篇", "标题属于这篇", "引题、主题、副题", "署名", "图片说明", "广告", "跨处相接" };
    const BmPage *page = edition->pages[0];

    for (guint i = 0; i < decisions->len; i++) {
        const BmDecision *decision = &g_array_index (decisions, BmDecision, i);

        if (decision->probability >= DOUBTFUL || decision->item >= page->n_items)
            continue;
        char other[32] = "";
        if (decision->other_line > 0)
            g_snprintf (other, sizeof other, "|%d", decision->other_line);
        char *remark = decision->line > 0 ? g_strdup_printf ("存疑 %.2f：%s（原文第%d%s行）", decision->probability, said[decision->kind], decision->line, other)
                                          : g_strdup_printf ("存疑 %.2f：%s", decision->probability, said[decision->kind]);
        bm_item_add_remark (edition, page->items[decision->item], remark);
        g_free (remark);
    }
}

const char *
bm_decision_name (BmDecisionKind kind)
{
    static const char *const names[BM_N_DECISIONS] = { "item begins", "headline", "roles", "byline", "caption", "ad", "joined" };

    return names[kind];
}
