#!/usr/bin/env bash
# Runs every suite and ends with one line: "N passed, M failed, K skipped".
#
#     tests/run.sh                          the short form, for every change
#     GDF_TEST_LEVEL=full tests/run.sh      all inputs, and every unit test under valgrind
#
# Installs the missing packages (tests/dependencies.sh). Everything is written below build/.
set -uo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
root=$PWD
build=$root/build
results=$build/test-results
export GDF_TEST_LEVEL=${GDF_TEST_LEVEL:-short}
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}

passed=0
failed=0
skipped=0
troubles=()

add_results() { # SUITE PASSED FAILED SKIPPED
    passed=$((passed + $2))
    failed=$((failed + $3))
    skipped=$((skipped + $4))
    printf '    %s: %d passed, %d failed, %d skipped (%d s)\n' "$1" "$2" "$3" "$4" \
        $((SECONDS - started))
    if [ "$3" -gt 0 ]; then
        troubles+=("$1")
    fi
}

begin() {
    started=$SECONDS
    printf '\n==> %s\n' "$1"
}

# prepare NAME COMMAND…: a step that is no test. Its output is shown when it fails, and that counts
# as one failed test.
prepare() {
    local name=$1 log
    shift
    begin "$name"
    log=$results/${name// /-}.log
    if "$@" >"$log" 2>&1; then
        return 0
    fi
    tail -n 60 "$log"
    add_results "$name" 0 1 0
    return 1
}

# The sum of one attribute over the <testsuite> elements of a JUnit file.
junit_sum() { # FILE ATTRIBUTE
    grep -o '<testsuite [^>]*>' "$1" | grep -o " $2=\"[0-9]*\"" | tr -dc '0-9\n' |
        awk '{ sum += $1 } END { print sum + 0 }'
}

# Reads the JUnit file of a suite; a suite that wrote none, or that ended badly without naming a
# failed test, counts as one failure.
add_junit_results() { # SUITE STATUS FILE
    local total=0 bad=0 left_out=0
    if [ -s "$3" ]; then
        tr '\n\t' '  ' <"$3" >"$3.line"
        total=$(junit_sum "$3.line" tests)
        bad=$(($(junit_sum "$3.line" failures) + $(junit_sum "$3.line" errors)))
        left_out=$(($(junit_sum "$3.line" skipped) + $(junit_sum "$3.line" disabled)))
    fi
    local good=$((total - bad - left_out))
    if [ "$2" -ne 0 ] && [ "$bad" -eq 0 ] || [ "$total" -eq 0 ]; then
        bad=$((bad + 1))
    fi
    add_results "$1" "$good" "$bad" "$left_out"
}

# c_suite PRESET CTEST-ARGUMENT…
c_suite() {
    local preset=$1 junit=$results/ctest-$1.xml status=0 options=()
    shift
    if [ "$GDF_TEST_LEVEL" = full ] && [ "$preset" = release ]; then
        options=(-DGDF_VALGRIND_TESTS=ON)
    fi
    prepare "configure $preset" cmake --preset "$preset" "${options[@]}" || return
    prepare "build $preset" cmake --build --preset "$preset" || return
    begin "ctest $preset"
    rm -f "$junit"
    ctest --preset "$preset" --parallel "$(nproc)" --timeout 600 --output-junit "$junit" "$@" || status=$?
    add_junit_results "ctest $preset" "$status" "$junit"
}

python_suite() {
    local python=$build/venv/bin/python junit=$results/pytest.xml status=0
    prepare "python environment" tests/dependencies.sh venv "$build/venv" || return
    prepare "python package" "$python" -m pip install --quiet --force-reinstall --no-deps \
        ./bindings/python || return
    begin "pytest"
    rm -f "$junit"
    "$python" -m pytest -q --junitxml="$junit" bindings/python/tests || status=$?
    add_junit_results "pytest" "$status" "$junit"
}

# Every Go that is installed, as "VERSION PROGRAM", oldest first; one line a version.
find_gos() {
    local go version
    for go in $(type -ap go) /usr/lib/go-*/bin/go; do
        if [ -x "$go" ] && version=$(GOTOOLCHAIN=local "$go" env GOVERSION 2>/dev/null); then
            echo "$version $go"
        fi
    done | sort -u -k1,1 | sort -V
}

go_suite() { # NAME GO ARGUMENT…
    local name=$1 go=$2 log status=0
    shift 2
    log=$results/${name// /-}.log
    begin "$name"
    # The cache of go does not look at the C library: every run counts.
    (cd bindings/go && GOTOOLCHAIN=local "$go" vet . &&
        GOTOOLCHAIN=local "$go" test -count=1 -v "$@" ./...) >"$log" 2>&1 || status=$?
    local good bad left_out
    good=$(grep -c -- '--- PASS:' "$log")
    bad=$(grep -c -- '--- FAIL:' "$log")
    left_out=$(grep -c -- '--- SKIP:' "$log")
    if [ "$status" -ne 0 ] || [ $((good + bad)) -eq 0 ]; then
        grep -v -- '--- PASS:\|=== ' "$log" | tail -n 60
        if [ "$bad" -eq 0 ]; then
            bad=1
        fi
    fi
    add_results "$name" "$good" "$bad" "$left_out"
}

# The package finds the library of the release build through its pkg-config file.
go_suites() {
    export PKG_CONFIG_PATH=$build/release/pkgconfig
    export CGO_LDFLAGS="-O2 -g -L$build/release/lib -Wl,-rpath,$build/release/lib"
    local version go newest newest_version
    while read -r version go; do
        go_suite "$version" "$go"
        newest=$go
        newest_version=$version
    done < <(find_gos)
    if [ -z "${newest:-}" ]; then
        begin "go"
        echo "    no go command was found"
        add_results "go" 0 1 0
        return
    fi
    go_suite "$newest_version race" "$newest" -race
}

tests/dependencies.sh build test || exit 2
mkdir -p "$results"
c_suite release
c_suite asan-ubsan
if [ "$GDF_TEST_LEVEL" = full ]; then
    c_suite tsan -L threads
fi
python_suite
go_suites

if [ "${#troubles[@]}" -gt 0 ]; then
    printf '\nTrouble in:\n'
    printf '    %s\n' "${troubles[@]}"
fi
printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
