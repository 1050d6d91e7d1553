"""The 18 instructions, each with the names that belong to it."""

from __future__ import annotations

from typing import TypeVar

import pytest

import godockerfile as g
from godockerfile import InstructionKind, NodeFlags, PartFlags, PartKind

T = TypeVar("T", bound=g.Instruction)


def one(text: str, kind: type[T]) -> T:
    instruction = g.parse(text).instructions[0]
    assert isinstance(instruction, kind)
    return instruction


def test_every_kind_has_a_class() -> None:
    known = {kind for kind in InstructionKind if kind}
    assert set(g.Instruction._classes) == known


def test_from() -> None:
    start = one("from --platform=linux/arm64 example.org/team/go:1.2@sha256:ab AS Build\n", g.From)
    assert start.keyword == "from"
    assert start.platform == "linux/arm64"
    assert start.stage_name == "Build"
    image = start.image
    assert image is not None
    assert str(image) == "example.org/team/go:1.2@sha256:ab"
    assert image.registry == "example.org"
    assert image.repository == "team/go"
    assert image.tag == "1.2"
    assert image.digest == "sha256:ab"


def test_from_without_more() -> None:
    start = one("FROM alpine\n", g.From)
    assert start.image is not None
    assert (start.platform, start.stage_name) == (None, None)
    assert (start.image.registry, start.image.tag, start.image.digest) == (None, None, None)


def test_copy() -> None:
    copy = one("COPY --from=build --chown=1000:2000 a b/ /c/\n", g.Copy)
    assert [str(source) for source in copy.sources] == ["a", "b/"]
    assert str(copy.destination) == "/c/"
    assert copy.source_stage == "build"
    assert [(flag.name, flag.value) for flag in copy.flags] == [
        ("from", "build"),
        ("chown", "1000:2000"),
    ]
    chown = copy.flag("chown")
    assert chown is not None
    assert chown.part.find(PartKind.GROUP_NAME) is not None
    assert copy.flag("chmod") is None


def test_a_flag_without_a_value() -> None:
    flag = one("COPY --link a /a\n", g.Copy).flag("link")
    assert flag is not None
    assert flag.value is None


def test_add_from_a_heredoc() -> None:
    add = one("ADD <<EOF /etc/motd\nhello\nEOF\n", g.Add)
    (heredoc,) = add.heredocs
    assert heredoc.value == "EOF"
    assert heredoc.children[0].value == "hello\n"
    assert PartFlags.HEREDOC in add.sources[0].traits


def test_run_in_shell_form() -> None:
    run = one("RUN --mount=type=cache,target=/root/.cache go vet \\\n  ./...\n", g.Run)
    assert run.shell_text == "go vet   ./..."
    assert run.arguments == ()
    assert run.mounts == ({"type": "cache", "target": "/root/.cache"},)
    assert not run.is_exec_form
    assert [command.arguments for command in run.commands] == [("go", "vet", "./...")]


def test_exec_form() -> None:
    start = one('ENTRYPOINT ["/app", "-v"]\n', g.Entrypoint)
    assert start.is_exec_form
    assert NodeFlags.JSON in start.traits
    assert start.arguments == ("/app", "-v")
    assert start.shell_text is None
    assert one("CMD serve\n", g.Cmd).shell_text == "serve"


def test_healthcheck() -> None:
    check = one("HEALTHCHECK --interval=5s CMD /app health\n", g.Healthcheck)
    interval = check.flag("interval")
    assert interval is not None
    assert interval.value == "5s"
    assert (check.type, check.shell_text) == ("CMD", "/app health")
    assert one("HEALTHCHECK NONE\n", g.Healthcheck).type == "NONE"


def test_pairs() -> None:
    env = one('ENV A=1 B="x y"\n', g.Env)
    assert [(pair.key, pair.value) for pair in env.pairs] == [("A", "1"), ("B", '"x y"')]
    assert [pair.value for pair in one("ARG NAME\n", g.Arg).pairs] == [None]
    assert [pair.key for pair in one("LABEL a.b=c\n", g.Label).pairs] == ["a.b"]


def test_ports() -> None:
    ports = one("EXPOSE 80 53/udp\n", g.Expose).ports
    assert [(port.number, port.protocol) for port in ports] == [("80", None), ("53", "udp")]


@pytest.mark.parametrize(("text", "user", "group"), [("app", "app", None), ("1:2", "1", "2")])
def test_user(text: str, user: str, group: str | None) -> None:
    instruction = one(f"USER {text}\n", g.User)
    assert (instruction.user, instruction.group) == (user, group)


def test_the_small_ones() -> None:
    assert one("WORKDIR /src\n", g.Workdir).path == "/src"
    assert one('VOLUME ["/a", "/b"]\n', g.Volume).paths == ("/a", "/b")
    assert one("STOPSIGNAL SIGTERM\n", g.Stopsignal).signal == "SIGTERM"
    assert one('SHELL ["/bin/bash", "-c"]\n', g.Shell).arguments == ("/bin/bash", "-c")
    assert one("MAINTAINER someone\n", g.Maintainer).author == "someone"


def test_onbuild() -> None:
    trigger = one("ONBUILD COPY a /a\n", g.Onbuild).trigger
    assert isinstance(trigger, g.Copy)
    assert str(trigger.destination) == "/a"


def test_parts_know_where_they_are() -> None:
    document = g.parse("FROM golang:1.25\n")
    instruction = document.instructions[0]
    tag = instruction.find(PartKind.IMAGE_TAG)
    assert tag is not None
    assert tag.text == tag.value == "1.25"
    assert tag.range == (12, 16)
    assert tag.parent == instruction.find(PartKind.IMAGE)
    assert tag.instruction == instruction
    assert PartFlags.EXACT in tag.traits
