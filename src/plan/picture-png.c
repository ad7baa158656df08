/* picture-png.c — PNG by libpng, read to its end. */
#include "plan/picture-private.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

typedef struct {
    const BmPictureFile *picture;
    size_t read;
    png_structp png;
    png_infop info;
    char *fault;
    uint8_t *row;
    uint32_t *pixels;
} Reader;

static void
leave (png_structp png, png_const_charp words)
{
    Reader *reader = png_get_error_ptr (png);

    g_strlcpy (reader->fault, words, BM_FAULT_LENGTH);
    longjmp (png_jmpbuf (png), 1);
}

/* Odd profiles and dates are no fault of the picture. */
static void
pass_over (png_structp png, png_const_charp words)
{
    (void) png;
    (void) words;
}

static void
read_bytes (png_structp png, png_bytep into, size_t length)
{
    Reader *reader = png_get_io_ptr (png);

    if (length > reader->picture->length - reader->read)
        png_error (png, "the file breaks off");
    memcpy (into, reader->picture->bytes + reader->read, length);
    reader->read += length;
}

static bool
start (Reader *reader, const BmPictureFile *picture, char *fault)
{
    *reader = (Reader){ .picture = picture, .fault = fault };
    reader->png = png_create_read_struct (PNG_LIBPNG_VER_STRING, reader, leave, pass_over);
    if (reader->png == NULL)
        return false;
    reader->info = png_create_info_struct (reader->png);
    png_set_read_fn (reader->png, reader, read_bytes);
    return reader->info != NULL;
}

static void
finish (Reader *reader)
{
    png_destroy_read_struct (&reader->png, &reader->info, NULL);
    g_free (reader->row);
}

/* Palettes count as colour; alpha is a component. */
static bool
run_through (Reader *reader, BmPictureFile *picture)
{
    png_read_info (reader->png, reader->info);
    png_uint_32 width = png_get_image_width (reader->png, reader->info);
    png_uint_32 height = png_get_image_height (reader->png, reader->info);

    if ((guint64) width * height > BM_MAX_PICTURE_PIXELS)
        return false;
    picture->width = (int) width;
    picture->height = (int) height;
    picture->components = png_get_color_type (reader->png, reader->info) == PNG_COLOR_TYPE_PALETTE
                              ? 3
                              : png_get_channels (reader->png, reader->info);
    int passes = png_set_interlace_handling (reader->png);
    png_read_update_info (reader->png, reader->info);
    reader->row = g_malloc (png_get_rowbytes (reader->png, reader->info));
    for (int pass = 0; pass < passes; pass++)
        for (png_uint_32 y = 0; y < height; y++)
            png_read_row (reader->png, reader->row, NULL);
    png_read_end (reader->png, NULL);
    return true;
}

BmDecodeStatus
bm_check_png (BmPictureFile *picture, char fault[BM_FAULT_LENGTH])
{
    Reader *reader = g_new0 (Reader, 1);
    volatile BmDecodeStatus status = BM_BROKEN;

    if (start (reader, picture, fault) && setjmp (png_jmpbuf (reader->png)) == 0)
        status = run_through (reader, picture) ? BM_DECODED : BM_TOO_LARGE;
    finish (reader);
    g_free (reader);
    return status;
}

/* ---- pixels ---- */

/* Everything becomes 8-bit RGB in four bytes, clear places white as the paper. */
static void
ask_for_rgb (Reader *reader)
{
    static const png_color_16 white = { .red = 255, .green = 255, .blue = 255, .gray = 255 };
    bool gray = (png_get_color_type (reader->png, reader->info) & PNG_COLOR_MASK_COLOR) == 0;

    png_set_expand (reader->png);
    png_set_strip_16 (reader->png);
    if (gray)
        png_set_gray_to_rgb (reader->png);
    png_set_background (reader->png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
    if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
        png_set_bgr (reader->png);
    png_set_filler (reader->png, 0, G_BYTE_ORDER == G_LITTLE_ENDIAN ? PNG_FILLER_AFTER : PNG_FILLER_BEFORE);
}

static void
read_pixels (Reader *reader)
{
    png_read_info (reader->png, reader->info);
    png_uint_32 width = png_get_image_width (reader->png, reader->info);
    png_uint_32 height = png_get_image_height (reader->png, reader->info);

    ask_for_rgb (reader);
    int passes = png_set_interlace_handling (reader->png);
    png_read_update_info (reader->png, reader->info);
    reader->pixels = g_new0 (uint32_t, (size_t) width * height);
    for (int pass = 0; pass < passes; pass++)
        for (png_uint_32 y = 0; y < height; y++)
            png_read_row (reader->png, (png_bytep) (reader->pixels + (size_t) y * width), NULL);
}

uint32_t *
bm_png_pixels (const BmPictureFile *picture, int *width, int *height)
{
    Reader *reader = g_new0 (Reader, 1);
    char fault[BM_FAULT_LENGTH];

    *width = picture->width;
    *height = picture->height;
    if (!start (reader, picture, fault) || setjmp (png_jmpbuf (reader->png)) != 0) {
        g_free (reader->pixels);
        reader->pixels = NULL;
    } else
        read_pixels (reader);
    uint32_t *pixels = reader->pixels;
    finish (reader);
    g_free (reader);
    return pixels;
}

/* ---- the profile ---- */

static void
read_profile (Reader *reader, char **profile, size_t *length)
{
    png_charp name = NULL;
    png_bytep bytes = NULL;
    png_uint_32 n = 0;
    int packing = 0;

    png_read_info (reader->png, reader->info);
    if (png_get_iCCP (reader->png, reader->info, &name, &packing, &bytes, &n) != 0 && n > 0) {
        *profile = g_memdup2 (bytes, n);
        *length = n;
    }
}

char *
bm_png_profile (const BmPictureFile *picture, size_t *length)
{
    Reader *reader = g_new0 (Reader, 1);
    char fault[BM_FAULT_LENGTH], *profile = NULL;
    char **volatile keep = &profile; /* lives in memory across longjmp */

    if (start (reader, picture, fault) && setjmp (png_jmpbuf (reader->png)) == 0)
        read_profile (reader, keep, length);
    finish (reader);
    g_free (reader);
    return *keep;
}
