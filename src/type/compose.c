/* compose.c — a paragraph set: its galley, the menu of its line counts, and counts remembered (cjk-composition.md §8, §9). */
#include "type/type-private.h"

#include <math.h>

static double
indent_of (const BmShaped *shaped, const BmStyle *style, double indent, double measure)
{
    if (indent < 0)
        indent = style->indent;
    if (indent < 0)
        indent = shaped->kind != BM_TEXT_BODY ? 0 : measure < 10 || shaped->language == BM_LANGUAGE_JA ? 1 : 2; /* §8.6, JLREQ 3.1.5 */
    return measure - indent < 1 ? 0 : indent;
}

/* Blanks before the first cell are dropped: indents are the style's (§4.2, §9). Only their cells count as empty. */
static bool
is_empty (const BmShaped *shaped)
{
    int first = 0, end = shaped->n_cells;

    bm_trim_blanks (shaped, &first, &end);
    return first >= end;
}

static void
add_line (const BmFitting *fit, const BmPath *path, int node, int number, BmCell *cells, BmLine *line)
{
    double indent = number == 0 ? fit->indent : 0;
    line->first = number == 0;
    line->last = node == fit->n_nodes - 1;
    line->indent = indent;
    line->released = fit->places->all[node].released;
    bm_lay_line (fit->shaped, fit->style, fit->places->sums, fit->places->all[path->previous].at, fit->places->all[node].at, indent, bm_fit_room (fit, number),
                 (BmEnd) path->mark_end, line->last, cells, line);
    double measure = fit->measures[MIN (number, fit->n_measures - 1)];
    line->fill = measure > 0 ? line->width / measure : 0;
    /* Nothing on the line could be stretched, or a cell is wider than the measure: it says so. */
    if ((!line->last && !bm_is_ragged (fit->shaped, bm_fit_room (fit, number)) && line->width < measure - 0.01) || line->width > measure + 0.01)
        line->released = true;
}

typedef struct {
    const BmPath *path;
    int node; /* where it ends */
} Step;

static BmGalley *
build_galley (BmArena *arena, const BmFitting *fit, int path_index)
{
    BmGalley *galley = bm_arena_new0 (arena, BmGalley, 1);
    const BmPath *path = bm_fit_path (fit, fit->n_nodes - 1, path_index);
    int n = path->count;
    Step *steps = g_new (Step, (gsize) n);

    galley->shaped = fit->shaped;
    galley->cost = path->cost;
    galley->n_lines = n;
    galley->lines = bm_arena_new0 (arena, BmLine, n);
    galley->cells = bm_arena_new0 (arena, BmCell, fit->shaped->n_cells);
    for (int i = n - 1, node = fit->n_nodes - 1; i >= 0; i--) {
        steps[i] = (Step){ path, node };
        node = path->previous;
        path = bm_fit_path (fit, node, path->previous_path);
    }
    for (int i = 0; i < n; i++) {
        galley->lines[i].first_cell = galley->n_cells;
        add_line (fit, steps[i].path, steps[i].node, i, &galley->cells[galley->n_cells], &galley->lines[i]);
        galley->n_cells += galley->lines[i].n_cells;
        galley->worst_gap = MAX (galley->worst_gap, galley->lines[i].gap);
    }
    g_free (steps);
    return galley;
}

static BmGalley *
empty_galley (BmArena *arena, const BmShaped *shaped)
{
    BmGalley *galley = bm_arena_new0 (arena, BmGalley, 1);

    galley->shaped = shaped;
    return galley;
}

BmGalley *
bm_compose (BmArena *arena, const BmShaped *shaped, const BmStyle *style, const double *measures, int n_measures, double indent,
            int want_lines)
{
    if (n_measures < 1)
        return NULL;
    for (int i = 0; i < n_measures; i++)
        if (!bm_check_length (measures[i], 1, 100000))
            return NULL;
    if (is_empty (shaped))
        return empty_galley (arena, shaped);
    BmFitting fit = { .shaped = shaped, .style = style, .measures = measures, .n_measures = n_measures, .only_best = want_lines == 0 };
    fit.indent = indent_of (shaped, style, indent, measures[0]);
    BmGalley *galley = NULL;
    if (bm_fit_run (&fit)) {
        int path = bm_fit_choose (&fit, want_lines);

        galley = path < 0 ? NULL : build_galley (arena, &fit, path);
    }
    bm_fit_forget (&fit);
    return galley;
}

/* A place for one more count: what was counted first gives way to the newest. */
static BmCounted *
next_counted (BmShaped *memo)
{
    if (memo->n_counted == memo->next_counted && memo->n_counted < BM_MAX_COUNTED && memo->n_counted % 4 == 0)
        memo->counted = g_renew (BmCounted, memo->counted, (gsize) memo->n_counted + 4);
    BmCounted *counted = &memo->counted[memo->next_counted];
    memo->next_counted = (memo->next_counted + 1) % BM_MAX_COUNTED;
    memo->n_counted = MIN (memo->n_counted + 1, BM_MAX_COUNTED);
    return counted;
}

