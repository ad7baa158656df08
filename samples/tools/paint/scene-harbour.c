/* scene-harbour.c — boats coming home to a fishing harbour at daybreak. */
#include "paint.h"

#include <math.h>

#define W 2100
#define H 1400
#define HORIZON 660.0f
#define SUN_X 1385.0f
#define SUN_Y 598.0f

static Rgb
clear_sky (float x, float y)
{
    static const Stop down[] = { { 0.0f, 0x22405f },  { 0.3f, 0x4d6d8c },  { 0.58f, 0x9d9aa3 },
                                 { 0.78f, 0xe2b08c }, { 0.92f, 0xf7c384 }, { 1.0f, 0xffce8a } };
    float dx = (x - SUN_X) / 1.35f, d = sqrtf (dx * dx + (y - SUN_Y) * (y - SUN_Y));
    Rgb sky = ramp (down, 6, y / HORIZON);

    sky = mix (sky, hex (0x5a6f8c), 0.35f * smooth (500, 1700, fabsf (x - SUN_X)) * smooth (0.2f, 0.9f, y / HORIZON));
    sky = added (sky, scaled (hex (0xff9a42), 0.42f * expf (-d / 240.0f)));
    return added (sky, scaled (hex (0xffd9a0), 0.34f * expf (-d / 75.0f)));
}

static float
cloud_cover (float x, float y)
{
    float perspective = 90.0f + 130.0f * (1.0f - y / HORIZON); /* bands close up towards the horizon */
    float u = x / (perspective * 4.2f), v = y / perspective;
    float wave = fbm (u * 0.7f + 3.1f, v * 0.7f, 3, 71);

    return fbm (u + wave * 1.1f, v + wave * 0.7f, 6, 5);
}

static Rgb
sky_at (float x, float y, const void *scene)
{
    Rgb sky = clear_sky (x, y);
    float cover = cloud_cover (x, y), toward = cloud_cover (x + (SUN_X - x) * 0.02f, y + 16.0f);
    float mass = smooth (0.47f, 0.68f, cover) * smooth (0, 130, HORIZON - y) * 0.93f;
    float lit = clamp01 (0.34f + (cover - toward) * 5.0f), near = expf (-fabsf (x - SUN_X) / 800.0f);
    Rgb shade = mix (hex (0x4c5670), hex (0x7b7288), smooth (0.35f, 0.95f, y / HORIZON));
    Rgb light = mix (hex (0xc79a92), hex (0xffb46a), clamp01 (near * 0.75f + 0.35f * y / HORIZON));

    (void) scene;
    sky = mix (sky, mix (shade, light, lit), mass);
    return sky;
}

/* Hills behind one another; the farther, the more of the air's colour. */
static void
draw_hills (Image *image)
{
    static const struct {
        float base, high, scale;
        uint32_t colour;
        uint32_t seed;
    } ridges[] = {
        { 6, 92, 420, 0xb89a92, 3 },
        { 4, 66, 300, 0x8a7f88, 9 },
        { 0, 44, 200, 0x5c6272, 21 },
    };

    for (int i = 0; i < 3; i++)
        for (int x = 0; x < W; x++) {
            float rise = fbm ((float) x / ridges[i].scale, 0.5f, 5, ridges[i].seed),
                  away = fabsf ((float) x - SUN_X) / 1100.0f;
            float top = HORIZON - ridges[i].base -
                        ridges[i].high * powf (rise, 1.5f) * (0.35f + fminf (1.1f, away) * 1.1f) * 1.6f;
            Rgb air = mix (hex (ridges[i].colour), hex (0xf2a868), 0.55f * expf (-away * 2.4f));

            for (int y = (int) top; y < (int) HORIZON; y++)
                *image_at (image, x, y) =
                    mix (*image_at (image, x, y), mix (air, hex (0xe8b48e), 0.4f * smooth (top, HORIZON, (float) y)),
                         clamp01 ((float) y + 1.0f - top));
        }
}

