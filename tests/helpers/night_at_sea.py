"""The acceptance night's plot with everybody in it: boats, ferry, cutters, stream and wind."""

from dataclasses import replace
from typing import Final

from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft, SourceKind, TrackStatus
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange, Track
from helpers.builders import R6, SANGATTE, a_beach, a_plot, a_report, a_track, at, ddm
from helpers.night_boats import (
    WISSANT,
    boat_a,
    boat_a_as_plotted,
    report_1,
    report_2,
    report_3,
    report_4,
    report_5,
    report_6,
)
from helpers.night_chartwork import BLERIOT, CUTTER_1, DOVER, PATROL_FR

AT_DOVER: Final = "DOVER PILOT"
"""A launch that lies off Dover entrance: somewhere for the cutter to go in step 22."""
STREAM_AND_WIND: Final = ConditionsEntry(
    uid="step-11",
    valid_from_utc=at("0245"),
    valid_until_utc=at("0515"),
    logged_at_utc=at("0345"),
    stream_set_deg=60.0,
    stream_rate_kn=1.9,
    wind_from_deg=290.0,
    wind_speed_kn=14.0,
    leeway_percent=4.0,
)


def night_at_sea() -> Plot:
    """Return the plot as it was before the correction of step 16: A has R1 R2 R3 R5 R6."""
    return _plot(_adrift(boat_a_as_plotted()))


def night_at_sea_corrected() -> Plot:
    """Return the plot of step 16: R3 is boat C's."""
    boat_a_now = boat_a(report_1(), report_2(), report_5(), report_6())
    return _plot(_adrift(boat_a_now), a_track("C", (report_3(),), uid="boat-c"))


def _plot(*boats: Track) -> Plot:
    beaches = [
        a_beach("Sangatte", SANGATTE),
        a_beach("Wissant", WISSANT),
        a_beach("Blériot", BLERIOT),
    ]
    boat_b = a_track("B", (report_4(),), uid="boat-b")
    plot = a_plot(*boats, boat_b, *_others(), beaches=beaches)
    return plot.with_conditions(STREAM_AND_WIND)


def _adrift(track: Track) -> Track:
    """Return boat A as it is from 0340Z on: an aircraft saw it stopped."""
    change = StatusChange(uid="stopped", status=TrackStatus.ADRIFT, at_utc=at("0340"))
    return replace(track, status=TrackStatus.ADRIFT, status_changes=(change,))


def _others() -> tuple[Track, ...]:
    """Return the ferry by its AIS, the two that can be sent, and who lies off Dover."""
    ferry = a_report(
        "0258",
        uid="ferry-0258",
        position=ddm(50, 58.50, 1, 44.50),
        source=SourceKind.VESSEL,
        course_deg=292.0,
        speed_kn=18.0,
    )
    return (
        a_track("FERRY", (ferry,), uid="ferry", craft=Craft.MERCHANT_VESSEL),
        _vessel("CUTTER-1", 22.0, ("0346", CUTTER_1)),
        _vessel("PATROL-FR", 18.0, ("0346", PATROL_FR)),
        _vessel(AT_DOVER, None, ("0346", DOVER)),
    )


def _vessel(name: str, speed_kn: float | None, *places: tuple[str, Position]) -> Track:
    reports = [
        a_report(time, uid=f"{name}-{time}", position=place, source=SourceKind.PATROL)
        for time, place in places
    ]
    track = a_track(name, reports, uid=name.casefold(), craft=Craft.RESCUE_VESSEL)
    return replace(track, speed_kn=speed_kn)


def with_cutter_at_the_boat(plot: Plot) -> Plot:
    """Return the plot of step 22: CUTTER-1 leaves R6's position at 0438Z, at 16 knots."""
    return plot.with_track(_vessel("CUTTER-1", 16.0, ("0346", CUTTER_1), ("0438", R6)))
