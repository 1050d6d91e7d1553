"""Places in a document, and sequences that are read from the library item by item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable, NamedTuple, TypeVar, overload

from .errors import ClosedError

__all__ = ["Position", "Range", "View"]

T = TypeVar("T")


class Range(NamedTuple):
    """Bytes of the input from `start` up to, not including, `end`."""

    start: int
    end: int


class Position(NamedTuple):
    """A place as people count it: both numbers start at 1."""

    line: int
    column: int


class View(Sequence[T]):
    """A read-only sequence whose items are made when they are asked for."""

    __slots__ = ("_at", "_count")

    def __init__(self, count: int, at: Callable[[int], T]) -> None:
        self._count = count
        self._at = at

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self._at(number) for number in range(self._count)[index]]
        try:
            return self._at(range(self._count)[index])
        except IndexError:
            raise IndexError(f"index {index} of {self._count} items") from None

    def __repr__(self) -> str:
        try:
            return repr(list(self))
        except ClosedError:
            return "<View, closed>"
