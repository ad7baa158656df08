/* structure.c — the tree of a tagged PDF: Art, H1, P, Figure …, and which marked content each leaf is.
 *
 * Cairo numbers marked contents from 0 on every page in the order in which they begin. Leaves alone are given to it as tags, so
 * the numbers are known by counting; the tree itself is written by pdf-finish.c, since Cairo's has no place for /Alt and
 * links. */
#include "draw/draw-private.h"

#include <string.h>

struct BmStructure {
    GArray *nodes; /* BmNode */
    GArray *open;  /* int: nodes, innermost last */
    GPtrArray *plans;
    int page, marks; /* of the moment */
};

BmStructure *
bm_structure_new (void)
{
    BmStructure *structure = g_new0 (BmStructure, 1);

    structure->nodes = g_array_new (FALSE, TRUE, sizeof (BmNode));
    structure->open = g_array_new (FALSE, TRUE, sizeof (int));
    structure->plans = g_ptr_array_new ();
    structure->page = -1;
    return structure;
}

void
bm_structure_free (BmStructure *structure)
{
    g_array_free (structure->nodes, TRUE);
    g_array_free (structure->open, TRUE);
    g_ptr_array_free (structure->plans, TRUE);
    g_free (structure);
}

void
bm_structure_page (BmStructure *structure, const BmPlan *plan)
{
    g_ptr_array_add (structure->plans, (gpointer) plan);
    structure->page++;
    structure->marks = 0;
}

const BmNode *
bm_structure_nodes (const BmStructure *structure, int *n)
{
    *n = (int) structure->nodes->len;
    return (const BmNode *) (gpointer) structure->nodes->data;
}

/* The tag in the page's content only parts it from others: cells and links have none of their own in Cairo 1.16's list. */
static const char *
content_tag (const char *tag)
{
    return strcmp (tag, "Link") == 0 ? "Span" : tag;
}

void
bm_structure_open (BmStructure *structure, cairo_t *cr, const BmAct *act)
{
    guint depth = structure->open->len;
    int number = (int) structure->nodes->len;
    const BmNode node = { .tag = act->tag,
                          .page = structure->page,
                          .mark = act->leaf ? structure->marks++ : -1,
                          .target = -1,
                          .parent = depth > 0 ? g_array_index (structure->open, int, depth - 1) : -1,
                          .element = act->element };

    g_array_append_val (structure->nodes, node);
    g_array_append_val (structure->open, number);
    if (act->leaf)
        cairo_tag_begin (cr, content_tag (act->tag), NULL);
}

void
bm_structure_close (BmStructure *structure, cairo_t *cr)
{
    const BmNode *node =
        &g_array_index (structure->nodes, BmNode, g_array_index (structure->open, int, structure->open->len - 1));

    if (node->mark >= 0)
        cairo_tag_end (cr, content_tag (node->tag));
    g_array_set_size (structure->open, structure->open->len - 1);
}

/* ---- from a 下转 line to its 上接 line, and back ---- */

/* The words between the mark and 版, without the ordinal's 第: "3" of （下转第3版）. NULL: this is no such line. g_free. */
static char *
page_named (const BmElement *element, const char *mark)
{
    const char *text = element->n_lines > 0 ? element->lines[0].text : NULL, *start = text != NULL ? strstr (text, mark) : NULL;

    if (start == NULL)
        return NULL;
    start += strlen (mark);
    const char *end = strstr (start, "版");
    char *name = g_strstrip (g_strndup (start, end != NULL ? (size_t) (end - start) : strlen (start)));
    if (g_str_has_prefix (name, "第"))
        memmove (name, name + strlen ("第"), strlen (name) - strlen ("第") + 1);
    return name;
}

static bool
names_page (const BmStructure *structure, const char *name, int page)
{
    const BmPlan *plan = g_ptr_array_index (structure->plans, (guint) page);

    return plan->page != NULL && plan->page[0] != '\0' && strcmp (name, plan->page) == 0;
}

static const char *
title_of (const BmStructure *structure, const BmNode *node)
{
    const BmPlanItem *item = bm_plan_item (g_ptr_array_index (structure->plans, (guint) node->page), node->element->item);

    return item != NULL ? item->title : NULL;
}

/* How surely one line goes on at another: 0 not at all; the page named back, the same item, the same headline count. */
static int
agreement (const BmStructure *structure, const BmNode *from, const BmNode *to, const char *there)
{
    char *back = page_named (to->element, "上接");
    int score = 0;

    if (back != NULL && to->page != from->page && names_page (structure, there, to->page)) {
        const char *title = title_of (structure, from), *other = title_of (structure, to);

        score = 1 + (names_page (structure, back, from->page) ? 4 : 0) +
                (g_strcmp0 (from->element->item, to->element->item) == 0 ? 2 : 0) +
                (title != NULL && g_strcmp0 (title, other) == 0 ? 8 : 0);
    }
    g_free (back);
    return score;
}

static bool
is_jump (const BmNode *node)
{
    return node->mark >= 0 && node->element != NULL && node->element->role == BM_ELEM_JUMP;
}

static void
link_nodes (BmNode *nodes, int from, int to)
{
    nodes[from].tag = "Link";
    nodes[from].target = to;
    if (nodes[to].target >= 0)
        return;
    nodes[to].tag = "Link";
    nodes[to].target = from;
    nodes[to].back = true;
}

void
bm_structure_link (BmStructure *structure)
{
    BmNode *nodes = (BmNode *) (gpointer) structure->nodes->data;

    for (guint i = 0; i < structure->nodes->len; i++) {
        char *there = is_jump (&nodes[i]) ? page_named (nodes[i].element, "下转") : NULL;
        int best = 0, target = -1;

        for (guint k = 0; there != NULL && k < structure->nodes->len; k++) {
            int score = is_jump (&nodes[k]) ? agreement (structure, &nodes[i], &nodes[k], there) : 0;

            if (score > best) {
                best = score;
                target = (int) k;
            }
        }
        if (target >= 0)
            link_nodes (nodes, (int) i, target);
        g_free (there);
    }
}
