"""Limits of text files: their shapes, and what is told of them."""

from pathlib import Path

import pytest

from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.exchange import limit_file, text_file
from channelplot.exchange.found_lines import piece
from channelplot.exchange.limit_file import SUFFIXES, read_limit_file
from channelplot.exchange.limit_shapes import ShapeProblem

SQUARE = "1,50 2,50 2,51 1,51 1,50"


def placemark(shape: str, inside: str = "") -> str:
    return f"<kml><Placemark><name>A</name>{inside}{shape}</Placemark></kml>"


def ring(coordinates: str) -> str:
    return f"<LinearRing><coordinates>{coordinates}</coordinates></LinearRing>"


def polygon(coordinates: str, hole: str = "") -> str:
    inner = f"<innerBoundaryIs>{ring(hole)}</innerBoundaryIs>" if hole else ""
    return f"<Polygon><outerBoundaryIs>{ring(coordinates)}</outerBoundaryIs>{inner}</Polygon>"


def line(coordinates: str) -> str:
    return f"<LineString><coordinates>{coordinates}</coordinates></LineString>"


def shapes(
    folder: Path, name: str, content: str
) -> list[tuple[str, bool, int, ShapeProblem | None]]:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return [(s.name, s.is_area, len(s.points), s.problem) for s in read_limit_file(path)]


def fault_of(folder: Path, name: str, content: str) -> tuple[LimitFileFault, int]:
    with pytest.raises(LimitFileError) as refused:
        shapes(folder, name, content)
    assert refused.value.path == folder / name
    return refused.value.fault, refused.value.line


def test_parts_are_numbered_joined_where_they_meet_and_lines_that_close_are_areas(
    tmp_path: Path,
) -> None:
    both = f"<MultiGeometry>{line('1,50 2,51')}{line('2,51 3,51')}</MultiGeometry>"
    assert shapes(tmp_path, "a.kml", placemark(both)) == [("A", False, 3, None)]
    apart = f"<MultiGeometry>{line('1,50 2,51')}{line('3,51 4,51')}</MultiGeometry>"
    assert [each[0] for each in shapes(tmp_path, "a.kml", placemark(apart))] == ["A 1", "A 2"]
    assert shapes(tmp_path, "a.kml", placemark(line(SQUARE))) == [("A", True, 5, None)]
    mixed = f"<MultiGeometry>{polygon(SQUARE)}{line('1,50 2,51')}</MultiGeometry>"
    assert [each[:2] for each in shapes(tmp_path, "a.kml", placemark(mixed))] == [
        ("A 1", True),
        ("A 2", False),
    ]


def test_what_is_no_limit_says_why(tmp_path: Path) -> None:
    holed = placemark(polygon(SQUARE, "1.4,50.4 1.6,50.4 1.6,50.6 1.4,50.4"))
    assert shapes(tmp_path, "a.kml", holed)[0][3] is ShapeProblem.HOLES
    for few in ("1,50", "1,50 2,50", "1,50 2,50 1,50"):
        ((_, is_area, _, problem),) = shapes(tmp_path, "a.kml", placemark(polygon(few)))
        assert (is_area, problem) == (True, ShapeProblem.TOO_FEW_POINTS)
    assert shapes(tmp_path, "a.csv", "lat,lon\n50.1,1.1\n")[0][3] is ShapeProblem.TOO_FEW_POINTS


def test_names_and_sources_of_the_data(tmp_path: Path) -> None:
    data = (
        "<ExtendedData><Data name='nom'><value>Médiane</value></Data>"
        "<Data name='source'><value>Shom</value></Data>"
        "<Data name='licence'><value>Etalab</value></Data></ExtendedData>"
    )
    path = tmp_path / "a.kml"
    path.write_text(placemark(line("1,50 2,51"), data).replace("<name>A</name>", ""), "utf-8")
    (shape,) = read_limit_file(path)
    assert (shape.name, shape.source, shape.is_datum_given) == ("Médiane", "Shom; Etalab", True)


def test_a_table_that_does_not_say_its_datum_is_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("50 58.0N 001 41.0E\n51 00.0N 001 30.0E\n", encoding="utf-8")
    assert not read_limit_file(path)[0].is_datum_given


def test_only_links_nothing_and_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fault_of(tmp_path, "a.kml", "<kml><NetworkLink/></kml>") == (LimitFileFault.LINKS, 0)
    assert fault_of(tmp_path, "a.kml", "<kml/>") == (LimitFileFault.EMPTY, 0)
    points = "<gpx><wpt lat='50' lon='1'/></gpx>"
    assert fault_of(tmp_path, "a.gpx", points) == (LimitFileFault.EMPTY, 0)
    assert fault_of(tmp_path, "a.tsv", "lat\tlon\n51\tx\n") == (LimitFileFault.POSITION_NOT_READ, 2)
    monkeypatch.setattr(limit_file, "MOST_SHAPES", 1)
    two = "lat,lon\n50.1,1.1\n\n50.2,1.2\n"
    assert fault_of(tmp_path, "a.csv", two) == (LimitFileFault.TOO_LARGE, 0)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "a.csv"
    path.write_text("", encoding="utf-8")
    monkeypatch.setattr(Path, "open", gone)
    with pytest.raises(LimitFileError) as refused:
        read_limit_file(path)
    assert refused.value.fault is LimitFileFault.UNREADABLE


def test_every_suffix_is_read() -> None:
    assert set(text_file.SUFFIXES) <= set(SUFFIXES)


def test_a_piece_of_a_file_is_said_in_one_short_line() -> None:
    assert piece("a\nb\tc") == "a b c"
    assert piece("x" * 100) == "x" * 60 + "…"
    assert piece("x " * 1_000_000).endswith("…")
