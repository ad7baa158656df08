/* photo.c — photos and artwork: opened once a drawing, passed through where the surface can hold them, else decoded to about
 * the pixels needed.
 *
 * Cairo writes a JPEG's own bytes into PDF and SVG; only CMYK with Adobe's marker has to be turned round first, since
 * Cairo writes no inverting Decode (print-ready.md §2). The same picture twice is one object by its unique id. */
#include "draw/draw-private.h"

#include <math.h>
#include <string.h>

struct BmPhotos {
    char *root;
    GHashTable *files;    /* name → BmPictureFile */
    GHashTable *surfaces; /* name, surface kind and reduction → cairo_surface_t */
};

BmPhotos *
bm_photos_new (const char *root)
{
    BmPhotos *photos = g_new0 (BmPhotos, 1);

    photos->root = g_strdup (root);
    photos->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) bm_picture_free);
    photos->surfaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cairo_surface_destroy);
    return photos;
}

void
bm_photos_free (BmPhotos *photos)
{
    if (photos == NULL)
        return;
    g_hash_table_destroy (photos->surfaces); /* they borrow the bytes of the files */
    g_hash_table_destroy (photos->files);
    g_free (photos->root);
    g_free (photos);
}

static const BmPictureFile *
open_file (BmPainter *painter, const char *file)
{
    BmPhotos *photos = painter->photos;
    BmPictureFile *picture = g_hash_table_lookup (photos->files, file);

    if (picture == NULL) {
        picture = bm_picture_open (photos->root, file, BM_IN_FILE (file), painter->diags);
        if (picture != NULL)
            g_hash_table_insert (photos->files, g_strdup (file), picture);
    }
    return picture;
}

/* ---- surfaces ---- */

static cairo_surface_t *
surface_of_pixels (uint32_t *pixels, int width, int height)
{
    static const cairo_user_data_key_t key = { 0 };
    cairo_surface_t *surface = cairo_image_surface_create_for_data ((unsigned char *) pixels, CAIRO_FORMAT_RGB24, width, height, width * 4);

    cairo_surface_set_user_data (surface, &key, pixels, g_free);
    return surface;
}

/* Ink where the picture is dark: what a gray surface holds. */
static cairo_surface_t *
coverage_of_pixels (const uint32_t *pixels, int width, int height)
{
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
    unsigned char *rows = cairo_image_surface_get_data (surface);
    int stride = cairo_image_surface_get_stride (surface);

    for (int y = 0; y < height && rows != NULL; y++)
        for (int x = 0; x < width; x++) {
            uint32_t p = pixels[(size_t) y * (size_t) width + (size_t) x];
            uint32_t luma = (77 * (p >> 16 & 255) + 150 * (p >> 8 & 255) + 29 * (p & 255) + 128) >> 8;

            rows[(size_t) y * (size_t) stride + (size_t) x] = (unsigned char) (255 - luma);
        }
    cairo_surface_mark_dirty (surface);
    return surface;
}

static cairo_surface_t *
decode (const BmPictureFile *picture, int reduce, bool gray)
{
    int width = 0, height = 0;
    uint32_t *pixels = bm_picture_pixels (picture, reduce, &width, &height);

    if (pixels == NULL)
        return NULL;
    if (!gray)
        return surface_of_pixels (pixels, width, height);
    cairo_surface_t *surface = coverage_of_pixels (pixels, width, height);
    g_free (pixels);
    return surface;
}

/* The image itself is never looked at: Cairo takes its bytes from the JPEG, and of the surface its place alone. It copies the
 * surface, though, when a page is kept for its second pass: one as large as the picture cost 4 bytes a pixel, so a PDF gets the least
 * there is. (SVG says the surface's size.) */
static cairo_surface_t *
pass_through (const BmPictureFile *picture, const char *name, bool svg)
{
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, svg ? picture->width : 1, svg ? picture->height : 1);
    const unsigned char *bytes = (const unsigned char *) picture->bytes;
    size_t length = picture->length;
    char *straight = picture->inverted ? bm_picture_straight_cmyk (picture, &length) : NULL;

    if (picture->inverted && straight == NULL) {
        cairo_surface_destroy (surface);
        return NULL;
    }
    if (straight != NULL)
        bytes = (const unsigned char *) straight;
    cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, bytes, length, straight != NULL ? g_free : NULL, straight);
    char *id = g_strdup (name);
    cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_UNIQUE_ID, (unsigned char *) id, strlen (id), g_free, id);
    return surface;
}

