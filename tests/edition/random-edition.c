/* random-edition.c — traps, and pages made of them. */
#include "random-edition.h"

#include <string.h>

#define PICK(dice, list) ((list)[roll ((dice), G_N_ELEMENTS (list))])

static const char *const traps[] = {
    /* what makes blocks */
    "# 不是标题",
    "## 也不是",
    "### 小题",
    "#",
    "######",
    "#井号",
    "1. 第一条",
    "2) 二",
    "1234567890. 十位",
    "- 列表",
    "+ 列表",
    "* 星",
    "-",
    "+",
    "*",
    "> 引用",
    ">",
    "| 甲 | 乙 |",
    "|---|",
    "|",
    "***",
    "* * *",
    "---",
    "- - -",
    "----",
    "===",
    "=",
    "~~~",
    "```",
    "```c",
    "    四格",
    "\t跳格",
    "___",
    "标题 #",
    "C # #",
    "--- 与字",
    "***字",
    "key: value",
    "<div>",
    "</p>",
    "<?php",
    "<!DOCTYPE html>",
    "<![CDATA[字]]>",
    /* what marks text */
    "*强调*",
    "**本报讯** 今",
    "*据新华社*",
    "**",
    "*（综述）* 字",
    "__粗__",
    "_下划线_",
    "`字`",
    "``",
    "[链接](y)",
    "[x]: /y",
    "[x]",
    "![图](x)",
    "![广告](<>)",
    "![",
    "!",
    "<b>粗</b>",
    "<!-- 注 -->",
    "<!--",
    "-->",
    "<!-- 头条 -->",
    "<https://a.example>",
    "https://a.example/b_c_d",
    "<br>",
    "一<br/>二",
    "反斜杠\\末",
    "一\\*二",
    "\\",
    "\\\\",
    "末尾\\",
    "\\#",
    "AT&T 100% & Mo",
    "&amp;",
    "&#65;",
    "&lt;br&gt;",
    "\"引\"",
    "a  b",
    "$1",
    "~",
    ":",
    "<",
    "(",
    ")",
    "]",
    /* what newspapers write */
    "本报汐州讯 今天。",
    "本报讯（记者 甲乙）今",
    "□记者 卓一鸣 报道",
    "□",
    "□ ",
    "记者 沈柏青",
    "本报记者 柯岚",
    "文/岑立",
    "章可 摄",
    "（记者 甲乙）说",
    "【特约记者甲乙报道】",
    "（下转第3版）",
    "上接第1版",
    "（上接第2版）",
    "广告",
    "公益广告",
    "编者按：这里",
    "编后",
    "“引语”",
    "图为渔港。",
    "头条",
    "正文",
    "简讯",
    "潮水正好。",
    "12.5%",
    "Tide",
    "end.",
    "3*4*5",
    "责任编辑: 顾笛",
    "报名：汐",
    "a: b # c",
    "'",
    "\"",
    "{a}",
    "[a",
    "@b",
    "null",
    "\u3000",
    "\u200b",
};

/* A line in a reader's form: what stands at its ends and what ends a line is taken out. */
static const char *
as_line (BmEdition *edition, char *text)
{
    char *start = text;

    g_strdelimit (text, "\n", '_');
    while (g_unichar_isspace (g_utf8_get_char (start)))
        start = g_utf8_next_char (start);
    for (char *end = start + strlen (start); end > start && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end)));) {
        end = g_utf8_prev_char (end);
        *end = '\0';
    }
    const char *line = bm_arena_strdup (edition->arena, *start != '\0' ? start : "潮");
    g_free (text);
    return line;
}

const char *
random_line (Dice *dice, BmEdition *edition)
{
    GString *text = g_string_new (PICK (dice, traps));

    switch (roll (dice, 6)) {
    case 0:
        g_string_append (text, PICK (dice, traps));
        break;
    case 1:
        g_string_append_printf (text, " %s", PICK (dice, traps));
        break;
    case 2:
        g_string_append (text, "后面的字");
        break;
    case 3:
        g_string_truncate (text, 0);
        random_text (dice, 1 + (int) roll (dice, 12), text);
        break;
    default:
        break;
    }
    return as_line (edition, g_string_free (text, FALSE));
}

static const char *
maybe_line (Dice *dice, BmEdition *edition, uint32_t one_in)
{
    return roll (dice, one_in) == 0 ? random_line (dice, edition) : NULL;
}

/* ---- items ---- */

