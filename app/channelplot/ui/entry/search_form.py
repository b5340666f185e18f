"""The form in which a search is planned: datum, radius by the stated formula, legs."""

from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QComboBox, QLineEdit

from channelplot.geodesy.text import (
    Notation,
    bearing_text,
    duration_text,
    position_text,
    zulu_text,
)
from channelplot.geodesy.units import nm_from_m
from channelplot.model.codes import PatternKind, Turn
from channelplot.tools.questions import Question, QuestionCode
from channelplot.tools.search_draft import SearchDraft
from channelplot.tools.search_reading import (
    DatumBasis,
    SearchDatum,
    SearchFault,
    SearchField,
    SearchReading,
)
from channelplot.ui.entry.field_text import problem_text
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.preference import Preference
from channelplot.ui.words.search_text import (
    basis_text,
    miles_text,
    pattern_text,
    search_fault_text,
    turn_text,
)

_SEPARATOR: Final = "  ·  "
_NUMBER_PX: Final = 76
_OF_KIND: Final = {
    SearchField.LEGS: PatternKind.EXPANDING_SQUARE,
    SearchField.LENGTH: PatternKind.PARALLEL_TRACK,
    SearchField.WIDTH: PatternKind.PARALLEL_TRACK,
}
"""Fields that one pattern alone has."""


