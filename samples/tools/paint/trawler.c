/* trawler.c — a fishing boat from the side, bow to the right; lengths are shares of its own, y up from the waterline. */
#include "paint.h"

#include <math.h>

static void
sheer_line (cairo_t *cr, double down)
{
    cairo_curve_to (cr, 0.2, 0.085 - down, 0.5, 0.07 - down, 0.7, 0.1 - down);
    cairo_curve_to (cr, 0.84, 0.125 - down, 0.92, 0.16 - down, 1.0, 0.205 - down);
}

static void
hull_path (cairo_t *cr)
{
    cairo_move_to (cr, 0.03, -0.002);
    cairo_line_to (cr, 0.0, 0.115);
    sheer_line (cr, 0);
    cairo_curve_to (cr, 0.965, 0.12, 0.93, 0.05, 0.905, -0.002);
    cairo_close_path (cr);
}

static void
fill_hull (cairo_t *cr, uint32_t colour)
{
    Rgb paint = hex (colour), low = scaled (paint, 0.42f), top = mix (paint, hex (0xd9c3ae), 0.16f);
    cairo_pattern_t *side = cairo_pattern_create_linear (0, 0.17, 0, 0);

    cairo_pattern_add_color_stop_rgb (side, 0, (double) top.r, (double) top.g, (double) top.b);
    cairo_pattern_add_color_stop_rgb (side, 0.5, (double) paint.r, (double) paint.g, (double) paint.b);
    cairo_pattern_add_color_stop_rgb (side, 0.86, (double) low.r, (double) low.g, (double) low.b);
    cairo_pattern_add_color_stop_rgb (side, 0.875, 0.33, 0.1, 0.08); /* boot top */
    cairo_pattern_add_color_stop_rgb (side, 1, 0.17, 0.07, 0.07);
    hull_path (cr);
    cairo_set_source (cr, side);
    cairo_fill_preserve (cr);
    cairo_pattern_destroy (side);
}

/* The flare of the bow turns from the light; plates, rust and the strake follow the sheer. */
static void
mark_hull (cairo_t *cr)
{
    cairo_pattern_t *turn = cairo_pattern_create_linear (0.6, 0, 1.0, 0.06);

    cairo_pattern_add_color_stop_rgba (turn, 0, 0, 0, 0, 0);
    cairo_pattern_add_color_stop_rgba (turn, 0.55, 0.02, 0.03, 0.06, 0.35);
    cairo_pattern_add_color_stop_rgba (turn, 0.8, 0.9, 0.62, 0.4, 0.12);
    cairo_pattern_add_color_stop_rgba (turn, 1, 1, 0.75, 0.5, 0.5);
    cairo_set_source (cr, turn);
    cairo_paint (cr);
    cairo_pattern_destroy (turn);
    for (int i = 1; i < 4; i++) {
        ink (cr, 0x0a1218, 0.22f);
        cairo_set_line_width (cr, 0.002);
        cairo_move_to (cr, 0, 0.115 - 0.03 * i);
        sheer_line (cr, 0.03 * i);
        cairo_stroke (cr);
    }
    for (int i = 0; i < 13; i++) {
        float x = 0.05f + 0.064f * (float) i + 0.012f * (float) (i * 7 % 3);

        ink (cr, 0x6a3a22, 0.28f);
        taper (cr, x, 0.07f, 0.005f, x - 0.003f, 0.02f + 0.007f * (float) (i * 5 % 4), 0.002f);
    }
    ink (cr, 0xe6d8c2, 0.8f);
    cairo_set_line_width (cr, 0.007);
    cairo_move_to (cr, 0, 0.097);
    sheer_line (cr, 0.018);
    cairo_stroke (cr);
}

