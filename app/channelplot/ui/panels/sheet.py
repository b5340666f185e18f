"""The Sheet panel: a snapshot's page as it will be, above all that can be chosen for it."""

import contextlib
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from channelplot.chart.qt_guard import qt_guarded
from channelplot.settings import MARKINGS, MARKINGS_APART
from channelplot.ui.desk import Desk
from channelplot.ui.panels.sheet_arrangement import SheetArrangement
from channelplot.ui.panels.sheet_close_up import SheetCloseUp
from channelplot.ui.panels.sheet_drawing import Pictures, SheetDrawing
from channelplot.ui.panels.sheet_fields import SheetFields
from channelplot.ui.panels.sheet_preview import SheetPreview
from channelplot.ui.saved_views import NUMBERS, SavedViews
from channelplot.ui.sheet_choices import (
    SheetChoices,
    Shows,
    as_values,
    choices_from,
    markings_from,
)
from channelplot.ui.sheet_maker import NoSheet, Order, SheetMaker

DELAY_MS: Final = 150
"""A choice is followed by another, or by letters of the same text, within this time."""
AGE_MS: Final = 60_000
"""Ages on the sheet are in minutes."""
_SAVE, _COPY, _PRINT = "Ctrl+Return", "Ctrl+Shift+C", "Ctrl+Shift+Return"
_CLOSER = "Ctrl+Space"


