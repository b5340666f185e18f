"""The search that an operator is planning: its datum, how far around it, and its legs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from channelplot.analysis.back_track import RUN_ERROR_SHARE
from channelplot.analysis.conditions import conditions_for
from channelplot.analysis.dead_reckoning import reckoning_of
from channelplot.analysis.drift import (
    DRIFT_ERROR_SHARE,
    Conditions,
    carried_at,
    outside_s,
)
from channelplot.analysis.drift import datum as drifted
from channelplot.analysis.search_pattern import (
    INITIAL_ERROR_M,
    SAFETY_FACTOR,
    SEARCHER_ERROR_M,
    SearchPattern,
    SearchRadius,
    expanding_square,
    parallel_track,
    sector,
    square_legs_for,
)
from channelplot.chart.overlay import Ghost, GhostCircle, GhostPath, Shape
from channelplot.commands.searches import has_search_named, plan_search
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import position_text
from channelplot.geodesy.units import m_from_nm, nm_from_m
from channelplot.model.codes import PatternKind
from channelplot.model.ids import new_uid
from channelplot.model.plot import Plot
from channelplot.model.search import PlannedSearch
from channelplot.model.track import Track
from channelplot.tools.anchors import Anchor, Anchors
from channelplot.tools.asked_time import asked_time, written_time
from channelplot.tools.field_reading import Problem
from channelplot.tools.motion_text import MotionTextError, parse_course_deg, parse_speed_kn
from channelplot.tools.questions import QuestionCode, questions_about_search
from channelplot.tools.search_reading import (
    SPACING_NM,
    DatumBasis,
    SearchDatum,
    SearchFault,
    SearchField,
    SearchReading,
    SearchText,
)

MOST_LEGS: Final = 60
_NUMBER: Final = re.compile(r"[0-9]{1,3}(?:[.,][0-9]+)?")
_NAME: Final = re.compile(r"S([0-9]+)")


@dataclass
class SearchDraft:
    """The search being planned. Announces changed when anything of it does.

    One that is planned anew from an earlier one has that one's figures, as typed, until they are
    typed over; the earlier one stays in the plot.
    """

    session: Session
    anchors: Anchors
    text: SearchText = field(default_factory=SearchText)
    changed: Notice[None] = field(default_factory=Notice[None])
    _anew: PlannedSearch | None = None
    _anew_text: SearchText = field(default_factory=SearchText)
    _track_uid: str = ""
    _is_begun: bool = False

    def __post_init__(self) -> None:
        """Follow the plot, and what is supposed of its craft."""
        self.session.plot_changed.connect(lambda _: self._follow())
        self.session.document_changed.connect(lambda _: self.clear())
        self.anchors.chartwork.changed.connect(lambda _: self._follow())
        self.anchors.reader.changed.connect(lambda _: self._follow())

    def begin(self) -> bool:
        """Start with the craft that is selected, if one is."""
        selected = self.session.selection.only_track(self.session.document.plot)
        self._track_uid = selected.uid if selected is not None else ""
        basis = self.text.basis
        if selected is None:
            basis = DatumBasis.TYPED
        elif basis is DatumBasis.TYPED and not self.text.position:
            basis = DatumBasis.ADRIFT
        self.text = replace(self.text, basis=basis)
        self._is_begun = True
        self.changed.announce(None)
        return True

    def begin_anew(self, search_uid: str) -> bool:
        """Start with the figures of a search there is; False if there is no such search."""
        search = self.session.document.plot.searches.get(search_uid)
        if search is None:
            return False
        self._anew, self._track_uid = search, search.track_uid or ""
        self._anew_text = self.text = _text_of(search, self.session.clock())
        self._is_begun = True
        self.changed.announce(None)
        return True

    @property
    def is_begun(self) -> bool:
        """Return whether a search is being planned now."""
        return self._is_begun

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been typed."""
        text = self.text
        return text == SearchText(kind=text.kind, basis=text.basis, turn=text.turn)

    def edit(self, text: SearchText) -> None:
        """Take the fields as they stand now.

        Where a datum is reckoned that was typed, so is how far it drifted.
        """
        if self.text.basis is DatumBasis.TYPED and text.basis is not DatumBasis.TYPED:
            text = replace(text, drift="", drift_share="")
        self.text = text
        self.changed.announce(None)

    def clear(self) -> None:
        """Start over, and show no search any more while nobody plans one."""
        if self.is_empty:
            self._is_begun = False
        self._anew = None
        self.text = SearchText(kind=self.text.kind, basis=self.text.basis)
        self.changed.announce(None)

    def reading(self) -> SearchReading:
        """Return how it is understood now."""
        plot = self.session.document.plot
        track = plot.tracks.get(self._track_uid)
        wrong: set[SearchField] = set()
        start = SearchReading(name=self.text.name.strip() or next_search_name(plot), track=track)
        datum = self._datum(track, wrong)
        if not isinstance(datum, SearchDatum):
            return replace(start, fault=datum[0], problem=datum[1], wrong=frozenset(wrong))
        conditions = conditions_for(plot, track.uid if track is not None else None)
        wind_from_deg = _wind_from_deg(conditions, datum.at_utc)
        first_leg_deg = self._first_leg_deg(wind_from_deg, wrong)
        radius = SearchRadius(
            drift_m=self._nm(SearchField.DRIFT, datum.drift_m, wrong),
            initial_error_m=self._nm(SearchField.INITIAL_ERROR, INITIAL_ERROR_M, wrong),
            searcher_error_m=self._nm(SearchField.SEARCHER_ERROR, SEARCHER_ERROR_M, wrong),
            drift_error_share=self._plain(SearchField.DRIFT_SHARE, datum.drift_share, wrong),
            safety_factor=self._plain(SearchField.FACTOR, SAFETY_FACTOR, wrong),
        )
        reading = replace(
            start,
            datum=datum,
            radius=radius,
            wind_from_deg=wind_from_deg,
            first_leg_deg=first_leg_deg,
            spacing_m=self._nm(SearchField.SPACING, m_from_nm(SPACING_NM), wrong),
            speed_kn=self._speed_kn(wrong),
        )
        reading = self._with_extent(reading, radius.radius_m, wrong)
        fault = _fault_of(reading, bool(wrong))
        if fault is None and has_search_named(plot, reading.name):
            fault = SearchFault.NAME_TAKEN
            wrong.add(SearchField.NAME)
        if fault is not None:
            return replace(reading, fault=fault, wrong=frozenset(wrong))
        reading = replace(reading, pattern=self._pattern(reading, datum.position))
        return replace(reading, questions=questions_about_search(datum.outside_s, reading.takes_s))

    def shapes(self) -> tuple[Shape, ...]:
        """Return datum, radius and legs while a search is planned."""
        return tuple(self._shapes(self.reading())) if self._is_begun else ()

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Write the search into the plot. False, doing nothing, if there is none.

        Raises CommandRefused.
        """
        reading = self.reading()
        datum, radius, pattern = reading.datum, reading.radius, reading.pattern
        if {question.code for question in reading.questions} - answered:
            return False
        if datum is None or radius is None or pattern is None or reading.first_leg_deg is None:
            return False
        document = self.session.document
        document.apply(
            plan_search(
                PlannedSearch(
                    uid=new_uid(),
                    name=reading.name,
                    kind=pattern.kind,
                    datum=datum.position,
                    datum_at_utc=datum.at_utc,
                    radius_m=radius.radius_m,
                    drift_m=radius.drift_m,
                    initial_error_m=radius.initial_error_m,
                    searcher_error_m=radius.searcher_error_m,
                    drift_error_share=radius.drift_error_share,
                    safety_factor=radius.safety_factor,
                    first_leg_deg=reading.first_leg_deg,
                    spacing_m=reading.spacing_m,
                    turn=self.text.turn,
                    waypoints=pattern.waypoints,
                    created_at_utc=self.session.clock(),
                    length_m=reading.length_m,
                    width_m=reading.width_m,
                    track_uid=reading.track.uid if reading.track is not None else None,
                    searcher=self.text.searcher.strip(),
                    searcher_speed_kn=reading.speed_kn,
                    created_by=document.operator,
                )
            )
        )
        self._anew = None
        self.text = SearchText(kind=self.text.kind, basis=self.text.basis)
        self._is_begun = False
        self.changed.announce(None)
        return True

    def _follow(self) -> None:
        if self._is_begun:
            self.changed.announce(None)

    def _datum(
        self, track: Track | None, wrong: set[SearchField]
    ) -> SearchDatum | tuple[SearchFault, Problem | None]:
        text = self.text
        asked = asked_time(text.time, self.session.clock())
        if asked is not None and not isinstance(asked, datetime):
            wrong.add(SearchField.TIME)
            return SearchFault.NO_TIME, asked
        at_utc = asked or self.anchors.chartwork.at_utc
        before = self._anew
        if before is not None and text.time == self._anew_text.time:
            at_utc = before.datum_at_utc  # it may have seconds, which were not written
        if text.basis is DatumBasis.TYPED:
            if before is not None and text.position == self._anew_text.position:
                return SearchDatum(
                    position=before.datum,
                    at_utc=at_utc,
                    drift_m=before.drift_m,
                    drift_share=before.drift_error_share,
                )
            anchor = self.anchors.read(text.position)
            if not isinstance(anchor, Anchor):
                if text.position.strip():
                    wrong.add(SearchField.POSITION)
                return SearchFault.NO_POSITION, anchor
            position = self.anchors.place(anchor)
            assert position is not None, "what was read just now is there"
            return SearchDatum(
                position=position,
                at_utc=at_utc,
                drift_m=0.0,
                drift_share=DRIFT_ERROR_SHARE,
            )
        if track is None:
            return SearchFault.NO_BOAT, None
        return self._datum_of(track, at_utc)

    def _datum_of(
        self, track: Track, at_utc: datetime
    ) -> SearchDatum | tuple[SearchFault, Problem | None]:
        """Return the datum of a craft by its last fix until a time."""
        reckoning = reckoning_of(track, at_utc, self.anchors.chartwork.supposition(track.uid))
        if reckoning is None:
            is_later = bool(track.fixes)
            return SearchFault.BEFORE_FIX if is_later else SearchFault.NO_FIX, None
        fix = reckoning.fix
        assert fix.position is not None, "a fix has a position"
        if self.text.basis is DatumBasis.RECKONED:
            return SearchDatum(
                position=reckoning.passage.position_at(at_utc),
                at_utc=at_utc,
                drift_m=reckoning.passage.run_m(fix.observed_at_utc, at_utc),
                drift_share=RUN_ERROR_SHARE,
                from_position=fix.position,
                from_utc=fix.observed_at_utc,
                outside_s=reckoning.outside_s(at_utc),
            )
        conditions = conditions_for(self.session.document.plot, track.uid)
        if conditions is None:
            return SearchFault.NO_CONDITIONS, None
        found = drifted(fix.position, fix.observed_at_utc, conditions, at_utc)
        return SearchDatum(
            position=found.position,
            at_utc=at_utc,
            drift_m=found.drift_m,
            drift_share=DRIFT_ERROR_SHARE,
            from_position=fix.position,
            from_utc=fix.observed_at_utc,
            outside_s=outside_s(conditions, fix.observed_at_utc, at_utc),
        )

    def _first_leg_deg(self, wind_from_deg: float | None, wrong: set[SearchField]) -> float | None:
        try:
            typed_deg = parse_course_deg(self.text.first_leg)
        except MotionTextError:
            wrong.add(SearchField.FIRST_LEG)
            return None
        return typed_deg if typed_deg is not None else wind_from_deg

    def _with_extent(
        self, reading: SearchReading, radius_m: float, wrong: set[SearchField]
    ) -> SearchReading:
        """Return the reading with the number of legs, or the sides of the rectangle."""
        spacing_m = reading.spacing_m
        if self.text.kind is PatternKind.EXPANDING_SQUARE:
            if spacing_m <= 0.0 or radius_m <= 0.0:
                return reading
            legs = self._plain(SearchField.LEGS, float(square_legs_for(radius_m, spacing_m)), wrong)
            if legs != int(legs) or legs < 1:
                wrong.add(SearchField.LEGS)
                return reading
            return replace(reading, legs=int(legs))
        if self.text.kind is PatternKind.PARALLEL_TRACK:
            return replace(
                reading,
                length_m=self._nm(SearchField.LENGTH, 2.0 * radius_m, wrong),
                width_m=self._nm(SearchField.WIDTH, 2.0 * radius_m, wrong),
            )
        return reading

    def _pattern(self, reading: SearchReading, datum: Position) -> SearchPattern:
        assert reading.first_leg_deg is not None, "looked at before"
        assert reading.radius is not None, "looked at before"
        first_leg_deg, spacing_m, turn = reading.first_leg_deg, reading.spacing_m, self.text.turn
        if reading.legs is not None:
            return expanding_square(datum, first_leg_deg, spacing_m, reading.legs, turn)
        if reading.length_m is not None and reading.width_m is not None:
            return parallel_track(
                datum, first_leg_deg, spacing_m, reading.length_m, reading.width_m, turn
            )
        return sector(datum, first_leg_deg, reading.radius.radius_m, turn)

    def _shapes(self, reading: SearchReading) -> Iterator[Shape]:
        datum, pattern = reading.datum, reading.pattern
        if datum is None:
            return
        if datum.from_position is not None:
            yield GhostPath((datum.from_position, datum.position))
        if reading.radius is not None and reading.radius.radius_m > 0.0:
            yield GhostCircle(datum.position, reading.radius.radius_m)
        if pattern is not None:
            yield GhostPath(pattern.waypoints, reading.name)
        yield Ghost(datum.position)

    def _nm(self, name: SearchField, usual_m: float, wrong: set[SearchField]) -> float:
        """Return a field in nautical miles as metres, what is usual where it is empty or wrong."""
        return m_from_nm(self._plain(name, nm_from_m(usual_m), wrong))

    def _speed_kn(self, wrong: set[SearchField]) -> float | None:
        """Return how fast the searcher is, None where nobody said or it can't be read."""
        try:
            speed_kn = parse_speed_kn(self.text.speed)
        except MotionTextError:
            speed_kn = 0.0
        if speed_kn == 0.0:
            wrong.add(SearchField.SPEED)
            return None
        return speed_kn

    def _plain(self, name: SearchField, usual: float, wrong: set[SearchField]) -> float:
        typed: str = getattr(self.text, name.value).strip().removesuffix("NM").strip()
        if not typed:
            return usual
        if _NUMBER.fullmatch(typed) is None:
            wrong.add(name)
            return usual
        return float(typed.replace(",", "."))


