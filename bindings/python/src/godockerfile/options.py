"""What may be chosen: limits, inputs of a build, which fixes a rewrite applies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timezone
from typing import Any

from . import capi
from .enums import OptionId
from .errors import UnknownNameError, about

__all__ = ["Options"]


@dataclass(frozen=True)
class Options:
    """Choices for parsing, building, checking and rewriting. None leaves the library's default.

    Those of a document hold for all that is made from it; options given there lie over them: lists
    and mappings add to those of the document, the rest replaces it.

    Attributes:
        max_document_size: Largest input in bytes that is analysed; a longer one is kept whole but
            not parsed (1 to 1,073,741,824, default 16,777,216).
        max_findings: Findings kept per report; the rest are counted only (1 to 1,000,000, default
            10,000).
        max_fix_rounds: How often a rewrite parses its own result again before it stops (1 to 1,000,
            default 32).
        max_shell_depth: Nesting of shell groups, substitutions and inner scripts that is followed
            (1 to 1,000, default 64).
        max_expansion: Bytes that the variable expansion of one word may produce (1 to 67,108,864,
            default 1,048,576).
        max_regex_steps: Match steps that the patterns of one expanded word may take (1,000 to
            1,000,000,000, default 1,000,000).
        fix_suggested: A rewrite also applies fixes of class suggested (default False).
        fix_bugfix: A rewrite applies fixes of class bugfix (default True).
        color: Text reports and diffs carry ANSI colours (default False).
        now: The day that dated facts are judged by; a number is seconds since 1970, None the day of
            the facts (`facts_date`).
        file_name: Name of the input, for messages and reports; never opened.
        context_path: Path of the input from the root of the build context; without it `file_name`.
        target: The stage to build, by name or number from 0; without it the last one.
        platform: Target platform, for example linux/arm64.
        build_args: Build arguments by name.
        named_contexts: Names of further build contexts that the caller supplies.
        fix_rules: Codes, names or aliases of the rules whose fixes a rewrite applies; empty for
            all.
        image_configs: Configs of base images by reference: the OCI config as JSON, or what `docker
            image inspect` prints; None for an image that the registry does not have.
    """

    max_document_size: int | None = None
    max_findings: int | None = None
    max_fix_rounds: int | None = None
    max_shell_depth: int | None = None
    max_expansion: int | None = None
    max_regex_steps: int | None = None
    fix_suggested: bool | None = None
    fix_bugfix: bool | None = None
    color: bool | None = None
    now: date | int | None = None
    file_name: str | None = None
    context_path: str | None = None
    target: str | None = None
    platform: str | None = None
    build_args: Mapping[str, str] = field(default_factory=dict)
    named_contexts: Sequence[str] = ()
    fix_rules: Sequence[str] = ()
    image_configs: Mapping[str, str | bytes | None] = field(default_factory=dict)


_NUMBERS = {
    OptionId.MAX_DOCUMENT_SIZE: "max_document_size",
    OptionId.MAX_FINDINGS: "max_findings",
    OptionId.MAX_FIX_ROUNDS: "max_fix_rounds",
    OptionId.MAX_SHELL_DEPTH: "max_shell_depth",
    OptionId.MAX_EXPANSION: "max_expansion",
    OptionId.MAX_REGEX_STEPS: "max_regex_steps",
    OptionId.FIX_SUGGESTED: "fix_suggested",
    OptionId.FIX_BUGFIX: "fix_bugfix",
    OptionId.COLOR: "color",
    OptionId.NOW: "now",
}
_TEXTS = {
    OptionId.FILE_NAME: "file_name",
    OptionId.CONTEXT_PATH: "context_path",
    OptionId.TARGET: "target",
    OptionId.PLATFORM: "platform",
}
_LISTS = {
    OptionId.BUILD_ARG: "build_args",
    OptionId.NAMED_CONTEXT: "named_contexts",
    OptionId.FIX_RULE: "fix_rules",
}

#: The field of Options that sets each option of the library.
FIELDS = {**_NUMBERS, **_TEXTS, **_LISTS, OptionId.IMAGE_CONFIG: "image_configs"}


def _number(value: date | int) -> int:
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return int(datetime.combine(value, time(), timezone.utc).timestamp())
    return value


def laid_over(base: Options | None, own: Options | None) -> Options | None:
    """The choices of `own`, and those of `base` where it makes none."""
    if base is None or own is None:
        return base if own is None else own
    chosen: dict[str, Any] = {}
    for choice in fields(Options):
        below, above = getattr(base, choice.name), getattr(own, choice.name)
        if isinstance(below, Mapping):
            chosen[choice.name] = {**below, **above}
        elif choice.name in _LISTS.values():
            chosen[choice.name] = (*below, *above)
        else:
            chosen[choice.name] = below if above is None else above
    return Options(**chosen)


def _check_shape(options: Options) -> None:
    for name in (*_LISTS.values(), "image_configs"):
        values = getattr(options, name)
        if isinstance(values, (str, bytes)):
            raise TypeError(f"{name} is a collection of names, not {type(values).__name__}")
    for rule in options.fix_rules:
        if not capi.gdf_rule_find(rule):
            raise UnknownNameError(f"fix_rules: no rule is named {rule!r}")


def native_options(options: Options | None) -> capi.gdf_options | None:
    """The same choices for the C API."""
    if options is None:
        return None
    _check_shape(options)
    native = capi.gdf_options_create()
    for option, name in _NUMBERS.items():
        value = getattr(options, name)
        if value is not None:
            with about(f"{name}: {value}"):
                capi.gdf_options_set_number(native, option, _number(value))
    for option, name in _TEXTS.items():
        text = getattr(options, name)
        if text is not None:
            capi.gdf_options_set_text(native, option, text)
    for option, name in _LISTS.items():
        values = getattr(options, name)
        for item in values:
            text = f"{item}={values[item]}" if isinstance(values, Mapping) else item
            capi.gdf_options_set_text(native, option, text)
    for reference, config in options.image_configs.items():
        if config is None:
            capi.gdf_options_set_text(native, OptionId.IMAGE_CONFIG, reference)
        else:
            with about(f"image_configs: {reference}"):
                capi.gdf_options_add_image_config(native, reference, config)
    return native
