/* stories.c — all units of the dump into stories: aligned window by window, then what remains beside them.
 *
 * A window is a page's worth of units; a longer dump is cut where a story begins for certain, so that the cost stays
 * linear in the dump. */
#include "recover/recover-private.h"

#define WINDOW 160      /* paragraphs and display lines of one alignment … */
#define WINDOW_SLACK 80 /* … and how many more may be taken to end at a certain boundary */

typedef struct {
    BmRaw *raw;
    GArray *units;
    GPtrArray *stories;
} Sorter;

static BmUnit *
unit_at (const Sorter *sorter, int i)
{
    return &g_array_index (sorter->units, BmUnit, i);
}

static BmStory *
add_story (Sorter *sorter, int order, BmItemKind kind)
{
    BmStory *story = g_new0 (BmStory, 1);

    story->parts = g_array_new (FALSE, FALSE, sizeof (int));
    story->head = g_array_new (FALSE, FALSE, sizeof (int));
    story->bylines = g_array_new (FALSE, FALSE, sizeof (int));
    story->order = order;
    story->kind = kind;
    g_ptr_array_add (sorter->stories, story);
    return story;
}

static void
free_story (gpointer data)
{
    BmStory *story = data;

    g_array_free (story->parts, TRUE);
    g_array_free (story->head, TRUE);
    g_array_free (story->bylines, TRUE);
    g_free (story);
}

void
bm_stories_free (GPtrArray *stories)
{
    g_ptr_array_free (stories, TRUE);
}

/* Put unit i into the list of story number s, if it is in none. */
static void
put (Sorter *sorter, GArray *list, int i, int s)
{
    if (unit_at (sorter, i)->story >= 0)
        return;
    g_array_append_val (list, i);
    unit_at (sorter, i)->story = s;
}

static BmStory *
story_at (const Sorter *sorter, int s)
{
    return g_ptr_array_index (sorter->stories, s);
}

/* ---- ads: before everything else, since their words are neither headlines nor text ---- */

#define AD_REACH 9 /* units between the word 广告 and its telephone number */

/* The last unit of the ad that begins at i: its last line with an address or a number; i if there is none. */
static int
end_of_ad (const Sorter *sorter, int i)
{
    int end = i;

    for (int k = i + 1; k < (int) sorter->units->len && k <= end + AD_REACH; k++) {
        const BmUnit *unit = unit_at (sorter, k);

        if (unit->kind == BM_UNIT_CONTACT)
            end = k;
        else if (unit->kind != BM_UNIT_DISPLAY && unit->kind != BM_UNIT_PARAGRAPH)
            break;
        else if (unit->cues & BM_CUE_DATELINE || unit->n_lines > 4)
            break;
        else if (end > i)
            break;
    }
    return end;
}

static void
take_ads (Sorter *sorter)
{
    for (int i = 0; i < (int) sorter->units->len; i++) {
        if (unit_at (sorter, i)->kind != BM_UNIT_AD)
            continue;
        int end = end_of_ad (sorter, i), s = (int) sorter->stories->len;
        BmStory *ad = add_story (sorter, i, BM_ITEM_AD);

        for (int k = i; k <= end; k++) {
            put (sorter, ad->parts, k, s);
            unit_at (sorter, k)->gone = k > i;
        }
        i = end;
    }
}

/* ---- windows ---- */

static bool
counts (const BmUnit *unit)
{
    return !unit->gone && (unit->kind == BM_UNIT_PARAGRAPH || unit->kind == BM_UNIT_DISPLAY || unit->kind == BM_UNIT_TABLE);
}

static int
end_of_window (const Sorter *sorter, int first)
{
    int n = 0, i = first;

    for (; i < (int) sorter->units->len && n < WINDOW + WINDOW_SLACK; i++) {
        const BmUnit *unit = unit_at (sorter, i);

        if (n >= WINDOW && unit->kind == BM_UNIT_BYLINE)
            break;
        n += counts (unit);
    }
    return i;
}

