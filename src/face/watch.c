/* watch.c — set again at every change of what the page is made of: texts, layouts, pictures, fonts, word files.
 *
 * Folders are watched, not files: editors put a new file in the old one's place. An event only says that it is time to
 * look; what decides is a list of the files that matter with their sizes and times, so that our own outputs, editors'
 * backups and doubled events set nothing. Changes are let settle for 100 ms: a file is often written in several steps.
 * The session stays loaded: fonts and shaped paragraphs of before serve again. A page that is wrong leaves its outputs alone. */
#define _DEFAULT_SOURCE /* st_mtim in nanoseconds */
#include "face/face-private.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>

#define SETTLE_MS 100
#define CACHE_BYTES ((size_t) 64 << 20) /* of shaped paragraphs, between two settings */

typedef struct {
    BmSession *session;
    const BmWatchRequest *request;
    GMainContext *context;
    GMainLoop *loop;
    GPtrArray *monitors; /* GFileMonitor * */
    GHashTable *folders; /* watched: path → itself */
    GHashTable *outputs; /* absolute names of what we write, so that it is no change */
    GSource *settle;
    char *seen, *fonts;  /* what things looked like at the last setting */
    bool over;           /* `after` wants no more */
    gint64 changed;      /* µs: the first event of this change; 0: none */
} Watch;

/* ---- what matters ---- */

static bool
matters (const char *name)
{
    static const char *const endings[] = { ".md", ".txt", ".json", ".yaml", ".yml", ".jpg", ".jpeg", ".png", ".xml", ".pdf",
                                           ".otf", ".ttf", ".ttc", ".otc", ".words", ".html", ".xhtml", ".hocr" };

    if (name[0] == '.')
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS (endings); i++)
        if (g_str_has_suffix (name, endings[i]))
            return true;
    return false;
}

static void
add_file (GString *list, const char *path)
{
    struct stat info;

    if (stat (path, &info) == 0 && S_ISREG (info.st_mode))
        g_string_append_printf (list, "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld %" G_GUINT64_FORMAT "\n", path,
                                (gint64) info.st_size, (gint64) info.st_mtim.tv_sec, (long) info.st_mtim.tv_nsec, (guint64) info.st_ino);
}

