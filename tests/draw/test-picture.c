/* test-picture.c — pictures: what is read, and every way in which one is refused (reliability.md §5, rows 7 and 8). */
#include "draw/pictures.h"
#include "plan/plan.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const BmSpan here = { "page.md", 12, 1, 0 };

static int
set_up (void **state)
{
    *state = test_folder ();
    return *state == NULL;
}

static int
tear_down (void **state)
{
    test_folder_remove (*state);
    return 0;
}

static void
put (const char *folder, const char *name, GByteArray *bytes)
{
    test_write (folder, name, bytes->data, bytes->len);
    g_byte_array_unref (bytes);
}

static void
put_jpeg (const char *folder, const char *name, int width, int height)
{
    put (folder, name, test_jpeg (&(TestJpeg){ .width = width, .height = height, .components = 3 }));
}

/* Refused with this code at the place that named it, with a hint. */
static void
assert_refused (const char *folder, const char *name, const char *code)
{
    BmDiags *diags = bm_diags_new ();

    assert_null (bm_picture_open (folder, name, here, diags));
    assert_int_equal (bm_diags_total (diags), 1);
    const BmDiag *diag = bm_diags_get (diags, 0);
    if (strcmp (diag->code, code) != 0)
        print_message ("%s: %s\n", name, diag->message);
    assert_string_equal (diag->code, code);
    assert_int_equal (diag->where.line, 12);
    assert_non_null (diag->hint);
    assert_non_null (bm_code_explain (code));
    bm_diags_free (diags);
}

static BmPictureFile *
open_well (const char *folder, const char *name)
{
    BmDiags *diags = bm_diags_new ();
    BmPictureFile *picture = bm_picture_open (folder, name, here, diags);

    for (int i = 0; i < bm_diags_total (diags); i++)
        print_message ("%s\n", bm_diags_get (diags, i)->message);
    assert_non_null (picture);
    assert_int_equal (bm_diags_total (diags), 0);
    bm_diags_free (diags);
    return picture;
}

/* ---- what is read ---- */

static void
a_jpeg_tells_its_size_and_keeps_its_bytes (void **state)
{
    static const int components[] = { 1, 3, 4 };

    for (int i = 0; i < 6; i++) {
        GByteArray *bytes = test_jpeg (&(TestJpeg){ .width = 123, .height = 45, .components = components[i / 2], .progressive = i % 2 == 1 });

        test_write (*state, "a.jpg", bytes->data, bytes->len);
        BmPictureFile *picture = open_well (*state, "a.jpg");
        assert_int_equal (picture->kind, BM_PICTURE_JPEG);
        assert_int_equal (picture->width, 123);
        assert_int_equal (picture->height, 45);
        assert_int_equal (picture->components, components[i / 2]);
        assert_false (picture->inverted);
        assert_int_equal (picture->length, bytes->len);
        assert_memory_equal (picture->bytes, bytes->data, bytes->len);
        bm_picture_free (picture);
        g_byte_array_unref (bytes);
    }
}

static void
every_kind_of_png_is_read (void **state)
{
    static const int kinds[][3] = { { 1, 0, 1 }, { 8, 0, 1 }, { 16, 0, 1 }, { 8, 2, 3 }, { 16, 2, 3 }, { 1, 3, 3 }, { 8, 4, 2 }, { 8, 6, 4 } };

    for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++) {
        int width = 0, height = 0;

        put (*state, "a.png", test_png (33, 21, kinds[i][0], kinds[i][1]));
        BmPictureFile *picture = open_well (*state, "a.png");
        assert_int_equal (picture->kind, BM_PICTURE_PNG);
        assert_int_equal (picture->components, kinds[i][2]);
        uint32_t *pixels = bm_picture_pixels (picture, 1, &width, &height);
        assert_non_null (pixels);
        assert_int_equal (width, 33);
        assert_int_equal (height, 21);
        if (kinds[i][1] == 3)
            assert_int_equal (pixels[20], 0xff0000); /* bits 00000001: the 8th pixel takes the second colour */
        g_free (pixels);
        bm_picture_free (picture);
    }
}

