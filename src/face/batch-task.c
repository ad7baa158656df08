/* batch-task.c — what a line of the manifest asks for, over the defaults of the command. Runs in the page's process. */
#include "face/batch.h"

#include <math.h>
#include <string.h>

typedef struct {
    const BmTask *task;
    BmArena *arena;
    BmSetRequest *request;
    BmDiags *diags;
} Line;

static bool
wrong (const Line *line, const char *hint, const char *what, const char *key)
{
    bm_diag (line->diags, BM_ERROR, "BM0830", BM_NOWHERE, hint, "line %d: “%s” %s", line->task->line, key, what);
    return false;
}

/* ---- values ---- */

static bool
read_text (const Line *line, const char *key, const json_t *value, void *into)
{
    if (!json_is_string (value))
        return wrong (line, "write it in quotes", "is no text", key);
    *(const char **) into = bm_arena_strdup (line->arena, json_string_value (value));
    return true;
}

static bool
read_columns (const Line *line, const char *key, const json_t *value, void *into)
{
    json_int_t n = json_is_integer (value) ? json_integer_value (value) : 0;

    *(int *) into = (int) CLAMP (n, 0, 65);
    return (n >= 1 && n <= 64) || wrong (line, "a page needs 1 to 64 columns", "is no count of columns", key);
}

static bool
read_number (const Line *line, const char *key, const json_t *value, void *into)
{
    *(double *) into = json_number_value (value);
    return (json_is_number (value) && *(double *) into > 0) || wrong (line, "write a number over 0", "is no such number", key);
}

static bool
read_body (const Line *line, const char *key, const json_t *value, void *into)
{
    if (!read_number (line, key, value, into))
        return false;
    *(double *) into *= BM_PT_PER_DIAN;
    return true;
}

static bool
read_flag (const Line *line, const char *key, const json_t *value, void *into)
{
    *(bool *) into = json_is_true (value);
    return json_is_boolean (value) || wrong (line, "write true or false", "is neither true nor false", key);
}

/* "390x540mm" */
static bool
read_paper (const Line *line, const char *key, const json_t *value, void *into)
{
    const char *text = json_is_string (value) ? json_string_value (value) : "";
    char *end = NULL;
    BmSetRequest *request = into;

    request->paper_width = g_ascii_strtod (text, &end) * BM_PT_PER_MM;
    bool ok = end != text && (*end == 'x' || *end == 'X');
    const char *second = ok ? end + 1 : text;
    request->paper_height = g_ascii_strtod (second, &end) * BM_PT_PER_MM;
    ok = ok && end != second && (*end == '\0' || strcmp (end, "mm") == 0);
    return (ok && isfinite (request->paper_width) && isfinite (request->paper_height) && request->paper_width > 0 &&
            request->paper_height > 0) ||
           wrong (line, "write WIDTHxHEIGHTmm, such as 390x540mm", "is no paper", key);
}

/* One name, or a list of them. */
static const char *const *
read_names (const Line *line, const char *key, const json_t *value, int *n)
{
    *n = json_is_array (value) ? (int) json_array_size (value) : 1;
    const char **names = bm_arena_new0 (line->arena, const char *, *n + 1);
    for (int i = 0; i < *n; i++) {
        const json_t *one = json_is_array (value) ? json_array_get (value, (size_t) i) : value;

        if (!read_text (line, key, one, &names[i]))
            return NULL;
        if (strcmp (names[i], "-") == 0) {
            wrong (line, "name a file: the pages of a batch share no stream", "is -", key);
            return NULL;
        }
    }
    return names;
}

static bool
read_pages (const Line *line, const char *key, const json_t *value, void *into)
{
    BmSetRequest *request = into;

    request->pages = read_names (line, key, value, &request->n_pages);
    return request->pages != NULL;
}

static bool
read_outputs (const Line *line, const char *key, const json_t *value, void *into)
{
    BmSetRequest *request = into;

    request->outputs = read_names (line, key, value, &request->n_outputs);
    return request->outputs != NULL;
}

/* ---- keys ---- */

typedef struct {
    const char *key;
    bool (*read) (const Line *line, const char *key, const json_t *value, void *into);
    size_t at;
} Key;

static const Key keys[] = {
    { "page", read_pages, 0 },
    { "pages", read_pages, 0 },
    { "output", read_outputs, 0 },
    { "outputs", read_outputs, 0 },
    { "paper", read_paper, 0 },
    { "layout", read_text, offsetof (BmSetRequest, layout) },
    { "columns", read_columns, offsetof (BmSetRequest, columns) },
    { "body", read_body, offsetof (BmSetRequest, body) },
    { "style", read_text, offsetof (BmSetRequest, style) },
    { "overset", read_text, offsetof (BmSetRequest, overset) },
    { "keep", read_text, offsetof (BmSetRequest, keep) },
    { "root", read_text, offsetof (BmSetRequest, root) },
    { "encoding", read_text, offsetof (BmSetRequest, encoding) },
    { "date", read_text, offsetof (BmSetRequest, date) },
    { "dpi", read_number, offsetof (BmSetRequest, dpi) },
    { "gray", read_flag, offsetof (BmSetRequest, gray) },
};

