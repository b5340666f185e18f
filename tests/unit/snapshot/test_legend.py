"""The legend has what the map shows, and nothing else."""

from dataclasses import replace

from channelplot.basemap.basemap import Basemap
from channelplot.chart.crowding import FEW_TRACKS, DensityMode
from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.chart.palette import DAY
from channelplot.chart.renderers.density import ramp_of
from channelplot.chart.scene import Scene
from channelplot.chart.shown import crowding_of
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.measure import destination
from channelplot.model.codes import Craft, ReportKind, TrackStatus
from channelplot.model.plot import Plot
from channelplot.snapshot.legend import LegendEntry, Symbol, legend_of, most_rows
from helpers import charts
from helpers.builders import (
    R1,
    R2,
    SANGATTE,
    a_mark,
    a_plot,
    a_report,
    a_track,
    ddm,
    night_plot,
)
from helpers.chart_things import DATUM, square_search, waters_limit
from helpers.chartwork_builders import a_limit

STRAIT = Bounds(1.2, 50.8, 2.0, 51.2)
ATLANTIC = Bounds(-6.5, 48.2, -6.0, 48.6)


def scene_of(plot: Plot, bounds: Bounds = STRAIT, basemap: Basemap | None = None) -> Scene:
    viewport = Viewport(0.0, 0.0, 1.0, 800.0, 600.0).fitted(bounds, 0.0)
    return Scene(plot=plot, viewport=viewport, basemap=basemap)


def symbols(entries: tuple[LegendEntry, ...]) -> list[Symbol]:
    return [entry.symbol for entry in entries]


def test_an_empty_chart_has_no_legend() -> None:
    assert legend_of(scene_of(Plot())) == ()


def test_the_chart_itself_has_boundary_and_register(basemap: Basemap) -> None:
    assert symbols(legend_of(scene_of(Plot(), basemap=basemap))) == [
        Symbol.REGISTER_BEACH,
        Symbol.MARK,
        Symbol.BOUNDARY,
    ]


def test_far_from_everything_the_legend_is_empty(basemap: Basemap) -> None:
    assert legend_of(scene_of(night_plot(), ATLANTIC, basemap)) == ()


def test_the_night_has_an_entry_for_each_kind_of_thing(basemap: Basemap) -> None:
    entries = legend_of(scene_of(night_plot(), basemap=basemap))

    assert symbols(entries) == [
        Symbol.FIX,
        Symbol.OTHER_REPORT,
        Symbol.TRACK,
        Symbol.BEACH,
        Symbol.REGISTER_BEACH,
        Symbol.MARK,
        Symbol.BOUNDARY,
    ]
    assert entries[1].kind is ReportKind.PREVENTED
    assert entries[1].text == "Prevented attempt"


def test_closed_tracks_have_an_entry_of_their_own() -> None:
    reports = (a_report("0210", position=R1), a_report("0228", position=R2))
    closed = a_track("A", reports, status=TrackStatus.LANDED)

    assert symbols(legend_of(scene_of(a_plot(closed)))) == [Symbol.FIX, Symbol.CLOSED_TRACK]


def test_a_single_report_makes_no_line() -> None:
    assert symbols(legend_of(scene_of(a_plot(a_track("A", (a_report(),)))))) == [Symbol.FIX]


def test_a_line_across_the_sheet_counts_though_its_reports_lie_outside() -> None:
    ends = (ddm(50, 50.0, 0, 30.0), ddm(51, 10.0, 2, 40.0))
    track = a_track("A", tuple(a_report(f"0{n}10", position=at) for n, at in enumerate(ends)))
    past = a_track(
        "B",
        (
            a_report("0010", position=ddm(51, 30.0, 0, 30.0)),
            a_report("0110", position=ddm(51, 30.0, 2, 40.0)),
        ),
    )

    assert symbols(legend_of(scene_of(a_plot(track)))) == [Symbol.TRACK]
    assert symbols(legend_of(scene_of(a_plot(past)))) == []


def test_each_craft_has_its_symbol_and_boats_come_first() -> None:
    boat = a_track("A", (a_report("0210", position=R1), a_report("0228", position=R2)))
    cutter = a_track(
        "CUTTER-1",
        (a_report("0210", position=R2), a_report("0228", position=SANGATTE)),
        craft=Craft.RESCUE_VESSEL,
    )

    entries = legend_of(scene_of(a_plot(cutter, boat)))

    assert [entry.craft for entry in entries[:2]] == [Craft.SMALL_BOAT, Craft.RESCUE_VESSEL]
    assert [entry.text for entry in entries[:2]] == [
        "Position reported, time in UTC",
        "Rescue vessel",
    ]
    assert entries[2].sample is boat


def test_a_position_no_boat_claims_is_told_apart() -> None:
    plot = a_plot(unattributed=(a_report(),))

    assert symbols(legend_of(scene_of(plot))) == [Symbol.UNATTRIBUTED]


def with_chartwork(plot: Plot) -> Plot:
    """Return a plot with a search, a limit of waters and one of search and rescue regions."""
    return plot.with_search(square_search()).with_limit(waters_limit()).with_limit(a_limit())


def test_searches_and_loaded_limits_have_their_entries(basemap: Basemap) -> None:
    entries = legend_of(scene_of(with_chartwork(Plot()), basemap=basemap))

    assert symbols(entries) == [
        Symbol.SEARCH,
        Symbol.SEARCH_DATUM,
        Symbol.REGISTER_BEACH,
        Symbol.MARK,
        Symbol.BOUNDARY,
        Symbol.WATERS_LIMIT,
        Symbol.SAR_LIMIT,
    ]


