/* flow.c — a story's text as rows of one measure, and how it is poured into columns.
 *
 * The galley is composed whole at a measure; pictures take whole columns × whole rows away, never part of a line, so
 * that cutting it into columns never changes a line (page-makeup.md §4). What is left over is absorbed by the byline's
 * gap, by one paragraph set a line longer or shorter, by the row over a crosshead, and by the tail. */
#include "makeup/makeup-private.h"

#include <math.h>
#include <string.h>

#define MENU 8
#define MAX_GAP 1          /* empty rows after a byline */
#define LEAST_MENU_COST BM_COST (0.25)
#define MIN_MENU_LINES 4   /* a shorter paragraph shows the change */
#define RUN_OVER 2.0       /* em: what a new last line holds at least */
#define MOST_OPENED 4      /* crossheads with a row more */
#define KEEP_AFTER 2       /* lines under a crosshead in its column; style.md §7 asks 3 where it can be had */

/* ---- rows ---- */

static int
quote_rows (const Maker *maker, const Part *part, int lines)
{
    const BmRole *role = &maker->layout->roles[part->role];
    double height = lines * role->leading * role->size + role->size;

    return (int) ceil (height / maker->grid.pitch) + 1;
}

static int
table_row_rows (const Maker *maker, const Part *part, int measure)
{
    const BmRole *role = &maker->layout->roles[part->role];
    double em = (measure - (part->n_cells - 1)) * maker->layout->body / role->size / MAX (part->n_cells, 1);
    int rows = 1;

    for (int i = 0; i < part->n_cells; i++)
        if (part->cells[i] != NULL)
            rows = MAX (rows, bm_count_lines (part->cells[i], &maker->layout->style, MAX (em, 1), 0));
    return rows;
}

#define STUB 0.25 /* of the measure */

/* Does the paragraph end in a line of a word or two? */
static bool
ends_in_stub (const Maker *maker, const Part *part, int measure)
{
    double em = bm_role_em (maker, part, measure) + 1e-6;

    return bm_last_width (part->shaped, &maker->layout->style, em, part->indent) < STUB * em;
}

static void
add_lines (const Maker *maker, const Part *part, int number, int measure, int n, GArray *atoms)
{
    bool stub = part->kind == PART_PARAGRAPH && n > 1 && ends_in_stub (maker, part, measure);

    for (int i = 0; i < n; i++) {
        Atom atom = { .part = number, .line = i, .rows = 1, .stub = stub && i == n - 1 };
        g_array_append_val (atoms, atom);
    }
}

static void
add_part_atoms (const Maker *maker, const Part *part, int number, int measure, GArray *atoms)
{
    int lines = bm_part_lines (maker, part, measure);
    Atom block = { .part = number };

    switch (part->kind) {
    case PART_CROSSHEAD:
        block.rows = lines + 1;
        block.keep = true;
        break;
    case PART_PULLQUOTE:
        block.rows = quote_rows (maker, part, lines);
        break;
    case PART_ROW:
        block.rows = table_row_rows (maker, part, measure);
        break;
    default:
        add_lines (maker, part, number, measure, lines, atoms);
        return;
    }
    g_array_append_val (atoms, block);
}

/* ---- the line menu: a paragraph that may take a line more or less (cjk-composition.md §8.5) ---- */

static void
ask_menu (const Maker *maker, const Story *story, Flow *flow, int number)
{
    const Part *part = &story->parts[number];
    BmChoice menu[MENU];
    double em = bm_role_em (maker, part, flow->measure) + 1e-6;
    int n = bm_line_menu (part->shaped, &maker->layout->style, em, part->indent, BM_WORST_GAP, menu, MENU);
    int lines = bm_part_lines (maker, part, flow->measure);

    for (int i = 0; i < n; i++) {
        int cost = LEAST_MENU_COST + BM_COST (2 * menu[i].worst_gap);

        if (menu[i].n_lines == lines + 1 && (flow->looser < 0 || cost < flow->loose_cost)) {
            flow->looser = number;
            flow->loose_cost = cost;
        }
        if (menu[i].n_lines == lines - 1 && (flow->tighter < 0 || cost < flow->tight_cost)) {
            flow->tighter = number;
            flow->tight_cost = cost;
        }
    }
}

