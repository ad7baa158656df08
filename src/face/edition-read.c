/* edition-read.c — the pages of a job: files, folders, edition.yaml; and the layout of each. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "face/job.h"

#include <stdlib.h>
#include <string.h>

#define EDITION_FILE "edition.yaml"

typedef struct {
    const char *file;
    const BmPageBrief *brief;
} Source;

/* ---- which files ---- */

static int
compare_names (const void *a, const void *b)
{
    return strcmp (*(char *const *) a, *(char *const *) b);
}

/* What banmian itself leaves in a folder is no page: OUT.jump.md; nor is a plan, or a README. */
static bool
is_page_name (const char *name)
{
    BmFileKind kind = bm_file_kind (name);

    return name[0] != '.' && (kind == BM_FILE_MARKDOWN || kind == BM_FILE_RAW) && !g_str_has_suffix (name, ".jump.md") &&
           g_ascii_strncasecmp (name, "readme", 6) != 0;
}

static bool
add_folder_pages (Job *job, const char *folder, GArray *sources)
{
    GDir *dir = g_dir_open (folder, 0, NULL);
    GPtrArray *names = g_ptr_array_new ();
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        if (is_page_name (name))
            g_ptr_array_add (names, bm_arena_strdup (job->arena, name));
    if (dir != NULL)
        g_dir_close (dir);
    g_ptr_array_sort (names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        Source source = { bm_arena_printf (job->arena, "%s/%s", folder, (const char *) g_ptr_array_index (names, i)), NULL };
        g_array_append_val (sources, source);
    }
    bool any = names->len > 0;
    g_ptr_array_free (names, TRUE);
    if (!any)
        bm_diag (job->session->diags, BM_ERROR, "BM0809", BM_IN_FILE (folder), "put pages (.md, .txt) in it, or an " EDITION_FILE,
                 "the folder %s has no pages", folder);
    return any;
}

/* Does the file lie in the folder, whatever links lead to it? */
static bool
lies_in (const char *file, const char *folder)
{
    char *real = realpath (file, NULL), *root = folder == NULL ? NULL : realpath (folder, NULL);
    size_t length = root == NULL ? 0 : strlen (root);
    bool inside = real != NULL && root != NULL && (length == 1 || (strncmp (real, root, length) == 0 && real[length] == '/'));

    free (root);
    free (real);
    return inside;
}

static void
refuse_absent (Job *job, const BmPageBrief *page)
{
    GDir *dir = g_dir_open (job->brief->folder, 0, NULL);
    GPtrArray *names = g_ptr_array_new ();
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        if (is_page_name (name))
            g_ptr_array_add (names, bm_arena_strdup (job->arena, name));
    if (dir != NULL)
        g_dir_close (dir);
    g_ptr_array_sort (names, compare_names);
    g_ptr_array_add (names, NULL);
    const char *near = bm_nearest_word (page->file, (const char *const *) names->pdata);
    char *hint = near != NULL ? g_strdup_printf ("did you mean %s?", near) : g_strdup ("pages are named from the folder of " EDITION_FILE);
    bm_diag (job->session->diags, BM_ERROR, "BM0821", page->where, hint, "there is no page file %s", page->file);
    g_free (hint);
    g_ptr_array_free (names, TRUE);
}

/* An edition may come from anybody, as its pictures may: nothing outside its folder is set on a page, unless --root says so. */
static bool
add_listed_page (Job *job, const BmPageBrief *page, GArray *sources)
{
    bool here = strcmp (job->brief->folder, ".") == 0 || g_path_is_absolute (page->file);
    Source source = { here ? page->file : bm_arena_printf (job->arena, "%s/%s", job->brief->folder, page->file), page };

    if (!g_file_test (source.file, G_FILE_TEST_EXISTS)) {
        refuse_absent (job, page);
        return false;
    }
    if (!lies_in (source.file, job->brief->folder) && !lies_in (source.file, job->request->root)) {
        bm_diag (job->session->diags, BM_ERROR, "BM0821", page->where, "put it there, or name a folder of both with --root",
                 "the page %s lies outside the edition's folder", page->file);
        return false;
    }
    g_array_append_val (sources, source);
    return true;
}

static bool
add_listed_pages (Job *job, GArray *sources)
{
    bool ok = true;

    for (int i = 0; i < job->brief->n_pages; i++)
        ok = add_listed_page (job, &job->brief->pages[i], sources) && ok;
    return ok;
}

