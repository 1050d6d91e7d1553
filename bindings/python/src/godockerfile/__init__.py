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
