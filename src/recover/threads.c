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
#include "recover/weave-private.h"

#define MAX_THREADS 10
#define BEAM        96
#define RESET_REACH 4 /* rows under a headline in which the columns begin, not all at one height */

typedef struct {
    BmThread threads[MAX_THREADS];
    int n;
    guint16 used; /* threads that have a piece of this row */
    int row, reset_row;
    double cost;
    int node; /* its last step in the history */
    int from; /* the piece that its last piece goes on with; −1: it begins a thread */
} State;

typedef struct {
    int parent, from; /* the piece it goes on with; −1: it begins a thread */
} Node;

typedef struct {
    const BmLoom *loom;
    GArray *nodes; /* Node */
    State *states, *next;
    int n_states, n_next;
    int worst; /* of next, once that is full */
} Beam;

static double
birth_cost (const BmLoom *loom, const State *state, const BmPiece *piece)
{
    double cost = bm_weave_params.birth;
    int columns = 0;

    for (int t = 0; t < state->n; t++)
        columns += state->threads[t].text || !loom->weave->positions;
    if (piece->blank_above)
        cost += bm_weave_params.birth_blank;
    else if (loom->weave->blocks)
        cost += bm_weave_params.out_of_block;
    if (piece->n_in_row > columns)
        cost += bm_weave_params.birth_more;
    if (piece->display)
        cost += bm_weave_params.birth_display;
    if (state->n == 0 || (piece->n_in_row > columns && piece->row - state->reset_row <= RESET_REACH))
        cost += bm_weave_params.birth_under_head;
    else if (piece->row - state->reset_row <= RESET_REACH)
        cost += bm_weave_params.birth_under_head / 2;
    if (piece->cues & BM_CUE_HELD)
        cost += bm_weave_params.birth_held;
    if (piece->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE))
        cost += bm_weave_params.birth_opening;
    return cost;
}

static gint8
depth_after (const BmThread *thread, const BmPiece *piece)
{
    int depth = thread->depth + ((piece->cues & BM_CUE_QUOTED) != 0) - ((piece->cues & BM_CUE_UNQUOTED) != 0);

    return (gint8) CLAMP (depth, 0, 4);
}

static bool
is_hopeless (const Beam *beam, double cost)
{
    return beam->n_next == BEAM && cost >= beam->next[beam->worst].cost - 1e-9;
}

