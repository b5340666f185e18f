"""Lines by the thousand: positions in every form, reports around them, slips and noise.

Every line comes from dice with a number, so a line that fails is the same in the next run.
`tasks.py long` reads 100,000 lines for each of these, other runs 600.
"""

import itertools
import math
import os
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from channelplot.geodesy.position import Position
from channelplot.model.codes import PositionForm
from channelplot.reading.gazetteer import Gazetteer
from channelplot.reading.line import LineContext, read_line
from channelplot.reading.names import Names, names_of
from channelplot.reading.values import (
    Field,
    Language,
    LineReading,
    PositionReading,
    Span,
    TargetKind,
)
from helpers.line_judge import AREA, TRACKS, complaints_about, names, told
from helpers.line_noise import (
    a_broken_line,
    a_report,
    mean_the_same,
    random_characters,
    random_words,
)
from helpers.line_oracle import (
    SAME_M,
    apart_m,
    contradictions,
    offered_positions,
    silent_position,
)
from helpers.line_table import STANDARD_CLOCK
from helpers.line_writer import Written, a_position

CASES: Final = int(os.environ.get("CHANNELPLOT_CASES", "600"))
AT_A_TIME: Final = 2_000
"""Cases of one test: a test that takes minutes would be taken for one that hangs."""
BATCHES: Final = range(math.ceil(CASES / AT_A_TIME))
MOST_TOLD: Final = 12
ROUND: Final = 1.005
"""What radii of metres may be off, being worked out on a sphere."""
LONGEST_S: Final = 2.0
"""No line of a few hundred characters takes as long, on any machine."""

LATER: Final = STANDARD_CLOCK + timedelta(days=40, hours=7)
Maker = Callable[[random.Random], str]

every_batch = pytest.mark.parametrize("batch", BATCHES)


def dice_of(group: str, batch: int) -> Iterator[random.Random]:
    """Give the dice of each case of a batch."""
    first = batch * AT_A_TIME
    for number in range(first, min(first + AT_A_TIME, CASES)):
        yield random.Random(f"{group} {number}")


def context_in(language: Language, known: Names | None = None) -> LineContext:
    return LineContext(STANDARD_CLOCK, language, AREA, known or names())


def fail_if(complaints: list[str]) -> None:
    if complaints:
        more = len(complaints) - MOST_TOLD
        listed = complaints[:MOST_TOLD] + ([f"... and {more} more"] if more > 0 else [])
        pytest.fail("\n" + "\n".join(listed), pytrace=False)


def complaint(line: str, reading: LineReading, what: str) -> str:
    is_known = reading.target.kind is not TargetKind.TRACK or reading.target.track_uid
    return "\n      ".join([f"{line!r}: {what}", *(told(reading) if is_known else ())])


# What is written is read back


def is_within(found: PositionReading, truth: Position) -> bool:
    """Return whether a reading is as near to the truth as it says."""
    return apart_m(found.position, truth) <= ROUND * (found.error_m or 0.0)


def misread(written: Written, reading: LineReading) -> str:
    """Return what is wrong with how a position alone was read, "" for nothing."""
    offered = offered_positions(reading)
    if offered:
        if not written.is_asked:
            return "it should not be asked"
        is_there = any(is_within(each, written.truth) for each in offered)
        return "" if is_there else f"{written.truth} is not among what is offered"
    found = silent_position(reading)
    if found is None:
        return "it should be read"
    if found.error_m is None:
        return "no precision is stated"
    if not is_within(found, written.truth):
        off_m = apart_m(found.position, written.truth)
        return f"{off_m:.2f} m from {written.truth}, more than the stated {found.error_m:.2f} m"
    if not math.isclose(found.error_m, written.precision_m, rel_tol=0.04):
        return f"{found.error_m:.2f} m stated, where the figures say {written.precision_m:.2f} m"
    if found.form is not written.form:
        return f"{written.form} expected"
    return contradictions(reading)


