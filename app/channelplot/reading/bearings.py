"""Positions by bearing and distance from a mark, a beach, a place or the last fix of a track.

The three parts may stand in the orders people say them in: ``023 CGN 7.2``, ``CGN 023 7.2``,
``7.2NM 023T from Cap Gris-Nez``, ``4 cables SW of Sandettie LV``, ``à 7,2 milles dans le 023
du Gris-Nez``. Bearings are true unless they say magnetic, distances nautical miles unless
they say a unit.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from channelplot.errors import NoVariation
from channelplot.geodesy.angles import wrapped_deg
from channelplot.geodesy.magnetic import variation_deg
from channelplot.geodesy.measure import destination
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import METRES_PER_NM
from channelplot.model.codes import PositionForm
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.reading.candidate import Candidate, Scan, is_clock_figures
from channelplot.reading.gazetteer import Named, Rank, Words
from channelplot.reading.names import NamedTrack, Names
from channelplot.reading.values import (
    Fault,
    FaultCode,
    Field,
    Language,
    PositionReading,
    QuestionCode,
    Span,
)

_CABLE_M: Final = METRES_PER_NM / 10.0
_UNITS_M: Final[Mapping[Words, tuple[float, ...]]] = {
    **dict.fromkeys(
        (
            ("NM",), ("NMS",), ("NMI",), ("NQ",), ("MILE",), ("MILES",), ("MILLE",),
            ("MILLES",),
            ("NAUTICAL", "MILE"), ("NAUTICAL", "MILES"), ("SEA", "MILES"), ("NAUTIQUE",),
            ("NAUTIQUES",), ("MILLE", "NAUTIQUE"), ("MILLES", "NAUTIQUES"), ("MILLE", "MARIN"),
            ("MILLES", "MARINS"),
        ),
        (METRES_PER_NM,),
    ),
    **dict.fromkeys(
        (("CABLE",), ("CABLES",), ("CBL",), ("CBLS",), ("ENCABLURE",), ("ENCABLURES",)),
        (_CABLE_M,),
    ),
    **dict.fromkeys((("KM",), ("KMS",), ("KILOMETRE",), ("KILOMETRES",)), (1000.0,)),
    **dict.fromkeys((("METRE",), ("METRES",), ("METER",), ("METERS",), ("MTRS",)), (1.0,)),
    # The sign of the sea mile and of the metre: asked.
    ("M",): (METRES_PER_NM, 1.0),
}  # fmt: skip
_LONGEST_UNIT: Final = 2
_WINDS: Final = (
    "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE",
    "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW",
)  # fmt: skip
_QUARTERS: Final = {
    "NORTH": "N", "NORD": "N", "SOUTH": "S", "SUD": "S", "EAST": "E", "EST": "E", "WEST": "W",
    "OUEST": "W",
    "NORTHEAST": "NE", "NORTHWEST": "NW", "SOUTHEAST": "SE", "SOUTHWEST": "SW",
}  # fmt: skip
_TRUE: Final = frozenset({"T", "TRUE", "VRAI", "V"})
_MAGNETIC: Final = frozenset({"M", "MAG", "MAGNETIC", "MAGNETIQUE"})
_DEGREES: Final = frozenset({"°", "DEG", "DEGREES", "DEGRES"})
_FILLERS: Final = frozenset(
    {
        "FROM", "OF", "OFF", "BEARING", "BRG", "DIST", "DISTANCE", "RANGE", "RNG", "AT", "AND",
        "ET", "A", "DANS", "LE", "LA", "L", "DU", "DE", "DES", "D", "AU", "THE", "RELEVEMENT",
        "AZIMUT", "TO", ",", "/", ":", "'", "-",
    }
)  # fmt: skip
_FROM: Final = frozenset({"FROM", "OF", "OFF", "DU", "DE", "DES", "D"})
_BEARING_WORDS: Final = frozenset({"BEARING", "BRG", "RELEVEMENT", "AZIMUT"})
_SPEED_UNITS: Final = frozenset(
    {"KN", "KT", "KTS", "KNOT", "KNOTS", "NOEUD", "NOEUDS", "ND", "NDS"}
)
_COURSE_WORDS: Final = frozenset(
    {"COURSE", "CSE", "COG", "HEADING", "HDG", "CAP", "ROUTE", "SPEED", "SOG", "VITESSE"}
)
_HEMISPHERE: Final = frozenset("NSEWO")
_MOST_FILLERS: Final = 4
_LONGEST_POINT: Final = 5
_BEARING_FIGURES: Final = 3
_ORDERS: Final = ("BND", "NBD", "DBN", "BDN", "DNB")


@dataclass(frozen=True, slots=True)
class _Bearing:
    value_deg: float
    half_width_deg: float
    is_magnetic: bool
    is_compass_point: bool
    is_short: bool
    span: Span


@dataclass(frozen=True, slots=True)
class _Distance:
    number: float
    half_unit: float
    units_m: tuple[float, ...]
    has_unit: bool


@dataclass(frozen=True, slots=True)
class _Name:
    """is_faint: a track's letter in lower case, which may be an article."""

    named: tuple[Named, ...]
    tracks: tuple[NamedTrack, ...]
    is_faint: bool = False


