/* test-interlock.c — 咬合: pages of which the layout says `interlock: yes`, judged from the plan's elements; what is pinned with a
 * notch stays with it. */
#include "fonts.h"
#include "makeup/constraints.h"
#include "makeup/goldens.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NEAR     0.02
#define SHORTEST 8 /* rows of a column over a notch */

static const Case pages[] = {
    { "tests/sets/01-city.md", "broadsheet", 5 },
    { "tests/sets/01-city.md", "broadsheet", 6 },
    { "tests/sets/01-city.md", "broadsheet", 7 },
    { "tests/sets/02-front.md", "broadsheet", 6 },
    { "tests/sets/03-county.md", "broadsheet", 7 },
    { "tests/sets/04-dense.md", "broadsheet", 7 },
    { "tests/sets/05-tabloid.md", "tabloid", 4 },
    { "tests/sets/06-tabloid-4.md", "tabloid", 4 },
    { "tests/sets/08-no-photo.md", "broadsheet", 5 },
    { "tests/sets/09-boxed.md", "broadsheet", 6 },
    { "tests/sets/10-long-heads.md", "broadsheet", 5 },
    { "tests/sets/10-long-heads.md", "broadsheet", 7 },
    { "tests/sets/12-under.md", "broadsheet", 6 },
    { "tests/sets/13-single.md", "broadsheet", 6 },
    { "tests/sets/14-half-ad.md", "broadsheet", 6 },
    { "tests/sets/15-thirty.md", "broadsheet", 7 },
    { "samples/tabloid.md", "tabloid", 6 },
    { "samples/market.md", "broadsheet", 6 },
};

static BmType *type;
static Made made[G_N_ELEMENTS (pages)];

static int
make_pages (void **state)
{
    (void) state;
    type = test_type ();
    for (size_t i = 0; type != NULL && i < G_N_ELEMENTS (pages); i++)
        made[i] = made_interlocked (type, &pages[i], NULL);
    if (type == NULL)
        print_message ("the fonts of the layouts are not installed: notches are not tested\n");
    return 0;
}

static int
free_pages (void **state)
{
    (void) state;
    for (size_t i = 0; type != NULL && i < G_N_ELEMENTS (pages); i++)
        made_free (&made[i]);
    bm_type_free (type);
    return 0;
}

