/* test-layout.c — layout files: the shipped ones, the grid that follows, and every way to write them wrong. */
#include "layout/layout.h"

#include <glib/gstdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char *const dirs[] = { BM_SOURCE_DIR "/layouts", NULL };

static BmLayout *
read_text (const char *text, BmDiags *diags)
{
    return bm_layout_read ("test.yaml", text, strlen (text), dirs, diags);
}

/* The text is refused, with this code at this line and column, and a hint. */
static void
assert_refused (const char *text, const char *code, int line, int column)
{
    BmDiags *diags = bm_diags_new ();
    BmLayout *layout = read_text (text, diags);

    assert_null (layout);
    const BmDiag *diag = bm_diags_get (diags, 0);
    assert_string_equal (diag->code, code);
    assert_int_equal (diag->where.line, line);
    assert_int_equal (diag->where.column, column);
    assert_non_null (diag->hint);
    assert_non_null (bm_code_explain (code));
    bm_diags_free (diags);
}

static void
every_shipped_layout_reads_without_a_word (void **state)
{
    (void) state;
    BmDiags *diags = bm_diags_new ();
    char **names = bm_layout_names (dirs);

    assert_int_equal (g_strv_length (names), 7);
    for (int i = 0; names[i] != NULL; i++) {
        BmLayout *layout = bm_layout_load (names[i], dirs, diags);

        assert_non_null (layout);
        assert_string_equal (layout->name, names[i]);
        assert_non_null (layout->title);
        bm_layout_free (layout);
    }
    assert_int_equal (bm_diags_total (diags), 0);
    g_strfreev (names);
    bm_diags_free (diags);
}

/* newspaper-conventions.md §1 and §2: the capacities that sources state. */
static void
the_columns_hold_the_characters_that_the_trade_counts (void **state)
{
    (void) state;
    static const struct {
        const char *name;
        int columns, characters, cells, rows;
    } cases[] = {
        { "broadsheet", 4, 27, 111, 116 }, { "broadsheet", 5, 21, 111, 116 }, { "broadsheet", 6, 17, 111, 116 },
        { "broadsheet", 7, 15, 111, 116 }, { "broadsheet", 8, 13, 111, 116 }, { "broadsheet", 9, 11, 111, 116 },
        { "tabloid", 4, 17, 71, 83 },      { "tabloid", 5, 13, 71, 83 },      { "tabloid", 6, 11, 71, 83 },
    };
    BmDiags *diags = bm_diags_new ();

    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        BmLayout *layout = bm_layout_load (cases[i].name, dirs, diags);

        assert_true (bm_layout_set_columns (layout, cases[i].columns, diags));
        BmGrid grid = bm_layout_grid (layout);
        assert_int_equal (grid.cells_per_column, cases[i].characters);
        assert_int_equal (layout->cells, cases[i].cells);
        assert_int_equal (layout->rows, cases[i].rows);
        double right = grid.x[grid.columns - 1] + grid.column_width;
        assert_true (bm_pt_equal (right, layout->area_x + layout->area_width));
        assert_true (grid.top + grid.rows * grid.pitch <= layout->area_y + layout->area_height + 0.01);
        bm_layout_free (layout);
    }
    bm_diags_free (diags);
}

/* visual/style.md, target A: column edges 0, 200.93 … and 115 rows under the folio and its white. */
static void
the_broadsheet_grid_is_that_of_the_target_page (void **state)
{
    (void) state;
    BmDiags *diags = bm_diags_new ();
    BmLayout *layout = bm_layout_load ("broadsheet", dirs, diags);
    BmGrid grid = bm_layout_grid (layout);

    assert_int_equal (grid.rows, 115);
    for (int i = 0; i < 5; i++) {
        double target = i * 200.93;

        assert_true (bm_check_length (grid.x[i] - grid.x[0] - target, -0.1, 0.1));
    }
    assert_true (bm_check_length (grid.pitch, 11.57, 11.58));
    assert_true (bm_check_length (layout->roles[BM_ROLE_HEAD_1].size, 54.5, 54.6));
    bm_layout_free (layout);
    bm_diags_free (diags);
}

static void
a_base_gives_what_the_file_does_not_say (void **state)
{
    (void) state;
    BmDiags *diags = bm_diags_new ();
    BmLayout *layout = read_text ("base: tabloid\ncolumns: 4\nroles:\n  headline:\n    1: {size: 40pt}\n", diags);

    assert_non_null (layout);
    assert_int_equal (layout->columns, 4);
    assert_true (bm_pt_equal (layout->roles[BM_ROLE_HEAD_1].size, 40));
    assert_string_equal (layout->roles[BM_ROLE_HEAD_1].families[0], "Noto Sans CJK SC");
    assert_true (bm_pt_equal (layout->paper_width, 270 * BM_PT_PER_MM));
    bm_layout_free (layout);
    bm_diags_free (diags);
}

