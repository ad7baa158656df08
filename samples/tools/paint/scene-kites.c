/* scene-kites.c — a kite festival on a beach, early afternoon, the wind from the sea. */
#include "paint.h"

#include <math.h>

#define W 2100
#define H 1400
#define HORIZON 905.0f
#define WET 1010.0f /* where the sand begins to shine */
#define DRY 1150.0f

/* ---- air, sea, sand ---- */

static float
cumulus (float x, float y)
{
    float scale = 210.0f + 170.0f * (1.0f - y / HORIZON), u = x / (scale * 1.9f), v = y / scale;
    float push = fbm (u * 0.9f + 7.0f, v * 0.9f, 3, 11);

    return fbm (u + push * 0.7f + 2.3f, v + push * 0.5f + 4.0f, 7, 27);
}

static Rgb
sky_at (float x, float y, const void *scene)
{
    static const Stop down[] = {
        { 0, 0x1f6fb8 }, { 0.35f, 0x3f93d2 }, { 0.7f, 0x86c3e6 }, { 0.92f, 0xc6e4ef }, { 1, 0xe2eee9 }
    };
    Rgb sky = ramp (down, 5, y / HORIZON);
    float sun = expf (-sqrtf ((x - 150) * (x - 150) + (y + 60) * (y + 60)) / 700.0f);
    float cover = cumulus (x, y), toward = cumulus (x - 26, y - 34);
    float mass = smooth (0.5f, 0.6f, cover) * smooth (0.0f, 0.16f, 1.0f - y / HORIZON) * 0.95f;
    float lit = clamp01 (0.62f + (cover - toward) * 6.5f);
    Rgb cloud = mix (hex (0x93abc6), hex (0xfffaf0), lit);

    (void) scene;
    sky = added (sky, scaled (hex (0xfff3d0), 0.34f * sun));
    return mix (sky, mix (cloud, sky, 0.25f * smooth (0.55f, 1.0f, y / HORIZON)), mass);
}

static Rgb
sea_at (float x, float y, const void *scene)
{
    static const Stop down[] = { { 0, 0x5f9fb8 }, { 0.25f, 0x2f86a8 }, { 0.65f, 0x3f9fb0 }, { 1, 0x8cc4bf } };
    float depth = y - HORIZON + 2.0f, z = 60.0f / depth, t = depth / (WET - HORIZON);
    float wave = fbm (x * z / 34.0f, z * 26.0f, 4, 3), fine = fbm (x * z / 9.0f, z * 70.0f, 3, 8);
    Rgb c = ramp (down, 4, t);
    float foam = smooth (0.6f, 0.72f, fbm (x / 260.0f, depth / 7.0f, 4, 19) * (0.75f + 0.35f * t));

    (void) scene;
    c = scaled (c, 0.8f + 0.42f * wave);
    c = added (c, scaled (hex (0xffffff), 0.5f * smooth (0.6f, 0.9f, fine) * expf (-fabsf (x - 250) / 700.0f)));
    return mix (c, hex (0xf4f8f3), foam * 0.85f * smooth (0.05f, 0.5f, t));
}

static Rgb
sand_at (float x, float y, const void *scene)
{
    const Image *above = scene;
    static const Stop down[] = { { 0, 0xb3a083 }, { 0.35f, 0xd6c09a }, { 1, 0xbfa27c } };
    float t = (y - WET) / (H - WET), z = 300.0f / (y - HORIZON);
    float far = z * 22.0f, lumps = 0.6f * fbm ((x - W / 2) * z / 46.0f, far, 5, 61) +
                                   0.4f * fbm ((x - W / 2) * z / 9.0f, far * 4.0f, 3, 62);
    float grains = noise2 (x / 1.7f, y / 1.5f, 4);
    float edge = WET + 26.0f * (fbm (x / 330.0f, 0.3f, 3, 15) - 0.5f) +
                 70.0f * smooth (0.35f, 0.75f, fbm (x / 520.0f, 9.1f, 3, 33));
    float wet = 1.0f - smooth (edge + 6.0f, edge + 74.0f, y);
    Rgb c = scaled (ramp (down, 3, t), 0.74f + 0.5f * lumps + 0.1f * (grains - 0.5f));
    Rgb shine = image_sample (above, x + 6.0f * (lumps - 0.5f), fmaxf (0, HORIZON - (y - HORIZON) * 1.25f - 30.0f));

    c = mix (c, mix (scaled (c, 0.62f), shine, 0.62f), wet);
    return mix (c, hex (0xfbfaf2), smooth (7.0f, 1.5f, fabsf (y - edge + 4.0f * fbm (x / 14.0f, 1, 2, 9))) * 0.9f);
}