/* Two paragraphs are asked: the one whose last line is, for its length, the most easily filled up and run over, and the one
 * whose last line is the most easily taken back. */
static void
find_levers (const Maker *maker, const Story *story, Flow *flow)
{
    int loosest = -1, tightest = -1;
    double least_spread = INFINITY, least_pull = INFINITY;

    flow->asked = true;
    for (int i = 0; i < story->n_parts; i++) {
        const Part *part = &story->parts[i];
        int lines = part->kind == PART_PARAGRAPH ? bm_part_lines (maker, part, flow->measure) : 0;

        if (lines < MIN_MENU_LINES)
            continue;
        double em = bm_role_em (maker, part, flow->measure) + 1e-6;
        double last = bm_last_width (part->shaped, &maker->layout->style, em, part->indent);
        double spread = (em - last + RUN_OVER) / lines, pull = last / (lines - 1);
        if (spread < least_spread) {
            least_spread = spread;
            loosest = i;
        }
        if (pull < least_pull) {
            least_pull = pull;
            tightest = i;
        }
    }
    flow->looser_atom = flow->tighter_atom = -1;
    if (loosest >= 0)
        ask_menu (maker, story, flow, loosest);
    if (tightest >= 0 && tightest != loosest)
        ask_menu (maker, story, flow, tightest);
    for (int i = flow->n_atoms - 1; i >= 0; i--) {
        flow->looser_atom = flow->atoms[i].part == flow->looser ? i : flow->looser_atom;
        flow->tighter_atom = flow->atoms[i].part == flow->tighter ? i : flow->tighter_atom;
    }
}

Flow *
bm_flow_of (Maker *maker, Story *story, int measure)
{
    if ((guint) measure < story->flows->len && story->flows->pdata[measure] != NULL)
        return story->flows->pdata[measure];
    Flow *flow = g_new0 (Flow, 1);
    GArray *atoms = g_array_new (FALSE, TRUE, sizeof (Atom));

    flow->measure = measure;
    for (int i = 0; i < story->n_parts; i++)
        add_part_atoms (maker, &story->parts[i], i, measure, atoms);
    flow->n_atoms = (int) atoms->len;
    for (int i = 0; i < flow->n_atoms; i++) {
        const Atom *atom = &g_array_index (atoms, Atom, i);

        flow->n_rows += atom->rows;
        flow->has_blocks = flow->has_blocks || atom->rows > 1 || atom->keep;
        if (story->parts[atom->part].kind == PART_BYLINE)
            flow->byline_atoms = i + 1;
    }
    flow->atoms = bm_arena_copy (maker->arena, atoms->data, atoms->len, sizeof (Atom));
    g_array_free (atoms, TRUE);
    flow->looser = flow->tighter = -1;
    flow->loose_cost = flow->tight_cost = LEAST_MENU_COST;
    flow->asked = story->item->measure > 0; /* its lines are to be what they were */
    g_ptr_array_set_size (story->flows, MAX ((int) story->flows->len, measure + 1));
    story->flows->pdata[measure] = flow;
    return flow;
}

bool
bm_flow_tightens (Maker *maker, Story *story, int measure)
{
    Flow *flow = bm_flow_of (maker, story, measure);

    if (!flow->asked)
        find_levers (maker, story, flow);
    return flow->tighter >= 0;
}

/* ---- rows told without composing ---- */

#define PACKED 0.94     /* of its natural width a text takes at least: closer marks and blanks save the rest, … */
#define SPREAD 1.01     /* … and at most, where words and marks that may not begin a line spread it */
#define LEAST_INDENT 1  /* em, where the style has its own by the measure: … */
#define MOST_INDENT 2

