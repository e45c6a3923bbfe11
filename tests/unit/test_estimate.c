/* Estimates: the laws that texts become, and the words that say them. */
#include "desk.h"
#include "suite.h"

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

int main(void)
{
    Suite *suite = suite_create("estimate");
    TCase *t = tcase_create("estimate");
    tcase_add_test(t, a_range_that_is_not_positive_is_normal_where_that_is_lawful);
    tcase_add_test(t, a_pert_that_would_reach_below_zero_begins_there_and_says_so);
    tcase_add_test(t, time_that_rarely_goes_below_zero_is_cut_there);
    tcase_add_test(t, below_zero_more_often_than_in_a_thousandth_is_refused);
    tcase_add_test(t, ranges_follow_the_setting_of_the_simulation);
    tcase_add_test(t, widening_stretches_about_the_median);
    tcase_add_test(t, the_first_money_sets_the_currency);
    tcase_add_test(t, an_estimate_is_echoed_in_words);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
