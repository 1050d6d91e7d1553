"""Headers to the text of the generated files of each language."""
import textwrap

# Enums whose C name says too little outside C.
NAMES = {"gdf_status": "Code", "gdf_option": "OptionId"}
INITIALISMS = {"JSON", "ID", "UTF16", "IO", "OK", "OS"}

WIDTH = 100


def type_name(enum):
    if enum.c_name in NAMES:
        return NAMES[enum.c_name]
    name = "".join(word.capitalize() for word in enum.c_name.split("_")[1:])
    return name + "s" if enum.is_flags else name


def member_name(enum, member):
    return member.name.removeprefix("ERROR_") if enum.c_name == "gdf_status" else member.name


def member_text(enum, member):
    return member.text.removeprefix("error-") if enum.c_name == "gdf_status" else member.text


def sentence(enum):
    comment = enum.comment
    if not comment or "options.def" in comment:
        comment = {"gdf_option": "The settings of Options.",
                   "gdf_status": "How an operation ended."}[enum.c_name]
    return in_words(comment)


# What a comment of the headers calls by a name that is there in C only.
WORDS = {
    "; see gdf_config_get_label_value()": "",
    "gdf_build_render_graph()": "a graph of the stages",
    "gdf_document_dump()": "a dump of a document",
    "gdf_node_get_flags()": "a node's flags",
    "gdf_part_get_flags()": "a part's flags",
    "gdf_report_render()": "a rendered report",
    "GDF_OPTION_BUILD_ARG": "a build argument",
    "GDF_OPTION_COLOR": "an option",
}


def in_words(comment):
    for name, words in WORDS.items():
        comment = comment.replace(name, words)
    if "gdf_" in comment.lower():
        raise SystemExit(f"languages.py has no words for a name of C in: {comment}")
    return comment


# ---- Python --------------------------------------------------------------------------------------

PYTHON_ENUMS = '''\
"""The enums of the library. Written by bindings/swig/generate.py from the C headers."""

from __future__ import annotations

from enum import IntEnum, IntFlag

__all__ = [
{names}
]
'''


def python_docstring(text):
    return "\n".join(textwrap.wrap(f'"""{text}"""', WIDTH, initial_indent="    ",
                                   subsequent_indent="    "))


def python_enum(enum):
    lines = [f"class {type_name(enum)}({'IntFlag' if enum.is_flags else 'IntEnum'}):",
             python_docstring(sentence(enum)), ""]
    for member in enum.members:
        if member.comment:
            lines += [f"    #: {line}" for line in textwrap.wrap(in_words(member.comment), WIDTH - 7)]
        lines.append(f"    {member_name(enum, member)} = {member.value}")
    if not enum.is_flags and enum.members[0].name in {"NONE", "UNKNOWN"}:
        lines += ["",
                  "    @classmethod",
                  f"    def _missing_(cls, value: object) -> {type_name(enum)}:",
                  f"        return cls.{enum.members[0].name}"]
    return "\n".join(lines)


def python_enums(enums):
    names = "\n".join(f'    "{name}",' for name in sorted(type_name(enum) for enum in enums))
    return "\n\n".join([PYTHON_ENUMS.format(names=names),
                        "\n\n\n".join(python_enum(enum) for enum in enums)]) + "\n"


STUB = '''\
"""The SWIG layer over the C API. Written by bindings/swig/generate.py from the C headers."""

{roots}

GDF_VERSION_STRING: str

{functions}
'''
STUB_ROOT = '''\
class {root}:
    thisown: bool
    __swig_destroy__: object
    def __init__(self, *args: object, **kwargs: object) -> None: ...'''
OPTIONAL = {"gdf_options", "gdf_ruleset", "gdf_project"}
PYTHON_KEYWORDS = {"from": "_from"}


def python_type(c_type, is_result=False):
    plain = c_type.removeprefix("const ").removesuffix("*").strip()
    if c_type in {"gdf_str", "char", "const char *", "gdf_text *"}:
        return "str" if is_result else "str | bytes"
    if c_type == "gdf_status":
        return "None" if is_result else "int"
    if c_type == "void":
        return "None"
    if "*" in c_type:
        const = c_type.startswith("const ")
        return f"{plain} | None" if const and plain in OPTIONAL and not is_result else plain
    return "int"


