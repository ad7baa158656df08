/* test-tagged.c — what Cairo cannot write and the finished PDF has: artifacts, Alt, language, threads, links over pages; the same
 * bytes in every locale. */
#include "draw/pictures.h"
#include "draw/sheet.h"
#include "fonts.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define SONG "Noto Serif CJK SC"

static int
set_up (void **state)
{
    *state = test_type ();
    if (*state == NULL)
        print_message ("no fonts: skipped\n");
    return 0;
}

static int
tear_down (void **state)
{
    bm_type_free (*state);
    return 0;
}

static BmElement *
last (Sheet *sheet)
{
    return &g_array_index (sheet->elements, BmElement, sheet->elements->len - 1);
}

static void
add_text (Sheet *sheet, BmElementRole role, double y, int column, const char *text)
{
    sheet_text (sheet, SONG, 400, 10, 40 + 250 * column, y, 20, "style=news", text);
    last (sheet)->role = role;
    last (sheet)->item = "a1";
    last (sheet)->index = column;
}

/* A story of two columns that jumps to, or comes from, another page. */
static Sheet *
story (void **state, const char *page, bool first)
{
    if (*state == NULL)
        skip ();
    Sheet *sheet = sheet_new (*state, 600, 400);
    BmPlanItem *item = bm_arena_new0 (sheet->plan->arena, BmPlanItem, 1);

    *item = (BmPlanItem){ .id = "a1", .kind = "story", .title = "渔汛", .importance = 2 };
    sheet->plan->items = item;
    sheet->plan->n_items = 1;
    sheet->plan->page = page;
    sheet->plan->lang = "zh-Hans";
    sheet_box (sheet, BM_ELEM_RULE, 20, 20, 500, 0)->stroke = 1;
    BmElement *photo = sheet_box (sheet, BM_ELEM_PHOTO, 300, 200, 100, 60);
    photo->item = "a1";
    photo->alt = "码头(早)";
    add_text (sheet, BM_ELEM_TEXT, 120, 0, "清晨五点半，老码头的灯还亮着。");
    add_text (sheet, BM_ELEM_TEXT, 120, 1, "渔船一艘接一艘靠岸。");
    add_text (sheet, BM_ELEM_JUMP, first ? 150 : 100, first ? 1 : 0, first ? "（下转第8版）" : "（上接第1版）");
    add_text (sheet, BM_ELEM_HEADLINE, 60, 0, "渔汛");
    return sheet;
}

static GByteArray *
document (void **state, Sheet *sheets[2])
{
    sheets[0] = story (state, "1", true);
    sheets[1] = story (state, "8", false);
    const BmPlan *plans[] = { sheet_plan (sheets[0]), sheet_plan (sheets[1]) };
    GByteArray *bytes = bm_draw_pdf (plans, 2, NULL, sheets[0]->diags);

    assert_non_null (bytes);
    return bytes;
}

static void
end (GByteArray *bytes, Sheet *sheets[2])
{
    g_byte_array_unref (bytes);
    sheet_free (sheets[0]);
    sheet_free (sheets[1]);
}

static int
count (const GByteArray *bytes, const char *what)
{
    int n = 0;

    for (gsize i = 0; i + strlen (what) <= bytes->len; i++)
        n += memcmp (bytes->data + i, what, strlen (what)) == 0;
    return n;
}

static void
a_jump_leads_to_the_page_where_the_story_goes_on_and_back (void **state)
{
    Sheet *sheets[2];
    GByteArray *bytes = document (state, sheets);

    assert_int_equal (count (bytes, "/Subtype /Link"), 2);
    assert_int_equal (count (bytes, "/S /Link"), 2);
    assert_int_equal (count (bytes, "/OBJR"), 2);
    assert_int_equal (count (bytes, " null] >>"), 2);
    end (bytes, sheets);
}

