"""From settings to pages: series, lists that go on, chosen tracks, reports, refusals."""

import math
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from channelplot.chart.cancel import Cancel
from channelplot.chart.language import SheetLanguage, speaking
from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.chart.renderers.labels import labels_of
from channelplot.errors import SheetFault, SheetRefused
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.measure import destination
from channelplot.geodesy.position import Position
from channelplot.model.codes import CountBasis, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.search import PlannedSearch
from channelplot.snapshot import pages as snapshot_pages
from channelplot.snapshot.compose import Composition
from channelplot.snapshot.content import MOST_BOATS, more_text
from channelplot.snapshot.page import Page
from channelplot.snapshot.pages import bounds_about, bounds_of, pages_of
from channelplot.snapshot.settings import Extent, NamedArea, Report, Series, SheetSettings
from channelplot.snapshot.settings import Page as PageSize
from channelplot.snapshot.sheet import Format
from channelplot.snapshot.table_page import TablePage
from helpers import charts
from helpers.builders import R1, R2, R3, a_beach, a_plot, a_report, a_track, at
from helpers.chart_things import square_search
from helpers.sheets import a_source, pdf_texts
from helpers.sheets import made as files_of

COUNTED = PeopleCount(basis=CountBasis.COUNTED, total=54)


def made(plot: Plot, **choices: Any) -> tuple[Page, ...]:
    return pages_of(SheetSettings(**choices), a_source(plot), 96.0)


def a_map(page: Page) -> Composition:
    assert isinstance(page, Composition)
    return page


def a_table(page: Page) -> TablePage:
    assert isinstance(page, TablePage)
    return page


def title(page: Page) -> str:
    frame = page.layout if isinstance(page, Composition) else a_table(page).frame
    return " ".join(frame.head.title.lines)


def boats(number: int) -> Plot:
    return a_plot(*(a_track(f"B{n:05d}", [a_report("0210", position=R1)]) for n in range(number)))


def names_on(pages: tuple[Page, ...]) -> list[str]:
    first = a_map(pages[0])
    shown = len(first.boats.rows) - len(first.boats_left_out)
    on_map = [row.track.name for row in first.boats.rows[:shown]]
    tables = [row[0] for row in a_table(pages[1]).table.rows] if len(pages) > 1 else []
    return on_map + tables


@pytest.mark.parametrize("size", [PageSize.A4, PageSize.A3])
@pytest.mark.parametrize("number", [1, 20, MOST_BOATS])
def test_up_to_200_boats_each_stands_once_in_the_list_that_goes_on(
    number: int, size: PageSize
) -> None:
    made_pages = made(boats(number), page=size)

    assert names_on(made_pages) == [f"B{n:05d}" for n in range(number)]


def test_of_more_than_200_boats_the_last_row_says_how_many_more() -> None:
    made_pages = made(boats(MOST_BOATS + 50))

    assert len(names_on(made_pages)) == MOST_BOATS
    first = a_map(made_pages[0])
    shown = len(first.boats.rows) - len(first.boats_left_out)
    words = f"and {MOST_BOATS - shown} more follow; 50, 50 of them open, not listed"
    assert more_text(first.boats, shown, first.is_continued) == words
    assert a_table(made_pages[-1]).note_lines == ("and 50 more, 50 of them open",)
    count = len(made_pages)
    numbers = [a_table(page).number_text for page in made_pages[1:]]
    assert numbers == [f"Page {n} of {count}" for n in range(2, count + 1)]


def test_names_of_usual_length_are_whole_in_the_narrow_list_of_an_upright_page() -> None:
    tracks = [
        replace(
            a_track(
                f"T{n:05d}",
                [
                    a_report(
                        "0150", position=R1, people=replace(COUNTED, basis=CountBasis.REPORTED)
                    ),
                    a_report("0210", position=R1, people=COUNTED),
                ],
            ),
            status=TrackStatus.RESCUED_ALL,
        )
        for n in range(60)
    ]
    plot = a_plot(*tracks)
    choices: dict[str, Any] = {
        "is_landscape": False,
        "language": SheetLanguage.FRENCH,
        "layering": DEFAULT_LAYERING.hiding(set(Layer)),
        "has_all_boats": False,
        "cut_off_utc": at("0500") + timedelta(days=1),
    }
    with speaking(SheetLanguage.FRENCH):
        (page,) = made(plot, **choices)
    shown = len(a_map(page).boats.rows) - len(a_map(page).boats_left_out)
    assert a_map(page).layout.is_compact

    (pdf,) = files_of(plot, Format.PDF, **choices)

    words = pdf_texts(pdf.data)[0].split()
    listed = [row.track.name for row in a_map(page).boats.rows[:shown]]
    assert shown > 20
    assert [name for name in listed if name not in words] == []


def test_without_all_boats_the_list_ends_on_the_map_page() -> None:
    (only,) = made(boats(60), has_all_boats=False)

    assert a_map(only).boats_left_out
    assert not a_map(only).is_continued


