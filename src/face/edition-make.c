/* edition-make.c — the pages of a job made up: each by itself first; then copy that is over finds room elsewhere.
 *
 * Everything is bounded and in the order of the pages: a page is made up once, once more for each rest that it takes
 * or gives, and each rest is tried on at most a dozen pages. */
#include "face/job.h"

#include <string.h>

#define TRIAL_NODES 4000000L /* of the search, for a page that may have room for a rest or not */

/* ---- what was said ---- */

/* Is it about the copy's room, which the next plan says anew? */
static bool
is_of_room (const BmDiag *diag)
{
    return g_str_has_prefix (diag->code, "BM060");
}

static bool
said_already (const BmDiags *diags, const BmDiag *diag)
{
    for (int i = 0; i < bm_diags_total (diags); i++)
        if (strcmp (bm_diags_get (diags, i)->code, diag->code) == 0 && strcmp (bm_diags_get (diags, i)->message, diag->message) == 0)
            return true;
    return false;
}

static void
say_again (BmDiags *diags, const BmDiag *diag)
{
    bm_diag (diags, diag->severity, diag->code, diag->where, diag->hint, "%s", diag->message);
}

void
bm_made_clear (Made *made)
{
    bm_plan_free (made->plan);
    bm_diags_free (made->diags);
    *made = (Made){ NULL, NULL };
}

void
bm_sheet_take (Sheet *sheet, Made made)
{
    for (int i = 0; sheet->diags != NULL && i < bm_diags_total (sheet->diags); i++) {
        const BmDiag *diag = bm_diags_get (sheet->diags, i);

        if (!is_of_room (diag) && !said_already (made.diags, diag))
            say_again (made.diags, diag);
    }
    bm_plan_free (sheet->plan);
    bm_diags_free (sheet->diags);
    sheet->plan = made.plan;
    sheet->diags = made.diags;
}

void
bm_say_all (BmDiags *diags, const BmDiags *said)
{
    for (int i = 0; said != NULL && i < bm_diags_total (said); i++)
        say_again (diags, bm_diags_get (said, i));
}

/* ---- one sheet ---- */

BmPage *
bm_page_draft (Job *job, const BmPage *page)
{
    BmPage *draft = bm_arena_copy (job->made->arena, page, 1, sizeof *page);

    draft->items = bm_arena_copy (job->made->arena, page->items, (size_t) page->n_items, sizeof *page->items);
    return draft;
}

#define FEW_PAGES 3 /* so many other pages, and the index has two stories of each: one would leave the ear half empty */

/* The story of a page that ranks highest after `first` (-1: of all); -1: there is none. What is a rest or has no headline is none. */
static int
next_lead (const BmPage *page, const int *ranks, int first)
{
    int lead = -1;

    for (int k = 0; k < page->n_items; k++) {
        bool story = page->items[k]->n_headline > 0 && page->items[k]->jump_from == NULL && ranks[k] < 6 && k != first;

        if (story && (lead < 0 || ranks[k] < ranks[lead]))
            lead = k;
    }
    return lead;
}

static void
add_entry (BmIndexEntry *entries, int *n, const BmPage *page, int lead)
{
    if (lead >= 0)
        entries[(*n)++] = (BmIndexEntry){ page->items[lead]->n_headline, page->items[lead]->headline, page->section, page->page };
}

/* The leads of the other pages, for the index on the front. */
static void
list_index (Job *job, const Sheet *front, BmFrontMatter *matter)
{
    BmIndexEntry *entries = bm_arena_new0 (job->arena, BmIndexEntry, 2 * job->sheets->len);

    for (guint i = 0; i < job->sheets->len; i++) {
        const Sheet *sheet = sheet_of (job, (int) i);
        int *ranks = g_new0 (int, (gsize) MAX (sheet->page->n_items, 1));

        bm_page_rank (sheet->page, ranks);
        if (sheet != front) {
            int lead = next_lead (sheet->page, ranks, -1);

            add_entry (entries, &matter->n_index, sheet->page, lead);
            if (lead >= 0 && job->sheets->len <= FEW_PAGES + 1)
                add_entry (entries, &matter->n_index, sheet->page, next_lead (sheet->page, ranks, lead));
        }
        g_free (ranks);
    }
    matter->index = entries;
}

/* 今日{pages}版 */
static const char *
with_pages (Job *job, const char *line)
{
    const char *at = strstr (line, "{pages}");

    return at == NULL ? line : bm_arena_printf (job->arena, "%.*s%u%s", (int) (at - line), line, job->sheets->len, at + strlen ("{pages}"));
}

static const BmFrontMatter *
front_matter (Job *job, const Sheet *sheet)
{
    BmFrontMatter *matter = bm_arena_new0 (job->arena, BmFrontMatter, 1);

    if (!sheet->front)
        return NULL;
    if (job->brief != NULL) {
        const BmFrontBrief *brief = &job->brief->front;
        *matter = (BmFrontMatter){ .name = brief->name, .latin = brief->latin, .issue = brief->issue, .n_lines = brief->n_lines };
        const char **lines = bm_arena_new0 (job->arena, const char *, brief->n_lines);
        for (int i = 0; i < brief->n_lines; i++)
            lines[i] = with_pages (job, brief->lines[i]);
        matter->lines = lines;
    }
    if (job->brief == NULL || job->brief->front.index)
        list_index (job, sheet, matter);
    return matter;
}

