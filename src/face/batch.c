/* batch.c — many pages: a process each, so many at once, limits, retries, a line of the report for each.
 *
 * The parent only reads the manifest's lines, forks, waits and writes the report; it never opens a page. Fonts are loaded
 * before the first fork (batch-warm.c). No scheduler of our own beyond this machine: shards of a manifest go to GNU
 * parallel, Slurm or Kubernetes (recipes/). */
#define _DEFAULT_SOURCE /* wait4 */
#include "face/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_RESULT (1u << 20) /* bytes that a page's process may tell */
#define TICK_MS 500           /* between two looks at the clock for progress */

typedef struct {
    pid_t pid; /* 0: idle */
    int fd;
    BmTask *task;
    gint64 start; /* µs, monotonic */
    GByteArray *told;
    bool eof, late;
} Worker;

typedef struct {
    BmSession *session;
    const BmBatchRequest *request;
    BmChildWork work;
    BmReportFile report;
    GPtrArray *tasks;
    guint next;      /* of the tasks */
    GQueue again;    /* BmTask *: failed once, worth another try; after all others */
    Worker *workers;
    int n_workers;
    BmBatchProgress progress;
    gint64 start;
    bool broken;     /* the report cannot be written: end */
} Batch;

static gint64
limit_us (const Batch *batch)
{
    return (gint64) ((batch->request->max_seconds > 0 ? batch->request->max_seconds : 30) * 1e6);
}

static int
stop_signal (const Batch *batch)
{
    return batch->request->stop != NULL ? *batch->request->stop : 0;
}

static void
tell (Batch *batch, const char *failure)
{
    batch->progress.seconds = (double) (g_get_monotonic_time () - batch->start) / 1e6;
    batch->progress.failure = failure;
    if (batch->request->progress != NULL)
        batch->request->progress (&batch->progress, batch->request->data);
    batch->progress.failure = NULL;
}

/* ---- the report's line ---- */

static json_t *
message_of (const char *code, const char *text)
{
    return json_pack ("[{s:s, s:s, s:s}]", "severity", "error", "code", code, "message", text);
}

static json_t *
failure_of (int status, const char *class, const char *code, const char *text)
{
    json_t *line = json_pack ("{s:i, s:s}", "status", status, "class", class);

    json_object_set_new (line, "messages", message_of (code, text));
    return line;
}

static void
count (Batch *batch, const json_t *line, const char *id)
{
    json_int_t status = json_integer_value (json_object_get (line, "status"));
    const char *text = json_string_value (json_object_get (json_array_get (json_object_get (line, "messages"), 0), "message"));

    if (status == BM_STATUS_OK)
        batch->progress.set++;
    else if (status == BM_STATUS_OVERSET)
        batch->progress.over++;
    else {
        char *failure = g_strdup_printf ("%s: %s: %s", id, json_string_value (json_object_get (line, "class")), text != NULL ? text : "");

        batch->progress.failed++;
        tell (batch, failure);
        g_free (failure);
        return;
    }
    tell (batch, NULL);
}

static void
enter (Batch *batch, const BmTask *task, json_t *line)
{
    json_object_set_new (line, "id", json_string (task->id));
    json_object_set_new (line, "line", json_integer (task->line));
    json_object_set_new (line, "attempts", json_integer (task->attempts));
    batch->broken = !bm_report_append (&batch->report, line, batch->session->diags) || batch->broken;
    count (batch, line, task->id);
    json_decref (line);
}

/* ---- a page's end ---- */

/* What the process told, if it came to its end; else why it did not. */
static json_t *
outcome (const Worker *worker, int status)
{
    json_error_t error;
    json_t *told = json_loadb ((const char *) worker->told->data, worker->told->len, 0, &error);
    const char *class = json_string_value (json_object_get (told, "class"));
    int signal = WIFSIGNALED (status) ? WTERMSIG (status) : 0;
    char text[80];

    if (class != NULL && strcmp (class, "memory") == 0) {
        json_decref (told);
        return failure_of (BM_STATUS_RESOURCE, "memory", "BM0833", "the page took more memory than it may");
    }
    if (json_is_object (told) && signal == 0)
        return told;
    json_decref (told);
    if (worker->late || signal == SIGXCPU)
        return failure_of (BM_STATUS_RESOURCE, "time", "BM0832", "the page took longer than it may");
    g_snprintf (text, sizeof text, signal != 0 ? "the page's process was ended by signal %d" : "the page's process left without a word (%d)",
                signal != 0 ? signal : WEXITSTATUS (status));
    return failure_of (signal != 0 ? 128 + signal : BM_STATUS_INTERNAL, "crash", "BM0834", text);
}