class SearchForm(EntryForm):
    """The pattern in the upper row, what the radius follows from in the lower.

    An empty field means what is reckoned, which stands in it in grey.
    """

    def __init__(self, draft: SearchDraft, notation: Preference[Notation]) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Search"), self.tr("Plan it"))
        self.draft = draft
        self._notation = notation
        self._is_showing = False
        self.kind, self.basis, self.turn = (QComboBox(self) for _ in range(3))
        for kind in PatternKind:
            self.kind.addItem(pattern_text(kind), kind.value)
        for basis in DatumBasis:
            self.basis.addItem(basis_text(basis), basis.value)
        for turn in Turn:
            self.turn.addItem(turn_text(turn), turn.value)
        self.fields = {name: QLineEdit(self) for name in SearchField}
        self.searcher = QLineEdit(self)
        self.searcher.setPlaceholderText(self.tr("who searches"))
        self._lay_out()
        self.kind.activated.connect(lambda _: self._edit(kind=PatternKind(self.kind.currentData())))
        self.basis.activated.connect(
            lambda _: self._edit(basis=DatumBasis(self.basis.currentData()))
        )
        self.turn.activated.connect(lambda _: self._edit(turn=Turn(self.turn.currentData())))
        self.searcher.textChanged.connect(lambda text: self._edit(searcher=text))
        for name, edit in self.fields.items():
            edit.textChanged.connect(lambda text, name=name: self._edit(**{name.value: text}))
        draft.changed.connect(self.refresh)
        notation.changed.connect(self.refresh)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        names = (
            SearchField.POSITION, SearchField.TIME, SearchField.FIRST_LEG, SearchField.SPACING,
            SearchField.LEGS, SearchField.LENGTH, SearchField.WIDTH, SearchField.INITIAL_ERROR,
            SearchField.DRIFT, SearchField.DRIFT_SHARE, SearchField.SEARCHER_ERROR,
            SearchField.FACTOR, SearchField.NAME,
        )  # fmt: skip
        before = (self.fields[name] for name in names)
        return (*before, self.searcher, self.fields[SearchField.SPEED])

    def focus_first(self) -> None:
        """Put the caret in the position if that is to be typed, else in the time."""
        is_typed = self.draft.text.basis is DatumBasis.TYPED
        field = self.fields[SearchField.POSITION if is_typed else SearchField.TIME]
        field.setFocus()
        field.selectAll()

    def field_in_doubt(self, question: Question) -> QLineEdit:
        """Return the field that a question is about."""
        is_long = question.code is QuestionCode.SEARCH_LONG
        return self.fields[SearchField.SPACING if is_long else SearchField.TIME]

    def show_draft(self) -> None:
        """Show the draft and how it is understood."""
        text, reading = self.draft.text, self.draft.reading()
        self._is_showing = True
        self.kind.setCurrentIndex(self.kind.findData(text.kind.value))
        self.basis.setCurrentIndex(self.basis.findData(text.basis.value))
        self.turn.setCurrentIndex(self.turn.findData(text.turn.value))
        set_text(self.searcher, text.searcher)
        for name, edit in self.fields.items():
            set_text(edit, getattr(text, name.value))
            mark_wrong(edit, name in reading.wrong)
        self._is_showing = False
        self._show_usual(reading)
        is_typed = text.basis is DatumBasis.TYPED
        self.fields[SearchField.POSITION].setEnabled(is_typed)
        for name, kind in _OF_KIND.items():
            self.fields[name].setEnabled(text.kind is kind)
        if reading.pattern is not None:
            said = self._reading_text(reading)
            self.show_reading(said, is_fault=False, questions=reading.questions)
        else:
            self._show_fault(reading)

    def _lay_out(self) -> None:
        fields = self.fields
        upper = (
            (self.tr("Pattern"), self.kind, 0),
            (self.tr("Datum"), self.basis, 0),
            (self.tr("Position"), fields[SearchField.POSITION], 2),
            (self.tr("At, UTC"), fields[SearchField.TIME], 1),
            (self.tr("First leg °T"), fields[SearchField.FIRST_LEG], 0),
            (self.tr("Turns"), self.turn, 0),
            (self.tr("Spacing NM"), fields[SearchField.SPACING], 0),
            (self.tr("Legs"), fields[SearchField.LEGS], 0),
            (self.tr("Length NM"), fields[SearchField.LENGTH], 0),
            (self.tr("Width NM"), fields[SearchField.WIDTH], 0),
        )
        lower = (
            (self.tr("First error NM"), fields[SearchField.INITIAL_ERROR], 0),
            (self.tr("Drift path NM"), fields[SearchField.DRIFT], 0),
            (self.tr("× its error"), fields[SearchField.DRIFT_SHARE], 0),
            (self.tr("Searcher's error NM"), fields[SearchField.SEARCHER_ERROR], 0),
            (self.tr("× safety"), fields[SearchField.FACTOR], 0),
            (self.tr("Name"), fields[SearchField.NAME], 0),
            (self.tr("Searcher"), self.searcher, 1),
            (self.tr("Searcher kn"), fields[SearchField.SPEED], 0),
        )
        for row, entries in enumerate((upper, lower)):
            for label, field, stretch in entries:
                self.add_field(label, field, stretch, row=row)
        for name, edit in fields.items():
            if name is not SearchField.POSITION:
                edit.setMinimumWidth(_NUMBER_PX)
            if name not in (SearchField.POSITION, SearchField.TIME):
                edit.setFixedWidth(_NUMBER_PX)
        tips = {
            SearchField.INITIAL_ERROR: self.tr("x: how far the last known position may be off"),
            SearchField.DRIFT: self.tr("d: the length of its drift since then, turns and all"),
            SearchField.DRIFT_SHARE: self.tr("how much of the drift may be wrong: 0.3 of it"),
            SearchField.SEARCHER_ERROR: self.tr("y: how far the searcher's own position is off"),
            SearchField.SPEED: self.tr("how fast the searcher goes; it may be empty"),
            SearchField.FACTOR: self.tr("1.1 for a first search; then 1.6, 2.0, 2.3, 2.5"),
        }
        for name, tip in tips.items():
            fields[name].setToolTip(tip)

    def _show_usual(self, reading: SearchReading) -> None:
        """Show in grey what an empty field means."""
        usual: dict[SearchField, str] = {SearchField.NAME: reading.name}
        datum, radius = reading.datum, reading.radius
        if datum is not None:
            usual[SearchField.POSITION] = position_text(
                datum.position, notation=self._notation.current
            )
            usual[SearchField.TIME] = zulu_text(datum.at_utc)
        if radius is not None:
            usual[SearchField.DRIFT] = f"{nm_from_m(radius.drift_m):.2f}"
            usual[SearchField.INITIAL_ERROR] = miles_text(radius.initial_error_m)
            usual[SearchField.DRIFT_SHARE] = f"{radius.drift_error_share:g}"
            usual[SearchField.SEARCHER_ERROR] = miles_text(radius.searcher_error_m)
            usual[SearchField.FACTOR] = f"{radius.safety_factor:g}"
        if reading.first_leg_deg is not None:
            usual[SearchField.FIRST_LEG] = f"{reading.first_leg_deg:03.0f}"
        usual[SearchField.SPACING] = miles_text(reading.spacing_m)
        for name, length_m in (
            (SearchField.LENGTH, reading.length_m),
            (SearchField.WIDTH, reading.width_m),
        ):
            usual[name] = "" if length_m is None else f"{nm_from_m(length_m):.2f}"
        usual[SearchField.LEGS] = "" if reading.legs is None else str(reading.legs)
        for name, edit in self.fields.items():
            edit.setPlaceholderText(usual.get(name, ""))

    def _show_fault(self, reading: SearchReading) -> None:
        field_text = ""
        if reading.problem is not None and reading.fault is SearchFault.NO_POSITION:
            field_text = problem_text(reading.problem, self.draft.text.position)
        elif reading.problem is not None:
            field_text = problem_text(reading.problem, self.draft.text.time)
        said = field_text or (search_fault_text(reading.fault) if reading.fault else "")
        self.show_reading(said, is_fault=bool(reading.wrong), questions=())
        self.commit_button.setEnabled(False)

    def _reading_text(self, reading: SearchReading) -> str:
        datum, radius, pattern = reading.datum, reading.radius, reading.pattern
        assert datum is not None, "there is a pattern"
        assert radius is not None, "there is a pattern"
        assert pattern is not None, "asked of one"
        parts = []
        asked = len(reading.questions)  # they come first; datum and time stand in the fields too
        if not asked:
            parts.append(
                self.tr("datum {time} {position}").format(
                    time=zulu_text(datum.at_utc),
                    position=position_text(datum.position, notation=self._notation.current),
                )
            )
        if datum.from_utc is not None:
            parts.append(self._drift_text(datum, zulu_text(datum.from_utc)))
        parts.append(
            "E = √({x}² + ({share} × {d})² + {y}²) = {e} NM, R = {factor} E = {r} NM".format(
                x=miles_text(radius.initial_error_m),
                share=f"{radius.drift_error_share:g}",
                d=f"{nm_from_m(radius.drift_m):.2f}",
                y=miles_text(radius.searcher_error_m),
                e=f"{nm_from_m(radius.error_m):.2f}",
                factor=f"{radius.safety_factor:g}",
                r=f"{nm_from_m(radius.radius_m):.2f}",
            )
        )
        if asked < 2:
            parts.append(
                self.tr("{count} legs, {length} NM in all").format(
                    count=len(pattern.legs), length=miles_text(pattern.length_m)
                )
            )
        if asked:
            return _SEPARATOR.join(parts)
        if reading.takes_s is not None and reading.speed_kn is not None:
            parts.append(
                self.tr("{duration} at {speed:g} kn").format(
                    duration=duration_text(reading.takes_s), speed=reading.speed_kn
                )
            )
        if reading.wind_from_deg is not None and not self.draft.text.first_leg.strip():
            parts.append(self.tr("first leg into the wind"))
        return _SEPARATOR.join(parts)

    def _drift_text(self, datum: SearchDatum, since: str) -> str:
        """Return how far the datum is from the fix, and along its way where that is more."""
        towards_deg, net_m = datum.net
        net, along = f"{nm_from_m(net_m):.2f}", f"{nm_from_m(datum.drift_m):.2f}"
        bearing = "" if towards_deg is None else bearing_text(towards_deg)
        if net == along:
            return self.tr("{distance} NM {bearing} since {time}").format(
                distance=net, bearing=bearing, time=since
            )
        words = (
            self.tr("{net} NM {bearing} from its fix, d {along} NM along its drift since {time}")
            if self.draft.text.basis is DatumBasis.ADRIFT
            else self.tr("{net} NM {bearing} from its fix, d {along} NM along its way since {time}")
        )
        return words.format(net=net, bearing=bearing, along=along, time=since)

    def _edit(self, **values: object) -> None:
        if not self._is_showing:
            self.draft.edit(replace(self.draft.text, **values))  # type: ignore[arg-type]
