#!/usr/bin/env bash
# test_cli.sh -- what a stranger sees: exit codes, streams, messages, files.
#
# Whole texts are compared with tests/golden/cli/NAME.txt (both streams, then the exit
# code); UPDATE=1 writes them anew, to be read before they are committed.
# Prints a line per failure and last "…%: Checks: N, Failures: F, Errors: 0".
set -u
roadcast=${ROADCAST:-$PWD/.build/release/roadcast}
golden=$PWD/tests/golden/cli scenarios=$PWD/scenarios
unset NO_COLOR COLUMNS; export LC_ALL=C.UTF-8 TERM=xterm
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
cp "$scenarios"/fraud_v2.cfg "$scenarios"/00_smallest.cfg "$scenarios"/five_lines.cfg .
printf 'format = 1;\ncalendar = { start = "2026-02-02"; };\ntasks = ( { id = "a"; duraton = "3 days"; } );\n' >bad.cfg
printf 'format = 1;\ncalendar = { start = "2026-02-02"; };\ntasks = ( { id = "a"; duration = "60 days"; } );\ngoals = { deadline = "2026-03-02"; };\n' >late.cfg

printf 'format = 1;\ncalendar = { start = "2026-02-02"; };\ntasks = ( { id = "a"; duration = "9 days"; } );\nwhat_if = ( { id = "sooner"; set = [ "tasks.a.duration = 3 apples" ]; } );\n' >what_if.cfg

checks=0 failures=0
ok() { # ok WHAT COMMAND...: the command succeeds
    checks=$((checks + 1)); what=$1; shift
    "$@" >check.log 2>&1 || { failures=$((failures + 1)); echo "FAILED: $what"; head -n 20 check.log; }
}
run() { # run ARGS...: out, err, code
    "$roadcast" "$@" >out 2>err; code=$?
}
says() { # says NAME ARGS...: exactly the golden text
    name=$1; shift; run "$@"
    { echo "\$ roadcast $*"; cat out; [ -s err ] && { echo "-- stderr"; cat err; }; echo "-- exit $code"; } >"$name.txt"
    [ -n "${UPDATE:-}" ] && cp "$name.txt" "$golden/$name.txt"
    ok "$name" diff -u "$golden/$name.txt" "$name.txt"
}
ends() { # ends CODE ARGS...: with this exit code; whatever is wrong is said on stderr
    wanted=$1; shift; run "$@"
    ok "exit $wanted, not $code: roadcast $*" [ "$code" = "$wanted" ]
    [ "$wanted" = 0 ] || ok "a message: roadcast $*" [ -s err ]
}
is_json() { python3 -m json.tool <"$1" >/dev/null; }
json() { python3 -c "import json,sys; d=json.load(open('$1')); sys.exit(0 if ($2) else 1)"; }
narrow() { awk '{ if (length($0) > 80) { print; bad = 1 } } END { exit bad }' "$1"; }

# ------------------------------------------------------------ help and usage
says no_arguments
says help help
for command in run check plot verify init completion help; do
    says "help_$command" help $command
    ok "help $command fits 80 columns" narrow out
    cp out by_help; run $command --help
    ok "$command --help is help $command" cmp -s out by_help
