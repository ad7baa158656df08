/* test-recover.c — recovery keeps every character, whatever the dump; it finds the pages of the tree again. */
#include "recover/recover.h"
#include "type/random-text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define DUMPS 1500

/* ---- characters ---- */

static void
count (GHashTable *counts, const char *text, int by)
{
    for (const char *p = text == NULL ? "" : text; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        /* Han alone: signs may be made of one form, full-width digits half, and a byline's square is drawn. */
        if (g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN && c >= 0x4E00) {
            gpointer key = GUINT_TO_POINTER (c);

            g_hash_table_insert (counts, key, GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (counts, key)) + by));
        }
    }
}

static void
count_item (GHashTable *counts, const BmItem *item)
{
    char *text = bm_item_text (item);

    count (counts, text, -1);
    g_free (text);
}

/* What of the dump the edition lacks, or has too often; g_free. The word 广告 of a slot is its kind, not its text. */
static char *
difference (const char *raw, const BmPage *page)
{
    GHashTable *counts = g_hash_table_new (NULL, NULL);
    GString *text = g_string_new (NULL);
    GHashTableIter at;
    gpointer key, value;

    count (counts, raw, 1);
    for (int i = 0; i < page->n_items; i++)
        count_item (counts, page->items[i]);
    for (int i = 0; i < page->n_folio; i++)
        count (counts, page->folio[i], -1);
    g_hash_table_iter_init (&at, counts);
    while (g_hash_table_iter_next (&at, &key, &value)) {
        gunichar c = GPOINTER_TO_UINT (key);

        if (GPOINTER_TO_INT (value) != 0 && c != 0x5E7F && c != 0x544A) {
            g_string_append_unichar (text, c);
            g_string_append_printf (text, "%+d ", -GPOINTER_TO_INT (value));
        }
    }
    g_hash_table_destroy (counts);
    return g_string_free (text, text->len == 0);
}

/* ---- dumps that nobody set ---- */

static void
random_dump (Dice *dice, GString *out)
{
    static const char *const lines[] = { "□记者 卓一鸣 报道", "本报记者 沈柏青", "广告", "（下转第3版）", "（上接第1版）", "图为渔港。", "章可 摄",
                                         "本报汐州讯", "责任编辑 顾笛", "汐州新闻", "5", "2025年9月19日 星期五", "", "　　", "---", "品种 本周 上周" };

    for (int n = 1 + (int) roll (dice, 40); n > 0; n--) {
        if (roll (dice, 3) == 0)
            g_string_append (out, lines[roll (dice, G_N_ELEMENTS (lines))]);
        else
            random_text (dice, 1 + (int) roll (dice, 24), out);
        /* Two on a line, as dumps of columns have them. */
        g_string_append (out, roll (dice, 3) == 0 ? (roll (dice, 2) == 0 ? " " : "        ") : "\n");
    }
}

static bool
has_words (const char *raw)
{
    for (const char *p = raw; *p != '\0'; p = g_utf8_next_char (p))
        if (!g_unichar_isspace (g_utf8_get_char (p)))
            return true;
    return false;
}

static void
every_character_of_any_dump_is_in_the_edition (void **state)
{
    Dice dice = { seed_of_run () };

    (void) state;
    for (int i = 0; i < DUMPS; i++) {
        GString *raw = g_string_new (NULL);
        BmDiags *diags = bm_diags_new ();

        random_dump (&dice, raw);
        BmEdition *edition = bm_recover ("dump.txt", raw->str, raw->len, NULL, NULL, diags);
        if (edition == NULL && has_words (raw->str))
            fail_msg ("dump %d is refused: %s\n%s", i, bm_diags_format (diags, BM_FORM_SHORT, false), raw->str);
        char *lost = edition == NULL ? NULL : difference (raw->str, edition->pages[0]);
        if (lost != NULL)
            fail_msg ("dump %d: %s\n%s", i, lost, raw->str);
        bm_edition_free (edition);
        bm_diags_free (diags);
        g_string_free (raw, TRUE);
    }
}

/* ---- the page of the tree ---- */

