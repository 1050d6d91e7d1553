#!/usr/bin/env python3
"""clang-tidy has nothing to say about the library and the examples (rules: .clang-tidy).

    check_tidy.py CLANG_TIDY BUILD_DIRECTORY [FILE...]
"""
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from project_files import ROOT


def compiled_files(build):
    commands = json.loads((build / "compile_commands.json").read_text())
    files = {Path(command["file"]).resolve() for command in commands}
    return sorted(path for path in files
                  if any(path.is_relative_to(ROOT / folder) for folder in ("lib", "examples")))


def main():
    tool, build, *chosen = sys.argv[1:]
    files = [Path(path).resolve() for path in chosen] or compiled_files(Path(build))

    def check(path):
        # clang does not know all optimisation options that gcc compiled with.
        quiet = ["--quiet", "--extra-arg=-Wno-ignored-optimization-argument"]
        return subprocess.run([tool, *quiet, "-p", build, str(path)],
                              capture_output=True, text=True, check=False)

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        results = list(pool.map(check, files))
    for result in results:
        if result.returncode != 0:
            print(result.stdout)
    return 1 if not files or any(result.returncode for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