static double
natural_width (const Maker *maker, Part *part)
{
    if (part->natural <= 0 && part->shaped != NULL)
        part->natural = MAX (bm_natural_width (part->shaped, &maker->layout->style), 0.01);
    return part->natural;
}

/* Of a line or more: as many lines as its width fills, or one less. */
static int
rows_by_width (const Maker *maker, Part *part, int measure, double share, double indent)
{
    double em = bm_role_em (maker, part, measure), width = natural_width (maker, part) + (part->indent < 0 ? indent : part->indent);
    int lines = MAX (1, (int) ceil (share * width / em - 1e-6));

    switch (part->kind) {
    case PART_CROSSHEAD:
        return lines + 1;
    case PART_PULLQUOTE:
        return quote_rows (maker, part, lines);
    case PART_ROW:
        return table_row_rows (maker, part, measure);
    default:
        return lines;
    }
}

/* Of the whole story, by measure. */
typedef struct RowBounds {
    int least, most; /* 0: not told yet */
} RowBounds;

#define MOST_KNOWN 64 /* measures that are remembered */

static RowBounds
sum_bounds (const Maker *maker, Story *story, int measure)
{
    RowBounds bounds = { 0 };

    for (int i = 0; i < story->n_parts; i++) {
        bounds.least += rows_by_width (maker, &story->parts[i], measure, PACKED, LEAST_INDENT);
        bounds.most += rows_by_width (maker, &story->parts[i], measure, SPREAD, MOST_INDENT);
    }
    return bounds;
}

static RowBounds
bounds_of (const Maker *maker, Story *story, int measure)
{
    if (measure >= MOST_KNOWN)
        return sum_bounds (maker, story, measure);
    if (story->row_bounds == NULL)
        story->row_bounds = bm_arena_new0 (maker->arena, RowBounds, MOST_KNOWN);
    if (story->row_bounds[measure].most == 0)
        story->row_bounds[measure] = sum_bounds (maker, story, measure);
    return story->row_bounds[measure];
}

int
bm_rows_at_least (const Maker *maker, Story *story, int measure)
{
    return bounds_of (maker, story, measure).least;
}

int
bm_rows_at_most (const Maker *maker, Story *story, int measure)
{
    return bounds_of (maker, story, measure).most;
}

void
bm_body_heights (const Maker *maker, Story *story, int k, int measure, int *first, int *last)
{
    int least = bm_rows_at_least (maker, story, measure), most = bm_rows_at_most (maker, story, measure) + maker->slack.tail + 1, crossheads = 0;
    bool byline = false;

    for (int i = 0; i < story->n_parts; i++) {
        crossheads += story->parts[i].kind == PART_CROSSHEAD;
        byline = byline || story->parts[i].kind == PART_BYLINE;
    }
    *first = MAX (1, (least - 1 + k - 1) / k);
    *last = MIN (maker->region, (most + MIN (crossheads, MOST_OPENED) + (byline ? MAX_GAP : 0)) / k);
}

int
bm_flow_part_lines (const Maker *maker, const Flow *flow, const Story *story, const Levers *levers, int part)
{
    int lines = bm_part_lines (maker, &story->parts[part], flow->measure);

    if (levers->loose > 0 && part == flow->looser)
        return lines + 1;
    if (levers->loose < 0 && part == flow->tighter)
        return lines - 1;
    return lines;
}

/* ---- pouring ---- */

typedef struct {
    const int *room;
    int n_columns, column, left;
    int stubs; /* at a column's head */
} Pour;

static bool
pour_rows (Pour *pour, int rows, int follow)
{
    while (pour->left == 0 && pour->column + 1 < pour->n_columns)
        pour->left = pour->room[++pour->column];
    if (pour->left < rows || (follow > 0 && pour->left - rows < follow))
        return false;
    pour->left -= rows;
    return true;
}

static bool
is_at_head (const Pour *pour)
{
    return pour->left == 0 || (pour->column > 0 && pour->left == pour->room[pour->column]);
}

/* Blocks of several rows stand whole, and a crosshead keeps its lines: do all columns still end level? `*stubs` columns
 * begin with a paragraph's short last line. */
