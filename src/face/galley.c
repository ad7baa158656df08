/* galley.c — one paragraph or headline composed and shown: as JSON, and as a PDF to look at. */
#include "face/face-private.h"

#include <string.h>

#define LEADING 1.3 /* × size, of a role that stands on the baseline grid */

typedef struct {
    BmSession *session;
    const BmGalleyRequest *request;
    BmArena *arena;
    BmLayout *layout;   /* NULL with unit metrics */
    BmType *type;       /* NULL with unit metrics */
    const BmRole *role; /* NULL with unit metrics */
    BmMode mode;
    GPtrArray *galleys; /* BmGalley * */
    GString *json;
} Job;

static BmStatus
usage_error (Job *job, const char *code, const char *hint, const char *message)
{
    bm_diag (job->session->diags, BM_ERROR, code, BM_NOWHERE, hint, "%s", message);
    return BM_STATUS_USAGE;
}

/* ---- what is asked for ---- */

static BmStatus
check_request (Job *job)
{
    const BmGalleyRequest *request = job->request;

    if (request->text == NULL && request->cases == NULL)
        return usage_error (job, "BM0801", "banmian galley --measure 13 TEXT", "there is no text to set");
    if (request->cases == NULL && request->n_measures < 1)
        return usage_error (job, "BM0507", "give the measure in em of the text size", "there is no measure");
    if (request->output == NULL)
        return BM_STATUS_OK;
    if (bm_file_kind (request->output) != BM_FILE_PDF && strcmp (request->output, "-") != 0)
        return usage_error (job, "BM0802", "end it in .pdf", "a galley is drawn as PDF");
    if (request->cases != NULL || request->unit_metrics)
        return usage_error (job, "BM0804", "leave out -o, or --cases and --unit-metrics", "only a text in real type can be drawn");
    return bm_check_writable (request->output, job->session->diags) ? BM_STATUS_OK : BM_STATUS_RESOURCE;
}

/* The words of the request; with unit metrics also those of the session's files, which no type has taken in. */
static bool
add_words (Job *job)
{
    GPtrArray *words = g_ptr_array_new ();
    const char *const *own = job->request->words;
    bool ok = !job->request->unit_metrics || bm_session_words (job->session, job->arena, words);

    for (int i = 0; own != NULL && own[i] != NULL; i++)
        g_ptr_array_add (words, (gpointer) own[i]);
    job->mode.n_words = (int) words->len;
    job->mode.words = words->len == 0 ? NULL : bm_arena_copy (job->arena, words->pdata, words->len, sizeof (gpointer));
    g_ptr_array_free (words, TRUE);
    return ok;
}

static BmStatus
read_mode (Job *job)
{
    BmMode base;

    bm_mode_read (job->arena, "", NULL, &base);
    if (job->request->layout != NULL && job->layout != NULL)
        base.style = job->layout->style;
    job->mode = base;
    if (!add_words (job))
        return bm_session_status (job->session);
    base = job->mode;
    const char *wrong = bm_mode_read (job->arena, job->request->mode, &base, &job->mode);
    if (wrong == NULL)
        return BM_STATUS_OK;
    return usage_error (job, "BM0508", "banmian galley --help lists the settings", wrong);
}

/* ---- type ---- */

static const char *
role_name (const Job *job)
{
    static const char *const by_kind[] = { "text", "headline", "byline", "caption" };

    if (job->request->role != NULL)
        return job->request->role;
    return job->mode.vertical && job->mode.kind == BM_TEXT_HEADLINE ? "headline-vertical" : by_kind[job->mode.kind];
}

static BmStatus
find_role (Job *job)
{
    int role = bm_role_by_name (role_name (job));

    if (role < 0)
        return usage_error (job, "BM0804", "banmian fonts lists the roles", "the layout has no such role");
    job->role = &job->layout->roles[role];
    return BM_STATUS_OK;
}

static bool
load_type (Job *job)
{
    BmSession *session = job->session;

    job->type = bm_session_type (session);
    if (job->type == NULL || job->request->cases != NULL)
        return job->type != NULL;
    job->layout = bm_layout_load (job->request->layout != NULL ? job->request->layout : "broadsheet", session->layout_dirs,
                                  session->diags);
    return job->layout != NULL && bm_type_check_layout (job->type, job->layout, session->diags);
}

/* ---- setting ---- */

