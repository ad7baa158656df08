/* ads.c — ads: strips across the foot, corners, standard formats for those without a size (page-makeup.md §2). */
#include "makeup/build.h"

#include <math.h>

#define FULL 0.95          /* a share of the width from which an ad is a full strip */
#define LEAST_NEWS_ROWS 10 /* §12: a region under this is no page */
#define EAR_SHARE 0.4      /* 报眼 without a size: two of five columns … */
#define EAR_ROWS 16        /* … and 65 mm of a broadsheet */
#define MARK_INSET 6.0     /* points of the word 广告 from the ad's edges */
#define SLOT_WORD 2.6      /* × ad text: the word in an empty slot */

/* ---- sizes ---- */

static double
wished_share (const Maker *maker, const BmItem *item)
{
    const BmWish *wish = &item->wish;

    if (wish->half_width)
        return 0.5;
    if (wish->columns > 0)
        return MIN (1, (double) wish->columns / maker->grid.columns);
    if (wish->width > 0)
        return wish->width / maker->layout->area_width;
    return wish->place == BM_PLACE_EAR ? EAR_SHARE : 1;
}

static int
wished_rows (const Maker *maker, const Ad *ad)
{
    const BmWish *wish = &ad->item->wish;
    double width = ad->share * maker->layout->area_width;

    if (wish->rows > 0)
        return wish->rows;
    if (wish->height > 0)
        return MAX (1, (int) lround (wish->height / maker->grid.pitch));
    if (ad->artwork.file == NULL)
        return wish->place == BM_PLACE_EAR ? MIN (EAR_ROWS, maker->grid.rows / 4) : 0;
    /* Artwork has a shape of its own: it is not cut. */
    return MAX (1, (int) lround (width / ad->artwork.ratio / maker->grid.pitch));
}

static bool
refuse_ad (Maker *maker, const Ad *ad, const char *what, double value, double most)
{
    bm_diag (maker->diags, BM_ERROR, "BM0603", ad->item->where,
             "give it a size that fits, <!-- 高120mm --> or <!-- 半通栏 -->, or none at all", "the ad is %s: %.0f of %.0f mm", what,
             value / BM_PT_PER_MM, most / BM_PT_PER_MM);
    return false;
}

static bool
prepare_ad (Maker *maker, Ad *ad)
{
    const BmItem *item = ad->item;
    double height = maker->grid.rows * maker->grid.pitch;

    ad->artwork.ratio = 1.5;
    ad->ear = maker->layout->front && maker->layout->front_ear > 0 && item->wish.place == BM_PLACE_EAR;
    if (item->n_pictures > 0 && !bm_photo_read (maker, &item->pictures[0], &ad->artwork))
        return false;
    if (ad->ear) {
        ad->rows = maker->layout->folio_rows;
        return true;
    }
    ad->share = wished_share (maker, item);
    if (ad->share > 1.001)
        return refuse_ad (maker, ad, "wider than the page", ad->share * maker->layout->area_width, maker->layout->area_width);
    ad->rows = wished_rows (maker, ad);
    ad->side = item->wish.place == BM_PLACE_LEFT || item->wish.place == BM_PLACE_EAR ? item->wish.place : BM_PLACE_RIGHT;
    if (ad->rows > maker->grid.rows)
        return refuse_ad (maker, ad, "higher than the page", ad->rows * maker->grid.pitch, height);
    return true;
}

bool
bm_ads_prepare (Maker *maker)
{
    const BmPage *page = maker->page;
    bool fine = true, ear = false;

    maker->ads = bm_arena_new0 (maker->arena, Ad, page->n_items + 1); /* and one of the house */
    for (int i = 0; i < page->n_items; i++) {
        if (page->items[i]->kind != BM_ITEM_AD)
            continue;
        maker->ads[maker->n_ads].item = page->items[i];
        Ad *ad = &maker->ads[maker->n_ads++];
        fine = prepare_ad (maker, ad) && fine;
        if (ear && ad->side == BM_PLACE_EAR) {
            bm_diag (maker->diags, BM_WARNING, "BM0612", ad->item->where, "a page has one 报眼; give this ad another place", "a second ad wishes the ear of the page: it stands at the foot");
            ad->side = BM_PLACE_RIGHT;
        }
        ear = ear || ad->side == BM_PLACE_EAR;
    }
    return fine;
}

