/* weave-private.h — what the steps of unweaving hand to one another (S1): pieces of rows, threads through them. */
#ifndef BM_WEAVE_PRIVATE_H
#define BM_WEAVE_PRIVATE_H

#include "recover/recover-private.h"

/* A line of the dump, or the part of one that stands in one column. */
typedef struct {
    double width, measure; /* measure: of the lines about it */
    guint32 cues;
    gunichar first, last;
    int row, x, end; /* x, end: places in its row, if the dump keeps them */
    int n_in_row;
    bool blank_above, blank_below;
    bool display; /* may be a display line: short, no marks of running text */
    bool folio;   /* belongs to no column */
    bool across;  /* begins a block of such lines that stands across the columns … */
    bool in_head; /* … or is one of them */
} BmPiece;

/* One column as far as it is read. */
typedef struct {
    int last; /* piece */
    int x;
    float measure; /* the widest piece, and how many are as wide */
    guint8 n_full;
    guint8 step;     /* rows from its last piece but one to its last; 0: it has but one */
    float line;      /* em of its last visual line, which may be several pieces */
    gint8 depth;     /* quotations open */
    guint16 left_of; /* threads that stand to the right of this one */
    bool text;       /* it holds a line of running text, a byline */
} BmThread;

/* What a woven page is read with. */
typedef struct {
    const BmRaw *raw;
    const BmWeave *weave;
    BmSeams *seams;
    BmPiece *pieces;
    int n;
} BmLoom;

/* pieces.c: what each piece shows; `lines` are BmRawLine. */
void bm_pieces_read (BmLoom *loom, const GArray *lines);

/* joins.c: what it costs that a thread goes on with a piece. */
double bm_join_cost (const BmLoom *loom, const BmThread *thread, const BmPiece *piece);
bool bm_is_full (double width, double measure);
/* Are both parts of one line of the page? */
bool bm_is_same_line (const BmThread *thread, const BmPiece *before, const BmPiece *piece, double measure);
double bm_thread_measure (const BmLoom *loom, const BmThread *thread);
void bm_thread_note_measure (BmThread *thread, const BmPiece *piece);

/* chains.c: the order of all pieces when before[i] is the piece that i goes on with, −1: none. g_free it. */
int *bm_chains_order (const BmLoom *loom, const int *before);

#endif
