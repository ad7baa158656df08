/* press.c — a press PDF on request: profile, slug line, sheets, press step. */
#include "face/face-private.h"

#include <math.h>
#include <string.h>

#define MAX_BLEED (20 * BM_PT_PER_MM)

/* ---- what is asked for ---- */

static bool
refuse (BmSession *session, const char *hint, const char *what, bool *usage)
{
    bm_diag (session->diags, BM_ERROR, "BM0804", BM_NOWHERE, hint, "%s", what);
    *usage = true;
    return false;
}

static bool
read_profile (BmSession *session, const BmSetRequest *request, BmPressSetup *setup, bool *usage)
{
    const char *file = request->icc != NULL ? request->icc : session->press_profile;

    if (file == NULL)
        return refuse (session, "name one with --icc", "there is no press profile", usage);
    setup->profile = bm_press_profile_read (file, session->diags);
    return setup->profile != NULL && bm_press_profile_suits (setup->profile, setup->standard, file, session->diags);
}

bool
bm_press_setup (BmSession *session, const BmSetRequest *request, BmPressSetup *setup, bool *usage)
{
    *setup = (BmPressSetup){ 0 };
    *usage = false;
    if (request->press != NULL && !bm_press_standard_named (&setup->standard, request->press))
        return refuse (session, "none, x4, x1a, a2b or a1b", "unknown press standard", usage);
    if (!bm_check_length (request->bleed, 0, MAX_BLEED))
        return refuse (session, "0 to 20 mm", "a bleed that no press has", usage);
    if (setup->standard == BM_PRESS_NONE && (request->marks || request->bleed > 0))
        return refuse (session, "add --press x4", "bleed and marks are a press PDF's", usage);
    return (setup->standard == BM_PRESS_NONE && !request->proof) || read_profile (session, request, setup, usage);
}

void
bm_press_setup_clear (BmPressSetup *setup)
{
    bm_press_profile_free (setup->profile);
    *setup = (BmPressSetup){ 0 };
}

/* ---- the slug line ---- */

#define SLUG_SIZE (7 * BM_PT_PER_DIAN)

/* Paper, section, page, date, sheet and condition, in the folio's face, under the page's left half. */
static char *
slug_text (const BmPlan *plan, const BmPressSetup *setup, int page, int n)
{
    const char *const words[] = { plan->paper, plan->section, plan->page, plan->date };
    GString *text = g_string_new (NULL);

    for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
        if (words[i] != NULL && words[i][0] != '\0')
            g_string_append_printf (text, "%s　", words[i]);
    g_string_append_printf (text, "%d/%d　%s", page + 1, n, setup->profile->name);
    return g_string_free (text, FALSE);
}

static bool
set_slug_line (BmSession *session, BmArena *arena, const BmLayout *layout, const char *words, BmPlacedLine *line)
{
    const BmText text = { .utf8 = words, .length = -1, .kind = BM_TEXT_BYLINE, .role = &layout->roles[BM_ROLE_FOLIO] };
    const double measure = 1000;
    const BmShaped *shaped = bm_type_shape (session->type, &text, &layout->style, session->diags);
    BmGalley *galley = shaped != NULL ? bm_compose (arena, shaped, &layout->style, &measure, 1, 0, 0) : NULL;

    if (galley == NULL || galley->n_lines < 1)
        return false;
    line->size = SLUG_SIZE;
    line->width = galley->lines[0].width * SLUG_SIZE;
    line->runs = bm_line_runs (arena, galley, 0, &line->n_runs);
    return true;
}

static BmPlacedLine *
slug_lines (BmSession *session, BmArena *arena, const BmPressSetup *setup, const BmLayout *layout, const BmPlan *const *plans,
            int n, double bleed, double slug)
{
    BmPlacedLine *lines = bm_arena_new0 (arena, BmPlacedLine, n);

    for (int i = 0; i < n; i++) {
        char *words = slug_text (plans[i], setup, i, n);

        bool ok = set_slug_line (session, arena, layout, bm_arena_strdup (arena, words), &lines[i]);
        g_free (words);
        if (!ok)
            return NULL;
        lines[i].x = slug;
        lines[i].baseline = plans[i]->height + (bleed + slug + 0.7 * SLUG_SIZE) / 2;
    }
    return lines;
}

/* ---- the file ---- */

GByteArray *
bm_make_press_pdf (BmSession *session, const BmSetRequest *request, const BmPressSetup *setup, const BmLayout *layout,
                   const BmPlan *const *plans, int n_plans, const BmDrawOptions *options)
{
    BmArena *arena = bm_arena_create ();
    BmInkCodes *inks = g_new0 (BmInkCodes, 1);
    double slug = bm_press_slug (request->bleed, request->marks);
    const BmPressSheet sheet = {
        .profile = setup->profile->bytes,
        .profile_length = setup->profile->length,
        .bleed = request->bleed,
        .slug = slug,
        .marks = request->marks,
        .slug_lines = request->marks ? slug_lines (session, arena, setup, layout, plans, n_plans, request->bleed, slug) : NULL,
    };
    GByteArray *drawn = bm_draw_press_pdf (plans, n_plans, options, &sheet, inks, session->diags), *out = NULL;
    char *title = bm_document_title (plans, n_plans, options->title), *date = bm_document_date (plans, options->date);
    const BmPressOptions press = {
        .standard = setup->standard,
        .profile = setup->profile,
        .title = title[0] != '\0' ? title : "banmian",
        .date = date,
        .condition = request->condition != NULL ? request->condition
                     : request->icc == NULL     ? "CGATS TR 002"
                                                : NULL,
        .lang = plans[0]->lang,
        .bleed = request->bleed,
        .slug = slug,
    };

    if (drawn != NULL) {
        out = bm_press (drawn, inks, &press, session->diags);
        g_byte_array_unref (drawn);
    }
    g_free (title);
    g_free (date);
    g_free (inks);
    bm_arena_free (arena);
    return out;
}
