/* threads.c — S1, second half: which piece of a woven page goes on with which.
 *
 * A column is a thread through the rows of the dump. The rows are read from top to bottom, each piece either goes on
 * with a thread or begins one; pieces of one row belong to different threads, and threads keep their order from left
 * to right. What a choice costs: a sentence left open that does not go on, a first line in mid-paragraph, a seam that
 * makes no word, another measure, a quotation closed that was not open, rows without a piece; where the dump keeps
 * positions, the distance across. The cheapest reading is sought with a beam, since one wrong choice shows itself
 * only some rows later.
 *
 * Threads come out in the order of their first pieces, but where one ends in mid-sentence and another begins so, the
 * second follows the first. Rejected: a minimum-cost path cover over all pieces. It knows neither rows nor the order
 * of columns, and found the right successor less often. */
#include "recover/recover-private.h"

#include <math.h>
#include <string.h>

#define MAX_THREADS 10
#define BEAM 96

typedef struct {
    double width, measure; /* measure: of the lines about it */
    guint32 cues;
    gunichar first, last;
    int row, x, end;  /* x, end: places in its row, if the dump keeps them */
    int n_in_row;
    bool blank_above, blank_below;
    bool display;     /* may be a display line: short, no marks of running text */
    bool folio;       /* belongs to no column */
    bool across;      /* begins a block of such lines that stands across the columns … */
    bool in_head;     /* … or is one of them */
} Piece;

/* One column as far as it is read. */
typedef struct {
    int last;         /* piece */
    int x;
    float measure;    /* the widest piece, and how many are as wide */
    guint8 n_full;
    float line;       /* em of its last visual line, which may be several pieces */
    gint8 depth;      /* quotations open */
    guint16 left_of;  /* threads that stand to the right of this one */
    bool text;        /* it holds a line of running text, a byline */
} Thread;

typedef struct {
    Thread threads[MAX_THREADS];
    int n;
    guint16 used;     /* threads that have a piece of this row */
    int row, reset_row;
    double cost;
    int node;         /* its last step in the history */
    int from;         /* the piece that its last piece goes on with; −1: it begins a thread */
} State;

typedef struct {
    int parent, from; /* the piece it goes on with; −1: it begins a thread */
} Node;

typedef struct {
    const BmRaw *raw;
    const BmWeave *weave;
    BmSeams *seams;
    Piece *pieces;
    int n;
    GArray *nodes;    /* Node */
    State *states, *next;
    int n_states, n_next;
} Loom;

/* ---- pieces ---- */

/* Places of the row's pieces, with ideographs counted as one column or as two. */
static int
place_in_row (const BmRaw *raw, int row_start, int at, bool double_width)
{
    int x = 0;

    for (int k = row_start; k <= at; k++) {
        x += (int) bm_raw_char (raw, k)->gap;
        if (k < at)
            x += double_width && bm_char_width (bm_raw_char (raw, k)->code) >= 1 ? 2 : 1;
    }
    return x;
}

#define MAX_PLACE 400

/* Starts of pieces stand together at the columns' edges in the right way of counting. */
static double
concentration (const BmRaw *raw, const GArray *pieces, bool double_width)
{
    int count[MAX_PLACE] = { 0 }, n = 0, row_start = 0;
    double sum = 0;

    for (guint i = 0; i < pieces->len; i++) {
        const BmRawLine *piece = &g_array_index (pieces, BmRawLine, i);

        if (i == 0 || piece->raw_line != g_array_index (pieces, BmRawLine, i - 1).raw_line) {
            row_start = piece->start;
            continue;
        }
        count[MIN (place_in_row (raw, row_start, piece->start, double_width), MAX_PLACE - 1)]++;
        n++;
    }
    for (int x = 1; x < MAX_PLACE; x++)
        sum += (double) (count[x] + count[x - 1]) * (count[x] + count[x - 1]);
    return n > 0 ? sum / n : 0;
}

