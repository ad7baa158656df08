/* test-draw.c — what is drawn: the same bytes twice, text that comes back exactly, pictures passed through, previews in size. */
#include "draw/pictures.h"
#include "draw/sheet.h"
#include "fonts.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define SONG "Noto Serif CJK SC"
#define HEI "Noto Sans CJK SC"
#define KAI "LXGW WenKai"

#define BODY                                                                                                                           \
    "本报讯 清晨五点半，老码头的灯还亮着，“归航”的渔船一艘接一艘靠岸。码头管理员周渔说，今年春汛来得早，12天里卸鱼316吨，比去年同期多8.5%。" \
    "“天气好，人手也够，”他笑着说，“就是冰不够用。”"

typedef struct {
    BmType *type;
    char *folder;
    Sheet *sheet;
} World;

static int
set_up_type (void **state)
{
    World *world = g_new0 (World, 1);

    world->type = test_type ();
    if (world->type == NULL)
        print_message ("no fonts: the tests of text are skipped\n");
    world->folder = test_folder ();
    *state = world;
    return 0;
}

static int
tear_down_type (void **state)
{
    World *world = *state;

    test_folder_remove (world->folder);
    bm_type_free (world->type);
    g_free (world);
    return 0;
}

static Sheet *
start (World *world)
{
    if (world->type == NULL)
        skip ();
    world->sheet = sheet_new (world->type, 600, 400);
    return world->sheet;
}

/* Several faces, stretched and vertical lines, boxes. */
static void
fill (Sheet *sheet)
{
    sheet_text (sheet, SONG, 700, 30, 40, 60, 16, "kind=headline;nlines=1", "春汛早来，老码头彻夜不眠");
    sheet_text (sheet, SONG, 400, 10, 40, 100, 20, "style=news;fit=total", BODY);
    sheet_text (sheet, HEI, 700, 20, 40, 300, 20, "kind=headline;fill=12", "青岛湾开渔");
    sheet_text (sheet, SONG, 700, 20, 560, 40, 12, "kind=headline;nlines=2;dir=ttb", "渔港“冰荒”待解");
    sheet_box (sheet, BM_ELEM_RULE, 40, 70, 480, 0)->stroke = 0.5;
    BmElement *tint = sheet_box (sheet, BM_ELEM_TINT, 300, 90, 200, 100);
    tint->ink = "tint";
    BmElement *frame = sheet_box (sheet, BM_ELEM_FRAME, 300, 200, 200, 100);
    frame->stroke = 1;
    frame->ink = "red";
}

static GByteArray *
draw_pdf (Sheet *sheet, const BmDrawOptions *options)
{
    const BmPlan *plan = sheet_plan (sheet);
    GByteArray *bytes = bm_draw_pdf (&plan, 1, options, sheet->diags);

    for (int i = 0; i < bm_diags_total (sheet->diags); i++)
        print_message ("%s %s\n", bm_diags_get (sheet->diags, i)->code, bm_diags_get (sheet->diags, i)->message);
    assert_non_null (bytes);
    return bytes;
}

/* ---- the same bytes ---- */

static void
the_same_plan_gives_the_same_bytes (void **state)
{
    World *world = *state;
    const BmDrawOptions options = { .picture_root = world->folder };
    GByteArray *bytes[2][4];

    for (int i = 0; i < 2; i++) {
        Sheet *sheet = start (world);
        GByteArray *jpeg = test_jpeg (&(TestJpeg){ .width = 300, .height = 200, .components = 3 });

        test_write (world->folder, "twice.jpg", jpeg->data, jpeg->len);
        g_byte_array_unref (jpeg);
        fill (sheet);
        sheet_box (sheet, BM_ELEM_PHOTO, 300, 200, 200, 100)->file = "twice.jpg";
        sheet_box (sheet, BM_ELEM_PHOTO, 300, 310, 100, 50);
        const BmPlan *plan = sheet_plan (sheet);
        const BmDrawOptions gray = { .gray = true, .dpi = 96, .picture_root = world->folder };
        bytes[i][0] = draw_pdf (sheet, &options);
        bytes[i][1] = bm_draw_png (plan, &options, sheet->diags);
        bytes[i][2] = bm_draw_png (plan, &gray, sheet->diags);
        bytes[i][3] = bm_draw_svg (plan, &options, sheet->diags);
        sheet_free (sheet);
    }
    for (int k = 0; k < 4; k++) {
        assert_int_equal (bytes[0][k]->len, bytes[1][k]->len);
        assert_memory_equal (bytes[0][k]->data, bytes[1][k]->data, bytes[0][k]->len);
        g_byte_array_unref (bytes[0][k]);
        g_byte_array_unref (bytes[1][k]);
    }
}

