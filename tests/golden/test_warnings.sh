#!/usr/bin/env bash
# What shows only when a plan is compiled is said by check and by run in the same words: a
# typical plan that ends after the deadline, after the day of goals.supports, after the
# horizon of value.
set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
cat > late.cfg <<'EOF'
format = 1; calendar = { start = "2026-02-02"; };
goals = { deadline = "2026-02-27"; target = { metric = "recall"; at_least = "82 %"; };
  supports = { measure = "Losses"; today = "1.1M EUR/month"; per_point = "-3 to -1 %";
               at_most = "1.0M EUR/month"; by = "2026-03-31"; }; };
experiments = { baseline = "79 %"; tries = 4; };
value = { per_month = "90k EUR/month"; horizon = "1 months"; };
tasks = ( { id = "search"; plan = "experiments"; },
          { id = "ship"; duration = "3 months"; after = [ "search" ]; } );
EOF
cat > want <<'EOF'
roadcast: late.cfg:2:23: warning: with every estimate at its median, and nobody short, the plan ends on 12 May 2026, after the deadline, 27 Feb 2026
roadcast: late.cfg:3:27: warning: with every estimate at its median, and nobody short, the plan ends on 12 May 2026, after the day on which Losses is looked at, 31 Mar 2026
roadcast: late.cfg:6:9: warning: with every estimate at its median, and nobody short, the plan ends on 12 May 2026, after the horizon of value, 4 Mar 2026
EOF
failed=0
for command in "check" "run -n 100"; do
    # shellcheck disable=SC2086
    "$ROADCAST" $command late.cfg 2>&1 >/dev/null | grep warning | sort > said
    if ! diff want said; then
        failed=$((failed + 1))
        echo "---- $command"
    fi
done
echo "$(((2 - failed) * 100 / 2))%: Checks: 2, Failures: $failed, Errors: 0"
[ "$failed" = 0 ]
