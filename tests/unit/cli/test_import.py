"""``channelplot import``: what comes in, what is said of it, and how it ends."""

import resource
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.cli import import_
from channelplot.exchange.incoming.found import Encoding, ReadOptions, SaidOfLayout
from channelplot.exchange.incoming.table_look import table_columns_of
from channelplot.model.codes import Craft
from channelplot.model.plot import Plot
from channelplot.settings import config_folder
from channelplot.store.act import ActRecord
from channelplot.store.closed_file import loaded_from
from channelplot.store.geopackage import PlotFile
from channelplot.ui.state import WindowState
from helpers.builders import at
from helpers.plot_command import Command, in_this_process
from helpers.plot_files import assert_log_is_whole, file_rows, labels_in_log

GPX = """\
<?xml version="1.0"?>
<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="50.9" lon="1.6"><name>Buoy</name></wpt>
<trk><name>PATROL 7</name><trkseg>
<trkpt lat="50.9" lon="1.5"><time>2026-09-15T02:10:00Z</time></trkpt>
<trkpt lat="50.95" lon="1.52"><time>2026-09-15T02:20:00Z</time></trkpt>
</trkseg></trk>
</gpx>
"""
CSV = "time,lat,lon,name\n15/09/2026 04:10,50.9,1.5,RADAR 3\n15/09/2026 04:20,50.95,1.52,RADAR 3\n"


@pytest.fixture
def import_command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """``channelplot import`` with these words, in this process, at 0600Z of the night."""
    monkeypatch.setattr(import_, "utc_now", lambda: at("0600"))

    return in_this_process("import", capfd)


@pytest.fixture
def gpx(tmp_path: Path) -> Path:
    """A patrol's track of two points, and a buoy."""
    path = tmp_path / "patrol.gpx"
    path.write_text(GPX)
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A radar's table, in local time."""
    path = tmp_path / "radar.csv"
    path.write_text(CSV)
    return path


def plot_in(path: Path) -> Plot:
    return loaded_from(path).plot


def test_a_file_comes_in_as_one_act(import_command: Command, plot: Path, gpx: Path) -> None:
    ended = import_command(plot, gpx, "--operator", "Ann")
    assert (ended.code, ended.complaint) == (0, "")
    assert ended.said.splitlines() == [
        "patrol.gpx",
        "  Tracks: 1 new",
        "  Added to the crossings: 1",
        "  Reports: 2 new",
        "  Beaches and marks: new beaches: 1",
        "  Period of what is new: 150210Z SEP 26 to 150220Z SEP 26",
        "  Area of what is new: 50°54.0'N to 50°57.0'N, 001°30.0'E to 001°36.0'E",
    ]
    track = next(t for t in plot_in(plot).tracks.values() if t.name == "PATROL 7")
    assert [report.observed_at_utc for report in track.reports] == [at("0210"), at("0220")]
    assert {report.logged_by for report in track.reports} == {"Ann"}
    ((operator, name),) = file_rows(
        plot, "SELECT DISTINCT operator, name FROM edit_log WHERE label = 'import_file'"
    )
    assert (operator, name) == ("Ann", "patrol.gpx")
    assert_log_is_whole(plot)


def test_twice_is_once(import_command: Command, plot: Path, gpx: Path) -> None:
    import_command(plot, gpx)
    once, labels = plot_in(plot), labels_in_log(plot)
    ended = import_command(plot, gpx)
    assert ended.code == 0
    assert ended.said.splitlines()[1:] == [
        "  Tracks: 1 there already",
        "  Reports: 2 there already",
        "  Beaches and marks: 1 there already",
    ]
    assert plot_in(plot) == once
    assert labels_in_log(plot) == labels


def test_a_dry_run_says_the_same_and_changes_nothing(
    import_command: Command, plot: Path, gpx: Path
) -> None:
    before = plot.read_bytes()
    dry = import_command(plot, gpx, gpx, "--dry-run")
    assert plot.read_bytes() == before
    assert [path.name for path in plot.parent.iterdir()] == [plot.name]
    done = import_command(plot, gpx, gpx)
    assert (dry.code, dry.said) == (done.code, done.said)


def test_in_json_it_tells_codes_and_figures(import_command: Command, plot: Path, gpx: Path) -> None:
    gpx.write_text(GPX.replace('lat="50.95"', 'lat="50,95"'))
    ended = import_command("--json", "--dry-run", plot, gpx)
    assert ended.code == 3
    assert ended.record["is_dry_run"] is True
    files = ended.record["files"]
    assert isinstance(files, list)
    told = files[0]
    assert told["reports"]["new"] == 1
    assert told["bounds_deg"] == [1.5, 50.9, 1.6, 50.9]
    assert told["first_at_utc"] == "2026-09-15T02:10:00.000Z"
    assert told["refused_by_fault"] == {"position_not_read": 1}
    assert told["refusals"] == [
        {
            "line": 6,
            "fault": "position_not_read",
            "detail": "50,95",
            "text": "Line 6: the position can't be read (50,95).",
        }
    ]


