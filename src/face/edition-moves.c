/* edition-moves.c — items found by name, moved from page to page, ranks held fast. */
#include "face/job.h"

#include <string.h>

/* ---- items of a page ---- */

BmItem *
bm_page_item (const BmPage *page, const char *id, int *index)
{
    for (int i = 0; i < page->n_items; i++)
        if (strcmp (page->items[i]->id, id) == 0) {
            if (index != NULL)
                *index = i;
            return page->items[i];
        }
    return NULL;
}

void
bm_page_take_item (Job *job, BmPage *page, BmItem *item)
{
    BmItem **items = bm_arena_new0 (job->made->arena, BmItem *, page->n_items + 1);
    const char *id = item->id;

    for (int i = 0; i < page->n_items; i++)
        items[i] = page->items[i];
    for (int n = 2; bm_page_item (page, id, NULL) != NULL; n++)
        id = bm_arena_printf (job->made->arena, "%s-%d", item->id, n);
    item->id = id;
    items[page->n_items++] = item;
    page->items = items;
}

void
bm_page_drop_item (BmPage *page, int index)
{
    for (int i = index; i + 1 < page->n_items; i++)
        page->items[i] = page->items[i + 1];
    page->n_items--;
}

/* Ranks follow from the longest story of the page: cut or joined by another it would rank otherwise, and the page
 * be made up anew from the ground. */
void
bm_page_settle_ranks (Job *job, BmPage *page)
{
    int *ranks = g_new0 (int, (gsize) MAX (page->n_items, 1));

    bm_page_rank (page, ranks);
    for (int i = 0; i < page->n_items; i++) {
        if (page->items[i]->kind == BM_ITEM_AD || page->items[i]->wish.importance == ranks[i])
            continue;
        page->items[i] = bm_arena_copy (job->made->arena, page->items[i], 1, sizeof (BmItem));
        page->items[i]->wish.importance = CLAMP (ranks[i], 1, 5);
    }
    g_free (ranks);
}

/* ---- moves of edition.yaml ---- */

/* Is it called so: by its id (with or without #), or by the beginning of its headline, of at least four characters? */
static bool
is_called (const BmItem *item, const char *name)
{
    if (strcmp (item->id, name[0] == '#' ? name + 1 : name) == 0)
        return true;
    GString *headline = g_string_new (NULL);
    for (int i = 0; i < item->n_headline; i++)
        g_string_append (headline, item->headline[i]);
    bool called = g_utf8_strlen (name, -1) >= 4 && g_str_has_prefix (headline->str, name);
    g_string_free (headline, TRUE);
    return called;
}

typedef struct {
    int sheet, index, n; /* n: how many are called so */
} Found;

static Found
find_item (const Job *job, const BmItemBrief *brief)
{
    Found found = { -1, -1, 0 };

    for (guint i = 0; i < job->sheets->len; i++) {
        const Sheet *sheet = sheet_of (job, (int) i);

        if (brief->from != NULL && g_strcmp0 (sheet->given->page, brief->from) != 0)
            continue;
        for (int k = 0; k < sheet->page->n_items; k++)
            if (is_called (sheet->page->items[k], brief->item)) {
                found.sheet = found.n == 0 ? (int) i : found.sheet;
                found.index = found.n == 0 ? k : found.index;
                found.n++;
            }
    }
    return found;
}

/* Both ends of a move or a jump; false after a BM_ERROR. */
static bool
find_ends (Job *job, const BmItemBrief *brief, Found *found, int *to)
{
    BmDiags *diags = job->session->diags;

    *found = find_item (job, brief);
    *to = bm_sheet_by_label (job, brief->to);
    if (*to < 0)
        bm_diag (diags, BM_ERROR, "BM0813", brief->where, "pages are named by their numbers", "there is no page %s", brief->to);
    else if (found->n == 0)
        bm_diag (diags, BM_ERROR, "BM0813", brief->where, "name it by its id (<!-- #name -->) or by how its headline begins", "no item is called “%s”%s%s",
                 brief->item, brief->from != NULL ? " on page " : "", brief->from != NULL ? brief->from : "");
    else if (found->n > 1)
        bm_diag (diags, BM_ERROR, "BM0813", brief->where, "say from which page: from: 2", "%d items are called “%s”", found->n, brief->item);
    else if (found->sheet == *to)
        bm_diag (diags, BM_WARNING, "BM0813", brief->where, "name another page, or leave the entry out", "“%s” stands on page %s already",
                 brief->item, brief->to);
    return *to >= 0 && found->n == 1;
}