static void
one_thread_runs_through_both_pages (void **state)
{
    Sheet *sheets[2];
    GByteArray *bytes = document (state, sheets);

    assert_int_equal (count (bytes, "/Type /Thread"), 1);
    assert_int_equal (count (bytes, "/Type /Bead"), 6); /* a head and two columns, twice */
    assert_int_equal (count (bytes, "/B ["), 2);
    end (bytes, sheets);
}

static void
without_its_other_page_a_jump_is_text (void **state)
{
    Sheet *sheet = story (state, "1", true);
    const BmPlan *plan = sheet_plan (sheet);
    GByteArray *bytes = bm_draw_pdf (&plan, 1, NULL, sheet->diags);

    assert_int_equal (count (bytes, "/Subtype /Link"), 0);
    assert_int_equal (count (bytes, "/Type /Bead"), 3);
    g_byte_array_unref (bytes);
    sheet_free (sheet);
}

static void
the_document_says_its_language_and_what_pictures_show (void **state)
{
    Sheet *sheets[2];
    GByteArray *bytes = document (state, sheets);

    assert_int_equal (count (bytes, "/Lang (zh-Hans)"), 1);
    assert_int_equal (count (bytes, "/Alt <FEFF7801593400280065E90029>") + count (bytes, "/Alt <FEFF78015934002865E90029>"), 2);
    assert_int_equal (count (bytes, "/DisplayDocTitle true"), 1);
    assert_int_equal (count (bytes, "(D:20190512000000Z)"), 2);
    assert_int_equal (count (bytes, "/StructParents 0") + count (bytes, "/StructParents 1"), 2);
    end (bytes, sheets);
}

/* Read by qpdf: no mark stands within another, everything is in one. */
static void
all_that_is_drawn_is_tagged_or_an_artifact (void **state)
{
    Sheet *sheets[2];
    GByteArray *bytes = document (state, sheets);
    char *qdf = run_on_bytes (bytes, "qpdf", "--qdf", true);

    end (bytes, sheets);
    if (qdf == NULL) {
        print_message ("no qpdf: skipped\n");
        skip ();
    }
    assert_non_null (strstr (qdf, "/Artifact BMC"));
    char **lines = g_strsplit (qdf, "\n", -1);
    int depth = 0, shown = 0;
    for (int i = 0; lines[i] != NULL; i++) {
        depth += g_str_has_suffix (lines[i], " BDC") || g_str_has_suffix (lines[i], " BMC") ? 1
                 : strcmp (lines[i], "EMC") == 0                                            ? -1
                                                                                            : 0;
        assert_in_range (depth, 0, 1);
        bool shows =
            g_str_has_suffix (lines[i], "Tj") || g_str_has_suffix (lines[i], "TJ") || g_str_has_suffix (lines[i], " re f");
        shown += shows;
        assert_true (!shows || depth == 1);
    }
    assert_true (shown > 6);
    g_strfreev (lines);
    g_free (qdf);
}

static void
the_locale_changes_no_byte (void **state)
{
    static const char *const locales[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8" };
    Sheet *sheets[2];
    GByteArray *plain = document (state, sheets);

    for (size_t i = 0; i < G_N_ELEMENTS (locales); i++) {
        Sheet *again[2];

        if (setlocale (LC_ALL, locales[i]) == NULL)
            continue;
        GByteArray *bytes = document (state, again);
        setlocale (LC_ALL, "C");
        assert_int_equal (bytes->len, plain->len);
        assert_memory_equal (bytes->data, plain->data, plain->len);
        end (bytes, again);
    }
    end (plain, sheets);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (a_jump_leads_to_the_page_where_the_story_goes_on_and_back),
        cmocka_unit_test (one_thread_runs_through_both_pages),
        cmocka_unit_test (without_its_other_page_a_jump_is_text),
        cmocka_unit_test (the_document_says_its_language_and_what_pictures_show),
        cmocka_unit_test (all_that_is_drawn_is_tagged_or_an_artifact),
        cmocka_unit_test (the_locale_changes_no_byte),
    };

    return cmocka_run_group_tests (tests, set_up, tear_down);
}
