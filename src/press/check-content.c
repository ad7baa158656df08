/* check-content.c — walks what the pages draw, with as much of the graphics state as the rules ask for: colours (C1 to C4, P1),
 * glyphs (T5), transparency (X1, X2); forms, patterns and soft masks inside.
 *
 * The state is kept in fixed places: a file may nest as deep as it likes, the walk stops at MAX_DEPTH and MAX_STATES. */
#include "press/check-private.h"

#include <math.h>
#include <string.h>

#define MAX_DEPTH    12
#define MAX_STATES   64
#define MAX_OPERANDS 40
#define MAX_WALKS    20000 /* forms run through, over the whole file */
#define NO_THINNER   0.2   /* points */
#define DARK         0.85  /* K from here on is black */

/* ---- state ---- */

typedef struct {
    char op; /* g r k: the device's; c: of a space */
    BmSpace space;
    int n;
    double v[4];
} Colour;

typedef struct {
    double m[6];
    double line_width;
    Colour fill, stroke;
    bool wide; /* the font has codes of two bytes */
    bool font;
    double size;
    int mode; /* of text; 3: not shown */
} State;

typedef enum { OPERAND_NUMBER, OPERAND_NAME, OPERAND_STRING } OperandKind;

typedef struct {
    OperandKind kind;
    double number;
    const char *text; /* name, string as written */
    size_t length;
} Operand;

typedef struct {
    BmCheck *check;
    int page, depth;
    BmBox inner;
    bool has_inner;
    BmObject resources;
    State now, saved[MAX_STATES];
    int n_saved;
    double text_m[6];
    Operand operands[MAX_OPERANDS];
    int n_operands;
    double x0, y0, x1, y1; /* of the piece of the path at work, on the page */
    bool piece;
    bool reaches; /* a piece of the path lies on the page, within the bleed */
    int *walks;
} Walk;

static void run (Walk *walk, const char *bytes, size_t length);

static void
multiply (const double a[6], const double b[6], double out[6])
{
    const double r[6] = { a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],        a[2] * b[0] + a[3] * b[2],
                          a[2] * b[1] + a[3] * b[3], a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5] };

    memcpy (out, r, sizeof r);
}

static double
scale_of (const double m[6])
{
    return sqrt (fabs (m[0] * m[3] - m[1] * m[2]));
}

static double
number_at (const Walk *walk, int from_end)
{
    int i = walk->n_operands - from_end;

    return i >= 0 && walk->operands[i].kind == OPERAND_NUMBER ? walk->operands[i].number : 0;
}

static bool
numbers_are (const Walk *walk, int n)
{
    for (int i = 1; i <= n; i++)
        if (walk->n_operands < i || walk->operands[walk->n_operands - i].kind != OPERAND_NUMBER)
            return false;
    return true;
}

/* The resource that the last name (or the one `from_end`) means; null if none. */
static BmObject
resource (const Walk *walk, const char *kind, int from_end)
{
    int i = walk->n_operands - from_end;
    char *name = i >= 0 && walk->operands[i].kind == OPERAND_NAME ? g_strndup (walk->operands[i].text, walk->operands[i].length)
                                                                  : g_strdup ("/");
    BmObject found = bm_pdf_get (walk->check->pdf, bm_pdf_get (walk->check->pdf, walk->resources, kind), name);

    g_free (name);
    return found;
}

/* ---- colour ---- */

static void
check_amount (Walk *walk, const Colour *colour)
{
    double sum = 0;

    for (int i = 0; i < colour->n && colour->space == BM_SPACE_CMYK; i++)
        sum += colour->v[i];
    if (sum * 100 > walk->check->options.max_ink + 0.5)
        bm_check_fail (walk->check, "P1", "take less of the colours, more black", "page %d: a colour of %.0f %% ink", walk->page,
                       sum * 100);
}

