#!/usr/bin/env python3
"""shellcheck has nothing to say about the scripts of the project.

    check_shell.py SHELLCHECK
"""
import subprocess
import sys

from project_files import ROOT, all_files


def is_script(path):
    return path.suffix == ".sh" or path == ROOT / ".ci" / "run"


def main():
    scripts = [str(path) for path in all_files() if is_script(path)]
    return subprocess.run([sys.argv[1], *scripts], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
