#!/usr/bin/env python3
"""Every C file is as clang-format writes it.

    check_format.py CLANG_FORMAT [--fix]
"""
import subprocess
import sys

from project_files import c_files


def main():
    tool, *fix = sys.argv[1:]
    how = ["-i"] if fix == ["--fix"] else ["--dry-run", "-Werror"]
    files = [str(path) for path in c_files("include", "lib", "examples", "bindings", "tests")]
    return subprocess.run([tool, *how, *files], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