static void
set_device (Walk *walk, Colour *colour, char op, int n)
{
    if (!numbers_are (walk, n))
        return;
    *colour = (Colour){ .op = op, .n = n, .space = op == 'k' ? BM_SPACE_CMYK : op == 'r' ? BM_SPACE_RGB : BM_SPACE_GRAY };
    for (int i = 0; i < n; i++)
        colour->v[i] = number_at (walk, n - i);
    if (op == 'r' && bm_check_is_x (walk->check))
        bm_check_fail (walk->check, "C1", "turn it into the press's inks", "RGB: a colour on page %d", walk->page);
    else if (op == 'r' && walk->check->options.standard != BM_PRESS_NONE)
        bm_check_fail (walk->check, "C1", "turn it into the press's inks", "RGB with an output intent for CMYK, page %d",
                       walk->page);
}

static void
set_space (Walk *walk, Colour *colour)
{
    BmObject space = resource (walk, "/ColorSpace", 1);
    char where[40];

    g_snprintf (where, sizeof where, "a colour on page %d", walk->page);
    if (bm_pdf_is_null (walk->check->pdf, space) && walk->n_operands > 0 &&
        walk->operands[walk->n_operands - 1].kind == OPERAND_NAME) {
        const Operand *name = &walk->operands[walk->n_operands - 1];
        char *text = g_strndup (name->text, name->length);

        space = bm_pdf_parse (walk->check->pdf, text);
        g_free (text);
    }
    *colour = (Colour){ .op = 'c', .space = bm_check_space (walk->check, space, where) };
}

static void walk_form (Walk *walk, BmObject form, const double matrix[6]);

static void
set_pattern (Walk *walk)
{
    BmPdf *pdf = walk->check->pdf;
    BmObject pattern = resource (walk, "/Pattern", 1);

    if (bm_pdf_number (pdf, bm_pdf_get (pdf, pattern, "/PatternType")) > 1.5)
        bm_check_space (walk->check, bm_pdf_get (pdf, bm_pdf_get (pdf, pattern, "/Shading"), "/ColorSpace"), "a shading");
    else if (bm_pdf_is_stream (pdf, pattern))
        walk_form (walk, pattern, walk->now.m);
}

static void
set_components (Walk *walk, Colour *colour)
{
    int n = 0;

    while (n < 4 && n < walk->n_operands && numbers_are (walk, n + 1))
        n++;
    colour->n = n;
    for (int i = 0; i < n; i++)
        colour->v[i] = number_at (walk, n - i);
    if (walk->n_operands > 0 && walk->operands[walk->n_operands - 1].kind == OPERAND_NAME)
        set_pattern (walk);
}

/* ---- paths ---- */

/* Each piece by its own box: marks on all sides are one path. */
static void
end_piece (Walk *walk)
{
    const BmBox *in = &walk->inner;

    walk->reaches = walk->reaches || (walk->piece && walk->has_inner && walk->x1 > in->x0 + 0.01 && walk->x0 < in->x1 - 0.01 &&
                                      walk->y1 > in->y0 + 0.01 && walk->y0 < in->y1 - 0.01);
    walk->piece = false;
}

static void
add_point (Walk *walk, double x, double y)
{
    const double *m = walk->now.m;
    double px = x * m[0] + y * m[2] + m[4], py = x * m[1] + y * m[3] + m[5];

    walk->x0 = walk->piece ? MIN (walk->x0, px) : px;
    walk->y0 = walk->piece ? MIN (walk->y0, py) : py;
    walk->x1 = walk->piece ? MAX (walk->x1, px) : px;
    walk->y1 = walk->piece ? MAX (walk->y1, py) : py;
    walk->piece = true;
}

static void
check_registration (Walk *walk, const Colour *colour)
{
    if (colour->space == BM_SPACE_ALL && walk->reaches)
        bm_check_fail (walk->check, "C4", "use it for marks alone", "page %d: registration colour on the page", walk->page);
}

static void
paint_path (Walk *walk, bool fill, bool stroke)
{
    end_piece (walk);
    if (stroke) {
        double width = walk->now.line_width * scale_of (walk->now.m);

        if (width < NO_THINNER - 1e-6)
            bm_check_fail (walk->check, "C3", "draw it 0.2 pt or more", "page %d: a line of %.2f pt", walk->page, width);
        check_registration (walk, &walk->now.stroke);
        check_amount (walk, &walk->now.stroke);
    }
    if (fill) {
        check_registration (walk, &walk->now.fill);
        check_amount (walk, &walk->now.fill);
    }
    walk->reaches = false;
}

