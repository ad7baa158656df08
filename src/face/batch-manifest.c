/* batch-manifest.c — the lines of a manifest: which pages, which of them are this shard's. */
#include "face/batch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void
bm_task_free (BmTask *task)
{
    if (task->done != NULL)
        json_decref (task->done);
    g_free (task->id);
    g_free (task->text);
    g_free (task->fault);
    g_free (task);
}

/* FNV-1a of 64 bits, its halves mixed: the low bits of FNV alone follow the last bytes too closely. */
static guint64
hash_of (const char *id)
{
    guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

    for (const char *p = id; *p != '\0'; p++)
        hash = (hash ^ (guint8) *p) * G_GUINT64_CONSTANT (1099511628211);
    hash = (hash ^ (hash >> 33)) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
    return hash ^ (hash >> 33);
}

int
bm_shard_of (const char *id, int shards)
{
    return 1 + (int) (hash_of (id) % (guint64) MAX (shards, 1));
}

unsigned
bm_id_hash (const char *id)
{
    return (unsigned) (hash_of (id) >> 52);
}

/* ---- one line ---- */

static void
set_fault (BmTask *task, const char *code, char *message)
{
    g_clear_pointer (&task->text, g_free);
    g_clear_pointer (&task->id, g_free);
    task->id = g_strdup_printf ("#%d", task->line);
    task->fault = message;
    task->code = code;
}

/* An id becomes a file's name and a word in messages: one path part, short, without controls. */
static const char *
fault_of_id (const char *id)
{
    if (*id == '\0')
        return "is empty";
    if (strlen (id) > BM_MAX_ID)
        return "is longer than 200 bytes";
    if (strcmp (id, ".") == 0 || strcmp (id, "..") == 0 || strchr (id, '/') != NULL)
        return "is no file name";
    if (id[0] == '#')
        return "begins with #, as lines without an id do";
    for (const char *p = id; *p != '\0'; p = g_utf8_next_char (p))
        if (g_unichar_iscntrl (g_utf8_get_char (p)) || g_unichar_type (g_utf8_get_char (p)) == G_UNICODE_FORMAT)
            return "holds a control character";
    return NULL;
}

/* The page's name without folder and ending. */
static char *
stem_of (const char *page)
{
    char *name = g_path_get_basename (page);
    char *dot = strrchr (name, '.');

    if (dot != NULL && dot != name)
        *dot = '\0';
    return name;
}

static char *
id_of (const json_t *line)
{
    const json_t *id = json_object_get (line, "id"), *page = json_object_get (line, "page");

    if (page == NULL)
        page = json_array_get (json_object_get (line, "pages"), 0);
    if (json_is_string (id))
        return g_strdup (json_string_value (id));
    return id == NULL && json_is_string (page) ? stem_of (json_string_value (page)) : NULL;
}

static void
read_id (BmTask *task)
{
    json_error_t error;
    json_t *line = json_loads (task->text, JSON_REJECT_DUPLICATES, &error);

    if (!json_is_object (line)) {
        set_fault (task, "BM0830", line == NULL ? g_strdup_printf ("not JSON: %s (column %d)", error.text, error.column)
                                                : g_strdup ("a line of a manifest is an object: {\"page\": …}"));
        json_decref (line);
        return;
    }
    task->id = id_of (line);
    json_decref (line);
    const char *fault = task->id == NULL ? "is missing, or no text" : fault_of_id (task->id);
    if (fault != NULL)
        set_fault (task, "BM0831", g_strdup_printf ("the id %s", fault));
}

static BmTask *
task_of_line (int number, const char *text, size_t length)
{
    BmTask *task = g_new0 (BmTask, 1);

    task->line = number;
    if (length > BM_MAX_MANIFEST_LINE)
        set_fault (task, "BM0830", g_strdup_printf ("the line has more than %d bytes", BM_MAX_MANIFEST_LINE));
    else if (strlen (text) != length || !g_utf8_validate (text, -1, NULL))
        set_fault (task, "BM0830", g_strdup ("not UTF-8"));
    else {
        task->text = g_strdup (text);
        read_id (task);
    }
    return task;
}

/* ---- the file ---- */

typedef struct {
    GPtrArray *tasks;
    GHashTable *ids; /* id → line number, of this shard: the same id is always of the same shard */
    int shard, shards;
} Reader;

static void
take_line (Reader *reader, int number, const char *text, size_t length)
{
    BmTask *task = task_of_line (number, text, length);

    if (bm_shard_of (task->id, reader->shards) != reader->shard) {
        bm_task_free (task);
        return;
    }
    int first = GPOINTER_TO_INT (g_hash_table_lookup (reader->ids, task->id));
    if (first > 0)
        set_fault (task, "BM0831", g_strdup_printf ("the id “%s” stands on line %d, too", task->id, first));
    else if (task->fault == NULL)
        g_hash_table_insert (reader->ids, g_strdup (task->id), GINT_TO_POINTER (number));
    g_ptr_array_add (reader->tasks, task);
}

static bool
is_blank (const char *text, size_t length)
{
    return strspn (text, " \t") == length;
}

static void
read_lines (Reader *reader, FILE *file)
{
    char *text = NULL;
    size_t room = 0;
    ssize_t n;

    for (int number = 1; (n = getline (&text, &room, file)) >= 0; number++) {
        size_t length = (size_t) n;

        while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
            text[--length] = '\0';
        if (!is_blank (text, length))
            take_line (reader, number, text, length);
    }
    free (text);
}

GPtrArray *
bm_manifest_read (const char *path, int shard, int shards, BmDiags *diags)
{
    FILE *file = strcmp (path, "-") == 0 ? stdin : g_file_test (path, G_FILE_TEST_IS_DIR) ? NULL : fopen (path, "re");

    if (file == NULL) {
        bm_diag (diags, BM_ERROR, "BM0101", BM_IN_FILE (path), "check the name and the permissions", "cannot read %s: %s", path,
                 g_strerror (errno != 0 ? errno : EISDIR));
        return NULL;
    }
    Reader reader = {
        .tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) bm_task_free),
        .ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
        .shard = shard, .shards = shards,
    };
    read_lines (&reader, file);
    bool failed = ferror (file) != 0;
    if (file != stdin)
        fclose (file);
    g_hash_table_destroy (reader.ids);
    if (failed) {
        bm_diag (diags, BM_ERROR, "BM0101", BM_IN_FILE (path), "see the system's reason", "cannot read %s to its end", path);
        g_ptr_array_free (reader.tasks, TRUE);
        return NULL;
    }
    return reader.tasks;
}
