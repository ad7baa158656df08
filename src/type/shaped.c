/* shaped.c — the shaped paragraph: what it owns, the widths of its cells, its emergency form.
 *
 * Everything a page's articles keep in the cache is here, so it is kept small: exact arrays, the text once as the end of
 * the key, no arena a paragraph (cjk-composition.md §16: ≤ 64 bytes a character). */
#include "type/type-private.h"

#include <string.h>

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
        return cell->alone || bm_cell_length (cell) == 6 ? 1 : 2;
    case BM_CLASS_MID:
        return shaped->language == BM_LANGUAGE_HANS ? 0.5 : 1; /* GB/T 15834 against CLREQ “Interpuncts” and JLREQ cl-05 */
    case BM_CLASS_SYM:
        return 0.5;
    case BM_CLASS_DASH:
        return c == 0x2E3A ? 2 : bm_cell_length (cell) / 3;
    case BM_CLASS_ELL:
        return bm_cell_length (cell) / 3;
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

    for (const char *p = shaped->text + cell->start; p < shaped->text + cell[1].start; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        width += c < 0x80 || c == 0xB0 || c == 0x2013 || c == 0x2019 || (c < 0x2E80 && !is_full_width_sign (c)) ? 0.5 : 1;
    }
    return width;
}

/* §18: centred marks have a quarter on each side: Taiwan's pauses and stops, Japanese colons, interpuncts of an em. Where
 * there is ink to be measured it decides (centre_glue). */
static bool
is_centred_by_rule (const BmShaped *shaped, const BmCellData *cell)
{
    BmClass class = (BmClass) cell->class;
    gunichar c = bm_cell_first (shaped, cell);

    if (class == BM_CLASS_MID)
        return shaped->language != BM_LANGUAGE_HANS;
    if (shaped->language == BM_LANGUAGE_JA)
        return c == 0xFF1A || c == 0xFF1B;
    return shaped->language == BM_LANGUAGE_HANT && (shaped->unit || shaped->vertical) &&
           (class == BM_CLASS_CM || class == BM_CLASS_FS || (class == BM_CLASS_EX && cell->alone));
}

