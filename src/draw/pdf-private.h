/* pdf-private.h — what the files that finish a PDF share (pdf-finish.c, pdf-tree.c, pdf-threads.c). */
#ifndef BM_PDF_PRIVATE_H
#define BM_PDF_PRIVATE_H

#include "draw/draw-private.h"

/* The marked contents of a leaf, on its page. */
typedef struct {
    int first, n;
} BmMarks;

typedef struct {
    BmPdfFile *file;
    const BmFinish *finish;
    int *pages;         /* object numbers */
    GString **page_keys; /* what each page's dictionary gets */
    GString **annots;   /* references, one string a page */
    GArray **marks;     /* BmMarks of the leaves, by page */
    int tree;           /* of the structure; 0: there is none */
    GString *threads;   /* references */
} Finisher;

/* pdf-finish.c: values as PDF writes them, appended; the locale is never asked */
void bm_pdf_put_real (GString *out, double value);
void bm_pdf_put_text (GString *out, const char *utf8); /* UTF-16BE in hex */
/* A box of a plan, y down from the trim, as " [left bottom right top]" of its page. */
void bm_pdf_put_box (const Finisher *finisher, GString *out, int page, double x, double y, double width, double height);

/* pdf-marks.c: the page's content with artifacts marked and its marks numbered anew, and what each leaf has got, in order.
 * NULL: the marks do not pair. */
GString *bm_pdf_mark (const char *content, size_t length, GArray *ranges);

/* pdf-tree.c: StructTreeRoot with all below it, links; pdf-threads.c: article threads */
void bm_pdf_write_tree (Finisher *finisher);
void bm_pdf_write_threads (Finisher *finisher);

#endif
