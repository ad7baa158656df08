/* test-edition.c — what each piece of an edition file means, in Markdown and in JSON. */
#include "reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
front_matter_names_the_page (void **state)
{
    Read read = read_markdown ("---\n报名: 汐州日报\ndate: 2025-09-19\n版次: 5\nsection: 汐州新闻\n天气: 晴\nfolio:\n  - "
                               "责任编辑 顾笛\n---\n\n# 题\n\n文。\n");
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
    Read read =
        read_markdown ("## 泊位现查现约——\n# 六百条渔船\n# 有了“码头管家”\n## 副题在下\n\n正文。\n\n# 又一篇\n\n正文。\n");

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
    Read read = read_markdown (
        "# 题\n\n> 编者按：从今天起。\n\n一。\n\n### 小题\n\n二。\n\n> “原话。”\n\n| 品种 | 价 |\n|---|---|\n| 鱼 | 3 |\n");
    const BmItem *item = item_of (&read, 0);
    static const BmBlockKind kinds[] = { BM_BLOCK_NOTE,      BM_BLOCK_PARAGRAPH, BM_BLOCK_CROSSHEAD,
                                         BM_BLOCK_PARAGRAPH, BM_BLOCK_PULLQUOTE, BM_BLOCK_TABLE };

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
    Read read = read_markdown ("# 开渔\n\n![渔港的早晨](harbour.jpg)\n\n***\n\n![广告](<>)\n\n***\n\n![广告](lamp.jpg)\n\n<!-- "
                               "半通栏 右下 高90mm -->\n");

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

/* ---- front matter ---- */

static void
front_matter_has_traditional_names_full_width_colons_and_languages (void **state)
{
    Read read = read_markdown ("---\n報名：潮聲報\n語言： zh-Hant\n版權欄：\n  - 責任編輯: 顧笛\n  - 校對 岑立\n---\n# 題\n");
    const BmPage *page = read.edition->pages[0];

    (void) state;
    assert_true (read.ok);
    assert_string_equal (page->paper, "潮聲報");
    assert_string_equal (page->lang, "zh-Hant");
    assert_int_equal (page->n_folio, 2);
    assert_string_equal (page->folio[0], "責任編輯: 顧笛");
    assert_null (page->date);
    read_free (&read);
}

static void
a_second_name_of_one_key_is_kept_and_can_be_read_again (void **state)
{
    Read read = read_markdown ("---\n报名: 甲报\npaper: 乙报\n---\n# 题\n");
    char *written = bm_page_to_markdown (read.edition->pages[0]);
    Read again = read_markdown (written);

    (void) state;
    assert_string_equal (written, "---\npaper: 甲报\n报名: 乙报\n---\n\n# 题\n");
    assert_true (again.ok);
    read_free (&again);
    g_free (written);
    read_free (&read);
}

static void
a_page_without_front_matter_is_in_simplified_chinese (void **state)
{
    Read rule = read_markdown ("---\n\n没有报头的字。\n"), plain = read_markdown ("\xEF\xBB\xBF只有一段。");

    (void) state;
    assert_string_equal (item_of (&rule, 0)->blocks[0].text, "没有报头的字。");
    assert_string_equal (item_of (&plain, 0)->blocks[0].text, "只有一段。");
    assert_string_equal (plain.edition->pages[0]->lang, "zh-Hans");
    read_free (&plain);
    read_free (&rule);
}

/* ---- the pieces of an item ---- */

static void
rules_divide_items_and_a_rule_under_text_is_no_heading (void **state)
{
    Read read = read_markdown ("# 甲\n\n文。\n---\n没有题的文。\n\n***\n\n# 乙\n# 二行\n\n文。\n");

    (void) state;
    assert_int_equal (read.edition->pages[0]->n_items, 3);
    assert_int_equal (item_of (&read, 1)->n_headline, 0);
    assert_int_equal (item_of (&read, 2)->n_headline, 2);
    assert_int_equal (item_of (&read, 2)->where.line, 9);
    read_free (&read);
}

static void
headlines_break_at_br_and_may_be_underlined (void **state)
{
    Read read = read_markdown ("# 一行<br>二行 ##\n\n文。\n\n三行\n四行\n====\n");

    (void) state;
    assert_string_equal (item_of (&read, 0)->headline[1], "二行");
    assert_int_equal (item_of (&read, 1)->n_headline, 2);
    assert_string_equal (item_of (&read, 1)->headline[0], "三行");
    read_free (&read);
}

static void
a_subhead_without_a_headline_stands_under_an_empty_one (void **state)
{
    Read read = read_markdown ("#\n## 副题\n\n文。\n");

    (void) state;
    assert_int_equal (item_of (&read, 0)->n_headline, 0);
    assert_null (item_of (&read, 0)->kicker);
    assert_string_equal (item_of (&read, 0)->subhead, "副题");
    read_free (&read);
}

static void
bylines_stand_at_the_head_in_the_text_and_at_the_end (void **state)
{
    Read read = read_markdown (
        "# 甲\n\n**本报讯**（记者 岑某 通讯员 柯岚） 日前。\n\n# 乙\n\n文。\n\n*据汐州社*\n\n# 丙\n\n*综合消息*\n\n文。\n");

    (void) state;
    assert_int_equal (item_of (&read, 0)->byline_place, BM_BYLINE_INLINE);
    assert_string_equal (item_of (&read, 0)->byline, "（记者 岑某 通讯员 柯岚）");
    assert_int_equal (item_of (&read, 0)->n_credits, 2);
    assert_string_equal (item_of (&read, 0)->dateline, "本报讯");
    assert_string_equal (item_of (&read, 0)->blocks[0].text, "日前。");
    assert_int_equal (item_of (&read, 1)->byline_place, BM_BYLINE_END);
    assert_string_equal (item_of (&read, 1)->byline, "据汐州社");
    assert_int_equal (item_of (&read, 2)->byline_place, BM_BYLINE_HEAD);
    read_free (&read);
}

static void
jump_lines_are_taken_out_of_the_body (void **state)
{
    Read read = read_markdown ("# 题\n\n（上接第1版）\n\n文。\n\n（下转第3版）\n\n（下转第4版）\n");
    const BmItem *item = item_of (&read, 0);

    (void) state;
    assert_string_equal (item->jump_from, "（上接第1版）");
    assert_string_equal (item->jump_to, "（下转第3版）");
    assert_int_equal (item->n_blocks, 2);
    assert_string_equal (item->blocks[1].text, "（下转第4版）");
    read_free (&read);
}

static void
pictures_have_captions_files_and_ratios (void **state)
{
    Read read = read_markdown (
        "# 题\n\n文。\n\n<!-- 4:3 -->\n\n![晒 *鱼*\\]](a%20b.jpg)\n\n![](<c d.png>)\n\n![未到](<>)\n\n<!-- 2:1 -->\n");
    const BmItem *item = item_of (&read, 0);

    (void) state;
    assert_int_equal (item->kind, BM_ITEM_STORY);
    assert_int_equal (item->n_pictures, 3);
    assert_string_equal (item->pictures[0].caption, "晒 *鱼*]");
    assert_string_equal (item->pictures[0].file, "a b.jpg");
    assert_true (bm_pt_equal (item->pictures[0].ratio, 4.0 / 3));
    assert_null (item->pictures[1].caption);
    assert_string_equal (item->pictures[1].file, "c d.png");
    assert_null (item->pictures[2].file);
    assert_true (bm_pt_equal (item->pictures[2].ratio, 2));
    read_free (&read);
}

static void
kinds_can_be_said_in_a_remark (void **state)
{
    Read read = read_markdown ("# 甲\n<!-- 简讯 -->\n文。\n\n***\n\n<!-- 广告 -->\n\n潮汐茶馆，周末开张。\n\n***\n\n<!-- 图片 "
                               "-->\n\n![](a.jpg)\n\n字。\n\n***\n\n"
                               "<!-- 文字稿 -->\n\n![](b.jpg)\n\n***\n\n<!-- 图注 -->\n\n![广告](c.jpg)\n");
    static const BmItemKind kinds[] = { BM_ITEM_BRIEF, BM_ITEM_AD, BM_ITEM_PHOTO, BM_ITEM_STORY, BM_ITEM_PHOTO };

    (void) state;
    assert_int_equal (read.edition->pages[0]->n_items, (int) G_N_ELEMENTS (kinds));
    for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
        assert_int_equal (item_of (&read, (int) i)->kind, kinds[i]);
    assert_string_equal (item_of (&read, 4)->pictures[0].caption, "广告");
    read_free (&read);
}

static void
a_remark_says_what_the_next_block_is (void **state)
{
    Read read = read_markdown (
        "# 题\n\n<!-- 正文 -->\n\n□ 这不是署名\n\n<!-- 按语 -->\n\n> 今起连载。\n\n<!-- 引语 -->\n\n> 编者按，他笑着说。\n\n"
        "<!-- 下转 -->\n\n转到背面\n\n<!-- 上接 -->\n\n接着昨天\n");
    const BmItem *item = item_of (&read, 0);

    (void) state;
    assert_null (item->byline);
    assert_int_equal (item->n_blocks, 3);
    assert_string_equal (item->blocks[0].text, "□ 这不是署名");
    assert_int_equal (item->blocks[1].kind, BM_BLOCK_NOTE);
    assert_int_equal (item->blocks[2].kind, BM_BLOCK_PULLQUOTE);
    assert_string_equal (item->jump_to, "转到背面");
    assert_string_equal (item->jump_from, "接着昨天");
    read_free (&read);
}

/* ---- remarks ---- */

typedef struct {
    const char *remark;
    const char *written; /* the wishes as they are written again */
} RemarkCase;

static void
every_wish_is_understood_and_written_in_its_own_word (void **state)
{
    static const RemarkCase cases[] = {
        { "头条", "头条" },
        { "頭條", "头条" },
        { "2条", "二条" },
        { "五條", "五条" },
        { "简讯", "简讯" },
        { "加框", "加框" },
        { "通欄", "通栏" },
        { "半通栏", "半通栏" },
        { "2栏", "二栏" },
        { "三欄", "三栏" },
        { "十栏", "十栏" },
        { "12栏", "12栏" },
        { "180mm", "180mm" },
        { "高165.5mm", "高165.5mm" },
        { "高40行", "高40行" },
        { "底", "底" },
        { "左下", "左下" },
        { "右下", "右下" },
        { "报眼", "报眼" },
        { "竖题", "竖题" },
        { "横题", "横题" },
        { "集纳", "集纳" },
        { "集纳:短波", "集纳：短波" },
        { "钉住", "钉住" },
        { "釘住", "钉住" },
        { "同组：港", "同组：港" },
        { "#港口", "#港口" },
        { "二条，加框、三栏 · 底", "二条 加框 三栏 底" },
    };

    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        char *text = g_strdup_printf ("# 题\n\n<!-- %s -->\n\n文。\n", cases[i].remark);
        char *expected = g_strdup_printf ("# 题\n\n<!-- %s -->\n\n文。\n", cases[i].written);
        Read read = read_markdown (text);
        char *written = bm_page_to_markdown (read.edition->pages[0]);

        assert_int_equal (item_of (&read, 0)->n_remarks, 0);
        assert_string_equal (written, expected);
        g_free (written);
        read_free (&read);
        g_free (expected);
        g_free (text);
    }
}

