"""What was withdrawn: read back from the file, with who did it and why."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.change import difference
from channelplot.model.codes import CountBasis
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.store.withdrawn import Withdrawn
from helpers.builders import at
from unit.store.files import (
    HOLD_LOCKED,
    a_plot,
    another_process,
    closed_file,
    edit,
    new_file,
    opened,
    the_track,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def withdraw(
    file: PlotFile, old: Plot, new: Plot, hhmm: str = "0500", label: str = "withdraw", why: str = ""
) -> Plot:
    act = ActRecord(label, "plot", "", "Ann", at(hhmm), reason=why)
    file.save(difference(old, new), act)
    return new


def entities(file: PlotFile) -> list[object]:
    return [gone.entity for gone in file.withdrawn()]


def test_nothing_is_withdrawn_at_first(path: Path) -> None:
    with new_file(path) as file:
        assert file.withdrawn() == ()


def test_a_report_is_told_with_who_when_and_why(path: Path) -> None:
    plot = a_plot()
    report = the_track(plot).reports[-1]
    assert report.people is not None
    with new_file(path, plot) as file:
        withdraw(file, plot, plot.without_report(report.uid), "0512", "withdraw_report", "a hoax")
        (gone,) = file.withdrawn()
    assert gone == Withdrawn(report, at("0512"), "Ann", "withdraw_report", "a hoax", 2)


def test_everything_that_can_be_put_back_is_told_as_it_stood_the_latest_first(path: Path) -> None:
    plot = a_plot()
    track, loose = the_track(plot), plot.unattributed[0]
    beach, mark = next(iter(plot.beaches.values())), next(iter(plot.marks.values()))
    line = next(iter(plot.log_lines.values()))
    with new_file(path, plot) as file:
        left = withdraw(file, plot, plot.without_mark(mark.uid), "0501")
        left = withdraw(file, left, left.without_log_line(line.uid), "0502")
        left = withdraw(file, left, left.without_track(track.uid), "0503")
        left = withdraw(file, left, left.without_beach(beach.uid), "0504")
        left = withdraw(file, left, left.without_report(loose.uid), "0504")
        assert entities(file) == [loose, beach, track, line, mark]
        (again,) = [gone for gone in file.withdrawn() if gone.entity == track]
        assert again.withdrawn_at_utc == at("0503")
        withdraw(file, left, left.with_track(track), "0505")
        assert entities(file) == [loose, beach, line, mark]


def test_what_chartwork_left_can_be_put_back_but_for_crossings_and_acknowledgements(
    path: Path,
) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        left = withdraw(file, plot, replace(plot, conditions={}), "0501")
        left = withdraw(file, left, replace(left, approach_watches={}), "0502")
        left = withdraw(file, left, replace(left, limits={}), "0503")
        left = withdraw(file, left, replace(left, searches={}), "0504", "withdraw_search", "found")
        left = withdraw(file, left, replace(left, predicted_crossings={}), "0505")
        left = withdraw(file, left, replace(left, acknowledgements={}), "0506")
        search, *limits, watch, entry = file.withdrawn()
        assert search == Withdrawn(
            next(iter(plot.searches.values())), at("0504"), "Ann", "withdraw_search", "found", 5
        )
        assert {gone.entity for gone in limits} == set(plot.limits.values())
        assert (watch.entity,) == tuple(plot.approach_watches.values())
        assert (entry.entity,) == tuple(plot.conditions.values())
        back = replace(left, limits=plot.limits, searches=plot.searches)
        withdraw(file, left, back, "0507", "restore")
        assert entities(file) == [watch.entity, entry.entity]


def test_a_reference_layer_is_told_as_it_stood_and_can_be_put_back(path: Path) -> None:
    plot = a_plot()
    (layer,) = plot.reference_layers.values()
    with new_file(path, plot) as file:
        left = withdraw(
            file, plot, plot.without_reference_layer(layer.uid), "0501", "remove_reference_layer"
        )
        assert file.withdrawn() == (
            Withdrawn(layer, at("0501"), "Ann", "remove_reference_layer", "", 2),
        )
        withdraw(file, left, plot, "0502", "restore_reference_layer")
        assert file.withdrawn() == ()
        assert file.load().plot.reference_layers == plot.reference_layers


def test_a_track_comes_with_the_reports_that_went_with_it_and_no_others(path: Path) -> None:
    plot = a_plot()
    track = the_track(plot)
    first = track.reports[0]
    with new_file(path, plot) as file:
        left = withdraw(file, plot, plot.without_report(first.uid))
        # In the same millisecond, as two acts all the same.
        withdraw(file, left, left.without_track(track.uid))
        assert entities(file) == [replace(track, reports=track.reports[1:]), first]


def test_what_was_taken_back_before_stays_so(path: Path) -> None:
    """A count and a change of status that were undone do not come with what went later."""
    plot = a_plot()
    track = the_track(plot)
    bare = replace(track, status_changes=(), status=track.status)
    uncounted = replace(track.reports[0], people=None)
    with new_file(path, plot) as file:
        left = withdraw(file, plot, plot.with_track(bare).with_report(uncounted))
        withdraw(file, left, left.without_track(track.uid))
        (gone,) = entities(file)
    assert gone == left.tracks[track.uid]


def test_of_several_withdrawals_of_a_thing_the_last_counts(path: Path) -> None:
    plot = a_plot()
    report = plot.unattributed[0]
    with new_file(path, plot) as file:
        for why in ("first", "second"):
            left = withdraw(file, plot, plot.without_report(report.uid), why=why)
            if why == "first":
                withdraw(file, left, plot, label="restore")
        assert [gone.reason for gone in file.withdrawn()] == ["second"]


def test_the_undoing_of_an_addition_is_told_by_its_label(path: Path) -> None:
    plot = a_plot()
    with new_file(path, Plot()) as file:
        withdraw(file, Plot(), plot, label="add")
        withdraw(file, plot, Plot(), label="undo.add")
        assert {gone.label for gone in file.withdrawn()} == {"undo.add"}


def test_what_another_program_withdrew_is_told_without_a_name(path: Path) -> None:
    plot = closed_file(path)
    track, loose = the_track(plot), plot.unattributed[0]
    edit(path, "UPDATE reports SET withdrawn_at_utc = '2026-09-15T05:00:00Z', people_total = 5")
    edit(path, "UPDATE tracks SET withdrawn_at_utc = '2026-09-15T05:00:00Z' WHERE name = 'A'")
    with opened(path) as file:
        found = file.withdrawn()
    assert {(gone.by, gone.label, gone.reason) for gone in found} == {("", "", "")}
    by_uid = {gone.entity.uid: gone.entity for gone in found}
    assert set(by_uid) == {track.uid, loose.uid, the_track(plot, "B").reports[0].uid}
    told = by_uid[track.uid]
    assert isinstance(told, Track)
    assert [report.uid for report in told.reports] == [report.uid for report in track.reports]
    assert told.reports[-1].people == PeopleCount(CountBasis.COUNTED, 5, 31, 9, 7, 2)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("reports", "kind", "nonsense"),
        ("tracks", "craft", "submarine"),
        ("tracks", "withdrawn_at_utc", "2026-02-30T05:00:00.000Z"),
        ("beaches", "name", b"A"),
        ("status_changes", "status", "sunk"),
        ("searches", "kind", "spiral"),
        ("limits", "purpose", "fishing"),
        ("edit_log", "after", "{"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(
    path: Path, table: str, column: str, value: object
) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        withdraw(file, plot, Plot())
    edit(path, f"UPDATE {table} SET {column} = ?", value)
    with opened(path) as file, pytest.raises(PlotFileError) as caught:
        file.withdrawn()
    assert caught.value.fault is PlotFileFault.DAMAGED
    assert caught.value.detail.startswith(table)


def test_it_can_be_asked_for_while_another_desk_has_the_plot(path: Path) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        withdraw(file, plot, plot.without_report(plot.unattributed[0].uid))
        with closing(PlotFile.open(path)) as second:
            assert second.is_read_only
            assert entities(second) == entities(file) == [plot.unattributed[0]]


def test_a_file_that_is_gone_or_taken_is_told_of(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_file(path) as file:
        with another_process(HOLD_LOCKED, str(path)):
            monkeypatch.setattr("channelplot.store.connection.BUSY_TIMEOUT_S", 0.05)
            with pytest.raises(PlotFileError) as caught:
                file.withdrawn()
            assert caught.value.fault is PlotFileFault.LOCKED
        path.rename(path.with_name("elsewhere.gpkg"))
        with pytest.raises(PlotFileError) as caught:
            file.withdrawn()
        assert caught.value.fault is PlotFileFault.NOT_FOUND
