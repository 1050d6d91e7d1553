"""What a build of a document would do: stages, edges, commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import capi
from .config import Config, config_of
from .copy_sources import CopySources, sources_of
from .enums import CommandFlags, EdgeKind, GraphFormat, Operator, WordFlags, WordRole
from .errors import InvalidArgumentError
from .expansion import Expansion, Variable, expand_part, expand_text, variable_of
from .node import Instruction, Part, make_instruction
from .objects import Frozen, Shown
from .options import Options, laid_over, native_options
from .project import Project
from .ranges import Range, View
from .reader import Reader, Reading

if TYPE_CHECKING:
    from .document import Document

__all__ = ["Build", "Command", "Edge", "Stage", "Word", "read_build"]


def read_build(document: Document, options: Options | None) -> Reading[capi.gdf_build]:
    """Works out the build of a document."""
    native = document._native
    return Reading(native, capi.gdf_build_create(native, native_options(options)))


class Build(Frozen, Reader["capi.gdf_build"]):
    """The build of a document with given inputs (build arguments, target, platform).

    Nothing is executed or fetched. It never changes, and any number of threads may read it.
    """

    __slots__ = ("_options",)

    def __init__(self, document: Document, options: Options | None = None) -> None:
        self._options = laid_over(document.options, options)
        self._attach(document, read_build(document, self._options))

    @classmethod
    def _of(cls, document: Document, reading: Reading[capi.gdf_build]) -> Build:
        build = cls.__new__(cls)
        build._options = document.options
        build._attach(document, reading)
        return build

    def _show(self) -> str:
        return f", {len(self.stages)} stages"

    @property
    def options(self) -> Options | None:
        """What the build was given."""
        return self._options

    # ---- Stages ----

    @property
    def stages(self) -> Sequence[Stage]:
        """The stages in file order."""
        count = capi.gdf_build_count_stages(self._native)
        return View(count, lambda index: Stage(self, index + 1))

    @property
    def target(self) -> Stage | None:
        """The stage that is built: the one named by the options, else the last."""
        return self._stage(capi.gdf_build_get_target(self._native))

    def find_stage(self, name: str) -> Stage | None:
        """The stage with that name, or index from "0", as COPY --from looks it up."""
        return self._stage(capi.gdf_build_find_stage_by_name(self._native, name))

    def stage_of(self, instruction: Instruction) -> Stage | None:
        """The stage an instruction belongs to; None before the first FROM."""
        self._check_owner(instruction)
        return self._stage(capi.gdf_build_find_stage(self._native, instruction.id))

    def _stage(self, number: int) -> Stage | None:
        return Stage(self, number) if number else None

    @property
    def edges(self) -> Sequence[Edge]:
        """Why stages need others and images; those of a base stage's ONBUILD behind FROM."""
        return View(
            capi.gdf_build_count_edges(self._native),
            lambda index: Edge(self, index),
        )

    def graph(self, form: GraphFormat = GraphFormat.TEXT) -> str:
        """What the stages take from where: for people, as JSON, or for Graphviz."""
        return capi.gdf_build_render_graph(self._native, GraphFormat(form))

    def config(self) -> Config:
        """The image config that the build would write, or the error that it would stop at."""
        return config_of(self)

    # ---- Variables ----

    def expand(self, part: Part) -> Expansion:
        """A part as the builder expands it in front of its instruction."""
        self._check_owner(part)
        return expand_part(self, part)

    def expand_text(self, text: str | bytes, instruction: Instruction) -> Expansion:
        """Any text as the builder would expand it, as one word, in front of an instruction."""
        self._check_owner(instruction)
        return expand_text(self, text, instruction)

    def variable(self, name: str, instruction: Instruction) -> Variable:
        """The variable of that name in front of an instruction."""
        self._check_owner(instruction)
        return variable_of(self, name, instruction)

    # ---- The build context ----

    def copy_sources(self, instruction: Instruction, project: Project | None = None) -> CopySources:
        """The sources of a COPY or ADD, and the files of the context that they take."""
        self._check_owner(instruction)
        return sources_of(self, project, instruction)

    def _check_owner(self, thing: Part | Instruction) -> None:
        if thing.document is not self._document:
            raise InvalidArgumentError(f"{thing!r} belongs to another document")

    # ---- Commands ----

    @property
    def commands(self) -> Sequence[Command]:
        """All commands in file order, outer ones before inner ones."""
        count = capi.gdf_build_count_commands(self._native)
        return View(count, lambda index: Command(self, index + 1))

    def commands_of(self, instruction: Instruction) -> tuple[Command, ...]:
        """The commands of one instruction."""
        self._check_owner(instruction)
        handle = self._native
        first = capi.gdf_build_find_command(handle, instruction.id)
        count = capi.gdf_build_count_instruction_commands(handle, instruction.id)
        return tuple(Command(self, first + index) for index in range(count))

    def is_shell_understood(self, instruction: Instruction) -> bool:
        """True when the shell text of the instruction was understood as a whole."""
        self._check_owner(instruction)
        return bool(capi.gdf_build_is_shell_understood(self._native, instruction.id))


