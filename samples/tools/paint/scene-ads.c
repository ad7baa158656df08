/* scene-ads.c — the artwork of two advertisements, flat colours and few words. */
#include "paint.h"

#include <math.h>

static const char *const SONG = "Noto Serif CJK SC";
static const char *const KAI = "LXGW WenKai";
static const char *const HEI = "Noto Sans CJK SC";

static void
waves (cairo_t *cr, float width, float y, float bottom, float high, float length, float shift, uint32_t colour)
{
    ink (cr, colour, 1);
    cairo_move_to (cr, 0, (double) bottom);
    for (float x = 0; x <= width; x += 8)
        cairo_line_to (
            cr, (double) x,
            (double) (y + high * sinf ((x + shift) / length) + high * 0.5f * sinf ((x - shift) / (length * 0.37f))));
    cairo_line_to (cr, (double) width, (double) bottom);
    cairo_close_path (cr);
    cairo_fill (cr);
}

/* A house of the hillside: wall, roof, windows of which some are lit. */
static void
lamp_house (cairo_t *cr, float x, float y, float w, float h, int tone, Dice *dice)
{
    static const uint32_t walls[] = { 0xf3e4cb, 0xe9d2b0, 0xd9c7b4, 0xf0dcc2 },
                          roofs[] = { 0xb5533c, 0x9c4434, 0xc46a48, 0x84564a };
    int columns = (int) (w / 30.0f), rows = (int) (h / 44.0f);

    ink (cr, walls[tone % 4], 1);
    box (cr, x, y - h, w, h);
    cairo_fill (cr);
    ink (cr, 0x6a5a60, 0.16f);
    box (cr, x, y - h, w * 0.28f, h);
    cairo_fill (cr);
    ink (cr, roofs[(tone * 7 + 1) % 4], 1);
    quad (cr, (float[]){ x - 7, y - h, x + w + 7, y - h, x + w * 0.78f, y - h - w * 0.34f, x + w * 0.22f,
                         y - h - w * 0.34f });
    cairo_fill (cr);
    for (int j = 0; j < rows; j++)
        for (int i = 0; i < columns; i++) {
            bool lit = roll (dice) < 0.62f;

            ink (cr, lit ? 0xffc65a : 0x5d7480, 1);
            round_box (cr, x + (w - 30.0f * (float) columns) * 0.5f + 30.0f * (float) i + 8,
                       y - h + 16 + 44.0f * (float) j, 14, 22, 2);
            cairo_fill (cr);
        }
}

static void
draw_town (cairo_t *cr)
{
    static const struct {
        float x, y, w, h;
    } back[] = { { 1290, 560, 110, 130 }, { 1420, 540, 100, 170 }, { 1545, 530, 130, 140 },
                 { 1700, 520, 105, 190 }, { 1830, 535, 130, 150 }, { 1985, 545, 100, 130 } };
    static const struct {
        float x, y, w, h;
    } front[] = { { 1190, 622, 120, 110 }, { 1330, 630, 100, 150 }, { 1450, 634, 140, 120 }, { 1610, 634, 110, 170 },
                  { 1740, 634, 140, 120 }, { 1900, 630, 110, 150 }, { 2030, 624, 130, 110 } };
    Dice dice = { 3 };

    ink (cr, 0xbccfc8, 1);
    curve_through (cr, (float[]){ 1020, 640, 1240, 520, 1480, 400, 1760, 360, 2040, 430, 2400, 560, 2400, 650 }, 7,
                   false);
    cairo_line_to (cr, 1020, 650);
    cairo_fill (cr);
    ink (cr, 0x97b5b0, 1);
    curve_through (cr, (float[]){ 1100, 650, 1350, 560, 1640, 500, 1900, 500, 2130, 560, 2400, 600, 2400, 650 }, 7,
                   false);
    cairo_line_to (cr, 1100, 660);
    cairo_fill (cr);
    for (int i = 0; i < 6; i++)
        lamp_house (cr, back[i].x, back[i].y, back[i].w, back[i].h, i + 1, &dice);
    for (int i = 0; i < 7; i++)
        lamp_house (cr, front[i].x, front[i].y, front[i].w, front[i].h, i, &dice);
}