done
says version --version
says unknown_command rnu x.cfg
says command_left_out fraud_v2.cfg
says later_command compare a.cfg b.cfg
says unknown_option run x.cfg --future 10
says abbreviated_option run x.cfg --fut 10
says option_of_another_command run x.cfg --only finish
says option_without_value run x.cfg -n
says flag_with_value run x.cfg --json=1
says no_scenario run
says zero_futures run x.cfg -n 0
says too_many_futures run x.cfg -n 2bn
says negative_seed run x.cfg -s -1
says more_than_a_word_holds run x.cfg -s 99999999999999999999
says more_than_a_word_holds_by_its_end run x.cfg -n 18446744073709552k
says no_such_end run x.cfg -n 2x
says unknown_letter run x.cfg -x
says nothing_for_a_folder run x.cfg -o ''
says two_shells completion bash zsh
ends 0 run 00_smallest.cfg -n 512 --color --no-color
ok 'colours, no colours: the last wins' [ "$(grep -c $'\e' out)" = 0 ]
ends 0 run 00_smallest.cfg -n 512 -q -v
ok 'of -q and -v the last wins' grep -q "tasks.data.duration: 1 in 10 below" err
ends 0 check -v -q 00_smallest.cfg
ok 'whichever it is' [ ! -s out -a ! -s err ]
ends 2 run 00_smallest.cfg -o "$(printf 'a%.0s' {1..5000})"
ok 'and the length is told' grep -q 'the name of the output folder is longer than' err
cp 00_smallest.cfg ./-dash.cfg
ends 2 run -dash.cfg -n 512
ends 0 run -n 512 -- -dash.cfg
ok 'after -- all are files' grep -q 'What moves the finish' out
says half_a_future run x.cfg -n 1.5
says size_without_unit run x.cfg --max-memory 2
says more_than_max_memory run 00_smallest.cfg -n 3M -j 1 --max-memory 4M --no-what-if
case ${BUILD:-} in
*asan* | *tsan*) echo "skipped: ulimit -v, which the shadow of a sanitizer goes beyond" ;;
*)
    (ulimit -v 400000; exec "$roadcast" run 00_smallest.cfg -n 30M -j 1 --samples -o made) >out 2>err; code=$?
    ok 'what ulimit allows is what may be taken' grep -qx 'roadcast: 00_smallest: 30000000 futures would take about .* MB of memory, and the limits of this program (ulimit) are 410 MB: leave --samples out' err
    ok "with exit 4, not $code" [ "$code" = 4 ]
    (ulimit -v 95000; exec "$roadcast" run 00_smallest.cfg -n 3M -j 1 --samples --no-what-if --no-charts -o made) >out 2>err; code=$?
    ok 'samples need no room twice' [ "$code" = 0 ]
    (ulimit -v 95000; exec "$roadcast" verify -j 1 made) >out 2>err; code=$?
    ok 'nor where they are verified' [ "$code" = 0 ] && rm -r made ;;
esac
says samples_above_max_memory run 00_smallest.cfg -n 3M -j 1 --samples -o made --max-memory 40M
ok 'refused before a folder is made' [ ! -e made ]
says checkpoint_without_folder run x.cfg --checkpoint
says resume_and_force run x.cfg --resume --force -o out
says charts_without_folder run x.cfg --charts
says contradiction run x.cfg --charts --no-charts -o out
says require_unknown run x.cfg --require 'P(dat) >= 80 %'
says require_below run x.cfg --require 'P(date) <= 80 %'
says require_without_percent run x.cfg --require 'P(date) >= 80'
says require_small_p run x.cfg --require 'p(date) >= 80 %'
says require_share run x.cfg --require 'P(date) >= 0.8'
says require_nobody run x.cfg --require 'P(weather) >= 80 %'
says require_more_than_all run x.cfg --require 'P(date) >= 101 %'
says require_all_without_goals run 00_smallest.cfg --require 'P(all) >= 80 %'
for text in '' 'X(date) >= 8 %' 'P date >= 8 %' 'P() >= 8 %' 'P(date >= 8 %' 'P(date) >= x %' 'P(date) >= 80. %' \
    'P(date) >= 1234567890 %' 'P(date) >= 1.0123456789 %' 'P(date) >= 80 % or so' "P($(printf 'a%.0s' {1..40})) >= 8 %"; do
    ends 2 run x.cfg --require "$text"
    ok "no requirement: '$text'" grep -qF "expected something like 'P(date) >= 80 %', found '$text'" err
done
ends 1 run late.cfg -n 512 --require 'P(date) >= 1 %'
ok 'none of a sample is not none' grep -q 'the chance is <0.1 % .*interval <0.1 % to' err
ends 1 run late.cfg -n 512 --require 'P(launch) > 100 %'
ok 'all of a sample is not all' grep -q 'the chance is >99.9 % .*; more futures could tell' err
says require_without_goal run 00_smallest.cfg --require 'P(date) >= 80 %'
says missing_file run nowhere.cfg
run check $'a\x9b31m\xe2\x80\xaeb\xc2\x85\xf3\xa0\x81\x81c'
ok 'a name that would move the cursor does not' grep -qx 'roadcast: cannot read a?31m?b??c: No such file or directory' err
says same_folder run 00_smallest.cfg 00_smallest.cfg -o shared
ok 'nothing was run before the folders were compared' [ ! -e shared ]
says two_standard_inputs run - -