static cairo_surface_t *
make_surface (BmPainter *painter, const BmPictureFile *picture, const char *file, int reduce)
{
    bool vector = painter->kind == BM_SURFACE_PDF || painter->kind == BM_SURFACE_SVG;

    if (vector && picture->kind == BM_PICTURE_JPEG)
        return pass_through (picture, file, painter->kind == BM_SURFACE_SVG);
    cairo_surface_t *surface = decode (picture, reduce, painter->kind == BM_SURFACE_GRAY);
    if (surface != NULL && vector) {
        char *id = g_strdup (file);
        cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_UNIQUE_ID, (unsigned char *) id, strlen (id), g_free, id);
    }
    return surface;
}

/* In inks it depends on the size placed, not on the pixels of a screen. */
static cairo_surface_t *
surface_of (BmPainter *painter, const BmPictureFile *picture, const char *file, int reduce, double width, double height)
{
    bool inks = painter->colour != NULL;
    char *key = inks ? g_strdup_printf ("%.0f %.0f %s", width * 100, height * 100, file) : g_strdup_printf ("%d %d %s", painter->kind, reduce, file);
    cairo_surface_t *surface = g_hash_table_lookup (painter->photos->surfaces, key);

    if (surface != NULL) {
        g_free (key);
        return surface;
    }
    surface = inks ? bm_press_picture (painter, &(BmPressPicture){ picture, file, width, height }) : make_surface (painter, picture, file, reduce);
    if (surface == NULL || !bm_cairo_ok (cairo_surface_status (surface), painter->diags)) {
        if (surface == NULL)
            bm_diag (painter->diags, BM_ERROR, "BM0708", BM_IN_FILE (file), "have it sent again", "the picture %s does not decode", file);
        g_free (key);
        return NULL;
    }
    g_hash_table_insert (painter->photos->surfaces, key, surface);
    return surface;
}

/* ---- placing ---- */

/* The strongest reduction that still gives a pixel of the picture for each of the surface's. */
static int
reduction (const BmPainter *painter, const BmPictureFile *picture, double width)
{
    int reduce = 1;

    if (painter->scale <= 0 || picture->kind != BM_PICTURE_JPEG)
        return 1;
    while (reduce < 8 && picture->width / (reduce * 2.0) >= width * painter->scale)
        reduce *= 2;
    return reduce;
}

bool
bm_paint_photo (BmPainter *painter, const BmElement *element)
{
    const BmPictureFile *picture = open_file (painter, element->file);
    const double *crop = element->crop;
    double width = element->width / (1 - crop[0] - crop[2]), height = element->height / (1 - crop[1] - crop[3]);

    if (picture == NULL)
        return false;
    int reduce = reduction (painter, picture, width);
    cairo_surface_t *surface = surface_of (painter, picture, element->file, reduce, width, height);
    if (surface == NULL)
        return false;
    bool pixels = painter->scale > 0;
    cairo_save (painter->cr);
    cairo_rectangle (painter->cr, element->x, element->y, element->width, element->height);
    cairo_clip (painter->cr);
    cairo_translate (painter->cr, element->x - crop[0] * width, element->y - crop[1] * height);
    cairo_scale (painter->cr, width / cairo_image_surface_get_width (surface), height / cairo_image_surface_get_height (surface));
    cairo_set_source_surface (painter->cr, surface, 0, 0);
    /* nearest is not how it is drawn: it keeps /Interpolate out of the PDF (print-ready.md §2) */
    cairo_pattern_set_filter (cairo_get_source (painter->cr), pixels ? CAIRO_FILTER_BILINEAR : CAIRO_FILTER_NEAREST);
    if (pixels)
        cairo_pattern_set_extend (cairo_get_source (painter->cr), CAIRO_EXTEND_PAD);
    if (painter->kind == BM_SURFACE_GRAY)
        cairo_set_operator (painter->cr, CAIRO_OPERATOR_SOURCE);
    cairo_paint (painter->cr);
    cairo_restore (painter->cr);
    return true;
}
