/* recover.c — the steps in order, and the proof at the end that no character was lost. */
#include "recover/geometry.h"

#include <string.h>

/* All steps from characters to items. */
static BmEdition *
recover_page (BmRaw *raw, const BmRecoverOptions *options, GArray **decisions)
{
    if (!raw->hinted) /* boxes gave the order */
        bm_raw_unweave (raw);
    bm_raw_mend (raw);
    if (!raw->hinted)
        bm_raw_split_lines (raw);
    bm_raw_find_cues (raw);
    bm_raw_find_signs (raw);
    bm_raw_label (raw);
    GArray *units = bm_units_of (raw);
    GPtrArray *stories = bm_stories_of (raw, units);
    BmEdition *edition = bm_build_edition (raw, units, stories, options);

    *decisions = bm_decisions_of (raw, units, stories);
    bm_keep_doubts (edition, *decisions);
    bm_stories_free (stories);
    g_array_free (units, TRUE);
    return edition;
}

static bool
has_text (const BmRaw *raw, const char *file, BmDiags *diags)
{
    if (raw->chars->len > 0)
        return true;
    bm_diag (diags, BM_ERROR, "BM0403", BM_IN_FILE (file), "was the text exported, or only the pictures of a scan?",
             "the dump holds no text");
    return false;
}

static bool
check_conserved (const BmRaw *raw, const BmEdition *edition, const char *file, BmDiags *diags)
{
    if (bm_is_conserved (raw, edition->pages[0]))
        return true;
    bm_diag (diags, BM_ERROR, "BM0409", BM_IN_FILE (file), "this is a fault of the program: please report it with the dump",
             "characters of the dump were lost or doubled");
    return false;
}

/* The page in reading order as boxes give it; the lines keep what was seen of them, and their place in the file. */
static BmRaw *
read_boxes (const char *file, const char *text, size_t length, const BmRecoverOptions *options, char **ordered, BmDiags *diags)
{
    BmGeometry *geometry = bm_geometry_read (file, text, length, options != NULL ? options->page : 0, diags);

    if (geometry == NULL)
        return NULL;
    GArray *lines = g_array_new (FALSE, FALSE, sizeof (BmOrderedLine));
    int columns = 0;
    *ordered = bm_geometry_order (geometry, lines, &columns);
    BmRaw *raw = bm_raw_read (file, *ordered, strlen (*ordered));
    raw->columns_seen = columns;
    raw->hinted = geometry->pieces->len <= BM_MAX_PIECES;
    for (guint i = 0; i < raw->lines->len; i++) {
        BmRawLine *line = bm_raw_line (raw, (int) i);
        const BmOrderedLine *known = &g_array_index (lines, BmOrderedLine, line->raw_line - 1);

        line->hint = known->hint;
        line->raw_line = options != NULL && options->made_up ? 0 : known->file_line;
    }
    g_array_free (lines, TRUE);
    bm_geometry_free (geometry);
    return raw;
}

BmEdition *
bm_recover (const char *file, const char *bytes, size_t length, const BmRecoverOptions *options, char **report,
            BmDiags *diags)
{
    char *owned = NULL;
    size_t n = 0;
    const char *text = bm_decode (file, bytes, length, options != NULL ? options->encoding : NULL, &n, &owned, diags);
    BmEdition *edition = NULL;
    GArray *decisions = NULL;

    if (report != NULL)
        *report = NULL;
    if (text == NULL)
        return NULL;
    char *ordered = NULL;
    BmRaw *raw = bm_is_geometry (text, n) ? read_boxes (file, text, n, options, &ordered, diags) : bm_raw_read (file, text, n);
    if (raw == NULL) {
        g_free (owned);
        return NULL;
    }
    if (has_text (raw, file, diags))
        edition = recover_page (raw, options, &decisions);
    if (edition != NULL && !check_conserved (raw, edition, file, diags)) {
        bm_edition_free (edition);
        edition = NULL;
    }
    if (edition != NULL && report != NULL)
        *report = options != NULL && options->margins ? bm_margins_of (decisions) : bm_report_of (raw, edition, decisions);
    if (decisions != NULL)
        g_array_free (decisions, TRUE);
    bm_raw_free (raw);
    g_free (ordered);
    g_free (owned);
    return edition;
}
