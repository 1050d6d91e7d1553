"""Who keeps what alive, use after close, and leaks."""

from __future__ import annotations

import gc
import resource
import sys
import weakref
from typing import Callable

import pytest

import godockerfile as g


def test_a_node_keeps_its_document() -> None:
    document = g.parse("FROM alpine:3.20\n")
    watch = weakref.ref(document)
    node = document.instructions[0]
    part = node.parts[1]
    del document, node
    gc.collect()
    assert watch() is not None
    assert part.value == "alpine:3.20"
    del part
    gc.collect()
    assert watch() is None


def test_a_finding_keeps_its_report_and_document() -> None:
    finding = g.check("FROM alpine as base\n", rules=g.RuleSet.only("CHK002"))[0]
    gc.collect()
    assert finding.position() == (1, 1)
    assert finding.fixes[0].edits[0].text == "AS"


def test_a_command_keeps_its_build_and_document() -> None:
    command = g.parse("FROM alpine\nRUN echo hello\n").commands[0]
    gc.collect()
    assert command.arguments == ("echo", "hello")
    assert command.instruction.text == "RUN echo hello"


def test_nothing_waits_for_the_cycle_collector() -> None:
    gc.disable()
    try:
        document = g.parse("FROM alpine\nRUN true\n")
        watch = weakref.ref(document)
        assert len(document.stages) == 1
        assert document.instructions[0].children
        del document
        assert watch() is None
    finally:
        gc.enable()


def test_a_finalizer_in_a_cycle_reads_or_finds_it_closed() -> None:
    seen: list[str] = []

    class Last:
        def __init__(self, report: g.Report) -> None:
            self.itself = self
            self.report = report

        def __del__(self) -> None:
            try:
                seen.append(repr(self.report[0].message))
            except g.ClosedError:
                seen.append("closed")

    Last(g.check("FROM alpine\n"))  # the collector comes to the older report first
    gc.collect()
    assert seen == ["closed"]


def used_after_close(use: Callable[[g.Document], object]) -> None:
    document = g.parse("FROM alpine\n")
    document.close()
    use(document)


@pytest.mark.parametrize(
    "use",
    [
        lambda document: document.text,
        lambda document: document.data,
        lambda document: document.instructions,
        lambda document: document.root,
        lambda document: document.stages,
        lambda document: document.dump(),
        lambda document: g.check(document),
        lambda document: g.fix(document),
        lambda document: g.Edits(document),
        lambda document: document.__enter__(),
    ],
)
def test_a_closed_document_cannot_be_used(use: Callable[[g.Document], object]) -> None:
    with pytest.raises(g.ClosedError):
        used_after_close(use)


def test_what_was_made_from_a_closed_document_cannot_be_used() -> None:
    with g.parse("FROM alpine as base\nRUN true\n") as document:
        node = document.instructions[0]
        part = node.parts[0]
        stage = document.stages[0]
        command = document.commands[0]
        report = g.check(document)
        edits = g.Edits(document)
    assert document.closed
    assert repr(document) == "<Document, closed>"
    uses: list[Callable[[], object]] = [
        lambda: node.value,
        lambda: part.range,
        lambda: stage.base,
        lambda: command.program,
        lambda: len(report),
        edits.apply,
    ]
    for use in uses:
        with pytest.raises(g.ClosedError):
            use()


def test_closing_twice_is_harmless() -> None:
    document = g.parse("FROM alpine\n")
    document.close()
    document.close()


def everything() -> None:
    document = g.parse("FROM golang:1.22 as build\nRUN go build -o /app . && echo done\n" * 20)
    for node in document.walk():
        assert node.value is not None
    for command in document.commands:
        assert command.arguments
    report = g.check(document)
    for finding in report:
        assert finding.message
    report.render()
    g.fix(document).diff()
    edits = g.Edits(document)
    edits.set_image_tag(document.instructions[0], "1.25")
    edits.apply()
    with pytest.raises(g.GodockerfileError):
        edits.replace(7, 3, "")
    g.Project({"go.mod": "module example.org/app\n"})


def peak_kilobytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


def test_nothing_leaks() -> None:
    for _ in range(20):
        everything()
    before = peak_kilobytes()
    for _ in range(150):
        everything()
    # 150 documents with all that is made from them hold several tens of megabytes.
    assert peak_kilobytes() - before < 4096


def test_failures_do_not_leak() -> None:
    document = g.parse("FROM alpine\n")
    edits = g.Edits(document)
    large = "x" * 100_000

    def fail() -> None:
        with pytest.raises(g.InvalidArgumentError):
            edits.replace(5000, 5000, large)

    for _ in range(20):
        fail()
    before = peak_kilobytes()
    for _ in range(200):
        fail()
    assert peak_kilobytes() - before < 4096
