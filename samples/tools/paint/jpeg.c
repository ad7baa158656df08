/* jpeg.c — writes the picture with libjpeg, and what it shows into its APP13 segment.
 *
 * The segment is a Photoshop image resource block (8BIM, id 0x0404) that holds IPTC IIM data sets: that is where
 * picture agencies put caption, by-line and credit, and where an editor's system looks for them. */
#include "paint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#define APP13_MAX 4096

typedef struct {
    uint8_t bytes[APP13_MAX];
    size_t used;
} Block;

static void
put_bytes (Block *block, const void *bytes, size_t count)
{
    if (block->used + count > APP13_MAX) {
        fputs ("paint: the notes of a picture are too long\n", stderr);
        exit (1);
    }
    memcpy (block->bytes + block->used, bytes, count);
    block->used += count;
}

static void
put_u16 (Block *block, size_t value)
{
    uint8_t bytes[2] = { (uint8_t) (value >> 8), (uint8_t) value };

    put_bytes (block, bytes, 2);
}

/* One data set: marker 1C, record, number, length, value. */
static void
put_set (Block *block, int record, int number, const void *value, size_t length)
{
    uint8_t head[3] = { 0x1c, (uint8_t) record, (uint8_t) number };

    put_bytes (block, head, 3);
    put_u16 (block, length);
    put_bytes (block, value, length);
}

static void
put_text (Block *block, int number, const char *text)
{
    if (text != NULL)
        put_set (block, 2, number, text, strlen (text));
}

static void
make_iptc (Block *iptc, const Notes *notes)
{
    static const uint8_t version[2] = { 0, 4 };

    iptc->used = 0;
    put_set (iptc, 1, 90, "\x1b%G", 3); /* the text is UTF-8 */
    put_set (iptc, 2, 0, version, 2);
    put_text (iptc, 5, notes->title);
    put_text (iptc, 40, "Drawn by a program; people, places and events are invented.");
    put_text (iptc, 55, notes->date);
    put_text (iptc, 80, notes->byline);
    put_text (iptc, 90, notes->city);
    put_text (iptc, 110, notes->credit);
    put_text (iptc, 120, notes->caption);
}

static void
write_notes (struct jpeg_compress_struct *jpeg, const Notes *notes)
{
    Block iptc, app13 = { .used = 0 };

    make_iptc (&iptc, notes);
    put_bytes (&app13, "Photoshop 3.0", 14);
    put_bytes (&app13, "8BIM", 4);
    put_u16 (&app13, 0x0404);
    put_u16 (&app13, 0); /* no name */
    put_u16 (&app13, 0); /* length, upper half */
    put_u16 (&app13, iptc.used);
    put_bytes (&app13, iptc.bytes, iptc.used);
    if (iptc.used % 2)
        put_bytes (&app13, "", 1);
    jpeg_write_marker (jpeg, JPEG_APP0 + 13, app13.bytes, (unsigned) app13.used);
}

static void
write_rows (struct jpeg_compress_struct *jpeg, const Image *image, uint8_t *row)
{
    for (int y = 0; y < image->height; y++) {
        const Rgb *from = image->pixels + (size_t) y * (size_t) image->width;
        JSAMPROW rows[1] = { row };

        for (int x = 0; x < image->width; x++) {
            row[3 * x] = (uint8_t) (clamp01 (from[x].r) * 255.0f + 0.5f);
            row[3 * x + 1] = (uint8_t) (clamp01 (from[x].g) * 255.0f + 0.5f);
            row[3 * x + 2] = (uint8_t) (clamp01 (from[x].b) * 255.0f + 0.5f);
        }
        jpeg_write_scanlines (jpeg, rows, 1);
    }
}

static void
set_up (struct jpeg_compress_struct *jpeg, const Image *image, int quality)
{
    jpeg->image_width = (JDIMENSION) image->width;
    jpeg->image_height = (JDIMENSION) image->height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults (jpeg);
    jpeg_set_quality (jpeg, quality, TRUE);
    jpeg->optimize_coding = TRUE;
    jpeg->density_unit = 1;
    jpeg->X_density = jpeg->Y_density = 300;
}

bool
write_jpeg (const Image *image, const char *path, int quality, const Notes *notes)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    uint8_t *row = malloc ((size_t) image->width * 3);
    FILE *file = fopen (path, "wb");

    if (row == NULL || file == NULL) {
        free (row);
        return false;
    }
    jpeg.err = jpeg_std_error (&errors);
    jpeg_create_compress (&jpeg);
    jpeg_stdio_dest (&jpeg, file);
    set_up (&jpeg, image, quality);
    jpeg_start_compress (&jpeg, TRUE);
    write_notes (&jpeg, notes);
    write_rows (&jpeg, image, row);
    jpeg_finish_compress (&jpeg);
    jpeg_destroy_compress (&jpeg);
    free (row);
    return fclose (file) == 0;
}
