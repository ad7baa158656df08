/* face-private.h — the session behind banmian.h, and what its files share. */
#ifndef BM_FACE_PRIVATE_H
#define BM_FACE_PRIVATE_H

#include "banmian.h"

#include "draw/draw.h"
#include "edition/edition.h"
#include "layout/layout.h"
#include "makeup/makeup.h"
#include "plan/plan.h"
#include "press/press.h"
#include "recover/recover.h"
#include "type/type.h"

struct BmSession {
    BmArena *arena;
    const char *const *layout_dirs;
    const char *const *font_dirs;
    const char *const *word_files;
    const char *fonts_conf;
    const char *press_profile;
    bool system_fonts, allow_font_fallback, own_process;
    BmDiags *diags; /* since the last bm_session_take_messages */
    BmType *type;   /* loaded by the first call that sets type */
    GPtrArray *written; /* of BmWritten: what bm_write_outputs wrote; NULL: nobody wants to know */
};

/* The session's type, loaded when first asked for; NULL after a BM_ERROR. */
BmType *bm_session_type (BmSession *session);

/* The layout's role of that name ("text", "headline 2"; "headline" is the first), or −1. */
int bm_role_by_name (const char *name);

/* The words of the session's word files, in `arena`; false after a BM_ERROR. */
bool bm_session_words (BmSession *session, BmArena *arena, GPtrArray *words);

/* What the diagnostics so far amount to: 0, 1 or 4. */
BmStatus bm_session_status (const BmSession *session);

/* What --press asks for, checked; everything freed with it. */
typedef struct {
    BmPressStandard standard;
    BmPressProfile *profile; /* with a standard or a proof */
} BmPressSetup;

/* False after a BM_ERROR, *usage when the request makes no sense. */
bool bm_press_setup (BmSession *session, const BmSetRequest *request, BmPressSetup *setup, bool *usage);
void bm_press_setup_clear (BmPressSetup *setup);
GByteArray *bm_make_press_pdf (BmSession *session, const BmSetRequest *request, const BmPressSetup *setup, const BmLayout *layout,
                               const BmPlan *const *plans, int n_plans, const BmDrawOptions *options);

typedef enum { BM_FILE_UNKNOWN, BM_FILE_RAW, BM_FILE_MARKDOWN, BM_FILE_JSON, BM_FILE_YAML, BM_FILE_PDF, BM_FILE_PNG, BM_FILE_SVG } BmFileKind;

/* By the name's ending; "-" is BM_FILE_RAW. */
BmFileKind bm_file_kind (const char *name);

/* Read one page file of any kind into the edition; a name without a known ending is a raw dump. */
bool bm_read_page (BmSession *session, const char *file, const char *encoding, BmEdition *edition);

/* Recover a raw dump into the edition; `report` as in bm_recover. */
bool bm_read_raw (BmSession *session, const char *file, const char *encoding, int page, BmEdition *edition, char **report);

/* One output in memory, written only when all of them are made. */
typedef struct {
    const char *path;
    char *bytes; /* g_malloc'ed */
    size_t length;
} BmOutput;

/* A file that was written, and what is in it. */
typedef struct {
    char *path, *sha256;
    size_t length;
} BmWritten;

bool bm_write_outputs (BmSession *session, GArray *outputs); /* of BmOutput; frees their bytes */
void bm_add_output (GArray *outputs, const char *path, char *bytes, size_t length);

#endif