def test_what_is_refused_is_said_with_its_line(
    import_command: Command, plot: Path, gpx: Path
) -> None:
    gpx.write_text(GPX.replace('lat="50.95"', 'lat="95"'))
    ended = import_command(plot, gpx)
    assert ended.code == 3
    assert ended.said.splitlines()[-2:] == [
        "  Not coming in: 1 refused",
        "    Line 6: the latitude is over 90 degrees (95).",
    ]
    assert len(plot_in(plot).tracks) == 2


def test_of_very_many_refusals_the_first_are_printed(
    import_command: Command, plot: Path, table: Path
) -> None:
    rows = "".join(f"2026-09-15T02:{n % 60:02}:00Z,x,1.5,R\n" for n in range(60))
    table.write_text(f"time,lat,lon,name\n{rows}")
    ended = import_command(plot, table)
    assert ended.code == 1
    assert ended.said.splitlines()[-1] == "    and 10 more: --json prints them"
    assert ended.said.count("the position can't be read") == 50


@pytest.mark.parametrize(
    ("others", "code"), [((), 1), (("patrol.gpx",), 3)], ids=["alone", "with another"]
)
def test_a_file_that_can_not_be_read_keeps_no_other_out(
    import_command: Command, plot: Path, gpx: Path, others: tuple[str, ...], code: int
) -> None:
    names = [gpx.parent / name for name in others]
    ended = import_command(plot, gpx.parent / "gone.gpx", *names)
    assert ended.code == code
    assert ended.complaint == (
        "channelplot: There is no file gone.gpx. Nothing was imported. Check the name and the "
        "folder.\n"
    )
    assert len(plot_in(plot).tracks) == 1 + len(others)


def test_times_that_do_not_say_their_clock_are_asked_for(
    import_command: Command, plot: Path, table: Path
) -> None:
    asked = import_command(plot, table)
    assert asked.code == 1
    assert asked.complaint.splitlines() == [
        "channelplot: The times in radar.csv do not say which clock they are by (line 2: "
        "15/09/2026 04:10). Nothing was imported. Say whether they are UTC, UK or French time.",
        "  say which: --zone Z, --zone UK or --zone FR",
    ]
    assert import_command(plot, table, "--zone", "FR").code == 0
    track = next(t for t in plot_in(plot).tracks.values() if t.name == "RADAR 3")
    assert [report.observed_at_utc for report in track.reports] == [at("0210"), at("0220")]


FRENCH = "time,lat,lon,nom\n2026-09-15T02:10Z,50.9,1.5,Gendarmerie équipe\n"


def names_in(plot: Path) -> set[str]:
    """Of the tracks that came in."""
    return {track.name for track in plot_in(plot).tracks.values()} - {"A"}


def test_letters_that_are_not_utf_8_are_asked_for(
    import_command: Command, plot: Path, table: Path
) -> None:
    rows = "2026-09-15T02:20Z,50.9,1.5,RADAR\n" * 900
    table.write_bytes(FRENCH.replace("\n", f"\n{rows}", 1).encode("cp1252"))
    asked = import_command(plot, table)
    assert asked.code == 1
    assert asked.complaint.splitlines() == [
        "channelplot: radar.csv is not in UTF-8 (line 902: 0xE9), and does not say what it is in. "
        "Nothing was imported. Choose its encoding.",
        "  say which: --encoding windows-1252, iso-8859-15, ibm850 or macintosh",
    ]
    assert names_in(plot) == set()
    done = import_command(plot, table, "--encoding", "windows-1252")
    assert (done.code, done.complaint) == (0, "")
    assert names_in(plot) == {"RADAR", "Gendarmerie équipe"}


def test_an_encoding_that_it_is_not_in_is_refused(
    import_command: Command, plot: Path, table: Path
) -> None:
    table.write_bytes(FRENCH.replace("é", "è").encode("mac-roman"))
    refused = import_command(plot, table, "--encoding", "windows-1252")
    assert refused.code == 1
    assert refused.complaint.splitlines() == [
        "channelplot: radar.csv is not in the encoding that was chosen (line 2: windows-1252 "
        "0x8F). Nothing was imported. Choose another one.",
        "  say another: --encoding windows-1252, iso-8859-15, ibm850 or macintosh",
    ]
    assert import_command(plot, table, "--encoding", "macintosh").code == 0
    table.write_bytes(FRENCH.replace("équipe", "Œuf").encode())
    assert import_command(plot, table, "--encoding", "macintosh").code == 0
    assert names_in(plot) == {"Gendarmerie èquipe", "Gendarmerie Œuf"}


