/* geometry-sizes.c — how large each piece's type is, and with it what it may be: body, display, small; and the page's own line. */
#include "recover/geometry-order.h"

#include <math.h>

#define DISPLAY_SIZE 1.28 /* × body */
#define SMALL_SIZE 0.93

/* ---- sizes ---- */

static double
em_units (const char *text, int length, int *n)
{
    double width = 0;

    *n = 0;
    for (const char *p = text; p < text + length; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        width += c == 0x3000 ? 1 : bm_char_is_blank (c) ? 0.25 : bm_char_width (c);
        *n += bm_char_is_blank (c) ? 0 : 1;
    }
    return width;
}

static int
compare_numbers (const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;

    return (x > y) - (x < y);
}

static double
median (GArray *values, double otherwise)
{
    if (values->len == 0)
        return otherwise;
    g_array_sort (values, compare_numbers);
    return g_array_index (values, double, values->len / 2);
}

static double
height_of (const BmPlacedPiece *piece)
{
    return MAX (piece->box.y1 - piece->box.y0, 1e-3);
}

#define LONG_PIECE 6 /* characters whose width tells the size */

/* A box is as high as its face's ascent and descent, which say little; its width over its characters says more, unless the
 * file gives the box of the first glyph for all (poppler, for text with an ActualText). */
static void
measure_pieces (BmOrder *order)
{
    GArray *ratios = g_array_new (FALSE, FALSE, sizeof (double)), *sizes = g_array_new (FALSE, FALSE, sizeof (double));
    GArray *heights = g_array_new (FALSE, FALSE, sizeof (double));

    for (int i = 0; i < order->n; i++) {
        BmPlacedPiece *piece = &order->pieces[i];
        double units = em_units (order->geometry->text->str + piece->box.start, piece->box.length, &piece->n);

        piece->em = units > 0 ? (piece->box.x1 - piece->box.x0) / units : 0;
        double ratio = piece->em > 0 ? height_of (piece) / piece->em : 0;
        if (piece->n >= LONG_PIECE && ratio > 0.6 && ratio < 2.5)
            g_array_append_val (ratios, ratio);
    }
    double ratio = median (ratios, 1.2);
    for (int i = 0; i < order->n; i++) {
        BmPlacedPiece *piece = &order->pieces[i];
        double by_height = height_of (piece) / ratio;
        bool fits = piece->n >= 3 && piece->em > 0.6 * by_height && piece->em < 1.6 * by_height;

        piece->em = piece->box.size > 0 ? piece->box.size : fits ? piece->em : by_height;
        for (int k = 0; k < piece->n; k++) {
            double height = height_of (piece);

            g_array_append_val (sizes, piece->em);
            g_array_append_val (heights, height);
        }
    }
    order->body = median (sizes, 1);
    order->body_height = median (heights, 1);
    g_array_free (heights, TRUE);
    g_array_free (ratios, TRUE);
    g_array_free (sizes, TRUE);
}

static void
find_classes (BmOrder *order)
{
    GArray *steps = g_array_new (FALSE, FALSE, sizeof (double));

    for (int i = 0; i < order->n; i++) {
        BmPlacedPiece *piece = &order->pieces[i];
        gunichar first = g_utf8_get_char (order->geometry->text->str + piece->box.start);

        bool low = height_of (piece) < SMALL_SIZE * order->body_height; /* a squeezed line is narrow, but not low */
        piece->group = -1;
        piece->class = piece->em >= DISPLAY_SIZE * order->body ? CLASS_DISPLAY
                       : piece->em < SMALL_SIZE * order->body && low && !bm_char_is_bullet (first) ? CLASS_SMALL : CLASS_TEXT;
        /* A vertical headline of which the file gives the first glyph's box alone. */
        if (piece->class == CLASS_DISPLAY && piece->n >= 3 && piece->box.x1 - piece->box.x0 < 1.5 * piece->em)
            piece->box.y1 = MAX (piece->box.y1, piece->box.y0 + piece->n * piece->em);
        for (int k = i - 1; k >= 0 && k > i - 24 && piece->class == CLASS_TEXT; k--) {
            double step = piece->box.y0 - order->pieces[k].box.y0;

            if (fabs (order->pieces[k].box.x0 - piece->box.x0) < 0.3 * order->body && step > 0.9 * order->body && step < 2.5 * order->body) {
                g_array_append_val (steps, step);
                break;
            }
        }
    }
    order->leading = median (steps, 1.3 * order->body);
    g_array_free (steps, TRUE);
}

/* ---- the page's own line ---- */

#define HEAD_OF_PAGE 0.12 /* of the height that the text takes */

static bool
is_folio_text (const BmOrder *order, const BmPlacedPiece *piece)
{
    GArray *chars = g_array_new (FALSE, TRUE, sizeof (BmRawChar));
    const char *text = order->geometry->text->str + piece->box.start;

    for (const char *p = text; p < text + piece->box.length; p = g_utf8_next_char (p)) {
        BmRawChar one = { .code = g_utf8_get_char (p) & 0x1FFFFF };

        if (!bm_char_is_blank (one.code))
            g_array_append_val (chars, one);
    }
    bool folio = bm_run_is_folio ((BmRun){ (const BmRawChar *) (gpointer) chars->data, (int) chars->len });
    g_array_free (chars, TRUE);
    return folio;
}

/* Where a line at the head of the page holds a date or the editors, all that stands beside or above it belongs to it: number,
 * section, the paper's name, in whatever size. */
static void
find_folio (BmOrder *order)
{
    double top = order->pieces[0].box.y0, foot = top, limit;

    for (int i = 0; i < order->n; i++)
        foot = MAX (foot, order->pieces[i].box.y1);
    limit = top + HEAD_OF_PAGE * (foot - top);
    foot = -1e9;
    for (int i = 0; i < order->n && order->pieces[i].box.y0 < limit; i++)
        if (is_folio_text (order, &order->pieces[i]))
            foot = MAX (foot, order->pieces[i].box.y1);
    for (int i = 0; i < order->n; i++)
        order->pieces[i].folio = (order->pieces[i].box.y0 + order->pieces[i].box.y1) / 2 <= foot;
}

void
bm_order_measure (BmOrder *order)
{
    measure_pieces (order);
    find_classes (order);
    if (order->n > 0)
        find_folio (order);
}
