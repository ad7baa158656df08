/* justify.c — one line: what it costs to make it as wide as the room, and where its cells then stand.
 *
 * cjk-composition.md §7: shrink steps s1 … s6 and stretch steps t1 … t3 in order; within a step all members move by the
 * same fraction of their range; a step starts only when the one before is used up. §8.2 has the costs. */
#include "type/type-private.h"

#include <math.h>

#define EPSILON 1e-6
#define WORD_SHRINK (0.25 - 0.17) /* s2 */
#define WORD_STRETCH 0.25         /* t1 */

/* How far the blanks of a line move, by step; stretch is positive. */
typedef struct {
    double words, middles, brackets, commas, spaces, stops; /* fractions 0 … 1 of a step's range, as shrink */
    double stretch_words, stretch_spaces;          /* fractions, as stretch */
    double gap;                                    /* em a open joint */
    double names;                                  /* em a blank between the names of a byline */
} Moves;

void
bm_trim_blanks (const BmShaped *shaped, int *first, int *end)
{
    while (*end > *first && bm_vanishes_at_edges (shaped->cells[*end - 1].class))
        (*end)--;
    while (*first < *end && bm_vanishes_at_edges (shaped->cells[*first].class))
        (*first)++;
}

/* ---- sums and places ---- */

static void
add_glue (const BmShaped *shaped, BmGives *gives, BmClass class, float glue)
{
    if (class == BM_CLASS_MID)
        gives->middle += glue;
    else if (class == BM_CLASS_OP || class == BM_CLASS_CL)
        gives->bracket += glue;
    else if (class == BM_CLASS_CM)
        gives->comma += glue;
    else if ((class == BM_CLASS_FS || class == BM_CLASS_EX) && shaped->language != BM_LANGUAGE_JA) /* JLREQ: whole, but at a line end */
        gives->stop += glue;
    else
        return;
    gives->shrink += glue;
}

/* Does the cell lose the blank on its left, to the mark before it or with that on its right? */
static bool
trims_left_of (const BmCellData *before, const BmCellData *cell)
{
    return before->trims_left || (cell->trims_right && bm_is_centred (cell));
}

BmSums *
bm_sums_new (const BmShaped *shaped, const BmStyle *style)
{
    BmSums *sums = g_new (BmSums, (gsize) shaped->n_cells + 1);

    sums[0] = (BmSums){ 0 };
    for (int i = 0; i < shaped->n_cells; i++) {
        const BmCellData *cell = &shaped->cells[i];
        BmSums *next = &sums[i + 1];

        *next = sums[i];
        next->width += (double) cell->width + (double) cell->kern;
        if (cell->right > 0 && !cell->trims_right)
            add_glue (shaped, &next->gives, (BmClass) cell->class, cell->right);
        if (cell[1].left > 0 && !trims_left_of (cell, cell + 1))
            add_glue (shaped, &next->gives, (BmClass) cell[1].class, cell[1].left);
        next->gives.open += cell->open ? 1 : 0;
        if (cell->is_space || cell->class == BM_CLASS_SP) {
            bool blank = cell->class == BM_CLASS_SP;

            float spaces = (float) ((cell->is_space ? 1 : 0) + (blank && cell->beside_han ? 1 : 0)), words = blank && !cell->beside_han ? 1 : 0;

            next->gives.spaces += spaces;
            next->gives.words += words;
            next->gives.shrink += (float) ((double) spaces * (style->space - style->space_min) + (double) words * WORD_SHRINK);
            next->gives.stretch += (float) ((double) spaces * style->space_max + (double) words);
        }
    }
    return sums;
}

/* §5.4, §11.5: what an opening mark at the line's start loses. */
static double
start_trim (const BmShaped *shaped, const BmStyle *style, int first, bool opens)
{
    const BmCellData *cell = &shaped->cells[first];
    bool trims = shaped->kind == BM_TEXT_HEADLINE ? style->head_trim : opens ? style->trim_first_line : style->trim_line_start;

    return trims && cell->class == BM_CLASS_OP ? (double) cell->left : 0;
}

