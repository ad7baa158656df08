/* shape.c — a text to a shaped paragraph: faces by Pango, glyphs by HarfBuzz, widths of cells in em.
 *
 * Pango itemizes and shapes once, at 1,000 units, unhinted; PangoLayout is never used: its line breaks are wrong for
 * Chinese both ways, and asking it for extents loads every outline (cjk-composition.md §1, §4.5). The result does not
 * depend on size or measure and is kept in the cache of BmType. */
#include "type/type-private.h"

#include <hb-ot.h>
#include <pango/pangofc-font.h>
#include <string.h>

#define UNITS (1000.0 * PANGO_SCALE)

/* ---- widths ---- */

static bool
is_full_width_sign (gunichar c)
{
    return c >= 0x2E80 || c == 0x2030 || c == 0x2031 || c == 0x2103 || c == 0x2109 || c == 0x2116;
}

/* What a class takes whatever its glyph says; < 0: the sum of its glyphs (§3). */
static double
class_width (const BmShaped *shaped, const BmCellData *cell)
{
    gunichar c = bm_cell_first (shaped, cell);

    switch ((BmClass) cell->class) {
    case BM_CLASS_OP:
    case BM_CLASS_CL:
    case BM_CLASS_CM:
    case BM_CLASS_FS:
    case BM_CLASS_EXD:
    case BM_CLASS_HAN:
    case BM_CLASS_MARK:
    case BM_CLASS_ISP:
    case BM_CLASS_HARD:
        return 1;
    case BM_CLASS_EX:
        return cell->alone || cell->length == 6 ? 1 : 2;
    case BM_CLASS_MID:
    case BM_CLASS_SYM:
        return 0.5;
    case BM_CLASS_DASH:
        return c == 0x2E3A ? 2 : cell->length / 3;
    case BM_CLASS_ELL:
        return cell->length / 3;
    case BM_CLASS_CON:
    case BM_CLASS_SL:
        return c == 0xFF5E || c == 0xFF0F || c == 0x2014 || c == 0x2015 ? 1 : 0.5;
    case BM_CLASS_SP:
    case BM_CLASS_NBSP:
        return 0.25;
    case BM_CLASS_WJ:
    case BM_CLASS_ZW:
    case BM_CLASS_SHY:
        return 0;
    default:
        return -1;
    }
}

static double
unit_sum (const BmShaped *shaped, const BmCellData *cell)
{
    double width = 0;

    for (const char *p = shaped->text + cell->start; p < shaped->text + cell->start + cell->length; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        width += c < 0x80 || c == 0xB0 || c == 0x2013 || c == 0x2019 || (c < 0x2E80 && !is_full_width_sign (c)) ? 0.5 : 1;
    }
    return width;
}

/* Marks are half glue, half body; interpuncts, pairs and doubles have none. */
static void
set_glue (BmCellData *cell)
{
    switch ((BmClass) cell->class) {
    case BM_CLASS_OP:
        cell->left = 0.5f;
        break;
    case BM_CLASS_EX:
        cell->right = cell->alone ? 0.5f : 0;
        break;
    case BM_CLASS_CL:
    case BM_CLASS_CM:
    case BM_CLASS_FS:
        cell->right = 0.5f;
        break;
    default:
        break;
    }
}

void
bm_unit_widths (BmShaped *shaped)
{
    for (int i = 0; i < shaped->n_cells; i++) {
        BmCellData *cell = &shaped->cells[i];
        double width = class_width (shaped, cell);

        cell->width = (float) (width >= 0 ? width : unit_sum (shaped, cell));
        set_glue (cell);
        if (shaped->vertical && (cell->class == BM_CLASS_NUM || cell->class == BM_CLASS_LAT)) {
            bool two = cell->length <= 2 && cell->class == BM_CLASS_NUM;

            cell->orient = cell->length == 1 ? BM_ORIENT_UPRIGHT : two ? BM_ORIENT_TCY : BM_ORIENT_ROTATED;
            cell->width = cell->length == 1 || two ? 1 : cell->width;
        } else if (shaped->vertical && cell->class < BM_CLASS_CON && cell->class != BM_CLASS_MID) {
            cell->orient = BM_ORIENT_VERT;
        }
    }
    shaped->hyphen_width = 0.5f;
}

/* §5.2: the ink of a mark must lie in the half that stays; if it does not (centred marks of Taiwan), its glue is
 * a quarter on each side. */
