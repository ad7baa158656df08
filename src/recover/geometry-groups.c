/* geometry-groups.c — pieces that make a headline block, pieces that make a column. */
#include "recover/geometry-order.h"

#include <math.h>

#define LINES_APART 3.4 /* leadings: a crosshead's white stands between lines of a column */

/* ---- groups ---- */

static int
new_group (BmOrder *order, const BmPlacedPiece *piece)
{
    BmGroup group = { .display = piece->class == CLASS_DISPLAY, .x0 = piece->box.x0, .y0 = piece->box.y0, .x1 = piece->box.x1, .y1 = piece->box.y1,
                    .head = -1, .pieces = g_array_new (FALSE, FALSE, sizeof (int)) };

    g_array_append_val (order->groups, group);
    return (int) order->groups->len - 1;
}

static void
join_group (BmOrder *order, int i, int g)
{
    BmPlacedPiece *piece = &order->pieces[i];
    BmGroup *group = bm_group_at (order, g);

    piece->group = g;
    piece->follows = !group->display && group->pieces->len > 0 && piece->box.y0 - group->last_y < 0.5 * order->leading && piece->box.x0 >= group->last_x1 - 0.2 * order->body;
    group->x0 = MIN (group->x0, piece->box.x0);
    group->y0 = MIN (group->y0, piece->box.y0);
    group->x1 = MAX (group->x1, piece->box.x1);
    group->y1 = MAX (group->y1, piece->box.y1);
    group->em = MAX (group->em, piece->em);
    group->last_y = piece->box.y0;
    group->last_x1 = piece->box.x1;
    g_array_append_val (group->pieces, i);
}

/* Does a headline stand between a column so far and the piece below it? */
static bool
is_parted (const BmOrder *order, const BmGroup *group, const BmPlacedPiece *piece)
{
    for (int i = 0; i < (int) order->groups->len; i++) {
        const BmGroup *other = bm_group_at (order, i);
        double middle = (other->y0 + other->y1) / 2;

        if (other->display && middle > group->last_y && middle < piece->box.y0 + 0.5 * order->body &&
            bm_overlap (other->x0, other->x1, piece->box.x0, piece->box.x1) > 0)
            return true;
    }
    return false;
}

/* How far a piece's left edge is from a column's; < 0: it does not stand in it. Lines may be indented, or centred. */
static double
edge_distance (const BmOrder *order, const BmGroup *group, const BmPlacedPiece *piece)
{
    double off = piece->box.x0 - group->x0, em = order->body;

    double down = piece->box.y0 - group->last_y;
    bool aligned = fabs (off) < 0.6 * em || fabs (fabs (off) - 2 * em) < 0.3 * em;

    if (bm_char_is_bullet (g_utf8_get_char (order->geometry->text->str + piece->box.start)))
        return fabs (off) < 0.6 * em ? fabs (off) : -1;
    if (off > -2.6 * em && off < 3 * em && (aligned || down < 1.9 * order->leading))
        return fabs (off);
    if (off >= 0 && (piece->box.x1 <= group->x1 + 0.5 * em || (piece->box.x0 < group->last_x1 + 2 * em && fabs (piece->box.y0 - group->last_y) < 0.5 * order->leading)))
        return 3 * em;
    return -1;
}

#define ROWS_NEAR 80 /* pieces above and below that are looked at */

/* Does a column begin at the piece's left edge: does the row above or below begin there, too, or an indent off? What stands
 * behind a dateline's blank on the same line has no such neighbour. */
static bool
is_column_start (const BmOrder *order, int i)
{
    const BmPlacedPiece *piece = &order->pieces[i];

    if (bm_char_is_bullet (g_utf8_get_char (order->geometry->text->str + piece->box.start)))
        return true;
    for (int k = MAX (0, i - ROWS_NEAR); k < MIN (order->n, i + ROWS_NEAR); k++) {
        const BmPlacedPiece *other = &order->pieces[k];
        double down = fabs (other->box.y0 - piece->box.y0), off = fabs (other->box.x0 - piece->box.x0) / order->body;

        if (other->class == piece->class && down > 0.5 * order->leading && down < 1.6 * order->leading && (off < 0.3 || fabs (off - 2) < 0.2))
            return true;
    }
    return false;
}