static bool
add_edition (Job *job, const char *path, GArray *sources)
{
    if (job->brief != NULL) {
        bm_diag (job->session->diags, BM_ERROR, "BM0810", BM_IN_FILE (path), "set one edition at a time", "a second edition file");
        return false;
    }
    job->brief = bm_edition_file_read (path, job->session->diags);
    if (job->brief == NULL)
        return false;
    if (job->brief->n_pages == 0)
        return add_folder_pages (job, job->brief->folder, sources);
    return add_listed_pages (job, sources);
}

static bool
add_sources (Job *job, const char *name, GArray *sources)
{
    bool folder = strcmp (name, "-") != 0 && g_file_test (name, G_FILE_TEST_IS_DIR);

    if (bm_file_kind (name) == BM_FILE_YAML)
        return add_edition (job, name, sources);
    if (!folder) {
        Source source = { name, NULL };
        g_array_append_val (sources, source);
        return true;
    }
    size_t length = strlen (name);
    while (length > 1 && name[length - 1] == '/')
        length--;
    const char *path = bm_arena_printf (job->arena, "%.*s/%s", (int) length, name, EDITION_FILE);
    return g_file_test (path, G_FILE_TEST_EXISTS) ? add_edition (job, path, sources)
                                                  : add_folder_pages (job, bm_arena_strndup (job->arena, name, length), sources);
}

/* ---- the pages ---- */

static const char *
folder_of (Job *job, const char *file)
{
    char *folder = strcmp (file, "-") == 0 ? g_strdup (".") : g_path_get_dirname (file);
    const char *kept = bm_arena_strdup (job->arena, folder);

    g_free (folder);
    return kept;
}

static void
fill_from_edition (Job *job, BmPage *page, const BmPageBrief *brief)
{
    const BmEditionFile *edition = job->brief;

    if (edition == NULL)
        return;
    if (page->paper == NULL)
        page->paper = edition->paper;
    if (page->date == NULL)
        page->date = edition->date;
    if (edition->lang != NULL && strcmp (page->lang, "zh-Hans") == 0)
        page->lang = edition->lang;
    if (brief != NULL && brief->page != NULL)
        page->page = brief->page;
    if (brief != NULL && brief->section != NULL)
        page->section = brief->section;
}

static bool
read_source (Job *job, const Source *source)
{
    int before = job->edition->n_pages;
    bool ok = bm_read_page (job->session, source->file, job->request->encoding, job->edition);

    for (int i = before; i < job->edition->n_pages; i++) {
        Sheet *sheet = bm_arena_new0 (job->arena, Sheet, 1);

        fill_from_edition (job, job->edition->pages[i], source->brief);
        *sheet = (Sheet){ .file = source->file, .folder = folder_of (job, source->file), .given = job->edition->pages[i],
                          .brief = source->brief, .front = source->brief != NULL && source->brief->front };
        g_ptr_array_add (job->sheets, sheet);
    }
    return ok;
}

/* ---- numbers ---- */

int
bm_sheet_by_label (const Job *job, const char *label)
{
    for (guint i = 0; i < job->sheets->len; i++)
        if (g_strcmp0 (sheet_of (job, (int) i)->given->page, label) == 0)
            return (int) i;
    return -1;
}

/* A page without a number, or with one that is taken, cannot be named by a jump line. */
void
bm_job_number_pages (Job *job)
{
    bool anew = false, several = job->sheets->len > 1 || (job->brief != NULL && job->brief->grow > 1);

    for (guint i = 0; i < job->sheets->len && several; i++) {
        const char *label = sheet_of (job, (int) i)->given->page;

        anew = anew || label == NULL || label[0] == '\0' || bm_sheet_by_label (job, label) != (int) i;
    }
    for (guint i = 0; anew && i < job->sheets->len; i++) {
        BmPage *page = (BmPage *) sheet_of (job, (int) i)->given;

        page->page = bm_arena_printf (job->edition->arena, "%u", i + 1);
    }
    if (anew)
        bm_diag (job->session->diags, BM_NOTE, "BM0812", BM_NOWHERE, "give each page a number of its own (page: 3)",
                 "the %u pages are numbered from 1: some had no number, or the same one", job->sheets->len);
}

