"""The build context, as far as the caller tells of it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from threading import Lock

from . import capi
from .enums import Code
from .errors import InvalidArgumentError, ReadError, about
from .objects import Root
from .ranges import View

__all__ = ["Project"]


def _why_unreadable(path: str) -> OSError | None:
    """What the operating system says of a path, which the C library does not tell."""
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError as error:
        return error
    return None


class Project(Root):
    """Files of the build context. Rules that need to know them are silent without a project.

    All files are added before the project is used for the first time, by a check, a fix or
    `Build.copy_sources`. Any number of threads may use it.
    """

    __slots__ = ("_handle", "_is_used", "_lock")

    def __init__(self, files: Mapping[str, str | bytes] | None = None) -> None:
        self._handle = capi.gdf_project_create(None)
        self._lock = Lock()
        self._is_used = False
        for path, content in (files or {}).items():
            self.add_file(path, content)

    @classmethod
    def from_directory(cls, directory: str | os.PathLike[str]) -> Project:
        """The files below a directory (see `add_directory`)."""
        project = cls()
        project.add_directory(directory)
        return project

    @property
    def _native(self) -> capi.gdf_project:
        """The object of the C API, for a use."""
        with self._lock:
            self._is_used = True
            return self._handle

    def _changing(self) -> capi.gdf_project:
        if self._is_used:
            raise InvalidArgumentError("add the files of a project before it is used")
        return self._handle

    def add_file(self, path: str, content: str | bytes = b"") -> None:
        """Adds a file by its path from the context root, `/` between its parts.

        The content may be left out where only ignore files and module files matter.
        """
        with self._lock, about(f"file {path!r}"):
            capi.gdf_project_add_file(self._changing(), path, content)

    def add_directory(self, directory: str | os.PathLike[str]) -> None:
        """Adds all paths below a directory, and the contents of ignore files and module files.

        Symbolic links are not followed, `.git` is not entered. Raises ReadError when it cannot be
        read, LimitError when it holds more than 100,000 entries; what was read is kept.
        """
        path = os.fspath(directory)
        with self._lock:
            try:
                with about(f"directory {path!r}"):
                    capi.gdf_project_add_directory(self._changing(), os.fsencode(path))
            except ReadError as error:
                unreadable = capi.gdf_project_get_unreadable(self._handle)
                named = error
                if unreadable:
                    path = os.path.join(path, unreadable)
                    named = ReadError(f"{path!r}: {capi.gdf_status_message(Code.IO)}")
                named.filename = path
                cause = _why_unreadable(path)
                if cause:
                    named.errno = cause.errno
                raise named from cause

    @property
    def files(self) -> Sequence[str]:
        """The paths."""
        with self._lock:
            return View(capi.gdf_project_count_files(self._handle), self._path)

    def _path(self, index: int) -> str:
        with self._lock:
            return capi.gdf_project_get_path(self._handle, index)

    def __contains__(self, path: str) -> bool:
        with self._lock:
            return bool(capi.gdf_project_has_file(self._handle, path))

    def content(self, path: str) -> str:
        """Content of a file, "" when it is unknown."""
        with self._lock:
            return capi.gdf_project_get_content(self._handle, path)

    def ignore_file(self, dockerfile: str = "Dockerfile") -> str | None:
        """The ignore file that a build of that Dockerfile uses."""
        with self._lock:
            return capi.gdf_project_find_ignore_file(self._handle, dockerfile) or None

    def _show(self) -> str:
        return f", {len(self.files)} files"
