/* check-file.c — the file as a whole: F1 to F5, M1 to M6, O1. */
#include "press/check-private.h"

#include <expat.h>
#include <math.h>
#include <string.h>

/* ---- F ---- */

static const char *
newest_version (BmPressStandard standard)
{
    switch (standard) {
    case BM_PRESS_X1A:
    case BM_PRESS_A1B:
        return "1.4";
    case BM_PRESS_X4:
        return "1.6";
    case BM_PRESS_A2B:
        return "1.7";
    default:
        return "9";
    }
}

static void
check_form (BmCheck *check)
{
    BmPdf *pdf = check->pdf;
    bool whole = bm_pdf_check_all (pdf);
    char *warnings = bm_pdf_warnings (pdf);

    if (!whole || warnings != NULL)
        bm_check_fail (check, "F1", "have the file made again", "the file is damaged: %.160s",
                       warnings != NULL ? g_strchomp (warnings) : "it does not decode");
    g_free (warnings);
    if (strcmp (bm_pdf_version (pdf), newest_version (check->options.standard)) > 0)
        bm_check_fail (check, "F2", "write it in the older form", "version %s; the standard takes up to %s", bm_pdf_version (pdf),
                       newest_version (check->options.standard));
    if (bm_pdf_encrypted (pdf))
        bm_check_fail (check, "F3", "save it without a password", "the file is encrypted");
    if (check->options.standard != BM_PRESS_NONE && bm_pdf_array_length (pdf, bm_pdf_get (pdf, bm_pdf_trailer (pdf), "/ID")) != 2)
        bm_check_fail (check, "F4", "write it with a file ID", "the trailer has no ID of two strings");
    bool streams = g_strstr_len (check->bytes, (gssize) check->length, "/ObjStm") != NULL ||
                   g_strstr_len (check->bytes, (gssize) check->length, "/XRef") != NULL;
    if (check->options.standard == BM_PRESS_X1A && streams)
        bm_check_fail (check, "F5", "write it as PDF 1.4", "object or cross-reference streams");
}

/* ---- dates ---- */

/* "D:20250919060000+08'00'" → the 14 digits; NULL: not of that form. g_free. */
static char *
date_digits (const char *text)
{
    if (text == NULL ||
        !g_regex_match_simple ("^D:[0-9]{4}([0-9]{2}){0,5}(Z|[-+][0-9]{2}'?([0-9]{2})?'?)?(00'?00'?)?$", text, 0, 0))
        return NULL;
    GString *digits = g_string_new (NULL);
    for (const char *p = text + 2; g_ascii_isdigit (*p); p++)
        g_string_append_c (digits, *p);
    while (digits->len < 14)
        g_string_append_c (digits, '0');
    return g_string_free (digits, FALSE);
}

static char *
xmp_digits (const char *text)
{
    GString *digits = g_string_new (NULL);

    for (const char *p = text; *p != '\0' && p - text < 19; p++)
        if (g_ascii_isdigit (*p))
            g_string_append_c (digits, *p);
    return g_string_free (digits, FALSE);
}

/* ---- XMP: every element and attribute by its namespace and name, first wins ---- */

typedef struct {
    GHashTable *values; /* "namespace name" → text */
    GPtrArray *open;    /* names of the elements open */
    GString *text;
    XML_Parser parser;
} Xmp;

static void
note_value (Xmp *xmp, const char *name, const char *value)
{
    char *trimmed = g_strstrip (g_strdup (value));

    if (trimmed[0] != '\0' && !g_hash_table_contains (xmp->values, name))
        g_hash_table_insert (xmp->values, g_strdup (name), g_strdup (trimmed));
    g_free (trimmed);
}

static void XMLCALL
start_element (void *data, const XML_Char *name, const XML_Char **attributes)
{
    Xmp *xmp = data;

    g_ptr_array_add (xmp->open, g_strdup (name));
    g_string_truncate (xmp->text, 0);
    for (int i = 0; attributes[i] != NULL; i += 2)
        note_value (xmp, attributes[i], attributes[i + 1]);
}

static void XMLCALL
take_text (void *data, const XML_Char *text, int length)
{
    g_string_append_len (((Xmp *) data)->text, text, length);
}

/* What stands in an rdf:li is the property's around it. */
static void XMLCALL
end_element (void *data, const XML_Char *name)
{
    static const char rdf[] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    Xmp *xmp = data;
    guint i = xmp->open->len;

    (void) name;
    while (i > 1 && g_str_has_prefix (g_ptr_array_index (xmp->open, i - 1), rdf))
        i--;
    if (i > 0)
        note_value (xmp, g_ptr_array_index (xmp->open, i - 1), xmp->text->str);
    g_string_truncate (xmp->text, 0);
    g_ptr_array_set_size (xmp->open, (int) xmp->open->len - 1);
}

