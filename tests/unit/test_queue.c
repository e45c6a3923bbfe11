/* Few people: who is served when, worked out on paper. */
#include "by_pencil.h"

#define FASTER                                                                         \
    "metrics = ({ id = \"speed\"; value = \"50 ms\"; each_round = \"-20 %\"; });"
#define PEOPLE(n, more) "team = ({ id = \"dev\"; people = " n "; " more " });"
#define T(id, days, who, more)                                                         \
    "{ id = \"" id "\"; duration = \"" days " days\"; who = \"" who " dev\"; " more " }"

static const pencil plans[] = {
    {"the first priority is served first",
     PLAN("", PEOPLE("1", ""),
          T("a", "3", "1", "priority = 2;") "," T("b", "2", "1", "priority = 1;") "," T(
              "c", "1", "1", "priority = 3; after = [\"b\"];")),
     6, "a b c ", 0}, /* b, a, c: c has to wait for a */
    {"what must be over first is served first",
     PLAN("", PEOPLE("1", ""),
          T("a", "3", "1", "") "," T("b", "2", "1",
                                     "") ", { id = \"c\"; "
                                         "duration = \"9 days\"; after = [\"b\"]; }"),
     11, "b c ", 0},
    {"of equals the smaller id",
     PLAN("", PEOPLE("1", "cost = \"1 EUR/day\";"),
          T("b", "2", "1", "") "," T("a", "2", "1", "milestone = \"launch\";")),
     2, "a ", 2}, /* the money until the launch */
    {"a small task passes a large one that does not fit",
     PLAN("", PEOPLE("2", ""),
          T("a", "3", "1", "priority = 1;") "," T("b", "2", "2", "priority = 2;") "," T(
              "c", "2", "1", "priority = 3;")),
     5, "a b ", 0},
    {"and keeps it waiting",
     PLAN("", PEOPLE("2", ""),
          T("a", "3", "1", "priority = 1;") "," T("b", "2", "2", "priority = 2;") "," T(
              "c", "4", "1", "priority = 3;")),
     6, "b c ", 0},
    {"somebody joins",
     PLAN("",
          PEOPLE("1", "joins = ({ id = \"j\"; on = \"2026-02-09\"; people = 1; });"),
          T("a", "1", "2", "")),
     6, "a ", 0},
    {"who leaves finishes what runs",
     PLAN("",
          PEOPLE("2", "leaves = ({ id = \"l\"; on = \"2026-02-03\"; people = 1; });"),
          T("a", "5", "1", "priority = 1;") "," T("b", "5", "1", "priority = 2;") "," T(
              "c", "1", "1", "priority = 3;")),
     6, "a b c ", 0},
    {"and is back",
     PLAN("",
          PEOPLE("2", "leaves = ({ id = \"l\"; on = \"2026-02-03\"; people = 1; "
                      "back_on = \"2026-02-05\"; });"),
          T("a", "1", "1", "priority = 1;") "," T("b", "9", "1", "priority = 2;") "," T(
              "c", "1", "1", "priority = 3;")),
     9, "b ", 0},
    {"five fifths are one",
     PLAN("", PEOPLE("1", ""),
          T("a", "1", "0.2", "") "," T("b", "1", "0.2", "") "," T(
              "c", "1", "0.2", "") "," T("d", "1", "0.2",
                                         "") "," T("e", "1", "0.2",
                                                   "") "," T("f", "1", "1",
                                                             "priority = 99;")),
     2, "a b c d e f ", 0},
    {"six fifths are more than one",
     PLAN("", PEOPLE("1", ""),
          T("a", "1", "0.2", "") "," T("b", "1", "0.2", "") "," T(
              "c", "1", "0.2", "") "," T("d", "1", "0.2",
                                         "") "," T("e", "1", "0.2",
                                                   "") "," T("f", "1", "0.2", "")),
     2, "a b c d e f ", 0},
    {"work that comes back stands in line with its priority",
     PLAN("",
          PEOPLE("1", "") FASTER
          " gates = ({ id = \"g\"; needs = [\"speed <= 45 ms\"]; "
          "on_fail = { back_to = \"a\"; rework = \"1 days\"; }; });",
          T("a", "2", "1", "priority = 1; gate = \"g\";") "," T("b", "3", "1",
                                                                "priority = 2;")),
     6, "a b ", 0},
    {"and waits for those before it",
     PLAN("",
          PEOPLE("1", "") FASTER
          " gates = ({ id = \"g\"; needs = [\"speed <= 45 ms\"]; "
          "on_fail = { back_to = \"a\"; rework = \"1 days\"; }; });",
          T("a", "2", "1", "priority = 2; gate = \"g\";") "," T(
              "b", "3", "1", "priority = 1; not_before = \"2026-02-04\";")),
     6, "a b ", 0}, /* a 0 to 2, b 2 to 5, a again 5 to 6 */
    {"a milestone between takes nobody's place",
     PLAN("", PEOPLE("1", ""),
          T("a", "2", "1",
            "priority = 1;") ", { id = \"m\"; milestone = \"m\"; after = "
                             "[\"a\"]; }," T("b", "3", "1",
                                             "priority = 2; after = "
                                             "[\"m\"];") "," T("c", "1", "1",
                                                               "priority = "
                                                               "3;") ","
                                                                     "{ id "
                                                                     "= "
                                                                     "\"d\";"
                                                                     " durat"
                                                                     "ion = "
                                                                     "\"9 "
                                                                     "days\""
                                                                     "; "
                                                                     "after "
                                                                     "= "
                                                                     "[\"b\""
                                                                     "]; }"),
     14, "a m b d ", 0},
    {"a freeze does not hold people that have not begun",
     PLAN("freezes = ({ id = \"f\"; from = \"2026-02-02\"; to = \"2026-02-03\"; blocks "
          "= [\"a\"]; });",
          PEOPLE("1", ""),
          T("a", "3", "1", "priority = 1;") "," T("b", "2", "1", "priority = 2;")),
     5, "a ", 0},
    {"two teams",
     PLAN("", "team = ({ id = \"dev\"; people = 1; }, { id = \"ops\"; people = 1; });",
          T("a", "3", "1", "priority = 1;") ", { id = \"b\"; duration = \"2 days\"; "
                                            "who = \"1 ops\"; priority = 2; },"
                                            "{ id = \"c\"; duration = \"1 days\"; who "
                                            "= \"1 dev, 1 ops\"; priority = 3; }"),
     4, "a c ", 0},
};

START_TEST(few_people_end_where_the_pencil_says)
{
    check_by_pencil(&plans[_i], false);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("queue");
    TCase *tcase = tcase_create("queue");
    tcase_add_loop_test(tcase, few_people_end_where_the_pencil_says, 0,
                        sizeof plans / sizeof *plans);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
