/* test-press.c — the press step on small sheets made by hand: inks for codes, overprint, boxes, pictures in the press's colours. */
#include "draw/pictures.h"
#include "draw/sheet.h"
#include "fonts.h"
#include "press/press.h"
#include "press/qpdf.h"

#include <cairo.h>
#include <lcms2.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jpeglib.h>
#include <stdlib.h>

typedef struct {
    BmType *type;
    BmDiags *diags;
    char *folder;
    BmPressProfile *profile;
    Sheet *sheet;
} World;

static int
set_up (void **state)
{
    World *world = g_new0 (World, 1);

    world->type = test_type ();
    world->diags = bm_diags_new ();
    world->folder = test_folder ();
    world->profile = bm_press_profile_read (BM_SOURCE_DIR "/profiles/newsprint.icc.z", world->diags);
    world->sheet = sheet_new (world->type, 300, 400);
    *state = world;
    return world->profile != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
    World *world = *state;

    sheet_free (world->sheet);
    bm_press_profile_free (world->profile);
    test_folder_remove (world->folder);
    bm_diags_free (world->diags);
    bm_type_free (world->type);
    g_free (world);
    return 0;
}

#define BLEED 8.5

/* The sheet through drawing and press step, opened again. */
static BmPdf *
press (World *world, BmPressStandard standard, bool marks, GByteArray **bytes)
{
    BmInkCodes *inks = g_new0 (BmInkCodes, 1);
    const BmPlan *plan = sheet_plan (world->sheet);
    double slug = bm_press_slug (BLEED, marks);
    const BmPressSheet sheet = { .profile = world->profile->bytes, .profile_length = world->profile->length, .bleed = BLEED, .slug = slug, .marks = marks };
    const BmDrawOptions options = { .picture_root = world->folder };
    const BmPressOptions press_options = { .standard = standard, .profile = world->profile, .title = "海港 <晨> & 报", .date = "2019-05-12T06:30:00+08:00",
                                           .bleed = BLEED, .slug = slug };
    GByteArray *drawn = bm_draw_press_pdf (&plan, 1, &options, &sheet, inks, world->diags);

    assert_non_null (drawn);
    *bytes = bm_press (drawn, inks, &press_options, world->diags);
    assert_non_null (*bytes);
    g_byte_array_unref (drawn);
    g_free (inks);
    return bm_pdf_read ((*bytes)->data, (*bytes)->len, "press.pdf", world->diags);
}

static char *
press_content (World *world, BmPressStandard standard)
{
    GByteArray *bytes = NULL;
    BmPdf *pdf = press (world, standard, false, &bytes);
    size_t length = 0;
    char *content = bm_pdf_content (pdf, bm_pdf_page (pdf, 0), &length);

    bm_pdf_free (pdf);
    g_byte_array_unref (bytes);
    return content;
}

static BmElement *
tint (World *world, const char *ink, double x, double y, double width, double height)
{
    BmElement *element = sheet_box (world->sheet, BM_ELEM_TINT, x, y, width, height);

    element->ink = ink;
    return element;
}

/* ---- inks ---- */

static void
black_overprints_and_tints_knock_out (void **state)
{
    World *world = *state;

    tint (world, "black", 20, 20, 50, 50);
    tint (world, "grey", 80, 20, 50, 50);
    char *content = press_content (world, BM_PRESS_X4);
    assert_non_null (strstr (content, "0 0 0 1 k /OvB gs"));
    assert_non_null (strstr (content, "0 0 0 0.65 k /OvN gs"));
    assert_null (strstr (content, " rg"));
    g_free (content);
}

static void
process_inks_come_out_as_the_plan_has_them (void **state)
{
    World *world = *state;

    tint (world, "red", 20, 20, 50, 50);
    char *content = press_content (world, BM_PRESS_X1A);
    assert_non_null (strstr (content, "0 1 0.9 0 k /OvN gs"));
    g_free (content);
}

static void
a_spot_ink_has_a_plate_of_its_own (void **state)
{
    World *world = *state;
    GByteArray *bytes = NULL;

    world->sheet->plan->inks[1] = (BmInk){ .name = "Masthead Red", .spot = true, .m = 0.95, .y = 0.9, .tint = 0.4 };
    tint (world, "Masthead Red", 20, 20, 50, 50);
    BmPdf *pdf = press (world, BM_PRESS_X4, false, &bytes);
    BmObject space = bm_pdf_get (pdf, bm_pdf_get (pdf, bm_pdf_get (pdf, bm_pdf_page (pdf, 0), "/Resources"), "/ColorSpace"), "/Ink1");
    size_t length = 0;
    char *content = bm_pdf_content (pdf, bm_pdf_page (pdf, 0), &length);

    assert_string_equal (bm_pdf_name (pdf, bm_pdf_at (pdf, space, 1)), "/Masthead Red");
    assert_non_null (strstr (content, "/Ink1 cs 0.4 scn"));
    g_free (content);
    bm_pdf_free (pdf);
    g_byte_array_unref (bytes);
}

