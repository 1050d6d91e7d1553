"""Stages, edges and commands."""

from __future__ import annotations

import godockerfile as g
from godockerfile import CommandFlags, EdgeKind, Operator, Options, WordFlags, WordRole


def test_stages(go_image: str) -> None:
    document = g.parse(go_image)
    build, final = document.stages
    assert (build.index, build.name, build.base) == (0, "build", "golang:1.25")
    assert build.root_image == "golang:1.25"
    assert build.workdir == "/src"
    assert (final.name, final.base, final.base_stage) == (None, "scratch", None)
    assert final.user == "1000:1000"
    assert final.environment == {"MODE": "production", "DEBUG": ""}
    assert build.is_reachable
    assert isinstance(final.instruction, g.From)
    assert final.instructions[0] == final.instruction
    assert document.build().target == final


def test_stages_are_found_as_copy_finds_them(go_image: str) -> None:
    build = g.Build(g.parse(go_image))
    assert build.find_stage("BUILD") == build.find_stage("0") == build.stages[0]
    assert build.find_stage("none") is None
    first, *_, last = build.document.instructions
    assert build.stage_of(first) is None
    assert build.stage_of(last) == build.stages[1]


def test_edges(go_image: str) -> None:
    edges = g.Build(g.parse(go_image)).edges
    copy = edges[-1]
    assert copy.kind is EdgeKind.COPY
    assert copy.stage is not None
    assert copy.source is not None
    assert (copy.stage.index, copy.source.name, copy.reference) == (1, "build", "build")
    assert isinstance(copy.instruction, g.Copy)


def test_inputs_of_the_build(go_image: str) -> None:
    document = g.parse(go_image)
    build = document.build(Options(build_args={"GO_VERSION": "1.24"}, target="build"))
    assert build.stages[0].base == "golang:1.24"
    assert build.target == build.stages[0]
    assert not build.stages[1].is_reachable
    assert document.stages[0].base == "golang:1.25"


def test_commands(go_image: str) -> None:
    document = g.parse(go_image)
    download, compile_, echo = document.commands[:3]
    assert download.arguments == ("go", "mod", "download")
    assert compile_.program == "go"
    assert compile_.arguments == ("go", "build", "-o", "/app", "./cmd/app")
    assert compile_.words[0].role is WordRole.ASSIGNMENT
    assert compile_.words[0].value == "CGO_ENABLED=0"
    assert echo.operator is Operator.AND
    assert echo.arguments == ("echo", "déjà vu")
    assert echo.words[1].text == '"déjà vu"'
    assert WordFlags.QUOTED in echo.words[1].traits
    assert echo.text == 'echo "déjà vu"'
    run = echo.instruction
    assert isinstance(run, g.Run)
    assert run.commands == (compile_, echo)
    assert document.build().is_shell_understood(run)


def test_commands_inside_commands() -> None:
    outer, inner = g.parse("FROM alpine\nRUN sh -c 'echo a'\n").commands
    assert inner.parent == outer
    assert CommandFlags.WRAPPER in outer.traits
    assert CommandFlags.WRAPPED in inner.traits