static void
draw_headland (Image *image)
{
    for (int x = 0; x < W; x++) {
        float slope = smooth (1080, 1900, (float) x),
              top = HORIZON - 12.0f - 128.0f * slope * (0.55f + 0.75f * fbm ((float) x / 190.0f, 2, 5, 77));

        if (slope <= 0.0f)
            continue;
        for (int y = (int) top; y < (int) HORIZON + 3; y++) {
            float woods = fbm ((float) x / 16.0f, (float) y / 9.0f, 4, 6);
            Rgb c = mix (hex (0x527a5e), hex (0x9ab283), woods);

            if ((float) y > HORIZON - 10.0f * fbm ((float) x / 22.0f, 5, 3, 2))
                c = mix (hex (0x8a7a66), hex (0xc0ab8e), woods);
            *image_at (image, x, y) =
                mix (*image_at (image, x, y), mix (c, hex (0xa9cfe0), 0.36f), clamp01 ((float) y + 1 - top));
        }
    }
}

/* ---- kites ---- */

static void
kite_line (cairo_t *cr, float x0, float y0, float x1, float y1)
{
    float sag = 0.06f * (fabsf (x1 - x0) + fabsf (y1 - y0));

    ink (cr, 0x5a6470, 0.5f);
    cairo_set_line_width (cr, 1.3);
    cairo_move_to (cr, (double) x0, (double) y0);
    cairo_curve_to (cr, (double) (x0 + (x1 - x0) * 0.3f), (double) (y0 + (y1 - y0) * 0.3f + sag),
                    (double) (x0 + (x1 - x0) * 0.7f), (double) (y0 + (y1 - y0) * 0.7f + sag), (double) x1,
                    (double) y1);
    cairo_stroke (cr);
}

static void
ribbon (cairo_t *cr, float x, float y, float length, float swing, float width, uint32_t colour)
{
    ink (cr, colour, 1);
    for (int i = 0; i < 60; i++) {
        float t = (float) i / 60.0f, u = (float) (i + 1) / 60.0f;

        taper (cr, x + swing * t * length + sinf (t * 11.0f) * width * 3.0f * t, y + length * t,
               width * (1 - 0.6f * t), x + swing * u * length + sinf (u * 11.0f) * width * 3.0f * u, y + length * u,
               width * (1 - 0.6f * u));
    }
}

/* The dragon: a head and a hundred discs on a line that swings through the sky. */
static void
dragon_point (float t, float *x, float *y)
{
    *x = 610.0f + 1010.0f * t + 60.0f * sinf (t * 6.2f + 0.4f);
    *y = 720.0f - 560.0f * powf (t, 1.1f) + 92.0f * sinf (t * 7.4f + 2.6f) * (1.15f - 0.55f * t);
}

static void
draw_dragon_body (cairo_t *cr)
{
    static const uint32_t bands[] = { 0xd9362b, 0xf2b430, 0x1f8a6d, 0xe8672c };

    for (int i = 0; i < 58; i++) {
        float t = (float) i / 58.0f, x, y, r = 15.0f + 26.0f * t;
        Rgb band = hex (bands[i % 4]);

        dragon_point (t, &x, &y);
        ink (cr, 0xb79a6a, 1);
        line (cr, x - r * 2.1f, y - r * 0.35f, x + r * 2.1f, y + r * 0.12f,
              2.2f); /* the whisker that keeps it level */
        for (int side = -1; side <= 1; side += 2) {
            ink (cr, i % 2 ? 0xf6d36b : 0xe0513a, 1);
            oval (cr, x + (float) side * r * 2.15f, y + (side < 0 ? -0.37f : 0.13f) * r, r * 0.26f, r * 0.14f);
            cairo_fill (cr);
        }
        cairo_save (cr);
        cairo_translate (cr, (double) x, (double) y);
        cairo_rotate (cr, 0.25);
        cairo_scale (cr, 0.72, 1);
        cairo_pattern_t *silk =
            cairo_pattern_create_radial ((double) -r * 0.4, (double) -r * 0.5, 0, 0, 0, (double) r * 1.1);
        cairo_pattern_add_color_stop_rgb (silk, 0, fmin (1, (double) band.r + 0.25), fmin (1, (double) band.g + 0.22),
                                          fmin (1, (double) band.b + 0.18));
        cairo_pattern_add_color_stop_rgb (silk, 1, (double) band.r * 0.72, (double) band.g * 0.66,
                                          (double) band.b * 0.66);
        cairo_set_source (cr, silk);
        disc (cr, 0, 0, r);
        cairo_fill (cr);
        cairo_pattern_destroy (silk);
        ink (cr, 0xfff2cf, 0.85f);
        cairo_set_line_width (cr, 2);
        disc (cr, 0, 0, r * 0.62f);
        cairo_stroke (cr);
        cairo_restore (cr);
    }
}

