/* test-roundup.c — round-ups (集纳): what holds of the briefs that run on through the columns of one container. Judged from
 * the plan's elements. */
#include "fonts.h"
#include "makeup/constraints.h"
#include "makeup/pages.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NEAR 0.02
#define MOST_WHITE 2 /* rows over a brief's head */
#define MOST_FOOT 1  /* rows by which a column may end short */
#define TOGETHER 2   /* lines of a brief at either side of a column's end */

static const Case pages[] = {
    { "tests/sets/07-briefs.md", "broadsheet", 5 }, { "tests/sets/07-briefs.md", "broadsheet", 6 },
    { "tests/sets/07-briefs.md", "broadsheet", 8 }, { "tests/sets/16-forty.md", "broadsheet", 6 },
    { "tests/sets/16-forty.md", "broadsheet", 8 },  { "tests/sets/17-sixty.md", "broadsheet", 5 },
    { "tests/sets/17-sixty.md", "broadsheet", 7 },  { "tests/sets/18-tabloid-briefs.md", "tabloid", 4 },
    { "tests/sets/18-tabloid-briefs.md", "tabloid", 5 },
};

static BmType *type;
static Made made[G_N_ELEMENTS (pages)];

static int
make_pages (void **state)
{
    (void) state;
    type = test_type ();
    for (size_t i = 0; type != NULL && i < G_N_ELEMENTS (pages); i++)
        made[i] = made_page (type, &pages[i], NULL);
    if (type == NULL)
        print_message ("the fonts of the layouts are not installed: round-ups are not tested\n");
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

#define HOLDS(page, what, claim)                                                                                    \
    do {                                                                                                            \
        if (!(claim)) {                                                                                             \
            print_error ("%s, %s, %d columns: %s: %s\n", (page)->wanted.file, (page)->wanted.layout,                \
                         (page)->wanted.columns, what, #claim);                                                     \
            fail ();                                                                                                \
        }                                                                                                           \
    } while (0)

static void
for_each_page (void (*check) (const Made *page))
{
    if (type == NULL)
        skip ();
    for (size_t i = 0; i < G_N_ELEMENTS (pages); i++)
        check (&made[i]);
}

static const BmPlanItem *
container_of (const BmPlan *plan)
{
    for (int i = 0; i < plan->n_items; i++)
        if (strcmp (plan->items[i].kind, "container") == 0)
            return &plan->items[i];
    return NULL;
}

static bool
is_of (const BmElement *element, const char *item, BmElementRole role)
{
    return element->role == role && g_strcmp0 (element->item, item) == 0;
}

static const BmElement *
find_element (const BmPlan *plan, const char *item, BmElementRole role)
{
    for (int i = 0; i < plan->n_elements; i++)
        if (is_of (&plan->elements[i], item, role))
            return &plan->elements[i];
    return NULL;
}

/* ---- the page ---- */

static void
check_page (const Made *page)
{
    HOLDS (page, "page", page->plan != NULL && page->plan->n_overset == 0 && page->plan->quality.fill == 1);
    HOLDS (page, "page", page->plan->quality.q >= 85 && page->plan->quality.lead >= 0.75);
    char *broken = broken_constraint (page->edition->pages[0], page->plan);
    HOLDS (page, broken == NULL ? "" : broken, broken == NULL);
    HOLDS (page, "plan", plan_is_fixed_point (page->plan));
}

static void
every_page_of_briefs_is_exact_and_its_lead_is_large (void **state)
{
    (void) state;
    for_each_page (check_page);
}

/* Who leads, has a picture or stands second never runs on with the briefs. */
static void
check_members (const Made *page)
{
    const BmPlanItem *container = container_of (page->plan);
    const BmPage *written = page->edition->pages[0];

    HOLDS (page, "page", container != NULL && container->n_members >= 3);
    for (int i = 0, before = -1; i < container->n_members; i++) {
        const BmPlanItem *member = bm_plan_item (page->plan, container->members[i]);
        int at = 0;

        HOLDS (page, container->members[i], member != NULL && strcmp (member->container, container->id) == 0 && member->importance >= 3);
        HOLDS (page, member->id, find_element (page->plan, member->id, BM_ELEM_PHOTO) == NULL);
        while (strcmp (written->items[at]->id, member->id) != 0)
            at++;
        HOLDS (page, member->id, at > before && written->items[at]->n_pictures == 0); /* in the order of the edition */
        before = at;
    }
}

static void
only_short_plain_items_run_on_in_their_order (void **state)
{
    (void) state;
    for_each_page (check_members);
}

/* Its head is the layout's word, set once. */
static void
check_label (const Made *page)
{
    const BmElement *label = find_element (page->plan, container_of (page->plan)->id, BM_ELEM_LABEL);

    HOLDS (page, "label", label != NULL && label->n_lines == 1 && strcmp (label->lines[0].text, "简讯") == 0);
}

static void
its_head_is_a_neutral_word (void **state)
{
    (void) state;
    for_each_page (check_label);
}

/* ---- columns ---- */

static bool
stands_in_column (const BmElement *element)
{
    return element->role == BM_ELEM_HEADLINE || element->role == BM_ELEM_TEXT || element->role == BM_ELEM_BYLINE;
}

static bool
is_member (const BmPlan *plan, const char *item)
{
    const BmPlanItem *found = item == NULL ? NULL : bm_plan_item (plan, item);

    return found != NULL && found->container != NULL;
}

/* Where the column at `x` begins and ends. */
static void
extent_of (const BmPlan *plan, double x, double *top, double *foot)
{
    *top = INFINITY;
    *foot = 0;
    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *element = &plan->elements[i];

        if (!stands_in_column (element) || !is_member (plan, element->item) || fabs (element->x - x) > NEAR)
            continue;
        *top = MIN (*top, element->y);
        *foot = MAX (*foot, element->y + element->height);
    }
}

static void
check_columns (const Made *page)
{
    double top, foot, first_top = -1, lowest = 0;

    for (int round = 0; round < 2; round++)
        for (int i = 0; i < page->plan->n_elements; i++) {
            const BmElement *element = &page->plan->elements[i];

            if (!stands_in_column (element) || !is_member (page->plan, element->item))
                continue;
            extent_of (page->plan, element->x, &top, &foot);
            first_top = first_top < 0 ? top : first_top;
            lowest = MAX (lowest, foot);
            HOLDS (page, element->item, fabs (top - first_top) < NEAR);
            if (round == 1)
                HOLDS (page, element->item, lowest - foot < MOST_FOOT * page->plan->grid.pitch + NEAR);
        }
}

static void
columns_of_a_round_up_begin_and_end_level (void **state)
{
    (void) state;
    for_each_page (check_columns);
}

/* What stands over an element in its column ends there; 0: nothing does. */
static double
foot_over (const BmPlan *plan, const BmElement *under)
{
    double foot = 0;

    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *element = &plan->elements[i];

        if (stands_in_column (element) && is_member (plan, element->item) && fabs (element->x - under->x) < NEAR && element->y < under->y - NEAR)
            foot = MAX (foot, element->y + element->height);
    }
    return foot;
}

