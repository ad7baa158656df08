/* photo-press.c — pictures for the plates: brought to the size placed, turned into the press's inks, packed as JPEG.
 *
 * Pixels cost (12 ms per million): a picture with far more than the plate can show is reduced first, by the decoder as far as
 * it can, the rest by the mean of what falls together. A profile in the picture is honoured, without one RGB is sRGB; what is
 * gray stays on the black plate. JPEG of inks goes without Adobe's marker, which would turn them round (print-ready.md §2). */
#include "draw/draw-private.h"

#include <stdio.h>
#include <jpeglib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ENOUGH_PPI  300.0
#define FAR_MORE    1.5   /* × enough: only then is a picture reduced */
#define LEAST_PPI   200.0 /* rule I1 */
#define QUALITY     88    /* of photographs; print-ready.md §4 */
#define QUALITY_ART 95    /* of PNG, mostly drawn: edges show blocks earlier */
#define INK_LIMIT   612   /* 240 %, in 255ths */
#define INK_START   590   /* 231 %: room for what packing adds at edges */
#define TRIES       5

/* 1, 3 or 4 bytes a pixel as the decoder gave them: pixels or inks. */
typedef struct {
    uint32_t *pixels;
    uint8_t *inks;
    int width, height;
} Samples;

static void
clear_samples (Samples *samples)
{
    g_free (samples->pixels);
    g_free (samples->inks);
}

/* ---- size ---- */

static int
enough (double points, int have)
{
    double want = points / 72 * ENOUGH_PPI;

    return have > want * FAR_MORE ? MAX ((int) ceil (want), 1) : have;
}

static int
reduction (const BmPictureFile *picture, int width, int height)
{
    int reduce = 1;

    while (picture->kind == BM_PICTURE_JPEG && reduce < 8 && picture->width / (reduce * 2) >= width &&
           picture->height / (reduce * 2) >= height)
        reduce *= 2;
    return reduce;
}

/* The mean of the pixels that fall into each new one; parts count by their share, in 1/256. */
typedef struct {
    int first, n;
    uint32_t head, tail; /* shares of the first and the last, 1 … 256 */
} Span;

static Span
span_of (int i, int from, int to)
{
    int64_t start = (int64_t) i * from * 256 / to, end = (int64_t) (i + 1) * from * 256 / to;
    Span span = { (int) (start >> 8), (int) ((end + 255) >> 8) - (int) (start >> 8), 256 - (uint32_t) (start & 255),
                  (uint32_t) (end & 255) };

    if (span.tail == 0)
        span.tail = 256;
    if (span.n == 1)
        span.head = span.tail = 256;
    return span;
}

static uint32_t
share (const Span *span, int k)
{
    return k == 0 ? span->head : k == span->n - 1 ? span->tail : 256;
}

static void
mean_of (const uint8_t *from, size_t stride, const Span *across, const Span *down, uint8_t *to)
{
    uint64_t sum[4] = { 0 }, weight = 0;

    for (int y = 0; y < down->n; y++) {
        const uint8_t *p = from + (size_t) (down->first + y) * stride + (size_t) across->first * 4;

        for (int x = 0; x < across->n; x++, p += 4) {
            uint64_t w = (uint64_t) share (down, y) * share (across, x);

            weight += w;
            for (int k = 0; k < 4; k++)
                sum[k] += w * p[k];
        }
    }
    for (int k = 0; k < 4; k++)
        to[k] = (uint8_t) ((sum[k] + weight / 2) / weight);
}

/* Both kinds have four bytes a pixel. */
static void
resample (Samples *samples, int width, int height)
{
    uint8_t *from = samples->inks != NULL ? samples->inks : (uint8_t *) samples->pixels;
    uint8_t *to = g_malloc ((size_t) width * (size_t) height * 4);

    if (width >= samples->width && height >= samples->height) {
        g_free (to);
        return;
    }
    for (int y = 0; y < height; y++) {
        Span down = span_of (y, samples->height, height);

        for (int x = 0; x < width; x++) {
            Span across = span_of (x, samples->width, width);

            mean_of (from, (size_t) samples->width * 4, &across, &down, to + ((size_t) y * (size_t) width + (size_t) x) * 4);
        }
    }
    g_free (from);
    if (samples->inks != NULL)
        samples->inks = to;
    else
        samples->pixels = (uint32_t *) (gpointer) to;
    samples->width = width;
    samples->height = height;
}

