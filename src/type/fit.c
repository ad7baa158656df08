/* fit.c — choosing the breaks of a paragraph: first fit and total fit.
 *
 * Total fit is a shortest path over break positions (Knuth and Plass 1981), with the costs of cjk-composition.md §8.2 and
 * §8.3. Each node keeps its best paths by line count, so that one run gives the best setting and the menu of §8.5 both,
 * and the two can never disagree. When no path reaches the end, rules are given up one by one (§4.6). */
#include "type/type-private.h"

#include <math.h>

#define EPSILON 1e-6
#define OVERFULL_COST 1e7
#define TIE 1e-9
#define ROUNDING 1e-3 /* em: sums of floats */
#define GREEDY BM_MAX_PATHS /* the number of first fit's path at its node */

typedef BmFitting Fit;
typedef BmPath Path;
typedef BmNode Node;
typedef BmPlace Place;

const BmPath *
bm_fit_path (const BmFitting *fit, int node, int path)
{
    return &fit->nodes[node].paths[path];
}

/* ---- what a line has to itself ---- */

double
bm_fit_room (const BmFitting *fit, int line)
{
    double measure = fit->measures[MIN (line, fit->n_measures - 1)];

    return line == 0 ? measure - fit->indent : measure;
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

#define MOST_CONTRAST 2.0
#define HYPHENS 3.0 /* one line after another ends with one */

/* §8.2: neighbouring lines of unlike looseness. */
static inline double
contrast (double a, double b)
{
    double units = (a - b) * (1 / BM_GAP_UNIT);

    return MIN (MOST_CONTRAST, 0.5 * units * units);
}

/* The cheapest setting of the cells between two nodes as a line. A cell that is wider than the room stands alone
 * on its line when nothing else is left. */
static inline bool
cost_in_room (const Fit *fit, const Place *from, const Place *to, double room, bool ragged, BmLineCost *line)
{
    const BmEdge *begin = &from->edge, *end = &to->edge;
    unsigned kind = (to->closes ? BM_LINE_CLOSES : 0) | (ragged ? BM_LINE_RAGGED : 0);

    if (to->tight_end - from->tight_begin <= room + ROUNDING && bm_cost_line (fit->style, begin, end, kind, room, line))
        return true;
    if (!fit->overfull || end->end - begin->first != 1)
        return false;
    *line = (BmLineCost){ .cost = OVERFULL_COST };
    return true;
}

/* … as line `number`. */
static bool
cost_line (const Fit *fit, const Place *from, const Place *to, int number, BmLineCost *line)
{
    double room = bm_fit_room (fit, number);

    return cost_in_room (fit, from, to, room, bm_is_ragged (fit->shaped, room), line);
}

/* What a line costs whatever stood before it. */
static inline double
price_of (const Fit *fit, const Place *from, const Place *to, const BmLineCost *line)
{
    double price = line->cost + (double) to->penalty;

    if (to->hyphen && from->hyphen)
        price += HYPHENS;
    return to->closes && from->at > 0 ? price + last_line_penalty (fit, from->at, line->width) : price;
}

/* The way `before` to a node goes on by this line. */
static inline Path
extend (const Path *before, int from, int from_path, const BmLineCost *line, double cost)
{
    return (Path){ .cost = cost, .count = before->count + 1, .previous = from, .previous_path = (uint8_t) from_path,
                   .gap = (float) line->gap, .mark_end = (uint8_t) line->mark_end };
}

static inline double
cost_after (const Path *before, const BmLineCost *line, double price)
{
    return before->cost + price + (before->count > 0 ? contrast (line->gap, (double) before->gap) : 0);
}

/* ---- total fit ---- */

/* Where a path of so many lines and this cost is kept: in place of one of as many lines that is not cheaper, or of the
 * dearest of all; NULL if it is not worth keeping. */
static Path *
slot_for (Node *node, int count, double cost)
{
    int worst = 0;

    for (int i = 0; i < node->n; i++) {
        if (node->paths[i].count == count)
            return cost < node->paths[i].cost + TIE ? &node->paths[i] : NULL;
        if (node->paths[i].cost > node->paths[worst].cost)
            worst = i;
    }
    if (node->n < BM_MAX_PATHS)
        return &node->paths[node->n++];
    return cost < node->paths[worst].cost ? &node->paths[worst] : NULL;
}

/* All paths of node `from` go on to a node by one line, costed for each that has it as another line. */
static void
relax (const Fit *fit, int from, int to, double loosest)
{
    const Node *source = &fit->nodes[from];
    const Place *begin = &fit->places->all[from], *end = &fit->places->all[to];
    Node *target = &fit->nodes[to];
    int last_line = -1;
    bool fits = true;
    double price = 0;
    BmLineCost line;

    for (int i = 0; i < source->n; i++) {
        const Path *before = &source->paths[i];
        int number = MIN (before->count, fit->n_measures);

        if (number != last_line) {
            fits = cost_line (fit, begin, end, before->count, &line);
            price = fits ? price_of (fit, begin, end, &line) : 0;
            last_line = number;
        }
        if (!fits || line.gap > loosest)
            continue;
        double cost = cost_after (before, &line, price);
        Path *slot = slot_for (target, before->count + 1, cost);
        if (slot != NULL) {
            *slot = extend (before, from, i, &line, cost);
            target->least = MIN (target->least, cost);
        }
    }
}

/* The widest and the narrowest line there may be but the first. */
static void
range_of_rooms (Fit *fit)
{
    fit->narrowest = fit->widest = fit->measures[0];
    for (int i = 1; i < fit->n_measures; i++) {
        fit->narrowest = MIN (fit->narrowest, fit->measures[i]);
        fit->widest = MAX (fit->widest, fit->measures[i]);
    }
}

#define TRIMS 0.55 /* em: by how much a line may be narrower than the line of a cell less: a trim more */

/* Is the line too wide even when shrunk, and so every line with more cells? */
static inline bool
is_too_long (const Fit *fit, const Place *from, const Place *to, double room)
{
    return to->tight_end - from->tight_begin > room + TRIMS && !(fit->overfull && to->edge.end - from->edge.first <= 1);
}

#define BOUNDLESS 1e4 /* em: one joint as wide fills any line, and sums of it are still exact enough */

/* The width of all before a place with every joint as loose as may be; blanks give what they can beside them. */
static inline double
reach_of (const Fit *fit, const Place *place)
{
    return place->reach + MIN (fit->loosest, BOUNDLESS) * place->open;
}

/* Is a place that nothing better reaches to be reached by a line that is too loose? Not while lines are searched that are not: whatever
 * goes on from there costs more than BM_LOOSE_COST, so that it is either not wanted or searched again. A ragged line is never loose. */
static bool
is_last_resort (const Fit *fit)
{
    return fit->loosest > BM_GAP_SEARCHED || !(fit->most_gap > 0 || fit->only_best) || fit->n_measures > 1 || fit->ragged || fit->first_ragged;
}

/* A node that ways go on from. Where all lines but the first are alike, a line costs the same whatever its number. */
typedef struct {
    int number;
    const Place *place;
    const Node *node;
    double room;
    bool ragged;
    double loosest;  /* gap of its lines */
    double dearest;  /* way to it that is looked at: no contrast with what follows makes up for more if only the best is asked for, … */
    double margin;   /* … nor at the line's end */
    double bound;    /* of the cost there */
} Start;

/* The ways to the start go on by a line to a node. */
static inline void
go_on (const Start *from, const BmLineCost *line, double price, double limit, Node *to)
{
    if (from->node->least + price > limit)
        return;
    for (int i = 0; i < from->node->n; i++) {
        const Path *before = &from->node->paths[i];

        if (before->cost > from->dearest)
            continue;
        double cost = cost_after (before, line, price);
        Path *slot = cost <= limit ? slot_for (to, before->count + 1, cost) : NULL;
        if (slot != NULL) {
            *slot = extend (before, from->number, i, line, cost);
            to->least = MIN (to->least, cost);
        }
    }
}

G_NO_INLINE static void
reach_by_any (const Fit *fit, const Start *from, const Place *place, double limit, Node *to)
{
    BmLineCost line;

    if (cost_in_room (fit, from->place, place, from->room, from->ragged, &line) && line.gap <= from->loosest)
        go_on (from, &line, price_of (fit, from->place, place, &line), limit, to);
}

/* What bm_cost_line comes down to where a line has open joints, Han–Western space and nothing else to be stretched. */
static inline BmLineCost
stretched (const Fit *fit, double spare, double open, double spaces)
{
    double range = spaces * (fit->style->space_max - fit->style->space);
    double used = range > EPSILON ? MIN (spare, range) : 0, share = range > EPSILON ? used / range : 0;
    double gap = spare - used <= EPSILON ? 0 : (spare - used) / open;

    return (BmLineCost){ .gap = gap, .mark_end = BM_END_FULL, .cost = bm_gap_cost (gap) + 0.5 * share * share };
}

/* Most lines are so stretched. */
static inline void
reach (const Fit *fit, const Start *from, const Place *place, Node *to)
{
    double limit = MIN (from->bound, to->least + from->margin);

    if (from->node->least > limit)
        return;
    double spare = from->room - (place->edge.ends - from->place->edge.begins);
    float open = place->open_end - from->place->open_begin;
    if (place->plain && !from->ragged && spare > EPSILON && open > 0 && place->words_end <= from->place->words_begin) {
        BmLineCost line = stretched (fit, spare, (double) open, (double) (place->spaces_end - from->place->spaces_begin));

        if (line.gap <= from->loosest)
            go_on (from, &line, price_of (fit, from->place, place, &line), limit, to);
    } else if (place->tight_end - from->place->tight_begin <= from->room + ROUNDING || fit->overfull) {
        reach_by_any (fit, from, place, limit, to);
    }
}

/* The paragraph's last line. */
static void
reach_end (const Fit *fit, const Start *from)
{
    int end = fit->n_nodes - 1;
    Start start = *from;

    start.loosest = INFINITY;
    if (fit->n_measures > 1)
        relax (fit, from->number, end, INFINITY);
    else if (from->node->least <= from->bound)
        reach_by_any (fit, &start, &fit->places->all[end], from->bound, &fit->nodes[end]);
}

/* Where nothing else reaches a place, lines are looked at again that are too loose: so no way is too dear then. */
static Start
start_at (const Fit *fit, int number)
{
    const Node *node = &fit->nodes[number];
    bool first = number == 0;
    double margin = fit->only_best ? MOST_CONTRAST : INFINITY;

    return (Start){ .number = number, .place = &fit->places->all[number], .node = node, .room = first ? fit->first_room : fit->room,
                    .ragged = first ? fit->first_ragged : fit->ragged, .loosest = fit->loosest, .dearest = node->least + margin, .margin = margin + TIE,
                    .bound = fit->last_resort ? INFINITY : fit->bound };
}

/* Lines from a node to the places from `to` on: once they can reach the room, they can with more cells, too; so trims, which
 * come and go with the place, are not counted. */
static void
go_on_from (const Fit *fit, int number, int to)
{
    Start start = start_at (fit, number);
    double tight = start.place->tight_begin + fit->widest + TRIMS;
    int end = fit->n_nodes - 1;

    for (; to < end; to++) {
        const Place *place = &fit->places->all[to];

        if (place->tight_end > tight && is_too_long (fit, start.place, place, fit->widest))
            return;
        if (fit->n_measures == 1)
            reach (fit, &start, place, &fit->nodes[to]);
        else
            relax (fit, number, to, fit->loosest);
    }
    if (!is_too_long (fit, start.place, &fit->places->all[end], fit->widest))
        reach_end (fit, &start);
}

static bool
is_alive (const Fit *fit, int number)
{
    return fit->nodes[number].n > 0 && fit->nodes[number].least <= fit->bound;
}

/* A place that no line reached is reached by lines that are too loose. `far`: the first place from which one is not too wide. */
static void
reach_at_last (const Fit *fit, int number, int *far)
{
    const Place *place = &fit->places->all[number];

    while (*far + 1 < number && is_too_long (fit, &fit->places->all[*far], place, fit->widest))
        (*far)++;
    for (int from = *far; from < number; from++) {
        Start start = start_at (fit, from);

        start.loosest = INFINITY;
        if (!is_alive (fit, from))
            continue;
        if (fit->n_measures == 1)
            reach (fit, &start, place, &fit->nodes[number]);
        else
            relax (fit, from, number, INFINITY);
    }
}

/* From node to node, so that the longest line to a place comes first and a tie takes the later break (§8.4). */
static void
run_total (Fit *fit)
{
    int end = fit->n_nodes - 1, far = 0, near = 1;
    double shortest = fit->narrowest - (double) fit->shaped->hyphen_width - ROUNDING;

    for (int from = 0; from < end; from++) {
        if (fit->nodes[from].n == 0 && fit->last_resort)
            reach_at_last (fit, from, &far);
        if (!is_alive (fit, from))
            continue;
        double least = reach_of (fit, &fit->places->all[from]) + shortest;
        near = MAX (near, from + 1);
        while (from > 0 && near < end && reach_of (fit, &fit->places->all[near]) < least)
            near++;
        go_on_from (fit, from, near);
    }
}

/* A tie takes fewer lines. */
int
bm_fit_choose (const BmFitting *fit, int want)
{
    const Node *end = &fit->nodes[fit->n_nodes - 1];
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

double
bm_fit_last_width (const BmFitting *fit, int path)
{
    const Path *last = bm_fit_path (fit, fit->n_nodes - 1, path);
    BmLineCost line = { 0 };

    return cost_line (fit, &fit->places->all[last->previous], &fit->places->all[fit->n_nodes - 1], last->count - 1, &line) ? line.width : 0;
}

/* ---- first fit (§8.1) ---- */

/* The longest prefix that ends at a legal break and fits; the node it ends at, or −1. */
static int
longest_prefix (Fit *fit, int from, int line)
{
    int farthest = from + 1;
    double room = bm_fit_room (fit, line);
    const Place *source = &fit->places->all[from];

    double tight = source->tight_begin + room + TRIMS;

    while (farthest + 1 < fit->n_nodes && (fit->places->all[farthest].tight_end <= tight || !is_too_long (fit, source, &fit->places->all[farthest], room)))
        farthest++;
    for (int to = farthest; to > from; to--) {
        const Place *target = &fit->places->all[to];
        BmLineCost cost;

        if (cost_line (fit, source, target, line, &cost)) {
            const Path *before = &fit->nodes[from].paths[GREEDY];

            fit->nodes[to].paths[GREEDY] = extend (before, from, GREEDY, &cost, cost_after (before, &cost, price_of (fit, source, target, &cost)));
            return to;
        }
    }
    return -1;
}

static const Path *
first_fit (const Fit *fit)
{
    return &fit->nodes[fit->n_nodes - 1].paths[GREEDY];
}

static bool
reaches_end (const Fit *fit)
{
    return first_fit (fit)->count > 0;
}

static void
run_first (Fit *fit)
{
    int from = 0, end = fit->n_nodes - 1;

    fit->nodes[0].paths[GREEDY] = (Path){ .previous = -1 };
    fit->nodes[end].paths[GREEDY].count = 0;
    for (int line = 0; from >= 0 && from < end; line++)
        from = longest_prefix (fit, from, line);
}

/* The way of first fit, if it reaches the end, becomes one of the end's paths. Total fit looks at it too: its own search
 * keeps one path a line count at each node, blind to how the next line will contrast with the last. */
static void
take_first (Fit *fit)
{
    int end = fit->n_nodes - 1;
    /* Where the other way costs the same, it stays. */
    Path *slot = reaches_end (fit) ? slot_for (&fit->nodes[end], first_fit (fit)->count, first_fit (fit)->cost + 2 * TIE) : NULL;

    if (slot != NULL)
        *slot = *first_fit (fit);
}

/* Where only the best is asked for, no way goes on that costs more than first fit's to the end. */
static double
bound_of (const Fit *fit)
{
    double cost = first_fit (fit)->cost;

    return fit->only_best && reaches_end (fit) ? cost + 3 * TIE * MAX (1, cost) : INFINITY;
}

/* ---- nodes, and rules given up (§4.6) ---- */

static void
open_nodes (Fit *fit)
{
    bool all_rules = fit->release == 0 && !fit->shaped->is_split;

    fit->own = all_rules ? NULL : bm_places_new (fit->shaped, fit->style, fit->release);
    fit->places = all_rules ? bm_places_of (fit->shaped, fit->style) : fit->own;
    fit->n_nodes = fit->places->n;
    fit->nodes = g_new (Node, (gsize) fit->n_nodes);
    for (int i = 0; i < fit->n_nodes; i++) {
        fit->nodes[i].n = 0;
        fit->nodes[i].least = INFINITY;
    }
    fit->nodes[0].n = 1;
    fit->nodes[0].least = 0;
    fit->nodes[0].paths[0] = (Path){ .previous = -1 };
}

static bool
is_found (const Fit *fit)
{
    return fit->nodes != NULL && fit->nodes[fit->n_nodes - 1].n > 0;
}

static double
cost_of (const Fit *fit)
{
    return fit->nodes[fit->n_nodes - 1].paths[bm_fit_choose (fit, 0)].cost;
}

void
bm_fit_forget (BmFitting *fit)
{
    bm_places_free (fit->own);
    g_free (fit->nodes);
    fit->own = NULL;
    fit->nodes = NULL;
}

static void
run_once (Fit *fit, double loosest)
{
    bm_fit_forget (fit);
    fit->loosest = loosest;
    open_nodes (fit);
    fit->first_room = bm_fit_room (fit, 0);
    fit->room = bm_fit_room (fit, 1);
    fit->first_ragged = bm_is_ragged (fit->shaped, fit->first_room);
    fit->ragged = bm_is_ragged (fit->shaped, fit->room);
    run_first (fit);
    fit->bound = bound_of (fit);
    fit->last_resort = is_last_resort (fit);
    range_of_rooms (fit);
    if (fit->style->fit == BM_FIT_TOTAL)
        run_total (fit);
    take_first (fit);
}

/* A line left out for its looseness costs more than BM_LOOSE_COST: what costs less than that is the best there is. */
static void
run_level (Fit *fit)
{
    run_once (fit, BM_GAP_SEARCHED);
    if (fit->style->fit == BM_FIT_TOTAL && !(is_found (fit) && cost_of (fit) <= BM_LOOSE_COST))
        run_once (fit, INFINITY);
}

/* What was found last, if it costs less than the best before. */
static void
keep_better (Fit *best, Fit *fit)
{
    if (is_found (fit) && (!is_found (best) || cost_of (fit) < cost_of (best))) {
        bm_fit_forget (best);
        *best = *fit;
        fit->own = NULL;
        fit->nodes = NULL;
        } else {
        bm_fit_forget (fit);
    }
}

/* Run with the rules; then, as long as nothing is found or a line can only stand too short, with words cut into letters
 * and one rule after the other released. At last a cell wider than the measure is set as it is. */
bool
bm_fit_run (BmFitting *fit)
{
    Fit best = { 0 };

    if (fit->most_gap > 0) {
        run_once (fit, fit->most_gap);
        return is_found (fit);
    }
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
