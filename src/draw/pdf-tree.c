/* pdf-tree.c — the structure of a tagged PDF as objects: elements, the tree from marked contents back to them, links. */
#include "draw/pdf-private.h"

#include <string.h>

typedef struct {
    Finisher *finisher;
    const BmNode *nodes;
    int n_nodes;
    int *numbers; /* of objects, by node */
    int *kids;    /* how many, by node; one below counts */
    int document;
    GString *parents; /* of the parent tree: a reference each link */
    int next_key;
} Tree;

static const BmPlan *
plan_of (const Tree *tree, const BmNode *node)
{
    return tree->finisher->finish->plans[node->page];
}

static bool
is_kept (const Tree *tree, int node)
{
    return tree->nodes[node].mark >= 0 || tree->kids[node] > 0;
}

static void
count_kids (Tree *tree)
{
    for (int i = tree->n_nodes - 1; i >= 0; i--)
        if (is_kept (tree, i) && tree->nodes[i].parent >= 0)
            tree->kids[tree->nodes[i].parent]++;
}

static void
take_number (Tree *tree, int node)
{
    if (is_kept (tree, node))
        tree->numbers[node] = bm_pdf_file_new (tree->finisher->file);
}

/* ---- what an element says beside its place ---- */

static const char *
alternative (const Tree *tree, const BmNode *node)
{
    const BmElement *element = node->element;
    const BmPlanItem *item = bm_plan_item (plan_of (tree, node), element->item);

    if (element->alt != NULL && element->alt[0] != '\0')
        return element->alt;
    if (element->n_lines > 0 && element->lines[0].text != NULL)
        return element->lines[0].text;
    return item != NULL && item->title != NULL && item->title[0] != '\0' ? item->title : "图片";
}

static void
put_attributes (const Tree *tree, const BmNode *node, GString *out)
{
    const char *lang = plan_of (tree, node)->lang, *first = tree->finisher->finish->plans[0]->lang;

    if (strcmp (node->tag, "Figure") == 0) {
        const BmElement *e = node->element;

        g_string_append (out, " /Alt ");
        bm_pdf_put_text (out, alternative (tree, node));
        g_string_append (out, " /A << /O /Layout /Placement /Block /BBox");
        bm_pdf_put_box (tree->finisher, out, node->page, e->x, e->y, e->width, e->height);
        g_string_append (out, " >>");
    }
    if (strcmp (node->tag, "TH") == 0)
        g_string_append (out, " /A << /O /Table /Scope /Column >>");
    if (node->parent < 0 && lang != NULL && g_strcmp0 (lang, first) != 0)
        g_string_append_printf (out, " /Lang (%s)", lang);
}

static BmMarks
marks_of (const Tree *tree, const BmNode *node)
{
    const GArray *marks = tree->finisher->marks[node->page];

    return node->mark < (int) marks->len ? g_array_index (marks, BmMarks, (guint) node->mark) : (BmMarks){ 0, 0 };
}

static void
put_marks (const Tree *tree, const BmNode *node, GString *out)
{
    BmMarks marks = marks_of (tree, node);

    for (int i = 0; i < marks.n; i++)
        g_string_append_printf (out, "%s%d", i > 0 ? " " : "", marks.first + i);
}

/* ---- links ---- */

/* The annotation over a 下转 or 上接 line; its element is the parent that its key leads to. */
static int
write_annotation (Tree *tree, int node)
{
    const BmElement *from = tree->nodes[node].element, *to = tree->nodes[tree->nodes[node].target].element;
    int page = tree->nodes[node].page, there = tree->nodes[tree->nodes[node].target].page,
        number = bm_pdf_file_new (tree->finisher->file);
    const BmPlan *plan = tree->finisher->finish->plans[there];
    GString *out = g_string_new ("\n<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect");

    bm_pdf_put_box (tree->finisher, out, page, from->x, from->y, from->width, from->height);
    g_string_append_printf (out, " /StructParent %d /Contents ", tree->next_key);
    bm_pdf_put_text (out, from->lines[0].text);
    g_string_append_printf (out, " /Dest [%d 0 R /XYZ ", tree->finisher->pages[there]);
    bm_pdf_put_real (out, to->x + plan->bleed);
    g_string_append_c (out, ' ');
    bm_pdf_put_real (out, plan->height + plan->bleed - to->y);
    g_string_append (out, " null] >>");
    bm_pdf_file_set (tree->finisher->file, number, out);
    g_string_append_printf (tree->parents, " %d %d 0 R", tree->next_key++, tree->numbers[node]);
    g_string_append_printf (tree->finisher->annots[page], " %d 0 R", number);
    return number;
}