static void
centre_glue (const BmShaped *shaped, BmCellData *cell)
{
    const BmShapedGlyph *glyph = &shaped->glyphs[cell->first_glyph];
    double left, top, right, bottom;

    if (cell->n_glyphs < 1 || cell->right <= 0 || glyph->advance < 0.9f || shaped->vertical || cell->class == BM_CLASS_CL)
        return;
    if (bm_font_glyph_ink (glyph->font, glyph->glyph, &left, &top, &right, &bottom) && right > 0.56)
        cell->left = cell->right = 0.25f;
}

/* Where the glyphs stand in a cell that is wider or narrower than they are. */
static void
place_glyphs (BmCellData *cell, double advance)
{
    switch ((BmClass) cell->class) {
    case BM_CLASS_OP:
        cell->shift = advance < 0.9 ? (float) (0.97 - advance) : 0; /* WenKai's quotes: 0.35 wide */
        break;
    case BM_CLASS_CL:
        cell->shift = advance < 0.9 ? 0.03f : 0;
        break;
    case BM_CLASS_MID:
    case BM_CLASS_CON:
    case BM_CLASS_SL:
    case BM_CLASS_SYM:
    case BM_CLASS_HAN:
    case BM_CLASS_MARK:
    case BM_CLASS_EX:
    case BM_CLASS_DASH:
        cell->shift = (float) (((double) cell->width - advance) / 2);
        break;
    default:
        break;
    }
}

static void
glyph_widths (BmShaped *shaped)
{
    for (int i = 0; i < shaped->n_cells; i++) {
        BmCellData *cell = &shaped->cells[i];
        double width = class_width (shaped, cell), advance = 0;

        for (int k = 0; k < cell->n_glyphs; k++)
            advance += (double) shaped->glyphs[cell->first_glyph + k].advance;
        cell->width = (float) (width >= 0 ? width : advance);
        set_glue (cell);
        centre_glue (shaped, cell);
        place_glyphs (cell, advance);
    }
}

/* Glyphs come in the order of the text; a cluster that crosses a cell's end stays with the cell it begins in. */
static void
assign_glyphs (BmShaped *shaped)
{
    int g = 0;

    for (int i = 0; i < shaped->n_cells; i++) {
        BmCellData *cell = &shaped->cells[i];

        cell->first_glyph = g;
        while (g < shaped->n_glyphs && shaped->glyphs[g].start < cell->start + cell->length)
            g++;
        cell->n_glyphs = g - cell->first_glyph;
    }
}

/* ---- Pango ---- */

typedef struct {
    BmType *type;
    const BmText *text;
    BmShaped *shaped;
    BmDiags *diags;
    PangoLanguage *language;
    GArray *glyphs;
} Shaper;

static const BmRole *
role_at (const BmText *text, int offset)
{
    for (int i = 0; i < text->n_spans; i++)
        if (offset >= text->spans[i].start && offset < text->spans[i].start + text->spans[i].length)
            return text->spans[i].role;
    return text->role;
}

static void
add_attribute (PangoAttrList *list, PangoAttribute *attribute, int start, int end)
{
    attribute->start_index = (guint) start;
    attribute->end_index = (guint) end;
    pango_attr_list_insert (list, attribute);
}

static void
add_font (PangoAttrList *list, const BmRole *role, const char *lang, int start, int end)
{
    PangoFontDescription *description = bm_role_description (role, lang);

    add_attribute (list, pango_attr_font_desc_new (description), start, end);
    pango_font_description_free (description);
}

/* `hwid` gives digits and their signs exactly half an em (§14); letters keep their own widths. */
static void
add_half_widths (const BmShaped *shaped, PangoAttrList *list)
{
    for (int i = 0; i < shaped->n_cells; i++) {
        const BmCellData *cell = &shaped->cells[i];
        bool half = cell->class == BM_CLASS_NUM || cell->class == BM_CLASS_SYM || cell->class == BM_CLASS_CON ||
                    cell->class == BM_CLASS_SL || (cell->class == BM_CLASS_POST && cell->length == 1);

        if (half && shaped->style.half_digits && shaped->kind != BM_TEXT_HEADLINE)
            add_attribute (list, pango_attr_font_features_new ("hwid=1"), cell->start, cell->start + cell->length);
    }
}

static PangoAttrList *
attributes_of (const BmText *text, const BmShaped *shaped)
{
    PangoAttrList *list = pango_attr_list_new ();

    add_font (list, text->role, text->lang, 0, shaped->length);
    for (int i = 0; i < text->n_spans; i++) {
        PangoFontDescription *description = bm_role_description (text->spans[i].role, text->lang);
        PangoAttribute *attribute = pango_attr_font_desc_new (description);

        attribute->start_index = (guint) text->spans[i].start;
        attribute->end_index = (guint) (text->spans[i].start + text->spans[i].length);
        pango_attr_list_change (list, attribute);
        pango_font_description_free (description);
    }
    add_half_widths (shaped, list);
    return list;
}

