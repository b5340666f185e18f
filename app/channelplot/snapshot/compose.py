"""A sheet put together: what it says, where it stands, and the map inside it.

Any thread, as long as a QGuiApplication runs: it touches nothing but its arguments.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from channelplot.basemap import catalogue
from channelplot.chart.cancel import Cancel
from channelplot.chart.language import is_in_both, translate
from channelplot.chart.palette import DAY
from channelplot.chart.reference_credits import reference_credits
from channelplot.chart.renderers import example, graticule
from channelplot.chart.renderers.labels import labels_of
from channelplot.chart.renderers.marks import shown_marks
from channelplot.chart.renderers.pens import saved
from channelplot.chart.renderers.symbols import BEACH_PX
from channelplot.chart.renderers.table import Group, Renderer, draw_step, steps_of
from channelplot.chart.scene import Scene
from channelplot.chart.shown import shown_beaches
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.bounds import Bounds
from channelplot.snapshot import border, furniture, lists
from channelplot.snapshot.content import (
    BoatList,
    BoatRow,
    Told,
    blank_heading,
    boat_list,
    heading_of,
    in_lines,
    outside_count,
    outside_text,
)
from channelplot.snapshot.head_foot import Texts
from channelplot.snapshot.layout import Layout, Wanted, layout_of
from channelplot.snapshot.legend import LegendEntry, legend_of, most_rows
from channelplot.snapshot.measures import shown_rows
from channelplot.snapshot.paper import Rect, Sheet
from channelplot.snapshot.rose import Rose, draw_rose, rose_of
from channelplot.snapshot.scale import SheetScale, scale_of
from channelplot.snapshot.view import pixel_ratio, sheet_viewport
from channelplot.version import __version__

PALETTE: Final = replace(DAY, frame_light="#ffffff")
"""Day colours whatever the screen shows, on white paper."""
_MM_PER_M: Final = 1000.0
_MOST_PASSES: Final = 4
"""Two nearly always do: the note on reports outside the sheet may take a line of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """Everything a sheet says and where it stands, before a line is drawn.

    scene: the map with its own view, in the sheet's palette. is_continued: the boats the list has
    no room for follow on another page. rose: the compass rose of a sheet to plot on by hand.
    """

    layout: Layout
    scene: Scene
    boats: BoatList
    legend: tuple[LegendEntry, ...]
    scale: SheetScale
    is_continued: bool = False
    rose: Rose | None = None

    @property
    def sheet(self) -> Sheet:
        """Return the paper it is drawn on."""
        return self.layout.sheet

    @property
    def map(self) -> tuple[Rect, Viewport] | None:
        """Return where the map is and what it shows."""
        return self.layout.map, self.scene.viewport

    @property
    def boats_left_out(self) -> tuple[BoatRow, ...]:
        """Return the boats the list has no room for."""
        listed = len(self.boats.rows) + self.boats.more
        return self.boats.rows[shown_rows(self.layout.boat_rows, listed) :]

    def draw(self, painter: QPainter, cancel: Cancel) -> None:
        """Draw the sheet; the painter's pixels are the sheet's."""
        layout = self.layout
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_map(painter, self, cancel)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.rose is not None:
            draw_rose(painter, layout.sheet, self.rose, PALETTE)
            if layout.spare is not None:
                furniture.draw_notes(painter, layout.sheet, layout.spare, PALETTE)
        furniture.draw_markings(painter, layout, PALETTE)
        furniture.draw_head(painter, layout, PALETTE)
        lists.draw_boats(painter, layout, self.boats, PALETTE, is_continued=self.is_continued)
        lists.draw_legend(painter, layout, self.legend, PALETTE)
        furniture.draw_scale(painter, layout, self.scale, PALETTE)
        furniture.draw_north(painter, layout, PALETTE)
        furniture.draw_foot(painter, layout, PALETTE)


