#!/usr/bin/env bash
# long_bytes.sh -- the same bytes from another compiler, without optimisation, in another
# country, another time zone, with another schedule of threads: result.json, tables, and
# every future.
set -u
. "$(dirname "$0")/../support/bytes.sh"

builds= # NAME PROGRAM
another_build() { # NAME FOLDER MAKE-ARGUMENT: built by the Makefile, as anybody would
    if make -s -j2 "$3" all >"$room.log" 2>&1; then
        builds="$builds $1=$2/roadcast"
    else
        tail -n 20 "$room.log"
        failures=$((failures + 1)) tests=$((tests + 1))
    fi
    rm -f "$room.log"
}

another_build O0 .build/O0 MODE=O0
if command -v clang >/dev/null; then
    another_build clang .build/release-clang CC=clang
else
    echo "skipped: no clang"
fi
make -s all # the link at the root points to what it did

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

for scenario in scenarios/*.cfg; do
    first=
    runs release "$ROADCAST" --futures 20000
    same release
    for build in $builds; do
        runs "${build%%=*}" "${build#*=}" --futures 20000
        same "${build%%=*}"
    done
    for schedule in static,1 dynamic,7 guided; do
        runs "${schedule%,*}" OMP_SCHEDULE=$schedule "$ROADCAST" --threads 3 --futures 20000
        same "${schedule%,*}"
    done
    for locale in $locales; do
        runs "$locale" LOCPATH="$countries" LC_ALL="$locale" "$ROADCAST" --futures 20000
        same "$locale"
    done
    for zone in Pacific/Kiritimati Pacific/Pago_Pago; do
        runs "${zone#*/}" TZ=$zone "$ROADCAST" --futures 20000
        same "${zone#*/}"
    done
    rm -rf "${room:?}"/*
done
ends
