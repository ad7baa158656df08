/* build.c — S9, S10: stories to items: dateline and byline out of the first paragraph, captions, notes, ads, jumps;
 * and the text of each part with its blanks decided. */
#include "recover/recover-private.h"

#include <string.h>

typedef struct {
    BmRaw *raw;
    GArray *units;
    BmEdition *edition;
    BmPage *page;
} Builder;

static const BmUnit *
unit_at (const Builder *builder, int i)
{
    return &g_array_index (builder->units, BmUnit, i);
}

/* ---- text ---- */

typedef enum {
    BLANKS_NONE,   /* running text: between words only */
    BLANKS_PHRASES /* display lines, bylines: one for any run of blanks between ideographs, too */
} Blanks;

static bool
is_word (gunichar c)
{
    return bm_char_is_latin (c) || bm_char_is_digit (c);
}

/* Is the blank between a and b one that a person would type? */
static bool
keeps_blank (gunichar a, gunichar b, Blanks blanks)
{
    bool east = bm_char_is_han (a) || bm_char_is_han (b);

    if (bm_char_width (a) >= 1 && bm_char_width (b) >= 1)
        return blanks == BLANKS_PHRASES && !bm_char_is_closing (b) && !bm_char_is_opening (a) &&
               (bm_char_is_han (a) || bm_char_is_closing (a)) && (bm_char_is_han (b) || bm_char_is_opening (b));
    if (east || bm_char_width (a) >= 1 || bm_char_width (b) >= 1)
        return false;
    return is_word (a) || is_word (b) || bm_char_is_closing (a);
}

static void
append_run (GString *out, BmRun run, Blanks blanks)
{
    for (int i = 0; i < run.n; i++) {
        if (i > 0 && run.chars[i].gap > 0 && keeps_blank (run.chars[i - 1].code, run.chars[i].code, blanks))
            g_string_append_c (out, ' ');
        g_string_append_unichar (out, run.chars[i].code);
    }
}

static char *
text_of (BmRun run, Blanks blanks)
{
    GString *out = g_string_new (NULL);

    append_run (out, run, blanks);
    return g_string_free (out, FALSE);
}

static char *
unit_text (const Builder *builder, int i, Blanks blanks)
{
    GArray *chars = bm_unit_chars (builder->raw, unit_at (builder, i));
    char *text = text_of ((BmRun){ (const BmRawChar *) chars->data, (int) chars->len }, blanks);

    g_array_free (chars, TRUE);
    return text;
}

static char *
line_text (const Builder *builder, int i, Blanks blanks)
{
    return text_of (bm_line_run (builder->raw, bm_raw_line (builder->raw, i)), blanks);
}

static const char *
keep (const Builder *builder, char *text)
{
    const char *kept = bm_arena_strdup (builder->edition->arena, text);

    g_free (text);
    return kept;
}

static BmSpan
place_of (const Builder *builder, const BmUnit *unit)
{
    return (BmSpan){ builder->raw->file, bm_raw_line (builder->raw, unit->first)->raw_line, 0, 0 };
}

/* ---- headline ---- */

/* A kicker of several units (rare) is one string. */
static const char *
joined_lines (const Builder *builder, const int *lines, int n)
{
    GString *out = g_string_new (NULL);

    for (int i = 0; i < n; i++) {
        char *text = unit_text (builder, lines[i], BLANKS_PHRASES);

        g_string_append (out, text);
        g_free (text);
    }
    return keep (builder, g_string_free (out, FALSE));
}

static void
build_head (const Builder *builder, BmItem *item, const BmStory *story)
{
    const int n = (int) story->head->len;
    const int *lines = (const int *) (const void *) story->head->data;
    BmRoles roles;

    bm_head_worth (builder->raw, builder->units, lines, n, &roles);
    if (n == 0)
        return;
    if (roles.n_kicker > 0)
        item->kicker = joined_lines (builder, lines, roles.n_kicker);
    for (int i = roles.n_kicker; i < roles.n_kicker + roles.n_headline; i++) {
        char *text = unit_text (builder, lines[i], BLANKS_PHRASES);

        bm_item_add_headline (builder->edition, item, text);
        g_free (text);
    }
    if (roles.n_subhead > 0)
        item->subhead = joined_lines (builder, lines + n - roles.n_subhead, roles.n_subhead);
}

/* ---- byline ---- */

static void
append_names (GString *out, BmRun names)
{
    bool starts[64] = { false };
    bool cut = names.n <= 40 && bm_split_names (names, starts) > -500;

    for (int i = 0; i < names.n; i++) {
        bool blank = names.chars[i].gap > 0 && i > 0;

        if (i > 0 && ((cut && starts[i]) || blank))
            g_string_append_c (out, ' ');
        g_string_append_unichar (out, names.chars[i].code);
    }
}

