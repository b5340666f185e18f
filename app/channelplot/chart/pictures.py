"""The finished pictures of the chart, and which of them are out of date.

A picture shows more than the view, so that panning finds the chart finished; while the
scale changes the old picture is shown enlarged or reduced until the new one is there, with the
labels as large as they were.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from channelplot.chart.palette import Palette
from channelplot.chart.render_job import Picture
from channelplot.chart.renderers.pens import colour
from channelplot.chart.renderers.table import Group
from channelplot.chart.viewport import Viewport

MARGIN: Final = 0.25
"""How much of the view's width and height a picture shows more on each side."""
LABEL_EDGE_PX: Final = 2.5
"""So far a label's halo reaches beyond its box."""
MOST_GROWTH: Final = 4.0
"""A picture that is shown in another scale meanwhile is enlarged or reduced no more than this."""
RESERVE: Final = 0.08
"""With less than this left, the next picture is drawn."""


@dataclass(frozen=True, slots=True)
class Order:
    """What has to be drawn: groups, for which view, and the state of each they will show."""

    groups: tuple[Group, ...]
    viewport: Viewport
    versions: Mapping[Group, int]


_BELOW_LABELS: Final = tuple(group for group in Group if group is not Group.LABELS)


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

    @property
    def labels(self) -> Picture | None:
        """Return the picture of the labels, up to date or not."""
        return self._pictures.get(Group.LABELS)

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
        if group is not Group.LABELS and not self._stands_in_for(picture.viewport):
            self._whole = None
        self._shown_versions[group] = order.versions[group]

    def kept(self, order: Order) -> dict[Group, QImage]:
        """Return the images of the groups that an order does not draw.

        None if the whole stays as it is, because only the labels are drawn anew.
        """
        if order.groups == (Group.LABELS,) and self._whole is not None:
            return {}
        return {
            group: picture.image
            for group, picture in self._pictures.items()
            if group not in order.groups
        }

    def accept_whole(self, picture: Picture) -> None:
        """Take all groups but the labels as one image, of the pictures that were accepted last."""
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
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        lowest = self._whole or self._pictures.get(Group.BASE)
        if lowest is None or not _fills(lowest.viewport, view):
            painter.fillRect(QRectF(0.0, 0.0, view.width_px, view.height_px), colour(palette.sea))
            if self._overview is not None:
                _draw(painter, self._overview, view, device_pixel_ratio)
        if self._whole is not None:
            # One image can be scaled smoothly in the time of a frame.
            _draw(painter, self._whole, view, device_pixel_ratio)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        if self._whole is None:
            for group in _BELOW_LABELS:
                picture = self._pictures.get(group)
                if picture is not None:
                    _draw(painter, picture, view, device_pixel_ratio)
        labels = self._pictures.get(Group.LABELS)
        if labels is not None and labels.viewport.m_per_px == view.m_per_px:
            _draw(painter, labels, view, device_pixel_ratio)
        elif labels is not None:
            _draw_labels(painter, labels, view, device_pixel_ratio)

    def _stands_in_for(self, drawn: Viewport) -> bool:
        """Return whether the whole in its old scale is shown until all is there in a new one.

        One image is scaled several times as fast as the pictures it is made of.
        """
        if self._whole is None:
            return False
        shown = self._whole.viewport
        is_all_there = all(
            (picture := self._pictures.get(group)) is not None and picture.viewport == drawn
            for group in _BELOW_LABELS
        )
        growth = shown.m_per_px / drawn.m_per_px
        is_zoomed = growth != 1.0 and 1.0 / MOST_GROWTH <= growth <= MOST_GROWTH
        west_m, south_m, east_m, north_m = shown.bounds_m()
        holds_centre = (
            west_m <= drawn.centre_x_m <= east_m and south_m <= drawn.centre_y_m <= north_m
        )
        return is_zoomed and holds_centre and not is_all_there

    def _is_current(self, group: Group) -> bool:
        return self._shown_versions.get(group) == self._versions[group]


def _fills(shown: Viewport, view: Viewport) -> bool:
    own, wanted = shown.bounds_m(), view.bounds_m()
    return (
        own[0] <= wanted[0] and own[1] <= wanted[1] and own[2] >= wanted[2] and own[3] >= wanted[3]
    )


def _draw_labels(
    painter: QPainter, picture: Picture, view: Viewport, device_pixel_ratio: float
) -> None:
    """Draw labels in their own size, each beside what it names, while the scale changes."""
    if picture.labels is None or picture.image.isNull():
        return
    growth = picture.viewport.m_per_px / view.m_per_px
    rows, moved_px = picture.labels.apart(growth)
    edges_px = LABEL_EDGE_PX * np.array((-1.0, -1.0, 1.0, 1.0))
    boxes_px = picture.labels.boxes_px[rows] + edges_px
    corners_px = boxes_px[:, :2] + moved_px + _origin_px(picture.viewport, view)
    sizes_px = boxes_px[:, 2:] - boxes_px[:, :2]
    seen = ((corners_px + sizes_px > 0.0) & (corners_px < (view.width_px, view.height_px))).all(
        axis=1
    )
    # From and to whole device pixels, so that nothing is smoothed.
    ratio = picture.image.devicePixelRatio()
    sources = np.hstack((np.round(boxes_px[:, :2] * ratio), np.ceil(sizes_px * ratio)))[seen]
    targets_px = (np.round(corners_px * device_pixel_ratio) / device_pixel_ratio)[seen]
    for (x_px, y_px), source in zip(targets_px.tolist(), sources.tolist(), strict=True):
        painter.drawImage(QPointF(x_px, y_px), picture.image, QRectF(*source))


def _origin_px(shown: Viewport, view: Viewport) -> tuple[float, float]:
    """Return where the upper left corner of a picture is in a view."""
    growth = shown.m_per_px / view.m_per_px
    return (
        view.width_px / 2.0
        + (shown.centre_x_m - view.centre_x_m) / view.m_per_px
        - shown.width_px / 2.0 * growth,
        view.height_px / 2.0
        - (shown.centre_y_m - view.centre_y_m) / view.m_per_px
        - shown.height_px / 2.0 * growth,
    )


def _draw(painter: QPainter, picture: Picture, view: Viewport, device_pixel_ratio: float) -> None:
    """Draw a picture where its part of the chart is in the view."""
    if picture.image.isNull():
        return
    shown = picture.viewport
    growth = shown.m_per_px / view.m_per_px
    left_px, top_px = _origin_px(shown, view)
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
