/* scene-lighthouse.c — a lighthouse on its rock, an hour after sunset: stars, the beam, the sea under it. */
#include "paint.h"

#include <math.h>

#define W 1500
#define H 2000
#define HORIZON 1436.0f
#define LAMP_X 902.0f
#define LAMP_Y 508.0f

/* ---- sky ---- */

static float
star_at (float x, float y, float cell, float rare, uint32_t seed)
{
    int cx = (int) floorf (x / cell), cy = (int) floorf (y / cell);
    float sum = 0;

    for (int j = -1; j <= 1; j++)
        for (int i = -1; i <= 1; i++) {
            float luck = hash2 (cx + i, cy + j, seed);
            float px = ((float) (cx + i) + hash2 (cx + i, cy + j, seed + 1)) * cell,
                  py = ((float) (cy + j) + hash2 (cx + i, cy + j, seed + 2)) * cell;
            float size = 0.7f + 1.5f * powf (hash2 (cx + i, cy + j, seed + 3), 6.0f),
                  d2 = ((x - px) * (x - px) + (y - py) * (y - py)) / (size * size);

            if (luck < rare && d2 < 30)
                sum += expf (-d2) * (0.35f + 0.65f * size);
        }
    return sum;
}

static Rgb
beam_at (float x, float y)
{
    static const struct {
        float angle, width, reach, strength;
    } beams[] = { { 2.93f, 0.085f, 1500, 0.95f }, { -0.24f, 0.06f, 900, 0.75f } };
    float dx = x - LAMP_X, dy = y - LAMP_Y, d = sqrtf (dx * dx + dy * dy) + 1.0f, angle = atan2f (dy, dx), sum = 0;

    for (int i = 0; i < 2; i++) {
        float off = angle - beams[i].angle;

        off = fabsf (off > 3.14159f ? off - 6.28318f : off < -3.14159f ? off + 6.28318f : off) / beams[i].width;
        float mist = 0.62f + 0.75f * fbm (x / 240.0f, y / 150.0f, 4, 91);
        sum += beams[i].strength * expf (-off * off * 1.6f) * expf (-d / beams[i].reach) * mist * smooth (10, 70, d);
        sum += 0.35f * beams[i].strength * expf (-off * 1.1f) * expf (-d / (beams[i].reach * 0.6f)) * mist *
               smooth (10, 70, d);
    }
    return scaled ((Rgb){ 1.0f, 0.9f, 0.66f }, sum * 0.78f);
}

static Rgb
sky_at (float x, float y, const void *scene)
{
    static const Stop down[] = { { 0, 0x081226 },     { 0.35f, 0x10284c }, { 0.65f, 0x244c74 },
                                 { 0.85f, 0x5b7a90 }, { 0.95f, 0xb08d7c }, { 1, 0xdb9a6c } };
    Rgb sky = ramp (down, 6, y / HORIZON);
    float along = (x * 0.52f + y * 0.85f) / 900.0f, across = (x * 0.85f - y * 0.52f - 60.0f) / 300.0f;
    float cloud = fbm (along * 3.0f + 2, across * 1.6f, 5, 41), lane = fbm (along * 5.0f, across * 3.4f + 6, 5, 57);
    float way = expf (-across * across * 1.6f) * smooth (0.25f, 0.8f, cloud) *
                (1.0f - 0.75f * smooth (0.45f, 0.7f, lane) * expf (-across * across * 6.0f));
    float dark = 1.0f - smooth (0.45f, 0.92f, y / HORIZON);
    float stars = star_at (x, y, 17, 0.16f + 0.3f * way, 3) * 0.75f + star_at (x, y, 46, 0.3f, 9) * 1.0f +
                  star_at (x, y, 9, 0.22f * way, 13) * 0.6f;
    float band = fbm (x / 520.0f, y / 46.0f, 5, 23),
          low = smooth (0.5f, 0.66f, band) * smooth (0.62f, 0.8f, y / HORIZON) * 0.7f;

    (void) scene;
    sky = added (sky, scaled (mix (hex (0x6f86b8), hex (0xd8b8a8), cloud), 0.42f * way * dark));
    sky = added (sky, scaled (mix (hex (0xcfe0ff), hex (0xffe8c8), hash2 ((int) x / 12, (int) y / 12, 2)),
                              0.85f * stars * dark));
    sky = mix (sky, mix (hex (0x2c4260), hex (0xd78a6a), smooth (0.8f, 1.0f, y / HORIZON)), low);
    return added (sky, beam_at (x, y));
}

/* ---- sea ---- */

