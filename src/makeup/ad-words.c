/* ad-words.c — the words of an ad without artwork: as large as its box bears, its head over the rest, in the middle.
 *
 * Sizes come down step by step until all words stand inside the box; words that do not even then are named. */
#include "makeup/build.h"

#include <math.h>
#include <string.h>

#define SIDE 0.06          /* of the width left free on each side */
#define HEAD 2.6           /* × the text */
#define HEAD_LEADING 1.2   /* of the head's size */
#define HEAD_SHARE 0.32    /* of the height: the most that a line of the head is high */
#define LARGEST 20.0       /* points of the text … */
#define SMALLEST 6.0       /* … */
#define STEP 0.5
#define ONE_LINE 9.0       /* points: a paragraph that stands on one line at this size is not turned over at a larger */
#define LINE_EM 40.0       /* longer lines of text are turned over */
#define FOOT 0.4           /* × the text: its descent and some air */

typedef struct {
    Build *build;
    const Ad *ad;
    const BmElement *box;
    double text, head; /* sizes, points */
    GPtrArray *galleys; /* BmGalley *, a paragraph each */
    double height;     /* of all lines */
} AdWords;

/* Nothing, or only the word 广告, which every ad shows by itself. */
static bool
is_bare_word (const Maker *maker, const BmBlock *block)
{
    return block->text == NULL || block->text[0] == '\0' || strcmp (block->text, maker->layout->ad_word) == 0;
}

bool
bm_ad_has_words (const Maker *maker, const Ad *ad)
{
    bool any = ad->item->n_headline > 0;

    for (int i = 0; i < ad->item->n_blocks; i++)
        any |= !is_bare_word (maker, &ad->item->blocks[i]);
    return any;
}

static double
free_width (const AdWords *words)
{
    return words->box->width * (1 - 2 * SIDE);
}

static const BmShaped *
shape_paragraph (const AdWords *words, const BmBlock *block)
{
    const Maker *maker = words->build->maker;
    BmText text = { .utf8 = block->text, .length = -1, .kind = BM_TEXT_CAPTION, .role = &maker->layout->roles[BM_ROLE_AD_TEXT],
                    .lang = maker->page->lang };

    return is_bare_word (maker, block) ? NULL : bm_type_shape (maker->type, &text, &maker->layout->style, maker->diags);
}

static void
compose_paragraphs (AdWords *words)
{
    const BmStyle *style = &words->build->maker->layout->style;
    double measure = MIN (free_width (words) / words->text, LINE_EM);

    g_ptr_array_set_size (words->galleys, 0);
    for (int i = 0; i < words->ad->item->n_blocks; i++) {
        const BmShaped *shaped = shape_paragraph (words, &words->ad->item->blocks[i]);
        BmGalley *galley = shaped == NULL ? NULL : bm_compose (words->build->arena, shaped, style, &measure, 1, 0, 0);

        if (galley != NULL)
            g_ptr_array_add (words->galleys, galley);
    }
}

/* The size to begin with. */
static double
largest_text (const AdWords *words, double room)
{
    double size = MIN (LARGEST, room / 3);

    for (int i = 0; i < words->ad->item->n_blocks; i++) {
        const BmShaped *shaped = shape_paragraph (words, &words->ad->item->blocks[i]);
        double em = shaped == NULL ? 0 : bm_natural_width (shaped, &words->build->maker->layout->style);

        if (em > 0 && em <= LINE_EM && free_width (words) / em >= ONE_LINE)
            size = MIN (size, floor (free_width (words) / em / STEP) * STEP);
    }
    return size;
}

static double
leading_of (const AdWords *words)
{
    return words->build->maker->layout->roles[BM_ROLE_AD_TEXT].leading * words->text;
}

static int
text_lines (const AdWords *words)
{
    int n = 0;

    for (guint i = 0; i < words->galleys->len; i++)
        n += ((const BmGalley *) g_ptr_array_index (words->galleys, i))->n_lines;
    return n;
}

