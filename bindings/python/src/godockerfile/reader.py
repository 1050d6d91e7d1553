"""What the objects that read a document have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from . import capi
from .errors import ClosedError
from .objects import Root

if TYPE_CHECKING:
    from .document import Document

__all__ = ["Reader", "Reading"]

Handle = TypeVar("Handle")


class Reading(Generic[Handle]):
    """An object of the C API and the document that it reads, which must be freed after it."""

    __slots__ = ("document", "handle")

    def __init__(self, document: capi.gdf_document, handle: Handle) -> None:
        self.document: capi.gdf_document | None = document
        self.handle: Handle | None = handle

    def __del__(self) -> None:
        self.handle = None
        self.document = None


class Reader(Root, Generic[Handle]):
    """An object that reads a document and cannot be used once that is closed."""

    __slots__ = ("_document", "_reading")

    def _attach(self, document: Document, reading: Reading[Handle]) -> None:
        self._document = document
        self._reading = reading

    @property
    def document(self) -> Document:
        """The document that is read."""
        return self._document

    @property
    def _native(self) -> Handle:
        """The object of the C API."""
        _ = self._document._native
        handle = self._reading.handle
        if handle is None:  # the collector has been here before a finalizer of the same cycle
            raise ClosedError(f"{type(self).__name__} was freed")
        return handle
