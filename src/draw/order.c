/* order.c — the order in which a page is read, as a list of acts: open a part of the structure, draw something, close it.
 *
 * The plan goes item by item, but a picture may stand before its headline and crossheads after the column that they divide.
 * Read aloud, a story is kicker, headline, subhead, byline, body, photo, caption (print-ready.md §2, Tags); rules, frames and
 * tints are no part of it and lie under everything. Every surface is drawn in this order, so that all look alike and a text
 * selected in a PDF or SVG runs on as it should. */
#include "draw/draw-private.h"

#include <string.h>

typedef struct {
    const BmPlan *plan;
    GArray *acts;      /* BmAct */
    bool *done;        /* by element */
    bool heading_seen; /* the first one of a document is an H1 whatever its rank: PDF/UA asks for it */
} Order;

/* One thing of a story's columns: a line of text, or an element that stands among them. */
typedef struct {
    int column, number; /* number: of its kind in the plan, to keep what is level in order */
    double y;
    const BmElement *element;
    int line; /* −1: the whole element */
} Row;

/* ---- acts ---- */

static void
open_part (Order *order, const char *tag, bool leaf, const BmElement *element)
{
    const BmAct act = { .kind = BM_ACT_OPEN, .tag = tag, .leaf = leaf, .element = element };

    g_array_append_val (order->acts, act);
}

static void
close_part (Order *order)
{
    const BmAct act = { .kind = BM_ACT_CLOSE };

    g_array_append_val (order->acts, act);
}

static void
draw (Order *order, const BmElement *element, int first, int n)
{
    const BmAct act = { .kind = BM_ACT_DRAW, .element = element, .first = first, .n_lines = n };

    g_array_append_val (order->acts, act);
}

static void
leaf (Order *order, const char *tag, const BmElement *element)
{
    open_part (order, tag, true, element);
    draw (order, element, 0, element->n_lines);
    close_part (order);
}

/* ---- headings ---- */

static int
level_of (Order *order, const BmPlanItem *item)
{
    bool first = !order->heading_seen;

    order->heading_seen = true;
    if (first || item == NULL || item->importance == 1)
        return 1;
    return item->container != NULL ? 3 : 2;
}

static const char *
heading (int level)
{
    static const char *const tags[] = { "H1", "H2", "H3", "H4", "H5", "H6" };

    return tags[CLAMP (level, 1, 6) - 1];
}

/* ---- the columns of a story ---- */

static bool
stands_in_columns (BmElementRole role)
{
    return role == BM_ELEM_BYLINE || role == BM_ELEM_TEXT || role == BM_ELEM_CROSSHEAD || role == BM_ELEM_PULLQUOTE ||
           role == BM_ELEM_FIGURES || role == BM_ELEM_JUMP || role == BM_ELEM_NOTE || role == BM_ELEM_TABLE;
}

static int
by_place (gconstpointer a, gconstpointer b)
{
    const Row *one = a, *other = b;

    if (one->column != other->column)
        return one->column < other->column ? -1 : 1;
    if (one->y < other->y || one->y > other->y)
        return one->y < other->y ? -1 : 1;
    return one->number - other->number;
}

/* An element without lines that can be read, or drawn whole, is one row; a column of text is a row a line. */
static void
add_rows (GArray *rows, const BmElement *element)
{
    bool text = element->role == BM_ELEM_TEXT && !element->vertical;

    for (int i = 0; i < (text ? element->n_lines : 1); i++) {
        /* a line stands on its baseline, and an element at its head comes before it */
        const Row row = { .column = element->index,
                          .number = (int) rows->len,
                          .element = element,
                          .line = text ? i : -1,
                          .y = text ? element->lines[i].baseline : element->y + 0.01 };
        g_array_append_val (rows, row);
    }
}

