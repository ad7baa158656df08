/* justify.c — one line: what it costs to make it as wide as the room, and where its cells then stand.
 *
 * cjk-composition.md §7: shrink steps s1 … s6 and stretch steps t1 … t3 in order; within a step all members move by the
 * same fraction of their range; a step starts only when the one before is used up. §8.2 has the costs. */
#include "type/type-private.h"

#include <math.h>

#define EPSILON 1e-6
#define WORD_SHRINK (0.25 - 0.17) /* s2 */
#define WORD_STRETCH 0.25         /* t1 */
#define GAP_UNIT 0.06             /* a gap of this size costs 1 */
#define GAP_LIMIT 0.25            /* above it the cost leaps */

/* How far the blanks of a line move, by step; stretch is positive. */
typedef struct {
    double words, brackets, commas, spaces, stops; /* fractions 0 … 1 of a step's range, as shrink */
    double stretch_words, stretch_spaces;          /* fractions, as stretch */
    double gap;                                    /* em a open joint */
} Moves;

bool
bm_vanishes_at_edges (const BmCellData *cell)
{
    return cell->class == BM_CLASS_SP || cell->class == BM_CLASS_ISP || cell->class == BM_CLASS_HARD || cell->class == BM_CLASS_ZW;
}

void
bm_trim_blanks (const BmShaped *shaped, int *first, int *end)
{
    while (*end > *first && bm_vanishes_at_edges (&shaped->cells[*end - 1]))
        (*end)--;
    while (*first < *end && bm_vanishes_at_edges (&shaped->cells[*first]))
        (*first)++;
}

/* §5.4, §11.5: what an opening mark at the line's start loses. */
static double
start_trim (const BmShaped *shaped, const BmStyle *style, int first, bool opens)
{
    const BmCellData *cell = &shaped->cells[first];
    bool trims = shaped->kind == BM_TEXT_HEADLINE ? style->head_trim : opens ? style->trim_first_line : style->trim_line_start;

    return trims && cell->class == BM_CLASS_OP ? (double) cell->left : 0;
}

/* A hyphen is added when the line ends at a hyphenation point inside the paragraph. */
static double
hyphen_width (const BmShaped *shaped, int end, bool closes)
{
    const BmCellData *last = &shaped->cells[end - 1];

    return !closes && last->hyphen ? (double) shaped->hyphen_width : 0;
}

static double
natural_width (const BmShaped *shaped, const BmStyle *style, int first, int end, bool opens, bool closes)
{
    const BmSums *sums = shaped->sums;

    return sums[end].width - sums[first].width - (double) shaped->cells[end - 1].kern -
           start_trim (shaped, style, first, opens) + hyphen_width (shaped, end, closes);
}

/* §5.6: one pause mark or stop, not behind another mark. */
static bool
may_hang (const BmShaped *shaped, const BmStyle *style, int first, int end)
{
    const BmCellData *last = &shaped->cells[end - 1];
    bool hangs = last->class == BM_CLASS_CM || last->class == BM_CLASS_FS || (last->class == BM_CLASS_EX && last->alone);

    return style->hang && hangs && end - first > 1 && !bm_is_mark_class ((BmClass) last[-1].class);
}

/* What the mark at the line's end gives back. */
static double
end_trim (const BmShaped *shaped, int end, BmEnd mark_end)
{
    const BmCellData *last = &shaped->cells[end - 1];

    return mark_end == BM_END_FULL ? 0 : mark_end == BM_END_HALF ? (double) last->right : (double) last->width;
}

/* Which ends may be tried: bits by BmEnd. */
static unsigned
end_choices (const BmShaped *shaped, const BmStyle *style, int first, int end)
{
    const BmCellData *last = &shaped->cells[end - 1];
    unsigned choices = 1u << BM_END_FULL;

    if (shaped->kind == BM_TEXT_HEADLINE)
        return style->head_trim && last->right > 0 ? 1u << BM_END_HALF : choices;
    if (last->right > 0 && style->line_end == BM_LINE_END_HALF)
        choices = 1u << BM_END_HALF;
    else if (last->right > 0 && style->line_end == BM_LINE_END_EITHER)
        choices |= 1u << BM_END_HALF;
    if (may_hang (shaped, style, first, end))
        choices |= 1u << BM_END_HANG;
    return choices;
}