static void
draw_flat_lighthouse (cairo_t *cr, float x, float y)
{
    ink (cr, 0x4d6f78, 1);
    curve_through (cr, (float[]){ x - 210, y + 10, x - 110, y - 30, x, y - 46, x + 110, y - 34, x + 200, y + 10 }, 5,
                   false);
    cairo_close_path (cr);
    cairo_fill (cr);
    ink (cr, 0xfdf6e6, 1);
    quad (cr, (float[]){ x - 27, y - 40, x + 27, y - 40, x + 17, y - 262, x - 17, y - 262 });
    cairo_fill (cr);
    ink (cr, 0xb5473a, 1);
    for (int i = 0; i < 2; i++) {
        float a = 62.0f + 96.0f * (float) i, wa = 27 - 10 * (a - 40) / 222.0f + 0.3f, wb = 27 - 10 * (a + 8) / 222.0f;

        quad (cr, (float[]){ x - wa, y - a, x + wa, y - a, x + wb, y - a - 48, x - wb, y - a - 48 });
    }
    box (cr, x - 28, y - 272, 56, 10);
    curve_through (cr, (float[]){ x - 20, y - 308, x, y - 334, x + 20, y - 308 }, 3, false);
    cairo_close_path (cr);
    cairo_fill (cr);
    ink (cr, 0xffd878, 1);
    box (cr, x - 14, y - 308, 28, 37);
    cairo_fill (cr);
    for (int side = -1; side <= 1; side += 2) {
        cairo_pattern_t *ray = cairo_pattern_create_linear ((double) x, 0, (double) (x + (float) side * 620), 0);

        cairo_pattern_add_color_stop_rgba (ray, 0, 1, 0.87, 0.5, 0.75);
        cairo_pattern_add_color_stop_rgba (ray, 1, 1, 0.87, 0.5, 0);
        quad (cr, (float[]){ x + (float) side * 14, y - 296, x + (float) side * 14, y - 284, x + (float) side * 620,
                             y - 224, x + (float) side * 620, y - 330 });
        cairo_set_source (cr, ray);
        cairo_fill (cr);
        cairo_pattern_destroy (ray);
    }
}

static void
draw_flat_boat (cairo_t *cr, float x, float y, float s)
{
    ink (cr, 0x23404c, 1);
    cairo_move_to (cr, (double) (x - s), (double) (y - s * 0.28f));
    cairo_line_to (cr, (double) (x + s * 1.08f), (double) (y - s * 0.4f));
    cairo_curve_to (cr, (double) (x + s * 0.98f), (double) (y - s * 0.1f), (double) (x + s * 0.9f), (double) y,
                    (double) (x + s * 0.78f), (double) (y + s * 0.06f));
    cairo_line_to (cr, (double) (x - s * 0.84f), (double) (y + s * 0.06f));
    cairo_close_path (cr);
    cairo_fill (cr);
    ink (cr, 0xfdf6e6, 1);
    box (cr, x - s * 0.7f, y - s * 0.72f, s * 0.62f, s * 0.43f);
    cairo_fill (cr);
    ink (cr, 0xffc65a, 1);
    box (cr, x - s * 0.6f, y - s * 0.64f, s * 0.16f, s * 0.18f);
    box (cr, x - s * 0.35f, y - s * 0.64f, s * 0.16f, s * 0.18f);
    cairo_fill (cr);
    ink (cr, 0x23404c, 1);
    line (cr, x + s * 0.2f, y - s * 0.34f, x + s * 0.2f, y - s * 1.25f, s * 0.045f);
    line (cr, x + s * 0.2f, y - s * 1.2f, x + s * 1.04f, y - s * 0.4f, s * 0.02f);
    line (cr, x + s * 0.2f, y - s * 1.2f, x - s * 0.92f, y - s * 0.3f, s * 0.02f);
    ink (cr, 0xb5473a, 1);
    quad (cr, (float[]){ x + s * 0.2f, y - s * 1.26f, x + s * 0.2f, y - s * 1.04f, x - s * 0.1f, y - s * 1.12f,
                         x - s * 0.04f, y - s * 1.2f });
    cairo_fill (cr);
}

static void
lamp_words (cairo_t *cr)
{
    ink (cr, 0xb5382a, 1);
    words (cr, HEI, true, 34, 132, 150, "汐 州 公 益");
    box (cr, 134, 176, 74, 6);
    cairo_fill (cr);
    ink (cr, 0x1d3f4c, 1);
    words (cr, SONG, true, 118, 124, 336, "灯亮着，");
    words (cr, SONG, true, 118, 124, 486, "家就不远。");
    ink (cr, 0x35525c, 1);
    words (cr, KAI, false, 37, 132, 568, "向夜航的船员、守塔的人、凌晨的码头工人道一声：平安。");
    ink (cr, 0xf3ead8, 1);
    words (cr, HEI, false, 30, 132, 786, "汐州日报社　宣");
}

