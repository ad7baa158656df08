/* gaiji.c — the outlines in the user's folders, as a font that fontconfig can open.
 *
 * Fontconfig and HarfBuzz open fonts by path. The font is no user's file, and a cache would have to be kept clean: it lies in memory
 * (memfd_create of Linux), and its path is that of the descriptor, which stays open to the process's end, so that forked pages of
 * a batch have it, too. */
#define _GNU_SOURCE
#include "type/gaiji.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAX_SVG   (1u << 20)
#define MAX_GAIJI 4000

typedef struct {
    char *path;
    gunichar character;
} Found;

static void
free_found (gpointer data)
{
    Found *found = data;

    g_free (found->path);
}

static int
compare_found (const void *a, const void *b)
{
    const Found *x = a, *y = b;

    return x->character != y->character ? (x->character < y->character ? -1 : 1) : strcmp (x->path, y->path);
}

/* "U+E001.svg" → U+E001; 0: another file. */
static gunichar
character_of (const char *name)
{
    char *end = NULL;

    if (g_ascii_strncasecmp (name, "U+", 2) != 0 || !g_ascii_isxdigit (name[2]))
        return 0;
    guint64 code = g_ascii_strtoull (name + 2, &end, 16);
    return g_ascii_strcasecmp (end, ".svg") == 0 && code <= 0x10ffff && g_unichar_validate ((gunichar) code) ? (gunichar) code
                                                                                                             : 0;
}

static void
look_into (const char *folder, GArray *found)
{
    GDir *dir = g_dir_open (folder, 0, NULL);
    const char *name = NULL;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL && found->len < MAX_GAIJI) {
        gunichar character = character_of (name);

        if (character != 0)
            g_array_append_val (found, ((Found){ g_build_filename (folder, name, NULL), character }));
    }
    if (dir != NULL)
        g_dir_close (dir);
}

static bool
read_outline (const Found *found, BmOutline *outline, GChecksum *sum, BmDiags *diags)
{
    char *svg = NULL;
    size_t length = 0;

    *outline = (BmOutline){ .character = found->character,
                            .points = g_array_new (FALSE, FALSE, sizeof (BmOutlinePoint)),
                            .ends = g_array_new (FALSE, FALSE, sizeof (guint16)) };
    bool ok = bm_read_file (found->path, MAX_SVG, &svg, &length, diags);
    if (ok) {
        g_checksum_update (sum, (const guchar *) svg, (gssize) length);
        ok = bm_outline_read (found->path, svg, length, outline, diags);
    }
    g_free (svg);
    return ok;
}

static char *
put_into_memory (hb_blob_t *font, BmDiags *diags)
{
    unsigned length = 0;
    const char *bytes = hb_blob_get_data (font, &length);
    int file = memfd_create ("banmian-gaiji", 0);
    ssize_t written = file >= 0 ? write (file, bytes, length) : -1;

    if (written == (ssize_t) length)
        return g_strdup_printf ("/proc/self/fd/%d", file);
    if (file >= 0)
        close (file);
    bm_diag (diags, BM_ERROR, "BM0511", BM_NOWHERE,
             "make a font of the outlines with a font editor, and put that into the folder",
             "there is no memory for a font of %u bytes", length);
    return NULL;
}

/* One outline a character: that of the first folder. */
static char *
make_font (const GArray *found, bool *ok, BmDiags *diags)
{
    BmOutline *outlines = g_new0 (BmOutline, found->len);
    GChecksum *sum = g_checksum_new (G_CHECKSUM_SHA256);
    char *path = NULL;
    int n = 0;

    for (guint i = 0; i < found->len; i++) {
        const Found *one = &g_array_index (found, Found, i);

        if (n == 0 || outlines[n - 1].character != one->character)
            *ok = read_outline (one, &outlines[n++], sum, diags) && *ok;
    }
    if (*ok) {
        char *version = g_strdup_printf ("Version 1.0;%.16s", g_checksum_get_string (sum));
        hb_blob_t *font = bm_gaiji_font (outlines, n, version);

        path = put_into_memory (font, diags);
        *ok = path != NULL;
        hb_blob_destroy (font);
        g_free (version);
    }
    for (int i = 0; i < n; i++) {
        g_array_free (outlines[i].points, TRUE);
        g_array_free (outlines[i].ends, TRUE);
    }
    g_checksum_free (sum);
    g_free (outlines);
    return path;
}

char *
bm_gaiji_of_folders (const char *const *folders, bool *ok, BmDiags *diags)
{
    GArray *found = g_array_new (FALSE, FALSE, sizeof (Found));
    char *path = NULL;

    *ok = true;
    g_array_set_clear_func (found, free_found);
    for (int i = 0; folders != NULL && folders[i] != NULL; i++)
        look_into (folders[i], found);
    g_array_sort (found, compare_found);
    if (found->len > 0)
        path = make_font (found, ok, diags);
    g_array_free (found, TRUE);
    return path;
}
