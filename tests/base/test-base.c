/* test-base.c — arenas, diagnostics, lengths, files. */
#include "base/base.h"

#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void
count_release (void *object)
{
    ++*(int *) object;
}

static void
an_arena_gives_zeroed_aligned_pieces_and_releases_what_it_owns (void **state)
{
    (void) state;
    BmArena *arena = bm_arena_create ();
    int released = 0;

    for (int i = 1; i < 2000; i++) {
        unsigned char *piece = bm_arena_alloc (arena, (size_t) i, 7);

        assert_int_equal ((guintptr) piece % 16, 0);
        for (int k = 0; k < i * 7; k++)
            assert_int_equal (piece[k], 0);
        memset (piece, 0xAA, (size_t) i * 7);
    }
    bm_arena_own (arena, &released, count_release);
    bm_arena_own (arena, &released, count_release);
    bm_arena_free (arena);
    assert_int_equal (released, 2);
}

static void
lengths_are_read_with_their_units_and_never_with_the_locale (void **state)
{
    (void) state;
    double points = 0;

    assert_int_equal (bm_parse_length ("25.4mm", 1, 0, &points), BM_LENGTH_OK);
    assert_true (bm_pt_equal (points, 72));
    assert_int_equal (bm_parse_length ("9", BM_PT_PER_DIAN, 0, &points), BM_LENGTH_OK);
    assert_true (bm_pt_equal (points, 9 * 0.35 * 72 / 25.4));
    assert_int_equal (bm_parse_length ("1.5字", 1, 8.93, &points), BM_LENGTH_OK);
    assert_true (bm_pt_equal (points, 1.5 * 8.93));
    assert_int_equal (bm_parse_length ("2em", 1, 0, &points), BM_LENGTH_UNKNOWN_UNIT);
    assert_int_equal (bm_parse_length ("3parsec", 1, 1, &points), BM_LENGTH_UNKNOWN_UNIT);
    assert_int_equal (bm_parse_length ("nan", 1, 1, &points), BM_LENGTH_NOT_A_NUMBER);
    assert_int_equal (bm_parse_length ("inf", 1, 1, &points), BM_LENGTH_NOT_A_NUMBER);
    assert_int_equal (bm_parse_length ("1e309", 1, 1, &points), BM_LENGTH_NOT_A_NUMBER);
    assert_int_equal (bm_parse_length ("0x10", 1, 1, &points), BM_LENGTH_NOT_A_NUMBER);
    assert_int_equal (bm_parse_length ("", 1, 1, &points), BM_LENGTH_NOT_A_NUMBER);
    assert_false (bm_check_length (NAN, 0, 10));
    assert_false (bm_check_length (INFINITY, 0, 10));
    assert_false (bm_check_length (10.5, 0, 10));
}

static void
the_three_forms_of_a_diagnostic_name_the_same_place (void **state)
{
    (void) state;
    static const char source[] = "columns: 5\n栏数: 零\n";
    BmDiags *diags = bm_diags_new ();

    bm_diags_add_source (diags, "a.yaml", source, strlen (source));
    bm_diag (diags, BM_ERROR, "BM0101", (BmSpan){ "a.yaml", 2, 5, 1 }, "write a number", "not a number: 零");
    char *human = bm_diags_format (diags, BM_FORM_HUMAN, false);
    assert_string_equal (human, "error[BM0101]: not a number: 零\n"
                                "  --> a.yaml:2:5\n"
                                "  |\n2 | 栏数: 零\n  |       ^\n"
                                "  hint: write a number\n");
    char *line = bm_diags_format (diags, BM_FORM_SHORT, false);
    assert_string_equal (line, "a.yaml:2:5: error[BM0101]: not a number: 零; write a number\n");
    char *json = bm_diags_format (diags, BM_FORM_JSON, false);
    assert_non_null (strstr (json, "\"line\": 2, \"column\": 5"));
    g_free (human);
    g_free (line);
    g_free (json);
    bm_diags_free (diags);
}

static void
foreign_text_cannot_reach_the_terminal_as_an_escape_sequence (void **state)
{
    (void) state;
    BmDiags *diags = bm_diags_new ();

    bm_diag (diags, BM_ERROR, "BM0101", BM_NOWHERE, "none", "bad \x1b[2J \xE2\x80\xAE name \xFF");
    for (BmDiagForm form = BM_FORM_HUMAN; form <= BM_FORM_JSON; form++) {
        char *text = bm_diags_format (diags, form, false);

        assert_null (strchr (text, 0x1b));
        assert_null (strstr (text, "\xE2\x80\xAE"));
        assert_true (g_utf8_validate (text, -1, NULL));
        g_free (text);
    }
    bm_diags_free (diags);
}

static void
a_flood_of_warnings_is_cut_and_counted_but_the_first_error_is_kept (void **state)
{
    (void) state;
    BmDiags *diags = bm_diags_new ();

    for (int i = 0; i < 150; i++)
        bm_diag (diags, BM_WARNING, "BM0104", (BmSpan){ "f", i + 1, 1, 0 }, NULL, "warning %d", i);
    bm_diag (diags, BM_ERROR, "BM0101", (BmSpan){ "f", 200, 1, 0 }, "hint", "the error");
    assert_int_equal (bm_diags_total (diags), BM_MAX_DIAGS_PER_FILE + 1);
    assert_int_equal (bm_diags_hidden (diags), 50);
    assert_int_equal (bm_diags_count (diags, BM_WARNING), 150);
    char *text = bm_diags_format (diags, BM_FORM_SHORT, false);
    assert_non_null (strstr (text, "the error"));
    assert_non_null (strstr (text, "and 50 more"));
    g_free (text);
    bm_diags_free (diags);
}

