"""What words expand to, and where values come from."""

from __future__ import annotations

import pytest

import godockerfile as g
from godockerfile import ExpansionMode, Options, PartKind, VariableOrigin, VariableState

TEXT = """\
ARG V=1.25
FROM golang:${V}-alpine
ENV PORTS="80 443"
EXPOSE $PORTS
COPY --from=$V a b
USER $NOBODY
"""


def part_of(build: g.Build, index: int, kind: PartKind) -> g.Part:
    part = build.document.instructions[index].find(kind)
    assert part is not None
    return part


def test_a_part_expands_in_its_place() -> None:
    build = g.Build(g.parse(TEXT))
    image = part_of(build, 1, PartKind.IMAGE)
    assert image.expansion_mode is ExpansionMode.WORD
    expansion = build.expand(image)
    assert str(expansion) == expansion.text == "golang:1.25-alpine"
    assert expansion.is_certain
    assert expansion.words == (expansion.text,)
    (reference,) = expansion.references
    assert build.document.slice(reference.range) == "${V}"
    variable = reference.variable
    assert (variable.name, variable.value) == ("V", "1.25")
    assert (variable.state, variable.origin) == (VariableState.SET, VariableOrigin.ARG_DEFAULT)
    assert str(variable.origin_part) == "V=1.25"
    assert variable.declaration == variable.origin_part


def test_expose_gives_words() -> None:
    build = g.Build(g.parse(TEXT))
    expansion = build.expand(part_of(build, 3, PartKind.PORT))
    assert expansion.mode is ExpansionMode.WORDS
    assert expansion.words == ("80", "443")


def test_refusals_are_texts() -> None:
    build = g.Build(g.parse(TEXT))
    expansion = build.expand(part_of(build, 4, PartKind.FLAG_VALUE))
    assert expansion.mode is ExpansionMode.REFUSED
    assert expansion.error.startswith("variable expansion is not supported for --from")
    assert not expansion.is_certain


def test_any_text_and_any_variable() -> None:
    build = g.Build(g.parse(TEXT), Options(build_args={"V": "2"}))
    last = build.document.instructions[-1]
    assert build.expand_text("<$PORTS>", last).text == "<80 443>"
    assert build.expand_text(b"<$V>", build.document.instructions[1]).text == "<2>"
    variable = build.variable("V", build.document.instructions[1])
    assert variable.origin is VariableOrigin.BUILD_ARGUMENT
    assert variable.origin_part is None
    assert str(variable.declaration) == "V=1.25"
    assert build.variable("V", last).declaration is None


def test_parts_of_another_document_are_refused() -> None:
    build = g.Build(g.parse(TEXT))
    other = g.parse(TEXT).instructions[1]
    with pytest.raises(g.InvalidArgumentError):
        build.expand_text("a", other)
    with pytest.raises(g.InvalidArgumentError):
        build.copy_sources(other)


def test_the_graph() -> None:
    build = g.Build(g.parse("FROM scratch AS a\nFROM scratch\nCOPY --from=a /x /\n"))
    assert build.graph().splitlines()[-1] == "    line 3: COPY --from=a (stage 0): /x"
    assert build.graph(g.GraphFormat.JSON).startswith('{"file":')
    assert build.graph(g.GraphFormat.DOT).startswith("digraph")
