/* scene-reading-room.c — morning in the reading room of the old customs house.
 *
 * The room is a box with a barrel vault, seen along its axis: every pixel's ray is met with it and lit by the
 * window at the far end, the hanging lamps and what the floor throws back. Tables, lamps and readers are drawn
 * into the same perspective with Cairo. Lengths in metres: x to the right, y up, z away; the eye at (0, 1.7, 0). */
#include "paint.h"

#include <math.h>

#define W 2100
#define H 1400
#define EYE 1.7f
#define FOCAL 1180.0f
#define VANISH_X 1050.0f
#define VANISH_Y 690.0f
#define HALF 4.9f /* half the room's width */
#define FAR_WALL 12.5f
#define SPRING 4.3f /* where the vault begins */
#define RISE 2.2f
#define WINDOW_HALF 2.15f
#define SILL 1.25f
#define ARCH 4.1f /* where the window's arch begins */

typedef struct {
    float x, y, z;
} Point;

static const Point lamps[] = { { -2.5f, 4.0f, 4.2f }, { 2.5f, 4.0f, 4.2f },  { -2.5f, 4.0f, 6.8f },
                               { 2.5f, 4.0f, 6.8f },  { -2.5f, 4.0f, 9.4f }, { 2.5f, 4.0f, 9.4f } };
#define LAMPS (sizeof lamps / sizeof lamps[0])

static float
sx (Point p)
{
    return VANISH_X + FOCAL * p.x / p.z;
}

static float
sy (Point p)
{
    return VANISH_Y - FOCAL * (p.y - EYE) / p.z;
}

static Point
point (float x, float y, float z)
{
    return (Point){ x, y, z };
}

/* ---- light ---- */

static Rgb
light_at (Point p, Point normal)
{
    Point w = { -p.x * 0.8f, 3.2f - p.y, FAR_WALL - p.z };
    float d = w.x * w.x + w.y * w.y + w.z * w.z + 0.8f, length = sqrtf (d);
    float facing = fmaxf (0.06f, (normal.x * w.x + normal.y * w.y + normal.z * w.z) / length);
    Rgb sum = added ((Rgb){ 0.1f, 0.105f, 0.12f },
                     scaled ((Rgb){ 1.0f, 0.93f, 0.8f }, 13.0f * facing * (0.35f + w.z / length) / (d + 5.0f)));

    for (size_t i = 0; i < LAMPS; i++) {
        Point l = { lamps[i].x - p.x, lamps[i].y - p.y, lamps[i].z - p.z };
        float q = l.x * l.x + l.y * l.y + l.z * l.z + 0.5f,
              face = (normal.x * l.x + normal.y * l.y + normal.z * l.z) / sqrtf (q);

        sum = added (sum, scaled ((Rgb){ 1.0f, 0.72f, 0.4f }, 0.62f * fmaxf (0.12f, face) / q));
    }
    return sum;
}

static Rgb
times (Rgb a, Rgb b)
{
    return (Rgb){ a.r * b.r, a.g * b.g, a.b * b.b };
}

/* ---- surfaces ---- */

static Rgb
books_at (float along, float y, uint32_t wall)
{
    static const uint32_t spines[] = { 0x7a2f28, 0x2f4a5c, 0x8a6a3c, 0x3f5a44, 0x6a4a3a, 0xa89070,
                                       0x4a3550, 0x9a5a34, 0x31405a, 0x75705e, 0x8c3b30, 0x54683f };
    float row = floorf ((y - 0.25f) / 0.43f), v = (y - 0.25f) / 0.43f - row,
          cell = along / 0.075f + hash2 ((int) row, 3, wall) * 9.0f;
    int which = (int) floorf (cell);
    float u = cell - floorf (cell), high = 0.66f + 0.24f * hash2 (which, (int) row, wall + 7),
          tilt = hash2 (which / 9, (int) row, wall + 3);
    Rgb c = hex (spines[(int) (hash2 (which, (int) row, wall) * 11.99f)]);

    if (v < 0.08f)
        return scaled (hex (0x6a4426), 0.8f + 0.3f * fbm (along * 2.0f, y * 30.0f, 3, 5)); /* the shelf */
    if (v > high || tilt > 0.965f)
        return hex (0x140d08);
    c = scaled (c, 0.55f + 0.65f * sinf (3.14159f * clamp01 (u)));
    if ((v > high - 0.1f && v < high - 0.07f) || (v > 0.2f && v < 0.225f))
        c = mix (c, hex (0xd8b25a), 0.6f);
    return scaled (c, 0.72f + 0.5f * (high - v < 0.05f ? 0.2f : 1.0f) * smooth (0, 0.4f, v));
}

