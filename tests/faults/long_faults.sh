#!/usr/bin/env bash
# long_faults.sh -- every allocation, thread and system call of small runs fails once.
set -u
. "$(dirname "$0")/plain.sh"
python3 tests/faults/faults.py "$library" "$ROADCAST" long