static Rgb
sea_at (float x, float y, const void *scene)
{
    const Image *above = scene;
    float depth = y - HORIZON + 3.0f, z = 320.0f / depth, u = (x - 700.0f) * z / 240.0f, v = z * 6.0f;
    float swell = fbm (u * 0.6f, v * 1.1f, 4, 7) - 0.5f, chop = fbm (u * 2.6f + swell * 2, v * 5.2f, 4, 17) - 0.5f;
    float dy = (swell * 90 + chop * 120) * (0.12f + depth / 600.0f), t = depth / (H - HORIZON);
    Rgb sky = image_sample (above, x + chop * 30.0f * t, fmaxf (0, fminf (HORIZON - 2, HORIZON - depth * 1.5f + dy)));
    Rgb c = mix (sky, hex (0x0a1a2a), 0.42f + 0.3f * t + 0.18f * smooth (0, 60, dy));
    float patch = expf (-powf ((x - 210.0f) / (320.0f + depth), 2.0f)) * expf (-depth / 210.0f),
          crest = smooth (0.06f, 0.3f, chop);
    float foam = smooth (0.63f, 0.78f, fbm (u * 1.6f + 9, v * 3.2f, 5, 29)) * smooth (0.2f, 0.8f, t);

    c = added (c, scaled ((Rgb){ 1.0f, 0.84f, 0.6f }, patch * (0.12f + 0.75f * crest)));
    return mix (c, hex (0x7f98aa), foam * 0.22f);
}

/* ---- rock ---- */

static float
rock_top (float x)
{
    float rise = smooth (430, 800, x) * (1.0f - 0.35f * smooth (1080, 1480, x));

    return HORIZON + 96.0f - rise * (246.0f + 44.0f * fbm (x / 130.0f, 1, 4, 3)) -
           60.0f * smooth (380, 520, x) * fbm (x / 40.0f, 7, 4, 4);
}

static void
draw_rock (Image *image)
{
    for (int x = 380; x < W; x++) {
        float top = rock_top ((float) x), foot = HORIZON + 190.0f + 34.0f * fbm ((float) x / 120.0f, 3, 4, 12) -
                                                 120.0f * (1.0f - smooth (380, 640, (float) x));

        for (int y = (int) top; y < (int) foot && y < H; y++) {
            float u = ((float) x * 0.9f + (float) y * 0.35f) / 120.0f,
                  v = ((float) y * 0.9f - (float) x * 0.35f) / 120.0f, here = fbm_ridged (u + 0.25f * v, v, 5, 5);
            float lit = clamp01 (0.45f + 3.2f * (here - fbm_ridged (u + 0.25f * v - 0.05f, v - 0.05f, 5, 5))),
                  low = smooth (foot - 90, foot, (float) y);
            Rgb c = mix (hex (0x0c131d), hex (0x4a5664), lit * lit * (0.5f + 0.6f * here));

            c = added (c, scaled (hex (0x6a4a34), 0.25f * lit * smooth (top + 70, top, (float) y)));
            c = mix (c, hex (0x070c14), 0.75f * low);
            c = mix (c, hex (0x93a4ae),
                     0.6f * low * smooth (0.6f, 0.75f, fbm ((float) x / 30.0f, (float) y / 14.0f, 4, 66)));
            *image_at (image, x, y) = mix (*image_at (image, x, y), c, clamp01 ((float) y + 1 - top));
        }
    }
}

static void
draw_surf (Image *image)
{
    Layer *layer = layer_new (W, H);
    Dice dice = { 31 };

    for (int i = 0; i < 2600; i++) {
        float x = roll_between (&dice, 390, W),
              foot = HORIZON + 190.0f + 34.0f * fbm (x / 120.0f, 3, 4, 12) - 120.0f * (1.0f - smooth (380, 640, x));
        float burst = powf (fbm (x / 90.0f, 8, 3, 51), 3.0f) * 150.0f,
              y = foot - roll (&dice) * roll (&dice) * burst + roll_between (&dice, -6, 16);

        ink (layer->cr, 0xc4d2dc, roll_between (&dice, 0.05f, 0.4f));
        oval (layer->cr, x, y, roll_between (&dice, 1, 9), roll_between (&dice, 1, 3.5f));
        cairo_fill (layer->cr);
    }
    layer_blur (layer, 1.4f);
    layer_over (image, layer, 0.85f);
    layer_free (layer);
}

/* ---- tower and house ---- */

