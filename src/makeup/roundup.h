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
    int n_columns;
    RoundText *text;
    int first[BM_MAX_RUNS + 1]; /* unit that each column begins with; behind the last: all */
    int cost;
} RoundFit;

/* The briefs in w columns × h rows, SEP counted: false if their columns cannot be made level there. */
bool bm_round_up_fit (Maker *maker, const Cluster *cluster, int w, int h, RoundFit *fit);

/* Rows of white over the heads of one column: one a head, and what is spare shared from the top down. `n` of them. */
void bm_round_gaps (const RoundText *text, int first, int end, int inner, int *gaps);

double bm_round_measure_width (const Maker *maker, int w); /* points inside the tint */

#endif
