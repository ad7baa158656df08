/* check-private.h — what the files of `check` share: the file, the findings, what its pages draw. */
#ifndef BM_PRESS_CHECK_PRIVATE_H
#define BM_PRESS_CHECK_PRIVATE_H

#include "press/press.h"
#include "press/qpdf.h"

typedef struct {
    double x0, y0, x1, y1;
} BmBox;

/* One check at work. */
typedef struct {
    BmPdf *pdf;
    const char *file;
    const char *bytes;
    size_t length;
    BmCheckOptions options; /* filled up with the defaults; the standard settled */
    BmDiags *diags;
    bool clean;
    GHashTable *told; /* findings said once: "C2 …" */
} BmCheck;

/* A broken rule: "T1: …". Each finding is told once, and of a rule at most MAX_TOLD. */
void bm_check_fail (BmCheck *check, const char *rule, const char *hint, const char *format, ...) G_GNUC_PRINTF (4, 5);

/* Does the rule of print standards (X) or of all that are archives, too, apply? */
static inline bool
bm_check_is_x (const BmCheck *check)
{
    return check->options.standard == BM_PRESS_X4 || check->options.standard == BM_PRESS_X1A;
}

bool bm_check_box (BmCheck *check, BmObject page, const char *key, BmBox *box);
/* BleedBox, else TrimBox, else MediaBox. */
bool bm_check_inner_box (BmCheck *check, BmObject page, BmBox *box);

void bm_check_file (BmCheck *check);     /* check-file.c: F, M, O */
void bm_check_pages (BmCheck *check);    /* check-pages.c: B, A, T1 to T4 */
void bm_check_contents (BmCheck *check); /* check-content.c: C, T5, I, X, P */

/* check-image.c: one picture placed; the matrix takes the unit square to the page. */
void bm_check_image (BmCheck *check, int page, BmObject image, const double matrix[6]);

/* Of a colour space, named or not, resolved: what it comes down to. */
typedef enum {
    BM_SPACE_OTHER,
    BM_SPACE_GRAY,
    BM_SPACE_RGB,
    BM_SPACE_CMYK,
    BM_SPACE_INDEPENDENT,
    BM_SPACE_SPOT,
    BM_SPACE_ALL,
    BM_SPACE_PATTERN
} BmSpace;
BmSpace bm_check_space (BmCheck *check, BmObject space, const char *where); /* C1 is told here */

#endif
