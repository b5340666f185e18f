"""Long lines of the worst kind take work in proportion to their length, or little more.

Four times the length is four times the work of a reader that looks at each piece once, and
sixteen times if it compares each with each. Work is counted in calls; what regular expressions do
inside one call shows in the processor's time, of which the least of several runs is taken.
"""

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

import pytest

from channelplot.reading.line import LineContext, read_line
from channelplot.reading.plain import MOST_CHARACTERS
from channelplot.reading.values import Language
from helpers.line_judge import AREA, names
from helpers.line_table import STANDARD_CLOCK

SHORT: Final = MOST_CHARACTERS // 4
MOST_TIMES: Final = 14.0
"""Four times the line, so many times the work: more than each piece once, less than squares."""
MOST_CALLS: Final = 4_000_000
SHORTEST_S: Final = 0.004
"""Times below it are mostly chance."""
RUNS: Final = 2
UNITS: Final = (
    "1", "12 ", "0210Z ", "02:10 ", "1.", "N", "N ", "A1 ", "1N", "1d1m1s", "1'", "- ", " ", "é",
    "50 58.0 ", "50 58.0N 001 41.0E ", "50.9,-1.6,", "NORTH ", "lat 50 lon 1 ", "31U DS 1855 5491 ",
    "023 CGN 7.2 ", "7.2 NM 023 from ", "A 310 1.5 ", "Saint-", "310/4 ", "wind 3 ", "45 45+ ",
    "45 (1 men ", "1 to 2 ", "il y a ", "150228Z SEP 26 ", ">A ", "new A ", "coastguard aircraft ",
    "tel 06 12 34 56 78 ", "phone +", "06 ", "same phone as 0345A ", "same phone as ",
    "call sign M1 ", "yacht ", "inflatable ", "log ", ">BOAT-3 ",
)  # fmt: skip
"""What a line is full of."""


def of_length(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def read(line: str) -> None:
    read_line(line, LineContext(STANDARD_CLOCK, Language.ENGLISH, AREA, names()))


def calls(work: Callable[[str], object], line: str) -> int:
    """Return how many functions are called to do something with a line."""
    count = 0

    def one_more(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(one_more)
    try:
        work(line)
    finally:
        sys.setprofile(before)
    return count


def processor_s(line: str) -> float:
    """Return the processor's time to read a line, the least of several."""
    taken = []
    for _ in range(RUNS):
        begun_s = time.thread_time()
        read(line)
        taken.append(time.thread_time() - begun_s)
    return min(taken)


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_work_grows_with_the_line_and_not_with_its_square(unit: str) -> None:
    short, long = of_length(unit, SHORT), of_length(unit, MOST_CHARACTERS)
    read(short)  # what is only worked out once

    work = calls(read, long)
    assert work < MOST_TIMES * calls(read, short)
    assert work < MOST_CALLS
    assert processor_s(long) < MOST_TIMES * max(processor_s(short), SHORTEST_S)


def test_squares_would_be_seen() -> None:
    """The measure tells a reader that compares each with each from one that does not."""

    def each_with_each(line: str) -> int:
        return sum(abs(one == other) for one in line for other in line)

    assert calls(each_with_each, "a" * 400) > MOST_TIMES * calls(each_with_each, "a" * 100)
