/* edition-split.c — 增版: a page whose copy is more than it holds becomes several, where the edition may grow.
 *
 * So an edition of broadsheet pages is set as a tabloid: a page's items are dealt out to two or three, in one section,
 * each with a lead and pictures of its own, and the pages are numbered anew. How many there must be is what make-up
 * found the page to hold; one more is tried when copy is still over. */
#include "face/job.h"

#include <stdlib.h>
#include <string.h>

#define MOST_PARTS 6
#define TRIES 3           /* numbers of parts tried */
#define PICTURE 0.07      /* of what a page holds: a picture with its caption */
#define AD 0.16
#define HEAD 0.012

int
bm_sheet_over (const Sheet *sheet)
{
    int over = 0;

    for (int i = 0; sheet->plan != NULL && i < sheet->plan->n_overset; i++)
        over += sheet->plan->overset[i].characters;
    return over;
}

static int
characters_of (const BmPage *page)
{
    int n = 0;

    for (int i = 0; i < page->n_items; i++)
        n += page->items[i]->kind == BM_ITEM_AD ? 0 : bm_item_characters (page->items[i]);
    return n;
}

/* ---- dealing out ---- */

typedef struct {
    int index, rank;
    double weight; /* characters */
    bool picture, ad;
} Card;

static int
by_rank (const void *one, const void *two)
{
    const Card *a = one, *b = two;

    return a->rank != b->rank ? a->rank - b->rank : a->index - b->index;
}

/* Ads and pictures first: they are the hardest to level out. */
static int
by_weight (const void *one, const void *two)
{
    const Card *a = one, *b = two;

    if (a->ad != b->ad)
        return b->ad - a->ad;
    if (a->picture != b->picture)
        return b->picture - a->picture;
    if (fabs (a->weight - b->weight) > 0.5)
        return a->weight < b->weight ? 1 : -1;
    return a->index - b->index;
}

static Card *
cards_of (const BmPage *page, double capacity)
{
    Card *cards = g_new0 (Card, (gsize) MAX (page->n_items, 1));

    for (int i = 0; i < page->n_items; i++) {
        const BmItem *item = page->items[i];
        bool ad = item->kind == BM_ITEM_AD;

        cards[i] = (Card){ i, ad ? 9 : item->wish.importance, ad ? AD * capacity : bm_item_characters (item) + HEAD * capacity,
                           item->n_pictures > 0 && !ad, ad };
        cards[i].weight += cards[i].picture ? PICTURE * capacity * item->n_pictures : 0;
    }
    return cards;
}

static int
lightest (const double *loads, int n)
{
    int best = 0;

    for (int i = 1; i < n; i++)
        best = loads[i] < loads[best] - 0.5 ? i : best;
    return best;
}

/* part[item] for each item of the page: the leads one to a part, the rest to the part that has least. Items of one
 * container, and of one group, stay together. */
static void
deal_out (const BmPage *page, Card *cards, int n_parts, int *part)
{
    double loads[MOST_PARTS] = { 0 };
    int n = page->n_items, leads = 0;

    qsort (cards, (size_t) n, sizeof *cards, by_rank);
    for (int i = 0; i < n; i++)
        part[i] = -1;
    for (; leads < MIN (n, n_parts) && !cards[leads].ad; leads++) {
        part[cards[leads].index] = leads;
        loads[leads] += cards[leads].weight;
    }
    qsort (cards + leads, (size_t) (n - leads), sizeof *cards, by_weight);
    for (int i = leads; i < n; i++) {
        const BmItem *item = page->items[cards[i].index];
        int to = lightest (loads, n_parts);

        for (int k = 0; k < n; k++) {
            const BmItem *other = page->items[k];
            bool together = (item->wish.container != NULL && g_strcmp0 (item->wish.container, other->wish.container) == 0) ||
                            (item->wish.group != NULL && g_strcmp0 (item->wish.group, other->wish.group) == 0);

            to = together && part[k] >= 0 ? part[k] : to;
        }
        part[cards[i].index] = to;
        loads[to] += cards[i].weight;
    }
}

/* A page without its lead: its most important item becomes it. */
static void
give_lead (Job *job, BmPage *page)
{
    int best = -1;

    for (int i = 0; i < page->n_items; i++)
        if (page->items[i]->kind != BM_ITEM_AD && (best < 0 || page->items[i]->wish.importance < page->items[best]->wish.importance))
            best = i;
    if (best < 0 || page->items[best]->wish.importance == 1)
        return;
    page->items[best] = bm_arena_copy (job->made->arena, page->items[best], 1, sizeof (BmItem));
    page->items[best]->wish.importance = 1;
}

static BmPage *
page_of_part (Job *job, const BmPage *page, const int *part, int which)
{
    BmPage *own = bm_page_draft (job, page);

    own->n_items = 0;
    for (int i = 0; i < page->n_items; i++)
        if (part[i] == which)
            own->items[own->n_items++] = page->items[i];
    if (which > 0)
        own->page = bm_arena_printf (job->made->arena, "%s-%d", page->page == NULL ? "" : page->page, which + 1);
    give_lead (job, own);
    return own;
}

/* ---- one page as several ---- */

typedef struct {
    int n, over;
    Sheet *parts[MOST_PARTS];
    Made made[MOST_PARTS];
} Split;

