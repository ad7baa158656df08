/* test-edition.c — the two promises of the edition form: what was written is read again, and any text is some page. */
#include "edition/edition.h"
#include "type/random-text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define EDITIONS 3000

/* ---- reading ---- */

typedef struct {
    BmEdition *edition;
    BmDiags *diags;
    bool ok;
} Read;

static Read
read_text (const char *text, size_t length, bool json)
{
    Read read = { bm_edition_new (), bm_diags_new (), false };

    read.ok = json ? bm_edition_read_json (read.edition, "page.json", text, length, read.diags)
                   : bm_edition_read_markdown (read.edition, "page.md", text, length, read.diags);
    return read;
}

static Read
read_markdown (const char *text)
{
    return read_text (text, strlen (text), false);
}

static void
read_free (Read *read)
{
    bm_edition_free (read->edition);
    bm_diags_free (read->diags);
}

static const BmItem *
item_of (const Read *read, int i)
{
    assert_true (read->ok && read->edition->n_pages == 1 && i < read->edition->pages[0]->n_items);
    return read->edition->pages[0]->items[i];
}

static void
front_matter_names_the_page (void **state)
{
    Read read = read_markdown ("---\n报名: 汐州日报\ndate: 2025-09-19\n版次: 5\nsection: 汐州新闻\n天气: 晴\nfolio:\n  - 责任编辑 顾笛\n---\n\n# 题\n\n文。\n");
    const BmPage *page = read.edition->pages[0];

    (void) state;
    assert_string_equal (page->paper, "汐州日报");
    assert_string_equal (page->date, "2025-09-19");
    assert_string_equal (page->page, "5");
    assert_string_equal (page->section, "汐州新闻");
    assert_int_equal (page->n_folio, 1);
    assert_string_equal (page->folio[0], "责任编辑 顾笛");
    assert_int_equal (page->n_front, 1);
    assert_string_equal (page->front[0].key, "天气");
    read_free (&read);
}

static void
a_display_block_is_kicker_head_and_deck (void **state)
{
    Read read = read_markdown ("## 泊位现查现约——\n# 六百条渔船\n# 有了“码头管家”\n## 副题在下\n\n正文。\n\n# 又一篇\n\n正文。\n");

    (void) state;
    assert_int_equal (read.edition->pages[0]->n_items, 2);
    assert_string_equal (item_of (&read, 0)->kicker, "泊位现查现约——");
    assert_int_equal (item_of (&read, 0)->n_headline, 2);
    assert_string_equal (item_of (&read, 0)->headline[1], "有了“码头管家”");
    assert_string_equal (item_of (&read, 0)->subhead, "副题在下");
    assert_null (item_of (&read, 1)->kicker);
    read_free (&read);
}

static void
byline_and_dateline_are_taken_out_of_the_body (void **state)
{
    Read read = read_markdown ("# 题\n\n□ 本报记者 季明远 谭 雨\n本报通讯员 柯 岚\n\n**本报汐州讯** 天还没亮。\n\n第二段。\n");
    const BmItem *item = item_of (&read, 0);

    (void) state;
    assert_string_equal (item->byline, "□ 本报记者 季明远 谭 雨\n本报通讯员 柯 岚");
    assert_int_equal (item->n_credits, 2);
    assert_string_equal (item->credits[0].role, "本报记者");
    assert_int_equal (item->credits[0].n_names, 2);
    assert_string_equal (item->credits[0].names[1], "谭雨");
    assert_string_equal (item->dateline, "本报汐州讯");
    assert_int_equal (item->n_blocks, 2);
    assert_string_equal (item->blocks[0].text, "天还没亮。");
    read_free (&read);
}

