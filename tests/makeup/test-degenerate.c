/* test-degenerate.c — odd pages: a complete page or a named error, never nothing; wishes had or named. */
#include "fonts.h"
#include "makeup/constraints.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SENTENCE "海风吹过栈桥，居民在码头上等候清晨的渡船，灯塔的光一明一暗。"

static BmType *type;

typedef struct {
    BmEdition *edition;
    BmLayout *layout;
    BmDiags *diags;
    BmPlan *plan;
    GString *text, *trace;
} Page;

static int
open_type (void **state)
{
    (void) state;
    type = test_type ();
    return 0;
}

static int
close_type (void **state)
{
    (void) state;
    bm_type_free (type);
    return 0;
}

/* ---- pages made of stories of so many characters ---- */

static void
begin_item (GString *out)
{
    g_string_append (out, out->len == 0 ? "---\npaper: 汐州日报\npage: 5\n---\n\n" : "\n***\n\n");
}

static void
add_story (GString *out, int number, int characters, const char *remarks, bool picture)
{
    begin_item (out);
    g_string_append_printf (out, "# 码头第%d号新闻\n\n%s\n\n", number, remarks);
    for (int n = 0; n < characters; n += 90)
        g_string_append (out, SENTENCE SENTENCE SENTENCE "\n\n");
    if (picture)
        g_string_append (out, "![清晨的码头](<>)\n");
}

static void
add_stories (GString *out, int n, int characters)
{
    for (int i = 0; i < n; i++)
        add_story (out, i + 1, characters, "", i % 3 == 0);
}

static void
add_ad (GString *out, const char *remarks)
{
    begin_item (out);
    g_string_append_printf (out, "%s\n\n![广告](<>)\n", remarks);
}

static Page
make_kept (GString *text, const char *layout, int columns, bool traced, const BmPlan *keep)
{
    static const char *const dirs[] = { BM_SOURCE_DIR "/layouts", NULL };
    Page page = { .edition = bm_edition_new (), .diags = bm_diags_new (), .text = text, .trace = g_string_new (NULL) };
    const BmMakeupOptions options = { .trace = traced ? page.trace : NULL, .keep = keep };

    page.layout = bm_layout_load (layout, dirs, page.diags);
    assert_non_null (page.layout);
    assert_true (bm_layout_set_columns (page.layout, columns, page.diags));
    assert_true (bm_edition_read_markdown (page.edition, "page.md", text->str, text->len, page.diags));
    page.plan = bm_makeup_page (page.edition, 0, page.layout, type, &options, page.diags);
    char *broken = page.plan == NULL ? NULL : broken_constraint (page.edition->pages[0], page.plan);
    if (broken != NULL)
        fail_msg ("%s", broken);
    return page;
}

static Page
make_on (GString *text, const char *layout, int columns, bool traced)
{
    return make_kept (text, layout, columns, traced, NULL);
}

static Page
make (GString *text)
{
    return make_on (text, "broadsheet", 5, true);
}

static void
drop (Page *page)
{
    bm_plan_free (page->plan);
    bm_layout_free (page->layout);
    bm_edition_free (page->edition);
    bm_diags_free (page->diags);
    g_string_free (page->text, TRUE);
    g_string_free (page->trace, TRUE);
}

static void
is_refused_with (GString *text, const char *code)
{
    Page page = make (text);

    assert_null (page.plan);
    assert_true (bm_diags_has (page.diags, code));
    drop (&page);
}

#define NEEDS_TYPE(state)                                                                                           \
    do {                                                                                                            \
        (void) (state);                                                                                             \
        if (type == NULL)                                                                                           \
            skip ();                                                                                                \
    } while (0)

/* ---- hopeless pages ---- */

