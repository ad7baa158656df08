/* press.c — the sheets of a press file as Cairo's PDF: colours as ink codes, pictures in the press's inks, the bleed and the
 * marks round the trim. What Cairo cannot write (inks, boxes, intents) is the press step's. */
#include "draw/draw-private.h"

#include <cairo-pdf.h>

typedef struct {
    const BmPlan *const *plans;
    int n_plans;
    const BmDrawOptions *options;
    const BmPressSheet *sheet;
    BmInkCodes *inks;
    BmColour *colour;
    BmDiags *diags;
} PressJob;

/* Nothing of the page is drawn beyond the bleed. */
static bool
draw_sheet (const PressJob *job, BmPainter *painter, cairo_t *cr, int page)
{
    const BmPlan *plan = job->plans[page];
    double bleed = job->sheet->bleed;

    cairo_save (cr);
    cairo_translate (cr, job->sheet->slug, job->sheet->slug);
    bm_painter_begin (painter, cr, plan);
    cairo_save (cr);
    cairo_rectangle (cr, -bleed, -bleed, plan->width + 2 * bleed, plan->height + 2 * bleed);
    cairo_clip (cr);
    bool ok = bm_paint_page (painter);
    cairo_restore (cr);
    bm_painter_begin (painter, cr, plan); /* the face set inside is forgotten */
    bm_paint_marks (painter, page);
    cairo_restore (cr);
    return ok;
}

static bool
draw_sheets (const PressJob *job, cairo_surface_t *surface, const BmFaces *faces)
{
    BmPainter painter;
    BmPhotos *photos = bm_photos_new (job->options->picture_root);
    cairo_t *cr = cairo_create (surface);
    bool ok = true;

    bm_painter_init (&painter, BM_SURFACE_PDF, faces, photos, job->diags);
    painter.inks = job->inks;
    painter.sheet = job->sheet;
    painter.colour = job->colour;
    for (int i = 0; i < job->n_plans && ok; i++) {
        const BmPlan *plan = job->plans[i];

        cairo_pdf_surface_set_size (surface, plan->width + 2 * job->sheet->slug, plan->height + 2 * job->sheet->slug);
        if (plan->page != NULL && plan->page[0] != '\0')
            cairo_pdf_surface_set_page_label (surface, plan->page);
        ok = draw_sheet (job, &painter, cr, i);
        cairo_show_page (cr);
    }
    ok = ok && bm_cairo_ok (cairo_status (cr), job->diags);
    cairo_destroy (cr);
    bm_painter_clear (&painter);
    cairo_surface_finish (surface);
    ok = ok && bm_cairo_ok (cairo_surface_status (surface), job->diags);
    cairo_surface_destroy (surface);
    bm_photos_free (photos);
    return ok;
}

/* The dates are the press step's; Cairo's own would be the clock's. */
static cairo_surface_t *
new_surface (GByteArray *bytes)
{
    static const char day[] = "2000-01-01T00:00:00Z";
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (bm_append_bytes, bytes, 10, 10);

    cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, day);
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, day);
    return surface;
}

static void
gather_faces (const PressJob *job, BmFaces *faces)
{
    for (int i = 0; i < job->n_plans; i++) {
        bm_faces_add_plan (faces, job->plans[i]);
        if (job->sheet->marks && job->sheet->slug_lines != NULL)
            bm_faces_add_line (faces, &job->sheet->slug_lines[i], false);
    }
}

static GByteArray *
draw_job (const PressJob *job)
{
    BmFaces *faces = bm_faces_new ();
    GByteArray *bytes = g_byte_array_new ();

    bm_faces_only_embed (faces);
    gather_faces (job, faces);
    bool ok = bm_faces_cut (faces, job->diags) && draw_sheets (job, new_surface (bytes), faces);
    bm_faces_free (faces);
    if (ok)
        return bytes;
    g_byte_array_unref (bytes);
    return NULL;
}

GByteArray *
bm_draw_press_pdf (const BmPlan *const *plans, int n_plans, const BmDrawOptions *options, const BmPressSheet *sheet,
                   BmInkCodes *inks, BmDiags *diags)
{
    PressJob job = { plans, n_plans, options, sheet, inks, NULL, diags };

    inks->n = 0;
    if (sheet->marks) /* always number 1, whatever the pages use */
        inks->codes[inks->n++] = bm_registration_ink;
    if (n_plans < 1)
        return NULL;
    for (int i = 0; i < n_plans; i++)
        if (!bm_plan_is_drawable (plans[i], diags))
            return NULL;
    job.colour = bm_colour_new (sheet->profile, sheet->profile_length, diags);
    GByteArray *bytes = job.colour != NULL ? draw_job (&job) : NULL;
    bm_colour_free (job.colour);
    return bytes;
}
