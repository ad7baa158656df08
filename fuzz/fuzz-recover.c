/* fuzz-recover.c — any dump, with boxes or without: recovered or refused, never a character lost.
 *
 * Bytes become lines of characters and blanks, or words at places, or the changed source of a page with boxes. That every
 * character stands in the edition is what bm_recover proves itself: a failed proof (BM0409) is a finding. */
#include "recover/recover.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const char *const pieces[] = { "，", "。", "、", "“", "”", "：", "！", "——", "……", "□", "记者", "本报讯", "图为", "广告", "（下转第3版）", "年", "月", "日",
                                      "第", "版", "责任编辑", "電話", "の", "は", "カ", " ", "  ", "　", "\t", "\n", "\n", "\n\n", "\f", "3 . 0", "2035", "%",
                                      "NBA", "⼀", "⸺", "\u200b", "\r\n", "&lt;", "\u2028", "﹃" };

static void
append_piece (GString *out, uint8_t a, uint8_t b)
{
    if (a < 140)
        g_string_append_unichar (out, 0x4E00 + (gunichar) a * 97 + b % 61);
    else
        g_string_append (out, pieces[(a * 7u + b) % G_N_ELEMENTS (pieces)]);
}

static void
append_word (GString *out, const uint8_t *bytes)
{
    double x = bytes[0] * 2.5 - 40, y = bytes[1] * 4.0, size = 5 + bytes[2] % 40;

    g_string_append_printf (out, "<line><word xMin=\"%.2f\" yMin=\"%.2f\" xMax=\"%.2f\" yMax=\"%.2f\">", x, y, x + size * (bytes[3] % 24), y + size);
    for (int i = 0; i < bytes[3] % 24; i++)
        if (bytes[(i + 4) % 6] != 0)
            append_piece (out, (uint8_t) (bytes[(i + 4) % 6] % 140), (uint8_t) (i * 5));
    g_string_append (out, bytes[4] % 7 == 0 ? "</word>" : "</word></line>");
    g_string_append (out, bytes[4] % 7 == 0 ? "</line>" : "");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    GString *text = g_string_new (NULL);
    BmDiags *diags = bm_diags_new ();
    char *report = NULL;

    if (size < 8) {
        g_string_append_len (text, (const char *) data, (gssize) size);
    } else if (data[0] % 3 == 0) {
        g_string_append (text, "<doc><page width=\"600\" height=\"900\">");
        for (size_t i = 1; i + 6 <= size; i += 6)
            append_word (text, data + i);
        g_string_append (text, "</page></doc>");
        if (data[0] % 9 == 0) /* a byte of it changed */
            text->str[(size_t) data[1] * text->len / 256] = (char) data[2];
    } else {
        for (size_t i = 1; i + 1 < size; i += 2)
            append_piece (text, data[i], data[i + 1]);
    }
    BmEdition *edition = bm_recover ("dump", text->str, text->len, NULL, &report, diags);
    if (bm_diags_has (diags, "BM0409"))
        abort ();
    if (edition != NULL)
        bm_edition_free (edition);
    g_free (report);
    bm_diags_free (diags);
    g_string_free (text, TRUE);
    return 0;
}
