/* filler.c — 补白: what may close a page that has too little copy (page-makeup.md §11, step 4): items that the edition marks as
 * spare, at most two, in their order; then one of the layout's own pictures, as an ad in the house. Nothing is ever written
 * for it. A spare item that is not needed stays out, with a note. */
#include "makeup/makeup-private.h"

#include <math.h>

#define MAX_SPARE 2
#define MAX_TRIES 5
#define LESS_EACH_TRY 0.15
#define HIGHEST_HOUSE 0.85 /* of the page */

typedef struct {
    int filler, columns;
    double off; /* cells by which it misses what is empty */
} House;

static int
spare_story (const Maker *maker)
{
    for (int i = 0; i < maker->n_stories; i++)
        if (maker->stories[i].item->wish.filler && maker->held[i])
            return i;
    return -1;
}

static void
take_house_away (Maker *maker)
{
    maker->n_ads -= maker->house;
    maker->house = false;
}

static void
set_spare_aside (Maker *maker)
{
    for (int i = 0; i < maker->n_stories; i++)
        maker->held[i] = maker->held[i] || maker->stories[i].item->wish.filler;
    maker->n_spare = 0;
}

void
bm_fillers_set_aside (Maker *maker)
{
    set_spare_aside (maker);
    take_house_away (maker);
    maker->n_house = 0;
}

bool
bm_fillers_left (const Maker *maker)
{
    return (maker->n_spare < MAX_SPARE && spare_story (maker) >= 0) || maker->layout->n_fillers > 0;
}

/* ---- house pictures ---- */

static const BmItem *
house_item (Maker *maker, int filler, int columns)
{
    BmItem *item = bm_arena_new0 (maker->arena, BmItem, 1);
    BmPicture *picture = bm_arena_new0 (maker->arena, BmPicture, 1);

    picture->file = maker->layout->fillers[filler];
    picture->where = maker->layout->fillers_where;
    *item = (BmItem){ .id = bm_arena_printf (maker->arena, "house%d", filler + 1), .kind = BM_ITEM_AD, .n_pictures = 1, .pictures = picture,
                      .where = maker->layout->fillers_where };
    item->wish.columns = columns;
    return item;
}

/* The picture and width that come nearest to so many cells; columns 0: there is no picture. */
static House
nearest_house (Maker *maker, double cells)
{
    House nearest = { 0 };

    for (int i = 0; i < maker->layout->n_fillers; i++) {
        Photo photo = { 0 };

        if (!bm_photo_read (maker, house_item (maker, i, 1)->pictures, &photo))
            continue;
        for (int c = maker->grid.columns; c >= 1; c--) {
            double rows = maker->layout->area_width * c / maker->grid.columns / photo.ratio / maker->grid.pitch, off = fabs (rows * c - cells);

            if (rows <= maker->grid.rows * HIGHEST_HOUSE && (nearest.columns == 0 || off < nearest.off))
                nearest = (House){ i, c, off };
        }
    }
    return nearest;
}

/* The stories need more than the estimate, which knows no wide heads: each try takes a smaller picture. */
static bool
add_house (Maker *maker, double empty)
{
    int at = maker->n_house++;

    if (at < MAX_TRIES) {
        House house = nearest_house (maker, empty * (1 - LESS_EACH_TRY * at));

        maker->house = house.columns > 0 && bm_ads_add (maker, house_item (maker, house.filler, house.columns));
    }
    return maker->house;
}

bool
bm_filler_add (Maker *maker, double empty)
{
    int spare = spare_story (maker);

    if (spare >= 0 && maker->n_spare < MAX_SPARE && maker->n_house == 0) {
        maker->held[spare] = false;
        maker->n_spare++;
        return true;
    }
    if (maker->layout->n_fillers == 0)
        return false; /* the spare items stay: more slack may do */
    double taken = maker->house ? maker->ads[maker->n_ads - 1].share * maker->ads[maker->n_ads - 1].rows * maker->grid.columns : 0;
    set_spare_aside (maker);
    take_house_away (maker);
    return add_house (maker, empty + taken);
}

void
bm_filler_name_unused (Maker *maker, const Story *story)
{
    bm_diag (maker->diags, BM_NOTE, "BM0614", story->item->where, NULL, "spare (补白) and not needed: “%s”", story->title);
}
