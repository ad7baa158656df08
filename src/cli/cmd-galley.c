/* cmd-galley.c — `banmian galley`: one paragraph or headline, and how it was set. */
#include "cli/cli.h"

#include <string.h>

typedef struct {
    CliCommon common;
    char *measure, *style, *fit, *indent, *kinsoku, *hyphen, *kind, *lines, *fill, *direction, *lang;
    char *layout, *role, *cases, *output;
    double size;
    gboolean hang, unit_metrics;
} GalleyOptions;

#define MAX_MEASURES 1000

/* "13" or "20,20,11": em, one a line of the paragraph. False if one of them is no number. */
static bool
read_measures (const char *text, GArray *measures)
{
    char **parts = g_strsplit (text, ",", MAX_MEASURES + 1);
    bool ok = *text != '\0';

    for (int i = 0; parts[i] != NULL && ok; i++) {
        char *part = g_strstrip (parts[i]), *end = NULL;
        double value = g_ascii_strtod (part, &end);

        ok = end != part && *end == '\0' && i < MAX_MEASURES;
        g_array_append_val (measures, value);
    }
    g_strfreev (parts);
    return ok;
}

static void
add_setting (GString *mode, const char *key, const char *value)
{
    if (value != NULL)
        g_string_append_printf (mode, "%s%s=%s", mode->len > 0 ? ";" : "", key, value);
}

/* The options as a mode: the library knows what each may be. A semicolon in a value would begin another setting. */
static char *
mode_of (const GalleyOptions *options)
{
    const struct {
        const char *key, *value;
    } settings[] = {
        { "style", options->style }, { "fit", options->fit },       { "indent", options->indent },
        { "kinsoku", options->kinsoku }, { "hyphen", options->hyphen }, { "kind", options->kind },
        { "nlines", options->lines },    { "fill", options->fill },     { "dir", options->direction },
        { "lang", options->lang },       { "hang", options->hang ? "1" : NULL },
    };
    GString *mode = g_string_new (NULL);

    for (size_t i = 0; i < G_N_ELEMENTS (settings); i++) {
        if (settings[i].value != NULL && strchr (settings[i].value, ';') != NULL) {
            g_string_free (mode, TRUE);
            return NULL;
        }
        add_setting (mode, settings[i].key, settings[i].value);
    }
    return g_string_free (mode, FALSE);
}

static void
append_text (GPtrArray *list, const char *text)
{
    if (*text != '\0')
        g_ptr_array_add (list, g_strdup (text));
}

/* --words, an option of every verb, names a word list if there is such a file; otherwise it holds the words themselves,
 * with commas between. */
static char **
split_words (GalleyOptions *options)
{
    GPtrArray *words = g_ptr_array_new (), *files = g_ptr_array_new ();

    for (int i = 0; options->common.word_files != NULL && options->common.word_files[i] != NULL; i++) {
        const char *value = options->common.word_files[i];

        if (g_file_test (value, G_FILE_TEST_EXISTS)) {
            append_text (files, value);
            continue;
        }
        char **parts = g_strsplit (value, ",", -1);
        for (int k = 0; parts[k] != NULL; k++)
            append_text (words, g_strstrip (parts[k]));
        g_strfreev (parts);
    }
    g_ptr_array_add (files, NULL);
    g_ptr_array_add (words, NULL);
    g_strfreev (options->common.word_files);
    options->common.word_files = (char **) g_ptr_array_free (files, FALSE);
    return (char **) g_ptr_array_free (words, FALSE);
}

static int
set_galley (GalleyOptions *options, const char *text, const GArray *measures, const char *mode)
{
    char **words = split_words (options), *json = NULL;
    const BmGalleyRequest request = {
        .text = text, .cases = options->cases,
        .measures = (const double *) (const void *) measures->data, .n_measures = (int) measures->len,
        .mode = mode, .words = (const char *const *) words, .unit_metrics = options->unit_metrics,
        .layout = options->layout, .role = options->role, .size = options->size, .output = options->output,
    };
    BmSession *session = cli_session (&options->common);
    int status = bm_galley (session, &request, &json);

    cli_print_messages (session, &options->common, status);
    bool piped = options->output != NULL && strcmp (options->output, "-") == 0; /* stdout is the PDF's */
    if (json != NULL && !piped)
        status = cli_put (json);
    bm_free (json);
    bm_session_free (session);
    g_strfreev (words);
    return status;
}

