/* relay.c — the same edition on two grids: as it stands, and as it is wanted; what moved, what changed its size.
 *
 * Places are compared as shares of the page, so that a broadsheet and a tabloid can be: an item has moved when its
 * block's corner is elsewhere, and changed its size when its share of the page is another. */
#include "face/job.h"

#include <string.h>

#define SAME_PLACE 0.02 /* of the page's width or height */
#define SAME_SIZE 0.08  /* of the block's own size */

typedef struct {
    const Sheet *sheet;     /* NULL: it found no room */
    const BmPlanItem *item; /* NULL, too */
    double x, y, area;      /* shares of the page */
    double head;            /* points; 0: none */
    int sheet_index;
} Spot;

typedef struct {
    Job *before, *after;
    GString *out;
    int n, ads, same, moved, resized, other_page, over;
} Relay;

/* ---- where an item is ---- */

static Spot
spot_of (const Job *job, int index, const char *id)
{
    const Sheet *sheet = sheet_of (job, index);
    const BmPlan *plan = sheet->plan;
    const BmPlanItem *item = bm_plan_item (plan, id);
    Spot spot = { NULL, NULL, 0, 0, 0, 0, index };

    if (item == NULL)
        return spot;
    spot.sheet = sheet;
    spot.item = item;
    spot.x = (double) item->column / plan->grid.columns;
    spot.y = (double) item->row / plan->grid.rows;
    spot.area = (double) item->columns / plan->grid.columns * item->rows / plan->grid.rows;
    for (int i = 0; i < plan->n_elements; i++)
        if (plan->elements[i].role == BM_ELEM_HEADLINE && g_strcmp0 (plan->elements[i].item, id) == 0)
            spot.head = MAX (spot.head, plan->elements[i].size);
    return spot;
}

/* Which page as read a sheet belongs to: parts of one stand beside each other. */
static int
page_of_sheet (const Job *job, int index)
{
    int page = 0;

    for (int i = 1; i <= index; i++)
        page += sheet_of (job, i)->given != sheet_of (job, i - 1)->given;
    return page;
}

/* First on the sheets of its page, then anywhere under its name and headline. */
static Spot
find_spot (const Job *job, int page, const char *id, const char *title)
{
    Spot spot = { 0 };

    for (guint i = 0; i < job->sheets->len && spot.item == NULL; i++)
        if (page_of_sheet (job, (int) i) == page)
            spot = spot_of (job, (int) i, id);
    for (guint i = 0; i < job->sheets->len && spot.item == NULL; i++) {
        Spot other = spot_of (job, (int) i, id);

        if (other.item != NULL && g_strcmp0 (other.item->title, title) == 0)
            spot = other;
    }
    return spot;
}

/* ---- one item ---- */

static void
append_spot (GString *out, const Spot *spot)
{
    if (spot->item == NULL) {
        g_string_append (out, "no room");
        return;
    }
    const BmPlanItem *item = spot->item;
    g_string_append_printf (out, "p%s c%d–%d r%d–%d", spot->sheet->page->page == NULL ? "1" : spot->sheet->page->page, item->column + 1,
                            item->column + item->columns, item->row + 1, item->row + item->rows);
}

/* The rest of a story that goes on elsewhere, and its rest. */
static Spot
rest_of (const Job *job, const Spot *spot)
{
    const BmPlanEnd *end = spot->item != NULL ? &spot->item->continued : NULL;

    return end != NULL && end->item != NULL ? spot_of (job, end->sheet, end->item) : (Spot){ 0 };
}

static void
append_rests (GString *out, const Job *job, Spot spot)
{
    Spot rest = rest_of (job, &spot);

    /* Writers' own jump lines may lead round in a ring. */
    for (guint i = 1; i < job->sheets->len && rest.item != NULL; i++, rest = rest_of (job, &rest)) {
        g_string_append (out, " + ");
        append_spot (out, &rest);
    }
}

static int
lines_of (const Job *job, Spot spot)
{
    int lines = 0;

    for (guint i = 0; i < job->sheets->len && spot.item != NULL; i++, spot = rest_of (job, &spot))
        lines += spot.item->lines_placed;
    return lines;
}