static void
draw_hull (cairo_t *cr, uint32_t colour)
{
    ink_rgb (cr, scaled (hex (colour), 0.3f), 1); /* inside of the far bulwark */
    cairo_move_to (cr, 0.62, 0.085);
    cairo_curve_to (cr, 0.8, 0.13, 0.9, 0.175, 0.985, 0.222);
    cairo_line_to (cr, 1.0, 0.205);
    cairo_line_to (cr, 0.7, 0.08);
    cairo_fill (cr);
    cairo_save (cr);
    fill_hull (cr, colour);
    cairo_clip (cr);
    mark_hull (cr);
    cairo_restore (cr);
    for (int i = 0; i < 4; i++) { /* tyres as fenders */
        float x = 0.13f + 0.17f * (float) i, y = 0.047f + 0.004f * (float) (i % 2);

        ink (cr, 0x0e1014, 1);
        cairo_set_line_width (cr, 0.0095);
        oval (cr, x, y, 0.0135f, 0.0165f);
        cairo_stroke (cr);
        line (cr, x, y + 0.015f, x, 0.085f, 0.0022f);
    }
}

static void
house_side (cairo_t *cr, float x0, float y0, float x1, float y1, float slope)
{
    static const Stop side[] = { { 0, 0x747f8e }, { 0.5f, 0x8d95a0 }, { 1, 0xaab0b7 } };
    static const Stop front[] = { { 0, 0xc49a80 }, { 1, 0xf2cfa8 } };

    quad (cr, (float[]){ x0, y0, x1, y0, x1 + slope, y1, x0, y1 });
    fill_across (cr, x0, y0, x0, y1, side, 3);
    quad (cr, (float[]){ x1, y0, x1 + 0.022f, y0 + 0.006f, x1 + 0.022f + slope, y1 + 0.004f, x1 + slope, y1 });
    fill_across (cr, x1, y0, x1, y1, front, 2);
}

static void
draw_windows (cairo_t *cr)
{
    for (int i = 0; i < 5; i++) {
        static const Stop glass[] = { { 0, 0x141c28 }, { 0.55f, 0x33465a }, { 1, 0x6f7f8f } };
        float x = 0.132f + 0.041f * (float) i;

        round_box (cr, x, 0.224f, 0.032f, 0.042f, 0.005f);
        if (i == 3) {
            ink (cr, 0xffcf7d, 1);
            cairo_fill (cr);
        } else
            fill_across (cr, x, 0.224f, x + 0.012f, 0.266f, glass, 3);
    }
    for (int i = 0; i < 3; i++) {
        ink (cr, 0x1d2633, 1);
        disc (cr, 0.175f + 0.055f * (float) i, 0.145f, 0.0115f);
        cairo_fill (cr);
        ink (cr, 0xc9ccd0, 0.8f);
        cairo_set_line_width (cr, 0.003);
        disc (cr, 0.175f + 0.055f * (float) i, 0.145f, 0.0115f);
        cairo_stroke (cr);
    }
    ink (cr, 0x39434f, 1);
    round_box (cr, 0.108f, 0.095f, 0.034f, 0.075f, 0.006f); /* door */
    cairo_fill (cr);
}

static void
draw_house_top (cairo_t *cr)
{
    ink (cr, 0x59626e, 1);
    box (cr, 0.08f, 0.186f, 0.305f, 0.01f);
    box (cr, 0.1f, 0.284f, 0.292f, 0.012f);
    cairo_fill (cr);
    ink (cr, 0x10161e, 0.35f);
    box (cr, 0.12f, 0.272f, 0.225f, 0.012f); /* shadow of the roof */
    box (cr, 0.09f, 0.176f, 0.27f, 0.01f);
    cairo_fill (cr);
    ink (cr, 0xd8d3c8, 0.85f);
    for (int i = 0; i < 10; i++)
        line (cr, 0.11f + 0.028f * (float) i, 0.296f, 0.11f + 0.028f * (float) i, 0.322f, 0.0028f);
    line (cr, 0.11f, 0.322f, 0.362f, 0.322f, 0.0032f);
    line (cr, 0.11f, 0.31f, 0.362f, 0.31f, 0.0025f);
    static const Stop funnel[] = { { 0, 0x6d2a22 }, { 0.6f, 0xb4472f }, { 1, 0xe08a5a } };

    quad (cr, (float[]){ 0.152f, 0.296f, 0.202f, 0.296f, 0.196f, 0.372f, 0.158f, 0.372f });
    fill_across (cr, 0.15f, 0, 0.2f, 0, funnel, 3);
    ink (cr, 0x22262c, 1);
    box (cr, 0.157f, 0.36f, 0.04f, 0.014f);
    cairo_fill (cr);
    cairo_set_line_width (cr, 0.006);
    ink (cr, 0xe2622c, 1); /* life ring */
    disc (cr, 0.335f, 0.145f, 0.014f);
    cairo_stroke (cr);
}

