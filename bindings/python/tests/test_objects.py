"""What every Python object does: repr, equality, copies, pickling, and the order of freeing."""

from __future__ import annotations

import copy
import pickle
import weakref
from dataclasses import asdict
from typing import Any, Callable

import pytest

import godockerfile as g
from godockerfile import capi

TEXT = "FROM --platform=linux/amd64 alpine:3.20 as base\nEXPOSE 80\nRUN true\n"


def inner_things(document: g.Document) -> list[Any]:
    """One of every kind of thing that reads a document."""
    start, expose, _ = document.instructions
    assert isinstance(start, g.From)
    assert isinstance(expose, g.Expose)
    report = g.check(document, rules=g.RuleSet.only("CHK002"))
    build = document.build()
    return [
        document.root,
        start,
        start.parts[0],
        start.flags[0],
        start.image,
        expose.ports[0],
        build.stages[0],
        build.edges[0],
        build.commands[0],
        build.commands[0].words[0],
        report[0],
        report[0].fixes[0],
        report[0].rule,
    ]


def roots(document: g.Document) -> list[Any]:
    """One of every kind of thing that holds memory of the library."""
    return [
        document,
        document.build(),
        g.check(document),
        g.fix(document),
        g.Edits(document),
        g.RuleSet(),
        g.Project(),
        g.IgnoreFile("bin"),
    ]


def test_things_are_equal_when_they_stand_for_the_same() -> None:
    document = g.parse(TEXT)
    report = g.check(document, rules=g.RuleSet.only("CHK002"))
    for first, second in zip(inner_things(document), inner_things(document)):
        if isinstance(first, (g.Finding, g.Fix)):
            continue
        assert first == second
        assert hash(first) == hash(second)
        assert first != object()
    assert report[0] == report[0]
    assert report[0].fixes == report[0].fixes
    assert len({report[0].fixes[0], report[0].fixes[0]}) == 1


def test_things_of_other_documents_are_others() -> None:
    for first, second in zip(inner_things(g.parse(TEXT)), inner_things(g.parse(TEXT))):
        assert (first == second) is isinstance(first, g.Rule)


def test_a_closed_thing_can_be_printed_and_compared() -> None:
    document = g.parse(TEXT)
    things = [*inner_things(document), *roots(document), document.nodes, document.tokens]
    others = inner_things(document)
    document.close()
    for thing in things:
        assert repr(thing)
        assert thing == thing
    for first, second in zip(things, others):
        assert (first == second) is not isinstance(first, (g.Finding, g.Fix))
    assert repr(things[1]) == "<From, closed>"


def test_lists_of_a_closed_document_are_closed() -> None:
    document = g.parse(TEXT)
    lists = [document.lines, document.tokens, document.nodes, document.instructions]
    document.close()
    for items in lists:
        with pytest.raises(g.ClosedError):
            items[0]


def test_what_does_not_change_is_its_own_copy() -> None:
    document = g.parse(TEXT)
    report = g.check(document)
    for thing in [document, document.build(), report, g.fix(document), g.IgnoreFile("bin")]:
        assert copy.copy(thing) is thing
        assert copy.deepcopy(thing) is thing
    node = document.instructions[0]
    assert copy.copy(node) == copy.deepcopy(node) == node
    assert copy.deepcopy([report[0]]) == [report[0]]


@pytest.mark.parametrize("make", [lambda: g.Edits(g.parse(TEXT)), g.RuleSet, g.Project])
def test_what_changes_cannot_be_copied(make: Callable[[], object]) -> None:
    for copied in (copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be copied"):
            copied(make())


def test_memory_of_the_library_cannot_be_pickled() -> None:
    document = g.parse(TEXT)
    for thing in roots(document):
        with pytest.raises(TypeError, match=f"{type(thing).__name__} cannot be .*pickled"):
            pickle.dumps(thing)
    with pytest.raises(TypeError, match="Document cannot be pickled"):
        pickle.dumps(document.instructions[0])


def test_plain_values_can_be_pickled() -> None:
    build = g.parse("FROM scratch\nENV A=b\nLABEL c=d\n").build()
    options = g.Options(build_args={"A": "b"}, max_findings=5)
    for value in [build.config(), options, g.RULES[0], g.Position(1, 2), g.Severity.ERROR]:
        assert pickle.loads(pickle.dumps(value)) == value
        assert copy.deepcopy(value) == value
    assert asdict(build.config())["labels"] == {"c": "d"}


@pytest.mark.parametrize(
    ("maker", "make"),
    [
        ("gdf_build_create", g.Build),
        ("gdf_build_create", g.Document.build),
        ("gdf_report_create", g.check),
        ("gdf_edits_create", g.Edits),
    ],
)
def test_a_reader_goes_before_its_document(
    maker: str, make: Callable[[g.Document], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when another thread closes the document while the reader is made."""
    freed: list[str] = []
    parse, create = capi.gdf_document_parse, getattr(capi, maker)

    def watched_parse(*arguments: Any) -> Any:
        handle = parse(*arguments)
        weakref.finalize(handle, freed.append, "document")
        return handle

    def create_and_close(*arguments: Any) -> Any:
        handle = create(*arguments)
        weakref.finalize(handle, freed.append, "reader")
        documents[0].close()
        return handle

    monkeypatch.setattr(capi, "gdf_document_parse", watched_parse)
    monkeypatch.setattr(capi, maker, create_and_close)
    documents = [g.parse(TEXT)]
    made: Any = make(documents[0])
    with pytest.raises(g.ClosedError):
        _ = made._native
    del made
    documents.clear()
    assert freed == ["reader", "document"]
