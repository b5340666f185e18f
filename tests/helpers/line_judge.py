"""Judges how a line is read by what the table of lines expects; the desk of that table."""

import functools
import math
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from channelplot.basemap.beaches import read_beaches
from channelplot.basemap.marks import read_marks
from channelplot.basemap.places import read_places
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.text import date_time_group
from channelplot.geodesy.units import nm_from_m
from channelplot.model.caller import report_meant
from channelplot.model.codes import BoatType, CountBasis, Craft, SourceKind, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.reading.callers import Calls
from channelplot.reading.gazetteer import gazetteer_of
from channelplot.reading.line import LineContext, read_line
from channelplot.reading.names import Names, names_of
from channelplot.reading.values import (
    CallerReading,
    Choice,
    Fault,
    Field,
    LineReading,
    PositionReading,
    QuestionCode,
    Target,
    TargetKind,
    TimeForm,
    TimeReading,
)
from helpers.builders import a_mark, a_plot, a_report, a_track, at, ddm
from helpers.line_table import Asked, Case, moment

AREA: Final = Bounds(-7.0, 48.0, 4.5, 52.2)
_A: Final = a_track(
    "A",
    (
        a_report("0210", position=ddm(50, 58.0, 1, 41.0), error_m=109.6),
        a_report("0245", position=ddm(50, 59.5, 1, 37.0), error_m=18.3, source=SourceKind.PHONE),
    ),
)
_BOAT_2: Final = a_track("BOAT-2", status=TrackStatus.SAME_AS, same_as_uid=_A.uid)
_BOAT_3: Final = a_track("BOAT-3", status=TrackStatus.SAME_AS, same_as_uid=_BOAT_2.uid)
_BOAT_4: Final = a_track(
    "BOAT-4",
    (
        a_report("0120", position=None, source=SourceKind.PHONE, caller="+33612345678"),
        a_report("0125", position=None, caller="MABC2"),
        a_report("0245", position=None, source=SourceKind.RADAR),
    ),
    status=TrackStatus.RESCUED_ALL,
)
TRACKS: Final = (_A, a_track("CUTTER-1", craft=Craft.RESCUE_VESSEL), _BOAT_2, _BOAT_3, _BOAT_4)
CALLS: Final = Calls(
    a_plot(
        *TRACKS,
        unattributed=(
            a_report("0120", position=None, source=SourceKind.PHONE, caller="07700900123"),
            a_report(
                at("0125") + timedelta(seconds=40),
                position=None,
                source=SourceKind.PHONE,
                caller="MABC2",
            ),
        ),
    )
)
POSITION_STEP_DEG: Final = 0.000006
"""The table has five decimals."""
MOST_BESIDE: Final = 15
"""A reason points at its piece of the line, with no more than so many characters around it."""
PARTS: Final = ("men", "women", "children", "medical", "deceased", "missing")


@functools.cache
def names() -> Names:
    """Return what positions may be measured from on the desk of the table."""
    places = [(place.name, place.position) for place in read_places()]
    gazetteer = gazetteer_of((a_mark("CGN"),), (), read_marks(), read_beaches(), places)
    return names_of(gazetteer, TRACKS)


def context_of(case: Case) -> LineContext:
    """Return what a case of the table is read against."""
    return LineContext(case.clock_utc, case.language, AREA, names(), CALLS)


def judged(case: Case, reading: LineReading | None = None) -> str:
    """Return what is wrong with how a case is read, as a message; nothing if it is as expected.

    reading: of the case's line, where it has been read already.
    """
    if reading is None:
        reading = read_line(case.line, context_of(case))
    complaints = list(complaints_about(reading, case))
    if not complaints:
        return ""
    lines = [f"    {case.language}: {case.line!r}"]
    lines += [f"  expected  {text}" for text in case.expected]
    lines += [f"  was read  {text}" for text in told(reading)]
    lines += [f"  * {complaint}" for complaint in complaints]
    return "\n".join(lines)


