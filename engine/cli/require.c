#include "cli/require.h"
#include "cli/screen.h"
#include <stdio.h>
#include <string.h>

static const struct quantity {
    const char *word, *goal; /* goal NULL: every scenario has it */
    size_t offset;           /* of the share in rc_verdict */
} quantities[] = {
    {"date", "deadline", offsetof(rc_verdict, deadline)},
    {"budget", "budget", offsetof(rc_verdict, budget)},
    {"target", "target", offsetof(rc_verdict, target)},
    {"quality", "target", offsetof(rc_verdict, target)},
    {"all", "", offsetof(rc_verdict, all)},
    {"launch", NULL, offsetof(rc_verdict, launch)},
};
enum { QUANTITIES = sizeof quantities / sizeof *quantities };

static const char *blanks(const char *at)
{
    return at + strspn(at, " \t");
}

/* Percent with at most nine decimals; no locale. */
static const char *percent(double *out, const char *at)
{
    double whole = 0, scale = 1;
    size_t n = strspn(at, "0123456789"), decimals = 0;
    if (n == 0 || n > 9)
        return NULL;
    for (size_t i = 0; i < n; i++)
        whole = whole * 10 + (at[i] - '0');
    at += n;
    if (*at == '.') {
        decimals = strspn(++at, "0123456789");
        if (decimals == 0 || decimals > 9)
            return NULL;
        for (size_t i = 0; i < decimals; i++, scale *= 10)
            whole = whole * 10 + (at[i] - '0');
        at += decimals;
    }
    *out = whole / scale / 100;
    return at;
}

static rc_status unreadable(const char *text, rc_error *err)
{
    return rc_fail(err, RC_USAGE,
                   "--require: expected something like 'P(date) >= 80 %%', found '%s'",
                   text);
}

static rc_status unknown(const char *word, rc_error *err)
{
    const char *words[QUANTITIES];
    for (size_t i = 0; i < QUANTITIES; i++)
        words[i] = quantities[i].word;
    const char *near = rc_did_you_mean(word, words, QUANTITIES);
    if (near)
        return rc_fail(err, RC_USAGE, "--require: unknown P(%s): did you mean P(%s)?",
                       word, near);
    return rc_fail(
        err, RC_USAGE,
        "--require: unknown P(%s): date, budget, target, all and launch are known",
        word);
}

rc_status cli_require_read(cli_requirement *out, const char *text, rc_error *err)
{
    char word[32];
    *out = (cli_requirement){.text = text};
    const char *at = blanks(text);
    if (*at == 'p')
        return rc_fail(err, RC_USAGE,
                       "--require: write P large, as in 'P(date) >= 80 %%': found '%s'",
                       text);
    if (*at != 'P')
        return unreadable(text, err);
    at = blanks(at + 1);
    if (*at != '(')
        return unreadable(text, err);
    at = blanks(at + 1);
    size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyz");
    if (n == 0 || n >= sizeof word)
        return unreadable(text, err);
    memcpy(word, at, n);
    word[n] = '\0';
    at = blanks(at + n);
    if (*at != ')')
        return unreadable(text, err);
    while (out->quantity < QUANTITIES &&
           strcmp(quantities[out->quantity].word, word) != 0)
        out->quantity++;
    if (out->quantity == QUANTITIES)
        return unknown(word, err);
    at = blanks(at + 1);
    if (*at != '>')
        return rc_fail(err, RC_USAGE,
                       "--require: expected >= or > after P(%s), found '%s'", word, at);
    out->above = at[1] != '=';
    at = percent(&out->share, blanks(at + (out->above ? 1 : 2)));
    if (!at)
        return unreadable(text, err);
    at = blanks(at);
    if (*at != '%')
        return rc_fail(err, RC_USAGE,
                       *at || out->share <= 0.01 /* 0.8: a share */
                           ? "--require: expected a percentage like 80 %%, found '%s'"
                           : "--require: add %%, as in 'P(date) >= 80 %%': found '%s'",
                       text);
    if (*blanks(at + 1))
        return unreadable(text, err);
    if (out->share > 1)
        return rc_fail(err, RC_USAGE, "--require: no chance is above 100 %%: '%s'",
                       text);
    return RC_OK;
}

rc_status cli_require_fits(const cli_requirement *requirement, const char *file,
                           const rc_scenario *scenario, rc_error *err)
{
    const struct quantity *q = &quantities[requirement->quantity];
    if (!q->goal)
        return RC_OK;
    if (*q->goal)
        return rc_scenario_has_goal(scenario, q->goal)
                   ? RC_OK
                   : rc_fail(err, RC_USAGE,
                             "%s has no goals.%s: P(%s) cannot be required", file,
                             q->goal, q->word);
    if (rc_scenario_has_goal(scenario, "deadline") ||
        rc_scenario_has_goal(scenario, "budget") ||
        rc_scenario_has_goal(scenario, "target"))
        return RC_OK;
    return rc_fail(err, RC_USAGE, "%s has no goals: P(all) cannot be required", file);
}

/* Of a share of a sample: one decimal, and never all or none of it. */
static const char *spoken(char out[16], double p)
{
    if (p > 0.9995)
        return ">99.9 %";
    if (p < 0.0005)
        return "<0.1 %";
    snprintf(out, 16, "%.1f %%", 100 * p);
    return out;
}

rc_status cli_require_met(const cli_requirement *requirement, const rc_result *result,
                          rc_error *err)
{
    const struct quantity *q = &quantities[requirement->quantity];
    rc_share share;
    memcpy(&share, (const char *)&result->verdict + q->offset, sizeof share);
    double wanted = requirement->share;
    if (requirement->above ? share.p > wanted : share.p >= wanted)
        return RC_OK;
    char p[16], low[16], high[16];
    return rc_fail(err, RC_NO,
                   "not met: %s: the chance is %s (95 %% interval %s to %s)%s",
                   requirement->text, spoken(p, share.p), spoken(low, share.low),
                   spoken(high, share.high),
                   share.high >= wanted ? "; more futures could tell" : "");
}
