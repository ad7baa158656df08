/* classes.c — the character classes of cjk-composition.md §3 by code point.
 *
 * What no row names follows from its script: Latin, Greek and Cyrillic letters are LAT, everything else HAN, so
 * that no character is without a class. */
#include "type/type-private.h"

#include <string.h>

typedef struct {
    gunichar first, last;
    BmClass class;
} Range;

/* Sorted by code point. Sources: CLREQ “Positions and sizes of punctuation marks”, GB/T 15834-2011 §5.1. */
static const Range ranges[] = {
    { 0x0009, 0x0009, BM_CLASS_SP },   { 0x000A, 0x000A, BM_CLASS_HARD }, { 0x000D, 0x000D, BM_CLASS_SP },
    { 0x0020, 0x0020, BM_CLASS_SP },   { 0x0023, 0x0023, BM_CLASS_SYM },
    { 0x0024, 0x0024, BM_CLASS_PRE },  { 0x0025, 0x0025, BM_CLASS_POST }, { 0x0026, 0x0026, BM_CLASS_SYM },
    { 0x002A, 0x002B, BM_CLASS_SYM },  { 0x002D, 0x002D, BM_CLASS_CON },  { 0x002F, 0x002F, BM_CLASS_SL },
    { 0x0030, 0x0039, BM_CLASS_NUM },  { 0x003C, 0x003E, BM_CLASS_SYM },  { 0x0040, 0x0040, BM_CLASS_SYM },
    { 0x007C, 0x007C, BM_CLASS_SYM },  { 0x007E, 0x007E, BM_CLASS_SYM },  { 0x00A0, 0x00A0, BM_CLASS_NBSP },
    { 0x00A3, 0x00A3, BM_CLASS_PRE },  { 0x00A5, 0x00A5, BM_CLASS_PRE },  { 0x00AD, 0x00AD, BM_CLASS_SHY },
    { 0x00B0, 0x00B0, BM_CLASS_POST }, { 0x00B7, 0x00B7, BM_CLASS_MID },  { 0x200B, 0x200B, BM_CLASS_ZW },
    { 0x2013, 0x2013, BM_CLASS_CON },  { 0x2014, 0x2015, BM_CLASS_DASH }, { 0x2018, 0x2018, BM_CLASS_OP },
    { 0x2019, 0x2019, BM_CLASS_CL },   { 0x201C, 0x201C, BM_CLASS_OP },   { 0x201D, 0x201D, BM_CLASS_CL },
    { 0x2022, 0x2022, BM_CLASS_MID },  { 0x2026, 0x2026, BM_CLASS_ELL },  { 0x2027, 0x2027, BM_CLASS_MID },
    { 0x2030, 0x2033, BM_CLASS_POST }, { 0x203B, 0x203B, BM_CLASS_MARK }, { 0x203C, 0x203C, BM_CLASS_EXD },
    { 0x2047, 0x2049, BM_CLASS_EXD },  { 0x2060, 0x2060, BM_CLASS_WJ },   { 0x20AC, 0x20AC, BM_CLASS_PRE },
    { 0x2103, 0x2103, BM_CLASS_POST }, { 0x2109, 0x2109, BM_CLASS_POST }, { 0x2116, 0x2116, BM_CLASS_PRE },
    { 0x2212, 0x2212, BM_CLASS_SYM },  { 0x22EF, 0x22EF, BM_CLASS_ELL },  { 0x25A0, 0x25A1, BM_CLASS_MARK }, { 0x25B2, 0x25B3, BM_CLASS_MARK },
    { 0x25B6, 0x25B6, BM_CLASS_MARK }, { 0x25BA, 0x25BA, BM_CLASS_MARK }, { 0x25C6, 0x25C7, BM_CLASS_MARK },
    { 0x25CB, 0x25CB, BM_CLASS_MARK }, { 0x25CE, 0x25CF, BM_CLASS_MARK }, { 0x2605, 0x2606, BM_CLASS_MARK },
    { 0x2E3A, 0x2E3A, BM_CLASS_DASH }, { 0x3000, 0x3000, BM_CLASS_ISP },  { 0x3001, 0x3001, BM_CLASS_CM },
    { 0x3002, 0x3002, BM_CLASS_FS },   { 0x3008, 0x3008, BM_CLASS_OP },   { 0x3009, 0x3009, BM_CLASS_CL },
    { 0x300A, 0x300A, BM_CLASS_OP },   { 0x300B, 0x300B, BM_CLASS_CL },   { 0x300C, 0x300C, BM_CLASS_OP },
    { 0x300D, 0x300D, BM_CLASS_CL },   { 0x300E, 0x300E, BM_CLASS_OP },   { 0x300F, 0x300F, BM_CLASS_CL },
    { 0x3010, 0x3010, BM_CLASS_OP },   { 0x3011, 0x3011, BM_CLASS_CL },   { 0x3014, 0x3014, BM_CLASS_OP },
    { 0x3015, 0x3015, BM_CLASS_CL },   { 0x3016, 0x3016, BM_CLASS_OP },   { 0x3017, 0x3017, BM_CLASS_CL },
    { 0x3018, 0x3018, BM_CLASS_OP },   { 0x3019, 0x3019, BM_CLASS_CL },   { 0x301D, 0x301D, BM_CLASS_OP },
    { 0x301E, 0x301F, BM_CLASS_CL },   { 0x30FB, 0x30FB, BM_CLASS_MID },  { 0x3371, 0x33DF, BM_CLASS_POST },
    { 0xFE59, 0xFE59, BM_CLASS_OP },   { 0xFEFF, 0xFEFF, BM_CLASS_WJ },   { 0xFF01, 0xFF01, BM_CLASS_EX },
    { 0xFF04, 0xFF04, BM_CLASS_PRE },  { 0xFF05, 0xFF05, BM_CLASS_POST }, { 0xFF08, 0xFF08, BM_CLASS_OP },
    { 0xFF09, 0xFF09, BM_CLASS_CL },   { 0xFF0C, 0xFF0C, BM_CLASS_CM },   { 0xFF0E, 0xFF0E, BM_CLASS_FS },
    { 0xFF0F, 0xFF0F, BM_CLASS_SL },   { 0xFF10, 0xFF19, BM_CLASS_NUM },  { 0xFF1A, 0xFF1B, BM_CLASS_CM },
    { 0xFF1F, 0xFF1F, BM_CLASS_EX },   { 0xFF3B, 0xFF3B, BM_CLASS_OP },   { 0xFF3D, 0xFF3D, BM_CLASS_CL },
    { 0xFF5B, 0xFF5B, BM_CLASS_OP },   { 0xFF5D, 0xFF5D, BM_CLASS_CL },   { 0xFF5E, 0xFF5E, BM_CLASS_CON },
    { 0xFF5F, 0xFF5F, BM_CLASS_OP },   { 0xFF60, 0xFF60, BM_CLASS_CL },   { 0xFFE0, 0xFFE0, BM_CLASS_POST },
    { 0xFFE1, 0xFFE1, BM_CLASS_PRE },  { 0xFFE5, 0xFFE5, BM_CLASS_PRE },
};

