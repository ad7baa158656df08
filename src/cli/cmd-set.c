/* cmd-set.c — `banmian set`: text → PDF, PNG, SVG. */
#include "cli/cli.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

typedef struct {
    CliCommon common;
    char **outputs;
    char *layout, *paper, *style, *overset, *plan, *keep, *root, *encoding, *press, *icc, *condition;
    int columns;
    double body, dpi, bleed;
    gboolean gray, trace, original, compare, marks, proof;
    char *contact;
} SetOptions;

/* A wrong count is wrong usage, whatever else is wrong (interfaces.md §1). */
static bool
read_columns (const char *text, int *columns)
{
    char *end = NULL;
    gint64 value = g_ascii_strtoll (text, &end, 10);

    if (end == text || *end != '\0' || value < 1 || value > 64)
        return false;
    *columns = (int) value;
    return true;
}

#define PT_PER_MM (72 / 25.4)
#define PT_PER_DIAN (0.35 * PT_PER_MM)

/* "390x540mm" */
static bool
read_paper (const char *text, double *width, double *height)
{
    char *end = NULL;

    *width = g_ascii_strtod (text, &end) * PT_PER_MM;
    if (end == text || (*end != 'x' && *end != 'X'))
        return false;
    const char *second = end + 1;
    *height = g_ascii_strtod (second, &end) * PT_PER_MM;
    return end != second && (*end == '\0' || strcmp (end, "mm") == 0) && isfinite (*width) && isfinite (*height) &&
           *width > 0 && *height > 0;
}

/* Without -o: the page's name with .pdf. */
static char *
default_output (const char *page)
{
    const char *dot = strrchr (page, '.'), *slash = strrchr (page, '/');
    size_t length = dot != NULL && (slash == NULL || dot > slash) ? (size_t) (dot - page) : strlen (page);

    if (g_file_test (page, G_FILE_TEST_IS_DIR)) { /* its own name, in it or beside it */
        char *folder = g_canonicalize_filename (page, NULL), *name = g_path_get_basename (folder);
        char *path = strcmp (page, ".") == 0 || strcmp (page, "..") == 0 ? g_strdup_printf ("%s/%s.pdf", page, name) : NULL;

        g_free (folder);
        g_free (name);
        if (path != NULL)
            return path;
        for (length = strlen (page); length > 1 && page[length - 1] == '/'; length--)
            ;
    }
    return strcmp (page, "-") == 0 ? g_strdup ("-") : g_strdup_printf ("%.*s.pdf", (int) length, page);
}

/* 3627 → "3,627" */
static char *
with_commas (int number)
{
    GString *text = g_string_new (NULL);

    g_string_printf (text, "%d", number);
    for (gssize at = (gssize) text->len - 3; at > 0; at -= 3)
        g_string_insert_c (text, at, ',');
    return g_string_free (text, FALSE);
}

static double
seconds_since (const struct timespec *start)
{
    struct timespec now;

    clock_gettime (CLOCK_MONOTONIC, &now);
    return (double) (now.tv_sec - start->tv_sec) + (double) (now.tv_nsec - start->tv_nsec) / 1e9;
}

static void
print_success (const char *const *outputs, const BmSetReport *report, const struct timespec *start)
{
    char *set = with_commas (report->characters_set), *over = with_commas (report->characters_over);
    char *names = g_strjoinv (", ", (char **) (gpointer) outputs);

    char *pages = report->pages > 1 ? g_strdup_printf ("%d pages, ", report->pages) : g_strdup ("");

    fprintf (stderr, "%s: %s%d items, %s characters set, %s over, quality %.1f, %.2f s\n", names, pages, report->items, set, over,
             report->quality, seconds_since (start));
    g_free (pages);
    g_free (names);
    g_free (set);
    g_free (over);
}

/* Where the picture of `relay --compare` goes: beside the first output, else the edition. */
static char *
compare_output (const char *output)
{
    const char *dot = strrchr (output, '.'), *slash = strrchr (output, '/');
    size_t length = dot != NULL && (slash == NULL || dot > slash) ? (size_t) (dot - output) : strlen (output);

    return strcmp (output, "-") == 0 ? g_strdup ("compare.png") : g_strdup_printf ("%.*s.compare.png", (int) length, output);
}

