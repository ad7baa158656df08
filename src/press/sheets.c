/* sheets.c — the pages of the press file: boxes, groups, contents, forms, pictures, and the small faults of Cairo's fonts. */
#include "press/press-private.h"

#include <string.h>

#define MAX_DEPTH 16 /* of forms in forms */

/* ---- what new content needs ---- */

static BmObject
dict_in (BmPressJob *job, BmObject resources, const char *key)
{
    if (!bm_pdf_is_dict (job->pdf, bm_pdf_get (job->pdf, resources, key)))
        bm_pdf_set (job->pdf, resources, key, bm_pdf_new_dict (job->pdf));
    return bm_pdf_get (job->pdf, resources, key);
}

/* A plate's name as PDF writes names: all but letters and digits as #xx. */
static void
append_name (GString *out, const char *name)
{
    g_string_append_c (out, '/');
    for (const char *p = name; *p != '\0'; p++)
        g_string_append_printf (out, g_ascii_isalnum (*p) ? "%c" : "#%02X", (unsigned char) *p);
}

/* [/Separation /Masthead#20Red /DeviceCMYK function]: the tint mixes the process colours that stand for the solid. */
static void
add_spot (BmPressJob *job, BmObject spaces, int number)
{
    const BmInkCode *code = &job->inks->codes[number - 1];
    GString *source = g_string_new ("[/Separation ");
    char c[BM_PDF_NUMBER], m[BM_PDF_NUMBER], y[BM_PDF_NUMBER], k[BM_PDF_NUMBER];
    char *key = g_strdup_printf ("/Ink%d", number);

    append_name (source, code->name);
    g_string_append_printf (source, " /DeviceCMYK <</FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [%s %s %s %s] /N 1>>]",
                            bm_pdf_put_number (c, code->c), bm_pdf_put_number (m, code->m), bm_pdf_put_number (y, code->y),
                            bm_pdf_put_number (k, code->k));
    bm_pdf_set_source (job->pdf, spaces, key, source->str);
    g_string_free (source, TRUE);
    g_free (key);
}

static void
add_needs (BmPressJob *job, BmObject resources, const BmContentNeeds *needs)
{
    for (int i = 0; i < job->inks->n; i++)
        if (needs->spots[i])
            add_spot (job, dict_in (job, resources, "/ColorSpace"), i + 1);
    if (!needs->overprint)
        return;
    BmObject states = dict_in (job, resources, "/ExtGState");
    bm_pdf_set_source (job->pdf, states, "/OvB", "<</Type /ExtGState /OP true /op true /OPM 1>>");
    bm_pdf_set_source (job->pdf, states, "/OvN", "<</Type /ExtGState /OP false /op false /OPM 0>>");
}

static void
fix_stream (BmPressJob *job, BmObject stream, BmObject resources)
{
    size_t length = 0;
    char *content = bm_pdf_data (job->pdf, stream, &length);
    BmContentNeeds needs = { 0 };

    if (content == NULL) {
        bm_diag (job->diags, BM_ERROR, "BM0903", BM_NOWHERE, "report it with the page: it is a fault of the program",
                 "a content stream does not decode");
        job->failed = true;
        return;
    }
    GString *out = bm_press_content (job, content, length, &needs);
    bm_pdf_set_data (job->pdf, stream, out->str, out->len, NULL);
    add_needs (job, resources, &needs);
    g_string_free (out, TRUE);
    g_free (content);
}

/* ---- fonts ---- */

/* A bit for each glyph of the font, all there: Cairo numbers them from 0 without a gap. PDF/A-1 alone asks for it. */
static void
add_cid_set (BmPressJob *job, BmObject descendant)
{
    BmObject descriptor = bm_pdf_get (job->pdf, descendant, "/FontDescriptor");
    int n = bm_pdf_array_length (job->pdf, bm_pdf_at (job->pdf, bm_pdf_get (job->pdf, descendant, "/W"), 1));

    if (n <= 0 || n > 65536 || !bm_pdf_is_dict (job->pdf, descriptor) || bm_pdf_has (job->pdf, descriptor, "/CIDSet"))
        return;
    size_t length = ((size_t) n + 7) / 8;
    uint8_t *bits = g_malloc0 (length);
    for (int i = 0; i < n; i++)
        bits[i >> 3] = (uint8_t) (bits[i >> 3] | 0x80 >> (i & 7));
    bm_pdf_set (job->pdf, descriptor, "/CIDSet", bm_pdf_new_stream (job->pdf, bits, length, NULL));
    g_free (bits);
}

