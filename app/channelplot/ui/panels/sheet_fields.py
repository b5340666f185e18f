"""The choices for a sheet as fields, each of which counts at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from channelplot.chart.language import SheetLanguage
from channelplot.chart.qt_guard import qt_guarded
from channelplot.geodesy.text import scale_text
from channelplot.reading.values import Fault, Question
from channelplot.snapshot.release import PROFILES
from channelplot.snapshot.settings import (
    LEAST_DPI,
    LEAST_SCALE,
    MOST_DPI,
    MOST_SCALE,
    MOST_TEXT,
    Page,
    Report,
    Series,
)
from channelplot.tools.asked_time import written_time
from channelplot.tools.chartwork_fields import chosen_time
from channelplot.ui.entry.field_text import problem_text
from channelplot.ui.panels.entity_panel import MARGIN_PX
from channelplot.ui.panels.sheet_choice import LETTERS, Choice, NarrowBox
from channelplot.ui.sheet_choices import Boats, SheetChoices, Shows
from channelplot.ui.spin_text import set_text_apart
from channelplot.ui.words.layers_text import read_bound
from channelplot.ui.words.sheet_text import (
    language_text,
    page_text,
    release_text,
    report_text,
    series_text,
)

USUAL_SCALES: Final = (25_000, 50_000, 75_000, 100_000, 150_000, 200_000, 250_000, 500_000)
_ROW_GAP_PX: Final = 2


class SheetFields(QWidget):
    """Fields for every choice. Emits changed(); what can't be read says why and changes nothing.

    choices: what is chosen now, all of it readable. fault: says what is wrong; it goes where it is
    always seen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget, clock: Callable[[], datetime]) -> None:
        """Start with what a desk begins with. clock: returns the time in UTC."""
        super().__init__(parent)
        self._clock = clock
        self.choices = SheetChoices()
        self._kept: tuple[tuple[int, str], ...] = ()
        self._markings: tuple[str, ...] = ()
        tr = self.tr
        self.title, self.author, self.at = (QLineEdit(self) for _ in range(3))
        for line in (self.title, self.author):
            line.setMaxLength(MOST_TEXT)
        self.at.setPlaceholderText(tr("now"))
        self.page = Choice(self, [(page_text(page), page) for page in Page])
        self.way = Choice(self, [(tr("across"), True), (tr("upright"), False)])
        self.shows = Choice(self, [(tr("the view"), (Shows.VIEW, 0))])
        self.scale = NarrowBox(self)
        self.scale.setEditable(True)
        self.scale.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.scale.addItems([tr("to fit"), *map(scale_text, USUAL_SCALES)])
        self.scale.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none, its stub does not
        self.boats = Choice(self, [(tr("all"), Boats.ALL), (tr("selected"), Boats.SELECTED)])
        self.language = Choice(self, [(language_text(each), each) for each in SheetLanguage])
        self.marking = Choice(self, [(tr("none"), "")])
        self.profile = Choice(self, [(release_text(code), code) for code in ("", *PROFILES)])
        series: list[tuple[str, Series]] = [(series_text(each), each) for each in Series]
        self.series = Choice(self, series)
        self.dpi = QSpinBox(self)
        self.dpi.setRange(LEAST_DPI, MOST_DPI)
        self.dpi.setSingleStep(50)
        self.dpi.setSuffix(tr(" dpi"))
        self.dpi.setKeyboardTracking(False)
        set_text_apart(self.dpi)
        self.reports = {report: QCheckBox(report_text(report), self) for report in Report}
        self.fault = QLabel(self)
        self.fault.setAccessibleName(tr("What is the matter with the sheet"))
        self.fault.setProperty("bad", True)
        self.fault.setWordWrap(True)
        self.fault.hide()
        self._lay_out()
        self._connect()

    # What there is to choose from

    def list_views(self, kept: Iterable[tuple[int, str]]) -> None:
        """Offer the views that are kept, by number and name."""
        self._kept = tuple(kept)
        self._offer_views()

    def list_markings(self, markings: Sequence[str]) -> None:
        """Offer the markings of the desk; the one that is chosen stays, listed or not."""
        self._markings = tuple(markings)
        self._offer_markings()

    def _offer_views(self) -> None:
        tr = self.tr
        offered: list[tuple[str, tuple[Shows, int]]] = [
            (tr("the view"), (Shows.VIEW, 0)),
            (tr("open boats"), (Shows.OPEN, 0)),
            (tr("all reports"), (Shows.ALL, 0)),
            (tr("selected boats"), (Shows.SELECTED, 0)),
            *((f"{number}  {name}", (Shows.SAVED, number)) for number, name in self._kept),
        ]
        chosen = (self.choices.shows, self.choices.saved_view)
        if chosen not in [data for _, data in offered]:
            offered.append((tr("view {number}, gone").format(number=chosen[1]), chosen))
        self.shows.fill(offered, chosen)

    def _offer_markings(self) -> None:
        chosen = self.choices.marking
        offered = list(dict.fromkeys(("", *self._markings, chosen)))
        self.marking.fill([(each or self.tr("none"), each) for each in offered], chosen)

    def say_usual(self, title: str, author: str) -> None:
        """Say what stands on the sheet where title and author are left empty."""
        self.title.setPlaceholderText(title)
        self.author.setPlaceholderText("" if self.choices.profile else author)

    # What is chosen

    def show_choices(self, choices: SheetChoices) -> None:
        """Show what is chosen, without telling anybody."""
        self.choices = choices
        self.page.choose(choices.page)
        self.way.choose(choices.is_landscape)
        self.boats.choose(choices.boats)
        self.language.choose(choices.language)
        self.profile.choose(choices.profile)
        self.series.choose(choices.series)
        self._offer_views()
        self._offer_markings()
        with QSignalBlocker(self.dpi):
            self.dpi.setValue(choices.dpi)
        for report, tick in self.reports.items():
            with QSignalBlocker(tick):
                tick.setChecked(report in choices.reports)
        self.title.setText(choices.title)
        self.author.setText(choices.author)
        self._write_scale()
        self._write_time()
        self._show_reasons()

    def finish(self) -> bool:
        """Take what is typed into a field that nobody has left yet; False if it can't be read."""
        self.dpi.interpretText()
        return self._read_scale() and self._read_time()

    def forget_plot(self) -> None:
        """Let title and time be those of another plot."""
        self.show_choices(replace(self.choices, title="", at_utc=None))

    def unsay(self) -> None:
        """Say no longer why there is no sheet; what is wrong with a field stays said."""
        if not any(edit is not None and edit.property("wrong") for edit in self._typed()):
            self.say("")

    def _typed(self) -> tuple[QLineEdit | None, ...]:
        return self.at, self.scale.lineEdit()

    def say(self, text: str, field: QWidget | None = None) -> None:
        """Say what is wrong, "" for nothing. field: the one it is wrong with."""
        if text != self.fault.text():
            self.fault.setText(text)
        self.fault.setVisible(bool(text))
        for edit in self._typed():
            is_wrong = edit is not None and edit is field
            if edit is not None and bool(edit.property("wrong")) != is_wrong:
                edit.setProperty("wrong", is_wrong)
                edit.style().unpolish(edit)
                edit.style().polish(edit)

    def _choose(self, choices: SheetChoices) -> None:
        if choices != self.choices:
            self.choices = choices
            self._show_reasons()
            self.changed.emit()

    def _read_boxes(self) -> None:
        shows, saved_view = self.shows.chosen
        self._choose(
            replace(
                self.choices,
                page=self.page.chosen,
                is_landscape=self.way.chosen,
                shows=shows,
                saved_view=saved_view,
                boats=self.boats.chosen,
                language=self.language.chosen,
                marking=self.marking.chosen,
                profile=self.profile.chosen,
                series=self.series.chosen,
                dpi=self.dpi.value(),
                reports=tuple(r for r, tick in self.reports.items() if tick.isChecked()),
            )
        )

    def _read_texts(self) -> None:
        title, author = (_plain(line.text()) for line in (self.title, self.author))
        self._choose(replace(self.choices, title=title, author=author))

    def _read_scale(self) -> bool:
        """Take the scale that is typed; False, having said why, if it is none."""
        text, edit = self.scale.currentText(), self.scale.lineEdit()
        try:
            scale = None if text == self.scale.itemText(0) else read_bound(text)
        except ValueError:
            self.say(self.tr("Write a scale as 1:250 000 or 250k."), edit)
            return False
        if scale is not None and not LEAST_SCALE <= scale <= MOST_SCALE:
            text = self.tr("A sheet has a scale from {most} to {least}.")
            most, least = scale_text(LEAST_SCALE), scale_text(MOST_SCALE)
            self.say(text.format(most=most, least=least), edit)
            return False
        self._unsay(edit)
        self._choose(replace(self.choices, scale=scale))
        self._write_scale()
        return True

    def _read_time(self) -> bool:
        """Take the time that is typed; False, having said why, if it is none."""
        now_utc, text = self._clock(), self.at.text()
        shown_utc = self.choices.at_utc
        if shown_utc is not None and text == written_time(shown_utc, now_utc):
            self._unsay(self.at)
            return True
        found = chosen_time(text, now_utc)
        if isinstance(found, Fault | Question):
            self.say(problem_text(found, text), self.at)
            return False
        if found is not None and found > now_utc:
            self.say(self.tr("That time is ahead: nothing is known of it yet."), self.at)
            return False
        self._unsay(self.at)
        self._choose(replace(self.choices, at_utc=found))
        self._write_time()
        return True

    def _unsay(self, field: QWidget | None) -> None:
        """Say no longer what was wrong with a field."""
        if field is not None and field.property("wrong"):
            self.say("")

    def _write_scale(self) -> None:
        scale = self.choices.scale
        with QSignalBlocker(self.scale):
            self.scale.setEditText(self.scale.itemText(0) if scale is None else scale_text(scale))

    def _write_time(self) -> None:
        at_utc = self.choices.at_utc
        self.at.setText("" if at_utc is None else written_time(at_utc, self._clock()))

    def _show_reasons(self) -> None:
        """Grey what can't be chosen beside something else, and say why."""
        is_screen = self.choices.page is Page.SCREEN
        self.way.box.setEnabled(not is_screen)
        self.way.box.setToolTip(self.tr("The screen's shape has only one way") if is_screen else "")
        is_release = bool(self.choices.profile)
        log = self.reports[Report.LOG]
        log.setEnabled(not is_release)
        self.author.setEnabled(not is_release)
        reason = self.tr("A release copy has no names and no words") if is_release else ""
        log.setToolTip(reason)
        self.author.setToolTip(reason)

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to the panel: scrolling must not change what is chosen."""
        is_passing = isinstance(watched, QWidget) and not watched.hasFocus()
        if event.type() == QEvent.Type.Wheel and is_passing:
            event.ignore()
            return True
        return False

    # How it is put together

    def _lay_out(self) -> None:
        tr = self.tr
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(MARGIN_PX)
        grid.setVerticalSpacing(_ROW_GAP_PX)
        rows: tuple[tuple[tuple[str, QWidget], ...], ...] = (
            ((tr("Title"), self.title),),
            ((tr("Page"), self.page.box), (tr("Way"), self.way.box)),
            ((tr("Shows"), self.shows.box), (tr("Scale"), self.scale)),
            ((tr("Boats"), self.boats.box), (tr("Known at"), self.at)),
            ((tr("Language"), self.language.box), (tr("Marking"), self.marking.box)),
            ((tr("Author"), self.author), (tr("Release"), self.profile.box)),
            ((tr("Series"), self.series.box), (tr("Pictures"), self.dpi)),
        )
        for row, pairs in enumerate(rows):
            for place, (text, field) in enumerate(pairs):
                self._add(grid, row, 2 * place, text, field, is_wide=len(pairs) == 1)
        ticks = QHBoxLayout()
        ticks.setSpacing(MARGIN_PX)
        for tick in self.reports.values():
            ticks.addWidget(tick)
        ticks.addStretch(1)
        also = QLabel(tr("Also"), self)
        also.setProperty("faint", True)
        grid.addWidget(also, len(rows), 0)
        grid.addLayout(ticks, len(rows), 1, 1, 3)
        grid.setRowStretch(len(rows) + 1, 1)
        stops = [*(field for pairs in rows for _, field in pairs), *self.reports.values()]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)

    def _add(
        self, grid: QGridLayout, row: int, column: int, text: str, field: QWidget, *, is_wide: bool
    ) -> None:
        label = QLabel(text, self)
        label.setProperty("faint", True)
        label.setBuddy(field)
        field.setAccessibleName(self.tr("Sheet: {what}").format(what=text))
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        field.installEventFilter(self)
        field.setMinimumWidth(field.fontMetrics().averageCharWidth() * 2 * LETTERS)
        grid.addWidget(label, row, column)
        grid.addWidget(field, row, column + 1, 1, 3 if is_wide else 1)

    def _connect(self) -> None:
        for choice in (
            self.page,
            self.way,
            self.shows,
            self.boats,
            self.language,
            self.marking,
            self.profile,
            self.series,
        ):
            choice.box.currentIndexChanged.connect(lambda _: self._read_boxes())
        self.dpi.valueChanged.connect(lambda _: self._read_boxes())
        for tick in self.reports.values():
            tick.toggled.connect(lambda _: self._read_boxes())
        for line in (self.title, self.author):
            line.textEdited.connect(lambda _: self._read_texts())
        self.scale.activated.connect(lambda _: self._read_scale())
        edit = self.scale.lineEdit()
        assert edit is not None, "an editable box has a line"
        edit.editingFinished.connect(lambda: self._read_scale())
        self.at.editingFinished.connect(lambda: self._read_time())


def _plain(text: str) -> str:
    """Return a text in one line of what can be printed."""
    return "".join(each for each in " ".join(text.split()) if each.isprintable())
