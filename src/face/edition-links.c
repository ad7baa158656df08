/* edition-links.c — both ends of a story on two pages: the lines that name them, and what the plan says of them. */
#include "face/job.h"

#include <string.h>

/* ---- the lines ---- */

const char *
bm_jump_to_text (BmArena *arena, const char *lang, const char *label)
{
    switch (bm_language_of (lang)) {
    case BM_LANGUAGE_JA:
        return bm_arena_printf (arena, "（第%s面につづく）", label);
    case BM_LANGUAGE_HANT:
        return bm_arena_printf (arena, "（下轉第%s版）", label);
    default:
        return bm_arena_printf (arena, "（下转第%s版）", label);
    }
}

const char *
bm_jump_from_text (BmArena *arena, const char *lang, const char *label)
{
    if (bm_language_of (lang) == BM_LANGUAGE_JA)
        return label == NULL ? "（ほかの面からつづく）" : bm_arena_printf (arena, "（第%s面からつづく）", label);
    return label == NULL ? "（上接他版）" : bm_arena_printf (arena, "（上接第%s版）", label);
}

/* ---- lines that writers gave ---- */

/* Up to 99: 三 十二 二十 三十四. 0: it is no such number. */
static int
chinese_number (const char *text)
{
    static const char *const digits[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    int value = 0, digit = 0;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
        int found = 0;

        if (g_str_has_prefix (p, "十")) {
            value += 10 * MAX (digit, 1);
            digit = 0;
            continue;
        }
        for (int i = 1; i < 10; i++)
            found = g_str_has_prefix (p, digits[i]) ? i : found;
        if (found == 0)
            return 0;
        digit = found;
    }
    return value + digit;
}

/* The page that （下转第3版） or （上接A2版） names, as its number is written in front matter; g_free. NULL: none. */
static char *
label_in (const char *line)
{
    GMatchInfo *match = NULL;
    GRegex *regex = g_regex_new ("(?:下转|下轉|上接|紧接|緊接)\\s*第?\\s*([0-9A-Za-z一二三四五六七八九十-]+)\\s*[版面]", 0, 0, NULL);
    char *label = NULL;

    if (line != NULL && g_regex_match (regex, line, 0, &match))
        label = g_match_info_fetch (match, 1);
    g_match_info_free (match);
    g_regex_unref (regex);
    if (label != NULL && chinese_number (label) > 0) {
        char *number = g_strdup_printf ("%d", chinese_number (label));

        g_free (label);
        label = number;
    }
    return label;
}

static bool
same_head (const BmItem *a, const BmItem *b)
{
    if (a->n_headline != b->n_headline)
        return false;
    for (int i = 0; i < a->n_headline; i++)
        if (strcmp (a->headline[i], b->headline[i]) != 0)
            return false;
    return true;
}

/* The item of that page that says it comes from this one: of the same headline, else the only one. */
static const BmItem *
find_rest (const Sheet *to, const Sheet *from, const BmItem *first)
{
    const BmItem *only = NULL;
    int n = 0;

    for (int i = 0; i < to->page->n_items; i++) {
        const BmItem *item = to->page->items[i];
        char *label = label_in (item->jump_from);
        bool back = label != NULL && g_strcmp0 (label, from->given->page) == 0;

        g_free (label);
        if (!back)
            continue;
        if (same_head (item, first))
            return item;
        only = item;
        n++;
    }
    return n == 1 ? only : NULL;
}

static void
find_link (Job *job, Sheet *from, const BmItem *item)
{
    char *label = label_in (item->jump_to);
    bool found = false, page_there = label != NULL && bm_sheet_by_label (job, label) >= 0;

    for (guint i = 0; page_there && i < job->sheets->len && !found; i++) {
        Sheet *to = sheet_of (job, (int) i);
        const BmItem *rest = g_strcmp0 (to->given->page, label) == 0 ? find_rest (to, from, item) : NULL;

        if (rest == NULL)
            continue;
        Link link = { .from = from, .to = to, .from_item = item->id, .to_item = rest->id };
        g_array_append_val (job->links, link);
        found = true;
    }
    if (page_there && !found)
        bm_diag (from->diags, BM_WARNING, "BM0816", item->where, "write （上接第N版） under the headline of the rest",
                 "“%s” goes on on page %s, where nothing says that it comes from here", item->n_headline > 0 ? item->headline[0] : item->id, label);
    g_free (label);
}

