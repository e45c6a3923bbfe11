#!/usr/bin/env bash
# test_faults.sh -- a walk in strides through what long_faults.sh lets fail one by one.
set -u
. "$(dirname "$0")/plain.sh"
python3 tests/faults/faults.py "$library" "$ROADCAST" short
