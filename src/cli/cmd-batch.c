/* cmd-batch.c — `banmian batch`: many pages, resumable, in shards. */
#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    CliCommon common;
    char **outputs;
    char *report, *shard, *layout, *style, *overset, *root, *encoding, *crash_dir, *memory, *press;
    int jobs, columns, retries;
    double dpi, seconds;
    gboolean resume, gray;
    GPtrArray *parted; /* arguments of part_jobs */
} BatchOptions;

/* ---- signals: the first asks, the second insists ---- */

static volatile int stop = 0;

static void
on_signal (int number)
{
    if (stop != 0)
        _exit (128 + number); /* children die with their parent */
    stop = number;
}

static void
catch_signals (void)
{
    static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
    struct sigaction action = { .sa_handler = on_signal }; /* no SA_RESTART: it must end a wait */

    sigemptyset (&action.sa_mask);
    for (size_t i = 0; i < G_N_ELEMENTS (signals); i++)
        sigaction (signals[i], &action, NULL);
}

/* ---- shards ---- */

static bool
read_count (const char *text, int least, int *count)
{
    char *end = NULL;
    gint64 value = text != NULL ? g_ascii_strtoll (text, &end, 10) : -1;

    if (text == NULL || end == text || *end != '\0' || value < least || value > 1000000)
        return false;
    *count = (int) value;
    return true;
}

/* A Slurm array counts from MIN by STEP; its COUNT says how many there are only when none was left out (--array=3,7). */
static const char *
slurm_shard (int *index, int *count)
{
    int id = 0, min = 0, max = 0, step = 1, n = 0;

    if (!read_count (g_getenv ("SLURM_ARRAY_TASK_ID"), 0, &id))
        return "there is no number in SLURM_ARRAY_TASK_ID";
    if (*count > 0) { /* auto/n: ids 1 … n, or 0 … n − 1 */
        *index = id == 0 || g_strcmp0 (g_getenv ("SLURM_ARRAY_TASK_MIN"), "0") == 0 ? id + 1 : id;
        return NULL;
    }
    read_count (g_getenv ("SLURM_ARRAY_TASK_STEP"), 1, &step);
    if (!read_count (g_getenv ("SLURM_ARRAY_TASK_MIN"), 0, &min) || !read_count (g_getenv ("SLURM_ARRAY_TASK_MAX"), 0, &max) ||
        !read_count (g_getenv ("SLURM_ARRAY_TASK_COUNT"), 1, &n) || (max - min) / step + 1 != n)
        return "the array has gaps: say how many shards there are, --shard auto/N";
    *index = (id - min) / step + 1;
    *count = n;
    return NULL;
}

/* The engine's own variables; NULL, or what is wrong. */
static const char *
auto_shard (int *index, int *count)
{
    if (g_getenv ("SLURM_ARRAY_TASK_ID") != NULL)
        return slurm_shard (index, count);
    if (g_getenv ("JOB_COMPLETION_INDEX") != NULL) {
        if (!read_count (g_getenv ("JOB_COMPLETION_INDEX"), 0, index))
            return "there is no number in JOB_COMPLETION_INDEX";
        ++*index;
        return *count > 0 || read_count (g_getenv ("BANMIAN_SHARDS"), 1, count)
                   ? NULL
                   : "Kubernetes does not tell how many there are: say --shard auto/N, or set BANMIAN_SHARDS";
    }
    return "neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set";
}

static const char *
read_shard (const char *text, int *index, int *count)
{
    char **parts = g_strsplit (text, "/", 2);
    const char *wrong = NULL;
    bool is_auto = parts[0] != NULL && strcmp (parts[0], "auto") == 0;

    if ((parts[0] == NULL || parts[1] == NULL) ? !is_auto : !read_count (parts[1], 1, count))
        wrong = "write i/n (i from 1 to n), auto or auto/n";
    else if (is_auto)
        wrong = auto_shard (index, count);
    else if (!read_count (parts[0], 1, index))
        wrong = "write i/n (i from 1 to n), auto or auto/n";
    if (wrong == NULL && (*index < 1 || *index > *count))
        wrong = "i goes from 1 to n";
    g_strfreev (parts);
    return wrong;
}

/* "1G" "512M" or bytes */
static bool
read_memory (const char *text, size_t *bytes)
{
    char *end = NULL;
    guint64 value = g_ascii_strtoull (text, &end, 10);
    int shift = *end == 'G' || *end == 'g' ? 30 : *end == 'M' || *end == 'm' ? 20 : *end == 'K' || *end == 'k' ? 10 : 0;

    *bytes = (size_t) value << shift;
    return end != text && *text != '-' && strcmp (shift > 0 ? end + 1 : end, "") == 0 && value > 0 && value < (guint64) 1 << 40 >> shift;
}

/* ---- progress ---- */

