"""A Dockerfile as a lossless tree."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Union

from . import capi
from .enums import ColumnUnit, DumpFormat, NodeKind, TokenKind
from .errors import ClosedError
from .node import Instruction, Node, make_instruction, make_node
from .objects import Frozen
from .options import Options, native_options
from .ranges import Position, Range, View
from .reader import Reading

if TYPE_CHECKING:
    from types import TracebackType

    from .build import Build, Command, Stage

__all__ = ["Document", "Problem", "Source", "Token", "parse"]

#: Text, bytes, or the path of a file to read.
Source = Union[str, bytes, "os.PathLike[str]"]


class Token(NamedTuple):
    """A run of bytes; all tokens together are the input."""

    kind: TokenKind
    range: Range


@dataclass(frozen=True)
class Problem:
    """Something that the builder refuses."""

    message: str
    range: Range


class Document(Frozen):
    """A parsed Dockerfile. It never changes, and any number of threads may read it.

    Memory is given back when the last object made from the document goes away. `close()`, which is
    also what leaving a `with` block does, ends its use at once; the memory goes with the last
    `Build`, `Report` and `Edits` made from it.
    """

    __slots__ = ("_build", "_data", "_handle", "_options")

    def __init__(self, source: Source, options: Options | None = None) -> None:
        if isinstance(source, str):
            data = source.encode("utf-8", "surrogateescape")
        elif isinstance(source, bytes):
            data = source
        else:
            path = os.fspath(source)
            with open(path, "rb") as file:
                data = file.read()
            if options is None or options.file_name is None:
                options = replace(options or Options(), file_name=path)
        self._data = data
        self._options = options
        self._build: Reading[capi.gdf_build] | None = None
        self._handle: capi.gdf_document | None = capi.gdf_document_parse(
            data, native_options(options)
        )

    @classmethod
    def parse(cls, source: Source, options: Options | None = None) -> Document:
        """The document of a text, of bytes, or of the file at a path (an `os.PathLike`).

        No content is an error: text that the builder refuses gives a tree and `problems`.
        """
        return cls(source, options)

    # ---- Life ----

    def close(self) -> None:
        """Ends the use of the document and of all that was made from it; see the class."""
        self._build = None
        self._handle = None
        self._data = b""

    @property
    def closed(self) -> bool:
        """True after `close()`."""
        return self._handle is None

    @property
    def _native(self) -> capi.gdf_document:
        """The object of the C API."""
        handle = self._handle
        if handle is None:
            raise ClosedError("the document is closed")
        return handle

    def __enter__(self) -> Document:
        _ = self._native
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _show(self) -> str:
        name = f" {self.file_name!r}" if self.file_name else ""
        return f"{name}, {len(self._data)} bytes, {len(self.instructions)} instructions"

    # ---- Text ----

    @property
    def options(self) -> Options | None:
        """The options it was parsed with; builds, checks and fixes use them unless told others."""
        return self._options

    @property
    def text(self) -> str:
        """The whole input; bytes that are no UTF-8 are surrogates (PEP 383)."""
        return capi.gdf_document_get_text(self._native)

    @property
    def data(self) -> bytes:
        """The whole input, byte for byte: what ranges count."""
        _ = self._native
        return self._data

    @property
    def file_name(self) -> str:
        """The name given in the options or the path that was read, or ""."""
        return capi.gdf_document_get_file_name(self._native)

    @property
    def escape(self) -> str:
        """The escape character in force."""
        return capi.gdf_document_get_escape(self._native)

    @property
    def line_end(self) -> str:
        """The line end most used in the input."""
        return capi.gdf_document_get_line_end(self._native)

    @property
    def lines(self) -> Sequence[str]:
        """The lines without their line ends."""
        return View(
            capi.gdf_document_count_lines(self._native),
            lambda index: capi.gdf_document_get_line_text(self._native, index + 1),
        )

    def slice(self, place: Range) -> str:
        """The text of a range."""
        return self.data[place.start : place.end].decode("utf-8", "surrogateescape")

    # ---- Positions ----

    def position(self, offset: int, unit: ColumnUnit = ColumnUnit.CODE_POINTS) -> Position:
        """Line and column of a byte."""
        handle = self._native
        return Position(
            capi.gdf_document_find_line(handle, offset),
            capi.gdf_document_find_column(handle, offset, ColumnUnit(unit)),
        )

    def offset(self, line: int, column: int, unit: ColumnUnit = ColumnUnit.CODE_POINTS) -> int:
        """The byte at a line and column, clamped to the line's and the input's end."""
        return capi.gdf_document_find_offset(self._native, line, column, ColumnUnit(unit))

    # ---- Tree ----

    @property
    def root(self) -> Node:
        """The node of the whole document."""
        return make_node(self, 1)

    @property
    def nodes(self) -> Sequence[Node]:
        """All nodes in document order, parents before children."""
        count = capi.gdf_document_count_nodes(self._native)
        return View(count, lambda index: make_node(self, index + 1))

    @property
    def instructions(self) -> Sequence[Instruction]:
        """The top-level instructions."""
        return View(
            capi.gdf_document_count_instructions(self._native),
            lambda index: make_instruction(
                self, capi.gdf_document_get_instruction(self._native, index)
            ),
        )

    @property
    def directives(self) -> dict[str, str]:
        """The parser directives ("syntax", "escape", "check") by lower-case name."""
        found: dict[str, str] = {}
        for child in self.root.children:
            if child.kind is NodeKind.DIRECTIVE:
                name = next(inner for inner in child.children if inner.kind is NodeKind.NAME)
                found[name.value.lower()] = child.value
        return found

    @property
    def tokens(self) -> Sequence[Token]:
        """The tokens, which tile the input."""
        return View(capi.gdf_document_count_tokens(self._native), self._token)

    def _token(self, index: int) -> Token:
        handle = self._native
        return Token(
            TokenKind(capi.gdf_document_get_token_kind(handle, index)),
            Range(
                capi.gdf_document_get_token_start(handle, index),
                capi.gdf_document_get_token_end(handle, index),
            ),
        )

    def node_at(self, offset: int) -> Node:
        """The innermost node that holds a byte; the root when no other does."""
        return make_node(self, capi.gdf_document_find_node(self._native, offset) or 1)

    def walk(self) -> Iterator[Node]:
        """All nodes in document order, parents before children."""
        return iter(self.nodes)

    def dump(self, form: DumpFormat = DumpFormat.TREE) -> str:
        """The tree as text: for people, as the builder prints it, or as JSON."""
        return capi.gdf_document_dump(self._native, DumpFormat(form))

    # ---- What the builder refuses ----

    @property
    def problems(self) -> Sequence[Problem]:
        """All that the builder would refuse while reading the file, in document order."""
        return View(capi.gdf_document_count_problems(self._native), self._problem)

    @property
    def builder_error(self) -> Problem | None:
        """The problem at which the builder itself stops."""
        index = capi.gdf_document_find_builder_error(self._native)
        problems = self.problems
        return problems[index] if index < len(problems) else None

    def _problem(self, index: int) -> Problem:
        handle = self._native
        return Problem(
            capi.gdf_document_get_problem_message(handle, index),
            Range(
                capi.gdf_document_get_problem_start(handle, index),
                capi.gdf_document_get_problem_end(handle, index),
            ),
        )

    # ---- The build ----

    def build(self, options: Options | None = None) -> Build:
        """What a build of the document would do; that of the document's own options is kept.

        Other options lie over those of the document.
        """
        from .build import Build, read_build

        if options is not None:
            return Build(self, options)
        _ = self._native
        reading = self._build
        if reading is None:
            self._build = reading = read_build(self, self._options)
        return Build._of(self, reading)

    @property
    def stages(self) -> Sequence[Stage]:
        """The stages of the build."""
        return self.build().stages

    @property
    def commands(self) -> Sequence[Command]:
        """The commands that the shell text of all instructions runs."""
        return self.build().commands


def parse(source: Source, options: Options | None = None) -> Document:
    """The document of a text, of bytes, or of the file at a path (an `os.PathLike`)."""
    return Document(source, options)
