"""Linters, types, import contracts and file sizes: all are run, then the verdict is given."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from steps import environment
from steps.environment import Environment
from steps.say import ROOT, say

LONGEST_FILE_LINES: Final = 600


def run() -> int:
    """Run every check; returns 0 if all passed, else 1."""
    venv = environment.main_environment()
    environment.ensure(venv, for_tests=True)
    checks: list[tuple[str, Callable[[], tuple[bool, str]]]] = [
        ("ruff check", lambda: _tool(venv, "ruff", "check", "--quiet", ".")),
        ("ruff format", lambda: _tool(venv, "ruff", "format", "--check", "--quiet", "--diff", ".")),
        ("mypy", lambda: _tool(venv, "mypy", "app", "packaging", "tests")),
        ("import contracts", lambda: _tool(venv, "lint-imports", "--no-logo")),
        (f"{LONGEST_FILE_LINES} lines a file", _sizes),
    ]
    failed = [name for name, check in checks if not _report(name, check)]
    if failed:
        say(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def too_long(root: Path) -> list[str]:
    """The Python files of `app/` under `root` that are over the limit, with their line counts."""
    counts = {path: len(path.read_text("utf-8").splitlines()) for path in root.glob("app/**/*.py")}
    return sorted(
        f"{path.relative_to(root).as_posix()}: {count} lines"
        for path, count in counts.items()
        if count > LONGEST_FILE_LINES
    )


def _report(name: str, check: Callable[[], tuple[bool, str]]) -> bool:
    started = time.monotonic()
    passed, words = check()
    verdict = "ok" if passed else "FAILED"
    print(f"{name:<20} {verdict:<7} {time.monotonic() - started:5.1f} s", flush=True)
    if not passed:
        print(words, flush=True)
    return passed


def _tool(venv: Environment, name: str, *words: str) -> tuple[bool, str]:
    done = subprocess.run(
        [str(venv.program(name)), *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout.rstrip()


def _sizes() -> tuple[bool, str]:
    found = too_long(ROOT)
    return not found, "\n".join(found)
