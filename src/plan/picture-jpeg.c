/* picture-jpeg.c — JPEG by libjpeg with every warning fatal.
 *
 * libjpeg goes on after damage and leaves the limits to its callers; a progressive file of many scans can take hours
 * (CVE-2019-13960; reliability.md §2). So a warning ends the decoding, and so does the 101st scan. */
#include "plan/picture-private.h"

#include <stdio.h>
#include <jpeglib.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    struct jpeg_error_mgr errors; /* first: libjpeg hands it back */
    struct jpeg_progress_mgr progress;
    struct jpeg_decompress_struct reader;
    jmp_buf back;
    char *fault;
    const char *own_words;
} Decoder;

static void
leave (j_common_ptr common)
{
    Decoder *decoder = (Decoder *) (void *) common->err;
    char words[JMSG_LENGTH_MAX];

    common->err->format_message (common, words);
    g_strlcpy (decoder->fault, decoder->own_words != NULL ? decoder->own_words : words, BM_FAULT_LENGTH);
    longjmp (decoder->back, 1);
}

static void
leave_on_warning (j_common_ptr common, int level)
{
    if (level < 0)
        leave (common);
}

static void
count_scans (j_common_ptr common)
{
    Decoder *decoder = (Decoder *) (void *) common->err;

    if (decoder->reader.input_scan_number > BM_MAX_PICTURE_SCANS) {
        decoder->own_words = "more than 100 scans";
        leave (common);
    }
}

static void
start (Decoder *decoder, const BmPictureFile *picture, char *fault)
{
    memset (decoder, 0, sizeof *decoder);
    decoder->fault = fault;
    decoder->reader.err = jpeg_std_error (&decoder->errors);
    decoder->errors.error_exit = leave;
    decoder->errors.emit_message = leave_on_warning;
    decoder->progress.progress_monitor = count_scans;
    jpeg_create_decompress (&decoder->reader);
    decoder->reader.progress = &decoder->progress;
    jpeg_mem_src (&decoder->reader, (const unsigned char *) picture->bytes, (unsigned long) picture->length);
}

/* PDF viewers do not know the arithmetic coding that libjpeg may know. */
static void
read_header (Decoder *decoder)
{
    jpeg_read_header (&decoder->reader, TRUE);
    if (decoder->reader.arith_code) {
        decoder->own_words = "arithmetic coding, which PDF does not have";
        leave ((j_common_ptr) &decoder->reader);
    }
}

/* The whole file is unpacked, but only the mean of each 8 × 8 block made into pixels: faults show in unpacking. */
static bool
run_through (Decoder *decoder, BmPictureFile *picture)
{
    struct jpeg_decompress_struct *reader = &decoder->reader;

    read_header (decoder);
    picture->width = (int) reader->image_width;
    picture->height = (int) reader->image_height;
    picture->components = reader->num_components;
    picture->inverted = reader->num_components == 4 && reader->saw_Adobe_marker;
    if ((gint64) reader->image_width * reader->image_height > BM_MAX_PICTURE_PIXELS)
        return false;
    reader->out_color_space = reader->jpeg_color_space;
    reader->scale_num = 1;
    reader->scale_denom = 8;
    reader->do_fancy_upsampling = FALSE;
    reader->dct_method = JDCT_IFAST;
    jpeg_start_decompress (reader);
    JDIMENSION row_bytes = reader->output_width * (JDIMENSION) reader->output_components;
    JSAMPARRAY row = reader->mem->alloc_sarray ((j_common_ptr) reader, JPOOL_IMAGE, row_bytes, 1);
    while (reader->output_scanline < reader->output_height)
        jpeg_read_scanlines (reader, row, 1);
    jpeg_finish_decompress (reader);
    return true;
}

BmDecodeStatus
bm_check_jpeg (BmPictureFile *picture, char fault[BM_FAULT_LENGTH])
{
    Decoder decoder;
    volatile BmDecodeStatus status = BM_BROKEN;

    start (&decoder, picture, fault);
    if (setjmp (decoder.back) == 0)
        status = run_through (&decoder, picture) ? BM_DECODED : BM_TOO_LARGE;
    jpeg_destroy_decompress (&decoder.reader);
    return status;
}

