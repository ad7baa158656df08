/* roundup.h — the round-up (集纳): briefs that run on one after the other through the level columns of one container, each
 * under a small head of its own on the grid (page-makeup.md §9). */
#ifndef BM_ROUNDUP_H
#define BM_ROUNDUP_H

#include "makeup/makeup-private.h"

#define BM_MAX_RUNS 16 /* columns of a round-up */

/* Rows that stay together: a brief's head, or an atom of its text. */
typedef struct {
    int member;
    int rows;
    bool head;
    int break_cost; /* of a column that begins here; BM_NO_WAY: none may */
} RoundUnit;

/* All briefs of a round-up at one measure. */
typedef struct {
    int measure;       /* body cells */
    bool fits;         /* every head has a way to stand */
    int n_units;
    RoundUnit *units;
    int *rows, *heads; /* of the units before each, and of all */
    int head_lines[BM_MAX_STORIES];
} RoundText;

typedef struct {
    bool tinted;      /* inside the tint's padding; else on the page's own columns, under a rule */
    int label, inner; /* rows of the label with its white, and of the columns */
    int n_columns;
    RoundText *text;
    int first[BM_MAX_RUNS + 1]; /* unit that each column begins with; behind the last: all */
    int cost;
} RoundFit;

/* The briefs in w columns × h rows, SEP counted: false if their columns cannot be made level there. */
bool bm_round_up_fit (Maker *maker, const Cluster *cluster, int w, int h, RoundFit *fit);

/* Rows of white over each head of one column but its first, shared out from the top down. */
void bm_round_gaps (const RoundText *text, int first, int end, int inner, int *gaps);

double bm_round_padding (const Maker *maker, bool tinted); /* points at either side */

#endif
