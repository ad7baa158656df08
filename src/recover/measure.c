/* measure.c — the measures of the page's columns, and what the page shows as a whole. */
#include "recover/recover-private.h"

#include <math.h>
#include <string.h>

#define MAX_HALVES 160 /* 80 em: no newspaper column is wider */

static int
halves_of (double em)
{
    return CLAMP ((int) floor (2 * em + 0.5), 0, MAX_HALVES - 1);
}

/* How well a measure explains the lines: those that fill it (an em less by prohibition) and first lines. */
static double
support (const int *count, int halves)
{
    double sum = 0.7 * (halves >= 4 ? count[halves - 4] : 0);

    for (int k = MAX (halves - 2, 0); k <= halves; k++)
        sum += count[k] * (k == halves ? 1.0 : 0.4);
    return sum;
}

static void
count_widths (const BmRaw *raw, int first, int n, int *count)
{
    memset (count, 0, MAX_HALVES * sizeof *count);
    for (int i = first; i < first + n; i++)
        count[halves_of (bm_raw_line (raw, i)->width)]++;
}

static bool
add_candidate (int *halves, int *n, int max, int value)
{
    for (int i = 0; i < *n; i++)
        if (halves[i] == value)
            return true;
    if (*n >= max)
        return false;
    halves[(*n)++] = value;
    return true;
}

/* The best-supported measures of one stretch. Columns of 20 and of 21 em may stand on one page; half an em apart is
 * the same column with a digit more. */
static void
add_best (const int *count, int *halves, int *n, int max, int wanted)
{
    bool used[MAX_HALVES] = { false };

    for (int round = 0; round < wanted; round++) {
        int best = -1;

        for (int h = 10; h < MAX_HALVES; h++)
            if (!used[h] && count[h] > 0 && (best < 0 || support (count, h) > support (count, best)))
                best = h;
        if (best < 0 || support (count, best) < 1.7 )
            return;
        add_candidate (halves, n, max, best);
        for (int h = MAX (best - 1, 0); h <= MIN (best + 1, MAX_HALVES - 1); h++)
            used[h] = true;
    }
}

/* Measures change with the article: look at short stretches, so that a short item's column is among them. */
#define STRETCH 24

int
bm_measure_candidates (const BmRaw *raw, int first, int n, int *halves, int max)
{
    int count[MAX_HALVES], found = 0;

    count_widths (raw, first, n, count);
    add_best (count, halves, &found, max, 4);
    for (int at = first; at < first + n && found < max; at += STRETCH / 2) {
        count_widths (raw, at, MIN (STRETCH, first + n - at), count);
        add_best (count, halves, &found, max, 2);
    }
    return found;
}

/* ---- signs ---- */

/* A line that hangs in mid-sentence, much shorter than its neighbours: cut at squeezed punctuation. */
static bool
is_fragment (const BmRaw *raw, int i)
{
    const BmRawLine *line = bm_raw_line (raw, i);
    float widest = 0;

    if ((line->cues & (BM_CUE_HANGS | BM_CUE_COLON)) == 0 || line->cues & BM_CUE_FOLIO)
        return false;
    for (int k = MAX (i - 4, 0); k <= i + 4 && k < (int) raw->lines->len; k++)
        widest = MAX (widest, bm_raw_line (raw, k)->width);
    return line->width < 0.75f * widest;
}

void
bm_raw_find_signs (BmRaw *raw)
{
    int count[MAX_HALVES], fragments = 0, indented = 0, best = 0;
    const int n = (int) raw->lines->len;

    count_widths (raw, 0, n, count);
    for (int i = 0; i < n; i++) {
        fragments += is_fragment (raw, i);
        indented += bm_raw_line (raw, i)->indent > 0;
    }
    for (int h = 10; h < MAX_HALVES; h++)
        best = support (count, h) > support (count, best) ? h : best;
    raw->signs.measure = best / 2.0;
    /* One line in thirty: on pages of one engine it is one in six, on others none (dev pages). */
    raw->signs.fragments = fragments >= 3 && 30 * fragments > n;
    raw->signs.indents = indented >= 3 && 25 * indented > n && 2 * indented < n;
}
