/* test-score.c — the page score gives the pages that were made by hand what the design says it does (page-makeup.md §10). */
#include "plan/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define FOLDER BM_SHARED_DIR "/design/visual/"

/* Q without `sense`: the pages are scored by their rectangles. */
static double
score_of (const char *file)
{
    BmDiags *diags = bm_diags_new ();
    char *text = NULL;
    gsize length = 0;

    if (!g_file_get_contents (file, &text, &length, NULL))
        return -1;
    BmPlan *plan = bm_plan_from_json (file, text, length, 0, diags);
    assert_non_null (plan);
    BmQuality quality = bm_plan_quality (plan);
    bm_plan_free (plan);
    bm_diags_free (diags);
    g_free (text);
    return quality.q + 3 * quality.sense; /* three points each: quality.c */
}

static void
check (const char *file, double wanted)
{
    double q = score_of (file);

    if (q < 0) {
        print_message ("%s is not at hand: skipped\n", file);
        skip ();
    }
    print_message ("%s: %.2f, wanted %.0f ± 1\n", file, q, wanted);
    assert_true (q > wanted - 1 && q < wanted + 1);
}

static void
the_first_target_page_scores_97 (void **state)
{
    (void) state;
    check (FOLDER "target-A.json", 97);
}

static void
the_second_target_page_scores_94 (void **state)
{
    (void) state;
    check (FOLDER "target-B.json", 94);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (the_first_target_page_scores_97),
        cmocka_unit_test (the_second_target_page_scores_94),
    };

    return cmocka_run_group_tests (tests, NULL, NULL);
}
