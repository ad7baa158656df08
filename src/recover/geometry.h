/* geometry.h — a page whose dump carries boxes: what the readers hand to the ordering.
 *
 * Units: whatever the file counts in (points, pixels, tenths of a millimetre), y downwards; only ratios matter.
 * Source of the forms: poppler's `pdftotext -bbox-layout`, ALTO 2 to 4 (loc.gov/standards/alto), hOCR 1.2. */
#ifndef BM_GEOMETRY_H
#define BM_GEOMETRY_H

#include "recover/recover-private.h"

/* A stretch of one line of text without a wide gap in it. */
typedef struct {
    double x0, y0, x1, y1;
    double size;       /* of the type, where the file says it; 0: not */
    int start, length; /* bytes of BmGeometry.text */
    int line;          /* of the file, 1-based */
} BmPiece;

typedef struct {
    GString *text;
    GArray *pieces; /* BmPiece, in the file's order */
    int n_pages;
} BmGeometry;

/* Is the text one of the three forms? By what stands in it, not by its name. */
bool bm_is_geometry (const char *text, size_t length);

/* Page `page` of the file, 0: the only one. NULL after a BM_ERROR. */
BmGeometry *bm_geometry_read (const char *file, const char *text, size_t length, int page, BmDiags *diags);
void        bm_geometry_free (BmGeometry *geometry);

/* Names that stand a character's blank from their role become one piece with it. */
void bm_geometry_join_bylines (BmGeometry *geometry);

/* What is known of a line put in order. */
typedef struct {
    int file_line;
    guint8 hint; /* BmHint */
} BmOrderedLine;

#define BM_MAX_PIECES 8000 /* a full page has two or three thousand; more are written as they stand, without hints */

/* The page's lines in reading order, as a dump: headlines before their texts, columns one after the other, an empty line
 * between blocks, indents as blanks. `lines` gets one BmOrderedLine for each line of it; *columns how many there are side by
 * side, 0 if it cannot be told. g_free the result. */
char *bm_geometry_order (const BmGeometry *geometry, GArray *lines, int *columns);

#endif
