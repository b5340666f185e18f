"""A sheet put together: what it says, where it stands, and the map inside it.

Any thread, as long as a QGuiApplication runs: it touches nothing but its arguments.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from channelplot.basemap import catalogue
from channelplot.chart.cancel import Cancel
from channelplot.chart.palette import DAY
from channelplot.chart.renderers import frame
from channelplot.chart.renderers.table import Group, draw_group
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.bounds import Bounds
from channelplot.snapshot import furniture
from channelplot.snapshot.content import (
    BoatRow,
    Heading,
    boat_rows,
    heading_of,
    outside_count,
    outside_text,
)
from channelplot.snapshot.layout import Layout, Wanted, layout_of
from channelplot.snapshot.legend import LegendEntry, legend_of, most_rows
from channelplot.snapshot.paper import Sheet
from channelplot.snapshot.scale import SheetScale, scale_of
from channelplot.snapshot.view import inside_view, pixel_ratio, sheet_viewport
from channelplot.version import __version__

translate = QCoreApplication.translate
PALETTE: Final = replace(DAY, frame_light="#ffffff")
"""Day colours whatever the screen shows, on white paper."""
_MM_PER_M: Final = 1000.0


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """Everything a sheet says and where it stands, before a line is drawn.

    scene: the map with its own view, in the sheet's palette.
    """

    layout: Layout
    scene: Scene
    heading: Heading
    boats: tuple[BoatRow, ...]
    legend: tuple[LegendEntry, ...]
    scale: SheetScale
    warning: str


def composition_of(
    sheet: Sheet, scene: Scene, bounds: Bounds, title: str, cut_off_utc: datetime | None
) -> Composition:
    """Return the sheet that shows all of the bounds.

    scene: plot, basemap and what is hidden; its view and palette are replaced.
    cut_off_utc: as ``heading_of`` has it.
    """
    scene = replace(scene, palette=PALETTE, device_pixel_ratio=pixel_ratio(sheet))
    heading = heading_of(scene.plot, title, cut_off_utc)
    boats = boat_rows(scene.plot, cut_off_utc or scene.plot.last_observed_at_utc())
    warning = translate("Snapshot", "NOT FOR NAVIGATION")
    most_legend_rows = most_rows(scene)
    wanted = Wanted(
        title=heading.title,
        summary=heading.summary,
        time=heading.time,
        time_note=heading.time_note,
        credits=_credits(""),
        warning=warning,
        legend_rows=most_legend_rows,
        most_legend_rows=most_legend_rows,
        boat_rows=len(boats),
    )
    # How tall the lists are decides nothing about the map, so its view comes from a first
    # layout, and what shows in it goes into the second.
    first = layout_of(sheet, wanted)
    viewport = sheet_viewport(first.map_frame, sheet, bounds)
    scene = replace(scene, viewport=viewport)
    legend = legend_of(scene)
    outside = outside_text(outside_count(scene.plot, inside_view(viewport).bounds_m()))
    layout = layout_of(sheet, replace(wanted, legend_rows=len(legend), credits=_credits(outside)))
    if layout.map_frame != first.map_frame:  # the credits took one line more
        scene = replace(scene, viewport=sheet_viewport(layout.map_frame, sheet, bounds))
        legend = legend_of(scene)
    return Composition(
        layout=layout,
        scene=scene,
        heading=heading,
        boats=boats,
        legend=legend,
        scale=scale_of(scene.viewport, sheet, layout.scale),
        warning=warning,
    )


def compose(composition: Composition, cancel: Cancel | None = None) -> QImage:
    """Return the sheet as a picture; unfinished if cancelled.

    Its resolution is set so that it prints in the size its scale is true for. Raises
    MemoryError if there is no room for it.
    """
    sheet = composition.layout.sheet
    image = QImage(sheet.width_px, sheet.height_px, QImage.Format.Format_RGB32)
    if image.isNull():
        msg = f"a picture of {sheet.width_px} x {sheet.height_px} pixels"
        raise MemoryError(msg)
    per_metre = round(sheet.px_per_mm * _MM_PER_M)
    image.setDotsPerMeterX(per_metre)
    image.setDotsPerMeterY(per_metre)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        draw(painter, composition, cancel or Cancel())
    return image


def draw(painter: QPainter, composition: Composition, cancel: Cancel) -> None:
    """Draw the sheet; the painter's pixels are the sheet's."""
    layout = composition.layout
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_map(painter, composition, cancel)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    furniture.draw_head(painter, layout, composition.heading, PALETTE)
    furniture.draw_boats(painter, layout, composition.boats, PALETTE)
    furniture.draw_legend(painter, layout, composition.legend, PALETTE)
    furniture.draw_scale(painter, layout, composition.scale, PALETTE)
    furniture.draw_north(painter, layout, PALETTE)
    furniture.draw_foot(painter, layout, composition.warning, PALETTE)


def _draw_map(painter: QPainter, composition: Composition, cancel: Cancel) -> None:
    scene, box = composition.scene, composition.layout.map_frame
    ratio = scene.device_pixel_ratio
    left_px, top_px, _, _ = frame.inside_px(scene.viewport)
    # The sheet's own stamp stands once across the map; the screen's is a pattern that a
    # small map shows no whole word of.
    unstamped = replace(scene.plot, is_example=False) if scene.plot.is_example else scene.plot
    inside = replace(scene, plot=unstamped, viewport=inside_view(scene.viewport))
    painter.save()
    painter.translate(box.x_px, box.y_px)
    painter.scale(ratio, ratio)
    painter.save()
    painter.translate(left_px, top_px)
    painter.setClipRect(_whole(inside.viewport))
    for group in Group:
        draw_group(painter, group, inside, cancel)
        if group is Group.BASE and scene.plot.is_example:
            furniture.draw_stamp(painter, inside.viewport, PALETTE)
    painter.restore()
    painter.setClipRect(_whole(scene.viewport))
    frame.draw(painter, scene, cancel)
    painter.restore()


def _whole(viewport: Viewport) -> QRectF:
    return QRectF(0.0, 0.0, viewport.width_px, viewport.height_px)


def _credits(outside: str) -> tuple[str, ...]:
    """Return what stands at the foot: what is missing, whose data it is, how it was made."""
    pieces = (
        outside,
        *catalogue.credit_lines(),
        translate("Snapshot", "Mercator, WGS 84"),
        f"Channel Plot {__version__}",
    )
    return tuple(piece for piece in pieces if piece)