/* The size at which the longest line of the head still fits, and a line of it is no higher than its share. */
static double
largest_head (const AdWords *words)
{
    const BmLayout *layout = words->build->maker->layout;
    const BmItem *item = words->ad->item;
    double size = MIN (layout->roles[BM_ROLE_HEAD_1].size, words->box->height * HEAD_SHARE);

    for (int i = 0; i < item->n_headline; i++) {
        double em = bm_text_width (words->build, item->headline[i], BM_ROLE_HEAD_2, 1);

        size = em > 0 ? MIN (size, free_width (words) / em) : size;
    }
    return size;
}

static void
measure_at (AdWords *words, double text, double head)
{
    int n_head = words->ad->item->n_headline;

    words->text = text;
    words->head = MIN (head, text * HEAD);
    compose_paragraphs (words);
    int n_text = text_lines (words);
    words->height = n_head * words->head * HEAD_LEADING + n_text * leading_of (words) +
                    (n_head > 0 && n_text > 0 ? 0.6 * text : 0);
}

static void
find_size (AdWords *words)
{
    double head = largest_head (words), room = words->box->height * 0.8;
    double text = largest_text (words, room);

    measure_at (words, text, head);
    while (words->height > room && text - STEP >= SMALLEST) {
        text -= STEP;
        measure_at (words, text, head);
    }
}

static double
centred (const AdWords *words, double width)
{
    return words->box->x + (words->box->width - width) / 2;
}

/* A paragraph of one line stands in the middle; longer ones fill a measure that does. Returns the lines that have no room. */
static int
set_paragraph (const AdWords *words, const BmGalley *galley, double *y, GArray *lines)
{
    double left = centred (words, MIN (free_width (words), LINE_EM * words->text));
    int over = 0;

    for (int k = 0; k < galley->n_lines; k++) {
        double x = galley->n_lines == 1 ? centred (words, galley->lines[0].width * words->text) : left;
        BmPlacedLine line;

        if (*y + FOOT * words->text > words->box->y + words->box->height) {
            over++;
            continue;
        }
        bm_place_line (words->build, &line, galley, k, words->text, x, *y);
        g_array_append_val (lines, line);
        *y += leading_of (words);
    }
    return over;
}

static void
set_head (const AdWords *words, double *y, GArray *lines)
{
    const BmItem *item = words->ad->item;

    for (int i = 0; i < item->n_headline; i++, *y += words->head * HEAD_LEADING) {
        double width = bm_text_width (words->build, item->headline[i], BM_ROLE_HEAD_2, words->head);
        BmPlacedLine line = bm_furniture_line (words->build, bm_arena_strdup (words->build->arena, item->headline[i]), BM_ROLE_HEAD_2,
                                               words->head, centred (words, width), *y);

        g_array_append_val (lines, line);
    }
}

void
bm_build_ad_words (Build *build, const Ad *ad, const BmElement *box, GArray *lines)
{
    AdWords words = { .build = build, .ad = ad, .box = box, .galleys = g_ptr_array_new () };
    int over = 0;

    find_size (&words);
    /* Baselines: a head's ink takes about 0.88 of its size over it. */
    double y = box->y + MAX (0, box->height - words.height) / 2 + 0.88 * (ad->item->n_headline > 0 ? words.head : words.text);
    set_head (&words, &y, lines);
    if (ad->item->n_headline > 0)
        y += 0.6 * words.text - 0.88 * (words.head - words.text); /* from the head's next baseline to the text's first */
    for (guint i = 0; i < words.galleys->len; i++)
        over += set_paragraph (&words, g_ptr_array_index (words.galleys, i), &y, lines);
    if (over > 0)
        bm_diag (build->maker->diags, BM_WARNING, "BM0615", ad->item->where, "make the ad larger, or its text shorter",
                 "%d lines of the ad have no room at %.0f × %.0f mm", over, box->width / BM_PT_PER_MM, box->height / BM_PT_PER_MM);
    g_ptr_array_free (words.galleys, TRUE);
}
