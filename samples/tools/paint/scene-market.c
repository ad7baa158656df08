/* scene-market.c — a fish stall early in the morning: lamps, ice, the day's catch, the woman who sells it. */
#include "paint.h"

#include <math.h>

#define W 2100
#define H 1400
#define TABLE 760.0f  /* the far edge of the stall's ice */
#define FRONT 1290.0f /* and the near one */

/* ---- the hall behind, out of focus ---- */

static Rgb
hall_at (float x, float y, const void *scene)
{
    static const Stop down[] = { { 0, 0x1c2a30 }, { 0.3f, 0x2f4446 }, { 0.55f, 0x4a5a54 }, { 1, 0x2c3634 } };
    Rgb c = ramp (down, 4, y / TABLE);
    float aisle = expf (-powf ((x - 1250.0f) / 420.0f, 2.0f));

    (void) scene;
    c = added (c, scaled (hex (0xbfd4d2),
                          0.5f * aisle * smooth (700, 250, y) * smooth (60, 260, y))); /* daylight at the far gate */
    return scaled (c, 0.9f + 0.2f * fbm (x / 200.0f, y / 200.0f, 3, 6));
}

static void
draw_bokeh (Image *image)
{
    static const uint32_t colours[] = { 0xffb45a, 0xff8f4a, 0xffe0a0, 0xff6a50, 0xbfe0d0 };
    Layer *layer = layer_new (W, H);
    Dice dice = { 23 };

    for (int i = 0; i < 80; i++) {
        float x = roll_between (&dice, -40, W + 40), y = roll_between (&dice, 40, 560),
              r = roll_between (&dice, 8, 34);

        ink (layer->cr, colours[(int) (roll (&dice) * 4.99f)], roll_between (&dice, 0.1f, 0.42f));
        disc (layer->cr, x, y, r);
        cairo_fill (layer->cr);
    }
    layer_blur (layer, 4);
    layer_add (image, layer, 0.7f);
    layer_free (layer);
}

static void
draw_back_stalls (Image *image)
{
    static const uint32_t awnings[] = { 0xa83c34, 0x2f6a5a, 0xb8863a, 0x33566e };
    static const uint32_t goods[] = { 0x5f8f3c, 0xc8502f, 0xe0a23a, 0x8fb060, 0xd87a3a, 0x7a4a78 };
    Layer *layer = layer_new (W, H);
    Dice dice = { 8 };

    for (int i = 0; i < 4; i++) {
        float x = i < 2 ? 20.0f + 420.0f * (float) i : 1440.0f + 380.0f * (float) (i - 2),
              y = 330 + 26.0f * (float) (i % 2);

        ink (layer->cr, awnings[i], 1);
        quad (layer->cr, (float[]){ x, y, x + 360, y, x + 400, y + 70, x - 40, y + 70 });
        cairo_fill (layer->cr);
        for (int k = 0; k < 90; k++) {
            ink (layer->cr, goods[(int) (roll (&dice) * 5.99f)], 0.9f);
            disc (layer->cr, x + roll_between (&dice, 0, 360), y + roll_between (&dice, 250, 350),
                  roll_between (&dice, 9, 20));
            cairo_fill (layer->cr);
        }
    }
    layer_blur (layer, 9);
    layer_over (image, layer, 0.85f);
    layer_free (layer);
}

static Person
customer (float x, float size, float turn, uint32_t coat, uint32_t hair, int headwear)
{
    return (Person){ .x = x,
                     .y = 760 + size * 0.2f,
                     .size = size,
                     .turn = turn,
                     .lean = turn * 0.2f,
                     .left_arm = 0.05f,
                     .right_arm = 0.12f,
                     .bend = 0.5f,
                     .light = turn > 0 ? 1.0f : -1.0f,
                     .coat = coat,
                     .legs = 0x2a2e38,
                     .shoes = 0x181818,
                     .skin = 0xd2a080,
                     .hair = hair,
                     .hat = 0xb8a070,
                     .headwear = headwear };
}

