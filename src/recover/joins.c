/* joins.c — what it costs that a thread goes on with a piece: cues 1, 2 and 8 of recover.md §2.
 *
 * A finished paragraph wants a first line, an open sentence one that is none; the seam should make a word, quotations
 * should close where they were opened, the rows of a column come at even steps. Where the dump keeps positions the
 * distance across decides most of it. */
#include "recover/weave-private.h"

#include <math.h>

#define INDENTED  4  /* columns that a first line may stand in */
#define NEXT_LINE 3  /* rows from a column to its crosshead; lines of large type stand one more apart */
#define CENTRED   10 /* … and a crosshead, or a headline's next line */

bool
bm_is_full (double width, double measure)
{
    return width >= measure - 1.3;
}

static bool
is_first_line (const BmLoom *loom, const BmThread *thread, const BmPiece *piece, double measure)
{
    if (loom->weave->positions)
        return piece->x - thread->x >= 2 && piece->x - thread->x <= 6 && piece->width < measure - 0.7;
    return fabs (measure - 2 - piece->width) <= 0.8;
}

/* Going on from an open sentence. */
static double
open_cost (const BmLoom *loom, const BmThread *thread, const BmPiece *before, const BmPiece *piece, double measure)
{
    double cost = -bm_seam_worth (loom->seams, before->last, piece->first);

    if (fabs (measure - 2 - (double) thread->line) <= 0.8)
        cost += bm_weave_params.after_first; /* a first line is full at two less */
    else if (!bm_is_full ((double) thread->line, measure))
        cost += before->cues & BM_CUE_COLON ? bm_weave_params.short_colon : bm_weave_params.short_open;
    if (is_first_line (loom, thread, piece, measure) && !(before->cues & BM_CUE_COLON) && !(piece->cues & BM_CUE_CLOSED))
        cost += bm_weave_params.first_inside;
    if (piece->cues & BM_CUE_HELD)
        cost -= bm_weave_params.held;
    if (piece->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE))
        cost += bm_weave_params.opening_inside;
    if (piece->blank_above)
        cost += bm_weave_params.blank_inside;
    return cost;
}

/* … after a finished one. */
static double
closed_cost (const BmLoom *loom, const BmThread *thread, const BmPiece *piece, double measure)
{
    bool held = piece->cues & BM_CUE_HELD, short_end = !bm_is_full ((double) thread->line, measure);

    if (held)
        return bm_char_is_closing (piece->first) && thread->depth > 0 ? -bm_weave_params.quote : bm_weave_params.opening_inside;
    if (piece->cues & (BM_CUE_LABELLED | BM_CUE_DATELINE | BM_CUE_BYLINE))
        return 0;
    if (is_first_line (loom, thread, piece, measure))
        return short_end ? -bm_weave_params.first_line : bm_weave_params.after_first;
    if (bm_is_full (piece->width, measure))
        return short_end ? bm_weave_params.no_first_line : bm_weave_params.blank_inside;
    return piece->display ? bm_weave_params.display_inside : bm_weave_params.single;
}

/* … from a byline: text begins. */
static double
byline_cost (const BmLoom *loom, const BmThread *thread, const BmPiece *piece, double measure)
{
    if (piece->cues & (BM_CUE_HELD | BM_CUE_UNQUOTED))
        return bm_weave_params.never;
    if (piece->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE) || is_first_line (loom, thread, piece, measure))
        return -bm_weave_params.after_byline;
    return piece->display ? 1.5 * bm_weave_params.display_inside : bm_weave_params.display_inside;
}

/* … from a line that may be a headline: what goes on with it begins something. */
static double
display_cost (const BmLoom *loom, const BmThread *thread, const BmPiece *before, const BmPiece *piece, double measure)
{
    if (before->in_head && !piece->in_head)
        return bm_weave_params.never;
    if (piece->display || piece->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE | BM_CUE_LABELLED))
        return bm_weave_params.head_goes_on;
    if (piece->cues & BM_CUE_HELD)
        return bm_weave_params.never;
    double cost =
        is_first_line (loom, thread, piece, measure) ? bm_weave_params.text_under_head : bm_weave_params.middle_under_head;
    return before->blank_below ? cost
                               : MIN (cost, bm_weave_params.no_head - bm_seam_worth (loom->seams, before->last, piece->first));
}

