/* set.c — the whole way once: pages, layout, make-up, drawing, files.
 *
 * Everything is checked before work begins, everything is made in memory before anything is written: a run
 * that fails leaves no new file and no half of an old one. */
#include "face/face-private.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
    BmSession *session;
    const BmSetRequest *request;
    BmSetReport *report;
    BmArena *arena;
    BmEdition *edition;
    BmLayout *layout;
    BmPlan *keep;
    GPtrArray *plans;  /* BmPlan * */
    GArray *outputs;   /* BmOutput */
    GString *trace;
    BmPressSetup press;
} Job;

/* ---- checks before work ---- */

static bool
usage_error (Job *job, const char *code, const char *hint, const char *message, const char *what)
{
    bm_diag (job->session->diags, BM_ERROR, code, BM_NOWHERE, hint, "%s%s%s", message, what == NULL ? "" : ": ", what == NULL ? "" : what);
    return false;
}

/* A pipe or a device has no ending: it gets a PDF. */
static bool
is_stream (const char *path)
{
    struct stat status;

    return strcmp (path, "-") == 0 || (stat (path, &status) == 0 && (S_ISCHR (status.st_mode) || S_ISFIFO (status.st_mode)));
}

static bool
check_output (Job *job, const char *output)
{
    BmFileKind kind = bm_file_kind (output);

    if (kind != BM_FILE_PDF && kind != BM_FILE_PNG && kind != BM_FILE_SVG && kind != BM_FILE_JSON &&
        kind != BM_FILE_MARKDOWN && !is_stream (output))
        return usage_error (job, "BM0802", "end it in .pdf .png .svg .json or .md", "the ending says nothing of what is to be written", output);
    for (int i = 0; i < job->request->n_pages; i++)
        if (bm_same_file (output, job->request->pages[i]))
            return usage_error (job, "BM0803", "name another output", "the output is the input", output);
    return true;
}

static BmStatus
check_request (Job *job)
{
    const BmSetRequest *request = job->request;

    if (request->n_pages < 1) {
        usage_error (job, "BM0801", "name a page: banmian set page.txt", "there is no page to set", NULL);
        return BM_STATUS_USAGE;
    }
    if (request->columns < 0 || request->columns > BM_MAX_COLUMNS) {
        bm_diag (job->session->diags, BM_ERROR, "BM0203", BM_NOWHERE, "a page needs 1 to 64 columns", "grid has %d columns",
                 request->columns);
        return BM_STATUS_USAGE;
    }
    for (int i = 0; i < request->n_outputs; i++)
        if (!check_output (job, request->outputs[i]))
            return BM_STATUS_USAGE;
    bool usage = false;
    if (!bm_press_setup (job->session, request, &job->press, &usage))
        return usage ? BM_STATUS_USAGE : bm_session_status (job->session);
    for (int i = 0; i < request->n_outputs; i++)
        if (!bm_check_writable (request->outputs[i], job->session->diags))
            return BM_STATUS_RESOURCE;
    return BM_STATUS_OK;
}

/* ---- reading ---- */

static bool
read_pages (Job *job)
{
    bool ok = true;

    job->edition = bm_edition_new ();
    for (int i = 0; i < job->request->n_pages; i++)
        ok = bm_read_page (job->session, job->request->pages[i], job->request->encoding, job->edition) && ok;
    return ok;
}

static bool
set_overset_policy (Job *job, BmLayout *layout)
{
    static const char *const names[] = { "jump", "hold", "error", NULL };

    if (job->request->overset == NULL)
        return true;
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp (names[i], job->request->overset) == 0) {
            layout->overset = (BmOversetPolicy) i;
            return true;
        }
    return usage_error (job, "BM0804", "jump, hold or error", "unknown policy", job->request->overset);
}

static bool
read_layout (Job *job)
{
    const BmSetRequest *request = job->request;
    BmDiags *diags = job->session->diags;
    BmLayout *layout = bm_layout_load (request->layout != NULL ? request->layout : "broadsheet",
                                       job->session->layout_dirs, diags);

    job->layout = layout;
    return layout != NULL &&
           (request->paper_width <= 0 ||
            bm_layout_set_paper (layout, request->paper_width, request->paper_height, diags)) &&
           (request->body <= 0 || bm_layout_set_body (layout, request->body, diags)) &&
           (request->columns <= 0 || bm_layout_set_columns (layout, request->columns, diags)) &&
           (request->style == NULL || bm_layout_set_style (layout, request->style, diags)) &&
           set_overset_policy (job, layout);
}

static bool
read_keep (Job *job)
{
    char *bytes = NULL;
    size_t length = 0;

    if (job->request->keep == NULL)
        return true;
    if (!bm_read_file (job->request->keep, BM_MAX_TEXT_FILE, &bytes, &length, job->session->diags))
        return false;
    if (bm_check_utf8 (job->request->keep, bytes, length, job->session->diags))
        job->keep = bm_plan_from_json (job->request->keep, bytes, length, 0, job->session->diags);
    g_free (bytes);
    return job->keep != NULL;
}

