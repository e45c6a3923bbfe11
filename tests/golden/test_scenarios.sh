#!/usr/bin/env bash
# test_scenarios.sh -- every scenario passes `check`, and its answer opens with the lines
# that stand in headlines/NAME.txt: everything before "What moves …".
#
#   UPDATE=1 tests/golden/test_scenarios.sh     writes them again; read what it wrote
set -u
cd "$(dirname "$0")/../.." || exit 1
ROADCAST=${ROADCAST:-${BUILD:-.build/release}/roadcast}
golden=tests/golden/headlines
export LC_ALL=C.UTF-8
tests=0 failures=0
fails() { failures=$((failures + 1)) && echo "$*"; }

headline() { # SCENARIO: all but the time that the run took, and the blanks that make room for it
    "$ROADCAST" run "$1" --futures 2000 --seed 42 --no-charts --no-what-if --quiet |
        sed -e '1s/ · [0-9.]* m\{0,1\}s$//; 1s/   */  /' -e '/^   What moves/,$d' -e 's/ *$//' |
        sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
}

for scenario in scenarios/*.cfg; do
    name=$(basename "$scenario" .cfg)
    tests=$((tests + 2))
    "$ROADCAST" check "$scenario" --quiet >/dev/null || fails "$scenario: check refuses it"
    if [ -n "${UPDATE:-}" ]; then
        headline "$scenario" >"$golden/$name.txt"
    elif ! headline "$scenario" | diff -u "$golden/$name.txt" - ; then
        fails "$scenario: the answer opens with other lines; if they are right:" \
            "UPDATE=1 tests/golden/test_scenarios.sh"
    fi
done
for file in "$golden"/*.txt; do
    tests=$((tests + 1))
    [ -e "scenarios/$(basename "$file" .txt).cfg" ] || fails "$file: of no scenario"
done
echo "$(((tests - failures) * 100 / tests))%: Checks: $tests, Failures: $failures, Errors: 0"
[ "$failures" = 0 ]
