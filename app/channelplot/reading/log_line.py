"""Lines of the watch log: ``log relief at 0600``, ``log >A CUTTER-1 has 47 on board``.

Nothing in them is read, so nothing in them is refused or asked.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from channelplot.reading.candidate import Scan
from channelplot.reading.gazetteer import Words
from channelplot.reading.names import NamedTrack
from channelplot.reading.plain import plain, says_something
from channelplot.reading.target import NO_TRACK, target_of, track_at
from channelplot.reading.values import (
    Claim,
    Fault,
    FaultCode,
    Field,
    LineReading,
    Span,
    Target,
    TargetKind,
    TimeForm,
    TimeReading,
)

_LOG: Final = re.compile(r"\s*(?P<log>LOG|JOURNAL)(?=[\s:,>]|$)[\s:,]*")
_ABOUT: Final = re.compile(r"[-=]*>\s*")


def read_log(
    text: str, tracks: Mapping[Words, NamedTrack], now_utc: datetime
) -> LineReading | None:
    """Return the reading of a line of the watch log, None for any other line.

    tracks: by the words of their names. A line that says nothing is at fault, and so is one
    about a track that is not there. A boat called LOG is reached by ``>LOG`` alone.
    """
    line = plain(text)
    head = _LOG.match(line.text)
    if head is None:
        return None
    at, target, faults = head.end(), Target(TargetKind.NONE), []
    claims = [Claim(Field.LINE, Span(*head.span("log")))]
    about = _ABOUT.match(line.text, at)
    if about is not None:
        known = track_at(Scan(line), about.end(), tracks)
        said = "".join(line.text[about.end() :].split(maxsplit=1)[:1]).rstrip(",:;")
        end = known[1] if known is not None else about.end() + len(said)
        span = Span(about.start(), end)
        if known is not None:
            target = target_of(known[0], span)
        elif said not in NO_TRACK:
            name = line.piece(Span(about.end(), end)) or line.piece(span)
            faults.append(Fault(FaultCode.NO_SUCH_TRACK, Field.TRACK, span, name))
        claims.append(Claim(Field.TRACK, span))
        at = end
    words = " ".join(text[at:].lstrip(" ,:;").split())
    if not faults and not says_something(words):
        span = Span(*head.span("log"))
        faults.append(Fault(FaultCode.LOG_EMPTY, Field.LINE, span, line.piece(span)))
    return LineReading(
        text=text,
        position=None,
        time=TimeReading(now_utc, TimeForm.UNSAID, "Z", Span(0, 0)),
        target=target,
        log=words,
        claims=tuple(claims),
        faults=tuple(faults),
    )