def test_larger_paper_has_more_boats_beside_its_map_and_larger_letters() -> None:
    small, large = (a_map(made(boats(200), page=size)[0]) for size in (PageSize.A4, PageSize.A3))

    assert len(small.layout.boats) == 1
    assert len(large.layout.boats) == 2
    assert len(large.boats_left_out) < len(small.boats_left_out)
    assert large.sheet.px(1.0) > 1.15 * small.sheet.px(1.0)


def test_a_series_by_boat_has_a_page_for_each_in_the_order_of_the_list() -> None:
    plot = a_plot(
        a_track("A", [a_report("0210", position=R1)]),
        a_track("B", [a_report("0228", position=R2)]),
        a_track("nowhere", [a_report("0245", position=None)]),
    )

    assert [title(page) for page in made(plot, title="Night", series=Series.BOAT)] == [
        "Night · B",
        "Night · A",
    ]


@pytest.mark.parametrize("series", [Series.BOAT, Series.HOUR])
@pytest.mark.parametrize("plot", [Plot(), a_plot(a_track("A", [a_report(position=None)]))])
def test_a_series_of_what_has_no_place_is_one_sheet(series: Series, plot: Plot) -> None:
    (page,) = made(plot, title="Night", series=series)

    assert a_map(page).layout.head.title.lines[0].startswith("Night")


def holds(page: Composition, search: PlannedSearch) -> bool:
    """Return whether all of a search, its circle too, is in view."""
    shown = page.scene.viewport.bounds()
    edge = [destination(search.datum, float(to_deg), search.radius_m) for to_deg in range(360)]
    return all(map(shown.contains, (*search.waypoints, *edge)))


def test_a_page_for_a_boat_shows_all_of_the_search_for_it_and_of_no_other() -> None:
    a = a_track("A", [a_report("0210", position=R1)], uid="a")
    b = a_track("B", [a_report("0228", position=None)], uid="b")
    for_b = square_search("b")
    plot = replace(a_plot(a, b), searches={for_b.uid: for_b})

    pages = {title(page): a_map(page) for page in made(plot, series=Series.BOAT)}

    assert sorted(pages) == ["A", "B"]
    assert holds(pages["B"], for_b)
    assert not holds(pages["A"], for_b)


@pytest.mark.parametrize("extent", [Extent.OPEN, Extent.ALL, Extent.TRACKS])
def test_however_the_extent_is_chosen_no_search_for_an_open_boat_is_cut_off(
    extent: Extent,
) -> None:
    search = square_search("a")
    track = a_track("A", [a_report("0210", position=R1)], uid="a")
    plot = replace(a_plot(track), searches={search.uid: search})

    (page,) = made(plot, extent=extent, track_uids=frozenset({"a"}))

    assert holds(a_map(page), search)


def test_chosen_tracks_are_framed_without_the_searches_for_others_and_the_beaches() -> None:
    search = square_search(None)
    track = a_track("A", [a_report("0210", position=R1)], uid="a")
    plot = replace(a_plot(track, beaches=(a_beach(),)), searches={search.uid: search})

    found = bounds_of(SheetSettings(extent=Extent.TRACKS), plot, None)

    assert found == bounds_of(SheetSettings(extent=Extent.TRACKS), a_plot(track), None)


def test_the_frame_about_chosen_tracks_of_a_release_copy_is_that_of_rounded_places() -> None:
    near = Position(R1.lon_deg + 0.001, R1.lat_deg - 0.001)
    here, there = (a_plot(a_track("A", [a_report(position=p)], uid="a")) for p in (R1, near))

    assert bounds_about(here, {"a"}, "tenth") == bounds_about(there, {"a"}, "tenth")
    assert bounds_about(here, {"a"}) != bounds_about(there, {"a"})


def test_a_release_copy_has_no_names_of_areas() -> None:
    area = NamedArea("Dover", Bounds(1.2, 51.0, 1.5, 51.2))

    (page,) = made(
        charts.night_plot(), title="Night", series=Series.AREA, areas=(area,), profile="tenth"
    )

    assert title(page) == "Night"


def test_a_series_by_area_has_a_page_for_each_with_all_of_it_in_view() -> None:
    areas = (
        NamedArea("Dover", Bounds(1.2, 51.0, 1.5, 51.2)),
        NamedArea("Calais", Bounds(1.7, 50.9, 2.0, 51.1)),
    )
    plot = charts.night_plot()

    found = [a_map(page) for page in made(plot, series=Series.AREA, areas=areas)]

    assert [title(page) for page in found] == ["Dover", "Calais"]
    for page, area in zip(found, areas, strict=True):
        shown = page.scene.viewport.bounds()
        assert shown.west_deg <= area.bounds.west_deg + 1e-9
        assert shown.east_deg >= area.bounds.east_deg - 1e-9
        assert shown.south_deg <= area.bounds.south_deg + 1e-9
        assert shown.north_deg >= area.bounds.north_deg - 1e-9