Image *
paint_lamp_ad (void)
{
    const int width = 2400, height = 832;
    static const Stop evening[] = { { 0, 0xfaf4e6 }, { 0.55f, 0xf8ead2 }, { 1, 0xf4d9b8 } };
    Image *image = image_new (width, height);
    Layer *layer = layer_new (width, height);
    cairo_t *cr = layer->cr;

    box (cr, 0, 0, (float) width, (float) height);
    fill_down (cr, 0, 640, evening, 3);
    ink (cr, 0xee9a5c, 1);
    disc (cr, 2010, 226, 96);
    cairo_fill (cr);
    for (int i = 0; i < 5; i++) {
        ink (cr, 0xfaf0dd, 1);
        round_box (cr, 1810 + 66.0f * (float) (i % 3), 190 + 26.0f * (float) i, 330 - 40.0f * (float) i, 9, 4.5f);
        cairo_fill (cr);
    }
    draw_town (cr);
    draw_flat_lighthouse (cr, 2215, 640);
    waves (cr, (float) width, 628, (float) height, 7, 150, 0, 0x5d949c);
    for (int i = 0; i < 46; i++) { /* the town's lamps in the water */
        ink (cr, 0xffd88a, 0.55f);
        round_box (cr, 1180 + 22.0f * (float) (i % 45), 652 + 9.0f * (float) (i * 7 % 9), 16 + 3.0f * (float) (i % 4),
                   4, 2);
        cairo_fill (cr);
    }
    waves (cr, (float) width, 684, (float) height, 10, 210, 300, 0x3f7a86);
    draw_flat_boat (cr, 800, 748, 96);
    waves (cr, (float) width, 734, (float) height, 9, 180, 900, 0x2a5f6e);
    for (int i = 0; i < 30; i++) {
        ink (cr, 0xd7e4e0, 0.5f);
        line (cr, 620 + 61.0f * (float) i, 760 + 19.0f * (float) (i * 5 % 4), 650 + 61.0f * (float) i,
              760 + 19.0f * (float) (i * 5 % 4), 2.6f);
    }
    lamp_words (cr);
    layer_over (image, layer, 1);
    layer_free (layer);
    vary_light (image, 300, 0.03f, 4);
    return image;
}

/* ---- the bookshop ---- */

static void
draw_book (cairo_t *cr, float x, float y, float w, float h, uint32_t colour, const char *title)
{
    Rgb c = hex (colour);

    ink (cr, 0xf7efdd, 1);
    box (cr, x + 14, y + 7, w - 22, h - 14);
    cairo_fill (cr);
    for (int i = 1; i < 5; i++) {
        ink (cr, 0xc8b894, 0.8f);
        line (cr, x + w - 60, y + 7 + (h - 14) * 0.2f * (float) i, x + w - 9, y + 7 + (h - 14) * 0.2f * (float) i,
              1.4f);
    }
    ink_rgb (cr, c, 1);
    round_box (cr, x, y, w - 60, h, 7);
    box (cr, x + w - 90, y, 84, 7);
    box (cr, x + w - 90, y + h - 7, 84, 7);
    cairo_fill (cr);
    ink_rgb (cr, scaled (c, 0.72f), 1);
    box (cr, x + 26, y, 8, h);
    box (cr, x + w - 110, y, 8, h);
    cairo_fill (cr);
    ink (cr, 0xf9f0da, 0.95f);
    words (cr, SONG, true, h * 0.46f, x + 56, y + h * 0.66f, title);
}

