/* write-markdown.c — a page as Markdown that reads back as the same page, and writes back as the same bytes. */
#include "edition/edition-private.h"

#include <string.h>

/* ---- escaping (rule 14) ---- */

/* Would `&…` be read as an entity? */
static bool
is_entity_start (const char *p)
{
    return *p == '&' && (g_ascii_isalpha (p[1]) || p[1] == '#');
}

static void
append_escaped (GString *out, const char *text, bool at_start)
{
    const char *p = text;

    if (at_start) {
        const char *digits = p;

        while (g_ascii_isdigit (*digits))
            digits++;
        if (*p != '\0' && strchr ("#>+-|=!~", *p) != NULL) {
            g_string_append_c (out, '\\');
        } else if (digits > p && digits - p < 10 && (*digits == '.' || *digits == ')')) {
            g_string_append_len (out, p, digits - p);
            g_string_append_c (out, '\\');
            p = digits;
        }
    }
    if (*p != '\0' && at_start && strchr ("#>+-|=!~.)", *p) != NULL)
        g_string_append_c (out, *p++);
    for (; *p != '\0'; p++) {
        bool image = *p == '!' && p[1] == '[';

        if (strchr ("\\`*_[]<", *p) != NULL || is_entity_start (p) || image)
            g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
    }
}

static char *
escaped (const char *text, bool at_start)
{
    GString *out = g_string_new (NULL);

    append_escaped (out, text, at_start);
    return g_string_free (out, FALSE);
}

/* A heading may not seem to close itself: “… ##”. */
static void
append_heading (GString *out, const char *marks, const char *text)
{
    char *line = escaped (text, false);
    size_t length = strlen (line), tail = length;

    while (tail > 0 && line[tail - 1] == '#')
        tail--;
    g_string_append_printf (out, "%s ", marks);
    g_string_append_len (out, line, (gssize) tail);
    if (tail < length && (tail == 0 || line[tail - 1] == ' ' || line[tail - 1] == '\t'))
        g_string_append_c (out, '\\');
    g_string_append_printf (out, "%s\n", line + tail);
    g_free (line);
}

/* ---- blocks: each after a blank line ---- */

static void
new_block (GString *out)
{
    if (out->len > 0)
        g_string_append (out, out->str[out->len - 1] == '\n' ? "\n" : "\n\n");
}

static void
write_heads (GString *out, const BmItem *item)
{
    if (item->kicker == NULL && item->n_headline == 0 && item->subhead == NULL)
        return;
    new_block (out);
    if (item->kicker != NULL)
        append_heading (out, "##", item->kicker);
    for (int i = 0; i < item->n_headline; i++)
        append_heading (out, "#", item->headline[i]);
    if (item->subhead != NULL)
        append_heading (out, "##", item->subhead);
}

static bool
is_paragraph (const BmBlock *block)
{
    return block->kind == BM_BLOCK_PARAGRAPH;
}

static const BmBlock *
first_paragraph (const BmItem *item)
{
    for (int i = 0; i < item->n_blocks; i++)
        if (is_paragraph (&item->blocks[i]))
            return &item->blocks[i];
    return NULL;
}

/* An ad that opens with its word is told by its picture (rule 9), others by a remark. */
static bool
opens_with_ad_word (const BmItem *item)
{
    return item->kind == BM_ITEM_AD && item->n_blocks > 0 && is_paragraph (&item->blocks[0]) && bm_matches_ad (item->blocks[0].text);
}

static void
write_remarks (GString *out, const BmItem *item)
{
    char *wishes = bm_wishes_text (item);
    GString *words = g_string_new (wishes);

    if (item->kind == BM_ITEM_AD && !opens_with_ad_word (item))
        g_string_append_printf (words, "%s广告", words->len > 0 ? " " : "");
    if (item->kind == BM_ITEM_PHOTO && (item->n_pictures == 0 || first_paragraph (item) != NULL))
        g_string_append_printf (words, "%s图片", words->len > 0 ? " " : "");
    if (words->len > 0) {
        new_block (out);
        g_string_append_printf (out, "<!-- %s -->\n", words->str);
    }
    for (int i = 0; i < item->n_remarks; i++) {
        new_block (out);
        g_string_append_printf (out, "<!-- %s -->\n", item->remarks[i]);
    }
    g_string_free (words, TRUE);
    g_free (wishes);
}

static void
write_picture (GString *out, const BmPicture *picture, const char *caption)
{
    char *text = escaped (caption, false);

    if (picture != NULL && picture->ratio > 0) {
        char ratio[G_ASCII_DTOSTR_BUF_SIZE];

        g_ascii_formatd (ratio, sizeof ratio, "%.6g", picture->ratio);
        new_block (out);
        g_string_append_printf (out, "<!-- %s:1 -->\n", ratio);
    }
    new_block (out);
    char *file = picture != NULL && picture->file != NULL ? g_uri_escape_string (picture->file, "/!$&'*+,;=:@", TRUE) : NULL;
    g_string_append_printf (out, file != NULL ? "![%s](%s)\n" : "![%s](<>)\n", text, file);
    g_free (file);
    g_free (text);
}

static void
write_byline (GString *out, const BmItem *item)
{
    char *text = escaped (item->byline, false);

    new_block (out);
    if (item->byline_place == BM_BYLINE_HEAD && bm_is_byline_block (item->byline) && first_paragraph (item) != NULL)
        g_string_append_printf (out, "%s\n", text);
    else
        g_string_append_printf (out, "*%s*\n", text);
    g_free (text);
}