_Piece = _Bearing | _Distance | _Name


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a position is measured from; at_utc, said: of a track's fix, as PositionReading's."""

    position: Position
    error_m: float
    name: str
    form: PositionForm
    at_utc: datetime | None = None
    said: str = ""


class Bearings:
    """Reads a line's bearings and distances. at_utc: returns when, for the magnetic variation."""

    def __init__(
        self, scan: Scan, names: Names, language: Language, at_utc: Callable[[], datetime]
    ) -> None:
        """Take a line of which times and the like have been taken."""
        self._scan = scan
        self._tokens = scan.tokens
        self._names = names
        self._language = language
        self._at_utc = at_utc
        self._pieces: dict[tuple[str, int], tuple[_Piece, int] | None] = {}

    def candidates(self) -> tuple[Candidate, ...]:
        """Return every way to read a bearing, a distance and a name, the longest of a start."""
        if not any(token.is_number for token in self._tokens):
            return ()
        found: list[Candidate] = []
        certain: list[Span] = []
        for index in range(len(self._tokens)):
            if not self._scan.is_free(index):
                continue
            for order in _ORDERS:
                match = self._match(index, order)
                if match is not None:
                    beside = self._beside(index)
                    found += [replace(each, beside=beside) for each in self._read(*match, order)]
                    distance = match[0]["D"]
                    if isinstance(distance, _Distance) and distance.has_unit:
                        certain.append(match[1])
        # A distance that says its unit counts before a number that might be one.
        found = [
            each
            for each in found
            if each.span in certain or not any(each.span.overlaps(span) for span in certain)
        ]
        whole = [each for each in found if not any(_is_within(each, other) for other in found)]
        return tuple(whole) or tuple(self._unknown_names())

    def _beside(self, index: int) -> Span | None:
        """Return a number that stands right before and might belong to the first piece."""
        before = index - 1
        if not self._scan.is_free(before) or not self._tokens[before].is_number:
            return None
        is_minus = self._scan.is_glued(before - 1) and self._tokens[before - 1].text == "-"
        if is_minus or self._scan.is_in_name(before) or is_clock_figures(self._tokens[before]):
            return None
        span = Span(self._tokens[before].start, self._tokens[before].end)
        is_apart = self._scan.line.is_gap(span.end, self._tokens[index].start)
        return span if is_apart and self._tokens[index].is_number else None

    def name_at(self, index: int) -> tuple[_Name, int] | None:
        """Return what is named from a token on, the longest name, and the token after it."""
        words: list[str] = []
        best = None
        at = index
        if self._scan.is_glued(index - 1) and self._tokens[index - 1].is_number:
            return None  # the A of 1A
        most = self._names.longest
        while self._scan.is_free(at) and len(words) < most:
            token = self._tokens[at]
            if token.is_number or token.text.isalpha():
                words.append(token.text)
                found = self._named(tuple(words), index, at)
                if found is not None:
                    best = found, at + 1
            elif token.text not in "-'." or not words:
                break
            at += 1
        return best

    def _named(self, words: Words, first: int, last: int) -> _Name | None:
        track = self._names.tracks.get(words)
        is_letter = len(words) == 1 and words[0] in _HEMISPHERE
        is_typed = track is not None and not is_letter and words_are_typed(self._scan, first, last)
        tracks = (track,) if track is not None and is_typed else ()
        named = self._names.gazetteer.find(words)
        token = self._scan.tokens[first]
        is_letter = first == last and token.end - token.start == 1
        is_faint = is_letter and self._scan.line.typed[token.start].islower()
        return _Name(named, tracks, is_faint) if named or tracks else None

    # Matching

    def _match(self, index: int, order: str) -> tuple[dict[str, _Piece], Span] | None:
        at = index
        pieces: dict[str, _Piece] = {}
        fillers: dict[str, list[str]] = {}
        for kind in order:
            if pieces:
                between = self._fillers(at)
                fillers[kind] = [token.text for token in self._tokens[at:between]]
                read = None
                # A filler may be a track's name: A. The name is tried first where one is due.
                for start in range(at, between + 1):
                    read = self._piece(kind, start)
                    if read is not None:
                        fillers[kind] = [token.text for token in self._tokens[at:start]]
                        break
            else:
                read = self._piece(kind, at)
            if read is None:
                return None
            pieces[kind], at = read
        if not self._is_sound(order, pieces, fillers, index, at):
            return None
        if self._is_at(index - 1):
            index -= 1
        return pieces, Span(self._tokens[index].start, self._tokens[at - 1].end)

    def _is_at(self, index: int) -> bool:
        """Return whether an "at" or an "à" stands there; an A without its accent is a name."""
        if not self._scan.is_free(index):
            return False
        text = self._tokens[index].text
        return text == "AT" or (text == "A" and not words_are_typed(self._scan, index, index))

    def _is_sound(
        self,
        order: str,
        pieces: dict[str, _Piece],
        fillers: dict[str, list[str]],
        first: int,
        last: int,
    ) -> bool:
        bearing, distance = pieces["B"], pieces["D"]
        assert isinstance(bearing, _Bearing)
        assert isinstance(distance, _Distance)
        if self._scan.is_free(first - 1) and self._tokens[first - 1].text in _COURSE_WORDS:
            return False
        if order == "DNB" and not _BEARING_WORDS & set(fillers["B"]):
            return False
        name = pieces["N"]
        assert isinstance(name, _Name)
        if name.is_faint and (order != "NBD" or fillers["B"] or fillers["D"]):
            return False  # from a ferry
        is_place = not name.tracks and name.named[0].rank is Rank.PLACE
        if is_place and not (distance.has_unit and _FROM & set(fillers.get("N", ()))):
            return False  # towns have names that are words: Par, Send
        if bearing.is_compass_point:
            return distance.has_unit and order in {"DBN", "BDN", "BND"}
        is_plain = not distance.has_unit and distance.half_unit == 0.5
        if is_plain and order == "BND" and _FROM & set(fillers["N"]):
            return False
        if not distance.has_unit and "," in (*fillers.get("N", ()), *fillers.get("D", ())):
            return False
        if not distance.has_unit and order not in {"BND", "NBD"}:
            return bool(_FROM & set(fillers["N"]))
        if not distance.has_unit and "/" in fillers["D"]:
            return False  # a slash without a unit is course and speed
        if not distance.has_unit and self._scan.is_free(last):
            after = self._tokens[last]
            if after.text in _HEMISPHERE or after.text in {"°", "'"}:
                return False
        return not bearing.is_short or distance.has_unit or (order == "BND" and not fillers["N"])

    def _fillers(self, at: int) -> int:
        end = at
        while end < at + _MOST_FILLERS and self._scan.is_free(end):
            if self._tokens[end].text not in _FILLERS:
                break
            if self._tokens[end].text == "-" and self._scan.is_glued(end):
                break  # a minus
            end += 1
        return end

    def _piece(self, kind: str, at: int) -> tuple[_Piece, int] | None:
        """Return the piece of a kind that starts at a token, and the token after it."""
        if (kind, at) not in self._pieces:
            read = {"B": self._bearing, "D": self._distance, "N": self.name_at}[kind]
            self._pieces[kind, at] = read(at)
        return self._pieces[kind, at]

    def _bearing(self, at: int) -> tuple[_Bearing, int] | None:
        if not self._scan.is_free(at):
            return None
        token = self._tokens[at]
        if not token.is_number:
            return self._compass_point(at)
        whole, _, decimals = token.text.replace(",", ".").partition(".")
        end, is_marked, is_magnetic = at + 1, False, False
        if self._scan.is_free(end) and self._tokens[end].text in _DEGREES:
            end, is_marked = end + 1, True
        if self._scan.is_free(end) and self._tokens[end].text in _TRUE | _MAGNETIC:
            is_magnetic = self._tokens[end].text in _MAGNETIC
            end, is_marked = end + 1, True
        if len(whole) > _BEARING_FIGURES or (decimals and not is_marked and len(whole) < 3):
            return None
        span = Span(token.start, token.end)
        half_deg = 0.5 * 10.0 ** -len(decimals)
        is_short = len(whole) < _BEARING_FIGURES
        value_deg = float(f"{whole}.{decimals or 0}")
        return _Bearing(value_deg, half_deg, is_magnetic, False, is_short, span), end

    def _compass_point(self, at: int) -> tuple[_Bearing, int] | None:
        letters, end, best = "", at, None
        while self._scan.is_free(end) and end - at < _LONGEST_POINT:
            text = self._tokens[end].text
            if text == "-" and letters:
                end += 1
                continue
            part = _QUARTERS.get(text, text if len(text) <= 3 else "")
            if self._language is Language.FRENCH:
                part = part.replace("O", "W")
            if not part or not set(part) <= set("NESW"):
                break
            letters += part
            end += 1
            if letters in _WINDS:
                best = letters, end
        if best is None:
            return None
        letters, end = best
        value_deg = _WINDS.index(letters) * 22.5
        half_deg = 11.25 if len(letters) == 3 else 22.5
        span = Span(self._tokens[at].start, self._tokens[end - 1].end)
        return _Bearing(value_deg, half_deg, False, True, False, span), end

    def _distance(self, at: int) -> tuple[_Distance, int] | None:
        if not self._scan.is_free(at) or not self._tokens[at].is_number:
            return None
        text = self._tokens[at].text.replace(",", ".")
        half_unit = 0.5 * 10.0 ** -len(text.partition(".")[2])
        for count in range(_LONGEST_UNIT, 0, -1):
            if not all(self._scan.is_free(at + 1 + offset) for offset in range(count)):
                continue
            words = tuple(token.text for token in self._tokens[at + 1 : at + 1 + count])
            if words in _UNITS_M:
                return _Distance(float(text), half_unit, _UNITS_M[words], True), at + 1 + count
        if self._scan.is_free(at + 1):
            after = self._tokens[at + 1].text
            if (
                after in _SPEED_UNITS
                or after == "°"
                or (after.isalpha() and self._scan.is_glued(at))
            ):
                return None
        if len(text.partition(".")[0]) > 3:
            return None
        return _Distance(float(text), half_unit, (METRES_PER_NM,), False), at + 1

    # Reading

    def _may_be_from_boat(self, order: str, span: Span) -> bool:
        """Return whether a "bearing" stands where the mark may be what bears so."""
        words = [token.text for token in self._tokens if span.start <= token.start < span.end]
        is_named_first = order in {"NBD", "DNB"}
        before = self._scan.line.text[max(0, span.start - 14) : span.start]
        is_of = re.search(r"\b(?:BEARING|BRG|RELEVEMENT)\s+(?:OF|TO|DE|DU|DES)\s*$", before)
        return (is_named_first and bool(_BEARING_WORDS & set(words))) or is_of is not None

    def _read(self, pieces: dict[str, _Piece], span: Span, order: str) -> Iterator[Candidate]:
        is_from_boat = self._may_be_from_boat(order, span)
        bearing, distance, name = pieces["B"], pieces["D"], pieces["N"]
        assert isinstance(bearing, _Bearing)
        assert isinstance(distance, _Distance)
        assert isinstance(name, _Name)
        if bearing.is_short:
            yield replace(self._fault(FaultCode.BEARING_FIGURES, bearing.span), span=span)
            return
        if bearing.value_deg > 360.0:
            yield replace(self._fault(FaultCode.BEARING_RANGE, bearing.span), span=span)
            return
        origins = [
            _Origin(each.position, each.error_m or 0.0, each.name, PositionForm.BEARING_DISTANCE)
            for each in name.named
        ]
        for known in name.tracks:
            fix = last_fix(known.track, self._at_utc())
            if fix is None or fix.position is None:
                if not origins:
                    yield self._fault(FaultCode.NO_FIX_YET, span, known.track.name)
                    return
                continue
            origins.append(
                _Origin(
                    fix.position,
                    fix.error_m or 0.0,
                    known.track.name,
                    PositionForm.RELATIVE,
                    fix.observed_at_utc,
                    known.said,
                )
            )
        choices = []
        for origin in origins:
            at = origin.position
            for unit_m in distance.units_m:
                try:
                    variation = variation_deg(at, self._at_utc()) if bearing.is_magnetic else None
                except NoVariation:
                    yield self._fault(FaultCode.NO_VARIATION, span)
                    return
                true_deg = wrapped_deg(bearing.value_deg + (variation or 0.0))
                length_m = distance.number * unit_m
                choices.append(
                    PositionReading(
                        position=destination(at, true_deg, length_m),
                        form=origin.form,
                        error_m=math.hypot(
                            2.0 * length_m * math.sin(math.radians(bearing.half_width_deg / 2.0)),
                            distance.half_unit * unit_m,
                            origin.error_m,
                        ),
                        span=span,
                        origin=origin.name,
                        origin_said=origin.said,
                        origin_at_utc=origin.at_utc,
                        bearing_deg=true_deg,
                        distance_m=length_m,
                        variation_deg=variation,
                    )
                )
        code = None
        if len(choices) == 1 and is_from_boat:
            # "CGN bearing 203": the mark may bear so from the boat.
            choices.append(_reciprocal(choices[0], origins[0].position))
            code = QuestionCode.TWO_READINGS
        elif len(choices) > 1:
            is_unit = len(distance.units_m) > 1
            code = QuestionCode.TWO_READINGS if is_unit else QuestionCode.WHICH_NAME
        yield Candidate(span, tuple(choices), code)

    def _unknown_names(self) -> Iterator[Candidate]:
        """Yield what is a bearing and a distance from something nobody knows."""
        tokens = self._tokens
        for at, token in enumerate(tokens):
            if not self._scan.is_free(at):
                continue
            if token.is_number:
                for one, other in (
                    (self._bearing, self._distance),
                    (self._distance, self._bearing),
                ):
                    yield from self._from_unknown(at, one, other)
                yield from self._around_unknown(at)

    def _from_unknown(
        self,
        at: int,
        one: Callable[[int], tuple[_Piece, int] | None],
        other: Callable[[int], tuple[_Piece, int] | None],
    ) -> Iterator[Candidate]:
        first = one(at)
        if first is None:
            return
        second = other(self._fillers(first[1]))
        if second is None:
            return
        pieces = (first[0], second[0])
        if not any(isinstance(each, _Distance) and each.has_unit for each in pieces) or any(
            isinstance(each, _Bearing) and each.is_short for each in pieces
        ):
            return
        end = self._fillers(second[1])
        if not _FROM & {token.text for token in self._tokens[second[1] : end]}:
            return
        if self._scan.is_free(end) and self._tokens[end].text.isalpha():
            yield self._fault(FaultCode.NO_SUCH_NAME, self._capitals(end))

    def _around_unknown(self, at: int) -> Iterator[Candidate]:
        """Yield ``023 XYZ 7.2``: three figures, a word nobody knows, a number with decimals."""
        bearing = self._bearing(at)
        if bearing is None or bearing[0].is_short:
            return
        if at > 0 and self._tokens[at - 1].text in _COURSE_WORDS:
            return
        word = bearing[1]
        if not (self._scan.is_free(word) and self._scan.is_free(word + 1)):
            return
        text = self._tokens[word].text
        distance = self._distance(word + 1)
        if (
            text.isalpha()
            and len(text) > 1
            and text not in _FILLERS | _SPEED_UNITS | _COURSE_WORDS
            and (text,) not in _UNITS_M
            and distance is not None
            and not self._tokens[word + 1].is_whole
            and self._tokens[distance[1] - 1].text not in _HEMISPHERE
            and not (
                self._scan.is_free(distance[1]) and self._tokens[distance[1]].text in _HEMISPHERE
            )
        ):
            span = Span(self._tokens[word].start, self._tokens[word].end)
            yield self._fault(FaultCode.NO_SUCH_NAME, span)

    def _capitals(self, first: int) -> Span:
        """Return the words from a token on that were typed with a capital, or that one."""
        last = first
        while (
            self._scan.is_free(last + 1)
            and last < first + 2
            and self._scan.line.typed[self._tokens[last + 1].start].isupper()
            and self._tokens[last + 1].text.isalpha()
        ):
            last += 1
        return Span(self._tokens[first].start, self._tokens[last].end)

    def _fault(self, code: FaultCode, span: Span, value: str = "") -> Candidate:
        fault = Fault(code, Field.POSITION, span, value or self._scan.line.piece(span))
        return Candidate(span, fault=fault)


