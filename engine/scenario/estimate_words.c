/* estimate_words.c -- an estimate as a sentence, and figures as somebody would write
 * them.
 *
 * Three significant digits, printed without a locale.
 */
#include "scenario/estimate_text.h"
#include "base/text.h"
#include "base/units.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static double ten_to(int k)
{
    double x = 1;
    for (; k > 0; k--)
        x *= 10;
    return x;
}

/* x with three significant digits; whole above 100. */
static double rounded(double x)
{
    double size = fabs(x);
    if (!(size > 0) || !(size < 1e15))
        return x;
    int k = 0; /* decimals wanted */
    while (k < 12 && size * ten_to(k) < 100)
        k++;
    double scale = ten_to(k);
    return (x < 0 ? -1 : 1) * floor(size * scale + 0.5) / scale;
}

void rc_figure_print(char out[32], double x)
{
    static const struct {
        double from, over;
        const char *suffix;
    } sizes[] = {{1e9, 1e9, "bn"}, {1e6, 1e6, "M"}, {1e4, 1e3, "k"}, {0, 1, ""}};
    size_t i = 0;
    while (fabs(x) < sizes[i].from && sizes[i].over > 1)
        i++;
    char number[32];
    rc_number_print(number, rounded(x / sizes[i].over));
    snprintf(out, 32, "%.28s%s", number, sizes[i].suffix);
}

void rc_figure_unit(char out[48], double *factor, double largest,
                    rc_dimension dimension, const char *unit, bool calendar)
{
    static const struct {
        double times;
        const char *text;
    } plain[] = {
        [RC_NUMBER] = {1, ""},
        [RC_COUNT] = {1, ""},
        [RC_TIME] = {1, " days"},
        [RC_EFFORT] = {1, " person-days"},
        [RC_SHARE] = {100, " %"},
        [RC_CHANGE] = {100, " %"},
        [RC_POINTS] = {100, " points"},
        [RC_POINTS_PER_MONTH] = {100, " points/month"},
        [RC_MONEY] = {1, ""},
        [RC_MONEY_PER_DAY] = {1, "/day"},
        [RC_MONEY_PER_HOUR] = {1, "/hour"},
        [RC_MONEY_PER_MONTH] = {1, "/month"},
        [RC_COUNT_PER_MONTH] = {1, " /month"},
        [RC_CHANGE_PER_MONTH] = {100, " %/month"},
        [RC_COUNT_PER_DAY] = {1, " /day"},
        [RC_COUNT_PER_YEAR] = {1, " a year"},
        [RC_HOURS] = {1, " hours"},
        [RC_METRIC] = {1, ""},
        [RC_MONTHS] = {1, " months"},
    };
    /* short times in smaller units; the last that fits counts */
    static const struct {
        rc_dimension dimension;
        double below, times;
        const char *text;
    } finer[] = {
        {RC_TIME, 1, RC_HOURS_PER_WORKDAY, " hours"},
        {RC_TIME, 0.1, RC_HOURS_PER_WORKDAY * RC_MINUTES_PER_HOUR, " minutes"},
        {RC_MONTHS, 2, RC_CALENDAR_DAYS_PER_MONTH, " calendar days"},
        {RC_MONTHS, 0.9 / 30, RC_CALENDAR_DAYS_PER_MONTH * RC_MACHINE_HOURS_PER_DAY,
         " hours"},
        {RC_MONTHS, 0.9 / 730,
         RC_CALENDAR_DAYS_PER_MONTH * RC_MACHINE_HOURS_PER_DAY * RC_MINUTES_PER_HOUR,
         " minutes"},
    };
    const char *text = plain[dimension].text;
    *factor = plain[dimension].times;
    if (dimension == RC_TIME && calendar)
        text = " calendar days";
    for (size_t i = 0; i < sizeof finer / sizeof *finer && !calendar && largest > 0;
         i++)
        if (finer[i].dimension == dimension && largest < finer[i].below)
            *factor = finer[i].times, text = finer[i].text;
    bool money = dimension == RC_MONEY || dimension == RC_MONEY_PER_DAY ||
                 dimension == RC_MONEY_PER_HOUR || dimension == RC_MONEY_PER_MONTH;
    bool metric = dimension == RC_METRIC && unit;
    if (metric && (strcmp(unit, "%") == 0 || strcmp(unit, "points") == 0 ||
                   strcmp(unit, "point") == 0))
        *factor = 100;
    bool own = (money || metric) && unit;
    snprintf(out, 48, "%s%.24s%s", own ? " " : "", own ? unit : "", text);
}