/* A copy of the page's text, named by the id, for whoever looks for the fault. */
static void
keep_crash (const Batch *batch, const BmTask *task)
{
    BmArena *arena = bm_arena_create ();
    BmDiags *diags = bm_diags_new ();
    BmSetRequest request;
    char *fault = NULL;

    if (batch->request->crash_dir != NULL && g_mkdir_with_parents (batch->request->crash_dir, 0777) == 0 &&
        bm_task_request (task, batch->request, arena, &request, &fault, diags))
        for (int i = 0; i < request.n_pages; i++) {
            const char *dot = strrchr (request.pages[i], '.');
            const char *path = bm_arena_printf (arena, "%s/%s-%d%s", batch->request->crash_dir, task->id, i + 1, dot != NULL ? dot : "");
            char *bytes = NULL;
            size_t length = 0;

            if (bm_read_file (request.pages[i], BM_MAX_TEXT_FILE, &bytes, &length, diags))
                bm_write_file (path, bytes, length, diags);
            g_free (bytes);
        }
    bm_diags_free (diags);
    bm_arena_free (arena);
}

static bool
worth_another_try (const Batch *batch, const BmTask *task, json_int_t status)
{
    int retries = batch->request->retries == 0 ? 1 : MAX (batch->request->retries, 0);

    return (status == BM_STATUS_RESOURCE || status >= 128) && task->attempts <= retries && stop_signal (batch) == 0;
}

static void
finish (Batch *batch, Worker *worker, int status, const struct rusage *usage)
{
    json_t *line = outcome (worker, status);
    BmTask *task = worker->task;
    json_int_t exit = json_integer_value (json_object_get (line, "status"));

    close (worker->fd);
    g_byte_array_unref (worker->told);
    worker->pid = 0;
    batch->progress.running--;
    if (WIFSIGNALED (status))
        bm_remove_strays (task, batch->request);
    if (json_is_true (json_object_get (line, "skip"))) {
        batch->progress.skipped++;
        json_int_t before = json_integer_value (json_object_get (task->done, "status"));
        batch->progress.over += before == BM_STATUS_OVERSET;
        batch->progress.set += before == BM_STATUS_OK;
        json_decref (line);
        tell (batch, NULL);
    } else if (worth_another_try (batch, task, exit)) {
        g_queue_push_tail (&batch->again, task);
        json_decref (line);
    } else {
        if (exit >= 128)
            keep_crash (batch, task);
        json_object_set_new (line, "seconds", json_real ((double) (g_get_monotonic_time () - worker->start) / 1e6));
        json_object_set_new (line, "cpu", json_real ((double) usage->ru_utime.tv_sec + (double) usage->ru_utime.tv_usec / 1e6 +
                                                     (double) usage->ru_stime.tv_sec + (double) usage->ru_stime.tv_usec / 1e6));
        json_object_set_new (line, "peak_kib", json_integer (usage->ru_maxrss));
        enter (batch, task, line);
    }
}