static void
what_cannot_be_a_page_is_refused_by_name (void **state)
{
    NEEDS_TYPE (state);
    GString *text = g_string_new (NULL);
    add_story (text, 1, 90, "", false);
    is_refused_with (text, "BM0606"); /* too little */

    text = g_string_new (NULL);
    add_story (text, 1, 60000, "", false);
    is_refused_with (text, "BM0604"); /* too much */

    text = g_string_new (NULL);
    add_stories (text, 2, 900);
    add_ad (text, "<!-- 500mm -->");
    is_refused_with (text, "BM0603");

    text = g_string_new (NULL);
    add_stories (text, 2, 900);
    add_ad (text, "<!-- 通栏 高300mm -->");
    add_ad (text, "<!-- 通栏 高300mm -->");
    is_refused_with (text, "BM0603");

    text = g_string_new (NULL);
    add_ad (text, "<!-- 通栏 高60mm -->");
    is_refused_with (text, "BM0606"); /* nothing but a strip */

    text = g_string_new (NULL);
    for (int i = 0; i < 3; i++)
        add_ad (text, "<!-- 通栏 高200mm -->");
    is_refused_with (text, "BM0603"); /* nothing but ads, higher than the page */

    text = g_string_new (NULL);
    begin_item (text);
    g_string_append (text, "# ");
    for (int i = 0; i < 60; i++)
        g_string_append (text, "很长的标题");
    g_string_append (text, "\n\n" SENTENCE "\n");
    is_refused_with (text, "BM0613");
}

/* ---- odd pages that are pages ---- */

static void
sixty_items_one_story_and_one_ad_are_pages (void **state)
{
    NEEDS_TYPE (state);
    GString *text = g_string_new (NULL);
    add_stories (text, 60, 150);
    Page page = make (text);
    assert_non_null (page.plan);
    drop (&page);

    text = g_string_new (NULL);
    add_story (text, 1, 4800, "", true);
    page = make (text);
    assert_non_null (page.plan);
    assert_int_equal (page.plan->n_overset, 0);
    drop (&page);

    text = g_string_new (NULL);
    add_ad (text, "");
    page = make (text);
    assert_non_null (page.plan);
    assert_int_equal (page.plan->items[0].rows, page.plan->grid.rows);
    drop (&page);
}

/* ---- ads ---- */

static void
ads_stand_in_both_corners_and_in_the_ear (void **state)
{
    NEEDS_TYPE (state);
    GString *text = g_string_new (NULL);
    add_stories (text, 6, 700);
    add_ad (text, "<!-- 二栏 高100mm 左下 -->");
    add_ad (text, "<!-- 100mm 高80mm 右下 -->");
    add_ad (text, "<!-- 二栏 高60mm 报眼 -->");
    Page page = make (text);

    assert_non_null (page.plan);
    const BmPlanItem *left = bm_plan_item (page.plan, "a7"), *right = bm_plan_item (page.plan, "a8"), *ear = bm_plan_item (page.plan, "a9");
    assert_int_equal (left->column, 0);
    assert_int_equal (left->row + left->rows, page.plan->grid.rows);
    assert_int_equal (right->column + right->columns, page.plan->grid.columns);
    assert_int_equal (right->row + right->rows, page.plan->grid.rows);
    assert_int_equal (ear->row, 0);
    assert_int_equal (ear->column + ear->columns, page.plan->grid.columns);
    drop (&page);
}

/* ---- wishes ---- */

static void
a_wished_width_is_had (void **state)
{
    NEEDS_TYPE (state);
    static const struct {
        const char *remark;
        int columns;
    } widths[] = { { "<!-- 二栏 -->", 2 }, { "<!-- 半通栏 -->", 3 }, { "<!-- 通栏 -->", 5 }, { "<!-- 210mm -->", 3 } };

    for (size_t i = 0; i < G_N_ELEMENTS (widths); i++) {
        GString *text = g_string_new (NULL);
        add_stories (text, 5, 800);
        add_story (text, 6, 700, widths[i].remark, false);
        Page page = make (text);

        assert_non_null (page.plan);
        assert_false (bm_diags_has (page.diags, "BM0612"));
        assert_int_equal (bm_plan_item (page.plan, "a6")->columns, widths[i].columns);
        drop (&page);
    }
}

