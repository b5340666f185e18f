"""The Reports panel: every report with its times, position and the leg that led to it."""

from collections.abc import Iterable, Sequence, Set
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton

from channelplot.analysis.callers import reports_by_caller
from channelplot.analysis.error_model import ErrorModel
from channelplot.analysis.legs import Leg, is_faster, leg_to, made_good, plausible_speed_of, run_of
from channelplot.chart.wording import kind_text, people_text
from channelplot.document.document import PlotChanged
from channelplot.document.session import Session
from channelplot.geodesy.measure import is_ready
from channelplot.geodesy.text import (
    Notation,
    bearing_text,
    distance_text,
    duration_text,
    position_text,
    speed_text,
)
from channelplot.model.codes import ReportKind
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.tools.figures import Figures
from channelplot.ui.chartwork_row import WARNING_SIGN
from channelplot.ui.line.cells import leg_text, people_cell
from channelplot.ui.notation import WIDEST
from channelplot.ui.panels.entity_panel import MARGIN_PX, EntityPanel
from channelplot.ui.panels.table_model import MISSING, Column, EntityTable, Key
from channelplot.ui.preference import Preference
from channelplot.ui.theme import theme
from channelplot.ui.words.report_text import lag_text, source_cell, source_tip, times_tip
from channelplot.ui.words.time_text import time_text

if TYPE_CHECKING:
    from collections.abc import Mapping

POSITION_COLUMN, LATE_COLUMN = 2, 9
"""How late it came is the last, so that layouts kept before hold good; it stands by the time."""
WIDEST_TEXTS: Final = (
    "150228Z", "CUTTER-1", "", "landing", "14.65", f"{WARNING_SIGN} 15.07", "45 est", "", "",
    "+85 min ",
)  # fmt: skip
"""What the columns have room for; that of positions is fitted to what it shows."""
_WIDE_LETTERS: Final = (0, 0, 0, 0, 0, 0, 0, 25, 30, 0)
"""Letters that columns of words have room for."""
_PADDING_PX: Final = 9
MOST_LISTED: Final = 20_000
"""Of a plot with more reports those that were observed last are listed, and others as they are
found or selected."""
_TIME_COLUMN: Final = 0
_ONE_BY_ONE: Final = 1_000
"""Changed reports up to so many are put in their places; of more the list is made anew."""
_LATE: Final = timedelta(minutes=5)
"""A report that was received so long after it was observed is late."""


