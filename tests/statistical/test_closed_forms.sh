#!/usr/bin/env bash
# test_closed_forms.sh [--count | --table] -- the scenarios whose answer is known in closed
# form, counted where they stand: a comment "exactly: MODELS" or "exactly: MODELS: name"
# before a row of a table, a call or a test of tests/statistical, which is named by what
# follows. Every model has one; README.md here holds the table, ../README.md the number.
#
#   --count   how many there are
#   --table   by model, for README.md
set -u
cd "$(dirname "$0")/../.." || exit 1
if ! command -v python3 >/dev/null; then
    echo "skipped: no python3"
    echo "100%: Checks: 0, Failures: 0, Errors: 0"
    exit 0
fi
python3 - "${1:-}" <<'END'
import glob, os, re, sys

def cases():
    """file, models, name of each, in the order of the files"""
    for file in sorted(glob.glob("tests/statistical/test_*.c")):
        text = open(file, encoding="utf-8").read()
        main = text.index("int main(void)")
        for tag in re.finditer(r"/\* exactly: ([\w, ]+?)(?:: ([^*]+?))? \*/\s*", text):
            rest = text[tag.end():]
            test = re.match(r"(?:/\*.*?\*/\s*)?START_TEST\((\w+)\)", rest, re.S)
            if test and not re.search(r"\b%s\b" % test[1], text[main:]):
                raise SystemExit(file + ": " + test[1] + " is not run")
            name = tag[2] or (test and test[1].replace("_", " ")) \
                or re.search(r'"((?:[^"\\]|\\.)*)"', rest)[1]
            yield file, tag[1].split(", "), " ".join(name.split())

known = list(cases())
ids = re.findall(r"&rc_model_(\w+)", open("models/models.c", encoding="utf-8").read())
by = {}
for file, models, name in known:
    for model in models:
        by.setdefault(model, []).append(name)

order = ids + sorted(set(by) - set(ids))
table = ["| Model | Cases | What is known exactly |", "|---|---|---|"]
table += ["| %s | %d | %s |" % (m, len(by[m]), "; ".join(by[m])) for m in order if m in by]

if sys.argv[1] == "--count":
    print(len(known))
    raise SystemExit
if sys.argv[1] == "--table":
    print("\n".join(table))
    raise SystemExit

def holds(path, text):
    return os.path.exists(path) and text in open(path, encoding="utf-8").read()

faults = [m + ": no closed form through a scenario's text" for m in ids if m not in by]
faults += [m + ": no model, and no file of models/" for m in by
           if m not in ids + ["plan", "calendar"] and not os.path.exists("models/%s.c" % m)]
faults += ["%s: '%s' stands twice" % (file, name) for i, (file, _, name) in enumerate(known)
           if (file, name) in [(f, n) for f, _, n in known[:i]]]
faults += ["fewer than 60: %d" % len(known)] * (len(known) < 60)
if not holds("tests/statistical/README.md", "\n".join(table) + "\n"):
    faults.append("tests/statistical/README.md: not what --table says")
if not holds("tests/README.md", "%d closed forms over all models" % len(known)):
    faults.append("tests/README.md: there are %d closed forms" % len(known))
print("\n".join(faults))
checks = len(ids) + len(known)
print("%d%%: Checks: %d, Failures: %d, Errors: 0"
      % (100 * max(0, checks - len(faults)) // checks, checks, len(faults)))
raise SystemExit(len(faults) > 0)
END
