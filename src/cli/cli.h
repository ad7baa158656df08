/* cli.h — the `banmian` command: arguments in, calls of the library's face, messages and a status out.
 *
 * It computes nothing. It alone reads the environment (BANMIAN_LAYOUT_PATH, BANMIAN_FONT_PATH,
 * SOURCE_DATE_EPOCH, NO_COLOR, TERM), the clock (for the success line) and where the program stands. */
#ifndef BM_CLI_H
#define BM_CLI_H

#include "banmian.h"

#include <glib.h>

/* What every verb accepts (--diagnostics, --quiet, --color, --fonts, …). */
typedef struct {
    char *diagnostics, *color;
    char **font_dirs, **word_files;
    gboolean quiet, system_fonts, allow_font_fallback;
} CliCommon;

typedef struct {
    const char *name;
    const char *arguments; /* "PAGE... [-o OUT]..." */
    const char *summary;   /* one line */
    const char *examples;  /* under the options of --help */
    int (*run) (int argc, char **argv); /* argv[0] is the verb; an exit status */
} CliVerb;

extern const CliVerb cli_set, cli_relay, cli_recover, cli_galley, cli_layouts, cli_fonts, cli_check, cli_explain, cli_info;
extern const CliVerb cli_batch, cli_watch;

/* Parse the verb's options and the common ones; arguments left are in argv. False after a message: the status is
 * in *status (0 for --help). */
bool cli_parse (const CliVerb *verb, const GOptionEntry *entries, CliCommon *common, int *argc, char ***argv,
                int *status);
void cli_common_clear (CliCommon *common);

BmSession *cli_session (const CliCommon *common);

/* Print what the session has to say, on stderr; with --quiet only when the status is an error. */
void cli_print_messages (BmSession *session, const CliCommon *common, int status);

/* cmd-set.c: `set`, or `relay`, which has the same options and shows what changed. */
int cli_run_set (const CliVerb *verb, int argc, char **argv, gboolean relay);

/* One usage error on stderr; the status for it. */
int cli_usage (const CliVerb *verb, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The documents' date from SOURCE_DATE_EPOCH (ISO), NULL if it is not set. */
char *cli_source_date (void);

/* What is written when no output is named: the page's name with .pdf. */
char *cli_default_output (const char *page);

/* Write a result to stdout; the status, 4 if it could not be written. */
int cli_put (const char *text);

#endif