static int
by_text (gconstpointer a, gconstpointer b)
{
    return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Our outputs stand in the pages' folder as a rule: page.pdf, page-2.png, page.jump.md. */
static bool
is_output (const Watch *watch, const char *path)
{
    GHashTableIter iter;
    gpointer output = NULL;

    g_hash_table_iter_init (&iter, watch->outputs);
    while (g_hash_table_iter_next (&iter, &output, NULL)) {
        const char *dot = strrchr (output, '.');
        size_t stem = dot != NULL ? (size_t) (dot - (const char *) output) : strlen (output);

        if (strcmp (path, output) == 0 || (strncmp (path, output, stem) == 0 &&
                                           (strcmp (path + stem, ".jump.md") == 0 || (path[stem] == '-' && g_str_has_suffix (path, dot)))))
            return true;
    }
    return false;
}

static void
add_folder (const Watch *watch, GString *list, const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
    GDir *dir = g_dir_open (folder, 0, NULL);
    const char *name = NULL;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        if (matters (name))
            g_ptr_array_add (names, g_build_filename (folder, name, NULL));
    if (dir != NULL)
        g_dir_close (dir);
    g_ptr_array_sort (names, by_text);
    for (guint i = 0; i < names->len; i++)
        if (!is_output (watch, g_ptr_array_index (names, i)))
            add_file (list, g_ptr_array_index (names, i));
    g_ptr_array_free (names, TRUE);
}

static char *
look (const Watch *watch)
{
    GString *list = g_string_new (NULL);
    GList *folders = g_list_sort (g_hash_table_get_keys (watch->folders), (GCompareFunc) strcmp);

    for (GList *at = folders; at != NULL; at = at->next)
        add_folder (watch, list, at->data);
    g_list_free (folders);
    /* Named by the user, whatever their endings are. */
    for (int i = 0; i < watch->request->set->n_pages; i++)
        add_file (list, watch->request->set->pages[i]);
    for (int i = 0; watch->session->word_files != NULL && watch->session->word_files[i] != NULL; i++)
        add_file (list, watch->session->word_files[i]);
    return g_string_free (list, FALSE);
}

static char *
look_at_fonts (const Watch *watch)
{
    GString *list = g_string_new (NULL);

    for (int i = 0; watch->session->font_dirs != NULL && watch->session->font_dirs[i] != NULL; i++)
        add_folder (watch, list, watch->session->font_dirs[i]);
    for (int i = 0; watch->session->word_files != NULL && watch->session->word_files[i] != NULL; i++)
        add_file (list, watch->session->word_files[i]);
    add_file (list, watch->session->fonts_conf);
    return g_string_free (list, FALSE);
}

/* ---- setting ---- */

static void
set_again (Watch *watch)
{
    BmWatchReport report = { 0 };
    gint64 start = g_get_monotonic_time ();
    char *fonts = look_at_fonts (watch);

    if (watch->fonts != NULL && strcmp (fonts, watch->fonts) != 0) {
        bm_type_free (watch->session->type); /* loaded anew by the setting */
        watch->session->type = NULL;
    }
    g_free (watch->fonts);
    watch->fonts = fonts;
    report.status = bm_set (watch->session, watch->request->set, &report.set);
    gint64 end = g_get_monotonic_time ();
    report.seconds = (double) (end - start) / 1e6;
    report.since_change = watch->changed != 0 ? (double) (end - watch->changed) / 1e6 : report.seconds;
    watch->changed = 0;
    watch->over = !watch->request->after (&report, watch->request->data);
    bm_set_report_clear (&report.set);
    if (watch->session->type != NULL)
        bm_type_trim (watch->session->type, CACHE_BYTES);
    if (watch->over)
        g_main_loop_quit (watch->loop);
}

static void watch_folders (Watch *watch);

/* Nothing has happened for a while. What changes while the page is set is seen by the next look. */
static gboolean
settled (gpointer data)
{
    Watch *watch = data;

    g_source_unref (watch->settle);
    watch->settle = NULL;
    char *now = look (watch);
    if (strcmp (now, watch->seen) != 0) {
        g_free (watch->seen);
        watch->seen = g_strdup (now);
        watch_folders (watch); /* a folder may have come, or come again */
        set_again (watch);
    } else {
        watch->changed = 0;
    }
    g_free (now);
    return G_SOURCE_REMOVE;
}

static void
on_event (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer data)
{
    Watch *watch = data;

    (void) monitor;
    (void) file;
    (void) other;
    (void) event;
    if (watch->changed == 0)
        watch->changed = g_get_monotonic_time ();
    if (watch->settle != NULL) {
        g_source_destroy (watch->settle);
        g_source_unref (watch->settle);
    }
    watch->settle = g_timeout_source_new (SETTLE_MS);
    g_source_set_callback (watch->settle, settled, watch, NULL);
    g_source_attach (watch->settle, watch->context);
}

/* ---- folders ---- */

static void
watch_folder (Watch *watch, const char *name)
{
    char *folder = g_canonicalize_filename (name, NULL);

    if (!g_file_test (folder, G_FILE_TEST_IS_DIR) || g_hash_table_contains (watch->folders, folder)) {
        g_free (folder);
        return;
    }
    GFile *file = g_file_new_for_path (folder);
    GFileMonitor *monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
    g_object_unref (file);
    if (monitor == NULL) {
        g_free (folder);
        return;
    }
    g_file_monitor_set_rate_limit (monitor, 20); /* events of the same file; we let them settle ourselves */
    g_signal_connect (monitor, "changed", G_CALLBACK (on_event), watch);
    g_ptr_array_add (watch->monitors, monitor);
    g_hash_table_add (watch->folders, folder);
}

static void
watch_folder_of (Watch *watch, const char *file)
{
    char *folder = g_path_get_dirname (file);

    watch_folder (watch, folder);
    g_free (folder);
}

/* A folder of pages, and the folders in it (pictures). */
static void
watch_edition (Watch *watch, const char *folder)
{
    GDir *dir = g_dir_open (folder, 0, NULL);
    const char *name = NULL;

    watch_folder (watch, folder);
    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        if (name[0] != '.') {
            char *path = g_build_filename (folder, name, NULL);

            watch_folder (watch, path); /* of folders only */
            g_free (path);
        }
    if (dir != NULL)
        g_dir_close (dir);
}

static void
watch_folders (Watch *watch)
{
    const BmSetRequest *set = watch->request->set;
    const BmSession *session = watch->session;

    for (int i = 0; i < set->n_pages; i++) {
        char *folder = g_file_test (set->pages[i], G_FILE_TEST_IS_DIR) ? g_strdup (set->pages[i]) : g_path_get_dirname (set->pages[i]);

        watch_edition (watch, folder);
        g_free (folder);
    }
    if (set->root != NULL)
        watch_edition (watch, set->root);
    for (int i = 0; session->layout_dirs != NULL && session->layout_dirs[i] != NULL; i++)
        watch_folder (watch, session->layout_dirs[i]);
    for (int i = 0; session->font_dirs != NULL && session->font_dirs[i] != NULL; i++)
        watch_folder (watch, session->font_dirs[i]);
    for (int i = 0; session->word_files != NULL && session->word_files[i] != NULL; i++)
        watch_folder_of (watch, session->word_files[i]);
    if (set->layout != NULL && strchr (set->layout, '/') != NULL)
        watch_folder_of (watch, set->layout);
    if (set->keep != NULL)
        watch_folder_of (watch, set->keep);
}

static void
end_monitor (gpointer monitor)
{
    g_file_monitor_cancel (monitor);
    g_object_unref (monitor);
}

static void
note_outputs (Watch *watch)
{
    for (int i = 0; i < watch->request->set->n_outputs; i++)
        g_hash_table_add (watch->outputs, g_canonicalize_filename (watch->request->set->outputs[i], NULL));
}

BmStatus
bm_watch (BmSession *session, const BmWatchRequest *request)
{
    for (int i = 0; i < request->set->n_pages; i++)
        if (strcmp (request->set->pages[i], "-") == 0) {
            bm_diag (session->diags, BM_ERROR, "BM0801", BM_NOWHERE, "name a file or a folder", "standard input cannot be watched");
            return BM_STATUS_USAGE;
        }
    Watch watch = {
        .session = session, .request = request,
        .context = g_main_context_new (),
        .monitors = g_ptr_array_new_with_free_func (end_monitor),
        .folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
        .outputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    };
    watch.loop = g_main_loop_new (watch.context, FALSE);
    g_main_context_push_thread_default (watch.context); /* monitors speak to the context they were made in */
    note_outputs (&watch);
    watch_folders (&watch);
    watch.seen = look (&watch);
    set_again (&watch);
    if (!watch.over)
        g_main_loop_run (watch.loop);
    g_ptr_array_free (watch.monitors, TRUE);
    if (watch.settle != NULL) {
        g_source_destroy (watch.settle);
        g_source_unref (watch.settle);
    }
    g_main_context_pop_thread_default (watch.context);
    g_main_loop_unref (watch.loop);
    g_main_context_unref (watch.context);
    g_hash_table_destroy (watch.folders);
    g_hash_table_destroy (watch.outputs);
    g_free (watch.seen);
    g_free (watch.fonts);
    return BM_STATUS_OK;
}
