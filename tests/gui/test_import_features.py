"""Features whose properties nobody knows, through the window; and a plot of a newer version."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.errors import ImportFileError
from channelplot.exchange.incoming.read import read_incoming
from channelplot.ui.words.import_faults import import_error_text
from helpers.importing import brings_in, looks_at, settles
from helpers.operator import Operator, wait_until
from helpers.taken_in import OPTIONS


def test_what_its_properties_hold_is_said_once_and_remembered(
    operator: Operator, night: Path, tmp_path: Path
) -> None:
    def sightings(name: str, hour: int) -> Path:
        told = [
            {
                "type": "Feature",
                "properties": {"boat": "PAPA", "sampled": f"2026-09-15 {hour:02}:{minute:02}Z"},
                "geometry": {"type": "Point", "coordinates": [1.5 + minute / 100, 50.9]},
            }
            for minute in range(3)
        ]
        path = tmp_path / name
        path.write_text(json.dumps({"type": "FeatureCollection", "features": told}), "utf-8")
        return path

    operator.opens(night)
    dialog = looks_at(operator, sightings("one.geojson", 2))
    assert dialog.pages.currentWidget() is dialog.columns
    assert not dialog.accept_button.isEnabled()
    box = dialog.columns.boxes[1]
    box.setCurrentIndex(box.findData("time"))
    wait_until(lambda: dialog.work.plan is not None, "it is read by what was said")
    settles(dialog)
    assert dialog.pages.currentWidget() is dialog.columns
    brings_in(operator, dialog)
    dialog = looks_at(operator, sightings("two.geojson", 3))
    assert dialog.work.plan is not None
    assert dialog.work.plan.summary.new_reports == 3
    brings_in(operator, dialog)
    plot = operator.window.desk.session.document.plot
    assert [len(track.reports) for track in plot.tracks.values()] == [3, 3]
    operator.closes()


def test_a_plot_of_a_newer_version_is_told_as_such(night: Path) -> None:
    with closing(sqlite3.connect(night)) as conn:
        conn.execute("UPDATE app_meta SET value = '99' WHERE key = 'schema_version'")
        conn.commit()
    with pytest.raises(ImportFileError) as error:
        read_incoming(night, OPTIONS)
    assert import_error_text(error.value).startswith(f"{night.name} was made by a newer Channel")
