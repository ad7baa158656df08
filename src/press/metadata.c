/* metadata.c — who made the file, when, for which press: Info, XMP, output intent. Info and XMP are written from one structure,
 * so that they cannot differ. */
#include "press/press-private.h"

#include <libdeflate.h>
#include <stdio.h>
#include <string.h>

#define PROGRAM "banmian"

typedef struct {
    char *title;
    char pdf_date[32], xmp_date[40];
    char *id; /* uuid:… of the content */
} Facts;

/* ---- facts ---- */

/* XML knows no control characters but tab and line ends; a title needs none. */
static char *
clean_title (const char *title)
{
    GString *out = g_string_new (NULL);

    for (const char *p = title; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        if (c >= 0x20 && c != 0x7f && c != 0xfffe && c != 0xffff)
            g_string_append_unichar (out, c);
    }
    return g_string_free (out, FALSE);
}

/* "2025-09-19T06:00:00+08:00" → D:20250919060000+08'00' and the same for XMP; a time zone left out is UTC. */
static void
read_date (const char *iso, Facts *facts)
{
    int year = 2000, month = 1, day = 1, hour = 0, minute = 0, second = 0, zone_hour = 0, zone_minute = 0, n = 0;
    char sign = 'Z';

    sscanf (iso, "%4d-%2d-%2dT%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute, &second, &n);
    if (n > 0 && (iso[n] == '+' || iso[n] == '-')) {
        sign = iso[n];
        sscanf (iso + n + 1, "%2d:%2d", &zone_hour, &zone_minute);
    }
    g_snprintf (facts->pdf_date, sizeof facts->pdf_date, "D:%04d%02d%02d%02d%02d%02d", year, month, day, hour, minute, second);
    g_snprintf (facts->xmp_date, sizeof facts->xmp_date, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute, second);
    char pdf_zone[16] = "Z", xmp_zone[16] = "Z";
    if (sign != 'Z') {
        g_snprintf (pdf_zone, sizeof pdf_zone, "%c%02d'%02d'", sign, zone_hour, zone_minute);
        g_snprintf (xmp_zone, sizeof xmp_zone, "%c%02d:%02d", sign, zone_hour, zone_minute);
    }
    g_strlcat (facts->pdf_date, pdf_zone, sizeof facts->pdf_date);
    g_strlcat (facts->xmp_date, xmp_zone, sizeof facts->xmp_date);
}

/* A UUID of version 5 form from the content drawn: the same page, the same name. The sums of the whole are hashed, not the whole:
 * megabytes of pictures would take as long as the rest of the step. */
static char *
document_id (const GByteArray *drawn, const Facts *facts)
{
    char *sums = g_strdup_printf ("%08x %08x %u %s %s", libdeflate_crc32 (0, drawn->data, drawn->len),
                                  libdeflate_adler32 (1, drawn->data, drawn->len), drawn->len, facts->title, facts->pdf_date);
    char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA1, sums, -1);
    char *id = g_strdup_printf ("uuid:%.8s-%.4s-5%.3s-8%.3s-%.12s", hash, hash + 8, hash + 13, hash + 17, hash + 20);

    g_free (hash);
    g_free (sums);
    return id;
}

/* ---- Info ---- */

static const char *
conformance_key (BmPressStandard standard)
{
    return standard == BM_PRESS_X1A ? "PDF/X-1a:2003" : standard == BM_PRESS_X4 ? "PDF/X-4" : NULL;
}

static void
set_text (BmPressJob *job, BmObject dict, const char *key, const char *text)
{
    bm_pdf_set (job->pdf, dict, key, bm_pdf_new_text (job->pdf, text));
}

static void
set_info (BmPressJob *job, const Facts *facts)
{
    BmObject info = bm_pdf_new_dict (job->pdf);
    const char *claim = conformance_key (job->options->standard);

    set_text (job, info, "/Title", facts->title);
    set_text (job, info, "/Creator", PROGRAM);
    set_text (job, info, "/Producer", PROGRAM);
    set_text (job, info, "/CreationDate", facts->pdf_date);
    set_text (job, info, "/ModDate", facts->pdf_date);
    if (claim != NULL) {
        bm_pdf_set_source (job->pdf, info, "/Trapped", "/False");
        set_text (job, info, "/GTS_PDFXVersion", claim);
    }
    bm_pdf_set (job->pdf, bm_pdf_trailer (job->pdf), "/Info", bm_pdf_indirect (job->pdf, info));
}

/* ---- XMP ---- */

#define DESCRIPTION "<rdf:Description rdf:about=\"\" xmlns:"

