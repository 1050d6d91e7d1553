"""Nodes of the tree, and the typed parts that instructions are made of.

All are small handles: they keep their document alive, and two of them are equal when they stand
for the same thing in the same document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from . import capi
from .enums import (
    ColumnUnit,
    ExpansionMode,
    InstructionKind,
    NodeFlags,
    NodeKind,
    PartFlags,
    PartKind,
)
from .objects import Shown
from .ranges import Position, Range, View

if TYPE_CHECKING:
    from .document import Document

__all__ = [
    "Compound",
    "Flag",
    "Image",
    "Instruction",
    "Node",
    "Part",
    "make_instruction",
    "make_node",
]


class _Handle(Shown):
    """A document and a number in it."""

    __slots__ = ("_document", "_id")

    def __init__(self, document: Document, number: int) -> None:
        self._document = document
        self._id = number

    @property
    def document(self) -> Document:
        """The document it belongs to."""
        return self._document

    @property
    def id(self) -> int:
        """Its number in the C API."""
        return self._id

    @property
    def range(self) -> Range:
        """Its bytes in the input."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """Its bytes as they stand in the input."""
        return self._document.slice(self.range)

    def position(self, unit: ColumnUnit = ColumnUnit.CODE_POINTS) -> Position:
        """Line and column of its first byte."""
        return self._document.position(self.range.start, unit)

    def end_position(self, unit: ColumnUnit = ColumnUnit.CODE_POINTS) -> Position:
        """Line and column of the byte behind its last one."""
        return self._document.position(self.range.end, unit)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Handle):
            return NotImplemented
        return (
            self._family() is other._family()
            and self._document is other._document
            and self._id == other._id
        )

    def __hash__(self) -> int:
        return hash((self._family(), id(self._document), self._id))

    @classmethod
    def _family(cls) -> type[_Handle]:
        return cls


class Node(_Handle):
    """A node: its kind, its range in the file and what it says."""

    __slots__ = ()

    @classmethod
    def _family(cls) -> type[_Handle]:
        return Node

    def _show(self) -> str:
        return f" {self.kind.name} {self.value!r} at {self.range.start}"

    @property
    def kind(self) -> NodeKind:
        """What the node is."""
        return NodeKind(capi.gdf_node_get_kind(self._document._native, self._id))

    @property
    def range(self) -> Range:
        """Its bytes; an instruction ends before its last line end, after its heredocs."""
        handle = self._document._native
        return Range(
            capi.gdf_node_get_start(handle, self._id), capi.gdf_node_get_end(handle, self._id)
        )

    @property
    def value(self) -> str:
        """What it says after continuations are joined and quotes resolved as the builder does."""
        return capi.gdf_node_get_value(self._document._native, self._id)

    @property
    def traits(self) -> NodeFlags:
        """How it is written: exec form, heredoc quoting and so on."""
        return NodeFlags(capi.gdf_node_get_flags(self._document._native, self._id))

    @property
    def first_line(self) -> int:
        """First line as the builder counts it."""
        return capi.gdf_node_get_first_line(self._document._native, self._id)

    @property
    def last_line(self) -> int:
        """Last line as the builder counts it."""
        return capi.gdf_node_get_last_line(self._document._native, self._id)

    @property
    def file_descriptor(self) -> int:
        """Of a heredoc node: the number in front of its `<<`, 0 when there is none."""
        return capi.gdf_node_get_file_descriptor(self._document._native, self._id)

    @property
    def parent(self) -> Node | None:
        """The node that holds it; None for the root."""
        number = capi.gdf_node_get_parent(self._document._native, self._id)
        return make_node(self._document, number) if number else None

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes directly inside it."""
        handle = self._document._native
        found = []
        child = capi.gdf_node_get_first_child(handle, self._id)
        while child:
            found.append(make_node(self._document, child))
            child = capi.gdf_node_get_next_sibling(handle, child)
        return tuple(found)

    def walk(self) -> Iterator[Node]:
        """The node and all below it in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


class Part(_Handle):
    """A part of an instruction: an image's tag, a COPY's destination, a flag's value…"""

    __slots__ = ()

    @classmethod
    def _family(cls) -> type[_Handle]:
        return Part

    def _show(self) -> str:
        return f" {self.kind.name} {self.value!r} at {self.range.start}"

    def __str__(self) -> str:
        return self.value

    @property
    def kind(self) -> PartKind:
        """What the part is."""
        return PartKind(capi.gdf_part_get_kind(self._document._native, self._id))

    @property
    def range(self) -> Range:
        """Its bytes in the input."""
        handle = self._document._native
        return Range(
            capi.gdf_part_get_start(handle, self._id), capi.gdf_part_get_end(handle, self._id)
        )

    @property
    def value(self) -> str:
        """As written after continuations are joined; variables are not expanded."""
        return capi.gdf_part_get_value(self._document._native, self._id)

    @property
    def traits(self) -> PartFlags:
        """How it is written: exactly its value, with a variable, as a heredoc."""
        return PartFlags(capi.gdf_part_get_flags(self._document._native, self._id))

    @property
    def expansion_mode(self) -> ExpansionMode:
        """What the builder does with its variables."""
        return ExpansionMode(capi.gdf_part_get_expansion_mode(self._document._native, self._id))

    @property
    def parent(self) -> Part | None:
        """The part that holds it."""
        return make_part(self._document, capi.gdf_part_get_parent(self._document._native, self._id))

    @property
    def instruction(self) -> Instruction:
        """The instruction it belongs to."""
        return make_instruction(
            self._document, capi.gdf_part_get_instruction(self._document._native, self._id)
        )

    def find(self, kind: PartKind, nth: int = 0) -> Part | None:
        """The nth part of a kind inside it, at any depth."""
        return make_part(
            self._document, capi.gdf_part_find(self._document._native, self._id, kind, nth)
        )

    def find_all(self, kind: PartKind) -> tuple[Part, ...]:
        """All parts of a kind inside it, at any depth."""
        inside = {self._id}
        found = []
        for part in self.instruction.parts:
            parent = capi.gdf_part_get_parent(self._document._native, part.id)
            if parent in inside:
                inside.add(part.id)
                if part.kind is kind:
                    found.append(part)
        return tuple(found)


