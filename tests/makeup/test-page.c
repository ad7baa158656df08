/* test-page.c — what holds of every page made up, whatever its stories and its grid; the golden plans.
 *
 * Judged from the plan's elements, never from the solver's own state. */
#include "fonts.h"
#include "makeup/goldens.h"

#include <glib/gstdio.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NEAR 0.02 /* points: what rounding may leave */

/* Pages on which everything finds room, those of many items by a round-up. 11 holds more than a page does: see the tests of
 * copy over. */
static const Case whole[] = {
    { "samples/harbour.md", "broadsheet", 0 },     { "samples/harbour.md", "broadsheet", 4 },
    { "samples/harbour.md", "broadsheet", 6 },     { "samples/harbour.md", "broadsheet", 7 },
    { "samples/harbour.md", "broadsheet", 8 },     { "samples/market.md", "broadsheet", 0 },
    { "samples/tabloid.md", "tabloid", 0 },        { "samples/tabloid.md", "tabloid-4", 0 },
    { "tests/sets/01-city.md", "broadsheet", 4 },  { "tests/sets/01-city.md", "broadsheet-6", 0 },
    { "tests/sets/02-front.md", "broadsheet", 0 }, { "tests/sets/02-front.md", "broadsheet-8", 0 },
    { "tests/sets/03-county.md", "broadsheet", 0 }, { "tests/sets/04-dense.md", "broadsheet-8", 0 },
    { "tests/sets/05-tabloid.md", "tabloid", 6 },  { "tests/sets/06-tabloid-4.md", "tabloid-4", 0 },
    { "tests/sets/08-no-photo.md", "broadsheet-7", 0 }, { "tests/sets/09-boxed.md", "broadsheet-6", 0 },
    { "tests/sets/10-long-heads.md", "broadsheet-6", 0 }, { "tests/sets/12-under.md", "broadsheet-6", 0 },
    { "tests/sets/10-long-heads.md", "broadsheet", 7 }, { "tests/makeup/crossheads.md", "broadsheet-8", 0 }, { "tests/sets/13-single.md", "broadsheet-6", 0 }, { "tests/sets/14-half-ad.md", "broadsheet-6", 0 },
    { "tests/sets/15-thirty.md", "broadsheet-6", 0 }, { "tests/sets/15-thirty.md", "broadsheet-8", 0 },
    { "tests/sets/07-briefs.md", "broadsheet", 4 }, { "tests/sets/07-briefs.md", "broadsheet-6", 0 },
    { "tests/sets/07-briefs.md", "broadsheet", 9 }, { "tests/sets/16-forty.md", "broadsheet", 5 },
    { "tests/sets/16-forty.md", "broadsheet-7", 0 }, { "tests/sets/17-sixty.md", "broadsheet-6", 0 },
    { "tests/sets/17-sixty.md", "broadsheet-8", 0 }, { "tests/sets/18-tabloid-briefs.md", "tabloid", 0 },
    { "samples/islet.md", "tabloid", 0 },          { "samples/minato.md", "tabloid", 0 },
};

static const struct {
    Case page;
    int least; /* stories that stand on the page all the same */
} over[] = {
    { { "tests/sets/11-over.md", "broadsheet-6", 0 }, 8 },
};

static BmType *type;
static Made made[G_N_ELEMENTS (whole)];

static int
make_pages (void **state)
{
    (void) state;
    type = test_type ();
    for (size_t i = 0; type != NULL && i < G_N_ELEMENTS (whole); i++)
        made[i] = made_page (type, &whole[i], NULL);
    if (type == NULL)
        print_message ("the fonts of the layouts are not installed: make-up is not tested\n");
    return 0;
}

static int
free_pages (void **state)
{
    (void) state;
    for (size_t i = 0; type != NULL && i < G_N_ELEMENTS (whole); i++)
        made_free (&made[i]);
    bm_type_free (type);
    return 0;
}

