/* png.c — a page as a picture, drawn in bands, written without Cairo's own writer, which takes two thirds of the time
 * (print-ready.md §7).
 *
 * A gray page is drawn as ink coverage on an alpha surface and turned round when written; bands keep the surface small
 * and in the cache. Rows are not filtered: on text that is smaller and faster than any filter. */
#include "draw/draw-private.h"

#include <libdeflate.h>
#include <math.h>
#include <string.h>

#define DEFAULT_DPI 150
#define MIN_DPI 10
#define MAX_DPI 2400
#define MAX_PIXELS 400e6 /* reliability.md §3 */
#define BAND 256         /* rows */
#define LEVEL 2          /* of libdeflate: 1 is slower here, 6 gains 3 % */

/* ---- the file ---- */

static void
put32 (uint8_t *p, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t) (value >> (24 - 8 * i));
}

static void
add_chunk (GByteArray *png, const char *type, const uint8_t *bytes, size_t length)
{
    uint8_t word[4];
    uint32_t crc = libdeflate_crc32 (0, type, 4);

    if (length > 0) /* an empty buffer would reset the sum */
        crc = libdeflate_crc32 (crc, bytes, length);
    put32 (word, (uint32_t) length);
    g_byte_array_append (png, word, 4);
    g_byte_array_append (png, (const guint8 *) type, 4);
    g_byte_array_append (png, bytes, (guint) length);
    put32 (word, crc);
    g_byte_array_append (png, word, 4);
}

static void
add_header (GByteArray *png, int width, int height, int channels, double dpi)
{
    uint8_t header[13] = { 0 }, density[9] = { 0 };
    uint32_t per_metre = (uint32_t) lround (dpi / 0.0254);

    put32 (header, (uint32_t) width);
    put32 (header + 4, (uint32_t) height);
    header[8] = 8;
    header[9] = channels == 1 ? 0 : 2;
    put32 (density, per_metre);
    put32 (density + 4, per_metre);
    density[8] = 1;
    g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
    add_chunk (png, "IHDR", header, sizeof header);
    add_chunk (png, "pHYs", density, sizeof density);
}

GByteArray *
bm_png_write (const uint8_t *rows, int width, int height, int channels, double dpi)
{
    size_t length = (size_t) height * ((size_t) width * (size_t) channels + 1);
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor (LEVEL);
    if (compressor == NULL)
        g_error ("out of memory");
    size_t room = libdeflate_zlib_compress_bound (compressor, length);
    uint8_t *packed = g_malloc (room);
    size_t n = libdeflate_zlib_compress (compressor, rows, length, packed, room);
    GByteArray *png = g_byte_array_sized_new ((guint) n + 128);

    add_header (png, width, height, channels, dpi);
    add_chunk (png, "IDAT", packed, n);
    add_chunk (png, "IEND", NULL, 0);
    g_free (packed);
    libdeflate_free_compressor (compressor);
    return png;
}

/* ---- the page ---- */

typedef struct {
    BmPainter painter;
    const BmPlan *plan;
    int width, height, channels;
    double dpi;
    uint8_t *rows;
} Preview;

static void
copy_coverage (const uint8_t *from, uint8_t *to, int n)
{
    for (int i = 0; i < n; i++)
        to[i] = (uint8_t) (255 - from[i]);
}

static void
copy_colour (const uint8_t *from, uint8_t *to, int n)
{
    const uint32_t *pixels = (const uint32_t *) (const void *) from;

    for (int i = 0; i < n; i++, to += 3) {
        to[0] = (uint8_t) (pixels[i] >> 16);
        to[1] = (uint8_t) (pixels[i] >> 8);
        to[2] = (uint8_t) pixels[i];
    }
}

static void
copy_band (Preview *preview, cairo_surface_t *surface, int first, int n)
{
    const uint8_t *from = cairo_image_surface_get_data (surface);
    size_t stride = (size_t) cairo_image_surface_get_stride (surface), row = (size_t) preview->width * (size_t) preview->channels + 1;

    for (int y = 0; y < n; y++) {
        uint8_t *to = preview->rows + (size_t) (first + y) * row;

        to[0] = 0; /* no filter */
        if (preview->channels == 1)
            copy_coverage (from + (size_t) y * stride, to + 1, preview->width);
        else
            copy_colour (from + (size_t) y * stride, to + 1, preview->width);
    }
}

/* A proof shows the press's paper. */
static void
clear_band (cairo_t *cr, bool gray, BmColour *proof)
{
    double paper[3] = { 1, 1, 1 };

    if (proof != NULL)
        bm_colour_screen (proof, (const double[]){ 0, 0, 0, 0 }, paper);
    cairo_save (cr);
    cairo_set_operator (cr, gray ? CAIRO_OPERATOR_CLEAR : CAIRO_OPERATOR_OVER);
    cairo_set_source_rgb (cr, paper[0], paper[1], paper[2]);
    cairo_paint (cr);
    cairo_restore (cr);
}

