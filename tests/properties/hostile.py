"""hostile.py fast|all -- sixty names that would like to be more than names, in every place
of a scenario where people write what they like; then everything that a run says and writes
is looked through. The n-th place has the n-th name, and each turn moves them on by one.

A name that no text of a scenario can hold is refused with a message that is harmless."""
import csv
import glob
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

PROGRAM = os.path.abspath(os.environ["ROADCAST"])
DO = "touch pwned"
LAWFUL = [
    # shells
    f"$({DO})", f"`{DO}`", f"; {DO} #", f"| {DO}", f"|{DO}", f"&& {DO}", f"'; {DO}; '", f'"; {DO}; "',
    "$HOME $PATH ${IFS}", f"\\`{DO}\\`", f"-rf / --output=pwned", "~/pwned",
    # gnuplot
    f"<{DO}", f"'<{DO}'", f"!{DO}", f'".system("{DO}")."', f"'.system('{DO}').'", f"@pwned `{DO}`",
    f"\\n!{DO}\\n", "EOD", f'$data << EOD "`{DO}`"', "#", "# comment", "%g %s %n %*d %1$s", "NaN", "",
    "{/Symbol a}_{2}^{3}", "{/:Bold=40 big}", "~a{.8-}", "&{space} @^{x}_y", "a|b\\|c",
    # marks of SVG, HTML and XML
    "<script>alert(1)</script>", '"><script>alert(1)</script>', "<img src=x onerror=alert(1)>",
    "]]><svg onload=alert(1)>", "</text></svg><script>x</script>", "&lt;script&gt;&#60;b&#62;", "<!--", "-->",
    '<!ENTITY x SYSTEM "file:///etc/passwd">&x;', "javascript:alert(1)", "<?xml version='1.0'?>", "' onclick='x",
    # cells of spreadsheets
    "=1+1", "=cmd|' /C calc'!A0", "+1-2", "-2+3", "@SUM(A1:A9)", '=HYPERLINK("http://x","y")', "a,b;c\td", '"', '""', "'",
    # TeX, paths, prints
    "\\input{/etc/passwd}", "\\write18{touch pwned}", "$\\alpha_{x}^2$", "../../../pwned", "/etc/passwd", "C:\\pwned",
    "%s%s%s%n%n", "%99999999d", "{0} {{x}} ${x}", "\\x1b[31m\\u202e",
    # letters
    "\t=1", "\u202e\u202ddeliver\u2066\u2069", "\u200f\u061c\ufeff\u2028\u2029x", "\x9b31m\x85\x90", "\u0301\u0302" * 40,
    "\U0001f600\U0001f1e9\U0001f1ea 模型 ﷽ שלום", "\ufffd\uffff\U0010ffff", "x" * 60000, "ü" * 3000, "\\" * 300, '"' * 300, "a " * 2000,
]
UNLAWFUL = [b"\x1b[31mred\x1b[0m", b"\x1b]0;title\x07", b"a\nb", b"a\rb", b"\x00", b"\x07\x08\x0c", b"\x7f", b"\xff\xfe",
            b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"x" * 70000]

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
ELEMENTS = {"svg", "title", "desc", "g", "path", "text", "tspan", "rect", "circle", "use", "defs", "polygon", "polyline",
            "line", "pattern", "mask", "clipPath", "filter", "feFlood", "feComposite", "feBlend", "linearGradient", "stop"}

checks = failures = 0


def expect(holds, what):
    global checks, failures
    checks += 1
    if not holds:
        failures += 1
        print("wrong:", what[:300].encode("ascii", "backslashreplace").decode())


# ------------------------------------------------------------------------- scenarios

def quoted(name):
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def plain(text):
    """Without comments, one blank on either side of '='."""
    return re.sub(r'("(?:[^"\\]|\\.)*")|//[^\n]*|#[^\n]*|/\*.*?\*/|\s*(=)\s*',
                  lambda m: m[1] or (" = " if m[2] else ""), text, flags=re.S)


def group_around(text, at):
    """From its { to its }, of the setting at a place."""
    depth, start = 0, at
    while depth >= 0:
        start -= 1
        depth += {"}": 1, "{": -1}.get(text[start], 0)
    depth, end = 1, start + 1
    while depth:
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        end += 1
    return text[start:end]


def named(text):
    """Every item with an id, and every group with free text, gets all the free text there is."""
    for m in reversed(list(re.finditer(r'\bid = "[^"]*";', text))):
        inside = re.sub(r"(?<=.)\{[^{}]*\}", "", group_around(text, m.start()), flags=re.S)
        if not re.search(r"\bname = ", inside):
            text = text[:m.end()] + ' name = "x";' + text[m.end():]
    for group, keys in (("scenario", ("name", "question", "hypothesis", "owner", "updated")),
                        ("provider", ("name",)), ("serving", ("name",))):
        for m in reversed(list(re.finditer(rf"\b{group} = {{", text))):
            inside = group_around(text, m.end())
            text = text[:m.end()] + "".join(f' {k} = "x";' for k in keys if not re.search(rf"\b{k} = ", inside)) + text[m.end():]
    return text


