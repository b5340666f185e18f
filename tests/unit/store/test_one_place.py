"""A boat that was told of twice in one place has no line: one without length is not valid."""

from pathlib import Path

import numpy as np
import pytest

from channelplot.model.plot import Plot
from channelplot.store.check import check
from channelplot.store.closed_file import loaded_from
from channelplot.store.geometry import line_blob, read_line, track_blob
from helpers.builders import R1, R2, a_report, a_track
from unit.store.files import closed_file, edit, new_file, rows, save

HERE = a_track("A", (a_report("0210", position=R1), a_report("0220", position=R1)))


def test_it_has_a_line_from_when_it_is_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    plot = Plot().with_track(HERE)
    with new_file(path, plot) as file:
        assert rows(path, "SELECT geom FROM tracks") == [(None,)]
        moved = plot.with_report(a_report("0230", track_uid=HERE.uid, position=R2))
        save(file, plot, moved)
    ((blob,),) = rows(path, "SELECT geom FROM tracks")
    assert (read_line(blob) == moved.tracks[HERE.uid].line_deg).all()
    assert check(path) == ()


def test_such_a_line_in_an_older_file_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    plot = closed_file(path, Plot().with_track(HERE))
    edit(path, "UPDATE tracks SET geom = ?", line_blob(HERE.line_deg))

    assert check(path) == ()
    assert loaded_from(path).plot == plot


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_there_is_no_line_of_one_place(count: int) -> None:
    assert track_blob(np.full((count, 2), 1.5)) is None
