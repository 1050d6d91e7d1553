"""Ignore files, and which files of the context a COPY takes."""

from __future__ import annotations

import godockerfile as g
from godockerfile import SourceKind


def test_patterns() -> None:
    text = "# logs\n*.log\n! /keep.log \n"
    ignore = g.IgnoreFile(text)
    assert ignore.error == ""
    logs, keep = ignore.patterns
    assert (logs.text, logs.is_exception, logs.line) == ("*.log", False, 2)
    assert (keep.is_exception, keep.line) == (True, 3)
    assert text[keep.range.start : keep.range.end] == "! /keep.log"


def test_the_last_match_decides() -> None:
    ignore = g.IgnoreFile("*.log\n!keep.log\n")
    assert "a.log" in ignore
    assert "keep.log" not in ignore
    deciding = ignore.deciding("keep.log")
    assert deciding is not None
    assert deciding.is_exception
    assert ignore.deciding("main.go") is None


def test_a_file_that_the_builder_refuses() -> None:
    ignore = g.IgnoreFile(b"a\n!\n")
    assert ignore.error == 'illegal exclusion pattern: "!"'
    assert "a" not in ignore


def test_files_of_a_copy() -> None:
    project = g.Project({"go.mod": "", "go.sum": "", "cmd/main.go": "", ".dockerignore": "go.sum"})
    document = g.parse("FROM scratch\nCOPY go.* c?d none /\nCOPY --from=a b /\n")
    build = g.Build(document)
    found = build.copy_sources(document.instructions[1], project)
    assert list(found.files) == ["cmd/main.go", "go.mod"]
    modules, commands, none = found.sources
    assert found.files["go.mod"] == modules
    assert found.files["cmd/main.go"] == commands
    assert found.missing == (none,)
    assert none.is_required
    assert str(none.part) == none.text == "none"
    (stage,) = build.copy_sources(document.instructions[2], project).sources
    assert stage.kind is SourceKind.STAGE
    assert build.copy_sources(document.instructions[1]).files == {}


def test_the_ignore_file_beside_a_dockerfile_whose_name_is_not_its_place_in_the_context() -> None:
    project = g.Project()
    project.add_file("secret")
    project.add_file("deploy/Dockerfile.dockerignore", "secret\n")
    options = g.Options(file_name="/home/build/deploy/Dockerfile", context_path="deploy/Dockerfile")
    document = g.parse("FROM scratch\nCOPY secret /\n", options)
    sources = document.build().copy_sources(document.instructions[1], project)
    assert [source.text for source in sources.missing] == ["secret"]
