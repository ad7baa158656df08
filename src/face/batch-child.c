/* batch-child.c — the process of one page: limits, the page, what came of it as one JSON object on a pipe. */
#define _DEFAULT_SOURCE /* setrlimit's and prctl's names */
#include "face/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Most diagnostics of a page that go into the report. */
#define MAX_MESSAGES 20

static int result_fd = -1; /* for the handler below, which can be handed nothing */

static void
send_all (int fd, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t n = write (fd, text, length);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        text += n;
        length -= (size_t) n;
    }
}

/* ---- limits ---- */

/* GLib ends the process when memory is out; its last words are the only ones that say so. No memory is taken here. */
static GLogWriterOutput
last_words (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
    static const char told[] = "{\"class\":\"memory\"}";

    for (gsize i = 0; i < n_fields; i++)
        if (strcmp (fields[i].key, "MESSAGE") == 0 && (level & (G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL)) != 0 &&
            (strstr (fields[i].value, "failed to allocate") != NULL || strstr (fields[i].value, "out of memory") != NULL)) {
            send_all (result_fd, told, sizeof told - 1);
            _exit (0);
        }
    return g_log_writer_default (level, fields, n_fields, data);
}

/* Pages of address space this process has now, as bytes: fonts mapped by the parent are not the page's. */
static size_t
address_space (void)
{
    unsigned long pages = 0;
    FILE *file = fopen ("/proc/self/statm", "re");

    if (file != NULL && fscanf (file, "%lu", &pages) != 1)
        pages = 0;
    if (file != NULL)
        fclose (file);
    return (size_t) pages * (size_t) sysconf (_SC_PAGESIZE);
}

static void
set_limits (const BmBatchRequest *request)
{
    double seconds = request->max_seconds > 0 ? request->max_seconds : 30;
    size_t bytes = request->max_bytes > 0 ? request->max_bytes : (size_t) 1 << 30;
    const struct rlimit space = { address_space () + bytes, address_space () + bytes };
    const struct rlimit cpu = { (rlim_t) seconds + 2, (rlim_t) seconds + 3 }; /* the parent's clock comes first */
    const struct rlimit core = { 0, 0 };

    setrlimit (RLIMIT_AS, &space);
    setrlimit (RLIMIT_CPU, &cpu);
    setrlimit (RLIMIT_CORE, &core);
}

/* Signals as a new process has them; no terminal's; dead with the parent, so that a batch that was killed leaves nobody
 * who would still write when it is resumed. */
static void
settle_in (const BmChildWork *work)
{
    static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGCHLD };
    sigset_t none;

    prctl (PR_SET_PDEATHSIG, SIGKILL);
    if (getppid () != work->parent)
        _exit (0);
    setpgid (0, 0);
    for (size_t i = 0; i < G_N_ELEMENTS (signals); i++)
        signal (signals[i], SIG_DFL);
    sigemptyset (&none);
    sigprocmask (SIG_SETMASK, &none, NULL);
    int null = open ("/dev/null", O_RDONLY);
    if (null > STDIN_FILENO) {
        dup2 (null, STDIN_FILENO);
        close (null);
    }
    g_log_set_writer_func (last_words, NULL, NULL);
    set_limits (work->request);
}

/* ---- is it done already ---- */

static bool
outputs_stand (const json_t *done)
{
    const json_t *outputs = json_object_get (done, "outputs");
    size_t n = json_array_size (outputs);

    for (size_t i = 0; i < n; i++) {
        const json_t *output = json_array_get (outputs, i);
        const char *path = json_string_value (json_object_get (output, "path"));
        struct stat info;

        if (path == NULL || stat (path, &info) != 0 || info.st_size != json_integer_value (json_object_get (output, "bytes")))
            return false;
    }
    return true;
}

static bool
is_done (const BmTask *task, const char *input)
{
    const char *before = json_string_value (json_object_get (task->done, "input"));

    return before != NULL && strcmp (before, input) == 0 && outputs_stand (task->done);
}

/* ---- what came of it ---- */

static const char *
class_of (BmStatus status)
{
    switch (status) {
    case BM_STATUS_OK:
        return "set";
    case BM_STATUS_OVERSET:
        return "over";
    case BM_STATUS_INPUT:
        return "input";
    case BM_STATUS_USAGE:
        return "usage";
    case BM_STATUS_RESOURCE:
        return "resource";
    default:
        return "fault";
    }
}

/* The first messages whole, and how many there were of each code. */
static void
add_messages (json_t *result, BmSession *session)
{
    char *text = bm_session_take_messages (session, BM_MESSAGES_JSON, false);
    char **lines = g_strsplit (text, "\n", -1);
    json_t *messages = json_array (), *codes = json_object ();

    for (int i = 0; lines[i] != NULL; i++) {
        json_t *message = json_loads (lines[i], 0, NULL);
        const char *code = json_string_value (json_object_get (message, "code"));

        if (code == NULL) {
            json_decref (message);
            continue;
        }
        json_object_set_new (codes, code, json_integer (1 + json_integer_value (json_object_get (codes, code))));
        if (json_array_size (messages) < MAX_MESSAGES)
            json_array_append_new (messages, message);
        else
            json_decref (message);
    }
    json_object_set_new (result, "missing_glyphs", json_integer (json_integer_value (json_object_get (codes, "BM0504"))));
    json_object_set_new (result, "codes", codes);
    json_object_set_new (result, "messages", messages);
    g_strfreev (lines);
    bm_free (text);
}