static void
draw_crane (cairo_t *cr, float x, float foot, float size, float boom)
{
    float leg = size * 0.5f, out = size * 1.05f;

    ink (cr, 0x49505f, 1);
    for (int side = -1; side <= 1; side += 2) {
        line (cr, x + (float) side * size * 0.2f, foot, x + (float) side * size * 0.17f, foot - leg, size * 0.036f);
        line (cr, x + (float) side * size * 0.17f, foot - leg, x + (float) side * size * 0.02f, foot - size * 0.92f,
              size * 0.022f);
    }
    line (cr, x - size * 0.2f, foot - leg * 0.45f, x + size * 0.2f, foot - leg * 0.45f, size * 0.024f);
    line (cr, x - size * 0.19f, foot - leg * 0.05f, x + size * 0.19f, foot - leg * 0.45f, size * 0.012f);
    line (cr, x - size * 0.38f, foot - leg, x + size * 0.24f, foot - leg, size * 0.045f);
    box (cr, x - size * 0.3f, foot - leg - size * 0.1f, size * 0.16f, size * 0.08f);
    cairo_fill (cr);
    line (cr, x + size * 0.2f, foot - leg, x + size * 0.2f + out * cosf (boom), foot - leg - out * sinf (boom),
          size * 0.036f);
    line (cr, x, foot - size * 0.92f, x + size * 0.2f + out * 0.82f * cosf (boom),
          foot - leg - out * 0.82f * sinf (boom), size * 0.01f);
    line (cr, x, foot - size * 0.92f, x - size * 0.36f, foot - leg, size * 0.012f);
}

static void
draw_container_ship (cairo_t *cr, float x, float waterline, float length)
{
    static const uint32_t boxes[] = { 0x8a4a3f, 0x3f5f78, 0x6c6f5a, 0x9a6a3c, 0x46505f, 0x7a3f48 };
    Dice dice = { 99 };

    for (int i = 0; i < 15; i++) {
        int high = 2 + (int) (roll (&dice) * 4.0f);

        for (int j = 0; j < high; j++) {
            ink (cr, boxes[(int) (roll (&dice) * 5.99f)], 1);
            box (cr, x + length * (0.2f + 0.046f * (float) i), waterline - length * (0.095f + 0.023f * (float) j),
                 length * 0.043f, length * 0.021f);
            cairo_fill (cr);
        }
    }
    ink (cr, 0xa8a29c, 1);
    box (cr, x + length * 0.06f, waterline - length * 0.24f, length * 0.1f, length * 0.19f);
    cairo_fill (cr);
    ink (cr, 0x3f4a5c, 1);
    quad (cr, (float[]){ x + length * 0.03f, waterline, x, waterline - length * 0.075f, x + length,
                         waterline - length * 0.085f, x + length * 0.96f, waterline });
    cairo_fill (cr);
}

/* The mole with its lighthouse, the cranes of the port and a ship under them, all in the haze. */
static void
draw_port (Image *image)
{
    Layer *layer = layer_new (W, H);
    Rgb air = hex (0xe2a883);

    draw_container_ship (layer->cr, 60, HORIZON + 2, 520);
    for (int i = 0; i < 4; i++)
        draw_crane (layer->cr, 150 + 165.0f * (float) i, HORIZON, 250.0f - 14.0f * (float) i, i == 1 ? 1.0f : 0.05f);
    layer_haze (layer, air, 0.34f);
    layer_rim (layer, 3, -1, hex (0xffca8c), 0.55f);
    layer_blur (layer, 0.8f);
    layer_lay (image, layer, 1);
    ink (layer->cr, 0x4a4c5a, 1);
    quad (layer->cr, (float[]){ 1560, HORIZON + 1, 1590, HORIZON - 12, W, HORIZON - 17, W, HORIZON + 1 });
    cairo_fill (layer->cr);
    quad (layer->cr, (float[]){ 1598, HORIZON - 12, 1630, HORIZON - 12, 1624, HORIZON - 96, 1604, HORIZON - 96 });
    box (layer->cr, 1598, HORIZON - 102, 32, 7);
    box (layer->cr, 1606, HORIZON - 120, 16, 20);
    disc (layer->cr, 1614, HORIZON - 121, 8);
    cairo_fill (layer->cr);
    layer_haze (layer, air, 0.2f);
    layer_rim (layer, -3, -1, hex (0xffd29a), 0.7f);
    ink (layer->cr, 0xfff0c4, 1);
    disc (layer->cr, 1614, HORIZON - 110, 5);
    cairo_fill (layer->cr);
    layer_lay (image, layer, 1);
    layer_free (layer);
}