/* §5.6: one pause mark or stop, not behind another mark. */
static bool
may_hang (const BmShaped *shaped, const BmStyle *style, int end)
{
    const BmCellData *last = &shaped->cells[end - 1];
    bool hangs = last->class == BM_CLASS_CM || last->class == BM_CLASS_FS || (last->class == BM_CLASS_EX && last->alone);

    return style->hang && hangs && end > 1 && !bm_is_mark_class ((BmClass) last[-1].class);
}

/* Which ends may be tried: bits by BmEnd. */
static unsigned
end_choices (const BmShaped *shaped, const BmStyle *style, int end)
{
    const BmCellData *last = &shaped->cells[end - 1];
    unsigned choices = 1u << BM_END_FULL;

    if (shaped->kind == BM_TEXT_HEADLINE)
        return style->head_trim && last->right > 0 ? 1u << BM_END_HALF : choices;
    if (last->right > 0 && style->line_end == BM_LINE_END_HALF)
        choices = 1u << BM_END_HALF;
    else if (last->right > 0 && style->line_end == BM_LINE_END_EITHER)
        choices |= 1u << BM_END_HALF;
    return may_hang (shaped, style, end) ? choices | 1u << BM_END_HANG : choices;
}

static void
set_end (const BmShaped *shaped, const BmStyle *style, const BmSums *sums, bool closes, BmEdge *edge)
{
    const BmCellData *last = &shaped->cells[edge->end - 1];

    edge->hyphen = !closes && last->hyphen ? shaped->hyphen_width : 0;
    edge->ends = sums[edge->end].width - (double) last->kern + (double) edge->hyphen;
    edge->before_end = &sums[edge->end - 1].gives;
    if (bm_is_centred (last) && edge->end > 1 && !trims_left_of (last - 1, last)) {
        edge->own = *edge->before_end;
        edge->before_end = &edge->own;
        add_glue (shaped, &edge->own, (BmClass) last->class, -last->left); /* goes with its right, or stays */
    }
    edge->choices = end_choices (shaped, style, edge->end);
    edge->half = bm_is_centred (last) ? last->left + last->right : last->right;
    edge->hang = last->width;
}

void
bm_edge_set (const BmShaped *shaped, const BmStyle *style, const BmSums *sums, int at, bool opens, bool closes, BmEdge *edge)
{
    int first = at, end = at;

    while (end > 0 && bm_vanishes_at_edges (shaped->cells[end - 1].class))
        end--;
    while (first < shaped->n_cells && bm_vanishes_at_edges (shaped->cells[first].class))
        first++;
    edge->first = first;
    edge->end = end;
    edge->before = sums[at].width;
    edge->begins = sums[first].width + (first < shaped->n_cells ? start_trim (shaped, style, first, opens) : 0);
    edge->before_first = &sums[first].gives;
    if (end > 0) {
        set_end (shaped, style, sums, closes, edge);
        return;
    }
    edge->ends = 0; /* nothing but blanks before it: no line ends here */
    edge->hyphen = 0;
    edge->choices = 0;
    edge->before_end = &sums[0].gives;
}

/* What the mark at the line's end gives back. */
static double
end_trim (const BmEdge *edge, BmEnd mark_end)
{
    return mark_end == BM_END_FULL ? 0 : (double) (mark_end == BM_END_HALF ? edge->half : edge->hang);
}

/* ---- cost ---- */

/* What can be shrunk in all. */
static double
shrinkable (const BmStyle *style, const BmGives *a, const BmGives *b)
{
    double spaces = (double) (b->spaces - a->spaces), words = (double) (b->words - a->words);

    return (double) (b->middle - a->middle) + (double) (b->bracket - a->bracket) + (double) (b->comma - a->comma) + (double) (b->stop - a->stop) + words * WORD_SHRINK +
           spaces * (style->space - style->space_min);
}

/* Take what is needed from a step's range; returns the fraction used. */
static inline double
use (double *need, double range)
{
    if (range <= EPSILON || *need <= EPSILON)
        return 0;
    double used = MIN (*need, range);
    *need -= used;
    return used / range;
}

