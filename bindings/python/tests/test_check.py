"""Rules, findings, rewrites, facts, projects."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

import godockerfile as g
from godockerfile import RULES, FixClass, Options, ReportFormat, RuleSet, Severity

LOWER_AS = "FROM alpine as base\nRUN true\n"


def test_the_catalogue() -> None:
    assert len(RULES) > 20
    rule = RULES.find("chk002")
    assert rule is not None
    assert rule == RULES.find("FromAsCasing") == RULES.find("buildkit:FromAsCasing")
    assert (rule.code, rule.name, rule.category) == ("CHK002", "FromAsCasing", "style")
    assert rule.severity is Severity.WARNING
    assert rule.fix_class is FixClass.SAFE
    assert "buildkit:FromAsCasing" in rule.aliases
    assert rule.summary
    assert RULES.find("no such rule") is None
    assert len({one.code for one in RULES}) == len(RULES)


def test_findings() -> None:
    document = g.parse(LOWER_AS)
    (finding,) = g.check(document, rules=RuleSet.only("CHK002"))
    assert finding.code == finding.rule.code == "CHK002"
    assert finding.severity is Severity.WARNING
    assert finding.position() == (1, 1)
    assert "as" in finding.message
    (fix,) = finding.fixes
    assert fix.fix_class is FixClass.SAFE
    assert fix.file is None
    assert fix.title
    (edit,) = fix.edits
    assert (document.slice(edit.range), edit.text) == ("as", "AS")


def test_a_report_is_a_sequence() -> None:
    report = g.check(LOWER_AS, rules=RuleSet.only("CHK002"))
    assert len(report) == 1
    assert report[0] == report[-1] == next(iter(report))
    assert report.codes == ["CHK002"]
    assert report.worst is Severity.WARNING
    assert (report.dropped, report.suppressed) == (0, 0)
    assert len(g.check("FROM alpine AS base\n", rules=RuleSet.only("CHK002"))) == 0


def test_findings_are_silenced_by_comments() -> None:
    text = "# check=skip=FromAsCasing\n" + LOWER_AS
    report = g.check(text, rules=RuleSet.only("CHK002"))
    assert len(report) == 0


def test_what_the_builder_refuses_is_a_finding() -> None:
    assert any("RUNN" in one.message for one in g.check("FROM alpine\nRUNN true\n"))


def test_a_report_can_be_printed() -> None:
    report = g.check(LOWER_AS, rules=RuleSet.only("CHK002"), options=Options(file_name="web"))
    text = report.render()
    assert "CHK002" in text
    assert "web" in text
    assert json.loads(report.render(ReportFormat.JSON))


def test_rule_sets() -> None:
    rules = RuleSet("base", disable=["CHK001"], severities={"CHK002": Severity.ERROR})
    assert not rules.is_enabled("CHK001")
    assert rules.severity("CHK002") is Severity.ERROR
    rules.enable("StageNameCasing")
    assert rules.is_enabled("CHK001")
    assert [rule.code for rule in RuleSet.only("CHK002").enabled] == ["CHK002"]
    assert g.check(LOWER_AS, rules=rules).worst is Severity.ERROR


def test_unknown_names_are_refused() -> None:
    with pytest.raises(g.UnknownNameError):
        RuleSet("no such profile")
    with pytest.raises(g.UnknownNameError, match="NONE1"):
        RuleSet(disable=["NONE1"])


def test_a_rewrite_applies_fixes() -> None:
    rewrite = g.fix(LOWER_AS, rules=RuleSet.only("CHK002"))
    assert rewrite.original == LOWER_AS
    assert rewrite.text == "FROM alpine AS base\nRUN true\n"
    assert rewrite.data == rewrite.text.encode()
    assert rewrite.changed
    (applied,) = rewrite.applied
    assert (applied.rule.code, applied.fix_class) == ("CHK002", FixClass.SAFE)
    assert rewrite.withheld == ()
    assert rewrite.files == {}
    assert "-FROM alpine as base\n+FROM alpine AS base\n" in rewrite.diff()


def test_a_rewrite_of_a_good_file_changes_nothing() -> None:
    rewrite = g.fix("FROM alpine AS base\n", rules=RuleSet.only("CHK002"))
    assert not rewrite.changed
    assert rewrite.diff() == ""


def test_only_the_chosen_rules_are_fixed() -> None:
    rules = RuleSet.only("CHK001", "CHK002")
    rewrite = g.fix("FROM alpine as Base\n", rules=rules, options=Options(fix_rules=["CHK002"]))
    assert rewrite.text == "FROM alpine AS Base\n"


def test_facts_have_a_date() -> None:
    assert g.facts_date() > date(2026, 1, 1)
    assert g.end_of_life("golang:1.2") is not None
    assert g.end_of_life("no-such-image") is None
    now = Options(now=datetime(2026, 11, 23, tzinfo=timezone.utc))
    assert g.suggest_reference("no-such-image:1", now) is None


def test_a_project_knows_its_files(tmp_path: Path) -> None:
    project = g.Project({"go.mod": "module example.org/app\n", ".dockerignore": b"bin\n"})
    project.add_file("cmd/app/main.go")
    assert sorted(project.files) == [".dockerignore", "cmd/app/main.go", "go.mod"]
    assert "go.mod" in project
    assert "go.sum" not in project
    assert project.content("go.mod") == "module example.org/app\n"
    assert project.ignore_file() == ".dockerignore"
    g.check("FROM golang:1.25\nCOPY . .\n", project=project)


def test_a_project_is_read_from_a_directory(tmp_path: Path) -> None:
    (tmp_path / "cmd").mkdir()
    (tmp_path / "cmd" / "main.go").write_text("package main\n")
    (tmp_path / "go.mod").write_text("module example.org/app\n")
    project = g.Project.from_directory(tmp_path)
    assert sorted(project.files) == ["cmd/main.go", "go.mod"]
    assert project.content("go.mod") == "module example.org/app\n"
    with pytest.raises(g.ReadError):
        g.Project.from_directory(tmp_path / "none")


def test_options_lie_over_those_of_the_document() -> None:
    given = Options(file_name="web", build_args={"A": "1", "B": "2"}, fix_rules=["CHK001"])
    text = "ARG A\nARG B\nFROM scratch AS Base\nFROM scratch as last\n"
    document = g.parse(text, given)
    rewrite = g.fix(document, options=Options(fix_rules=["CHK002"]))
    assert {done.rule.code for done in rewrite.applied} == {"CHK001", "CHK002"}
    assert "web" in rewrite.diff(Options(color=False))
    assert "web" in g.check(document, options=Options(max_findings=1)).render(
        options=Options(color=False)
    )
    build = document.build(Options(build_args={"B": "3"}))
    assert build.options is not None
    assert build.options.build_args == {"A": "1", "B": "3"}
    start = document.instructions[2]
    assert [build.variable(name, start).value for name in "AB"] == ["1", "3"]
    assert document.build().variable("B", start).value == "2"


def test_a_project_is_complete_before_it_is_used() -> None:
    project = g.Project({"a": ""})
    project.add_file("b")
    g.check("FROM scratch\nCOPY a b /\n", project=project)
    with pytest.raises(g.InvalidArgumentError, match="before"):
        project.add_file("c")
    assert list(project.files) == ["a", "b"]