/* What changed goes to stdout, unless a document does. */
static BmStatus
relay_pages (const SetOptions *options, BmSession *session, const BmSetRequest *request, const char *page, BmSetReport *report)
{
    char *picture = options->compare ? compare_output (request->n_outputs > 0 ? request->outputs[0] : page) : NULL, *changes = NULL;
    BmStatus status = bm_relay (session, request, picture, report, &changes);

    if (changes != NULL && (options->compare || !options->common.quiet)) {
        const char *end = changes + strlen (changes), *last = end - 1;

        while (last > changes && last[-1] != '\n')
            last--;
        fputs (options->compare ? changes : last, request->n_outputs > 0 && strcmp (request->outputs[0], "-") == 0 ? stderr : stdout);
    }
    bm_free (changes);
    g_free (picture);
    return status;
}

static int
set_pages (const CliVerb *verb, SetOptions *options, char **pages, int n_pages, bool relay)
{
    struct timespec start;
    BmSetReport report;

    clock_gettime (CLOCK_MONOTONIC, &start);
    char *first = options->outputs == NULL && !(relay && options->compare) ? default_output (pages[0]) : NULL;
    const char *const only[] = { first, NULL };
    static const char *const none[] = { NULL };
    const char *const *outputs = first != NULL ? only : options->outputs != NULL ? (const char *const *) options->outputs : none;
    char *date = cli_source_date ();
    BmSetRequest request = {
        .pages = (const char *const *) pages, .n_pages = n_pages,
        .outputs = outputs, .n_outputs = (int) g_strv_length ((char **) (gpointer) outputs),
        .layout = options->layout, .columns = options->columns, .body = options->body * PT_PER_DIAN,
        .style = options->style, .overset = options->overset, .keep = options->keep, .root = options->root,
        .encoding = options->encoding, .date = date, .dpi = options->dpi, .gray = options->gray,
        .trace = options->trace, .original = options->original, .contact = options->contact,
        .proof = options->proof, .press = options->press, .bleed = options->bleed * PT_PER_MM,
        .marks = options->marks, .icc = options->icc, .condition = options->condition,
    };
    if (options->paper != NULL && !read_paper (options->paper, &request.paper_width, &request.paper_height)) {
        g_free (first);
        g_free (date);
        return cli_usage (verb, "--paper %s: write WIDTHxHEIGHTmm, such as 390x540mm", options->paper);
    }
    BmSession *session = cli_session (&options->common);
    BmStatus status = relay ? relay_pages (options, session, &request, pages[0], &report) : bm_set (session, &request, &report);
    cli_print_messages (session, &options->common, (int) status);
    if (report.trace != NULL)
        fputs (report.trace, stderr);
    if ((status == BM_STATUS_OK || status == BM_STATUS_OVERSET) && !options->common.quiet && outputs[0] != NULL)
        print_success (outputs, &report, &start);
    bm_set_report_clear (&report);
    bm_session_free (session);
    g_free (first);
    g_free (date);
    return (int) status;
}

static void
add_output (char ***outputs, const char *path)
{
    guint n = *outputs == NULL ? 0 : g_strv_length (*outputs);

    *outputs = g_renew (char *, *outputs, n + 2);
    (*outputs)[n] = g_strdup (path);
    (*outputs)[n + 1] = NULL;
}

static void
set_options_clear (SetOptions *options)
{
    char *texts[] = { options->layout, options->paper, options->style, options->overset,
                      options->plan,   options->keep,  options->root,  options->encoding, options->contact,
                      options->press,  options->icc,   options->condition };

    for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
        g_free (texts[i]);
    g_strfreev (options->outputs);
    cli_common_clear (&options->common);
}

