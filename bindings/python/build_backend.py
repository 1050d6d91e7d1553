"""scikit-build-core, and the C library beside it.

The wheel holds the whole library, whose sources lie two folders up in a checkout. A source
distribution cannot reach there, so it carries a copy of them in the folder `native`, which exists
only while it is made (and in the unpacked distribution).
"""

from __future__ import annotations

import shutil
from pathlib import Path

from scikit_build_core import build
from scikit_build_core.build import (
    build_editable,
    build_wheel,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

HERE = Path(__file__).resolve().parent
NATIVE = HERE / "native"
LIBRARY = ["CMakeLists.txt", "LICENSE", "include", "lib", "pkgconfig", "bindings/swig"]


def _copy_library() -> None:
    for name in LIBRARY:
        source = HERE.parents[1] / name
        target = NATIVE / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)


def build_sdist(sdist_directory: str, config_settings: dict[str, object] | None = None) -> str:
    """Makes the source distribution, library included."""
    if NATIVE.is_dir():
        return build.build_sdist(sdist_directory, config_settings)
    try:
        _copy_library()
        return build.build_sdist(sdist_directory, config_settings)
    finally:
        shutil.rmtree(NATIVE, ignore_errors=True)