/* The lines of a run that stand alone beside a headline of the same run belong to it: a kicker, a subhead. */
static void
widen_heads (const BmSheet *sheet, GArray *matches)
{
    bool *taken = g_new0 (bool, (gsize) MAX (sheet->n_heads, 1));

    for (guint i = 0; i < matches->len; i++) {
        const BmMatch *match = &g_array_index (matches, BmMatch, i);

        for (int h = match->head; h < match->head + match->n_head; h++)
            taken[h] = true;
    }
    for (guint i = 0; i < matches->len; i++) {
        BmMatch *match = &g_array_index (matches, BmMatch, i);

        if (match->n_head == 0)
            continue;
        int run = sheet->signs[match->head].run;
        while (match->n_head < 5 && match->head > 0 && !taken[match->head - 1] && sheet->signs[match->head - 1].run == run) {
            taken[--match->head] = true;
            match->n_head++;
        }
        int next = match->head + match->n_head;
        while (match->n_head < 5 && next < sheet->n_heads && !taken[next] && sheet->signs[next].run == run) {
            taken[next++] = true;
            match->n_head++;
        }
    }
    g_free (taken);
}

#define BESIDE 1.2 /* as in align.c: next to its text */
#define CERTAIN 3.0

static bool
is_beside (const BmSheet *sheet, const BmMatch *head, const BmMatch *body)
{
    const BmHeadSigns *top = &sheet->signs[head->head], *foot = &sheet->signs[head->head + head->n_head - 1];

    return (foot->last && foot->next == body->first) || (top->first && top->prev == body->end - 1);
}

static double
gain_with (const BmSheet *sheet, const BmMatch *head, const BmMatch *body)
{
    return bm_sheet_likeness (sheet, head->head, head->n_head, body->first, body->end) + (is_beside (sheet, head, body) ? BESIDE : 0);
}

/* What the headline gains with its own text beyond the best of all others. */
static double
head_margin (const BmSheet *sheet, const GArray *matches, guint own)
{
    const BmMatch *match = &g_array_index (matches, BmMatch, own);
    double second = 0;

    if (match->n_head == 0)
        return 0;
    for (guint i = 0; i < matches->len; i++)
        if (i != own)
            second = MAX (second, gain_with (sheet, match, &g_array_index (matches, BmMatch, i)));
    return gain_with (sheet, match, match) - second;
}

/* What speaks for an item's beginning here: the signs of the place, and a headline of its own beside it. */
static double
begin_margin (const BmSheet *sheet, const BmMatch *match)
{
    const BmBoundary *bound = &sheet->bounds[match->first];
    double head = match->n_head > 0 && is_beside (sheet, match, match) ? BESIDE : match->n_head > 0 ? BESIDE / 2 : 0;

    return (bound->must ? CERTAIN : bound->keep - bound->split) + (bound->signed_ ? 1 : 0) + head;
}

static void
add_match (Sorter *sorter, const BmSheet *sheet, const GArray *matches, guint index)
{
    const BmMatch *match = &g_array_index (matches, BmMatch, index);
    int s = (int) sorter->stories->len;
    BmStory *story = add_story (sorter, sheet->paras[match->first], BM_ITEM_STORY);

    for (int h = match->head; h < match->head + match->n_head; h++)
        put (sorter, story->head, sheet->heads[h], s);
    for (int p = match->first; p < match->end; p++)
        put (sorter, story->parts, sheet->paras[p], s);
    story->head_margin = head_margin (sheet, matches, index);
    story->begin_margin = begin_margin (sheet, match);
    if (match->n_head > 0)
        story->order = MIN (story->order, sheet->heads[match->head]);
}

static void
sort_window (Sorter *sorter, int first, int end)
{
    BmSheet *sheet = bm_sheet_new (sorter->raw, sorter->units, first, end);
    GArray *matches = bm_sheet_align (sheet);

    bm_sheet_assign (sheet, matches);
    bm_sheet_exchange (sheet, matches);
    widen_heads (sheet, matches);
    for (guint i = 0; i < matches->len; i++)
        add_match (sorter, sheet, matches, i);
    g_array_free (matches, TRUE);
    bm_sheet_free (sheet);
}

