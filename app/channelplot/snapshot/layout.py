"""Where everything stands on a sheet: an immutable value, no drawing.

The furniture stands beside or under the map, never on it. A sheet that is too small for
all of it goes without the list of boats first, then without the legend.
"""

import math
from dataclasses import dataclass
from typing import Final, Self

from channelplot.errors import SheetFault, SheetRefused
from channelplot.snapshot.head_foot import (
    Foot,
    Head,
    Lines,
    Texts,
    between,
    foot_of,
    head_of,
    marked,
)
from channelplot.snapshot.lettering import Style, flowed, line_px
from channelplot.snapshot.measures import NO_BOATS, BoatRoom, bar_px, boats_px, legend_px, scale_px
from channelplot.snapshot.paper import Rect, Sheet

_PANEL_MM: Final = 66.0
_PANEL_GAP_MM: Final = 6.0
_SIDE_LEAST_MM: Final = 195.0
"""A narrower sheet has no room for a panel beside the map."""
_BELOW_LEAST_MM: Final = 150.0
_BELOW_SHARE: Final = 0.4
_BELOW_SHARE_IN_BOTH: Final = 0.5
"""What the furniture under the map may take of an upright sheet."""
_MAP_SHARE: Final = 0.55
"""What the map keeps of the width beside two columns of boats."""
_SCALE_LEAST_MM: Final = 52.0
_NORTH_MM: Final = 10.0
_BLOCK_GAP_MM: Final = 5.0
_LEAST_MAP_MM: Final = 25.0
"""A map that is narrower or lower shows nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted(Texts):
    """What is to be laid out: texts of unknown length, and how many rows the lists have.

    most_legend_rows: how many the legend could have in another view; an upright sheet
    keeps room for them, so that the map does not depend on what it shows. is_in_both: the lists
    have a line more in each row, for a second language.
    """

    legend_rows: int
    most_legend_rows: int
    boat_rows: int
    is_in_both: bool = False

    @classmethod
    def of(cls, texts: Texts, *, legend_rows: int, boat_rows: int, is_in_both: bool) -> Self:
        """Return what is wanted of a sheet with these texts; the legend has no more rows ever."""
        return cls(
            title=texts.title,
            summary=texts.summary,
            time=texts.time,
            time_note=texts.time_note,
            credits=texts.credits,
            warning=texts.warning,
            marking=texts.marking,
            legend_rows=legend_rows,
            most_legend_rows=legend_rows,
            boat_rows=boat_rows,
            is_in_both=is_in_both,
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet's furniture; no two rectangles overlap, and all lie on the sheet.

    map: the chart itself, on whole pixels; frame: the same with its divided bar and the
    labels of the graticule. boat_rows: how many rows the list has room for; is_compact:
    one line each instead of two, in both languages two instead of three. legend: None where there
    is no room for it; boats: the columns of their list, in the order they are filled.
    spare: what the lists leave of the panel beside the map, None for nothing.
    """

    sheet: Sheet
    head: Head
    foot: Foot
    frame: Rect
    map: Rect
    scale: Rect
    north: Rect
    legend: Rect | None = None
    boats: tuple[Rect, ...] = ()
    boat_rows: int = 0
    is_compact: bool = False
    is_in_both: bool = False
    markings: tuple[Lines, ...] = ()
    spare: Rect | None = None

    def rectangles(self) -> dict[str, Rect]:
        """Return every rectangle there is furniture in, by name."""
        named = {
            "title": self.head.title.box,
            "summary": self.head.summary.box,
            "time": self.head.time.box,
            "time_note": self.head.note.box,
            "frame": self.frame,
            "scale": self.scale,
            "north": self.north,
            "credits": self.foot.credits.box,
            "warning": self.foot.warning.box,
        }
        named |= {f"boats_{number}": box for number, box in enumerate(self.boats, 1)}
        if self.legend is not None:
            named["legend"] = self.legend
        boxes = (marking.box for marking in self.markings)
        named.update(zip(("marking_top", "marking_bottom"), boxes, strict=False))
        return named


@dataclass(frozen=True, slots=True)
class _Panel:
    scale: Rect
    north: Rect
    legend: Rect | None = None
    boats: BoatRoom = NO_BOATS
    spare: Rect | None = None


