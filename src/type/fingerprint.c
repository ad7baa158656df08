/* fingerprint.c — which fonts there are, as one text: it changes when a font file is added, taken away or replaced. */
#include "type/type-private.h"

#include <fontconfig/fontconfig.h>
#include <string.h>
#include <sys/stat.h>

static int
by_text (gconstpointer a, gconstpointer b)
{
    return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* By name, version and size, not by place or time: the same fonts on another machine are the same. */
static void
add_font (GPtrArray *lines, FcPattern *font)
{
    FcChar8 *file = NULL;
    int index = 0, version = 0;
    struct stat info;

    if (FcPatternGetString (font, FC_FILE, 0, &file) != FcResultMatch || stat ((const char *) file, &info) != 0)
        return;
    FcPatternGetInteger (font, FC_INDEX, 0, &index);
    FcPatternGetInteger (font, FC_FONTVERSION, 0, &version);
    char *name = g_path_get_basename ((const char *) file);
    g_ptr_array_add (lines, g_strdup_printf ("%s %d %d %" G_GINT64_FORMAT, name, index, version, (gint64) info.st_size));
    g_free (name);
}

char *
bm_type_fingerprint (BmType *type)
{
    static const FcSetName sets[] = { FcSetSystem, FcSetApplication };
    GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

    for (size_t s = 0; s < G_N_ELEMENTS (sets); s++) {
        FcFontSet *set = FcConfigGetFonts (type->config, sets[s]);

        for (int i = 0; set != NULL && i < set->nfont; i++)
            add_font (lines, set->fonts[i]);
    }
    g_ptr_array_sort (lines, by_text);
    g_ptr_array_add (lines, NULL);
    char *text = g_strjoinv ("\n", (char **) lines->pdata);
    g_ptr_array_free (lines, TRUE);
    return text;
}
