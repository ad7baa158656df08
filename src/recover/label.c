/* label.c — S2 to S4 in one: visual lines, measure and labels by one shortest path over the lines of the dump.
 *
 * A wrong label of one line inside a long body cuts an article in two, so no line is decided alone. The path's
 * states are what a line may be — a paragraph's first, middle, last or only line in a column of measure m, a line
 * that interrupts an open paragraph of measure m, display, byline, or a line of fixed form — and a step may take
 * several lines of the dump as one visual line, where an engine's squeezed punctuation cut it. Keeping the measure in
 * the state makes the measure track (S3) part of the same decision: it may change only between paragraphs, free
 * where display lines or a byline stand between.
 *
 * Rejected: measure first, labels after. Short items then inherit their neighbour's measure, and every line of them
 * looks wrong. Cost: lines × measures (at most 24) × lines of a visual line (at most 6); memory one chunk. */
#include "recover/recover-private.h"

#include <math.h>
#include <string.h>

#define MAX_MEASURES 24
#define MAX_GLUE 6
#define CHUNK 2048     /* lines decoded at once … */
#define LOOKAHEAD 160  /* … and lines looked at beyond, so that a chunk's end decides nothing */
#define NEVER 1e6f

enum { KIND_FIRST, KIND_MIDDLE, KIND_LAST, KIND_SINGLE, KIND_HELD, N_KINDS };
enum { STATE_DISPLAY = N_KINDS * MAX_MEASURES, STATE_BYLINE, STATE_FIXED, N_STATES };

#define STATE(kind, m) ((kind) *MAX_MEASURES + (m))

static const guint32 fixed_cues = BM_CUE_FOLIO | BM_CUE_JUMP_TO | BM_CUE_JUMP_FROM | BM_CUE_AD | BM_CUE_CELL | BM_CUE_CONTACT;

/* What a line brings to the costs, counted once. */
typedef struct {
    float width;
    float token; /* em of the number or Latin word it begins with */
    guint8 punctuation, latin;
    bool ends_soft;   /* a mark stands at its end, where an engine may squeeze */
    bool begins_soft; /* … or at its start */
    bool begins_latin, ends_latin;
} Face;

/* One visual line: lines [i, i + k) of the dump. */
typedef struct {
    double width;
    double next_token;  /* what could not be put at its end */
    int punctuation, latin;
    guint32 first_cues, last_cues;
    guint8 hint;
    bool indented, blank_above;
} Visual;

typedef struct {
    guint8 state, glue;
} Step;

typedef struct {
    BmRaw *raw;
    const BmRecoverParams *p;
    int first, n; /* lines of this chunk */
    int n_measures;
    int halves[MAX_MEASURES]; /* [0] = 0: no known measure */
    Face *faces;
    float *cost; /* (n + 1) × N_STATES */
    Step *steps;
} Track;

#define COST(track, j, s) ((track)->cost[(size_t) (j) * N_STATES + (size_t) (s)])
#define STEP(track, j, s) ((track)->steps[(size_t) (j) * N_STATES + (size_t) (s)])

/* ---- faces ---- */

static Face
face_of (const BmRaw *raw, const BmRawLine *line)
{
    BmRun run = bm_line_run (raw, line);
    Face face = { .width = line->width };
    bool in_token = true;
    int punctuation = 0, latin = 0;

    for (int i = 0; i < run.n; i++) {
        gunichar c = run.chars[i].code;
        bool western = bm_char_is_latin (c) || bm_char_is_digit (c) || c == '.' || c == '%' || c == '-';

        in_token = in_token && western && (i == 0 || run.chars[i].gap == 0);
        face.token += in_token ? (float) bm_char_width (c) : 0;
        punctuation += bm_char_is_closing (c) || bm_char_is_opening (c);
        latin += bm_char_is_latin (c);
    }
    face.punctuation = (guint8) MIN (punctuation, 20);
    face.latin = (guint8) MIN (latin, 80);
    gunichar first = run.chars[0].code, last = run.chars[run.n - 1].code;
    face.begins_soft = bm_char_is_closing (first) || bm_char_is_opening (first);
    face.ends_soft = bm_char_is_closing (last) || bm_char_is_opening (last);
    face.begins_latin = bm_char_is_latin (first);
    face.ends_latin = bm_char_is_latin (last);
    /* A mark that may not begin a line pulls a character down with it; one that may not end a line goes down. */
    for (int i = face.begins_soft ? 0 : 1; i < run.n && i < 4; i++)
        if (bm_char_is_closing (run.chars[i].code) || (i == 0 && face.begins_soft))
            face.token += 1;
        else
            break;
    return face;
}

