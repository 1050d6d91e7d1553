"""Ignore files (.dockerignore)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from . import capi
from .objects import Frozen
from .ranges import Range, View

__all__ = ["IgnoreFile", "IgnorePattern"]


class IgnorePattern(NamedTuple):
    """A pattern of an ignore file.

    Attributes:
        text: As the builder compares it: clean, no slash in front, no `!`.
        is_exception: True when it begins with `!`: it brings paths back.
        range: Its bytes in the file, blanks around it left out.
        line: From 1.
    """

    text: str
    is_exception: bool
    range: Range
    line: int


class IgnoreFile(Frozen):
    """An ignore file as the builder reads it.

    >>> ".git/config" in IgnoreFile(".git")
    True
    """

    __slots__ = ("_handle",)

    def __init__(self, text: str | bytes) -> None:
        self._handle = capi.gdf_ignore_parse(text, None)

    @property
    def error(self) -> str:
        """Why the builder refuses the file, in its words, or "". Then nothing is left out."""
        return capi.gdf_ignore_get_error(self._handle)

    @property
    def patterns(self) -> Sequence[IgnorePattern]:
        """The patterns in file order."""
        return View(capi.gdf_ignore_count_patterns(self._handle), self._pattern)

    def _pattern(self, index: int) -> IgnorePattern:
        handle = self._handle
        start = capi.gdf_ignore_get_pattern_start(handle, index)
        return IgnorePattern(
            capi.gdf_ignore_get_pattern(handle, index),
            bool(capi.gdf_ignore_is_exception(handle, index)),
            Range(start, capi.gdf_ignore_get_pattern_end(handle, index)),
            capi.gdf_ignore_get_pattern_line(handle, index),
        )

    def __contains__(self, path: str) -> bool:
        """True when the file or directory is left out of the context."""
        return bool(capi.gdf_ignore_match(self._handle, path))

    def deciding(self, path: str) -> IgnorePattern | None:
        """The pattern that decides on the path: the last one that matches it or a parent."""
        index = capi.gdf_ignore_find_pattern(self._handle, path)
        return self.patterns[index] if index < len(self.patterns) else None

    def _show(self) -> str:
        return f", {len(self.patterns)} patterns"
