"""What is written beside the things of the plot: times, names and people, beaches."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.language import translate
from channelplot.chart.layers import Layer
from channelplot.chart.lines_in_view import paces_of
from channelplot.chart.renderers.label import PointLabel, not_saved_text
from channelplot.chart.renderers.symbols import BEACH_PX, REPORT_PX
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.scene import Scene
from channelplot.chart.shown import ShownTrack, shown_beaches, shown_reports
from channelplot.chart.track_style import track_style
from channelplot.chart.wording import kind_text, people_text
from channelplot.model.codes import ReportKind
from channelplot.model.report import Report
from channelplot.model.track import Track

NEWEST_RANK: Final = 0.0
SELECTED_RANK: Final = 1.0
REPORT_RANK: Final = 2.0
BEACH_RANK: Final = 4.0
REGISTER_RANK: Final = 7.0
"""Which labels are placed first; chart_labels.py has the ranks between."""
MOST_NAMES: Final = 250
MOST_REPORTS: Final = 300
"""So many tracks, the selected and the newest, and so many of their reports are considered for a
label: more would not find room."""
MANY_TIMES: Final = 24
TIMES_APART_PX: Final = 60.0
"""Of a track with more symbols in view than this, times are written about so far apart."""
WRITTEN_FROM: Final = 0.5
"""Tracks whose lines show less than this, because they fade into a count, are not written on."""
REGISTER_NAMES_BELOW_M_PER_PX: Final = 60.0
"""Chart metres. Beaches that are only in the register are named at close scales."""
NAME_SIZE_PT: Final = 10.0
LEADERS_PX: Final = (20.0, 40.0, 64.0)
"""Where it is crowded, a track's name may stand so far off, at the end of a thin line."""


def report_labels(scene: Scene, tracks: list[ShownTrack]) -> Iterator[PointLabel]:
    """Yield the labels of reports: the newest of each track with its name and people.

    tracks: those shown. In a crowd the selected and the newest are looked at, and only these:
    what the others say is not asked for.
    """
    if not scene.shows(Layer.REPORTS):
        return
    times: list[tuple[Report, Track | None, float, float]] = []
    written = [e for e in tracks if len(e.fixes) and e.strength >= WRITTEN_FROM]
    for entry in _newest_first(written)[:MOST_NAMES]:
        newest = len(entry.line_px) - 1
        for row in _written(scene, entry).tolist():
            x_px, y_px = entry.line_px[row].tolist()
            report = entry.track.fixes[row]
            if row == newest:
                yield _newest_label(scene, entry.track, report, x_px, y_px, entry.is_selected)
            else:
                times.append((report, entry.track, x_px, y_px))
    for shown in shown_reports(scene):
        track = shown.track
        if track is not None and not track.fixes and shown.report is track.last_report:
            yield _newest_label(scene, track, shown.report, shown.x_px, shown.y_px, False)
        else:
            times.append((shown.report, track, shown.x_px, shown.y_px))
    times.sort(key=lambda entry: entry[0].observed_at_utc, reverse=True)
    for report, track, x_px, y_px in times[:MOST_REPORTS]:
        is_selected = report.uid in scene.selected_uids
        yield PointLabel(
            x_px,
            y_px,
            (_time_line(scene, report, track),),
            (
                SELECTED_RANK if is_selected else REPORT_RANK,
                -report.observed_at_utc.timestamp(),
                report.uid,
            ),
            reach_px=REPORT_PX,
            key=("report", report.uid),
        )


def _written(scene: Scene, entry: ShownTrack) -> npt.NDArray[np.int64]:
    """Return the fixes of a track, of those with a symbol, that are looked at for a label."""
    rows = entry.fixes[-MOST_REPORTS:]
    if len(rows) <= MANY_TIMES:
        return rows
    length_px = np.hypot(*np.diff(entry.line_px, axis=0).T).sum(keepdims=True)
    (pace,) = paces_of(np.array([len(entry.line_px)]), length_px, TIMES_APART_PX).tolist()
    fixes, selected = entry.track.fixes, scene.selected_uids
    is_written = [
        row % pace == 0 or row == len(entry.line_px) - 1 or fixes[row].uid in selected
        for row in rows.tolist()
    ]
    return np.asarray(rows[is_written], dtype=np.int64)


def _newest_first(tracks: list[ShownTrack]) -> list[ShownTrack]:
    """Return tracks as they were if they are few, else the selected, open and newest first."""
    if len(tracks) <= MOST_NAMES:
        return tracks
    return sorted(
        tracks,
        key=lambda entry: (
            not entry.is_selected,
            entry.track.is_closed,
            -_last_s(entry.track),
            entry.track.uid,
        ),
    )


def _last_s(track: Track) -> float:
    """Return when a track was heard of last, in seconds since 1970."""
    last = track.last_report
    return last.observed_at_utc.timestamp() if last is not None else 0.0


def beach_labels(scene: Scene) -> Iterator[PointLabel]:
    """Yield the names of beaches; the register's own only where the scale is close."""
    if not scene.shows(Layer.BEACHES):
        return
    shows_register = scene.viewport.m_per_px <= REGISTER_NAMES_BELOW_M_PER_PX
    font = chart_font(scene.size_pt(CHART_SIZE_PT), is_italic=True, is_tabular=False)
    for shown in shown_beaches(scene):
        if not shown.is_of_plot and not shows_register:
            continue
        beach = shown.beach
        is_pending = beach.uid in scene.pending_uids
        text = not_saved_text(beach.name) if is_pending else beach.name
        yield PointLabel(
            shown.x_px,
            shown.y_px,
            (TextLine(text, font, scene.palette.beach_text),),
            (BEACH_RANK if shown.is_of_plot else REGISTER_RANK, beach.name, beach.uid),
            reach_px=BEACH_PX,
            key=("beach", beach.uid),
        )


def _newest_label(
    scene: Scene, track: Track, report: Report, x_px: float, y_px: float, is_selected: bool
) -> PointLabel:
    name, people = track.name, people_text(track.people)
    if people:
        words = translate("chart", "{name}  {people} POB", "people on board")
        name = words.format(name=track.name, people=people)
    ink = _ink(scene, track)
    font = chart_font(scene.size_pt(NAME_SIZE_PT), is_bold=True, is_tabular=False)
    return PointLabel(
        x_px,
        y_px,
        (
            TextLine(name, font, ink),
            _time_line(scene, report, track),
        ),
        (
            NEWEST_RANK,
            not is_selected,
            track.is_closed,
            not track.has_people,
            -report.observed_at_utc.timestamp(),
            track.uid,
        ),
        reach_px=REPORT_PX,
        leaders_px=LEADERS_PX,
        key=("newest", track.uid),
    )


def _time_line(scene: Scene, report: Report, track: Track | None) -> TextLine:
    text = f"{report.observed_at_utc:%H%M}"
    if report.kind is not ReportKind.POSITION:
        text = f"{text} {kind_text(report.kind)}"
    if report.uid in scene.pending_uids:
        text = not_saved_text(text)
    return TextLine(
        text, chart_font(scene.size_pt(CHART_SIZE_PT), is_tabular=False), _ink(scene, track)
    )


def _ink(scene: Scene, track: Track | None) -> str:
    palette = scene.palette
    if track is None:
        return palette.unattributed
    if track.is_closed and track.uid not in scene.selected_uids:
        return palette.closed_text
    return track_style(track, palette).text_colour
