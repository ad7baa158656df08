/* blocks.c — S6: are the blocks of the dump out of order, though no line holds two columns?
 *
 * Extractors that sort boxes by their place give columns of one height in turns, a few lines each. A page shows it by
 * its seams: where text stands open at a block's end, what follows makes no words with it. On a page in order an open
 * end is a column's, and what follows goes on with it; the mean worth of such seams tells the two apart (dev pages:
 * −0.35 and less against 0.1 and more). Only for the language whose words are known. */
#include "recover/recover-private.h"

#include <string.h>

#define MIN_SEAMS  6
#define UNLIKELY   (-0.42) /* mean worth of a seam */
#define TEXT_WIDTH 9       /* em: shorter blocks are display lines, cells */

static bool
is_text (BmRun run, guint32 marks)
{
    return (marks & (BM_CUE_STOP | BM_CUE_CLOSED | BM_CUE_HANGS | BM_CUE_COMMA)) != 0 || bm_run_width (run) > 20;
}

/* Text stands open at the end of line a, and line b is no byline. */
static bool
is_open_seam (const BmRaw *raw, const BmRawLine *a, const BmRawLine *b)
{
    BmRun end = bm_line_run (raw, a), start = bm_line_run (raw, b);
    guint32 marks = bm_run_marks (end);

    if (bm_run_width (end) <= TEXT_WIDTH || bm_run_width (start) <= TEXT_WIDTH || marks & (BM_CUE_CLOSED | BM_CUE_LEADS))
        return false;
    if (bm_run_is_folio (end) || bm_run_byline (end) > 0 || bm_run_byline (start) > 0)
        return false;
    return is_text (end, marks) || is_text (start, bm_run_marks (start));
}

GArray *
bm_blocks_broken (const BmRaw *raw, BmWeave *weave)
{
    BmSeams *seams = bm_seams_new (raw);
    double worth = 0;
    int n = 0;

    for (int i = 1; i < (int) raw->lines->len && strcmp (raw->lang, "zh-Hans") == 0; i++) {
        const BmRawLine *line = bm_raw_line (raw, i);

        if (line->blank_above == 0 || !is_open_seam (raw, line - 1, line))
            continue;
        worth += bm_seam_worth (seams, bm_raw_char (raw, line->start - 1)->code, bm_raw_char (raw, line->start)->code);
        n++;
    }
    bm_seams_free (seams);
    if (n < MIN_SEAMS || worth >= UNLIKELY * n)
        return NULL;
    GArray *lines = g_array_sized_new (FALSE, TRUE, sizeof (BmRawLine), raw->lines->len);
    g_array_append_vals (lines, raw->lines->data, raw->lines->len);
    weave->blocks = true;
    weave->positions = false;
    return lines;
}
