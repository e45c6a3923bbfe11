#!/usr/bin/env bash
# test_streams.sh -- closed and full streams, a full disk, interruption, two at once: the
# right exit code, a message, no stump, nobody left running.
set -u
ROADCAST=${ROADCAST:-$PWD/.build/release/roadcast}
scenario=$PWD/scenarios/five_lines.cfg
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
cd "$room" || exit 1
cp "$scenario" a.cfg
checks=0 failures=0
ok() { # ok WHAT COMMAND...
    checks=$((checks + 1)); local what=$1; shift
    "$@" >log 2>&1 || { failures=$((failures + 1)); echo "FAILED: $what"; head -n 5 log err; }
}
run() { "$ROADCAST" "$@"; }
few="-n 64 -j 1"
run run a.cfg $few -s 7 -o out --no-charts -q >/dev/null 2>&1
stumps() { find out \( -name '*.tmp' -o -name '*.part' -o -name '.roadcast-*' \) | grep -q . && return 1; return 0; }

# ------------------------------------------------------------------- streams
while read -r command; do
    run $command >/dev/full 2>err; code=$?
    ok "/dev/full: exit 4, not $code: $command" [ "$code" = 4 ]
    ok "/dev/full is told: $command" grep -q 'No space left' err
    run $command >&- 2>err; code=$?
    ok "stdout closed: exit 4, not $code: $command" [ "$code" = 4 ]
    ok "a closed stdout is told: $command" grep -q 'cannot be written' err
    run $command >/dev/null 2>/dev/full; code=$?
    ok "stderr full: exit 0, not $code: $command" [ "$code" = 0 ]
    run $command >/dev/null 2>&- <&-; code=$?
    ok "stderr and stdin closed: exit 0, not $code: $command" [ "$code" = 0 ]
    { run $command 2>err; echo $? >code; } | head -n 1 >/dev/null
    ok "a reader that leaves: exit 0, not $(cat code): $command" [ "$(cat code)" = 0 ]
    ok "nothing is said of it: $command" [ ! -s err ]
done <<EOF
run a.cfg $few
run a.cfg $few --json
run a.cfg a.cfg $few --json
check a.cfg
init -
help
help run
completion bash
--version
EOF
run check - <&- >/dev/null 2>err; code=$?
ok "no standard input to read: exit 3 or 4, not $code" [ "$code" = 3 -o "$code" = 4 ]
ok 'and that is told' [ -s err ]

# ----------------------------------------------------------------- full disk
if mkdir disk && unshare -m true 2>err; then
    for size in 4 8 16 24 32 48 64 96; do
        unshare -m bash -c "mount -t tmpfs -o size=${size}k none disk && '$ROADCAST' run a.cfg $few -o disk --no-charts -q >/dev/null 2>err
            echo \$? >code; find disk -type f -name '.*' >left; ls disk/a 2>/dev/null | wc -l >n"
        code=$(cat code)
        ok "a disk of $size KiB: exit $code" [ "$code" = 4 -o "$code" = 0 ]
        ok "a disk of $size KiB: told" [ "$code" = 0 -o -s err ]
        ok "a disk of $size KiB: nothing temporary" [ ! -s left ]
        ok "a disk of $size KiB: all or nothing" [ "$(cat n)" = 6 -o "$(cat n)" = 0 ]
    done
else
    echo 'skipped: a full disk, no mount allowed here'
fi

# ------------------------------------------------------------------- signals
for signal in INT TERM; do
    for wait in 0.02 0.05 0.1 0.2 0.4 0.8; do
        (trap - INT TERM; exec "$ROADCAST" run a.cfg -n 3000000 -j 1 -o out -q >/dev/null 2>err) & job=$!
        sleep $wait; kill -$signal $job 2>/dev/null; wait $job; code=$?
        signalled=$((128 + $(kill -l $signal)))
        ok "$signal after $wait s: exit 130, not $code" [ "$code" = 130 -o "$code" = 0 -o "$code" = "$signalled" -a $wait = 0.02 ]
        ok "$signal after $wait s: no stump" stumps
        ok "$signal after $wait s: a result" python3 -c 'import json; json.load(open("out/a/result.json")); json.load(open("out/a/run.json"))'
    done
done