/* Say which page it is before the assertion stops. */
#define HOLDS(page, what, claim)                                                                                    \
    do {                                                                                                            \
        if (!(claim)) {                                                                                             \
            print_error ("%s, %s, %d columns: %s: %s\n", (page)->wanted.file, (page)->wanted.layout,                \
                         (page)->plan == NULL ? 0 : (page)->plan->grid.columns, what, #claim);                      \
            fail ();                                                                                                \
        }                                                                                                           \
    } while (0)

static void
for_each_page (void (*check) (const Made *page))
{
    if (type == NULL)
        skip ();
    for (size_t i = 0; i < G_N_ELEMENTS (whole); i++)
        check (&made[i]);
}

static bool
is_kind (const BmPlanItem *item, const char *kind)
{
    return strcmp (item->kind, kind) == 0;
}

/* ---- everything is there ---- */

static void
check_exact (const Made *page)
{
    HOLDS (page, "page", page->plan != NULL);
    BmQuality again = bm_plan_quality (page->plan);

    HOLDS (page, "page", page->plan->n_overset == 0);
    HOLDS (page, "page", fabs (again.fill - 1) < 1e-9 && again.overlap == 0 && again.overset == 0);
    HOLDS (page, "page", again.q == page->plan->quality.q && again.lead > 0);
    for (int i = 0; i < page->plan->n_items; i++)
        HOLDS (page, page->plan->items[i].id, page->plan->items[i].lines_over == 0);
}

static void
every_page_is_filled_exactly_and_nothing_is_over (void **state)
{
    (void) state;
    for_each_page (check_exact);
}

/* Copied out of the story by a layout that asks for it, so it stands twice. */
static bool
has_copies (const BmPlan *plan, const char *id)
{
    for (int i = 0; i < plan->n_elements; i++)
        if (g_strcmp0 (plan->elements[i].item, id) == 0 &&
            (plan->elements[i].role == BM_ELEM_SUMMARY || plan->elements[i].role == BM_ELEM_FIGURES))
            return true;
    return false;
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

static void
check_characters (const Made *page)
{
    const BmPage *written = page->edition->pages[0];

    for (int i = 0; i < written->n_items; i++) {
        const BmItem *item = written->items[i];
        if (item->kind == BM_ITEM_AD || has_copies (page->plan, item->id))
            continue;
        const BmItem placed = as_placed (page->plan, item);
        GArray *want = characters_written (&placed), *have = characters_placed (page->plan, item->id);
        bool same = want->len == have->len && (want->len == 0 || memcmp (want->data, have->data, want->len * sizeof (gunichar)) == 0);

        for (guint k = 0; !same && k < want->len; k++)
            if (k >= have->len || g_array_index (want, gunichar, k) != g_array_index (have, gunichar, k)) {
                print_error ("written %u characters, placed %u; the first that differs is U+%04X\n", want->len, have->len,
                             g_array_index (want, gunichar, k));
                break;
            }
        HOLDS (page, item->id, same);
        g_array_free (want, TRUE);
        g_array_free (have, TRUE);
    }
}

static void
every_character_of_every_item_is_on_the_page (void **state)
{
    (void) state;
    for_each_page (check_characters);
}

/* ---- places ---- */

static void
check_blocks (const Made *page)
{
    const BmPlan *plan = page->plan;

    for (int i = 0; i < plan->n_items; i++) {
        const BmPlanItem *item = &plan->items[i];

        HOLDS (page, item->id, item->columns >= 1 && item->rows >= 1 && item->column >= 0 && item->row >= 0);
        HOLDS (page, item->id, item->column + item->columns <= plan->grid.columns && item->row + item->rows <= plan->grid.rows);
        for (int k = 0; k < i; k++)
            if (item->container == NULL && plan->items[k].container == NULL)
                HOLDS (page, item->id, !bm_plan_items_overlap (item, &plan->items[k]));
    }
}

static void
blocks_lie_within_the_grid_and_never_on_one_another (void **state)
{
    (void) state;
    for_each_page (check_blocks);
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

static void
check_elements (const Made *page)
{
    const BmPlan *plan = page->plan;

    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *a = &plan->elements[i];

        HOLDS (page, a->item, a->x >= -NEAR && a->y >= -NEAR && a->x + a->width <= plan->width + NEAR && a->y + a->height <= plan->height + NEAR);
        for (int k = 0; k < i; k++) {
            const BmElement *b = &plan->elements[k];

            if (holds_type_or_picture (a) && holds_type_or_picture (b) && g_strcmp0 (a->item, b->item) != 0)
                HOLDS (page, a->item, !touch (a, b));
        }
    }
}

static void
nothing_of_one_item_touches_another (void **state)
{
    (void) state;
    for_each_page (check_elements);
}

/* ---- lines ---- */

static void
check_lines (const Made *page)
{
    const BmGrid *grid = &page->plan->grid;

    for (int i = 0; i < page->plan->n_elements; i++) {
        const BmElement *element = &page->plan->elements[i];

        if (element->role != BM_ELEM_TEXT)
            continue;
        for (int k = 0; k < element->n_lines; k++) {
            const BmPlacedLine *line = &element->lines[k];
            double rows = (line->baseline - grid->top) / grid->pitch, first = (element->lines[0].baseline - grid->top) / grid->pitch;

            HOLDS (page, element->item, line->x >= element->x - NEAR);
            HOLDS (page, element->item, line->x + line->width <= element->x + element->width + NEAR);
            HOLDS (page, element->item, fabs ((rows - first) - round (rows - first)) * grid->pitch < NEAR);
        }
    }
}

/* A headline's own break is no character: run over, it would show as a box. */
static void
check_glyphs (const Made *page)
{
    for (int i = 0; i < page->plan->n_elements; i++)
        for (int k = 0; k < page->plan->elements[i].n_lines; k++) {
            const BmPlacedLine *line = &page->plan->elements[i].lines[k];

            HOLDS (page, line->text, strchr (line->text, '\n') == NULL);
            for (int r = 0; r < line->n_runs; r++)
                for (int g = 0; g < line->runs[r].n_glyphs; g++)
                    HOLDS (page, line->text, line->runs[r].glyphs[g].glyph != 0);
        }
}

static void
no_line_shows_a_box_for_a_glyph (void **state)
{
    (void) state;
    for_each_page (check_glyphs);
}

static void
no_line_leaves_its_measure (void **state)
{
    (void) state;
    for_each_page (check_lines);
}

/* All body lines of the page, in whatever column, stand on one grid. */
static void
check_baselines (const Made *page)
{
    const BmGrid *grid = &page->plan->grid;
    double phase = -1;

    for (int i = 0; i < page->plan->n_elements; i++) {
        const BmElement *element = &page->plan->elements[i];

        for (int k = 0; element->role == BM_ELEM_TEXT && k < element->n_lines; k++) {
            double at = fmod (element->lines[k].baseline - grid->top, grid->pitch);

            phase = phase < 0 ? at : phase;
            HOLDS (page, element->item, fabs (at - phase) < NEAR || fabs (fabs (at - phase) - grid->pitch) < NEAR);
        }
    }
}

static void
every_body_baseline_is_on_the_grid (void **state)
{
    (void) state;
    for_each_page (check_baselines);
}

static bool
ends_a_column (const BmElement *element)
{
    return element->role == BM_ELEM_TEXT || element->role == BM_ELEM_PULLQUOTE || element->role == BM_ELEM_TABLE ||
           element->role == BM_ELEM_FIGURES;
}

/* The foot of what stands lowest in the column of an element. */
static double
foot_of_column (const BmPlan *plan, const BmElement *in)
{
    double foot = 0;

    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *element = &plan->elements[i];

        if (g_strcmp0 (element->item, in->item) == 0 && ends_a_column (element) && fabs (element->x - in->x) < NEAR)
            foot = MAX (foot, element->y + element->height);
    }
    return foot;
}

/* The columns of one block end level; on a relaxed page but for the rows that the item says it is short. In a container
 * white stands at the foot of a member: its columns are stories of their own. */
static void
check_level (const Made *page)
{
    const BmPlan *plan = page->plan;
    bool exact = strcmp (plan->status, "OK") == 0;

    for (int i = 0; i < plan->n_items; i++) {
        double lowest = 0, highest = INFINITY;
        int n = 0;

        if (plan->items[i].container != NULL)
            continue; /* a brief of a round-up ends where it ends: see test-roundup.c */

        for (int k = 0; k < plan->n_elements; k++) {
            const BmElement *element = &plan->elements[k];

            if (element->role != BM_ELEM_TEXT || element->n_lines == 0 || g_strcmp0 (element->item, plan->items[i].id) != 0)
                continue;
            double foot = foot_of_column (plan, element);

            lowest = MAX (lowest, foot);
            highest = MIN (highest, foot);
            n++;
        }
        if (n > 1)
            HOLDS (page, plan->items[i].id, lowest - highest <= (exact ? 0 : plan->items[i].slack_lines) * plan->grid.pitch + NEAR);
    }
}

static void
columns_of_a_story_end_level (void **state)
{
    (void) state;
    for_each_page (check_level);
}

#define STUB 0.25 /* of the measure: a word or two */

#define FEW_STUBS 3 /* on all pages together: some thirty */

static int counted;

/* `count` adds up what is wrong on one page. */
static void
there_are_few (void (*count) (const Made *), int most)
{
    counted = 0;
    for_each_page (count);
    assert_in_range (counted, 0, most);
}

/* A cost, no law: now and then one is the lesser evil. */
static void
count_column_stubs (const Made *page)
{
    for (int i = 0; i < page->plan->n_elements; i++) {
        const BmElement *element = &page->plan->elements[i];

        if (element->role == BM_ELEM_TEXT && element->index > 0 && element->n_lines > 1 && element->lines[0].width < STUB * element->width)
            counted++;
    }
}

static void
few_columns_begin_with_a_paragraphs_last_word (void **state)
{
    (void) state;
    there_are_few (count_column_stubs, FEW_STUBS);
}

#define FEW_UNEVEN 15 /* on all pages together: some hundred stories with bylines */

/* The text's first column under the byline, or NULL. */
static const BmElement *
text_under (const BmPlan *plan, const BmElement *byline)
{
    const BmElement *first = NULL;

    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *element = &plan->elements[i];

        if (element->role == BM_ELEM_TEXT && g_strcmp0 (element->item, byline->item) == 0 && fabs (element->x - byline->x) < 1 &&
            element->y > byline->y && (first == NULL || element->y < first->y))
            first = element;
    }
    return first;
}

