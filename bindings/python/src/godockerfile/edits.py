"""Changes to a document, in the file's own style: the rest stays as it is, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from . import capi
from .document import Document
from .errors import InvalidArgumentError, about
from .node import Instruction, Part
from .ranges import Range, View
from .reader import Reader, Reading
from .report import TextEdit

__all__ = ["Edits"]


class Edits(Reader["capi.gdf_edits"], Sequence[TextEdit]):
    """A list of changes that are applied at once; the document itself never changes.

    A change that overlaps an earlier one raises ConflictError; one that cannot be made where it is
    asked for, because the node is of another kind or the value cannot stand there, raises
    InvalidArgumentError. Both leave the list as it was. One thread at a time may change a list.
    """

    __slots__ = ()

    def __init__(self, document: Document) -> None:
        native = document._native
        self._attach(document, Reading(native, capi.gdf_edits_create(native)))

    def __len__(self) -> int:
        return capi.gdf_edits_count(self._native)

    @overload
    def __getitem__(self, index: int) -> TextEdit: ...
    @overload
    def __getitem__(self, index: slice) -> list[TextEdit]: ...
    def __getitem__(self, index: int | slice) -> TextEdit | list[TextEdit]:
        return View(len(self), self._edit)[index]

    def _edit(self, index: int) -> TextEdit:
        handle = self._native
        return TextEdit(
            Range(capi.gdf_edits_get_start(handle, index), capi.gdf_edits_get_end(handle, index)),
            capi.gdf_edits_get_text(handle, index),
        )

    def _show(self) -> str:
        return f" {list(self)!r}"

    # ---- Bytes ----

    def replace(self, start: int, end: int, text: str | bytes) -> None:
        """Replaces bytes; an empty range inserts, an empty text removes."""
        with about("replace"):
            capi.gdf_edits_replace(self._native, start, end, text)

    # ---- The tree ----

    def set_part(self, part: Part, value: str | bytes) -> None:
        """Replaces the value of a part that stands in the file as it is (PartFlags.EXACT)."""
        with about("part"):
            capi.gdf_edits_set_part(self._native, self._own(part), value)

    def set_image_tag(self, instruction: Instruction, tag: str) -> None:
        """Sets or adds the tag of a FROM; a digest is removed, since it names another image."""
        with about("image tag"):
            capi.gdf_edits_set_image_tag(self._native, self._own(instruction), tag)

    def set_image_digest(self, instruction: Instruction, digest: str) -> None:
        """Sets or adds the digest ("sha256:…") of a FROM, keeping the tag."""
        with about("image digest"):
            capi.gdf_edits_set_image_digest(self._native, self._own(instruction), digest)

    def set_stage_name(self, instruction: Instruction, name: str) -> None:
        """Sets or adds the stage name of a FROM; references to an old name are not changed."""
        with about("stage name"):
            capi.gdf_edits_set_stage_name(self._native, self._own(instruction), name)

    def set_flag(self, instruction: Instruction, name: str, value: str | bytes | None) -> None:
        """Sets `--name=value`, replacing the first flag of that name; None writes `--name` alone.

        The value is what the builder shall read: it is quoted as needed.
        """
        number = self._own(instruction)
        with about(f"flag {name!r}"):
            if value is None:
                capi.gdf_edits_set_bare_flag(self._native, number, name)
            else:
                capi.gdf_edits_set_flag(self._native, number, name, value)

    def remove_flag(self, instruction: Instruction, name: str) -> None:
        """Removes every flag of that name."""
        with about(f"flag {name!r}"):
            capi.gdf_edits_remove_flag(self._native, self._own(instruction), name)

    def set_pair(self, instruction: Instruction, key: str, value: str | bytes) -> None:
        """Sets the value of a name that an ENV, LABEL or ARG has, quoting it as needed."""
        with about(f"pair {key!r}"):
            capi.gdf_edits_set_pair(self._native, self._own(instruction), key, value)

    def insert_before(self, instruction: Instruction, text: str | bytes) -> None:
        """Inserts lines in front of an instruction and the comments attached to it."""
        with about("insert"):
            capi.gdf_edits_insert_before(self._native, self._own(instruction), text)

    def insert_after(self, instruction: Instruction, text: str | bytes) -> None:
        """Inserts lines behind an instruction."""
        with about("insert"):
            capi.gdf_edits_insert_after(self._native, self._own(instruction), text)

    def remove(self, instruction: Instruction) -> None:
        """Removes an instruction with its lines; comments above it stay."""
        with about("remove"):
            capi.gdf_edits_remove_instruction(self._native, self._own(instruction))

    def _own(self, handle: Instruction | Part) -> int:
        if handle.document is not self._document:
            raise InvalidArgumentError(f"{handle!r} belongs to another document")
        return handle.id

    # ---- Result ----

    def apply(self) -> str:
        """The document's text with all changes made."""
        return capi.gdf_edits_apply(self._native)