static Rgb
side_wall (Point p)
{
    float bay = fmodf (p.z + 0.25f, 1.75f);
    uint32_t wall = p.x < 0 ? 11u : 12u;
    Rgb wood = scaled (hex (0x5a371f), 0.75f + 0.5f * fbm (p.z * 18.0f, p.y * 1.5f, 3, wall)), c;
    Point normal = { p.x < 0 ? 1.0f : -1.0f, 0, 0 };

    if (p.y > 4.15f)
        c = p.y < 4.3f ? scaled (wood, 1.25f) : hex (0xd9cbb0);
    else if (bay < 0.17f || p.y < 0.25f)
        c = scaled (wood, bay < 0.17f ? 0.8f + 0.5f * sinf (3.14f * bay / 0.17f) : 0.8f);
    else
        c = scaled (books_at (p.z, p.y, wall), 0.85f + 0.15f * smooth (0.17f, 0.4f, bay));
    return times (c, light_at (p, normal));
}

/* The harbour in the morning light, through old glass. */
static Rgb
view_at (float x, float y)
{
    static const Stop sky[] = { { 0, 0xffe2b4 }, { 0.35f, 0xfff2d6 }, { 1, 0xe6f2f8 } };
    Rgb c = scaled (ramp (sky, 3, (y - 1.9f) / 3.8f), 1.08f);
    float hills = 2.05f + 0.35f * fbm (x * 0.9f + 4, 1, 4, 8), boom = 2.6f + 0.22f * (x + 1.3f);

    if (y < hills)
        c = mix (c, hex (0x9aa0a4), 0.7f);
    if ((fabsf (x + 0.9f) < 0.035f || fabsf (x + 0.62f) < 0.03f) && y < 2.85f)
        c = mix (c, hex (0x6f7276), 0.8f);
    if (fabsf (y - boom) < 0.03f && x > -1.5f && x < 0.7f)
        c = mix (c, hex (0x6f7276), 0.8f);
    if (y < 1.9f)
        c = mix (scaled (hex (0xe8dcc4), 0.98f), hex (0xb7b6ac), 0.45f * noise2 (x * 3.0f, y * 40.0f, 2));
    return c;
}

static bool
in_window (float x, float y)
{
    float over = fmaxf (0, y - ARCH);

    return fabsf (x) < WINDOW_HALF && y > SILL &&
           x * x + over * over * (over > 0 ? 1.0f : 0.0f) < WINDOW_HALF * WINDOW_HALF;
}

static bool
on_bar (float x, float y)
{
    float column = fabsf (x) - 0.72f * roundf (fabsf (x) / 0.72f),
          row = y - SILL - 0.71f * roundf ((y - SILL) / 0.71f);
    float radius = sqrtf (x * x + (y - ARCH) * (y - ARCH));

    if (y < ARCH)
        return fabsf (column) < 0.028f || fabsf (row) < 0.026f || fabsf (fabsf (x) - WINDOW_HALF) < 0.07f;
    float angle = atan2f (y - ARCH, x) / 0.5236f;
    return fabsf (angle - roundf (angle)) * radius * 0.52f < 0.028f || fabsf (radius - 1.05f) < 0.03f ||
           radius > WINDOW_HALF - 0.07f || y - ARCH < 0.045f;
}

