/* marks.c — crop marks (裁切线), registration marks (套准线), colour bar and slug line, all outside the bleed
 * (print-ready.md §5). */
#include "draw/draw-private.h"

#define MM           BM_PT_PER_MM
#define CROP_LINE    0.25 /* points */
#define CROP_LENGTH  (7 * MM)
#define CROP_AWAY    (4 * MM) /* from the trim; with a wide bleed 1 mm outside it */
#define BESIDE_BLEED (1 * MM)
#define CROSS        (2.2 * MM) /* half a registration cross; its circle is 0.6 of it */
#define PATCH        (5 * MM)   /* of the colour bar, across */
#define EDGE         (1 * MM)   /* blank at the sheet's edge */

const BmInkCode bm_registration_ink = { .kind = BM_INK_ALL, .name = "All", .c = 1, .m = 1, .y = 1, .k = 1, .tint = 1 };

double
bm_press_slug (double bleed, bool marks)
{
    double away = MAX (CROP_AWAY, bleed + BESIDE_BLEED);

    return marks ? away + CROP_LENGTH + EDGE : bleed;
}

static double
away_of (const BmPainter *painter)
{
    return MAX (CROP_AWAY, painter->sheet->bleed + BESIDE_BLEED);
}

static void
line (cairo_t *cr, double x, double y, double to_x, double to_y)
{
    cairo_move_to (cr, x, y);
    cairo_line_to (cr, to_x, to_y);
}

/* At each corner one line along each edge. */
static void
crop_marks (BmPainter *painter)
{
    double width = painter->plan->width, height = painter->plan->height, from = away_of (painter), to = from + CROP_LENGTH;

    for (int corner = 0; corner < 4; corner++) {
        double x = corner & 1 ? width : 0, y = corner & 2 ? height : 0, right = corner & 1 ? 1 : -1, down = corner & 2 ? 1 : -1;

        line (painter->cr, x + right * from, y, x + right * to, y);
        line (painter->cr, x, y + down * from, x, y + down * to);
    }
    cairo_stroke (painter->cr);
}

static void
cross (cairo_t *cr, double x, double y)
{
    line (cr, x - CROSS, y, x + CROSS, y);
    line (cr, x, y - CROSS, x, y + CROSS);
    cairo_stroke (cr);
    cairo_arc (cr, x, y, CROSS * 0.6, 0, 2 * G_PI);
    cairo_close_path (cr);
    cairo_stroke (cr);
}

/* In the middle of each side, halfway between bleed and edge. */
static void
registration_marks (BmPainter *painter)
{
    double width = painter->plan->width, height = painter->plan->height;
    double out = (painter->sheet->bleed + painter->sheet->slug) / 2;

    cross (painter->cr, width / 2, -out);
    cross (painter->cr, width / 2, height + out);
    cross (painter->cr, -out, height / 2);
    cross (painter->cr, width + out, height / 2);
}

/* Solids of the four inks and three tints of black, under the page, right of the middle. */
static void
colour_bar (BmPainter *painter)
{
    static const BmInkCode patches[] = {
        { .c = 1, .tint = 1 },    { .m = 1, .tint = 1 },   { .y = 1, .tint = 1 },    { .k = 1, .tint = 1 },
        { .k = 0.75, .tint = 1 }, { .k = 0.5, .tint = 1 }, { .k = 0.25, .tint = 1 },
    };
    double x = painter->plan->width / 2 + 4 * CROSS;
    double y = painter->plan->height + (painter->sheet->bleed + painter->sheet->slug - PATCH) / 2;

    for (size_t i = 0; i < G_N_ELEMENTS (patches) && x + PATCH <= painter->plan->width; i++, x += PATCH) {
        if (patches[i].k > 0)
            bm_set_level (painter, 1 - patches[i].k);
        else
            bm_set_code (painter, &patches[i]);
        cairo_rectangle (painter->cr, x, y, PATCH, PATCH);
        cairo_fill (painter->cr);
    }
}

void
bm_paint_marks (BmPainter *painter, int page)
{
    if (!painter->sheet->marks)
        return;
    bm_set_code (painter, &bm_registration_ink);
    cairo_set_line_width (painter->cr, CROP_LINE);
    crop_marks (painter);
    registration_marks (painter);
    colour_bar (painter);
    if (painter->sheet->slug_lines != NULL) {
        bm_set_level (painter, 0);
        bm_paint_line (painter, &painter->sheet->slug_lines[page], false);
    }
}