static void
a_colour_that_is_no_ink_fails_the_job (void **state)
{
    World *world = *state;
    const BmInkCodes none = { 0 };
    const BmPressOptions options = { .standard = BM_PRESS_X4, .profile = world->profile, .title = "x", .date = "2019-05-12" };

    tint (world, "red", 20, 20, 50, 50);
    const BmPlan *plan = sheet_plan (world->sheet);
    GByteArray *screen = bm_draw_pdf (&plan, 1, NULL, world->diags); /* colours of the screen */
    assert_null (bm_press (screen, &none, &options, world->diags));
    assert_true (bm_diags_has (world->diags, "BM0904"));
    g_byte_array_unref (screen);
}

/* ---- sheet ---- */

static void
boxes_lie_in_one_another_and_what_reaches_the_trim_is_drawn_out (void **state)
{
    World *world = *state;
    GByteArray *bytes = NULL;
    double media[4], trim[4], bleed[4];
    size_t length = 0;

    tint (world, "red", 0, 0, 300, 50);
    BmPdf *pdf = press (world, BM_PRESS_X4, true, &bytes);
    BmObject page = bm_pdf_page (pdf, 0);
    assert_true (bm_pdf_numbers (pdf, bm_pdf_get (pdf, page, "/MediaBox"), 4, media));
    assert_true (bm_pdf_numbers (pdf, bm_pdf_get (pdf, page, "/TrimBox"), 4, trim));
    assert_true (bm_pdf_numbers (pdf, bm_pdf_get (pdf, page, "/BleedBox"), 4, bleed));
    assert_true (fabs (trim[2] - trim[0] - 300) < 0.01 && fabs (trim[3] - trim[1] - 400) < 0.01);
    assert_true (fabs (trim[0] - bleed[0] - BLEED) < 0.01 && fabs (bleed[3] - trim[3] - BLEED) < 0.01);
    assert_true (media[0] < bleed[0] - 20);
    assert_false (bm_pdf_has (pdf, page, "/ArtBox"));
    char *content = bm_pdf_content (pdf, page, &length);
    assert_non_null (strstr (content, "317")); /* 300 and a bleed on each side */
    g_free (content);
    bm_pdf_free (pdf);
    g_byte_array_unref (bytes);
}

static void
every_standard_passes_our_own_check (void **state)
{
    World *world = *state;

    if (world->type != NULL)
        sheet_text (world->sheet, "Noto Serif CJK SC", 400, 10, 30, 100, 20, "", "汐州晨报讯，渔船归港。");
    tint (world, "red", 20, 20, 50, 50);
    for (BmPressStandard standard = BM_PRESS_X4; standard <= BM_PRESS_A1B; standard++) {
        GByteArray *bytes = NULL;
        BmPdf *pdf = press (world, standard, true, &bytes);
        const BmCheckOptions options = { .bleed = BLEED / BM_PT_PER_MM };

        bm_pdf_free (pdf);
        assert_true (bm_check_pdf (bytes->data, bytes->len, "press.pdf", &options, world->diags));
        g_byte_array_unref (bytes);
    }
    assert_int_equal (bm_diags_count (world->diags, BM_ERROR), 0);
}

static void
a_screen_pdf_is_told_what_it_lacks (void **state)
{
    World *world = *state;

    tint (world, "red", 20, 20, 50, 50);
    const BmPlan *plan = sheet_plan (world->sheet);
    GByteArray *screen = bm_draw_pdf (&plan, 1, NULL, world->diags);
    const BmCheckOptions options = { .standard = BM_PRESS_X4, .bleed = -1 };
    assert_false (bm_check_pdf (screen->data, screen->len, "screen.pdf", &options, world->diags));
    char *said = bm_diags_format (world->diags, BM_FORM_SHORT, false);
    assert_non_null (strstr (said, "C1: RGB"));
    assert_non_null (strstr (said, "O1: 0 output intents"));
    assert_non_null (strstr (said, "B1: page 1 has no TrimBox"));
    g_free (said);
    g_byte_array_unref (screen);
}

/* ---- pictures ---- */