static void
pixels_are_what_the_picture_shows (void **state)
{
    int width = 0, height = 0;

    put_jpeg (*state, "a.jpg", 256, 256);
    BmPictureFile *picture = open_well (*state, "a.jpg");
    for (int reduce = 1; reduce <= 8; reduce *= 2) {
        uint32_t *pixels = bm_picture_pixels (picture, reduce, &width, &height);

        assert_int_equal (width, 256 / reduce);
        uint32_t middle = pixels[height / 2 * width + width / 2];
        assert_true (labs ((long) (middle >> 16 & 255) - 128) < 12);
        assert_true (labs ((long) (middle >> 8 & 255) - 128) < 12);
        assert_true ((middle & 255) < 12);
        assert_int_equal (middle >> 24, 0);
        g_free (pixels);
    }
    bm_picture_free (picture);
}

/* Adobe's CMYK stands upside down in its file; PDF wants it straight, and shows the same colours. */
static void
cmyk_shows_the_same_with_and_without_the_marker (void **state)
{
    uint32_t *pixels[3];
    int width = 0, height = 0;
    size_t length = 0;

    put (*state, "plain.jpg", test_jpeg (&(TestJpeg){ .width = 64, .height = 64, .components = 4 }));
    put (*state, "adobe.jpg", test_jpeg (&(TestJpeg){ .width = 64, .height = 64, .components = 4, .adobe = true }));
    BmPictureFile *plain = open_well (*state, "plain.jpg"), *adobe = open_well (*state, "adobe.jpg");
    assert_true (adobe->inverted);
    char *straight = bm_picture_straight_cmyk (adobe, &length);
    assert_non_null (straight);
    test_write (*state, "straight.jpg", straight, length);
    BmPictureFile *again = open_well (*state, "straight.jpg");
    assert_false (again->inverted);
    pixels[0] = bm_picture_pixels (plain, 1, &width, &height);
    pixels[1] = bm_picture_pixels (adobe, 1, &width, &height);
    pixels[2] = bm_picture_pixels (again, 1, &width, &height);
    for (int i = 0; i < 64 * 64; i++)
        for (int k = 1; k < 3; k++)
            for (int shift = 0; shift < 24; shift += 8)
                assert_true (labs ((long) (pixels[0][i] >> shift & 255) - (long) (pixels[k][i] >> shift & 255)) < 12);
    for (int i = 0; i < 3; i++)
        g_free (pixels[i]);
    g_free (straight);
    bm_picture_free (again);
    bm_picture_free (adobe);
    bm_picture_free (plain);
}

/* ---- the words inside ---- */

static void
add_record (GByteArray *block, guint8 record, guint8 number, const char *text)
{
    const guint8 head[] = { 0x1c, record, number, (guint8) (strlen (text) >> 8), (guint8) strlen (text) };

    g_byte_array_append (block, head, sizeof head);
    g_byte_array_append (block, (const guint8 *) text, (guint) strlen (text));
}

static GByteArray *
app13 (const GByteArray *records)
{
    static const guint8 resource[] = { '8', 'B', 'I', 'M', 0x04, 0x04, 0, 0 };
    const guint8 size[] = { 0, 0, (guint8) (records->len >> 8), (guint8) records->len };
    GByteArray *block = g_byte_array_new ();

    g_byte_array_append (block, (const guint8 *) "Photoshop 3.0", 14);
    g_byte_array_append (block, resource, sizeof resource);
    g_byte_array_append (block, size, sizeof size);
    return g_byte_array_append (block, records->data, records->len);
}

static BmPictureFile *
open_with_records (const char *folder, GByteArray *records)
{
    GByteArray *block = app13 (records);

    put (folder, "words.jpg", test_jpeg (&(TestJpeg){ .width = 16, .height = 16, .components = 1, .app13 = block->data, .app13_length = block->len }));
    g_byte_array_unref (block);
    g_byte_array_unref (records);
    return open_well (folder, "words.jpg");
}

static void
a_caption_marked_as_utf8_is_read (void **state)
{
    GByteArray *records = g_byte_array_new ();

    add_record (records, 1, 90, "\x1b%G");
    add_record (records, 2, 80, "周渔");
    add_record (records, 2, 120, " 码头边\n晒网的人。\n");
    BmPictureFile *picture = open_with_records (*state, records);
    assert_string_equal (picture->caption, "码头边 晒网的人。");
    assert_string_equal (picture->credit, "周渔");
    bm_picture_free (picture);
}

