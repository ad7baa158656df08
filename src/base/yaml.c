/* yaml.c — a YAML text as a tree in which every node knows its place.
 *
 * libyaml's event interface is used, not its document loader: events carry marks, and anchors, aliases, tags and
 * deep nesting can be refused at first sight, before they cost anything (design/reliability.md §5 row 12). */
#include "base/base.h"

#include <string.h>
#include <yaml.h>

typedef struct {
    yaml_parser_t parser;
    BmArena *arena;
    const char *file;
    int line; /* of the text's first line */
    BmDiags *diags;
} Reader;

static BmSpan
span_of (const Reader *reader, yaml_mark_t start, yaml_mark_t end)
{
    int length = end.line == start.line && end.column > start.column ? (int) (end.column - start.column) : 1;

    return (BmSpan){ reader->file, reader->line + (int) start.line, (int) start.column + 1, length };
}

static BmYaml *
refuse (const Reader *reader, const yaml_event_t *event, const char *code, const char *hint, const char *what)
{
    bm_diag (reader->diags, BM_ERROR, code, span_of (reader, event->start_mark, event->end_mark), hint, "%s", what);
    return NULL;
}

static bool
next_event (Reader *reader, yaml_event_t *event)
{
    if (yaml_parser_parse (&reader->parser, event))
        return true;
    const yaml_parser_t *parser = &reader->parser;
    yaml_mark_t mark = parser->problem_mark;
    bm_diag (reader->diags, BM_ERROR, "BM0201", span_of (reader, mark, mark), "mend the indent, the colon or the quote",
             "not YAML: %s", parser->problem == NULL ? "unreadable" : parser->problem);
    return false;
}

/* What would make a small file huge, or its meaning unclear. */
static const char *
refused_feature (const yaml_event_t *event)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;

    switch (event->type) {
    case YAML_ALIAS_EVENT:
        return "an alias";
    case YAML_SCALAR_EVENT:
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
        break;
    case YAML_SEQUENCE_START_EVENT:
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
        break;
    case YAML_MAPPING_START_EVENT:
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
        break;
    default:
        break;
    }
    return anchor != NULL ? "an anchor" : tag != NULL ? "a tag" : NULL;
}

static BmYaml *read_node (Reader *reader, const yaml_event_t *event, int depth);

static BmYaml *
new_node (const Reader *reader, const yaml_event_t *event, BmYamlKind kind)
{
    BmYaml *node = bm_arena_new0 (reader->arena, BmYaml, 1);

    node->kind = kind;
    node->where = span_of (reader, event->start_mark, event->end_mark);
    node->start = event->start_mark.index;
    node->end = event->end_mark.index;
    return node;
}

static BmYaml *
read_scalar (const Reader *reader, const yaml_event_t *event)
{
    BmYaml *node = new_node (reader, event, BM_YAML_SCALAR);

    if (memchr (event->data.scalar.value, '\0', event->data.scalar.length) != NULL)
        return refuse (reader, event, "BM0106", "remove it", "NUL in a value");
    node->text = bm_arena_strndup (reader->arena, (const char *) event->data.scalar.value, event->data.scalar.length);
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    return node;
}

static void
close_node (const Reader *reader, BmYaml *node, GPtrArray *children, GPtrArray *keys, const yaml_event_t *end)
{
    node->n = (int) children->len;
    node->children = bm_arena_copy (reader->arena, children->pdata, children->len, sizeof (gpointer));
    if (keys != NULL)
        node->keys = bm_arena_copy (reader->arena, keys->pdata, keys->len, sizeof (gpointer));
    node->end = end->end_mark.index;
}

static BmYaml *
read_list (Reader *reader, const yaml_event_t *start, int depth)
{
    BmYaml *node = new_node (reader, start, BM_YAML_LIST);
    GPtrArray *children = g_ptr_array_new ();
    bool ok = true, done = false;

    while (ok && !done) {
        yaml_event_t event;

        ok = next_event (reader, &event);
        if (!ok)
            break;
        done = event.type == YAML_SEQUENCE_END_EVENT;
        if (done) {
            close_node (reader, node, children, NULL, &event);
        } else {
            BmYaml *child = read_node (reader, &event, depth + 1);

            ok = child != NULL;
            g_ptr_array_add (children, child);
        }
        yaml_event_delete (&event);
    }
    g_ptr_array_free (children, TRUE);
    return ok ? node : NULL;
}

