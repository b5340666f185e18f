"""Keeps the pictures of a chart up to date with its scene, and paints what there is of them.

The widget (``canvas.py``) says what shows and when it has changed; this sees to it that what is
missing is drawn beside the window (``render_job.py``) and taken up once it is finished.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from channelplot.chart.cancel import NEVER, RightOfWay
from channelplot.chart.density_colours import DensityImages
from channelplot.chart.pictures import Order, Pictures
from channelplot.chart.render_job import Picture, RenderJobs
from channelplot.chart.renderers.frame import inside_px
from channelplot.chart.renderers.panels import panels_px
from channelplot.chart.renderers.table import Group, draw_furniture
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport

if TYPE_CHECKING:
    from channelplot.chart.crowding import Crowding
    from channelplot.chart.palette import Palette

PAUSE_MS: Final = 60
"""An act is normally saved by then."""
RECOLOUR_MS: Final = 60
"""The windows have put on other colours by then; until then the interpreter is theirs."""
SETTLE_MS: Final = 250
"""So long after it was moved the chart lies still."""


class Drawing(QObject):
    """The pictures of what a widget shows, and the jobs that draw them; on the GUI thread.

    Signals: changed(), when there is something new to paint; tracks_taken(), when the tracks are.
    """

    changed = Signal()
    tracks_taken = Signal()

    def __init__(self, widget: QWidget, scene: Callable[[], Scene]) -> None:
        """Draw nothing yet. scene: returns what the widget shows at the moment."""
        super().__init__(widget)
        self._widget = widget
        self._scene = scene
        self._pictures = Pictures()
        self._order: Order | None = None  # what is being drawn
        self._palette: Palette | None = None  # of the pictures there are
        self._drawn_palette: Palette | None = None  # of those that are being drawn
        self._recoloured: list[Picture] = []  # those that wait for the others
        self._density_images = DensityImages()
        self._crowding: Crowding | None = None  # of the picture of the tracks, for its legend
        # No parent: it must outlive the widget while its thread finishes the last group.
        self._right_of_way = RightOfWay()
        self._jobs = RenderJobs(right_of_way=self._right_of_way)
        self._jobs.picture_finished.connect(self._take_picture)
        self._jobs.whole_finished.connect(self._take_whole)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._start_job)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._clear_panels)
        self._cleared_for: Viewport | None = None
        widget.destroyed.connect(self._jobs.stop)

    @property
    def right_of_way(self) -> RightOfWay:
        """Return what the window takes while it is moved and painted: others wait for it."""
        return self._right_of_way

    def is_complete(self, view: Viewport) -> bool:
        """Return whether every picture is up to date, sharp and fills the view."""
        return self._pictures.is_complete(view)

    def outdate(self, groups: Iterable[Group]) -> None:
        """Note that what these show has changed; the old pictures stay in use until then."""
        self._pictures.outdate(groups)
        self.draw_missing()

    def outdate_all(self) -> None:
        """Note that everything looks different."""
        self._pictures.outdate_all()
        self.draw_missing()

    def recolour(self) -> None:
        """Draw everything in other colours, after the windows have taken theirs.

        All pictures change over together: until then the chart is painted as it was.
        """
        self._pictures.outdate_all()
        self.changed.emit()
        self._timer.start(RECOLOUR_MS)

    def draw_missing(self) -> None:
        """Paint what there is, and draw what is missing once the event loop comes round."""
        self._right_of_way.take()
        self._settling.start(SETTLE_MS)
        self.changed.emit()
        if not self._timer.isActive():
            self._timer.start(0)

    def pause(self) -> None:
        """Draw nothing for a moment."""
        self._jobs.cancel()
        self._order = None
        self._timer.start(PAUSE_MS)

    def paint(self, painter: QPainter, scene: Scene, above: Callable[[QPainter], None]) -> None:
        """Put the pictures on screen, above them what the widget has, and on top the furniture.

        Whatever is being drawn beside the window waits meanwhile.
        """
        if self._palette is not None:
            scene = replace(scene, palette=self._palette)
        self._right_of_way.take()
        try:
            self._pictures.draw(painter, scene.viewport, scene.palette, scene.device_pixel_ratio)
            above(painter)
            draw_furniture(painter, replace(scene, crowding=self._crowding), NEVER)
        finally:
            self._right_of_way.give_back()

    def _clear_panels(self) -> None:
        """Draw the labels anew if some came to lie under a panel as the chart was moved."""
        scene, picture = self._scene(), self._pictures.labels
        if picture is None or picture.labels is None or self._cleared_for == scene.viewport:
            return
        self._cleared_for = scene.viewport
        drawn = replace(
            scene, viewport=picture.viewport, on_screen=scene.viewport, crowding=self._crowding
        )
        is_sharp = picture.viewport.covers(scene.viewport)
        if is_sharp and picture.labels.touch(panels_px(drawn)):
            self.outdate((Group.LABELS,))

    def _start_job(self) -> None:
        if not self._widget.isVisible():
            return
        scene = self._scene()
        running = self._order
        if running is not None and self._pictures.is_served_by(running, scene.viewport):
            return
        self._order = self._pictures.order(scene.viewport)
        if self._order is None:
            if running is not None:
                self._jobs.cancel()
            return
        self._drawn_palette = scene.palette
        self._recoloured.clear()
        self._jobs.start(
            replace(
                scene,
                viewport=self._order.viewport,
                uncut_px=_shown_of(self._order.viewport, scene),
                on_screen=scene.viewport,
                density_images=self._density_images,
            ),
            self._order.groups,
            kept=self._pictures.kept(self._order),
            has_overview=not self._pictures.has_overview and scene.levels is not None,
        )

    def _take_picture(self, picture: Picture) -> None:
        if picture.job_number != self._jobs.number:
            return
        if picture.group is None:
            self._pictures.accept_overview(picture)
        elif self._order is not None:
            is_last = picture.group is self._order.groups[-1]
            self._recoloured.append(picture)
            if self._palette in (None, self._drawn_palette) or is_last:
                self._accept_all(self._recoloured, self._order)
                self._recoloured.clear()
                self._palette = self._drawn_palette
            if is_last:
                self._order = None  # done; see whether the view has moved on meanwhile
                self._timer.start(0)
        self.changed.emit()

    def _accept_all(self, pictures: list[Picture], order: Order) -> None:
        for picture in pictures:
            if picture.group is not None:
                self._pictures.accept(picture, picture.group, order)
            if picture.group is Group.TRACKS:
                self._crowding = picture.crowding
                self.tracks_taken.emit()

    def _take_whole(self, picture: Picture) -> None:
        if picture.job_number == self._jobs.number:
            self._pictures.accept_whole(picture)


def _shown_of(drawn: Viewport, scene: Scene) -> tuple[float, float, float, float]:
    """Return what of a scene shows inside the frame, in pixels of a larger view that is drawn."""
    left, top, right, bottom = inside_px(scene.viewport, scene.text_factor)
    corner = drawn.pixels_of_m(np.array([scene.viewport.bounds_m()[::3]]))[0]
    x_px, y_px = float(corner[0]), float(corner[1])
    return x_px + left, y_px + top, x_px + right, y_px + bottom
