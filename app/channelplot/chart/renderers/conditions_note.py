"""The stream and wind that are reckoned with, in a line above the scale bar."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.conditions_note import ConditionsNote
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.language import translate
from channelplot.chart.renderers import frame, scale_bar
from channelplot.chart.renderers.panel import draw_panel
from channelplot.chart.renderers.pens import colour
from channelplot.chart.scene import Scene
from channelplot.geodesy.text import bearing_text, zulu_text

PADDING_PX: Final = 7.0
GAP_PX: Final = 6.0
"""Between the note and the scale bar below it, and from note to note."""
_SEPARATOR: Final = " · "


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the note, if there is any stream or wind; what does not hold is struck through."""
    note, panel = scene.conditions, panel_px(scene)
    if note is None or panel is None or cancel.is_cancelled:
        return
    font = chart_font(scene.size_pt(CHART_SIZE_PT))
    struck = QFont(font)
    struck.setStrikeOut(True)
    metrics = QFontMetricsF(font)
    pieces = note_pieces(note)
    draw_panel(painter, panel, scene.palette)
    x_px = panel.left() + PADDING_PX
    for number, (text, is_struck) in enumerate(pieces):
        is_warning = note.ended_utc is not None and number == len(pieces) - 1
        painter.setFont(struck if is_struck else font)
        painter.setPen(colour(scene.palette.overdue if is_warning else scene.palette.text))
        painter.drawText(QPointF(x_px, round(panel.bottom() - PADDING_PX)), text)
        x_px += metrics.horizontalAdvance(text)


def panel_px(scene: Scene) -> QRectF | None:
    """Return where the note's panel is, in pixels; None if there is no stream or wind."""
    if scene.conditions is None:
        return None
    metrics = QFontMetricsF(chart_font(scene.size_pt(CHART_SIZE_PT)))
    left, _, _, _ = frame.inside_px(scene.viewport, scene.text_factor)
    pieces = note_pieces(scene.conditions)
    return QRectF(
        left + scale_bar.MARGIN_PX,
        top_px(scene),
        sum(metrics.horizontalAdvance(text) for text, _ in pieces) + 2.0 * PADDING_PX,
        metrics.capHeight() + 2.0 * PADDING_PX,
    )


def top_px(scene: Scene) -> float:
    """Return where the note begins, or the scale bar if there is none, from the top in pixels."""
    _, _, _, bottom = frame.inside_px(scene.viewport, scene.text_factor)
    bar_top_px = bottom - scale_bar.MARGIN_PX - scale_bar.height_px(scene)
    if scene.conditions is None:
        return bar_top_px
    metrics = QFontMetricsF(chart_font(scene.size_pt(CHART_SIZE_PT)))
    return bar_top_px - GAP_PX - metrics.capHeight() - 2.0 * PADDING_PX


def note_pieces(note: ConditionsNote) -> tuple[tuple[str, bool], ...]:
    """Return the note in pieces, each with whether it is struck through.

    ``Stream 060° 1.9 kn · wind 290° 14 kn · leeway 4 % · until 0515Z``.
    """
    pieces: list[tuple[str, bool]] = []
    if note.stream is not None:
        words = translate("chart", "stream {set}° {rate} kn")
        text = words.format(set=_degrees(note.stream.set_deg), rate=f"{note.stream.rate_kn:.1f}")
        pieces.append((text, not note.stream_holds))
    if note.wind is not None:
        words = translate("chart", "wind {bearing}° {speed} kn · leeway {share} %")
        text = words.format(
            bearing=_degrees(note.wind.from_deg),
            speed=f"{note.wind.speed_kn:g}",
            share=f"{note.wind.leeway_percent:g}",
        )
        pieces.append((text, not note.wind_holds))
    first, is_struck = pieces[0]
    pieces[0] = (first[:1].upper() + first[1:], is_struck)
    if note.name:
        pieces.insert(0, (note.name, False))
    time = _time_text(note)
    if time:
        pieces.append((time, False))
    parted = [piece for each in pieces for piece in ((_SEPARATOR, False), each)]
    return tuple(parted[1:])


def _time_text(note: ConditionsNote) -> str:
    """Return until when it holds, or since when it does not, or from when it will; or nothing."""
    if note.ended_utc is not None:
        words = translate("chart", "expired {time}")
        return words.format(time=zulu_text(note.ended_utc))
    if note.begins_utc is not None:
        words = translate("chart", "from {time} on")
        return words.format(time=zulu_text(note.begins_utc))
    if note.until_utc is not None:
        words = translate("chart", "until {time}")
        return words.format(time=zulu_text(note.until_utc))
    return ""


def _degrees(bearing_deg: float) -> str:
    """Return a true bearing in three figures."""
    return bearing_text(bearing_deg, 0).removesuffix("°T")
