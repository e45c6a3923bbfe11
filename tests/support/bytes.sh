# bytes.sh -- what a run writes, compared file by file; sourced by test_bytes.sh and
# long_bytes.sh. run.json is left out: it says when, how long and on which machine.
#
#   runs NAME COMMAND...   run the scenario's COMMAND into a folder of that name
#   same NAME              compare with the first folder
#   other NAME             a planted fault: it must differ

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
ROADCAST=${ROADCAST:-${BUILD:-.build/release}/roadcast}
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
tests=0 failures=0 first=

runs() { # NAME [VAR=VALUE...] PROGRAM [OPTION...]: the scenario is $scenario
    local name=$1
    shift
    env "$@" run "$scenario" --output "$room/$name" --samples --no-charts --quiet >/dev/null
}

same() { # NAME: the files of the first name, and not one more
    [ -n "$first" ] || { first=$1; return; }
    tests=$((tests + 1))
    diff -rq --exclude=run.json "$room/$first" "$room/$1" && [ -n "$(ls "$room/$1"/*/samples.npy)" ] ||
        { failures=$((failures + 1)); echo "$scenario: $1 differs from $first"; }
}

other() { # NAME
    tests=$((tests + 1))
    diff -rq --exclude=run.json "$room/$first" "$room/$1" >/dev/null || return 0
    failures=$((failures + 1)); echo "$scenario: nobody would see that it was $1"
}

ends() {
    echo "$(((tests - failures) * 100 / tests))%: Checks: $tests, Failures: $failures, Errors: 0"
    [ "$failures" = 0 ]
}
