#!/usr/bin/env python3
"""Lists the images that the Dockerfiles below a directory are built from, and where they stand.

list_base_images.py [DIRECTORY]
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import godockerfile


def dockerfiles(directory: Path) -> Iterator[Path]:
    """The files that look like Dockerfiles by their names."""
    for pattern in ("Dockerfile", "*.Dockerfile", "Dockerfile.*"):
        yield from directory.rglob(pattern)


def images(path: Path) -> Iterator[tuple[str, int]]:
    """Every image that a build of the file needs, with its line; its own stages are none."""
    document = godockerfile.parse(path)
    for edge in document.build().edges:
        if edge.source is None and edge.reference != "scratch":
            yield edge.reference, edge.instruction.first_line


def main() -> None:
    """The program."""
    directory = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    places = defaultdict(list)
    for path in sorted(set(dockerfiles(directory))):
        for image, line in images(path):
            places[image].append(f"{path.relative_to(directory)}:{line}")
    for image, found in sorted(places.items()):
        print(image, " ".join(found), sep="\t")


if __name__ == "__main__":
    main()