typedef struct {
    bool terminal, quiet, drawn;
    double said; /* seconds, of the last line elsewhere */
} Progress;

static void
print_line (const BmBatchProgress *at, const char *end)
{
    int done = at->set + at->over + at->failed, made = done - at->skipped;
    double rate = at->seconds > 0 ? made / at->seconds : 0;

    fprintf (stderr, "%d of %d pages, %.1f a second", done, at->total, rate);
    if (rate > 0 && done < at->total) {
        int left = (int) ((at->total - done) / rate + 0.5);

        fprintf (stderr, ", %d:%02d left", left / 60, left % 60);
    }
    fprintf (stderr, ", %d failed%s", at->failed, end);
}

/* A line drawn over again on a terminal; elsewhere one in 30 seconds. A page that failed is told at once. */
static void
show_progress (const BmBatchProgress *at, void *data)
{
    Progress *progress = data;

    if (at->failure != NULL)
        fprintf (stderr, "%s%s\n", progress->drawn ? "\r\033[K" : "", at->failure);
    if (progress->quiet)
        return;
    if (progress->terminal) {
        fputs ("\r", stderr);
        print_line (at, "\033[K");
        progress->drawn = true;
    } else if (at->seconds >= progress->said + 30) {
        print_line (at, "\n");
        progress->said = at->seconds;
    }
    fflush (stderr);
}

static void
print_success (const char *manifest, const BmBatchProgress *result)
{
    double seconds = result->seconds > 0 ? result->seconds : 1e-9;
    int made = result->set + result->over + result->failed - result->skipped;

    fprintf (stderr, "%s: %d pages: %d set, %d with copy over, %d failed; %d of them were set before; %.1f s, %.1f a second\n", manifest,
             result->total, result->set, result->over, result->failed, result->skipped, result->seconds, made / seconds);
}

/* ---- the verb ---- */

static int
batch_pages (BatchOptions *options, const char *manifest, BmBatchRequest *request)
{
    const char *term = g_getenv ("TERM");
    Progress progress = {
        .terminal = isatty (STDERR_FILENO) && (term == NULL || strcmp (term, "dumb") != 0),
        .quiet = options->common.quiet,
    };
    char *date = cli_source_date ();
    const BmSetRequest defaults = {
        .layout = options->layout, .columns = options->columns, .style = options->style, .overset = options->overset,
        .root = options->root, .encoding = options->encoding, .dpi = options->dpi, .gray = options->gray, .date = date, .press = options->press,
    };
    static const char *const outputs[] = { "{id}.pdf" };
    BmBatchProgress result = { 0 };

    request->manifest = manifest;
    request->report = options->report;
    request->defaults = &defaults;
    request->outputs = options->outputs != NULL ? (const char *const *) options->outputs : outputs;
    request->n_outputs = options->outputs != NULL ? (int) g_strv_length (options->outputs) : 1;
    request->jobs = options->jobs > 0 ? options->jobs : (int) MIN (g_get_num_processors (), 256);
    request->resume = options->resume;
    request->max_seconds = options->seconds;
    request->retries = options->retries == 0 ? -1 : options->retries;
    request->crash_dir = options->crash_dir;
    request->test_faults = g_getenv ("BANMIAN_TEST_FAULTS") != NULL;
    request->stop = &stop;
    request->progress = show_progress;
    request->data = &progress;
    catch_signals ();
    BmSession *session = cli_session (&options->common);
    int status = bm_batch (session, request, &result);
    if (progress.drawn)
        fputs ("\r\033[K", stderr);
    cli_print_messages (session, &options->common, status);
    if (!options->common.quiet && result.total > 0)
        print_success (manifest, &result);
    bm_session_free (session);
    g_free (date);
    return status;
}

static void
batch_options_clear (BatchOptions *options)
{
    char *texts[] = { options->report, options->shard,    options->layout,    options->style, options->overset,
                      options->root,   options->encoding, options->crash_dir, options->memory, options->press };

    for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
        g_free (texts[i]);
    g_strfreev (options->outputs);
    g_ptr_array_free (options->parted, TRUE);
    cli_common_clear (&options->common);
}

static int
check_and_run (BatchOptions *options, int argc, char **argv)
{
    BmBatchRequest request = { 0 };
    const char *wrong = options->shard != NULL ? read_shard (options->shard, &request.shard, &request.shards) : NULL;

    if (argc != 2)
        return cli_usage (&cli_batch, "name one manifest");
    if (wrong != NULL)
        return cli_usage (&cli_batch, "--shard %s: %s", options->shard, wrong);
    if (options->jobs < 0 || options->jobs > 256)
        return cli_usage (&cli_batch, "-j %d: 1 to 256 processes", options->jobs);
    if (options->columns < 0 || options->columns > 64)
        return cli_usage (&cli_batch, "-c %d: a page needs 1 to 64 columns", options->columns);
    if (options->resume && options->report == NULL)
        return cli_usage (&cli_batch, "--resume needs --report: it tells what is done");
    if (!(options->seconds > 0 && options->seconds <= 86400))
        return cli_usage (&cli_batch, "--max-seconds: over 0, up to a day");
    if (options->memory != NULL && !read_memory (options->memory, &request.max_bytes))
        return cli_usage (&cli_batch, "--max-memory %s: bytes, or a number with K, M or G", options->memory);
    return batch_pages (options, argv[1], &request);
}

