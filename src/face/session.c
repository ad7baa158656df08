/* session.c — what many calls share, and how diagnostics become a status. */
#include "face/face-private.h"

#include <string.h>

const char *
bm_version (void)
{
    return BM_VERSION;
}

void
bm_free (void *memory)
{
    g_free (memory);
}

static const char *const *
copy_list (BmArena *arena, const char *const *list)
{
    int n = 0;

    while (list != NULL && list[n] != NULL)
        n++;
    const char **copy = bm_arena_new0 (arena, const char *, n + 1);
    for (int i = 0; i < n; i++)
        copy[i] = bm_arena_strdup (arena, list[i]);
    return copy;
}

BmSession *
bm_session_new (const BmSessionOptions *options)
{
    BmSession *session = g_new0 (BmSession, 1);

    session->arena = bm_arena_create ();
    session->layout_dirs = copy_list (session->arena, options->layout_dirs);
    session->font_dirs = copy_list (session->arena, options->font_dirs);
    session->word_files = copy_list (session->arena, options->word_files);
    session->fonts_conf = bm_arena_strdup (session->arena, options->fonts_conf);
    session->press_profile = bm_arena_strdup (session->arena, options->press_profile);
    session->system_fonts = options->system_fonts;
    session->allow_font_fallback = options->allow_font_fallback;
    session->own_process = options->own_process;
    session->diags = bm_diags_new ();
    return session;
}

void
bm_session_free (BmSession *session)
{
    if (session == NULL)
        return;
    bm_type_free (session->type);
    bm_diags_free (session->diags);
    bm_arena_free (session->arena);
    g_free (session);
}

bool
bm_session_words (BmSession *session, BmArena *arena, GPtrArray *words)
{
    bool ok = true;

    for (int i = 0; session->word_files != NULL && session->word_files[i] != NULL; i++) {
        const char *file = session->word_files[i], **list = NULL;
        char *bytes = NULL;
        size_t length = 0;
        int n = 0;

        if (bm_read_file (file, BM_MAX_TEXT_FILE, &bytes, &length, session->diags))
            list = bm_words_read (arena, file, bytes, length, &n, session->diags);
        for (int k = 0; k < n; k++)
            g_ptr_array_add (words, (gpointer) list[k]);
        ok = ok && list != NULL;
        g_free (bytes);
    }
    return ok;
}

/* A headline must not be set without the words its editor asked for: a word file that is wrong leaves no type. */
static void
add_session_words (BmSession *session)
{
    BmArena *arena = bm_arena_create ();
    GPtrArray *words = g_ptr_array_new ();

    if (bm_session_words (session, arena, words)) {
        bm_type_add_words (session->type, (const char *const *) words->pdata, (int) words->len);
    } else {
        bm_type_free (session->type);
        session->type = NULL;
    }
    g_ptr_array_free (words, TRUE);
    bm_arena_free (arena);
}

BmType *
bm_session_type (BmSession *session)
{
    const BmTypeOptions options = {
        .fonts_conf = session->fonts_conf,
        .font_dirs = session->font_dirs,
        .system_fonts = session->system_fonts,
        .allow_fallback = session->allow_font_fallback,
        .own_process = session->own_process,
    };

    if (session->type != NULL)
        return session->type;
    session->type = bm_type_new (&options, session->diags);
    if (session->type != NULL && session->word_files != NULL)
        add_session_words (session);
    return session->type;
}

BmStatus
bm_session_status (const BmSession *session)
{
    if (bm_diags_count (session->diags, BM_ERROR) == 0)
        return BM_STATUS_OK;
    return bm_diags_has_io (session->diags) ? BM_STATUS_RESOURCE : BM_STATUS_INPUT;
}

char *
bm_session_take_messages (BmSession *session, BmMessageForm form, bool colour)
{
    static const BmDiagForm forms[] = { BM_FORM_HUMAN, BM_FORM_SHORT, BM_FORM_JSON };
    char *text = bm_diags_format (session->diags, forms[form], colour);

    bm_diags_free (session->diags);
    session->diags = bm_diags_new ();
    return text;
}

const char *
bm_explain (const char *code)
{
    return bm_code_explain (code);
}

const char *
bm_suggest (const char *word, const char *const *words)
{
    return bm_nearest_word (word, words);
}
