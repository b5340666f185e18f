"""A second, strict reading of what the reader claims to be a position.

It has regular expressions and sums of its own and sees nothing but the claimed piece of the line
and what stands beside it. It reads less than the reader does; where both read they must agree.
"""

import itertools
import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from pyproj import Geod, Transformer

from channelplot.basemap.marks import read_marks
from channelplot.geodesy.position import Position
from channelplot.model.codes import PositionForm
from channelplot.reading.values import (
    Field,
    LineReading,
    PositionReading,
    QuestionCode,
)

GEOD: Final = Geod(ellps="WGS84")
SAME_M: Final = 0.05
"""Two readings of the same figures differ by less."""
HALF_UNIT: Final = 0.5
_QUOTES: Final = {
    "'": "'\u2019\u2018\u201b\u2032\u02b9\u02bc\u00b4`\u2035\uff07\u055a",
    '"': '"\u201c\u201d\u201e\u201f\u2033\u02ba\u02dd\uff02\u2036\u3003',
    "°": "°\u00ba\u02da\u1d52\u2070\u0325",
    "-": "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d",
    ".": "\u00b7",
}
_SAME: Final = {each: plain for plain, some in _QUOTES.items() for each in some}
_AXES: Final = {
    **dict.fromkeys(("N", "NORTH", "NORD"), ("lat", 1)),
    **dict.fromkeys(("S", "SOUTH", "SUD"), ("lat", -1)),
    **dict.fromkeys(("E", "EAST", "EST"), ("lon", 1)),
    **dict.fromkeys(("W", "WEST", "O", "OUEST"), ("lon", -1)),
}
_LABELS: Final = {
    **dict.fromkeys(("LAT", "LATITUDE"), "lat"),
    **dict.fromkeys(("LON", "LONG", "LNG", "LONGITUDE"), "lon"),
}
_UNIT: Final = re.compile("DEG(S|REES?|RES?)?|MN|MIN(S|UTES?)?|SEC(S|ONDS?|ONDES?)?")
_BETWEEN: Final = frozenset({"AND", "ET", "BY"})
_MARKS: Final = frozenset("°'\",;/|-.:=+(")
_ITEM: Final = re.compile(r"(?P<number>[0-9]+(?:[.,][0-9]+)?)|(?P<word>[A-Z]+)|(?P<mark>\S)")
_FORMS: Final = (PositionForm.DECIMAL_DEGREES, PositionForm.DDM, PositionForm.DMS)
_MGRS: Final = re.compile(r"(?:MGRS\s*:?\s*)?(\d{1,2})\s*([C-HJ-NP-X])\s*([A-Z]{2})\s*([\d\s,/-]+)")
_UTM: Final = re.compile(
    r"(?:UTM\s*:?\s*)?(\d{1,2})\s*([C-HJ-NP-X])[\s,;]\s*E?\s*([\d.,]+?)\s*(?:M?\s*E)?"
    r"[\s,;/]+N?\s*([\d.,]+?)\s*(?:M?\s*N)?"
)


class Unread(Exception):
    """The strict reading makes no position of the piece; says why."""


def contradictions(reading: LineReading) -> str:
    """Return what speaks against the position a line was silently given, "" for nothing."""
    found = silent_position(reading)
    if found is None:
        return ""
    if found.error_m is not None and not 0.0 <= found.error_m < math.inf:
        return f"an error of {found.error_m} m"
    piece = plainly(reading.text[found.span.start : found.span.end])
    try:
        if found.form in _FORMS:
            position = angles_in(piece, found.form)
        elif found.form is PositionForm.MGRS:
            position = square_in(piece)
        elif found.form is PositionForm.UTM:
            position = utm_in(piece)
        else:
            return _measured(found, piece)
    except Unread as why:
        return f"{piece!r} can't be read strictly: {why}"
    off_m = apart_m(position, found.position)
    if off_m > SAME_M:
        return f"{piece!r} is {position}, {off_m:.1f} m from {found.position}"
    return _cut_out(reading, found)


def silent_position(reading: LineReading) -> PositionReading | None:
    """Return the position that Enter would plot without a question about it."""
    asked = {question.field for question in reading.questions}
    if reading.faults or Field.POSITION in asked:
        return None
    return reading.position


def offered_positions(reading: LineReading) -> list[PositionReading]:
    """Return the positions that a question about the position offers."""
    return [
        choice
        for question in reading.questions
        if question.field is Field.POSITION and question.code is not QuestionCode.NO_POSITION
        for choice in question.choices
        if isinstance(choice, PositionReading)
    ]


