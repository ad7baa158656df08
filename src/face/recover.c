/* recover.c — a raw dump to an edition file and a review report. */
#include "face/face-private.h"

#include <string.h>

/* The edition in the form its name asks for; Markdown without a name. */
static char *
edition_text (const BmEdition *edition, const char *output)
{
    const BmPage *page = edition->pages[0];

    return output != NULL && bm_file_kind (output) == BM_FILE_JSON ? bm_page_to_json (page) : bm_page_to_markdown (page);
}

static BmStatus
check_outputs (BmSession *session, const BmRecoverRequest *request)
{
    const char *outputs[] = { request->output, request->report_file };

    BmFileKind kind = bm_file_kind (request->raw);

    if (kind != BM_FILE_RAW && kind != BM_FILE_UNKNOWN && kind != BM_FILE_PDF) {
        bm_diag (session->diags, BM_ERROR, "BM0807", BM_IN_FILE (request->raw), "name a raw dump, .txt or -, a file with boxes, or a PDF",
                 "%s is no raw dump", request->raw);
        return BM_STATUS_USAGE;
    }
    if (request->output != NULL && bm_file_kind (request->output) != BM_FILE_MARKDOWN &&
        bm_file_kind (request->output) != BM_FILE_JSON) {
        bm_diag (session->diags, BM_ERROR, "BM0802", BM_NOWHERE, "end it in .md or .json", "what is %s to hold?", request->output);
        return BM_STATUS_USAGE;
    }
    for (size_t i = 0; i < G_N_ELEMENTS (outputs); i++) {
        if (outputs[i] != NULL && bm_same_file (outputs[i], request->raw)) {
            bm_diag (session->diags, BM_ERROR, "BM0803", BM_NOWHERE, "name another output", "%s is the input", outputs[i]);
            return BM_STATUS_USAGE;
        }
        if (outputs[i] != NULL && !bm_check_writable (outputs[i], session->diags))
            return BM_STATUS_RESOURCE;
    }
    return BM_STATUS_OK;
}

BmStatus
bm_recover_page (BmSession *session, const BmRecoverRequest *request, char **edition_out, char **report_out)
{
    char *report = NULL;
    BmStatus status = check_outputs (session, request);

    if (status != BM_STATUS_OK)
        return status;
    BmEdition *edition = bm_edition_new ();
    GArray *outputs = g_array_new (FALSE, TRUE, sizeof (BmOutput));
    if (bm_read_raw (session, request->raw, request->encoding, request->page, edition, &report)) {
        if (request->output != NULL) {
            char *text = edition_text (edition, request->output);

            bm_add_output (outputs, request->output, text, strlen (text));
        }
        if (request->report_file != NULL)
            bm_add_output (outputs, request->report_file, g_strdup (report), strlen (report));
        if (bm_write_outputs (session, outputs) && edition_out != NULL)
            *edition_out = edition_text (edition, NULL);
    }
    status = bm_session_status (session);
    if (report_out != NULL)
        *report_out = report;
    else
        g_free (report);
    g_array_free (outputs, TRUE);
    bm_edition_free (edition);
    return status;
}
