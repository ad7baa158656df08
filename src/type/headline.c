/* headline.c — breaking headlines by sense and balance (cjk-composition.md §11), and spreading one line (撑满).
 *
 * Which joints lie inside a word was settled when the text was shaped (joints.c). Here the best division into a
 * given number of lines is found by dynamic programming over the joints that remain. The result is in em and does
 * not depend on the size, so that make-up can try every step of the ladder on one division. */
#include "type/type-private.h"

#include <math.h>
#include <string.h>

#define MAX_HEAD_LINES 8
#define SHORT_LINE 3.0 /* characters */
#define PASSED_BLANK 60.0 /* em²: a blank of the writer's stands inside a line while the head is broken elsewhere */

typedef struct {
    const BmShaped *shaped;
    const BmStyle *style;
    int n_lines;
    double mean;
    bool open_units; /* words may be parted: nothing else is left */
    BmSums *sums;
    BmEdge *edges;   /* before each cell, and behind the last */
} Division;

static void
set_edges (Division *division)
{
    int n = division->shaped->n_cells;

    division->sums = bm_sums_new (division->shaped, division->style);
    division->edges = g_new (BmEdge, (gsize) n + 1);
    for (int at = 0; at <= n; at++)
        bm_edge_set (division->shaped, division->style, division->sums, at, true, true, &division->edges[at]);
}

/* A part that runs from `first` to `end` on one line. */
static BmLineCost
part (const Division *division, int first, int end)
{
    BmLineCost line = { 0 };

    bm_cost_line (division->style, &division->edges[first], &division->edges[end], BM_LINE_CLOSES, 1e6, &line);
    return line;
}

static bool
may_divide (const Division *division, int at)
{
    const BmCellData *cell = &division->shaped->cells[at - 1];

    return cell->may_break && (!cell->joined || division->open_units);
}

/* §11.3, in em²; a wanted break is worth 4 and more, since the writer asked for it. */
static double
break_cost (const Division *division, int at)
{
    const BmCellData *cell = &division->shaped->cells[at - 1];
    BmClass class = (BmClass) cell->class;
    double cost = cell->joined ? 25 : 0;

    if (cell->wanted)
        return cell->class == BM_CLASS_HARD ? -16 : -8;
    if (class == BM_CLASS_CM || class == BM_CLASS_DASH)
        cost -= 4;
    return cost;
}

static bool
is_wanted (const Division *division, int at)
{
    return at > 0 && at < division->shaped->n_cells && division->shaped->cells[at - 1].wanted;
}

/* The writer's own break stands inside the line, where there is nothing to be seen of it. */
static bool
runs_over_break (const Division *division, int first, int end)
{
    for (int i = first; i + 1 < end; i++)
        if (division->shaped->cells[i].class == BM_CLASS_HARD)
            return true;
    return false;
}

static int
blanks_inside (const Division *division, int first, int end)
{
    int n = 0;

    for (int i = first; division->n_lines > 1 && i + 1 < end; i++)
        n += division->shaped->cells[i].wanted;
    return n;
}

/* A short line is forgiven where the writer's own blank makes it: 招聘 | 保洁与护理. */
static double
line_cost (const Division *division, int first, int end)
{
    double width = part (division, first, end).width, off = width - division->mean;
    bool is_short = width < SHORT_LINE && !is_wanted (division, end < division->shaped->n_cells ? end : first);

    return off * off + (is_short ? 9 : 0) + PASSED_BLANK * blanks_inside (division, first, end) + (end < division->shaped->n_cells ? break_cost (division, end) : 0);
}

typedef struct {
    double cost;
    int from;
} Step;

/* Cheapest division; ends[0 … n−1] are the cells before each break. False if there is none. */
static bool
divide (const Division *division, int *ends)
{
    int n = division->shaped->n_cells;
    Step *steps = g_new (Step, (gsize) (division->n_lines + 1) * (gsize) (n + 1));

    for (int i = 0; i < (division->n_lines + 1) * (n + 1); i++)
        steps[i] = (Step){ INFINITY, -1 };
    steps[0].cost = 0;
    for (int line = 1; line <= division->n_lines; line++)
        for (int end = 1; end <= n; end++) {
            Step *step = &steps[line * (n + 1) + end];

            if (line == division->n_lines ? end != n : end == n || !may_divide (division, end))
                continue;
            for (int first = 0; first < end; first++) {
                const Step *before = &steps[(line - 1) * (n + 1) + first];
                double cost = before->cost < INFINITY ? before->cost + line_cost (division, first, end) : INFINITY;

                if (cost < step->cost - 1e-9 && !runs_over_break (division, first, end))
                    *step = (Step){ cost, first };
            }
        }
    int end = n;
    bool found = steps[division->n_lines * (n + 1) + n].cost < INFINITY;
    for (int line = division->n_lines; found && line >= 1; line--) {
        ends[line - 1] = end;
        end = steps[line * (n + 1) + end].from;
    }
    g_free (steps);
    return found;
}

/* §11.3 beyond the lines' own costs: two lines, the first shorter by more than 1 em. */
static double
order_cost (const double *widths, int n)
{
    return n == 2 && widths[0] < widths[1] - 1 ? 4 : 0;
}

