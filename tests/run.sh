#!/usr/bin/env bash
# run.sh BUILD short|long [FOLDER...] -- run every test of a kind, of these folders or of
# all, and sum up what they say.
#
# Programs are check suites and print "…%: Checks: N, Failures: F, Errors: E"; scripts
# tests/*/test_*.sh (long: long_*.sh) print the same line. A program that ends in any
# other way counts as one failure. Last line: "N passed, N failed". make check MODE=asan
# hands on CC and OPT, with which a test compiles what a stranger would.
set -u
build=$1 kind=$2; shift 2
folders=("${@:-*}")
prefix=test; [ "$kind" = long ] && prefix=long
logs=$build/logs-$kind; rm -rf "$logs"; mkdir -p "$logs"
# One place for every machine, and a locale with a decimal comma for the test that needs one.
export LC_ALL=C.UTF-8 LOCPATH=$PWD/$build/locale
[ -d "$LOCPATH/de_DE.utf8" ] || { mkdir -p "$LOCPATH" &&
    localedef -i de_DE -f UTF-8 "$LOCPATH/de_DE.UTF-8"; } >/dev/null 2>&1
export ROADCAST=$PWD/$build/roadcast BUILD=$build
export CK_TIMEOUT_MULTIPLIER=10 # sanitizers and shared machines are slow, not wrong
# Archer, which comes with libomp, tells what that has put in order; its own memory is not seen.
export TSAN_OPTIONS=ignore_noninstrumented_modules=1${TSAN_OPTIONS:+:$TSAN_OPTIONS}
one() {
    t=$1; log=$2/$(echo "${t#"$BUILD/"}" | tr / _).log # no leading dot: *.log must see it
    start=$(date +%s%N)
    if [ "${t%.sh}" != "$t" ]; then bash "$t" >"$log" 2>&1; else "$t" >"$log" 2>&1; fi
    echo "exit $?, $(( ($(date +%s%N) - start) / 1000000 )) ms" >>"$log"
}
export -f one
# A shell's background job ignores Ctrl-C, and its children could not be stopped by one.
{ for f in "${folders[@]}"; do for s in tests/$f/${prefix}_*.c; do [ -e "$s" ] && echo "$build/${s%.c}"; done; done
  [ "$kind ${folders[0]}" = "short *" ] && echo tests/floors.sh
  for f in "${folders[@]}"; do for s in tests/$f/${prefix}_*.sh; do [ -e "$s" ] && echo "$s"; done; done; } \
    | xargs -P "$(nproc)" -I{} env --default-signal=INT,QUIT bash -c 'one "$1" "$2"' _ {} "$logs"
passed=0 failed=0
for log in "$logs"/*.log; do
    name=$(basename "$log" .log)
    line=$(grep -E '%: Checks: [0-9]+, Failures: [0-9]+, Errors: [0-9]+' "$log" | tail -n 1)
    code=$(tail -n 1 "$log" | sed 's/exit \([0-9]*\),.*/\1/')
    if [ -n "$line" ]; then
        n=$(echo "$line" | sed 's/.*Checks: \([0-9]*\).*/\1/')
        f=$(echo "$line" | sed 's/.*Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1 + \2/')
        f=$((f)); [ "$f" = 0 ] && [ "$code" != 0 ] && f=1
        [ "$f" -gt "$n" ] && n=$f
    else
        n=1 f=1
    fi
    passed=$((passed + n - f)) failed=$((failed + f))
    if [ "$f" -gt 0 ]; then echo "---- $name"; tail -n 40 "$log"; fi
    grep -E '^(skipped|SKIP)' "$log" | sed "s/^/$name: /"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