def test_a_series_by_area_without_areas_is_refused() -> None:
    with pytest.raises(SheetRefused) as refused:
        made(charts.night_plot(), series=Series.AREA)

    assert refused.value.fault is SheetFault.NO_AREAS


def test_a_series_of_more_pages_than_a_document_may_have_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(snapshot_pages, "MOST_PAGES", 5)

    with pytest.raises(SheetRefused) as refused:
        made(boats(6), series=Series.BOAT)

    assert refused.value.fault is SheetFault.TOO_MANY_PAGES
    assert len(made(boats(5), series=Series.BOAT)) == 5


def test_only_the_chosen_tracks_are_shown_and_listed() -> None:
    chosen = a_track("A", [a_report("0210", position=R1)])
    plot = a_plot(chosen, a_track("B", [a_report("0228", position=R2)]))

    (page,) = made(plot, track_uids=frozenset({chosen.uid}))

    assert [row.track.name for row in a_map(page).boats.rows] == ["A"]
    assert set(a_map(page).scene.plot.tracks) == {chosen.uid}


def test_the_plotting_sheet_has_a_rose_and_rows_and_tells_nothing_of_the_plot() -> None:
    pages = made(charts.night_plot(), title="Night", reports=(Report.BLANK,), author="J. Smith")
    chart, rows = a_map(pages[-2]), a_table(pages[-1])

    assert title(chart) == title(rows) == "Plotting sheet"
    assert chart.rose is not None
    assert chart.rose.variation_deg == pytest.approx(1.7, abs=0.5)
    assert chart.rose.variation_text == chart.scale.variation_text != ""
    assert chart.boats.rows == ()
    assert not chart.scene.plot.tracks
    box, rose = chart.layout.map, chart.rose
    assert box.x_px < rose.x_px - rose.radius_px
    assert rose.x_px + rose.radius_px < box.right_px
    assert box.y_px < rose.y_px - rose.radius_px
    assert rose.y_px + rose.radius_px < box.bottom_px
    said = " ".join((*chart.layout.head.summary.lines, *chart.layout.head.time.lines))
    assert "0 open" not in said
    assert "No reports" not in said
    assert len({page.map is None for page in pages[-2:]}) == 2


@pytest.mark.parametrize("size", [PageSize.A4, PageSize.A3, PageSize.A2, PageSize.LETTER])
@pytest.mark.parametrize("is_landscape", [True, False])
def test_the_rose_lies_on_no_label_and_no_mark(size: PageSize, is_landscape: bool) -> None:
    pages = made(charts.night_plot(), reports=(Report.BLANK,), page=size, is_landscape=is_landscape)
    chart = a_map(pages[-2])
    rose, box, ratio = chart.rose, chart.layout.map, chart.scene.device_pixel_ratio
    assert rose is not None
    placed = [label.candidate.places[place] for label, place in labels_of(chart.scene, Cancel())]
    assert placed
    for west_px, north_px, east_px, south_px in np.concatenate(placed).tolist():
        left_px, right_px = (box.x_px + ratio * x_px for x_px in (west_px, east_px))
        top_px, bottom_px = (box.y_px + ratio * y_px for y_px in (north_px, south_px))
        x_px = min(max(rose.x_px, left_px), right_px)
        y_px = min(max(rose.y_px, top_px), bottom_px)
        assert math.dist((x_px, y_px), (rose.x_px, rose.y_px)) > rose.radius_px


def test_reports_follow_the_map_in_the_order_they_were_chosen() -> None:
    pages = made(charts.night_plot(), title="N", reports=(Report.BLANK, Report.BOATS))

    assert [title(page) for page in pages] == ["N", "Plotting sheet", "Plotting sheet", "N · Boats"]


def test_a_point_is_shown_with_the_waters_around_it() -> None:
    point = Bounds(1.5, 51.0, 1.5, 51.0)

    found = bounds_of(SheetSettings(extent=point), Plot(), None)

    assert found.west_deg < 1.46
    assert found.east_deg > 1.54


@pytest.mark.parametrize("is_landscape", [True, False])
def test_a_map_that_shows_nothing_keeps_its_list_of_boats(is_landscape: bool) -> None:
    plot = a_plot(a_track("A", [a_report("0210", position=R3)]))

    (page,) = made(plot, extent=Bounds(-8.01, 47.0, -8.0, 47.01), is_landscape=is_landscape)

    assert a_map(page).legend == ()
    assert a_map(page).layout.boats
    assert not a_map(page).boats_left_out


def test_in_both_languages_each_text_has_a_line_of_its_own_and_values_stand_once() -> None:
    with speaking(SheetLanguage.BOTH):
        page = a_map(made(charts.night_plot(), title="Night")[0])
    head, foot = page.layout.head, page.layout.foot

    assert len(head.summary.lines) == len(head.note.lines) == len(foot.warning.lines) == 2
    assert foot.warning.lines[0] == "NOT FOR NAVIGATION"
    assert head.time.lines[0].count("150412Z SEP 26") == 1
    assert page.scale.variation_text.count("°") == 1
    assert page.layout.legend is not None
    assert page.layout.boats
