"""The words of bearing lines, range rings and measured lines: on the chart and in their forms."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.errors import NoVariation
from channelplot.geodesy.magnetic import variation_deg
from channelplot.geodesy.text import (
    bearing_text,
    day_zulu_text,
    distance_text,
    duration_text,
    magnetic_text,
    zulu_text,
)
from channelplot.geodesy.units import METRES_PER_NM
from channelplot.tools.anchors import Anchor, AnchorKind, Anchors
from channelplot.tools.chart_lines import Anchored, AnchoredLine, AnchoredRings, ChartLines
from channelplot.tools.measure import MeasuredLeg, MeasureReading
from channelplot.ui.words.time_text import NO_DOUBT

translate: Final = QCoreApplication.translate
_GAP: Final = "  "
_SEPARATOR: Final = "  ·  "
_CABLE_M: Final = METRES_PER_NM / 10.0
_IN_CABLES_BELOW_M: Final = METRES_PER_NM
_SAME: Final = 1e-6
_FEW: Final = 4
"""So many radii are each named; more only if their steps are unequal."""


def label_of(entry: Anchored) -> str:
    """Return what stands beside one on the chart: ``EBL 1 292.5°T 9.95 NM``, ``VRM 1 3.00 NM``."""
    if isinstance(entry, AnchoredLine):
        figures = f"{bearing_text(entry.bearing_deg)} {distance_text(entry.distance_m)}"
    else:
        figures = radii_text(entry.radii_m)
    return f"{name_of(entry)}{_GAP}{figures}"


def name_of(entry: Anchored) -> str:
    """Return what one is called: ``EBL 1``, ``VRM 2``."""
    words = (
        translate("ChartLines", "EBL {number}")
        if isinstance(entry, AnchoredLine)
        else translate("ChartLines", "VRM {number}")
    )
    return words.format(number=entry.number)


def listed_text(entry: Anchored, lines: ChartLines) -> str:
    """Return one as the list has it: number, figures, bearing °M too, and what it hangs on."""
    anchors = lines.anchors
    parts = [name_of(entry)]
    if isinstance(entry, AnchoredRings):
        parts.append(radii_text(entry.radii_m))
    else:
        parts.append(bearing_text(entry.bearing_deg))
        place = anchors.place(entry.anchor)
        if place is not None:
            try:
                east_deg = variation_deg(place, anchors.chartwork.at_utc)
                parts.append(magnetic_text(entry.bearing_deg, east_deg))
            except NoVariation:
                pass
        parts.append(distance_text(entry.distance_m))
    parts.append(hanging_text(entry.anchor, anchors, is_centre=isinstance(entry, AnchoredRings)))
    return _GAP.join(parts)


def hanging_text(anchor: Anchor, anchors: Anchors, *, is_centre: bool = False) -> str:
    """Return what something hangs on: ``from A, as it moves``, ``around CGN`` for rings."""
    name = anchors.text(anchor)
    if not name:
        return translate("ChartLines", "not drawn: what it was on is gone")
    if anchors.place(anchor) is None:
        return translate("ChartLines", "not drawn: no recent position of {name}").format(name=name)
    words = (
        translate("ChartLines", "around {name}")
        if is_centre
        else translate("ChartLines", "from {name}")
    )
    if anchor.kind is AnchorKind.BOAT:
        words = translate("ChartLines", "{hanging}, as it moves").format(hanging=words)
    return words.format(name=name)


def radii_text(radii_m: tuple[float, ...]) -> str:
    """Return radii: ``3.00 NM``, ``1.00 2.00 5.00 NM``, ``12 × 1.00 NM`` for many equal steps."""
    if len(radii_m) > _FEW:
        step_m = radii_m[0]
        steps = (step_m * number for number in range(1, len(radii_m) + 1))
        if all(abs(a - b) < _SAME * a for a, b in zip(radii_m, steps, strict=True)):
            return f"{len(radii_m)} × {distance_text(step_m)}"
    *inner, outer = (distance_text(radius_m) for radius_m in radii_m)
    return " ".join([*(text.removesuffix(" NM") for text in inner), outer])


def range_text(distance_m: float) -> str:
    """Return a distance in miles, below one in cables too: ``0.42 NM (4.2 cables)``."""
    if distance_m >= _IN_CABLES_BELOW_M:
        return distance_text(distance_m)
    return translate("ChartLines", "{miles} ({cables:.1f} cables)").format(
        miles=distance_text(distance_m), cables=distance_m / _CABLE_M
    )


def back_text(back_deg: float | None) -> str:
    """Return the bearing back: ``back 112.6°T``; "" for none."""
    return (
        ""
        if back_deg is None
        else translate("ChartLines", "back {bearing}").format(bearing=bearing_text(back_deg))
    )


def leg_text(leg: MeasuredLeg) -> str:
    """Return course and distance of a leg that was measured: ``292.5°T  9.95 NM``."""
    course = (
        translate("ChartLines", "no course")
        if leg.course_deg is None
        else bearing_text(leg.course_deg)
    )
    return f"{course}{_GAP}{range_text(leg.distance_m)}"


def measured_text(reading: MeasureReading, *, is_rhumb: bool) -> str:
    """Return the last leg, the running total, their times, and what the other line gives.

    At a speed: ``300.8°T  9.02 NM at 16 kn 33 min, ETA 0511Z (from 0438Z)``.
    """
    last = reading.legs[-1]
    if len(reading.legs) == 1:
        parts = [_arriving(leg_text(last), reading), back_text(last.back_deg)]
    else:
        parts = [_in_time(leg_text(last), last.distance_m, reading), back_text(last.back_deg)]
        total = translate("ChartLines", "total {distance}").format(
            distance=range_text(reading.total_m)
        )
        parts.append(_arriving(total, reading))
    parts.append(_other_text(reading, is_rhumb=is_rhumb))
    return _SEPARATOR.join(filter(None, parts))


def _in_time(text: str, distance_m: float, reading: MeasureReading) -> str:
    """Return a distance's text with how long it takes, where a speed is given."""
    duration_s = reading.duration_s(distance_m)
    if duration_s is None:
        return text
    return translate("ChartLines", "{distance} in {time}").format(
        distance=text, time=duration_text(duration_s)
    )