static Rgb
far_wall (Point p)
{
    float over = fmaxf (0, p.y - ARCH), rim = sqrtf (p.x * p.x + over * over) - WINDOW_HALF;

    if (in_window (p.x, p.y))
        return on_bar (p.x, p.y) ? hex (0x54402e) : view_at (p.x, p.y);
    Rgb c = scaled (hex (0xcdbfa4), 0.82f + 0.3f * fbm (p.x * 2.0f, p.y * 2.0f, 4, 14));
    if (p.y > SILL && rim < 0.32f)
        c = scaled (hex (0x8a6a48), 1.1f - 0.7f * rim);
    if (p.y < 1.05f)
        c = scaled (hex (0x5a3a22), 0.9f + 0.3f * (fmodf (p.x + 9.0f, 0.8f) < 0.06f ? -1.0f : 0.0f));
    return times (c, added ((Rgb){ 0.2f, 0.19f, 0.19f }, scaled (light_at (p, (Point){ 0, 0, -1 }), 1.0f)));
}

static Rgb
vault (Point p)
{
    float rib = fmodf (p.z, 2.6f), coffer = fmodf (fabsf (p.x) + 0.3f, 1.2f);
    Rgb c = scaled (hex (0xe0d2b6), 0.86f + 0.2f * fbm (p.x, p.z, 3, 44));
    Point normal = { -p.x / (HALF * HALF), -(p.y - SPRING) / (RISE * RISE), 0 };
    float size = sqrtf (normal.x * normal.x + normal.y * normal.y);

    if (rib < 0.3f)
        c = scaled (hex (0x7a5636), 0.7f + 0.5f * sinf (3.14f * rib / 0.3f));
    else if (coffer < 0.08f)
        c = scaled (hex (0x9a7a54), 0.9f);
    normal = (Point){ normal.x / size, normal.y / size, 0 };
    return times (c, scaled (light_at (p, normal), 1.05f));
}

static float
vault_z (float ax, float ay)
{
    float q = EYE - SPRING, a = ax * ax / (HALF * HALF) + ay * ay / (RISE * RISE), b = 2.0f * q * ay / (RISE * RISE),
          c = q * q / (RISE * RISE) - 1.0f;
    float root = b * b - 4.0f * a * c;

    return root < 0 ? 1e9f : (-b + sqrtf (root)) / (2.0f * a);
}

/* What a ray from the eye meets, the floor left out: `ay` may have been turned up by the floor, from `y0`. */
static Rgb
meet (float ax, float ay)
{
    float zs = fabsf (ax) > 1e-4f ? HALF / fabsf (ax) : 1e9f, zv = ay > 0 ? vault_z (ax, ay) : 1e9f;
    Point p;

    if (zs < FAR_WALL && (EYE + ay * zs) <= SPRING) {
        p = point (ax * zs, EYE + ay * zs, zs);
        return side_wall (p);
    }
    if (zv < FAR_WALL && EYE + ay * zv > SPRING)
        return vault (point (ax * zv, EYE + ay * zv, zv));
    return far_wall (point (ax * FAR_WALL, EYE + ay * FAR_WALL, FAR_WALL));
}

/* The sun comes in through the panes and lies on the floor: back along its way to the window. */
static float
sun_on_floor (float x, float y, float z)
{
    float t = (FAR_WALL - z) / 0.86f, wx = x + 0.16f * t, wy = y + 0.42f * t;

    return t > 0 && in_window (wx, wy) && !on_bar (wx, wy) ? 1.0f : 0.0f;
}

