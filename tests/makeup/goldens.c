/* goldens.c — see goldens.h. */
#include "makeup/goldens.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* The first line that differs, and where. */
void
show_difference (const char *where, const char *want, const char *have)
{
    char **a = g_strsplit (want, "\n", -1), **b = g_strsplit (have, "\n", -1);
    int i = 0;

    while (a[i] != NULL && b[i] != NULL && strcmp (a[i], b[i]) == 0)
        i++;
    print_error ("%s:%d\n  wanted: %s\n  now:    %s\n", where, i + 1, a[i] == NULL ? "(end)" : a[i],
                 b[i] == NULL ? "(end)" : b[i]);
    g_strfreev (a);
    g_strfreev (b);
}

bool
agrees_with_golden (const Made *page, const char *suffix)
{
    char *name = g_path_get_basename (page->wanted.file), *golden = NULL, *want = NULL;
    char *stem = g_strndup (name, strlen (name) - strlen (".md"));
    const BmPlan *plan = page->plan;
    char *have = bm_plans_to_json (&plan, 1);
    bool same = true;

    golden = g_strdup_printf ("%s/tests/goldens/%s-%d%s.plan.json", BM_SOURCE_DIR, stem, plan->grid.columns, suffix);
    if (g_getenv ("BM_UPDATE_GOLDENS") != NULL) {
        same = g_file_set_contents (golden, have, -1, NULL);
    } else {
        same = g_file_get_contents (golden, &want, NULL, NULL) && strcmp (want, have) == 0;
        if (!same)
            show_difference (golden, want == NULL ? "(missing; tests/update-goldens writes it)" : want, have);
    }
    g_free (name);
    g_free (stem);
    g_free (golden);
    g_free (want);
    g_free (have);
    return same;
}
