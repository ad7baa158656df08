/* test-type-fonts.c — glyphs that are missing, faces that stand in, and a user's own font for a rare character. */
#include "draw/pictures.h"
#include "fonts.h"
#include "type/random-text.h"

#include <hb.h>
#include <hb-ot.h>
#include <math.h>
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

/* ---- outlines that the user drew ---- */

static BmType *
type_with (const char *folder, BmDiags *diags)
{
    const char *const dirs[] = { folder, NULL };
    const BmTypeOptions options = { .fonts_conf = BM_BINARY_DIR "/share/banmian/fonts/fonts.conf", .font_dirs = dirs };

    return bm_type_new (&options, diags);
}

static void
write_outline (const char *folder, const char *name, const char *inside)
{
    char *svg = g_strdup_printf ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\">%s</svg>", inside);

    test_write (folder, name, svg, strlen (svg));
    g_free (svg);
}

/* A square of half the em, a fifth from the left, its top a tenth under that of the em square; and one of cubic curves. */
static void
a_rare_character_comes_from_an_outline (void **state)
{
    char *folder = test_folder ();
    BmType *plain = need_type ();
    BmDiags *diags = bm_diags_new ();
    double left, top, right, bottom;
    (void) state;

    write_outline (folder, "U+E123.svg", "<path d=\"M20 10h50v50H20z\"/>");
    write_outline (folder, "U+20000.svg", "<g><path d=\"m50,10c22 0,40 18,40 40S72 90 50 90 10 72 10 50 28 10 50 10Z\"/></g>");
    BmType *type = type_with (folder, diags);
    assert_non_null (type);
    bm_type_set_print (type, true);
    shape (type, SONG, "渔船\uE123靠\U00020000岸", diags);
    assert_int_equal (bm_diags_total (diags), 0);
    assert_int_equal (bm_type_n_substitutions (type), 0);
    const BmRole role = { .n_families = 1, .families = { "Banmian Gaiji" }, .weight = 400 };
    const BmFont *font = bm_type_role_font (type, &role, NULL);
    assert_non_null (font);
    assert_true (bm_font_is_gaiji (font));
    assert_true (bm_font_glyph_ink (font, 1, &left, &top, &right, &bottom)); /* characters ascend: U+E123 is the first */
    assert_true (bm_pt_equal (left, 0.2) && bm_pt_equal (right, 0.7) && bm_pt_equal (top, 0.78) && bm_pt_equal (bottom, 0.28));
    assert_true (bm_font_glyph_ink (font, 2, &left, &top, &right, &bottom));
    assert_true (fabs (left - 0.1) < 0.002 && fabs (right - 0.9) < 0.002 && fabs (top - 0.78) < 0.002 &&
                 fabs (bottom + 0.02) < 0.002);
    bm_diags_free (diags);
    bm_type_free (type);
    bm_type_free (plain);
    test_folder_remove (folder);
}

static void
an_outline_that_cannot_be_used_is_named (void **state)
{
    static const struct {
        const char *inside, *says;
    } cases[] = {
        { "<path d=\"M10 10A5 5 0 0 1 20 20z\"/>", "arcs" },
        { "<g transform=\"scale(2)\"><path d=\"M1 1h9v9z\"/></g>", "transform" },
        { "<rect x=\"1\" y=\"1\" width=\"9\" height=\"9\"/>", "no paths" },
        { "<path fill-rule=\"evenodd\" d=\"M1 1h9v9z\"/>", "even-odd" },
        { "<path d=\"M1 1h9v\"/>", "lacks" },
        { "<path d=\"M1 1h1e9v9z\"/>", "outside" },
        { "<path d=\"M1 1h9v9z\">", "well-formed" },
        { "", "draws nothing" },
    };
    BmType *plain = need_type ();
    (void) state;

    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        char *folder = test_folder ();
        BmDiags *diags = bm_diags_new ();

        write_outline (folder, "U+E123.svg", cases[i].inside);
        assert_null (type_with (folder, diags));
        assert_int_equal (bm_diags_count (diags, BM_ERROR), 1);
        assert_string_equal (bm_diags_get (diags, 0)->code, "BM0510");
        assert_non_null (strstr (bm_diags_get (diags, 0)->message, cases[i].says));
        assert_true (g_str_has_suffix (bm_diags_get (diags, 0)->where.file, "U+E123.svg"));
        bm_diags_free (diags);
        test_folder_remove (folder);
    }
    bm_type_free (plain);
}