def apart_m(one: Position, other: Position) -> float:
    """Return the distance along the ellipsoid, metres."""
    return float(GEOD.inv(one.lon_deg, one.lat_deg, other.lon_deg, other.lat_deg)[2])


def plainly(text: str) -> str:
    """Return a text in capitals, without accents, with one kind of quotes, dashes and blanks."""
    plain = []
    for character in text:
        same = _SAME.get(character)
        base = unicodedata.normalize("NFD", character)[0].upper()
        plain.append(same or (" " if character.isspace() else base if len(base) == 1 else "\0"))
    return "".join(plain)


# Degrees


def angles_in(piece: str, form: PositionForm) -> Position:
    """Return the position that a piece with a latitude and a longitude says. Raises Unread."""
    # The letters that stand for degrees, minutes and seconds behind figures.
    piece = re.sub(r"(?<=[0-9])D(?=\s*[0-9])", "°", piece)
    piece = re.sub(r"(?<=[0-9])D(?=[NSEWO]?(?![A-Z]))", "°", piece)
    if "°" in piece:
        piece = re.sub(r"(?<=[0-9])M(?=\s*[0-9]|\s*[NSEWO](?![A-Z]))", "'", piece)
        piece = re.sub(r"(?<=[0-9])S(?=\s*[NSEWO](?![A-Z]))", '"', piece)
    shape, items = "", []
    for match in _ITEM.finditer(piece):
        text = match[0]
        if match["number"]:
            before = piece[: match.start()]
            is_signed = re.search(r"(?:^|[\s,;(/=:])[-+]$", before) is not None
            shape += "n"
            items.append(("-" if is_signed and before[-1] == "-" else "") + text)
            if is_signed and before[-1] == "+":
                items[-1] = "+" + text
        elif text in _AXES or text in _LABELS:
            shape += "h" if text in _AXES else "l"
            items.append(text)
        elif match["word"] and not (_UNIT.fullmatch(text) or text in _BETWEEN):
            raise Unread(f"the word {text}")
        elif match["mark"] and text not in _MARKS:
            raise Unread(f"the mark {text}")
    read = {
        position
        for one, other in _ways(shape, items)
        for position in [_of_two(one, other, form)]
        if position is not None
    }
    if len(read) != 1:
        raise Unread(f"{len(read)} ways to read {shape} as {form}")
    return read.pop()


class _Half:
    """One of two angles: its numbers and the letters and labels that stand with it."""

    def __init__(self, items: list[str], letters: list[str], labels: list[str]) -> None:
        self.numbers = [item.lstrip("+-") for item in items]
        self.is_signed = any(item[0] in "+-" for item in items)
        self.is_negative = items[0][0] == "-"
        self.letters = [letter for letter in letters if letter]
        self.axes = {_AXES[letter][0] for letter in self.letters} | {
            _LABELS[label] for label in labels if label
        }


def _ways(shape: str, items: list[str]) -> list[tuple[_Half, _Half]]:
    """Return every way to cut a piece into two angles; in halves where no letter cuts it."""
    ways = []
    for match in _cuts(shape):
        spans = [match.span(place) for place in range(1, 9)]
        label, before, one, after, other_label, other_before, other, other_after = (
            items[start:end] for start, end in spans
        )
        is_cut = after or other_label or other_before
        if not is_cut and len(one) != len(other):
            continue
        if not (before and after) and not (other_before and other_after):
            ways.append(
                (_Half(one, before + after, label), _Half(other, other_before + other_after,
                                                          other_label))
            )  # fmt: skip
    return ways


def _cuts(shape: str) -> Iterator[re.Match[str]]:
    for one, other, after, before in itertools.product((1, 2, 3), (1, 2, 3), (0, 1), (0, 1)):
        pattern = rf"(l?)(h?)(n{{{one}}})(h{{{after}}})(l?)(h{{{before}}})(n{{{other}}})(h?)"
        match = re.fullmatch(pattern, shape)
        if match is not None:
            yield match