/* ---- pixels ---- */

/* What inks leave of white; the four bytes become one pixel. `strip`: inks as 255 − ink. */
static void
inks_to_pixels (const uint8_t *inks, uint32_t *pixels, int n, bool inverted)
{
    for (int i = 0; i < n; i++, inks += 4) {
        unsigned white[4];

        for (int k = 0; k < 4; k++)
            white[k] = inverted ? inks[k] : 255u - inks[k];
        pixels[i] = (white[0] * white[3] / 255) << 16 | (white[1] * white[3] / 255) << 8 | white[2] * white[3] / 255;
    }
}

static void
read_cmyk (Decoder *decoder, const BmPictureFile *picture, uint32_t *pixels)
{
    struct jpeg_decompress_struct *reader = &decoder->reader;
    JSAMPARRAY row = reader->mem->alloc_sarray ((j_common_ptr) reader, JPOOL_IMAGE, reader->output_width * 4, 1);

    while (reader->output_scanline < reader->output_height) {
        uint32_t *into = pixels + (size_t) reader->output_scanline * reader->output_width;

        jpeg_read_scanlines (reader, row, 1);
        inks_to_pixels (row[0], into, (int) reader->output_width, picture->inverted);
    }
}

static void
read_rgb (Decoder *decoder, uint32_t *pixels)
{
    struct jpeg_decompress_struct *reader = &decoder->reader;

    while (reader->output_scanline < reader->output_height) {
        JSAMPROW row = (JSAMPROW) (pixels + (size_t) reader->output_scanline * reader->output_width);

        jpeg_read_scanlines (reader, &row, 1);
    }
    /* the fourth byte is the decoder's to fill: same input, same bytes */
    for (size_t i = 0; i < (size_t) reader->output_width * reader->output_height; i++)
        pixels[i] &= 0xffffff;
}

static void
read_pixels (Decoder *decoder, const BmPictureFile *picture, int reduce, uint32_t **pixels)
{
    struct jpeg_decompress_struct *reader = &decoder->reader;

    read_header (decoder);
    reader->scale_num = 1;
    reader->scale_denom = (unsigned) reduce;
    reader->out_color_space = G_BYTE_ORDER == G_LITTLE_ENDIAN ? JCS_EXT_BGRX : JCS_EXT_XRGB;
    if (reader->num_components == 4)
        reader->out_color_space = JCS_CMYK;
    jpeg_start_decompress (reader);
    *pixels = g_new (uint32_t, (size_t) reader->output_width * reader->output_height);
    if (reader->num_components == 4)
        read_cmyk (decoder, picture, *pixels);
    else
        read_rgb (decoder, *pixels);
}

uint32_t *
bm_jpeg_pixels (const BmPictureFile *picture, int reduce, int *width, int *height)
{
    Decoder decoder;
    char fault[BM_FAULT_LENGTH];
    uint32_t *pixels = NULL;
    uint32_t **volatile keep = &pixels; /* lives in memory across longjmp */

    start (&decoder, picture, fault);
    if (setjmp (decoder.back) == 0) {
        read_pixels (&decoder, picture, reduce, keep);
        *width = (int) decoder.reader.output_width;
        *height = (int) decoder.reader.output_height;
    } else {
        g_free (*keep);
        *keep = NULL;
    }
    jpeg_destroy_decompress (&decoder.reader);
    return *keep;
}

/* ---- inks ---- */

static void
read_inks (Decoder *decoder, const BmPictureFile *picture, int reduce, uint8_t **inks)
{
    struct jpeg_decompress_struct *reader = &decoder->reader;

    read_header (decoder);
    reader->scale_num = 1;
    reader->scale_denom = (unsigned) reduce;
    reader->out_color_space = JCS_CMYK;
    jpeg_start_decompress (reader);
    size_t row_bytes = (size_t) reader->output_width * 4;
    *inks = g_new (uint8_t, row_bytes * reader->output_height);
    while (reader->output_scanline < reader->output_height) {
        JSAMPROW row = *inks + row_bytes * reader->output_scanline;

        jpeg_read_scanlines (reader, &row, 1);
        for (size_t i = 0; i < row_bytes && picture->inverted; i++)
            row[i] = (JSAMPLE) (255 - row[i]);
    }
}