static void
a_wish_that_cannot_be_is_named (void **state)
{
    NEEDS_TYPE (state);
    static const char *const remarks[] = { "<!-- 9栏 -->", "<!-- 900mm -->", "<!-- 左下 -->", "<!-- 高90mm -->" };

    for (size_t i = 0; i < G_N_ELEMENTS (remarks); i++) {
        GString *text = g_string_new (NULL);
        add_stories (text, 5, 800);
        add_story (text, 6, 700, remarks[i], false);
        Page page = make (text);

        assert_non_null (page.plan);
        assert_true (bm_diags_has (page.diags, "BM0612"));
        drop (&page);
    }
    GString *text = g_string_new (NULL);
    add_stories (text, 5, 800);
    add_story (text, 6, 300, "<!-- 集纳 -->", true); /* a picture has no room in a container */
    add_story (text, 7, 300, "<!-- 集纳 -->", false);
    Page page = make (text);
    assert_non_null (page.plan);
    assert_true (bm_diags_has (page.diags, "BM0612"));
    drop (&page);
}

static bool
stand_together (const BmPlanItem *a, const BmPlanItem *b, int separator)
{
    bool level = a->row < b->row + b->rows && b->row < a->row + a->rows;
    bool straight = a->column < b->column + b->columns && b->column < a->column + a->columns;

    return (level && (a->column + a->columns == b->column || b->column + b->columns == a->column)) ||
           (straight && (b->row - a->row - a->rows == separator || a->row - b->row - b->rows == separator)) ||
           (a->container != NULL && g_strcmp0 (a->container, b->container) == 0);
}

static void
stories_of_a_group_stand_together (void **state)
{
    NEEDS_TYPE (state);
    for (int k = 0; k < 5; k++) {
        GString *text = g_string_new (NULL);
        for (int i = 0; i < 7; i++)
            add_story (text, i + 1, 500 + (i * 97 + k * 131) % 600, i == k || i == k + 2 ? "<!-- 同组：甲 -->" : "", i % 3 == 0);
        Page page = make (text);
        char *one = g_strdup_printf ("a%d", k + 1), *two = g_strdup_printf ("a%d", k + 3);

        assert_non_null (page.plan);
        assert_true (bm_diags_has (page.diags, "BM0612") ||
                     stand_together (bm_plan_item (page.plan, one), bm_plan_item (page.plan, two), page.layout->separator_rows));
        g_free (one);
        g_free (two);
        drop (&page);
    }
}

static void
the_trace_tells_what_else_could_have_been (void **state)
{
    NEEDS_TYPE (state);
    GString *text = g_string_new (NULL);
    add_stories (text, 6, 800);
    Page page = make (text);

    assert_non_null (page.plan);
    assert_non_null (strstr (page.trace->str, "could be:"));
    assert_non_null (strstr (page.trace->str, "taken:"));
    drop (&page);
}

/* ---- ads of words ---- */

static void
add_word_ad (GString *out, const char *remarks, int sentences)
{
    begin_item (out);
    g_string_append_printf (out, "# 礁门渔港　鲜货直送\n\n<!-- 广告 %s -->\n\n", remarks);
    for (int i = 0; i < sentences; i++)
        g_string_append (out, SENTENCE);
    g_string_append (out, "\n");
}

static const BmElement *
ad_of (const BmPlan *plan)
{
    for (int i = 0; i < plan->n_elements; i++)
        if (plan->elements[i].role == BM_ELEM_AD)
            return &plan->elements[i];
    return NULL;
}

static Page
page_with_word_ad (int sentences)
{
    GString *text = g_string_new (NULL);

    add_stories (text, 6, 700);
    add_word_ad (text, "通栏 高60mm", sentences);
    return make (text);
}

static void
an_ad_of_words_fills_its_box (void **state)
{
    NEEDS_TYPE (state);
    Page page = page_with_word_ad (2);
    const BmElement *ad = ad_of (page.plan);
    double left = INFINITY, right = -INFINITY, largest = 0;

    assert_non_null (ad);
    for (int i = 0; i < ad->n_lines; i++) {
        const BmPlacedLine *line = &ad->lines[i];

        assert_true (line->x >= ad->x && line->x + line->width <= ad->x + ad->width);
        assert_true (line->baseline - line->size * 0.88 >= ad->y && line->baseline <= ad->y + ad->height);
        if (strcmp (line->text, page.layout->ad_word) == 0)
            continue;
        left = MIN (left, line->x);
        right = MAX (right, line->x + line->width);
        largest = MAX (largest, line->size);
    }
    assert_true (right - left > ad->width / 3 && largest > ad->height / 5);
    assert_true (fabs ((left - ad->x) - (ad->x + ad->width - right)) < 1); /* in the middle */
    assert_false (bm_diags_has (page.diags, "BM0615"));
    drop (&page);
}