/* Keep the state if it is among the cheapest. */
static void
offer (Beam *beam, const State *state)
{
    if (is_hopeless (beam, state->cost))
        return;
    beam->next[beam->n_next < BEAM ? beam->n_next++ : beam->worst] = *state;
    if (beam->n_next < BEAM)
        return;
    beam->worst = 0;
    for (int i = 1; i < BEAM; i++)
        beam->worst = beam->next[i].cost > beam->next[beam->worst].cost ? i : beam->worst;
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
supersede (const BmLoom *loom, State *state, int i)
{
    const BmPiece *piece = &loom->pieces[i];

    if (!loom->weave->positions)
        return;
    for (int t = state->n - 1; t >= 0; t--) {
        const BmPiece *other = &loom->pieces[state->threads[t].last];

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
            cost += bm_weave_params.crossed;
        state->threads[other].left_of |= (guint16) (1u << t);
    }
    state->used |= (guint16) (1u << t);
    return cost;
}

/* The thread with piece i at its end. */
static void
extend (const BmLoom *loom, BmThread *thread, int i)
{
    const BmPiece *piece = &loom->pieces[i], *before = &loom->pieces[thread->last];
    bool same = bm_is_same_line (thread, before, piece, bm_thread_measure (loom, thread));

    thread->depth = depth_after (thread, piece);
    thread->line = (float) piece->width + (same ? thread->line : 0);
    thread->step = (guint8) CLAMP (piece->row - before->row, 1, 8);
    thread->x = thread->text || piece->display ? MIN (thread->x, piece->x) : piece->x;
    thread->text = thread->text || !piece->display;
    thread->last = i;
    bm_thread_note_measure (thread, piece);
}

static void
go_on (Beam *beam, const State *from, int t, int i)
{
    double cost = bm_join_cost (beam->loom, &from->threads[t], &beam->loom->pieces[i]);

    if (is_hopeless (beam, from->cost + cost))
        return;
    State state = *from;
    state.cost += cost + take_place (&state, t);
    state.from = from->threads[t].last;
    extend (beam->loom, &state.threads[t], i);
    supersede (beam->loom, &state, i);
    offer (beam, &state);
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
begin (Beam *beam, const State *from, int i)
{
    const BmPiece *piece = &beam->loom->pieces[i];
    State state = *from;

    state.cost += birth_cost (beam->loom, from, piece);
    if (state.n == MAX_THREADS)
        drop_oldest (&state);
    int t = state.n++;
    state.threads[t] = (BmThread){ .last = i, .x = piece->x, .line = (float) piece->width, .text = !piece->display };
    bm_thread_note_measure (&state.threads[t], piece);
    state.threads[t].depth = depth_after (&state.threads[t], piece);
    state.cost += take_place (&state, t);
    state.from = -1;
    supersede (beam->loom, &state, i);
    offer (beam, &state);
}

/* A headline that stands across the columns ends them: alone between blank lines, or, where places are known, beneath
 * two columns or more that have stopped; those. */
static void
end_under (const BmLoom *loom, State *state, const BmPiece *piece)
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
        if (loom->pieces[state->threads[t].last].row < piece->row - loom->weave->positions &&
            (state->threads[t].text || !loom->weave->positions))
            drop (state, t);
}

static void
keep_next (Beam *beam)
{
    State *swap = beam->states;

    for (int s = 0; s < beam->n_next; s++) {
        Node node = { beam->next[s].node, beam->next[s].from };

        beam->next[s].node = (int) beam->nodes->len;
        g_array_append_val (beam->nodes, node);
    }
    beam->states = beam->next;
    beam->next = swap;
    beam->n_states = beam->n_next;
}

static void
read_piece (Beam *beam, int i)
{
    beam->n_next = 0;
    for (int s = 0; s < beam->n_states; s++) {
        State *state = &beam->states[s];

        if (state->row != beam->loom->pieces[i].row || beam->loom->weave->blocks) {
            state->row = beam->loom->pieces[i].row;
            state->used = 0;
        }
        end_under (beam->loom, state, &beam->loom->pieces[i]);
        for (int t = 0; t < state->n; t++)
            if ((state->used & 1u << t) == 0)
                go_on (beam, state, t, i);
        begin (beam, state, i);
    }
    keep_next (beam);
}

#define MOST_NODES 400000 /* far more than a page has: a longer dump is settled piece by piece of this size */

/* Takes the cheapest state as true: the choices that led to it, from piece `last` back, are written to before[]. */
static void
settle_history (Beam *beam, int last, int *before)
{
    int best = 0;

    for (int s = 1; s < beam->n_states; s++)
        best = beam->states[s].cost < beam->states[best].cost ? s : best;
    for (int i = last, node = beam->states[best].node; node >= 0; i--) {
        before[i] = g_array_index (beam->nodes, Node, node).from;
        node = g_array_index (beam->nodes, Node, node).parent;
    }
    beam->states[0] = beam->states[best];
    beam->states[0].node = -1;
    beam->n_states = 1;
    g_array_set_size (beam->nodes, 0);
}

/* before[i]: the piece that i goes on with; −1. */
static void
weave_back (Beam *beam, int *before)
{
    beam->states[0] = (State){ .row = -1, .node = -1 };
    beam->n_states = 1;
    for (int i = 0; i < beam->loom->n; i++) {
        read_piece (beam, i);
        if (beam->nodes->len > MOST_NODES)
            settle_history (beam, i, before);
    }
    settle_history (beam, beam->loom->n - 1, before);
}

/* Blanks that held the column's place are no indent; rows of other columns between are no blank lines. */
static void
settle_pieces (const BmLoom *loom, GArray *pieces, const int *before)
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
            line->indent =
                indent >= 2 && indent <= 6 && !loom->pieces[i].display && loom->pieces[i].width < loom->pieces[i].measure - 0.7
                    ? 2
                    : 0;
        if (before[i] >= 0 && loom->pieces[before[i]].row != loom->pieces[i].row - 1)
            line->blank_above = 0;
    }
    g_free (edge);
}

int *
bm_threads_order (const BmRaw *raw, GArray *pieces, const BmWeave *weave)
{
    BmLoom loom = { .raw = raw, .weave = weave, .n = (int) pieces->len };
    Beam beam = { .loom = &loom,
                  .nodes = g_array_new (FALSE, FALSE, sizeof (Node)),
                  .states = g_new0 (State, BEAM),
                  .next = g_new0 (State, BEAM) };
    int *before = g_new (int, (gsize) loom.n);

    loom.seams = bm_seams_new (raw);
    loom.pieces = g_new0 (BmPiece, (gsize) loom.n);
    bm_pieces_read (&loom, pieces);
    weave_back (&beam, before);
    int *order = bm_chains_order (&loom, before);
    settle_pieces (&loom, pieces, before);
    bm_seams_free (loom.seams);
    g_array_free (beam.nodes, TRUE);
    g_free (beam.states);
    g_free (beam.next);
    g_free (loom.pieces);
    g_free (before);
    return order;
}
