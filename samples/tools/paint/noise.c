/* noise.c — value noise on an integer lattice, and sums of its octaves. */
#include "paint.h"

#include <math.h>

float
hash2 (int x, int y, uint32_t seed)
{
    uint32_t h = (uint32_t) x * 0x8da6b343u ^ (uint32_t) y * 0xd8163841u ^ seed * 0xcb1ab31fu;

    h ^= h >> 15;
    h *= 0x2c1b3c6du;
    h ^= h >> 12;
    h *= 0x297a2d39u;
    h ^= h >> 15;
    return (float) (h >> 8) / 16777216.0f;
}

float
noise2 (float x, float y, uint32_t seed)
{
    float fx = floorf (x), fy = floorf (y);
    int ix = (int) fx, iy = (int) fy;
    float u = x - fx, v = y - fy;

    u = u * u * u * (u * (u * 6.0f - 15.0f) + 10.0f);
    v = v * v * v * (v * (v * 6.0f - 15.0f) + 10.0f);
    return fmixf (fmixf (hash2 (ix, iy, seed), hash2 (ix + 1, iy, seed), u),
                  fmixf (hash2 (ix, iy + 1, seed), hash2 (ix + 1, iy + 1, seed), u), v);
}

float
fbm (float x, float y, int octaves, uint32_t seed)
{
    float sum = 0.0f, weight = 0.5f, total = 0.0f;

    for (int i = 0; i < octaves; i++) {
        float turned = x * 0.8f - y * 0.6f; /* turn every octave, or the lattice shows */

        sum += weight * noise2 (x, y, seed + (uint32_t) i * 17u);
        total += weight;
        y = (x * 0.6f + y * 0.8f) * 2.03f + 11.7f;
        x = turned * 2.03f + 5.3f;
        weight *= 0.5f;
    }
    return sum / total;
}

float
fbm_ridged (float x, float y, int octaves, uint32_t seed)
{
    float sum = 0.0f, weight = 0.5f, total = 0.0f;

    for (int i = 0; i < octaves; i++) {
        float v = 1.0f - fabsf (2.0f * noise2 (x, y, seed + (uint32_t) i * 29u) - 1.0f);

        sum += weight * v * v;
        total += weight;
        float turned = x * 0.6f - y * 0.8f;

        y = (x * 0.8f + y * 0.6f) * 2.1f + 3.9f;
        x = turned * 2.1f + 7.1f;
        weight *= 0.5f;
    }
    return sum / total;
}

float
roll (Dice *dice)
{
    dice->state = dice->state * 1664525u + 1013904223u;
    return (float) (dice->state >> 8) / 16777216.0f;
}

float
roll_between (Dice *dice, float low, float high)
{
    return low + (high - low) * roll (dice);
}