static void
draw_dragon_head (cairo_t *cr, float x, float y, float s)
{
    static const Stop face[] = { { 0, 0xffc24a }, { 0.55f, 0xe2492c }, { 1, 0x9c1f22 } };

    for (int i = 0; i < 9; i++) { /* the mane */
        float a = 2.2f + 0.32f * (float) i;

        ink (cr, i % 2 ? 0x1f8a6d : 0xf2b430, 1);
        taper (cr, x, y, s * 0.5f, x + cosf (a) * s * 1.15f, y + sinf (a) * s * 0.95f, s * 0.06f);
    }
    for (int side = -1; side <= 1; side += 2) { /* horns, whiskers */
        ink (cr, 0xf6e2b0, 1);
        taper (cr, x + (float) side * s * 0.2f, y - s * 0.5f, s * 0.16f, x + (float) side * s * 0.62f, y - s * 1.25f,
               s * 0.03f);
        ink (cr, 0xd9362b, 1);
        cairo_set_line_width (cr, (double) s * 0.06);
        cairo_move_to (cr, (double) (x + (float) side * s * 0.35f), (double) (y + s * 0.35f));
        cairo_curve_to (cr, (double) (x + (float) side * s * 1.1f), (double) (y + s * 0.1f),
                        (double) (x + (float) side * s * 1.0f), (double) (y + s * 1.1f),
                        (double) (x + (float) side * s * 1.7f), (double) (y + s * 0.8f));
        cairo_stroke (cr);
    }
    curve_through (cr,
                   (float[]){ x - s * 0.6f, y - s * 0.5f, x, y - s * 0.78f, x + s * 0.6f, y - s * 0.5f, x + s * 0.62f,
                              y + s * 0.25f, x + s * 0.3f, y + s * 0.72f, x - s * 0.3f, y + s * 0.72f, x - s * 0.62f,
                              y + s * 0.25f },
                   7, true);
    fill_ball (cr, x, y, s * 0.9f, face, 3);
    for (int side = -1; side <= 1; side += 2) {
        ink (cr, 0xfffbe8, 1);
        disc (cr, x + (float) side * s * 0.29f, y - s * 0.2f, s * 0.19f);
        cairo_fill (cr);
        ink (cr, 0x14161c, 1);
        disc (cr, x + (float) side * s * 0.26f, y - s * 0.17f, s * 0.1f);
        disc (cr, x + (float) side * s * 0.14f, y + s * 0.24f, s * 0.05f);
        cairo_fill (cr);
    }
    ink (cr, 0x6e1218, 1);
    round_box (cr, x - s * 0.33f, y + s * 0.38f, s * 0.66f, s * 0.24f, s * 0.11f);
    cairo_fill (cr);
    ink (cr, 0xfffbe8, 1);
    for (int i = 0; i < 5; i++)
        box (cr, x - s * 0.27f + s * 0.115f * (float) i, y + s * 0.39f, s * 0.08f, s * 0.09f);
    cairo_fill (cr);
}

