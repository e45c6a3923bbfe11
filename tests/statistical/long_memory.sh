#!/usr/bin/env bash
# long_memory.sh -- ten million futures take no more memory than a hundred thousand, and a
# run takes what was estimated before it. Peaks of resident memory, as the kernel counts.
set -u
cd "$(dirname "$0")/../.." || exit 1
roadcast=${ROADCAST:-$PWD/.build/release/roadcast}
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
checks=0 failures=0
ok() { # ok WHAT CONDITION
    checks=$((checks + 1))
    (($2)) || { failures=$((failures + 1)); echo "FAILED: $1"; }
}
peak() { # peak ARGS...: KiB of roadcast ARGS
    python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$roadcast" "$@"
}
estimate() { # estimate ARGS...: KiB, as a refusal says them
    "$roadcast" run "$@" --max-memory 1K 2>&1 >/dev/null |
        sed -n 's/.* would take about \([0-9.]*\) \(MB\|GB\) of memory, and --max-memory.*/\1 \2/p' |
        awk '{ print int($1 * ($2 == "GB" ? 1e9 : 1e6) / 1024) }'
}

few=$(peak run scenarios/00_smallest.cfg -q -n 100k)
many=$(peak run scenarios/00_smallest.cfg -q -n 10M)
echo "10^5 futures: $few KiB, 10^7: $many KiB"
ok "10^7 futures take $((many - few)) KiB more than 10^5" $((many - few < 64 * 1024))
many=$(peak run scenarios/stop_wisely.cfg -q -n 1100k -j 2 --no-what-if)
few=$(peak run scenarios/stop_wisely.cfg -q -n 100k -j 2 --no-what-if)
ok "of a plan of value with 1.1 M futures $((many - few)) KiB more" $((many - few < 64 * 1024))

# What is measured beyond `check` lies between half and 1.25 of what was said, and 12 MiB.
while read -r arguments; do
    scenario=${arguments%% *}
    said=$(estimate $arguments)
    took=$(($(peak run -q $arguments) - $(peak check -q "$scenario")))
    echo "said $said KiB, took $took KiB: $arguments"
    ok "more than was said: $arguments" $((took < said * 5 / 4 + 12 * 1024))
    ok "far less than was said: $arguments" $((took > said / 2 - 12 * 1024))
done <<END
scenarios/00_smallest.cfg -n 20k -j 1
scenarios/00_smallest.cfg -n 1M -j 2
scenarios/00_smallest.cfg -n 2M -j 8
scenarios/fraud_v2.cfg -n 20k -j 1
scenarios/fraud_v2.cfg -n 20k -j 8
scenarios/fraud_v2.cfg -n 200k -j 2 --no-what-if
scenarios/medical_imaging.cfg -n 40k -j 2
END
echo "$(((checks - failures) * 100 / checks))%: Checks: $checks, Failures: $failures, Errors: 0"
[ "$failures" = 0 ]