/* GOption reads “-j 4” but not “-j4”, which make and parallel have taught everybody. */
static void
part_jobs (int argc, char **argv, GPtrArray *parted)
{
    for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
        if (argv[i][0] == '-' && argv[i][1] == 'j' && g_ascii_isdigit (argv[i][2])) {
            argv[i] = g_strdup_printf ("--jobs=%s", argv[i] + 2);
            g_ptr_array_add (parted, argv[i]);
        }
}

static int
run (int argc, char **argv)
{
    BatchOptions options = { .retries = 1, .seconds = 30, .parted = g_ptr_array_new_with_free_func (g_free) };
    const GOptionEntry entries[] = {
        { "output", 'o', 0, G_OPTION_ARG_FILENAME_ARRAY, &options.outputs, "Output of lines that name none, with {id} {name} {hash} {shard} (default: {id}.pdf)", "OUT" },
        { "jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs, "Pages at once (default: one a processor)", "N" },
        { "report", 0, 0, G_OPTION_ARG_FILENAME, &options.report, "Append a JSON object a page; may hold {shard}", "R.jsonl" },
        { "resume", 0, 0, G_OPTION_ARG_NONE, &options.resume, "Pass over what the report has, unless its text, pictures, fonts or layout changed", NULL },
        { "shard", 0, 0, G_OPTION_ARG_STRING, &options.shard, "This part of the pages; auto: by Slurm's or Kubernetes' variables", "I/N|auto|auto/N" },
        { "max-seconds", 0, 0, G_OPTION_ARG_DOUBLE, &options.seconds, "A page may take (default: 30)", "S" },
        { "max-memory", 0, 0, G_OPTION_ARG_STRING, &options.memory, "… of memory (default: 1G)", "BYTES" },
        { "retries", 0, 0, G_OPTION_ARG_INT, &options.retries, "Of pages that failed by trouble or a signal (default: 1)", "N" },
        { "crash-dir", 0, 0, G_OPTION_ARG_FILENAME, &options.crash_dir, "Keep the texts of pages whose process was killed", "DIR" },
        { "layout", 'l', 0, G_OPTION_ARG_FILENAME, &options.layout, "Layout of lines that name none", "NAME|FILE" },
        { "columns", 'c', 0, G_OPTION_ARG_INT, &options.columns, "… columns", "N" },
        { "style", 0, 0, G_OPTION_ARG_STRING, &options.style, "… composition style", "STYLE" },
        { "overset", 0, 0, G_OPTION_ARG_STRING, &options.overset, "… jump, hold or error", "POLICY" },
        { "root", 0, 0, G_OPTION_ARG_FILENAME, &options.root, "… folder of pictures (default: each page's own)", "DIR" },
        { "encoding", 0, 0, G_OPTION_ARG_STRING, &options.encoding, "… encoding of raw dumps", "NAME" },
        { "dpi", 0, 0, G_OPTION_ARG_DOUBLE, &options.dpi, "… PNG resolution", "N" },
        { "gray", 0, 0, G_OPTION_ARG_NONE, &options.gray, "… gray PNG", NULL },
        { "press", 0, 0, G_OPTION_ARG_STRING, &options.press, "… print-ready PDF: none, x4, x1a, a2b or a1b", "STANDARD" },
        { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    };
    int status = BM_STATUS_OK;

    part_jobs (argc, argv, options.parted);
    if (cli_parse (&cli_batch, entries, &options.common, &argc, &argv, &status))
        status = check_and_run (&options, argc, argv);
    batch_options_clear (&options);
    return status;
}

const CliVerb cli_batch = {
    "batch", "MANIFEST.jsonl [-j N] [--report R.jsonl] [--resume]", "Set many pages, each in a process of its own",
    "A line of the manifest: {\"id\": \"1998-03-02-5\", \"page\": \"in/5.md\", \"output\": \"out/5.pdf\", \"layout\": \"tabloid\"}\n"
    "Its keys are the options of set; only page is needed. Report and exit status: man banmian.\n\n"
    "Examples:\n"
    "  banmian batch pages.jsonl -j 4 -o 'out/{id}.pdf' --report pages.report --resume\n"
    "  banmian batch pages.jsonl --shard 3/16 --report 'report-{shard}.jsonl' --resume\n",
    run,
};