static void
crossheads_notes_quotes_and_tables_are_blocks (void **state)
{
    Read read = read_markdown ("# 题\n\n> 编者按：从今天起。\n\n一。\n\n### 小题\n\n二。\n\n> “原话。”\n\n| 品种 | 价 |\n|---|---|\n| 鱼 | 3 |\n");
    const BmItem *item = item_of (&read, 0);
    static const BmBlockKind kinds[] = { BM_BLOCK_NOTE, BM_BLOCK_PARAGRAPH, BM_BLOCK_CROSSHEAD, BM_BLOCK_PARAGRAPH, BM_BLOCK_PULLQUOTE, BM_BLOCK_TABLE };

    (void) state;
    assert_int_equal (item->n_blocks, (int) G_N_ELEMENTS (kinds));
    for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
        assert_int_equal (item->blocks[i].kind, kinds[i]);
    assert_int_equal (item->blocks[5].n_rows, 2);
    assert_string_equal (item->blocks[5].rows[1].cells[0], "鱼");
    read_free (&read);
}

static void
pictures_and_ads_are_told_apart (void **state)
{
    Read read = read_markdown ("# 开渔\n\n![渔港的早晨](harbour.jpg)\n\n***\n\n![广告](<>)\n\n***\n\n![广告](lamp.jpg)\n\n<!-- 半通栏 右下 高90mm -->\n");

    (void) state;
    assert_int_equal (item_of (&read, 0)->kind, BM_ITEM_PHOTO);
    assert_string_equal (item_of (&read, 0)->pictures[0].file, "harbour.jpg");
    assert_int_equal (item_of (&read, 1)->kind, BM_ITEM_AD);
    assert_true (item_of (&read, 2)->wish.half_width);
    assert_int_equal (item_of (&read, 2)->wish.place, BM_PLACE_RIGHT);
    assert_true (item_of (&read, 2)->wish.height > 255 && item_of (&read, 2)->wish.height < 255.2);
    read_free (&read);
}

static void
remarks_ask_for_rank_width_box_and_container (void **state)
{
    Read read = read_markdown ("# 题\n\n<!-- 二条 加框 三栏 竖题 集纳：短波 #own 钉住 同组：港 请核对 -->\n\n文。\n");
    const BmItem *item = item_of (&read, 0);

    (void) state;
    assert_int_equal (item->wish.importance, 2);
    assert_true (item->wish.boxed && item->wish.pinned);
    assert_int_equal (item->wish.columns, 3);
    assert_int_equal (item->wish.head, BM_HEAD_VERTICAL);
    assert_string_equal (item->wish.container, "短波");
    assert_string_equal (item->wish.group, "港");
    assert_string_equal (item->id, "own");
    assert_int_equal (item->n_remarks, 1);
    assert_string_equal (item->remarks[0], "请核对");
    read_free (&read);
}

static void
wrapped_chinese_joins_without_a_blank (void **state)
{
    Read read = read_markdown ("# 题\n\n今天早晨\n渔船 Spring\nTide 出港。\n");

    (void) state;
    assert_string_equal (item_of (&read, 0)->blocks[0].text, "今天早晨渔船 Spring Tide 出港。");
    read_free (&read);
}

static void
items_without_marks_are_ranked_by_their_length (void **state)
{
    GString *text = g_string_new ("# 短\n\n短文。\n\n# 长\n\n");
    int ranks[2] = { 0 };

    (void) state;
    for (int i = 0; i < 100; i++)
        g_string_append (text, "潮水退去之后，");
    Read read = read_markdown (text->str);
    bm_page_rank (read.edition->pages[0], ranks);
    assert_int_equal (ranks[1], 1);
    assert_true (ranks[0] > 1);
    read_free (&read);
    g_string_free (text, TRUE);
}

/* ---- round trip ---- */