static bool
pour_flow (const Flow *flow, const Levers *levers, const int *room, int n_columns, int *stubs)
{
    Pour pour = { room, n_columns, 0, room[0], 0 };
    int crosshead = 0;

    for (int i = 0; i < flow->n_atoms; i++) {
        const Atom *atom = &flow->atoms[i];
        int rows = atom->rows, repeat = 1;

        if (atom->keep && (levers->opened >> MIN (crosshead, 7) & 1))
            rows++;
        crosshead += atom->keep;
        if (atom->part == flow->looser && levers->loose > 0 && atom->line == 0)
            repeat = 2;
        if (atom->part == flow->tighter && levers->loose < 0 && atom->line == 0)
            repeat = 0;
        /* A paragraph set a line longer or shorter has another last line. */
        bool lever = (levers->loose > 0 && atom->part == flow->looser) || (levers->loose < 0 && atom->part == flow->tighter);
        pour.stubs += atom->stub && !lever && is_at_head (&pour);
        for (int k = 0; k < repeat; k++)
            if (!pour_rows (&pour, rows, atom->keep ? KEEP_AFTER : 0))
                return false;
        if (i + 1 == flow->byline_atoms)
            for (int k = 0; k < levers->gap; k++)
                pour_rows (&pour, 1, 0);
    }
    *stubs = pour.stubs;
    return pour.column == pour.n_columns - 1 && pour.left == levers->tail;
}

/* Rows before an atom, where each is one. */
static int
rows_before (const Flow *flow, const Levers *levers, int atom)
{
    int lever = levers->loose > 0 ? flow->looser_atom : flow->tighter_atom;

    return atom + (atom >= flow->byline_atoms ? levers->gap : 0) + (levers->loose != 0 && atom > lever ? levers->loose : 0);
}

#define MOST_SHIFT 2 /* rows by which the byline's gap and a line more move what follows; a line less: 1 */

/* The same as pour_flow where every atom is a row: then it fits, and only those at the columns' heads are looked at. */
static int
count_stubs (const Flow *flow, const Levers *levers, const int *room, int n_columns)
{
    int lever = levers->loose > 0 ? flow->looser : levers->loose < 0 ? flow->tighter : -1, stubs = 0, rows = 0;

    for (int column = 1; column < n_columns; column++) {
        rows += room[column - 1];
        for (int i = MAX (0, rows - MOST_SHIFT); room[column] > 0 && i <= MIN (rows + 1, flow->n_atoms - 1); i++)
            stubs += flow->atoms[i].stub && flow->atoms[i].part != lever && rows_before (flow, levers, i) == rows;
    }
    return stubs;
}

static int
count_crossheads (const Flow *flow)
{
    int n = 0;

    for (int i = 0; i < flow->n_atoms; i++)
        n += flow->atoms[i].keep;
    return MIN (n, MOST_OPENED);
}

static int
wanted_gap (const Maker *maker, const Story *story)
{
    return story->rank == 1 ? maker->layout->lead_byline_rows : 0;
}

static int
gap_cost (const Maker *maker, const Story *story, int gap)
{
    int wanted = wanted_gap (maker, story);

    return (gap > wanted ? BM_COST (0.55) : BM_COST (0.5)) * ABS (gap - wanted);
}

static int
levers_cost (const Maker *maker, const Story *story, const Flow *flow, const Levers *levers)
{
    int cost = flow->byline_atoms > 0 ? gap_cost (maker, story, levers->gap) : 0;

    cost += levers->loose > 0 ? flow->loose_cost : levers->loose < 0 ? flow->tight_cost : 0;
    cost += BM_COST (0.5) * levers->tail;
    for (int bit = 0; bit < 8; bit++)
        cost += levers->opened >> bit & 1 ? BM_COST (0.3) : 0;
    return cost;
}

