#include "experiments.h"
#include "search.h"
#include <math.h>
#include <string.h>

rc_test_set rc_experiments_test(const rc_experiments *s, const rc_step *step,
                                uint32_t lane)
{
    return (rc_test_set){.size = (double)s->test_size,
                         .correlate = rc_row(step, &s->paired_tries_correlate)[lane]};
}

/* ---------------------------------------------------------- what the team knows */

/* Chance that tries 0 … m - 1 all fail, where try i works with p again[i]; for m = 0 …
 * n. Closed where nothing decays, else over 64 equal parts of p's law. */
static void fill_all_fail(double *out, rc_belief p, const double *again, uint32_t n)
{
    enum { PARTS = 64 };
    bool constant = true;
    for (uint32_t i = 0; i < n; i++)
        constant &= again[i] == 1.0;
    if (constant) {
        for (uint32_t m = 0; m <= n; m++)
            out[m] = rc_belief_all_fail(p, (double)m);
        return;
    }
    double at[PARTS], fail[PARTS];
    for (uint32_t j = 0; j < PARTS; j++) {
        at[j] = rc_belief_quantile(p, 0.0, 0.0, ((double)j + 0.5) / PARTS);
        fail[j] = 1.0;
    }
    for (uint32_t m = 0; m <= n; m++) {
        out[m] = 0.0;
        for (uint32_t j = 0; j < PARTS; j++) {
            out[m] += fail[j] / PARTS;
            if (m < n)
                fail[j] *= 1.0 - at[j] * again[m];
        }
    }
}

static void believe(rc_lever_plan *p, const rc_search_plan *b, rc_binder *binder)
{
    const rc_lever *lever = p->lever;
    const uint32_t n = p->most < RC_TRIES_UNSAID ? p->most : RC_TRIES_UNSAID;
    const double decay = lever->decay.given ? rc_law_mean(&lever->decay.law) : 1.0;
    const double gamma = rc_law_mean(&b->s->gains_shrink.law);
    p->known = n;
    p->again = rc_bind_alloc(binder, n + 1, sizeof(double));
    p->exposure = rc_bind_alloc(binder, n + 1, sizeof(double));
    p->anything = rc_bind_alloc(binder, n + 1, sizeof(double));
    p->shrink = rc_bind_alloc(binder, n + 1, sizeof(double));
    for (uint32_t i = 0; i <= n; i++) {
        p->again[i] = lever->fatigue ? rc_fatigue(i) : rc_pow(decay, i);
        p->exposure[i] = i > 0 ? p->exposure[i - 1] + p->again[i - 1] : 0.0;
        p->shrink[i] = rc_pow((double)i + 1.0, -gamma);
    }
    fill_all_fail(p->anything, p->prior, p->again, n);
    const double pi = lever->reachable.given && !p->worked_before
                          ? rc_law_mean(&lever->reachable.law)
                          : 1.0;
    for (uint32_t m = 0; m <= n; m++)
        p->anything[m] = rc_belief_feasible(pi, p->so_far_fail * p->anything[m]);
}

/* Beta of the tries so far, or of a fresh problem; a stated chance stands as it is. */
static void believe_so_far(rc_lever_plan *p)
{
    const rc_lever *lever = p->lever;
    rc_so_far seen = {0};
    if (lever->so_far)
        rc_so_far_read(lever->so_far, &seen);
    p->prior = (rc_belief){RC_FRESH_A, RC_FRESH_B};
    if (lever->fatigue || (lever->labels.given && !lever->works.given))
        p->prior = (rc_belief){1.0, INFINITY};
    else if (lever->works.given)
        p->prior = rc_belief_from_law(&lever->works.law);
    p->worked_before = seen.worked > 0.0;
    p->so_far_fail = lever->so_far && !lever->fatigue
                         ? rc_belief_all_fail(p->prior, seen.tries)
                         : 1.0;
    if (rc_lever_is_judged(lever)) {
        p->prior.a += seen.worked;
        p->prior.b += seen.tries - seen.worked;
    }
    if (!lever->gain.given && !lever->log_gain.given && !lever->labels.given) {
        p->in_points = seen.best > 0.0;
        p->typical_gain = p->in_points ? seen.best : RC_LOG_GAIN_MEDIAN;
    }
}

