#!/usr/bin/env bash
# run.sh BUILD [RUNS] -- feed the readers from the kept corpus: RUNS scenarios, five times
# as many that are only read and twenty times as many estimates, the same ones each time;
# without RUNS ever more, until stopped.
# What is new is kept in BUILD/corpus; what is wrong lies in BUILD/found, and becomes a
# file of tests/fuzz/corpus once it is mended.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=$1 runs=${2:-}
rm -rf "$build/found"; [ -z "$runs" ] || rm -rf "$build/corpus"
mkdir -p "$build/found"
"$build/tests/fuzz/dictionary" >"$build/words.dict" || exit 1
status=0
one() { # NAME LARGEST RUNS CORPUS
    mkdir -p "$build/corpus/$1"
    "$build/tests/fuzz/fuzz_$1" -seed=20260202 -runs="$3" -max_len="$2" -timeout=30 \
        -rss_limit_mb=4000 -dict="$build/words.dict" -artifact_prefix="$build/found/$1-" \
        -print_final_stats=1 "$build/corpus/$1" "tests/fuzz/corpus/$4" \
        >"$build/found/$1.log" 2>&1 || status=1
    grep -a -E 'runtime error|ERROR:|^wrong|Test unit|number_of_executed' \
        "$build/found/$1.log" | sed "s/^/$1: /"
}
for ((n = ${runs:-10000}; status == 0; n *= 2)); do
    one estimate 120 $((20 * n)) estimate
    one reader 16000 $((5 * n)) scenario
    one scenario 16000 "$n" scenario
    [ -z "$runs" ] || break
done
exit $status