/* The soft whale: air in cloth. */
static void
draw_whale (cairo_t *cr, float x, float y, float s)
{
    static const Stop skin[] = { { 0, 0x5fb4e0 }, { 0.45f, 0x2a76b8 }, { 1, 0x173f78 } };
    static const Stop belly[] = { { 0, 0xffffff }, { 1, 0xb9cddd } };
    const float body[] = { x - s,         y + s * 0.03f, x - s * 0.86f, y - s * 0.26f, x - s * 0.45f, y - s * 0.43f,
                           x + s * 0.1f,  y - s * 0.36f, x + s * 0.62f, y - s * 0.18f, x + s * 1.02f, y - s * 0.2f,
                           x + s * 1.05f, y - s * 0.12f, x + s * 0.66f, y + s * 0.04f, x + s * 0.1f,  y + s * 0.25f,
                           x - s * 0.5f,  y + s * 0.32f, x - s * 0.9f,  y + s * 0.2f };

    ink (cr, 0x1d4d8a, 1); /* far fin, flukes */
    curve_through (cr,
                   (float[]){ x - s * 0.2f, y + s * 0.15f, x + s * 0.05f, y + s * 0.42f, x + s * 0.12f, y + s * 0.6f,
                              x - s * 0.1f, y + s * 0.5f, x - s * 0.35f, y + s * 0.25f },
                   5, true);
    curve_through (cr,
                   (float[]){ x + s * 0.95f, y - s * 0.17f, x + s * 1.2f, y - s * 0.5f, x + s * 1.42f, y - s * 0.55f,
                              x + s * 1.28f, y - s * 0.28f, x + s * 1.4f, y + s * 0.02f, x + s * 1.16f,
                              y - s * 0.02f },
                   6, true);
    cairo_fill (cr);
    curve_through (cr, body, 11, true);
    fill_across (cr, x - s * 0.3f, y - s * 0.45f, x - s * 0.1f, y + s * 0.35f, skin, 3);
    cairo_save (cr);
    curve_through (cr, body, 11, true);
    cairo_clip (cr);
    curve_through (cr,
                   (float[]){ x - s * 1.1f, y + s * 0.05f, x - s * 0.5f, y + s * 0.1f, x + s * 0.1f, y + s * 0.1f,
                              x + s * 0.7f, y - s * 0.04f, x + s * 0.7f, y + s * 0.3f, x - s * 0.3f, y + s * 0.5f,
                              x - s * 1.1f, y + s * 0.4f },
                   7, true);
    fill_across (cr, x, y, x, y + s * 0.36f, belly, 2);
    ink (cr, 0x6f8ca8, 0.55f);
    for (int i = 0; i < 6; i++) { /* pleats */
        cairo_set_line_width (cr, (double) s * 0.012);
        cairo_move_to (cr, (double) (x - s), (double) (y + s * (0.12f + 0.04f * (float) i)));
        cairo_curve_to (cr, (double) (x - s * 0.5f), (double) (y + s * (0.16f + 0.045f * (float) i)), (double) x,
                        (double) (y + s * (0.14f + 0.04f * (float) i)), (double) (x + s * 0.4f),
                        (double) (y + s * (0.08f + 0.03f * (float) i)));
        cairo_stroke (cr);
    }
    for (int i = 0; i < 5; i++) { /* seams of the cloth */
        ink (cr, 0x0f2f5c, 0.25f);
        cairo_set_line_width (cr, (double) s * 0.01);
        oval (cr, x - s * 0.62f + s * 0.36f * (float) i, y - s * 0.05f, s * 0.07f, s * 0.42f);
        cairo_stroke (cr);
    }
    cairo_restore (cr);
    ink (cr, 0xffffff, 1);
    disc (cr, x - s * 0.72f, y - s * 0.02f, s * 0.05f);
    cairo_fill (cr);
    ink (cr, 0x10151f, 1);
    disc (cr, x - s * 0.73f, y - s * 0.015f, s * 0.03f);
    cairo_fill (cr);
    static const Stop fin[] = { { 0, 0x2f80c0 }, { 1, 0x163f74 } };
    curve_through (cr,
                   (float[]){ x - s * 0.42f, y + s * 0.13f, x - s * 0.28f, y + s * 0.42f, x - s * 0.06f,
                              y + s * 0.68f, x - s * 0.02f, y + s * 0.4f, x - s * 0.16f, y + s * 0.14f },
                   5, true);
    fill_down (cr, y + s * 0.1f, y + s * 0.65f, fin, 2);
}