/* The distance from an approach's first model to its ceiling, for a team that knows
 * neither. */
static double typical_excess(const rc_search_plan *b, uint32_t a)
{
    const double e = rc_search_mirror(b, rc_median(rc_approach_baseline(b->s, a)));
    const rc_estimate *stated = rc_approach_ceiling(b->s, a);
    double wanted = b->target;
    if (isnan(wanted) && b->s->aim.given)
        wanted = rc_median(&b->s->aim);
    if (stated)
        return fmax(e - rc_search_mirror(b, rc_median(stated)), 0.0);
    return isnan(wanted) ? e : fabs(e - rc_search_mirror(b, wanted));
}

static double mean_gain(const rc_lever_plan *p, const rc_search_plan *b, uint32_t a)
{
    const rc_lever *lever = p->lever;
    if (lever->labels.given) {
        const double e = rc_search_mirror(b, rc_median(rc_approach_baseline(b->s, a)));
        const double now = b->s->learning_curve->labels_now;
        const rc_estimate *stated = &b->s->learning_curve->exponent;
        double q, c;
        rc_search_curve(b, e, e - typical_excess(b, a),
                        stated->given ? rc_median(stated) : rc_learning_exponent(0.5),
                        &q, &c);
        return rc_pow3(now, 0.0, q, c) -
               rc_pow3(now + rc_law_mean(&lever->labels.law), 0.0, q, c);
    }
    double mean = p->typical_gain * rc_exp(RC_GAIN_SIGMA * RC_GAIN_SIGMA / 2.0);
    if (lever->gain.given)
        mean = rc_law_mean(&lever->gain.law);
    else if (lever->log_gain.given)
        mean = rc_law_mean(&lever->log_gain.law);
    return p->in_points ? mean : typical_excess(b, a) * (1.0 - rc_exp(-mean));
}

/* ------------------------------------------------------------------------ bind */

/* Where a lever's numbers start in an estimate that several levers share: by its id, so
 * that an added lever leaves the draws of the others alone. */
static uint32_t each_of(const rc_search_plan *b, uint32_t l)
{
    if (b->s->levers.n == 0)
        return 0;
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (const char *c = b->levers[l].lever->head.id; *c; c++)
        hash = (hash ^ (uint8_t)*c) * 16777619u;
    hash &= ~(uint32_t)0x3fff; /* room for RC_TRIES_MOST tries */
    for (uint32_t i = 0; i < l; i++)
        if (b->levers[i].each == hash) {
            hash += 0x4000;
            i = UINT32_MAX; /* look again from the first */
        }
    return hash;
}

static const char *lower_first(rc_binder *b, const char *name)
{
    const bool acronym = name[0] && name[1] >= 'A' && name[1] <= 'Z';
    if (name[0] < 'A' || name[0] > 'Z' || acronym)
        return name;
    return rc_bind_print(b, "%c%s", name[0] - 'A' + 'a', name + 1);
}

static uint32_t words(rc_binder *b, const char *path, const char *what)
{
    return rc_bind_words(b, rc_bind_print(b, "%s.%s", path, what));
}

static uint32_t output(const rc_search_plan *b, rc_binder *binder, const char *what,
                       rc_output_kind kind, const char *unit, const char *name)
{
    return rc_bind_shown(
        binder, rc_bind_print(binder, "experiments[%s].%s", b->s->head.id, what), kind,
        unit, name);
}

/* Which approach a lever belongs to. */
static uint32_t approach_of(const rc_search_plan *b, const rc_lever *lever)
{
    for (uint32_t a = 0; lever->approach && b->approaches && a < b->approaches_n; a++)
        if (strcmp(b->approaches[a].head.id, lever->approach) == 0)
            return a;
    return RC_ALL_APPROACHES;
}

