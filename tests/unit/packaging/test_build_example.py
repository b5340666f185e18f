"""The example night is the same each time it is built, and what ships is what is built."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest

import build_example
from channelplot.geodesy.units import nm_from_m
from channelplot.model.codes import ReckoningRule
from channelplot.model.plot import Plot
from channelplot.store.geopackage import PlotFile
from example_names import OPERATOR
from helpers.builders import at
from helpers.night_chartwork import NM_TOLERANCE, hms, is_at

T = TypeVar("T")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("example") / "example.gpkg"
    build_example.build(path)
    return path


@pytest.fixture(scope="module")
def plot(built: Path) -> Plot:
    file = PlotFile.open(built)
    loaded = file.load().plot
    file.close()
    return loaded


def acts(path: Path) -> list[tuple[str, str, str]]:
    """Return the label, the operator and the time of each act in the log of a file."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as file:
        rows = file.execute("SELECT label, operator, at_utc FROM edit_log ORDER BY rowid")
        return [(str(label), str(operator), str(at_utc)) for label, operator, at_utc in rows]


def the_only(things: dict[str, T]) -> T:
    (thing,) = things.values()
    return thing


def test_built_twice_it_is_the_same_to_the_byte(built: Path, tmp_path: Path) -> None:
    build_example.build(tmp_path / "again.gpkg")

    assert (tmp_path / "again.gpkg").read_bytes() == built.read_bytes()


def test_what_ships_has_the_acts_that_are_built(built: Path) -> None:
    shipped = acts(build_example.OUTPUT)

    assert shipped == acts(built)
    assert len(shipped) == 1 + len(build_example.acts()), "with the one that made the file"


def test_the_crossing_alone_is_the_program_s_own(built: Path) -> None:
    by_program = [act for act in acts(built) if act[1] != OPERATOR]

    assert by_program == [("log_predicted_crossing", "Channel Plot", "2026-09-15T03:34:10.000Z")]


def test_a_is_reckoned_to_cross_by_what_was_known_then(plot: Plot) -> None:
    crossing = the_only(dict(plot.predicted_crossings))

    assert plot.tracks[crossing.track_uid].name == "A"
    assert (crossing.from_side, crossing.to_side, crossing.is_legal) == ("FR", "GB", True)
    assert hms(3, 34, 8) <= crossing.crosses_at_utc <= hms(3, 34, 9)
    assert crossing.crosses_at_utc <= crossing.logged_at_utc
    assert is_at(crossing.position, 51, 1.61, 1, 31.38)
    assert crossing.rule is ReckoningRule.MADE_GOOD


def test_the_search_for_c_is_the_night_s(plot: Plot) -> None:
    search = the_only(dict(plot.searches))

    assert plot.tracks[search.track_uid or ""].name == "C"
    assert search.datum_at_utc == at("0500")
    assert is_at(search.datum, 51, 1.20, 1, 44.74)
    assert nm_from_m(search.radius_m) == pytest.approx(2.03, abs=NM_TOLERANCE)
    told = [
        (51, 1.20, 1, 44.74),
        (51, 1.54, 1, 43.25),
        (51, 2.48, 1, 43.79),
        (51, 1.80, 1, 46.77),
        (50, 59.92, 1, 45.69),
        (51, 0.94, 1, 41.22),
    ]
    assert len(search.waypoints) == len(told)
    for waypoint, place in zip(search.waypoints, told, strict=True):
        assert is_at(waypoint, *place)


def test_ferry_watched_and_assets_with_a_speed(plot: Plot) -> None:
    watch = the_only(dict(plot.approach_watches))
    two = (watch.first_track_uid, watch.second_track_uid)

    assert [plot.tracks[uid].name for uid in two] == ["A", "EXAMPLE FERRY"]
    assert (watch.distance_m, watch.within_min) == (1852.0, 30)
    speeds = {track.name: track.speed_kn for track in plot.tracks.values() if track.speed_kn}
    assert speeds == {"CUTTER-1": 22.0, "PATROL-FR": 18.0}
