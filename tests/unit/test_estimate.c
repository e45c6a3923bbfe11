/* Estimates, values and conditions: every form in every dimension, what is refused and
 * where the caret stands, and that no text whatever does harm. */
#include "scenario/estimate.h"
#include "scenario/faults.h"
#include "base/hash.h"
#include "suite.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct desk {
    rc_faults *faults;
    rc_reading reading;
    rc_position at;
} desk;

static desk desk_new(const char *text)
{
    desk d = {.faults = rc_faults_new()};
    uint32_t source = rc_faults_source(d.faults, "t.cfg", text, strlen(text), true);
    d.reading = (rc_reading){.arena = rc_arena_new(),
                             .faults = d.faults,
                             .low_p = 0.1,
                             .high_p = 0.9,
                             .widen = 1,
                             .name = "tasks.x.duration"};
    d.at = (rc_position){source, 1, 1, 1};
    ck_assert_ptr_nonnull(d.reading.arena);
    return d;
}

static void desk_free(desk *d)
{
    rc_arena_free(d->reading.arena);
    rc_faults_free(d->faults);
}

static rc_setting row_of(rc_dimension dimension)
{
    return (rc_setting){.key = "x", .dimension = dimension};
}

/* The law of a text that must be lawful; *d stays open for what it points to. */
static rc_estimate lawful(desk *d, rc_dimension dimension, const char *text)
{
    rc_setting row = row_of(dimension);
    rc_estimate e = {.index = 7};
    bool read = rc_estimate_parse(&e, &d->reading, &row, text, d->at);
    if (!read)
        rc_faults_print(d->faults, stderr, false);
    ck_assert_msg(read && e.given, "refused: %s", text);
    ck_assert_uint_eq(rc_faults_errors(d->faults), 0);
    ck_assert_uint_eq(e.index, 7);
    ck_assert_str_eq(e.text, text);
    return e;
}

static void near(double x, double want)
{
    ck_assert_double_eq_tol(x, want, 1e-9 * fabs(want) + 1e-15);
}

static void printed(char *out, size_t n, const rc_faults *faults)
{
    char *text = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&text, &size);
    ck_assert_ptr_nonnull(f);
    rc_faults_print(faults, f, false);
    fclose(f);
    snprintf(out, n, "%s", text);
    free(text);
}

/* ---------------------------------------------------------- forms and dimensions */

typedef struct dimension_row {
    rc_dimension dimension;
    const char *unit; /* stands for ~ */
    double times;     /* to base units */
    rc_law_kind range;
    double one; /* of bernoulli and of beta without ends; 0: refused here */
} dimension_row;

static const dimension_row dimension_rows[] = {
    {RC_NUMBER, "", 1, RC_LOGNORMAL, 1},
    {RC_COUNT, "", 1, RC_LOGNORMAL, 1},
    {RC_COUNT, "k", 1000, RC_LOGNORMAL, 0},
    {RC_TIME, " days", 1, RC_LOGNORMAL, 1},
    {RC_TIME, " weeks", 5, RC_LOGNORMAL, 0},
    {RC_TIME, " months", 21.75, RC_LOGNORMAL, 0},
    {RC_TIME, " hours", 1.0 / 8, RC_LOGNORMAL, 0},
    {RC_TIME, " minutes", 1.0 / 480, RC_LOGNORMAL, 0},
    {RC_TIME, " calendar days", 1, RC_LOGNORMAL, 1},
    {RC_EFFORT, " person-days", 1, RC_LOGNORMAL, 1},
    {RC_EFFORT, " person-weeks", 5, RC_LOGNORMAL, 0},
    {RC_SHARE, " %", 0.01, RC_BETA, 1},
    {RC_CHANGE, " %", 0.01, RC_NORMAL, 1},
    {RC_POINTS, " points", 0.01, RC_LOGNORMAL, 0},
    {RC_POINTS_PER_MONTH, " points/month", 0.01, RC_LOGNORMAL, 0},
    {RC_MONEY, " EUR", 1, RC_LOGNORMAL, 1},
    {RC_MONEY, "k USD", 1000, RC_LOGNORMAL, 0},
    {RC_MONEY_PER_DAY, " EUR/day", 1, RC_LOGNORMAL, 1},
    {RC_MONEY_PER_DAY, " EUR/hour", 8, RC_LOGNORMAL, 0},
    {RC_MONEY_PER_DAY, " EUR / month", 1 / 21.75, RC_LOGNORMAL, 0},
    {RC_MONEY_PER_HOUR, " EUR/hour", 1, RC_LOGNORMAL, 1},
    {RC_MONEY_PER_HOUR, " EUR/day", 1.0 / 24, RC_LOGNORMAL, 0},
    {RC_COUNT_PER_DAY, " /day", 1, RC_LOGNORMAL, 1},
    {RC_COUNT_PER_DAY, " /week", 1.0 / 5, RC_LOGNORMAL, 0},
    {RC_COUNT_PER_DAY, " /month", 1 / 21.75, RC_LOGNORMAL, 0},
    {RC_MONEY_PER_MONTH, " EUR/month", 1, RC_LOGNORMAL, 1},
    {RC_MONEY_PER_MONTH, " EUR/day", 30.4375, RC_LOGNORMAL, 0},
    {RC_MONEY_PER_MONTH, " EUR/year", 1.0 / 12, RC_LOGNORMAL, 0},
    {RC_COUNT_PER_MONTH, " /month", 1, RC_LOGNORMAL, 1},
    {RC_COUNT_PER_MONTH, "k /day", 30437.5, RC_LOGNORMAL, 0},
    {RC_CHANGE_PER_MONTH, " %/month", 0.01, RC_NORMAL, 1},
    {RC_COUNT_PER_YEAR, "", 1, RC_LOGNORMAL, 1},
    {RC_HOURS, "", 1, RC_LOGNORMAL, 1},
    {RC_HOURS, " hours", 1, RC_LOGNORMAL, 1},
    {RC_METRIC, " %", 0.01, RC_BETA, 1},
    {RC_METRIC, " ms", 1, RC_LOGNORMAL, 1},
    {RC_METRIC, " /day", 1, RC_LOGNORMAL, 1},
    {RC_METRIC, " points", 0.01, RC_LOGNORMAL, 0},
    {RC_MONTHS, " months", 1, RC_LOGNORMAL, 1},
    {RC_MONTHS, " weeks", 7 / 30.4375, RC_LOGNORMAL, 0},
    {RC_MONTHS, " days", 1 / 30.4375, RC_LOGNORMAL, 0},
    {RC_MONTHS, " calendar days", 1 / 30.4375, RC_LOGNORMAL, 0},
};

