#!/usr/bin/env bash
# test_hostile.sh [all] -- names that would like to be more than names, in every place where
# people write what they like: hostile.py.
set -u
cd "$(dirname "$0")/../.." || exit 1
export ROADCAST=${ROADCAST:-${BUILD:-.build/release}/roadcast}
if ! command -v python3 >/dev/null; then
    echo "skipped: no python3"
    echo "100%: Checks: 0, Failures: 0, Errors: 0"
    exit 0
fi
python3 tests/properties/hostile.py "${1:-fast}"
