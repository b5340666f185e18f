"""Where everything stands on a sheet: an immutable value, no drawing.

The furniture stands beside or under the map, never on it. A sheet that is too small for
all of it goes without the list of boats first, then without the legend.
"""

import math
from dataclasses import dataclass
from typing import Final

from channelplot.snapshot.lettering import Style, flowed, line_px, shrunk_to, text_px
from channelplot.snapshot.measures import bar_px, boats_px, legend_px, scale_px
from channelplot.snapshot.paper import Rect, Sheet

_SMALL_MM: Final = 160.0
"""Sheets with a shorter side than this have narrower margins."""
_PANEL_MM: Final = 62.0
_PANEL_GAP_MM: Final = 6.0
_SIDE_LEAST_MM: Final = 195.0
"""A narrower sheet has no room for a panel beside the map."""
_BELOW_LEAST_MM: Final = 150.0
_BELOW_SHARE: Final = 0.34
"""What the furniture under the map may take of an upright sheet."""
_SCALE_LEAST_MM: Final = 52.0
_NORTH_MM: Final = 10.0
RULE_GAP_MM: Final = 1.8
_HEAD_GAP_MM: Final = 6.0
_TIME_SHRUNK: Final = (1.0, 0.9)
_TITLE_SHRUNK: Final = 0.8
"""How small title and time may get before they stand one under the other."""
_BLOCK_GAP_MM: Final = 5.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be laid out: texts of unknown length, and how many rows the lists have.

    most_legend_rows: how many the legend could have in another view; an upright sheet
    keeps room for them, so that the map does not depend on what it shows.
    """

    title: str
    summary: str
    time: str
    time_note: str
    credits: tuple[str, ...]
    warning: str
    legend_rows: int
    most_legend_rows: int
    boat_rows: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet's furniture; no two rectangles overlap, and all lie on the sheet.

    map: the chart itself, on whole pixels; frame: the same with its divided bar and the
    labels of the graticule. title_shrunk, time_shrunk: a share of
    the usual letter size. boat_rows: how many rows the list has room for; is_compact:
    one line each instead of two. legend, boats: None where there is no room for them.
    """

    sheet: Sheet
    title: Rect
    title_shrunk: float
    summary: Rect
    time: Rect
    time_shrunk: float
    time_note: Rect
    frame: Rect
    map: Rect
    scale: Rect
    north: Rect
    credits: Rect
    credit_lines: tuple[str, ...]
    warning: Rect
    legend: Rect | None = None
    boats: Rect | None = None
    boat_rows: int = 0
    is_compact: bool = False

    def rectangles(self) -> dict[str, Rect]:
        """Return every rectangle there is, by name."""
        named = {
            "title": self.title,
            "summary": self.summary,
            "time": self.time,
            "time_note": self.time_note,
            "frame": self.frame,
            "scale": self.scale,
            "north": self.north,
            "credits": self.credits,
            "warning": self.warning,
        }
        if self.legend is not None:
            named["legend"] = self.legend
        if self.boats is not None:
            named["boats"] = self.boats
        return named


@dataclass(frozen=True, slots=True)
class _Head:
    title: Rect
    title_shrunk: float
    summary: Rect
    time: Rect
    time_shrunk: float
    time_note: Rect
    bottom_px: float


@dataclass(frozen=True, slots=True)
class _Panel:
    scale: Rect
    north: Rect
    legend: Rect | None = None
    boats: Rect | None = None
    boat_rows: int = 0
    is_compact: bool = False


@dataclass(frozen=True, slots=True)
class _Foot:
    credits: Rect
    credit_lines: tuple[str, ...]
    warning: Rect
    top_px: float


def layout_of(sheet: Sheet, wanted: Wanted) -> Layout:
    """Return where everything stands; any thread, but a QGuiApplication must run."""
    margin_px = sheet.px(5.0 if min(sheet.width_mm, sheet.height_mm) < _SMALL_MM else 9.0)
    page = sheet.whole.inset(margin_px, margin_px, margin_px, margin_px)
    head = _head(sheet, page, wanted)
    if sheet.width_mm >= 1.15 * sheet.height_mm and sheet.width_mm >= _SIDE_LEAST_MM:
        foot = _foot(sheet, page, wanted)
        body = _between(page, head.bottom_px, foot.top_px)
        map_frame, panel = _beside(sheet, body, wanted)
    elif sheet.height_mm >= _BELOW_LEAST_MM and sheet.height_mm > sheet.width_mm / 1.15:
        foot = _foot(sheet, page, wanted)
        body = _between(page, head.bottom_px, foot.top_px)
        map_frame, panel = _below(sheet, body, wanted)
    else:
        map_frame, panel, foot = _strip(sheet, _between(page, head.bottom_px, None), wanted)
    return Layout(
        sheet=sheet,
        title=head.title,
        title_shrunk=head.title_shrunk,
        summary=head.summary,
        time=head.time,
        time_shrunk=head.time_shrunk,
        time_note=head.time_note,
        frame=map_frame,
        map=_inside(sheet, map_frame),
        scale=panel.scale,
        north=panel.north,
        credits=foot.credits,
        credit_lines=foot.credit_lines,
        warning=foot.warning,
        legend=panel.legend,
        boats=panel.boats,
        boat_rows=panel.boat_rows,
        is_compact=panel.is_compact,
    )