#define HOLDS(page, what, claim)                                                                                 \
    do {                                                                                                         \
        if (!(claim)) {                                                                                          \
            print_error ("%s, %d columns: %s: %s\n", (page)->wanted.file, (page)->wanted.columns, what, #claim); \
            fail ();                                                                                             \
        }                                                                                                        \
    } while (0)

static const BmPlanItem *
notched_item (const BmPlan *plan)
{
    for (int i = 0; i < plan->n_items; i++)
        if (plan->items[i].notched)
            return &plan->items[i];
    return NULL;
}

static void
for_each_notch (void (*check) (const Made *page, const BmPlanItem *item))
{
    if (type == NULL)
        skip ();
    for (size_t i = 0; i < G_N_ELEMENTS (pages); i++)
        if (made[i].plan != NULL && notched_item (made[i].plan) != NULL)
            check (&made[i], notched_item (made[i].plan));
}

/* ---- the page ---- */

static void
every_page_is_exact_and_many_have_a_notch (void **state)
{
    int notched = 0;

    (void) state;
    if (type == NULL)
        skip ();
    for (size_t i = 0; i < G_N_ELEMENTS (pages); i++) {
        HOLDS (&made[i], "page", made[i].plan != NULL);
        char *broken = broken_constraint (made[i].edition->pages[0], made[i].plan);

        if (broken != NULL)
            fail_msg ("%s, %d columns: %s", pages[i].file, pages[i].columns, broken);
        HOLDS (&made[i], "plan", plan_is_fixed_point (made[i].plan));
        notched += notched_item (made[i].plan) != NULL;
    }
    print_message ("%d of %d pages have a notch\n", notched, (int) G_N_ELEMENTS (pages));
    assert_true (notched * 4 >= (int) G_N_ELEMENTS (pages));
}

static bool
is_same_plan (const BmPlan *a, const BmPlan *b)
{
    char *one = bm_plans_to_json (&a, 1), *other = bm_plans_to_json (&b, 1);
    bool same = strcmp (one, other) == 0;

    g_free (one);
    g_free (other);
    return same;
}

/* A notch is taken for a better score alone; without one the page is what it is where the layout asks for none. */
static void
no_page_is_worse_than_without (void **state)
{
    (void) state;
    if (type == NULL)
        skip ();
    for (size_t i = 0; i < G_N_ELEMENTS (pages); i++) {
        Made plain = made_page (type, &pages[i], NULL);

        HOLDS (&plain, "page", plain.plan != NULL && notched_item (plain.plan) == NULL);
        if (notched_item (made[i].plan) != NULL) {
            BmQuality with = bm_plan_quality (made[i].plan), without = bm_plan_quality (plain.plan);

            HOLDS (&plain, "score", with.q > without.q);
            HOLDS (&plain, "cuts", with.vcut + with.hcut <= without.vcut + without.hcut);
        } else
            HOLDS (&plain, "plan", is_same_plan (made[i].plan, plain.plan));
        made_free (&plain);
    }
}

static void
setting_twice_equals_setting_once (void **state)
{
    (void) state;
    if (type == NULL)
        skip ();
    for (size_t i = 1; i < 4; i++) {
        Made again = made_interlocked (type, &pages[i], NULL);

        HOLDS (&again, "plan", is_same_plan (made[i].plan, again.plan));
        made_free (&again);
    }
}

/* ---- the L ---- */

static double
row_y (const BmPlan *plan, int row)
{
    return plan->grid.top + row * plan->grid.pitch;
}

static bool
in_notch_columns (const BmPlan *plan, const BmPlanItem *item, double x)
{
    int first = item->notch_left ? item->column : item->column + item->columns - item->notch_columns;

    return x > plan->grid.x[first] - NEAR && x < plan->grid.x[first + item->notch_columns - 1] + plan->grid.column_width;
}

/* Two lengths: over the notch the columns end at its top, the others at the block's foot, and each is as long as its lines. */
static void
check_columns (const Made *page, const BmPlanItem *item)
{
    const BmPlan *plan = page->plan;
    int over = 0, beside = 0, last = -1;
    double last_x = -1;

    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *element = &plan->elements[i];

        if (element->role != BM_ELEM_TEXT || strcmp (element->item, item->id) != 0)
            continue;
        bool short_one = in_notch_columns (plan, item, element->x);
        double foot = row_y (plan, item->row + item->rows - (short_one ? item->notch_rows : 0));

        HOLDS (page, item->id, element->y + element->height <= foot + NEAR);
        HOLDS (page, item->id, element->y + element->height >= foot - item->slack_lines * plan->grid.pitch - NEAR);
        HOLDS (page, item->id, element->index > last && element->x > last_x); /* read from left to right */
        if (short_one)
            HOLDS (page, item->id, element->height >= (SHORTEST - item->slack_lines - 2) * plan->grid.pitch - NEAR);
        last = element->index;
        last_x = element->x;
        *(short_one ? &over : &beside) += 1;
    }
    HOLDS (page, item->id, over == item->notch_columns && beside == item->columns - item->notch_columns);
}

static void
the_columns_have_two_lengths_and_run_left_to_right (void **state)
{
    (void) state;
    for_each_notch (check_columns);
}

/* Its head stands over all its columns, so that none of them begins without it. */
static void
check_head (const Made *page, const BmPlanItem *item)
{
    const BmPlan *plan = page->plan;
    int heads = 0;

    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *head = &plan->elements[i];

        if (head->role != BM_ELEM_HEADLINE || strcmp (head->item, item->id) != 0)
            continue;
        heads++;
        HOLDS (page, item->id, fabs (head->x - plan->grid.x[item->column]) < NEAR);
        HOLDS (page, item->id,
               head->x + head->width > plan->grid.x[item->column + item->columns - 1] + plan->grid.column_width - NEAR);
    }
    HOLDS (page, item->id, heads == 1);
}

