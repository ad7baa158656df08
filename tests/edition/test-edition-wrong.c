/* test-edition-wrong.c — what is said, and of which place, of a file that is no edition. */
#include "reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* The first diagnostic has this code and stands here; line 0: the whole file. */
static void
check_place (const Read *read, const char *what, const char *code, int line, int column)
{
    const BmDiag *diag = bm_diags_total (read->diags) > 0 ? bm_diags_get (read->diags, 0) : NULL;

    if (diag == NULL || strcmp (diag->code, code) != 0 || diag->where.line != line || (line > 0 && diag->where.column != column))
        fail_msg ("%s: %s at %d:%d, not %s at %d:%d", what, diag != NULL ? diag->code : "nothing",
                  diag != NULL ? diag->where.line : 0, diag != NULL ? diag->where.column : 0, code, line, column);
    assert_non_null (diag->where.file);
    assert_true (diag->severity != BM_ERROR || diag->hint != NULL);
}

static void
wrong_front_matter_is_refused_where_it_goes_wrong (void **state)
{
    static const struct {
        const char *text, *code;
        int line, column;
    } cases[] = {
        { "---\n- 一\n- 二\n---\n# 题\n", "BM0301", 2, 1 },
        { "---\npaper: 甲\npaper: 乙\n---\n# 题\n", "BM0210", 3, 1 },
        { "---\npaper: 甲\ndate: [1, 2\n---\n# 题\n", "BM0201", 4, 1 },
        { "---\npaper: &a 甲\n---\n# 题\n", "BM0211", 2, 8 },
        { "---\na: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]\n---\n# 题\n", "BM0212", 2, 19 },
    };

    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        Read read = read_markdown (cases[i].text);

        assert_false (read.ok);
        check_place (&read, cases[i].text, cases[i].code, cases[i].line, cases[i].column);
        read_free (&read);
    }
}

/* The readers are given UTF-8; who opens the file asks this first. */
static void
bytes_that_are_no_text_are_refused_at_their_place (void **state)
{
    static const char broken[] = "# 题\n\n港\xE6\xB8", zero[] = "# 题\n港\0口\n";
    Read read = read_markdown ("# 题\n\n文\x07。\n"), bytes = { bm_edition_new (), bm_diags_new (), false },
         holes = { bm_edition_new (), bm_diags_new (), false };

    (void) state;
    assert_false (bm_check_utf8 ("page.md", broken, sizeof broken - 1, bytes.diags));
    check_place (&bytes, "half a character", "BM0105", 3, 2);
    assert_false (bm_check_utf8 ("page.md", zero, sizeof zero - 1, holes.diags));
    check_place (&holes, "NUL", "BM0106", 2, 2);
    assert_true (read.ok);
    check_place (&read, "a control character", "BM0303", 0, 0);
    assert_string_equal (item_of (&read, 0)->blocks[0].text, "文。");
    read_free (&read);
    read_free (&bytes);
    read_free (&holes);
}

static void
nul_is_dropped_with_a_word_where_it_gets_to_the_reader (void **state)
{
    static const char text[] = "# 题\n\n港\0口\n", json[] = "{\"page\": {\"items\": [{\"paragraphs\": [\"港\0\"]}]}}";
    Read read = read_text (text, sizeof text - 1, false), refused = read_text (json, sizeof json - 1, true);

    (void) state;
    assert_string_equal (item_of (&read, 0)->blocks[0].text, "港口");
    assert_true (bm_diags_has (read.diags, "BM0303"));
    assert_false (refused.ok);
    assert_true (bm_diags_has (refused.diags, "BM0306"));
    read_free (&refused);
    read_free (&read);
}

static void
a_line_without_end_is_refused_with_its_number (void **state)
{
    char *line = g_strnfill (70000, 'x'), *text = g_strconcat ("# 题\n\n", line, "\n", NULL);
    Read read = read_markdown (text);

    (void) state;
    assert_false (read.ok);
    check_place (&read, "a long line", "BM0302", 3, 1);
    read_free (&read);
    g_free (text);
    g_free (line);
}

static void
a_file_without_items_is_refused (void **state)
{
    static const char *const empty[] = { "", "\n \n\t\n", "***\n\n---\n", "---\npaper: 甲\n---\n" };

    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS (empty); i++) {
        Read read = read_markdown (empty[i]);

        assert_false (read.ok);
        check_place (&read, empty[i], "BM0304", 0, 0);
        read_free (&read);
    }
}

