/* rows.c — S1, first half: lines that hold several columns side by side are cut into pieces.
 *
 * Extractors that keep the page's look, and some that mean to give the text, put what stands at one height on one
 * line: the columns of a story with one blank between, or two stories. A line is cut at blanks such that its pieces
 * fit the page's measure; a wide gap is always a cut where the dump keeps positions. Blanks inside a justified line
 * (“水 好 了”) and around Latin words are no cuts but where a line is far too wide. */
#include "recover/recover-private.h"

#include <math.h>

#define MAX_TOKENS  64     /* of a line; lines of more are left whole */
#define WIDE_GAP    3      /* blanks: more than a phrase's */
#define OVERWIDE    1.5    /* an em wider than the column */
#define CUT_NARROW  1.3    /* a cut at a single blank … */
#define CUT_WIDE    0.5    /* … at two */
#define CUT_WESTERN 1.2    /* … beside a digit or a Latin word, which some engines set off with a blank */
#define CUT_CUSTOM  1.5    /* … where this page's engine sets a blank anyway */
#define CUT_MARKS   2.5    /* … at no blank, between a closing mark and an opening one */
#define CUT_BULLET  (-0.5) /* … before the square that begins a byline */
#define CUT_HELD    4.0    /* … before a mark that begins no line */
#define CUT_FULL    0.4    /* … gained after a piece that fills the column, in running text */
#define CUT_SHORT   0.8    /* … after a piece that neither fills the column nor ends a sentence */

#define BESIDE 4 /* em wider than the measure: two columns, no line of one with a blank too many */

typedef struct {
    int at;       /* first character of the token */
    double width; /* of the token */
    double cost;  /* of a cut before it */
} Token;

/* A line of the dump and where it may be cut. */
typedef struct {
    const BmRaw *raw;
    const BmWeave *weave;
    const BmRawLine *line;
    Token tokens[MAX_TOKENS];
    bool cuts[MAX_TOKENS]; /* the token begins a piece */
    int n;                 /* 0: left whole */
} Row;

/* ---- the page's measure ---- */

#define MAX_HALVES 160

static bool
is_western (gunichar c)
{
    return bm_char_is_latin (c) || bm_char_is_digit (c);
}

static bool
is_closing_mark (gunichar c)
{
    return c >= 0x80 && bm_char_is_closing (c);
}

/* What this page's engine sets blanks at throughout, one each: between ideographs and digits (XeLaTeX and others),
 * after marks. */
static void
find_custom (const BmRaw *raw, BmWeave *weave)
{
    int digits[2] = { 0 }, marks[2] = { 0 }; /* without a blank, with one */

    for (int i = 0; i < (int) raw->lines->len; i++) {
        const BmRawLine *line = bm_raw_line (raw, i);

        for (int k = line->start + 1; k < line->end; k++) {
            gunichar a = bm_raw_char (raw, k - 1)->code, b = bm_raw_char (raw, k)->code;
            int gap = bm_raw_char (raw, k)->gap > 0;

            digits[gap] += (bm_char_is_han (a) && bm_char_is_digit (b)) || (bm_char_is_digit (a) && bm_char_is_han (b));
            marks[gap] += is_closing_mark (a) && bm_char_is_han (b);
        }
    }
    weave->set_off = digits[1] > digits[0];
    weave->spaced = marks[1] > marks[0];
}

/* Does the blank before character k part anything? */
static bool
parts (const BmRaw *raw, int k, const BmWeave *weave)
{
    gunichar a = bm_raw_char (raw, k - 1)->code, b = bm_raw_char (raw, k)->code;

    if (bm_raw_char (raw, k)->gap != 1)
        return bm_raw_char (raw, k)->gap > 0;
    if (weave->set_off && is_western (a) != is_western (b))
        return false;
    return !(weave->spaced && is_closing_mark (a));
}

/* Stretches between blanks, counted by width: on a page with columns side by side most are full lines of a column. */
static double
piece_measure (const BmRaw *raw, const BmWeave *weave)
{
    int count[MAX_HALVES] = { 0 }, best = 0;

    for (int i = 0; i < (int) raw->lines->len; i++) {
        const BmRawLine *line = bm_raw_line (raw, i);
        double width = 0;

        for (int k = line->start; k <= line->end; k++) {
            if (k == line->end || (k > line->start && parts (raw, k, weave))) {
                count[CLAMP ((int) (2 * width), 0, MAX_HALVES - 1)]++;
                width = 0;
            }
            width += k < line->end ? bm_char_width (bm_raw_char (raw, k)->code) : 0;
        }
    }
    for (int h = 18; h < MAX_HALVES; h++)
        best = count[h] + count[h - 1] > count[best] + (best > 0 ? count[best - 1] : 0) ? h : best;
    return best / 2.0;
}

