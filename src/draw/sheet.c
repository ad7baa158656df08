/* sheet.c — several pages in one picture: side by side, for comparing; or all of an edition, for looking it over. */
#include "draw/draw-private.h"

#include <math.h>

#define DEFAULT_DPI 40
#define MAX_PIXELS 100e6
#define GAP 24.0   /* points between pages, and round them */
#define DESK 0.78  /* gray of what they lie on */

typedef struct {
    const BmPlan *const *plans; /* NULL in it: an empty place */
    int n, per_row;
    double scale;       /* pixels a point */
    double column;      /* width of a place, points */
    double *tops;       /* of each row of places, and the end of the last */
    int width, height;  /* pixels */
} Desk;

/* Each row is as high as its highest page. */
static void
stack_rows (Desk *desk, int rows)
{
    desk->tops = g_new0 (double, (gsize) rows + 1);
    desk->tops[0] = GAP;
    for (int r = 0; r < rows; r++) {
        double height = 0;

        for (int i = r * desk->per_row; i < MIN ((r + 1) * desk->per_row, desk->n); i++)
            height = desk->plans[i] != NULL ? MAX (height, desk->plans[i]->height) : height;
        desk->tops[r + 1] = desk->tops[r] + height + GAP;
    }
}

static bool
measure (Desk *desk, const BmDrawOptions *options, BmDiags *diags)
{
    double dpi = options->dpi > 0 ? options->dpi : DEFAULT_DPI;
    int rows = (desk->n + desk->per_row - 1) / desk->per_row;

    for (int i = 0; i < desk->n; i++) {
        if (desk->plans[i] == NULL)
            continue;
        if (!bm_plan_is_drawable (desk->plans[i], diags))
            return false;
        desk->column = MAX (desk->column, desk->plans[i]->width);
    }
    stack_rows (desk, rows);
    desk->scale = dpi / 72;
    double width = ceil ((desk->per_row * (desk->column + GAP) + GAP) * desk->scale), height = ceil (desk->tops[rows] * desk->scale);
    if (!bm_check_length (dpi, 5, 600) || width * height > MAX_PIXELS || width > 32767 || height > 32767) {
        bm_diag (diags, BM_ERROR, "BM0723", BM_NOWHERE, "take fewer dpi", "%.0f dpi would make %.0f × %.0f pixels", dpi, width, height);
        return false;
    }
    desk->width = (int) width;
    desk->height = (int) height;
    return true;
}

static bool
paint_plan (BmPainter *painter, cairo_t *cr, const Desk *desk, int at)
{
    const BmPlan *plan = desk->plans[at];

    if (plan == NULL)
        return true;
    cairo_save (cr);
    cairo_translate (cr, GAP + (at % desk->per_row) * (desk->column + GAP), desk->tops[at / desk->per_row]);
    cairo_rectangle (cr, 0, 0, plan->width, plan->height);
    cairo_clip_preserve (cr);
    cairo_set_source_rgb (cr, 1, 1, 1);
    cairo_fill (cr);
    bm_painter_begin (painter, cr, plan);
    painter->top = -1;
    painter->bottom = plan->height + 1;
    bool ok = bm_paint_page (painter);
    cairo_restore (cr);
    return ok;
}

static GByteArray *
write_surface (cairo_surface_t *surface, const Desk *desk, double dpi)
{
    const uint8_t *from = cairo_image_surface_get_data (surface);
    size_t stride = (size_t) cairo_image_surface_get_stride (surface), row = (size_t) desk->width * 3 + 1;
    uint8_t *rows = g_malloc ((size_t) desk->height * row);

    for (int y = 0; y < desk->height; y++) {
        const uint32_t *pixels = (const uint32_t *) (const void *) (from + (size_t) y * stride);
        uint8_t *to = rows + (size_t) y * row;

        *to++ = 0; /* no filter */
        for (int x = 0; x < desk->width; x++, to += 3) {
            to[0] = (uint8_t) (pixels[x] >> 16);
            to[1] = (uint8_t) (pixels[x] >> 8);
            to[2] = (uint8_t) pixels[x];
        }
    }
    GByteArray *png = bm_png_write (rows, desk->width, desk->height, 3, dpi);
    g_free (rows);
    return png;
}

static GByteArray *
draw_desk (const Desk *desk, const BmFaces *faces, const BmDrawOptions *options, BmDiags *diags)
{
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, desk->width, desk->height);
    BmPhotos *photos = bm_photos_new (options->picture_root);
    cairo_t *cr = cairo_create (surface);
    BmPainter painter;
    GByteArray *png = NULL;
    bool ok = bm_cairo_ok (cairo_status (cr), diags);

    bm_painter_init (&painter, BM_SURFACE_COLOUR, faces, photos, diags);
    painter.scale = desk->scale;
    cairo_set_source_rgb (cr, DESK, DESK, DESK);
    cairo_paint (cr);
    cairo_scale (cr, desk->scale, desk->scale);
    for (int i = 0; ok && i < desk->n; i++)
        ok = paint_plan (&painter, cr, desk, i);
    cairo_surface_flush (surface);
    if (ok)
        png = write_surface (surface, desk, desk->scale * 72);
    bm_painter_clear (&painter);
    bm_photos_free (photos);
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
    return png;
}

GByteArray *
bm_draw_sheet (const BmPlan *const *plans, int n_plans, int per_row, const BmDrawOptions *options, BmDiags *diags)
{
    Desk desk = { .plans = plans, .n = n_plans, .per_row = MAX (per_row, 1) };
    GByteArray *png = NULL;

    if (n_plans < 1 || !measure (&desk, options, diags)) {
        g_free (desk.tops);
        return NULL;
    }
    BmFaces *faces = bm_faces_new ();
    for (int i = 0; i < n_plans; i++)
        if (plans[i] != NULL)
            bm_faces_add_plan (faces, plans[i]);
    if (bm_faces_cut (faces, diags))
        png = draw_desk (&desk, faces, options, diags);
    bm_faces_free (faces);
    g_free (desk.tops);
    return png;
}
