"""The finished pictures of the chart, and which of them are out of date.

A picture shows more than the view, so that panning finds the chart finished; while the
scale changes the old picture is shown enlarged or reduced until the new one is there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from channelplot.chart.palette import Palette
from channelplot.chart.render_job import Picture
from channelplot.chart.renderers.pens import colour
from channelplot.chart.renderers.table import Group
from channelplot.chart.viewport import Viewport

MARGIN: Final = 0.25
"""How much of the view's width and height a picture shows more on each side."""
RESERVE: Final = 0.08
"""With less than this left, the next picture is drawn."""


@dataclass(frozen=True, slots=True)
class Order:
    """What has to be drawn: groups, for which view, and the state of each they will show."""

    groups: tuple[Group, ...]
    viewport: Viewport
    versions: Mapping[Group, int]


class Pictures:
    """One picture for each group and the overview; on the GUI thread only."""

    def __init__(self) -> None:
        self._pictures: dict[Group, Picture] = {}
        self._shown_versions: dict[Group, int] = {}
        self._versions: dict[Group, int] = dict.fromkeys(Group, 0)
        self._whole: Picture | None = None
        self._overview: Picture | None = None

    @property
    def has_overview(self) -> bool:
        """Return whether the coast of the whole area is there to fall back on."""
        return self._overview is not None

    def outdate(self, groups: Iterable[Group]) -> None:
        """Note that what the groups show has changed; the old pictures stay in use."""
        for group in groups:
            self._versions[group] += 1

    def outdate_all(self) -> None:
        """Note that everything looks different, the overview too."""
        self.outdate(Group)
        self._overview = None

    def order(self, view: Viewport) -> Order | None:
        """Return what has to be drawn so that the view and a reserve show, None for nothing."""
        reserve_px = RESERVE * min(view.width_px, view.height_px)
        base = self._pictures.get(Group.BASE)
        if base is not None and base.viewport.covers(view, reserve_px):
            viewport = base.viewport
        else:
            viewport = view.widened(round(MARGIN * view.width_px), round(MARGIN * view.height_px))
        groups = tuple(
            group
            for group in Group
            if not self._is_current(group) or self._pictures[group].viewport != viewport
        )
        return Order(groups, viewport, dict(self._versions)) if groups else None

    def is_served_by(self, order: Order, view: Viewport) -> bool:
        """Return whether an order that is being drawn will show the view as it now is.

        Then it is let go on: a drag that restarted it at every step would never see it end.
        """
        return order.viewport.covers(view) and all(
            order.versions[group] == self._versions[group]
            and (group in order.groups or self._is_current(group))
            for group in Group
        )

    def accept(self, picture: Picture, group: Group, order: Order) -> None:
        """Take the picture of a group that was drawn to an order."""
        self._pictures[group] = picture
        self._whole = None
        self._shown_versions[group] = order.versions[group]

    def kept(self, order: Order) -> dict[Group, QImage]:
        """Return the images of the groups that an order does not draw."""
        return {
            group: picture.image
            for group, picture in self._pictures.items()
            if group not in order.groups
        }

    def accept_whole(self, picture: Picture) -> None:
        """Take all groups as one image, made of the pictures that were accepted last."""
        self._whole = picture

    def accept_overview(self, picture: Picture) -> None:
        """Take the coast of the whole area, to fall back on."""
        self._overview = picture

    def is_complete(self, view: Viewport) -> bool:
        """Return whether every group is up to date, sharp and fills the view."""
        return all(
            self._is_current(group) and self._pictures[group].viewport.covers(view)
            for group in Group
        )

    def draw(
        self, painter: QPainter, view: Viewport, palette: Palette, device_pixel_ratio: float
    ) -> None:
        """Draw what there is, the newest pictures above the overview above plain sea."""
        lowest = self._whole or self._pictures.get(Group.BASE)
        if lowest is None or not _fills(lowest.viewport, view):
            painter.fillRect(QRectF(0.0, 0.0, view.width_px, view.height_px), colour(palette.sea))
            if self._overview is not None:
                _draw(painter, self._overview, view, device_pixel_ratio)
        if self._whole is not None:
            # One image can be scaled smoothly in the time of a frame.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            _draw(painter, self._whole, view, device_pixel_ratio)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            return
        for group in Group:
            picture = self._pictures.get(group)
            if picture is not None:
                _draw(painter, picture, view, device_pixel_ratio)

    def _is_current(self, group: Group) -> bool:
        return self._shown_versions.get(group) == self._versions[group]


def _fills(shown: Viewport, view: Viewport) -> bool:
    own, wanted = shown.bounds_m(), view.bounds_m()
    return (
        own[0] <= wanted[0] and own[1] <= wanted[1] and own[2] >= wanted[2] and own[3] >= wanted[3]
    )


def _draw(painter: QPainter, picture: Picture, view: Viewport, device_pixel_ratio: float) -> None:
    """Draw a picture where its part of the chart is in the view."""
    if picture.image.isNull():
        return
    shown = picture.viewport
    growth = shown.m_per_px / view.m_per_px
    left_px = (
        view.width_px / 2.0
        + (shown.centre_x_m - view.centre_x_m) / view.m_per_px
        - shown.width_px / 2.0 * growth
    )
    top_px = (
        view.height_px / 2.0
        - (shown.centre_y_m - view.centre_y_m) / view.m_per_px
        - shown.height_px / 2.0 * growth
    )
    if growth == 1.0:
        # To whole device pixels, so that nothing is smoothed.
        at = QPointF(
            round(left_px * device_pixel_ratio) / device_pixel_ratio,
            round(top_px * device_pixel_ratio) / device_pixel_ratio,
        )
        painter.drawImage(at, picture.image)
        return
    # Only the part in view is scaled.
    first_x, first_y = max(0.0, -left_px / growth), max(0.0, -top_px / growth)
    last_x = min(shown.width_px, (view.width_px - left_px) / growth)
    last_y = min(shown.height_px, (view.height_px - top_px) / growth)
    if last_x <= first_x or last_y <= first_y:
        return
    ratio = picture.image.devicePixelRatio()
    painter.drawImage(
        QRectF(
            left_px + first_x * growth,
            top_px + first_y * growth,
            (last_x - first_x) * growth,
            (last_y - first_y) * growth,
        ),
        picture.image,
        QRectF(
            first_x * ratio, first_y * ratio, (last_x - first_x) * ratio, (last_y - first_y) * ratio
        ),
    )