def _of_two(one: _Half, other: _Half, form: PositionForm) -> Position | None:
    axes = [half.axes for half in (one, other)]
    if any(len(each) > 1 for each in axes) or (axes[0] and axes[0] == axes[1]):
        return None
    is_lon_first = axes[0] == {"lon"} or axes[1] == {"lat"}
    lat, lon = (other, one) if is_lon_first else (one, other)
    letters = one.letters or other.letters
    values = []
    for half, is_lon in ((lat, False), (lon, True)):
        value = _degrees(half.numbers, form, is_lon=is_lon)
        if value is None:
            return None
        if half.letters:
            if half.is_signed:
                return None
            value *= _AXES[half.letters[0]][1]
        elif form is PositionForm.DECIMAL_DEGREES and (half.is_signed or not letters):
            value = -value if half.is_negative else value
        elif abs(value) > _half_unit_deg(half.numbers, form):
            return None  # nobody said which side
        values.append(value)
    return Position(values[1], values[0])


def _degrees(numbers: list[str], form: PositionForm, *, is_lon: bool) -> float | None:
    """Return the angle of one to three numbers in a form, None if they are none in that form."""
    if any(not number.isdigit() for number in numbers[:-1]):
        return None
    last = numbers[-1].replace(",", ".")
    whole, _, decimals = last.partition(".")
    parts = [*numbers[:-1], whole]
    if len(parts) == 1 and len(whole) > 3:
        digits = len(whole)
        minutes = {4: 1, 5: 1, 6: 2, 7: 2}.get(digits)
        if minutes is None or (digits in {5, 7} and not is_lon):
            return None
        cut = digits - 2 * minutes
        parts = [whole[:cut], *(whole[cut + 2 * i : cut + 2 * i + 2] for i in range(minutes))]
    if len(parts) != _FORMS.index(form) + 1 or len(parts[0]) > 3:
        return None
    if any(len(part) > 2 for part in parts[1:]):
        return None
    values = [int(part) for part in parts[:-1]]
    smallest = float(f"{parts[-1]}.{decimals or 0}")
    if any(value >= 60 for value in values[1:]) or (len(parts) > 1 and smallest >= 60.0):
        return None
    total = 0.0
    for place, value in enumerate([*values, smallest]):
        total += value / 60.0**place
    return total if total <= (180.0 if is_lon else 90.0) else None


def _half_unit_deg(numbers: list[str], form: PositionForm) -> float:
    decimals = len(numbers[-1].replace(",", ".").partition(".")[2])
    return HALF_UNIT * 10.0**-decimals / 60.0 ** _FORMS.index(form)


# The grid


def square_in(piece: str) -> Position:
    """Return the middle of the MGRS square of a piece. Raises Unread."""
    match = _MGRS.fullmatch(piece.strip())
    if match is None:
        raise Unread("no grid reference")
    zone, band, letters = int(match[1]), match[2], match[3]
    groups = re.findall(r"[0-9]+", match[4])
    if len(groups) == 1 and len(groups[0]) % 2 == 0:
        middle = len(groups[0]) // 2
        groups = [groups[0][:middle], groups[0][middle:]]
    if len(groups) != 2 or len(groups[0]) != len(groups[1]) or len(groups[0]) > 5:
        raise Unread(f"the figures {match[4]}")
    column = "STUVWXYZABCDEFGHJKLMNPQR".index(letters[0]) - 8 * (zone % 3)
    if not 0 <= column < 8:
        raise Unread(f"the column {letters[0]}")
    side_m = 10 ** (5 - len(groups[0]))
    easting_m = (column + 1) * 100_000 + (int(groups[0]) + HALF_UNIT) * side_m
    row = "ABCDEFGHJKLMNPQRSTUV".index(letters[1]) - (0 if zone % 2 else 5)
    northing_m = (row % 20) * 100_000 + (int(groups[1]) + HALF_UNIT) * side_m
    south_deg = -80 + 8 * "CDEFGHJKLMNPQRSTUVWX".index(band)
    for _ in range(6):
        position = from_utm(zone, easting_m, northing_m)
        if position.lat_deg > south_deg - 0.1:
            return position
        northing_m += 2_000_000
    raise Unread("no such row")


def utm_in(piece: str) -> Position:
    """Return the position of a zone, an easting and a northing. Raises Unread."""
    match = _UTM.fullmatch(piece.strip())
    if match is None or match[2] < "N":
        raise Unread("no easting and northing")
    easting_m, northing_m = (float(match[place].replace(",", ".")) for place in (3, 4))
    return from_utm(int(match[1]), easting_m, northing_m)


def from_utm(zone: int, easting_m: float, northing_m: float) -> Position:
    """Return the position of a place of the northern hemisphere in UTM."""
    lon_deg, lat_deg = _utm(zone).transform(easting_m, northing_m)
    return Position(lon_deg, lat_deg)


