"""The package itself: version, enums against C, generated files, types."""

from __future__ import annotations

import doctest
import importlib.util
import re
import subprocess
import sys
from enum import IntEnum
from pathlib import Path
from typing import Any, Callable

import pytest

import godockerfile
from godockerfile import capi, enums
from godockerfile.errors import error_of
from godockerfile.options import FIELDS


def run(*command: str, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_version_is_that_of_the_headers(root: Path) -> None:
    header = (root / "include/godockerfile/base.h").read_text(encoding="utf-8")
    project = (root / "bindings/python/pyproject.toml").read_text(encoding="utf-8")
    assert godockerfile.__version__ == capi.GDF_VERSION_STRING
    assert f'#define GDF_VERSION_STRING "{godockerfile.__version__}"' in header
    assert f'version = "{godockerfile.__version__}"' in project


def test_the_manual_is_true() -> None:
    for module in (godockerfile, godockerfile.ignore):
        tried = doctest.testmod(module)
        assert (tried.attempted > 0, tried.failed) == (True, 0)


def test_every_field_is_explained() -> None:
    for kind in (godockerfile.Options, godockerfile.Config, *NAMED_TUPLES):
        fields = [field for field in kind.__annotations__ if not field.startswith("_")]
        explained = re.findall(r"^ {8}(\w+): ", kind.__doc__ or "", re.MULTILINE)
        assert explained == fields, kind


def test_options_tell_their_limits(root: Path) -> None:
    text = (root / "include/godockerfile/options.def").read_text(encoding="utf-8")
    rows = re.findall(r'^GDF_OPTION_NUMBER\(\w+, \d+, "([^"]+)", (\d+), (\d+), (\d+),', text, re.M)
    assert rows
    manual = " ".join((godockerfile.Options.__doc__ or "").split())
    for name, *numbers in rows:
        initial, least, most = map(int, numbers)
        told = f"({least:,} to {most:,}, default {initial:,})"
        if most == 1:
            told = f"(default {bool(initial)})"
        if name != "now":
            field = name.replace("-", "_")
            assert re.search(rf"{field}: [^:]*{re.escape(told)}", manual), field


def test_all_names_exist_and_are_sorted() -> None:
    for name in godockerfile.__all__:
        assert hasattr(godockerfile, name)
    assert len(set(godockerfile.__all__)) == len(godockerfile.__all__)


NAMED_TUPLES: list[Any] = [
    godockerfile.BuildFailure,
    godockerfile.CopySource,
    godockerfile.CopySources,
    godockerfile.Expansion,
    godockerfile.HealthConfig,
    godockerfile.HistoryEntry,
    godockerfile.IgnorePattern,
    godockerfile.Reference,
    godockerfile.Variable,
]

NAMED: list[tuple[type[IntEnum], Callable[[int], str]]] = [
    (enums.InstructionKind, capi.gdf_instruction_kind_name),
    (enums.NodeKind, capi.gdf_node_kind_name),
    (enums.TokenKind, capi.gdf_token_kind_name),
    (enums.PartKind, capi.gdf_part_kind_name),
    (enums.Severity, capi.gdf_severity_name),
    (enums.FixClass, capi.gdf_fix_class_name),
    (enums.OptionId, capi.gdf_option_get_name),
]


@pytest.mark.parametrize(("kind", "name_of"), NAMED, ids=[kind.__name__ for kind, _ in NAMED])
def test_enums_have_the_names_of_the_library(
    kind: type[IntEnum], name_of: Callable[[int], str]
) -> None:
    for member in list(kind)[1:]:
        assert name_of(member).lower().replace("-", "_") == member.name.lower()
    assert name_of(max(kind) + 1) == ""


def test_enums_have_the_values_of_the_headers(root: Path) -> None:
    text = "".join(
        path.read_text(encoding="utf-8") for path in (root / "include/godockerfile").glob("*.h")
    )
    text = re.sub(r"\s+", " ", text)
    checked = 0
    for prefix, kind in [
        ("COLUMN", enums.ColumnUnit),
        ("NODE_FLAG", enums.NodeFlags),
        ("PART_FLAG", enums.PartFlags),
        ("OPERATOR", enums.Operator),
        ("COMMAND_FLAG", enums.CommandFlags),
        ("WORD", enums.WordRole),
        ("WORD_FLAG", enums.WordFlags),
        ("EDGE", enums.EdgeKind),
        ("DUMP", enums.DumpFormat),
        ("REPORT", enums.ReportFormat),
    ]:
        for member in kind:
            assert re.search(rf"\bGDF_{prefix}_{member.name} = {member.value}\b", text)
            checked += 1
    assert checked > 40


def test_values_of_a_newer_library_are_neutral() -> None:
    assert enums.NodeKind(30000) is enums.NodeKind.NONE
    assert enums.InstructionKind(30000) is enums.InstructionKind.UNKNOWN


def test_every_option_has_a_field() -> None:
    assert set(FIELDS) == set(enums.OptionId) - {enums.OptionId.NONE}
    assert set(FIELDS.values()) == set(godockerfile.Options.__dataclass_fields__)


def test_every_status_has_an_exception() -> None:
    kinds = {type(error_of(code, "")) for code in enums.Code if code}
    assert kinds == {
        MemoryError,
        godockerfile.InvalidArgumentError,
        godockerfile.ConflictError,
        godockerfile.LimitError,
        godockerfile.ReadError,
        godockerfile.UnknownNameError,
    }
    assert type(error_of(999, "new")) is godockerfile.GodockerfileError


def test_the_generated_files_are_up_to_date(root: Path) -> None:
    run(sys.executable, "bindings/swig/generate.py", "--check", cwd=root)


def test_the_package_is_typed(root: Path) -> None:
    assert (Path(godockerfile.__file__).parent / "py.typed").exists()
    if importlib.util.find_spec("mypy") is None:
        pytest.skip("mypy is not installed")
    folder = root / "bindings/python"
    run(sys.executable, "-m", "mypy", "--cache-dir=/dev/null", cwd=folder)


def test_the_stub_is_that_of_the_extension(tmp_path: Path) -> None:
    if importlib.util.find_spec("mypy") is None:
        pytest.skip("mypy is not installed")
    run(sys.executable, "-m", "mypy.stubtest", "godockerfile.capi", cwd=tmp_path)


def test_the_style_is_clean(root: Path) -> None:
    if importlib.util.find_spec("ruff") is None:
        pytest.skip("ruff is not installed")
    folder = root / "bindings/python"
    run(sys.executable, "-m", "ruff", "check", "--no-cache", ".", cwd=folder)
    run(sys.executable, "-m", "ruff", "format", "--no-cache", "--check", ".", cwd=folder)
