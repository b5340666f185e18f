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
from channelplot.chart.reference_credits import reference_credits
from channelplot.chart.renderers import example, graticule
from channelplot.chart.renderers.pens import saved
from channelplot.chart.renderers.table import Group, Renderer, draw_step, steps_of
from channelplot.chart.scene import Scene
from channelplot.geodesy.bounds import Bounds
from channelplot.snapshot import border, furniture, lists
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
from channelplot.snapshot.paper import Rect, Sheet
from channelplot.snapshot.scale import SheetScale, scale_of
from channelplot.snapshot.view import pixel_ratio, sheet_viewport
from channelplot.version import __version__

translate = QCoreApplication.translate
PALETTE: Final = replace(DAY, frame_light="#ffffff")
"""Day colours whatever the screen shows, on white paper."""
_MM_PER_M: Final = 1000.0
_MOST_PASSES: Final = 4
"""Two nearly always do: the note on reports outside the sheet may take a line of its own."""


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
    scene = replace(
        scene,
        palette=PALETTE,
        device_pixel_ratio=pixel_ratio(sheet),
        keeps_labels_inside=True,
    )
    heading = heading_of(scene.plot, title, cut_off_utc)
    boats = boat_rows(scene.plot, cut_off_utc or scene.plot.last_observed_at_utc())
    warning = translate("Snapshot", "NOT FOR NAVIGATION")
    most_legend_rows = most_rows(scene)
    wanted = Wanted(
        title=heading.title,
        summary=heading.summary,
        time=heading.time,
        time_note=heading.time_note,
        credits=_credits("", scene),
        warning=warning,
        legend_rows=most_legend_rows,
        most_legend_rows=most_legend_rows,
        boat_rows=len(boats),
    )
    layout, scene, legend = _arranged(sheet, scene, bounds, wanted)
    return Composition(
        layout=layout,
        scene=scene,
        heading=heading,
        boats=boats,
        legend=legend,
        scale=scale_of(scene.viewport, sheet, layout.scale),
        warning=warning,
    )


def _arranged(
    sheet: Sheet, scene: Scene, bounds: Bounds, wanted: Wanted
) -> tuple[Layout, Scene, tuple[LegendEntry, ...]]:
    """Return the layout, the scene in the view that fits it, and what shows in that.

    What shows depends on the map's size, and the furniture's size on what shows.
    """
    layout = layout_of(sheet, wanted)
    for _ in range(_MOST_PASSES):
        scene = replace(scene, viewport=sheet_viewport(layout.map, sheet, bounds))
        legend = legend_of(scene)
        outside = outside_text(outside_count(scene.plot, scene.viewport.bounds_m()))
        wanted = replace(wanted, legend_rows=len(legend), credits=_credits(outside, scene))
        before, layout = layout, layout_of(sheet, wanted)
        if layout.map == before.map:
            return layout, scene, legend
    scene = replace(scene, viewport=sheet_viewport(layout.map, sheet, bounds))
    return layout, scene, legend_of(scene)[: wanted.legend_rows]


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
    lists.draw_boats(painter, layout, composition.boats, PALETTE)
    lists.draw_legend(painter, layout, composition.legend, PALETTE)
    furniture.draw_scale(painter, layout, composition.scale, PALETTE)
    furniture.draw_north(painter, layout, PALETTE)
    furniture.draw_foot(painter, layout, composition.warning, PALETTE)


def _draw_map(painter: QPainter, composition: Composition, cancel: Cancel) -> None:
    """Draw the chart's renderers, but for two, which a sheet has of its own."""
    scene, layout = composition.scene, composition.layout
    with saved(painter):
        painter.setClipRect(_qt(layout.map))
        painter.translate(layout.map.x_px, layout.map.y_px)
        painter.scale(scene.device_pixel_ratio, scene.device_pixel_ratio)
        steps = steps_of(scene.layering)
        for step in (each for group in Group for each in steps[group]):
            if cancel.is_cancelled:
                break
            own = tuple(_of_sheet(renderer, layout) for renderer in step.renderers)
            draw_step(painter, replace(step, renderers=own), scene, cancel)
    border.draw_border(painter, layout, scene.viewport, PALETTE)


def _of_sheet(renderer: Renderer, layout: Layout) -> Renderer:
    """Return what a sheet draws in a renderer's place: but for two, the same."""

    def draw_graticule(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
        _back_to_sheet(painter, layout, scene)
        border.draw_graticule(painter, layout, scene.viewport, PALETTE)

    def draw_stamp(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
        if scene.plot.is_example:
            _back_to_sheet(painter, layout, scene)
            furniture.draw_stamp(painter, layout.map, PALETTE)

    if renderer is graticule.draw:
        return draw_graticule
    return draw_stamp if renderer is example.draw else renderer


def _back_to_sheet(painter: QPainter, layout: Layout, scene: Scene) -> None:
    """Let the painter count the sheet's pixels again, not those of the map's view."""
    painter.scale(1.0 / scene.device_pixel_ratio, 1.0 / scene.device_pixel_ratio)
    painter.translate(-layout.map.x_px, -layout.map.y_px)


def _qt(box: Rect) -> QRectF:
    return QRectF(box.x_px, box.y_px, box.width_px, box.height_px)


def _credits(outside: str, scene: Scene) -> tuple[str, ...]:
    """Return what stands at the foot: what is missing, whose data it is, how it was made."""
    pieces = (
        outside,
        *catalogue.credit_lines(),
        *reference_credits(scene),
        translate("Snapshot", "Mercator, WGS 84"),
        f"Channel Plot {__version__}",
    )
    return tuple(piece for piece in pieces if piece)
