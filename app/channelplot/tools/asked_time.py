"""A time that answers are asked for: past or ahead, whichever is nearer to the clock."""

import re
from datetime import datetime, timedelta
from typing import Final

from channelplot.geodesy.text import day_zulu_text, zulu_text
from channelplot.reading.fields import read_time
from channelplot.reading.values import Field, Question, QuestionCode, TimeForm
from channelplot.tools.field_reading import Problem

_HALF_A_DAY: Final = timedelta(hours=12)
_PLAIN_TIME: Final = timedelta(hours=11)
"""A time of day less than this from now is read as the one that was meant."""
_FROM_THE_CLOCK: Final = frozenset({TimeForm.AGO, TimeForm.NOW})
_IN_MINUTES: Final = re.compile(r"([+-])\s*([0-9]{1,4})(?:\s*(?:min|m))?", re.IGNORECASE)


def asked_time(text: str, now_utc: datetime) -> datetime | Problem | None:
    """Return the time a text asks for, None where it is empty, or why it can't be read.

    Reports are of the past, and a bare ``0500`` in them is the last one; an answer may be asked
    for ahead: here it is the nearest, within twelve hours of the clock. ``+30`` and ``-12`` are
    minutes from now.
    """
    typed = text.strip()
    if not typed:
        return None
    match = _IN_MINUTES.fullmatch(typed)
    if match is not None:
        return now_utc + timedelta(minutes=int(match[2]) * (1 if match[1] == "+" else -1))
    found = read_time(typed, now_utc)
    if not (found.choices and found.choices[0].form in _FROM_THE_CLOCK):
        found = read_time(typed, now_utc + _HALF_A_DAY)
    if found.fault is not None:
        return found.fault
    if found.question is QuestionCode.TIME_AHEAD:
        return min((one.at_utc for one in found.choices), key=lambda at: abs(at - now_utc))
    if found.question is not None:
        return Question(found.question, Field.TIME, found.span, found.choices)
    return found.choices[0].at_utc


def written_time(moment_utc: datetime, now_utc: datetime) -> str:
    """Return a time as it is put into a field, so that ``asked_time`` reads it as the same.

    To the minute; without its day where no other can be meant.
    """
    is_plain = abs(moment_utc - now_utc) < _PLAIN_TIME
    return zulu_text(moment_utc) if is_plain else day_zulu_text(moment_utc)