static void
check_page (const BmPage *page, const char *what)
{
    char *markdown = bm_page_to_markdown (page), *json = bm_page_to_json (page);
    Read from_markdown = read_markdown (markdown), from_json = read_text (json, strlen (json), true);

    if (!from_markdown.ok || !from_json.ok)
        fail_msg ("%s: what was written cannot be read:\n%s", what, markdown);
    char *markdown_again = bm_page_to_markdown (from_markdown.edition->pages[0]);
    char *json_of_markdown = bm_page_to_json (from_markdown.edition->pages[0]);
    char *json_again = bm_page_to_json (from_json.edition->pages[0]);
    if (strcmp (markdown, markdown_again) != 0)
        fail_msg ("%s: written:\n%s\nread and written again:\n%s", what, markdown, markdown_again);
    if (strcmp (json, json_of_markdown) != 0)
        fail_msg ("%s: Markdown:\n%s\nthe page:\n%s\nread again:\n%s", what, markdown, json, json_of_markdown);
    if (strcmp (json, json_again) != 0)
        fail_msg ("%s: JSON:\n%s\nread and written again:\n%s", what, json, json_again);
    g_free (markdown);
    g_free (json);
    g_free (markdown_again);
    g_free (json_of_markdown);
    g_free (json_again);
    read_free (&from_markdown);
    read_free (&from_json);
}

static void
pages_of_the_tree_survive_the_round_trip (void **state)
{
    static const char *const folders[] = { BM_SOURCE_DIR "/samples", BM_SOURCE_DIR "/tests/sets" };
    int n = 0;

    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS (folders); i++) {
        GDir *folder = g_dir_open (folders[i], 0, NULL);
        const char *name;

        while ((name = g_dir_read_name (folder)) != NULL) {
            char *path = g_build_filename (folders[i], name, NULL), *text = NULL;

            if (g_str_has_suffix (name, ".md") && strcmp (name, "README.md") != 0 && g_file_get_contents (path, &text, NULL, NULL)) {
                Read read = read_markdown (text);

                check_page (read.edition->pages[0], name);
                read_free (&read);
                n++;
            }
            g_free (text);
            g_free (path);
        }
        g_dir_close (folder);
    }
    assert_true (n >= 18);
}

/* Texts that mean something else to Markdown, or to this form, than what they say. */
static const char *const traps[] = {
    "潮水正好。", "本报汐州讯 今天。", "□记者 卓一鸣 报道", "记者 沈柏青", "（下转第3版）", "上接第1版", "# 不是标题", "## 也不是", "1. 第一条",
    "- 列表", "+ 列表", "2) 二", "> 引用", "| 甲 | 乙 |", "***", "---", "===", "~~~", "```", "*强调*的字", "_下划线_", "`字`", "![图](x)",
    "[链接](y)", "<b>粗</b>", "<!-- 注 -->", "反斜杠\\末", "一\\*二", "C # #", "AT&T 100% & Mo", "&amp;", "&#65;", "广告", "编者按：这里",
    "“引语”", "12.5%", "**本报讯** 今", "![广告](<>)", "【部门回复】", "文/岑立", "章可 摄", "（记者 甲）说", "图为渔港。", "头条", "https://a.example/b_c_d",
    "<https://a.example>", "\\", "\\\\", "a  b", "末尾 #", "[x]: /y", "* ", "-", ":", "key: value", "!", "|", "<", "~", "$1",
};

static const char *
trap (Dice *dice, BmArena *arena)
{
    const char *text = traps[roll (dice, G_N_ELEMENTS (traps))];
    const char *more = roll (dice, 3) == 0 ? traps[roll (dice, G_N_ELEMENTS (traps))] : roll (dice, 2) == 0 ? "后面的字" : "";
    char *joined = g_strstrip (g_strconcat (text, more, NULL));
    const char *kept = bm_arena_strdup (arena, joined);

    g_free (joined);
    return kept;
}

