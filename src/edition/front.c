/* front.c — the front matter of an edition file: a YAML map between two lines of ---.
 *
 * Known keys give plain texts. What stands under another key is kept as YAML and written back. A line of the folio
 * that YAML takes for a map (责任编辑: 王一) is the text it was typed as. A full-width colon behind a key, which
 * Chinese input methods give, counts as a colon. */
#include "edition/edition-private.h"

#include <string.h>

typedef struct {
    const char *key, *chinese, *traditional;
    size_t offset;
} FrontField;

static const FrontField fields[] = {
    { "paper", "报名", "報名", offsetof (BmPage, paper) },
    { "date", "日期", "日期", offsetof (BmPage, date) },
    { "page", "版次", "版次", offsetof (BmPage, page) },
    { "section", "版名", "版名", offsetof (BmPage, section) },
    { "lang", "语言", "語言", offsetof (BmPage, lang) },
};

static const char **
field_of (BmPage *page, const char *key)
{
    for (size_t i = 0; i < G_N_ELEMENTS (fields); i++)
        if (strcmp (key, fields[i].key) == 0 || strcmp (key, fields[i].chinese) == 0 || strcmp (key, fields[i].traditional) == 0)
            return (const char **) (void *) ((char *) page + fields[i].offset);
    return NULL;
}

static bool
is_folio (const char *key)
{
    return strcmp (key, "folio") == 0 || strcmp (key, "版权栏") == 0 || strcmp (key, "版權欄") == 0;
}

/* One line without what cannot be printed: YAML's escapes can name any character. */
static const char *
clean_value (BmEdition *edition, const char *text)
{
    int dropped = 0;
    char *clean = bm_clean_text (text, strlen (text), &dropped), *line = bm_one_line (clean);
    const char *value = bm_arena_strdup (edition->arena, line);

    g_free (clean);
    g_free (line);
    return value;
}

/* ---- scalars ---- */

/* May it stand without quotes? Inside a block a plain scalar ends at ": " and " #" and may not begin with a mark. */
static bool
is_plain (const char *text)
{
    size_t length = strlen (text);

    if (length == 0 || strchr (",[]{}#&*!|>'\"%@`", text[0]) != NULL || (strchr ("-?:", text[0]) != NULL && strchr (" ", text[1]) != NULL))
        return false;
    if (strpbrk (text, "\n\t\\") != NULL || strstr (text, ": ") != NULL || strstr (text, " #") != NULL || text[length - 1] == ':')
        return false;
    return text[0] != ' ' && text[length - 1] != ' ' && strcmp (text, "---") != 0 && strcmp (text, "...") != 0;
}

static void
append_quoted (GString *out, const char *text)
{
    int dropped = 0;
    char *clean = bm_clean_text (text, strlen (text), &dropped);

    g_string_append_c (out, '"');
    for (const char *p = clean; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\')
            g_string_append_c (out, '\\');
        if (*p == '\n')
            g_string_append (out, "\\n");
        else if (*p == '\t')
            g_string_append (out, "\\t");
        else
            g_string_append_c (out, *p);
    }
    g_string_append_c (out, '"');
    g_free (clean);
}

void
bm_append_yaml_text (GString *out, const char *text)
{
    if (is_plain (text))
        g_string_append (out, text);
    else
        append_quoted (out, text);
}

/* A value as one line of YAML: {"a": "1", "b": ["2"]}. Its depth is bounded by the parser. */
static void
append_flow (GString *out, const BmYaml *value)
{
    if (value->kind == BM_YAML_SCALAR) {
        append_quoted (out, value->text);
        return;
    }
    g_string_append_c (out, value->kind == BM_YAML_LIST ? '[' : '{');
    for (int i = 0; i < value->n; i++) {
        if (i > 0)
            g_string_append (out, ", ");
        if (value->kind == BM_YAML_MAP) {
            append_quoted (out, value->keys[i]->text);
            g_string_append (out, ": ");
        }
        append_flow (out, value->children[i]);
    }
    g_string_append_c (out, value->kind == BM_YAML_LIST ? ']' : '}');
}

/* ---- reading ---- */

/* A YAML text and a place in it that moves forward: marks count characters, and counting each from the start would
 * take quadratic time. */
typedef struct {
    BmEdition *edition;
    BmPage *page;
    const char *at;
    size_t index; /* characters before `at` */
} Reader;

static const char *
move_to (Reader *reader, size_t index)
{
    reader->at = g_utf8_offset_to_pointer (reader->at, (glong) index - (glong) reader->index);
    reader->index = index;
    return reader->at;
}

/* Two keys of one meaning (报名 and paper): the second is kept as it stands. The language has a value before it is said. */
static bool
is_taken (const BmPage *page, const char *const *field)
{
    return *field != NULL && (field != &page->lang || strcmp (*field, "zh-Hans") != 0);
}

/* How a node was typed. */
static char *
source_of (Reader *reader, const BmYaml *node)
{
    const char *start = move_to (reader, node->start);

    return bm_trimmed (start, (size_t) (move_to (reader, node->end) - start));
}

/* As it stood if that is one line, else as one line of the same meaning. */
static void
keep_value (Reader *reader, const BmYaml *key, const BmYaml *value)
{
    char *written = source_of (reader, value);
    GString *flow = g_string_new (NULL);

    if (strchr (written, '\n') != NULL || strchr (written, '#') != NULL)
        append_flow (flow, value);
    bm_page_add_front (reader->edition, reader->page, clean_value (reader->edition, key->text), flow->len > 0 ? flow->str : written);
    g_string_free (flow, TRUE);
    g_free (written);
}

