#!/usr/bin/env bash
# The filter of system calls says the same on each machine that it knows, each with its own
# numbers: asked of the filter as it is compiled for this one, and for those of which there
# is a compiler and a qemu.
set -u
CC=${CC:-gcc}
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
checks=0 failures=0
ask() { # MACHINE COMPILER... -- RUN...
    local machine=$1 compile=() said; shift
    while [ "$1" != -- ]; do compile+=("$1"); shift; done; shift
    said=$("${compile[@]}" -std=c17 -D_GNU_SOURCE -Iengine -Wall -Wextra -Werror -Wno-unused-function \
        -static -o "$room/$machine" tests/unit/filter.c 2>&1 && "$@" "$room/$machine")
    local code=$? counts=${said##*$'\n'}
    [[ "$counts" =~ ^[0-9]+\ [0-9]+$ ]] || counts="1 1"
    [ $code = 0 ] || echo "$machine: $said"
    checks=$((checks + ${counts% *})) failures=$((failures + ${counts#* }))
}
case $(uname -m) in
x86_64 | aarch64 | riscv64) ask here "$(basename "${CC##* }")" -- env ;;
*) echo "skipped: no filter for $(uname -m)" ;;
esac
for machine in aarch64 riscv64; do
    if command -v $machine-linux-gnu-gcc >/dev/null && command -v qemu-$machine >/dev/null; then
        ask $machine $machine-linux-gnu-gcc -- qemu-$machine
    else
        echo "skipped: $machine, for want of its compiler or qemu"
    fi
done
echo "$(((checks - failures) * 100 / (checks ? checks : 1)))%: Checks: $checks, Failures: $failures, Errors: 0"
[ $failures = 0 ]
