/* check-pages.c — boxes (B), actions and notes on the page (A), fonts (T1 to T4). */
#include "press/check-private.h"

#include <math.h>
#include <string.h>

#define MM BM_PT_PER_MM

/* ---- boxes ---- */

bool
bm_check_box (BmCheck *check, BmObject page, const char *key, BmBox *box)
{
    double v[4];

    if (!bm_pdf_numbers (check->pdf, bm_pdf_get (check->pdf, page, key), 4, v))
        return false;
    *box = (BmBox){ MIN (v[0], v[2]), MIN (v[1], v[3]), MAX (v[0], v[2]), MAX (v[1], v[3]) };
    return true;
}

bool
bm_check_inner_box (BmCheck *check, BmObject page, BmBox *box)
{
    return bm_check_box (check, page, "/BleedBox", box) || bm_check_box (check, page, "/TrimBox", box) ||
           bm_check_box (check, page, "/MediaBox", box);
}

static bool
inside (const BmBox *a, const BmBox *b)
{
    return a->x0 >= b->x0 - 0.01 && a->y0 >= b->y0 - 0.01 && a->x1 <= b->x1 + 0.01 && a->y1 <= b->y1 + 0.01;
}

static void
check_bleed (BmCheck *check, int page, const BmBox *trim, const BmBox *bleed, bool has_bleed)
{
    double least = MIN (MIN (trim->x0 - bleed->x0, trim->y0 - bleed->y0), MIN (bleed->x1 - trim->x1, bleed->y1 - trim->y1));

    if (check->options.bleed >= 0 && (!has_bleed || least < check->options.bleed * MM - 0.05))
        bm_check_fail (check, "B3", "set the page again with --bleed", "page %d: %.1f mm of bleed, %.1f are asked for", page,
                       has_bleed ? MAX (least, 0) / MM : 0, check->options.bleed);
}

static void
check_trim (BmCheck *check, int page, const BmBox *trim, BmBox *first)
{
    double width = trim->x1 - trim->x0, height = trim->y1 - trim->y0;

    if (page == 1)
        *first = *trim;
    if (fabs (width - (first->x1 - first->x0)) > 0.3 * MM || fabs (height - (first->y1 - first->y0)) > 0.3 * MM)
        bm_check_fail (check, "B4", "make all pages of one size", "page %d is %.1f × %.1f mm, page 1 is not", page, width / MM,
                       height / MM);
    const BmCheckOptions *o = &check->options;
    if (o->trim_width > 0 && (fabs (width / MM - o->trim_width) > 0.3 || fabs (height / MM - o->trim_height) > 0.3))
        bm_check_fail (check, "B4", "set it on the right paper", "page %d is %.1f × %.1f mm, not %.1f × %.1f", page, width / MM,
                       height / MM, o->trim_width, o->trim_height);
}

static void
check_boxes (BmCheck *check, int number, BmObject page, BmBox *first)
{
    BmBox media = { 0 }, trim = { 0 }, art = { 0 }, bleed = { 0 };
    bool has_media = bm_check_box (check, page, "/MediaBox", &media), has_trim = bm_check_box (check, page, "/TrimBox", &trim);
    bool has_art = bm_check_box (check, page, "/ArtBox", &art), has_bleed = bm_check_box (check, page, "/BleedBox", &bleed);

    if (bm_check_is_x (check) && (!has_media || has_trim == has_art))
        bm_check_fail (check, "B1", "a press wants MediaBox and TrimBox", "page %d has %s", number,
                       !has_media ? "no MediaBox"
                       : has_trim ? "both TrimBox and ArtBox"
                                  : "no TrimBox");
    if (!has_media || (!has_trim && !has_art))
        return;
    if (!has_trim)
        trim = art;
    if (!has_bleed)
        bleed = media;
    if (bm_check_is_x (check) && (!inside (&trim, &bleed) || !inside (&bleed, &media)))
        bm_check_fail (check, "B2", "TrimBox in BleedBox in MediaBox", "page %d: its boxes do not lie in one another", number);
    check_bleed (check, number, &trim, &bleed, has_bleed);
    check_trim (check, number, &trim, first);
}

/* ---- notes and actions ---- */

static void
check_notes (BmCheck *check, int number, BmObject page)
{
    static const char *const harmless[] = { "/PrinterMark", "/TrapNet", "/Popup", NULL };
    BmObject notes = bm_pdf_get (check->pdf, page, "/Annots");
    BmBox inner, at;

    if (!bm_check_inner_box (check, page, &inner))
        return;
    for (int i = 0; i < bm_pdf_array_length (check->pdf, notes); i++) {
        BmObject note = bm_pdf_at (check->pdf, notes, i);
        const char *kind = bm_pdf_name (check->pdf, bm_pdf_get (check->pdf, note, "/Subtype"));
        bool placed = bm_check_box (check, note, "/Rect", &at);

        if (g_strv_contains (harmless, kind))
            continue;
        if (!placed || !(at.x1 <= inner.x0 || at.x0 >= inner.x1 || at.y1 <= inner.y0 || at.y0 >= inner.y1))
            bm_check_fail (check, "A2", "make the file without links and notes", "page %d: an annotation (%s) on the page",
                           number, kind[0] != '\0' ? kind + 1 : "of no kind");
    }
}

