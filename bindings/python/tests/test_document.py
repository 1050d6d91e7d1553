"""Documents, nodes, positions."""

from __future__ import annotations

from pathlib import Path

import pytest

import godockerfile
from godockerfile import ColumnUnit, Document, DumpFormat, NodeKind, Options, Position, Range


def test_a_source_is_text_bytes_or_a_file(tmp_path: Path) -> None:
    path = tmp_path / "Dockerfile"
    path.write_bytes(b"FROM alpine\n")
    documents = [Document.parse("FROM alpine\n"), Document.parse(b"FROM alpine\n")]
    documents.append(Document.parse(path))
    assert [document.text for document in documents] == ["FROM alpine\n"] * 3
    assert [document.file_name for document in documents] == ["", "", str(path)]


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        godockerfile.parse(tmp_path / "none")


def test_something_else_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        godockerfile.parse(3.5)  # type: ignore[arg-type]


def test_the_name_in_the_options_wins(tmp_path: Path) -> None:
    path = tmp_path / "Dockerfile"
    path.write_bytes(b"")
    assert godockerfile.parse(path, Options(file_name="web")).file_name == "web"


def test_bytes_that_are_no_text_survive() -> None:
    data = b"FROM alpine\nRUN \xff\x00\xfe\n"
    document = godockerfile.parse(data)
    assert document.data == data
    assert document.text.encode("utf-8", "surrogateescape") == data
    assert godockerfile.parse(document.text).data == data


def test_line_ends_and_escape() -> None:
    document = godockerfile.parse("# escape=`\r\nFROM alpine\r\n")
    assert document.line_end == "\r\n"
    assert document.escape == "`"
    assert document.directives == {"escape": "`"}
    assert list(document.lines) == ["# escape=`", "FROM alpine", ""]


@pytest.mark.parametrize(
    ("unit", "column"),
    [(ColumnUnit.BYTES, 12), (ColumnUnit.CODE_POINTS, 8), (ColumnUnit.UTF16, 9)],
)
def test_columns_count_in_the_unit_asked_for(unit: ColumnUnit, column: int) -> None:
    text = "FROM alpine\nRUN é🙂 x\n"
    document = godockerfile.parse(text)
    offset = text.encode().index(b"x")
    expected = Position(2, column)
    assert document.position(offset, unit) == expected
    assert document.offset(expected.line, expected.column, unit) == offset


def test_nodes_form_a_tree() -> None:
    document = godockerfile.parse("FROM alpine\nRUN true\n")
    root = document.root
    assert root.kind is NodeKind.DOCUMENT
    assert root.parent is None
    assert list(root.walk()) == list(document.walk()) == list(document.nodes)
    for child in root.children:
        assert child.parent == root
    assert document.node_at(6).text == "alpine"
    assert document.node_at(6) == document.instructions[0].children[1]


def test_ranges_are_bytes_and_text_is_what_stands_there() -> None:
    document = godockerfile.parse("# é\nFROM alpine\n")
    instruction = document.instructions[0]
    assert instruction.range == Range(5, 16)
    assert instruction.text == "FROM alpine"
    assert instruction.position() == Position(2, 1)
    assert instruction.end_position() == Position(2, 12)


def test_handles_are_equal_when_they_stand_for_the_same() -> None:
    document = godockerfile.parse("FROM alpine\nRUN true\n")
    other = godockerfile.parse("FROM alpine\nRUN true\n")
    first, second = document.instructions
    assert first == document.instructions[0]
    assert first != second
    assert first != other.instructions[0]
    assert {first: 1}[document.instructions[0]] == 1
    assert first.parts[0] != first


def test_sequences_behave_like_sequences() -> None:
    instructions = godockerfile.parse("FROM alpine\nRUN a\nRUN b\n").instructions
    assert len(instructions) == 3
    assert instructions[-1].text == "RUN b"
    assert [one.text for one in instructions[1:]] == ["RUN a", "RUN b"]
    assert instructions[0] in instructions
    with pytest.raises(IndexError):
        instructions[3]


def test_problems_are_what_the_builder_refuses() -> None:
    document = godockerfile.parse("FROM alpine\nRUNN true\n")
    problem = document.problems[0]
    assert "RUNN" in problem.message
    assert document.slice(problem.range).startswith("RUNN")
    assert document.builder_error == problem
    assert godockerfile.parse("FROM alpine\n").builder_error is None


def test_a_document_over_the_limit_is_kept_whole() -> None:
    text = "FROM alpine\n" * 10
    document = godockerfile.parse(text, Options(max_document_size=20))
    assert document.text == text
    assert len(document.instructions) == 0
    assert "limit" in document.problems[0].message


def test_an_option_out_of_range_is_refused() -> None:
    with pytest.raises(godockerfile.InvalidArgumentError):
        godockerfile.parse("", Options(max_document_size=0))


def test_the_tree_can_be_dumped() -> None:
    document = godockerfile.parse("FROM alpine\n")
    assert document.dump(DumpFormat.BUILDKIT) == '(from "alpine")\n'
    assert "instruction" in document.dump(DumpFormat.TREE)
    assert document.dump(DumpFormat.JSON).startswith("{")


def test_objects_show_what_they_are() -> None:
    document = godockerfile.parse("FROM alpine\n", Options(file_name="web"))
    assert repr(document) == "<Document 'web', 12 bytes, 1 instructions>"
    assert repr(document.instructions[0]) == "<From line 1: 'FROM alpine'>"
