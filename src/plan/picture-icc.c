/* picture-icc.c — the colour profile that a picture carries, and JPEG bytes that lie in other files.
 *
 * A JPEG's profile is cut into APP2 blocks of 64 KB, each with its number and their count (ICC.1, annex B.4). Blocks may stand in
 * any order; a profile with one missing is none. */
#include "plan/picture-private.h"

#include <string.h>

#define APP2        0xE2
#define SIGNATURE   "ICC_PROFILE" /* with its NUL */
#define HEAD        14            /* signature, number, count */
#define MAX_PROFILE (16u << 20)

typedef struct {
    const uint8_t *bytes;
    size_t length;
} Block;

typedef struct {
    Block blocks[256]; /* by their number, from 1 */
    unsigned count;
} Blocks;

static void
note_block (Blocks *blocks, const uint8_t *p, size_t length)
{
    if (length < HEAD || memcmp (p, SIGNATURE, sizeof SIGNATURE) != 0)
        return;
    blocks->blocks[p[12]] = (Block){ p + HEAD, length - HEAD };
    blocks->count = p[13];
}

/* Marker segments up to the first scan; lengths are never believed beyond the end. */
static void
find_blocks (Blocks *blocks, const BmPictureFile *picture)
{
    const uint8_t *p = (const uint8_t *) picture->bytes + 2, *end = (const uint8_t *) picture->bytes + picture->length;

    while (end - p >= 4 && p[0] == 0xff && p[1] != 0xda) {
        size_t length = (size_t) p[2] << 8 | p[3];

        if (p[1] == 0xff) { /* fill */
            p++;
            continue;
        }
        if (length < 2 || length > (size_t) (end - p) - 2)
            return;
        if (p[1] == APP2)
            note_block (blocks, p + 4, length - 2);
        p += 2 + length;
    }
}

static char *
jpeg_profile (const BmPictureFile *picture, size_t *length)
{
    Blocks *blocks = g_new0 (Blocks, 1);
    GByteArray *whole = g_byte_array_new ();

    find_blocks (blocks, picture);
    bool complete = blocks->count > 0;
    for (unsigned i = 1; i <= blocks->count && complete; i++) {
        const Block *block = &blocks->blocks[i];

        complete = block->length > 0 && whole->len + block->length <= MAX_PROFILE;
        if (complete)
            g_byte_array_append (whole, block->bytes, (guint) block->length);
    }
    g_free (blocks);
    *length = whole->len;
    if (complete)
        return (char *) g_byte_array_free (whole, FALSE);
    g_byte_array_unref (whole);
    return NULL;
}

char *
bm_picture_profile (const BmPictureFile *picture, size_t *length)
{
    *length = 0;
    if (picture->kind == BM_PICTURE_JPEG)
        return jpeg_profile (picture, length);
    return picture->kind == BM_PICTURE_PNG ? bm_png_profile (picture, length) : NULL;
}

BmPictureFile *
bm_picture_of_jpeg (const char *bytes, size_t length)
{
    BmPictureFile *picture = g_new0 (BmPictureFile, 1);
    char fault[BM_FAULT_LENGTH];

    picture->kind = BM_PICTURE_JPEG;
    picture->bytes = (char *) (gpointer) bytes;
    picture->length = length;
    picture->borrowed = true;
    if (bm_check_jpeg (picture, fault) == BM_DECODED)
        return picture;
    bm_picture_free (picture);
    return NULL;
}