static void
add_random_item (Dice *dice, BmEdition *edition, BmPage *page)
{
    static const char *const bylines[] = { "□记者 卓一鸣 报道", "□ 本报记者 沈柏青\n本报通讯员 柯 岚", "据汐州社", "综合*消息*", "（记者 岑某）" };
    static const char *const datelines[] = { "本报讯", "本报汐州1月2日电", "望潮 讯" };
    BmItem *item = bm_page_add_item (edition, page);
    BmArena *arena = edition->arena;

    for (int n = (int) roll (dice, 3); n > 0; n--)
        bm_item_add_headline (edition, item, trap (dice, arena));
    if (item->n_headline > 0 && roll (dice, 3) == 0)
        item->kicker = trap (dice, arena);
    if (item->n_headline > 0 && roll (dice, 3) == 0)
        item->subhead = trap (dice, arena);
    if (roll (dice, 3) == 0)
        bm_item_set_byline (edition, item, bylines[roll (dice, G_N_ELEMENTS (bylines))], BM_BYLINE_HEAD);
    bool dated = roll (dice, 3) == 0;
    for (int n = 1 + (int) roll (dice, 3), i = 0; i < n; i++) {
        if (i > 0 && roll (dice, 4) == 0)
            bm_item_add_block (edition, item, BM_BLOCK_CROSSHEAD, trap (dice, arena));
        bm_item_add_block (edition, item, BM_BLOCK_PARAGRAPH, trap (dice, arena));
    }
    if (dated)
        item->dateline = datelines[roll (dice, G_N_ELEMENTS (datelines))];
    if (roll (dice, 5) == 0)
        bm_item_add_block (edition, item, BM_BLOCK_PULLQUOTE, "“退潮的时候再看。”");
    if (roll (dice, 3) == 0)
        bm_item_add_picture (edition, item, trap (dice, arena), roll (dice, 2) == 0 ? "a b(1).jpg" : NULL);
}

static void
awkward_texts_survive_the_round_trip (void **state)
{
    Dice dice = { seed_of_run () };

    (void) state;
    for (int i = 0; i < EDITIONS; i++) {
        BmEdition *edition = bm_edition_new ();
        BmPage *page = bm_edition_add_page (edition);
        char what[32];

        snprintf (what, sizeof what, "page %d", i);
        for (int n = 1 + (int) roll (&dice, 3); n > 0; n--)
            add_random_item (&dice, edition, page);
        check_page (page, what);
        bm_edition_free (edition);
    }
}

/* ---- no trap ---- */

static int
count_letters (const char *text)
{
    int n = 0;

    for (const char *p = text == NULL ? "" : text; *p != '\0'; p = g_utf8_next_char (p))
        n += g_unichar_isalpha (g_utf8_get_char (p));
    return n;
}

static int
letters_of_block (const BmBlock *block)
{
    int n = count_letters (block->text);

    for (int i = 0; i < block->n_rows; i++)
        for (int k = 0; k < block->rows[i].n_cells; k++)
            n += count_letters (block->rows[i].cells[k]);
    return n;
}

static int
letters_of (const BmItem *item)
{
    int n = count_letters (item->kicker) + count_letters (item->subhead) + count_letters (item->byline) + count_letters (item->dateline) +
            count_letters (item->jump_to) + count_letters (item->jump_from);

    for (int i = 0; i < item->n_headline; i++)
        n += count_letters (item->headline[i]);
    for (int i = 0; i < item->n_blocks; i++)
        n += letters_of_block (&item->blocks[i]);
    for (int i = 0; i < item->n_pictures; i++)
        n += count_letters (item->pictures[i].caption);
    return n;
}

/* Han text among characters that Markdown gives a meaning: every Han character is some item's. */
static void
no_letter_of_any_text_disappears (void **state)
{
    static const char *const pieces[] = { "潮", "港", "灯", "\n", "\n\n", "# ", "## ", "### ", "> ", "* ", "*", "**", "_", "`", "```\n", "~~~\n",
                                          "[", "](", ")", "- ", "    ", "\t", "|", "\n|-|\n", "\\", "&", "<", ">", "***\n", "□", "1. ", "====\n", "（" };
    Dice dice = { seed_of_run () };

    (void) state;
    for (int i = 0; i < EDITIONS; i++) {
        GString *text = g_string_new ("港");
        int n = 0;

        for (int k = 0; k < 60; k++)
            g_string_append (text, pieces[roll (&dice, G_N_ELEMENTS (pieces))]);
        /* A bare [text](target) hides its target from print, as Markdown says: no letters stand in one here. */
        char *plain = g_strdup (text->str);
        for (char *p = plain; (p = strstr (p, "](")) != NULL;)
            memcpy (p, "  ", 2);
        Read read = read_markdown (plain);
        assert_true (read.ok && read.edition->n_pages == 1);
        for (int k = 0; k < read.edition->pages[0]->n_items; k++)
            n += letters_of (read.edition->pages[0]->items[k]);
        if (n < count_letters (plain))
            fail_msg ("page %d: %d letters of %d are left of:\n%s", i, n, count_letters (plain), plain);
        read_free (&read);
        g_free (plain);
        g_string_free (text, TRUE);
    }
}

