/* wishes.c — what the edition asks of a story's width, place and container (interfaces.md §3): told as columns, and named
 * where it cannot be. */
#include "makeup/makeup-private.h"

static void
refuse (Maker *maker, const Story *story, const char *hint, const char *why)
{
    bm_diag (maker->diags, BM_WARNING, "BM0612", story->item->where, hint, "“%s”: %s",
             story->title != NULL && story->title[0] != '\0' ? story->title : story->item->id, why);
}

/* 180mm: the columns whose width is nearest. */
static int
columns_of_length (const Maker *maker, double width)
{
    int best = 1;

    for (int w = 2; w <= maker->grid.columns; w++)
        if (fabs (bm_span_width (maker, w) - width) < fabs (bm_span_width (maker, best) - width))
            best = w;
    return best;
}

static void
settle_width (Maker *maker, Story *story)
{
    const BmWish *wish = &story->item->wish;
    int columns = maker->grid.columns;

    if (wish->columns > columns) {
        refuse (maker, story, "take fewer columns, or 通栏", bm_arena_printf (maker->arena, "%d columns are wished of %d; it takes them all", wish->columns, columns));
        story->wished_columns = columns;
    } else if (wish->columns > 0) {
        story->wished_columns = wish->columns;
    } else if (wish->full_width) {
        story->wished_columns = columns;
    } else if (wish->half_width) {
        story->wished_columns = MAX (1, (columns + 1) / 2);
    } else if (wish->width > maker->layout->area_width + 1) {
        refuse (maker, story, "give it a width that the page has",
                bm_arena_printf (maker->arena, "%.0f mm are wished of %.0f mm; it takes the page's width", wish->width / BM_PT_PER_MM,
                                 maker->layout->area_width / BM_PT_PER_MM));
        story->wished_columns = columns;
    } else if (wish->width > 0) {
        story->wished_columns = columns_of_length (maker, wish->width);
    }
}

/* A container's member is a head and a text: pictures have no room in it. */
static void
settle_container (Maker *maker, Story *story)
{
    const char *why = NULL;

    if (story->container == NULL)
        return;
    if (story->n_photos > 0)
        why = "a story with a picture cannot stand in a container (集纳)";
    else if (story->n_parts == 0)
        why = "a headline without a text cannot stand in a container (集纳)";
    if (why == NULL)
        return;
    refuse (maker, story, "take the remark 集纳 out", why);
    story->container = NULL;
}

static void
settle_place (Maker *maker, Story *story)
{
    if (story->item->wish.place != BM_PLACE_ANY)
        refuse (maker, story, "places are for ads; --keep pins a story", "a story has no place of its own on a page; the remark is passed over");
    if (story->item->wish.height > 0 || story->item->wish.rows > 0)
        refuse (maker, story, "heights are for ads; a picture's follows from its width and the page", "a height is wished of a story; the remark is passed over");
    if (story->item->wish.head == BM_HEAD_VERTICAL && story->vertical == NULL)
        refuse (maker, story, "take the kicker and the deck out, or the remark 竖题", "a headline with a kicker or a deck cannot stand upright");
}

void
bm_wishes_settle (Maker *maker)
{
    for (int i = 0; i < maker->n_stories; i++) {
        settle_width (maker, &maker->stories[i]);
        settle_container (maker, &maker->stories[i]);
        settle_place (maker, &maker->stories[i]);
    }
}

bool
bm_heads_fit (Maker *maker)
{
    bool fit = true;

    for (int i = 0; i < maker->n_stories; i++) {
        Story *story = &maker->stories[i];
        double width = bm_span_width (maker, maker->grid.columns);

        if (story->main == NULL || bm_heads_of (maker, story, width)->n > 0)
            continue;
        bm_diag (maker->diags, BM_ERROR, "BM0613", story->item->where, "shorten the headline, or the kicker or deck with it",
                 "the headline of %ld characters fits no width up to %.0f mm in three lines at the smallest size: “%.*s…”", g_utf8_strlen (story->title, -1),
                 width / BM_PT_PER_MM, (int) (g_utf8_offset_to_pointer (story->title, MIN (12, g_utf8_strlen (story->title, -1))) - story->title), story->title);
        fit = false;
    }
    return fit;
}

/* No page is full with all the widths that are wished: the least important story's is given up. */
bool
bm_wishes_drop_one (Maker *maker)
{
    Story *least = NULL;

    for (int i = 0; i < maker->n_stories; i++) {
        Story *story = &maker->stories[i];

        if (story->wished_columns > 0 && !maker->held[i] && story->pin == NULL && (least == NULL || story->rank >= least->rank))
            least = story;
    }
    if (least == NULL)
        return false;
    refuse (maker, least, "another width may fit: leave it open, or give the page more or less copy",
            bm_arena_printf (maker->arena, "no page was found on which it is %d columns wide; its width is left open", least->wished_columns));
    least->wished_columns = 0;
    return true;
}
