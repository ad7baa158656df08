/* geometry-order.c — reading order from boxes: sizes, headline blocks, columns, and which column hangs under which headline.
 *
 * What is larger than the body is display, lines that begin at one edge and follow one another are a column, display
 * lines that touch are a headline block. A column belongs to the block right above it; else to the column at its left
 * whose top is level (the headline is narrower than its story); else to the column above it (a picture or crosshead
 * stands between). What stands in order then goes the way of every dump, with hints that its lines' labels heed. */
#include "recover/geometry-order.h"

#include <math.h>

static int
compare_groups (const void *a, const void *b, void *data)
{
    const BmOrder *order = data;
    const BmGroup *x = bm_group_at (order, *(const int *) a), *y = bm_group_at (order, *(const int *) b);

    if (x->y0 != y->y0)
        return (x->y0 > y->y0) - (x->y0 < y->y0);
    return x->x0 != y->x0 ? (x->x0 > y->x0) - (x->x0 < y->x0) : *(const int *) a - *(const int *) b;
}

static int *
sorted_groups (const BmOrder *order)
{
    int n = (int) order->groups->len, *ids = g_new (int, (gsize) MAX (n, 1));

    for (int i = 0; i < n; i++)
        ids[i] = i;
    g_qsort_with_data (ids, n, sizeof *ids, compare_groups, (void *) (gpointer) order);
    return ids;
}

typedef struct {
    const BmOrder *order;
    GString *out;
    GArray *lines;
    bool begins; /* the next line begins an item */
} Writer;

static void
write_line (Writer *writer, const char *text, int length, int file_line, unsigned hint)
{
    BmOrderedLine line = { file_line, (guint8) (hint | (writer->begins ? BM_HINT_STORY : 0)) };

    g_string_append_len (writer->out, text, length);
    g_string_append_c (writer->out, '\n');
    g_array_append_val (writer->lines, line);
    writer->begins = false;
}

static void
write_gap (Writer *writer)
{
    bool begins = writer->begins;

    writer->begins = false;
    write_line (writer, "", 0, 0, 0);
    writer->begins = begins;
}

static const char *
text_of (const BmOrder *order, const BmPlacedPiece *piece)
{
    return order->geometry->text->str + piece->box.start;
}

/* Characters of a vertical headline come each in a box of its own: from right to left, from top to bottom. */
static bool
is_vertical (const BmOrder *order, const BmGroup *group)
{
    for (guint i = 0; i < group->pieces->len; i++)
        if (order->pieces[g_array_index (group->pieces, int, i)].n > 2)
            return false;
    return group->pieces->len >= 3 && group->y1 - group->y0 > 1.5 * (group->x1 - group->x0);
}

static int
compare_vertical (const void *a, const void *b, void *data)
{
    const BmOrder *order = data;
    const BmPlacedPiece *x = &order->pieces[*(const int *) a], *y = &order->pieces[*(const int *) b];

    if (fabs (x->box.x0 - y->box.x0) > 0.5 * MAX (x->em, y->em))
        return x->box.x0 < y->box.x0 ? 1 : -1;
    return (x->box.y0 > y->box.y0) - (x->box.y0 < y->box.y0);
}

static void
write_vertical (Writer *writer, const BmGroup *group)
{
    const BmOrder *order = writer->order;
    GString *line = g_string_new (NULL);

    g_array_sort_with_data (group->pieces, compare_vertical, (void *) (gpointer) order);
    for (guint i = 0; i < group->pieces->len; i++) {
        const BmPlacedPiece *piece = &order->pieces[g_array_index (group->pieces, int, i)];
        const BmPlacedPiece *next = i + 1 < group->pieces->len ? &order->pieces[g_array_index (group->pieces, int, i + 1)] : NULL;

        g_string_append_len (line, text_of (order, piece), piece->box.length);
        if (next != NULL && fabs (next->box.x0 - piece->box.x0) <= 0.5 * piece->em)
            continue;
        write_line (writer, line->str, (int) line->len, piece->box.line, BM_HINT_DISPLAY | BM_HINT_MAIN);
        g_string_truncate (line, 0);
    }
    g_string_free (line, TRUE);
}

#define SAME_SIZE 0.85 /* of the largest: a line of the headline itself */