static void
a_caption_in_gb18030_is_read_and_the_credit_goes_before_the_byline (void **state)
{
    char *caption = g_convert ("退潮后的滩涂", -1, "GB18030", "UTF-8", NULL, NULL, NULL);
    GByteArray *records = g_byte_array_new ();

    add_record (records, 2, 80, "Zhou Yu");
    add_record (records, 2, 110, "Haigang Photos");
    add_record (records, 2, 120, caption);
    BmPictureFile *picture = open_with_records (*state, records);
    assert_string_equal (picture->caption, "退潮后的滩涂");
    assert_string_equal (picture->credit, "Haigang Photos");
    bm_picture_free (picture);
    g_free (caption);
}

static void
lengths_that_lie_are_not_believed (void **state)
{
    GByteArray *records = g_byte_array_new ();
    static const guint8 lie[] = { 0x1c, 2, 120, 0x7f, 0xff, 'a' };

    g_byte_array_append (records, lie, sizeof lie);
    BmPictureFile *picture = open_with_records (*state, records);
    assert_null (picture->caption);
    assert_null (picture->credit);
    bm_picture_free (picture);
}

/* ---- what is refused ---- */

static void
what_is_not_there_is_named (void **state)
{
    assert_refused (*state, "absent.jpg", "BM0703");
    assert_refused (*state, "no/folder/absent.jpg", "BM0703");
    assert_refused ("/nonexistent", "absent.jpg", "BM0703");
}

static void
no_name_leads_out_of_the_root (void **state)
{
    char *inside = g_build_filename (*state, "inside", NULL), *path = g_build_filename (inside, "link.jpg", NULL);
    char *absolute = g_build_filename (*state, "out.jpg", NULL);

    g_mkdir (inside, 0700);
    put_jpeg (*state, "out.jpg", 8, 8);
    put_jpeg (inside, "in.jpg", 8, 8);
    assert_int_equal (symlink ("../out.jpg", path), 0);
    assert_refused (inside, "../out.jpg", "BM0704");
    assert_refused (inside, "a/../../out.jpg", "BM0704");
    assert_refused (inside, "link.jpg", "BM0704");
    assert_refused (inside, absolute, "BM0704");
    assert_refused (inside, "../../../../../../etc/passwd", "BM0704");
    bm_picture_free (open_well (*state, "inside/link.jpg")); /* now it stays below the root */
    bm_picture_free (open_well (*state, "inside/../inside/./in.jpg"));
    g_free (absolute);
    g_free (path);
    g_free (inside);
}

static void
only_regular_files_are_read (void **state)
{
    char *fifo = g_build_filename (*state, "fifo.jpg", NULL), *folder = g_build_filename (*state, "folder.jpg", NULL);

    assert_int_equal (mkfifo (fifo, 0600), 0);
    g_mkdir (folder, 0700);
    assert_refused (*state, "fifo.jpg", "BM0705");
    assert_refused (*state, "folder.jpg", "BM0705");
    assert_refused ("/dev", "zero", "BM0705");
    g_free (folder);
    g_free (fifo);
}

static void
other_kinds_of_file_are_refused (void **state)
{
    test_write (*state, "empty.jpg", "", 0);
    test_write (*state, "text.jpg", "no picture", 10);
    test_write (*state, "page.pdf", "%PDF-1.5\n", 9);
    test_write (*state, "photo.tif", "II*\0\x08\0\0\0", 8);
    assert_refused (*state, "photo.tif", "BM0707");
    assert_refused (*state, "empty.jpg", "BM0707");
    assert_refused (*state, "text.jpg", "BM0707");
    assert_refused (*state, "page.pdf", "BM0709");
}