static Rgb
floor_at (float ax, float ay)
{
    float z = -EYE / ay, x = ax * z, board = floorf (x / 0.16f), end = z / 1.4f + hash2 ((int) board, 1, 6) * 7.0f;
    Rgb wood = mix (hex (0x5c3a24), hex (0x80583a), hash2 ((int) board, (int) floorf (end), 9));
    float gap = fabsf (x / 0.16f - roundf (x / 0.16f)) < 0.03f ? 0.55f : 1.0f, sun = 0;
    Point p = { x, 0, z };

    wood = scaled (wood, gap * (0.8f + 0.4f * fbm (x * 40.0f, z * 3.0f, 3, 12)));
    for (int i = 0; i < 5; i++) /* the edge of the light is soft: the sun has a breadth */
        sun += sun_on_floor (x + 0.03f * (float) (i - 2), 0, z + 0.035f * (float) ((i * 3) % 5 - 2)) / 5.0f;
    Rgb c = times (wood, added (light_at (p, (Point){ 0, 1, 0 }), scaled ((Rgb){ 1.55f, 1.3f, 0.95f }, sun)));
    float shake = 0.02f * (fbm (x * 6.0f, z * 2.0f, 3, 21) - 0.5f),
          grazing = powf (1.0f - clamp01 (-ay * 1.3f), 3.0f);
    Rgb mirrored = meet (ax + shake, (0.0f - EYE) / FAR_WALL - ay + shake - EYE / FAR_WALL * 1.0f);
    return added (c, scaled (mirrored, 0.01f + 0.3f * grazing));
}

static Rgb
room_at (float x, float y, const void *scene)
{
    Rgb sum = { 0, 0, 0 };

    (void) scene;
    for (int i = 0; i < 4; i++) {
        float ax = (x + 0.25f + 0.5f * (float) (i % 2) - VANISH_X) / FOCAL,
              ay = (VANISH_Y - y - 0.25f - 0.5f * (float) (i / 2)) / FOCAL;
        float zf = ay < 0 ? -EYE / ay : 1e9f, zs = fabsf (ax) > 1e-4f ? HALF / fabsf (ax) : 1e9f;
        Rgb c = zf < FAR_WALL && zf < zs ? floor_at (ax, ay) : meet (ax, ay);

        sum = added (sum, scaled ((Rgb){ fminf (c.r, 1.7f), fminf (c.g, 1.7f), fminf (c.b, 1.7f) }, 0.25f));
    }
    return (Rgb){ powf (sum.r, 0.8f), powf (sum.g, 0.8f), powf (sum.b, 0.8f) };
}

/* ---- things ---- */

static void
face (cairo_t *cr, Point a, Point b, Point c, Point d)
{
    quad (cr, (float[]){ sx (a), sy (a), sx (b), sy (b), sx (c), sy (c), sx (d), sy (d) });
}

static void
draw_table (cairo_t *cr, float x0, float x1, float z0, float z1)
{
    static const Stop top[] = { { 0, 0x3a2112 }, { 0.45f, 0x6e4524 }, { 0.8f, 0xb98a58 }, { 1, 0xf0d2a0 } };
    float inner = fabsf (x0) < fabsf (x1) ? x0 : x1;

    ink (cr, 0x1a0f08, 1);
    for (float z = z1 - 0.1f; z > z0 - 0.01f; z -= (z1 - z0 - 0.2f) / 4.0f) {
        face (cr, point (x0, 0, z), point (x0 + 0.09f, 0, z), point (x0 + 0.09f, 0.7f, z), point (x0, 0.7f, z));
        face (cr, point (x1 - 0.09f, 0, z), point (x1, 0, z), point (x1, 0.7f, z), point (x1 - 0.09f, 0.7f, z));
    }
    cairo_fill (cr);
    ink (cr, 0x24140a, 1);
    face (cr, point (inner, 0.64f, z0), point (inner, 0.64f, z1), point (inner, 0.76f, z1), point (inner, 0.76f, z0));
    face (cr, point (x0, 0.64f, z0), point (x1, 0.64f, z0), point (x1, 0.76f, z0), point (x0, 0.76f, z0));
    cairo_fill (cr);
    face (cr, point (x0, 0.76f, z0), point (x1, 0.76f, z0), point (x1, 0.76f, z1), point (x0, 0.76f, z1));
    fill_across (cr, 0, sy (point (0, 0.76f, z0)), 0, sy (point (0, 0.76f, z1)), top, 4);
    ink (cr, 0xe8b878, 0.7f);
    line (cr, sx (point (inner, 0.76f, z0)), sy (point (inner, 0.76f, z0)), sx (point (inner, 0.76f, z1)),
          sy (point (inner, 0.76f, z1)), 2.2f);
}