static bool
read_samples (const BmPressPicture *placed, Samples *samples)
{
    const BmPictureFile *picture = placed->picture;
    int width = enough (placed->width, picture->width), height = enough (placed->height, picture->height);
    int reduce = reduction (picture, width, height);

    *samples = (Samples){ 0 };
    if (picture->kind == BM_PICTURE_JPEG && picture->components == 4)
        samples->inks = bm_picture_inks (picture, reduce, &samples->width, &samples->height);
    else
        samples->pixels = bm_picture_pixels (picture, reduce, &samples->width, &samples->height);
    if (samples->inks == NULL && samples->pixels == NULL)
        return false;
    resample (samples, MIN (width, samples->width), MIN (height, samples->height));
    return true;
}

/* ---- inks ---- */

typedef struct {
    uint8_t *bytes;
    int channels; /* 1: tints of black, 255 paper; 4: inks, 255 solid */
    int width, height;
} Plates;

static bool
is_gray (const uint32_t *pixels, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((pixels[i] >> 16 & 255) != (pixels[i] & 255) || (pixels[i] >> 8 & 255) != (pixels[i] & 255))
            return false;
    return true;
}

/* Where inks are over the limit (of 255 a plate) the colours give way to the black. */
static void
hold_down (uint8_t *inks, size_t n, int limit)
{
    for (size_t i = 0; i < n; i++, inks += 4) {
        int colours = inks[0] + inks[1] + inks[2], room = limit - inks[3];

        for (int k = 0; k < 3 && colours > room; k++)
            inks[k] = (uint8_t) (inks[k] * room / colours);
    }
}

static void
say_unused (BmPainter *painter, const char *file)
{
    bm_diag (painter->diags, BM_WARNING, "BM0906", BM_IN_FILE (file), "save the picture with the profile of its own colours",
             "the profile in %s does not fit its colours and is not used", file);
}

static Plates
to_plates (BmPainter *painter, const BmPressPicture *placed, Samples *samples)
{
    size_t length = 0, n = (size_t) samples->width * (size_t) samples->height;
    char *own = bm_picture_profile (placed->picture, &length);
    Plates plates = { NULL, 4, samples->width, samples->height };
    bool used = true;

    if (samples->inks != NULL) {
        plates.bytes = samples->inks;
        samples->inks = NULL;
        used = bm_colour_inks_to_inks (painter->colour, own, length, plates.bytes, n) || own == NULL;
        if (own == NULL || !used)
            hold_down (plates.bytes, n, INK_LIMIT);
    } else if (placed->picture->components <= 2 || is_gray (samples->pixels, n)) {
        bool gray = placed->picture->components <= 2; /* a profile of RGB says little of grays but their curve, sRGB's mostly */

        plates = (Plates){ g_malloc (n), 1, samples->width, samples->height };
        used = bm_colour_gray (painter->colour, gray ? own : NULL, length, samples->pixels, plates.bytes, n);
    } else {
        plates.bytes = g_malloc (n * 4);
        used = bm_colour_pixels_to_inks (painter->colour, own, length, samples->pixels, plates.bytes, n);
    }
    if (!used)
        say_unused (painter, placed->file);
    g_free (own);
    return plates;
}

/* ---- JPEG ---- */

static unsigned char *
encode (const Plates *plates, int quality, unsigned long *length)
{
    struct jpeg_compress_struct writer;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;

    writer.err = jpeg_std_error (&errors); /* it can fail only for want of memory, which ends the program */
    jpeg_create_compress (&writer);
    jpeg_mem_dest (&writer, &bytes, length);
    writer.image_width = (JDIMENSION) plates->width;
    writer.image_height = (JDIMENSION) plates->height;
    writer.input_components = plates->channels;
    writer.in_color_space = plates->channels == 1 ? JCS_GRAYSCALE : JCS_CMYK;
    jpeg_set_defaults (&writer);
    jpeg_set_quality (&writer, quality, TRUE);
    writer.optimize_coding = TRUE;
    writer.write_Adobe_marker = FALSE;
    jpeg_start_compress (&writer, TRUE);
    while (writer.next_scanline < writer.image_height) {
        JSAMPROW row = plates->bytes + (size_t) writer.next_scanline * (size_t) plates->width * (size_t) plates->channels;

        jpeg_write_scanlines (&writer, &row, 1);
    }
    jpeg_finish_compress (&writer);
    jpeg_destroy_compress (&writer);
    return bytes;
}