def _arriving(text: str, reading: MeasureReading) -> str:
    """Return a text of the whole distance with how long it takes and until when, at the speed."""
    duration_s, eta_utc = reading.duration_s(reading.total_m), reading.eta_utc
    if duration_s is None:
        return text
    if eta_utc is None or reading.starts_at_utc is None:
        return _in_time(text, reading.total_m, reading)
    words = (
        translate("ChartLines", "{distance} at {speed} kn {time}, ETA {eta} (from {start})")
        if reading.is_start_said
        else translate("ChartLines", "{distance} at {speed} kn {time}, ETA {eta}")
    )
    return words.format(
        distance=text,
        speed=f"{reading.speed_kn:g}",
        time=duration_text(duration_s),
        eta=_time_text(eta_utc, reading),
        start=_time_text(reading.starts_at_utc, reading),
    )


def _time_text(at_utc: datetime, reading: MeasureReading) -> str:
    """Return a time, with its day where the clock would leave that in doubt."""
    is_near = reading.now_utc is not None and abs(at_utc - reading.now_utc) < NO_DOUBT
    return zulu_text(at_utc) if is_near else day_zulu_text(at_utc)


def totals(reading: MeasureReading, count: int) -> tuple[str, ...]:
    """Return what stands at the first points on the chart: the distance from the start."""
    texts, run_m = [""], 0.0
    for leg in reading.legs[: count - 1]:
        run_m += leg.distance_m
        texts.append(distance_text(run_m))
    return tuple(texts[:count])


def _other_text(reading: MeasureReading, *, is_rhumb: bool) -> str:
    more_m = abs(reading.other_m - reading.total_m)
    if more_m < 1.0:
        more = translate("ChartLines", "less than 1 m longer")
    else:
        more = translate("ChartLines", "{more_m:.0f} m longer").format(more_m=more_m)
    words = (
        translate("ChartLines", "along rhumb lines, {more} than geodesics")
        if is_rhumb
        else translate("ChartLines", "along geodesics; rhumb lines are {more}")
    )
    return words.format(more=more)
