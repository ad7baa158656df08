/* pictures.c — see pictures.h. */
#include "draw/pictures.h"

#include <glib/gstdio.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

/* The mean first, then each frequency without its last bit, then the last bits: one scan each. */
static void
make_scans (jpeg_scan_info *scans, int n)
{
    for (int i = 0; i < n; i++) {
        int frequency = i == 0 ? 0 : (i - 1) % 63 + 1;

        scans[i] = (jpeg_scan_info){ .comps_in_scan = 1, .Ss = frequency, .Se = frequency };
        scans[i].Ah = i > 63;
        scans[i].Al = i > 0 && i <= 63;
    }
}

static void
set_up (struct jpeg_compress_struct *writer, const TestJpeg *how, jpeg_scan_info *scans)
{
    static const J_COLOR_SPACE spaces[] = { JCS_UNKNOWN, JCS_GRAYSCALE, JCS_UNKNOWN, JCS_RGB, JCS_CMYK };

    writer->image_width = (JDIMENSION) how->width;
    writer->image_height = (JDIMENSION) how->height;
    writer->input_components = how->components;
    writer->in_color_space = spaces[how->components];
    jpeg_set_defaults (writer);
    jpeg_set_quality (writer, 90, TRUE);
    if (how->components == 4)
        writer->write_Adobe_marker = how->adobe;
    if (how->progressive)
        jpeg_simple_progression (writer);
    if (how->scans > 0) {
        make_scans (scans, how->scans);
        writer->scan_info = scans;
        writer->num_scans = how->scans;
    }
}

/* A slope of the first component over the width, of the second over the height; no third or fourth. */
static void
fill_row (guint8 *row, const TestJpeg *how, int y)
{
    for (int x = 0; x < how->width; x++)
        for (int k = 0; k < how->components; k++) {
            int value = k == 0 ? x * 255 / how->width : k == 1 ? y * 255 / how->height : 0;

            row[x * how->components + k] = (guint8) (how->adobe ? 255 - value : value);
        }
}

GByteArray *
test_jpeg (const TestJpeg *how)
{
    struct jpeg_compress_struct writer;
    struct jpeg_error_mgr errors;
    jpeg_scan_info scans[127];
    unsigned char *bytes = NULL;
    unsigned long length = 0;
    guint8 *row = g_malloc ((gsize) how->width * (gsize) how->components);

    writer.err = jpeg_std_error (&errors);
    jpeg_create_compress (&writer);
    jpeg_mem_dest (&writer, &bytes, &length);
    set_up (&writer, how, scans);
    jpeg_start_compress (&writer, TRUE);
    if (how->app13 != NULL)
        jpeg_write_marker (&writer, JPEG_APP0 + 13, how->app13, how->app13_length);
    for (int y = 0; y < how->height; y++) {
        fill_row (row, how, y);
        jpeg_write_scanlines (&writer, &row, 1);
    }
    jpeg_finish_compress (&writer);
    jpeg_destroy_compress (&writer);
    GByteArray *array = g_byte_array_append (g_byte_array_new (), bytes, (guint) length);
    free (bytes);
    g_free (row);
    return array;
}

static void
append (png_structp png, png_bytep bytes, size_t length)
{
    g_byte_array_append (png_get_io_ptr (png), bytes, (guint) length);
}

static void
flush (png_structp png)
{
    (void) png;
}

GByteArray *
test_png (int width, int height, int depth, int colour_type)
{
    static const png_color palette[] = { { 255, 0, 0 }, { 0, 255, 0 } };
    GByteArray *array = g_byte_array_new ();
    png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct (png);

    png_set_write_fn (png, array, append, flush);
    png_set_IHDR (png, info, (png_uint_32) width, (png_uint_32) height, depth, colour_type, PNG_INTERLACE_NONE,
                  PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (colour_type == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE (png, info, palette, 2);
    png_write_info (png, info);
    gsize row_bytes = png_get_rowbytes (png, info);
    guint8 *row = g_malloc (row_bytes);
    for (int y = 0; y < height; y++) {
        for (gsize i = 0; i < row_bytes; i++)
            row[i] = colour_type == PNG_COLOR_TYPE_PALETTE ? 1 : (guint8) ((gsize) y * 7 + i * 3);
        png_write_row (png, row);
    }
    png_write_end (png, info);
    png_destroy_write_struct (&png, &info);
    g_free (row);
    return array;
}

char *
test_folder (void)
{
    return g_dir_make_tmp ("banmian-test-XXXXXX", NULL);
}

void
test_folder_remove (char *folder)
{
    GDir *dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        char *path = g_build_filename (folder, name, NULL);

        if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
            test_folder_remove (path);
        else {
            g_remove (path);
            g_free (path);
        }
    }
    if (dir != NULL)
        g_dir_close (dir);
    g_rmdir (folder);
    g_free (folder);
}

void
test_write (const char *folder, const char *name, const void *bytes, gsize length)
{
    char *path = g_build_filename (folder, name, NULL);

    if (!g_file_set_contents (path, bytes, (gssize) length, NULL))
        abort ();
    g_free (path);
}
