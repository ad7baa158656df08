/* batch-warm.c — load once what every page needs, before the first process of a page is forked.
 *
 * Fontconfig's patterns, Pango's font sets, the faces, ICU's dictionary and our lexicon, Cairo's and HarfBuzz's first-use
 * work: setting a page of our own in memory goes through all of it, and nobody must keep a list. */
#include "face/batch.h"

#include <string.h>
#include <unistd.h>

/* Every role once: heads of several ranks, a byline, body, a crosshead, digits and letters, a brief. */
static const char story[] =
    "## 晨雾散去，码头开市———\n\n# 试版%d号：\n\n# 版面先行一步\n\n□ 本报记者 方試行\n\n"
    "6月1日8时，试版开始。“一张版面从这里出发，”老编辑说，“字、行、栏、图都要先走一遍。”Banmian 2 台机器、35%%的余量（约120分钟）……"
    "排字、组版、校样，一项一项地过；标题、引题、署名、正文各归其位。\n\n**先走一遍**\n\n"
    "字体在这里打开，词典在这里翻开，版心与栏距在这里量好。之后的每一张版面，都从这一张的余温开始，不必再等。\n\n***\n\n";

static BmEdition *
warm_edition (BmDiags *diags)
{
    GString *text = g_string_new ("---\npaper: 试版\ndate: 2000-01-01\npage: 1\n---\n\n");
    BmEdition *edition = bm_edition_new ();

    for (int i = 1; i <= 6; i++)
        g_string_append_printf (text, story, i);
    g_string_append (text, "![广告](<>)\n");
    bm_edition_read_markdown (edition, "<warm>", text->str, text->len, diags);
    g_string_free (text, TRUE);
    return edition;
}

static void
set_warm_page (BmSession *session, const BmLayout *layout, BmDiags *diags)
{
    BmEdition *edition = warm_edition (diags);
    const BmMakeupOptions options = { .picture_root = "/nonexistent" };
    BmPlan *plan = edition->n_pages > 0 ? bm_makeup_page (edition, 0, layout, session->type, &options, diags) : NULL;

    if (plan != NULL) {
        const BmPlan *plans[] = { plan };
        const BmDrawOptions draw = { .picture_root = "/nonexistent" };
        GByteArray *bytes = bm_draw_pdf (plans, 1, &draw, diags);

        if (bytes != NULL)
            g_byte_array_unref (bytes);
    }
    bm_plan_free (plan);
    bm_edition_free (edition);
}

/* Pango asks fontconfig in a thread of its own; a fork while it runs would leave its locks held for ever. */
static void
wait_for_threads (void)
{
    for (int i = 0; i < 200; i++) {
        GDir *tasks = g_dir_open ("/proc/self/task", 0, NULL);
        int n = 0;

        while (tasks != NULL && g_dir_read_name (tasks) != NULL)
            n++;
        if (tasks != NULL)
            g_dir_close (tasks);
        if (n <= 1)
            return;
        g_usleep (5000);
    }
}

bool
bm_warm_up (BmSession *session, const char *name)
{
    if (bm_session_type (session) == NULL)
        return false;
    BmDiags *diags = bm_diags_new (); /* what our own page has to say interests nobody */
    BmLayout *layout = bm_layout_load (name != NULL ? name : "broadsheet", session->layout_dirs, diags);

    /* A layout that is wrong is each page's own fault, told by its process. */
    if (layout != NULL && bm_type_check_layout (session->type, layout, diags))
        set_warm_page (session, layout, diags);
    bm_type_trim (session->type, 0);
    bm_layout_free (layout);
    bm_diags_free (diags);
    wait_for_threads ();
    return true;
}
