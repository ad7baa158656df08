/* pdf-finish.c — what Cairo 1.16 cannot write: artifacts, the structure with /Alt and /Lang, threads, links, dates with their D:, XMP.
 *
 * Cairo's file is taken apart and put together again (pdf-file.c) rather than updated at its end, which would keep every page's
 * content twice, or handed to libqpdf, whose start alone costs what all of this does. */
#include "draw/pdf-private.h"

#include <string.h>

/* ---- values ---- */

void
bm_pdf_put_real (GString *out, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append (out, g_ascii_formatd (digits, sizeof digits, "%.2f", value));
}

void
bm_pdf_put_text (GString *out, const char *utf8)
{
    glong n = 0;
    gunichar2 *units = g_utf8_to_utf16 (utf8, -1, NULL, &n, NULL);

    g_string_append (out, "<FEFF");
    for (glong i = 0; units != NULL && i < n; i++)
        g_string_append_printf (out, "%04X", units[i]);
    g_string_append_c (out, '>');
    g_free (units);
}

void
bm_pdf_put_box (const Finisher *finisher, GString *out, int page, double x, double y, double width, double height)
{
    const BmPlan *plan = finisher->finish->plans[page];
    const double sides[] = { x + plan->bleed, plan->height + plan->bleed - y - height, x + plan->bleed + width,
                             plan->height + plan->bleed - y };

    for (int i = 0; i < 4; i++) {
        g_string_append (out, i == 0 ? " [" : " ");
        bm_pdf_put_real (out, sides[i]);
    }
    g_string_append_c (out, ']');
}

/* ---- pages ---- */

static bool
find_pages (Finisher *finisher)
{
    size_t length;
    const char *root = bm_pdf_file_object (finisher->file, bm_pdf_file_root (finisher->file), &length);
    const char *pages = bm_pdf_file_object (finisher->file, bm_pdf_file_reference (root, length, "/Pages"), &length);
    const char *kids = bm_find_bytes (pages, pages + length, "/Kids ["), *end = pages + length;
    int n = 0;

    for (const char *p = kids != NULL ? kids + 7 : end; p < end && *p != ']' && n < finisher->finish->n_plans; n++) {
        while (p < end && g_ascii_isspace (*p))
            p++;
        if (p == end || !g_ascii_isdigit (*p))
            break;
        finisher->pages[n] = atoi (p);
        const char *next = bm_find_bytes (p, end, " 0 R");
        p = next != NULL ? next + 4 : end;
    }
    return n == finisher->finish->n_plans;
}

static bool
mark_content (Finisher *finisher, int page)
{
    size_t length;
    const char *object = bm_pdf_file_object (finisher->file, finisher->pages[page], &length);
    int number = bm_pdf_file_reference (object, length, "/Contents");
    GByteArray *content = bm_pdf_file_stream (finisher->file, number);
    GString *marked = content != NULL ? bm_pdf_mark ((const char *) content->data, content->len, finisher->marks[page]) : NULL;

    if (marked != NULL) {
        bm_pdf_file_set_stream (finisher->file, number, "", (const guint8 *) marked->str, marked->len, true);
        g_string_free (marked, TRUE);
    }
    if (content != NULL)
        g_byte_array_unref (content);
    return marked != NULL;
}

/* The same dictionary with more keys at its end. */
static void
add_keys (Finisher *finisher, int number, const char *keys)
{
    size_t length;
    const char *object = bm_pdf_file_object (finisher->file, number, &length);
    GString *out = g_string_new_len (object, (gssize) length);
    char *end = g_strrstr (out->str, ">>");

    if (end != NULL)
        g_string_insert (out, end - out->str, keys);
    bm_pdf_file_set (finisher->file, number, out);
}