/* ---- text ---- */

static void
check_text_colour (Walk *walk, double size)
{
    const Colour *c = &walk->now.fill;
    int inks = 0;

    if (c->space == BM_SPACE_ALL)
        bm_check_fail (walk->check, "C2", "print it in black", "page %d: text in registration colour", walk->page);
    if (c->op == 'r' && MAX (c->v[0], MAX (c->v[1], c->v[2])) < 0.2)
        bm_check_fail (walk->check, "C2", "print it in black alone", "page %d: text of %.1f pt in dark RGB", walk->page, size);
    if (c->space != BM_SPACE_CMYK || c->n != 4)
        return;
    for (int i = 0; i < 4; i++)
        inks += c->v[i] > 0.001 ? 1 : 0;
    double colours = c->v[0] + c->v[1] + c->v[2], least = MIN (c->v[0], MIN (c->v[1], c->v[2]));
    if (c->v[3] >= DARK && colours > 0)
        bm_check_fail (walk->check, "C2", "print it in black alone", "page %d: text of %.1f pt in black of %d inks", walk->page,
                       size, inks);
    else if (size < walk->check->options.small_type && inks > 2)
        bm_check_fail (walk->check, "C2", "two inks at most for small type", "page %d: text of %.1f pt in %d inks", walk->page,
                       size, inks);
    else if (colours >= 1.8 && c->v[3] < DARK && least > 0.5)
        bm_check_fail (walk->check, "C2", "print it in black alone", "page %d: text of %.1f pt in dark colours", walk->page,
                       size);
}

static int
hex_value (char c)
{
    return g_ascii_xdigit_value (c);
}

/* The bytes of a string as written, ( ) or < >. */
static GByteArray *
string_bytes (const Operand *operand)
{
    GByteArray *out = g_byte_array_new ();
    const char *p = operand->text + 1, *end = operand->text + MAX (operand->length, 1) - 1;
    bool hex = operand->text[0] == '<';
    int half = -1;

    for (; p < end; p++) {
        guint8 byte = (guint8) *p;

        if (hex) {
            int v = hex_value (*p);

            if (v < 0)
                continue;
            if (half < 0) {
                half = v;
                continue;
            }
            byte = (guint8) (half << 4 | v);
            half = -1;
        } else if (*p == '\\' && p + 1 < end) {
            static const char letters[] = "nrtbf", values[] = "\n\r\t\b\f";
            const char *at = strchr (letters, *++p);
            int value = 0, n = 0;

            while (n < 3 && p + n < end && p[n] >= '0' && p[n] <= '7')
                value = value * 8 + p[n++] - '0';
            byte = n > 0 ? (guint8) value : at != NULL && *p != '\0' ? (guint8) values[at - letters] : (guint8) *p;
            p += n > 0 ? n - 1 : 0;
        }
        g_byte_array_append (out, &byte, 1);
    }
    if (half >= 0)
        g_byte_array_append (out, &(guint8){ (guint8) (half << 4) }, 1);
    return out;
}

static void
show_text (Walk *walk)
{
    double m[6];
    bool any = false;

    multiply (walk->text_m, walk->now.m, m);
    for (int i = 0; i < walk->n_operands && walk->now.font; i++) {
        if (walk->operands[i].kind != OPERAND_STRING)
            continue;
        GByteArray *bytes = string_bytes (&walk->operands[i]);

        any = any || bytes->len > 0;
        for (guint k = 0; walk->now.wide && k + 1 < bytes->len; k += 2)
            if (bytes->data[k] == 0 && bytes->data[k + 1] == 0)
                bm_check_fail (walk->check, "T5", "set it in a font that has the character", "page %d: a missing glyph is shown",
                               walk->page);
        g_byte_array_unref (bytes);
    }
    if (any && walk->now.mode != 3) {
        check_text_colour (walk, fabs (walk->now.size) * scale_of (m));
        check_amount (walk, &walk->now.fill);
    }
}

/* ---- transparency ---- */