static void
words_that_an_ad_cannot_hold_are_named (void **state)
{
    NEEDS_TYPE (state);
    Page page = page_with_word_ad (300);
    const BmElement *ad = ad_of (page.plan);

    for (int i = 0; i < ad->n_lines; i++)
        assert_true (ad->lines[i].baseline <= ad->y + ad->height);
    assert_true (bm_diags_has (page.diags, "BM0615"));
    drop (&page);
}

/* ---- containers that the edition asks for ---- */

static void
more_blocks_than_can_be_placed_go_into_one_more_container (void **state)
{
    NEEDS_TYPE (state);
    GString *text = g_string_new (NULL);

    add_story (text, 0, 1500, "<!-- 头条 -->", true);
    for (int i = 0; i < 4; i++)
        add_story (text, i + 1, 90, "<!-- 简讯 集纳：便民告示 -->", false);
    for (int i = 0; i < 11; i++)
        add_story (text, i + 5, 180, "", false);
    Page page = make (text);

    assert_non_null (page.plan);
    assert_int_equal (page.plan->n_overset, 0);
    drop (&page);
}

/* ---- the lead ---- */

static void
a_long_head_in_one_column_is_still_the_largest (void **state)
{
    NEEDS_TYPE (state);
    static const int lengths[] = { 450, 450, 270, 540, 360, 270, 360, 270, 450, 540, 360, 540, 270, 360 };
    GString *text = g_string_new (NULL);

    begin_item (text);
    g_string_append (text, "# 礁门渔港部署冷库扩容与码头改造一体化建设 确保年底前方便全部渔家\n\n<!-- 头条 一栏 -->\n\n");
    for (int i = 0; i < 6; i++)
        g_string_append (text, SENTENCE SENTENCE SENTENCE "\n\n");
    for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
        add_story (text, (int) i + 2, lengths[i], i == 0 ? "<!-- 二条 -->" : "", i % 4 == 2);
    Page page = make (text);
    double lead = 0, others = 0;

    assert_non_null (page.plan);
    for (int i = 0; i < page.plan->n_elements; i++) {
        const BmElement *element = &page.plan->elements[i];

        if (element->role == BM_ELEM_HEADLINE && strcmp (element->item, page.edition->pages[0]->items[0]->id) == 0)
            lead = element->size;
        else if (element->role == BM_ELEM_HEADLINE)
            others = MAX (others, element->size);
    }
    assert_true (lead > others);
    drop (&page);
}

/* ---- nothing is lost ---- */

/* Not every measure is looked at again when a block is built; the one that was chosen has to be among the ways, or its block is empty. */
static void
a_story_at_a_measure_of_its_own_has_its_text (void **state)
{
    static const struct {
        int columns, sizes[6];
    } pages[] = { { 7, { 720, 180, 1350, 1350, 270, 450 } }, { 7, { 1350, 270, 900, 1080, 900, 1080 } }, { 8, { 1350, 180, 1350, 1350, 90, 1800 } } };

    NEEDS_TYPE (state);
    for (size_t i = 0; i < G_N_ELEMENTS (pages); i++) {
        GString *text = g_string_new (NULL);

        for (int k = 0; k < 6; k++)
            add_story (text, k + 1, pages[i].sizes[k], "", false);
        Page page = make_on (text, "broadsheet", pages[i].columns, false);
        assert_non_null (page.plan);
        drop (&page);
    }
}

/* An upright picture beside a long one at one height would be narrower than a letter of its caption. */
static void
a_caption_under_a_narrow_picture_is_set (void **state)
{
    static const int sizes[] = { 900, 1080, 1080, 900 };
    GString *text = g_string_new (NULL);

    NEEDS_TYPE (state);
    for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++) {
        add_story (text, (int) i + 1, sizes[i], "", false);
        if (i == 0)
            g_string_append (text, "<!-- 1:8 -->\n\n![栈桥上的灯塔和清晨等候渡船的居民](<>)\n\n<!-- 6:1 -->\n\n![海风里的码头](<>)\n");
    }
    Page page = make_on (text, "tabloid", 7, false);
    assert_non_null (page.plan);
    drop (&page);
}