def composition_of(
    sheet: Sheet, scene: Scene, bounds: Bounds, told: Told, scale: float | None = None
) -> Composition:
    """Return the sheet that shows all of the bounds, or their middle in a scale that is given.

    scene: plot, basemap and what is hidden; its view and palette are replaced. scale: n of 1:n,
    None for a round one in which all shows.
    """
    scene = replace(
        scene,
        palette=PALETTE,
        device_pixel_ratio=pixel_ratio(sheet),
        keeps_labels_inside=True,
    )
    moment_utc = told.cut_off_utc or scene.plot.last_observed_at_utc()
    boats = boat_list(scene.plot, moment_utc)
    rows = most_rows(scene)
    wanted = Wanted.of(
        page_texts(scene, told),
        legend_rows=rows,
        boat_rows=len(boats.rows) + boats.more,
        is_in_both=is_in_both(),
    )
    layout, scene, legend = _arranged(sheet, scene, bounds, wanted, told, scale)
    rose = None
    if told.is_blank:
        taken_px = _taken_px(layout.map, scene)
        rose = rose_of(layout.map, sheet, scene.viewport, moment_utc, taken_px)
    return Composition(
        layout=layout,
        scene=scene,
        boats=boats,
        legend=legend,
        scale=scale_of(scene.viewport, sheet, layout.scale, moment_utc),
        rose=rose,
    )


def page_texts(scene: Scene, told: Told) -> Texts:
    """Return what stands at head and foot of a page about a scene, one without a map."""
    heading = (
        blank_heading(told.title)
        if told.is_blank
        else heading_of(scene.plot, told.title, told.cut_off_utc, is_replayed=told.is_replayed)
    )
    return Texts(
        title=heading.title,
        summary=heading.summary,
        time=heading.time,
        time_note=heading.time_note,
        credits=_credits("", told, scene),
        warning=in_lines(lambda: translate("Snapshot", "NOT FOR NAVIGATION")),
        marking=told.marking,
    )


def _arranged(
    sheet: Sheet, scene: Scene, bounds: Bounds, wanted: Wanted, told: Told, scale: float | None
) -> tuple[Layout, Scene, tuple[LegendEntry, ...]]:
    """Return the layout, the scene in the view that fits it, and what shows in that.

    What shows depends on the map's size, and the furniture's size on what shows.
    """
    layout = layout_of(sheet, wanted)
    for _ in range(_MOST_PASSES):
        scene = replace(scene, viewport=sheet_viewport(layout.map, sheet, bounds, scale))
        legend = legend_of(scene)
        outside = outside_text(outside_count(scene.plot, scene.viewport.bounds_m()))
        wanted = replace(wanted, legend_rows=len(legend), credits=_credits(outside, told, scene))
        before, layout = layout, layout_of(sheet, wanted)
        if layout.map == before.map:
            return layout, scene, legend
    scene = replace(scene, viewport=sheet_viewport(layout.map, sheet, bounds, scale))
    return layout, scene, legend_of(scene)[: wanted.legend_rows]


def _taken_px(box: Rect, scene: Scene) -> npt.NDArray[np.float64]:
    """Return the boxes of marks, beaches and all labels of a map, (n, 4) pixels of the sheet."""
    points = [(x_px, y_px) for _, x_px, y_px in shown_marks(scene)]
    points += [(beach.x_px, beach.y_px) for beach in shown_beaches(scene)]
    symbols = np.array(points).reshape(-1, 2)
    written = (label.candidate.places[place] for label, place in labels_of(scene, Cancel()))
    boxes: npt.NDArray[np.float64] = np.concatenate(
        (np.hstack((symbols - BEACH_PX, symbols + BEACH_PX)), *written), dtype=np.float64
    )
    boxes *= scene.device_pixel_ratio
    boxes += np.array((box.x_px, box.y_px) * 2)
    return boxes


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


def _credits(outside: str, told: Told, scene: Scene) -> tuple[str, ...]:
    """Return what stands at the foot: what is missing, who made it, of what, whose data it is."""
    author = translate("Snapshot", "Prepared by {name}").format(name=told.author)
    state = translate("Snapshot", "Plot {state}").format(state=told.state_text)
    pieces = (
        *told.notes,
        outside,
        author if told.author else "",
        state if told.state_text else "",
        *catalogue.credit_lines(),
        *reference_credits(scene),
        translate("Snapshot", "Mercator, WGS 84"),
        f"Channel Plot {__version__}",
    )
    return tuple(piece for piece in pieces if piece)
