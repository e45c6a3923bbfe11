/* What only some products have, told: a rented model, a study and a review, a test on
 * users, checkpoints. */
#include "random_told.h"
#include <stdio.h>

static bool searches(const random_teller *w)
{
    return w->p->search.task != RANDOM_NONE;
}

/* Those of some items that are there, forwards or from the end. */
static void tell_list(const random_teller *w, const char *key, const bool *there,
                      const char *const *item, int n)
{
    const char *comma = "";
    bool any = false;
    for (int i = 0; i < n; i++)
        any |= there[i];
    if (!any)
        return;
    forecast_add(w->text, "%s = (", key);
    for (int i = 0; i < n; i++) {
        const int which = random_tells_turned(w) ? n - 1 - i : i;
        if (!there[which])
            continue;
        forecast_add(w->text, "%s%s", comma, item[which]);
        comma = ",\n  ";
    }
    forecast_add(w->text, ");\n");
}

static const char *renamed(const random_teller *w)
{
    return w->how->renamed ? " name = \"Called otherwise\";" : "";
}

static void tell_metrics(const random_teller *w)
{
    static const char *const metric[] = {
        "{ id = \"latency\"; value = \"24 to 38 ms\"; each_round = \"-25 to -5 %\"; }",
        "{ id = \"helpful\"; value = \"uniform(92, 97) %\"; }",
        "{ id = \"specificity\"; value = \"uniform(82, 92) %\"; }",
        "{ id = \"sensitivity\"; value = \"uniform(80, 95) %\"; }"};
    const bool studied = w->p->study != RANDOM_NONE;
    const bool there[] = {searches(w), w->p->rented, studied, studied};
    tell_list(w, "metrics", there, metric, 4);
}

/* ------------------------------------------------------------- a rented model */

static void tell_evals(const random_teller *w)
{
    static const char *const one =
        "{ id = \"of_helpful\"; metric = \"helpful\"; items = 300; judge_agrees = "
        "\"uniform(92, 98) %\"; calibrated = 100; }";
    static const char *const judged[] = {
        "{ id = \"of_accuracy\"; metric = \"accuracy\"; items = 500; raters = 3; "
        "judge_agrees = \"uniform(85, 95) %\"; judge_bias = \"-1 to 2 points\"; }",
        one};
    static const char *const said[] = {
        "{ id = \"of_accuracy\"; metric = \"accuracy\"; items = 500; raters = 3; "
        "judge_agrees = \"uniform(85, 95) %\"; judge_bias = \"-1 to 2 points\"; "
        "votes_correlate = 0.3; calibrated = 0; }",
        one};
    const bool there[] = {w->p->rented && searches(w), w->p->rented};
    tell_list(w, "evals", there, w->how->said ? said : judged, 2);
}

static void tell_red_team(const random_teller *w)
{
    if (w->p->red_team == RANDOM_NONE)
        return;
    forecast_add(w->text,
                 "safety = ({ id = \"red\";%s findings = \"4 to 15\"; blocks = "
                 "\"uniform(30, 60) %%\"; fixed_at_once = 2; brings_new = \"uniform(5, "
                 "20) %%\"; again = \"uniform(20, 50) %%\";%s%s",
                 renamed(w),
                 w->how->said ? " finds = \"60 to 90 %\"; round_takes = \"2 / 4 / 8 "
                                "days\"; fix_takes = \"1 / 2 / 5 days\";"
                              : "",
                 searches(w) ? " also = [\"accuracy -0.2 to 0 points\"];" : "");
    random_tell_money(w, "round_costs", 900, 1700, "");
    forecast_add(w->text, " });\n");
}

static void tell_provider(const random_teller *w)
{
    if (!w->p->rented || !w->p->production)
        return;
    forecast_add(w->text,
                 "provider = {%s every = \"2 to 6 months\"; forced = \"30 %%\"; shifts "
                 "= \"-3 to 4 points\"; price = \"-40 to 10 %%\";%s retest = { takes = "
                 "\"1 to 3 weeks\";",
                 renamed(w), w->how->said ? " adopted_from = \"0 points\";" : "");
    random_tell_money(w, "costs", 400, 900, "");
    forecast_add(w->text, " }; };\nserving = { tokens = \"2k to 4k\";%s",
                 w->p->user_test == RANDOM_NONE ? " requests = \"300k /month\";" : "");
    random_tell_money(w, "price", 2, 3, "");
    forecast_add(w->text, " };\n");
}

/* ------------------------------------------------- what an authority clears */

static void tell_site(const random_teller *w, int i)
{
    forecast_add(w->text, "{ id = \"site%d\";%s recruits = \"%d to %d /week\";", i,
                 renamed(w), 10 + 7 * i, 40 + 11 * i);
    if (i)
        forecast_add(w->text, " opens = \"1 to %d weeks\";", 2 + i);
    else if (w->how->said)
        forecast_add(w->text, " opens = \"0 days\";");
    random_tell_money(w, "cost", 500 + i, 900 + i, "");
    forecast_add(w->text, " }");
}

