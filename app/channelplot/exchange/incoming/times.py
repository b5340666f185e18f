"""Times as other programs' files write them, in UTC to the millisecond; never guessed.

A time that says its zone is by it; one that does not is by the zone somebody has stated. Dates
such as 03/04/2026 are read as somebody has stated, or as the file's other dates show
(``shown_order``). A year of two figures is of this century and stands last: 26/09/15 may begin with
one, and is then refused.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Final

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.found_lines import piece
from channelplot.exchange.incoming.found import DateOrder, ReadOptions, Zone
from channelplot.geodesy.text import FR_ZONE, UK_ZONE
from channelplot.reading.plain import plain
from channelplot.reading.times import MONTH_NUMBERS, MOST_AHEAD, ZONES, moments_shown

_MOST_REMEMBERED: Final = 4096
_LONGEST: Final = 60
_EPOCH_UTC: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LEAST_EPOCH_MS: Final = 100_000_000_000
"""In 1973: a smaller number in a column of milliseconds is one of seconds."""
_MOST_OFFSET_HOURS: Final = 14
_FIXED: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(Z?)", re.ASCII
)
"""What most files have; the standard library reads it as it is."""
_DATE: Final = (
    r"(?:(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})"
    r"|(?P<year2>[0-9]{4})(?P<month2>[0-9]{2})(?P<day2>[0-9]{2})"
    r"|(?P<one>[0-9]{1,2})(?P<sep2>[-/.])(?P<other>[0-9]{1,2})(?P=sep2)(?P<year3>(?:[0-9]{2})?[0-9]{2})"
    r"|(?P<day4>[0-9]{1,2})[ -]?(?P<name4>[A-Z]{3,9})\.?[ ,-]*(?P<year4>[0-9]{4}))"
)
_CLOCK: Final = (
    r"(?:(?P<hour>[0-9]{1,2})(?::|\s?H\s?)(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"|(?P<hour2>[0-9]{2})(?P<minute2>[0-9]{2})(?P<second2>[0-9]{2})?)"
    r"(?:(?<=[0-9:][0-9]{2})[.,](?P<part>[0-9]{1,12}))?(?:\s*(?P<half>[AP])\.?M\.?)?"
)
_ZONE: Final = (
    r"(?:\s*(?P<zone>Z|ZULU|UTC|GMT|UT|TU|BST|CET|CEST|UK|FR)"
    r"|\s*(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{2})?)?"
)
_WRITTEN: Final = re.compile(rf"{_DATE}(?:T|,?\s+){_CLOCK}{_ZONE}", re.ASCII)
_GROUP: Final = re.compile(
    r"(?P<day>[0-9]{2})(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})\s*(?P<zone>Z|UTC|UK|FR|A|B)"
    r"\s*(?P<name>[A-Z]{3,9})\s*(?P<year>(?:[0-9]{2})?[0-9]{2})",
    re.ASCII,
)
"""A date-time group with its month and year."""
_EITHER: Final = re.compile(
    r"\s*([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{2}(?:[0-9]{2})?)(?![0-9])", re.ASCII
)
_LIKE_TIME: Final = re.compile(
    r"[0-9]{1,2}:[0-9]{2}|[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{2,4}|[0-9]{4}\s*[A-Z]\s*[A-Z]{3}"
    r"|(?<![0-9A-Za-z.,])[0-9]{1,2}\s?[Hh]\s?[0-9]{2}(?![0-9A-Za-z])"
    r"|[0-9]{1,2}[ -]?[A-Za-z]{3,9}[ -]?[0-9]{4}"
    r"|(?<![0-9.])(?:[0-9]{9,14}|[34][0-9]{4}\.[0-9]+)(?![0-9])",
    re.ASCII,
)
"""The last: a number of seconds or milliseconds, a spreadsheet's of days."""
_SECONDS: Final = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,9}))?", re.ASCII)
_MILLISECONDS: Final = re.compile(r"([0-9]{1,15})(?:[.,][0-9]{1,9})?", re.ASCII)
_TWELVE: Final = 12
_MOST_DAYS: Final = 31
_CENTURY: Final = 2000
"""Of years of two figures."""
_SHORT_YEAR: Final = 2


class TimeRefused(Exception):
    """A text is no time, or not one that can be told. piece: it, as it is said back."""

    def __init__(self, fault: ImportFault, text: str) -> None:
        """Keep the fault's code and a piece of the text."""
        self.fault = fault
        self.piece = piece(text)
        super().__init__(f"{fault}: {self.piece}")