/* A flat colour as JPEG, with an ICC profile in APP2 if one is given. */
static void
write_flat (const World *world, const char *name, int side, const uint8_t *colour, int channels, const void *icc, unsigned icc_length)
{
    struct jpeg_compress_struct writer;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long length = 0;
    uint8_t *row = g_malloc ((size_t) side * (size_t) channels);

    for (int i = 0; i < side * channels; i++)
        row[i] = colour[i % channels];
    writer.err = jpeg_std_error (&errors);
    jpeg_create_compress (&writer);
    jpeg_mem_dest (&writer, &bytes, &length);
    writer.image_width = writer.image_height = (JDIMENSION) side;
    writer.input_components = channels;
    writer.in_color_space = channels == 1 ? JCS_GRAYSCALE : channels == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults (&writer);
    jpeg_set_quality (&writer, 98, TRUE);
    writer.write_Adobe_marker = channels == 3;
    jpeg_start_compress (&writer, TRUE);
    if (icc != NULL)
        jpeg_write_icc_profile (&writer, icc, icc_length);
    for (int y = 0; y < side; y++)
        jpeg_write_scanlines (&writer, &row, 1);
    jpeg_finish_compress (&writer);
    jpeg_destroy_compress (&writer);
    test_write (world->folder, name, bytes, length);
    free (bytes);
    g_free (row);
}

/* sRGB with red and green exchanged. */
static void *
swapped_profile (cmsUInt32Number *length)
{
    cmsCIExyY white;
    const cmsCIExyYTRIPLE primaries = { { 0.30, 0.60, 1 }, { 0.64, 0.33, 1 }, { 0.15, 0.06, 1 } };
    cmsToneCurve *curve = cmsBuildGamma (NULL, 2.2), *curves[3] = { curve, curve, curve };

    cmsWhitePointFromTemp (&white, 6504);
    cmsHPROFILE profile = cmsCreateRGBProfile (&white, &primaries, curves);
    cmsSaveProfileToMem (profile, NULL, length);
    void *bytes = g_malloc (*length);
    cmsSaveProfileToMem (profile, bytes, length);
    cmsCloseProfile (profile);
    cmsFreeToneCurve (curve);
    return bytes;
}

static BmElement *
photo (World *world, const char *file, double x, double y, double side)
{
    BmElement *element = sheet_box (world->sheet, BM_ELEM_PHOTO, x, y, side, side);

    element->file = file;
    return element;
}

/* The only picture of the press file: its size and the inks of its middle. */
typedef struct {
    int n, width, channels;
    double inks[4];
} Placed;

static Placed
look_at_pictures (BmPdf *pdf)
{
    BmObject objects = bm_pdf_get (pdf, bm_pdf_get (pdf, bm_pdf_page (pdf, 0), "/Resources"), "/XObject");
    char **names = bm_pdf_keys (pdf, objects);
    Placed placed = { 0 };

    for (int i = 0; names[i] != NULL; i++) {
        size_t length = 0;
        BmObject image = bm_pdf_get (pdf, objects, names[i]);
        char *jpeg = bm_pdf_data (pdf, image, &length);
        BmPictureFile *picture = bm_picture_of_jpeg (jpeg, length);
        int width = 0, height = 0;

        assert_non_null (picture);
        assert_false (picture->inverted);
        placed.n++;
        placed.width = picture->width;
        placed.channels = picture->components;
        uint8_t *inks = bm_picture_inks (picture, 1, &width, &height);
        for (int k = 0; inks != NULL && k < 4; k++)
            placed.inks[k] = inks[((height / 2) * width + width / 2) * 4 + k] / 255.0;
        g_free (inks);
        bm_picture_free (picture);
        g_free (jpeg);
    }
    g_strfreev (names);
    return placed;
}

static Placed
press_pictures (World *world)
{
    GByteArray *bytes = NULL;
    BmPdf *pdf = press (world, BM_PRESS_X1A, false, &bytes);
    Placed placed = look_at_pictures (pdf);

    bm_pdf_free (pdf);
    g_byte_array_unref (bytes);
    return placed;
}

static const uint8_t red[3] = { 220, 30, 30 };

static void
rgb_becomes_the_inks_of_the_press (void **state)
{
    World *world = *state;

    write_flat (world, "red.jpg", 300, red, 3, NULL, 0);
    photo (world, "red.jpg", 50, 50, 72);
    Placed placed = press_pictures (world);
    assert_int_equal (placed.channels, 4);
    assert_true (placed.inks[1] > 0.7 && placed.inks[2] > 0.6 && placed.inks[0] < 0.3);
}

