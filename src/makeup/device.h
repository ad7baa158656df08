/* device.h — 提要, 引语, 数字, 插题: a story's own words shown once more, as a lever of whole rows (page-makeup.md §5).
 *
 * A device takes rows of one text column, or, a summary, rows under the headline; so it fills a block whose text is a little
 * short and breaks a grey column. Its words stand verbatim in the story on this page, never others. Only two stories of a page
 * may carry one, and each at most one: so the search, which sees a block at a time, can never set more than two. */
#ifndef BM_DEVICE_H
#define BM_DEVICE_H

#include "makeup/makeup-private.h"

#define BM_MAX_DEVICES 6 /* found in one story */
#define BM_MAX_FIGURES 2 /* side by side in one device */
#define BM_MAX_MEASURE 64 /* cells: wider columns take none */
#define BM_DEVICE_WAYS 12 /* bodies with a device that are kept of one measure */

typedef enum { DEVICE_SUMMARY, DEVICE_QUOTE, DEVICE_FIGURES, DEVICE_CROSSHEAD } DeviceKind;

typedef struct {
    const char *number, *unit, *label;
} FigureWords;

/* The words of a device, in the edition's text. */
typedef struct {
    DeviceKind kind;
    const char *text;    /* NULL: figures */
    const char *speaker; /* of a quotation; NULL: none stands beside it */
    int n_figures;
    FigureWords figures[BM_MAX_FIGURES];
    int block;           /* crosshead: of the item, the paragraph it stands over */
} DeviceWords;

typedef struct {
    BmRoleId role;
    const BmShaped *shaped;
    double em; /* natural width */
} DeviceText;

typedef struct Device {
    DeviceWords words;
    DeviceText main, speaker, figures[BM_MAX_FIGURES][3]; /* shaped NULL: not there */
    int8_t rows[BM_MAX_MEASURE + 1]; /* that it takes of a column, by its measure; −1: it does not fit; 0: not asked yet */
    Story *twin; /* crosshead: the story with it among its parts, for its flow alone; else NULL */
} Device;

/* ---- device-words.c: at most BM_MAX_DEVICES of the kinds that the layout allows; returns how many ---- */
int bm_find_devices (BmArena *arena, const BmLayout *layout, const BmItem *item, DeviceWords *out);

/* ---- device.c ---- */
/* Which stories may carry one, and what; nothing where the layout allows none. After the stories are prepared. */
void bm_devices_settle (Maker *maker);
void bm_devices_prepare (Maker *maker, Story *story); /* anew, after its text changed */
const Device *bm_device_of (const Story *story, const Shape *shape); /* NULL: the shape has none */
/* Rows of the shape's summary, between headline and what follows. */
int bm_summary_rows (const Story *story, const Shape *shape);
/* The shape with a summary as wide as this; false if the story has none, or the shape has a device already. */
bool bm_add_summary (Maker *maker, const Story *story, double width, Shape *shape);
/* Bodies of k columns that hold a device, each with its cost: `shape` says what a picture takes of the right-hand ones. */
int bm_device_bodies (Maker *maker, Story *story, int k, int measure, Shape shape, int least, Shape *shapes, int *costs);
/* The column that the device stands in becomes the two pieces over and under it. `x` and `row`: NULL, or go along. */
int bm_part_columns (const Story *story, const Shape *shape, int k, int *room, int *row, double *x);
/* Whose text the shape pours: the story's, or its twin's. */
Story *bm_poured_story (Story *story, const Shape *shape);
/* Lines of a quotation over this width, points; 0: it does not fit. */
int bm_quote_lines (Maker *maker, const Device *device, double width);

#endif