static void
draw_desk_lamp (cairo_t *cr, Point at)
{
    static const Stop glass[] = { { 0, 0x9be0a0 }, { 0.5f, 0x2f9a5c }, { 1, 0x0f4a2c } };
    float s = FOCAL / at.z, x = sx (at), y = sy (at);

    ink (cr, 0xb08a3e, 1);
    oval (cr, x, y, s * 0.1f, s * 0.025f);
    cairo_fill (cr);
    line (cr, x, y, x, y - s * 0.36f, s * 0.022f);
    curve_through (cr,
                   (float[]){ x - s * 0.24f, y - s * 0.34f, x - s * 0.17f, y - s * 0.46f, x, y - s * 0.49f,
                              x + s * 0.17f, y - s * 0.46f, x + s * 0.24f, y - s * 0.34f },
                   5, true);
    fill_down (cr, y - s * 0.34f, y - s * 0.5f, glass, 3);
    ink (cr, 0xfff0c0, 1);
    oval (cr, x, y - s * 0.34f, s * 0.2f, s * 0.022f);
    cairo_fill (cr);
}

static void
draw_open_book (cairo_t *cr, Point at, float turn)
{
    float s = FOCAL / at.z, x = sx (at), y = sy (at);

    ink (cr, 0xefe3c8, 1);
    quad (cr, (float[]){ x, y, x - s * 0.2f, y - s * 0.02f, x - s * 0.16f + turn * s * 0.04f, y - s * 0.1f,
                         x + turn * s * 0.04f, y - s * 0.075f });
    cairo_fill (cr);
    ink (cr, 0xd9c8a4, 1);
    quad (cr, (float[]){ x, y, x + s * 0.2f, y - s * 0.02f, x + s * 0.16f + turn * s * 0.04f, y - s * 0.1f,
                         x + turn * s * 0.04f, y - s * 0.075f });
    cairo_fill (cr);
}

