#!/usr/bin/env bash
# floors.sh -- an include points down or stays in its room, never up; and a few things live
# in one place only. Prints one line per breach.
set -u
cd "$(dirname "$0")/.."
checks=0 failures=0
breach() { echo "$1"; failures=$((failures + 1)); }

# room: the rooms whose headers it may include with quotes (its own is always lawful)
allowed() {
    case $1 in
    engine/base) echo "base" ;;
    engine/rand) echo "base rand" ;;
    engine/stats) echo "base stats" ;;
    engine/scenario) echo "base rand scenario" ;;
    engine/plan) echo "base rand scenario plan" ;;
    engine/run) echo "base rand stats scenario plan run" ;;
    engine/report) echo "base report" ;;
    engine/cli) echo "cli" ;;
    models) echo "." ;;
    include) echo "" ;;
    esac
}
for room in engine/base engine/rand engine/stats engine/scenario engine/plan engine/run \
            engine/report engine/cli models include; do
    lawful=" $(allowed $room) "
    while IFS=: read -r file line text; do
        [ -n "$file" ] || continue
        checks=$((checks + 1))
        path=$(echo "$text" | sed 's/.*"\(.*\)".*/\1/')
        dir=$(dirname "$path")
        case "$lawful" in
        *" $dir "*) ;;
        *) breach "$file:$line: $room may not include \"$path\"" ;;
        esac
    done < <(find $room -name '*.[ch]' -exec grep -nH '^ *#include *"' {} +)
done

# only WHAT is allowed in WHERE
only() { # pattern, where it may stand, why
    checks=$((checks + 1))
    hits=$(grep -rnE --include='*.[ch]' "$1" engine models include | grep -vE "^($2)" || true)
    [ -z "$hits" ] || breach "$3:
$hits"
}
only 'include *[<"]libconfig' 'engine/scenario/' 'libconfig outside engine/scenario'
only '#pragma omp|include *[<"]omp' 'engine/run/' 'OpenMP outside engine/run'
only '\b(fork|vfork|execve?|execvp?|execl|posix_spawn[a-z]*) *\(' 'engine/report/gnuplot\.c' 'a process is started outside gnuplot.c'
only '\b(popen|system) *\(' 'nowhere' 'a shell is started'
only '\bsetlocale *\(' 'nowhere' 'the locale is touched'
checks=$((checks + 4))
hits=$(grep -rnE '\bomp_|\bFILE\b|\bconfig_|\brc_rng' models --include='*.[ch]' || true)
[ -z "$hits" ] || breach "models/ knows threads, files, libconfig or a generator:
$hits"
hits=$(grep -rnE 'include *<' models --include='*.[ch]' | grep -vE '<(roadcast/model|math|stddef|stdint|stdbool|string|float)\.h>' |
       grep -vE 'models/models\.h:.*<roadcast\.h>|models/models\.c:.*<roadcast\.h>' || true)
[ -z "$hits" ] || breach "models/ includes more than <roadcast/model.h>:
$hits"
hits=$(grep -rnE '"(labelling|experiments|fairness|production|learning)' engine/rand engine/stats engine/plan engine/run --include='*.[ch]' || true)
[ -z "$hits" ] || breach "a model's id in the engine:
$hits"
hits=$(find . -path ./.build -prune -o -path ./.git -prune -o \
       \( -name 'util*.[ch]' -o -name 'helper*.[ch]' -o -name 'common*.[ch]' -o -name 'misc*.[ch]' -o -name 'tools*.[ch]' \) -print)
[ -z "$hits" ] || breach "a file without a concept for its name: $hits"

# the top level, and a room card in every folder
checks=$((checks + 2))
extra=$(git ls-files | cut -d/ -f1 | sort -u |
        grep -vxE 'engine|models|scenarios|include|plots|tests|Makefile|README\.md|LICENSE|\..*' | tr '\n' ' ')
[ -z "${extra// /}" ] || breach "the top level holds more than it may: $extra"
for room in engine engine/base engine/rand engine/stats engine/scenario engine/plan engine/run \
            engine/report engine/cli include models scenarios plots tests; do
    [ -f $room/README.md ] || breach "$room has no room card (README.md)"
done

# each public header compiles alone, as C17 and as C++17
for h in include/roadcast.h include/roadcast/*.h; do
    checks=$((checks + 2))
    ${CC:-cc} -std=c17 -Wall -Wextra -Werror -Iinclude -I. -fsyntax-only -x c - <<<"#include \"$h\"" || breach "$h does not compile alone as C17"
    ${CXX:-c++} -std=c++17 -Wall -Wextra -Werror -Iinclude -I. -fsyntax-only -x c++ - <<<"#include \"$h\"" || breach "$h does not compile alone as C++17"
done
echo "100%: Checks: $checks, Failures: $failures, Errors: 0"
[ $failures = 0 ]
