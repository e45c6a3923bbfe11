#!/usr/bin/env bash
# test_settings_complete.sh -- every setting of the language stands in a table of
# test_settings*.c, or below with the test that holds it; none below that has a row, or
# that the language does not know. What is no name, reason or picture has a row that says
# where its output goes, up, down or to a known value: that it moves, or that nothing else
# does, is not enough. Read from scenarios/README.md, which unit/test_reference holds to
# the tables of the reader.
set -u
cd "$(dirname "$0")/../.." || exit 1
if ! command -v python3 >/dev/null; then
    echo "skipped: no python3"
    echo "100%: Checks: 0, Failures: 0, Errors: 0"
    exit 0
fi
python3 - <<'END'
import glob, re

ELSEWHERE = {
    "format": "unit/test_read",
    "extends": "unit/test_read",
    "remove": "unit/test_read",
    "simulation.sampling": "one word is all it can say",
    "simulation.seed": "properties/test_settings_known, a test of its own",
    "goals.target.at_most": "goals.targets.ID.at_most, read by the same row",
}
# What is shown and never a number: ids and names; groups by what stands in them.
SHOWN = ("id", "name")
# The same under names of their own, and how many futures there are.
NO_NUMBER = {"scenario.question", "scenario.hypothesis", "scenario.owner", "scenario.updated",
             "correlations.ID.because", "goals.supports.measure", "output.folder",
             "output.charts", "output.percentiles", "what_if.ID.set", "simulation.futures"}
GROUPS = ("group", "list of groups", "group or list")

settings, section = {}, None
for line in open("scenarios/README.md", encoding="utf-8"):
    if line.startswith("### "):
        title = line[4:].strip()
        section = "" if title == "The file" else title.strip("`") if "`" in title else None
    row = re.match(r"\| `(\w+)` \| (.*?) \|", line)
    if row and section is not None:
        settings[(section + "." if section else "") + row[1]] = row[2]

keys = {}
for path in settings:
    group, _, key = path.rpartition(".")
    keys.setdefault(group, set()).add(key)
lists = {group[:-3] for group in keys if group.endswith(".ID")}


def place(path):
    """tasks.label.cost -> tasks.ID.cost; experiments.second.works -> experiments.works"""
    parts, at = path.split("."), ""
    if (settings.get(parts[0]) == "group or list" and len(parts) > 2
            and parts[1] not in keys[parts[0]]):
        del parts[1]
    for i, part in enumerate(parts):
        at = (at + "." if at else "") + ("ID" if at in lists else part)
    return at


def places(change):
    """What a change sets: its path, and what stands in the group that it writes."""
    path, _, value = change.partition("=")
    at, outer, key = place(path.strip()), [], None
    yield at
    if value.strip()[:1] not in "({":
        return
    bare = re.sub(r'"[^"]*"', '""', value)
    for token in re.findall(r"[A-Za-z_]\w*\s*=|[{}()]", bare):
        if token in "({":
            outer.append(at)
            at += "." + key if key else ""
            at += ".ID" if token == "(" and at in lists else ""
            key = None
        elif token in ")}":
            at, key = outer.pop(), None
        else:
            key = token[:-1].strip()
            yield at + "." + key


literal = r'"(?:[^"\\]|\\.)*"'
changed, directed = set(), set()
for file in glob.glob("tests/properties/test_settings*.c"):
    text = re.sub(r"/\*.*?\*/", "", open(file, encoding="utf-8").read(), flags=re.S)
    # { [plan,] set, output, 'way' }, or { plan, set, output, before, after }
    for row in re.finditer(r"\{\s*(?:(\w+)(?:\([^{}]*?\))?,\s*)?((?:%s\s*)+),((?:\s|[A-Z]+(?:\(\"\w+\"\))?|%s)+),"
                           r"\s*(?:'(.)'|[^'{}]+?)\s*\}" % (literal, literal), text):
        for change in "".join(s[1:-1] for s in re.findall(literal, row[2])).split(" | "):
            its = set(places(change.replace('\\"', '"')))
            changed |= its
            if row[4] not in ("=", "0"):
                directed |= its

faults = [p + ": no row of test_settings*.c changes it" for p, holds in settings.items()
          if holds not in GROUPS and p.split(".")[-1] not in SHOWN
          and p not in changed and p not in ELSEWHERE]
faults += [p + ": no row of test_settings*.c says where it moves anything"
           for p in changed - directed if p in settings and settings[p] not in GROUPS
           and p.split(".")[-1] not in SHOWN and p not in NO_NUMBER]
faults += [p + ": is a number by a row" for p in NO_NUMBER & directed]
faults += [p + ": stands below and in a table" for p in ELSEWHERE if p in changed]
faults += [p + ": no such setting" for p in ELSEWHERE if p not in settings]
faults += [p + ": a row changes it, and there is no such setting"
           for p in sorted(changed) if p not in settings]
print("\n".join(faults))
print("%d%%: Checks: %d, Failures: %d, Errors: 0"
      % (100 * (len(settings) - len(faults)) // len(settings), len(settings), len(faults)))
raise SystemExit(len(faults) > 0)
END
