"""Applying fixes. Every applied fix was proven by parsing and checking the result again."""

from __future__ import annotations

from typing import NamedTuple

from . import capi
from .document import Document, Source
from .enums import FixClass
from .objects import Frozen
from .options import Options, laid_over, native_options
from .project import Project
from .rules import Rule, RuleSet

__all__ = ["Applied", "Rewrite", "Withheld", "fix"]


class Applied(NamedTuple):
    """A fix that was made."""

    rule: Rule
    fix_class: FixClass
    title: str


class Withheld(NamedTuple):
    """A fix that was not made, because its proof failed."""

    rule: Rule
    reason: str


class Rewrite(Frozen):
    """The result of applying fixes."""

    __slots__ = ("_handle", "_options")

    def __init__(
        self,
        document: Document,
        rules: RuleSet | None = None,
        project: Project | None = None,
        options: Options | None = None,
    ) -> None:
        self._options = laid_over(document.options, options)
        self._handle = capi.gdf_rewrite_create(
            document._native,
            rules._native if rules else None,
            project._native if project else None,
            native_options(self._options),
        )

    def _show(self) -> str:
        return f", {len(self.applied)} fixes applied"

    @property
    def original(self) -> str:
        """The text before."""
        return capi.gdf_rewrite_get_original(self._handle)

    @property
    def text(self) -> str:
        """The text after."""
        return capi.gdf_rewrite_get_text(self._handle)

    @property
    def data(self) -> bytes:
        """The bytes after."""
        return self.text.encode("utf-8", "surrogateescape")

    @property
    def changed(self) -> bool:
        """True when the text changed."""
        return bool(capi.gdf_rewrite_is_changed(self._handle))

    @property
    def applied(self) -> tuple[Applied, ...]:
        """The fixes made, in order."""
        handle = self._handle
        return tuple(
            Applied(
                Rule(capi.gdf_rewrite_get_applied_rule(handle, index)),
                FixClass(capi.gdf_rewrite_get_applied_class(handle, index)),
                capi.gdf_rewrite_get_applied_title(handle, index),
            )
            for index in range(capi.gdf_rewrite_count_applied(handle))
        )

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """The fixes whose proof failed."""
        handle = self._handle
        return tuple(
            Withheld(
                Rule(capi.gdf_rewrite_get_withheld_rule(handle, index)),
                capi.gdf_rewrite_get_withheld_reason(handle, index),
            )
            for index in range(capi.gdf_rewrite_count_withheld(handle))
        )

    @property
    def files(self) -> dict[str, str]:
        """New files that fixes want in the build context: path from its root to content."""
        handle = self._handle
        return {
            capi.gdf_rewrite_get_file_name(handle, index): capi.gdf_rewrite_get_file_content(
                handle, index
            )
            for index in range(capi.gdf_rewrite_count_files(handle))
        }

    def diff(self, options: Options | None = None) -> str:
        """Unified diff from the original to the result; "" when nothing changed."""
        chosen = laid_over(self._options, options)
        return capi.gdf_rewrite_render_diff(self._handle, native_options(chosen))


def fix(
    source: Document | Source,
    *,
    rules: RuleSet | None = None,
    project: Project | None = None,
    options: Options | None = None,
) -> Rewrite:
    """Applies the fixes that the options allow; nothing is written to disk."""
    if not isinstance(source, Document):
        return Rewrite(Document(source, options), rules, project)
    return Rewrite(source, rules, project, options)
