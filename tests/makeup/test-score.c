/* test-score.c — the page score gives the pages that were made by hand what the design says it does (page-makeup.md §10), and
 * the figures beside it see what they are to see. */
#include "plan/plan.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

/* ---- what an editor sees beside the score ---- */

static BmPlan *
golden_plan (void)
{
    const char *file = BM_SOURCE_DIR "/tests/goldens/harbour-5.plan.json";
    BmDiags *diags = bm_diags_new ();
    char *text = NULL;
    gsize length = 0;

    assert_true (g_file_get_contents (file, &text, &length, NULL));
    BmPlan *plan = bm_plan_from_json (file, text, length, 0, diags);
    assert_non_null (plan);
    bm_diags_free (diags);
    g_free (text);
    return plan;
}

/* The head of the first item but `but` of this importance that is news and stands alone. */
static BmElement *
head_of (BmPlan *plan, int importance, const BmElement *but)
{
    for (int i = 0; i < plan->n_elements; i++) {
        BmElement *element = &plan->elements[i];
        const BmPlanItem *item = element->item == NULL ? NULL : bm_plan_item (plan, element->item);

        if (element->role == BM_ELEM_HEADLINE && element != but && item != NULL && strcmp (item->kind, "story") == 0 && item->container == NULL &&
            (importance == 0 || item->importance == importance))
            return element;
    }
    fail ();
    return NULL;
}

/* In the first two columns, the right one as large as the left. */
static void
stand_beside (const BmPlan *plan, BmElement *left, BmElement *right)
{
    left->x = plan->grid.x[0];
    right->x = plan->grid.x[1];
    left->width = right->width = plan->grid.column_width;
    right->size = left->size;
}

static void
sizes_that_hardly_differ_are_counted (void **state)
{
    BmPlan *plan = golden_plan ();
    BmElement *lead = head_of (plan, 1, NULL), *other = head_of (plan, 0, lead);

    (void) state;
    other->size = lead->size;
    double alike = bm_plan_quality (plan).near_sizes;
    other->size = lead->size * 0.95;
    assert_true (fabs (bm_plan_quality (plan).near_sizes - (alike + 1)) < 1e-9);
    bm_plan_free (plan);
}

static void
a_head_a_few_rows_under_anothers_is_seen (void **state)
{
    BmPlan *plan = golden_plan ();
    BmElement *lead = head_of (plan, 1, NULL), *other = head_of (plan, 0, lead);
    double pitch = plan->grid.pitch;

    (void) state;
    stand_beside (plan, lead, other);
    other->y = lead->y + lead->height + 20 * pitch;
    double far = bm_plan_quality (plan).near_heads;
    other->y = lead->y + lead->height + 3 * pitch;
    assert_true (bm_plan_quality (plan).near_heads > far + 0.5);
    bm_plan_free (plan);
}

static void
heads_on_one_row_across_a_gutter_are_counted (void **state)
{
    BmPlan *plan = golden_plan ();
    BmElement *lead = head_of (plan, 1, NULL), *other = head_of (plan, 0, lead);
    double pitch = plan->grid.pitch;

    (void) state;
    stand_beside (plan, lead, other);
    other->y = lead->y + 9 * pitch;
    double apart = bm_plan_quality (plan).level_heads;
    other->y = lead->y + pitch;
    assert_true (fabs (bm_plan_quality (plan).level_heads - (apart + 1)) < 1e-9);
    lead->n_lines = 1;
    lead->lines[0].width = 5; /* short: there is white before the other */
    assert_true (fabs (bm_plan_quality (plan).level_heads - apart) < 1e-9);
    lead->lines[0].width = lead->width;
    assert_true (fabs (bm_plan_quality (plan).level_heads - (apart + 1)) < 1e-9);
    other->size = lead->size / 2; /* the eye tells them apart */
    assert_true (fabs (bm_plan_quality (plan).level_heads - apart) < 1e-9);
    bm_plan_free (plan);
}

static void
a_kicker_that_runs_into_a_head_is_counted (void **state)
{
    BmPlan *plan = golden_plan ();
    BmElement *lead = head_of (plan, 1, NULL), *other = head_of (plan, 0, lead), *kicker = NULL;

    (void) state;
    for (int i = 0; i < plan->n_elements && kicker == NULL; i++)
        if (plan->elements[i].role == BM_ELEM_KICKER && g_strcmp0 (plan->elements[i].item, lead->item) == 0)
            kicker = &plan->elements[i];
    assert_non_null (kicker);
    stand_beside (plan, kicker, other);
    kicker->lines[0].width = kicker->width;
    other->y = kicker->y + 9 * plan->grid.pitch;
    double apart = bm_plan_quality (plan).level_heads;
    other->y = kicker->y;
    assert_true (bm_plan_quality (plan).level_heads > apart + 0.5);
    bm_plan_free (plan);
}

/* Every head a size of its own, those of containers and pictures, too. */
static void
sizes_beyond_five_are_counted (void **state)
{
    BmPlan *plan = golden_plan ();
    int n = 0;

    (void) state;
    for (int i = 0; i < plan->n_elements; i++)
        if (plan->elements[i].role == BM_ELEM_HEADLINE)
            plan->elements[i].size = 20 + n++;
    assert_true (n > 5);
    assert_true (fabs (bm_plan_quality (plan).many_sizes - (n - 5)) < 1e-9);
    bm_plan_free (plan);
}

static void
rows_of_text_beyond_thirty_are_counted (void **state)
{
    BmPlan *plan = golden_plan ();
    BmElement *text = NULL;

    (void) state;
    for (int i = 0; i < plan->n_elements && text == NULL; i++)
        text = plan->elements[i].role == BM_ELEM_TEXT ? &plan->elements[i] : NULL;
    assert_non_null (text);
    text->height = 30 * plan->grid.pitch;
    double none = bm_plan_quality (plan).grey_rows;
    text->height = 42 * plan->grid.pitch;
    assert_true (fabs (bm_plan_quality (plan).grey_rows - (none + 12)) < 1e-6);
    bm_plan_free (plan);
}

static void
a_lead_that_begins_lower_is_deeper (void **state)
{
    BmPlan *plan = golden_plan ();
    BmElement *lead = head_of (plan, 1, NULL);
    double before = bm_plan_quality (plan).lead_depth;

    (void) state;
    assert_true (fabs (bm_plan_quality (plan).lead_lines - lead->n_lines) < 1e-9);
    lead->y += plan->grid.rows * plan->grid.pitch / 4;
    assert_true (fabs (bm_plan_quality (plan).lead_depth - (before + 0.25)) < 1e-6);
    bm_plan_free (plan);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (the_first_target_page_scores_97),
        cmocka_unit_test (the_second_target_page_scores_94),
        cmocka_unit_test (sizes_that_hardly_differ_are_counted),
        cmocka_unit_test (a_head_a_few_rows_under_anothers_is_seen),
        cmocka_unit_test (heads_on_one_row_across_a_gutter_are_counted),
        cmocka_unit_test (a_kicker_that_runs_into_a_head_is_counted),
        cmocka_unit_test (sizes_beyond_five_are_counted),
        cmocka_unit_test (rows_of_text_beyond_thirty_are_counted),
        cmocka_unit_test (a_lead_that_begins_lower_is_deeper),
    };

    return cmocka_run_group_tests (tests, NULL, NULL);
}