bool
bm_ads_add (Maker *maker, const BmItem *item)
{
    Ad *ad = &maker->ads[maker->n_ads++];

    *ad = (Ad){ .item = item };
    if (prepare_ad (maker, ad))
        return true;
    maker->n_ads--;
    return false;
}

bool
bm_ads_are_free (const Maker *maker)
{
    for (int i = 0; i < maker->n_ads; i++)
        if (maker->ads[i].rows == 0)
            return true;
    return false;
}

/* ---- places ---- */

static int
rows_of (const Maker *maker, const Ad *ad, int format)
{
    if (ad->rows > 0)
        return ad->rows;
    const BmLayout *layout = maker->layout;
    if (format < 0 || layout->n_ad_formats == 0)
        return MAX (1, maker->grid.rows / 4);
    double height = layout->ad_formats[MIN (format, layout->n_ad_formats - 1)].height;
    return MAX (1, (int) lround (height / maker->grid.pitch));
}

static int
corner_columns (const Maker *maker, const Ad *ad)
{
    return MAX (1, (int) lround (ad->share * maker->grid.columns));
}

/* Ads fill strips from the foot up, side by side as long as they fit. */
typedef struct {
    double used;
    int strip, rows, foot, corners;
} Strips;

static void
open_strip (const Maker *maker, Strips *strips)
{
    strips->foot -= strips->strip < 0 ? 0 : maker->layout->ad_gap_rows / 2;
    strips->strip++;
    strips->rows = 0;
    strips->used = 0;
}

/* The strip is as high as its highest ad, and all ads in it are. */
static void
place_in_strip (Maker *maker, Strips *strips, int number, int rows)
{
    Ad *ad = &maker->ads[number];

    /* On a page of one column a second ad beside the first would have no column. */
    if (strips->strip < 0 || strips->used + ad->share > 1.001 || maker->grid.columns == 1)
        open_strip (maker, strips);
    ad->in_strip = strips->strip;
    strips->foot -= MAX (0, rows - strips->rows);
    strips->rows = MAX (strips->rows, rows);
    for (int i = 0; i <= number; i++)
        if (!maker->ads[i].corner && !maker->ads[i].ear && maker->ads[i].in_strip == strips->strip) {
            maker->ads[i].strip = strips->rows;
            maker->ads[i].row = strips->foot;
        }
    ad->x = strips->used;
    strips->used += ad->share;
}

/* Do the ads from here on fill a strip side by side? Fewer leave a hole in it: they stand in corners. */
static bool
fills_a_strip (const Maker *maker, int number)
{
    double share = 0;

    for (int i = number; i < maker->n_ads; i++) {
        const Ad *ad = &maker->ads[i];

        if (ad->ear || ad->side == BM_PLACE_EAR)
            continue;
        if (share + ad->share > 1.001)
            break;
        share += ad->share;
    }
    return share >= FULL;
}

/* One that is alone in half a strip stands in a corner, the second in the other. */
static bool
is_corner (Maker *maker, const Strips *strips, int number)
{
    const Ad *ad = &maker->ads[number];

    if (ad->side == BM_PLACE_EAR)
        return corner_columns (maker, ad) < maker->grid.columns;
    return ad->share < FULL && corner_columns (maker, ad) < maker->grid.columns &&
           (strips->strip < 0 || strips->used + ad->share > 1.001) && !fills_a_strip (maker, number) && strips->corners < 2;
}

