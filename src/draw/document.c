/* document.c — what a document is called and dated, whatever writes it down. */
#include "draw/draw-private.h"

/* The date as Cairo takes it; without a date that reads as one, a fixed day: never the clock. */
char *
bm_document_date (const BmPlan *const *plans, const char *date)
{
    const char *wanted = date != NULL ? date : plans[0]->date;
    bool plain = wanted != NULL && g_regex_match_simple ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", wanted, 0, 0);
    bool full =
        wanted != NULL &&
        g_regex_match_simple ("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[-+][0-9]{2}:?[0-9]{2})?$", wanted, 0, 0);

    if (plain)
        return g_strdup_printf ("%sT00:00:00Z", wanted);
    return g_strdup (full ? wanted : "2000-01-01T00:00:00Z");
}

char *
bm_document_title (const BmPlan *const *plans, int n_plans, const char *title)
{
    const BmPlan *plan = plans[0];
    const char *const words[] = { plan->paper, plan->section, n_plans == 1 ? plan->page : NULL, plan->date };
    GString *text = g_string_new (title);

    for (size_t i = 0; title == NULL && i < G_N_ELEMENTS (words); i++)
        if (words[i] != NULL && words[i][0] != '\0')
            g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words[i]);
    return g_string_free (text, FALSE);
}
