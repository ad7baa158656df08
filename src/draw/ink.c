/* ink.c — inks as a screen shows them.
 *
 * Four-colour inks are mixed by Neugebauer's equations: the colours of the eight solids of cyan, magenta and yellow, weighted by
 * how much of the paper each covers (Demichel), black over them. The solids are the sRGB values of coated offset (Fogra 39);
 * black is taken as black, so that K alone stays a gray of three equal parts, which the press step turns back into K. */
#include "draw/draw-private.h"

#include <math.h>
#include <string.h>

static const double solids[8][3] = {
    { 255, 255, 255 }, { 0, 158, 227 }, { 230, 0, 126 }, { 49, 39, 131 }, /* paper, C, M, CM */
    { 255, 237, 0 }, { 0, 150, 64 }, { 227, 6, 19 }, { 60, 56, 52 },      /* Y, CY, MY, CMY */
};

static void
mix (const BmInk *ink, double rgb[3])
{
    double c = ink->c * ink->tint, m = ink->m * ink->tint, y = ink->y * ink->tint, k = ink->k * ink->tint;

    rgb[0] = rgb[1] = rgb[2] = 0;
    for (int i = 0; i < 8; i++) {
        double share = (i & 1 ? c : 1 - c) * (i & 2 ? m : 1 - m) * (i & 4 ? y : 1 - y) * (1 - k);

        for (int channel = 0; channel < 3; channel++)
            rgb[channel] += share * solids[i][channel] / 255;
    }
}

/* On a gray surface, whose alpha is ink, the share of ink is set, not laid over: white must cover black. */
static void
set_coverage (BmPainter *painter, double coverage)
{
    cairo_set_operator (painter->cr, coverage < 1 ? CAIRO_OPERATOR_SOURCE : CAIRO_OPERATOR_OVER);
    cairo_set_source_rgba (painter->cr, 0, 0, 0, coverage);
}

static void
set_proof (BmPainter *painter, const double cmyk[4])
{
    double rgb[3];

    bm_colour_screen (painter->colour, cmyk, rgb);
    cairo_set_source_rgb (painter->cr, rgb[0], rgb[1], rgb[2]);
}

void
bm_set_level (BmPainter *painter, double level)
{
    const double black[4] = { 0, 0, 0, 1 - level };

    if (painter->kind == BM_SURFACE_GRAY)
        set_coverage (painter, 1 - level);
    else if (painter->colour != NULL && painter->inks == NULL)
        set_proof (painter, black);
    else
        cairo_set_source_rgb (painter->cr, level, level, level);
    painter->level[0] = painter->level[1] = painter->level[2] = level;
}

/* ---- for the press ---- */

static bool
same_code (const BmInkCode *a, const BmInkCode *b)
{
    return a->kind == b->kind && g_strcmp0 (a->name, b->name) == 0 && fabs (a->c - b->c) + fabs (a->m - b->m) < 1e-9 &&
           fabs (a->y - b->y) + fabs (a->k - b->k) < 1e-9 && fabs (a->tint - b->tint) < 1e-9;
}

void
bm_set_code (BmPainter *painter, const BmInkCode *ink)
{
    BmInkCodes *inks = painter->inks;
    int n = 0;

    while (n < inks->n && !same_code (&inks->codes[n], ink))
        n++;
    if (n == BM_MAX_INK_CODES) {
        bm_diag (painter->diags, BM_ERROR, "BM0904", BM_NOWHERE, "use fewer inks and tints", "more than %d inks and tints on one job", BM_MAX_INK_CODES);
        return;
    }
    if (n == inks->n)
        inks->codes[inks->n++] = *ink;
    cairo_set_source_rgb (painter->cr, BM_INK_CODE_RED / 255.0, 0, (n + 1) / 255.0);
}

/* Black alone needs no code: its tints are grays. */
static void
set_press_ink (BmPainter *painter, const BmInk *ink)
{
    double t = ink->tint;
    BmInkCode code = { .kind = BM_INK_PROCESS, .c = ink->c * t, .m = ink->m * t, .y = ink->y * t, .k = ink->k * t, .tint = 1 };

    if (ink->spot)
        code = (BmInkCode){ BM_INK_SPOT, ink->name, ink->c, ink->m, ink->y, ink->k, t };
    else if (code.c + code.m + code.y <= 0) {
        bm_set_level (painter, 1 - code.k);
        return;
    }
    bm_set_code (painter, &code);
}

static const BmInk *
find_ink (const BmPainter *painter, const char *name)
{
    for (int i = 0; i < painter->plan->n_inks; i++)
        if (strcmp (painter->plan->inks[i].name, name) == 0)
            return &painter->plan->inks[i];
    if (strcmp (name, "black") != 0)
        bm_diag (painter->diags, BM_WARNING, "BM0724", BM_NOWHERE, "name an ink of the plan's list", "the plan has no ink %s: black is taken", name);
    return NULL;
}

void
bm_set_ink (BmPainter *painter, const char *name)
{
    static const BmInk black = { .name = "black", .k = 1, .tint = 1 };
    const BmInk *found = name != NULL && painter->plan != NULL ? find_ink (painter, name) : NULL;
    const BmInk *ink = found != NULL ? found : &black;
    double rgb[3] = { 0, 0, 0 };

    if (painter->inks != NULL) {
        set_press_ink (painter, ink);
        return;
    }
    if (painter->colour != NULL && painter->kind == BM_SURFACE_COLOUR) {
        set_proof (painter, (const double[]){ ink->c * ink->tint, ink->m * ink->tint, ink->y * ink->tint, ink->k * ink->tint });
        return;
    }
    mix (ink, rgb);
    if (painter->kind == BM_SURFACE_GRAY)
        set_coverage (painter, 1 - (0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]));
    else
        cairo_set_source_rgb (painter->cr, rgb[0], rgb[1], rgb[2]);
    memcpy (painter->level, rgb, sizeof rgb);
}