def _reciprocal(reading: PositionReading, origin: Position) -> PositionReading:
    """Return the position from which the mark has the bearing that was read from the mark."""
    assert reading.bearing_deg is not None, "measured from a mark"
    assert reading.distance_m is not None, "measured from a mark"
    back_deg = wrapped_deg(reading.bearing_deg + 180.0)
    position = destination(origin, back_deg, reading.distance_m)
    return replace(reading, position=position, bearing_deg=back_deg)


def last_fix(track: Track, at_utc: datetime) -> Report | None:
    """Return a track's last fix at or before a time, None if there is none."""
    earlier = [fix for fix in track.fixes if fix.observed_at_utc <= at_utc]
    return earlier[-1] if earlier else None


def words_are_typed(scan: Scan, first: int, last: int) -> bool:
    """Return whether the words were typed without accents: an ``à`` is no track called A."""
    start, end = scan.tokens[first].start, scan.tokens[last].end
    return scan.line.typed[start:end].upper() == scan.line.text[start:end]


def place_reading(named: Named, span: Span) -> PositionReading:
    """Return the position of a name itself."""
    return PositionReading(
        Position(named.position.lon_deg, named.position.lat_deg),
        PositionForm.MARK,
        named.error_m,
        span,
        origin=named.name,
    )


def _is_within(one: Candidate, other: Candidate) -> bool:
    """Return whether one candidate is a smaller piece of another."""
    return one is not other and (
        other.span.start <= one.span.start
        and one.span.end <= other.span.end
        and one.span != other.span
    )
