/* Every relation of support/metamorphic.h, of a thousand scenarios made at random. */
#include "metamorphic.h"
#include "suite.h"
#include <string.h>

enum { SCENARIOS = 1000 };

START_TEST(a_relation_holds_a_thousand_times)
{
    for (uint64_t seed = 1; seed <= SCENARIOS; seed++)
        metamorphic_relations[_i].holds(seed);
}
END_TEST

START_TEST(instruction_sets_change_nothing)
{
    static const char *const sets[] = {"avx2", "avx512"};
    static uint64_t base[SCENARIOS], other[SCENARIOS];
    metamorphic_hashes(base, SCENARIOS, "base");
    metamorphic_hashes(other, SCENARIOS, sets[_i]);
    ck_assert(memcmp(base, other, sizeof base) == 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("metamorphic");
    TCase *tcase = tcase_create("a thousand scenarios");
    tcase_set_timeout(tcase, 300);
    tcase_add_loop_test(tcase, a_relation_holds_a_thousand_times, 0,
                        metamorphic_relations_n);
    tcase_add_loop_test(tcase, instruction_sets_change_nothing, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