/* A page that a stop cut off is not failed: it is not done. */
static void
abandon (Batch *batch, Worker *worker)
{
    kill (-worker->pid, SIGKILL);
    kill (worker->pid, SIGKILL);
    while (waitpid (worker->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    bm_remove_strays (worker->task, batch->request);
    close (worker->fd);
    g_byte_array_unref (worker->told);
    worker->pid = 0;
    batch->progress.running--;
}

/* ---- a page's beginning ---- */

static bool
start (Batch *batch, Worker *worker, BmTask *task)
{
    int ends[2];

    task->attempts++;
    if (pipe (ends) != 0)
        return false;
    fcntl (ends[0], F_SETFD, FD_CLOEXEC);
    fcntl (ends[1], F_SETFD, FD_CLOEXEC); /* a program that the page runs must not hold it open */
    pid_t pid = fork ();
    if (pid == 0) {
        close (ends[0]);
        bm_child_run (&batch->work, task, ends[1]);
    }
    close (ends[1]);
    if (pid < 0) {
        close (ends[0]);
        return false;
    }
    setpgid (pid, pid); /* the child does it, too: whoever comes first */
    fcntl (ends[0], F_SETFL, O_NONBLOCK);
    *worker = (Worker){ pid, ends[0], task, g_get_monotonic_time (), g_byte_array_new (), false, false };
    batch->progress.running++;
    return true;
}

/* The next page that needs a process; lines that are none are entered on the way. */
static BmTask *
next_task (Batch *batch)
{
    while (batch->next < batch->tasks->len) {
        BmTask *task = g_ptr_array_index (batch->tasks, batch->next++);

        if (task->fault == NULL)
            return task;
        task->attempts++;
        enter (batch, task, failure_of (BM_STATUS_INPUT, "input", task->code, task->fault));
    }
    return g_queue_pop_head (&batch->again);
}

static void
fill_workers (Batch *batch)
{
    for (int i = 0; i < batch->n_workers && stop_signal (batch) == 0 && !batch->broken; i++) {
        BmTask *task = batch->workers[i].pid == 0 ? next_task (batch) : NULL;

        /* No process to be had: it waits for one that ends, unless there is none. */
        if (task != NULL && !start (batch, &batch->workers[i], task)) {
            task->attempts--;
            if (batch->progress.running > 0)
                g_queue_push_head (&batch->again, task);
            else
                enter (batch, task, failure_of (BM_STATUS_RESOURCE, "resource", "BM0834", "no process could be started"));
            return;
        }
    }
}

/* ---- waiting ---- */

static void
listen_to (Worker *worker)
{
    guint8 buffer[8192];
    ssize_t n;

    while ((n = read (worker->fd, buffer, sizeof buffer)) > 0)
        if (worker->told->len < MAX_RESULT)
            g_byte_array_append (worker->told, buffer, (guint) n);
    worker->eof = worker->eof || n == 0;
}

static void
look_after (Batch *batch, Worker *worker)
{
    struct rusage usage;
    int status = 0;

    listen_to (worker);
    if (!worker->late && g_get_monotonic_time () - worker->start > limit_us (batch)) {
        worker->late = true;
        kill (-worker->pid, SIGKILL);
        kill (worker->pid, SIGKILL); /* its group may not be there yet */
    }
    if (!worker->eof && !worker->late)
        return;
    pid_t ended = wait4 (worker->pid, &status, WNOHANG, &usage);
    if (ended == worker->pid) {
        kill (-worker->pid, SIGKILL); /* a program it ran */
        finish (batch, worker, status, &usage);
    }
}

/* Until a process has something to say, a limit is near, or a tick is over. */
static void
wait_for_news (Batch *batch)
{
    struct pollfd fds[BM_MAX_JOBS];
    gint64 now = g_get_monotonic_time (), wait = TICK_MS;
    nfds_t n = 0;

    for (int i = 0; i < batch->n_workers; i++) {
        const Worker *worker = &batch->workers[i];

        if (worker->pid == 0)
            continue;
        if (worker->eof || worker->late)
            wait = MIN (wait, 2); /* it is about to be gone */
        else
            fds[n++] = (struct pollfd){ worker->fd, POLLIN, 0 };
        wait = MIN (wait, MAX (1, (worker->start + limit_us (batch) - now) / 1000 + 1));
    }
    if (poll (fds, n, (int) wait) == 0 && wait == TICK_MS)
        tell (batch, NULL);
}

static void
run (Batch *batch)
{
    int stop = 0;

    fill_workers (batch);
    while (batch->progress.running > 0) {
        wait_for_news (batch);
        stop = stop_signal (batch);
        for (int i = 0; i < batch->n_workers; i++)
            if (batch->workers[i].pid != 0 && stop == SIGINT)
                abandon (batch, &batch->workers[i]);
            else if (batch->workers[i].pid != 0)
                look_after (batch, &batch->workers[i]);
        fill_workers (batch);
    }
}

/* ---- before the first page ---- */

static BmStatus
refuse (Batch *batch, const char *code, const char *hint, const char *message, const char *what)
{
    bm_diag (batch->session->diags, BM_ERROR, code, BM_NOWHERE, hint, "%s%s", message, what != NULL ? what : "");
    return BM_STATUS_USAGE;
}

static BmStatus
check_request (Batch *batch)
{
    const BmBatchRequest *request = batch->request;
    int shards = request->shards;

    if (request->resume && request->report == NULL)
        return refuse (batch, "BM0804", "name it: --report R.jsonl", "there is no report to resume from", NULL);
    if (request->jobs < 0 || request->jobs > BM_MAX_JOBS)
        return refuse (batch, "BM0804", "1 to 256", "so many processes cannot be", NULL);
    if ((shards != 0 || request->shard != 0) && (shards < 1 || shards > BM_MAX_SHARDS || request->shard < 1 || request->shard > shards))
        return refuse (batch, "BM0804", "write i/n, i from 1 to n", "there is no such shard", NULL);
    for (int i = 0; i < request->n_outputs; i++) {
        char *output = bm_fill_template (request->outputs[i], "a", "b", 1, batch->session->diags);

        if (output == NULL)
            return BM_STATUS_USAGE;
        g_free (output);
    }
    return BM_STATUS_OK;
}

static bool
open_report (Batch *batch)
{
    BmDiags *diags = batch->session->diags;
    char *path = NULL;

    if (batch->request->report == NULL)
        return bm_report_open (&batch->report, NULL, false, diags);
    path = bm_fill_template (batch->request->report, "", "", MAX (batch->request->shard, 1), diags);
    bool ok = path != NULL && bm_report_open (&batch->report, path, batch->request->resume, diags);
    g_free (path);
    if (!ok || !batch->request->resume)
        return ok;
    GHashTable *done = bm_report_read (&batch->report, diags);
    for (guint i = 0; done != NULL && i < batch->tasks->len; i++) {
        BmTask *task = g_ptr_array_index (batch->tasks, i);

        task->done = json_incref (g_hash_table_lookup (done, task->id));
    }
    if (done != NULL)
        g_hash_table_destroy (done);
    return done != NULL;
}

static BmStatus
prepare (Batch *batch)
{
    const BmBatchRequest *request = batch->request;
    BmStatus status = check_request (batch);

    if (status != BM_STATUS_OK)
        return status;
    batch->tasks = bm_manifest_read (request->manifest, MAX (request->shard, 1), MAX (request->shards, 1), batch->session->diags);
    if (batch->tasks == NULL || !open_report (batch))
        return BM_STATUS_RESOURCE;
    if (batch->tasks->len == 0)
        bm_diag (batch->session->diags, BM_WARNING, "BM0836", BM_IN_FILE (request->manifest), NULL, "there is no page to set");
    if (!bm_warm_up (batch->session, request->defaults != NULL ? request->defaults->layout : NULL))
        return bm_session_status (batch->session);
    batch->work = (BmChildWork){ batch->session, request, bm_input_common (batch->session), (int) getpid () };
    batch->n_workers = MAX (request->jobs, 1);
    batch->workers = g_new0 (Worker, (gsize) batch->n_workers);
    batch->progress.total = (int) batch->tasks->len;
    batch->start = g_get_monotonic_time ();
    return BM_STATUS_OK;
}

static int
verdict (const Batch *batch)
{
    if (batch->broken)
        return BM_STATUS_RESOURCE;
    if (stop_signal (batch) != 0 && batch->progress.set + batch->progress.over + batch->progress.failed < batch->progress.total)
        return 128 + stop_signal (batch);
    if (batch->progress.failed > 0)
        return BM_STATUS_FAILURES;
    return batch->progress.over > 0 ? BM_STATUS_OVERSET : BM_STATUS_OK;
}

int
bm_batch (BmSession *session, const BmBatchRequest *request, BmBatchProgress *result)
{
    Batch batch = { .session = session, .request = request, .report = { NULL, -1, false } };

    g_queue_init (&batch.again);
    int status = prepare (&batch);
    if (status == BM_STATUS_OK) {
        run (&batch);
        tell (&batch, NULL);
        status = verdict (&batch);
    }
    *result = batch.progress;
    bm_report_close (&batch.report);
    g_queue_clear (&batch.again);
    g_free (batch.workers);
    g_free ((char *) (gpointer) batch.work.common);
    if (batch.tasks != NULL)
        g_ptr_array_free (batch.tasks, TRUE);
    return status;
}
