/* gaiji-outline.c — one character drawn as SVG paths, as the contours of a TrueType glyph.
 *
 * Read are the paths' data (SVG 1.1 §8.3) without arcs; what would need a renderer (transforms, shapes, strokes, the even-odd
 * rule) is refused by name rather than drawn wrong: drawing programs write plain paths when asked to. Cubic curves become
 * quadratic ones, each cut until it is within a quarter of a thousandth of the em. */
#include "type/gaiji.h"

#include <math.h>
#include <string.h>

#define MAX_POINTS 8000 /* of a glyph: a scanned one has some hundreds */
#define MAX_UNITS  16000
#define TOLERANCE  0.25 /* font units */

typedef struct {
    const char *p;                   /* in the path's data */
    double x, y, start_x, start_y;   /* here; where the contour began */
    double control_x, control_y;     /* the last curve's, for S and T */
    char last;                       /* command before, in capitals */
    guint first;                     /* point of the contour */
    double left, top, width, height; /* the viewBox */
    BmOutline *out;
    const char *fault; /* static; NULL: none so far */
} Pen;

/* ---- contours ---- */

static void
add_point (Pen *pen, double x, double y, bool on)
{
    double scale = BM_GAIJI_EM / pen->height, across = round ((x - pen->left) * scale);
    double up = round (BM_GAIJI_ASCENT - (y - pen->top) * scale);

    if (!(fabs (across) <= MAX_UNITS && fabs (up) <= MAX_UNITS)) /* NaN, too */
        pen->fault = "a point lies far outside the viewBox";
    else if (pen->out->points->len >= MAX_POINTS)
        pen->fault = "it has more than 8000 points";
    else
        g_array_append_val (pen->out->points, ((BmOutlinePoint){ (int16_t) across, (int16_t) up, on }));
}

/* A contour of less than three points has no area. */
static void
end_contour (Pen *pen)
{
    GArray *points = pen->out->points;

    if (points->len < pen->first + 3)
        g_array_set_size (points, pen->first);
    if (points->len > pen->first)
        g_array_append_val (pen->out->ends, ((guint16){ (guint16) (points->len - 1) }));
    pen->first = points->len;
}

static void
line_to (Pen *pen, double x, double y)
{
    if (pen->out->points->len == pen->first) /* drawing goes on where Z left it */
        add_point (pen, pen->x, pen->y, true);
    add_point (pen, x, y, true);
    pen->x = x;
    pen->y = y;
}

static void
quad_to (Pen *pen, double cx, double cy, double x, double y)
{
    if (pen->out->points->len == pen->first)
        add_point (pen, pen->x, pen->y, true);
    add_point (pen, cx, cy, false);
    add_point (pen, x, y, true);
    pen->x = x;
    pen->y = y;
}

