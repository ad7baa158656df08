/* items.c — a text cut by Pango into stretches of one font and script, which HarfBuzz then shapes: what is not plain enough for
 * plain.c. */
#include "type/type-private.h"

#include <pango/pango.h>
#include <string.h>

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

/* A decimal point keeps its own width: in half an em it would stand apart from its digits. */
static void
halve_but_points (const BmShaped *shaped, int start, int end, GArray *halves)
{
    for (int at = start; at < end; at++) {
        BmStretch half = { .start = at };

        while (at < end && shaped->text[at] != '.')
            at++;
        half.end = at;
        if (half.end > half.start)
            g_array_append_val (halves, half);
    }
}

GArray *
bm_half_widths (const BmShaped *shaped)
{
    GArray *halves = g_array_new (FALSE, FALSE, sizeof (BmStretch));

    for (int i = 0; i < shaped->n_cells; i++) {
        const BmCellData *cell = &shaped->cells[i];
        bool half = cell->class == BM_CLASS_NUM || cell->class == BM_CLASS_SYM || cell->class == BM_CLASS_CON ||
                    cell->class == BM_CLASS_SL || (cell->class == BM_CLASS_POST && bm_cell_length (cell) == 1);

        if (half && shaped->style.half_digits && shaped->kind != BM_TEXT_HEADLINE)
            halve_but_points (shaped, cell->start, cell[1].start, halves);
    }
    return halves;
}

static void
add_half_widths (const BmShaped *shaped, PangoAttrList *list)
{
    GArray *halves = bm_half_widths (shaped);

    for (guint i = 0; i < halves->len; i++) {
        BmStretch half = g_array_index (halves, BmStretch, i);

        add_attribute (list, pango_attr_font_features_new ("hwid=1"), half.start, half.end);
    }
    g_array_free (halves, TRUE);
}

static void
add_fonts (const BmText *text, const BmShaped *shaped, PangoAttrList *list)
{
    add_font (list, text->role, text->lang, 0, shaped->length);
    for (int i = 0; i < text->n_spans; i++) {
        PangoFontDescription *description = bm_role_description (text->spans[i].role, text->lang);
        PangoAttribute *attribute = pango_attr_font_desc_new (description);

        attribute->start_index = (guint) text->spans[i].start;
        attribute->end_index = (guint) (text->spans[i].start + text->spans[i].length);
        pango_attr_list_change (list, attribute);
        pango_font_description_free (description);
    }
}

GList *
bm_type_items (BmType *type, const BmText *text, const BmShaped *shaped, PangoLanguage *language)
{
    PangoAttrList *attributes = pango_attr_list_new ();

    add_half_widths (shaped, attributes);
    add_fonts (text, shaped, attributes);
    pango_context_set_language (type->context, language);
    GList *items =
        pango_itemize_with_base_dir (type->context, PANGO_DIRECTION_LTR, shaped->text, 0, shaped->length, attributes, NULL);
    pango_attr_list_unref (attributes);
    return items;
}