/* ---- make-up ---- */

static const char *
picture_root (Job *job, int page)
{
    if (job->request->root != NULL)
        return job->request->root;
    const char *file = job->request->pages[MIN (page, job->request->n_pages - 1)];
    char *folder = strcmp (file, "-") == 0 ? g_strdup (".") : g_path_get_dirname (file);
    const char *root = bm_arena_strdup (job->arena, folder);
    g_free (folder);
    return root;
}

static bool
make_up (Job *job)
{
    BmType *type = bm_session_type (job->session);

    if (type == NULL || !bm_type_check_layout (type, job->layout, job->session->diags))
        return false;
    for (int i = 0; i < job->edition->n_pages; i++) {
        const BmMakeupOptions options = {
            .picture_root = picture_root (job, i),
            .keep = job->keep,
            .trace = job->trace,
        };
        BmPlan *plan = bm_makeup_page (job->edition, i, job->layout, type, &options, job->session->diags);

        if (plan == NULL)
            return false;
        g_ptr_array_add (job->plans, plan);
    }
    return true;
}

/* ---- outputs ---- */

static const BmPlan *const *
plans_of (const Job *job)
{
    return (const BmPlan *const *) job->plans->pdata;
}

/* "page.png" of page 2 is "page-2.png" when there are several. */
static const char *
page_path (Job *job, const char *path, int page)
{
    const char *dot = strrchr (path, '.');

    if (job->plans->len == 1)
        return path;
    return bm_arena_printf (job->arena, "%.*s-%d%s", (int) (dot - path), path, page + 1, dot);
}

static bool
add_bytes (Job *job, const char *path, GByteArray *bytes)
{
    if (bytes == NULL)
        return false;
    size_t length = bytes->len;
    bm_add_output (job->outputs, path, (char *) g_byte_array_free (bytes, FALSE), length);
    return true;
}

static bool
add_text (Job *job, const char *path, char *text)
{
    bm_add_output (job->outputs, path, text, strlen (text));
    return true;
}

static bool
draw_pages (Job *job, const char *path, BmFileKind kind, const BmDrawOptions *options)
{
    bool ok = true;

    for (guint i = 0; i < job->plans->len && ok; i++) {
        BmDrawOptions page_options = *options;
        page_options.picture_root = picture_root (job, (int) i);
        const BmPlan *plan = plans_of (job)[i];
        GByteArray *bytes = kind == BM_FILE_PNG ? bm_draw_png (plan, &page_options, job->session->diags)
                                                : bm_draw_svg (plan, &page_options, job->session->diags);

        ok = add_bytes (job, page_path (job, path, (int) i), bytes);
    }
    return ok;
}

static bool
write_edition (Job *job, const char *path)
{
    for (int i = 0; i < job->edition->n_pages; i++)
        add_text (job, page_path (job, path, i), bm_page_to_markdown (job->edition->pages[i]));
    return true;
}

static bool
make_output (Job *job, const char *path)
{
    const BmDrawOptions options = {
        .picture_root = picture_root (job, 0),
        .date = job->request->date,
        .dpi = job->request->dpi,
        .gray = job->request->gray,
        .proof = job->request->proof ? job->press.profile->bytes : NULL,
        .proof_length = job->request->proof ? job->press.profile->length : 0,
    };
    int n = (int) job->plans->len;

    switch (bm_file_kind (path)) {
    case BM_FILE_PNG:
        return draw_pages (job, path, BM_FILE_PNG, &options);
    case BM_FILE_SVG:
        return draw_pages (job, path, BM_FILE_SVG, &options);
    case BM_FILE_JSON:
        return add_text (job, path, bm_plans_to_json (plans_of (job), n));
    case BM_FILE_MARKDOWN:
        return write_edition (job, path);
    default:
        if (job->press.standard != BM_PRESS_NONE)
            return add_bytes (job, path, bm_make_press_pdf (job->session, job->request, &job->press, job->layout, plans_of (job), n, &options));
        return add_bytes (job, path, bm_draw_pdf (plans_of (job), n, &options, job->session->diags));
    }
}

/* ---- copy that found no room ---- */

/* Of a story that jumps: its headline and what is not on the page. */
static void
keep_rest (BmEdition *edition, const BmPage *from, BmItem *item, const BmOverset *overset)
{
    item->n_blocks -= overset->block;
    item->blocks = bm_arena_copy (edition->arena, item->blocks + overset->block, (size_t) item->n_blocks, sizeof *item->blocks);
    if (overset->stay > 0)
        item->blocks[0].text = bm_arena_strdup (edition->arena, item->blocks[0].text + overset->stay);
    item->kicker = item->subhead = item->byline = item->dateline = NULL;
    item->n_credits = item->n_pictures = 0;
    item->jump_from = from->page != NULL && from->page[0] != '\0' ? bm_arena_printf (edition->arena, "（上接第%s版）", from->page) : "（上接他版）";
}