/* Cairo's own key into its own tree is renamed to nothing that means anything. */
static void
finish_page (Finisher *finisher, int page)
{
    GString *keys = finisher->page_keys[page];

    g_string_append_printf (keys, " /Tabs /S /StructParents %d", page);
    if (finisher->annots[page]->len > 0)
        g_string_append_printf (keys, " /Annots [%s ]", finisher->annots[page]->str);
    g_string_append_c (keys, '\n');
    size_t length;
    const char *object = bm_pdf_file_object (finisher->file, finisher->pages[page], &length);
    const char *old = bm_find_bytes (object, object + length, "/StructParents");
    if (old != NULL) {
        GString *out = g_string_new_len (object, (gssize) length);
        gsize at = (gsize) (old - object), n = 14 + strspn (old + 14, " 0123456789");

        g_string_erase (out, (gssize) at, (gssize) n);
        bm_pdf_file_set (finisher->file, finisher->pages[page], out);
    }
    add_keys (finisher, finisher->pages[page], keys->str);
}

/* ---- fonts, information, catalog ---- */

/* print-ready.md §2: a TrueType descendant needs the map that says its glyphs are its characters. */
static void
finish_fonts (Finisher *finisher)
{
    for (int i = 1; i < bm_pdf_file_count (finisher->file); i++) {
        size_t length;
        const char *object = bm_pdf_file_object (finisher->file, i, &length);

        if (bm_find_bytes (object, object + MIN (length, 80), "/CIDFontType2") != NULL &&
            bm_find_bytes (object, object + length, "/CIDToGIDMap") == NULL)
            add_keys (finisher, i, "   /CIDToGIDMap /Identity\n");
    }
}

static char *
hex_of (const char *text, int length)
{
    glong n = 0;
    gunichar2 *units = g_utf8_to_utf16 (text, length, NULL, &n, NULL);
    GString *hex = g_string_new ("<");

    for (glong i = 0; units != NULL && i < n; i++)
        g_string_append_printf (hex, "%04x", units[i]);
    g_free (units);
    g_string_append (hex, ">\n");
    return g_string_free (hex, FALSE);
}

/* Cairo ends each line of its maps with what the glyph stands for: "<0007> <e000>". */
static void
tell_stand_ins (Finisher *finisher, int map, const BmStandIn *stand_ins, int n)
{
    GByteArray *bytes = bm_pdf_file_stream (finisher->file, map);
    GString *text = bytes != NULL ? g_string_new_len ((const char *) bytes->data, bytes->len) : g_string_new (NULL);
    guint changed = 0;

    for (int i = 0; i < n; i++) {
        char *real = hex_of (stand_ins[i].text, stand_ins[i].length), code[16];

        g_snprintf (code, sizeof code, "<%04x>\n", stand_ins[i].code);
        changed += g_string_replace (text, code, real, 0);
        g_free (real);
    }
    if (changed > 0)
        bm_pdf_file_set_stream (finisher->file, map, "", (const guint8 *) text->str, text->len, true);
    g_string_free (text, TRUE);
    if (bytes != NULL)
        g_byte_array_unref (bytes);
}

static void
finish_maps (Finisher *finisher)
{
    int n, count = bm_pdf_file_count (finisher->file);
    const BmStandIn *stand_ins = bm_faces_stand_ins (finisher->finish->faces, &n);

    for (int i = 1; i < count && n > 0; i++) {
        size_t length;
        const char *object = bm_pdf_file_object (finisher->file, i, &length);
        int map = bm_pdf_file_reference (object, length, "/ToUnicode");

        if (map > 0)
            tell_stand_ins (finisher, map, stand_ins, n);
    }
}

/* "(20250919000000Z)" is no date of PDF's. */
static void
finish_dates (Finisher *finisher)
{
    for (int i = bm_pdf_file_count (finisher->file) - 1; i > 0; i--) {
        size_t length;
        const char *object = bm_pdf_file_object (finisher->file, i, &length);

        if (length > 4096 || bm_find_bytes (object, object + length, "/Producer") == NULL ||
            bm_find_bytes (object, object + length, "Date (2") == NULL)
            continue;
        GString *out = g_string_new_len (object, (gssize) length);
        g_string_replace (out, "Date (", "Date (D:", 0);
        bm_pdf_file_set (finisher->file, i, out);
        return;
    }
}

static const char *
language (const Finisher *finisher)
{
    const char *lang = finisher->finish->plans[0]->lang;

    return lang != NULL && lang[0] != '\0' ? lang : "zh-Hans";
}

