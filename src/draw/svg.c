/* svg.c — a page as SVG: outlines of glyphs, JPEG bytes inside. */
#include "draw/draw-private.h"

#include <cairo-svg.h>

static bool
draw_page (const BmPlan *plan, const BmDrawOptions *options, const BmFaces *faces, GByteArray *bytes, BmDiags *diags)
{
    BmPainter painter;
    BmPhotos *photos = bm_photos_new (options->picture_root);
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream (bm_append_bytes, bytes, plan->width, plan->height);
    cairo_t *cr = cairo_create (surface);

    bm_painter_init (&painter, BM_SURFACE_SVG, faces, photos, diags);
    bm_painter_begin (&painter, cr, plan);
    bool ok = bm_paint_page (&painter);
    cairo_destroy (cr);
    cairo_surface_finish (surface);
    ok = ok && bm_cairo_ok (cairo_surface_status (surface), diags);
    cairo_surface_destroy (surface);
    bm_painter_clear (&painter);
    bm_photos_free (photos);
    return ok;
}

GByteArray *
bm_draw_svg (const BmPlan *plan, const BmDrawOptions *options, BmDiags *diags)
{
    static const BmDrawOptions defaults = { 0 };

    if (!bm_plan_is_drawable (plan, diags))
        return NULL;
    BmFaces *faces = bm_faces_new ();
    GByteArray *bytes = g_byte_array_new ();
    bm_faces_add_plan (faces, plan);
    bool ok = bm_faces_cut (faces, diags) && draw_page (plan, options != NULL ? options : &defaults, faces, bytes, diags);
    bm_faces_free (faces);
    if (ok)
        return bytes;
    g_byte_array_unref (bytes);
    return NULL;
}
