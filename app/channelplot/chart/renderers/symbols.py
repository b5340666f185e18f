"""The shapes that stand for reports, beaches and marks; every one readable in grey print."""

import functools
import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from channelplot.chart.renderers.pens import saved
from channelplot.model.codes import Craft, MarkKind, ReportKind

REPORT_PX: Final = 5.0
"""Half the size of a report's symbol."""
BEACH_PX: Final = 5.5
MARK_PX: Final = 4.0
RECKONED_PX: Final = 7.0
"""Half the size of the symbol of a dead reckoning or an estimated position."""
MARK_LINE_PX: Final = 1.2
RECKONED_LINE_PX: Final = 1.8
DATUM_PX: Final = 9.0
DATUM_GAP_PX: Final = 3.5
"""Half the sizes of a search's datum and of the opening in its middle."""
_ESTIMATED_FACTOR: Final = 1.1
PENDING_MARK_SIZE: Final = 1.5
"""Times its usual size: dashes are lost on anything smaller."""
DOT_PX: Final = 1.5
LINE_PX: Final = 1.6
PENDING_DASH: Final = (1.6, 1.4)
"""In widths of the pen."""
_DIAMOND_FACTOR: Final = 1.15
"""A diamond as large as a circle looks smaller."""
_HULL_FACTOR: Final = 1.4
_TRIANGLE_FACTOR: Final = 1.35
"""A hull and a triangle as large as a circle would touch the dot inside."""
_HALO_PX: Final = 1.6
_SUBPIXELS: Final = 4
"""A stamp is kept for every quarter of a device pixel."""


def craft_outline(craft: Craft) -> QPainterPath:
    """Return the outline around a fix's dot, about the origin: one shape for each craft.

    A circle for a small boat, a square for a rescue vessel, a diamond for an aircraft, a hull
    from above for a merchant vessel, a triangle on its head for whatever else.
    """
    path = QPainterPath()
    size = REPORT_PX
    match craft:
        case Craft.SMALL_BOAT:
            path.addEllipse(QPointF(0.0, 0.0), size, size)
        case Craft.RESCUE_VESSEL:
            path.addRect(QRectF(-size * 0.9, -size * 0.9, size * 1.8, size * 1.8))
        case Craft.AIRCRAFT:
            _add_polygon(path, 4, size * _DIAMOND_FACTOR)
        case Craft.MERCHANT_VESSEL:
            beam, bow, stern = size * 0.76, -size * _HULL_FACTOR, size * 1.05
            shoulder = -size * 0.35
            _add_closed(
                path, (0.0, bow), (beam, shoulder), (beam, stern), (-beam, stern),
                (-beam, shoulder),
            )  # fmt: skip
        case Craft.OTHER:
            _add_polygon(path, 3, -size * _TRIANGLE_FACTOR)
            path.translate(0.0, -size * 0.2)
    return path


