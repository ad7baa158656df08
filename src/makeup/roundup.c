/* roundup.c — the sizes a round-up can have. Its briefs are one text of rows; a column may begin with a brief, or inside one
 * with two lines at least on either side. What is spare in a column goes into the white over its heads: for every width,
 * number of columns and height, a small dynamic programme finds the breaks that cost least. It stands on a tint, or, which
 * saves a character of each column, on the page's own columns under a rule. */
#include "makeup/roundup.h"

#include <math.h>
#include <string.h>

#define NARROWEST 11  /* body cells */
#define WIDEST 24
#define LEAST_INNER 8 /* rows */
#define WANTED_GAP 1  /* row of white over a head, but for a column's first */
#define LEAST_GAP 1   /* without one it hangs on the text above */
#define MAX_GAP 2
#define UNLIKE 1.5    /* a column whose heads have one row here and two there */
#define TOGETHER 2    /* lines of a brief that stay with its head, or go on together */
#define CALM 3        /* lines there should be */
#define HEAD_FILL 0.97 /* of the measure: the face of a brief's head may be wider than that it was measured in */
#define HEAD_LEADING 0.96 /* size / pitch up to which a line of a head takes one row */
#define MAX_FOOT 1    /* rows of white at a column's foot */
#define PLAIN_COST 0.8 /* of one without tint, … */
#define TIGHT_COST 1.5 /* … with its text close under the label */

struct RoundUp {
    GPtrArray *texts; /* RoundText, by measure */
    int *costs, *from; /* of the dynamic programme */
    int n_states;
};

bool
bm_may_run_on (const Story *story)
{
    return story->n_photos == 0 && !story->boxed && story->kicker == NULL && story->subhead == NULL && story->main != NULL &&
           story->n_parts > 0 && story->item->measure == 0 && story->wished_columns == 0;
}

/* ---- the briefs as rows ---- */

/* Lines of the head at the size of the role; 0: it has no way to stand. */
static int
head_lines (Maker *maker, Story *story, double width)
{
    double size = maker->layout->roles[BM_ROLE_HEAD_BRIEF].size;

    for (int n = 1; n <= BM_MAX_HEAD_LINES; n++) {
        const BmHeadline *broken = bm_head_break (maker, story, n);

        if (broken != NULL && broken->max_width * size <= HEAD_FILL * width)
            return n;
    }
    return 0;
}

static int
head_rows (const Maker *maker, int lines)
{
    double size = maker->layout->roles[BM_ROLE_HEAD_BRIEF].size;

    return size <= HEAD_LEADING * maker->grid.pitch ? lines : (int) ceil (lines * size * 1.2 / maker->grid.pitch);
}

/* What it costs to begin a column with an atom of a text: a line or two alone read badly, a paragraph's last worst. */
static int
break_cost (const Flow *flow, int atom, int before, int after)
{
    if (before < TOGETHER || after < TOGETHER || flow->atoms[atom - 1].keep)
        return BM_NO_WAY;
    return BM_COST (0.15 + 0.2 * (before < CALM) + 0.2 * (after < CALM) + 0.5 * flow->atoms[atom].stub);
}

static void
add_brief (const Flow *flow, int member, int rows, GArray *units)
{
    RoundUnit unit = { .member = member, .rows = rows, .head = true };
    int before = 0, after = flow->n_rows;

    g_array_append_val (units, unit);
    for (int i = 0; i < flow->n_atoms; i++) {
        unit = (RoundUnit){ .member = member, .rows = flow->atoms[i].rows };
        unit.break_cost = i == 0 ? BM_NO_WAY : break_cost (flow, i, before, after);
        before += i < flow->byline_atoms ? 0 : unit.rows;
        after -= unit.rows;
        g_array_append_val (units, unit);
    }
}

static void
sum_up (Maker *maker, RoundText *text)
{
    text->rows = bm_arena_new0 (maker->arena, int, text->n_units + 1);
    text->heads = bm_arena_new0 (maker->arena, int, text->n_units + 1);
    for (int i = 0; i < text->n_units; i++) {
        text->rows[i + 1] = text->rows[i] + text->units[i].rows;
        text->heads[i + 1] = text->heads[i] + text->units[i].head;
    }
}

static RoundText *
make_text (Maker *maker, const Cluster *cluster, int measure)
{
    RoundText *text = bm_arena_new0 (maker->arena, RoundText, 1);
    GArray *units = g_array_new (FALSE, TRUE, sizeof (RoundUnit));

    text->measure = measure;
    text->fits = true;
    for (int i = 0; i < cluster->n_members && text->fits; i++) {
        text->head_lines[i] = head_lines (maker, cluster->members[i], measure * maker->grid.body);
        text->fits = text->head_lines[i] > 0;
        add_brief (bm_flow_of (maker, cluster->members[i], measure), i, head_rows (maker, text->head_lines[i]), units);
    }
    text->n_units = (int) units->len;
    text->units = bm_arena_copy (maker->arena, units->data, units->len, sizeof (RoundUnit));
    g_array_free (units, TRUE);
    sum_up (maker, text);
    return text;
}