/* A reader in profile: back and head bent over the table, the forearm on it. */
static void
draw_reader (cairo_t *cr, Point seat, float turn, uint32_t coat, uint32_t hair, bool long_hair, float bow)
{
    float s = FOCAL / seat.z;
    const float back[] = { -0.17f,
                           0.42f,
                           -0.2f,
                           0.62f,
                           -0.17f + bow * 0.3f,
                           0.88f,
                           -0.04f + bow * 0.5f,
                           1.02f,
                           0.08f + bow * 0.5f,
                           1.0f,
                           0.13f + bow * 0.3f,
                           0.84f,
                           0.12f,
                           0.6f,
                           0.16f,
                           0.42f };
    static const Stop skin[] = { { 0, 0x8a5c44 }, { 1, 0xd8a07c } };
    float hx = 0.07f + bow * 0.72f, hy = 1.13f - bow * 0.14f;

    cairo_save (cr);
    cairo_translate (cr, (double) sx (seat), (double) sy (seat));
    cairo_scale (cr, (double) (s * turn), (double) -s);
    ink (cr, 0x1f140c, 1); /* the chair */
    line (cr, -0.22f, 0, -0.24f, 0.95f, 0.035f);
    line (cr, 0.15f, 0, 0.15f, 0.43f, 0.035f);
    line (cr, -0.22f, 0.43f, 0.18f, 0.43f, 0.045f);
    line (cr, -0.24f, 0.9f, -0.235f, 0.7f, 0.06f);
    ink (cr, 0x23262e, 1); /* thigh and shin */
    taper (cr, -0.06f, 0.5f, 0.19f, 0.36f, 0.5f, 0.14f);
    taper (cr, 0.36f, 0.5f, 0.13f, 0.38f, 0.08f, 0.09f);
    oval (cr, 0.43f, 0.04f, 0.11f, 0.04f);
    cairo_fill (cr);
    ink (cr, coat, 1);
    curve_through (cr, back, 8, true);
    cairo_fill (cr);
    taper (cr, 0.02f + bow * 0.45f, 0.93f, 0.13f, 0.2f, 0.78f, 0.1f);
    taper (cr, 0.2f, 0.78f, 0.1f, 0.46f, 0.82f, 0.07f);
    taper (cr, 0.04f + bow * 0.5f, 1.0f, 0.1f, hx, hy - 0.05f, 0.085f);
    oval (cr, hx, hy, 0.092f, 0.118f);
    disc (cr, hx + 0.09f, hy - 0.02f, 0.018f);
    fill_across (cr, hx - 0.08f, 0, hx + 0.1f, 0, skin, 2);
    ink (cr, hair, 1);
    oval (cr, hx - 0.028f, hy + 0.04f, 0.095f, 0.095f);
    if (long_hair)
        round_box (cr, hx - 0.12f, hy - 0.18f, 0.1f, 0.24f, 0.05f);
    cairo_fill (cr);
    cairo_restore (cr);
}

static void
draw_pendant (cairo_t *cr, Point at)
{
    static const Stop globe[] = { { 0, 0xfffbe6 }, { 0.7f, 0xffdf9c }, { 1, 0xe8a850 } };
    float s = FOCAL / at.z, x = sx (at), y = sy (at);

    ink (cr, 0x2a1d12, 1);
    line (cr, x, y - s * 0.2f, x, y - s * 2.3f, fmaxf (1.2f, s * 0.016f));
    box (cr, x - s * 0.06f, y - s * 0.26f, s * 0.12f, s * 0.1f);
    cairo_fill (cr);
    disc (cr, x, y, s * 0.2f);
    fill_ball (cr, x, y, s * 0.2f, globe, 3);
}

static void
draw_ladder (cairo_t *cr)
{
    ink (cr, 0x3a2414, 1);
    for (int k = 0; k < 2; k++) {
        Point foot = point (-3.9f, 0, 6.2f + 0.5f * (float) k), top = point (-4.75f, 4.1f, 6.25f + 0.45f * (float) k);

        line (cr, sx (foot), sy (foot), sx (top), sy (top), 10.0f - 0.8f * (float) k);
    }
    for (int i = 1; i < 12; i++) {
        float t = (float) i / 12.0f;
        Point a = point (-3.9f - 0.85f * t, 4.1f * t, 6.2f), b = point (-3.9f - 0.85f * t, 4.1f * t, 6.7f);

        line (cr, sx (a), sy (a), sx (b), sy (b), 6);
    }
}

typedef struct {
    float x, z, turn, bow;
    uint32_t coat, hair;
    bool long_hair;
} Reader;

