/* report.c — the review report beside the edition: what was found, for a person to compare with the dump.
 *
 * Probabilities of single decisions (recover.md §4) are not measured yet and so not printed. */
#include "recover/recover-private.h"

#include <string.h>

static int
count_placed (const BmPage *page)
{
    int n = 0;

    for (int i = 0; i < page->n_items; i++)
        n += bm_item_characters (page->items[i]);
    return n;
}

static void
append_start (GString *out, const char *text)
{
    glong length = text == NULL ? 0 : g_utf8_strlen (text, -1);
    char *start = length == 0 ? g_strdup ("") : g_utf8_substring (text, 0, MIN (length, 16));

    g_string_append_printf (out, "“%s%s”", start, length > 16 ? "…" : "");
    g_free (start);
}

static void
append_item (GString *out, const BmItem *item)
{
    static const char *const kinds[] = { "story", "photo", "brief", "ad" };
    int undecided = 0;

    g_string_append_printf (out, "  %-4s %-5s ", item->id, kinds[item->kind]);
    append_start (out, item->n_headline > 0 ? item->headline[0] : item->n_blocks > 0 ? item->blocks[0].text : "");
    g_string_append_printf (out, ": %d headline line%s, %d paragraph%s, %d characters", item->n_headline,
                            item->n_headline == 1 ? "" : "s", item->n_blocks, item->n_blocks == 1 ? "" : "s",
                            bm_item_characters (item));
    if (item->where.line > 0)
        g_string_append_printf (out, " (raw %d)", item->where.line);
    for (int i = 0; i < item->n_blocks; i++)
        undecided += item->blocks[i].undecided;
    if (undecided > 0)
        g_string_append_printf (out, "; %d paragraph break%s left no trace in the dump", undecided, undecided == 1 ? "" : "s");
    if (item->n_headline == 0 && item->kind == BM_ITEM_STORY)
        g_string_append (out, "; no headline was found");
    g_string_append_c (out, '\n');
}

char *
bm_report_of (const BmRaw *raw, const BmEdition *edition)
{
    const BmPage *page = edition->pages[0];
    GString *out = g_string_new (NULL);

    g_string_append_printf (out, "%d items; %d characters in items; every character of the dump (%u) stands in the edition\n",
                            page->n_items, count_placed (page), raw->chars->len);
    if (raw->signs.woven)
        g_string_append (out, "columns stood side by side or in turns in the dump: they were put in order by their words, look at the joins first\n");
    for (int i = 0; i < page->n_items; i++)
        append_item (out, page->items[i]);
    if (page->n_folio > 0)
        g_string_append_printf (out, "lines of the page itself, kept in the front matter: %d\n", page->n_folio);
    return g_string_free (out, FALSE);
}
