"""``channelplot plot`` as a test runs it, and what a plot file holds afterwards."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from channelplot.cli.main import main
from channelplot.geodesy.position import Position
from channelplot.model.report import Report
from channelplot.store.geopackage import PlotFile
from helpers.plot_files import file_rows

NOW: Final = "2026-09-15T03:00Z"
FOLD_NIGHT: Final = "2026-10-25T03:00Z"
"""The clocks went back at 0100Z."""
R1: Final = Position(1.0 + 41.0 / 60.0, 50.0 + 58.0 / 60.0)


@dataclass(frozen=True)
class Ended:
    """What a command ended with."""

    code: int
    said: str
    complaint: str

    @property
    def record(self) -> dict[str, object]:
        """What it printed as JSON, having complained of nothing."""
        assert self.complaint == ""
        record = json.loads(self.said)
        assert isinstance(record, dict)
        return record

    def part(self, name: str) -> dict[str, object]:
        """What stands under a key of the record, where that is a record itself."""
        part = self.record[name]
        assert isinstance(part, dict)
        return part

    @property
    def readings(self) -> list[dict[str, object]]:
        """The readings of the question that is asked."""
        readings = self.part("question")["readings"]
        assert isinstance(readings, list)
        assert [each["number"] for each in readings] == [*range(1, len(readings) + 1)]
        return readings


Command = Callable[..., Ended]


def in_this_process(command: str, capfd: pytest.CaptureFixture[str]) -> Command:
    """``channelplot`` with a command and the words that it is given."""

    def run(*words: str | Path) -> Ended:
        capfd.readouterr()
        try:
            code = main([command, *map(str, words)])
        except SystemExit as end:
            code = int(end.code or 0)
        printed = capfd.readouterr()
        return Ended(code, printed.out, printed.err)

    return run


def names_in(folder: Path) -> list[str]:
    """The names of what is in a folder, sorted."""
    return sorted(entry.name for entry in folder.iterdir())


def reports_in(plot: Path) -> list[tuple[object, ...]]:
    """What was received of each report, and the boat it went to, in the order of the log."""
    return file_rows(
        plot,
        "SELECT r.as_received, t.name FROM reports r LEFT JOIN tracks t ON t.uid = r.track_uid "
        "WHERE r.as_received <> '' ORDER BY r.fid",
    )


def last_report(plot: Path) -> Report:
    """The report that the file got last."""
    file = PlotFile.open(plot)
    try:
        loaded = file.load().plot
    finally:
        file.close()
    ((uid,),) = file_rows(plot, "SELECT uid FROM reports ORDER BY fid DESC LIMIT 1")
    report = loaded.report(str(uid))
    assert report is not None
    return report


def position_of(record: dict[str, object]) -> Position:
    """The position that a record tells."""
    lon_deg, lat_deg = record["lon_deg"], record["lat_deg"]
    assert isinstance(lon_deg, float)
    assert isinstance(lat_deg, float)
    return Position(lon_deg, lat_deg)