/* The next line's first word does not fit any more: so far may the line be short. */
static double
next_token (const Track *track, int i)
{
    if (i >= track->n || bm_raw_line (track->raw, track->first + i)->blank_above > 3)
        return 0;
    return track->faces[i].token;
}

static Visual
visual_of (const Track *track, int i, int k)
{
    const BmRawLine *first = bm_raw_line (track->raw, track->first + i);
    Visual v = { .first_cues = first->cues, .hint = first->hint, .indented = first->indent > 0, .blank_above = first->blank_above > 0 };

    for (int j = i; j < i + k; j++) {
        v.width += track->faces[j].width;
        v.punctuation += track->faces[j].punctuation;
        v.latin += track->faces[j].latin;
    }
    v.last_cues = bm_raw_line (track->raw, track->first + i + k - 1)->cues;
    v.next_token = next_token (track, i + k);
    return v;
}

/* Cost of taking line j as the continuation of the visual line before it. */
static double
glue_cost (const Track *track, int j)
{
    const BmRawLine *line = bm_raw_line (track->raw, track->first + j);
    const BmRecoverParams *p = track->p;

    if ((line->cues & (fixed_cues | BM_CUE_BYLINE)) != 0 || track->raw->hinted)
        return NEVER;
    if (line->cues & BM_CUE_HELD)
        return p->glue_held;
    if (track->faces[j].begins_latin && track->faces[j - 1].ends_latin)
        return p->glue_latin;
    if (line->blank_above > 0 || (!track->faces[j].begins_soft && !track->faces[j - 1].ends_soft))
        return NEVER;
    return track->raw->signs.fragments ? p->glue_fragments : p->glue;
}

/* ---- what a line costs as what ---- */

static double
full_cost (const BmRecoverParams *p, const Visual *v, double width, double measure)
{
    double short_by = measure - width;
    /* Letters are half an em only on average. */
    double slack = MIN (0.12 * v->latin, 1.5);

    if (short_by < 0) {
        double squeezed = MIN (0.5 * v->punctuation, 2.0);
        double over = MAX (-short_by - slack, 0);

        return (over > 0.5 ? p->slightly_off : 0) + p->over_measure * MAX (over - squeezed, 0);
    }
    if (v->last_cues & BM_CUE_STRETCHED)
        return 0;
    short_by -= slack + v->next_token;
    if (short_by <= 0.5)
        return short_by + v->next_token > 0.5 ? p->slightly_off : 0;
    return MIN (p->off_measure * short_by, p->short_middle);
}

static double
inside_cost (const BmRecoverParams *p, const BmRaw *raw, const Visual *v)
{
    double cost = v->blank_above ? 0.15 : 0;

    if (v->hint & BM_HINT_DISPLAY)
        return NEVER;
    if (raw->signs.indents && v->indented)
        cost += p->stray_indent;
    if (v->first_cues & (BM_CUE_DATELINE | BM_CUE_NOTE))
        cost += p->dateline_inside;
    if (v->first_cues & BM_CUE_LABELLED)
        cost += p->label_inside;
    if (v->first_cues & BM_CUE_BYLINE)
        cost += p->byline_inside;
    return cost;
}

