/* shape.c — a text to a shaped paragraph: faces by Pango, glyphs by HarfBuzz, widths of cells in em.
 *
 * Pango itemizes and shapes once, at 1,000 units, unhinted, what is not so plain that it need not be asked (plain.c);
 * PangoLayout is never used: its line breaks are wrong for Chinese both ways, and asking it for extents loads every outline
 * (cjk-composition.md §1, §4.5). The result does not depend on size or measure and is kept in the cache of BmType. */
#include "type/type-private.h"

#include <hb-ot.h>
#include <pango/pangofc-font.h>
#include <string.h>

#define UNITS (1000.0 * PANGO_SCALE)

/* ---- Pango ---- */

typedef struct {
    BmType *type;
    const BmText *text;
    BmShaped *shaped;
    BmDiags *diags;
    PangoLanguage *language;
    GArray *glyphs; /* Placed */
    bool placed;    /* some glyph stands off its place */
    const BmRole *asked; /* the role that was last asked for this font, … */
    const BmFont *answered;
    bool has;            /* … and whether it is one of its own */
} Shaper;

typedef struct {
    BmShapedGlyph glyph;
    BmOffset offset;
} Placed;

static const BmRole *
role_at (const BmText *text, int offset)
{
    for (int i = 0; i < text->n_spans; i++)
        if (offset >= text->spans[i].start && offset < text->spans[i].start + text->spans[i].length)
            return text->spans[i].role;
    return text->role;
}

/* §14: an item without Latin prose has script Common or Latin and would get Latin dashes: it is Han. */
static bool
has_letters (const BmShaped *shaped, int start, int end)
{
    for (int i = 0; i < shaped->n_cells; i++) {
        const BmCellData *cell = &shaped->cells[i];

        if (cell->start >= end)
            break;
        if (cell[1].start > start && (cell->class == BM_CLASS_LAT || cell->class == BM_CLASS_URL))
            return true;
    }
    return false;
}

static bool
is_own_font (Shaper *shaper, const BmRole *role, const BmFont *font)
{
    if (shaper->asked != role || shaper->answered != font)
        shaper->has = bm_role_has_font (role, shaper->text->lang, font);
    shaper->asked = role;
    shaper->answered = font;
    return shaper->has;
}

static void
check_glyph (Shaper *shaper, const BmFont *font, const PangoGlyphInfo *info, int offset)
{
    const BmRole *role = role_at (shaper->text, offset);

    if (shaper->text->utf8[offset] == '\n') /* a wanted break: it has no glyph and needs none */
        return;
    if (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG)
        bm_note_substitution (shaper->type, shaper->text, role, offset, NULL, shaper->diags);
    else if (!is_own_font (shaper, role, font))
        bm_note_substitution (shaper->type, shaper->text, role, offset, font->full_name, shaper->diags);
}