class _Inner(Shown):
    """A thing of one build, by number."""

    __slots__ = ("_build", "_id")

    def __init__(self, build: Build, number: int) -> None:
        self._build = build
        self._id = number

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Inner)
            and type(self) is type(other)
            and self._build._reading is other._build._reading
            and self._id == other._id
        )

    def __hash__(self) -> int:
        return hash((type(self), self._id))

    @property
    def build(self) -> Build:
        """The build it belongs to."""
        return self._build


class Stage(_Inner):
    """A stage."""

    __slots__ = ()

    def _show(self) -> str:
        return f" {self.index} {self.name or ''!r} on {self.base!r}"

    @property
    def index(self) -> int:
        """Its number from 0, as COPY --from counts."""
        return self._id - 1

    @property
    def name(self) -> str | None:
        """Its name in lower case, as the builder keeps it."""
        return capi.gdf_stage_get_name(self._build._native, self._id) or None

    @property
    def instruction(self) -> Instruction:
        """Its FROM."""
        number = capi.gdf_stage_get_instruction(self._build._native, self._id)
        return make_instruction(self._build.document, number)

    @property
    def instructions(self) -> Sequence[Instruction]:
        """Its instructions, FROM included."""
        return View(
            capi.gdf_stage_count_instructions(self._build._native, self._id),
            lambda index: make_instruction(
                self._build.document,
                capi.gdf_stage_get_instruction_at(self._build._native, self._id, index),
            ),
        )

    @property
    def base(self) -> str:
        """What FROM names after expansion of global ARGs."""
        return capi.gdf_stage_get_base(self._build._native, self._id)

    @property
    def base_stage(self) -> Stage | None:
        """The stage that FROM names; None for an image."""
        return self._build._stage(capi.gdf_stage_get_base_stage(self._build._native, self._id))

    @property
    def root_image(self) -> str:
        """The image at the root of the chain of FROMs; "" when it is not known."""
        return capi.gdf_stage_get_root_image(self._build._native, self._id)

    @property
    def platform(self) -> str | None:
        """--platform after expansion."""
        return capi.gdf_stage_get_platform(self._build._native, self._id) or None

    @property
    def is_reachable(self) -> bool:
        """True when a build of the target evaluates it."""
        return bool(capi.gdf_stage_is_reachable(self._build._native, self._id))

    @property
    def is_base_unknown(self) -> bool:
        """True when something in the base reference has no known value."""
        return bool(capi.gdf_stage_is_base_unknown(self._build._native, self._id))

    @property
    def user(self) -> str:
        """Effective USER at its end; "" when the base image decides and is not known."""
        return capi.gdf_stage_get_user(self._build._native, self._id)

    @property
    def workdir(self) -> str:
        """Effective WORKDIR at its end; "" when the base image decides and is not known."""
        return capi.gdf_stage_get_workdir(self._build._native, self._id)

    @property
    def environment(self) -> dict[str, str]:
        """Environment at its end, without what only the base image sets."""
        handle = self._build._native
        return {
            capi.gdf_stage_get_environment_name(
                handle, self._id, index
            ): capi.gdf_stage_get_environment_value(handle, self._id, index)
            for index in range(capi.gdf_stage_count_environment(handle, self._id))
        }


