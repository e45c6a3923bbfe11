#!/usr/bin/env bash
# run.sh BUILD -- the speed claims, measured as ratios in turns (A B A B …, medians) on one
# core, whole processes, set-up included.
set -eu
build=$1
repeats=${REPEATS:-5}
futures=${FUTURES:-1000000}
net=tests/bench/w1_network.cfg
pin="taskset -c 0"; command -v taskset >/dev/null || pin=
seconds() { # command -> user + system seconds
    local t; TIMEFORMAT='%U %S'
    t=$( { time "$@" >/dev/null 2>&1; } 2>&1 )
    echo "$t" | awk '{print $1 + $2}'
}
median() { sort -g | awk '{a[NR] = $1} END {print a[int((NR + 1) / 2)]}'; }
echo "W1, $futures futures, one core, CPU seconds (median of $repeats, in turns)"
for level in base avx2 avx512; do
    a=() b=() r=()
    for _ in $(seq "$repeats"); do
        x=$(seconds $pin "$build/tests/bench/w1_gsl" $net "$futures")
        y=$(seconds env ROADCAST_SIMD=$level $pin "$build/roadcast" run $net -n "$futures" -j 1 --json)
        a+=("$x"); b+=("$y"); r+=("$(awk "BEGIN {print $x / $y}")")
    done
    printf '  %-7s GSL %6.3f   roadcast %6.3f   ratio %5.2f\n' $level \
        "$(printf '%s\n' "${a[@]}" | median)" "$(printf '%s\n' "${b[@]}" | median)" \
        "$(printf '%s\n' "${r[@]}" | median)"
done
echo "fraud_v2, 20 000 futures and its what-ifs, no charts, two threads, wall seconds"
w=()
for _ in $(seq "$repeats"); do
    TIMEFORMAT=%R
    w+=("$( { time "$build/roadcast" run scenarios/fraud_v2.cfg -j 2 >/dev/null 2>&1; } 2>&1 )")
done
printf '  %6.3f\n' "$(printf '%s\n' "${w[@]}" | median)"
