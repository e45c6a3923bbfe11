/* enrolment.c -- the settings of a study, and its course in one future. */
#include "enrolment.h"
#include "labelling.h"
#include "sites.h"
#include "test_set.h"
#include <math.h>
#include <string.h>

/* ----------------------------------------------------------------- equations */

double rc_poisson_quantile(double u, double mean)
{
    if (!(mean > 0.0))
        return 0.0;
    /* near the answer by Cornish and Fisher, then to it by its definition */
    const double z = rc_normal_quantile(u);
    double k = fmax(0.0, floor(mean + z * sqrt(mean) + (z * z - 1.0) / 6.0));
    while (rc_gamma_ccdf(mean, k + 1.0) < u)
        k++;
    while (k > 0.0 && rc_gamma_ccdf(mean, k) >= u)
        k--;
    return k;
}

rc_shown rc_shown_by(double share, double lost, double gained, double other)
{
    const double kept = share * (1.0 - lost), wrong = (1.0 - share) * gained;
    const double all = kept + wrong;
    return (rc_shown){.bias = wrong * (1.0 - other) / all, .loses = wrong / all};
}

/* Share of cases that a panel's majority calls wrong, and reads beside one by each. */
static double panel_errs(const rc_readers *r, double one_errs)
{
    return 1.0 - rc_majority_adjudicated((uint32_t)r->panel, 1.0 - one_errs,
                                         r->votes_correlate);
}

static double ties(const rc_readers *r, double one_errs)
{
    const uint32_t n = (uint32_t)r->panel;
    const double tie = 1.0 - rc_majority(n, one_errs) - rc_majority(n, 1.0 - one_errs);
    return n % 2 == 0 ? (1.0 - r->votes_correlate) * tie : 0.0;
}

/* ------------------------------------------------------------------ settings */

#define SHARE .dimension = RC_SHARE, .low = 0.0, .high = 1.0

static const rc_setting site_settings[] = {
#define AT(member) .offset = offsetof(rc_study_site, member)
    RC_HEAD_ROWS(rc_study_site),
    {.key = "opens",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_TIME,
     AT(opens),
     .fallback = "0 days",
     .low = 0.0,
     .high = 5000.0,
     .help = "from the start of the study until this site can enrol: contract, ethics, "
             "training"},
    {.key = "recruits",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT_PER_DAY,
     AT(recruits),
     .required = true,
     .low = 1e-6,
     .high = 1e9,
     .help = "people who agree to take part, with and without the disease, once it is "
             "open"},
    {.key = "cost",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     AT(cost),
     .low = 0.0,
     .high = 1e15,
     .help = "to open this site; default nothing"},
    {0}};
#undef AT

static const rc_group site_group = {"sites", sizeof(rc_study_site), site_settings,
                                    "where people are enrolled"};

static const rc_setting reader_settings[] = {
#define AT(member) .offset = offsetof(rc_readers, member)
    {.key = "panel",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(panel),
     .fallback = "3",
     .low = 1.0,
     .high = 25.0,
     .help = "experts who read each case; their majority counts as the truth, a tie is "
             "settled by one more"},
    {.key = "missed",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .low = 0.0,
     .high = 0.5,
     AT(missed),
     .required = true,
     .help = "share of cases with the disease in which one reader does not see it"},
    {.key = "false_alarms",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .low = 0.0,
     .high = 0.5,
     AT(false_alarms),
     .required = true,
     .help = "share of cases without the disease in which one reader sees it"},
    {.key = "votes_correlate",
     .kind = RC_REAL,
     .dimension = RC_NUMBER,
     AT(votes_correlate),
     .fallback = "0.3",
     .low = 0.0,
     .high = 1.0,
     .help = "correlation of two readers on a case (our judgement: hard cases are hard "
             "for all)"},
    {.key = "cost_per_read",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     AT(cost_per_read),
     .low = 0.0,
     .high = 1e12,
     .help = "price of one case read by one expert; default nothing"},
    {0}};
#undef AT

static const rc_group reader_group = {
    "readers", sizeof(rc_readers), reader_settings,
    "a panel of experts whose majority stands for a truth that nobody knows"};

