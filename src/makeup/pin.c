/* pin.c — 钉住: items that stay where an earlier plan has them (--keep).
 *
 * A pinned item keeps its block, and in it the way it was built: of all ways to fill the block the one is taken whose
 * elements are those of the earlier plan. The search places it by its position (search-pinned.c). What cannot stay is named,
 * each pin with its reason; the page is then made without it. */
#include "makeup/makeup-private.h"

#include <string.h>

#define SAME 0.011 /* points: plans are rounded to 0.01 */
#define MISSING 30 /* points of unlikeness of an element that is not there */

/* ---- which items ---- */

static bool
is_wanted (const Maker *maker, const BmPlanItem *kept)
{
    if (kept->pinned)
        return true;
    for (int i = 0; i < maker->n_stories; i++)
        if (maker->stories[i].item->wish.pinned && strcmp (maker->stories[i].item->id, kept->id) == 0)
            return true;
    return false;
}

/* By its id if the headline is the same; else by the headline (items before it came or went); else by the id again. */
static Story *
story_of (const Maker *maker, const BmPlanItem *kept)
{
    Story *by_title = NULL, *by_id = NULL;

    for (int i = 0; i < maker->n_stories; i++) {
        Story *story = &maker->stories[i];
        bool same_title = kept->title != NULL && kept->title[0] != '\0' && strcmp (story->title, kept->title) == 0;

        if (strcmp (story->item->id, kept->id) == 0) {
            if (same_title)
                return story;
            by_id = story;
        } else if (same_title && by_title == NULL) {
            by_title = story;
        }
    }
    return by_title != NULL ? by_title : by_id;
}

static const char *
name_of (const BmPlanItem *kept)
{
    return kept->title != NULL && kept->title[0] != '\0' ? kept->title : kept->id;
}

static void
say_moved (Maker *maker, const BmPlanItem *kept, const char *hint, const char *why)
{
    bm_diag (maker->diags, BM_WARNING, "BM0610", BM_IN_FILE (maker->page->file), hint, "“%s” is pinned but cannot stay: %s", name_of (kept), why);
}

/* Why the block cannot be on this page at all; NULL: it can. */
static const char *
why_outside (Maker *maker, const BmPlanItem *kept)
{
    const BmGrid *grid = &maker->options->keep->grid;

    if (grid->columns != maker->grid.columns || grid->rows != maker->grid.rows)
        return bm_arena_printf (maker->arena, "the plan has %d columns of %d rows, this page %d of %d", grid->columns, grid->rows,
                                maker->grid.columns, maker->grid.rows);
    if (kept->column < 0 || kept->row < 0 || kept->columns < 1 || kept->rows < 1 || kept->column + kept->columns > maker->grid.columns ||
        kept->row + kept->rows > maker->grid.rows)
        return bm_arena_printf (maker->arena, "its block, columns %d–%d and rows %d–%d, leaves the grid", kept->column + 1,
                                kept->column + kept->columns, kept->row + 1, kept->row + kept->rows);
    if (kept->notched && (kept->notch_top || kept->notch_columns < 1 || kept->notch_columns >= kept->columns || kept->notch_rows < 1 ||
                          kept->notch_rows >= kept->rows))
        return bm_arena_printf (maker->arena, "its notch, %d columns × %d rows at its %s, is none that make-up cuts", kept->notch_columns,
                                kept->notch_rows, kept->notch_top ? "head" : "foot");
    for (int i = 0; i < maker->n_pins; i++) {
        const BmPlanItem *other = maker->pins[i].kept;

        if (bm_plan_items_overlap (kept, other))
            return bm_arena_printf (maker->arena, "its block lies on that of “%s”, which is pinned, too", name_of (other));
    }
    return NULL;
}

static void
add_pin (Maker *maker, const BmPlanItem *kept, Story *story)
{
    const char *why = why_outside (maker, kept);

    if (why != NULL) {
        say_moved (maker, kept, "change the plan or the page so that it fits, or take the pin out", why);
        return;
    }
    Pin *pin = &maker->pins[maker->n_pins++];
    *pin = (Pin){ .kept = kept, .story = story, .distance = INT_MAX };
    if (story != NULL)
        story->pin = pin;
}