/* An empty row after the lead's byline, none after another: a cost, too. */
static void
count_uneven_bylines (const Made *page)
{
    const BmPlan *plan = page->plan;

    for (int i = 0; i + 1 < plan->n_elements; i++) {
        const BmElement *byline = &plan->elements[i];
        const BmElement *text = byline->role == BM_ELEM_BYLINE && plan->elements[i + 1].role != BM_ELEM_BYLINE ? text_under (plan, byline) : NULL;
        const BmPlanItem *item = text == NULL ? NULL : bm_plan_item (plan, byline->item);

        if (item == NULL)
            continue;
        bool apart = text->y - byline->y - byline->height > plan->grid.pitch / 2;
        counted += apart != (item->importance == 1);
    }
}

static void
few_bylines_stand_off_unlike_the_others (void **state)
{
    (void) state;
    there_are_few (count_uneven_bylines, FEW_UNEVEN);
}

/* ---- heads ---- */

static void
check_lead (const Made *page)
{
    const BmPlan *plan = page->plan;
    double lead = 0, other = 0;

    for (int i = 0; i < plan->n_elements; i++)
        for (int k = 0; plan->elements[i].role == BM_ELEM_HEADLINE && k < plan->n_items; k++)
            if (g_strcmp0 (plan->items[k].id, plan->elements[i].item) == 0) {
                double *size = plan->items[k].importance == 1 ? &lead : &other;
                *size = MAX (*size, plan->elements[i].size);
            }
    HOLDS (page, "lead", lead > other);
}