/* at and value: a percentile that follows from the text alone; NAN: the 10th and the
 * 90th are 3 and 12. range: the kind of a range in this dimension. A k
 * belongs to one number, so units with a k take only forms with ~ after each. */
typedef struct form_row {
    const char *text;
    rc_law_kind kind;
    double at, value;
    bool range, not_shares, once; /* once: not after each number */
} form_row;

static const form_row form_rows[] = {
    {"5~", RC_CONSTANT, 0.5, 5, 0, 0, 0},
    {"3 to 12~", RC_LOGNORMAL, NAN, 0, 1, 0, 1},
    {"3~ to 12~", RC_LOGNORMAL, NAN, 0, 1, 0, 0},
    {"80 % 3 to 12~", RC_LOGNORMAL, NAN, 0, 1, 0, 1},
    {"50 % 3 to 12~", RC_LOGNORMAL, 0.25, 3, 1, 0, 1},
    {"3 / 5 / 12~", RC_PERT, NAN, 0, 0, 0, 1},
    {"3~ / 5~ / 12~", RC_PERT, NAN, 0, 0, 0, 0},
    {"constant(5)~", RC_CONSTANT, 0.5, 5, 0, 0, 1},
    {"uniform(2, 13)~", RC_UNIFORM, 0.5, 7.5, 0, 0, 1},
    {"triangular(2, 5, 13)~", RC_TRIANGULAR, 3.0 / 11, 5, 0, 0, 1},
    {"pert(3, 7.5, 12)~", RC_PERT, 0.5, 7.5, 0, 0, 1},
    {"pert(mode=7.5, high=12, low=3)~", RC_PERT, 0.5, 7.5, 0, 0, 1},
    {"pert(3, 7.5, 12, lambda = 2)~", RC_PERT, 0.5, 7.5, 0, 0, 1},
    {"normal(50, 2)~", RC_NORMAL, 0.5, 50, 0, 0, 1},
    {"normal(p25=49, p75=51)~", RC_NORMAL, 0.5, 50, 0, 0, 1},
    {"lognormal(5, 0.1)~", RC_LOGNORMAL, 0.5, 5, 0, 0, 1},
    {"lognormal(median=5~, sigma=0.1)", RC_LOGNORMAL, 0.5, 5, 0, 0, 0},
    {"lognormal(p10=3, p90=12)~", RC_LOGNORMAL, NAN, 0, 0, 1, 1},
    {"exponential(1)~", RC_EXPONENTIAL, 0.5, 0.69314718055994531, 0, 0, 1},
    {"gamma(1, 1)~", RC_GAMMA, 0.5, 0.69314718055994531, 0, 0, 1},
    {"gamma(p10=3, p90=12)~", RC_GAMMA, NAN, 0, 0, 0, 1},
    {"weibull(1, 1)~", RC_WEIBULL, 0.5, 0.69314718055994531, 0, 0, 1},
    {"weibull(p10=3, p90=12)~", RC_WEIBULL, NAN, 0, 0, 0, 1},
    {"beta(2, 2, 3, 12)~", RC_BETA, 0.5, 7.5, 0, 0, 1},
    {"triangular(p10=3, mode=5, p90=12)~", RC_TRIANGULAR, NAN, 0, 0, 0, 1},
    {"discrete(1: 50 %, 2: 25 %, 4: 25 %)~", RC_DISCRETE, 0.6, 2, 0, 0, 1},
    {"metalog(p10=3, p50=5, p90=12, low=0, high=40)~", RC_METALOG, NAN, 0, 0, 0, 1},
    {"mix(50 %: 2 to 4~, 50 %: 50~)", RC_MIXTURE, 0.75, 50, 0, 0, 0},
    {"mix(50 %: uniform(2, 3), 50 %: 50)~", RC_MIXTURE, 0.75, 50, 0, 0, 1},
};

static void with_unit(char *out, size_t n, const char *form, const char *unit)
{
    size_t k = 0;
    for (; *form && k + 1 < n; form++)
        if (*form == '~')
            k += (size_t)snprintf(out + k, n - k, "%s", unit);
        else
            out[k++] = *form;
    out[k] = '\0';
}

START_TEST(every_form_reads_in_every_dimension)
{
    for (size_t i = 0; i < sizeof dimension_rows / sizeof *dimension_rows; i++)
        for (size_t j = 0; j < sizeof form_rows / sizeof *form_rows; j++) {
            const dimension_row *d = &dimension_rows[i];
            const form_row *f = &form_rows[j];
            bool share = d->range == RC_BETA;
            if ((f->not_shares && share) || (f->once && d->unit[0] == 'k'))
                continue;
            char text[160];
            with_unit(text, sizeof text, f->text, d->unit);
            desk k = desk_new(text);
            rc_estimate e = lawful(&k, d->dimension, text);
            ck_assert_msg(e.law.kind == (f->range ? d->range : f->kind), "%s: %s", text,
                          rc_law_name(e.law.kind));
            if (isnan(f->at)) {
                near(rc_law_quantile(&e.law, 0.1), 3 * d->times);
                near(rc_law_quantile(&e.law, 0.9), 12 * d->times);
            } else {
                near(rc_law_quantile(&e.law, f->at), f->value * d->times);
            }
            ck_assert(e.calendar == (d->dimension == RC_TIME &&
                                     strcmp(d->unit, " calendar days") == 0));
            desk_free(&k);
        }
}
END_TEST

