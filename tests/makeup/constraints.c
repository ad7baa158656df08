/* constraints.c — see constraints.h. */
#include "makeup/constraints.h"

#include "makeup/pages.h"

#include <math.h>
#include <string.h>

#define NEAR 0.02 /* points: what rounding may leave */
#define WHITE_UNDER_HEAD 6 /* rows, on the most relaxed page */

static char *
fault (const char *item, const char *what)
{
    return g_strdup_printf ("%s: %s", item == NULL ? "page" : item, what);
}

/* ---- every item once, every character ---- */

static int
times_held (const BmPlan *plan, const char *id)
{
    int n = 0;

    for (int i = 0; i < plan->n_overset; i++)
        n += strcmp (plan->overset[i].item, id) == 0 && strcmp (plan->overset[i].policy, "jump") != 0;
    return n;
}

static int
times_placed (const BmPlan *plan, const char *id)
{
    int n = 0;

    for (int i = 0; i < plan->n_items; i++)
        n += strcmp (plan->items[i].id, id) == 0;
    return n;
}

/* A story that goes on elsewhere says so in a line that nobody wrote. */
static BmItem
as_placed (const BmPlan *plan, const BmItem *item)
{
    BmItem placed = *item;

    for (int i = 0; i < plan->n_overset; i++)
        if (strcmp (plan->overset[i].item, item->id) == 0 && strcmp (plan->overset[i].policy, "jump") == 0)
            placed.jump_to = "（下转他版）";
    return placed;
}

/* NULL: what was given is what stands on the page and in the list of copy over. */
static char *
missing_characters (const BmPlan *plan, const BmItem *item)
{
    const BmItem placed = as_placed (plan, item);
    GArray *want = characters_written (&placed), *have = characters_placed (plan, item->id);
    bool same = want->len == have->len && (want->len == 0 || memcmp (want->data, have->data, want->len * sizeof (gunichar)) == 0);
    guint at = 0;

    while (at < want->len && at < have->len && g_array_index (want, gunichar, at) == g_array_index (have, gunichar, at))
        at++;
    char *text = same ? NULL
                      : g_strdup_printf ("%s: %u characters given, %u placed and over; the first that differs is U+%04X", item->id, want->len,
                                         have->len, g_array_index (at < want->len ? want : have, gunichar, at));
    g_array_free (want, TRUE);
    g_array_free (have, TRUE);
    return text;
}

/* Artwork shows an ad's words itself. */
static bool
is_set_in_type (const BmItem *item)
{
    return item->kind != BM_ITEM_AD;
}

static char *
check_items (const BmPage *page, const BmPlan *plan)
{
    for (int i = 0; i < page->n_items; i++) {
        const BmItem *item = page->items[i];

        if (item->kind != BM_ITEM_AD && bm_item_characters (item) == 0 && item->n_pictures == 0)
            continue; /* nothing to set */
        if (item->wish.filler && times_placed (plan, item->id) == 0)
            continue; /* spare, and not needed */
        if (times_placed (plan, item->id) + times_held (plan, item->id) != 1)
            return fault (item->id, "not exactly once on the page or held over");
        char *missing = is_set_in_type (item) ? missing_characters (plan, item) : NULL;
        if (missing != NULL)
            return missing;
    }
    return NULL;
}

/* ---- places ---- */

static char *
check_blocks (const BmPlan *plan)
{
    for (int i = 0; i < plan->n_items; i++) {
        const BmPlanItem *item = &plan->items[i];

        if (item->columns < 1 || item->rows < 1 || item->column < 0 || item->row < 0 ||
            item->column + item->columns > plan->grid.columns || item->row + item->rows > plan->grid.rows)
            return fault (item->id, "its block leaves the grid");
        if (item->lines_over != 0 || item->lines_placed != item->lines_composed)
            return fault (item->id, "lines composed are not lines placed");
        for (int k = 0; k < i; k++)
            if (item->container == NULL && plan->items[k].container == NULL && bm_plan_items_overlap (item, &plan->items[k]))
                return fault (item->id, "its block lies on another");
    }
    return NULL;
}

static bool
holds_type_or_picture (const BmElement *element)
{
    return element->role != BM_ELEM_RULE && element->role != BM_ELEM_FRAME && element->role != BM_ELEM_TINT;
}

static bool
touch (const BmElement *a, const BmElement *b)
{
    return a->x + NEAR < b->x + b->width && b->x + NEAR < a->x + a->width && a->y + NEAR < b->y + b->height &&
           b->y + NEAR < a->y + a->height;
}

static bool
is_finite (const BmElement *element)
{
    return isfinite (element->x) && isfinite (element->y) && isfinite (element->width) && isfinite (element->height) &&
           element->width >= 0 && element->height >= 0;
}

