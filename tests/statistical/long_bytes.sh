#!/usr/bin/env bash
# long_bytes.sh -- the same bytes in every circumstance: threads and their schedule,
# instruction set, optimisation, compiler, country, time zone. result.json, tables, and
# every future. Machines of another kind: long_foreign.sh.
set -u
. "$(dirname "$0")/../support/bytes.sh"

builds= # NAME=PROGRAM
another_build() { # NAME FOLDER MAKE-ARGUMENT...: built by the Makefile, as anybody would
    if make -s -j2 "${@:3}" "$2/roadcast" >"$room.log" 2>&1; then
        builds="$builds $1=$2/roadcast"
    else
        tail -n 20 "$room.log"
        failures=$((failures + 1)) tests=$((tests + 1))
    fi
    rm -f "$room.log"
}

another_build O0 .build/O0 MODE=O0
fma= # where multiplication and addition can be one rounding, they must not be
grep -qw fma /proc/cpuinfo && fma=-mfma
[ -n "$fma" ] || echo "skipped: no machine on which a compiler would contract"
another_build O2 .build/O2 B=.build/O2 OPT_release="-O2 $fma"
if command -v clang >/dev/null; then
    another_build clang .build/release-clang CC=clang
    another_build clang-O0 .build/O0-clang CC=clang MODE=O0
else
    echo "skipped: no clang"
fi
same_builds=$builds builds=
[ -n "$fma" ] &&
    another_build contracted .build/contracted B=.build/contracted \
        OPT_release="-O2 -mfma" BITS="-ffp-contract=fast -fno-math-errno -fno-trapping-math"

# decimal commas; a language in which the small letter of I is not i
countries=$(mktemp -d) locales=
trap 'rm -rf "$room" "$countries"' EXIT
for country in de_DE tr_TR; do
    if localedef -i $country -f UTF-8 "$countries/$country.UTF-8" >/dev/null 2>&1; then
        locales="$locales $country.UTF-8"
    else
        echo "skipped: no locale $country"
    fi
done

many="--futures 5000"
for scenario in scenarios/*.cfg; do
    first=
    runs release "$ROADCAST" $many
    same release
    for threads in 1 2 3 7; do
        runs "threads-$threads" "$ROADCAST" --threads $threads $many
        same "threads-$threads"
    done
    for simd in base avx2 avx512; do
        runs "$simd" ROADCAST_SIMD=$simd "$ROADCAST" $many
        same "$simd"
    done
    for build in $same_builds; do
        runs "${build%%=*}" "${build#*=}" $many
        same "${build%%=*}"
    done
    for schedule in static,1 dynamic,7 guided; do
        runs "${schedule%,*}" OMP_SCHEDULE=$schedule "$ROADCAST" --threads 3 $many
        same "${schedule%,*}"
    done
    for locale in $locales; do
        runs "$locale" LOCPATH="$countries" LC_ALL="$locale" "$ROADCAST" $many
        same "$locale"
    done
    for zone in Pacific/Kiritimati Pacific/Pago_Pago; do
        runs "${zone#*/}" TZ=$zone "$ROADCAST" $many
        same "${zone#*/}"
    done
    # the planted fault, which must be seen
    if [ -n "$builds" ] && [ "$scenario" = scenarios/fraud_v2.cfg ]; then
        runs contracted .build/contracted/roadcast $many
        other contracted
    fi
    rm -rf "${room:?}"/*
done
ends
