/* test-edition-trip.c — the two promises of the edition form: what was written is read again, and any text is some page. */
#include "describe.h"
#include "random-edition.h"
#include "reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define EDITIONS 3000

/* ---- one trip ---- */

typedef struct {
    char *written;        /* the page */
    char *again;          /* and again, after it was read */
    char *before, *after; /* what the page says, what was read */
    char *messages;       /* NULL if nothing was said against it */
} Trip;

static char *
write_page (const BmPage *page, bool json)
{
    return json ? bm_page_to_json (page) : bm_page_to_markdown (page);
}

static Trip
go (const BmPage *page, bool json)
{
    Trip trip = { .written = write_page (page, json), .before = describe_page (page, json) };
    Read read = read_text (trip.written, strlen (trip.written), json);

    if (read.ok) {
        trip.again = write_page (read.edition->pages[0], json);
        trip.after = describe_page (read.edition->pages[0], json);
    }
    if (!read.ok || bm_diags_total (read.diags) > 0)
        trip.messages = bm_diags_format (read.diags, BM_FORM_SHORT, false);
    read_free (&read);
    return trip;
}

static void
trip_free (Trip *trip)
{
    g_free (trip->written);
    g_free (trip->again);
    g_free (trip->before);
    g_free (trip->after);
    g_free (trip->messages);
}

/* The first lines that differ, and what was written. */
static void
complain (const char *what, const char *claim, const char *a, const char *b, const char *written)
{
    char **left = g_strsplit (a, "\n", -1), **right = g_strsplit (b, "\n", -1);
    int i = 0;

    while (left[i] != NULL && right[i] != NULL && strcmp (left[i], right[i]) == 0)
        i++;
    print_error ("%s: %s at line %d: %s ≠ %s\nwritten:\n", what, claim, i + 1, left[i] != NULL ? left[i] : "the end",
                 right[i] != NULL ? right[i] : "the end");
    fprintf (stderr, "%s\n", written); /* cmocka cuts long messages */
    g_strfreev (left);
    g_strfreev (right);
    fail ();
}

/* Fixed point always; the same page too if `page` is as a reader makes it. */
static void
check_form (const BmPage *page, const char *what, bool json, bool same)
{
    Trip trip = go (page, json);

    if (trip.messages != NULL)
        complain (what, "what was written is not read without a word", "", trip.messages, trip.written);
    if (strcmp (trip.written, trip.again) != 0)
        complain (what, "written again it differs", trip.written, trip.again, trip.written);
    if (same && strcmp (trip.before, trip.after) != 0)
        complain (what, "what was read differs", trip.before, trip.after, trip.written);
    trip_free (&trip);
}

static void
check_page (const BmPage *page, const char *what, bool same)
{
    check_form (page, what, false, same);
    check_form (page, what, true, same);
}

/* ---- pages of the tree ---- */

static int
check_folder (const char *path)
{
    GDir *folder = g_dir_open (path, 0, NULL);
    const char *name;
    int n = 0;

    assert_non_null (folder);
    while ((name = g_dir_read_name (folder)) != NULL) {
        char *file = g_build_filename (path, name, NULL), *text = NULL;
        gsize length = 0;

        if (g_str_has_suffix (name, ".md") && strcmp (name, "README.md") != 0 &&
            g_file_get_contents (file, &text, &length, NULL)) {
            Read read = read_text (text, length, false);

            assert_true (read.ok);
            check_page (read.edition->pages[0], name, true);
            read_free (&read);
            n++;
        }
        g_free (text);
        g_free (file);
    }
    g_dir_close (folder);
    return n;
}

static void
pages_of_the_tree_survive_the_round_trip (void **state)
{
    (void) state;
    assert_true (check_folder (BM_SOURCE_DIR "/samples") >= 3);
    assert_true (check_folder (BM_SOURCE_DIR "/tests/sets") >= 15);
}

/* ---- pages of programs ---- */