static bool
ends_names (BmRun run, int i)
{
    static const char *const filing[] = { "报道", "報道", "报导", "報導", "摄", "攝", NULL };

    return !bm_char_is_han (run.chars[i].code) || bm_run_role (run, i) > 0 || bm_run_any_at (run, i, filing) == run.n - i;
}

/* A byline with the blanks between its names put back. */
static void
append_byline (GString *out, BmRun run)
{
    for (int i = 0; i < run.n;) {
        int role = bm_run_role (run, i), end = 0;

        if (role == 0) {
            if (run.chars[i].gap > 0 && i > 0)
                g_string_append_c (out, ' ');
            g_string_append_unichar (out, run.chars[i++].code);
            continue;
        }
        if (i > 0 && (run.chars[i].gap > 0 || bm_char_is_han (run.chars[i - 1].code)))
            g_string_append_c (out, ' ');
        append_run (out, (BmRun){ run.chars + i, role }, BLANKS_NONE);
        for (i += role, end = i; end < run.n && !ends_names (run, end);)
            end++;
        if (end > i)
            g_string_append_c (out, ' ');
        append_names (out, (BmRun){ run.chars + i, end - i });
        if (end < run.n && end > i && bm_char_is_han (run.chars[end].code) && bm_run_role (run, end) == 0) {
            g_string_append_c (out, ' ');
            append_run (out, (BmRun){ run.chars + end, run.n - end }, BLANKS_NONE);
            end = run.n;
        }
        i = end;
    }
}

static void
build_byline (const Builder *builder, BmItem *item, const BmStory *story)
{
    GString *out = g_string_new (NULL);

    for (guint k = 0; k < story->bylines->len; k++) {
        const BmUnit *unit = unit_at (builder, g_array_index (story->bylines, int, k));

        for (int i = unit->first; i >= 0; i = bm_raw_line (builder->raw, i)->next) {
            if (out->len > 0)
                g_string_append_c (out, '\n');
            append_byline (out, bm_line_run (builder->raw, bm_raw_line (builder->raw, i)));
        }
    }
    if (out->len > 0)
        bm_item_set_byline (builder->edition, item, out->str, BM_BYLINE_HEAD);
    g_string_free (out, TRUE);
}

/* ---- paragraphs ---- */

/* Japanese: 【桐谷千尋】 at the head of the text. */
static int
bracketed_name (BmRun run)
{
    for (int i = 3; i < run.n && i < 10 && run.chars[0].code == U'【'; i++)
        if (run.chars[i].code == U'】')
            return i + 1;
    return 0;
}

/* Take dateline and byline off the head of the first paragraph; what remains. */
static BmRun
take_opening (const Builder *builder, BmItem *item, BmRun run)
{
    int n = bm_run_dateline (run, 0);

    if (n > 0) {
        item->dateline = keep (builder, text_of ((BmRun){ run.chars, n }, BLANKS_NONE));
        run = (BmRun){ run.chars + n, run.n - n };
    }
    n = item->byline == NULL ? bm_run_inline_byline (run, 0) : 0;
    if (n == 0 && item->byline == NULL && strcmp (builder->raw->lang, "ja") == 0)
        n = bracketed_name (run);
    if (n > 0 && run.n > n) {
        GString *out = g_string_new (NULL);

        append_byline (out, (BmRun){ run.chars, n });
        bm_item_set_byline (builder->edition, item, out->str, BM_BYLINE_INLINE);
        g_string_free (out, TRUE);
        run = (BmRun){ run.chars + n, run.n - n };
    }
    return run;
}

/* A short paragraph without marks is a signature or a label: its blank is meant. */
static Blanks
blanks_in (BmRun run, const BmUnit *unit)
{
    if (unit->cues & BM_CUE_NOTE || (run.n <= 20 && (unit->cues & BM_CUE_CLOSED) == 0))
        return BLANKS_PHRASES;
    return BLANKS_NONE;
}

static bool
has_text (const BmItem *item)
{
    for (int i = 0; i < item->n_blocks; i++)
        if (item->blocks[i].kind == BM_BLOCK_PARAGRAPH)
            return true;
    return false;
}

