/* galley.c — galleys on a page of their own, to look at them: lines below one another, or columns from the right. */
#include "draw/draw-private.h"

#include <math.h>

#define MARGIN 1.0   /* × size */
#define ASCENT 0.88  /* em box above the baseline (cjk-composition.md §10) */

typedef struct {
    BmPlan plan;
    BmElement *elements;
    double size, pitch;
    bool vertical;
} Sheet;

static double
longest (const BmGalley *galley)
{
    double width = 0;

    for (int i = 0; i < galley->n_lines; i++)
        width = MAX (width, galley->lines[i].width);
    return width;
}

/* The page holds the longest line one way, all lines and a blank one between galleys the other. */
static void
set_page (Sheet *sheet, const BmGalley *const *galleys, int n_galleys)
{
    double length = 1, depth = 0;

    for (int i = 0; i < n_galleys; i++) {
        length = MAX (length, longest (galleys[i]));
        depth += (galleys[i]->n_lines + (i > 0 ? 1 : 0)) * sheet->pitch;
    }
    length = (length + 2 * MARGIN) * sheet->size + sheet->size; /* room for a hanging mark */
    depth += 2 * MARGIN * sheet->size + sheet->size;
    sheet->plan.width = MAX (sheet->vertical ? depth : length, 10);
    sheet->plan.height = MAX (sheet->vertical ? length : depth, 10);
}

static void
place_line (const Sheet *sheet, const BmGalley *galley, int number, double down, BmPlacedLine *line)
{
    double margin = MARGIN * sheet->size;

    line->size = sheet->size;
    line->width = galley->lines[number].width * sheet->size;
    line->runs = bm_line_runs (sheet->plan.arena, galley, number, &line->n_runs);
    line->x = sheet->vertical ? sheet->plan.width - margin - down - sheet->size / 2 : margin;
    line->baseline = sheet->vertical ? margin : margin + down + ASCENT * sheet->size;
}

static void
place_galleys (Sheet *sheet, const BmGalley *const *galleys, int n_galleys)
{
    double down = 0;

    for (int i = 0; i < n_galleys; i++) {
        BmElement *element = &sheet->elements[i];

        element->role = BM_ELEM_TEXT;
        element->vertical = sheet->vertical;
        element->n_lines = galleys[i]->n_lines;
        element->lines = bm_arena_new0 (sheet->plan.arena, BmPlacedLine, MAX (galleys[i]->n_lines, 1));
        for (int k = 0; k < galleys[i]->n_lines; k++, down += sheet->pitch)
            place_line (sheet, galleys[i], k, down, &element->lines[k]);
        down += sheet->pitch;
    }
}

GByteArray *
bm_draw_galley_pdf (const BmGalley *const *galleys, int n_galleys, double size, double leading, bool vertical, BmDiags *diags)
{
    Sheet sheet = { .plan = { .arena = bm_arena_create () }, .size = size, .pitch = size * leading, .vertical = vertical };

    sheet.elements = bm_arena_new0 (sheet.plan.arena, BmElement, MAX (n_galleys, 1));
    sheet.plan.elements = sheet.elements;
    sheet.plan.n_elements = n_galleys;
    set_page (&sheet, galleys, n_galleys);
    place_galleys (&sheet, galleys, n_galleys);
    const BmPlan *plan = &sheet.plan;
    GByteArray *bytes = bm_draw_pdf (&plan, 1, NULL, diags);
    bm_arena_free (sheet.plan.arena);
    return bytes;
}