static const BmLayout *
with_policy (Job *job, const BmLayout *layout, BmOversetPolicy policy)
{
    BmLayout *copy = bm_arena_copy (job->arena, layout, 1, sizeof *layout);

    copy->overset = policy;
    return copy;
}

static Made
make_with (Job *job, const Sheet *sheet, const BmPage *page, const BmLayout *layout, bool whole)
{
    BmPage *pages[] = { (BmPage *) page };
    const BmEdition edition = { .arena = job->made->arena, .n_pages = 1, .pages = pages };
    const BmMakeupOptions options = {
        .max_nodes = whole ? TRIAL_NODES : 0,
        .picture_root = sheet->root,
        .keep = sheet->keep,
        .front = front_matter (job, sheet),
        .trace = whole ? NULL : job->trace,
    };
    Made made = { NULL, bm_diags_new () };

    made.plan = bm_makeup_page (&edition, 0, layout, job->session->type, &options, made.diags);
    return made;
}

Made
bm_sheet_make (Job *job, const Sheet *sheet, const BmPage *page, bool whole)
{
    return make_with (job, sheet, page, whole ? with_policy (job, sheet->layout, BM_OVERSET_ERROR) : sheet->layout, whole);
}

Made
bm_sheet_make_held (Job *job, const Sheet *sheet, const BmPage *page)
{
    return make_with (job, sheet, page, with_policy (job, sheet->layout, BM_OVERSET_HOLD), false);
}

/* ---- all of them ---- */

/* As it was printed, as far as a page can be found that has all its copy so. */
static Made
make_original (Job *job, Sheet *sheet)
{
    Made made = bm_sheet_make (job, sheet, sheet->page, true);

    for (int step = 0; made.plan == NULL && bm_sheet_forgo_original (job, sheet, step); step++) {
        bm_made_clear (&made);
        made = bm_sheet_make (job, sheet, sheet->page, true);
    }
    if (made.plan != NULL)
        return made;
    bm_made_clear (&made);
    return bm_sheet_make (job, sheet, sheet->page, false);
}

/* A page of an edition for which none is found may lack copy that another page has too much of. */
static bool
make_sheets (Job *job)
{
    bool ok = true;

    for (guint i = 0; i < job->sheets->len; i++) {
        Sheet *sheet = sheet_of (job, (int) i);

        bm_sheet_take (sheet, job->request->original ? make_original (job, sheet) : bm_sheet_make (job, sheet, sheet->page, false));
        ok = ok && sheet->plan != NULL;
    }
    return ok;
}

static bool
all_made (const Job *job)
{
    for (guint i = 0; i < job->sheets->len; i++)
        if (sheet_of (job, (int) i)->plan == NULL)
            return false;
    return true;
}

static bool
check_faces (Job *job)
{
    BmType *type = bm_session_type (job->session);
    bool ok = type != NULL;

    if (ok)
        bm_type_set_print (type, job->press.standard != BM_PRESS_NONE);
    for (guint i = 0; i < job->layouts->len && ok; i++)
        ok = bm_type_check_layout (type, g_ptr_array_index (job->layouts, i), job->session->diags);
    return ok;
}

/* Once more, for its number, its index or its jump lines: the place of nothing changes. */
static void
make_again (Job *job, Sheet *sheet)
{
    BmPage *draft = bm_page_draft (job, sheet->page);

    bm_page_settle_ranks (job, draft);
    Made made = bm_sheet_make (job, sheet, draft, sheet->plan->n_overset == 0);
    if (made.plan == NULL) {
        bm_made_clear (&made);
        made = bm_sheet_make (job, sheet, draft, false);
    }
    sheet->page = draft;
    if (made.plan != NULL)
        bm_sheet_take (sheet, made);
    else
        bm_made_clear (&made);
}

static void
settle_numbers (Job *job)
{
    bool *changed = bm_arena_new0 (job->arena, bool, job->sheets->len);

    bm_job_renumber (job, changed);
    for (guint i = 0; i < job->sheets->len; i++)
        if (sheet_of (job, (int) i)->plan != NULL && (changed[i] || sheet_of (job, (int) i)->front))
            make_again (job, sheet_of (job, (int) i));
}

/* Copy far beyond a page: another page of the same is set before rests are placed; after that, for any that is left. */
#define FAR_TOO_MUCH 0.25
#define ANY_TOO_MUCH 0.0005

static void
fit_together (Job *job)
{
    bool grown = bm_job_grow (job, FAR_TOO_MUCH);

    bm_job_find_links (job);
    bm_job_place_rests (job, false);
    while (bm_job_grow (job, ANY_TOO_MUCH)) {
        bm_job_place_rests (job, false);
        grown = true;
    }
    bm_job_place_rests (job, true);
    if (grown)
        settle_numbers (job);
    bm_job_write_links (job);
}

bool
bm_job_make (Job *job)
{
    if ((job->request->original && !bm_job_find_original (job)) || !check_faces (job) || !bm_job_move_items (job))
        return false;
    bool made = make_sheets (job);
    if (job->sheets->len > 1 || (made && job->brief != NULL && job->brief->grow > 1))
        fit_together (job);
    for (guint i = 0; i < job->sheets->len; i++)
        bm_say_all (job->session->diags, sheet_of (job, (int) i)->diags);
    return all_made (job);
}
