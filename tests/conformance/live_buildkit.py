#!/usr/bin/env python3
"""Compares the library with BuildKit itself, on inputs that nobody has seen before.

    live_buildkit.py --ours PROGRAM --build DIRECTORY [--seed N] [--count N]
    live_buildkit.py --ours PROGRAM --replay

Mutates the inputs of seeds/ and asks live_answers (PROGRAM) and buildkit/ (built here; it needs
Go, and the Go module proxy the first time) the same questions. Prints the seed, so that a run can
be repeated. What they answer differently is made as small as possible and saved in
DIRECTORY/differences, as a case ready for cases/. Exit status 77 where BuildKit cannot be had.

With --replay: cases/ against the recorded answers, without Go. A case file is a list of

    === D "the input"            D: Dockerfile, B: the same checked and built, W: word, I: ignore
                                 file; quoted as answers are
    lines of the answer

Lines before the first case are for the reader.

What is asked, what is left out, and why: README.md.
"""
import argparse
import os
import random
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

from mutations import Generator, pack

HERE = Path(__file__).resolve().parent
SKIPPED = 77
BATCH = 1000
MAX_MINIMISED = 25
MAX_CUTS = 1000
MAX_SHOWN = 5
NEEDED_GO = (1, 26)
RETRIES = 30
UNSTEADY = "the builder itself answers differently from run to run"
# The first of equally near names, in the order of a Go map; variables (`$`) come from a list.
SUGGESTION = re.compile(rb' \(did you mean (?!\$)(?:[^()"\\]|\\.)*\?\)(?=" |"\n)')
RULES = re.compile(rb'^(\w+-error "lint violation found for rules: )([\w, ]+)"', re.M)
RACE = re.compile(rb'^(\w+-error "(?:failed to parse stage name|circular dependency detected)) .*\n', re.M)


class Unavailable(Exception):
    """BuildKit cannot be built here."""


# ---- asking --------------------------------------------------------------------------------------

def read_answers(data):
    answers = []
    at = 0
    while at + 4 <= len(data):
        length, = struct.unpack_from("<I", data, at)
        if at + 4 + length > len(data):
            break
        answers.append(data[at + 4:at + 4 + length])
        at += 4 + length
    return answers


def ask(program, frames):
    """The answers; the frame at which the program dies is answered by the words of its end."""
    answers = []
    while len(answers) < len(frames):
        rest = frames[len(answers):]
        done = subprocess.run([program], input=b"".join(pack(*frame) for frame in rest),
                              capture_output=True, check=False)
        answers += read_answers(done.stdout)[:len(rest)]
        if len(answers) < len(frames):
            answers.append(b"died %d\n%s" % (done.returncode, done.stderr[-2000:]))
    return answers


def without_checks(lines):
    return [line for line in lines if not line.startswith(b"lint")]


def sort_rules(found):
    """The rules of a violation come in the order of a Go map."""
    return found[1] + b", ".join(sorted(found[2].split(b", "))) + b'"'


def comparable(answer):
    """Most suggestions come in the order of a Go map, findings in the order of ours, and of two
    stages that are refused at the same time either one is named."""
    answer = RACE.sub(rb"\1\n", SUGGESTION.sub(b"", answer))
    answer = RULES.sub(sort_rules, answer)
    lines = answer.splitlines(keepends=True)
    checks = sorted(line for line in lines if line.startswith(b"lint"))
    return b"".join(without_checks(lines) + checks)


QUOTED = re.compile(rb'"((?:\\.|[^"\\])*)"')
WILDCARD = re.compile(rb'[*?[\]]|\\\\')
ALTERNATIVES = re.compile(rb'[|]|\{\d+(,\d*)?\}')
GO_ESCAPE = re.compile(rb'\\\\[ABPQbpxz0-7]')


def has_pattern(test):
    """A test of the patterns that become regular expressions."""
    def check(answer):
        lines = re.findall(rb"^patterns .*", answer, re.M)
        return any(WILDCARD.search(text) and test.search(text)
                   for line in lines for text in QUOTED.findall(line))
    return check


# Answers that are not compared, and why: tests of both answers together. README.md says more.
EXCLUDED = [
    (re.compile(rb"^(panic|died) ", re.M).search, "the builder itself fails"),
    (re.compile(rb'^patterns.*\n(match.*\n)*error "syntax error in pattern"', re.M).search,
     "Go refuses the expression that a pattern became when a path is tried"),
    (has_pattern(ALTERNATIVES), "the builder lets | and {2} through to the expression"),
    (has_pattern(GO_ESCAPE), "the builder lets escapes such as \\b through to the expression"),
    (re.compile(rb'^(build|check)-error "device feature is only supported', re.M).search,
     "devices are for the labs edition in the recorded frontend, for all in the module"),
]

# Answers of which only the error is compared.
ONLY_ERROR = [
    (re.compile(rb'^error "dockerfile line greater than max allowed size', re.M),
     "the builder stops at an over-long line, the library reads on"),
]


def is_only_error(answer):
    return any(test.search(answer) for test, _ in ONLY_ERROR)