static BmEdition *
recover_sample (BmDiags *diags)
{
    char *raw = NULL;
    gsize length = 0;

    assert_true (g_file_get_contents (BM_SOURCE_DIR "/samples/harbour.txt", &raw, &length, NULL));
    BmEdition *edition = bm_recover ("harbour.txt", raw, length, NULL, NULL, diags);
    g_free (raw);
    return edition;
}

static const BmItem *
item_headed (const BmPage *page, const char *first_line)
{
    for (int i = 0; i < page->n_items; i++)
        if (page->items[i]->n_headline > 0 && strcmp (page->items[i]->headline[0], first_line) == 0)
            return page->items[i];
    fail_msg ("no item is headed %s", first_line);
    return NULL;
}

static void
each_head_of_the_harbour_page_finds_its_body (void **state)
{
    static const struct {
        const char *head, *words; /* words of its body */
    } pairs[] = {
        { "六百条渔船", "汐渔0612”号离礁门渔港" },       { "双髻岛末班船", "双髻岛末班船由17时50分" },         { "风暴潮预警", "新一代风暴潮预报系统" },
        { "盐仓街老楼", "爬了三十年" },     { "错时停车", "机关大院的道闸" },         { "“一元修理铺”", "钟表停摆" },
    };
    BmDiags *diags = bm_diags_new ();
    BmEdition *edition = recover_sample (diags);
    int wrong = 0;

    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS (pairs); i++) {
        const BmItem *item = item_headed (edition->pages[0], pairs[i].head);
        bool found = false;

        for (int k = 0; k < item->n_blocks; k++)
            found = found || (item->blocks[k].text != NULL && strstr (item->blocks[k].text, pairs[i].words) != NULL);
        if (!found)
            print_error ("%s has another body than the one with %s\n", pairs[i].head, pairs[i].words);
        wrong += !found;
    }
    assert_int_equal (wrong, 0);
    bm_edition_free (edition);
    bm_diags_free (diags);
}

/* ---- columns side by side ---- */

/* Two columns of one story, fifteen em each; the measure is full but for first and last lines. */
static const char *const columns[2][7] = {
    { "天刚放亮，渡口的石阶上已经站满", "了挑担的人。船工老顾解开缆绳，", "把第一批菜农送到对岸，来回不过", "一刻钟的工夫，一天要走四十趟。",
      "桥修好以后，坐船的人少了一大", "半。有人劝他改行，他只是摇头，", "说总有人要过河，船就不能停下。" },
    { "去年秋天，街道把渡口列入老行当", "名录，给木船换上了新的发动机，", "还在岸边搭起了避雨的廊子。如今", "廊子里常坐着等船的学生和老人。",
      "他们说，慢一点也好，可以看看", "水鸟。老顾的徒弟今年满二十岁，", "已经能够独自撑船走完全部航程。" },
};

static void
append_columns (GString *out, const char *gap)
{
    for (int row = 0; row < 7; row++)
        g_string_append_printf (out, "%s%s%s\n", columns[0][row], gap, columns[1][row]);
}

static void
assert_in_order (const char *raw)
{
    BmDiags *diags = bm_diags_new ();
    BmEdition *edition = bm_recover ("dump.txt", raw, strlen (raw), NULL, NULL, diags);
    GString *text = g_string_new (NULL), *wanted = g_string_new (NULL);

    assert_non_null (edition);
    for (int i = 0; i < edition->pages[0]->n_items; i++)
        for (int k = 0; k < edition->pages[0]->items[i]->n_blocks; k++)
            g_string_append (text, edition->pages[0]->items[i]->blocks[k].text);
    for (int column = 0; column < 2; column++)
        for (int row = 0; row < 7; row++)
            g_string_append (wanted, columns[column][row]);
    if (strstr (text->str, wanted->str) == NULL)
        fail_msg ("out of order: %s", text->str);
    g_string_free (text, TRUE);
    g_string_free (wanted, TRUE);
    bm_edition_free (edition);
    bm_diags_free (diags);
}

static void
columns_with_one_blank_between_are_read_one_after_the_other (void **state)
{
    GString *raw = g_string_new ("老渡口还有四十趟船\n\n");

    (void) state;
    append_columns (raw, " ");
    assert_in_order (raw->str);
    g_string_free (raw, TRUE);
}

