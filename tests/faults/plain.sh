# plain.sh -- sourced by the tests here: where the library is, and that it can be used.
# Sanitizers bring an allocator of their own, and other machines other system calls.
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
ROADCAST=${ROADCAST:-$PWD/.build/release/roadcast}
library=${BUILD:-.build/release}/tests/faults/fail.so
case ${BUILD:-release} in *asan* | *tsan* | *cov*) why="a sanitized build" ;; *) why= ;; esac
[ "$(uname -sm)" = "Linux x86_64" ] || why="not Linux on x86-64"
[ -z "$why" ] || {
    echo "skipped: $why"
    echo "100%: Checks: 0, Failures: 0, Errors: 0"
    exit 0
}
