/* set-output.c — what a job writes: documents, pictures, plans, editions, and the copy that found no room.
 *
 * An output named with {page}, {date}, {section}, {paper} or {n} is a file for each page. */
#include "face/job.h"

#include <string.h>
#include <sys/stat.h>

/* ---- checks ---- */

static bool
usage_error (Job *job, const char *code, const char *hint, const char *message, const char *what)
{
    bm_diag (job->session->diags, BM_ERROR, code, BM_NOWHERE, hint, "%s: %s", message, what);
    return false;
}

/* A pipe or a device has no ending: it gets a PDF. */
static bool
is_stream (const char *path)
{
    struct stat status;

    return strcmp (path, "-") == 0 || (stat (path, &status) == 0 && (S_ISCHR (status.st_mode) || S_ISFIFO (status.st_mode)));
}

static const char *const fields[] = { "{page}", "{date}", "{section}", "{paper}", "{n}" };

static bool
is_template (const char *path)
{
    for (size_t i = 0; i < G_N_ELEMENTS (fields); i++)
        if (strstr (path, fields[i]) != NULL)
            return true;
    return false;
}

static bool
check_output (Job *job, const char *output)
{
    BmFileKind kind = bm_file_kind (output);

    if (kind != BM_FILE_PDF && kind != BM_FILE_PNG && kind != BM_FILE_SVG && kind != BM_FILE_JSON && kind != BM_FILE_MARKDOWN &&
        !is_stream (output))
        return usage_error (job, "BM0802", "end it in .pdf .png .svg .json or .md", "the ending says nothing of what is to be written", output);
    for (int i = 0; i < job->request->n_pages; i++)
        if (bm_same_file (output, job->request->pages[i]))
            return usage_error (job, "BM0803", "name another output", "the output is the input", output);
    return true;
}

BmStatus
bm_check_outputs (Job *job)
{
    const BmSetRequest *request = job->request;

    for (int i = 0; i < request->n_outputs; i++)
        if (!check_output (job, request->outputs[i]))
            return BM_STATUS_USAGE;
    for (int i = 0; i < request->n_outputs; i++)
        if (!is_template (request->outputs[i]) && !bm_check_writable (request->outputs[i], job->session->diags))
            return BM_STATUS_RESOURCE;
    return request->contact == NULL || bm_check_writable (request->contact, job->session->diags) ? BM_STATUS_OK : BM_STATUS_RESOURCE;
}

/* ---- names ---- */

/* A value as part of a file's name: no slash, no blank, not hidden. */
static void
append_value (GString *path, const char *value, const char *otherwise)
{
    const char *text = value != NULL && value[0] != '\0' ? value : otherwise;

    for (const char *p = text; *p != '\0'; p++)
        g_string_append_c (path, *p == '/' || *p == ' ' || (p == text && *p == '.') ? '-' : *p);
}

static const char *
fill_template (Job *job, const char *path, int at)
{
    const BmPage *page = sheet_of (job, at)->page;
    char number[16];
    g_snprintf (number, sizeof number, "%d", at + 1);
    const char *const values[] = { page->page, page->date, page->section, page->paper, number };
    GString *out = g_string_new (NULL);

    while (*path != '\0') {
        size_t field = 0;

        while (field < G_N_ELEMENTS (fields) && !g_str_has_prefix (path, fields[field]))
            field++;
        if (field < G_N_ELEMENTS (fields)) {
            append_value (out, values[field], field == 0 ? number : "0");
            path += strlen (fields[field]);
        } else {
            g_string_append_c (out, *path++);
        }
    }
    const char *kept = bm_arena_strdup (job->arena, out->str);
    g_string_free (out, TRUE);
    return kept;
}

/* "page.png" of page 2 is "page-2.png" when there are several. */
static const char *
page_path (Job *job, const char *path, int page)
{
    const char *dot = strrchr (path, '.');

    if (is_template (path))
        return fill_template (job, path, page);
    if (job->sheets->len == 1)
        return path;
    return bm_arena_printf (job->arena, "%.*s-%d%s", (int) (dot - path), path, page + 1, dot);
}

