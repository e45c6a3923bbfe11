#!/usr/bin/env bash
# The program says about each file of messages/ what its golden text holds, on stderr, and
# ends with 3 where that is an error. "// --set PATH=VALUE" in a first line is passed on.
set -u
cd "$(dirname "$0")/messages" || exit 1
n=0 failed=0
for file in *.cfg; do
    set=$(head -n 1 "$file" | tr -d '\0' | sed -n 's,^// --set ,,p')
    said=$("$ROADCAST" check "$file" ${set:+--set "$set"} 2>&1 >/dev/null)
    code=$? want=0
    grep -qE '(^|: )error: ' "${file%.cfg}.txt" && want=3
    n=$((n + 1))
    if [ "$code" != "$want" ] || [ "$said" != "$(cat "${file%.cfg}.txt")" ]; then
        failed=$((failed + 1))
        echo "---- $file: exit $code, not $want; said:"
        echo "$said"
    fi
done
echo "$(((n - failed) * 100 / n))%: Checks: $n, Failures: $failed, Errors: 0"
[ "$failed" = 0 ]
