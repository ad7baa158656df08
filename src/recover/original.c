/* original.c — what the dump shows of the page it came from, for setting the page on its own grid: the measure, the number
 * of columns where it shows, and how many lines of which measure each item's text took. Kept in the front matter as
 *
 *   original: {measure: 21, columns: 5, items: {a1: [44, 21], a2: [18, 20]}}
 *
 * measures in em; what is not known is not there. */
#include "recover/recover-private.h"

#include <math.h>

typedef struct {
    int lines;
    double measure; /* of most of them; 0: unknown */
} Extent;

#define HALVES 200 /* half ems: no column is wider */

/* Lines of the item's paragraphs, and the measure that most of them share. */
static Extent
extent_of (const GArray *units, const BmStory *story)
{
    Extent extent = { 0, 0 };
    int lines[HALVES] = { 0 };

    for (guint i = 0; i < story->parts->len; i++) {
        const BmUnit *unit = &g_array_index (units, BmUnit, g_array_index (story->parts, int, i));

        if (unit->kind != BM_UNIT_PARAGRAPH)
            continue;
        extent.lines += unit->n_lines;
        if (unit->measure > 0 && unit->measure < HALVES / 2.0f - 1)
            lines[(int) (unit->measure * 2 + 0.5f)] += unit->n_lines;
    }
    int best = 0;
    for (int i = 1; i < HALVES; i++)
        best = lines[i] > lines[best] ? i : best;
    extent.measure = lines[best] > 0 ? best / 2.0 : 0;
    return extent;
}

static void
append_number (GString *out, const char *form, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append (out, g_ascii_formatd (text, sizeof text, form, value));
}

/* The measure of most lines of text. */
static double
commonest (const Extent *extents, int n)
{
    double best = 0;
    int most = 0;

    for (int i = 0; i < n; i++) {
        int same = 0;

        for (int k = 0; k < n; k++)
            same += fabs (extents[k].measure - extents[i].measure) < 0.3 ? extents[k].lines : 0;
        if (extents[i].measure > 0 && same > most) {
            most = same;
            best = extents[i].measure;
        }
    }
    return best;
}

static void
append_items (GString *out, const BmPage *page, const Extent *extents, int n)
{
    bool any = false;

    for (int i = 0; i < n; i++) {
        if (extents[i].lines == 0 || extents[i].measure <= 0)
            continue;
        g_string_append_printf (out, "%s%s: [%d, ", any ? ", " : ", items: {", page->items[i]->id, extents[i].lines);
        append_number (out, "%.4g", extents[i].measure);
        g_string_append_c (out, ']');
        any = true;
    }
    g_string_append (out, any ? "}" : "");
}

#define MOST_ITEMS 200 /* a page's; what is longer is no page */

void
bm_keep_original (const BmRaw *raw, const GArray *units, const GPtrArray *stories, BmEdition *edition)
{
    BmPage *page = edition->pages[0];
    int n = MIN ((int) stories->len, page->n_items), columns = raw->columns_seen > 0 ? raw->columns_seen : raw->signs.columns;
    Extent extents[MOST_ITEMS];

    if (n > MOST_ITEMS)
        return;
    for (int i = 0; i < n; i++)
        extents[i] = extent_of (units, g_ptr_array_index (stories, (guint) i));
    double measure = commonest (extents, n);
    if (measure <= 0)
        return;
    GString *out = g_string_new ("{measure: ");
    append_number (out, "%.4g", measure);
    if (columns > 0)
        g_string_append_printf (out, ", columns: %d", columns);
    append_items (out, page, extents, n);
    g_string_append_c (out, '}');
    bm_page_add_front (edition, page, "original", out->str);
    g_string_free (out, TRUE);
}