static double
start_cost (const BmRecoverParams *p, const BmRaw *raw, const Visual *v)
{
    double cost = 0;

    if (v->hint & BM_HINT_DISPLAY)
        return NEVER;
    if (raw->signs.indents)
        cost += v->indented ? -0.5 : p->missing_indent;
    if (v->first_cues & BM_CUE_HELD)
        cost += 4;
    if (v->first_cues & BM_CUE_BYLINE)
        cost += p->byline_inside;
    return cost;
}

static double
first_cost (const BmRecoverParams *p, const BmRaw *raw, const Visual *v, double measure)
{
    double cost = start_cost (p, raw, v);

    if (measure <= 0)
        return cost + p->free_measure;
    /* A measure that is no whole number of ems leaves room for half a character more, or for one. */
    double best = p->no_deficit + full_cost (p, v, v->width, measure);
    for (int half = 2; half <= 4; half++)
        best = MIN (best, p->small_deficit * (4 - half) + full_cost (p, v, v->width + half / 2.0, measure));
    return cost + best;
}

static double
middle_cost (const BmRecoverParams *p, const BmRaw *raw, const Visual *v, double measure)
{
    return inside_cost (p, raw, v) + (measure <= 0 ? p->free_measure : full_cost (p, v, v->width, measure));
}

static double
end_cost (const BmRecoverParams *p, const Visual *v, double measure)
{
    double cost = 0;

    if (measure <= 0)
        cost += p->free_measure;
    else if (v->width > measure + 0.5)
        cost += full_cost (p, v, v->width, measure);
    if (v->last_cues & BM_CUE_STRETCHED)
        cost += p->stretched_end;
    if ((v->last_cues & BM_CUE_CLOSED) == 0)
        cost += v->last_cues & (BM_CUE_COLON | BM_CUE_HANGS) ? p->unclosed_end / 2 : p->unclosed_end;
    return cost;
}

static double
last_cost (const BmRecoverParams *p, const BmRaw *raw, const Visual *v, double measure)
{
    double full = measure > 0 && v->width >= measure - 1 ? p->full_last : 0;

    return inside_cost (p, raw, v) + end_cost (p, v, measure) + full;
}

static double
single_cost (const BmRecoverParams *p, const BmRaw *raw, const Visual *v, double measure)
{
    double cost = start_cost (p, raw, v) + end_cost (p, v, measure);

    if (v->first_cues & BM_CUE_LABELLED)
        return cost;
    if (measure > 0 && v->width > measure - 1.5)
        cost += p->full_last + p->no_deficit / 2;
    return cost + p->single;
}

static double
display_cost (const BmRecoverParams *p, const Visual *v)
{
    double cost = p->display;

    if (v->hint & (BM_HINT_TEXT | BM_HINT_CAPTION))
        return NEVER;
    if (v->hint & BM_HINT_DISPLAY)
        return 0;
    if (v->first_cues & BM_CUE_VERTICAL)
        cost -= 0.6;
    if (v->last_cues & BM_CUE_LEADS && (v->last_cues & BM_CUE_COLON) == 0)
        cost -= 2; /* a kicker's dashes */
    if (v->first_cues & BM_CUE_STOP)
        cost += p->display_stop;
    if (v->first_cues & BM_CUE_COMMA)
        cost += p->display_comma;
    if (v->last_cues & BM_CUE_HANGS)
        cost += p->display_hangs;
    if (v->last_cues & BM_CUE_CLOSED)
        cost += p->display_closed;
    if (v->first_cues & BM_CUE_HELD)
        cost += 3;
    if (v->first_cues & (BM_CUE_CAPTION | BM_CUE_NOTE | BM_CUE_DATELINE))
        cost += 2;
    if (v->first_cues & BM_CUE_QUOTED)
        cost += 1;
    if (v->first_cues & BM_CUE_STRETCHED)
        cost += 1;
    return cost + p->display_wide * MAX (v->width - 26, 0);
}

