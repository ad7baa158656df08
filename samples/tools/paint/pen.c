/* pen.c — short words for what the scenes say to Cairo over and over. */
#include "paint.h"

#include <math.h>

#define TURN (2.0 * 3.14159265358979)

void
ink_rgb (cairo_t *cr, Rgb c, float alpha)
{
    cairo_set_source_rgba (cr, (double) c.r, (double) c.g, (double) c.b, (double) alpha);
}

void
ink (cairo_t *cr, uint32_t colour, float alpha)
{
    ink_rgb (cr, hex (colour), alpha);
}

static void
add_stops (cairo_pattern_t *pattern, const Stop *stops, int count)
{
    for (int i = 0; i < count; i++) {
        Rgb c = hex (stops[i].colour);

        cairo_pattern_add_color_stop_rgb (pattern, (double) stops[i].at, (double) c.r, (double) c.g, (double) c.b);
    }
}

void
fill_across (cairo_t *cr, float x0, float y0, float x1, float y1, const Stop *stops, int count)
{
    cairo_pattern_t *pattern = cairo_pattern_create_linear ((double) x0, (double) y0, (double) x1, (double) y1);

    add_stops (pattern, stops, count);
    cairo_set_source (cr, pattern);
    cairo_fill (cr);
    cairo_pattern_destroy (pattern);
}

void
fill_down (cairo_t *cr, float y0, float y1, const Stop *stops, int count)
{
    fill_across (cr, 0, y0, 0, y1, stops, count);
}

/* A ball lit from the upper left: the gradient's heart lies a third of the radius off the middle. */
void
fill_ball (cairo_t *cr, float x, float y, float radius, const Stop *stops, int count)
{
    cairo_pattern_t *pattern =
        cairo_pattern_create_radial ((double) (x - radius * 0.35f), (double) (y - radius * 0.4f), 0.0, (double) x,
                                     (double) y, (double) radius * 1.12);

    add_stops (pattern, stops, count);
    cairo_set_source (cr, pattern);
    cairo_fill (cr);
    cairo_pattern_destroy (pattern);
}

void
glow (cairo_t *cr, float x, float y, float radius, Rgb c, float strength)
{
    cairo_pattern_t *pattern =
        cairo_pattern_create_radial ((double) x, (double) y, 0, (double) x, (double) y, (double) radius);

    for (int i = 0; i <= 8; i++) {
        double t = i / 8.0, fall = (1.0 - t) * (1.0 - t);

        cairo_pattern_add_color_stop_rgba (pattern, t, (double) c.r, (double) c.g, (double) c.b,
                                           fall * (double) strength);
    }
    cairo_set_source (cr, pattern);
    cairo_arc (cr, (double) x, (double) y, (double) radius, 0, TURN);
    cairo_fill (cr);
    cairo_pattern_destroy (pattern);
}

void
line (cairo_t *cr, float x0, float y0, float x1, float y1, float width)
{
    cairo_set_line_width (cr, (double) width);
    cairo_move_to (cr, (double) x0, (double) y0);
    cairo_line_to (cr, (double) x1, (double) y1);
    cairo_stroke (cr);
}

/* A limb: round at both ends, thick at one. */
void
taper (cairo_t *cr, float x0, float y0, float w0, float x1, float y1, float w1)
{
    double along = atan2 ((double) (y1 - y0), (double) (x1 - x0));

    cairo_new_path (cr);
    cairo_arc (cr, (double) x0, (double) y0, (double) w0 / 2, along + TURN / 4, along - TURN / 4 + TURN);
    cairo_arc (cr, (double) x1, (double) y1, (double) w1 / 2, along - TURN / 4, along + TURN / 4);
    cairo_close_path (cr);
    cairo_fill (cr);
}

void
disc (cairo_t *cr, float x, float y, float radius)
{
    cairo_new_sub_path (cr);
    cairo_arc (cr, (double) x, (double) y, (double) radius, 0, TURN);
}

void
oval (cairo_t *cr, float x, float y, float rx, float ry)
{
    cairo_save (cr);
    cairo_translate (cr, (double) x, (double) y);
    cairo_scale (cr, (double) rx, (double) ry);
    cairo_new_sub_path (cr);
    cairo_arc (cr, 0, 0, 1, 0, TURN);
    cairo_restore (cr);
}

void
box (cairo_t *cr, float x, float y, float width, float height)
{
    cairo_rectangle (cr, (double) x, (double) y, (double) width, (double) height);
}

void
round_box (cairo_t *cr, float x, float y, float width, float height, float radius)
{
    double l = (double) x, t = (double) y, r = (double) (x + width), b = (double) (y + height), q = (double) radius;

    cairo_new_sub_path (cr);
    cairo_arc (cr, r - q, t + q, q, -TURN / 4, 0);
    cairo_arc (cr, r - q, b - q, q, 0, TURN / 4);
    cairo_arc (cr, l + q, b - q, q, TURN / 4, TURN / 2);
    cairo_arc (cr, l + q, t + q, q, TURN / 2, TURN * 3 / 4);
    cairo_close_path (cr);
}

void
quad (cairo_t *cr, const float points[8])
{
    cairo_move_to (cr, (double) points[0], (double) points[1]);
    for (int i = 2; i < 8; i += 2)
        cairo_line_to (cr, (double) points[i], (double) points[i + 1]);
    cairo_close_path (cr);
}

/* A smooth line through the points (Catmull–Rom as Bézier pieces). */
void
curve_through (cairo_t *cr, const float *points, int count, bool closed)
{
    cairo_move_to (cr, (double) points[0], (double) points[1]);
    for (int i = 0; i < (closed ? count : count - 1); i++) {
        int before = closed ? (i + count - 1) % count : i > 0 ? i - 1 : 0;
        int next = closed ? (i + 1) % count : i + 1;
        int after = closed ? (i + 2) % count : i + 2 < count ? i + 2 : count - 1;
        const float *a = points + 2 * before, *b = points + 2 * i, *c = points + 2 * next, *d = points + 2 * after;

        cairo_curve_to (cr, (double) (b[0] + (c[0] - a[0]) / 6), (double) (b[1] + (c[1] - a[1]) / 6),
                        (double) (c[0] - (d[0] - b[0]) / 6), (double) (c[1] - (d[1] - b[1]) / 6), (double) c[0],
                        (double) c[1]);
    }
    if (closed)
        cairo_close_path (cr);
}

void
words (cairo_t *cr, const char *family, bool bold, float size, float x, float y, const char *text)
{
    cairo_select_font_face (cr, family, CAIRO_FONT_SLANT_NORMAL,
                            bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size (cr, (double) size);
    cairo_move_to (cr, (double) x, (double) y);
    cairo_show_text (cr, text);
}