def test_a_limit_of_waters_is_no_limit_of_a_region() -> None:
    of_waters, of_region = Plot().with_limit(waters_limit()), Plot().with_limit(a_limit())

    assert symbols(legend_of(scene_of(of_waters))) == [Symbol.WATERS_LIMIT]
    assert symbols(legend_of(scene_of(of_region))) == [Symbol.SAR_LIMIT]


def test_two_searches_have_one_entry() -> None:
    plot = with_chartwork(Plot()).with_search(replace(square_search(), uid="two", name="S2"))

    entries = symbols(legend_of(scene_of(plot)))

    assert entries.count(Symbol.SEARCH) == entries.count(Symbol.SEARCH_DATUM) == 1


def test_searches_and_limits_out_of_view_or_hidden_have_no_entry() -> None:
    plot = with_chartwork(Plot())

    assert legend_of(scene_of(plot, ATLANTIC)) == ()
    hidden = replace(scene_of(plot), layering=DEFAULT_LAYERING.hiding({Layer.SEARCHES}))
    assert symbols(legend_of(hidden)) == [Symbol.WATERS_LIMIT, Symbol.SAR_LIMIT]
    hidden = replace(scene_of(plot), layering=DEFAULT_LAYERING.hiding({Layer.BOUNDARY}))
    assert symbols(legend_of(hidden)) == [Symbol.SEARCH, Symbol.SEARCH_DATUM]


def test_of_a_search_the_legend_has_the_part_that_is_in_view() -> None:
    """Legs and circle are told of each by itself: about the datum, a corner and the circle."""
    plot = Plot().with_search(square_search())
    at_datum = Scene(plot=plot, viewport=charts.view_around(DATUM, 1.0))
    assert symbols(legend_of(at_datum)) == [Symbol.SEARCH, Symbol.SEARCH_DATUM]
    leg = square_search().waypoints[-1]
    at_leg = Scene(plot=plot, viewport=charts.view_around(leg, 1.0))
    assert symbols(legend_of(at_leg)) == [Symbol.SEARCH]
    arc = destination(DATUM, 250.0, square_search().radius_m)
    at_arc = Scene(plot=plot, viewport=charts.view_around(arc, 1.0))
    assert symbols(legend_of(at_arc)) == [Symbol.SEARCH_DATUM]


def test_hidden_layers_leave_the_legend(basemap: Basemap) -> None:
    scene = scene_of(night_plot(), basemap=basemap)
    hidden = frozenset({Layer.TRACKS, Layer.REPORTS, Layer.BEACHES, Layer.MARKS, Layer.BOUNDARY})

    assert legend_of(replace(scene, layering=DEFAULT_LAYERING.hiding(hidden))) == ()


def test_marks_are_told_of_where_they_show(basemap: Basemap) -> None:
    close, wide = Bounds(1.5, 50.8, 1.65, 50.95), Bounds(0.0, 50.0, 3.0, 52.0)
    for bounds in (close, wide):
        assert symbols(legend_of(scene_of(Plot().with_mark(a_mark()), bounds))) == [Symbol.MARK]
    assert Symbol.MARK in symbols(legend_of(scene_of(Plot(), close, basemap)))
    assert Symbol.MARK not in symbols(legend_of(scene_of(Plot(), wide, basemap)))


def test_no_view_has_more_entries_than_the_most(basemap: Basemap) -> None:
    plot = with_chartwork(night_plot())
    most = most_rows(scene_of(plot, basemap=basemap))

    for bounds in (STRAIT, ATLANTIC, Bounds(1.5, 50.8, 1.8, 51.0), Bounds(-7.0, 48.0, 4.5, 52.2)):
        assert len(legend_of(scene_of(plot, bounds, basemap))) <= most


def test_every_entry_has_words() -> None:
    sample = a_track("A", (a_report(),))
    for symbol in Symbol:
        entry = LegendEntry(symbol, craft=Craft.AIRCRAFT, kind=ReportKind.EVENT, sample=sample)
        assert entry.text[:1].isupper()


def a_crowd() -> Plot:
    """Return so many tracks on one line that they are counted."""
    return a_plot(
        *(
            a_track(f"N{n}", [a_report("0210", position=R1), a_report("0310", position=R2)])
            for n in range(3 * FEW_TRACKS)
        )
    )


def test_counted_tracks_have_an_entry_that_says_what_the_colours_stand_for() -> None:
    entries = legend_of(scene_of(a_crowd()))
    assert symbols(entries) == [Symbol.COUNTED_TRACKS]
    ramp = ramp_of(DAY, crowding_of(scene_of(a_crowd())))
    assert entries[0].most == ramp.most
    assert f"{float(f'{ramp.most:.2g}'):.0f} or more" in entries[0].text.replace("\u202f", "")


def test_tracks_that_are_lines_have_no_entry_for_counts() -> None:
    as_lines = replace(scene_of(a_crowd()), density_mode=DensityMode.LINES)
    assert Symbol.COUNTED_TRACKS not in symbols(legend_of(as_lines))
    assert Symbol.TRACK in symbols(legend_of(as_lines))
    assert Symbol.COUNTED_TRACKS not in symbols(legend_of(scene_of(night_plot())))


def test_there_is_room_for_counts_and_for_lines_wherever_the_map_goes() -> None:
    crowd = scene_of(a_crowd())
    close = replace(crowd, viewport=crowd.viewport.fitted(Bounds(1.79, 50.9, 1.8, 50.91), 0.0))
    both = {*symbols(legend_of(crowd)), *symbols(legend_of(close)), Symbol.FIX, Symbol.TRACK}
    assert most_rows(crowd) >= len(both)