static void tell_study(const random_teller *w)
{
    enum { SITES = 3 };
    if (w->p->study == RANDOM_NONE)
        return;
    forecast_add(
        w->text,
        "enrolment = ({ id = \"study\";%s positives = 60; negatives = 140; prevalence "
        "= \"uniform(20, 40) %%\"; drop_out = \"uniform(5, 15) %%\"; of_negatives = "
        "[\"specificity\"]; give_up_after = \"30 weeks\";",
        renamed(w));
    random_tell_money(w, "cost_per_person", 4, 7, "");
    forecast_add(w->text,
                 " of_positives = [\"sensitivity\"%s]; readers = { missed = "
                 "\"uniform(2, 8) %%\"; false_alarms = \"uniform(1, 4) %%\";%s",
                 searches(w) ? ", \"accuracy\"" : "",
                 w->how->said ? " panel = 3; votes_correlate = 0.3;" : "");
    random_tell_money(w, "cost_per_read", 0.25, 0.25, "");
    forecast_add(w->text, " }; sites = (");
    for (int i = 0; i < SITES; i++) {
        tell_site(w, random_tells_turned(w) ? SITES - 1 - i : i);
        forecast_add(w->text, i + 1 < SITES ? ",\n    " : "");
    }
    forecast_add(w->text,
                 "); });\nsites = { spread = \"0.5 to 2 points\"; after_launch = 6; "
                 "needs = [\"specificity >= 80 %%\"%s]; };\n",
                 searches(w) ? ", \"accuracy >= 69 %\"" : "");
}

/* A clock of calendar days runs on over the weekend before a question is asked: who
 * submits a day later may be answered no later, and then has less of the clock to go. */
static void tell_review(const random_teller *w)
{
    if (w->p->review == RANDOM_NONE)
        return;
    forecast_add(w->text,
                 "submission = ({ id = \"review\";%s clock = \"20 to 30 %sdays\"; asks "
                 "= \"60 %%\"; asks_again = \"20 %%\"; answers = \"5 to 20 days\"; "
                 "answers_within = \"30 days\"; pre_submission = { meeting = \"%s\"; "
                 "fewer_questions = \"uniform(15, 40) %%\"; };",
                 renamed(w), w->how->no_dates ? "" : "calendar ", w->p->task[0].id);
    random_tell_money(w, "answer_cost", 300, 800, "");
    random_tell_money(w, "fee", 2600, 2600, "");
    forecast_add(w->text, " });\n");
}

/* ----------------------------------------------------------------- with users */

static void tell_user_test(const random_teller *w)
{
    if (w->p->user_test == RANDOM_NONE)
        return;
    forecast_add(
        w->text,
        "online_test = ({ id = \"users\";%s traffic = \"20k to 60k /day\"; base_rate = "
        "\"uniform(2, 4) %%\"; smallest_effect = \"3 %%\"; at_most = \"6 weeks\"; "
        "waits = \"1 / 3 / 9 calendar days\"; effect = { %s; scale = \"1 to 2 %%\"; "
        "tails = \"3 to 6\"; each_round = \"0 to 1 %%\"; };%s });\n",
        renamed(w),
        searches(w) ? "per_point = \"0.5 to 2 %\"" : "middle = \"0 to 4 %\"",
        w->how->said ? " ship_above = \"0 %\"; sure = \"95 %\"; power = \"80 %\"; "
                       "at_least = \"2 weeks\"; arms = 2;"
                     : "");
}

static void tell_decisions(const random_teller *w)
{
    if (w->p->user_test == RANDOM_NONE || !searches(w))
        return;
    forecast_add(w->text,
                 "decisions = {%s volume = \"90k to 150k /month\"; positives = "
                 "\"uniform(1, 3) %%\"; false_alarms = \"uniform(0.5, 2) %%\";",
                 renamed(w));
    random_tell_money(w, "miss_costs", 90, 140, "");
    random_tell_money(w, "false_alarm_costs", 2, 4, "");
    forecast_add(w->text, " };\n");
}

/* -------------------------------------------------------------- giving it up */

static void tell_checkpoints(const random_teller *w)
{
    char on[16], money[200], quality[200];
    snprintf(money, sizeof money,
             "{ id = \"spent\"; on = \"%s\"; stop_if = \"cost > %.9g %s\"; }",
             random_tell_date(w, w->p->look, on),
             w->p->limit * 1000.0 * (w->how->worth ? w->how->worth : 1),
             w->how->currency ? w->how->currency : "EUR");
    snprintf(quality, sizeof quality,
             "{ id = \"seen\"; on = \"%s\"; stop_if = \"accuracy < 70.5 %%\"; }",
             random_tell_date(w, w->p->look + 12, on));
    const bool asked = w->p->look && !w->how->no_dates;
    const bool there[] = {asked, asked && searches(w)};
    tell_list(w, "checkpoints", there, (const char *const[]){money, quality}, 2);
}

void random_tell_products(const random_teller *w)
{
    static void (*const tell[])(const random_teller *) = {
        tell_metrics, tell_evals,     tell_red_team,  tell_provider,   tell_study,
        tell_review,  tell_user_test, tell_decisions, tell_checkpoints};
    enum { KINDS = sizeof tell / sizeof *tell };
    for (int i = 0; i < KINDS; i++)
        tell[random_tells_turned(w) ? KINDS - 1 - i : i](w);
}
