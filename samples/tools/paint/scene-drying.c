/* scene-drying.c — fish drying by the sea on a bright day of north wind. */
#include "paint.h"

#include <math.h>

#define W 2100
#define H 1400
#define HORIZON 560.0f
#define GROUND 690.0f /* where the drying ground begins */

static Rgb
sky_at (float x, float y, const void *scene)
{
    static const Stop down[] = { { 0, 0x4a8abc }, { 0.5f, 0x8cbad4 }, { 0.85f, 0xd2e2e0 }, { 1, 0xf2e6cc } };
    Rgb sky = ramp (down, 4, y / HORIZON);
    float sun = expf (-sqrtf ((x - 1900) * (x - 1900) + (y - 130) * (y - 130)) / 520.0f),
          bend = fbm (x / 900.0f, y / 400.0f, 3, 8);
    float wisps = fbm ((x + y * 0.8f) / 520.0f + bend, (y - x * 0.12f) / 62.0f + bend * 2, 6, 14);

    (void) scene;
    sky = mix (sky, hex (0xfff8ec), 0.8f * smooth (0.48f, 0.74f, wisps) * smooth (0.02f, 0.4f, 1.0f - y / HORIZON));
    return added (sky, scaled (hex (0xffe6b0), 0.75f * sun));
}

static Rgb
sea_at (float x, float y, const void *scene)
{
    static const Stop down[] = { { 0, 0x8ab6c4 }, { 0.4f, 0x3f86a0 }, { 1, 0x2f7288 } };
    float depth = y - HORIZON + 2, z = 70.0f / depth, wave = fbm (x * z / 30.0f, z * 40.0f, 4, 3),
          fine = fbm (x * z / 9.0f, z * 120.0f, 3, 9);
    float glitter = smooth (0.52f, 0.75f, fine) * expf (-fabsf (x - 1780) / 520.0f);

    (void) scene;
    return added (scaled (ramp (down, 3, depth / 150.0f), 0.8f + 0.4f * wave),
                  scaled (hex (0xfff0cc), 0.9f * glitter));
}

/* Trodden earth and grass, and a few stones of the old sea wall. */
static Rgb
ground_at (float x, float y, const void *scene)
{
    float depth = y - 470.0f, z = 260.0f / depth, u = (x - 1050) * z / 60.0f, v = z * 16.0f, soil = fbm (u, v, 5, 31),
          grass = fbm (u * 3 + 5, v * 3, 5, 47);
    Rgb c = scaled (mix (hex (0xa8906c), hex (0xdcc8a0), soil), 0.9f + 0.12f * noise2 (x / 2.6f, y / 2.2f, 3));

    (void) scene;
    c = mix (c, mix (hex (0x6f7f4a), hex (0xb0ae6a), soil), 0.85f * smooth (0.5f, 0.62f, grass));
    return mix (c, hex (0xe8dcc0), 0.35f * smooth (GROUND + 160, GROUND, y));
}

static void
draw_hill (Image *image)
{
    for (int x = 0; x < W; x++) {
        float slope = smooth (900, 60, (float) x),
              top = HORIZON - 10 - 190 * slope * (0.6f + 0.6f * fbm ((float) x / 260.0f, 2, 5, 71)) +
                    46 * smooth (0.16f, 0, slope);
        float shore = HORIZON + 16 + 130 * smooth (980, 820, (float) x + 60 * fbm ((float) x / 60.0f, 3, 3, 5));

        for (int y = (int) top; slope > 0 && y < (int) shore; y++) {
            float woods = fbm ((float) x / 14.0f, (float) y / 9.0f, 4, 6);

            *image_at (image, x, y) =
                mix (*image_at (image, x, y), mix (mix (hex (0x55744e), hex (0xa8a860), woods), hex (0xb8d0d0), 0.3f),
                     clamp01 ((float) y + 1 - top));
        }
    }
}

/* ---- the village ---- */

