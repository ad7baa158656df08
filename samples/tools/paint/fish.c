/* fish.c — a fish on its side, as it lies on ice or on a tray. */
#include "paint.h"

/* Head to the left before the turn, `length` long; `squash` flattens what is seen from a low eye. */
void
draw_fish (cairo_t *cr, float x, float y, float length, float turn, float squash, const Stop *skin, int stops)
{
    const float body[] = { -0.5f, 0, -0.42f, -0.075f, -0.22f, -0.125f, 0.06f,  -0.105f, 0.3f,   -0.04f,
                           0.36f, 0, 0.3f,   0.035f,  0.06f,  0.095f,  -0.22f, 0.115f,  -0.42f, 0.065f };

    cairo_save (cr);
    cairo_translate (cr, (double) x, (double) y);
    cairo_scale (cr, (double) length, (double) (length * squash));
    cairo_rotate (cr, (double) turn);
    ink (cr, 0x14202a, 0.4f);
    oval (cr, 0.01f, 0.085f, 0.46f, 0.075f);
    cairo_fill (cr);
    quad (cr, (float[]){ 0.32f, 0, 0.5f, -0.12f, 0.46f, 0, 0.5f, 0.12f });
    fill_across (cr, 0, -0.12f, 0, 0.12f, skin, stops);
    curve_through (cr, (float[]){ -0.2f, -0.11f, -0.05f, -0.175f, 0.12f, -0.13f, 0.1f, -0.09f }, 4, true);
    fill_across (cr, 0, -0.2f, 0, 0.1f, skin, stops);
    curve_through (cr, body, 10, true);
    fill_across (cr, 0, -0.12f, 0, 0.115f, skin, stops);
    cairo_save (cr);
    curve_through (cr, body, 10, true);
    cairo_clip (cr);
    for (int i = 0; i < 60; i++) { /* scales catch the lamp */
        ink (cr, i % 2 ? 0xffffff : 0x1c2a34, 0.13f);
        cairo_set_line_width (cr, 0.005);
        cairo_new_sub_path (cr);
        cairo_arc (cr, -0.25 + 0.05 * (i % 12), -0.08 + 0.035 * (i / 12), 0.025, -1.3, 1.3);
        cairo_stroke (cr);
    }
    ink (cr, 0xffffff, 0.5f);
    taper (cr, -0.36f, -0.045f, 0.014f, 0.2f, -0.03f, 0.006f);
    cairo_restore (cr);
    ink (cr, 0x1c2a34, 0.5f);
    cairo_set_line_width (cr, 0.008);
    cairo_new_sub_path (cr);
    cairo_arc (cr, -0.42, 0, 0.12, -0.75, 0.75);
    cairo_stroke (cr);
    ink (cr, 0xf4f0e0, 1);
    disc (cr, -0.425f, -0.02f, 0.022f);
    cairo_fill (cr);
    ink (cr, 0x0c0e12, 1);
    disc (cr, -0.426f, -0.02f, 0.014f);
    cairo_fill (cr);
    cairo_restore (cr);
}