/* An unknown key is an error with a suggestion, as in layout files; keys of the user's own begin with _. */
static bool
unknown_key (const Line *line, const char *key)
{
    const char *names[G_N_ELEMENTS (keys) + 2] = { "id" };
    char hint[80] = "keys of your own begin with _";

    if (key[0] == '_')
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
        names[i + 1] = keys[i].key;
    const char *near = bm_nearest_word (key, names);
    if (near != NULL)
        g_snprintf (hint, sizeof hint, "did you mean %s?", near);
    return wrong (line, hint, "is no key of a manifest", key);
}

static bool
read_key (const Line *line, const char *key, const json_t *value)
{
    if (strcmp (key, "id") == 0)
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
        if (strcmp (key, keys[i].key) == 0)
            return keys[i].read (line, key, value, (char *) line->request + keys[i].at);
    return unknown_key (line, key);
}

/* ---- outputs by template ---- */

static const char *
value_of (const char *name, size_t length, const char *id, const char *page, int shard, char number[16])
{
    static const char *const names[] = { "id", "name", "shard", "hash" };
    size_t i = 0;

    while (i < G_N_ELEMENTS (names) && !(strlen (names[i]) == length && strncmp (names[i], name, length) == 0))
        i++;
    g_snprintf (number, 16, i == 2 ? "%d" : "%03x", i == 2 ? (unsigned) shard : id != NULL ? bm_id_hash (id) : 0);
    return i == 0 ? id : i == 1 ? page : i < G_N_ELEMENTS (names) ? number : NULL;
}

/* A file for each page of an edition: set fills these in (face/set-output.c). */
static bool
is_of_set (const char *name, size_t length)
{
    static const char *const names[] = { "{page}", "{date}", "{section}", "{paper}", "{n}" };

    for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
        if (strlen (names[i]) == length && strncmp (names[i], name, length) == 0)
            return true;
    return false;
}

char *
bm_fill_template (const char *template, const char *id, const char *page, int shard, BmDiags *diags)
{
    GString *text = g_string_new (NULL);

    for (const char *p = template; *p != '\0'; p++) {
        const char *end = *p == '{' ? strchr (p, '}') : NULL;
        char number[16];

        if (end == NULL) {
            g_string_append_c (text, *p);
            continue;
        }
        const char *value = value_of (p + 1, (size_t) (end - p - 1), id, page, shard, number);
        if (value == NULL && is_of_set (p, (size_t) (end - p + 1))) {
            g_string_append_c (text, *p);
            continue;
        }
        if (value == NULL) {
            bm_diag (diags, BM_ERROR, "BM0838", BM_NOWHERE, "{id}, {name}, {shard}, {hash}, or what set fills in: {page} {date} {section} {paper} {n}", "%.*s in “%s” means nothing here",
                     (int) (end - p + 1), p, template);
            g_string_free (text, TRUE);
            return NULL;
        }
        g_string_append (text, value);
        p = end;
    }
    return g_string_free (text, FALSE);
}

/* Without a word of outputs in the line: the command's templates. */
static bool
fill_outputs (const Line *line, const BmBatchRequest *batch)
{
    BmSetRequest *request = line->request;
    const char **outputs = bm_arena_new0 (line->arena, const char *, batch->n_outputs + 1);
    char *page = g_path_get_basename (request->pages[0]), *dot = strrchr (page, '.');
    bool ok = true;

    if (dot != NULL && dot != page)
        *dot = '\0';
    for (int i = 0; i < batch->n_outputs && ok; i++) {
        char *output = bm_fill_template (batch->outputs[i], line->task->id, page, batch->shard, line->diags);

        ok = output != NULL;
        outputs[i] = ok ? bm_arena_strdup (line->arena, output) : NULL;
        g_free (output);
    }
    g_free (page);
    request->outputs = outputs;
    request->n_outputs = batch->n_outputs;
    return ok;
}

bool
bm_task_request (const BmTask *task, const BmBatchRequest *batch, BmArena *arena, BmSetRequest *request, char **test_fault,
                 BmDiags *diags)
{
    const Line line = { task, arena, request, diags };
    json_t *object = json_loads (task->text, JSON_REJECT_DUPLICATES, NULL), *value = NULL;
    const char *key = NULL;
    bool ok = true;

    *request = batch->defaults != NULL ? *batch->defaults : (BmSetRequest){ 0 };
    request->pages = request->outputs = NULL;
    request->n_pages = request->n_outputs = 0;
    json_object_foreach (object, key, value)
        ok = read_key (&line, key, value) && ok;
    if (batch->test_faults && json_is_string (json_object_get (object, "_fault")))
        *test_fault = bm_arena_strdup (arena, json_string_value (json_object_get (object, "_fault")));
    json_decref (object);
    if (ok && request->n_pages < 1)
        ok = wrong (&line, "name one: {\"page\": \"page.md\"}", "is missing", "page");
    return ok && (request->n_outputs > 0 || fill_outputs (&line, batch));
}
