/* pictures.h — pictures made for tests: gradients as JPEG and PNG, written into a folder of the test's own. */
#ifndef TEST_PICTURES_H
#define TEST_PICTURES_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    int width, height, components; /* 1 gray, 3 RGB, 4 CMYK */
    bool adobe;                    /* CMYK with Adobe's marker, values turned round */
    bool progressive;
    int scans;                     /* gray: so many scans, up to 127; 0: as usual */
    const guint8 *app13;           /* an APP13 block, or NULL */
    guint app13_length;
} TestJpeg;

GByteArray *test_jpeg (const TestJpeg *how);
/* colour_type as in the PNG header: 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha. */
GByteArray *test_png (int width, int height, int depth, int colour_type);

char *test_folder (void); /* a new one; g_free */
void  test_folder_remove (char *folder); /* with what is in it; frees the name */
void  test_write (const char *folder, const char *name, const void *bytes, gsize length);

#endif
