"""The registers of beaches and marks become the model's values, the same on every machine."""

from collections.abc import Callable
from pathlib import Path

import pytest

from channelplot.basemap.basemap import Basemap
from channelplot.basemap.beaches import is_estimated, read_beaches
from channelplot.basemap.boundary import read_boundary
from channelplot.basemap.marks import read_marks
from channelplot.basemap.registers import register_uid
from channelplot.errors import BasemapError
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.resources import read_text

Copy = Callable[[str], Path]


def test_a_beach_keeps_position_error_source_and_why_it_is_named(basemap: Basemap) -> None:
    beach = next(each for each in basemap.beaches if each.name == "Malo-les-Bains")
    assert beach.position == Position(2.39975, 51.05183)
    assert (beach.commune, beach.department) == ("Dunkerque", "59")
    assert beach.error_m == 392.0
    assert beach.source == "estimated from the coastline"
    assert is_estimated(beach)
    assert beach.note == (
        "departure 2025-02-09; pick-up 2025-09-28; "
        "premar-manche.gouv.fr communiqué 2025-02-09, 2025-09-29"
    )


def test_a_beach_with_a_published_position_is_not_called_estimated(basemap: Basemap) -> None:
    beach = next(each for each in basemap.beaches if each.name == "Wissant")
    assert beach.source == "GeoNames 2967326 (Wissant), moved to the coast"
    assert not is_estimated(beach)


def test_a_beach_nobody_has_written_about_has_no_note(basemap: Basemap) -> None:
    assert next(each for each in basemap.beaches if each.name == "Bray-Dunes").note == ""


def test_as_many_beaches_are_estimated_as_the_register_says(basemap: Basemap) -> None:
    in_file = read_text("basemap/beaches.csv").count(",estimated from the coastline,")
    assert in_file > 0
    assert sum(map(is_estimated, basemap.beaches)) == in_file


def test_a_mark_is_where_its_minutes_say(basemap: Basemap) -> None:
    marks = {mark.code: mark for mark in basemap.marks}
    assert marks["SLV"].position == Position(1 + 47.0 / 60, 51 + 9.3 / 60)
    assert (marks["SLV"].name, marks["SLV"].kind) == ("Sandettie LV", "light_float")
    # West of Greenwich.
    assert marks["CSQ"].position == Position(-(2 + 22.6 / 60), 49 + 43.3 / 60)
    assert distance_m(marks["CGN"].position, Position(1.583, 50.869)) < 300.0


def test_identifiers_never_change() -> None:
    # Plots hold these; a change would make every shipped beach a second one.
    assert register_uid("beach", "Wissant") == "d930016c-d121-51b9-8c25-0c1e08a174c1"
    assert register_uid("mark", "CGN") != register_uid("beach", "CGN")


@pytest.mark.parametrize(
    ("file", "old", "new", "read"),
    [
        ("basemap/beaches.csv", "lat_deg", "latitude", read_beaches),
        ("basemap/beaches.csv", "51.07999", "51.O7999", read_beaches),
        ("basemap/beaches.csv", "51.07999", "151.07999", read_beaches),
        ("basemap/beaches.csv", ",300,", ",some,", read_beaches),
        ("basemap/beaches.csv", '"GeoNames', "GeoNames", read_beaches),
        ("basemap/beaches.csv", '"GeoNames', '"Geo"Names', read_beaches),
        ("basemap/marks.csv", "50 52.1N", "50 62.1N", read_marks),
        ("basemap/marks.csv", "001 35.0E", "001 35.0", read_marks),
        ("basemap/marks.csv", "code", "kode", read_marks),
        ("basemap/boundary_1988.csv", "50.824398", "nan", read_boundary),
        ("basemap/boundary_1988.csv", "point", "number", read_boundary),
    ],
)
def test_a_damaged_register_is_a_basemap_error_that_names_the_file(
    copied_resources: Copy, file: str, old: str, new: str, read: Callable[[], object]
) -> None:
    path = copied_resources(file)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BasemapError) as raised:
        read()
    assert raised.value.name == file
    assert raised.value.detail


def test_a_register_cut_off_in_a_row_is_a_basemap_error(copied_resources: Copy) -> None:
    path = copied_resources("basemap/marks.csv")
    text = path.read_text("utf-8")
    path.write_text(text[: text.rindex(",")].rsplit(",", 1)[0], "utf-8")
    with pytest.raises(BasemapError, match="row 33 has not as many cells"):
        read_marks()


def test_a_boundary_of_one_point_is_a_basemap_error(copied_resources: Copy) -> None:
    path = copied_resources("basemap/boundary_1988.csv")
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:2]), "utf-8")
    with pytest.raises(BasemapError, match="fewer than two points"):
        read_boundary()


def test_a_register_that_is_not_text_is_a_basemap_error(copied_resources: Copy) -> None:
    copied_resources("basemap/marks.csv").write_bytes(b"code,\xff\xfe")
    with pytest.raises(BasemapError) as raised:
        read_marks()
    assert raised.value.name == "basemap/marks.csv"