static void
add_table (Dice *dice, BmEdition *edition, BmItem *item)
{
    BmBlock *block = bm_item_add_block (edition, item, BM_BLOCK_TABLE, NULL);

    block->n_rows = 1 + (int) roll (dice, 3);
    block->rows = bm_arena_new0 (edition->arena, BmTableRow, block->n_rows);
    for (int r = 0; r < block->n_rows; r++) {
        BmTableRow *row = &block->rows[r];

        row->n_cells = 1 + (int) roll (dice, 3);
        row->cells = bm_arena_new0 (edition->arena, const char *, row->n_cells);
        for (int c = 0; c < row->n_cells; c++)
            row->cells[c] = roll (dice, 5) == 0 ? "" : random_line (dice, edition);
    }
}

static void
add_body (Dice *dice, BmEdition *edition, BmItem *item)
{
    for (int n = (int) roll (dice, 5); n > 0; n--) {
        uint32_t kind = roll (dice, 9);

        if (kind == BM_BLOCK_TABLE)
            add_table (dice, edition, item);
        else
            bm_item_add_block (edition, item, kind > BM_BLOCK_TABLE ? BM_BLOCK_PARAGRAPH : (BmBlockKind) kind,
                               random_line (dice, edition));
    }
}

static bool
has_paragraph (const BmItem *item)
{
    for (int i = 0; i < item->n_blocks; i++)
        if (item->blocks[i].kind == BM_BLOCK_PARAGRAPH)
            return true;
    return false;
}

/* In the text only where there is text, in brackets; at the end only where there is something to end. */
static void
add_byline (Dice *dice, BmEdition *edition, BmItem *item)
{
    static const char *const bylines[] = { "□记者 卓一鸣 报道", "□ 本报记者 沈柏青\n本报通讯员 柯 岚", "据汐州社",
                                           "章可 摄\n文/岑立", "（记者 岑某）" };
    const char *text = roll (dice, 2) == 0 ? PICK (dice, bylines) : random_line (dice, edition);
    uint32_t place = roll (dice, 3);

    if (place == BM_BYLINE_INLINE && has_paragraph (item)) {
        text = roll (dice, 2) == 0 ? "（记者 岑某 通讯员 柯岚）"
                                   : bm_arena_printf (edition->arena, "（%s）", random_line (dice, edition));
        bm_item_set_byline (edition, item, text, BM_BYLINE_INLINE);
    } else {
        bool at_end = place == BM_BYLINE_END && item->n_blocks + item->n_pictures > 0;

        if (roll (dice, 4) == 0)
            text = bm_arena_printf (edition->arena, "%s\n%s", text, random_line (dice, edition));
        bm_item_set_byline (edition, item, text, at_end ? BM_BYLINE_END : BM_BYLINE_HEAD);
    }
}

static void
add_wishes (Dice *dice, BmEdition *edition, BmItem *item, int number)
{
    static const char *const names[] = { "", "短波", "渔-港", "a-b", "#x", "1" };
    BmWish *wish = &item->wish;

    wish->importance = (int) roll (dice, 6);
    wish->boxed = roll (dice, 2) == 0;
    wish->pinned = roll (dice, 4) == 0;
    wish->columns = roll (dice, 2) == 0 ? (int) roll (dice, 65) : 0;
    wish->full_width = roll (dice, 6) == 0;
    wish->half_width = roll (dice, 6) == 0;
    wish->width = roll (dice, 4) == 0 ? (1 + roll (dice, 4000)) * 0.5 * BM_PT_PER_MM : 0;
    wish->height = roll (dice, 4) == 0 ? (2 + roll (dice, 4000)) * 0.25 * BM_PT_PER_MM : 0;
    wish->rows = roll (dice, 4) == 0 ? (int) roll (dice, 10001) : 0;
    wish->place = (BmPlace) roll (dice, 5);
    wish->head = (BmHeadDirection) roll (dice, 3);
    wish->container = roll (dice, 4) == 0 ? PICK (dice, names) : NULL;
    wish->group = roll (dice, 4) == 0 ? names[1 + roll (dice, G_N_ELEMENTS (names) - 1)] : NULL;
    if (roll (dice, 4) == 0) {
        item->id = bm_arena_printf (edition->arena, roll (dice, 2) == 0 ? "港口-%d" : "a%d", number + 10);
        item->id_given = true;
    }
}

static void
add_pictures (Dice *dice, BmEdition *edition, BmItem *item)
{
    static const double ratios[] = { 0, 0, 1.5, 4.0 / 3, 0.75, 1.777, 2.0 / 3, 0.05, 20, 1.23456789 };
    static const char *const files[] = { "harbour.jpg", "a b(1).jpg", "图/港.png", "50%25.jpg", "[x](y).jpg",
                                         "a\\b",        "<>",         "?#",        "-" };

    for (int n = roll (dice, 3) == 0 ? 1 + (int) roll (dice, 2) : 0; n > 0; n--) {
        const char *file = roll (dice, 3) == 0 ? NULL : roll (dice, 4) == 0 ? random_line (dice, edition) : PICK (dice, files);

        bm_item_add_picture (edition, item, maybe_line (dice, edition, 2), file)->ratio = PICK (dice, ratios);
    }
}

