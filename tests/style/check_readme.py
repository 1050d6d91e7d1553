#!/usr/bin/env python3
"""Keeps the README files true: the table of rules is that of lib/rules/rules.def, the C programs
compile. (The tests of the bindings run those in Python and Go.)

check_readme.py [--update] [C-COMPILER]
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
TABLE = re.compile(r"(<!-- rules -->\n)(.*?)(<!-- end of rules -->)", re.S)
ROW = re.compile(
    r'GDF_RULE\((\w+), "([^"]+)", "[^"]+", (\w+), (\w+), (\w+),\s+((?:"(?:[^"\\]|\\.)*"\s*)+),', re.S
)


def joined(literals: str) -> str:
    """The text of adjacent C string literals."""
    return "".join(ast.literal_eval(part) for part in re.findall(r'"(?:[^"\\]|\\.)*"', literals))


def table() -> str:
    """The rules as a table."""
    rows = ["| code | name | severity | fix | what is wrong |", "|---|---|---|---|---|"]
    for row in ROW.finditer((ROOT / "lib/rules/rules.def").read_text(encoding="utf-8")):
        code, name, severity, default, fix, summary = row.groups()
        only = {"PRODUCTION": " (production)", "OFF": " (off)"}.get(default, "")
        anchor = f'<a id="{code}"></a>{code}'
        rows.append(
            f"| {anchor} | {name} | {severity.lower()}{only} | {fix.lower()} | {joined(summary)} |"
        )
    return "\n".join(rows) + "\n"


def compile_program(compiler: str, readme: Path) -> None:
    """Compiles the C program of a README."""
    found = re.search(r"```c\n(.*?)```", readme.read_text(encoding="utf-8"), re.S)
    if not found:
        raise SystemExit(f"{readme}: no C program")
    command = [compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only"]
    command += [f"-I{ROOT / 'include'}", "-x", "c", "-"]
    subprocess.run(command, input=found.group(1), text=True, check=True)


def main() -> None:
    """The check."""
    arguments = sys.argv[1:]
    update = "--update" in arguments
    compiler = next((argument for argument in arguments if argument != "--update"), "cc")
    text = README.read_text(encoding="utf-8")
    wanted = TABLE.sub(lambda found: found.group(1) + table() + found.group(3), text)
    if update:
        README.write_text(wanted, encoding="utf-8")
    elif wanted != text:
        raise SystemExit("README.md: the table of rules is old; run check_readme.py --update")
    compile_program(compiler, README)
    compile_program(compiler, ROOT / "bindings" / "README.md")
    print("README.md is up to date")


if __name__ == "__main__":
    main()