/* A container stays with its members: it is pinned if one of them is. */
static bool
container_wanted (const Maker *maker, const BmPlanItem *kept)
{
    const BmPlan *keep = maker->options->keep;

    for (int i = 0; i < keep->n_items; i++)
        if (g_strcmp0 (keep->items[i].container, kept->id) == 0 && is_wanted (maker, &keep->items[i]))
            return true;
    return is_wanted (maker, kept);
}

static void
pin_container (Maker *maker, const BmPlanItem *kept)
{
    int before = maker->n_pins, n = 0;

    add_pin (maker, kept, NULL);
    if (maker->n_pins == before)
        return;
    Pin *pin = &maker->pins[before];
    for (int i = 0; i < kept->n_members; i++) {
        const BmPlanItem *member = bm_plan_item (maker->options->keep, kept->members[i]);
        Story *story = member == NULL ? NULL : story_of (maker, member);

        if (story == NULL || story - maker->stories >= BM_MAX_STORIES)
            continue;
        pin->members |= UINT64_C (1) << (story - maker->stories);
        n++;
    }
    if (n == kept->n_members && n > 1)
        return;
    maker->n_pins--;
    say_moved (maker, kept, "pin its stories one by one after the page is set", "its members are not all on the page any more");
}

void
bm_pins_prepare (Maker *maker)
{
    const BmPlan *keep = maker->options->keep;

    if (keep == NULL)
        return;
    maker->pins = bm_arena_new0 (maker->arena, Pin, MAX (keep->n_items, 1));
    for (int i = 0; i < keep->n_items; i++) {
        const BmPlanItem *kept = &keep->items[i];

        if (strcmp (kept->kind, "container") == 0) {
            if (container_wanted (maker, kept))
                pin_container (maker, kept);
            continue;
        }
        if (!is_wanted (maker, kept) || kept->container != NULL || strcmp (kept->kind, "ad") == 0)
            continue;
        Story *story = story_of (maker, kept);
        if (story == NULL)
            say_moved (maker, kept, "take the pin out", "it is not on this page any more");
        else
            add_pin (maker, kept, story);
    }
}

/* Those that are on the page; none: there is no container of one. */
static uint64_t
without_held (const Maker *maker, uint64_t members)
{
    for (int i = 0; i < MIN (maker->n_stories, BM_MAX_STORIES); i++)
        if (maker->held[i])
            members &= ~(UINT64_C (1) << i);
    return (members & (members - 1)) == 0 ? 0 : members;
}

uint64_t
bm_pinned_members (const Maker *maker)
{
    for (int i = 0; i < maker->n_pins; i++)
        if (maker->pins[i].members != 0 && !maker->pins[i].dropped)
            return without_held (maker, maker->pins[i].members);
    return 0;
}

/* Ads keep their strips and corners if the arrangement has them where the plan has. */
bool
bm_pins_allow_ads (const Maker *maker)
{
    const BmPlan *keep = maker->options->keep;

    for (int i = 0; keep != NULL && i < maker->n_ads; i++) {
        const Ad *ad = &maker->ads[i];
        const BmPlanItem *kept = bm_plan_item (keep, ad->item->id);

        if (ad->ear || kept == NULL || strcmp (kept->kind, "ad") != 0 || !(kept->pinned || ad->item->wish.pinned))
            continue;
        if (kept->rows != ad->strip || (!ad->corner && kept->row != ad->row))
            return false;
    }
    return true;
}

/* ---- the way it was built ---- */

static bool
near (double a, double b)
{
    return fabs (a - b) < SAME;
}