# -------------------------------------------------------------------- streams
ends 0 run 00_smallest.cfg -n 2k
ok 'the answer is on stdout' grep -q 'What moves the finish' out
ok 'and nothing on stderr' [ ! -s err ]
ends 0 run 00_smallest.cfg -n 2k --json
ok 'json is valid' is_json out
ok 'json has 2000 futures' json out "d['run']['futures']==2000"
run run five_lines.cfg -n 512 --json --set 'tasks.ship.duration=normal(10, 3.23) days'
ok 'what was assumed is in the result' json out "'gains shrink as k^-0.8' in d['assumed']"
ok 'what was cut, with its chance' json out "any('is cut at 0 days, in 0.0981 % of draws' in x for x in d['assumed'])"
run run five_lines.cfg -n 512 --json --set experiments.gains_shrink=0.8
ok 'what is said is not assumed' json out "len(d['assumed']) > 1 and not any('gains shrink' in x for x in d['assumed'])"
run run five_lines.cfg -n 512
ok 'the answer says that something is assumed' grep -q '^Assumed by roadcast: .* more (-v lists them)' out
run run five_lines.cfg -n 512 -v
ok 'and all of it where that is asked' grep -qx '   gains shrink as k^-0.8' out
ends 3 run bad.cfg --json
ok 'a refused scenario prints no answer' [ ! -s out ]
ok 'the fault has its place' grep -q '^bad.cfg:3:.*duraton' err
ok 'and a suggestion' grep -q "did you mean 'duration'" err
ends 3 check bad.cfg 00_smallest.cfg
ok 'check goes on after a fault' grep -q '^00_smallest.cfg: right' out
says check check 00_smallest.cfg
says check_late check late.cfg
ends 0 check -q late.cfg
ok 'quiet is quiet' [ ! -s err -a ! -s out ]
ends 0 check -v 00_smallest.cfg
ok 'every estimate in words' grep -q 'tasks.data.duration: 1 in 10 below' out
ends 0 run -v 00_smallest.cfg -n 512
ok 'words beside an answer go to stderr' grep -q 'tasks.data.duration: 1 in 10 below' err
"$roadcast" run - -n 512 --json <00_smallest.cfg >piped 2>err
ok 'a scenario from standard input' json piped "d['run']['scenario']"
says standard_input_that_is_a_folder run - <.
says what_if_that_is_wrong check what_if.cfg
"$roadcast" run 00_smallest.cfg >/dev/full 2>err; code=$?
ok 'a full disk is exit 4' [ "$code" = 4 ]
ok 'and told' grep -q 'No space left' err
"$roadcast" run 00_smallest.cfg >&- 2>err; code=$?
ok 'a closed stdout is exit 4' [ "$code" = 4 ]
"$roadcast" help run 2>err | true
ok 'a closed pipe is quiet' [ ! -s err ]
run run 00_smallest.cfg -n 512
ok 'no colour off a terminal' bash -c '! grep -q $'"'\\033'"' out'
run run 00_smallest.cfg -n 512 --color
ok 'colour where asked for' grep -q $'\033' out
run run 00_smallest.cfg -n 512 --ascii
ok 'ascii is ascii' bash -c '! LC_ALL=C grep -q "[^ -~]" out'
LC_ALL=POSIX run run 00_smallest.cfg -n 512
ok 'ascii where the locale says so' bash -c '! LC_ALL=C grep -q "[^ -~]" out'
COLUMNS=72 run run fraud_v2.cfg -n 512 --no-what-if --ascii
ok 'COLUMNS is the width' awk 'length($0) > 72 { exit 1 }' out

# ------------------------------------------------------------- what is computed
run run 00_smallest.cfg -n 2000 -s 7 --json; cp out a.json
run run 00_smallest.cfg --futures=2k --seed=7 -j 1 --json
ok 'the same bytes from one thread' cmp out a.json
run run 00_smallest.cfg -n 2k -s 8 --json
ok 'another seed, another answer' bash -c '! cmp -s out a.json'
run run 00_smallest.cfg -n 2k -s 7 --json --set 'tasks.data.duration=30 to 80 weeks'
ok 'set changes the answer' bash -c '! cmp -s out a.json'
ok 'and is in the result' json out "d['run']['set'] == ['tasks.data.duration=30 to 80 weeks']"
run run 00_smallest.cfg -n 2k -s 7 --json --set ' tasks.data.duration = "3 to 8 weeks" '
ok 'blanks and quotes around a value do not matter' json out "d['finish'] == json.load(open('a.json'))['finish']"
ends 3 run 00_smallest.cfg --set 'tasks.dat.duration=3 days'
ok 'set suggests' grep -q "did you mean 'data'" err
run run 00_smallest.cfg -n 512 -s 18446744073709551615 --json
ok 'the largest seed' json out "d['run']['seed'] == '18446744073709551615'"
run run fraud_v2.cfg -n 2k --json
ok 'what-ifs run along' json out "len(d['what_if']) == 3"
run run fraud_v2.cfg -n 2k --json --no-what-if
ok 'unless they are left out' json out "len(d['what_if']) == 0"
ends 0 run fraud_v2.cfg -n 2k --no-what-if --require 'P(launch) >= 10 %' --require 'P(all)>1%'
ends 1 run fraud_v2.cfg -n 2k --no-what-if --require 'P(date) >= 99.9 %'
ok 'why it is not met' grep -q 'not met: P(date) >= 99.9 %: the chance is .* interval' err
ok 'the answer is there all the same' [ -s out ]