static bool
is_known (const BmShaped *shaped, const BmFitting *fit, BmCounted *counted)
{
    for (int i = 0; i < shaped->n_counted; i++) {
        const BmCounted *known = &shaped->counted[i];

        if (known->total == (unsigned) fit->style->fit && fabs (known->measure - fit->measures[0]) < 1e-9 &&
            fabs ((double) known->indent - fit->indent) < 1e-6) {
            *counted = *known;
            return true;
        }
    }
    return false;
}

/* What composing gives, remembered with the paragraph; the paragraph itself stays as it is. Path −1: nothing fits. */
static BmCounted
remember (const BmShaped *shaped, const BmFitting *fit, int path)
{
    BmCounted counted = { .measure = fit->measures[0], .indent = (float) fit->indent, .total = fit->style->fit == BM_FIT_TOTAL };

    if (path >= 0) {
        counted.n_lines = (unsigned) bm_fit_path (fit, fit->n_nodes - 1, path)->count & 0x7FFFFFFF;
        counted.last_width = bm_fit_last_width (fit, path);
    }
    *next_counted ((BmShaped *) (gpointer) shaped) = counted;
    return counted;
}

/* Ways to set a paragraph in lines no looser than this; false: there is none. */
static bool
fit_within (const BmShaped *shaped, const BmStyle *style, const double *measure, double indent, double worst_gap, BmFitting *fit)
{
    *fit = (BmFitting){ .shaped = shaped, .style = style, .measures = measure, .n_measures = 1,
                        .most_gap = worst_gap <= BM_GAP_SEARCHED ? worst_gap : 0 };
    if (!bm_check_length (*measure, 1, 100000) || is_empty (shaped))
        return false;
    fit->indent = indent_of (shaped, style, indent, *measure);
    return bm_fit_run (fit);
}

/* The loosest line of a way to the end. */
static double
worst_of (const BmFitting *fit, const BmPath *path)
{
    double worst = 0;

    for (; path->previous >= 0; path = bm_fit_path (fit, path->previous, path->previous_path))
        worst = MAX (worst, (double) path->gap);
    return worst;
}

static bool
is_choice (const BmFitting *fit, const BmPath *path, double worst_gap)
{
    return worst_of (fit, path) <= worst_gap && (path->cost < BM_NO_JOINT_COST || fit->most_gap <= 0);
}

int
bm_line_menu (const BmShaped *shaped, const BmStyle *style, double measure, double indent, double worst_gap, BmChoice *out, int capacity)
{
    BmFitting fit;
    bool found = fit_within (shaped, style, &measure, indent, worst_gap, &fit);
    const BmNode *end = found ? &fit.nodes[fit.n_nodes - 1] : NULL;
    int n = 0;

    for (int i = 0; found && i < end->n && n < capacity; i++)
        if (is_choice (&fit, &end->paths[i], worst_gap))
            out[n++] = (BmChoice){ end->paths[i].count, end->paths[i].cost, worst_of (&fit, &end->paths[i]) };
    bm_fit_forget (&fit);
    for (int i = 1; i < n; i++) /* fewest lines first */
        for (int k = i; k > 0 && out[k].n_lines < out[k - 1].n_lines; k--) {
            BmChoice swap = out[k];

            out[k] = out[k - 1];
            out[k - 1] = swap;
        }
    return n;
}

BmGalley *
bm_compose_choice (BmArena *arena, const BmShaped *shaped, const BmStyle *style, double measure, double indent, int n_lines, double worst_gap)
{
    BmFitting fit;
    int path = fit_within (shaped, style, &measure, indent, worst_gap, &fit) ? bm_fit_choose (&fit, n_lines) : -1;
    BmGalley *galley = path >= 0 && is_choice (&fit, bm_fit_path (&fit, fit.n_nodes - 1, path), worst_gap) ? build_galley (arena, &fit, path) : NULL;

    bm_fit_forget (&fit);
    return galley;
}

/* False: nothing to set. */
static bool
count (const BmShaped *shaped, const BmStyle *style, double measure, double indent, BmCounted *counted)
{
    BmFitting fit = { .shaped = shaped, .style = style, .measures = &measure, .n_measures = 1, .only_best = true };

    if (!bm_check_length (measure, 1, 100000) || is_empty (shaped))
        return false;
    fit.indent = indent_of (shaped, style, indent, measure);
    if (is_known (shaped, &fit, counted))
        return true;
    *counted = remember (shaped, &fit, bm_fit_run (&fit) ? bm_fit_choose (&fit, 0) : -1);
    bm_fit_forget (&fit);
    return true;
}

int
bm_count_lines (const BmShaped *shaped, const BmStyle *style, double measure, double indent)
{
    BmCounted counted;

    return count (shaped, style, measure, indent, &counted) ? (int) counted.n_lines : 0;
}

double
bm_last_width (const BmShaped *shaped, const BmStyle *style, double measure, double indent)
{
    BmCounted counted;

    return count (shaped, style, measure, indent, &counted) ? counted.last_width : 0;
}

double
bm_natural_width (const BmShaped *shaped, const BmStyle *style)
{
    BmLineCost line = { 0 };
    BmEdge from, to;
    BmSums *sums = bm_sums_new (shaped, style);

    bm_edge_set (shaped, style, sums, 0, true, true, &from);
    bm_edge_set (shaped, style, sums, shaped->n_cells, false, true, &to);
    bm_cost_line (style, &from, &to, BM_LINE_CLOSES, 1e6, &line);
    g_free (sums);
    return line.width;
}
