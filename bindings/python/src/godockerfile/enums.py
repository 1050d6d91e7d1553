"""The enums of the library. Written by bindings/swig/generate.py from the C headers."""

from __future__ import annotations

from enum import IntEnum, IntFlag

__all__ = [
    "Code",
    "ColumnUnit",
    "CommandFlags",
    "ConfigField",
    "DumpFormat",
    "EdgeKind",
    "ExpansionMode",
    "FixClass",
    "GraphFormat",
    "InstructionKind",
    "NodeFlags",
    "NodeKind",
    "Operator",
    "OptionId",
    "PartFlags",
    "PartKind",
    "ReportFormat",
    "Severity",
    "SourceKind",
    "TokenKind",
    "VariableOrigin",
    "VariableState",
    "WordFlags",
    "WordRole",
]


class Code(IntEnum):
    """How an operation ended. Values are stable; new ones are appended."""

    #: done
    OK = 0
    #: the allocator returned NULL; nothing was changed
    MEMORY = 1
    #: NULL root, unknown id, or a value outside its documented range
    ARGUMENT = 2
    #: an edit overlaps an earlier one of the same list
    CONFLICT = 3
    #: a limit of the options was reached
    LIMIT = 4
    #: a file or directory could not be read
    IO = 5
    #: no rule, option or profile has that name
    UNKNOWN = 6


class OptionId(IntEnum):
    """The settings of Options."""

    NONE = 0
    #: largest input in bytes that is analysed; a longer one is kept whole but not parsed (1 to
    #: 1073741824, default 16777216)
    MAX_DOCUMENT_SIZE = 1
    #: findings kept per report; the rest are counted only (1 to 1000000, default 10000)
    MAX_FINDINGS = 2
    #: how often a rewrite parses its own result again before it stops (1 to 1000, default 32)
    MAX_FIX_ROUNDS = 3
    #: nesting of shell groups, substitutions and inner scripts that is followed (1 to 1000, default
    #: 64)
    MAX_SHELL_DEPTH = 4
    #: bytes that the variable expansion of one word may produce (1 to 67108864, default 1048576)
    MAX_EXPANSION = 5
    #: 1: a rewrite also applies fixes of class suggested (0 to 1, default 0)
    FIX_SUGGESTED = 6
    #: 0: a rewrite leaves out fixes of class bugfix (0 to 1, default 1)
    FIX_BUGFIX = 7
    #: 1: text reports carry ANSI colours (0 to 1, default 0)
    COLOR = 8
    #: the day that dated facts are judged by, in seconds since 1970; 0: their data date (0 to
    #: 253402300799, default 0)
    NOW = 9
    #: match steps that the patterns of one expanded word may take (1000 to 1000000000, default
    #: 1000000)
    MAX_REGEX_STEPS = 10
    #: name of the input, for messages and reports; never opened
    FILE_NAME = 64
    #: NAME=VALUE given to the build
    BUILD_ARG = 65
    #: the stage to build; default the last one
    TARGET = 66
    #: target platform, for example linux/arm64
    PLATFORM = 67
    #: name of a further build context that the caller supplies
    NAMED_CONTEXT = 68
    #: code, name or alias of a rule whose fixes a rewrite applies; default all
    FIX_RULE = 69
    #: REFERENCE=JSON: an image's OCI config as the registry has it; REFERENCE alone: it has none
    IMAGE_CONFIG = 70
    #: path of the input from the root of the build context; default its file-name
    CONTEXT_PATH = 71

    @classmethod
    def _missing_(cls, value: object) -> OptionId:
        return cls.NONE


class InstructionKind(IntEnum):
    """The 18 instructions."""

    UNKNOWN = 0
    #: adds files, archives, URLs or git sources
    ADD = 1
    #: declares build arguments
    ARG = 2
    #: default command, or default arguments of ENTRYPOINT
    CMD = 3
    #: copies files from the context, a stage or an image
    COPY = 4
    #: the program that the container runs
    ENTRYPOINT = 5
    #: sets environment variables
    ENV = 6
    #: documents the ports of the service
    EXPOSE = 7
    #: starts a stage on a base image
    FROM = 8
    #: how the engine tests the container
    HEALTHCHECK = 9
    #: adds metadata to the image
    LABEL = 10
    #: author of the image (deprecated)
    MAINTAINER = 11
    #: an instruction for images built on this one
    ONBUILD = 12
    #: runs a command while building
    RUN = 13
    #: the shell of the shell form
    SHELL = 14
    #: the signal that stops the container
    STOPSIGNAL = 15
    #: user and group of what follows
    USER = 16
    #: mount points of volumes
    VOLUME = 17
    #: working directory of what follows
    WORKDIR = 18

    @classmethod
    def _missing_(cls, value: object) -> InstructionKind:
        return cls.UNKNOWN


