"""A file that is to come in: what is known of it, what shows of it, and the act for the plot."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from channelplot.chart.overlay import Ghost, GhostTracks
from channelplot.exchange.incoming.found import Encoding, ReadOptions, SaidOfLayout, Zone
from channelplot.exchange.incoming.mapped_columns import Need
from channelplot.exchange.incoming.plan import ImportChoices
from channelplot.model.plot import Plot
from channelplot.tools.file_import import (
    MOST_FIXES,
    Destination,
    Looked,
    looked_into,
    made_ready,
)
from helpers.builders import a_plot, a_track, at

OPTIONS = ReadOptions(now_utc=at("0600"))


def into(plot: Plot) -> Destination:
    return Destination(
        plot=plot, plot_path=Path("night.gpkg"), operator="watch", withdrawn=lambda: ()
    )


def looked(
    path: Path,
    plot: Plot,
    options: ReadOptions = OPTIONS,
    encoding: Encoding | None = None,
    **columns: str,
) -> Looked:
    """What is known of a file. encoding, columns: that are remembered for every layout."""
    shares: list[float] = []
    known = SaidOfLayout(columns=columns, encoding=encoding)
    found = looked_into(path, options, into(plot), ImportChoices(), lambda _: known, shares.append)
    assert shares == sorted(shares)
    return found


def table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_of_very_many_fixes_a_ghost_shows_some_of_every_track(tmp_path: Path) -> None:
    rows = [
        f"2026-09-15T0{k // 60}:{k % 60:02d}:00Z,{50 + k / 500},{1 + k / 900 + boat},B{boat}"
        for boat in range(10)
        for k in range(300)
    ]
    found = looked(table(tmp_path / "many.csv", "time,lat,lon,name", *rows), Plot())
    (ghost,) = found.shapes
    assert isinstance(ghost, GhostTracks)
    assert 10 < len(ghost.fixes_deg) <= MOST_FIXES
    assert set(ghost.numbers.tolist()) == set(range(10))
    assert ghost.label == "many.csv"
    lowest, highest = ghost.fixes_deg.min(axis=0), ghost.fixes_deg.max(axis=0)
    assert np.allclose((lowest, highest), ((1.0, 50.0), (10.33, 50.598)), atol=0.02)


def test_reports_of_no_track_make_no_line(tmp_path: Path) -> None:
    rows = [f"2026-09-15T02:{k:02d}:00Z,{50 + k / 100},1.5" for k in range(5)]
    (ghost,) = looked(table(tmp_path / "none.csv", "time,lat,lon", *rows), Plot()).shapes
    assert isinstance(ghost, GhostTracks)
    assert len(set(ghost.numbers.tolist())) == len(ghost.numbers)


def test_places_show_as_what_they_would_be(tmp_path: Path) -> None:
    found = looked(table(tmp_path / "places.csv", "name,lat,lon", "Slipway,50.9,1.6"), Plot())
    (ghost,) = found.shapes
    assert isinstance(ghost, Ghost)
    assert (ghost.kind.value, ghost.label) == ("beach", "Slipway")


def test_what_has_to_be_said_is_asked_and_remembered_columns_count(tmp_path: Path) -> None:
    path = table(tmp_path / "radar.csv", "seen;spot", "15/09/2026 02:10;50 58N 001 41E")
    assert looked(path, Plot()).needs == {Need.COLUMNS}
    known = looked(path, Plot(), time="1", position="2")
    assert known.needs == {Need.ZONE}
    assert known.options.columns == {"time": "1", "position": "2"}
    untitled = table(tmp_path / "untitled.csv", "2026-09-15T02:10:00Z;50 58N 001 41E")
    assert looked(untitled, Plot(), time="1", position="2").options.columns == {}
    said = ReadOptions(now_utc=at("0600"), zone=Zone.FR)
    plan = looked(path, Plot(), said, time="1", position="2").plan
    assert plan is not None
    assert plan.summary.first_at_utc == at("0010")


def test_an_encoding_is_proposed_or_remembered_and_else_asked(tmp_path: Path) -> None:
    path = tmp_path / "gendarmerie.csv"
    text = "time,lat,lon,name\n2026-09-15T02:10:00Z,50.9,1.6,Gendarmerie équipe\n"

    def names(found: Looked) -> list[str]:
        assert found.plan is not None
        return [each.name for each in found.plan.reports]

    path.write_bytes(text.encode("cp1252"))
    proposed = looked(path, Plot())
    assert proposed.options.encoding is Encoding.WINDOWS_1252
    assert proposed.look is not None
    assert proposed.look.letters == ((2, "…0.9,1.6,Gendarmerie équipe"),)
    assert names(proposed) == ["Gendarmerie équipe"]
    assert names(looked(path, Plot(), encoding=Encoding.MACINTOSH)) == ["Gendarmerie Èquipe"]
    said = replace(OPTIONS, encoding=Encoding.WINDOWS_1252)
    assert names(looked(path, Plot(), said, encoding=Encoding.MACINTOSH)) == ["Gendarmerie équipe"]
    path.write_bytes(text.replace("é", "è").encode("mac-roman"))
    asked = looked(path, Plot())
    assert asked.needs == {Need.ENCODING}
    assert (asked.look, asked.options.encoding) == (None, None)
    assert asked.error is not None
    assert names(looked(path, Plot(), encoding=Encoding.MACINTOSH)) == ["Gendarmerie èquipe"]
    wrong = looked(path, Plot(), said)
    assert wrong.needs == {Need.ENCODING}
    assert wrong.error is not None
    assert wrong.error.line == 2
    path.write_bytes("2026-09-15T02:10:00Z,50.9,1.6,équipe\n".encode("cp1252"))
    untitled = looked(path, Plot(), encoding=Encoding.MACINTOSH)
    assert untitled.options.encoding is Encoding.WINDOWS_1252


def test_the_act_is_of_the_plot_as_it_is_now_or_what_has_changed_is_told(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "time,lat,lon,name", "2026-09-15T02:10:00Z,50.9,1.6,A")
    plot = Plot()
    ready = made_ready(looked(path, plot), into(plot), lambda *_: "", at("0600"))
    assert ready.command is not None
    assert ready.command.edit(plot) is ready.after
    other = a_plot(a_track("A"))
    changed = made_ready(ready.looked, into(other), lambda *_: "", at("0600"))
    assert changed.command is None
    assert [*changed.plan.names.values()] == ["A-2"]
    again = made_ready(changed.looked, into(other), lambda *_: "", at("0600"))
    assert again.command is not None
    assert {track.name for track in again.command.edit(other).tracks.values()} == {"A", "A-2"}
