/* items.c — a text cut into stretches of one font and script, which HarfBuzz then shapes.
 *
 * Pango cuts at every change of script and width and looks each stretch's fonts up anew, six times a paragraph of Chinese
 * news. Most paragraphs are ideographs, marks and digits that the role's first font has, all of them: they are cut
 * here, at Latin letters alone. */
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
halve_but_points (const BmShaped *shaped, PangoAttrList *list, int start, int end)
{
    for (int at = start; at < end; at++) {
        int from = at;

        while (at < end && shaped->text[at] != '.')
            at++;
        if (at > from)
            add_attribute (list, pango_attr_font_features_new ("hwid=1"), from, at);
    }
}

/* `hwid` gives digits and their signs exactly half an em (§14); letters keep their own widths. */
static void
add_half_widths (const BmShaped *shaped, PangoAttrList *list)
{
    for (int i = 0; i < shaped->n_cells; i++) {
        const BmCellData *cell = &shaped->cells[i];
        bool half = cell->class == BM_CLASS_NUM || cell->class == BM_CLASS_SYM || cell->class == BM_CLASS_CON ||
                    cell->class == BM_CLASS_SL || (cell->class == BM_CLASS_POST && bm_cell_length (cell) == 1);

        if (half && shaped->style.half_digits && shaped->kind != BM_TEXT_HEADLINE)
            halve_but_points (shaped, list, cell->start, cell[1].start);
    }
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

/* ---- without Pango ---- */

typedef struct {
    gunichar first, last;
} Range;

/* Ideographs, Latin letters, digits and what stands between them; nothing with a form of its own as an emoji. Kana are apart from
 * ideographs for Pango. */
static bool
is_plain (gunichar c)
{
    static const Range plain[] = {
        { 0x4E00, 0x9FFF }, { 0x3001, 0x3011 }, { 0x20, 0x7E },     { 0x201C, 0x201D }, { 0xFF01, 0xFF20 }, { 0x2014, 0x2014 },
        { 0x2018, 0x2019 }, { 0x2026, 0x2026 }, { 0x3000, 0x3000 }, { 0x00B7, 0x00B7 }, { 0x3014, 0x301B }, { 0x3400, 0x4DBF },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (plain); i++)
        if (c >= plain[i].first && c <= plain[i].last)
            return true;
    return false;
}

/* Has the font every character, and is none of a kind that is cut or set in another way? */
static bool
covers (const BmFont *font, const BmShaped *shaped)
{
    const char *end = shaped->text + shaped->length;
    hb_codepoint_t glyph;

    for (const char *p = shaped->text; p < end; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        if (!is_plain (c) || !hb_font_get_nominal_glyph (font->hb, c, &glyph))
            return false;
    }
    return true;
}

static bool
is_letter (char c)
{
    return g_ascii_isalpha (c);
}

/* Where the stretch that begins at `from` ends: Latin letters with what follows them up to the next ideograph, or everything
 * up to the next letter. */
static int
stretch_end (const BmShaped *shaped, int from)
{
    bool latin = is_letter (shaped->text[from]);
    int at = from;

    while (at < shaped->length && (latin ? (shaped->text[at] & 0x80) == 0 : !is_letter (shaped->text[at])))
        at++;
    return at;
}

static bool
has_ideograph (const char *text, const char *end)
{
    for (const char *p = text; p < end; p = g_utf8_next_char (p))
        if (g_utf8_get_char (p) >= 0x3400 && g_utf8_get_char (p) <= 0x9FFF)
            return true;
    return false;
}

/* What stands at letters may belong to them: a bracket to the script before its pair, a narrow mark behind them, all that stands
 * before them at the text's start. Pango is asked. */
static bool
has_marks_of_letters (const BmShaped *shaped)
{
    static const char *const narrow[] = { "·", "—", "‘", "’", "“", "”", "…" };
    const char *text = shaped->text, *letter = text;

    while (*letter != '\0' && !is_letter (*letter))
        letter++;
    if (*letter == '\0')
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS (narrow); i++)
        for (const char *mark = strstr (text, narrow[i]); mark != NULL; mark = strstr (mark + 1, narrow[i]))
            if (mark > text && (mark[-1] & 0x80) == 0)
                return true;
    return strpbrk (text, "()[]{}<>\"'") != NULL || (letter > text && !has_ideograph (text, letter));
}

