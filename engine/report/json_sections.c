#include "report/json.h"
#include "base/text.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* -------------------------------------------------------------------- values */

void rc_json_percent(char out[32], double percent)
{
    rc_number_print(out, percent);
}

void rc_json_percentiles(rc_json *json, const char *key, const rc_result *result,
                         const double *values)
{
    rc_json_object_line(json, key);
    for (uint32_t i = 0; values && i < result->percentiles_n; i++) {
        char percent[32];
        rc_json_percent(percent, result->percentiles[i]);
        rc_json_number(json, percent, values[i]);
    }
    rc_json_end(json);
}

void rc_json_intervals(rc_json *json, const char *key, const rc_result *result,
                       const double *low, const double *high)
{
    rc_json_object_line(json, key);
    for (uint32_t i = 0; low && high && i < result->percentiles_n; i++) {
        char percent[32];
        rc_json_percent(percent, result->percentiles[i]);
        rc_json_array(json, percent);
        rc_json_number(json, NULL, low[i]);
        rc_json_number(json, NULL, high[i]);
        rc_json_end(json);
    }
    rc_json_end(json);
}

static void put_ends(rc_json *json, const char *key, rc_share share)
{
    if (isnan(share.p)) {
        rc_json_null(json, key);
        return;
    }
    rc_json_array_line(json, key);
    rc_json_number(json, NULL, share.low);
    rc_json_number(json, NULL, share.high);
    rc_json_end(json);
}

static void interval_beside(rc_json *json, const char *key, rc_share share)
{
    char longer[160];
    snprintf(longer, sizeof longer, "%s_interval", key);
    put_ends(json, longer, share);
}

void rc_json_share(rc_json *json, const char *key, rc_share share)
{
    rc_json_number(json, key, share.p);
    interval_beside(json, key, share);
}

void rc_json_between(rc_json *json, const char *key, double value, double low,
                     double high)
{
    rc_json_share(json, key, (rc_share){value, low, high});
}

void rc_json_mean(rc_json *json, const char *key, double mean, double error)
{
    char longer[160];
    rc_json_number(json, key, mean);
    snprintf(longer, sizeof longer, "%s_error", key);
    rc_json_number(json, longer, error);
}

void rc_json_chances(rc_json *json, const char *key, const rc_share *share, uint32_t n)
{
    rc_json_array_line(json, key);
    for (uint32_t i = 0; i < n; i++)
        rc_json_number(json, NULL, share[i].p);
    rc_json_end(json);
}

void rc_json_ends(rc_json *json, const char *key, const rc_share *share, uint32_t n)
{
    rc_json_array_line(json, key);
    for (uint32_t i = 0; i < n; i++)
        put_ends(json, NULL, share[i]);
    rc_json_end(json);
}

static void put_shares(rc_json *json, const char *key, const rc_share *share,
                       uint32_t n)
{
    char longer[160];
    rc_json_chances(json, key, share, n);
    snprintf(longer, sizeof longer, "%s_interval", key);
    rc_json_ends(json, longer, share, n);
}

/* Each under its label; so are their intervals. */
static void put_categories(rc_json *json, const char *key, const rc_output_result *o)
{
    char longer[160];
    rc_json_object_line(json, key);
    for (uint32_t c = 0; c < o->classes && o->output.labels[c]; c++)
        rc_json_number(json, o->output.labels[c], o->share[c].p);
    rc_json_end(json);
    snprintf(longer, sizeof longer, "%s_interval", key);
    rc_json_object_line(json, longer);
    for (uint32_t c = 0; c < o->classes && o->output.labels[c]; c++)
        put_ends(json, o->output.labels[c], o->share[c]);
    rc_json_end(json);
}

static void put_spread(rc_json *json, const char *key, const rc_result *result,
                       const rc_spread *s)
{
    rc_json_object_line(json, key);
    rc_json_count(json, "n", s->n);
    rc_json_number(json, "mean", s->mean);
    rc_json_number(json, "sd", s->sd);
    rc_json_percentiles(json, "percentiles", result, s->p);
    rc_json_intervals(json, "percentiles_interval", result, s->p_low, s->p_high);
    rc_json_end(json);
}

/* One array over the series for each percentile; side: which of a spread's arrays. */
static void put_columns(rc_json *json, const char *key, const rc_result *result,
                        const rc_spread *s, uint32_t n, size_t side)
{
    rc_json_object(json, key);
    for (uint32_t i = 0; i < result->percentiles_n; i++) {
        char percent[32];
        rc_json_percent(percent, result->percentiles[i]);
        rc_json_array_line(json, percent);
        for (uint32_t t = 0; t < n; t++) {
            const double *sides[] = {s[t].p, s[t].p_low, s[t].p_high};
            rc_json_number(json, NULL, sides[side] ? sides[side][i] : NAN);
        }
        rc_json_end(json);
    }
    rc_json_end(json);
}

static double error_of(const rc_spread *s)
{
    return rc_mean_error(s->sd, s->n);
}

static void put_means(rc_json *json, const char *key, const rc_spread *s, uint32_t n)
{
    char longer[160];
    rc_json_array_line(json, key);
    for (uint32_t t = 0; t < n; t++)
        rc_json_number(json, NULL, s[t].mean);
    rc_json_end(json);
    snprintf(longer, sizeof longer, "%s_error", key);
    rc_json_array_line(json, longer);
    for (uint32_t t = 0; t < n; t++)
        rc_json_number(json, NULL, error_of(&s[t]));
    rc_json_end(json);
}

/* A series stands in columns: one array for the mean, one for each percentile and each
 * end of its interval. */