/* Marks are half glue, half body; interpuncts of half an em, pairs and doubles have none, nor has a Japanese ！. */
static void
set_glue (const BmShaped *shaped, BmCellData *cell)
{
    if (is_centred_by_rule (shaped, cell)) {
        cell->left = cell->right = 0.25f;
        return;
    }
    switch ((BmClass) cell->class) {
    case BM_CLASS_OP:
        cell->left = 0.5f;
        break;
    case BM_CLASS_EX:
        cell->right = cell->alone && shaped->language != BM_LANGUAGE_JA ? 0.5f : 0;
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
        set_glue (shaped, cell);
        if (shaped->vertical && (cell->class == BM_CLASS_NUM || cell->class == BM_CLASS_LAT)) {
            int length = bm_cell_length (cell);
            bool two = length <= 2 && cell->class == BM_CLASS_NUM;

            cell->orient = length == 1 ? BM_ORIENT_UPRIGHT : two ? BM_ORIENT_TCY : BM_ORIENT_ROTATED;
            cell->width = length == 1 || two ? 1 : cell->width;
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

    if (bm_cell_n_glyphs (cell) < 1 || cell->right <= 0 || cell->left > 0 || glyph->advance < 0.9f || shaped->vertical || cell->class == BM_CLASS_CL)
        return;
    if (bm_glyph_font (shaped, glyph) != NULL && bm_font_glyph_ink (bm_glyph_font (shaped, glyph), glyph->glyph, &left, &top, &right, &bottom) && right > 0.56)
        cell->left = cell->right = 0.25f;
}

static double
advance_of (const BmShaped *shaped, const BmCellData *cell)
{
    double advance = 0;

    for (int i = cell->first_glyph; i < cell[1].first_glyph; i++)
        advance += (double) shaped->glyphs[i].advance;
    return advance;
}

/* Where the glyphs stand in a cell that is wider or narrower than they are. */
double
bm_cell_shift (const BmShaped *shaped, const BmCellData *cell)
{
    double advance = advance_of (shaped, cell);

    switch ((BmClass) cell->class) {
    case BM_CLASS_OP:
        return advance < 0.9 ? 0.97 - advance : 0; /* WenKai's quotes: 0.35 wide */
    case BM_CLASS_CL:
        return advance < 0.9 ? 0.03 : 0;
    case BM_CLASS_MID:
    case BM_CLASS_CON:
    case BM_CLASS_SL:
    case BM_CLASS_SYM:
    case BM_CLASS_HAN:
    case BM_CLASS_MARK:
    case BM_CLASS_EX:
    case BM_CLASS_DASH:
        return ((double) cell->width - advance) / 2;
    default:
        return 0;
    }
}

static void
glyph_widths (BmShaped *shaped)
{
    for (int i = 0; i < shaped->n_cells; i++) {
        BmCellData *cell = &shaped->cells[i];
        double width = class_width (shaped, cell);

        cell->width = (float) (width >= 0 ? width : advance_of (shaped, cell));
        set_glue (shaped, cell);
        centre_glue (shaped, cell);
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
        while (g < shaped->n_glyphs && shaped->glyphs[g].start < cell[1].start)
            g++;
    }
    shaped->cells[shaped->n_cells].first_glyph = g;
}

void
bm_glyph_widths (BmShaped *shaped)
{
    assign_glyphs (shaped);
    glyph_widths (shaped);
}

/* ---- the object ---- */

/* Up to a NUL: nothing is set beyond one. */
int
bm_text_length (const BmText *text)
{
    return (int) (text->length < 0 ? strlen (text->utf8) : strnlen (text->utf8, (size_t) text->length));
}

BmShaped *
bm_shaped_alloc (char *key, const BmText *text, const BmStyle *style)
{
    BmShaped *shaped = g_new0 (BmShaped, 1);

    shaped->key = key;
    shaped->length = bm_text_length (text);
    shaped->text = key + strlen (key) - shaped->length;
    shaped->kind = text->kind;
    shaped->language = bm_language_of (text->lang);
    shaped->vertical = text->vertical;
    shaped->style = *style;
    return shaped;
}

void
bm_shaped_free (BmShaped *shaped)
{
    if (shaped->split != NULL)
        bm_shaped_free (shaped->split);
    g_free (shaped->cells);
    g_free (shaped->counted);
    bm_places_free (shaped->places);
    if (!shaped->is_split) {
        g_free (shaped->glyphs);
        g_free (shaped->offsets);
        g_free (shaped->fonts);
        g_free (shaped->key);
    }
    g_free (shaped);
}

size_t
bm_shaped_bytes (const BmShaped *shaped)
{
    size_t glyph = sizeof (BmShapedGlyph) + (shaped->offsets != NULL ? sizeof (BmOffset) : 0);

    return sizeof (BmShaped) + ((size_t) shaped->n_cells + 1) * sizeof (BmCellData) + (size_t) shaped->n_glyphs * glyph +
           (shaped->key != NULL ? strlen (shaped->key) : 0);
}

const char *
bm_shaped_text (const BmShaped *shaped)
{
    return shaped->text;
}

/* ---- faces and glyphs ---- */

uint16_t
bm_shaped_font_index (BmShaped *shaped, const BmFont *font)
{
    for (int i = 0; i < shaped->n_fonts; i++)
        if (shaped->fonts[i] == font)
            return (uint16_t) i;
    if (shaped->n_fonts == BM_NO_FONT)
        g_error ("more than %d faces in a paragraph", BM_NO_FONT);
    shaped->fonts = g_renew (const BmFont *, shaped->fonts, (gsize) shaped->n_fonts + 1);
    shaped->fonts[shaped->n_fonts] = font;
    return (uint16_t) shaped->n_fonts++;
}

const BmFont *
bm_glyph_font (const BmShaped *shaped, const BmShapedGlyph *glyph)
{
    return glyph->font == BM_NO_FONT ? NULL : shaped->fonts[glyph->font];
}

int
bm_glyph_length (const BmShaped *shaped, int glyph)
{
    const BmShapedGlyph *glyphs = shaped->glyphs;
    int next = glyph + 1;

    if (glyph > 0 && glyphs[glyph - 1].start == glyphs[glyph].start)
        return 0;
    while (next < shaped->n_glyphs && glyphs[next].start == glyphs[glyph].start)
        next++;
    return (next < shaped->n_glyphs ? glyphs[next].start : shaped->length) - glyphs[glyph].start;
}

/* ---- emergencies ---- */

/* The joints of the whole form hold; those inside its cells are opened by the emergency alone. */
static void
take_joints (const BmShaped *whole, BmShaped *split)
{
    int k = 0;

    for (int i = 0; i + 1 < split->n_cells; i++) {
        BmCellData *cell = &split->cells[i];

        while (k < whole->n_cells && whole->cells[k + 1].start < cell[1].start)
            k++;
        const BmCellData *own = &whole->cells[k];
        if (own[1].start == cell[1].start) {
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
    BmShaped *split = g_new (BmShaped, 1);
    *split = *shaped;
    split->is_split = true;
    split->split = NULL;
    split->counted = NULL;
    split->places = NULL;
    split->n_counted = split->next_counted = 0;
    bm_build_cells (split);
    if (shaped->unit)
        bm_unit_widths (split);
    else
        bm_glyph_widths (split);
    bm_build_joints (split, NULL);
    take_joints (shaped, split);
    memo->split = split;
    return split;
}
