/* edition-file.c — edition.yaml read: tables of keys, places for every fault. */
#include "face/edition-file.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    BmEditionFile *out;
    BmDiags *diags;
    bool ok;
} Reader;

#define MAX_EDITION 1000 /* pages */

static void
wrong (Reader *reader, const BmYaml *node, const char *code, const char *hint, char *message)
{
    bm_diag (reader->diags, BM_ERROR, code, node->where, hint, "%s", message);
    reader->ok = false;
    g_free (message);
}

static void
unknown_key (Reader *reader, const BmYaml *key, const char *const *known)
{
    const char *near = bm_nearest_word (key->text, known);
    char *all = g_strjoinv (", ", (char **) (gpointer) known);
    char *hint = near != NULL ? g_strdup_printf ("did you mean %s?", near) : g_strdup_printf ("keys here: %s", all);

    wrong (reader, key, "BM0202", hint, g_strdup_printf ("unknown key “%s”", key->text));
    g_free (hint);
    g_free (all);
}

/* Every key of the map is one of `known`; false, too, if it is no map. */
static bool
check_map (Reader *reader, const BmYaml *map, const char *name, const char *const *known)
{
    if (map->kind != BM_YAML_MAP) {
        wrong (reader, map, "BM0207", "write key: value", g_strdup_printf ("%s: takes a map (keys and values)", name));
        return false;
    }
    for (int i = 0; i < map->n; i++)
        if (!g_strv_contains (known, map->keys[i]->text))
            unknown_key (reader, map->keys[i], known);
    return true;
}

static const char *
text_of (Reader *reader, const BmYaml *map, const char *key)
{
    const BmYaml *node = bm_yaml_get (map, key);

    if (node == NULL)
        return NULL;
    if (node->kind != BM_YAML_SCALAR) {
        wrong (reader, node, "BM0207", "write one value", g_strdup_printf ("%s: takes a single value", key));
        return NULL;
    }
    return node->text[0] == '\0' ? NULL : bm_arena_strdup (reader->out->arena, node->text);
}

static int
count_of (Reader *reader, const BmYaml *map, const char *key, int most)
{
    const char *text = text_of (reader, map, key);
    double value = 0;

    if (text == NULL)
        return 0;
    if (!bm_parse_number (text, &value) || value != (double) (int) CLAMP (value, -1e6, 1e6) || value < 1 || value > most) {
        char *hint = g_strdup_printf ("a whole number from 1 to %d", most);

        wrong (reader, bm_yaml_get (map, key), "BM0206", hint, g_strdup_printf ("%s: “%s” is out of range", key, text));
        g_free (hint);
        return 0;
    }
    return (int) value;
}

/* One of two words; the default if nothing is said. */
static bool
choice_of (Reader *reader, const BmYaml *map, const char *key, const char *const *on, const char *const *off, bool preset)
{
    const char *text = text_of (reader, map, key);

    if (text == NULL)
        return preset;
    if (g_strv_contains (on, text))
        return true;
    if (!g_strv_contains (off, text)) {
        char *hint = g_strdup_printf ("%s or %s", on[0], off[0]);

        wrong (reader, bm_yaml_get (map, key), "BM0214", hint, g_strdup_printf ("%s: unknown word “%s”", key, text));
        g_free (hint);
    }
    return false;
}

static const char *const yes[] = { "true", "yes", "on", "是", NULL }, *const no[] = { "false", "no", "off", "否", NULL };

/* A text, or a list of texts. */
static const char **
list_of (Reader *reader, const BmYaml *map, const char *key, int *n)
{
    const BmYaml *node = bm_yaml_get (map, key);

    *n = 0;
    if (node == NULL)
        return NULL;
    BmYaml *const one[] = { (BmYaml *) node };
    BmYaml *const *list = node->kind == BM_YAML_LIST ? node->children : one;
    int length = node->kind == BM_YAML_LIST ? node->n : 1;
    const char **texts = bm_arena_new0 (reader->out->arena, const char *, length);
    for (int i = 0; i < length; i++) {
        if (list[i]->kind == BM_YAML_SCALAR)
            texts[(*n)++] = bm_arena_strdup (reader->out->arena, list[i]->text);
        else
            wrong (reader, list[i], "BM0207", "write a value, or a list of values", g_strdup_printf ("%s: takes texts", key));
    }
    return texts;
}

/* One of these words; NULL if nothing is said. */
static const char *
word_of (Reader *reader, const BmYaml *map, const char *key, const char *const *words)
{
    const char *text = text_of (reader, map, key);

    if (text == NULL || g_strv_contains (words, text))
        return text;
    char *all = g_strjoinv (", ", (char **) (gpointer) words), *hint = g_strdup_printf ("one of %s", all);
    wrong (reader, bm_yaml_get (map, key), "BM0214", hint, g_strdup_printf ("%s: unknown word “%s”", key, text));
    g_free (hint);
    g_free (all);
    return NULL;
}

#define LOOK_KEYS "layout", "columns", "style", "overset"

