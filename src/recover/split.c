/* split.c — a headline and the first line of the text after it, given as one line.
 *
 * Extractors put two blocks on one line when their baselines coincide: “日产水突破11万吨  北桥区拟建的7处”. Such a line
 * is wider than its column, has a gap, and what stands after the gap is a dateline or just a first line of the
 * column that follows. */
#include "recover/recover-private.h"

#include <math.h>

/* Is the width that of a first line (indented by two em, more or less) in a column this wide? */
static bool
is_first_line (double width, double measure)
{
    return width >= measure - 2.6 && width <= measure - 0.9;
}

/* The column that the lines after i stand in; 0 if they do not agree. */
static double
column_after (const BmRaw *raw, int i)
{
    double widest = 0;
    int n = 0;

    for (int k = i + 1; k < (int) raw->lines->len && k <= i + 3; k++, n++) {
        const BmRawLine *line = bm_raw_line (raw, k);

        if (line->blank_above > 0 || line->cues & BM_CUE_VERTICAL)
            break;
        widest = MAX (widest, (double) line->width);
    }
    return n >= 2 ? widest : 0;
}

/* Some engines set digits and Latin words off with a blank: it parts nothing. */
static bool
is_set_off (const BmRaw *raw, int k)
{
    gunichar a = bm_raw_char (raw, k - 1)->code, b = bm_raw_char (raw, k)->code;

    return bm_raw_char (raw, k)->gap == 1 && (bm_char_is_digit (a) || bm_char_is_latin (a) || bm_char_is_digit (b) || bm_char_is_latin (b));
}

/* Where the line is to be cut: the first character of the text; −1. */
static int
place_to_cut (const BmRaw *raw, int i)
{
    const BmRawLine *line = bm_raw_line (raw, i);
    double column = column_after (raw, i), left = 0;

    for (int k = line->start; k < line->end; k++) {
        const BmRawChar *c = bm_raw_char (raw, k);
        BmRun rest = { c, line->end - k };

        if (k > line->start && c->gap > 0 && left >= 3) {
            double right = bm_run_width (rest);

            if (bm_run_dateline (rest, 0) > 0)
                return k;
            if (column > 0 && !is_set_off (raw, k) && left + right > column + 1.5 && is_first_line (right, column))
                return k;
        }
        if (bm_char_is_stop (c->code) || c->code == U'，' || c->code == U'。')
            return -1;
        left += bm_char_width (c->code);
    }
    return -1;
}

void
bm_raw_split_lines (BmRaw *raw)
{
    for (int i = 0; i < (int) raw->lines->len; i++) {
        BmRawLine line = *bm_raw_line (raw, i);
        int cut = line.width > 6 ? place_to_cut (raw, i) : -1;

        if (cut < 0)
            continue;
        BmRawLine rest = line;
        rest.start = bm_raw_line (raw, i)->end = cut;
        rest.indent = 0;
        rest.blank_above = 0;
        g_array_insert_val (raw->lines, (guint) i + 1, rest);
        for (int k = i; k <= i + 1; k++)
            bm_raw_line (raw, k)->width = (float) bm_run_width (bm_line_run (raw, bm_raw_line (raw, k)));
        i++;
    }
}
