/* recover-dump.c — RAW to the JSON of the recovered page, for the corpus scorer. */
#include "recover/recover.h"

#include <stdio.h>
#include <string.h>

static void
print_diags (const BmDiags *diags)
{
    char *text = bm_diags_format (diags, BM_FORM_SHORT, false);

    fputs (text, stderr);
    g_free (text);
}

int
main (int argc, char **argv)
{
    BmDiags *diags = bm_diags_new ();
    char *bytes = NULL, *report = NULL;
    size_t length = 0;
    BmEdition *edition = NULL;

    if (argc < 2) {
        fputs ("usage: recover-dump RAW [report|margins]\n", stderr);
        return 2;
    }
    const BmRecoverOptions options = { .margins = argc > 2 && strcmp (argv[2], "margins") == 0 };
    if (bm_read_file (argv[1], BM_MAX_TEXT_FILE, &bytes, &length, diags))
        edition = bm_recover (argv[1], bytes, length, &options, argc > 2 ? &report : NULL, diags);
    if (edition != NULL) {
        char *json = bm_page_to_json (edition->pages[0]);

        puts (report != NULL ? report : json);
        g_free (json);
    } else {
        print_diags (diags);
    }
    int status = edition != NULL ? 0 : 1;
    bm_edition_free (edition);
    bm_diags_free (diags);
    g_free (bytes);
    g_free (report);
    return status;
}
