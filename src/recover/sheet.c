/* sheet.c — the boundaries between paragraphs, and where display lines stand, ready for the alignment. */
#include "recover/recover-private.h"

static const BmUnit *
unit_at (const GArray *units, int i)
{
    return &g_array_index (units, BmUnit, i);
}

static bool
is_text (const BmUnit *unit)
{
    return unit->kind == BM_UNIT_PARAGRAPH || unit->kind == BM_UNIT_TABLE;
}

/* ---- boundaries ---- */

/* What stands between two paragraphs. */
typedef struct {
    int displays;
    bool byline, jump_to, jump_from, ad;
} Between;

static Between
between (const BmSheet *sheet, int from, int to)
{
    Between b = { 0 };

    for (int i = from; i < to; i++) {
        const BmUnit *unit = unit_at (sheet->units, i);

        if (unit->gone)
            continue;
        b.displays += unit->kind == BM_UNIT_DISPLAY;
        b.byline = b.byline || unit->kind == BM_UNIT_BYLINE;
        b.jump_to = b.jump_to || unit->kind == BM_UNIT_JUMP_TO;
        b.jump_from = b.jump_from || unit->kind == BM_UNIT_JUMP_FROM;
        b.ad = b.ad || unit->kind == BM_UNIT_AD;
    }
    return b;
}

/* Another column: the measures differ, or one of the two stands in none. */
static bool
is_other_column (const BmUnit *a, const BmUnit *b)
{
    double measure_a = (double) a->measure, measure_b = (double) b->measure;

    if (measure_a > 0 && measure_b > 0)
        return ABS (measure_a - measure_b) > 1.2;
    double known = MAX (measure_a, measure_b);
    const BmUnit *free_one = measure_a > 0 ? b : a;
    return known > 0 && (double) free_one->width > known + 3;
}

static double
split_cost (const Between *b, const BmUnit *before, const BmUnit *here, double blank_share)
{
    double cost = b->displays > 0 ? 0.7 : 2.6;

    if (here->blank_above > 0 && b->displays == 0)
        cost -= 0.8 * (1 - blank_share);
    if (is_other_column (before, here))
        cost -= b->displays > 0 ? 0.5 : 1.8;
    if (b->ad)
        cost -= 0.6;
    if (here->cues & BM_CUE_LABELLED)
        cost += 1.5;
    if (here->kind == BM_UNIT_TABLE || before->kind == BM_UNIT_TABLE)
        cost -= 1.5;
    return MAX (cost, 0.1);
}

static double
keep_cost (const Between *b, const BmUnit *before, const BmUnit *here)
{
    double cost = 0;

    if (is_other_column (before, here))
        cost += 1.3;
    if (b->ad)
        cost += 0.2;
    if (((before->cues ^ here->cues) & BM_CUE_CAPTION) != 0)
        cost += 1.0;
    return cost;
}

#define BRIEF_WIDTH 130 /* em: a brief of one paragraph is a hundred characters and bears no byline */

static BmBoundary
boundary_at (const BmSheet *sheet, int p, int from)
{
    const BmUnit *here = unit_at (sheet->units, sheet->paras[p]);
    Between b = between (sheet, from, sheet->paras[p]);
    BmBoundary bound = { .must = p == 0, .plain = (here->cues & BM_CUE_CAPTION) != 0 || here->kind == BM_UNIT_TABLE || here->width < BRIEF_WIDTH };
    bool after_note = p > 0 && unit_at (sheet->units, sheet->paras[p - 1])->cues & BM_CUE_NOTE;

    bound.signed_ = b.byline || (here->cues & BM_CUE_DATELINE) != 0;
    if (p == 0)
        return bound;
    if (after_note && !b.byline && b.displays == 0) {
        bound.split = 9;
        return bound;
    }
    bound.must = bound.signed_ || b.jump_to || b.jump_from;
    const BmUnit *before = unit_at (sheet->units, sheet->paras[p - 1]);
    bound.split = bound.must ? 0 : split_cost (&b, before, here, sheet->blank_share);
    bound.keep = keep_cost (&b, before, here);
    return bound;
}

