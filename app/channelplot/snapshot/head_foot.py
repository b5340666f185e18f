"""Where marking, head and foot of a page stand, and in what lines; no drawing."""

from dataclasses import dataclass
from typing import Final

from channelplot.snapshot.lettering import (
    Style,
    broken,
    flowed,
    line_px,
    shrunk_to,
    text_px,
)
from channelplot.snapshot.paper import MM_PER_PT, Rect, Sheet

RULE_GAP_MM: Final = 1.8
SMALL_MM: Final = 160.0
"""Sheets with a shorter side than this have narrower margins."""
_HEAD_GAP_MM: Final = 6.0
_FOOT_GAP_MM: Final = 6.0
_TIME_SHRUNK: Final = (1.0, 0.9)
_TITLE_SHRUNK: Final = 0.8
"""How small title and time may get before they stand one under the other."""
_LEAST_SHRUNK: Final = 0.7
"""How small a title or a marking may get before it takes more lines."""
_OVER_FOOT_MM: Final = 2.0
_MARKING_GAP_MM: Final = 1.5
_SEPARATOR: Final = " · "


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What stands at head and foot of a page.

    Lines are parted by a line feed, pieces by `` · ``. summary, time_note and warning have a line
    for each language.
    """

    title: str
    summary: str
    time: str
    time_note: str
    credits: tuple[str, ...]
    warning: str
    marking: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A text in its lines and where they stand; shrunk: a share of the usual letter size."""

    box: Rect
    lines: tuple[str, ...]
    shrunk: float = 1.0


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page: title and time beside or under one another, and a note under each."""

    title: Lines
    summary: Lines
    time: Lines
    note: Lines

    @property
    def bottom_px(self) -> float:
        """Return where its texts end."""
        return max(self.summary.box.bottom_px, self.note.box.bottom_px)


@dataclass(frozen=True, slots=True)
class Foot:
    """The foot of a page: credits at the left, the warning at the right."""

    credits: Lines
    warning: Lines


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What every page has; markings: one at the top and one at the bottom, or none.

    body: what head and foot leave.
    """

    sheet: Sheet
    head: Head
    foot: Foot
    body: Rect
    markings: tuple[Lines, ...] = ()


def page_frame(sheet: Sheet, texts: Texts) -> PageFrame:
    """Return where head and foot of a page stand; any thread, but a QGuiApplication must run."""
    page, markings = marked(sheet, texts.marking)
    head, foot = head_of(sheet, page, texts), foot_of(sheet, page, texts)
    return PageFrame(sheet, head, foot, between(sheet, page, head, foot), markings)


def between(sheet: Sheet, page: Rect, head: Head, foot: Foot | None) -> Rect:
    """Return what the head, the rule under it and the foot leave of a page."""
    top_px = head.bottom_px + sheet.px(2.0 * RULE_GAP_MM)
    end_px = page.bottom_px
    if foot is not None:
        foot_px = min(foot.credits.box.y_px, foot.warning.box.y_px)
        end_px = foot_px - sheet.px(_OVER_FOOT_MM)
    return Rect(page.x_px, top_px, page.width_px, end_px - top_px)


def marked(sheet: Sheet, marking: str) -> tuple[Rect, tuple[Lines, ...]]:
    """Return what the margins and the marking leave of a sheet, and where the marking stands.

    A marking is never cut: one too long for a line gets smaller, and then takes more lines.
    """
    margin_px = sheet.px(5.0 if min(sheet.width_mm, sheet.height_mm) < SMALL_MM else 9.0)
    page = sheet.whole.inset(margin_px, margin_px, margin_px, margin_px)
    if not marking:
        return page, ()
    shrunk = shrunk_to(marking, Style.MARKING, sheet, page.width_px, _LEAST_SHRUNK)
    lines = broken(marking, Style.MARKING, sheet, page.width_px, shrunk)
    height_px = line_px(Style.MARKING, sheet) * len(lines)
    gap_px = sheet.px(_MARKING_GAP_MM)
    top = Rect(page.x_px, page.y_px, page.width_px, height_px)
    bottom = Rect(page.x_px, page.bottom_px - height_px, page.width_px, height_px)
    left = page.inset(0.0, height_px + gap_px, 0.0, height_px + gap_px)
    return left, (Lines(top, lines, shrunk), Lines(bottom, lines, shrunk))


def head_of(sheet: Sheet, page: Rect, texts: Texts) -> Head:
    """Return title and time beside one another, or one under the other where that is too wide."""
    for time_shrunk in _TIME_SHRUNK:
        time_px = text_px(texts.time, Style.TIME, sheet, time_shrunk)
        room_px = page.width_px - time_px - sheet.px(_HEAD_GAP_MM)
        if text_px(texts.title, Style.TITLE, sheet) * _TITLE_SHRUNK <= room_px:
            return _in_columns(sheet, page, texts, room_px, time_shrunk)
    return _in_rows(sheet, page, texts)