static void
draw_tower (cairo_t *cr)
{
    static const Stop lime[] = { { 0, 0x9fb0c4 }, { 0.3f, 0xcdd3da }, { 0.62f, 0x8792a4 }, { 1, 0x2c3850 } };
    static const Stop red[] = { { 0, 0x8a3c3c }, { 0.3f, 0xb04e42 }, { 0.62f, 0x742f34 }, { 1, 0x33182a } };
    float base = rock_top (LAMP_X) + 34, neck = LAMP_Y + 92;

    for (int i = 0; i < 5; i++) {
        float t0 = (float) i / 5.0f, t1 = (float) (i + 1) / 5.0f, y0 = fmixf (neck, base, t0),
              y1 = fmixf (neck, base, t1);
        float w0 = fmixf (50, 86, t0 * t0 * 0.5f + t0 * 0.5f), w1 = fmixf (50, 86, t1 * t1 * 0.5f + t1 * 0.5f);

        quad (cr, (float[]){ LAMP_X - w0, y0, LAMP_X + w0, y0, LAMP_X + w1, y1, LAMP_X - w1, y1 });
        fill_across (cr, LAMP_X - w1, 0, LAMP_X + w1, 0, i % 2 ? red : lime, 4);
    }
    for (int i = 0; i < 4; i++) {
        ink (cr, i == 2 ? 0xffd88a : 0x18202e, 1);
        round_box (cr, LAMP_X - 20, neck + 70 + 150.0f * (float) i, 22, 40, 9);
        cairo_fill (cr);
    }
    ink (cr, 0x2a1d1a, 1);
    round_box (cr, LAMP_X - 26, base - 92, 44, 92, 18);
    cairo_fill (cr);
}

static void
draw_lantern (cairo_t *cr)
{
    static const Stop iron[] = { { 0, 0x6c7786 }, { 0.4f, 0x394454 }, { 1, 0x141b28 } };
    static const Stop dome[] = { { 0, 0xa8564a }, { 0.45f, 0x7c2f30 }, { 1, 0x2c1220 } };

    quad (cr, (float[]){ LAMP_X - 50, LAMP_Y + 94, LAMP_X + 50, LAMP_Y + 94, LAMP_X + 76, LAMP_Y + 62, LAMP_X - 76,
                         LAMP_Y + 62 });
    box (cr, LAMP_X - 80, LAMP_Y + 50, 160, 13);
    fill_across (cr, LAMP_X - 80, 0, LAMP_X + 80, 0, iron, 3);
    ink (cr, 0x222c3a, 1);
    for (int i = 0; i < 14; i++)
        line (cr, LAMP_X - 76 + 11.7f * (float) i, LAMP_Y + 50, LAMP_X - 76 + 11.7f * (float) i, LAMP_Y + 22, 2.4f);
    line (cr, LAMP_X - 78, LAMP_Y + 22, LAMP_X + 78, LAMP_Y + 22, 4);
    line (cr, LAMP_X - 78, LAMP_Y + 36, LAMP_X + 78, LAMP_Y + 36, 2);
    ink (cr, 0xffe3a4, 1);
    box (cr, LAMP_X - 42, LAMP_Y - 42, 84, 92);
    cairo_fill (cr);
    ink (cr, 0xffffff, 1);
    oval (cr, LAMP_X, LAMP_Y, 24, 34);
    cairo_fill (cr);
    ink (cr, 0x1c2533, 1);
    for (int i = 0; i < 5; i++)
        line (cr, LAMP_X - 42 + 21.0f * (float) i, LAMP_Y - 44, LAMP_X - 42 + 21.0f * (float) i, LAMP_Y + 50, 3.4f);
    line (cr, LAMP_X - 42, LAMP_Y + 8, LAMP_X + 42, LAMP_Y + 8, 2.6f);
    curve_through (cr,
                   (float[]){ LAMP_X - 56, LAMP_Y - 42, LAMP_X - 46, LAMP_Y - 74, LAMP_X, LAMP_Y - 98, LAMP_X + 46,
                              LAMP_Y - 74, LAMP_X + 56, LAMP_Y - 42 },
                   5, true);
    fill_across (cr, LAMP_X - 50, 0, LAMP_X + 56, 0, dome, 3);
    ink (cr, 0x1a1420, 1);
    disc (cr, LAMP_X, LAMP_Y - 102, 10);
    cairo_fill (cr);
    line (cr, LAMP_X, LAMP_Y - 104, LAMP_X, LAMP_Y - 160, 4);
}

