/* page.c — one page, act by act in the order of reading (order.c). */
#include "draw/draw-private.h"

#include <math.h>

#define MIN_SIDE 10.0 /* points; reliability.md §3 */
#define MAX_SIDE 14400.0

/* ---- what may be drawn at all: Cairo takes any number (reliability.md §4.2) ---- */

static bool
refuse (BmDiags *diags, const char *what)
{
    bm_diag (diags, BM_ERROR, "BM0720", BM_NOWHERE, "hand back a plan that banmian wrote", "the page cannot be drawn: %s", what);
    return false;
}

static bool
is_finite_line (const BmPlacedLine *line)
{
    return isfinite (line->x) && isfinite (line->baseline) && isfinite (line->width) && isfinite (line->size) && line->size >= 0;
}

static bool
is_finite_element (const BmElement *element)
{
    const double *crop = element->crop;

    if (!isfinite (element->x) || !isfinite (element->y) || !isfinite (element->width) || !isfinite (element->height) || !isfinite (element->stroke))
        return false;
    for (int i = 0; i < 4; i++)
        if (!(crop[i] >= 0 && crop[i] < 1))
            return false;
    for (int i = 0; i < element->n_lines; i++)
        if (!is_finite_line (&element->lines[i]))
            return false;
    return crop[0] + crop[2] < 1 && crop[1] + crop[3] < 1;
}

bool
bm_plan_is_drawable (const BmPlan *plan, BmDiags *diags)
{
    if (!bm_check_length (plan->width, MIN_SIDE, MAX_SIDE) || !bm_check_length (plan->height, MIN_SIDE, MAX_SIDE))
        return refuse (diags, "its sides must be 10 to 14,400 pt");
    if (!bm_check_length (plan->bleed, 0, 200))
        return refuse (diags, "its bleed must be 0 to 200 pt");
    for (int i = 0; i < plan->n_elements; i++)
        if (!is_finite_element (&plan->elements[i]))
            return refuse (diags, "an element has a length that is no number, or a crop that leaves nothing");
    return true;
}

bool
bm_cairo_ok (cairo_status_t status, BmDiags *diags)
{
    if (status == CAIRO_STATUS_SUCCESS)
        return true;
    bm_diag (diags, BM_ERROR, "BM0722", BM_NOWHERE, "give the program more memory, or draw fewer pages at once", "drawing ended: %s",
             cairo_status_to_string (status));
    return false;
}

