#!/usr/bin/env python3
"""What the README shows of the program is what it prints.

    check_readme_output.py PROGRAM

The lines below a command must come out of it in that order; "…" stands for lines left out. Empty
lines do not count.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def sessions(readme: str) -> list[tuple[list[str], list[str]]]:
    """Every command with the lines that are shown below it."""
    found: list[tuple[list[str], list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", readme, re.S | re.M):
        for line in block.splitlines():
            if line.startswith("$ godockerfile "):
                found.append((line.split()[2:], []))
            else:
                found[-1][1].append(line)
    return found


def missing_line(shown: list[str], printed: list[str]) -> str | None:
    """The first shown line that is not printed, or not in its place."""
    rest = iter(printed)
    is_gap = False
    for line in shown:
        if line == "…":
            is_gap = True
        elif is_gap and line not in rest or not is_gap and next(rest, None) != line:
            return line
        else:
            is_gap = False
    return None


def main() -> None:
    """The check."""
    program = sys.argv[1]
    found = sessions((ROOT / "README.md").read_text(encoding="utf-8"))
    if not found:
        raise SystemExit("README.md: no console session")
    for arguments, shown in found:
        done = subprocess.run([program, *arguments], cwd=ROOT / "examples/sample", text=True,
                              capture_output=True, check=False)
        line = missing_line([line for line in shown if line],
                            [line for line in done.stdout.splitlines() if line.strip()])
        if line is not None:
            raise SystemExit(f"README.md: {' '.join(arguments)} does not print: {line}")
    print(f"{len(found)} sessions of README.md are what the program prints")


if __name__ == "__main__":
    main()
