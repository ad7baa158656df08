/* story.c — the stories of a page made ready: ranks, shaped text, headlines in their possible lines. */
#include "makeup/device.h"

#include <math.h>
#include <string.h>

/* ---- shaping ---- */

static const BmShaped *
shape_text (Maker *maker, const char *utf8, BmTextKind kind, BmRoleId role, BmSpan where)
{
    BmText text = { .utf8 = utf8, .length = -1, .kind = kind, .role = &maker->layout->roles[role],
                    .lang = maker->page->lang, .where = where };

    return bm_type_shape (maker->type, &text, &maker->layout->style, maker->diags);
}

static const BmShaped *
shape_head (Maker *maker, Story *story, const char *utf8, BmRoleId role, bool vertical)
{
    int n_words;
    const char **words = bm_words_of (maker->arena, utf8, maker->pairs, &n_words);
    BmText text = { .utf8 = utf8, .length = -1, .kind = BM_TEXT_HEADLINE, .role = &maker->layout->roles[role],
                    .lang = maker->page->lang, .vertical = vertical, .n_words = n_words,
                    .words = (const char *const *) words, .where = story->item->where };

    return bm_type_shape (maker->type, &text, &maker->head_style, maker->diags);
}

static void
add_part (GArray *parts, PartKind kind, BmRoleId role, const BmShaped *shaped, double indent, const char *text)
{
    Part part = { .kind = kind, .role = role, .shaped = shaped, .indent = indent,
                  .characters = text == NULL ? 0 : (int) g_utf8_strlen (text, -1) };

    if (shaped != NULL)
        g_array_append_val (parts, part);
}

/* ---- bylines ---- */

static bool
is_name_of (const BmItem *item, const char *token)
{
    for (int i = 0; i < item->n_credits; i++)
        for (int k = 0; k < item->credits[i].n_names; k++)
            if (strcmp (item->credits[i].names[k], token) == 0)
                return true;
    return false;
}

static void
append_token (GString *line, const BmItem *item, bool chinese, char **token)
{
    glong length = g_utf8_strlen (token[0], -1);

    if (chinese && length == 2 && is_name_of (item, token[0])) {
        const char *second = g_utf8_next_char (token[0]);
        g_string_append_len (line, token[0], second - token[0]);
        g_string_append (line, "　");
        g_string_append (line, second);
        return;
    }
    g_string_append (line, token[0]);
}

/* 署名 as it is set: blanks between tokens are a full space, two-character names are drawn out to three, and the
 * mark □ stands close (cjk-composition.md §12, style.md §2). */
static char *
byline_line (const BmItem *item, bool chinese, const char *raw)
{
    char **tokens = g_strsplit_set (raw, " \t", -1);
    GString *line = g_string_new (NULL);
    bool after_mark = true;

    for (int i = 0; tokens[i] != NULL; i++) {
        if (tokens[i][0] == '\0')
            continue;
        if (!after_mark)
            g_string_append (line, "　");
        append_token (line, item, chinese, &tokens[i]);
        after_mark = line->len > 0 && (g_str_has_suffix (line->str, "□") || g_str_has_suffix (line->str, "■"));
    }
    g_strfreev (tokens);
    return g_string_free (line, FALSE);
}

static void
add_byline (Maker *maker, const BmItem *item, GArray *parts, PartKind kind)
{
    char **lines = g_strsplit (item->byline, "\n", -1);
    bool chinese = bm_language_of (maker->page->lang) != BM_LANGUAGE_JA; /* a Japanese name has a blank of its own */

    for (int i = 0; lines[i] != NULL; i++) {
        char *line = byline_line (item, chinese, lines[i]);
        if (line[0] != '\0')
            add_part (parts, kind, BM_ROLE_BYLINE,
                      shape_text (maker, bm_arena_strdup (maker->arena, line), BM_TEXT_BYLINE, BM_ROLE_BYLINE, item->where),
                      i > 0 && kind == PART_BYLINE ? 1 : 0, line);
        g_free (line);
    }
    g_strfreev (lines);
}

