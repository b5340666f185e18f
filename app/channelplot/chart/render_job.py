"""Drawing off the GUI thread: one image for each group of a scene, cancellable."""

import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from channelplot.chart.cancel import Cancel, RightOfWay
from channelplot.chart.crowding import Crowding
from channelplot.chart.drawn_labels import DrawnLabels
from channelplot.chart.qt_guard import qt_guarded
from channelplot.chart.ready import make_ready
from channelplot.chart.render_image import compose, render_group, render_overview
from channelplot.chart.renderers.table import Group
from channelplot.chart.scene import Scene
from channelplot.chart.shown import crowding_of
from channelplot.chart.viewport import Viewport

SWITCH_S: Final = 0.0002
"""The window waits at most this long, not 5 ms, for the interpreter while this draws."""
_THREAD_NAME: Final = "chart"


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A finished image: what of, for which view, by which job, and how long it took.

    group: None for the overview, the coast alone of the whole area, and for all groups together.
    crowding: of the tracks, where they were drawn. labels: where they stand, on their picture.
    """

    job_number: int
    group: Group | None
    image: QImage
    viewport: Viewport
    duration_s: float
    crowding: Crowding | None = None
    labels: DrawnLabels | None = None


class RenderJobs(QObject):
    """Draws scenes one after another on a thread of its own; the newest job counts.

    Signals: picture_finished(Picture), on the GUI thread, in the groups' order, then
    whole_finished(Picture), all groups but the labels on one opaque image, of group None; pictures
    of a job that was cancelled or followed by another are not sent, and one that was on
    its way is known by its number. Python's executor rather than a QThreadPool, because
    it lets the thread end by itself and never waits with the interpreter lock held.
    """

    picture_finished = Signal(object)  # Picture
    whole_finished = Signal(object)  # Picture

    def __init__(
        self, parent: QObject | None = None, right_of_way: RightOfWay | None = None
    ) -> None:
        """Draw nothing yet; right_of_way: taken by the window while it paints."""
        super().__init__(parent)
        self._right_of_way = right_of_way
        sys.setswitchinterval(min(sys.getswitchinterval(), SWITCH_S))
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=_THREAD_NAME)
        self._cancel = Cancel()
        self._number = 0

    @property
    def number(self) -> int:
        """Return the number of the newest job; 0 before the first."""
        return self._number

    def start(
        self,
        scene: Scene,
        groups: tuple[Group, ...],
        *,
        kept: Mapping[Group, QImage] | None = None,
        has_overview: bool = False,
    ) -> int:
        """Cancel the running job, start drawing the groups, and return the job's number.

        kept: the images of groups that stay as they are, for the whole; without them it is only
        made if all groups are drawn. has_overview: draws the overview as well, after the rest.
        """
        self.cancel()
        self._number += 1
        self._cancel = Cancel(self._right_of_way)
        self._executor.submit(
            self._draw, self._number, scene, groups, dict(kept or {}), has_overview, self._cancel
        )
        return self._number

    def cancel(self) -> None:
        """Cancel the running job, if any; nothing more of it is sent."""
        self._cancel.cancel()

    def stop(self) -> None:
        """Cancel the running job and take no more. Does not wait."""
        self.cancel()
        self._executor.shutdown(wait=False, cancel_futures=True)

    @qt_guarded(None)
    def _draw(
        self,
        number: int,
        scene: Scene,
        groups: tuple[Group, ...],
        images: dict[Group, QImage],
        has_overview: bool,
        cancel: Cancel,
    ) -> None:
        """Draw and send. Runs in the chart thread; touches nothing but its arguments."""
        crowds = None
        for group in groups:
            begun_s = time.perf_counter()
            if crowds is None and group not in (Group.BASE, Group.SHORE):
                crowds = crowding_of(scene, cancel)
                if cancel.is_cancelled:
                    return
                scene = replace(scene, crowding=crowds)
            image = render_group(scene, group, cancel)
            if cancel.is_cancelled:
                return
            images[group] = image
            duration_s = time.perf_counter() - begun_s
            memory = scene.label_memory if group is Group.LABELS else None
            labels = memory.drawn if memory is not None else None
            self.picture_finished.emit(
                Picture(number, group, image, scene.viewport, duration_s, crowds, labels)
            )
        if len(images) == len(Group):
            begun_s = time.perf_counter()
            below = [images[group] for group in Group if group is not Group.LABELS]
            whole = compose(scene, below, cancel)
            if cancel.is_cancelled:
                return
            duration_s = time.perf_counter() - begun_s
            self.whole_finished.emit(Picture(number, None, whole, scene.viewport, duration_s))
        if has_overview and not cancel.is_cancelled:
            begun_s = time.perf_counter()
            overview, viewport = render_overview(scene, cancel)
            if not cancel.is_cancelled:
                duration_s = time.perf_counter() - begun_s
                self.picture_finished.emit(Picture(number, None, overview, viewport, duration_s))
        make_ready(scene, cancel)
