"""The samples of the map's symbols and lines in legend and list, drawn as the chart draws them."""

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from channelplot.chart.palette import Palette
from channelplot.chart.renderers import boundary, density, limits, searches, tracks
from channelplot.chart.renderers.pens import colour, pen, saved
from channelplot.chart.renderers.symbols import (
    DATUM_PX,
    draw_beach,
    draw_datum,
    draw_fix,
    draw_mark,
    draw_other_report,
)
from channelplot.chart.track_style import track_style
from channelplot.model.codes import Craft
from channelplot.model.track import Track
from channelplot.snapshot.legend import LegendEntry, Symbol
from channelplot.snapshot.paper import Sheet
from channelplot.snapshot.view import pixel_ratio

_ORIGIN: Final = QPointF(0.0, 0.0)
_SHRUNK: Final = 0.7
"""How much smaller than on the map a search's start and datum are: as high as a row."""
_RAMP_PX: Final = 6.0
"""How high the bar of colours is that counts are shown in."""
_AROUND_PX: Final = 3.0
"""How far the circle of a search is from its datum's symbol."""


def draw_legend_symbol(
    painter: QPainter,
    sheet: Sheet,
    middle: QPointF,
    width_px: float,
    entry: LegendEntry,
    palette: Palette,
) -> None:
    """Draw an entry's symbol about a point of the sheet, no wider than a width."""
    with saved(painter):
        painter.translate(middle)
        painter.scale(pixel_ratio(sheet), pixel_ratio(sheet))
        half_px = width_px / pixel_ratio(sheet) / 2.0
        ground, ink = colour(palette.halo), colour(palette.text)
        match entry.symbol:
            case Symbol.FIX:
                draw_fix(painter, _ORIGIN, entry.craft or Craft.SMALL_BOAT, ink, ground, False)
            case Symbol.OTHER_REPORT:
                assert entry.kind is not None, "a report that is no fix has a kind"
                draw_other_report(painter, _ORIGIN, entry.kind, ink, ground, False)
            case Symbol.UNATTRIBUTED:
                loose = colour(palette.unattributed)
                draw_fix(painter, _ORIGIN, Craft.SMALL_BOAT, loose, ground, False)
            case Symbol.TRACK | Symbol.CLOSED_TRACK:
                if entry.sample is not None:
                    _draw_line(painter, half_px, entry.sample, palette)
            case Symbol.COUNTED_TRACKS:
                bar = QRectF(-half_px, -_RAMP_PX / 2.0, 2.0 * half_px, _RAMP_PX)
                density.fill_ramp(painter, bar, palette.density)
            case Symbol.SEARCH:
                _draw_legs(painter, half_px, palette)
            case Symbol.SEARCH_DATUM:
                _draw_datum(painter, palette)
            case Symbol.BEACH:
                draw_beach(painter, _ORIGIN, colour(palette.beach), ground, is_filled=True)
            case Symbol.REGISTER_BEACH:
                register = colour(palette.register_beach)
                draw_beach(painter, _ORIGIN, register, ground, is_filled=False)
            case Symbol.MARK:
                draw_mark(painter, _ORIGIN, entry.mark_kind, colour(palette.mark), ground)
            case Symbol.BOUNDARY | Symbol.WATERS_LIMIT:
                painter.setPen(pen(palette.boundary, boundary.WIDTH_PX, boundary.DASH_PX))
                painter.drawLine(QLineF(-half_px, 0.0, half_px, 0.0))
            case Symbol.SAR_LIMIT:
                painter.setPen(pen(palette.sar_region, limits.SAR_WIDTH_PX, limits.SAR_DASH_PX))
                painter.drawLine(QLineF(-half_px, 0.0, half_px, 0.0))


def draw_track_sample(
    painter: QPainter,
    sheet: Sheet,
    middle: QPointF,
    width_px: float,
    track: Track,
    palette: Palette,
) -> None:
    """Draw a track's line with its symbol on it about a point of the sheet."""
    ratio = pixel_ratio(sheet)
    with saved(painter):
        painter.translate(middle)
        painter.scale(ratio, ratio)
        _draw_line(painter, width_px / ratio / 2.0, track, palette)
        ink = QColor(colour(track_style(track, palette).colour))
        ground = colour(palette.halo)
        draw_fix(painter, _ORIGIN, track.craft, _faded(ink, ground, track), ground, False)


def _draw_line(painter: QPainter, half_px: float, track: Track, palette: Palette) -> None:
    style = track_style(track, palette)
    strength = tracks.FADED if track.is_closed else 1.0
    painter.setPen(pen(style.colour, tracks.LINE_PX, style.dash_px, strength))
    painter.drawLine(QLineF(-half_px, 0.0, half_px, 0.0))


def _draw_legs(painter: QPainter, half_px: float, palette: Palette) -> None:
    """Draw a leg with the line across it where a search begins."""
    painter.setPen(pen(palette.search, searches.LINE_PX))
    painter.drawLine(QLineF(-half_px, 0.0, half_px, 0.0))
    painter.setPen(pen(palette.search, 2.0 * searches.LINE_PX))
    across_px = _SHRUNK * searches.START_PX
    painter.drawLine(QLineF(-half_px, -across_px, -half_px, across_px))


def _draw_datum(painter: QPainter, palette: Palette) -> None:
    """Draw a datum in its circle, which is just so large that it shows."""
    painter.scale(_SHRUNK, _SHRUNK)
    painter.setPen(pen(palette.search, searches.CIRCLE_PX, searches.CIRCLE_DASH_PX))
    painter.setBrush(colour(palette.search, searches.FILL_OPACITY))
    radius_px = DATUM_PX + _AROUND_PX
    painter.drawEllipse(_ORIGIN, radius_px, radius_px)
    draw_datum(painter, _ORIGIN, colour(palette.search), colour(palette.halo))


def _faded(ink: QColor, ground: QColor, track: Track) -> QColor:
    """Return the colour mixed with its ground as the chart mixes that of a closed track."""
    share = tracks.FADED if track.is_closed else 1.0
    return QColor.fromRgbF(
        share * ink.redF() + (1.0 - share) * ground.redF(),
        share * ink.greenF() + (1.0 - share) * ground.greenF(),
        share * ink.blueF() + (1.0 - share) * ground.blueF(),
    )