static void
check_group (BmCheck *check, BmObject owner, const char *where)
{
    BmObject group = bm_pdf_get (check->pdf, owner, "/Group");

    if (!bm_pdf_is_name (check->pdf, bm_pdf_get (check->pdf, group, "/S"), "/Transparency"))
        return;
    if (check->options.standard == BM_PRESS_X1A || check->options.standard == BM_PRESS_A1B)
        bm_check_fail (check, "X1", "flatten it", "a transparency group on %s", where);
    if (check->options.standard == BM_PRESS_X4 &&
        bm_pdf_is_name (check->pdf, bm_pdf_get (check->pdf, group, "/CS"), "/DeviceRGB"))
        bm_check_fail (check, "X2", "blend in the press's colours", "%s blends in RGB", where);
}

static void
set_graphics_state (Walk *walk)
{
    BmPdf *pdf = walk->check->pdf;
    BmObject state = resource (walk, "/ExtGState", 1), mask = bm_pdf_get (pdf, state, "/SMask"),
             blend = bm_pdf_get (pdf, state, "/BM");
    bool flat = walk->check->options.standard == BM_PRESS_X1A || walk->check->options.standard == BM_PRESS_A1B;
    bool clear = (bm_pdf_has (pdf, state, "/ca") && bm_pdf_number (pdf, bm_pdf_get (pdf, state, "/ca")) < 1) ||
                 (bm_pdf_has (pdf, state, "/CA") && bm_pdf_number (pdf, bm_pdf_get (pdf, state, "/CA")) < 1);

    if (flat && clear)
        bm_check_fail (walk->check, "X1", "flatten it", "page %d: something half clear", walk->page);
    if (flat && bm_pdf_is_dict (pdf, mask))
        bm_check_fail (walk->check, "X1", "flatten it", "page %d: a soft mask", walk->page);
    if (bm_pdf_is_dict (pdf, mask))
        walk_form (walk, bm_pdf_get (pdf, mask, "/G"), walk->now.m);
    if (flat && bm_pdf_is_name (pdf, blend, NULL) && !bm_pdf_is_name (pdf, blend, "/Normal") &&
        !bm_pdf_is_name (pdf, blend, "/Compatible"))
        bm_check_fail (walk->check, "X1", "flatten it", "page %d: a blend mode", walk->page);
    if (bm_pdf_has (pdf, state, "/LW"))
        walk->now.line_width = bm_pdf_number (pdf, bm_pdf_get (pdf, state, "/LW"));
}

/* ---- objects inside ---- */

static void
walk_form (Walk *outer, BmObject form, const double matrix[6])
{
    BmPdf *pdf = outer->check->pdf;
    size_t length = 0;

    if (outer->depth >= MAX_DEPTH || ++*outer->walks > MAX_WALKS)
        return;
    char *bytes = bm_pdf_data (pdf, form, &length);
    Walk *walk = g_new0 (Walk, 1);
    double own[6] = { 1, 0, 0, 1, 0, 0 };

    walk->check = outer->check;
    walk->page = outer->page;
    walk->depth = outer->depth + 1;
    walk->inner = outer->inner;
    walk->has_inner = outer->has_inner;
    walk->walks = outer->walks;
    walk->now = outer->now;
    walk->resources = bm_pdf_get (pdf, form, "/Resources");
    bm_pdf_numbers (pdf, bm_pdf_get (pdf, form, "/Matrix"), 6, own);
    multiply (own, matrix, walk->now.m);
    check_group (outer->check, form, "a form");
    if (bytes != NULL)
        run (walk, bytes, length);
    g_free (bytes);
    g_free (walk);
}

static void
draw_object (Walk *walk)
{
    BmObject object = resource (walk, "/XObject", 1);
    BmPdf *pdf = walk->check->pdf;

    if (bm_pdf_is_name (pdf, bm_pdf_get (pdf, object, "/Subtype"), "/Form"))
        walk_form (walk, object, walk->now.m);
    else if (bm_pdf_is_name (pdf, bm_pdf_get (pdf, object, "/Subtype"), "/Image") && ++*walk->walks <= MAX_WALKS)
        bm_check_image (walk->check, walk->page, object, walk->now.m);
}

/* ---- operators ---- */

static void
set_font (Walk *walk)
{
    BmObject font = resource (walk, "/Font", 2);

    walk->now.font = bm_pdf_is_dict (walk->check->pdf, font);
    walk->now.wide = bm_pdf_is_name (walk->check->pdf, bm_pdf_get (walk->check->pdf, font, "/Subtype"), "/Type0");
    walk->now.size = number_at (walk, 1);
}

