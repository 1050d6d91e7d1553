"""Which files of the build context a COPY or ADD takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import capi
from .enums import SourceKind
from .node import Instruction, Part, make_part
from .project import Project

if TYPE_CHECKING:
    from .build import Build

__all__ = ["CopySource", "CopySources"]


class CopySource(NamedTuple):
    """A source of COPY or ADD.

    Attributes:
        kind: Where it lies.
        text: Its path after expansion.
        part: The part of the instruction that it is written in.
        is_found: True when a source of kind CONTEXT is or holds a file of the context.
        is_required: True when the builder fails unless it is there.
    """

    kind: SourceKind
    text: str
    part: Part | None
    is_found: bool
    is_required: bool


class CopySources(NamedTuple):
    """The sources of an instruction in a build context.

    Attributes:
        sources: In the order in which they are written.
        files: Every file that is taken, in the order of their paths, with the first source that
            takes it.
    """

    sources: tuple[CopySource, ...]
    files: dict[str, CopySource]

    @property
    def missing(self) -> tuple[CopySource, ...]:
        """The sources of the context that take nothing because nothing is there."""
        return tuple(
            source
            for source in self.sources
            if source.kind is SourceKind.CONTEXT and not source.is_found
        )


def sources_of(build: Build, project: Project | None, instruction: Instruction) -> CopySources:
    """Looks for the sources of an instruction as the builder does."""
    handle = capi.gdf_copy_sources_create(
        build._native, project._native if project is not None else None, instruction.id
    )
    sources = tuple(
        CopySource(
            SourceKind(capi.gdf_copy_sources_get_kind(handle, index)),
            capi.gdf_copy_sources_get_text(handle, index),
            make_part(build.document, capi.gdf_copy_sources_get_part(handle, index)),
            bool(capi.gdf_copy_sources_is_found(handle, index)),
            bool(capi.gdf_copy_sources_is_required(handle, index)),
        )
        for index in range(capi.gdf_copy_sources_count(handle))
    )
    files = {
        capi.gdf_copy_sources_get_file(handle, index): sources[
            capi.gdf_copy_sources_get_file_source(handle, index)
        ]
        for index in range(capi.gdf_copy_sources_count_files(handle))
    }
    return CopySources(sources, files)