class NodeKind(IntEnum):
    """What a node is."""

    NONE = 0
    #: the whole input
    DOCUMENT = 1
    #: a parser directive such as # syntax=, children: key and value
    DIRECTIVE = 2
    #: a comment line between instructions
    COMMENT = 3
    #: a run of blank lines between instructions
    BLANK = 4
    #: an instruction with its heredocs
    INSTRUCTION = 5
    #: the instruction's name as typed
    KEYWORD = 6
    #: a --flag of the instruction
    FLAG = 7
    #: an argument as the builder's tree has it
    ARGUMENT = 8
    #: a NAME=VALUE of ENV or LABEL, children: name and value
    PAIR = 9
    #: the name of a pair
    NAME = 10
    #: the value of a pair
    VALUE = 11
    #: a here-document: operator, body and terminator
    HEREDOC = 12
    #: the lines of a heredoc without its terminator
    HEREDOC_BODY = 13
    #: input that was not analysed because it is over a limit
    UNPARSED = 14

    @classmethod
    def _missing_(cls, value: object) -> NodeKind:
        return cls.NONE


class TokenKind(IntEnum):
    """What a token is."""

    NONE = 0
    #: UTF-8 byte order mark at the start
    BYTE_ORDER_MARK = 1
    #: blanks between other tokens
    WHITESPACE = 2
    #: a line end with the carriage returns before it
    NEWLINE = 3
    #: a comment from # to the end of its line
    COMMENT = 4
    #: a parser directive from # to the end of its line
    DIRECTIVE = 5
    #: the name of an instruction, or a piece of it
    KEYWORD = 6
    #: a --flag, or a piece of it
    FLAG = 7
    #: argument text, or a piece of it
    ARGUMENT = 8
    #: escape character at the end of a line and blanks after it
    CONTINUATION = 9
    #: lines of a heredoc
    HEREDOC_BODY = 10
    #: the terminator line of a heredoc
    HEREDOC_END = 11
    #: input over the size limit
    UNPARSED = 12

    @classmethod
    def _missing_(cls, value: object) -> TokenKind:
        return cls.NONE


class ColumnUnit(IntEnum):
    """In what a column is counted."""

    BYTES = 0
    #: an invalid byte counts as one
    CODE_POINTS = 1
    #: as editors count; an invalid byte counts as one
    UTF16 = 2


class NodeFlags(IntFlag):
    """Bits of a node's flags."""

    #: instruction: its arguments are a JSON array (exec form)
    JSON = 1
    #: pair: written `KEY value`, without `=`
    LEGACY = 2
    #: instruction: an empty line inside a continuation
    EMPTY_LINE = 4
    #: heredoc: `<<-`
    CHOMP = 8
    #: heredoc: quoted name, the body is not expanded
    QUOTED = 16
    #: heredoc: the input ends before its terminator
    UNTERMINATED = 32
    #: instruction: starts like a JSON array, but is not one
    JSON_FAILED = 64


class DumpFormat(IntEnum):
    """Form of a dump of a document."""

    #: indented nodes with ranges, for people
    TREE = 0
    #: the builder's own dump of its tree, byte for byte
    BUILDKIT = 1
    #: everything: nodes, parts, lines, problems
    JSON = 2


class PartKind(IntEnum):
    """What a part is."""

    NONE = 0
    #: the instruction's name as typed
    KEYWORD = 1
    #: a whole --name=value; holds FLAG_NAME and FLAG_VALUE
    FLAG = 2
    #: the flag's name without dashes
    FLAG_NAME = 3
    #: what follows =; holds what the flag is made of
    FLAG_VALUE = 4
    #: a key=value of a --mount or --device; holds OPTION_KEY, OPTION_VALUE
    OPTION = 5
    #: the key of an option
    OPTION_KEY = 6
    #: the value of an option
    OPTION_VALUE = 7
    #: an image or stage reference (FROM, --from); holds its pieces
    IMAGE = 8
    #: host and port of the registry
    IMAGE_REGISTRY = 9
    #: path of the repository, without the registry
    IMAGE_REPOSITORY = 10
    #: what follows the last :
    IMAGE_TAG = 11
    #: what follows @, algorithm included
    IMAGE_DIGEST = 12
    #: a platform such as linux/amd64
    PLATFORM = 13
    #: the AS word of FROM
    AS = 14
    #: the name after AS
    STAGE_NAME = 15
    #: a source of COPY or ADD
    SOURCE = 16
    #: the destination of COPY or ADD
    DESTINATION = 17
    #: a NAME=VALUE of ENV, LABEL or ARG; holds KEY and VALUE
    PAIR = 18
    #: the name of a pair
    KEY = 19
    #: the value of a pair, quotes as written
    VALUE = 20
    #: shell-form text of RUN, CMD, ENTRYPOINT, HEALTHCHECK
    COMMAND = 21
    #: an element of an exec form (JSON array)
    EXEC_ARGUMENT = 22
    #: user name or id (USER, --chown)
    USER_NAME = 23
    #: group name or id (USER, --chown)
    GROUP_NAME = 24
    #: a port of EXPOSE; holds PORT_NUMBER and PORT_PROTOCOL
    PORT = 25
    #: number or range
    PORT_NUMBER = 26
    #: tcp, udp or sctp
    PORT_PROTOCOL = 27
    #: a path of WORKDIR or VOLUME
    PATH = 28
    #: the signal of STOPSIGNAL
    SIGNAL = 29
    #: CMD or NONE
    HEALTHCHECK_TYPE = 30
    #: the instruction of ONBUILD
    TRIGGER = 31
    #: the text of MAINTAINER
    AUTHOR = 32
    #: a heredoc's body
    HEREDOC = 33
    #: the word after <<
    HEREDOC_NAME = 34
    #: an argument that fits no other kind
    ARGUMENT = 35

    @classmethod
    def _missing_(cls, value: object) -> PartKind:
        return cls.NONE


