/* qpdf.h — PDF files as objects: a thin cover of libqpdf's C interface, loaded only when a PDF is to be rewritten or checked.
 *
 * Linking libqpdf would cost every start of the program 4 ms (print-ready.md §6): it is opened with dlopen. The header of
 * libqpdf is needed to build, the library only to run what asks for it.
 *
 * Ownership: a BmPdf owns all its object handles, which end with it; names and texts returned live until the next call unless
 *   a comment says otherwise. The bytes read are borrowed until bm_pdf_free.
 * Errors: bm_pdf_read and bm_pdf_write give NULL after a BM_ERROR (BM0901 library missing, BM0902 not a PDF, BM0903 not
 *   written). The small calls never fail: an object of another kind answers with null, 0, "" or NULL.
 * Determinism: nothing of the clock; bm_pdf_write takes the file's ID from its content.
 */
#ifndef BM_PRESS_QPDF_H
#define BM_PRESS_QPDF_H

#include "base/base.h"

typedef struct BmPdf BmPdf;
typedef unsigned BmObject; /* a handle */

/* `file` names it in messages; may be NULL. */
BmPdf *bm_pdf_read (const void *bytes, size_t length, const char *file, BmDiags *diags);
void bm_pdf_free (BmPdf *pdf);

typedef struct {
    const char *version;    /* "1.6": exactly this; NULL: what the file has */
    bool object_streams;    /* smaller by 2 to 4 %; not in PDF 1.4 */
    bool newline_endstream; /* PDF/A wants it */
    bool linearize;         /* for the web; doubles the time */
} BmPdfForm;

GByteArray *bm_pdf_write (BmPdf *pdf, const BmPdfForm *form, BmDiags *diags);

/* What libqpdf had to say of faults in the file so far, a line each; NULL: nothing. g_free. */
char *bm_pdf_warnings (BmPdf *pdf);
/* Every stream is decoded as `qpdf --check` does. False: the file is damaged. */
bool bm_pdf_check_all (BmPdf *pdf);

/* ---- the file ---- */

BmObject bm_pdf_trailer (BmPdf *pdf);
BmObject bm_pdf_root (BmPdf *pdf);
int bm_pdf_n_pages (BmPdf *pdf);
BmObject bm_pdf_page (BmPdf *pdf, int index); /* its dictionary, what it inherits copied into it */
const char *bm_pdf_version (BmPdf *pdf);
bool bm_pdf_encrypted (BmPdf *pdf);
/* An indirect object by number; null if there is none. Numbers go from 1 to bm_pdf_n_objects. */
BmObject bm_pdf_by_number (BmPdf *pdf, int number);
int bm_pdf_n_objects (BmPdf *pdf);

/* ---- asking ---- */

bool bm_pdf_is_null (BmPdf *pdf, BmObject object);
bool bm_pdf_is_dict (BmPdf *pdf, BmObject object);
bool bm_pdf_is_array (BmPdf *pdf, BmObject object);
bool bm_pdf_is_stream (BmPdf *pdf, BmObject object);
bool bm_pdf_is_name (BmPdf *pdf, BmObject object, const char *name); /* "/Form"; NULL: any name */
bool bm_pdf_is_number (BmPdf *pdf, BmObject object);
bool bm_pdf_is_string (BmPdf *pdf, BmObject object);
int bm_pdf_number_of (BmPdf *pdf, BmObject object); /* of an indirect object; 0: direct */
double bm_pdf_number (BmPdf *pdf, BmObject object); /* 0 if it is none */
bool bm_pdf_true (BmPdf *pdf, BmObject object);
const char *bm_pdf_name (BmPdf *pdf, BmObject object); /* with its slash; "" if it is none */
char *bm_pdf_text (BmPdf *pdf, BmObject object);       /* a text string as UTF-8; NULL if it is none; g_free */
int bm_pdf_array_length (BmPdf *pdf, BmObject array);
BmObject bm_pdf_at (BmPdf *pdf, BmObject array, int index);
bool bm_pdf_numbers (BmPdf *pdf, BmObject array, int n, double *values); /* exactly n numbers */

/* Of a dictionary, or of a stream's dictionary. */
BmObject bm_pdf_get (BmPdf *pdf, BmObject dict, const char *key); /* null if there is none */
bool bm_pdf_has (BmPdf *pdf, BmObject dict, const char *key);
char **bm_pdf_keys (BmPdf *pdf, BmObject dict); /* sorted, NULL-ended, may be empty; g_strfreev */

/* The decoded bytes of a stream (Flate, LZW, ASCII; pictures' own codes stay); NULL if they do not decode. g_free. */
char *bm_pdf_data (BmPdf *pdf, BmObject stream, size_t *length);
/* As they are in the file. */
char *bm_pdf_raw_data (BmPdf *pdf, BmObject stream, size_t *length);
/* A page's content, its streams put together; NULL if they do not decode. g_free. */
char *bm_pdf_content (BmPdf *pdf, BmObject page, size_t *length);

/* ---- making ---- */

BmObject bm_pdf_parse (BmPdf *pdf, const char *source); /* "<</Type /Annot>>", "[0 0 10 10]", "/Identity" */
BmObject bm_pdf_new_dict (BmPdf *pdf);
BmObject bm_pdf_new_array (BmPdf *pdf);
BmObject bm_pdf_new_text (BmPdf *pdf, const char *utf8); /* a text string */
/* A new stream, an indirect object. `filter` "/FlateDecode" says the bytes are packed so already; NULL: plain. */
BmObject bm_pdf_new_stream (BmPdf *pdf, const void *bytes, size_t length, const char *filter);
BmObject bm_pdf_indirect (BmPdf *pdf, BmObject object); /* an indirect object of it; itself if it is one */
void bm_pdf_set (BmPdf *pdf, BmObject dict, const char *key, BmObject value);
void bm_pdf_set_source (BmPdf *pdf, BmObject dict, const char *key, const char *source); /* parsed */
void bm_pdf_remove (BmPdf *pdf, BmObject dict, const char *key);
void bm_pdf_append (BmPdf *pdf, BmObject array, BmObject value);
void bm_pdf_set_at (BmPdf *pdf, BmObject array, int index, BmObject value);
void bm_pdf_set_data (BmPdf *pdf, BmObject stream, const void *bytes, size_t length, const char *filter);

/* A number for PDF syntax: at most 4 decimals, never the locale's comma. Returns `buffer`. */
#define BM_PDF_NUMBER 24
char *bm_pdf_put_number (char buffer[BM_PDF_NUMBER], double value);

#endif