static void
a_remark_that_nobody_knows_is_a_note_that_stays (void **state)
{
    static const char *const notes[] = { "存疑：标题与正文 0.58",
                                         "六条",
                                         "0栏",
                                         "65栏",
                                         "高0行",
                                         "高99999行",
                                         "9999999mm",
                                         "1e400mm",
                                         "-3mm",
                                         "nan:1",
                                         "0:0",
                                         "3:",
                                         "#",
                                         "同组：",
                                         "头条新闻",
                                         "头 条" };

    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS (notes); i++) {
        char *text = g_strdup_printf ("# 题\n\n<!-- %s -->\n\n文。\n", notes[i]);
        Read read = read_markdown (text);
        char *written = bm_page_to_markdown (read.edition->pages[0]);

        assert_int_equal (item_of (&read, 0)->n_remarks, 1);
        assert_string_equal (item_of (&read, 0)->remarks[0], notes[i]);
        assert_int_equal (item_of (&read, 0)->n_blocks, 1);
        assert_string_equal (written, text);
        g_free (written);
        read_free (&read);
        g_free (text);
    }
}

static void
a_remark_that_is_not_closed_is_text (void **state)
{
    Read read = read_markdown ("# 题\n\n<!-- 头条\n\n文。\n");

    (void) state;
    assert_int_equal (item_of (&read, 0)->wish.importance, 0);
    assert_string_equal (item_of (&read, 0)->blocks[0].text, "<!-- 头条");
    assert_int_equal (item_of (&read, 0)->n_blocks, 2);
    read_free (&read);
}