/* A table's row: a cell begins where a line stands elsewhere than the one before. */
static void
table_row (Order *order, const BmElement *element, bool head)
{
    open_part (order, "TR", false, NULL);
    for (int i = 0, end; i < element->n_lines; i = end) {
        for (end = i + 1; end < element->n_lines && bm_pt_equal (element->lines[end].x, element->lines[i].x); end++)
            continue;
        open_part (order, head ? "TH" : "TD", true, element);
        draw (order, element, i, end - i);
        close_part (order);
    }
    close_part (order);
}

/* The rows of a table that follow each other; returns the number of them. */
static int
table (Order *order, const Row *rows, int n)
{
    int end = 0;

    open_part (order, "Table", false, NULL);
    for (; end < n && rows[end].element->role == BM_ELEM_TABLE; end++)
        table_row (order, rows[end].element, end == 0);
    close_part (order);
    return end;
}

static void
aside (Order *order, const Row *row, int level)
{
    switch (row->element->role) {
    case BM_ELEM_CROSSHEAD:
        leaf (order, heading (level + 1), row->element);
        break;
    case BM_ELEM_PULLQUOTE:
        leaf (order, "BlockQuote", row->element);
        break;
    default:
        leaf (order, "P", row->element);
        break;
    }
}

/* Lines make paragraphs. A quotation set into one waits for its end; a crosshead ends it. */
static void
read_rows (Order *order, const Row *rows, int n, int level)
{
    bool within = false;
    int waiting = -1;

    for (int i = 0; i < n; i++) {
        const Row *row = &rows[i];

        if (row->line < 0 && within && row->element->role == BM_ELEM_PULLQUOTE && waiting < 0) {
            waiting = i;
            continue;
        }
        if (row->line < 0) {
            if (within)
                close_part (order);
            within = false;
            if (row->element->role == BM_ELEM_TABLE)
                i += table (order, row, n - i) - 1;
            else
                aside (order, row, level);
            continue;
        }
        if (!within)
            open_part (order, "P", true, row->element);
        within = !row->element->lines[row->line].paragraph_end;
        draw (order, row->element, row->line, 1);
        if (!within)
            close_part (order);
        if (!within && waiting >= 0) {
            aside (order, &rows[waiting], level);
            waiting = -1;
        }
    }
    if (within)
        close_part (order);
    if (waiting >= 0)
        aside (order, &rows[waiting], level);
}

/* ---- an item ---- */

/* Every element of the item with one of these roles that is not drawn yet. */
static void
read_roles (Order *order, const char *id, const BmElementRole *roles, int n_roles, const char *tag)
{
    for (int i = 0; i < order->plan->n_elements; i++) {
        const BmElement *element = &order->plan->elements[i];

        if (order->done[i] || g_strcmp0 (element->item, id) != 0)
            continue;
        for (int k = 0; k < n_roles; k++)
            if (element->role == roles[k]) {
                order->done[i] = true;
                leaf (order, tag, element);
                break;
            }
    }
}

static void
read_columns (Order *order, const char *id, int level)
{
    GArray *rows = g_array_new (FALSE, TRUE, sizeof (Row));

    for (int i = 0; i < order->plan->n_elements; i++) {
        const BmElement *element = &order->plan->elements[i];

        if (order->done[i] || g_strcmp0 (element->item, id) != 0 || !stands_in_columns (element->role))
            continue;
        order->done[i] = true;
        add_rows (rows, element);
    }
    g_array_sort (rows, by_place); /* number makes it a total order */
    read_rows (order, (const Row *) (gpointer) rows->data, (int) rows->len, level);
    g_array_free (rows, TRUE);
}

/* Pictures with what stands under them. An ad without artwork is its words. */
static void
read_pictures (Order *order, const char *id)
{
    for (int i = 0; i < order->plan->n_elements; i++) {
        const BmElement *element = &order->plan->elements[i];

        if (order->done[i] || g_strcmp0 (element->item, id) != 0)
            continue;
        order->done[i] = true;
        if (element->role == BM_ELEM_PHOTO || (element->role == BM_ELEM_AD && element->file != NULL))
            leaf (order, "Figure", element);
        else if (element->role == BM_ELEM_CAPTION || element->role == BM_ELEM_CREDIT)
            leaf (order, "Caption", element);
        else
            leaf (order, "P", element);
    }
}