static void
build_paragraph (const Builder *builder, BmItem *item, const BmUnit *unit)
{
    GArray *chars = bm_unit_chars (builder->raw, unit);
    BmRun run = { (const BmRawChar *) chars->data, (int) chars->len };
    bool note = (unit->cues & BM_CUE_NOTE) != 0;

    if (!note && !has_text (item) && item->n_pictures == 0)
        run = take_opening (builder, item, run);
    char *text = text_of (run, blanks_in (run, unit));
    if (run.n == 0)
        ;
    else if ((item->kind == BM_ITEM_PHOTO && unit->cues & BM_CUE_CAPTION) || (unit->hint & BM_HINT_CAPTION) != 0)
        bm_item_add_picture (builder->edition, item, text, NULL);
    else
        bm_item_add_block (builder->edition, item, note ? BM_BLOCK_NOTE : BM_BLOCK_PARAGRAPH, text)->where = place_of (builder, unit);
    g_free (text);
    g_array_free (chars, TRUE);
}

static void
build_table (const Builder *builder, BmItem *item, const BmUnit *unit)
{
    BmBlock *block = bm_item_add_block (builder->edition, item, BM_BLOCK_TABLE, NULL);

    block->where = place_of (builder, unit);
    block->n_rows = unit->n_lines;
    block->rows = bm_arena_new0 (builder->edition->arena, BmTableRow, unit->n_lines);
    for (int i = unit->first, row = 0; i >= 0; i = bm_raw_line (builder->raw, i)->next, row++) {
        block->rows[row].n_cells = 1;
        block->rows[row].cells = bm_arena_new0 (builder->edition->arena, const char *, 1);
        block->rows[row].cells[0] = keep (builder, line_text (builder, i, BLANKS_PHRASES));
    }
}

static void
build_part (const Builder *builder, BmItem *item, int i)
{
    const BmUnit *unit = unit_at (builder, i);

    if (unit->kind == BM_UNIT_TABLE) {
        build_table (builder, item, unit);
        return;
    }
    if (unit->kind == BM_UNIT_PARAGRAPH && item->kind != BM_ITEM_AD) {
        build_paragraph (builder, item, unit);
        return;
    }
    char *text = unit_text (builder, i, BLANKS_PHRASES);
    if (unit->kind == BM_UNIT_JUMP_TO && item->jump_to == NULL)
        item->jump_to = bm_arena_strdup (builder->edition->arena, text);
    else if (unit->kind == BM_UNIT_JUMP_FROM && item->jump_from == NULL)
        item->jump_from = bm_arena_strdup (builder->edition->arena, text);
    else
        bm_item_add_block (builder->edition, item, item->kind != BM_ITEM_AD && unit->kind == BM_UNIT_DISPLAY ? BM_BLOCK_CROSSHEAD : BM_BLOCK_PARAGRAPH, text);
    g_free (text);
}

static void
build_item (const Builder *builder, const BmStory *story)
{
    BmItem *item = bm_page_add_item (builder->edition, builder->page);

    item->kind = story->kind;
    item->where = place_of (builder, unit_at (builder, story->order));
    build_head (builder, item, story);
    build_byline (builder, item, story);
    for (guint i = 0; i < story->parts->len; i++)
        build_part (builder, item, g_array_index (story->parts, int, i));
}

/* ---- the page ---- */

static void
build_folio (const Builder *builder)
{
    GPtrArray *lines = g_ptr_array_new ();

    for (guint i = 0; i < builder->units->len; i++) {
        const BmUnit *unit = unit_at (builder, (int) i);

        if (unit->kind != BM_UNIT_FOLIO || unit->gone)
            continue;
        g_ptr_array_add (lines, (gpointer) keep (builder, line_text (builder, unit->first, BLANKS_PHRASES)));
        bm_read_folio (builder->edition, builder->page, bm_line_run (builder->raw, bm_raw_line (builder->raw, unit->first)));
    }
    builder->page->n_folio = (int) lines->len;
    builder->page->folio = bm_arena_copy (builder->edition->arena, lines->pdata, lines->len, sizeof (char *));
    g_ptr_array_free (lines, TRUE);
}

BmEdition *
bm_build_edition (BmRaw *raw, GArray *units, GPtrArray *stories, const BmRecoverOptions *options)
{
    BmEdition *edition = bm_edition_new ();
    Builder builder = { raw, units, edition, bm_edition_add_page (edition) };

    builder.page->lang = raw->lang;
    build_folio (&builder);
    if (options != NULL && builder.page->paper == NULL)
        builder.page->paper = bm_arena_strdup (edition->arena, options->paper);
    if (options != NULL && builder.page->date == NULL)
        builder.page->date = bm_arena_strdup (edition->arena, options->date);
    for (guint s = 0; s < stories->len; s++)
        build_item (&builder, g_ptr_array_index (stories, s));
    bm_keep_original (raw, units, stories, edition);
    return edition;
}