/* Same positions as in the PDF: nothing is hinted. */
static void
set_options (cairo_t *cr)
{
    cairo_font_options_t *options = cairo_font_options_create ();

    cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options (cr, options);
    cairo_font_options_destroy (options);
}

static bool
draw_band (Preview *preview, cairo_surface_t *surface, int first, int n)
{
    BmPainter *painter = &preview->painter;
    cairo_t *cr = cairo_create (surface);

    clear_band (cr, preview->channels == 1, painter->colour);
    set_options (cr);
    cairo_translate (cr, 0, -first);
    cairo_scale (cr, painter->scale, painter->scale);
    bm_painter_begin (painter, cr, preview->plan);
    painter->top = first / painter->scale;
    painter->bottom = (first + n) / painter->scale;
    bool ok = bm_paint_page (painter);
    cairo_surface_flush (surface);
    cairo_destroy (cr);
    if (ok)
        copy_band (preview, surface, first, n);
    return ok;
}

static bool
draw_bands (Preview *preview)
{
    cairo_format_t format = preview->channels == 1 ? CAIRO_FORMAT_A8 : CAIRO_FORMAT_RGB24;
    cairo_surface_t *surface = cairo_image_surface_create (format, preview->width, BAND);
    bool ok = bm_cairo_ok (cairo_surface_status (surface), preview->painter.diags);

    for (int first = 0; first < preview->height && ok; first += BAND)
        ok = draw_band (preview, surface, first, MIN (BAND, preview->height - first));
    cairo_surface_destroy (surface);
    return ok;
}

/* ---- has the page any colour? Pictures count as coloured unseen. ---- */

static bool
is_gray (const BmPlan *plan, const char *name)
{
    for (int i = 0; name != NULL && i < plan->n_inks; i++) {
        const BmInk *ink = &plan->inks[i];

        if (strcmp (ink->name, name) == 0)
            return (ink->c <= 0 && ink->m <= 0 && ink->y <= 0) || ink->tint <= 0;
    }
    return true;
}

static bool
has_colour (const BmPlan *plan)
{
    for (int i = 0; i < plan->n_elements; i++)
        if (plan->elements[i].file != NULL || !is_gray (plan, plan->elements[i].ink))
            return true;
    return false;
}

static bool
set_size (Preview *preview, const BmDrawOptions *options, BmDiags *diags)
{
    preview->dpi = options->dpi > 0 ? options->dpi : DEFAULT_DPI;
    preview->channels = options->proof == NULL && (options->gray || !has_colour (preview->plan)) ? 1 : 3;
    double scale = preview->dpi / 72;
    double width = round (preview->plan->width * scale), height = round (preview->plan->height * scale);
    if (!bm_check_length (preview->dpi, MIN_DPI, MAX_DPI) || width * height > MAX_PIXELS || width > 32767) {
        bm_diag (diags, BM_ERROR, "BM0723", BM_NOWHERE, "take 10 to 2400 dpi, and fewer for a large page", "%.0f dpi would make %.0f × %.0f pixels",
                 preview->dpi, width, height);
        return false;
    }
    preview->width = (int) MAX (width, 1);
    preview->height = (int) MAX (height, 1);
    return true;
}

static GByteArray *
draw_preview (Preview *preview, const BmDrawOptions *options, const BmFaces *faces, BmDiags *diags)
{
    BmPhotos *photos = bm_photos_new (options->picture_root);
    GByteArray *png = NULL;

    bm_painter_init (&preview->painter, preview->channels == 1 ? BM_SURFACE_GRAY : BM_SURFACE_COLOUR, faces, photos, diags);
    preview->painter.colour = options->proof != NULL ? bm_colour_new (options->proof, options->proof_length, diags) : NULL;
    preview->painter.scale = preview->dpi / 72;
    preview->rows = g_malloc ((size_t) preview->height * ((size_t) preview->width * (size_t) preview->channels + 1));
    if ((options->proof == NULL || preview->painter.colour != NULL) && draw_bands (preview))
        png = bm_png_write (preview->rows, preview->width, preview->height, preview->channels, preview->dpi);
    g_free (preview->rows);
    bm_painter_clear (&preview->painter);
    bm_photos_free (photos);
    bm_colour_free (preview->painter.colour);
    return png;
}

GByteArray *
bm_draw_png (const BmPlan *plan, const BmDrawOptions *options, BmDiags *diags)
{
    static const BmDrawOptions defaults = { 0 };
    Preview preview = { .plan = plan };
    GByteArray *png = NULL;

    if (options == NULL)
        options = &defaults;
    if (!bm_plan_is_drawable (plan, diags) || !set_size (&preview, options, diags))
        return NULL;
    BmFaces *faces = bm_faces_new ();
    bm_faces_add_plan (faces, plan);
    if (bm_faces_cut (faces, diags))
        png = draw_preview (&preview, options, faces, diags);
    bm_faces_free (faces);
    return png;
}
