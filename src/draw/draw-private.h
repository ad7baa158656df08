/* draw-private.h — the painter and what it holds: cut faces, pictures, the surface of the moment. */
#ifndef BM_DRAW_PRIVATE_H
#define BM_DRAW_PRIVATE_H

#include "draw/draw.h"

#include <cairo.h>
#include <hb.h>

#include <ft2build.h>
#include FT_FREETYPE_H

/* ---- faces.c: only the glyphs used, in fonts of our own (print-ready.md §3) ---- */

typedef struct {
    uint32_t glyph;
    const char *text; /* of the run; not terminated */
    int length;
} BmSaying;

typedef struct {
    const BmFont *font;
    hb_set_t *used;
    hb_set_t *characters; /* of the text, each with its first glyph */
    hb_map_t *glyph_of;
    hb_set_t *told;       /* glyphs that are somewhere drawn with their own text */
    hb_set_t *said;       /* glyphs of `sayings` */
    GArray *sayings;      /* BmSaying: what glyphs inside an ActualText stand for */
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
void bm_faces_add_line (BmFaces *faces, const BmPlacedLine *line, bool vertical);
bool bm_faces_cut (BmFaces *faces, BmDiags *diags);
const BmFace *bm_faces_find (const BmFaces *faces, const BmFont *font);

/* A character of the private use area that Cairo's ToUnicode maps hold instead of a text. */
typedef struct {
    uint16_t code;
    const char *text; /* of the plan's runs; not terminated */
    int length;
} BmStandIn;

/* Before cutting: the faces are for embedding, nothing draws their outlines. */
void bm_faces_only_embed (BmFaces *faces);
/* Before cutting: every glyph is to have a name, if need be a stand-in, which the finished file must have replaced. */
void bm_faces_stand_in (BmFaces *faces);
const BmStandIn *bm_faces_stand_ins (const BmFaces *faces, int *n);

/* ---- boxed.c: glyphs that are embedded and never drawn ---- */

typedef struct BmBoxedGlyphs BmBoxedGlyphs;

/* NULL: the face has outlines of another kind. To be freed (g_free) after the FreeType face that is opened with it. */
BmBoxedGlyphs *bm_boxed_glyphs_new (hb_face_t *face);
FT_Parameter bm_boxed_glyphs_parameter (BmBoxedGlyphs *boxed);

/* ---- order.c: the order in which a page is read, and drawn ---- */

typedef enum { BM_ACT_OPEN, BM_ACT_CLOSE, BM_ACT_DRAW } BmActKind;

typedef struct {
    BmActKind kind;
    const char *tag;          /* BM_ACT_OPEN: the structure type, "Art" "H1" "P" … */
    bool leaf;                /* … holds what is drawn, no parts */
    const BmElement *element; /* BM_ACT_DRAW: what; BM_ACT_OPEN of a leaf: what it is made of */
    int first, n_lines;       /* BM_ACT_DRAW: lines of it; boxes and pictures are drawn with the first */
} BmAct;

/* BmAct, to be freed. *heading_seen: was there a heading on an earlier page of the document. */
GArray *bm_reading_order (const BmPlan *plan, bool *heading_seen);

/* ---- the painter ---- */

typedef struct BmStructure BmStructure;

typedef enum { BM_SURFACE_PDF, BM_SURFACE_SVG, BM_SURFACE_COLOUR, BM_SURFACE_GRAY } BmSurfaceKind;

typedef struct BmPhotos BmPhotos;
typedef struct BmColour BmColour;

typedef struct {
    cairo_t *cr;
    BmSurfaceKind kind;
    double scale;        /* pixels a point; 0: no pixels */
    double top, bottom;  /* what lies outside, in points, need not be drawn */
    const BmPlan *plan;
    const BmFaces *faces;
    BmPhotos *photos;
    BmDiags *diags;
    GArray *acts;           /* of the plan */
    bool heading_seen;
    BmStructure *structure; /* of a PDF; NULL: drawn without tags */
    GString *words;         /* of an SVG: its text, as text */
    double level[3];        /* red, green, blue set last */
    /* for the press, and its proof */
    BmInkCodes *inks;          /* colours are drawn as codes; NULL: as the screen shows them */
    const BmPressSheet *sheet; /* with `inks` */
    BmColour *colour;          /* with `inks`, or for a proof */
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

/* structure.c: the tree of a tagged PDF, made while its pages are drawn */
typedef struct {
    const char *tag;
    int parent;               /* −1: the document */
    int page, mark;           /* mark: number of its content on that page; −1: it has parts only */
    int target;               /* of a link: node it leads to; −1: none */
    bool back;                /* … to where the story began */
    const BmElement *element; /* of a leaf */
} BmNode;

BmStructure  *bm_structure_new (void);
void          bm_structure_free (BmStructure *structure);
void          bm_structure_page (BmStructure *structure, const BmPlan *plan);
void          bm_structure_open (BmStructure *structure, cairo_t *cr, const BmAct *act);
void          bm_structure_close (BmStructure *structure, cairo_t *cr);
const BmNode *bm_structure_nodes (const BmStructure *structure, int *n);
/* Once all pages are drawn: every 下转 line that has its 上接 line in the document leads there. */
void          bm_structure_link (BmStructure *structure);

/* pdf-file.c: Cairo's file as objects that can be changed */
typedef struct BmPdfFile BmPdfFile;

BmPdfFile  *bm_pdf_file_open (GByteArray *bytes); /* borrowed; NULL: not a file of Cairo's */
void        bm_pdf_file_free (BmPdfFile *file);
int         bm_pdf_file_root (const BmPdfFile *file);
/* Everything between "n 0 obj" and "endobj", or before "stream"; *length may be NULL. */
const char *bm_pdf_file_object (const BmPdfFile *file, int number, size_t *length);
GByteArray *bm_pdf_file_stream (const BmPdfFile *file, int number); /* unpacked; NULL: none */
int         bm_pdf_file_new (BmPdfFile *file);                     /* number of a new object, to be set */
void        bm_pdf_file_set (BmPdfFile *file, int number, GString *text); /* takes the text: a whole object */
void        bm_pdf_file_set_stream (BmPdfFile *file, int number, const char *keys, const guint8 *bytes, size_t length, bool pack);
int         bm_pdf_file_count (const BmPdfFile *file);             /* numbers are below it */
int         bm_pdf_file_reference (const char *object, size_t length, const char *key); /* 0: none */
GByteArray *bm_pdf_file_write (BmPdfFile *file);                   /* without what is no longer reached */
const char *bm_find_bytes (const char *from, const char *end, const char *what); /* NULL: not there */

/* pdf-finish.c: what Cairo cannot write. NULL after a BM_ERROR. */
typedef struct {
    const BmPlan *const *plans;
    int n_plans;
    const BmStructure *structure;
    const char *title, *date; /* date: ISO with time */
    const BmFaces *faces;
} BmFinish;
GByteArray *bm_pdf_finish (GByteArray *bytes, const BmFinish *finish, BmDiags *diags);

/* text.c */
bool bm_run_is_one_cluster (const BmPlacedLine *line, int run); /* of a horizontal line: its glyphs carry no text of their own */
void bm_paint_line (BmPainter *painter, const BmPlacedLine *line, bool vertical);

/* svg.c: glyphs of a run that have one matrix, as a text element */
void bm_svg_text (BmPainter *painter, const BmPlacedLine *line, const BmRun *run, int from, int to, bool vertical);

/* document.c has no private part; colour.c: between pictures, press and screen, by lcms2. Colours 0 … 1. */
BmColour *bm_colour_new (const void *profile, size_t length, BmDiags *diags); /* NULL after a BM_ERROR */
void      bm_colour_free (BmColour *colour);
/* Pixels 0x00RRGGBB to inks, four bytes a pixel, 255 solid; `source` is the picture's own profile or NULL for sRGB. False: the
 * source cannot be used. */
bool bm_colour_pixels_to_inks (BmColour *colour, const void *source, size_t length, const uint32_t *pixels, uint8_t *inks, size_t n);
bool bm_colour_inks_to_inks (BmColour *colour, const void *source, size_t length, uint8_t *inks, size_t n);
/* Grays to tints of black that look alike on the press; bytes 255 = paper, as DeviceGray has it. */
bool bm_colour_gray (BmColour *colour, const void *source, size_t length, const uint32_t *pixels, uint8_t *gray, size_t n);
void bm_colour_screen (BmColour *colour, const double cmyk[4], double rgb[3]);
void bm_colour_inks_to_pixels (BmColour *colour, const uint8_t *inks, uint32_t *pixels, size_t n);

/* photo-press.c: a picture in the press's inks, at most `width` × `height` pixels where it has far more; JPEG bytes or, for a
 * proof, pixels. */
typedef struct {
    const BmPictureFile *picture;
    const char *file;
    double width, height; /* of the whole picture as placed, points */
} BmPressPicture;
cairo_surface_t *bm_press_picture (BmPainter *painter, const BmPressPicture *placed);

/* bleed.c: the element drawn out to the bleed where it reaches the trim; `room` may become the answer. */
const BmElement *bm_drawn_out (const BmPainter *painter, const BmElement *element, BmElement *room);

/* marks.c: outside the bleed, on all plates. */
extern const BmInkCode bm_registration_ink;
void bm_paint_marks (BmPainter *painter, int page);

/* ink.c: by name; NULL is black. */
void bm_set_ink (BmPainter *painter, const char *name);
void bm_set_level (BmPainter *painter, double level); /* of gray; 0 black, 1 paper */
void bm_set_code (BmPainter *painter, const BmInkCode *ink); /* for the press only */

/* photo.c */
BmPhotos *bm_photos_new (const char *root);
void      bm_photos_free (BmPhotos *photos);
/* Fill a box with the picture, its crop cut away. False after a BM_ERROR. */
bool bm_paint_photo (BmPainter *painter, const BmElement *element);

/* png.c: `channels` 1 or 3, rows of width × channels bytes, each with room for its filter byte before it. */
GByteArray *bm_png_write (const uint8_t *rows, int width, int height, int channels, double dpi);


#endif