#define MOST_FEATURES 24 /* stretches of digits: Pango gives HarfBuzz 32 features at most, the font's own among them */

/* The features that begin in the stretch; false: there are too many. */
static bool
take_features (PangoItem *item, GSList *attributes)
{
    int n = 0;

    for (GSList *node = attributes; node != NULL; node = node->next) {
        const PangoAttribute *attribute = node->data;

        if (attribute->klass->type != PANGO_ATTR_FONT_FEATURES || (int) attribute->end_index <= item->offset ||
            (int) attribute->start_index >= item->offset + item->length)
            continue;
        item->analysis.extra_attrs = g_slist_prepend (item->analysis.extra_attrs, pango_attribute_copy (attribute));
        n++;
    }
    item->analysis.extra_attrs = g_slist_reverse (item->analysis.extra_attrs);
    return n <= MOST_FEATURES;
}

static PangoItem *
stretch_item (const BmShaped *shaped, PangoFont *font, int from, int end)
{
    PangoItem *item = pango_item_new ();

    item->offset = from;
    item->length = end - from;
    item->num_chars = (int) g_utf8_strlen (shaped->text + from, end - from);
    item->analysis.font = g_object_ref (font);
    item->analysis.gravity = PANGO_GRAVITY_SOUTH;
    item->analysis.script = (guint8) (is_letter (shaped->text[from]) ? PANGO_SCRIPT_LATIN : PANGO_SCRIPT_HAN);
    return item;
}

static void
free_items (GList *items)
{
    g_list_free_full (items, (GDestroyNotify) pango_item_free);
}

/* NULL: the text is not so plain. */
static GList *
plain_items (BmType *type, const BmText *text, const BmShaped *shaped, PangoAttrList *attributes)
{
    if (text->n_spans > 0 || text->vertical || shaped->length == 0 || has_marks_of_letters (shaped))
        return NULL;
    PangoFont *font = bm_type_first_font (type, text->role, text->lang);
    if (font == NULL || !covers (bm_font_of (type, font), shaped))
        return NULL;
    GList *items = NULL;
    GSList *all = pango_attr_list_get_attributes (attributes);
    bool few = true;
    for (int from = 0, end; from < shaped->length && few; from = end) {
        end = stretch_end (shaped, from);
        items = g_list_prepend (items, stretch_item (shaped, font, from, end));
        few = take_features (items->data, all);
    }
    g_slist_free_full (all, (GDestroyNotify) pango_attribute_destroy);
    if (!few) {
        free_items (items);
        return NULL;
    }
    return g_list_reverse (items);
}

static GList *
pango_items (BmType *type, const BmText *text, const BmShaped *shaped, PangoAttrList *attributes, PangoLanguage *language)
{
    add_fonts (text, shaped, attributes);
    pango_context_set_language (type->context, language);
    return pango_itemize_with_base_dir (type->context, PANGO_DIRECTION_LTR, shaped->text, 0, shaped->length, attributes, NULL);
}

GList *
bm_type_items (BmType *type, const BmText *text, const BmShaped *shaped, PangoLanguage *language)
{
    PangoAttrList *attributes = pango_attr_list_new ();

    add_half_widths (shaped, attributes);
    GList *items = plain_items (type, text, shaped, attributes);
    if (items == NULL)
        items = pango_items (type, text, shaped, attributes, language);
    pango_attr_list_unref (attributes);
    return items;
}
