/* press.h — print-ready PDF (PDF/X-4, X-1a:2003, PDF/A-2b, A-1b), made from Cairo's, and the check of any PDF.
 *
 * Units: points.
 * Ownership: what is given is borrowed; bytes come back to the caller (g_byte_array_unref).
 * Errors: NULL or false after a BM_ERROR. A colour that is no ink fails the job rather than being guessed.
 * Determinism: dates are the options', IDs follow the content; numbers never see the locale.
 * Source: print-ready.md §4 to §6, §10.
 */
#ifndef BM_PRESS_PRESS_H
#define BM_PRESS_PRESS_H

#include "draw/draw.h"

typedef enum { BM_PRESS_NONE, BM_PRESS_X4, BM_PRESS_X1A, BM_PRESS_A2B, BM_PRESS_A1B } BmPressStandard;

/* "x4" "x1a" "a2b" "a1b" "none"; false: none of these. */
bool bm_press_standard_named (BmPressStandard *standard, const char *name);

/* ---- profiles ---- */

typedef struct {
    char *bytes; /* the ICC profile */
    size_t length;
    char *packed; /* the same, deflated, as PDF holds it */
    size_t packed_length;
    char *name;  /* its description */
    int version; /* of ICC: 2, 4 */
} BmPressProfile;

/* From a file: an ICC profile, or one deflated by profiles/make-newsprint. NULL after a BM_ERROR. */
BmPressProfile *bm_press_profile_read (const char *file, BmDiags *diags);
void bm_press_profile_free (BmPressProfile *profile);
/* Does the standard take a profile of this version? False after a BM_ERROR. */
bool bm_press_profile_suits (const BmPressProfile *profile, BmPressStandard standard, const char *file, BmDiags *diags);

/* ---- the press step ---- */

typedef struct {
    BmPressStandard standard;
    const BmPressProfile *profile;
    const char *condition; /* the printing condition's registered name; NULL: the profile's description */
    const char *title;     /* never NULL */
    const char *date;      /* ISO date-time, never NULL */
    const char *lang;      /* BCP 47; NULL: zh-CN */
    double bleed, slug;    /* as the sheets were drawn */
} BmPressOptions;

/* `drawn` comes from bm_draw_press_pdf with `inks`. */
GByteArray *bm_press (const GByteArray *drawn, const BmInkCodes *inks, const BmPressOptions *options, BmDiags *diags);

/* ---- check ---- */

#define BM_MAX_PDF_FILE (512u << 20) /* bytes */

typedef struct {
    BmPressStandard standard;                        /* whose rules; BM_PRESS_NONE: what the file says it is */
    double bleed;                                    /* at least, mm; < 0: not asked */
    double trim_width, trim_height;                  /* mm; 0: not asked */
    double min_ppi, min_ppi_bw, small_type, max_ink; /* 0: 200, 600, 12 pt, 240 % */
} BmCheckOptions;

/* Every broken rule of print-ready.md §10 is a BM_ERROR BM0920 that begins with the rule's id. True: none is broken. */
bool bm_check_pdf (const void *bytes, size_t length, const char *file, const BmCheckOptions *options, BmDiags *diags);

#endif
