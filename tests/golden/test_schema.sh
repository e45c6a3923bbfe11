#!/usr/bin/env bash
# test_schema.sh -- result.json of every scenario, and of results made by hand, is what
# result.schema.json promises; documents that are broken on purpose are refused.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-.build/release} ROADCAST=${ROADCAST:-$BUILD/roadcast}
schema=tests/golden/result.schema.json
if ! python3 -c 'import jsonschema; jsonschema.Draft202012Validator' 2>/dev/null; then
    echo "skipped: python3 cannot import jsonschema (package python3-jsonschema)"
    echo "100%: Checks: 0, Failures: 0, Errors: 0"
    exit 0
fi
checks=0 failures=0
valid() { # NAME < document
    checks=$((checks + 1))
    if ! faults=$(python3 tests/golden/schema.py $schema 2>&1); then
        failures=$((failures + 1))
        printf '%s:\n%s\n' "$1" "$faults"
    fi
}
refused() { # NAME DOCUMENT
    checks=$((checks + 1))
    if [ "$2" = "$whole" ] || python3 tests/golden/schema.py $schema <<<"$2" >/dev/null 2>&1; then
        failures=$((failures + 1))
        echo "$1: accepted"
    fi
}

made=$BUILD/tests/unit/test_json
for kind in 0 1 2 3 4; do
    valid "result made by hand, kind $kind" < <("$made" print $kind)
done

# The schema itself can say no.
whole=$("$made" print 0)
refused "NaN" "${whole/\"p_launch\": 0.92/\"p_launch\": NaN}"
refused "a chance above one" "${whole/\"p_launch\": 0.92/\"p_launch\": 1.2}"
refused "a seed that is a number" "${whole/\"seed\": \"42\"/\"seed\": 42}"
refused "a key that is missing" "${whole/\"p_stopped\":/\"p_halted\":}"
refused "a key twice" "${whole/\"p_stopped\":/\"p_launch\":}"
refused "a date in another form" "${whole/\"promise\": \"2026-09-25\"/\"promise\": \"25.09.2026\"}"
refused "half a document" "${whole:0:4000}"

# Few futures: the schema is asked, not the numbers.
for scenario in scenarios/*.cfg; do
    [ -e "$scenario" ] || continue
    document=$("$ROADCAST" run "$scenario" --futures 600 --json 2>"$BUILD/schema.err")
    code=$?
    if [ "$code" != 0 ]; then
        checks=$((checks + 1)) failures=$((failures + 1))
        echo "$scenario: exit $code"
        tail -n 5 "$BUILD/schema.err"
        continue
    fi
    valid "$scenario" <<<"$document"
done
echo "$(((checks - failures) * 100 / checks))%: Checks: $checks, Failures: $failures, Errors: 0"
[ "$failures" = 0 ]