static void
draw_crowd (Image *image)
{
    const Person far[] = { customer (1180, 330, 0, 0x5a6a78, 0x221c1a, HAIR_SHORT),
                           customer (1330, 350, -1, 0x8a4a42, 0x221c1a, HAIR_LONG),
                           customer (1030, 340, 1, 0x4f6a50, 0x2a2422, HAT_CAP) };
    const Person near[] = { customer (300, 640, 1, 0x8a3f58, 0xb4b0aa, HAIR_SHORT),
                            customer (520, 660, 1, 0x3f6078, 0x241c1a, HAIR_LONG),
                            customer (1690, 650, -1, 0x5a6d4a, 0x241c1a, HAIR_SHORT),
                            customer (1900, 630, -1, 0xb8773a, 0x241c1a, HAIR_LONG) };
    Layer *layer = layer_new (W, H);

    for (int i = 0; i < 3; i++)
        draw_person (layer->cr, far + i);
    layer_blur (layer, 7);
    layer_lay (image, layer, 0.9f);
    for (int i = 0; i < 4; i++)
        draw_person (layer->cr, near + i);
    layer_haze (layer, hex (0x241a14), 0.16f);
    layer_rim (layer, -6, -6, hex (0xffcf8e), 0.55f);
    layer_blur (layer, 4.5f);
    layer_lay (image, layer, 1);
    layer_free (layer);
}

static const Stop SILVER[] = {
    { 0, 0x2c3c4c }, { 0.28f, 0x6f8794 }, { 0.5f, 0xe8eff0 }, { 0.7f, 0xb8c6c8 }, { 1, 0xf4ead8 }
};
static const Stop GOLD[] = { { 0, 0x6a5a34 }, { 0.3f, 0xc8a048 }, { 0.6f, 0xf4d890 }, { 1, 0xf8eccc } };
static const Stop ROSE[] = { { 0, 0x8a2f38 }, { 0.3f, 0xd85a58 }, { 0.6f, 0xf4a090 }, { 1, 0xfbe4d4 } };

/* ---- the woman of the stall ---- */

static void
draw_apron (cairo_t *cr, float x, float y, float s)
{
    static const Stop rubber[] = { { 0, 0x14304a }, { 0.45f, 0x2a5f88 }, { 0.7f, 0x4c8ab4 }, { 1, 0x1c4060 } };
    static const Stop sleeve[] = { { 0, 0x7a2a2c }, { 0.5f, 0xc04a40 }, { 1, 0xe8806a } };

    curve_through (cr,
                   (float[]){ x - s * 0.24f, y, x - s * 0.1f, y - s * 0.08f, x + s * 0.1f, y - s * 0.08f,
                              x + s * 0.24f, y, x + s * 0.25f, y + s * 0.5f, x + s * 0.27f, y + s * 0.9f,
                              x - s * 0.27f, y + s * 0.9f, x - s * 0.25f, y + s * 0.5f },
                   8, true);
    fill_across (cr, x - s * 0.26f, 0, x + s * 0.28f, 0, sleeve, 3);
    curve_through (cr,
                   (float[]){ x - s * 0.14f, y + s * 0.1f, x + s * 0.14f, y + s * 0.1f, x + s * 0.22f, y + s * 0.4f,
                              x + s * 0.25f, y + s * 0.95f, x - s * 0.25f, y + s * 0.95f, x - s * 0.22f,
                              y + s * 0.4f },
                   6, true);
    fill_across (cr, x - s * 0.24f, 0, x + s * 0.26f, 0, rubber, 4);
    ink (cr, 0x1c4060, 1);
    line (cr, x - s * 0.13f, y + s * 0.11f, x - s * 0.09f, y - s * 0.06f, s * 0.03f);
    line (cr, x + s * 0.13f, y + s * 0.11f, x + s * 0.09f, y - s * 0.06f, s * 0.03f);
    ink (cr, 0xe8f2f4, 0.4f);
    taper (cr, x + s * 0.1f, y + s * 0.3f, s * 0.02f, x + s * 0.13f, y + s * 0.8f, s * 0.05f);
}