static void
check_catalog (BmCheck *check)
{
    static const char *const keys[] = { "/OpenAction", "/AA", "/AcroForm" }, *const names[] = { "/JavaScript", "/EmbeddedFiles" };
    BmObject root = bm_pdf_root (check->pdf);

    for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
        if (bm_pdf_has (check->pdf, root, keys[i]))
            bm_check_fail (check, "A1", "take it out", "the file has %s", keys[i] + 1);
    for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
        if (bm_pdf_has (check->pdf, bm_pdf_get (check->pdf, root, "/Names"), names[i]))
            bm_check_fail (check, "A1", "take it out", "the file has %s", names[i] + 1);
    if (check->options.standard == BM_PRESS_X1A && bm_pdf_has (check->pdf, root, "/OCProperties"))
        bm_check_fail (check, "A1", "flatten the layers", "the file has layers");
}

static void
check_action (BmCheck *check, BmObject object)
{
    static const char *const kinds[] = { "/JavaScript", "/Launch", "/SubmitForm", "/ImportData",
                                         "/GoToR",      "/URI",    "/Rendition",  NULL };
    const char *kind = bm_pdf_name (check->pdf, bm_pdf_get (check->pdf, object, "/S"));

    if (g_strv_contains (kinds, kind))
        bm_check_fail (check, "A1", "take it out", "the file has an action: %s", kind + 1);
}

/* ---- fonts ---- */

static bool
is_embedded (BmCheck *check, BmObject font)
{
    BmObject descriptor = bm_pdf_get (check->pdf, font, "/FontDescriptor");

    return bm_pdf_has (check->pdf, descriptor, "/FontFile") || bm_pdf_has (check->pdf, descriptor, "/FontFile2") ||
           bm_pdf_has (check->pdf, descriptor, "/FontFile3");
}

static void
check_font (BmCheck *check, BmObject font)
{
    BmPdf *pdf = check->pdf;
    char *name = g_strdup (bm_pdf_name (pdf, bm_pdf_get (pdf, font, "/BaseFont")));
    char *kind = g_strdup (bm_pdf_name (pdf, bm_pdf_get (pdf, font, "/Subtype")));
    const char *said = name[0] == '/' ? name + 1 : "without a name";
    bool child = g_str_has_prefix (kind, "/CIDFont");

    if (strcmp (kind, "/Type3") == 0)
        bm_check_fail (check, "T4", "set it in a real font", "a Type 3 font");
    else if (!child && !bm_pdf_has (pdf, font, "/ToUnicode"))
        bm_check_fail (check, "T3", "have the file made with ToUnicode", "font %s has no ToUnicode", said);
    if (strcmp (kind, "/Type3") != 0 && strcmp (kind, "/Type0") != 0 && !is_embedded (check, font))
        bm_check_fail (check, "T1", "embed it", "font %s is not in the file", said);
    if (strcmp (kind, "/CIDFontType2") == 0 && check->options.standard != BM_PRESS_NONE &&
        !bm_pdf_has (pdf, font, "/CIDToGIDMap"))
        bm_check_fail (check, "T2", "have it written", "font %s has no CIDToGIDMap", said);
    g_free (name);
    g_free (kind);
}

static void
check_objects (BmCheck *check)
{
    int n = bm_pdf_n_objects (check->pdf);

    for (int i = 1; i <= n; i++) {
        BmObject object = bm_pdf_by_number (check->pdf, i);

        if (!bm_pdf_is_dict (check->pdf, object))
            continue;
        if (bm_pdf_is_name (check->pdf, bm_pdf_get (check->pdf, object, "/Type"), "/Font"))
            check_font (check, object);
        if (bm_check_is_x (check))
            check_action (check, object);
    }
}

void
bm_check_pages (BmCheck *check)
{
    BmBox first = { 0 };

    if (bm_check_is_x (check)) {
        check_catalog (check);
        check_action (check, bm_pdf_get (check->pdf, bm_pdf_root (check->pdf), "/OpenAction"));
    }
    for (int i = 0; i < bm_pdf_n_pages (check->pdf); i++) {
        BmObject page = bm_pdf_page (check->pdf, i);

        check_boxes (check, i + 1, page, &first);
        if (!bm_check_is_x (check))
            continue;
        check_notes (check, i + 1, page);
        if (bm_pdf_has (check->pdf, page, "/AA"))
            bm_check_fail (check, "A1", "take it out", "page %d has actions", i + 1);
    }
    check_objects (check);
}