/* The disc itself comes after the water, whose waves would mirror it too sharply. */
static void
draw_sun (Image *image)
{
    for (int y = (int) SUN_Y - 45; y < (int) SUN_Y + 45; y++)
        for (int x = (int) SUN_X - 45; x < (int) SUN_X + 45; x++) {
            float d = sqrtf (((float) x - SUN_X) * ((float) x - SUN_X) + ((float) y - SUN_Y) * ((float) y - SUN_Y));
            Rgb *c = image_at (image, x, y);

            *c = mix (*c, (Rgb){ 1.45f, 1.3f, 1.0f }, smooth (41.0f, 38.0f, d));
        }
}

static void
draw_sparks (Image *image)
{
    Layer *layer = layer_new (W, H);
    Dice dice = { 41 };

    for (int i = 0; i < 70; i++) {
        float x = roll_between (&dice, 20, 900), y = HORIZON - roll_between (&dice, 4, 34);

        glow (layer->cr, x, y, roll_between (&dice, 5, 12), hex (0xffd79a), 0.85f);
    }
    glow (layer->cr, 1614, HORIZON - 110, 60, hex (0xffe6b0), 0.8f);
    layer_add (image, layer, 0.9f);
    layer_free (layer);
}

typedef struct {
    const char *number;
    float x, waterline, length;
    uint32_t hull;
    bool to_left;
} Boat;

static const Boat boats[] = {
    { NULL, 1180, 690, 120, 0x35465a, true },       { NULL, 1720, 700, 150, 0x3c4654, true },
    { NULL, 830, 716, 205, 0x2f4b5e, true },        { NULL, 1790, 762, 330, 0x2d4f55, true },
    { "汐渔0612", 190, 905, 830, 0x1f4f68, false },
};

static Layer *
boats_mirrored (void)
{
    Layer *mirror = layer_new (W, H);

    for (size_t i = 0; i < sizeof boats / sizeof boats[0]; i++) {
        const Boat *b = boats + i;

        cairo_save (mirror->cr);
        cairo_translate (mirror->cr, 0, 2.0 * (double) b->waterline);
        cairo_scale (mirror->cr, 1, -1);
        draw_trawler (mirror->cr, b->x, b->waterline, b->length, b->to_left, b->hull, NULL);
        cairo_restore (mirror->cr);
    }
    layer_haze (mirror, hex (0x1c2a38), 0.35f);
    cairo_surface_flush (mirror->surface);
    return mirror;
}

typedef struct {
    const Image *above;
    Layer *mirror;
} Water;

/* How far the waves throw the mirrored point, in pixels; waves shrink and crowd towards the horizon. */
static void
waves_at (float x, float y, float *dx, float *dy)
{
    float depth = y - HORIZON + 4.0f, z = 420.0f / depth;
    float u = (x - SUN_X * 0.8f) * z / 330.0f, v = z * 7.5f;
    float swell = fbm (u * 0.5f, v * 1.2f, 3, 31) - 0.5f,
          chop = fbm (u * 2.1f + swell * 2.0f, v * 4.6f, 4, 57) - 0.5f;
    float fine = fbm (u * 7.0f, v * 15.0f, 3, 83) - 0.5f;

    *dy = (swell * 70.0f + chop * 105.0f + fine * 38.0f) * (0.12f + depth / 640.0f);
    *dx = (chop * 34.0f + fine * 18.0f) * (0.06f + depth / 520.0f);
}

