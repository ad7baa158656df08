/* report.c — the review report beside the edition: what was found, for a person to compare with the dump.
 *
 * recover.md §4: what is least certain first, each with its probability and its lines of the dump. */
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

static int
compare_decisions (const void *a, const void *b)
{
    const BmDecision *x = a, *y = b;

    if (x->probability != y->probability)
        return x->probability < y->probability ? -1 : 1;
    return x->line != y->line ? x->line - y->line : (int) x->kind - (int) y->kind;
}

static void
append_decision (GString *out, const BmPage *page, const BmDecision *decision)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    const BmItem *item = decision->item < page->n_items ? page->items[decision->item] : NULL;

    g_string_append_printf (out, "  %s  %-11s  ", g_ascii_formatd (number, sizeof number, "%.2f", decision->probability), bm_decision_name (decision->kind));
    if (item != NULL && decision->seam[0] == '\0') {
        g_string_append_printf (out, "%s ", item->id);
        append_start (out, item->n_headline > 0 ? item->headline[0] : item->n_blocks > 0 ? item->blocks[0].text : "");
    }
    if (decision->line > 0)
        g_string_append_printf (out, decision->other_line > 0 ? " (raw %d | %d)" : " (raw %d)", decision->line, decision->other_line);
    if (decision->seam[0] != '\0')
        g_string_append_printf (out, " …%s…", decision->seam);
    g_string_append_c (out, '\n');
}

char *
bm_margins_of (const GArray *decisions)
{
    GString *out = g_string_new (NULL);
    char margin[G_ASCII_DTOSTR_BUF_SIZE], share[G_ASCII_DTOSTR_BUF_SIZE];

    for (guint i = 0; i < decisions->len; i++) {
        const BmDecision *decision = &g_array_index (decisions, BmDecision, i);

        g_string_append_printf (out, "%s\t%d\t%d\t%d\t%s\t%s\t%s\n", bm_decision_name (decision->kind), decision->item, decision->line, decision->other_line,
                                g_ascii_formatd (margin, sizeof margin, "%.3f", decision->margin), g_ascii_formatd (share, sizeof share, "%.2f", decision->probability), decision->seam);
    }
    return g_string_free (out, FALSE);
}

#define SURE 0.97 /* what is surer is counted, not listed */

static void
append_decisions (GString *out, const BmPage *page, const GArray *decisions)
{
    GArray *sorted = g_array_copy ((GArray *) (gpointer) decisions);
    guint n = 0;

    g_array_sort (sorted, compare_decisions);
    for (; n < sorted->len && g_array_index (sorted, BmDecision, n).probability < SURE; n++) {
        if (n == 0)
            g_string_append (out, "look here first\n");
        append_decision (out, page, &g_array_index (sorted, BmDecision, n));
    }
    g_string_append_printf (out, "%u more decisions are right in 97 of 100 cases and more\n", sorted->len - n);
    g_array_free (sorted, TRUE);
}

char *
bm_report_of (const BmRaw *raw, const BmEdition *edition, const GArray *decisions)
{
    const BmPage *page = edition->pages[0];
    GString *out = g_string_new (NULL);

    g_string_append_printf (out, "%d items; %d characters in items; every character of the dump (%u) stands in the edition\n",
                            page->n_items, count_placed (page), raw->chars->len);
    if (raw->signs.woven)
        g_string_append (out, "columns stood side by side or in turns in the dump: they were put in order by their words, look at the joins first\n");
    append_decisions (out, page, decisions);
    for (int i = 0; i < page->n_items; i++)
        append_item (out, page->items[i]);
    if (page->n_folio > 0)
        g_string_append_printf (out, "lines of the page itself, kept in the front matter: %d\n", page->n_folio);
    return g_string_free (out, FALSE);
}
