#!/usr/bin/env bash
# test_hardened.sh -- the program as it is shipped: at no fixed address, all that the loader
# fills is read-only afterwards, no stack is executable, canaries, checked calls of libc,
# stacks that grow page by page. And a program built without would be convicted of each.
set -u
cd "$(dirname "$0")/../.." || exit 1
program=${ROADCAST:-${BUILD:-.build/release}/roadcast}
case ${BUILD:-release} in
*asan* | *tsan* | *cov* | *O0* | *debug*)
    echo "skipped: not a build that is shipped"
    echo "100%: Checks: 0, Failures: 0, Errors: 0"
    exit 0
    ;;
esac
if ! command -v readelf >/dev/null; then
    echo "skipped: no readelf"
    echo "100%: Checks: 0, Failures: 0, Errors: 0"
    exit 0
fi

# Each says yes or no of a program.
movable() { readelf -Wh "$1" | grep -q 'Type: *DYN' && readelf -Wd "$1" | grep -q 'FLAGS_1.*PIE'; }
bound_at_start() { readelf -Wl "$1" | grep -q GNU_RELRO && readelf -Wd "$1" | grep -Eq 'BIND_NOW|FLAGS.*\bNOW\b'; }
stack_is_data() { readelf -Wl "$1" | grep -Eq 'GNU_STACK.* RW +0x'; }
no_page_of_both() { ! readelf -Wl "$1" | grep -Eq ' LOAD .* (RWE|RW +E) '; }
canaries() { nm -D "$1" | grep -q ' U __stack_chk_fail'; }
checked_calls() { nm -D "$1" | grep -q ' U __[a-z]*_chk@'; }
# A frame of pages is touched page by page: x86-64 writes 0 below "sub $4096, %rsp".
probed_stacks() { objdump -d "$@" | grep -A 1 -E 'sub +\$0x1000,%rsp' | grep -Eq '(or|mov)[lq] +\$0x0,'; }

tests=0 failures=0
ok() { # ok WHAT COMMAND...
    tests=$((tests + 1)); local what=$1; shift
    "$@" || { failures=$((failures + 1)); echo "FAILED: $what"; }
}
no() { ! "$@"; }

probe=$(mktemp -d)
trap 'rm -rf "$probe"' EXIT
cat >"$probe/weak.c" <<'C'
#include <stdio.h>
#include <string.h>
int main(int n, char **text)
{
    char large[20000];
    strcpy(large, text[n - 1]);
    return large[n * 5000 % 20000] + printf("%s", large);
}
C
${CC:-gcc} -O2 -fno-pie -no-pie -fno-stack-protector -fno-stack-clash-protection \
    -U_FORTIFY_SOURCE -Wl,-z,norelro,-z,lazy,-z,execstack -o "$probe/weak" "$probe/weak.c" 2>"$probe/log" ||
    { cat "$probe/log"; exit 1; }

for is in movable bound_at_start stack_is_data canaries checked_calls; do
    ok "the program: ${is//_/ }" $is "$program"
    ok "a weak one is not: ${is//_/ }" no $is "$probe/weak"
done
ok "no page is both written and executed" no_page_of_both "$program"
if [ "$(${CC:-gcc} -dumpmachine | cut -d- -f1)" = x86_64 ]; then
    ok "the program: stacks grow page by page" probed_stacks "$program"
    ok "a weak one: stacks do not" no probed_stacks "$probe/weak"
fi

# What the compiler is asked for: every object with the same words, and -Werror where CI runs.
asked=$(make -n -B -s V=1 "CC=${CC:-gcc}" WERROR=-Werror "${BUILD:-.build/release}/engine/base/error.o" 2>/dev/null)
for flag in -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=3 -fPIE -ffp-contract=off \
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror; do
    ok "the compiler is asked for $flag" grep -qF -- " $flag " <<<"$asked"
done
ok "CI asks for -Werror" grep -q '^export WERROR=-Werror' .ci/run

echo "$(((tests - failures) * 100 / tests))%: Checks: $tests, Failures: $failures, Errors: 0"
[ "$failures" = 0 ]