cairo_status_t
bm_append_bytes (void *array, const unsigned char *bytes, unsigned length)
{
    g_byte_array_append (array, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

/* ---- boxes ---- */

/* On a screen no rule is thinner than half a pixel: it would fade. */
static double
visible (const BmPainter *painter, double stroke)
{
    return painter->scale > 0 ? MAX (stroke, 0.5 / painter->scale) : stroke;
}

static void
fill_box (BmPainter *painter, double x, double y, double width, double height)
{
    cairo_rectangle (painter->cr, x, y, width, height);
    cairo_fill (painter->cr);
}

/* A rule runs along the longer side of its box, in its middle. */
static void
paint_rule (BmPainter *painter, const BmElement *element)
{
    bool across = element->width >= element->height;
    double thick = element->stroke > 0 ? element->stroke : across ? element->height : element->width;

    thick = visible (painter, thick);
    bm_set_ink (painter, element->ink);
    if (across)
        fill_box (painter, element->x, element->y + (element->height - thick) / 2, element->width, thick);
    else
        fill_box (painter, element->x + (element->width - thick) / 2, element->y, thick, element->height);
}

/* A frame stands inside its box. */
static void
paint_frame (BmPainter *painter, const BmElement *element, double stroke)
{
    double thick = visible (painter, stroke);

    cairo_set_line_width (painter->cr, thick);
    cairo_rectangle (painter->cr, element->x + thick / 2, element->y + thick / 2, element->width - thick, element->height - thick);
    cairo_stroke (painter->cr);
}

/* ---- pictures, and where there is none ---- */

#define PANEL 0.93                        /* K 7 %, the tint of style.md §3 */
#define PANEL_FRAME_LEVEL 0.35            /* K 65 % */
#define PANEL_FRAME (0.08 * BM_PT_PER_MM) /* style.md §3, photo edges */

static void
paint_own_frame (BmPainter *painter, const BmElement *element)
{
    if (element->stroke <= 0)
        return;
    bm_set_ink (painter, element->ink);
    paint_frame (painter, element, element->stroke);
}

/* The place of a picture not delivered: to be seen, and not to be taken for a picture. */
static void
paint_panel (BmPainter *painter, const BmElement *element)
{
    bm_set_level (painter, PANEL);
    fill_box (painter, element->x, element->y, element->width, element->height);
    bm_set_level (painter, PANEL_FRAME_LEVEL);
    paint_frame (painter, element, element->stroke > 0 ? element->stroke : PANEL_FRAME);
}

/* 广告 over artwork stands in a white box of 4.4 mm with a stroke of 0.1 mm: style.md §2, at 6.5 points of 0.35 mm. */
#define MARK_HEIGHT (4.4 / (6.5 * 0.35)) /* × size */
#define MARK_STROKE (0.1 * BM_PT_PER_MM)

static void
paint_mark_box (BmPainter *painter, const BmPlacedLine *line)
{
    double height = MARK_HEIGHT * line->size, side = 0.6 * line->size;
    const BmElement box = { .x = line->x - side, .y = line->baseline - 0.38 * line->size - height / 2, .width = line->width + 2 * side, .height = height };

    bm_set_level (painter, 1);
    fill_box (painter, box.x, box.y, box.width, box.height);
    bm_set_level (painter, 0);
    paint_frame (painter, &box, MARK_STROKE);
}

static bool
paint_picture (BmPainter *painter, const BmElement *element)
{
    if (element->file != NULL && !bm_paint_photo (painter, element))
        return false;
    if (element->file == NULL && element->role == BM_ELEM_PHOTO)
        paint_panel (painter, element);
    else
        paint_own_frame (painter, element);
    return true;
}

/* ---- elements ---- */

static void
paint_lines (BmPainter *painter, const BmElement *element, int first, int n)
{
    bool marks = element->role == BM_ELEM_AD && element->file != NULL;
    bool panel = element->role == BM_ELEM_AD || element->role == BM_ELEM_PHOTO;

    for (int i = first; i < first + n; i++) {
        if (marks)
            paint_mark_box (painter, &element->lines[i]);
        bm_set_ink (painter, panel ? NULL : element->ink); /* a panel's ink is its frame's */
        bm_paint_line (painter, &element->lines[i], element->vertical);
    }
}

/* What of an element is no text. */
static bool
paint_box (BmPainter *painter, const BmElement *placed)
{
    BmElement room;
    const BmElement *element = bm_drawn_out (painter, placed, &room);

    switch (element->role) {
    case BM_ELEM_RULE:
        paint_rule (painter, element);
        return true;
    case BM_ELEM_FRAME:
        paint_own_frame (painter, element);
        return true;
    case BM_ELEM_TINT:
        bm_set_ink (painter, element->ink);
        fill_box (painter, element->x, element->y, element->width, element->height);
        return true;
    case BM_ELEM_PHOTO:
    case BM_ELEM_AD:
        return paint_picture (painter, element);
    default:
        return true;
    }
}

static bool
paint_act (BmPainter *painter, const BmAct *act)
{
    const BmElement *element = act->element;
    bool outside = element->y > painter->bottom || element->y + element->height < painter->top;

    if (act->first == 0 && !outside && !paint_box (painter, element))
        return false;
    paint_lines (painter, element, act->first, act->n_lines); /* lines look for themselves */
    return true;
}

bool
bm_paint_page (BmPainter *painter)
{
    for (guint i = 0; i < painter->acts->len; i++) {
        const BmAct *act = &g_array_index (painter->acts, BmAct, i);

        if (act->kind == BM_ACT_DRAW && !paint_act (painter, act))
            return false;
        if (act->kind == BM_ACT_OPEN && painter->structure != NULL)
            bm_structure_open (painter->structure, painter->cr, act);
        if (act->kind == BM_ACT_CLOSE && painter->structure != NULL)
            bm_structure_close (painter->structure, painter->cr);
    }
    return bm_cairo_ok (cairo_status (painter->cr), painter->diags);
}
