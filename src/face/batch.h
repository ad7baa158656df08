/* batch.h — what the files of `batch` share: tasks of a manifest, the report, the process of a page.
 *
 * One process a page, forked after the fonts are loaded: a fault in a decoder, a loop or want of memory costs that page
 * alone, and everything that is dear to load is shared by copy-on-write. The parent never touches a page's text.
 * This is the one place of the library that looks at the clock: for time limits and for the report's seconds. */
#ifndef BM_BATCH_H
#define BM_BATCH_H

#include "face/face-private.h"

#include <jansson.h>

#define BM_MAX_MANIFEST_LINE 65536 /* bytes */
#define BM_MAX_ID 200              /* bytes: it becomes a file's name */
#define BM_MAX_JOBS 256
#define BM_MAX_SHARDS 1000000

/* One line of the manifest. */
typedef struct {
    int line;
    char *id;
    char *text;       /* the line; NULL: it is none, see `fault` */
    char *fault;      /* why the line is no page */
    const char *code; /* of the fault */
    json_t *done;     /* --resume: what the report says of it, if it was set; else NULL */
    int attempts;
} BmTask;

void bm_task_free (BmTask *task);

/* The tasks of this shard, in the manifest's order; a broken line is a task with a fault. NULL after a BM_ERROR. */
GPtrArray *bm_manifest_read (const char *file, int shard, int shards, BmDiags *diags);

/* Which of `shards` (1 …) an id belongs to: by its own bytes, so that other lines do not move it. */
int bm_shard_of (const char *id, int shards);

/* The same, as hexadecimal digits for folders: {hash} in a template. */
unsigned bm_id_hash (const char *id);

/* What the task's line asks for, over the defaults of the command; strings in `arena`. False after a BM_ERROR. */
bool bm_task_request (const BmTask *task, const BmBatchRequest *batch, BmArena *arena, BmSetRequest *request, char **test_fault,
                      BmDiags *diags);

/* `template` with {id}, {name} (the page's file name without its ending), {shard} and {hash} filled in; NULL after a BM_ERROR for another name in braces. */
char *bm_fill_template (const char *template, const char *id, const char *page, int shard, BmDiags *diags);

/* SHA-256 of everything a page is made of: program, fonts, layouts, options, texts, pictures. `common` is what
 * bm_input_common gave for the session. */
char *bm_input_common (BmSession *session);
char *bm_input_hash (BmSession *session, const char *common, const BmTask *task, const BmSetRequest *request);

/* ---- report ---- */

typedef struct {
    char *path;
    int fd;          /* −1: there is none */
    bool open_line;  /* the last line was cut off: end it first */
} BmReportFile;

/* Open for appending and lock: alone with `resume`, else together with others. False after a BM_ERROR. */
bool bm_report_open (BmReportFile *report, const char *path, bool resume, BmDiags *diags);

/* The last line of each id; a line that was cut off counts for nothing. id → json_t *. */
GHashTable *bm_report_read (const BmReportFile *report, BmDiags *diags);

/* One line, one write, on the disk before it returns. */
bool bm_report_append (BmReportFile *report, json_t *line, BmDiags *diags);
void bm_report_close (BmReportFile *report);

/* ---- the process of a page ---- */

typedef struct {
    BmSession *session;
    const BmBatchRequest *request;
    const char *common; /* hash, see above */
    int parent;         /* process id */
} BmChildWork;

/* In the child: set the page, write what came of it to `fd` as one JSON object, leave. */
G_NORETURN void bm_child_run (const BmChildWork *work, const BmTask *task, int fd);

/* Everything a page needs of fonts, lexicon and libraries is loaded, by setting a page of our own; then the process has one
 * thread. False after a BM_ERROR. */
bool bm_warm_up (BmSession *session, const char *layout);

/* Remove the temporary files that a killed process left of the task's outputs. */
void bm_remove_strays (const BmTask *task, const BmBatchRequest *batch);

#endif