static BmLook
look_of (Reader *reader, const BmYaml *map)
{
    static const char *const styles[] = { "full", "news", "css", "gb", NULL }, *const policies[] = { "jump", "hold", "error", NULL };

    const BmYaml *layout = bm_yaml_get (map, "layout");
    const BmSpan where = layout != NULL ? layout->where : map->where;

    return (BmLook){ .layout = text_of (reader, map, "layout"), .layout_where = where, .style = word_of (reader, map, "style", styles),
                     .overset = word_of (reader, map, "overset", policies), .columns = count_of (reader, map, "columns", 64) };
}

/* A day of the calendar, 2026-03-06. */
static const char *
date_of (Reader *reader, const BmYaml *map, const char *key)
{
    const char *text = text_of (reader, map, key);
    int year = 0, month = 0, day = 0, end = 0;

    if (text == NULL || (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 && text[end] == '\0' && year > 0 && month > 0 &&
                         month <= 12 && day > 0 && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year)))
        return text;
    wrong (reader, bm_yaml_get (map, key), "BM0822", "write year, month and day: 2026-03-06", g_strdup_printf ("%s: “%s” is no day", key, text));
    return NULL;
}

/* ---- parts ---- */

static void
read_page (Reader *reader, const BmYaml *node, BmPageBrief *page)
{
    static const char *const keys[] = { "file", "page", "section", LOOK_KEYS, "front", "takes", "jumps-to", NULL };

    page->where = node->where;
    if (node->kind == BM_YAML_SCALAR) {
        page->file = bm_arena_strdup (reader->out->arena, node->text);
        return;
    }
    if (!check_map (reader, node, "pages", keys))
        return;
    page->file = text_of (reader, node, "file");
    page->page = text_of (reader, node, "page");
    page->section = text_of (reader, node, "section");
    page->look = look_of (reader, node);
    page->front = choice_of (reader, node, "front", yes, no, false);
    page->closed = !choice_of (reader, node, "takes", yes, no, true);
    page->jumps_to = list_of (reader, node, "jumps-to", &page->n_jumps_to);
    if (page->file == NULL)
        wrong (reader, node, "BM0811", "write file: 01.md", g_strdup ("a page without a file"));
}

/* The nodes of a list; 0 if there is none, or it is none. */
static int
nodes_of (Reader *reader, const BmYaml *root, const char *key, BmYaml ***nodes)
{
    const BmYaml *list = bm_yaml_get (root, key);

    *nodes = NULL;
    if (list == NULL)
        return 0;
    if (list->kind != BM_YAML_LIST || list->n > MAX_EDITION) {
        wrong (reader, list, "BM0207", "write a list, a line an entry: - …", g_strdup_printf ("%s: takes a list of at most %d", key, MAX_EDITION));
        return 0;
    }
    *nodes = list->children;
    return list->n;
}

/* A file or a number that an earlier page has, too. */
static void
refuse_twins (Reader *reader, const BmPageBrief *pages, int at)
{
    const BmPageBrief *page = &pages[at];

    for (int i = 0; i < at; i++) {
        bool same_file = page->file != NULL && g_strcmp0 (pages[i].file, page->file) == 0;
        bool same_number = page->page != NULL && g_strcmp0 (pages[i].page, page->page) == 0;

        if (!same_file && !same_number)
            continue;
        char *hint = g_strdup_printf ("it stands in line %d already", pages[i].where.line);
        bm_diag (reader->diags, BM_ERROR, "BM0821", page->where, hint, same_file ? "the page %s is there twice" : "two pages have the number %s",
                 same_file ? page->file : page->page);
        reader->ok = false;
        g_free (hint);
        return;
    }
}

static void
read_pages (Reader *reader, const BmYaml *root)
{
    BmYaml **nodes;
    int n = nodes_of (reader, root, "pages", &nodes);

    reader->out->pages = bm_arena_new0 (reader->out->arena, BmPageBrief, n);
    reader->out->n_pages = n;
    for (int i = 0; i < n; i++) {
        read_page (reader, nodes[i], &reader->out->pages[i]);
        refuse_twins (reader, reader->out->pages, i);
    }
}

static void
read_sections (Reader *reader, const BmYaml *map)
{
    static const char *const keys[] = { LOOK_KEYS, NULL };
    BmEditionFile *out = reader->out;

    if (map == NULL)
        return;
    if (map->kind != BM_YAML_MAP) {
        wrong (reader, map, "BM0207", "write 副刊: {layout: tabloid}", g_strdup ("sections: takes a map (keys and values)"));
        return;
    }
    out->sections = bm_arena_new0 (out->arena, BmSectionBrief, map->n);
    for (int i = 0; i < map->n; i++)
        if (check_map (reader, map->children[i], map->keys[i]->text, keys))
            out->sections[out->n_sections++] = (BmSectionBrief){ bm_arena_strdup (out->arena, map->keys[i]->text),
                                                                 look_of (reader, map->children[i]), map->keys[i]->where };
}

