"""Whatever goes wrong inside the program: it goes on, says so once, and no act is lost."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from channelplot.store.check import check
from helpers.plot_files import file_rows, without_screen

SECOND: Final = Path(__file__).parents[2] / ".venv-3.13" / "bin" / "python"
KINDS: Final = {
    "slot", "timer", "posted", "thread", "runnable", "Qt thread", "background",
    "callback of a future", "destructor", "event filter", "listener", "saving",
}  # fmt: skip
LEAST_BY_QT: Final = 60
"""So many of the guarded functions Qt calls itself when everything is gone through."""


@pytest.mark.parametrize("python", [Path(sys.executable), SECOND], ids=["this", "second"])
def test_every_kind_of_error_leaves_the_desk_working(
    python: Path, night: Path, figure: Callable[[str], None]
) -> None:
    if not python.is_file():
        pytest.skip("no environment of the second Python (.venv-3.13)")
    acts_before = file_rows(night, "SELECT count(*) FROM edit_log")[0][0]
    done = subprocess.run(
        [str(python), "-X", "faulthandler", "-m", "helpers.inner_errors", str(night)],
        env={
            **without_screen(),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": os.pathsep.join(str(Path(__file__).parents[1 + up]) + part for up, part in
                                          ((0, ""), (1, "/app"))),
        },
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["told"] == dict.fromkeys(KINDS, 1), "each is reported, and once"
    overrides = told["overrides"]
    assert overrides["reported"] == overrides["guarded"], "one report for each"
    assert overrides["by_qt"] >= LEAST_BY_QT
    assert told["offers_restart"], "so many in so short a time"
    assert "wrong inside Channel Plot" in told["banner"]
    assert told["secrets"] == [], "no position, name or word is in a crash file or the log"
    saved = file_rows(night, "SELECT count(*) FROM reports WHERE withdrawn_at_utc IS NULL")[0][0]
    assert told["lines"] == told["reports"] == saved, "every line is plotted and saved"
    assert file_rows(night, "SELECT count(*) FROM edit_log")[0][0] == told["acts"] > acts_before
    assert check(night) == ()
    figure(
        f"Python {told['python']}: {len(KINDS)} kinds and {overrides['guarded']} overrides fail, "
        f"{overrides['by_qt']} of these called by Qt, one report each, {saved} lines saved"
    )