static void
write_head (Writer *writer, const BmGroup *group)
{
    const BmOrder *order = writer->order;

    if (is_vertical (order, group)) {
        write_vertical (writer, group);
        return;
    }
    for (guint i = 0; i < group->pieces->len; i++) {
        const BmPlacedPiece *piece = &order->pieces[g_array_index (group->pieces, int, i)];
        unsigned main = piece->em >= SAME_SIZE * group->em ? BM_HINT_MAIN : 0;

        write_line (writer, text_of (order, piece), piece->box.length, piece->box.line, BM_HINT_DISPLAY | main);
    }
}

#define MOST_INDENT 6  /* em */
#define LEAST_TEXT 8   /* characters; shorter ones may be crossheads, bylines, signatures */
#define LEAST_CAPTION 6

static unsigned
hint_of (const BmGroup *group, const BmPlacedPiece *piece)
{
    if (piece->class == CLASS_SMALL)
        return group->head >= 0 && (group->pieces->len > 1 || piece->n >= LEAST_CAPTION) ? BM_HINT_CAPTION : 0;
    return piece->n > LEAST_TEXT ? BM_HINT_TEXT : 0;
}

static void
write_column (Writer *writer, const BmGroup *group)
{
    const BmOrder *order = writer->order;
    GString *line = g_string_new (NULL);

    for (guint i = 0; i < group->pieces->len; i++) {
        const BmPlacedPiece *piece = &order->pieces[g_array_index (group->pieces, int, i)];
        bool more = i + 1 < group->pieces->len && order->pieces[g_array_index (group->pieces, int, i + 1)].follows;

        if (line->len == 0)
            for (int k = (int) CLAMP (floor ((piece->box.x0 - group->x0) / order->body + 0.4), 0, MOST_INDENT); k > 0; k--)
                g_string_append_unichar (line, 0x3000);
        g_string_append_len (line, text_of (order, piece), piece->box.length);
        if (more) {
            g_string_append_c (line, ' ');
            continue;
        }
        write_line (writer, line->str, (int) line->len, piece->box.line, hint_of (group, piece));
        g_string_truncate (line, 0);
    }
    g_string_free (line, TRUE);
}

static int
compare_columns (const void *a, const void *b, void *data)
{
    const BmOrder *order = data;
    const BmGroup *x = bm_group_at (order, *(const int *) a), *y = bm_group_at (order, *(const int *) b);

    if (fabs (x->x0 - y->x0) > 3 * order->body)
        return x->x0 > y->x0 ? 1 : -1;
    return (x->y0 > y->y0) - (x->y0 < y->y0);
}

/* A headline with the columns under it. */
static void
write_story (Writer *writer, const int *ids, int head)
{
    const BmOrder *order = writer->order;
    GArray *columns = g_array_new (FALSE, FALSE, sizeof (int));

    for (int i = 0; i < (int) order->groups->len; i++)
        if (!bm_group_at (order, ids[i])->display && !bm_group_at (order, ids[i])->kicker && bm_group_at (order, ids[i])->head == head)
            g_array_append_val (columns, ids[i]);
    g_array_sort_with_data (columns, compare_columns, (void *) (gpointer) order);
    writer->begins = true;
    write_gap (writer);
    for (int i = 0; i < (int) order->groups->len; i++) {
        const BmGroup *kicker = bm_group_at (order, ids[i]);
        const BmPlacedPiece *piece = &order->pieces[g_array_index (kicker->pieces, int, 0)];

        if (kicker->kicker && kicker->head == head)
            write_line (writer, text_of (order, piece), piece->box.length, piece->box.line, BM_HINT_DISPLAY);
    }
    write_head (writer, bm_group_at (order, head));
    for (int small = 0; small < 2; small++) /* captions after the text */
        for (guint i = 0; i < columns->len; i++) {
            const BmGroup *column = bm_group_at (order, g_array_index (columns, int, i));

            if (bm_group_is_small (order, column) != (small == 1))
                continue;
            if (small == 1)
                write_gap (writer);
            write_column (writer, column);
        }
    g_array_free (columns, TRUE);
}

static int
compare_left (const void *a, const void *b, void *data)
{
    const BmOrder *order = data;
    const BmPlacedPiece *x = &order->pieces[*(const int *) a], *y = &order->pieces[*(const int *) b];

    return x->box.x0 != y->box.x0 ? (x->box.x0 > y->box.x0) - (x->box.x0 < y->box.x0) : *(const int *) a - *(const int *) b;
}

