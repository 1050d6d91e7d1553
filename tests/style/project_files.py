"""Which files belong to the project, for the checks of this folder."""
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATED = {"build", "dist", ".git", "__pycache__", ".venv"}


def all_files():
    """Every file of the project: what git knows or would add; all but build results elsewhere."""
    git = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"],
                         capture_output=True, text=True, check=False)
    if git.returncode == 0:
        paths = [ROOT / name for name in git.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*")
                 if not GENERATED & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in paths if path.is_file() and not path.is_symlink())


def c_files(*folders):
    """The .c and .h files below the given top-level folders."""
    return [path for path in all_files()
            if path.suffix in {".c", ".h"} and path.relative_to(ROOT).parts[0] in folders]


def name(path):
    """The path as messages show it."""
    return str(path.relative_to(ROOT))
