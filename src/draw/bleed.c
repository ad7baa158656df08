/* bleed.c — what reaches the trim is drawn on beyond it, so that no white shows where the knife errs (出血). */
#include "draw/draw-private.h"

#define REACHES 0.5 /* points from the trim */

typedef struct {
    double left, top, right, bottom;
} Sides;

static Sides
sides_reached (const BmPainter *painter, const BmElement *element)
{
    double bleed = painter->sheet->bleed;

    return (Sides){
        .left = element->x < REACHES ? bleed + element->x : 0,
        .top = element->y < REACHES ? bleed + element->y : 0,
        .right = element->x + element->width > painter->plan->width - REACHES
                     ? bleed + painter->plan->width - element->x - element->width
                     : 0,
        .bottom = element->y + element->height > painter->plan->height - REACHES
                      ? bleed + painter->plan->height - element->y - element->height
                      : 0,
    };
}

/* Of what is cut away on both sides together, `keep` is on the first as before. */
static void
cut_both (double *first, double *second, double away)
{
    double both = *first + *second, share = both > 0 ? *first / both : 0.5;

    *first = away * share;
    *second = away - *first;
}

/* The picture is enlarged, as little as it must, until it fills the box again; its proportions stay. */
static void
fill_again (BmElement *out, const BmElement *in)
{
    double scale = MAX (out->width / in->width, out->height / in->height);

    cut_both (&out->crop[0], &out->crop[2], 1 - (1 - in->crop[0] - in->crop[2]) * out->width / (in->width * scale));
    cut_both (&out->crop[1], &out->crop[3], 1 - (1 - in->crop[1] - in->crop[3]) * out->height / (in->height * scale));
}

const BmElement *
bm_drawn_out (const BmPainter *painter, const BmElement *element, BmElement *room)
{
    bool box = element->role == BM_ELEM_TINT || element->role == BM_ELEM_PHOTO || element->role == BM_ELEM_AD ||
               element->role == BM_ELEM_RULE;

    if (painter->sheet == NULL || painter->sheet->bleed <= 0 || !box || element->width <= 0 || element->height <= 0)
        return element;
    Sides sides = sides_reached (painter, element);
    if (sides.left <= 0 && sides.top <= 0 && sides.right <= 0 && sides.bottom <= 0)
        return element;
    *room = *element;
    room->x -= sides.left;
    room->y -= sides.top;
    room->width += sides.left + sides.right;
    room->height += sides.top + sides.bottom;
    if (element->file != NULL)
        fill_again (room, element);
    return room;
}
