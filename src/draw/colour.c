/* colour.c — pictures to the inks of a press, and inks to the screen, by lcms2.
 *
 * Perceptual with black point compensation for pictures (print-ready.md §4); a proof shows the paper, too: absolute. Grays
 * stay on the black plate: each is printed as the tint of black whose lightness stands at the same share between paper
 * and solid black, as the profile measured it, so that the press's gain does not darken them. */
#include "draw/draw-private.h"

#include <lcms2.h>
#include <math.h>

#define PIXELS (G_BYTE_ORDER == G_LITTLE_ENDIAN ? TYPE_BGRA_8 : TYPE_ARGB_8) /* 0x00RRGGBB */

struct BmColour {
    cmsContext context;
    cmsHPROFILE press, screen, lab;
    cmsHTRANSFORM from_srgb; /* made when first needed: 10 ms */
    cmsHTRANSFORM to_screen, to_screen_bytes;
    uint8_t black[256]; /* lightness, 0 … 255 → DeviceGray */
    bool black_known;
};

static void
say_nothing (cmsContext context, cmsUInt32Number code, const char *words)
{
    (void) context;
    (void) code;
    (void) words;
}

BmColour *
bm_colour_new (const void *profile, size_t length, BmDiags *diags)
{
    BmColour *colour = g_new0 (BmColour, 1);

    colour->context = cmsCreateContext (NULL, NULL);
    cmsSetLogErrorHandlerTHR (colour->context, say_nothing);
    colour->press = cmsOpenProfileFromMemTHR (colour->context, profile, (cmsUInt32Number) length);
    colour->screen = cmsCreate_sRGBProfileTHR (colour->context);
    colour->lab = cmsCreateLab4ProfileTHR (colour->context, NULL);
    if (colour->press == NULL || cmsGetColorSpace (colour->press) != cmsSigCmykData) {
        bm_diag (diags, BM_ERROR, "BM0905", BM_NOWHERE, "name an ICC profile of a press: class prtr, colour space CMYK",
                 "the press profile cannot be read");
        bm_colour_free (colour);
        return NULL;
    }
    return colour;
}

static void
delete_transform (cmsHTRANSFORM transform)
{
    if (transform != NULL)
        cmsDeleteTransform (transform);
}

static void
close_profile (cmsHPROFILE profile)
{
    if (profile != NULL)
        cmsCloseProfile (profile);
}

void
bm_colour_free (BmColour *colour)
{
    if (colour == NULL)
        return;
    delete_transform (colour->from_srgb);
    delete_transform (colour->to_screen);
    delete_transform (colour->to_screen_bytes);
    close_profile (colour->press);
    close_profile (colour->screen);
    close_profile (colour->lab);
    cmsDeleteContext (colour->context);
    g_free (colour);
}

/* ---- pictures to inks ---- */

/* The picture's own profile if it is one of that colour space. */
static cmsHPROFILE
open_source (const BmColour *colour, const void *source, size_t length, cmsColorSpaceSignature space)
{
    cmsHPROFILE profile = source != NULL ? cmsOpenProfileFromMemTHR (colour->context, source, (cmsUInt32Number) length) : NULL;

    if (profile != NULL && cmsGetColorSpace (profile) == space)
        return profile;
    close_profile (profile);
    return NULL;
}

static cmsHTRANSFORM
to_press (const BmColour *colour, cmsHPROFILE from, cmsUInt32Number form)
{
    return cmsCreateTransformTHR (colour->context, from, form, colour->press, TYPE_CMYK_8, INTENT_PERCEPTUAL,
                                  cmsFLAGS_BLACKPOINTCOMPENSATION);
}

/* In pieces: lcms2 counts in 32 bits. */
static void
run (cmsHTRANSFORM transform, const void *from, size_t from_size, void *to, size_t to_size, size_t n)
{
    const size_t piece = 1 << 20;

    for (size_t i = 0; i < n; i += piece)
        cmsDoTransform (transform, (const char *) from + i * from_size, (char *) to + i * to_size,
                        (cmsUInt32Number) MIN (piece, n - i));
}

bool
bm_colour_pixels_to_inks (BmColour *colour, const void *source, size_t length, const uint32_t *pixels, uint8_t *inks, size_t n)
{
    cmsHPROFILE own = open_source (colour, source, length, cmsSigRgbData);

    if (own == NULL && colour->from_srgb == NULL)
        colour->from_srgb = to_press (colour, colour->screen, PIXELS);
    cmsHTRANSFORM transform = own != NULL ? to_press (colour, own, PIXELS) : colour->from_srgb;
    if (transform != NULL)
        run (transform, pixels, 4, inks, 4, n);
    if (own != NULL)
        delete_transform (transform);
    close_profile (own);
    return transform != NULL && (source == NULL || own != NULL);
}