static void
invalid_utf8_and_nul_are_named_with_line_and_column (void **state)
{
    (void) state;
    BmDiags *diags = bm_diags_new ();

    assert_true (bm_check_utf8 ("f", "版面\n", 7, diags));
    assert_false (bm_check_utf8 ("f", "版\n面\xC3(", 9, diags));
    assert_int_equal (bm_diags_get (diags, 0)->where.line, 2);
    assert_int_equal (bm_diags_get (diags, 0)->where.column, 2);
    assert_false (bm_check_utf8 ("f", "a\0b", 3, diags));
    assert_string_equal (bm_diags_get (diags, 1)->code, "BM0106");
    bm_diags_free (diags);
}

static char *
temporary_folder (void)
{
    char *folder = g_strdup ("/tmp/bm-base-XXXXXX");

    assert_non_null (g_mkdtemp (folder));
    return folder;
}

static int
count_entries (const char *folder)
{
    GDir *dir = g_dir_open (folder, 0, NULL);
    int n = 0;

    while (g_dir_read_name (dir) != NULL)
        n++;
    g_dir_close (dir);
    return n;
}

static void
a_written_file_reads_back_and_leaves_no_temporary (void **state)
{
    (void) state;
    BmDiags *diags = bm_diags_new ();
    char *folder = temporary_folder ();
    char *path = g_build_filename (folder, "out.pdf", NULL);
    char *bytes = NULL;
    size_t length = 0;

    assert_true (bm_write_file (path, "first", 5, diags));
    assert_true (bm_write_file (path, "second", 6, diags));
    assert_true (bm_read_file (path, 100, &bytes, &length, diags));
    assert_int_equal (length, 6);
    assert_string_equal (bytes, "second");
    assert_int_equal (count_entries (folder), 1);
    g_free (bytes);
    assert_false (bm_read_file (path, 5, &bytes, &length, diags));
    assert_true (bm_diags_has (diags, "BM0103"));
    unlink (path);
    rmdir (folder);
    g_free (path);
    g_free (folder);
    bm_diags_free (diags);
}

static void
a_full_device_is_reported_and_never_replaced_by_a_file (void **state)
{
    (void) state;
    BmDiags *diags = bm_diags_new ();
    struct stat info;

    assert_false (bm_write_file ("/dev/full", "x", 1, diags));
    assert_true (bm_diags_has (diags, "BM0107"));
    assert_true (bm_diags_has_io (diags));
    assert_int_equal (stat ("/dev/full", &info), 0);
    assert_true (S_ISCHR (info.st_mode));
    bm_diags_free (diags);
}

static void
folders_and_missing_files_are_refused_with_their_codes (void **state)
{
    (void) state;
    BmDiags *diags = bm_diags_new ();
    char *bytes = NULL;
    size_t length = 0;

    assert_false (bm_read_file ("/tmp", 100, &bytes, &length, diags));
    assert_true (bm_diags_has (diags, "BM0102"));
    assert_false (bm_read_file ("/nowhere/at/all", 100, &bytes, &length, diags));
    assert_true (bm_diags_has (diags, "BM0101"));
    assert_false (bm_check_writable ("/nowhere/at/all", diags));
    assert_false (bm_check_writable ("/tmp", diags));
    assert_true (bm_diags_has (diags, "BM0108"));
    bm_diags_free (diags);
}

static void
a_planted_link_is_replaced_and_its_target_untouched (void **state)
{
    (void) state;
    BmDiags *diags = bm_diags_new ();
    char *folder = temporary_folder ();
    char *target = g_build_filename (folder, "target", NULL);
    char *link_name = g_build_filename (folder, "link", NULL);
    char *bytes = NULL;
    size_t length = 0;

    assert_true (bm_write_file (target, "keep", 4, diags));
    assert_int_equal (symlink (target, link_name), 0);
    assert_true (bm_write_file (link_name, "new", 3, diags));
    assert_true (bm_read_file (target, 100, &bytes, &length, diags));
    assert_string_equal (bytes, "keep");
    g_free (bytes);
    unlink (target);
    unlink (link_name);
    rmdir (folder);
    g_free (target);
    g_free (link_name);
    g_free (folder);
    bm_diags_free (diags);
}

static void
a_misspelt_word_finds_its_neighbour (void **state)
{
    (void) state;
    static const char *const words[] = { "columns", "gutter", "paper", NULL };

    assert_string_equal (bm_nearest_word ("colums", words), "columns");
    assert_string_equal (bm_nearest_word ("gutetr", words), "gutter");
    assert_null (bm_nearest_word ("xyz", words));
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (an_arena_gives_zeroed_aligned_pieces_and_releases_what_it_owns),
        cmocka_unit_test (lengths_are_read_with_their_units_and_never_with_the_locale),
        cmocka_unit_test (the_three_forms_of_a_diagnostic_name_the_same_place),
        cmocka_unit_test (foreign_text_cannot_reach_the_terminal_as_an_escape_sequence),
        cmocka_unit_test (a_flood_of_warnings_is_cut_and_counted_but_the_first_error_is_kept),
        cmocka_unit_test (invalid_utf8_and_nul_are_named_with_line_and_column),
        cmocka_unit_test (a_written_file_reads_back_and_leaves_no_temporary),
        cmocka_unit_test (a_full_device_is_reported_and_never_replaced_by_a_file),
        cmocka_unit_test (folders_and_missing_files_are_refused_with_their_codes),
        cmocka_unit_test (a_planted_link_is_replaced_and_its_target_untouched),
        cmocka_unit_test (a_misspelt_word_finds_its_neighbour),
    };
    return cmocka_run_group_tests_name ("base", tests, NULL, NULL);
}
