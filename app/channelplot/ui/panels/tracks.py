"""The Tracks panel: every craft with people, time of the last report and status."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap

from channelplot.chart.palette import DAY
from channelplot.chart.track_style import track_style
from channelplot.chart.wording import craft_text, people_text, status_text
from channelplot.document.document import PlotChanged
from channelplot.document.session import Session
from channelplot.geodesy.text import date_time_group, day_zulu_text, zulu_text
from channelplot.model.track import Track
from channelplot.ui.icons import swatch
from channelplot.ui.panels.entity_panel import EntityPanel
from channelplot.ui.panels.table_model import MISSING, Column, EntityTable, Key

NO_DOUBT = timedelta(hours=18)
"""A time of day less than this away from now means one day only."""
WIDTHS_PX = (136, 62, 88, 120)


class TracksPanel(EntityPanel[Track]):
    """Name, people, last time, status; the selection is the chart's."""

    def __init__(self, session: Session) -> None:
        """List the tracks of the open plot."""
        columns: tuple[Column[Track], ...] = (
            Column(
                self.tr("Track"),
                lambda t: t.name,
                _name_key,
                swatch=_swatch,
                tooltip=lambda t: f"{t.name}, {craft_text(t.craft)}",
            ),
            Column(self.tr("People"), lambda t: people_text(t.people), _people_key, True),
            Column(
                self.tr("Last report"),
                lambda t: _last_text(t, session.clock),
                _last_key,
                tooltip=lambda t: (
                    date_time_group(t.last_report.observed_at_utc) if t.last_report else ""
                ),
            ),
            Column(
                self.tr("Status"),
                lambda t: status_text(t.status),
                lambda t: (0, status_text(t.status)),
            ),
        )
        super().__init__(
            session,
            EntityTable(columns),
            self.tr("No tracks yet. Choose Report and click the chart where the boat was seen."),
        )
        for column, width_px in enumerate(WIDTHS_PX):
            self.table.setColumnWidth(column, width_px)
        self.table.setAccessibleName(self.tr("Tracks"))
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        session.document_changed.connect(lambda _: self.show_plot())
        session.plot_changed.connect(self._plot_changed)
        self.show_plot()

    def show_plot(self) -> None:
        """List the tracks of the open plot anew."""
        self.model.show_all(self.session.document.plot.tracks.values())
        self.show_count()

    def _plot_changed(self, fact: PlotChanged) -> None:
        pairs = fact.change.tracks
        self.model.update_entities(
            [pair.after for pair in pairs if pair.after is not None],
            [pair.uid for pair in pairs if pair.after is None],
        )
        self.show_count()


def time_text(moment_utc: datetime, clock: Callable[[], datetime]) -> str:
    """Return a time as ``0412Z``, or as ``150412Z`` where the day could be in doubt.

    clock: returns the time in UTC.
    """
    if abs(clock() - moment_utc) < NO_DOUBT:
        return zulu_text(moment_utc)
    return day_zulu_text(moment_utc)


def _name_key(track: Track) -> Key:
    """Return a key that puts A, B, ... Z before AA, and letters before other names."""
    is_lettered = len(track.name) <= 2 and track.name.isupper()
    return (0, f"{len(track.name)}{track.name}" if is_lettered else f"9{track.name}")


def _swatch(track: Track) -> QPixmap:
    return swatch(track_style(track, DAY).colour)


def _people_key(track: Track) -> Key:
    people = track.people
    return MISSING if people is None or people.total is None else (0, float(people.total))


def _last_text(track: Track, clock: Callable[[], datetime]) -> str:
    last = track.last_report
    return "" if last is None else time_text(last.observed_at_utc, clock)


def _last_key(track: Track) -> Key:
    last = track.last_report
    return MISSING if last is None else (0, last.observed_at_utc.timestamp())