static void
draw_house (cairo_t *cr, float x, float y, float w, float h, uint32_t wall, int windows)
{
    static const Stop tiles[] = { { 0, 0x7c8288 }, { 1, 0x444a54 } };
    Rgb lime = hex (wall);

    ink_rgb (cr, lime, 1);
    box (cr, x, y - h, w, h);
    cairo_fill (cr);
    ink_rgb (cr, added (scaled (lime, 0.72f), (Rgb){ 0.02f, 0.03f, 0.06f }), 1); /* the gable in shade */
    quad (cr, (float[]){ x, y, x - w * 0.24f, y - h * 0.06f, x - w * 0.24f, y - h * 1.02f, x, y - h });
    quad (cr, (float[]){ x, y - h * 0.98f, x - w * 0.24f, y - h, x - w * 0.1f, y - h * 1.45f, x - w * 0.1f,
                         y - h * 1.4f });
    cairo_fill (cr);
    quad (cr, (float[]){ x - w * 0.02f, y - h * 0.97f, x + w * 1.03f, y - h * 0.97f, x + w * 0.93f, y - h * 1.46f,
                         x - w * 0.12f, y - h * 1.46f });
    fill_down (cr, y - h * 1.46f, y - h * 0.97f, tiles, 2);
    for (int i = 0; i < 12; i++) {
        ink (cr, 0x2c323c, 0.35f);
        line (cr, x + w * (0.02f + 0.082f * (float) i), y - h * 0.97f, x + w * (-0.08f + 0.082f * (float) i),
              y - h * 1.45f, 1.6f);
    }
    for (int i = 0; i < windows; i++) {
        ink (cr, 0x3a4450, 1);
        box (cr, x + w * (0.12f + 0.8f * (float) i / (float) windows), y - h * 0.72f, w * 0.36f / (float) windows,
             h * 0.32f);
        cairo_fill (cr);
    }
    ink (cr, 0x8a3a2c, 1);
    box (cr, x + w * 0.44f, y - h * 0.46f, w * 0.1f, h * 0.46f);
    cairo_fill (cr);
}

static void
draw_village (Image *image)
{
    static const struct {
        float x, y, w;
        uint32_t wall;
        int windows;
    } houses[] = {
        { 120, 500, 110, 0xe8e0cc, 2 }, { 300, 520, 130, 0xf0e6d0, 3 }, { 520, 548, 120, 0xd8d2c4, 2 },
        { 30, 580, 150, 0xf4ead6, 3 },  { 250, 604, 170, 0xe6d8bc, 3 }, { 480, 616, 150, 0xf2e8d6, 3 },
        { 660, 628, 130, 0xe0d6c2, 2 }, { 60, 690, 220, 0xefe4cc, 4 },  { 370, 694, 200, 0xe4dac4, 3 },
    };
    Layer *layer = layer_new (W, H);

    for (size_t i = 0; i < sizeof houses / sizeof houses[0]; i++)
        draw_house (layer->cr, houses[i].x, houses[i].y, houses[i].w, houses[i].w * 0.52f, houses[i].wall,
                    houses[i].windows);
    layer_haze (layer, hex (0xdfe6e0), 0.16f);
    layer_rim (layer, 2, -2, hex (0xfff2d0), 0.4f);
    layer_blur (layer, 1.1f);
    layer_lay (image, layer, 1);
    for (int i = 0; i < 2; i++) {
        draw_trawler (layer->cr, 1180 + 380.0f * (float) i, HORIZON + 34 + 10.0f * (float) i, 150 - 30.0f * (float) i,
                      i > 0, 0x2f5f78, NULL);
        layer_haze (layer, hex (0xc8dcdc), 0.25f);
    }
    layer_lay (image, layer, 1);
    layer_free (layer);
}

/* ---- fish ---- */

static const Stop CROAKER[] = { { 0, 0x8a6a34 }, { 0.3f, 0xd8b058 }, { 0.6f, 0xf6dc98 }, { 1, 0xfaeccc } };
static const Stop BREAM[] = { { 0, 0x5a6470 }, { 0.3f, 0x9aa4a8 }, { 0.55f, 0xf0ece0 }, { 1, 0xe8d8b8 } };
static const Stop AMBER[] = { { 0, 0x7a4a28 }, { 0.3f, 0xc88848 }, { 0.6f, 0xffd490 }, { 1, 0xd89c58 } };

static void
draw_tray (cairo_t *cr, float x, float y, float r, float squash, Dice *dice)
{
    static const Stop cane[] = { { 0, 0x9a7038 }, { 0.5f, 0xd8b070 }, { 1, 0xf2dca8 } };
    oval (cr, x, y, r, r * squash);
    fill_across (cr, x - r, 0, x + r, 0, cane, 3);
    ink (cr, 0xb48a4e, 1);
    oval (cr, x, y - r * 0.02f, r * 0.94f, r * 0.94f * squash);
    cairo_fill (cr);
    cairo_save (cr);
    oval (cr, x, y - r * 0.02f, r * 0.94f, r * 0.94f * squash);
    cairo_clip (cr);
    for (int i = -14; i <= 14; i++) { /* the weave */
        float o = (float) i * r / 14.0f;

        ink (cr, i % 2 ? 0xd8b478 : 0x7a5828, 0.42f);
        line (cr, x + o - r, y - r * squash, x + o + r, y + r * squash, r * 0.02f);
        line (cr, x + o + r, y - r * squash, x + o - r, y + r * squash, r * 0.02f);
    }
    cairo_restore (cr);
    bool silver = roll (dice) < 0.35f;
    float turn = roll_between (dice, -0.25f, 0.25f);
    for (int j = -3; j <= 3; j++)
        for (int i = -1; i <= 1; i++) { /* rows of three, heads one way */
            float u = 0.56f * (float) i + 0.2f * (float) (j % 2) + roll_between (dice, -0.02f, 0.02f),
                  v = 0.235f * (float) j;
            float px = u * cosf (turn) - v * sinf (turn), py = u * sinf (turn) + v * cosf (turn);

            if (u * u * 1.1f + v * v < 0.62f)
                draw_fish (cr, x + px * r, y + py * r * squash, r * 0.56f, turn + roll_between (dice, -0.05f, 0.05f),
                           squash * 1.45f, silver ? BREAM : CROAKER, 4);
        }
}

