/* text.c — lines of glyphs, and the text that readers of the PDF get from them (cjk-composition.md §15).
 *
 * A reader guesses blanks from gaps. Where a run has none above 0.10 em each glyph carries its own character; else the run is
 * one cluster, which Cairo writes as ActualText. A vertical line is always one: else it would be read as one line a
 * character; its turned words, which need a matrix of their own, then carry no text, the line's first piece carries it all. */
#include "draw/draw-private.h"

#include <math.h>
#include <string.h>

/* How the glyphs of one piece carry their text. */
typedef enum { BM_TEXT_EACH, BM_TEXT_WHOLE, BM_TEXT_NONE } BmCarry;

typedef struct {
    const BmPlacedLine *line;
    const BmRun *run;
    int from, to;        /* glyphs of one matrix */
    BmCarry carry;
    const char *text;    /* BM_TEXT_WHOLE: what it carries */
    bool vertical;
    double next;         /* BM_TEXT_WHOLE: where the next run begins, em; NAN: none, no blank is needed */
} Piece;

void
bm_painter_init (BmPainter *painter, BmSurfaceKind kind, const BmFaces *faces, BmPhotos *photos, BmDiags *diags)
{
    *painter = (BmPainter){ .kind = kind, .faces = faces, .photos = photos, .diags = diags };
    painter->glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
    painter->clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
}

void
bm_painter_clear (BmPainter *painter)
{
    g_array_free (painter->glyphs, TRUE);
    g_array_free (painter->clusters, TRUE);
    if (painter->acts != NULL)
        g_array_free (painter->acts, TRUE);
}

void
bm_painter_begin (BmPainter *painter, cairo_t *cr, const BmPlan *plan)
{
    if (painter->plan != plan || painter->acts == NULL) {
        if (painter->acts != NULL)
            g_array_free (painter->acts, TRUE);
        painter->acts = bm_reading_order (plan, &painter->heading_seen);
    }
    painter->cr = cr;
    painter->plan = plan;
    painter->face = NULL;
    painter->top = -INFINITY;
    painter->bottom = INFINITY;
}

/* Turned glyphs lie on their right side: 90° clockwise, y down. */
static void
set_face (BmPainter *painter, const BmFace *face, const BmGlyph *glyph, double size)
{
    cairo_matrix_t matrix = { size * glyph->scale_x, 0, 0, size * glyph->scale_y, 0, 0 };

    if (glyph->rotated)
        matrix = (cairo_matrix_t){ 0, size, -size, 0, 0, 0 };
    if (painter->face == face && memcmp (&painter->matrix, &matrix, sizeof matrix) == 0)
        return;
    cairo_set_font_face (painter->cr, face->cairo);
    cairo_set_font_matrix (painter->cr, &matrix);
    painter->face = face;
    painter->matrix = matrix;
}

static void
add_glyph (BmPainter *painter, uint32_t index, double x, double y)
{
    g_array_append_val (painter->glyphs, ((cairo_glyph_t){ index, x, y }));
}

static void
add_cluster (BmPainter *painter, int bytes, int glyphs)
{
    g_array_append_val (painter->clusters, ((cairo_text_cluster_t){ bytes, glyphs }));
}

/* One cluster a glyph; glyphs without bytes belong to the one before. */
static void
cluster_each (BmPainter *painter, const Piece *piece)
{
    for (int i = piece->from; i < piece->to; i++) {
        const BmGlyph *glyph = &piece->run->glyphs[i];
        guint n = painter->clusters->len;

        if (glyph->length == 0 && n > 0)
            g_array_index (painter->clusters, cairo_text_cluster_t, n - 1).num_glyphs++;
        else
            add_cluster (painter, glyph->length, 1);
    }
}

/* The blank makes the cluster end where the next run begins: else a reader sees a gap there. */
static void
add_blank (BmPainter *painter, const Piece *piece, const BmFace *face)
{
    const BmPlacedLine *line = piece->line;

    if (isnan (piece->next) || face->blank == 0)
        return;
    add_glyph (painter, hb_map_get (face->cut, face->blank), line->x + (piece->next - face->blank_advance) * line->size, line->baseline);
}

static void
show_text (BmPainter *painter, const Piece *piece)
{
    const char *text = piece->run->text;
    int start = piece->run->glyphs[piece->from].start, length = 0;

    if (piece->carry == BM_TEXT_EACH) {
        cluster_each (painter, piece);
        int end = piece->to < piece->run->n_glyphs ? piece->run->glyphs[piece->to].start : (int) strlen (text);
        text += start;
        length = end - start;
    } else {
        text = piece->carry == BM_TEXT_WHOLE ? piece->text : "";
        length = (int) strlen (text);
        add_cluster (painter, length, (int) painter->glyphs->len);
    }
    cairo_show_text_glyphs (painter->cr, text, length, (cairo_glyph_t *) (gpointer) painter->glyphs->data, (int) painter->glyphs->len,
                            (cairo_text_cluster_t *) (gpointer) painter->clusters->data, (int) painter->clusters->len, 0);
}