# ---------------------------------------------------------------------- files
ends 0 run fraud_v2.cfg -n 2k -o made --no-charts
for f in result.json run.json percentiles.csv tasks.csv drivers.csv; do
    ok "$f is written" [ -s "made/fraud_v2/$f" ]
done
ok 'no samples unless asked for' [ ! -e made/fraud_v2/samples.npy ]
cp made/fraud_v2/result.json first.json
ends 0 run 00_smallest.cfg -n 512 -o slashes// --no-charts --json
ok 'slashes at the end of a folder do not matter' [ -s slashes/00_smallest/result.json ]
ok 'beside a document on stdout, stderr says what was written' grep -qx 'Wrote slashes/00_smallest/: result.json, tables[.]' err
named() { # named PATH NAME: the driver of this path is called so
    ok "a driver is called '$2'" json first.json "any(x['id'] == '$1' and x['name'] == '$2' for x in d['drivers'])"
}
named fairness.groups.age_18_25.gap 'Gap: Customers 18-25'
named gates.risk_signoff.chance_to_pass 'Chance to pass: Model-risk sign-off'
named metrics.latency_p99.value 'Latency, P99'
named team.mle.joins.new_mle.full_speed_after 'Ramp-up: new mle'
named labelling.speed 'Labelling speed'
named experiments.seed_sd 'Experiments seed noise'
ends 0 run fraud_v2.cfg -n 2k -o made --no-charts --samples
ok 'run again: the same bytes' cmp first.json made/fraud_v2/result.json
ok 'samples where asked for' [ -s made/fraud_v2/samples.npy ]
ok 'columns named after what they hold' grep -q '"metrics.recall.true"' made/fraud_v2/samples.columns.json
run run fraud_v2.cfg -n 2k --json
ok 'json on stdout is result.json' cmp first.json out
mkdir -p foreign/fraud_v2; echo mine >foreign/fraud_v2/letter.txt
ends 4 run fraud_v2.cfg -n 512 -o foreign --no-charts --no-what-if
ok 'refused before anything is simulated' [ ! -s out ]
ok 'a foreign folder is left alone' [ "$(ls foreign/fraud_v2)" = letter.txt ]
ends 0 run fraud_v2.cfg -n 512 -o foreign --no-charts --no-what-if --force
ok 'force writes, and keeps what is there' [ -s foreign/fraud_v2/letter.txt -a -s foreign/fraud_v2/result.json ]
ends 4 run 00_smallest.cfg -n 512 -o foreign/fraud_v2/letter.txt
ends 4 run 00_smallest.cfg -n 512 -o /proc/nowhere
ok 'a folder that cannot be made is refused before the run' [ ! -s out ]
ends 3 run 00_smallest.cfg bad.cfg five_lines.cfg -n 512 -o batch --no-charts
ok 'a batch goes on' [ -s batch/five_lines/result.json ]
ok 'a row per scenario' [ "$(wc -l <batch/batch.csv)" = 4 ]
ok 'with its exit code' grep -q '^bad.cfg,.*,3$' batch/batch.csv
ok 'as many cells in each' awk -F, 'NR == 1 { n = NF } NF != n { exit 1 }' batch/batch.csv
ends 3 run 00_smallest.cfg bad.cfg five_lines.cfg -n 512 --json
ok 'an array, null where refused' json out "len(d) == 3 and d[1] is None"
if command -v gnuplot >/dev/null; then
    ends 0 run 00_smallest.cfg -n 512 -o made --charts
    ok 'charts' [ -s made/00_smallest/charts/finish.svg ]
    rm made/00_smallest/charts/*.svg
    ends 0 plot made/00_smallest --only finish
    ok 'drawn again' [ -s made/00_smallest/charts/finish.svg ]
    ok 'only that one' [ "$(ls made/00_smallest/charts/*.svg | wc -l)" = 1 ]
    ends 0 plot made/00_smallest --only finish --quiet
    ok 'quietly' [ ! -s out -a ! -s err ]
    ends 4 plot batch/five_lines
    ok 'a run without charts is told from no run' grep -q 'was run without charts' err
    ends 5 plot made/00_smallest --only fairness
    ends 2 plot made/00_smallest --only finnish
    ok 'suggests a chart' grep -q 'did you mean "finish"' err
else
    echo 'skipped: charts, no gnuplot'
    ends 5 run 00_smallest.cfg -n 512 -o made --charts
fi
ends 4 plot nowhere

# ----------------------------------------------------------------------- init
says init init
says init_again init
ends 0 check roadmap.cfg
ok 'the starter has no faults or warnings' [ ! -s err ]
ends 0 run roadmap.cfg -n 512
echo mine >mine.cfg
ends 4 init mine.cfg
ok 'a file that exists is left alone' [ "$(cat mine.cfg)" = mine ]
ends 0 init mine.cfg --force
sed 's/roadmap[.]cfg/mine.cfg/' roadmap.cfg >named.cfg
ok 'force replaces it, and its comments name it' cmp -s mine.cfg named.cfg
ends 0 init -
ok 'init - is the same on stdout' cmp -s out roadmap.cfg
ends 4 init no/such/folder.cfg

# ----------------------------------------------------------- completion, Ctrl-C
for shell in bash zsh fish; do
    ends 0 completion $shell
    ok "$shell knows the options" grep -q 'no-what-if' out
    ! command -v $shell >/dev/null || ok "$shell can read it" $shell -n out
done
ends 2 completion tcsh
(trap - INT; exec "$roadcast" run fraud_v2.cfg -n 20M -j 1 -o stopped >out 2>err) & job=$!
sleep 1; kill -INT $job; wait $job; code=$?
ok "Ctrl-C is exit 130, not $code" [ "$code" = 130 ]
ok 'and says how far it came' grep -q 'stopped after .* of 20 000 000 futures' err
ok 'and leaves nothing' [ ! -e stopped ]

# ---------------------------------------------------------- checkpoint and resume
kept='run fraud_v2.cfg -n 3k -s 7 --no-charts --no-what-if -q'
ends 0 $kept -o kept
ok 'no checkpoint unless asked for' [ ! -e kept/fraud_v2/checkpoint ]
mv kept whole
ends 0 $kept -o kept --checkpoint
ok 'it goes when all is written' [ ! -e kept/fraud_v2/checkpoint ]
ok 'and changes nothing' diff -r --exclude=run.json whole kept
(trap - INT; exec "$roadcast" run fraud_v2.cfg -n 20M -j 1 --no-what-if --checkpoint -o stopped >out 2>err) & job=$!
for i in $(seq 200); do [ "$(stat -c %s stopped/fraud_v2/checkpoint 2>/dev/null || echo 0)" -gt 2000000 ] && break; sleep 0.1; done
kill -INT $job; wait $job; code=$?
ok "Ctrl-C with a checkpoint is exit 130, not $code" [ "$code" = 130 ]
ok 'and says how to go on' grep -q 'stopped after .* of 20 000 000 futures; --resume goes on from there' err
size=$(stat -c %s stopped/fraud_v2/checkpoint)
ok 'whole blocks are kept' [ "$size" -gt 2000000 ]
says checkpoint_is_there run fraud_v2.cfg -n 20M --no-what-if --checkpoint -o stopped
says checkpoint_of_other_futures run fraud_v2.cfg -n 30M --no-what-if --resume -o stopped
says checkpoint_of_another_seed run fraud_v2.cfg -n 20M -s 8 --no-what-if --resume -o stopped
says checkpoint_of_other_settings run fraud_v2.cfg -n 20M --no-what-if --resume -o stopped --set goals.confidence=70%
says checkpoint_of_other_what_ifs run fraud_v2.cfg -n 20M --resume -o stopped
sed 's/^format/ format/' fraud_v2.cfg >changed.cfg; cp fraud_v2.cfg was.cfg; mv changed.cfg fraud_v2.cfg
says checkpoint_of_another_text run fraud_v2.cfg -n 20M --no-what-if --resume -o stopped
mv was.cfg fraud_v2.cfg
ok 'refused ones are left as they are' [ "$(stat -c %s stopped/fraud_v2/checkpoint)" = "$size" ]
head -c 100 /dev/urandom | cat - stopped/fraud_v2/checkpoint >torn; mv torn stopped/fraud_v2/checkpoint
says checkpoint_of_something_else run fraud_v2.cfg -n 20M --no-what-if --resume -o stopped

# Of the small run: cut anywhere, a bit flipped anywhere, of another version.
(trap - INT; exec "$roadcast" $kept -j 1 -n 20M --checkpoint -o part >out 2>err) & job=$!
wait_for() { for i in $(seq 200); do [ "$(stat -c %s "$1" 2>/dev/null || echo 0)" -gt "$2" ] && break; sleep 0.05; done; }
wait_for part/fraud_v2/checkpoint 9000000; kill -KILL $job; wait $job 2>/dev/null
python3 - <<'END'
# the same blocks, as a checkpoint of 3000 futures: head of 3 x 8 bytes of text and digests
import struct, zlib
b = bytearray(open('part/fraud_v2/checkpoint', 'rb').read())
HEAD = 24 + 24 + 64 + 64 + 8 + 8 + 4 + 4
b[184:192] = struct.pack('<Q', 3000)
b[196:200] = struct.pack('<I', zlib.crc32(bytes(b[:196])))
at, n = HEAD, 0
while at + 24 <= len(b) and n < 2: # whole blocks only
    at += 24 + struct.unpack('<I', b[at + 12:at + 16])[0]; n += 1
open('good', 'wb').write(b[:at])
for i, cut in enumerate((3, HEAD, HEAD + 10, HEAD + 5000, at - 1)):
    open('broken.%d' % i, 'wb').write(b[:cut])
for i, flip in enumerate((HEAD + 1, HEAD + 13, HEAD + 17, HEAD + 5000, at - 1)):
    c = b[:at]; c[flip] ^= 4
    open('broken.%d' % (5 + i), 'wb').write(c)
c = b[:at]; c[24:29] = b'9.9.9'
open('newer', 'wb').write(c)
c = b[:at]; c[60] ^= 1
open('damaged', 'wb').write(c)
END
for from in good broken.*; do
    rm -rf kept; mkdir -p kept/fraud_v2; cp $from kept/fraud_v2/checkpoint
    ends 0 $kept -o kept --resume
    ok "the same bytes from $from" diff -r --exclude=run.json whole kept
done
for from in newer damaged; do
    rm -rf kept; mkdir -p kept/fraud_v2; cp $from kept/fraud_v2/checkpoint
    says checkpoint_$from $kept -o kept --resume
    ok "$from is left" cmp $from kept/fraud_v2/checkpoint
done
# Without --resume it is told of, and left; so it can still be gone on from.
rm -rf kept; mkdir -p kept/fraud_v2; cp good kept/fraud_v2/checkpoint
ends 0 ${kept% -q} -o kept
ok 'a run that did not end is told of' grep -qx 'roadcast: note: kept/fraud_v2 has the checkpoint of a run that did not end: --resume goes on from it; this run leaves it there' err
ok 'the run beside it is whole' diff -r --exclude=run.json --exclude=checkpoint whole kept
ok 'and leaves it' cmp good kept/fraud_v2/checkpoint
ends 0 $kept -o kept --resume
ok 'from which the same comes' diff -r --exclude=run.json whole kept
# Room is asked for before the first future, and a refused run leaves no empty file.
if unshare -m true 2>err; then
    mkdir small; unshare -m bash -c "mount -t tmpfs -o size=4m none small && '$roadcast' run fraud_v2.cfg -n 1M --no-charts --checkpoint -o small >/dev/null 2>err; echo \$? >code; find small -type f >left"
    ok 'a checkpoint that has no room is refused' grep -q 'the checkpoint would come to about .*, and there is room for 4 MB' err
    ok "with exit 4, not $(cat code)" [ "$(cat code)" = 4 ]
    ok 'and leaves nothing' [ ! -s left ]
    unshare -m bash -c "mount -t tmpfs -o size=4m none small && mkdir small/fraud_v2 && head -c 3000000 /dev/zero >small/fraud_v2/full && '$roadcast' $kept -o small --checkpoint --force >/dev/null 2>err; echo \$? >code"
    ok 'room that others take is none' grep -q 'there is room for 1 MB' err
else
    echo 'skipped: a small disk, no mount allowed here'
fi
ends 0 run 00_smallest.cfg -n 3k --no-charts -o said --checkpoint -v
ok 'what it takes is said' grep -qE '^roadcast: note: .* takes about [0-9]+ MB of memory, and [0-9]+ MB of disk for its checkpoint until it is written$' err
rm -rf kept; mkdir -p kept/fraud_v2; cp good kept/fraud_v2/checkpoint
ends 4 $kept -o kept --checkpoint --force --max-memory 1M
ok 'one that is not wanted goes only where the run begins' cmp good kept/fraud_v2/checkpoint
ends 0 $kept -o kept --checkpoint --force
ok 'force starts anew' diff -r --exclude=run.json whole kept

# ------------------------------------------------------------------------- verify
mkdir -p plans/parts; cp "$scenarios"/00_smallest.cfg plans/
cat >plans/base.cfg <<'END'
format = 1;  calendar = { start = "2026-02-02"; };
@include "parts/team.cfg"
tasks = ( { id = "a"; duration = "3 to 9 days"; who = "1 ds"; },
          { id = "b"; duration = "2 to 8 days"; after = [ "a" ]; who = "1 ops"; } );
what_if = ( { id = "two"; set = "tasks.b.duration = 1 to 4 days"; } );
END
printf 'team = ( { id = "ds"; people = 2; cost = "700 EUR/day"; }, { id = "ops"; people = 1; cost = "600 EUR/day"; } );' >plans/parts/team.cfg
printf 'format = 1;\r\r\nextends = "base.cfg";\r\ngoals = { deadline = "2026-02-20"; }; // \303\251\r\n' >plans/above.cfg
printf 'format = 1;\nextends = "above.cfg";\ntasks = ( { id = "b"; duration = "2 to 9 days"; } );\noutput = { folder = "teams/top"; };\n' >plans/top.cfg
ends 0 run plans/00_smallest.cfg -n 2k -s 7 -o proof --no-charts -q
ends 0 run plans/top.cfg -n 2k -s 7 -o proof --no-charts --samples -q --set goals.confidence=70% --set 'tasks.b.duration = "2 to 7 days"' --set 'tasks.b.who = 1 ds' # leaves ops idle
ends 3 run plans/top.cfg bad.cfg -n 1k -o mixed --no-charts -q
ends 0 run plans/top.cfg -n 1k -o lean --no-charts -q --no-what-if
"$roadcast" run - -n 1k -o piped_in --no-charts -q <plans/00_smallest.cfg >out 2>err
cp plans/00_smallest.cfg ./-; ends 0 run ./- -n 1k -o dashed --no-charts -q
rm -r plans ./-; cp -r proof before # a year later: nothing but the folder
ok 'what a folder keeps has the digest of the result' json proof/teams/top/result.json \
    "d['run']['scenario_sha256'] == __import__('hashlib').sha256(open('proof/teams/top/scenario.cfg','rb').read()).hexdigest()"
says verify_batch verify proof
says verify_without_what_ifs verify lean mixed/ piped_in dashed
ok 'nothing in a folder is changed' diff -r before proof
printf 'format = 1;\ncalendar = { start = "2026-02-02"; };\ntasks = ( { id = "c"; duration = "2 to 6 days"; } );\nscenario = { name = "One, \\"two\\""; };\n' >short.cfg
run run 00_smallest.cfg short.cfg bad.cfg -n 1k -o several --no-charts -q --require 'P(launch) >= 1 %'
says verify_of_several verify several
table() { cp -r several copy.t; sed -i "$2" copy.t/batch.csv; says "verify_$1" verify copy.t; rm -r copy.t; }
table changed_row '3s/,0\./,1./'
table row_of_no_run '4s/$/\nx.cfg,x,x,,1,2,,,,,,,,,,,,,,,,,,0/'
table changed_head '1s/seed/sead/'
cp -r several copy.t; echo >>copy.t/short/scenario.cfg; says verify_one_changed_of_several verify copy.t; rm -r copy.t
table exit_code '2s/[0-9]$/130/'
ends 0 verify -q -j 1 proof
ROADCAST_SIMD=base ends 0 verify -q proof
ok 'quiet says nothing' [ ! -s out -a ! -s err ]
spoilt() { # spoilt NAME COMMAND...: a copy of the run, changed in that folder, is not the same
    name=$1; shift; rm -rf copy; cp -r before/teams/top copy
    (cd copy && "$@") || ok "$name" false
    says "verify_$name" verify copy
}
flip() { python3 -c "b=bytearray(open('$1','rb').read()); b[$2]^=1; open('$1','wb').write(b)"; }
in_run() { sed -i "$1" run.json; }
both() { echo 'x,1' >>tasks.csv; rm samples.npy; }
longer() { printf ' ' >>percentiles.csv; }
redigested() { # who changes a file and its digest
    flip result.json 3000; sed -i "s/\(\"name\": \"result.json\".*\"sha256\": \"\)[0-9a-f]*/\1$(sha256sum result.json | cut -d' ' -f1)/" run.json
}
of_another_scenario() {
    sed -i 's/700 EUR/710 EUR/' scenario.cfg; new=$(sha256sum scenario.cfg | cut -d' ' -f1)
    sed -i "s/$(sed -n 's/.*"scenario_sha256": "\([0-9a-f]*\)".*/\1/p' run.json)/$new/" run.json
}
linked() { mv tasks.csv t; ln -s t tasks.csv; }
no_scenario() { printf 'nonsense = 1;\n' >scenario.cfg; n=$(stat -c %s scenario.cfg); new=$(sha256sum scenario.cfg | cut -d' ' -f1)
    sed -i "s/\"scenario_sha256\": \"[0-9a-f]*\"/\"scenario_sha256\": \"$new\"/; s/\"layers\": .*/\"layers\": [$n],/" run.json; }