def to_utm(position: Position) -> tuple[int, float, float]:
    """Return the zone, easting and northing of a position of the northern hemisphere."""
    zone = int((position.lon_deg + 180.0) // 6.0) + 1
    easting_m, northing_m = _utm(zone).transform(
        position.lon_deg, position.lat_deg, direction="INVERSE"
    )
    return zone, easting_m, northing_m


_ZONES: Final[dict[int, Transformer]] = {}


def _utm(zone: int) -> Transformer:
    if not 1 <= zone <= 60:
        raise Unread(f"zone {zone}")
    if zone not in _ZONES:
        _ZONES[zone] = Transformer.from_crs(32600 + zone, 4326, always_xy=True)
    return _ZONES[zone]


# Bearing and distance, names


def _measured(found: PositionReading, piece: str) -> str:
    """Return what speaks against a position that was measured from a name."""
    words = re.findall(r"[A-Z0-9]+", plainly(found.origin.split("(")[0]))
    words += [mark.code for mark in read_marks() if mark.name == found.origin]
    said = re.findall(r"[A-Z]+|[0-9]+(?:[.,][0-9]+)?", piece)
    if found.form is PositionForm.MARK:
        return "" if set(words) & set(said) else f"{found.origin} is not in {piece!r}"
    if found.bearing_deg is None or found.distance_m is None:
        return "no bearing or distance"
    numbers = [(text, float(text.replace(",", "."))) for text in said if text[0].isdigit()]
    bearing_deg = found.bearing_deg - (found.variation_deg or 0.0)
    bearings = [
        text
        for text, value in numbers
        if abs((value - bearing_deg + 180.0) % 360.0 - 180.0) < 1e-6
        and len(re.split("[.,]", text)[0]) == 3
    ]
    if not bearings and bearing_deg % 22.5 > 1e-6:
        return f"no number of {piece!r} is the bearing {bearing_deg}"
    lengths_m = [1852.0, 185.2, 1000.0, 1.0]
    distances = [
        text
        for text, value in numbers
        if any(abs(value * unit - found.distance_m) < 1e-6 for unit in lengths_m)
    ]
    if not distances:
        return f"no number of {piece!r} is the distance {found.distance_m} m"
    if len(numbers) - len([w for w in words if w.isdigit()]) > 2:
        return f"more than two numbers in {piece!r}"
    return ""


# Beside the piece


def _cut_out(reading: LineReading, found: PositionReading) -> str:
    """Return why the piece may be a part of something longer, "" if it stands by itself."""
    text = plainly(reading.text)
    start, end = found.span.start, found.span.end
    piece = text[start:end]
    before, after = text[:start], text[end:]
    spans = [claim.span for claim in reading.claims if claim.field is not Field.POSITION]
    if start in {span.end for span in spans}:
        before = ""
    if end in {span.start for span in spans}:
        after = ""
    if re.search(r"[A-Z0-9]$", before) and re.match(r"[A-Z0-9]", piece):
        return f"{before[-3:]!r} stands right before {piece!r}"
    if re.match(r"[A-Z0-9]", after) and re.search(r"[A-Z0-9]$", piece):
        return f"{after[:3]!r} stands right after {piece!r}"
    if re.search(r"[0-9][.,:°'\"-]$|[-+]$", before) and piece[0].isdigit():
        return f"{before[-3:]!r} stands right before {piece!r}"
    if re.match(r"[.,:-][0-9]|\s*[°'\"]", after) and piece[-1].isdigit():
        return f"{after[:3]!r} stands right after {piece!r}"
    left = re.search(r"(?<![^\s,;(])([0-9]+(?:[.,][0-9]+)?)\s+$", before)
    is_grid = found.form in {PositionForm.MGRS, PositionForm.UTM}
    if left is not None and piece[0].isdigit() and not is_grid:
        place = left.start(1)
        if not any(span.start <= place < span.end for span in spans):
            return f"the number {left[1]} stands before {piece!r}"
    right = re.match(r"\s+([0-9]+(?:[.,][0-9]+)?)(?![^\s,;)])", after)
    if right is not None and piece[-1].isdigit():
        place = end + right.start(1)
        if not any(span.start <= place < span.end for span in spans):
            return f"the number {right[1]} stands after {piece!r}"
    letter = re.match(r"\s*(?:[NSEWO])(?![A-Z0-9-]|[/'\".&][A-Z])", after)
    if letter is not None and found.form in _FORMS:
        place = end + letter.end() - 1
        if not any(span.start <= place < span.end for span in spans):
            return f"the letter {letter[0]!r} stands after {piece!r}"
    return ""