def layout_of(sheet: Sheet, wanted: Wanted) -> Layout:
    """Return where everything stands; any thread, but a QGuiApplication must run.

    Raises SheetRefused for a page with no room for a map.
    """
    page, markings = marked(sheet, wanted.marking)
    head, foot = head_of(sheet, page, wanted), foot_of(sheet, page, wanted)
    body = between(sheet, page, head, foot)
    is_wide = sheet.width_mm >= 1.15 * sheet.height_mm
    if is_wide and sheet.width_mm >= _SIDE_LEAST_MM and body.height_px >= _side_least_px(sheet):
        map_frame, panel = _beside(sheet, body, wanted)
    elif not is_wide and sheet.height_mm >= _BELOW_LEAST_MM:
        map_frame, panel = _below(sheet, body, wanted)
    else:
        map_frame, panel, foot = _strip(sheet, between(sheet, page, head, None), wanted)
    inside = _inside(sheet, map_frame)
    if min(inside.width_px, inside.height_px) < _LEAST_MAP_MM * sheet.px_per_mm:
        raise SheetRefused(SheetFault.PAGE_TOO_SMALL)
    return Layout(
        sheet=sheet,
        head=head,
        foot=foot,
        frame=map_frame,
        map=inside,
        scale=panel.scale,
        north=panel.north,
        legend=panel.legend,
        boats=panel.boats.boxes,
        boat_rows=panel.boats.rows,
        is_compact=panel.boats.is_compact,
        is_in_both=wanted.is_in_both,
        markings=markings,
        spare=panel.spare,
    )


def _side_least_px(sheet: Sheet) -> float:
    return scale_px(sheet) + sheet.px(_BLOCK_GAP_MM)


def _beside(sheet: Sheet, body: Rect, wanted: Wanted) -> tuple[Rect, _Panel]:
    """Return the map and, at its right, a panel: boats, legend, and the scale at its foot.

    Where the boats are too many for it, a second column of them stands between map and panel.
    """
    panel_px, gap_px = sheet.px(_PANEL_MM), sheet.px(_PANEL_GAP_MM)
    panel = Rect(body.right_px - panel_px, body.y_px, panel_px, body.height_px)
    scale, north = _scale_block(sheet, panel, panel.bottom_px - scale_px(sheet))
    room = panel.inset(0.0, 0.0, 0.0, panel.bottom_px - scale.y_px + sheet.px(_BLOCK_GAP_MM))
    legend_height_px = legend_px(sheet, wanted.legend_rows, wanted.is_in_both)
    map_frame = body.inset(0.0, 0.0, panel_px + gap_px, 0.0)
    if legend_height_px > room.height_px:
        return map_frame, _Panel(scale, north)
    under_px = legend_height_px + sheet.px(_BLOCK_GAP_MM) if wanted.legend_rows else 0.0
    over_legend = room.inset(0.0, 0.0, 0.0, under_px)
    second = Rect(panel.x_px - gap_px - panel_px, body.y_px, panel_px, body.height_px)
    narrow_frame = body.inset(0.0, 0.0, 2.0 * (panel_px + gap_px), 0.0)
    boats = boats_px(sheet, wanted.boat_rows, (over_legend,), wanted.is_in_both)
    has_room = narrow_frame.width_px >= _MAP_SHARE * body.width_px
    if boats.rows < wanted.boat_rows and has_room:
        boats = boats_px(sheet, wanted.boat_rows, (second, over_legend), wanted.is_in_both)
        map_frame = narrow_frame
    own = [box for box in boats.boxes if box.x_px == panel.x_px]
    legend_y_px = own[0].bottom_px + sheet.px(_BLOCK_GAP_MM) if own else panel.y_px
    legend, spare_y_px = None, legend_y_px
    if wanted.legend_rows:
        legend = Rect(panel.x_px, legend_y_px, panel_px, legend_height_px)
        spare_y_px = legend.bottom_px + sheet.px(_BLOCK_GAP_MM)
    spare = Rect(panel.x_px, spare_y_px, panel_px, room.bottom_px - spare_y_px)
    return map_frame, _Panel(scale, north, legend, boats, spare if spare.height_px > 0.0 else None)


