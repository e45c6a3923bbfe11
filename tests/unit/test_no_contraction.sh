#!/usr/bin/env bash
# No object of the library rounds a product and a sum at once (-ffp-contract=off, for
# every instruction set); and one that did would be seen.
set -u
build=${BUILD:-.build/release}
fused='\sv?fn?m(add|sub)[a-z0-9.]*\s|\sfml[as]\s'
contracts() { "${OBJDUMP:-objdump}" -d "$@" | grep -E -m 3 "$fused"; }

failed=0
objects=$(find "$build/engine" "$build/models" -name '*.o' 2>/dev/null)
if [ "$(echo "$objects" | grep -c .)" -lt 3 ]; then
    echo "no objects to look at: build first"
    failed=1
elif contracts $objects; then
    failed=1
fi

probe=$(mktemp -d)
trap 'rm -rf "$probe"' EXIT
echo 'double once(double a, double b, double c) { return a * b + c; }' >"$probe/once.c"
compiler=${CC:-gcc}
fma=; [ "$($compiler -dumpmachine | cut -d- -f1)" = x86_64 ] && fma=-mfma
$compiler -O2 $fma -ffp-contract=fast -c -o "$probe/once.o" "$probe/once.c"
contracts "$probe/once.o" >/dev/null || { echo "contraction would not be seen"; failed=$((failed + 1)); }

echo "$(((2 - failed) * 50))%: Checks: 2, Failures: $failed, Errors: 0"
[ "$failed" = 0 ]