static void bind_lever(rc_search_plan *b, rc_binder *binder, const char *path,
                       uint32_t l)
{
    const rc_experiments *s = b->s;
    rc_lever_plan *p = b->levers + l;
    const rc_lever *lever = p->lever;
    const bool named = s->levers.n > 0;
    const char *own =
        named ? rc_bind_print(binder, "%s.levers.%s", path, lever->head.id) : path;
    p->works = words(binder, own, "works");
    p->feasible = words(binder, own, "feasible");
    p->success = words(binder, own, "success");
    p->crash = words(binder, own, "crash");
    p->gain = words(binder, own, "gain");
    p->seed = words(binder, own, "seed");
    p->pair = words(binder, own, "pair");
    p->thompson = words(binder, own, "thompson");
    p->needs = rc_bind_alloc(binder, lever->needs.n + 1, sizeof *p->needs);
    for (uint32_t i = 0; i < lever->needs.n; i++)
        p->needs[i] = rc_bind_finish(binder, lever->needs.at[i]);
    p->approach = approach_of(b, lever);
    p->each = each_of(b, l);
    p->most = named && lever->tries > 0 ? (uint32_t)lever->tries : RC_TRIES_MOST;
    p->repeats = (double)rc_lever_repeats(s, lever);
    p->seed_scale = 1.0 / sqrt(p->repeats);
    p->in_points = lever->gain.given;
    believe_so_far(p);
    believe(p, b, binder);
    const double crash = lever->crash.given ? rc_law_mean(&lever->crash.law)
                         : lever->works.given || lever->labels.given ? 0.0
                                                                     : 0.055;
    for (uint32_t a = 0; a < b->approaches_n; a++) {
        const rc_approach *its = b->approaches ? b->approaches + a : NULL;
        p->takes[a] = lever->try_takes.given        ? &lever->try_takes
                      : its && its->try_takes.given ? &its->try_takes
                                                    : &s->try_takes;
        p->hours[a] = lever->gpu_hours.given        ? &lever->gpu_hours
                      : its && its->gpu_hours.given ? &its->gpu_hours
                      : s->gpu_hours.given          ? &s->gpu_hours
                                                    : NULL;
        const double days = fmax(rc_law_mean(&p->takes[a]->law), 1e-9);
        p->gain_per_day[a] = (1.0 - crash) * fmax(mean_gain(p, b, a), 0.0) / days;
    }

    const char *name = named ? lever->head.name : s->head.name;
    p->p_row = UINT32_MAX;
    if (rc_lever_is_judged(lever)) {
        const char *id = rc_bind_print(binder, "%s.works", own);
        p->p_row = rc_bind_state(binder, id, NAN);
        rc_bind_driver(binder, p->p_row, id,
                       rc_bind_print(binder, "Chance that a try of %s works",
                                     lower_first(binder, name)),
                       RC_DEFAULT);
    }
    const char *successes = rc_bind_print(binder, "%s.successes", own);
    if (named) {
        p->tries_row = output(
            b, binder, rc_bind_print(binder, "by_lever[%s].tries", lever->head.id),
            RC_OUT_MEAN, "tries", name);
        p->successes_row = output(
            b, binder, rc_bind_print(binder, "by_lever[%s].successes", lever->head.id),
            RC_OUT_MEAN, "tries", name);
    } else {
        p->tries_row = UINT32_MAX;
        p->successes_row = UINT32_MAX;
    }
    p->luck_row = rc_bind_state(binder, successes, NAN);
    rc_bind_driver(binder, p->luck_row, successes,
                   rc_bind_print(binder, "Successes of %s", lower_first(binder, name)),
                   rc_lever_is_judged(lever) ? RC_DEFAULT : RC_STATED);
}

static void bind_curve(rc_search_plan *b, rc_binder *binder, const char *path)
{
    const rc_learning_curve *curve = b->s->learning_curve;
    if (!curve)
        return;
    b->exponent = words(binder, path, "learning_curve.exponent");
    b->surprise = words(binder, path, "learning_curve.error");
    b->surprise_law = rc_student_of(RC_SURPRISE_FREEDOM);
    const uint32_t n = curve->points.n;
    b->errors = rc_bind_alloc(binder, n + 1, sizeof *b->errors);
    for (uint32_t i = 0; i < n; i++)
        b->errors[i] = (rc_curve_point){curve->points.at[i].n,
                                        rc_search_mirror(b, curve->points.at[i].value)};
    if (n >= 3 && !curve->exponent.given)
        b->fit = rc_learning_prepare(binder, b->errors, n);
}