def draw_fix(
    painter: QPainter, at: QPointF, craft: Craft, ink: QColor, ground: QColor, is_pending: bool
) -> None:
    """Draw a reported position: a dot in its craft's outline; hollow and dashed if pending.

    On an image it is a stamp, put down to a quarter of a device pixel.
    """
    transform = painter.deviceTransform()
    ratio = transform.m11()
    is_image = isinstance(painter.device(), QImage)
    if not is_image or transform != QTransform(
        ratio, 0.0, 0.0, ratio, transform.dx(), transform.dy()
    ):
        with saved(painter):
            painter.translate(at)
            _draw_fix(painter, craft, ink, ground, is_pending)
        return
    quarters_x = round((at.x() * ratio + transform.dx()) * _SUBPIXELS)
    quarters_y = round((at.y() * ratio + transform.dy()) * _SUBPIXELS)
    stamp, reach = _stamp(
        craft, ink.rgb(), ground.rgb(), is_pending, ratio, quarters_x % _SUBPIXELS,
        quarters_y % _SUBPIXELS,
    )  # fmt: skip
    painter.drawImage(
        QPointF(
            (quarters_x // _SUBPIXELS - reach - transform.dx()) / ratio,
            (quarters_y // _SUBPIXELS - reach - transform.dy()) / ratio,
        ),
        stamp,
    )


def _draw_fix(
    painter: QPainter, craft: Craft, ink: QColor, ground: QColor, is_pending: bool
) -> None:
    _draw_outline(painter, craft_outline(craft), ink, ground, is_pending)
    if not is_pending:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(0.0, 0.0), DOT_PX, DOT_PX)


@functools.lru_cache(maxsize=2000)
def _stamp(
    craft: Craft,
    ink_rgb: int,
    ground_rgb: int,
    is_pending: bool,
    ratio: float,
    quarter_x: int,
    quarter_y: int,
) -> tuple[QImage, int]:
    """Return a picture of a fix, and how many device pixels its middle lies right and down."""
    farthest = max(_DIAMOND_FACTOR, _HULL_FACTOR, _TRIANGLE_FACTOR + 0.2)
    reach = math.ceil((REPORT_PX * farthest + LINE_PX / 2.0 + _HALO_PX) * ratio) + 1
    stamp = QImage(2 * reach + 1, 2 * reach + 1, QImage.Format.Format_ARGB32_Premultiplied)
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(0)
    with QPainter(stamp) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(
            (reach + quarter_x / _SUBPIXELS) / ratio, (reach + quarter_y / _SUBPIXELS) / ratio
        )
        _draw_fix(painter, craft, QColor(ink_rgb), QColor(ground_rgb), is_pending)
    return stamp.copy(), reach  # without what it was painted with


def draw_other_report(
    painter: QPainter, at: QPointF, kind: ReportKind, ink: QColor, ground: QColor, is_pending: bool
) -> None:
    """Draw a report that is no fix: one shape for each kind.

    launch: an arrow away from a shore line; landing: an arrow onto it; prevented: a
    crossed-out circle; event: a star. Larger and dashed if pending.
    """
    with saved(painter):
        painter.translate(at)
        if is_pending:
            painter.scale(PENDING_MARK_SIZE, PENDING_MARK_SIZE)
        size = REPORT_PX
        disc = QPainterPath()
        disc.addEllipse(QPointF(0.0, 0.0), size + 1.0, size + 1.0)
        strokes = QPainterPath()
        match kind:
            case ReportKind.LAUNCH | ReportKind.LANDING:
                shore = size * 0.8
                tip, tail = (-size, shore) if kind is ReportKind.LAUNCH else (shore - 1.2, -size)
                barb = tip + math.copysign(size * 0.7, tail - tip)
                _add_line(strokes, -size, shore, size, shore)
                _add_line(strokes, 0.0, tail, 0.0, tip)
                _add_line(strokes, -size * 0.6, barb, 0.0, tip)
                _add_line(strokes, size * 0.6, barb, 0.0, tip)
            case ReportKind.PREVENTED:
                strokes.addEllipse(QPointF(0.0, 0.0), size, size)
                reach = size * math.sqrt(0.5)
                _add_line(strokes, -reach, -reach, reach, reach)
                _add_line(strokes, -reach, reach, reach, -reach)
            case _:
                for turn in range(3):
                    angle = math.pi * turn / 3.0
                    x, y = size * math.sin(angle), size * math.cos(angle)
                    _add_line(strokes, -x, -y, x, y)
        painter.fillPath(disc, ground)
        pen = _line_pen(ink, is_pending)
        if is_pending:
            pen.setWidthF(LINE_PX / PENDING_MARK_SIZE)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(strokes)


def draw_dead_reckoning(
    painter: QPainter, at: QPointF, course_deg: float, ink: QColor, ground: QColor
) -> None:
    """Draw a dead reckoning: a plain cross, one line of it along the true course."""
    cross = QPainterPath()
    _add_line(cross, 0.0, -RECKONED_PX, 0.0, RECKONED_PX)
    _add_line(cross, -RECKONED_PX, 0.0, RECKONED_PX, 0.0)
    with saved(painter):
        painter.translate(at)
        painter.rotate(course_deg)
        painter.strokePath(cross, _halo_pen(ground))
        painter.strokePath(cross, QPen(ink, RECKONED_LINE_PX))


def draw_estimated_position(painter: QPainter, at: QPointF, ink: QColor, ground: QColor) -> None:
    """Draw an estimated position: a hollow triangle, a corner up, with a dot in its middle."""
    triangle = QPainterPath()
    _add_polygon(triangle, 3, RECKONED_PX * _ESTIMATED_FACTOR)
    with saved(painter):
        painter.translate(at)
        painter.strokePath(triangle, _halo_pen(ground))
        painter.fillPath(triangle, ground)
        painter.strokePath(triangle, _line_pen(ink, is_pending=False))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(0.0, 0.0), DOT_PX, DOT_PX)


def draw_datum(painter: QPainter, at: QPointF, ink: QColor, ground: QColor) -> None:
    """Draw the datum of a search: an upright cross with its middle left open."""
    cross = QPainterPath()
    for turn in range(4):
        east, south = math.sin(turn * math.pi / 2.0), math.cos(turn * math.pi / 2.0)
        _add_line(
            cross, DATUM_GAP_PX * east, DATUM_GAP_PX * south, DATUM_PX * east, DATUM_PX * south
        )
    with saved(painter):
        painter.translate(at)
        painter.strokePath(cross, _halo_pen(ground))
        painter.strokePath(cross, QPen(ink, RECKONED_LINE_PX))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(0.0, 0.0), DOT_PX, DOT_PX)