static int
unlike_lines (const BmElement *a, const BmElement *b)
{
    int n = ABS (a->n_lines - b->n_lines);

    if (a->role != BM_ELEM_TEXT) /* a plan read back has places for the lines of the text alone */
        return n;
    for (int i = 0; i < MIN (a->n_lines, b->n_lines); i++)
        n += !near (a->lines[i].x, b->lines[i].x) || !near (a->lines[i].baseline, b->lines[i].baseline) ||
             (a->lines[i].width > 0 && !near (a->lines[i].width, b->lines[i].width)); /* a trial has no widths */
    return n;
}

static int
unlike (const BmElement *a, const BmElement *b)
{
    int n = 2 * !near (a->size, b->size) + !near (a->x, b->x) + !near (a->y, b->y) +
            !near (a->width, b->width) + !near (a->height, b->height);

    for (int i = 0; i < 4; i++)
        n += fabs (a->crop[i] - b->crop[i]) > SAME;
    return n + unlike_lines (a, b);
}

static const BmElement *
next_of (const BmPlan *plan, const char *item, int *at)
{
    for (; *at < plan->n_elements; (*at)++) {
        const BmElement *element = &plan->elements[*at];

        if (g_strcmp0 (element->item, item) == 0 && element->role != BM_ELEM_RULE)
            return &plan->elements[(*at)++];
    }
    return NULL;
}

/* The least unlike of an item's elements; a role that it lacks is as unlike as can be. */
static int
nearest (const BmPlan *plan, const char *item, const BmElement *to)
{
    int least = MISSING, at = 0;

    for (const BmElement *element; least > 0 && (element = next_of (plan, item, &at)) != NULL;)
        if (element->role == to->role)
            least = MIN (least, unlike (element, to));
    return least;
}

/* In how many points an item of one plan is unlike that of another. */
static int
distance (const BmPlan *plan, const char *item, const BmPlan *keep, const char *kept)
{
    int at = 0, n = 0, more = 0;

    for (const BmElement *element; (element = next_of (keep, kept, &at)) != NULL; more++)
        n += nearest (plan, item, element);
    at = 0;
    while (next_of (plan, item, &at) != NULL)
        more--;
    return n + MISSING * ABS (more);
}

/* Is this way to fill the pinned block nearer to the plan's than those before? Called for every shape of the leaf. */
bool
bm_pin_takes (Maker *maker, Leaf *leaf, int w, int h, const Shape *shape)
{
    Pin *pin = leaf->pin;
    Leaf trial = *leaf;
    Solution solution = { .n = 1, .places = { { 0, pin->kept->column, pin->kept->row, w, h } }, .shapes = { *shape } };

    if (w != pin->kept->columns || (shape->notch.columns > 0) != pin->kept->notched || h != pin->kept->rows + maker->separator || pin->distance == 0)
        return false;
    int at = w * (maker->region + maker->separator + 1) + h;
    trial.pin = NULL;
    BmPlan *plan = bm_build_plan (maker, &trial, 1, &solution, false);
    int far = distance (plan, leaf->story->item->id, maker->options->keep, pin->kept->id);

    bm_plan_free (plan);
    if (far >= pin->distance)
        return false;
    pin->distance = far;
    leaf->cost[at] = BM_NO_WAY;
    return true;
}

/* All ways round the plan's notch. */
static void
notched_pin_shapes (Maker *maker, Leaf *leaf)
{
    const BmPlanItem *kept = leaf->pin->kept;
    Notch notch = { (uint8_t) kept->notch_columns, kept->notch_left, (int16_t) kept->notch_rows };
    int w = kept->columns, h = kept->rows + maker->separator;
    GArray *ways = bm_notched_ways_of (maker, leaf, w, h, notch);

    for (guint i = 0; i < ways->len; i++) {
        const ShapeOption *way = &g_array_index (ways, ShapeOption, i);
        bm_shape_better (maker, leaf, w, h, &way->shape, way->cost, way->shape.kind == SHAPE_PHOTO_TOP ? TOP_PHOTO : TOP_HEAD);
    }
    g_array_free (ways, TRUE);
}