static bool
shrink (const BmStyle *style, const BmGives *a, const BmGives *b, double need, Moves *moves)
{
    moves->words = use (&need, (double) (b->words - a->words) * WORD_SHRINK);
    moves->middles = use (&need, (double) (b->middle - a->middle));
    moves->brackets = use (&need, (double) (b->bracket - a->bracket));
    moves->commas = use (&need, (double) (b->comma - a->comma));
    moves->spaces = use (&need, (double) (b->spaces - a->spaces) * (style->space - style->space_min));
    moves->stops = use (&need, (double) (b->stop - a->stop));
    return need <= EPSILON;
}

static double
shrink_cost (const Moves *moves)
{
    return 0.5 * moves->middles * moves->middles + 0.5 * moves->brackets * moves->brackets + 0.8 * moves->commas * moves->commas +
           0.6 * moves->spaces * moves->spaces + 1.5 * moves->stops * moves->stops + 0.2 * moves->words * moves->words;
}

/* Returns what could not be stretched: nothing on the line gives. */
static double
stretch (const BmStyle *style, const BmGives *a, const BmGives *b, double need, Moves *moves)
{
    double open = (double) (b->open - a->open);

    moves->stretch_words = use (&need, (double) (b->words - a->words) * WORD_STRETCH);
    moves->stretch_spaces = use (&need, (double) (b->spaces - a->spaces) * (style->space_max - style->space));
    if (need <= EPSILON)
        return 0;
    if (open < 0.5)
        return need;
    moves->gap = need / open;
    return 0;
}

static double
stretch_cost (const Moves *moves)
{
    return bm_gap_cost (moves->gap) + 0.5 * moves->stretch_spaces * moves->stretch_spaces;
}

#define RAGGED_UNDER 24.0 /* em: captions narrower than this; §8.6 asks for it under 8, style.md §2 sets captions left. In longer lines what is spread is not seen */

bool
bm_is_ragged (const BmShaped *shaped, double room)
{
    return shaped->kind == BM_TEXT_BYLINE || (shaped->kind == BM_TEXT_CAPTION && room < RAGGED_UNDER);
}

G_NO_INLINE static bool
cost_shrunk (const BmStyle *style, const BmGives *a, const BmGives *b, double need, BmLineCost *cost)
{
    Moves moves = { 0 };

    if (!style->shrink || need > shrinkable (style, a, b) + 2 * EPSILON || !shrink (style, a, b, need, &moves))
        return false;
    cost->cost = shrink_cost (&moves);
    return true;
}

G_NO_INLINE static void
cost_stretched (const BmStyle *style, const BmGives *a, const BmGives *b, double spare, BmLineCost *cost)
{
    Moves moves = { 0 };
    double left = stretch (style, a, b, spare, &moves);

    cost->cost = stretch_cost (&moves) + (left > 0 ? BM_NO_JOINT_COST * (1 + left) : 0);
    cost->gap = moves.gap;
}

/* One choice of the mark at the end; false if it does not fit. A ragged line costs the square of the em it is short by. */
static inline bool
cost_end (const BmStyle *style, const BmEdge *from, const BmEdge *to, double spare, unsigned kind, BmLineCost *cost)
{
    const BmGives *a = from->before_first, *b = to->before_end;

    cost->cost = cost->gap = 0;
    if (fabs (spare) < EPSILON || ((kind & BM_LINE_CLOSES) != 0 && spare > 0))
        return true;
    if (spare < 0)
        return cost_shrunk (style, a, b, -spare, cost);
    if ((kind & BM_LINE_RAGGED) != 0)
        cost->cost = spare * spare;
    else
        cost_stretched (style, a, b, spare, cost);
    return true;
}

#define HANG_COST 0.05 /* a mark outside only where it helps */