static void
a_profile_in_the_picture_is_honoured (void **state)
{
    World *world = *state;
    cmsUInt32Number length = 0;
    void *icc = swapped_profile (&length);

    write_flat (world, "green.jpg", 300, red, 3, icc, length); /* its red means green */
    photo (world, "green.jpg", 50, 50, 72);
    Placed placed = press_pictures (world);
    assert_true (placed.inks[0] > 0.5 && placed.inks[1] < 0.4);
    g_free (icc);
}

static void
a_profile_of_other_colours_is_named_and_not_used (void **state)
{
    World *world = *state;

    write_flat (world, "odd.jpg", 300, red, 3, world->profile->bytes, (unsigned) world->profile->length); /* of CMYK */
    photo (world, "odd.jpg", 50, 50, 72);
    Placed placed = press_pictures (world);
    assert_true (placed.inks[1] > 0.7);
    assert_true (bm_diags_has (world->diags, "BM0906"));
}

static void
gray_stays_on_the_black_plate (void **state)
{
    World *world = *state;
    const uint8_t gray = 128, even[3] = { 128, 128, 128 };

    write_flat (world, "gray.jpg", 300, &gray, 1, NULL, 0);
    photo (world, "gray.jpg", 50, 50, 72);
    assert_int_equal (press_pictures (world).channels, 1);
    write_flat (world, "even.jpg", 300, even, 3, NULL, 0); /* RGB that holds grays alone */
    world->sheet->elements->len = 0;
    photo (world, "even.jpg", 50, 50, 72);
    assert_int_equal (press_pictures (world).channels, 1);
}

static void
inks_without_a_profile_keep_under_the_limit (void **state)
{
    World *world = *state;
    const uint8_t heavy[4] = { 255, 255, 255, 128 };

    write_flat (world, "heavy.jpg", 300, heavy, 4, NULL, 0);
    photo (world, "heavy.jpg", 50, 50, 72);
    Placed placed = press_pictures (world);
    double sum = placed.inks[0] + placed.inks[1] + placed.inks[2] + placed.inks[3];
    assert_true (sum > 2 && sum <= 2.4 + 1e-9);
}

static void
far_too_many_pixels_are_brought_to_the_size_placed (void **state)
{
    World *world = *state;

    write_flat (world, "large.jpg", 1200, red, 3, NULL, 0);
    photo (world, "large.jpg", 50, 50, 72); /* an inch */
    assert_int_equal (press_pictures (world).width, 300);
}

static void
too_few_pixels_are_named_with_the_figure (void **state)
{
    World *world = *state;

    write_flat (world, "small.jpg", 300, red, 3, NULL, 0);
    photo (world, "small.jpg", 50, 50, 144); /* two inches */
    press_pictures (world);
    char *said = bm_diags_format (world->diags, BM_FORM_SHORT, false);
    assert_non_null (strstr (said, "small.jpg has 150 ppi at 51 × 51 mm"));
    g_free (said);
}

static void
the_same_picture_twice_is_written_once (void **state)
{
    World *world = *state;

    write_flat (world, "twice.jpg", 300, red, 3, NULL, 0);
    photo (world, "twice.jpg", 50, 50, 72);
    photo (world, "twice.jpg", 150, 50, 72);
    assert_int_equal (press_pictures (world).n, 1);
}

/* ---- profiles ---- */

static void
what_is_no_press_profile_is_refused (void **state)
{
    World *world = *state;
    cmsUInt32Number length = 0;
    void *rgb = swapped_profile (&length);

    test_write (world->folder, "rgb.icc", rgb, length);
    test_write (world->folder, "text.icc", "not a profile", 13);
    for (int i = 0; i < 2; i++) {
        char *path = g_build_filename (world->folder, i == 0 ? "rgb.icc" : "text.icc", NULL);
        BmDiags *diags = bm_diags_new ();

        assert_null (bm_press_profile_read (path, diags));
        assert_true (bm_diags_has (diags, "BM0905"));
        bm_diags_free (diags);
        g_free (path);
    }
    g_free (rgb);
}

static void
the_shipped_profile_keeps_every_colour_under_its_limit (void **state)
{
    World *world = *state;
    cmsHPROFILE press_profile = cmsOpenProfileFromMem (world->profile->bytes, (cmsUInt32Number) world->profile->length), srgb = cmsCreate_sRGBProfile ();
    cmsHTRANSFORM to_press = cmsCreateTransform (srgb, TYPE_RGB_8, press_profile, TYPE_CMYK_8, INTENT_PERCEPTUAL, cmsFLAGS_BLACKPOINTCOMPENSATION);
    int most = 0;

    for (int i = 0; i < 16 * 16 * 16; i++) {
        const uint8_t rgb[3] = { (uint8_t) (17 * (i & 15)), (uint8_t) (17 * (i >> 4 & 15)), (uint8_t) (17 * (i >> 8)) };
        uint8_t inks[4];

        cmsDoTransform (to_press, rgb, inks, 1);
        most = MAX (most, inks[0] + inks[1] + inks[2] + inks[3]);
    }
    assert_true (most / 2.55 <= 237 && most / 2.55 > 200);
    assert_string_equal (world->profile->name, "Newsprint coldset (TR 002-2007), 235 % ink");
    cmsDeleteTransform (to_press);
    cmsCloseProfile (press_profile);
    cmsCloseProfile (srgb);
}

