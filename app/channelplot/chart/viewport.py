"""Which part of the chart shows: centre, scale and size, as an immutable value; no Qt."""

import math
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from channelplot.basemap.basemap import CHART_AREA
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import (
    SEMI_MAJOR_AXIS_M,
    from_chart_m,
    ground_metres_per_chart_metre,
    position_from_chart_m,
    position_to_chart_m,
    to_chart_m,
)

CENTRE_AREA: Final = Bounds(-7.5, 47.7, 5.0, 52.5)
"""Where the centre may be: the chart area with a little slack, so that it can't be lost."""
LARGEST_SCALE: Final = 2_000.0
"""1:2,000, the closest view; the coast is good to tens of metres."""
WHOLE_AREA_SLACK: Final = 1.25
"""The widest view shows the whole area with this much room around it."""
MM_PER_PX: Final = 25.4 / 96.0
"""A device-independent pixel, by the convention that 96 of them make an inch."""
MIN_SIZE_PX: Final = 1.0
_ROUNDING_PX: Final = 1e-3

_ANTIMERIDIAN_M: Final = math.pi * SEMI_MAJOR_AXIS_M


@dataclass(frozen=True, slots=True)
class Viewport:
    """A view of the chart, north up.

    centre_x_m, centre_y_m: chart metres (EPSG:3395). m_per_px: chart metres in a
    device-independent pixel; the same in every direction. Pixels count from the top
    left, x to the right, y down. What a method returns is kept within the chart's area
    and scale range; raises ValueError for numbers that are no view.
    """

    centre_x_m: float
    centre_y_m: float
    m_per_px: float
    width_px: float
    height_px: float

    def __post_init__(self) -> None:
        """Refuse what is no view."""
        numbers = (
            self.centre_x_m, self.centre_y_m, self.m_per_px, self.width_px, self.height_px
        )  # fmt: skip
        if not all(map(math.isfinite, numbers)) or min(numbers[2:]) <= 0.0:
            msg = f"not a view: {self}"
            raise ValueError(msg)

    @property
    def centre(self) -> Position:
        """Return the position in the middle."""
        return position_from_chart_m(self.centre_x_m, self.centre_y_m)

    def position_at(self, x_px: float, y_px: float) -> Position | None:
        """Return the position under a pixel, None beyond the antimeridian."""
        x_m = self.centre_x_m + (x_px - self.width_px / 2.0) * self.m_per_px
        y_m = self.centre_y_m - (y_px - self.height_px / 2.0) * self.m_per_px
        if not abs(x_m) <= _ANTIMERIDIAN_M or not math.isfinite(y_m):
            return None
        return position_from_chart_m(x_m, y_m)

    def pixel_of(self, position: Position) -> tuple[float, float]:
        """Return (x_px, y_px) of a position, in view or not; infinite at the poles."""
        if abs(position.lat_deg) == 90.0:
            x_px = self.pixel_of(Position(position.lon_deg, 0.0))[0]
            return x_px, math.copysign(math.inf, -position.lat_deg)
        x_m, y_m = position_to_chart_m(position)
        return (
            self.width_px / 2.0 + (x_m - self.centre_x_m) / self.m_per_px,
            self.height_px / 2.0 - (y_m - self.centre_y_m) / self.m_per_px,
        )

    def pixels_of(self, lon_lat_deg: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the pixels of many positions.

        lon_lat_deg: (n, 2) float64, lon, lat in degrees. Result: (n, 2), x_px, y_px.
        """
        return self.pixels_of_m(to_chart_m(lon_lat_deg))

    def pixels_of_m(self, x_y_m: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the pixels of many points in chart metres; (n, 2) in, (n, 2) out."""
        scale = np.array((1.0 / self.m_per_px, -1.0 / self.m_per_px))
        middle_px = np.array((self.width_px / 2.0, self.height_px / 2.0))
        pixels = (x_y_m - np.array((self.centre_x_m, self.centre_y_m))) * scale + middle_px
        return np.asarray(pixels, dtype=np.float64)

    def bounds_m(self) -> tuple[float, float, float, float]:
        """Return (min_x_m, min_y_m, max_x_m, max_y_m) of what shows."""
        half_width_m = self.width_px / 2.0 * self.m_per_px
        half_height_m = self.height_px / 2.0 * self.m_per_px
        return (
            self.centre_x_m - half_width_m,
            self.centre_y_m - half_height_m,
            self.centre_x_m + half_width_m,
            self.centre_y_m + half_height_m,
        )

    def bounds(self) -> Bounds:
        """Return the longitudes and latitudes that show, cut at the antimeridian."""
        min_x_m, min_y_m, max_x_m, max_y_m = self.bounds_m()
        corners_m = np.array(
            (
                (max(min_x_m, -_ANTIMERIDIAN_M), min_y_m),
                (min(max_x_m, _ANTIMERIDIAN_M), max_y_m),
            )
        )
        (west, south), (east, north) = from_chart_m(corners_m)
        return Bounds(max(float(west), -180.0), float(south), min(float(east), 180.0), float(north))

    def contains(self, position: Position) -> bool:
        """Return whether the position shows."""
        x_px, y_px = self.pixel_of(position)
        return 0.0 <= x_px <= self.width_px and 0.0 <= y_px <= self.height_px

    def scale_denominator(self, mm_per_px: float = MM_PER_PX) -> float:
        """Return n of the scale 1:n, true on the ground at the centre's latitude.

        mm_per_px: how large a device-independent pixel is on the screen or paper.
        """
        ground_m = self.m_per_px * ground_metres_per_chart_metre(self.centre.lat_deg)
        return ground_m * 1000.0 / mm_per_px

    def panned(self, dx_px: float, dy_px: float) -> Self:
        """Return the view with its picture moved right and down by so many pixels."""
        return replace(
            self,
            centre_x_m=self.centre_x_m - dx_px * self.m_per_px,
            centre_y_m=self.centre_y_m + dy_px * self.m_per_px,
        ).kept_in_area()

    def zoomed(self, factor: float, x_px: float, y_px: float) -> Self:
        """Return the view magnified by a factor, with the same place under a pixel.

        Limits of scale are kept; so is the place, unless the centre would leave the
        chart's area. Raises ValueError unless the factor is positive.
        """
        if not factor > 0.0:
            msg = f"a positive factor expected, not {factor}"
            raise ValueError(msg)
        m_per_px = _kept_in_range(
            self.m_per_px / factor, self.centre.lat_deg, self.width_px, self.height_px
        )
        grown_m = self.m_per_px - m_per_px
        return replace(
            self,
            centre_x_m=self.centre_x_m + (x_px - self.width_px / 2.0) * grown_m,
            centre_y_m=self.centre_y_m - (y_px - self.height_px / 2.0) * grown_m,
            m_per_px=m_per_px,
        ).kept_in_area()

    def resized(self, width_px: float, height_px: float) -> Self:
        """Return the view in another size, with the same centre and scale."""
        width_px, height_px = max(width_px, MIN_SIZE_PX), max(height_px, MIN_SIZE_PX)
        return replace(
            self,
            m_per_px=_kept_in_range(self.m_per_px, self.centre.lat_deg, width_px, height_px),
            width_px=width_px,
            height_px=height_px,
        ).kept_in_area()

    def centred_on(self, position: Position) -> Self:
        """Return the view with the position in the middle, in the same scale."""
        x_m, y_m = position_to_chart_m(position)
        return replace(self, centre_x_m=x_m, centre_y_m=y_m).kept_in_area()

    def fitted(self, bounds: Bounds, margin_px: float = 60.0) -> Self:
        """Return the closest view that shows all of the bounds inside a margin.

        A point is shown at the closest scale the chart has; so use a margin in
        degrees where that is too close.
        """
        corners_deg = np.array(
            ((bounds.west_deg, bounds.south_deg), (bounds.east_deg, bounds.north_deg))
        )
        (min_x_m, min_y_m), (max_x_m, max_y_m) = to_chart_m(corners_deg)
        centre_x_m, centre_y_m = (min_x_m + max_x_m) / 2.0, (min_y_m + max_y_m) / 2.0
        m_per_px = max(
            (max_x_m - min_x_m) / max(self.width_px - 2.0 * margin_px, self.width_px / 4.0),
            (max_y_m - min_y_m) / max(self.height_px - 2.0 * margin_px, self.height_px / 4.0),
        )
        centre = position_from_chart_m(centre_x_m, centre_y_m)
        return replace(
            self,
            centre_x_m=float(centre_x_m),
            centre_y_m=float(centre_y_m),
            m_per_px=_kept_in_range(float(m_per_px), centre.lat_deg, self.width_px, self.height_px),
        ).kept_in_area()

    def covers(self, other: "Viewport", reserve_px: float = 0.0) -> bool:
        """Return whether this view, in the same scale, holds the other one and a reserve."""
        if self.m_per_px != other.m_per_px:
            return False
        slack_m = reserve_px * self.m_per_px - _ROUNDING_PX * self.m_per_px
        own, theirs = self.bounds_m(), other.bounds_m()
        return (
            own[0] <= theirs[0] - slack_m
            and own[1] <= theirs[1] - slack_m
            and own[2] >= theirs[2] + slack_m
            and own[3] >= theirs[3] + slack_m
        )

    def widened(self, margin_x_px: float, margin_y_px: float) -> Self:
        """Return the view with a margin more on every side, wherever that ends."""
        return replace(
            self,
            width_px=self.width_px + 2.0 * margin_x_px,
            height_px=self.height_px + 2.0 * margin_y_px,
        )

    def kept_in_area(self) -> Self:
        """Return the view with its centre no farther out than the centre area's edge."""
        x_m = min(max(self.centre_x_m, _MIN_X_M), _MAX_X_M)
        y_m = min(max(self.centre_y_m, _MIN_Y_M), _MAX_Y_M)
        if (x_m, y_m) == (self.centre_x_m, self.centre_y_m):
            return self
        return replace(self, centre_x_m=x_m, centre_y_m=y_m)


def viewport_of(bounds: Bounds, width_px: float, height_px: float, margin_px: float) -> Viewport:
    """Return the closest view of a size that shows the bounds inside a margin."""
    start = Viewport(
        _MIN_X_M, _MIN_Y_M, 1.0, max(width_px, MIN_SIZE_PX), max(height_px, MIN_SIZE_PX)
    )
    return start.fitted(bounds, margin_px)


def _area_m(area: Bounds) -> tuple[float, float, float, float]:
    min_x_m, min_y_m = position_to_chart_m(Position(area.west_deg, area.south_deg))
    max_x_m, max_y_m = position_to_chart_m(Position(area.east_deg, area.north_deg))
    return min_x_m, min_y_m, max_x_m, max_y_m


_MIN_X_M, _MIN_Y_M, _MAX_X_M, _MAX_Y_M = _area_m(CENTRE_AREA)
CHART_AREA_M: Final = _area_m(CHART_AREA)
"""(min_x_m, min_y_m, max_x_m, max_y_m) of the chart area."""


def _kept_in_range(m_per_px: float, lat_deg: float, width_px: float, height_px: float) -> float:
    """Return the scale kept between 1:2,000 and the whole area in view."""
    closest = LARGEST_SCALE * MM_PER_PX / 1000.0 / ground_metres_per_chart_metre(lat_deg)
    widest = WHOLE_AREA_SLACK * max(
        (CHART_AREA_M[2] - CHART_AREA_M[0]) / width_px,
        (CHART_AREA_M[3] - CHART_AREA_M[1]) / height_px,
    )
    return min(max(m_per_px, closest), max(widest, closest))