spoilt flipped_byte flip result.json 3000
spoilt flipped_byte_of_samples flip samples.npy -1
spoilt longer_and_gone both
spoilt one_byte_more longer
spoilt changed_scenario flip scenario.cfg 30
spoilt scenario_gone rm scenario.cfg
spoilt redigested redigested
spoilt of_another_scenario of_another_scenario
spoilt refused_scenario no_scenario
spoilt changed_seed in_run 's/"seed": "7"/"seed": "8"/'
spoilt changed_layers in_run 's/"layers": \[/"layers": [1, /'
spoilt other_version in_run 's/"version": "[0-9.]*"/"version": "0.0.9"/'
spoilt hostile_version in_run 's/"version": "[0-9.]*"/"version": "\\u001b[31m\\ud83d\\ude00"/; s/"seed": "7"/"seed": "8"/'
spoilt more_than_can_be_run in_run 's/"futures": 2000/"futures": 1000000001/'
spoilt changed_digest in_run 's/\("tasks.csv".*"sha256": "\)[0-9a-f]/\1x/'
spoilt other_version_and_bytes eval "redigested; in_run 's/\"version\": \"[0-9.]*\"/\"version\": \"0.0.9\"/'"
spoilt earlier_roadcast in_run '/"layers"/d'
spoilt not_json in_run '$d'
spoilt somebody_elses_run eval 'echo "{ \"schema\": \"other\" }" >run.json'
spoilt linked linked
spoilt endless_scenario truncate -s 65M scenario.cfg
spoilt endless_run truncate -s 17M run.json
spoilt fifo eval 'rm run.json; mkfifo run.json'
spoilt nothing_there eval 'rm run.json'
if command -v gnuplot >/dev/null; then
    ends 0 run 00_smallest.cfg -n 1k -o drawn --charts -q
    says verify_charts verify drawn
    rm drawn/00_smallest/charts/*.png; echo >>drawn/00_smallest/charts/finish.svg
    ends 0 verify drawn
    echo >>drawn/00_smallest/charts/finish.gp; rm drawn/00_smallest/charts/gantt.chart.tsv
    says verify_changed_charts verify drawn
    rm -r drawn/00_smallest/charts
    run verify drawn; ok "exit 1, not $code" [ "$code" = 1 ]
    ok 'charts that are gone are named' grep -q 'missing (charts/.*charts/style.gp)' out
fi
says verify_nowhere verify nowhere
says verify_nothing verify
for text in '' '{' '[]' '{"schema": "roadcast.run"}' '{"a": "\u00"}' '{"a": "\ud800"}' '{"a": "\u0000"}' '{"a" 1}' '{"a": 1,}' '{"a": }' '{"a": 1} x' \
    "$(printf '[%.0s' {1..5000})" "{\"$(printf 'a%.0s' {1..200})\": 1}" '{"set": [1], "schema": "roadcast.run"}' '{"set": ["a' "{\"a\": $(printf '1%.0s' {1..99})}"; do
    printf '%s' "$text" >copy/run.json
    ends 4 verify copy
    ok "told of run.json: ${text:0:40}" grep -q 'copy/run.json' err
done

echo "$(((checks - failures) * 100 / checks))%: Checks: $checks, Failures: $failures, Errors: 0"
[ "$failures" = 0 ]
