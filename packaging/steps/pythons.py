"""Which Python to use, and where another one is installed.

Kept readable for Python 3.7 and later: this file runs before the version is known.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

MINIMUM = (3, 11)
# Looked for in this order when the Python that runs is too old.
SERVING = ("3.11", "3.12", "3.13", "3.14")
# What an environment is made with and the program needs of it. Debian packs ensurepip apart.
NEEDED_MODULES = "ctypes, ensurepip, sqlite3, ssl, venv"


def base_python() -> str:
    """Path of the Python under this one: itself, or what the virtual environment was made from."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def can_import(python: str, modules: str) -> bool:
    """Whether `python` starts at all and can import `modules`, comma-separated."""
    try:
        done = subprocess.run(
            [python, "-I", "-c", "import " + modules],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find(minor: str, modules: str = NEEDED_MODULES) -> str | None:
    """Path of an installed Python `minor` ("3.13") that can import `modules`, or None.

    Asks pyenv first: its stand-ins on PATH are there for versions that are not chosen, and fail.
    """
    candidates = [str(path) for path in _from_pyenv(minor)]
    on_path = shutil.which("python" + minor)
    if on_path is not None:
        candidates.append(on_path)
    for python in candidates:
        if can_import(python, modules):
            return python
    return None


def hand_over(script: str, words: list[str]) -> int:
    """Run `script` again with a Python that serves; returns its exit code, 1 where none is."""
    for minor in SERVING:
        # Making environments can still be added to it; being able to start cannot.
        python = find(minor, "sys")
        if python is not None:
            return subprocess.call([python, script, *words])
    sys.stderr.write(
        "Channel Plot needs Python {}.{} or later: this is Python {}.{}.{} and no later one was "
        "found.\n".format(*MINIMUM, *sys.version_info[:3])
    )
    return 1


def _from_pyenv(minor: str) -> list[Path]:
    """Pythons of that minor version under `pyenv root`, the latest first."""
    pyenv = shutil.which("pyenv")
    root = os.environ.get("PYENV_ROOT")
    if pyenv is not None and root is None:
        try:
            root = subprocess.run(
                [pyenv, "root"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                timeout=30,
                check=False,
            ).stdout.strip()
        except (OSError, subprocess.TimeoutExpired):
            root = None
    if not root:
        return []

    def patch(path: Path) -> int:
        last = path.parts[-3].split(".")[-1]
        return int(last) if last.isdigit() else -1

    return sorted(Path(root).glob("versions/" + minor + ".*/bin/python"), key=patch, reverse=True)
