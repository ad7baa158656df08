/* test-devices.c — devices show a story's own words and no others, two a page at most, and only where the layout allows
 * them; too little copy is filled up from what the edition and the layout have spare, or refused with figures. */
#include "fonts.h"
#include "makeup/constraints.h"
#include "makeup/device.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define SENTENCE "海风吹过栈桥，居民在码头上等候清晨的渡船，灯塔的光一明一暗。"
#define ALL      "devices: [summary, quote, figures, crosshead]\n"

static BmType *type;

typedef struct {
    BmEdition *edition;
    BmLayout *layout;
    BmDiags *diags;
    BmPlan *plan;
    char *text;
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

/* Takes the text. */
static Page
make (char *text, const char *layout, int columns)
{
    static const char *const dirs[] = { BM_SOURCE_DIR "/layouts", NULL };
    Page page = { .edition = bm_edition_new (), .diags = bm_diags_new (), .text = text };
    const BmMakeupOptions options = { .picture_root = BM_SOURCE_DIR "/samples" };

    page.layout = bm_layout_read ("layout.yaml", layout, strlen (layout), dirs, page.diags);
    assert_non_null (page.layout);
    assert_true (columns == 0 || bm_layout_set_columns (page.layout, columns, page.diags));
    assert_true (bm_edition_read_markdown (page.edition, "page.md", text, strlen (text), page.diags));
    page.plan = bm_makeup_page (page.edition, 0, page.layout, type, &options, page.diags);
    char *broken = page.plan == NULL ? NULL : broken_constraint (page.edition->pages[0], page.plan);
    if (broken != NULL)
        fail_msg ("%s", broken);
    return page;
}

static void
drop (Page *page)
{
    bm_plan_free (page->plan);
    bm_layout_free (page->layout);
    bm_edition_free (page->edition);
    bm_diags_free (page->diags);
    g_free (page->text);
}

static char *
file_text (const char *file)
{
    char *path = g_build_filename (BM_SOURCE_DIR, file, NULL), *text = NULL;

    assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_free (path);
    /* Pictures of the sets are not at hand here: their places are. */
    GRegex *regex = g_regex_new ("\\]\\([^)]*\\)", (GRegexCompileFlags) 0, (GRegexMatchFlags) 0, NULL);
    char *without = g_regex_replace_literal (regex, text, -1, 0, "](<>)", (GRegexMatchFlags) 0, NULL);
    g_regex_unref (regex);
    g_free (text);
    return without;
}

#define NEEDS_TYPE(state) \
    do {                  \
        (void) (state);   \
        if (type == NULL) \
            skip ();      \
    } while (0)

/* ---- words ---- */

static char *
squeezed (const char *text)
{
    GString *out = g_string_new (NULL);

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
        if (!g_unichar_isspace (g_utf8_get_char (p)))
            g_string_append_unichar (out, g_utf8_get_char (p));
    return g_string_free (out, FALSE);
}

/* Without the marks that stand round a quotation and the dash before its speaker. */
static char *
bare (const char *text)
{
    GRegex *regex = g_regex_new ("^(?:[“「]|——)|[”」]$", (GRegexCompileFlags) 0, (GRegexMatchFlags) 0, NULL);
    char *plain = squeezed (text), *out = g_regex_replace_literal (regex, plain, -1, 0, "", (GRegexMatchFlags) 0, NULL);

    g_regex_unref (regex);
    g_free (plain);
    return out;
}

static const BmItem *
item_of (const Page *page, const char *id)
{
    for (int i = 0; i < page->edition->pages[0]->n_items; i++)
        if (strcmp (page->edition->pages[0]->items[i]->id, id) == 0)
            return page->edition->pages[0]->items[i];
    return NULL;
}

static void
assert_verbatim (const Page *page, const BmElement *element, int from, int to)
{
    GString *words = g_string_new (NULL);
    char *all = bm_item_text (item_of (page, element->item)), *story = squeezed (all);

    for (int i = from; i < to; i++)
        g_string_append (words, element->lines[i].text);
    char *plain = bare (words->str);
    if (strstr (story, plain) == NULL)
        fail_msg ("“%s” does not stand in %s", plain, element->item);
    g_free (plain);
    g_free (story);
    g_free (all);
    g_string_free (words, TRUE);
}

/* The words of a device in one piece each: a quotation and its speaker, a number with its unit, a label. */
static void
check_words (const Page *page, const BmElement *element)
{
    int n = element->n_lines;
    bool source = element->role == BM_ELEM_PULLQUOTE && g_str_has_prefix (element->lines[n - 1].text, "——");

    if (element->role == BM_ELEM_FIGURES) {
        int step = element->size > 15 ? 2 : 1;

        for (int i = 0; i < n; i += step)
            assert_verbatim (page, element, i, i + step);
        return;
    }
    assert_verbatim (page, element, 0, n - source);
    if (source)
        assert_verbatim (page, element, n - 1, n);
}

/* Figures are two elements: numbers, and the words under them. */
static int
count_devices (const Page *page, bool *seen)
{
    int halves = 0;

    for (int i = 0; i < page->plan->n_elements; i++) {
        const BmElement *element = &page->plan->elements[i];

        if (!element->device)
            continue;
        halves += element->role == BM_ELEM_FIGURES ? 1 : 2;
        seen[element->role] = true;
        check_words (page, element);
    }
    return halves / 2;
}

static const char *const sets[] = { "samples/harbour.md",     "samples/market.md",         "tests/sets/01-city.md",
                                    "tests/sets/04-dense.md", "tests/sets/08-no-photo.md", "tests/sets/10-long-heads.md",
                                    "tests/sets/11-over.md",  "tests/sets/12-under.md",    "tests/sets/13-single.md" };

static void
the_words_of_every_device_stand_in_its_story_and_no_page_has_three (void **state)
{
    NEEDS_TYPE (state);
    static const char *const allowed[] = { ALL, "devices: [summary]\n", "devices: [quote]\n", "devices: [figures]\n",
                                           "devices: [crosshead]\n" };
    bool seen[BM_N_ELEMS] = { false };

    for (size_t i = 0; i < G_N_ELEMENTS (sets); i++)
        for (size_t k = 0; k < (i < 6 ? G_N_ELEMENTS (allowed) : 1); k++) {
            char *layout = g_strconcat ("base: broadsheet\n", allowed[k], NULL);
            Page page = make (file_text (sets[i]), layout, i % 2 == 0 ? 7 : 5);

            assert_non_null (page.plan);
            assert_in_range (count_devices (&page, seen), 0, 2);
            assert_true (plan_is_fixed_point (page.plan));
            drop (&page);
            g_free (layout);
        }
    /* A test of nothing is none. */
    assert_true (seen[BM_ELEM_SUMMARY] && seen[BM_ELEM_PULLQUOTE] && seen[BM_ELEM_FIGURES] && seen[BM_ELEM_CROSSHEAD]);
}

static void
devices_are_off_unless_the_layout_allows_them (void **state)
{
    NEEDS_TYPE (state);
    for (size_t i = 0; i < 3; i++) {
        bool seen[BM_N_ELEMS] = { false };
        Page plain = make (file_text (sets[i]), "base: broadsheet\n", 0),
             none = make (file_text (sets[i]), "base: broadsheet\ndevices: []\n", 0);
        const BmPlan *one = plain.plan, *other = none.plan;
        char *a = bm_plans_to_json (&one, 1), *b = bm_plans_to_json (&other, 1);

        assert_int_equal (count_devices (&plain, seen), 0);
        assert_string_equal (a, b);
        g_free (a);
        g_free (b);
        drop (&plain);
        drop (&none);
    }
}

/* ---- what is found in a text ---- */

static DeviceWords found[BM_MAX_DEVICES];
static BmArena *found_in;

static int
find (bool quotes, bool figures, bool crossheads, const char *body)
{
    const BmLayout layout = { .devices_pullquote = quotes, .devices_figures = figures, .devices_crosshead = crossheads };
    BmEdition *edition = bm_edition_new ();
    BmItem *item = bm_page_add_item (edition, bm_edition_add_page (edition));

    if (found_in != NULL)
        bm_arena_free (found_in);
    found_in = bm_arena_create ();
    bm_item_add_block (edition, item, BM_BLOCK_PARAGRAPH, body);
    int n = bm_find_devices (found_in, &layout, item, found);
    bm_edition_free (edition);
    return n;
}

static int
drop_found (void **state)
{
    (void) state;
    if (found_in != NULL)
        bm_arena_free (found_in);
    found_in = NULL;
    return 0;
}

static void
a_quotation_is_whole_and_its_speaker_stands_beside_it (void **state)
{
    (void) state;
    assert_int_equal (find (true, false, false, "“码头的灯亮了，船就知道往哪里靠。”港务站站长林望海说。"), 1);
    assert_string_equal (found[0].text, "“码头的灯亮了，船就知道往哪里靠。”");
    assert_string_equal (found[0].speaker, "港务站站长林望海");
    assert_int_equal (find (true, false, false, "昨天，林望海说：“码头的灯亮了，船就知道往哪里靠。”"), 1);
    assert_string_equal (found[0].speaker, "林望海");
    assert_int_equal (find (true, false, false, "“码头的灯亮了，船就知道往哪里靠。”他笑着说。"), 1);
    assert_null (found[0].speaker);
    /* A term, a clause without its end, a quotation that is not closed. */
    assert_int_equal (
        find (true, false, false, "推行“一张图、一本账、一支队伍”的办法，大家“各管一段，谁也不推”。他说：“码头的灯亮了，"), 0);
}

static void
a_number_whose_words_could_mislead_is_passed_over (void **state)
{
    (void) state;
    assert_int_equal (find (false, true, false, "今年以来，修复栈桥12处，添置路灯1,300余盏，节约了48.5万元。"), 1);
    assert_int_equal (found[0].n_figures, 2);
    assert_string_equal (found[0].figures[0].number, "12");
    assert_string_equal (found[0].figures[0].unit, "处");
    assert_string_equal (found[0].figures[0].label, "修复栈桥");
    assert_string_equal (found[0].figures[1].number, "48.5");
    assert_string_equal (found[0].figures[1].unit, "万元");
    assert_int_equal (find (false, true, false, "投资约30万元，惠及居民近200户，故障降到3次，不足5人，全镇2024年，第3期。"), 0);
}

static void
a_crosshead_is_a_clause_of_its_paragraph (void **state)
{
    (void) state;
    GString *body = g_string_new (NULL);
    for (int i = 0; i < 30; i++)
        g_string_append (body, SENTENCE);
    assert_int_equal (find (false, false, true, body->str), 0); /* one paragraph: there is nothing to part */
    g_string_free (body, TRUE);
}

/* ---- too little copy ---- */

static char *
short_page (int stories, int characters, int spare)
{
    GString *out = g_string_new ("---\npaper: 汐州日报\npage: 5\n---\n");

    for (int i = 0; i < stories + spare; i++) {
        g_string_append_printf (out, "%s\n# 码头第%d号新闻\n\n%s\n\n", i == 0 ? "" : "\n***\n", i + 1,
                                i < stories ? "" : "<!-- 补白 -->");
        for (int n = 0; n < characters; n += 90)
            g_string_append (out, SENTENCE SENTENCE SENTENCE "\n\n");
    }
    return g_string_free (out, FALSE);
}

static int
count_kind (const BmPlan *plan, const char *kind)
{
    int n = 0;

    for (int i = 0; i < plan->n_items; i++)
        n += strcmp (plan->items[i].kind, kind) == 0;
    return n;
}

static void
spare_items_fill_a_short_page_and_stay_out_of_a_full_one (void **state)
{
    NEEDS_TYPE (state);
    Page page = make (short_page (5, 540, 3), "base: broadsheet\n", 0);

    assert_non_null (page.plan);
    assert_string_equal (page.plan->status, "OK_FILLER");
    assert_in_range (count_kind (page.plan, "filler"), 1, 2);
    assert_true (bm_diags_has (page.diags, "BM0614")); /* the third is named */
    assert_int_equal (page.plan->n_overset, 0);
    drop (&page);

    page = make (short_page (8, 1350, 2), "base: broadsheet\n", 0);
    assert_non_null (page.plan);
    assert_int_equal (count_kind (page.plan, "filler"), 0);
    assert_true (bm_diags_has (page.diags, "BM0614"));
    drop (&page);
}

static void
a_picture_of_the_house_fills_what_no_spare_item_does (void **state)
{
    NEEDS_TYPE (state);
    Page page = make (short_page (5, 540, 0), "base: broadsheet\nfillers: [bookshop-ad.jpg, lamp-ad.jpg]\n", 0);

    assert_non_null (page.plan);
    assert_string_equal (page.plan->status, "OK_FILLER");
    assert_int_equal (count_kind (page.plan, "ad"), 1);
    drop (&page);
}

static void
what_is_missing_is_told_in_lines_and_at_once (void **state)
{
    NEEDS_TYPE (state);
    static const struct {
        int stories, characters;
    } pages[] = { { 1, 90 }, { 9, 90 }, { 3, 270 } };

    for (size_t i = 0; i < G_N_ELEMENTS (pages); i++) {
        clock_t before = clock ();
        Page page = make (short_page (pages[i].stories, pages[i].characters, 0), "base: broadsheet\n", 0);
        double seconds = (double) (clock () - before) / CLOCKS_PER_SEC;
        char *said = bm_diags_format (page.diags, BM_FORM_SHORT, false);

        assert_null (page.plan);
        assert_true (bm_diags_has (page.diags, "BM0606"));
        assert_true (g_regex_match_simple ("fills about [0-9]+ % of the page, and [0-9]+ lines of 21 characters are missing",
                                           said, (GRegexCompileFlags) 0, (GRegexMatchFlags) 0));
        assert_true (seconds < 5); /* a fifth of it on a machine that does nothing else, unsanitised */
        g_free (said);
        drop (&page);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (the_words_of_every_device_stand_in_its_story_and_no_page_has_three),
        cmocka_unit_test (devices_are_off_unless_the_layout_allows_them),
        cmocka_unit_test_teardown (a_quotation_is_whole_and_its_speaker_stands_beside_it, drop_found),
        cmocka_unit_test_teardown (a_number_whose_words_could_mislead_is_passed_over, drop_found),
        cmocka_unit_test_teardown (a_crosshead_is_a_clause_of_its_paragraph, drop_found),
        cmocka_unit_test (spare_items_fill_a_short_page_and_stay_out_of_a_full_one),
        cmocka_unit_test (a_picture_of_the_house_fills_what_no_spare_item_does),
        cmocka_unit_test (what_is_missing_is_told_in_lines_and_at_once),
    };

    return cmocka_run_group_tests (tests, open_type, close_type);
}