def _below(sheet: Sheet, body: Rect, wanted: Wanted) -> tuple[Rect, _Panel]:
    """Return the map and, under it, the scale, the legend and the boats side by side.

    Boats that their column has no room for stand under the scale.
    """
    gap_px = sheet.px(_PANEL_GAP_MM)
    column_px = max(sheet.px(_SCALE_LEAST_MM), (body.width_px - 2.0 * gap_px) / 3.0)
    column_px = min(column_px, (body.width_px - gap_px) / 2.0)
    share = _BELOW_SHARE_IN_BOTH if wanted.is_in_both else _BELOW_SHARE
    most_px = body.height_px * share
    legend_height_px = legend_px(sheet, wanted.legend_rows, wanted.is_in_both)
    reserved_px = legend_px(sheet, wanted.most_legend_rows, wanted.is_in_both)
    has_room = reserved_px <= most_px
    with_legend = wanted.legend_rows > 0 and has_room
    boats_width_px = body.width_px - 2.0 * (column_px + gap_px)
    legend_x_px = body.x_px + column_px + gap_px
    boats_x_px = legend_x_px + column_px + gap_px
    # Found with the top of the page as theirs, and moved under the map then.
    boats = NO_BOATS
    under_px = scale_px(sheet) + sheet.px(_BLOCK_GAP_MM)
    if has_room and boats_width_px >= sheet.px(_SCALE_LEAST_MM):
        beside = Rect(boats_x_px, 0.0, boats_width_px, most_px)
        boats = boats_px(sheet, wanted.boat_rows, (beside,), wanted.is_in_both)
        if boats.rows < wanted.boat_rows:
            under = Rect(body.x_px, under_px, column_px, most_px - under_px)
            boats = boats_px(sheet, wanted.boat_rows, (beside, under), wanted.is_in_both)
    height_px = max(
        scale_px(sheet),
        reserved_px if with_legend else 0.0,
        *(box.bottom_px for box in boats.boxes),
    )
    map_frame = body.inset(0.0, 0.0, 0.0, height_px + gap_px)
    top_px = map_frame.bottom_px + gap_px
    scale, north = _scale_block(sheet, Rect(body.x_px, top_px, column_px, height_px), top_px)
    legend_width_px = column_px if boats.rows else body.right_px - legend_x_px
    legend = Rect(legend_x_px, top_px, legend_width_px, legend_height_px)
    return map_frame, _Panel(scale, north, legend if with_legend else None, boats.lower_by(top_px))


def _strip(sheet: Sheet, body: Rect, wanted: Wanted) -> tuple[Rect, _Panel, Foot]:
    """Return the map of a small sheet, and one strip under it: scale, north, warning, credits."""
    gap_px = sheet.px(3.0)
    scale_width_px = min(sheet.px(_SCALE_LEAST_MM), body.width_px * 0.45)
    width_px = body.width_px - scale_width_px - gap_px
    lines = flowed(wanted.credits, Style.CREDIT, sheet, width_px)
    warning = tuple(wanted.warning.split("\n"))
    warning_px = line_px(Style.STRONG, sheet) * len(warning)
    credit_px = line_px(Style.CREDIT, sheet) * len(lines)
    height_px = max(scale_px(sheet), warning_px + credit_px)
    top_px = body.bottom_px - height_px
    left_px = body.right_px - width_px
    scale, north = _scale_block(sheet, Rect(body.x_px, top_px, scale_width_px, height_px), top_px)
    credits_box = Rect(left_px, body.bottom_px - credit_px, width_px, credit_px)
    warning_box = Rect(left_px, credits_box.y_px - warning_px, width_px, warning_px)
    foot = Foot(Lines(credits_box, lines), Lines(warning_box, warning))
    return body.inset(0.0, 0.0, 0.0, height_px + sheet.px(2.0)), _Panel(scale, north), foot


def _scale_block(sheet: Sheet, column: Rect, top_px: float) -> tuple[Rect, Rect]:
    """Return the north arrow at the left of a column and the scale beside it."""
    height_px, north_px = scale_px(sheet), sheet.px(_NORTH_MM)
    gap_px = sheet.px(2.5)
    north = Rect(column.x_px, top_px, north_px, height_px)
    scale = Rect(
        column.x_px + north_px + gap_px, top_px, column.width_px - north_px - gap_px, height_px
    )
    return scale, north


def _inside(sheet: Sheet, frame: Rect) -> Rect:
    """Return what bar and labels leave of the frame, on whole pixels so that lines are crisp."""
    thick_px, label_px = bar_px(sheet), line_px(Style.NOTE, sheet)
    left_px = math.ceil(frame.x_px + label_px) + thick_px
    top_px = math.ceil(frame.y_px) + thick_px
    right_px = math.floor(frame.right_px) - thick_px
    bottom_px = math.floor(frame.bottom_px - label_px) - thick_px
    return Rect(float(left_px), float(top_px), float(right_px - left_px), float(bottom_px - top_px))