static void
draw_house (cairo_t *cr)
{
    static const Stop wall[] = { { 0, 0x8995a6 }, { 1, 0x3a4558 } };
    static const Stop roof[] = { { 0, 0x6a3a36 }, { 1, 0x2a1a22 } };
    float x = 1090, base = rock_top (1300) + 12;

    box (cr, x, base - 110, 230, 112);
    fill_across (cr, x, 0, x + 230, 0, wall, 2);
    quad (cr, (float[]){ x - 18, base - 106, x + 248, base - 106, x + 206, base - 176, x + 24, base - 176 });
    fill_down (cr, base - 176, base - 106, roof, 2);
    ink (cr, 0x3a2a2c, 1);
    box (cr, x + 160, base - 206, 26, 46);
    cairo_fill (cr);
    for (int i = 0; i < 3; i++) {
        ink (cr, i == 1 ? 0x1a2230 : 0xffcf7a, 1);
        box (cr, x + 26 + 70.0f * (float) i, base - 82, i == 1 ? 34 : 42, i == 1 ? 84 : 42);
        cairo_fill (cr);
    }
    ink (cr, 0x2c3444, 1);
    for (int i = 0; i < 3; i += 2) {
        float wx = x + 47 + 70.0f * (float) i;

        line (cr, wx, base - 82, wx, base - 40, 3);
        line (cr, wx - 21, base - 61, wx + 21, base - 61, 3);
    }
}

/* The keeper on the path with a hand lamp; the steps he has gone for years. */
static void
draw_keeper (cairo_t *cr)
{
    Person keeper = { .x = 742,
                      .y = rock_top (742) + 10,
                      .size = 118,
                      .turn = 1,
                      .lean = 0.2f,
                      .stride = 0.7f,
                      .left_arm = 0.05f,
                      .right_arm = 0.22f,
                      .bend = 0.2f,
                      .light = 1,
                      .coat = 0x2b3342,
                      .legs = 0x171c26,
                      .shoes = 0x0e1118,
                      .skin = 0x8a6048,
                      .hair = 0x6a6866,
                      .hat = 0x20262f,
                      .headwear = HAT_CAP };

    draw_person (cr, &keeper);
    ink (cr, 0xffe0a0, 1);
    disc (cr, 776, keeper.y - 44, 6);
    cairo_fill (cr);
    ink (cr, 0x161c28, 1);
    for (int i = 0; i < 11; i++) { /* a rail along the steps */
        float x = 640 + 22.0f * (float) i;

        line (cr, x, rock_top (x) + 4, x, rock_top (x) - 30, 3);
        if (i < 10)
            line (cr, x, rock_top (x) - 30, x + 22, rock_top (x + 22) - 30, 2.4f);
    }
}

static void
draw_lights (Image *image)
{
    Layer *layer = layer_new (W, H);
    float house = rock_top (1300) + 12;

    glow (layer->cr, LAMP_X, LAMP_Y, 330, hex (0xffdc98), 0.85f);
    glow (layer->cr, LAMP_X, LAMP_Y, 110, hex (0xfff4d8), 1);
    glow (layer->cr, 1137, house - 60, 120, hex (0xffb45e), 0.55f);
    glow (layer->cr, 1277, house - 60, 110, hex (0xffb45e), 0.5f);
    glow (layer->cr, 776, rock_top (742) - 34, 95, hex (0xffc878), 0.8f);
    for (int i = 0; i < 9; i++) /* the last ferry, far out */
        glow (layer->cr, 262 + 9.0f * (float) i, HORIZON - 5 - (i > 1 && i < 7 ? 6.0f : 0), 9,
              hex (i % 4 == 3 ? 0xff9a6a : 0xffe9b8), 1);
    for (int i = 0; i < 40; i++)
        glow (layer->cr, 20 + 17.0f * (float) i * (1 + 0.1f * sinf ((float) i)), HORIZON - 1, 3.5f, hex (0xffd9a0),
              i * 7 % 5 < 2 ? 0.7f : 0.25f);
    layer_add (image, layer, 0.9f);
    layer_free (layer);
}

Image *
paint_lighthouse (void)
{
    Image *image = image_new (W, H);
    Layer *layer = layer_new (W, H);

    image_shade (image, 0, (int) HORIZON, sky_at, NULL);
    image_shade (image, (int) HORIZON, H, sea_at, image);
    draw_tower (layer->cr);
    draw_house (layer->cr);
    layer_rim (layer, -3, -2, hex (0xe9d6b8), 0.35f);
    layer_lay (image, layer, 1);
    draw_rock (image);
    draw_surf (image);
    draw_keeper (layer->cr);
    draw_lantern (layer->cr);
    layer_lay (image, layer, 1);
    draw_lights (image);
    layer_free (layer);
    bloom (image, 0.85f, 34, 0.45f);
    vignette (image, 0.3f);
    grade (image, 1.05f, 0.98f, (Rgb){ 0, 0.004f, 0.014f }, (Rgb){ 0.01f, 0.002f, -0.01f });
    grain (image, 0.02f, 1804);
    return image;
}
