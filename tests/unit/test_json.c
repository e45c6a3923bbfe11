#include "fixture.h"
#include "suite.h"
#include <jansson.h>
#include <math.h>
#include <roadcast/report.h>
#include <stdlib.h>
#include <string.h>

static char *printed; /* of the document last asked for */

static json_t *document_of(const rc_result *result)
{
    size_t n;
    rc_error err = {RC_OK, ""};
    free(printed);
    FILE *out = open_memstream(&printed, &n);
    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(rc_print_json(result, out, &err), RC_OK);
    fclose(out);
    json_error_t error;
    json_t *document = json_loads(printed, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(document, "line %d: %s", error.line, error.text);
    return document;
}

static json_t *fixture_document(fixture_kind kind)
{
    rc_result *result = fixture_new(kind);
    json_t *document = document_of(result);
    fixture_free(result);
    return document;
}

/* "gates.0.rounds.mean" */
static json_t *at(json_t *document, const char *path)
{
    while (document && *path) {
        char part[64];
        size_t n = strcspn(path, ".");
        ck_assert_uint_lt(n, sizeof part);
        memcpy(part, path, n);
        part[n] = '\0';
        path += n + (path[n] == '.');
        document = json_is_array(document)
                       ? json_array_get(document, (size_t)atoi(part))
                       : json_object_get(document, part);
    }
    return document;
}

static const char *text_at(json_t *document, const char *path)
{
    const char *text = json_string_value(at(document, path));
    return text ? text : "(no text)";
}

static double number_at(json_t *document, const char *path)
{
    json_t *number = at(document, path);
    ck_assert_msg(json_is_number(number), "%s is no number", path);
    return json_number_value(number);
}

START_TEST(sections_stand_in_the_order_of_the_contract_in_every_result)
{
    static const char *const keys[] = {
        "schema",  "schema_version", "tool",        "run",     "goals",
        "verdict", "finish",         "cost",        "metrics", "tasks",
        "drivers", "labelling",      "experiments", "gates",   "fairness",
        "risks",   "production",     "value",       "what_if", "figures",
        "assumed", "warnings"};
    for (int kind = 0; kind < FIXTURE_KINDS; kind++) {
        json_t *document = fixture_document((fixture_kind)kind), *value;
        const char *key;
        size_t i = 0;
        json_object_foreach(document, key, value)
        {
            ck_assert_uint_lt(i, sizeof keys / sizeof *keys);
            ck_assert_str_eq(key, keys[i++]);
        }
        ck_assert_uint_eq(i, sizeof keys / sizeof *keys);
        json_decref(document);
    }
}
END_TEST

START_TEST(numbers_come_back_as_the_same_doubles)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    json_t *d = document_of(r);
    ck_assert(number_at(d, "verdict.p_deadline") == r->verdict.deadline.p);
    ck_assert(number_at(d, "verdict.p_deadline_interval.1") ==
              r->verdict.deadline.high);
    ck_assert(number_at(d, "finish.launched.mean_days") == r->finish_launched.mean);
    ck_assert(number_at(d, "cost.percentiles.80") == r->cost.p[2]);
    ck_assert(number_at(d, "cost.by_kind.compute") == 8200.25);
    ck_assert(number_at(d, "metrics.recall.true.percentiles.95") ==
              r->metrics[0].true_value.p[4]);
    ck_assert(number_at(d, "tasks.5.ssi") == r->tasks[5].ssi);
    ck_assert_str_eq(text_at(d, "run.seed"), "42");
    json_decref(d);
    r->seed = UINT64_MAX;
    d = document_of(r);
    ck_assert_str_eq(text_at(d, "run.seed"), "18446744073709551615");
    json_decref(d);
    fixture_free(r);
}
END_TEST