class PartFlags(IntFlag):
    """Bits of a part's flags."""

    #: the bytes in the range are the value: no quotes, escapes, gap
    EXACT = 1
    #: the value holds a `$`: it depends on expansion
    VARIABLE = 2
    #: the part names a heredoc of the instruction
    HEREDOC = 4


class Operator(IntEnum):
    """What stands between a command and the one before it in the same list."""

    #: the first of its list
    NONE = 0
    #: &&
    AND = 1
    #: ||
    OR = 2
    #: ; or a newline
    SEMICOLON = 3
    #: | or |&
    PIPE = 4
    #: &
    BACKGROUND = 5

    @classmethod
    def _missing_(cls, value: object) -> Operator:
        return cls.NONE


class CommandFlags(IntFlag):
    """Bits that say where a command stands."""

    #: in ( … )
    SUBSHELL = 1
    #: in $( … ), `…`, <( … )
    SUBSTITUTION = 2
    #: may not run: after || or in the body of if, while, case
    CONDITIONAL = 4
    #: in the body of for, while or until
    LOOP = 8
    #: after !
    NEGATED = 16
    #: run by the wrapper command that is its parent
    WRAPPED = 32
    #: runs another command that is listed too (its child)
    WRAPPER = 64
    #: in the body of a function
    FUNCTION = 128
    #: from a JSON array, no shell in between
    EXEC_FORM = 256
    #: in the body of a heredoc of the instruction
    HEREDOC = 512
    #: no program: the head of for, select or case, its words up to the list; the keyword is its
    #: name
    HEADER = 1024


class WordRole(IntEnum):
    """What a word is in its command."""

    #: the name or an argument
    ARGUMENT = 0
    #: NAME=value in front of the name
    ASSIGNMENT = 1
    #: target of a redirection; the operator is not part of it
    REDIRECTION = 2


class WordFlags(IntFlag):
    """Bits that say how a word is written."""

    #: no $ or backtick expansion: its value is certain
    LITERAL = 1
    #: holds a quote or an escape
    QUOTED = 2
    #: holds $name, ${…} or $((…))
    VARIABLE = 4
    #: holds $(…) or `…`
    SUBSTITUTION = 8
    #: holds an unquoted * ? [
    GLOB = 16
    #: its bytes in the file are its value: no quotes, no gap
    EXACT = 32


class EdgeKind(IntEnum):
    """Why one stage needs another, or an image."""

    NONE = 0
    #: FROM
    BASE = 1
    #: COPY --from
    COPY = 2
    #: RUN --mount=from=
    MOUNT = 3

    @classmethod
    def _missing_(cls, value: object) -> EdgeKind:
        return cls.NONE