@every_batch
def test_every_position_reads_back_in_every_form(batch: int) -> None:
    complaints = []
    for dice in dice_of("forms", batch):
        written = a_position(dice)
        reading = read_line(written.text, context_in(written.language))
        what = misread(written, reading)
        if what:
            complaints.append(complaint(written.text, reading, what))
    fail_if(complaints)


@every_batch
def test_a_position_reads_back_within_a_report(batch: int) -> None:
    """And everything else of the report is read as by itself."""
    complaints = []
    for dice in dice_of("reports", batch):
        written = a_position(dice)
        case = a_report(dice, written)
        reading = read_line(case.line, context_in(written.language))
        if written.is_asked or (written.is_bare and silent_position(reading) is None):
            continue
        what = misread(written, reading)
        if not what and reading.position is not None:
            at = reading.position
            case.stated |= {
                "lat": repr(at.position.lat_deg), "lon": repr(at.position.lon_deg),
                "form": at.form.value,
            }  # fmt: skip
            what = "; ".join(complaints_about(reading, case))
        if what:
            complaints.append(complaint(case.line, reading, what))
    fail_if(complaints)


def said(reading: LineReading) -> dict[str, object]:
    """Return what a line says, without its places in the text and its words."""
    at = reading.position
    return {
        "where": at and (at.position, at.form, at.error_m, at.origin),
        "when": (reading.time.at_utc, reading.time.form, reading.time.zone),
        "course": reading.course_deg,
        "speed": reading.speed_kn,
        "people": reading.people,
        "source": reading.source,
        "grade": reading.grade,
        "target": (reading.target.kind, reading.target.track_uid),
        "faults": [fault.code for fault in reading.faults],
        "questions": [question.code for question in reading.questions],
    }


@every_batch
def test_blanks_case_and_quotes_change_nothing(batch: int) -> None:
    complaints = []
    for dice in dice_of("same", batch):
        written = a_position(dice)
        line = a_report(dice, written).line
        other = mean_the_same(dice, line, may_change_case=written.form is not PositionForm.RELATIVE)
        context = context_in(written.language)
        one, two = said(read_line(line, context)), read_line(other, context)
        unlike = [f"{key}: {one[key]}" for key, value in said(two).items() if value != one[key]]
        if unlike:
            complaints.append(complaint(other, two, f"unlike {line!r}, {', '.join(unlike)}"))
    fail_if(complaints)


# Lines nobody would write


def not_sound(reading: LineReading) -> str:
    """Return what is wrong with a reading whatever the line was, "" for nothing."""
    length = len(reading.text)
    spans = sorted(claim.span for claim in reading.claims)
    if not reading.faults and any(one.overlaps(other) for one, other in itertools.pairwise(spans)):
        return "two pieces overlap"
    spans += [fault.span for fault in reading.faults]
    spans += [question.span for question in reading.questions]
    if any(not 0 <= span.start <= span.end <= length for span in spans):
        return "a piece is not in the line"
    if any(not 1 <= len(question.choices) <= 3 for question in reading.questions):
        return "a question without choices"
    return contradictions(reading)


@pytest.mark.parametrize("make", [random_characters, random_words, a_broken_line])
@every_batch
def test_no_line_is_read_wrong(make: Maker, batch: int) -> None:
    """None raises or takes long, and each silent position is what its figures say."""
    complaints = []
    for dice in dice_of(make.__name__, batch):
        line, language = make(dice), dice.choice(list(Language))
        begun_s = time.thread_time()
        reading = read_line(line, context_in(language))
        took_s = time.thread_time() - begun_s
        what = not_sound(reading)
        if took_s > LONGEST_S:
            what = f"it took {took_s:.1f} s"
        if what:
            complaints.append(complaint(line, reading, f"({language}) {what}"))
    fail_if(complaints)


# One line, one reading


