#!/usr/bin/env python3
"""mutate.py -- plant one small fault after the other; does a test turn red?

    make mutation                        every third place of rand, stats, network, calendar
    tests/mutation/mutate.py BUILD [--every N] [--offset K] [--jobs J] [FILE...]

A mutant is one change of one token (a comparison, an operator, a constant, a statement left
out). What compiles to the same object as the original, at -O1 or at -O3, is no mutant. Each is
linked into the tests that are named for its file below, fastest first, until one fails, crashes
or needs ten times the processor time; a program ends at its first failed assertion. What they
let pass has to pass them once more under AddressSanitizer and UBSan, as MODE=asan runs them. Kernels
(*.simd.c) are changed in their build for any processor. Prints every survivor as FILE:LINE:
old -> new, and a last line with the share that was killed; exit code 1 where it is below 90 %.
"""
import argparse, concurrent.futures, os, re, shutil, subprocess, sys, tempfile

# Which tests speak for a file: programs below tests/; the fastest runs first.
TEXTS = ["unit/test_estimate", "unit/test_estimate_forms", "unit/test_estimate_faults"]
LAWS = ["unit/test_dist", "unit/test_table", *TEXTS]
TESTS = {
    "engine/rand/rng.c": ["unit/test_rng", "unit/test_table"],
    "engine/rand/rng.simd.c": ["unit/test_rng", "unit/test_table"],
    "engine/rand/correlate.c": ["unit/test_correlate", "unit/test_no_memory"],
    "engine/rand/fit.c": ["unit/test_fit", *TEXTS],
    "engine/rand/cells.c": ["unit/test_table", "unit/test_dist", "unit/test_no_memory"],
    "engine/rand/steps.c": ["unit/test_table", "unit/test_dist", "unit/test_no_memory"],
    "engine/rand/table.c": ["unit/test_rng", "unit/test_table", "unit/test_dist", "unit/test_no_memory"],
    "engine/rand/table.simd.c": ["unit/test_table", "unit/test_dist"],
    "engine/stats/histogram.c": ["unit/test_histogram"],
    "engine/stats/knowing.c": ["unit/test_knowing"],
    "engine/stats/sample.c": ["unit/test_sample", "unit/test_answer"],
    "engine/stats/sensitivity.c": ["unit/test_sensitivity", "unit/test_knowing"],
    "engine/plan/network.c": ["unit/test_network", "unit/test_schedule", "unit/test_queue", "unit/test_no_memory"],
    "engine/plan/calendar.c": ["unit/test_schedule", "unit/test_queue", "unit/test_calendar", "unit/test_no_memory"],
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
    (r"UINT64_C\(0x[0-9a-f]+\)", ["(\\g<0> ^ 1)"]),
    (r"^([ \t]+)([a-z_]\w*(?:\[[^=;]*\]|->\w+|\.\w+)*\s[-+*/|&^]?=\s[^;{}]*;)$", ["\\1;"]),
    (r"^([ \t]+)([a-z_]\w*\([^;{}]*\);)$", ["\\1;"]),
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


# The linker gives to test_no_memory what it gets from the Makefile.
WRAPPED = "malloc calloc realloc rc_arena_alloc rc_arena_text rc_arena_print"
WRAP = {"unit/test_no_memory": ["-Wl,--wrap=" + f for f in WRAPPED.split()]}

CHECKED = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]


