/* Estimates: every form in every dimension, each example of the reference, and that no text
 * whatever does harm. */
#include "desk.h"
#include "base/hash.h"
#include "suite.h"

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

static const rc_setting measured_by_gates = {.key = "needs", .may_be_sure = true};

START_TEST(mutated_texts_never_crash_and_what_is_accepted_is_finite)
{
    enum { ROUNDS = 100000 };
    const uint32_t dimensions = sizeof dimension_rows / sizeof *dimension_rows;
    const uint32_t forms = sizeof form_rows / sizeof *form_rows;
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
    Suite *suite = suite_create("estimate forms");
    TCase *t = tcase_create("estimate forms");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, every_form_reads_in_every_dimension);
    tcase_add_test(t, bernoulli_and_beta_are_parts_of_one_unit);
    tcase_add_test(t, numbers_have_suffixes_and_are_correctly_rounded);
    tcase_add_test(t, every_example_in_the_tables_of_the_language_reference_reads);
    tcase_add_test(t, mutated_texts_never_crash_and_what_is_accepted_is_finite);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