static void
take_matrix (const Walk *walk, double m[6])
{
    for (int i = 0; i < 6; i++)
        m[i] = number_at (walk, 6 - i);
}

static bool
is (const char *op, const char *name)
{
    return strcmp (op, name) == 0;
}

static bool
colour_operator (Walk *walk, const char *op)
{
    Colour *fill = &walk->now.fill, *stroke = &walk->now.stroke;

    if (is (op, "g") || is (op, "G"))
        set_device (walk, op[0] == 'g' ? fill : stroke, 'g', 1);
    else if (is (op, "rg") || is (op, "RG"))
        set_device (walk, op[0] == 'r' ? fill : stroke, 'r', 3);
    else if (is (op, "k") || is (op, "K"))
        set_device (walk, op[0] == 'k' ? fill : stroke, 'k', 4);
    else if (is (op, "cs") || is (op, "CS"))
        set_space (walk, op[0] == 'c' ? fill : stroke);
    else if (is (op, "sc") || is (op, "scn") || is (op, "SC") || is (op, "SCN"))
        set_components (walk, op[0] == 's' ? fill : stroke);
    else if (is (op, "sh"))
        bm_check_space (walk->check, bm_pdf_get (walk->check->pdf, resource (walk, "/Shading", 1), "/ColorSpace"), "a shading");
    else
        return false;
    return true;
}

static bool
path_operator (Walk *walk, const char *op)
{
    if (is (op, "m") || is (op, "l")) {
        if (is (op, "m"))
            end_piece (walk);
        add_point (walk, number_at (walk, 2), number_at (walk, 1));
    } else if (is (op, "c") || is (op, "v") || is (op, "y")) {
        for (int i = is (op, "c") ? 6 : 4; i > 0; i -= 2)
            add_point (walk, number_at (walk, i), number_at (walk, i - 1));
    } else if (is (op, "re")) {
        end_piece (walk);
        add_point (walk, number_at (walk, 4), number_at (walk, 3));
        add_point (walk, number_at (walk, 4) + number_at (walk, 2), number_at (walk, 3) + number_at (walk, 1));
        end_piece (walk);
    } else if (is (op, "S") || is (op, "s"))
        paint_path (walk, false, true);
    else if (is (op, "f") || is (op, "F") || is (op, "f*"))
        paint_path (walk, true, false);
    else if (is (op, "B") || is (op, "B*") || is (op, "b") || is (op, "b*"))
        paint_path (walk, true, true);
    else if (is (op, "n"))
        walk->piece = walk->reaches = false;
    else
        return false;
    return true;
}

static bool
text_operator (Walk *walk, const char *op)
{
    static const double unit[6] = { 1, 0, 0, 1, 0, 0 };

    if (is (op, "Tf"))
        set_font (walk);
    else if (is (op, "Tr"))
        walk->now.mode = (int) number_at (walk, 1);
    else if (is (op, "BT"))
        memcpy (walk->text_m, unit, sizeof unit);
    else if (is (op, "Tm"))
        take_matrix (walk, walk->text_m);
    else if (is (op, "Tj") || is (op, "TJ") || is (op, "'") || is (op, "\""))
        show_text (walk);
    else
        return false;
    return true;
}

static void
state_operator (Walk *walk, const char *op)
{
    double m[6];

    if (is (op, "q") && walk->n_saved < MAX_STATES)
        walk->saved[walk->n_saved++] = walk->now;
    else if (is (op, "Q") && walk->n_saved > 0)
        walk->now = walk->saved[--walk->n_saved];
    else if (is (op, "cm")) {
        take_matrix (walk, m);
        multiply (m, walk->now.m, walk->now.m);
    } else if (is (op, "w"))
        walk->now.line_width = number_at (walk, 1);
    else if (is (op, "gs"))
        set_graphics_state (walk);
    else if (is (op, "Do"))
        draw_object (walk);
}

/* ---- tokens ---- */

