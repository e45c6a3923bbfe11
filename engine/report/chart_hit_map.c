/* chart_hit_map.c -- what could be promised instead: deadline against target. */
#include "report/chart.h"
#include "base/date.h"
#include <math.h>
#include <string.h>

static bool is_month_end(int32_t date)
{
    return rc_date_ymd(date + 4).month != rc_date_ymd(date).month;
}

static void box(rc_chart *c, uint32_t day, uint32_t target, bool dashed)
{
    FILE *out = rc_chart_table_of(c, dashed ? "nearest" : "promise", "x\ty");
    const rc_hit_map *m = &c->result->hit_map;
    if (!out || day >= m->days_n || target >= m->targets_n)
        return;
    static const double corner[5][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}};
    for (int i = 0; i < 5; i++)
        fprintf(out, "%.1f\t%.1f\n", day + corner[i][0] / 2, target + corner[i][1] / 2);
}

/* "88 %"; of several targets that of the map by its name, "sensitivity 88 %". */
static char *named_target(char out[RC_HUMAN], const rc_result *r, double value)
{
    char name[4 * RC_NAME], words[RC_HUMAN];
    if (r->targets_n < 2)
        return rc_target_words(out, r, value);
    snprintf(out, RC_HUMAN, "%.31s %.31s",
             rc_metric_words(name, r->target.metric, false),
             rc_target_words(words, r, value));
    return out;
}

/* A chance whose interval is not known. */
static void hit_map_title(rc_chart *c)
{
    const rc_result *r = c->result;
    const rc_hit_map *m = &r->hit_map;
    char target[RC_HUMAN], date[RC_HUMAN], chance[RC_HUMAN], other[RC_HUMAN],
        other_date[RC_HUMAN], other_chance[RC_HUMAN];
    uint32_t d = m->promise_day, t = m->promise_target;
    bool now = d < m->days_n && t < m->targets_n;
    bool near = m->nearest_day < m->days_n && m->nearest_target < m->targets_n;
    if (now) {
        named_target(target, r, m->targets[t]);
        rc_chart_long_date(date, r, rc_result_finish_date(r, m->days[d]));
        rc_human_share(chance, m->chance[t * m->days_n + d]);
    }
    near = near &&
           (m->nearest_target == t || rc_is_progress(r, m->targets[m->nearest_target]));
    if (near) {
        named_target(other, r, m->targets[m->nearest_target]);
        rc_chart_long_date(other_date, r,
                           rc_result_finish_date(r, m->days[m->nearest_day]));
        rc_human_share(other_chance,
                       m->chance[m->nearest_target * m->days_n + m->nearest_day]);
    }
    if (now && near && (m->nearest_day != d || m->nearest_target != t)) {
        if (m->nearest_target == t)
            rc_chart_title(c, "%s by %s is a %s bet; by %s it is %s.", target, date,
                           chance, other_date, other_chance);
        rc_chart_title(c, "%s by %s is a %s bet. Settle for %s by %s: %s.", target,
                       date, chance, other, other_date, other_chance);
        rc_chart_title(c, "%s by %s is %s; %s by %s is %s.", target, date, chance,
                       other, other_date, other_chance);
    }
    if (now)
        rc_chart_title(c, "%s by %s happens in %s of futures.", target, date, chance);
    else if (near)
        rc_chart_title(c, "%s by %s happens in %s of futures.", other, other_date,
                       other_chance);
    else
        rc_chart_title(c,
                       "What could be promised: chance of each target by each date.");
}

bool rc_chart_hit_map(rc_chart *c)
{
    const rc_result *r = c->result;
    const rc_hit_map *m = &r->hit_map;
    if (m->days_n == 0 || m->targets_n == 0)
        return false; /* without a target there is nothing to trade against the date */
    char name[4 * RC_NAME], text[RC_HUMAN], sure[RC_HUMAN];
    hit_map_title(c);
    rc_human_percent(sure, r->verdict.confidence);
    bool near = m->nearest_day < m->days_n;
    rc_chart_subtitle(c,
                      "chance in %% to have %s by then, at that or better%s; boxed: "
                      "the goal%s%s",
                      rc_verdict_done(r),
                      r->targets_n == 2  ? ", the other target met"
                      : r->targets_n > 2 ? ", the other targets met"
                                         : "",
                      near ? "; dashed: " : "", near ? sure : "");
    rc_metric_words(name, r->target.metric, false);
    snprintf(c->note, sizeof c->note, "%s, %%", name);
    if (rc_human_scale(r->target.unit) != 100)
        snprintf(c->note, sizeof c->note, "%s, %s", name,
                 rc_human_suffix(r->target.unit));
    c->left = 130;
    c->right = 46;
    c->x_min = -0.5;
    c->x_max = m->days_n - 0.5;
    c->y_min = -0.5;
    c->y_max = m->targets_n - 0.5;
    bool months = true;
    int digits = 0;
    for (uint32_t i = 0; i < m->days_n; i++)
        months = months && is_month_end(rc_result_finish_date(r, m->days[i]));
    for (uint32_t j = 0; j < m->targets_n; j++) {
        double x = m->targets[j] * rc_human_scale(r->target.unit) *
                   (digits == 0   ? 1
                    : digits == 1 ? 10
                                  : 100);
        while (digits < 2 && fabs(x - floor(x + 0.5)) > 1e-6) {
            x *= 10;
            digits++;
        }
    }
    FILE *cells = rc_chart_table_of(c, "cells", "x\ty\tchance\ttext");
    box(c, m->promise_day, m->promise_target, false);
    box(c, m->nearest_day, m->nearest_target, true);
    int year =
        rc_date_ymd(r->deadline_date != RC_DATE_NONE ? r->deadline_date : r->start_date)
            .year;
    for (uint32_t i = 0; i < m->days_n; i++) {
        int32_t date = rc_result_finish_date(r, m->days[i]);
        int its = rc_date_ymd(date).year;
        rc_human_date(text, date, its != year && m->days_n <= 9);
        char *month = strchr(text, ' ');
        rc_chart_x_tick(c, i, months && month ? month + 1 : text);
        year = its;
    }
    for (uint32_t j = 0; j < m->targets_n; j++) {
        snprintf(text, sizeof text, "%.*f%s%.20s", digits,
                 m->targets[j] * rc_human_scale(r->target.unit),
                 rc_human_suffix(r->target.unit)[0] ? " " : "",
                 rc_human_suffix(r->target.unit));
        rc_chart_y_tick(c, j, text);
        for (uint32_t i = 0; i < m->days_n && cells; i++) {
            double p = m->chance[j * m->days_n + i].p;
            rc_human_percent(text, p);
            if (p > 0 && p < 0.01)
                snprintf(text, sizeof text, "<1");
            else if (p > 0.99 && p < 1)
                snprintf(text, sizeof text, ">99");
            else if (p == 0 || p == 1)
                snprintf(text, sizeof text, p == 0 ? "<1" : ">99");
            else
                text[strlen(text) - 2] = 0;
            fprintf(cells, "%u\t%u\t%.4f\t", i, j, p);
            rc_chart_text(cells, text);
            fputc('\n', cells);
        }
    }
    return true;
}