@every_batch
def test_no_line_has_two_silent_readings(batch: int) -> None:
    """Twice, in the other language, by another order of names, later, doubled or with less."""
    complaints = []
    turned = names_of(Gazetteer(reversed(names().gazetteer.entries)), TRACKS)
    for dice in dice_of("one reading", batch):
        line = a_report(dice, a_position(dice)).line if dice.random() < 0.5 else a_broken_line(dice)
        language = dice.choice(list(Language))
        context = context_in(language)
        reading = read_line(line, context)
        way = dice.choice(("again", "names", "language", "doubled", "later", "less", "less"))
        if way in {"later", "less"} and hangs_on_time(reading):
            way = "again"
        if way == "again":
            same = read_line(line, context) == reading
            what = "" if same else "not the same the second time"
        elif way == "names":
            other = said(read_line(line, context_in(language, turned)))
            what = "" if other == said(reading) else f"{other} by the order of names"
        elif way == "language":
            what = any_other(reading, [line], context_in(opposite(language)))
        elif way == "later":
            what = any_other(reading, [line], replace(context, now_utc=LATER))
        elif way == "doubled":
            what = any_other(reading, [f"{line} {line}", f"{line}, {line}"], context)
        else:
            parts = list(with_less(reading))
            what = any_other(reading, dice.sample(parts, min(2, len(parts))), context)
        if what:
            complaints.append(complaint(line, reading, f"({language}) {what}"))
    fail_if(complaints)


def any_other(reading: LineReading, lines: list[str], context: LineContext) -> str:
    """Return which of these lines has another silent position than a reading, "" if none."""
    here = silent_position(reading)
    for line in lines:
        there = silent_position(read_line(line, context))
        if here and there and apart_m(here.position, there.position) > SAME_M:
            return f"{there.position} in {line!r}"
    return ""


def opposite(language: Language) -> Language:
    return next(each for each in Language if each is not language)


def hangs_on_time(reading: LineReading) -> bool:
    """Return whether the position is another at another time: from a fix, or magnetic."""
    at = reading.position
    return at is not None and (at.origin_at_utc is not None or at.variation_deg is not None)


def with_less(reading: LineReading) -> Iterator[str]:
    """Give the line without its last and without its first words, up to the position."""
    text = reading.text
    if reading.position is None:
        return
    place = next(claim.span for claim in reading.claims if claim.field is Field.POSITION)
    for at in range(place.end, len(text)):
        if text[at].isspace():
            yield text[:at]
    for at in range(place.start):
        if text[at].isspace():
            yield text[at:]


# The second reading itself


@pytest.mark.parametrize(
    "line",
    [
        "50 58.0N 001 41.0E",
        "5058.0N00141.0W",
        "50°59'30\"N 001°37'00\"E",
        "50.96667, -1.68333",
        "31U DS 1855 5491",
        "30U 700927 5598060",
    ],
)
def test_the_second_reading_sees_another_position(line: str) -> None:
    """It agrees with what is right, and not with a place ten metres off or across the meridian."""
    reading = read_line(line, context_in(Language.ENGLISH))
    at = reading.position
    assert at is not None
    assert contradictions(reading) == ""
    lon_deg, lat_deg = at.position.lon_deg, at.position.lat_deg
    for other in (Position(lon_deg, lat_deg + 0.0001), Position(-lon_deg, lat_deg)):
        assert contradictions(replace(reading, position=replace(at, position=other)))


@pytest.mark.parametrize(
    "line",
    ["7 50.96667 1.68333", "50 58.0N 001 41.05E", "50 58.0N 001 41.0E W", "50 58.0N 001 41.0E5"],
)
def test_the_second_reading_sees_what_is_cut_out(line: str) -> None:
    """A position is read from a piece of the line; what stands beside it speaks against that."""
    at = re.search(r"50.*?\.6\d*|50.*?41\.0E?", line)
    assert at is not None
    whole = read_line(at[0].rstrip("E") + "E" * ("N" in line), context_in(Language.ENGLISH))
    assert whole.position is not None
    span = Span(at.start(), at.end())
    cut = replace(whole, text=line, position=replace(whole.position, span=span), claims=())
    assert contradictions(cut)