static void
any_page_comes_back_the_same_from_both_forms (void **state)
{
    Dice dice = { seed_of_run () };

    (void) state;
    for (int i = 0; i < EDITIONS; i++) {
        BmEdition *edition = bm_edition_new ();
        char what[32];

        snprintf (what, sizeof what, "page %d", i);
        check_page (random_page (&dice, edition), what, true);
        bm_edition_free (edition);
    }
}

/* A text that no reader would give: line breaks, blanks at the ends, characters that do not print. */
static void
texts_as_no_reader_gives_them_are_written_once_and_for_all (void **state)
{
    static const char *const dirt[] = { "\n", " \n ",    "\t",     " ",      "\u3000",   "\r",          "\u2028",
                                        "\a", "\x1b[1m", "\u202e", "\ufeff", "\n# 头\n", "\n\n***\n\n", "\\\n" };
    Dice dice = { seed_of_run () };

    (void) state;
    for (int i = 0; i < EDITIONS; i++) {
        BmEdition *edition = bm_edition_new ();
        BmPage *page = random_page (&dice, edition);
        BmItem *item = page->items[0];
        const char *a = dirt[roll (&dice, G_N_ELEMENTS (dirt))], *b = dirt[roll (&dice, G_N_ELEMENTS (dirt))];
        const char *text =
            bm_arena_printf (edition->arena, "%s%s%s%s", a, random_line (&dice, edition), b, random_line (&dice, edition));

        bm_item_add_block (edition, item, BM_BLOCK_PARAGRAPH, text);
        bm_item_add_headline (edition, item, text);
        bm_item_add_picture (edition, item, text, NULL);
        page->paper = roll (&dice, 2) == 0 ? text : NULL;
        char *json = bm_page_to_json (page);
        Read read = read_text (json, strlen (json), true);
        assert_true (read.ok);
        check_page (read.edition->pages[0], json, false);
        read_free (&read);
        g_free (json);
        bm_edition_free (edition);
    }
}

/* ---- no trap ---- */

static void
any_markdown_is_a_page_that_comes_back_the_same (void **state)
{
    Dice dice = { seed_of_run () };

    (void) state;
    for (int i = 0; i < EDITIONS; i++) {
        char *typed = random_markdown (&dice, 1 + (int) roll (&dice, 60)), *text = g_strconcat ("\n港\n", typed, NULL);
        Read read = read_text (text, strlen (text), false);

        if (!read.ok)
            fail_msg ("no page: %s", text);
        check_page (read.edition->pages[0], text, true);
        read_free (&read);
        g_free (text);
        g_free (typed);
    }
}

static void
any_front_matter_that_is_read_comes_back_the_same (void **state)
{
    static const char *const keys[] = { "paper", "报名",   "報名", "lang",  "语言",     "page",
                                        "folio", "版权栏", "天气", "items", "\"a：b\"", "'#x'" };
    static const char *const values[] = { ": 甲",
                                          "：乙",
                                          ": [1, 2]",
                                          ": {a: b}",
                                          ": ja",
                                          ": zh-Hans",
                                          ": \"\\u0007\\n字\"",
                                          ":\n  - 一: 二\n  - 三",
                                          ": |\n  一\n  二",
                                          ": 甲 # 注",
                                          ": ''",
                                          ": ~",
                                          ":",
                                          ": \"[\"",
                                          ": a： b" };
    Dice dice = { seed_of_run () };
    int n_read = 0;

    (void) state;
    for (int i = 0; i < EDITIONS; i++) {
        GString *text = g_string_new ("---\n");

        for (int n = 1 + (int) roll (&dice, 4); n > 0; n--)
            g_string_append_printf (text, "%s%s\n", keys[roll (&dice, G_N_ELEMENTS (keys))],
                                    values[roll (&dice, G_N_ELEMENTS (values))]);
        g_string_append (text, "---\n\n# 题\n");
        Read read = read_text (text->str, text->len, false);
        if (read.ok)
            check_page (read.edition->pages[0], text->str, true);
        n_read += read.ok;
        read_free (&read);
        g_string_free (text, TRUE);
    }
    assert_true (n_read > EDITIONS / 3); /* others name a key twice */
}