/* From far to near, so that the near cover the far. */
static const Reader readers[] = {
    { 3.3f, 10.2f, -1, 0.3f, 0x4a5568, 0x2a211c, false },   { -0.95f, 9.9f, -1, 0.35f, 0x7a4038, 0x1d1816, true },
    { 0.95f, 9.2f, 1, 0.25f, 0x3f5c4e, 0x241c18, false },   { -3.3f, 9.0f, 1, 0.4f, 0x8a7048, 0x8a8680, false },
    { -0.95f, 7.6f, -1, 0.28f, 0x2f4a66, 0x1d1816, false }, { 3.3f, 7.6f, -1, 0.32f, 0x8c4a3a, 0x1d1816, true },
    { 0.95f, 6.6f, 1, 0.4f, 0xa8905c, 0x1a1614, true },     { -3.3f, 6.3f, 1, 0.3f, 0x3a4a5c, 0x241c18, true },
    { 3.3f, 5.4f, -1, 0.3f, 0x4c5a48, 0x9a9690, false },    { -0.95f, 5.3f, -1, 0.34f, 0xb0563c, 0x1a1614, false },
    { 0.95f, 4.5f, 1, 0.3f, 0x36506e, 0x1c1715, false },
};

static void
draw_side (Layer *layer, Image *image, float side)
{
    float x0 = side < 0 ? -2.75f : 1.4f, x1 = side < 0 ? -1.4f : 2.75f;
    size_t count = sizeof readers / sizeof readers[0];

    for (size_t i = 0; i < count; i++)
        if (readers[i].x * side > 2)
            draw_reader (layer->cr, point (readers[i].x, 0, readers[i].z), readers[i].turn, readers[i].coat,
                         readers[i].hair, readers[i].long_hair, readers[i].bow);
    draw_table (layer->cr, x0, x1, 3.6f, 11.0f);
    for (int i = 5; i >= 0; i--) {
        float z = 4.3f + 1.25f * (float) i;

        draw_open_book (layer->cr, point (x0 + 0.3f + 0.1f * (float) (i % 2), 0.77f, z + 0.2f), 0.4f);
        draw_open_book (layer->cr, point (x1 - 0.35f, 0.77f, z - 0.15f), -0.5f);
        draw_desk_lamp (layer->cr, point ((x0 + x1) * 0.5f, 0.76f, z));
    }
    for (size_t i = 0; i < count; i++)
        if (readers[i].x * side > 0 && readers[i].x * side < 2)
            draw_reader (layer->cr, point (readers[i].x, 0, readers[i].z), readers[i].turn, readers[i].coat,
                         readers[i].hair, readers[i].long_hair, readers[i].bow);
    layer_haze (layer, hex (0x150e0a), 0.3f); /* they stand against the window */
    layer_rim (layer, -side * 3.5f, -3.5f, hex (0xffe2ae), 0.7f);
    layer_lay (image, layer, 1);
}

static void
draw_glows (Image *image)
{
    Layer *layer = layer_new (W, H);

    for (size_t i = 0; i < LAMPS; i++)
        glow (layer->cr, sx (lamps[i]), sy (lamps[i]), FOCAL / lamps[i].z * 0.95f, hex (0xffb868), 0.5f);
    for (int side = -1; side <= 1; side += 2)
        for (int i = 0; i < 6; i++) {
            Point at = point ((float) side * 2.07f, 1.03f, 4.3f + 1.25f * (float) i);

            glow (layer->cr, sx (at), sy (at), FOCAL / at.z * 0.55f, hex (0xffd58a), 0.45f);
        }
    glow (layer->cr, VANISH_X, sy (point (0, 3.6f, FAR_WALL)), 620, hex (0xffe0a8), 0.3f);
    layer_add (image, layer, 0.8f);
    layer_free (layer);
}

/* Tables and readers stand in the sun that lies on the floor. */
static void
draw_shadows (Image *image)
{
    Layer *layer = layer_new (W, H);
    float dx = -0.16f / 0.42f * 0.76f, dz = -0.86f / 0.42f * 0.76f;

    ink (layer->cr, 0x1a0d06, 1);
    for (int side = -1; side <= 1; side += 2) {
        float x0 = (side < 0 ? -2.75f : 1.4f) + dx, x1 = x0 + 1.35f;

        face (layer->cr, point (x0, 0, 3.6f + dz), point (x1, 0, 3.6f + dz), point (x1, 0, 11.0f + dz),
              point (x0, 0, 11.0f + dz));
        cairo_fill (layer->cr);
    }
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        const Reader *r = readers + i;
        Point a = point (r->x, 0, r->z), b = point (r->x - 0.42f, 0, r->z - 1.5f);

        taper (layer->cr, sx (a), sy (a), FOCAL / a.z * 0.5f, sx (b), sy (b), FOCAL / b.z * 0.34f);
    }
    layer_blur (layer, 6);
    layer_over (image, layer, 0.62f);
    layer_free (layer);
}