static void
broken_json_is_refused_where_it_breaks (void **state)
{
    static const struct {
        const char *text;
        int line, column;
    } cases[] = { { "", 1, 1 },
                  { "{\n \"page\" 3}", 2, 9 },
                  { "{\"a\": 1,\n\"a\": 2}", 2, 3 },
                  { "{\n\"page\": \"\xE6\"}", 2, 9 },
                  { "{} x", 1, 4 } };
    char *deep = g_strnfill (5000, '[');
    Read nested = read_text (deep, strlen (deep), true);

    (void) state;
    assert_false (nested.ok);
    assert_string_equal (bm_diags_get (nested.diags, 0)->code, "BM0306");
    assert_int_equal (bm_diags_get (nested.diags, 0)->where.line, 1);
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        Read read = read_text (cases[i].text, strlen (cases[i].text), true);

        assert_false (read.ok);
        check_place (&read, cases[i].text, "BM0306", cases[i].line, cases[i].column);
        read_free (&read);
    }
    read_free (&nested);
    g_free (deep);
}

static void
json_of_another_shape_is_refused_with_the_name_of_the_item (void **state)
{
    static const char *const wrong[] = { "\"kind\": \"poem\"",
                                         "\"kind\": []",
                                         "\"headline\": \"一\"",
                                         "\"headline\": [1]",
                                         "\"paragraphs\": [null]",
                                         "\"paragraphs\": {}",
                                         "\"asides\": 3",
                                         "\"asides\": [{\"type\": \"song\"}]",
                                         "\"asides\": [{\"type\": \"table\", \"rows\": [3]}]",
                                         "\"asides\": [{\"type\": \"table\", \"rows\": [[3]]}]",
                                         "\"asides\": [{\"type\": \"note\"}]",
                                         "\"subheads\": [{\"before\": 0}]",
                                         "\"subheads\": {}",
                                         "\"remarks\": \"注\"",
                                         "\"remarks\": [1]",
                                         "\"pictures\": {}",
                                         "\"pictures\": [1]",
                                         "\"byline\": {}",
                                         "\"wishes\": []",
                                         "\"asides\": [3]",
                                         "\"subheads\": [3]",
                                         "\"asides\": [{\"type\": \"table\"}]" };

    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
        char *text = g_strdup_printf ("{\"page\": {\"items\": [{\"paragraphs\": [\"甲\"]}, {%s}]}}", wrong[i]);
        Read read = read_text (text, strlen (text), true);

        if (read.ok)
            fail_msg ("taken for a page: %s", text);
        check_place (&read, text, "BM0305", 0, 0);
        if (strstr (bm_diags_get (read.diags, 0)->message, "a2") == NULL)
            fail_msg ("no item is named: %s: %s", text, bm_diags_get (read.diags, 0)->message);
        read_free (&read);
        g_free (text);
    }
}

static void
wrong_json_is_refused_and_never_crashes (void **state)
{
    static const char *const wrong[] = { "",
                                         "{",
                                         "[]",
                                         "null",
                                         "3",
                                         "{\"page\": 3}",
                                         "{\"page\": {\"items\": 3}}",
                                         "{\"page\": {\"items\": [3]}}",
                                         "{\"page\": {\"items\": [{\"headline\": 3}]}}",
                                         "{\"page\": {\"items\": [{\"paragraphs\": [3]}]}}",
                                         "{\"pages\": {}}",
                                         "{\"page\": {\"items\": [{\"asides\": [{\"type\": 4}]}]}}" };

    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
        Read read = read_text (wrong[i], strlen (wrong[i]), true);

        if (read.ok)
            fail_msg ("taken for a page: %s", wrong[i]);
        assert_true (bm_diags_count (read.diags, BM_ERROR) > 0);
        read_free (&read);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (wrong_front_matter_is_refused_where_it_goes_wrong),
        cmocka_unit_test (bytes_that_are_no_text_are_refused_at_their_place),
        cmocka_unit_test (nul_is_dropped_with_a_word_where_it_gets_to_the_reader),
        cmocka_unit_test (a_line_without_end_is_refused_with_its_number),
        cmocka_unit_test (a_file_without_items_is_refused),
        cmocka_unit_test (broken_json_is_refused_where_it_breaks),
        cmocka_unit_test (json_of_another_shape_is_refused_with_the_name_of_the_item),
        cmocka_unit_test (wrong_json_is_refused_and_never_crashes),
    };

    return cmocka_run_group_tests_name ("edition, wrong input", tests, NULL, NULL);
}
