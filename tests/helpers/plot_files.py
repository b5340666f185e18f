"""Plot files looked at from outside: their rows, their log, validators, the command line."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from helpers import command_server
from helpers.command_server import can_run

VALIDATOR: Final = Path(sys.prefix) / "validator"
LOG_COLUMNS: Final = (
    "previous_hash, seq, at_utc, operator, label, entity, entity_uid, before, after, name,"
    " reason, hash"
)


def file_rows(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Ask a plot file from outside, with a connection that only reads."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as conn:
        return [tuple(row) for row in conn.execute(sql, values)]


def labels_in_log(path: Path) -> list[str]:
    """The codes of all acts in the log of a plot file, the first first."""
    return [str(label) for (label,) in file_rows(path, "SELECT label FROM edit_log ORDER BY seq")]


def assert_log_is_whole(path: Path) -> None:
    """Every row of the log has its number, and its hash covers it and the row before.

    Rows from before acts had names have hashes that say nothing of them.
    """
    previous = ""
    for number, row in enumerate(
        file_rows(path, f"SELECT {LOG_COLUMNS} FROM edit_log ORDER BY seq"), start=1
    ):
        assert row[1] == number
        assert row[0] == previous, f"row {number} does not follow the one before it"
        *covered, name, reason, own = row
        if name is not None or reason is not None:
            covered += (name, reason)
        text = json.dumps(covered, ensure_ascii=False, separators=(",", ":"))
        assert own == hashlib.sha256(text.encode()).hexdigest(), f"row {number} was altered"
        previous = str(own)


def assert_conforms(path: Path) -> None:
    """GDAL's validator finds a GeoPackage, and our own check finds nothing wrong."""
    # The validator opens with a library of its own, in a process of its own.
    done = run_python(
        "-m", "osgeo_utils.samples.validate_gpkg", "-k", "--extra", "--warning-as-error",
        str(path), env={"PYTHONPATH": str(VALIDATOR)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    checked = channelplot("check", str(path))
    assert checked.returncode == 0, checked.stdout + checked.stderr


def channelplot(
    *words: str, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run the program from the command line, in a process of its own."""
    variables = {**without_screen(), **(env or {})}
    if can_run(variables):
        return command_server.run(words, variables, cwd)
    return run_python("-m", "channelplot", *words, env=env, cwd=cwd)


def run_python(
    *words: str, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run this Python with no screen, and its output as text."""
    return subprocess.run(
        [sys.executable, *words],
        env={**without_screen(), **(env or {})},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def without_screen() -> dict[str, str]:
    """This process's environment with nothing in it that leads to a screen."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"}
    return {name: value for name, value in os.environ.items() if name not in hidden}
