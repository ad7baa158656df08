/* casting.h — which stories of a page stand in containers, and in which. */
#ifndef BM_CASTING_H
#define BM_CASTING_H

#include "makeup/makeup-private.h"

#define BM_MAX_CONTAINERS 3
#define BM_MAX_CASTINGS 24

typedef struct {
    uint64_t members; /* a bit a story */
    bool runs_on;     /* a round-up */
} CastGroup;

typedef struct {
    int n; /* 0: no container */
    CastGroup groups[BM_MAX_CONTAINERS];
} Casting;

/* All that are worth trying, at most BM_MAX_CASTINGS. casting.c */
int bm_list_castings (Maker *maker, Casting *castings);

/* ---- roundup-cast.c ---- */
uint64_t bm_cast_members (const Casting *casting); /* of all its containers */
/* Castings of the page whose containers are those of `base` and a round-up of the least important short items, so that few
 * enough leaves are left: none where so few items are on the page that a level container leaves few enough. */
int bm_list_round_ups (Maker *maker, const Casting *base, Casting *castings, int most);
/* The containers that the edition asks for, one a name: as they are, and run on where there are many members. */
int bm_list_wished (const Maker *maker, Casting *castings);

#endif