static int
check_and_set (GalleyOptions *options, int argc, char **argv)
{
    GArray *measures = g_array_new (FALSE, FALSE, sizeof (double));
    char *mode = mode_of (options);
    int status;

    if (options->cases == NULL ? argc != 2 : argc != 1)
        status = cli_usage (&cli_galley, options->cases == NULL ? "give one text, or - for stdin" : "--cases takes no text");
    else if (options->cases == NULL && options->measure == NULL)
        status = cli_usage (&cli_galley, "give the --measure, in em of the text size");
    else if (options->measure != NULL && !read_measures (options->measure, measures))
        status = cli_usage (&cli_galley, "--measure %s: numbers of em, with commas between", options->measure);
    else if (mode == NULL)
        status = cli_usage (&cli_galley, "an option's value holds a semicolon");
    else
        status = set_galley (options, options->cases == NULL ? argv[1] : NULL, measures, mode);
    g_free (mode);
    g_array_free (measures, TRUE);
    return status;
}

static void
galley_options_clear (GalleyOptions *options)
{
    char *texts[] = { options->measure, options->style,     options->fit,  options->indent, options->kinsoku,
                      options->hyphen,  options->kind,      options->lines, options->fill,  options->direction,
                      options->lang,    options->layout,    options->role, options->cases,  options->output };

    for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
        g_free (texts[i]);
    cli_common_clear (&options->common);
}

static int
run (int argc, char **argv)
{
    GalleyOptions options = { 0 };
    const GOptionEntry entries[] = {
        { "measure", 'm', 0, G_OPTION_ARG_STRING, &options.measure, "Line length in em; several: one a line, the last repeated", "EM[,EM…]" },
        { "style", 0, 0, G_OPTION_ARG_STRING, &options.style, "Composition style: full, news, css or gb (default: news)", "STYLE" },
        { "fit", 0, 0, G_OPTION_ARG_STRING, &options.fit, "Choice of breaks: first or total (default: the style's)", "FIT" },
        { "indent", 0, 0, G_OPTION_ARG_STRING, &options.indent, "Indent of the first line (default: 2, or 1 under 10 em)", "EM" },
        { "kinsoku", 0, 0, G_OPTION_ARG_STRING, &options.kinsoku, "Level of 避头尾: none, basic, gb, strict or news", "LEVEL" },
        { "hang", 0, 0, G_OPTION_ARG_NONE, &options.hang, "Let a mark hang outside the measure", NULL },
        { "hyphen", 0, 0, G_OPTION_ARG_STRING, &options.hyphen, "Hyphenate at soft hyphens: 0 or 1", "0|1" },
        { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, "body, headline, byline or caption", "KIND" },
        { "lines", 0, 0, G_OPTION_ARG_STRING, &options.lines, "Number of lines wanted", "N" },
        { "fill", 0, 0, G_OPTION_ARG_STRING, &options.fill, "Spread a headline to this width (撑满)", "EM" },
        { "dir", 0, 0, G_OPTION_ARG_STRING, &options.direction, "Direction: ltr or ttb", "DIR" },
        { "lang", 0, 0, G_OPTION_ARG_STRING, &options.lang, "zh-Hans, zh-Hant or ja", "LANG" },
        { "unit-metrics", 0, 0, G_OPTION_ARG_NONE, &options.unit_metrics, "Set without fonts: a full character is 1 em, ASCII a half", NULL },
        { "layout", 'l', 0, G_OPTION_ARG_FILENAME, &options.layout, "Layout whose faces and style are used", "NAME|FILE" },
        { "role", 0, 0, G_OPTION_ARG_STRING, &options.role, "Role of the layout (default: by kind)", "ROLE" },
        { "size", 0, 0, G_OPTION_ARG_DOUBLE, &options.size, "Size of type in the PDF, pt", "PT" },
        { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "A PDF to look at", "OUT.pdf" },
        { "cases", 0, 0, G_OPTION_ARG_FILENAME, &options.cases, "Set every row of a table of cases", "FILE.tsv" },
        { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    };
    int status = BM_STATUS_OK;

    if (cli_parse (&cli_galley, entries, &options.common, &argc, &argv, &status))
        status = check_and_set (&options, argc, argv);
    galley_options_clear (&options);
    return status;
}

const CliVerb cli_galley = {
    "galley", "TEXT|- --measure EM", "Compose one paragraph or headline and show its lines",
    "Examples:\n"
    "  banmian galley --measure 13 '港口今晨开航，首班渡轮载客三百余人。'\n"
    "  banmian galley --measure 13 -o galley.pdf - < story.txt\n"
    "  banmian galley --kind headline --lines 2 --measure 12 --words 渡轮,旗舰店 '首班渡轮今晨开航 旗舰店同日迎客'\n",
    run,
};