static void
add_glyphs (Shaper *shaper, const PangoItem *item, const PangoGlyphString *string)
{
    const BmFont *font = bm_font_of (shaper->type, item->analysis.font);
    uint16_t index = bm_shaped_font_index (shaper->shaped, font);

    for (int g = 0; g < string->num_glyphs; g++) {
        const PangoGlyphInfo *info = &string->glyphs[g];
        bool empty = info->glyph == PANGO_GLYPH_EMPTY, unknown = (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
        Placed placed = { .glyph = { .start = item->offset + string->log_clusters[g], .font = empty ? BM_NO_FONT : index } };

        check_glyph (shaper, font, info, placed.glyph.start);
        placed.glyph.glyph = empty || unknown ? 0 : (uint16_t) info->glyph;
        placed.glyph.advance = empty ? 0 : unknown ? 1 : (float) (info->geometry.width / UNITS);
        placed.offset.x = (float) (info->geometry.x_offset / UNITS);
        placed.offset.y = (float) (info->geometry.y_offset / UNITS);
        shaper->placed = shaper->placed || info->geometry.x_offset != 0 || info->geometry.y_offset != 0;
        g_array_append_val (shaper->glyphs, placed);
    }
}

static void
shape_item (Shaper *shaper, PangoItem *item)
{
    PangoGlyphString *string = pango_glyph_string_new ();

    item->analysis.language = shaper->language;
    if (!has_letters (shaper->shaped, item->offset, item->offset + item->length))
        item->analysis.script = (guint8) PANGO_SCRIPT_HAN;
    item->analysis.level = 0;
    pango_shape_full (shaper->shaped->text + item->offset, item->length, shaper->shaped->text, shaper->shaped->length,
                      &item->analysis, string);
    add_glyphs (shaper, item, string);
    pango_glyph_string_free (string);
}

static int
compare_glyphs (const void *a, const void *b)
{
    const Placed *x = a, *y = b;

    return x->glyph.start - y->glyph.start;
}

/* Right-to-left runs come in visual order; the text layer and the cells want that of the text. */
static void
sort_glyphs (GArray *glyphs)
{
    for (guint i = 1; i < glyphs->len; i++)
        if (g_array_index (glyphs, Placed, i).glyph.start < g_array_index (glyphs, Placed, i - 1).glyph.start) {
            g_array_sort (glyphs, compare_glyphs); /* stable */
            return;
        }
}

static void
keep_glyphs (Shaper *shaper)
{
    BmShaped *shaped = shaper->shaped;
    int n = (int) shaper->glyphs->len;

    shaped->n_glyphs = n;
    shaped->glyphs = g_new (BmShapedGlyph, (gsize) n);
    shaped->offsets = shaper->placed || shaped->vertical ? g_new (BmOffset, (gsize) n) : NULL;
    for (int i = 0; i < n; i++) {
        const Placed *placed = &g_array_index (shaper->glyphs, Placed, i);

        shaped->glyphs[i] = placed->glyph;
        if (shaped->offsets != NULL)
            shaped->offsets[i] = placed->offset;
    }
}

static void
shape_with_pango (Shaper *shaper)
{
    GList *items = bm_type_items (shaper->type, shaper->text, shaper->shaped, shaper->language);

    for (GList *node = items; node != NULL; node = node->next)
        shape_item (shaper, node->data);
    g_list_free_full (items, (GDestroyNotify) pango_item_free);
    sort_glyphs (shaper->glyphs);
    keep_glyphs (shaper);
}

/* The hyphen of the text's first face. */
static void
find_hyphen (Shaper *shaper)
{
    const BmFont *font = bm_type_role_font (shaper->type, shaper->text->role, shaper->text->lang);
    hb_codepoint_t glyph = 0;

    if (font == NULL || !hb_font_get_nominal_glyph (font->hb, '-', &glyph))
        return;
    shaper->shaped->hyphen_font = font;
    shaper->shaped->hyphen_glyph = glyph;
    shaper->shaped->hyphen_width = (float) (hb_font_get_glyph_h_advance (font->hb, glyph) / (double) font->upem);
}

/* ---- the paragraph ---- */

const BmShaped *
bm_shape_unit (BmArena *arena, const BmText *text, const BmStyle *style)
{
    BmShaped *shaped = bm_shaped_alloc (g_strndup (text->utf8, (gsize) bm_text_length (text)), text, style);

    bm_arena_own (arena, shaped, (void (*) (void *)) bm_shaped_free);
    shaped->unit = true;
    bm_build_cells (shaped);
    bm_unit_widths (shaped);
    bm_build_joints (shaped, &(BmWords){ .n_words = text->n_words, .words = text->words });
    return shaped;
}

/* Everything the result depends on, the text last: the paragraph keeps it there. */
static char *
cache_key (const BmText *text, const BmStyle *style)
{
    int length = bm_text_length (text);
    GString *key = g_string_sized_new ((gsize) length + 128);

    g_string_append_printf (key, "%d%d%s\x01%d", (int) text->kind, text->vertical ? 1 : 0, text->lang == NULL ? "" : text->lang, text->role->weight);
    for (int i = 0; i < text->role->n_families; i++)
        g_string_append_printf (key, "\x02%s", text->role->families[i]);
    for (int i = 0; i < text->n_spans; i++)
        g_string_append_printf (key, "\x03%d %d %s %d", text->spans[i].start, text->spans[i].length,
                                text->spans[i].role->families[0], text->spans[i].role->weight);
    for (int i = 0; i < text->n_words; i++)
        g_string_append_printf (key, "\x04%s", text->words[i]);
    g_string_append_printf (key, "\x05%d%d%d%d%d%d%d%d%d %d %g %g %g %g\x06", style->trim_adjacent, style->trim_line_start,
                            style->trim_first_line, style->shrink, style->half_digits, style->hang, style->hyphenate,
                            style->head_trim, (int) style->line_end, (int) style->kinsoku, style->space, style->space_min,
                            style->space_max, style->indent);
    g_string_append_len (key, text->utf8, length);
    char *exact = g_strdup (key->str); /* the string itself has room to grow */
    g_string_free (key, TRUE);
    return exact;
}

/* Only headlines ask for words: a page without one never opens the dictionaries. */
static BmBreaker *
breaker_for (BmType *type, const BmText *text)
{
    if (text->kind != BM_TEXT_HEADLINE)
        return NULL;
    if (!type->asked_for_breaker)
        type->breaker = bm_breaker_new ();
    type->asked_for_breaker = true;
    return type->breaker;
}

static BmShaped *
shape_new (BmType *type, char *key, const BmText *text, const BmStyle *style, BmDiags *diags)
{
    BmShaped *shaped = bm_shaped_alloc (key, text, style);
    Shaper shaper = { .type = type, .text = text, .shaped = shaped, .diags = diags,
                      .language = pango_language_from_string (bm_font_language (text->lang)), .glyphs = g_array_new (FALSE, TRUE, sizeof (Placed)) };

    bm_build_cells (shaped);
    if (!bm_shape_plain (type, text, shaped, shaper.language))
        shape_with_pango (&shaper);
    bm_glyph_widths (shaped);
    if (shaped->vertical)
        bm_turn_vertical (type, text, shaped);
    if (memchr (shaped->text, 0xC2, (size_t) shaped->length) != NULL)
        find_hyphen (&shaper);
    bm_build_joints (shaped, &(BmWords){ text->n_words, text->words, type->words, breaker_for (type, text) });
    g_array_free (shaper.glyphs, TRUE);
    return shaped;
}

const BmShaped *
bm_type_shape (BmType *type, const BmText *text, const BmStyle *style, BmDiags *diags)
{
    char *key = cache_key (text, style);
    BmShaped *shaped = g_hash_table_lookup (type->shaped, key);

    if (shaped != NULL) {
        g_free (key);
        return shaped;
    }
    shaped = shape_new (type, key, text, style, diags);
    type->shaped_bytes += bm_shaped_bytes (shaped);
    g_hash_table_insert (type->shaped, key, shaped);
    return shaped;
}
