/* cmd-recover.c — `banmian recover`: the articles of a raw dump, as a file to correct. */
#include "cli/cli.h"

#include <stdio.h>

static int
recover_page (const BmRecoverRequest *request, const CliCommon *common)
{
    BmSession *session = cli_session (common);
    char *edition = NULL, *report = NULL;
    int status = bm_recover_page (session, request, request->output == NULL ? &edition : NULL, &report);

    cli_print_messages (session, common, status);
    if (report != NULL && !common->quiet && request->report_file == NULL)
        fputs (report, stderr);
    if (edition != NULL)
        status = cli_put (edition);
    bm_free (edition);
    bm_free (report);
    bm_session_free (session);
    return status;
}

static int
run (int argc, char **argv)
{
    CliCommon common;
    char *output = NULL, *report = NULL, *encoding = NULL;
    int page = 0;
    const GOptionEntry entries[] = {
        { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "The edition, .md or .json (default: Markdown on stdout)", "OUT" },
        { "report", 0, 0, G_OPTION_ARG_FILENAME, &report, "Where the review report goes (default: stderr)", "FILE" },
        { "encoding", 0, 0, G_OPTION_ARG_STRING, &encoding, "UTF-8, GB18030, UTF-16 or Big5 (default: found out)", "NAME" },
        { "page", 0, 0, G_OPTION_ARG_INT, &page, "Page of a PDF or of a file with boxes (default: its only one)", "N" },
        { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    };
    int status = BM_STATUS_OK;

    if (cli_parse (&cli_recover, entries, &common, &argc, &argv, &status)) {
        const BmRecoverRequest request = {
            .raw = argc == 2 ? argv[1] : NULL, .output = output, .report_file = report, .encoding = encoding, .page = page,
        };

        status = argc != 2 ? cli_usage (&cli_recover, "name one raw dump") : page < 0 ? cli_usage (&cli_recover, "--page counts from 1") : recover_page (&request, &common);
    }
    g_free (output);
    g_free (report);
    g_free (encoding);
    cli_common_clear (&common);
    return status;
}

const CliVerb cli_recover = {
    "recover", "RAW [-o PAGE.md|PAGE.json]", "Find the articles in the raw text of a page",
    "Examples:\n"
    "  banmian recover page.txt -o page.md\n"
    "  banmian recover paper.pdf --page 5 -o page.md\n"
    "  pdftotext page.pdf - | banmian recover - -o page.json\n"
    "  banmian recover page.txt -o page.md --report page.report\n",
    run,
};