/* ---- body ---- */

/* 本报讯（记者 张三）　日前…: dateline and inline byline run in with the first paragraph. */
static const char *
opening_of (Maker *maker, const BmItem *item)
{
    bool inline_byline = item->byline != NULL && item->byline_place == BM_BYLINE_INLINE;
    const char *dateline = item->dateline == NULL ? "" : item->dateline;

    if (!inline_byline)
        return item->dateline == NULL ? NULL : bm_arena_printf (maker->arena, "%s　", dateline);
    bool bracketed = g_str_has_prefix (item->byline, "（") || g_str_has_prefix (item->byline, "【") || item->byline[0] == '(';
    return bm_arena_printf (maker->arena, bracketed ? "%s%s　" : "%s（%s）　", dateline, item->byline);
}

static void
add_paragraph (Maker *maker, const Story *story, GArray *parts, const BmBlock *block, const char *opening)
{
    const BmItem *item = story->item;
    BmTextSpan span = { 0, item->dateline == NULL ? 0 : (int) strlen (item->dateline),
                        &maker->layout->roles[BM_ROLE_DATELINE] };
    const char *whole = opening == NULL ? block->text
                                        : bm_arena_printf (maker->arena, "%s%s", opening, block->text);
    BmText text = { .utf8 = whole, .length = -1, .kind = BM_TEXT_BODY, .role = &maker->layout->roles[BM_ROLE_TEXT],
                    .n_spans = opening != NULL && span.length > 0, .spans = &span, .lang = maker->page->lang,
                    .where = block->where };

    guint before = parts->len;
    add_part (parts, PART_PARAGRAPH, BM_ROLE_TEXT,
              bm_type_shape (maker->type, &text, &maker->layout->style, maker->diags), -1, whole);
    if (parts->len > before)
        g_array_index (parts, Part, before).own = block->measure;
}

static void
add_table (Maker *maker, GArray *parts, const BmBlock *block)
{
    for (int i = 0; i < block->n_rows; i++) {
        const BmTableRow *row = &block->rows[i];
        Part part = { .kind = PART_ROW, .role = BM_ROLE_TABLE, .n_cells = row->n_cells };

        part.cells = bm_arena_new0 (maker->arena, const BmShaped *, row->n_cells);
        for (int k = 0; k < row->n_cells; k++) {
            part.cells[k] = row->cells[k] == NULL || row->cells[k][0] == '\0'
                                ? NULL
                                : shape_text (maker, row->cells[k], BM_TEXT_CAPTION, BM_ROLE_TABLE, block->where);
            part.characters += row->cells[k] == NULL ? 0 : (int) g_utf8_strlen (row->cells[k], -1);
        }
        g_array_append_val (parts, part);
    }
}

static void
add_block (Maker *maker, const Story *story, GArray *parts, const BmBlock *block, const char *opening)
{
    const BmLayout *layout = maker->layout;
    double body_in_crosshead = layout->body / layout->roles[BM_ROLE_CROSSHEAD].size;

    switch (block->kind) {
    case BM_BLOCK_PARAGRAPH:
        add_paragraph (maker, story, parts, block, opening);
        break;
    case BM_BLOCK_CROSSHEAD:
        add_part (parts, PART_CROSSHEAD, BM_ROLE_CROSSHEAD,
                  shape_text (maker, block->text, BM_TEXT_CAPTION, BM_ROLE_CROSSHEAD, block->where),
                  layout->roles[BM_ROLE_CROSSHEAD].indent * body_in_crosshead, block->text);
        break;
    case BM_BLOCK_NOTE:
        add_part (parts, PART_NOTE, BM_ROLE_NOTE,
                  shape_text (maker, block->text, BM_TEXT_BODY, BM_ROLE_NOTE, block->where), -1, block->text);
        break;
    case BM_BLOCK_PULLQUOTE:
        add_part (parts, PART_PULLQUOTE, BM_ROLE_PULLQUOTE,
                  shape_text (maker, block->text, BM_TEXT_CAPTION, BM_ROLE_PULLQUOTE, block->where), 0, block->text);
        break;
    case BM_BLOCK_TABLE:
        add_table (maker, parts, block);
        break;
    }
}

