/* figures.c — people and gulls by their outlines, at any size.
 *
 * A person is built in shares of the own height, y up from the feet, about seven heads tall. Limbs are tapering
 * strokes shaded across like cylinders, so that a figure has a lit and a dark side wherever the light comes from. */
#include "paint.h"

#include <math.h>

/* The colour of cloth across a round form: dark away from the light, light towards it. */
static void
cloth (cairo_t *cr, float x0, float y0, float x1, float y1, uint32_t colour, float light)
{
    Rgb base = hex (colour), dark = scaled (base, 0.5f), lit = mix (base, hex (0xfff0dc), 0.2f);
    cairo_pattern_t *round = cairo_pattern_create_linear ((double) x0, (double) y0, (double) x1, (double) y1);
    Rgb left = light < 0 ? lit : dark, right = light < 0 ? dark : lit;

    cairo_pattern_add_color_stop_rgb (round, 0, (double) left.r, (double) left.g, (double) left.b);
    cairo_pattern_add_color_stop_rgb (round, 0.5, (double) base.r, (double) base.g, (double) base.b);
    cairo_pattern_add_color_stop_rgb (round, 1, (double) right.r, (double) right.g, (double) right.b);
    cairo_set_source (cr, round);
    cairo_pattern_destroy (round);
}

static void
limb (cairo_t *cr, const float from[3], const float to[3], uint32_t colour, float light)
{
    float half = fmaxf (from[2], to[2]) * 0.5f, mx = (from[0] + to[0]) * 0.5f, my = (from[1] + to[1]) * 0.5f;
    float along = atan2f (to[1] - from[1], to[0] - from[0]), nx = fabsf (sinf (along)),
          ny = -cosf (along) * (sinf (along) < 0 ? -1.0f : 1.0f);

    cloth (cr, mx - nx * half, my - ny * half, mx + nx * half, my + ny * half, colour, light);
    taper (cr, from[0], from[1], from[2], to[0], to[1], to[2]);
}

static void
draw_legs (cairo_t *cr, const Person *p)
{
    for (int side = -1; side <= 1; side += 2) {
        float s = (float) side, hip = s * (p->turn != 0 ? 0.015f : 0.052f), step = s * p->stride * 0.13f;
        float spread = p->turn != 0 ? step : s * 0.058f + step * 0.2f,
              lift = p->stride > 0 && side < 0 ? 0.02f * p->stride : 0;
        float knee = (hip + spread) * 0.5f + (p->turn != 0 ? p->turn * 0.02f : 0);

        limb (cr, (float[]){ hip, 0.47f, 0.11f }, (float[]){ knee, 0.27f, 0.088f }, p->legs, p->light);
        limb (cr, (float[]){ knee, 0.27f, 0.086f }, (float[]){ spread, 0.06f + lift, 0.068f }, p->legs, p->light);
        ink (cr, p->shoes, 1);
        oval (cr, spread + p->turn * 0.022f, 0.022f + lift, p->turn != 0 ? 0.058f : 0.04f, 0.026f);
        cairo_fill (cr);
    }
}

/* `raise`: 0 hanging, 0.5 level, 1 up; the forearm bends on by `bend`. */
static void
draw_arm (cairo_t *cr, const Person *p, float side, float raise, float neck)
{
    float a = raise * 3.0f + 0.1f, b = a + p->bend * (raise > 0.05f ? 0.9f : 0.25f),
          out = p->turn != 0 ? p->turn : side;
    float sx = neck + (p->turn != 0 ? side * 0.035f : side * 0.108f), sy = 0.772f;
    float ex = sx + out * sinf (a) * 0.15f, ey = sy - cosf (a) * 0.15f, hx = ex + out * sinf (b) * 0.15f,
          hy = ey - cosf (b) * 0.15f;

    limb (cr, (float[]){ sx, sy, 0.084f }, (float[]){ ex, ey, 0.066f }, p->coat, p->light);
    limb (cr, (float[]){ ex, ey, 0.066f }, (float[]){ hx, hy, 0.05f }, p->coat, p->light);
    limb (cr, (float[]){ hx, hy, 0.04f }, (float[]){ hx + out * sinf (b) * 0.03f, hy - cosf (b) * 0.03f, 0.034f },
          p->skin, p->light);
}

static void
draw_torso (cairo_t *cr, const Person *p, float neck)
{
    float wide = p->turn != 0 ? 0.72f : 1.0f;
    const float outline[] = {
        -0.112f * wide,       0.43f,  -0.106f * wide,       0.56f,  neck - 0.125f * wide, 0.7f,
        neck - 0.128f * wide, 0.775f, neck - 0.06f * wide,  0.822f, neck + 0.06f * wide,  0.822f,
        neck + 0.128f * wide, 0.775f, neck + 0.125f * wide, 0.7f,   0.106f * wide,        0.56f,
        0.112f * wide,        0.43f,
    };

    cloth (cr, -0.125f * wide, 0.6f, 0.125f * wide, 0.6f, p->coat, p->light);
    curve_through (cr, outline, 10, true);
    cairo_fill_preserve (cr);
    cairo_save (cr);
    cairo_clip (cr);
    ink (cr, 0x000000, 0.2f); /* folds, hem, the seam of the back */
    for (int i = 0; i < 4; i++)
        taper (cr, (-0.09f + 0.06f * (float) i) * wide, 0.44f, 0.004f, (-0.07f + 0.05f * (float) i) * wide,
               0.54f + 0.03f * (float) (i % 2), 0.012f);
    line (cr, -0.13f, 0.452f, 0.13f, 0.452f, 0.006f);
    if (p->vest) {
        ink (cr, 0xe9edd8, 0.92f);
        line (cr, -0.2f, 0.555f, 0.2f, 0.555f, 0.026f);
        line (cr, neck - 0.075f * wide, 0.45f, neck - 0.07f * wide, 0.85f, 0.022f);
        line (cr, neck + 0.075f * wide, 0.45f, neck + 0.07f * wide, 0.85f, 0.022f);
    }
    cairo_restore (cr);
}