static BmHeadline *
lay_out (BmArena *arena, const Division *division, const int *ends)
{
    BmHeadline *headline = bm_arena_new0 (arena, BmHeadline, 1);
    BmGalley *galley = bm_arena_new0 (arena, BmGalley, 1);
    double widths[MAX_HEAD_LINES];
    int first = 0, n = division->n_lines;

    galley->shaped = division->shaped;
    galley->n_lines = headline->n_lines = n;
    galley->lines = bm_arena_new0 (arena, BmLine, n);
    galley->cells = bm_arena_new0 (arena, BmCell, division->shaped->n_cells);
    headline->galley = galley;
    headline->min_width = INFINITY;
    for (int i = 0; i < n; i++) {
        BmLine *line = &galley->lines[i];

        line->first_cell = galley->n_cells;
        line->first = i == 0;
        line->last = i == n - 1;
        bm_lay_line (division->shaped, division->style, division->sums, first, ends[i], 0, 1e6, part (division, first, ends[i]).mark_end, true,
                     &galley->cells[galley->n_cells], line);
        galley->n_cells += line->n_cells;
        widths[i] = line->width;
        headline->max_width = MAX (headline->max_width, line->width);
        headline->min_width = MIN (headline->min_width, line->width);
        headline->cost += line_cost (division, first, ends[i]);
        if (ends[i] < division->shaped->n_cells && division->shaped->cells[ends[i] - 1].joined)
            headline->parts_a_unit = true;
        first = ends[i];
    }
    headline->cost += order_cost (widths, n);
    return headline;
}

BmHeadline *
bm_headline_break (BmArena *arena, const BmShaped *shaped, const BmStyle *style, int n_lines)
{
    int ends[MAX_HEAD_LINES];
    Division division = { .shaped = shaped, .style = style, .n_lines = n_lines };

    if (n_lines < 1 || n_lines > MAX_HEAD_LINES || shaped->n_cells < n_lines)
        return NULL;
    set_edges (&division);
    division.mean = part (&division, 0, shaped->n_cells).width / n_lines;
    bool found = divide (&division, ends);
    if (!found) {
        division.open_units = true;
        found = divide (&division, ends);
    }
    BmHeadline *headline = found ? lay_out (arena, &division, ends) : NULL;
    g_free (division.sums);
    g_free (division.edges);
    return headline;
}

/* §11.6: the blank is shared by all joints, a blank of the text counting double; none outside the ends. */
BmGalley *
bm_headline_fill (BmArena *arena, const BmShaped *shaped, const BmStyle *style, double width)
{
    BmHeadline *headline = bm_headline_break (arena, shaped, style, 1);

    if (headline == NULL || headline->galley->n_cells < 2)
        return NULL;
    BmGalley *galley = headline->galley;
    double joints = 0, spare = width - headline->max_width;
    for (int i = 0; i + 1 < galley->n_cells; i++)
        joints += g_utf8_get_char (shaped->text + galley->cells[i].start) == ' ' ? 2 : 1;
    double gap = spare / joints;
    if (spare < 0 || gap > 1.0)
        return NULL;
    double shift = 0;
    for (int i = 0; i < galley->n_cells; i++) {
        BmCell *cell = &galley->cells[i];
        double share = g_utf8_get_char (shaped->text + cell->start) == ' ' ? 2 * gap : gap;

        cell->x += shift;
        if (i + 1 < galley->n_cells) {
            cell->gap += share;
            shift += share;
        }
    }
    galley->lines[0].width += shift;
    galley->lines[0].gap = galley->worst_gap = gap;
    return galley;
}

/* ---- the page's own words (§11.2 b) ---- */

static bool
is_han (gunichar c)
{
    return bm_class_of (c) == BM_CLASS_HAN;
}

/* Does a word of the lexicon end, or begin, at this place of the headline? */
static bool
word_meets (const GPtrArray *words, guint n_words, const char *headline, const char *at, bool ends)
{
    for (guint i = 0; i < n_words; i++) {
        const char *word = words->pdata[i];
        size_t length = strlen (word);

        if (ends ? (size_t) (at - headline) >= length && memcmp (at - length, word, length) == 0
                 : strncmp (at, word, length) == 0)
            return true;
    }
    return false;
}

/* Two adjacent characters that occur together at least twice in the bodies are not parted, unless one word of the
 * lexicon ends and another begins between them: 班子 | 党建 stand together often and are still two words. */
static void
add_pairs (BmArena *arena, GPtrArray *words, const char *headline, const BmPairs *pairs)
{
    guint n_known = words->len;

    for (const char *p = headline; *p != '\0'; p = g_utf8_next_char (p)) {
        const char *second = g_utf8_next_char (p);

        if (*second == '\0' || !is_han (g_utf8_get_char (p)) || !is_han (g_utf8_get_char (second)))
            continue;
        int n = bm_pairs_count (pairs, g_utf8_get_char (p), g_utf8_get_char (second));
        if (n < 2 || (word_meets (words, n_known, headline, second, true) && word_meets (words, n_known, headline, second, false)))
            continue;
        g_ptr_array_add (words, bm_arena_printf (arena, "%.*s\t%d", (int) (g_utf8_next_char (second) - p), p, MIN (n, 999)));
    }
}

const char **
bm_words_of (BmArena *arena, const char *headline, const BmPairs *pairs, int *n_words)
{
    GPtrArray *words = g_ptr_array_new ();

    bm_lexicon_words (arena, words, headline);
    if (pairs != NULL)
        add_pairs (arena, words, headline, pairs);
    *n_words = (int) words->len;
    g_ptr_array_add (words, NULL);
    const char **list = bm_arena_copy (arena, words->pdata, words->len, sizeof (gpointer));
    g_ptr_array_free (words, TRUE);
    return list;
}