/* What edition.yaml says of pages and sections that the edition has not. */
static bool
check_names (Job *job)
{
    BmDiags *diags = job->session->diags;
    bool ok = true;

    for (guint i = 0; i < job->sheets->len; i++) {
        const BmPageBrief *brief = sheet_of (job, (int) i)->brief;

        for (int k = 0; brief != NULL && k < brief->n_jumps_to; k++)
            if (bm_sheet_by_label (job, brief->jumps_to[k]) < 0) {
                bm_diag (diags, BM_ERROR, "BM0813", brief->where, "pages are named by their numbers", "jumps-to: there is no page %s", brief->jumps_to[k]);
                ok = false;
            }
    }
    for (int k = 0; job->brief != NULL && k < job->brief->n_sections; k++) {
        const BmSectionBrief *section = &job->brief->sections[k];
        bool found = false;

        for (guint i = 0; i < job->sheets->len; i++)
            found = found || g_strcmp0 (sheet_of (job, (int) i)->given->section, section->section) == 0;
        if (!found)
            bm_diag (diags, BM_WARNING, "BM0811", section->where, "a page says section: in pages:, or in its front matter",
                     "no page belongs to the section “%s”", section->section);
    }
    return ok;
}

/* ---- pictures ---- */

/* Folders, a part each, that all pages' folders begin with. */
static const char *
common_folder (Job *job)
{
    char *common = NULL;

    for (guint i = 0; i < job->sheets->len; i++) {
        char *folder = g_canonicalize_filename (sheet_of (job, (int) i)->folder, NULL);

        if (common == NULL) {
            common = folder;
            continue;
        }
        while (strcmp (common, "/") != 0 &&
               !(g_str_has_prefix (folder, common) && (folder[strlen (common)] == '/' || folder[strlen (common)] == '\0'))) {
            char *parent = g_path_get_dirname (common);
            g_free (common);
            common = parent;
        }
        g_free (folder);
    }
    const char *kept = bm_arena_strdup (job->arena, common);
    g_free (common);
    return kept;
}

/* A picture is named from its page's folder; where pages of several folders share one document, from theirs. */
static void
prefix_pictures (Job *job, Sheet *sheet, const char *prefix)
{
    for (int i = 0; i < sheet->page->n_items; i++) {
        BmItem *item = bm_arena_copy (job->made->arena, sheet->page->items[i], 1, sizeof *item);

        item->pictures = bm_arena_copy (job->made->arena, item->pictures, (size_t) item->n_pictures, sizeof *item->pictures);
        for (int k = 0; k < item->n_pictures; k++)
            if (item->pictures[k].file != NULL && item->pictures[k].file[0] != '\0' && !g_path_is_absolute (item->pictures[k].file))
                item->pictures[k].file = bm_arena_printf (job->made->arena, "%s%s", prefix, item->pictures[k].file);
        sheet->page->items[i] = item;
    }
}

static void
set_roots (Job *job)
{
    bool same = true;

    for (guint i = 0; i < job->sheets->len; i++) {
        Sheet *sheet = sheet_of (job, (int) i);

        sheet->root = job->request->root != NULL ? job->request->root : sheet->folder;
        same = same && strcmp (sheet->root, sheet_of (job, 0)->root) == 0;
    }
    const char *common = same ? NULL : common_folder (job);
    for (guint i = 0; !same && i < job->sheets->len; i++) {
        Sheet *sheet = sheet_of (job, (int) i);
        char *folder = g_canonicalize_filename (sheet->folder, NULL);
        const char *below = folder + strlen (common);

        while (*below == '/')
            below++;
        if (*below != '\0')
            prefix_pictures (job, sheet, bm_arena_printf (job->arena, "%s/", below));
        sheet->root = common;
        g_free (folder);
    }
}

/* The page as it will be made: the same items until something moves. */
static void
copy_page (Job *job, Sheet *sheet)
{
    BmArena *arena = job->made->arena;
    BmPage *page = bm_arena_copy (arena, sheet->given, 1, sizeof *page);

    page->items = bm_arena_copy (arena, page->items, (size_t) page->n_items, sizeof *page->items);
    sheet->page = page;
    bm_edition_take_page (job->made, page);
}

/* ---- layouts ---- */

static bool
set_overset_policy (Job *job, BmLayout *layout, const char *policy)
{
    static const char *const names[] = { "jump", "hold", "error", NULL };

    for (int i = 0; names[i] != NULL; i++)
        if (strcmp (names[i], policy) == 0) {
            layout->overset = (BmOversetPolicy) i;
            return true;
        }
    bm_diag (job->session->diags, BM_ERROR, "BM0804", BM_NOWHERE, "jump, hold or error", "unknown policy: %s", policy);
    return false;
}

