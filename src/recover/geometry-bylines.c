/* geometry-bylines.c — bylines put together again.
 *
 * Newspapers set a character's blank between the role and the names of a byline (本报记者　张三　李四), as wide as a narrow
 * gutter; programs that find lines on a page part them there. */
#include "recover/geometry.h"

#include <string.h>

#define LONGEST 24      /* characters of a byline, blanks not counted */
#define LONGEST_NAMES 8 /* … of names beside it */
#define BLANK 1.3       /* em between role and name, or name and name, at most */

/* The characters of a piece, as the patterns of bylines read them. More than LONGEST are counted as one more. */
static BmRun
run_of (const BmGeometry *geometry, const BmPiece *piece, BmRawChar chars[LONGEST + 1])
{
    const char *p = geometry->text->str + piece->start, *end = p + piece->length;
    BmRun run = { chars, 0 };

    for (; p < end && run.n <= LONGEST; p = g_utf8_next_char (p))
        if (!g_unichar_isspace (g_utf8_get_char (p)))
            chars[run.n++] = (BmRawChar){ .code = g_utf8_get_char (p) & 0x1FFFFF };
    return run;
}

static bool
is_han_from (BmRun run, int i)
{
    while (i < run.n && bm_char_is_han (run.chars[i].code))
        i++;
    return i == run.n;
}

/* A role, behind a mark or not, and nothing but names behind it. */
static bool
is_byline (BmRun run)
{
    int at = run.n > 0 && bm_char_is_bullet (run.chars[0].code) ? 1 : 0, role = at < run.n ? bm_run_role (run, at) : 0;

    return run.n <= LONGEST && role > 0 && is_han_from (run, at + role);
}

static bool
stands_next (const BmPiece *byline, const BmPiece *piece, int n)
{
    double low = MAX (byline->y0, piece->y0), high = MIN (byline->y1, piece->y1), height = MIN (byline->y1 - byline->y0, piece->y1 - piece->y0);
    double em = (piece->x1 - piece->x0) / n, gap = piece->x0 - byline->x1;

    return high - low > height / 2 && gap >= 0 && gap <= BLANK * em;
}

/* The mark before a byline, parted from it. */
static bool
is_mark (BmRun run)
{
    return run.n == 1 && bm_char_is_bullet (run.chars[0].code);
}

/* What belongs to a byline and stands next to it: names, or behind a mark alone all of it; −1 if there is none. */
static int
rest_beside (const BmGeometry *geometry, const BmPiece *byline, bool mark)
{
    for (guint i = 0; i < geometry->pieces->len; i++) {
        const BmPiece *piece = &g_array_index (geometry->pieces, BmPiece, i);
        BmRawChar chars[LONGEST + 1];

        if (piece == byline || piece->length == 0 || piece->x0 < byline->x1)
            continue;
        BmRun run = run_of (geometry, piece, chars);
        bool belongs = mark ? is_byline (run) : run.n <= LONGEST_NAMES && is_han_from (run, 0);
        if (run.n > 0 && belongs && stands_next (byline, piece, run.n))
            return (int) i;
    }
    return -1;
}

static void
join (BmGeometry *geometry, BmPiece *byline, BmPiece *names)
{
    const char *text = geometry->text->str;
    char *both = g_strdup_printf ("%.*s %.*s", byline->length, text + byline->start, names->length, text + names->start);

    byline->start = (int) geometry->text->len;
    byline->length = (int) strlen (both);
    g_string_append (geometry->text, both);
    g_free (both);
    byline->x1 = names->x1;
    byline->y0 = MIN (byline->y0, names->y0);
    byline->y1 = MAX (byline->y1, names->y1);
    names->length = 0;
}

static void
drop_joined (GArray *pieces)
{
    guint kept = 0;

    for (guint i = 0; i < pieces->len; i++)
        if (g_array_index (pieces, BmPiece, i).length > 0)
            g_array_index (pieces, BmPiece, kept++) = g_array_index (pieces, BmPiece, i);
    g_array_set_size (pieces, kept);
}

static bool
join_rest (BmGeometry *geometry, BmPiece *byline)
{
    BmRawChar chars[LONGEST + 1];
    BmRun run = run_of (geometry, byline, chars);
    int rest = byline->length > 0 && (is_mark (run) || is_byline (run)) ? rest_beside (geometry, byline, is_mark (run)) : -1;

    if (rest >= 0)
        join (geometry, byline, &g_array_index (geometry->pieces, BmPiece, rest));
    return rest >= 0;
}

void
bm_geometry_join_bylines (BmGeometry *geometry)
{
    for (guint i = 0; i < geometry->pieces->len; i++)
        while (join_rest (geometry, &g_array_index (geometry->pieces, BmPiece, i)))
            continue;
    drop_joined (geometry->pieces);
}