/* 沙燕, the swallow of the old towns. */
static void
draw_swallow (cairo_t *cr, float x, float y, float s, uint32_t main, uint32_t accent)
{
    Rgb dark = scaled (hex (main), 0.55f);

    for (int side = -1; side <= 1; side += 2) {
        float d = (float) side;
        static const Stop wing_light[] = { { 0, 0xfff6df }, { 1, 0xd8b98a } };

        curve_through (cr,
                       (float[]){ x, y - s * 0.25f, x + d * s * 0.5f, y - s * 0.45f, x + d * s, y - s * 0.3f,
                                  x + d * s * 0.86f, y - s * 0.02f, x + d * s * 0.4f, y + s * 0.1f, x,
                                  y + s * 0.15f },
                       6, true);
        fill_across (cr, x, y - s * 0.4f, x + d * s * 0.4f, y + s * 0.1f, wing_light, 2);
        ink (cr, main, 1);
        curve_through (cr,
                       (float[]){ x + d * s * 0.06f, y - s * 0.24f, x + d * s * 0.5f, y - s * 0.42f,
                                  x + d * s * 0.97f, y - s * 0.28f, x + d * s * 0.6f, y - s * 0.22f, x + d * s * 0.2f,
                                  y - s * 0.08f },
                       5, true);
        cairo_fill (cr);
        for (int i = 0; i < 4; i++) {
            ink (cr, i % 2 ? accent : main, 1);
            oval (cr, x + d * s * (0.28f + 0.16f * (float) i), y - s * (0.05f + 0.03f * (float) i), s * 0.06f,
                  s * 0.045f);
            cairo_fill (cr);
        }
        ink (cr, main, 1);
        quad (cr, (float[]){ x, y + s * 0.2f, x + d * s * 0.12f, y + s * 0.25f, x + d * s * 0.46f, y + s * 0.85f,
                             x + d * s * 0.2f, y + s * 0.72f });
        cairo_fill (cr);
        ink (cr, accent, 1);
        taper (cr, x + d * s * 0.12f, y + s * 0.36f, s * 0.07f, x + d * s * 0.34f, y + s * 0.76f, s * 0.03f);
    }
    ink_rgb (cr, dark, 1);
    oval (cr, x, y + s * 0.02f, s * 0.15f, s * 0.34f);
    disc (cr, x, y - s * 0.36f, s * 0.13f);
    cairo_fill (cr);
    ink (cr, 0xfff6df, 1);
    oval (cr, x, y + s * 0.06f, s * 0.085f, s * 0.22f);
    disc (cr, x - s * 0.055f, y - s * 0.38f, s * 0.035f);
    disc (cr, x + s * 0.055f, y - s * 0.38f, s * 0.035f);
    cairo_fill (cr);
    ink (cr, accent, 1);
    disc (cr, x, y + s * 0.02f, s * 0.05f);
    disc (cr, x, y + s * 0.14f, s * 0.04f);
    cairo_fill (cr);
}

static void
draw_delta (cairo_t *cr, float x, float y, float s, float turn, const uint32_t *colours)
{
    cairo_save (cr);
    cairo_translate (cr, (double) x, (double) y);
    cairo_rotate (cr, (double) turn);
    for (int i = 0; i < 4; i++) {
        float a = -1.0f + 0.5f * (float) i, b = a + 0.5f;
        Rgb c = hex (colours[i]);
        cairo_pattern_t *cloth =
            cairo_pattern_create_linear (0, (double) -s * 0.5, (double) (s * a), (double) s * 0.5);

        cairo_pattern_add_color_stop_rgb (cloth, 0, fmin (1, (double) c.r * 1.15 + 0.06),
                                          fmin (1, (double) c.g * 1.15 + 0.06), fmin (1, (double) c.b * 1.15 + 0.06));
        cairo_pattern_add_color_stop_rgb (cloth, 1, (double) c.r * 0.75, (double) c.g * 0.75, (double) c.b * 0.75);
        cairo_move_to (cr, 0, (double) (-s * 0.5f));
        cairo_line_to (cr, (double) (s * a), (double) (s * (0.1f + 0.22f * fabsf (a))));
        cairo_line_to (cr, (double) (s * b), (double) (s * (0.1f + 0.22f * fabsf (b))));
        cairo_close_path (cr);
        cairo_set_source (cr, cloth);
        cairo_fill (cr);
        cairo_pattern_destroy (cloth);
    }
    ink (cr, 0x2a2c33, 0.5f);
    line (cr, 0, -s * 0.5f, 0, s * 0.12f, 2);
    cairo_restore (cr);
    for (int i = -1; i <= 1; i++)
        ribbon (cr, x + (float) i * s * 0.45f, y + s * 0.25f, s * 1.5f, 0.35f, s * 0.035f, colours[(i + 2) % 4]);
}