/* She holds up the best one of the morning. */
static void
draw_arms (cairo_t *cr, float x, float y, float s)
{
    static const Stop sleeve[] = { { 0, 0x8a3230 }, { 0.45f, 0xc85248 }, { 1, 0xea8a70 } };

    for (int side = -1; side <= 1; side += 2) {
        float d = (float) side, ex = x + d * s * 0.37f, ey = y + s * 0.36f, hx = x + d * s * 0.2f, hy = y + s * 0.5f;

        curve_through (cr,
                       (float[]){ x + d * s * 0.17f, y - s * 0.02f, x + d * s * 0.27f, y + s * 0.05f,
                                  ex + d * s * 0.055f, ey - s * 0.02f, ex, ey + s * 0.07f, ex - d * s * 0.09f, ey,
                                  x + d * s * 0.17f, y + s * 0.16f },
                       6, true);
        fill_across (cr, fminf (x + d * s * 0.16f, ex), 0, fmaxf (x + d * s * 0.16f, ex + d * s * 0.06f), 0, sleeve,
                     3);
        quad (cr, (float[]){ ex - d * s * 0.05f, ey - s * 0.06f, ex + d * s * 0.03f, ey + s * 0.075f,
                             hx + d * s * 0.02f, hy + s * 0.055f, hx - d * s * 0.01f, hy - s * 0.055f });
        fill_across (cr, 0, ey - s * 0.07f, s * 0.03f, hy + s * 0.08f,
                     (const Stop[]){ { 0, 0xffa868 }, { 0.5f, 0xe87c3c }, { 1, 0xa0421e } }, 3);
    }
    draw_fish (cr, x, y + s * 0.5f, s * 0.82f, -0.05f, 1, ROSE, 4);
    for (int side = -1; side <= 1; side += 2)
        for (int i = 0; i < 4; i++) {
            float hx = x + (float) side * s * 0.2f + s * 0.028f * ((float) i - 1.5f);

            ink (cr, 0xb4562c, 1);
            taper (cr, hx + s * 0.004f, y + s * (0.548f + 0.004f * (float) i), s * 0.034f,
                   hx - (float) side * s * 0.01f, y + s * 0.478f, s * 0.028f);
            ink (cr, i % 2 ? 0xf08c4c : 0xe88044, 1);
            taper (cr, hx, y + s * (0.545f + 0.004f * (float) i), s * 0.03f, hx - (float) side * s * 0.012f,
                   y + s * 0.475f, s * 0.024f);
        }
}

static void
draw_seller_head (cairo_t *cr, float x, float y, float s)
{
    static const Stop skin[] = { { 0, 0xf4cfa8 }, { 0.5f, 0xdba37a }, { 1, 0x9a6248 } };
    static const Stop scarf[] = { { 0, 0xf6d27a }, { 0.5f, 0xd89a34 }, { 1, 0x8a5a20 } };

    ink (cr, 0xc08a66, 1);
    box (cr, x - s * 0.05f, y - s * 0.02f, s * 0.1f, s * 0.12f);
    cairo_fill (cr);
    oval (cr, x, y - s * 0.14f, s * 0.125f, s * 0.16f);
    fill_ball (cr, x, y - s * 0.14f, s * 0.16f, skin, 3);
    ink (cr, 0x241a18, 1);
    curve_through (cr,
                   (float[]){ x - s * 0.13f, y - s * 0.12f, x - s * 0.12f, y - s * 0.26f, x, y - s * 0.27f,
                              x + s * 0.12f, y - s * 0.26f, x + s * 0.13f, y - s * 0.12f, x + s * 0.09f, y - s * 0.2f,
                              x, y - s * 0.225f, x - s * 0.09f, y - s * 0.2f },
                   8, true);
    cairo_fill (cr);
    curve_through (cr,
                   (float[]){ x - s * 0.15f, y - s * 0.18f, x - s * 0.13f, y - s * 0.3f, x, y - s * 0.34f,
                              x + s * 0.13f, y - s * 0.3f, x + s * 0.15f, y - s * 0.18f, x, y - s * 0.245f },
                   6, true);
    fill_ball (cr, x, y - s * 0.24f, s * 0.16f, scarf, 3);
    for (int side = -1; side <= 1; side += 2) { /* she laughs: eyes closed to arcs */
        ink (cr, 0x2a1a16, 1);
        cairo_set_line_width (cr, (double) s * 0.011);
        cairo_new_sub_path (cr);
        cairo_arc (cr, (double) (x + (float) side * s * 0.052f), (double) (y - s * 0.125f), (double) s * 0.025, 3.5,
                   5.95);
        cairo_stroke (cr);
        ink (cr, 0xd8705a, 0.35f);
        disc (cr, x + (float) side * s * 0.075f, y - s * 0.085f, s * 0.03f);
        cairo_fill (cr);
    }
    ink (cr, 0x7a2a24, 1);
    cairo_move_to (cr, (double) (x - s * 0.045f), (double) (y - s * 0.065f));
    cairo_curve_to (cr, (double) (x - s * 0.02f), (double) (y - s * 0.02f), (double) (x + s * 0.02f),
                    (double) (y - s * 0.02f), (double) (x + s * 0.045f), (double) (y - s * 0.065f));
    cairo_close_path (cr);
    cairo_fill (cr);
    ink (cr, 0xa86a4c, 0.7f);
    cairo_set_line_width (cr, (double) s * 0.008);
    cairo_new_sub_path (cr);
    cairo_arc (cr, (double) x, (double) (y - s * 0.1f), (double) s * 0.016, 0.4, 2.7);
    cairo_stroke (cr);
}