/* "1 day", "1 point/month": figure and unit, which are plurals of our own. */
static void figure_and_unit(char *out, size_t n, const char *figure, const char *unit)
{
    static const char *const plurals[] = {"minutes", "hours", "days", "points",
                                          "months"};
    const char *drop = NULL;
    for (size_t i = 0; strcmp(figure, "1") == 0 && i < 5 && !drop; i++) {
        drop = strstr(unit, plurals[i]);
        drop = drop ? drop + strlen(plurals[i]) - 1 : NULL;
    }
    if (drop)
        snprintf(out, n, "%s%.*s%s", figure, (int)(drop - unit), unit, drop + 1);
    else
        snprintf(out, n, "%s%s", figure, unit);
}

void rc_quantity_print(char *out, size_t n, double x, rc_dimension dimension,
                       const char *unit, bool calendar)
{
    char figure[32], text[48];
    double factor;
    rc_figure_unit(text, &factor, fabs(x), dimension, unit, calendar);
    rc_figure_print(figure, x * factor);
    figure_and_unit(out, n, figure, text);
}

/* ------------------------------------------------------------------ sentences */

typedef struct phrase {
    char *out;
    size_t n, used;
    double factor;
    char unit[48];
} phrase;

static void say(phrase *p, const char *text)
{
    for (; *text && p->used + 1 < p->n; text++)
        p->out[p->used++] = *text;
    p->out[p->used] = '\0';
}

static void say_value(phrase *p, double x)
{
    char figure[32], both[96];
    rc_figure_print(figure, x * p->factor);
    figure_and_unit(both, sizeof both, figure, p->unit);
    say(p, both);
}

static void say_percent(phrase *p, double share)
{
    char figure[32];
    rc_figure_print(figure, 100 * share);
    say(p, figure);
    say(p, " %");
}

static void say_law(phrase *p, const rc_law *law)
{
    enum { SHOWN = 6 };
    switch (law->kind) {
    case RC_CONSTANT:
        say(p, "exactly ");
        say_value(p, law->p[0]);
        return;
    case RC_BERNOULLI:
        say_percent(p, law->p[0]);
        say(p, " chance");
        return;
    case RC_DISCRETE:
        for (uint32_t i = 0; i < law->parts_n && i < SHOWN; i++) {
            say(p, i ? ", " : "");
            say_value(p, law->parts[i].value);
            say(p, i ? " in " : " with a chance of ");
            say_percent(p, law->parts[i].weight);
        }
        say(p, law->parts_n > SHOWN ? ", …" : "");
        return;
    case RC_MIXTURE:
        for (uint32_t i = 0; i < law->parts_n && i < SHOWN; i++) {
            say(p, i ? "; in " : "in ");
            say_percent(p, law->parts[i].weight);
            say(p, ": ");
            say_law(p, law->parts[i].law);
        }
        say(p, law->parts_n > SHOWN ? "; …" : "");
        return;
    default:
        break;
    }
    say(p, "1 in 10 below ");
    say_value(p, rc_law_quantile(law, 0.1));
    say(p, ", 1 in 10 above ");
    say_value(p, rc_law_quantile_upper(law, 0.1));
    if (law->kind == RC_TRIANGULAR || law->kind == RC_PERT) {
        say(p, ", most likely ");
        say_value(p, law->p[1]);
    }
}

void rc_estimate_words(char *out, size_t n, const rc_estimate *e)
{
    if (n == 0)
        return;
    phrase p = {.out = out, .n = n};
    out[0] = '\0';
    if (!e->given)
        return;
    double largest = rc_law_quantile_upper(&e->law, 0.1);
    rc_figure_unit(p.unit, &p.factor, fabs(largest), e->dimension, e->unit,
                   e->calendar);
    say_law(&p, &e->law);
}