static const rc_setting settings[] = {
#define AT(member) .offset = offsetof(rc_enrolment, member)
    RC_OWN_HEAD_ROWS(rc_enrolment, "what a task's plan calls it; default enrolment"),
    {.key = "positives",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(positives),
     .required = true,
     .low = 1.0,
     .high = 1e7,
     .help = "cases with the disease that the study needs"},
    {.key = "negatives",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(negatives),
     .fallback = "0",
     .low = 0.0,
     .high = 1e7,
     .help = "cases without it that the study needs"},
    {.key = "prevalence",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(prevalence),
     .required = true,
     .low = 1e-6,
     .high = 1.0,
     .help = "share of those enrolled who have the disease"},
    {.key = "drop_out",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(drop_out),
     .low = 0.0,
     .high = 0.99,
     .help = "share of those enrolled whose data cannot be used in the end; default "
             "none"},
    {.key = "sites",
     .kind = RC_LIST,
     AT(sites),
     .required = true,
     .of = &site_group,
     .help = "where people are enrolled"},
    {.key = "cost_per_person",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     AT(cost_per_person),
     .low = 0.0,
     .high = 1e12,
     .help = "price of each person enrolled, drop-outs too; default nothing"},
    {.key = "of_positives",
     .kind = RC_TEXTS,
     AT(of_positives),
     .help = "metrics that the study measures on its positives, as sensitivity"},
    {.key = "of_negatives",
     .kind = RC_TEXTS,
     AT(of_negatives),
     .help = "metrics that the study measures on its negatives, as specificity"},
    {.key = "readers",
     .kind = RC_GROUP,
     AT(readers),
     .of = &reader_group,
     .help = "experts whose majority stands for the truth; default the truth is known, "
             "as from a biopsy"},
    {.key = "give_up_after",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_TIME,
     AT(give_up_after),
     .low = 0.0,
     .high = 50000.0,
     .help = "longest enrolment: it ends with what it has; default until there are "
             "enough"},
    {0}};
#undef AT

static const rc_group group = {
    "enrolment", sizeof(rc_enrolment), settings,
    "a study: people enrolled at sites until there are cases enough to measure on"};

static bool is_in(const rc_texts *list, const char *id)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (strcmp(list->at[i], id) == 0)
            return true;
    return false;
}

int rc_enrolment_measures(const rc_enrolment *s, const char *metric)
{
    return is_in(&s->of_positives, metric)   ? 1
           : is_in(&s->of_negatives, metric) ? 2
                                             : 0;
}

static bool counts(const void *at, const rc_goals *goals, const char *metric)
{
    (void)goals;
    return rc_enrolment_measures(at, metric) != 0;
}

static void refuse_calendar(const rc_estimate *e, rc_faults *faults)
{
    if (e->calendar)
        rc_fault(faults, e->at, "write days or weeks",
                 "%s is working time, not calendar days", e->key);
}

/* What it measures must be there, and be a share: of cases. */
static void check_metric(const char *id, rc_position at, const rc_goals *goals,
                         rc_faults *faults)
{
    const char *unit = rc_check_unit(faults, goals, id);
    if (!unit)
        rc_fault(faults, at, "a search produces its metric; others stand in metrics",
                 "the study measures '%s', which nothing produces", id);
    else if (strcmp(unit, "%") != 0)
        rc_fault(faults, at, NULL,
                 "a study counts cases: it measures shares in %%, and '%s' is none",
                 id);
}