static int
count_letters (const char *text)
{
    int n = 0;

    for (const char *p = text == NULL ? "" : text; *p != '\0'; p = g_utf8_next_char (p))
        n += g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN;
    return n;
}

/* Han characters among those that Markdown gives a meaning: every one is in some item, in a wish or in a remark.
 * A bare image hides its file from print, as Markdown says, but the model has it. */
static void
no_character_of_any_markdown_disappears (void **state)
{
    static const char *const pieces[] = { "潮", "港",      "灯", "\n",    "\n\n",  "# ", "## ",   "### ", "> ",  "* ",     "*",
                                          "**", "_",       "`",  "```\n", "~~~\n", "[",  "](",    ")",    "- ",  "    ",   "\t",
                                          "|",  "\n|-|\n", "\\", "&",     "<",     ">",  "***\n", "□",    "1. ", "====\n", "（" };
    Dice dice = { seed_of_run () };

    (void) state;
    for (int i = 0; i < EDITIONS; i++) {
        GString *text = g_string_new ("港");

        for (int k = 0; k < 60; k++)
            g_string_append (text, pieces[roll (&dice, G_N_ELEMENTS (pieces))]);
        Read read = read_text (text->str, text->len, false);
        assert_true (read.ok && read.edition->n_pages == 1);
        char *model = describe_page (read.edition->pages[0], false);
        if (count_letters (model) < count_letters (text->str))
            fail_msg ("page %d: %d of %d are left of:\n%s\nin\n%s", i, count_letters (model), count_letters (text->str),
                      text->str, model);
        g_free (model);
        read_free (&read);
        g_string_free (text, TRUE);
    }
}

/* ---- files cut short ---- */

static void
check_cuts (const char *text, size_t length, bool json)
{
    for (size_t cut = 0; cut < length; cut += 1 + cut % 7) {
        if (((unsigned char) text[cut] & 0xC0) == 0x80)
            continue;
        char *exact = g_memdup2 (text, cut); /* so that a byte read behind the end is seen */
        Read read = read_text (exact != NULL ? exact : "", cut, json);

        if (!read.ok)
            assert_true (bm_diags_count (read.diags, BM_ERROR) > 0);
        else if (!json && cut % 5 == 0)
            check_page (read.edition->pages[0], "a file cut short", true);
        assert_true (!json || !read.ok || cut + 1 == length);
        read_free (&read);
        g_free (exact);
    }
}

static void
files_cut_anywhere_are_read_or_refused (void **state)
{
    char *text = NULL;
    gsize length = 0;

    (void) state;
    assert_true (g_file_get_contents (BM_SOURCE_DIR "/samples/market.md", &text, &length, NULL));
    Read whole = read_text (text, length, false);
    char *json = bm_page_to_json (whole.edition->pages[0]);
    check_cuts (text, length, false);
    check_cuts (json, strlen (json), true);
    read_free (&whole);
    g_free (json);
    g_free (text);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (pages_of_the_tree_survive_the_round_trip),
        cmocka_unit_test (any_page_comes_back_the_same_from_both_forms),
        cmocka_unit_test (texts_as_no_reader_gives_them_are_written_once_and_for_all),
        cmocka_unit_test (any_markdown_is_a_page_that_comes_back_the_same),
        cmocka_unit_test (any_front_matter_that_is_read_comes_back_the_same),
        cmocka_unit_test (no_character_of_any_markdown_disappears),
        cmocka_unit_test (files_cut_anywhere_are_read_or_refused),
    };

    return cmocka_run_group_tests_name ("edition, there and back", tests, NULL, NULL);
}