class SheetPanel(QWidget):
    """What is chosen, and what comes of it.

    Signals: save_wanted, copy_wanted, print_wanted and carry_wanted with the Order of what is
    chosen; previewed() once the preview shows it; left at Esc.
    """

    save_wanted = Signal(object)  # Order
    copy_wanted = Signal(object)  # Order
    print_wanted = Signal(object)  # Order
    carry_wanted = Signal(object)  # Order
    previewed = Signal()
    left = Signal()

    def __init__(self, desk: Desk, maker: SheetMaker, views: SavedViews) -> None:
        """Start with what was chosen last at this desk."""
        super().__init__()
        self._desk = desk
        self._maker = maker
        self._views = views
        self._drawing = SheetDrawing(self, desk.background)
        self.preview = SheetPreview(self)
        self.close_up = SheetCloseUp(desk.canvas)
        self.fields = SheetFields(self, desk.session.clock)
        self.page_label = QLabel(self)
        self.page_label.setAccessibleName(self.tr("Page of the preview"))
        self.page_label.setProperty("faint", True)
        self.page_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back, self.on = self._turner("<", -1), self._turner(">", 1)
        self.back.setAccessibleName(self.tr("Page before"))
        self.on.setAccessibleName(self.tr("Next page"))
        self.save_button = self._button(self.tr("Save..."), _SAVE, self._save)
        self.save_button.setProperty("primary", True)
        self.copy_button = self._button(self.tr("Copy"), _COPY, self._copy)
        self.print_button = self._button(self.tr("Print..."), _PRINT, self._print)
        self._arrangement = SheetArrangement(
            self,
            self.preview,
            self.fields,
            buttons=(self.save_button, self.copy_button, self.print_button),
            turning=(self.back, self.page_label, self.on),
        )
        self._key("PgUp", lambda: self.turn(-1))
        self._key("PgDown", lambda: self.turn(1))
        self._key("Escape", self._leave)
        self._key(_CLOSER, self.look_closer)
        self._soon = self._timer(DELAY_MS, self.refresh)
        self._room = self._timer(DELAY_MS // 3, self._draw)
        self._ages = QTimer(self)
        self._ages.setInterval(AGE_MS)
        self._ages.timeout.connect(self.refresh)
        self.fields.show_choices(choices_from(desk.state.sheet_choices()))
        self._list_views()
        self._list_markings()
        self._show_page_number()
        self._connect()

    # What is chosen

    @property
    def choices(self) -> SheetChoices:
        """Return what is chosen."""
        return self.fields.choices

    @property
    def is_up_to_date(self) -> bool:
        """Return whether the preview shows what is chosen."""
        is_waiting = self._soon.isActive() or self._room.isActive()
        return self._drawing.order is not None and not is_waiting and not self.preview.is_stale

    @property
    def page_count(self) -> int:
        """Return how many pages the sheet has, 0 while that is not known."""
        return self._drawing.page_count

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return text and keys, for the list of all keys."""
        told = (
            (self.tr("Save the sheet of the panel"), _SAVE),
            (self.tr("Copy the sheet of the panel"), _COPY),
            (self.tr("Print the sheet of the panel"), _PRINT),
            (self.tr("See it in the place of the chart"), _CLOSER),
        )
        native = QKeySequence.SequenceFormat.NativeText
        return tuple((text, QKeySequence(keys).toString(native)) for text, keys in told)

    def take_keys(self) -> None:
        """Give the first field the keys."""
        self.fields.title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def wanted_px(self) -> int:
        """Return the height in which all choices show, and a page that can be judged."""
        return self._arrangement.wanted_px()

    def turn(self, pages: int) -> None:
        """Show a page further on, or back."""
        if self._drawing.turn(pages):
            self._show_page_number()
            self._draw()

    def look_closer(self) -> None:
        """Show the page in the place of the chart, or the chart again.

        The choices have the whole panel meanwhile.
        """
        is_closer = self.close_up.isHidden()
        if self.preview.hasFocus():
            self.take_keys()
        if is_closer:
            self.close_up.open()
        else:
            self.close_up.hide()
        self.preview.setVisible(not is_closer)
        self._arrangement.fit()
        self._room.start()

    def _leave(self) -> None:
        """Show the chart again; then let go of the keys."""
        if self.close_up.isHidden():
            self.left.emit()
        else:
            self.look_closer()

    # What comes of it

    def refresh(self) -> None:
        """Lay the sheet out anew, elsewhere, and show it; not while nobody sees it."""
        self._soon.stop()
        if not self._is_seen():
            return
        choices = self.choices
        self.fields.say_usual(self._maker.title(choices), self._desk.session.document.operator)
        try:
            order = self._maker.order(choices)
        except NoSheet as refusal:
            self._drawing.drop()
            self._refuse(str(refusal))
            return
        for each in self._previews():
            each.fade()
        self._drawing.lay_out(order, self._rooms_px())

    def _draw(self) -> None:
        """Draw the page that shows in another size, or another page."""
        self._room.stop()
        if not self._soon.isActive() and self.isVisible():
            self._drawing.draw(self._rooms_px())

    def _previews(self) -> tuple[SheetPreview, ...]:
        """Return where the page shows: in the panel, and in the place of the chart."""
        return (self.preview,) if self.close_up.isHidden() else (self.preview, self.close_up)

    def _rooms_px(self) -> tuple[QSize, ...]:
        return tuple(each.room_px() for each in self._previews())

    def _show(self, pictures: Pictures) -> None:
        self.fields.unsay()
        for preview, picture in zip(self._previews(), pictures, strict=False):
            preview.show_image(picture)
        self._show_page_number()
        self.previewed.emit()

    def _refuse(self, text: str) -> None:
        """Say in the panel what stops a sheet from being made."""
        self.fields.say(text)
        for preview in self._previews():
            preview.show_image(None)
        self._show_page_number()

    def _wanted(self, signal_emit: Callable[[Order], None]) -> None:
        """Hand out the order for what is chosen, the very one that the preview shows."""
        if not self.fields.finish():
            return
        if self._soon.isActive() or self._drawing.order is None:
            self.refresh()
        if self._drawing.order is not None:
            signal_emit(self._drawing.order)

    def _save(self) -> None:
        self._wanted(self.save_wanted.emit)

    def _copy(self) -> None:
        self._wanted(self.copy_wanted.emit)

    def _print(self) -> None:
        self._wanted(self.print_wanted.emit)

    # What it follows

    def _connect(self) -> None:
        desk = self._desk
        self.fields.changed.connect(self._chosen)
        self._drawing.drawn.connect(self._show)
        self._drawing.failed.connect(self._refuse)
        self.preview.room_changed.connect(self._room.start)
        for preview in (self.preview, self.close_up):
            preview.page_wanted.connect(self.turn)
            preview.carry_wanted.connect(lambda: self._wanted(self.carry_wanted.emit))
            preview.closer_wanted.connect(self.look_closer)
        self.close_up.room_changed.connect(self._room.start)
        desk.session.plot_changed.connect(lambda _: self.outdate())
        desk.session.save_state_changed.connect(lambda _: self.outdate())
        desk.session.selection.changed.connect(lambda _: self.outdate())
        desk.session.document_changed.connect(lambda _: self._new_plot())
        desk.canvas.viewport_changed.connect(lambda _: self._view_moved())
        desk.watch.changed.connect(lambda _: self.outdate())
        desk.figures.changed.connect(
            lambda setting: self._list_markings() if setting is MARKINGS else None
        )
        self._views.changed.connect(self._list_views)

    def outdate(self) -> None:
        """Lay the sheet out anew soon: something it shows is another."""
        if self._is_seen():
            self._soon.start()

    def show_if_in_front(self, is_in_front: bool) -> None:
        """Catch up with what was not shown while nobody could see it."""
        if is_in_front:
            self._soon.start()
        else:
            self._show_chart()

    def _show_chart(self) -> None:
        if not self.close_up.isHidden():
            self.look_closer()

    def _is_seen(self) -> bool:
        """Return whether the panel shows, and is not behind others."""
        return self.isVisible() and not self.visibleRegion().isEmpty()

    def _chosen(self) -> None:
        with contextlib.suppress(OSError):  # only the choices for next time are lost
            self._desk.state.remember_sheet_choices(as_values(self.choices))
        self._drawing.stop()
        self._soon.start()

    def _view_moved(self) -> None:
        if self.choices.shows is Shows.VIEW:
            self.outdate()

    def _new_plot(self) -> None:
        """Forget what was said of another plot: its title, and its time."""
        self.fields.forget_plot()
        self._drawing.drop()
        self.outdate()

    def _list_views(self) -> None:
        kept = ((number, self._views.view(number)) for number in NUMBERS)
        self.fields.list_views((number, view.name) for number, view in kept if view is not None)
        if self.choices.shows is Shows.SAVED:
            self.outdate()

    def _list_markings(self) -> None:
        text = str(self._desk.settings.value(MARKINGS))
        self.fields.list_markings(markings_from(text, MARKINGS_APART))

    @qt_guarded(None)
    def showEvent(self, event: QShowEvent) -> None:
        """Show the sheet as it is now."""
        super().showEvent(event)
        self._soon.start()
        self._ages.start()

    @qt_guarded(None)
    def hideEvent(self, event: QHideEvent) -> None:
        """Make nothing while nobody sees it."""
        super().hideEvent(event)
        self._soon.stop()
        self._ages.stop()
        self._drawing.stop()
        self._show_chart()

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self._arrangement.fit()

    # How it is put together

    def _show_page_number(self) -> None:
        count, number = self._drawing.page_count, self._drawing.number
        text = self.tr("Page {number} of {count}").format(number=number + 1, count=count)
        self.page_label.setText(text if count else "")
        self.preview.setAccessibleDescription(text if count else self.fields.fault.text())
        self.back.setEnabled(number > 0)
        self.on.setEnabled(number + 1 < count)

    def _turner(self, text: str, pages: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        keys = "PgUp" if pages < 0 else "PgDown"
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(native)
        button.clicked.connect(lambda _: self.turn(pages))
        return button

    def _button(self, text: str, keys: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{text.rstrip('.')} ({native})")
        button.clicked.connect(lambda _: slot())
        self._key(keys, slot)
        return button

    def _key(self, keys: str, slot: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def _timer(self, delay_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay_ms)
        timer.timeout.connect(slot)
        return timer