/* Take what is needed from a step's range; returns the fraction used. */
static double
use (double *need, double range)
{
    if (range <= EPSILON || *need <= EPSILON)
        return 0;
    double used = MIN (*need, range);
    *need -= used;
    return used / range;
}

static bool
shrink (const BmShaped *shaped, const BmStyle *style, int first, int end, double need, Moves *moves)
{
    const BmSums *a = &shaped->sums[first], *b = &shaped->sums[end - 1];

    moves->words = use (&need, (double) (b->words - a->words) * WORD_SHRINK);
    moves->brackets = use (&need, (double) (b->bracket - a->bracket));
    moves->commas = use (&need, (double) (b->comma - a->comma));
    moves->spaces = use (&need, (double) (b->spaces - a->spaces) * (style->space - style->space_min));
    moves->stops = use (&need, (double) (b->stop - a->stop));
    return need <= EPSILON;
}

static double
shrink_cost (const Moves *moves)
{
    return 0.5 * moves->brackets * moves->brackets + 0.8 * moves->commas * moves->commas +
           0.6 * moves->spaces * moves->spaces + 1.5 * moves->stops * moves->stops + 0.2 * moves->words * moves->words;
}

/* Returns what could not be stretched: nothing on the line gives. */
static double
stretch (const BmShaped *shaped, const BmStyle *style, int first, int end, double need, Moves *moves)
{
    const BmSums *a = &shaped->sums[first], *b = &shaped->sums[end - 1];
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
    double units = moves->gap / GAP_UNIT, cost = units * units + 0.5 * moves->stretch_spaces * moves->stretch_spaces;

    return moves->gap > GAP_LIMIT ? cost + 100 * moves->gap / GAP_LIMIT : cost;
}

#define RAGGED_UNDER 8.0 /* em; §8.6: captions narrower than this */

bool
bm_is_ragged (const BmShaped *shaped, double room)
{
    return shaped->kind == BM_TEXT_BYLINE || (shaped->kind == BM_TEXT_CAPTION && room < RAGGED_UNDER);
}

/* One choice of the mark at the end; false if it does not fit. A ragged line costs the square of the em it is short by. */
static bool
cost_end (const BmShaped *shaped, const BmStyle *style, int first, int end, double spare, bool closes, bool ragged, BmLineCost *cost)
{
    Moves moves = { 0 };

    cost->cost = cost->gap = 0;
    if (fabs (spare) < EPSILON || (closes && spare > 0))
        return true;
    if (spare < 0) {
        if (!style->shrink || !shrink (shaped, style, first, end, -spare, &moves))
            return false;
        cost->cost = shrink_cost (&moves);
        return true;
    }
    if (ragged) {
        cost->cost = spare * spare;
        return true;
    }
    double left = stretch (shaped, style, first, end, spare, &moves);
    cost->cost = stretch_cost (&moves) + (left > 0 ? BM_NO_JOINT_COST * (1 + left) : 0);
    cost->gap = moves.gap;
    return true;
}

#define HANG_COST 0.05 /* a mark outside only where it helps */

bool
bm_cost_line (const BmShaped *shaped, const BmStyle *style, int first, int end, bool opens, bool closes, double room,
              BmLineCost *best)
{
    static const BmEnd order[] = { BM_END_HALF, BM_END_FULL, BM_END_HANG }; /* a tie takes ½ (§8.2) */
    bool found = false, ragged = bm_is_ragged (shaped, room);

    bm_trim_blanks (shaped, &first, &end);
    if (first >= end)
        return false;
    double natural = natural_width (shaped, style, first, end, opens, closes);
    unsigned choices = end_choices (shaped, style, first, end);
    /* A paragraph's last line keeps its mark whole when it fits. */
    if (closes && (choices & 1u << BM_END_FULL) != 0 && natural <= room + EPSILON)
        choices = 1u << BM_END_FULL;
    for (size_t i = 0; i < G_N_ELEMENTS (order); i++) {
        BmLineCost cost = { .mark_end = order[i] };

        if ((choices & 1u << order[i]) == 0)
            continue;
        double width = natural - end_trim (shaped, end, order[i]);
        if (!cost_end (shaped, style, first, end, room - width, closes, ragged, &cost))
            continue;
        cost.width = width;
        cost.cost += order[i] == BM_END_HANG ? HANG_COST : 0;
        if (!found || cost.cost < best->cost - 1e-9)
            *best = cost;
        found = true;
    }
    return found;
}

