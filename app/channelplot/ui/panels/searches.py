"""The Searches panel: a planned search's figures and its legs, to read out and to hand over."""

import itertools
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from channelplot.document.session import Session
from channelplot.geodesy.measure import bearing_and_distance
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import (
    Notation,
    bearing_text,
    duration_text,
    position_text,
    zulu_text,
)
from channelplot.geodesy.units import mps_from_kn, nm_from_m
from channelplot.model.search import PlannedSearch
from channelplot.ui.panels.entity_panel import MARGIN_PX, dress_table
from channelplot.ui.panels.table_model import MISSING, Column, EntityTable, Key
from channelplot.ui.preference import Preference
from channelplot.ui.words.search_text import miles_text, pattern_text

_SEPARATOR = "  ·  "
_PADDING_PX = 16
_FEWEST_LETTERS = 8
"""Of the search that is chosen, so that the panel is no wider than a third of a small screen."""
_WIDEST = ("CSP", "000.0°T", "00.00", "000.0", "51°00.00'N 001°00.00'E", "00.00")
_MINUTES_COLUMN = 3


@dataclass(frozen=True, slots=True)
class WaypointRow:
    """Where a leg ends: 0 for the commence search point, which no leg leads to.

    distance_m and run_m: of the leg, and of all from the start to its end. takes_s: how long the
    leg takes, None where nobody said how fast the searcher is.
    """

    number: int
    position: Position
    course_deg: float | None
    distance_m: float
    run_m: float
    takes_s: float | None = None

    @property
    def uid(self) -> str:
        """Return what tells the rows apart."""
        return str(self.number)


def waypoint_rows(
    waypoints: tuple[Position, ...], speed_kn: float | None = None
) -> tuple[WaypointRow, ...]:
    """Return the rows of the legs between waypoints, geodesics, the start first.

    speed_kn: how fast the searcher goes along them, None if nobody said.
    """
    rows = [WaypointRow(0, waypoints[0], None, 0.0, 0.0)]
    for start, end in itertools.pairwise(waypoints):
        course_deg, distance_m = bearing_and_distance(start, end)
        rows.append(
            WaypointRow(
                number=len(rows),
                position=end,
                course_deg=course_deg,
                distance_m=distance_m,
                run_m=rows[-1].run_m + distance_m,
                takes_s=distance_m / mps_from_kn(speed_kn) if speed_kn else None,
            )
        )
    return tuple(rows)