run run a.cfg -n 3000000 -j 2 -s 7 -o proof --no-charts -q >/dev/null 2>&1; cp -r proof before
for wait in 0.05 0.3; do
    (trap - INT; exec "$ROADCAST" verify proof -j 1 >out.txt 2>err) & job=$!
    sleep $wait; kill -INT $job 2>/dev/null; wait $job; code=$?
    ok "verify, INT after $wait s: exit 130, not $code" [ "$code" = 130 ]
    ok "verify, INT after $wait s: told" grep -q 'stopped after .* of 3 000 000 futures' err
    ok "verify, INT after $wait s: nothing else is said" [ "$(cat err out.txt | wc -l)" = 1 ]
    ok "verify, INT after $wait s: nothing is changed" diff -r before proof
done

# Ctrl-C while charts are drawn: by kill, by the keyboard of a terminal, and twice.
if [ -x /usr/bin/gnuplot ]; then
    run run a.cfg $few -s 7 -o drawn --charts -q >/dev/null 2>&1
    for how in kill keyboard twice; do
        for command in "run a.cfg $few -s 7 -o drawn --charts -q" 'plot drawn/a'; do
            python3 - $how "$ROADCAST" $command >err 2>&1 <<'END'
import os, pty, select, signal, subprocess, sys, time
how, command = sys.argv[1], sys.argv[2:]
inner, outer = pty.openpty()
def controlling():
    os.setsid()
    import fcntl, termios
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
child = subprocess.Popen(command, stdin=outer, stdout=outer, stderr=outer, preexec_fn=controlling)
def of_process(name): # nothing once it is gone
    try:
        return open("/proc/" + name).read()
    except (FileNotFoundError, ProcessLookupError):
        return ""
seen = []
while not seen and child.poll() is None:
    children = of_process("%d/task/%d/children" % (child.pid, child.pid)).split()
    seen = [p for p in children if "gnuplot" in of_process(p + "/cmdline")] # those that draw for it
if how == "keyboard":
    os.write(inner, b"\x03")
else:
    child.send_signal(signal.SIGINT)
    if how == "twice":
        child.send_signal(signal.SIGINT)
code = child.wait(20)
while how == "twice" and any(os.path.exists("/proc/" + p) for p in seen):
    time.sleep(0.01)
expected, said = b"stopped while charts were drawn in drawn/a", b""
while how != "twice" and expected not in said: # a terminal hands it over in pieces, ^C first
    assert select.select([inner], [], [], 20)[0], said
    said += os.read(inner, 4096)
left = [p for p in seen if os.path.exists("/proc/" + p)]
assert seen, "no drawing was seen"
assert code == (130 if how != "twice" else code) and code in (130, -2), "exit %d: %s" % (code, said)
assert not left, "still drawing"
END
            ok "$how of $command" [ $? = 0 ]
            [ $how = twice ] || ok "$how of $command: no stump" [ -z "$(find drawn -name '*.tmp' -o -name '*.part')" ]
            ok "$how of $command: a result" python3 -c 'import json; json.load(open("drawn/a/result.json")); json.load(open("drawn/a/run.json"))'
        done
    done
    run run a.cfg $few -s 7 -o drawn --charts -q >/dev/null 2>&1
    ok 'the next one sweeps up' [ -z "$(find drawn -name '*.tmp' -o -name '*.part')" ]
else
    echo 'skipped: charts, for want of gnuplot'
fi

# ---------------------------------------------------------------- two at once
exec 8<out/a; flock -x 8
run run a.cfg $few -s 9 -o out --no-charts -q >/dev/null 2>err; code=$?
ok "a folder that another one holds: exit 4, not $code" [ "$code" = 4 ]
ok 'and who it is' grep -q 'another roadcast is writing to out/a' err
exec 8<&-
run run a.cfg $few -s 9 -o out --no-charts -q >/dev/null 2>err; code=$?
ok "free again: exit 0, not $code" [ "$code" = 0 ]
for i in 1 2 3 4 5; do
    run run a.cfg $few -s 1 -o out --no-charts -q >/dev/null 2>err1 & one=$!
    run run a.cfg $few -s 2 -o out --no-charts -q >/dev/null 2>err2; two=$?
    wait $one; one=$?
    ok "two at once: exits $one and $two" [ $one$two = 00 -o $one$two = 40 -o $one$two = 04 ]
    ok 'one result, whole' python3 -c '
import json, hashlib
run, result = json.load(open("out/a/run.json")), json.load(open("out/a/result.json"))
assert run["seed"] == result["run"]["seed"]
for f in run["files"]:
    assert hashlib.sha256(open("out/a/" + f["name"], "rb").read()).hexdigest() == f["sha256"]'
done
echo "$(((checks - failures) * 100 / checks))%: Checks: $checks, Failures: $failures, Errors: 0"
[ "$failures" = 0 ]
