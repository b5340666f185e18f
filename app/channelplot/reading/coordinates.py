"""Latitude and longitude in degrees, minutes and seconds: every way to read a line as such.

Both angles have one form, and stand side by side. Hemisphere letters stand all before or all
after their angles. What could be read in two ways comes back twice.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import METRES_PER_NM
from channelplot.model.codes import PositionForm
from channelplot.reading.angle import Angle, angle_of
from channelplot.reading.candidate import Candidate, Scan, is_clock_figures
from channelplot.reading.values import (
    Fault,
    FaultCode,
    Field,
    Language,
    PositionReading,
    QuestionCode,
    Span,
)

Axis = Literal["lat", "lon"]
METRES_PER_DEGREE: Final = 60.0 * METRES_PER_NM
_HEMISPHERES: Final[dict[str, tuple[Axis, int]]] = {
    **dict.fromkeys(("N", "NORTH", "NORD"), ("lat", 1)),
    **dict.fromkeys(("S", "SOUTH", "SUD"), ("lat", -1)),
    **dict.fromkeys(("E", "EAST", "EST"), ("lon", 1)),
    **dict.fromkeys(("W", "WEST", "OUEST", "O"), ("lon", -1)),
}
_LABELS: Final[dict[str, Axis]] = {
    **dict.fromkeys(("LAT", "LATITUDE"), "lat"),
    **dict.fromkeys(("LON", "LONG", "LNG", "LONGITUDE"), "lon"),
}
_MARKS: Final = (
    frozenset({"°", "D", "DEG", "DEGS", "DEGREE", "DEGREES", "DEGRE", "DEGRES"}),
    frozenset({"'", "M", "MN", "MIN", "MINS", "MINUTE", "MINUTES"}),
    frozenset({'"', "S", "SEC", "SECS", "SECOND", "SECONDS", "SECONDE", "SECONDES"}),
)
_LETTER_MARKS: Final = frozenset("DMS")
_GRADE: Final = re.compile("E[1-6]")
"""A grade, or six degrees of longitude at the most."""
_GAP: Final = frozenset({",", ";", "/", "|", "-", ".", ":", "=", "AND", "ET", "BY"})
_LONGEST_GAP: Final = 3
_HEMISPHERE_LETTERS: Final = frozenset("NSEWO")
_BEGINS_WORD: Final = re.compile(r"[A-Z0-9_]|[-/'\".&][A-Z]")
"""After a letter that is the beginning of something else: ``E2``, ``S/V``, ``N'est``."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One to three numbers that may be an angle, tokens first to last, with what tells its axis.

    sign: 0 if none was written. letter: the hemisphere and where its letter stands. is_o: the
    letter is an O.
    """

    first: int
    last: int
    numbers: tuple[str, ...]
    sign: int = 0
    letter: tuple[Axis, int] | None = None
    is_before: bool = False
    is_o: bool = False
    is_glued: bool = False
    label: Axis | None = None

    @property
    def axis(self) -> Axis | None:
        return self.letter[0] if self.letter else self.label


class Coordinates:
    """Reads a line's latitudes and longitudes. area: where an unsaid hemisphere may lie."""

    def __init__(self, scan: Scan, language: Language, area: Bounds) -> None:
        """Take a line of which times and the like have been taken."""
        self._scan = scan
        self._tokens = scan.tokens
        self._language = language
        self._area = area

    def candidates(self) -> tuple[Candidate, ...]:
        """Return every way to read a pair of angles, in the order of the line."""
        parts = list(self._parts())
        starting: dict[int, list[_Part]] = {}
        for part in parts:
            starting.setdefault(part.first, []).append(part)
        found = [
            candidate
            for one in parts
            for other in self._following(one, starting)
            for candidate in self._pair(one, other)
        ]
        return (*found, *self._halves(parts, [each for each in found if each.choices]))

    # Parts

    def _is_in_name(self, index: int) -> bool:
        """Return whether a number belongs to a name: CUTTER-1, VHF16, a grade such as B2."""
        tokens, scan = self._tokens, self._scan
        if scan.is_glued(index):
            after = tokens[index + 1].text
            is_known = after in _HEMISPHERES or after in _LABELS
            is_known = is_known or any(after in marks for marks in _MARKS)
            if after.isalpha() and not is_known:
                return True
        if not scan.is_in_name(index):
            return False
        at = index - 2 if tokens[index - 1].text == "-" else index - 1
        text = tokens[at].text
        is_known = text in _HEMISPHERES or text in _LABELS or text in _LETTER_MARKS
        return tokens[index - 1].text == "-" or not is_known

    def _parts(self) -> Iterator[_Part]:
        for index, token in enumerate(self._tokens):
            if token.is_number and self._scan.is_free(index) and not self._is_in_name(index):
                for count in (1, 2, 3):
                    for bare in self._bare(index, count):
                        yield from self._lettered(bare)

    def _bare(self, index: int, count: int) -> Iterator[_Part]:
        """Yield the numbers from a token on, with the marks that may follow them."""
        tokens, at, numbers = self._tokens, index, []
        by_letters = False
        for place in range(count):
            if not (self._scan.is_free(at) and tokens[at].is_number):
                return
            numbers.append(tokens[at].text)
            at += 1
            after_mark = self._after_mark(at, place, numbers, by_letters=by_letters)
            if after_mark is not None:
                by_letters = tokens[at].text in _LETTER_MARKS
                at = after_mark
            if place < count - 1:
                if (
                    self._is(at, "-", ":")
                    and self._scan.is_glued(at - 1)
                    and self._scan.is_glued(at)
                ):
                    at += 1
                if not self._scan.is_free(at):
                    return
        first, sign = index, 0
        if self._is(index - 1, "-", "+") and self._scan.is_glued(index - 1):
            before = index - 2
            if before < 0 or not self._scan.is_glued(before) or tokens[before].text in ",;(/=:":
                first, sign = index - 1, -1 if tokens[index - 1].text == "-" else 1
        yield _Part(first, at, tuple(numbers), sign)

    def _after_mark(
        self, at: int, place: int, numbers: list[str], *, by_letters: bool
    ) -> int | None:
        """Return the token after a mark that may follow the number of a place, None without one."""
        if not self._scan.is_free(at):
            return None
        text = self._tokens[at].text
        run_together = place == 0 and len(numbers[0].split(".")[0].split(",")[0]) >= 4
        if text in _LETTER_MARKS:
            is_mark = self._scan.is_glued(at - 1) and text in _MARKS[place]
            return at + 1 if is_mark and (place == 0 or by_letters) else None
        if place == 2 and text == "'" and self._is(at + 1, "'") and self._scan.is_glued(at):
            return at + 2
        if text in _MARKS[place] or (run_together and text in {"'", '"'}):
            return at + 1
        return None

    def _lettered(self, bare: _Part) -> Iterator[_Part]:
        """Yield the numbers with the letter after them, before them, and with none."""
        label = self._label(bare.first)
        at = bare.last
        if len(bare.numbers) == 1 and is_clock_figures(self._tokens[bare.first]):
            # Four figures are a time unless a letter is glued to them.
            is_apart = not self._scan.is_glued(at - 1) and not self._scan.is_glued(bare.first - 1)
            if is_apart and label is None:
                return
        is_comma = self._is(at, ",") and self._scan.is_glued(at - 1) and self._scan.is_glued(at)
        if is_comma and self._letter(at + 1) is not None:
            at += 1  # 5103.2,N,00128.4,E
        after = self._letter(at)
        if after is not None and not self._leads_only(at):
            lettered = replace(
                bare,
                last=at + 1,
                letter=after,
                is_o=self._tokens[at].text == "O",
                is_glued=self._scan.is_glued(at - 1),
            )
            yield self._labelled(lettered, label)
        first = bare.first - 1
        before = self._letter(first)
        if before is not None and not self._trails_only(first):
            lettered = replace(
                bare,
                first=first,
                letter=before,
                is_before=True,
                is_o=self._tokens[first].text == "O",
                is_glued=self._scan.is_glued(first),
            )
            yield self._labelled(lettered, self._label(first))
        if after is None or self._leads_only(at):
            yield self._labelled(bare, label)

    def _labelled(self, part: _Part, label: tuple[int, Axis] | None) -> _Part:
        return part if label is None else replace(part, first=label[0], label=label[1])

    def _label(self, first: int) -> tuple[int, Axis] | None:
        """Return where a LAT or LON before a token starts, and which; None without one."""
        at = first - 1
        while self._is(at, ":", "=", "."):
            at -= 1
        if self._scan.is_free(at) and self._tokens[at].text in _LABELS:
            return at, _LABELS[self._tokens[at].text]
        return None

    def _letter(self, at: int) -> tuple[Axis, int] | None:
        return _HEMISPHERES.get(self._tokens[at].text) if self._scan.is_free(at) else None

    def _trails_only(self, at: int) -> bool:
        """Return whether a letter is glued to what stands before it alone."""
        if not self._scan.is_glued(at - 1) or self._tokens[at - 1].text in {",", ";", "/", "|"}:
            return False
        return not self._scan.is_glued(at)

    def _leads_only(self, at: int) -> bool:
        """Return whether a letter is glued to the number after it alone."""
        return (
            self._scan.is_glued(at)
            and not self._scan.is_glued(at - 1)
            and self._tokens[at + 1].is_number
        )

    def _is(self, at: int, *texts: str) -> bool:
        return self._scan.is_free(at) and self._tokens[at].text in texts

    # Pairs

    def _following(self, one: _Part, starting: dict[int, list[_Part]]) -> Iterator[_Part]:
        """Yield the parts that stand beside one, with no more than a comma or so between."""
        at = one.last
        for _ in range(_LONGEST_GAP + 1):
            for other in starting.get(at, ()):
                is_alike = one.is_before == other.is_before or (one.is_glued and other.is_glued)
                if one.letter is None or other.letter is None or is_alike:
                    yield other
            if not (self._scan.is_free(at) and self._tokens[at].text in _GAP):
                return
            at += 1

    def _pair(self, one: _Part, other: _Part) -> Iterator[Candidate]:
        if self._is_cut(one, other):
            return
        span = self._span(one.first, other.last)
        for part in (one, other):
            if part.letter is not None and part.label not in {None, part.letter[0]}:
                yield self._fault(FaultCode.SAME_AXIS_TWICE, self._span(part.first, part.last))
                return
        if one.axis is not None and one.axis == other.axis:
            yield self._fault(FaultCode.SAME_AXIS_TWICE, self._span(other.first, other.last))
            return
        if (one.letter and one.sign) or (other.letter and other.sign):
            signed = one if one.letter and one.sign else other
            yield self._fault(FaultCode.SIGN_AND_LETTER, self._span(signed.first, signed.last))
            return
        candidate = (
            self._known(one, other, span)
            if one.axis is not None or other.axis is not None
            else self._unknown(one, other, span)
        )
        if candidate is None:
            return
        beside = self._beside(one, other)
        if beside is not None and (one.letter is None or other.letter is None):
            return  # numbers among numbers: no position
        yield replace(candidate, beside=beside, is_weak=self._is_weak(one, other))

    def _is_weak(self, one: _Part, other: _Part) -> bool:
        """Return whether a pair gives way to another that shares a piece with it."""
        if one.letter is None or other.letter is None:
            return (one.letter is None) != (other.letter is None)
        is_graded = any(
            _GRADE.fullmatch(self._scan.line.text[span.start : span.end])
            for span in (self._span(one.first, one.last), self._span(other.first, other.last))
        )
        return one.is_before != other.is_before or is_graded

    def _known(self, one: _Part, other: _Part, span: Span) -> Candidate | None:
        """Return the reading of a pair of which at least one says its axis."""
        is_lat_first = one.axis == "lat" or other.axis == "lon"
        lat, lon = (one, other) if is_lat_first else (other, one)
        angles = self._angles(lat, lon)
        if angles is None:
            return None
        if isinstance(angles, Candidate):
            return angles if one.letter and other.letter else None
        is_half_said = (one.letter is None) is not (other.letter is None)
        unsaid = one if one.letter is None else other
        if (
            is_half_said
            and len(unsaid.numbers) == 1
            and is_clock_figures(self._tokens[unsaid.first])
        ):
            return None  # four figures before a position are a time
        is_whole = not (angles[0].decimals and angles[1].decimals)
        if is_half_said and is_whole and angles[0].form is PositionForm.DECIMAL_DEGREES:
            return None  # "50 58.0N" is one angle, not two
        by_sign = lat.letter is None and lon.letter is None
        is_decimal = angles[0].form is PositionForm.DECIMAL_DEGREES
        if by_sign and is_decimal and not (angles[0].decimals and angles[1].decimals):
            return None  # "lon 001 41" is one angle, not two
        if by_sign and not is_decimal and not (lat.label and lon.label):
            return None
        return self._reading(lat, lon, angles, span, signs_count=by_sign and is_decimal)

    def _unknown(self, one: _Part, other: _Part, span: Span) -> Candidate | None:
        """Return the reading of a pair without letters, latitude first if it can be."""
        outside = None
        fault = None
        for lat, lon in ((one, other), (other, one)):
            angles = self._angles(lat, lon)
            if isinstance(angles, Candidate):
                is_decimals = "." in one.numbers[0] or "," in one.numbers[0]
                if fault is None and (angles.is_likely or is_decimals) and lat is one:
                    fault = angles
                continue
            if angles is None:
                continue
            is_decimal = angles[0].form is PositionForm.DECIMAL_DEGREES
            if is_decimal and not (angles[0].decimals and angles[1].decimals):
                continue
            read = self._reading(lat, lon, angles, span, signs_count=is_decimal)
            inside = tuple(c for c in read.choices if self._area.contains(c.position))
            if inside and lat is other:
                return replace(read, choices=inside, question=QuestionCode.SWAPPED)
            if inside and is_decimal and self._is_dashed(lat, lon):
                west = replace(
                    inside[0],
                    position=Position(-inside[0].position.lon_deg, inside[0].position.lat_deg),
                )
                choices = (*inside, west)
                return replace(read, choices=choices, question=QuestionCode.TWO_READINGS)
            if inside and is_decimal and self._is_all_commas(lat, lon):
                minutes = _as_minutes(inside[0], (lat.numbers[0], lon.numbers[0]))
                choices = (*inside, *minutes)
                return replace(read, choices=choices, question=QuestionCode.TWO_READINGS)
            if inside:
                return replace(read, choices=inside)
            if is_decimal and outside is None:
                outside = read
        return fault if outside is None or fault is not None else outside

    def _is_dashed(self, lat: _Part, lon: _Part) -> bool:
        """Return whether a dash stands between the numbers that may be a minus."""
        between = self._tokens[lat.last : lon.first]
        return any(token.text == "-" for token in between)

    def _is_all_commas(self, lat: _Part, lon: _Part) -> bool:
        """Return whether commas stand for decimals and between the numbers: ``50,58,1,41``."""
        return (
            "," in lat.numbers[0]
            and "," in lon.numbers[0]
            and self._is(lat.last, ",")
            and self._scan.is_glued(lat.last)
        )

    def _angles(self, lat: _Part, lon: _Part) -> tuple[Angle, Angle] | Candidate | None:
        """Return both angles, a fault that says why they can't be, or None for no angles."""
        first, second = (angle_of(part.numbers, is_longitude=part is lon) for part in (lat, lon))
        if first is None or second is None:
            return None
        if first.form is not second.form:
            span = self._span(min(lat.first, lon.first), max(lat.last, lon.last))
            return self._fault(
                FaultCode.MIXED_FORMS, span, is_likely=self._is_likely(first, second)
            )
        for angle, part in ((first, lat), (second, lon)):
            if angle.fault is not None:
                return self._fault(
                    angle.fault,
                    self._faulty_piece(part, angle.fault),
                    is_likely=self._is_likely(first, second),
                )
        return first, second

    def _is_likely(self, lat: Angle, lon: Angle) -> bool:
        """Return whether the whole degrees are those of the area."""
        area = self._area
        return area.south_deg - 1.0 < lat.value_deg < area.north_deg + 1.0 and (
            lon.value_deg < max(-area.west_deg, area.east_deg) + 1.0
        )

    def _faulty_piece(self, part: _Part, code: FaultCode) -> Span:
        """Return the number that is out of range; the whole angle where it is run together."""
        place = {FaultCode.MINUTES_RANGE: 1, FaultCode.SECONDS_RANGE: 2}.get(code, 0)
        numbers = [t for t in self._tokens[part.first : part.last] if t.is_number]
        if place >= len(numbers):
            return self._span(part.first, part.last)
        return Span(numbers[place].start, numbers[place].end)

    def _reading(
        self,
        lat: _Part,
        lon: _Part,
        angles: tuple[Angle, Angle],
        span: Span,
        *,
        signs_count: bool,
    ) -> Candidate:
        """Return the candidate with the readings of every hemisphere that was not said."""

        def signs(part: _Part, angle: Angle) -> tuple[int, ...]:
            if part.letter is not None:
                return (part.letter[1],)
            if signs_count:
                return (part.sign or 1,)
            if part.sign:
                return (part.sign,)
            return (1,) if angle.value_deg <= angle.half_unit_deg else (1, -1)

        choices = tuple(
            PositionReading(
                Position(lon_sign * angles[1].value_deg, lat_sign * angles[0].value_deg),
                angles[0].form,
                _error_m(angles),
                span,
            )
            for lat_sign in signs(lat, angles[0])
            for lon_sign in signs(lon, angles[1])
        )
        is_unsaid = not signs_count and any(
            part.letter is None and angle.value_deg > angle.half_unit_deg
            for part, angle in zip((lat, lon), angles, strict=True)
        )
        if is_unsaid:
            inside = tuple(c for c in choices if self._area.contains(c.position))
            return Candidate(span, inside or choices, QuestionCode.HEMISPHERE)
        if (lat.is_o or lon.is_o) and self._language is not Language.FRENCH:
            return Candidate(span, choices, QuestionCode.WEST_IN_FRENCH)
        if self._may_be_minutes(lat, lon, angles):
            minutes = _as_minutes(choices[0], (lat.numbers[0], lon.numbers[0]))
            return Candidate(span, (*choices, *minutes), QuestionCode.TWO_READINGS)
        return Candidate(span, choices)

    @staticmethod
    def _may_be_minutes(lat: _Part, lon: _Part, angles: tuple[Angle, Angle]) -> bool:
        """Return whether ``50.58N 001.41E`` may be degrees, a point and whole minutes.

        So it is written on some desks: with letters, three figures of longitude and two decimals
        below 60 in both.
        """
        return (
            angles[0].form is PositionForm.DECIMAL_DEGREES
            and lat.letter is not None
            and lon.letter is not None
            and angles[1].degree_figures == 3
            and all(
                angle.decimals == 2 and int(part.numbers[0][-2:]) < 60
                for part, angle in zip((lat, lon), angles, strict=True)
            )
        )

    # What stands beside

    def _is_cut(self, one: _Part, other: _Part) -> bool:
        """Return whether the pair is a piece cut out of more numbers, marks or letters."""
        tokens, scan = self._tokens, self._scan
        before, after = one.first - 1, other.last
        is_glued = scan.is_free(before) and scan.is_glued(before)
        if is_glued and one.is_before and tokens[before].is_number:
            return True
        if is_glued:
            if tokens[before].text in _LETTER_MARKS:
                return True
            if tokens[before].text in _HEMISPHERES or tokens[before].text in {"-", "+"}:
                return True
            if tokens[before].text in {"'", '"', "°", ":", "-", ".", ","} and (
                before > 0 and tokens[before - 1].is_number and scan.is_glued(before - 1)
            ):
                return True
        if not scan.is_free(after):
            return False
        if scan.is_glued(after - 1) and tokens[after].is_number:
            return True
        text = tokens[after].text
        if text in {"°", "'", '"'}:
            return True
        if scan.is_glued(after - 1) and (text in _HEMISPHERES or text in {".", ","}):
            if text in _HEMISPHERES:
                return True
            is_after_letter = tokens[after - 1].text in _HEMISPHERES
            if not is_after_letter and scan.is_glued(after):
                return tokens[after + 1].is_number
        if scan.is_glued(after - 1) and tokens[after - 1].is_number:
            if tokens[after].text.isalpha():
                return True
            if text in {":", "-", ".", ",", "/"} and scan.is_glued(after):
                return tokens[after + 1].is_number
        return False

    def _beside(self, one: _Part, other: _Part) -> Span | None:
        """Return a number that stands beside a pair's numbers, apart by white space alone."""
        first, last = one.first, other.last
        sides = []
        is_half = one.letter is None or other.letter is None
        if is_half or not one.is_before:
            sides.append((first - 1, first - 1, first))
        if is_half or other.is_before:
            sides.append((last, last - 1, last))
        for at, left, right in sides:
            if not self._scan.is_free(at) or not self._tokens[at].is_number:
                continue
            is_named = self._is_in_name(at) or self._scan.is_in_name(at)
            if is_named or is_clock_figures(self._tokens[at]):
                continue
            if self._scan.line.is_gap(self._tokens[left].end, self._tokens[right].start):
                return Span(self._tokens[at].start, self._tokens[at].end)
        return None

    def _halves(self, parts: list[_Part], whole: list[Candidate]) -> list[Candidate]:
        """Return what is wrong with angles that stand alone: out of range, or half a position."""
        found: list[Candidate] = []
        for part in sorted(parts, key=lambda part: -len(part.numbers)):
            span = self._span(part.first, part.last)
            if part.letter is None or any(span.overlaps(e.span) for e in (*found, *whole)):
                continue
            angle = angle_of(part.numbers, is_longitude=part.axis == "lon")
            if angle is None:
                continue
            is_plain = len(part.numbers) == 1 and not angle.decimals
            if is_plain and angle.form is PositionForm.DECIMAL_DEGREES:
                continue  # "2 W" is hardly half a position
            if angle.fault is not None:
                span = self._faulty_piece(part, angle.fault)
            found.append(self._fault(angle.fault or FaultCode.NOT_READ, span))
        return found + self._stray_letters(whole)

    def _stray_letters(self, whole: list[Candidate]) -> list[Candidate]:
        """Return hemisphere letters that stand after a pair which has its own: ``41.0E W``.

        In either language: nobody can say what a French O there was to mean in English.
        """
        found = []
        ends = {each.span.end for each in whole}
        for at, token in enumerate(self._tokens[:-1]):
            after = self._tokens[at + 1]
            typed = self._scan.line.typed[after.start : after.end]
            begins_word = _BEGINS_WORD.match(self._scan.line.text, after.end) is not None
            is_letter = typed.upper() in _HEMISPHERE_LETTERS and not begins_word
            if is_letter and token.end in ends and self._scan.is_free(at + 1):
                span = Span(after.start, after.end)
                found.append(self._fault(FaultCode.NOT_READ, span))
        return found

    def _span(self, first: int, last: int) -> Span:
        return Span(self._tokens[first].start, self._tokens[last - 1].end)

    def _fault(self, code: FaultCode, span: Span, *, is_likely: bool = False) -> Candidate:
        fault = Fault(code, Field.POSITION, span, self._scan.line.piece(span))
        return Candidate(span, fault=fault, is_likely=is_likely)


def _error_m(angles: tuple[Angle, Angle]) -> float:
    """Return the radius that half a last figure of both angles leaves open, metres."""
    lat, lon = angles
    across = math.cos(math.radians(min(lat.value_deg, 90.0)))
    return METRES_PER_DEGREE * math.hypot(lat.half_unit_deg, lon.half_unit_deg * across)


def _as_minutes(decimal: PositionReading, lat_lon: tuple[str, str]) -> tuple[PositionReading, ...]:
    """Return decimal degrees read as degrees, a point and whole minutes, where they can be."""
    angles = []
    for number, value_deg in zip(
        lat_lon, (decimal.position.lat_deg, decimal.position.lon_deg), strict=True
    ):
        whole, _, minutes = number.replace(",", ".").partition(".")
        if len(minutes) > 2 or int(minutes) >= 60:
            return ()
        angles.append(math.copysign(int(whole) + int(minutes) / 60.0, value_deg))
    lat_deg, lon_deg = angles
    across = math.cos(math.radians(lat_deg))
    error_m = METRES_PER_DEGREE * 0.5 / 60.0 * math.hypot(1.0, across)
    position = Position(lon_deg, lat_deg)
    return (replace(decimal, position=position, form=PositionForm.DDM, error_m=error_m),)
