/* pages.c — see pages.h. */
#include "makeup/pages.h"

#include <string.h>

static Made
make (BmType *type, const Case *wanted, const BmMakeupOptions *options, bool interlock)
{
    static const char *const dirs[] = { BM_SOURCE_DIR "/layouts", NULL };
    Made made = { .wanted = *wanted, .edition = bm_edition_new (), .diags = bm_diags_new () };
    char *path = g_build_filename (BM_SOURCE_DIR, wanted->file, NULL), *folder = g_path_get_dirname (path);
    BmMakeupOptions here = options != NULL ? *options : (BmMakeupOptions){ 0 };
    gsize length = 0;

    here.picture_root = folder;
    made.layout = bm_layout_load (wanted->layout, dirs, made.diags);
    if (g_file_get_contents (path, &made.text, &length, NULL) && made.layout != NULL &&
        (wanted->columns == 0 || bm_layout_set_columns (made.layout, wanted->columns, made.diags)) &&
        bm_edition_read_markdown (made.edition, wanted->file, made.text, length, made.diags)) {
        made.layout->interlock = interlock;
        made.plan = bm_makeup_page (made.edition, 0, made.layout, type, &here, made.diags);
    }
    g_free (folder);
    g_free (path);
    return made;
}

Made
made_page (BmType *type, const Case *wanted, const BmMakeupOptions *options)
{
    return make (type, wanted, options, false);
}

Made
made_interlocked (BmType *type, const Case *wanted, const BmMakeupOptions *options)
{
    return make (type, wanted, options, true);
}

void
made_free (Made *made)
{
    bm_plan_free (made->plan);
    bm_layout_free (made->layout);
    bm_edition_free (made->edition);
    bm_diags_free (made->diags);
    g_free (made->text);
}

/* ---- characters ---- */

static int
compare (gconstpointer a, gconstpointer b)
{
    gunichar x = *(const gunichar *) a, y = *(const gunichar *) b;

    return x < y ? -1 : x > y;
}

static void
add (GArray *out, const char *text)
{
    for (const char *p = text == NULL ? "" : text; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        if (!g_unichar_isspace (c))
            g_array_append_val (out, c);
    }
}

static void
add_block (GArray *out, const BmBlock *block)
{
    add (out, block->text);
    for (int i = 0; i < block->n_rows; i++)
        for (int k = 0; k < block->rows[i].n_cells; k++)
            add (out, block->rows[i].cells[k]);
}

GArray *
characters_written (const BmItem *item)
{
    GArray *out = g_array_new (FALSE, FALSE, sizeof (gunichar));

    add (out, item->kicker);
    for (int i = 0; i < item->n_headline; i++)
        add (out, item->headline[i]);
    add (out, item->subhead);
    add (out, item->byline);
    add (out, item->dateline);
    for (int i = 0; i < item->n_blocks; i++)
        add_block (out, &item->blocks[i]);
    for (int i = 0; i < item->n_pictures; i++)
        add (out, item->pictures[i].caption);
    add (out, item->jump_to);
    add (out, item->jump_from);
    g_array_sort (out, compare);
    return out;
}

GArray *
characters_placed (const BmPlan *plan, const char *id)
{
    GArray *out = g_array_new (FALSE, FALSE, sizeof (gunichar));

    for (int i = 0; i < plan->n_elements; i++)
        for (int k = 0; g_strcmp0 (plan->elements[i].item, id) == 0 && !plan->elements[i].device && k < plan->elements[i].n_lines; k++)
            add (out, plan->elements[i].lines[k].text);
    for (int i = 0; i < plan->n_overset; i++)
        if (strcmp (plan->overset[i].item, id) == 0)
            add (out, plan->overset[i].text);
    g_array_sort (out, compare);
    return out;
}
