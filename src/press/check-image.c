/* check-image.c — pictures as placed (I1 to I4), their colour spaces (C1), their ink (P1). */
#include "press/check-private.h"

#include <math.h>
#include <string.h>

/* ---- colour spaces ---- */

static BmSpace
named_space (BmCheck *check, const char *name, const char *where)
{
    if (strcmp (name, "/DeviceRGB") == 0 || strcmp (name, "/RGB") == 0) {
        if (bm_check_is_x (check))
            bm_check_fail (check, "C1", "turn it into the press's inks", "RGB: %s", where);
        return BM_SPACE_RGB;
    }
    if (strcmp (name, "/DeviceCMYK") == 0 || strcmp (name, "/CMYK") == 0)
        return BM_SPACE_CMYK;
    if (strcmp (name, "/DeviceGray") == 0 || strcmp (name, "/G") == 0)
        return BM_SPACE_GRAY;
    return strcmp (name, "/Pattern") == 0 ? BM_SPACE_PATTERN : BM_SPACE_OTHER;
}

BmSpace
bm_check_space (BmCheck *check, BmObject space, const char *where)
{
    static const char *const independent[] = { "/CalRGB", "/CalGray", "/Lab", "/ICCBased", NULL };

    if (bm_pdf_is_name (check->pdf, space, NULL))
        return named_space (check, bm_pdf_name (check->pdf, space), where);
    char *kind = g_strdup (bm_pdf_name (check->pdf, bm_pdf_at (check->pdf, space, 0)));
    BmSpace found = BM_SPACE_OTHER;
    if (g_strv_contains (independent, kind)) {
        if (check->options.standard == BM_PRESS_X1A)
            bm_check_fail (check, "C1", "turn it into the press's inks", "%s: %s", kind + 1, where);
        found = BM_SPACE_INDEPENDENT;
    } else if (strcmp (kind, "/Indexed") == 0 || strcmp (kind, "/I") == 0) {
        bm_check_space (check, bm_pdf_at (check->pdf, space, 1), where);
    } else if (strcmp (kind, "/Separation") == 0 || strcmp (kind, "/DeviceN") == 0) {
        bool all = bm_pdf_is_name (check->pdf, bm_pdf_at (check->pdf, space, 1), "/All");

        bm_check_space (check, bm_pdf_at (check->pdf, space, 2), where);
        found = all ? BM_SPACE_ALL : BM_SPACE_SPOT;
    } else if (strcmp (kind, "/Pattern") == 0) {
        if (bm_pdf_array_length (check->pdf, space) > 1)
            bm_check_space (check, bm_pdf_at (check->pdf, space, 1), where);
        found = BM_SPACE_PATTERN;
    }
    g_free (kind);
    return found;
}

/* ---- filters ---- */

static bool
has_filter (BmCheck *check, BmObject image, const char *name)
{
    BmObject filter = bm_pdf_get (check->pdf, image, "/Filter");

    if (bm_pdf_is_name (check->pdf, filter, name))
        return true;
    for (int i = 0; i < bm_pdf_array_length (check->pdf, filter); i++)
        if (bm_pdf_is_name (check->pdf, bm_pdf_at (check->pdf, filter, i), name))
            return true;
    return false;
}

static void
check_keys (BmCheck *check, int page, BmObject image)
{
    BmPdf *pdf = check->pdf;
    const char *fault = bm_pdf_true (pdf, bm_pdf_get (pdf, image, "/Interpolate"))                           ? "Interpolate"
                        : bm_pdf_has (pdf, image, "/Alternates")                                             ? "Alternates"
                        : bm_pdf_has (pdf, image, "/OPI")                                                    ? "OPI"
                        : has_filter (check, image, "/LZWDecode")                                            ? "LZW"
                        : check->options.standard == BM_PRESS_X1A && has_filter (check, image, "/JPXDecode") ? "JPEG 2000"
                                                                                                             : NULL;

    if (fault != NULL && check->options.standard != BM_PRESS_NONE)
        bm_check_fail (check, "I2", "have the picture written without it", "page %d: a picture with %s", page, fault);
    if (check->options.standard == BM_PRESS_X1A && bm_pdf_has (pdf, image, "/SMask"))
        bm_check_fail (check, "X1", "flatten it", "page %d: a picture with a soft mask", page);
}

/* ---- ink ---- */

#define CELL_DPI 36.0 /* ink is a mean over 0.7 mm: the eye and the paper take no less */

