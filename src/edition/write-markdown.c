/* write-markdown.c — a page as Markdown that reads back as the same page, and writes back as the same bytes.
 *
 * Whether something is understood without a mark is asked of the same patterns that the reader uses. Where it is not,
 * or where text looks like what it is not, a remark says so: 正文 before a paragraph that looks like a byline, 下转
 * before a jump line of unusual wording, and so on (BmNext). Texts are written as the reader will give them back: one
 * line, without blanks at the ends. */
#include "edition/edition-private.h"

#include <math.h>
#include <string.h>

#define RATIO_DIGITS 1e-8 /* the JSON form has nine digits: 1.33333333 is 4:3 */

/* ---- what the reader will see ---- */

static bool
is_blank_text (const char *text)
{
    while (text != NULL && g_unichar_isspace (g_utf8_get_char (text)))
        text = g_utf8_next_char (text);
    return text == NULL || *text == '\0';
}

/* The patterns are asked of texts as they will be read. */
static bool
will_match (bool (*pattern) (const char *), const char *text)
{
    char *line = bm_one_line (text);
    bool match = pattern (line);

    g_free (line);
    return match;
}

static bool
is_paragraph (const BmBlock *block)
{
    return block->kind == BM_BLOCK_PARAGRAPH && !is_blank_text (block->text);
}

/* The first paragraph's index; −1 if there is none. */
static int
first_paragraph (const BmItem *item)
{
    for (int i = 0; i < item->n_blocks; i++)
        if (is_paragraph (&item->blocks[i]))
            return i;
    return -1;
}

static bool
is_written (const BmBlock *block)
{
    return block->kind == BM_BLOCK_TABLE ? block->n_rows > 0 : !is_blank_text (block->text);
}

static bool
has_body (const BmItem *item)
{
    for (int i = 0; i < item->n_blocks; i++)
        if (is_written (&item->blocks[i]))
            return true;
    return false;
}

/* The byline runs in with the text: only one line in brackets can. */
static bool
runs_in (const BmItem *item)
{
    return !is_blank_text (item->byline) && item->byline_place == BM_BYLINE_INLINE && first_paragraph (item) >= 0 &&
           bm_is_bracketed (item->byline);
}

static bool
stands_at_end (const BmItem *item)
{
    return !is_blank_text (item->byline) && item->byline_place == BM_BYLINE_END && (has_body (item) || item->n_pictures > 0);
}

/* An ad that opens with its word is told by its picture (rule 9), others by a remark. */
static bool
opens_with_ad_word (const BmItem *item)
{
    return item->kind == BM_ITEM_AD && item->n_blocks > 0 && is_paragraph (&item->blocks[0]) && item->dateline == NULL &&
           !runs_in (item) && will_match (bm_matches_ad, item->blocks[0].text);
}

/* That picture is the ad's artwork if nothing more is to be said of it. */
static bool
is_artwork (const BmItem *item)
{
    return opens_with_ad_word (item) && item->n_pictures > 0 && item->pictures[0].file != NULL && is_blank_text (item->pictures[0].caption);
}

/* ---- pieces ---- */

static void
new_block (GString *out)
{
    if (out->len > 0)
        g_string_append (out, out->str[out->len - 1] == '\n' ? "\n" : "\n\n");
}

static void
write_next (GString *out, BmNext next)
{
    new_block (out);
    g_string_append_printf (out, "<!-- %s -->\n", bm_next_words[next]);
}

/* A heading may not seem to close itself: “… ##”. */
static void
write_heading (GString *out, const char *marks, const char *text)
{
    char *line = bm_one_line (text);
    size_t length = strlen (line), tail = length;

    while (tail > 0 && line[tail - 1] == '#')
        tail--;
    bool closes = tail < length && (tail == 0 || line[tail - 1] == ' ' || line[tail - 1] == '\t');
    g_string_append_printf (out, "%s ", marks);
    if (closes) {
        line[tail] = '\0';
        bm_append_escaped (out, line, false);
        g_string_append_c (out, '\\');
        for (size_t i = tail; i < length; i++)
            g_string_append_c (out, '#');
    } else {
        bm_append_escaped (out, line, false);
    }
    g_string_append_c (out, '\n');
    g_free (line);
}

/* A subhead without a headline is told by an empty #. */
static void
write_heads (GString *out, const BmItem *item)
{
    bool headed = false;

    if (!is_blank_text (item->kicker))
        write_heading (out, "##", item->kicker);
    for (int i = 0; i < item->n_headline; i++) {
        if (is_blank_text (item->headline[i]))
            continue;
        write_heading (out, "#", item->headline[i]);
        headed = true;
    }
    if (is_blank_text (item->subhead))
        return;
    if (!headed)
        g_string_append (out, "#\n");
    write_heading (out, "##", item->subhead);
}