START_TEST(bernoulli_and_beta_are_parts_of_one_unit)
{
    for (size_t i = 0; i < sizeof dimension_rows / sizeof *dimension_rows; i++) {
        const dimension_row *d = &dimension_rows[i];
        if (d->unit[0] == 'k')
            continue;
        char text[64];
        with_unit(text, sizeof text, "bernoulli(30 %)~", d->unit);
        desk k = desk_new(text);
        rc_setting row = row_of(d->dimension);
        rc_estimate e = {0};
        bool read = rc_estimate_parse(&e, &k.reading, &row, text, k.at);
        ck_assert_msg(read == (d->one > 0), "%s", text);
        if (read)
            near(rc_law_mean(&e.law), 0.3);
        desk_free(&k);
        with_unit(text, sizeof text, "beta(2, 2)~", d->unit);
        k = desk_new(text);
        e = lawful(&k, d->dimension, text);
        near(rc_law_quantile(&e.law, 0.5), 0.5 * (d->one > 0 ? 1 : d->times));
        desk_free(&k);
    }
}
END_TEST

START_TEST(numbers_have_suffixes_and_are_correctly_rounded)
{
    static const struct {
        const char *text;
        double want;
    } rows[] = {{"12k", 12e3},      {"1.2M", 1.2e6}, {"3bn", 3e9}, {"0.21", 0.21},
                {"1.0", 1},         {"-3.5", -3.5},  {"+2", 2},    {"0", 0},
                {"0.1k", 0.1e3},    {"12 k", 12e3},  {"100", 100}, {"1e", 0},
                {"19.99M", 19.99e6}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk d = desk_new(rows[i].text);
        rc_setting row = row_of(RC_NUMBER);
        double x = -1;
        bool read = rc_value_parse(&x, &d.reading, &row, rows[i].text, d.at);
        ck_assert_msg(read == (strcmp(rows[i].text, "1e") != 0), "%s", rows[i].text);
        if (read)
            ck_assert_msg(x == rows[i].want, "%s: %.17g", rows[i].text, x);
        desk_free(&d);
    }
}
END_TEST

/* ------------------------------------------------------------------ what laws do */

START_TEST(a_range_that_is_not_positive_is_normal_where_that_is_lawful)
{
    desk d = desk_new("");
    rc_estimate e = lawful(&d, RC_POINTS, "-1 to 3 points");
    ck_assert_int_eq(e.law.kind, RC_NORMAL);
    near(rc_law_quantile(&e.law, 0.5), 0.01);
    e = lawful(&d, RC_CHANGE, "10 to 35 %");
    ck_assert_int_eq(e.law.kind, RC_NORMAL);
    desk_free(&d);
}
END_TEST

START_TEST(a_pert_that_would_reach_below_zero_begins_there_and_says_so)
{
    desk d = desk_new("");
    rc_estimate e = lawful(&d, RC_TIME, "1 / 3 / 8 days");
    ck_assert_int_eq(e.law.kind, RC_PERT);
    ck_assert(e.law.p[0] == 0);
    near(rc_law_quantile(&e.law, 0.1), 1);
    near(rc_law_quantile(&e.law, 0.9), 8);
    ck_assert(e.law.p[1] < 3);
    ck_assert_uint_eq(d.reading.assumed_n, 1);
    ck_assert_ptr_nonnull(strstr(d.reading.assumed[0], "tasks.x.duration"));
    ck_assert_ptr_nonnull(strstr(d.reading.assumed[0], "1 / 3 / 8 days"));
    e = lawful(&d, RC_TIME, "1 / 2 / 40 days"); /* wider than any pert from zero */
    ck_assert_int_eq(e.law.kind, RC_GAMMA);
    near(rc_law_quantile(&e.law, 0.1), 1);
    near(rc_law_quantile(&e.law, 0.9), 40);
    e = lawful(&d, RC_SHARE, "60 / 97 / 99 %");
    ck_assert(rc_law_quantile_upper(&e.law, 1e-10) <= 1);
    near(rc_law_quantile(&e.law, 0.1), 0.6);
    near(rc_law_quantile(&e.law, 0.9), 0.99);
    desk_free(&d);
}
END_TEST

START_TEST(time_that_rarely_goes_below_zero_is_cut_there)
{
    desk d = desk_new("");
    rc_estimate e = lawful(&d, RC_TIME, "normal(10, 3) days");
    ck_assert(e.law.floor_at == 0);
    ck_assert_uint_eq(d.reading.assumed_n, 1);
    ck_assert_ptr_nonnull(strstr(d.reading.assumed[0], "0.0429 %"));
    e = lawful(&d, RC_TIME, "normal(100, 3) days"); /* never */
    ck_assert(e.law.floor_at == -INFINITY);
    ck_assert_uint_eq(d.reading.assumed_n, 1);
    desk_free(&d);
}
END_TEST

