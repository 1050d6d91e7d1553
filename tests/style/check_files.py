#!/usr/bin/env python3
"""No file of code is too long, no text promises work that was not done or names a machine."""
import re
import sys
from pathlib import Path

from project_files import all_files, name

LONGEST = 1000
CODE = {".c", ".h", ".py", ".go", ".i", ".sh", ".txt", ".cmake"}
FORBIDDEN = [
    (re.compile(r"\b(TODO|FIXME|XXX|HACK)\b"), "a mark of unfinished work"),
    (re.compile(r"\bnot (yet )?implemented\b", re.I), "a promise instead of code"),
    (re.compile(r"/work/(main|shared)|/tmp/(build-|bash_jobs|gold\b|corpus\b)|/root/\.pyenv"),
     "a path of one machine"),
]


def problems_of(path):
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    lines = text.splitlines()
    generated = lines and "DO NOT EDIT" in lines[0]
    if path.suffix in CODE and len(lines) > LONGEST and not generated:
        yield f"{name(path)}: {len(lines)} lines, at most {LONGEST}: split it by idea"
    if path == Path(__file__).resolve():
        return
    for number, line in enumerate(lines, 1):
        for pattern, reason in FORBIDDEN:
            if pattern.search(line):
                yield f"{name(path)}:{number}: {reason}: {line.strip()}"


def main():
    problems = [problem for path in all_files() for problem in problems_of(path)]
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