static Piece
piece_of (const BmRaw *raw, const BmRawLine *line)
{
    BmRun run = bm_line_run (raw, line);
    Piece piece = { .width = (double) line->width, .first = run.chars[0].code, .last = run.chars[run.n - 1].code };
    static const guint32 running = BM_CUE_STOP | BM_CUE_CLOSED | BM_CUE_HANGS | BM_CUE_COMMA | BM_CUE_HELD;

    piece.cues = bm_run_marks (run) | bm_run_words (run) | (line->cues & BM_CUE_VERTICAL);
    piece.folio = bm_run_is_folio (run) || piece.cues & BM_CUE_AD;
    piece.display = !piece.folio && (piece.cues & (running | BM_CUE_BYLINE | BM_CUE_DATELINE)) == 0 && piece.width <= 20;
    return piece;
}

/* As wide as a full line of text, or as a first line. */
static bool
has_text_width (const Piece *piece)
{
    double left = piece->measure - piece->width;

    return fabs (left) < 0.6 || fabs (left - 2) < 0.6;
}

static int
pieces_in_row (const GArray *pieces, int first)
{
    int n = 1;

    while (first + n < (int) pieces->len &&
           g_array_index (pieces, BmRawLine, first + n).raw_line == g_array_index (pieces, BmRawLine, first).raw_line)
        n++;
    return n;
}

/* A line of a headline, alone in its row: no text of full width, no first line. A comma is rare there, but may stand. */
static bool
is_head_row (const Piece *piece)
{
    double left = piece->measure - piece->width;
    bool comma = (piece->cues & BM_CUE_COMMA) != 0, other = (piece->cues & (BM_CUE_STOP | BM_CUE_CLOSED | BM_CUE_HANGS | BM_CUE_HELD)) != 0;

    if (piece->n_in_row > 1 || fabs (left) < 0.6)
        return false;
    return piece->display || (comma && !other && piece->width < 20 && fabs (left - 2) > 0.6);
}

#define MAX_HEAD 5

/* Blocks of headline lines with a blank line above, and below one or the columns. */
static void
find_heads (Loom *loom)
{
    for (int i = 0, end = 0; i < loom->n; i = MAX (end, i + 1)) {
        for (end = i; end < loom->n && is_head_row (&loom->pieces[end]) && (end == i || !loom->pieces[end].blank_above); end++)
            ;
        if (end == i || end - i > MAX_HEAD || !loom->pieces[i].blank_above)
            continue;
        loom->pieces[i].across = loom->pieces[end - 1].blank_below || (end < loom->n && loom->pieces[end].n_in_row > 1);
        for (int k = i; k < end; k++) {
            loom->pieces[k].display = true;
            loom->pieces[k].in_head = loom->pieces[i].across;
        }
    }
}

#define ABOUT 14 /* lines before and after */

/* Pages whose lines are whole have columns of several measures; the pieces of others were cut to one. */
static double
local_measure (const Loom *loom, int i)
{
    int first = MAX (i - ABOUT, 0), halves = 0;

    if (loom->weave->blocks && bm_measure_candidates (loom->raw, first, MIN (2 * ABOUT, loom->n - first), &halves, 1) > 0)
        return halves / 2.0;
    return loom->weave->measure;
}

static void
read_pieces (Loom *loom, const GArray *pieces)
{
    bool double_width = concentration (loom->raw, pieces, true) > concentration (loom->raw, pieces, false);
    int row = -1, row_start = 0;

    for (int i = 0; i < loom->n; i++) {
        const BmRawLine *line = &g_array_index (pieces, BmRawLine, i);
        bool begins = i == 0 || line->raw_line != g_array_index (pieces, BmRawLine, i - 1).raw_line;
        bool ends = i + 1 == loom->n || line->raw_line != g_array_index (pieces, BmRawLine, i + 1).raw_line;
        Piece *piece = &loom->pieces[i];

        row = !begins || (loom->weave->blocks && i > 0 && line->blank_above == 0) ? row : loom->weave->positions ? line->raw_line : row + 1;
        row_start = begins ? line->start : row_start;
        *piece = piece_of (loom->raw, line);
        piece->measure = local_measure (loom, i);
        piece->row = row;
        piece->n_in_row = begins ? pieces_in_row (pieces, i) : piece[-1].n_in_row;
        piece->blank_above = line->blank_above > 0;
        piece->blank_below = i + 1 == loom->n || (ends && g_array_index (pieces, BmRawLine, i + 1).blank_above > 0);
        piece->x = place_in_row (loom->raw, row_start, line->start, double_width);
        piece->display = piece->display && (piece->blank_above || !has_text_width (piece));
        piece->end = place_in_row (loom->raw, row_start, line->end - 1, double_width) + 1;
    }
    find_heads (loom);
}