/* How many paragraphs have a blank line above though nothing stands between: where all have, it tells nothing. */
static double
share_of_blanks (const BmSheet *sheet)
{
    int n = 0, blanks = 0;

    for (int p = 1; p < sheet->n_paras; p++) {
        Between b = between (sheet, sheet->paras[p - 1] + 1, sheet->paras[p]);

        if (b.displays > 0 || b.byline)
            continue;
        n++;
        blanks += unit_at (sheet->units, sheet->paras[p])->blank_above > 0;
    }
    return n > 0 ? (double) blanks / n : 0;
}

static void
find_boundaries (BmSheet *sheet, int first)
{
    int n_must = 0, n_signed = 0;

    sheet->blank_share = share_of_blanks (sheet);
    sheet->bounds = g_new0 (BmBoundary, (gsize) MAX (sheet->n_paras, 1));
    for (int p = 0; p < sheet->n_paras; p++) {
        sheet->bounds[p] = boundary_at (sheet, p, p > 0 ? sheet->paras[p - 1] + 1 : first);
        n_signed += sheet->bounds[p].signed_;
        n_must += sheet->bounds[p].signed_ || !sheet->bounds[p].plain || sheet->bounds[p].must;
    }
    for (int p = 1; p < sheet->n_paras; p++)
        n_must -= !sheet->bounds[p].must && sheet->bounds[p].split > 1.5;
    sheet->signed_share = n_must > 0 ? CLAMP ((double) n_signed / n_must, 0, 1) : 0;
}

/* ---- display lines ---- */

#define CROSSHEAD_WIDTH 12

static void
find_runs (BmSheet *sheet, int first, int end)
{
    int para = -1, run = -1, h = 0;
    bool open = false, signed_ = false, ad = false;

    sheet->signs = g_new0 (BmHeadSigns, (gsize) MAX (sheet->n_heads, 1));
    for (int i = first; i < end; i++) {
        const BmUnit *unit = unit_at (sheet->units, i);

        if (unit->gone)
            continue;
        if (unit->kind == BM_UNIT_DISPLAY) {
            run += !open;
            sheet->signs[h++] = (BmHeadSigns){ .run = run, .prev = para, .next = -1, .first = !open, .signed_ = signed_, .after_ad = ad };
            open = true;
        } else if (is_text (unit)) {
            para++;
            for (int k = h - 1; k >= 0 && open && sheet->signs[k].run == run; k--)
                sheet->signs[k].next = para;
            open = signed_ = ad = false;
        } else if (unit->kind == BM_UNIT_BYLINE) {
            signed_ = true;
        } else if (unit->kind == BM_UNIT_AD) {
            ad = true;
            open = false;
        }
    }
    for (int k = 0, first_of_run = 0; k < sheet->n_heads; k++) {
        first_of_run = sheet->signs[k].run == sheet->signs[first_of_run].run ? first_of_run : k;
        for (int j = first_of_run; j <= k; j++)
            sheet->signs[j].run_length = k - first_of_run + 1;
    }
    for (int k = 0; k < sheet->n_heads; k++) {
        BmHeadSigns *signs = &sheet->signs[k];
        const BmUnit *unit = unit_at (sheet->units, sheet->heads[k]);

        signs->last = k + 1 == sheet->n_heads || sheet->signs[k + 1].run != signs->run;
        signs->inner = signs->first && signs->last && signs->prev >= 0 && signs->next >= 0 && !signs->signed_ &&
                       !sheet->bounds[signs->next].signed_ && unit->width <= CROSSHEAD_WIDTH;
    }
}

/* ---- words ---- */

/* A pair that one body has tells more than one that all have: 1 / number of bodies. Bodies are taken as the certain
 * boundaries and the display lines part them. */