/* ---- JSON ---- */

static void
json_gives_the_same_model (void **state)
{
    static const char text[] = "{\"pages\": [{\"paper\": \"汐州日报\", \"page\": 5, \"weather\": \"晴\", \"furniture\": "
                               "[\"责任编辑 顾笛\"], \"items\": ["
                               "{\"id\": \"own\", \"kind\": \"story\", \"kicker\": null, \"headline\": [\"一\", \"二\"], "
                               "\"byline\": \"（记者 岑某）\", \"byline_at\": \"inline\","
                               " \"dateline\": \"本报讯\", \"paragraphs\": [\"甲\", \"乙\"], \"subheads\": [{\"before\": 1, "
                               "\"text\": \"小\"}, {\"before\": 9, \"text\": \"末\"}],"
                               " \"asides\": [{\"type\": \"table\", \"rows\": [[\"鱼\", \"3\"]]}, {\"type\": \"note\", \"text\": "
                               "\"编者按\"}], \"jump_to\": \"（下转第3版）\","
                               " \"pictures\": [{\"caption\": \"港\", \"file\": \"a.jpg\", \"ratio\": 1.5}], \"wishes\": \"头条 "
                               "#own\", \"remarks\": [\"核对\"]}]},"
                               " {\"items\": [{\"kind\": \"ad\", \"paragraphs\": [\"广告\"]}]}]}";
    static const BmBlockKind kinds[] = { BM_BLOCK_NOTE,      BM_BLOCK_PARAGRAPH, BM_BLOCK_CROSSHEAD,
                                         BM_BLOCK_PARAGRAPH, BM_BLOCK_CROSSHEAD, BM_BLOCK_TABLE };
    Read read = read_text (text, strlen (text), true);

    (void) state;
    assert_true (read.ok && read.edition->n_pages == 2 && bm_diags_total (read.diags) == 0);
    assert_string_equal (read.edition->pages[0]->page, "5");
    assert_string_equal (read.edition->pages[0]->front[0].value, "晴");
    const BmItem *item = read.edition->pages[0]->items[0];
    assert_true (item->id_given && item->wish.importance == 1 && item->n_remarks == 1);
    assert_int_equal (item->byline_place, BM_BYLINE_INLINE);
    assert_int_equal (item->n_blocks, (int) G_N_ELEMENTS (kinds));
    for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
        assert_int_equal (item->blocks[i].kind, kinds[i]);
    assert_string_equal (item->blocks[4].text, "末");
    assert_true (bm_pt_equal (item->pictures[0].ratio, 1.5));
    assert_int_equal (read.edition->pages[1]->items[0]->kind, BM_ITEM_AD);
    read_free (&read);
}