/* ---- stories as boxes show them ---- */

/* Each begins where a box said so: display lines before its text are its headline, those after stand in it. */
static void
sort_as_shown (Sorter *sorter)
{
    int s = -1;

    for (int i = 0; i < (int) sorter->units->len; i++) {
        BmUnit *unit = unit_at (sorter, i);

        if (unit->gone || unit->story >= 0 || unit->kind == BM_UNIT_FOLIO || unit->kind == BM_UNIT_CONTACT)
            continue;
        if (s < 0 || (unit->hint & BM_HINT_STORY) != 0) {
            s = (int) sorter->stories->len;
            add_story (sorter, i, BM_ITEM_STORY);
            story_at (sorter, s)->begin_margin = story_at (sorter, s)->head_margin = CERTAIN;
        }
        BmStory *story = story_at (sorter, s);
        if (unit->kind == BM_UNIT_DISPLAY && story->parts->len == 0 && story->bylines->len == 0)
            put (sorter, story->head, i, s);
        else if (unit->kind == BM_UNIT_BYLINE)
            put (sorter, story->bylines, i, s);
        else
            put (sorter, story->parts, i, s);
    }
}

/* ---- what remains ---- */

/* The story of the text before and after each unit; −1. */
static void
find_neighbours (const Sorter *sorter, int *before, int *after)
{
    const int n = (int) sorter->units->len;

    for (int i = 0, story = -1; i < n; i++) {
        before[i] = story;
        if (counts (unit_at (sorter, i)) && unit_at (sorter, i)->kind != BM_UNIT_DISPLAY)
            story = unit_at (sorter, i)->story;
    }
    for (int i = n - 1, story = -1; i >= 0; i--) {
        after[i] = story;
        if (counts (unit_at (sorter, i)) && unit_at (sorter, i)->kind != BM_UNIT_DISPLAY)
            story = unit_at (sorter, i)->story;
    }
}

/* The ad whose run this display unit stands in; −1. */
static int
ad_before (const Sorter *sorter, int i)
{
    for (int k = i - 1; k >= 0; k--) {
        const BmUnit *unit = unit_at (sorter, k);

        if (unit->kind == BM_UNIT_AD || (unit->story >= 0 && story_at (sorter, unit->story)->kind == BM_ITEM_AD))
            return unit->story;
        if (unit->kind != BM_UNIT_DISPLAY && unit->kind != BM_UNIT_CONTACT)
            return -1;
    }
    return -1;
}

static bool
lacks_byline (const Sorter *sorter, int s)
{
    return s >= 0 && story_at (sorter, s)->bylines->len == 0;
}

static void
place_byline (Sorter *sorter, int i, int before, int after)
{
    int s = after >= 0 && (lacks_byline (sorter, after) || !lacks_byline (sorter, before)) ? after : before;

    if (s < 0) {
        s = (int) sorter->stories->len;
        add_story (sorter, i, BM_ITEM_STORY);
    }
    put (sorter, story_at (sorter, s)->bylines, i, s);
}

/* A display line left over: the words of an ad, a crosshead, or a headline whose text is not on the page. */
static void
place_display (Sorter *sorter, int i, int before, int after)
{
    int ad = ad_before (sorter, i);

    if (ad >= 0) {
        put (sorter, story_at (sorter, ad)->parts, i, ad);
        return;
    }
    if (before >= 0 && before == after) {
        put (sorter, story_at (sorter, before)->parts, i, before);
        return;
    }
    const BmUnit *last = i > 0 ? unit_at (sorter, i - 1) : NULL;
    if (last != NULL && last->kind == BM_UNIT_DISPLAY && story_at (sorter, last->story)->parts->len == 0) {
        put (sorter, story_at (sorter, last->story)->head, i, last->story);
        return;
    }
    int s = (int) sorter->stories->len;
    put (sorter, add_story (sorter, i, BM_ITEM_STORY)->head, i, s);
}