static void
draw_seller (Image *image)
{
    Layer *layer = layer_new (W, H);

    draw_apron (layer->cr, 1030, 400, 520);
    draw_seller_head (layer->cr, 1030, 372, 520);
    draw_arms (layer->cr, 1030, 400, 520);
    layer_shade (layer, -10, 14, hex (0x5a4038), 0.45f);
    layer_rim (layer, 5, -6, hex (0xffe0a8), 0.5f);
    layer_blur (layer, 1.0f);
    layer_over (image, layer, 1);
    layer_free (layer);
}

/* ---- the catch ---- */

/* Crushed ice: cells about their own points, each a chip turned its own way to the lamps. */
static float
chip_at (float u, float v, uint32_t seed, float *edge)
{
    int cu = (int) floorf (u), cv = (int) floorf (v);
    float best = 9, next = 9, tone = 0;

    for (int j = -1; j <= 1; j++)
        for (int i = -1; i <= 1; i++) {
            float pu = (float) (cu + i) + hash2 (cu + i, cv + j, seed) - u,
                  pv = (float) (cv + j) + hash2 (cu + i, cv + j, seed + 1) - v;
            float d = sqrtf (pu * pu + pv * pv), slope = hash2 (cu + i, cv + j, seed + 2) - 0.5f;

            if (d < best) {
                next = best;
                best = d;
                tone = hash2 (cu + i, cv + j, seed + 3) + slope * (pu + pv) * 0.9f;
            } else if (d < next)
                next = d;
        }
    *edge = next - best;
    return tone;
}

static Rgb
ice_at (float x, float y, const void *scene)
{
    float t = (y - TABLE) / (FRONT - TABLE), scale = 19.0f + 13.0f * t, u = (x - 1050.0f) / scale,
          v = 40.0f * logf (scale) * 0.9f, edge, fine;
    float big = chip_at (u, v, 15, &edge), small = chip_at (u * 2.3f + 4.0f, v * 2.3f, 25, &fine),
          lump = fbm (x / 150.0f, y / 70.0f, 4, 35);
    float lit = clamp01 (0.26f + 0.42f * big + 0.2f * small + 0.35f * (lump - 0.5f)) *
                    (0.6f + 0.4f * smooth (0.0f, 0.14f, edge)) +
                0.1f;
    float lamp = 0.64f + 0.5f * expf (-powf ((x - 1050) / 820.0f, 2.0f));
    Rgb c = mix (hex (0x54707f), hex (0xeaf5fa), lit);

    (void) scene;
    if (big > 0.93f)
        c = added (c, scaled (hex (0xfff0d0), 0.35f * smooth (0.93f, 1.05f, big)));
    return scaled (c, lamp * (0.82f + 0.25f * t));
}

static void
draw_hairtail (cairo_t *cr, float x, float y, float length, float sway)
{
    for (int i = 0; i < 70; i++) {
        static const Stop band[] = { { 0, 0x8296a4 }, { 0.35f, 0xffffff }, { 0.7f, 0xb4c4cc }, { 1, 0x7a8a96 } };
        float t = (float) i / 70.0f, px = x + length * t, py = y + sway * sinf (t * 5.4f),
              wide = 27.0f * (1.0f - powf (t, 2.6f)) + 2.0f;

        box (cr, px, py - wide, length / 66.0f, wide * 2);
        fill_across (cr, 0, py - wide, 0, py + wide, band, 4);
    }
    ink (cr, 0x8a9aa4, 1);
    curve_through (cr, (float[]){ x + 6, y - 27, x - 52, y - 6, x - 66, y + 6, x - 46, y + 16, x + 6, y + 27 }, 5,
                   true);
    cairo_fill (cr);
    ink (cr, 0x10141a, 1);
    disc (cr, x - 22, y - 5, 7);
    cairo_fill (cr);
}