/* Which approach the search ends with, and how far each has come. */
static void bind_approaches(rc_search_plan *b, rc_binder *binder)
{
    b->approach_row = UINT32_MAX;
    if (!b->approaches)
        return;
    const char *id = b->s->head.id;
    const char **ids = rc_bind_alloc(binder, b->approaches_n + 1, sizeof *ids);
    for (uint32_t a = 0; a < b->approaches_n; a++)
        ids[a] = b->approaches[a].head.id;
    b->approach_row = rc_bind_watched(
        binder,
        (rc_output){.path = rc_bind_print(binder, "experiments[%s].approach", id),
                    .kind = RC_OUT_CATEGORY,
                    .unit = "share",
                    .labels = ids,
                    .name = b->s->head.name},
        NAN);
    b->approach_tries = rc_bind_alloc(binder, b->approaches_n, sizeof(uint32_t));
    b->approach_value = rc_bind_alloc(binder, b->approaches_n, sizeof(uint32_t));
    for (uint32_t a = 0; a < b->approaches_n; a++) {
        const char *name = b->approaches[a].head.name;
        b->approach_tries[a] =
            output(b, binder, rc_bind_print(binder, "by_approach[%s].tries", ids[a]),
                   RC_OUT_MEAN, "tries", name);
        b->approach_value[a] =
            output(b, binder, rc_bind_print(binder, "by_approach[%s].true", ids[a]),
                   RC_OUT_SPREAD, b->share ? "share" : b->s->baseline.unit, name);
    }
}

/* Labels that are to come, those of a lever included, make a curve worth a look. */
static void bind_learning_figure(rc_search_plan *b, rc_binder *binder)
{
    if (!b->first || !b->s->learning_curve || (b->labels.n == 0 && !b->data_lever))
        return;
    double planned = rc_labels_planned(binder);
    for (uint32_t l = 0; l < b->levers_n; l++) {
        const rc_lever *lever = b->levers[l].lever;
        if (lever->labels.given)
            planned +=
                rc_median(&lever->labels) * (double)(lever->tries ? lever->tries : 1);
    }
    b->shown = rc_bind_learning_figure(
        binder, &(rc_learning_shown){
                    .curve = b->s->learning_curve,
                    .name = b->s->head.name,
                    .unit = b->share ? "share" : b->s->baseline.unit,
                    .up = b->up,
                    .target = b->target,
                    .planned = planned,
                });
}

static void bind_outputs(rc_search_plan *b, rc_binder *binder)
{
    const rc_experiments *s = b->s;
    b->tries_row = output(b, binder, "tries", RC_OUT_SPREAD, "tries", s->head.name);
    b->days_row = output(b, binder, "days", RC_OUT_SPREAD, "days", s->head.name);
    b->curse_row = output(b, binder, "winners_curse", RC_OUT_SPREAD,
                          b->share ? "points" : s->baseline.unit, s->head.name);
    b->largest_row = UINT32_MAX;
    if (s->levers.n > 0) {
        const char **ids = rc_bind_alloc(binder, b->levers_n + 2, sizeof *ids);
        for (uint32_t l = 0; l < b->levers_n; l++)
            ids[l] = b->levers[l].lever->head.id;
        ids[b->levers_n] = RC_NO_GAIN;
        const char *path =
            rc_bind_print(binder, "experiments[%s].largest_gain", s->head.id);
        b->largest_row = rc_bind_watched(binder,
                                         (rc_output){.path = path,
                                                     .kind = RC_OUT_CATEGORY,
                                                     .unit = "share",
                                                     .labels = ids,
                                                     .name = s->head.name},
                                         NAN);
    }
    bind_approaches(b, binder);
    rc_next_bind(&b->next, binder, s->head.id, s->head.name,
                 !isnan(b->target) || s->aim.given);
    b->reached_row = UINT32_MAX;
    if (!b->first)
        return;
    b->best_row = rc_bind_series(binder, "figures.search.best", RC_SEARCH_WEEKS, NAN);
    rc_bind_output(binder, (rc_output){.path = "figures.search.best",
                                       .kind = RC_OUT_SPREAD,
                                       .unit = b->share ? "share" : s->baseline.unit,
                                       .row = b->best_row,
                                       .series = RC_SEARCH_WEEKS,
                                       .name = s->head.name});
    if (isnan(b->target) && !s->aim.given)
        return;
    b->reached_row =
        rc_bind_series(binder, "figures.search.reached", RC_SEARCH_WEEKS, NAN);
    rc_bind_output(binder, (rc_output){.path = "figures.search.reached",
                                       .kind = RC_OUT_SHARE,
                                       .unit = "share",
                                       .row = b->reached_row,
                                       .series = RC_SEARCH_WEEKS,
                                       .name = s->head.name});
}