/* A telephone number without the word 广告 before it: an ad, with the display lines right above. */
static void
place_contact (Sorter *sorter, int i)
{
    int ad = ad_before (sorter, i), s = ad >= 0 ? ad : (int) sorter->stories->len;
    BmStory *story = ad >= 0 ? story_at (sorter, ad) : add_story (sorter, i, BM_ITEM_AD);

    put (sorter, story->parts, i, s);
}

static void
place_rest (Sorter *sorter)
{
    const int n = (int) sorter->units->len;
    int *before = g_new (int, (gsize) MAX (n, 1)), *after = g_new (int, (gsize) MAX (n, 1));

    find_neighbours (sorter, before, after);
    for (int i = 0; i < n; i++) {
        BmUnit *unit = unit_at (sorter, i);

        if (unit->gone || unit->story >= 0 || unit->kind == BM_UNIT_FOLIO)
            continue;
        if (unit->kind == BM_UNIT_BYLINE)
            place_byline (sorter, i, before[i], after[i]);
        else if (unit->kind == BM_UNIT_CONTACT)
            place_contact (sorter, i);
        else if (unit->kind == BM_UNIT_JUMP_TO && before[i] >= 0)
            put (sorter, story_at (sorter, before[i])->parts, i, before[i]);
        else if (unit->kind == BM_UNIT_JUMP_FROM && after[i] >= 0)
            put (sorter, story_at (sorter, after[i])->parts, i, after[i]);
        else
            place_display (sorter, i, before[i], after[i]);
    }
    g_free (before);
    g_free (after);
}

/* ---- kinds ---- */

static int
compare_units (gconstpointer a, gconstpointer b)
{
    return *(const int *) a - *(const int *) b;
}

static int
compare_stories (gconstpointer a, gconstpointer b)
{
    const BmStory *x = *(BmStory *const *) a, *y = *(BmStory *const *) b;

    return x->order - y->order;
}

#define BRIEF_WIDTH 150

/* One paragraph that says 图为: a photo story. One short paragraph without a byline: a brief. */
static BmItemKind
kind_of (const Sorter *sorter, const BmStory *story)
{
    int paragraphs = 0;
    double width = 0;
    bool caption = false, dateline = false;

    for (guint i = 0; i < story->parts->len; i++) {
        const BmUnit *unit = unit_at (sorter, g_array_index (story->parts, int, i));

        if (unit->kind != BM_UNIT_PARAGRAPH)
            continue;
        paragraphs++;
        width += (double) unit->width;
        caption = caption || unit->cues & BM_CUE_CAPTION;
        dateline = dateline || unit->cues & BM_CUE_DATELINE;
    }
    if (paragraphs == 1 && caption)
        return BM_ITEM_PHOTO;
    return paragraphs <= 2 && width < BRIEF_WIDTH && story->bylines->len == 0 && !dateline ? BM_ITEM_BRIEF : BM_ITEM_STORY;
}

GPtrArray *
bm_stories_of (BmRaw *raw, GArray *units)
{
    Sorter sorter = { raw, units, g_ptr_array_new_with_free_func (free_story) };

    take_ads (&sorter);
    if (raw->hinted)
        sort_as_shown (&sorter);
    for (int first = 0; first < (int) units->len && !raw->hinted;) {
        int end = end_of_window (&sorter, first);

        sort_window (&sorter, first, end);
        first = end;
    }
    place_rest (&sorter);
    for (guint s = 0; s < sorter.stories->len; s++) {
        BmStory *story = story_at (&sorter, (int) s);

        g_array_sort (story->parts, compare_units);
        g_array_sort (story->head, compare_units);
        g_array_sort (story->bylines, compare_units);
        if (story->kind != BM_ITEM_AD)
            story->kind = kind_of (&sorter, story);
    }
    g_ptr_array_sort (sorter.stories, compare_stories);
    return sorter.stories;
}