static void
names_that_stand_twice_are_settled_in_both_forms (void **state)
{
    static const char json[] = "{\"page\": {\"items\": [{\"id\": \"a b-->\", \"paragraphs\": [\"甲\"]}, {\"id\": \"a_b--_\", "
                               "\"paragraphs\": [\"乙\"]}]}}";
    Read markdown = read_markdown ("<!-- #a2 -->\n\n甲\n\n***\n\n乙\n\n***\n\n<!-- #a2 -->\n\n丙\n"),
         read = read_text (json, strlen (json), true);

    (void) state;
    assert_string_equal (item_of (&markdown, 0)->id, "a2");
    assert_string_equal (item_of (&markdown, 1)->id, "a2x");
    assert_string_equal (item_of (&markdown, 2)->id, "a3");
    assert_true (bm_diags_has (markdown.diags, "BM0307"));
    assert_string_equal (item_of (&read, 0)->id, "a_b--_");
    assert_string_equal (item_of (&read, 1)->id, "a2");
    assert_true (bm_diags_has (read.diags, "BM0307"));
    read_free (&read);
    read_free (&markdown);
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
        cmocka_unit_test (front_matter_has_traditional_names_full_width_colons_and_languages),
        cmocka_unit_test (a_second_name_of_one_key_is_kept_and_can_be_read_again),
        cmocka_unit_test (a_page_without_front_matter_is_in_simplified_chinese),
        cmocka_unit_test (rules_divide_items_and_a_rule_under_text_is_no_heading),
        cmocka_unit_test (headlines_break_at_br_and_may_be_underlined),
        cmocka_unit_test (a_subhead_without_a_headline_stands_under_an_empty_one),
        cmocka_unit_test (bylines_stand_at_the_head_in_the_text_and_at_the_end),
        cmocka_unit_test (jump_lines_are_taken_out_of_the_body),
        cmocka_unit_test (pictures_have_captions_files_and_ratios),
        cmocka_unit_test (kinds_can_be_said_in_a_remark),
        cmocka_unit_test (a_remark_says_what_the_next_block_is),
        cmocka_unit_test (every_wish_is_understood_and_written_in_its_own_word),
        cmocka_unit_test (a_remark_that_nobody_knows_is_a_note_that_stays),
        cmocka_unit_test (a_remark_that_is_not_closed_is_text),
        cmocka_unit_test (json_gives_the_same_model),
        cmocka_unit_test (names_that_stand_twice_are_settled_in_both_forms),
    };

    return cmocka_run_group_tests_name ("edition", tests, NULL, NULL);
}