static void check(const void *at, const rc_goals *goals, rc_faults *faults)
{
    const rc_enrolment *s = at;
    for (uint32_t i = 0; i < s->of_positives.n; i++)
        check_metric(s->of_positives.at[i], s->of_positives.where[i], goals, faults);
    for (uint32_t i = 0; i < s->of_negatives.n; i++)
        check_metric(s->of_negatives.at[i], s->of_negatives.where[i], goals, faults);
    const rc_study_site *sites = s->sites.at;
    for (uint32_t i = 0; i < s->sites.n; i++)
        refuse_calendar(&sites[i].opens, faults);
    refuse_calendar(&s->give_up_after, faults);
    if (s->sites.n > RC_STUDY_SITES_MAX)
        rc_fault(faults, s->head.at, "describe several as one that recruits for all",
                 "a study has at most %d sites", (int)RC_STUDY_SITES_MAX);
    for (uint32_t i = 0; i < s->of_negatives.n; i++)
        if (is_in(&s->of_positives, s->of_negatives.at[i]))
            rc_fault(faults, s->of_negatives.where[i], "keep it in one of the two",
                     "'%s' is measured on positives already", s->of_negatives.at[i]);
    if (s->of_positives.n + s->of_negatives.n == 0)
        rc_warn(faults, s->head.at, "of_positives = [ \"sensitivity\" ]",
                "the study measures nothing: neither of_positives nor of_negatives");
    if (s->of_negatives.n && s->negatives == 0)
        rc_fault(faults, s->head.at, "negatives = 300",
                 "'%s' is measured on negatives, and the study needs none",
                 s->of_negatives.at[0]);
    if (s->negatives > 0 && !(rc_median(&s->prevalence) < 1.0))
        rc_fault(faults, s->prevalence.at, NULL,
                 "all who are enrolled have the disease, and the study waits for "
                 "negatives");
    if (s->readers && s->readers->panel == 1 &&
        s->readers->votes_correlate != RC_VOTES_CORRELATE)
        rc_unused(faults, s->head.at, "panel = 3",
                  "'votes_correlate' is of several readers, and the panel is one");
    if (s->readers && !(s->of_positives.n && s->of_negatives.n))
        rc_fault(
            faults, s->head.at,
            "of_positives = [ \"sensitivity\" ]; of_negatives = [ \"specificity\" ]",
            "what readers take for positive depends on both kinds: a study with "
            "readers needs a metric of positives and one of negatives");
}

/* --------------------------------------------------------------------- bind */

/* A metric that the study measures. */
typedef struct measured {
    const char *id;
    bool of_positives;
    rc_study_rows study;
    uint32_t truth;
    uint32_t *luck; /* [sites] words of this metric at each site */
    uint32_t off;   /* output: shown minus true */
} measured;

typedef struct bound {
    const rc_sites *differ; /* NULL: all sites are alike */
    measured *metrics;
    uint32_t metrics_n, first_of_negatives;
    uint32_t *by_id; /* sites: sums do not depend on the order of the file */
    /* words */
    uint32_t wait[2], count[2], lost;
    /* outputs */
    uint32_t days, cases[2], enrolled, enough;
} bound;

static uint32_t output(rc_binder *b, const rc_enrolment *s, const char *what,
                       rc_output_kind kind, const char *unit)
{
    return rc_bind_shown(b, rc_bind_print(b, "enrolment[%s].%s", s->head.id, what),
                         kind, unit, s->head.name);
}

static void bind_metric(bound *own, rc_binder *b, const rc_enrolment *s, const char *id,
                        bool of_positives)
{
    measured *m = &own->metrics[own->metrics_n++];
    const rc_study_site *sites = s->sites.at;
    m->id = id;
    m->of_positives = of_positives;
    m->study = rc_bind_study(b, id);
    m->truth = rc_bind_state(b, rc_bind_print(b, "metric.%s", id), NAN);
    m->off = rc_bind_shown(
        b, rc_bind_print(b, "enrolment[%s].metrics[%s].shown_off", s->head.id, id),
        RC_OUT_SPREAD, "points", id);
    m->luck = rc_bind_alloc(b, s->sites.n, sizeof *m->luck);
    for (uint32_t i = 0; i < s->sites.n && own->differ; i++)
        m->luck[i] =
            rc_bind_words(b, rc_bind_print(b, "sites.%s.%s", sites[i].head.id, id));
}

static uint32_t words(rc_binder *b, const rc_enrolment *s, const char *what)
{
    return rc_bind_words(b, rc_bind_print(b, "%s.%s", s->head.id, what));
}