static void
the_head_stands_over_all_columns (void **state)
{
    (void) state;
    for_each_notch (check_head);
}

/* Whole blocks, none more important than the story round them, fill the notch to its last cell. */
static void
check_notch (const Made *page, const BmPlanItem *item)
{
    const BmPlan *plan = page->plan;
    int first = item->notch_left ? item->column : item->column + item->columns - item->notch_columns;
    int top = item->row + item->rows - item->notch_rows, cells = 0, separator = page->layout->separator_rows;

    for (int i = 0; i < plan->n_items; i++) {
        const BmPlanItem *other = &plan->items[i];
        bool inside = other->column >= first && other->column + other->columns <= first + item->notch_columns &&
                      other->row >= top && other->row + other->rows <= item->row + item->rows;

        if (!inside || other->container != NULL)
            continue;
        HOLDS (page, other->id,
               strcmp (other->kind, "ad") == 0 || strcmp (other->kind, "container") == 0 ||
                   other->importance >= item->importance);
        cells += other->columns * (other->rows + separator);
    }
    HOLDS (page, item->id, item->notch_columns >= 1 && item->notch_columns < item->columns && !item->boxed);
    HOLDS (page, item->id, cells == item->notch_columns * item->notch_rows);
}

static void
whole_blocks_fill_the_notch (void **state)
{
    (void) state;
    for_each_notch (check_notch);
}

/* ---- pins ---- */

static BmPlan *
set_again (const Made *page, BmDiags *diags)
{
    char *path = g_build_filename (BM_SOURCE_DIR, page->wanted.file, NULL), *folder = g_path_get_dirname (path);
    char *json = bm_plans_to_json ((const BmPlan *const[]){ page->plan }, 1);
    BmPlan *keep = bm_plan_from_json ("keep.json", json, strlen (json), 0, diags);
    const BmMakeupOptions options = { .picture_root = folder, .keep = keep };
    BmPlan *plan = bm_makeup_page (page->edition, 0, page->layout, type, &options, diags);

    bm_plan_free (keep);
    g_free (json);
    g_free (folder);
    g_free (path);
    return plan;
}

static bool
is_same_text (const BmPlan *a, const BmPlan *b, const char *id)
{
    int k = 0;

    for (int i = 0; i < a->n_elements; i++) {
        const BmElement *one = &a->elements[i];

        if (g_strcmp0 (one->item, id) != 0 || one->role != BM_ELEM_TEXT)
            continue;
        while (k < b->n_elements && (g_strcmp0 (b->elements[k].item, id) != 0 || b->elements[k].role != BM_ELEM_TEXT))
            k++;
        if (k == b->n_elements || fabs (one->x - b->elements[k].x) > NEAR || fabs (one->y - b->elements[k].y) > NEAR ||
            fabs (one->height - b->elements[k].height) > NEAR || one->n_lines != b->elements[k].n_lines)
            return false;
        k++;
    }
    return true;
}

/* A sentence more for the longest of the other stories. */
static void
edit_another (Made *page)
{
    const BmPage *written = page->edition->pages[0];
    BmItem *longest = NULL;

    for (int i = 0; i < written->n_items; i++) {
        const BmPlanItem *placed = bm_plan_item (page->plan, written->items[i]->id);

        if (placed != NULL && strcmp (placed->kind, "story") == 0 && !placed->notched && placed->container == NULL &&
            (longest == NULL || bm_item_characters (written->items[i]) > bm_item_characters (longest)))
            longest = written->items[i];
    }
    if (longest != NULL)
        bm_item_add_block (page->edition, longest, BM_BLOCK_PARAGRAPH, "傍晚时分，风停了，码头上的人还在等最后一班渡船靠岸。");
}

