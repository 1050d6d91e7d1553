"""Edits (most of them: test_cases.py)."""

from __future__ import annotations

import pytest

import godockerfile as g
from godockerfile import Edits, PartKind

TEXT = "FROM golang:1.22 AS build\nCOPY --link a /a\n"


def test_bytes_are_replaced() -> None:
    edits = Edits(g.parse(TEXT))
    edits.replace(12, 16, "1.25")
    edits.replace(0, 0, b"# the base\n")
    assert list(edits) == [((0, 0), "# the base\n"), ((12, 16), "1.25")]
    assert edits.apply() == "# the base\nFROM golang:1.25 AS build\nCOPY --link a /a\n"


def test_no_edit_gives_the_same_bytes() -> None:
    assert Edits(g.parse(TEXT)).apply() == TEXT


def test_parts_and_flags() -> None:
    document = g.parse(TEXT)
    start, copy = document.instructions
    edits = Edits(document)
    tag = start.find(PartKind.IMAGE_TAG)
    assert tag is not None
    edits.set_part(tag, "1.25")
    edits.remove_flag(copy, "link")
    assert edits.apply() == "FROM golang:1.25 AS build\nCOPY a /a\n"


def test_overlapping_edits_conflict() -> None:
    edits = Edits(g.parse(TEXT))
    edits.replace(5, 16, "alpine")
    with pytest.raises(g.ConflictError):
        edits.replace(12, 16, "1.25")
    assert len(edits) == 1


def test_a_range_outside_is_refused() -> None:
    edits = Edits(g.parse(TEXT))
    with pytest.raises(g.InvalidArgumentError):
        edits.replace(5, 5000, "")
    with pytest.raises(g.InvalidArgumentError):
        edits.replace(6, 5, "")


def test_a_value_that_cannot_stand_there_is_refused() -> None:
    document = g.parse(TEXT)
    edits = Edits(document)
    with pytest.raises(g.InvalidArgumentError):
        edits.set_image_tag(document.instructions[0], "1.25\nRUN x")
    with pytest.raises(g.InvalidArgumentError):
        edits.set_image_tag(document.instructions[1], "1.25")


def test_nodes_of_another_document_are_refused() -> None:
    edits = Edits(g.parse(TEXT))
    with pytest.raises(g.InvalidArgumentError):
        edits.remove(g.parse(TEXT).instructions[0])


def test_a_name_with_a_nul_is_refused() -> None:
    document = g.parse(TEXT)
    with pytest.raises(ValueError, match="NUL"):
        Edits(document).set_flag(document.instructions[1], "a\0b", "c")


def test_the_document_stays_as_it_was() -> None:
    document = g.parse(TEXT)
    edits = Edits(document)
    edits.remove(document.instructions[0])
    edits.apply()
    assert document.text == TEXT


@pytest.mark.parametrize(
    ("value", "written"), [("a", "--link=a"), ("", "--link="), (None, "--link"), (b"a", "--link=a")]
)
def test_a_flag_has_a_value_or_none(value: str | bytes | None, written: str) -> None:
    document = g.parse("COPY a /a\n")
    edits = Edits(document)
    edits.set_flag(document.instructions[0], "link", value)
    assert edits.apply() == f"COPY {written} a /a\n"
