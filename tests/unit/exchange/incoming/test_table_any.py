"""Tables of anything: what comes in stands in them, and the rest is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.errors import ImportFault, ImportFileError
from channelplot.geodesy.position import Position
from helpers.tables import IN_UTC, table_taken_in
from helpers.taken_in import OPTIONS

cells = st.sampled_from(
    [
        "time", "lat", "lon", "Date", "position", "MMSI", "n/s", "SOG", "# x", "2026-09-15T02:28Z",
        "03/04/2026", "02:28", "50.5", "1,5", "50 58.0N", "N", '"', '"a\nb"', "=1", "", "360", "é",
    ]
)  # fmt: skip


@given(st.lists(st.lists(cells, max_size=5), max_size=8), st.sampled_from(",;\t| "), st.booleans())
def test_whatever_stands_in_a_table_is_read_or_refused(
    rows: list[list[str]], separator: str, is_zone_said: bool
) -> None:
    content = "\r\n".join(separator.join(row) for row in rows)
    try:
        taken = table_taken_in(content, IN_UTC if is_zone_said else OPTIONS)
    except ImportFileError:
        return
    lines = [report.line for report in taken.reports] + [place.line for place in taken.places]
    lines += [line for line, _ in taken.faults()]
    assert len(lines) == len(set(lines))
    assert set(lines) <= set(range(1, content.count("\n") + 2))


@given(st.binary(max_size=200))
def test_other_files_are_no_tables(data: bytes) -> None:
    with pytest.raises(ImportFileError):
        table_taken_in(data, OPTIONS)


degrees = st.decimals(-90, 90, places=7, allow_nan=False)


@given(st.lists(st.tuples(degrees, degrees), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_no_position_changes_on_its_way(
    places: list[tuple[object, object]], separator: str
) -> None:
    rows = [f"2026-09-15T02:28Z{separator}{lat}{separator}{lon}" for lat, lon in places]
    taken = table_taken_in("\n".join((separator.join(("time", "lat", "lon")), *rows)))
    read = {each.line: each.position for each in taken.reports}
    refused = dict(taken.faults())
    for line, (lat, lon) in enumerate(places, start=2):
        if line in refused:
            assert refused[line] is ImportFault.SWAPPED
        else:
            assert read[line] == Position(float(str(lon)), float(str(lat)))


@given(st.text("0123456789.,+-eEnNsSwW °'\"inaf", max_size=12))
def test_other_texts_are_no_latitude(text: str) -> None:
    quoted = text.replace('"', '""')
    taken = table_taken_in(f'time,lat,lon\n2026-09-15T02:28Z,"{quoted}",1.5\n')
    assert len(taken.reports) + len(taken.refusals) == 1
    for lon_deg, lat_deg in taken.positions_deg():
        assert lon_deg == 1.5
        if set(text) <= set("0123456789.+-eE "):
            try:
                assert lat_deg == float(text)
            except ValueError:
                # Degrees and minutes: 51 30.
                assert " " in text.strip()
