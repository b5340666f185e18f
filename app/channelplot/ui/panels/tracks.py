"""The Tracks panel: every craft with people, last report, next contact, status, waters; sums."""

from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QLabel, QPushButton

from channelplot.analysis.ledger import is_boat
from channelplot.analysis.tally import Tally
from channelplot.chart.qt_guard import qt_guarded
from channelplot.chart.wording import boat_type_text, craft_text, people_text, status_text
from channelplot.document.document import PlotChanged
from channelplot.document.session import Session
from channelplot.geodesy.text import date_time_group
from channelplot.model.track import Track
from channelplot.tools.lookout import Lookout
from channelplot.ui.craft_icons import craft_icon
from channelplot.ui.panels.chartwork_waters import WatersOfTracks
from channelplot.ui.panels.entity_panel import MARGIN_PX, EntityPanel
from channelplot.ui.panels.ink_delegate import InkDelegate
from channelplot.ui.panels.table_model import MISSING, Column, EntityTable, Key
from channelplot.ui.panels.whole_rows import height_px, keep_whole_rows
from channelplot.ui.theme import theme
from channelplot.ui.urgency_icons import urgency_icon
from channelplot.ui.words.account_text import (
    EXPLAINED,
    account_text,
    account_tip,
    closed_with_explanation,
    last_known_text,
    sources_text,
    status_history_text,
    totals_text,
    unaccounted_cell,
    unaccounted_line_text,
    unaccounted_tip,
)
from channelplot.ui.words.alert_text import contact_urgency, next_contact_text, next_contact_tip
from channelplot.ui.words.time_text import NO_DOUBT, time_text

WIDTHS_PX = (97, 74, 43, 50, 84, 64, 38, 54)
"""At the usual size of text; the first six fit a third of 1280 pixels."""
STATUS_COLUMN, REPORTS_COLUMN, WATERS_COLUMN = 5, 6, 7
_FITTED = frozenset({STATUS_COLUMN, REPORTS_COLUMN, WATERS_COLUMN})
LAST_COLUMN, NEXT_COLUMN = 3, 4
_WITH_DAYS_PX = {LAST_COLUMN: 66, NEXT_COLUMN: 68}
"""Where the last reports are of other days: their times are longer, and contacts days overdue."""
ROOMY = 1.5
"""Times the least width of the status that it has before the number of reports shows, too."""
_ONE_BY_ONE = 50
"""Changed tracks up to so many are put in their places; of more the list is made anew."""
FEWEST_ROWS = 3
"""Rather these than all sums; who is unaccounted for always shows, if need be instead of rows."""
_USUAL_LETTER_PX = 13