/* ---- wrong input ---- */

static void
front_matter_that_is_no_map_is_refused_at_its_place (void **state)
{
    Read read = read_markdown ("---\n- 一\n- 二\n---\n\n# 题\n\n文。\n");

    (void) state;
    assert_false (read.ok);
    assert_true (bm_diags_count (read.diags, BM_ERROR) > 0);
    read_free (&read);
}

static void
wrong_json_is_refused_and_never_crashes (void **state)
{
    static const char *const wrong[] = { "", "{", "[]", "null", "3", "{\"page\": 3}", "{\"page\": {\"items\": 3}}", "{\"page\": {\"items\": [3]}}",
                                         "{\"page\": {\"items\": [{\"headline\": 3}]}}", "{\"page\": {\"items\": [{\"paragraphs\": [3]}]}}",
                                         "{\"pages\": {}}", "{\"page\": {\"items\": [{\"asides\": [{\"type\": 4}]}]}}" };

    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
        Read read = read_text (wrong[i], strlen (wrong[i]), true);

        if (read.ok)
            fail_msg ("taken for a page: %s", wrong[i]);
        assert_true (bm_diags_count (read.diags, BM_ERROR) > 0);
        read_free (&read);
    }
}

static void
files_cut_anywhere_are_read_or_refused (void **state)
{
    char *text = NULL, *json;
    gsize length = 0;

    (void) state;
    assert_true (g_file_get_contents (BM_SOURCE_DIR "/samples/market.md", &text, &length, NULL));
    Read whole = read_markdown (text);
    json = bm_page_to_json (whole.edition->pages[0]);
    for (const char *p = text; *p != '\0'; p = g_utf8_find_next_char (p + 97, NULL)) {
        Read read = read_text (text, (size_t) (p - text), false);

        read_free (&read);
        if ((size_t) (p - text) + 120 > length)
            break;
    }
    for (size_t cut = 0; cut + 1 < strlen (json); cut += 211) {
        Read read = read_text (json, cut, true);

        assert_false (read.ok);
        read_free (&read);
    }
    read_free (&whole);
    g_free (json);
    g_free (text);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (front_matter_names_the_page),
        cmocka_unit_test (a_display_block_is_kicker_head_and_deck),
        cmocka_unit_test (byline_and_dateline_are_taken_out_of_the_body),
        cmocka_unit_test (crossheads_notes_quotes_and_tables_are_blocks),
        cmocka_unit_test (pictures_and_ads_are_told_apart),
        cmocka_unit_test (remarks_ask_for_rank_width_box_and_container),
        cmocka_unit_test (wrapped_chinese_joins_without_a_blank),
        cmocka_unit_test (items_without_marks_are_ranked_by_their_length),
        cmocka_unit_test (pages_of_the_tree_survive_the_round_trip),
        cmocka_unit_test (awkward_texts_survive_the_round_trip),
        cmocka_unit_test (no_letter_of_any_text_disappears),
        cmocka_unit_test (front_matter_that_is_no_map_is_refused_at_its_place),
        cmocka_unit_test (wrong_json_is_refused_and_never_crashes),
        cmocka_unit_test (files_cut_anywhere_are_read_or_refused),
    };

    return cmocka_run_group_tests_name ("edition", tests, NULL, NULL);
}
