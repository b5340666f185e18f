"""Times as arguments: what they mean, and what they are nearest to."""

from datetime import datetime, timedelta
from typing import Final

from channelplot.cli.wrong_use import WrongUse
from channelplot.reading.values import Fault, Question
from channelplot.tools.asked_time import asked_time
from channelplot.ui.words.line_messages import fault_text

_HALF_A_DAY: Final = timedelta(hours=12)


def reference_utc(now_utc: datetime, last_utc: datetime | None) -> datetime:
    """Return the time that answers are for by default, and that times of day are nearest to.

    The clock's; of a plot whose last report is over half a day old, the time of that report: a
    night is looked at again days later. last_utc: of the last report, None without any.
    """
    is_old = last_utc is not None and abs(now_utc - last_utc) > _HALF_A_DAY
    return last_utc if is_old and last_utc is not None else now_utc


def moment_of(option: str, text: str, reference: datetime) -> datetime:
    """Return the time that an option's text tells: one of day is the nearest to a reference.

    Raises WrongUse.
    """
    found = asked_time(text, reference)
    if found is None:
        msg = f"{option}: a time is needed, such as 0300Z or 2026-09-15T03:00Z"
        raise WrongUse(msg)
    if isinstance(found, Question):
        msg = f"{option}: the clocks go back, and {text.strip()} happens twice; give it in Z"
        raise WrongUse(msg)
    if isinstance(found, Fault):
        msg = f"{option}: {fault_text(found)}"
        raise WrongUse(msg)
    return found
