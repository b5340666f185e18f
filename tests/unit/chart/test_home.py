"""Home: all open tracks, or the Strait."""

from channelplot.chart.home import STRAIT, home_bounds, home_viewport
from channelplot.geodesy.position import Position
from channelplot.model.codes import ReportKind, TrackStatus
from channelplot.model.plot import Plot
from helpers.builders import R1, R6, SANGATTE, a_plot, a_report, a_track
from helpers.charts import view

JERSEY = Position(-2.1, 49.2)


def test_without_an_open_track_the_strait_shows() -> None:
    closed = a_track("A", [a_report(position=JERSEY)], status=TrackStatus.LANDED)
    for plot in (Plot(), a_plot(closed)):
        shown = home_viewport(plot, view()).bounds()
        assert shown.west_deg <= STRAIT.west_deg + 1e-9
        assert shown.east_deg >= STRAIT.east_deg - 1e-9
        assert not shown.contains(JERSEY)


def test_every_position_of_every_open_track_shows() -> None:
    launch = a_report("0130", position=SANGATTE, kind=ReportKind.LAUNCH)
    plot = a_plot(
        a_track("A", [a_report(position=R1), launch]), a_track("B", [a_report(position=R6)])
    )
    shown = home_viewport(plot, view())
    assert all(shown.contains(position) for position in (R1, R6, SANGATTE))
    assert shown.scale_denominator() < view().scale_denominator() * 3.0


def test_a_single_position_is_shown_with_a_few_miles_around() -> None:
    plot = a_plot(a_track("A", [a_report(position=R1)]))
    bounds = home_bounds(plot)
    assert bounds is not None
    assert bounds.north_deg - bounds.south_deg > 0.05
    assert home_viewport(plot, view()).contains(R1)