static void
columns_kept_in_their_places_are_read_one_after_the_other (void **state)
{
    GString *raw = g_string_new ("      老渡口还有四十趟船\n\n");

    (void) state;
    append_columns (raw, "      ");
    assert_in_order (raw->str);
    g_string_free (raw, TRUE);
}

/* ---- wrong input ---- */

/* ---- encodings ---- */

static const char mainland[] = "渔港清晨开航，码头上的灯一盏盏灭了。首班渡轮载着三百余名乘客离岸，海风里带着鱼和柴油的气味。\n";
static const char island[] = "漁港清晨開航，碼頭上的燈一盞盞滅了。首班渡輪載著三百餘名乘客離岸，海風裡帶著魚和柴油的氣味。\n";

/* The dump in an encoding, recovered without or with its name; the edition's Markdown, g_free, or NULL. */
static char *
recovered_from (const char *text, const char *written, const char *named, BmDiags *diags)
{
    gsize length = 0;
    char *bytes = g_convert (text, -1, written, "UTF-8", NULL, &length, NULL), *page = NULL;
    const BmRecoverOptions options = { .encoding = named };
    BmEdition *edition = bm_recover ("dump", bytes, length, &options, NULL, diags);

    if (edition != NULL)
        page = bm_page_to_markdown (edition->pages[0]);
    bm_edition_free (edition);
    g_free (bytes);
    return page;
}

static void
the_encoding_of_a_dump_is_found_out (void **state)
{
    static const struct {
        const char *text, *encoding;
    } dumps[] = { { mainland, "GB18030" }, { mainland, "UTF-16" }, { mainland, "UTF-16LE" }, { mainland, "UTF-16BE" }, { island, "CP950" }, { island, "UTF-16BE" } };

    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS (dumps); i++) {
        BmDiags *diags = bm_diags_new ();
        char *wanted = recovered_from (dumps[i].text, "UTF-8", NULL, diags), *found = recovered_from (dumps[i].text, dumps[i].encoding, NULL, diags);

        assert_non_null (wanted);
        assert_non_null (found);
        assert_string_equal (found, wanted);
        g_free (wanted);
        g_free (found);
        bm_diags_free (diags);
    }
}

static void
an_encoding_that_is_not_certain_is_asked_for (void **state)
{
    BmDiags *diags = bm_diags_new ();

    (void) state;
    assert_null (recovered_from ("中文", "GB18030", NULL, diags));
    assert_true (bm_diags_has (diags, "BM0401"));
    char *named = recovered_from ("中文", "GB18030", "GBK", diags);
    assert_non_null (named);
    assert_non_null (strstr (named, "中文"));
    g_free (named);
    assert_null (recovered_from (mainland, "GB18030", "no such", diags));
    assert_true (bm_diags_has (diags, "BM0402"));
    assert_null (recovered_from (mainland, "GB18030", "UTF-8", diags));
    assert_true (bm_diags_has (diags, "BM0105"));
    bm_diags_free (diags);
}

static void
what_is_no_text_is_refused (void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
    } wrong[] = { { "", 0 }, { "\n\n \n", 4 }, { "\xE6\xB8\xAF\0\xE5\x8F\xA3", 7 }, { "\xFF\xFE\xFF", 3 } };

    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
        BmDiags *diags = bm_diags_new ();

        assert_null (bm_recover ("dump.txt", wrong[i].bytes, wrong[i].length, NULL, NULL, diags));
        assert_true (bm_diags_count (diags, BM_ERROR) > 0);
        bm_diags_free (diags);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (every_character_of_any_dump_is_in_the_edition),
        cmocka_unit_test (each_head_of_the_harbour_page_finds_its_body),
        cmocka_unit_test (columns_with_one_blank_between_are_read_one_after_the_other),
        cmocka_unit_test (columns_kept_in_their_places_are_read_one_after_the_other),
        cmocka_unit_test (the_encoding_of_a_dump_is_found_out),
        cmocka_unit_test (an_encoding_that_is_not_certain_is_asked_for),
        cmocka_unit_test (what_is_no_text_is_refused),
    };

    return cmocka_run_group_tests_name ("recovery", tests, NULL, NULL);
}