def test_what_the_window_remembers_of_such_tables_counts_and_is_said(
    import_command: Command, plot: Path, table: Path
) -> None:
    table.write_bytes(FRENCH.encode("mac-roman"))
    options = ReadOptions(now_utc=at("0600"), encoding=Encoding.MACINTOSH)
    said = SaidOfLayout(encoding=Encoding.MACINTOSH)
    state = WindowState(config_folder())
    state.remember_import_layout(table_columns_of(table, options).layout_key, said)
    told = import_command(plot, table, "--dry-run", "--json").record["files"]
    assert isinstance(told, list)
    assert told[0]["remembered_encoding"] == "macintosh"
    ended = import_command(plot, table)
    assert ended.said.splitlines()[:2] == [
        "radar.csv",
        "  Encoding: macintosh, as last in the window for such tables",
    ]
    assert names_in(plot) == {"Gendarmerie équipe"}
    assert import_command(plot, table, "--encoding", "utf-8").code == 1
    table.write_bytes(FRENCH.replace("nom", "navire").encode("mac-roman"))
    assert import_command(plot, table).code == 1
    table.write_bytes(f"{FRENCH}2026-09-15T02:20Z,50.9,1.5,".encode() + b"\xc9t\xe9\n")
    damaged = import_command(plot, table)
    assert damaged.code == 1
    assert "radar.csv is not in UTF-8 (line 3: 0xC9)" in damaged.complaint


def test_columns_craft_and_places_are_chosen(
    import_command: Command, plot: Path, gpx: Path, table: Path
) -> None:
    table.write_text("when,a,b,who\n2026-09-15T02:10:00Z,50.9,1.5,HELI\n")
    maps = [f"--map={each}" for each in ("time=when", "lat_deg=a", "lon_deg=3", "name=who")]
    ended = import_command(plot, table, gpx, *maps[:0], "--no-places", "--craft", "aircraft", *maps)
    assert ended.complaint == ""
    found = plot_in(plot)
    assert {t.name: t.craft for t in found.tracks.values() if t.name != "A"} == {
        "HELI": Craft.AIRCRAFT,
        "PATROL 7": Craft.AIRCRAFT,
    }
    assert not found.beaches


@pytest.mark.parametrize(
    ("sides", "speed_kn", "lines"), [((), None, 1), (("--ours",), None, 1), (("--theirs",), 4.5, 1)]
)
def test_of_two_desks_versions_one_is_taken_and_the_other_logged(
    import_command: Command,
    plot: Path,
    tmp_path: Path,
    sides: tuple[str, ...],
    speed_kn: float | None,
    lines: int,
) -> None:
    ours = plot_in(plot)
    (a,) = ours.tracks.values()
    theirs = replace(a.reports[0], error_m=5.0, speed_kn=speed_kn)
    other = tmp_path / "other.gpkg"
    act = ActRecord("new_plot", "plot", "", "other desk", at("0300"))
    PlotFile.create(other, ours.with_report(theirs), act).close()
    ended = import_command(plot, other, *sides)
    assert ended.code == 0
    assert "report 150245Z of A: the plot has error 109.6" in ended.said
    assert "; the file has error 5.0" in ended.said
    after = plot_in(plot)
    report = after.report(theirs.uid)
    assert report is not None
    assert report.error_m == (5.0 if "--theirs" in sides else 109.6)
    assert len(after.log_lines) == lines
    (line,) = after.log_lines.values()
    assert "report 150245Z of A: error " in line.text
    again = import_command(plot, other, *sides)
    assert (again.code, plot_in(plot)) == (0, after)


def test_a_plot_is_not_imported_into_itself(import_command: Command, plot: Path) -> None:
    ended = import_command(plot, plot)
    assert ended.code == 1
    assert "night.gpkg is the plot that is open." in ended.complaint


def test_a_plot_that_is_open_elsewhere_is_left_alone(
    import_command: Command, plot: Path, gpx: Path
) -> None:
    holder = PlotFile.open(plot)
    try:
        ended = import_command(plot, gpx)
    finally:
        holder.close()
    assert ended.code == 1
    assert ended.complaint.startswith("channelplot: ")
    assert len(plot_in(plot).tracks) == 1


def test_a_plot_that_can_not_be_saved_to_says_so(
    import_command: Command, plot: Path, table: Path
) -> None:
    rows = "".join(f"2026-09-15T02:{n // 60:02}:{n % 60:02}Z,50.9,1.5,R\n" for n in range(900))
    table.write_text(f"time,lat,lon,name\n{rows}")
    before, limits = plot.stat().st_size, resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (before, limits[1]))
    try:
        ended = import_command(plot, table)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert ended.code == 1
    assert ended.complaint.startswith("channelplot: ")
    assert "night.gpkg" in ended.complaint
    assert ended.said == ""
    assert len(plot_in(plot).tracks) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("night.gpkg",),
        ("night.gpkg", "a.gpx", "--zone", "BST"),
        ("night.gpkg", "a.gpx", "--dates", "year-first"),
        ("night.gpkg", "a.csv", "--encoding", "utf-16"),
        ("night.gpkg", "a.csv", "--map", "lat_deg"),
        ("night.gpkg", "a.csv", "--map", "height=3"),
        ("night.gpkg", "a.csv", "--map", "lat_deg="),
        ("night.gpkg", "a.gpx", "--craft", "submarine"),
        ("night.gpkg", "a.gpx", "--theirs", "--ours"),
    ],
)
def test_wrong_use_is_exit_code_2(import_command: Command, words: tuple[str, ...]) -> None:
    ended = import_command(*words)
    assert ended.code == 2
    assert ended.said == ""
