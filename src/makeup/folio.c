/* folio.c — 报眉: page number and section at the outer side, paper and date at the inner, over a double rule
 * (visual/style.md §6). What the edition does not say is not there. */
#include "makeup/build.h"

#include <stdio.h>
#include <string.h>

#define BAR (0.35 * BM_PT_PER_MM) /* red bar between number and section */
#define BAR_GAP 0.22              /* × number size on each side of the bar */
#define PAPER_LIFT 1.9            /* baseline of the paper over that of the date, × date size */

static bool
is_even (const char *page)
{
    char last = page == NULL || page[0] == '\0' ? '0' : page[strlen (page) - 1];

    return ((last - '0') & 1) == 0;
}

/* 2017-12-28 as 2017年12月28日　星期四, in Japanese 木曜日; any other text as it stands. */
char *
bm_date_text (const char *date, const char *lang)
{
    static const char *const japanese[] = { "月", "火", "水", "木", "金", "土", "日" };
    static const char *const days[] = { "一", "二", "三", "四", "五", "六", "日" };
    int year, month, day;

    if (date == NULL || sscanf (date, "%4d-%2d-%2d", &year, &month, &day) != 3 || year < 1 || month < 1 || month > 12 ||
        day < 1 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
        return g_strdup (date);
    GDate *of = g_date_new_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
    int weekday = (int) g_date_get_weekday (of) - 1;
    char *text = bm_language_of (lang) == BM_LANGUAGE_JA ? g_strdup_printf ("%d年%d月%d日　%s曜日", year, month, day, japanese[weekday])
                                               : g_strdup_printf ("%d年%d月%d日　星期%s", year, month, day, days[weekday]);
    g_date_free (of);
    return text;
}

static char *
credits_line (const BmPage *page)
{
    GString *line = g_string_new (NULL);
    char *date = bm_date_text (page->date, page->lang);

    if (date != NULL)
        g_string_append (line, date);
    for (int i = 0; i < page->n_folio; i++) {
        char **tokens = g_strsplit_set (page->folio[i], " \t", -1);

        for (int k = 0; tokens[k] != NULL; k++)
            if (tokens[k][0] != '\0')
                g_string_append_printf (line, "%s%s", line->len == 0 ? "" : k == 0 ? "　　" : "　", tokens[k]);
        g_strfreev (tokens);
    }
    g_free (date);
    return g_string_free (line, FALSE);
}

typedef struct {
    Build *build;
    double left, right, baseline;
} Folio;

static void
add_line (Folio *folio, const char *text, BmRoleId role, double x, double baseline, bool from_right)
{
    Build *build = folio->build;
    double size = build->maker->layout->roles[role].size;
    const char *kept = bm_arena_strdup (build->arena, text);
    double at = from_right ? x - bm_text_width (build, kept, role, size) : x;
    BmPlacedLine line = bm_furniture_line (build, kept, role, size, at, baseline);

    BmElement *element = bm_add_element (build, NULL, BM_ELEM_FOLIO, at, baseline - size, line.width, size * 1.15);
    element->lines = bm_arena_copy (build->arena, &line, 1, sizeof line);
    element->n_lines = 1;
    bm_set_face (build, element, role, size);
}

/* Number, bar, section: from the left edge on even pages, from the right on odd. */
static void
outer_side (Folio *folio, bool left)
{
    Build *build = folio->build;
    const BmPage *page = build->maker->page;
    const BmLayout *layout = build->maker->layout;
    double number = layout->roles[BM_ROLE_FOLIO_NUMBER].size, x = left ? folio->left : folio->right;

    if (page->page != NULL && page->page[0] != '\0') {
        double width = bm_text_width (build, page->page, BM_ROLE_FOLIO_NUMBER, number), gap = BAR_GAP * number;

        add_line (folio, page->page, BM_ROLE_FOLIO_NUMBER, x, folio->baseline, !left);
        x += left ? width + gap : -(width + gap);
        if (page->section != NULL || !left)
            bm_add_rule (build, NULL, x - BAR / 2, folio->baseline - 0.82 * number, BAR, 0.86 * number, BAR, layout->roles[BM_ROLE_FOLIO_PAPER].ink);
        x += left ? gap : -gap;
    }
    if (page->section != NULL && left)
        add_line (folio, page->section, BM_ROLE_FOLIO_SECTION, x, folio->baseline, false);
    if (page->section != NULL && !left)
        add_line (folio, page->section, BM_ROLE_FOLIO_SECTION, folio->left, folio->baseline, false);
    if (left)
        folio->left = x;
    else
        folio->right = x;
}

static void
inner_side (Folio *folio)
{
    Build *build = folio->build;
    const BmPage *page = build->maker->page;
    const BmLayout *layout = build->maker->layout;
    char *credits = credits_line (page);
    double lift = credits[0] == '\0' ? 0 : PAPER_LIFT * layout->roles[BM_ROLE_FOLIO].size;

    if (page->paper != NULL && page->paper[0] != '\0')
        add_line (folio, page->paper, BM_ROLE_FOLIO_PAPER, folio->right, folio->baseline - lift, true);
    if (credits[0] != '\0')
        add_line (folio, credits, BM_ROLE_FOLIO, folio->right, folio->baseline, true);
    g_free (credits);
}

void
bm_build_folio (Build *build)
{
    const BmLayout *layout = build->maker->layout;
    double foot = layout->area_y + layout->folio_rows * build->maker->grid.pitch;
    double thick = foot - layout->folio_thick - (layout->folio_thin > 0 ? layout->folio_apart + layout->folio_thin : 0);
    Folio folio = { .build = build, .left = layout->area_x, .right = layout->area_x + layout->area_width,
                    .baseline = thick - layout->folio_baseline_gap };

    if (layout->front) {
        bm_build_nameplate (build);
        return;
    }
    if (layout->folio_rows == 0)
        return;
    outer_side (&folio, is_even (build->maker->page->page));
    inner_side (&folio);
    bm_add_rule (build, NULL, layout->area_x, thick, layout->area_width, layout->folio_thick, layout->folio_thick, "black");
    if (layout->folio_thin > 0)
        bm_add_rule (build, NULL, layout->area_x, foot - layout->folio_thin, layout->area_width, layout->folio_thin,
                     layout->folio_thin, "black");
}