class TracksPanel(EntityPanel[Track]):
    """Name, people, who is unaccounted for, last and next time, status, reports, waters.

    The selection is the chart's. Tracks merged into others are left out unless asked for. Under
    the table stand the sums of the plot.
    """

    def __init__(self, session: Session, lookout: Lookout, waters: WatersOfTracks) -> None:
        """List the tracks of the open plot.

        lookout: knows when each is to report next; waters: whose it is in.
        """
        self._tally = tally = Tally()
        columns: tuple[Column[Track], ...] = (
            Column(
                self.tr("Track"),
                lambda t: t.name,
                _name_key,
                swatch=craft_icon,
                tooltip=_name_tip,
            ),
            Column(
                self.tr("People"),
                lambda t: account_text(tally.ledger(t)) if is_boat(t) else people_text(t.people),
                self._people_key,
                True,
                tooltip=lambda t: account_tip(tally.ledger(t)) if is_boat(t) else "",
                tip=self.tr("People reported / counted"),
            ),
            Column(
                "◆",
                lambda t: unaccounted_cell(tally.ledger(t)) if is_boat(t) else "",
                self._unaccounted_key,
                tooltip=lambda t: unaccounted_tip(tally.ledger(t)) if is_boat(t) else "",
                tip=self.tr("People unaccounted for: reported, and not counted"),
                ink=lambda t: theme().bad if self._is_open(t) else "",
            ),
            Column(
                self.tr("Last"),
                lambda t: _last_text(t, session.clock),
                _last_key,
                tooltip=lambda t: _last_tip(t, session.clock),
                tip=self.tr("Time of the last report"),
            ),
            Column(
                self.tr("Next"),
                lambda t: next_contact_text(lookout.contact(t), lookout),
                lambda t: _next_key(t, lookout),
                swatch=lambda t: urgency_icon(contact_urgency(lookout.contact(t))),
                tooltip=lambda t: next_contact_tip(lookout.contact(t), lookout),
                tip=self.tr("Time of the next contact"),
            ),
            Column(
                self.tr("Status"),
                self._status_text,
                lambda t: (0, self._status_text(t)),
                tooltip=lambda t: status_history_text(t, tally.ledger(t).explanation),
            ),
            Column(
                self.tr("Rep."),
                lambda t: str(len(t.reports)),
                lambda t: (0, float(len(t.reports))),
                tooltip=sources_text,
                tip=self.tr("Number of reports"),
            ),
            Column(
                self.tr("Waters"),
                lambda t: waters.short_text(t.uid),
                lambda t: (0, waters.short_text(t.uid)) if waters.short_text(t.uid) else MISSING,
                tooltip=lambda t: waters.tip_text(t.uid),
                tip=self.tr("Whose waters it is reckoned to be in now; ? where indicative"),
            ),
        )
        self._waters = waters
        self.merged = QPushButton()
        self.totals = QLabel()
        self._sums = self._least_sums = ""
        self._measure = QTextDocument()
        self._measure.setDocumentMargin(0)
        super().__init__(
            session,
            EntityTable(columns),
            "",
        )
        self._scale = self.table.font().pixelSize() / _USUAL_LETTER_PX
        for column, width_px in enumerate(WIDTHS_PX):
            self.table.setColumnWidth(column, round(width_px * self._scale))
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.horizontalHeader().sectionResized.connect(self._column_resized)
        # The end of a name or status tells it from others: PATROL-FR-2, rescued (part).
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.setItemDelegate(InkDelegate(self.table))
        self.table.setAccessibleName(self.tr("Tracks"))
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.merged.setText(self.tr("Merged"))
        self.merged.setCheckable(True)
        self.merged.setToolTip(self.tr("List the tracks, too, that were merged into others"))
        self.merged.toggled.connect(lambda _: self.show_plot())
        self.bar.insertWidget(0, self.merged)
        self.totals.setAccessibleName(self.tr("Sums of the plot"))
        self.totals.setTextFormat(Qt.TextFormat.RichText)
        self.totals.setWordWrap(True)
        self.totals.setContentsMargins(MARGIN_PX, 4, MARGIN_PX, 4)
        self.column.addWidget(self.totals)
        session.document_changed.connect(lambda _: self.show_plot())
        session.plot_changed.connect(self._plot_changed)
        self._lookout = lookout
        self._usual_intervals = lookout.usual_intervals
        lookout.looked.connect(lambda _: self._show_next())
        waters.changed.connect(lambda _: self.model.refresh())
        self.table.viewport().installEventFilter(self)
        self.show_plot()

    def show_plot(self) -> None:
        """List the tracks of the open plot anew."""
        self.say_when_empty(
            self.tr("This plot has no tracks, and is open for reading only.")
            if self.session.document.is_read_only
            else self.tr(
                "No tracks yet. Choose Report and click the chart where the boat was seen."
            )
        )
        self.model.show_all(filter(self._is_listed, self.session.document.plot.tracks.values()))
        self._fit_times()
        self._show_sums()
        self._follow(self.session.selection.uids)

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their room, and leave out what there is none for."""
        super().resizeEvent(event)
        self._show_if_room()
        self.fit_columns()

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the columns and rows their room anew where a scroll bar came or went."""
        if event.type() == QEvent.Type.Resize:
            self.fit_columns()
            self._show_if_room()
        return super().eventFilter(watched, event)

    def recolour(self) -> None:
        """Show the sums, which are marked up, in the colours of the moment."""
        self._show_sums()

    def _show_next(self) -> None:
        """Show how the time to the next contacts has moved on."""
        if self._lookout.usual_intervals != self._usual_intervals:
            self._usual_intervals = self._lookout.usual_intervals
            self.show_plot()  # in another order, perhaps
        else:
            self.model.refresh()
            self._fit_times()

    def _plot_changed(self, fact: PlotChanged) -> None:
        pairs = fact.change.tracks
        if len(pairs) > _ONE_BY_ONE:
            self.show_plot()
            return
        shown = [p.after for p in pairs if p.after is not None and self._is_listed(p.after)]
        uids = {track.uid for track in shown}
        self.model.update_entities(shown, [p.uid for p in pairs if p.uid not in uids])
        if any(p.before and p.after and p.before.name != p.after.name for p in pairs):
            self.model.refresh()  # others are the same as the one that was renamed
        self._fit_times()
        self._show_sums()

    def _show_sums(self) -> None:
        plot = self.session.document.plot
        totals = self._tally.totals(plot)
        self._sums = totals_text(totals, theme().bad)
        self._least_sums = unaccounted_line_text(totals, theme().bad)
        self.totals.setToolTip(self._sums)
        self.totals.setVisible(bool(plot.tracks or plot.unattributed))
        has_merged = any(plot.track_blocks.worked_out(_has_merged))
        self.merged.setVisible(has_merged)
        self.show_count()
        self._show_if_room()

    def wanted_px(self, rows: int) -> int:
        """Return the height in which so many rows show above who is unaccounted for."""
        below_px = self._sums_px(self._least_sums) if self._sums else 0
        return self._bar_px() + height_px(self.table, rows) + below_px

    def _show_if_room(self) -> None:
        """Show all sums, or who is unaccounted for alone where rows would have to go.

        The rows above are whole ones: half of a boat's figures can't be read.
        """
        rows_px = self.height() - self._bar_px()
        sums_px = self._sums_px(self._sums)
        has_room = rows_px >= height_px(self.table, FEWEST_ROWS) + sums_px
        text = self._sums if has_room else self._least_sums
        if text != self.totals.text():
            self.totals.setText(text)
        below_px = 0 if self.totals.isHidden() else self._sums_px(text)
        keep_whole_rows(self.table, rows_px - below_px)

    def _bar_px(self) -> int:
        return 0 if self._bar.isHidden() else self._bar.sizeHint().height()

    def _sums_px(self, sums: str) -> int:
        """Return how high the sums are in the width of the panel."""
        margins = self.totals.contentsMargins()
        self._measure.setDefaultFont(self.totals.font())
        self._measure.setHtml(sums)
        self._measure.setTextWidth(self.width() - margins.left() - margins.right())
        return round(self._measure.size().height()) + margins.top() + margins.bottom()

    def _fit_times(self) -> None:
        """Share the room of both times as their texts need it, unless somebody has."""
        blocks = self.session.document.plot.track_blocks
        now = self.session.clock()
        is_old = any(
            abs(now - at_utc) >= NO_DOUBT
            for first_and_last in blocks.worked_out(_first_and_last)
            for at_utc in first_and_last
        )
        for column, with_days_px in _WITH_DAYS_PX.items():
            widths = [round(each * self._scale) for each in (WIDTHS_PX[column], with_days_px)]
            if self.table.columnWidth(column) in widths:
                self.table.setColumnWidth(column, widths[is_old])

    def fit_columns(self) -> None:
        """Let the status have what is left; waters, then reports show where there is room."""
        table = self.table
        columns = set(range(len(WIDTHS_PX))) - _FITTED
        left_px = table.viewport().width() - sum(table.columnWidth(c) for c in columns)
        least_px = round(WIDTHS_PX[STATUS_COLUMN] * self._scale)
        for column in (WATERS_COLUMN, REPORTS_COLUMN):
            width_px = round(WIDTHS_PX[column] * self._scale)
            status_px = least_px if column == WATERS_COLUMN else ROOMY * least_px
            has_room = left_px >= status_px + width_px
            table.setColumnHidden(column, not has_room)
            if has_room:
                table.setColumnWidth(column, width_px)  # hidden when kept, it has none of its own
            left_px -= width_px if has_room else 0
        self._waters.want(not table.isColumnHidden(WATERS_COLUMN))
        table.setColumnWidth(STATUS_COLUMN, max(left_px, least_px))

    def _column_resized(self, column: int, _before_px: int, _after_px: int) -> None:
        """Share out the room anew when another column than those that are fitted was dragged."""
        if column not in _FITTED:
            self.fit_columns()

    def _is_listed(self, track: Track) -> bool:
        return track.same_as_uid is None or self.merged.isChecked()

    def _is_open(self, track: Track) -> bool:
        """Return whether people of a boat are unaccounted for whom nobody answers for."""
        if not is_boat(track):
            return False
        ledger = self._tally.ledger(track)
        return not (ledger.is_reconciled or ledger.is_explained)

    def _status_text(self, track: Track) -> str:
        """Return the status; of a merged track the other's name; marked where explained."""
        if track.same_as_uid is not None:
            other = self.session.document.plot.tracks.get(track.same_as_uid)
            return self.tr("same as {name}").format(name="?" if other is None else other.name)
        text = status_text(track.status)
        return f"{EXPLAINED} {text}" if closed_with_explanation(track) else text

    def _people_key(self, track: Track) -> Key:
        if is_boat(track):
            ledger = self._tally.ledger(track)
            total = ledger.reported_total
            total = ledger.counted_total if total is None else total
        else:
            total = None if track.people is None else track.people.total
        return MISSING if total is None else (0, float(total))

    def _unaccounted_key(self, track: Track) -> Key:
        """Return a key that puts those nobody answers for after the others, by their number."""
        ledger = self._tally.ledger(track)
        if not is_boat(track) or ledger.is_reconciled:
            return (0, -1.0)
        return (0, float(ledger.unaccounted) + (0.0 if ledger.is_explained else 10_000.0))


