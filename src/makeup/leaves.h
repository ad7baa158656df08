/* leaves.h — what the search places, with the cost of every size. */
#ifndef BM_LEAVES_H
#define BM_LEAVES_H

#include "makeup/casting.h"

typedef struct {
    Leaf *stories; /* made once for a region: a leaf a story */
    Leaf *ads;
    int n_ads;
} Stock;

/* Not `sized`: without shapes and costs, for a page whose shapes are all known. */
Stock bm_make_stock (Maker *maker, bool sized);
void  bm_allow_notches (Maker *maker, Stock *stock);
void  bm_drop_stock (const Maker *maker, Stock *stock);

/* The containers of a casting, a leaf each. */
void bm_cast_clusters (Maker *maker, const Casting *casting, Leaf *clusters);
void bm_close_clusters (const Casting *casting, Leaf *clusters);

/* All leaves of a casting, in the order the search relies on; they belong to the stock. How many there are: more than
 * BM_MAX_LEAVES are only counted. */
int bm_gather_leaves (Maker *maker, const Stock *stock, const Casting *casting, const Leaf *clusters, Leaf *leaves);

#endif