/* A boat folded from a printed page, on the top of the pile as on a sea. */
static void
draw_paper_boat (cairo_t *cr, float x, float y, float s)
{
    ink (cr, 0xe9dcc0, 1);
    quad (cr,
          (float[]){ x - s * 0.34f, y - s * 0.3f, x, y - s * 0.86f, x + s * 0.06f, y - s * 0.3f, x, y - s * 0.2f });
    cairo_fill (cr);
    ink (cr, 0xfffaee, 1);
    quad (cr,
          (float[]){ x + s * 0.34f, y - s * 0.3f, x, y - s * 0.86f, x - s * 0.02f, y - s * 0.3f, x, y - s * 0.2f });
    cairo_fill (cr);
    ink (cr, 0xfff6e4, 1);
    quad (cr, (float[]){ x - s, y - s * 0.42f, x, y - s * 0.24f, x + s * 0.1f, y, x - s * 0.52f, y });
    cairo_fill (cr);
    ink (cr, 0xf1e6cc, 1);
    quad (cr, (float[]){ x + s, y - s * 0.42f, x, y - s * 0.24f, x - s * 0.1f, y, x + s * 0.52f, y });
    cairo_fill (cr);
    for (int i = 0; i < 6; i++) {
        float t = (float) i / 6.0f;

        ink (cr, 0x9a8a70, 0.55f);
        line (cr, x - s * (0.86f - 0.3f * t), y - s * (0.34f - 0.3f * t), x - s * 0.1f, y - s * (0.2f - 0.17f * t),
              2.2f);
        line (cr, x + s * (0.06f + 0.02f * t), y - s * (0.66f - 0.32f * t), x + s * (0.1f + 0.17f * t),
              y - s * (0.62f - 0.29f * t), 2.2f);
    }
}

static void
bookshop_words (cairo_t *cr)
{
    ink (cr, 0xa6372b, 1);
    round_box (cr, 104, 96, 292, 66, 6);
    cairo_fill (cr);
    ink (cr, 0xfdf6e6, 1);
    words (cr, HEI, true, 38, 132, 143, "岁末书市");
    words (cr, HEI, true, 38, 300, 143, "来了");
    ink (cr, 0x23303a, 1);
    words (cr, SONG, true, 116, 96, 340, "天冷了，");
    words (cr, SONG, true, 116, 96, 490, "回书里坐坐。");
    ink (cr, 0x4a4038, 1);
    words (cr, KAI, false, 44, 104, 596, "11月22日—12月7日");
    words (cr, KAI, false, 44, 104, 662, "旧书一元起　新书七五折");
    words (cr, KAI, false, 44, 104, 728, "满百元，送姜茶一壶");
    ink (cr, 0x23303a, 1);
    words (cr, SONG, true, 62, 104, 1130, "望潮书局");
    ink (cr, 0x6a5e50, 1);
    words (cr, HEI, false, 32, 104, 1188, "船灯路36号　每日9时至22时");
}

Image *
paint_bookshop_ad (void)
{
    static const struct {
        float x, w, h;
        uint32_t colour;
        const char *title;
    } pile[] = {
        { 900, 760, 104, 0x2f5d6c, "潮水简史" },       { 960, 640, 86, 0xb8573a, "渔歌三百首" },
        { 880, 720, 112, 0x4f6b4a, "灯塔看守人日记" }, { 990, 600, 78, 0xd09a3e, "在海边种番薯" },
        { 930, 690, 96, 0x7a3f4a, "汐州旧街巷" },
    };
    const int width = 1800, height = 1290;
    Image *image = image_new (width, height);
    Layer *layer = layer_new (width, height);
    cairo_t *cr = layer->cr;
    float y = 1180;

    ink (cr, 0xf7efdf, 1);
    box (cr, 0, 0, (float) width, (float) height);
    cairo_fill (cr);
    ink (cr, 0xe3c48c, 1);
    disc (cr, 1330, 480, 330);
    cairo_fill (cr);
    for (int i = 0; i < 40; i++) {
        ink (cr, 0xffffff, 0.95f);
        disc (cr, 860 + hash2 (i, 1, 5) * 860, 90 + hash2 (i, 2, 5) * 560, 4 + 6 * hash2 (i, 3, 5));
        cairo_fill (cr);
    }
    ink (cr, 0xd9c7a4, 1);
    oval (cr, 1280, 1188, 460, 22);
    cairo_fill (cr);
    for (int i = 0; i < 5; i++) {
        y -= pile[i].h;
        draw_book (cr, pile[i].x, y, pile[i].w, pile[i].h - 6, pile[i].colour, pile[i].title);
    }
    for (int i = 0; i < 3; i++) {
        ink (cr, 0x7fa8ac, 0.8f);
        cairo_set_line_width (cr, 6);
        cairo_move_to (cr, 1010 + 40.0 * i, (double) y - 10 - 16 * i);
        for (int k = 0; k < 40; k++)
            cairo_line_to (cr, 1010 + 40.0 * i + 13.0 * k, (double) y - 10 - 16 * i + 6 * sin (k * 0.75));
        cairo_stroke (cr);
    }
    draw_paper_boat (cr, 1290, y - 34, 230);
    bookshop_words (cr);
    layer_over (image, layer, 1);
    layer_free (layer);
    vary_light (image, 260, 0.03f, 8);
    return image;
}