static void
write_folio (Writer *writer)
{
    const BmOrder *order = writer->order;
    GArray *ids = g_array_new (FALSE, FALSE, sizeof (int));

    for (int i = 0; i < order->n; i++)
        if (order->pieces[i].folio)
            g_array_append_val (ids, i);
    g_array_sort_with_data (ids, compare_left, (void *) (gpointer) order);
    for (guint i = 0; i < ids->len; i++) {
        const BmPlacedPiece *piece = &order->pieces[g_array_index (ids, int, i)];

        write_line (writer, text_of (order, piece), piece->box.length, piece->box.line, BM_HINT_FOLIO);
    }
    g_array_free (ids, TRUE);
}

static void
write_all (Writer *writer, const int *ids)
{
    const BmOrder *order = writer->order;

    write_folio (writer);

    for (int i = 0; i < (int) order->groups->len; i++) {
        const BmGroup *group = bm_group_at (order, ids[i]);

        if (group->display) {
            write_story (writer, ids, ids[i]);
        } else if (group->head < 0) {
            writer->begins = !bm_group_is_small (order, group);
            write_gap (writer);
            write_column (writer, group);
        }
    }
}

static int
compare_pieces (const void *a, const void *b)
{
    const BmPiece *x = &((const BmPlacedPiece *) a)->box, *y = &((const BmPlacedPiece *) b)->box;

    if (x->y0 != y->y0)
        return (x->y0 > y->y0) - (x->y0 < y->y0);
    return x->x0 != y->x0 ? (x->x0 > y->x0) - (x->x0 < y->x0) : x->start - y->start;
}

#define GUTTER 1.5     /* em */
#define LONG_PIECE 8   /* characters: a line of text */
#define LEAST_LINES 12 /* of these, to tell the page's columns */

/* How many columns of the commonest width the text's area holds. */
static int
count_columns (const BmOrder *order)
{
    int widths[100] = { 0 }, best = 0, n = 0;
    double left = INFINITY, right = -INFINITY;

    for (int i = 0; i < order->n; i++) {
        const BmPlacedPiece *piece = &order->pieces[i];
        double width = (piece->box.x1 - piece->box.x0) / order->body;

        if (piece->class != CLASS_TEXT || piece->folio || piece->n < LONG_PIECE || width < LONG_PIECE || width >= 99)
            continue;
        left = MIN (left, piece->box.x0);
        right = MAX (right, piece->box.x1);
        widths[(int) (width + 0.5)]++;
        n++;
    }
    for (int i = 0; i < 100; i++)
        best = widths[i] > widths[best] ? i : best;
    return n < LEAST_LINES ? 0 : (int) (((right - left) / order->body + GUTTER) / (best + GUTTER) + 0.5);
}

char *
bm_geometry_order (const BmGeometry *geometry, GArray *lines, int *columns)
{
    BmOrder order = { .geometry = geometry, .n = (int) geometry->pieces->len };
    Writer writer = { .order = &order, .out = g_string_new (NULL), .lines = lines };

    *columns = 0;
    if (order.n > BM_MAX_PIECES) {
        for (int i = 0; i < order.n; i++) {
            const BmPiece *piece = &g_array_index (geometry->pieces, BmPiece, i);

            write_line (&writer, geometry->text->str + piece->start, piece->length, piece->line, 0);
        }
        return g_string_free (writer.out, FALSE);
    }
    order.pieces = g_new0 (BmPlacedPiece, (gsize) MAX (order.n, 1));
    for (int i = 0; i < order.n; i++)
        order.pieces[i].box = g_array_index (geometry->pieces, BmPiece, i);
    qsort (order.pieces, (size_t) order.n, sizeof *order.pieces, compare_pieces);
    bm_order_measure (&order);
    bm_order_group (&order);
    int *ids = sorted_groups (&order);
    bm_order_heads (&order, ids);
    write_all (&writer, ids);
    *columns = count_columns (&order);
    for (guint i = 0; i < order.groups->len; i++)
        g_array_free (bm_group_at (&order, (int) i)->pieces, TRUE);
    g_array_free (order.groups, TRUE);
    g_free (order.pieces);
    g_free (ids);
    return g_string_free (writer.out, FALSE);
}