/* Groups that end more than this many leadings above take no more pieces; so many are looked at. */
#define OPEN_GROUPS 64

static int
column_for (const BmOrder *order, int index)
{
    const BmPlacedPiece *piece = &order->pieces[index];
    bool starts = is_column_start (order, index);
    int best = -1;
    double least = 1e9;

    for (int i = (int) order->groups->len - 1; i >= 0 && i >= (int) order->groups->len - OPEN_GROUPS; i--) {
        const BmGroup *group = bm_group_at (order, i);
        double down = piece->box.y0 - group->last_y, off = edge_distance (order, group, piece);
        bool same_row = down > -0.5 * order->leading && down < 0.5 * order->leading;
        bool small = group->pieces->len > 0 && order->pieces[g_array_index (group->pieces, int, 0)].class == CLASS_SMALL;

        if (group->display || off < 0 || down < -0.5 * order->leading || down > LINES_APART * order->leading || small != (piece->class == CLASS_SMALL))
            continue;
        if ((same_row && (starts || piece->box.x0 < group->last_x1 - 0.2 * order->body || piece->box.x0 > group->last_x1 + 2 * order->body)) || off + fabs (down) >= least || is_parted (order, group, piece))
            continue;
        least = off + fabs (down);
        best = i;
    }
    return best;
}

/* Does a column of text begin below, at the piece's left edge? Then it is a headline of its own, whatever stands at its left. */
static bool
has_own_text (const BmOrder *order, int i)
{
    const BmPlacedPiece *piece = &order->pieces[i];

    for (int k = i + 1; k < order->n && k < i + 4 * ROWS_NEAR; k++) {
        const BmPlacedPiece *other = &order->pieces[k];
        double off = other->box.x0 - piece->box.x0;

        if (other->box.y0 > piece->box.y1 + BM_HEAD_ABOVE * order->leading)
            break;
        if (other->class == CLASS_TEXT && other->box.y0 > piece->box.y1 - 0.5 * piece->em && (fabs (off) < 0.7 * order->body || fabs (off - 2 * order->body) < 0.4 * order->body))
            return true;
    }
    return false;
}

/* A headline's parts stand one blank of its own size apart; two headlines as it happens. */
static bool
is_blank (double gap, double em)
{
    return fabs (gap / em - 1) < 0.06;
}

/* Display lines that touch: one below the other, or parted by a blank in one line. */
static int
block_for (const BmOrder *order, int index)
{
    const BmPlacedPiece *piece = &order->pieces[index];
    bool own = has_own_text (order, index);

    for (int i = (int) order->groups->len - 1; i >= 0 && i >= (int) order->groups->len - OPEN_GROUPS; i--) {
        const BmGroup *group = bm_group_at (order, i);
        double em = MAX (piece->em, group->em), side = -bm_overlap (group->x0, group->x1, piece->box.x0, piece->box.x1);
        double middle = (piece->box.y0 + piece->box.y1) / 2, top = middle - piece->em / 2;
        bool alike = piece->em > 0.8 * group->em && piece->em < 1.25 * group->em;
        bool row = alike && fabs (middle - (group->y0 + group->y1) / 2) < 0.4 * em;

        if (!group->display)
            continue;
        if (row ? side < 1.15 * em && (!own || piece->box.x0 < group->x1 || is_blank (side, em)) : side < 0 && top - (group->y1 - 0.15 * group->em) < 0.8 * em)
            return i;
        /* Lines of a vertical headline stand side by side. */
        if (piece->n >= 3 && piece->box.x1 - piece->box.x0 < 1.5 * piece->em && group->x1 - group->x0 < 3 * group->em &&
            side < 1.2 * em && bm_overlap (group->y0 - 8 * em, group->y1 + 8 * em, piece->box.y0, piece->box.y1) > 0)
            return i;
    }
    return -1;
}