/* Cairo would embed each of these without a word (reliability.md §4.3). */
static void
a_picture_that_breaks_off_anywhere_is_refused (void **state)
{
    GByteArray *jpeg = test_jpeg (&(TestJpeg){ .width = 300, .height = 200, .components = 3 });
    GByteArray *png = test_png (300, 200, 8, 2);

    for (guint tenth = 1; tenth < 10; tenth++) {
        test_write (*state, "cut.jpg", jpeg->data, jpeg->len * tenth / 10);
        assert_refused (*state, "cut.jpg", "BM0708");
        test_write (*state, "cut.png", png->data, png->len * tenth / 10);
        assert_refused (*state, "cut.png", "BM0708");
    }
    test_write (*state, "cut.jpg", jpeg->data, 3);
    assert_refused (*state, "cut.jpg", "BM0708");
    test_write (*state, "cut.jpg", jpeg->data, jpeg->len - 2);
    assert_refused (*state, "cut.jpg", "BM0708");
    g_byte_array_unref (png);
    g_byte_array_unref (jpeg);
}

static void
damage_inside_a_png_is_found (void **state)
{
    GByteArray *png = test_png (300, 200, 8, 2);

    png->data[png->len / 2] ^= 0x10;
    put (*state, "bad.png", png);
    assert_refused (*state, "bad.png", "BM0708");
}

/* The size stands in the frame header, 5 bytes after its marker FF C0. */
static void
a_picture_of_too_many_pixels_is_refused_by_its_header (void **state)
{
    GByteArray *jpeg = test_jpeg (&(TestJpeg){ .width = 64, .height = 64, .components = 3 });

    for (guint i = 0; i + 9 < jpeg->len; i++)
        if (jpeg->data[i] == 0xff && jpeg->data[i + 1] == 0xc0)
            memset (jpeg->data + i + 5, 0xfe, 4);
    put (*state, "huge.jpg", jpeg);
    assert_refused (*state, "huge.jpg", "BM0706");
}

static void
a_file_over_the_limit_is_refused_unread (void **state)
{
    char *path = g_build_filename (*state, "big.jpg", NULL);
    int fd = open (path, O_WRONLY | O_CREAT, 0600);

    assert_int_equal (ftruncate (fd, (256 << 20) + 1), 0);
    assert_refused (*state, "big.jpg", "BM0706");
    assert_int_equal (ftruncate (fd, 256 << 20), 0); /* at the limit it is read, and then it is no picture */
    assert_refused (*state, "big.jpg", "BM0707");
    close (fd);
    g_free (path);
}

/* A progressive JPEG may go over the picture as often as it likes; libjpeg sets no limit. */
static void
the_hundred_and_first_scan_is_refused (void **state)
{
    put (*state, "scans.jpg", test_jpeg (&(TestJpeg){ .width = 64, .height = 64, .components = 1, .scans = 100 }));
    bm_picture_free (open_well (*state, "scans.jpg"));
    put (*state, "scans.jpg", test_jpeg (&(TestJpeg){ .width = 64, .height = 64, .components = 1, .scans = 101 }));
    assert_refused (*state, "scans.jpg", "BM0708");
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown (a_jpeg_tells_its_size_and_keeps_its_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown (every_kind_of_png_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown (pixels_are_what_the_picture_shows, set_up, tear_down),
        cmocka_unit_test_setup_teardown (cmyk_shows_the_same_with_and_without_the_marker, set_up, tear_down),
        cmocka_unit_test_setup_teardown (a_caption_marked_as_utf8_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown (a_caption_in_gb18030_is_read_and_the_credit_goes_before_the_byline, set_up, tear_down),
        cmocka_unit_test_setup_teardown (lengths_that_lie_are_not_believed, set_up, tear_down),
        cmocka_unit_test_setup_teardown (what_is_not_there_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown (no_name_leads_out_of_the_root, set_up, tear_down),
        cmocka_unit_test_setup_teardown (only_regular_files_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown (other_kinds_of_file_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown (a_picture_that_breaks_off_anywhere_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown (damage_inside_a_png_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown (a_picture_of_too_many_pixels_is_refused_by_its_header, set_up, tear_down),
        cmocka_unit_test_setup_teardown (a_file_over_the_limit_is_refused_unread, set_up, tear_down),
        cmocka_unit_test_setup_teardown (the_hundred_and_first_scan_is_refused, set_up, tear_down),
    };

    return cmocka_run_group_tests (tests, NULL, NULL);
}