static void
two_half_ads_stand_on_a_page_of_one_column (void **state)
{
    GString *text = g_string_new (NULL);

    NEEDS_TYPE (state);
    add_stories (text, 3, 900);
    add_ad (text, "<!-- 半通栏 左下 -->");
    add_ad (text, "<!-- 100mm 高60mm -->");
    Page page = make_on (text, "tabloid", 1, false);
    assert_non_null (page.plan);
    drop (&page);
}

/* style.md §2. */
static void
the_second_line_of_a_long_byline_stands_a_character_in (void **state)
{
    GString *text = g_string_new (NULL);
    int seen = 0;

    NEEDS_TYPE (state);
    add_story (text, 1, 9000, "□ 本报记者 季明远 王一平 柯岚 周大海", false);
    Page page = make_on (text, "broadsheet", 8, false);
    for (int i = 0; page.plan != NULL && i < page.plan->n_elements; i++) {
        const BmElement *byline = &page.plan->elements[i];

        if (byline->role != BM_ELEM_BYLINE || byline->n_lines < 2)
            continue;
        seen++;
        assert_true (fabs (byline->lines[0].x - byline->x) < 0.01);
        assert_true (fabs (byline->lines[1].x - byline->x - byline->lines[1].size) < 0.01);
    }
    assert_int_equal (seen, 1);
    drop (&page);
}

static void
add_nine_and_two (GString *out, const char *remark)
{
    for (int i = 0; i < 9; i++)
        add_story (out, i + 1, 700, "<!-- 三条 -->", i % 3 == 0);
    add_story (out, 10, 90, remark, false);
    add_story (out, 11, 90, "<!-- 简讯 -->", false);
}

/* Nine stories and a container are as many as can be placed. A member that is to be wider than a member can be is no less of it
 * when that is pinned: nothing has to be held over for it, and nothing is both set and held over. */
static void
a_member_of_a_pinned_container_is_not_set_and_held_over (void **state)
{
    GString *text = g_string_new (NULL), *wider = g_string_new (NULL);
    int members = 0;

    NEEDS_TYPE (state);
    add_nine_and_two (text, "<!-- 简讯 -->");
    add_nine_and_two (wider, "<!-- 简讯 9栏 -->");
    Page page = make_on (text, "broadsheet", 6, false);
    assert_non_null (page.plan);
    for (int i = 0; i < page.plan->n_items; i++) {
        page.plan->items[i].pinned = page.plan->items[i].container != NULL;
        members += page.plan->items[i].pinned;
    }
    assert_int_equal (members, 2);
    Page again = make_kept (wider, "broadsheet", 6, false, page.plan);
    assert_non_null (again.plan);
    assert_int_equal (again.plan->n_overset, 0);
    drop (&again);
    drop (&page);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (what_cannot_be_a_page_is_refused_by_name),
        cmocka_unit_test (sixty_items_one_story_and_one_ad_are_pages),
        cmocka_unit_test (ads_stand_in_both_corners_and_in_the_ear),
        cmocka_unit_test (a_story_at_a_measure_of_its_own_has_its_text),
        cmocka_unit_test (a_caption_under_a_narrow_picture_is_set),
        cmocka_unit_test (the_second_line_of_a_long_byline_stands_a_character_in),
        cmocka_unit_test (two_half_ads_stand_on_a_page_of_one_column),
        cmocka_unit_test (a_wished_width_is_had),
        cmocka_unit_test (a_member_of_a_pinned_container_is_not_set_and_held_over),
        cmocka_unit_test (a_wish_that_cannot_be_is_named),
        cmocka_unit_test (stories_of_a_group_stand_together),
        cmocka_unit_test (an_ad_of_words_fills_its_box),
        cmocka_unit_test (words_that_an_ad_cannot_hold_are_named),
        cmocka_unit_test (more_blocks_than_can_be_placed_go_into_one_more_container),
        cmocka_unit_test (a_long_head_in_one_column_is_still_the_largest),
        cmocka_unit_test (the_trace_tells_what_else_could_have_been),
    };

    return cmocka_run_group_tests_name ("degenerate pages", tests, open_type, close_type);
}