/* ---- the body ---- */

/* The byline runs in with the text only where it would be read back so. */
static bool
runs_in (const BmItem *item)
{
    int start = 0, end = 0;

    if (item->byline == NULL || item->byline_place != BM_BYLINE_INLINE || first_paragraph (item) == NULL)
        return false;
    int length = bm_inline_byline_length (item->byline, &start, &end);
    return length > 0 && start == 0 && end == (int) strlen (item->byline);
}

/* Would the opening paragraph be read back as a paragraph? If not it is written behind the remark 正文. */
static bool
is_safe (const BmItem *item, const BmBlock *block, bool first, bool has_lead)
{
    int a = 0, b = 0;

    if (bm_matches_jump_to (block->text) || bm_matches_jump_from (block->text))
        return false;
    if (!first || item->kind == BM_ITEM_AD)
        return true;
    if (bm_inline_byline_length (block->text, &a, &b) > 0)
        return false;
    return has_lead || (bm_dateline_length (block->text, &a) == 0 && !bm_is_byline_block (block->text));
}

static void
write_paragraph (GString *out, const BmItem *item, const BmBlock *block, bool first)
{
    bool inline_byline = first && runs_in (item);
    bool has_lead = first && (item->dateline != NULL || inline_byline);

    if (!inline_byline && !is_safe (item, block, first, has_lead)) {
        new_block (out);
        g_string_append (out, "<!-- 正文 -->\n");
    }
    new_block (out);
    if (first && item->dateline != NULL) {
        g_string_append (out, "**");
        append_escaped (out, item->dateline, false);
        g_string_append (out, "**");
    }
    if (inline_byline)
        append_escaped (out, item->byline, false);
    if (has_lead)
        g_string_append_c (out, ' ');
    append_escaped (out, block->text, !has_lead);
    g_string_append_c (out, '\n');
}

static void
write_row (GString *out, const BmTableRow *row, int n_cells)
{
    g_string_append_c (out, '|');
    for (int i = 0; i < n_cells; i++) {
        const char *cell = i < row->n_cells ? row->cells[i] : "";

        g_string_append_c (out, ' ');
        for (; *cell != '\0'; cell++) {
            if (*cell == '|')
                g_string_append_c (out, '\\');
            g_string_append_c (out, *cell);
        }
        g_string_append (out, " |");
    }
    g_string_append_c (out, '\n');
}

static void
write_table (GString *out, const BmBlock *block)
{
    new_block (out);
    for (int r = 0; r < block->n_rows; r++) {
        write_row (out, &block->rows[r], block->rows[r].n_cells);
        if (r > 0)
            continue;
        g_string_append_c (out, '|');
        for (int i = 0; i < block->rows[0].n_cells; i++)
            g_string_append (out, " --- |");
        g_string_append_c (out, '\n');
    }
}

static void
write_quote (GString *out, const BmBlock *block)
{
    new_block (out);
    g_string_append (out, "> ");
    append_escaped (out, block->text, true);
    g_string_append_c (out, '\n');
}

static void
write_block (GString *out, const BmItem *item, const BmBlock *block, bool first)
{
    switch (block->kind) {
    case BM_BLOCK_PARAGRAPH:
        write_paragraph (out, item, block, first);
        break;
    case BM_BLOCK_CROSSHEAD:
        new_block (out);
        append_heading (out, "###", block->text);
        break;
    case BM_BLOCK_NOTE:
    case BM_BLOCK_PULLQUOTE:
        write_quote (out, block);
        break;
    case BM_BLOCK_TABLE:
        if (block->n_rows > 0)
            write_table (out, block);
        break;
    }
}

static void
write_body (GString *out, const BmItem *item)
{
    const BmBlock *first = first_paragraph (item);
    int start = 0;

    if (opens_with_ad_word (item)) {
        write_picture (out, item->n_pictures > 0 ? &item->pictures[0] : NULL, item->blocks[0].text);
        start = 1;
    }
    for (int i = start; i < item->n_blocks; i++)
        write_block (out, item, &item->blocks[i], &item->blocks[i] == first);
    if (item->dateline != NULL && first == NULL) {
        new_block (out);
        g_string_append (out, "**");
        append_escaped (out, item->dateline, false);
        g_string_append (out, "**\n");
    }
}

static void
write_line (GString *out, const char *text)
{
    if (text == NULL)
        return;
    new_block (out);
    append_escaped (out, text, true);
    g_string_append_c (out, '\n');
}

static void
write_item (GString *out, const BmItem *item)
{
    bool at_end = item->byline_place == BM_BYLINE_END && first_paragraph (item) != NULL;

    write_heads (out, item);
    write_remarks (out, item);
    if (item->byline != NULL && !at_end && !runs_in (item))
        write_byline (out, item);
    write_line (out, item->jump_from);
    write_body (out, item);
    for (int i = opens_with_ad_word (item) && item->n_pictures > 0 ? 1 : 0; i < item->n_pictures; i++)
        write_picture (out, &item->pictures[i], item->pictures[i].caption != NULL ? item->pictures[i].caption : "");
    if (item->byline != NULL && at_end)
        write_byline (out, item);
    write_line (out, item->jump_to);
}

char *
bm_page_to_markdown (const BmPage *page)
{
    GString *out = g_string_new (NULL);

    bm_write_front (page, out);
    for (int i = 0; i < page->n_items; i++) {
        if (i > 0) {
            new_block (out);
            g_string_append (out, "***\n");
        }
        write_item (out, page->items[i]);
    }
    return g_string_free (out, FALSE);
}
