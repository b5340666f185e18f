"""What was understood of what is looked for, in words: ``status adrift · 0200Z to 0400Z``."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.chart.wording import (
    boat_type_text,
    craft_text,
    kind_text,
    source_text,
    status_text,
)
from channelplot.geodesy.text import day_zulu_text, zulu_text
from channelplot.model.codes import BoatType, Craft, ReportKind, SourceKind, TrackStatus
from channelplot.tools.find_words import KEYS, Key, Part
from channelplot.tools.query import (
    Caller,
    Coded,
    Condition,
    Count,
    Grade,
    NoBoat,
    NotRead,
    OfBoat,
    Open,
    Period,
    Query,
    Sign,
    Unread,
    Words,
)
from channelplot.ui.words.line_messages import quoted

translate: Final = QCoreApplication.translate
SEPARATOR: Final = "  ·  "
MOST_NAMES: Final = 4
"""Of codes and boats, so many are named."""
EXAMPLES: Final = "adrift   phone   0200-0400   >40 people   children   open   unattributed"

_KEYS: Final[Mapping[Key, object]] = {
    Key.STATUS: QT_TRANSLATE_NOOP("Find", "status {value}"),
    Key.SOURCE: QT_TRANSLATE_NOOP("Find", "source {value}"),
    Key.KIND: QT_TRANSLATE_NOOP("Find", "kind {value}"),
    Key.CRAFT: QT_TRANSLATE_NOOP("Find", "craft {value}"),
    Key.TYPE: QT_TRANSLATE_NOOP("Find", "type {value}"),
}
_SIGNS: Final[Mapping[Sign, object]] = {
    Sign.MORE: QT_TRANSLATE_NOOP("Find", "more than {number}"),
    Sign.AT_LEAST: QT_TRANSLATE_NOOP("Find", "at least {number}"),
    Sign.LESS: QT_TRANSLATE_NOOP("Find", "fewer than {number}"),
    Sign.AT_MOST: QT_TRANSLATE_NOOP("Find", "at most {number}"),
    Sign.EXACTLY: QT_TRANSLATE_NOOP("Find", "{number}"),
}
_PARTS: Final[Mapping[Part, object]] = {
    Part.TOTAL: QT_TRANSLATE_NOOP("Find", "{number} people"),
    Part.MEN: QT_TRANSLATE_NOOP("Find", "{number} men"),
    Part.WOMEN: QT_TRANSLATE_NOOP("Find", "{number} women"),
    Part.CHILDREN: QT_TRANSLATE_NOOP("Find", "{number} children"),
    Part.MEDICAL: QT_TRANSLATE_NOOP("Find", "{number} medical cases"),
    Part.DECEASED: QT_TRANSLATE_NOOP("Find", "{number} deceased"),
    Part.MISSING: QT_TRANSLATE_NOOP("Find", "{number} missing"),
}
_PROBLEMS: Final[Mapping[NotRead, object]] = {
    NotRead.NO_SUCH_KEY: QT_TRANSLATE_NOOP(
        "Find", "{key} is no condition, so {value} is looked for as words"
    ),
    NotRead.NO_SUCH_VALUE: QT_TRANSLATE_NOOP("Find", "there is no {key} {value}"),
    NotRead.NO_VALUE: QT_TRANSLATE_NOOP("Find", "{key}: which?"),
    NotRead.NO_TIME: QT_TRANSLATE_NOOP("Find", "{value} is no time and no number of people"),
    NotRead.NO_NUMBER: QT_TRANSLATE_NOOP("Find", "{value} is no number"),
}


def understood_text(query: Query, now_utc: datetime) -> str:
    """Return the conditions that were understood, in the order they were typed."""
    return SEPARATOR.join(
        condition_text(condition, now_utc.date())
        for condition in query.conditions
        if not isinstance(condition, Unread)
    )


def faults_text(query: Query) -> str:
    """Return what was not understood, and why; nothing if everything was."""
    return SEPARATOR.join(map(unread_text, query.faults))


def condition_text(condition: Condition, today: date) -> str:
    """Return one condition in words. today: in UTC; times of other days are given with theirs."""
    if isinstance(condition, Words):
        return quoted(condition.typed)
    if isinstance(condition, OfBoat):
        return translate("Find", "boat {names}").format(names=_some(condition.names))
    if isinstance(condition, Coded):
        return _worded(_KEYS[condition.key]).format(value=_codes_text(condition))
    if isinstance(condition, Count):
        number = _worded(_SIGNS[condition.sign]).format(number=condition.number)
        return _worded(_PARTS[condition.part]).format(number=number)
    if isinstance(condition, Period):
        return _period_text(condition, today)
    if isinstance(condition, Grade):
        return translate("Find", "grade {grade}").format(grade=condition.typed)
    if isinstance(condition, Caller):
        return translate("Find", "caller {caller}").format(caller=condition.typed)
    if isinstance(condition, Open):
        return translate("Find", "open") if condition.is_open else translate("Find", "closed")
    if isinstance(condition, NoBoat):
        return translate("Find", "unattributed")
    return unread_text(condition)


def unread_text(unread: Unread) -> str:
    """Return why a piece was not understood."""
    is_key_alone = unread.problem is NotRead.NO_SUCH_KEY
    key = quoted(f"{unread.key}:") if is_key_alone else unread.key
    text = _worded(_PROBLEMS[unread.problem]).format(key=key, value=quoted(unread.typed))
    values = _values(unread.key) if unread.problem is NotRead.NO_VALUE else ""
    return f"{text} {values}".strip()


def _values(key: str) -> str:
    """Return what may stand behind a key, where that is one of a few codes."""
    known = KEYS.get(key.casefold())
    texts = {
        Key.STATUS: [status_text(code) for code in TrackStatus],
        Key.SOURCE: [source_text(code) for code in SourceKind],
        Key.KIND: [kind_text(code) for code in ReportKind],
        Key.CRAFT: [craft_text(code) for code in Craft],
        Key.TYPE: [boat_type_text(code) for code in BoatType],
    }
    return ", ".join(texts[known]) if known in texts else ""


def _codes_text(coded: Coded) -> str:
    """Return the codes that are looked for; what was typed where a source is known by name only."""
    texts: list[str] = []
    for code in coded.codes:
        if isinstance(code, TrackStatus):
            texts.append(status_text(code))
        elif isinstance(code, SourceKind):
            texts.append(source_text(code))
        elif isinstance(code, ReportKind):
            texts.append(kind_text(code))
        elif isinstance(code, Craft):
            texts.append(craft_text(code))
        elif isinstance(code, BoatType):
            texts.append(boat_type_text(code))
    return _some(sorted(texts)) if texts else quoted(coded.typed)


def _period_text(period: Period, today: date) -> str:
    first, last = period.from_utc, period.last_utc
    days = {moment.date() for moment in (first, last) if moment is not None}
    write = zulu_text if days <= {today} else day_zulu_text
    if first is None and last is not None:
        return translate("Find", "up to {time}").format(time=write(last))
    if first is not None and last is None:
        return translate("Find", "from {time} on").format(time=write(first))
    if first is None or last is None:
        return ""
    if first == last:
        return write(first)
    return translate("Find", "{first} to {last}").format(first=write(first), last=write(last))


def _some(names: "list[str] | tuple[str, ...]") -> str:
    shown = ", ".join(names[:MOST_NAMES])
    if len(names) <= MOST_NAMES:
        return shown
    return translate("Find", "{names} and {number} more").format(
        names=shown, number=len(names) - MOST_NAMES
    )


def _worded(marked: object) -> str:
    """Return the translation of a text marked above (Qt types the mark as an object)."""
    return translate("Find", str(marked))
