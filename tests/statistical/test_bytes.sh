#!/usr/bin/env bash
# test_bytes.sh -- the same bytes for any number of threads and any instruction set:
# result.json, tables, and every future.
set -u
. "$(dirname "$0")/../support/bytes.sh"

for scenario in scenarios/fraud_v2.cfg scenarios/people_bottleneck.cfg scenarios/five_lines.cfg; do
    first=
    for threads in 1 2 3 7; do
        runs "threads-$threads" "$ROADCAST" --threads "$threads" --futures 6000
        same "threads-$threads"
    done
    for simd in base avx2 avx512; do
        runs "simd-$simd" ROADCAST_SIMD=$simd "$ROADCAST" --threads 1 --futures 6000
        same "simd-$simd"
    done
    rm -rf "${room:?}"/*
done
ends
