/* fit.c — choosing the breaks of a paragraph: first fit, total fit, and the menu of line counts.
 *
 * Total fit is a shortest path over break positions (Knuth and Plass 1981), with the costs of cjk-composition.md §8.2 and
 * §8.3. Each node keeps its best paths by line count, so that one run gives the best setting and the menu of §8.5 both,
 * and the two can never disagree. When no path reaches the end, rules are given up one by one (§4.6). */
#include "type/type-private.h"

#include <math.h>
#include <string.h>

#define EPSILON 1e-6
#define MAX_PATHS 4      /* line counts kept at a node (§8.5: in practice ≤ 4) */
#define GAP_SEARCHED 0.25 /* em, §8.4: looser lines are tried only when nothing else reaches a node, … */
#define LOOSE_COST 117.0  /* … or when the outcome costs more than one such line, (0.25/0.06)² + 100, must */
#define RELEASE_COST 1000.0
#define OVERFULL_COST 1e7

typedef struct {
    double cost;
    float gap;
    int count, previous, previous_path;
    int first, end; /* cells of its last line */
    uint8_t mark_end;
    bool released;
} Path;

typedef struct {
    int at; /* cells before it */
    int n;
    Path paths[MAX_PATHS];
} Node;

typedef struct {
    const BmShaped *shaped;
    const BmStyle *style;
    const double *measures;
    int n_measures;
    double indent;
    int release; /* 0: the rules hold */
    double loosest; /* gap of the lines tried */
    bool only_best; /* no line count but the best is asked for */
    bool overfull;  /* a cell wider than the measure is set all the same: no text is dropped */
    Node *nodes;
    int n_nodes;
    Path *greedy; /* a node each: how first fit reaches it; 0 lines: not at all */
} Fit;

#define TIE 1e-9
#define GREEDY MAX_PATHS /* the number of that path at its node */

static const Path *
path_at (const Fit *fit, int node, int path)
{
    return path == GREEDY ? &fit->greedy[node] : &fit->nodes[node].paths[path];
}

/* ---- what a line has to itself ---- */

static double
room_of (const Fit *fit, int line)
{
    double measure = fit->measures[MIN (line, fit->n_measures - 1)];

    return line == 0 ? measure - fit->indent : measure;
}

static bool
may_break_at (const Fit *fit, int at)
{
    const BmCellData *cell = &fit->shaped->cells[at - 1];

    return at == fit->shaped->n_cells || cell->may_break || (cell->release > 0 && cell->release <= fit->release);
}

static bool
is_released (const Fit *fit, int at)
{
    return at < fit->shaped->n_cells && !fit->shaped->cells[at - 1].may_break;
}

/* §8.3: a last line of fewer than two characters, or not longer than the indent. */
static double
last_line_penalty (const Fit *fit, int first, double width)
{
    int characters = 0;

    for (int i = first; i < fit->shaped->n_cells && characters < 2; i++)
        characters += fit->shaped->cells[i].characters;
    return (characters < 2 ? 30 : 0) + (width <= fit->indent + EPSILON && fit->indent > 0 ? 3 : 0);
}

static double
break_penalty (const Fit *fit, int from, int at)
{
    const BmCellData *cell = &fit->shaped->cells[at - 1];
    double penalty = 0;

    if (at == fit->shaped->n_cells)
        return 0;
    penalty = (double) cell->penalty + (is_released (fit, at) ? RELEASE_COST : 0);
    if (cell->hyphen && from > 0 && fit->shaped->cells[from - 1].hyphen)
        penalty += 3;
    return penalty;
}

#define MOST_CONTRAST 2.0

/* §8.2: neighbouring lines of unlike looseness. */
static double
contrast (double a, double b)
{
    double units = (a - b) / 0.06;

    return MIN (MOST_CONTRAST, 0.5 * units * units);
}

/* The cheapest setting of the cells between two nodes as line `number`. A cell that is wider than the room stands alone
 * on its line when nothing else is left. */
static bool
cost_line (const Fit *fit, int from, int to, int number, BmLineCost *line)
{
    int first = fit->nodes[from].at, end = fit->nodes[to].at, lone_first = first, lone_end = end;

    if (bm_cost_line (fit->shaped, fit->style, first, end, number == 0, end == fit->shaped->n_cells, room_of (fit, number), line))
        return true;
    bm_trim_blanks (fit->shaped, &lone_first, &lone_end);
    if (!fit->overfull || lone_end - lone_first != 1)
        return false;
    *line = (BmLineCost){ .cost = OVERFULL_COST };
    return true;
}