void
bm_pin_shapes (Maker *maker, Leaf *leaf)
{
    static const Slack ways[] = { { 2, 0.15, 0 }, { 2, 0.15, 1 }, { 3, 0.20, 3 }, { 4, 0.25, 5 }, { 6, 0.35, 8 } };
    Slack slack = maker->slack;

    leaf->pin->distance = INT_MAX;
    for (size_t i = 0; i < G_N_ELEMENTS (ways) && leaf->pin->distance > 0; i++) {
        maker->slack = ways[i];
        if (leaf->pin->kept->notched)
            notched_pin_shapes (maker, leaf);
        else
            bm_story_shapes (maker, leaf);
    }
    maker->slack = slack;
    bm_pin_place (maker, leaf, leaf->pin);
}

/* The leaf stands here, and in no other size. */
void
bm_pin_place (const Maker *maker, Leaf *leaf, const Pin *pin)
{
    int rows = maker->region + maker->separator, h = pin->kept->rows + maker->separator;

    leaf->placed = true;
    leaf->column = pin->kept->column;
    leaf->row = pin->kept->row;
    leaf->columns = pin->kept->columns;
    leaf->rows = h;
    for (int i = 0; i < (maker->grid.columns + 1) * (rows + 1); i++)
        if (h > rows || i != leaf->columns * (rows + 1) + h)
            leaf->cost[i] = BM_NO_WAY;
}

const Pin *
bm_container_pin (const Maker *maker)
{
    for (int i = 0; i < maker->n_pins; i++)
        if (maker->pins[i].members != 0 && !maker->pins[i].dropped)
            return &maker->pins[i];
    return NULL;
}

/* ---- what could not be kept ---- */

static int
rank_of (const Pin *pin)
{
    return pin->story == NULL ? 5 : pin->story->rank;
}

static void
drop (Maker *maker, Pin *pin, const char *why)
{
    pin->dropped = true;
    if (pin->story != NULL)
        pin->story->pin = NULL;
    say_moved (maker, pin->kept, "unpin another item, or give the page a text that fits round it", why);
}

/* A pin whose block its text cannot fill goes first; then the least important, the last among equals. */
bool
bm_pins_drop_one (Maker *maker)
{
    Pin *least = NULL;

    for (int i = 0; i < maker->n_pins; i++) {
        Pin *pin = &maker->pins[i];

        if (pin->dropped)
            continue;
        if (pin->story != NULL && pin->distance == INT_MAX) {
            drop (maker, pin, bm_arena_printf (maker->arena, "no way to build it fills its %d columns × %d rows any more: its text has changed, or the ads leave it no room",
                                               pin->kept->columns, pin->kept->rows));
            return true;
        }
        if (least == NULL || rank_of (pin) >= rank_of (least))
            least = pin;
    }
    if (least == NULL)
        return false;
    drop (maker, least, "no page was found that is full with it there");
    return true;
}

static bool
same_words (const BmPlan *plan, const char *item, const BmPlan *keep, const char *kept)
{
    int i = 0, k = 0;

    for (;;) {
        const BmElement *a = next_of (plan, item, &i), *b = next_of (keep, kept, &k);

        if (a == NULL || b == NULL)
            return a == b;
        for (int line = 0; line < MIN (a->n_lines, b->n_lines); line++)
            if (g_strcmp0 (a->lines[line].text, b->lines[line].text) != 0)
                return false;
    }
}

/* The finished page against the plan: what stays but is set otherwise is named, too. */
void
bm_pins_compare (Maker *maker, const BmPlan *plan)
{
    for (int i = 0; i < maker->n_pins; i++) {
        const Pin *pin = &maker->pins[i];

        if (pin->dropped || pin->story == NULL)
            continue;
        const char *id = pin->story->item->id;
        int far = distance (plan, id, maker->options->keep, pin->kept->id);
        if (far == 0 && same_words (plan, id, maker->options->keep, pin->kept->id))
            continue;
        bm_diag (maker->diags, BM_WARNING, "BM0611", pin->story->item->where, "its own text has changed since the plan was written, or the layout has",
                 "“%s” keeps its place but not all of its lines", name_of (pin->kept));
    }
}