static double
along (double a, double b, double c, double d, double t)
{
    double s = 1 - t;

    return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

static double
slope (double a, double b, double c, double d, double t)
{
    double s = 1 - t;

    return 3 * (s * s * (b - a) + 2 * s * t * (c - b) + t * t * (d - c));
}

/* The farthest that one quadratic is off is √3/36 of the third difference, and falls with the cube of the pieces. */
static int
pieces_of (const Pen *pen, const double v[6])
{
    double dx = v[4] - 3 * v[2] + 3 * v[0] - pen->x, dy = v[5] - 3 * v[3] + 3 * v[1] - pen->y;
    double off = hypot (dx, dy) * BM_GAIJI_EM / pen->height * sqrt (3) / 36;

    return isfinite (off) ? (int) CLAMP (ceil (cbrt (off / TOLERANCE)), 1, 16) : 1;
}

static void
cubic_to (Pen *pen, const double v[6])
{
    const double x = pen->x, y = pen->y;
    int n = pieces_of (pen, v);

    for (int i = 0; i < n; i++) {
        double from = (double) i / n, to = (double) (i + 1) / n, step = (to - from) / 4;
        double ax = along (x, v[0], v[2], v[4], from), ay = along (y, v[1], v[3], v[5], from);
        double bx = along (x, v[0], v[2], v[4], to), by = along (y, v[1], v[3], v[5], to);
        double cx = (ax + bx) / 2 + step * (slope (x, v[0], v[2], v[4], from) - slope (x, v[0], v[2], v[4], to));
        double cy = (ay + by) / 2 + step * (slope (y, v[1], v[3], v[5], from) - slope (y, v[1], v[3], v[5], to));

        quad_to (pen, cx, cy, i + 1 < n ? bx : v[4], i + 1 < n ? by : v[5]);
    }
    pen->control_x = v[2];
    pen->control_y = v[3];
}

/* ---- the path's data ---- */

static bool
at_number (Pen *pen)
{
    while (g_ascii_isspace (*pen->p) || *pen->p == ',')
        pen->p++;
    return g_ascii_isdigit (*pen->p) || (*pen->p != '\0' && strchr ("+-.", *pen->p) != NULL);
}

static bool
read_numbers (Pen *pen, double *values, int n)
{
    for (int i = 0; i < n; i++) {
        char *end = NULL;

        if (!at_number (pen) || (values[i] = g_ascii_strtod (pen->p, &end), end == pen->p))
            return false;
        pen->p = end;
    }
    return true;
}

/* `v` are pairs; small letters count from here. */
static bool
read_pairs (Pen *pen, char command, double *v, int n)
{
    if (!read_numbers (pen, v, 2 * n))
        return false;
    for (int i = 0; i < n && g_ascii_islower (command); i++) {
        v[2 * i] += pen->x;
        v[2 * i + 1] += pen->y;
    }
    return true;
}

static bool
move (Pen *pen, char command)
{
    double v[2];

    if (!read_pairs (pen, command, v, 1))
        return false;
    end_contour (pen);
    pen->x = pen->start_x = v[0];
    pen->y = pen->start_y = v[1];
    return true;
}

static bool
straight (Pen *pen, char command, char capital)
{
    bool from_here = g_ascii_islower (command);
    double v[2] = { pen->x, pen->y };

    if (capital == 'L' && !read_pairs (pen, command, v, 1))
        return false;
    if (capital == 'H' && (!read_numbers (pen, v, 1) || (v[0] += from_here ? pen->x : 0, false)))
        return false;
    if (capital == 'V' && (!read_numbers (pen, v + 1, 1) || (v[1] += from_here ? pen->y : 0, false)))
        return false;
    line_to (pen, v[0], v[1]);
    return true;
}

/* S and T go on as the curve before went, if it was of their kind. */
static bool
curve (Pen *pen, char command, char capital)
{
    bool cubic = capital == 'C' || capital == 'S', smooth = capital == 'S' || capital == 'T';
    bool goes_on = cubic ? pen->last == 'C' || pen->last == 'S' : pen->last == 'Q' || pen->last == 'T';
    double v[6] = { pen->x, pen->y };

    if (smooth && goes_on) {
        v[0] = 2 * pen->x - pen->control_x;
        v[1] = 2 * pen->y - pen->control_y;
    }
    if (!read_pairs (pen, command, smooth ? v + 2 : v, (cubic ? 3 : 2) - (smooth ? 1 : 0)))
        return false;
    if (cubic) {
        cubic_to (pen, v);
        return true;
    }
    quad_to (pen, v[0], v[1], v[2], v[3]);
    pen->control_x = v[0];
    pen->control_y = v[1];
    return true;
}

static bool
draw (Pen *pen, char command)
{
    char capital = g_ascii_toupper (command);
    bool ok = false;

    if (capital == 'M')
        ok = move (pen, command);
    else if (strchr ("LHV", capital) != NULL)
        ok = straight (pen, command, capital);
    else if (strchr ("CSQT", capital) != NULL)
        ok = curve (pen, command, capital);
    else if (capital == 'Z') {
        end_contour (pen);
        pen->x = pen->start_x;
        pen->y = pen->start_y;
        ok = true;
    } else
        pen->fault = capital == 'A' ? "its path has arcs" : "its path has a command that SVG does not know";
    pen->last = capital;
    return ok;
}

static void
read_path (Pen *pen, const char *data)
{
    char command = '\0';

    pen->p = data;
    pen->x = pen->y = pen->start_x = pen->start_y = 0;
    pen->last = '\0';
    while (pen->fault == NULL) {
        bool more = at_number (pen);

        if (!more && *pen->p == '\0')
            break;
        if (!more)
            command = *pen->p++;
        else if (command == 'M' || command == 'm') /* further pairs are lines */
            command = command == 'M' ? 'L' : 'l';
        if (command == '\0' || (more && g_ascii_toupper (command) == 'Z') || !draw (pen, command))
            pen->fault = pen->fault != NULL ? pen->fault : "its path lacks a number or a command";
    }
    end_contour (pen);
}

/* ---- the file ---- */

static const char *
attribute (const char **names, const char **values, const char *name)
{
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp (names[i], name) == 0)
            return values[i];
    return NULL;
}