static void order_sites(bound *own, rc_binder *b, const rc_enrolment *s)
{
    const rc_study_site *sites = s->sites.at;
    own->by_id = rc_bind_alloc(b, s->sites.n, sizeof *own->by_id);
    for (uint32_t i = 0; i < s->sites.n; i++) {
        uint32_t k = i;
        for (; k > 0 && strcmp(sites[own->by_id[k - 1]].head.id, sites[i].head.id) > 0;
             k--)
            own->by_id[k] = own->by_id[k - 1];
        own->by_id[k] = i;
    }
}

static void *bind(const void *at, rc_binder *b)
{
    const rc_enrolment *s = at;
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    order_sites(own, b, s);
    own->differ = rc_bind_group(b, "sites", 0);
    own->metrics =
        rc_bind_alloc(b, s->of_positives.n + s->of_negatives.n, sizeof *own->metrics);
    for (uint32_t i = 0; i < s->of_positives.n; i++)
        bind_metric(own, b, s, s->of_positives.at[i], true);
    own->first_of_negatives = own->metrics_n;
    for (uint32_t i = 0; i < s->of_negatives.n; i++)
        bind_metric(own, b, s, s->of_negatives.at[i], false);
    own->wait[0] = words(b, s, "positives");
    own->wait[1] = words(b, s, "negatives");
    own->count[0] = words(b, s, "positives.more");
    own->count[1] = words(b, s, "negatives.more");
    own->lost = words(b, s, "drop_out");
    own->days = output(b, s, "days", RC_OUT_SPREAD, "days");
    own->cases[0] = output(b, s, "positives", RC_OUT_SPREAD, "cases");
    own->cases[1] = output(b, s, "negatives", RC_OUT_SPREAD, "cases");
    own->enrolled = output(b, s, "enrolled", RC_OUT_SPREAD, "people");
    own->enough = output(b, s, "p_enough", RC_OUT_SHARE, "share");
    if (s->readers && s->readers->panel > 1)
        rc_bind_assumed(b, "two readers of a case correlate %.2g",
                        s->readers->votes_correlate);
    if (s->readers)
        rc_bind_assumed(b, "readers and model err independently on a case");
    return own;
}

/* --------------------------------------------------------------------- place */

/* Sites in one future, by the day on which they open. */
typedef struct pace {
    double opens[RC_STUDY_SITES_MAX], rate[RC_STUDY_SITES_MAX];
    uint32_t n;
} pace;

static pace pace_of(const rc_enrolment *s, const bound *own, const rc_step *step,
                    uint32_t lane)
{
    const rc_study_site *sites = s->sites.at;
    pace p = {.n = s->sites.n};
    for (uint32_t i = 0; i < p.n; i++) {
        const rc_study_site *site = &sites[own->by_id[i]];
        /* by a further round they are open */
        const double opens = step->round == 1 ? rc_row(step, &site->opens)[lane] : 0.0;
        uint32_t k = i;
        for (; k > 0 && p.opens[k - 1] > opens; k--) {
            p.opens[k] = p.opens[k - 1];
            p.rate[k] = p.rate[k - 1];
        }
        p.opens[k] = opens;
        p.rate[k] = rc_row(step, &site->recruits)[lane];
    }
    return p;
}

/* People expected by a day, and the day by which so many are expected. */
static double expected(const pace *p, double day)
{
    double people = 0.0;
    for (uint32_t i = 0; i < p->n && p->opens[i] < day; i++)
        people += p->rate[i] * (day - p->opens[i]);
    return people;
}

static double day_of(const pace *p, double people)
{
    double rate = 0.0, so_far = 0.0, day = 0.0;
    for (uint32_t i = 0; i < p->n; i++) {
        const double then = so_far + rate * (p->opens[i] - day);
        if (then >= people)
            break;
        so_far = then;
        day = p->opens[i];
        rate += p->rate[i];
    }
    return day + (people - so_far) / rate;
}

/* What readers make of the two kinds, in one future. */
typedef struct reading {
    double prevalence;    /* true */
    double missed, wrong; /* by the panel, of positives, of negatives */
    double as_read;       /* prevalence as the panel sees it */
    double reads;         /* of a case, by all */
} reading;