/* Their words were read in the story: they are drawn where they can be found, and are no part of it (an artifact). */
static void
draw_devices (Order *order, const char *id)
{
    for (int i = 0; i < order->plan->n_elements; i++) {
        const BmElement *element = &order->plan->elements[i];

        if (element->device && g_strcmp0 (element->item, id) == 0)
            draw (order, element, 0, element->n_lines);
    }
}

/* `nested`: within its container; a container within one is none. */
static void
read_item (Order *order, const char *id, bool nested)
{
    static const BmElementRole before[] = { BM_ELEM_KICKER }, head[] = { BM_ELEM_HEADLINE };
    static const BmElementRole label[] = { BM_ELEM_LABEL }, after[] = { BM_ELEM_SUBHEAD, BM_ELEM_SUMMARY };
    const BmPlanItem *item = bm_plan_item (order->plan, id);
    bool container = !nested && item != NULL && item->n_members > 0;
    bool headed = item != NULL && item->title != NULL && item->title[0] != '\0';
    int level = headed ? level_of (order, item) : 2;

    open_part (order, container ? "Sect" : "Art", false, NULL);
    read_roles (order, id, label, 1, container && headed ? heading (level) : "P");
    read_roles (order, id, before, 1, "P");
    read_roles (order, id, head, 1, heading (level));
    read_roles (order, id, after, 2, "P");
    read_columns (order, id, level);
    read_pictures (order, id);
    draw_devices (order, id);
    for (int i = 0; container && i < item->n_members; i++)
        read_item (order, item->members[i], true);
    close_part (order);
}

/* ---- the page ---- */

static bool
is_artifact (const BmElement *element)
{
    return element->role == BM_ELEM_RULE || element->role == BM_ELEM_FRAME || element->role == BM_ELEM_TINT ||
           element->role == BM_ELEM_FOLIO;
}

/* What belongs to no item: furniture, or the texts of a page that has no items. */
static void
read_loose (Order *order, const BmElement *element)
{
    GArray *rows = g_array_new (FALSE, TRUE, sizeof (Row));

    if (stands_in_columns (element->role)) {
        add_rows (rows, element);
        read_rows (order, (const Row *) (gpointer) rows->data, (int) rows->len, 1);
    } else if (element->role == BM_ELEM_HEADLINE) {
        leaf (order, heading (level_of (order, NULL)), element);
    } else {
        leaf (order, element->role == BM_ELEM_PHOTO ? "Figure" : "P", element);
    }
    g_array_free (rows, TRUE);
}

static bool
is_member (const BmPlan *plan, const char *id)
{
    const BmPlanItem *item = bm_plan_item (plan, id);

    return item != NULL && item->container != NULL && bm_plan_item (plan, item->container) != NULL;
}

GArray *
bm_reading_order (const BmPlan *plan, bool *heading_seen)
{
    Order order = { .plan = plan,
                    .acts = g_array_new (FALSE, TRUE, sizeof (BmAct)),
                    .heading_seen = *heading_seen,
                    .done = g_new0 (bool, (gsize) MAX (plan->n_elements, 1)) };

    for (int i = 0; i < plan->n_elements; i++)
        if (plan->elements[i].device && plan->elements[i].item != NULL)
            order.done[i] = true;
        else if (is_artifact (&plan->elements[i])) {
            order.done[i] = true;
            draw (&order, &plan->elements[i], 0, plan->elements[i].n_lines);
        }
    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *element = &plan->elements[i];

        if (order.done[i] || (element->item != NULL && is_member (plan, element->item)))
            continue;
        if (element->item != NULL)
            read_item (&order, element->item, false);
        else
            read_loose (&order, element);
        order.done[i] = true;
    }
    for (int i = 0; i < plan->n_elements; i++) /* of a container that does not name it: not lost */
        if (!order.done[i])
            read_item (&order, plan->elements[i].item, true);
    *heading_seen = order.heading_seen;
    g_free (order.done);
    return order.acts;
}
