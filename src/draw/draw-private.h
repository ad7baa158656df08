/* draw-private.h — the painter and what it holds: cut faces, pictures, the surface of the moment. */
#ifndef BM_DRAW_PRIVATE_H
#define BM_DRAW_PRIVATE_H

#include "draw/draw.h"

#include <cairo.h>

/* ---- faces.c: only the glyphs used, in fonts of our own (print-ready.md §3) ---- */

typedef struct {
    const BmFont *font;
    hb_set_t *used;
    hb_set_t *characters; /* of the text, each with its first glyph */
    hb_map_t *glyph_of;
    hb_map_t *cut;        /* glyph of the font → glyph of the cut font */
    cairo_font_face_t *cairo;
    uint32_t blank;       /* glyph of the space, 0: none */
    double blank_advance; /* em */
} BmFace;

typedef struct BmFaces BmFaces;

BmFaces *bm_faces_new (void);
void     bm_faces_free (BmFaces *faces);
/* Note what the lines of a plan use; then cut, once, over the whole document. */
void bm_faces_add_plan (BmFaces *faces, const BmPlan *plan);
void bm_faces_add_line (BmFaces *faces, const BmPlacedLine *line);
bool bm_faces_cut (BmFaces *faces, BmDiags *diags);
const BmFace *bm_faces_find (const BmFaces *faces, const BmFont *font);

/* The common characters of a face, cut once (stock.c). */
typedef struct {
    hb_face_t *face;
    hb_map_t *glyphs; /* of the whole face → of this one */
} BmStock;

/* The face's stock if it has all of `used`, else NULL. */
const BmStock *bm_stock_of (hb_face_t *face, const hb_set_t *used);

/* ---- the painter ---- */

typedef enum { BM_SURFACE_PDF, BM_SURFACE_SVG, BM_SURFACE_COLOUR, BM_SURFACE_GRAY } BmSurfaceKind;

typedef struct BmPhotos BmPhotos;

typedef struct {
    cairo_t *cr;
    BmSurfaceKind kind;
    double scale;        /* pixels a point; 0: no pixels */
    double top, bottom;  /* what lies outside, in points, need not be drawn */
    const BmPlan *plan;
    const BmFaces *faces;
    BmPhotos *photos;
    BmDiags *diags;
    /* text.c */
    const BmFace *face;  /* set at the moment */
    cairo_matrix_t matrix;
    GArray *glyphs, *clusters;
} BmPainter;

void bm_painter_init (BmPainter *painter, BmSurfaceKind kind, const BmFaces *faces, BmPhotos *photos, BmDiags *diags);
void bm_painter_clear (BmPainter *painter);
/* Turn to a new surface or page. */
void bm_painter_begin (BmPainter *painter, cairo_t *cr, const BmPlan *plan);

/* page.c */
bool bm_plan_is_drawable (const BmPlan *plan, BmDiags *diags);
bool bm_paint_page (BmPainter *painter);
/* A BM_ERROR if Cairo is in a state of error. */
bool bm_cairo_ok (cairo_status_t status, BmDiags *diags);
cairo_status_t bm_append_bytes (void *array, const unsigned char *bytes, unsigned length);

/* text.c */
void bm_paint_line (BmPainter *painter, const BmPlacedLine *line, bool vertical);

/* ink.c: by name; NULL is black. */
void bm_set_ink (BmPainter *painter, const char *name);
void bm_set_level (BmPainter *painter, double level); /* of gray; 0 black, 1 paper */

/* photo.c */
BmPhotos *bm_photos_new (const char *root);
void      bm_photos_free (BmPhotos *photos);
/* Fill a box with the picture, its crop cut away. False after a BM_ERROR. */
bool bm_paint_photo (BmPainter *painter, const BmElement *element);

/* png.c: `channels` 1 or 3, rows of width × channels bytes, each with room for its filter byte before it. */
GByteArray *bm_png_write (const uint8_t *rows, int width, int height, int channels, double dpi);


#endif
