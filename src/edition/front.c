/* front.c — the front matter of an edition file: a YAML map between two lines of ---. */
#include "edition/edition-private.h"

#include <string.h>

typedef struct {
    const char *key, *chinese;
    size_t offset;
} FrontField;

static const FrontField fields[] = {
    { "paper", "报名", offsetof (BmPage, paper) },
    { "date", "日期", offsetof (BmPage, date) },
    { "page", "版次", offsetof (BmPage, page) },
    { "section", "版名", offsetof (BmPage, section) },
    { "lang", "语言", offsetof (BmPage, lang) },
};

static const char **
field_of (BmPage *page, const char *key)
{
    for (size_t i = 0; i < G_N_ELEMENTS (fields); i++)
        if (strcmp (key, fields[i].key) == 0 || strcmp (key, fields[i].chinese) == 0 || (i == 4 && strcmp (key, "語言") == 0))
            return (const char **) (void *) ((char *) page + fields[i].offset);
    return NULL;
}

/* The characters first … end − 1 of a text. */
static char *
characters_between (BmArena *arena, const char *text, size_t first, size_t end)
{
    const char *start = g_utf8_offset_to_pointer (text, (glong) first);
    const char *stop = g_utf8_offset_to_pointer (start, (glong) (end - first));

    return bm_arena_strndup (arena, start, (size_t) (stop - start));
}

static void
add_front (BmEdition *edition, BmPage *page, const BmYaml *key, const BmYaml *value, const char *text)
{
    BmFrontKey *front = bm_arena_new0 (edition->arena, BmFrontKey, page->n_front + 1);

    if (page->n_front > 0)
        memcpy (front, page->front, (size_t) page->n_front * sizeof *front);
    char *written = characters_between (edition->arena, text, value->start, value->end);
    front[page->n_front++] = (BmFrontKey){ key->text, g_strchomp (written) };
    page->front = front;
}

static void
set_folio (BmEdition *edition, BmPage *page, const BmYaml *value)
{
    int n = value->kind == BM_YAML_LIST ? value->n : 1;

    page->folio = bm_arena_new0 (edition->arena, const char *, n);
    for (int i = 0; i < n; i++) {
        const BmYaml *line = value->kind == BM_YAML_LIST ? value->children[i] : value;

        if (line->kind == BM_YAML_SCALAR && line->text[0] != '\0')
            page->folio[page->n_folio++] = line->text;
    }
}

bool
bm_read_front (BmEdition *edition, BmPage *page, const char *file, const char *text, size_t length, int line, BmDiags *diags)
{
    const char *copy = bm_arena_strndup (edition->arena, text, length);
    BmYaml *map = bm_yaml_parse (edition->arena, file, copy, length, line, diags);

    if (map == NULL)
        return false;
    if (map->kind != BM_YAML_MAP) {
        bm_diag (diags, BM_ERROR, "BM0301", map->where, "write key: value lines, or remove the --- lines", "the front matter is no map");
        return false;
    }
    for (int i = 0; i < map->n; i++) {
        const BmYaml *key = map->keys[i], *value = map->children[i];
        const char **field = field_of (page, key->text);

        if (field != NULL && value->kind == BM_YAML_SCALAR)
            *field = value->text[0] != '\0' ? value->text : *field;
        else if (strcmp (key->text, "folio") == 0 || strcmp (key->text, "版权栏") == 0)
            set_folio (edition, page, value);
        else
            add_front (edition, page, key, value, copy);
    }
    return true;
}

/* ---- writing ---- */

/* Plain where YAML reads it back as the same string, else in double quotes. */
static void
write_scalar (GString *out, const char *text)
{
    bool plain = *text != '\0' && strpbrk (text, ":#{}[],&*!|>'\"%@`\\\n\t") == NULL && strchr ("-? ", text[0]) == NULL &&
                 text[strlen (text) - 1] != ' ' && strcmp (text, "~") != 0;

    if (plain) {
        g_string_append (out, text);
        return;
    }
    g_string_append_c (out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            g_string_append_printf (out, "\\%c", *text);
        else if (*text == '\n')
            g_string_append (out, "\\n");
        else if (*text == '\t')
            g_string_append (out, "\\t");
        else
            g_string_append_c (out, *text);
    }
    g_string_append_c (out, '"');
}

void
bm_write_front (const BmPage *page, GString *out)
{
    GString *front = g_string_new (NULL);

    for (size_t i = 0; i < G_N_ELEMENTS (fields); i++) {
        const char *value = *(const char *const *) (const void *) ((const char *) page + fields[i].offset);

        if (value == NULL || (i == 4 && strcmp (value, "zh-Hans") == 0))
            continue;
        g_string_append_printf (front, "%s: ", fields[i].key);
        write_scalar (front, value);
        g_string_append_c (front, '\n');
    }
    for (int i = 0; i < page->n_front; i++) {
        bool block = strchr (page->front[i].value, '\n') != NULL;

        write_scalar (front, page->front[i].key);
        g_string_append_printf (front, ":%s%s\n", block ? "\n  " : " ", page->front[i].value);
    }
    if (page->n_folio > 0)
        g_string_append (front, "folio:\n");
    for (int i = 0; i < page->n_folio; i++) {
        g_string_append (front, "  - ");
        write_scalar (front, page->folio[i]);
        g_string_append_c (front, '\n');
    }
    if (front->len > 0)
        g_string_append_printf (out, "---\n%s---\n", front->str);
    g_string_free (front, TRUE);
}