/* A photo story's words often stand under the picture in the edition. Over two lines, or with a byline, they are the
 * story's text; else the caption (interfaces.md §3). The measure asked is that of a picture over three columns. */
static const char *
caption_as_text (Maker *maker, const Story *story)
{
    const BmItem *item = story->item;

    if (!story->photo_story || item->n_blocks > 0 || item->n_pictures != 1 || item->pictures[0].caption == NULL)
        return NULL;
    const BmShaped *shaped = shape_text (maker, item->pictures[0].caption, BM_TEXT_CAPTION, BM_ROLE_CAPTION, item->where);
    double measure = bm_span_width (maker, MIN (3, maker->grid.columns)) / maker->layout->roles[BM_ROLE_CAPTION].size;
    if (item->byline == NULL && (shaped == NULL || bm_count_lines (shaped, &maker->layout->style, measure, 0) <= 2))
        return NULL;
    return item->pictures[0].caption;
}

/* The line of a photo story's photographer, when the story has other words: it stands under the picture, not over the text. */
static bool
has_credit (const Story *story, bool words)
{
    const BmItem *item = story->item;

    return story->photo_story && item->n_pictures == 1 && words && item->byline != NULL && strchr (item->byline, '\n') == NULL &&
           (g_str_has_suffix (item->byline, "摄") || g_str_has_suffix (item->byline, "攝"));
}

static void
take_byline (Maker *maker, Story *story, GArray *parts, bool words)
{
    const BmItem *item = story->item;
    bool chinese = bm_language_of (maker->page->lang) != BM_LANGUAGE_JA;

    if (!has_credit (story, words)) {
        add_byline (maker, item, parts, PART_BYLINE);
        return;
    }
    char *line = byline_line (item, chinese, item->byline);
    story->credit = shape_text (maker, bm_arena_strdup (maker->arena, line), BM_TEXT_BYLINE, BM_ROLE_CREDIT, item->where);
    g_free (line);
}

void
bm_story_parts (Maker *maker, Story *story)
{
    const BmItem *item = story->item;
    GArray *parts = g_array_new (FALSE, TRUE, sizeof (Part));
    const char *opening = opening_of (maker, item), *words = caption_as_text (maker, story);

    if (item->byline != NULL && item->byline_place == BM_BYLINE_HEAD)
        take_byline (maker, story, parts, item->n_blocks > 0 || words != NULL);
    if (item->jump_from != NULL)
        add_part (parts, PART_JUMP, BM_ROLE_JUMP,
                  shape_text (maker, item->jump_from, BM_TEXT_CAPTION, BM_ROLE_JUMP, item->where), 0, item->jump_from);
    for (int i = 0; i < item->n_blocks; i++) {
        bool opens = opening != NULL && item->blocks[i].kind == BM_BLOCK_PARAGRAPH;

        add_block (maker, story, parts, &item->blocks[i], opens ? opening : NULL);
        if (opens)
            opening = NULL;
    }
    if (words != NULL) {
        BmBlock block = { .kind = BM_BLOCK_PARAGRAPH, .text = words, .measure = item->measure, .where = item->where };

        add_paragraph (maker, story, parts, &block, opening);
        story->caption_is_text = true;
    }
    if (item->byline != NULL && item->byline_place == BM_BYLINE_END)
        add_byline (maker, item, parts, PART_SIGNATURE);
    if (item->jump_to != NULL)
        add_part (parts, PART_JUMP, BM_ROLE_JUMP,
                  shape_text (maker, item->jump_to, BM_TEXT_CAPTION, BM_ROLE_JUMP, item->where), 0, item->jump_to);
    story->n_parts = (int) parts->len;
    story->row_bounds = NULL;
    story->parts = bm_arena_copy (maker->arena, parts->data, parts->len, sizeof (Part));
    bm_devices_prepare (maker, story);
    g_array_free (parts, TRUE);
}