START_TEST(days_become_dates_and_never_becomes_null)
{
    json_t *d = fixture_document(FIXTURE_FRAUD_V2);
    ck_assert_str_eq(text_at(d, "finish.percentiles.50"), "2026-07-23");
    ck_assert(number_at(d, "finish.percentiles_days.50") == 120);
    ck_assert(json_is_null(at(d, "finish.percentiles.95")));
    ck_assert(json_is_null(at(d, "finish.percentiles_days.95")));
    ck_assert_str_eq(text_at(d, "tasks.0.start.percentiles.50"), "2026-02-02");
    ck_assert_str_eq(text_at(d, "verdict.promise"), "2026-09-25");
    ck_assert_str_eq(text_at(d, "finish.histogram.edges.14"), "2026-08-01");
    json_decref(d);
    d = fixture_document(FIXTURE_NOTHING_LAUNCHED);
    ck_assert(json_is_null(at(d, "finish.percentiles.10")));
    ck_assert(json_is_null(at(d, "finish.launched.mean")));
    ck_assert(json_is_null(at(d, "verdict.promise")));
    ck_assert(number_at(d, "verdict.fallback.target") == 0.79);
    json_decref(d);
    d = fixture_document(FIXTURE_NO_GOALS);
    ck_assert(json_is_null(at(d, "verdict.p_all")));
    ck_assert(json_is_null(at(d, "verdict.p_all_interval")));
    ck_assert(json_is_null(at(d, "goals.deadline")));
    json_decref(d);
}
END_TEST

START_TEST(outputs_of_models_become_sections_by_their_path)
{
    json_t *d = fixture_document(FIXTURE_FRAUD_V2);
    ck_assert_str_eq(text_at(d, "gates.0.id"), "offline_gate");
    ck_assert_str_eq(text_at(d, "gates.0.name"), "Offline gate");
    ck_assert_str_eq(text_at(d, "gates.1.id"), "risk_signoff");
    ck_assert_uint_eq(json_array_size(at(d, "gates")), 2);
    ck_assert(number_at(d, "gates.0.p_first_pass") == 0.71);
    ck_assert(number_at(d, "gates.0.rounds.percentiles.50") == 1);
    ck_assert(number_at(d, "gates.0.failed_on.fairness") == 0.23);
    ck_assert_str_eq(text_at(d, "experiments.0.name"), "Experiments to gate");
    ck_assert_uint_eq(json_array_size(at(d, "experiments.0.by_lever")), 5);
    ck_assert_str_eq(text_at(d, "experiments.0.by_lever.1.id"), "seq");
    ck_assert_str_eq(text_at(d, "experiments.0.by_lever.1.name"), "Sequence encoder");
    ck_assert(number_at(d, "experiments.0.by_lever.1.tries") == 3.4);
    ck_assert(number_at(d, "experiments.0.largest_gain.graph") == 0.52);
    ck_assert(number_at(d, "risks.0.fired") == 0.25);
    ck_assert(number_at(d, "fairness.2.limit") == 0.04);
    ck_assert_uint_eq(json_array_size(at(d, "production.months")), 13);
    ck_assert_uint_eq(json_array_size(at(d, "production.metric.percentiles.90")), 13);
    ck_assert_uint_eq(json_array_size(at(d, "production.p_below_floor")), 13);
    ck_assert_uint_eq(json_array_size(at(d, "figures.search.weeks")), 27);
    ck_assert_uint_eq(json_array_size(at(d, "figures.search.best.mean")), 27);
    ck_assert_uint_eq(json_array_size(at(d, "figures.hit_map.chance")), 9);
    ck_assert_uint_eq(json_array_size(at(d, "figures.hit_map.chance.8")), 12);
    json_decref(d);
}
END_TEST

START_TEST(a_plan_without_models_has_its_sections_empty)
{
    static const char *const arrays[] = {"labelling", "experiments", "gates",
                                         "fairness", "risks"};
    static const char *const objects[] = {"metrics", "production", "value",
                                          "figures.search", "figures.hit_map"};
    json_t *d = fixture_document(FIXTURE_NO_OUTPUTS);
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        ck_assert(json_is_array(at(d, arrays[i])) &&
                  !json_array_size(at(d, arrays[i])));
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
        ck_assert(json_is_object(at(d, objects[i])) &&
                  !json_object_size(at(d, objects[i])));
    json_decref(d);
}
END_TEST