/* What a line costs whatever stood before it. */
static double
price_of (const Fit *fit, int from, int to, const BmLineCost *line)
{
    int first = fit->nodes[from].at, end = fit->nodes[to].at;
    double price = line->cost + break_penalty (fit, first, end);

    return end == fit->shaped->n_cells && from > 0 ? price + last_line_penalty (fit, first, line->width) : price;
}

/* `before` goes on by this line. */
static Path
extend (const Fit *fit, int from, int from_path, int to, const BmLineCost *line, double cost)
{
    int first = fit->nodes[from].at, end = fit->nodes[to].at;

    return (Path){ .cost = cost, .count = path_at (fit, from, from_path)->count + 1, .previous = from, .previous_path = from_path, .first = first,
                   .end = end, .gap = (float) line->gap, .mark_end = (uint8_t) line->mark_end, .released = is_released (fit, end) };
}

static double
cost_after (const Path *before, int from, const BmLineCost *line, double price)
{
    return before->cost + price + (from > 0 ? contrast (line->gap, (double) before->gap) : 0);
}

/* ---- total fit ---- */

/* Where a path of so many lines and this cost is kept: in place of a dearer one of as many lines, or of the dearest of
 * all; NULL if it is not worth keeping. */
static Path *
slot_for (Node *node, int count, double cost)
{
    int worst = 0;

    for (int i = 0; i < node->n; i++) {
        if (node->paths[i].count == count)
            return cost < node->paths[i].cost - 1e-9 ? &node->paths[i] : NULL;
        if (node->paths[i].cost > node->paths[worst].cost)
            worst = i;
    }
    if (node->n < MAX_PATHS)
        return &node->paths[node->n++];
    return cost < node->paths[worst].cost ? &node->paths[worst] : NULL;
}

static double
least_cost (const Node *node)
{
    double least = node->paths[0].cost;

    for (int i = 1; i < node->n; i++)
        least = MIN (least, node->paths[i].cost);
    return least;
}

/* All paths of node `from` go on to node `to` by one line. For the best alone, those are left that no contrast with what
 * follows can make the best; where lines differ in measure their number tells, too. */
static void
relax (Fit *fit, int from, int to, double loosest)
{
    const Node *source = &fit->nodes[from];
    int last_line = -1;
    bool fits = true;
    double price = 0;
    BmLineCost line = { 0 };
    double dearest = fit->only_best && fit->n_measures == 1 ? least_cost (source) + MOST_CONTRAST : INFINITY;

    for (int i = 0; i < source->n; i++) {
        int count = source->paths[i].count, number = MIN (count, fit->n_measures);

        if (source->paths[i].cost > dearest)
            continue;

        /* One measure for all lines but the first, whose node is the first alone: costed once. */
        if (number != last_line) {
            fits = cost_line (fit, from, to, count, &line);
            price = fits ? price_of (fit, from, to, &line) : 0;
            last_line = number;
        }
        if (!fits || line.gap > loosest)
            continue;
        double cost = cost_after (&source->paths[i], from, &line, price);
        Path *slot = slot_for (&fit->nodes[to], count + 1, cost);
        if (slot != NULL)
            *slot = extend (fit, from, i, to, &line, cost);
    }
}

/* The widest and the narrowest line there may be but the first. */
static void
range_of_rooms (const Fit *fit, double *narrowest, double *widest)
{
    *narrowest = *widest = fit->measures[0];
    for (int i = 1; i < fit->n_measures; i++) {
        *narrowest = MIN (*narrowest, fit->measures[i]);
        *widest = MAX (*widest, fit->measures[i]);
    }
}

static double
natural (const Fit *fit, int first, int end)
{
    return fit->shaped->sums[end].width - fit->shaped->sums[first].width;
}

/* Can the cells reach the room, with every joint as loose as may be? Blanks give what they can beside them. Once they
 * can, they can with more cells, too. */
static bool
is_long_enough (const Fit *fit, int first, int end, double room)
{
    const BmSums *a = &fit->shaped->sums[first], *b = &fit->shaped->sums[end];
    double stretch = (double) (b->words - a->words) + (double) (b->spaces - a->spaces) * fit->style->space_max;

    if (b->open > a->open)
        stretch += fit->loosest * (double) (b->open - a->open);
    return natural (fit, first, end) + stretch + (double) fit->shaped->hyphen_width >= room - EPSILON;
}

#define EDGES 1.6       /* em: what trims at both edges and a hanging mark are worth at most */
#define BLANK_EDGES 3.0 /* … and blanks that vanish there */

