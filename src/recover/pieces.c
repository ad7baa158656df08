/* pieces.c — what each piece of a woven page shows: its marks, its place, whether it may be a headline. */
#include "recover/weave-private.h"

#include <math.h>

/* Places of the row's pieces, with ideographs counted as one column or as two. */
static int
place_in_row (const BmRaw *raw, int row_start, int at, bool double_width)
{
    int x = 0;

    for (int k = row_start; k <= at; k++) {
        x += (int) bm_raw_char (raw, k)->gap;
        if (k < at)
            x += double_width && bm_char_width (bm_raw_char (raw, k)->code) >= 1 ? 2 : 1;
    }
    return x;
}

#define MAX_PLACE 400

/* Starts of pieces stand together at the columns' edges in the right way of counting. */
static double
concentration (const BmRaw *raw, const GArray *pieces, bool double_width)
{
    int count[MAX_PLACE] = { 0 }, n = 0, row_start = 0;
    double sum = 0;

    for (guint i = 0; i < pieces->len; i++) {
        const BmRawLine *piece = &g_array_index (pieces, BmRawLine, i);

        if (i == 0 || piece->raw_line != g_array_index (pieces, BmRawLine, i - 1).raw_line) {
            row_start = piece->start;
            continue;
        }
        count[MIN (place_in_row (raw, row_start, piece->start, double_width), MAX_PLACE - 1)]++;
        n++;
    }
    for (int x = 1; x < MAX_PLACE; x++)
        sum += (double) (count[x] + count[x - 1]) * (count[x] + count[x - 1]);
    return n > 0 ? sum / n : 0;
}

static BmPiece
piece_of (const BmRaw *raw, const BmRawLine *line)
{
    BmRun run = bm_line_run (raw, line);
    BmPiece piece = { .width = (double) line->width, .first = run.chars[0].code, .last = run.chars[run.n - 1].code };
    static const guint32 running = BM_CUE_STOP | BM_CUE_CLOSED | BM_CUE_HANGS | BM_CUE_COMMA | BM_CUE_HELD;

    piece.cues = bm_run_marks (run) | bm_run_words (run) | (line->cues & BM_CUE_VERTICAL);
    piece.folio = bm_run_is_folio (run) || piece.cues & BM_CUE_AD;
    piece.display = !piece.folio && (piece.cues & (running | BM_CUE_BYLINE | BM_CUE_DATELINE)) == 0 && piece.width <= 20;
    return piece;
}

/* As wide as a full line of text, or as a first line. */
static bool
has_text_width (const BmPiece *piece)
{
    double left = piece->measure - piece->width;

    return fabs (left) < 0.6 || fabs (left - 2) < 0.6;
}

static int
pieces_in_row (const GArray *pieces, int first)
{
    int n = 1;

    while (first + n < (int) pieces->len &&
           g_array_index (pieces, BmRawLine, first + n).raw_line == g_array_index (pieces, BmRawLine, first).raw_line)
        n++;
    return n;
}

/* A line of a headline, alone in its row: no text of full width, no first line. A comma is rare there, but may stand. */
static bool
is_head_row (const BmPiece *piece)
{
    double left = piece->measure - piece->width;
    bool comma = (piece->cues & BM_CUE_COMMA) != 0,
         other = (piece->cues & (BM_CUE_STOP | BM_CUE_CLOSED | BM_CUE_HANGS | BM_CUE_HELD)) != 0;

    if (piece->n_in_row > 1 || fabs (left) < 0.6)
        return false;
    return piece->display || (comma && !other && piece->width < 20 && fabs (left - 2) > 0.6);
}

/* On one baseline grid every row of text holds all columns: a short line alone is a headline, blank lines or not. */
static bool
is_on_grid (const BmLoom *loom)
{
    int alone = 0, rows = 0;

    for (int i = 0; i < loom->n; i++) {
        const BmPiece *piece = &loom->pieces[i];

        if (piece->display || piece->folio || (i > 0 && piece[-1].row == piece->row))
            continue;
        alone += piece->n_in_row == 1;
        rows += piece->n_in_row > 1;
    }
    return !loom->weave->positions && !loom->weave->blocks && 3 * alone < rows;
}

#define MAX_HEAD 5

/* Blocks of headline lines with a blank line above, and below one or the columns. */
static void
find_heads (BmLoom *loom)
{
    const bool on_grid = is_on_grid (loom);

    for (int i = 0, end = 0; i < loom->n; i = MAX (end, i + 1)) {
        for (end = i; end < loom->n && is_head_row (&loom->pieces[end]) && (end == i || !loom->pieces[end].blank_above); end++)
            ;
        bool over_columns = on_grid && end < loom->n && loom->pieces[end].n_in_row > 1;
        if (end == i || end - i > MAX_HEAD || !(loom->pieces[i].blank_above || over_columns))
            continue;
        loom->pieces[i].across = loom->pieces[end - 1].blank_below || (end < loom->n && loom->pieces[end].n_in_row > 1);
        for (int k = i; k < end; k++) {
            loom->pieces[k].display = true;
            loom->pieces[k].in_head = loom->pieces[i].across;
        }
    }
}

#define ABOUT 14 /* lines before and after */

/* Pages whose lines are whole have columns of several measures; the pieces of others were cut to one. */
static double
local_measure (const BmLoom *loom, int i)
{
    int first = MAX (i - ABOUT, 0), halves = 0;

    if (loom->weave->blocks && bm_measure_candidates (loom->raw, first, MIN (2 * ABOUT, loom->n - first), &halves, 1) > 0)
        return halves / 2.0;
    return loom->weave->measure;
}

void
bm_pieces_read (BmLoom *loom, const GArray *lines)
{
    bool double_width = concentration (loom->raw, lines, true) > concentration (loom->raw, lines, false);
    int row = -1, row_start = 0;

    for (int i = 0; i < loom->n; i++) {
        const BmRawLine *line = &g_array_index (lines, BmRawLine, i);
        bool begins = i == 0 || line->raw_line != g_array_index (lines, BmRawLine, i - 1).raw_line;
        bool ends = i + 1 == loom->n || line->raw_line != g_array_index (lines, BmRawLine, i + 1).raw_line;
        BmPiece *piece = &loom->pieces[i];

        row = !begins || (loom->weave->blocks && i > 0 && line->blank_above == 0) ? row
              : loom->weave->positions                                            ? line->raw_line
                                                                                  : row + 1;
        row_start = begins ? line->start : row_start;
        *piece = piece_of (loom->raw, line);
        piece->measure = local_measure (loom, i);
        piece->row = row;
        piece->n_in_row = begins ? pieces_in_row (lines, i) : piece[-1].n_in_row;
        piece->blank_above = line->blank_above > 0;
        piece->blank_below = i + 1 == loom->n || (ends && g_array_index (lines, BmRawLine, i + 1).blank_above > 0);
        piece->x = place_in_row (loom->raw, row_start, line->start, double_width);
        piece->display = piece->display && (piece->blank_above || !has_text_width (piece));
        piece->end = place_in_row (loom->raw, row_start, line->end - 1, double_width) + 1;
    }
    find_heads (loom);
}
