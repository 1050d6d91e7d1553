"""Any bytes at all: nothing raises, nothing is lost."""

from __future__ import annotations

import pytest

pytest.importorskip("hypothesis")

from hypothesis import example, given, settings
from hypothesis import strategies as st

import godockerfile as g

PIECES = [
    b"FROM ",
    b"golang:1.25",
    b" AS build",
    b"RUN ",
    b"--mount=type=cache,target=/x ",
    b"<<EOF",
    b"\nEOF\n",
    b"COPY --from=build ",
    b'["a", "b"]',
    b"ENV A=",
    b"$(echo '",
    b"${A:-",
    b"\\\n",
    b"# escape=`\n",
    b"\r\n",
    b"\n",
    b"\x00",
    b"\xff",
    "é🙂".encode(),
]
inputs = st.one_of(
    st.binary(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join),
)


@settings(max_examples=300, deadline=None)
@given(inputs)
@example(b"")
@example(b"\xef\xbb\xbfFROM a")
def test_any_input_is_read_and_kept(data: bytes) -> None:
    document = g.parse(data)
    assert document.data == document.text.encode("utf-8", "surrogateescape") == data
    assert b"".join(data[token.range.start : token.range.end] for token in document.tokens) == data
    for node in document.walk():
        assert node.parent is None or node in node.parent.children
        assert node.text is not None
    for instruction in document.instructions:
        for part in instruction.parts:
            assert part.instruction == instruction
            assert part.value is not None
    for command in document.commands:
        assert len(command.words) >= 0
    assert g.Edits(document).apply() == document.text


@settings(max_examples=100, deadline=None)
@given(inputs)
def test_any_input_is_checked_and_fixed(data: bytes) -> None:
    document = g.parse(data)
    for finding in g.check(document):
        assert finding.message
        assert 0 <= finding.range.start <= finding.range.end <= len(data)
    rewrite = g.fix(document)
    assert rewrite.changed == (rewrite.data != data)
    assert bool(rewrite.diff()) == rewrite.changed