class ReportsPanel(EntityPanel[Report]):
    """Time, track, position, course, distance and speed of the leg, people, source, words.

    Reports of other kinds than position have no leg; their kind stands in its place. A late one
    says how late it came, one whose caller has called before, as which.
    """

    def __init__(self, session: Session, notation: Preference[Notation], figures: Figures) -> None:
        """List the reports of the open plot, by time. notation: of their positions.

        figures: what speeds are plausible.
        """
        self._notation = notation
        self._figures = figures
        self._plausible = dict[str, tuple[Track, ErrorModel, float]]()
        self._callers: tuple[Plot, Mapping[str, tuple[Report, ...]]] | None = None
        columns: tuple[Column[Report], ...] = (
            Column(
                self.tr("Time"),
                lambda r: time_text(r.observed_at_utc, session.clock),
                lambda r: (0, r.observed_at_utc.timestamp()),
                tooltip=times_tip,
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
                self.tr("kn"),
                self._speed_text,
                lambda r: _key(self._leg(r), "speed_mps"),
                True,
                tooltip=self._speed_tip,
                ink=lambda r: theme().bad if self._is_impossible(r) else "",
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
                tooltip=_people_tip,
            ),
            Column(
                self.tr("Source"),
                self._source_text,
                lambda r: (0, self._source_text(r)),
                tooltip=lambda r: source_tip(r, self._same_caller(r), session.document.plot),
                ink=lambda r: theme().warning if self._is_of_two_boats(r) else "",
            ),
            Column(self.tr("As received"), _words_text, lambda r: (0, _words_text(r))),
            Column(
                self.tr("Late"),
                _late_text,
                lambda r: (0, _lag(r).total_seconds()) if _is_late(r) else MISSING,
                tooltip=times_tip,
                tip=self.tr("How long after it was observed the report came"),
            ),
        )
        self.of_track = QPushButton()
        self.loose = QPushButton()
        super().__init__(
            session,
            EntityTable(columns),
            self.tr("No reports yet. Each report you plot is listed here and saved at once."),
        )
        self._chosen_px = self._fitted_px = 0
        self._has_late = False
        self._has_others = False
        self.table.horizontalHeader().moveSection(LATE_COLUMN, 1)
        self._fit_columns()
        self.fit_positions()
        self.table.setAccessibleName(self.tr("Reports"))
        self.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.of_track.setText(self.tr("Selected track"))
        self.of_track.setToolTip(self.tr("List only the reports of the selected track"))
        self.loose.setToolTip(self.tr("List only the reports that no track claims"))
        for place, (button, other) in enumerate(
            ((self.of_track, self.loose), (self.loose, self.of_track))
        ):
            button.setCheckable(True)
            button.setProperty("segment", True)
            self.bar.insertWidget(place, button)
            button.toggled.connect(lambda is_on, other=other: self._choose_list(is_on, other))
        self.run = QLabel(self)
        self.run.setAccessibleName(self.tr("Run of the selected track"))
        self.run.setContentsMargins(MARGIN_PX, 4, MARGIN_PX, 4)
        self.column.addWidget(self.run)
        session.document_changed.connect(lambda _: self.show_plot())
        session.plot_changed.connect(self._plot_changed)
        session.selection.changed.connect(self._selection_changed)
        notation.changed.connect(lambda _: self._show_notation())
        figures.changed.connect(lambda _: self.model.refresh())
        self._only_track_uid = ""
        self._list_later = QTimer(self)
        self._list_later.setSingleShot(True)
        self._list_later.timeout.connect(self._list_anew)
        self._made: tuple[Plot, list[Report]] | None = None
        self.show_plot()
        self.show_run()

    def make_ready(self, plot: Plot) -> None:
        """Make the reports that are listed once a large plot is shown; on any thread."""
        self._made = plot, _in_order(plot.latest_reports(MOST_LISTED))

    def show_plot(self) -> None:
        """List the reports of the open plot anew."""
        plot = self.session.document.plot
        self._list_latest(plot)
        self._has_late = any(
            track.longest_lag is not None and track.longest_lag >= _LATE
            for track in plot.tracks.values()
        ) or any(map(_is_late, plot.unattributed))
        self.show_late_column()
        self._show_lists()

    def show_found(self, uids: frozenset[str] | None, listed: Sequence[Report] = ()) -> None:
        """List these alone; None: all there are.

        listed: those reports themselves where they are at hand, so that none is looked for.
        """
        self.model.keep_besides(listed)
        self._has_others |= bool(listed)
        super().show_found(uids)

    def refilter(self) -> None:
        """List what is found, of the selected track alone or of none if so chosen."""
        plot = self.session.document.plot
        track = self.session.selection.only_track(plot)
        if not self.of_track.isChecked():
            self._only_track_uid = ""
        elif track is not None:
            self._only_track_uid = track.uid
        uid = self._only_track_uid
        if self._has_others and self.found is None and not uid and not self.loose.isChecked():
            self.model.drop_besides()
            self._has_others = False
        self._count_unlisted()
        self._list_besides(plot)
        if self.loose.isChecked():
            self.list_only(lambda report: report.track_uid is None)
        else:
            self.list_only((lambda report: report.track_uid == uid) if uid else None)

    def _list_besides(self, plot: Plot) -> None:
        """List older reports of a large plot that are found, selected, or of the chosen track."""
        if not self.model.unlisted:
            return
        total = self.model.total()
        if self._only_track_uid in plot.tracks:
            self.model.add_all(plot.tracks[self._only_track_uid].reports)
        if self.loose.isChecked():
            self.model.add_all(plot.unattributed[-MOST_LISTED:])
        if self.found is not None and len(self.found) > MOST_LISTED:
            self.model.add_all(plot.latest_reports(MOST_LISTED, self.found))
        elif self.found is not None:
            self._list_these(self.found - self.model.uids())
        self._list_these(self.session.selection.uids)
        added = self.model.total() - total
        self.model.unlisted -= added
        self._has_others |= added > 0

    def _list_these(self, uids: Set[str]) -> None:
        plot = self.session.document.plot
        found = (plot.report(uid) for uid in uids if self.model.row_of(uid) is None)
        self.model.add_all([report for report in found if report is not None])

    def _list_latest(self, plot: Plot) -> None:
        """List the reports that were observed last, and no others."""
        made = self._made
        if made is not None and made[0] is plot:
            self.model.show_all(made[1], ordered_by=_TIME_COLUMN)
        else:
            self.model.show_all(plot.latest_reports(MOST_LISTED))
        self._has_others = False
        self._count_unlisted()

    def show_count(self) -> None:
        """Say how many are listed, and which, where a large plot has more."""
        super().show_count()
        is_cut = self.model.unlisted > 0
        if is_cut and self.found is None and not self.model.is_filtered:
            shown, total = self.model.rowCount(), self.model.total()
            text = self.tr("latest {shown} of {total}")
            self.count.setText(text.format(shown=f"{shown:,}", total=f"{total:,}"))
        self.count.setToolTip(
            self.tr(
                "Of so many reports those observed last are listed, and put in order; likewise of"
                " those that are found. Older ones are listed once they are selected, or of the"
                " selected track."
            )
            if is_cut
            else ""
        )

    def _count_unlisted(self) -> None:
        self.model.unlisted = 0
        self.model.unlisted = self.session.document.plot.report_count() - self.model.total()

    def show_legs(self) -> None:
        """Show legs and run now that PROJ is loaded."""
        self.model.refresh()
        self.show_run()

    def show_run(self) -> None:
        """Say how far and how fast the selected track has come, from first to last position.

        What it made good stands under it, unless it came in one leg.
        """
        track = self.session.selection.only_track(self.session.document.plot)
        run = run_of(track) if track is not None and is_ready() else None
        self.run.setVisible(run is not None)
        if track is None or run is None:
            return
        speed = "" if run.speed_mps is None else speed_text(run.speed_mps)
        said = self.tr("{track}: run {distance} in {duration}, mean {speed}").format(
            track=track.name,
            distance=distance_text(run.distance_m),
            duration=duration_text(run.duration_s),
            speed=speed,
        )
        good = made_good(track)
        if good is not None and len(track.fixes) > 2:
            said += "\n" + self.tr("made good {leg}").format(leg=leg_text(good))
        self.run.setText(said)

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

    def _fit_columns(self) -> None:
        """Make the columns as wide as their titles and the texts that they have room for."""
        metrics = self.table.fontMetrics()
        for column, (text, letters) in enumerate(zip(WIDEST_TEXTS, _WIDE_LETTERS, strict=True)):
            title = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            width_px = max(map(metrics.horizontalAdvance, (text, "0" * letters, title)))
            self.table.setColumnWidth(column, width_px + _PADDING_PX)

    def show_late_column(self) -> None:
        """Show how late reports came, where one came late."""
        self.table.setColumnHidden(LATE_COLUMN, not self._has_late)

    def _choose_list(self, is_on: bool, other: QPushButton) -> None:
        """List only what a button says; the other one comes up."""
        if is_on and other.isChecked():
            other.setChecked(False)  # and lists anew
        else:
            self.refilter()

    def _show_lists(self) -> None:
        """Say how many reports are listed and how many no track claims."""
        self._count_unlisted()
        number = len(self.session.document.plot.unattributed)
        text = self.tr("Unattributed {number}").format(number=f"{number:,}" if number else "")
        self.loose.setText(text.strip())
        self.show_count()

    def _show_notation(self) -> None:
        self.model.refresh()
        self.fit_positions()

    def _selection_changed(self, uids: frozenset[str]) -> None:
        self.show_run()
        if self.model.unlisted:
            self._list_besides(self.session.document.plot)
            self.show_count()
            self._follow(uids)
        if self.of_track.isChecked():
            track = self.session.selection.only_track(self.session.document.plot)
            if track is not None and track.uid != self._only_track_uid:
                self.refilter()

    def _plot_changed(self, fact: PlotChanged) -> None:
        if fact.change.report_count > _ONE_BY_ONE:
            # Not in one go with all else that shows them: that would hold the window.
            self._list_later.start()
            return
        self._made = None
        pairs = tuple(fact.change.each_report())
        changed = [pair.after for pair in pairs if pair.after is not None]
        if not self._has_late and any(map(_is_late, changed)):
            self._has_late = True
            self.show_late_column()
        self.model.update_entities(changed, [pair.uid for pair in pairs if pair.after is None])
        self.show_run()
        self.model.refresh()  # a report put between two changes the leg of the later one
        self._show_lists()

    def _list_anew(self) -> None:
        """List the reports of the open plot, and those besides that are selected or found."""
        self.show_plot()
        self._list_besides(self.session.document.plot)
        self._follow(self.session.selection.uids)

    def _source_text(self, report: Report) -> str:
        return source_cell(report, self._same_caller(report), self.session.document.plot)

    def _same_caller(self, report: Report) -> tuple[Report, ...]:
        """Return all reports of whoever called with a report; looked for once in each plot."""
        plot = self.session.document.plot
        if self._callers is None or self._callers[0] is not plot:
            self._callers = plot, reports_by_caller(plot)
        return self._callers[1].get(report.uid, ())

    def _is_of_two_boats(self, report: Report) -> bool:
        """Return whether whoever called told of another boat, or of none, before."""
        same = self._same_caller(report)
        before = same[: same.index(report)] if report in same else ()
        return any(one.track_uid != report.track_uid for one in before)

    def _position_text(self, report: Report) -> str:
        """Return where it was; no grid square for a moment at the start, while PROJ is loaded."""
        notation = self._notation.current
        if report.position is None or (notation is Notation.MGRS and not is_ready()):
            return ""
        return position_text(report.position, notation=notation)

    def _track_text(self, report: Report) -> str:
        track = self._track(report)
        return "" if track is None else track.name

    def _track(self, report: Report) -> Track | None:
        return self.session.document.plot.tracks.get(report.track_uid or "")

    def _leg(self, report: Report) -> Leg | None:
        """Return the leg to a report; none for a moment at the start, while PROJ is loaded."""
        track = self._track(report)
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
        if leg is None:
            return ""
        speed = "" if leg.speed_mps is None else speed_text(leg.speed_mps).removesuffix(" kn")
        return f"{WARNING_SIGN} {speed}".strip() if self._is_impossible(report) else speed

    def _speed_tip(self, report: Report) -> str:
        """Return the speed; of an impossible leg what such a craft can make."""
        text, track = self._speed_text(report), self._track(report)
        if track is None or not self._is_impossible(report):
            return text
        most = speed_text(self._plausible_mps(track))
        said = self.tr("{speed} is impossible: no more than {most} is plausible for such a craft.")
        also = self.tr("One of the two positions may be wrong, or another craft's.")
        return f"{said.format(speed=text, most=most)}\n{also}"

    def _is_impossible(self, report: Report) -> bool:
        """Return whether the leg to a report is faster than such a craft can go."""
        leg, track = self._leg(report), self._track(report)
        if leg is None or track is None:
            return False
        return is_faster(leg, self._plausible_mps(track))

    def _plausible_mps(self, track: Track) -> float:
        """Return how fast such a craft can go; looked for once in each track."""
        model = self._figures.error_model
        found = self._plausible.get(track.uid)
        if found is None or found[0] is not track or found[1] is not model:
            found = track, model, plausible_speed_of(track, model)
            self._plausible[track.uid] = found
        return found[2]


def _key(leg: Leg | None, name: str) -> Key:
    value = None if leg is None else getattr(leg, name)
    return MISSING if value is None else (0, float(value))


def _words_text(report: Report) -> str:
    return " ".join(report.as_received.split())


def _people_tip(report: Report) -> str:
    """Return how many, whether told or counted, and who they are."""
    cell = people_cell(report.people)
    return f"{cell.value}: {cell.detail}" if cell.detail else cell.value


def _lag(report: Report) -> timedelta:
    return report.received_at_utc - report.observed_at_utc


def _in_order(reports: Iterable[Report]) -> list[Report]:
    """Return reports as the column of times has them in order, the oldest first."""
    return sorted(reports, key=lambda report: report.observed_at_utc)


def _is_late(report: Report) -> bool:
    return _lag(report) >= _LATE


def _late_text(report: Report) -> str:
    return lag_text(_lag(report)) if _is_late(report) else ""