static bool
load_layout (Job *job, const Sheet *sheet, BmLayout **loaded)
{
    const BmSetRequest *request = job->request;
    BmDiags *diags = job->session->diags;
    BmLayout *layout = bm_layout_load (sheet->layout_name, job->session->layout_dirs, diags);

    if (layout == NULL) {
        if (sheet->layout_where.line > 0)
            bm_diag (diags, BM_NOTE, "BM0208", sheet->layout_where, NULL, "the layout is named here");
        return false;
    }
    *loaded = layout;
    g_ptr_array_add (job->layouts, layout);
    return (request->paper_width <= 0 || bm_layout_set_paper (layout, request->paper_width, request->paper_height, diags)) &&
           (request->body <= 0 || bm_layout_set_body (layout, request->body, diags)) &&
           (sheet->columns <= 0 || bm_layout_set_columns (layout, sheet->columns, diags)) &&
           (sheet->style == NULL || bm_layout_set_style (layout, sheet->style, diags)) &&
           (sheet->overset == NULL || set_overset_policy (job, layout, sheet->overset)) &&
           (!sheet->front || bm_layout_set_front (layout, diags));
}

static bool
looks_like (const Sheet *a, const Sheet *b)
{
    return strcmp (a->layout_name, b->layout_name) == 0 && a->columns == b->columns && g_strcmp0 (a->style, b->style) == 0 &&
           g_strcmp0 (a->overset, b->overset) == 0 && a->front == b->front;
}

bool
bm_sheet_layout (Job *job, Sheet *sheet)
{
    BmLayout *layout = NULL;

    for (guint i = 0; i < job->sheets->len; i++) {
        const Sheet *other = sheet_of (job, (int) i);

        if (other->layout != NULL && looks_like (sheet, other)) {
            sheet->layout = other->layout;
            return true;
        }
    }
    if (!load_layout (job, sheet, &layout))
        return false;
    sheet->layout = layout;
    return true;
}

/* The command line beats the page's line in edition.yaml, that its section's, that the edition's. */
static void
choose_look (Job *job, Sheet *sheet)
{
    const BmSetRequest *request = job->request;
    const BmLook of_request = { .layout = request->layout, .style = request->style, .overset = request->overset, .columns = request->columns };
    const BmLook *looks[] = { &of_request, sheet->brief != NULL ? &sheet->brief->look : NULL,
                              bm_edition_section (job->brief, sheet->given->section), job->brief != NULL ? &job->brief->look : NULL };

    for (size_t i = 0; i < G_N_ELEMENTS (looks); i++) {
        const BmLook *look = looks[i];

        if (look == NULL)
            continue;
        if (sheet->layout_name == NULL && look->layout != NULL) {
            sheet->layout_name = look->layout;
            sheet->layout_where = look->layout_where;
        }
        sheet->style = sheet->style == NULL ? look->style : sheet->style;
        sheet->overset = sheet->overset == NULL ? look->overset : sheet->overset;
        sheet->columns = sheet->columns == 0 ? look->columns : sheet->columns;
    }
    if (sheet->layout_name == NULL)
        sheet->layout_name = "broadsheet";
    /* A layout beside the edition is named from there. */
    bool path = strchr (sheet->layout_name, '/') != NULL || bm_file_kind (sheet->layout_name) == BM_FILE_YAML;
    if (path && sheet->layout_name != request->layout && !g_path_is_absolute (sheet->layout_name))
        sheet->layout_name = bm_arena_printf (job->arena, "%s/%s", job->brief->folder, sheet->layout_name);
}

static bool
read_layouts (Job *job)
{
    bool ok = true;

    for (guint i = 0; i < job->sheets->len && ok; i++) {
        choose_look (job, sheet_of (job, (int) i));
        ok = bm_sheet_layout (job, sheet_of (job, (int) i));
    }
    return ok;
}

/* A page that cannot be read does not hide that the layout is wrong, too. */
static bool
check_layout_alone (Job *job)
{
    Sheet sheet = { .given = &(BmPage){ 0 } };

    if (job->sheets->len > 0)
        return read_layouts (job);
    choose_look (job, &sheet);
    return bm_sheet_layout (job, &sheet);
}

bool
bm_job_read (Job *job)
{
    GArray *sources = g_array_new (FALSE, TRUE, sizeof (Source));
    bool ok = true;

    for (int i = 0; i < job->request->n_pages; i++)
        ok = add_sources (job, job->request->pages[i], sources) && ok;
    for (guint i = 0; i < sources->len; i++)
        ok = read_source (job, &g_array_index (sources, Source, i)) && ok;
    g_array_free (sources, TRUE);
    ok = check_layout_alone (job) && ok;
    if (!ok)
        return false;
    bm_job_number_pages (job);
    if (!check_names (job))
        return false;
    for (guint i = 0; i < job->sheets->len; i++)
        copy_page (job, sheet_of (job, (int) i));
    set_roots (job);
    return true;
}
