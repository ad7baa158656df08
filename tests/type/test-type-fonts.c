/* test-type-fonts.c — glyphs that are missing, faces that stand in, and a user's own font for a rare character. */
#include "draw/pictures.h"
#include "fonts.h"

#include <hb.h>
#include <hb-ot.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define SONG "Noto Serif CJK SC"

static BmType *
need_type (void)
{
    BmType *type = test_type ();

    if (type == NULL) {
        print_message ("no fonts: skipped\n");
        skip ();
    }
    return type;
}

static void
shape (BmType *type, const char *family, const char *words, BmDiags *diags)
{
    const BmRole role = { .n_families = 1, .families = { family }, .weight = 400 };
    const BmText text = { .utf8 = words, .length = -1, .kind = BM_TEXT_BODY, .role = &role, .where = { "page.md", 7, 3, 0 } };
    BmStyle style;

    bm_style_named (&style, "news");
    assert_non_null (bm_type_shape (type, &text, &style, diags));
}

static void
a_missing_glyph_is_named_with_its_place_and_what_helps (void **state)
{
    static const struct {
        const char *text, *character, *code, *help;
    } cases[] = {
        { "渔船\uE123靠岸", "\uE123", "U+E123", "--fonts DIR" },
        { "姓\U0002CEB0的人", "\U0002CEB0", "U+2CEB0", "fonts-hanazono" },
        { "古文\U00012000刻", "\U00012000", "U+12000", "fonts-noto-core" },
    };
    (void) state;

    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        BmType *type = need_type ();
        BmDiags *diags = bm_diags_new ();

        shape (type, SONG, cases[i].text, diags);
        if (bm_diags_total (diags) == 0) { /* a font of this machine has it */
            print_message ("%s has a glyph here\n", cases[i].code);
        } else {
            const BmDiag *diag = bm_diags_get (diags, 0);

            assert_string_equal (diag->code, "BM0504");
            assert_int_equal (diag->severity, BM_WARNING);
            assert_non_null (strstr (diag->message, cases[i].code));
            assert_non_null (strstr (diag->message, cases[i].text)); /* the words round it */
            assert_non_null (strstr (diag->hint, cases[i].help));
            assert_int_equal (diag->where.line, 7);
        }
        bm_diags_free (diags);
        bm_type_free (type);
    }
}

static void
for_print_it_is_an_error (void **state)
{
    BmType *type = need_type ();
    BmDiags *diags = bm_diags_new ();
    (void) state;

    bm_type_set_print (type, true);
    shape (type, SONG, "渔船\uE123靠岸", diags);
    assert_int_equal (bm_diags_count (diags, BM_ERROR), 1);
    assert_null (bm_type_substitution (type, 0)->used);
    bm_diags_free (diags);
    bm_type_free (type);
}

static void
a_face_that_stands_in_is_named (void **state)
{
    BmType *type = need_type ();
    BmDiags *diags = bm_diags_new ();
    const BmRole kai = { .n_families = 1, .families = { "AR PL KaitiM GB" }, .weight = 400 };
    (void) state;

    if (bm_type_role_font (type, &kai, NULL) == NULL) {
        print_message ("no AR PL KaitiM GB: skipped\n");
    } else {
        shape (type, "AR PL KaitiM GB", "记者弢", diags);
        assert_int_equal (bm_diags_count (diags, BM_WARNING), 1);
        assert_string_equal (bm_diags_get (diags, 0)->code, "BM0505");
        assert_non_null (strstr (bm_diags_get (diags, 0)->message, "U+5F22"));
        assert_non_null (strstr (bm_type_substitution (type, 0)->used, SONG));
    }
    bm_diags_free (diags);
    bm_type_free (type);
}

/* ---- a user's own font ---- */

/* A character map of one character: format 12, platform 3, encoding 10 (OpenType, “cmap”). */
static hb_blob_t *
map_of (uint32_t character, uint32_t glyph)
{
    const uint32_t groups[] = { character, character, glyph };
    uint8_t table[40] = { 0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0, 0, 0, 0, 28, 0, 0, 0, 0, 0, 0, 0, 1 };

    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 4; k++)
            table[28 + 4 * i + k] = (uint8_t) (groups[i] >> (24 - 8 * k));
    return hb_blob_create ((const char *) table, sizeof table, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
}

/* The Kai face with its 海 as U+E123 and nothing else. */
static void
write_own_font (BmType *type, const char *folder)
{
    const BmRole role = { .n_families = 1, .families = { "AR PL KaitiM GB" }, .weight = 400 };
    const BmFont *from = bm_type_role_font (type, &role, NULL);
    hb_codepoint_t glyph = 0;
    hb_tag_t tags[64];
    unsigned n = G_N_ELEMENTS (tags), length;

    if (from == NULL) {
        print_message ("no AR PL KaitiM GB: skipped\n");
        skip ();
    }
    hb_face_t *face = bm_font_face (from), *builder = hb_face_builder_create ();
    hb_font_t *font = hb_font_create (face);
    hb_font_get_nominal_glyph (font, 0x6D77, &glyph);
    hb_face_get_table_tags (face, 0, &n, tags);
    for (unsigned i = 0; i < n; i++) {
        hb_blob_t *table =
            tags[i] == HB_TAG ('c', 'm', 'a', 'p') ? map_of (0xE123, glyph) : hb_face_reference_table (face, tags[i]);

        hb_face_builder_add_table (builder, tags[i], table);
        hb_blob_destroy (table);
    }
    hb_blob_t *blob = hb_face_reference_blob (builder);
    const char *bytes = hb_blob_get_data (blob, &length);
    test_write (folder, "own.ttf", bytes, length);
    hb_blob_destroy (blob);
    hb_font_destroy (font);
    hb_face_destroy (builder);
}

static void
a_rare_character_comes_from_the_users_own_font (void **state)
{
    char *folder = test_folder ();
    const char *const dirs[] = { folder, NULL };
    const BmTypeOptions options = { .fonts_conf = BM_BINARY_DIR "/share/banmian/fonts/fonts.conf", .font_dirs = dirs };
    BmType *plain = need_type ();
    BmDiags *diags = bm_diags_new ();
    (void) state;

    write_own_font (plain, folder);
    BmType *type = bm_type_new (&options, diags);
    bm_type_set_print (type, true);
    shape (type, SONG, "渔船\uE123靠岸", diags);
    assert_int_equal (bm_diags_count (diags, BM_ERROR), 0);
    assert_int_equal (bm_type_n_substitutions (type), 1); /* said, but there */
    assert_non_null (bm_type_substitution (type, 0)->used);
    bm_diags_free (diags);
    bm_type_free (type);
    bm_type_free (plain);
    test_folder_remove (folder);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (a_missing_glyph_is_named_with_its_place_and_what_helps),
        cmocka_unit_test (for_print_it_is_an_error),
        cmocka_unit_test (a_face_that_stands_in_is_named),
        cmocka_unit_test (a_rare_character_comes_from_the_users_own_font),
    };

    return cmocka_run_group_tests (tests, NULL, NULL);
}
