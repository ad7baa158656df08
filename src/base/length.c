/* length.c — numbers and lengths from text, whatever the locale says about decimal points. */
#include "base/base.h"

#include <math.h>
#include <string.h>

bool
bm_pt_equal (double a, double b)
{
    return fabs (a - b) < BM_PT_EPSILON;
}

bool
bm_check_length (double value, double min, double max)
{
    return isfinite (value) && value >= min && value <= max;
}

/* g_ascii_strtod also reads "nan", "inf" and hexadecimal: none is a number of a layout. */
static bool
read_number (const char *text, double *value, const char **end)
{
    const char *digits = text + (*text == '-' || *text == '+' ? 1 : 0);
    char *stop = NULL;

    if (!(g_ascii_isdigit (*digits) || *digits == '.') || digits[0] == 'x' ||
        (digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')))
        return false;
    *value = g_ascii_strtod (text, &stop);
    *end = stop;
    return stop != text && isfinite (*value);
}

bool
bm_parse_number (const char *text, double *value)
{
    const char *end = NULL;

    return read_number (text, value, &end) && *end == '\0';
}

BmLengthStatus
bm_parse_length (const char *text, double default_unit, double em, double *points)
{
    const struct {
        const char *name;
        double points;
    } units[] = {
        { "mm", BM_PT_PER_MM }, { "cm", 10 * BM_PT_PER_MM }, { "in", 72 }, { "pt", 1 },
        { "点", BM_PT_PER_DIAN }, { "em", em }, { "字", em },
    };
    const char *unit = NULL;
    double value;

    if (!read_number (text, &value, &unit))
        return BM_LENGTH_NOT_A_NUMBER;
    while (*unit == ' ')
        unit++;
    if (*unit == '\0') {
        *points = value * default_unit;
        return isfinite (*points) ? BM_LENGTH_OK : BM_LENGTH_NOT_A_NUMBER;
    }
    for (size_t i = 0; i < G_N_ELEMENTS (units); i++)
        if (strcmp (unit, units[i].name) == 0 && units[i].points > 0) {
            *points = value * units[i].points;
            return isfinite (*points) ? BM_LENGTH_OK : BM_LENGTH_NOT_A_NUMBER;
        }
    return BM_LENGTH_UNKNOWN_UNIT;
}
