#!/usr/bin/env bash
# Every word of a stream is the one that PCG's own library gives.
set -u
program=$(mktemp); trap 'rm -f "$program"' EXIT
cxx=g++; case ${CC:-cc} in *clang*) cxx=clang++ ;; esac
# OPT: how the library was built, which sanitizers ask of those who link it
# shellcheck disable=SC2086
if $cxx ${OPT:-} -Wall -Wextra -Iengine -o "$program" tests/unit/pcg.cpp "$BUILD/libroadcast.a"; then
    "$program"
else
    echo "0%: Checks: 1, Failures: 1, Errors: 0"
    exit 1
fi