def _head(sheet: Sheet, page: Rect, wanted: Wanted) -> _Head:
    """Return title and time beside one another, or one under the other where that is too wide."""
    for time_shrunk in _TIME_SHRUNK:
        head = _head_in_columns(sheet, page, wanted, time_shrunk)
        if head is not None:
            return head
    return _head_in_rows(sheet, page, wanted)


def _head_in_columns(sheet: Sheet, page: Rect, wanted: Wanted, time_shrunk: float) -> _Head | None:
    time_width_px = max(
        text_px(wanted.time, Style.TIME, sheet, time_shrunk),
        text_px(wanted.time_note, Style.NOTE, sheet),
    )
    room_px = page.width_px - time_width_px - sheet.px(_HEAD_GAP_MM)
    if (
        max(
            text_px(wanted.title, Style.TITLE, sheet) * _TITLE_SHRUNK,
            text_px(wanted.summary, Style.NOTE, sheet),
        )
        > room_px
    ):
        return None
    title_px, note_px = line_px(Style.TITLE, sheet), line_px(Style.NOTE, sheet)
    left_px, notes_px = page.right_px - time_width_px, page.y_px + title_px
    return _Head(
        title=Rect(page.x_px, page.y_px, room_px, title_px),
        title_shrunk=shrunk_to(wanted.title, Style.TITLE, sheet, room_px),
        summary=Rect(page.x_px, notes_px, room_px, note_px),
        time=Rect(left_px, page.y_px, time_width_px, title_px),
        time_shrunk=time_shrunk,
        time_note=Rect(left_px, notes_px, time_width_px, note_px),
        bottom_px=notes_px + note_px + sheet.px(2.0 * RULE_GAP_MM),
    )


def _head_in_rows(sheet: Sheet, page: Rect, wanted: Wanted) -> _Head:
    title_px, note_px = line_px(Style.TITLE, sheet), line_px(Style.NOTE, sheet)
    time_px = line_px(Style.TIME, sheet)
    note_y_px = page.y_px + title_px + time_px
    note_width_px = text_px(wanted.time_note, Style.NOTE, sheet)
    rest_px = page.width_px - note_width_px - sheet.px(_HEAD_GAP_MM)
    summary_px = text_px(wanted.summary, Style.NOTE, sheet)
    if summary_px <= rest_px:
        note = Rect(page.x_px, note_y_px, page.width_px - rest_px, note_px)
        summary = Rect(page.right_px - summary_px, note_y_px, summary_px, note_px)
    else:
        note = Rect(page.x_px, note_y_px, page.width_px, note_px)
        summary = Rect(page.x_px, note.bottom_px, page.width_px, note_px)
    return _Head(
        title=Rect(page.x_px, page.y_px, page.width_px, title_px),
        title_shrunk=shrunk_to(wanted.title, Style.TITLE, sheet, page.width_px),
        summary=summary,
        time=Rect(page.x_px, page.y_px + title_px, page.width_px, time_px),
        time_shrunk=shrunk_to(wanted.time, Style.TIME, sheet, page.width_px),
        time_note=note,
        bottom_px=summary.bottom_px + sheet.px(2.0 * RULE_GAP_MM),
    )


def _foot(sheet: Sheet, page: Rect, wanted: Wanted) -> _Foot:
    """Return credits at the left and the warning at the right of the page's foot."""
    warning_width_px = text_px(wanted.warning, Style.STRONG, sheet) + 1.0
    width_px = page.width_px - warning_width_px - sheet.px(6.0)
    lines = flowed(wanted.credits, Style.CREDIT, sheet, width_px)
    credit_px = line_px(Style.CREDIT, sheet)
    height_px = max(credit_px * len(lines), line_px(Style.STRONG, sheet))
    top_px = page.bottom_px - height_px
    return _Foot(
        credits=Rect(page.x_px, top_px, width_px, height_px),
        credit_lines=lines,
        warning=Rect(page.right_px - warning_width_px, top_px, warning_width_px, height_px),
        top_px=top_px - sheet.px(2.0),
    )


