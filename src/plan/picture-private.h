/* picture-private.h — what the files of a picture share: limits, the decoders, the captions inside. */
#ifndef BM_PICTURE_PRIVATE_H
#define BM_PICTURE_PRIVATE_H

#include "plan/plan.h"

/* reliability.md §3 */
#define BM_MAX_PICTURE_FILE (256u << 20) /* bytes */
#define BM_MAX_PICTURE_PIXELS 100000000  /* 100 Mpx */
#define BM_MAX_PICTURE_SCANS 100

#define BM_FAULT_LENGTH 256

typedef enum { BM_DECODED, BM_TOO_LARGE, BM_BROKEN } BmDecodeStatus;

/* Fill in width, height and components and decode to the end, keeping nothing. `fault`: the decoder's words. */
BmDecodeStatus bm_check_jpeg (BmPictureFile *picture, char fault[BM_FAULT_LENGTH]);
BmDecodeStatus bm_check_png (BmPictureFile *picture, char fault[BM_FAULT_LENGTH]);

/* bm_picture_pixels for one kind; NULL if the file, checked before, does not decode. */
uint32_t *bm_jpeg_pixels (const BmPictureFile *picture, int reduce, int *width, int *height);
uint32_t *bm_png_pixels (const BmPictureFile *picture, int *width, int *height);

char *bm_png_profile (const BmPictureFile *picture, size_t *length);

/* caption and credit of the IPTC block of a JPEG. */
void bm_read_iptc (BmPictureFile *picture);

#endif