static void assume_lever(const rc_lever_plan *p, rc_binder *binder)
{
    const rc_lever *v = p->lever;
    const bool judged = rc_lever_is_judged(v);
    if (judged && v->so_far)
        rc_bind_assumed(binder,
                        "a try works with a chance of beta(%.3g, %.3g), from \"%s\"",
                        p->prior.a, p->prior.b, v->so_far);
    else if (judged)
        rc_bind_assumed(binder, "a try works with a chance of beta(2.5, 6.3), 28 %% on "
                                "average, where nothing is said");
    if (!v->works.given && !v->labels.given && !v->crash.given)
        rc_bind_assumed(binder, "1 to 10 %% of tries crash");
    if (v->gain.given || v->log_gain.given || v->labels.given)
        return;
    if (p->in_points)
        rc_bind_assumed(
            binder, "a success gains about the best seen, lognormal(%.3g, 0.9) points",
            100.0 * p->typical_gain);
    else
        rc_bind_assumed(binder, "a success takes lognormal(0.55, 0.9) log units of the "
                                "distance to the ceiling, where nothing is said");
}

/* Every default that this search makes use of, in words. */
static void assume(const rc_search_plan *b, rc_binder *binder)
{
    const rc_experiments *s = b->s;
    if (b->until_deadline && !s->stop_at_deadline)
        rc_bind_assumed(binder, "the search ends at the deadline");
    else if (b->most_tries == RC_TRIES_UNSAID)
        rc_bind_assumed(binder, "the search ends after %d tries", RC_TRIES_UNSAID);
    for (uint32_t l = 0; l < b->levers_n; l++)
        assume_lever(b->levers + l, binder);
    if (b->ceiling_row != UINT32_MAX && s->reachable.origin == RC_DEFAULT)
        rc_bind_assumed(binder,
                        "the target can be reached at all with a chance of 70 %%");
    if (s->gains_shrink.origin == RC_DEFAULT)
        rc_bind_assumed(binder, "gains shrink as k^-%.2g", rc_median(&s->gains_shrink));
    if (s->test_size > 0 && s->paired_tries_correlate.origin == RC_DEFAULT)
        rc_bind_assumed(binder, "paired tries correlate %.2g",
                        rc_median(&s->paired_tries_correlate));
    if (s->test_size == 0 && !b->by.change)
        rc_bind_assumed(binder, "%s is measured without an error of the test set",
                        rc_experiments_metric(s, rc_bind_goals(binder)));
    if (!s->at_once)
        rc_bind_assumed(binder, "tries are made one at a time (at_once)");
    if (b->share && s->seed_sd.origin == RC_DEFAULT)
        rc_bind_assumed(binder, "trainings that differ in the seed only spread by %s",
                        s->seed_sd.text);
    bool asks = false; /* some lever does not say how long its tries take */
    bool computes = false;
    for (uint32_t l = 0; l < b->levers_n; l++)
        for (uint32_t a = 0; a < RC_APPROACHES_MAX; a++) {
            asks |= b->levers[l].takes[a] == &s->try_takes;
            computes |= b->levers[l].hours[a] != NULL;
        }
    if (asks && s->try_takes.origin == RC_DEFAULT)
        rc_bind_assumed(binder, "a try takes %s", s->try_takes.text);
    if (computes && b->rate_per_hour == 0.0)
        rc_bind_assumed(binder,
                        "machine hours cost nothing: there is no team \"gpu\" with "
                        "a capacity and a cost");
    const rc_learning_curve *curve = s->learning_curve;
    if (curve && !b->fit && !curve->exponent.given)
        rc_bind_assumed(binder,
                        "the learning curve falls as n^-c, c weibull(1.35, 0.47)");
}