def _name_key(track: Track) -> Key:
    """Return a key that puts A, B, ... Z before AA, and letters before other names."""
    is_lettered = len(track.name) <= 2 and track.name.isupper()
    return (0, f"{len(track.name)}{track.name}" if is_lettered else f"9{track.name}")


def _name_tip(track: Track) -> str:
    what = craft_text(track.craft)
    if track.boat_type is not None:
        what = f"{what}, {boat_type_text(track.boat_type)}"
    return f"{track.name}, {what}\n{sources_text(track)}"


def _last_text(track: Track, clock: Callable[[], datetime]) -> str:
    last = track.last_report
    return "" if last is None else time_text(last.observed_at_utc, clock)


def _last_tip(track: Track, clock: Callable[[], datetime]) -> str:
    last = track.last_report
    told = "" if last is None else date_time_group(last.observed_at_utc)
    return "\n".join(filter(None, (told, last_known_text(track, clock()))))


def _last_key(track: Track) -> Key:
    last = track.last_report
    return MISSING if last is None else (0, last.observed_at_utc.timestamp())


def _next_key(track: Track, lookout: Lookout) -> Key:
    contact = lookout.contact(track)
    return MISSING if contact is None else (0, lookout.due_utc(contact).timestamp())


def _has_merged(tracks: Iterable[Track]) -> bool:
    return any(track.same_as_uid is not None for track in tracks)


def _first_and_last(tracks: Iterable[Track]) -> tuple[datetime, ...]:
    """Return the first and the last time of the tracks' last reports, nothing without any."""
    lasts = (track.last_observed_at_utc for track in tracks)
    times = [at_utc for at_utc in lasts if at_utc is not None]
    return (min(times), max(times)) if times else ()
