/* content.c — one pass over a content stream: Cairo's colours become inks.
 *
 * Cairo's operators are few and regular, so a token scanner is enough: it skips strings, arrays, dictionaries and inline images,
 * and remembers where in the output the last three numbers began, to put the ink in their place. Solid black prints over what
 * lies below, every other ink knocks out, which Cairo cannot say: each fill colour brings one of two graphics states.
 * A picture always knocks out (print-ready.md §4). */
#include "press/press-private.h"

#include <math.h>
#include <string.h>

typedef struct {
    BmPressJob *job;
    BmContentNeeds *needs;
    GString *out;
    const char *p, *end;
    int n_numbers; /* of the last in a row, at most 3 */
    double numbers[3];
    gsize number_at[3]; /* where in `out` */
    gsize name_at;      /* of the last name */
    bool opaque_name;   /* the last token was /a0, Cairo's state of full opacity */
} Scanner;

/* ---- inks ---- */

#define EXACT 0.002 /* of 255: Cairo prints six digits */

static void
put_numbers (GString *out, const double *values, int n)
{
    char buffer[BM_PDF_NUMBER];

    for (int i = 0; i < n; i++)
        g_string_append_printf (out, "%s ", bm_pdf_put_number (buffer, values[i]));
}

static void
put_state (Scanner *scanner, bool overprints)
{
    scanner->needs->overprint = true;
    g_string_append (scanner->out, overprints ? " /OvB gs" : " /OvN gs");
}

static const BmInkCode *
code_of (const Scanner *scanner, const double rgb[3], int *number)
{
    *number = (int) lround (rgb[2] * 255);
    bool coded = fabs (rgb[0] * 255 - BM_INK_CODE_RED) < EXACT && fabs (rgb[1]) < EXACT && fabs (rgb[2] * 255 - *number) < EXACT;

    return coded && *number >= 1 && *number <= scanner->job->inks->n ? &scanner->job->inks->codes[*number - 1] : NULL;
}

static void
put_unknown (Scanner *scanner, const double rgb[3])
{
    if (!scanner->job->failed)
        bm_diag (scanner->job->diags, BM_ERROR, "BM0904", BM_NOWHERE, "report it with the page: it is a fault of the program",
                 "the page draws a colour that is no ink: RGB %.3f %.3f %.3f", rgb[0], rgb[1], rgb[2]);
    scanner->job->failed = true;
}

static void
put_code (Scanner *scanner, const BmInkCode *code, int number, bool stroke)
{
    char tint[BM_PDF_NUMBER];

    if (code->kind == BM_INK_PROCESS) {
        put_numbers (scanner->out, (const double[]){ code->c, code->m, code->y, code->k }, 4);
        g_string_append_c (scanner->out, stroke ? 'K' : 'k');
    } else {
        scanner->needs->spots[number - 1] = true;
        g_string_append_printf (scanner->out, stroke ? "/Ink%d CS %s SCN" : "/Ink%d cs %s scn", number,
                                bm_pdf_put_number (tint, code->tint));
    }
    put_state (scanner, false);
}

static void
put_ink (Scanner *scanner, const double rgb[3], bool stroke)
{
    int number = 0;
    const BmInkCode *code = code_of (scanner, rgb, &number);

    if (fabs (rgb[0] - rgb[1]) < 1e-6 && fabs (rgb[1] - rgb[2]) < 1e-6) {
        put_numbers (scanner->out, (const double[]){ 0, 0, 0, 1 - rgb[0] }, 4);
        g_string_append_c (scanner->out, stroke ? 'K' : 'k');
        put_state (scanner, rgb[0] < 1e-6);
    } else if (code != NULL)
        put_code (scanner, code, number, stroke);
    else
        put_unknown (scanner, rgb);
}

/* ---- tokens ---- */