static reading read_by(const rc_enrolment *s, const rc_step *step, uint32_t lane)
{
    reading r = {.prevalence = rc_row(step, &s->prevalence)[lane]};
    const double q = r.prevalence;
    if (s->readers) {
        const double u = rc_row(step, &s->readers->missed)[lane];
        const double v = rc_row(step, &s->readers->false_alarms)[lane];
        r.missed = panel_errs(s->readers, u);
        r.wrong = panel_errs(s->readers, v);
        r.reads = (double)s->readers->panel + q * ties(s->readers, u) +
                  (1.0 - q) * ties(s->readers, v);
    }
    r.as_read = q * (1.0 - r.missed) + (1.0 - q) * r.wrong;
    return r;
}

/* Cases of a kind after so many people were expected, of whom `share` are such; `needed`:
 * expected people at the case that makes them enough. */
static double counted(const rc_step *step, uint32_t lane, uint32_t word, double wanted,
                      double share, double needed, double people)
{
    const double u = rc_uniform(rc_word(step, word, step->round, lane));
    if (needed <= people)
        return wanted + rc_poisson_quantile(u, share * (people - needed));
    return rc_binomial_quantile(u, wanted - 1.0, people / needed);
}

typedef struct course {
    pace pace;
    double days, people;   /* until it ends; expected by then */
    double cases[2], lost; /* positives and negatives as read; drop-outs */
    bool enough;
} course;

static course run(const rc_enrolment *s, const bound *own, const rc_step *step,
                  uint32_t lane, const reading *r)
{
    course c = {.pace = pace_of(s, own, step, lane), .enough = true};
    const double stays = 1.0 - rc_row_or(step, &s->drop_out, lane, 0.0);
    const double wanted[2] = {(double)s->positives, (double)s->negatives};
    const double share[2] = {stays * r->as_read, stays * (1.0 - r->as_read)};
    double needed[2] = {0.0, 0.0};
    for (int k = 0; k < 2; k++) {
        if (wanted[k] > 0.0) {
            const double u = rc_uniform(rc_word(step, own->wait[k], step->round, lane));
            needed[k] = rc_gamma_quantile(u, wanted[k]) / share[k];
        }
        c.people = fmax(c.people, needed[k]);
    }
    c.days = day_of(&c.pace, c.people);
    /* what slows the study gives it no longer */
    double limit =
        rc_row_or(step, &s->give_up_after, lane, INFINITY) / step->slower[lane];
    if (step->rework)
        limit = fmin(limit, step->rework[lane]);
    if (c.days > limit) {
        c.days = limit;
        c.people = expected(&c.pace, limit);
        c.enough = false;
    }
    for (int k = 0; k < 2; k++)
        c.cases[k] = counted(step, lane, own->count[k], wanted[k], share[k], needed[k],
                             c.people);
    const double u = rc_uniform(rc_word(step, own->lost, step->round, lane));
    c.lost = rc_poisson_quantile(u, (1.0 - stays) * c.people);
    return c;
}

static double money(const rc_enrolment *s, const bound *own, const rc_step *step,
                    uint32_t lane, const course *c, const reading *r)
{
    const rc_study_site *sites = s->sites.at;
    const double usable = c->cases[0] + c->cases[1];
    double spent = (usable + c->lost) * rc_row_or(step, &s->cost_per_person, lane, 0.0);
    if (s->readers)
        spent +=
            usable * r->reads * rc_row_or(step, &s->readers->cost_per_read, lane, 0.0);
    for (uint32_t i = 0; i < s->sites.n && step->round == 1; i++) {
        const rc_study_site *site = &sites[own->by_id[i]];
        if (rc_row(step, &site->opens)[lane] <= c->days)
            spent += rc_row_or(step, &site->cost, lane, 0.0);
    }
    return spent;
}

/* True value of a metric for the people of this study: sites weigh by whom they sent. */
static double at_study(const rc_enrolment *s, const bound *own, const measured *m,
                       const rc_step *step, uint32_t lane, const course *c)
{
    const double truth = step->row[m->truth][lane];
    if (!own->differ)
        return truth;
    const rc_study_site *sites = s->sites.at;
    const double spread = rc_row(step, &own->differ->spread)[lane];
    double sum = 0.0, people = 0.0;
    for (uint32_t k = 0; k < s->sites.n; k++) {
        const uint32_t i = own->by_id[k];
        const double opens =
            step->round == 1 ? rc_row(step, &sites[i].opens)[lane] : 0.0;
        const double sent =
            rc_row(step, &sites[i].recruits)[lane] * fmax(0.0, c->days - opens);
        const double z =
            rc_normal_quantile(rc_uniform(rc_word(step, m->luck[i], 0, lane)));
        sum += sent * rc_at_site(truth, spread, z);
        people += sent;
    }
    return people > 0.0 ? sum / people : truth;
}

