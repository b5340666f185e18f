"""Another desk's plot: all of it, as it is, and the file stays as it was."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming.found import ReadOptions
from channelplot.exchange.incoming.plot_file import read_plot, read_plot_file, tell_plot
from channelplot.store.act import ActRecord
from channelplot.store.geometry import register_functions
from channelplot.store.geopackage import PlotFile
from helpers.builders import a_plot, a_report, a_track
from helpers.full_plot import full_plot
from helpers.made_up_plots import made_up_plot
from helpers.taken_in import NOW_UTC, OPTIONS, TakenIn, differing, fault_of, taken_in

PLOT = full_plot()


def plot_file(path: Path) -> Path:
    """The full plot in a file that nobody has open."""
    PlotFile.create(path, PLOT, ActRecord("new_plot", "plot", "", "watch", NOW_UTC)).close()
    return path


def refused(path: Path, open_plot: Path | None = None) -> ImportFault:
    """Why a plot is not read."""
    return fault_of(lambda sink: read_plot_file(path, OPTIONS, sink, open_plot))[0]


def test_everything_in_it_is_told_as_it_is(tmp_path: Path) -> None:
    path, plot = plot_file(tmp_path / "theirs.gpkg"), PLOT
    before = path.read_bytes()
    found = taken_in(lambda sink: read_plot_file(path, OPTIONS, sink, tmp_path / "ours.gpkg"))
    assert found.refusals == []
    records = {track.uid: replace(track, reports=()) for track in plot.tracks.values()}
    assert {each.key: each.record for each in found.tracks} == records
    assert {each.record for each in found.places} == {*plot.beaches.values(), *plot.marks.values()}
    assert {each.uid for each in found.reports} == {each.uid for each in plot.reports()}
    assert [differing(each, plot) for each in found.reports] == [[]] * plot.report_count()
    assert [each.line for each in found.reports] == [*range(1, plot.report_count() + 1)]
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path]


def test_figures_greater_than_any_are_refused() -> None:
    reports = [
        a_report("0210", uid="fast", speed_kn=1e308),
        a_report("0211", uid="far", error_m=1e308),
        a_report("0212", uid="right", speed_kn=999.0, error_m=1_000_000.0),
    ]
    plot = a_plot(a_track("A", reports))
    found = taken_in(lambda sink: tell_plot(plot, Path("theirs.gpkg"), OPTIONS, sink))
    assert found.refusals == [
        (1, ImportFault.NUMBER_NOT_READ, "speed_kn 1e+308"),
        (2, ImportFault.NUMBER_NOT_READ, "error_m 1e+308"),
    ]
    assert [each.uid for each in found.reports] == ["right"]


def test_it_is_read_while_another_desk_has_it_open(tmp_path: Path) -> None:
    path = plot_file(tmp_path / "theirs.gpkg")
    with closing(PlotFile.open(path)):
        assert read_plot(path) == PLOT


def test_the_plot_that_is_open_is_not_read_under_any_name(tmp_path: Path) -> None:
    path = plot_file(tmp_path / "ours.gpkg")
    (tmp_path / "link.gpkg").symlink_to(path)
    (tmp_path / "other.gpkg").hardlink_to(path)
    for name in ("ours", "link", "other"):
        assert refused(tmp_path / f"{name}.gpkg", path) is ImportFault.SAME_PLOT


def test_what_is_no_plot_gets_its_answer(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.gpkg") is ImportFault.NOT_FOUND
    assert refused(tmp_path / "gone" / "gone.gpkg") is ImportFault.NOT_FOUND
    assert refused(tmp_path) is ImportFault.NOT_FOUND
    path = tmp_path / "text.gpkg"
    path.write_text("no plot", "utf-8")
    assert refused(path) is ImportFault.KIND


@pytest.mark.parametrize(
    ("statement", "fault", "told"),
    [
        ("UPDATE app_meta SET value = '99' WHERE key = 'schema_version'",
         ImportFault.UNREADABLE, "too_new: 99"),
        ("UPDATE app_meta SET value = 'Other' WHERE key = 'application'", ImportFault.KIND, ""),
        ("DROP TABLE marks", ImportFault.UNREADABLE, "damaged: missing: marks"),
        ("UPDATE reports SET kind = 'rumour' WHERE fid = 1",
         ImportFault.UNREADABLE, "damaged: reports"),
    ],
)  # fmt: skip
def test_a_plot_that_cannot_be_read_says_why(
    tmp_path: Path, statement: str, fault: ImportFault, told: str
) -> None:
    path = plot_file(tmp_path / "theirs.gpkg")
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA ignore_check_constraints = ON")
        register_functions(conn)
        conn.execute(statement)
        conn.commit()
    with pytest.raises(ImportFileError) as error:
        read_plot(path)
    assert error.value.fault is fault
    assert error.value.detail.startswith(told)


def test_what_another_program_put_into_it_does_nothing(tmp_path: Path) -> None:
    path = plot_file(tmp_path / "theirs.gpkg")
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(
            "CREATE TRIGGER gone AFTER INSERT ON reports BEGIN DELETE FROM reports; END;"
            "CREATE VIEW endless AS WITH RECURSIVE a(n) AS (VALUES(1) UNION ALL"
            " SELECT n + 1 FROM a) SELECT n AS fid FROM a;"
        )
    before = path.read_bytes()
    assert read_plot(path) == PLOT
    assert path.read_bytes() == before


def test_it_stops_when_it_is_told_to() -> None:
    options = ReadOptions(now_utc=NOW_UTC)
    options.stop.set()
    sink = TakenIn()
    with pytest.raises(ImportFileError) as error:
        tell_plot(made_up_plot(1_500), Path("theirs.gpkg"), options, sink)
    assert error.value.fault is ImportFault.STOPPED
    assert len(sink.reports) < 1_000