/* The search that figures.search shows: the first for the target, else the first. */
static const void *leading(rc_binder *b)
{
    const rc_goals *goals = rc_bind_goals(b);
    const rc_experiments *s;
    for (uint32_t i = 0; (s = rc_bind_group(b, "experiments", i)) != NULL; i++)
        if (goals->target.given &&
            strcmp(rc_experiments_metric(s, goals), goals->target.metric) == 0)
            return s;
    return rc_bind_group(b, "experiments", 0);
}

/* A ceiling that nobody states is drawn, and so an input of its own. */
static void bind_ceiling(rc_search_plan *b, rc_binder *binder, const char *path,
                         const char *metric)
{
    b->ceiling_row = UINT32_MAX;
    b->drawn_ceiling = 0;
    while (b->drawn_ceiling < b->approaches_n &&
           (rc_approach_ceiling(b->s, b->drawn_ceiling) || !b->open[b->drawn_ceiling]))
        b->drawn_ceiling++;
    if (b->drawn_ceiling == b->approaches_n)
        return;
    const char *id = rc_bind_print(binder, "%s.ceiling", path);
    b->ceiling_row = rc_bind_state(binder, id, NAN);
    rc_bind_driver(binder, b->ceiling_row, id,
                   rc_bind_print(binder, "Best %s that can be reached", metric),
                   RC_DEFAULT);
}

static void *bind(const void *at, rc_binder *binder)
{
    const rc_experiments *s = at;
    const rc_goals *goals = rc_bind_goals(binder);
    const bool single = strcmp(s->head.id, "experiments") == 0;
    const char *path =
        single ? "experiments" : rc_bind_print(binder, "experiments.%s", s->head.id);
    rc_search_plan *b = rc_bind_alloc(binder, 1, sizeof *b);
    b->s = s;
    b->up = rc_experiments_up(s, goals);
    b->share = rc_experiments_is_share(s);
    const void *other = leading(binder);
    b->first = !other || other == at;
    const rc_target *target = rc_experiments_target(s, goals);
    b->target = target ? target->value : NAN;
    b->deadline_days = goals->deadline_days;
    b->rate_per_hour = rc_bind_rate_per_hour(binder, "gpu");
    const int64_t tries = rc_experiments_tries(s);
    const bool endless = tries == 0 && !s->give_up_after.given;
    b->until_deadline =
        !isinf(goals->deadline_days) && (endless || s->stop_at_deadline);
    b->most_tries = tries > 0                       ? tries
                    : endless && !b->until_deadline ? RC_TRIES_UNSAID
                                                    : RC_TRIES_MOST;

    const char *metric = rc_experiments_metric(s, goals);
    b->metric = rc_bind_state(binder, rc_bind_print(binder, "metric.%s", metric), NAN);
    b->measured =
        rc_bind_state(binder, rc_bind_print(binder, "metric.%s.measured", metric), NAN);
    b->seed_row =
        rc_bind_state(binder, rc_bind_print(binder, "metric.%s.seed", metric), 0.0);
    b->by = rc_bind_measured_by(binder, metric);
    if (b->by.leaks.n > 0)
        b->hope_row = rc_bind_state(binder, "leak.since", NAN);
    if (s->learning_curve)
        b->labels = rc_bind_labels(binder);
    b->systematic = rc_bind_state(binder, "labels.systematic", 0.0);
    b->possible = rc_bind_state(binder, "possible", 1.0);
    b->test_set =
        rc_bind_words(binder, rc_bind_print(binder, "%s.test_set", s->head.id));
    b->choice = words(binder, path, "choice");
    b->ceiling = words(binder, path, "ceiling");
    b->searched = UINT32_MAX;
    for (uint32_t i = 0; (other = rc_bind_group(binder, "experiments", i)); i++)
        if (other != at && rc_also_touches(other, metric)) {
            b->lifted |= rc_also_improves(other, metric, b->up);
            b->searched = rc_bind_state(
                binder, rc_bind_print(binder, "metric.%s.searched", metric), 0.0);
        }
    b->size = rc_search_size(s);
    b->approaches_n = rc_approaches_n(s);
    b->approaches = s->approaches.at;
    for (uint32_t a = 0; a < b->approaches_n; a++) {
        b->open[a] = rc_approach_open(s, a);
        b->first_seed[a] = a == 0 ? words(binder, path, "seed")
                                  : words(binder,
                                          rc_bind_print(binder, "%s.approaches.%s",
                                                        path, b->approaches[a].head.id),
                                          "seed");
    }
    b->todays_ships =
        !b->approaches || !s->must_be_explainable || b->approaches[0].explainable;
    rc_also_bind(&b->also, binder, s, path);
    bind_ceiling(b, binder, path, metric);
    bind_curve(b, binder, path);

    const rc_lever *levers = rc_experiments_levers(s, &b->levers_n);
    b->levers = rc_bind_alloc(binder, b->levers_n, sizeof *b->levers);
    for (uint32_t l = 0; l < b->levers_n; l++) {
        b->levers[l].lever = levers + l;
        b->data_lever |= levers[l].labels.given;
        bind_lever(b, binder, path, l);
    }
    b->told = rc_bind_told(binder, metric);
    bind_outputs(b, binder);
    bind_learning_figure(b, binder);
    assume(b, binder);
    return b;
}

