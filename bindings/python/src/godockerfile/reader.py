"""What the objects that read a document have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from . import capi

if TYPE_CHECKING:
    from .document import Document

__all__ = ["Reader"]

Handle = TypeVar("Handle")


class Reader(Generic[Handle]):
    """An object of the C API that reads a document and must go before it."""

    __slots__ = ("__weakref__", "_document", "_document_native", "_handle")

    def _attach(self, document: Document, handle: Handle) -> None:
        self._document = document
        self._document_native: capi.gdf_document | None = document.native
        self._handle: Handle | None = handle

    def __del__(self) -> None:
        self._handle = None
        self._document_native = None

    @property
    def document(self) -> Document:
        """The document that is read."""
        return self._document

    @property
    def native(self) -> Handle:
        """The object of the C API, for the modules of this package."""
        _ = self._document.native
        handle = self._handle
        assert handle is not None
        return handle
