/* ink.c — inks as a screen shows them.
 *
 * Four-colour inks are mixed by Neugebauer's equations: the colours of the eight solids of cyan, magenta and yellow, weighted by
 * how much of the paper each covers (Demichel), black over them. The solids are the sRGB values of coated offset (Fogra 39);
 * black is taken as black, so that K alone stays a gray of three equal parts, which the press step turns back into K. */
#include "draw/draw-private.h"

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

void
bm_set_level (BmPainter *painter, double level)
{
    if (painter->kind == BM_SURFACE_GRAY)
        set_coverage (painter, 1 - level);
    else
        cairo_set_source_rgb (painter->cr, level, level, level);
    painter->level[0] = painter->level[1] = painter->level[2] = level;
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
    const BmInk *ink = name != NULL && painter->plan != NULL ? find_ink (painter, name) : NULL;
    double rgb[3] = { 0, 0, 0 };

    if (ink != NULL)
        mix (ink, rgb);
    if (painter->kind == BM_SURFACE_GRAY)
        set_coverage (painter, 1 - (0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]));
    else
        cairo_set_source_rgb (painter->cr, rgb[0], rgb[1], rgb[2]);
    memcpy (painter->level, rgb, sizeof rgb);
}