static void
find_groups (BmOrder *order)
{
    order->groups = g_array_new (FALSE, FALSE, sizeof (BmGroup));
    for (int i = 0; i < order->n; i++)
        if (order->pieces[i].class == CLASS_DISPLAY && !order->pieces[i].folio) {
            int g = block_for (order, i);

            join_group (order, i, g >= 0 ? g : new_group (order, &order->pieces[i]));
        }
    for (int i = 0; i < order->n; i++)
        if (order->pieces[i].class != CLASS_DISPLAY && !order->pieces[i].folio) {
            int g = column_for (order, i);

            join_group (order, i, g >= 0 ? g : new_group (order, &order->pieces[i]));
        }
}

#define QUOTE_SIZE 1.8   /* × body: a pull quote is smaller */
#define KICKER_LENGTH 12 /* characters */

static gunichar
edge_char (const BmOrder *order, const BmGroup *group, bool last)
{
    const BmPlacedPiece *piece = &order->pieces[g_array_index (group->pieces, int, last ? group->pieces->len - 1 : 0)];
    const char *text = order->geometry->text->str + piece->box.start;

    return g_utf8_get_char (last ? g_utf8_prev_char (text + piece->box.length) : text);
}

static void
find_asides (BmOrder *order)
{
    for (int i = 0; i < (int) order->groups->len; i++) {
        BmGroup *group = bm_group_at (order, i);

        group->aside = group->display && group->em < QUOTE_SIZE * order->body && bm_char_is_opening (edge_char (order, group, false)) &&
                       bm_char_is_closing (edge_char (order, group, true));
        group->display = group->display && !group->aside;
    }
}

/* A short line of the body's size right over a headline, at its left edge. */
static void
find_kickers (BmOrder *order)
{
    for (int i = 0; i < (int) order->groups->len; i++) {
        BmGroup *group = bm_group_at (order, i);

        if (group->display || group->pieces->len != 1 || order->pieces[g_array_index (group->pieces, int, 0)].n > KICKER_LENGTH ||
            bm_char_is_bullet (edge_char (order, group, false)))
            continue;
        for (int k = 0; k < (int) order->groups->len && !group->kicker; k++) {
            const BmGroup *head = bm_group_at (order, k);

            if (head->display && fabs (head->x0 - group->x0) < order->body && head->y0 >= group->y0 && head->y0 - group->y1 < 1.6 * order->leading) {
                group->kicker = true;
                group->head = k;
            }
        }
    }
}

#define STORY_APART 1.45 /* leadings: an empty row between lines of a column */

/* Does a vertical headline begin beside this height, left of the column? */
static bool
is_vertical_beside (const BmOrder *order, const BmGroup *column, double y)
{
    for (int i = 0; i < (int) order->groups->len; i++) {
        const BmGroup *head = bm_group_at (order, i);

        if (head->display && head->x1 <= column->x0 && head->x1 - head->x0 < 4 * head->em && head->y1 - head->y0 > 2 * head->em &&
            y - head->y0 < 2.5 * order->leading && head->y0 - y < 1.5 * order->leading && column->x0 - head->x1 < 60 * order->body)
            return true;
    }
    return false;
}

/* A story beside a vertical headline has no head over its columns: they are cut from those of the story above. */
static void
cut_columns (BmOrder *order)
{
    for (int g = 0; g < (int) order->groups->len; g++) {
        BmGroup *group = bm_group_at (order, g);
        GArray *pieces = group->pieces;

        for (guint i = 1; i < pieces->len && !group->display; i++) {
            const BmPlacedPiece *above = &order->pieces[g_array_index (pieces, int, i - 1)], *piece = &order->pieces[g_array_index (pieces, int, i)];

            if (piece->box.y0 - above->box.y0 < STORY_APART * order->leading || !is_vertical_beside (order, group, piece->box.y0))
                continue;
            group->pieces = g_array_new (FALSE, FALSE, sizeof (int));
            group->x0 = group->y0 = 1e9;
            group->x1 = group->y1 = -1e9;
            for (guint k = 0; k < i; k++)
                join_group (order, g_array_index (pieces, int, k), g);
            int below = new_group (order, piece);
            for (guint k = i; k < pieces->len; k++)
                join_group (order, g_array_index (pieces, int, k), below);
            g_array_free (pieces, TRUE);
            break; /* the part below is looked at in its turn */
        }
    }
}

void
bm_order_group (BmOrder *order)
{
    find_groups (order);
    find_asides (order);
    cut_columns (order);
    find_kickers (order);
}