static bool
is_blank (char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool
is_mark (char c)
{
    return c != '\0' && strchr ("()<>[]{}/%", c) != NULL;
}

/* The numbers of a TJ may be many: of too many operands the first are forgotten, but never a string. */
static void
add_operand (Walk *walk, Operand operand)
{
    if (walk->n_operands == MAX_OPERANDS) {
        if (operand.kind == OPERAND_STRING)
            show_text (walk);
        walk->n_operands = 0;
    }
    walk->operands[walk->n_operands++] = operand;
}

static const char *
end_of_string (const char *p, const char *end)
{
    p++;
    for (int depth = 1; p < end && depth > 0; p++) {
        if (*p == '\\' && p + 1 < end)
            p++;
        else
            depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
    }
    return p;
}

static const char *
end_of_inline_image (const char *p, const char *end)
{
    for (; p + 3 < end; p++)
        if (is_blank (p[0]) && p[1] == 'E' && p[2] == 'I' && is_blank (p[3]))
            return p + 3;
    return end;
}

static const char *
take_word (Walk *walk, const char *p, const char *end)
{
    const char *stop = p + 1;
    char op[8];

    while (stop < end && !is_blank (*stop) && !is_mark (*stop))
        stop++;
    size_t length = (size_t) (stop - p);
    if (*p == '/')
        add_operand (walk, (Operand){ OPERAND_NAME, 0, p, length });
    else if (g_ascii_isdigit (*p) || *p == '-' || *p == '+' || *p == '.') {
        double value = g_ascii_strtod (p, NULL);

        add_operand (walk, (Operand){ OPERAND_NUMBER, isfinite (value) ? value : 0, NULL, 0 });
    } else if (length < sizeof op) {
        memcpy (op, p, length);
        op[length] = '\0';
        if (is (op, "BI"))
            stop = end_of_inline_image (stop, end);
        else if (!colour_operator (walk, op) && !path_operator (walk, op) && !text_operator (walk, op))
            state_operator (walk, op);
        walk->n_operands = 0;
    }
    return stop;
}

static void
run (Walk *walk, const char *bytes, size_t length)
{
    const char *p = bytes, *end = bytes + length;

    while (p < end) {
        const char *from = p;

        if (is_blank (*p))
            p++;
        else if (*p == '%') {
            while (p < end && *p != '\n' && *p != '\r')
                p++;
        } else if (*p == '(' || (*p == '<' && (p + 1 == end || p[1] != '<'))) {
            const char *close = *p == '(' ? end_of_string (p, end) : memchr (p, '>', (size_t) (end - p));

            p = close == NULL ? end : *from == '(' ? close : close + 1;
            add_operand (walk, (Operand){ OPERAND_STRING, 0, from, (size_t) (p - from) });
        } else if (is_mark (*p) && *p != '/')
            p += p + 1 < end && p[1] == *p && (*p == '<' || *p == '>') ? 2 : 1;
        else
            p = take_word (walk, p, end);
    }
}

/* ---- pages ---- */

static void
walk_page (BmCheck *check, int index, int *walks)
{
    BmObject page = bm_pdf_page (check->pdf, index);
    Walk *walk = g_new0 (Walk, 1);
    size_t length = 0;
    char *bytes = bm_pdf_content (check->pdf, page, &length), where[32];

    walk->check = check;
    walk->page = index + 1;
    walk->walks = walks;
    walk->resources = bm_pdf_get (check->pdf, page, "/Resources");
    walk->has_inner = bm_check_inner_box (check, page, &walk->inner);
    walk->now = (State){ .m = { 1, 0, 0, 1, 0, 0 },
                         .line_width = 1,
                         .fill = { 'g', BM_SPACE_GRAY, 1, { 0 } },
                         .stroke = { 'g', BM_SPACE_GRAY, 1, { 0 } } };
    g_snprintf (where, sizeof where, "page %d", index + 1);
    check_group (check, page, where);
    if (bytes != NULL)
        run (walk, bytes, length);
    else
        bm_check_fail (check, "F1", "have the file made again", "the content of page %d does not decode", index + 1);
    g_free (bytes);
    g_free (walk);
}

void
bm_check_contents (BmCheck *check)
{
    int walks = 0;

    for (int i = 0; i < bm_pdf_n_pages (check->pdf); i++)
        walk_page (check, i, &walks);
}
