"""A whole line: what it says of where, when, how many, who and to which boat; the rest is words.

``read_line`` takes a line apart in a fixed order: target, certain times, position, times of
four figures, course and speed, people, grade, source, craft, kind. What a step takes is no
part of a later one. Nothing is guessed: a piece with two readings becomes a question, one that
can't be becomes a fault, and what nobody claims is kept as the words of the report.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeVar

from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.magnetic import variation_deg
from channelplot.geodesy.position import Position
from channelplot.model.beach import is_mark_code
from channelplot.model.codes import Craft, PositionForm, ReportKind, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.model.track import Track
from channelplot.reading.bearings import Names, track_names
from channelplot.reading.candidate import Scan
from channelplot.reading.gazetteer import Gazetteer
from channelplot.reading.motion import Motion, read_motion
from channelplot.reading.people import People, read_people
from channelplot.reading.plain import MOST_CHARACTERS, Plain, is_control, is_other_digit, plain
from channelplot.reading.positions import (
    FoundPosition,
    PositionContext,
    find_place,
    find_position,
)
from channelplot.reading.target import named_tracks, read_target
from channelplot.reading.times import TimeCandidate, Times
from channelplot.reading.values import (
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
_T = TypeVar("_T", PositionReading, TimeReading, PeopleCount, Target)
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
    measured from; made by ``names_of``.
    """

    now_utc: datetime
    language: Language
    area: Bounds
    names: Names


def names_of(gazetteer: Gazetteer, tracks: Iterable[Track]) -> Names:
    """Return the names of the gazetteer and of a plot's tracks."""
    return Names(gazetteer, track_names(iter(tracks)))


def read_line(text: str, context: LineContext, answers: Answers | None = None) -> LineReading:
    """Return how a line is read. answers: what was chosen of the questions of this very text."""
    refused = _refused(text)
    if refused is not None:
        unsaid = TimeReading(context.now_utc, TimeForm.UNSAID, "Z", _NOWHERE)
        return LineReading(text=text, position=None, time=unsaid, words=text, faults=(refused,))
    return _Reader(plain(text), context, answers or {}).reading()


def read_position(text: str, context: LineContext) -> LineReading:
    """Return the reading of a text that is to be a position and nothing else.

    What else it says is a fault, and so is a text without a position.
    """
    reading = read_line(text, context)
    if reading.faults:
        return reading
    whole = Span(0, len(text))
    if any(question.code is QuestionCode.NO_POSITION for question in reading.questions):
        code = FaultCode.NOT_READ if text.strip() else FaultCode.EMPTY
        return replace(
            reading, questions=(), faults=(Fault(code, Field.POSITION, whole, text.strip()),)
        )
    others = [claim for claim in reading.claims if claim.field is not Field.POSITION]
    if reading.words or others:
        extra = reading.words or text[others[0].span.start : others[0].span.end]
        fault = Fault(FaultCode.NOT_READ, Field.POSITION, whole, extra)
        return replace(reading, questions=(), faults=(fault,))
    return reading


def read_time(text: str, now_utc: datetime) -> TimeCandidate:
    """Return the reading of a text that is to be a time and nothing else; empty means now."""
    whole = Span(0, len(text))
    stripped = text.strip()
    if not stripped:
        unsaid = TimeReading(now_utc, TimeForm.UNSAID, "Z", whole)
        return TimeCandidate(whole, (unsaid,))
    refused = _refused(text)
    if refused is not None:
        return TimeCandidate(whole, fault=refused)
    scan = Scan(plain(text))
    times = Times(scan, now_utc, is_alone=True)
    certain = times.certain()
    found = certain or times.bare(scan)
    for candidate in found:
        if text[candidate.span.start : candidate.span.end].strip() == stripped:
            return candidate
    faults = [each for each in found if each.fault]
    if faults:
        return faults[0]
    return TimeCandidate(whole, fault=Fault(FaultCode.TIME_NOT_READ, Field.TIME, whole, stripped))


def _refused(text: str) -> Fault | None:
    """Return why a text is not read at all, None if it may be."""
    whole = Span(0, len(text))
    if len(text) > MOST_CHARACTERS:
        return Fault(FaultCode.TOO_LONG, Field.LINE, whole, str(len(text)))
    for place, character in enumerate(text):
        span = Span(place, place + 1)
        if is_control(character):
            code = f"U+{ord(character):04X}"
            return Fault(FaultCode.CONTROL_CHARACTER, Field.LINE, span, code)
        if is_other_digit(character):
            return Fault(FaultCode.OTHER_DIGITS, Field.LINE, span, character)
    return None


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
        read = self._rest(scan, position, time, target, kind)
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
        source = read_source(scan)
        source_kind, source_name = SourceKind.UNKNOWN, ""
        teller = next((track for track, _ in named if track.uid != target.track_uid), None)
        if source is not None:
            source_kind, source_name = source.kind, source.name
            scan = self._take(scan, Field.SOURCE, [source.span])
        if teller is not None:
            source_kind = _SOURCES.get(teller.craft, source_kind)
            source_name = teller.name
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
            source=source_kind,
            source_name=source_name,
            grade=grade,
            craft=target.craft or (craft.code if craft else None),
            kind=kind,
            target=target,
            words=self._words(),
            claims=tuple(sorted(self._claims, key=lambda claim: claim.span)),
            faults=tuple(self._faults),
            questions=tuple(self._questions),
        )

    def _whose(self, target: Target, named: Sequence[tuple[Track, Span]]) -> Target:
        """Return where the report goes; asked where a track is named and nothing says whose it is.

        With a target said, a track that is named tells of it.
        """
        if target.kind is not TargetKind.UNSAID or not named:
            return target
        track, span = named[0]
        choices = (
            Target(TargetKind.TRACK, track.uid, track.name, None, span),
            Target(TargetKind.NEW, span=span),
        )
        return self._asked(QuestionCode.WHICH_TRACK, Field.TRACK, span, choices) or choices[0]

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
        return " ".join(word for word in (*words, verbatim) if _says_something(word))

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


def _says_something(word: str) -> bool:
    return any(character.isalnum() or not character.isascii() for character in word)


def _middle(area: Bounds) -> Position:
    return Position((area.west_deg + area.east_deg) / 2.0, (area.south_deg + area.north_deg) / 2.0)
