/* boxed.c — a font whose glyphs FreeType takes for plain boxes.
 *
 * A PDF embeds the outlines from the font's own tables. All that Cairo asks FreeType for is how far a glyph's ink may reach and
 * that it has an outline, but to answer FreeType interprets the charstring, for each glyph and size three times: half of what
 * drawing a page takes. FreeType's interface for fonts that come glyph by glyph (ftincrem.h) lets us answer with a box at once. */
#include "draw/draw-private.h"

#include <hb.h>

#include FT_INCREMENTAL_H

/* Of a Type 2 charstring (Adobe technical note 5177). */
#define OP_HLINETO 6
#define OP_ENDCHAR 14
#define OP_RMOVETO 21
#define OP_NUMBER 28 /* 16 bits follow */

#define BELOW 0.5 /* em under the baseline, … */
#define BOX 2.0   /* … and how large: a letter that falls outside the page as a whole is all that Cairo leaves out */

struct BmBoxedGlyphs {
    FT_Incremental_InterfaceRec interface;
    FT_Byte charstring[20];
    int length;
};

static FT_Error
tell_box (FT_Incremental object, FT_UInt glyph, FT_Data *data)
{
    BmBoxedGlyphs *boxed = (BmBoxedGlyphs *) (gpointer) object;

    (void) glyph;
    data->pointer = boxed->charstring;
    data->length = (FT_UInt) boxed->length;
    return 0;
}

static void
forget_box (FT_Incremental object, FT_Data *data)
{
    (void) object;
    (void) data;
}

static void
put_number (BmBoxedGlyphs *boxed, double value)
{
    int number = (int) value;

    boxed->charstring[boxed->length++] = OP_NUMBER;
    boxed->charstring[boxed->length++] = (FT_Byte) ((unsigned) number >> 8 & 0xff);
    boxed->charstring[boxed->length++] = (FT_Byte) ((unsigned) number & 0xff);
}

/* moveto, then lines to the right, up and to the left; the last is closed by itself. */
static void
write_box (BmBoxedGlyphs *boxed, unsigned em)
{
    put_number (boxed, -BELOW * em);
    put_number (boxed, -BELOW * em);
    boxed->charstring[boxed->length++] = OP_RMOVETO;
    put_number (boxed, BOX * em);
    put_number (boxed, BOX * em);
    put_number (boxed, -BOX * em);
    boxed->charstring[boxed->length++] = OP_HLINETO;
    boxed->charstring[boxed->length++] = OP_ENDCHAR;
}

BmBoxedGlyphs *
bm_boxed_glyphs_new (hb_face_t *face)
{
    static const FT_Incremental_FuncsRec funcs = { tell_box, forget_box, NULL };
    hb_blob_t *outlines = hb_face_reference_table (face, HB_TAG ('C', 'F', 'F', ' '));
    unsigned em = hb_face_get_upem (face);
    BmBoxedGlyphs *boxed = NULL;

    if (hb_blob_get_length (outlines) > 0 && BOX * em <= G_MAXINT16) {
        boxed = g_new0 (BmBoxedGlyphs, 1);
        boxed->interface = (FT_Incremental_InterfaceRec){ &funcs, (FT_Incremental) (gpointer) boxed };
        write_box (boxed, em);
    }
    hb_blob_destroy (outlines);
    return boxed;
}

FT_Parameter
bm_boxed_glyphs_parameter (BmBoxedGlyphs *boxed)
{
    return (FT_Parameter){ FT_PARAM_TAG_INCREMENTAL, &boxed->interface };
}
