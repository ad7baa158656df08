/* scene-edition.c — the pictures of the four-page edition: a bridge at dusk, a tea hill, a bus in the morning. */
#include "paint.h"

#include <math.h>

#define W 1500
#define H 1000

/* ---- the bridge at dusk ---- */

#define WATER 640.0f

static Rgb
dusk_at (float x, float y, const void *scene)
{
    static const Stop down[] = { { 0.0f, 0x16284a }, { 0.35f, 0x3b4d78 }, { 0.62f, 0x8a6f8c }, { 0.82f, 0xdb8f6c }, { 1.0f, 0xf7c07a } };
    float cover = smooth (0.5f, 0.74f, fbm (x / 420.0f, y / 90.0f, 5, 17));
    Rgb sky = ramp (down, 5, y / WATER);

    (void) scene;
    return mix (sky, mix (hex (0x5a4a66), hex (0xf0a070), smooth (0.3f, 1.0f, y / WATER)), 0.55f * cover);
}

static Rgb
river_at (float x, float y, const void *scene)
{
    float depth = (y - WATER) / (H - WATER), wave = fbm (x / (30.0f + 160.0f * depth), y / (4.0f + 26.0f * depth), 4, 41);
    Rgb sky = dusk_at (x + (wave - 0.5f) * 60.0f, WATER - (y - WATER) * 1.35f, scene);

    return mix (scaled (sky, 0.82f), hex (0x14203a), 0.2f + 0.5f * depth + 0.3f * (wave - 0.5f));
}

static void
draw_far_shore (Image *image)
{
    Layer *layer = layer_new (W, H);
    Dice dice = { 5 };

    for (float x = -10; x < W; ) {
        float width = roll_between (&dice, 26, 80), high = roll_between (&dice, 18, 110) * (0.5f + 0.5f * sinf (x / 260.0f) * sinf (x / 260.0f));

        ink (layer->cr, 0x39405a, 1);
        box (layer->cr, x, WATER - high, width, high + 2);
        cairo_fill (layer->cr);
        for (int i = 0; i < 8; i++) {
            ink (layer->cr, 0xffd890, 0.75f);
            box (layer->cr, x + roll_between (&dice, 3, width - 5), WATER - roll_between (&dice, 4, high), 2.4f, 2.6f);
            cairo_fill (layer->cr);
        }
        x += width + roll_between (&dice, 0, 14);
    }
    layer_blur (layer, 0.8f);
    layer_lay (image, layer, 1);
    layer_free (layer);
}

static void
draw_tower (cairo_t *cr, float x, float deck, float high)
{
    ink (cr, 0x1a1f30, 1);
    taper (cr, x - 22, WATER + 40, 17, x - 5, deck - high, 9);
    taper (cr, x + 22, WATER + 40, 17, x + 5, deck - high, 9);
    box (cr, x - 20, deck + 8, 40, 12);
    cairo_fill (cr);
    for (int i = 1; i <= 13; i++) {
        float top = deck - high + 14.0f * (float) i, reach = 30.0f + 27.0f * (float) (14 - i);

        for (int side = -1; side <= 1; side += 2)
            line (cr, x, top, x + (float) side * reach, deck, 1.7f);
    }
}

static void
draw_bridge (Image *image)
{
    Layer *layer = layer_new (W, H), *lamps = layer_new (W, H);
    float deck = WATER - 74;

    draw_tower (layer->cr, 430, deck, 330);
    draw_tower (layer->cr, 1080, deck, 330);
    ink (layer->cr, 0x161a29, 1);
    box (layer->cr, -5, deck - 2, W + 10, 14);
    cairo_fill (layer->cr);
    for (int i = 0; i < 4; i++) {
        box (layer->cr, 130.0f + 420.0f * (float) i, deck + 8, 15, 90);
        cairo_fill (layer->cr);
    }
    layer_rim (layer, 0, -2, hex (0xffb070), 0.5f);
    layer_lay (image, layer, 1);
    for (float x = 12; x < W; x += 46) {
        glow (lamps->cr, x, deck - 12, 24, hex (0xffd080), 0.9f);
        glow (lamps->cr, x, WATER + 60, 15, hex (0xffb060), 0.28f);
        glow (lamps->cr, x, WATER + 110, 22, hex (0xffa050), 0.16f);
    }
    layer_add (image, lamps, 0.95f);
    layer_free (layer);
    layer_free (lamps);
}

