#!/bin/sh
# Throughput of the library beside BuildKit's own parser, on a directory of Dockerfiles:
#
#     tests/bench/run.sh DIRECTORY [ROUNDS]
#
# Measured on the files one after the other, and on one file made of all that BuildKit's parser
# accepts in one piece. Builds a Release library in build/bench. Every round (default 5) runs both programs one after the
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

whole=$build/whole
if [ -n "$peer" ]; then
    mkdir -p "$whole"
    "$peer" -write "$whole/Dockerfile" "$corpus"
fi

results=$build/results.txt
: >"$results"
round=0
while [ "$round" -lt "$rounds" ]; do
    "$bench" --rounds 3 "$corpus" >>"$results"
    if [ -n "$peer" ]; then
        {
            "$peer" -rounds 1 "$corpus"
            "$bench" --rounds 3 "$whole" | sed 's/^/whole-/'
            "$peer" -rounds 1 "$whole" | sed 's/^/whole-/'
        } >>"$results"
    fi
    round=$((round + 1))
done

awk '
    $1 ~ /(files|bytes)$/ { size[$1] = $2 }
    $3 == "MB/s" && $2 > best[$1] { best[$1] = $2 }
    $1 ~ /memory/ { memory[$1] = $2 }
    function row(prefix, name) {
        key = prefix name
        if (!(key in best))
            return
        printf "%-24s %10.1f %12.4f", name, best[key], best[key] / best[prefix "scan"]
        if ((prefix "buildkit-parse") in best)
            printf " %14.1f", best[key] / best[prefix "buildkit-parse"]
        printf "\n"
    }
    function table(prefix) {
        printf "%d files, %.1f MB\n\n", size[prefix "files"], size[prefix "bytes"] / 1e6
        printf "%-24s %10s %12s %14s\n", "measure", "MB/s", "of scan", "x buildkit"
        row(prefix, "scan")
        row(prefix, "parse")
        row(prefix, "check")
        row(prefix, "buildkit-parse")
        row(prefix, "buildkit-instructions")
        printf "\nmemory of a parsed document: %.2f bytes per byte of input\n", memory[prefix "memory"]
    }
    END {
        table("")
        if (size["whole-files"]) {
            printf "\n"
            table("whole-")
        } else {
            printf "all files in one: %.2f bytes per byte of input\n", memory["memory-concatenated"]
        }
    }' "$results"
