/* What a program may use here: its limits, and those of the groups that it is in. */
#include "base/machine.h"
#include "suite.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static char root[64];

static void setup(void)
{
    strcpy(root, "/tmp/roadcast-machine-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(root));
}

static void teardown(void)
{
    char line[128];
    snprintf(line, sizeof line, "rm -r %s", root);
    ck_assert_int_eq(system(line), 0);
}

static void put(const char *path, const char *text)
{
    char line[512];
    snprintf(line, sizeof line, "mkdir -p $(dirname %s%s) && printf -- '%s' >%s%s", root, path,
             text, root, path);
    ck_assert_int_eq(system(line), 0);
}

static void allows(double bytes, const char *says)
{
    rc_allowance a = rc_machine_memory(root);
    ck_assert_double_eq(a.bytes, bytes);
    ck_assert_ptr_nonnull(strstr(a.says, says));
}

START_TEST(without_limits_it_is_what_is_built_in)
{
    rc_allowance a = rc_machine_memory(root);
    ck_assert_double_gt(a.bytes, 1e8);
    ck_assert_str_eq(a.says, "this machine has");
}
END_TEST

START_TEST(a_group_and_those_above_it_limit)
{
    put("/proc/self/cgroup", "0::/job/step\n");
    put("/sys/fs/cgroup/job/step/memory.max", "max\n");
    put("/sys/fs/cgroup/job/memory.max", "2000000\n");
    allows(2e6, "control group");
    put("/sys/fs/cgroup/job/step/memory.max", "1000000\n");
    allows(1e6, "control group");
    put("/sys/fs/cgroup/memory.max", "500000\n"); /* a container sees its own as the first */
    allows(5e5, "control group");
    put("/sys/fs/cgroup/other/memory.max", "1\n");
    allows(5e5, "control group");
}
END_TEST

START_TEST(groups_of_both_versions_are_known)
{
    put("/proc/self/cgroup", "9:name=systemd:/\n4:memory:/job\n1:cpu:/x\n0::/\n");
    put("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    put("/sys/fs/cgroup/memory/job/memory.limit_in_bytes", "3000000\n");
    put("/sys/fs/cgroup/x/memory.max", "1\n");
    allows(3e6, "control group");
    put("/sys/fs/cgroup/unified/memory.max", "2000000\n");
    allows(2e6, "control group");
}
END_TEST

START_TEST(what_cannot_be_understood_limits_nothing)
{
    static const char *const lines[] = {"0::", ":", "0:", "x\n\n::::/\n", "0::/../..\n"};
    put("/sys/fs/cgroup/a/memory.max", "-7\n");
    double all = rc_machine_memory(root).bytes;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        put("/proc/self/cgroup", lines[i]);
        allows(all, "this machine has");
    }
    put("/proc/self/cgroup", "0::/a\n");
    allows(all, "this machine has");
}
END_TEST

START_TEST(the_limits_of_the_program_count)
{
    struct rlimit old, less;
    const __rlimit_resource_t kind = _i ? RLIMIT_DATA : RLIMIT_AS;
    ck_assert_int_eq(getrlimit(kind, &old), 0);
    less = old;
    less.rlim_cur = 1 << 26;
    ck_assert_int_eq(setrlimit(kind, &less), 0);
    rc_allowance a = rc_machine_memory(root);
    ck_assert_int_eq(setrlimit(kind, &old), 0);
    ck_assert_double_eq(a.bytes, 1 << 26);
    ck_assert_ptr_nonnull(strstr(a.says, "ulimit"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("machine");
    TCase *tcase = tcase_create("machine");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, without_limits_it_is_what_is_built_in);
    tcase_add_test(tcase, a_group_and_those_above_it_limit);
    tcase_add_test(tcase, groups_of_both_versions_are_known);
    tcase_add_test(tcase, what_cannot_be_understood_limits_nothing);
    tcase_add_loop_test(tcase, the_limits_of_the_program_count, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