class Edge(_Inner):
    """Why a stage needs another one, or an image."""

    __slots__ = ()

    def _show(self) -> str:
        return f" {self.kind.name} {self.reference!r}"

    @property
    def kind(self) -> EdgeKind:
        """FROM, COPY --from or a mount."""
        return EdgeKind(capi.gdf_build_get_edge_kind(self._build._native, self._id))

    @property
    def stage(self) -> Stage | None:
        """The stage that needs something."""
        return self._build._stage(capi.gdf_build_get_edge_stage(self._build._native, self._id))

    @property
    def source(self) -> Stage | None:
        """The stage it needs; None when it is an image or a named context."""
        return self._build._stage(capi.gdf_build_get_edge_source(self._build._native, self._id))

    @property
    def reference(self) -> str:
        """The reference as expanded."""
        return capi.gdf_build_get_edge_reference(self._build._native, self._id)

    @property
    def instruction(self) -> Instruction:
        """The instruction that makes the edge."""
        number = capi.gdf_build_get_edge_instruction(self._build._native, self._id)
        return make_instruction(self._build.document, number)


class Word(_Inner):
    """A word of a command."""

    __slots__ = ()

    def _show(self) -> str:
        return f" {self.value!r}"

    def __str__(self) -> str:
        return self.value

    @property
    def range(self) -> Range:
        """Its bytes in the input."""
        handle = self._build._native
        return Range(
            capi.gdf_word_get_start(handle, self._id), capi.gdf_word_get_end(handle, self._id)
        )

    @property
    def text(self) -> str:
        """Its bytes as they stand in the input."""
        return self._build.document.slice(self.range)

    @property
    def value(self) -> str:
        """Quotes and escapes resolved, expansions left as written."""
        return capi.gdf_word_get_value(self._build._native, self._id)

    @property
    def role(self) -> WordRole:
        """Argument, assignment or target of a redirection."""
        return WordRole(capi.gdf_word_get_role(self._build._native, self._id))

    @property
    def traits(self) -> WordFlags:
        """How it is written."""
        return WordFlags(capi.gdf_word_get_flags(self._build._native, self._id))


class Command(_Inner):
    """A simple command."""

    __slots__ = ()

    def _show(self) -> str:
        return f" {self.text!r}"

    @property
    def range(self) -> Range:
        """Its bytes in the input."""
        handle = self._build._native
        return Range(
            capi.gdf_command_get_start(handle, self._id), capi.gdf_command_get_end(handle, self._id)
        )

    @property
    def text(self) -> str:
        """Its bytes as they stand in the input."""
        return self._build.document.slice(self.range)

    @property
    def instruction(self) -> Instruction:
        """The instruction it stands in."""
        number = capi.gdf_command_get_instruction(self._build._native, self._id)
        return make_instruction(self._build.document, number)

    @property
    def program(self) -> str:
        """Base name of the program when it is literal, else ""."""
        return capi.gdf_command_get_program(self._build._native, self._id)

    @property
    def parent(self) -> Command | None:
        """The command whose wrapper, substitution or script holds it."""
        number = capi.gdf_command_get_parent(self._build._native, self._id)
        return Command(self._build, number) if number else None

    @property
    def operator(self) -> Operator:
        """What stands between it and the command before it."""
        return Operator(capi.gdf_command_get_operator(self._build._native, self._id))

    @property
    def traits(self) -> CommandFlags:
        """Where it stands: in a subshell, a condition, a loop…"""
        return CommandFlags(capi.gdf_command_get_flags(self._build._native, self._id))

    @property
    def words(self) -> Sequence[Word]:
        """Its words in text order: assignments, name, arguments, targets of redirections."""
        return View(
            capi.gdf_command_count_words(self._build._native, self._id),
            lambda index: Word(
                self._build, capi.gdf_command_get_word(self._build._native, self._id, index)
            ),
        )

    @property
    def arguments(self) -> tuple[str, ...]:
        """The values of its name and arguments."""
        return tuple(word.value for word in self.words if word.role is WordRole.ARGUMENT)