class ConfigField(IntEnum):
    """What a config holds: texts, lists and numbers."""

    NONE = 0
    #: processor architecture in Go's spelling
    ARCHITECTURE = 1
    #: operating system in Go's spelling
    OS = 2
    #: version of the operating system, or empty
    OS_VERSION = 3
    #: variant of the processor, or empty
    VARIANT = 4
    #: what MAINTAINER says
    AUTHOR = 5
    #: user the container runs as
    USER = 6
    #: directory the container starts in
    WORKING_DIR = 7
    #: signal that asks the container to stop
    STOP_SIGNAL = 8
    #: NAME=VALUE, in the order in which the names first came
    ENV = 32
    #: words of the entry point
    ENTRYPOINT = 33
    #: words of the command
    CMD = 34
    #: port/protocol, sorted
    EXPOSED_PORTS = 35
    #: paths, sorted
    VOLUMES = 36
    #: names of the labels, sorted
    LABELS = 37
    #: triggers for builds based on the image
    ON_BUILD = 38
    #: shell of the shell form; empty: the system's own
    SHELL = 39
    #: the health check: NONE, or CMD or CMD-SHELL and words
    HEALTHCHECK_TEST = 40
    #: how each line of the history came about
    HISTORY = 41
    #: references that the build asks a registry for, sorted
    IMAGES = 42
    #: nanoseconds between two health checks; 0: default
    HEALTHCHECK_INTERVAL = 64
    #: nanoseconds that a health check may take; 0: default
    HEALTHCHECK_TIMEOUT = 65
    #: nanoseconds in which failures do not count
    HEALTHCHECK_START_PERIOD = 66
    #: nanoseconds between checks at the start; 0: default
    HEALTHCHECK_START_INTERVAL = 67
    #: failures in a row that count as unhealthy; 0: default
    HEALTHCHECK_RETRIES = 68
    #: 1 when the file has set the command
    ARGS_ESCAPED = 69

    @classmethod
    def _missing_(cls, value: object) -> ConfigField:
        return cls.NONE


class ExpansionMode(IntEnum):
    """What the builder does with the variables of a part."""

    #: nothing: the text is taken as written
    NONE = 0
    #: expanded to one text, quotes and escapes resolved
    WORD = 1
    #: expanded and split at white space: EXPOSE
    WORDS = 2
    #: a heredoc of COPY or ADD: expanded, quotes are ordinary text and the escape character is
    #: always a backslash
    BODY = 3
    #: nothing: the shell expands it when it runs
    SHELL = 4
    #: nothing now: inside ONBUILD, expanded when a child is built
    LATER = 5
    #: must be free of variables: COPY --from, a mount's from
    REFUSED = 6

    @classmethod
    def _missing_(cls, value: object) -> ExpansionMode:
        return cls.NONE


class VariableState(IntEnum):
    """Whether a variable has a value at some place."""

    #: nothing sets it: it expands to nothing, for certain
    UNSET = 0
    #: it has a value that is known
    SET = 1
    #: ARG without default: only a build argument would give a value
    DECLARED = 2
    #: the base image may set it, or sets it to what is not known
    BASE = 3


class VariableOrigin(IntEnum):
    """Who gives a variable its value."""

    #: nobody: unset, or declared without a value
    NONE = 0
    #: ENV of this stage or of one that it is based on
    ENVIRONMENT = 1
    #: the default of an ARG, perhaps of a global one
    ARG_DEFAULT = 2
    #: the caller: a build argument
    BUILD_ARGUMENT = 3
    #: the builder: TARGETARCH and its like
    AUTOMATIC = 4
    #: the base image, or the PATH that every image gets
    BASE_IMAGE = 5

    @classmethod
    def _missing_(cls, value: object) -> VariableOrigin:
        return cls.NONE


class SourceKind(IntEnum):
    """Where a source of COPY or ADD lies."""

    NONE = 0
    #: files of the build context
    CONTEXT = 1
    #: --from: a stage, an image or a named context
    STAGE = 2
    #: text in the Dockerfile itself
    HEREDOC = 3
    #: a URL or a git repository; COPY refuses it
    REMOTE = 4
    #: its path is not certain: a variable without a known value, or in ONBUILD
    UNKNOWN = 5

    @classmethod
    def _missing_(cls, value: object) -> SourceKind:
        return cls.NONE


class Severity(IntEnum):
    """How bad a finding is; a larger value is worse."""

    NONE = 0
    STYLE = 1
    #: worth knowing
    INFO = 2
    #: very likely wrong or risky
    WARNING = 3
    #: build or container breaks, or a secret leaks
    ERROR = 4

    @classmethod
    def _missing_(cls, value: object) -> Severity:
        return cls.NONE


class FixClass(IntEnum):
    """What a fix promises."""

    NONE = 0
    #: the image stays as it is, but for what the rule is about
    SAFE = 1
    #: what is there is provably broken; only that changes
    BUGFIX = 2
    #: behaviour changes, nearly always wanted
    SUGGESTED = 3

    @classmethod
    def _missing_(cls, value: object) -> FixClass:
        return cls.NONE


class ReportFormat(IntEnum):
    """Form of a rendered report."""

    #: for people: source excerpts with carets, colour by an option
    TEXT = 0
    #: one object; see the README for its members
    JSON = 1
    #: the JSON of the builder's own check: its warnings in its order, and its error; for reports of
    #: profile buildkit
    BUILDKIT = 2


class GraphFormat(IntEnum):
    """Form of a graph of the stages."""

    #: for people: each stage, then a line for FROM and each source
    TEXT = 0
    #: one object: stages with their edges; stages count from 0
    JSON = 1
    #: for Graphviz: images and stages, an arrow from a source to its user
    DOT = 2
