"""The form in which a report is taken."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from channelplot.chart.wording import (
    craft_text,
    kind_text,
    people_and_children_text,
    source_text,
    status_given_text,
)
from channelplot.document.document import PlotChanged
from channelplot.geodesy.text import (
    Notation,
    bearing_text,
    day_text,
    distance_text,
    speed_text,
    three_clocks_text,
    zulu_text,
)
from channelplot.model.codes import Craft, ReportKind, SourceKind
from channelplot.model.track import Track
from channelplot.tools.questions import Question, QuestionCode
from channelplot.tools.report_draft import (
    Field,
    FieldFault,
    Reading,
    ReportDraft,
    ReportText,
    TrackChoice,
)
from channelplot.ui.entry.field_text import position_texts, problem_text
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.preference import Preference
from channelplot.ui.words.messages import people_fault_text

POSITION_WIDTH_PX = 184
_FIGURES: Final[Mapping[Field, object]] = {
    Field.COURSE: QT_TRANSLATE_NOOP(
        "ReportForm", "The course is read in true degrees, 0 to 360. The plot line takes 310M, too."
    ),
    Field.SPEED: QT_TRANSLATE_NOOP("ReportForm", "The speed is read in knots, such as 4.5."),
    Field.GRADE: QT_TRANSLATE_NOOP(
        "ReportForm", "A grade is a figure and a letter, such as 2C, or B2."
    ),
}
"""Why a course, a speed or a grade is not read."""


class ReportForm(EntryForm):
    """Position, time, track, source, people and words of the report being taken."""

    def __init__(self, draft: ReportDraft, notation: Preference[Notation]) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Report"), self.tr("Plot"))
        self.draft = draft
        self._notation = notation
        self._is_showing = False
        self.position = QLineEdit(self)
        self.position.setMinimumWidth(POSITION_WIDTH_PX)
        self.position.setPlaceholderText(self.tr("50 58.0N 001 41.0E"))
        self.time = QLineEdit(self)
        self.time.setPlaceholderText(self.tr("now"))
        self.time.setFixedWidth(124)
        self.track = QComboBox(self)
        self.track.setMinimumWidth(158)
        self.kind = self._choices([(kind_text(kind), kind) for kind in ReportKind])
        self.source = self._choices([(source_text(kind), kind) for kind in SourceKind])
        self.source_name = QLineEdit(self)
        self.source_name.setPlaceholderText(self.tr("call sign"))
        self.people = QLineEdit(self)
        self.people.setPlaceholderText(self.tr("45 est"))
        self.people.setFixedWidth(66)
        self.children_box = QLineEdit(self)
        self.children_box.setFixedWidth(62)
        self.basis = self._choices([(self.tr("reported"), False), (self.tr("counted"), True)])
        self.course, self.speed, self.grade = (QLineEdit(self) for _ in range(3))
        for field, example in ((self.course, "310"), (self.speed, "4"), (self.grade, "2C")):
            field.setPlaceholderText(example)
            field.setFixedWidth(66)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(self.tr("the words as they were given"))
        self.words.setMinimumWidth(120)
        self.source_name.setMinimumWidth(88)
        self.add_field(self.tr("Position"), self.position, 2)
        self.add_field(self.tr("Time, UTC"), self.time)
        self.add_field(self.tr("Track"), self.track)
        self.add_field(self.tr("Kind"), self.kind)
        source = QWidget(self)
        pair = QHBoxLayout(source)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(4)
        pair.addWidget(self.source)
        pair.addWidget(self.source_name, 1)
        self.add_field(self.tr("Source"), source, 3)
        self.source.setAccessibleName(self.tr("Source"))
        self.source_name.setAccessibleName(self.tr("Name of the source"))
        self.source.installEventFilter(self)
        self.source_name.installEventFilter(self)
        self.add_field(self.tr("People"), self.people, row=1)
        self.add_field(self.tr("Children"), self.children_box, row=1)
        self.add_field(self.tr("People were"), self.basis, row=1)
        self.add_field(self.tr("Course °T"), self.course, row=1)
        self.add_field(self.tr("Speed kn"), self.speed, row=1)
        self.add_field(self.tr("Grade"), self.grade, row=1)
        self.add_field(self.tr("As received"), self.words, 1, row=1)
        for field, name in (
            (self.position, "position"),
            (self.time, "time"),
            (self.source_name, "source_name"),
            (self.people, "people"),
            (self.children_box, "children"),
            (self.course, "course"),
            (self.speed, "speed"),
            (self.grade, "grade"),
            (self.words, "words"),
        ):
            field.textChanged.connect(lambda text, name=name: self._edit(name, text))
        # Qt hands a member of a StrEnum back as a plain text.
        self.kind.activated.connect(
            lambda _: self._edit("kind", ReportKind(self.kind.currentData()))
        )
        self.source.activated.connect(
            lambda _: self._edit("source", SourceKind(self.source.currentData()))
        )
        self.basis.activated.connect(
            lambda _: self._edit("is_counted", bool(self.basis.currentData()))
        )
        self.track.activated.connect(lambda _: self._choose_track())
        draft.changed.connect(self.refresh)
        notation.changed.connect(self.refresh)
        draft.session.plot_changed.connect(self._plot_changed)
        draft.session.document_changed.connect(lambda _: self._list_tracks())
        self._list_tracks()
        self.show_draft()

    def field_in_doubt(self, question: Question) -> QLineEdit:
        """Return the field that a question is about."""
        is_time = question.code in {QuestionCode.IN_THE_FUTURE, QuestionCode.LONG_AGO}
        return self.time if is_time else self.position

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        return (
            self.position, self.time, self.source_name, self.people, self.children_box,
            self.course, self.speed, self.grade, self.words,
        )  # fmt: skip

    def show_draft(self) -> None:
        """Show the draft's text and how it is understood."""
        self._is_showing = True
        text = self.draft.text
        set_text(self.position, text.position)
        set_text(self.time, text.time)
        set_text(self.source_name, text.source_name)
        set_text(self.people, text.people)
        set_text(self.children_box, text.children)
        set_text(self.course, text.course)
        set_text(self.speed, text.speed)
        set_text(self.grade, text.grade)
        set_text(self.words, text.words)
        self.basis.setCurrentIndex(self.basis.findData(text.is_counted))
        self.kind.setCurrentIndex(self.kind.findData(text.kind))
        self.source.setCurrentIndex(self.source.findData(text.source))
        self._show_track()
        self._is_showing = False
        reading = self.draft.reading()
        faults = {fault.field: fault for fault in reading.faults}
        mark_wrong(self.position, Field.POSITION in faults and bool(text.position))
        mark_wrong(self.time, Field.TIME in faults)
        mark_wrong(self.people, Field.PEOPLE in faults)
        mark_wrong(self.children_box, Field.PEOPLE in faults)
        for field, edit in self._figures():
            mark_wrong(edit, field in faults)
        is_only_empty = set(faults) == {Field.POSITION} and not text.position
        self.show_reading(
            _fault_text(faults, text) if faults else self._reading_text(reading),
            is_fault=bool(faults),
            questions=reading.questions,
        )
        if is_only_empty:
            self.show_reading(_fault_text(faults, text), is_fault=False, questions=())
            self.commit_button.setEnabled(False)

    def _figures(self) -> tuple[tuple[Field, QLineEdit], ...]:
        return (
            (Field.COURSE, self.course), (Field.SPEED, self.speed), (Field.GRADE, self.grade)
        )  # fmt: skip

    def _edit(self, name: str, value: object) -> None:
        if not self._is_showing:
            self.draft.edit(**{name: value})

    def _choose_track(self) -> None:
        track, craft = self.track.currentData()
        self.draft.edit(track=track, craft=craft)

    def _plot_changed(self, fact: PlotChanged) -> None:
        """List the tracks anew if one was added, withdrawn, renamed, closed or reopened."""
        if any(_listed(pair.before) != _listed(pair.after) for pair in fact.change.tracks):
            self._list_tracks()

    def _list_tracks(self) -> None:
        """Offer a new track of each craft, no track, and every open track, then closed."""
        session = self.draft.session
        self.track.clear()
        name = session.document.next_track_name()
        for craft in Craft:
            text = self.tr("new {name}, {craft}").format(name=name, craft=craft_text(craft))
            self.track.addItem(text, (TrackChoice.NEW_TRACK.value, craft))
        tracks = sorted(
            session.document.plot.tracks.values(),
            key=lambda t: (t.is_closed, len(t.name), t.name),
        )
        for track in tracks:
            closed = self.tr("{name} (closed)").format(name=track.name)
            self.track.addItem(closed if track.is_closed else track.name, (track.uid, track.craft))
        self.track.addItem(self.tr("no track"), (TrackChoice.NO_TRACK.value, Craft.SMALL_BOAT))
        self._show_track()

    def _show_track(self) -> None:
        text = self.draft.text
        for index in range(self.track.count()):
            track, craft = self.track.itemData(index)
            if track == text.track and (
                track != TrackChoice.NEW_TRACK.value or craft == text.craft
            ):
                self.track.setCurrentIndex(index)
                return
        self.track.setCurrentIndex(-1)

    def _choices(self, items: list[tuple[str, object]]) -> QComboBox:
        box = QComboBox(self)
        for text, data in items:
            box.addItem(text, data)
        return box

    def _reading_text(self, reading: Reading) -> str:
        parts: list[str] = []
        if reading.where is not None:
            parts += position_texts(reading.where, self._notation.current)
        if reading.observed_at_utc is not None:
            parts.append(self._time_text(reading.observed_at_utc))
        people = people_and_children_text(reading.people)
        if people:
            parts.append(people)
        if reading.course_deg is not None:
            parts.append(bearing_text(reading.course_deg))
        if reading.speed_kn is not None:
            parts.append(self.tr("{speed:g} kn").format(speed=reading.speed_kn))
        if reading.status is not None:
            parts.append(status_given_text(reading.status))
        if reading.grade:
            parts.append(self.tr("grade {grade}").format(grade=reading.grade))
        if reading.leg is not None and reading.leg_from_utc is not None:
            leg = reading.leg
            course = "" if leg.course_deg is None else f"{bearing_text(leg.course_deg)} "
            speed = "" if leg.speed_mps is None else f", {speed_text(leg.speed_mps)}"
            parts.append(
                self.tr("{track}: {leg} from {time}").format(
                    track=reading.track_name,
                    leg=f"{course}{distance_text(leg.distance_m)}{speed}",
                    time=zulu_text(reading.leg_from_utc),
                )
            )
        elif reading.track_name:
            parts.append(self.tr("to {track}").format(track=reading.track_name))
        return "  ·  ".join(parts)

    def _time_text(self, at_utc: datetime) -> str:
        """Return a time on three clocks with its day, and that it was yesterday if it was."""
        text = f"{three_clocks_text(at_utc)}  {day_text(at_utc)}"
        today = self.draft.session.clock().date()
        if at_utc.date() == today - timedelta(days=1):
            return self.tr("{time}, yesterday").format(time=text)
        return text


def _listed(track: Track | None) -> tuple[str, bool] | None:
    """Return what the list of tracks shows of a track."""
    return None if track is None else (track.name, track.is_closed)


def _fault_text(faults: dict[Field, FieldFault], typed: ReportText) -> str:
    """Return the first fault in the order of the fields, in words."""
    for field, text in ((Field.POSITION, typed.position), (Field.TIME, typed.time)):
        if field in faults and (problem := faults[field].problem) is not None:
            return problem_text(problem, text)
    if Field.TRACK in faults:
        return QCoreApplication.translate(
            "ReportForm",
            "That track is no longer in the plot: it was withdrawn, here or by another program. "
            "Choose another, or a new track.",
        )
    if Field.PEOPLE in faults:
        return people_fault_text()
    return QCoreApplication.translate("ReportForm", str(_FIGURES[next(iter(faults))]))