static bool
check_key (const Reader *reader, const yaml_event_t *event, const BmYaml *key, GHashTable *seen)
{
    if (key == NULL)
        return false;
    if (key->kind != BM_YAML_SCALAR)
        return refuse (reader, event, "BM0207", "a key is a word", "a list or map as a key") != NULL;
    if (strcmp (key->text, "<<") == 0)
        return refuse (reader, event, "BM0211", "write the keys out, or use base:", "a merge key") != NULL;
    if (!g_hash_table_add (seen, (gpointer) key->text))
        return refuse (reader, event, "BM0210", "keep one of the two", "this key stands twice") != NULL;
    return true;
}

static BmYaml *
read_map (Reader *reader, const yaml_event_t *start, int depth)
{
    BmYaml *node = new_node (reader, start, BM_YAML_MAP);
    GPtrArray *children = g_ptr_array_new (), *keys = g_ptr_array_new ();
    GHashTable *seen = g_hash_table_new (g_str_hash, g_str_equal);
    bool ok = true, done = false;

    while (ok && !done) {
        yaml_event_t event;

        ok = next_event (reader, &event);
        if (!ok)
            break;
        done = event.type == YAML_MAPPING_END_EVENT;
        if (done) {
            close_node (reader, node, children, keys, &event);
        } else {
            BmYaml *child = read_node (reader, &event, depth + 1);
            bool is_key = keys->len == children->len;

            ok = is_key ? check_key (reader, &event, child, seen) : child != NULL;
            g_ptr_array_add (is_key ? keys : children, child);
        }
        yaml_event_delete (&event);
    }
    g_hash_table_destroy (seen);
    g_ptr_array_free (children, TRUE);
    g_ptr_array_free (keys, TRUE);
    return ok ? node : NULL;
}

static BmYaml *
read_node (Reader *reader, const yaml_event_t *event, int depth)
{
    const char *refused = refused_feature (event);

    if (refused != NULL)
        return refuse (reader, event, "BM0211", "write the value out", refused);
    if (depth > BM_YAML_MAX_DEPTH)
        return refuse (reader, event, "BM0212", "nest at most 16 levels", "nested too deep");
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return read_scalar (reader, event);
    case YAML_SEQUENCE_START_EVENT:
        return read_list (reader, event, depth);
    case YAML_MAPPING_START_EVENT:
        return read_map (reader, event, depth);
    default:
        return refuse (reader, event, "BM0201", "write key: value", "a value is missing");
    }
}

/* Between the stream's start and end: no document (an empty text), or one. */
static BmYaml *
read_stream (Reader *reader)
{
    BmYaml *root = NULL;
    bool ok = true, done = false;

    while (ok && !done) {
        yaml_event_t event;

        ok = next_event (reader, &event);
        if (!ok)
            break;
        if (event.type == YAML_STREAM_END_EVENT) {
            done = true;
            if (root == NULL)
                root = new_node (reader, &event, BM_YAML_MAP);
        } else if (event.type == YAML_DOCUMENT_START_EVENT && root != NULL) {
            ok = refuse (reader, &event, "BM0211", "keep one document a file", "a second document") != NULL;
        } else if (event.type != YAML_STREAM_START_EVENT && event.type != YAML_DOCUMENT_START_EVENT &&
                   event.type != YAML_DOCUMENT_END_EVENT) {
            root = read_node (reader, &event, 1);
            ok = root != NULL;
        }
        yaml_event_delete (&event);
    }
    return ok ? root : NULL;
}

BmYaml *
bm_yaml_parse (BmArena *arena, const char *file, const char *text, size_t length, int line, BmDiags *diags)
{
    Reader reader = { .arena = arena, .file = file, .line = line, .diags = diags };

    if (!yaml_parser_initialize (&reader.parser))
        g_error ("out of memory");
    yaml_parser_set_encoding (&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string (&reader.parser, (const unsigned char *) text, length);
    BmYaml *root = read_stream (&reader);
    yaml_parser_delete (&reader.parser);
    return root;
}

BmYaml *
bm_yaml_get (const BmYaml *map, const char *key)
{
    for (int i = 0; map != NULL && map->kind == BM_YAML_MAP && i < map->n; i++)
        if (strcmp (map->keys[i]->text, key) == 0)
            return map->children[i];
    return NULL;
}