static bool
move_item (Job *job, const BmItemBrief *brief)
{
    Found found;
    int to;

    if (!find_ends (job, brief, &found, &to))
        return false;
    if (found.sheet == to)
        return true;
    Sheet *from = sheet_of (job, found.sheet);
    BmItem *item = bm_arena_copy (job->made->arena, from->page->items[found.index], 1, sizeof *item);
    bm_page_drop_item (from->page, found.index);
    bm_page_take_item (job, sheet_of (job, to)->page, item);
    return true;
}

/* ---- jumps that are wanted ---- */

/* Bytes of the text up to the last sentence end within `most`; 0: there is none. */
static size_t
sentence_end (const char *text, size_t most)
{
    size_t end = 0;

    for (const char *p = text; *p != '\0' && (size_t) (p - text) < most; p = g_utf8_next_char (p)) {
        const char *next = g_utf8_next_char (p);

        if (g_utf8_strchr ("。！？", -1, g_utf8_get_char (p)) == NULL)
            continue;
        while (*next != '\0' && g_utf8_strchr ("。！？…”’）」』", -1, g_utf8_get_char (next)) != NULL)
            next = g_utf8_next_char (next);
        if ((size_t) (next - text) <= most && *next != '\0')
            end = (size_t) (next - text);
    }
    return end;
}

/* Where a story is cut so that about this share of its text stays; false if it has no such place. */
static bool
cut_at (const BmItem *item, int keep, BmOverset *cut)
{
    size_t all = 0, so_far = 0, wanted;

    for (int i = 0; i < item->n_blocks; i++)
        all += item->blocks[i].text == NULL ? 0 : strlen (item->blocks[i].text);
    wanted = all * (size_t) keep / 100;
    *cut = (BmOverset){ .item = item->id, .policy = "jump", .block = 0 };
    while (cut->block < item->n_blocks) {
        const BmBlock *block = &item->blocks[cut->block];
        size_t length = block->text == NULL ? 0 : strlen (block->text);

        if (so_far + length > wanted) {
            cut->stay = block->kind == BM_BLOCK_PARAGRAPH ? sentence_end (block->text, wanted - so_far) : 0;
            break;
        }
        so_far += length;
        cut->block++;
    }
    /* A crosshead is no end. */
    while (cut->stay == 0 && cut->block > 0 && item->blocks[cut->block - 1].kind == BM_BLOCK_CROSSHEAD)
        cut->block--;
    return cut->block < item->n_blocks && (cut->block > 0 || cut->stay > 0);
}

static bool
jump_item (Job *job, const BmItemBrief *brief)
{
    Found found;
    int to;
    BmOverset cut;

    if (!find_ends (job, brief, &found, &to))
        return false;
    Sheet *from = sheet_of (job, found.sheet), *target = sheet_of (job, to);
    const BmItem *item = from->page->items[found.index];
    if (brief->keep == 0 || found.sheet == to || !cut_at (item, brief->keep, &cut))
        return true;
    bm_page_settle_ranks (job, from->page);
    bm_page_settle_ranks (job, target->page);
    item = from->page->items[found.index];
    BmItem *rest = bm_rest_of (job->made->arena, from->page, item, &cut);
    bm_dress_rest (job, rest, true);
    bm_page_take_item (job, target->page, rest);
    from->page->items[found.index] = bm_first_part (job->made->arena, item, &cut, bm_jump_to_text (job->made->arena, from->page->lang, target->page->page));
    Link link = { .from = from, .to = target, .from_item = item->id, .to_item = rest->id };
    g_array_append_val (job->links, link);
    return true;
}

bool
bm_job_move_items (Job *job)
{
    bool ok = true;

    for (int i = 0; job->brief != NULL && i < job->brief->n_moves; i++)
        ok = move_item (job, &job->brief->moves[i]) && ok;
    for (int i = 0; job->brief != NULL && i < job->brief->n_jumps; i++)
        ok = jump_item (job, &job->brief->jumps[i]) && ok;
    return ok;
}

int
bm_job_named_jump (const Job *job, const Sheet *sheet, const BmItem *item)
{
    for (int i = 0; job->brief != NULL && i < job->brief->n_jumps; i++) {
        const BmItemBrief *brief = &job->brief->jumps[i];

        if (is_called (item, brief->item) && (brief->from == NULL || g_strcmp0 (sheet->given->page, brief->from) == 0))
            return bm_sheet_by_label (job, brief->to);
    }
    return -1;
}
