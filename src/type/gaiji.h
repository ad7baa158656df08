/* gaiji.h — rare characters that no font has (外字): outlines drawn by the user, made into a font that is then like all others.
 *
 * A folder of fonts may hold files U+E001.svg: one character each, its viewBox the em square. All of them become one TrueType font
 * in memory, of the family BM_GAIJI_FAMILY, which every role asks last. So nothing behind fontconfig knows of outlines:
 * shaping, cutting, the text of PDFs and SVGs, all work as with any font. */
#ifndef BM_GAIJI_H
#define BM_GAIJI_H

#include "base/base.h"

#include <hb.h>

#define BM_GAIJI_FAMILY "Banmian Gaiji"
#define BM_GAIJI_EM     1000
#define BM_GAIJI_ASCENT 880 /* of the em square above the baseline (cjk-composition.md §10) */

typedef struct {
    int16_t x, y; /* font units, y up from the baseline */
    bool on;      /* on the curve; else the control point of a quadratic one */
} BmOutlinePoint;

typedef struct {
    gunichar character;
    int advance;
    GArray *points; /* BmOutlinePoint */
    GArray *ends;   /* guint16: last point of each contour */
} BmOutline;

/* gaiji-outline.c: false after a BM_ERROR (BM0510). The outline's arrays are the caller's. */
bool bm_outline_read (const char *file, const char *svg, size_t length, BmOutline *outline, BmDiags *diags);

/* gaiji-font.c: a whole TrueType font; characters ascend. `version` goes into its name. */
hb_blob_t *bm_gaiji_font (const BmOutline *outlines, int n, const char *version);

/* gaiji.c: the font made of a folder's outlines as a file of this process; its path is g_free'd. NULL: there are none, or a
 * BM_ERROR was given (*ok is false). */
char *bm_gaiji_of_folders (const char *const *folders, bool *ok, BmDiags *diags);

#endif