static void
weigh_pairs (BmSheet *sheet)
{
    const int n = bm_lexicon_size (sheet->lexicon);
    guint8 *body = g_new0 (guint8, (gsize) MAX (n, 1));

    sheet->seen = g_new0 (guint8, (gsize) MAX (n, 1) * (gsize) MAX (sheet->n_paras, 1));
    sheet->weight = g_new0 (double, (gsize) MAX (n, 1));
    for (int p = 0; p < sheet->n_paras; p++) {
        guint8 *seen = sheet->seen + (gsize) p * (gsize) n;

        if (p > 0 && (sheet->bounds[p].must || sheet->bounds[p].split < 1.5))
            for (int k = 0; k < n; k++)
                body[k] = 0;
        bm_lexicon_scan (sheet->lexicon, sheet->raw, unit_at (sheet->units, sheet->paras[p]), seen);
        for (int k = 0; k < n; k++) {
            sheet->weight[k] += seen[k] && !body[k];
            body[k] |= seen[k];
        }
    }
    for (int k = 0; k < n; k++)
        sheet->weight[k] = sheet->weight[k] > 0 ? 1 / sheet->weight[k] : 0;
    g_free (body);
}

/* The end of the text that begins at p, as the certain boundaries have it. */
static int
end_of_text (const BmSheet *sheet, int p)
{
    int end = p + 1;

    while (end < sheet->n_paras && !sheet->bounds[end].must && sheet->bounds[end].split >= 1.5)
        end++;
    return end;
}

/* The end of the run of display lines that holds h; at most five lines of it. */
static int
end_of_run (const BmSheet *sheet, int h)
{
    int end = h + 1;

    while (end < sheet->n_heads && end < h + 5 && sheet->signs[end].run == sheet->signs[h].run)
        end++;
    return end;
}

/* Which headlines have a text far away: the best likeness of each line's block with any text, and the other way. */
static void
find_strays (BmSheet *sheet)
{
    for (int p = 0; p < sheet->n_paras; p = end_of_text (sheet, p))
        for (int h = 0; h < sheet->n_heads; h++)
            for (int end = end_of_run (sheet, h), n = 1; h + n <= end; n++) {
                double likeness = bm_sheet_likeness (sheet, h, n, p, end_of_text (sheet, p));

                sheet->bounds[p].stray = MAX (sheet->bounds[p].stray, likeness);
                for (int k = h; k < h + n; k++)
                    sheet->signs[k].stray = MAX (sheet->signs[k].stray, likeness);
            }
}

BmSheet *
bm_sheet_new (BmRaw *raw, GArray *units, int first, int end)
{
    BmSheet *sheet = g_new0 (BmSheet, 1);

    sheet->raw = raw;
    sheet->units = units;
    sheet->paras = g_new0 (int, (gsize) MAX (end - first, 1));
    sheet->heads = g_new0 (int, (gsize) MAX (end - first, 1));
    for (int i = first; i < end; i++) {
        const BmUnit *unit = unit_at (units, i);

        if (unit->gone)
            continue;
        if (is_text (unit))
            sheet->paras[sheet->n_paras++] = i;
        else if (unit->kind == BM_UNIT_DISPLAY)
            sheet->heads[sheet->n_heads++] = i;
    }
    find_boundaries (sheet, first);
    find_runs (sheet, first, end);
    sheet->lexicon = bm_lexicon_new (raw, units, sheet->heads, sheet->n_heads);
    weigh_pairs (sheet);
    find_strays (sheet);
    return sheet;
}

void
bm_sheet_free (BmSheet *sheet)
{
    g_free (sheet->paras);
    g_free (sheet->heads);
    g_free (sheet->bounds);
    g_free (sheet->signs);
    bm_lexicon_free (sheet->lexicon);
    g_free (sheet->seen);
    g_free (sheet->weight);
    g_free (sheet);
}
