"""The status bar: where the pointer is, the scale, who is on watch, what is saved."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStatusBar, QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.chart.viewport import Viewport
from channelplot.document.document import SaveState
from channelplot.document.session import Session
from channelplot.document.watch import WatchKeeper
from channelplot.geodesy.measure import bearing_deg, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import (
    Notation,
    bearing_text,
    day_zulu_text,
    distance_text,
    position_text,
    scale_text,
    zulu_seconds_text,
    zulu_text,
)
from channelplot.ui.files.recovery_text import trouble_mark_text
from channelplot.ui.line.fixed_text import FixedText
from channelplot.ui.notation import WIDEST, notation_short_text
from channelplot.ui.preference import Preference
from channelplot.ui.words.time_text import NO_DOUBT
from channelplot.ui.words.watch_text import watch_short_text, watch_text, watch_tooltip

NOTE_MS = 5000
GAP_PX = 6
"""What Qt puts between two parts of the bar."""
_STEPS = 5
_L = TypeVar("_L", bound=QLabel)


class StatusBar(QStatusBar):
    """Pointer position, bearing and distance from the selected report, scale, saved mark.

    What has just been done is noted for a moment in the place of the bearing and distance. Where
    there is little room, parts give way one after the other, and what is cut short is whole in
    its tooltip: who has the watch, what is saved and the clocks always show.
    """

    def __init__(
        self,
        session: Session,
        mm_per_px: Callable[[], float],
        notation: Preference[Notation],
        watch: WatchKeeper,
    ) -> None:
        """Show how things stand. mm_per_px: returns the size of a pixel of the screen."""
        super().__init__()
        self._session = session
        self._mm_per_px = mm_per_px
        self._notation = notation
        self._pointer: Position | None = None
        self.setSizeGripEnabled(False)
        self.position = self._label(self.tr("Pointer position"))
        advance = self.fontMetrics().horizontalAdvance
        self.position.setMinimumWidth(max(map(advance, WIDEST.values())) + 14)
        self.from_selected = self._cut_label(self.tr("From the selected report"))
        self.note = self._cut_label(self.tr("Done"))
        self.note.hide()
        self._note_timer = QTimer(self)
        self._note_timer.setSingleShot(True)
        self._note_timer.setInterval(NOTE_MS)
        self._note_timer.timeout.connect(self._end_note)
        self.scale = self._label(self.tr("Scale"))
        self.reference = self._label(self.tr("Reference"))
        self.reference.setProperty("faint", True)
        self._keeper = watch
        self.watch = QPushButton(self)
        self.watch.setObjectName("watch")
        self.watch.setFlat(True)
        self.watch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.watch.setAccessibleName(self.tr("Watch"))
        self.saved = self._label(self.tr("Saved"))
        self._watch_text = self._saved_text = ""
        self.addWidget(self.position)
        self.addWidget(self.from_selected, 1)
        self.addWidget(self.note, 1)
        for widget in (self.scale, self.reference, self.watch, self.saved):
            self.addPermanentWidget(widget)
        self._guest: QWidget | None = None
        self._is_noting_long = False
        self._given_way = 0
        watch.changed.connect(lambda _: self.show_watch())
        session.save_state_changed.connect(self.show_save_state)
        session.selection.changed.connect(lambda _: self._show_from_selected())
        session.plot_changed.connect(lambda _: self._show_from_selected())
        self.show_watch()
        self.show_save_state(session.document.save_state)
        notation.changed.connect(lambda _: self.show_notation())
        self.show_notation()

    @property
    def pointer(self) -> Position | None:
        """Return where the pointer is, None if it is not over the chart."""
        return self._pointer

    def take_in(self, guest: QWidget) -> None:
        """Show something at the right end, and let what matters less give way to it."""
        self._guest = guest
        self.addPermanentWidget(guest)
        guest.show()
        self.make_room()

    def let_go(self) -> None:
        """Show what was taken in no more."""
        if self._guest is not None:
            self.removeWidget(self._guest)
            self._guest = None
            self.make_room()

    def make_room(self) -> None:
        """Let as many parts give way as is needed for the others to show whole."""
        for steps in range(_STEPS + 1):
            self._give_way(steps)
            if self._needed_px() <= self.width():
                break

    @qt_guarded(QSize(0, 0))
    def minimumSizeHint(self) -> QSize:
        """Return the height alone: the bar never makes a window wider than its screen."""
        return QSize(0, super().minimumSizeHint().height())

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let parts give way, or come back."""
        super().resizeEvent(event)
        self.make_room()

    def show_note(self, text: str) -> None:
        """Say for a moment what has been done, in the pointer's place too where it is long."""
        if not self.note.isVisible():
            needed_px = self.note.fontMetrics().horizontalAdvance(text) + 12
            self._is_noting_long = needed_px > self.from_selected.width()
            self._give_way(self._given_way)
        self.note.show_text(text)
        self.from_selected.hide()
        self.note.show()
        self._note_timer.start()

    def show_notation(self) -> None:
        """Show the pointer's position in another form, and which, if not the usual one."""
        self._show_position()
        form = notation_short_text(self._notation.current)
        is_usual = self._notation.current is Notation.DDM
        self.reference.setText("WGS 84" if is_usual else f"{form} · WGS 84")
        self.make_room()

    def show_pointer(self, position: object) -> None:
        """Show a Position, or None when the pointer has left the chart."""
        self._pointer = position if isinstance(position, Position) else None
        self._show_position()
        self._show_from_selected()

    def show_viewport(self, viewport: object) -> None:
        """Show the scale of a Viewport."""
        if isinstance(viewport, Viewport):
            text = scale_text(viewport.scale_denominator(self._mm_per_px()))
            is_longer = len(text) != len(self.scale.text())
            self.scale.setText(text)
            if is_longer:
                self.make_room()

    def show_watch(self) -> None:
        """Show who has the watch and since when; that nobody has, plainly."""
        text = watch_text(self._keeper, self._session.clock())
        if text == self._watch_text:
            return
        self._watch_text = text
        self.watch.setToolTip(watch_tooltip(self._keeper))
        is_doubtful = self._keeper.current is None or self._keeper.is_overlong
        self.watch.setProperty("warning", is_doubtful)
        self.watch.style().unpolish(self.watch)
        self.watch.style().polish(self.watch)
        self.make_room()

    def show_save_state(self, state: SaveState) -> None:
        """Say what is on disk; nothing says saved that is not."""
        document = self._session.document
        is_bad = state.failure is not None or state.trouble is not None
        if state.pending:
            text = self.tr("{number} not saved").format(number=state.pending)
        elif state.trouble is not None:
            text = trouble_mark_text(state.trouble)
        elif document.is_read_only:
            text = self.tr("Read only")
        elif state.mark is None:
            text = self.tr("All saved")
        else:
            text = self.tr("All saved, last {time}").format(time=self._mark_text(state.mark.at_utc))
        self._saved_text = text
        self.saved.setToolTip(f"{text}\n{document.path}")
        for name, is_so in (
            ("bad", is_bad),
            ("good", not (state.pending or document.is_read_only or is_bad)),
            ("warning", bool(state.pending or document.is_read_only) and not is_bad),
        ):
            self.saved.setProperty(name, is_so)
        self.saved.style().unpolish(self.saved)
        self.saved.style().polish(self.saved)
        self.make_room()

    def _give_way(self, steps: int) -> None:
        """Leave out, or say shorter, so many of the parts that matter least."""
        self._given_way = steps
        is_all_saved = bool(self.saved.property("good"))
        short_watch = watch_short_text(self._keeper)
        self.reference.setVisible(steps < 1)
        self.watch.setText(self._watch_text if steps < 2 else short_watch)
        self.saved.setText(
            self.tr("All saved") if is_all_saved and steps >= 3 else self._saved_text
        )
        self.scale.setVisible(steps < 4)
        self.position.setVisible(steps < 5 and not self._is_noting_long)

    def _needed_px(self) -> int:
        """Return the width in which all that shows now is whole."""
        parts = (self.scale, self.reference, self.watch, self.saved, self._guest)
        shown = [part for part in parts if part is not None and not part.isHidden()]
        position_px = self.position.minimumWidth() if self._given_way < 5 else 0
        return position_px + sum(part.sizeHint().width() + GAP_PX for part in shown) + 2 * GAP_PX

    def _mark_text(self, at_utc: datetime) -> str:
        """Return the time of the last save, with its day where that could be in doubt."""
        is_today = abs(self._session.clock() - at_utc) < NO_DOUBT
        return zulu_seconds_text(at_utc) if is_today else day_zulu_text(at_utc)

    def _show_position(self) -> None:
        at, notation = self._pointer, self._notation.current
        self.position.setText("" if at is None else position_text(at, notation=notation))

    def _end_note(self) -> None:
        self.note.hide()
        self.from_selected.show()
        self._is_noting_long = False
        self.make_room()

    def _show_from_selected(self) -> None:
        document = self._session.document
        report = self._session.selection.only_report(document.plot)
        pointer = self._pointer
        if report is None or report.position is None or pointer is None:
            self.from_selected.show_text("")
            return
        if report.position == pointer:
            self.from_selected.show_text("")
            return
        track = document.plot.tracks.get(report.track_uid or "")
        self.from_selected.show_text(
            self.tr("{bearing} {distance} from {name} {time}").format(
                bearing=bearing_text(bearing_deg(report.position, pointer)),
                distance=distance_text(distance_m(report.position, pointer)),
                name=track.name if track else self.tr("report"),
                time=zulu_text(report.observed_at_utc),
            )
        )

    def _cut_label(self, name: str) -> FixedText:
        """Return a label that gives way to those that are always there."""
        return self._named(FixedText(self), name)

    def _label(self, name: str) -> QLabel:
        return self._named(QLabel(self), name)

    def _named(self, label: _L, name: str) -> _L:
        label.setAccessibleName(name)
        label.setContentsMargins(6, 0, 6, 0)
        return label


def clocks_label(parent: QWidget) -> QLabel:
    """Return the label in the menu bar's corner that holds the three clocks."""
    label = QLabel(parent)
    label.setAccessibleName(parent.tr("Clocks"))
    label.setContentsMargins(12, 4, 14, 4)
    label.setProperty("strong", True)
    return label


def corner_of(parent: QWidget, counter: QWidget, room_px: int, clocks: QWidget) -> QWidget:
    """Return the menu bar's corner: a counter, with room for it while it is hidden, and clocks."""
    corner, place = QWidget(parent), QWidget(parent)
    place.setMinimumWidth(room_px)
    in_place, row = QHBoxLayout(place), QHBoxLayout(corner)
    for layout in (in_place, row):
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
    in_place.addStretch(1)
    in_place.addWidget(counter)
    row.addWidget(place)
    row.addWidget(clocks)
    return corner