/* A thread's own measure once some lines agree on it, else the page's. */
double
bm_thread_measure (const BmLoom *loom, const BmThread *thread)
{
    double page = loom->pieces[thread->last].measure;

    if (thread->n_full >= 3 && fabs ((double) thread->measure - page) >= 3)
        return (double) thread->measure;
    return MAX ((double) thread->measure, page);
}

void
bm_thread_note_measure (BmThread *thread, const BmPiece *piece)
{
    float width = (float) MIN (piece->width, piece->measure + 8);

    if (piece->display || piece->cues & BM_CUE_BYLINE)
        return;
    thread->n_full =
        width > thread->measure + 0.6f ? 1 : (guint8) (thread->n_full + (width > thread->measure - 0.6f && thread->n_full < 9));
    thread->measure = MAX (thread->measure, width);
}

/* Where places are known: how far the piece stands from its column. Headlines stand anywhere above theirs; in mid-column
 * a line that looks like one is a crosshead. */
static double
place_cost (const BmThread *thread, const BmPiece *before, const BmPiece *piece)
{
    int room = piece->display ? CENTRED : INDENTED;
    int off = piece->x < thread->x ? thread->x - piece->x : MAX (piece->x - thread->x - room, 0);
    double cost = bm_weave_params.across * CLAMP (off - 2, 0, 25);

    if (thread->text != !piece->display && (piece->display || before->display))
        cost +=
            piece->display && piece->row - before->row <= NEXT_LINE ? bm_weave_params.display_inside : bm_weave_params.head_apart;
    else if (piece->display && before->display && piece->row - before->row > NEXT_LINE + 1)
        cost += bm_weave_params.head_apart;
    return cost;
}

/* The lines of a column come at even steps: next row, or each second one where another column's fall between. */
static double
rows_cost (const BmLoom *loom, const BmThread *thread, int step)
{
    double cost = bm_weave_params.row_less * MIN (step - 1, 8);

    if (loom->weave->positions || loom->weave->blocks || thread->step == 0)
        return cost;
    return MIN (cost, bm_weave_params.row_less) + bm_weave_params.uneven * MIN (ABS (step - thread->step), 4);
}

/* Engines cut a line at a squeezed mark: both parts still fit one line. */
bool
bm_is_same_line (const BmThread *thread, const BmPiece *before, const BmPiece *piece, double measure)
{
    bool soft = bm_char_is_closing (before->last) || bm_char_is_opening (before->last) || bm_char_is_closing (piece->first) ||
                bm_char_is_opening (piece->first);

    return before == piece - 1 && before->row != piece->row && !piece->blank_above && soft &&
           (double) thread->line + piece->width <= measure + 0.7 && !(piece->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE));
}

double
bm_join_cost (const BmLoom *loom, const BmThread *thread, const BmPiece *piece)
{
    const BmPiece *before = &loom->pieces[thread->last];
    double measure = bm_thread_measure (loom, thread);
    bool closed = (before->cues & BM_CUE_CLOSED) != 0;
    double cost = before->cues & BM_CUE_BYLINE                       ? byline_cost (loom, thread, piece, measure)
                  : before->display && before->width < measure - 1.3 ? display_cost (loom, thread, before, piece, measure)
                  : closed                                           ? closed_cost (loom, thread, piece, measure)
                                                                     : open_cost (loom, thread, before, piece, measure);

    if (bm_is_same_line (thread, before, piece, measure))
        cost = MIN (cost, bm_weave_params.same_line);
    if (piece->folio || before->folio)
        cost += bm_weave_params.folio;
    if (piece->width > measure + 1.3 && !before->display)
        cost += bm_weave_params.over_measure;
    if (piece->cues & BM_CUE_UNQUOTED)
        cost += thread->depth > 0 ? -bm_weave_params.quote : bm_weave_params.unopened;
    cost += rows_cost (loom, thread, piece->row - before->row);
    if (loom->weave->blocks && !piece->blank_above && before != piece - 1)
        cost += bm_weave_params.out_of_block;
    return loom->weave->positions ? cost + place_cost (thread, before, piece) : cost;
}
