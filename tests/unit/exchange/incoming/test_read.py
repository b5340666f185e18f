"""Any file that may come in: who reads it, and what keeps it out."""

import shutil
from pathlib import Path

import pytest

from channelplot.commands.restore import restore
from channelplot.commands.tracks import withdraw_track
from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming import read
from channelplot.exchange.incoming.arriving import import_command
from channelplot.exchange.incoming.found import ReadOptions
from channelplot.exchange.incoming.plan import plan_import
from channelplot.exchange.incoming.read import SUFFIXES, read_incoming
from channelplot.exchange.incoming.withdrawn import uids_withdrawn
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers.builders import R1, R2, at, night_plot
from helpers.clock import FixedClock
from helpers.incoming import NOW, found, gathered
from helpers.opened import Opened, open_plot

OPTIONS = ReadOptions(now_utc=NOW)
GPX = (
    '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>P</name><trkseg>'
    '<trkpt lat="50.9" lon="1.5"><time>2026-09-15T02:10:00Z</time></trkpt></trkseg></trk></gpx>'
)
CSV = "time,lat,lon,name\n2026-09-15T02:10:00Z,50.9,1.5,P\n"
GEOJSON = (
    '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1.5, 50.9]},'
    ' "properties": {"time": "2026-09-15T02:10:00Z", "name": "P"}}'
)


@pytest.mark.parametrize(
    ("name", "text"), [("a.gpx", GPX), ("A.GPX", GPX), ("a.csv", CSV), ("a.geojson", GEOJSON)]
)
def test_the_end_of_its_name_says_who_reads_a_file(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    told: list[float] = []
    incoming = read_incoming(path, OPTIONS, operator="Ann", progress=told.append)
    assert incoming.path == path
    ((report,),) = incoming.reports.values()
    assert (report.observed_at_utc, report.logged_by) == (at("0210"), "Ann")
    assert told == sorted(told)


def test_a_plot_is_read_with_its_identifiers(tmp_path: Path) -> None:
    path, plot = tmp_path / "other.gpkg", night_plot()
    PlotFile.create(path, plot, ActRecord("new_plot", "plot", "", "other", at("0100"))).close()
    incoming = read_incoming(path, OPTIONS)
    assert incoming.tracks.keys() == plot.tracks.keys()


@pytest.mark.parametrize("name", ["a.docx", "a", "a.gpx.exe"])
def test_another_kind_of_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(GPX)
    assert fault_of(tmp_path / name) is ImportFault.KIND


def test_every_suffix_has_a_reader(tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        path = tmp_path / f"empty{suffix}"
        path.touch()
        assert fault_of(path) is not None, suffix


def test_a_link_is_followed_and_the_file_known_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("<gpx")
    (tmp_path / "link.gpx").symlink_to("real.txt")
    with pytest.raises(ImportFileError) as error:
        read_incoming(tmp_path / "link.gpx", OPTIONS)
    assert (error.value.fault, error.value.path.name) == (ImportFault.NOT_XML, "link.gpx")


def test_too_large_a_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MOST_BYTES", 10)
    (tmp_path / "a.gpx").write_text(GPX)
    assert fault_of(tmp_path / "a.gpx") is ImportFault.TOO_LARGE


@pytest.mark.parametrize("name", ["night.gpkg", "link.gpkg", "link.csv"])
def test_the_open_plot_is_never_opened_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    plot = tmp_path / "night.gpkg"
    PlotFile.create(plot, night_plot(), ActRecord("new_plot", "plot", "", "w", at("0100"))).close()
    path = tmp_path / name
    if path != plot:
        path.symlink_to(plot)
    with pytest.raises(ImportFileError) as error:
        read_incoming(path, OPTIONS, open_plot=plot)
    assert error.value.fault is ImportFault.SAME_PLOT
    copy = Path(shutil.copy(plot, tmp_path / "copy.gpkg"))
    assert read_incoming(copy, OPTIONS, open_plot=plot).report_count == 5


def fault_of(path: Path) -> ImportFault | None:
    try:
        read_incoming(path, OPTIONS)
    except ImportFileError as error:
        return error.fault
    return None


# What was withdrawn


@pytest.fixture
def opened(tmp_path: Path, clock: FixedClock) -> Opened:
    """A plot in a file, into which a track of two reports was imported."""
    opened = open_plot(Plot(), clock=clock, folder=tmp_path)
    bring_in(opened)
    assert len(opened.document.plot.tracks) == 1
    return opened


def bring_in(opened: Opened) -> bool:
    document = opened.document
    gone = uids_withdrawn(document.withdrawn())
    plan = plan_import(gathered(found("0210", R1), found("0228", R2)), document.plot, gone)
    return document.apply(import_command(plan, lambda *_: "", NOW, "watch"))


def test_an_import_is_undone_in_one_step_and_may_come_in_again(opened: Opened) -> None:
    document = opened.document
    once = document.plot
    assert document.undo()
    assert document.plot == Plot()
    assert opened.saved() == Plot()
    assert bring_in(opened)
    assert document.plot == once
    assert opened.saved() == once
    document.close()


def test_what_was_withdrawn_does_not_come_in_again(opened: Opened) -> None:
    document = opened.document
    (uid,) = document.plot.tracks
    document.apply(withdraw_track(uid, "a hoax"))
    assert not bring_in(opened)
    document.undo()
    assert document.plot.tracks.keys() == {uid}
    document.redo()
    assert not bring_in(opened)
    assert document.plot == Plot()
    document.close()


def test_what_was_restored_and_withdrawn_again_by_undo_stays_out(opened: Opened) -> None:
    document = opened.document
    (track,) = document.plot.tracks.values()
    document.apply(withdraw_track(track.uid, "a hoax"))
    document.apply(restore(track))
    document.undo()
    assert not bring_in(opened)
    document.close()