static void
set_folio (Reader *reader, const BmYaml *value)
{
    BmPage *page = reader->page;
    bool list = value->kind == BM_YAML_LIST;
    int n = list ? value->n : 1;
    const char **folio = bm_arena_new0 (reader->edition->arena, const char *, page->n_folio + n);

    for (int i = 0; i < page->n_folio; i++)
        folio[i] = page->folio[i];
    page->folio = folio;
    for (int i = 0; i < n; i++) {
        const BmYaml *line = list ? value->children[i] : value;
        char *typed = line->kind == BM_YAML_SCALAR ? g_strdup (line->text) : source_of (reader, line);
        const char *kept = clean_value (reader->edition, typed);

        if (*kept != '\0')
            page->folio[page->n_folio++] = kept;
        g_free (typed);
    }
}

/* A key that is kept may bear the name under which a field is written, where another name of it gave the field
 * (报名: 甲, then paper: 乙). Written as it is it would stand twice, which YAML refuses: it takes a name that is free. */
static void
rename_taken (BmPage *page)
{
    for (size_t i = 0; i < G_N_ELEMENTS (fields); i++) {
        bool chinese_free = true;

        for (int k = 0; k < page->n_front; k++)
            chinese_free = chinese_free && strcmp (page->front[k].key, fields[i].chinese) != 0;
        for (int k = 0; k < page->n_front; k++)
            if (strcmp (page->front[k].key, fields[i].key) == 0 && is_taken (page, field_of (page, fields[i].key)))
                page->front[k].key = chinese_free ? fields[i].chinese : fields[i].traditional;
    }
}

/* Full-width colons behind the keys become ": ". */
static char *
with_colons (const char *text, size_t length)
{
    GString *out = g_string_sized_new (length + 16);
    char *copy = g_strndup (text, length), **lines = g_strsplit (copy, "\n", -1);

    for (int i = 0; lines[i] != NULL; i++) {
        const char *line = lines[i], *wide = strstr (line, "："), *colon = strstr (line, ": ");
        bool key = wide != NULL && wide > line && strchr (" -#\"'[{&*!|>%@`?", *line) == NULL && (colon == NULL || wide < colon);

        if (key)
            g_string_append_printf (out, "%.*s: %s", (int) (wide - line), line, wide + strlen ("："));
        else
            g_string_append (out, line);
        if (lines[i + 1] != NULL)
            g_string_append_c (out, '\n');
    }
    g_strfreev (lines);
    g_free (copy);
    return g_string_free (out, FALSE);
}

static void
read_map (Reader *reader, const BmYaml *map)
{
    for (int i = 0; i < map->n; i++) {
        const BmYaml *key = map->keys[i], *value = map->children[i];
        const char **field = field_of (reader->page, key->text);

        if (is_folio (key->text))
            set_folio (reader, value);
        else if (field == NULL || value->kind != BM_YAML_SCALAR || is_taken (reader->page, field))
            keep_value (reader, key, value);
        else if (*clean_value (reader->edition, value->text) != '\0')
            *field = clean_value (reader->edition, value->text);
    }
    rename_taken (reader->page);
}

bool
bm_read_front (BmEdition *edition, BmPage *page, const char *file, const char *text, size_t length, int line, BmDiags *diags)
{
    char *yaml = with_colons (text, length);
    BmYaml *map = bm_yaml_parse (edition->arena, file, yaml, strlen (yaml), line, diags);
    bool ok = map != NULL && map->kind == BM_YAML_MAP;
    Reader reader = { edition, page, yaml, 0 };

    if (ok)
        read_map (&reader, map);
    else if (map != NULL)
        bm_diag (diags, BM_ERROR, "BM0301", map->where, "write key: value lines, or remove the --- lines", "the front matter is no map");
    g_free (yaml);
    return ok;
}

/* ---- writing ---- */

static void
write_value (GString *out, const char *text)
{
    char *line = bm_one_line (text);

    bm_append_yaml_text (out, line);
    g_string_append_c (out, '\n');
    g_free (line);
}

void
bm_write_front (const BmPage *page, GString *out)
{
    GString *front = g_string_new (NULL);

    for (size_t i = 0; i < G_N_ELEMENTS (fields); i++) {
        const char *value = *(const char *const *) (const void *) ((const char *) page + fields[i].offset);

        if (value == NULL || *value == '\0' || (i == 4 && strcmp (value, "zh-Hans") == 0))
            continue;
        g_string_append_printf (front, "%s: ", fields[i].key);
        write_value (front, value);
    }
    for (int i = 0; i < page->n_front; i++) {
        if (strstr (page->front[i].key, "：") != NULL)
            append_quoted (front, page->front[i].key); /* else with_colons would end the key there */
        else
            bm_append_yaml_text (front, page->front[i].key);
        g_string_append_printf (front, ": %s\n", page->front[i].value);
    }
    if (page->n_folio > 0)
        g_string_append (front, "folio:\n");
    for (int i = 0; i < page->n_folio; i++) {
        g_string_append (front, "  - ");
        write_value (front, page->folio[i]);
    }
    if (front->len > 0)
        g_string_append_printf (out, "---\n%s---\n", front->str);
    g_string_free (front, TRUE);
}