static void
draw_stays (cairo_t *cr)
{
    static const float stays[][4] = {
        { 0.265f, 0.53f, 0.63f, 0.47f }, { 0.63f, 0.47f, 0.985f, 0.2f },   { 0.265f, 0.53f, 0.03f, 0.29f },
        { 0.63f, 0.47f, 0.55f, 0.08f },  { 0.63f, 0.47f, 0.73f, 0.11f },   { 0.42f, 0.36f, 0.63f, 0.47f },
        { 0.265f, 0.53f, 0.375f, 0.3f }, { 0.265f, 0.53f, 0.12f, 0.3f },   { 0.42f, 0.36f, 0.445f, 0.15f },
        { 0.63f, 0.4f, 0.9f, 0.165f },   { 0.265f, 0.45f, 0.055f, 0.29f }, { 0.63f, 0.43f, 0.5f, 0.085f },
    };

    for (size_t i = 0; i < sizeof stays / sizeof stays[0]; i++)
        line (cr, stays[i][0], stays[i][1], stays[i][2], stays[i][3], 0.0022f);
}

/* Lamps on the wire between the masts: the boat fished by night. */
static void
draw_lamps (cairo_t *cr)
{
    for (int i = 0; i < 11; i++) {
        float t = ((float) i + 0.5f) / 11.0f, x = 0.265f + 0.365f * t,
              y = 0.515f - 0.06f * t - 0.035f * 4.0f * t * (1.0f - t);

        ink (cr, 0x2a2f38, 1);
        line (cr, x, y + 0.012f, x, y, 0.002f);
        ink (cr, i % 4 == 2 ? 0xfff0c0 : 0xd9cfb6, 1);
        oval (cr, x, y - 0.006f, 0.0052f, 0.0085f);
        cairo_fill (cr);
    }
}

static void
draw_rigging (cairo_t *cr)
{
    ink (cr, 0x2e323b, 1);
    taper (cr, 0.27f, 0.29f, 0.011f, 0.265f, 0.54f, 0.006f);
    taper (cr, 0.64f, 0.09f, 0.015f, 0.63f, 0.485f, 0.008f);
    taper (cr, 0.635f, 0.15f, 0.009f, 0.42f, 0.36f, 0.006f); /* derrick */
    line (cr, 0.225f, 0.43f, 0.31f, 0.43f, 0.006f);
    line (cr, 0.59f, 0.4f, 0.67f, 0.4f, 0.006f);
    line (cr, 0.23f, 0.475f, 0.3f, 0.475f, 0.0085f); /* radar */
    line (cr, 0.31f, 0.3f, 0.318f, 0.46f, 0.003f);
    line (cr, 0.02f, 0.1f, 0.035f, 0.29f, 0.011f); /* gallows at the stern */
    line (cr, 0.085f, 0.09f, 0.075f, 0.29f, 0.011f);
    line (cr, 0.025f, 0.29f, 0.085f, 0.29f, 0.014f);
    line (cr, 0.03f, 0.2f, 0.08f, 0.28f, 0.004f);
    disc (cr, 0.055f, 0.265f, 0.012f);
    cairo_fill (cr);
    draw_stays (cr);
    for (int i = 0; i < 13; i++) { /* rail forward */
        float t = (float) i / 12.0f, x = 0.69f + 0.285f * t, y = 0.098f + 0.105f * powf (t, 1.5f);
        float u = (float) (i + 1) / 12.0f, x1 = 0.69f + 0.285f * u, y1 = 0.098f + 0.105f * powf (u, 1.5f);

        line (cr, x, y, x, y + 0.034f, 0.0032f);
        if (i < 12) {
            line (cr, x, y + 0.034f, x1, y1 + 0.034f, 0.003f);
            line (cr, x, y + 0.018f, x1, y1 + 0.018f, 0.002f);
        }
    }
}

