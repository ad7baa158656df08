/* stock.c — the common characters of a face, cut once for many documents.
 *
 * Planning a cut reads the character map and every outline's place of the whole face: 5 ms for 65,000 glyphs, half of
 * what a light page takes, and the same for each page. A batch cuts the characters of GB 2312 and what the face's features
 * make of them once, before its first page; documents that use nothing else are cut out of that, to the same bytes: a cut keeps
 * the order of glyphs. The stock hangs on the face itself, so that nobody must hand it round. */
#include "draw/draw-private.h"

#include <hb-subset.h>
#include <string.h>

static hb_user_data_key_t stock_key;

static void
free_stock (void *data)
{
    BmStock *stock = data;

    hb_face_destroy (stock->face);
    hb_map_destroy (stock->glyphs);
    g_free (stock);
}

/* Rows 1 to 87 of GB 2312: marks, Latin, Greek, kana, the 6,763 characters. */
static void
add_common_characters (hb_set_t *characters)
{
    hb_set_add_range (characters, 0x20, 0x7e);
    hb_set_add_range (characters, 0xa0, 0xff);
    hb_set_add_range (characters, 0x2000, 0x206f);
    for (int row = 0xa1; row <= 0xf7; row++)
        for (int cell = 0xa1; cell <= 0xfe; cell++) {
            const char bytes[] = { (char) row, (char) cell };
            char *text = g_convert (bytes, 2, "UTF-8", "GB2312", NULL, NULL, NULL);

            if (text != NULL)
                hb_set_add (characters, g_utf8_get_char (text));
            g_free (text);
        }
}

static BmStock *
make_stock (hb_face_t *face)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail ();
    BmStock *stock = NULL;

    if (input == NULL)
        g_error ("out of memory");
    add_common_characters (hb_subset_input_unicode_set (input));
    hb_set_clear (hb_subset_input_set (input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG)); /* of all features: */
    hb_set_invert (hb_subset_input_set (input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG));
    hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_DESUBROUTINIZE);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail (face, input);
    hb_face_t *cut = plan != NULL ? hb_subset_plan_execute_or_fail (plan) : NULL;
    if (cut != NULL) {
        /* A face just built keeps its tables apart; opened again it is like any other. Not hb_subset_preprocess: it saves 2 ms
         * of each page, and the 50 MiB a face that it builds cost as much to every fork. */
        hb_blob_t *blob = hb_face_reference_blob (cut);

        stock = g_new0 (BmStock, 1);
        stock->face = hb_face_create (blob, 0);
        stock->glyphs = hb_map_copy (hb_subset_plan_old_to_new_glyph_mapping (plan));
        hb_blob_destroy (blob);
        hb_face_destroy (cut);
    }
    hb_subset_plan_destroy (plan);
    hb_subset_input_destroy (input);
    return stock;
}

void
bm_draw_stock_faces (const BmPlan *plan)
{
    for (int i = 0; i < plan->n_elements; i++)
        for (int k = 0; k < plan->elements[i].n_lines; k++)
            for (int r = 0; r < plan->elements[i].lines[k].n_runs; r++) {
                hb_face_t *face = bm_font_face (plan->elements[i].lines[k].runs[r].font);
                BmStock *stock = hb_face_get_user_data (face, &stock_key) == NULL ? make_stock (face) : NULL;

                if (stock != NULL && !hb_face_set_user_data (face, &stock_key, stock, free_stock, TRUE))
                    free_stock (stock);
            }
}

const BmStock *
bm_stock_of (hb_face_t *face, const hb_set_t *used)
{
    const BmStock *stock = hb_face_get_user_data (face, &stock_key);

    for (hb_codepoint_t glyph = HB_SET_VALUE_INVALID; stock != NULL && hb_set_next (used, &glyph);)
        if (!hb_map_has (stock->glyphs, glyph))
            return NULL;
    return stock;
}
