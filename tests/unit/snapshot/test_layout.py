"""Where things stand: nothing on anything else, whatever the sheet's size and contents."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from channelplot.errors import SheetFault, SheetRefused
from channelplot.snapshot.layout import Layout, Wanted, layout_of
from channelplot.snapshot.lettering import Style, text_px
from channelplot.snapshot.paper import Sheet

SIDES_PX = st.integers(560, 8000)
CREDITS = (
    "3 plotted reports lie outside this sheet",
    "© OpenStreetMap contributors",
    "GeoNames (CC BY 4.0)",
    "Mercator, WGS 84",
    "Channel Plot 0.1.0",
)
MARKING = "CONFIDENTIAL – UK EYES ONLY – NOT TO BE SENT ON WITHOUT THE ORIGINATOR'S AUTHORITY"
USUAL = Wanted(
    title="Night of 15 September",
    summary="Boats: 2 open, 1 closed",
    time="Data to 150412Z SEP 26 · 0512 UK · 0612 FR",
    time_note="All that was plotted by then · last report 0412Z",
    credits=CREDITS,
    warning="NOT FOR NAVIGATION",
    legend_rows=9,
    most_legend_rows=12,
    boat_rows=4,
)
WANTED = st.builds(
    Wanted,
    title=st.text(st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=150),
    summary=st.sampled_from((USUAL.summary, "EXAMPLE, all fictional · " + USUAL.summary)),
    time=st.sampled_from(("No reports plotted", USUAL.time)),
    time_note=st.sampled_from(("", USUAL.time_note)),
    credits=st.sampled_from((CREDITS, CREDITS[1:])),
    warning=st.just(USUAL.warning),
    legend_rows=st.integers(0, 18),
    most_legend_rows=st.integers(18, 19),
    boat_rows=st.integers(0, 300),
    marking=st.sampled_from(("", "OFFICIAL-SENSITIVE", MARKING)),
    is_in_both=st.booleans(),
)


def of_size(width_px: int, height_px: int, wanted: Wanted = USUAL) -> Layout:
    return layout_of(Sheet.of_pixels(width_px, height_px), wanted)


@given(SIDES_PX, SIDES_PX, WANTED)
@example(600, 400, USUAL)
@example(400, 400, USUAL)
@example(400, 8000, USUAL)
@example(8000, 400, USUAL)
@example(1600, 1131, USUAL)
def test_nothing_overlaps_and_all_is_on_the_sheet(
    width_px: int, height_px: int, wanted: Wanted
) -> None:
    layout = of_size(width_px, height_px, wanted)

    for name, rect in layout.rectangles().items():
        assert layout.sheet.whole.holds(rect), name
        assert rect.width_px > 0.0, name
        assert rect.height_px > 0.0, name
    for (name, rect), (other_name, other) in combinations(layout.rectangles().items(), 2):
        assert not rect.overlaps(other), f"{name} and {other_name}"


@given(SIDES_PX, SIDES_PX, WANTED)
def test_the_map_keeps_most_of_the_sheet_and_lies_in_its_frame(
    width_px: int, height_px: int, wanted: Wanted
) -> None:
    layout = of_size(width_px, height_px, wanted)

    assert layout.frame.holds(layout.map)
    assert layout.map.width_px * layout.map.height_px > 0.25 * width_px * height_px
    for edge_px in (layout.map.x_px, layout.map.y_px, layout.map.right_px, layout.map.bottom_px):
        assert edge_px == round(edge_px)


@given(SIDES_PX, SIDES_PX, WANTED)
def test_every_credit_stands_whole_at_the_foot(
    width_px: int, height_px: int, wanted: Wanted
) -> None:
    layout = of_size(width_px, height_px, wanted)

    assert " · ".join(layout.foot.credits.lines) == " · ".join(wanted.credits)
    for line in layout.foot.credits.lines:
        assert text_px(line, Style.CREDIT, layout.sheet) <= layout.foot.credits.box.width_px + 1.0


@given(SIDES_PX, SIDES_PX)
def test_the_time_and_the_warning_are_never_cut(width_px: int, height_px: int) -> None:
    layout = of_size(width_px, height_px)
    sheet = layout.sheet

    time_px = text_px(USUAL.time, Style.TIME, sheet, layout.head.time.shrunk)
    assert time_px <= layout.head.time.box.width_px + 1.0
    assert text_px(USUAL.time_note, Style.NOTE, sheet) <= layout.head.note.box.width_px + 1.0
    assert text_px(USUAL.summary, Style.NOTE, sheet) <= layout.head.summary.box.width_px + 1.0
    assert text_px(USUAL.warning, Style.STRONG, sheet) <= layout.foot.warning.box.width_px + 1.0


@given(SIDES_PX, SIDES_PX, WANTED)
def test_the_list_of_boats_goes_before_the_legend(
    width_px: int, height_px: int, wanted: Wanted
) -> None:
    layout = of_size(width_px, height_px, replace(wanted, legend_rows=max(1, wanted.legend_rows)))

    assert not layout.boats or layout.legend is not None
    assert (layout.boats == ()) == (layout.boat_rows == 0)


@given(SIDES_PX, SIDES_PX, st.integers(0, 12))
def test_what_the_legend_shows_does_not_change_the_map(
    width_px: int, height_px: int, legend_rows: int
) -> None:
    full = of_size(width_px, height_px, replace(USUAL, legend_rows=12))
    other = of_size(width_px, height_px, replace(USUAL, legend_rows=legend_rows))

    if full.legend is not None and legend_rows:
        assert other.map == full.map


@pytest.mark.parametrize("size_mm", [(297.0, 210.0), (210.0, 297.0), (420.0, 297.0)])
@pytest.mark.parametrize("marking", ["OFFICIAL", MARKING, "W" * 200])
def test_a_marking_stands_whole_at_top_and_bottom(
    size_mm: tuple[float, float], marking: str
) -> None:
    sheet = Sheet.of_mm(*size_mm, 150.0)
    layout = layout_of(sheet, replace(USUAL, marking=marking))

    top, bottom = layout.markings
    assert "".join(top.lines).replace(" ", "") == marking.replace(" ", "")
    assert top.lines == bottom.lines
    for line in top.lines:
        assert text_px(line, Style.MARKING, sheet, top.shrunk) <= top.box.width_px + 1.0
    assert top.box.bottom_px < layout.head.title.box.y_px
    assert bottom.box.y_px > layout.foot.warning.box.bottom_px


@pytest.mark.parametrize("title", ["Night", "The situation overnight " * 8, "X" * 200])
def test_a_title_stands_whole(title: str) -> None:
    layout = of_size(1600, 1131, replace(USUAL, title=title.strip()))
    head = layout.head.title

    assert " ".join(head.lines).replace(" ", "") == title.replace(" ", "")
    for line in head.lines:
        assert text_px(line, Style.TITLE, layout.sheet, head.shrunk) <= head.box.width_px + 1.0


def test_a_page_with_no_room_for_a_map_is_refused() -> None:
    with pytest.raises(SheetRefused) as refused:
        layout_of(Sheet.of_mm(297.0, 60.0, 96.0), replace(USUAL, marking="OFFICIAL"))

    assert refused.value.fault is SheetFault.PAGE_TOO_SMALL


def test_the_usual_sheet_has_everything_beside_the_map() -> None:
    layout = of_size(1600, 1131)

    assert layout.boats
    assert layout.legend is not None
    assert layout.boat_rows == 4
    assert not layout.is_compact
    assert (
        min(r.x_px for r in (layout.boats[0], layout.legend, layout.scale)) > layout.frame.right_px
    )


def test_an_upright_sheet_has_everything_under_the_map() -> None:
    layout = of_size(1131, 1600)

    assert layout.boats
    assert layout.legend is not None
    assert min(r.y_px for r in (layout.boats[0], layout.legend, layout.scale)) > (
        layout.frame.bottom_px
    )


def test_the_smallest_sheet_keeps_title_time_scale_north_credit_and_warning() -> None:
    layout = of_size(600, 400)

    assert layout.boats == ()
    assert layout.legend is None
    assert {"title", "time", "scale", "north", "credits", "warning"} <= set(layout.rectangles())


def test_many_boats_stand_on_one_line_each_and_the_last_line_is_for_the_rest() -> None:
    layout = of_size(1600, 1131, replace(USUAL, boat_rows=200))

    assert layout.is_compact
    assert 20 <= layout.boat_rows < 200


@pytest.mark.parametrize("factor", [2, 3])
def test_a_sheet_with_more_pixels_looks_alike(factor: int) -> None:
    small, large = of_size(1600, 1131), of_size(1600 * factor, 1131 * factor)

    for name, rect in small.rectangles().items():
        other = large.rectangles()[name]
        assert other.x_px / factor == pytest.approx(rect.x_px, abs=8.0), name
        assert other.width_px / factor == pytest.approx(rect.width_px, abs=12.0), name