static void
add_word (GString *words, const char *word)
{
    g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", word);
}

/* A remark may not seem to end, nor to begin another: names in JSON can hold such marks as well as notes. */
static void
write_remark (GString *out, const char *remark)
{
    char *lines = bm_kept_lines (remark), *closed = NULL;
    char **parts = g_strsplit (lines, "-->", -1);

    closed = g_strjoinv ("--＞", parts);
    g_strfreev (parts);
    parts = g_strsplit (closed, "<!--", -1);
    g_free (closed);
    closed = g_strjoinv ("＜!--", parts);
    if (!is_blank_text (closed)) {
        new_block (out);
        g_string_append_printf (out, "<!-- %s -->\n", closed);
    }
    g_strfreev (parts);
    g_free (closed);
    g_free (lines);
}

static void
write_remarks (GString *out, const BmItem *item)
{
    char *wishes = bm_wishes_text (item);
    GString *words = g_string_new (wishes);

    if (item->kind == BM_ITEM_AD && !opens_with_ad_word (item))
        add_word (words, "广告");
    if (item->kind == BM_ITEM_PHOTO && (item->n_pictures == 0 || has_body (item)))
        add_word (words, "图片");
    if (item->kind == BM_ITEM_STORY && item->n_pictures > 0 && !has_body (item))
        add_word (words, "文字稿");
    write_remark (out, words->str);
    for (int i = 0; i < item->n_remarks; i++)
        write_remark (out, item->remarks[i]);
    g_string_free (words, TRUE);
    g_free (wishes);
}

/* As a person writes it, 4:3, where small numbers say it; else with all its digits. */
static void
write_ratio (GString *out, double ratio)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];

    for (int height = 1; height <= 32; height++) {
        double width = round (ratio * height);

        if (width >= 1 && fabs (width / height - ratio) < RATIO_DIGITS) {
            g_string_append_printf (out, "<!-- %.0f:%d -->\n", width, height);
            return;
        }
    }
    g_string_append_printf (out, "<!-- %s:1 -->\n", g_ascii_formatd (digits, sizeof digits, "%.17g", ratio));
}

static void
write_picture (GString *out, const BmPicture *picture, const char *caption)
{
    char *line = bm_one_line (caption != NULL ? caption : "");

    if (picture != NULL && picture->ratio > 0) {
        new_block (out);
        write_ratio (out, picture->ratio);
    }
    new_block (out);
    g_string_append (out, "![");
    bm_append_escaped (out, line, false);
    char *file = picture != NULL && picture->file != NULL ? g_uri_escape_string (picture->file, "/!$'+,;=:@", TRUE) : NULL;
    g_string_append_printf (out, file != NULL ? "](%s)\n" : "](<>)\n", file);
    g_free (file);
    g_free (line);
}

/* A picture whose caption is 广告 and which is no ad is told by a remark. */
static void
write_plain_picture (GString *out, const BmPicture *picture)
{
    if (picture->caption != NULL && will_match (bm_matches_ad, picture->caption))
        write_next (out, BM_NEXT_PICTURE);
    write_picture (out, picture, picture->caption);
}

/* Plain where the reader knows it for a byline, else in emphasis. */
static void
write_byline (GString *out, const BmItem *item, bool at_end)
{
    char *text = bm_kept_lines (item->byline), **lines = g_strsplit (text, "\n", -1);
    bool plain = !at_end && item->kind != BM_ITEM_AD && bm_is_byline_block (text);

    new_block (out);
    for (int i = 0; lines[i] != NULL; i++) {
        g_string_append (out, i > 0 ? "\n" : plain ? "" : "*");
        bm_append_escaped (out, lines[i], plain || i > 0);
    }
    g_string_append (out, plain ? "\n" : "*\n");
    g_strfreev (lines);
    g_free (text);
}

static void
write_jump (GString *out, const char *jump, bool to)
{
    if (is_blank_text (jump))
        return;
    char *line = bm_one_line (jump);
    bool known = to ? bm_matches_jump_to (line) : bm_matches_jump_from (line) && !bm_matches_jump_to (line);

    if (!known || bm_is_byline_block (line))
        write_next (out, to ? BM_NEXT_JUMP_TO : BM_NEXT_JUMP_FROM);
    new_block (out);
    bm_append_wrapped (out, line, true, "");
    g_string_append_c (out, '\n');
    g_free (line);
}

/* ---- the body ---- */