static void
the_lead_has_the_largest_headline (void **state)
{
    (void) state;
    for_each_page (check_lead);
}

/* A page of one story has to be filled by its head. */
static void
check_lone_characters (const Made *page)
{
    const BmPlan *plan = page->plan;

    for (int i = 0; plan->n_items > 2 && i < plan->n_elements; i++)
        for (int k = 0; plan->elements[i].role == BM_ELEM_HEADLINE && !plan->elements[i].vertical && k < plan->elements[i].n_lines; k++)
            HOLDS (page, plan->elements[i].lines[k].text, g_utf8_strlen (plan->elements[i].lines[k].text, -1) > 1);
}

static void
no_line_of_a_headline_is_one_character (void **state)
{
    (void) state;
    for_each_page (check_lone_characters);
}

/* ---- copy that finds no room ---- */

static int
count_stories (const BmPlan *plan)
{
    int n = 0;

    for (int i = 0; i < plan->n_items; i++)
        n += !is_kind (&plan->items[i], "ad") && !is_kind (&plan->items[i], "container");
    return n;
}

/* Does the last line of the story on the page end with a sentence's mark, or a quotation's after one? */
static bool
ends_a_sentence (const BmPlan *plan, const char *item)
{
    const BmElement *last = NULL;

    for (int i = 0; i < plan->n_elements; i++)
        if (plan->elements[i].role == BM_ELEM_TEXT && g_strcmp0 (plan->elements[i].item, item) == 0 && plan->elements[i].n_lines > 0)
            last = &plan->elements[i];
    if (last == NULL)
        return false;
    const char *text = last->lines[last->n_lines - 1].text;
    return g_utf8_strchr ("。！？…”）", -1, g_utf8_get_char (g_utf8_prev_char (text + strlen (text)))) != NULL;
}

