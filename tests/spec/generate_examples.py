#!/usr/bin/env python3
"""Writes lib/rules/examples.def: the documentation's examples, from the cases `=== example: …`.

    generate_examples.py [--check]

With --check nothing is written; the exit status tells whether the file is up to date.
"""
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "lib" / "rules" / "examples.def"
MARK = "=== example:"
SECTIONS = ("--- options", "--- findings", "--- fixed", "--- file ")
HEAD = """\
/* GDF_RULE_EXAMPLE(code, source, fixed): what a rule reports, and the text after its fix ("" when it
 * has none). Written by tests/spec/generate_examples.py from tests/spec/rules. */
"""


def sections_of(lines):
    """The sections of a case: {"source": text, "fixed": text, …}."""
    sections = {"source": []}
    name = "source"
    for line in lines:
        if line.startswith(SECTIONS):
            name = line.split()[1]
            sections[name] = []
        else:
            sections[name].append(line)
    return {name: "\n".join(lines).rstrip("\n") + "\n" for name, lines in sections.items()}


def example_of(path):
    """(source, fixed) of the file's example, or None."""
    found = None
    lines = path.read_text(encoding="utf-8").split("\n")
    starts = [i for i, line in enumerate(lines) if line.startswith("=== ")] + [len(lines)]
    for start, end in zip(starts, starts[1:]):
        if not lines[start].startswith(MARK):
            continue
        if found:
            sys.exit(f"{path.name}: more than one example")
        case = sections_of(lines[start + 1:end])
        found = case["source"], case.get("fixed", "")
    return found


def literal(text):
    """A C string literal of one line each."""
    if not text:
        return '    ""'
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return "\n".join(f'    "{line}\\n"' for line in quoted.split("\n")[:-1])


def generate():
    rows = []
    for path in sorted((HERE / "rules").glob("*.txt")):
        example = example_of(path)
        if example:
            source, fixed = map(literal, example)
            rows.append(f"GDF_RULE_EXAMPLE({path.stem},\n{source},\n{fixed})\n")
    return HEAD + "".join(rows)


def main():
    text = generate()
    if sys.argv[1:] == ["--check"]:
        if TARGET.read_text(encoding="utf-8") != text:
            sys.exit(f"{TARGET.name} is not up to date: run {Path(__file__).name}")
    else:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