/* Will these openings and this text come apart again where they were joined? */
static bool
is_understood (const BmItem *item, const char *byline, const char *text)
{
    int a = 0, b = 0;

    if (item->kind == BM_ITEM_AD)
        return byline == NULL && item->dateline == NULL && !bm_matches_jump_to (text) && !bm_matches_jump_from (text);
    if (byline != NULL) {
        int length = bm_inline_byline_length (byline, &a, &b);
        char *whole = g_strdup_printf ("%s %s", byline, text);
        bool apart = length > 0 && a == 0 && byline[b] == '\0' && (item->dateline != NULL || !bm_is_byline_block (whole));

        g_free (whole);
        return apart;
    }
    if (bm_inline_byline_length (text, &a, &b) > 0)
        return false;
    return item->dateline != NULL || (bm_dateline_length (text, &a) == 0 && !bm_is_byline_block (text) &&
                                      !bm_matches_jump_to (text) && !bm_matches_jump_from (text));
}

static void
write_dateline (GString *out, const BmItem *item)
{
    char *line = bm_one_line (item->dateline);

    g_string_append (out, "**");
    bm_append_escaped (out, line, false);
    g_string_append (out, "**");
    g_free (line);
}

/* The first paragraph, with the dateline and the byline that run in with it. */
static void
write_first_paragraph (GString *out, const BmItem *item, const char *text)
{
    bool dateline = !is_blank_text (item->dateline);
    char *byline = runs_in (item) ? bm_kept_lines (item->byline) : NULL;
    bool understood = is_understood (item, byline, text);

    if (!understood)
        write_next (out, BM_NEXT_TEXT);
    new_block (out);
    if (dateline) {
        write_dateline (out, item);
        g_string_append_c (out, ' ');
    }
    if (byline != NULL) {
        g_string_append (out, understood ? "" : "*");
        bm_append_escaped (out, byline, false);
        g_string_append (out, understood ? " " : "* ");
    }
    bm_append_wrapped (out, text, !dateline && byline == NULL, "");
    g_string_append_c (out, '\n');
    g_free (byline);
}

static void
write_paragraph (GString *out, const char *text)
{
    if (bm_matches_jump_to (text) || bm_matches_jump_from (text))
        write_next (out, BM_NEXT_TEXT);
    new_block (out);
    bm_append_wrapped (out, text, true, "");
    g_string_append_c (out, '\n');
}

static void
write_quote (GString *out, const char *text, bool note)
{
    if (note != bm_matches_note (text))
        write_next (out, note ? BM_NEXT_NOTE : BM_NEXT_PULLQUOTE);
    new_block (out);
    g_string_append (out, "> ");
    bm_append_wrapped (out, text, true, "> ");
    g_string_append_c (out, '\n');
}

static void
write_block (GString *out, const BmItem *item, const BmBlock *block, bool first)
{
    char *text = block->text != NULL ? bm_one_line (block->text) : NULL;

    if (block->kind == BM_BLOCK_PARAGRAPH && first) {
        write_first_paragraph (out, item, text);
    } else if (block->kind == BM_BLOCK_PARAGRAPH) {
        write_paragraph (out, text);
    } else if (block->kind == BM_BLOCK_CROSSHEAD) {
        new_block (out);
        write_heading (out, "###", text);
    } else if (block->kind == BM_BLOCK_TABLE) {
        new_block (out);
        bm_write_table (out, block);
    } else {
        write_quote (out, text, block->kind == BM_BLOCK_NOTE);
    }
    g_free (text);
}

static void
write_body (GString *out, const BmItem *item)
{
    int first = first_paragraph (item), start = 0;

    if (opens_with_ad_word (item)) {
        write_picture (out, is_artwork (item) ? &item->pictures[0] : NULL, item->blocks[0].text);
        start = 1;
    }
    for (int i = start; i < item->n_blocks; i++)
        if (is_written (&item->blocks[i]))
            write_block (out, item, &item->blocks[i], i == first);
    if (is_blank_text (item->dateline) || first >= 0)
        return;
    if (item->kind == BM_ITEM_AD)
        write_next (out, BM_NEXT_TEXT);
    new_block (out);
    write_dateline (out, item);
    g_string_append_c (out, '\n');
}

/* An item of which nothing is left to write still is an item. */
static void
write_item (GString *out, const BmItem *item)
{
    bool at_end = stands_at_end (item);
    GString *text = g_string_new (NULL);

    write_heads (text, item);
    write_remarks (text, item);
    if (!is_blank_text (item->byline) && !at_end && !runs_in (item))
        write_byline (text, item, false);
    write_jump (text, item->jump_from, false);
    write_body (text, item);
    for (int i = is_artwork (item) ? 1 : 0; i < item->n_pictures; i++)
        write_plain_picture (text, &item->pictures[i]);
    if (at_end)
        write_byline (text, item, true);
    write_jump (text, item->jump_to, true);
    if (text->len == 0)
        write_next (text, BM_NEXT_TEXT);
    new_block (out);
    g_string_append_len (out, text->str, (gssize) text->len);
    g_string_free (text, TRUE);
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