static double
byline_cost (const BmRecoverParams *p, const Visual *v)
{
    return v->first_cues & BM_CUE_BYLINE ? p->byline : NEVER;
}

static double
fixed_cost (const Visual *v)
{
    return v->first_cues & fixed_cues ? 0.1 : NEVER;
}

/* The cheapest way to read a line that stands outside any paragraph. */
static double
outside_cost (const BmRecoverParams *p, const Visual *v)
{
    return MIN (display_cost (p, v), MIN (byline_cost (p, v), fixed_cost (v)));
}

/* ---- the path ---- */

static void
relax (Track *track, int j, int state, int from, int k, double cost)
{
    if (cost < (double) COST (track, j, state)) {
        COST (track, j, state) = (float) cost;
        STEP (track, j, state) = (Step){ (guint8) from, (guint8) k };
    }
}

typedef struct {
    int closed, open, outside; /* the cheapest state of each sort at a place */
} Best;

static int
cheapest (const Track *track, int i, int first_kind, int last_kind)
{
    int best = STATE (first_kind, 0);

    for (int kind = first_kind; kind <= last_kind; kind++)
        for (int m = 0; m < track->n_measures; m++)
            best = COST (track, i, STATE (kind, m)) < COST (track, i, best) ? STATE (kind, m) : best;
    return best;
}

static Best
best_at (const Track *track, int i)
{
    Best best = { cheapest (track, i, KIND_LAST, KIND_SINGLE), cheapest (track, i, KIND_FIRST, KIND_MIDDLE), STATE_DISPLAY };
    int held = cheapest (track, i, KIND_HELD, KIND_HELD);

    best.open = COST (track, i, held) < COST (track, i, best.open) ? held : best.open;
    for (int s = STATE_DISPLAY; s < N_STATES; s++)
        best.outside = COST (track, i, s) < COST (track, i, best.outside) ? s : best.outside;
    return best;
}

/* Where a paragraph of measure m may begin from: the end of another one, display, or a break in mid-sentence. */
static int
way_to_start (const Track *track, int i, const Best *best, int m, double *cost)
{
    const BmRecoverParams *p = track->p;
    int from = best->outside;

    *cost = (double) COST (track, i, best->outside);
    for (int kind = KIND_LAST; kind <= KIND_SINGLE; kind++)
        if ((double) COST (track, i, STATE (kind, m)) < *cost) {
            from = STATE (kind, m);
            *cost = (double) COST (track, i, from);
        }
    if ((double) COST (track, i, best->closed) + p->measure_change < *cost) {
        from = best->closed;
        *cost = (double) COST (track, i, from) + p->measure_change;
    }
    if ((double) COST (track, i, best->open) + p->open_break < *cost) {
        from = best->open;
        *cost = (double) COST (track, i, from) + p->open_break;
    }
    return from;
}

/* Where a line in mid-paragraph may come from: the paragraph, a line that interrupted it, or out of nothing. */
static int
way_inside (const Track *track, int i, int m, int start_from, double start_cost_there, double *cost)
{
    int from = start_from;

    *cost = start_cost_there + track->p->orphan_start;
    for (int kind = 0; kind < N_KINDS; kind++) {
        if (kind == KIND_LAST || kind == KIND_SINGLE)
            continue;
        if ((double) COST (track, i, STATE (kind, m)) < *cost) {
            from = STATE (kind, m);
            *cost = (double) COST (track, i, from);
        }
    }
    return from;
}