/* The heaviest cell of a CMYK picture, per cent. */
static double
heaviest_cell (const uint8_t *inks, int width, int height, double ppi)
{
    int side = MAX ((int) lround (ppi / CELL_DPI), 1);
    double most = 0;

    for (int y0 = 0; y0 + side <= height; y0 += side)
        for (int x0 = 0; x0 + side <= width; x0 += side) {
            uint64_t sum = 0;

            for (int y = y0; y < y0 + side; y++) {
                const uint8_t *p = inks + ((size_t) y * (size_t) width + (size_t) x0) * 4;

                for (int i = 0; i < side * 4; i++)
                    sum += p[i];
            }
            most = MAX (most, (double) sum / 2.55 / ((double) side * side));
        }
    return most;
}

static void
check_ink (BmCheck *check, int page, const uint8_t *inks, int width, int height, double ppi)
{
    double most = heaviest_cell (inks, width, height, ppi);

    if (most > check->options.max_ink + 0.5)
        bm_check_fail (check, "P1", "turn the picture into the press's inks again",
                       "page %d: a picture of %d × %d pixels has up to %.0f %% ink", page, width, height, most);
}

static bool
decode_inverts (BmCheck *check, BmObject image)
{
    return bm_pdf_number (check->pdf, bm_pdf_at (check->pdf, bm_pdf_get (check->pdf, image, "/Decode"), 0)) > 0.5;
}

static void
check_jpeg (BmCheck *check, int page, BmObject image, double ppi)
{
    size_t length = 0;
    char *bytes = bm_pdf_data (check->pdf, image, &length);
    BmPictureFile *picture = bytes != NULL ? bm_picture_of_jpeg (bytes, length) : NULL;
    int width = 0, height = 0;

    if (picture == NULL)
        bm_check_fail (check, "F1", "place the picture again", "page %d: a JPEG that does not decode", page);
    else if (picture->components == 4) {
        bool wrong = picture->inverted && !decode_inverts (check, image);

        if (wrong)
            bm_check_fail (check, "I3", "have it written without the marker, or with Decode",
                           "page %d: a CMYK JPEG of %d × %d pixels will print inverted", page, picture->width, picture->height);
        uint8_t *inks = wrong ? NULL : bm_picture_inks (picture, 1, &width, &height);
        if (inks != NULL)
            check_ink (check, page, inks, width, height, ppi);
        g_free (inks);
    }
    bm_picture_free (picture);
    g_free (bytes);
}

static void
check_plain (BmCheck *check, int page, BmObject image, int width, int height, double ppi)
{
    size_t length = 0;
    char *bytes = bm_pdf_data (check->pdf, image, &length);

    if (bytes != NULL && length >= (size_t) width * (size_t) height * 4 && !decode_inverts (check, image))
        check_ink (check, page, (const uint8_t *) bytes, width, height, ppi);
    g_free (bytes);
}

/* ---- the picture placed ---- */

static void
check_size (BmCheck *check, int page, int width, int height, int bits, double ppi)
{
    double need = bits == 1 ? check->options.min_ppi_bw : check->options.min_ppi;

    if (ppi < need)
        bm_check_fail (check, "I1", "place it smaller, or get a larger file",
                       "page %d: a picture of %d × %d pixels has %.0f ppi; %.0f are needed", page, width, height, ppi, need);
}

void
bm_check_image (BmCheck *check, int page, BmObject image, const double matrix[6])
{
    BmPdf *pdf = check->pdf;
    double across = hypot (matrix[0], matrix[1]) / 72, down = hypot (matrix[2], matrix[3]) / 72;
    int width = (int) CLAMP (bm_pdf_number (pdf, bm_pdf_get (pdf, image, "/Width")), 0, 1e6);
    int height = (int) CLAMP (bm_pdf_number (pdf, bm_pdf_get (pdf, image, "/Height")), 0, 1e6);
    bool stencil = bm_pdf_true (pdf, bm_pdf_get (pdf, image, "/ImageMask"));
    int bits = stencil ? 1 : (int) bm_pdf_number (pdf, bm_pdf_get (pdf, image, "/BitsPerComponent"));
    double ppi = across > 0 && down > 0 ? MIN (width / across, height / down) : 0;
    BmSpace space = stencil ? BM_SPACE_GRAY : bm_check_space (check, bm_pdf_get (pdf, image, "/ColorSpace"), "a picture");

    if (across > 0 && down > 0)
        check_size (check, page, width, height, bits, ppi);
    check_keys (check, page, image);
    bool jpeg = has_filter (check, image, "/DCTDecode");
    if (!jpeg && fabs (ppi - 300) < 1 && bm_pdf_has (pdf, image, "/SMask") && across * down > 1)
        bm_check_fail (check, "I4", "draw without erasing operators",
                       "page %d: part of the page became a picture of %d × %d pixels", page, width, height);
    if (jpeg)
        check_jpeg (check, page, image, ppi);
    else if (space == BM_SPACE_CMYK && bits == 8 && !has_filter (check, image, "/JPXDecode"))
        check_plain (check, page, image, width, height, ppi);
}
