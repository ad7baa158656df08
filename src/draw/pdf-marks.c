/* pdf-marks.c — the marks in a page's content: what is outside of tags becomes an artifact, and no mark stands within another.
 *
 * Within a tag of ours Cairo opens a mark for each ActualText. Readers of the structure (poppler's among them) lose what follows
 * an inner mark, and PDF 2.0 forbids it; so every stretch between such marks, and every such mark, gets a number of its own, and an
 * element holds several. Marks that begin outside of a text object do not end inside of it, so stretches end at BT and ET, too.
 *
 * Cairo writes BDC at a line's end and BT, ET and EMC on lines alone; texts are hex, or in brackets that escape line ends. */
#include "draw/pdf-private.h"

#include <string.h>

typedef struct {
    GString *out, *stretch;
    GString *tag;      /* of the element at hand: "/P"; empty: outside of tags */
    int depth, within; /* marks that are open; within: that many when the element's own is */
    bool text;         /* between BT and ET */
    int next;
    GArray *ranges; /* BmMarks */
} Marker;

static bool
ends_in (const char *line, size_t length, const char *word)
{
    size_t n = strlen (word);

    return length >= n && memcmp (line + length - n, word, n) == 0;
}

static bool
is_line (const char *line, size_t length, const char *word)
{
    return length == strlen (word) && memcmp (line, word, length) == 0;
}

static bool
is_blank (const GString *text)
{
    for (gsize i = 0; i < text->len; i++)
        if (!g_ascii_isspace (text->str[i]))
            return false;
    return true;
}

static int
take_mark (Marker *marker)
{
    if (marker->ranges->len > 0)
        g_array_index (marker->ranges, BmMarks, marker->ranges->len - 1).n++;
    return marker->next++;
}

/* What was gathered goes out: as part of the element, as an artifact, or bare if nothing is shown by it. */
static void
end_stretch (Marker *marker)
{
    const GString *stretch = marker->stretch;
    bool shows = !marker->text || strstr (stretch->str, "Tj") != NULL || strstr (stretch->str, "TJ") != NULL;

    if (is_blank (stretch) || !shows)
        g_string_append_len (marker->out, stretch->str, (gssize) stretch->len);
    else if (marker->within > 0)
        g_string_append_printf (marker->out, "%s << /MCID %d >> BDC\n%sEMC\n", marker->tag->str, take_mark (marker),
                                stretch->str);
    else
        g_string_append_printf (marker->out, "/Artifact BMC\n%sEMC\n", stretch->str);
    g_string_truncate (marker->stretch, 0);
}

static void
begin_element (Marker *marker, const char *line, size_t length)
{
    const BmMarks marks = { marker->next, 0 };
    const char *blank = memchr (line, ' ', length);

    end_stretch (marker);
    g_array_append_val (marker->ranges, marks);
    g_string_truncate (marker->tag, 0);
    g_string_append_len (marker->tag, line, blank != NULL ? blank - line : (gssize) length);
    marker->within = ++marker->depth;
}

static void
end_element (Marker *marker)
{
    end_stretch (marker);
    if (g_array_index (marker->ranges, BmMarks, marker->ranges->len - 1).n == 0) /* nothing was drawn */
        g_string_append_printf (marker->out, "%s << /MCID %d >> BDC\nEMC\n", marker->tag->str, take_mark (marker));
    marker->within = 0;
    marker->depth--;
}

/* An ActualText within an element is marked content of its own. */
static void
begin_inner (Marker *marker, const char *line, size_t length)
{
    end_stretch (marker);
    g_string_append_len (marker->out, line, (gssize) length - 6);
    g_string_append_printf (marker->out, "/MCID %d >> BDC\n", take_mark (marker));
    marker->depth++;
}

/* A line of a page, without its line end. */
static void
take_line (Marker *marker, const char *line, size_t length)
{
    bool opens = ends_in (line, length, ">> BDC"), closes = is_line (line, length, "EMC");
    bool inner = marker->within > 0 && marker->depth > marker->within;
    bool tagged = marker->within > 0;

    if (opens && marker->depth == 0 && g_strstr_len (line, (gssize) length, "/MCID") != NULL) {
        begin_element (marker, line, length);
    } else if (closes && tagged && !inner) {
        end_element (marker);
    } else if (opens && tagged && !inner) {
        begin_inner (marker, line, length);
    } else if (tagged && !inner && (is_line (line, length, "BT") || is_line (line, length, "ET"))) {
        end_stretch (marker);
        marker->text = line[0] == 'B';
        g_string_append_len (marker->out, line, (gssize) length);
        g_string_append_c (marker->out, '\n');
    } else {
        GString *to = inner ? marker->out : marker->stretch;

        marker->depth += opens ? 1 : closes ? -1 : 0;
        g_string_append_len (to, line, (gssize) length);
        g_string_append_c (to, '\n');
    }
}

GString *
bm_pdf_mark (const char *content, size_t length, GArray *ranges)
{
    Marker marker = { .out = g_string_sized_new (length + length / 8),
                      .stretch = g_string_new (NULL),
                      .tag = g_string_new (NULL),
                      .ranges = ranges };
    const char *end = content + length;

    for (const char *line = content, *next; line < end; line = next) {
        const char *newline = memchr (line, '\n', (size_t) (end - line));

        next = newline != NULL ? newline + 1 : end;
        take_line (&marker, line, (size_t) ((newline != NULL ? newline : end) - line));
    }
    bool paired = marker.depth == 0 && marker.within == 0;
    end_stretch (&marker);
    g_string_free (marker.stretch, TRUE);
    g_string_free (marker.tag, TRUE);
    if (paired)
        return marker.out;
    g_string_free (marker.out, TRUE);
    return NULL;
}