static void
each_wrong_value_is_refused_where_it_stands (void **state)
{
    (void) state;
    assert_refused ("base: broadsheet\ncolumns: 0\n", "BM0203", 2, 10);
    assert_refused ("base: broadsheet\ncolumns: -1\n", "BM0203", 2, 10);
    assert_refused ("base: broadsheet\ncolumns: 1000000000\n", "BM0203", 2, 10);
    assert_refused ("base: broadsheet\ncolumns: five\n", "BM0204", 2, 10);
    assert_refused ("base: broadsheet\ncolumns: 14\n", "BM0213", 2, 10);
    assert_refused ("base: broadsheet\ncolums: 5\n", "BM0202", 2, 1);
    assert_refused ("base: broadsheet\nroles: {headline: {7: {size: 3}}}\n", "BM0202", 2, 20);
    assert_refused ("base: broadsheet\nroles: {kicker: {sise: 3}}\n", "BM0202", 2, 18);
    assert_refused ("base: broadsheet\npaper: {width: 390furlong}\n", "BM0205", 2, 16);
    assert_refused ("base: broadsheet\npaper: {width: nan}\n", "BM0204", 2, 16);
    assert_refused ("base: broadsheet\npaper: {width: 1e309}\n", "BM0204", 2, 16);
    assert_refused ("base: broadsheet\npaper: {width: -390mm}\n", "BM0206", 2, 16);
    assert_refused ("base: broadsheet\npaper: 390mm\n", "BM0207", 2, 8);
    assert_refused ("base: broadsheet\nbody: {leading: 0}\n", "BM0206", 2, 17);
    assert_refused ("base: broadsheet\nmargins: {left: 380mm}\n", "BM0215", 2, 10);
    assert_refused ("base: broadsheet\ngutter: 99\n", "BM0206", 2, 9);
    assert_refused ("base: broadsheet\ngutter: 1.5\n", "BM0206", 2, 9);
    assert_refused ("base: broadsheet\noverset: wrap\n", "BM0214", 2, 10);
    assert_refused ("base: broadsheet\nladder: [11, 10]\n", "BM0206", 2, 14);
    assert_refused ("base: broadsheet\ninterlock: maybe\n", "BM0214", 2, 12);
    assert_refused ("base: broadsheet\ndevices: [quote, sumary]\n", "BM0214", 2, 18);
    assert_refused ("base: broadsheet\ndevices: { quote: perhaps }\n", "BM0214", 2, 19);
    assert_refused ("base: broadsheet\ndevices: { pictures: true }\n", "BM0202", 2, 12);
    assert_refused ("base: broadsheet\ndevices: quote\n", "BM0207", 2, 10);
    assert_refused ("base: broadsheet\nfillers: { file: a.jpg }\n", "BM0207", 2, 10);
    assert_refused ("base: broadsheet\nrules: {tint-ink: mauve}\n", "BM0216", 0, 0);
    assert_refused ("base: brodsheet\n", "BM0208", 1, 7);
}

static void
yaml_that_explodes_or_confuses_is_refused_at_first_sight (void **state)
{
    (void) state;
    assert_refused ("base: &a broadsheet\n", "BM0211", 1, 7);
    assert_refused ("base: broadsheet\ncolumns: *a\n", "BM0211", 2, 10);
    assert_refused ("columns: !!int 5\n", "BM0211", 1, 10);
    assert_refused ("columns: 5\ncolumns: 6\n", "BM0210", 2, 1);
    assert_refused ("<<: {a: b}\n", "BM0211", 1, 1);
    assert_refused ("columns: [\n", "BM0201", 2, 1);
    assert_refused ("columns: 5\n---\ncolumns: 6\n", "BM0211", 2, 1);
    GString *deep = g_string_new ("a: ");
    for (int i = 0; i < 10000; i++)
        g_string_append_c (deep, '[');
    assert_refused (deep->str, "BM0212", 1, 4 + BM_YAML_MAX_DEPTH - 1);
    g_string_free (deep, TRUE);
}

static void
a_layout_that_starts_from_itself_is_refused (void **state)
{
    (void) state;
    BmDiags *diags = bm_diags_new ();
    char *folder = g_strdup ("/tmp/bm-layout-XXXXXX");

    assert_non_null (g_mkdtemp (folder));
    char *path = g_build_filename (folder, "loop.yaml", NULL);
    assert_true (bm_write_file (path, "base: loop\n", 11, diags));
    const char *const own[] = { folder, NULL };
    assert_null (bm_layout_load ("loop", own, diags));
    assert_true (bm_diags_has (diags, "BM0209"));
    g_remove (path);
    g_rmdir (folder);
    g_free (path);
    g_free (folder);
    bm_diags_free (diags);
}

static void
all_wrong_keys_are_reported_in_one_run (void **state)
{
    (void) state;
    BmDiags *diags = bm_diags_new ();

    assert_null (read_text ("base: broadsheet\ncolums: 5\npaper: {widht: 3mm}\ngutter: x\n", diags));
    assert_int_equal (bm_diags_count (diags, BM_ERROR), 3);
    bm_diags_free (diags);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (every_shipped_layout_reads_without_a_word),
        cmocka_unit_test (the_columns_hold_the_characters_that_the_trade_counts),
        cmocka_unit_test (the_broadsheet_grid_is_that_of_the_target_page),
        cmocka_unit_test (a_base_gives_what_the_file_does_not_say),
        cmocka_unit_test (each_wrong_value_is_refused_where_it_stands),
        cmocka_unit_test (yaml_that_explodes_or_confuses_is_refused_at_first_sight),
        cmocka_unit_test (a_layout_that_starts_from_itself_is_refused),
        cmocka_unit_test (all_wrong_keys_are_reported_in_one_run),
    };
    return cmocka_run_group_tests_name ("layout", tests, NULL, NULL);
}
