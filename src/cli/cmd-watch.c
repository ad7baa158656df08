/* cmd-watch.c — `banmian watch`: set again at every change. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    CliCommon common;
    char **outputs;
    char *layout, *style, *overset, *root, *encoding;
    int columns;
    double dpi;
    gboolean gray;
    BmSession *session;
    const char *const *names; /* of the outputs */
} WatchOptions;

/* One line a setting; on a terminal the screen is cleared first, so that old messages are not taken for new ones. */
static bool
tell (const BmWatchReport *report, void *data)
{
    const WatchOptions *options = data;
    const char *term = g_getenv ("TERM");
    bool written = report->status == BM_STATUS_OK || report->status == BM_STATUS_OVERSET;

    if (isatty (STDERR_FILENO) && term != NULL && strcmp (term, "dumb") != 0)
        fputs ("\033[H\033[2J", stderr);
    cli_print_messages (options->session, &options->common, report->status);
    if (!written)
        fprintf (stderr, "%s: left as it was, %.2f s after the change\n", options->names[0], report->since_change);
    else if (!options->common.quiet)
        fprintf (stderr, "%s: %d items, %d characters set, %d over, quality %.1f, %.2f s, %.2f s after the change\n", options->names[0],
                 report->set.items, report->set.characters_set, report->set.characters_over, report->set.quality, report->seconds,
                 report->since_change);
    fflush (stderr);
    return true;
}

static int
watch_pages (WatchOptions *options, char **pages, int n_pages)
{
    char *first = options->outputs == NULL ? cli_default_output (pages[0]) : NULL, *date = cli_source_date ();
    const char *const only[] = { first, NULL };

    options->names = first != NULL ? only : (const char *const *) options->outputs;
    const BmSetRequest set = {
        .pages = (const char *const *) pages, .n_pages = n_pages,
        .outputs = options->names, .n_outputs = (int) g_strv_length ((char **) (gpointer) options->names),
        .layout = options->layout, .columns = options->columns, .style = options->style, .overset = options->overset,
        .root = options->root, .encoding = options->encoding, .date = date, .dpi = options->dpi, .gray = options->gray,
    };
    const BmWatchRequest request = { &set, tell, options };
    options->session = cli_session (&options->common);
    int status = bm_watch (options->session, &request);
    cli_print_messages (options->session, &options->common, status);
    bm_session_free (options->session);
    g_free (first);
    g_free (date);
    return status;
}

static void
watch_options_clear (WatchOptions *options)
{
    char *texts[] = { options->layout, options->style, options->overset, options->root, options->encoding };

    for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
        g_free (texts[i]);
    g_strfreev (options->outputs);
    cli_common_clear (&options->common);
}

static int
run (int argc, char **argv)
{
    WatchOptions options = { 0 };
    const GOptionEntry entries[] = {
        { "output", 'o', 0, G_OPTION_ARG_FILENAME_ARRAY, &options.outputs, "Output, as of set (default: the page's name with .pdf)", "OUT" },
        { "layout", 'l', 0, G_OPTION_ARG_FILENAME, &options.layout, "Layout file or shipped name", "NAME|FILE" },
        { "columns", 'c', 0, G_OPTION_ARG_INT, &options.columns, "Column count, whatever the layout says", "N" },
        { "style", 0, 0, G_OPTION_ARG_STRING, &options.style, "Composition style: full, news, css or gb", "STYLE" },
        { "overset", 0, 0, G_OPTION_ARG_STRING, &options.overset, "Copy that finds no room: jump, hold or error", "POLICY" },
        { "root", 0, 0, G_OPTION_ARG_FILENAME, &options.root, "Pictures are read only under it", "DIR" },
        { "encoding", 0, 0, G_OPTION_ARG_STRING, &options.encoding, "Encoding of a raw dump", "NAME" },
        { "dpi", 0, 0, G_OPTION_ARG_DOUBLE, &options.dpi, "PNG resolution (default: 150)", "N" },
        { "gray", 0, 0, G_OPTION_ARG_NONE, &options.gray, "Gray PNG", NULL },
        { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    };
    int status = BM_STATUS_OK;

    if (cli_parse (&cli_watch, entries, &options.common, &argc, &argv, &status)) {
        if (argc < 2)
            status = cli_usage (&cli_watch, "name a page");
        else if (options.columns < 0 || options.columns > 64)
            status = cli_usage (&cli_watch, "-c %d: a page needs 1 to 64 columns", options.columns);
        else
            status = watch_pages (&options, argv + 1, argc - 1);
    }
    watch_options_clear (&options);
    return status;
}

const CliVerb cli_watch = {
    "watch", "PAGE... [-o OUT]...", "Set a page again at every change of its text, layout, pictures or fonts",
    "A page that is wrong leaves the last good one. Ctrl-C ends it.\n\n"
    "Examples:\n"
    "  banmian watch page.md -o page.pdf\n"
    "  banmian watch edition/ -o edition.pdf -l tabloid\n",
    run,
};
