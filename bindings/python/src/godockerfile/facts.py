"""What the library knows of base images and releases. Show the date with an answer."""

from __future__ import annotations

from datetime import date

from . import capi
from .options import Options, native_options

__all__ = ["end_of_life", "facts_date", "suggest_reference"]


def facts_date() -> date:
    """The day the tables were compiled."""
    return date.fromisoformat(capi.gdf_facts_get_date())


def end_of_life(reference: str) -> date | None:
    """The day on which support ends for an image such as "golang:1.22-bookworm"."""
    number = capi.gdf_facts_find_end_of_life(reference)
    return date(number // 10000, number // 100 % 100, number % 100) if number else None


def suggest_reference(reference: str, options: Options | None = None) -> str | None:
    """A reference to write in place of one whose tag moves or has ended, or None."""
    return capi.gdf_facts_suggest_reference(reference, native_options(options)) or None
