"""What words expand to where they stand, and where variables get their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import capi
from .enums import ExpansionMode, VariableOrigin, VariableState
from .node import Instruction, Part, make_part
from .ranges import Range

if TYPE_CHECKING:
    from .build import Build

__all__ = ["Expansion", "Reference", "Variable"]


class Variable(NamedTuple):
    """A variable as an instruction sees it.

    Attributes:
        name: Without `$`.
        state: Whether it has a value there.
        value: Empty unless the state is SET.
        origin: Who gives it its value.
        origin_part: The pair of the ENV or ARG that the value is written in; None when it is not in
            the file.
        declaration: The pair of the ENV or ARG that assigned or declared the name last.
    """

    name: str
    state: VariableState
    value: str
    origin: VariableOrigin
    origin_part: Part | None
    declaration: Part | None


class Reference(NamedTuple):
    """A `$name` or `${name…}` that was evaluated.

    Attributes:
        variable: What it stands for.
        range: Its bytes in the file; in the text, when a text was expanded.
    """

    variable: Variable
    range: Range


class Expansion(NamedTuple):
    """What the builder makes of a text.

    Attributes:
        mode: What the builder does with the text.
        text: The result; empty when the builder refuses the text or it grows over the limit.
        is_certain: False when the result hangs on something that is not known here.
        error: The builder's refusal in its words, or "".
        words: The words of EXPOSE; one word, the text, for everything else.
        references: In text order, outer ones before inner ones.
    """

    mode: ExpansionMode
    text: str
    is_certain: bool
    error: str
    words: tuple[str, ...]
    references: tuple[Reference, ...]

    def __str__(self) -> str:
        return self.text


def variable_of(build: Build, name: str, instruction: Instruction) -> Variable:
    """The variable in front of an instruction."""
    handle = build._native
    document = build.document
    place = instruction.id
    return Variable(
        name,
        VariableState(capi.gdf_build_get_variable_state(handle, place, name)),
        capi.gdf_build_get_variable_value(handle, place, name),
        VariableOrigin(capi.gdf_build_get_variable_origin(handle, place, name)),
        make_part(document, capi.gdf_build_get_variable_origin_part(handle, place, name)),
        make_part(document, capi.gdf_build_get_variable_declaration(handle, place, name)),
    )


def expand_part(build: Build, part: Part) -> Expansion:
    """The part as the builder expands it."""
    return _read(build, capi.gdf_expansion_create(build._native, part.id))


def expand_text(build: Build, text: str | bytes, instruction: Instruction) -> Expansion:
    """Any text as one word in front of an instruction."""
    return _read(build, capi.gdf_expansion_create_text(build._native, instruction.id, text))


def _read(build: Build, handle: capi.gdf_expansion) -> Expansion:
    return Expansion(
        ExpansionMode(capi.gdf_expansion_get_mode(handle)),
        capi.gdf_expansion_get_text(handle),
        bool(capi.gdf_expansion_is_certain(handle)),
        capi.gdf_expansion_get_error(handle),
        tuple(
            capi.gdf_expansion_get_word(handle, index)
            for index in range(capi.gdf_expansion_count_words(handle))
        ),
        tuple(
            _read_reference(build, handle, index)
            for index in range(capi.gdf_expansion_count_references(handle))
        ),
    )


def _read_reference(build: Build, handle: capi.gdf_expansion, index: int) -> Reference:
    document = build.document
    variable = Variable(
        capi.gdf_expansion_get_reference_name(handle, index),
        VariableState(capi.gdf_expansion_get_reference_state(handle, index)),
        capi.gdf_expansion_get_reference_value(handle, index),
        VariableOrigin(capi.gdf_expansion_get_reference_origin(handle, index)),
        make_part(document, capi.gdf_expansion_get_reference_origin_part(handle, index)),
        make_part(document, capi.gdf_expansion_get_reference_declaration(handle, index)),
    )
    start = capi.gdf_expansion_get_reference_start(handle, index)
    return Reference(variable, Range(start, capi.gdf_expansion_get_reference_end(handle, index)))