static void
add_item (Dice *dice, BmEdition *edition, BmPage *page)
{
    static const char *const remarks[] = {
        "请核对", "存疑：标题与正文 0.58", "问过柯岚\n没有回话", "# 一", "*星*", "a--b", "\\", "-", "&amp;"
    };
    BmItem *item = bm_page_add_item (edition, page);

    item->kind = (BmItemKind) roll (dice, 4);
    item->kicker = maybe_line (dice, edition, 3);
    for (int n = (int) roll (dice, 3); n > 0; n--)
        bm_item_add_headline (edition, item, random_line (dice, edition));
    item->subhead = maybe_line (dice, edition, 3);
    add_body (dice, edition, item);
    add_pictures (dice, edition, item);
    if (roll (dice, 3) == 0)
        add_byline (dice, edition, item);
    item->dateline = roll (dice, 3) != 0 ? NULL : roll (dice, 2) == 0 ? "本报汐州1月2日电" : random_line (dice, edition);
    item->jump_to = roll (dice, 4) != 0 ? NULL : roll (dice, 2) == 0 ? "（下转第3版）" : random_line (dice, edition);
    item->jump_from = roll (dice, 4) != 0 ? NULL : roll (dice, 2) == 0 ? "（上接第1版）" : random_line (dice, edition);
    if (roll (dice, 3) == 0)
        add_wishes (dice, edition, item, page->n_items);
    for (int n = roll (dice, 3) == 0 ? 1 + (int) roll (dice, 2) : 0; n > 0; n--)
        bm_item_add_remark (edition, item, PICK (dice, remarks));
}

/* ---- pages ---- */

static void
add_front (Dice *dice, BmEdition *edition, BmPage *page)
{
    static const char *const keys[] = { "天气", "items",  "furniture", "source",           "front", "a: b",
                                        "#x",   "潮：汐", "- x",       "undecided_breaks", "\"",    "x y" };
    static const char *const values[] = { "晴", "[1, 2]", "\"a: b\"", "{\"a\": \"1\"}", "12",
                                          "~",  "true",   "'单'",     "2026-01-02",     "一：二" };
    static const char *const langs[] = { "zh-Hans", "zh-Hant", "ja" };
    uint32_t first = roll (dice, G_N_ELEMENTS (keys));

    page->paper = maybe_line (dice, edition, 2);
    page->date = maybe_line (dice, edition, 2);
    page->page = maybe_line (dice, edition, 2);
    page->section = maybe_line (dice, edition, 2);
    page->lang = PICK (dice, langs);
    page->n_front = (int) roll (dice, 3);
    page->front = bm_arena_new0 (edition->arena, BmFrontKey, page->n_front);
    for (int i = 0; i < page->n_front; i++)
        page->front[i] = (BmFrontKey){ keys[(first + (uint32_t) i) % G_N_ELEMENTS (keys)], PICK (dice, values) };
    page->n_folio = (int) roll (dice, 3);
    page->folio = bm_arena_new0 (edition->arena, const char *, page->n_folio);
    for (int i = 0; i < page->n_folio; i++)
        page->folio[i] = random_line (dice, edition);
}

BmPage *
random_page (Dice *dice, BmEdition *edition)
{
    BmPage *page = bm_edition_add_page (edition);

    if (roll (dice, 2) == 0)
        add_front (dice, edition, page);
    for (int n = 1 + (int) roll (dice, 3); n > 0; n--)
        add_item (dice, edition, page);
    return page;
}

char *
random_markdown (Dice *dice, int n)
{
    static const char *const pieces[] = { "潮",      "港",
                                          "灯",      "\n",
                                          "\n\n",    "\n\n",
                                          "# ",      "## ",
                                          "### ",    "> ",
                                          "* ",      "*",
                                          "**",      "_",
                                          "`",       "```\n",
                                          "~~~\n",   "[",
                                          "](",      ")",
                                          "![",      "<>",
                                          "- ",      "    ",
                                          "\t",      "|",
                                          "\n|-|\n", "\\",
                                          "&",       "<",
                                          ">",       "***\n",
                                          "\n---\n", "□",
                                          "1. ",     "====\n",
                                          "（",      "<!-- ",
                                          " -->",    "头条 ",
                                          "正文",    "图注",
                                          "3:2",     "#a2 ",
                                          "广告",    "（下转第3版）",
                                          "编者按",  "本报讯 ",
                                          "记者 ",   "paper: ",
                                          "报名：" };
    GString *text = g_string_new (NULL);

    for (int i = 0; i < n; i++)
        g_string_append (text, PICK (dice, pieces));
    return g_string_free (text, FALSE);
}