static void
add_written (json_t *result, const GPtrArray *written)
{
    json_t *outputs = json_array ();

    for (guint i = 0; i < written->len; i++) {
        const BmWritten *file = g_ptr_array_index (written, i);

        json_array_append_new (outputs, json_pack ("{s:s, s:I, s:s}", "path", file->path, "bytes", (json_int_t) file->length, "sha256",
                                                   file->sha256));
    }
    json_object_set_new (result, "outputs", outputs);
}

static void
add_report (json_t *result, const BmSetReport *report)
{
    json_object_set_new (result, "pages", json_integer (report->pages));
    json_object_set_new (result, "items", json_integer (report->items));
    json_object_set_new (result, "characters", json_integer (report->characters_set));
    json_object_set_new (result, "characters_over", json_integer (report->characters_over));
    json_object_set_new (result, "lines_over", json_integer (report->lines_over));
    json_object_set_new (result, "quality", json_real (report->quality));
}

/* ---- the page ---- */

/* Outputs' folders are made; a name that leads nowhere is told by bm_set. */
static void
make_folders (const BmSetRequest *request)
{
    for (int i = 0; i < request->n_outputs; i++) {
        char *folder = g_path_get_dirname (request->outputs[i]);

        g_mkdir_with_parents (folder, 0777);
        g_free (folder);
    }
}

/* After a power cut the names stand, too. */
static void
flush_folders (const GPtrArray *written)
{
    for (guint i = 0; i < written->len; i++) {
        char *folder = g_path_get_dirname (((const BmWritten *) g_ptr_array_index (written, i))->path);
        int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        if (fd >= 0) {
            fsync (fd);
            close (fd);
        }
        g_free (folder);
    }
}

/* What the tests of this part ask for: the faults that a library may have. */
static void
commit_fault (const char *fault)
{
    if (fault == NULL)
        return;
    if (strcmp (fault, "crash") == 0)
        raise (SIGSEGV);
    while (strcmp (fault, "loop") == 0)
        g_usleep (1000);
    while (strcmp (fault, "memory") == 0)
        memset (g_malloc ((gsize) 16 << 20), 1, (gsize) 16 << 20);
}

static json_t *
set_page (const BmChildWork *work, const BmSetRequest *request, const char *input)
{
    json_t *result = json_object ();
    BmSetReport report;

    work->session->written = g_ptr_array_new ();
    make_folders (request);
    BmStatus status = bm_set (work->session, request, &report);
    if (status == BM_STATUS_OK || status == BM_STATUS_OVERSET) {
        flush_folders (work->session->written);
        add_report (result, &report);
        add_written (result, work->session->written);
    }
    json_object_set_new (result, "status", json_integer (status));
    json_object_set_new (result, "class", json_string (class_of (status)));
    json_object_set_new (result, "input", json_string (input));
    add_messages (result, work->session);
    return result;
}

static json_t *
do_task (const BmChildWork *work, const BmTask *task)
{
    BmArena *arena = bm_arena_create ();
    BmSetRequest request;
    char *fault = NULL;

    if (!bm_task_request (task, work->request, arena, &request, &fault, work->session->diags)) {
        json_t *result = json_pack ("{s:i, s:s}", "status", BM_STATUS_INPUT, "class", "input");

        add_messages (result, work->session);
        return result;
    }
    if (work->request->resume)
        bm_remove_strays (task, work->request);
    char *input = bm_input_hash (work->session, work->common, task, &request);
    if (is_done (task, input))
        return json_pack ("{s:b}", "skip", 1);
    commit_fault (fault);
    return set_page (work, &request, input);
}

void
bm_child_run (const BmChildWork *work, const BmTask *task, int fd)
{
    result_fd = fd;
    settle_in (work);
    char *text = json_dumps (do_task (work, task), JSON_COMPACT);
    if (text != NULL)
        send_all (fd, text, strlen (text));
    _exit (0); /* nothing is freed and no handler runs: the parent owns what we share */
}

/* ---- what a killed process leaves ---- */

/* Is it a temporary file of bm_write_file for `base`? ".BASE.xxxxxxxx.bm-tmp", BASE cut to 100 bytes */
static bool
is_stray (const char *name, const char *base)
{
    char *start = g_strdup_printf (".%.100s.", base);
    size_t length = strlen (start);
    bool stray = g_str_has_prefix (name, start) && strspn (name + length, "0123456789abcdef") == 8 &&
                 strcmp (name + length + 8, ".bm-tmp") == 0;

    g_free (start);
    return stray;
}

static void
remove_strays_of (const char *output)
{
    char *folder = g_path_get_dirname (output), *base = g_path_get_basename (output);
    GDir *dir = g_dir_open (folder, 0, NULL);
    const char *name = NULL;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        if (is_stray (name, base)) {
            char *path = g_build_filename (folder, name, NULL);

            unlink (path);
            g_free (path);
        }
    if (dir != NULL)
        g_dir_close (dir);
    g_free (folder);
    g_free (base);
}

void
bm_remove_strays (const BmTask *task, const BmBatchRequest *batch)
{
    BmArena *arena = bm_arena_create ();
    BmDiags *diags = bm_diags_new ();
    BmSetRequest request;
    char *fault = NULL;

    if (task->text != NULL && bm_task_request (task, batch, arena, &request, &fault, diags))
        for (int i = 0; i < request.n_outputs; i++) {
            const char *dot = strrchr (request.outputs[i], '.');

            remove_strays_of (request.outputs[i]);
            if (dot != NULL)
                remove_strays_of (bm_arena_printf (arena, "%.*s.jump.md", (int) (dot - request.outputs[i]), request.outputs[i]));
        }
    bm_diags_free (diags);
    bm_arena_free (arena);
}