static gssize
position (const GByteArray *bytes, const void *what, gsize length)
{
    for (gsize i = 0; i + length <= bytes->len; i++)
        if (memcmp (bytes->data + i, what, length) == 0)
            return (gssize) i;
    return -1;
}

static void
the_clock_is_not_in_the_file (void **state)
{
    static const char *const dates[][2] = {
        { "2019-05-12", "(2019-05-12T00:00:00Z)" }, { "2020-01-31T08:30:00+08:00", NULL }, { "十二月", "2000-01-01T00:00:00Z" }, { NULL, "2019" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (dates); i++) {
        Sheet *sheet = start (*state);
        const BmDrawOptions options = { .date = dates[i][0] };
        char *info;

        GByteArray *bytes = draw_pdf (sheet, &options);
        assert_true (position (bytes, "CreationDate", 12) >= 0);
        info = g_strndup ((const char *) bytes->data + position (bytes, "CreationDate", 12), 60);
        assert_non_null (strstr (info, i == 1 ? "20200131083000" : i == 2 ? "20000101000000" : "20190512000000"));
        g_free (info);
        g_byte_array_unref (bytes);
        sheet_free (sheet);
    }
}

/* ---- text comes back ---- */

/* The lines that a reader gets, in drawing order, without empty ones. */
static char **
read_back (const GByteArray *bytes, const char *option)
{
    char *text = run_on_bytes (bytes, "pdftotext", option, true);

    if (text == NULL) {
        print_message ("no pdftotext: skipped\n");
        skip ();
    }
    g_strdelimit (text, "\f", '\n');
    char **parts = g_strsplit (text, "\n", -1);
    GPtrArray *lines = g_ptr_array_new ();
    for (int i = 0; parts[i] != NULL; i++) {
        if (parts[i][0] != '\0')
            g_ptr_array_add (lines, parts[i]);
        else
            g_free (parts[i]);
    }
    g_free (parts);
    g_free (text);
    g_ptr_array_add (lines, NULL);
    return (char **) g_ptr_array_free (lines, FALSE);
}

static void
assert_lines_come_back (Sheet *sheet)
{
    GByteArray *bytes = draw_pdf (sheet, NULL);
    char **lines = read_back (bytes, "-raw");
    const BmPlan *plan = sheet_plan (sheet);
    int n = 0;

    for (int i = 0; i < plan->n_elements; i++)
        for (int k = 0; k < plan->elements[i].n_lines; k++, n++) {
            assert_non_null (lines[n]);
            assert_string_equal (lines[n], plan->elements[i].lines[k].text);
        }
    assert_null (lines[n]);
    g_strfreev (lines);
    g_byte_array_unref (bytes);
    sheet_free (sheet);
}

static void
body_lines_come_back_exactly (void **state)
{
    static const double measures[] = { 9, 12.5, 15, 21 };

    for (size_t i = 0; i < G_N_ELEMENTS (measures); i++) {
        Sheet *sheet = start (*state);

        sheet_text (sheet, SONG, 400, 10, 40, 60, measures[i], "style=news;fit=total", BODY);
        assert_lines_come_back (sheet);
    }
}

static void
letterspaced_heads_come_back_without_blanks (void **state)
{
    static const char *const fills[] = { "kind=headline;fill=6", "kind=headline;fill=7", "kind=headline;fill=9" };

    for (size_t i = 0; i < G_N_ELEMENTS (fills); i++) {
        Sheet *sheet = start (*state);

        sheet_text (sheet, SONG, 700, 30, 40, 60, 12, fills[i], "青岛湾开渔");
        assert_lines_come_back (sheet);
    }
}

static void
vertical_lines_come_back_as_lines (void **state)
{
    Sheet *sheet = start (*state);

    sheet_text (sheet, SONG, 700, 20, 500, 40, 12, "kind=headline;nlines=2;dir=ttb", "渔港“冰荒”有望年内缓解");
    sheet_text (sheet, SONG, 400, 10, 400, 40, 12, "style=news;dir=ttb", "老码头12日起试行夜间卸鱼，新冰库在8月建成，届时日产冰量可达150吨。");
    assert_lines_come_back (sheet);
}

static void
a_vertical_line_with_turned_words_comes_back (void **state)
{
    Sheet *sheet = start (*state);

    sheet_text (sheet, SONG, 400, 12, 400, 40, 24, "style=news;dir=ttb", "用上了4G网络和Wi-Fi的渔船");
    assert_lines_come_back (sheet);
}

/* A byline in Kai with an opened name, a line of two faces: gaps at their joints. */
static void
lines_of_several_faces_come_back (void **state)
{
    Sheet *sheet = start (*state);

    sheet_text (sheet, KAI, 400, 10, 40, 60, 20, "kind=byline", "□记者 周 渔 通讯员 于海生");
    BmElement *element = &g_array_index (sheet->elements, BmElement, 0);
    if (element->n_lines > 0)
        assert_lines_come_back (sheet);
}

static void
every_font_is_embedded_and_none_is_type_3 (void **state)
{
    Sheet *sheet = start (*state);

    fill (sheet);
    sheet_text (sheet, KAI, 400, 10, 40, 380, 20, "kind=byline", "□记者 周渔");
    GByteArray *bytes = draw_pdf (sheet, NULL);
    char *fonts = run_on_bytes (bytes, "pdffonts", NULL, false);
    if (fonts == NULL)
        skip ();
    char **rows = g_strsplit (fonts, "\n", -1);
    int n = 0;
    for (int i = 2; rows[i] != NULL && rows[i][0] != '\0'; i++, n++) {
        assert_null (strstr (rows[i], "Type 3"));
        assert_non_null (strstr (rows[i], " yes yes yes")); /* embedded, a subset, with a Unicode map */
    }
    assert_true (n >= 3);
    g_strfreev (rows);
    g_free (fonts);
    g_byte_array_unref (bytes);
    sheet_free (sheet);
}

/* ---- pictures ---- */

static BmElement *
add_photo (World *world, const char *file, double x)
{
    BmElement *photo = sheet_box (world->sheet, BM_ELEM_PHOTO, x, 50, 150, 100);

    photo->file = file;
    photo->ink = "grey";
    photo->stroke = 0.23;
    return photo;
}

static void
put_jpeg (World *world, const char *name, TestJpeg how, GByteArray **bytes)
{
    *bytes = test_jpeg (&how);
    test_write (world->folder, name, (*bytes)->data, (*bytes)->len);
}

static void
jpeg_bytes_pass_through_unchanged_and_once (void **state)
{
    static const int components[] = { 1, 3, 4 };
    World *world = *state;
    const BmDrawOptions options = { .picture_root = world->folder };

    for (int i = 0; i < 3; i++) {
        GByteArray *jpeg;

        start (world);
        put_jpeg (world, "a.jpg", (TestJpeg){ .width = 300, .height = 200, .components = components[i] }, &jpeg);
        add_photo (world, "a.jpg", 50);
        add_photo (world, "a.jpg", 300)->crop[0] = 0.25;
        GByteArray *pdf = draw_pdf (world->sheet, &options);
        gssize at = position (pdf, jpeg->data, jpeg->len);
        assert_true (at > 0);
        g_byte_array_remove_range (pdf, 0, (guint) at + 1);
        assert_true (position (pdf, jpeg->data, jpeg->len) < 0);
        g_byte_array_unref (pdf);
        g_byte_array_unref (jpeg);
        sheet_free (world->sheet);
    }
}

static void
cmyk_with_adobes_marker_is_turned_round (void **state)
{
    World *world = *state;
    const BmDrawOptions options = { .picture_root = world->folder };
    GByteArray *jpeg;

    start (world);
    put_jpeg (world, "a.jpg", (TestJpeg){ .width = 300, .height = 200, .components = 4, .adobe = true }, &jpeg);
    add_photo (world, "a.jpg", 50);
    GByteArray *pdf = draw_pdf (world->sheet, &options);
    assert_true (position (pdf, "DeviceCMYK", 10) > 0);
    assert_true (position (pdf, jpeg->data, jpeg->len) < 0);
    assert_true (position (pdf, "Adobe\0d", 7) < 0);
    g_byte_array_unref (pdf);
    g_byte_array_unref (jpeg);
    sheet_free (world->sheet);
}

static void
a_picture_that_cannot_be_opened_ends_the_drawing (void **state)
{
    World *world = *state;
    const BmDrawOptions options = { .picture_root = world->folder };

    start (world);
    add_photo (world, "absent.jpg", 50);
    const BmPlan *plan = sheet_plan (world->sheet);
    assert_null (bm_draw_pdf (&plan, 1, &options, world->sheet->diags));
    assert_null (bm_draw_png (plan, &options, world->sheet->diags));
    assert_null (bm_draw_svg (plan, &options, world->sheet->diags));
    assert_int_equal (bm_diags_count (world->sheet->diags, BM_ERROR), 3);
    assert_true (bm_diags_has (world->sheet->diags, "BM0703"));
    sheet_free (world->sheet);
}

/* ---- previews ---- */

typedef struct {
    int width, height, channels, per_metre;
    GByteArray *rows; /* with their filter bytes */
} Png;

static int
word (const guint8 *p)
{
    return p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

static Png
read_png (World *world, const GByteArray *bytes)
{
    Png png = { 0 };
    BmDiags *diags = bm_diags_new ();
    uint32_t *pixels;

    test_write (world->folder, "page.png", bytes->data, bytes->len);
    BmPictureFile *picture = bm_picture_open (world->folder, "page.png", BM_NOWHERE, diags); /* libpng checks every sum */
    assert_non_null (picture);
    pixels = bm_picture_pixels (picture, 1, &png.width, &png.height);
    png.rows = g_byte_array_append (g_byte_array_new (), (const guint8 *) pixels, (guint) (png.width * png.height * 4));
    png.channels = picture->components;
    gssize at = position (bytes, "pHYs", 4);
    assert_true (at > 0);
    png.per_metre = word (bytes->data + at + 4);
    assert_int_equal (word (bytes->data + at + 8), png.per_metre);
    assert_int_equal (bytes->data[at + 12], 1);
    g_free (pixels);
    bm_picture_free (picture);
    bm_diags_free (diags);
    return png;
}

static uint32_t
pixel (const Png *png, double x, double y, double dpi)
{
    int column = (int) (x * dpi / 72), row = (int) (y * dpi / 72);

    return ((const uint32_t *) (const void *) png->rows->data)[row * png->width + column];
}

static void
add_patches (World *world)
{
    Sheet *sheet = world->sheet;

    sheet_box (sheet, BM_ELEM_TINT, 50, 50, 100, 300)->ink = "red";
    sheet_box (sheet, BM_ELEM_TINT, 200, 50, 100, 300)->ink = "black";
    sheet_box (sheet, BM_ELEM_TINT, 220, 60, 20, 20)->ink = "paper";
    sheet_box (sheet, BM_ELEM_TINT, 350, 50, 100, 300)->ink = "tint";
}

static void
a_colour_preview_has_its_size_its_density_and_its_colours (void **state)
{
    static const double dpis[] = { 0, 72, 96, 300 };
    World *world = *state;

    for (size_t i = 0; i < G_N_ELEMENTS (dpis); i++) {
        const BmDrawOptions options = { .dpi = dpis[i] };
        double dpi = i == 0 ? 150 : dpis[i];

        world->sheet = sheet_new (NULL, 600, 400);
        add_patches (world);
        GByteArray *bytes = bm_draw_png (sheet_plan (world->sheet), &options, world->sheet->diags);
        Png png = read_png (world, bytes);
        assert_int_equal (png.width, lround (600 * dpi / 72));
        assert_int_equal (png.height, lround (400 * dpi / 72));
        assert_int_equal (png.channels, 3);
        assert_int_equal (png.per_metre, lround (dpi / 0.0254));
        assert_int_equal (pixel (&png, 10, 10, dpi), 0xffffff);
        assert_int_equal (pixel (&png, 210, 200, dpi), 0);
        assert_int_equal (pixel (&png, 230, 70, dpi), 0xffffff);
        uint32_t red = pixel (&png, 100, 345, dpi);
        assert_true (red >> 16 > 200 && (red >> 8 & 255) < 60 && (red & 255) < 60);
        g_byte_array_unref (png.rows);
        g_byte_array_unref (bytes);
        sheet_free (world->sheet);
    }
}

static void
a_page_without_colour_is_a_gray_preview (void **state)
{
    World *world = *state;
    const BmDrawOptions options = { .dpi = 72 };

    world->sheet = sheet_new (NULL, 600, 400);
    sheet_box (world->sheet, BM_ELEM_TINT, 50, 50, 100, 300)->ink = "tint";
    GByteArray *bytes = bm_draw_png (sheet_plan (world->sheet), &options, world->sheet->diags);
    Png png = read_png (world, bytes);
    assert_int_equal (png.channels, 1);
    assert_true (labs ((long) (pixel (&png, 100, 100, 72) & 255) - 237) <= 1);
    g_byte_array_unref (png.rows);
    g_byte_array_unref (bytes);
    sheet_free (world->sheet);
}

static void
a_gray_preview_shows_the_same_in_gray (void **state)
{
    World *world = *state;
    const BmDrawOptions options = { .gray = true, .dpi = 100, .picture_root = world->folder };
    GByteArray *jpeg;

    world->sheet = sheet_new (NULL, 600, 400);
    put_jpeg (world, "g.jpg", (TestJpeg){ .width = 256, .height = 256, .components = 1 }, &jpeg);
    add_patches (world);
    BmElement *photo = sheet_box (world->sheet, BM_ELEM_PHOTO, 200, 250, 100, 100); /* over black */
    photo->file = "g.jpg";
    GByteArray *bytes = bm_draw_png (sheet_plan (world->sheet), &options, world->sheet->diags);
    Png png = read_png (world, bytes);
    assert_int_equal (png.channels, 1);
    assert_int_equal (pixel (&png, 10, 10, 100), 0xffffff);
    assert_int_equal (pixel (&png, 210, 200, 100), 0);
    assert_int_equal (pixel (&png, 230, 70, 100), 0xffffff);
    assert_true (labs ((long) (pixel (&png, 400, 100, 100) & 255) - 237) <= 1);
    assert_true (labs ((long) (pixel (&png, 250, 300, 100) & 255) - 128) < 12);
    assert_true ((pixel (&png, 290, 300, 100) & 255) > 200);
    g_byte_array_unref (png.rows);
    g_byte_array_unref (bytes);
    g_byte_array_unref (jpeg);
    sheet_free (world->sheet);
}

/* The page is drawn in bands: no edge of one may show. */
static void
text_and_pictures_cross_the_bands_unseen (void **state)
{
    World *world = *state;
    const BmDrawOptions options = { .dpi = 150, .picture_root = world->folder };
    GByteArray *jpeg;

    Sheet *sheet = start (world);
    put_jpeg (world, "c.jpg", (TestJpeg){ .width = 800, .height = 800, .components = 3 }, &jpeg);
    sheet_text (sheet, SONG, 900, 200, 10, 256 * 72 / 150.0 + 80, 4, "kind=headline;nlines=1", "海");
    BmElement *photo = sheet_box (sheet, BM_ELEM_PHOTO, 300, 20, 250, 250);
    photo->file = "c.jpg";
    GByteArray *bytes = bm_draw_png (sheet_plan (sheet), &options, sheet->diags);
    Png png = read_png (world, bytes);
    const uint32_t *pixels = (const uint32_t *) (const void *) png.rows->data;
    int ink = 0;
    for (int x = 0; x < png.width; x++) {
        int above = (int) (pixels[255 * png.width + x] >> 8 & 255), below = (int) (pixels[256 * png.width + x] >> 8 & 255);
        bool edge = above != below && (above > 200) != (below > 200) && x < 600;

        ink += above < 100 && x < 600;
        if (x > 640 && x < 1130) /* the slope of the picture goes on evenly */
            assert_true (abs (above - below) < 6);
        assert_true (!edge || abs (above - below) <= 255);
    }
    assert_true (ink > 20);
    g_byte_array_unref (png.rows);
    g_byte_array_unref (bytes);
    g_byte_array_unref (jpeg);
    sheet_free (sheet);
}

/* A line each as it was set, in its family, with a place for each character; what cannot stand in XML is escaped. */
static void
an_svg_holds_its_text_as_text (void **state)
{
    Sheet *sheet = start (*state);

    sheet_text (sheet, SONG, 700, 20, 40, 60, 20, "kind=headline;nlines=1", "渔港<早&晚>开渔");
    sheet_text (sheet, HEI, 400, 10, 40, 120, 20, "style=news", "老码头彻夜不眠——");
    sheet_text (sheet, SONG, 700, 20, 500, 40, 12, "kind=headline;nlines=1;dir=ttb", "“冰荒”待解");
    GByteArray *bytes = bm_draw_svg (sheet_plan (sheet), NULL, sheet->diags);
    char *svg = g_strndup ((const char *) bytes->data, bytes->len);
    GRegex *tags = g_regex_new ("<[^>]*>", 0, 0, NULL);
    char *text = g_regex_replace_literal (tags, svg, -1, 0, "", 0, NULL);
    assert_non_null (strstr (text, "渔港&lt;早&amp;晚&gt;开渔\n"));
    assert_non_null (strstr (text, "老码头彻夜不眠——\n"));
    assert_non_null (strstr (text, "“冰荒”待解\n"));
    assert_non_null (strstr (svg, "<text font-family=\"Noto Sans CJK SC\" font-weight=\"400\" font-size=\"10.00\" fill=\"#000000\"><tspan x=\"60.00\" y=\"120.00\">老码头"));
    g_regex_unref (tags);
    g_free (text);
    assert_null (strstr (svg, "<symbol"));
    assert_true (g_str_has_suffix (svg, "</svg>\n"));
    g_free (svg);
    g_byte_array_unref (bytes);
    sheet_free (sheet);
}

/* ---- what cannot be drawn ---- */

static void
sizes_that_cairo_would_swallow_are_refused (void **state)
{
    const double sizes[] = { 0, -1, NAN, INFINITY, 9.9, 14401, 1e9 };
    (void) state;

    for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++) {
        Sheet *sheet = sheet_new (NULL, sizes[i], 400);
        const BmPlan *plan = sheet_plan (sheet);

        assert_null (bm_draw_pdf (&plan, 1, NULL, sheet->diags));
        assert_null (bm_draw_png (plan, NULL, sheet->diags));
        assert_null (bm_draw_svg (plan, NULL, sheet->diags));
        assert_int_equal (bm_diags_count (sheet->diags, BM_ERROR), 3);
        assert_true (bm_diags_has (sheet->diags, "BM0720"));
        sheet_free (sheet);
    }
}

static void
numbers_that_are_none_are_refused (void **state)
{
    const double numbers[] = { NAN, INFINITY, -INFINITY };
    (void) state;

    for (int i = 0; i < 3; i++) {
        Sheet *sheet = sheet_new (NULL, 600, 400);

        sheet_box (sheet, BM_ELEM_TINT, 10, numbers[i], 20, 20);
        const BmPlan *plan = sheet_plan (sheet);
        assert_null (bm_draw_pdf (&plan, 1, NULL, sheet->diags));
        assert_true (bm_diags_has (sheet->diags, "BM0720"));
        sheet_free (sheet);
    }
}

static void
a_preview_of_too_many_pixels_is_refused (void **state)
{
    const double dpis[] = { 5, 2401, NAN, INFINITY };
    (void) state;

    for (size_t i = 0; i < G_N_ELEMENTS (dpis); i++) {
        const BmDrawOptions options = { .dpi = dpis[i] };
        Sheet *sheet = sheet_new (NULL, 1105, 1530);

        GByteArray *bytes = bm_draw_png (sheet_plan (sheet), &options, sheet->diags);
        if (isnan (dpis[i])) { /* no number: the default */
            assert_non_null (bytes);
            g_byte_array_unref (bytes);
        } else {
            assert_null (bytes);
            assert_true (bm_diags_has (sheet->diags, "BM0723"));
        }
        sheet_free (sheet);
    }
}

static void
an_ink_that_is_not_there_is_said_and_black (void **state)
{
    World *world = *state;

    world->sheet = sheet_new (NULL, 600, 400);
    sheet_box (world->sheet, BM_ELEM_TINT, 50, 50, 100, 100)->ink = "violet";
    GByteArray *bytes = bm_draw_png (sheet_plan (world->sheet), NULL, world->sheet->diags);
    Png png = read_png (world, bytes);
    assert_int_equal (pixel (&png, 100, 100, 150), 0);
    assert_true (bm_diags_has (world->sheet->diags, "BM0724"));
    g_byte_array_unref (png.rows);
    g_byte_array_unref (bytes);
    sheet_free (world->sheet);
}

/* ---- bookmarks, pages, galleys ---- */

static void
each_item_has_a_bookmark_on_its_page (void **state)
{
    Sheet *sheets[2];
    const BmPlan *plans[2];

    for (int i = 0; i < 2; i++) {
        sheets[i] = start (*state);
        sheet_text (sheets[i], SONG, 700, 20, 40, 100, 20, "kind=headline;nlines=1", "开渔");
        g_array_index (sheets[i]->elements, BmElement, 0).item = "a1";
        BmPlanItem *item = bm_arena_new0 (sheets[i]->plan->arena, BmPlanItem, 1);
        *item = (BmPlanItem){ .id = "a1", .kind = "story", .title = "开渔" };
        sheets[i]->plan->items = item;
        sheets[i]->plan->n_items = 1;
        plans[i] = sheet_plan (sheets[i]);
    }
    GByteArray *bytes = bm_draw_pdf (plans, 2, NULL, sheets[0]->diags);
    assert_non_null (bytes);
    assert_true (position (bytes, "/Count 2", 8) > 0);
    assert_true (position (bytes, "/Outlines", 9) > 0);
    char *info = run_on_bytes (bytes, "pdfinfo", NULL, false);
    if (info != NULL)
        assert_non_null (strstr (info, "海港晨报"));
    g_free (info);
    g_byte_array_unref (bytes);
    sheet_free (sheets[0]);
    sheet_free (sheets[1]);
}

static void
galleys_are_drawn_on_a_page_of_their_size (void **state)
{
    static const char *const modes[] = { "style=news", "style=news;dir=ttb" };

    for (int i = 0; i < 2; i++) {
        Sheet *sheet = start (*state);
        BmRole role = { .n_families = 1, .families = { SONG }, .weight = 400 };
        const double measure = 14;
        const char *error = NULL;
        BmMode mode;

        assert_null (bm_mode_read (sheet->plan->arena, modes[i], NULL, &mode));
        BmGalley *galley = bm_mode_set (sheet->plan->arena, sheet->type, &role, BODY, &measure, 1, &mode, &error, sheet->diags);
        GByteArray *bytes = bm_draw_galley_pdf ((const BmGalley *const *) &galley, 1, 12, 1.5, i == 1, sheet->diags);
        assert_non_null (bytes);
        char **lines = read_back (bytes, "-raw");
        assert_int_equal (g_strv_length (lines), galley->n_lines);
        g_strfreev (lines);
        g_byte_array_unref (bytes);
        sheet_free (sheet);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (the_same_plan_gives_the_same_bytes),
        cmocka_unit_test (the_clock_is_not_in_the_file),
        cmocka_unit_test (body_lines_come_back_exactly),
        cmocka_unit_test (letterspaced_heads_come_back_without_blanks),
        cmocka_unit_test (vertical_lines_come_back_as_lines),
        cmocka_unit_test (a_vertical_line_with_turned_words_comes_back),
        cmocka_unit_test (lines_of_several_faces_come_back),
        cmocka_unit_test (every_font_is_embedded_and_none_is_type_3),
        cmocka_unit_test (jpeg_bytes_pass_through_unchanged_and_once),
        cmocka_unit_test (cmyk_with_adobes_marker_is_turned_round),
        cmocka_unit_test (a_picture_that_cannot_be_opened_ends_the_drawing),
        cmocka_unit_test (a_colour_preview_has_its_size_its_density_and_its_colours),
        cmocka_unit_test (a_page_without_colour_is_a_gray_preview),
        cmocka_unit_test (a_gray_preview_shows_the_same_in_gray),
        cmocka_unit_test (text_and_pictures_cross_the_bands_unseen),
        cmocka_unit_test (an_svg_holds_its_text_as_text),
        cmocka_unit_test (sizes_that_cairo_would_swallow_are_refused),
        cmocka_unit_test (numbers_that_are_none_are_refused),
        cmocka_unit_test (a_preview_of_too_many_pixels_is_refused),
        cmocka_unit_test (an_ink_that_is_not_there_is_said_and_black),
        cmocka_unit_test (each_item_has_a_bookmark_on_its_page),
        cmocka_unit_test (galleys_are_drawn_on_a_page_of_their_size),
    };

    return cmocka_run_group_tests (tests, set_up_type, tear_down_type);
}