/* ---- one line ---- */

static double
cost_of_cut (const BmRaw *raw, int k, const BmWeave *weave)
{
    const BmRawChar *before = bm_raw_char (raw, k - 1), *here = bm_raw_char (raw, k);

    if (here->gap == 0)
        return CUT_MARKS;
    if (bm_char_is_closing (here->code))
        return CUT_HELD;
    if (bm_char_is_bullet (here->code))
        return CUT_BULLET;
    if (here->gap >= WIDE_GAP)
        return weave->positions ? -2 : 0;
    double cost = here->gap == 1 ? CUT_NARROW : CUT_WIDE;
    if (!parts (raw, k, weave))
        cost += CUT_CUSTOM;
    if (is_western (before->code) != is_western (here->code))
        cost += CUT_WESTERN;
    return is_western (before->code) && is_western (here->code) ? cost + 2 * CUT_WESTERN : cost;
}

/* The first character after token t. */
static int
end_of_token (const Row *row, int t)
{
    return t + 1 < row->n ? row->tokens[t + 1].at : row->line->end;
}

static void
find_tokens (Row *row)
{
    const BmRaw *raw = row->raw;
    const int start = row->line->start;

    for (int k = start; k < row->line->end; k++) {
        gunichar c = bm_raw_char (raw, k)->code;
        bool marks = k > start && bm_char_is_opening (c) && bm_char_is_closing (bm_raw_char (raw, k - 1)->code);

        if (k == start || bm_raw_char (raw, k)->gap > 0 || marks) {
            if (row->n == MAX_TOKENS) {
                row->n = 0;
                return;
            }
            row->tokens[row->n++] = (Token){ .at = k, .cost = k > start ? cost_of_cut (raw, k, row->weave) : 0 };
        }
        row->tokens[row->n - 1].width += bm_char_width (c);
    }
}

/* Does the piece that ends before character k end a sentence? */
static bool
ends_closed (const Row *row, int k)
{
    gunichar c = bm_raw_char (row->raw, k - 1)->code;

    return bm_char_is_stop (c) ||
           (bm_char_is_closing (c) && k - 2 >= row->line->start && bm_char_is_stop (bm_raw_char (row->raw, k - 2)->code));
}

/* Running text, not spread by justification, no byline: no blank stands between its ideographs. */
static bool
is_running (const Row *row)
{
    BmRun run = bm_line_run (row->raw, row->line);
    int single = 0;

    for (int t = 0; t < row->n; t++)
        single += row->tokens[t].width <= 1;
    return 2 * single < row->n && bm_run_byline (run) == 0 &&
           (bm_run_marks (run) & (BM_CUE_CLOSED | BM_CUE_STOP | BM_CUE_COMMA)) != 0;
}

/* Tokens [start, end): a sentence's end or a whole byline, and a blank after it that no engine sets there. */
static bool
is_end_of_text (const Row *row, int start, int end)
{
    const int at = row->tokens[end].at;
    BmRun piece = { bm_raw_char (row->raw, row->tokens[start].at), at - row->tokens[start].at };
    BmRun longer = { piece.chars, end_of_token (row, end) - row->tokens[start].at };

    gunichar c = bm_raw_char (row->raw, at)->code;

    if (bm_raw_char (row->raw, at)->gap == 0 || !(bm_char_is_han (c) || bm_char_is_digit (c)) ||
        !parts (row->raw, at, row->weave))
        return false;
    if (ends_closed (row, at) && bm_char_is_han (c))
        return true;
    return bm_char_is_bullet (piece.chars[0].code) && bm_run_byline (piece) > 0 && bm_run_byline (longer) == 0;
}

/* … or one token as wide as a full line or a first line. */
static bool
fills (const Row *row, int start, int end, double width)
{
    const BmRawChar *before = bm_raw_char (row->raw, row->tokens[end].at - 1),
                    *here = bm_raw_char (row->raw, row->tokens[end].at);
    bool wide = bm_char_width (before->code) >= 1 && bm_char_width (here->code) >= 1;
    double left = fabs (row->weave->measure - width), first = fabs (row->weave->measure - 2 - width);

    if (is_end_of_text (row, start, end))
        return true;
    return end == start + 1 && here->gap == 1 && (left < 1.1 || (wide && first < 0.6));
}

