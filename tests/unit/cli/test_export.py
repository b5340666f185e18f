"""``channelplot export``: a plot into other formats, from the command line."""

import csv
import io
import json
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from channelplot.cli.main import main
from channelplot.exchange.outgoing.formats import Format
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers.builders import at
from helpers.full_plot import full_plot
from helpers.plot_command import Ended
from helpers.plot_files import channelplot

GPX = "{http://www.topografix.com/GPX/1/1}"


@pytest.fixture
def night(tmp_path: Path) -> Path:
    """A plot with something of everything."""
    path = tmp_path / "desk" / "night.gpkg"
    path.parent.mkdir()
    act = ActRecord("new_plot", "plot", "", "watch", at("0500"))
    PlotFile.create(path, full_plot(), act).close()
    return path


def exported(capfd: pytest.CaptureFixture[str], *words: str | Path) -> Ended:
    """Run the command in this process."""
    capfd.readouterr()
    code = main(["export", *map(str, words)])
    printed = capfd.readouterr()
    return Ended(code, printed.out, printed.err)


@pytest.mark.parametrize("kind", Format)
def test_it_says_what_the_format_can_t_hold_and_then_what_is_written(
    kind: Format, night: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = night.read_bytes()
    out = tmp_path / f"out{kind}"

    done = exported(capfd, night, out)

    unheld, said = done.said.splitlines()
    assert (done.code, done.complaint) == (0, "")
    assert "can't hold these; they stay in the plot alone: " in unheld
    assert "lines of the watch log (1), streams and winds (2), searches (1)" in unheld
    assert ("beaches (2)" in unheld) == (kind is Format.CSV)
    assert said.startswith(f"{out.name} is written. Reports: 11, of no track: 1; tracks: ")
    assert said.endswith("beaches: 0; marks: 0." if kind is Format.CSV else "beaches: 2; marks: 1.")
    assert out.stat().st_size > 1000
    assert night.read_bytes() == before


def test_chosen_tracks_and_a_period_go_out(
    night: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "part.csv"
    done = exported(
        capfd, "--track", "A", "--track", "f", "--from", "0210Z", "--to", "0230Z", night, out
    )
    assert done.code == 0, done.complaint
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"), newline="")))
    told = [(row["track_name"], row["observed_at_utc"][11:16]) for row in rows]
    assert told == [("A", "02:10"), ("A", "02:28"), ("F", "02:20")]


def test_places_may_stay(night: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.gpx"
    assert exported(capfd, "--no-places", night, out).code == 0
    types = [each.findtext(f"{GPX}type") for each in ET.parse(out).getroot().findall(f"{GPX}wpt")]
    assert not {"beach", "mark"} & set(types)


def test_it_tells_programs_in_json(
    night: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.kml"
    done = exported(capfd, "--json", night, out)
    record = json.loads(done.said)
    assert record.pop("cannot_hold") == {
        "log_lines": 1,
        "conditions": 2,
        "searches": 1,
        "limits": 2,
        "approach_watches": 1,
        "predicted_crossings": 1,
        "reference_layers": 1,
    }
    assert record == {
        "file": str(out),
        "reports": 11,
        "reports_of_no_track": 1,
        "tracks": 6,
        "beaches": 2,
        "marks": 1,
    }


def test_a_plot_that_is_open_elsewhere_is_read(night: Path, tmp_path: Path) -> None:
    with closing(PlotFile.open(night)):
        done = channelplot("export", str(night), str(tmp_path / "out.gpx"))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("gone.gpkg", "out.gpx"), 1, "no file gone.gpkg"),
        (("night.gpkg", "no/out.gpx"), 1, "could not be written"),
        (("night.gpkg", "other.gpkg"), 1, "exists already and was left as it is"),
        (("night.gpkg", "out.gpx", "--from", "2030-01-01T00:00Z"), 1, "so no file was written"),
        (("night.gpkg", "out.shp"), 2, "should end in one of .csv, .gpx, "),
        (("night.gpkg", "night.gpkg"), 2, "is the plot itself; choose another name"),
        (("night.gpkg", "out.gpx", "--track", "Z"), 2, "the plot has no track 'Z'"),
        (("night.gpkg", "out.gpx", "--from", "0300Z", "--to", "0200Z"), 2, "--to is before --from"),
        (("night.gpkg", "out.gpx", "--to", "half past"), 2, "--to: "),
    ],
)
def test_a_failure_is_one_sentence(
    words: tuple[str, ...],
    code: int,
    sentence: str,
    night: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(night.parent)
    act = ActRecord("new_plot", "plot", "", "watch", at("0500"))
    PlotFile.create(night.with_name("other.gpkg"), full_plot(), act).close()
    before = {path.name: path.read_bytes() for path in night.parent.iterdir()}

    done = exported(capfd, *words)

    assert done.code == code
    assert done.complaint.startswith("channelplot: ")
    assert done.complaint.count("\n") == 1
    assert sentence in done.complaint
    assert {path.name: path.read_bytes() for path in night.parent.iterdir()} == before
