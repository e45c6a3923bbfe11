#!/usr/bin/env bash
# The opening comment of roadcast.h is a complete program: it compiles, and forecasts.
set -u
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
sed -n 's/^ \*   //p' include/roadcast.h | sed '/^ \*\//,$d' >"$dir/program.c"
sed -i 's/"fraud_v2.cfg"/"scenarios\/fraud_v2.cfg"/; s/futures = 20000/futures = 1000/' "$dir/program.c"
fail=0
# OPT: how the library was built, which sanitizers ask of those who link it
# shellcheck disable=SC2046,SC2086
${CC:-cc} -std=c17 ${OPT:-} -Wall -Wextra -Werror -Iinclude -o "$dir/program" "$dir/program.c" \
    "$BUILD/libroadcast.a" -fopenmp $(pkg-config --libs libconfig) -lm || fail=1
[ $fail = 0 ] && { "$dir/program" >"$dir/out.json" || fail=1; }
[ $fail = 0 ] && { grep -q '"schema": *"roadcast.result"' "$dir/out.json" || fail=1; }
echo "$([ $fail = 0 ] && echo 100 || echo 0)%: Checks: 1, Failures: $fail, Errors: 0"
exit $fail
