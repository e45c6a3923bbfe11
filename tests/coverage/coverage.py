#!/usr/bin/env python3
"""coverage.py BUILD -- what the tests of a build with MODE=cov have carried out, by gcov.

One row per room: lines and branches. Then every line of the rooms of which all is promised
that was not carried out; VERBOSE=1: also the branches there that were not taken. Kernels
that are built once per instruction set count once. What an assert would do when it fails is
no branch of ours. Exit 1: a room is below its promise.
"""
import glob
import json
import os
import re
import subprocess
import sys

BUILD = os.path.abspath(sys.argv[1])
EVERY = ("engine/base", "engine/rand", "engine/stats", "engine/plan")
OTHERS = ("engine/scenario", "engine/run", "engine/report", "engine/cli", "models")
LEAST = 90  # percent of lines, of the others


def counts(room):
    """{(file, line): count}, {(file, line, branch): count}"""
    lines, branches = {}, {}
    notes = sorted(glob.glob(f"{BUILD}/{room}/*.gcno"))
    told = subprocess.run(["gcov", "--json-format", "--stdout", "-b", *notes], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    for document in filter(None, told.splitlines()):
        for file in json.loads(document)["files"]:
            if not file["file"].startswith(room + "/"):
                continue
            for line in file["lines"]:
                at = file["file"], line["line_number"]
                lines[at] = lines.get(at, 0) + line["count"]
                for i, branch in enumerate(line["branches"]):
                    branches[*at, i] = branches.get((*at, i), 0) + branch["count"]
    return lines, branches


def asserted(path):
    """Numbers of the lines that an assert stands on."""
    text = open(path).read()
    for found in re.finditer(r"\bassert\([^;]*;", text):
        first = text.count("\n", 0, found.start()) + 1
        yield from range(first, first + found.group().count("\n") + 1)


def share(part):
    return f"{100 * sum(map(bool, part)) / max(len(part), 1):6.1f} % of {len(part):5}"


below, missed = [], []
print("room                       lines             branches")
for room in EVERY + OTHERS:
    lines, branches = counts(room)
    promises = {path: set(asserted(path)) for path in {path for path, _ in lines}}
    branches = {at: n for at, n in branches.items() if at[1] not in promises[at[0]]}
    print(f"{room:16}  {share(lines.values())}   {share(branches.values())}")
    reached = 100 * sum(map(bool, lines.values())) / max(len(lines), 1)
    if reached < (100 if room in EVERY else LEAST):
        below.append(room)
    if room in EVERY:
        missed += [(*at, "not carried out") for at, n in lines.items() if not n]
        if os.environ.get("VERBOSE"):
            missed += [(path, line, f"branch {i} not taken")
                       for (path, line, i), n in branches.items() if not n and lines[path, line]]
for path, line, what in sorted(missed):
    print(f"{path}:{line}: {what}: {open(path).read().splitlines()[line - 1].strip()}")
for room in below:
    print(f"{room} is below its promise")
sys.exit(bool(below))
