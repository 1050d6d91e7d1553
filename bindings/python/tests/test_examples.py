"""The example programs do what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def run(root: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = root / "examples" / "python" / name
    return subprocess.run(
        [sys.executable, str(program), *arguments], capture_output=True, text=True, check=False
    )


def test_list_base_images(root: Path, tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "Dockerfile").write_text(
        "ARG V=1.25\nFROM golang:${V} AS build\nFROM build AS test\nFROM alpine:3.20\n"
        "COPY --from=build /app /app\nCOPY --from=example.org/tools:1 /t /t\n"
    )
    (tmp_path / "api.Dockerfile").write_text("FROM alpine:3.20\n")
    done = run(root, "list_base_images.py", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "alpine:3.20\tapi.Dockerfile:1 web/Dockerfile:4",
        "example.org/tools:1\tweb/Dockerfile:6",
        "golang:1.25\tweb/Dockerfile:2",
    ]


def test_lint_in_memory(root: Path) -> None:
    done = run(root, "lint_in_memory.py")
    assert done.returncode == 0, done.stderr
    assert "CHK002" in done.stdout
    assert "+FROM golang" in done.stdout