class Bench:
    def __init__(self, build, scratch):
        self.scratch = scratch
        self.archives = [shutil.copy(build + "/" + a, scratch) for a in ("tests/libsupport.a", "libroadcast.a")]
        libs = subprocess.check_output(["pkg-config", "--libs", "check", "jansson", "libconfig"], text=True)
        self.libs = libs.split() + ["-fopenmp", "-lm", "-Wl,--wrap=_ck_assert_failed"]
        self.flags = ("-std=c17 -ffp-contract=off -fno-math-errno -fno-trapping-math -D_GNU_SOURCE "
                      "-Iinclude -Iengine -Imodels -Itests/support").split()
        self.seconds = {}
        self.first_failure = os.path.join(scratch, "first_failure.o")
        subprocess.run(["gcc", "-x", "c", "-c", "-o", self.first_failure, "-"], text=True, check=True,
                       input="void _exit(int); void __wrap__ck_assert_failed(void) { _exit(1); }")
        # where sanitizers look, the arena closes what nobody asked for
        self.arena = os.path.join(scratch, "arena.o")
        subprocess.check_call(["gcc", *self.flags, "-O1", *CHECKED, "-c", "-o", self.arena, "engine/base/arena.c"])

    def test_object(self, test, *flags):
        out = os.path.join(self.scratch, test.replace("/", "_") + ("-checked.o" if flags else ".o"))
        if not os.path.exists(out):
            subprocess.check_call(["gcc", *self.flags, "-O1", *flags, "-c", "-o", out, "tests/%s.c" % test])
        return out

    def link(self, test, first, out, *flags):
        """The test with an object that goes before the one of that name in the library."""
        own = [self.test_object(test, *flags), self.first_failure, *first] + [self.arena] * bool(flags)
        subprocess.run(["gcc", *flags, *WRAP.get(test, []), "-o", out, *own, *self.archives, *self.libs], check=True)

    def run(self, program, seconds, *limits):
        """Whether it passes within so many seconds of the processor, however loaded that is."""
        env = dict(os.environ, CK_FORK="no", OMP_NUM_THREADS="1", ROADCAST_SIMD="base", LC_ALL="C.UTF-8")
        return sh(["prlimit", "--cpu=%d" % seconds, "--core=0", *limits, program], env=env).returncode == 0

    def prepare(self, tests):
        for test in tests:
            program = os.path.join(self.scratch, "as_it_is")
            self.link(test, [], program)
            before = os.times().children_user
            assert self.run(program, 600), test + " fails without a fault"
            self.seconds[test] = os.times().children_user - before
            self.link(test, [], program, *CHECKED)
            assert self.run(program, 600), test + " fails under AddressSanitizer"

    def compile(self, source, text, at, *level):
        """What the object m.o of this text holds, or nothing where it does not compile."""
        o = os.path.join(at, "m.o")
        done = subprocess.run(["gcc", *self.flags, *level, "-DRC_SIMD=base", "-I" + os.path.dirname(source), "-w",
                               "-x", "c", "-c", "-o", o, "-"], input=text.encode(), stderr=subprocess.DEVNULL)
        return open(o, "rb").read() if done.returncode == 0 else None

    def passes(self, source, at, limits, *flags):
        """Whether the tests of the file, fastest first, all pass with the object m.o."""
        program = os.path.join(at, "t")
        for test in sorted(TESTS[source], key=self.seconds.get):
            seconds = (3 + 10 * self.seconds[test]) * (5 if flags else 1)
            self.link(test, [os.path.join(at, "m.o")], program, *flags)
            if not self.run(program, seconds, *limits):
                return False
        return True

    def judge(self, source, text, original, changed, tag):
        """"killed", "survived", or nothing where this is no mutant."""
        at = os.path.join(self.scratch, tag)
        os.mkdir(at)
        try:
            if self.compile(source, changed, at, "-O1") in (None, original):
                return None
            if not self.passes(source, at, ["--as=%d" % (4 << 30)]):
                return "killed"
            same = self.compile(source, text, at, "-O3") == self.compile(source, changed, at, "-O3")
            if same:
                return None
            self.compile(source, changed, at, "-O1", *CHECKED)
            return "survived" if self.passes(source, at, [], *CHECKED) else "killed"
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
            original = bench.compile(source, text, scratch, "-O1")
            chosen = mutants(text)[a.offset::a.every]
            k = l = 0
            with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
                def one(i):
                    start, end, new = chosen[i]
                    changed = text[:start] + new + text[end:]
                    return bench.judge(source, text, original, changed, "m%d" % i)
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