/* ---- the proof ---- */

static cairo_status_t
read_bytes (void *left, unsigned char *to, unsigned length)
{
    GByteArray *bytes = left;

    if (bytes->len < length)
        return CAIRO_STATUS_READ_ERROR;
    memcpy (to, bytes->data, length);
    g_byte_array_remove_range (bytes, 0, length);
    return CAIRO_STATUS_SUCCESS;
}

static bool
shows (cairo_surface_t *picture, int x, int y, const uint8_t rgb[3])
{
    const unsigned char *row = cairo_image_surface_get_data (picture) + y * cairo_image_surface_get_stride (picture);
    uint32_t pixel = ((const uint32_t *) (const void *) row)[x];

    return abs ((int) (pixel >> 16 & 255) - rgb[0]) <= 2 && abs ((int) (pixel >> 8 & 255) - rgb[1]) <= 2 && abs ((int) (pixel & 255) - rgb[2]) <= 2;
}

/* Paper is not white and black not black: both as the profile measured them, by lcms alone. */
static void
a_proof_shows_the_press_s_paper_and_its_black (void **state)
{
    World *world = *state;
    const BmDrawOptions options = { .dpi = 72, .proof = world->profile->bytes, .proof_length = world->profile->length };
    cmsHPROFILE press_profile = cmsOpenProfileFromMem (world->profile->bytes, (cmsUInt32Number) world->profile->length), srgb = cmsCreate_sRGBProfile ();
    cmsHTRANSFORM look = cmsCreateTransform (press_profile, TYPE_CMYK_8, srgb, TYPE_RGB_8, INTENT_ABSOLUTE_COLORIMETRIC, 0);
    const uint8_t inks[2][4] = { { 0, 0, 0, 0 }, { 0, 0, 0, 255 } };
    uint8_t rgb[2][3];

    BmElement *box = sheet_box (world->sheet, BM_ELEM_TINT, 100, 100, 80, 80);
    box->ink = "black";
    cmsDoTransform (look, inks, rgb, 2);
    assert_true (rgb[0][0] < 245 && rgb[1][0] > 30); /* newsprint is no coated paper */
    GByteArray *png = bm_draw_png (sheet_plan (world->sheet), &options, world->diags);
    assert_non_null (png);
    cairo_surface_t *picture = cairo_image_surface_create_from_png_stream (read_bytes, png);
    assert_int_equal (cairo_surface_status (picture), CAIRO_STATUS_SUCCESS);
    assert_true (shows (picture, 20, 20, rgb[0]));
    assert_true (shows (picture, 140, 140, rgb[1]));
    cairo_surface_destroy (picture);
    g_byte_array_unref (png);
    cmsDeleteTransform (look);
    cmsCloseProfile (press_profile);
    cmsCloseProfile (srgb);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
    const struct CMUnitTest tests[] = {
        TEST (black_overprints_and_tints_knock_out),
        TEST (process_inks_come_out_as_the_plan_has_them),
        TEST (a_spot_ink_has_a_plate_of_its_own),
        TEST (a_colour_that_is_no_ink_fails_the_job),
        TEST (boxes_lie_in_one_another_and_what_reaches_the_trim_is_drawn_out),
        TEST (every_standard_passes_our_own_check),
        TEST (a_screen_pdf_is_told_what_it_lacks),
        TEST (rgb_becomes_the_inks_of_the_press),
        TEST (a_profile_in_the_picture_is_honoured),
        TEST (a_profile_of_other_colours_is_named_and_not_used),
        TEST (gray_stays_on_the_black_plate),
        TEST (inks_without_a_profile_keep_under_the_limit),
        TEST (far_too_many_pixels_are_brought_to_the_size_placed),
        TEST (too_few_pixels_are_named_with_the_figure),
        TEST (the_same_picture_twice_is_written_once),
        TEST (what_is_no_press_profile_is_refused),
        TEST (the_shipped_profile_keeps_every_colour_under_its_limit),
        TEST (a_proof_shows_the_press_s_paper_and_its_black),
    };

    return cmocka_run_group_tests (tests, NULL, NULL);
}