/* Is the line too wide even when shrunk? */
static bool
is_too_long (const Fit *fit, int first, int end, double room)
{
    const BmCellData *cells = fit->shaped->cells, *last = &cells[end - 1];
    const BmSums *a = &fit->shaped->sums[first], *b = &fit->shaped->sums[end];
    bool blank = bm_vanishes_at_edges (last) || bm_vanishes_at_edges (&cells[first]);
    double over = natural (fit, first, end) - room - (blank ? BLANK_EDGES : EDGES) - MAX (0, (double) last->kern);

    if (over <= 0)
        return false;
    double shrink = (double) (b->words - a->words) + (double) (b->bracket - a->bracket) + (double) (b->comma - a->comma) +
                    (double) (b->spaces - a->spaces) * fit->style->space + (double) (b->stop - a->stop);
    return over > shrink && (!blank || bm_least_width (fit->shaped, fit->style, first, end, first == 0) > room + EPSILON);
}

/* Lines that end at node `to`: predecessors from near to far, until the line is too wide even when shrunk. `*near` is
 * the last predecessor from which an inner line is long enough; it only moves on from node to node. */
static void
reach_node (Fit *fit, int to, double narrowest, double widest, int *near)
{
    int end = fit->nodes[to].at;
    bool closes = end == fit->shaped->n_cells;

    while (*near + 1 < to && is_long_enough (fit, fit->nodes[*near + 1].at, end, narrowest))
        (*near)++;
    for (int pass = 0; pass < 2 && fit->nodes[to].n == 0; pass++) {
        for (int from = pass == 0 && !closes ? *near : to - 1; from >= 0; from--) {
            if (is_too_long (fit, fit->nodes[from].at, end, widest))
                break;
            if (fit->nodes[from].n > 0)
                relax (fit, from, to, pass == 0 && !closes ? fit->loosest : INFINITY);
        }
    }
}

static void
build_nodes (Fit *fit)
{
    int n = fit->shaped->n_cells;

    fit->nodes = g_new (Node, (gsize) n + 1);
    fit->nodes[0] = (Node){ .n = 1, .paths = { { .previous = -1 } } };
    fit->n_nodes = 1;
    for (int at = 1; at <= n; at++)
        if (may_break_at (fit, at)) {
            fit->nodes[fit->n_nodes].at = at;
            fit->nodes[fit->n_nodes++].n = 0;
        }
}

static void
run_total (Fit *fit)
{
    double narrowest, widest;

    range_of_rooms (fit, &narrowest, &widest);
    for (int to = 1, near = 0; to < fit->n_nodes; to++)
        reach_node (fit, to, narrowest, widest, &near);
}

/* The path with `want` lines, or the cheapest (a tie takes fewer lines); −1 if there is none. */
static int
choose_path (const Node *end, int want)
{
    int best = -1;

    for (int i = 0; i < end->n; i++) {
        if (want > 0 && end->paths[i].count != want)
            continue;
        double tie = best < 0 ? 0 : TIE * MAX (1, end->paths[best].cost); /* large costs are rounded sums */
        bool better = best < 0 || end->paths[i].cost < end->paths[best].cost - tie ||
                      (end->paths[i].cost < end->paths[best].cost + tie && end->paths[i].count < end->paths[best].count);
        if (better)
            best = i;
    }
    return best;
}

/* ---- first fit (§8.1) ---- */

/* The longest prefix that ends at a legal break and fits; the node it ends at, or −1. */
static int
longest_prefix (Fit *fit, int from, int line)
{
    int first = fit->nodes[from].at, farthest = from + 1;
    double room = room_of (fit, line);

    while (farthest + 1 < fit->n_nodes && !is_too_long (fit, first, fit->nodes[farthest].at, room))
        farthest++;
    for (int to = farthest; to > from; to--) {
        BmLineCost cost;

        if (cost_line (fit, from, to, line, &cost)) {
            double total = cost_after (&fit->greedy[from], from, &cost, price_of (fit, from, to, &cost));

            fit->greedy[to] = extend (fit, from, GREEDY, to, &cost, total);
            return to;
        }
    }
    return -1;
}

/* The way of first fit, if it reaches the end, becomes one of the end's paths. Total fit looks at it too: its own search
 * keeps one path a line count at each node, blind to how the next line will contrast with the last. */
static void
run_first (Fit *fit)
{
    int from = 0, end = fit->n_nodes - 1;

    fit->greedy = g_new0 (Path, (gsize) fit->n_nodes);
    fit->greedy[0].previous = -1;
    for (int line = 0; from >= 0 && from < end; line++)
        from = longest_prefix (fit, from, line);
    Path *slot = from == end ? slot_for (&fit->nodes[end], fit->greedy[end].count, fit->greedy[end].cost) : NULL;
    if (slot != NULL)
        *slot = fit->greedy[end];
}

