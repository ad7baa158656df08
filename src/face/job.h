/* job.h — one call of bm_set: its sheets (the pages of the edition), and what is made of each.
 *
 * The way: edition-read.c finds the pages (files, folders, edition.yaml) and gives each its layout; edition-make.c
 * has them made up, and edition-jump.c finds room on other pages for what one cannot hold; edition-split.c adds
 * pages where the edition may grow; set-output.c draws and writes.
 *
 * A sheet has its page twice: `given` is what was read and is never changed, `page` is what is on the sheet — items
 * moved to it, stories cut, the rests of others. Both point into the job's editions, which live as long as the job. */
#ifndef BM_JOB_H
#define BM_JOB_H

#include "face/edition-file.h"
#include "face/face-private.h"

#include <math.h>

typedef struct {
    const char *file;   /* it was read from */
    const char *folder; /* of that file */
    const char *root;   /* its pictures are read under it */
    const BmPage *given;
    BmPage *page;
    const BmPageBrief *brief; /* what edition.yaml says of it; NULL: nothing */
    const char *layout_name;
    BmSpan layout_where; /* in edition.yaml; line 0: the layout is named elsewhere */
    int columns;        /* 0: the layout's */
    const char *style, *overset; /* NULL: the layout's */
    const BmLayout *layout;
    bool front;         /* 头版 */
    const BmPlan *keep; /* what it pins stays; NULL: nothing */
    BmPlan *plan;       /* NULL: not made yet */
    BmDiags *diags;     /* what make-up said of that plan */
} Sheet;

/* A story that stands on two pages, first part and rest; or one that was held over on a page and stands on another. */
typedef struct {
    Sheet *from, *to;
    const char *from_item, *to_item;
    bool whole;        /* it stands on the second page alone */
    int lines;         /* that found room there; 0: the writers' own jump */
    const char *title;
    BmSpan where;
} Link;

typedef struct {
    BmSession *session;
    const BmSetRequest *request;
    BmSetReport *report;
    BmArena *arena;
    BmEdition *edition;   /* as read */
    BmEdition *made;      /* the pages as made; its items may be the other's */
    BmEditionFile *brief; /* edition.yaml; NULL: none */
    GPtrArray *sheets;    /* Sheet * in the job's arena */
    GPtrArray *layouts;   /* BmLayout *, one for each look */
    GArray *links;        /* Link */
    GPtrArray *keeps;     /* BmPlan *, of --keep */
    GArray *outputs;      /* BmOutput */
    GString *trace;
    BmPressSetup press;
} Job;

Job *bm_job_new (BmSession *session, const BmSetRequest *request, BmSetReport *report);
void bm_job_free (Job *job);
BmStatus bm_job_plan (Job *job);   /* everything checked, read and made up */
BmStatus bm_job_finish (Job *job); /* drawn, written, reported */

static inline Sheet *
sheet_of (const Job *job, int i)
{
    return g_ptr_array_index (job->sheets, (guint) i);
}

/* ---- edition-read.c ---- */
/* The pages with what edition.yaml says of them, each with its layout; false after a BM_ERROR. */
bool bm_job_read (Job *job);
/* The layout of a sheet, loaded once for sheets that look alike. */
bool bm_sheet_layout (Job *job, Sheet *sheet);
/* Pages are called by their numbers; a second page of a number gets another. */
void bm_job_number_pages (Job *job);
int  bm_sheet_by_label (const Job *job, const char *label); /* −1: none */

/* ---- edition-moves.c ---- */
bool bm_job_move_items (Job *job);
BmItem *bm_page_item (const BmPage *page, const char *id, int *index);  /* NULL: none of that name */
void bm_page_take_item (Job *job, BmPage *page, BmItem *item);            /* with an id that is free there */
void bm_page_drop_item (BmPage *page, int index);
/* From here on no item's rank follows from its neighbours. */
void bm_page_settle_ranks (Job *job, BmPage *page);
int  bm_job_named_jump (const Job *job, const Sheet *sheet, const BmItem *item); /* where edition.yaml sends its rest; −1 */

/* ---- edition-make.c ---- */
bool bm_job_make (Job *job);

/* A plan, and what was said while it was made. */
typedef struct {
    BmPlan *plan; /* NULL: there is none */
    BmDiags *diags;
} Made;

/* Make `page` up as the sheet's. `whole`: there is no plan unless all copy has room. */
Made bm_sheet_make (Job *job, const Sheet *sheet, const BmPage *page, bool whole);
/* The same with stories held over whole, none cut. */
Made bm_sheet_make_held (Job *job, const Sheet *sheet, const BmPage *page);
void bm_sheet_take (Sheet *sheet, Made made); /* in place of what it had */
void bm_made_clear (Made *made);
void bm_say_all (BmDiags *diags, const BmDiags *said);
/* A copy of the sheet's page with a list of items of its own. */
BmPage *bm_page_draft (Job *job, const BmPage *page);

/* ---- original.c ---- */
bool bm_job_find_original (Job *job); /* grids and measures from the raw dumps; false after a BM_ERROR */
/* No page was found so: ask less (step 0: not the blocks' widths; 1: not the stories' measures). False: there is no less. */
bool bm_sheet_forgo_original (Job *job, Sheet *sheet, int step);

/* ---- edition-jump.c ---- */
/* Copy that is over goes to pages that have room: at last to any, before the edition has grown to those that follow. */
void bm_job_place_rests (Job *job, bool at_last);
/* What is over of one item, as an item: the rest of a story that was cut, or the whole of one held over. */
BmItem *bm_first_part (BmArena *arena, const BmItem *item, const BmOverset *overset, const char *jump_to);
void    bm_dress_rest (Job *job, BmItem *rest, bool jumped); /* for its new page */
BmItem *bm_rest_of (BmArena *arena, const BmPage *from, const BmItem *item, const BmOverset *overset);

/* ---- edition-links.c ---- */
const char *bm_jump_to_text (BmArena *arena, const char *lang, const char *label);
const char *bm_jump_from_text (BmArena *arena, const char *lang, const char *label); /* label NULL: another page */
/* Jumps that the edition's writers made by hand: 下转第3版 and 上接第1版 of one headline. */
void bm_job_find_links (Job *job);
/* Jump lines say the numbers their pages have now; marks the sheets whose lines changed. */
void bm_job_rewrite_links (Job *job, bool *changed);
void bm_job_write_links (Job *job); /* into the plans */

/* ---- edition-split.c ---- */
/* Where the edition may grow: pages with more copy than room become several. `share`: of a page's copy that must be
 * over at least. True if a page was added. */
bool bm_job_grow (Job *job, double share);
/* Pages that were numbered one after the other are so again; changed[i] where a page's number or jump line is another. */
void bm_job_renumber (Job *job, bool *changed);
int  bm_sheet_over (const Sheet *sheet); /* characters that found no room */

/* ---- set-output.c ---- */
BmStatus bm_check_outputs (Job *job);     /* before anything is read: endings, folders */
BmStatus bm_job_check_outputs (Job *job); /* when the pages are known: no input is written over, no output twice */
bool bm_job_draw (Job *job);              /* every output, in memory */
void bm_job_write_over (Job *job);        /* OUT.jump.md */

#endif
