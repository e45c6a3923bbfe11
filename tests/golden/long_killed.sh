#!/usr/bin/env bash
# long_killed.sh -- kill -9 at two hundred random moments, and at every call that writes:
# --resume gives the bytes of a run that nobody disturbed, samples and what-ifs included.
set -u
cd "$(dirname "$0")/../.." || exit 1
roadcast=${ROADCAST:-$PWD/.build/release/roadcast}
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
checks=0 failures=0
ok() { # ok WHAT COMMAND...
    checks=$((checks + 1)); what=$1; shift
    "$@" >"$room/log" 2>&1 || { failures=$((failures + 1)); echo "FAILED: $what"; head -n 5 "$room/log"; }
}
same() { # same A B: whole folders; run.json says when and how long
    diff -r --exclude=run.json "$1" "$2"
}
options="run scenarios/fraud_short.cfg -n 12000 -q --no-charts --samples -j 2"

"$roadcast" $options -o "$room/whole" >/dev/null || exit 1
moments() { python3 - "$room" "$roadcast" $options; } <<'END'
import os, random, shutil, subprocess, sys, time
room, command = sys.argv[1], sys.argv[2:]
command += ["-o", room + "/killed"]
checkpoint = room + "/killed/fraud_short/checkpoint"
random.seed(20261122)
start = time.monotonic()
subprocess.run(command[:-1] + [room + "/again"], check=True, stdout=subprocess.DEVNULL)
took = time.monotonic() - start
kills = ends = resumed = 0
while kills < 200:
    kept = os.path.exists(checkpoint) and os.path.getsize(checkpoint) > 4096
    p = subprocess.Popen(command + ["--resume"], stdout=subprocess.DEVNULL)
    try:
        p.wait(random.random() * took * 1.3)
    except subprocess.TimeoutExpired:
        p.kill()
        kills += 1
    resumed += kept
    if p.wait() == 0:
        ends += 1
        if subprocess.run(["diff", "-r", "--exclude=run.json", room + "/whole", room + "/killed"]).returncode:
            sys.exit("other bytes after %d kills" % kills)
        shutil.rmtree(room + "/killed")
    elif p.returncode != -9:
        sys.exit("exit %d after %d kills" % (p.returncode, kills))
if subprocess.run(command + ["--resume"], stdout=subprocess.DEVNULL).returncode:
    sys.exit("does not end")
print("%d kills, %d times gone on from blocks, %d runs ended between" % (kills, resumed, ends))
sys.exit(resumed < 20)
END
checks=$((checks + 1))
moments || failures=$((failures + 1))
ok "the bytes after the last one" same "$room/whole" "$room/killed"
ok "the checkpoint is gone" [ ! -e "$room/killed/fraud_short/checkpoint" ]

# Every call that writes, in turn: the N-th is the last thing that the program does. One
# thread and few futures, so that there are few of them.
few="run scenarios/fraud_short.cfg -n 1100 -q --no-charts --samples -j 1"
"$roadcast" $few -o "$room/few" >/dev/null || exit 1
cut_at() ( # CALL N; in a shell of its own, which tells of the kill
    strace -f -o /dev/null -e trace=$1 -e inject=$1:signal=KILL:when=$2 \
        "$roadcast" $few -o "$room/cut" --checkpoint >/dev/null
    exit $?
)
if strace -o /dev/null true 2>/dev/null; then
    for call in write openat ftruncate fsync fdatasync renameat2 unlinkat; do
        for n in $(seq 1 60); do
            rm -rf "$room/cut"
            cut_at $call $n 2>/dev/null && break
            ok "goes on after $call $n" "$roadcast" $few -o "$room/cut" --resume
            ok "the same bytes after $call $n" same "$room/few" "$room/cut"
        done
    done
else
    echo "skipped: strace cannot trace here"
fi
echo "$(((checks - failures) * 100 / checks))%: Checks: $checks, Failures: $failures, Errors: 0"
[ "$failures" = 0 ]
