/* image.c — the picture as it grows: float pixels, sampled, blurred and shaded. */
#include "paint.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Image *
image_new (int width, int height)
{
    Image *image = malloc (sizeof *image);

    if (image != NULL)
        *image = (Image){ width, height, calloc ((size_t) width * (size_t) height, sizeof (Rgb)) };
    if (image == NULL || image->pixels == NULL) {
        fputs ("paint: out of memory\n", stderr);
        exit (4);
    }
    return image;
}

void
image_free (Image *image)
{
    free (image->pixels);
    free (image);
}

Rgb *
image_at (Image *image, int x, int y)
{
    return &image->pixels[(size_t) y * (size_t) image->width + (size_t) x];
}

static Rgb
pixel (const Image *image, int x, int y)
{
    x = x < 0 ? 0 : x >= image->width ? image->width - 1 : x;
    y = y < 0 ? 0 : y >= image->height ? image->height - 1 : y;
    return image->pixels[(size_t) y * (size_t) image->width + (size_t) x];
}

Rgb
image_sample (const Image *image, float x, float y)
{
    float fx = floorf (x), fy = floorf (y);
    int ix = (int) fx, iy = (int) fy;

    return mix (mix (pixel (image, ix, iy), pixel (image, ix + 1, iy), x - fx),
                mix (pixel (image, ix, iy + 1), pixel (image, ix + 1, iy + 1), x - fx), y - fy);
}

/* One box pass over a row or column of `count` pixels, `step` apart. */
static void
box_pass (Rgb *pixels, Rgb *scratch, int count, size_t step, int radius)
{
    Rgb sum = { 0, 0, 0 };
    float by = 1.0f / (float) (2 * radius + 1);

    for (int i = 0; i < count; i++)
        scratch[i] = pixels[(size_t) i * step];
    for (int i = -radius; i <= radius; i++)
        sum = added (sum, scratch[i < 0 ? 0 : i >= count ? count - 1 : i]);
    for (int i = 0; i < count; i++) {
        int leaves = i - radius, enters = i + radius + 1;

        pixels[(size_t) i * step] = scaled (sum, by);
        sum = added (sum, scratch[enters >= count ? count - 1 : enters]);
        sum = added (sum, scaled (scratch[leaves < 0 ? 0 : leaves], -1.0f));
    }
}

/* Three box passes come close to a Gaussian. */
void
image_blur (Image *image, float sigma)
{
    int longest = image->width > image->height ? image->width : image->height;
    int radius = (int) (sigma * 0.98f + 0.5f);
    Rgb *scratch = malloc ((size_t) longest * sizeof (Rgb));

    if (scratch == NULL || radius < 1) {
        free (scratch);
        return;
    }
    for (int pass = 0; pass < 3; pass++) {
        for (int y = 0; y < image->height; y++)
            box_pass (image_at (image, 0, y), scratch, image->width, 1, radius);
        for (int x = 0; x < image->width; x++)
            box_pass (image_at (image, x, 0), scratch, image->height, (size_t) image->width, radius);
    }
    free (scratch);
}

void
image_shade (Image *image, int top, int bottom, Shader shader, const void *scene)
{
    for (int y = top; y < bottom; y++)
        for (int x = 0; x < image->width; x++)
            *image_at (image, x, y) = shader ((float) x, (float) y, scene);
}