static void
draw_headwear (cairo_t *cr, const Person *p, float x)
{
    static const float crown[] = { -0.062f, 0.925f, -0.06f, 0.97f, -0.03f, 1.0f,
                                   0.03f,   1.0f,   0.06f,  0.97f, 0.062f, 0.925f };

    cairo_save (cr);
    cairo_translate (cr, (double) x, 0);
    cloth (cr, -0.06f, 0, 0.06f, 0, p->hat, p->light);
    if (p->headwear == HAT_CAP) {
        curve_through (cr, crown, 6, true);
        cairo_fill (cr);
        if (p->turn != 0)
            taper (cr, p->turn * 0.03f, 0.932f, 0.022f, p->turn * 0.1f, 0.922f, 0.012f);
        else {
            ink (cr, 0x000000, 0.3f);
            line (cr, -0.055f, 0.932f, 0.055f, 0.932f, 0.012f);
        }
    } else if (p->headwear == HAT_STRAW) {
        oval (cr, 0, 0.945f, 0.125f, 0.024f);
        cairo_fill (cr);
        curve_through (cr, (float[]){ -0.06f, 0.945f, -0.045f, 0.985f, 0, 1.005f, 0.045f, 0.985f, 0.06f, 0.945f }, 5,
                       true);
        cairo_fill (cr);
        ink (cr, 0x000000, 0.25f);
        oval (cr, 0, 0.934f, 0.1f, 0.01f);
        cairo_fill (cr);
    }
    cairo_restore (cr);
}

static void
draw_head (cairo_t *cr, const Person *p, float neck)
{
    float x = neck + p->lean * 0.03f + p->turn * 0.012f, y = 0.914f;

    limb (cr, (float[]){ neck, 0.81f, 0.062f }, (float[]){ x, 0.88f, 0.056f }, p->skin, p->light);
    cloth (cr, x - 0.05f, y, x + 0.05f, y, p->skin, p->light);
    oval (cr, x, y, 0.05f, 0.066f);
    if (p->turn == 0) {
        oval (cr, x - 0.052f, y - 0.005f, 0.01f, 0.017f);
        oval (cr, x + 0.052f, y - 0.005f, 0.01f, 0.017f);
    } else {
        cairo_new_sub_path (cr);
        disc (cr, x + p->turn * 0.05f, y - 0.008f, 0.009f); /* the nose */
    }
    cairo_fill (cr);
    cloth (cr, x - 0.055f, y, x + 0.055f, y, p->hair, p->light);
    if (p->turn == 0) {
        oval (cr, x, y + 0.012f, 0.053f, 0.06f);
        if (p->headwear == HAIR_LONG)
            round_box (cr, x - 0.05f, y - 0.13f, 0.1f, 0.15f, 0.04f);
    } else {
        oval (cr, x - p->turn * 0.014f, y + 0.022f, 0.05f, 0.052f);
        if (p->headwear == HAIR_LONG)
            round_box (cr, x - p->turn * 0.03f - 0.032f, y - 0.12f, 0.06f, 0.14f, 0.028f);
    }
    cairo_fill (cr);
    if (p->headwear == HAT_CAP || p->headwear == HAT_STRAW)
        draw_headwear (cr, p, x);
}

void
draw_person (cairo_t *cr, const Person *p)
{
    float neck = p->lean * 0.12f;

    cairo_save (cr);
    cairo_translate (cr, (double) p->x, (double) p->y);
    cairo_scale (cr, (double) p->size, (double) -p->size);
    if (p->turn != 0)
        draw_arm (cr, p, -p->turn, p->left_arm, neck);
    draw_legs (cr, p);
    if (p->turn == 0) {
        draw_arm (cr, p, -1, p->left_arm, neck);
        draw_arm (cr, p, 1, p->right_arm, neck);
    }
    draw_torso (cr, p, neck);
    draw_head (cr, p, neck);
    if (p->turn != 0)
        draw_arm (cr, p, p->turn, p->right_arm, neck);
    cairo_restore (cr);
}

/* Wings as two bent strokes: `bank` lifts one side. */
void
draw_gull (cairo_t *cr, float x, float y, float span, float bank, uint32_t colour)
{
    float left_y = y - span * (0.16f + bank * 0.2f), right_y = y - span * (0.16f - bank * 0.2f);

    ink (cr, colour, 1);
    for (int side = -1; side <= 1; side += 2) {
        double tip_y = (double) (side < 0 ? left_y : right_y), s = (double) span * side;

        cairo_move_to (cr, (double) x, (double) (y - span * 0.02f));
        cairo_curve_to (cr, (double) x + s * 0.12, (double) (y - span * 0.2f), (double) x + s * 0.3,
                        tip_y - (double) span * 0.08, (double) x + s * 0.5, tip_y + (double) span * 0.05);
        cairo_curve_to (cr, (double) x + s * 0.3, tip_y + (double) span * 0.02, (double) x + s * 0.14,
                        (double) (y - span * 0.06f), (double) x, (double) (y + span * 0.04f));
        cairo_fill (cr);
    }
    oval (cr, x + span * 0.01f, y, span * 0.045f, span * 0.03f);
    cairo_fill (cr);
}
