"""The scale of a sheet: 1:n, what it is true for, and the bar; no drawing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from channelplot.chart.language import translate
from channelplot.chart.renderers.scale_bar import CABLES_PER_NM, Bar, bar_of, bar_text
from channelplot.chart.viewport import Viewport
from channelplot.errors import NoVariation
from channelplot.geodesy.magnetic import variation_deg
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import latitude_text, scale_text
from channelplot.snapshot.lettering import Style, text_px
from channelplot.snapshot.paper import Rect, Sheet
from channelplot.snapshot.view import pixel_ratio

_BETWEEN_MM: Final = 1.2
"""Least room between two figures under the bar."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure under the bar: at so many pixels from its start; unit: what follows it."""

    at_px: float
    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class SheetScale:
    """A sheet's scale, true on the ground at the latitude of its middle.

    denominator: n of 1:n for the sheet as paper. bar_px: the length of the bar, which
    is bar_nm on the ground, in so many parts.
    """

    denominator: float
    text: str
    note: str
    variation_text: str
    bar_nm: float
    bar_px: float
    bar_parts: int
    figures: tuple[Figure, ...]


def scale_of(
    viewport: Viewport, sheet: Sheet, box: Rect, moment_utc: datetime | None
) -> SheetScale:
    """Return the scale of a map on a sheet; box: where its block stands.

    moment_utc: the time the sheet is the time of, for the magnetic variation in its middle.
    """
    ratio = pixel_ratio(sheet)
    bar = bar_of(viewport, box.width_px / ratio)
    while bar.length_px * ratio + _beyond_px(bar, sheet) > box.width_px:
        shorter = bar_of(viewport, bar.length_px * 0.99)
        if shorter == bar:
            break
        bar = shorter
    denominator = viewport.scale_denominator()
    return SheetScale(
        denominator=denominator,
        text=scale_text(denominator),
        note=_note(viewport, sheet, box.width_px),
        variation_text=variation_text(viewport.centre, moment_utc),
        bar_nm=bar.length_nm,
        bar_px=bar.length_px * ratio,
        bar_parts=bar.parts,
        figures=_figures(bar.length_nm, bar.length_px * ratio, bar.parts, sheet),
    )


def variation_text(position: Position, moment_utc: datetime | None) -> str:
    """Return the magnetic variation at a place: ``Variation 0.9°E (2026)``.

    Nothing without a time, or for one the model is not good for.
    """
    if moment_utc is None:
        return ""
    try:
        east_deg = variation_deg(position, moment_utc)
    except NoVariation:
        return ""
    figure = f"{abs(east_deg):.1f}°{'W' if round(east_deg, 1) < 0.0 else 'E'}"
    return translate("Snapshot", "Variation {variation} ({year})").format(
        variation=figure, year=moment_utc.year
    )


def _note(viewport: Viewport, sheet: Sheet, width_px: float) -> str:
    """Return what 1:n is true for: latitude and the size of the sheet, as far as they fit."""
    latitude = latitude_text(viewport.centre.lat_deg, 0)
    width, height = round(sheet.width_mm), round(sheet.height_mm)
    notes = (
        translate("Snapshot", "at {latitude} on a sheet {width} × {height} mm"),
        translate("Snapshot", "at {latitude}, {width} × {height} mm"),
        translate("Snapshot", "{width} × {height} mm"),
    )
    worded = [n.format(latitude=latitude, width=width, height=height) for n in notes]
    fitting = (note for note in worded if text_px(note, Style.CREDIT, sheet) <= width_px)
    return next(fitting, worded[-1])


def _beyond_px(bar: Bar, sheet: Sheet) -> float:
    """Return how far the last figure and its unit reach beyond the end of a bar."""
    text = bar_text(bar.length_nm)
    figure_px = text_px(text.split(" ", maxsplit=1)[0], Style.CREDIT, sheet)
    return text_px(text, Style.CREDIT, sheet) - figure_px / 2.0


def _figures(length_nm: float, length_px: float, parts: int, sheet: Sheet) -> tuple[Figure, ...]:
    """Return a figure for each part, or for the two ends alone where they would touch."""
    last, unit = bar_text(length_nm).split(" ", maxsplit=1)
    per_nm = 1 if length_nm >= 1.0 else CABLES_PER_NM
    figures = [
        Figure(length_px * part / parts, f"{length_nm * per_nm * part / parts:g}")
        for part in range(parts)
    ]
    widest_px = max(text_px(figure.text, Style.CREDIT, sheet) for figure in figures)
    if length_px / parts < widest_px + sheet.px(_BETWEEN_MM):
        figures = figures[:1]
    return (*figures, Figure(length_px, last, f" {unit}"))