class FileTimes:
    """Reads the times of one file.

    Each method raises TimeRefused for what is no time that can be told: the others of the file
    may come in. Fractions of a millisecond are cut off. Texts that were read are remembered: many
    rows of a file tell of one moment.
    """

    def __init__(self, options: ReadOptions, path: Path) -> None:
        """Take what was said of the file. path: said in refusals."""
        self._path = path
        self._zone = options.zone
        self._latest_utc = options.now_utc + MOST_AHEAD
        self._order = options.date_order
        self._read: dict[str, datetime] = {}

    def read(self, text: str, line: int) -> datetime:
        """Return the time that a text with date and time of day tells.

        line: said in refusals. Raises TimeRefused; ImportFileError with ZONE_NOT_SAID or
        DAY_OR_MONTH_FIRST where the file does not say, and nobody has.
        """
        moment = self._read.get(text)
        if moment is None:
            moment = self._not_ahead(self._moment(text, line), text)
            if len(self._read) >= _MOST_REMEMBERED:
                self._read.clear()
            self._read[text] = moment
        return moment

    def read_epoch_s(self, text: str) -> datetime:
        """Return the time of a number of seconds since 1970. Raises TimeRefused."""
        match = _SECONDS.fullmatch(text.strip())
        if match is None:
            raise _no_time(text)
        return self._since_epoch(int(match[1] + f"{match[2] or '':0<3}"[:3]), text)

    def read_epoch_ms(self, text: str) -> datetime:
        """Return the time of a number of milliseconds since 1970. Raises TimeRefused."""
        match = _MILLISECONDS.fullmatch(text.strip())
        if match is None or int(match[1]) < _LEAST_EPOCH_MS:
            raise _no_time(text)
        return self._since_epoch(int(match[1]), text)

    def _since_epoch(self, since_ms: int, text: str) -> datetime:
        try:
            moment = _EPOCH_UTC + timedelta(milliseconds=since_ms)
        except OverflowError:
            raise _no_time(text) from None
        return self._not_ahead(moment, text)

    def _not_ahead(self, moment_utc: datetime, text: str) -> datetime:
        if moment_utc > self._latest_utc:
            raise TimeRefused(ImportFault.TIME_AHEAD, text)
        return moment_utc

    def _moment(self, text: str, line: int) -> datetime:
        fixed = _FIXED.fullmatch(text)
        if fixed is None:
            return self._written(text, line)
        try:
            moment = datetime.fromisoformat(text if fixed[1] else f"{text}Z")
        except ValueError:
            raise _no_time(text) from None
        if moment.microsecond % 1000:
            moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
        if fixed[1] or self._zone is Zone.UTC:
            return moment
        return self._by_zone(moment.date(), _parts(moment), text, line)

    def _written(self, text: str, line: int) -> datetime:
        """Return the time of a text in any of the other forms."""
        stripped = text.strip()
        if not stripped:
            raise TimeRefused(ImportFault.TIME_MISSING, "")
        capitals = plain(stripped).text if len(stripped) <= _LONGEST else ""
        match = _WRITTEN.fullmatch(capitals)
        if match is None:
            return self._group(text, capitals)
        day = self._day(match, text, line)
        time = _time_of_day(match, text)
        if match["zone"]:
            return _moment_in(ZONES[match["zone"]][1], day, time, text)
        if match["sign"]:
            return _moment_in(_offset(match, text), day, time, text)
        return self._by_zone(day, time, text, line)

    @staticmethod
    def _group(text: str, capitals: str) -> datetime:
        match = _GROUP.fullmatch(capitals)
        month = MONTH_NUMBERS.get(match["name"]) if match else None
        if match is None or month is None or len(match["year"]) not in (2, 4):
            raise _no_time(text)
        year = _year(match["year"])
        day = _date(year, month, int(match["day"]), text)
        time = int(match["hour"]), int(match["minute"]), 0, 0
        return _moment_in(ZONES[match["zone"]][1], day, time, text)

    def _day(self, match: re.Match[str], text: str, line: int) -> date:
        if match["one"]:
            return self._day_in_order(match, text, line)
        if match["name4"]:
            month = MONTH_NUMBERS.get(match["name4"], 0)
            return _date(int(match["year4"]), month, int(match["day4"]), text)
        of = "" if match["year"] else "2"
        year, month, day = (int(match[name + of]) for name in ("year", "month", "day"))
        return _date(year, month, day, text)

    def _day_in_order(self, match: re.Match[str], text: str, line: int) -> date:
        """Return the day of a date that has the day or the month first.

        With a year of two figures, nothing but what somebody has stated, or all dates show, tells
        that it does not begin with the year.
        """
        one, other, year = int(match["one"]), int(match["other"]), match["year3"]
        is_short = len(year) == _SHORT_YEAR
        is_month_first = self._order is DateOrder.MONTH_FIRST
        is_open = self._order is None and (one != other or is_short)
        if is_open or (is_short and is_month_first and one > _TWELVE):
            fault = ImportFault.DAY_OR_MONTH_FIRST
            raise ImportFileError(fault, self._path, piece(text), line)
        day, month = (other, one) if is_month_first else (one, other)
        told = _date(_year(year), month, day, text)
        if is_short and told < self._with_year_first(one, other, int(year)):
            raise _no_time(text)
        return told

    def _with_year_first(self, year: int, month: int, day: int) -> date:
        """Return the day that figures are with the year first, the first of all for none so far."""
        try:
            told = date(_CENTURY + year, month, day)
        except ValueError:
            return date.min
        return told if told <= self._latest_utc.date() else date.min

    def _by_zone(
        self, day: date, time: tuple[int, int, int, int], text: str, line: int
    ) -> datetime:
        """Return the moment of a time that does not say its zone."""
        if self._zone is None:
            raise ImportFileError(ImportFault.ZONE_NOT_SAID, self._path, piece(text), line)
        zones: dict[Zone, tzinfo] = {Zone.UTC: UTC, Zone.UK: UK_ZONE, Zone.FR: FR_ZONE}
        return _moment_in(zones[self._zone], day, time, text)


