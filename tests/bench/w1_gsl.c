/* w1_gsl.c -- the peer of the W1 benchmark: the same network as a plain C program would
 * simulate it with GSL: one future after the other, gsl_ran_* draws, longest path,
 * criticality of every activity, mean, sd and percentiles of the finish.
 *
 *   w1_gsl NETWORK.cfg FUTURES
 */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <libconfig.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TASKS_MOST = 200, LINKS_MOST = 16 };

typedef struct law {
    enum { LOGNORMAL, PERT, TRIANGULAR, GAMMA, UNIFORM } kind;
    double a, b, c, d; /* parameters as the draw wants them */
} law;

typedef struct task {
    law duration;
    int before[LINKS_MOST], before_n;
} task;

typedef struct risk {
    double chance;
    law delay;
    int hits;
} risk;

static law parse(const char *text)
{
    double x, y, z;
    law l = {0};
    if (sscanf(text, "lognormal(p10=%lf, p90=%lf)", &x, &y) == 2)
        l = (law){LOGNORMAL, 0.5 * (log(x) + log(y)),
                  (log(y) - log(x)) / 2.5631031310892007, 0, 0};
    else if (sscanf(text, "pert(%lf, %lf, %lf)", &x, &y, &z) == 3)
        l = (law){PERT, 1 + 4 * (y - x) / (z - x), 1 + 4 * (z - y) / (z - x), x, z - x};
    else if (sscanf(text, "triangular(%lf, %lf, %lf)", &x, &y, &z) == 3)
        l = (law){TRIANGULAR, x, y, z, (y - x) / (z - x)};
    else if (sscanf(text, "gamma(%lf, %lf)", &x, &y) == 2)
        l = (law){GAMMA, x, y, 0, 0};
    else if (sscanf(text, "uniform(%lf, %lf)", &x, &y) == 2)
        l = (law){UNIFORM, x, y, 0, 0};
    else {
        fprintf(stderr, "not a law of this benchmark: %s\n", text);
        exit(2);
    }
    return l;
}

static double draw(const gsl_rng *r, const law *l)
{
    double u;
    switch (l->kind) {
    case LOGNORMAL:
        return gsl_ran_lognormal(r, l->a, l->b);
    case PERT:
        return l->c + l->d * gsl_ran_beta(r, l->a, l->b);
    case TRIANGULAR:
        u = gsl_rng_uniform(r);
        return u < l->d ? l->a + sqrt(u * (l->c - l->a) * (l->b - l->a))
                        : l->c - sqrt((1 - u) * (l->c - l->a) * (l->c - l->b));
    case GAMMA:
        return gsl_ran_gamma(r, l->a, l->b);
    default:
        return gsl_ran_flat(r, l->a, l->b);
    }
}

static int find(const config_setting_t *tasks, const char *id)
{
    for (int i = 0; i < config_setting_length(tasks); i++) {
        const char *name;
        config_setting_lookup_string(config_setting_get_elem(tasks, (unsigned)i), "id",
                                     &name);
        if (strcmp(name, id) == 0)
            return i;
    }
    exit(2);
}

int main(int argc, char **argv)
{
    config_t config;
    config_init(&config);
    if (argc != 3 || !config_read_file(&config, argv[1])) {
        fprintf(stderr, "usage: w1_gsl NETWORK.cfg FUTURES\n");
        return 2;
    }
    long futures = atol(argv[2]);
    config_setting_t *tasks = config_lookup(&config, "tasks"),
                     *risks = config_lookup(&config, "risks");
    int n = config_setting_length(tasks), risks_n = config_setting_length(risks);
    static task t[TASKS_MOST];
    static risk k[TASKS_MOST];
    for (int i = 0; i < n; i++) {
        const config_setting_t *s = config_setting_get_elem(tasks, (unsigned)i);
        const char *text;
        config_setting_lookup_string(s, "duration", &text);
        t[i].duration = parse(text);
        config_setting_t *after = config_setting_get_member(s, "after");
        for (int e = 0; after && e < config_setting_length(after); e++)
            t[i].before[t[i].before_n++] =
                find(tasks, config_setting_get_string_elem(after, e));
    }
    for (int i = 0; i < risks_n; i++) {
        const config_setting_t *s = config_setting_get_elem(risks, (unsigned)i);
        const char *text;
        config_setting_lookup_string(s, "chance", &text);
        k[i].chance = atof(text) / 100;
        config_setting_lookup_string(s, "delay", &text);
        k[i].delay = parse(text);
        k[i].hits = find(tasks, config_setting_get_string_elem(
                                    config_setting_get_member(s, "hits"), 0));
    }
    gsl_rng *r = gsl_rng_alloc(gsl_rng_taus2);
    gsl_rng_set(r, 42);
    double *finish = malloc((size_t)futures * sizeof *finish);
    static long critical[TASKS_MOST];
    for (long f = 0; f < futures; f++) {
        double duration[TASKS_MOST], end[TASKS_MOST], last = 0;
        char on[TASKS_MOST] = {0};
        for (int i = 0; i < n; i++)
            duration[i] = draw(r, &t[i].duration);
        for (int i = 0; i < risks_n; i++)
            if (gsl_rng_uniform(r) < k[i].chance)
                duration[k[i].hits] += draw(r, &k[i].delay);
        for (int i = 0; i < n; i++) {
            double start = 0;
            for (int e = 0; e < t[i].before_n; e++)
                start = end[t[i].before[e]] > start ? end[t[i].before[e]] : start;
            end[i] = start + duration[i];
            last = end[i] > last ? end[i] : last;
        }
        for (int i = 0; i < n; i++)
            on[i] = end[i] == last;
        for (int i = n - 1; i >= 0; i--) {
            if (!on[i])
                continue;
            critical[i]++;
            double start = 0;
            for (int e = 0; e < t[i].before_n; e++)
                start = end[t[i].before[e]] > start ? end[t[i].before[e]] : start;
            for (int e = 0; e < t[i].before_n; e++)
                on[t[i].before[e]] |= end[t[i].before[e]] == start;
        }
        finish[f] = last;
    }
    printf("mean %.4f sd %.4f\n", gsl_stats_mean(finish, 1, (size_t)futures),
           gsl_stats_sd(finish, 1, (size_t)futures));
    gsl_sort(finish, 1, (size_t)futures);
    static const double p[] = {.10, .25, .50, .80, .90, .95};
    for (size_t i = 0; i < sizeof p / sizeof *p; i++)
        printf("P%g %.4f\n", 100 * p[i],
               gsl_stats_quantile_from_sorted_data(finish, 1, (size_t)futures, p[i]));
    for (int i = 0; i < n; i++)
        printf("critical %d %.5f\n", i, (double)critical[i] / (double)futures);
    gsl_rng_free(r);
    free(finish);
    config_destroy(&config);
    return 0;
}
