#!/usr/bin/env bash
# test_terminal.sh -- on a terminal: colour, its width, and the line of progress that is
# drawn over itself and wiped away; of what a log gets instead, see test_cli.sh.
set -u
ROADCAST=${ROADCAST:-$PWD/.build/release/roadcast} exec python3 tests/golden/terminal.py