static void
draw_trays (Image *image)
{
    Layer *layer = layer_new (W, H), *shadow = layer_new (W, H);
    Dice dice = { 4 };

    for (int row = 0; row < 5; row++) {
        float z = 1.0f / (3.4f - 0.56f * (float) row), r = 330.0f * z, y = 640 + 720.0f * z,
              squash = 0.36f + 0.03f * (float) row, step = r * 2.25f;

        for (int i = -9; i <= 9; i++) {
            float x = 1130 + ((float) i + 0.5f * (float) (row % 2)) * step + roll_between (&dice, -0.06f, 0.06f) * r;

            if (x < -r || x > W + r)
                continue;
            ink (shadow->cr, 0x3a2c20, 0.75f);
            oval (shadow->cr, x - r * 0.14f, y + r * 0.13f, r * 1.02f, r * squash * 1.02f);
            cairo_fill (shadow->cr);
            draw_tray (layer->cr, x, y, r, squash, &dice);
        }
        layer_blur (shadow, 3.0f + 2.0f * (float) row);
        layer_lay (image, shadow, 0.75f);
        layer_rim (layer, 2.5f, -2, hex (0xfff0c8), 0.5f);
        layer_blur (layer, row == 4 ? 1.8f : 0.5f);
        layer_lay (image, layer, 1);
    }
    layer_free (shadow);
    layer_free (layer);
}

/* Eels on poles: the low sun shines through them. */
static void
draw_hung_fish (cairo_t *cr, float x, float y, float s, float sway, Dice *dice)
{
    float length = s * roll_between (dice, 0.88f, 1.1f), swing = sway / s;

    ink (cr, 0x4a3a2c, 1);
    line (cr, x, y, x + sway * 0.1f, y + s * 0.1f, s * 0.016f);
    draw_fish (cr, x + sway * 0.5f, y + s * 0.08f + length * 0.5f, length, -1.5708f - swing * 0.9f, 1, AMBER, 4);
}

static void
draw_rack (cairo_t *cr, float x0, float y0, float x1, float y1, float s0, float s1, Dice *dice)
{
    ink (cr, 0x7a5a34, 1);
    for (int i = 0; i < 4; i++) {
        float t = (float) i / 3.0f, x = fmixf (x0, x1, t), y = fmixf (y0, y1, t), s = fmixf (s0, s1, t);

        line (cr, x - s * 0.3f, y + s * 1.75f, x + s * 0.06f, y - s * 0.1f, s * 0.05f);
        line (cr, x + s * 0.3f, y + s * 1.75f, x - s * 0.06f, y - s * 0.1f, s * 0.05f);
    }
    for (int i = 0; i < 26; i++) {
        float t = ((float) i + 0.5f) / 26.0f, s = fmixf (s0, s1, t);

        draw_hung_fish (cr, fmixf (x0, x1, t), fmixf (y0, y1, t), s, -s * roll_between (dice, 0.05f, 0.22f), dice);
    }
    static const Stop bamboo[] = { { 0, 0xe8cc90 }, { 1, 0x8a6a38 } };
    quad (cr, (float[]){ x0 - 20, y0 - s0 * 0.035f, x1 + 20, y1 - s1 * 0.035f, x1 + 20, y1 + s1 * 0.035f, x0 - 20,
                         y0 + s0 * 0.035f });
    fill_down (cr, fminf (y0, y1) - 8, fmaxf (y0, y1) + 8, bamboo, 2);
}

