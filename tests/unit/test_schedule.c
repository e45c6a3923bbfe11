/* Plans without chance, worked out on paper, through both schedules. */
#include "by_pencil.h"

/* 50 ms in the first round, 40 in the second, 32 in the third. */
#define FASTER                                                                         \
    "metrics = ({ id = \"speed\"; value = \"50 ms\"; each_round = \"-20 %\"; });"
#define UNTIL(limit, back_to, rework, most, then)                                      \
    FASTER " gates = ({ id = \"g\"; needs = [\"speed <= " limit " ms\"]; on_fail = { " \
           "back_to = \"" back_to "\"; rework = \"" rework " days\"; at_most = " most  \
           "; " then " }; });"
#define DEV "team = ({ id = \"dev\"; people = 9; cost = \"100 EUR/day\"; });"
#define T(id, days, more) "{ id = \"" id "\"; duration = \"" days "\"; " more " }"
#define AFTER(list) "after = [" list "];"

static const pencil plans[] = {
    {"one after another",
     PLAN("", "", T("a", "2 days", "") "," T("b", "3 days", AFTER("\"a\""))), 5, "a b ",
     0},
    {"a lag",
     PLAN("", "", T("a", "2 days", "") "," T("b", "3 days", AFTER("\"a + 4 days\""))),
     9, "a b ", 0},
    {"a lag over the weekend, into Wednesday",
     PLAN("", "",
          T("a", "5 days", "") "," T("b", "1 days", AFTER("\"a + 2 calendar days\""))),
     8, "a b ", 0},
    {"a lag that ends on Sunday",
     PLAN("", "",
          T("a", "4 days", "") "," T("b", "1 days", AFTER("\"a + 2 calendar days\""))),
     6, "a b ", 0},
    {"from a start",
     PLAN("", "",
          T("a", "10 days", "") "," T("b", "3 days", AFTER("\"start of a + 2 days\""))),
     10, "a ", 0},
    {"from a start, and longer",
     PLAN("", "",
          T("a", "10 days", "") "," T("b", "9 days", AFTER("\"start of a + 2 days\""))),
     11, "a b ", 0},
    {"from the moment when half of it is done",
     PLAN("", "",
          T("a", "10 days", "") "," T("b", "3 days", AFTER("\"50 % of a\""))),
     10, "a ", 0},
    {"from the moment when half of it is done, and longer",
     PLAN("", "",
          T("a", "10 days", "") "," T("b", "9 days", AFTER("\"50 % of a + 1 days\""))),
     15, "a b ", 0},
    {"half of it is done when a freeze has passed",
     PLAN("freezes = ({ id = \"f\"; from = \"2026-02-04\"; to = \"2026-02-05\"; blocks "
          "= [\"a\"]; });",
          "", T("a", "6 days", "") "," T("b", "9 days", AFTER("\"50 % of a\""))),
     14, "a b ", 0},
    {"not before the second Monday",
     PLAN("", "",
          T("a", "1 days", "") "," T("b", "1 days",
                                     AFTER("\"a\"") "not_before = \"2026-02-09\";")),
     6, "b ", 0},
    {"a freeze within",
     PLAN("freezes = ({ id = \"f\"; from = \"2026-02-04\"; to = \"2026-02-05\"; blocks "
          "= [\"a\"]; });",
          DEV, T("a", "4 days", "who = \"1 dev\";")),
     6, "a ", 400},
    {"a freeze at the start",
     PLAN("freezes = ({ id = \"f\"; from = \"2026-02-04\"; to = \"2026-02-05\"; blocks "
          "= [\"b\"]; });",
          "", T("a", "2 days", "") "," T("b", "1 days", AFTER("\"a\""))),
     5, "b ", 0},
    {"nothing to do on the eve of a freeze",
     PLAN("freezes = ({ id = \"f\"; from = \"2026-02-04\"; to = \"2026-02-05\"; blocks "
          "= [\"b\"]; });",
          "",
          T("a", "2 days", "") ", { id = \"b\"; milestone = \"m\"; after = [\"a\"]; }"),
     2, "a b ", 0},
    {"nothing to do inside of a freeze",
     PLAN("freezes = ({ id = \"f\"; from = \"2026-02-04\"; to = \"2026-02-05\"; blocks "
          "= [\"b\"]; });",
          "",
          T("a", "3 days", "") ", { id = \"b\"; milestone = \"m\"; after = [\"a\"]; }"),
     4, "b ", 0},
    {"calendar days from Thursday",
     PLAN("", "", T("a", "3 days", "") "," T("b", "2 calendar days", AFTER("\"a\""))),
     5, "a b ", 0},
    {"a holiday",
     PLAN("holidays = (\"2026-02-04\");", "", T("a", "4 calendar days", "")), 3, "a ",
     0}, /* Monday, Tuesday, Thursday */
    {"effort of two who are there half of the time",
     PLAN("",
          "team = ({ id = \"dev\"; people = 2; availability = \"50 %\"; cost = \"100 "
          "EUR/day\"; });",
          "{ id = \"a\"; effort = \"6 person-days\"; who = \"2 dev\"; cost = \"50 "
          "EUR\"; }"),
     6, "a ", 650},
    {"a risk that slows and delays",
     PLAN("",
          DEV " risks = ({ id = \"r\"; chance = \"100 %\"; hits = [\"a\"]; slower = "
              "\"50 %\"; "
              "delay = \"2 days\"; cost = \"7 EUR\"; });",
          T("a", "4 days", "who = \"1 dev\";")),
     8, "a ", 807},
    {"a risk that never fires",
     PLAN("",
          "risks = ({ id = \"r\"; chance = \"0 %\"; hits = [\"a\"]; delay = \"2 "
          "days\"; cost = \"7 EUR\"; });",
          T("a", "4 days", "")),
     4, "a ", 0},
    {"a loop of two",
     PLAN(
         "", DEV UNTIL("35", "a", "1", "3", ""),
         T("a", "3 days", "who = \"1 dev\";") "," T(
             "b", "2 days",
             AFTER(
                 "\"a\"") "gate = \"g\"; who = \"1 dev\";") "," T("c", "1 days",
                                                                  AFTER(
                                                                      "\"b\"")) "," T("x",
                                                                                      "1 days",
                                                                                      AFTER(
                                                                                          "\"a\""))),
     12, "a b c ", 1100}, /* 3 + 2, 1 + 2, 1 + 2, then 1 */
    {"a loop that is used up",
     PLAN("", DEV UNTIL("35", "a", "1", "1", ""),
          T("a", "3 days", "who = \"1 dev\";") "," T(
              "b", "2 days", AFTER("\"a\"") "gate = \"g\"; who = \"1 dev\";")),
     INFINITY, "", 800},
    {"a loop that is used up, and they launch",
     PLAN("", DEV UNTIL("35", "a", "1", "1", "then = \"launch anyway\";"),
          T("a", "3 days", "who = \"1 dev\";") "," T(
              "b", "2 days",
              AFTER("\"a\"") "gate = \"g\"; who = \"1 dev\";") "," T("c", "1 days",
                                                                     AFTER("\"b\""))),
     9, "a b c ", 800},
    {"a task sent back to itself",
     PLAN("", UNTIL("35", "a", "1", "3", ""), T("a", "3 days", "gate = \"g\";")), 5,
     "a ", 0},
    {"stopped while something else runs",
     PLAN("", DEV UNTIL("35", "a", "1", "0", ""),
          T("a", "2 days", "gate = \"g\"; who = \"1 dev\";") "," T(
              "b", "10 days",
              "who = \"1 dev\";") "," T("c", "1 days",
                                        AFTER("\"a\"") "cost = \"1k EUR\";")),
     INFINITY, "", 400},
    {"launched before the other task ends",
     PLAN("", DEV,
          T("a", "2 days", "milestone = \"launch\"; who = \"1 dev\";") "," T(
              "b", "10 days", "who = \"1 dev\";")),
     2, "a ", 400}, /* two days of both: the money until the launch */
    {"a team that is always paid",
     PLAN("",
          "team = ({ id = \"dev\"; people = 3; availability = \"50 %\"; cost = \"100 "
          "EUR/day\"; paid = \"always\"; });",
          T("a", "4 days", "who = \"1 dev\";")),
     4, "a ", 600},
    {"a link from a start is told once, though the task runs twice",
     PLAN("", UNTIL("45", "a", "2", "3", ""),
          T("a", "4 days", "gate = \"g\";") "," T(
              "b", "1 days",
              AFTER("\"start of a\"")) "," T("c", "3 days",
                                             "") "," T("d", "2 days",
                                                       AFTER("\"start of a\", \"c\""))),
     6, "a ", 0},
};

START_TEST(rows_end_where_the_pencil_says)
{
    check_by_pencil(&plans[_i], false);
}
END_TEST

START_TEST(events_end_where_the_pencil_says)
{
    check_by_pencil(&plans[_i], true);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("schedule");
    TCase *tcase = tcase_create("schedule");
    const int n = sizeof plans / sizeof *plans;
    tcase_add_loop_test(tcase, rows_end_where_the_pencil_says, 0, n);
    tcase_add_loop_test(tcase, events_end_where_the_pencil_says, 0, n);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
