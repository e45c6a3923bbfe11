#!/usr/bin/env python3
"""mutate.py -- plant one small fault after the other; does a test turn red?

    make mutation                        every third place of rand, stats, network, calendar
    tests/mutation/mutate.py BUILD [--every N] [--offset K] [--jobs J] [FILE...]

A mutant is one change of one token (a comparison, an operator, a constant, a statement left
out). What compiles to the same object as the original is no mutant. Each is linked into the
tests that are named for its file below, fastest first, until one fails, crashes or takes ten
times as long. Prints every survivor as FILE:LINE: old -> new, and a last line with the share
that was killed; exit code 1 where it is below 90 %.
"""
import argparse, concurrent.futures, os, re, shutil, subprocess, sys, tempfile, time

# Which tests speak for a file: (file, programs below tests/); the fastest runs first.
LAWS = ["unit/test_dist", "unit/test_table", "unit/test_estimate", "statistical/test_exact"]
PLANS = ["unit/test_schedule", "unit/test_queue", "properties/test_metamorphic"]
TESTS = {
    "engine/rand/rng.c": ["unit/test_rng", "unit/test_table", "statistical/test_streams"],
    "engine/rand/correlate.c": ["unit/test_correlate", "statistical/test_exact"],
    "engine/rand/fit.c": ["unit/test_dist", "unit/test_estimate"],
    "engine/rand/cells.c": LAWS,
    "engine/rand/steps.c": LAWS,
    "engine/rand/table.c": LAWS + ["unit/test_rng"],
    "engine/stats/knowing.c": ["unit/test_knowing", "statistical/test_value_exact"],
    "engine/stats/sample.c": ["unit/test_sample", "unit/test_answer", "statistical/test_exact"],
    "engine/stats/sensitivity.c": ["unit/test_sensitivity", "unit/test_answer"],
    "engine/plan/network.c": ["unit/test_network"] + PLANS + ["statistical/test_exact"],
    "engine/plan/calendar.c": ["unit/test_calendar"] + PLANS,
}
for f in "dist dist_beta dist_discrete dist_flat dist_gamma dist_metalog dist_mixture dist_normal".split():
    TESTS["engine/rand/%s.c" % f] = LAWS

# (what is found, what stands there instead); each at every place where it is found.
CHANGES = [
    (r"(?<![<>=!\-+*/&|^])<=(?!=)", ["<", ">"]),
    (r"(?<![<>=!\-])>=(?!=)", [">", "<"]),
    (r"(?<=\s)<(?=\s)", ["<=", ">="]),
    (r"(?<=\s)>(?=\s)", [">=", "<="]),
    (r"==", ["!="]),
    (r"!=", ["=="]),
    (r"&&", ["||"]),
    (r"\|\|", ["&&"]),
    (r"(?<=\s)\+(?=\s)", ["-"]),
    (r"(?<=\s)-(?=\s)", ["+"]),
    (r"(?<=\s)\*(?=\s)", ["/"]),
    (r"(?<=\s)/(?=\s)", ["*"]),
    (r"(?<=\s)%(?=\s)", ["*"]),
    (r"<<", [">>"]),
    (r">>", ["<<"]),
    (r"(?<=\s)\^(?=\s)", ["|"]),
    (r"(?<=\s)&(?=\s)", ["|"]),
    (r"\+=", ["-="]),
    (r"-=", ["+="]),
    (r"\*=", ["/="]),
    (r"\+\+", ["--"]),
    (r"!(?=[a-z(])", [""]),
    (r"(?<![\w.])0(?![\w.])", ["1"]),
    (r"(?<![\w.])1(?![\w.])", ["2", "0"]),
    (r"(?<![\w.])([2-9]|[1-9]\d+)(?![\w.])", ["(\\1 + 1)"]),
    (r"(?<![\w.])(\d+\.\d+(?:e[-+]?\d+)?)(?![\w.])", ["(\\1 * 1.01 + 1e-3)"]),
    (r"\bcontinue;", [";"]),
    (r"\bbreak;", [";"]),
    (r"^(\s+)([a-z_]\w*(?:\[[^=;]*\]|->\w+|\.\w+)*\s[-+*/|&^]?=\s[^;{}]*;)$", ["\\1;"]),
    (r"^(\s+)([a-z_]\w*\([^;{}]*\);)$", ["\\1;"]),
]


def code_only(text):
    """The text with comments, strings and preprocessor lines blanked, place by place."""
    blank = lambda m: re.sub(r"[^\n]", " ", m.group(0))
    text = re.sub(r"/\*.*?\*/|//[^\n]*", blank, text, flags=re.S)
    text = re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text)
    text = re.sub(r"^\s*#(?:[^\n\\]|\\\n)*", blank, text, flags=re.M)
    return re.sub(r"\bassert\([^;]*\);", blank, text)