static void
draw_crab (cairo_t *cr, float x, float y, float s, float turn)
{
    static const Stop shell[] = { { 0, 0xa8c4a8 }, { 0.4f, 0x4f7a6a }, { 1, 0x1f3a3c } };

    cairo_save (cr);
    cairo_translate (cr, (double) x, (double) y);
    cairo_rotate (cr, (double) turn);
    ink (cr, 0x14202a, 0.4f);
    oval (cr, 4, s * 0.34f, s * 1.1f, s * 0.3f);
    cairo_fill (cr);
    for (int side = -1; side <= 1; side += 2)
        for (int i = 0; i < 4; i++) {
            float d = (float) side, a = -0.25f + 0.33f * (float) i, kx = d * s * (1.02f - 0.04f * (float) i),
                  ky = s * (a - 0.12f);

            ink (cr, 0x4f7086, 1);
            taper (cr, d * s * 0.6f, s * a * 0.6f, s * 0.15f, kx, ky, s * 0.11f);
            taper (cr, kx, ky, s * 0.11f, d * s * (1.28f - 0.06f * (float) i), s * (a + 0.28f), s * 0.035f);
        }
    for (int side = -1; side <= 1; side += 2) {
        float d = (float) side;

        ink (cr, 0x5a7f98, 1);
        taper (cr, d * s * 0.6f, -s * 0.25f, s * 0.2f, d * s * 0.98f, -s * 0.6f, s * 0.19f);
        ink (cr, 0xb0563f, 1);
        taper (cr, d * s * 0.98f, -s * 0.6f, s * 0.21f, d * s * 0.62f, -s * 0.92f, s * 0.06f);
        taper (cr, d * s * 0.98f, -s * 0.62f, s * 0.14f, d * s * 0.5f, -s * 0.76f, s * 0.05f);
    }
    curve_through (cr,
                   (float[]){ -s, -s * 0.12f, -s * 0.6f, -s * 0.4f, 0, -s * 0.48f, s * 0.6f, -s * 0.4f, s, -s * 0.12f,
                              s * 0.6f, s * 0.32f, 0, s * 0.44f, -s * 0.6f, s * 0.32f },
                   8, true);
    fill_ball (cr, 0, 0, s * 0.95f, shell, 3);
    for (int i = 0; i < 3; i++) { /* the three spots that name it */
        ink (cr, 0xe8dcc0, 0.75f);
        oval (cr, s * (-0.42f + 0.42f * (float) i), s * (i == 1 ? 0.06f : -0.02f), s * 0.1f, s * 0.08f);
        cairo_fill (cr);
        ink (cr, 0x6a2a24, 0.9f);
        oval (cr, s * (-0.42f + 0.42f * (float) i), s * (i == 1 ? 0.06f : -0.02f), s * 0.06f, s * 0.045f);
        cairo_fill (cr);
    }
    ink (cr, 0xffffff, 0.4f);
    oval (cr, -s * 0.3f, -s * 0.25f, s * 0.24f, s * 0.06f);
    cairo_fill (cr);
    cairo_restore (cr);
}

/* A scallop: a fan of ribs. */
static void
draw_scallop (cairo_t *cr, float x, float y, float s, float turn, uint32_t tone)
{
    Rgb c = hex (tone);
    float rim[24];

    for (int i = 0; i < 9; i++) {
        float a = 3.64f + 0.3f * (float) i;

        rim[2 * i] = cosf (a) * s;
        rim[2 * i + 1] = sinf (a) * s * 0.86f;
    }
    rim[18] = s * 0.34f;
    rim[19] = s * 0.42f;
    rim[20] = 0;
    rim[21] = s * 0.55f;
    rim[22] = -s * 0.34f;
    rim[23] = s * 0.42f;
    cairo_save (cr);
    cairo_translate (cr, (double) x, (double) y);
    cairo_rotate (cr, (double) turn);
    ink (cr, 0x10202a, 0.4f);
    oval (cr, s * 0.06f, s * 0.12f, s * 1.02f, s * 0.78f);
    cairo_fill (cr);
    ink_rgb (cr, scaled (c, 0.7f), 1);
    quad (cr, (float[]){ -s * 0.36f, s * 0.36f, s * 0.36f, s * 0.36f, s * 0.3f, s * 0.62f, -s * 0.3f, s * 0.62f });
    cairo_fill (cr);
    cairo_pattern_t *shell =
        cairo_pattern_create_radial (0, (double) s * 0.5, 0, 0, (double) s * 0.5, (double) s * 1.4);
    for (int i = 0; i <= 6; i++) {
        Rgb band = mix (mix (c, hex (0xfff2dc), 0.45f), scaled (c, 0.8f), i % 2 ? 0.8f : 0.15f);

        cairo_pattern_add_color_stop_rgb (shell, i / 6.0, (double) band.r, (double) band.g, (double) band.b);
    }
    curve_through (cr, rim, 12, true);
    cairo_set_source (cr, shell);
    cairo_fill (cr);
    cairo_pattern_destroy (shell);
    for (int i = 0; i < 9; i++) {
        float a = 3.64f + 0.3f * (float) i;

        ink_rgb (cr, scaled (c, 0.5f), 0.55f);
        taper (cr, 0, s * 0.48f, s * 0.02f, cosf (a + 0.15f) * s * 0.93f, sinf (a + 0.15f) * s * 0.8f, s * 0.06f);
    }
    ink (cr, 0xffffff, 0.4f);
    oval (cr, -s * 0.3f, -s * 0.42f, s * 0.2f, s * 0.09f);
    cairo_fill (cr);
    cairo_restore (cr);
}

