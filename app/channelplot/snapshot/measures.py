"""How tall the parts of a sheet are, in pixels of the sheet; no drawing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from channelplot.snapshot.lettering import Style, line_px
from channelplot.snapshot.paper import Rect, Sheet

LEGEND_ROW_MM: Final = 5.0
LEGEND_ROW_IN_BOTH_MM: Final = 6.3
LEGEND_SYMBOL_MM: Final = 10.0
BOAT_ROW_MM: Final = 8.4
BOAT_COMPACT_ROW_MM: Final = 4.4
BOAT_ROW_IN_BOTH_MM: Final = 11.2
BOAT_COMPACT_ROW_IN_BOTH_MM: Final = 6.2
SCALE_BAR_MM: Final = 1.5
SCALE_GAP_MM: Final = 1.4
_HEADING_GAP_MM: Final = 1.6
_BAR_MM: Final = 1.5
_LEAST_BOATS: Final = 3


def bar_px(sheet: Sheet) -> int:
    """Return the thickness of the map's divided bar, its outlines included, in whole pixels."""
    return max(3, round(sheet.px(_BAR_MM)))


def scale_px(sheet: Sheet) -> float:
    """Return the height of the scale: 1:n, what it is true for, variation, bar and its figures."""
    return (
        line_px(Style.SCALE, sheet)
        + line_px(Style.CREDIT, sheet) * 3.0
        + sheet.px(SCALE_BAR_MM + SCALE_GAP_MM)
    )


@dataclass(frozen=True, slots=True)
class BoatRoom:
    """The columns that a list of boats has, as tall as it needs them, and how many rows fit.

    is_compact: one line for each boat instead of two.
    """

    boxes: tuple[Rect, ...] = ()
    rows: int = 0
    is_compact: bool = False

    def lower_by(self, by_px: float) -> "BoatRoom":
        """Return the same so much farther down."""
        return replace(self, boxes=tuple(replace(b, y_px=b.y_px + by_px) for b in self.boxes))


NO_BOATS: Final = BoatRoom()


def legend_row_mm(is_in_both: bool) -> float:
    """Return the height of an entry of the legend."""
    return LEGEND_ROW_IN_BOTH_MM if is_in_both else LEGEND_ROW_MM


def boat_row_mm(is_compact: bool, is_in_both: bool) -> float:
    """Return the height of a boat in their list."""
    if is_in_both:
        return BOAT_COMPACT_ROW_IN_BOTH_MM if is_compact else BOAT_ROW_IN_BOTH_MM
    return BOAT_COMPACT_ROW_MM if is_compact else BOAT_ROW_MM


def legend_px(sheet: Sheet, rows: int, is_in_both: bool) -> float:
    """Return the height of a legend of so many entries, its heading included."""
    return heading_px(sheet) + rows * sheet.px(legend_row_mm(is_in_both))


def boats_px(sheet: Sheet, rows: int, columns: Sequence[Rect], is_in_both: bool) -> BoatRoom:
    """Return what a list of boats takes of the columns it may have, filled in their order.

    A list cut short has its last row for how many more there are: so one row alone is
    only shown if it is the only boat.
    """
    for is_compact in (False, True):
        row_px = sheet.px(boat_row_mm(is_compact, is_in_both))
        fitting = [rows_in(sheet, column.height_px, row_px) for column in columns]
        if rows <= sum(fitting) or (is_compact and sum(fitting) >= _LEAST_BOATS):
            left, boxes = min(rows, sum(fitting)), list[Rect]()
            for column, most in zip(columns, fitting, strict=True):
                own = min(left, most)
                if own:
                    boxes.append(replace(column, height_px=heading_px(sheet) + own * row_px))
                left -= own
            return BoatRoom(tuple(boxes), min(rows, sum(fitting)), is_compact)
    return NO_BOATS


def rows_in(sheet: Sheet, height_px: float, row_px: float) -> int:
    """Return how many rows a column has room for under its heading."""
    return max(0, math.floor((height_px - heading_px(sheet)) / row_px + 1e-6))


def shown_rows(room: int, rows: int) -> int:
    """Return how many of so many rows a list with room for some shows; one says what is missing."""
    return rows if rows <= room else max(0, room - 1)


def heading_px(sheet: Sheet) -> float:
    """Return the height of a block's heading with the room under it."""
    return line_px(Style.HEADING, sheet) + sheet.px(_HEADING_GAP_MM)
