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
    const void *proof;        /* PNG: as this press profile (ICC, CMYK) would print it; NULL: plain */
    size_t proof_length;
} BmDrawOptions;

GByteArray *bm_draw_pdf (const BmPlan *const *plans, int n_plans, const BmDrawOptions *options, BmDiags *diags);
GByteArray *bm_draw_png (const BmPlan *plan, const BmDrawOptions *options, BmDiags *diags);
GByteArray *bm_draw_svg (const BmPlan *plan, const BmDrawOptions *options, BmDiags *diags);

/* Pages side by side in one PNG, `per_row` to a row (dpi 0 = 40); NULL among the plans leaves a place empty. */
GByteArray *bm_draw_sheet (const BmPlan *const *plans, int n_plans, int per_row, const BmDrawOptions *options, BmDiags *diags);

/* ---- for the press: colours as codes, which the press step turns into inks (print-ready.md §4) ---- */

typedef enum { BM_INK_PROCESS, BM_INK_SPOT, BM_INK_ALL } BmInkKind;

typedef struct {
    BmInkKind kind;
    const char *name;  /* spot: of the plate; borrowed from the plans */
    double c, m, y, k; /* process: with its tint; spot: what stands for the solid */
    double tint;       /* spot */
} BmInkCode;

/* The ink number n (from 1) is drawn as the colour (200, 0, n) of 255; a gray of three equal parts is that tint of black. */
#define BM_INK_CODE_RED 200
#define BM_MAX_INK_CODES 250

typedef struct {
    int n;
    BmInkCode codes[BM_MAX_INK_CODES];
} BmInkCodes;

typedef struct {
    const void *profile; /* ICC of the press, CMYK: pictures are turned into its inks */
    size_t profile_length;
    double bleed;        /* what reaches the trim is drawn out so far, points */
    double slug;         /* of the sheet round the trim: at least the bleed */
    bool marks;
    const BmPlacedLine *slug_lines; /* with marks: one a plan, placed from the trim's corner; NULL: none */
} BmPressSheet;

/* The sheets of a press file: Cairo's PDF, no bookmarks, no links; `inks` is filled in. */
GByteArray *bm_draw_press_pdf (const BmPlan *const *plans, int n_plans, const BmDrawOptions *options, const BmPressSheet *sheet,
                               BmInkCodes *inks, BmDiags *diags);
/* The slug that marks need beside this bleed. */
double bm_press_slug (double bleed, bool marks);

/* Title and date of a document: what `options` say, else the plans; g_free. The date is an ISO date-time, never the clock. */
char *bm_document_title (const BmPlan *const *plans, int n_plans, const char *title);
char *bm_document_date (const BmPlan *const *plans, const char *date);

/* A galley on a page of its own size, to look at it (`banmian galley -o`). `size` in points. */
GByteArray *bm_draw_galley_pdf (const BmGalley *const *galleys, int n_galleys, double size, double leading,
                                bool vertical, BmDiags *diags);

#endif