def _beside(sheet: Sheet, body: Rect, wanted: Wanted) -> tuple[Rect, _Panel]:
    """Return the map and, at its right, a panel: boats, legend, and the scale at its foot."""
    panel_px, gap_px = sheet.px(_PANEL_MM), sheet.px(_PANEL_GAP_MM)
    map_frame = body.inset(0.0, 0.0, panel_px + gap_px, 0.0)
    panel = body.inset(map_frame.width_px + gap_px, 0.0, 0.0, 0.0)
    scale, north = _scale_block(sheet, panel, panel.bottom_px - scale_px(sheet))
    room_px = scale.y_px - panel.y_px - sheet.px(_BLOCK_GAP_MM)
    legend_height_px = legend_px(sheet, wanted.legend_rows)
    if wanted.legend_rows == 0 or legend_height_px > room_px:
        return map_frame, _Panel(scale, north)
    boats_room_px = room_px - legend_height_px - sheet.px(_BLOCK_GAP_MM)
    boats_height_px, rows, is_compact = boats_px(sheet, wanted.boat_rows, boats_room_px)
    boats = Rect(panel.x_px, panel.y_px, panel_px, boats_height_px) if rows else None
    legend_y_px = boats.bottom_px + sheet.px(_BLOCK_GAP_MM) if boats else panel.y_px
    legend = Rect(panel.x_px, legend_y_px, panel_px, legend_height_px)
    return map_frame, _Panel(scale, north, legend, boats, rows, is_compact)


def _below(sheet: Sheet, body: Rect, wanted: Wanted) -> tuple[Rect, _Panel]:
    """Return the map and, under it, the scale, the legend and the boats side by side."""
    gap_px = sheet.px(_PANEL_GAP_MM)
    column_px = max(sheet.px(_SCALE_LEAST_MM), (body.width_px - 2.0 * gap_px) / 3.0)
    column_px = min(column_px, (body.width_px - gap_px) / 2.0)
    most_px = body.height_px * _BELOW_SHARE
    legend_height_px = legend_px(sheet, wanted.legend_rows)
    reserved_px = legend_px(sheet, wanted.most_legend_rows)
    with_legend = wanted.legend_rows > 0 and reserved_px <= most_px
    boats_width_px = body.width_px - 2.0 * (column_px + gap_px)
    boats_height_px, rows, is_compact = 0.0, 0, False
    if with_legend and boats_width_px >= sheet.px(_SCALE_LEAST_MM):
        boats_height_px, rows, is_compact = boats_px(sheet, wanted.boat_rows, most_px)
    height_px = max(scale_px(sheet), reserved_px if with_legend else 0.0, boats_height_px)
    map_frame = body.inset(0.0, 0.0, 0.0, height_px + gap_px)
    top_px = map_frame.bottom_px + gap_px
    scale, north = _scale_block(sheet, Rect(body.x_px, top_px, column_px, height_px), top_px)
    legend_x_px = body.x_px + column_px + gap_px
    legend_width_px = column_px if rows else body.right_px - legend_x_px
    boats_x_px = legend_x_px + column_px + gap_px
    legend = Rect(legend_x_px, top_px, legend_width_px, legend_height_px)
    return map_frame, _Panel(
        scale,
        north,
        legend=legend if with_legend else None,
        boats=Rect(boats_x_px, top_px, boats_width_px, boats_height_px) if rows else None,
        boat_rows=rows,
        is_compact=is_compact,
    )


def _strip(sheet: Sheet, body: Rect, wanted: Wanted) -> tuple[Rect, _Panel, _Foot]:
    """Return the map of a small sheet, and one strip under it: scale, north, warning, credits."""
    gap_px = sheet.px(3.0)
    scale_width_px = min(sheet.px(_SCALE_LEAST_MM), body.width_px * 0.45)
    width_px = body.width_px - scale_width_px - gap_px
    lines = flowed(wanted.credits, Style.CREDIT, sheet, width_px)
    warning_px = line_px(Style.STRONG, sheet)
    credit_px = line_px(Style.CREDIT, sheet) * len(lines)
    height_px = max(scale_px(sheet), warning_px + credit_px)
    top_px = body.bottom_px - height_px
    left_px = body.right_px - width_px
    scale, north = _scale_block(sheet, Rect(body.x_px, top_px, scale_width_px, height_px), top_px)
    foot = _Foot(
        credits=Rect(left_px, body.bottom_px - credit_px, width_px, credit_px),
        credit_lines=lines,
        warning=Rect(left_px, body.bottom_px - credit_px - warning_px, width_px, warning_px),
        top_px=top_px,
    )
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


def _between(page: Rect, top_px: float, bottom_px: float | None) -> Rect:
    end_px = page.bottom_px if bottom_px is None else bottom_px
    return Rect(page.x_px, top_px, page.width_px, end_px - top_px)


def _inside(sheet: Sheet, frame: Rect) -> Rect:
    """Return what bar and labels leave of the frame, on whole pixels so that lines are crisp."""
    thick_px, label_px = bar_px(sheet), line_px(Style.NOTE, sheet)
    left_px = math.ceil(frame.x_px + label_px) + thick_px
    top_px = math.ceil(frame.y_px) + thick_px
    right_px = math.floor(frame.right_px) - thick_px
    bottom_px = math.floor(frame.bottom_px - label_px) - thick_px
    return Rect(float(left_px), float(top_px), float(right_px - left_px), float(bottom_px - top_px))