static void
draw_octopus (cairo_t *cr, float x, float y, float s)
{
    static const Stop skin[] = { { 0, 0xffb6a0 }, { 0.5f, 0xe8525c }, { 1, 0x97204a } };

    for (int i = 0; i < 8; i++) {
        float at = x + s * (-0.5f + 0.143f * (float) i);

        ribbon (cr, at, y + s * 0.3f, s * (1.9f + 0.2f * (float) (i * 3 % 4)), 0.42f, s * 0.13f,
                i % 2 ? 0xc93a56 : 0xf08a5a);
    }
    curve_through (cr,
                   (float[]){ x - s * 0.55f, y + s * 0.35f, x - s * 0.62f, y - s * 0.2f, x - s * 0.3f, y - s * 0.75f,
                              x + s * 0.2f, y - s * 0.78f, x + s * 0.56f, y - s * 0.3f, x + s * 0.56f, y + s * 0.35f,
                              x, y + s * 0.5f },
                   7, true);
    fill_ball (cr, x, y - s * 0.1f, s * 0.85f, skin, 3);
    for (int side = -1; side <= 1; side += 2) {
        ink (cr, 0xffffff, 1);
        oval (cr, x + (float) side * s * 0.22f, y + s * 0.02f, s * 0.14f, s * 0.17f);
        cairo_fill (cr);
        ink (cr, 0x15151c, 1);
        disc (cr, x + (float) side * s * 0.2f, y + s * 0.06f, s * 0.07f);
        cairo_fill (cr);
    }
}

static void
draw_far_kites (Image *image)
{
    static const uint32_t reds[] = { 0xe2452f, 0xf4c542, 0xf4c542, 0xe2452f },
                          blues[] = { 0x2a6fbf, 0xf2f2ea, 0xf2f2ea, 0x2a6fbf };
    static const uint32_t greens[] = { 0x2f9a6a, 0xf0b23a, 0xe2452f, 0x6a4ba8 };
    Layer *layer = layer_new (W, H);
    Dice dice = { 12 };

    for (int i = 0; i < 34; i++) {
        float x = roll_between (&dice, 40, W - 40), y = roll_between (&dice, 380, 800),
              s = roll_between (&dice, 10, 30);

        kite_line (layer->cr, x, y, x - roll_between (&dice, 60, 260), HORIZON + 60);
        draw_delta (layer->cr, x, y, s, roll_between (&dice, -0.3f, 0.3f),
                    i % 3 == 0   ? reds
                    : i % 3 == 1 ? blues
                                 : greens);
    }
    for (int i = 0; i < 16; i++) { /* a train of small ones */
        float t = (float) i / 15.0f;

        draw_delta (layer->cr, 1980 - 330 * t, 210 + 520 * t - 90 * sinf (3.1f * t), 26 - 14 * t, 0.2f,
                    i % 2 ? reds : blues);
    }
    layer_haze (layer, hex (0xa6cfe8), 0.22f);
    layer_blur (layer, 0.7f);
    layer_over (image, layer, 1);
    layer_free (layer);
}

