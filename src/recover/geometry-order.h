/* geometry-order.h — what the steps from boxes to reading order hand to one another.
 *
 *   pieces → sizes, classes, the page's own line     geometry-sizes.c
 *          → headline blocks and columns             geometry-groups.c
 *          → which column under which headline       geometry-heads.c
 *          → lines in order, with hints              geometry-order.c
 */
#ifndef BM_GEOMETRY_ORDER_H
#define BM_GEOMETRY_ORDER_H

#include "recover/geometry.h"

#define BM_HEAD_ABOVE 9.0 /* leadings between a headline and its text */

typedef enum { CLASS_TEXT, CLASS_DISPLAY, CLASS_SMALL } BmPieceClass;

typedef struct {
    BmPiece box;
    double em;
    int n;        /* characters */
    BmPieceClass class;
    bool folio;   /* it stands in the page's own line at the head */
    int group;    /* of its headline block or column */
    bool follows; /* goes on with the line of the piece before */
} BmPlacedPiece;

/* A headline block or a column. */
typedef struct {
    bool display;
    bool aside;   /* a pull quote: large, but no headline */
    bool kicker;  /* of the headline it stands over, in the body's size */
    double x0, y0, x1, y1, last_y, last_x1, em;
    int head;     /* group of the headline it stands under; −1 */
    GArray *pieces; /* int */
} BmGroup;

typedef struct {
    const BmGeometry *geometry;
    int n;
    BmPlacedPiece *pieces; /* from top to bottom */
    double body, body_height, leading;
    GArray *groups; /* BmGroup */
} BmOrder;

static inline BmGroup *
bm_group_at (const BmOrder *order, int i)
{
    return &g_array_index (order->groups, BmGroup, i);
}

static inline double
bm_overlap (double a0, double a1, double b0, double b1)
{
    return MIN (a1, b1) - MAX (a0, b0);
}

/* Its first piece. */
static inline const BmPlacedPiece *
bm_group_piece (const BmOrder *order, const BmGroup *group)
{
    return &order->pieces[g_array_index (group->pieces, int, 0)];
}

/* Captions, folios of pictures: smaller than the body. */
static inline bool
bm_group_is_small (const BmOrder *order, const BmGroup *group)
{
    return !group->display && bm_group_piece (order, group)->class == CLASS_SMALL;
}

void bm_order_measure (BmOrder *order);
void bm_order_group (BmOrder *order);
/* `ids`: all groups from top to bottom. */
void bm_order_heads (const BmOrder *order, const int *ids);

#endif