/* ---- rules given up (§4.6) ---- */

static bool
is_found (const Fit *fit)
{
    return fit->nodes != NULL && fit->nodes[fit->n_nodes - 1].n > 0;
}

static double
cost_of (const Fit *fit)
{
    const Node *end = &fit->nodes[fit->n_nodes - 1];

    return end->paths[choose_path (end, 0)].cost;
}

static void
forget (Fit *fit)
{
    g_free (fit->nodes);
    g_free (fit->greedy);
    fit->nodes = NULL;
    fit->greedy = NULL;
}

static void
run_once (Fit *fit, double loosest)
{
    forget (fit);
    build_nodes (fit);
    fit->loosest = loosest;
    if (fit->style->fit == BM_FIT_TOTAL)
        run_total (fit);
    run_first (fit);
}

/* A line left out for its looseness costs more than LOOSE_COST: what costs less than that is the best there is. */
static void
run_level (Fit *fit)
{
    run_once (fit, GAP_SEARCHED);
    if (fit->style->fit == BM_FIT_TOTAL && !(is_found (fit) && cost_of (fit) <= LOOSE_COST))
        run_once (fit, INFINITY);
}

/* What was found last, if it costs less than the best before. */
static void
keep_better (Fit *best, Fit *fit)
{
    if (is_found (fit) && (!is_found (best) || cost_of (fit) < cost_of (best))) {
        forget (best);
        *best = *fit;
        fit->nodes = NULL;
        fit->greedy = NULL;
    } else {
        forget (fit);
    }
}

/* Run with the rules; then, as long as nothing is found or a line can only stand too short, with words cut into letters
 * and one rule after the other released. At last a cell wider than the measure is set as it is. */
static bool
run_fit (Fit *fit)
{
    Fit best = { 0 };

    run_level (fit);
    keep_better (&best, fit);
    if (!is_found (&best) || cost_of (&best) >= BM_NO_JOINT_COST)
        fit->shaped = bm_shaped_split (fit->shaped);
    for (fit->release = 1; fit->release <= BM_RELEASE_ALL && (!is_found (&best) || cost_of (&best) >= BM_NO_JOINT_COST); fit->release++) {
        run_level (fit);
        keep_better (&best, fit);
    }
    if (!is_found (&best)) {
        fit->overfull = true;
        run_level (fit);
        keep_better (&best, fit);
    }
    *fit = best;
    return is_found (fit);
}