uint8_t *
bm_picture_inks (const BmPictureFile *picture, int reduce, int *width, int *height)
{
    Decoder decoder;
    char fault[BM_FAULT_LENGTH];
    uint8_t *inks = NULL;
    uint8_t **volatile keep = &inks; /* lives in memory across longjmp */

    if (picture->kind != BM_PICTURE_JPEG || picture->components != 4)
        return NULL;
    start (&decoder, picture, fault);
    if (setjmp (decoder.back) == 0) {
        read_inks (&decoder, picture, reduce, keep);
        *width = (int) decoder.reader.output_width;
        *height = (int) decoder.reader.output_height;
    } else {
        g_free (*keep);
        *keep = NULL;
    }
    jpeg_destroy_decompress (&decoder.reader);
    return *keep;
}

/* ---- CMYK as PDF reads it ---- */

typedef struct {
    struct jpeg_error_mgr errors;
    struct jpeg_compress_struct writer;
    jmp_buf back;
    unsigned char *bytes;
    unsigned long length;
} Encoder;

static void
leave_encoder (j_common_ptr common)
{
    longjmp (((Encoder *) (void *) common->err)->back, 1);
}

/* Quality and the missing marker: print-ready.md §4. */
static void
start_writing (Encoder *encoder, const Decoder *decoder)
{
    struct jpeg_compress_struct *writer = &encoder->writer;

    jpeg_mem_dest (writer, &encoder->bytes, &encoder->length);
    writer->image_width = decoder->reader.output_width;
    writer->image_height = decoder->reader.output_height;
    writer->input_components = 4;
    writer->in_color_space = JCS_CMYK;
    jpeg_set_defaults (writer);
    jpeg_set_quality (writer, 92, TRUE);
    writer->write_Adobe_marker = FALSE;
    jpeg_start_compress (writer, TRUE);
}

static void
recode (Decoder *decoder, Encoder *encoder)
{
    struct jpeg_decompress_struct *reader = &decoder->reader;

    jpeg_read_header (reader, TRUE);
    reader->out_color_space = JCS_CMYK;
    jpeg_start_decompress (reader);
    start_writing (encoder, decoder);
    JSAMPARRAY row = reader->mem->alloc_sarray ((j_common_ptr) reader, JPOOL_IMAGE, reader->output_width * 4, 1);
    while (reader->output_scanline < reader->output_height) {
        jpeg_read_scanlines (reader, row, 1);
        for (JDIMENSION i = 0; i < reader->output_width * 4; i++)
            row[0][i] = (JSAMPLE) (255 - row[0][i]);
        jpeg_write_scanlines (&encoder->writer, row, 1);
    }
    jpeg_finish_compress (&encoder->writer);
}

char *
bm_picture_straight_cmyk (const BmPictureFile *picture, size_t *length)
{
    Decoder decoder;
    Encoder *encoder = g_new0 (Encoder, 1);
    char fault[BM_FAULT_LENGTH], *copy = NULL;

    encoder->writer.err = jpeg_std_error (&encoder->errors);
    encoder->errors.error_exit = leave_encoder;
    jpeg_create_compress (&encoder->writer);
    start (&decoder, picture, fault);
    if (setjmp (decoder.back) == 0 && setjmp (encoder->back) == 0) {
        recode (&decoder, encoder);
        copy = g_memdup2 (encoder->bytes, encoder->length);
        *length = encoder->length;
    }
    jpeg_destroy_decompress (&decoder.reader);
    jpeg_destroy_compress (&encoder->writer);
    free (encoder->bytes);
    g_free (encoder);
    return copy;
}
