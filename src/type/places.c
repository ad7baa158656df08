/* places.c — where the lines of a paragraph may begin and end, and what stands between: the same at every measure.
 *
 * Make-up composes a paragraph at some twenty measures; its places are found for the first of them and kept until
 * bm_type_rest. They take four times the paragraph's own bytes, so they are not kept beyond a page. */
#include "type/type-private.h"

#include <string.h>

#define RELEASE_COST 1000.0

static bool
may_break_at (const BmShaped *shaped, int at, int release)
{
    const BmCellData *cell = &shaped->cells[at - 1];

    return at == shaped->n_cells || cell->may_break || (cell->release > 0 && cell->release <= release);
}

/* What the mark at a line's end may give back at most. */
static double
most_trimmed (const BmEdge *edge)
{
    return (edge->choices & 1u << BM_END_HANG) != 0 ? (double) edge->hang : (edge->choices & 1u << BM_END_HALF) != 0 ? (double) edge->half : 0;
}

static void
set_bounds (const BmPlaces *places, BmPlace *place)
{
    const BmEdge *edge = &place->edge;
    const BmGives *gives = &places->sums[place->at].gives;
    bool shrinks = places->style.shrink;

    place->tight_begin = edge->begins - (shrinks ? (double) edge->before_first->shrink : 0);
    place->tight_end = edge->ends - (double) edge->hyphen - most_trimmed (edge) - (shrinks ? (double) edge->before_end->shrink : 0);
    place->reach = edge->before + (double) gives->stretch;
    place->open = (double) gives->open;
    place->open_begin = edge->before_first->open;
    place->open_end = edge->before_end->open;
    place->spaces_begin = edge->before_first->spaces;
    place->spaces_end = edge->before_end->spaces;
    place->words_begin = edge->before_first->words;
    place->words_end = edge->before_end->words;
    place->plain = !place->closes && (edge->choices & ~(1u << BM_END_HALF)) == 1u << BM_END_FULL;
}

static void
add_place (const BmShaped *shaped, BmPlaces *places, int at)
{
    BmPlace *place = &places->all[places->n++];
    bool closes = at == shaped->n_cells;

    place->at = at;
    place->closes = closes;
    place->penalty = 0;
    place->hyphen = place->released = false;
    if (at > 0 && !closes) {
        const BmCellData *cell = &shaped->cells[at - 1];

        place->released = !cell->may_break;
        place->hyphen = cell->hyphen;
        place->penalty = (float) cell->penalty / 2 + (place->released ? (float) RELEASE_COST : 0);
    }
    bm_edge_set (shaped, &places->style, places->sums, at, at == 0, closes, &place->edge);
    set_bounds (places, place);
}

BmPlaces *
bm_places_new (const BmShaped *shaped, const BmStyle *style, int release)
{
    BmPlaces *places = g_new0 (BmPlaces, 1);
    int n = 1;

    for (int at = 1; at <= shaped->n_cells; at++)
        n += may_break_at (shaped, at, release);
    memcpy (&places->style, style, sizeof *style);
    places->sums = bm_sums_new (shaped, style);
    places->all = g_new (BmPlace, (gsize) n);
    add_place (shaped, places, 0);
    for (int at = 1; at <= shaped->n_cells; at++)
        if (may_break_at (shaped, at, release))
            add_place (shaped, places, at);
    return places;
}

void
bm_places_free (BmPlaces *places)
{
    if (places == NULL)
        return;
    g_free (places->sums);
    g_free (places->all);
    g_free (places);
}

const BmPlaces *
bm_places_of (const BmShaped *shaped, const BmStyle *style)
{
    BmShaped *memo = (BmShaped *) (gpointer) shaped;

    if (memo->places != NULL && memcmp (&memo->places->style, style, sizeof *style) == 0)
        return memo->places;
    bm_places_free (memo->places);
    return memo->places = bm_places_new (shaped, style, 0);
}

void
bm_type_rest (BmType *type)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init (&iter, type->shaped);
    while (g_hash_table_iter_next (&iter, NULL, &value)) {
        BmShaped *shaped = value;

        bm_places_free (shaped->places);
        shaped->places = NULL;
    }
}
