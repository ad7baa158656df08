/* sheet.h — small plans made by hand, with real type, for the tests of drawing. */
#ifndef TEST_SHEET_H
#define TEST_SHEET_H

#include "draw/draw.h"

typedef struct {
    BmType *type;
    BmDiags *diags;
    BmPlan *plan;
    GArray *elements; /* BmElement; bm_sheet_plan moves them into the plan */
} Sheet;

Sheet *sheet_new (BmType *type, double width, double height);
void   sheet_free (Sheet *sheet);
/* Text at a place, set as `mode` says (bm_mode_read), `measure` in em; returns where its last line stands. */
double sheet_text (Sheet *sheet, const char *family, int weight, double size, double x, double y, double measure, const char *mode,
                   const char *text);
BmElement *sheet_box (Sheet *sheet, BmElementRole role, double x, double y, double width, double height); /* valid until the next */
const BmPlan *sheet_plan (Sheet *sheet);

/* What a program prints of the bytes as a file; `option` before it unless NULL, "-" after it if `to_stdout`. NULL: not installed. */
char *run_on_bytes (const GByteArray *bytes, const char *program, const char *option, bool to_stdout);

#endif
