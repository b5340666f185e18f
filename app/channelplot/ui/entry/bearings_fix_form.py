"""The form in which a fix is worked out from two or three bearings."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit

from channelplot.analysis.bearings_fix import BearingsFix, FixFault
from channelplot.chart.wording import source_text
from channelplot.geodesy.text import (
    Notation,
    bearing_text,
    distance_text,
    position_text,
    three_clocks_text,
)
from channelplot.model.codes import SourceKind
from channelplot.reading.values import TimeReading
from channelplot.tools.bearings_fix_draft import SIGHTS, BearingsFixDraft, FixReading, Sight
from channelplot.tools.questions import Question, QuestionCode
from channelplot.tools.report_draft import TrackChoice
from channelplot.ui.entry.field_text import problem_text
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.preference import Preference

_SEPARATOR = "  ·  "
_FAULTS = {
    FixFault.SAME_PLACE: QT_TRANSLATE_NOOP(
        "BearingsFixForm", "Two bearings are from one place: another mark is needed."
    ),
    FixFault.PARALLEL: QT_TRANSLATE_NOOP(
        "BearingsFixForm", "These lines do not cut each other: another mark is needed."
    ),
    FixFault.APART: QT_TRANSLATE_NOOP(
        "BearingsFixForm",
        "These lines part from each other: check the bearings, and which way they were taken.",
    ),
}


class BearingsFixForm(EntryForm):
    """Up to three marks with their bearings, the time, and the boat the fix is of."""

    def __init__(self, draft: BearingsFixDraft, notation: Preference[Notation]) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Fix from bearings"), self.tr("Plot"))
        self.draft = draft
        self._notation = notation
        self._is_showing = False
        self.way = QComboBox(self)
        self.way.addItem(self.tr("of the boat, from the marks"), False)
        self.way.addItem(self.tr("of the marks, from the boat"), True)
        self.add_field(self.tr("Bearings"), self.way)
        self.marks: list[QLineEdit] = []
        self.bearings: list[QLineEdit] = []
        for number in range(SIGHTS):
            mark, bearing = QLineEdit(self), QLineEdit(self)
            mark.setPlaceholderText("" if number > 1 else (self.tr("CGN"), self.tr("SFL"))[number])
            bearing.setPlaceholderText(
                self.tr("if any") if number > 1 else (self.tr("023"), self.tr("310M"))[number]
            )
            bearing.setFixedWidth(72)
            self.add_field(self.tr("Mark {n}").format(n=number + 1), mark, 1)
            self.add_field(self.tr("Bearing °T"), bearing)
            bearing.setAccessibleName(self.tr("Bearing {n}").format(n=number + 1))
            bearing.setToolTip(self.tr("True; with an M after it magnetic"))
            self.marks.append(mark)
            self.bearings.append(bearing)
            mark.textChanged.connect(lambda text, n=number: self._edit_sight(n, mark=text))
            bearing.textChanged.connect(lambda text, n=number: self._edit_sight(n, bearing=text))
        self.time = QLineEdit(self)
        self.time.setPlaceholderText(self.tr("now"))
        self.time.setFixedWidth(124)
        self.track = QComboBox(self)
        self.track.setMinimumWidth(158)
        self.source = QComboBox(self)
        for kind in SourceKind:
            self.source.addItem(source_text(kind), kind.value)
        self.source_name = QLineEdit(self)
        self.source_name.setPlaceholderText(self.tr("call sign"))
        self.add_field(self.tr("Time, UTC"), self.time, row=1)
        self.add_field(self.tr("Boat"), self.track, row=1)
        self.add_field(self.tr("Source"), self.source, row=1)
        self.add_field(self.tr("Name of the source"), self.source_name, 1, row=1)
        self.time.textChanged.connect(lambda text: self._edit(time=text))
        self.source_name.textChanged.connect(lambda text: self._edit(source_name=text))
        self.way.activated.connect(lambda _: self._edit(is_of_marks=bool(self.way.currentData())))
        self.track.activated.connect(lambda _: self._edit(track=self.track.currentData()))
        self.source.activated.connect(
            lambda _: self._edit(source=SourceKind(self.source.currentData()))
        )
        draft.changed.connect(self.refresh)
        notation.changed.connect(self.refresh)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        pairs = zip(self.marks, self.bearings, strict=True)
        return (*(edit for pair in pairs for edit in pair), self.time, self.source_name)

    def field_in_doubt(self, question: Question) -> QLineEdit:
        """Return the field that a question is about."""
        if question.code in {QuestionCode.IN_THE_FUTURE, QuestionCode.LONG_AGO}:
            return self.time
        fix = self.draft.reading().fix
        if question.code is QuestionCode.BEARINGS_DISAGREE and fix is not None:
            typed = [n for n, sight in enumerate(self.draft.sights) if not sight.is_empty]
            misses = zip((abs(miss_deg) for miss_deg in fix.misses_deg), typed, strict=True)
            return self.bearings[max(misses)[1]]
        return self.bearings[0]

    def show_draft(self) -> None:
        """Show the draft and how it is understood."""
        draft = self.draft
        self._is_showing = True
        for number, typed in enumerate(draft.sights):
            set_text(self.marks[number], typed.mark)
            set_text(self.bearings[number], typed.bearing)
        set_text(self.time, draft.time)
        set_text(self.source_name, draft.source_name)
        self.way.setCurrentIndex(self.way.findData(draft.is_of_marks))
        self.source.setCurrentIndex(self.source.findData(draft.source.value))
        self._list_tracks()
        self._is_showing = False
        reading = draft.reading()
        self._mark_wrong(reading)
        problem = self._problem_text(reading)
        if problem:
            self.show_reading(problem, is_fault=True, questions=())
        elif reading.fix is not None:
            text = self._fix_text(reading, reading.fix)
            self.show_reading(text, is_fault=False, questions=reading.questions)
        else:
            text = self.tr(
                "Type two or three marks, each with its bearing; T is true, 310M magnetic."
            )
            self.show_reading(text, is_fault=False, questions=())
            self.commit_button.setEnabled(False)

    def _fix_text(self, reading: FixReading, fix: BearingsFix) -> str:
        parts = [position_text(fix.position, notation=self._notation.current)]
        if not fix.is_weak:
            parts.append(self.tr("cut at {angle:.0f}°").format(angle=fix.least_cut_deg))
        if len(fix.corners) > 2:
            parts.append(self.tr("cocked hat {size} across").format(size=_size_text(fix.hat_m)))
        if reading.error_m is not None:
            parts.append(self.tr("good to about {size}").format(size=_size_text(reading.error_m)))
        for sight in reading.sights:
            if sight.variation_deg is not None and sight.bearing_deg is not None:
                parts.append(
                    self.tr("{mark} {bearing} (variation {east:+.1f}°)").format(
                        mark=sight.text.mark.strip(),
                        bearing=bearing_text(sight.bearing_deg),
                        east=sight.variation_deg,
                    )
                )
        if reading.observed_at_utc is not None:
            parts.append(three_clocks_text(reading.observed_at_utc))
        return _SEPARATOR.join(parts)

    def _problem_text(self, reading: FixReading) -> str:
        """Return why there is no fix, "" while nothing is wrong with what was typed so far."""
        for sight in reading.sights:
            said = self._sight_problem(sight)
            if said:
                return said
        if not isinstance(reading.time, TimeReading):
            return problem_text(reading.time, self.draft.time)
        if reading.fault is not None:
            return QCoreApplication.translate("BearingsFixForm", str(_FAULTS[reading.fault]))
        return ""

    def _sight_problem(self, sight: Sight) -> str:
        if sight.problem is not None:
            return problem_text(sight.problem, sight.text.mark)
        if sight.is_bearing_wrong:
            words = self.tr("“{typed}” is no bearing: 0 to 360, such as 023, 023T or 026M.")
            return words.format(typed=sight.text.bearing.strip())
        if sight.is_variation_unknown:
            return self.tr("The magnetic variation of that year is not known: type it true.")
        return ""

    def _mark_wrong(self, reading: FixReading) -> None:
        for number, sight in enumerate(reading.sights):
            mark_wrong(self.marks[number], sight.problem is not None)
            is_wrong = sight.is_bearing_wrong or sight.is_variation_unknown
            mark_wrong(self.bearings[number], is_wrong)
        mark_wrong(self.time, not isinstance(reading.time, TimeReading))

    def _list_tracks(self) -> None:
        """Offer a new boat, every open track, and none."""
        document = self.draft.session.document
        listed = [
            (self.tr("new {name}").format(name=document.next_track_name()), TrackChoice.NEW_TRACK)
        ]
        tracks = sorted(
            (t for t in document.plot.tracks.values() if not t.is_closed),
            key=lambda track: (len(track.name), track.name),
        )
        rows = [(text, choice.value) for text, choice in listed]
        rows += [(track.name, track.uid) for track in tracks]
        rows.append((self.tr("no track"), TrackChoice.NO_TRACK.value))
        shown = [
            (self.track.itemText(row), self.track.itemData(row))
            for row in range(self.track.count())
        ]
        if rows != shown:
            self.track.clear()
            for text, data in rows:
                self.track.addItem(text, data)
        self.track.setCurrentIndex(self.track.findData(str(self.draft.track)))

    def _edit(self, **values: object) -> None:
        if not self._is_showing:
            self.draft.edit(**values)

    def _edit_sight(self, number: int, mark: str | None = None, bearing: str | None = None) -> None:
        if not self._is_showing:
            self.draft.edit_sight(number, mark=mark, bearing=bearing)


def _size_text(length_m: float) -> str:
    """Return a size in metres while it is small, else in nautical miles."""
    return f"{length_m:.0f} m" if length_m < 1000.0 else distance_text(length_m)