static void
split_clear (Split *split)
{
    for (int i = 0; i < split->n; i++)
        bm_made_clear (&split->made[i]);
    split->n = 0;
}

/* The page in n parts, each made up; false if one cannot be. */
static bool
try_split (Job *job, Sheet *sheet, const BmPage *page, int n, double capacity, Split *split)
{
    int *part = bm_arena_new0 (job->arena, int, page->n_items);
    Card *cards = cards_of (page, capacity);
    bool ok = true;

    deal_out (page, cards, n, part);
    g_free (cards);
    *split = (Split){ 0 };
    for (int i = 0; i < n && ok; i++) {
        Sheet *own = bm_arena_copy (job->arena, sheet, 1, sizeof *sheet);

        own->page = page_of_part (job, page, part, i);
        own->front = sheet->front && i == 0;
        own->layout = NULL;
        own->plan = NULL;
        own->diags = NULL;
        split->parts[i] = own;
        ok = own->page->n_items > 0 && bm_sheet_layout (job, own);
        if (!ok)
            break;
        split->made[i] = bm_sheet_make (job, own, own->page, false);
        split->n = i + 1;
        ok = split->made[i].plan != NULL;
        for (int k = 0; ok && k < split->made[i].plan->n_overset; k++)
            split->over += split->made[i].plan->overset[k].characters;
    }
    if (!ok)
        split_clear (split);
    return ok;
}

/* The sheet becomes the first part, the others follow it. */
static void
take_split (Job *job, int at, Split *split)
{
    Sheet *sheet = sheet_of (job, at);

    sheet->page = split->parts[0]->page;
    sheet->layout = split->parts[0]->layout;
    bm_sheet_take (sheet, split->made[0]);
    for (int i = 1; i < split->n; i++) {
        bm_sheet_take (split->parts[i], split->made[i]);
        g_ptr_array_insert (job->sheets, at + i, split->parts[i]);
    }
    bm_diag (sheet->diags, BM_NOTE, "BM0817", BM_IN_FILE (sheet->file), "grow: in edition.yaml says up to how many pages",
             "the copy of page %s makes %d pages", sheet->page->page == NULL ? "?" : sheet->page->page, split->n);
}

/* Fewest parts that hold all; else those that leave least over. */
static bool
split_sheet (Job *job, int at, int room)
{
    Sheet *sheet = sheet_of (job, at);
    int total = characters_of (sheet->page), over = bm_sheet_over (sheet);
    double capacity = MAX (total - over, 1);
    int first = CLAMP ((int) (total / capacity + 0.75), 2, MOST_PARTS);
    Split best = { .over = over };

    BmPage *page = bm_page_draft (job, sheet->page);
    bm_page_settle_ranks (job, page);
    for (int n = first; n < first + TRIES && n <= MIN (MOST_PARTS, room + 1) && (best.n == 0 || best.over > 0); n++) {
        Split split;

        if (!try_split (job, sheet, page, n, capacity, &split))
            continue;
        if (split.over < best.over) {
            split_clear (&best);
            best = split;
        } else {
            split_clear (&split);
        }
    }
    if (best.n > 0)
        take_split (job, at, &best);
    return best.n > 0;
}

bool
bm_job_grow (Job *job, double share)
{
    int most = job->brief != NULL ? job->brief->grow : 0;
    bool grown = false;

    for (int i = 0; i < (int) job->sheets->len && (int) job->sheets->len < most; i++) {
        Sheet *sheet = sheet_of (job, i);

        if (sheet->plan != NULL && sheet->plan->n_overset > 0 && bm_sheet_over (sheet) > share * characters_of (sheet->page))
            grown = split_sheet (job, i, most - (int) job->sheets->len) || grown;
    }
    return grown;
}

/* ---- numbers ---- */

static bool
whole_number (const char *text, int *number)
{
    char *end = NULL;
    gint64 value = text == NULL ? 0 : g_ascii_strtoll (text, &end, 10);

    *number = (int) CLAMP (value, 0, 100000);
    return text != NULL && *text != '\0' && *end == '\0' && value > 0;
}

/* Only pages that follow one another, 1 2 3, are numbered anew; else a part is called 4-2. */
static bool
are_consecutive (const Job *job)
{
    int last = 0, number;

    for (guint i = 0; i < job->sheets->len; i++) {
        const Sheet *sheet = sheet_of (job, (int) i);

        if (i > 0 && sheet->given == sheet_of (job, (int) i - 1)->given)
            continue;
        if (!whole_number (sheet->given->page, &number) || (i > 0 && number != last + 1))
            return false;
        last = number;
    }
    return true;
}

void
bm_job_renumber (Job *job, bool *changed)
{
    int first = 1;

    if (are_consecutive (job) && whole_number (sheet_of (job, 0)->given->page, &first))
        for (guint i = 0; i < job->sheets->len; i++) {
            Sheet *sheet = sheet_of (job, (int) i);
            const char *label = bm_arena_printf (job->made->arena, "%d", first + (int) i);

            if (g_strcmp0 (label, sheet->page->page) == 0)
                continue;
            sheet->page->page = label;
            changed[i] = true;
        }
    bm_job_rewrite_links (job, changed);
}