/* ---- costs ---- */

#define BIRTH 5.5
#define BIRTH_BLANK (-1.5)    /* a blank line above */
#define BIRTH_RESET (-3.0)    /* a headline above, across all columns */
#define RESET_REACH 4         /* rows under it in which the columns begin, not all at one height */
#define BIRTH_MORE (-1.0)     /* the row has more pieces than there are threads */
#define BIRTH_DISPLAY (-1.0)
#define BIRTH_HELD 2.5
#define BIRTH_OPENING (-0.8)  /* byline, dateline */
#define ACROSS 0.6            /* a place beside the thread's */
#define INDENTED 4            /* columns that a first line may stand in */
#define CENTRED 10            /* … and a crosshead, or a headline's next line */
#define HEAD_APART 6.0        /* a headline far below a column's end; text right on with a headline */
#define FOLIO 6.0
#define SAME_LINE 0.3
#define OUT_OF_BLOCK 3.0      /* a line of a block that does not go on with the line above */
#define ROW_LESS 0.15         /* a row without a piece */
#define CROSSED 3.0           /* threads that change sides */

static bool
is_full (double width, double measure)
{
    return width >= measure - 1.3;
}

static bool
is_first_line (const Loom *loom, const Thread *thread, const Piece *piece, double measure)
{
    if (loom->weave->positions)
        return piece->x - thread->x >= 2 && piece->x - thread->x <= 6 && piece->width < measure - 0.7;
    return fabs (measure - 2 - piece->width) <= 0.8;
}

/* Going on from an open sentence. */
static double
open_cost (const Loom *loom, const Thread *thread, const Piece *before, const Piece *piece, double measure)
{
    double cost = -bm_seam_worth (loom->seams, before->last, piece->first);

    if (fabs (measure - 2 - (double) thread->line) <= 0.8)
        cost += 0.2; /* a first line is full at two less */
    else if (!is_full ((double) thread->line, measure))
        cost += before->cues & BM_CUE_COLON ? 0.5 : 2.2;
    if (is_first_line (loom, thread, piece, measure) && !(before->cues & BM_CUE_COLON) && !(piece->cues & BM_CUE_CLOSED))
        cost += 0.9;
    if (piece->cues & BM_CUE_HELD)
        cost -= 1;
    if (piece->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE))
        cost += 3;
    if (piece->blank_above)
        cost += 0.3;
    return cost;
}

/* … after a finished one. */
static double
closed_cost (const Loom *loom, const Thread *thread, const Piece *piece, double measure)
{
    bool held = piece->cues & BM_CUE_HELD, short_end = !is_full ((double) thread->line, measure);

    if (held)
        return bm_char_is_closing (piece->first) && thread->depth > 0 ? -0.8 : 3;
    if (piece->cues & (BM_CUE_LABELLED | BM_CUE_DATELINE | BM_CUE_BYLINE))
        return 0;
    if (is_first_line (loom, thread, piece, measure))
        return short_end ? -0.3 : 0.2;
    if (is_full (piece->width, measure))
        return short_end ? 1.3 : 0.3;
    return piece->display ? 1.0 : 0.6;
}

/* … from a byline: text begins. */
static double
byline_cost (const Loom *loom, const Thread *thread, const Piece *piece, double measure)
{
    if (piece->cues & (BM_CUE_HELD | BM_CUE_UNQUOTED))
        return 4;
    if (piece->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE) || is_first_line (loom, thread, piece, measure))
        return -0.5;
    return piece->display ? 1.5 : 1;
}

