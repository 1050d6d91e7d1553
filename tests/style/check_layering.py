#!/usr/bin/env python3
"""A folder of lib/ includes only folders before it; all others see the public headers only."""
import re
import sys

from project_files import ROOT, c_files, name

ORDER = ("base text syntax instruction shell facts build project golang edit rules rewrite "
         "report").split()
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)


def includes(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    for match in INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match.group(1), match.group(2)


def library_problems():
    for path in c_files("lib"):
        own = path.relative_to(ROOT / "lib").parts[0]
        if own not in ORDER:
            yield f"{name(path)}: a folder without a place in the order of layers"
            continue
        for line, quote, target in includes(path):
            layer = target.split("/")[0]
            if quote == '"' and layer not in ORDER:
                yield f'{name(path)}:{line}: "{target}" is not written as "layer/file.h"'
            elif quote == '"' and ORDER.index(layer) > ORDER.index(own):
                yield f"{name(path)}:{line}: {own} includes {layer}, which stands above it"


def outside_problems():
    for path in c_files("include", "examples", "bindings"):
        for line, quote, target in includes(path):
            if target.startswith("../") or target.split("/")[0] in ORDER and "/" in target:
                if not (path.parent / target).is_file() or target.startswith("../"):
                    yield f"{name(path)}:{line}: {quote}{target} is not a public header"


def main():
    problems = [*library_problems(), *outside_problems()]
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