def complaints_about(reading: LineReading, case: Case) -> Iterator[str]:
    """Give what is wrong with a reading, nothing if it is as expected."""
    if case.is_doubted or (case.may_be_doubted and not reading.is_clear):
        if reading.is_clear:
            yield "it should be doubted and was read"
        return
    if case.refusals:
        yield from _refusals(reading, case)
        return
    for fault in reading.faults:
        yield f"it should not be refused: {fault.code} {_piece(reading, fault)!r}"
    yield from _questions(reading, case)
    asked = {question.field for question in reading.questions}
    if QuestionCode.NO_POSITION not in {question.code for question in reading.questions}:
        yield from _position(reading.position, case, is_asked=Field.POSITION in asked)
    if Field.TIME not in asked:
        yield from _time(reading.time, case)
    if Field.PEOPLE not in asked:
        yield from _people(reading.people, case)
    yield from _number("course", reading.course_deg, case, 0.006)
    yield from _number("coursevar", reading.course_variation_deg, case, 0.006)
    yield from _number("speed", reading.speed_kn, case, 0.001)
    yield from _code("grade", reading.grade, case)
    source = "" if reading.source is SourceKind.UNKNOWN else str(reading.source)
    yield from _code("source", source, case)
    if reading.target.kind is not TargetKind.TRACK:
        yield from _code("craft", str(reading.craft or ""), case)
    asks_type = QuestionCode.SOURCE_OR_BOAT in {question.code for question in reading.questions}
    if not asks_type:
        yield from _code("type", str(reading.boat_type or ""), case)
    if Field.CALLER not in asked:
        yield from _code("caller", caller_text(reading.caller), case)
    yield from _code("log", reading.log or "", case)
    yield from _code("kind", str(reading.kind), case, unsaid="position")
    if not reading.mark and Field.TRACK not in asked:
        unsaid = "unsaid" if reading.log is None else "none"
        yield from _code("track", _target(reading), case, unsaid=unsaid)
    yield from _code("mark", reading.mark.code if reading.mark else "", case)
    name = reading.mark.name if reading.mark else reading.target.name
    if "called" in case.stated:
        yield from _code("called", name, case)
    if "as" in case.stated:
        yield from _code("as", str(reading.target.craft or ""), case)
    if "said" in case.stated:
        yield from _code("said", reading.source_name, case)
    if "words" in case.stated:
        yield from _code("words", reading.words, case)
    if case.stated.get("has", "") not in reading.words:
        yield f"{case.stated['has']!r} is not among the words {reading.words!r}"


def _refusals(reading: LineReading, case: Case) -> Iterator[str]:
    if len(reading.faults) != len(case.refusals):
        yield f"{len(case.refusals)} reason(s) expected, not {len(reading.faults)}"
    for expected, fault in zip(case.refusals, reading.faults, strict=False):
        if fault.code not in expected.codes:
            yield f"refused for {fault.code}, not for {'|'.join(sorted(expected.codes))}"
        piece = _piece(reading, fault)
        if expected.piece not in piece:
            yield f"the reason points at {piece!r}, not at {expected.piece!r}"
        elif expected.piece and len(piece) > len(expected.piece) + MOST_BESIDE:
            yield f"the reason points at {piece!r}, which is more than {expected.piece!r}"


def _piece(reading: LineReading, fault: Fault) -> str:
    return reading.text[fault.span.start : fault.span.end]


def _questions(reading: LineReading, case: Case) -> Iterator[str]:
    if len(reading.questions) != len(case.questions):
        yield f"{len(case.questions)} question(s) expected, not {len(reading.questions)}"
    for expected, question in zip(case.questions, reading.questions, strict=False):
        if question.code not in expected.codes:
            yield f"asked {question.code}, not {'|'.join(sorted(expected.codes))}"
        yield from _readings(question.choices, expected, case)


def _readings(choices: tuple[Choice, ...], expected: Asked, case: Case) -> Iterator[str]:
    left = list(choices)
    for text in expected.readings:
        wanted = left if not expected.is_in_order else left[:1]
        found = [choice for choice in wanted if _is_reading(choice, text, case)]
        if not found:
            yield f"{text!r} is not offered where it should be"
            return
        left.remove(found[0])
    if left and not expected.has_more:
        yield f"also offered: {', '.join(map(str, left))}"


def _is_reading(choice: Choice, text: str, case: Case) -> bool:
    if choice is None or text == "as it is":
        return choice is None and text == "as it is"
    if isinstance(choice, PositionReading):
        lat, lon = map(float, text.split())
        return _is_at(choice, lat, lon)
    if isinstance(choice, TimeReading):
        return choice.at_utc == moment(text, case.clock_utc)
    if isinstance(choice, CallerReading):
        return caller_text(choice.caller) == text
    if isinstance(choice, Target):
        return (choice.name or str(choice.kind)) == text
    if isinstance(choice, BoatType | SourceKind):
        return choice == text
    total, *rest = text.split()
    return choice == PeopleCount(total=int(total), is_estimate=rest == ["est"])


def _is_at(reading: PositionReading, lat_deg: float, lon_deg: float) -> bool:
    position = reading.position
    off_deg = max(abs(position.lat_deg - lat_deg), abs(position.lon_deg - lon_deg))
    return off_deg <= POSITION_STEP_DEG


def _position(reading: PositionReading | None, case: Case, *, is_asked: bool) -> Iterator[str]:
    stated = case.stated
    if is_asked:
        return
    if reading is None or "lat" not in stated:
        if reading is not None or "lat" in stated:
            yield "a position was read" if reading else "no position was read"
        return
    if not _is_at(reading, float(stated["lat"]), float(stated["lon"])):
        yield f"the position is {reading.position}"
    yield from _code("form", str(reading.form), case)
    error_m = math.nan if reading.error_m is None else reading.error_m
    if "error" in stated and not math.isclose(error_m, float(stated["error"]), rel_tol=0.02):
        yield f"the error is {error_m:.4g} m"
    if "from" in stated:
        yield from _code("from", reading.origin, case)
    if "fix" in stated and reading.origin_at_utc != moment(stated["fix"], case.clock_utc):
        yield f"measured from a fix at {reading.origin_at_utc}"
    if "bearing" in stated:
        yield from _number("bearing", reading.bearing_deg, case, 0.006)
    if "distance" in stated:
        distance_nm = None if reading.distance_m is None else nm_from_m(reading.distance_m)
        yield from _number("distance", distance_nm, case, 0.0001)
    yield from _number("variation", reading.variation_deg, case, 0.006)