/* What the piece of tokens [start, end) costs, and the cut after it gains. */
static double
piece_cost (const Row *row, int start, int end, double width, bool running)
{
    const double measure = row->weave->measure;
    double cost = OVERWIDE * MIN (MAX (width - measure - 1, 0), 8);

    if (end == row->n)
        return cost;
    if (running && fills (row, start, end, width))
        return cost - CUT_NARROW - CUT_FULL;
    if (width < measure - 1.6 && !ends_closed (row, row->tokens[end].at) && row->tokens[end].cost > 0)
        cost += CUT_SHORT;
    return cost;
}

/* Finds the cheapest cuts; how many pieces. */
static int
cut_row (Row *row)
{
    double best[MAX_TOKENS + 1] = { 0 };
    int from[MAX_TOKENS + 1] = { 0 }, pieces = 0;
    bool running = is_running (row);

    for (int end = 1; end <= row->n; end++) {
        double width = 0;

        best[end] = INFINITY;
        for (int start = end - 1; start >= 0; start--) {
            width += row->tokens[start].width;
            double cost = best[start] + row->tokens[start].cost + piece_cost (row, start, end, width, running);

            if (cost < best[end] - 1e-9) {
                best[end] = cost;
                from[end] = start;
            }
        }
    }
    for (int end = row->n; end > 0; end = from[end], pieces++)
        row->cuts[from[end]] = true;
    return pieces;
}

/* ---- the page ---- */

/* Wide gaps and deep indents in many lines: the dump keeps the page's look. */
static bool
keeps_positions (const BmRaw *raw)
{
    int wide = 0;

    for (int i = 0; i < (int) raw->lines->len; i++) {
        const BmRawLine *line = bm_raw_line (raw, i);
        bool gap = line->indent > 8;

        for (int k = line->start + 1; k < line->end && !gap; k++)
            gap = bm_raw_char (raw, k)->gap > 3;
        wide += gap;
    }
    return wide >= 4 && 12 * wide > (int) raw->lines->len;
}

/* Most tokens single characters: the stretch of justification, not columns. */
static bool
is_spread (const Row *row)
{
    int single = 0, wide = 0;

    for (int t = 0; t < row->n; t++) {
        single += row->tokens[t].width <= 1;
        wide += t > 0 && row->tokens[t].cost <= 0;
    }
    return wide == 0 && single >= 4 && 5 * single >= 3 * row->n;
}

/* Two columns beside each other: far wider than one, and cut where no Latin word stands. */
static bool
is_woven (const Row *row)
{
    bool east = false;

    for (int t = 1; t < row->n; t++) {
        gunichar a = bm_raw_char (row->raw, row->tokens[t].at - 1)->code, b = bm_raw_char (row->raw, row->tokens[t].at)->code;

        east = east || (row->cuts[t] && !(is_western (a) && is_western (b)) && parts (row->raw, row->tokens[t].at, row->weave));
    }
    return east && (double) row->line->width >= row->weave->measure + BESIDE;
}

static void
append_pieces (const Row *row, GArray *out)
{
    for (int t = 0, next = 0; t < row->n; t = next) {
        BmRawLine piece = *row->line;

        for (next = t + 1; next < row->n && !row->cuts[next]; next++)
            ;
        piece.start = row->tokens[t].at;
        piece.end = end_of_token (row, next - 1);
        if (t > 0)
            piece.indent = 0;
        piece.width = (float) bm_run_width (bm_line_run (row->raw, &piece));
        g_array_append_val (out, piece);
    }
    if (row->n == 0)
        g_array_append_vals (out, row->line, 1);
}

/* Few lines with several columns are chance; a woven page has many. */
#define MIN_ROWS   4
#define ROWS_SHARE 16

GArray *
bm_rows_cut (const BmRaw *raw, BmWeave *weave)
{
    GArray *pieces = g_array_sized_new (FALSE, TRUE, sizeof (BmRawLine), raw->lines->len);
    int rows = 0;

    weave->positions = keeps_positions (raw);
    find_custom (raw, weave);
    weave->measure = piece_measure (raw, weave);
    for (int i = 0; i < (int) raw->lines->len; i++) {
        Row row = { .raw = raw, .weave = weave, .line = bm_raw_line (raw, i) };

        if (!bm_run_is_folio (bm_line_run (raw, row.line)))
            find_tokens (&row);
        if (is_spread (&row))
            row.n = 0;
        if (row.n > 1 && cut_row (&row) > 1)
            rows += is_woven (&row);
        append_pieces (&row, pieces);
    }
    if (rows >= MIN_ROWS && ROWS_SHARE * rows > (int) raw->lines->len)
        return pieces;
    g_array_free (pieces, TRUE);
    return NULL;
}