static void
draw_near_kites (Image *image)
{
    static const uint32_t rainbow[] = { 0xe23d2e, 0xf39a2c, 0x36a15e, 0x2b6fc2 },
                          pink[] = { 0xd8407a, 0xf6e3c8, 0xf6e3c8, 0x4b3a8c };
    Layer *layer = layer_new (W, H);
    float x, y;

    dragon_point (1.0f, &x, &y);
    kite_line (layer->cr, x, y, 574, 1206);
    kite_line (layer->cr, 362, 362, 260, 1140);
    kite_line (layer->cr, 1735, 480, 1500, 1120);
    kite_line (layer->cr, 1015, 150, 880, 1120);
    kite_line (layer->cr, 760, 205, 700, 1110);
    kite_line (layer->cr, 1290, 640, 1160, 1100);
    kite_line (layer->cr, 160, 610, 240, 1105);
    draw_whale (layer->cr, 372, 362, 205);
    draw_octopus (layer->cr, 1735, 470, 108);
    draw_delta (layer->cr, 1015, 150, 104, -0.12f, rainbow);
    draw_delta (layer->cr, 160, 610, 62, 0.15f, pink);
    draw_swallow (layer->cr, 770, 150, 100, 0x1c3f7a, 0xe23d2e);
    draw_swallow (layer->cr, 1290, 640, 70, 0x9c2a24, 0xf2b430);
    draw_dragon_body (layer->cr);
    draw_dragon_head (layer->cr, x + 34, y - 8, 66);
    layer_shade (layer, 5, 8, hex (0x6c7390), 0.5f);
    layer_rim (layer, -3, -4, hex (0xfff6e0), 0.35f);
    layer_over (image, layer, 1);
    layer_free (layer);
}

/* ---- people ---- */

static const uint32_t coats[] = { 0xd9482f, 0x2c6fb0, 0xf0b63a, 0x3b8f63, 0xe07aa0, 0xf1efe6,
                                  0x6a4fa0, 0x2f3e52, 0xe8873a, 0x88b6c8, 0xb5312f, 0x507a3a };
static const uint32_t trousers[] = { 0x2c3a50, 0x3f4a58, 0x8a7a62, 0x24262e, 0x5c6f86, 0xd8cbb4 };

static Person
somebody (Dice *dice, float x, float y, float size)
{
    return (Person){ .x = x,
                     .y = y,
                     .size = size * roll_between (dice, 0.62f, 1.05f),
                     .turn = floorf (roll_between (dice, -1, 1.99f)),
                     .lean = roll_between (dice, -0.2f, 0.2f),
                     .stride = roll_between (dice, 0, 0.9f),
                     .left_arm = roll (dice) < 0.3f ? roll_between (dice, 0.4f, 0.95f) : 0.05f,
                     .right_arm = roll (dice) < 0.45f ? roll_between (dice, 0.3f, 0.95f) : 0.08f,
                     .bend = roll_between (dice, 0.1f, 0.7f),
                     .light = -1,
                     .coat = coats[(int) (roll (dice) * 11.99f)],
                     .legs = trousers[(int) (roll (dice) * 5.99f)],
                     .shoes = 0x2a2422,
                     .skin = 0xd9a582,
                     .hair = 0x1f1a1a,
                     .hat = coats[(int) (roll (dice) * 11.99f)],
                     .headwear = (int) (roll (dice) * 3.99f) };
}

static void
draw_parasol (cairo_t *cr, float x, float y, float s, uint32_t colour)
{
    ink (cr, 0xd9d2c2, 1);
    line (cr, x, y, x + s * 0.06f, y - s, s * 0.035f);
    for (int i = 0; i < 6; i++) {
        float a = -0.62f + 0.207f * (float) i, b = a + 0.207f;

        ink_rgb (cr, i % 2 ? hex (0xf6f1e4) : hex (colour), 1);
        cairo_move_to (cr, (double) (x + s * 0.06f), (double) (y - s * 1.02f));
        cairo_curve_to (cr, (double) (x + s * a * 0.7f), (double) (y - s), (double) (x + s * a),
                        (double) (y - s * 0.85f), (double) (x + s * a), (double) (y - s * 0.68f));
        cairo_line_to (cr, (double) (x + s * b), (double) (y - s * 0.68f));
        cairo_curve_to (cr, (double) (x + s * b), (double) (y - s * 0.85f), (double) (x + s * b * 0.7f),
                        (double) (y - s), (double) (x + s * 0.06f), (double) (y - s * 1.02f));
        cairo_fill (cr);
    }
}

/* Shadows first: the sun stands at the upper left. */
static void
draw_shadow (cairo_t *cr, float x, float y, float size)
{
    ink (cr, 0x4a3a2c, 0.4f);
    oval (cr, x + size * 0.3f, y + size * 0.015f, size * 0.36f, size * 0.035f);
    cairo_fill (cr);
}

