"""The exceptions of the package.

Broken Dockerfiles raise nothing: they give a tree and findings. What raises is lack of memory
(`MemoryError`), a wrong argument, an edit that cannot be made, and use after `close()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from .enums import Code

__all__ = [
    "ClosedError",
    "ConflictError",
    "GodockerfileError",
    "InvalidArgumentError",
    "LimitError",
    "ReadError",
    "UnknownNameError",
]


class GodockerfileError(Exception):
    """What all errors of the library have in common."""

    code: Code = Code.OK


class InvalidArgumentError(GodockerfileError, ValueError):
    """A value outside its documented range, or a node that is not of the kind that is needed."""

    code = Code.ARGUMENT


class ClosedError(InvalidArgumentError):
    """The document was closed before."""


class ConflictError(GodockerfileError):
    """An edit overlaps an earlier one of the same list."""

    code = Code.CONFLICT


class LimitError(GodockerfileError):
    """A limit of the options was reached."""

    code = Code.LIMIT


class ReadError(GodockerfileError, OSError):
    """A file or directory could not be read."""

    code = Code.IO


class UnknownNameError(GodockerfileError, LookupError):
    """There is no rule, option or profile of that name."""

    code = Code.UNKNOWN


_CLASSES: dict[int, type[GodockerfileError]] = {
    error.code: error
    for error in (InvalidArgumentError, ConflictError, LimitError, ReadError, UnknownNameError)
}


def error_of(status: int, message: str) -> Exception:
    """The exception for a status of the C API; called by the extension module."""
    if status == Code.MEMORY:
        return MemoryError(message)
    return _CLASSES.get(status, GodockerfileError)(message)


@contextmanager
def about(what: str) -> Iterator[None]:
    """Puts in front of an error what it is about."""
    try:
        yield
    except GodockerfileError as error:
        raise type(error)(f"{what}: {error}") from None