def hostile(text, turn):
    """Free text becomes hostile names; those that must be equal stay equal. A metric is free
    where no condition names it."""
    places, kept, free = 0, {}, not re.search(r"\b(needs|metrics|only_if|trigger)\b", text)

    def next_name():
        nonlocal places
        places += 1
        return LAWFUL[(turn + places) % len(LAWFUL)]

    def equal(was):
        if was not in kept: # brackets are refused in a phase, and more than 100 bytes
            kept[was] = re.sub(r"[][]", "", next_name()).encode()[:90].decode(errors="ignore") + f" {len(kept)}"
        return kept[was]

    def one(m):
        key, value = m[1], m[2]
        if key == "metric" or key == "measure" and value in ("equal opportunity", "four-fifths"):
            return f"{key} = {quoted(equal(value))}" if free and key == "metric" else m[0]
        if key in ("phase", "one_of"):
            return f"{key} = {quoted(equal(key + value))}"
        if key == "milestone":
            return m[0] if value == "launch" else f"{key} = {quoted(next_name() + ' m')}"
        return f"{key} = {quoted(next_name())}"

    text = re.sub(r'\b(name|question|hypothesis|owner|updated|because|measure|metric|phase|one_of|milestone) = "((?:[^"\\]|\\.)*)"',
                  one, text)
    text = re.sub(r'\bphases = \[(.*?)\]',
                  lambda m: "phases = [ " + ", ".join(quoted(equal("phase" + p)) for p in re.findall(r'"(.*?)"', m[1])) + " ]",
                  text)
    text = re.sub(r'"(\d{4}-\d\d-\d\d)( [^"]*)?"(?=[,\s\]]*[^;]*\];)', lambda m: quoted(m[1] + " " + next_name()), text)
    return text, places


# --------------------------------------------------------------------- what comes out

def run(folder, *arguments):
    done = subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, timeout=120, stdin=subprocess.DEVNULL)
    for stream, text in (("stdout", done.stdout), ("stderr", done.stderr)):
        try:
            said = text.decode()
            bad = HARMFUL.search(said)
            expect(not bad, f"{arguments}: {stream} holds {bad and ascii(said[max(0, bad.start() - 40):bad.end() + 9])}")
        except UnicodeDecodeError as e:
            expect(False, f"{arguments}: {stream}: {e}")
    return done


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    bad = HARMFUL.search(text)
    expect(not bad, f"{path} holds {bad and ascii(text[max(0, bad.start() - 40):bad.end() + 9])}")
    return text


def look_json(path, names=()):
    text = read(path)
    found = json.loads(text, parse_constant=lambda x: expect(False, f"{path}: {x}"))
    seen = set()

    def walk(x):
        if isinstance(x, dict):
            for k, v in x.items():
                walk(v)
        elif isinstance(x, list):
            for v in x:
                walk(v)
        elif isinstance(x, str):
            seen.add(x)
    walk(found)
    for name in names:
        expect(name in seen, f"{path} lacks {ascii(name)}")


def look_table(path):
    text = read(path)
    rows = list(csv.reader(io.StringIO(text), strict=True))
    expect(len(rows) == text.count("\n"), f"{path}: a cell holds a line end")
    expect(len({len(r) for r in rows}) == 1, f"{path}: rows differ in length")
    for row in rows:
        for cell in row:
            formula = cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"-[\d.e+-]+", cell)
            expect(not formula, f"{path}: a formula: {ascii(cell)}")


def look_chart(path):
    try:
        chart = xml.fromstring(read(path))
    except xml.ParseError as e:
        return expect(False, f"{path}: {e}")
    for e in chart.iter():
        tag = re.sub(r"^\{http://www.w3.org/2000/svg\}", "", e.tag)
        expect(tag in ELEMENTS, f"{path}: <{tag}>")
        for key, value in e.attrib.items():
            live = key.lower().startswith("on") or ("href" in key and not value.startswith("#")) or "url(" in value.replace("url(#", "")
            expect(not live or "data:image/png;base64," in value, f"{path}: {key}={value[:60]}")


def look_plot_table(path):
    for line in read(path).split("\n"):
        expect(not re.search(r'["\\]', line), f"{path}: {line[:80]}")