static void
draw_crowd (Image *image, float from, float to, int count, float size, uint32_t seed, float blur)
{
    Layer *layer = layer_new (W, H), *mirror = layer_new (W, H);
    Dice dice = { seed };

    for (int i = 0; i < count; i++) {
        float t = (float) i / (float) count, y = from + (to - from) * t, grow = (y - HORIZON) / (to - HORIZON);
        float x = roll_between (&dice, -20, W + 20);
        Person p = somebody (&dice, x, y, size * grow);

        draw_shadow (layer->cr, x, y, p.size);
        if (i % 9 == 4)
            draw_parasol (layer->cr, x + size * 0.4f, y, size * grow * 1.25f, coats[i % 12]);
        draw_person (layer->cr, &p);
        cairo_save (mirror->cr);
        cairo_translate (mirror->cr, 0, 2.0 * (double) y);
        cairo_scale (mirror->cr, 1, -1);
        draw_person (mirror->cr, &p);
        cairo_restore (mirror->cr);
    }
    layer_blur (mirror, 2.4f);
    if (from < WET)
        layer_over (image, mirror, 0.4f);
    layer_blur (layer, blur);
    layer_over (image, layer, 1);
    layer_free (mirror);
    layer_free (layer);
}

static void
draw_reel (cairo_t *cr, float x, float y, float s)
{
    ink (cr, 0x6a4426, 1);
    line (cr, x - s, y + s * 0.3f, x + s, y - s * 0.3f, s * 0.3f);
    static const Stop thread[] = { { 0, 0xfff1cc }, { 1, 0xc9973f } };
    round_box (cr, x - s * 0.45f, y - s * 0.6f, s * 0.9f, s * 1.2f, s * 0.3f);
    fill_down (cr, y - s * 0.6f, y + s * 0.6f, thread, 2);
}

/* The old man and the child in front, from behind: they hold the dragon. */
static void
draw_front (Image *image)
{
    static const Person elder = { .x = 452,
                                  .y = 1640,
                                  .size = 640,
                                  .left_arm = 0,
                                  .right_arm = 0.3f,
                                  .bend = 0.6f,
                                  .light = -1,
                                  .coat = 0x3f6478,
                                  .legs = 0x3a3f48,
                                  .shoes = 0x201c1a,
                                  .skin = 0xc9946f,
                                  .hair = 0xa9a7a2,
                                  .hat = 0xd8b878,
                                  .headwear = HAT_STRAW };
    static const Person child = { .x = 664,
                                  .y = 1585,
                                  .size = 400,
                                  .lean = -0.15f,
                                  .left_arm = 0.62f,
                                  .right_arm = 0.7f,
                                  .bend = 0.5f,
                                  .light = -1,
                                  .coat = 0xc9432f,
                                  .legs = 0x2c4a78,
                                  .shoes = 0xf1ece0,
                                  .skin = 0xe0ac88,
                                  .hair = 0x221b1b,
                                  .headwear = HAIR_LONG };
    Layer *layer = layer_new (W, H);

    draw_person (layer->cr, &elder);
    draw_person (layer->cr, &child);
    draw_reel (layer->cr, 574, 1210, 30);
    layer_shade (layer, 9, 5, hex (0x4a4f68), 0.55f);
    layer_rim (layer, -4, -4, hex (0xfff3d8), 0.6f);
    layer_blur (layer, 1.2f);
    layer_over (image, layer, 1);
    layer_free (layer);
}

Image *
paint_kites (void)
{
    Image *image = image_new (W, H);

    image_shade (image, 0, (int) HORIZON + 2, sky_at, NULL);
    draw_headland (image);
    image_shade (image, (int) HORIZON, (int) WET + 60, sea_at, NULL);
    draw_far_kites (image);
    image_shade (image, (int) WET - 16, H, sand_at, image);
    draw_crowd (image, 985, 1050, 60, 62, 3, 0.5f);
    draw_near_kites (image);
    draw_crowd (image, 1060, 1180, 34, 150, 21, 0.4f);
    draw_front (image);
    bloom (image, 0.9f, 24, 0.35f);
    vary_light (image, 520, 0.1f, 31);
    vignette (image, 0.22f);
    grade (image, 1.04f, 0.86f, (Rgb){ 0.002f, 0.0f, 0.01f }, (Rgb){ 0.012f, 0.006f, -0.008f });
    grain (image, 0.015f, 1402);
    return image;
}