/* The most ink on one pixel as a reader will unpack it: at edges JPEG swings beyond what it was given. */
static int
heaviest_pixel (const unsigned char *bytes, unsigned long length)
{
    /* Our own bytes need no check before they are unpacked. */
    const BmPictureFile picture = { .kind = BM_PICTURE_JPEG, .bytes = (char *) (gpointer) bytes, .length = length, .components = 4, .borrowed = true };
    int width = 0, height = 0, most = 0;
    uint8_t *inks = bm_picture_inks (&picture, 1, &width, &height);

    for (size_t i = 0, n = (size_t) width * (size_t) height; inks != NULL && i < n; i++) {
        const uint8_t *p = inks + 4 * i;

        most = MAX (most, p[0] + p[1] + p[2] + p[3]);
    }
    g_free (inks);
    return most;
}

/* Where unpacked ink is over the limit it is held lower before packing, by somewhat more, until it is not. */
static unsigned char *
encode_within (Plates *plates, int quality, unsigned long *length)
{
    size_t n = (size_t) plates->width * (size_t) plates->height;
    int limit = INK_START;

    if (plates->channels == 4)
        hold_down (plates->bytes, n, limit);
    unsigned char *bytes = encode (plates, quality, length);
    for (int i = 0; i < TRIES && plates->channels == 4; i++) {
        int over = heaviest_pixel (bytes, *length) - INK_LIMIT;

        if (over <= 0)
            break;
        limit -= over + over / 2 + 2;
        hold_down (plates->bytes, n, limit);
        free (bytes);
        bytes = encode (plates, i == TRIES - 1 ? QUALITY_ART : quality, length);
    }
    return bytes;
}

static cairo_surface_t *
surface_of_jpeg (Plates *plates, const BmPressPicture *placed)
{
    unsigned long length = 0;
    unsigned char *bytes = encode_within (plates, placed->picture->kind == BM_PICTURE_PNG ? QUALITY_ART : QUALITY, &length);
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, plates->width, plates->height);
    char *id = g_strdup_printf ("%s %d %d", placed->file, plates->width, plates->height);

    cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, bytes, length, free, bytes);
    cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_UNIQUE_ID, (unsigned char *) id, strlen (id), g_free, id);
    return surface;
}

/* ---- the proof's pixels ---- */

static cairo_surface_t *
surface_of_proof (BmPainter *painter, const Plates *plates)
{
    size_t n = (size_t) plates->width * (size_t) plates->height;
    uint8_t *inks = plates->channels == 4 ? plates->bytes : g_malloc0 (n * 4);
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, plates->width, plates->height);

    for (size_t i = 0; i < n && plates->channels == 1; i++)
        inks[i * 4 + 3] = (uint8_t) (255 - plates->bytes[i]);
    if (cairo_image_surface_get_stride (surface) == plates->width * 4)
        bm_colour_inks_to_pixels (painter->colour, inks, (uint32_t *) (gpointer) cairo_image_surface_get_data (surface), n);
    cairo_surface_mark_dirty (surface);
    if (plates->channels == 1)
        g_free (inks);
    return surface;
}

/* ---- the picture ---- */

static void
check_resolution (BmPainter *painter, const BmPressPicture *placed)
{
    double ppi = MIN (placed->picture->width / (placed->width / 72), placed->picture->height / (placed->height / 72));

    if (painter->inks != NULL && ppi < LEAST_PPI)
        bm_diag (painter->diags, BM_WARNING, "BM0907", BM_IN_FILE (placed->file), "send a larger file, or place it smaller",
                 "%s has %.0f ppi at %.0f × %.0f mm; the press wants %.0f", placed->file, ppi, placed->width / BM_PT_PER_MM,
                 placed->height / BM_PT_PER_MM, LEAST_PPI);
}

cairo_surface_t *
bm_press_picture (BmPainter *painter, const BmPressPicture *placed)
{
    Samples samples;

    check_resolution (painter, placed);
    if (!read_samples (placed, &samples))
        return NULL;
    Plates plates = to_plates (painter, placed, &samples);
    cairo_surface_t *surface = painter->inks != NULL ? surface_of_jpeg (&plates, placed) : surface_of_proof (painter, &plates);
    g_free (plates.bytes);
    clear_samples (&samples);
    return surface;
}