/* Cells by which a line that is set as it was printed may reach into the gutter. */
#define OWN_OVER 0.6

double
bm_role_em (const Maker *maker, const Part *part, double cells)
{
    double own = part->own > 0 && part->own < cells + OWN_OVER ? part->own : cells;

    return own * maker->layout->body / maker->layout->roles[part->role].size;
}

int
bm_part_lines (const Maker *maker, const Part *part, double measure)
{
    if (part->shaped == NULL)
        return 0;
    double em = bm_role_em (maker, part, measure) + 1e-6;
    return bm_count_lines (part->shaped, &maker->layout->style, em, part->indent);
}

/* ---- headlines ---- */

/* In heads the blank between two parts of a sentence is a full one: 服务送到身边　百姓收获幸福. */
static void
append_head_text (GString *out, const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
        const char *next = g_utf8_next_char (p);
        bool wide = p > text && *next != '\0' && g_unichar_iswide (g_utf8_get_char (g_utf8_prev_char (p))) &&
                    g_unichar_iswide (g_utf8_get_char (next));

        if (*p == ' ' && wide)
            g_string_append (out, "　");
        else
            g_string_append_len (out, p, next - p);
    }
}

static const char *
head_text (Maker *maker, const char *text)
{
    GString *out = g_string_new (NULL);

    append_head_text (out, text);
    const char *kept = bm_arena_strdup (maker->arena, out->str);
    g_string_free (out, TRUE);
    return kept;
}

static const char *
joined_headline (Maker *maker, const BmItem *item, const char *between)
{
    GString *joined = g_string_new (NULL);

    for (int i = 0; i < item->n_headline; i++) {
        if (i > 0)
            g_string_append (joined, between);
        append_head_text (joined, item->headline[i]);
    }
    const char *text = bm_arena_strdup (maker->arena, joined->str);
    g_string_free (joined, TRUE);
    return text;
}

/* A vertical head has neither digits nor Latin, kicker nor deck (page-makeup.md §5, style.md §4). */
static bool
may_stand (const Story *story)
{
    const BmItem *item = story->item;

    if (item->wish.head == BM_HEAD_VERTICAL)
        return story->title[0] != '\0' && item->kicker == NULL && item->subhead == NULL;
    if (item->wish.head == BM_HEAD_HORIZONTAL || story->rank < 2 || story->rank > 4 || item->kicker != NULL ||
        item->subhead != NULL || item->n_pictures > 0 || story->n_parts == 0)
        return false;
    for (const char *p = story->title; *p != '\0'; p++)
        if (g_ascii_isalnum (*p))
            return false;
    return g_utf8_strlen (story->title, -1) <= 22;
}

static void
prepare_head (Maker *maker, Story *story)
{
    const BmItem *item = story->item;
    BmRoleId role = story->photo_story ? BM_ROLE_HEAD_PHOTO : (BmRoleId) (BM_ROLE_HEAD_1 + story->rank - 1);

    story->title = joined_headline (maker, item, "　");
    if (item->kicker != NULL) {
        story->kicker = shape_head (maker, story, head_text (maker, item->kicker), BM_ROLE_KICKER, false);
        story->kicker_em = story->kicker == NULL ? 0 : bm_natural_width (story->kicker, &maker->head_style);
    }
    if (item->subhead != NULL) {
        story->subhead = shape_head (maker, story, head_text (maker, item->subhead), BM_ROLE_SUBHEAD, false);
        story->subhead_em = story->subhead == NULL ? 0 : bm_natural_width (story->subhead, &maker->head_style);
    }
    if (item->n_headline == 0 || story->title[0] == '\0')
        return;
    story->main = shape_head (maker, story, joined_headline (maker, item, "\n"), role, false);
    story->one_line = item->n_headline == 1 ? story->main : shape_head (maker, story, story->title, role, false);
    if (may_stand (story)) {
        story->vertical = shape_head (maker, story, joined_headline (maker, item, "\n"), BM_ROLE_HEAD_VERTICAL, true);
        story->vertical_line = item->n_headline == 1 ? story->vertical
                                                     : shape_head (maker, story, story->title, BM_ROLE_HEAD_VERTICAL, true);
    }
}