class Compound(Shown):
    """A part that is made of named pieces."""

    __slots__ = ("_part",)

    def __init__(self, part: Part) -> None:
        self._part = part

    def _show(self) -> str:
        return f" {self.part.value!r}"

    def __str__(self) -> str:
        return self.part.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.part == other.part

    def __hash__(self) -> int:
        return hash(self.part)

    @property
    def part(self) -> Part:
        """The whole of it."""
        return self._part

    def _piece(self, kind: PartKind) -> str | None:
        return value_of(self.part.find(kind))


class Flag(Compound):
    """A `--name=value` of an instruction; `str()` gives it whole."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The name without dashes."""
        return self._piece(PartKind.FLAG_NAME) or ""

    @property
    def value(self) -> str | None:
        """What follows `=`; None for a flag without one."""
        return self._piece(PartKind.FLAG_VALUE)

    @property
    def options(self) -> dict[str, str]:
        """The key=value pairs of a --mount or --device; "" for a key without a value."""
        found = {}
        for option in self.part.find_all(PartKind.OPTION):
            key = value_of(option.find(PartKind.OPTION_KEY)) or ""
            found[key] = value_of(option.find(PartKind.OPTION_VALUE)) or ""
        return found


class Image(Compound):
    """An image reference; `str()` gives it whole."""

    __slots__ = ()

    @property
    def registry(self) -> str | None:
        """Host and port of the registry."""
        return self._piece(PartKind.IMAGE_REGISTRY)

    @property
    def repository(self) -> str | None:
        """Path of the repository without the registry."""
        return self._piece(PartKind.IMAGE_REPOSITORY)

    @property
    def tag(self) -> str | None:
        """What follows the last colon."""
        return self._piece(PartKind.IMAGE_TAG)

    @property
    def digest(self) -> str | None:
        """What follows the @, algorithm included."""
        return self._piece(PartKind.IMAGE_DIGEST)


class Instruction(Node):
    """An instruction. Each of the 18 has a class of its own in `instructions`."""

    __slots__ = ()
    _classes: dict[InstructionKind, type[Instruction]] = {}

    def __init_subclass__(cls, kind: InstructionKind | None = None) -> None:
        if kind is not None:
            Instruction._classes[kind] = cls

    def _show(self) -> str:
        return f" line {self.first_line}: {self.text!r}"

    @property
    def instruction_kind(self) -> InstructionKind:
        """Which instruction it is; UNKNOWN for a keyword that the builder does not know."""
        return InstructionKind(capi.gdf_node_get_instruction(self._document._native, self._id))

    @property
    def keyword(self) -> str:
        """The instruction's name as typed."""
        return next((node.value for node in self.children if node.kind is NodeKind.KEYWORD), "")

    @property
    def is_exec_form(self) -> bool:
        """True when its arguments are a JSON array."""
        return NodeFlags.JSON in self.traits

    @property
    def parts(self) -> Sequence[Part]:
        """All parts in document order, outer ones before those inside them."""
        return View(
            capi.gdf_instruction_count_parts(self._document._native, self._id),
            lambda index: Part(
                self._document,
                capi.gdf_instruction_get_part(self._document._native, self._id, index),
            ),
        )

    def find(self, kind: PartKind, nth: int = 0) -> Part | None:
        """The nth part of a kind, at any depth."""
        handle = self._document._native
        return make_part(
            self._document, capi.gdf_instruction_find_part(handle, self._id, kind, nth)
        )

    def find_all(self, kind: PartKind) -> tuple[Part, ...]:
        """All parts of a kind, at any depth."""
        return tuple(part for part in self.parts if part.kind is kind)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Its flags in the order they are written."""
        return tuple(Flag(part) for part in self.find_all(PartKind.FLAG))

    def flag(self, name: str, nth: int = 0) -> Flag | None:
        """The nth flag of a name (without dashes)."""
        handle = self._document._native
        part = make_part(
            self._document, capi.gdf_instruction_find_flag(handle, self._id, name, nth)
        )
        return Flag(part) if part else None

    @property
    def images(self) -> tuple[Image, ...]:
        """Every image reference: of FROM, of --from and of mounts."""
        return tuple(Image(part) for part in self.find_all(PartKind.IMAGE))

    @property
    def heredocs(self) -> tuple[Node, ...]:
        """The heredoc nodes of the instruction."""
        return tuple(node for node in self.children if node.kind is NodeKind.HEREDOC)


def value_of(part: Part | None) -> str | None:
    """The part's value, None for no part."""
    return part.value if part else None


def make_node(document: Document, number: int) -> Node:
    """The node of a number, as an Instruction when it is one."""
    if capi.gdf_node_get_kind(document._native, number) == NodeKind.INSTRUCTION:
        return make_instruction(document, number)
    return Node(document, number)


def make_instruction(document: Document, number: int) -> Instruction:
    """The instruction of a number, in the class of its kind."""
    kind = InstructionKind(capi.gdf_node_get_instruction(document._native, number))
    return Instruction._classes.get(kind, Instruction)(document, number)


def make_part(document: Document, number: int) -> Part | None:
    """The part of that number; None for 0."""
    return Part(document, number) if number else None
