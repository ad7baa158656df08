/* cmd-lists.c — `layouts`, `fonts`, `check`, `explain`, `info`: what there is, and what is wrong with it. */
#include "cli/cli.h"

#include <stdio.h>

/* ---- layouts ---- */

static int
run_layouts (int argc, char **argv)
{
    CliCommon common;
    int status = BM_STATUS_OK;

    if (cli_parse (&cli_layouts, NULL, &common, &argc, &argv, &status)) {
        BmSession *session = cli_session (&common);
        char *text = NULL;

        status = bm_list_layouts (session, &text);
        cli_print_messages (session, &common, status);
        if (text != NULL)
            status = cli_put (text) != BM_STATUS_OK ? BM_STATUS_RESOURCE : status;
        bm_free (text);
        bm_session_free (session);
    }
    cli_common_clear (&common);
    return status;
}

const CliVerb cli_layouts = {
    "layouts", "", "List the shipped layouts",
    "Example:\n  banmian layouts\n", run_layouts,
};

/* ---- fonts ---- */

static int
run_fonts (int argc, char **argv)
{
    CliCommon common;
    char *layout = NULL;
    gboolean json = FALSE;
    const GOptionEntry entries[] = {
        { "layout", 'l', 0, G_OPTION_ARG_FILENAME, &layout, "Layout whose roles are listed (default: broadsheet)", "NAME|FILE" },
        { "json", 0, 0, G_OPTION_ARG_NONE, &json, "As JSON", NULL },
        { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    };
    int status = BM_STATUS_OK;

    if (cli_parse (&cli_fonts, entries, &common, &argc, &argv, &status)) {
        BmSession *session = cli_session (&common);
        char *text = NULL;

        status = bm_list_fonts (session, layout, json, &text);
        cli_print_messages (session, &common, status);
        if (text != NULL && cli_put (text) != BM_STATUS_OK)
            status = BM_STATUS_RESOURCE;
        bm_free (text);
        bm_session_free (session);
    }
    g_free (layout);
    cli_common_clear (&common);
    return status;
}

const CliVerb cli_fonts = {
    "fonts", "[-l LAYOUT]", "Show which face each role takes, and what is missing",
    "Examples:\n  banmian fonts\n  banmian fonts -l tabloid --json\n", run_fonts,
};

/* ---- check ---- */

static int
run_check (int argc, char **argv)
{
    CliCommon common;
    char *layout = NULL, *press = NULL;
    double bleed = -1;
    const GOptionEntry entries[] = {
        { "layout", 'l', 0, G_OPTION_ARG_FILENAME, &layout, "Layout to check pages with (default: broadsheet)", "NAME|FILE" },
        { "press", 0, 0, G_OPTION_ARG_STRING, &press, "Rules of this standard for a PDF: x4, x1a, a2b or a1b (default: the one it claims)", "STANDARD" },
        { "bleed", 0, 0, G_OPTION_ARG_DOUBLE, &bleed, "Bleed that a PDF must have", "MM" },
        { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    };
    int status = BM_STATUS_OK;

    if (cli_parse (&cli_check, entries, &common, &argc, &argv, &status) && argc < 2)
        status = cli_usage (&cli_check, "name a file");
    for (int i = 1; i < argc && status != BM_STATUS_USAGE; i++) {
        BmSession *session = cli_session (&common);
        int one = bm_check (session, argv[i], layout, press, bleed < 0 ? -1 : bleed * 72 / 25.4);

        cli_print_messages (session, &common, one);
        if (one == BM_STATUS_OK && !common.quiet)
            fprintf (stderr, "%s: nothing wrong\n", argv[i]);
        if (status == BM_STATUS_OK)
            status = one;
        bm_session_free (session);
    }
    g_free (layout);
    g_free (press);
    cli_common_clear (&common);
    return status;
}

const CliVerb cli_check = {
    "check", "FILE...", "Diagnostics of a page, a layout or a press PDF; writes nothing",
    "Examples:\n  banmian check page.md\n  banmian check layouts/own.yaml --diagnostics=short\n  banmian check page.pdf --press x4 --bleed 3\n", run_check,
};

/* ---- explain, info ---- */

static int
run_explain (int argc, char **argv)
{
    CliCommon common;
    int status = BM_STATUS_OK;

    if (cli_parse (&cli_explain, NULL, &common, &argc, &argv, &status)) {
        const char *text = argc == 2 ? bm_explain (argv[1]) : NULL;

        if (argc != 2) {
            status = cli_usage (&cli_explain, "name a code");
        } else if (text == NULL) {
            status = cli_usage (&cli_explain, "there is no code %s", argv[1]);
        } else {
            char *line = g_strdup_printf ("%s\n", text);

            status = cli_put (line);
            g_free (line);
        }
    }
    cli_common_clear (&common);
    return status;
}

const CliVerb cli_explain = {
    "explain", "CODE", "Explain a diagnostic code",
    "Example:\n  banmian explain BM0203\n", run_explain,
};

static int
run_info (int argc, char **argv)
{
    CliCommon common;
    int status = BM_STATUS_OK;

    if (cli_parse (&cli_info, NULL, &common, &argc, &argv, &status)) {
        char *text = g_strdup_printf ("banmian %s\ndata folder: %s\nGLib %u.%u.%u\n", bm_version (), BM_DATA_DIR,
                                      glib_major_version, glib_minor_version, glib_micro_version);

        status = cli_put (text);
        g_free (text);
    }
    cli_common_clear (&common);
    return status;
}

const CliVerb cli_info = {
    "info", "", "Version and places, for bug reports", "Example:\n  banmian info\n", run_info,
};
