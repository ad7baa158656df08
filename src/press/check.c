/* check.c — any PDF held against the rules of print (print-ready.md §10), ids as there.
 *
 * Nothing is drawn: total ink (P1) is that of single colours and of single pictures, not of what lies over one another, for
 * which a renderer of plates is needed. */
#include "press/check-private.h"

#include <stdarg.h>
#include <string.h>

#define MAX_TOLD 8 /* findings of one rule */

void
bm_check_fail (BmCheck *check, const char *rule, const char *hint, const char *format, ...)
{
    va_list arguments;

    check->clean = false;
    int n = GPOINTER_TO_INT (g_hash_table_lookup (check->told, rule));
    va_start (arguments, format);
    char *words = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    char *message = g_strdup_printf ("%s: %s", rule, words);
    if (n < MAX_TOLD && !g_hash_table_contains (check->told, message)) {
        bm_diag (check->diags, BM_ERROR, "BM0920", BM_IN_FILE (check->file), hint, "%s", message);
        g_hash_table_insert (check->told, g_strdup (rule), GINT_TO_POINTER (n + 1));
        g_hash_table_insert (check->told, g_strdup (message), GINT_TO_POINTER (1));
    }
    g_free (message);
    g_free (words);
}

static bool
names_standard (const char *bytes, size_t length, const char *words)
{
    return g_strstr_len (bytes, (gssize) length, words) != NULL;
}

/* The claims of our own files and of most others stand in Info or in XMP, which is never packed in these standards. */
static BmPressStandard
claimed_standard (BmCheck *check)
{
    BmObject info = bm_pdf_get (check->pdf, bm_pdf_trailer (check->pdf), "/Info");
    char *version = bm_pdf_text (check->pdf, bm_pdf_get (check->pdf, info, "/GTS_PDFXVersion"));
    size_t length = 0;
    char *xmp = bm_pdf_data (check->pdf, bm_pdf_get (check->pdf, bm_pdf_root (check->pdf), "/Metadata"), &length);
    BmPressStandard standard = BM_PRESS_NONE;

    if (version != NULL && g_str_has_prefix (version, "PDF/X-1"))
        standard = BM_PRESS_X1A;
    else if ((version != NULL && g_str_has_prefix (version, "PDF/X-4")) ||
             (xmp != NULL && names_standard (xmp, length, "PDF/X-4")))
        standard = BM_PRESS_X4;
    else if (xmp != NULL && names_standard (xmp, length, "pdfaid:part"))
        standard =
            names_standard (xmp, length, "part>1<") || names_standard (xmp, length, "part=\"1\"") ? BM_PRESS_A1B : BM_PRESS_A2B;
    g_free (version);
    g_free (xmp);
    return standard;
}

static void
settle_options (BmCheck *check, const BmCheckOptions *options)
{
    BmCheckOptions *o = &check->options;

    *o = *options;
    if (o->standard == BM_PRESS_NONE)
        o->standard = claimed_standard (check);
    o->min_ppi = o->min_ppi > 0 ? o->min_ppi : 200;
    o->min_ppi_bw = o->min_ppi_bw > 0 ? o->min_ppi_bw : 600;
    o->small_type = o->small_type > 0 ? o->small_type : 12;
    o->max_ink = o->max_ink > 0 ? o->max_ink : 240;
}

bool
bm_check_pdf (const void *bytes, size_t length, const char *file, const BmCheckOptions *options, BmDiags *diags)
{
    BmCheck check = { .file = file, .bytes = bytes, .length = length, .diags = diags, .clean = true };

    check.pdf = bm_pdf_read (bytes, length, file, diags);
    if (check.pdf == NULL)
        return false;
    check.told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    settle_options (&check, options);
    bm_check_file (&check);
    bm_check_pages (&check);
    bm_check_contents (&check);
    g_hash_table_destroy (check.told);
    bm_pdf_free (check.pdf);
    return check.clean;
}