static void
copy_over_is_listed_whole_and_named (void **state)
{
    (void) state;
    if (type == NULL)
        skip ();
    for (size_t i = 0; i < G_N_ELEMENTS (over); i++) {
        Made page = made_page (type, &over[i].page, NULL);

        HOLDS (&page, "page", page.plan != NULL && page.plan->n_overset > 0 && bm_diags_count (page.diags, BM_WARNING) > 0);
        HOLDS (&page, "page", count_stories (page.plan) >= over[i].least);
        for (int k = 0; k < page.plan->n_overset; k++)
            HOLDS (&page, page.plan->overset[k].item, page.plan->overset[k].characters > 0 && page.plan->overset[k].lines > 0);
        for (int k = 0; k < page.plan->n_overset; k++)
            HOLDS (&page, page.plan->overset[k].item, strcmp (page.plan->overset[k].policy, "jump") != 0 || ends_a_sentence (page.plan, page.plan->overset[k].item));
        check_characters (&page);
        check_blocks (&page);
        check_elements (&page);
        made_free (&page);
    }
}

static void
a_page_without_items_is_refused (void **state)
{
    static const Case empty = { "tests/makeup/empty.md", "broadsheet", 0 };

    (void) state;
    if (type == NULL)
        skip ();
    Made page = made_page (type, &empty, NULL);
    assert_null (page.plan);
    assert_true (bm_diags_count (page.diags, BM_ERROR) > 0);
    made_free (&page);
}

/* ---- pins ---- */

static void
pinned_items_stay_where_the_plan_has_them (void **state)
{
    (void) state;
    if (type == NULL)
        skip ();
    const BmMakeupOptions options = { .keep = made[0].plan };

    for (int i = 0; i < made[0].plan->n_items; i++)
        made[0].plan->items[i].pinned = true;
    Made page = made_page (type, &whole[0], &options);
    HOLDS (&page, "page", page.plan != NULL && page.plan->n_items == made[0].plan->n_items);
    for (int i = 0; i < page.plan->n_items; i++) {
        const BmPlanItem *a = &page.plan->items[i], *b = &made[0].plan->items[i];

        HOLDS (&page, a->id, a->column == b->column && a->row == b->row && a->columns == b->columns && a->rows == b->rows);
    }
    for (int i = 0; i < made[0].plan->n_items; i++)
        made[0].plan->items[i].pinned = false;
    made_free (&page);
}