static Rgb
water_at (float x, float y, const void *scene)
{
    const Water *water = scene;
    float dx, dy, depth = y - HORIZON, bottom = depth / (H - HORIZON);
    Rgb sky, boat;

    waves_at (x, y, &dx, &dy);
    float source = HORIZON - depth * 0.86f + dy - 6.0f;
    sky = image_sample (water->above, x + dx, fminf (HORIZON - 2.0f, fabsf (source)));
    float face = smooth (10, 90, dy); /* faces turned to us show the deep */
    Rgb c = mix (sky, hex (0x16303f), 0.14f + 0.4f * bottom * bottom + 0.28f * face * (0.3f + bottom));
    float alpha = layer_alpha (water->mirror, x + dx * 0.6f, y + dy * 0.42f, &boat);
    c = added (scaled (c, 1.0f - alpha * 0.86f), scaled (boat, 0.86f));
    float path = expf (-fabsf (x - SUN_X) / (60.0f + depth * 0.34f));
    float glint = smooth (0.25f, 0.85f, -dy / (26.0f + depth * 0.1f)) * path * (1.0f - 0.8f * alpha);
    return added (c, scaled (hex (0xffc27a), glint * 0.9f));
}

static void
draw_wakes (Image *image)
{
    Layer *layer = layer_new (W, H);
    Dice dice = { 7 };

    for (size_t i = 0; i < sizeof boats / sizeof boats[0]; i++) {
        const Boat *b = boats + i;
        float bow = b->to_left ? b->x - b->length * 0.9f : b->x + b->length * 0.9f, way = b->to_left ? 1.0f : -1.0f;

        for (int k = 0; k < 150; k++) {
            float t = roll (&dice), spread = t * b->length * 0.05f;
            float x = bow + way * t * b->length * 1.25f,
                  y = b->waterline + roll_between (&dice, -0.3f, 1.0f) * spread + 2.0f;

            ink (layer->cr, 0xffe9cf, 0.32f * (1.0f - t));
            line (layer->cr, x, y, x + way * roll_between (&dice, 4, 26) * b->length / 500.0f, y,
                  1.0f + b->length / 420.0f);
        }
    }
    layer_blur (layer, 1.0f);
    layer_over (image, layer, 0.95f);
    layer_free (layer);
}

static void
draw_crew (cairo_t *cr, const Boat *b)
{
    static const struct {
        float at, up, turn, lean, arm;
        uint32_t coat;
        int hat;
    } crew[] = {
        { 0.4f, 0.075f, 1, 0.6f, 0.3f, 0xd9702a, HAT_CAP },
        { 0.56f, 0.07f, -1, 0.5f, 0.32f, 0x2c5a74, HAIR_SHORT },
        { 0.82f, 0.1f, 1, 0.1f, 0.8f, 0xd9702a, HAT_CAP },
        { 0.62f, 0.065f, 1, 0.1f, 0.1f, 0x5b6470, HAT_STRAW },
    };

    for (int i = 0; i < 4; i++) {
        Person p = { .x = b->x + b->length * crew[i].at,
                     .y = b->waterline - b->length * crew[i].up,
                     .size = b->length * 0.15f,
                     .turn = crew[i].turn,
                     .lean = crew[i].lean * crew[i].turn,
                     .stride = 0.3f,
                     .left_arm = 0.12f,
                     .right_arm = crew[i].arm,
                     .bend = 0.3f,
                     .light = 1,
                     .coat = crew[i].coat,
                     .legs = 0x2a3540,
                     .shoes = 0x181a1e,
                     .skin = 0x9a6c54,
                     .hair = 0x1d1a1c,
                     .hat = 0xb9a06a,
                     .headwear = crew[i].hat };

        draw_person (cr, &p);
    }
}