def stub_parameters(function):
    parameters = []
    previous = None
    for parameter in function.parameters:
        is_length = (previous is not None and previous.type == "const char *"
                     and parameter.type == "size_t")
        previous = parameter
        if is_length or parameter.type == "const gdf_allocator *":
            continue
        name = PYTHON_KEYWORDS.get(parameter.name, parameter.name)
        parameters.append(f"{name}: {python_type(parameter.type)}")
    return parameters


def stub_function(function):
    parameters = stub_parameters(function)
    result = python_type(function.result, is_result=True)
    line = f"def {function.name}({', '.join(parameters)}) -> {result}: ..."
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"def {function.name}(", *(f"    {part}," for part in parameters),
                      f") -> {result}: ..."])


def python_stub(functions):
    freed = [function.name for function in functions if function.name.endswith("_free")]
    roots = [name.removesuffix("_free") for name in freed if name != "gdf_text_free"]
    wanted = [function for function in functions
              if function.name not in freed and function.name != "gdf_text_get"]
    return STUB.format(
        roots="\n\n".join(STUB_ROOT.format(root=root) for root in roots),
        functions="\n".join(stub_function(function) for function in wanted))


# ---- Go ------------------------------------------------------------------------------------------

GO_ENUMS = '''\
// Code generated by bindings/swig/generate.py from the C headers. DO NOT EDIT.

package godockerfile

import "strconv"
'''


def go_name(c_name):
    words = c_name.split("_")[1:]
    return "".join(word if word in INITIALISMS else word.capitalize() for word in words)


def go_member(enum, member):
    if enum.c_name == "gdf_status":
        return go_name(f"GDF_CODE_{member_name(enum, member)}")
    return go_name(member.c_name)


def go_comment(text, indent=""):
    return [f"{indent}// {line}" for line in textwrap.wrap(text, WIDTH - 7)]


def run_width(enum, member):
    """The longest name among neighbours without comments: gofmt lines their types up."""
    first = last = enum.members.index(member)
    while first > 0 and not enum.members[first].comment:
        first -= 1
    while last + 1 < len(enum.members) and not enum.members[last + 1].comment:
        last += 1
    return max(len(go_member(enum, other)) for other in enum.members[first:last + 1])


VERBS = {"bits": "are", "form": "is the", "the": "is one of"}


def go_sentence(name, text):
    """The comment as a sentence about the type: what a node is → NodeKind says what a node is."""
    text = text[0].lower() + text[1:]
    return f"{name} {VERBS.get(text.split()[0], 'says')} {text}"


def go_enum(enum):
    name = type_name(enum)
    name = "OptionID" if name == "OptionId" else name
    lines = [*go_comment(go_sentence(name, sentence(enum))),
             f"type {name} {'uint32' if enum.is_flags else 'int'}", "", "const ("]
    for member in enum.members:
        comment = f"{go_member(enum, member)}: {in_words(member.comment)}" if member.comment else ""
        lines += go_comment(comment, "\t") if comment else []
        padding = run_width(enum, member)
        lines.append(f"\t{go_member(enum, member):{padding}} {name} = {member.value}")
    lines.append(")")
    if not enum.is_flags:
        width = max(len(go_member(enum, member)) for member in enum.members) + 1
        table = f"{name[0].lower()}{name[1:]}Names"
        lines += ["", f"var {table} = map[{name}]string{{",
                  *(f"\t{go_member(enum, member) + ':':{width}} \"{member_text(enum, member)}\","
                    for member in enum.members),
                  "}", "",
                  f"// String is the name that the library prints, such as {example(enum)}.",
                  f"func (value {name}) String() string {{",
                  f"\tif name, ok := {table}[value]; ok {{",
                  "\t\treturn name",
                  "\t}",
                  f"\treturn \"{name}(\" + strconv.Itoa(int(value)) + \")\"",
                  "}"]
    return "\n".join(lines)


def example(enum):
    return f'"{member_text(enum, enum.members[-1])}"'


def go_enums(enums):
    return "\n".join([GO_ENUMS, "\n\n".join(go_enum(enum) for enum in enums)]) + "\n"
