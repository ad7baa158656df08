/* paint.h — a small painter for the pictures of the samples: light as pixels, things as Cairo paths.
 *
 * A scene is built back to front. What has no edge (sky, water, sand, air) is computed pixel by pixel into an
 * Image; what has an edge is drawn with Cairo into a Layer, lit along its rims, blurred by its distance and laid
 * over the image. Channels are display values, 0 … 1; light may go over 1 until the picture is finished.
 * Everything is a function of the program's constants: two runs give the same pictures. */
#ifndef PAINT_H
#define PAINT_H

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    float r, g, b;
} Rgb;

typedef struct {
    int width, height;
    Rgb *pixels;
} Image;

typedef struct {
    int width, height;
    cairo_surface_t *surface;
    cairo_t *cr;
} Layer;

/* What the JPEG says of itself: IPTC IIM data sets 2:05, 2:120, 2:80, 2:110, 2:55 (CCYYMMDD), 2:90;
 * 2:40 says of all of them that they are drawn. */
typedef struct {
    const char *title, *caption, *byline, *credit, *date, *city;
} Notes;

/* colour.c */
Rgb hex (uint32_t value);
Rgb mix (Rgb a, Rgb b, float t);
Rgb scaled (Rgb a, float by);
Rgb added (Rgb a, Rgb b);
Rgb screened (Rgb a, Rgb b);
float clamp01 (float v);
float smooth (float from, float to, float v);
float fmixf (float a, float b, float t);

/* Stops of a gradient: a list of (place, colour), ascending. */
typedef struct {
    float at;
    uint32_t colour;
} Stop;
Rgb ramp (const Stop *stops, int count, float at);

/* noise.c — value noise in 0 … 1, smooth; `seed` chooses another field. */
float hash2 (int x, int y, uint32_t seed);
float noise2 (float x, float y, uint32_t seed);
float fbm (float x, float y, int octaves, uint32_t seed);
float fbm_ridged (float x, float y, int octaves, uint32_t seed);

/* A row of numbers 0 … 1 for placing things. */
typedef struct {
    uint32_t state;
} Dice;
float roll (Dice *dice);
float roll_between (Dice *dice, float low, float high);

/* image.c */
Image *image_new (int width, int height);
void image_free (Image *image);
Rgb *image_at (Image *image, int x, int y);
Rgb image_sample (const Image *image, float x, float y);
void image_blur (Image *image, float sigma);

typedef Rgb (*Shader) (float x, float y, const void *scene);
void image_shade (Image *image, int top, int bottom, Shader shader, const void *scene);

/* layer.c */
Layer *layer_new (int width, int height);
void layer_free (Layer *layer);
void layer_blur (Layer *layer, float sigma);
void layer_over (Image *image, Layer *layer, float opacity);
void layer_add (Image *image, Layer *layer, float strength);
void layer_rim (Layer *layer, float dx, float dy, Rgb light, float strength);
void layer_haze (Layer *layer, Rgb air, float amount);
void layer_shade (Layer *layer, float dx, float dy, Rgb dark, float strength);
float layer_alpha (const Layer *layer, float x, float y, Rgb *colour);
/* Lays the layer over the image and gives it back empty, for the next plane. */
void layer_lay (Image *image, Layer *layer, float opacity);

/* pen.c — words for Cairo */
void ink (cairo_t *cr, uint32_t colour, float alpha);
void ink_rgb (cairo_t *cr, Rgb colour, float alpha);
void fill_down (cairo_t *cr, float y0, float y1, const Stop *stops, int count);
void fill_across (cairo_t *cr, float x0, float y0, float x1, float y1, const Stop *stops, int count);
void fill_ball (cairo_t *cr, float x, float y, float radius, const Stop *stops, int count);
void glow (cairo_t *cr, float x, float y, float radius, Rgb colour, float strength);
void line (cairo_t *cr, float x0, float y0, float x1, float y1, float width);
void taper (cairo_t *cr, float x0, float y0, float w0, float x1, float y1, float w1);
void disc (cairo_t *cr, float x, float y, float radius);
void oval (cairo_t *cr, float x, float y, float rx, float ry);
void box (cairo_t *cr, float x, float y, float width, float height);
void round_box (cairo_t *cr, float x, float y, float width, float height, float radius);
void quad (cairo_t *cr, const float points[8]);
void curve_through (cairo_t *cr, const float *points, int count, bool closed);
void words (cairo_t *cr, const char *family, bool bold, float size, float x, float y, const char *text);

/* finish.c — what the camera and the darkroom do */
void bloom (Image *image, float threshold, float sigma, float strength);
void vignette (Image *image, float strength);
void grade (Image *image, float contrast, float saturation, Rgb shadows, Rgb lights);
void grain (Image *image, float amount, uint32_t seed);
void vary_light (Image *image, float scale, float amount, uint32_t seed);

/* jpeg.c */
bool write_jpeg (const Image *image, const char *path, int quality, const Notes *notes);

/* figures.c, fish.c, trawler.c — people, birds, fish and boats, by their outlines */
enum { HAIR_SHORT, HAIR_LONG, HAT_CAP, HAT_STRAW };

typedef struct {
    float x, y, size;               /* feet, height in pixels */
    float turn;                     /* −1 left profile, 0 from behind, 1 right profile */
    float lean, stride;             /* −1 … 1 */
    float left_arm, right_arm, bend;    /* 0 hanging, 0.5 level, 1 up; how much the elbow bends */
    float light;                    /* side of the light: −1 or 1 */
    uint32_t coat, legs, shoes, skin, hair, hat;
    int headwear;
    bool vest;                      /* with reflecting stripes */
} Person;
void draw_person (cairo_t *cr, const Person *person);
void draw_gull (cairo_t *cr, float x, float y, float span, float bank, uint32_t colour);
void draw_fish (cairo_t *cr, float x, float y, float length, float turn, float squash, const Stop *skin, int stops);
void draw_trawler (cairo_t *cr, float x, float waterline, float length, bool to_left, uint32_t hull, const char *number);

/* The pictures, each its own file. */
Image *paint_harbour (void);
Image *paint_kites (void);
Image *paint_reading_room (void);
Image *paint_lighthouse (void);
Image *paint_market (void);
Image *paint_drying (void);
Image *paint_lamp_ad (void);
Image *paint_bookshop_ad (void);
Image *paint_bridge (void);
Image *paint_tea (void);
Image *paint_bus (void);

#endif
