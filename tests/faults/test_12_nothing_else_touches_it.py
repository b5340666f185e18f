"""Nothing in the program but Python's ``sqlite3`` opens the live plot file."""

import json
from collections.abc import Callable
from pathlib import Path

from helpers.forked import Workers
from helpers.plot_files import without_screen
from helpers.ready_desks import run


def test_a_night_of_work_opens_the_live_file_by_sqlite_alone(
    ready_desks: Workers, night: Path, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()

    done = run(
        ready_desks,
        tmp_path,
        "helpers.touches",
        str(night),
        str(exports),
        env={**without_screen(), "QT_QPA_PLATFORM": "offscreen"},
    )

    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["connected"] > 0
    assert told["touched"] == []
    assert told["opened_otherwise"] == 0
    assert told["libraries"] == []
    assert all(told["control"].values()), "an opening by anybody else must be seen"
    figure(f"{told['connected']} connections, 0 other openings; control seen")