static void
draw_clams (cairo_t *cr, float x, float y, float rx, float ry)
{
    static const Stop tin[] = { { 0, 0x5a6670 }, { 0.3f, 0xd8dee0 }, { 0.6f, 0x8a969c }, { 1, 0x3c464e } };
    static const uint32_t tones[] = { 0xc8b08a, 0x8a7458, 0xe0d0b0, 0x6a5a4c, 0xa88e68 };
    Dice dice = { 61 };

    oval (cr, x, y + ry * 0.45f, rx * 1.1f, ry * 1.1f);
    fill_across (cr, x - rx, 0, x + rx, 0, tin, 4);
    ink (cr, 0x1c2a32, 1);
    oval (cr, x, y, rx, ry);
    cairo_fill (cr);
    for (int i = 0; i < 420; i++) {
        float a = roll_between (&dice, 0, 6.28f), d = sqrtf (1.0f - (float) i / 420.0f) * 0.92f,
              px = x + cosf (a) * rx * d, py = y + sinf (a) * ry * d - (1 - d) * ry * 0.45f,
              r = roll_between (&dice, 13, 20);
        Rgb c = hex (tones[(int) (roll (&dice) * 4.99f)]);

        ink_rgb (cr, scaled (c, 0.45f), 1);
        oval (cr, px + 2, py + 3, r, r * 0.72f);
        cairo_fill (cr);
        ink_rgb (cr, c, 1);
        oval (cr, px, py, r * 0.95f, r * 0.66f);
        cairo_fill (cr);
        for (int k = 1; k < 4; k++) {
            ink_rgb (cr, scaled (c, 0.62f), 0.8f);
            cairo_set_line_width (cr, 1.4);
            oval (cr, px, py + r * 0.12f * (float) k, r * (0.95f - 0.22f * (float) k),
                  r * (0.62f - 0.15f * (float) k));
            cairo_stroke (cr);
        }
        ink (cr, 0xffffff, 0.5f);
        oval (cr, px - r * 0.3f, py - r * 0.28f, r * 0.26f, r * 0.1f);
        cairo_fill (cr);
    }
    ink (cr, 0xf4f8f8, 0.7f);
    cairo_set_line_width (cr, 4);
    oval (cr, x, y + ry * 0.05f, rx * 1.06f, ry * 1.06f);
    cairo_stroke (cr);
}

