"""Nothing in the program but Python's ``sqlite3`` opens the live plot file."""

import json
from collections.abc import Callable
from pathlib import Path

from helpers.plot_files import run_python


def test_a_night_of_work_opens_the_live_file_by_sqlite_alone(
    night: Path, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()

    done = run_python(
        "-m", "helpers.touches", str(night), str(exports),
        env={"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["connected"] > 0
    assert told["touched"] == []
    assert told["opened_otherwise"] == 0
    assert told["libraries"] == []
    assert all(told["control"].values()), "an opening by anybody else must be seen"
    figure(f"{told['connected']} connections, 0 other openings; control seen")