static void
try_levers (const Maker *maker, const Story *story, const Flow *flow, const int *room, int n_columns, Levers levers,
            Levers *best)
{
    levers.cost = levers_cost (maker, story, flow, &levers);
    if (levers.cost >= best->cost || levers.tail >= room[n_columns - 1])
        return;
    int stubs = flow->has_blocks ? 0 : count_stubs (flow, &levers, room, n_columns);
    if (flow->has_blocks && !pour_flow (flow, &levers, room, n_columns, &stubs))
        return;
    levers.stubs = (uint8_t) MIN (stubs, UINT8_MAX);
    levers.uneven = (uint8_t) (flow->byline_atoms > 0 ? ABS (levers.gap - wanted_gap (maker, story)) : 0);
    levers.cost += BM_COST (1.0) * stubs; /* style.md §7: a short line at a column's head */
    if (levers.cost < best->cost)
        *best = levers;
}

typedef struct {
    const Maker *maker;
    const Story *story;
    const Flow *flow;
    const int *room;
    int n_columns, spare;
} Fitting;

/* The cheapest way to absorb the spare rows, with so many lines more than the best setting takes. */
static Levers
cheapest_levers (const Fitting *fitting, int tightest, int loosest)
{
    const Flow *flow = fitting->flow;
    int max_gap = flow->byline_atoms > 0 ? MAX_GAP : 0, n_masks = 1 << (flow->has_blocks ? count_crossheads (flow) : 0);
    Levers best = { .cost = BM_NO_WAY };

    for (int mask = 0; mask < n_masks; mask++)
        for (int gap = 0; gap <= max_gap; gap++)
            for (int loose = tightest; loose <= loosest; loose++) {
                int tail = fitting->spare - gap - loose - __builtin_popcount ((unsigned) mask);

                if (tail >= 0 && tail <= fitting->maker->slack.tail)
                    try_levers (fitting->maker, fitting->story, flow, fitting->room, fitting->n_columns,
                                (Levers){ .gap = (int8_t) gap, .loose = (int8_t) loose, .tail = (int8_t) tail, .opened = (uint8_t) mask }, &best);
            }
    return best;
}

/* Could a paragraph set a line longer or shorter do better, whichever it is? */
static bool
line_may_help (const Fitting *fitting, int cost)
{
    const Flow *flow = fitting->flow;
    int max_gap = flow->byline_atoms > 0 ? MAX_GAP : 0, n_masks = 1 << (flow->has_blocks ? count_crossheads (flow) : 0);

    for (int mask = 0; mask < n_masks; mask++)
        for (int gap = 0; gap <= max_gap; gap++)
            for (int loose = -1; loose <= 1; loose += 2) {
                int tail = fitting->spare - gap - loose - __builtin_popcount ((unsigned) mask);
                Levers levers = { .gap = (int8_t) gap, .loose = (int8_t) loose, .tail = (int8_t) tail, .opened = (uint8_t) mask };

                if (tail >= 0 && tail <= fitting->maker->slack.tail && levers_cost (fitting->maker, fitting->story, flow, &levers) <= cost)
                    return true;
            }
    return false;
}

bool
bm_flow_fit (const Maker *maker, const Story *story, Flow *flow, const int *room, int n_columns, Levers *levers)
{
    Fitting fitting = { maker, story, flow, room, n_columns, -flow->n_rows };
    Levers best = { .cost = BM_NO_WAY };

    for (int i = 0; i < n_columns; i++)
        fitting.spare += room[i];
    if (fitting.spare < -1 || fitting.spare > (flow->byline_atoms > 0 ? MAX_GAP : 0) + 1 + maker->slack.tail + MOST_OPENED)
        return false;
    if (!flow->asked) {
        best = cheapest_levers (&fitting, 0, 0);
        if (line_may_help (&fitting, best.cost))
            find_levers (maker, story, flow);
    }
    if (flow->asked)
        best = cheapest_levers (&fitting, flow->tighter >= 0 ? -1 : 0, flow->looser >= 0 ? 1 : 0);
    if (best.cost >= BM_NO_WAY)
        return false;
    *levers = best;
    return true;
}