BmLanguage
bm_language_of (const char *tag)
{
    static const char *const centred[] = { "zh-Hant", "zh-TW", "zh-HK", "zh-MO" };

    for (size_t i = 0; tag != NULL && i < G_N_ELEMENTS (centred); i++)
        if (g_ascii_strncasecmp (tag, centred[i], strlen (centred[i])) == 0)
            return BM_LANGUAGE_HANT;
    return tag != NULL && g_ascii_strncasecmp (tag, "ja", 2) == 0 ? BM_LANGUAGE_JA : BM_LANGUAGE_HANS;
}

static bool
is_letter_script (gunichar c)
{
    switch (g_unichar_get_script (c)) {
    case G_UNICODE_SCRIPT_LATIN:
    case G_UNICODE_SCRIPT_GREEK:
    case G_UNICODE_SCRIPT_CYRILLIC:
        return c < 0xFF00; /* full-width letters stand on the em grid */
    default:
        return c < 0x80;   /* what is left of ASCII keeps with Latin */
    }
}

BmClass
bm_class_of (gunichar c)
{
    size_t low = 0, high = G_N_ELEMENTS (ranges);

    if (c >= 0x3400 && c <= 0x9FFF) /* ideographs: no row names one of them */
        return BM_CLASS_HAN;
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (c < ranges[middle].first)
            high = middle;
        else if (c > ranges[middle].last)
            low = middle + 1;
        else
            return ranges[middle].class;
    }
    return is_letter_script (c) ? BM_CLASS_LAT : BM_CLASS_HAN;
}

bool
bm_is_kana_small (gunichar c)
{
    static const gunichar small[] = { 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E,
                                      0x3095, 0x3096, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5,
                                      0x30E7, 0x30EE, 0x30F5, 0x30F6, 0x30FC };

    for (size_t i = 0; c >= small[0] && c <= small[G_N_ELEMENTS (small) - 1] && i < G_N_ELEMENTS (small); i++)
        if (c == small[i])
            return true;
    return c >= 0x31F0 && c <= 0x31FF;
}

bool
bm_is_iteration (gunichar c)
{
    return c == 0x3005 || c == 0x303B || c == 0x309D || c == 0x309E || c == 0x30FD || c == 0x30FE;
}

bool
bm_is_mark_class (BmClass class)
{
    return class <= BM_CLASS_EX;
}

bool
bm_is_western (BmClass class)
{
    return class == BM_CLASS_LAT || class == BM_CLASS_NUM || class == BM_CLASS_URL;
}
