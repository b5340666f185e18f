"""Plot files that a test has left behind, judged by our own check and by GDAL's validator."""

import glob
import hashlib
import importlib
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from channelplot.store.check import check
from helpers.plot_files import VALIDATOR

_PLOTS = frozenset({"Channel Plot"})
_SOUND: set[str] = set()
"""The state of each file that was judged sound: the same bytes need not be judged again."""


def require_sound(folder: Path, spoiled: set[Path]) -> None:
    """Fail with an AssertionError if a plot below a folder is not sound, but for spoiled ones."""
    passed_over = {path.resolve() for path in spoiled}
    for path in sorted(folder.rglob("*.gpkg")):
        if path.is_file() and path.resolve() not in passed_over and _is_plot(path):
            state = _state_of(path)
            if state in _SOUND:
                continue
            problems = [str(problem) for problem in check(path)]
            assert not problems, f"{path.name}: {problems}"
            complaints = gdal_complaints(path)
            assert not complaints, f"{path.name}: {complaints}"
            _SOUND.add(state)


def _state_of(path: Path) -> str:
    """Return a digest of a plot file and of what stands beside it under its name."""
    digest = hashlib.sha256()
    for each in sorted(path.parent.glob(f"{glob.escape(path.name)}*")):
        if each.is_file():
            content = each.read_bytes()
            digest.update(f"{each.name.removeprefix(path.name)} {len(content)} ".encode() + content)
    return digest.hexdigest()


def gdal_complaints(path: Path) -> list[str]:
    """Return what GDAL's validator finds wrong, warnings too; empty for a sound file."""
    complaints: list[str] = []

    def complain(requirement: int, message: str) -> None:
        complaints.append(f"Req {requirement}: {message}")

    checker_class, error_class = _validator()
    checker = checker_class(
        str(path), extra_checks=True, warning_as_error=True, abort_at_first_error=False
    )
    try:
        checker.check()
    except error_class as error:
        complaints.append(str(error))
    return [*complaints, *(f"Req {number}: {text}" for number, text in checker.errors)]


@cache
def _validator() -> tuple[Callable[..., Any], type[Exception]]:
    """Return GDAL's checker, which is pure Python and opens files with Python's own sqlite3."""
    assert VALIDATOR.is_dir(), "tasks.py test installs it"
    sys.path.append(str(VALIDATOR))
    try:
        module = importlib.import_module("osgeo_utils.samples.validate_gpkg")
    finally:
        sys.path.remove(str(VALIDATOR))
    return module.GPKGChecker, module.GPKGCheckException


def _is_plot(path: Path) -> bool:
    """Return whether a file says that it is a plot of ours, sound or not."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as conn:
            rows = conn.execute("SELECT value FROM app_meta WHERE key = 'application'").fetchall()
    except sqlite3.Error:
        return False
    return any(str(value).startswith(tuple(_PLOTS)) for (value,) in rows)
