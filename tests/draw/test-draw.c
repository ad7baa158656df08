/* test-draw.c — what is drawn: the same bytes twice, text that comes back exactly, pictures passed through, previews in size. */
#include "draw/pictures.h"
#include "draw/sheet.h"

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

        fill (sheet);
        const BmPlan *plan = sheet_plan (sheet);
        const BmDrawOptions gray = { .gray = true, .dpi = 96 };
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
    char *fonts = run_on_bytes (bytes, "pdffonts", "-l", false);
    g_free (fonts);
    fonts = run_on_bytes (bytes, "pdffonts", "--", false);
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