/* ----------------------------------------------------------------------- place */

/* Whether some ceiling, with every raise that could happen, reaches the target. */
static bool possible(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                     const rc_search *s)
{
    bool any = isnan(b->target) || b->lifted;
    for (uint32_t a = 0; a < b->approaches_n && !any; a++) {
        double floor = s->kept[a].floor;
        for (uint32_t l = 0; l < b->levers_n && b->open[a]; l++) {
            const rc_lever_plan *p = &b->levers[l];
            if (p->lever->raises_ceiling.given &&
                (p->approach == RC_ALL_APPROACHES || p->approach == a))
                floor -= rc_row(step, &p->lever->raises_ceiling)[lane];
        }
        /* today's model may be good enough where nothing is tried on it */
        const double least = b->open[a] ? floor : s->kept[a].e;
        any = (b->open[a] || (a == 0 && b->todays_ships)) &&
              rc_reaches(least, rc_search_mirror(b, b->target), false);
    }
    return any;
}

static double limit_days(const rc_search_plan *b, const rc_step *step, uint32_t lane)
{
    double limit = INFINITY;
    if (b->s->give_up_after.given)
        limit = rc_row(step, &b->s->give_up_after)[lane];
    if (step->rework)
        limit = step->rework[lane] * step->slower[lane];
    if (b->until_deadline)
        limit = fmin(limit, b->deadline_days - step->start[lane]);
    return fmax(limit, 0.0);
}

static void report(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                   const rc_search *s)
{
    const rc_kept *best = rc_search_best(s);
    const double truth = rc_search_mirror(b, best->e);
    step->row[b->metric][lane] = truth;
    step->row[b->measured][lane] = best->measured;
    step->row[b->seed_row][lane] = best->seed;
    step->row[b->tries_row][lane] = s->tries;
    step->row[b->days_row][lane] = s->days;
    step->row[b->curse_row][lane] =
        b->up ? best->measured - truth : truth - best->measured;
    if (b->approach_row != UINT32_MAX) {
        step->row[b->approach_row][lane] = s->at;
        for (uint32_t a = 0; a < b->approaches_n; a++) {
            step->row[b->approach_tries[a]][lane] = s->kept[a].begun;
            if (s->kept[a].built)
                step->row[b->approach_value[a]][lane] =
                    rc_search_mirror(b, s->kept[a].e);
        }
    }
    double most = 0.0;
    if (b->largest_row != UINT32_MAX)
        step->row[b->largest_row][lane] = b->levers_n; /* none */
    for (uint32_t l = 0; l < b->levers_n; l++) {
        const rc_lever_plan *p = b->levers + l;
        if (p->tries_row != UINT32_MAX) {
            step->row[p->tries_row][lane] = s->lever[l].ended;
            step->row[p->successes_row][lane] = s->lever[l].successes;
        }
        if (b->largest_row != UINT32_MAX && s->lever[l].gained > most) {
            most = s->lever[l].gained;
            step->row[b->largest_row][lane] = l;
        }
    }
}

