/* draw.h — one painter for every surface: PDF, PNG, SVG.
 *
 * Units: points of the plan; dpi for PNG.
 * Ownership: plans and type are borrowed; the bytes come back to the caller (g_byte_array_unref).
 * Errors: NULL after a BM_ERROR. Documents are drawn into memory, never into files: Cairo loses write errors
 *   (reliability.md §4.1).
 * Determinism: same plan, same bytes: dates from `date`, no clock.
 * It decides nothing: what stands where is the plan's.
 */
#ifndef BM_DRAW_H
#define BM_DRAW_H

#include "plan/plan.h"

typedef struct {
    const char *picture_root; /* folder under which pictures are read */
    const char *date;         /* ISO date-time of the document; NULL: the first plan's date, else 2000-01-01 */
    const char *title;        /* NULL: paper, page and date */
    double dpi;               /* PNG: 0 = 150 */
    bool gray;                /* PNG */
} BmDrawOptions;

GByteArray *bm_draw_pdf (const BmPlan *const *plans, int n_plans, const BmDrawOptions *options, BmDiags *diags);
GByteArray *bm_draw_png (const BmPlan *plan, const BmDrawOptions *options, BmDiags *diags);
GByteArray *bm_draw_svg (const BmPlan *plan, const BmDrawOptions *options, BmDiags *diags);

/* Pages side by side in one PNG, `per_row` to a row (dpi 0 = 40); NULL among the plans leaves a place empty. */
GByteArray *bm_draw_sheet (const BmPlan *const *plans, int n_plans, int per_row, const BmDrawOptions *options, BmDiags *diags);

/* The plan's faces are going to be cut for many documents: have their common characters at hand (draw/stock.c). */
void bm_draw_stock_faces (const BmPlan *plan);

/* A galley on a page of its own size, to look at it (`banmian galley -o`). `size` in points. */
GByteArray *bm_draw_galley_pdf (const BmGalley *const *galleys, int n_galleys, double size, double leading,
                                bool vertical, BmDiags *diags);

#endif