def shown_order(texts: Iterable[str], now_utc: datetime | None = None) -> DateOrder | None:
    """Return what the dates in texts show of their order: a day above 12 is no month.

    None where none shows it, or some show the one and some the other. now_utc: where years have two
    figures, a day may be the year of a date that begins with it, unless that is still to come.
    """
    latest_year = _CENTURY + 99 if now_utc is None else now_utc.year
    shown: set[DateOrder] = set()
    known: set[str] = set()
    for text in texts:
        start = text.lstrip()[:10]
        if start in known:
            continue
        known.add(start)
        match = _EITHER.match(text)
        if match is None:
            continue
        one, other, year = int(match[1]), int(match[3]), match[4]
        is_short = len(year) == _SHORT_YEAR
        if is_short and (min(one, other) > _TWELVE or max(one, other) > _MOST_DAYS):
            continue
        may_be_year = is_short and _CENTURY + one <= latest_year
        if one > _TWELVE and not may_be_year:
            shown.add(DateOrder.DAY_FIRST)
        if other > _TWELVE:
            shown.add(DateOrder.MONTH_FIRST)
    return shown.pop() if len(shown) == 1 else None


def looks_like_time(text: str) -> bool:
    """Return whether a text may be a date, a time of day or both, whatever its form."""
    return _LIKE_TIME.search(text) is not None


def is_order_open(text: str) -> bool:
    """Return whether a text begins with a date that has the day or the month first."""
    return _EITHER.match(text) is not None


def _time_of_day(match: re.Match[str], text: str) -> tuple[int, int, int, int]:
    """Return hour, minute, second and microsecond, whole milliseconds."""
    of = "" if match["hour"] else "2"
    hour, minute = int(match["hour" + of]), int(match["minute" + of])
    second = int(match["second" + of] or 0)
    if match["part"] and not match["second" + of]:
        raise _no_time(text)
    if match["half"]:
        if not 1 <= hour <= _TWELVE:
            raise _no_time(text)
        hour = hour % _TWELVE + (_TWELVE if match["half"] == "P" else 0)
    return hour, minute, second, int(f"{match['part'] or '':0<3}"[:3]) * 1000


def _parts(moment: datetime) -> tuple[int, int, int, int]:
    return moment.hour, moment.minute, moment.second, moment.microsecond


def _offset(match: re.Match[str], text: str) -> tzinfo:
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    if hours > _MOST_OFFSET_HOURS or minutes > 59:
        raise _no_time(text)
    east = timedelta(hours=hours, minutes=minutes)
    return timezone(east if match["sign"] == "+" else -east)


def _year(text: str) -> int:
    """Return a year of four figures, or one of two of this century."""
    return int(text) + (_CENTURY if len(text) == _SHORT_YEAR else 0)


def _date(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_time(text) from None


def _moment_in(zone: tzinfo, day: date, time: tuple[int, int, int, int], text: str) -> datetime:
    """Return the one moment at which clocks of a zone show a time on a day."""
    try:
        moments = moments_shown(day, time, zone)
    except (ValueError, OverflowError):
        raise _no_time(text) from None
    if len(moments) != 1:
        fault = ImportFault.TIME_TWICE if moments else ImportFault.TIME_NEVER
        raise TimeRefused(fault, text)
    return moments[0]


def _no_time(text: str) -> TimeRefused:
    is_missing = not text.strip()
    fault = ImportFault.TIME_MISSING if is_missing else ImportFault.TIME_NOT_READ
    return TimeRefused(fault, text)
