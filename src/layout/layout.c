/* layout.c — loading layout files: names, base: chains, the checks that need the whole. */
#include "layout/layout-private.h"

#include <string.h>

#define MAX_BASES 8

const BmInk *
bm_layout_ink (const BmLayout *layout, const char *name)
{
    for (int i = 0; name != NULL && i < layout->n_inks; i++)
        if (strcmp (layout->inks[i].name, name) == 0)
            return &layout->inks[i];
    return NULL;
}

/* What a file without base: starts from: enough to be valid, plain enough to be noticed. */
static void
set_plain_values (BmLayout *layout)
{
    bm_style_named (&layout->style, "news");
    layout->style.head_trim = true;
    layout->ad_word = "广告";
    layout->leading = 1.3;
    layout->columns = 5;
    layout->gutter_cells = 1;
    layout->separator_rows = 2;
    layout->ad_gap_rows = 2;
    layout->hairline_ink = layout->frame_ink = layout->label_ink = layout->ad_frame_ink = layout->tint_ink = "black";
    layout->inks[layout->n_inks++] = (BmInk){ .name = "black", .k = 1, .tint = 1 };
    for (int i = 0; i < BM_N_ROLES; i++) {
        layout->roles[i] = (BmRole){ .weight = 400, .size = 9 * BM_PT_PER_DIAN, .ink = "black" };
        layout->roles[i].families[layout->roles[i].n_families++] = "Noto Serif CJK SC";
    }
}

/* ---- finding files ---- */

static bool
is_plain_name (const char *name)
{
    return strchr (name, '/') == NULL && !g_str_has_suffix (name, ".yaml") && !g_str_has_suffix (name, ".yml");
}

/* The path of a shipped layout or of the file named; NULL if there is none. */
static char *
find_file (const char *name, const char *const *dirs)
{
    if (!is_plain_name (name))
        return g_strdup (name);
    for (int i = 0; dirs != NULL && dirs[i] != NULL; i++) {
        char *base = g_strconcat (name, ".yaml", NULL);
        char *path = g_build_filename (dirs[i], base, NULL);

        g_free (base);
        if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
            return path;
        g_free (path);
    }
    return NULL;
}

static int
compare_names (const void *a, const void *b)
{
    return strcmp (*(char *const *) a, *(char *const *) b);
}

char **
bm_layout_names (const char *const *dirs)
{
    GPtrArray *names = g_ptr_array_new ();

    for (int i = 0; dirs != NULL && dirs[i] != NULL; i++) {
        GDir *dir = g_dir_open (dirs[i], 0, NULL);
        const char *file;

        while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
            if (g_str_has_suffix (file, ".yaml")) {
                char *name = g_strndup (file, strlen (file) - strlen (".yaml"));

                if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
                    g_free (name);
                else
                    g_ptr_array_add (names, name);
            }
        if (dir != NULL)
            g_dir_close (dir);
    }
    g_ptr_array_sort (names, compare_names);
    g_ptr_array_add (names, NULL);
    return (char **) g_ptr_array_free (names, FALSE);
}

/* ---- reading ---- */

typedef struct {
    const char *const *dirs;
    const char *chain[MAX_BASES]; /* the files being read, to find circles */
    int n_chain;
    BmSpan columns, margins;      /* where the last file said them */
    BmDiags *diags;
} Loader;

static bool read_into (Loader *loader, BmLayout *layout, const char *file, const char *text, size_t length);

static void
no_such_layout (Loader *loader, const char *name, BmSpan where)
{
    char **names = bm_layout_names (loader->dirs);
    const char *near = bm_nearest_word (name, (const char *const *) names);
    char *all = g_strjoinv (", ", names);
    char *hint = near != NULL ? g_strdup_printf ("did you mean %s?", near) : g_strdup_printf ("shipped: %s", all);

    bm_diag (loader->diags, BM_ERROR, "BM0208", where, hint, "no layout “%s”", name);
    g_free (hint);
    g_free (all);
    g_strfreev (names);
}

static bool
load_file (Loader *loader, BmLayout *layout, const char *name, BmSpan where)
{
    char *path = find_file (name, loader->dirs);
    char *text = NULL;
    size_t length = 0;

    if (path == NULL || (!is_plain_name (name) && !g_file_test (path, G_FILE_TEST_EXISTS))) {
        no_such_layout (loader, name, where);
        g_free (path);
        return false;
    }
    const char *file = bm_arena_strdup (layout->arena, path);
    g_free (path);
    if (!bm_read_file (file, BM_MAX_TEXT_FILE, &text, &length, loader->diags))
        return false;
    bool ok = read_into (loader, layout, file, text, length);
    g_free (text);
    return ok;
}

