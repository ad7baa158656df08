/* finish.c — what the lens, the film and the darkroom do to a picture. */
#include "paint.h"

#include <math.h>

void
bloom (Image *image, float threshold, float sigma, float strength)
{
    Image *light = image_new (image->width, image->height);
    size_t count = (size_t) image->width * (size_t) image->height;

    for (size_t i = 0; i < count; i++) {
        Rgb c = image->pixels[i];
        float top = fmaxf (c.r, fmaxf (c.g, c.b)), over = fmaxf (0.0f, top - threshold);

        light->pixels[i] = top > 0.0f ? scaled (c, over / top) : (Rgb){ 0, 0, 0 };
    }
    image_blur (light, sigma);
    for (size_t i = 0; i < count; i++)
        image->pixels[i] = added (image->pixels[i], scaled (light->pixels[i], strength));
    image_free (light);
}

void
vignette (Image *image, float strength)
{
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++) {
            float u = (float) x / (float) image->width * 2.0f - 1.0f,
                  v = (float) y / (float) image->height * 2.0f - 1.0f;
            float fall = smooth (0.45f, 2.0f, u * u + v * v);

            *image_at (image, x, y) = scaled (*image_at (image, x, y), 1.0f - strength * fall);
        }
}

static float
shoulder (float v)
{
    return v <= 0.8f ? v : 0.8f + 0.2f * (1.0f - expf (-(v - 0.8f) / 0.2f)); /* whites roll off instead of clipping */
}

void
grade (Image *image, float contrast, float saturation, Rgb shadows, Rgb lights)
{
    size_t count = (size_t) image->width * (size_t) image->height;

    for (size_t i = 0; i < count; i++) {
        Rgb c = image->pixels[i], gray, tone;
        float luma = 0.3f * c.r + 0.59f * c.g + 0.11f * c.b;

        gray = (Rgb){ luma, luma, luma };
        c = added (gray, scaled (added (c, scaled (gray, -1.0f)), saturation));
        tone = mix (shadows, lights, smooth (0.1f, 0.9f, luma));
        c = added (c, tone);
        c = (Rgb){ (c.r - 0.45f) * contrast + 0.45f, (c.g - 0.45f) * contrast + 0.45f,
                   (c.b - 0.45f) * contrast + 0.45f };
        image->pixels[i] = (Rgb){ shoulder (fmaxf (0, c.r)), shoulder (fmaxf (0, c.g)), shoulder (fmaxf (0, c.b)) };
    }
}

void
grain (Image *image, float amount, uint32_t seed)
{
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++) {
            Rgb *c = image_at (image, x, y);
            float luma = 0.3f * c->r + 0.59f * c->g + 0.11f * c->b;
            float speck = noise2 ((float) x / 1.9f, (float) y / 1.9f, seed) + hash2 (x, y, seed + 1) - 1.0f;

            speck *= amount * (0.4f + 1.2f * clamp01 (luma) * (1.0f - clamp01 (luma)) * 2.0f);
            *c = added (*c, (Rgb){ speck, speck, speck });
        }
}

/* Slow unevenness of the light, so that no surface is quite flat. */
void
vary_light (Image *image, float scale, float amount, uint32_t seed)
{
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++)
            *image_at (image, x, y) =
                scaled (*image_at (image, x, y),
                        1.0f + amount * (fbm ((float) x / scale, (float) y / scale, 4, seed) - 0.5f));
}
