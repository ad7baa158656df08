/* pdf.c — plans as a PDF: pages, title, dates, page labels and a bookmark for each item; pdf-finish.c adds what Cairo cannot. */
#include "draw/draw-private.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

typedef struct {
    cairo_surface_t *surface;
    const BmPlan *const *plans;
    int n_plans;
    const BmDrawOptions *options;
    BmDiags *diags;
    BmStructure *structure;
} Document;

/* ---- metadata ---- */

static void
set_metadata (const Document *document)
{
    char *date = bm_document_date (document->plans, document->options->date);
    char *title = bm_document_title (document->plans, document->n_plans, document->options->title);

    if (title[0] != '\0')
        cairo_pdf_surface_set_metadata (document->surface, CAIRO_PDF_METADATA_TITLE, title);
    if (document->plans[0]->paper != NULL)
        cairo_pdf_surface_set_metadata (document->surface, CAIRO_PDF_METADATA_AUTHOR, document->plans[0]->paper);
    cairo_pdf_surface_set_metadata (document->surface, CAIRO_PDF_METADATA_CREATOR, "banmian");
    cairo_pdf_surface_set_metadata (document->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    cairo_pdf_surface_set_metadata (document->surface, CAIRO_PDF_METADATA_MOD_DATE, date);
    g_free (title);
    g_free (date);
}

/* ---- bookmarks ---- */

static const BmElement *
first_element (const BmPlan *plan, const char *item)
{
    for (int i = 0; i < plan->n_elements; i++)
        if (g_strcmp0 (plan->elements[i].item, item) == 0)
            return &plan->elements[i];
    return NULL;
}

static int
add_bookmark (const Document *document, int parent, const char *title, int page, double x, double y)
{
    /* whole points: no decimal point that a locale could change */
    char *link = g_strdup_printf ("page=%d pos=[%d %d]", page + 1, (int) floor (MAX (x, 0)), (int) floor (MAX (y, 0)));
    int id = cairo_pdf_surface_add_outline (document->surface, parent, title, link, CAIRO_PDF_OUTLINE_FLAG_OPEN);

    g_free (link);
    return id;
}

static void
add_page_bookmarks (const Document *document, int page)
{
    const BmPlan *plan = document->plans[page];
    int parent = CAIRO_PDF_OUTLINE_ROOT;

    if (document->n_plans > 1) {
        char *name = g_strstrip (g_strdup_printf ("%s %s", plan->page != NULL ? plan->page : "", plan->section != NULL ? plan->section : ""));
        parent = add_bookmark (document, parent, name, page, 0, 0);
        g_free (name);
    }
    for (int i = 0; i < plan->n_items; i++) {
        const BmElement *element = first_element (plan, plan->items[i].id);

        if (plan->items[i].title != NULL && plan->items[i].title[0] != '\0' && element != NULL)
            add_bookmark (document, parent, plan->items[i].title, page, element->x + plan->bleed, element->y + plan->bleed);
    }
}

/* ---- pages ---- */

static bool
draw_pages (const Document *document, const BmFaces *faces, BmPhotos *photos)
{
    BmPainter painter;
    cairo_t *cr = cairo_create (document->surface);
    bool ok = true;

    bm_painter_init (&painter, BM_SURFACE_PDF, faces, photos, document->diags);
    painter.structure = document->structure;
    for (int i = 0; i < document->n_plans && ok; i++) {
        const BmPlan *plan = document->plans[i];

        cairo_pdf_surface_set_size (document->surface, plan->width + 2 * plan->bleed, plan->height + 2 * plan->bleed);
        if (plan->page != NULL && plan->page[0] != '\0')
            cairo_pdf_surface_set_page_label (document->surface, plan->page);
        cairo_save (cr);
        cairo_translate (cr, plan->bleed, plan->bleed);
        bm_painter_begin (&painter, cr, plan);
        bm_structure_page (document->structure, plan);
        ok = bm_paint_page (&painter);
        cairo_restore (cr);
        add_page_bookmarks (document, i);
        cairo_show_page (cr);
    }
    ok = ok && bm_cairo_ok (cairo_status (cr), document->diags);
    cairo_destroy (cr);
    bm_painter_clear (&painter);
    return ok;
}

/* Finished, or unfinished and thrown away: in both cases Cairo writes into the array until the surface is gone. */
static bool
draw_document (Document *document, const BmFaces *faces, GByteArray *bytes)
{
    const BmPlan *first = document->plans[0];
    BmPhotos *photos = bm_photos_new (document->options->picture_root);

    document->surface = cairo_pdf_surface_create_for_stream (bm_append_bytes, bytes, first->width, first->height);
    set_metadata (document);
    bool ok = draw_pages (document, faces, photos);
    cairo_surface_finish (document->surface);
    ok = ok && bm_cairo_ok (cairo_surface_status (document->surface), document->diags);
    cairo_surface_destroy (document->surface);
    bm_photos_free (photos);
    return ok;
}

/* Cairo's bytes, finished; they are given back in any case. */
static GByteArray *
finish (const Document *document, const BmFaces *faces, GByteArray *bytes)
{
    char *date = bm_document_date (document->plans, document->options->date);
    char *title = bm_document_title (document->plans, document->n_plans, document->options->title);
    const BmFinish all = { document->plans, document->n_plans, document->structure, title, date, faces };

    bm_structure_link (document->structure);
    GByteArray *finished = bm_pdf_finish (bytes, &all, document->diags);
    g_byte_array_unref (bytes);
    g_free (title);
    g_free (date);
    return finished;
}

GByteArray *
bm_draw_pdf (const BmPlan *const *plans, int n_plans, const BmDrawOptions *options, BmDiags *diags)
{
    static const BmDrawOptions defaults = { 0 };
    Document document = { NULL, plans, n_plans, options != NULL ? options : &defaults, diags, NULL };

    if (n_plans < 1)
        return NULL;
    for (int i = 0; i < n_plans; i++)
        if (!bm_plan_is_drawable (plans[i], diags))
            return NULL;
    BmFaces *faces = bm_faces_new ();
    bm_faces_only_embed (faces);
    bm_faces_stand_in (faces);
    for (int i = 0; i < n_plans; i++)
        bm_faces_add_plan (faces, plans[i]);
    GByteArray *bytes = g_byte_array_new (), *out = NULL;
    document.structure = bm_structure_new ();
    bool ok = bm_faces_cut (faces, diags) && draw_document (&document, faces, bytes);
    if (ok)
        out = finish (&document, faces, bytes);
    else
        g_byte_array_unref (bytes);
    bm_faces_free (faces);
    bm_structure_free (document.structure);
    return out;
}