static void
fix_fonts (BmPressJob *job, BmObject resources)
{
    BmObject fonts = bm_pdf_get (job->pdf, resources, "/Font");
    char **names = bm_pdf_keys (job->pdf, fonts);

    for (int i = 0; names[i] != NULL; i++) {
        BmObject descendant =
            bm_pdf_at (job->pdf, bm_pdf_get (job->pdf, bm_pdf_get (job->pdf, fonts, names[i]), "/DescendantFonts"), 0);

        if (!bm_pdf_is_dict (job->pdf, descendant))
            continue;
        if (bm_pdf_is_name (job->pdf, bm_pdf_get (job->pdf, descendant, "/Subtype"), "/CIDFontType2") &&
            !bm_pdf_has (job->pdf, descendant, "/CIDToGIDMap"))
            bm_pdf_set_source (job->pdf, descendant, "/CIDToGIDMap", "/Identity");
        if (job->options->standard == BM_PRESS_A1B)
            add_cid_set (job, descendant);
    }
    g_strfreev (names);
}

/* ---- forms and pictures ---- */

static void fix_resources (BmPressJob *job, BmObject resources, int depth);

static void
fix_object (BmPressJob *job, BmObject object, int depth)
{
    int number = bm_pdf_number_of (job->pdf, object);

    if (number == 0 || !g_hash_table_add (job->done, GINT_TO_POINTER (number)))
        return;
    if (bm_pdf_is_name (job->pdf, bm_pdf_get (job->pdf, object, "/Subtype"), "/Form")) {
        BmObject resources = bm_pdf_get (job->pdf, object, "/Resources");

        fix_stream (job, object, resources);
        fix_resources (job, resources, depth + 1);
    } else if (bm_pdf_has (job->pdf, object, "/Interpolate"))
        bm_pdf_set_source (job->pdf, object, "/Interpolate", "false");
}

static void
fix_resources (BmPressJob *job, BmObject resources, int depth)
{
    BmObject objects = bm_pdf_get (job->pdf, resources, "/XObject");
    char **names = bm_pdf_keys (job->pdf, objects);

    fix_fonts (job, resources);
    for (int i = 0; names[i] != NULL && depth < MAX_DEPTH; i++)
        fix_object (job, bm_pdf_get (job->pdf, objects, names[i]), depth);
    g_strfreev (names);
}

/* ---- pages ---- */

static void
set_box (BmPressJob *job, BmObject page, const char *key, const double media[4], double inset)
{
    char a[BM_PDF_NUMBER], b[BM_PDF_NUMBER], c[BM_PDF_NUMBER], d[BM_PDF_NUMBER];
    char *source =
        g_strdup_printf ("[%s %s %s %s]", bm_pdf_put_number (a, media[0] + inset), bm_pdf_put_number (b, media[1] + inset),
                         bm_pdf_put_number (c, media[2] - inset), bm_pdf_put_number (d, media[3] - inset));

    bm_pdf_set_source (job->pdf, page, key, source);
    g_free (source);
}

/* No ArtBox: a page must not have both; no CropBox (print-ready.md §5). */
static void
set_boxes (BmPressJob *job, BmObject page)
{
    const BmPressOptions *options = job->options;
    double media[4];

    if (!bm_pdf_numbers (job->pdf, bm_pdf_get (job->pdf, page, "/MediaBox"), 4, media))
        return;
    set_box (job, page, "/TrimBox", media, options->slug);
    set_box (job, page, "/BleedBox", media, options->slug - options->bleed);
}

/* Cairo calls every page transparent, in RGB. X-4 may blend, in the press's colours; the others may not. */
static void
set_group (BmPressJob *job, BmObject page)
{
    if (!bm_pdf_has (job->pdf, page, "/Group"))
        return;
    if (job->options->standard == BM_PRESS_X4)
        bm_pdf_set_source (job->pdf, bm_pdf_get (job->pdf, page, "/Group"), "/CS", "/DeviceCMYK");
    else
        bm_pdf_remove (job->pdf, page, "/Group");
}

static void
fix_page (BmPressJob *job, BmObject page)
{
    BmObject resources = bm_pdf_get (job->pdf, page, "/Resources");
    BmObject contents = bm_pdf_get (job->pdf, page, "/Contents");

    set_boxes (job, page);
    set_group (job, page);
    if (bm_pdf_is_stream (job->pdf, contents))
        fix_stream (job, contents, resources);
    for (int i = 0; i < bm_pdf_array_length (job->pdf, contents); i++)
        fix_stream (job, bm_pdf_at (job->pdf, contents, i), resources);
    fix_resources (job, resources, 0);
}

void
bm_press_sheets (BmPressJob *job)
{
    int n = bm_pdf_n_pages (job->pdf);

    for (int i = 0; i < n && !job->failed; i++)
        fix_page (job, bm_pdf_page (job->pdf, i));
}