/* … from a line that may be a headline: what goes on with it begins something. */
static double
display_cost (const Loom *loom, const Thread *thread, const Piece *before, const Piece *piece, double measure)
{
    if (before->in_head && !piece->in_head)
        return 5;
    if (piece->display || piece->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE | BM_CUE_LABELLED))
        return 0.5;
    if (piece->cues & BM_CUE_HELD)
        return 3.5;
    double cost = is_first_line (loom, thread, piece, measure) ? 0.8 : 2.5;
    return before->blank_below ? cost : MIN (cost, 1.4 - bm_seam_worth (loom->seams, before->last, piece->first));
}

/* A thread's own measure once some lines agree on it, else the page's. */
static double
measure_of (const Loom *loom, const Thread *thread)
{
    double page = loom->pieces[thread->last].measure;

    if (thread->n_full >= 3 && fabs ((double) thread->measure - page) >= 3)
        return (double) thread->measure;
    return MAX ((double) thread->measure, page);
}

static void
note_measure (Thread *thread, const Piece *piece)
{
    float width = (float) MIN (piece->width, piece->measure + 8);

    if (piece->display || piece->cues & BM_CUE_BYLINE)
        return;
    thread->n_full = width > thread->measure + 0.6f ? 1 : (guint8) (thread->n_full + (width > thread->measure - 0.6f && thread->n_full < 9));
    thread->measure = MAX (thread->measure, width);
}

/* Where places are known: how far the piece stands from its column. Headlines stand anywhere above theirs; in mid-column
 * a line that looks like one is a crosshead. */
static double
place_cost (const Thread *thread, const Piece *before, const Piece *piece)
{
    int room = piece->display ? CENTRED : INDENTED;
    int off = piece->x < thread->x ? thread->x - piece->x : MAX (piece->x - thread->x - room, 0);
    double cost = ACROSS * CLAMP (off - 2, 0, 25);

    if (thread->text != !piece->display && (piece->display || before->display))
        cost += piece->display && piece->row - before->row <= 3 ? 1 : HEAD_APART;
    return cost;
}

/* Engines cut a line at a squeezed mark: both parts still fit one line. */
static bool
is_same_line (const Thread *thread, const Piece *before, const Piece *piece, double measure)
{
    bool soft = bm_char_is_closing (before->last) || bm_char_is_opening (before->last) || bm_char_is_closing (piece->first) || bm_char_is_opening (piece->first);

    return before == piece - 1 && before->row != piece->row && !piece->blank_above && soft && (double) thread->line + piece->width <= measure + 0.7 &&
           !(piece->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE));
}

static double
join_cost (const Loom *loom, const Thread *thread, const Piece *piece)
{
    const Piece *before = &loom->pieces[thread->last];
    double measure = measure_of (loom, thread);
    bool closed = (before->cues & BM_CUE_CLOSED) != 0;
    double cost = before->cues & BM_CUE_BYLINE ? byline_cost (loom, thread, piece, measure)
                  : before->display && before->width < measure - 1.3 ? display_cost (loom, thread, before, piece, measure) : closed ? closed_cost (loom, thread, piece, measure) : open_cost (loom, thread, before, piece, measure);

    if (is_same_line (thread, before, piece, measure))
        cost = MIN (cost, SAME_LINE);
    if (piece->folio || before->folio)
        cost += FOLIO;
    if (piece->width > measure + 1.3 && !before->display)
        cost += 1.5;
    if (piece->cues & BM_CUE_UNQUOTED)
        cost += thread->depth > 0 ? -0.8 : 1.2;
    cost += ROW_LESS * MIN (piece->row - before->row - 1, 8);
    if (loom->weave->blocks && !piece->blank_above && before != piece - 1)
        cost += OUT_OF_BLOCK;
    return loom->weave->positions ? cost + place_cost (thread, before, piece) : cost;
}

static double
birth_cost (const Loom *loom, const State *state, const Piece *piece)
{
    double cost = BIRTH;

    if (piece->blank_above)
        cost += BIRTH_BLANK;
    else if (loom->weave->blocks)
        cost += OUT_OF_BLOCK;
    if (piece->n_in_row > state->n)
        cost += BIRTH_MORE;
    if (piece->display)
        cost += BIRTH_DISPLAY;
    if (state->n == 0 || (piece->n_in_row > state->n && piece->row - state->reset_row <= RESET_REACH))
        cost += BIRTH_RESET;
    else if (piece->row - state->reset_row <= RESET_REACH)
        cost += BIRTH_RESET / 2;
    if (piece->cues & BM_CUE_HELD)
        cost += BIRTH_HELD;
    if (piece->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE))
        cost += BIRTH_OPENING;
    return cost;
}

