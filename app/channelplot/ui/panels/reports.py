"""The Reports panel: every report with its time, position and the leg that led to it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from channelplot.analysis.legs import Leg, leg_to, run_of
from channelplot.chart.wording import kind_text, people_text, source_text
from channelplot.document.document import PlotChanged
from channelplot.document.session import Session
from channelplot.geodesy.measure import is_ready
from channelplot.geodesy.text import (
    Notation,
    bearing_text,
    date_time_group,
    distance_text,
    duration_text,
    position_text,
    speed_text,
    three_clocks_text,
)
from channelplot.model.codes import ReportKind, SourceKind
from channelplot.model.report import Report
from channelplot.ui.notation import WIDEST
from channelplot.ui.panels.entity_panel import MARGIN_PX, EntityPanel
from channelplot.ui.panels.table_model import MISSING, Column, EntityTable, Key
from channelplot.ui.panels.tracks import time_text
from channelplot.ui.preference import Preference

WIDTHS_PX = (69, 38, 164, 52, 42, 47, 62, 110, 200)
POSITION_COLUMN = 2


class ReportsPanel(EntityPanel[Report]):
    """Time, track, position, course, distance and speed of the leg, people, source, words.

    Reports of other kinds than position have no leg; their kind stands in its place.
    """

    def __init__(self, session: Session, notation: Preference[Notation]) -> None:
        """List the reports of the open plot, by time. notation: of their positions."""
        self._notation = notation
        columns: tuple[Column[Report], ...] = (
            Column(
                self.tr("Time"),
                lambda r: time_text(r.observed_at_utc, session.clock),
                lambda r: (0, r.observed_at_utc.timestamp()),
                tooltip=lambda r: (
                    f"{date_time_group(r.observed_at_utc)}  {three_clocks_text(r.observed_at_utc)}"
                ),
            ),
            Column(self.tr("Trk"), self._track_text, lambda r: (0, self._track_text(r))),
            Column(
                self.tr("Position"),
                self._position_text,
                lambda r: MISSING if r.position is None else (0, r.position.lat_deg),
            ),
            Column(
                self.tr("°T"),
                self._course_text,
                lambda r: _key(self._leg(r), "course_deg"),
                True,
                tooltip=lambda r: (
                    self._course_text(r) if r.kind is ReportKind.POSITION else kind_text(r.kind)
                ),
            ),
            Column(
                self.tr("NM"),
                self._distance_text,
                lambda r: _key(self._leg(r), "distance_m"),
                True,
            ),
            Column(
                self.tr("kn"), self._speed_text, lambda r: _key(self._leg(r), "speed_mps"), True
            ),
            Column(
                self.tr("People"),
                lambda r: people_text(r.people),
                lambda r: (
                    MISSING
                    if r.people is None or r.people.total is None
                    else (0, float(r.people.total))
                ),
                True,
            ),
            Column(self.tr("Source"), _source_text, lambda r: (0, _source_text(r))),
            Column(self.tr("As received"), _words_text, lambda r: (0, _words_text(r))),
        )
        self.of_track = QPushButton()
        super().__init__(
            session,
            EntityTable(columns),
            self.tr("No reports yet. Each report you plot is listed here and saved at once."),
        )
        for column, width_px in enumerate(WIDTHS_PX):
            self.table.setColumnWidth(column, width_px)
        self._chosen_px = self._fitted_px = 0
        self.fit_positions()
        self.table.setAccessibleName(self.tr("Reports"))
        self.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.of_track.setText(self.tr("Selected track"))
        self.of_track.setCheckable(True)
        self.of_track.setToolTip(self.tr("List only the reports of the selected track"))
        self.bar.insertWidget(1, self.of_track)
        self.of_track.toggled.connect(self.refilter)
        self.run = QLabel(self)
        self.run.setAccessibleName(self.tr("Run of the selected track"))
        self.run.setContentsMargins(MARGIN_PX, 4, MARGIN_PX, 4)
        self.column.addWidget(self.run)
        session.document_changed.connect(lambda _: self.show_plot())
        session.plot_changed.connect(self._plot_changed)
        session.selection.changed.connect(self._selection_changed)
        notation.changed.connect(lambda _: self._show_notation())
        self._only_track_uid = ""
        self.show_plot()
        self.show_run()

    def show_plot(self) -> None:
        """List the reports of the open plot anew."""
        self.model.show_all(self.session.document.plot.reports())
        self.show_count()

    def refilter(self) -> None:
        """Show what the filter lets through, of the selected track alone if so chosen."""
        track = self.session.selection.only_track(self.session.document.plot)
        if not self.of_track.isChecked():
            self._only_track_uid = ""
        elif track is not None:
            self._only_track_uid = track.uid
        uid = self._only_track_uid
        self.model.set_filter(
            self.filter_box.text(), (lambda r: r.track_uid == uid) if uid else None
        )
        self.show_count()
        self._follow(self.session.selection.uids)

    def show_legs(self) -> None:
        """Show legs and run now that PROJ is loaded."""
        self.model.refresh()
        self.show_run()

    def show_run(self) -> None:
        """Say how far and how fast the selected track has come, from first to last position."""
        track = self.session.selection.only_track(self.session.document.plot)
        run = run_of(track) if track is not None and is_ready() else None
        self.run.setVisible(run is not None)
        if track is None or run is None:
            return
        speed = "" if run.speed_mps is None else speed_text(run.speed_mps)
        self.run.setText(
            self.tr("{track}: run {distance} in {duration}, mean {speed}").format(
                track=track.name,
                distance=distance_text(run.distance_m),
                duration=duration_text(run.duration_s),
                speed=speed,
            )
        )

    def fit_positions(self) -> None:
        """Make the column of positions no narrower than the form needs that they are in.

        It gives the room back with the next form, unless somebody gave it another width.
        """
        width_px = self.table.columnWidth(POSITION_COLUMN)
        if width_px != self._fitted_px:
            self._chosen_px = width_px
        widest = WIDEST[self._notation.current]
        needed_px = self.table.fontMetrics().horizontalAdvance(widest) + 2 * MARGIN_PX
        self._fitted_px = max(self._chosen_px, needed_px)
        self.table.setColumnWidth(POSITION_COLUMN, self._fitted_px)

    def _show_notation(self) -> None:
        self.model.reword()
        self.fit_positions()
        self.show_count()
        self._follow(self.session.selection.uids)

    def _selection_changed(self, _: frozenset[str]) -> None:
        self.show_run()
        if self.of_track.isChecked():
            track = self.session.selection.only_track(self.session.document.plot)
            if track is not None and track.uid != self._only_track_uid:
                self.refilter()

    def _plot_changed(self, fact: PlotChanged) -> None:
        pairs = fact.change.reports
        self.model.update_entities(
            [pair.after for pair in pairs if pair.after is not None],
            [pair.uid for pair in pairs if pair.after is None],
        )
        self.show_run()
        self.model.refresh()  # a report put between two changes the leg of the later one
        self.show_count()

    def _position_text(self, report: Report) -> str:
        """Return where it was; no grid square for a moment at the start, while PROJ is loaded."""
        notation = self._notation.current
        if report.position is None or (notation is Notation.MGRS and not is_ready()):
            return ""
        return position_text(report.position, notation=notation)

    def _track_text(self, report: Report) -> str:
        track = self.session.document.plot.tracks.get(report.track_uid or "")
        return "" if track is None else track.name

    def _leg(self, report: Report) -> Leg | None:
        """Return the leg to a report; none for a moment at the start, while PROJ is loaded."""
        track = self.session.document.plot.tracks.get(report.track_uid or "")
        return None if track is None or not is_ready() else leg_to(track, report.uid)

    def _course_text(self, report: Report) -> str:
        if report.kind is not ReportKind.POSITION:
            return self._kind_short_text(report.kind)
        leg = self._leg(report)
        return (
            ""
            if leg is None or leg.course_deg is None
            else bearing_text(leg.course_deg).removesuffix("°T")
        )

    def _kind_short_text(self, kind: ReportKind) -> str:
        """Return a word that fits the column of a course."""
        return {
            ReportKind.LAUNCH: self.tr("launch"),
            ReportKind.LANDING: self.tr("landing"),
            ReportKind.PREVENTED: self.tr("prev."),
            ReportKind.EVENT: self.tr("event"),
        }[kind]

    def _distance_text(self, report: Report) -> str:
        leg = self._leg(report)
        return "" if leg is None else distance_text(leg.distance_m).removesuffix(" NM")

    def _speed_text(self, report: Report) -> str:
        leg = self._leg(report)
        if leg is None or leg.speed_mps is None:
            return ""
        return speed_text(leg.speed_mps).removesuffix(" kn")


def _key(leg: Leg | None, name: str) -> Key:
    value = None if leg is None else getattr(leg, name)
    return MISSING if value is None else (0, float(value))


def _source_text(report: Report) -> str:
    """Return the name of who told us, else the kind of source."""
    if report.source_name or report.source is SourceKind.UNKNOWN:
        return report.source_name
    return source_text(report.source)


def _words_text(report: Report) -> str:
    return " ".join(report.as_received.split())