def draw_beach(
    painter: QPainter, at: QPointF, ink: QColor, ground: QColor, *, is_filled: bool,
    is_pending: bool = False,
    size: float = 1.0,
) -> None:  # fmt: skip
    """Draw a launch beach: a triangle on the shore, hollow when not filled; size: 1 is usual."""
    with saved(painter):
        painter.translate(at)
        triangle = QPainterPath()
        _add_polygon(triangle, 3, BEACH_PX * size)
        if is_filled and not is_pending:
            painter.strokePath(triangle, _halo_pen(ground))
            painter.fillPath(triangle, ink)
        else:
            painter.fillPath(triangle, ground)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = _line_pen(ink, is_pending)
            pen.setWidthF(LINE_PX if is_pending else 1.2)
            painter.setPen(pen)
            painter.drawPath(triangle)


def draw_mark(
    painter: QPainter, at: QPointF, kind: str, ink: QColor, ground: QColor, *,
    is_pending: bool = False,
) -> None:  # fmt: skip
    """Draw a named mark, each kind in a shape of its own; larger, hollow and dashed if pending.

    light: a star; light_float: a star over a hull; entrance: a ring; headland: a hollow
    diamond; beacon: a ball on a stake; buoy: a cone on the water; whatever else: a
    small full diamond.
    """
    body, hollow, strokes = _mark_shapes(kind)
    with saved(painter):
        painter.translate(at)
        if is_pending:
            painter.scale(PENDING_MARK_SIZE, PENDING_MARK_SIZE)
        for path in (body, hollow, strokes):
            painter.strokePath(path, _halo_pen(ground))
        pen = QPen(ink, MARK_LINE_PX)
        if is_pending:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(PENDING_DASH)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(strokes)
        painter.setBrush(ground)
        painter.drawPath(hollow)
        painter.setBrush(ground if is_pending else ink)
        painter.drawPath(body)


@functools.cache
def _mark_shapes(kind: str) -> tuple[QPainterPath, QPainterPath, QPainterPath]:
    """Return what of a mark is full, what is hollow and what is mere strokes."""
    body, hollow, strokes = QPainterPath(), QPainterPath(), QPainterPath()
    size = MARK_PX
    match kind:
        case MarkKind.LIGHT:
            _add_star(body, size + 1.0)
        case MarkKind.LIGHT_FLOAT:
            _add_star(body, size)
            body.translate(0.0, -size * 0.5)
            _add_closed(
                body,
                (-size * 1.2, size * 0.7), (size * 1.2, size * 0.7),
                (size * 0.7, size * 1.4), (-size * 0.7, size * 1.4),
            )  # fmt: skip
        case MarkKind.ENTRANCE:
            hollow.addEllipse(QPointF(0.0, 0.0), size - 1.0, size - 1.0)
        case MarkKind.HEADLAND:
            _add_polygon(hollow, 4, size)
        case MarkKind.BEACON:
            _add_line(strokes, -size * 0.8, size, size * 0.8, size)
            _add_line(strokes, 0.0, size, 0.0, -size * 0.4)
            body.addEllipse(QPointF(0.0, -size * 0.7), size * 0.45, size * 0.45)
        case MarkKind.BUOY:
            _add_line(strokes, -size * 1.1, size * 0.8, size * 1.1, size * 0.8)
            _add_closed(
                body,
                (-size * 0.6, size * 0.8), (size * 0.6, size * 0.8),
                (size * 0.2, -size), (-size * 0.2, -size),
            )  # fmt: skip
        case _:
            _add_polygon(body, 4, size - 0.5)
    return body, hollow, strokes


def _draw_outline(
    painter: QPainter, outline: QPainterPath, ink: QColor, ground: QColor, is_pending: bool
) -> None:
    painter.strokePath(outline, _halo_pen(ground))
    painter.fillPath(outline, ground)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_line_pen(ink, is_pending))
    painter.drawPath(outline)


def _line_pen(ink: QColor, is_pending: bool) -> QPen:
    pen = QPen(ink, LINE_PX)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if is_pending:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(PENDING_DASH)
    return pen


def _halo_pen(ground: QColor) -> QPen:
    pen = QPen(ground, LINE_PX + 2.0 * _HALO_PX)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _add_polygon(path: QPainterPath, corners: int, radius: float) -> None:
    """Add a regular polygon about the origin, a corner up."""
    for corner in range(corners):
        angle = 2.0 * math.pi * corner / corners
        x, y = radius * math.sin(angle), -radius * math.cos(angle)
        if corner:
            path.lineTo(x, y)
        else:
            path.moveTo(x, y)
    path.closeSubpath()


def _add_star(path: QPainterPath, radius: float) -> None:
    for corner in range(10):
        angle = math.pi * corner / 5.0
        reach = radius if corner % 2 == 0 else radius * 0.42
        x, y = reach * math.sin(angle), -reach * math.cos(angle)
        if corner:
            path.lineTo(x, y)
        else:
            path.moveTo(x, y)
    path.closeSubpath()


def _add_closed(path: QPainterPath, *corners: tuple[float, float]) -> None:
    """Add a polygon through the corners."""
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.closeSubpath()


def _add_line(path: QPainterPath, x0: float, y0: float, x1: float, y1: float) -> None:
    path.moveTo(x0, y0)
    path.lineTo(x1, y1)
