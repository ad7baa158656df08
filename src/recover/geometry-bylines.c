/* geometry-bylines.c — bylines put together again.
 *
 * Newspapers set a character's blank between the role and the names of a byline (本报记者　张三　李四), as wide as a narrow
 * gutter; programs that find lines on a page part them there. */
#include "recover/geometry.h"

#include <string.h>

#define NAME_LENGTH 4 /* characters of a name, or of 报道 */
#define ROLE_LENGTH 8 /* 本报驻地见习记者 */
#define BLANK 1.3     /* em between role and name, or name and name, at most */

static glong
token_length (const char *token)
{
    glong n = 0;

    for (const char *p = token; *p != '\0'; p = g_utf8_next_char (p), n++)
        if (g_unichar_type (g_utf8_get_char (p)) != G_UNICODE_OTHER_LETTER)
            return -1; /* a figure, a Latin letter, a mark */
    return n;
}

static bool
ends_in_role (const char *token)
{
    static const char *const roles[] = { "记者", "通讯员", "記者", "通訊員", "实习生", "實習生" };

    for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
        if (g_str_has_suffix (token, roles[i]))
            return true;
    return false;
}

/* Nothing but names, behind a role if `headed`; a mark may stand before it. */
static bool
is_names (const char *text, bool headed)
{
    char **tokens = g_strsplit_set (text, " \t", -1);
    bool names = true;
    int n = 0;

    for (int i = 0; tokens[i] != NULL && names; i++) {
        const char *token = tokens[i];

        if (headed && n == 0 && (g_str_has_prefix (token, "□") || g_str_has_prefix (token, "■")))
            token += strlen ("□");
        if (token[0] == '\0')
            continue;
        glong length = token_length (token);
        names = length > 0 && (headed && n == 0 ? ends_in_role (token) && length <= ROLE_LENGTH : length <= NAME_LENGTH);
        n++;
    }
    g_strfreev (tokens);
    return names && n > 0;
}

static char *
words_of (const BmGeometry *geometry, const BmPiece *piece)
{
    char *text = g_strndup (geometry->text->str + piece->start, (gsize) piece->length), *at = text;

    for (char *blank; (blank = strstr (at, "　")) != NULL; at = blank)
        memset (blank, ' ', strlen ("　"));
    return text;
}

static bool
stands_next (const BmPiece *byline, const BmPiece *piece, const char *words)
{
    double low = MAX (byline->y0, piece->y0), high = MIN (byline->y1, piece->y1), height = MIN (byline->y1 - byline->y0, piece->y1 - piece->y0);
    double em = (piece->x1 - piece->x0) / (double) MAX (g_utf8_strlen (words, -1), 1), gap = piece->x0 - byline->x1;

    return high - low > height / 2 && gap >= 0 && gap <= BLANK * em;
}

/* The piece of names that stands next to a byline; −1 if there is none. */
static int
names_beside (const BmGeometry *geometry, const BmPiece *byline)
{
    for (guint i = 0; i < geometry->pieces->len; i++) {
        const BmPiece *piece = &g_array_index (geometry->pieces, BmPiece, i);

        if (piece == byline || piece->length == 0 || piece->length > 40 || piece->x0 < byline->x1)
            continue;
        char *words = words_of (geometry, piece);
        bool joins = stands_next (byline, piece, words) && is_names (words, false);
        g_free (words);
        if (joins)
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

void
bm_geometry_join_bylines (BmGeometry *geometry)
{
    for (guint i = 0; i < geometry->pieces->len; i++) {
        BmPiece *byline = &g_array_index (geometry->pieces, BmPiece, i);
        char *words = words_of (geometry, byline);
        bool headed = byline->length > 0 && byline->length < 60 && is_names (words, true);

        g_free (words);
        for (int names; headed && (names = names_beside (geometry, byline)) >= 0;)
            join (geometry, byline, &g_array_index (geometry->pieces, BmPiece, names));
    }
    drop_joined (geometry->pieces);
}
