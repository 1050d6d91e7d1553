#!/usr/bin/env bash
# Every package that the project needs, named here and nowhere else.
#
#     tests/dependencies.sh build         what the library and the program need
#     tests/dependencies.sh build test    what the test suites need, too
#     tests/dependencies.sh venv DIR      a Python environment in DIR with the tools of the tests
#
# Installs what is missing with apt (Debian, Ubuntu) and does nothing when all is there. On other
# systems it prints the list and ends with status 2; GDF_DEPENDENCIES=installed in the environment
# says that their counterparts are there.
set -euo pipefail

BUILD_PACKAGES=(gcc libc6-dev cmake ninja-build pkg-config libpcre2-dev)
TEST_PACKAGES=(
    binutils g++ git python3 shellcheck                 # checks of the house rules
    clang clang-format clang-tidy cppcheck              # second compiler, fuzzers, linters
    libcmocka-dev libjansson-dev valgrind zstd          # C suites
    swig python3-dev python3-venv                       # Python package
    golang-go                                           # Go package
)

# Python tools, from PyPI into an environment of the project's own. mypy and ruff are held where a
# newer release would bring new complaints.
PYTHON_PACKAGES=('pytest>=8' 'hypothesis>=6' 'mypy>=1.18,<1.19' 'ruff>=0.14,<0.15')

# The package of clang's sanitizer runtimes carries clang's version in its name.
sanitizer_runtimes() {
    apt-cache depends clang | sed -n 's/^ *Depends: clang-\([0-9]*\)$/libclang-rt-\1-dev/p'
}

wanted_packages() {
    local group
    for group in "$@"; do
        case $group in
        build) printf '%s\n' "${BUILD_PACKAGES[@]}" ;;
        test) printf '%s\n' "${TEST_PACKAGES[@]}" ;;
        *) echo "dependencies.sh: unknown group '$group' (build, test)" >&2 && return 2 ;;
        esac
    done
}

missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null |
            grep -qx installed || echo "$package"
    done
}

install_packages() {
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing; install them as root: $*" >&2
            return 2
        fi
        as_root=(sudo)
    fi
    echo "Installing: $*"
    "${as_root[@]}" apt-get update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "$@"
}

ensure_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    if [ "${#missing[@]}" -gt 0 ]; then
        install_packages "${missing[@]}"
    fi
}

make_venv() { # DIR
    if [ ! -x "$1/bin/python" ]; then
        "${PYTHON:-/usr/bin/python3}" -m venv "$1"
    fi
    "$1/bin/python" -m pip install --quiet --disable-pip-version-check "${PYTHON_PACKAGES[@]}"
}

main() {
    local list packages
    if [ "${1:-}" = venv ]; then
        make_venv "$2"
        return
    fi
    if [ "${GDF_DEPENDENCIES:-}" = installed ]; then
        return 0
    fi
    list=$(wanted_packages "${@:-build}")
    mapfile -t packages <<<"$list"
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        echo "This is not a Debian or Ubuntu system. Install the counterparts of these packages" >&2
        echo "and run again with GDF_DEPENDENCIES=installed in the environment:" >&2
        printf '    %s\n' "${packages[@]}" >&2
        return 2
    fi
    ensure_packages "${packages[@]}"
    if [[ " $* " == *" test "* ]]; then
        mapfile -t packages < <(sanitizer_runtimes)
        ensure_packages "${packages[@]}"
    fi
}

main "$@"