def error_of(answer):
    return b"".join(line for line in answer.splitlines(keepends=True) if line.startswith(b"error "))


def reason_to_leave_out(ours, theirs):
    """Why the answers are not compared, or nothing."""
    return next((why for test, why in EXCLUDED if test(ours + theirs)), "")


def is_same(ours, theirs):
    if b"\nlint-refused\n" in theirs:  # the builder ends in an error before it checks anything
        ours, theirs = (b"".join(without_checks(answer.splitlines(keepends=True)))
                        for answer in (ours, theirs))
    if is_only_error(theirs):
        ours, theirs = error_of(ours), error_of(theirs)
    return comparable(ours) == comparable(theirs) or bool(reason_to_leave_out(ours, theirs))


# ---- making small --------------------------------------------------------------------------------

class Pair:
    def __init__(self, ours, theirs):
        self.ours = ours
        self.theirs = theirs

    def differing(self, frames):
        """The numbers of the frames that are answered differently."""
        ours = ask(self.ours, frames)
        theirs = ask(self.theirs, frames)
        return [i for i, pair in enumerate(zip(ours, theirs))
                if not is_same(*pair) and self.is_steady(frames[i])]

    def is_steady(self, frame):
        """Whether the builder always gives the same answer."""
        return len(set(map(comparable, ask(self.theirs, [frame] * RETRIES)))) == 1

    def minimise(self, kind, text):
        """Leaves out lines, then bytes, as long as the answers differ."""
        for parts in (text.splitlines(keepends=True), None):
            parts = [text[i:i + 1] for i in range(len(text))] if parts is None else parts
            text = b"".join(self.reduce(kind, parts))
        return text

    def reduce(self, kind, parts):
        size = max(len(parts) // 2, 1)
        while parts and size >= len(parts) // MAX_CUTS:
            cuts = [parts[:at] + parts[at + size:] for at in range(0, len(parts), size)]
            smaller = self.differing([(kind, b"".join(cut)) for cut in cuts])
            if smaller:
                parts = cuts[smaller[0]]
                size = min(size, max(len(parts) // 2, 1))
            elif size == 1:
                break
            else:
                size //= 2
        return parts


def quote(text):
    """As live_lines.c quotes; a long run of one byte is `\\{length*code}`."""
    def one(found):
        byte = found[0][0]
        if found[1]:
            return f"\\{{{len(found[0])}*{byte:02x}}}"
        if byte in b'"\\':
            return "\\" + chr(byte)
        return chr(byte) if 32 <= byte <= 126 else f"\\x{byte:02x}"
    return '"' + "".join(map(one, re.finditer(rb"(?s)(.)\1{63,}|.", text))) + '"'


def unquote(text):
    def one(found):
        if found[1]:
            return bytes([int(found[2], 16)]) * int(found[1])
        return bytes([int(found[3], 16)]) if found[3] else found[4]
    return re.sub(rb'\\(?:\{(\d+)\*(\w\w)\}|x(\w\w)|(["\\]))', one, text.strip()[1:-1])


def shorten(answer):
    """Long runs as quote() writes them."""
    return re.sub(rb"([ -!#-\[\]-~])\1{63,}",
                  lambda found: b"\\{%d*%02x}" % (len(found[0]), found[0][0]), answer)


def lengthen(answer):
    return re.sub(rb'(\\[\\"x])|\\\{(\d+)\*(\w\w)\}', lambda found: found[1] or
                  bytes([int(found[3], 16)]) * int(found[2]), answer)


def as_case(kind, text, answer):
    answer = error_of(answer) if is_only_error(answer) else answer
    return f"=== {kind} {quote(text)}\n" + shorten(answer).decode("ascii", "replace")


def first_difference(ours, theirs):
    """The first lines that differ, without their texts: what kind of difference it is."""
    for mine, other in zip(ours.splitlines() + [b"end"], theirs.splitlines() + [b"end"]):
        if mine != other:
            return re.sub(rb'"(?:\\.|[^"\\])*"|\d+', b"_", mine + b" / " + other)
    return b""


class Differences:
    """Shows and saves what differs; of each kind of difference the first few."""

    def __init__(self, pair, directory):
        self.pair = pair
        self.directory = directory
        self.count = 0
        self.kinds = {}

    def add(self, frame, ours, theirs):
        self.count += 1
        what = first_difference(comparable(ours), comparable(theirs))
        self.kinds[what] = self.kinds.get(what, 0) + 1
        if self.kinds[what] > 3 or len(self.kinds) > MAX_MINIMISED:
            return
        kind, text = frame
        small = self.pair.minimise(kind, text)
        ours, = ask(self.pair.ours, [(kind, small)])
        theirs, = ask(self.pair.theirs, [(kind, small)])
        self.directory.mkdir(parents=True, exist_ok=True)
        path = self.directory / f"{self.count:05}.case"
        path.write_text(as_case(kind, small, theirs), encoding="ascii")
        print(f"differs ({path}): {kind} {quote(small)[:2000]}")
        show("ours  ", comparable(ours), comparable(theirs))
        show("theirs", comparable(theirs), comparable(ours))


def show(who, answer, other):
    known = set(other.splitlines())
    lines = [line for line in answer.splitlines() if line not in known]
    for line in lines[:MAX_SHOWN]:
        print(f"  {who} {line.decode('ascii', 'replace')[:500]}")


# ---- BuildKit ------------------------------------------------------------------------------------

def go_programs():
    directories = os.environ.get("PATH", "").split(os.pathsep) + ["/usr/local/go/bin"]
    named = [os.environ["GDF_GO"]] if os.environ.get("GDF_GO") else []
    found = [shutil.which("go", path=directory) for directory in directories]
    return named + [program for program in found if program]


def find_go():
    for program in go_programs():
        done = subprocess.run([program, "env", "GOVERSION"], capture_output=True, text=True, check=False,
                              env=dict(os.environ, GOTOOLCHAIN="local"), cwd="/")
        version = re.match(r"go(\d+)\.(\d+)", done.stdout)
        if version and tuple(map(int, version.groups())) >= NEEDED_GO:
            return program
    raise Unavailable("Go %d.%d or newer was not found" % NEEDED_GO)


def build_theirs(directory):
    go = find_go()
    environment = dict(os.environ, GOTOOLCHAIN="local", GOFLAGS="-mod=readonly", GOWORK="off")
    try:
        done = subprocess.run([go, "mod", "download"], cwd=HERE / "buildkit", env=environment,
                              capture_output=True, text=True, check=False, timeout=300)
    except subprocess.TimeoutExpired:
        raise Unavailable("the Go module proxy does not answer") from None
    if done.returncode != 0:
        raise Unavailable("BuildKit cannot be fetched: " + done.stderr.strip()[-300:])
    directory.mkdir(parents=True, exist_ok=True)
    program = (directory / "buildkit_answers").resolve()
    subprocess.run([go, "build", "-buildvcs=false", "-o", str(program), "."], cwd=HERE / "buildkit",
                   env=environment, check=True)
    return str(program)


# ---- runs ----------------------------------------------------------------------------------------

def read_seeds(pattern="*"):
    seeds = [path.read_bytes() for path in sorted((HERE / "seeds").glob(pattern + ".Dockerfile"))]
    if not seeds:
        sys.exit(f"no seeds in {HERE / 'seeds'}")
    return seeds


def compare_live(options):
    try:
        theirs = build_theirs(options.build)
    except Unavailable as reason:
        print(f"skipped: {reason}")
        return SKIPPED
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}, {options.count} inputs", flush=True)
    seeds = read_seeds()
    generator = Generator(random.Random(seed), seeds, read_seeds("build-*"))
    pair = Pair(options.ours, theirs)
    differences = Differences(pair, options.build / "differences")
    left_out = {}
    asked = 0
    waiting = [(kind, text) for text in seeds for kind in "DB"]
    while asked < options.count:
        frames = waiting or [generator.frame() for _ in range(min(BATCH, options.count - asked))]
        waiting = None
        for frame, *answers in zip(frames, ask(pair.ours, frames), ask(pair.theirs, frames)):
            reason = reason_to_leave_out(*answers)
            if not reason and is_same(*answers):
                continue
            if not reason and not pair.is_steady(frame):
                reason = UNSTEADY
            if reason:
                left_out[reason] = left_out.get(reason, 0) + 1
            else:
                differences.add(frame, *answers)
        asked += len(frames)
    print(f"{asked} compared, {differences.count} differ, {sum(left_out.values())} left out")
    for why, count in sorted(left_out.items(), key=lambda item: -item[1]):
        print(f"  {count:6} left out: {why}")
    for what, count in sorted(differences.kinds.items(), key=lambda item: -item[1]):
        print(f"  {count:6} {what.decode('ascii', 'replace')[:160]}")
    return 1 if differences.count else 0


def read_cases(path):
    cases = []
    for line in path.read_bytes().splitlines(keepends=True):
        if line.startswith(b"=== "):
            kind, text = line[4:].split(b" ", 1)
            cases.append(((kind.decode(), unquote(text)), []))
        elif cases and line.strip():
            cases[-1][1].append(line)
    return [(frame, lengthen(b"".join(lines))) for frame, lines in cases]


def replay(options):
    count = 0
    different = 0
    for path in sorted((HERE / "cases").glob("*.case")):
        cases = read_cases(path)
        answers = ask(options.ours, [frame for frame, _ in cases])
        count += len(cases)
        for (frame, expected), answer in zip(cases, answers):
            if not is_same(answer, expected):
                different += 1
                print(f"differs ({path.name}): {frame[0]} {quote(frame[1])}")
                show("ours  ", comparable(answer), comparable(expected))
                show("theirs", comparable(expected), comparable(answer))
    print(f"{count} cases, {different} differ")
    return 1 if different or not count else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ours", required=True, help="the program live_answers")
    parser.add_argument("--build", type=Path, help="where to build and to save")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--replay", action="store_true")
    options = parser.parse_args()
    if options.replay:
        return replay(options)
    if not options.build:
        parser.error("--build is missing")
    return compare_live(options)


if __name__ == "__main__":
    sys.exit(main())
