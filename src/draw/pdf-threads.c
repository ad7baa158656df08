/* pdf-threads.c — article threads: a reader that knows them leads from column to column of a story, and on where it jumps. */
#include "draw/pdf-private.h"

#include <string.h>

typedef struct {
    int page;
    double left, top, right, bottom; /* of the plan */
} Bead;

static void
include (Bead *bead, const BmElement *element)
{
    bead->left = MIN (bead->left, element->x);
    bead->top = MIN (bead->top, element->y);
    bead->right = MAX (bead->right, element->x + element->width);
    bead->bottom = MAX (bead->bottom, element->y + element->height);
}

static bool
is_head (BmElementRole role)
{
    return role == BM_ELEM_KICKER || role == BM_ELEM_HEADLINE || role == BM_ELEM_SUBHEAD || role == BM_ELEM_SUMMARY;
}

static Bead
bead_of (int page, const BmElement *element)
{
    return (Bead){ page, element->x, element->y, element->x + element->width, element->y + element->height };
}

/* The head first, then column by column; a byline belongs to its column. False: the item has no text. */
static bool
add_beads (GArray *beads, const BmPlan *plan, int page, const char *item)
{
    guint before = beads->len;
    bool headed = false, text = false;

    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *element = &plan->elements[i];

        if (g_strcmp0 (element->item, item) != 0 || !is_head (element->role))
            continue;
        if (headed)
            include (&g_array_index (beads, Bead, before), element);
        else
            g_array_append_vals (beads, &(Bead[]){ bead_of (page, element) }, 1);
        headed = true;
    }
    for (int i = 0; i < plan->n_elements; i++) {
        const BmElement *element = &plan->elements[i];

        if (g_strcmp0 (element->item, item) != 0 || element->role != BM_ELEM_TEXT)
            continue;
        Bead bead = bead_of (page, element);
        for (int k = 0; k < plan->n_elements; k++)
            if (plan->elements[k].role == BM_ELEM_BYLINE && g_strcmp0 (plan->elements[k].item, item) == 0 &&
                plan->elements[k].index == element->index)
                include (&bead, &plan->elements[k]);
        g_array_append_val (beads, bead);
        text = true;
    }
    if (!text)
        g_array_set_size (beads, before);
    return text;
}

/* The link that leaves an item, or that comes to it; NULL: none. */
static const BmNode *
link_of (const Finisher *finisher, int page, const char *item, bool comes)
{
    int n;
    const BmNode *nodes = bm_structure_nodes (finisher->finish->structure, &n);

    for (int i = 0; i < n; i++) {
        const BmNode *end = nodes[i].target < 0 || nodes[i].back ? NULL : comes ? &nodes[nodes[i].target] : &nodes[i];

        if (end != NULL && end->page == page && g_strcmp0 (end->element->item, item) == 0)
            return &nodes[i];
    }
    return NULL;
}

static void
write_bead (Finisher *finisher, const Bead *bead, int thread, const int *numbers, int i, int n)
{
    GString *out = g_string_new (NULL);

    g_string_printf (out, "\n<< /Type /Bead /T %d 0 R /N %d 0 R /V %d 0 R /P %d 0 R /R", thread, numbers[(i + 1) % n],
                     numbers[(i + n - 1) % n], finisher->pages[bead->page]);
    bm_pdf_put_box (finisher, out, bead->page, bead->left, bead->top, bead->right - bead->left, bead->bottom - bead->top);
    g_string_append (out, " >>");
    bm_pdf_file_set (finisher->file, numbers[i], out);
}

static void
write_thread (Finisher *finisher, const char *title, const GArray *beads, GString **on_pages)
{
    int n = (int) beads->len, *numbers = g_new (int, (gsize) n), thread = bm_pdf_file_new (finisher->file);
    GString *out = g_string_new (NULL);

    for (int i = 0; i < n; i++)
        numbers[i] = bm_pdf_file_new (finisher->file);
    for (int i = 0; i < n; i++) {
        const Bead *bead = &g_array_index (beads, Bead, i);

        write_bead (finisher, bead, thread, numbers, i, n);
        g_string_append_printf (on_pages[bead->page], " %d 0 R", numbers[i]);
    }
    g_string_printf (out, "\n<< /Type /Thread /F %d 0 R /I << /Title ", numbers[0]);
    bm_pdf_put_text (out, title);
    g_string_append (out, " >> >>");
    bm_pdf_file_set (finisher->file, thread, out);
    g_string_append_printf (finisher->threads, " %d 0 R", thread);
    g_free (numbers);
}

#define MOST_JUMPS 64 /* of one story: more are a circle */

/* An item's columns, and those of the item that it jumps to. */
static void
gather (Finisher *finisher, int page, const char *item, GArray *beads)
{
    for (int i = 0; i < MOST_JUMPS && item != NULL; i++) {
        const BmNode *link;
        int n;

        if (!add_beads (beads, finisher->finish->plans[page], page, item))
            return;
        link = link_of (finisher, page, item, false);
        if (link == NULL)
            return;
        const BmNode *next = &bm_structure_nodes (finisher->finish->structure, &n)[link->target];
        page = next->page;
        item = next->element->item;
    }
}

void
bm_pdf_write_threads (Finisher *finisher)
{
    int n_pages = finisher->finish->n_plans;
    GString **on_pages = g_new (GString *, (gsize) n_pages);
    GArray *beads = g_array_new (FALSE, TRUE, sizeof (Bead));

    for (int page = 0; page < n_pages; page++)
        on_pages[page] = g_string_new (NULL);
    for (int page = 0; page < n_pages; page++) {
        const BmPlan *plan = finisher->finish->plans[page];

        for (int i = 0; i < plan->n_items; i++) {
            const BmPlanItem *item = &plan->items[i];

            if (item->title == NULL || item->title[0] == '\0' || link_of (finisher, page, item->id, true) != NULL)
                continue;
            g_array_set_size (beads, 0);
            gather (finisher, page, item->id, beads);
            if (beads->len > 0)
                write_thread (finisher, item->title, beads, on_pages);
        }
    }
    for (int page = 0; page < n_pages; page++) {
        if (on_pages[page]->len > 0)
            g_string_append_printf (finisher->page_keys[page], " /B [%s ]", on_pages[page]->str);
        g_string_free (on_pages[page], TRUE);
    }
    g_array_free (beads, TRUE);
    g_free (on_pages);
}