bool
bm_colour_inks_to_inks (BmColour *colour, const void *source, size_t length, uint8_t *inks, size_t n)
{
    cmsHPROFILE own = open_source (colour, source, length, cmsSigCmykData);
    cmsHTRANSFORM transform = own != NULL ? to_press (colour, own, TYPE_CMYK_8) : NULL;

    if (transform != NULL)
        run (transform, inks, 4, inks, 4, n);
    delete_transform (transform);
    close_profile (own);
    return transform != NULL;
}

/* ---- grays to black ---- */

/* Lightness of each tint of black, 0 … 255, between solid and paper, made to fall. */
static void
measure_black (const BmColour *colour, double lightness[256])
{
    cmsHTRANSFORM transform = cmsCreateTransformTHR (colour->context, colour->press, TYPE_CMYK_8, colour->lab, TYPE_Lab_DBL,
                                                     INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);

    for (int i = 0; i < 256; i++) {
        const uint8_t inks[4] = { 0, 0, 0, (uint8_t) i };
        cmsCIELab lab = { 100.0 * (255 - i) / 255, 0, 0 };

        if (transform != NULL)
            cmsDoTransform (transform, inks, &lab, 1);
        lightness[i] = i > 0 ? MIN (lab.L, lightness[i - 1]) : lab.L;
    }
    delete_transform (transform);
}

static void
make_black (BmColour *colour)
{
    double lightness[256];

    measure_black (colour, lightness);
    double paper = lightness[0], solid = lightness[255];
    for (int i = 255, tint = 0; i >= 0; i--) {
        double wanted = solid + (paper - solid) * i / 255;

        while (tint < 255 && lightness[tint] > wanted + 1e-9)
            tint++;
        colour->black[i] = (uint8_t) (255 - tint);
    }
    colour->black[255] = 255;
    colour->black_known = true;
}

/* The lightness of each of 256 grays of the source, 0 … 255; sRGB's own if it brings no profile of grays. */
static bool
source_lightness (const BmColour *colour, const void *source, size_t length, uint8_t table[256])
{
    cmsHPROFILE own = open_source (colour, source, length, cmsSigGrayData);
    cmsHPROFILE from = own != NULL ? own : colour->screen;
    cmsHTRANSFORM transform = cmsCreateTransformTHR (colour->context, from, own != NULL ? TYPE_GRAY_8 : TYPE_RGB_8, colour->lab,
                                                     TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);

    for (int i = 0; i < 256; i++) {
        const uint8_t gray[3] = { (uint8_t) i, (uint8_t) i, (uint8_t) i };
        cmsCIELab lab = { 100.0 * i / 255, 0, 0 };

        if (transform != NULL)
            cmsDoTransform (transform, gray, &lab, 1);
        table[i] = (uint8_t) lround (CLAMP (lab.L, 0, 100) * 2.55);
    }
    delete_transform (transform);
    close_profile (own);
    return source == NULL || own != NULL;
}

bool
bm_colour_gray (BmColour *colour, const void *source, size_t length, const uint32_t *pixels, uint8_t *gray, size_t n)
{
    uint8_t lightness[256];
    bool used = source_lightness (colour, source, length, lightness);

    if (!colour->black_known)
        make_black (colour);
    for (size_t i = 0; i < n; i++)
        gray[i] = colour->black[lightness[pixels[i] >> 8 & 255]];
    return used;
}

/* ---- inks to the screen ---- */

static cmsHTRANSFORM
to_screen (const BmColour *colour, cmsUInt32Number inks, cmsUInt32Number pixels)
{
    return cmsCreateTransformTHR (colour->context, colour->press, inks, colour->screen, pixels, INTENT_ABSOLUTE_COLORIMETRIC, 0);
}

void
bm_colour_screen (BmColour *colour, const double cmyk[4], double rgb[3])
{
    const double per_cent[4] = { cmyk[0] * 100, cmyk[1] * 100, cmyk[2] * 100, cmyk[3] * 100 };

    if (colour->to_screen == NULL)
        colour->to_screen = to_screen (colour, TYPE_CMYK_DBL, TYPE_RGB_DBL);
    rgb[0] = rgb[1] = rgb[2] = 1 - cmyk[3];
    if (colour->to_screen != NULL)
        cmsDoTransform (colour->to_screen, per_cent, rgb, 1);
    for (int i = 0; i < 3; i++)
        rgb[i] = CLAMP (rgb[i], 0, 1);
}

void
bm_colour_inks_to_pixels (BmColour *colour, const uint8_t *inks, uint32_t *pixels, size_t n)
{
    if (colour->to_screen_bytes == NULL)
        colour->to_screen_bytes = to_screen (colour, TYPE_CMYK_8, PIXELS);
    if (colour->to_screen_bytes != NULL)
        run (colour->to_screen_bytes, inks, 4, pixels, 4, n);
    for (size_t i = 0; i < n; i++) /* the fourth byte is untouched by lcms2 */
        pixels[i] &= 0xffffff;
}