double
bm_least_width (const BmShaped *shaped, const BmStyle *style, int first, int end, bool opens)
{
    bm_trim_blanks (shaped, &first, &end);
    if (first >= end)
        return 0;
    const BmSums *a = &shaped->sums[first], *b = &shaped->sums[end - 1];
    double width = natural_width (shaped, style, first, end, opens, true);
    unsigned choices = end_choices (shaped, style, first, end);
    BmEnd mark_end = (choices & 1u << BM_END_HANG) != 0   ? BM_END_HANG
                     : (choices & 1u << BM_END_HALF) != 0 ? BM_END_HALF
                                                          : BM_END_FULL;
    width -= end_trim (shaped, end, mark_end);
    if (style->shrink)
        width -= (double) (b->bracket - a->bracket) + (double) (b->comma - a->comma) + (double) (b->stop - a->stop) +
                 (double) (b->words - a->words) * WORD_SHRINK +
                 (double) (b->spaces - a->spaces) * (style->space - style->space_min);
    return width;
}

/* ---- laying out ---- */

static double
glue_moved (BmClass class, const Moves *moves)
{
    switch (class) {
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

    *left = i == first ? start : cell[-1].trims_left ? (double) cell->left : move * (double) cell->left;
    *right = i == end - 1 ? stop : cell->trims_right ? (double) cell->right : move * (double) cell->right;
}

static double
blank_width (const BmStyle *style, const BmCellData *cell, const Moves *moves)
{
    double width = (double) cell->width;

    if (cell->class != BM_CLASS_SP)
        return width;
    if (cell->space > 0)
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
    if (cell->open)
        gap += moves->gap;
    return gap;
}

static Moves
find_moves (const BmShaped *shaped, const BmStyle *style, int first, int end, double spare, bool closes)
{
    Moves moves = { 0 };

    if (spare < -EPSILON)
        shrink (shaped, style, first, end, -spare, &moves);
    else if (spare > EPSILON && !closes)
        stretch (shaped, style, first, end, spare, &moves);
    return moves;
}

void
bm_lay_line (const BmShaped *shaped, const BmStyle *style, int first, int end, double indent, double room, BmEnd mark_end,
             bool closes, GArray *cells, BmLine *line)
{
    bool opens = line->first;

    bm_trim_blanks (shaped, &first, &end);
    line->first_cell = (int) cells->len;
    line->width = indent;
    if (first >= end)
        return;
    double start = start_trim (shaped, style, first, opens), stop = end_trim (shaped, end, mark_end);
    double natural = natural_width (shaped, style, first, end, opens, closes) - stop;
    Moves moves = find_moves (shaped, style, first, end, room - natural, closes || bm_is_ragged (shaped, room));
    double x = indent;

    for (int i = first; i < end; i++) {
        const BmCellData *data = &shaped->cells[i];
        double left, right;

        lost_glue (shaped, i, first, end, start, mark_end == BM_END_HALF ? stop : 0, &moves, &left, &right);
        BmCell cell = { .start = data->start, .length = data->length, .x = x, .orient = (BmOrient) data->orient };
        cell.advance = blank_width (style, data, &moves) - left - right;
        cell.gap = i + 1 < end ? gap_after (style, data, &moves) : 0;
        if (i + 1 < end && shaped->kind == BM_TEXT_BYLINE && !data->trims_left && !data->trims_right && !data->is_space)
            cell.gap += (double) data->kern;
        x += cell.advance + cell.gap;
        g_array_append_val (cells, cell);
    }
    line->n_cells = end - first;
    line->start = shaped->cells[first].start;
    int stop_at = end;
    while (stop_at < shaped->n_cells && shaped->cells[stop_at].class == BM_CLASS_ZW)
        stop_at++; /* it has no width, but it is a character of this line */
    line->length = shaped->cells[stop_at - 1].start + shaped->cells[stop_at - 1].length - line->start;
    line->hyphen = hyphen_width (shaped, end, closes) > 0;
    line->width = x + (line->hyphen ? (double) shaped->hyphen_width : 0) - (mark_end == BM_END_HANG ? stop : 0);
    line->gap = moves.gap;
    gunichar last = bm_cell_last (shaped, &shaped->cells[end - 1]);
    line->ends_colon = last == 0xFF1A || last == ':';
}
