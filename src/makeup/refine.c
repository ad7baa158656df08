/* refine.c — the second pass on a page that is found (page-makeup.md §8): each block keeps its rectangle, and takes the
 * head, picture and columns with which the whole page is worth most. The search sees one block at a time and so cannot
 * know that a head is as large as its neighbour's, or that the page has no picture that dominates. */
#include "makeup/trial.h"

#include <math.h>
#include <string.h>

#define MAX_ROUNDS 3

typedef struct {
    Trials *trials;
    Leaf *leaves;
    int n_leaves;
    Solution *solution;
    const BuiltBlock *blocks[BM_MAX_LEAVES]; /* a place each; NULL: an ad */
    int chosen[BM_MAX_LEAVES];
    double worth; /* of the page as it is chosen */
    int changes;  /* how often a block took another way, … */
    int seen[BM_MAX_LEAVES]; /* … and how often when each was looked at */
} Refining;

static double
judge (const Refining *refining, double least)
{
    Way *ways[BM_MAX_LEAVES];
    int added = 0;

    for (int i = 0; i < refining->solution->n; i++) {
        const BuiltBlock *block = refining->blocks[i];

        ways[i] = block == NULL ? NULL : &block->ways[refining->chosen[i]];
        added += block == NULL ? 0 : ways[i]->cost - block->ways[0].cost;
    }
    return bm_trial_worth_so (refining->trials, ways, added, least);
}

#define GAIN 1e-6 /* less is none */

/* The best way of one block, the others as they are. What it was when they were the same is known. */
static bool
improve_block (Refining *refining, int number)
{
    int before = refining->chosen[number], best = before;

    if (refining->seen[number] == refining->changes)
        return false;

    for (int i = 0; refining->blocks[number] != NULL && i < refining->blocks[number]->n_ways; i++) {
        if (i == before)
            continue;
        refining->chosen[number] = i;
        double now = judge (refining, refining->worth);
        if (now > refining->worth + GAIN) {
            refining->worth = now;
            best = i;
        }
    }
    refining->chosen[number] = best;
    refining->changes += best != before;
    refining->seen[number] = refining->changes;
    return best != before;
}

/* The blocks in the order of their stories, over and over, until none gains. */
static void
improve (Refining *refining)
{
    bool gained = true;

    for (int round = 0; round < MAX_ROUNDS && gained; round++) {
        gained = false;
        for (int leaf = 0; leaf < refining->n_leaves; leaf++)
            for (int i = 0; i < refining->solution->n; i++)
                if (refining->solution->places[i].leaf == leaf)
                    gained = improve_block (refining, i) || gained;
    }
}

static void
take_ways (const Refining *refining)
{
    Solution *solution = refining->solution;

    for (int i = 0; i < solution->n; i++) {
        const BuiltBlock *block = refining->blocks[i];

        if (block == NULL || refining->leaves[solution->places[i].leaf].kind != LEAF_STORY)
            continue;
        solution->shapes[i] = block->ways[refining->chosen[i]].shape;
        solution->cost += block->ways[refining->chosen[i]].cost - block->ways[0].cost;
    }
}

double
bm_refine (Trials *trials, Leaf *leaves, int n_leaves, Solution *solution)
{
    Refining refining = { .trials = trials, .leaves = leaves, .n_leaves = n_leaves, .solution = solution };

    bm_trial_open (trials, leaves, n_leaves, solution);
    for (int i = 0; i < solution->n; i++) {
        refining.blocks[i] = bm_trial_ways (trials, i);
        refining.seen[i] = -1;
    }
    refining.worth = judge (&refining, -INFINITY);
    improve (&refining);
    take_ways (&refining);
    return refining.worth;
}