/* ---- the beam ---- */

static gint8
depth_after (const Thread *thread, const Piece *piece)
{
    int depth = thread->depth + ((piece->cues & BM_CUE_QUOTED) != 0) - ((piece->cues & BM_CUE_UNQUOTED) != 0);

    return (gint8) CLAMP (depth, 0, 4);
}

/* Keep the state if it is among the cheapest. */
static void
offer (Loom *loom, const State *state)
{
    int worst = 0;

    if (loom->n_next < BEAM) {
        loom->next[loom->n_next++] = *state;
        return;
    }
    for (int i = 1; i < BEAM; i++)
        worst = loom->next[i].cost > loom->next[worst].cost ? i : worst;
    if (state->cost < loom->next[worst].cost - 1e-9)
        loom->next[worst] = *state;
}

static void
drop (State *state, int t)
{
    guint16 low = (guint16) ((1u << t) - 1);

    for (int k = 0; k < state->n; k++)
        state->threads[k].left_of = (guint16) ((state->threads[k].left_of & low) | ((state->threads[k].left_of >> 1) & ~low));
    state->used = (guint16) ((state->used & low) | ((state->used >> 1) & ~low));
    for (int k = t; k + 1 < state->n; k++)
        state->threads[k] = state->threads[k + 1];
    state->n--;
}

#define OVERLAP 4 /* columns of text; less is an extractor's rounding */

/* Where places are known, a piece takes the place of every thread that last stood there. */
static void
supersede (const Loom *loom, State *state, int i)
{
    const Piece *piece = &loom->pieces[i];

    if (!loom->weave->positions)
        return;
    for (int t = state->n - 1; t >= 0; t--) {
        const Piece *other = &loom->pieces[state->threads[t].last];

        if (other != piece && MIN (other->end, piece->end) - MAX (other->x, piece->x) >= OVERLAP)
            drop (state, t);
    }
}

/* Threads of this row must keep their order; they learn it. */
static double
take_place (State *state, int t)
{
    double cost = 0;

    for (int other = 0; other < state->n; other++) {
        if (other == t || (state->used & 1u << other) == 0)
            continue;
        if (state->threads[t].left_of & 1u << other)
            cost += CROSSED;
        state->threads[other].left_of |= (guint16) (1u << t);
    }
    state->used |= (guint16) (1u << t);
    return cost;
}

static void
go_on (Loom *loom, const State *from, int t, int i)
{
    const Piece *piece = &loom->pieces[i];
    State state = *from;
    Thread *thread = &state.threads[t];

    state.cost += join_cost (loom, thread, piece);
    state.cost += take_place (&state, t);
    state.from = thread->last;
    thread->depth = depth_after (thread, piece);
    thread->last = i;
    bool same = is_same_line (thread, &loom->pieces[from->threads[t].last], piece, measure_of (loom, &from->threads[t]));
    thread->line = (float) piece->width + (same ? thread->line : 0);
    note_measure (thread, piece);
    thread->x = thread->text || piece->display ? MIN (thread->x, piece->x) : piece->x;
    thread->text = thread->text || !piece->display;
    supersede (loom, &state, i);
    offer (loom, &state);
}

/* Forget the thread that has rested longest. */
static void
drop_oldest (State *state)
{
    int oldest = 0;

    for (int t = 1; t < state->n; t++)
        if (state->threads[t].last < state->threads[oldest].last)
            oldest = t;
    drop (state, oldest);
}

static void
begin (Loom *loom, const State *from, int i)
{
    const Piece *piece = &loom->pieces[i];
    State state = *from;

    state.cost += birth_cost (loom, from, piece);
    if (state.n == MAX_THREADS)
        drop_oldest (&state);
    int t = state.n++;
    state.threads[t] = (Thread){ .last = i, .x = piece->x, .line = (float) piece->width, .text = !piece->display };
    note_measure (&state.threads[t], piece);
    state.threads[t].depth = depth_after (&state.threads[t], piece);
    state.cost += take_place (&state, t);
    state.from = -1;
    supersede (loom, &state, i);
    offer (loom, &state);
}