/* ---- the page ---- */

static void
count_pairs (Maker *maker)
{
    GPtrArray *texts = g_ptr_array_new ();

    for (int i = 0; i < maker->page->n_items; i++)
        for (int k = 0; k < maker->page->items[i]->n_blocks; k++)
            if (maker->page->items[i]->blocks[k].text != NULL)
                g_ptr_array_add (texts, (gpointer) maker->page->items[i]->blocks[k].text);
    maker->pairs = bm_pairs_new (maker->arena, (const char *const *) texts->pdata, (int) texts->len);
    g_ptr_array_free (texts, TRUE);
}

/* A kicker or a deck without a headline is the headline: there is nothing it could stand over or under. */
static const BmItem *
with_headline (Maker *maker, const BmItem *item)
{
    const char *words = item->kicker != NULL ? item->kicker : item->subhead;

    if (item->n_headline > 0 || words == NULL)
        return item;
    BmItem *changed = bm_arena_copy (maker->arena, item, 1, sizeof *item);
    changed->n_headline = 1;
    changed->headline = bm_arena_copy (maker->arena, &words, 1, sizeof words);
    if (item->kicker != NULL)
        changed->kicker = NULL;
    else
        changed->subhead = NULL;
    return changed;
}

/* Nothing to set: neither words nor a picture. */
static bool
is_empty (Maker *maker, const BmItem *item)
{
    if (bm_item_characters (item) > 0 || item->n_pictures > 0)
        return false;
    bm_diag (maker->diags, BM_WARNING, "BM0609", item->where, "take it out, or write it", "an item with nothing in it is left out");
    return true;
}

static bool
prepare_story (Maker *maker, Story *story)
{
    const BmItem *item = story->item = with_headline (maker, story->item);

    story->photo_story = item->kind == BM_ITEM_PHOTO;
    story->boxed = item->wish.boxed;
    story->container = item->wish.container;
    story->group = item->wish.group;
    story->characters = bm_item_characters (item);
    story->flows = g_ptr_array_new_with_free_func (g_free);
    story->head_lists = g_ptr_array_new_with_free_func (g_free);
    bm_arena_own (maker->arena, story->flows, (void (*) (void *)) g_ptr_array_unref);
    bm_arena_own (maker->arena, story->head_lists, (void (*) (void *)) g_ptr_array_unref);
    bm_story_parts (maker, story);
    prepare_head (maker, story);
    if (!bm_photos_prepare (maker, story))
        return false;
    return true;
}

/* One picture is to dominate: that of the photo story first in rank, else of the first story that has one. */
static void
choose_dominant (Maker *maker)
{
    Story *first = NULL;

    for (int i = 0; i < maker->n_stories; i++) {
        Story *story = &maker->stories[i];
        bool before = first != NULL && (story->photo_story != first->photo_story ? story->photo_story : story->rank < first->rank);

        if (story->n_photos > 0 && !story->item->wish.filler && (first == NULL || before))
            first = story;
    }
    if (first != NULL)
        first->dominant = true;
}

bool
bm_stories_prepare (Maker *maker)
{
    const BmPage *page = maker->page;
    int *ranks = g_new0 (int, (gsize) MAX (page->n_items, 1));
    bool fine = true;

    bm_page_rank (page, ranks);
    count_pairs (maker);
    maker->stories = bm_arena_new0 (maker->arena, Story, page->n_items);
    for (int i = 0; i < page->n_items; i++) {
        if (page->items[i]->kind == BM_ITEM_AD || is_empty (maker, page->items[i]))
            continue;
        Story *story = &maker->stories[maker->n_stories++];
        story->item = page->items[i];
        story->index = i;
        story->rank = CLAMP (ranks[i], 1, 5);
        fine = prepare_story (maker, story) && fine;
    }
    g_free (ranks);
    choose_dominant (maker);
    return fine;
}