def _in_columns(
    sheet: Sheet, page: Rect, texts: Texts, title_px: float, time_shrunk: float
) -> Head:
    height_px = line_px(Style.TITLE, sheet)
    title = Rect(page.x_px, page.y_px, title_px, height_px)
    time_x_px = title.right_px + sheet.px(_HEAD_GAP_MM)
    # On one line with the title: letters stand some third of their size under the middle.
    lower_px = sheet.px((Style.TITLE.size_pt - Style.TIME.size_pt) * MM_PER_PT * 0.36)
    time_px = line_px(Style.TIME, sheet)
    time_y_px = page.y_px + (height_px - time_px) / 2.0 + lower_px
    time = Rect(time_x_px, time_y_px, page.right_px - time_x_px, time_px)
    notes = tuple(texts.time_note.split("\n"))
    note_px = _widest(notes, Style.NOTE, sheet)
    summary_px = page.width_px - note_px - sheet.px(_HEAD_GAP_MM)
    summary = _summary_lines(sheet, texts, summary_px)
    under_px = line_px(Style.NOTE, sheet) * max(len(summary), len(notes))
    note = Rect(page.right_px - note_px, title.bottom_px, note_px, under_px)
    return Head(
        title=Lines(title, (texts.title,), shrunk_to(texts.title, Style.TITLE, sheet, title_px)),
        summary=Lines(Rect(page.x_px, title.bottom_px, summary_px, under_px), summary),
        time=Lines(time, (texts.time,), time_shrunk),
        note=Lines(note, notes),
    )


def _in_rows(sheet: Sheet, page: Rect, texts: Texts) -> Head:
    title_shrunk = shrunk_to(texts.title, Style.TITLE, sheet, page.width_px, _LEAST_SHRUNK)
    titles = broken(texts.title, Style.TITLE, sheet, page.width_px, title_shrunk)
    time_shrunk = shrunk_to(texts.time, Style.TIME, sheet, page.width_px, _LEAST_SHRUNK)
    title_px = line_px(Style.TITLE, sheet) * len(titles)
    title = Rect(page.x_px, page.y_px, page.width_px, title_px)
    time = Rect(page.x_px, title.bottom_px, page.width_px, line_px(Style.TIME, sheet))
    notes = tuple(texts.time_note.split("\n"))
    line = line_px(Style.NOTE, sheet)
    note_px = _widest(notes, Style.NOTE, sheet)
    rest_px = page.width_px - note_px - sheet.px(_HEAD_GAP_MM)
    summary = tuple(texts.summary.split("\n"))
    if _widest(summary, Style.NOTE, sheet) <= rest_px:
        under_px = line * max(len(summary), len(notes))
        note = Rect(page.x_px, time.bottom_px, note_px, under_px)
        beside = Rect(page.right_px - rest_px, time.bottom_px, rest_px, under_px)
    else:
        summary = _summary_lines(sheet, texts, page.width_px)
        note = Rect(page.x_px, time.bottom_px, page.width_px, line * len(notes))
        beside = Rect(page.x_px, note.bottom_px, page.width_px, line * len(summary))
    return Head(
        title=Lines(title, titles, title_shrunk),
        summary=Lines(beside, summary),
        time=Lines(time, (texts.time,), time_shrunk),
        note=Lines(note, notes),
    )


def _summary_lines(sheet: Sheet, texts: Texts, width_px: float) -> tuple[str, ...]:
    """Return the summary of each language in lines that are broken between its sums."""
    return tuple(
        line
        for words in texts.summary.split("\n")
        for line in flowed(tuple(words.split(_SEPARATOR)), Style.NOTE, sheet, width_px)
    )


def foot_of(sheet: Sheet, page: Rect, texts: Texts) -> Foot:
    """Return credits at the left and the warning at the right of the page's foot."""
    warning = tuple(texts.warning.split("\n"))
    warning_px = _widest(warning, Style.STRONG, sheet) + 1.0
    width_px = page.width_px - warning_px - sheet.px(_FOOT_GAP_MM)
    lines = flowed(texts.credits, Style.CREDIT, sheet, width_px)
    credits_px = line_px(Style.CREDIT, sheet) * len(lines)
    height_px = max(credits_px, line_px(Style.STRONG, sheet) * len(warning))
    top_px = page.bottom_px - height_px
    return Foot(
        credits=Lines(Rect(page.x_px, top_px, width_px, height_px), lines),
        warning=Lines(Rect(page.right_px - warning_px, top_px, warning_px, height_px), warning),
    )


def _widest(lines: tuple[str, ...], style: Style, sheet: Sheet) -> float:
    """Return the width of the widest line, a pixel at least."""
    return max(1.0, *(text_px(line, style, sheet) for line in lines))