static void
the_trace_names_every_story (void **state)
{
    (void) state;
    if (type == NULL)
        skip ();
    GString *trace = g_string_new (NULL);
    const BmMakeupOptions options = { .trace = trace };
    Made page = made_page (type, &whole[0], &options);

    for (int i = 0; i < page.plan->n_items; i++)
        if (is_kind (&page.plan->items[i], "story") && page.plan->items[i].container == NULL)
            HOLDS (&page, page.plan->items[i].id, strstr (trace->str, page.plan->items[i].title) != NULL);
    g_string_free (trace, TRUE);
    made_free (&page);
}

/* ---- the plan as a document ---- */

static void
check_written (const Made *page)
{
    const BmPlan *plan = page->plan;
    char *first = bm_plans_to_json (&plan, 1);
    BmPlan *read = bm_plan_from_json ("plan.json", first, strlen (first), 0, page->diags);

    HOLDS (page, "plan", read != NULL);
    const BmPlan *again = read;
    char *second = bm_plans_to_json (&again, 1);
    if (strcmp (first, second) != 0)
        show_difference ("the plan written", first, second);
    HOLDS (page, "plan", strcmp (first, second) == 0);
    g_free (first);
    g_free (second);
    bm_plan_free (read);
}

static void
a_plan_written_and_read_writes_the_same_again (void **state)
{
    (void) state;
    for_each_page (check_written);
}

static void
setting_twice_equals_setting_once (void **state)
{
    (void) state;
    if (type == NULL)
        skip ();
    for (size_t i = 0; i < 6; i++) {
        Made again = made_page (type, &whole[i], NULL);
        const BmPlan *a = made[i].plan, *b = again.plan;
        char *first = bm_plans_to_json (&a, 1), *second = bm_plans_to_json (&b, 1);

        HOLDS (&again, "plan", strcmp (first, second) == 0);
        g_free (first);
        g_free (second);
        made_free (&again);
    }
}

/* ---- golden plans ---- */

static void
the_golden_pages_are_set_as_before (void **state)
{
    static const int goldens[] = { 0, 3, 5, 6, 17 };

    (void) state;
    if (type == NULL)
        skip ();
    for (size_t i = 0; i < G_N_ELEMENTS (goldens); i++)
        HOLDS (&made[goldens[i]], "golden plan", agrees_with_golden (&made[goldens[i]], ""));
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (every_page_is_filled_exactly_and_nothing_is_over),
        cmocka_unit_test (every_character_of_every_item_is_on_the_page),
        cmocka_unit_test (blocks_lie_within_the_grid_and_never_on_one_another),
        cmocka_unit_test (nothing_of_one_item_touches_another),
        cmocka_unit_test (no_line_leaves_its_measure),
        cmocka_unit_test (no_line_shows_a_box_for_a_glyph),
        cmocka_unit_test (every_body_baseline_is_on_the_grid),
        cmocka_unit_test (columns_of_a_story_end_level),
        cmocka_unit_test (few_columns_begin_with_a_paragraphs_last_word),
        cmocka_unit_test (few_bylines_stand_off_unlike_the_others),
        cmocka_unit_test (the_lead_has_the_largest_headline),
        cmocka_unit_test (no_line_of_a_headline_is_one_character),
        cmocka_unit_test (copy_over_is_listed_whole_and_named),
        cmocka_unit_test (a_page_without_items_is_refused),
        cmocka_unit_test (pinned_items_stay_where_the_plan_has_them),
        cmocka_unit_test (the_trace_names_every_story),
        cmocka_unit_test (a_plan_written_and_read_writes_the_same_again),
        cmocka_unit_test (setting_twice_equals_setting_once),
        cmocka_unit_test (the_golden_pages_are_set_as_before),
    };

    return cmocka_run_group_tests_name ("make-up", tests, make_pages, free_pages);
}