def look_folder(folder, names):
    look_json(f"{folder}/result.json", names)
    look_json(f"{folder}/run.json")
    for path in glob.glob(f"{folder}/*.csv"):
        look_table(path)
    for path in glob.glob(f"{folder}/charts/*.svg"):
        look_chart(path)
    for path in glob.glob(f"{folder}/charts/*.tsv"):
        look_plot_table(path)
    for path in glob.glob(f"{folder}/charts/*.gp"):
        expect(read(path) == open("plots/" + os.path.basename(path), encoding="utf-8").read(), f"{path} is not ours")


def turn_of(room, scenario, turn, charts):
    with open(scenario, encoding="utf-8") as file:
        text, places = hostile(named(plain(file.read())), turn)
    text = re.sub(r'\bfolder = "[^"]*";', "", text)
    with open(f"{room}/it.cfg", "w", encoding="utf-8") as file:
        file.write(text)
    shutil.rmtree(f"{room}/out", ignore_errors=True)
    done = run(room, "run", "it.cfg", "-n", "300", "-v", "-o", "out", *([] if charts else ["--no-charts"]))
    expect(done.returncode == 0, f"{scenario}, turn {turn}: exit {done.returncode}: {done.stderr.decode(errors='replace')[-600:]}")
    if done.returncode == 0:
        tasks = re.search(r"\btasks = \((.*?)\n\);", text, re.S)
        names = re.findall(r'\bid = "[^"]*"; name = "((?:[^"\\]|\\.)*)"', tasks[1]) if tasks else []
        look_folder(f"{room}/out/it", [re.sub(r"\\(.)", r"\1", n) for n in names if n])
    pwned = glob.glob(room + "/**/pwned", recursive=True)
    expect(not pwned and not os.path.exists("pwned"), f"{scenario}, turn {turn} made {pwned}")
    return places


def every_unlawful_name(room):
    start = b'format = 1; calendar = { start = "2026-02-02"; };\ntasks = ( { id = "a"; duration = "2 days"; name = "'
    for name in UNLAWFUL:
        with open(f"{room}/it.cfg", "wb") as file:
            file.write(start + name + b'"; } );\n')
        expect(run(room, "check", "it.cfg").returncode == 3, f"taken: {name[:40]}")
    for name in LAWFUL: # no id is such a name
        with open(f"{room}/it.cfg", "wb") as file:
            file.write(start.replace(b'"a"', quoted(name).encode()) + b'"; } );\n')
        expect(run(room, "check", "it.cfg").returncode == (0 if name in ("EOD", "NaN") else 3), f"an id: {name[:40]}")


def every_name_from_outside(room):
    """As a change, as the name of a file, as a folder."""
    with open(f"{room}/ok.cfg", "w", encoding="utf-8") as file:
        file.write('format = 1; calendar = { start = "2026-02-02"; };\ntasks = ( { id = "a"; duration = "2 to 4 days"; } );\n')
    for i, name in enumerate(LAWFUL):
        done = run(room, "run", "ok.cfg", "-n", "200", "--no-charts", "-o", "set", "--set", f'tasks.a.name="{name}"', "--set",
                   f'scenario.name="{name}"')
        expect(done.returncode == 0, f"--set {name[:40]}: {done.stderr[-200:]}")
        look_folder(f"{room}/set/ok", [name] if name else [])
        run(room, "run", "ok.cfg", "-n", "200", "--no-charts", "-o", "set", "--set", name)
        run(room, name)
        run(room, "run", "ok.cfg", "--require", name)
    names = [n for n in LAWFUL + [u.decode(errors="surrogateescape") for u in UNLAWFUL if b"\0" not in u]
             if n and "/" not in n and len(n.encode(errors="surrogateescape")) < 200]
    files = []
    for name in names:
        os.makedirs(f"{room}/files", exist_ok=True)
        files.append(f"files/{name}.cfg")
        os.link(f"{room}/ok.cfg", f"{room}/{files[-1]}")
    done = run(room, "run", "-n", "200", "--no-charts", "-o", "batch", "--", *files)
    expect(done.returncode == 0, f"a batch: exit {done.returncode}: {done.stderr[-300:]}")
    look_table(f"{room}/batch/batch.csv")


def main():
    every = sys.argv[1] == "all"
    scenarios = sorted(glob.glob("scenarios/*.cfg"))
    most = 0
    with tempfile.TemporaryDirectory() as room:
        every_unlawful_name(room)
        every_name_from_outside(room)
        for s, scenario in enumerate(scenarios):
            turns = range(s, len(LAWFUL), 4 if every else 23)
            for turn in turns:
                charts = turn % 12 == s if every else scenario.endswith("fraud_v2.cfg") and turn == s
                most = max(most, turn_of(room, scenario, turn, charts))
    print(f"{len(LAWFUL) + len(UNLAWFUL)} names, up to {most} places")
    print(f"{100 * (checks - failures) // max(1, checks)}%: Checks: {checks}, Failures: {failures}, Errors: 0")
    return failures > 0


sys.exit(main())