/* A page's file is written over by no output; and no two pages share one. */
static bool
check_inputs (Job *job, const char *path)
{
    for (guint i = 0; i < job->sheets->len; i++)
        if (bm_same_file (path, sheet_of (job, (int) i)->file))
            return usage_error (job, "BM0803", "name another output", "the output is the input", path);
    return true;
}

BmStatus
bm_job_check_outputs (Job *job)
{
    GHashTable *seen = g_hash_table_new (g_str_hash, g_str_equal);
    BmStatus status = BM_STATUS_OK;

    for (int i = 0; i < job->request->n_outputs && status == BM_STATUS_OK; i++) {
        const char *output = job->request->outputs[i];

        if (!is_template (output)) {
            status = check_inputs (job, output) ? BM_STATUS_OK : BM_STATUS_USAGE;
            continue;
        }
        for (guint k = 0; k < job->sheets->len && status == BM_STATUS_OK; k++) {
            const char *path = fill_template (job, output, (int) k);

            if (!g_hash_table_add (seen, (gpointer) path))
                status = usage_error (job, "BM0818", "use {page} or {n} in it", "two pages would be written to one file", path) ? BM_STATUS_OK : BM_STATUS_USAGE;
            else if (!check_inputs (job, path))
                status = BM_STATUS_USAGE;
            else if (!bm_check_writable (path, job->session->diags))
                status = BM_STATUS_RESOURCE;
        }
    }
    g_hash_table_destroy (seen);
    return status;
}

/* ---- drawing ---- */