/* What of the measured value is a leak; and when hope began that only a leak gave. */
static void report_leak(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                        const rc_search *s)
{
    step->row[b->by.leaked_row][lane] = s->test.leak;
    double *since = &step->row[b->hope_row][lane];
    const double measured = rc_search_best(s)->measured;
    if (isnan(*since) && rc_search_at_aim(b, step, lane, measured) &&
        !rc_search_at_aim(b, step, lane, measured - s->test.leak))
        *since = step->start[lane] + step->duration[lane];
}

/* A further round: the model is where the gate, and what came between, left it. */
static void resume(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                   rc_search *s)
{
    double found = 0.0; /* what leaks no longer show */
    if (b->by.leaks.n > 0) {
        s->test = rc_test_set_of(b->s, &b->by, step, lane);
        found = s->test.leak - step->row[b->by.leaked_row][lane];
    }
    for (uint32_t a = 0; a < b->approaches_n; a++) {
        rc_kept *m = &s->kept[a];
        m->tested = NAN; /* a new round may have a new test set */
        if (a == s->at) {
            m->e = rc_search_mirror(b, step->row[b->metric][lane]);
            m->measured = step->row[b->measured][lane];
            m->seed = step->row[b->seed_row][lane];
        }
        m->measured += found;
    }
}

/* What approaches do to other metrics happens to a round that ends with them; the one that
 * an earlier round has ended with has done it already. */
static void begin_also(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                       const rc_search *s, bool first)
{
    rc_also_begin(&b->also, step, lane, !first);
    for (uint32_t a = 0; b->approaches && a < b->approaches_n; a++)
        if (first || a != s->at)
            rc_also_keep(&b->also, step, lane, a, &b->approaches[a].also, 0);
}

static void place(const rc_step *step, const uint32_t *lane, uint32_t n)
{
    const rc_search_plan *b = step->bound;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t l = lane[i];
        rc_search *s = rc_search_of(step, b->size, l);
        const bool first = !s->begun;
        if (first) {
            rc_search_begin(b, step, l, s);
            for (uint32_t k = 0; k < b->levers_n && !step->verdict_only; k++)
                step->row[b->levers[k].luck_row][l] =
                    rc_search_luck(b->levers + k, s->lever + k, step, l);
            if (b->ceiling_row != UINT32_MAX)
                step->row[b->ceiling_row][l] =
                    rc_search_mirror(b, s->kept[b->drawn_ceiling].floor);
            if (!possible(b, step, l, s))
                step->row[b->possible][l] = 0.0;
        } else
            resume(b, step, l, s);
        if (b->also.n > 0)
            begin_also(b, step, l, s, first);
        const double spent = s->cost;
        const double days = rc_search_run(b, step, l, s, limit_days(b, step, l));
        s->days += days;
        if (first && !step->verdict_only)
            rc_next_weeks(&b->next, step, l, days, rc_search_done(b, step, l, s));
        step->duration[l] = days;
        step->cost[l] = s->cost - spent;
        report(b, step, l, s);
        if (b->also.n > 0)
            rc_also_apply(&b->also, step, l, s->at);
        if (b->by.leaks.n > 0)
            report_leak(b, step, l, s);
    }
}

static bool counts(const void *at, const rc_goals *goals, const char *metric)
{
    const rc_experiments *s = at;
    const char *its = rc_experiments_metric(s, goals);
    return s->test_size > 0 && its && strcmp(its, metric) == 0;
}

const rc_model rc_model_experiments = {
    .id = "experiments",
    .group = &rc_experiments_group,
    .is_plan = true,
    .cost_kind = "compute",
    .memory = rc_search_size,
    .check = rc_experiments_check,
    .counts = counts,
    .gpus = rc_experiments_gpus,
    .typical = rc_experiments_typical,
    .bind = bind,
    .place = place,
};