def next_search_name(plot: Plot) -> str:
    """Return the next of S1, S2 ... that no search of the plot has, past the highest there is."""
    matches = (_NAME.fullmatch(search.name) for search in plot.searches.values())
    return f"S{max((int(match[1]) for match in matches if match), default=0) + 1}"


def _text_of(search: PlannedSearch, now_utc: datetime) -> SearchText:
    """Return the fields with the figures of a search, all as if they were typed, but its name."""
    is_square = search.kind is PatternKind.EXPANDING_SQUARE
    speed_kn = search.searcher_speed_kn
    return SearchText(
        kind=search.kind,
        basis=DatumBasis.TYPED,
        turn=search.turn,
        position=position_text(search.datum),
        time=written_time(search.datum_at_utc, now_utc),
        first_leg=f"{search.first_leg_deg:.10g}",
        spacing=_nm_text(search.spacing_m),
        legs=str(len(search.waypoints) - 1) if is_square else "",
        length=_nm_text(search.length_m),
        width=_nm_text(search.width_m),
        drift=_nm_text(search.drift_m),
        initial_error=_nm_text(search.initial_error_m),
        drift_share=f"{search.drift_error_share:g}",
        searcher_error=_nm_text(search.searcher_error_m),
        factor=f"{search.safety_factor:g}",
        searcher=search.searcher,
        speed="" if speed_kn is None else f"{speed_kn:g}",
    )