static struct RoundUp *
round_up_of (Maker *maker, const Cluster *cluster)
{
    struct RoundUp *round_up = cluster->round_up;

    if (round_up->texts == NULL) {
        round_up->texts = g_ptr_array_new ();
        bm_arena_own (maker->arena, round_up->texts, (void (*) (void *)) g_ptr_array_unref);
    }
    return round_up;
}

static RoundText *
text_of (Maker *maker, const Cluster *cluster, int measure)
{
    struct RoundUp *round_up = round_up_of (maker, cluster);

    for (guint i = 0; i < round_up->texts->len; i++) {
        RoundText *known = round_up->texts->pdata[i];
        if (known->measure == measure)
            return known;
    }
    RoundText *text = make_text (maker, cluster, measure);
    g_ptr_array_add (round_up->texts, text);
    return text;
}

/* ---- level columns ---- */

/* The heads that have white over them: all but a column's first. */
static int
count_gaps (const RoundText *text, int first, int end)
{
    return text->heads[end] - text->heads[first] - (text->units[first].head ? 1 : 0);
}

static int
rows_in (const RoundText *text, int first, int end)
{
    return text->rows[end] - text->rows[first];
}

void
bm_round_gaps (const RoundText *text, int first, int end, int inner, int *gaps)
{
    int n = count_gaps (text, first, end), spare = MIN (inner - rows_in (text, first, end), MAX_GAP * n);

    for (int i = 0; i < n; i++)
        gaps[i] = spare / n + (i < spare % n);
}

static int
gap_cost (int gap)
{
    return BM_COST (0.2) * (gap - WANTED_GAP) * (gap - WANTED_GAP);
}

/* What a column costs that has so many rows to spare; BM_NO_WAY: it cannot be made level. */
static int
spare_cost (int spare, int gaps)
{
    int foot = MAX (0, spare - MAX_GAP * gaps), each = gaps == 0 ? 0 : (spare - foot) / gaps, more = spare - foot - each * gaps;

    if (spare < gaps * LEAST_GAP || foot > MAX_FOOT)
        return BM_NO_WAY;
    /* Squares, so that the columns share the white alike; and some heads of a column with less than the others look like an
     * oversight. */
    return (gaps - more) * gap_cost (each) + more * gap_cost (each + 1) + BM_COST (0.8) * foot + (more > 0 ? BM_COST (UNLIKE) : 0);
}

typedef struct {
    const RoundText *text;
    int n_columns, inner;
    int *costs, *from; /* [column × (units + 1) + unit]: of all columns before */
} Levelling;

static int *
cost_at (const Levelling *levelling, int column, int unit)
{
    return &levelling->costs[column * (levelling->text->n_units + 1) + unit];
}

/* Can the columns from `column` on hold the units from `unit` on, white counted? */
static bool
rest_plausible (const Levelling *levelling, int column, int unit)
{
    const RoundText *text = levelling->text;
    int n = text->n_units, room = (levelling->n_columns - column) * levelling->inner, rows = text->rows[n] - text->rows[unit];

    return rows <= room && rows + MAX_GAP * (text->heads[n] - text->heads[unit]) + MAX_FOOT * (levelling->n_columns - column) >= room;
}

/* Every end of a column that begins with `first`, from the last one that has room down: the white grows with each. */
static void
fill_column (const Levelling *levelling, int column, int first, int last_end)
{
    const RoundText *text = levelling->text;
    int so_far = *cost_at (levelling, column, first);

    for (int end = last_end; end > first; end--) {
        int begin = end == text->n_units ? 0 : text->units[end].break_cost;
        int gaps = count_gaps (text, first, end), rows = levelling->inner - rows_in (text, first, end), spare = spare_cost (rows, gaps);

        if (rows < LEAST_GAP * gaps)
            continue;
        if (spare >= BM_NO_WAY)
            break;
        if (begin >= BM_NO_WAY || !rest_plausible (levelling, column + 1, end))
            continue;
        int cost = so_far + begin + spare, *known = cost_at (levelling, column + 1, end);
        if (cost < *known) {
            *known = cost;
            levelling->from[known - levelling->costs] = first;
        }
    }
}

static bool
level_columns (const Levelling *levelling, RoundFit *fit)
{
    const RoundText *text = levelling->text;
    int n = text->n_units, low = 0, high = 0;

    *cost_at (levelling, 0, 0) = 0;
    for (int column = 0; column < levelling->n_columns; column++) {
        int next_low = n + 1, next_high = -1, reach = MIN (n, high + levelling->inner), end = low;

        for (int unit = low; unit <= reach; unit++)
            *cost_at (levelling, column + 1, unit) = BM_NO_WAY;
        for (int unit = low; unit <= high; unit++) {
            if (*cost_at (levelling, column, unit) >= BM_NO_WAY || unit == n)
                continue;
            for (end = MAX (end, unit); end < n && rows_in (text, unit, end + 1) <= levelling->inner; end++)
                continue;
            fill_column (levelling, column, unit, end);
        }
        for (int unit = low; unit <= reach; unit++)
            if (*cost_at (levelling, column + 1, unit) < BM_NO_WAY) {
                next_low = MIN (next_low, unit);
                next_high = unit;
            }
        low = next_low;
        high = next_high;
    }
    if (high < n)
        return false;
    fit->cost = *cost_at (levelling, levelling->n_columns, n);
    fit->first[levelling->n_columns] = n;
    for (int column = levelling->n_columns; column > 0; column--)
        fit->first[column - 1] = levelling->from[cost_at (levelling, column, fit->first[column]) - levelling->costs];
    return true;
}