int
cli_run_set (const CliVerb *verb, int argc, char **argv, gboolean relay)
{
    SetOptions options = { 0 };
    char *columns = NULL;
    const GOptionEntry entries[] = {
        { "output", 'o', 0, G_OPTION_ARG_FILENAME_ARRAY, &options.outputs, "Output; its ending says what: .pdf .png .svg .json .md; - is a PDF on stdout (may be repeated)", "OUT" },
        { "layout", 'l', 0, G_OPTION_ARG_FILENAME, &options.layout, "Layout file or shipped name (default: broadsheet)", "NAME|FILE" },
        { "columns", 'c', 0, G_OPTION_ARG_STRING, &columns, "Column count, whatever the layout says", "N" },
        { "paper", 0, 0, G_OPTION_ARG_STRING, &options.paper, "Paper, whatever the layout says", "WxHmm" },
        { "body", 0, 0, G_OPTION_ARG_DOUBLE, &options.body, "Body size in 点 of 0.35 mm, whatever the layout says", "SIZE" },
        { "style", 0, 0, G_OPTION_ARG_STRING, &options.style, "Composition style: full, news, css or gb", "STYLE" },
        { "overset", 0, 0, G_OPTION_ARG_STRING, &options.overset, "Copy that finds no room: jump, hold or error", "POLICY" },
        { "plan", 0, 0, G_OPTION_ARG_FILENAME, &options.plan, "Write the plan", "OUT.json" },
        { "keep", 0, 0, G_OPTION_ARG_FILENAME, &options.keep, "Keep what this plan has marked pinned", "PLAN.json" },
        { "root", 0, 0, G_OPTION_ARG_FILENAME, &options.root, "Pictures are read only under it (default: the page's folder)", "DIR" },
        { "encoding", 0, 0, G_OPTION_ARG_STRING, &options.encoding, "Encoding of a raw dump", "NAME" },
        { "dpi", 0, 0, G_OPTION_ARG_DOUBLE, &options.dpi, "PNG resolution (default: 150)", "N" },
        { "gray", 0, 0, G_OPTION_ARG_NONE, &options.gray, "Gray PNG", NULL },
        { "press", 0, 0, G_OPTION_ARG_STRING, &options.press, "Print-ready PDF of this standard: x4, x1a, a2b or a1b", "STANDARD" },
        { "bleed", 0, 0, G_OPTION_ARG_DOUBLE, &options.bleed, "Bleed of a press PDF (default: 0)", "MM" },
        { "marks", 0, 0, G_OPTION_ARG_NONE, &options.marks, "Crop and registration marks, colour bar, slug line", NULL },
        { "icc", 0, 0, G_OPTION_ARG_FILENAME, &options.icc, "The press's profile (default: newsprint, TR 002)", "FILE" },
        { "condition", 0, 0, G_OPTION_ARG_STRING, &options.condition, "Registered name of the printing condition, such as IFRA26", "NAME" },
        { "proof", 0, 0, G_OPTION_ARG_NONE, &options.proof, "PNG as the press would print it", NULL },
        { "trace", 0, 0, G_OPTION_ARG_NONE, &options.trace, "Say why each item is where it is", NULL },
        { "original", 0, 0, G_OPTION_ARG_NONE, &options.original, "Set on the grid that the raw dump shows", NULL },
        { "contact", 0, 0, G_OPTION_ARG_FILENAME, &options.contact, "All pages small in one picture", "OUT.png" },
        { relay ? "compare" : NULL, 0, 0, G_OPTION_ARG_NONE, &options.compare, "Tell of each item, and show both in a picture (OUT.compare.png)", NULL },
        { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    };
    int status = BM_STATUS_OK;

    if (cli_parse (verb, entries, &options.common, &argc, &argv, &status)) {
        if (options.plan != NULL)
            add_output (&options.outputs, options.plan);
        if (argc < 2)
            status = cli_usage (verb, "name a page");
        else if (columns != NULL && !read_columns (columns, &options.columns))
            status = cli_usage (verb, "-c %s: a page needs 1 to 64 columns", columns);
        else
            status = set_pages (verb, &options, argv + 1, argc - 1, relay);
    }
    g_free (columns);
    set_options_clear (&options);
    return status;
}

static int
run (int argc, char **argv)
{
    return cli_run_set (&cli_set, argc, argv, FALSE);
}

const CliVerb cli_set = {
    "set", "PAGE... [-o OUT]...", "Set a page: text in, PDF, PNG or SVG out",
    "Examples:\n"
    "  banmian set page.txt -o page.pdf -o page.png\n"
    "  banmian set page.md -l tabloid -o page.pdf\n"
    "  banmian set page.md -c 7 --plan page.json -o page.svg\n"
    "  banmian set samples/edition -o \"out/{date}-{page}.pdf\"\n",
    run,
};

char *
cli_default_output (const char *page)
{
    return default_output (page);
}
