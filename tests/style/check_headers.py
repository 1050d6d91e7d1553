#!/usr/bin/env python3
"""Each public header compiles alone, as C11 and as C++17, with every warning an error, and each of
its functions and types has a comment of its own and, for C++, the linkage of C.

    check_headers.py C_COMPILER CXX_COMPILER
"""
import subprocess
import sys

from project_files import ROOT

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]


def compiles(command, header):
    # Twice: the second inclusion proves the guard.
    source = f"#include <{header}>\n#include <{header}>\n"
    done = subprocess.run([*command, *WARNINGS, f"-I{ROOT / 'include'}", "-fsyntax-only", "-"],
                          input=source, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        print(f"{header} with {' '.join(command)}:\n{done.stderr}")
    return done.returncode == 0


def is_documented(header):
    lines = (ROOT / "include" / header).read_text(encoding="utf-8").splitlines()
    bare = [line for before, line in zip(lines, lines[1:])
            if line.startswith(("GDF_API ", "typedef "))
            and (not before.endswith("*/") or before.startswith("/* "))]
    for line in bare:
        print(f"{header}: no comment in front of: {line}")
    return not bare


def has_linkage(header):
    text = (ROOT / "include" / header).read_text(encoding="utf-8")
    inside = text.partition('\nextern "C" {\n')[2].partition("\n#ifdef __cplusplus\n}\n#endif\n")[0]
    outside = [line for line in text.splitlines()
               if line.startswith("GDF_API ") and line not in inside.splitlines()]
    for line in outside:
        print(f'{header}: not inside extern "C": {line}')
    return not outside


def main():
    c_compiler, cxx_compiler = sys.argv[1:]
    commands = [[c_compiler, "-std=c11", "-Wstrict-prototypes", "-xc"],
                [cxx_compiler, "-std=c++17", "-xc++"]]
    headers = sorted(path.relative_to(ROOT / "include") for path in (ROOT / "include").rglob("*.h"))
    results = [compiles(command, header) for header in headers for command in commands]
    results += [check(header) for header in headers for check in (is_documented, has_linkage)]
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