/* §12: a corner ad that leaves less than a story's rows above it takes them, else nothing could fill them. */
static bool
fit_corner (const Maker *maker, Ad *ad, int region)
{
    if (ad->strip > region)
        return false;
    if (region - ad->strip - maker->separator < LEAST_NEWS_ROWS && ad->side != BM_PLACE_EAR)
        ad->strip = region;
    return true;
}

int
bm_ads_arrange (Maker *maker, int format)
{
    Strips strips = { .strip = -1, .foot = maker->grid.rows };
    int taken = 0;

    for (int i = 0; i < maker->n_ads; i++) {
        Ad *ad = &maker->ads[i];
        int rows = rows_of (maker, ad, format);

        if (ad->ear)
            continue;
        ad->corner = is_corner (maker, &strips, i);
        if (!ad->corner) {
            place_in_strip (maker, &strips, i, rows);
            continue;
        }
        ad->columns = corner_columns (maker, ad);
        ad->strip = rows;
        if (ad->side == BM_PLACE_EAR)
            continue;
        if (strips.corners++ > 0)
            ad->side = maker->ads[taken].side == BM_PLACE_LEFT ? BM_PLACE_RIGHT : BM_PLACE_LEFT;
        taken = i;
    }
    int region = strips.strip < 0 ? maker->grid.rows : strips.foot - maker->layout->ad_gap_rows;
    if (region < LEAST_NEWS_ROWS)
        return -1;
    for (int i = 0; i < maker->n_ads; i++)
        if (maker->ads[i].corner && !fit_corner (maker, &maker->ads[i], region))
            return -1;
    return region;
}

int
bm_ads_fill (Maker *maker)
{
    Strips strips = { .strip = -1, .foot = maker->grid.rows };
    int sized = 0, n_free = 0, gaps = 0;

    for (int i = 0; i < maker->n_ads; i++) {
        if (maker->ads[i].ear)
            continue;
        sized += maker->ads[i].rows;
        n_free += maker->ads[i].rows == 0;
        gaps += i > 0 ? maker->layout->ad_gap_rows / 2 : 0;
    }
    for (int i = 0; i < maker->n_ads; i++) {
        Ad *ad = &maker->ads[i];
        int left = maker->grid.rows - sized - gaps;

        if (ad->ear)
            continue;
        ad->corner = false;
        place_in_strip (maker, &strips, i, ad->rows > 0 ? ad->rows : MAX (1, left / MAX (n_free, 1)));
    }
    return strips.foot;
}

int
bm_ads_in_corners (const Maker *maker)
{
    int n = 0;

    for (int i = 0; i < maker->n_ads; i++)
        n += maker->ads[i].corner;
    return n;
}

/* A corner ad is a leaf with one shape; the search keeps it at the foot. */
void
bm_ad_shapes (Maker *maker, Leaf *leaf, Ad *ad)
{
    int rows = maker->region + maker->separator, h = ad->strip + maker->separator;
    int at = MIN (ad->columns, maker->grid.columns) * (rows + 1) + h;

    leaf->cost[at] = 0;
    leaf->top[at] = TOP_QUIET;
    leaf->anchor = ad->side;
    if (ad->side != BM_PLACE_EAR)
        return;
    leaf->placed = true; /* 报眼: at the head, right */
    leaf->columns = ad->columns;
    leaf->column = maker->grid.columns - ad->columns;
    leaf->rows = h;
}

/* ---- drawing ---- */

static void
add_ad_line (Build *build, GArray *lines, const char *text, BmRoleId role, double size, double x, double baseline)
{
    BmPlacedLine line = bm_furniture_line (build, bm_arena_strdup (build->arena, text), role, size, x, baseline);

    g_array_append_val (lines, line);
}

