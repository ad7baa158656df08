/* press-private.h — what the files of the press step share. */
#ifndef BM_PRESS_PRIVATE_H
#define BM_PRESS_PRIVATE_H

#include "press/press.h"
#include "press/qpdf.h"

typedef struct {
    BmPdf *pdf;
    const BmInkCodes *inks;
    const BmPressOptions *options;
    GHashTable *done; /* numbers of the streams rewritten */
    BmDiags *diags;
    bool failed;
} BmPressJob;

/* ---- content.c: one stream of operators ---- */

/* What the new content needs of its resources. */
typedef struct {
    bool overprint;               /* the two graphics states */
    bool spots[BM_MAX_INK_CODES]; /* colour spaces, by number − 1 */
} BmContentNeeds;

/* Colours become inks; an unknown one is a BM_ERROR and sets `failed`. */
GString *bm_press_content (BmPressJob *job, const char *content, size_t length, BmContentNeeds *needs);

/* ---- sheets.c: pages, forms, pictures, fonts ---- */

void bm_press_sheets (BmPressJob *job);

/* ---- metadata.c: Info, XMP, output intent, catalog ---- */

void bm_press_metadata (BmPressJob *job, const GByteArray *drawn);

static inline bool
bm_press_is_archive (BmPressStandard standard)
{
    return standard == BM_PRESS_A1B || standard == BM_PRESS_A2B;
}

#endif