Image *
paint_bridge (void)
{
    Image *image = image_new (W, H);
    Layer *boat = layer_new (W, H);

    image_shade (image, 0, (int) WATER, dusk_at, NULL);
    image_shade (image, (int) WATER, H, river_at, NULL);
    draw_far_shore (image);
    draw_bridge (image);
    draw_trawler (boat->cr, 690, 806, 210, true, 0x27384f, "汐渔 0817");
    layer_lay (image, boat, 1);
    layer_free (boat);
    bloom (image, 0.86f, 9, 0.5f);
    vignette (image, 0.25f);
    grain (image, 0.02f, 3);
    return image;
}

/* ---- the tea hill ---- */

static Rgb
morning_at (float x, float y, const void *scene)
{
    static const Stop down[] = { { 0.0f, 0x8fb4c9 }, { 0.5f, 0xc7d8d2 }, { 1.0f, 0xf2e8cc } };
    float mist = smooth (0.42f, 0.8f, fbm (x / 380.0f, y / 110.0f, 5, 8));

    (void) scene;
    return mix (ramp (down, 3, y / 430.0f), hex (0xfdf8ea), 0.5f * mist);
}

/* The hill's rows of bushes: lit at their upper edge, dark between. */
static Rgb
bushes_at (float x, float y, const void *scene)
{
    float depth = (y - 380.0f) / (H - 380.0f), bend = 90.0f * sinf (x / 420.0f + 0.6f) + 34.0f * sinf (x / 170.0f);
    float pitch = 16.0f + 62.0f * depth, row = (y + bend * (0.35f + 0.65f * depth)) / pitch;
    float across = row - floorf (row), leaf = fbm (x / (5.0f + 9.0f * depth), y / (5.0f + 7.0f * depth), 4, 33);
    Rgb lit = mix (hex (0x9db757), hex (0x6f9a3c), depth), dark = mix (hex (0x50713a), hex (0x243f1e), depth);
    Rgb green = mix (lit, dark, smooth (0.18f, 0.86f, across));

    (void) scene;
    green = mix (green, hex (0x6a5638), 0.75f * smooth (0.84f, 0.97f, across));
    green = scaled (green, 0.72f + 0.6f * leaf);
    return mix (green, hex (0xe8e4cc), 0.4f * (1.0f - smooth (0.0f, 0.35f, depth)));
}

static void
draw_ridges (Image *image)
{
    for (int i = 0; i < 3; i++)
        for (int x = 0; x < W; x++) {
            float top = 300.0f + 44.0f * (float) i - 120.0f * fbm ((float) x / (380.0f - 60.0f * (float) i), 0.4f, 5, 60u + (uint32_t) i);
            Rgb air = mix (hex (0xaec3c4), hex (0x7f9f86), 0.3f + 0.3f * (float) i);

            for (int y = (int) top; y < 440; y++)
                *image_at (image, x, y) = mix (air, hex (0xf0ead2), smooth (top, 440, (float) y) * 0.8f);
        }
}