static bool
set_text (Job *job, const char *text)
{
    const char *error = NULL;
    BmGalley *galley = bm_mode_set (job->arena, job->type, job->role, text, job->request->measures, job->request->n_measures,
                                    &job->mode, &error, job->session->diags);

    if (galley == NULL) {
        bm_diag (job->session->diags, BM_ERROR, "BM0507", BM_NOWHERE, "take another measure, or leave the number of lines open",
                 "%s", error);
        return false;
    }
    char *json = bm_galley_to_json (galley, NULL, job->request->measures[0]);
    g_string_append (job->json, json);
    g_string_append_c (job->json, '\n');
    g_free (json);
    g_ptr_array_add (job->galleys, galley);
    return true;
}

/* A headline is one text; otherwise every line that is not blank is a paragraph. */
static bool
set_texts (Job *job, const char *text)
{
    bool ok = true;

    if (job->mode.kind == BM_TEXT_HEADLINE) {
        char *whole = g_strchomp (g_strdup (text));

        ok = set_text (job, whole);
        g_free (whole);
        return ok;
    }
    char **lines = g_strsplit (text, "\n", -1);
    int n = 0;
    for (int i = 0; lines[i] != NULL && ok; i++)
        if (*g_strchomp (lines[i]) != '\0' && n++ >= 0)
            ok = set_text (job, lines[i]);
    g_strfreev (lines);
    return n > 0 ? ok : set_text (job, "");
}

static bool
read_and_set (Job *job)
{
    const char *text = job->request->text, *name = strcmp (text, "-") == 0 ? "<stdin>" : "<text>";
    char *bytes = NULL;
    size_t length = strlen (text);

    if (strcmp (text, "-") == 0 && !bm_read_file (text, BM_MAX_TEXT_FILE, &bytes, &length, job->session->diags))
        return false;
    const char *whole = bytes != NULL ? bytes : text;
    bool ok = bm_check_utf8 (name, whole, length, job->session->diags) && set_texts (job, whole);
    g_free (bytes);
    return ok;
}

static bool
set_cases (Job *job)
{
    const char *file = job->request->cases;
    char *bytes = NULL;
    size_t length = 0;

    if (!bm_read_file (file, BM_MAX_TEXT_FILE, &bytes, &length, job->session->diags))
        return false;
    bool ok = bm_galley_cases (file, bytes, length, job->type, job->json, job->session->diags);
    g_free (bytes);
    return ok;
}

static bool
draw (Job *job)
{
    double size = job->request->size > 0 ? job->request->size : job->role->size;
    double leading = job->role->leading >= 1 ? job->role->leading : LEADING;
    GByteArray *bytes = bm_draw_galley_pdf ((const BmGalley *const *) job->galleys->pdata, (int) job->galleys->len, size,
                                            leading, job->mode.vertical, job->session->diags);

    if (bytes == NULL)
        return false;
    bool ok = bm_write_file (job->request->output, bytes->data, bytes->len, job->session->diags);
    g_byte_array_unref (bytes);
    return ok;
}

static BmStatus
run (Job *job)
{
    BmStatus status = check_request (job);

    if (status == BM_STATUS_OK && !job->request->unit_metrics && !load_type (job))
        return bm_session_status (job->session);
    if (status == BM_STATUS_OK && job->request->cases != NULL)
        return set_cases (job) ? bm_session_status (job->session) : BM_STATUS_INPUT;
    if (status == BM_STATUS_OK)
        status = read_mode (job);
    if (status == BM_STATUS_OK && job->layout != NULL)
        status = find_role (job);
    if (status != BM_STATUS_OK)
        return status;
    if (read_and_set (job) && job->request->output != NULL)
        draw (job);
    return bm_session_status (job->session);
}

BmStatus
bm_galley (BmSession *session, const BmGalleyRequest *request, char **json)
{
    Job job = {
        .session = session,
        .request = request,
        .arena = bm_arena_create (),
        .galleys = g_ptr_array_new (),
        .json = g_string_new (NULL),
    };
    BmStatus status = run (&job);

    if (status == BM_STATUS_OK) {
        *json = g_string_free (job.json, FALSE);
    } else {
        *json = NULL;
        g_string_free (job.json, TRUE);
    }
    g_ptr_array_free (job.galleys, TRUE);
    bm_layout_free (job.layout);
    bm_arena_free (job.arena);
    return status;
}
