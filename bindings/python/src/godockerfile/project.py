"""The build context, as far as the caller tells of it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from . import capi
from .objects import Root
from .ranges import View

__all__ = ["Project"]


class Project(Root):
    """Files of the build context. Rules that need to know them are silent without a project.

    Add all files before the project is used for a check; then threads may share it.
    """

    __slots__ = ("_handle",)

    def __init__(self, files: Mapping[str, str | bytes] | None = None) -> None:
        self._handle = capi.gdf_project_create(None)
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
        """The object of the C API."""
        return self._handle

    def add_file(self, path: str, content: str | bytes = b"") -> None:
        """Adds a file by its path from the context root; the content may be left out."""
        capi.gdf_project_add_file(self._handle, path, content)

    def add_directory(self, directory: str | os.PathLike[str]) -> None:
        """Adds all paths below a directory, and the contents of ignore files and module files.

        Raises ReadError when it cannot be read, LimitError when it holds too many files.
        """
        capi.gdf_project_add_directory(self._handle, os.fsencode(directory))

    @property
    def files(self) -> Sequence[str]:
        """The paths."""
        handle = self._handle
        return View(
            capi.gdf_project_count_files(handle),
            lambda index: capi.gdf_project_get_path(handle, index),
        )

    def __contains__(self, path: str) -> bool:
        return bool(capi.gdf_project_has_file(self._handle, path))

    def content(self, path: str) -> str:
        """Content of a file, "" when it is unknown."""
        return capi.gdf_project_get_content(self._handle, path)

    def ignore_file(self, dockerfile: str = "Dockerfile") -> str | None:
        """The ignore file that a build of that Dockerfile uses."""
        return capi.gdf_project_find_ignore_file(self._handle, dockerfile) or None

    def _show(self) -> str:
        return f", {len(self.files)} files"