/* §14: an item without Latin prose has script Common or Latin and would get Latin dashes: it is Han. */
static bool
has_letters (const BmShaped *shaped, int start, int end)
{
    for (int i = 0; i < shaped->n_cells; i++) {
        const BmCellData *cell = &shaped->cells[i];

        if (cell->start >= end)
            break;
        if (cell->start + cell->length > start && (cell->class == BM_CLASS_LAT || cell->class == BM_CLASS_URL))
            return true;
    }
    return false;
}

static void
check_glyph (Shaper *shaper, const BmFont *font, const PangoGlyphInfo *info, int offset)
{
    const BmRole *role = role_at (shaper->text, offset);

    if (shaper->text->utf8[offset] == '\n') /* a wanted break: it has no glyph and needs none */
        return;
    if (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG)
        bm_note_substitution (shaper->type, shaper->text, role, offset, NULL, shaper->diags);
    else if (!bm_role_has_family (role, shaper->text->lang, font->family))
        bm_note_substitution (shaper->type, shaper->text, role, offset, font->full_name, shaper->diags);
}

static void
add_glyphs (Shaper *shaper, const PangoItem *item, const PangoGlyphString *string)
{
    const BmFont *font = bm_font_of (shaper->type, item->analysis.font);

    for (int g = 0; g < string->num_glyphs; g++) {
        const PangoGlyphInfo *info = &string->glyphs[g];
        int cluster = string->log_clusters[g], next = item->length;
        bool continues = g > 0 && string->log_clusters[g - 1] == cluster;

        for (int k = g + 1; k < string->num_glyphs; k++)
            if (string->log_clusters[k] > cluster) {
                next = string->log_clusters[k];
                break;
            }
        check_glyph (shaper, font, info, item->offset + cluster);
        BmShapedGlyph glyph = { .font = font, .start = item->offset + cluster, .length = continues ? 0 : next - cluster };
        bool empty = info->glyph == PANGO_GLYPH_EMPTY, unknown = (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
        glyph.glyph = empty || unknown ? 0 : info->glyph;
        glyph.advance = empty ? 0 : unknown ? 1 : (float) (info->geometry.width / UNITS);
        glyph.x = (float) (info->geometry.x_offset / UNITS);
        glyph.y = (float) (info->geometry.y_offset / UNITS);
        if (empty)
            glyph.font = NULL; /* nothing to draw */
        g_array_append_val (shaper->glyphs, glyph);
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
    const BmShapedGlyph *x = a, *y = b;

    return x->start - y->start;
}

static void
shape_with_pango (Shaper *shaper)
{
    BmShaped *shaped = shaper->shaped;
    PangoAttrList *list = attributes_of (shaper->text, shaped);

    pango_context_set_language (shaper->type->context, shaper->language);
    GList *items = pango_itemize_with_base_dir (shaper->type->context, PANGO_DIRECTION_LTR, shaped->text, 0, shaped->length, list, NULL);
    for (GList *node = items; node != NULL; node = node->next)
        shape_item (shaper, node->data);
    g_list_free_full (items, (GDestroyNotify) pango_item_free);
    pango_attr_list_unref (list);
    /* Right-to-left runs come in visual order; the text layer and the cells want that of the text. */
    g_array_sort (shaper->glyphs, compare_glyphs);
    shaped->n_glyphs = (int) shaper->glyphs->len;
    shaped->glyphs = bm_arena_copy (shaped->arena, shaper->glyphs->data, shaper->glyphs->len, sizeof (BmShapedGlyph));
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

BmShaped *
bm_shaped_alloc (const BmText *text, const BmStyle *style)
{
    BmArena *arena = bm_arena_create ();
    BmShaped *shaped = bm_arena_new0 (arena, BmShaped, 1);

    shaped->arena = arena;
    shaped->length = text->length < 0 ? (int) strlen (text->utf8) : text->length;
    shaped->text = bm_arena_strndup (arena, text->utf8, (size_t) shaped->length);
    shaped->kind = text->kind;
    shaped->vertical = text->vertical;
    shaped->style = *style;
    return shaped;
}

const BmShaped *
bm_shape_unit (BmArena *arena, const BmText *text, const BmStyle *style)
{
    BmShaped *shaped = bm_shaped_alloc (text, style);

    bm_arena_own (arena, shaped->arena, (void (*) (void *)) bm_arena_free);
    shaped->unit = true;
    bm_read_chars (shaped);
    bm_build_cells (shaped);
    bm_unit_widths (shaped);
    bm_build_joints (shaped, text->n_words, text->words, NULL);
    return shaped;
}

/* Everything the result depends on. */
static char *
cache_key (const BmText *text, const BmStyle *style)
{
    int length = text->length < 0 ? (int) strlen (text->utf8) : text->length;
    GString *key = g_string_new_len (text->utf8, length);

    g_string_append_printf (key, "\x01%d %d %s %d", (int) text->kind, text->vertical ? 1 : 0, text->lang == NULL ? "" : text->lang, text->role->weight);
    for (int i = 0; i < text->role->n_families; i++)
        g_string_append_printf (key, "\x02%s", text->role->families[i]);
    for (int i = 0; i < text->n_spans; i++)
        g_string_append_printf (key, "\x03%d %d %s %d", text->spans[i].start, text->spans[i].length,
                                text->spans[i].role->families[0], text->spans[i].role->weight);
    for (int i = 0; i < text->n_words; i++)
        g_string_append_printf (key, "\x04%s", text->words[i]);
    g_string_append_printf (key, "\x05%d%d%d%d%d%d%d%d%d %d %g %g %g %g", style->trim_adjacent, style->trim_line_start,
                            style->trim_first_line, style->shrink, style->half_digits, style->hang, style->hyphenate,
                            style->head_trim, (int) style->line_end, (int) style->kinsoku, style->space, style->space_min,
                            style->space_max, style->indent);
    return g_string_free (key, FALSE);
}

static BmShaped *
shape_new (BmType *type, const BmText *text, const BmStyle *style, BmDiags *diags)
{
    BmShaped *shaped = bm_shaped_alloc (text, style);
    Shaper shaper = { type, text, shaped, diags, pango_language_from_string (bm_font_language (text->lang)),
                      g_array_new (FALSE, TRUE, sizeof (BmShapedGlyph)) };

    bm_read_chars (shaped);
    bm_build_cells (shaped);
    shape_with_pango (&shaper);
    assign_glyphs (shaped);
    glyph_widths (shaped);
    if (shaped->vertical)
        bm_turn_vertical (type, text, shaped);
    if (memchr (shaped->text, 0xC2, (size_t) shaped->length) != NULL)
        find_hyphen (&shaper);
    bm_build_joints (shaped, text->n_words, text->words, type->words);
    shaped->bytes = sizeof (BmShaped) + (size_t) shaped->n_cells * (sizeof (BmCellData) + sizeof (BmSums)) +
                    (size_t) shaped->n_glyphs * sizeof (BmShapedGlyph) + (size_t) shaped->length;
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
    shaped = shape_new (type, text, style, diags);
    type->shaped_bytes += shaped->bytes;
    g_hash_table_insert (type->shaped, key, shaped);
    return shaped;
}

/* The joints of the whole form hold; those inside its cells are opened by the emergency alone. */
static void
take_joints (const BmShaped *whole, BmShaped *split)
{
    int k = 0;

    for (int i = 0; i + 1 < split->n_cells; i++) {
        BmCellData *cell = &split->cells[i];

        while (k < whole->n_cells && whole->cells[k].start + whole->cells[k].length < cell->start + cell->length)
            k++;
        const BmCellData *own = &whole->cells[k];
        if (own->start + own->length == cell->start + cell->length) {
            cell->may_break = own->may_break;
            cell->release = own->release;
            cell->joined = own->joined;
            cell->wanted = own->wanted;
            cell->opens_word = own->opens_word;
        } else {
            cell->release = cell->may_break ? BM_RELEASE_LETTERS : cell->release;
            cell->may_break = false;
        }
    }
}

/* For emergencies: the same glyphs, cells cut to letters. Made when first asked for, kept with the paragraph. */
BmShaped *
bm_shaped_split (const BmShaped *shaped)
{
    BmShaped *memo = (BmShaped *) (gpointer) shaped;

    if (shaped->is_split)
        return memo;
    if (shaped->split != NULL)
        return shaped->split;
    BmShaped *split = bm_arena_new0 (shaped->arena, BmShaped, 1);
    *split = *shaped;
    split->is_split = true;
    split->split = NULL;
    split->n_counted = split->next_counted = 0;
    bm_build_cells (split);
    if (shaped->unit) {
        bm_unit_widths (split);
    } else {
        assign_glyphs (split);
        glyph_widths (split);
    }
    bm_build_joints (split, 0, NULL, NULL);
    take_joints (shaped, split);
    memo->split = split;
    return split;
}

const char *
bm_shaped_text (const BmShaped *shaped)
{
    return shaped->text;
}