static const BmPlan **
plans_of (Job *job)
{
    const BmPlan **plans = bm_arena_new0 (job->arena, const BmPlan *, job->sheets->len);

    for (guint i = 0; i < job->sheets->len; i++)
        plans[i] = sheet_of (job, (int) i)->plan;
    return plans;
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

static BmDrawOptions
draw_options (const Job *job, int sheet)
{
    return (BmDrawOptions){ .picture_root = sheet_of (job, sheet)->root, .date = job->request->date, .dpi = job->request->dpi,
                            .gray = job->request->gray,
                            .proof = job->request->proof ? job->press.profile->bytes : NULL,
                            .proof_length = job->request->proof ? job->press.profile->length : 0 };
}

/* For readers, or for the press; the slug line is set as the first sheet's layout has it. */
static GByteArray *
draw_pdf (Job *job, int first, int n, const BmDrawOptions *options)
{
    if (job->press.standard != BM_PRESS_NONE)
        return bm_make_press_pdf (job->session, job->request, &job->press, sheet_of (job, first)->layout, &plans_of (job)[first], n, options);
    return bm_draw_pdf (&plans_of (job)[first], n, options, job->session->diags);
}

/* One page as a file of its own. */
static bool
draw_page (Job *job, const char *path, int page)
{
    const BmDrawOptions options = draw_options (job, page);
    const BmPlan *plan = sheet_of (job, page)->plan;
    BmDiags *diags = job->session->diags;

    switch (bm_file_kind (path)) {
    case BM_FILE_PNG:
        return add_bytes (job, path, bm_draw_png (plan, &options, diags));
    case BM_FILE_SVG:
        return add_bytes (job, path, bm_draw_svg (plan, &options, diags));
    case BM_FILE_JSON:
        return add_text (job, path, bm_plans_to_json (&plan, 1));
    case BM_FILE_MARKDOWN:
        return add_text (job, path, bm_page_to_markdown (sheet_of (job, page)->given));
    default:
        return add_bytes (job, path, draw_pdf (job, page, 1, &options));
    }
}

/* An edition's text as it was read: a page that the edition grew by has none of its own. */
static bool
is_part (const Job *job, guint i)
{
    return i > 0 && sheet_of (job, (int) i)->given == sheet_of (job, (int) i - 1)->given;
}

static bool
draw_each (Job *job, const char *output)
{
    bool ok = true, markdown = bm_file_kind (output) == BM_FILE_MARKDOWN;

    for (guint i = 0; i < job->sheets->len && ok; i++)
        ok = (markdown && is_part (job, i)) || draw_page (job, page_path (job, output, (int) i), (int) i);
    return ok;
}

static bool
make_output (Job *job, const char *output)
{
    BmFileKind kind = bm_file_kind (output);
    int n = (int) job->sheets->len;

    if (is_template (output) || kind == BM_FILE_PNG || kind == BM_FILE_SVG || kind == BM_FILE_MARKDOWN)
        return draw_each (job, output);
    if (kind == BM_FILE_JSON)
        return add_text (job, output, bm_plans_to_json (plans_of (job), n));
    const BmDrawOptions options = draw_options (job, 0);
    return add_bytes (job, output, draw_pdf (job, 0, n, &options));
}

static bool
draw_contact (Job *job)
{
    BmDrawOptions options = draw_options (job, 0);
    int n = (int) job->sheets->len;

    options.dpi = 0;
    return add_bytes (job, job->request->contact, bm_draw_sheet (plans_of (job), n, MIN (n, 4), &options, job->session->diags));
}

bool
bm_job_draw (Job *job)
{
    bool ok = job->request->contact == NULL || draw_contact (job);

    for (int i = 0; ok && i < job->request->n_outputs; i++)
        ok = make_output (job, job->request->outputs[i]);
    return ok;
}

/* ---- copy that found no room ---- */

/* What is over of one sheet, as items of `page`: stories cut give their rests, stories held over stand there whole. */
static void
add_over (BmEdition *edition, BmPage *page, const Sheet *sheet)
{
    for (int k = 0; k < sheet->plan->n_overset; k++) {
        const BmOverset *overset = &sheet->plan->overset[k];
        const BmItem *from = bm_page_item (sheet->page, overset->item, NULL);

        if (from == NULL)
            continue;
        BmItem *item = bm_page_add_item (edition, page);
        *item = *bm_rest_of (edition->arena, sheet->page, from, overset);
        item->id_given = true; /* the plan names it so */
        if (strcmp (overset->policy, "jump") == 0)
            item->wish = from->wish;
    }
}

/* Never the name of a page that was read. */
static const char *
over_path (Job *job, const char *output)
{
    const char *dot = strrchr (output, '.');
    int length = (int) (dot == NULL ? strlen (output) : (size_t) (dot - output));
    const char *path = bm_arena_printf (job->arena, "%.*s.jump.md", length, output);

    for (int n = 2; n < 100; n++) {
        bool input = false;

        for (guint i = 0; i < job->sheets->len; i++)
            input = input || bm_same_file (path, sheet_of (job, (int) i)->file);
        if (!input)
            break;
        path = bm_arena_printf (job->arena, "%.*s.jump-%d.md", length, output, n);
    }
    return path;
}

/* What was jumped or held is written beside the first output as an edition file, never dropped (interfaces.md §1). */
static void
write_over (Job *job, const char *output, guint first, guint end)
{
    BmEdition *edition = bm_edition_new ();
    BmPage *page = bm_edition_add_page (edition);

    for (guint i = first; i < end; i++)
        add_over (edition, page, sheet_of (job, (int) i));
    if (page->n_items > 0) {
        const char *path = over_path (job, output);

        add_text (job, path, bm_page_to_markdown (page));
        bm_diag (job->session->diags, BM_NOTE, "BM0805", BM_IN_FILE (path), "set it on another page",
                 "%d items held over are in %s", page->n_items, path);
    }
    bm_edition_free (edition);
}

void
bm_job_write_over (Job *job)
{
    const char *first = job->request->n_outputs > 0 ? job->request->outputs[0] : NULL;

    if (first == NULL || strcmp (first, "-") == 0)
        return;
    if (!is_template (first)) {
        write_over (job, first, 0, job->sheets->len);
        return;
    }
    for (guint i = 0; i < job->sheets->len; i++)
        write_over (job, fill_template (job, first, (int) i), i, i + 1);
}