static void
check_heads (const Made *page)
{
    const BmPlanItem *container = container_of (page->plan);
    double size = 0;

    for (int i = 0; i < container->n_members; i++) {
        const BmElement *head = find_element (page->plan, container->members[i], BM_ELEM_HEADLINE);

        HOLDS (page, container->members[i], head != NULL && head->n_lines >= 1);
        size = size > 0 ? size : head->size;
        HOLDS (page, container->members[i], fabs (head->size - size) < NEAR && head->size > page->plan->grid.body);
        double over = foot_over (page->plan, head);
        HOLDS (page, container->members[i], over == 0 || (head->y - over > -NEAR && head->y - over < MOST_WHITE * page->plan->grid.pitch + NEAR));
        for (int k = 0; k < head->n_lines; k++)
            HOLDS (page, container->members[i], head->lines[k].x + head->lines[k].width <= head->x + head->width + NEAR);
    }
}

static void
heads_of_briefs_are_alike_and_white_stands_over_them (void **state)
{
    (void) state;
    for_each_page (check_heads);
}

/* A brief that is parted has two lines at least in each column, and its head goes with its text. */
static void
check_parts (const Made *page)
{
    const BmPlan *plan = page->plan;

    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *element = &plan->elements[i];

        if (element->role != BM_ELEM_TEXT || !is_member (plan, element->item) || bm_plan_item (plan, element->item)->lines_composed < 2 * TOGETHER)
            continue;
        HOLDS (page, element->item, element->n_lines >= TOGETHER);
        if (element->index == 0)
            HOLDS (page, element->item, fabs (find_element (plan, element->item, BM_ELEM_HEADLINE)->x - element->x) < NEAR);
    }
}

static void
no_line_of_a_brief_stands_alone (void **state)
{
    (void) state;
    for_each_page (check_parts);
}

/* ---- an earlier plan ---- */

static void
a_pinned_round_up_stays (void **state)
{
    (void) state;
    if (type == NULL)
        skip ();
    const BmPlan *before = made[1].plan;
    const BmPlanItem *was = container_of (before);
    const BmMakeupOptions options = { .keep = before };

    ((BmPlanItem *) was)->pinned = true;
    Made again = made_page (type, &pages[1], &options);
    HOLDS (&again, "page", again.plan != NULL);
    const BmPlanItem *is = container_of (again.plan);
    HOLDS (&again, "container", is != NULL && is->column == was->column && is->row == was->row && is->columns == was->columns && is->rows == was->rows);
    for (int i = 0; i < was->n_members; i++) {
        const BmElement *a = find_element (before, was->members[i], BM_ELEM_HEADLINE), *b = find_element (again.plan, was->members[i], BM_ELEM_HEADLINE);

        HOLDS (&again, was->members[i], b != NULL && fabs (a->x - b->x) < NEAR && fabs (a->y - b->y) < NEAR);
    }
    ((BmPlanItem *) was)->pinned = false;
    made_free (&again);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (every_page_of_briefs_is_exact_and_its_lead_is_large),
        cmocka_unit_test (only_short_plain_items_run_on_in_their_order),
        cmocka_unit_test (its_head_is_a_neutral_word),
        cmocka_unit_test (columns_of_a_round_up_begin_and_end_level),
        cmocka_unit_test (heads_of_briefs_are_alike_and_white_stands_over_them),
        cmocka_unit_test (no_line_of_a_brief_stands_alone),
        cmocka_unit_test (a_pinned_round_up_stays),
    };

    return cmocka_run_group_tests (tests, make_pages, free_pages);
}
