#!/usr/bin/env bash
# From a fresh clone to findings:
#
#     examples/quickstart.sh [DOCKERFILE]
#
# Installs the missing build packages, builds the library and the godockerfile program into build/,
# then checks the Dockerfile (default: examples/sample/Dockerfile) and shows, without changing it,
# what the program would write instead.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
sample=$root/examples/sample
dockerfile=${1:-$sample/Dockerfile}
if [ $# -gt 1 ]; then
    echo "usage: quickstart.sh [DOCKERFILE]" >&2
    exit 2
fi
if [ ! -f "$dockerfile" ]; then
    echo "quickstart.sh: no such file: $dockerfile" >&2
    exit 2
fi
dockerfile=$(realpath -- "$dockerfile")
context=() # of the sample all files are known; of another Dockerfile nobody can say where it is built
if [ "$dockerfile" = "$sample/Dockerfile" ]; then
    context=(--context "$sample")
fi
program=$root/build/bin/godockerfile

step() {
    printf '\n==> %s\n' "$*"
}

# Findings end with status 1: good news for a first try. More than that is an error.
run_program() {
    local status=0
    step "godockerfile $*"
    "$program" "$@" || status=$?
    if [ "$status" -gt 1 ]; then
        exit "$status"
    fi
}

step "Packages"
"$root/tests/dependencies.sh" build

step "Build"
cmake -S "$root" -B "$root/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DGDF_BUILD_TESTS=OFF \
    --log-level=WARNING
cmake --build "$root/build"

run_program check "${context[@]}" "$dockerfile"
run_program fix --suggested --diff "${context[@]}" "$dockerfile"
step "Done. The program is build/bin/godockerfile; try it with --help."