static void
open_levelling (Maker *maker, const Cluster *cluster, Levelling *levelling)
{
    struct RoundUp *round_up = round_up_of (maker, cluster);
    int n = (levelling->n_columns + 1) * (levelling->text->n_units + 1);

    if (round_up->n_states < n) {
        round_up->costs = bm_arena_new0 (maker->arena, int, n);
        round_up->from = bm_arena_new0 (maker->arena, int, n);
        round_up->n_states = n;
    }
    levelling->costs = round_up->costs;
    levelling->from = round_up->from;
}

/* ---- sizes ---- */

double
bm_round_padding (const Maker *maker, bool tinted)
{
    return tinted ? maker->layout->box_padding * maker->grid.body : 0;
}

static int
measure_in (const Maker *maker, int w, int n_columns, bool tinted)
{
    int width = (int) floor ((bm_span_width (maker, w) - 2 * bm_round_padding (maker, tinted)) / maker->grid.body + 1e-6);

    return !tinted && n_columns == w ? maker->grid.cells_per_column : (width - (n_columns - 1) * maker->layout->gutter_cells) / n_columns;
}

/* A label in the paper's colour stands on a bar that leaves no row to save. */
static bool
may_be_tight (const Maker *maker)
{
    return g_strcmp0 (maker->layout->roles[BM_ROLE_LABEL].ink, "paper") != 0;
}

/* Could the briefs fill columns of so many rows? Their white is between its least and its most. */
static bool
rows_plausible (const RoundText *text, int n_columns, int inner)
{
    int n = text->n_units, rows = text->rows[n], gaps = text->heads[n];

    return inner * n_columns >= rows && inner * n_columns <= rows + MAX_GAP * gaps + MAX_FOOT * n_columns;
}

static bool
fit_in_columns (Maker *maker, const Cluster *cluster, int w, RoundFit *fit)
{
    int measure = measure_in (maker, w, fit->n_columns, fit->tinted), n_columns = fit->n_columns, inner = fit->inner;

    if (measure < NARROWEST || measure > MAX (WIDEST, maker->grid.cells_per_column))
        return false;
    fit->text = text_of (maker, cluster, measure);
    if (!fit->text->fits || !rows_plausible (fit->text, n_columns, inner))
        return false;
    Levelling levelling = { .text = fit->text, .n_columns = n_columns, .inner = inner };
    open_levelling (maker, cluster, &levelling);
    if (!level_columns (&levelling, fit))
        return false;
    /* A measure near the page's own is calm; columns of the page's own number calmer. */
    fit->cost += BM_COST (0.12) * ABS (measure - (maker->grid.cells_per_column - fit->tinted)) + BM_COST (0.5) * (n_columns != w);
    return true;
}

bool
bm_round_up_fit (Maker *maker, const Cluster *cluster, int w, int h, RoundFit *best)
{
    const struct {
        bool tinted;
        int label, cost;
    } forms[] = { { true, BM_LABEL_ROWS, 0 }, { false, BM_LABEL_ROWS, BM_COST (PLAIN_COST) },
                  { false, BM_LABEL_ROWS - 1, BM_COST (PLAIN_COST + TIGHT_COST) } };

    best->cost = BM_NO_WAY;
    for (size_t i = 0; i < G_N_ELEMENTS (forms) - !may_be_tight (maker); i++) {
        int inner = h - maker->separator - forms[i].label - (forms[i].tinted ? BM_FOOT_ROWS : 0);

        for (int n = MAX (1, w - 1); inner >= LEAST_INNER && n <= MIN (w + 1, BM_MAX_RUNS); n++) {
            RoundFit fit = { .tinted = forms[i].tinted, .label = forms[i].label, .inner = inner, .n_columns = n };

            if (!fit_in_columns (maker, cluster, w, &fit) || fit.cost + forms[i].cost >= best->cost)
                continue;
            *best = fit;
            best->cost += forms[i].cost;
        }
    }
    return best->cost < BM_NO_WAY;
}

void
bm_round_up_shapes (Maker *maker, Leaf *leaf)
{
    int rows = maker->region + maker->separator;

    leaf->cluster.round_up = bm_arena_new0 (maker->arena, struct RoundUp, 1);
    for (int w = 1; w <= maker->grid.columns; w++)
        for (int h = BM_LABEL_ROWS + LEAST_INNER; h <= rows; h++) {
            RoundFit fit;
            int at = w * (rows + 1) + h;

            if (!bm_round_up_fit (maker, &leaf->cluster, w, h, &fit))
                continue;
            leaf->cost[at] = fit.cost + bm_container_cost (maker, w, h);
            leaf->top[at] = TOP_BOXED;
        }
}