/* ---- stretches of one font ---- */

static void
same_glyphs (const char *words, const BmGalley *one, const BmGalley *other, BmArena *arena)
{
    assert_int_equal (one->n_lines, other->n_lines);
    for (int line = 0; line < one->n_lines; line++) {
        int n_ones, n_others, k = 0, b = 0;
        const BmRun *ones = bm_line_runs (arena, one, line, &n_ones), *others = bm_line_runs (arena, other, line, &n_others);

        for (int i = 0; i < n_ones; i++)
            for (int a = 0; a < ones[i].n_glyphs; a++, b++) {
                while (k < n_others && b == others[k].n_glyphs) {
                    k++;
                    b = 0;
                }
                if (k == n_others || ones[i].font != others[k].font || ones[i].glyphs[a].glyph != others[k].glyphs[b].glyph ||
                    fabs (ones[i].glyphs[a].x - others[k].glyphs[b].x) > 1e-4 || fabs (ones[i].glyphs[a].y - others[k].glyphs[b].y) > 1e-4)
                    fail_msg ("line %d of “%s”: glyph %d of run %d", line + 1, words, a, i);
            }
    }
}

#define TEXTS 4000

/* A text with a span is Pango's; this one's span changes nothing. */
static void
plain_text_has_the_glyphs_that_pango_chooses (void **state)
{
    static const char *const languages[] = { NULL, "zh-Hans", "zh-Hant", "ja" }, *const families[] = { SONG, "LXGW WenKai", "Noto Sans CJK SC" };
    BmType *type = need_type ();
    Dice dice = { seed_of_run () };
    const double measure = 20;
    BmStyle style;
    (void) state;

    bm_style_named (&style, "news");
    for (int i = 0; i < TEXTS; i++) {
        BmDiags *diags = bm_diags_new ();
        BmArena *arena = bm_arena_create ();
        GString *words = g_string_new (NULL);
        const BmRole role = { .n_families = 1, .families = { families[roll (&dice, 3)] }, .weight = 400 };

        random_text (&dice, 1 + (int) roll (&dice, 10), words);
        const BmTextSpan span = { 0, (int) words->len, &role };
        BmText text = { .utf8 = words->str, .length = -1, .kind = roll (&dice, 2) == 0 ? BM_TEXT_BODY : BM_TEXT_HEADLINE, .role = &role,
                        .lang = languages[roll (&dice, 4)] };
        const BmShaped *plain = bm_type_shape (type, &text, &style, diags);
        text.n_spans = 1;
        text.spans = &span;
        const BmShaped *spanned = bm_type_shape (type, &text, &style, diags);
        same_glyphs (words->str, bm_compose (arena, plain, &style, &measure, 1, 0, 0), bm_compose (arena, spanned, &style, &measure, 1, 0, 0), arena);
        g_string_free (words, TRUE);
        bm_arena_free (arena);
        bm_diags_free (diags);
    }
    bm_type_free (type);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (a_missing_glyph_is_named_with_its_place_and_what_helps),
        cmocka_unit_test (for_print_it_is_an_error),
        cmocka_unit_test (a_face_that_stands_in_is_named),
        cmocka_unit_test (a_rare_character_comes_from_the_users_own_font),
        cmocka_unit_test (a_rare_character_comes_from_an_outline),
        cmocka_unit_test (an_outline_that_cannot_be_used_is_named),
        cmocka_unit_test (plain_text_has_the_glyphs_that_pango_chooses),
    };

    return cmocka_run_group_tests (tests, NULL, NULL);
}