static void
draw_catch (Image *image)
{
    Layer *layer = layer_new (W, H);
    Dice dice = { 19 };

    for (int i = 0; i < 5; i++)
        draw_fish (layer->cr, 250 + 62.0f * (float) i, 830 + 15.0f * (float) i, 290 + 6.0f * (float) i,
                   0.12f + 0.05f * (float) (i % 3), 1, ROSE, 4);
    for (int i = 0; i < 8; i++)
        draw_fish (layer->cr, 720 + 74.0f * (float) (i % 4) + 22.0f * (float) (i / 4),
                   846 + 56.0f * (float) (i / 4) + 8.0f * (float) (i % 4), 230, -0.1f + 0.06f * (float) (i % 3), 1,
                   GOLD, 4);
    for (int i = 0; i < 4; i++)
        draw_hairtail (layer->cr, 1200 + 18.0f * (float) i, 836 + 46.0f * (float) i, 800, i % 2 ? 9 : -8);
    for (int i = 0; i < 5; i++)
        draw_fish (layer->cr, 230 + 100.0f * (float) i, 1040 + 26.0f * (float) i, 400, 0.16f - 0.03f * (float) i, 1,
                   SILVER, 5);
    for (int i = 0; i < 26; i++) {
        static const uint32_t tones[] = { 0xd8926a, 0xc86a5a, 0xe0b088, 0xb8785a, 0xd8a0a0 };

        draw_scallop (layer->cr,
                      850 + 74.0f * (float) (i % 6) + 30.0f * (float) (i / 6 % 2) + roll_between (&dice, -10, 10),
                      1050 + 46.0f * (float) (i / 6) + roll_between (&dice, -9, 9), roll_between (&dice, 40, 50),
                      roll_between (&dice, -0.9f, 0.9f), tones[(int) (roll (&dice) * 4.99f)]);
    }
    draw_crab (layer->cr, 1400, 1105, 82, -0.2f);
    draw_crab (layer->cr, 1580, 1075, 78, 0.15f);
    draw_crab (layer->cr, 1490, 1190, 90, 0.05f);
    draw_clams (layer->cr, 1850, 1110, 210, 100);
    layer_shade (layer, 4, 7, hex (0x4a5462), 0.6f);
    layer_rim (layer, -2, -3, hex (0xfff4dc), 0.55f);
    layer_over (image, layer, 1);
    layer_free (layer);
}

/* Price boards on bamboo sticks, in the seller's hand. */
static void
draw_boards (Image *image)
{
    static const struct {
        float x, y;
        const char *name, *price;
    } boards[] = {
        { 440, 806, "红头鱼", "28元" },        { 905, 792, "小黄鱼", "35元" },  { 1560, 776, "带鱼", "22元" },
        { 640, 990, "鲈鱼 清早现捞", "26元" }, { 1380, 965, "梭子蟹", "46元" },
    };
    Layer *layer = layer_new (W, H);

    for (size_t i = 0; i < sizeof boards / sizeof boards[0]; i++) {
        cairo_t *cr = layer->cr;
        bool wide = i == 3;

        ink (cr, 0xb88a4a, 1);
        line (cr, boards[i].x + 60, boards[i].y + 40, boards[i].x + 56, boards[i].y + 120, 7);
        cairo_save (cr);
        cairo_translate (cr, (double) boards[i].x, (double) boards[i].y);
        cairo_rotate (cr, i % 2 ? 0.05 : -0.04);
        ink (cr, 0x1f2f2a, 1);
        round_box (cr, -20, -44, wide ? 212 : 160, 104, 8);
        cairo_fill (cr);
        ink (cr, 0xa88248, 1);
        cairo_set_line_width (cr, 6);
        round_box (cr, -20, -44, wide ? 212 : 160, 104, 8);
        cairo_stroke (cr);
        ink (cr, 0xf4f0e0, 0.95f);
        words (cr, "LXGW WenKai", true, wide ? 28 : 36, -4, -4, boards[i].name);
        ink (cr, 0xffd25a, 0.95f);
        words (cr, "LXGW WenKai", true, 42, 20, 46, boards[i].price);
        cairo_restore (cr);
    }
    layer_shade (layer, 4, 6, hex (0x39403c), 0.5f);
    layer_blur (layer, 0.6f);
    layer_over (image, layer, 1);
    layer_free (layer);
}

/* The lip of the stall, wet steel and old boards, and the drops under it. */
static Rgb
lip_at (float x, float y, const void *scene)
{
    const Image *above = scene;
    float t = (y - FRONT) / (H - FRONT);
    static const Stop steel[] = { { 0, 0xe4ebec },     { 0.08f, 0x9aa8ac }, { 0.2f, 0x59676c },
                                  { 0.24f, 0x2c343a }, { 0.3f, 0x4a3424 },  { 1, 0x1c130d } };
    Rgb c = ramp (steel, 6, t);

    if (t < 0.24f)
        return mix (c, image_sample (above, x, FRONT - 140.0f * t / 0.24f), 0.3f);
    return scaled (c, 0.75f + 0.5f * fbm (x / 6.0f, y / 160.0f, 4, 71));
}

