/* test-type-cases.c — paragraphs, headlines and bylines by tables of cases: ours, and the corpus where it is at hand. */
#include "judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static int
load_type (void **state)
{
    const BmTypeOptions options = { .fonts_conf = BM_BINARY_DIR "/share/banmian/fonts/fonts.conf" };
    BmDiags *diags = bm_diags_new ();

    *state = bm_type_new (&options, diags);
    bm_diags_free (diags);
    return *state != NULL ? 0 : -1;
}

static int
free_type (void **state)
{
    bm_type_free (*state);
    return 0;
}

static void
assert_all_hold (const char *path, BmType *type)
{
    Verdict verdict = judge_file (path, type);

    printf ("%s: %d of %d cases, %d of %d assertions hold, %d need a PDF\n", path, verdict.cases - verdict.failed_cases,
            verdict.cases, verdict.assertions - verdict.failed_assertions, verdict.assertions, verdict.passed_over);
    assert_true (verdict.cases > 0);
    assert_int_equal (verdict.failed_assertions, 0);
}

static void
every_case_of_ours_is_set_as_it_says (void **state)
{
    assert_all_hold (BM_SOURCE_DIR "/tests/type/cases.tsv", *state);
}

static void
every_case_of_the_corpus_is_set_as_it_says (void **state)
{
    const char *path = BM_SHARED_DIR "/corpora/composition/cases.tsv";

    if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
        print_message ("%s is not at hand: passed over\n", path);
        skip ();
    }
    assert_all_hold (path, *state);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (every_case_of_ours_is_set_as_it_says),
        cmocka_unit_test (every_case_of_the_corpus_is_set_as_it_says),
    };

    return cmocka_run_group_tests_name ("type cases", tests, load_type, free_type);
}
