/* vertical.c — turning a shaped text for vertical setting (cjk-composition.md §13).
 *
 * Han and full-width marks are shaped again top to bottom, which takes the face's `vert` forms; a face without them (GB 2312
 * faces have no GSUB) leaves its marks to the Song. Two digits stand side by side in a cell; longer words lie on their
 * side. HarfBuzz is called directly: Pango's gravity would turn the whole context. */
#include "type/type-private.h"

#include <hb-ot.h>
#include <string.h>

typedef struct {
    BmType *type;
    const BmText *text;
    BmShaped *shaped;
    const BmFont *fallback; /* a face with `vert` for marks */
} Turner;

static BmOrient
orient_of (const BmShaped *shaped, const BmCellData *cell)
{
    BmClass class = (BmClass) cell->class;

    if (class == BM_CLASS_NUM || class == BM_CLASS_LAT || class == BM_CLASS_URL) {
        if (g_utf8_strlen (shaped->text + cell->start, bm_cell_length (cell)) == 1)
            return BM_ORIENT_UPRIGHT;
        return class == BM_CLASS_NUM && bm_cell_length (cell) == 2 ? BM_ORIENT_TCY : BM_ORIENT_ROTATED;
    }
    if (class == BM_CLASS_POST || class == BM_CLASS_SYM || class == BM_CLASS_PRE)
        return BM_ORIENT_UPRIGHT;
    if (bm_is_mark_class (class) || class == BM_CLASS_DASH || class == BM_CLASS_ELL || class == BM_CLASS_CON || class == BM_CLASS_MID)
        return BM_ORIENT_VERT;
    return BM_ORIENT_UPRIGHT;
}

static const BmFont *
face_with_vert (Turner *turner, const BmFont *font)
{
    BmFont *memo = (BmFont *) (gpointer) font;

    if (memo->has_vert < 0)
        memo->has_vert = bm_font_has_vert (font) ? 1 : 0;
    if (memo->has_vert == 1)
        return font;
    if (turner->fallback == NULL) {
        const BmRole song = { .n_families = 1, .families = { "Noto Serif CJK SC" }, .weight = turner->text->role->weight };

        turner->fallback = bm_type_role_font (turner->type, &song, turner->text->lang);
    }
    return turner->fallback != NULL ? turner->fallback : font;
}

/* Shape the cell's characters top to bottom and put the outcome in place of its glyphs. */
static void
shape_down (Turner *turner, BmCellData *cell, bool mark)
{
    BmShaped *shaped = turner->shaped;
    BmShapedGlyph *glyphs = &shaped->glyphs[cell->first_glyph];
    BmOffset *offsets = &shaped->offsets[cell->first_glyph];
    int room = bm_cell_n_glyphs (cell);

    if (room < 1 || glyphs[0].font == BM_NO_FONT)
        return;
    const BmFont *own = bm_glyph_font (shaped, &glyphs[0]), *font = mark ? face_with_vert (turner, own) : own;
    hb_buffer_t *buffer = hb_buffer_create ();
    hb_buffer_add_utf8 (buffer, shaped->text, shaped->length, (unsigned) cell->start, bm_cell_length (cell));
    hb_buffer_set_direction (buffer, HB_DIRECTION_TTB);
    hb_buffer_set_script (buffer, HB_SCRIPT_HAN);
    hb_buffer_set_language (buffer, hb_language_from_string (bm_font_language (turner->text->lang), -1));
    hb_shape (font->hb, buffer, NULL, 0);
    unsigned n = 0;
    hb_glyph_info_t *infos = hb_buffer_get_glyph_infos (buffer, &n);
    hb_glyph_position_t *positions = hb_buffer_get_glyph_positions (buffer, &n);
    double em = font->upem;
    uint16_t index = bm_shaped_font_index (shaped, font);
    for (int i = 0; i < room; i++) {
        bool there = i < (int) n;

        glyphs[i].font = there ? index : BM_NO_FONT;
        glyphs[i].glyph = there ? (uint16_t) infos[i].codepoint : 0;
        glyphs[i].advance = there ? (float) (-positions[i].y_advance / em) : 0;
        offsets[i].x = there ? (float) (positions[i].x_offset / em) : 0;
        offsets[i].y = there ? (float) (-positions[i].y_offset / em) : 0;
    }
    hb_buffer_destroy (buffer);
}

/* §13.2: 2 digits, or a number with its %, side by side: 1 em. §13.3: ： ； ！ ？ cannot be trimmed. */
static void
turn_cell (Turner *turner, BmCellData *cell)
{
    BmClass class = (BmClass) cell->class;
    BmOrient orient = orient_of (turner->shaped, cell);
    gunichar c = bm_cell_first (turner->shaped, cell);

    cell->orient = (uint8_t) orient;
    if (orient == BM_ORIENT_ROTATED)
        return;
    if (orient == BM_ORIENT_TCY) {
        cell->width = 1;
        return;
    }
    shape_down (turner, cell, orient == BM_ORIENT_VERT);
    if (class == BM_CLASS_NUM || class == BM_CLASS_LAT || class == BM_CLASS_POST || class == BM_CLASS_SYM || class == BM_CLASS_PRE)
        cell->width = 1;
    if (c == 0xFF1A || c == 0xFF1B || class == BM_CLASS_EX)
        cell->left = cell->right = 0;
}

void
bm_turn_vertical (BmType *type, const BmText *text, BmShaped *shaped)
{
    Turner turner = { type, text, shaped, NULL };

    for (int i = 0; i < shaped->n_cells; i++)
        turn_cell (&turner, &shaped->cells[i]);
}