static void
set_mark (Build *build, const BmElement *element, GArray *lines, bool empty_slot)
{
    const BmLayout *layout = build->maker->layout;
    double mark = layout->roles[BM_ROLE_AD_MARK].size;

    if (empty_slot) {
        double size = layout->roles[BM_ROLE_AD_TEXT].size * SLOT_WORD;
        double width = bm_text_width (build, layout->ad_word, BM_ROLE_AD_TEXT, size);

        add_ad_line (build, lines, layout->ad_word, BM_ROLE_AD_TEXT, size, element->x + (element->width - width) / 2,
                     element->y + element->height / 2 + 0.38 * size);
        return;
    }
    double width = bm_text_width (build, layout->ad_word, BM_ROLE_AD_MARK, mark);
    add_ad_line (build, lines, layout->ad_word, BM_ROLE_AD_MARK, mark, element->x + element->width - MARK_INSET - width - 0.6 * mark,
                 element->y + MARK_INSET + 1.3 * mark);
}

typedef struct {
    double x, y, width, height;
} AdBox;

static void
build_ad (Build *build, const Ad *ad, AdBox box, int row, int columns, int column)
{
    const Maker *maker = build->maker;
    double x = box.x, y = box.y, width = box.width, height = box.height;
    BmPlanItem item = { .id = bm_arena_strdup (build->arena, ad->item->id), .kind = "ad", .importance = 6, .column = column,
                        .row = row, .columns = columns, .rows = ad->strip, .characters = bm_item_characters (ad->item) };
    bool words = bm_ad_has_words (maker, ad);
    bool empty_slot = ad->artwork.file == NULL && !words;
    GArray *lines = g_array_new (FALSE, TRUE, sizeof (BmPlacedLine));

    g_array_append_val (build->items, item);
    if (empty_slot)
        bm_add_element (build, item.id, BM_ELEM_TINT, x, y, width, height)->ink = maker->layout->tint_ink;
    BmElement *element = bm_add_element (build, item.id, BM_ELEM_AD, x, y, width, height);
    element->file = bm_arena_strdup (build->arena, ad->artwork.file);
    element->stroke = maker->layout->ad_frame;
    element->ink = maker->layout->ad_frame_ink;
    if (build->with_glyphs) {
        set_mark (build, element, lines, empty_slot);
        if (ad->artwork.file == NULL && words)
            bm_build_ad_words (build, ad, element, lines);
        element->n_lines = (int) lines->len;
        element->lines = bm_arena_copy (build->arena, lines->data, lines->len, sizeof (BmPlacedLine));
    }
    g_array_free (lines, TRUE);
}

void
bm_build_ads (Build *build)
{
    const Maker *maker = build->maker;
    double width = maker->layout->area_width;

    for (int i = 0; i < maker->n_ads; i++) {
        const Ad *ad = &maker->ads[i];

        double y = bm_row_y (build, ad->row), height = ad->strip * maker->grid.pitch;

        if (ad->ear) {
            AdBox ear;

            bm_ear_box (build, &ear.x, &ear.y, &ear.width, &ear.height);
            build_ad (build, ad, ear, 0, 0, 0);
            continue;
        }
        if (ad->corner) {
            build_ad (build, ad, (AdBox){ maker->grid.x[ad->column], y, bm_span_width (maker, ad->columns), height }, ad->row, ad->columns, ad->column);
            continue;
        }
        int first = (int) lround (ad->x * maker->grid.columns);
        int columns = MAX (1, (int) lround (ad->share * maker->grid.columns));
        bool alone = ad->share >= FULL;
        double x = maker->layout->area_x + (alone ? 0 : ad->x * (width + maker->grid.gutter));
        double own = alone ? width : ad->share * (width + maker->grid.gutter) - maker->grid.gutter;
        own = MIN (own, maker->layout->area_x + width - x); /* widths in mm may add up to a hair more */
        build_ad (build, ad, (AdBox){ x, y, own, height }, ad->row, MIN (columns, maker->grid.columns - first), first);
    }
}