/* XMP says what the information says; the claim of a standard is not made: nothing here checks it whole. */
static int
write_metadata (Finisher *finisher)
{
    int number = bm_pdf_file_new (finisher->file);
    char *xmp = g_markup_printf_escaped (
        "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
        "<dc:format>application/pdf</dc:format>\n"
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
        "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n"
        "<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate><xmp:CreatorTool>banmian</xmp:CreatorTool>\n"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>\n",
        finisher->finish->title, language (finisher), finisher->finish->date, finisher->finish->date);

    bm_pdf_file_set_stream (finisher->file, number, " /Type /Metadata /Subtype /XML", (const guint8 *) xmp, strlen (xmp), false);
    g_free (xmp);
    return number;
}

static void
write_catalog (Finisher *finisher)
{
    static const char *const kept[] = { "/Pages", "/Outlines", "/PageLabels", "/Names" };
    size_t length;
    const char *old = bm_pdf_file_object (finisher->file, bm_pdf_file_root (finisher->file), &length);
    GString *out = g_string_new ("\n<< /Type /Catalog");

    for (size_t i = 0; i < G_N_ELEMENTS (kept); i++) {
        int number = bm_pdf_file_reference (old, length, kept[i]);

        if (number > 0)
            g_string_append_printf (out, " %s %d 0 R", kept[i], number);
    }
    g_string_append_printf (out, "\n/Lang (%s) /MarkInfo << /Marked true >> /StructTreeRoot %d 0 R\n", language (finisher),
                            finisher->tree);
    if (finisher->threads->len > 0)
        g_string_append_printf (out, "/Threads [%s ]\n", finisher->threads->str);
    g_string_append_printf (out, "/ViewerPreferences << /DisplayDocTitle true >> /Metadata %d 0 R >>", write_metadata (finisher));
    bm_pdf_file_set (finisher->file, bm_pdf_file_root (finisher->file), out);
}

/* ---- the whole ---- */

static bool
finish_all (Finisher *finisher)
{
    bool ok = find_pages (finisher);

    for (int i = 0; ok && i < finisher->finish->n_plans; i++)
        ok = mark_content (finisher, i);
    if (!ok)
        return false;
    bm_pdf_write_tree (finisher);
    bm_pdf_write_threads (finisher);
    for (int i = 0; i < finisher->finish->n_plans; i++)
        finish_page (finisher, i);
    finish_fonts (finisher);
    finish_maps (finisher);
    finish_dates (finisher);
    write_catalog (finisher);
    return true;
}

GByteArray *
bm_pdf_finish (GByteArray *bytes, const BmFinish *finish, BmDiags *diags)
{
    int n = finish->n_plans;
    Finisher finisher = { .file = bm_pdf_file_open (bytes),
                          .finish = finish,
                          .pages = g_new0 (int, (gsize) n),
                          .threads = g_string_new (NULL),
                          .page_keys = g_new (GString *, (gsize) n),
                          .annots = g_new (GString *, (gsize) n),
                          .marks = g_new (GArray *, (gsize) n) };
    GByteArray *out = NULL;

    for (int i = 0; i < n; i++) {
        finisher.page_keys[i] = g_string_new (NULL);
        finisher.annots[i] = g_string_new (NULL);
        finisher.marks[i] = g_array_new (FALSE, TRUE, sizeof (BmMarks));
    }
    if (finisher.file != NULL && finish_all (&finisher))
        out = bm_pdf_file_write (finisher.file);
    if (out == NULL)
        bm_diag (diags, BM_ERROR, "BM0730", BM_NOWHERE, "build banmian with Cairo 1.16, or report this",
                 "the PDF that Cairo wrote is not as expected");
    for (int i = 0; i < n; i++) {
        g_string_free (finisher.page_keys[i], TRUE);
        g_string_free (finisher.annots[i], TRUE);
        g_array_free (finisher.marks[i], TRUE);
    }
    if (finisher.file != NULL)
        bm_pdf_file_free (finisher.file);
    g_string_free (finisher.threads, TRUE);
    g_free (finisher.page_keys);
    g_free (finisher.annots);
    g_free (finisher.marks);
    g_free (finisher.pages);
    return out;
}
