#!/usr/bin/env python3
"""Runs the programs as their users do.

    run_cases.py BIN_DIRECTORY CASE_FILE [TITLE...]

A case file is a list of cases, each run in an empty directory of its own:

    === title of the case
    %% file Dockerfile          a file to begin with: the lines up to the next %%
    %% run                      shell script; the programs of BIN_DIRECTORY are on its PATH,
                                and $PROJECT_ROOT is the top of the project
    %% status 1                 exit status; 0 when it is not given
    %% stdout                   what must come out, exactly; nothing when it is not given
    %% stderr
    %% after Dockerfile         what the file must hold then
    %% terminal                 standard output and error are one terminal; compared with stdout
    %% as nobody                needs a user who may not write everywhere; left out without one

A line `...` in stdout, stderr or after stands for any number of lines, `...` inside a line for any
text of that line. Lines before the first case are for the reader.
"""
import errno
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

NOBODY = 65534
PROJECT_ROOT = Path(__file__).resolve().parents[2]


def read_cases(path):
    cases = []
    lines = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(keepends=True), 1):
        if line.startswith("=== "):
            cases.append({"title": line[4:].strip(), "parts": []})
            lines = None
        elif line.startswith("%% ") and cases:
            word, _, rest = line[3:].strip().partition(" ")
            if word not in {"file", "run", "status", "stdout", "stderr", "after", "terminal", "as"}:
                sys.exit(f"{path}:{number}: unknown part '{word}'")
            lines = []
            cases[-1]["parts"].append((word, rest, lines))
        elif lines is not None:
            lines.append(line)
        elif cases and line.strip():
            sys.exit(f"{path}:{number}: a line that belongs to nothing")
    return cases


def content(lines):
    """The blank lines in front of the next case are no content."""
    text = "".join(lines)
    return re.sub(r"\n+\Z", "\n", text)


def matches(expected, actual):
    pattern = ""
    for line in expected.splitlines(keepends=True):
        if line == "...\n":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += r"[^\n]*".join(re.escape(part) for part in line.split("..."))
    return re.fullmatch(pattern, actual) is not None


def become_nobody():
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def run_piped(script, directory, environment, demote):
    done = subprocess.run(["bash", "-c", script], cwd=directory, env=environment,
                          stdin=subprocess.DEVNULL, capture_output=True, check=False,
                          preexec_fn=become_nobody if demote else None, restore_signals=False)
    return done.returncode, done.stdout, done.stderr


def run_on_terminal(script, directory, environment):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(["bash", "-c", script], cwd=directory, env=environment,
                               stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs)
    os.close(theirs)
    output = b""
    while True:
        try:
            block = os.read(ours, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            break
        if not block:
            break
        output += block
    os.close(ours)
    output = output.replace(b"\r\n", b"\n").replace(b"\r", b"<CR>").replace(b"\033", b"<ESC>")
    return process.wait(), output, b""


def difference(what, expected, actual):
    return f"  {what}: expected\n{expected}  got\n{actual}"


def run_case(case, binaries, directory):
    """The differences; None when the case cannot run here."""
    environment = {"PATH": f"{binaries}:{os.environ['PATH']}", "PROJECT_ROOT": str(PROJECT_ROOT), "LC_ALL": "C.UTF-8",
                   "TERM": "xterm", "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
    expected = {"stdout": "", "stderr": ""}
    status, terminal, demote, script, after = 0, False, False, "", []
    for word, rest, lines in case["parts"]:
        if word == "file":
            path = directory / rest
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content(lines), encoding="utf-8", newline="")
        elif word == "status":
            status = int(rest)
        elif word == "after":
            after.append((rest, content(lines)))
        elif word == "run":
            script = "".join(lines)
        elif word == "terminal":
            terminal = True
        elif word == "as":
            demote = os.geteuid() == 0
        else:
            expected[word] = content(lines)
    if demote:
        for path in [directory, *directory.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)
        if subprocess.run(["bash", "-c", "godockerfile --version"], env=environment, check=False,
                          capture_output=True, preexec_fn=become_nobody).returncode != 0:
            return None
    if terminal:
        result = run_on_terminal(script, directory, environment)
    else:
        result = run_piped(script, directory, environment, demote)
    actual = {"stdout": result[1].decode("utf-8", "backslashreplace"),
              "stderr": result[2].decode("utf-8", "backslashreplace")}
    problems = [difference(name, expected[name], actual[name])
                for name in expected if not matches(expected[name], actual[name])]
    if result[0] != status:
        problems.append(f"  status: expected {status}, got {result[0]}\n")
    for name, text in after:
        path = directory / name
        found = path.read_text(encoding="utf-8") if path.is_file() else "(no such file)\n"
        if not matches(text, found):
            problems.append(difference(name, text, found))
    return problems


def main():
    binaries, path, *titles = sys.argv[1:]
    failed = 0
    ran = 0
    for case in read_cases(Path(path)):
        if titles and case["title"] not in titles:
            continue
        with tempfile.TemporaryDirectory() as directory:
            os.chmod(directory, 0o755)
            problems = run_case(case, str(Path(binaries).resolve()), Path(directory))
            subprocess.run(["chmod", "-R", "u+w", directory], check=False)
        if problems is None:
            print(f"left out: {case['title']}")
            continue
        ran += 1
        if problems:
            failed += 1
            print(f"FAILED: {case['title']}\n" + "".join(problems))
    print(f"{ran} cases, {failed} failed")
    return 1 if failed or not ran else 0


if __name__ == "__main__":
    sys.exit(main())
