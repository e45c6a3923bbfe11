#!/usr/bin/env bash
# long_fuzz.sh -- a minute of broken estimates and one of broken scenarios, the same ones
# each time.
set -u
cd "$(dirname "$0")/../.." || exit 1
if ! command -v clang >/dev/null; then
    echo "skipped: no clang"
    echo "100%: Checks: 0, Failures: 0, Errors: 0"
    exit 0
fi
make -s -j2 MODE=fuzz CC=clang fuzzers || exit 1
failures=0
tests/fuzz/run.sh .build/fuzz-clang 20000 || failures=1
echo "$((100 - 100 * failures))%: Checks: 1, Failures: $failures, Errors: 0"
[ "$failures" = 0 ]