G_NO_INLINE static bool
choose_end (const BmStyle *style, const BmEdge *from, const BmEdge *to, unsigned choices, unsigned kind, double room, BmLineCost *best)
{
    static const BmEnd order[] = { BM_END_HALF, BM_END_FULL, BM_END_HANG }; /* a tie takes ½ (§8.2) */
    bool found = false;
    double natural = to->ends - from->begins;

    for (size_t i = 0; i < G_N_ELEMENTS (order); i++) {
        BmLineCost cost = { .mark_end = order[i] };

        if ((choices & 1u << order[i]) == 0)
            continue;
        cost.width = natural - end_trim (to, order[i]);
        if (!cost_end (style, from, to, room - cost.width, kind, &cost))
            continue;
        cost.cost += order[i] == BM_END_HANG ? HANG_COST : 0;
        if (!found || cost.cost < best->cost - 1e-9)
            *best = cost;
        found = true;
    }
    return found;
}

#define EITHER (1u << BM_END_FULL | 1u << BM_END_HALF)

bool
bm_cost_line (const BmStyle *style, const BmEdge *from, const BmEdge *to, unsigned kind, double room, BmLineCost *best)
{
    double natural = to->ends - from->begins;
    unsigned choices = to->choices;

    if (from->first >= to->end)
        return false;
    if ((choices & 1u << BM_END_HANG) != 0 && to->end - from->first < 2)
        choices &= ~(1u << BM_END_HANG);
    /* A paragraph's last line keeps its mark whole when it fits. */
    if ((kind & BM_LINE_CLOSES) != 0 && (choices & 1u << BM_END_FULL) != 0 && natural <= room + EPSILON)
        choices = 1u << BM_END_FULL;
    /* The more is wanted, the more it costs: half a mark where even that is too wide, all of it where it fits and no
     * word space would stretch for nothing. */
    if (choices == EITHER && natural - (double) to->half >= room)
        choices = 1u << BM_END_HALF;
    else if (choices == EITHER && natural <= room && to->before_end->words <= from->before_first->words)
        choices = 1u << BM_END_FULL;
    if (choices != 1u << BM_END_FULL)
        return choose_end (style, from, to, choices, kind, room, best);
    best->mark_end = BM_END_FULL;
    best->width = natural;
    return cost_end (style, from, to, room - natural, kind, best);
}

/* ---- laying out ---- */

static double
glue_moved (BmClass class, const Moves *moves)
{
    switch (class) {
    case BM_CLASS_MID:
        return moves->middles;
    case BM_CLASS_OP:
    case BM_CLASS_CL:
        return moves->brackets;
    case BM_CLASS_CM:
        return moves->commas;
    case BM_CLASS_FS:
    case BM_CLASS_EX:
        return moves->stops;
    default:
        return 0;
    }
}

/* Left and right glue that a cell loses on this line, by its neighbours and the moves. */
static void
lost_glue (const BmShaped *shaped, int i, int first, int end, double start, double stop, const Moves *moves, double *left,
           double *right)
{
    const BmCellData *cell = &shaped->cells[i];
    double move = glue_moved ((BmClass) cell->class, moves);

    if (i == end - 1 && bm_is_centred (cell)) {
        *left = *right = stop / 2;
        return;
    }
    bool trimmed = i == first ? cell->trims_right && bm_is_centred (cell) : trims_left_of (cell - 1, cell);
    *left = trimmed ? (double) cell->left : i == first ? start : move * (double) cell->left;
    *right = i == end - 1 ? stop : cell->trims_right ? (double) cell->right : move * (double) cell->right;
}

static bool
is_name_blank (const BmCellData *cell)
{
    return (cell->class == BM_CLASS_SP || cell->class == BM_CLASS_ISP) && fabsf (cell->width - BM_BYLINE_BLANK) < 1e-6f;
}

/* §12: blanks between names are drawn out to a character where the whole line has room for that; inside 宋　弢 there is one, too. */
static double
names_apart (const BmShaped *shaped, int first, int end, double spare)
{
    int n = 0;

    for (int i = first; i < end && shaped->kind == BM_TEXT_BYLINE; i++)
        n += is_name_blank (&shaped->cells[i]);
    return n > 0 && spare >= n * (1 - (double) BM_BYLINE_BLANK) ? 1 - (double) BM_BYLINE_BLANK : 0;
}

