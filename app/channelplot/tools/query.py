"""What is looked for in a plot: conditions on boats and reports that must all hold.

Read from what is typed by ``tools/find.py``; what fulfils them is found by ``tools/finder.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from channelplot.tools.find_words import Key, Part

_MINUTE: Final = timedelta(minutes=1)


class Sign(StrEnum):
    """How a number is compared."""

    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="
    EXACTLY = "="


@dataclass(frozen=True, slots=True)
class Words:
    """Words that some text must hold, side by side. typed: as it was; words: folded, not empty."""

    typed: str
    words: str


@dataclass(frozen=True, slots=True)
class OfBoat:
    """A boat of a name. names: those found for what was typed; uids: their tracks."""

    typed: str
    names: tuple[str, ...]
    uids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Coded:
    """One of some codes. typed: the value; words: the same folded, for names of sources."""

    key: Key
    typed: str
    words: str
    codes: frozenset[StrEnum]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people that a report tells."""

    part: Part
    sign: Sign
    number: int


@dataclass(frozen=True, slots=True)
class Period:
    """When it was seen: from a moment on, up to but not including another; None: no limit."""

    from_utc: datetime | None = None
    until_utc: datetime | None = None

    @property
    def last_utc(self) -> datetime | None:
        """Return the last minute of the period, as it was typed."""
        return None if self.until_utc is None else self.until_utc - _MINUTE


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade, or the beginning of one."""

    typed: str


@dataclass(frozen=True, slots=True)
class Caller:
    """A telephone number or call sign, or a part of one. figures: as they are compared."""

    typed: str
    figures: str


@dataclass(frozen=True, slots=True)
class Open:
    """Boats that are open, and what no boat claims; or those that are closed."""

    is_open: bool


@dataclass(frozen=True, slots=True)
class NoBoat:
    """Reports that no boat claims."""


class NotRead(StrEnum):
    """Why a piece is no condition."""

    NO_SUCH_KEY = "no_such_key"
    NO_SUCH_VALUE = "no_such_value"
    NO_VALUE = "no_value"
    NO_TIME = "no_time"
    NO_NUMBER = "no_number"


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece that was not understood: nothing passes it. key: what stands before a colon.

    But for two: with an unknown key the words behind it are looked for, and a key without a value
    is still being typed.
    """

    problem: NotRead
    typed: str
    key: str = ""


Condition = Words | OfBoat | Coded | Count | Period | Grade | Caller | Open | NoBoat | Unread


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions in the order they were typed; all must hold."""

    conditions: tuple[Condition, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is looked for."""
        return not self.conditions

    @property
    def faults(self) -> tuple[Unread, ...]:
        """Return the pieces that were not understood."""
        return tuple(each for each in self.conditions if isinstance(each, Unread))


@dataclass(frozen=True)
class FindContext:
    """What is typed is read against this.

    reference_utc: times of day are the latest before it. boats: names, folded, of all tracks, and
    the uids of those that each means: a merged one's means the one it was merged into, too.
    """

    reference_utc: datetime
    boats: Mapping[str, frozenset[str]] = field(default_factory=dict)
