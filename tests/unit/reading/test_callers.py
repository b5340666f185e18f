"""Who called, which boats are one, and boats that are closed: what the table can't show."""

import random
from collections.abc import Iterator
from typing import Final

import pytest

from channelplot.model.caller import same_as_report
from channelplot.model.codes import BoatType, SourceKind, TrackStatus
from channelplot.model.track import Track
from channelplot.reading.callers import Calls
from channelplot.reading.gazetteer import Gazetteer
from channelplot.reading.line import LineContext, read_line
from channelplot.reading.names import names_of, survivor
from channelplot.reading.values import Language, LineReading, QuestionCode, TargetKind
from helpers.builders import a_plot, a_report, a_track
from helpers.line_judge import AREA, names
from helpers.line_table import STANDARD_CLOCK
from helpers.line_writer import a_position

LINES: Final = 1_500
SEPARATORS: Final = (" ", ", ", " ; ")
WORDS: Final = (
    "tel ", "tel. ", "tél. ", "phone ", "phone number ", "mobile ", "téléphone ", "portable ",
    "phone call from ", "appel du ",
)  # fmt: skip
HERE: Final = "50 58.0N 001 41.0E"


def context_of(*tracks: Track, chosen: Track | None = None) -> LineContext:
    """A desk with these tracks and nothing else."""
    known = names_of(Gazetteer(()), tracks)
    calls = Calls(a_plot(*tracks))
    return LineContext(STANDARD_CLOCK, Language.ENGLISH, AREA, known, calls, chosen)


# Numbers beside positions


def figures(dice: random.Random, count: int) -> str:
    return "".join(str(dice.randrange(10)) for _ in range(count))


def in_groups(dice: random.Random, number: str) -> str:
    """A number as it is dictated: in one piece, in pairs or in any groups."""
    between = dice.choice(("", "", " ", " ", ".", "-"))
    sizes = dice.choice(((2,), (2, 3), (2, 3, 4, 5)))
    groups: list[str] = []
    while number and between:
        size = dice.choice(sizes)
        groups.append(number[:size])
        number = number[size:]
    return between.join(groups) if between else number


def a_number(dice: random.Random) -> tuple[str, str]:
    """A number of either shore or of another country as typed, and the caller that it is."""
    kind = dice.randrange(5)
    if kind == 0:
        number = f"0{dice.randint(1, 9)}{figures(dice, 8)}"
        return in_groups(dice, number), number
    if kind == 1:
        number = f"0{dice.choice('12357')}{figures(dice, 9)}"
        return in_groups(dice, number), number
    country = {2: "33", 3: "44"}.get(kind, dice.choice(("32", "49", "98", "84", "251")))
    rest = dice.choice("123578") + figures(dice, 9 if kind == 3 else 8)
    trunk = dice.choice(("", " ", " (0)", "(0)"))
    return f"{dice.choice(('+', '00'))}{country}{trunk}{in_groups(dice, rest)}", f"+{country}{rest}"


def said(reading: LineReading) -> tuple[object, ...]:
    """What a line says, but for who called and from whom that is."""
    at = reading.position
    return (
        at and (at.position, at.form, at.error_m), reading.time.at_utc, reading.people,
        reading.course_deg, reading.speed_kn, reading.target,
    )  # fmt: skip


def lines_with_numbers() -> Iterator[tuple[Language, str, str, str]]:
    """Give the language, a line, the same with a number, and the caller that this is."""
    for number in range(LINES):
        dice = random.Random(f"callers {number}")
        written, (typed, caller) = a_position(dice), a_number(dice)
        between = dice.choice(SEPARATORS)
        call = f"{dice.choice(WORDS)}{typed}"
        others = dice.choice(((), ("45pob", "0210Z"), ("310/4", "0210Z")))
        pieces = [written.text, *others]
        place = dice.randint(0, len(pieces))
        with_call = [*pieces[:place], call, *pieces[place:]]
        yield written.language, between.join(pieces), between.join(with_call), caller


def test_a_number_takes_nothing_from_the_rest_of_a_line_and_gives_nothing_to_it() -> None:
    """Read as by itself, or refused or asked; and mostly read."""
    wrong, read = [], 0
    for language, line, with_call, caller in lines_with_numbers():
        context = LineContext(STANDARD_CLOCK, language, AREA, names())
        alone, together = read_line(line, context), read_line(with_call, context)
        if not together.is_clear:
            continue
        if said(alone) != said(together) or together.caller != caller:
            wrong.append(f"{with_call!r}: {together.caller!r}, not {caller!r}; {said(together)}")
        read += 1
    assert not wrong, "\n".join(wrong)
    assert read > 0.7 * LINES


# The same as another's


def test_calls_are_found_by_their_minute_and_boat() -> None:
    phone = SourceKind.PHONE
    first = a_report("0245", source=phone)
    a = a_track("A", (a_report("0244", source=phone), first, a_report("0245")))
    b = a_track("B", (a_report("0245", caller="MABC2"), a_report("0246", caller="MABC2")))
    loose = a_report("0245", source=phone, caller="+33612345678", track_uid=None)
    calls = Calls(a_plot(a, b, unattributed=(loose,)))
    moment = first.observed_at_utc.replace(second=59)

    found = calls.at(moment)

    assert {(call.caller, call.track_name) for call in found} == {
        (same_as_report(first.uid), "A"),
        ("MABC2", "B"),
        ("+33612345678", ""),
    }
    assert [call.caller for call in calls.at(moment, b.uid)] == ["MABC2"]
    assert calls.at(moment.replace(hour=4)) == ()