/* A headline that stands across the columns ends them: alone between blank lines, or, where places are known, beneath
 * two columns or more that have stopped; those. */
static void
end_under (const Loom *loom, State *state, const Piece *piece)
{
    int idle = 0;

    if (loom->weave->positions ? !piece->display || !piece->blank_above : !piece->across)
        return;
    for (int t = 0; t < state->n; t++)
        idle += state->threads[t].text && loom->pieces[state->threads[t].last].row < piece->row - 1;
    if (loom->weave->positions && idle < 2)
        return;
    state->reset_row = piece->row;
    for (int t = state->n - 1; t >= 0; t--)
        if (loom->pieces[state->threads[t].last].row < piece->row - loom->weave->positions && (state->threads[t].text || !loom->weave->positions))
            drop (state, t);
}

static void
keep_next (Loom *loom)
{
    State *swap = loom->states;

    for (int s = 0; s < loom->n_next; s++) {
        Node node = { loom->next[s].node, loom->next[s].from };

        loom->next[s].node = (int) loom->nodes->len;
        g_array_append_val (loom->nodes, node);
    }
    loom->states = loom->next;
    loom->next = swap;
    loom->n_states = loom->n_next;
}

static void
read_piece (Loom *loom, int i)
{
    loom->n_next = 0;
    for (int s = 0; s < loom->n_states; s++) {
        State *state = &loom->states[s];

        if (state->row != loom->pieces[i].row || loom->weave->blocks) {
            state->row = loom->pieces[i].row;
            state->used = 0;
        }
        end_under (loom, state, &loom->pieces[i]);
        for (int t = 0; t < state->n; t++)
            if ((state->used & 1u << t) == 0)
                go_on (loom, state, t, i);
        begin (loom, state, i);
    }
    keep_next (loom);
}

/* before[i]: the piece that i goes on with; −1. */
static void
weave_back (Loom *loom, int *before)
{
    int best = 0;

    loom->states[0] = (State){ .row = -1, .node = -1 };
    loom->n_states = 1;
    for (int i = 0; i < loom->n; i++)
        read_piece (loom, i);
    for (int s = 1; s < loom->n_states; s++)
        best = loom->states[s].cost < loom->states[best].cost ? s : best;
    for (int i = loom->n - 1, node = loom->states[best].node; i >= 0; i--) {
        before[i] = g_array_index (loom->nodes, Node, node).from;
        node = g_array_index (loom->nodes, Node, node).parent;
    }
}

/* ---- threads to one text ---- */

typedef struct {
    int first, last;   /* pieces */
    int next;          /* thread that goes on with its last sentence; −1 */
    bool follows;
} Chain;

#define NEAR 24 /* threads begun before or after, among which a sentence is sought on */
#define LINKED 0.4 /* cost below which an open end is joined */
#define APART 0.06 /* each thread between */

static double
link_cost (const Loom *loom, const Chain *a, const Chain *b, int apart)
{
    const Piece *end = &loom->pieces[a->last], *start = &loom->pieces[b->first];
    double measure = end->measure;

    if (end->folio || start->folio || end->cues & BM_CUE_CLOSED || end->display || start->display || start->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE))
        return 99;
    double cost = -bm_seam_worth (loom->seams, end->last, start->first) + APART * apart;
    cost += is_full (end->width, measure) ? 0 : 1;
    cost += fabs (measure - 2 - start->width) <= 0.8 && !(start->cues & BM_CUE_CLOSED) ? 0.6 : 0;
    return start->cues & BM_CUE_HELD ? cost - 1.5 : cost;
}

/* Would b, following a, bite its own tail? */
static bool
is_circle (const GArray *chains, int a, int b)
{
    for (int k = b; k >= 0; k = g_array_index (chains, Chain, k).next)
        if (k == a)
            return true;
    return false;
}

