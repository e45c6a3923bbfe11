#!/usr/bin/env bash
# test_paths.sh -- names of files that would lead elsewhere: what a scenario includes and
# extends, where it wants to write, what was planted in the folder of results. Nothing hangs,
# nothing outside is read or changed, and every refusal says why.
set -u
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${ROADCAST:-${BUILD:-.build/release}/roadcast}")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
mkdir "$room/here" "$room/victim" && cd "$room/here" || exit 1
tests=0 failures=0

gives() { # EXIT TEXT ARGUMENT...: the exit code, and what is said
    local code=$1 text=$2 said status
    shift 2
    said=$(timeout -s KILL 20 "$program" "$@" </dev/null 2>&1)
    status=$?
    tests=$((tests + 1))
    if [ $status != "$code" ] || [[ "$said" != *"$text"* ]] || [ -n "$(ls -A ../victim)" ] ||
        [[ "$said" == *root:x:* ]]; then
        failures=$((failures + 1))
        echo "$*: exit $status, not $code, or not '$text': ${said:0:200}; victim: $(ls -A ../victim)"
    fi
}

plan='format = 1; calendar = { start = "2026-02-02"; };
tasks = ( { id = "a"; duration = "2 to 4 days"; } );'
echo "$plan" >ok.cfg
mkdir sub && mkfifo sub/fifo && ln -s /etc/passwd sub/link && ln -s /etc sub/etc && ln -s loop sub/loop
run=(run -n 200 -q)

# a scenario
for file in /dev/zero /dev/null /proc/self/mem . / sub/fifo sub/loop; do
    gives 4 "cannot read $file" check "$file"
done
gives 3 "a zero byte" check /proc/self/environ
for how in '@include "%s"\n' 'extends = "%s";\n'; do
    for file in /etc/passwd ../ok.cfg .. sub/../../ok.cfg sub/link sub/etc/passwd sub/fifo sub/loop \
        sub /dev/zero /proc/self/environ it.cfg sub/ sub//fifo; do
        printf "$how" "$file" >it.cfg
        gives 3 "it.cfg:1:" check it.cfg
    done
done

# names of scenarios
cp ok.cfg ./- && cp ok.cfg ./-n.cfg && cp ok.cfg ...cfg && cp ok.cfg ..cfg
gives 0 "" "${run[@]}" --no-charts -o out ./-
gives 0 "" "${run[@]}" --no-charts -o out -- -n.cfg
gives 0 "" "${run[@]}" --no-charts -o out ...cfg
gives 0 "" "${run[@]}" --no-charts -o out ..cfg
gives 2 "--futures: expected a whole number" "${run[@]}" -n.cfg
tests=$((tests + 1))
[ "$(LC_ALL=C ls -A out | tr '\n' ' ')" = "- -n ...cfg ..cfg " ] || { failures=$((failures + 1)); ls -A out; }

# where it wants to write
for folder in .. ../victim "$room/victim" a/../../../victim "" . a/..; do
    printf '%s\noutput = { folder = "%s"; };\n' "$plan" "$folder" >it.cfg
    gives 3 "output.folder must be relative" "${run[@]}" --no-charts -o out it.cfg
done

# what was planted there
mkdir -p o && ln -s ../../victim o/ok
gives 4 "cannot write to o/ok: Not a directory" "${run[@]}" -o o ok.cfg
rm o/ok && mkdir o/ok && mkfifo o/ok/run.json
gives 4 "is not a roadcast folder" "${run[@]}" --no-charts -o o ok.cfg
rm o/ok/run.json
gives 0 "" "${run[@]}" --no-charts -o o ok.cfg
ln -s ../../../victim o/ok/charts
gives 4 "cannot make the folder o/ok/charts" "${run[@]}" --charts -o o ok.cfg
gives 4 "cannot open o/ok/charts: Not a directory" plot o/ok
rm o/ok/charts
for file in result.json run.json tasks.csv; do
    ln -sf ../../../victim/stolen "o/ok/$file"
done
gives 4 "is not a roadcast folder" "${run[@]}" --no-charts -o o ok.cfg
gives 0 "" "${run[@]}" --no-charts --force -o o ok.cfg
mkdir o/ok/charts && mkfifo o/ok/charts/finish.gp o/ok/charts/any
echo 1 >o/ok/charts/finish.chart.tsv
gives 5 "is not the one of this version" plot o/ok

echo "$(((tests - failures) * 100 / tests))%: Checks: $tests, Failures: $failures, Errors: 0"
[ "$failures" = 0 ]