/* A thousandth lies 3.0902 standard deviations below the mean. */
START_TEST(below_zero_more_often_than_in_a_thousandth_is_refused)
{
    static const struct {
        rc_dimension dimension;
        const char *cut, *refused;
    } rows[] = {{RC_TIME, "normal(10, 3.23) days", "normal(10, 3.24) days"},
                {RC_MONEY, "normal(10, 3.23) EUR", "normal(10, 3.24) EUR"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk d = desk_new("");
        rc_estimate e = lawful(&d, rows[i].dimension, rows[i].cut);
        ck_assert(e.law.floor_at == 0);
        ck_assert_uint_eq(d.reading.assumed_n, 1);
        const rc_setting row = row_of(rows[i].dimension);
        ck_assert(!rc_estimate_parse(&e, &d.reading, &row, rows[i].refused, d.at));
        ck_assert_uint_eq(rc_faults_errors(d.faults), 1);
        desk_free(&d);
    }
}
END_TEST

START_TEST(ranges_follow_the_setting_of_the_simulation)
{
    desk d = desk_new("");
    d.reading.low_p = 0.05, d.reading.high_p = 0.95;
    rc_estimate e = lawful(&d, RC_TIME, "3 to 12 days");
    near(rc_law_quantile(&e.law, 0.05), 3);
    e = lawful(&d, RC_TIME, "3 / 5 / 12 days");
    near(rc_law_quantile(&e.law, 0.95), 12);
    d.reading.min_max = true;
    e = lawful(&d, RC_TIME, "0 to 12 days");
    ck_assert_int_eq(e.law.kind, RC_UNIFORM);
    near(rc_law_quantile(&e.law, 0.25), 3);
    e = lawful(&d, RC_TIME, "3 / 5 / 12 days");
    ck_assert_int_eq(e.law.kind, RC_PERT);
    near(e.law.p[0], 3);
    near(e.law.p[3], 4);
    e = lawful(&d, RC_TIME, "80 % 3 to 12 days"); /* says itself what its ends are */
    near(rc_law_quantile(&e.law, 0.1), 3);
    desk_free(&d);
}
END_TEST

START_TEST(widening_stretches_about_the_median)
{
    static const struct {
        rc_dimension dimension;
        const char *text;
        bool exact; /* the median stays where it was */
    } rows[] = {
        {RC_TIME, "3 to 12 days", true},     {RC_SHARE, "75 to 92 %", false},
        {RC_CHANGE, "-12 to 15 %", true},    {RC_POINTS, "-1 to 3 points", true},
        {RC_TIME, "3 / 5 / 12 days", false}, {RC_SHARE, "5 / 10 / 25 %", false},
        {RC_TIME, "1 / 3 / 8 days", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk d = desk_new("");
        rc_estimate a = lawful(&d, rows[i].dimension, rows[i].text);
        d.reading.widen = 1.4;
        rc_estimate b = lawful(&d, rows[i].dimension, rows[i].text);
        double p10[2] = {rc_law_quantile(&a.law, 0.1), rc_law_quantile(&b.law, 0.1)};
        double p90[2] = {rc_law_quantile(&a.law, 0.9), rc_law_quantile(&b.law, 0.9)};
        ck_assert_msg(p10[1] < p10[0] && p90[1] > p90[0], "%s", rows[i].text);
        if (rows[i].exact)
            near(rc_median(&b), rc_median(&a));
        if (a.law.kind == RC_LOGNORMAL)
            near(b.law.p[1], 1.4 * a.law.p[1]);
        if (a.law.kind == RC_NORMAL)
            near(b.law.p[1], 1.4 * a.law.p[1]);
        double m = rc_median(&a);
        if (rows[i].dimension == RC_SHARE) /* in logits: 1.4 times as far */
            near(log(p90[1] / (1 - p90[1])) - log(m / (1 - m)),
                 1.4 * (log(p90[0] / (1 - p90[0])) - log(m / (1 - m))));
        rc_estimate c = lawful(&d, RC_TIME, "pert(3, 5, 12) days"); /* not a range */
        near(c.law.p[2], 12);
        desk_free(&d);
    }
}
END_TEST

START_TEST(the_first_money_sets_the_currency)
{
    desk d = desk_new("5 USD");
    lawful(&d, RC_MONEY, "50k to 75k EUR");
    ck_assert_str_eq(d.reading.currency, "EUR");
    ck_assert_uint_eq(d.reading.currency_at.column, 12);
    lawful(&d, RC_MONEY_PER_DAY, "780 EUR/day");
    rc_setting row = row_of(RC_MONEY);
    double x;
    d.reading.fallback = true; /* a default is not compared */
    ck_assert(rc_value_parse(&x, &d.reading, &row, "5 USD", d.at));
    d.reading.fallback = false;
    ck_assert(!rc_value_parse(&x, &d.reading, &row, "5 USD", d.at));
    char text[500];
    printed(text, sizeof text, d.faults);
    ck_assert_ptr_nonnull(strstr(text, "t.cfg:1:3: error: two currencies"));
    desk_free(&d);
}
END_TEST

START_TEST(limits_of_a_row_are_kept)
{
    rc_setting row = {.key = "votes", .dimension = RC_COUNT, .low = 1, .high = 50};
    static const struct {
        const char *text;
        bool lawful;
    } rows[] = {{"1", true},
                {"50", true},
                {"51", false},
                {"0.5", false},
                {"2 to 49", true},
                {"2 to 60", false},
                {"uniform(1, 50)", true},
                {"uniform(1, 51)", false},
                {"beta(2, 2, 0, 50)", false},
                {"discrete(1: 50 %, 60: 50 %)", false},
                {"lognormal(5, 2)", true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk d = desk_new(rows[i].text);
        rc_estimate e = {0};
        ck_assert_msg(rc_estimate_parse(&e, &d.reading, &row, rows[i].text, d.at) ==
                          rows[i].lawful,
                      "%s", rows[i].text);
        desk_free(&d);
    }
}
END_TEST

/* ------------------------------------------------------------------------ faults */

START_TEST(faults_say_what_was_expected_and_where)
{
    static const struct {
        rc_dimension dimension;
        const char *text;
        unsigned column, length;
        const char *says, *hint;
    } rows[] = {
        {RC_SHARE, "45 days", 4, 4, "expected a percentage, found time", "55 %"},
        {RC_TIME, "45 %", 4, 1, "expected time, found a percentage", ""},
        {RC_TIME, "5", 1, 1, "expected time, found a plain number", "days"},
        {RC_EFFORT, "5 days", 3, 4, "expected person-days, found time", "duration"},
        {RC_TIME, "5 person-days", 3, 11, "expected time, found person-days", ""},
        {RC_POINTS, "3 %", 3, 1, "expected points, found a percentage", "write points"},
        {RC_SHARE, "3 points", 3, 6, "expected a percentage, found points", ""},
        {RC_SHARE, "120 %", 1, 3, "a share over 100 %", ""},
        {RC_SHARE, "50 to 120 %", 7, 3, "a share over 100 %", ""},
        {RC_SHARE, "0 to 10 %", 1, 7, "cannot end at 0 %", "write 1 %"},
        {RC_SHARE, "10 to 100 %", 1, 9, "cannot end at 100 %", "write 99 %"},
        {RC_MONEY, "5 days", 3, 4, "expected money, found time", "EUR"},
        {RC_MONEY, "5 EUR/day", 3, 7, "expected money, found money per time", ""},
        {RC_MONEY, "5 euro", 3, 4, "unknown unit 'euro'", "write EUR"},
        {RC_MONEY_PER_DAY, "5 EUR", 3, 3, "expected money per day, found money", ""},
        {RC_MONEY_PER_MONTH, "5 EUR", 3, 3, "expected money per month, found money",
         "90k EUR/month"},
        {RC_COUNT_PER_MONTH, "5", 1, 1, "expected a rate per month", "1.2M /month"},
        {RC_CHANGE_PER_MONTH, "5 %", 3, 1,
         "expected a percentage per month, found a percentage", "0 to 4 %/month"},
        {RC_CHANGE_PER_MONTH, "5 %/year", 3, 6, "expected a percentage per month",
         "0 to 4 %/month"},
        {RC_MONEY, "1,000 EUR", 1, 5, "1,000", "write 1k EUR"},
        {RC_MONEY, "2.000.000 EUR", 1, 9, "2.000.000", "write 2M EUR"},
        {RC_MONEY, "2,150,000 EUR", 1, 9, "2,150,000", "write 2.15M EUR"},
        {RC_COUNT, "12'500", 1, 6, "12'500", "write 12.5k"},
        {RC_COUNT, "1 200 000 000", 1, 13, "1 200 000 000", "write 1.2bn"},
        {RC_MONEY, "3,5 EUR", 1, 3, "3,5", "3.5"},
        {RC_MONEY, "5m EUR", 2, 1, "minutes, months or millions",
         "write months, minutes or M"},
        {RC_TIME, "5 m", 3, 1, "minutes, months or millions", ""},
        {RC_METRIC, "5 m", 3, 1, "minutes, months or millions", ""},
        {RC_TIME, "5 dyas", 3, 4, "unknown unit 'dyas'", "did you mean 'days'?"},
        {RC_TIME, "5 working days", 3, 12, "unknown unit", "they are working days"},
        {RC_TIME, "lognorml(3, 0.5) days", 1, 8, "unknown law 'lognorml'",
         "did you mean 'lognormal('?"},
        {RC_TIME, "about 5 days", 1, 5, "found 'about'", ""},
        {RC_TIME, "3-12 days", 2, 1, "expected 'to'", "3 to 12 days"},
        {RC_TIME, "3 / 12 days", 1, 6, "best / likely / worst", "low to high"},
        {RC_TIME, "12 to 3 days", 1, 7, "out of order", "write the smallest first"},
        {RC_TIME, "5 / 3 / 12 days", 1, 10, "best over likely over worst out of order",
         "write the smallest first"},
        {RC_TIME, "5 to 5 days", 1, 6, "the same", "one number"},
        {RC_TIME, "3 days to 12", 1, 12, "unit after the last number", ""},
        {RC_TIME, "0 to 10 days", 1, 12, "below 0 days with a chance of 10 %", ""},
        {RC_TIME, "normal(10, 5) days", 1, 18, "with a chance of 2.28 %", ""},
        {RC_TIME, "-3 days", 1, 7, "at least 0 days", ""},
        {RC_SHARE, "normal(50, 20) %", 1, 16, "below 0 %", "beta"},
        {RC_TIME, "2 days to 3 calendar days", 13, 13, "expected working days", ""},
        {RC_TIME, "history(sprints)", 1, 7, "history(...) is not read by this version",
         ""},
        {RC_TIME, "lognormal(3) days", 1, 9, "needs its parameter 'sigma'", ""},
        {RC_TIME, "lognormal(3, 4, 5) days", 17, 1, "at most 2 parameters", ""},
        {RC_TIME, "lognormal(p10=3, sigma=2) days", 18, 5, "not both", ""},
        {RC_TIME, "pert(3, 5, 12 days", 5, 1, "never closed", ""},
        {RC_TIME, "mix(70 %: 2 days, 20 %: 9 days)", 1, 3, "90 %", "100 %"},
        {RC_TIME, "poisson(3) weeks", 1, 7, "poisson counts", ""},
        {RC_TIME, "bernoulli(0.5) weeks", 1, 9, "0 or 1", "discrete"},
        {RC_TIME, "beta(2, 5, low=3) days", 1, 4, "both low and high", ""},
        {RC_TIME, "pert(low=3, 5, 12) days", 13, 1, "expected a name", ""},
        {RC_TIME, "pert(3, low=5, mode=4, high=9) days", 13, 1, "'low' is given twice",
         ""},
        {RC_TIME, "pert(3, mod=5, 9) days", 9, 3, "no parameter 'mod'", "'mode'"},
        {RC_TIME, "gamma(p10=3, p10=9) days", 14, 3, "given twice", ""},
        {RC_TIME, "gamma(p10=3) days", 1, 5, "gamma takes two of", ""},
        {RC_TIME, "pert(high=12, mode=5 days, low=3)", 11, 22, "after the last", ""},
        {RC_NUMBER, "", 1, 1, "found nothing", ""},
        {RC_NUMBER, ".5", 1, 1, "digit before the point", "0.5"},
        {RC_NUMBER, "5.", 1, 2, "digits after the point", ""},
        {RC_NUMBER, "007", 1, 3, "leading zeros", ""},
        {RC_COUNT, "5 \xC2\xB5s", 3, 2, "expected a plain count", ""},
        {RC_TIME, "\xE2\x88\x92 5 days", 1, 0, "expected a number",
         "write - for minus"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk d = desk_new(rows[i].text);
        rc_setting row = row_of(rows[i].dimension);
        rc_estimate e = {0};
        ck_assert_msg(!rc_estimate_parse(&e, &d.reading, &row, rows[i].text, d.at),
                      "accepted: %s", rows[i].text);
        ck_assert(!e.given);
        ck_assert_uint_eq(rc_faults_errors(d.faults), 1);
        char text[1000], place[40], carets[40];
        printed(text, sizeof text, d.faults);
        snprintf(place, sizeof place, "t.cfg:1:%u: error: ", rows[i].column);
        ck_assert_msg(strstr(text, place) && strstr(text, rows[i].says) &&
                          strstr(text, rows[i].hint),
                      "%s", text);
        snprintf(carets, sizeof carets, "%.*s", (int)rows[i].length,
                 "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^");
        char *found = strchr(text, '^');
        ck_assert_msg(rows[i].length == 0 ||
                          (found && strspn(found, "^") == rows[i].length),
                      "%s", text);
        desk_free(&d);
    }
}
END_TEST

START_TEST(a_text_too_long_or_too_deep_is_refused)
{
    size_t n = 70000;
    char *text = malloc(n + 1);
    ck_assert_ptr_nonnull(text);
    memset(text, '1', n);
    text[n] = '\0';
    desk d = desk_new("");
    rc_setting row = row_of(RC_NUMBER);
    rc_estimate e = {0};
    ck_assert(!rc_estimate_parse(&e, &d.reading, &row, text, d.at));
    text[60000] = '\0';
    ck_assert(!rc_estimate_parse(&e, &d.reading, &row, text, d.at));
    size_t k = 0;
    for (int i = 0; i < 5000; i++)
        k += (size_t)sprintf(text + k, "mix(1 %%:");
    ck_assert(!rc_estimate_parse(&e, &d.reading, &row, text, d.at));
    k = (size_t)sprintf(text, "discrete(");
    for (int i = 0; i < 65; i++)
        k += (size_t)sprintf(text + k, "%d: 1 %%, ", i);
    sprintf(text + k, "99: 35 %%)");
    ck_assert(!rc_estimate_parse(&e, &d.reading, &row, text, d.at));
    ck_assert_uint_eq(rc_faults_errors(d.faults), 4);
    free(text);
    desk_free(&d);
}
END_TEST

/* ---------------------------------------------------------- values and conditions */

START_TEST(a_value_is_one_number_with_its_unit)
{
    desk d = desk_new("");
    rc_setting metric = row_of(RC_METRIC), share = row_of(RC_SHARE);
    double x;
    const char *unit;
    ck_assert(rc_value_unit_parse(&x, &unit, &d.reading, &metric, "24 ms", d.at));
    ck_assert(x == 24);
    ck_assert_str_eq(unit, "ms");
    ck_assert(rc_value_unit_parse(&x, &unit, &d.reading, &metric, "82 %", d.at));
    ck_assert(x == 0.82);
    ck_assert_str_eq(unit, "%");
    ck_assert(rc_value_unit_parse(&x, &unit, &d.reading, &metric, "5", d.at));
    ck_assert_ptr_null(unit);
    static const char *const wrong[] = {"1 to 2 %", "1 / 2 / 3 %", "beta(2, 3)",
                                        "5 % 6",    "101 %",       "5"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(!rc_value_parse(&x, &d.reading, &share, wrong[i], d.at), "%s",
                      wrong[i]);
        ck_assert_uint_eq(rc_faults_errors(d.faults), i + 1);
    }
    desk_free(&d);
}
END_TEST

static const rc_setting measured_by_gates = {.key = "needs", .may_be_sure = true};

START_TEST(a_condition_may_ask_for_confidence_where_something_is_measured)
{
    static const rc_setting nothing_measured = {.key = "or_when"};
    rc_condition c;
    desk d = desk_new("");
    ck_assert(rc_condition_parse(&c, &d.reading, &measured_by_gates,
                                 "sensitivity >= 90 %, 95 % sure", d.at));
    ck_assert_str_eq(c.metric, "sensitivity");
    ck_assert(c.sure == 0.95 && c.value == 0.9 && c.op == RC_AT_LEAST);
    ck_assert(rc_condition_parse(&c, &d.reading, &measured_by_gates,
                                 "target , 97.5% sure ", d.at));
    ck_assert(c.sure == 0.975 && c.op == RC_ANY);
    ck_assert(rc_condition_parse(&c, &d.reading, &measured_by_gates, "a > 3 ms", d.at));
    ck_assert(c.sure == 0);
    desk_free(&d);
    static const char *const wrong[] = {"a > 1 %, 50 % sure",   "a > 1 %, 100 % sure",
                                        "a > 1 %, sure",        "a > 1 %, 95 sure",
                                        "a > 1 %, 95 % surely", "fairness, 95 % sure",
                                        "a > 1 %, 95 % sure 2"};
    for (size_t i = 0; i <= sizeof wrong / sizeof *wrong; i++) {
        const bool row = i < sizeof wrong / sizeof *wrong;
        const char *text = row ? wrong[i] : "a > 1 %, 95 % sure";
        d = desk_new(text);
        ck_assert_msg(!rc_condition_parse(&c, &d.reading,
                                          row ? &measured_by_gates : &nothing_measured,
                                          text, d.at),
                      "%s", text);
        ck_assert_uint_eq(rc_faults_errors(d.faults), 1);
        desk_free(&d);
    }
}
END_TEST

START_TEST(an_effect_is_a_metric_and_how_it_changes)
{
    static const struct {
        const char *text, *metric;
        bool relative;
        double p10, p90;
        const char *unit;
    } rows[] = {{"latency_p99 +10 to 30 %", "latency_p99", true, 0.1, 0.3, ""},
                {"latency_p99 +10 to +30 %", "latency_p99", true, 0.1, 0.3, ""},
                {"faithfulness -1 to 2 points", "faithfulness", false, -0.01, 0.02, ""},
                {"latency 5 to 8 ms", "latency", false, 5, 8, "ms"},
                {" recall  -20 to -5 %", "recall", true, -0.2, -0.05, ""}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk d = desk_new("");
        rc_effect e;
        ck_assert_msg(rc_effect_parse(&e, &d.reading, rows[i].text, d.at), "%s",
                      rows[i].text);
        ck_assert_str_eq(e.metric, rows[i].metric);
        ck_assert(e.relative == rows[i].relative);
        near(rc_law_quantile(&e.change.law, 0.1), rows[i].p10);
        near(rc_law_quantile(&e.change.law, 0.9), rows[i].p90);
        ck_assert_str_eq(e.change.unit ? e.change.unit : "", rows[i].unit);
        desk_free(&d);
    }
    static const char *const wrong[] = {"", "latency", "+10 %", "latency up",
                                        "latency 3 to 2 %"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        desk d = desk_new(wrong[i]);
        rc_effect e;
        ck_assert_msg(!rc_effect_parse(&e, &d.reading, wrong[i], d.at), "%s", wrong[i]);
        ck_assert_uint_eq(rc_faults_errors(d.faults), 1);
        desk_free(&d);
    }
}
END_TEST

START_TEST(a_condition_is_a_metric_a_sign_and_a_value)
{
    static const struct {
        const char *text, *metric;
        int op;
        double value;
        const char *unit;
    } rows[] = {{"recall < 80.5 %", "recall", RC_BELOW, 0.805, "%"},
                {"latency_p99 <= 40 ms", "latency_p99", RC_AT_MOST, 40, "ms"},
                {"alerts<=1200 /day", "alerts", RC_AT_MOST, 1200, "/day"},
                {"auc > 0.8", "auc", RC_ABOVE, 0.8, NULL},
                {"recall \xE2\x89\xA5 82 %", "recall", RC_AT_LEAST, 0.82, "%"},
                {"target", "target", RC_ANY, 0, NULL},
                {" fairness ", "fairness", RC_ANY, 0, NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk d = desk_new("");
        rc_condition c;
        ck_assert_msg(
            rc_condition_parse(&c, &d.reading, &measured_by_gates, rows[i].text, d.at),
            "%s", rows[i].text);
        ck_assert_str_eq(c.metric, rows[i].metric);
        ck_assert_int_eq((int)c.op, rows[i].op);
        ck_assert(c.value == rows[i].value);
        ck_assert_str_eq(c.unit ? c.unit : "", rows[i].unit ? rows[i].unit : "");
        desk_free(&d);
    }
    static const char *const wrong[] = {"",       "recall",      "recall == 3",
                                        "< 3",    "recall <",    "recall < 3 to 4 %",
                                        "a =< 3", "recall << 3", "recall < 120 %"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        desk d = desk_new(wrong[i]);
        rc_condition c;
        ck_assert_msg(
            !rc_condition_parse(&c, &d.reading, &measured_by_gates, wrong[i], d.at),
            "%s", wrong[i]);
        ck_assert_uint_eq(rc_faults_errors(d.faults), 1);
        desk_free(&d);
    }
}
END_TEST

/* ------------------------------------------------------------------------- words */

START_TEST(an_estimate_is_echoed_in_words)
{
    static const struct {
        rc_dimension dimension;
        const char *text, *words;
    } rows[] = {
        {RC_TIME, "5 days", "exactly 5 days"},
        {RC_TIME, "1 days", "exactly 1 day"},
        {RC_TIME, "20 minutes", "exactly 20 minutes"},
        {RC_TIME, "3 to 12 days", "1 in 10 below 3 days, 1 in 10 above 12 days"},
        {RC_TIME, "3 / 5 / 12 days",
         "1 in 10 below 3 days, 1 in 10 above 12 days, most likely 5 days"},
        {RC_TIME, "2 to 3 weeks", "1 in 10 below 10 days, 1 in 10 above 15 days"},
        {RC_TIME, "10 to 21 calendar days",
         "1 in 10 below 10 calendar days, 1 in 10 above 21 calendar days"},
        {RC_SHARE, "75 to 92 %", "1 in 10 below 75 %, 1 in 10 above 92 %"},
        {RC_SHARE, "bernoulli(45 %)", "45 % chance"},
        {RC_POINTS, "0.6 to 1.8 points",
         "1 in 10 below 0.6 points, 1 in 10 above 1.8 points"},
        {RC_MONEY, "50k to 75k EUR", "1 in 10 below 50k EUR, 1 in 10 above 75k EUR"},
        {RC_MONEY_PER_DAY, "780 EUR/day", "exactly 780 EUR/day"},
        {RC_MONEY_PER_MONTH, "90k EUR/month", "exactly 90k EUR/month"},
        {RC_COUNT_PER_MONTH, "1.2M /month", "exactly 1.2M /month"},
        {RC_CHANGE_PER_MONTH, "0 to 4 %/month",
         "1 in 10 below 0 %/month, 1 in 10 above 4 %/month"},
        {RC_MONEY, "1234567 EUR", "exactly 1.23M EUR"},
        {RC_METRIC, "24 to 38 ms", "1 in 10 below 24 ms, 1 in 10 above 38 ms"},
        {RC_METRIC, "82 %", "exactly 82 %"},
        {RC_COUNT, "discrete(1: 50 %, 2: 25 %, 4: 25 %)",
         "1 with a chance of 50 %, 2 in 25 %, 4 in 25 %"},
        {RC_TIME, "mix(70 %: 2 to 4 days, 30 %: 9 days)",
         "in 70 %: 1 in 10 below 2 days, 1 in 10 above 4 days; in 30 %: exactly 9 "
         "days"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk d = desk_new("");
        rc_estimate e = lawful(&d, rows[i].dimension, rows[i].text);
        char words[200], few[9];
        rc_estimate_words(words, sizeof words, &e);
        ck_assert_str_eq(words, rows[i].words);
        rc_estimate_words(few, sizeof few, &e);
        ck_assert_int_eq(strncmp(few, words, 8), 0);
        desk_free(&d);
    }
}
END_TEST

/* --------------------------------------------------------------- the reference */

static bool reads_somewhere(const char *text)
{
    bool read = false;
    for (int i = RC_NUMBER; i <= RC_MONTHS && !read; i++) {
        desk d = desk_new(text);
        rc_setting row = row_of((rc_dimension)i);
        rc_estimate e = {0};
        read = rc_estimate_parse(&e, &d.reading, &row, text, d.at);
        desk_free(&d);
    }
    return read;
}

START_TEST(every_example_in_the_tables_of_the_language_reference_reads)
{
    FILE *f = fopen("scenarios/README.md", "r");
    if (!f) {
        puts("skipped: scenarios/README.md is not here");
        return;
    }
    char line[512];
    bool estimates = false;
    unsigned examples = 0;
    while (fgets(line, sizeof line, f)) {
        if (strncmp(line, "## ", 3) == 0)
            estimates = strcmp(line, "## Estimates\n") == 0;
        if (!estimates || line[0] != '|')
            continue;
        bool code = false;
        for (char *part = strtok(line, "`"); part;
             part = strtok(NULL, "`"), code = !code) {
            size_t n = strlen(part);
            bool quoted = n > 2 && part[0] == '"' && part[n - 1] == '"';
            if (!code || !strpbrk(part, "0123456789") || !(quoted || strchr(part, '(')))
                continue;
            if (quoted)
                part[n - 1] = '\0', part++;
            ck_assert_msg(reads_somewhere(part), "%s", part);
            examples++;
        }
    }
    fclose(f);
    ck_assert_uint_gt(examples, 35);
}
END_TEST

/* --------------------------------------------------------------------- mutations */

static uint32_t dice(uint64_t *state, uint32_t sides)
{
    *state += 0x9E3779B97F4A7C15u;
    return (uint32_t)(rc_mix64(*state) % sides);
}

static void mutate(char *text, size_t room, uint64_t *state)
{
    static const char odd[] = "0123456789 .,:()/%=-+kMmbntoday\xE2\x82\xAC<>\t\"'e";
    for (uint32_t left = 1 + dice(state, 3); left; left--) {
        size_t n = strlen(text);
        size_t at = dice(state, (uint32_t)n + 1);
        switch (dice(state, 4)) {
        case 0: /* take one away */
            if (at < n)
                memmove(text + at, text + at + 1, n - at);
            break;
        case 1: /* put one in */
            if (n + 2 < room) {
                memmove(text + at + 1, text + at, n - at + 1);
                text[at] = odd[dice(state, sizeof odd - 1)];
            }
            break;
        case 2: /* change one */
            if (at < n)
                text[at] = odd[dice(state, sizeof odd - 1)];
            break;
        default: /* repeat the end */
            if (2 * n - at + 1 < room)
                memmove(text + n, text + at, n - at), text[2 * n - at] = '\0';
            break;
        }
    }
}

START_TEST(mutated_texts_never_crash_and_what_is_accepted_is_finite)
{
    enum { ROUNDS = 100000 };
    const size_t dimensions = sizeof dimension_rows / sizeof *dimension_rows;
    const size_t forms = sizeof form_rows / sizeof *form_rows;
    uint64_t state = 20260202;
    uint32_t accepted = 0;
    desk d = desk_new("");
    for (uint32_t i = 0; i < ROUNDS; i++) {
        if (i % 1000 == 999) {
            desk_free(&d);
            d = desk_new("");
        }
        const dimension_row *dimension = &dimension_rows[dice(&state, dimensions)];
        char text[256];
        with_unit(text, 200, form_rows[dice(&state, forms)].text, dimension->unit);
        mutate(text, sizeof text, &state);
        rc_setting row = row_of(dimension->dimension);
        rc_estimate e = {0};
        uint32_t before = rc_faults_errors(d.faults);
        d.reading.currency = NULL;
        d.reading.widen = i % 3 ? 1 : 1.4;
        bool read = rc_estimate_parse(&e, &d.reading, &row, text, d.at);
        ck_assert_msg(read || rc_faults_errors(d.faults) > before, "silent: %s", text);
        rc_condition c;
        rc_condition_parse(&c, &d.reading, &measured_by_gates, text, d.at);
        if (!read)
            continue;
        accepted++;
        double x[3] = {rc_law_quantile(&e.law, 1e-9), rc_law_quantile(&e.law, 0.5),
                       rc_law_quantile_upper(&e.law, 1e-9)};
        ck_assert_msg(isfinite(x[0]) && isfinite(x[1]) && isfinite(x[2]) &&
                          x[0] <= x[1] && x[1] <= x[2],
                      "%s: %g %g %g", text, x[0], x[1], x[2]);
        char words[300];
        rc_estimate_words(words, sizeof words, &e);
        ck_assert_msg(words[0], "%s", text);
    }
    desk_free(&d);
    ck_assert_uint_gt(accepted, ROUNDS / 25); /* the test reaches the laws */
    ck_assert_uint_lt(accepted, ROUNDS / 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("estimate");
    TCase *reads = tcase_create("reads");
    tcase_add_test(reads, every_form_reads_in_every_dimension);
    tcase_add_test(reads, bernoulli_and_beta_are_parts_of_one_unit);
    tcase_add_test(reads, numbers_have_suffixes_and_are_correctly_rounded);
    tcase_add_test(reads, a_range_that_is_not_positive_is_normal_where_that_is_lawful);
    tcase_add_test(reads, a_pert_that_would_reach_below_zero_begins_there_and_says_so);
    tcase_add_test(reads, time_that_rarely_goes_below_zero_is_cut_there);
    tcase_add_test(reads, below_zero_more_often_than_in_a_thousandth_is_refused);
    tcase_add_test(reads, ranges_follow_the_setting_of_the_simulation);
    tcase_add_test(reads, widening_stretches_about_the_median);
    tcase_add_test(reads, the_first_money_sets_the_currency);
    tcase_add_test(reads, a_value_is_one_number_with_its_unit);
    tcase_add_test(reads, a_condition_is_a_metric_a_sign_and_a_value);
    tcase_add_test(reads,
                   a_condition_may_ask_for_confidence_where_something_is_measured);
    tcase_add_test(reads, an_effect_is_a_metric_and_how_it_changes);
    tcase_add_test(reads, an_estimate_is_echoed_in_words);
    tcase_add_test(reads, every_example_in_the_tables_of_the_language_reference_reads);
    suite_add_tcase(suite, reads);
    TCase *refuses = tcase_create("refuses");
    tcase_set_timeout(refuses, 120);
    tcase_add_test(refuses, limits_of_a_row_are_kept);
    tcase_add_test(refuses, faults_say_what_was_expected_and_where);
    tcase_add_test(refuses, a_text_too_long_or_too_deep_is_refused);
    tcase_add_test(refuses, mutated_texts_never_crash_and_what_is_accepted_is_finite);
    suite_add_tcase(suite, refuses);
    return suite_run(suite);
}