/* Shafts: every pane, drawn out along the sun's way; dust in them. */
static void
draw_shafts (Image *image)
{
    Layer *layer = layer_new (W, H);
    Dice dice = { 77 };

    for (int column = -3; column < 3; column++) {
        float x0 = 0.72f * (float) column + 0.06f, x1 = x0 + 0.6f, t = 7.6f;
        float high = ARCH + sqrtf (fmaxf (0.1f, WINDOW_HALF * WINDOW_HALF - (x0 + 0.3f) * (x0 + 0.3f))) * 0.9f;
        Point a = point (x0, high, FAR_WALL), b = point (x1, high, FAR_WALL),
              c = point (x1 - 0.16f * t, high - 0.42f * t, FAR_WALL - 0.86f * t);
        Point d = point (x0 - 0.16f * t, high - 0.42f * t, FAR_WALL - 0.86f * t), e = point (x0, SILL, FAR_WALL),
              f = point (x0 - 0.48f, 0, FAR_WALL - 2.58f);
        cairo_pattern_t *air = cairo_pattern_create_linear (0, (double) sy (a), 0, (double) sy (c));

        cairo_pattern_add_color_stop_rgba (air, 0, 1, 0.88f, 0.64f, 0.26);
        cairo_pattern_add_color_stop_rgba (air, 1, 1, 0.8f, 0.5f, 0.02);
        cairo_move_to (layer->cr, (double) sx (a), (double) sy (a));
        cairo_line_to (layer->cr, (double) sx (b), (double) sy (b));
        cairo_line_to (layer->cr, (double) sx (c), (double) sy (c));
        cairo_line_to (layer->cr, (double) sx (d), (double) sy (d));
        cairo_line_to (layer->cr, (double) sx (f), (double) sy (f));
        cairo_line_to (layer->cr, (double) sx (e), (double) sy (e));
        cairo_close_path (layer->cr);
        cairo_set_source (layer->cr, air);
        cairo_fill (layer->cr);
        cairo_pattern_destroy (air);
    }
    layer_blur (layer, 9);
    for (int i = 0; i < 420; i++) {
        float x = roll_between (&dice, 540, 1330), y = roll_between (&dice, 330, 1120);

        ink (layer->cr, 0xfff0cc, roll_between (&dice, 0.1f, 0.5f));
        disc (layer->cr, x, y, roll_between (&dice, 0.6f, 2.2f));
        cairo_fill (layer->cr);
    }
    layer_add (image, layer, 0.62f);
    layer_free (layer);
}

Image *
paint_reading_room (void)
{
    Image *image = image_new (W, H);
    Layer *layer = layer_new (W, H);

    image_shade (image, 0, H, room_at, NULL);
    draw_shadows (image);
    draw_ladder (layer->cr);
    for (size_t i = LAMPS; i-- > 0;)
        draw_pendant (layer->cr, lamps[i]);
    layer_lay (image, layer, 1);
    draw_side (layer, image, -1);
    draw_side (layer, image, 1);
    layer_free (layer);
    draw_glows (image);
    draw_shafts (image);
    bloom (image, 0.92f, 30, 0.4f);
    vignette (image, 0.4f);
    grade (image, 1.06f, 0.98f, (Rgb){ 0.004f, 0.002f, 0.008f }, (Rgb){ 0.006f, 0.0f, -0.006f });
    grain (image, 0.014f, 1603);
    return image;
}
