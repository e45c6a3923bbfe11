"""faults.py LIBRARY ROADCAST short|long|whole [CASE...] -- lets every call fail once, and looks at what
is left. LIBRARY is fail.c, preloaded. Each case is a command in a folder with the whole
results of an earlier run; for every N its N-th allocation, thread or system call fails,
until there is no N-th. What has to hold then stands in judge(). "short" and "long" walk in
strides, "whole" lets nothing out.
Prints a line per case, per failure, and last "…%: Checks: N, Failures: f, Errors: 0"."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

LIBRARY, ROADCAST, HOW = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3]
ROOM = tempfile.mkdtemp(prefix="faults-")
# of libconfig 1.5, which goes on with the NULL that it was given: engine/scenario/read.c keeps a reserve
SPARED = "libconfig"
MUST_FAIL = {"write ENOSPC", "fsync EIO", "fsync ENOSPC", "fdatasync EIO", "fdatasync ENOSPC", "ftruncate EIO", "renameat ENOSPC", "renameat EIO",
             "mkdir ENOSPC", "mkdir EACCES", "mkdirat ENOSPC", "mkdirat EACCES"}

CHECKPOINT = "out/small/checkpoint" # stays where the run does not end, and is gone on from

FEW = ["-n", "64", "-j", "1"]
#      name, command, {kind: stride of make check (0: left out), of make check-long}
CASES = [
    ("check", ["check", "small.cfg"], {"memory": (29, 1), "system": (11, 1)}),
    ("run -o", ["run", "small.cfg", *FEW, "-o", "out", "--no-charts"], {"memory": (37, 1), "system": (7, 1)}),
    ("run --json", ["run", "small.cfg", *FEW, "--json"], {"memory": (0, 5), "system": (13, 1)}),
    ("samples", ["run", "small.cfg", *FEW, "-o", "out", "--no-charts", "--samples"], {"memory": (0, 11), "system": (0, 2)}),
    ("batch", ["run", "small.cfg", "five_lines.cfg", *FEW, "-o", "out", "--no-charts"], {"memory": (0, 23), "system": (0, 3)}),
    ("threads", ["run", "five_lines.cfg", "-n", "2048", "-j", "4", "--json"], {"thread": (1, 1), "memory": (0, 3)}),
    ("checkpoint", ["run", "small.cfg", *FEW, "-o", "out", "--no-charts", "--checkpoint"], {"memory": (0, 23), "system": (11, 1)}),
    ("resume", ["run", "small.cfg", *FEW, "-o", "out", "--no-charts", "--resume"], {"memory": (0, 29), "system": (0, 2)}),
    ("charts", ["run", "small.cfg", *FEW, "-o", "out", "--charts", "--no-what-if"], {"memory": (0, 11), "system": (0, 5)}),
    ("plot", ["plot", "out/small"], {"memory": (0, 1), "system": (0, 3)}),
    ("verify", ["verify", "out"], {"memory": (0, 1), "system": (29, 1)}),
    ("init", ["init", "new.cfg"], {"memory": (0, 1), "system": (3, 1)}),
    ("init --force", ["init", "old.cfg", "--force"], {"memory": (0, 1), "system": (4, 1)}),
    ("help", ["help", "run"], {"memory": (1, 1), "system": (0, 1)}),
    ("completion", ["completion", "bash"], {"memory": (0, 1), "system": (0, 1)}),
]


def run(folder, command, **fail):
    """Exit code, both streams, and what failed (None: nothing did)."""
    log = folder + ".log"
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "4"}
    if fail:
        env |= {"LD_PRELOAD": LIBRARY, "FAIL_LOG": log, "FAIL_SPARED": SPARED}
        env |= {"FAIL_" + name.upper(): str(value) for name, value in fail.items()}
    with open(folder + ".out", "wb+") as out, open(folder + ".err", "wb+") as err:
        child = subprocess.Popen([ROADCAST, *command], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                                 stdout=out, stderr=err)
        try:
            code = child.wait(60)
        except subprocess.TimeoutExpired:
            child.kill()
            code = "a hang" if child.wait() else 0
        out.seek(0), err.seek(0)
        said = open(log).read().strip() if fail else ""
        answer = re.sub(rb"[0-9.]+ s$", b"", out.read(), count=1, flags=re.M)
        return code, answer, err.read().decode(), said


def tree(folder):
    """Every file below, but for what run.json tells of time and machine; a run.json that
    does not know the files beside it says so."""
    files = {}
    for at, folders, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            with open(path, "rb") as file:
                files[os.path.relpath(path, folder)] = file.read()
        files |= {os.path.relpath(os.path.join(at, f), folder) + "/": b"" for f in folders}
    told = {}
    for path, text in files.items():
        if path.endswith("run.json"):
            document = json.loads(text)
            beside = os.path.dirname(path)
            known = all(hashlib.sha256(files.get(os.path.join(beside, f["name"]), b"")).hexdigest() == f["sha256"]
                        for f in document["files"])
            told[path] = json.dumps([known, document["seed"], document["arguments"]]).encode()
        elif path.endswith("batch.csv"): # says which scenario it was that failed
            told[path] = b"%d, %d" % (text.count(b"\n"), text.count(b","))
        elif path.endswith((".svg", ".png")):
            told[path] = b"whole" if len(text) > 500 else b"stump"
    return files | told


def parts(files):
    """The folders that are written together, each on its own: whole old or whole new."""
    of = {}
    for path, text in files.items():
        of.setdefault(os.path.dirname(path.rstrip("/")), {})[path] = text
    return of


def judge(case, code, out, err, what, good, old, new, now):
    """What is wrong, or nothing."""
    name = case[0]
    if code not in (0, 4, 5):
        return f"exit {code}"
    if code == 0 and what in MUST_FAIL:
        return "exit 0, although it failed"
    if code == 0 and (out != good or (now != new and what != "unlinkat EIO")):
        return "exit 0, but another answer"
    if code == 5 and name not in ("charts", "plot"):
        return "exit 5"
    lines = err.splitlines()
    if code and not any(line.startswith("roadcast: ") and len(line) > 15 for line in lines):
        return f"no message: {err!r}"
    if len(lines) > 3:
        return f"{len(lines)} lines of message"
    if "--json" in case[1] and out not in (b"", good) and "write" not in what:
        return "half a document"
    strange = set(now) - set(old) - set(new)
    if code:
        strange -= {CHECKPOINT}
    if strange and what not in ("rmdir EIO", "unlinkat EIO"): # what cannot be removed stays
        return f"left behind: {sorted(strange)}"
    old, new, now = ({path: text for path, text in files.items() if path not in strange | {CHECKPOINT}}
                     for files in (old, new, now))
    for folder, files in parts(now).items():
        if files not in (parts(old).get(folder), parts(new).get(folder)) and folder != "":
            return f"{folder or '.'} is neither as before nor as after"
    return None


def leave_checkpoint(before, command):
    """Of a run whose results could not be put in place, with a tail that is cut off."""
    os.makedirs(os.path.join(before, "cut/small/result.json/in the way"))
    made = run(before, [*command[:-1], "--checkpoint", "--force", "-o", "cut"])
    assert made[0] == 4 and "cannot replace" in made[2], made
    shutil.move(os.path.join(before, "cut/small/checkpoint"), os.path.join(before, CHECKPOINT))
    shutil.rmtree(os.path.join(before, "cut"))
    whole = os.path.getsize(os.path.join(before, CHECKPOINT))
    os.truncate(os.path.join(before, CHECKPOINT), whole - 5000) # the plan is whole, a what-if is not


def goes_on(case, here, what, new):
    """Whoever resumes after a failure comes to what a run without one wrote."""
    command = case[1]
    if "--checkpoint" not in command and "--resume" not in command:
        return None
    code, _, err, _ = run(here, [*command[:-1], "--resume"])
    now = tree(here)
    told = {path for path in new if path.endswith("run.json")} # of other arguments
    left = now.keys() - new.keys() if what == "unlinkat EIO" else set() # what cannot be removed stays
    same = now.keys() - left == new.keys() and all(now[path] == new[path] for path in new.keys() - told)
    return None if code == 0 and same else f"does not go on: exit {code}: {err}"


def walk(case, kind, stride):
    name, command, _ = case
    here = os.path.join(ROOM, "".join(c if c.isalnum() else "_" for c in name + kind))
    before = here + ".before"

    def fresh():
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(before, here)

    os.makedirs(before)
    for file in ("scenarios/five_lines.cfg", *("tests/faults/%s.cfg" % f for f in ("small", "base", "team"))):
        shutil.copy(file, before)
    open(os.path.join(before, "old.cfg"), "w").write("mine\n")
    for scenario in ("small.cfg", "five_lines.cfg"):
        draws = ["--charts"] if name in ("charts", "plot", "verify") and scenario == "small.cfg" else ["--no-charts"]
        made = run(before, ["run", scenario, *FEW, "--seed", "7", "-o", "out", *draws])
        assert made[0] == 0, made
    if name == "batch":
        run(before, command)
    if name == "verify":
        run(before, ["run", "small.cfg", "five_lines.cfg", *FEW, "-o", "out", "--no-charts", "--no-what-if"])
        run(before, ["run", "small.cfg", *FEW, "-o", "out", "--charts", "--no-what-if"])
    if name == "resume":
        leave_checkpoint(before, command)
    old = tree(before)
    fresh()
    code, good, err, said = run(here, command, kind=kind, at=0)
    new, wrong, points, codes = tree(here), [], 0, {}
    if "no dispatch" in said:
        return f"skipped: {name}: no Syscall User Dispatch on this machine", 0, []
    assert code == 0, (name, code, err)
    total = int(said.split()[1])
    fresh()
    dirty = False
    for n in range(1, total + 1, stride):
        variant = variants = 0
        while variant == 0 or variant < variants:
            if dirty:
                fresh()
            code, out, err, what = run(here, command, kind=kind, at=n, variant=variant)
            what, _, variants = what.partition(" of ")
            variants = int(variants or 1)
            points += what != ""
            now = tree(here)
            fault = judge(case, code, out, err, what, good, old, new, now)
            if code and not fault:
                fault = goes_on(case, here, what, new)
            key = what.split(" from ")[0], code
            codes[key] = codes.get(key, 0) + 1
            if fault:
                wrong.append(f"FAILED: {name}: {kind} {n}.{variant} ({what}): {fault}: {err.strip()[:300]}")
            dirty = now != old or code != 0
            variant += 1
    if os.environ.get("VERBOSE"):
        for (what, code), count in sorted(codes.items(), key=str):
            print(f"    {name}: {what}: exit {code}: {count}")
    return f"{name}: {points} of {total} calls ({kind})", points, wrong


def main():
    only = sys.argv[4:]
    jobs = [(case, kind, stride) for case in CASES for kind, (short, long) in case[2].items()
            if (stride := {"short": short, "long": long, "whole": 1}[HOW]) and (not only or case[0] in only)]
    checks = failures = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for line, points, wrong in pool.map(lambda job: walk(*job), jobs):
            print(line, *wrong, sep="\n", flush=True)
            checks, failures = checks + points, failures + len(wrong)
    print(f"{(checks - failures) * 100 // max(checks, 1)}%: Checks: {checks}, Failures: {failures}, Errors: 0")
    return failures > 0


try:
    sys.exit(main())
finally:
    shutil.rmtree(ROOM, ignore_errors=True)
