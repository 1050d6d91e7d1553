#!/bin/sh
# pkg_config.sh COMPILER PC_DIR LIB_DIR PROGRAM
# Compiles a program with what pkg-config says, checks the version and runs it.
set -eu
compiler=$1 pc_dir=$2 library_dir=$3 program=$4
here=$(dirname "$0")

PKG_CONFIG_PATH=$pc_dir
export PKG_CONFIG_PATH
# The flags are words to be split.
# shellcheck disable=SC2046
"$compiler" -std=c11 -Wall -Wextra -Wpedantic -Werror "$here/outside.c" \
    $(pkg-config --cflags --libs libgodockerfile) -o "$program"

packaged=$(pkg-config --modversion libgodockerfile)
linked=$(LD_LIBRARY_PATH=$library_dir "$program")
if [ "$packaged" != "$linked" ]; then
    echo "pkg-config says $packaged, the library says $linked"
    exit 1
fi
if ! readelf -d "$program" | grep -q 'NEEDED.*libgodockerfile\.so\.0\]'; then
    echo "the program does not need libgodockerfile.so.0"
    exit 1
fi
