"""What the objects of the package have in common."""

from __future__ import annotations

from typing import NoReturn, TypeVar

from .errors import ClosedError

__all__ = ["Frozen", "Root", "Shown"]

Self = TypeVar("Self")


class Shown:
    """Something whose repr tells what it is, also when its document is closed."""

    __slots__ = ()

    def __repr__(self) -> str:
        name = type(self).__name__
        try:
            return f"<{name}{self._show()}>"
        except ClosedError:
            return f"<{name}, closed>"

    def _show(self) -> str:
        """What stands behind the name of the class."""
        raise NotImplementedError


class Root(Shown):
    """Something that owns memory of the C library."""

    __slots__ = ("__weakref__",)

    def __reduce__(self) -> NoReturn:
        name = type(self).__name__
        raise TypeError(f"{name} cannot be copied or pickled: it is memory of the C library")


class Frozen(Root):
    """A root that never changes: it is its own copy."""

    __slots__ = ()

    def __copy__(self: Self) -> Self:
        return self

    def __deepcopy__(self: Self, memo: dict[int, object]) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        name = type(self).__name__
        raise TypeError(
            f"{name} cannot be pickled: it is memory of the C library; "
            "pickle the bytes it was made from instead"
        )