static void
append_number (GString *out, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append (out, g_ascii_formatd (text, sizeof text, "%.1f", value));
}

static void
append_change (GString *out, const char *name, double before, double after, const char *unit)
{
    if (fabs (before - after) < 0.05)
        return;
    g_string_append_printf (out, "; %s ", name);
    append_number (out, before);
    g_string_append (out, " → ");
    append_number (out, after);
    g_string_append (out, unit);
}

static void
compare_item (Relay *relay, int page, const BmItem *item)
{
    char *title = item->n_headline > 0 ? g_strjoinv ("　", (char **) (gpointer) item->headline) : NULL;
    Spot a = find_spot (relay->before, page, item->id, title), b = find_spot (relay->after, page, item->id, title);
    bool both = a.item != NULL && b.item != NULL;
    bool moved = both && (fabs (a.x - b.x) > SAME_PLACE || fabs (a.y - b.y) > SAME_PLACE);
    bool resized = both && fabs (a.area - b.area) > SAME_SIZE * MAX (a.area, b.area);
    bool paged = both && g_strcmp0 (a.sheet->page->page, b.sheet->page->page) != 0;
    const char *word = b.item == NULL ? "over" : a.item == NULL ? "new" : paged ? "page" : moved && resized ? "both" : moved ? "moved" : resized ? "size" : "same";

    relay->n++;
    relay->ads += item->kind == BM_ITEM_AD;
    relay->same += strcmp (word, "same") == 0;
    relay->moved += moved;
    relay->resized += resized;
    relay->other_page += paged;
    relay->over += b.item == NULL;
    g_string_append_printf (relay->out, "  %-5s  %s: ", word, title != NULL ? title : item->kind == BM_ITEM_AD ? "广告" : item->id);
    append_spot (relay->out, &a);
    append_rests (relay->out, relay->before, a);
    g_string_append (relay->out, " → ");
    append_spot (relay->out, &b);
    append_rests (relay->out, relay->after, b);
    append_change (relay->out, "head", a.head, b.head, " pt");
    int lines[2] = { lines_of (relay->before, a), lines_of (relay->after, b) };
    if (both && lines[0] != lines[1])
        g_string_append_printf (relay->out, "; %d → %d lines", lines[0], lines[1]);
    g_string_append_c (relay->out, '\n');
    g_free (title);
}

/* ---- pages ---- */

static void
append_grids (GString *out, const Job *job, int page)
{
    bool first = true;

    for (guint i = 0; i < job->sheets->len; i++) {
        const Sheet *sheet = sheet_of (job, (int) i);

        if (page_of_sheet (job, (int) i) != page)
            continue;
        g_string_append_printf (out, "%sp%s %s %d × %d 字 Q ", first ? "" : ", ", sheet->page->page == NULL ? "1" : sheet->page->page, sheet->layout->name,
                                sheet->plan->grid.columns, sheet->plan->grid.cells_per_column);
        append_number (out, sheet->plan->quality.q);
        first = false;
    }
}

static void
compare_pages (Relay *relay)
{
    int last = -1;

    for (guint i = 0; i < relay->before->sheets->len; i++) {
        const Sheet *sheet = sheet_of (relay->before, (int) i);
        int page = page_of_sheet (relay->before, (int) i);

        if (page == last)
            continue;
        last = page;
        append_grids (relay->out, relay->before, page);
        g_string_append (relay->out, " → ");
        append_grids (relay->out, relay->after, page);
        g_string_append_c (relay->out, '\n');
        for (int k = 0; k < sheet->given->n_items; k++)
            compare_item (relay, page, sheet->given->items[k]);
    }
}