def _time(reading: TimeReading, case: Case) -> Iterator[str]:
    stated = case.stated
    at_utc = moment(stated["at"], case.clock_utc) if "at" in stated else case.clock_utc
    if reading.at_utc != at_utc:
        yield f"the time is {date_time_group(reading.at_utc)}, not {date_time_group(at_utc)}"
    if "at" not in stated and reading.form is not TimeForm.UNSAID:
        yield f"a time was read: {reading.form}"
    if "time" in stated:
        yield from _code("time", str(reading.form), case)
    if "zone" in stated:
        yield from _code("zone", reading.zone, case)
    is_said = at_utc.date() == case.clock_utc.date() or "daybefore" in stated
    if is_said and reading.is_day_before != ("daybefore" in stated):
        yield f"taken as the day before: {reading.is_day_before}"


def _people(count: PeopleCount | None, case: Case) -> Iterator[str]:
    stated = case.stated
    if case.is_free("people"):
        return
    if "people" not in stated:
        if count is not None:
            yield f"people were read: {count}"
        return
    if count is None:
        yield "no people were read"
        return
    if count.total != int(stated["people"]):
        yield f"the number of people is {count.total}"
    if count.is_estimate != ("est" in stated):
        yield f"the number of people is an estimate: {count.is_estimate}"
    for part in PARTS:
        number = getattr(count, part)
        if number != (int(stated[part]) if part in stated else None):
            yield f"{part}: {number}"
    if "counted" in stated and count.basis is not CountBasis.COUNTED:
        yield f"the people were {count.basis}"


def _number(key: str, value: float | None, case: Case, step: float) -> Iterator[str]:
    if case.is_free(key):
        return
    wanted = float(case.stated[key]) if key in case.stated else None
    if (value is None) != (wanted is None) or (
        value is not None and wanted is not None and abs(value - wanted) > step
    ):
        yield f"{key} is {value}, not {wanted}"


def _code(key: str, value: str, case: Case, unsaid: str = "") -> Iterator[str]:
    wanted = case.stated.get(key, unsaid)
    if not case.is_free(key) and value not in wanted.split("|"):
        yield f"{key} is {value!r}, not {wanted!r}"


def _target(reading: LineReading) -> str:
    if reading.target.kind is not TargetKind.TRACK:
        return str(reading.target.kind)
    return next(track.name for track in TRACKS if track.uid == reading.target.track_uid)


def caller_text(caller: str) -> str:
    """Return a caller as the table writes it: ``call of A 0245Z`` for a report's telephone."""
    meant = report_meant(caller)
    report = None if meant is None else CALLS.plot.report(meant)
    if report is None:
        return caller
    track = CALLS.plot.tracks.get(report.track_uid or "")
    return f"call of {track.name if track else 'none'} {report.observed_at_utc:%H%M}Z"


def told(reading: LineReading) -> Iterator[str]:
    """Give a reading in words much like the table's, for a message."""
    if reading.position:
        yield _told(reading.position)
    yield _told(reading.time)
    rest = {
        "course": reading.course_deg,
        "coursevar": reading.course_variation_deg,
        "speed": reading.speed_kn,
        "people": reading.people,
        "grade": reading.grade,
        "source": reading.source if reading.source is not SourceKind.UNKNOWN else "",
        "said": reading.source_name,
        "craft": reading.craft,
        "type": reading.boat_type,
        "caller": caller_text(reading.caller),
        "log": reading.log,
        "kind": reading.kind,
        "track": _target(reading),
        "called": reading.target.name,
        "mark": reading.mark,
        "words": reading.words[:200],
    }
    yield " ".join(f"{key} {value}" for key, value in rest.items() if value not in {None, ""})
    for fault in reading.faults:
        yield f'refused {fault.code} "{_piece(reading, fault)}"'
    for question in reading.questions:
        yield f"asks {question.code}: {' | '.join(map(_told, question.choices))}"


def _told(choice: Choice) -> str:
    if choice is None:
        return "as it is"
    if isinstance(choice, PositionReading):
        position = choice.position
        text = f"lat {position.lat_deg:.5f} lon {position.lon_deg:.5f} form {choice.form}"
        return f"{text} error {choice.error_m:.4g}" + f' from "{choice.origin}"' * bool(
            choice.origin
        )
    if isinstance(choice, TimeReading):
        before = " daybefore" * choice.is_day_before
        return f"at {date_time_group(choice.at_utc)} time {choice.form} zone {choice.zone}{before}"
    return str(choice)
