/* test-keep.c — --keep: what is pinned stays to a hundredth of a point while other stories are edited. */
#include "fonts.h"
#include "makeup/constraints.h"
#include "makeup/pages.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SAME 0.011

static const Case pages[] = {
    { "samples/harbour.md", "broadsheet", 0 },
    { "tests/sets/06-tabloid-4.md", "tabloid-4", 0 },
    { "tests/sets/09-boxed.md", "broadsheet-6", 0 },
};

static BmType *type;

static int
open_type (void **state)
{
    (void) state;
    type = test_type ();
    if (type == NULL)
        print_message ("the fonts of the layouts are not installed: --keep is not tested\n");
    return 0;
}

static int
close_type (void **state)
{
    (void) state;
    bm_type_free (type);
    return 0;
}

/* ---- sameness ---- */

static const BmElement *
next_of (const BmPlan *plan, const char *item, int *at)
{
    while (*at < plan->n_elements) {
        const BmElement *element = &plan->elements[(*at)++];

        if (g_strcmp0 (element->item, item) == 0 && element->role != BM_ELEM_RULE)
            return element;
    }
    return NULL;
}

static bool
same_line (const BmPlacedLine *a, const BmPlacedLine *b)
{
    return fabs (a->x - b->x) < SAME && fabs (a->baseline - b->baseline) < SAME && fabs (a->width - b->width) < SAME &&
           g_strcmp0 (a->text, b->text) == 0;
}

static bool
same_element (const BmElement *a, const BmElement *b)
{
    bool same = a->role == b->role && a->n_lines == b->n_lines && fabs (a->x - b->x) < SAME && fabs (a->y - b->y) < SAME &&
                fabs (a->width - b->width) < SAME && fabs (a->height - b->height) < SAME && fabs (a->size - b->size) < SAME;

    for (int i = 0; same && i < a->n_lines; i++)
        same = same_line (&a->lines[i], &b->lines[i]);
    return same;
}

static bool
stays_as_it_is (const BmPlan *plan, const BmPlan *keep, const char *item)
{
    int i = 0, k = 0;

    for (;;) {
        const BmElement *a = next_of (plan, item, &i), *b = next_of (keep, item, &k);

        if (a == NULL || b == NULL)
            return a == b;
        if (!same_element (a, b))
            return false;
    }
}

/* ---- the page again ---- */

static BmPlan *
set_again (const Made *made, BmDiags *diags)
{
    char *path = g_build_filename (BM_SOURCE_DIR, made->wanted.file, NULL), *folder = g_path_get_dirname (path);
    char *json = bm_plans_to_json ((const BmPlan *const[]) { made->plan }, 1);
    BmPlan *keep = bm_plan_from_json ("keep.json", json, strlen (json), 0, diags);
    const BmMakeupOptions options = { .picture_root = folder, .keep = keep };
    BmPlan *plan = keep == NULL ? NULL : bm_makeup_page (made->edition, 0, made->layout, type, &options, diags);

    bm_plan_free (keep);
    g_free (json);
    g_free (folder);
    g_free (path);
    return plan;
}

/* A sentence more for the longest story that is not pinned. */
static void
edit_another (Made *made)
{
    const BmPage *page = made->edition->pages[0];
    BmItem *longest = NULL;

    for (int i = 0; i < page->n_items; i++) {
        const BmPlanItem *placed = bm_plan_item (made->plan, page->items[i]->id);

        if (page->items[i]->kind != BM_ITEM_AD && placed != NULL && !placed->pinned && placed->container == NULL &&
            (longest == NULL || bm_item_characters (page->items[i]) > bm_item_characters (longest)))
            longest = page->items[i];
    }
    if (longest != NULL)
        bm_item_add_block (made->edition, longest, BM_BLOCK_PARAGRAPH, "傍晚时分，风停了，码头上的人还在等最后一班渡船靠岸。");
}

static bool
is_named (const BmDiags *diags)
{
    return bm_diags_has (diags, "BM0610") || bm_diags_has (diags, "BM0611");
}

/* Pin these items of a page, edit another story, set it again. 1: all stayed; 0: one did not, and it is said. */
static int
pin_and_edit (const Case *wanted, int first, int second)
{
    Made made = made_page (type, wanted, NULL);
    int pins[] = { first, second }, stayed = 1;

    assert_non_null (made.plan);
    for (int i = 0; i < 2; i++)
        if (pins[i] >= 0 && pins[i] < made.plan->n_items)
            made.plan->items[pins[i]].pinned = true;
    edit_another (&made);
    BmDiags *diags = bm_diags_new ();
    BmPlan *again = set_again (&made, diags);
    assert_non_null (again);
    char *broken = broken_constraint (made.edition->pages[0], again);
    if (broken != NULL)
        fail_msg ("%s, %d and %d pinned: %s", wanted->file, first, second, broken);
    for (int i = 0; i < made.plan->n_items; i++)
        if (made.plan->items[i].pinned && !stays_as_it_is (again, made.plan, made.plan->items[i].id)) {
            if (!is_named (diags))
                fail_msg ("%s: %s moved without a word", wanted->file, made.plan->items[i].id);
            print_message ("%s, %d columns: %s could not stay, which is said\n", wanted->file, made.plan->grid.columns, made.plan->items[i].id);
            stayed = 0;
        }
    bm_plan_free (again);
    bm_diags_free (diags);
    made_free (&made);
    return stayed;
}

static int
count_items (const Case *wanted)
{
    Made made = made_page (type, wanted, NULL);
    int n = made.plan == NULL ? 0 : made.plan->n_items;

    made_free (&made);
    return n;
}

static void
each_pinned_item_stays_while_another_story_grows (void **state)
{
    int pins = 0, stayed = 0;

    (void) state;
    if (type == NULL)
        skip ();
    for (size_t i = 0; i < G_N_ELEMENTS (pages); i++)
        for (int k = count_items (&pages[i]) - 1; k >= 0; k--, pins++)
            stayed += pin_and_edit (&pages[i], k, -1);
    print_message ("%d of %d pins stayed\n", stayed, pins);
    assert_true (stayed * 10 >= pins * 9);
}

static void
pairs_stay_too (void **state)
{
    int pairs = 0, stayed = 0;

    (void) state;
    if (type == NULL)
        skip ();
    for (size_t i = 0; i < 2; i++)
        for (int k = count_items (&pages[i]) - 1; k > 0; k--, pairs++)
            stayed += pin_and_edit (&pages[i], k, k - 1);
    print_message ("%d of %d pairs stayed\n", stayed, pairs);
    assert_true (stayed * 10 >= pairs * 7);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (each_pinned_item_stays_while_another_story_grows),
        cmocka_unit_test (pairs_stay_too),
    };

    return cmocka_run_group_tests_name ("keep", tests, open_type, close_type);
}
