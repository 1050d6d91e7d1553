#!/bin/sh
# Throughput of the library beside BuildKit's own parser, on a directory of Dockerfiles:
#
#     tests/bench/run.sh DIRECTORY [ROUNDS]
#
# Builds a Release library in build/bench. Every round (default 5) runs both programs one after the
# other, so that both meet the same load of the machine; the best of each measure counts, by the
# clock on the wall. 1 MB = 10^6 bytes. BuildKit's part needs `go` and its modules, else it is skipped.
set -eu

if [ $# -lt 1 ]; then
    echo "usage: tests/bench/run.sh DIRECTORY [ROUNDS]" >&2
    exit 2
fi
corpus=$(cd "$1" && pwd)
rounds=${2:-5}
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$root/build/bench

cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Release -DGDF_BUILD_EXAMPLES=OFF >/dev/null
cmake --build "$build" --target bench --parallel 2 >/dev/null
bench=$(find "$build" -name bench -type f -perm -u+x | head -n 1)

peer=$build/buildkitbench
if ! command -v go >/dev/null 2>&1; then
    echo "buildkit: skipped, no go program"
    peer=
elif ! (cd "$root/tests/bench/buildkit" && go build -o "$peer" . 2>"$build/go.log"); then
    echo "buildkit: skipped, its modules cannot be had (see $build/go.log)"
    peer=
fi

results=$build/results.txt
: >"$results"
round=0
while [ "$round" -lt "$rounds" ]; do
    "$bench" --rounds 3 "$corpus" >>"$results"
    [ -z "$peer" ] || "$peer" -rounds 1 "$corpus" >>"$results"
    round=$((round + 1))
done

awk '
    $1 == "files" || $1 == "bytes" { size[$1] = $2 }
    $3 == "MB/s" && $2 > best[$1] { best[$1] = $2 }
    $1 ~ /^memory/ { memory[$1] = $2 }
    function row(name) {
        if (!(name in best))
            return
        printf "%-24s %10.1f %12.4f", name, best[name], best[name] / best["scan"]
        if ("buildkit-parse" in best)
            printf " %14.1f", best[name] / best["buildkit-parse"]
        printf "\n"
    }
    END {
        printf "%d files, %.1f MB\n\n", size["files"], size["bytes"] / 1e6
        printf "%-24s %10s %12s %14s\n", "measure", "MB/s", "of scan", "x buildkit"
        row("scan")
        row("parse")
        row("parse-concatenated")
        row("check")
        row("buildkit-parse")
        row("buildkit-instructions")
        printf "\nmemory of a parsed document, bytes per byte of input\n"
        printf "%-24s %10.2f\n", "each file alone", memory["memory"]
        printf "%-24s %10.2f\n", "all in one", memory["memory-concatenated"]
    }' "$results"