static void
draw_racks (Image *image)
{
    static const float racks[][6] = { { 900, 640, 1640, 628, 74, 66 },
                                      { 1020, 664, 1980, 648, 100, 92 },
                                      { 1240, 700, 2260, 676, 142, 132 } };
    Layer *layer = layer_new (W, H), *shadow = layer_new (W, H);
    Dice dice = { 9 };

    for (int i = 0; i < 3; i++) {
        const float *k = racks[i];

        ink (shadow->cr, 0x4a3c2c, 0.7f);
        for (int n = 0; n < 26; n++) {
            float t = ((float) n + 0.5f) / 26.0f, s = fmixf (k[4], k[5], t), x = fmixf (k[0], k[2], t),
                  y = fmixf (k[1], k[3], t) + s * 1.72f;

            taper (shadow->cr, x - s * 0.3f, y + s * 0.05f, s * 0.14f, x - s * 1.15f, y + s * 0.3f, s * 0.1f);
        }
        layer_blur (shadow, 4);
        layer_lay (image, shadow, 0.6f);
        draw_rack (layer->cr, k[0], k[1], k[2], k[3], k[4], k[5], &dice);
        layer_rim (layer, 2, -1, hex (0xfff0c8), 0.6f);
        layer_haze (layer, hex (0xe8e0cc), 0.22f - 0.1f * (float) i);
        layer_lay (image, layer, 1);
    }
    layer_free (shadow);
    layer_free (layer);
}

static void
draw_people (Image *image, bool near)
{
    static const Person people[] = {
        { .x = 800,
          .y = 838,
          .size = 190,
          .turn = 1,
          .lean = 0.5f,
          .stride = 0.5f,
          .left_arm = 0.2f,
          .right_arm = 0.3f,
          .bend = 0.2f,
          .light = 1,
          .coat = 0xb8434a,
          .legs = 0x3a4456,
          .shoes = 0x2a2422,
          .skin = 0xcf9872,
          .hair = 0x241c1a,
          .hat = 0xe8c880,
          .headwear = HAT_STRAW },
        { .x = 985,
          .y = 812,
          .size = 176,
          .turn = -1,
          .lean = -0.3f,
          .stride = 0.2f,
          .left_arm = 0.1f,
          .right_arm = 0.4f,
          .bend = 0.4f,
          .light = 1,
          .coat = 0x3f7590,
          .legs = 0x2c3038,
          .shoes = 0x2a2422,
          .skin = 0xcf9872,
          .hair = 0xb8b4ac,
          .hat = 0x4a5a6a,
          .headwear = HAT_CAP },
        { .x = 360,
          .y = 1130,
          .size = 470,
          .turn = 1,
          .lean = 0.62f,
          .stride = 0.35f,
          .left_arm = 0.16f,
          .right_arm = 0.22f,
          .bend = 0.35f,
          .light = 1,
          .coat = 0x4f7a5c,
          .legs = 0x33405a,
          .shoes = 0x241f1e,
          .skin = 0xcf9872,
          .hair = 0x241c1a,
          .hat = 0xeaca84,
          .headwear = HAT_STRAW },
    };
    Layer *layer = layer_new (W, H);

    for (int i = near ? 2 : 0; i < (near ? 3 : 2); i++) {
        ink (layer->cr, 0x3a2c20, 0.5f);
        oval (layer->cr, people[i].x - people[i].size * 0.32f, people[i].y + people[i].size * 0.03f,
              people[i].size * 0.42f, people[i].size * 0.045f);
        cairo_fill (layer->cr);
    }
    layer_blur (layer, near ? 7 : 3);
    layer_lay (image, layer, 0.8f);
    for (int i = near ? 2 : 0; i < (near ? 3 : 2); i++)
        draw_person (layer->cr, people + i);
    layer_shade (layer, near ? -7.0f : -3.0f, 3, hex (0x50506c), 0.5f);
    layer_rim (layer, near ? 5.0f : 2.0f, near ? -4.0f : -2.0f, hex (0xfff0cc), 0.65f);
    layer_lay (image, layer, 1);
    layer_free (layer);
}

Image *
paint_drying (void)
{
    Image *image = image_new (W, H);

    image_shade (image, 0, (int) HORIZON, sky_at, NULL);
    image_shade (image, (int) HORIZON, (int) GROUND + 10, sea_at, NULL);
    draw_hill (image);
    draw_village (image);
    image_shade (image, (int) GROUND, H, ground_at, NULL);
    draw_racks (image);
    draw_people (image, false);
    draw_trays (image);
    draw_people (image, true);
    bloom (image, 0.88f, 36, 0.4f);
    vary_light (image, 480, 0.12f, 17);
    vignette (image, 0.28f);
    grade (image, 1.05f, 0.94f, (Rgb){ 0.002f, 0.0f, 0.01f }, (Rgb){ 0.016f, 0.006f, -0.014f });
    grain (image, 0.01f, 2006);
    return image;
}
