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
from channelplot.chart.renderers.table import Group, draw_furniture
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport

if TYPE_CHECKING:
    from channelplot.chart.crowding import Crowding

PAUSE_MS: Final = 60
"""An act is normally saved by then."""


class Drawing(QObject):
    """The pictures of what a widget shows, and the jobs that draw them; on the GUI thread.

    Signals: changed(), when there is something new to paint.
    """

    changed = Signal()

    def __init__(self, widget: QWidget, scene: Callable[[], Scene]) -> None:
        """Draw nothing yet. scene: returns what the widget shows at the moment."""
        super().__init__(widget)
        self._widget = widget
        self._scene = scene
        self._pictures = Pictures()
        self._order: Order | None = None  # what is being drawn
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
        widget.destroyed.connect(self._jobs.stop)

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

    def draw_missing(self) -> None:
        """Paint what there is, and draw what is missing once the event loop comes round."""
        self._right_of_way.take()
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
        self._right_of_way.take()
        try:
            self._pictures.draw(painter, scene.viewport, scene.palette, scene.device_pixel_ratio)
            above(painter)
            draw_furniture(painter, replace(scene, crowding=self._crowding), NEVER)
        finally:
            self._right_of_way.give_back()

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
        self._jobs.start(
            replace(
                scene,
                viewport=self._order.viewport,
                uncut_px=_shown_of(self._order.viewport, scene),
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
            self._pictures.accept(picture, picture.group, self._order)
            if picture.group is Group.TRACKS:
                self._crowding = picture.crowding
            if picture.group is self._order.groups[-1]:
                self._order = None  # done; see whether the view has moved on meanwhile
                self._timer.start(0)
        self.changed.emit()

    def _take_whole(self, picture: Picture) -> None:
        if picture.job_number == self._jobs.number:
            self._pictures.accept_whole(picture)


def _shown_of(drawn: Viewport, scene: Scene) -> tuple[float, float, float, float]:
    """Return what of a scene shows inside the frame, in pixels of a larger view that is drawn."""
    left, top, right, bottom = inside_px(scene.viewport, scene.text_factor)
    corner = drawn.pixels_of_m(np.array([scene.viewport.bounds_m()[::3]]))[0]
    x_px, y_px = float(corner[0]), float(corner[1])
    return x_px + left, y_px + top, x_px + right, y_px + bottom