/* A link stands in a paragraph of its own: returns the paragraph's number. */
static int
write_link (Tree *tree, int node, int parent)
{
    int paragraph = bm_pdf_file_new (tree->finisher->file), page = tree->finisher->pages[tree->nodes[node].page];
    GString *out = g_string_new (NULL), *link = g_string_new (NULL);

    g_string_printf (link, "\n<< /Type /StructElem /S /Link /P %d 0 R /Pg %d 0 R /K [", paragraph, page);
    put_marks (tree, &tree->nodes[node], link);
    g_string_append_printf (link, " << /Type /OBJR /Obj %d 0 R >>] >>", write_annotation (tree, node));
    bm_pdf_file_set (tree->finisher->file, tree->numbers[node], link);
    g_string_printf (out, "\n<< /Type /StructElem /S /P /P %d 0 R /K %d 0 R >>", parent, tree->numbers[node]);
    bm_pdf_file_set (tree->finisher->file, paragraph, out);
    return paragraph;
}

/* ---- elements ---- */

/* The element's own object; returns the number by which its parent names it. */
static int
write_element (Tree *tree, int node, const GString *kids)
{
    const BmNode *self = &tree->nodes[node];
    int parent = self->parent >= 0 ? tree->numbers[self->parent] : tree->document;

    if (self->target >= 0)
        return write_link (tree, node, parent);
    GString *out = g_string_new (NULL);
    g_string_printf (out, "\n<< /Type /StructElem /S /%s /P %d 0 R", self->tag, parent);
    put_attributes (tree, self, out);
    if (self->mark >= 0) {
        g_string_append_printf (out, " /Pg %d 0 R /K [", tree->finisher->pages[self->page]);
        put_marks (tree, self, out);
        g_string_append (out, "] >>");
    } else {
        g_string_append_printf (out, " /K [%s ] >>", kids->str);
    }
    bm_pdf_file_set (tree->finisher->file, tree->numbers[node], out);
    return tree->numbers[node];
}

/* Backwards a node's parts are all written before it; their references are put in front of those that follow. */
static void
write_elements (Tree *tree, GString *roots)
{
    GString **kids = g_new0 (GString *, (gsize) MAX (tree->n_nodes, 1));

    for (int i = tree->n_nodes - 1; i >= 0; i--) {
        char words[24];
        int parent = tree->nodes[i].parent;

        if (is_kept (tree, i)) {
            g_snprintf (words, sizeof words, " %d 0 R", write_element (tree, i, kids[i]));
            if (parent >= 0 && kids[parent] == NULL)
                kids[parent] = g_string_new (NULL);
            g_string_prepend (parent >= 0 ? kids[parent] : roots, words);
        }
        if (kids[i] != NULL)
            g_string_free (kids[i], TRUE);
    }
    g_free (kids);
}

/* Marked contents are numbered on a page in the order of the nodes. */
static void
write_parent_tree (const Tree *tree, int number)
{
    GString *out = g_string_new ("\n<< /Nums [");

    for (int page = 0, i = 0; page < tree->finisher->finish->n_plans; page++) {
        g_string_append_printf (out, " %d [", page);
        for (; i < tree->n_nodes && tree->nodes[i].page == page; i++)
            for (int k = 0; tree->nodes[i].mark >= 0 && k < marks_of (tree, &tree->nodes[i]).n; k++)
                g_string_append_printf (out, " %d 0 R", tree->numbers[i]);
        g_string_append (out, " ]\n");
    }
    g_string_append_printf (out, "%s ] >>", tree->parents->str);
    bm_pdf_file_set (tree->finisher->file, number, out);
}

void
bm_pdf_write_tree (Finisher *finisher)
{
    Tree tree = { .finisher = finisher, .parents = g_string_new (NULL), .next_key = finisher->finish->n_plans };

    tree.nodes = bm_structure_nodes (finisher->finish->structure, &tree.n_nodes);
    tree.numbers = g_new0 (int, (gsize) MAX (tree.n_nodes, 1));
    tree.kids = g_new0 (int, (gsize) MAX (tree.n_nodes, 1));
    count_kids (&tree);
    finisher->tree = bm_pdf_file_new (finisher->file);
    tree.document = bm_pdf_file_new (finisher->file);
    for (int i = 0; i < tree.n_nodes; i++)
        take_number (&tree, i);
    GString *roots = g_string_new (NULL), *root = g_string_new (NULL), *document = g_string_new (NULL);
    write_elements (&tree, roots);
    int parents = bm_pdf_file_new (finisher->file);
    write_parent_tree (&tree, parents);
    g_string_printf (document, "\n<< /Type /StructElem /S /Document /P %d 0 R /K [%s ] >>", finisher->tree, roots->str);
    bm_pdf_file_set (finisher->file, tree.document, document);
    g_string_printf (root, "\n<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d >>", tree.document,
                     parents, tree.next_key);
    bm_pdf_file_set (finisher->file, finisher->tree, root);
    g_string_free (roots, TRUE);
    g_string_free (tree.parents, TRUE);
    g_free (tree.numbers);
    g_free (tree.kids);
}