class SearchesPanel(QWidget):
    """One search at a time.

    Emits anew_wanted, withdraw_wanted and export_wanted with its uid, left at Esc.
    """

    anew_wanted = Signal(str)
    withdraw_wanted = Signal(str)
    export_wanted = Signal(str)
    left = Signal()

    def __init__(self, session: Session, notation: Preference[Notation]) -> None:
        """Show the latest search there is."""
        super().__init__()
        self._session = session
        self._notation = notation
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(self.tr("Search"))
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setMinimumContentsLength(_FEWEST_LETTERS)
        self.figures = QLabel(self)
        self.figures.setWordWrap(True)
        self.figures.setAccessibleName(self.tr("What the search follows from"))
        self.figures.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.model = EntityTable(self._columns(), self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Legs of the search"))
        self._dress()
        self.anew_button = QPushButton(self.tr("Plan it anew"), self)
        self.anew_button.setToolTip(
            self.tr("Open the form with the figures of this search, which stays until withdrawn")
        )
        self.export_button = QPushButton(self.tr("Route..."), self)
        self.copy_button = QPushButton(self.tr("Copy"), self)
        self.withdraw_button = QPushButton(self.tr("Withdraw"), self)
        self.copy_button.setToolTip(self.tr("Copy the figures and the legs as text (Ctrl+C)"))
        self.export_button.setToolTip(self.tr("Export the legs as a route in GPX"))
        self.empty = QLabel(
            self.tr("No search is planned. Ctrl+E plans one for the boat that is selected."), self
        )
        self.empty.setWordWrap(True)
        self.empty.setProperty("faint", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(4 * MARGIN_PX)
        self._lay_out()
        self.choice.activated.connect(lambda _: self._show())
        self.anew_button.clicked.connect(lambda: self.anew_wanted.emit(self._uid()))
        self.export_button.clicked.connect(lambda: self.export_wanted.emit(self._uid()))
        self.withdraw_button.clicked.connect(lambda: self.withdraw_wanted.emit(self._uid()))
        self.copy_button.clicked.connect(lambda _: self.copy_table())
        for keys, slot in (("Ctrl+C", self.copy_table), ("Escape", self.left.emit)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
        session.plot_changed.connect(lambda fact: self._follow(bool(fact.change.searches)))
        session.document_changed.connect(lambda _: self._follow(True))
        notation.changed.connect(lambda _: self._show())
        self._list()

    @property
    def search(self) -> PlannedSearch | None:
        """Return the search that shows."""
        return self._session.document.plot.searches.get(self._uid())

    def show_search(self, uid: str) -> None:
        """Show one of the searches."""
        self.choice.setCurrentIndex(max(0, self.choice.findData(uid)))
        self._show()

    def text(self) -> str:
        """Return the search as plain text: its figures, then a line a waypoint, with tabs."""
        search = self.search
        if search is None:
            return ""
        columns = self._columns()
        if search.searcher_speed_kn is None:
            columns = columns[:_MINUTES_COLUMN] + columns[_MINUTES_COLUMN + 1 :]
        lines = [search.name, self.figures.text(), "\t".join(column.title for column in columns)]
        lines += [
            "\t".join(column.text(row) for column in columns)
            for row in waypoint_rows(search.waypoints, search.searcher_speed_kn)
        ]
        return "\n".join(lines)

    def copy_table(self) -> None:
        """Copy the search as plain text."""
        if self.search is not None:
            QGuiApplication.clipboard().setText(self.text())

    def _uid(self) -> str:
        return str(self.choice.currentData() or "")

    def _follow(self, is_changed: bool) -> None:
        if is_changed:
            self._list()

    def _list(self) -> None:
        """List the searches, the latest first, and show the newest that was not there before."""
        before = {self.choice.itemData(row) for row in range(self.choice.count())}
        shown = self._uid()
        plot = self._session.document.plot
        searches = sorted(plot.searches.values(), key=lambda s: (s.created_at_utc, s.name))
        self.choice.clear()
        for search in reversed(searches):
            track = plot.tracks.get(search.track_uid or "")
            words = self.tr("{name} for {boat}") if track is not None else "{name}"
            boat = track.name if track is not None else ""
            self.choice.addItem(words.format(name=search.name, boat=boat), search.uid)
        new = [search.uid for search in searches if search.uid not in before]
        self.choice.setCurrentIndex(max(0, self.choice.findData(new[-1] if new else shown)))
        self._show()

    def _show(self) -> None:
        search = self.search
        speed_kn = None if search is None else search.searcher_speed_kn
        self.model.show_all(() if search is None else waypoint_rows(search.waypoints, speed_kn))
        self.table.setColumnHidden(_MINUTES_COLUMN, speed_kn is None)
        self.figures.setText("" if search is None else self._figures_text(search))
        for widget in (self.choice, self.figures, self.table):
            widget.setVisible(search is not None)
        for button in self._buttons():
            button.setVisible(search is not None)
        for button in (self.anew_button, self.withdraw_button):
            button.setEnabled(not self._session.document.is_read_only)
        self.empty.setVisible(search is None)

    def _figures_text(self, search: PlannedSearch) -> str:
        parts = [
            pattern_text(search.kind),
            self.tr("datum {time} {position}").format(
                time=zulu_text(search.datum_at_utc),
                position=position_text(search.datum, notation=self._notation.current),
            ),
            self.tr("radius {radius} NM").format(radius=f"{nm_from_m(search.radius_m):.2f}"),
            self.tr("spacing {spacing} NM").format(spacing=miles_text(search.spacing_m)),
            self.tr("first leg {course}").format(course=bearing_text(search.first_leg_deg)),
            self.tr(
                "first error {x} NM, d {d} NM along its drift × {share}, searcher {y} NM, × {f}"
            ).format(
                x=miles_text(search.initial_error_m),
                d=f"{nm_from_m(search.drift_m):.2f}",
                share=f"{search.drift_error_share:g}",
                y=miles_text(search.searcher_error_m),
                f=f"{search.safety_factor:g}",
            ),
        ]
        run_m = sum(row.distance_m for row in waypoint_rows(search.waypoints))
        parts.append(self.tr("legs {length} NM in all").format(length=f"{nm_from_m(run_m):.2f}"))
        if search.searcher_speed_kn:
            parts.append(
                self.tr("{duration} at {speed:g} kn").format(
                    duration=duration_text(round(run_m / mps_from_kn(search.searcher_speed_kn))),
                    speed=search.searcher_speed_kn,
                )
            )
        if search.searcher:
            parts.append(self.tr("searched by {who}").format(who=search.searcher))
        return _SEPARATOR.join(parts)

    def _columns(self) -> tuple[Column[WaypointRow], ...]:
        def key(row: WaypointRow) -> Key:
            return (0, row.number)

        return (
            Column(
                self.tr("Leg"),
                lambda row: str(row.number) if row.number else "CSP",
                key,
                is_number=True,
                tip=self.tr("CSP: commence search point"),
            ),
            Column(
                self.tr("Course"),
                lambda row: "" if row.course_deg is None else bearing_text(row.course_deg),
                lambda row: MISSING if row.course_deg is None else (0, row.course_deg),
                is_number=True,
            ),
            Column(
                self.tr("NM"),
                lambda row: f"{nm_from_m(row.distance_m):.2f}" if row.number else "",
                lambda row: (0, row.distance_m),
                is_number=True,
            ),
            Column(
                self.tr("Min"),
                lambda row: "" if row.takes_s is None else f"{row.takes_s / 60.0:.1f}",
                lambda row: MISSING if row.takes_s is None else (0, row.takes_s),
                is_number=True,
                tip=self.tr("How many minutes the leg takes at the searcher's speed"),
            ),
            Column(
                self.tr("To"),
                lambda row: position_text(row.position, notation=self._notation.current),
                key,
            ),
            Column(
                self.tr("Run NM"),
                lambda row: f"{nm_from_m(row.run_m):.2f}",
                lambda row: (0, row.run_m),
                is_number=True,
            ),
        )

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.anew_button, self.copy_button, self.export_button, self.withdraw_button

    def _lay_out(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(MARGIN_PX)
        upper.addWidget(self.choice, 1)
        for button in self._buttons():
            upper.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        column.setSpacing(MARGIN_PX)
        column.addLayout(upper)
        column.addWidget(self.figures)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)

    def _dress(self) -> None:
        table = self.table
        dress_table(table)
        metrics = table.fontMetrics()
        for column, text in enumerate(_WIDEST):
            table.setColumnWidth(column, metrics.horizontalAdvance(text) + _PADDING_PX)