static bool
is_blank (char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool
is_mark (char c)
{
    return c != '\0' && strchr ("()<>[]{}/%", c) != NULL;
}

static void
copy_to (Scanner *scanner, const char *to)
{
    g_string_append_len (scanner->out, scanner->p, to - scanner->p);
    scanner->p = to;
}

static void
forget (Scanner *scanner)
{
    scanner->n_numbers = 0;
    scanner->opaque_name = false;
}

static const char *
end_of_string (const Scanner *scanner)
{
    const char *p = scanner->p + 1;

    for (int depth = 1; p < scanner->end && depth > 0; p++) {
        if (*p == '\\' && p + 1 < scanner->end)
            p++;
        else
            depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
    }
    return p;
}

static const char *
end_of_hex (const Scanner *scanner)
{
    const char *end = memchr (scanner->p, '>', (size_t) (scanner->end - scanner->p));

    return end != NULL ? end + 1 : scanner->end;
}

/* " EI " ends it. */
static const char *
end_of_inline_image (const Scanner *scanner)
{
    for (const char *p = scanner->p; p + 3 < scanner->end; p++)
        if (is_blank (p[0]) && p[1] == 'E' && p[2] == 'I' && is_blank (p[3]))
            return p + 3;
    return scanner->end;
}

static const char *
end_of_word (const Scanner *scanner)
{
    const char *p = scanner->p + 1;

    while (p < scanner->end && !is_blank (*p) && !is_mark (*p))
        p++;
    return p;
}

static void
take_number (Scanner *scanner, const char *end)
{
    if (scanner->n_numbers == 3) {
        memmove (scanner->numbers, scanner->numbers + 1, 2 * sizeof *scanner->numbers);
        memmove (scanner->number_at, scanner->number_at + 1, 2 * sizeof *scanner->number_at);
        scanner->n_numbers = 2;
    }
    scanner->numbers[scanner->n_numbers] = g_ascii_strtod (scanner->p, NULL);
    scanner->number_at[scanner->n_numbers++] = scanner->out->len;
    scanner->opaque_name = false;
    copy_to (scanner, end);
}

static bool
word_is (const Scanner *scanner, const char *end, const char *word)
{
    return (size_t) (end - scanner->p) == strlen (word) && memcmp (scanner->p, word, strlen (word)) == 0;
}

static void
take_operator (Scanner *scanner, const char *end)
{
    bool fill = word_is (scanner, end, "rg"), stroke = word_is (scanner, end, "RG");

    if ((fill || stroke) && scanner->n_numbers == 3) {
        g_string_truncate (scanner->out, scanner->number_at[0]);
        put_ink (scanner, scanner->numbers, stroke);
        scanner->p = end;
    } else if (scanner->opaque_name && word_is (scanner, end, "gs")) { /* says what is so anyway */
        g_string_truncate (scanner->out, scanner->name_at);
        scanner->p = end;
    } else if (word_is (scanner, end, "Do")) {
        scanner->needs->overprint = true;
        g_string_insert (scanner->out, (gssize) scanner->name_at, "/OvN gs ");
        copy_to (scanner, end);
    } else if (word_is (scanner, end, "BI"))
        copy_to (scanner, end_of_inline_image (scanner));
    else
        copy_to (scanner, end);
    forget (scanner);
}

static void
take_word (Scanner *scanner)
{
    const char *end = end_of_word (scanner);
    char c = *scanner->p;

    if (g_ascii_isdigit (c) || c == '-' || c == '.' || c == '+')
        take_number (scanner, end);
    else if (c == '/') {
        scanner->name_at = scanner->out->len;
        scanner->n_numbers = 0;
        scanner->opaque_name = word_is (scanner, end, "/a0");
        copy_to (scanner, end);
    } else
        take_operator (scanner, end);
}

static void
take_token (Scanner *scanner)
{
    char c = *scanner->p;
    bool pair = scanner->p + 1 < scanner->end && scanner->p[1] == c;

    if (is_blank (c))
        copy_to (scanner, scanner->p + 1);
    else if (c == '%') {
        while (scanner->p < scanner->end && *scanner->p != '\n' && *scanner->p != '\r')
            scanner->p++; /* a comment is not printed */
    } else if (c == '(' || (c == '<' && !pair)) {
        copy_to (scanner, c == '(' ? end_of_string (scanner) : end_of_hex (scanner));
        forget (scanner);
    } else if (is_mark (c) && c != '/') {
        copy_to (scanner, scanner->p + (pair && (c == '<' || c == '>') ? 2 : 1));
        forget (scanner);
    } else
        take_word (scanner);
}

GString *
bm_press_content (BmPressJob *job, const char *content, size_t length, BmContentNeeds *needs)
{
    Scanner scanner = {
        .job = job, .needs = needs, .out = g_string_sized_new (length + length / 4), .p = content, .end = content + length
    };

    while (scanner.p < scanner.end)
        take_token (&scanner);
    return scanner.out;
}