/* keep: 60% */
static int
keep_of (Reader *reader, const BmYaml *map)
{
    const char *text = text_of (reader, map, "keep");
    char *number = text == NULL ? NULL : g_strndup (text, strlen (text) - (g_str_has_suffix (text, "%") ? 1 : 0));
    double value = 0;
    bool fine = text == NULL || (bm_parse_number (number, &value) && value >= 10 && value <= 90);

    g_free (number);
    if (!fine)
        wrong (reader, bm_yaml_get (map, "keep"), "BM0206", "from 10% to 90%", g_strdup_printf ("keep: “%s” is out of range", text));
    return fine ? (int) value : 0;
}

static BmItemBrief *
read_items (Reader *reader, const BmYaml *root, const char *key, int *n_items)
{
    static const char *const of_moves[] = { "item", "from", "to", NULL }, *const of_jumps[] = { "item", "from", "to", "keep", NULL };
    const char *const *keys = strcmp (key, "jumps") == 0 ? of_jumps : of_moves;
    BmYaml **nodes;
    int n = nodes_of (reader, root, key, &nodes);
    BmItemBrief *items = bm_arena_new0 (reader->out->arena, BmItemBrief, n);

    *n_items = 0;
    for (int i = 0; i < n; i++) {
        if (!check_map (reader, nodes[i], key, keys))
            continue;
        BmItemBrief item = { text_of (reader, nodes[i], "item"), text_of (reader, nodes[i], "from"), text_of (reader, nodes[i], "to"),
                             keep_of (reader, nodes[i]), nodes[i]->where };
        if (item.item == NULL || item.to == NULL)
            wrong (reader, nodes[i], "BM0811", "write {item: NAME, to: 3}", g_strdup_printf ("%s: an entry names no item, or no page", key));
        else
            items[(*n_items)++] = item;
    }
    return items;
}

static void
read_front (Reader *reader, const BmYaml *map)
{
    static const char *const keys[] = { "name", "latin", "issue", "lines", "ear", NULL };
    static const char *const index[] = { "index", NULL }, *const none[] = { "none", NULL };
    BmFrontBrief *front = &reader->out->front;

    front->index = true;
    if (map == NULL || !check_map (reader, map, "front", keys))
        return;
    front->name = text_of (reader, map, "name");
    front->latin = text_of (reader, map, "latin");
    front->issue = text_of (reader, map, "issue");
    front->lines = list_of (reader, map, "lines", &front->n_lines);
    front->index = choice_of (reader, map, "ear", index, none, true);
}

static void
read_root (Reader *reader, const BmYaml *root)
{
    static const char *const keys[] = { "paper", "date", "lang", LOOK_KEYS, "front", "held", "grow", "sections", "pages", "moves", "jumps", NULL };
    static const char *const move[] = { "move", NULL }, *const stay[] = { "keep", NULL };
    BmEditionFile *out = reader->out;

    if (!check_map (reader, root, "edition", keys))
        return;
    out->paper = text_of (reader, root, "paper");
    out->date = date_of (reader, root, "date");
    out->lang = text_of (reader, root, "lang");
    out->look = look_of (reader, root);
    out->held_move = choice_of (reader, root, "held", move, stay, false);
    out->grow = count_of (reader, root, "grow", MAX_EDITION);
    read_front (reader, bm_yaml_get (root, "front"));
    read_sections (reader, bm_yaml_get (root, "sections"));
    read_pages (reader, root);
    out->moves = read_items (reader, root, "moves", &out->n_moves);
    out->jumps = read_items (reader, root, "jumps", &out->n_jumps);
}

BmEditionFile *
bm_edition_file_read (const char *path, BmDiags *diags)
{
    char *bytes = NULL;
    size_t length = 0;

    if (!bm_read_file (path, BM_MAX_TEXT_FILE, &bytes, &length, diags))
        return NULL;
    BmArena *arena = bm_arena_create ();
    Reader reader = { bm_arena_new0 (arena, BmEditionFile, 1), diags, true };
    char *folder = g_path_get_dirname (path);
    reader.out->arena = arena;
    reader.out->file = bm_arena_strdup (arena, path);
    reader.out->folder = bm_arena_strdup (arena, folder);
    g_free (folder);
    bm_diags_add_source (diags, path, bytes, length);
    BmYaml *root = bm_check_utf8 (path, bytes, length, diags) ? bm_yaml_parse (arena, reader.out->file, bytes, length, 1, diags) : NULL;
    if (root != NULL)
        read_root (&reader, root);
    g_free (bytes);
    if (root != NULL && reader.ok)
        return reader.out;
    bm_arena_free (arena);
    return NULL;
}

void
bm_edition_file_free (BmEditionFile *file)
{
    if (file != NULL)
        bm_arena_free (file->arena);
}

const BmLook *
bm_edition_section (const BmEditionFile *file, const char *section)
{
    for (int i = 0; file != NULL && section != NULL && i < file->n_sections; i++)
        if (strcmp (file->sections[i].section, section) == 0)
            return &file->sections[i].look;
    return NULL;
}