/* Pin the L, and `also` another block; the page comes out with both where they were, or says that it could not. */
static bool
stays_with_its_notch (Made *page, int also)
{
    BmPlanItem *items = page->plan->items;
    const BmPlanItem *item = notched_item (page->plan);
    BmDiags *diags = bm_diags_new ();

    for (int i = 0; i < page->plan->n_items; i++)
        items[i].pinned = &items[i] == item || i == also;
    BmPlan *again = set_again (page, diags);
    HOLDS (page, "page", again != NULL);
    const BmPlanItem *now = bm_plan_item (again, item->id);
    char *broken = broken_constraint (page->edition->pages[0], again);
    if (broken != NULL)
        fail_msg ("%s, %d columns, %s pinned: %s", page->wanted.file, page->wanted.columns, item->id, broken);
    bool same = now->notched && now->notch_columns == item->notch_columns && now->notch_rows == item->notch_rows &&
                now->notch_left == item->notch_left && now->column == item->column && now->row == item->row &&
                now->columns == item->columns && now->rows == item->rows && is_same_text (page->plan, again, item->id);
    HOLDS (page, item->id, same || bm_diags_has (diags, "BM0610"));
    for (int i = 0; i < page->plan->n_items; i++)
        items[i].pinned = false;
    bm_plan_free (again);
    bm_diags_free (diags);
    return same;
}

static void
a_pinned_story_keeps_its_notch (void **state)
{
    int pins = 0, stayed = 0;

    (void) state;
    if (type == NULL)
        skip ();
    for (size_t i = 0; i < G_N_ELEMENTS (pages); i++) {
        if (notched_item (made[i].plan) == NULL)
            continue;
        bool switched = made[i].layout->interlock;

        made[i].layout->interlock = false; /* what is pinned asks no switch */
        stayed += stays_with_its_notch (&made[i], -1);
        stayed += stays_with_its_notch (&made[i], made[i].plan->n_items - 1);
        edit_another (&made[i]);
        stayed += stays_with_its_notch (&made[i], -1);
        made[i].layout->interlock = switched;
        pins += 3;
    }
    print_message ("%d of %d stayed\n", stayed, pins);
    assert_true (pins > 0 && stayed * 10 >= pins * 9);
}

/* A notch that make-up never cuts is refused by name, and the page is set all the same. */
static void
a_notch_at_the_head_is_no_pin (void **state)
{
    (void) state;
    if (type == NULL)
        skip ();
    for (size_t i = 0; i < G_N_ELEMENTS (pages); i++) {
        BmPlanItem *item = (BmPlanItem *) notched_item (made[i].plan);

        if (item == NULL)
            continue;
        BmDiags *diags = bm_diags_new ();
        item->notch_top = item->pinned = true;
        BmPlan *again = set_again (&made[i], diags);
        item->notch_top = item->pinned = false;
        assert_non_null (again);
        assert_true (bm_diags_has (diags, "BM0610"));
        bm_plan_free (again);
        bm_diags_free (diags);
        return;
    }
    fail ();
}

/* ---- the plan ---- */

static void
the_golden_page_is_set_as_before (void **state)
{
    (void) state;
    if (type == NULL)
        skip ();
    for (size_t i = 0; i < G_N_ELEMENTS (pages); i++)
        if (made[i].plan != NULL && notched_item (made[i].plan) != NULL) {
            HOLDS (&made[i], "golden plan", agrees_with_golden (&made[i], "-interlock"));
            return;
        }
    fail ();
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (every_page_is_exact_and_many_have_a_notch),
        cmocka_unit_test (no_page_is_worse_than_without),
        cmocka_unit_test (setting_twice_equals_setting_once),
        cmocka_unit_test (the_columns_have_two_lengths_and_run_left_to_right),
        cmocka_unit_test (the_head_stands_over_all_columns),
        cmocka_unit_test (whole_blocks_fill_the_notch),
        cmocka_unit_test (a_pinned_story_keeps_its_notch),
        cmocka_unit_test (a_notch_at_the_head_is_no_pin),
        cmocka_unit_test (the_golden_page_is_set_as_before),
    };

    return cmocka_run_group_tests_name ("interlock", tests, make_pages, free_pages);
}
