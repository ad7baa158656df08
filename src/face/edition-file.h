/* edition-file.h — edition.yaml: which pages an edition has, how each looks, and what may go where.
 *
 *   paper: 汐州日报                  for every page that does not say it itself; lang, too
 *   date: 2025-09-19
 *   layout: broadsheet              and columns, style, overset
 *   front: {issue: 第4127号, lines: [汐州日报社出版], ear: index}
 *   held: move                      a story held over may go to another page (keep: it may not)
 *   grow: 8                         pages may be added, up to so many
 *   sections: {副刊: {layout: tabloid}}
 *   pages:
 *     - {file: 01.md, front: true, jumps-to: [2]}
 *     - 02.md
 *   moves: [{item: lighthouse, from: 2, to: 3}]
 *   jumps: [{item: lead, to: 3}]    where its rest goes if it finds no room; with keep: 60%, so much stays in any case
 *
 * Units: counts; pages are named by their numbers. Ownership: the file owns its arena. Errors: NULL after a
 * BM_ERROR at the place; unknown keys are errors with a suggestion. */
#ifndef BM_EDITION_FILE_H
#define BM_EDITION_FILE_H

#include "base/base.h"

/* What a page, a section or the whole edition may set. */
typedef struct {
    const char *layout, *style, *overset; /* NULL: not said */
    int columns;                          /* 0: not said */
    BmSpan layout_where;
} BmLook;

typedef struct {
    const char *file, *page, *section;
    BmLook look;
    bool front;
    bool closed;           /* takes: false — nothing comes here from other pages */
    int n_jumps_to;
    const char **jumps_to; /* where its rests go, first choice first */
    BmSpan where;
} BmPageBrief;

typedef struct {
    const char *section;
    BmLook look;
    BmSpan where;
} BmSectionBrief;

/* Of `moves` and `jumps`: an item by name, and pages. */
typedef struct {
    const char *item, *from, *to; /* from NULL: wherever it is */
    int keep;                     /* jumps: per cent of its text that stay, the rest goes in any case; 0: what finds room */
    BmSpan where;
} BmItemBrief;

/* 报头, 报眼 */
typedef struct {
    const char *name;   /* in the nameplate; NULL: the paper's */
    const char *latin;  /* under it */
    const char *issue;
    int n_lines;
    const char **lines;
    bool index;         /* ear: index — the leads of the other pages */
} BmFrontBrief;

typedef struct {
    BmArena *arena;
    const char *file, *folder;
    const char *paper, *date, *lang;
    BmLook look;
    BmFrontBrief front;
    bool held_move;
    int grow; /* pages at most; 0: as many as there are */
    int n_pages, n_sections, n_moves, n_jumps;
    BmPageBrief *pages;
    BmSectionBrief *sections;
    BmItemBrief *moves, *jumps;
} BmEditionFile;

BmEditionFile *bm_edition_file_read (const char *path, BmDiags *diags);
void bm_edition_file_free (BmEditionFile *file);

const BmLook *bm_edition_section (const BmEditionFile *file, const char *section); /* NULL: nothing said */

#endif