/* An item held over, whole, as its writer gave it. The copy borrows what the job's edition owns. */
static void
add_held (BmEdition *edition, BmPage *page, const BmPage *from, const BmOverset *overset)
{
    for (int i = 0; i < from->n_items; i++)
        if (g_strcmp0 (from->items[i]->id, overset->item) == 0) {
            BmItem *item = bm_page_add_item (edition, page);

            *item = *from->items[i];
            item->id_given = true; /* the plan names it so */
            if (strcmp (overset->policy, "jump") == 0)
                keep_rest (edition, from, item, overset);
        }
}

/* What was jumped or held is written beside the first output as an edition file, never dropped (interfaces.md §1). */
static void
write_jumps (Job *job)
{
    BmEdition *edition = bm_edition_new ();
    BmPage *page = bm_edition_add_page (edition);

    for (guint i = 0; i < job->plans->len; i++) {
        const BmPlan *plan = plans_of (job)[i];

        for (int k = 0; k < plan->n_overset; k++)
            add_held (edition, page, job->edition->pages[i], &plan->overset[k]);
    }
    const char *first = job->request->n_outputs > 0 ? job->request->outputs[0] : NULL;
    if (page->n_items > 0 && first != NULL && strcmp (first, "-") != 0) {
        const char *dot = strrchr (first, '.');
        const char *path = bm_arena_printf (job->arena, "%.*s.jump.md", (int) (dot - first), first);

        add_text (job, path, bm_page_to_markdown (page));
        bm_diag (job->session->diags, BM_NOTE, "BM0805", BM_IN_FILE (path), "set it on another page",
                 "%d items held over are in %s", page->n_items, path);
    }
    bm_edition_free (edition);
}

static void
fill_report (Job *job)
{
    BmSetReport *report = job->report;

    report->pages = (int) job->plans->len;
    report->quality = INFINITY;
    for (guint i = 0; i < job->plans->len; i++) {
        const BmPlan *plan = plans_of (job)[i];

        for (int k = 0; k < plan->n_items; k++) {
            bool counts = strcmp (plan->items[k].kind, "ad") != 0 && strcmp (plan->items[k].kind, "container") != 0;

            report->items += counts ? 1 : 0;
            report->characters_set += plan->items[k].characters;
        }
        for (int k = 0; k < plan->n_overset; k++) {
            report->characters_over += plan->overset[k].characters;
            report->lines_over += plan->overset[k].lines;
        }
        if (plan->quality.q < report->quality) {
            report->quality = plan->quality.q;
            g_free (report->status);
            report->status = g_strdup (plan->status);
        }
    }
}

static BmStatus
run (Job *job)
{
    BmStatus status = check_request (job);

    if (status != BM_STATUS_OK)
        return status;
    bool ok = read_pages (job);
    ok = read_layout (job) && ok;
    ok = ok && read_keep (job) && make_up (job);
    for (int i = 0; ok && i < job->request->n_outputs; i++)
        ok = make_output (job, job->request->outputs[i]);
    if (!ok)
        return bm_session_status (job->session);
    write_jumps (job);
    fill_report (job);
    if (!bm_write_outputs (job->session, job->outputs))
        return BM_STATUS_RESOURCE;
    status = bm_session_status (job->session);
    return status == BM_STATUS_OK && job->report->lines_over > 0 ? BM_STATUS_OVERSET : status;
}

BmStatus
bm_set (BmSession *session, const BmSetRequest *request, BmSetReport *report)
{
    Job job = {
        .session = session,
        .request = request,
        .report = report,
        .arena = bm_arena_create (),
        .plans = g_ptr_array_new_with_free_func ((GDestroyNotify) bm_plan_free),
        .outputs = g_array_new (FALSE, TRUE, sizeof (BmOutput)),
        .trace = request->trace ? g_string_new (NULL) : NULL,
    };

    *report = (BmSetReport){ 0 };
    BmStatus status = run (&job);
    if (status != BM_STATUS_OK && bm_diags_count (session->diags, BM_ERROR) == 0 && status != BM_STATUS_OVERSET)
        status = BM_STATUS_INTERNAL;
    report->trace = job.trace != NULL ? g_string_free (job.trace, FALSE) : NULL;
    for (guint i = 0; i < job.outputs->len; i++)
        g_free (g_array_index (job.outputs, BmOutput, i).bytes);
    g_array_free (job.outputs, TRUE);
    g_ptr_array_free (job.plans, TRUE);
    bm_press_setup_clear (&job.press);
    bm_plan_free (job.keep);
    bm_layout_free (job.layout);
    bm_edition_free (job.edition);
    bm_arena_free (job.arena);
    return status;
}

void
bm_set_report_clear (BmSetReport *report)
{
    g_free (report->status);
    g_free (report->trace);
    *report = (BmSetReport){ 0 };
}
