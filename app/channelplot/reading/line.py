"""A whole line: what it says of where, when, how many, who and to which boat; the rest is words.

``read_line`` takes a line apart in a fixed order: target, caller, certain times, position, times
of four figures, course and speed, people, grade, source, type, craft, kind. What a step takes is
no part of a later one. Nothing is guessed: a piece with two readings becomes a question, one that
can't be becomes a fault, and what nobody claims is kept as the words of the report.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeVar

from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.magnetic import variation_deg
from channelplot.geodesy.position import Position
from channelplot.model.beach import is_mark_code
from channelplot.model.caller import report_meant
from channelplot.model.codes import BoatType, Craft, PositionForm, ReportKind, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.model.track import Track
from channelplot.reading.boat_types import read_boat_type
from channelplot.reading.callers import Calls, is_number, read_callers
from channelplot.reading.candidate import Scan
from channelplot.reading.gazetteer import words_of
from channelplot.reading.log_line import read_log
from channelplot.reading.motion import Motion, read_motion
from channelplot.reading.names import NamedTrack, Names
from channelplot.reading.people import People, read_people
from channelplot.reading.plain import (
    MOST_CHARACTERS,
    Plain,
    is_control,
    is_other_digit,
    plain,
    says_something,
)
from channelplot.reading.positions import (
    FoundPosition,
    PositionContext,
    find_place,
    find_position,
)
from channelplot.reading.target import named_tracks, read_target, target_of
from channelplot.reading.times import TimeCandidate, Times
from channelplot.reading.values import (
    CallerReading,
    Choice,
    Claim,
    Fault,
    FaultCode,
    Field,
    Language,
    LineReading,
    MarkReading,
    PositionReading,
    Question,
    QuestionCode,
    Span,
    Target,
    TargetKind,
    TimeForm,
    TimeReading,
)
from channelplot.reading.vocabulary import CRAFT, KINDS, SOURCES, Found, phrases_in, read_source

Answers = Mapping[tuple[QuestionCode, Span], int]
"""Which choice, from 0, was taken of which question."""
_T = TypeVar(
    "_T",
    PositionReading,
    TimeReading,
    PeopleCount,
    Target,
    CallerReading,
    BoatType | SourceKind,
)
_SOURCES: Final = {
    Craft.RESCUE_VESSEL: SourceKind.PATROL,
    Craft.AIRCRAFT: SourceKind.AIRCRAFT,
    Craft.MERCHANT_VESSEL: SourceKind.VESSEL,
}
"""What a track of the plot is that tells of another boat."""
_LAUNCHES: Final = frozenset({"RESCUE", "PILOT", "POLICE", "MOTOR", "CUSTOMS", "HARBOUR"})
_MARK: Final = re.compile(r"\s*(?:MARK|AMER|REPERE)\s+(?P<code>[A-Z0-9-]+)(?=\s)")
_GRADE: Final = re.compile(
    r"(?<![A-Z0-9+>-])(?<![0-9][.,:])(?:(?:GRADE|GRADED|COTE|COTATION)\s*:?\s*)?"
    r"(?P<grade>[1-5][A-E]|[A-F][1-6])(?![A-Z0-9-])"
)
_MOST_CHOICES: Final = 3
_NOWHERE: Final = Span(0, 0)


@dataclass(frozen=True)
class LineContext:
    """What a line is read against.

    now_utc: what the clock says. area: what the chart covers. names: what positions may be
    measured from; made by ``names_of``. calls: of the plot, for "the same phone as". chosen: the
    track that a person chose: a report that does not say where it goes goes to it.
    """

    now_utc: datetime
    language: Language
    area: Bounds
    names: Names
    calls: Calls = field(default_factory=Calls)
    chosen: Track | None = None


def read_line(text: str, context: LineContext, answers: Answers | None = None) -> LineReading:
    """Return how a line is read. answers: what was chosen of the questions of this very text."""
    refused = refusal_of(text)
    if refused is None or refused.code is FaultCode.OTHER_DIGITS:
        log = read_log(text, context.names.tracks, context.now_utc)
        if log is not None:
            return log
    if refused is not None:
        unsaid = TimeReading(context.now_utc, TimeForm.UNSAID, "Z", _NOWHERE)
        return LineReading(text=text, position=None, time=unsaid, words=text, faults=(refused,))
    return _Reader(plain(text), context, answers or {}).reading()


def refusal_of(text: str) -> Fault | None:
    """Return why a text is not read at all, None if it may be."""
    whole = Span(0, len(text))
    if len(text) > MOST_CHARACTERS:
        return Fault(FaultCode.TOO_LONG, Field.LINE, whole, str(len(text)))
    for place, character in enumerate(text):
        if is_control(character):
            code = f"U+{ord(character):04X}"
            return Fault(FaultCode.CONTROL_CHARACTER, Field.LINE, Span(place, place + 1), code)
        if is_other_digit(character):
            span = Span(place, place + 1)
            return Fault(FaultCode.OTHER_DIGITS, Field.LINE, span, character)
    return None


@dataclass(frozen=True, slots=True)
class _Told:
    """Who told us, by the words of a piece, and what the boat looks like."""

    kind: SourceKind
    name: str
    span: Span | None
    boat_type: BoatType | None


class _Reader:
    """Reads one line once."""

    def __init__(self, line: Plain, context: LineContext, answers: Answers) -> None:
        self._line = line
        self._context = context
        self._answers = answers
        self._claims: list[Claim] = []
        self._faults: list[Fault] = []
        self._questions: list[Question] = []

    def reading(self) -> LineReading:
        whole = Scan(self._line)
        mark = _MARK.match(self._line.text)
        if mark is not None:
            reading = self._mark(whole, mark)
            if reading is not None:
                return reading
            self._claims, self._faults, self._questions = [], [], []
        target, faults = read_target(whole, self._context.names.tracks)
        self._faults += faults
        scan = self._take(whole, Field.TRACK, [target.span] if target.span else [])
        caller, scan = self._caller(scan)
        kind = self._kind(scan)
        letters = frozenset(w[0] for w in self._context.names.tracks if len(w) == 1)
        times = Times(scan, self._context.now_utc, letters=letters)
        certain = times.certain()
        timeless = scan.without([each.span for each in certain if not each.is_weak])
        found, time_choices = self._where_and_when(timeless, times, certain, kind)
        told = [each for each in time_choices if each.is_received]
        seen = [each for each in time_choices if not each.is_received]
        time, time_spans = self._time(seen)
        received, received_spans = self._time(told)
        if told and not time.at_utc <= received.at_utc <= self._context.now_utc:
            span = told[0].span
            fault = Fault(FaultCode.RECEIVED_FIRST, Field.TIME, span, self._line.piece(span))
            self._faults.append(fault)
        time_spans += received_spans
        position = self._position(found)
        scan = self._take(scan, Field.POSITION, found.spans)
        scan = self._take(scan, Field.TIME, time_spans)
        read = self._rest(scan, position, time, target, kind, caller)
        return read if not told else replace(read, received=received)

    # Where and when

    def _where_and_when(
        self,
        scan: Scan,
        times: Times,
        certain: Sequence[TimeCandidate],
        kind: ReportKind,
    ) -> tuple[FoundPosition, list[TimeCandidate]]:
        """Return the position and the times of four figures, each found without the other's piece.

        A position may hang on the time (where a boat was then, which variation held): it is read
        again when the time turns out another than the clock's.
        """
        at_utc = self._first_moment([each for each in certain if each.choices])
        while True:
            names = self._context.names
            context = PositionContext(names, self._context.language, self._context.area, at_utc)
            found = find_position(scan, context)
            if not found.choices and found.fault is None:
                found = find_place(scan, context, kind)
            rest = scan.without(found.spans)
            rest = rest.without(_unmoved(rest))
            bare = times.bare(rest)
            choices = self._times(certain, bare)
            moment = self._first_moment(choices)
            hangs_on_time = any(
                each.origin_at_utc is not None or each.variation_deg is not None
                for each in found.choices
            ) or (found.fault is not None and found.fault.code is FaultCode.NO_FIX_YET)
            if moment == at_utc or not hangs_on_time:
                return found, choices
            at_utc = moment

    def _first_moment(self, candidates: Sequence[TimeCandidate]) -> datetime:
        for candidate in candidates:
            if candidate.choices and not candidate.is_received:
                index = 0
                if candidate.question is not None:
                    index = self._answers.get((candidate.question, candidate.span), 0)
                return candidate.choices[min(index, len(candidate.choices) - 1)].at_utc
        return self._context.now_utc

    @staticmethod
    def _times(
        certain: Sequence[TimeCandidate], bare: Sequence[TimeCandidate]
    ) -> list[TimeCandidate]:
        """Return the times of the line that count: a now only where there is no other."""
        strong = [each for each in certain if not each.is_weak]
        if strong:
            both = [*strong, *(each for each in bare if each.choices)]
            return sorted(both, key=lambda each: each.span)
        if bare:
            return list(bare)
        return [each for each in certain if each.is_weak][:1]

    def _time(self, found: Sequence[TimeCandidate]) -> tuple[TimeReading, list[Span]]:
        unsaid = TimeReading(self._context.now_utc, TimeForm.UNSAID, "Z", _NOWHERE)
        spans = [each.span for each in found]
        spans += [each.word for each in found if each.word is not None]
        faults = [each.fault for each in found if each.fault is not None]
        if faults:
            self._faults.append(faults[0])
            return unsaid, spans
        if not found:
            return unsaid, spans
        first = {each.choices[0].at_utc: each for each in reversed(found)}
        unlike = sorted(first.values(), key=lambda each: each.span)
        chosen = unlike[0]
        if len(unlike) > 1:
            span = Span(unlike[0].span.start, unlike[-1].span.end)
            choices = tuple(each.choices[0] for each in unlike)
            picked = self._asked(QuestionCode.WHICH_TIME, Field.TIME, span, choices)
            if picked is None:
                return choices[0], spans
            chosen = next(each for each in unlike if each.choices[0] is picked)
        if chosen.question is None:
            return chosen.choices[0], spans
        answer = self._asked(chosen.question, Field.TIME, chosen.span, chosen.choices)
        return answer or chosen.choices[0], spans

    def _position(self, found: FoundPosition) -> PositionReading | None:
        if found.fault is not None:
            self._faults.append(found.fault)
            return None
        if not found.choices:
            self._ask(QuestionCode.NO_POSITION, Field.POSITION, _NOWHERE, (None,))
            return None
        reading: PositionReading | None = found.choices[0]
        span = found.spans[0]
        if found.question is not None:
            reading = self._asked(found.question, Field.POSITION, span, found.choices)
        if reading is None or self._context.area.contains(reading.position):
            return reading
        if found.question is QuestionCode.SWAPPED:
            return reading
        swapped = self._swapped(reading)
        if swapped is not None:
            choices = (swapped, reading)
            return self._asked(QuestionCode.SWAPPED, Field.POSITION, span, choices)
        return self._asked(QuestionCode.OUTSIDE_AREA, Field.POSITION, span, (reading,))

    def _swapped(self, reading: PositionReading) -> PositionReading | None:
        """Return a reading with latitude for longitude, if only so it lies in the area."""
        lon_deg, lat_deg = reading.position.lon_deg, reading.position.lat_deg
        is_angles = reading.form in {
            PositionForm.DDM, PositionForm.DMS, PositionForm.DECIMAL_DEGREES
        }  # fmt: skip
        if not is_angles or abs(lon_deg) > 90.0:
            return None
        position = Position(lat_deg, lon_deg)
        if not self._context.area.contains(position):
            return None
        return replace(reading, position=position)

    # The rest

    def _rest(
        self,
        scan: Scan,
        position: PositionReading | None,
        time: TimeReading,
        target: Target,
        kind: ReportKind,
        caller: str,
    ) -> LineReading:
        motion = self._motion(scan, position, time)
        scan = self._take(scan, Field.COURSE, motion.course_spans)
        scan = self._take(scan, Field.SPEED, motion.speed_spans)
        people = read_people(scan)
        count = self._people(people)
        scan = self._take(scan, Field.PEOPLE, people.spans)
        grade, scan = self._grade(scan)
        named = list(named_tracks(scan, self._context.names.tracks))
        scan = self._take(scan, Field.SOURCE, [span for _, span in named])
        target = self._whose(target, named)
        told = self._told(scan, target, named, caller)
        scan = self._take(scan, Field.SOURCE, [told.span] if told.span else [])
        craft = next(phrases_in(scan, CRAFT), None)
        self._faults.sort(key=lambda each: each.span)
        self._questions.sort(key=lambda each: each.span)
        return LineReading(
            text=self._line.typed,
            position=position,
            time=time,
            course_deg=motion.course_deg,
            course_variation_deg=motion.variation_deg,
            speed_kn=motion.speed_kn,
            people=count,
            source=told.kind,
            source_name=told.name,
            grade=grade,
            craft=target.craft or (craft.code if craft else None),
            boat_type=told.boat_type,
            caller=caller,
            kind=kind,
            target=target,
            words=self._words(),
            claims=tuple(sorted(self._claims, key=lambda claim: claim.span)),
            faults=tuple(self._faults),
            questions=tuple(self._questions),
        )

    def _whose(self, target: Target, named: Sequence[tuple[NamedTrack, Span]]) -> Target:
        """Return where the report goes; asked where a track is named and nothing says whose it is.

        With a target said, a track that is named tells of it. A report on a closed track is
        always asked about: so boats are confused.
        """
        if target.kind is TargetKind.UNSAID and named:
            track, span = named[0]
            choices = (target_of(track, span), Target(TargetKind.NEW))
            taken = self._asked(QuestionCode.WHICH_TRACK, Field.TRACK, span, choices)
            if taken is None:
                return choices[0]
            target = taken
        elif target.kind is TargetKind.UNSAID and self._context.chosen is not None:
            chosen = NamedTrack(self._context.chosen.name, self._context.chosen)
            on_chosen = replace(target_of(chosen, _NOWHERE), span=None)
            target = target if on_chosen.closed_as is None else on_chosen
        if target.closed_as is None:
            return target
        span = target.span or _NOWHERE
        choices = (target, Target(TargetKind.NEW, span=target.span))
        return self._asked(QuestionCode.CLOSED_TRACK, Field.TRACK, span, choices) or target

    def _caller(self, scan: Scan) -> tuple[str, Scan]:
        """Return who called, "" if the line does not say."""
        context = self._context
        callers: list[str] = []
        found = read_callers(scan, context.names.tracks, context.calls, context.now_utc)
        for each in found:
            if each.fault is not None:
                self._faults.append(each.fault)
                continue
            reading = each.choices[0]
            if len(each.choices) > 1:
                asked = self._asked(
                    QuestionCode.WHICH_CALLER, Field.CALLER, each.span, each.choices
                )
                reading = asked or reading
            if callers and reading.caller not in callers:
                piece = self._line.piece(each.span)
                fault = Fault(FaultCode.SAID_TWICE, Field.CALLER, each.span, piece)
                self._faults.append(fault)
            callers.append(reading.caller)
        return "".join(callers[:1]), self._take(scan, Field.CALLER, [each.span for each in found])

    def _told(
        self, scan: Scan, target: Target, named: Sequence[tuple[NamedTrack, Span]], caller: str
    ) -> "_Told":
        """Return who told us and what the boat looks like: a yacht may be the one or the other."""
        source = read_source(scan)
        assets = [span for track, span in named if not track.track.has_people]
        new = _after_name(self._line, target)
        span = source.span if source is not None else None
        said = read_boat_type(scan.without([span] if span else []), new, span, assets)
        boat_type = said.boat_type
        if said.doubtful is not None and source is not None:
            kinds: tuple[BoatType | SourceKind, ...] = (said.doubtful.code, source.kind)
            code = QuestionCode.SOURCE_OR_BOAT
            if self._asked(code, Field.SOURCE, source.span, kinds) is said.doubtful.code:
                boat_type = said.doubtful.code
                source = read_source(scan.without([source.span]))
        kind, name = (source.kind, source.name) if source else (SourceKind.UNKNOWN, "")
        callers = self._context.names.tracks.get(words_of(caller))
        tellers = [track for track, _ in named] + ([callers] if callers else [])
        teller = next((t for t in tellers if t.track.uid != target.track_uid), None)
        if teller is not None:
            kind, name = _SOURCES.get(teller.track.craft, kind), teller.track.name
        if kind is SourceKind.UNKNOWN and (is_number(caller) or report_meant(caller)):
            kind = SourceKind.PHONE
        return _Told(kind, name, source.span if source else None, boat_type)

    def _kind(self, scan: Scan) -> ReportKind:
        found = [f for f in phrases_in(scan, KINDS, also_taken=True) if _is_of_boat(scan, f)]
        other = next((each for each in found if each.code is not found[0].code), None)
        if other is not None:
            piece = self._line.piece(other.span)
            self._faults.append(Fault(FaultCode.SAID_TWICE, Field.KIND, other.span, piece))
        return found[0].code if found else ReportKind.POSITION

    def _motion(self, scan: Scan, position: PositionReading | None, time: TimeReading) -> Motion:
        where = position.position if position is not None else _middle(self._context.area)
        motion = read_motion(scan, lambda: variation_deg(where, time.at_utc))
        self._faults += motion.faults
        return motion

    def _people(self, people: People) -> PeopleCount | None:
        self._faults += people.faults
        if people.unread is not None:
            self._ask(QuestionCode.PEOPLE_UNREAD, Field.PEOPLE, people.unread, (None,))
        if people.question is None:
            return people.count
        return self._asked(people.question, Field.PEOPLE, people.spans[0], people.choices)

    def _grade(self, scan: Scan) -> tuple[str, Scan]:
        end = self._line.verbatim.start
        found = {
            Span(*match.span()): match["grade"]
            for match in _GRADE.finditer(self._line.text, 0, end)
            if scan.is_span_free(Span(*match.span()))
        }
        if len(set(found.values())) > 1:
            span = list(found)[1]
            fault = Fault(FaultCode.SAID_TWICE, Field.GRADE, span, self._line.piece(span))
            self._faults.append(fault)
        return next(iter(found.values()), ""), self._take(scan, Field.GRADE, found)

    def _words(self) -> str:
        """Return what is left of the line, in its order, as typed."""
        line, left = self._line, []
        start = 0
        for claim in sorted(self._claims, key=lambda each: each.span):
            left.append(line.typed[start : claim.span.start])
            start = max(start, claim.span.end)
        left.append(line.typed[start : line.verbatim.start])
        words = [" ".join(piece.split()).strip(" ,;:()") for piece in left]
        verbatim = line.piece(line.verbatim).removeprefix("//").strip()
        return " ".join(word for word in (*words, verbatim) if says_something(word))

    def _mark(self, whole: Scan, mark: re.Match[str]) -> LineReading | None:
        """Return the reading of a line that adds or amends a mark; None if it gives no position."""
        head = Span(mark.start(), mark.end())
        scan = self._take(whole, Field.MARK, [head])
        now_utc = self._context.now_utc
        names, language, area = self._context.names, self._context.language, self._context.area
        found = find_position(scan, PositionContext(names, language, area, now_utc))
        if not found.choices and found.fault is None:
            return None
        position = self._position(found)
        self._take(scan, Field.POSITION, found.spans)
        starts = {span.start for span in found.spans}
        if not any(self._line.is_gap(mark.end(), start) for start in starts):
            return None  # "mark reports ..." is no mark
        code, name = mark["code"], self._words()
        if not is_mark_code(code):
            span = Span(*mark.span("code"))
            fault = Fault(FaultCode.MARK_NOT_READ, Field.MARK, span, self._line.piece(span))
            self._faults = [fault]
        return LineReading(
            text=self._line.typed,
            position=position,
            time=TimeReading(now_utc, TimeForm.UNSAID, "Z", _NOWHERE),
            mark=MarkReading(code=code, name=name or code),
            target=Target(TargetKind.NONE),
            claims=tuple(self._claims),
            faults=tuple(self._faults),
            questions=tuple(self._questions),
        )

    # Bookkeeping

    def _take(self, scan: Scan, field: Field, spans: Iterable[Span]) -> Scan:
        spans = [span for span in spans if span.start < span.end]
        self._claims += [Claim(field, span) for span in spans]
        return scan.without(spans)

    def _asked(
        self, code: QuestionCode, field: Field, span: Span, choices: tuple[_T, ...]
    ) -> _T | None:
        """Return the choice that was taken; None, and the question asked, if none was."""
        index = self._answers.get((code, span))
        if index is not None and 0 <= index < len(choices):
            return choices[index]
        self._ask(code, field, span, choices)
        return None

    def _ask(self, code: QuestionCode, field: Field, span: Span, choices: Sequence[Choice]) -> None:
        if (code, span) not in self._answers:
            question = Question(code, field, span, tuple(choices[:_MOST_CHOICES]))
            self._questions.append(question)


def _unmoved(scan: Scan) -> list[Span]:
    """Return what is course, speed or people, so that no four figures of it count as a time."""
    motion = read_motion(scan, lambda: 0.0)
    return [*motion.course_spans, *motion.speed_spans, *read_people(scan).spans]


def _is_of_boat(scan: Scan, found: Found[ReportKind]) -> bool:
    """Return whether a launch is the boat's: not a rescue launch, nor the launch of a lifeboat."""
    if found.phrase != "launch":
        return True
    before = scan.tokens[found.first - 1].text if found.first else ""
    after = scan.tokens[found.last].text.lower() if found.last < len(scan.tokens) else ""
    return before not in _LAUNCHES and after not in SOURCES and after != "alongside"


def _after_name(line: Plain, target: Target) -> Span | None:
    """Return the part of ``new B inflatable`` in which the boat may be described."""
    if target.kind is not TargetKind.NEW or target.span is None:
        return None
    start = target.span.start
    if target.name:
        start = line.typed.index(target.name, start) + len(target.name)
    return Span(start, target.span.end)


def _middle(area: Bounds) -> Position:
    return Position((area.west_deg + area.east_deg) / 2.0, (area.south_deg + area.north_deg) / 2.0)