/* Body states of the visual line [i, j). */
static void
step_body (Track *track, int i, int j, const Visual *v, const Best *best, double glue)
{
    const BmRecoverParams *p = track->p;

    for (int m = 0; m < track->n_measures; m++) {
        double measure = track->halves[m] / 2.0, start = 0, inside = 0;
        int from = way_to_start (track, i, best, m, &start);
        int within = way_inside (track, i, m, from, start, &inside);

        relax (track, j, STATE (KIND_FIRST, m), from, j - i, start + glue + first_cost (p, track->raw, v, measure));
        relax (track, j, STATE (KIND_SINGLE, m), from, j - i, start + glue + single_cost (p, track->raw, v, measure));
        relax (track, j, STATE (KIND_MIDDLE, m), within, j - i, inside + glue + middle_cost (p, track->raw, v, measure));
        relax (track, j, STATE (KIND_LAST, m), within, j - i, inside + glue + last_cost (p, track->raw, v, measure));
    }
}

/* A line outside paragraphs: after closed text, after open text that goes on later, or after a break. */
static void
step_outside (Track *track, int i, const Visual *v, const Best *best)
{
    const BmRecoverParams *p = track->p;
    double cost = (double) COST (track, i, best->outside);
    int from = best->outside;

    if ((double) COST (track, i, best->closed) < cost) {
        from = best->closed;
        cost = (double) COST (track, i, from);
    }
    if ((double) COST (track, i, best->open) + p->open_break < cost) {
        from = best->open;
        cost = (double) COST (track, i, from) + p->open_break;
    }
    relax (track, i + 1, STATE_DISPLAY, from, 1, cost + display_cost (p, v));
    relax (track, i + 1, STATE_BYLINE, from, 1, cost + byline_cost (p, v));
    relax (track, i + 1, STATE_FIXED, from, 1, cost + fixed_cost (v));
    for (int m = 0; m < track->n_measures; m++)
        for (int kind = 0; kind < N_KINDS; kind++) {
            double extra = kind == KIND_HELD ? p->resume : p->interrupt;

            if (kind != KIND_LAST && kind != KIND_SINGLE)
                relax (track, i + 1, STATE (KIND_HELD, m), STATE (kind, m), 1,
                       (double) COST (track, i, STATE (kind, m)) + extra + outside_cost (p, v));
        }
}

static void
find_path (Track *track)
{
    for (int i = 0; i < track->n; i++) {
        Best best = best_at (track, i);
        double glue = 0;

        for (int k = 1; k <= MAX_GLUE && i + k <= track->n; k++) {
            Visual v = visual_of (track, i, k);

            glue += k > 1 ? glue_cost (track, i + k - 1) : 0;
            if (glue >= (double) NEVER)
                break;
            step_body (track, i, i + k, &v, &best, glue);
            if (k == 1)
                step_outside (track, i, &v, &best);
        }
    }
}

/* ---- reading the path ---- */

static bool
is_open_kind (int state)
{
    int kind = state / MAX_MEASURES;

    return state < STATE_DISPLAY && kind != KIND_LAST && kind != KIND_SINGLE;
}

static BmLabel
label_of (int state, guint32 cues)
{
    static const BmLabel labels[] = { BM_LABEL_FIRST, BM_LABEL_MIDDLE, BM_LABEL_LAST, BM_LABEL_SINGLE };

    if (state >= STATE_DISPLAY || state / MAX_MEASURES == KIND_HELD) {
        if (cues & BM_CUE_BYLINE)
            return BM_LABEL_BYLINE;
        return cues & fixed_cues ? BM_LABEL_FIXED : BM_LABEL_DISPLAY;
    }
    return labels[state / MAX_MEASURES];
}

/* Write one step of the path into its lines. `open` is the line that the paragraph goes on from, −1 if none. */
static void
take_step (Track *track, int i, int k, int state, int *open)
{
    for (int j = i; j < i + k; j++) {
        BmRawLine *line = bm_raw_line (track->raw, track->first + j);

        line->label = (guint8) label_of (state, line->cues);
        line->glued = j > i;
        if (state >= STATE_DISPLAY || state / MAX_MEASURES == KIND_HELD)
            continue;
        line->measure = (float) (track->halves[state % MAX_MEASURES] / 2.0);
        bool inside = state / MAX_MEASURES == KIND_MIDDLE || state / MAX_MEASURES == KIND_LAST || j > i;
        if (inside && *open >= 0)
            bm_raw_line (track->raw, *open)->next = track->first + j;
        line->resumes = inside && *open < 0;
        if (!inside && *open >= 0)
            bm_raw_line (track->raw, *open)->breaks = true;
        *open = track->first + j;
    }
    if (!is_open_kind (state)) {
        if (state >= STATE_DISPLAY && *open >= 0)
            bm_raw_line (track->raw, *open)->breaks = true;
        *open = -1;
    }
}

