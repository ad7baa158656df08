/* set.c — the whole way once: pages, layouts, make-up, drawing, files.
 *
 * Everything is checked before work begins, everything is made in memory before anything is written: a run
 * that fails leaves no new file and no half of an old one. */
#include "face/job.h"

#include <math.h>
#include <string.h>

/* ---- the job ---- */

Job *
bm_job_new (BmSession *session, const BmSetRequest *request, BmSetReport *report)
{
    BmArena *arena = bm_arena_create ();
    Job *job = bm_arena_new0 (arena, Job, 1);

    *job = (Job){
        .session = session,
        .request = request,
        .report = report,
        .arena = arena,
        .edition = bm_edition_new (),
        .made = bm_edition_new (),
        .sheets = g_ptr_array_new (),
        .layouts = g_ptr_array_new_with_free_func ((GDestroyNotify) bm_layout_free),
        .links = g_array_new (FALSE, TRUE, sizeof (Link)),
        .keeps = g_ptr_array_new_with_free_func ((GDestroyNotify) bm_plan_free),
        .outputs = g_array_new (FALSE, TRUE, sizeof (BmOutput)),
        .trace = request->trace ? g_string_new (NULL) : NULL,
    };
    return job;
}

void
bm_job_free (Job *job)
{
    for (guint i = 0; i < job->sheets->len; i++) {
        bm_plan_free (sheet_of (job, (int) i)->plan);
        bm_diags_free (sheet_of (job, (int) i)->diags);
    }
    for (guint i = 0; i < job->outputs->len; i++)
        g_free (g_array_index (job->outputs, BmOutput, i).bytes);
    if (job->trace != NULL)
        g_string_free (job->trace, TRUE);
    g_ptr_array_free (job->sheets, TRUE);
    g_ptr_array_free (job->layouts, TRUE);
    g_array_free (job->links, TRUE);
    g_ptr_array_free (job->keeps, TRUE);
    g_array_free (job->outputs, TRUE);
    bm_edition_free (job->made);
    bm_edition_free (job->edition);
    bm_edition_file_free (job->brief);
    bm_press_setup_clear (&job->press);
    bm_arena_free (job->arena);
}

/* ---- checks before work ---- */

static BmStatus
check_request (Job *job)
{
    const BmSetRequest *request = job->request;
    BmDiags *diags = job->session->diags;

    if (request->n_pages < 1) {
        bm_diag (diags, BM_ERROR, "BM0801", BM_NOWHERE, "name a page: banmian set page.txt", "there is no page to set");
        return BM_STATUS_USAGE;
    }
    if (request->columns < 0 || request->columns > BM_MAX_COLUMNS) {
        bm_diag (diags, BM_ERROR, "BM0203", BM_NOWHERE, "a page needs 1 to 64 columns", "grid has %d columns", request->columns);
        return BM_STATUS_USAGE;
    }
    BmStatus status = bm_check_outputs (job);
    bool usage = false;
    if (status == BM_STATUS_OK && !bm_press_setup (job->session, request, &job->press, &usage))
        return usage ? BM_STATUS_USAGE : bm_session_status (job->session);
    return status;
}

/* ---- the earlier plan ---- */

static bool
read_keep (Job *job)
{
    char *bytes = NULL;
    size_t length = 0;
    bool ok = true;

    if (job->request->keep == NULL)
        return true;
    if (!bm_read_file (job->request->keep, BM_MAX_TEXT_FILE, &bytes, &length, job->session->diags))
        return false;
    ok = bm_check_utf8 (job->request->keep, bytes, length, job->session->diags);
    /* The first plan must be one; of an edition there are as many as the file has. */
    for (guint i = 0; ok && i < job->sheets->len; i++) {
        BmDiags *diags = i == 0 ? job->session->diags : bm_diags_new ();
        BmPlan *plan = bm_plan_from_json (job->request->keep, bytes, length, (int) i, diags);

        if (i > 0)
            bm_diags_free (diags);
        ok = i > 0 || plan != NULL;
        if (plan == NULL)
            break;
        g_ptr_array_add (job->keeps, plan);
        sheet_of (job, (int) i)->keep = plan;
    }
    g_free (bytes);
    return ok;
}

/* ---- the report ---- */

static void
count_items (BmSetReport *report, const BmPlan *plan)
{
    for (int k = 0; k < plan->n_items; k++) {
        bool counts = strcmp (plan->items[k].kind, "ad") != 0 && strcmp (plan->items[k].kind, "container") != 0;

        report->items += counts && plan->items[k].continues.item == NULL ? 1 : 0;
        report->characters_set += plan->items[k].characters;
        report->jumps += plan->items[k].continued.item != NULL;
    }
    for (int k = 0; k < plan->n_overset; k++) {
        report->characters_over += plan->overset[k].characters;
        report->lines_over += plan->overset[k].lines;
    }
}

static void
fill_report (Job *job)
{
    BmSetReport *report = job->report;

    report->pages = (int) job->sheets->len;
    report->quality = INFINITY;
    for (guint i = 0; i < job->sheets->len; i++) {
        const BmPlan *plan = sheet_of (job, (int) i)->plan;

        count_items (report, plan);
        if (plan->quality.q < report->quality) {
            report->quality = plan->quality.q;
            g_free (report->status);
            report->status = g_strdup (plan->status);
        }
    }
}

BmStatus
bm_job_plan (Job *job)
{
    BmStatus status = check_request (job);

    if (status != BM_STATUS_OK)
        return status;
    if (!bm_job_read (job))
        return bm_session_status (job->session);
    status = bm_job_check_outputs (job);
    if (status != BM_STATUS_OK)
        return status;
    return read_keep (job) && bm_job_make (job) ? BM_STATUS_OK : bm_session_status (job->session);
}

BmStatus
bm_job_finish (Job *job)
{
    bool clean = bm_diags_count (job->session->diags, BM_ERROR) == 0;

    if (clean && job->press.standard != BM_PRESS_NONE && bm_diags_has (job->session->diags, "BM0504"))
        bm_diag (job->session->diags, BM_ERROR, "BM0908", BM_NOWHERE, "add a font that has them: --fonts DIR",
                 "characters without a glyph do not go to press");
    if (bm_diags_count (job->session->diags, BM_ERROR) > 0 || !bm_job_draw (job))
        return bm_session_status (job->session);
    bm_job_write_over (job);
    fill_report (job);
    if (!bm_write_outputs (job->session, job->outputs))
        return BM_STATUS_RESOURCE;
    BmStatus status = bm_session_status (job->session);
    return status == BM_STATUS_OK && job->report->lines_over > 0 ? BM_STATUS_OVERSET : status;
}

BmStatus
bm_set (BmSession *session, const BmSetRequest *request, BmSetReport *report)
{
    Job *job = bm_job_new (session, request, report);

    *report = (BmSetReport){ 0 };
    BmStatus status = bm_job_plan (job);
    if (status == BM_STATUS_OK)
        status = bm_job_finish (job);
    if (status != BM_STATUS_OK && bm_diags_count (session->diags, BM_ERROR) == 0 && status != BM_STATUS_OVERSET)
        status = BM_STATUS_INTERNAL;
    if (job->trace != NULL)
        report->trace = g_strdup (job->trace->str);
    bm_job_free (job);
    return status;
}

void
bm_set_report_clear (BmSetReport *report)
{
    g_free (report->status);
    g_free (report->trace);
    *report = (BmSetReport){ 0 };
}