static void
append_common (GString *xmp, const Facts *facts)
{
    char *title = g_markup_escape_text (facts->title, -1);

    g_string_append_printf (xmp,
                            DESCRIPTION
                            "dc=\"http://purl.org/dc/elements/1.1/\"><dc:format>application/pdf</dc:format><dc:title><rdf:Alt>"
                            "<rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title></rdf:Description>\n",
                            title);
    g_string_append_printf (
        xmp,
        DESCRIPTION "xmp=\"http://ns.adobe.com/xap/1.0/\"><xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate>"
                    "<xmp:MetadataDate>%s</xmp:MetadataDate><xmp:CreatorTool>" PROGRAM "</xmp:CreatorTool></rdf:Description>\n",
        facts->xmp_date, facts->xmp_date, facts->xmp_date);
    g_free (title);
}

static void
append_claim (GString *xmp, const Facts *facts, BmPressStandard standard)
{
    bool archive = bm_press_is_archive (standard);

    g_string_append_printf (
        xmp, DESCRIPTION "pdf=\"http://ns.adobe.com/pdf/1.3/\"><pdf:Producer>" PROGRAM "</pdf:Producer>%s</rdf:Description>\n",
        archive ? "" : "<pdf:Trapped>False</pdf:Trapped>");
    g_string_append_printf (
        xmp,
        DESCRIPTION "xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"><xmpMM:DocumentID>%s</xmpMM:DocumentID>%s</rdf:Description>\n",
        facts->id, archive ? "" : "<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>");
    if (standard == BM_PRESS_X4)
        g_string_append (xmp, DESCRIPTION
                         "pdfxid=\"http://www.npes.org/pdfx/ns/id/\"><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
                         "</rdf:Description>\n");
    if (archive)
        g_string_append_printf (xmp,
                                DESCRIPTION "pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"><pdfaid:part>%d</pdfaid:part>"
                                            "<pdfaid:conformance>B</pdfaid:conformance></rdf:Description>\n",
                                standard == BM_PRESS_A1B ? 1 : 2);
}

static void
set_xmp (BmPressJob *job, const Facts *facts)
{
    GString *xmp = g_string_new (
        "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");

    append_common (xmp, facts);
    append_claim (xmp, facts, job->options->standard);
    g_string_append (xmp, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
    BmObject stream = bm_pdf_new_stream (job->pdf, xmp->str, xmp->len, NULL);
    bm_pdf_set_source (job->pdf, stream, "/Type", "/Metadata");
    bm_pdf_set_source (job->pdf, stream, "/Subtype", "/XML");
    bm_pdf_set (job->pdf, bm_pdf_root (job->pdf), "/Metadata", stream);
    g_string_free (xmp, TRUE);
}

/* ---- output intent ---- */

/* Names of the ICC's registry of characterised conditions begin so. */
static bool
is_registered (const char *condition)
{
    static const char *const starts[] = { "CGATS", "FOGRA", "IFRA", "JC2", "JCN", "JCW", "PC1", "CRPC" };

    for (size_t i = 0; i < G_N_ELEMENTS (starts); i++)
        if (g_str_has_prefix (condition, starts[i]))
            return true;
    return false;
}

static void
set_intent (BmPressJob *job)
{
    const BmPressProfile *profile = job->options->profile;
    const char *condition = job->options->condition != NULL ? job->options->condition : profile->name;
    BmObject stream = bm_pdf_new_stream (job->pdf, profile->packed, profile->packed_length, "/FlateDecode");
    BmObject intent = bm_pdf_new_dict (job->pdf), intents = bm_pdf_new_array (job->pdf);

    bm_pdf_set_source (job->pdf, stream, "/N", "4");
    bm_pdf_set_source (job->pdf, intent, "/Type", "/OutputIntent");
    bm_pdf_set_source (job->pdf, intent, "/S", bm_press_is_archive (job->options->standard) ? "/GTS_PDFA1" : "/GTS_PDFX");
    set_text (job, intent, "/OutputConditionIdentifier", condition);
    set_text (job, intent, "/OutputCondition", profile->name);
    set_text (job, intent, "/Info", profile->name);
    if (is_registered (condition))
        set_text (job, intent, "/RegistryName", "http://www.color.org");
    bm_pdf_set (job->pdf, intent, "/DestOutputProfile", stream);
    bm_pdf_append (job->pdf, intents, bm_pdf_indirect (job->pdf, intent));
    bm_pdf_set (job->pdf, bm_pdf_root (job->pdf), "/OutputIntents", intents);
}

void
bm_press_metadata (BmPressJob *job, const GByteArray *drawn)
{
    BmObject root = bm_pdf_root (job->pdf);
    Facts facts = { .title = clean_title (job->options->title) };

    read_date (job->options->date, &facts);
    facts.id = document_id (drawn, &facts);
    set_info (job, &facts);
    set_xmp (job, &facts);
    set_intent (job);
    set_text (job, root, "/Lang", job->options->lang != NULL ? job->options->lang : "zh-CN");
    bm_pdf_set_source (job->pdf, root, "/ViewerPreferences", "<</DisplayDocTitle true>>");
    g_free (facts.title);
    g_free (facts.id);
}