/* XMP has no document type; without one there are no entities to grow. */
static void XMLCALL
refuse_doctype (void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
    Xmp *xmp = data;

    (void) name, (void) system, (void) public, (void) internal;
    XML_StopParser (xmp->parser, XML_FALSE);
}

/* NULL: not well-formed. */
static GHashTable *
read_xmp (const char *bytes, size_t length)
{
    XML_Parser parser = XML_ParserCreateNS ("UTF-8", ' ');
    Xmp xmp = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free), g_ptr_array_new_with_free_func (g_free),
                g_string_new (NULL), parser };

    XML_SetUserData (parser, &xmp);
    XML_SetElementHandler (parser, start_element, end_element);
    XML_SetCharacterDataHandler (parser, take_text);
    XML_SetStartDoctypeDeclHandler (parser, refuse_doctype);
    bool ok = length < (16u << 20) && XML_Parse (parser, bytes, (int) length, XML_TRUE) == XML_STATUS_OK;
    XML_ParserFree (parser);
    g_ptr_array_free (xmp.open, TRUE);
    g_string_free (xmp.text, TRUE);
    if (ok)
        return xmp.values;
    g_hash_table_destroy (xmp.values);
    return NULL;
}

#define XMP_DC  "http://purl.org/dc/elements/1.1/ "
#define XMP_XMP "http://ns.adobe.com/xap/1.0/ "
#define XMP_PDF "http://ns.adobe.com/pdf/1.3/ "
#define XMP_MM  "http://ns.adobe.com/xap/1.0/mm/ "
#define XMP_XID "http://www.npes.org/pdfx/ns/id/ "
#define XMP_AID "http://www.aiim.org/pdfa/ns/id/ "

/* ---- M ---- */

typedef struct {
    BmCheck *check;
    BmObject info;
    GHashTable *xmp; /* NULL: none */
} Facts;

static char *
info_text (const Facts *facts, const char *key)
{
    return bm_pdf_text (facts->check->pdf, bm_pdf_get (facts->check->pdf, facts->info, key));
}

static const char *
xmp_text (const Facts *facts, const char *key)
{
    return facts->xmp != NULL ? g_hash_table_lookup (facts->xmp, key) : NULL;
}

static void
check_info (const Facts *facts)
{
    static const char *const keys[] = { "/Title", "/Producer", "/CreationDate", "/ModDate" };
    BmCheck *check = facts->check;

    for (size_t i = 0; i < G_N_ELEMENTS (keys); i++) {
        char *text = info_text (facts, keys[i]), *digits = date_digits (text);

        if (text == NULL || text[0] == '\0')
            bm_check_fail (check, "M1", "have it written", "Info has no %s", keys[i] + 1);
        else if (i >= 2 && digits == NULL)
            bm_check_fail (check, "M1", "write D:YYYYMMDDhhmmssZ", "Info's %s is no date: %s", keys[i] + 1, text);
        g_free (digits);
        g_free (text);
    }
    const char *trapped = bm_pdf_name (check->pdf, bm_pdf_get (check->pdf, facts->info, "/Trapped"));
    if (bm_check_is_x (check) && strcmp (trapped, "/True") != 0 && strcmp (trapped, "/False") != 0)
        bm_check_fail (check, "M2", "say True or False", "Info does not say whether the file is trapped");
}

static void
check_claim (const Facts *facts)
{
    BmCheck *check = facts->check;
    char *version = info_text (facts, "/GTS_PDFXVersion");
    bool ok = true;

    switch (check->options.standard) {
    case BM_PRESS_X1A:
        ok = g_strcmp0 (version, "PDF/X-1a:2003") == 0 || g_strcmp0 (version, "PDF/X-1:2001") == 0;
        break;
    case BM_PRESS_X4:
        ok = g_strcmp0 (xmp_text (facts, XMP_XID "GTS_PDFXVersion"), "PDF/X-4") == 0;
        break;
    case BM_PRESS_A1B:
    case BM_PRESS_A2B:
        ok = g_strcmp0 (xmp_text (facts, XMP_AID "part"), check->options.standard == BM_PRESS_A1B ? "1" : "2") == 0 &&
             xmp_text (facts, XMP_AID "conformance") != NULL;
        break;
    default:
        break;
    }
    if (!ok)
        bm_check_fail (check, "M3", "have it made as that standard", "the file does not say that it is of this standard");
    g_free (version);
}

