/* build-photo.c — pictures side by side at one height, each over its caption. */
#include "makeup/build.h"

#include <math.h>

#define ASCENT 0.88

/* Shares of the picture cut away at each edge so that it fills the frame. */
static void
crop_to (BmElement *element, double ratio)
{
    double frame = element->width / element->height;

    if (frame > ratio) {
        /* Heads stand in the upper half: less is cut there. */
        double cut = 1 - ratio / frame;
        element->crop[1] = cut * 0.4;
        element->crop[3] = cut * 0.6;
    } else {
        element->crop[0] = element->crop[2] = (1 - frame / ratio) / 2;
    }
}

static void
build_photo (Build *build, Story *story, const Photo *photo, double x, double width, int row, int rows)
{
    const BmLayout *layout = build->maker->layout;
    double y = bm_row_y (build, row) + layout->photo_inset;
    double height = rows * build->maker->grid.pitch - 2 * layout->photo_inset;
    BmElement *element = bm_add_element (build, bm_arena_strdup (build->arena, story->item->id), BM_ELEM_PHOTO, x, y, width, height);

    element->file = bm_arena_strdup (build->arena, photo->file);
    element->alt = bm_arena_strdup (build->arena, photo->caption);
    element->stroke = layout->photo_frame;
    element->ink = layout->hairline_ink;
    if (photo->file != NULL)
        crop_to (element, photo->ratio);
}

static void
build_caption (Build *build, Story *story, const Photo *photo, double x, double width, int row, int rows)
{
    const BmRole *role = &build->maker->layout->roles[BM_ROLE_CAPTION];
    double size = role->size, y = bm_row_y (build, row), measure = width / size;

    if (photo->shaped == NULL || rows == 0)
        return;
    const BmGalley *galley = build->with_lines ? bm_compose (build->arena, photo->shaped, &build->maker->layout->style, &measure, 1, 0, 0) : NULL;
    if (galley == NULL && build->with_lines)
        return;
    BmElement *element = bm_add_element (build, bm_arena_strdup (build->arena, story->item->id), BM_ELEM_CAPTION, x, y,
                                         width, rows * build->maker->grid.pitch);
    bm_set_face (build, element, BM_ROLE_CAPTION, size);
    if (galley == NULL)
        return;
    element->n_lines = galley->n_lines;
    element->lines = bm_arena_new0 (build->arena, BmPlacedLine, galley->n_lines);
    double first = y + (build->maker->grid.pitch - size) / 2 + ASCENT * size;
    for (int i = 0; i < galley->n_lines; i++)
        bm_place_line (build, &element->lines[i], galley, i, size, x, first + i * role->leading * size);
}

/* □ … 摄: at the picture's right edge (style.md §2), in the last row under it. */
static void
build_credit (Build *build, const Story *story, double x, double span, int row, int caption_rows)
{
    double pitch = build->maker->grid.pitch;
    const BmRole *role = &build->maker->layout->roles[BM_ROLE_CREDIT];
    const BmHeadline *line = bm_headline_break (build->arena, story->credit, &build->maker->layout->style, 1);

    if (line == NULL)
        return;
    double width = line->max_width * role->size, right = x + span, y = bm_row_y (build, row + caption_rows - 1);
    BmElement *element = bm_add_element (build, bm_arena_strdup (build->arena, story->item->id), BM_ELEM_CREDIT, right - width, y, width, pitch);
    element->n_lines = 1;
    element->lines = bm_arena_new0 (build->arena, BmPlacedLine, 1);
    bm_place_line (build, &element->lines[0], line->galley, 0, role->size, right - width, y + (pitch - role->size) / 2 + ASCENT * role->size);
    bm_set_face (build, element, BM_ROLE_CREDIT, role->size);
}

void
bm_build_photos (Build *build, Story *story, double x, double width, int row, int rows, int caption_rows)
{
    double gutter = build->maker->grid.gutter, all = width - (story->n_photos - 1) * gutter, at = x;
    int own_rows = caption_rows - bm_credit_rows (build->maker, story, width);

    for (int i = 0; i < story->n_photos; i++) {
        double own = all * story->photos[i].ratio / story->ratio;

        build_photo (build, story, &story->photos[i], at, own, row, rows);
        build_caption (build, story, &story->photos[i], at, own, row + rows, own_rows);
        at += own + gutter;
    }
    if (story->credit != NULL)
        build_credit (build, story, x, width, row + rows, caption_rows);
}