static void
draw_flag (cairo_t *cr, float x, float y, float size)
{
    static const Stop cloth[] = {
        { 0, 0xb3241d }, { 0.3f, 0xe23c2c }, { 0.55f, 0xa81f1b }, { 0.8f, 0xe6492f }, { 1, 0xc02a20 }
    };

    cairo_move_to (cr, (double) x, (double) y);
    cairo_curve_to (cr, (double) (x - size * 0.4f), (double) (y + size * 0.12f), (double) (x - size * 0.7f),
                    (double) (y - size * 0.14f), (double) (x - size), (double) (y + size * 0.02f));
    cairo_line_to (cr, (double) (x - size * 0.97f), (double) (y - size * 0.55f));
    cairo_curve_to (cr, (double) (x - size * 0.7f), (double) (y - size * 0.7f), (double) (x - size * 0.4f),
                    (double) (y - size * 0.45f), (double) x, (double) (y - size * 0.6f));
    fill_across (cr, x - size, 0, x, 0, cloth, 5);
}

static void
draw_deck_load (cairo_t *cr)
{
    static const float net[] = { 0.385f, 0.08f,  0.4f,  0.112f, 0.43f, 0.135f, 0.47f, 0.14f,
                                 0.51f,  0.127f, 0.54f, 0.132f, 0.57f, 0.115f, 0.6f,  0.08f };
    static const Stop twine[] = { { 0, 0x14302f }, { 0.6f, 0x235049 }, { 1, 0x4f8577 } };
    Dice dice = { 17 };

    curve_through (cr, net, 8, false);
    fill_across (cr, 0, 0.08f, 0.02f, 0.145f, twine, 3);
    for (int i = 0; i < 40; i++) { /* meshes and floats */
        float x = roll_between (&dice, 0.4f, 0.585f), top = 0.08f + 0.05f * sinf (3.14159f * (x - 0.385f) / 0.215f);
        float y = roll_between (&dice, 0.085f, top);

        ink (cr, i % 5 ? 0x0f2826 : 0xe59446, i % 5 ? 0.4f : 1);
        if (i % 5)
            line (cr, x, y, x + 0.02f, y + roll_between (&dice, -0.012f, 0.012f), 0.0018f);
        else {
            disc (cr, x, y, 0.0052f);
            cairo_fill (cr);
        }
    }
    for (int i = 0; i < 7; i++) { /* fish boxes */
        static const Stop plastic[] = { { 0, 0x1f4a70 }, { 1, 0x4a86b4 } };
        float x = 0.675f + 0.034f * (float) (i % 3) + 0.004f * (float) (i / 3), y = 0.098f + 0.022f * (float) (i / 3);

        box (cr, x, y, 0.031f, 0.0195f);
        fill_across (cr, 0, y, 0, y + 0.02f, plastic, 2);
        ink (cr, 0xdfe6ea, 0.75f);
        box (cr, x + 0.002f, y + 0.0165f, 0.027f, 0.004f);
        cairo_fill (cr);
    }
}

void
draw_trawler (cairo_t *cr, float x, float waterline, float length, bool to_left, uint32_t hull, const char *number)
{
    cairo_save (cr);
    cairo_translate (cr, (double) x, (double) waterline);
    cairo_scale (cr, (double) (to_left ? -length : length), (double) -length);
    draw_deck_load (cr);
    draw_rigging (cr);
    house_side (cr, 0.09f, 0.08f, 0.355f, 0.19f, 0);
    house_side (cr, 0.12f, 0.19f, 0.33f, 0.287f, 0.013f);
    draw_windows (cr);
    draw_house_top (cr);
    draw_hull (cr, hull);
    draw_lamps (cr);
    draw_flag (cr, 0.262f, 0.535f, 0.07f);
    draw_flag (cr, 0.628f, 0.48f, 0.046f);
    cairo_restore (cr);
    if (number != NULL) {
        ink (cr, 0xf1ead8, 0.86f);
        words (cr, "Noto Sans CJK SC", true, length * 0.034f, to_left ? x - length * 0.88f : x + length * 0.735f,
               waterline - length * 0.058f, number);
    }
}