/* A base: without a slash is a shipped name, or a file beside the one that names it. */
static bool
read_base (Loader *loader, BmLayout *layout, const BmYaml *base, const char *file)
{
    if (base->kind != BM_YAML_SCALAR) {
        bm_diag (loader->diags, BM_ERROR, "BM0207", base->where, "write base: broadsheet", "base: takes a layout's name");
        return false;
    }
    for (int i = 0; i < loader->n_chain; i++)
        if (loader->n_chain == MAX_BASES || strcmp (loader->chain[i], base->text) == 0) {
            bm_diag (loader->diags, BM_ERROR, "BM0209", base->where, "name another layout as base",
                     "base: %s leads back to itself", base->text);
            return false;
        }
    loader->chain[loader->n_chain++] = base->text;
    if (is_plain_name (base->text) || g_path_is_absolute (base->text))
        return load_file (loader, layout, base->text, base->where);
    char *folder = g_path_get_dirname (file);
    char *path = g_build_filename (folder, base->text, NULL);
    bool ok = load_file (loader, layout, path, base->where);
    g_free (folder);
    g_free (path);
    return ok;
}

static bool
read_into (Loader *loader, BmLayout *layout, const char *file, const char *text, size_t length)
{
    bm_diags_add_source (loader->diags, file, text, length);
    if (!bm_check_utf8 (file, text, length, loader->diags))
        return false;
    BmYaml *root = bm_yaml_parse (layout->arena, file, text, length, 1, loader->diags);
    if (root == NULL)
        return false;
    const BmYaml *base = bm_yaml_get (root, "base");
    if (base != NULL && !read_base (loader, layout, base, file))
        return false;
    const BmYaml *columns = bm_yaml_get (root, "columns"), *margins = bm_yaml_get (root, "margins");
    loader->columns = columns != NULL ? columns->where : BM_IN_FILE (file);
    loader->margins = margins != NULL ? margins->where : BM_IN_FILE (file);
    return bm_layout_read_fields (layout, root, loader->diags);
}

/* Every ink that is used is defined. */
static bool
check_inks (const BmLayout *layout, const char *file, BmDiags *diags)
{
    const char *used[BM_N_ROLES + 5] = { layout->hairline_ink, layout->frame_ink, layout->label_ink,
                                         layout->ad_frame_ink, layout->tint_ink };
    bool ok = true;

    for (int i = 0; i < BM_N_ROLES; i++)
        used[5 + i] = layout->roles[i].ink;
    for (size_t i = 0; i < G_N_ELEMENTS (used); i++)
        if (bm_layout_ink (layout, used[i]) == NULL) {
            bm_diag (diags, BM_ERROR, "BM0216", BM_IN_FILE (file), "define it under inks:", "no ink “%s”",
                     used[i] == NULL ? "" : used[i]);
            ok = false;
        }
    return ok;
}

static char *
name_of (const char *file)
{
    char *name = g_path_get_basename (file);

    if (g_str_has_suffix (name, ".yaml"))
        name[strlen (name) - strlen (".yaml")] = '\0';
    return name;
}

static BmLayout *
finish (Loader *loader, BmLayout *layout, const char *file, bool ok)
{
    char *name = name_of (file);

    layout->name = bm_arena_strdup (layout->arena, name);
    g_free (name);
    ok = ok && check_inks (layout, file, loader->diags) &&
         bm_layout_settle (layout, loader->columns, loader->margins, loader->diags);
    if (ok)
        return layout;
    bm_layout_free (layout);
    return NULL;
}

static BmLayout *
new_layout (void)
{
    BmArena *arena = bm_arena_create ();
    BmLayout *layout = bm_arena_new0 (arena, BmLayout, 1);

    layout->arena = arena;
    set_plain_values (layout);
    return layout;
}

BmLayout *
bm_layout_load (const char *name, const char *const *dirs, BmDiags *diags)
{
    Loader loader = { .dirs = dirs, .chain = { name }, .n_chain = 1, .diags = diags };
    BmLayout *layout = new_layout ();
    bool ok = load_file (&loader, layout, name, BM_NOWHERE);

    return finish (&loader, layout, name, ok);
}

BmLayout *
bm_layout_read (const char *file, const char *text, size_t length, const char *const *dirs, BmDiags *diags)
{
    Loader loader = { .dirs = dirs, .chain = { file }, .n_chain = 1, .diags = diags };
    BmLayout *layout = new_layout ();
    bool ok = read_into (&loader, layout, file, text, length);

    return finish (&loader, layout, file, ok);
}

void
bm_layout_free (BmLayout *layout)
{
    if (layout != NULL)
        bm_arena_free (layout->arena);
}
