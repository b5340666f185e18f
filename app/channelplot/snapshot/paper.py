"""The sheet of paper a snapshot is laid out on, and rectangles on it; no drawing."""

import math
from dataclasses import dataclass
from typing import Final, Self

MM_PER_INCH: Final = 25.4
MM_PER_PT: Final = MM_PER_INCH / 72.0
LEAST_PX_PER_MM: Final = 96.0 / MM_PER_INCH
"""A small picture is a smaller sheet, not a smaller print: below this no letter is legible."""
A4_LONG_MM: Final = 297.0
A4_SHORT_MM: Final = 210.0


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on the sheet, in pixels from its top left corner, y down."""

    x_px: float
    y_px: float
    width_px: float
    height_px: float

    @property
    def right_px(self) -> float:
        """Return where it ends on the right."""
        return self.x_px + self.width_px

    @property
    def bottom_px(self) -> float:
        """Return where it ends at the bottom."""
        return self.y_px + self.height_px

    def overlaps(self, other: Self) -> bool:
        """Return whether the two share an area; a common edge is none."""
        return (
            self.x_px < other.right_px
            and other.x_px < self.right_px
            and self.y_px < other.bottom_px
            and other.y_px < self.bottom_px
        )

    def holds(self, other: Self) -> bool:
        """Return whether the other lies inside, to a thousandth of a pixel."""
        slack_px = 1e-3
        return (
            other.x_px >= self.x_px - slack_px
            and other.y_px >= self.y_px - slack_px
            and other.right_px <= self.right_px + slack_px
            and other.bottom_px <= self.bottom_px + slack_px
        )

    def inset(self, left_px: float, top_px: float, right_px: float, bottom_px: float) -> "Rect":
        """Return what remains when so much is taken off each side."""
        return Rect(
            self.x_px + left_px,
            self.y_px + top_px,
            self.width_px - left_px - right_px,
            self.height_px - top_px - bottom_px,
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its picture's size in pixels, and how large a millimetre is on it.

    All sizes of letters, lines and margins are in millimetres of an A4 sheet, so the same
    sheet looks alike at any resolution. enlarged: how much larger they are on a larger sheet; the
    map's scale is none of them.
    """

    width_px: int
    height_px: int
    px_per_mm: float
    enlarged: float = 1.0

    @classmethod
    def of_pixels(cls, width_px: int, height_px: int) -> Self:
        """Return the sheet for a picture of a size: as much of an A4 sheet as it fills.

        Pictures with fewer pixels than A4 at 96 dpi are smaller sheets at 96 dpi.
        """
        long_px, short_px = max(width_px, height_px), min(width_px, height_px)
        filling = min(long_px / A4_LONG_MM, short_px / A4_SHORT_MM)
        return cls(width_px, height_px, max(filling, LEAST_PX_PER_MM))

    @classmethod
    def of_mm(cls, width_mm: float, height_mm: float, dpi: float) -> Self:
        """Return the sheet for a piece of paper in so many pixels an inch; sides are rounded.

        Paper larger than A4 is read from a little farther off, and has larger letters.
        """
        px_per_mm = dpi / MM_PER_INCH
        long_mm, short_mm = max(width_mm, height_mm), min(width_mm, height_mm)
        larger = min(long_mm / A4_LONG_MM, short_mm / A4_SHORT_MM)
        enlarged = math.sqrt(larger) if larger > 1.0 else 1.0
        size_px = round(width_mm * px_per_mm), round(height_mm * px_per_mm)
        return cls(*size_px, px_per_mm, enlarged)

    @property
    def width_mm(self) -> float:
        """Return its width as paper."""
        return self.width_px / self.px_per_mm

    @property
    def height_mm(self) -> float:
        """Return its height as paper."""
        return self.height_px / self.px_per_mm

    def px(self, length_mm: float) -> float:
        """Return the pixels that a length on A4 paper takes here."""
        return length_mm * self.px_per_mm * self.enlarged

    @property
    def whole(self) -> Rect:
        """Return all of it."""
        return Rect(0.0, 0.0, float(self.width_px), float(self.height_px))
