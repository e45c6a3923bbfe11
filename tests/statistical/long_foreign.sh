#!/usr/bin/env bash
# long_foreign.sh -- the same bytes from machines of another kind, played by qemu: their
# compilers contract by default, and their libm rounds otherwise. The Makefile brings
# compilers and, by support/foreign.sh, libconfig. One thread: more hang in qemu 7.2 with
# any program of OpenMP.
set -u
. "$(dirname "$0")/../support/bytes.sh"

foreign=
for machine in aarch64 riscv64; do
    B=.build/release-$machine-linux-gnu-gcc
    library=.build/foreign/$machine/libconfig.a
    lacks=
    [ "$(uname -m)" = $machine ] && lacks="another machine than this one"
    command -v $machine-linux-gnu-gcc >/dev/null || lacks="gcc-$machine-linux-gnu"
    command -v qemu-$machine >/dev/null || lacks=qemu-user
    [ -e $library ] || lacks="$library (tests/support/foreign.sh)"
    if [ -n "$lacks" ]; then
        echo "skipped: $machine, for there is no $lacks"
        continue
    fi
    tests=$((tests + 3))
    if make -s -j2 CC=$machine-linux-gnu-gcc LHARD=-static PKG_CFLAGS=-I.build/foreign/include \
        PKG_LIBS=$library $B/roadcast >"$room.log" 2>&1; then
        foreign="$foreign $machine"
    else
        tail -n 20 "$room.log"
        failures=$((failures + 1))
    fi
    rm -f "$room.log"
    BUILD=$B bash tests/unit/test_no_libm.sh || failures=$((failures + 1))
    BUILD=$B CC=$machine-linux-gnu-gcc OBJDUMP=$machine-linux-gnu-objdump \
        bash tests/unit/test_no_contraction.sh || failures=$((failures + 1))
done

for scenario in scenarios/*.cfg; do
    first=
    runs here "$ROADCAST" --threads 1 --futures 600
    same here
    for machine in $foreign; do
        runs "$machine" timeout -s KILL 120 qemu-$machine -E OMP_NUM_THREADS=1 \
            .build/release-$machine-linux-gnu-gcc/roadcast --threads 1 --futures 600
        same "$machine"
    done
    rm -rf "${room:?}"/*
done
ends
