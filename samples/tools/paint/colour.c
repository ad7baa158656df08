/* colour.c — colours as display values and their mixtures. */
#include "paint.h"

#include <math.h>

Rgb
hex (uint32_t value)
{
    return (Rgb){ (float) (value >> 16 & 255) / 255.0f, (float) (value >> 8 & 255) / 255.0f,
                  (float) (value & 255) / 255.0f };
}

float
clamp01 (float v)
{
    return v < 0.0f ? 0.0f : v > 1.0f ? 1.0f : v;
}

float
fmixf (float a, float b, float t)
{
    return a + (b - a) * t;
}

float
smooth (float from, float to, float v)
{
    float t = clamp01 ((v - from) / (to - from));

    return t * t * (3.0f - 2.0f * t);
}

Rgb
mix (Rgb a, Rgb b, float t)
{
    return (Rgb){ fmixf (a.r, b.r, t), fmixf (a.g, b.g, t), fmixf (a.b, b.b, t) };
}

Rgb
scaled (Rgb a, float by)
{
    return (Rgb){ a.r * by, a.g * by, a.b * by };
}

Rgb
added (Rgb a, Rgb b)
{
    return (Rgb){ a.r + b.r, a.g + b.g, a.b + b.b };
}

Rgb
screened (Rgb a, Rgb b)
{
    return (Rgb){ 1.0f - (1.0f - a.r) * (1.0f - clamp01 (b.r)), 1.0f - (1.0f - a.g) * (1.0f - clamp01 (b.g)),
                  1.0f - (1.0f - a.b) * (1.0f - clamp01 (b.b)) };
}

Rgb
ramp (const Stop *stops, int count, float at)
{
    if (at <= stops[0].at)
        return hex (stops[0].colour);
    for (int i = 1; i < count; i++)
        if (at <= stops[i].at)
            return mix (hex (stops[i - 1].colour), hex (stops[i].colour),
                        (at - stops[i - 1].at) / (stops[i].at - stops[i - 1].at));
    return hex (stops[count - 1].colour);
}
