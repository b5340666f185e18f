"""How tall the parts of a sheet are, in pixels of the sheet; no drawing."""

import math
from typing import Final

from channelplot.snapshot.lettering import Style, line_px
from channelplot.snapshot.paper import Sheet

LEGEND_ROW_MM: Final = 5.0
LEGEND_SYMBOL_MM: Final = 10.0
BOAT_ROW_MM: Final = 8.4
BOAT_COMPACT_ROW_MM: Final = 4.4
SCALE_BAR_MM: Final = 1.5
SCALE_GAP_MM: Final = 1.4
_HEADING_GAP_MM: Final = 1.6
_BAR_MM: Final = 1.5
_LEAST_BOATS: Final = 3


def bar_px(sheet: Sheet) -> int:
    """Return the thickness of the map's divided bar, its outlines included, in whole pixels."""
    return max(3, round(sheet.px(_BAR_MM)))


def scale_px(sheet: Sheet) -> float:
    """Return the height of the scale: 1:n, what it is true for, and the bar with its figures."""
    return (
        line_px(Style.SCALE, sheet)
        + line_px(Style.CREDIT, sheet) * 2.0
        + sheet.px(SCALE_BAR_MM + SCALE_GAP_MM)
    )


def legend_px(sheet: Sheet, rows: int) -> float:
    """Return the height of a legend of so many entries, its heading included."""
    return heading_px(sheet) + rows * sheet.px(LEGEND_ROW_MM)


def boats_px(sheet: Sheet, rows: int, room_px: float) -> tuple[float, int, bool]:
    """Return the height of the list, how many rows fit, and whether they are compact.

    A list cut short has its last row for how many more there are: so one row alone is
    only shown if it is the only boat.
    """
    room_px -= heading_px(sheet)
    for row_mm, is_compact in ((BOAT_ROW_MM, False), (BOAT_COMPACT_ROW_MM, True)):
        fitting = max(0, math.floor(room_px / sheet.px(row_mm) + 1e-9))
        if rows <= fitting or (is_compact and fitting >= _LEAST_BOATS):
            shown = min(rows, fitting)
            height_px = heading_px(sheet) + shown * sheet.px(row_mm) if shown else 0.0
            return height_px, shown, is_compact
    return 0.0, 0, False


def heading_px(sheet: Sheet) -> float:
    """Return the height of a block's heading with the room under it."""
    return line_px(Style.HEADING, sheet) + sheet.px(_HEADING_GAP_MM)
