/* batch-hash.c — everything a page is made of as one SHA-256: a page is set again only when one of it has changed. */
#include "face/batch.h"

#include <string.h>

/* A field and its length, so that no two lists of fields run into the same bytes. */
static void
add (GChecksum *sum, const char *name, const void *bytes, size_t length)
{
    char head[64];

    g_snprintf (head, sizeof head, "%s %" G_GSIZE_FORMAT "\n", name, length);
    g_checksum_update (sum, (const guchar *) head, (gssize) strlen (head));
    g_checksum_update (sum, bytes, (gssize) length);
}

static void
add_text (GChecksum *sum, const char *name, const char *text)
{
    add (sum, name, text != NULL ? text : "", text != NULL ? strlen (text) : 0);
}

static void
add_file (GChecksum *sum, const char *name, const char *path)
{
    char *bytes = NULL;
    gsize length = 0;

    if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && g_file_get_contents (path, &bytes, &length, NULL))
        add (sum, name, bytes, length);
    else
        add_text (sum, name, "no file");
    g_free (bytes);
}

static int
by_name (gconstpointer a, gconstpointer b)
{
    return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names in a folder that end so (NULL: all), in order. */
static GPtrArray *
names_in (const char *folder, const char *ending)
{
    GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
    GDir *dir = g_dir_open (folder, 0, NULL);
    const char *name = NULL;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        if (name[0] != '.' && (ending == NULL || g_str_has_suffix (name, ending)))
            g_ptr_array_add (names, g_strdup (name));
    if (dir != NULL)
        g_dir_close (dir);
    g_ptr_array_sort (names, by_name);
    return names;
}

static void
add_folder (GChecksum *sum, const char *folder, const char *ending)
{
    GPtrArray *names = names_in (folder, ending);

    for (guint i = 0; i < names->len; i++) {
        char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

        add_file (sum, g_ptr_array_index (names, i), path);
        g_free (path);
    }
    g_ptr_array_free (names, TRUE);
}

char *
bm_input_common (BmSession *session)
{
    GChecksum *sum = g_checksum_new (G_CHECKSUM_SHA256);
    char *fonts = bm_type_fingerprint (bm_session_type (session));

    add_text (sum, "banmian", bm_version ());
    add_text (sum, "fonts", fonts);
    for (int i = 0; session->layout_dirs != NULL && session->layout_dirs[i] != NULL; i++)
        add_folder (sum, session->layout_dirs[i], ".yaml");
    for (int i = 0; session->word_files != NULL && session->word_files[i] != NULL; i++)
        add_file (sum, "words", session->word_files[i]);
    char *text = g_strdup (g_checksum_get_string (sum));
    g_free (fonts);
    g_checksum_free (sum);
    return text;
}

/* A layout of the user's own; its base stands among the shipped ones, or beside it. */
static void
add_layout (GChecksum *sum, const char *layout)
{
    add_text (sum, "layout", layout);
    if (layout == NULL || (strchr (layout, '/') == NULL && !g_str_has_suffix (layout, ".yaml")))
        return;
    char *folder = g_path_get_dirname (layout);
    add_folder (sum, folder, ".yaml");
    g_free (folder);
}

static void
add_pictures (GChecksum *sum, const BmEdition *edition, const char *root)
{
    for (int p = 0; p < edition->n_pages; p++)
        for (int i = 0; i < edition->pages[p]->n_items; i++) {
            const BmItem *item = edition->pages[p]->items[i];

            for (int k = 0; k < item->n_pictures; k++) {
                const char *file = item->pictures[k].file;
                char *path = file == NULL || file[0] == '\0' ? NULL : g_build_filename (root, file, NULL);

                if (path != NULL)
                    add_file (sum, "picture", path);
                g_free (path);
            }
        }
}

/* The texts, and the pictures they name; a raw dump names none. Messages of this reading come again when it is set. */
static void
add_page (BmSession *session, GChecksum *sum, const char *page, const char *root)
{
    BmFileKind kind = bm_file_kind (page);

    if (g_file_test (page, G_FILE_TEST_IS_DIR)) {
        add_folder (sum, page, NULL);
        return;
    }
    add_file (sum, "page", page);
    if (kind != BM_FILE_MARKDOWN && kind != BM_FILE_JSON)
        return;
    BmDiags *kept = session->diags;
    BmEdition *edition = bm_edition_new ();
    char *folder = g_path_get_dirname (page);

    session->diags = bm_diags_new ();
    if (bm_read_page (session, page, NULL, edition))
        add_pictures (sum, edition, root != NULL ? root : folder);
    bm_diags_free (session->diags);
    session->diags = kept;
    bm_edition_free (edition);
    g_free (folder);
}

char *
bm_input_hash (BmSession *session, const char *common, const BmTask *task, const BmSetRequest *request)
{
    GChecksum *sum = g_checksum_new (G_CHECKSUM_SHA256);
    char *numbers = g_strdup_printf ("%d %.17g %.17g %.17g %.17g %d", request->columns, request->paper_width, request->paper_height,
                                     request->body, request->dpi, request->gray);
    const char *texts[] = { task->text, request->style, request->overset, request->root, request->encoding, request->date };

    add_text (sum, "common", common);
    add_text (sum, "numbers", numbers);
    for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
        add_text (sum, "option", texts[i]);
    for (int i = 0; i < request->n_outputs; i++)
        add_text (sum, "output", request->outputs[i]);
    add_layout (sum, request->layout);
    if (request->keep != NULL)
        add_file (sum, "keep", request->keep);
    for (int i = 0; i < request->n_pages; i++)
        add_page (session, sum, request->pages[i], request->root);
    char *text = g_strdup (g_checksum_get_string (sum));
    g_free (numbers);
    g_checksum_free (sum);
    return text;
}
