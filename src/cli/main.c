/* main.c — which verb, and the help that lists them. */
#include "cli/cli.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const CliVerb *const verbs[] = { &cli_set,    &cli_relay, &cli_recover, &cli_galley,  &cli_batch, &cli_watch,
                                        &cli_layouts, &cli_fonts, &cli_check,   &cli_explain, &cli_info };

static void
print_help (FILE *out)
{
    fputs ("banmian (版面) sets newspaper pages: text in, the page out.\n\n"
           "  banmian set page.txt -o page.pdf -o page.png    a raw dump, found, made up and drawn\n"
           "  banmian recover page.txt -o page.md             its articles, as a file to correct\n"
           "  banmian set page.md -c 7 -o page.pdf            the same page on seven columns\n\n"
           "Verbs:\n",
           out);
    for (size_t i = 0; i < G_N_ELEMENTS (verbs); i++)
        fprintf (out, "  %-9s %s\n", verbs[i]->name, verbs[i]->summary);
    fputs ("\nbanmian VERB --help tells more. Exit status: 0 set, 1 input or layout wrong, 2 usage,\n"
           "3 written but copy is over, 4 file or resource trouble, 5 a batch with failed pages, 70 a fault of ours.\n",
           out);
}

static int
unknown_verb (const char *word)
{
    const char *names[G_N_ELEMENTS (verbs) + 1] = { NULL };

    for (size_t i = 0; i < G_N_ELEMENTS (verbs); i++)
        names[i] = verbs[i]->name;
    const char *near = bm_suggest (word, names);
    fprintf (stderr, "banmian: there is no verb “%s”%s%s%s\n", word, near != NULL ? "; did you mean " : "",
             near != NULL ? near : "", near != NULL ? "?" : "; banmian --help lists them");
    return BM_STATUS_USAGE;
}

int
main (int argc, char **argv)
{
    /* Only for how the terminal's bytes are read: numbers are never formatted by the locale. */
    setlocale (LC_CTYPE, "");
    /* A closed stdout and a file over its limit are reported by write, not by a silent death. */
    signal (SIGPIPE, SIG_IGN);
    signal (SIGXFSZ, SIG_IGN);
    if (argc < 2) {
        print_help (stderr);
        return BM_STATUS_USAGE;
    }
    if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 || strcmp (argv[1], "help") == 0) {
        print_help (stdout);
        return BM_STATUS_OK;
    }
    if (strcmp (argv[1], "--version") == 0) {
        printf ("banmian %s\n", bm_version ());
        return BM_STATUS_OK;
    }
    for (size_t i = 0; i < G_N_ELEMENTS (verbs); i++)
        if (strcmp (argv[1], verbs[i]->name) == 0)
            return verbs[i]->run (argc - 1, argv + 1);
    return unknown_verb (argv[1]);
}
