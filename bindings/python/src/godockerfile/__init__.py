"""Parses, validates and rewrites Dockerfiles, with a mind for Go.

`parse` takes a text, bytes or the path of a file and gives a `Document`: a lossless tree.

    >>> import godockerfile
    >>> document = godockerfile.parse("FROM golang:1.22 AS build\\nRUN go build -o /app .\\n")
    >>> [instruction.keyword for instruction in document.instructions]
    ['FROM', 'RUN']

Each of the 18 instructions has a class with the names that belong to it (`From`, `Copy`, `Run`…),
and is made of typed parts (`Part`, `PartKind`) with their bytes in the file.

    >>> for instruction in document.instructions:
    ...     if isinstance(instruction, godockerfile.From) and instruction.image:
    ...         print(instruction.image.repository, instruction.image.tag)
    golang 1.22

`check` gives the findings; a `RuleSet` chooses the rules, a `Project` tells of the build context.

    >>> rules = godockerfile.RuleSet.only("CHK002")
    >>> for finding in godockerfile.check("FROM alpine as base\\n", rules=rules):
    ...     print(finding.position().line, finding.code, finding.message)
    1 CHK002 'as' and 'FROM' keywords' casing do not match

`fix` applies fixes, each with its proof; `Edits` makes changes of your own. Both leave the rest of
the file as it is, byte for byte.

    >>> godockerfile.fix("FROM alpine as base\\n", rules=rules).text
    'FROM alpine AS base\\n'
    >>> edits = godockerfile.Edits(document)
    >>> edits.set_image_tag(document.instructions[0], "1.25")
    >>> edits.apply()
    'FROM golang:1.25 AS build\\nRUN go build -o /app .\\n'

`Build`, or `Document.build()`, tells what a build would do: stages and what they take from where,
what words expand to, which files a COPY takes, which commands a RUN runs, which image config comes
out. `Options` holds its inputs, and the limits.

    >>> [command.arguments for command in document.commands]
    [('go', 'build', '-o', '/app', '.')]
    >>> document.build().config().images
    ('docker.io/library/golang:1.22',)

Offsets and ranges count bytes of the input from 0; lines and columns start at 1. Bytes that are no
UTF-8 are surrogates in a str (PEP 383), going in and coming out.

A broken Dockerfile raises nothing. What raises is a `GodockerfileError`; a value of the wrong type
is a TypeError, lack of memory a MemoryError.

Documents and what is made from them never change, so threads may share them, and the long calls let
other threads run; a `RuleSet`, `Project` and `Edits` are filled by one thread.
"""

from . import capi
from .build import Build, Command, Edge, Stage, Word
from .config import BuildFailure, Config, HealthConfig, HistoryEntry, LineRange
from .copy_sources import CopySource, CopySources
from .document import Document, Problem, Source, Token, parse
from .edits import Edits
from .enums import (
    Code,
    ColumnUnit,
    CommandFlags,
    DumpFormat,
    EdgeKind,
    ExpansionMode,
    FixClass,
    GraphFormat,
    InstructionKind,
    NodeFlags,
    NodeKind,
    Operator,
    PartFlags,
    PartKind,
    ReportFormat,
    Severity,
    SourceKind,
    TokenKind,
    VariableOrigin,
    VariableState,
    WordFlags,
    WordRole,
)
from .errors import (
    ClosedError,
    ConflictError,
    GodockerfileError,
    InvalidArgumentError,
    LimitError,
    ReadError,
    UnknownNameError,
)
from .expansion import Expansion, Reference, Variable
from .facts import end_of_life, facts_date, suggest_reference
from .ignore import IgnoreFile, IgnorePattern
from .instructions import (
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    From,
    Healthcheck,
    Image,
    Label,
    Maintainer,
    Onbuild,
    Pair,
    Port,
    Run,
    Shell,
    Stopsignal,
    User,
    Volume,
    Workdir,
)
from .node import Flag, Instruction, Node, Part
from .options import Options
from .project import Project
from .ranges import Position, Range
from .report import Finding, Fix, Related, Report, TextEdit, check
from .rewrite import Applied, Rewrite, Withheld, fix
from .rules import RULES, Rule, Rules, RuleSet

#: Version of the C library.
__version__: str = capi.gdf_version()

__all__ = [
    "RULES",
    "Add",
    "Applied",
    "Arg",
    "Build",
    "BuildFailure",
    "ClosedError",
    "Cmd",
    "Code",
    "ColumnUnit",
    "Command",
    "CommandFlags",
    "Config",
    "ConflictError",
    "Copy",
    "CopySource",
    "CopySources",
    "Document",
    "DumpFormat",
    "Edge",
    "EdgeKind",
    "Edits",
    "Entrypoint",
    "Env",
    "Expansion",
    "ExpansionMode",
    "Expose",
    "Finding",
    "Fix",
    "FixClass",
    "Flag",
    "From",
    "GodockerfileError",
    "GraphFormat",
    "HealthConfig",
    "Healthcheck",
    "HistoryEntry",
    "IgnoreFile",
    "IgnorePattern",
    "Image",
    "Instruction",
    "InstructionKind",
    "InvalidArgumentError",
    "Label",
    "LimitError",
    "LineRange",
    "Maintainer",
    "Node",
    "NodeFlags",
    "NodeKind",
    "Onbuild",
    "Operator",
    "Options",
    "Pair",
    "Part",
    "PartFlags",
    "PartKind",
    "Port",
    "Position",
    "Problem",
    "Project",
    "Range",
    "ReadError",
    "Reference",
    "Related",
    "Report",
    "ReportFormat",
    "Rewrite",
    "Rule",
    "RuleSet",
    "Rules",
    "Run",
    "Severity",
    "Shell",
    "Source",
    "SourceKind",
    "Stage",
    "Stopsignal",
    "TextEdit",
    "Token",
    "TokenKind",
    "UnknownNameError",
    "User",
    "Variable",
    "VariableOrigin",
    "VariableState",
    "Volume",
    "Withheld",
    "Word",
    "WordFlags",
    "WordRole",
    "Workdir",
    "check",
    "end_of_life",
    "facts_date",
    "fix",
    "parse",
    "suggest_reference",
]