def test_several_calls_of_one_caller_are_one() -> None:
    a = a_track("A", (a_report("0245", source=SourceKind.PHONE, caller="+33612345678"),))
    b = a_track("B", (a_report("0245", source=SourceKind.PHONE, caller="+33612345678"),))

    reading = read_line(f"same phone as 0245Z {HERE}", context_of(a, b))

    assert reading.is_clear
    assert reading.caller == "+33612345678"


@pytest.mark.parametrize("number", [0, 1])
def test_one_of_several_callers_is_chosen(number: int) -> None:
    a = a_track("A", (a_report("0245", source=SourceKind.PHONE, caller="0612345678"),))
    b = a_track("B", (a_report("0245", source=SourceKind.PHONE),))
    line, context = f"same phone as 0245Z {HERE}", context_of(a, b)
    (question,) = read_line(line, context).questions

    reading = read_line(line, context, {(question.code, question.span): number})

    assert question.code is QuestionCode.WHICH_CALLER
    assert reading.is_clear
    assert reading.caller == getattr(question.choices[number], "caller", None)
    assert reading.caller in {"0612345678", same_as_report(b.reports[0].uid)}


def test_an_hour_that_happens_twice_is_not_asked_where_one_call_was_in_it() -> None:
    """0130 UK of the night the clocks go back: the call says which."""
    night = STANDARD_CLOCK.replace(month=10, day=25, hour=3)
    a = a_track("A", (a_report(night.replace(hour=1, minute=30), source=SourceKind.PHONE),))
    context = context_of(a)
    context = LineContext(night, Language.ENGLISH, AREA, context.names, context.calls)

    reading = read_line(f"same phone as 0130 UK {HERE}", context)

    assert reading.is_clear
    assert reading.caller == same_as_report(a.reports[0].uid)
    assert reading.time.at_utc == night


# Names of merged tracks


def merged(name: str, into: str) -> Track:
    return a_track(name, uid=name, status=TrackStatus.SAME_AS, same_as_uid=into)


def test_a_chain_of_merged_tracks_leads_to_the_last() -> None:
    a, b, c = a_track("A", uid="A"), merged("B", "A"), merged("C", "B")
    tracks = {track.uid: track for track in (a, b, c)}
    assert [survivor(track, tracks) for track in (a, b, c)] == [a, a, a]


def test_a_ring_of_merged_tracks_and_one_merged_into_nothing_mean_themselves() -> None:
    x, y, gone = merged("X", "Y"), merged("Y", "X"), merged("Z", "nowhere")
    into_ring, into_itself = merged("V", "X"), merged("U", "U")
    tracks = {track.uid: track for track in (x, y, gone, into_ring, into_itself)}
    for track in tracks.values():
        assert survivor(track, tracks) is track


def test_a_name_that_was_merged_is_said_with_what_it_means() -> None:
    a = a_track("A", (a_report("0245"),), uid="A")
    reading = read_line("0250Z B 310 1.5 >C", context_of(a, merged("B", "A"), merged("C", "B")))

    assert reading.position is not None
    assert (reading.position.origin_said, reading.position.origin) == ("B", "A")
    assert (reading.target.said, reading.target.name) == ("C", "A")


# Closed boats


CLOSED: Final = a_track("A", status=TrackStatus.RESCUED_ALL)


@pytest.mark.parametrize(
    ("line", "chosen"), [(f"{HERE} >A", None), (HERE, CLOSED), (f"A {HERE}", None)]
)
def test_a_report_on_a_closed_boat_is_always_asked_about(line: str, chosen: Track | None) -> None:
    context = context_of(CLOSED, chosen=chosen)
    answers = {(q.code, q.span): 0 for q in read_line(line, context).questions if line[0] == "A"}
    (question,) = read_line(line, context, answers).questions
    answered = [
        read_line(line, context, {**answers, (question.code, question.span): number})
        for number in range(2)
    ]

    assert question.code is QuestionCode.CLOSED_TRACK
    assert [(r.is_clear, r.target.kind, r.target.name) for r in answered] == [
        (True, TargetKind.TRACK, "A"),
        (True, TargetKind.NEW, ""),
    ]


def test_a_chosen_boat_that_is_open_or_not_meant_is_not_asked_about() -> None:
    other = a_track("B")
    assert read_line(HERE, context_of(other, chosen=other)).target.kind is TargetKind.UNSAID
    assert read_line(f"{HERE} >B", context_of(CLOSED, other, chosen=CLOSED)).is_clear
    assert read_line(f"{HERE} new", context_of(CLOSED, chosen=CLOSED)).is_clear
    assert read_line("log >A families told", context_of(CLOSED, chosen=CLOSED)).is_clear


# A yacht may have told us, or be the boat


@pytest.mark.parametrize(
    ("number", "source", "name", "boat_type"),
    [
        (0, SourceKind.AIRCRAFT, "aircraft", BoatType.SAIL),
        (1, SourceKind.VESSEL, "yacht", None),
    ],
)
def test_a_yacht_is_the_boat_or_told_us(
    number: int, source: SourceKind, name: str, boat_type: BoatType | None
) -> None:
    line, context = f"yacht {HERE} aircraft", context_of()
    (question,) = read_line(line, context).questions

    reading = read_line(line, context, {(question.code, question.span): number})

    assert question.code is QuestionCode.SOURCE_OR_BOAT
    assert reading.is_clear
    assert (reading.source, reading.boat_type) == (source, boat_type)
    assert reading.source_name in {name, ""}