static void put_spread_series(rc_json *json, const char *key, const rc_result *result,
                              const rc_spread *s, uint32_t n)
{
    static const char *const keys[] = {"percentiles", "percentiles_low",
                                       "percentiles_high"};
    rc_json_object(json, key);
    put_means(json, "mean", s, n);
    for (size_t side = 0; side < 3; side++)
        put_columns(json, keys[side], result, s, n, side);
    rc_json_end(json);
}

static void put_output(rc_json *json, const char *key, const rc_result *result,
                       const rc_output_result *o)
{
    uint32_t n = o->output.series;
    switch (o->output.kind) {
    case RC_OUT_SPREAD:
        if (n > 1)
            put_spread_series(json, key, result, o->spread, n);
        else
            put_spread(json, key, result, o->spread);
        return;
    case RC_OUT_SHARE:
        if (n == 1) {
            rc_json_share(json, key, o->share[0]);
            return;
        }
        put_shares(json, key, o->share, n);
        return;
    case RC_OUT_MEAN:
        if (n == 1)
            rc_json_mean(json, key, o->spread[0].mean, error_of(&o->spread[0]));
        else
            put_means(json, key, o->spread, n);
        return;
    case RC_OUT_COUNTS:
        put_shares(json, key, o->share, o->classes);
        return;
    case RC_OUT_CATEGORY:
        put_categories(json, key, o);
        return;
    }
}

/* --------------------------------------------------------------------- paths */

#define SEGMENT 128

static const char *path_of(const rc_result *result, uint32_t i)
{
    return result->outputs[i].output.path;
}

/* First output, from `from` on, whose path starts with n bytes of text; outputs_n:
 * none. */
static uint32_t next_with(const rc_result *result, uint32_t from, const char *text,
                          size_t n)
{
    while (from < result->outputs_n && strncmp(path_of(result, from), text, n) != 0)
        from++;
    return from;
}

static bool is_first_with(const rc_result *result, uint32_t i, size_t n)
{
    return next_with(result, 0, path_of(result, i), n) == i;
}

static bool copy(char out[SEGMENT], const char *text, size_t n)
{
    assert(n < SEGMENT);
    if (n >= SEGMENT)
        return false;
    memcpy(out, text, n);
    out[n] = '\0';
    return true;
}

static void put_members(rc_json *json, const rc_result *result, const char *prefix,
                        size_t n);

/* Objects of "name[id].…": one for each id, in the order in which they first appear. */
static void put_items(rc_json *json, const char *key, const rc_result *result,
                      uint32_t i, size_t bracket)
{
    const char *list = path_of(result, i);
    rc_json_array(json, key);
    for (; i < result->outputs_n; i = next_with(result, i + 1, list, bracket + 1)) {
        const char *path = path_of(result, i), *end = strchr(path + bracket, ']');
        char id[SEGMENT];
        assert(end && end[1] == '.');
        if (!end || end[1] != '.')
            continue;
        size_t n = (size_t)(end - path) + 2;
        if (!is_first_with(result, i, n) ||
            !copy(id, path + bracket + 1, n - bracket - 3))
            continue;
        rc_json_object(json, NULL);
        rc_json_text(json, "id", id);
        for (uint32_t k = i; k < result->outputs_n;
             k = next_with(result, k + 1, path, n)) {
            if (result->outputs[k].output.name &&
                !strchr(path_of(result, k) + n, '[')) {
                rc_json_text(json, "name", result->outputs[k].output.name);
                break;
            }
        }
        put_members(json, result, path, n);
        rc_json_end(json);
    }
    rc_json_end(json);
}

/* The member that starts behind n bytes of the path of output i. */
static void put_member(rc_json *json, const rc_result *result, uint32_t i, size_t n)
{
    const char *path = path_of(result, i);
    size_t end = n + strcspn(path + n, ".[");
    char key[SEGMENT];
    if (!copy(key, path + n, end - n))
        return;
    if (path[end] == '\0') {
        put_output(json, key, result, &result->outputs[i]);
    } else if (path[end] == '[') {
        put_items(json, key, result, i, end);
    } else {
        rc_json_object(json, key);
        put_members(json, result, path, end + 1);
        rc_json_end(json);
    }
}

static void put_members(rc_json *json, const rc_result *result, const char *prefix,
                        size_t n)
{
    uint32_t i = next_with(result, 0, prefix, n);
    for (; i < result->outputs_n; i = next_with(result, i + 1, prefix, n)) {
        const char *path = path_of(result, i);
        /* the delimiter belongs to what is compared: "cost" is not "cost_per_month" */
        if (is_first_with(result, i, n + strcspn(path + n, ".[") + 1))
            put_member(json, result, i, n);
    }
}

void rc_json_members(rc_json *json, const rc_result *result, const char *prefix)
{
    put_members(json, result, prefix, strlen(prefix));
}

bool rc_json_section(rc_json *json, const rc_result *result, const char *prefix,
                     const char *name)
{
    char text[2 * SEGMENT];
    size_t before = strlen(prefix);
    size_t n = (size_t)snprintf(text, sizeof text, "%s%s", prefix, name);
    for (uint32_t i = next_with(result, 0, text, n); i < result->outputs_n;
         i = next_with(result, i + 1, text, n)) {
        if (strchr(".[", path_of(result, i)[n])) { /* or the end: a leaf */
            put_member(json, result, i, before);
            return true;
        }
    }
    return false;
}

uint32_t rc_json_series_below(const rc_result *result, const char *prefix)
{
    for (uint32_t i = 0; i < result->outputs_n; i++)
        if (strncmp(path_of(result, i), prefix, strlen(prefix)) == 0 &&
            result->outputs[i].output.series > 1)
            return result->outputs[i].output.series;
    return 0;
}
