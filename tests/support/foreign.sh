#!/usr/bin/env bash
# foreign.sh MACHINE... -- libconfig for machines of another kind, of which Debian has a
# compiler: from Debian's source, below .build/foreign. What apt knows of this machine stays
# as it is. Says why where it cannot be had; long_foreign.sh then skips.
set -eu
cd "$(dirname "$0")/../.."
room=.build/foreign wanted=
for machine in "$@"; do
    [ -e $room/$machine/libconfig.a ] || wanted="$wanted $machine"
done
[ -n "$wanted" ] || exit 0
mkdir -p $room/apt/lists/partial $room/apt/cache/archives/partial $room/apt/sources $room/libconfig $room/include
here=$PWD/$room/apt
trap 'echo "no libconfig for$wanted: see $here/log" >&2' ERR

for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
    [ -e "$list" ] && sed 's/^Types:.*/Types: deb-src/; s/^deb /deb-src /' "$list" >"$here/sources/${list##*/}"
done
options="-o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts=$here/sources
    -o Dir::State::lists=$here/lists -o Dir::Cache=$here/cache -o APT::Sandbox::User=$(id -un)"
{ apt-get $options update && (cd $room/libconfig && apt-get $options source --download-only libconfig); } >"$here/log" 2>&1
tar -xzf $room/libconfig/*.orig.tar.gz -C $room/libconfig --strip-components=1
cp $room/libconfig/lib/libconfig.h $room/include/

for machine in $wanted; do
    mkdir -p $room/$machine
    for source in $room/libconfig/lib/*.c; do
        $machine-linux-gnu-gcc -O2 -w -D_GNU_SOURCE -DHAVE_USELOCALE -DHAVE_NEWLOCALE -DHAVE_FREELOCALE \
            -I$room/libconfig/lib -c -o $room/$machine/"$(basename "$source" .c)".o "$source"
    done
    $machine-linux-gnu-ar rcs $room/$machine/libconfig.a $room/$machine/*.o
done
rm -rf "$here"