static bool
outside_type_area (const BmPlan *plan, const BmElement *element)
{
    const BmGrid *grid = &plan->grid;
    double right = grid->x[grid->columns - 1] + grid->column_width, foot = grid->top + grid->rows * grid->pitch;

    if (element->item == NULL)
        return element->x < -NEAR || element->y < -NEAR || element->x + element->width > plan->width + NEAR ||
               element->y + element->height > plan->height + NEAR;
    return element->x < grid->x[0] - NEAR || element->y < grid->top - NEAR || element->x + element->width > right + NEAR ||
           element->y + element->height > foot + NEAR;
}

static char *
check_elements (const BmPlan *plan)
{
    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *a = &plan->elements[i];

        if (!is_finite (a))
            return fault (a->item, "an element whose place is no number");
        if (a->role != BM_ELEM_RULE && outside_type_area (plan, a))
            return fault (a->item, "an element outside the type area");
        for (int k = 0; k < i; k++) {
            const BmElement *b = &plan->elements[k];

            if (holds_type_or_picture (a) && holds_type_or_picture (b) && touch (a, b) &&
                (g_strcmp0 (a->item, b->item) != 0 || (a->role == BM_ELEM_TEXT && b->role == BM_ELEM_TEXT) ||
                 (a->role == BM_ELEM_PHOTO && b->role == BM_ELEM_TEXT) || (a->role == BM_ELEM_TEXT && b->role == BM_ELEM_PHOTO)))
                return fault (a->item, "an element lies on another");
        }
    }
    return NULL;
}

/* ---- lines ---- */

static char *
check_lines (const BmPlan *plan)
{
    double phase = -1;

    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *element = &plan->elements[i];

        for (int k = 0; element->role == BM_ELEM_TEXT && k < element->n_lines; k++) {
            const BmPlacedLine *line = &element->lines[k];
            double at = fmod (line->baseline - plan->grid.top, plan->grid.pitch);

            if (line->x < element->x - NEAR || line->x + line->width > element->x + element->width + NEAR)
                return fault (element->item, "a line leaves its measure");
            phase = phase < 0 ? at : phase;
            if (fabs (at - phase) > NEAR && fabs (fabs (at - phase) - plan->grid.pitch) > NEAR)
                return fault (element->item, "a line stands off the grid");
        }
    }
    return NULL;
}

/* A caption stands under its picture and as wide as it is. */
static char *
check_photos (const BmPlan *plan)
{
    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *photo = &plan->elements[i];

        for (int k = 0; photo->role == BM_ELEM_PHOTO && k < 4; k++)
            if (!(photo->crop[k] >= 0 && photo->crop[k] < 0.5))
                return fault (photo->item, "a picture cropped by half");
    }
    return NULL;
}

/* On a relaxed page a story may end some rows short and stand under more white: what it says itself is no hole. */
static double
least_fill (const BmPlan *plan)
{
    int spare = 0;

    /* A spare line beside the rows between stories makes a run of three; a head without text has its white under it. */
    for (int i = 0; i < plan->n_items; i++) {
        const BmPlanItem *item = &plan->items[i];
        int white = strcmp (plan->status, "OK") != 0 || item->lines_composed == 0 ? WHITE_UNDER_HEAD : 0;

        spare += (white + (item->slack_lines > 0 ? item->slack_lines + 2 : 0)) * item->columns;
    }
    return 1 - (double) spare / (plan->grid.columns * plan->grid.rows);
}

static char *
check_fill (const BmPlan *plan)
{
    BmQuality again = bm_plan_quality (plan);

    if (again.fill < least_fill (plan) - 1e-9)
        return g_strdup_printf ("page: filled to %.4f, status %s", again.fill, plan->status);
    if (again.overlap != 0 || again.overset != 0)
        return fault (NULL, "the score finds an overlap or lines over");
    return again.q == plan->quality.q ? NULL : fault (NULL, "its figures are not those of its elements");
}

char *
broken_constraint (const BmPage *page, const BmPlan *plan)
{
    char *found = check_items (page, plan);

    found = found != NULL ? found : check_blocks (plan);
    found = found != NULL ? found : check_elements (plan);
    found = found != NULL ? found : check_lines (plan);
    found = found != NULL ? found : check_photos (plan);
    return found != NULL ? found : check_fill (plan);
}

bool
plan_is_fixed_point (const BmPlan *plan)
{
    BmDiags *diags = bm_diags_new ();
    char *first = bm_plans_to_json (&plan, 1), *second = NULL;
    BmPlan *read = bm_plan_from_json ("plan.json", first, strlen (first), 0, diags);
    const BmPlan *again = read;

    if (read != NULL)
        second = bm_plans_to_json (&again, 1);
    bool same = second != NULL && strcmp (first, second) == 0;
    g_free (first);
    g_free (second);
    bm_plan_free (read);
    bm_diags_free (diags);
    return same;
}