/* Open ends find their beginnings, the surest first. */
static void
link_chains (const Loom *loom, GArray *chains)
{
    const int n = (int) chains->len;

    for (int round = 0; round < 3; round++)
        for (int a = 0; a < n; a++) {
            Chain *end = &g_array_index (chains, Chain, a);
            double best = LINKED - 1.2 + 0.6 * round;
            int found = -1;

            for (int b = MAX (a - NEAR, 0); b < MIN (a + NEAR, n) && end->next < 0; b++) {
                const Chain *start = &g_array_index (chains, Chain, b);
                double cost = b == a || start->follows ? 99 : link_cost (loom, end, start, b > a ? b - a - 1 : a - b + 2);

                if (cost < best && !is_circle (chains, a, b)) {
                    best = cost;
                    found = b;
                }
            }
            if (found >= 0) {
                end->next = found;
                g_array_index (chains, Chain, found).follows = true;
            }
        }
}

static GArray *
chains_of (const Loom *loom, const int *before, int *after)
{
    GArray *chains = g_array_new (FALSE, FALSE, sizeof (Chain));

    for (int i = 0; i < loom->n; i++)
        after[i] = -1;
    for (int i = 0; i < loom->n; i++)
        if (before[i] >= 0)
            after[before[i]] = i;
    for (int i = 0; i < loom->n; i++) {
        Chain chain = { i, i, -1, false };

        if (before[i] >= 0)
            continue;
        while (after[chain.last] >= 0)
            chain.last = after[chain.last];
        g_array_append_val (chains, chain);
    }
    return chains;
}

static int *
order_of (const Loom *loom, const int *before)
{
    int *after = g_new (int, (gsize) loom->n), *order = g_new (int, (gsize) loom->n), n = 0;
    GArray *chains = chains_of (loom, before, after);

    link_chains (loom, chains);
    for (int c = 0; c < (int) chains->len; c++) {
        if (g_array_index (chains, Chain, c).follows)
            continue;
        for (int k = c; k >= 0; k = g_array_index (chains, Chain, k).next)
            for (int i = g_array_index (chains, Chain, k).first; i >= 0; i = after[i])
                order[n++] = i;
    }
    g_array_free (chains, TRUE);
    g_free (after);
    return order;
}

/* Blanks that held the column's place are no indent; rows of other columns between are no blank lines. */
static void
settle_pieces (const Loom *loom, GArray *pieces, const int *before)
{
    int *edge = g_new (int, (gsize) loom->n);

    for (int i = 0; i < loom->n; i++)
        edge[i] = before[i] >= 0 ? MIN (edge[before[i]], loom->pieces[i].x) : loom->pieces[i].x;
    for (int i = loom->n - 1; i >= 0; i--)
        if (before[i] >= 0)
            edge[before[i]] = edge[i];
    for (int i = 0; i < loom->n; i++) {
        BmRawLine *line = &g_array_index (pieces, BmRawLine, i);
        int indent = loom->pieces[i].x - edge[i];

        if (loom->weave->positions)
            line->indent = indent >= 2 && indent <= 6 && !loom->pieces[i].display && loom->pieces[i].width < loom->pieces[i].measure - 0.7 ? 2 : 0;
        if (before[i] >= 0 && loom->pieces[before[i]].row != loom->pieces[i].row - 1)
            line->blank_above = 0;
    }
    g_free (edge);
}

int *
bm_threads_order (const BmRaw *raw, GArray *pieces, const BmWeave *weave)
{
    Loom loom = { .raw = raw, .weave = weave, .n = (int) pieces->len };

    loom.seams = bm_seams_new (raw);
    loom.pieces = g_new0 (Piece, (gsize) loom.n);
    loom.nodes = g_array_new (FALSE, FALSE, sizeof (Node));
    loom.states = g_new0 (State, BEAM);
    loom.next = g_new0 (State, BEAM);
    read_pieces (&loom, pieces);
    int *before = g_new (int, (gsize) loom.n);
    weave_back (&loom, before);
    int *order = order_of (&loom, before);
    settle_pieces (&loom, pieces, before);
    bm_seams_free (loom.seams);
    g_array_free (loom.nodes, TRUE);
    g_free (loom.states);
    g_free (loom.next);
    g_free (loom.pieces);
    g_free (before);
    return order;
}
