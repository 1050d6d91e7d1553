"""Checking a document: findings, each with its place, its reason and its fixes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, overload

from . import capi
from .document import Document, Source
from .enums import ColumnUnit, FixClass, ReportFormat, Severity
from .objects import Frozen, Shown
from .options import Options, laid_over, native_options
from .project import Project
from .ranges import Position, Range, View
from .reader import Reader, Reading
from .rules import Rule, RuleSet

__all__ = ["Finding", "Fix", "Related", "Report", "TextEdit", "check"]


class TextEdit(NamedTuple):
    """Bytes of a document and what to write instead."""

    range: Range
    text: str


class Related(NamedTuple):
    """Another place that matters for a finding."""

    range: Range
    message: str


class _Inner(Shown):
    """A thing of one report, by number."""

    __slots__ = ("_id", "_report")

    def __init__(self, report: Report, number: int) -> None:
        self._report = report
        self._id = number

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Inner)
            and type(self) is type(other)
            and self._report is other._report
            and self._id == other._id
        )

    def __hash__(self) -> int:
        return hash((type(self), self._id))


class Fix(_Inner):
    """A way to make a finding go away. All edits of a fix belong together."""

    __slots__ = ()

    def _show(self) -> str:
        return f" {self.fix_class.name} {self.title!r}"

    @property
    def fix_class(self) -> FixClass:
        """What the fix promises."""
        return FixClass(capi.gdf_fix_get_class(self._report._native, self._id))

    @property
    def title(self) -> str:
        """What it does, one imperative sentence."""
        return capi.gdf_fix_get_title(self._report._native, self._id)

    @property
    def file(self) -> str | None:
        """Name of the new file it writes instead of editing the Dockerfile (text of edit 0)."""
        return capi.gdf_fix_get_file(self._report._native, self._id) or None

    @property
    def edits(self) -> tuple[TextEdit, ...]:
        """The replacements, sorted, not overlapping."""
        handle = self._report._native
        return tuple(
            TextEdit(
                Range(
                    capi.gdf_fix_get_edit_start(handle, self._id, index),
                    capi.gdf_fix_get_edit_end(handle, self._id, index),
                ),
                capi.gdf_fix_get_edit_text(handle, self._id, index),
            )
            for index in range(capi.gdf_fix_count_edits(handle, self._id))
        )


class Finding(_Inner):
    """Something that is wrong, with its place."""

    __slots__ = ()

    def _show(self) -> str:
        return f" {self.code} line {self.position().line}: {self.message!r}"

    @property
    def rule(self) -> Rule:
        """The rule that it breaks."""
        return Rule(capi.gdf_finding_get_rule(self._report._native, self._id))

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return Severity(capi.gdf_finding_get_severity(self._report._native, self._id))

    @property
    def range(self) -> Range:
        """Its bytes in the document."""
        handle = self._report._native
        return Range(
            capi.gdf_finding_get_start(handle, self._id), capi.gdf_finding_get_end(handle, self._id)
        )

    def position(self, unit: ColumnUnit = ColumnUnit.CODE_POINTS) -> Position:
        """Line and column of its first byte."""
        return self._report.document.position(self.range.start, unit)

    def end_position(self, unit: ColumnUnit = ColumnUnit.CODE_POINTS) -> Position:
        """Line and column of the byte behind its last one."""
        return self._report.document.position(self.range.end, unit)

    @property
    def message(self) -> str:
        """What is wrong, with the words of the file."""
        return capi.gdf_finding_get_message(self._report._native, self._id)

    @property
    def note(self) -> str:
        """Why no fix is offered although the rule has one, or ""."""
        return capi.gdf_finding_get_note(self._report._native, self._id)

    @property
    def related(self) -> tuple[Related, ...]:
        """Other places that matter."""
        handle = self._report._native
        return tuple(
            Related(
                Range(
                    capi.gdf_finding_get_related_start(handle, self._id, index),
                    capi.gdf_finding_get_related_end(handle, self._id, index),
                ),
                capi.gdf_finding_get_related_message(handle, self._id, index),
            )
            for index in range(capi.gdf_finding_count_related(handle, self._id))
        )

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """Alternative fixes; the first is preferred."""
        handle = self._report._native
        return tuple(
            Fix(self._report, capi.gdf_finding_get_fix(handle, self._id, index))
            for index in range(capi.gdf_finding_count_fixes(handle, self._id))
        )


class Report(Frozen, Reader["capi.gdf_report"], Sequence[Finding]):
    """The findings of a check, in order of line, column and code."""

    __slots__ = ("_options",)

    def __init__(
        self,
        document: Document,
        rules: RuleSet | None = None,
        project: Project | None = None,
        options: Options | None = None,
    ) -> None:
        self._options = laid_over(document.options, options)
        native = document._native
        handle = capi.gdf_report_create(
            native,
            rules._native if rules else None,
            project._native if project else None,
            native_options(self._options),
        )
        self._attach(document, Reading(native, handle))

    def __len__(self) -> int:
        return capi.gdf_report_count_findings(self._native)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> list[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | list[Finding]:
        return View(len(self), lambda number: Finding(self, number + 1))[index]

    def _show(self) -> str:
        return f", {len(self)} findings"

    @property
    def codes(self) -> list[str]:
        """The rule code of each finding."""
        return [finding.code for finding in self]

    @property
    def dropped(self) -> int:
        """Findings left out because there were too many."""
        return capi.gdf_report_count_dropped(self._native)

    @property
    def suppressed(self) -> int:
        """Findings silenced by comments."""
        return capi.gdf_report_count_suppressed(self._native)

    @property
    def worst(self) -> Severity:
        """The worst severity among the findings."""
        return Severity(capi.gdf_report_get_worst(self._native))

    def render(self, form: ReportFormat = ReportFormat.TEXT, options: Options | None = None) -> str:
        """The report as text: for people, or JSON for programs."""
        chosen = laid_over(self._options, options)
        return capi.gdf_report_render(self._native, ReportFormat(form), native_options(chosen))


def check(
    source: Document | Source,
    *,
    rules: RuleSet | None = None,
    project: Project | None = None,
    options: Options | None = None,
) -> Report:
    """Checks a document, or a text, bytes or file that is parsed first.

    Without rules those of profile production apply.
    """
    if not isinstance(source, Document):
        return Report(Document(source, options), rules, project)
    return Report(source, rules, project, options)