static double
indent_of (const BmShaped *shaped, const BmStyle *style, double indent, double measure)
{
    if (indent < 0)
        indent = style->indent;
    if (indent < 0)
        indent = shaped->kind != BM_TEXT_BODY ? 0 : measure >= 10 ? 2 : 1; /* §8.6 */
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
add_line (const Fit *fit, const Path *path, int number, GArray *cells, BmLine *line)
{
    double indent = number == 0 ? fit->indent : 0;
    line->first = number == 0;
    line->last = path->end == fit->shaped->n_cells;
    line->indent = indent;
    line->released = path->released;
    bm_lay_line (fit->shaped, fit->style, path->first, path->end, indent, room_of (fit, number), (BmEnd) path->mark_end, line->last, cells, line);
    double measure = fit->measures[MIN (number, fit->n_measures - 1)];
    line->fill = measure > 0 ? line->width / measure : 0;
    /* Nothing on the line could be stretched, or a cell is wider than the measure: it says so. */
    if ((!line->last && !bm_is_ragged (fit->shaped, room_of (fit, number)) && line->width < measure - 0.01) || line->width > measure + 0.01)
        line->released = true;
}

static BmGalley *
build_galley (BmArena *arena, const Fit *fit, int node, int path_index)
{
    BmGalley *galley = bm_arena_new0 (arena, BmGalley, 1);
    const Path *path = &fit->nodes[node].paths[path_index];
    GArray *cells = g_array_new (FALSE, TRUE, sizeof (BmCell));
    int n = path->count;
    const Path **lines = g_new (const Path *, (gsize) n);

    galley->shaped = fit->shaped;
    galley->cost = path->cost;
    galley->n_lines = n;
    galley->lines = bm_arena_new0 (arena, BmLine, n);
    for (int i = n - 1; i >= 0; i--) {
        lines[i] = path;
        if (path->previous >= 0)
            path = path_at (fit, path->previous, path->previous_path);
    }
    for (int i = 0; i < n; i++) {
        add_line (fit, lines[i], i, cells, &galley->lines[i]);
        galley->worst_gap = MAX (galley->worst_gap, galley->lines[i].gap);
    }
    galley->n_cells = (int) cells->len;
    galley->cells = bm_arena_copy (arena, cells->data, cells->len, sizeof (BmCell));
    g_array_free (cells, TRUE);
    g_free (lines);
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
    Fit fit = { .shaped = shaped, .style = style, .measures = measures, .n_measures = n_measures, .only_best = want_lines == 0 };
    fit.indent = indent_of (shaped, style, indent, measures[0]);
    BmGalley *galley = NULL;
    if (run_fit (&fit)) {
        int path = choose_path (&fit.nodes[fit.n_nodes - 1], want_lines);

        galley = path < 0 ? NULL : build_galley (arena, &fit, fit.n_nodes - 1, path);
    }
    forget (&fit);
    return galley;
}

int
bm_line_menu (const BmShaped *shaped, const BmStyle *style, double measure, double indent, BmChoice *out, int capacity)
{
    Fit fit = { .shaped = shaped, .style = style, .measures = &measure, .n_measures = 1 };
    int n = 0;

    if (!bm_check_length (measure, 1, 100000) || is_empty (shaped))
        return 0;
    fit.indent = indent_of (shaped, style, indent, measure);
    if (run_fit (&fit)) {
        const Node *end = &fit.nodes[fit.n_nodes - 1];

        for (int i = 0; i < end->n && n < capacity; i++) {
            double worst = 0;
            const Path *path = &end->paths[i];

            out[n].n_lines = path->count;
            out[n].cost = path->cost;
            for (; path->previous >= 0; path = path_at (&fit, path->previous, path->previous_path))
                worst = MAX (worst, (double) path->gap);
            out[n++].worst_gap = worst;
        }
    }
    forget (&fit);
    for (int i = 1; i < n; i++) /* fewest lines first */
        for (int k = i; k > 0 && out[k].n_lines < out[k - 1].n_lines; k--) {
            BmChoice swap = out[k];

            out[k] = out[k - 1];
            out[k - 1] = swap;
        }
    return n;
}

/* What composing gives, remembered with the paragraph; the paragraph itself stays as it is. NULL: nothing to set. */
static const BmCounted *
count (const BmShaped *shaped, const BmStyle *style, double measure, double indent)
{
    BmShaped *memo = (BmShaped *) (gpointer) shaped;
    Fit fit = { .shaped = shaped, .style = style, .measures = &measure, .n_measures = 1, .only_best = true };

    if (!bm_check_length (measure, 1, 100000) || is_empty (shaped))
        return NULL;
    fit.indent = indent_of (shaped, style, indent, measure);
    for (int i = 0; i < shaped->n_counted; i++) {
        const BmCounted *known = &shaped->counted[i];

        if (known->fit == (int) style->fit && fabs (known->measure - measure) < 1e-9 && fabs (known->indent - fit.indent) < 1e-9)
            return known;
    }
    BmCounted *counted = &memo->counted[memo->next_counted];
    *counted = (BmCounted){ .measure = measure, .indent = fit.indent, .fit = (int) style->fit };
    if (run_fit (&fit)) {
        const Node *end = &fit.nodes[fit.n_nodes - 1];
        const Path *path = &end->paths[choose_path (end, 0)];
        BmLineCost last = { 0 };

        counted->n_lines = path->count;
        if (cost_line (&fit, path->previous, fit.n_nodes - 1, path->count - 1, &last))
            counted->last_width = last.width;
    }
    forget (&fit);
    memo->next_counted = (memo->next_counted + 1) % BM_N_COUNTED;
    memo->n_counted = MIN (memo->n_counted + 1, BM_N_COUNTED);
    return counted;
}

int
bm_count_lines (const BmShaped *shaped, const BmStyle *style, double measure, double indent)
{
    const BmCounted *counted = count (shaped, style, measure, indent);

    return counted != NULL ? counted->n_lines : 0;
}

double
bm_last_width (const BmShaped *shaped, const BmStyle *style, double measure, double indent)
{
    const BmCounted *counted = count (shaped, style, measure, indent);

    return counted != NULL ? counted->last_width : 0;
}

double
bm_natural_width (const BmShaped *shaped, const BmStyle *style)
{
    BmLineCost line = { 0 };
    int first = 0, end = shaped->n_cells;

    bm_trim_blanks (shaped, &first, &end);
    if (first >= end)
        return 0;
    bm_cost_line (shaped, style, first, end, true, true, 1e6, &line);
    return line.width;
}