def _nm_text(length_m: float | None) -> str:
    """Return a length in nautical miles as it is typed, to 0.0001 (18 cm); "" without one."""
    if length_m is None:
        return ""
    whole, _, part = f"{nm_from_m(length_m):.4f}".partition(".")
    return f"{whole}.{part.rstrip('0') or '0'}"


def _wind_from_deg(conditions: Conditions | None, at_utc: datetime) -> float | None:
    wind = None if conditions is None else carried_at(conditions, at_utc).wind
    return None if wind is None else wind.from_deg


def _fault_of(reading: SearchReading, is_wrong: bool) -> SearchFault | None:
    """Return why no pattern can be drawn of what was understood, None if one can."""
    if is_wrong:
        return SearchFault.NO_NUMBER
    if reading.first_leg_deg is None:
        return SearchFault.NO_FIRST_LEG
    is_bad_spacing = reading.spacing_m <= 0.0 or (
        reading.length_m is not None and reading.length_m <= reading.spacing_m
    )
    if is_bad_spacing or reading.width_m == 0.0:
        return SearchFault.SPACING
    if reading.radius is not None and reading.radius.radius_m <= 0.0:
        return SearchFault.SPACING
    tracks = reading.legs or 0
    if reading.width_m is not None:
        tracks = int(reading.width_m / reading.spacing_m) + 1
    return SearchFault.TOO_MANY_LEGS if tracks > MOST_LEGS else None
