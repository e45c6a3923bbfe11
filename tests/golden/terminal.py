"""terminal.py -- runs roadcast ($ROADCAST) on a terminal of its own and reads what is drawn."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

ROADCAST = os.environ["ROADCAST"]
BARE = {"TERM": "xterm", "LC_ALL": "C.UTF-8", "TSAN_OPTIONS": os.environ.get("TSAN_OPTIONS", "")}
ROOM = tempfile.mkdtemp()
PLAN = ('format = 1; calendar = { start = "2026-02-02"; };'
        'tasks = ( { id = "a"; duration = "3 to 8 weeks"; }, { id = "b"; duration = "2 to 9 weeks"; after = [ "a" ]; } );'
        'what_if = ( { id = "sooner"; name = "Sooner"; set = [ "tasks.a.duration = 2 weeks" ]; } );')
NEVER = ('format = 1; calendar = { start = "2026-02-02"; }; gates = ( { id = "g"; chance_to_pass = "5 %"; } );'
         'tasks = ( { id = "a"; duration = "3 to 8 weeks"; gate = "g"; } );')
checks, failures = 0, 0


def ok(what, holds, shown=""):
    global checks, failures
    checks += 1
    if not holds:
        failures += 1
        print(f"FAILED: {what}\n{shown!r:.2000}")


def on_terminal(text, *arguments, columns=100, env={}, interrupt=False):
    """What is drawn on a terminal (stdout and stderr), and the exit code; interrupt: Ctrl-C
    once a line of progress is there."""
    with open(os.path.join(ROOM, "plan.cfg"), "w") as file:
        file.write(text)
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    child = subprocess.Popen([ROADCAST, "run", "plan.cfg", *arguments], cwd=ROOM, stdin=subprocess.DEVNULL,
                             stdout=theirs, stderr=theirs, restore_signals=True,
                             env={**BARE, **env})
    os.close(theirs)
    drawn, until = b"", time.time() + 300
    while time.time() < until:
        if select.select([ours], [], [], 1)[0]:
            try:
                more = os.read(ours, 65536)
            except OSError: # the other end is closed
                break
            if not more:
                break
            drawn += more
            if interrupt and b"futures" in drawn:
                child.send_signal(signal.SIGINT)
                interrupt = False
    os.close(ours)
    return drawn.decode(), child.wait(60)


def lines_of_progress(drawn):
    return [line for line in re.findall(r"\r([^\r\n]*)\x1b\[K", drawn) if line]


# ---------------------------------------------------------------------- answer
drawn, code = on_terminal(PLAN, "-n", "512", "--no-what-if")
ok("colour on a terminal", code == 0 and "\x1b[" in drawn, drawn)
for env in {"NO_COLOR": "1"}, {"TERM": "dumb"}:
    drawn, code = on_terminal(PLAN, "-n", "512", "--no-what-if", env=env)
    ok(f"none with {env}", code == 0 and "\x1b" not in drawn, drawn)
drawn, code = on_terminal(PLAN, "-n", "512", "--no-what-if", env={"NO_COLOR": ""})
ok("an empty NO_COLOR says nothing", code == 0 and "\x1b[" in drawn, drawn)
drawn, code = on_terminal(PLAN, "-n", "512", "--no-what-if", columns=60, env={"NO_COLOR": "1", "COLUMNS": "120"})
ok("the terminal's own width counts", max(map(len, drawn.splitlines())) <= 60, drawn)
drawn, code = on_terminal(PLAN, "-n", "512", "--no-what-if", "--ascii", columns=0, env={"NO_COLOR": "1", "COLUMNS": "70"})
ok("COLUMNS where it has none", max(map(len, drawn.splitlines())) <= 70, drawn)

# -------------------------------------------------------------------- progress
MANY = "-n", "40M", "-j", "1", "--no-what-if"
drawn, code = on_terminal(PLAN, *MANY, interrupt=True)
line = (lines_of_progress(drawn) or [""])[0]
told = r"plan: [0-9 ]+ of 40 000 000 futures, P80 \d+ \w{3} \d{4} \+- \d\.\d days"
ok("a line of progress: how far, the P80 and its error", re.fullmatch(told, line), drawn)
ok("Ctrl-C is exit 130", code == 130, code)
ok("the line is wiped away before anything else is said",
   re.search(r"\r\x1b\[K(?:roadcast: )?[^\r\n]*stopped after", drawn), drawn)
drawn, code = on_terminal(PLAN, "-n", "40M", "-j", "1", columns=160, interrupt=True)
line = (lines_of_progress(drawn) or [""])[-1]
ok("with what-ifs: how far it all is, and how long that may take",
   re.search(r"of 40 000 000 futures, \d+ % of all, about \d+ (s|min|h) left, P80 ", line), drawn)
drawn, code = on_terminal(PLAN, *MANY, columns=30, interrupt=True)
ok("a narrow terminal cuts it", all(len(line) < 30 for line in lines_of_progress(drawn)) and lines_of_progress(drawn),
   drawn)
drawn, code = on_terminal(NEVER, *MANY, interrupt=True)
ok("where the P80 is never, it says so", (lines_of_progress(drawn) or [""])[0].endswith("futures, P80 never"), drawn)
drawn, code = on_terminal(PLAN, "-n", "10M", "-j", "1", "--no-what-if", "--quiet")
ok("quiet draws none", code == 0 and not lines_of_progress(drawn), drawn)

print(f"{(checks - failures) * 100 // checks}%: Checks: {checks}, Failures: {failures}, Errors: 0")
sys.exit(failures > 0)
