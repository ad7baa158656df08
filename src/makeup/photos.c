/* photos.c — the pictures of a story: their files opened once for their size and caption. */
#include "makeup/makeup-private.h"

#include <math.h>

#define UNKNOWN_RATIO 1.5 /* 3:2, page-makeup.md §12 */

static const BmShaped *
shape_caption (Maker *maker, const char *caption, BmSpan where)
{
    BmText text = { .utf8 = caption, .length = -1, .kind = BM_TEXT_CAPTION, .lang = maker->page->lang,
                    .role = &maker->layout->roles[BM_ROLE_CAPTION], .where = where };

    return bm_type_shape (maker->type, &text, &maker->layout->style, maker->diags);
}

/* The caption in the edition beats the one in the file, which is there when a photographer's desk wrote it. */
static void
take_file (Maker *maker, const BmPicture *picture, const BmPictureFile *file, Photo *photo)
{
    photo->file = picture->file;
    if (photo->ratio <= 0 && file->width > 0 && file->height > 0)
        photo->ratio = (double) file->width / file->height;
    if (photo->caption == NULL && file->caption != NULL)
        photo->caption = bm_arena_strdup (maker->arena, file->caption);
}

bool
bm_photo_read (Maker *maker, const BmPicture *picture, Photo *photo)
{
    photo->picture = picture;
    photo->ratio = picture->ratio;
    photo->caption = picture->caption != NULL && picture->caption[0] != '\0' ? picture->caption : NULL;
    if (picture->file != NULL && picture->file[0] != '\0') {
        BmPictureFile *file = bm_picture_open (maker->options->picture_root, picture->file, picture->where, maker->diags);

        if (file == NULL)
            return false;
        take_file (maker, picture, file, photo);
        bm_picture_free (file);
    }
    if (photo->ratio <= 0)
        photo->ratio = UNKNOWN_RATIO;
    photo->ratio = CLAMP (photo->ratio, 0.1, 12);
    return true;
}

bool
bm_photos_prepare (Maker *maker, Story *story)
{
    const BmItem *item = story->item;

    story->n_photos = item->n_pictures;
    story->photos = bm_arena_new0 (maker->arena, Photo, item->n_pictures);
    for (int i = 0; i < item->n_pictures; i++) {
        Photo *photo = &story->photos[i];

        if (!bm_photo_read (maker, &item->pictures[i], photo))
            return false;
        if (story->caption_is_text)
            photo->caption = NULL;
        if (photo->caption != NULL)
            photo->shaped = shape_caption (maker, photo->caption, item->pictures[i].where);
        story->ratio += photo->ratio;
    }
    return true;
}

/* Rows that captions take under pictures of `width` points: the role's leading, at least a row. */
int
bm_caption_rows (const Maker *maker, const Photo *photo, double width)
{
    const BmRole *role = &maker->layout->roles[BM_ROLE_CAPTION];

    if (photo->shaped == NULL)
        return 0;
    int lines = bm_count_lines (photo->shaped, &maker->layout->style, width / role->size, 0);
    return (int) ceil (lines * role->leading * role->size / maker->grid.pitch - 1e-6);
}

#define CREDIT_APART 2 /* cells between a caption and the credit in its last row */

/* Has the caption's last row, under a picture of `width` points, room for the photographer's line? */
static bool
has_room_for_credit (const Maker *maker, const Story *story, double width)
{
    const BmRole *caption = &maker->layout->roles[BM_ROLE_CAPTION];
    const BmShaped *words = story->photos[0].shaped;

    if (words == NULL)
        return false;
    double credit = bm_natural_width (story->credit, &maker->layout->style) * maker->layout->roles[BM_ROLE_CREDIT].size;
    double last = bm_last_width (words, &maker->layout->style, width / caption->size, 0) * caption->size;
    return last + credit + CREDIT_APART * maker->grid.body <= width;
}

int
bm_credit_rows (const Maker *maker, const Story *story, double width)
{
    return story->credit == NULL || has_room_for_credit (maker, story, width) ? 0 : 1;
}