static void
draw_boats (Image *image)
{
    Layer *layer = layer_new (W, H);

    for (size_t i = 0; i < sizeof boats / sizeof boats[0]; i++) {
        const Boat *b = boats + i;
        float far = smooth (500, 100, b->length), east = b->x < SUN_X ? 1.0f : -1.0f;

        if (b->length > 500)
            draw_crew (layer->cr, b);
        draw_trawler (layer->cr, b->x, b->waterline, b->length, b->to_left, b->hull, b->number);
        layer_haze (layer, hex (0x1b2230), 0.34f * (1.0f - far)); /* against the light */
        layer_haze (layer, hex (0xdc9a72), 0.32f * far);
        layer_rim (layer, east * (1.5f + b->length / 260.0f), -2.0f - b->length / 400.0f, hex (0xffc98f), 0.8f);
        layer_lay (image, layer, 1);
    }
    layer_free (layer);
}

/* Those who wait on the quay, near and dark. */
static void
draw_quay_edge (cairo_t *cr)
{
    static const Stop stone[] = { { 0, 0x8a6a58 }, { 0.18f, 0x54474a }, { 0.55f, 0x2c2c34 }, { 1, 0x171a22 } };

    Dice dice = { 5 };

    cairo_move_to (cr, 1290, H);
    cairo_line_to (cr, 1420, 1262);
    cairo_line_to (cr, W, 1196);
    cairo_line_to (cr, W, H);
    fill_across (cr, 1500, 1225, 1522, H, stone, 4);
    ink (cr, 0x0b0d12, 1);
    cairo_move_to (cr, 1290, H);
    cairo_line_to (cr, 1420, 1262);
    cairo_line_to (cr, 1436, 1268);
    cairo_line_to (cr, 1330, H);
    cairo_fill (cr);
    for (int i = 0; i < 240; i++) { /* puddles and grit catch the sky */
        float y = roll_between (&dice, 1262, H), x = roll_between (&dice, 1420 - (y - 1262) * 0.6f, W);

        if (y < 1262 - (x - 1420) * 0.097f + 8)
            continue;
        ink (cr, i % 3 ? 0x0d0f15 : 0xd79a72, i % 3 ? 0.3f : 0.22f);
        line (cr, x, y, x + roll_between (&dice, 4, 34), y - 1, roll_between (&dice, 1.0f, 2.6f));
    }
    for (int i = 0; i < 6; i++) {
        ink (cr, 0x0c0e13, 0.6f);
        line (cr, 1440 + 130.0f * (float) i, 1262 - 14.0f * (float) i, 1400 + 150.0f * (float) i, H, 3);
    }
}

static void
draw_baskets (cairo_t *cr, float x, float y, float size, int high)
{
    for (int i = 0; i < high; i++) {
        static const Stop weave[] = { { 0, 0x2d5878 }, { 0.55f, 0x1c3850 }, { 1, 0x0f1f30 } };
        float top = y - size * 0.42f * (float) (i + 1);

        quad (cr, (float[]){ x + size * 0.05f, top + size * 0.4f, x, top, x + size, top, x + size * 0.95f,
                             top + size * 0.4f });
        fill_across (cr, x + size, 0, x, 0, weave, 3);
        for (int k = 1; k < 8; k++) {
            ink (cr, 0x08101a, 0.5f);
            line (cr, x + size * 0.125f * (float) k, top + size * 0.08f, x + size * 0.125f * (float) k,
                  top + size * 0.37f, size * 0.022f);
        }
        ink (cr, 0x7ea6bd, 0.9f);
        line (cr, x, top, x + size, top, size * 0.045f);
    }
}

static void
draw_bollard (cairo_t *cr, float x, float y)
{
    static const Stop iron[] = { { 0, 0x0e1014 }, { 0.6f, 0x2c2c30 }, { 1, 0x6b5648 } };

    box (cr, x - 22, y - 62, 44, 62);
    round_box (cr, x - 36, y - 84, 72, 30, 14);
    fill_across (cr, x - 36, 0, x + 36, 0, iron, 3);
    ink (cr, 0xa08460, 1);
    for (int i = 0; i < 3; i++)
        line (cr, x - 24, y - 20 - 11.0f * (float) i, x + 24, y - 16 - 11.0f * (float) i, 8);
    cairo_set_line_width (cr, 7);
    cairo_move_to (cr, (double) x - 22, (double) y - 30);
    cairo_curve_to (cr, (double) x - 120, (double) y + 10, (double) x - 190, (double) y + 30, (double) x - 205,
                    (double) y + 190);
    cairo_stroke (cr);
}

