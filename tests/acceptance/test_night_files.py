"""The acceptance night's files (step 24): out in four formats, and in again, twice.

Into an empty plot come the same reports at the same times and places under the same identifiers;
the second time nothing changes. On the command line, as another desk would.
"""

import shutil
from pathlib import Path
from typing import Final

import pytest

from channelplot.cli import import_
from channelplot.cli.main import main
from channelplot.model.plot import Plot
from channelplot.model.rules import problems_of
from channelplot.store.act import ActRecord
from channelplot.store.closed_file import loaded_from
from channelplot.store.geopackage import PlotFile
from helpers.builders import SANGATTE, a_beach, a_mark, a_plot, at
from helpers.homes import move_into
from helpers.importing import brings_in, looks_at
from helpers.night_boats import WISSANT
from helpers.night_chartwork import BLERIOT
from helpers.night_lines import GRIS_NEZ, NIGHT
from helpers.operator import Operator
from helpers.plot_files import assert_conforms, assert_log_is_whole, file_rows, labels_in_log

BEGUN: Final = ActRecord("new_plot", "plot", "", "watch", at("0100"))
WHOLE: Final = (".geojson", ".kml", ".gpx")
"""Formats that hold the night's beaches and marks and all of its tracks, besides its reports."""
REPORTS: Final = (
    "SELECT uid, track_uid, kind, observed_at_utc, received_at_utc, logged_at_utc, as_received,"
    " position_form, error_m, source, source_name, grade, course_deg, speed_kn, people_total,"
    " people_children, boat_type, caller, logged_by, geom FROM reports ORDER BY uid"
)
PEOPLE: Final = (
    "SELECT uid, track_uid, report_uid, basis, at_utc, total, men, women, children, medical,"
    " deceased, missing, is_estimate FROM people_counts ORDER BY uid"
)
PLACES: Final = (
    "SELECT uid, name, source, error_m, geom FROM beaches ORDER BY uid",
    "SELECT uid, code, name, kind, source, error_m, geom FROM marks ORDER BY uid",
    "SELECT uid, name, craft, status, note, created_at_utc, created_by, geom FROM tracks"
    " ORDER BY uid",
    "SELECT uid, track_uid, status, at_utc, reason, given_by, identified_by FROM status_changes"
    " ORDER BY uid",
)


@pytest.fixture(autouse=True)
def _the_morning_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_, "utc_now", lambda: at("0630"))


@pytest.fixture(scope="module")
def typed_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The night's reports, typed line by line on the command line."""
    path = tmp_path_factory.mktemp("night") / "night.gpkg"
    with pytest.MonkeyPatch.context() as patch:
        move_into(tmp_path_factory.mktemp("home"), patch)
        beaches = [
            a_beach("Sangatte", SANGATTE), a_beach("Wissant", WISSANT), a_beach("Blériot", BLERIOT),
        ]  # fmt: skip
        plot = a_plot(beaches=beaches).with_mark(a_mark("CGN", GRIS_NEZ, name="Cap Gris-Nez"))
        PlotFile.create(path, plot, BEGUN).close()
        for line in NIGHT:
            clock = f"2026-09-15T{line.clock[:2]}:{line.clock[2:]}Z"
            assert main(["plot", "--at", clock, str(path), line.typed]) == 0, line.typed
    return path


@pytest.fixture
def night(typed_night: Path, tmp_path: Path) -> Path:
    """The night's plot, to be changed."""
    return Path(shutil.copy(typed_night, tmp_path / "night.gpkg"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A plot with nothing in it."""
    path = tmp_path / "empty.gpkg"
    PlotFile.create(path, Plot(), BEGUN).close()
    return path


@pytest.mark.parametrize("suffix", [*WHOLE, ".csv"])
def test_out_and_in_twice(night: Path, empty: Path, suffix: str) -> None:
    file = night.with_suffix(suffix)
    assert main(["export", str(night), str(file)]) == 0

    assert main(["import", str(empty), str(file)]) == 0

    same = (REPORTS, PEOPLE, *(PLACES if suffix in WHOLE else ()))
    for sql in same:
        rows = file_rows(night, sql)
        assert rows, sql
        assert file_rows(empty, sql) == rows
    once = loaded_from(empty).plot
    assert problems_of(once) == ()
    assert {uid: t.name for uid, t in once.tracks.items()} == {
        uid: t.name for uid, t in loaded_from(night).plot.tracks.items() if t.reports
    }
    before = everything(empty)

    assert main(["import", str(empty), str(file)]) == 0

    assert everything(empty) == before
    assert labels_in_log(empty) == ["new_plot", "import_file"]
    assert_log_is_whole(empty)


def test_the_plot_itself_comes_in_as_it_is(night: Path, empty: Path) -> None:
    for _ in range(2):
        assert main(["import", str(empty), str(night)]) == 0
    ours, theirs = loaded_from(empty).plot, loaded_from(night).plot
    assert ours.tracks == theirs.tracks
    assert (ours.beaches, ours.marks) == (theirs.beaches, theirs.marks)
    assert tuple(ours.unattributed) == tuple(theirs.unattributed)
    assert labels_in_log(empty) == ["new_plot", "import_file"]


def test_what_went_out_changes_nothing_where_it_came_from(
    night: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(night)
    for suffix in (*WHOLE, ".csv"):
        file = night.with_suffix(suffix)
        assert main(["export", str(night), str(file)]) == 0
        assert main(["import", str(night), str(file)]) == 0
        assert "new" not in capsys.readouterr().out.split(file.name)[-1]
    assert everything(night) == before


def test_a_plot_that_files_came_into_is_one_for_others(night: Path, empty: Path) -> None:
    file = night.with_suffix(".gpx")
    assert main(["export", str(night), str(file)]) == 0
    assert main(["import", str(empty), str(file)]) == 0
    assert_conforms(empty)


def everything(path: Path) -> list[list[tuple[object, ...]]]:
    """All rows of a plot."""
    tables = ("tracks", "reports", "people_counts", "status_changes", "beaches", "marks")
    return [
        file_rows(path, f"SELECT * FROM {table} ORDER BY 1")
        for table in (*tables, "log_lines", "edit_log")
    ]


def test_out_and_in_twice_in_the_window(night: Path, empty: Path, operator: Operator) -> None:
    file = night.with_suffix(".kml")
    assert main(["export", str(night), str(file)]) == 0
    operator.opens(empty)
    operator.sets_clock("0630")

    brings_in(operator, looks_at(operator, file))

    for sql in (REPORTS, PEOPLE, *PLACES):
        assert operator.file_rows(sql) == file_rows(night, sql)
    before = everything(empty)
    dialog = looks_at(operator, file)
    assert dialog.work.looked
    plan = dialog.work.looked.plan
    assert plan is not None
    assert plan.summary.is_nothing_new
    dialog.reject()
    operator.closes()
    assert everything(empty) == before