/* Leaves to gates on how many each metric is measured, and what that shows. */
static void show(const rc_enrolment *s, const bound *own, const rc_step *step,
                 uint32_t lane, const course *c, const reading *r)
{
    double here[2] = {0.0, 0.0}; /* the first metric of each kind, for the other */
    for (int k = 0; k < 2; k++) {
        const uint32_t first = k == 0 ? 0 : own->first_of_negatives;
        if (first < own->metrics_n && own->metrics[first].of_positives == (k == 0))
            here[k] = at_study(s, own, &own->metrics[first], step, lane, c);
    }
    const double q = r->prevalence;
    for (uint32_t i = 0; i < own->metrics_n; i++) {
        const measured *m = &own->metrics[i];
        const double truth = step->row[m->truth][lane];
        const double shift = at_study(s, own, m, step, lane, c) - truth;
        const rc_shown shown = !s->readers ? (rc_shown){0}
                               : m->of_positives
                                   ? rc_shown_by(q, r->missed, r->wrong, here[1])
                                   : rc_shown_by(1.0 - q, r->wrong, r->missed, here[0]);
        const double bias = shown.bias + (1.0 - shown.loses) * shift;
        step->row[m->study.size][lane] = c->cases[m->of_positives ? 0 : 1];
        step->row[m->study.bias][lane] = bias;
        step->row[m->study.loses][lane] = shown.loses;
        step->row[m->study.round][lane] = step->round;
        step->row[m->study.until][lane] = step->start[lane] + step->duration[lane];
        step->row[m->off][lane] = bias - shown.loses * truth;
    }
}

static void add(double *row, double value)
{
    *row = isnan(*row) ? value : *row + value;
}

static void place(const rc_step *step, const uint32_t *lane, uint32_t n)
{
    const rc_enrolment *s = step->settings;
    const bound *own = step->bound;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t l = lane[i];
        const reading r = read_by(s, step, l);
        const course c = run(s, own, step, l, &r);
        step->duration[l] = c.days * step->slower[l];
        step->cost[l] = money(s, own, step, l, &c, &r);
        show(s, own, step, l, &c, &r);
        add(&step->row[own->days][l], step->duration[l]);
        step->row[own->cases[0]][l] = c.cases[0];
        step->row[own->cases[1]][l] = c.cases[1];
        add(&step->row[own->enrolled][l], c.cases[0] + c.cases[1] + c.lost);
        step->row[own->enough][l] = c.enough;
    }
}

/* Every estimate at its median: sites open at theirs, cases come as expected. */
static double typical(const void *at)
{
    const rc_enrolment *s = at;
    const rc_study_site *sites = s->sites.at;
    const double q = rc_median(&s->prevalence);
    const double stays = s->drop_out.given ? 1.0 - rc_median(&s->drop_out) : 1.0;
    const double people =
        fmax((double)s->positives / (stays * q),
             q < 1.0 ? (double)s->negatives / (stays * (1.0 - q)) : 0.0);
    double rate = 0.0, opens = 0.0;
    for (uint32_t i = 0; i < s->sites.n; i++) {
        rate += rc_median(&sites[i].recruits);
        opens += rc_median(&sites[i].opens) * rc_median(&sites[i].recruits);
    }
    const double days = (people + opens) / rate;
    return s->give_up_after.given ? fmin(days, rc_median(&s->give_up_after)) : days;
}

const rc_model rc_model_enrolment = {
    .id = "enrolment",
    .group = &group,
    .is_plan = true,
    .own_workers = true,
    .cost_kind = "enrolment",
    .check = check,
    .counts = counts,
    .typical = typical,
    .bind = bind,
    .place = place,
};
