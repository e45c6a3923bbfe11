#!/usr/bin/env bash
# test_schema.sh -- result.json of every scenario, and of results made by hand, is what
# result.schema.json promises; documents that are broken on purpose are refused.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-.build/release} ROADCAST=${ROADCAST:-$BUILD/roadcast}
if ! python3 -c 'import jsonschema; jsonschema.Draft202012Validator' 2>/dev/null; then
    echo "skipped: python3 cannot import jsonschema (package python3-jsonschema)"
    echo "100%: Checks: 0, Failures: 0, Errors: 0"
    exit 0
fi
documents=$BUILD/schema
rm -rf "$documents" && mkdir -p "$documents" || exit 1

made=$BUILD/tests/unit/test_json
for kind in 0 1 2 3 4; do
    "$made" print $kind >"$documents/valid-made-by-hand-$kind.json"
done

# The schema itself can say no.
whole=$("$made" print 0)
refused() { # NAME DOCUMENT; a document that is still whole would be accepted
    printf '%s\n' "$2" >"$documents/refused-$1.json"
}
refused nan "${whole/\"p_launch\": 0.92/\"p_launch\": NaN}"
refused chance-above-one "${whole/\"p_launch\": 0.92/\"p_launch\": 1.2}"
refused outside-its-interval "${whole/\"p_launch\": 0.92/\"p_launch\": 0.12}"
refused without-an-error "${whole/\"p_first_pass_interval\":/\"between\":}"
refused seed-as-number "${whole/\"seed\": \"42\"/\"seed\": 42}"
refused key-missing "${whole/\"p_stopped\":/\"p_halted\":}"
refused key-twice "${whole/\"p_stopped\":/\"p_launch\":}"
refused date-in-another-form "${whole/\"promise\": \"2026-09-25\"/\"promise\": \"25.09.2026\"}"
refused half-a-document "${whole:0:4000}"

# Few futures: the schema is asked, not the numbers.
for scenario in scenarios/*.cfg; do
    name=$(basename "$scenario" .cfg)
    "$ROADCAST" run "$scenario" --futures 600 --json >"$documents/valid-$name.json" ||
        echo "$scenario: exit $?"
done
python3 tests/golden/schema.py tests/golden/result.schema.json "$documents"