static void
check_same (const Facts *facts, const char *info_key, const char *xmp_key, bool date)
{
    char *info = info_text (facts, info_key);
    const char *xmp = xmp_text (facts, xmp_key);
    char *a = date ? date_digits (info) : g_strdup (info), *b = date ? xmp_digits (xmp != NULL ? xmp : "") : g_strdup (xmp);

    if (info != NULL && g_strcmp0 (a, b) != 0)
        bm_check_fail (facts->check, "M5", "write both from one source", "%s is “%s” in Info, “%s” in XMP", info_key + 1, info,
                       xmp != NULL ? xmp : "");
    g_free (a);
    g_free (b);
    g_free (info);
}

static void
check_agreement (const Facts *facts)
{
    check_same (facts, "/Title", XMP_DC "title", false);
    check_same (facts, "/Producer", XMP_PDF "Producer", false);
    check_same (facts, "/Creator", XMP_XMP "CreatorTool", false);
    check_same (facts, "/CreationDate", XMP_XMP "CreateDate", true);
    check_same (facts, "/ModDate", XMP_XMP "ModifyDate", true);
}

static void
check_xmp (Facts *facts)
{
    static const char *const ids[] = { XMP_MM "DocumentID", XMP_MM "VersionID", XMP_MM "RenditionClass" };
    BmCheck *check = facts->check;
    BmObject stream = bm_pdf_get (check->pdf, bm_pdf_root (check->pdf), "/Metadata");
    bool wanted = check->options.standard != BM_PRESS_NONE && check->options.standard != BM_PRESS_X1A;
    size_t length = 0;
    char *bytes = bm_pdf_data (check->pdf, stream, &length);

    facts->xmp = bytes != NULL ? read_xmp (bytes, length) : NULL;
    if (bytes == NULL && wanted)
        bm_check_fail (check, "M4", "write an XMP packet", "there is no XMP metadata");
    else if (bytes != NULL && facts->xmp == NULL)
        bm_check_fail (check, "M4", "mend the XML", "the XMP metadata are not well-formed");
    else if (wanted && bm_pdf_has (check->pdf, stream, "/Filter"))
        bm_check_fail (check, "M4", "write it plain", "the XMP metadata are packed");
    for (size_t i = 0; i < G_N_ELEMENTS (ids) && check->options.standard == BM_PRESS_X4; i++)
        if (xmp_text (facts, ids[i]) == NULL)
            bm_check_fail (check, "M6", "have it written", "XMP has no %s", strrchr (ids[i], ' ') + 1);
    g_free (bytes);
}

/* ---- O ---- */

static void
check_profile (BmCheck *check, BmObject intent)
{
    BmObject stream = bm_pdf_get (check->pdf, intent, "/DestOutputProfile");
    size_t length = 0;
    char *icc = bm_pdf_data (check->pdf, stream, &length);
    char *name = bm_pdf_text (check->pdf, bm_pdf_get (check->pdf, intent, "/OutputConditionIdentifier"));
    bool press = icc != NULL && length > 128 && memcmp (icc + 12, "prtrCMYK", 8) == 0;

    if (!press || fabs (bm_pdf_number (check->pdf, bm_pdf_get (check->pdf, stream, "/N")) - 4) > 0)
        bm_check_fail (check, "O1", "embed the press's ICC profile", "the output intent has no profile of a CMYK press");
    if (name == NULL || name[0] == '\0')
        bm_check_fail (check, "O1", "name the printing condition", "the output intent does not name its condition");
    g_free (name);
    g_free (icc);
}

static void
check_intent (BmCheck *check)
{
    BmObject intents = bm_pdf_get (check->pdf, bm_pdf_root (check->pdf), "/OutputIntents"), mine = intents;
    const char *kind = bm_check_is_x (check) ? "/GTS_PDFX" : "/GTS_PDFA1";
    int n = 0;

    if (check->options.standard == BM_PRESS_NONE)
        return;
    for (int i = 0; i < bm_pdf_array_length (check->pdf, intents); i++) {
        BmObject intent = bm_pdf_at (check->pdf, intents, i);

        if (bm_pdf_is_name (check->pdf, bm_pdf_get (check->pdf, intent, "/S"), kind)) {
            mine = intent;
            n++;
        }
    }
    if (n != 1)
        bm_check_fail (check, "O1", "write exactly one", "%d output intents of kind %s", n, kind + 1);
    else
        check_profile (check, mine);
}

void
bm_check_file (BmCheck *check)
{
    Facts facts = { check, bm_pdf_get (check->pdf, bm_pdf_trailer (check->pdf), "/Info"), NULL };

    check_form (check);
    check_xmp (&facts);
    check_info (&facts);
    check_claim (&facts);
    if (facts.xmp != NULL && check->options.standard != BM_PRESS_NONE)
        check_agreement (&facts);
    check_intent (check);
    if (facts.xmp != NULL)
        g_hash_table_destroy (facts.xmp);
}
