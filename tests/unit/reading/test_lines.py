"""The reader against the table of lines, ``lines.txt`` beside this file."""

import itertools
import os
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from channelplot.reading.line import read_line
from channelplot.reading.values import CallerReading, LineReading
from helpers.builders import at
from helpers.line_judge import CALLS, context_of, judged
from helpers.line_table import Case, read_cases

TABLE: Final = Path(__file__).with_name("lines.txt")
CASES: Final = read_cases(TABLE)
MANY: Final = CASES if int(os.environ.get("CHANNELPLOT_CASES", "2000")) >= 2000 else CASES[::4]
"""Where fewer cases are asked for, every fourth will do: as on the second Python."""


def test_the_table_is_large_and_has_no_line_twice() -> None:
    keys = [(case.line, case.language, case.clock_utc) for case in CASES]
    assert len(keys) >= 300
    assert [key for key in keys if keys.count(key) > 1] == []


@pytest.mark.parametrize("case", MANY, ids=lambda case: case.name)
def test_line(case: Case) -> None:
    """It is read as the table says; every piece is a piece of it, no two are read from one."""
    reading = read_line(case.line, context_of(case))
    verdict = judged(case, reading)
    if verdict:
        pytest.fail(f"{TABLE.name}:{case.number} ({case.group})\n{verdict}", pytrace=False)
    assert reading.text == case.line
    spans = sorted(claim.span for claim in reading.claims)
    if not reading.faults:
        assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    spans += [fault.span for fault in reading.faults]
    spans += [question.span for question in reading.questions]
    assert all(0 <= span.start <= span.end <= len(case.line) for span in spans)
    assert all(1 <= len(question.choices) <= 3 for question in reading.questions)


@pytest.mark.parametrize(
    "case",
    [case for case in MANY if " " in case.line and len(case.line) < 500 and not case.refusals],
    ids=lambda case: case.name,
)
def test_more_blanks_change_nothing(case: Case) -> None:
    """A line with each of its blanks twice is read like the line."""
    words = {"words", "has", "called", "said"}
    stated = {key: value for key, value in case.stated.items() if key not in words}
    verdict = judged(replace(case, line=case.line.replace(" ", "  "), stated=stated))
    if verdict:
        pytest.fail(f"{TABLE.name}:{case.number} ({case.group})\n{verdict}", pytrace=False)


@pytest.mark.parametrize(
    "case", [case for case in MANY if case.questions], ids=lambda case: case.name
)
def test_each_reading_offered_can_be_chosen(case: Case) -> None:
    """Choosing answers the question and gives what was offered."""
    context = context_of(case)
    question = read_line(case.line, context).questions[0]
    for number, choice in enumerate(question.choices):
        answered = read_line(case.line, context, {(question.code, question.span): number})
        assert question not in answered.questions
        assert choice in (None, *everything_chosen(answered))


def everything_chosen(reading: LineReading) -> tuple[object, ...]:
    """Return what a reading has that questions offer."""
    calls = [CallerReading(reading.caller, each.at_utc, each.track_name) for each in all_calls()]
    return (
        reading.position, reading.time, reading.people, reading.target, reading.source,
        reading.boat_type, *calls,
    )  # fmt: skip


def all_calls() -> list[CallerReading]:
    minutes = (at("0120"), at("0125"), at("0245"))
    return [call for minute in minutes for call in CALLS.at(minute)]


REPORT: Final = """\
en: 0210Z 50 58.0N 001 41.0E 310/4 45 incl 8 ch 1A radar new
    there error 109.6 at 0210Z zone Z course 310 speed 4
    people 45 children 8 grade 1A track new source radar
"""


@pytest.mark.parametrize(
    ("stated", "instead"),
    [
        ("there ", ""),
        ("there ", "lat 50.96667 lon 1.68332 form ddm "),
        ("there ", "there form dms "),
        ("error 109.6", "error 112"),
        ("at 0210Z", "at 0211Z"),
        ("zone Z", "zone UK"),
        ("course 310 ", ""),
        ("speed 4", "speed 5"),
        ("people 45", "people 40"),
        ("45 children", "45 est children"),
        ("children 8 ", ""),
        ("grade 1A", "grade 1B"),
        ("track new", "track A"),
        ("source radar", ""),
        ("source radar", 'source radar has "boat"'),
        ("source radar", 'source radar words "boat"'),
        ("source radar", "source radar kind launch"),
        ("source radar", "source radar craft small_boat"),
        ("source radar", "source radar type inflatable"),
        ("source radar", 'source radar caller "MABC2"'),
        ("source radar", 'source radar log "boat"'),
        ("source radar", "source radar asks no_position"),
        ("there ", "doubted "),
        ("there ", "refused minutes_range "),
    ],
)
def test_the_judge_sees_every_difference(tmp_path: Path, stated: str, instead: str) -> None:
    """A table of one case finds nothing wrong as it is, and something when it is changed."""
    assert stated in REPORT
    table = tmp_path / "table.txt"
    for text, is_right in ((REPORT, True), (REPORT.replace(stated, instead), False)):
        table.write_text(text, "utf-8")
        (case,) = read_cases(table)
        assert (judged(case) == "") is is_right


@pytest.mark.parametrize(
    "text",
    ["en: 0210Z", "en: 0210Z\n    sped 4", "en: 0210Z\n    at 2510Z", "es: 0210Z", "at 0210Z"],
)
def test_a_table_that_cannot_be_read_says_where(tmp_path: Path, text: str) -> None:
    table = tmp_path / "table.txt"
    table.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"table\.txt:[12]: "):
        read_cases(table)
