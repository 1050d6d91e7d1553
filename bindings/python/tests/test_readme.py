"""The programs of the README files run as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("readme", "printed"),
    [
        ("README.md", ["1 FROM", "2 RUN", "1.22", "1 STG001", '+ENTRYPOINT ["/app"]']),
        ("bindings/README.md", []),
        ("bindings/python/README.md", ["0 build golang:1.22", "FROM golang:1.25 AS build"]),
    ],
)
def test_python_programs_of_readme_files(
    root: Path, readme: str, printed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = (root / readme).read_text(encoding="utf-8")
    programs = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert programs
    for program in programs:
        exec(compile(program, readme, "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    for start in printed:
        assert any(line.startswith(start) for line in lines), (start, lines)
