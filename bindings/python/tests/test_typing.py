"""What a type checker says of programs of users: good ones pass, wrong ones do not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy")

GOOD = """
import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Optional

import godockerfile as g

options = g.Options(
    max_findings=5, color=True, now=datetime.date(2026, 1, 1), build_args={"A": "b"},
    named_contexts=["docs"], fix_rules=("CHK001",), image_configs={"a": b"{}", "b": None},
)
document: g.Document = g.parse(b"FROM a\\n", options)
g.parse(Path("Dockerfile"))
g.Document.parse("FROM a")
with g.parse("FROM a") as inner:
    text: str = inner.text
    data: bytes = inner.data
lines: Sequence[str] = document.lines
some: Sequence[g.Node] = document.nodes[1:3]
node: g.Node = document.nodes[0]
place: g.Position = document.position(3, g.ColumnUnit.UTF16)
line, column = place
offset: int = document.offset(line, column)
start, end = node.range
directives: Mapping[str, str] = document.directives
problem: Optional[g.Problem] = document.builder_error
dump: str = document.dump(g.DumpFormat.JSON)
for instruction in document.instructions:
    if isinstance(instruction, g.From):
        image: Optional[g.Image] = instruction.image
        tag: Optional[str] = image.tag if image else None
    elif isinstance(instruction, g.Copy):
        sources: tuple[g.Part, ...] = instruction.sources
        stage_name: Optional[str] = instruction.source_stage
    elif isinstance(instruction, (g.Run, g.Cmd, g.Entrypoint, g.Healthcheck)):
        words: list[tuple[str, ...]] = [command.arguments for command in instruction.commands]
    elif isinstance(instruction, (g.Env, g.Label, g.Arg)):
        values: dict[str, Optional[str]] = {pair.key: pair.value for pair in instruction.pairs}
    flag: Optional[g.Flag] = instruction.flag("from")
    part: Optional[g.Part] = instruction.find(g.PartKind.IMAGE_TAG)
build: g.Build = document.build(g.Options(target="a"))
stage: Optional[g.Stage] = build.find_stage("a")
edges: Sequence[g.Edge] = build.edges
graph: str = build.graph(g.GraphFormat.DOT)
expansion: g.Expansion = build.expand_text("$A", document.instructions[0])
state: g.VariableState = build.variable("A", document.instructions[0]).state
config: g.Config = build.config()
failure: Optional[str] = config.failure.message if config.failure else None
labels: Mapping[str, str] = config.labels
project = g.Project({"go.mod": b""})
copied: dict[str, g.CopySource] = build.copy_sources(document.instructions[0], project).files
ignored: bool = "bin" in g.IgnoreFile("bin\\n")
rules = g.RuleSet("dev", enable=["CHK001", g.RULES[0]], severities={"CHK001": g.Severity.ERROR})
rules.set_severity(g.RULES[0], g.Severity.INFO)
report: g.Report = g.check(document, rules=rules, project=project)
worst: g.Severity = report.worst
first: g.Finding = report[0]
rest: list[g.Finding] = report[1:]
fixes: tuple[g.Fix, ...] = first.fixes
printed: str = report.render(g.ReportFormat.JSON)
rewrite: g.Rewrite = g.fix("FROM a", options=g.Options(fix_suggested=True))
applied: list[str] = [done.rule.code for done in rewrite.applied]
edits = g.Edits(document)
edits.replace(0, 0, b"#\\n")
edits.set_flag(document.instructions[0], "platform", None)
edited: str = edits.apply()
day: Optional[datetime.date] = g.end_of_life("golang:1.22")
try:
    edits.remove(document.instructions[0])
except (g.ConflictError, g.InvalidArgumentError) as error:
    code: g.Code = error.code
"""

WRONG = [
    "g.parse(3)",
    'g.parse("FROM a", max_findings=3)',
    "g.Options(max_finding=3)",
    'g.Options(build_args=["A=b"])',
    'g.Options(now="2026-01-01")',
    "document.instructions[0].image",
    "document.instructions[0].range = g.Range(0, 1)",
    "document.nodes.append(document.root)",
    'document.position("1")',
    'document.instructions[0].find("image")',
    "document.dump(g.ReportFormat.JSON)",
    "document.build().stages[0].base_stage.name",
    'document.build().config().user = "root"',
    'document.build().config().labels["a"] = "b"',
    'document.build().variable(document.instructions[0], "A")',
    "g.check(document, g.RuleSet())",
    'g.check(document, rules=["CHK001"])',
    'g.RuleSet(severities={"CHK001": "error"})',
    "g.fix(document).text.decode()",
    'g.Edits(document).set_image_tag("golang", "1.25")',
    "g.Edits(document).set_pair(document.instructions[0], 'A', None)",
    'g.end_of_life("golang").year',
    'g.Project(["go.mod"])',
]


def lines_with_errors(program: str, folder: Path) -> set[int]:
    path = folder / "program.py"
    path.write_text(program, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir=/dev/null", path.name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return {int(number) for number in re.findall(r"^program\.py:(\d+): error", done.stdout, re.M)}


def test_good_programs_pass(tmp_path: Path) -> None:
    wrong = lines_with_errors(GOOD, tmp_path)
    assert [GOOD.splitlines()[number - 1] for number in sorted(wrong)] == []


def test_wrong_uses_are_found(tmp_path: Path) -> None:
    head = ["import godockerfile as g", 'document = g.parse("FROM a")']
    wrong = lines_with_errors("\n".join([*head, *WRONG, ""]), tmp_path)
    missed = [use for number, use in enumerate(WRONG, len(head) + 1) if number not in wrong]
    assert missed == []


def test_the_programs_of_the_manual_pass(root: Path, tmp_path: Path) -> None:
    readmes = ["README.md", "bindings/README.md", "bindings/python/README.md"]
    for readme in readmes:
        text = (root / readme).read_text(encoding="utf-8")
        for program in re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            wrong = lines_with_errors(program, tmp_path)
            assert [program.splitlines()[number - 1] for number in sorted(wrong)] == [], readme
