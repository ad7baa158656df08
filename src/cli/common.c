/* common.c — options that every verb has, the session made of them, messages out. */
#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
add_common_entries (GOptionContext *context, CliCommon *common)
{
    const GOptionEntry entries[] = {
        { "diagnostics", 0, 0, G_OPTION_ARG_STRING, &common->diagnostics, "Form of messages: human, short or json", "FORM" },
        { "color", 0, 0, G_OPTION_ARG_STRING, &common->color, "Colour in messages: auto, always or never", "WHEN" },
        { "quiet", 'q', 0, G_OPTION_ARG_NONE, &common->quiet, "Say nothing unless something is wrong", NULL },
        { "fonts", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &common->font_dirs, "A folder of fonts, before all others", "DIR" },
        { "system-fonts", 0, 0, G_OPTION_ARG_NONE, &common->system_fonts, "Use the machine's own font configuration", NULL },
        { "allow-font-fallback", 0, 0, G_OPTION_ARG_NONE, &common->allow_font_fallback,
          "Let another family stand in for a missing one", NULL },
        { "words", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &common->word_files, "Words that headlines keep whole: a file, one a line (galley: or A,B)", "FILE" },
        { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    };

    g_option_context_add_main_entries (context, entries, NULL);
}

static bool
is_one_of (const char *value, const char *const *words)
{
    return value == NULL || g_strv_contains (words, value);
}

bool
cli_parse (const CliVerb *verb, const GOptionEntry *entries, CliCommon *common, int *argc, char ***argv, int *status)
{
    static const char *const forms[] = { "human", "short", "json", NULL };
    static const char *const whens[] = { "auto", "always", "never", NULL };
    GOptionContext *context = g_option_context_new (verb->arguments);
    GError *error = NULL;
    bool ok = true;

    *common = (CliCommon){ 0 };
    char *name = g_strdup_printf ("banmian %s", verb->name);
    g_set_prgname (name);
    g_free (name);
    g_option_context_set_summary (context, verb->summary);
    g_option_context_set_description (context, verb->examples);
    if (entries != NULL)
        g_option_context_add_main_entries (context, entries, NULL);
    add_common_entries (context, common);
    g_option_context_set_help_enabled (context, TRUE); /* prints and exits 0 */
    if (!g_option_context_parse (context, argc, argv, &error)) {
        *status = cli_usage (verb, "%s", error->message);
        g_error_free (error);
        ok = false;
    } else if (!is_one_of (common->diagnostics, forms) || !is_one_of (common->color, whens)) {
        *status = cli_usage (verb, "--diagnostics takes human, short or json; --color auto, always or never");
        ok = false;
    }
    g_option_context_free (context);
    return ok;
}

void
cli_common_clear (CliCommon *common)
{
    g_free (common->diagnostics);
    g_free (common->color);
    g_strfreev (common->font_dirs);
    g_strfreev (common->word_files);
}

/* ---- where our data is ---- */

/* The share folder beside the program (…/bin/banmian → …/share/banmian), else where it was to be installed. */
static char *
data_dir (void)
{
    char *program = g_file_read_link ("/proc/self/exe", NULL);

    if (program != NULL) {
        char *bin = g_path_get_dirname (program);
        char *share = g_build_filename (bin, "..", "share", "banmian", NULL);

        g_free (program);
        g_free (bin);
        if (g_file_test (share, G_FILE_TEST_IS_DIR)) {
            char *clean = g_canonicalize_filename (share, NULL);

            g_free (share);
            return clean;
        }
        g_free (share);
    }
    return g_strdup (BM_DATA_DIR);
}

/* Folders of a colon-separated variable, then the last one given. */
static char **
search_path (const char *variable, char *last)
{
    const char *value = g_getenv (variable);
    GPtrArray *dirs = g_ptr_array_new ();
    char **parts = g_strsplit (value != NULL ? value : "", ":", -1);

    for (int i = 0; parts[i] != NULL; i++)
        if (parts[i][0] != '\0')
            g_ptr_array_add (dirs, g_strdup (parts[i]));
    if (last != NULL)
        g_ptr_array_add (dirs, last);
    g_ptr_array_add (dirs, NULL);
    g_strfreev (parts);
    return (char **) g_ptr_array_free (dirs, FALSE);
}

static char **
font_path (const CliCommon *common)
{
    char **dirs = search_path ("BANMIAN_FONT_PATH", NULL);
    GPtrArray *all = g_ptr_array_new ();

    for (int i = 0; common->font_dirs != NULL && common->font_dirs[i] != NULL; i++)
        g_ptr_array_add (all, g_strdup (common->font_dirs[i]));
    for (int i = 0; dirs[i] != NULL; i++)
        g_ptr_array_add (all, g_strdup (dirs[i]));
    g_ptr_array_add (all, NULL);
    g_strfreev (dirs);
    return (char **) g_ptr_array_free (all, FALSE);
}

BmSession *
cli_session (const CliCommon *common)
{
    char *data = data_dir ();
    char **layouts = search_path ("BANMIAN_LAYOUT_PATH", g_build_filename (data, "layouts", NULL));
    char **fonts = font_path (common);
    char *conf = g_build_filename (data, "fonts", "fonts.conf", NULL);
    char *profile = g_build_filename (data, "profiles", "newsprint.icc.z", NULL);
    const BmSessionOptions options = {
        .press_profile = profile,
        .layout_dirs = (const char *const *) layouts,
        .fonts_conf = conf,
        .font_dirs = (const char *const *) fonts,
        .word_files = (const char *const *) common->word_files,
        .system_fonts = common->system_fonts,
        .allow_font_fallback = common->allow_font_fallback,
        .own_process = true,
    };
    BmSession *session = bm_session_new (&options);

    g_strfreev (layouts);
    g_strfreev (fonts);
    g_free (profile);
    g_free (conf);
    g_free (data);
    return session;
}

char *
cli_source_date (void)
{
    const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
    char *end = NULL;

    if (epoch == NULL || *epoch == '\0')
        return NULL;
    gint64 seconds = g_ascii_strtoll (epoch, &end, 10);
    GDateTime *time = *end == '\0' ? g_date_time_new_from_unix_utc (seconds) : NULL;
    if (time == NULL)
        return NULL;
    char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
    g_date_time_unref (time);
    return text;
}

/* ---- out ---- */

static bool
use_colour (const CliCommon *common)
{
    const char *term = g_getenv ("TERM"), *off = g_getenv ("NO_COLOR");

    if (common->color != NULL && strcmp (common->color, "auto") != 0)
        return strcmp (common->color, "always") == 0;
    return isatty (STDERR_FILENO) && (off == NULL || *off == '\0') && (term == NULL || strcmp (term, "dumb") != 0);
}

void
cli_print_messages (BmSession *session, const CliCommon *common, int status)
{
    BmMessageForm form = g_strcmp0 (common->diagnostics, "json") == 0    ? BM_MESSAGES_JSON
                         : g_strcmp0 (common->diagnostics, "short") == 0 ? BM_MESSAGES_SHORT
                                                                         : BM_MESSAGES_HUMAN;
    char *text = bm_session_take_messages (session, form, use_colour (common));

    if (!common->quiet || status != BM_STATUS_OK)
        fputs (text, stderr);
    bm_free (text);
}

int
cli_usage (const CliVerb *verb, const char *format, ...)
{
    va_list arguments;

    va_start (arguments, format);
    char *message = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    fprintf (stderr, "banmian %s: %s\n  usage: banmian %s %s\n", verb->name, message, verb->name, verb->arguments);
    g_free (message);
    return BM_STATUS_USAGE;
}

int
cli_put (const char *text)
{
    if (fputs (text, stdout) >= 0 && fflush (stdout) == 0)
        return BM_STATUS_OK;
    fprintf (stderr, "banmian: cannot write the result: %s\n", g_strerror (errno));
    return BM_STATUS_RESOURCE;
}