static void
show_piece (BmPainter *painter, const Piece *piece)
{
    const BmPlacedLine *line = piece->line;

    if (painter->words != NULL) {
        bm_svg_text (painter, line, piece->run, piece->from, piece->to, piece->vertical);
        return;
    }
    const BmFace *face = bm_faces_find (painter->faces, piece->run->font);

    g_array_set_size (painter->glyphs, 0);
    g_array_set_size (painter->clusters, 0);
    for (int i = piece->from; i < piece->to; i++) {
        const BmGlyph *glyph = &piece->run->glyphs[i];

        add_glyph (painter, hb_map_get (face->cut, glyph->glyph), line->x + glyph->x * line->size, line->baseline + glyph->y * line->size);
    }
    set_face (painter, face, &piece->run->glyphs[piece->from], line->size);
    if (painter->kind == BM_SURFACE_PDF) {
        if (piece->carry == BM_TEXT_WHOLE)
            add_blank (painter, piece, face);
        show_text (painter, piece);
    } else
        cairo_show_glyphs (painter->cr, (cairo_glyph_t *) (gpointer) painter->glyphs->data, (int) painter->glyphs->len);
}

static int
end_of_piece (const BmRun *run, int from)
{
    const BmGlyph *first = &run->glyphs[from];
    int i = from + 1;

    while (i < run->n_glyphs && run->glyphs[i].rotated == first->rotated && fabs (run->glyphs[i].scale_x - first->scale_x) < 1e-6 &&
           fabs (run->glyphs[i].scale_y - first->scale_y) < 1e-6)
        i++;
    return i;
}

/* ---- lines ---- */

#define SPACED 0.10 /* em; cjk-composition.md §15.3 */

/* Where the next run begins if a reader would see a blank before it; NAN: none, or no gap. */
static double
after_a_gap (const BmPlacedLine *line, int i)
{
    double next = i + 1 < line->n_runs && line->runs[i + 1].n_glyphs > 0 ? line->runs[i + 1].glyphs[0].x : NAN;

    return !isnan (next) && fabs (next - line->runs[i].end_x) > SPACED ? next : NAN;
}

bool
bm_run_is_one_cluster (const BmPlacedLine *line, int run)
{
    return line->runs[run].spaced || !isnan (after_a_gap (line, run));
}

static void
paint_horizontal (BmPainter *painter, const BmPlacedLine *line)
{
    for (int i = 0; i < line->n_runs; i++) {
        const BmRun *run = &line->runs[i];
        BmCarry carry = bm_run_is_one_cluster (line, i) ? BM_TEXT_WHOLE : BM_TEXT_EACH;
        Piece piece = { line, run, 0, 0, carry, run->text, false, after_a_gap (line, i) };

        for (int from = 0; from < run->n_glyphs; from = piece.to) {
            piece.from = from;
            piece.to = end_of_piece (run, from);
            show_piece (painter, &piece);
            if (piece.carry == BM_TEXT_WHOLE)
                piece.carry = BM_TEXT_NONE;
        }
    }
}

static void
paint_vertical (BmPainter *painter, const BmPlacedLine *line)
{
    GString *text = g_string_new (NULL);

    for (int i = 0; i < line->n_runs; i++)
        g_string_append (text, line->runs[i].text);
    BmCarry carry = BM_TEXT_WHOLE;
    for (int i = 0; i < line->n_runs; i++) {
        const BmRun *run = &line->runs[i];

        for (int from = 0, to; from < run->n_glyphs; from = to) {
            to = end_of_piece (run, from);
            show_piece (painter, &(Piece){ line, run, from, to, carry, text->str, true, NAN });
            carry = BM_TEXT_NONE;
        }
    }
    g_string_free (text, TRUE);
}

void
bm_paint_line (BmPainter *painter, const BmPlacedLine *line, bool vertical)
{
    double above = vertical ? line->baseline - line->size : line->baseline - 1.5 * line->size;
    double below = vertical ? line->baseline + line->width + 2 * line->size : line->baseline + line->size;

    if (below < painter->top || above > painter->bottom)
        return;
    if (vertical)
        paint_vertical (painter, line);
    else
        paint_horizontal (painter, line);
}