static void
append_summary (Relay *relay)
{
    double q[2] = { 100, 100 };
    Job *jobs[2] = { relay->before, relay->after };

    for (int j = 0; j < 2; j++)
        for (guint i = 0; i < jobs[j]->sheets->len; i++)
            q[j] = MIN (q[j], sheet_of (jobs[j], (int) i)->plan->quality.q);
    g_string_append_printf (relay->out, "%d items, %d ads: %d as they were, %d moved, %d of another size, %d on another page, %d without room; %u → %u pages; quality of the worst ",
                            relay->n - relay->ads, relay->ads, relay->same, relay->moved, relay->resized, relay->other_page, relay->over, relay->before->sheets->len, relay->after->sheets->len);
    append_number (relay->out, q[0]);
    g_string_append (relay->out, " → ");
    append_number (relay->out, q[1]);
    g_string_append_c (relay->out, '\n');
}

/* ---- the picture ---- */

/* A row for each page, before at the left; a page that became two has an empty place beside the second. */
static bool
draw_pair (Relay *relay, const char *path, double dpi)
{
    GPtrArray *plans = g_ptr_array_new ();
    guint a = 0, b = 0;

    while (a < relay->before->sheets->len || b < relay->after->sheets->len) {
        int pa = a < relay->before->sheets->len ? page_of_sheet (relay->before, (int) a) : INT_MAX;
        int pb = b < relay->after->sheets->len ? page_of_sheet (relay->after, (int) b) : INT_MAX;

        g_ptr_array_add (plans, pa <= pb ? sheet_of (relay->before, (int) a)->plan : NULL);
        g_ptr_array_add (plans, pb <= pa ? sheet_of (relay->after, (int) b)->plan : NULL);
        a += pa <= pb;
        b += pb <= pa;
    }
    const BmDrawOptions options = { .picture_root = sheet_of (relay->after, 0)->root, .dpi = dpi > 0 ? dpi : plans->len <= 4 ? 72 : 40 };
    GByteArray *png = bm_draw_sheet ((const BmPlan *const *) plans->pdata, (int) plans->len, 2, &options, relay->after->session->diags);
    bool ok = png != NULL;
    g_ptr_array_free (plans, TRUE);
    if (ok) {
        size_t length = png->len;
        bm_add_output (relay->after->outputs, path, (char *) g_byte_array_free (png, FALSE), length);
    }
    return ok;
}

/* ---- both ---- */

static void
compare (Relay *relay, char **changes)
{
    relay->out = g_string_new (NULL);
    compare_pages (relay);
    append_summary (relay);
    *changes = g_string_free (relay->out, FALSE);
}

BmStatus
bm_relay (BmSession *session, const BmSetRequest *request, const char *picture, BmSetReport *report, char **changes)
{
    BmSetRequest as_it_stands = *request;
    BmSetReport before = { 0 };

    as_it_stands.layout = as_it_stands.style = as_it_stands.overset = as_it_stands.keep = NULL;
    as_it_stands.columns = as_it_stands.n_outputs = 0;
    as_it_stands.paper_width = as_it_stands.paper_height = as_it_stands.body = 0;
    as_it_stands.trace = as_it_stands.original = false;
    as_it_stands.contact = NULL;
    *report = (BmSetReport){ 0 };
    *changes = NULL;
    Relay relay = { .before = bm_job_new (session, &as_it_stands, &before), .after = bm_job_new (session, request, report) };
    BmStatus status = picture == NULL || bm_check_writable (picture, session->diags) ? BM_STATUS_OK : BM_STATUS_RESOURCE;
    if (status == BM_STATUS_OK)
        status = bm_job_plan (relay.before);
    /* What the page as it stands had to say is not asked for. */
    if (status == BM_STATUS_OK)
        bm_free (bm_session_take_messages (session, BM_MESSAGES_SHORT, false));
    if (status == BM_STATUS_OK)
        status = bm_job_plan (relay.after);
    if (status == BM_STATUS_OK) {
        compare (&relay, changes);
        status = picture == NULL || draw_pair (&relay, picture, request->dpi) ? bm_job_finish (relay.after) : bm_session_status (session);
    }
    if (relay.after->trace != NULL)
        report->trace = g_strdup (relay.after->trace->str);
    bm_set_report_clear (&before);
    bm_job_free (relay.before);
    bm_job_free (relay.after);
    return status;
}
