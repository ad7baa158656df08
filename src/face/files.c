/* files.c — pages in, outputs out: what a file is follows from its ending. */
#include "face/face-private.h"

#include <string.h>

BmFileKind
bm_file_kind (const char *name)
{
    static const struct {
        const char *ending;
        BmFileKind kind;
    } kinds[] = {
        { ".txt", BM_FILE_RAW },   { ".md", BM_FILE_MARKDOWN }, { ".json", BM_FILE_JSON }, { ".yaml", BM_FILE_YAML },
        { ".yml", BM_FILE_YAML },  { ".pdf", BM_FILE_PDF },     { ".png", BM_FILE_PNG },   { ".svg", BM_FILE_SVG },
    };

    if (strcmp (name, "-") == 0)
        return BM_FILE_RAW;
    for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
        if (g_str_has_suffix (name, kinds[i].ending))
            return kinds[i].kind;
    return BM_FILE_UNKNOWN;
}

/* The pages of the recovered edition become pages of ours, which keeps it alive. */
static bool
take_recovered (BmSession *session, const char *file, const char *bytes, size_t length, const BmRecoverOptions *options,
                BmEdition *edition, char **report)
{
    BmEdition *found = bm_recover (file, bytes, length, options, report, session->diags);

    if (found == NULL)
        return false;
    for (int i = 0; i < found->n_pages; i++)
        bm_edition_take_page (edition, found->pages[i]);
    bm_arena_own (edition->arena, found, (void (*) (void *)) bm_edition_free);
    return true;
}

/* The file's bytes, not empty; *name is how diagnostics call it. */
static char *
read_bytes (BmSession *session, const char *file, BmEdition *edition, size_t *length, const char **name)
{
    char *bytes = NULL;

    *name = bm_arena_strdup (edition->arena, strcmp (file, "-") == 0 ? "<stdin>" : file);
    if (!bm_read_file (file, BM_MAX_TEXT_FILE, &bytes, length, session->diags))
        return NULL;
    if (*length == 0) {
        bm_diag (session->diags, BM_ERROR, "BM0104", BM_IN_FILE (*name), "name the right file", "the file is empty");
        g_free (bytes);
        return NULL;
    }
    return bytes;
}

/* What pdftotext says of a page: words with their boxes. Run without a shell; its locale does not matter. */
static char *
read_pdf (BmSession *session, const char *file, int page, size_t *length)
{
    char number[16], *out = NULL, *errors = NULL, *path = file[0] == '-' ? g_strdup_printf ("./%s", file) : g_strdup (file);
    char *whole[] = { "pdftotext", "-bbox-layout", "-enc", "UTF-8", path, "-", NULL };
    char *one[] = { "pdftotext", "-bbox-layout", "-enc", "UTF-8", "-f", number, "-l", number, path, "-", NULL };
    GError *error = NULL;
    int status = 0;

    g_snprintf (number, sizeof number, "%d", page);
    if (!g_spawn_sync (NULL, page > 0 ? one : whole, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &errors, &status, &error)) {
        bm_diag (session->diags, BM_ERROR, "BM0412", BM_IN_FILE (file), "install poppler-utils, or name the page's text",
                 "pdftotext cannot be run: %s", error->message);
        g_clear_error (&error);
    } else if (status != 0) {
        errors[strcspn (errors, "\n")] = '\0';
        bm_diag (session->diags, BM_ERROR, "BM0412", BM_IN_FILE (file), "is it a PDF, and has it that page?", "pdftotext refused it: %s",
                 errors[0] != '\0' ? errors : "it does not say why");
        g_clear_pointer (&out, g_free);
    }
    *length = out != NULL ? strlen (out) : 0;
    g_free (errors);
    g_free (path);
    return out;
}

bool
bm_read_raw (BmSession *session, const char *file, const char *encoding, int page, BmEdition *edition, char **report)
{
    const char *name = NULL;
    size_t length = 0;
    bool pdf = bm_file_kind (file) == BM_FILE_PDF;
    char *bytes = pdf ? read_pdf (session, file, page, &length) : read_bytes (session, file, edition, &length, &name);
    const BmRecoverOptions options = { .encoding = pdf ? NULL : encoding, .page = pdf ? 0 : page, .made_up = pdf };

    if (pdf)
        name = bm_arena_strdup (edition->arena, file);
    bool ok = bytes != NULL && take_recovered (session, name, bytes, length, &options, edition, report);

    g_free (bytes);
    return ok;
}

static bool
read_edition (BmSession *session, const char *file, BmEdition *edition)
{
    const char *name = NULL;
    size_t length = 0;
    char *bytes = read_bytes (session, file, edition, &length, &name);
    bool ok = bytes != NULL && bm_check_utf8 (name, bytes, length, session->diags);

    if (ok) {
        bm_diags_add_source (session->diags, name, bytes, length);
        ok = bm_file_kind (file) == BM_FILE_JSON
                 ? bm_edition_read_json (edition, name, bytes, length, session->diags)
                 : bm_edition_read_markdown (edition, name, bytes, length, session->diags);
    }
    g_free (bytes);
    return ok;
}

bool
bm_read_page (BmSession *session, const char *file, const char *encoding, BmEdition *edition)
{
    switch (bm_file_kind (file)) {
    case BM_FILE_RAW:
    case BM_FILE_UNKNOWN:
        return bm_read_raw (session, file, encoding, 0, edition, NULL);
    case BM_FILE_MARKDOWN:
    case BM_FILE_JSON:
        return read_edition (session, file, edition);
    default:
        bm_diag (session->diags, BM_ERROR, "BM0808", BM_IN_FILE (file), "name an edition (.md, .json) or a raw dump (.txt)",
                 "%s is no page", file);
        return false;
    }
}

void
bm_add_output (GArray *outputs, const char *path, char *bytes, size_t length)
{
    BmOutput output = { path, bytes, length };

    g_array_append_val (outputs, output);
}

static void
note_written (GPtrArray *written, const BmOutput *output)
{
    BmWritten *file = g_new0 (BmWritten, 1);

    *file = (BmWritten){ g_strdup (output->path), g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) output->bytes, output->length),
                         output->length };
    g_ptr_array_add (written, file);
}

bool
bm_write_outputs (BmSession *session, GArray *outputs)
{
    bool ok = true;

    for (guint i = 0; i < outputs->len; i++) {
        BmOutput *output = &g_array_index (outputs, BmOutput, i);

        ok = ok && output->bytes != NULL && bm_write_file (output->path, output->bytes, output->length, session->diags);
        if (ok && session->written != NULL)
            note_written (session->written, output);
        g_free (output->bytes);
        output->bytes = NULL;
    }
    return ok;
}