START_TEST(
    what_a_model_adds_beyond_the_contract_follows_and_names_that_start_alike_stay_apart)
{
    rc_result *r = fixture_new(FIXTURE_NO_OUTPUTS);
    const rc_spread mean = {.n = 1, .mean = 1};
    const char *const paths[] = {
        "gate_time.cost",      "gates[a.b].cost_per_month", "gates[a.b].cost",
        "figures.learning.at", "gates[a].deep[x].er[y].z",  "new[one].thing"};
    rc_output_result outputs[6] = {0};
    for (int i = 0; i < 6; i++)
        outputs[i] = (rc_output_result){
            .output = {.path = paths[i], .kind = RC_OUT_MEAN, .series = 1},
            .spread = &mean};
    r->outputs = outputs;
    r->outputs_n = 6;
    json_t *d = document_of(r);
    ck_assert_uint_eq(json_array_size(at(d, "gates")), 2);
    ck_assert_str_eq(text_at(d, "gates.0.id"), "a.b");
    ck_assert_uint_eq(json_object_size(at(d, "gates.0")), 5); /* two means with errors */
    ck_assert(number_at(d, "gates.1.deep.0.er.0.z") == 1);
    ck_assert(number_at(d, "gate_time.cost") == 1);
    ck_assert(number_at(d, "new.0.thing") == 1);
    ck_assert(number_at(d, "figures.learning.at") == 1);
    json_decref(d);
    fixture_free(r);
}
END_TEST

START_TEST(text_of_an_enemy_stays_text)
{
    const char *const hostile =
        "\x1b[2J\",\"schema\":\"x\\ \xe2\x80\xae </script> \x7f";
    rc_result *r = fixture_hostile(hostile);
    json_t *d = document_of(r);
    ck_assert_str_eq(text_at(d, "run.scenario"), hostile);
    ck_assert_str_eq(text_at(d, "tasks.3.name"), hostile);
    ck_assert_str_eq(text_at(d, "warnings.0"), hostile);
    ck_assert_str_eq(text_at(d, "schema"), "roadcast.result");
    for (const char *p = printed; *p; p++)
        ck_assert(((unsigned char)*p >= 0x20 && *p != 0x7f) || *p == '\n');
    json_decref(d);
    fixture_free(r);
    r = fixture_hostile("broken \xff\xc3( utf");
    json_decref(document_of(r));
    fixture_free(r);
}
END_TEST

START_TEST(a_full_disk_is_an_error)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    rc_error err = {RC_OK, ""};
    FILE *out = fopen("/dev/full", "w");
    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(rc_print_json(r, out, &err), RC_IO);
    fclose(out);
    fixture_free(r);
}
END_TEST

/* "print 0": the document of a result made by hand, for test_schema.sh. */
static int print_fixture(int kind)
{
    rc_error err = {RC_OK, ""};
    rc_result *result = fixture_new((fixture_kind)kind);
    rc_status status = rc_print_json(result, stdout, &err);
    fixture_free(result);
    return (int)status;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "print") == 0)
        return print_fixture(atoi(argv[2]));
    Suite *suite = suite_create("json");
    TCase *tcase = tcase_create("json");
    tcase_add_test(tcase, sections_stand_in_the_order_of_the_contract_in_every_result);
    tcase_add_test(tcase, numbers_come_back_as_the_same_doubles);
    tcase_add_test(tcase, days_become_dates_and_never_becomes_null);
    tcase_add_test(tcase, outputs_of_models_become_sections_by_their_path);
    tcase_add_test(tcase, a_plan_without_models_has_its_sections_empty);
    tcase_add_test(
        tcase,
        what_a_model_adds_beyond_the_contract_follows_and_names_that_start_alike_stay_apart);
    tcase_add_test(tcase, text_of_an_enemy_stays_text);
    tcase_add_test(tcase, a_full_disk_is_an_error);
    suite_add_tcase(suite, tcase);
    const int failed = suite_run(suite);
    free(printed);
    return failed;
}