def mutants(text):
    seen, code = [], code_only(text)
    for pattern, instead in CHANGES:
        for m in re.finditer(pattern, code, flags=re.M):
            for new in instead:
                seen.append((m.start(), m.end(), m.expand(new)))
    return sorted(set(seen))


def sh(command, **kw):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **kw)


class Bench:
    def __init__(self, build, scratch):
        self.build, self.scratch = build, scratch
        libs = subprocess.check_output(["pkg-config", "--libs", "check", "jansson", "libconfig"], text=True)
        self.libs = libs.split() + ["-fopenmp", "-lm"]
        self.flags = ("-std=c17 -O1 -ffp-contract=off -fno-math-errno -fno-trapping-math -D_GNU_SOURCE "
                      "-Iinclude -Iengine -Imodels -Itests/support").split()
        self.seconds = {}

    def test_object(self, test):
        out = os.path.join(self.scratch, test.replace("/", "_") + ".o")
        if not os.path.exists(out):
            subprocess.check_call(["gcc", *self.flags, "-c", "-o", out, "tests/%s.c" % test])
        return out

    def link(self, test, first, out):
        """The test with an object that goes before the one of that name in the library."""
        return sh(["gcc", "-o", out, self.test_object(test), *first,
                   self.build + "/tests/libsupport.a", self.build + "/libroadcast.a", *self.libs]).returncode == 0

    def run(self, program, limit):
        env = dict(os.environ, CK_DEFAULT_TIMEOUT="0", OMP_NUM_THREADS="1", LC_ALL="C.UTF-8")
        p = subprocess.Popen([program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             env=env, start_new_session=True)
        try:
            return p.wait(timeout=limit) == 0
        except subprocess.TimeoutExpired:
            os.killpg(p.pid, 9)
            p.wait()
            return False

    def prepare(self, tests):
        for test in tests:
            program = os.path.join(self.scratch, "as_it_is")
            assert self.link(test, [], program), test
            start = time.time()
            assert self.run(program, 600), test + " fails without a fault"
            self.seconds[test] = time.time() - start

    def compile(self, source, text, tag):
        """An object of this text, or nothing where it does not compile."""
        at = os.path.join(self.scratch, tag)
        os.makedirs(at, exist_ok=True)
        c, o = os.path.join(at, os.path.basename(source)), os.path.join(at, "m.o")
        with open(c, "w") as f:
            f.write(text)
        if sh(["gcc", *self.flags, "-I" + os.path.dirname(source), "-w", "-c", "-o", o, c]).returncode:
            return None
        return o

    def judge(self, source, text, tag, original):
        o = self.compile(source, text, tag)
        at = os.path.join(self.scratch, tag)
        try:
            if o is None or open(o, "rb").read() == original:
                return None
            for test in sorted(TESTS[source], key=self.seconds.get):
                program = os.path.join(at, "t")
                if not self.link(test, [o], program) or not self.run(program, 5 + 10 * self.seconds[test]):
                    return "killed"
            return "survived"
        finally:
            shutil.rmtree(at, ignore_errors=True)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("build")
    p.add_argument("--every", type=int, default=3)
    p.add_argument("--offset", type=int, default=0)
    p.add_argument("--jobs", type=int, default=os.cpu_count())
    p.add_argument("files", nargs="*")
    a = p.parse_intermixed_args()
    killed = lived = 0
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(a.build, scratch)
        files = a.files or sorted(TESTS)
        bench.prepare(sorted({t for f in files for t in TESTS[f]}))
        for source in files:
            text = open(source).read()
            original = open(bench.compile(source, text, "original"), "rb").read()
            chosen = mutants(text)[a.offset::a.every]
            k = l = 0
            with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
                def one(i):
                    start, end, new = chosen[i]
                    changed = text[:start] + new + text[end:]
                    return bench.judge(source, changed, "m%d" % i, original)
                for (start, end, new), verdict in zip(chosen, pool.map(one, range(len(chosen)))):
                    k += verdict == "killed"
                    if verdict == "survived":
                        l += 1
                        line = text.count("\n", 0, start) + 1
                        print("%s:%d: %s -> %s" % (source, line, text[start:end].strip(), new.strip() or "nothing"))
                        print("    %s" % text.split("\n")[line - 1].strip(), flush=True)
            print("%-28s %4d killed, %3d survived" % (source, k, l), flush=True)
            killed, lived = killed + k, lived + l
    share = 100.0 * killed / max(1, killed + lived)
    print("%d mutants, %d killed (%.1f %%), %d survived" % (killed + lived, killed, share, lived))
    sys.exit(share < 90)


if __name__ == "__main__":
    main()