static void
draw_quay (Image *image)
{
    static const Person people[] = {
        { .x = 1822,
          .y = 1282,
          .size = 330,
          .stride = 0.1f,
          .left_arm = 0.74f,
          .right_arm = 0.03f,
          .bend = 0.25f,
          .light = -1,
          .coat = 0xc4562a,
          .legs = 0x1f2937,
          .shoes = 0x101216,
          .skin = 0x8a5f49,
          .hair = 0x17161a,
          .hat = 0xd8a43a,
          .headwear = HAT_CAP,
          .vest = true },
        { .x = 1982,
          .y = 1276,
          .size = 312,
          .lean = -0.1f,
          .left_arm = 0.03f,
          .right_arm = 0.05f,
          .bend = 0.9f,
          .light = -1,
          .coat = 0x35506a,
          .legs = 0x24262e,
          .shoes = 0x101216,
          .skin = 0x8a5f49,
          .hair = 0x17161a,
          .headwear = HAIR_LONG },
    };
    Layer *layer = layer_new (W, H);

    draw_quay_edge (layer->cr);
    layer_rim (layer, -2, -5, hex (0xffb87c), 0.7f);
    layer_lay (image, layer, 1);
    draw_bollard (layer->cr, 1560, 1270);
    draw_baskets (layer->cr, 1655, 1268, 96, 3);
    draw_baskets (layer->cr, 1742, 1276, 96, 2);
    draw_person (layer->cr, people);
    draw_person (layer->cr, people + 1);
    draw_baskets (layer->cr, 2010, 1300, 110, 3);
    layer_haze (layer, hex (0x121620), 0.38f);
    layer_rim (layer, -4, -3, hex (0xffc48a), 0.9f);
    layer_blur (layer, 0.8f);
    layer_over (image, layer, 1);
    layer_free (layer);
}

static void
draw_gulls (Image *image)
{
    static const float gulls[][4] = {
        { 1010, 500, 96, 0.5f },  { 1130, 430, 60, -0.3f }, { 905, 395, 74, 0.2f },   { 1235, 520, 46, 0.6f },
        { 640, 330, 52, -0.5f },  { 760, 268, 40, 0.3f },   { 1490, 395, 44, -0.2f }, { 1650, 330, 34, 0.4f },
        { 1555, 470, 30, -0.6f }, { 180, 520, 58, 0.4f },   { 330, 450, 36, -0.4f },  { 1130, 610, 110, -0.25f }
    };
    Layer *layer = layer_new (W, H);

    for (size_t i = 0; i < sizeof gulls / sizeof gulls[0]; i++)
        draw_gull (layer->cr, gulls[i][0], gulls[i][1], gulls[i][2], gulls[i][3], 0x4a4a57);
    layer_rim (layer, 2, 2, hex (0xffd9a8), 0.7f);
    layer_blur (layer, 0.6f);
    layer_over (image, layer, 0.92f);
    layer_free (layer);
}

Image *
paint_harbour (void)
{
    Image *image = image_new (W, H);
    Water water = { NULL, boats_mirrored () };

    image_shade (image, 0, (int) HORIZON, sky_at, NULL);
    draw_hills (image);
    draw_port (image);
    draw_sparks (image);
    water.above = image;
    image_shade (image, (int) HORIZON, H, water_at, &water);
    draw_sun (image);
    draw_wakes (image);
    draw_boats (image);
    draw_gulls (image);
    draw_quay (image);
    layer_free (water.mirror);
    bloom (image, 0.9f, 22, 0.5f);
    bloom (image, 1.0f, 80, 0.35f);
    vignette (image, 0.34f);
    grade (image, 1.08f, 1.06f, (Rgb){ -0.005f, 0.002f, 0.016f }, (Rgb){ 0.01f, 0.002f, -0.01f });
    grain (image, 0.024f, 1201);
    return image;
}
