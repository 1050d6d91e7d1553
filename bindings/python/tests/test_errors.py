"""Wrong arguments are refused, by the right exception, in words that name them."""

from __future__ import annotations

import errno
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest

import godockerfile as g
from godockerfile import Options

TEXT = "FROM golang:1.22 AS build\n"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (Options(max_findings=0), "max_findings: 0"),
        (Options(max_findings=-1), "max_findings: -1"),
        (Options(max_expansion=2**70), f"max_expansion: {2**70}"),
        (Options(now=-1), "now: -1"),
        (Options(now=datetime(1960, 1, 1, tzinfo=timezone.utc)), "now: "),
        (Options(image_configs={"alpine": "no json"}), "image_configs: alpine"),
    ],
)
def test_a_wrong_option_is_named(options: Options, named: str) -> None:
    with pytest.raises(g.InvalidArgumentError, match=named):
        g.parse(TEXT, options)


def test_a_rule_to_fix_must_exist() -> None:
    with pytest.raises(g.UnknownNameError, match="NONE1"):
        g.fix(TEXT, options=Options(fix_rules=["CHK002", "NONE1"]))


@pytest.mark.parametrize("field", ["fix_rules", "named_contexts", "build_args", "image_configs"])
def test_a_text_is_no_list_of_names(field: str) -> None:
    options: dict[str, Any] = {field: "CHK002"}
    with pytest.raises(TypeError, match=field):
        g.parse(TEXT, Options(**options))


def test_a_day_may_be_a_date() -> None:
    late = Options(now=date(2040, 1, 1))
    early = Options(now=datetime(2024, 1, 1, tzinfo=timezone.utc))
    assert g.suggest_reference("golang:1.22-bookworm", late)
    assert g.suggest_reference("golang:1.22-bookworm", early) is None


@pytest.mark.parametrize("source", [0, None, 1.5, ["FROM a"]])
def test_a_source_is_text_bytes_or_a_path(source: Any) -> None:
    with pytest.raises(TypeError, match=type(source).__name__):
        g.parse(source)


@pytest.mark.parametrize("number", [-1, 2**32, 2**80])
def test_a_number_out_of_range_is_an_invalid_argument(number: int) -> None:
    document = g.parse(TEXT)
    with pytest.raises(g.InvalidArgumentError, match=f"{number} is not"):
        document.position(number)
    with pytest.raises(g.InvalidArgumentError, match=f"{number} is not"):
        g.Edits(document).replace(0, number, "")


def test_only_an_integer_is_a_number() -> None:
    number: Any = 1.5
    with pytest.raises(TypeError, match="float"):
        g.parse(TEXT).position(number)


def test_a_text_is_str_or_bytes() -> None:
    document = g.parse(TEXT)
    tag: Any = 22
    with pytest.raises(TypeError, match="int"):
        g.Edits(document).set_image_tag(document.instructions[0], tag)


def test_an_unknown_form_is_a_wrong_value() -> None:
    document = g.parse(TEXT)
    form: Any = 99
    for write in (document.dump, document.build().graph, g.check(document).render):
        with pytest.raises(ValueError, match="99"):
            write(form)
    with pytest.raises(ValueError, match="99"):
        document.position(0, form)


def test_a_directory_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(g.ReadError, match="nothing") as raised:
        g.Project.from_directory(tmp_path / "nothing")
    assert raised.value.filename == str(tmp_path / "nothing")
    assert raised.value.errno == errno.ENOENT
    assert isinstance(raised.value.__cause__, FileNotFoundError)


def test_a_file_of_a_directory_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "service").mkdir()
    with open(tmp_path / "service" / "go.mod", "wb") as file:
        file.truncate(1 << 25)
    with pytest.raises(g.ReadError, match=r"go\.mod") as raised:
        g.Project.from_directory(tmp_path)
    assert raised.value.filename == str(tmp_path / "service" / "go.mod")


def test_names_that_do_not_exist_are_named() -> None:
    with pytest.raises(g.UnknownNameError, match="no-such-profile"):
        g.RuleSet("no-such-profile")
    with pytest.raises(g.UnknownNameError, match="NONE1"):
        g.RuleSet(severities={"NONE1": g.Severity.ERROR})


def test_an_edit_that_cannot_be_made_is_named() -> None:
    document = g.parse(TEXT)
    edits = g.Edits(document)
    with pytest.raises(g.InvalidArgumentError, match="image tag: invalid argument"):
        edits.set_image_tag(document.instructions[0], "a b")
    with pytest.raises(g.InvalidArgumentError, match="replace: invalid argument"):
        edits.replace(9, 5, "")
    with pytest.raises(g.InvalidArgumentError, match="another document"):
        edits.remove(g.parse(TEXT).instructions[0])


def test_instructions_of_another_document_are_refused() -> None:
    build = g.parse(TEXT).build()
    (foreign,) = g.parse("FROM alpine\n").instructions
    for ask in (build.stage_of, build.commands_of, build.is_shell_understood, build.copy_sources):
        with pytest.raises(g.InvalidArgumentError, match="another document"):
            ask(foreign)


def test_errors_are_what_their_python_counterparts_are() -> None:
    assert issubclass(g.InvalidArgumentError, ValueError)
    assert issubclass(g.ReadError, OSError)
    assert issubclass(g.UnknownNameError, LookupError)
    assert issubclass(g.ClosedError, g.InvalidArgumentError)
