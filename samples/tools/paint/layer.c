/* layer.c — what was drawn with Cairo, before it joins the picture: rims of light, air between, focus. */
#include "paint.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Layer *
layer_new (int width, int height)
{
    Layer *layer = malloc (sizeof *layer);

    if (layer == NULL) {
        fputs ("paint: out of memory\n", stderr);
        exit (4);
    }
    layer->width = width;
    layer->height = height;
    layer->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
    layer->cr = cairo_create (layer->surface);
    cairo_set_line_cap (layer->cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join (layer->cr, CAIRO_LINE_JOIN_ROUND);
    return layer;
}

void
layer_free (Layer *layer)
{
    cairo_destroy (layer->cr);
    cairo_surface_destroy (layer->surface);
    free (layer);
}

static uint8_t *
row_of (const Layer *layer, int y)
{
    return cairo_image_surface_get_data (layer->surface) +
           (ptrdiff_t) y * cairo_image_surface_get_stride (layer->surface);
}

/* Premultiplied channels in Cairo's order on a little-endian machine: B, G, R, A. */
static float
channel (const Layer *layer, int x, int y, int which)
{
    if (x < 0 || y < 0 || x >= layer->width || y >= layer->height)
        return 0.0f;
    return (float) row_of (layer, y)[4 * x + which] / 255.0f;
}

float
layer_alpha (const Layer *layer, float x, float y, Rgb *colour)
{
    float fx = floorf (x), fy = floorf (y), value[4];

    for (int c = 0; c < 4; c++) {
        float top =
            fmixf (channel (layer, (int) fx, (int) fy, c), channel (layer, (int) fx + 1, (int) fy, c), x - fx);
        float low = fmixf (channel (layer, (int) fx, (int) fy + 1, c), channel (layer, (int) fx + 1, (int) fy + 1, c),
                           x - fx);

        value[c] = fmixf (top, low, y - fy);
    }
    *colour = (Rgb){ value[2], value[1], value[0] };
    return value[3];
}

static void
box_bytes (uint8_t *bytes, float *scratch, int count, ptrdiff_t step, int radius)
{
    float sum = 0.0f, by = 1.0f / (float) (2 * radius + 1);

    for (int i = 0; i < count; i++)
        scratch[i] = (float) bytes[i * step];
    for (int i = 0; i <= radius && i < count; i++)
        sum += scratch[i];
    for (int i = 0; i < count; i++) {
        bytes[i * step] = (uint8_t) (sum * by + 0.5f);
        sum += i + radius + 1 < count ? scratch[i + radius + 1] : 0.0f;
        sum -= i - radius >= 0 ? scratch[i - radius] : 0.0f;
    }
}

void
layer_blur (Layer *layer, float sigma)
{
    int longest = layer->width > layer->height ? layer->width : layer->height;
    int radius = (int) (sigma * 0.98f + 0.5f);
    float *scratch = malloc ((size_t) longest * sizeof (float));
    ptrdiff_t stride = cairo_image_surface_get_stride (layer->surface);

    cairo_surface_flush (layer->surface);
    for (int pass = 0; scratch != NULL && radius > 0 && pass < 3; pass++)
        for (int c = 0; c < 4; c++) {
            for (int y = 0; y < layer->height; y++)
                box_bytes (row_of (layer, y) + c, scratch, layer->width, 4, radius);
            for (int x = 0; x < layer->width; x++)
                box_bytes (row_of (layer, 0) + 4 * x + c, scratch, layer->height, stride, radius);
        }
    cairo_surface_mark_dirty (layer->surface);
    free (scratch);
}

void
layer_over (Image *image, Layer *layer, float opacity)
{
    cairo_surface_flush (layer->surface);
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++) {
            Rgb *under = image_at (image, x, y), over;
            float alpha = layer_alpha (layer, (float) x, (float) y, &over);

            if (alpha > 0.0f)
                *under = added (scaled (*under, 1.0f - alpha * opacity), scaled (over, opacity));
        }
}

void
layer_add (Image *image, Layer *layer, float strength)
{
    cairo_surface_flush (layer->surface);
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++) {
            Rgb light;

            if (layer_alpha (layer, (float) x, (float) y, &light) > 0.0f)
                *image_at (image, x, y) = added (*image_at (image, x, y), scaled (light, strength));
        }
}

void
layer_lay (Image *image, Layer *layer, float opacity)
{
    layer_over (image, layer, opacity);
    cairo_save (layer->cr);
    cairo_set_operator (layer->cr, CAIRO_OPERATOR_CLEAR);
    cairo_paint (layer->cr);
    cairo_restore (layer->cr);
}

static void
put (Layer *layer, int x, int y, Rgb colour)
{
    uint8_t *bytes = row_of (layer, y) + 4 * x;
    float alpha = (float) bytes[3];

    bytes[0] = (uint8_t) (clamp01 (colour.b) * alpha + 0.5f);
    bytes[1] = (uint8_t) (clamp01 (colour.g) * alpha + 0.5f);
    bytes[2] = (uint8_t) (clamp01 (colour.r) * alpha + 0.5f);
}

/* Runs over the layer's own pixels with their colour freed of alpha. `facing` is how much of the layer ends
 * within the step (dx, dy): 1 at an edge that looks that way, 0 inside. */
typedef Rgb (*Touch) (Rgb colour, float facing, Rgb with, float strength);

static void
touch (Layer *layer, float dx, float dy, Rgb with, float strength, Touch how)
{
    Layer *copy = layer_new (layer->width, layer->height);

    cairo_surface_flush (layer->surface);
    cairo_set_source_surface (copy->cr, layer->surface, 0, 0);
    cairo_paint (copy->cr);
    cairo_surface_flush (copy->surface);
    for (int y = 0; y < layer->height; y++)
        for (int x = 0; x < layer->width; x++) {
            float alpha = channel (copy, x, y, 3);
            Rgb own, other;

            if (alpha <= 0.0f)
                continue;
            own = (Rgb){ channel (copy, x, y, 2) / alpha, channel (copy, x, y, 1) / alpha,
                         channel (copy, x, y, 0) / alpha };
            put (layer, x, y,
                 how (own, clamp01 (alpha - layer_alpha (copy, (float) x + dx, (float) y + dy, &other)), with,
                      strength));
        }
    cairo_surface_mark_dirty (layer->surface);
    layer_free (copy);
}

static Rgb
rim_touch (Rgb colour, float facing, Rgb with, float strength)
{
    return mix (colour, with, facing * strength);
}

static Rgb
haze_touch (Rgb colour, float facing, Rgb with, float strength)
{
    (void) facing;
    return mix (colour, with, strength);
}

static Rgb
shade_touch (Rgb colour, float facing, Rgb with, float strength)
{
    Rgb dark = { colour.r * with.r, colour.g * with.g, colour.b * with.b };

    return mix (colour, dark, facing * strength);
}

void
layer_rim (Layer *layer, float dx, float dy, Rgb light, float strength)
{
    touch (layer, dx, dy, light, strength, rim_touch);
}

void
layer_haze (Layer *layer, Rgb air, float amount)
{
    touch (layer, 0, 0, air, amount, haze_touch);
}

void
layer_shade (Layer *layer, float dx, float dy, Rgb dark, float strength)
{
    touch (layer, dx, dy, dark, strength, shade_touch);
}