static void
draw_lamps (Image *image)
{
    static const Stop shade[] = { { 0, 0x6a1618 }, { 0.4f, 0xd03a2c }, { 0.65f, 0xf26a44 }, { 1, 0x7a1a1a } };
    static const float at[][3] = { { 420, 250, 150 }, { 1050, 190, 170 }, { 1690, 250, 150 } };
    Layer *layer = layer_new (W, H), *light = layer_new (W, H);

    for (int i = 0; i < 3; i++) {
        float x = at[i][0], y = at[i][1], s = at[i][2];

        ink (layer->cr, 0x161616, 1);
        line (layer->cr, x, 0, x, y - s * 0.62f, 5);
        curve_through (layer->cr,
                       (float[]){ x - s, y, x - s * 0.72f, y - s * 0.3f, x - s * 0.2f, y - s * 0.58f, x + s * 0.2f,
                                  y - s * 0.58f, x + s * 0.72f, y - s * 0.3f, x + s, y },
                       6, true);
        fill_across (layer->cr, x - s, 0, x + s, 0, shade, 4);
        ink (layer->cr, 0xfff2c8, 1);
        oval (layer->cr, x, y - 2, s * 0.9f, s * 0.1f);
        cairo_fill (layer->cr);
        glow (light->cr, x, y + 10, s * 2.6f, hex (0xffb860), 0.75f);
        glow (light->cr, x, y, s * 1.0f, hex (0xfff0d0), 0.8f);
        cairo_pattern_t *cone = cairo_pattern_create_linear (0, (double) y, 0, (double) y + 620);
        cairo_pattern_add_color_stop_rgba (cone, 0, 1, 0.78, 0.45, 0.32);
        cairo_pattern_add_color_stop_rgba (cone, 1, 1, 0.7, 0.4, 0);
        quad (light->cr, (float[]){ x - s * 0.9f, y, x + s * 0.9f, y, x + s * 2.6f, y + 620, x - s * 2.6f, y + 620 });
        cairo_set_source (light->cr, cone);
        cairo_fill (light->cr);
        cairo_pattern_destroy (cone);
    }
    layer_over (image, layer, 1);
    layer_blur (light, 16);
    layer_add (image, light, 0.55f);
    layer_free (light);
    layer_free (layer);
}

static void
draw_scale (Image *image)
{
    static const Stop steel[] = { { 0, 0x5a666c }, { 0.4f, 0xe8eeee }, { 0.7f, 0x9aa6aa }, { 1, 0x4a5458 } };
    Layer *layer = layer_new (W, H);
    cairo_t *cr = layer->cr;

    ink (cr, 0x22303a, 1);
    round_box (cr, 1238, 640, 190, 120, 12);
    cairo_fill (cr);
    ink (cr, 0x8adf9a, 1);
    round_box (cr, 1262, 664, 142, 44, 6);
    cairo_fill (cr);
    ink (cr, 0x12301c, 1);
    words (cr, "DejaVu Sans Mono", true, 34, 1274, 698, "1.256");
    round_box (cr, 1206, 606, 254, 26, 12);
    fill_across (cr, 1206, 0, 1460, 0, steel, 4);
    draw_fish (cr, 1330, 584, 230, -0.03f, 1, SILVER, 5);
    layer_shade (layer, -6, 8, hex (0x4a4038), 0.5f);
    layer_rim (layer, 2, -3, hex (0xffe6b8), 0.5f);
    layer_blur (layer, 0.9f);
    layer_over (image, layer, 1);
    layer_free (layer);
}

static void
draw_steam (Image *image)
{
    for (int y = 520; y < 1000; y++)
        for (int x = 0; x < W; x++) {
            float mist = fbm ((float) x / 260.0f, (float) y / 90.0f, 5, 88),
                  place = smooth (560, 760, (float) y) * smooth (1000, 800, (float) y);
            Rgb *c = image_at (image, x, y);

            *c = mix (*c, hex (0xe8e6dc), 0.32f * place * smooth (0.48f, 0.75f, mist));
        }
}

Image *
paint_market (void)
{
    Image *image = image_new (W, H);

    image_shade (image, 0, H, hall_at, NULL);
    draw_back_stalls (image);
    draw_bokeh (image);
    draw_crowd (image);
    draw_seller (image);
    image_shade (image, (int) TABLE, (int) FRONT, ice_at, NULL);
    draw_scale (image);
    draw_catch (image);
    draw_steam (image);
    draw_boards (image);
    image_shade (image, (int) FRONT, H, lip_at, image);
    draw_lamps (image);
    bloom (image, 0.88f, 30, 0.4f);
    vignette (image, 0.42f);
    grade (image, 1.06f, 0.96f, (Rgb){ 0.004f, 0.002f, 0.006f }, (Rgb){ 0.014f, 0.004f, -0.012f });
    grain (image, 0.012f, 1905);
    return image;
}