static void
draw_pickers (Image *image)
{
    static const Person pickers[] = {
        { .x = 470, .y = 700, .size = 205, .turn = 0.8f, .lean = 0.5f, .left_arm = 0.25f, .right_arm = 0.35f, .bend = 0.5f, .light = 1,
          .coat = 0xa63f3a, .legs = 0x39445a, .shoes = 0x2a2a2a, .skin = 0xd2a27c, .hair = 0x1d1a1a, .hat = 0xd9bf7e, .headwear = HAT_STRAW },
        { .x = 690, .y = 640, .size = 150, .turn = -0.6f, .lean = 0.35f, .left_arm = 0.4f, .right_arm = 0.2f, .bend = 0.4f, .light = 1,
          .coat = 0x3f6f8f, .legs = 0x2f3542, .shoes = 0x2a2a2a, .skin = 0xcf9f79, .hair = 0x1d1a1a, .hat = 0xe0c88a, .headwear = HAT_STRAW },
        { .x = 1080, .y = 790, .size = 250, .turn = -0.9f, .lean = 0.3f, .left_arm = 0.45f, .right_arm = 0.3f, .bend = 0.6f, .light = -1,
          .coat = 0xe6dcc8, .legs = 0x4a4f3a, .shoes = 0x2a2a2a, .skin = 0xd6a680, .hair = 0x1d1a1a, .hat = 0xcdb06c, .headwear = HAT_STRAW },
    };
    Layer *layer = layer_new (W, H);

    for (size_t i = 0; i < sizeof pickers / sizeof pickers[0]; i++) {
        const Person *person = &pickers[i];

        draw_person (layer->cr, person);
        ink (layer->cr, 0xb48a4e, 1); /* the basket */
        oval (layer->cr, person->x + person->turn * -0.16f * person->size, person->y - 0.52f * person->size, 0.1f * person->size, 0.13f * person->size);
        cairo_fill (layer->cr);
    }
    layer_rim (layer, 2, -2, hex (0xfff0c8), 0.4f);
    layer_lay (image, layer, 1);
    layer_free (layer);
}

/* Rows in front of the pickers hide their feet. */
static void
cover_feet (Image *image, const Image *hill)
{
    for (int y = 600; y < H; y++)
        for (int x = 0; x < W; x++) {
            float hide = (x < 580 ? smooth (640, 662, (float) y) : x < 860 ? smooth (592, 610, (float) y) : smooth (716, 742, (float) y));

            *image_at (image, x, y) = mix (*image_at (image, x, y), image_sample (hill, (float) x, (float) y), hide);
        }
}

Image *
paint_tea (void)
{
    Image *image = image_new (W, H), *hill = image_new (W, H);

    image_shade (image, 0, 440, morning_at, NULL);
    draw_ridges (image);
    image_shade (image, 400, H, bushes_at, NULL);
    image_shade (hill, 400, H, bushes_at, NULL);
    draw_pickers (image);
    cover_feet (image, hill);
    image_free (hill);
    vary_light (image, 500, 0.12f, 9);
    vignette (image, 0.16f);
    grain (image, 0.018f, 5);
    return image;
}

/* ---- the bus in the morning ---- */

static Rgb
street_at (float x, float y, const void *scene)
{
    static const Stop down[] = { { 0.0f, 0x9ec0dc }, { 0.6f, 0xd9e3e4 }, { 1.0f, 0xf3e6c8 } };

    (void) scene;
    if (y < 640)
        return ramp (down, 3, y / 640.0f);
    return scaled (mix (hex (0x8e8c88), hex (0x5c5b5c), (y - 640) / 360.0f), 0.9f + 0.2f * fbm (x / 9.0f, y / 4.0f, 3, 12));
}

static void
draw_houses (Image *image)
{
    static const uint32_t walls[] = { 0xc9b49a, 0xb98f78, 0xd8cdb8, 0xa7a9a0, 0xc2a27e };
    Layer *layer = layer_new (W, H);
    Dice dice = { 31 };
    int n = 0;

    for (float x = -20; x < W; n++) {
        float width = roll_between (&dice, 150, 250), high = roll_between (&dice, 300, 470), top = 640 - high;

        ink (layer->cr, walls[n % 5], 1);
        box (layer->cr, x, top, width, high);
        cairo_fill (layer->cr);
        for (float y = top + 34; y < 540; y += 66)
            for (float at = x + 22; at + 30 < x + width; at += 52) {
                ink (layer->cr, roll (&dice) < 0.25f ? 0xffe2a0 : 0x5d6c78, 1);
                box (layer->cr, at, y, 28, 38);
                cairo_fill (layer->cr);
            }
        ink (layer->cr, 0x6b4a3c, 1);
        box (layer->cr, x + 12, 566, width - 24, 74);
        cairo_fill (layer->cr);
        x += width + 4;
    }
    layer_blur (layer, 1.6f);
    layer_haze (layer, hex (0xeee2c8), 0.32f);
    layer_lay (image, layer, 1);
    layer_free (layer);
}

