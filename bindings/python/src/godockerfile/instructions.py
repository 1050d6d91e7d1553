"""The 18 instructions, each with the names that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .enums import InstructionKind, PartKind
from .node import Compound, Image, Instruction, Part, value_of

if TYPE_CHECKING:
    from .build import Command

__all__ = [
    "Add",
    "Arg",
    "Cmd",
    "Copy",
    "Entrypoint",
    "Env",
    "Expose",
    "From",
    "Healthcheck",
    "Image",
    "Label",
    "Maintainer",
    "Onbuild",
    "Pair",
    "Port",
    "Run",
    "Shell",
    "Stopsignal",
    "User",
    "Volume",
    "Workdir",
]


# ---- Compound parts ------------------------------------------------------------------------------


class Pair(Compound):
    """A NAME=VALUE of ENV, LABEL or ARG."""

    __slots__ = ()

    @property
    def key(self) -> str:
        """The name."""
        return self._piece(PartKind.KEY) or ""

    @property
    def value(self) -> str | None:
        """The value, quotes as written; None for an ARG without default."""
        return self._piece(PartKind.VALUE)


class Port(Compound):
    """A port of EXPOSE."""

    __slots__ = ()

    @property
    def number(self) -> str:
        """Number or range."""
        return self._piece(PartKind.PORT_NUMBER) or ""

    @property
    def protocol(self) -> str | None:
        """tcp, udp or sctp, when it is written."""
        return self._piece(PartKind.PORT_PROTOCOL)


# ---- Instructions --------------------------------------------------------------------------------


class From(Instruction, kind=InstructionKind.FROM):
    """FROM: starts a stage."""

    __slots__ = ()

    @property
    def image(self) -> Image | None:
        """The image or stage it is built on."""
        part = self.find(PartKind.IMAGE)
        return Image(part) if part else None

    @property
    def platform(self) -> str | None:
        """The value of --platform."""
        flag = self.flag("platform")
        return flag.value if flag else None

    @property
    def stage_name(self) -> str | None:
        """The name after AS, as written."""
        return value_of(self.find(PartKind.STAGE_NAME))


class _Files(Instruction):
    __slots__ = ()

    @property
    def sources(self) -> tuple[Part, ...]:
        """What is copied."""
        return self.find_all(PartKind.SOURCE)

    @property
    def destination(self) -> Part | None:
        """Where to."""
        return self.find(PartKind.DESTINATION)


class Add(_Files, kind=InstructionKind.ADD):
    """ADD: adds files, archives, URLs or git sources."""

    __slots__ = ()


class Copy(_Files, kind=InstructionKind.COPY):
    """COPY: copies files from the context, a stage or an image."""

    __slots__ = ()

    @property
    def source_stage(self) -> str | None:
        """The value of --from: a stage, an image or a named context."""
        flag = self.flag("from")
        return flag.value if flag else None


class _Program(Instruction):
    __slots__ = ()

    @property
    def shell_text(self) -> str | None:
        """The shell form's text; None for the exec form."""
        return value_of(self.find(PartKind.COMMAND))

    @property
    def arguments(self) -> tuple[str, ...]:
        """The elements of the exec form; empty for the shell form."""
        return tuple(part.value for part in self.find_all(PartKind.EXEC_ARGUMENT))

    @property
    def commands(self) -> tuple[Command, ...]:
        """The simple commands that it runs, at any depth of the shell text."""
        return self.document.build().commands_of(self)


class Run(_Program, kind=InstructionKind.RUN):
    """RUN: runs commands while building."""

    __slots__ = ()

    @property
    def mounts(self) -> tuple[dict[str, str], ...]:
        """The options of each --mount."""
        return tuple(flag.options for flag in self.flags if flag.name == "mount")


class Cmd(_Program, kind=InstructionKind.CMD):
    """CMD: the default command, or the default arguments of ENTRYPOINT."""

    __slots__ = ()


class Entrypoint(_Program, kind=InstructionKind.ENTRYPOINT):
    """ENTRYPOINT: the program that the container runs."""

    __slots__ = ()


class Healthcheck(_Program, kind=InstructionKind.HEALTHCHECK):
    """HEALTHCHECK: how the engine tests the container."""

    __slots__ = ()

    @property
    def type(self) -> str | None:
        """CMD or NONE."""
        return value_of(self.find(PartKind.HEALTHCHECK_TYPE))


class _Pairs(Instruction):
    __slots__ = ()

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """What it sets, in order."""
        return tuple(Pair(part) for part in self.find_all(PartKind.PAIR))


class Env(_Pairs, kind=InstructionKind.ENV):
    """ENV: sets environment variables."""

    __slots__ = ()


class Label(_Pairs, kind=InstructionKind.LABEL):
    """LABEL: adds metadata to the image."""

    __slots__ = ()


class Arg(_Pairs, kind=InstructionKind.ARG):
    """ARG: declares build arguments."""

    __slots__ = ()


class Expose(Instruction, kind=InstructionKind.EXPOSE):
    """EXPOSE: documents the ports of the service."""

    __slots__ = ()

    @property
    def ports(self) -> tuple[Port, ...]:
        """The ports in order."""
        return tuple(Port(part) for part in self.find_all(PartKind.PORT))


class User(Instruction, kind=InstructionKind.USER):
    """USER: user and group of what follows."""

    __slots__ = ()

    @property
    def user(self) -> str | None:
        """User name or number."""
        return value_of(self.find(PartKind.USER_NAME))

    @property
    def group(self) -> str | None:
        """Group name or number."""
        return value_of(self.find(PartKind.GROUP_NAME))


class Workdir(Instruction, kind=InstructionKind.WORKDIR):
    """WORKDIR: the working directory of what follows."""

    __slots__ = ()

    @property
    def path(self) -> str | None:
        """The directory as written."""
        return value_of(self.find(PartKind.PATH))


class Volume(Instruction, kind=InstructionKind.VOLUME):
    """VOLUME: mount points of volumes."""

    __slots__ = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The mount points as written."""
        return tuple(part.value for part in self.find_all(PartKind.PATH))


class Stopsignal(Instruction, kind=InstructionKind.STOPSIGNAL):
    """STOPSIGNAL: the signal that stops the container."""

    __slots__ = ()

    @property
    def signal(self) -> str | None:
        """Name or number."""
        return value_of(self.find(PartKind.SIGNAL))


class Shell(Instruction, kind=InstructionKind.SHELL):
    """SHELL: the shell of the shell form."""

    __slots__ = ()

    @property
    def arguments(self) -> tuple[str, ...]:
        """The program and its arguments."""
        return tuple(part.value for part in self.find_all(PartKind.EXEC_ARGUMENT))


class Onbuild(Instruction, kind=InstructionKind.ONBUILD):
    """ONBUILD: an instruction for images built on this one."""

    __slots__ = ()

    @property
    def trigger(self) -> Instruction | None:
        """The instruction inside it."""
        return next((node for node in self.children if isinstance(node, Instruction)), None)


class Maintainer(Instruction, kind=InstructionKind.MAINTAINER):
    """MAINTAINER: the author (deprecated)."""

    __slots__ = ()

    @property
    def author(self) -> str | None:
        """The text."""
        return value_of(self.find(PartKind.AUTHOR))
