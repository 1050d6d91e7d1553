"""What the public headers declare: enums with their enumerators, and functions."""
import os.path
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include" / "godockerfile"

# In reading order, as the umbrella header includes them.
HEADERS = re.findall(r"#include <godockerfile/(\w+\.h)>",
                     (ROOT / "include" / "godockerfile.h").read_text(encoding="utf-8"))

ENUM = re.compile(r"(?:/\*\*(?P<comment>(?:(?!\*/).)*)\*/\s*)?"
                  r"typedef enum (?P<name>\w+) \{(?P<body>.*?)\n\} (?P=name);", re.S)
ENUMERATOR = re.compile(r"(?P<name>GDF_\w+) =\s*(?P<value>\w+),?\s*(?:/\*\*< (?P<comment>.*?) ?\*/)?",
                        re.S)
EXPANSION = re.compile(r"#define (?P<macro>GDF_\w+)\([^)]*\)[ \\\n]+(?P<prefix>GDF_\w+_)##id")
TABLE = re.compile(r"#include <godockerfile/(\w+\.def)>")
ROW = re.compile(r"^(GDF_\w+)\((\w+), (\d+), \"([^\"]*)\",(.*?)\)$", re.S | re.M)
FUNCTION = re.compile(r"^GDF_API (?P<result>[\w ]+?[ *])(?P<name>gdf_\w+)\((?P<parameters>[^)]*)\);",
                      re.M)

# Functions that the interface file adds.
ADDED = re.compile(r"^static (?P<result>[\w ]+?[ *])(?P<name>gdf_\w+)\((?P<parameters>[^)]*)\)\n\{", re.M)


@dataclass(frozen=True)
class Enumerator:
    name: str      # without the prefix that all of the enum share
    c_name: str
    value: int
    text: str      # as the library prints it: "image-tag"
    comment: str


@dataclass(frozen=True)
class Enum:
    c_name: str
    comment: str
    members: tuple[Enumerator, ...]

    @property
    def is_flags(self):
        return self.c_name.endswith("_flag")


@dataclass(frozen=True)
class Parameter:
    type: str
    name: str


@dataclass(frozen=True)
class Function:
    name: str
    result: str
    parameters: tuple[Parameter, ...]


def one_line(comment):
    return " ".join(re.sub(r"^\s*\*", "", comment or "", flags=re.M).split())


def without_conditions(text):
    """The header as SWIG and C see it: continuation lines of macros joined."""
    return text.replace("\\\n", " ")


def limits(macro, values):
    """What the row of a number option says of its values."""
    if macro != "GDF_OPTION_NUMBER":
        return ""
    initial, least, most = re.findall(r"\d+", values)[:3]
    return f" ({least} to {most}, default {initial})"


def table_rows(body):
    """(c_name, value, text, summary) of the .def rows that an enum's body expands."""
    for name in TABLE.findall(body):
        rows = ROW.findall((INCLUDE / name).read_text(encoding="utf-8"))
        for expansion in EXPANSION.finditer(body):
            for macro, identifier, value, text, rest in rows:
                if macro == expansion["macro"]:
                    summary = re.findall(r'"((?:[^"\\]|\\.)*)"', rest)[-1]
                    summary += limits(macro, rest)
                    yield expansion["prefix"] + identifier, int(value), text, summary


def plain_rows(body):
    code = re.sub(r"^#.*$", "", body, flags=re.M)
    for found in ENUMERATOR.finditer(code):
        if not found["name"].endswith("_LAST_"):
            yield found["name"], int(found["value"], 0), "", one_line(found["comment"])


def enum_of(found):
    body = without_conditions(found["body"])
    rows = sorted([*plain_rows(body), *table_rows(body)], key=lambda row: row[1])
    prefix = os.path.commonprefix([row[0] for row in rows])
    prefix = prefix[:prefix.rindex("_") + 1]
    members = tuple(
        Enumerator(name.removeprefix(prefix), name, value,
                   text or name.removeprefix(prefix).lower().replace("_", "-"), summary)
        for name, value, text, summary in rows)
    return Enum(found["name"], one_line(found["comment"]), members)


def read_text(header):
    return (INCLUDE / header).read_text(encoding="utf-8")


def read_enums():
    return [enum_of(found) for header in HEADERS for found in ENUM.finditer(read_text(header))]


def parameter_of(text):
    found = re.fullmatch(r"(.*[ *])(\w+)", text.strip())
    return Parameter(found[1].strip(), found[2])


def function_of(found):
    parameters = " ".join(found["parameters"].split())
    return Function(found["name"], found["result"].strip(),
                    () if parameters == "void"
                    else tuple(parameter_of(part) for part in parameters.split(",")))


def read_functions():
    declared = [found for header in HEADERS for found in FUNCTION.finditer(read_text(header))]
    interface = (ROOT / "bindings/swig/godockerfile.i").read_text(encoding="utf-8")
    return [function_of(found) for found in [*declared, *ADDED.finditer(interface)]]