static void
draw_bus (cairo_t *cr)
{
    static const Stop body[] = { { 0.0f, 0x4fa3a0 }, { 0.5f, 0x2f8583 }, { 1.0f, 0x1f5f60 } };

    fill_down (cr, 430, 760, body, 3);
    round_box (cr, 420, 420, 820, 340, 26);
    cairo_fill (cr);
    ink (cr, 0xf4f1e6, 1);
    box (cr, 420, 652, 820, 26);
    cairo_fill (cr);
    for (int i = 0; i < 6; i++) {
        static const Stop glass[] = { { 0.0f, 0xcfe6ee }, { 1.0f, 0x5f7f90 } };

        fill_down (cr, 470, 620, glass, 2);
        round_box (cr, 450.0f + 128.0f * (float) i, 466, 112, 150, 8);
        cairo_fill (cr);
    }
    ink (cr, 0x123b3c, 1);
    round_box (cr, 1090, 460, 66, 290, 6);
    cairo_fill (cr);
    ink (cr, 0xffc24a, 1);
    words (cr, "Noto Sans CJK SC", true, 40, 560, 456, "微循环 16 路");
    for (int i = 0; i < 2; i++) {
        ink (cr, 0x1b1b1d, 1);
        disc (cr, i == 0 ? 590.0f : 1040.0f, 764, 56);
        cairo_fill (cr);
        ink (cr, 0x9aa0a4, 1);
        disc (cr, i == 0 ? 590.0f : 1040.0f, 764, 26);
        cairo_fill (cr);
    }
    ink (cr, 0xfff2c0, 1);
    oval (cr, 1226, 712, 12, 18);
    cairo_fill (cr);
}

Image *
paint_bus (void)
{
    static const Person waiting[] = {
        { .x = 180, .y = 870, .size = 290, .turn = 0.9f, .left_arm = 0.2f, .right_arm = 0.1f, .bend = 0.6f, .light = 1, .coat = 0x7a4a5a, .legs = 0x2f3542,
          .shoes = 0x222222, .skin = 0xd6a680, .hair = 0x8a8a8a, .headwear = HAIR_LONG },
        { .x = 300, .y = 890, .size = 220, .turn = 0.6f, .left_arm = 0.5f, .right_arm = 0.2f, .bend = 0.3f, .light = 1, .coat = 0xe0b23c, .legs = 0x3c5a86,
          .shoes = 0xdddddd, .skin = 0xdcae88, .hair = 0x1d1a1a, .headwear = HAIR_SHORT },
        { .x = 1330, .y = 880, .size = 300, .turn = -0.7f, .stride = 0.6f, .left_arm = 0.3f, .right_arm = 0.3f, .bend = 0.5f, .light = -1, .coat = 0x3b4d66,
          .legs = 0x2a2d33, .shoes = 0x222222, .skin = 0xd2a27c, .hair = 0x1d1a1a, .headwear = HAT_CAP },
    };
    Image *image = image_new (W, H);
    Layer *layer = layer_new (W, H);

    image_shade (image, 0, H, street_at, NULL);
    draw_houses (image);
    ink (layer->cr, 0x2a2a2c, 0.5f); /* its shadow */
    oval (layer->cr, 830, 818, 440, 26);
    cairo_fill (layer->cr);
    layer_blur (layer, 9);
    layer_lay (image, layer, 1);
    draw_bus (layer->cr);
    layer_rim (layer, -2, -2, hex (0xfff0cc), 0.4f);
    layer_lay (image, layer, 1);
    for (size_t i = 0; i < sizeof waiting / sizeof waiting[0]; i++)
        draw_person (layer->cr, &waiting[i]);
    ink (layer->cr, 0x4a5058, 1); /* the stop */
    line (layer->cr, 80, 480, 80, 900, 9);
    ink (layer->cr, 0x2f6fb0, 1);
    round_box (layer->cr, 30, 470, 100, 66, 8);
    cairo_fill (layer->cr);
    ink (layer->cr, 0xffffff, 1);
    words (layer->cr, "Noto Sans CJK SC", true, 24, 44, 512, "盐仓街");
    layer_rim (layer, 2, -2, hex (0xfff0cc), 0.35f);
    layer_lay (image, layer, 1);
    layer_free (layer);
    vary_light (image, 600, 0.1f, 4);
    vignette (image, 0.18f);
    grain (image, 0.018f, 7);
    return image;
}