static void
read_box (Pen *pen, const char *box)
{
    double v[4];

    pen->p = box != NULL ? box : "";
    if (!read_numbers (pen, v, 4) || !bm_check_length (v[2], 0.001, 1e6) || !bm_check_length (v[3], 0.001, 1e6) ||
        !bm_check_length (v[0], -1e6, 1e6) || !bm_check_length (v[1], -1e6, 1e6) || v[2] > 4 * v[3]) {
        pen->fault = "it has no viewBox of four numbers";
        return;
    }
    pen->left = v[0];
    pen->top = v[1];
    pen->width = v[2];
    pen->height = v[3];
    pen->out->advance = (int) lround (BM_GAIJI_EM * v[2] / v[3]);
}

static void
begin_element (GMarkupParseContext *context, const char *name, const char **names, const char **values, void *data,
               GError **error)
{
    static const char *const shapes[] = {
        "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "image", "use", NULL
    };
    Pen *pen = data;
    const char *style = attribute (names, values, "style"), *rule = attribute (names, values, "fill-rule");
    (void) context;
    (void) error;

    if (pen->fault != NULL)
        return;
    if (g_str_has_prefix (name, "svg:"))
        name += 4;
    if (g_strv_contains (shapes, name))
        pen->fault = "it has shapes that are no paths";
    else if ((strcmp (name, "g") == 0 || strcmp (name, "path") == 0) && attribute (names, values, "transform") != NULL)
        pen->fault = "it has a transform";
    else if (g_strcmp0 (rule, "evenodd") == 0 || (style != NULL && strstr (style, "evenodd") != NULL))
        pen->fault = "it is filled by the even-odd rule";
    else if (strcmp (name, "svg") == 0 && pen->height <= 0)
        read_box (pen, attribute (names, values, "viewBox"));
    else if (strcmp (name, "path") == 0 && pen->height <= 0)
        pen->fault = "it has no viewBox of four numbers";
    else if (strcmp (name, "path") == 0)
        read_path (pen, attribute (names, values, "d") != NULL ? attribute (names, values, "d") : "");
}

bool
bm_outline_read (const char *file, const char *svg, size_t length, BmOutline *outline, BmDiags *diags)
{
    static const GMarkupParser parser = { .start_element = begin_element };
    Pen pen = { .out = outline };
    GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, &pen, NULL);
    bool ok =
        g_markup_parse_context_parse (context, svg, (gssize) length, NULL) && g_markup_parse_context_end_parse (context, NULL);

    if (!ok && pen.fault == NULL)
        pen.fault = "it is not well-formed XML";
    if (pen.fault == NULL && outline->ends->len == 0)
        pen.fault = "it draws nothing";
    g_markup_parse_context_free (context);
    if (pen.fault != NULL)
        bm_diag (
            diags, BM_ERROR, "BM0510", BM_IN_FILE (file),
            "save it as plain paths (no transforms, arcs or shapes; the filling rule nonzero), the viewBox being the em square",
            "the outline cannot be used: %s", pen.fault);
    return pen.fault == NULL;
}