/* The cheapest end, back to the chunk's start; steps come out in reverse. */
static GArray *
trace_back (const Track *track)
{
    GArray *path = g_array_new (FALSE, FALSE, sizeof (Step));
    int j = track->n, state = 0;

    for (int s = 0; s < N_STATES; s++) {
        double extra = is_open_kind (s) && s < STATE_DISPLAY ? track->p->open_break : 0;
        double best = is_open_kind (state) && state < STATE_DISPLAY ? track->p->open_break : 0;

        if ((double) COST (track, j, s) + extra < (double) COST (track, j, state) + best)
            state = s;
    }
    while (j > 0) {
        Step back = STEP (track, j, state);
        Step here = { (guint8) state, back.glue };

        g_array_append_val (path, here);
        j -= back.glue;
        state = back.state;
    }
    return path;
}

/* Where a chunk begins: the state and measure the chunk before ended in. */
typedef struct {
    int kind;   /* N_KINDS: outside */
    int halves;
    int open;
} Carry;

static void
set_measures (Track *track, const Carry *carry)
{
    track->halves[0] = 0;
    track->n_measures = 1 + bm_measure_candidates (track->raw, track->first, track->n, track->halves + 1, MAX_MEASURES - 2);
    if (carry->kind < N_KINDS)
        track->halves[track->n_measures++] = carry->halves;
}

static void
start_track (Track *track, const Carry *carry)
{
    track->faces = g_new (Face, (gsize) track->n);
    for (int i = 0; i < track->n; i++)
        track->faces[i] = face_of (track->raw, bm_raw_line (track->raw, track->first + i));
    set_measures (track, carry);
    size_t cells = (size_t) (track->n + 1) * N_STATES;
    track->cost = g_new (float, cells);
    track->steps = g_new0 (Step, cells);
    for (size_t i = 0; i < cells; i++)
        track->cost[i] = 2 * NEVER;
    COST (track, 0, carry->kind < N_KINDS ? STATE (carry->kind, track->n_measures - 1) : STATE_FIXED) = 0;
}

/* Take steps up to the chunk's length; how many lines that were. */
static int
commit (Track *track, int limit, Carry *carry)
{
    GArray *path = trace_back (track);
    int i = 0;

    for (int s = (int) path->len - 1; s >= 0 && (i < limit || limit == track->n); s--) {
        Step step = g_array_index (path, Step, s);

        take_step (track, i, step.glue, step.state, &carry->open);
        i += step.glue;
        carry->kind = step.state < STATE_DISPLAY ? step.state / MAX_MEASURES : N_KINDS;
        carry->halves = step.state < STATE_DISPLAY ? track->halves[step.state % MAX_MEASURES] : 0;
    }
    g_array_free (path, TRUE);
    return i;
}

void
bm_raw_label (BmRaw *raw)
{
    const int n = (int) raw->lines->len;
    Carry carry = { N_KINDS, 0, -1 };

    for (int first = 0; first < n;) {
        Track track = { .raw = raw, .p = &bm_recover_params, .first = first, .n = MIN (CHUNK + LOOKAHEAD, n - first) };

        start_track (&track, &carry);
        find_path (&track);
        first += commit (&track, track.n <= CHUNK ? track.n : CHUNK, &carry);
        g_free (track.faces);
        g_free (track.cost);
        g_free (track.steps);
    }
    if (carry.open >= 0)
        bm_raw_line (raw, carry.open)->breaks = true;
}