static double
blank_width (const BmStyle *style, const BmCellData *cell, const Moves *moves)
{
    double width = (double) cell->width;

    if (moves->names > 0 && is_name_blank (cell))
        width += moves->names;
    if (cell->class != BM_CLASS_SP)
        return width;
    if (cell->beside_han)
        return width - moves->spaces * (style->space - style->space_min) +
               moves->stretch_spaces * (style->space_max - style->space);
    return width - moves->words * WORD_SHRINK + moves->stretch_words * WORD_STRETCH;
}

static double
gap_after (const BmStyle *style, const BmCellData *cell, const Moves *moves)
{
    double gap = 0;

    /* A trim is in the advances of its cells; only added blank is a gap. */
    if (cell->is_space)
        gap += style->space - moves->spaces * (style->space - style->space_min) +
               moves->stretch_spaces * (style->space_max - style->space);
    if (cell->is_pause)
        gap += 1;
    if (cell->open)
        gap += moves->gap;
    return gap;
}

static Moves
find_moves (const BmStyle *style, const BmEdge *from, const BmEdge *to, double spare, bool stretches)
{
    Moves moves = { 0 };

    if (spare < -EPSILON)
        shrink (style, from->before_first, to->before_end, -spare, &moves);
    else if (spare > EPSILON && stretches)
        stretch (style, from->before_first, to->before_end, spare, &moves);
    return moves;
}

/* The cells of a line one after the other; returns where the last ends. `start`, `stop`: glue cut at its ends. */
static double
lay_cells (const BmShaped *shaped, const BmStyle *style, int first, int end, double x, double start, double stop, const Moves *moves,
           BmCell *cells)
{
    for (int i = first; i < end; i++) {
        const BmCellData *data = &shaped->cells[i];
        double left = 0, right = 0;

        if (data->left > 0 || data->right > 0)
            lost_glue (shaped, i, first, end, start, stop, moves, &left, &right);
        BmCell *cell = &cells[i - first];
        *cell = (BmCell){ .start = data->start, .length = bm_cell_length (data), .x = x, .orient = (BmOrient) data->orient };
        cell->advance = blank_width (style, data, moves) - left - right;
        cell->gap = i + 1 < end ? gap_after (style, data, moves) : 0;
        x += cell->advance + cell->gap;
    }
    return x;
}

void
bm_lay_line (const BmShaped *shaped, const BmStyle *style, const BmSums *sums, int first, int end, double indent, double room,
             BmEnd mark_end, bool closes, BmCell *cells, BmLine *line)
{
    BmEdge from, to;

    bm_edge_set (shaped, style, sums, first, line->first, closes, &from);
    bm_edge_set (shaped, style, sums, end, false, closes, &to);
    first = from.first;
    end = to.end;
    line->width = indent;
    if (first >= end)
        return;
    double start = start_trim (shaped, style, first, line->first), stop = end_trim (&to, mark_end);
    Moves moves = find_moves (style, &from, &to, room - (to.ends - from.begins - stop), !closes && !bm_is_ragged (shaped, room));
    moves.names = names_apart (shaped, first, end, room - (to.ends - from.begins));
    double x = lay_cells (shaped, style, first, end, indent, start, mark_end == BM_END_HALF ? stop : 0, &moves, cells);

    line->n_cells = end - first;
    line->start = shaped->cells[first].start;
    int stop_at = end;
    while (stop_at < shaped->n_cells && shaped->cells[stop_at].class == BM_CLASS_ZW)
        stop_at++; /* it has no width, but it is a character of this line */
    line->length = shaped->cells[stop_at].start - line->start;
    line->hyphen = to.hyphen > 0;
    line->width = x + (double) to.hyphen - (mark_end == BM_END_HANG ? stop : 0);
    line->gap = moves.gap;
    gunichar last = bm_cell_last (shaped, &shaped->cells[end - 1]);
    line->ends_colon = last == 0xFF1A || last == ':';
}
