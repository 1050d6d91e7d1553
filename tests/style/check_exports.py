#!/usr/bin/env python3
"""The public headers, the linker version script and the built library name the same symbols, and
the library lacks none of its own.

    check_exports.py LIBRARY    compares all three
    check_exports.py --update   writes the version script from the headers
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAP = ROOT / "lib" / "libgodockerfile.map"
NODE = "GODOCKERFILE_0"


def without_comments(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.S)


def header_symbols():
    found = set()
    for header in sorted((ROOT / "include").rglob("*.h")):
        text = without_comments(header.read_text())
        text = re.sub(r"^\s*#(?:\\\n|.)*$", "", text, flags=re.M)
        found.update(re.findall(r"\bGDF_API\b[^;(]*?\b(gdf_\w+)\s*\(", text))
    return found


def map_symbols():
    text = without_comments(MAP.read_text())
    exported = re.search(r"global:(.*?)local:", text, flags=re.S).group(1)
    return set(re.findall(r"([^\s;]+);", exported))


def library_symbols(library, kind):
    listing = subprocess.run(["nm", "-D", kind, library],
                             check=True, capture_output=True, text=True).stdout
    names = {line.split()[-1].split("@")[0] for line in listing.splitlines() if line.strip()}
    return names - {NODE}


def write_map(names):
    lines = "".join(f"    {name};\n" for name in sorted(names))
    MAP.write_text("/* Every symbol of the public API, written by tests/style/check_exports.py "
                   f"--update. */\n{NODE} {{\n  global:\n{lines}  local:\n    *;\n}};\n")


def report(where, expected, actual):
    for name in sorted(expected - actual):
        print(f"{name}: declared with GDF_API, missing in {where}")
    for name in sorted(actual - expected):
        print(f"{name}: in {where}, but no header declares it with GDF_API")
    return expected != actual


def main():
    declared = header_symbols()
    if sys.argv[1:] == ["--update"]:
        write_map(declared)
        return 0
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    bad_map = report(MAP.name, declared, map_symbols())
    library = sys.argv[1]
    exported = library_symbols(library, "--defined-only")
    bad_library = report(Path(library).name, declared, exported)
    lacking = {name for name in library_symbols(library, "--undefined-only")
               if name.startswith("gdf_")}
    for name in sorted(lacking):
        print(f"{name}: used inside {Path(library).name}, defined nowhere")
    return 1 if bad_map or bad_library or lacking else 0


if __name__ == "__main__":
    sys.exit(main())
