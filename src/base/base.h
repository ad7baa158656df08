/* base.h — what every stage stands on: arenas, diagnostics, lengths, files.
 *
 * Units: one unit inside the program, the typographic point of 1/72 in, in `double`.
 * Ownership: an arena owns everything allocated from it; nothing is freed singly.
 * Errors: a function that can fail returns false or NULL after adding a BM_ERROR to `diags`.
 * Memory: when memory is out the process aborts, as GLib does; outputs are atomic, so nothing
 *   half-written remains.
 */
#ifndef BM_BASE_H
#define BM_BASE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* ---- arena: one for each document object (edition, layout, plan) ---- */

typedef struct BmArena BmArena;

BmArena *bm_arena_create (void);
void     bm_arena_free (BmArena *arena); /* NULL is allowed */

/* Zeroed memory for n objects of `size` bytes; aborts when n × size overflows. */
void *bm_arena_alloc (BmArena *arena, size_t n, size_t size);
#define bm_arena_new0(arena, Type, n) ((Type *) bm_arena_alloc ((arena), (size_t) (n), sizeof (Type)))

char *bm_arena_strdup (BmArena *arena, const char *text); /* NULL → NULL */
char *bm_arena_strndup (BmArena *arena, const char *text, size_t length);
char *bm_arena_printf (BmArena *arena, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* A copy of `n` objects of `size` bytes, with room for none more: the end of a GArray's life. */
void *bm_arena_copy (BmArena *arena, const void *objects, size_t n, size_t size);

/* Drop a foreign object (a cairo surface, a PangoFont) together with the arena, last taken first. */
void bm_arena_own (BmArena *arena, void *object, void (*release) (void *object));

/* ---- diagnostics ---- */

typedef enum { BM_NOTE, BM_WARNING, BM_ERROR } BmSeverity;

typedef struct {
    const char *file; /* as the user wrote it; NULL: no file */
    int line, column; /* 1-based, column in characters; 0 = the whole file */
    int length;       /* characters to underline; 0 = a point */
} BmSpan;

typedef struct {
    BmSeverity severity;
    const char *code; /* "BM0203"; never reused; texts in codes.def */
    BmSpan where;
    char *message; /* what is wrong, with the value seen */
    char *hint;    /* what to do; never NULL for an error */
} BmDiag;

typedef struct BmDiags BmDiags;

/* After this many diagnostics of one file the rest are only counted (reliability.md §3). */
#define BM_MAX_DIAGS_PER_FILE 100

BmDiags *bm_diags_new (void);
void bm_diags_free (BmDiags *diags);

void bm_diag (BmDiags *diags, BmSeverity severity, const char *code, BmSpan where, const char *hint,
              const char *format, ...) G_GNUC_PRINTF (6, 7);

#define BM_NOWHERE ((BmSpan){ NULL, 0, 0, 0 })
#define BM_IN_FILE(path) ((BmSpan){ (path), 0, 0, 0 })

int bm_diags_count (const BmDiags *diags, BmSeverity severity);
int bm_diags_total (const BmDiags *diags);
const BmDiag *bm_diags_get (const BmDiags *diags, int index); /* in order of arrival */
bool bm_diags_has (const BmDiags *diags, const char *code);
int bm_diags_hidden (const BmDiags *diags); /* counted, not kept, by the cap above */

/* True if any diagnostic of this list means trouble of file system or resources: exit status 4. */
bool bm_diags_has_io (const BmDiags *diags);

/* Keep a copy of a source text, so that the human form can show the line. */
void bm_diags_add_source (BmDiags *diags, const char *file, const char *text, size_t length);

typedef enum { BM_FORM_HUMAN, BM_FORM_SHORT, BM_FORM_JSON } BmDiagForm;

/* All diagnostics as text, sorted by file and place, repeated warnings counted. Control characters and
 * bidi overrides of foreign text are neutralised. g_free the result. */
char *bm_diags_format (const BmDiags *diags, BmDiagForm form, bool colour);

/* The long help of a code, or NULL. */
const char *bm_code_explain (const char *code);

/* The member of `words` (NULL-ended) nearest to `word`, or NULL if none is near: "did you mean". */
const char *bm_nearest_word (const char *word, const char *const *words);

/* ---- lengths ---- */

#define BM_PT_PER_MM (72.0 / 25.4)
#define BM_PT_PER_DIAN (0.35 * BM_PT_PER_MM) /* 点, the newspaper point of 0.35 mm */
#define BM_PT_EPSILON 0.001

bool bm_pt_equal (double a, double b); /* within 0.001 pt */

typedef enum {
    BM_LENGTH_OK,
    BM_LENGTH_NOT_A_NUMBER,  /* also NaN, infinity and anything out of a double's range */
    BM_LENGTH_UNKNOWN_UNIT,
} BmLengthStatus;

/* "35mm" "9pt" "9点" "1.5字" "2em" "0.5in" "1cm", or a bare number of `default_unit` points.
 * `em` is the length of 字 and em in points; 0: these units are unknown here. Never reads the locale. */
BmLengthStatus bm_parse_length (const char *text, double default_unit, double em, double *points);

/* A plain number, whole text, "." as decimal point whatever the locale. */
bool bm_parse_number (const char *text, double *value);

/* True if min ≤ value ≤ max; refuses NaN and infinity. */
bool bm_check_length (double value, double min, double max);

/* ---- text ---- */

/* True if the text is valid UTF-8 without NUL; else one error with line, column and byte. A BOM at the
 * start is the caller's to skip. */
bool bm_check_utf8 (const char *file, const char *text, size_t length, BmDiags *diags);

/* ---- YAML: layout files and front matter ---- */

typedef enum { BM_YAML_SCALAR, BM_YAML_LIST, BM_YAML_MAP } BmYamlKind;

typedef struct BmYaml BmYaml;
struct BmYaml {
    BmYamlKind kind;
    const char *text;     /* scalar: its value */
    bool quoted;          /* scalar: written in quotes or as a block, so never a null or a number */
    int n;                /* children of a list, pairs of a map */
    BmYaml **children;    /* a map's values */
    BmYaml **keys;        /* a map's keys, all scalars and unlike one another */
    BmSpan where;
    size_t start, end;    /* the characters of the source it stands in */
};

#define BM_YAML_MAX_DEPTH 16

/* The one document of `text` as a tree in `arena`; an empty text is an empty map. Anchors, aliases, tags, merge
 * keys, duplicate keys, a second document and deeper nesting than 16 are refused where they stand (BM0201 …).
 * `line` is the number of the text's first line in `file`. NULL after a BM_ERROR. */
BmYaml *bm_yaml_parse (BmArena *arena, const char *file, const char *text, size_t length, int line,
                       BmDiags *diags);

/* The value of a key, or NULL. */
BmYaml *bm_yaml_get (const BmYaml *map, const char *key);

/* ---- files ---- */

#define BM_MAX_TEXT_FILE (32u << 20) /* bytes; reliability.md §3 */

/* The whole of a regular file (or of stdin, for "-"), NUL-terminated; g_free *bytes. Refuses folders,
 * devices and files over `limit`. Code BM0101 … BM0104. */
bool bm_read_file (const char *path, size_t limit, char **bytes, size_t *length, BmDiags *diags);

/* Can `path` be written: folder there and writable, not a folder itself. Cheap; call before any work. */
bool bm_check_writable (const char *path, BmDiags *diags);

/* Write all or nothing: a temporary file in the same folder, every write checked, fsync, rename. A FIFO or
 * character device is written plainly; a symbolic link is replaced. "-" is standard output. */
bool bm_write_file (const char *path, const void *bytes, size_t length, BmDiags *diags);

/* True if both names are the same existing file. */
bool bm_same_file (const char *a, const char *b);

#endif