static bool
is_linked (const Job *job, const Sheet *from, const BmItem *item)
{
    for (guint i = 0; i < job->links->len; i++) {
        const Link *link = &g_array_index (job->links, Link, i);

        if (link->from->given == from->given && strcmp (link->from_item, item->id) == 0)
            return true;
    }
    return false;
}

void
bm_job_find_links (Job *job)
{
    for (guint i = 0; i < job->sheets->len; i++) {
        Sheet *sheet = sheet_of (job, (int) i);

        for (int k = 0; k < sheet->page->n_items; k++)
            if (sheet->page->items[k]->jump_to != NULL && !is_linked (job, sheet, sheet->page->items[k]))
                find_link (job, sheet, sheet->page->items[k]);
    }
}

/* ---- both ends ---- */

/* An item may have gone to a page that was parted from its own. */
static Sheet *
holder_of (const Job *job, Sheet *sheet, const char *id, int *index)
{
    if (bm_page_item (sheet->page, id, index) != NULL)
        return sheet;
    for (guint i = 0; i < job->sheets->len; i++) {
        Sheet *part = sheet_of (job, (int) i);

        if (part->given == sheet->given && bm_page_item (part->page, id, index) != NULL)
            return part;
    }
    return NULL;
}

static void
set_line (Job *job, Sheet *sheet, int index, const char *text, bool to, bool *changed)
{
    BmItem *item = sheet->page->items[index];

    if (g_strcmp0 (to ? item->jump_to : item->jump_from, text) == 0)
        return;
    item = bm_arena_copy (job->made->arena, item, 1, sizeof *item);
    if (to)
        item->jump_to = text;
    else
        item->jump_from = text;
    sheet->page->items[index] = item;
    for (guint i = 0; i < job->sheets->len; i++)
        changed[i] = changed[i] || sheet_of (job, (int) i) == sheet;
}

void
bm_job_rewrite_links (Job *job, bool *changed)
{
    for (guint i = 0; i < job->links->len; i++) {
        const Link *link = &g_array_index (job->links, Link, i);
        int first = -1, rest = -1;
        Sheet *from = holder_of (job, link->from, link->from_item, &first), *to = holder_of (job, link->to, link->to_item, &rest);

        if (from == NULL || to == NULL || link->whole)
            continue;
        set_line (job, from, first, bm_jump_to_text (job->made->arena, from->page->lang, to->page->page), true, changed);
        set_line (job, to, rest, bm_jump_from_text (job->made->arena, to->page->lang, from->page->page), false, changed);
    }
}

static BmPlanItem *
plan_item (const Sheet *sheet, const char *id)
{
    for (int i = 0; sheet->plan != NULL && i < sheet->plan->n_items; i++)
        if (strcmp (sheet->plan->items[i].id, id) == 0)
            return &sheet->plan->items[i];
    return NULL;
}

static BmPlanEnd
end_of (const Job *job, const Sheet *sheet, const char *item, BmArena *arena)
{
    BmPlanEnd end = { bm_arena_strdup (arena, item), bm_arena_strdup (arena, sheet->page->page), 0 };

    for (guint i = 0; i < job->sheets->len; i++)
        if (sheet_of (job, (int) i) == sheet)
            end.sheet = (int) i;
    return end;
}

static void
say_link (Job *job, const Link *link, const Sheet *to)
{
    if (link->lines > 0)
        bm_diag (job->session->diags, BM_NOTE, link->whole ? "BM0815" : "BM0814", link->where, "edition.yaml says otherwise with jumps: or moves:",
                 link->whole ? "“%s” stands on page %s, all its %d lines" : "“%s” goes on on page %s, with %d lines", link->title, to->page->page, link->lines);
}

void
bm_job_write_links (Job *job)
{
    for (guint i = 0; i < job->links->len; i++) {
        const Link *link = &g_array_index (job->links, Link, i);
        const Sheet *from = holder_of (job, link->from, link->from_item, NULL), *to = holder_of (job, link->to, link->to_item, NULL);
        BmPlanItem *first = from == NULL ? NULL : plan_item (from, link->from_item), *rest = to == NULL ? NULL : plan_item (to, link->to_item);

        if (rest != NULL)
            say_link (job, link, to);
        if (first == NULL || rest == NULL || link->whole)
            continue;
        first->continued = end_of (job, to, link->to_item, from->plan->arena);
        rest->continues = end_of (job, from, link->from_item, to->plan->arena);
    }
}
