"""Parses, validates and rewrites Dockerfiles, with a mind for Go.

    >>> import godockerfile
    >>> document = godockerfile.parse("FROM golang:1.22 AS build\\n")
    >>> document.instructions[0].image.tag
    '1.22'

`parse` gives a `Document` whose tree, positions and build (`stages`, `commands`) can be read;
`check` gives the findings, `fix` a proven rewrite, and `Edits` makes changes of your own.
Offsets count bytes of the input; lines and columns start at 1.
"""

from . import capi
from .build import Build, Command, Edge, Stage, Word
from .document import Document, Problem, Source, Token, parse
from .edits import Edits
from .enums import (
    Code,
    ColumnUnit,
    CommandFlags,
    DumpFormat,
    EdgeKind,
    FixClass,
    InstructionKind,
    NodeFlags,
    NodeKind,
    Operator,
    PartFlags,
    PartKind,
    ReportFormat,
    Severity,
    TokenKind,
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
from .facts import end_of_life, facts_date, suggest_reference
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
    "ClosedError",
    "Cmd",
    "Code",
    "ColumnUnit",
    "Command",
    "CommandFlags",
    "ConflictError",
    "Copy",
    "Document",
    "DumpFormat",
    "Edge",
    "EdgeKind",
    "Edits",
    "Entrypoint",
    "Env",
    "Expose",
    "Finding",
    "Fix",
    "FixClass",
    "Flag",
    "From",
    "GodockerfileError",
    "Healthcheck",
    "Image",
    "Instruction",
    "InstructionKind",
    "InvalidArgumentError",
    "Label",
    "LimitError",
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
    "Stage",
    "Stopsignal",
    "TextEdit",
    "Token",
    "TokenKind",
    "UnknownNameError",
    "User",
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
