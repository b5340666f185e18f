"""Telephone numbers and call signs of those who call: tidied, compared, masked."""

import re
from typing import Final

_SAME_AS: Final = "report:"
_NUMBER: Final = re.compile(r"\+?[0-9](?:[ ./()-]{0,2}[0-9]){6,14}")
"""Seven to fifteen figures (ITU-T E.164 allows fifteen), spoken in groups."""
_TRUNK: Final = "(0)"
"""Said behind a country for those who call from within it; no part of the number then."""
_BETWEEN: Final = r"[^0-9A-Za-z]{0,3}(?:0\)[^0-9A-Za-z]{0,2})?"
"""What may stand between two figures of a number in words, more than is read as one number."""
_SHOWN_FIGURES: Final = 2
"""How many of a number's last figures stay when it is masked."""
_COUNTRIES: Final = ("+33", "+44")
"""Of numbers that were said without one: those on the two shores."""
_LONGEST_COUNTRY: Final = 3
_LEAST_MASKED: Final = 9
"""In words, so many figures are a telephone number unless they are clearly something else."""
_RUN: Final = re.compile(
    r"\N{HORIZONTAL ELLIPSIS}[0-9]{2}|\+?[0-9](?:(?:[\s./()_\u2010-\u2015\u00b7-]{0,3}|,)[0-9])*"
)
"""Figures in groups, or what is masked already."""
_CLOCK: Final = r"(?:(?:[01][0-9]|2[0-3])[0-5][0-9]\s+)?"
_MINUTES: Final = r"\s+[0-5]?[0-9](?:\.[0-9]{1,4})?"
_SECONDS: Final = r"\s+[0-5]?[0-9]\s+[0-5]?[0-9](?:\.[0-9]{1,2})?"
_LAT: Final = r"(?:49|5[0-2])"
_LON: Final = r"(?:00)?[0-3]"
_CLEARLY_OTHER: Final = re.compile(
    rf"{_CLOCK}{_LAT}(?:{_SECONDS}\s+{_LON}{_SECONDS}|{_MINUTES}\s+{_LON}{_MINUTES})"
    rf"|{_CLOCK}{_LAT}\.[0-9]{{2,7}}(?:\s+|,)-?{_LON}\.[0-9]{{2,7}}"
    r"|20[0-9]{2}-[0-9]{2}-[0-9]{2}(?:\s+[0-2][0-9][0-5][0-9])?"
    r"|[0-3][0-9]([./])[01][0-9]\1[0-9]{4}(?:\s+[0-2][0-9][0-5][0-9])?"
)
"""A position in degrees on these shores, or a date, with or without a time."""
_ANGLE_LAST: Final = re.compile(
    rf"(?<![0-9])(?:0?[0-9]{{2}}|00?[0-9]|[0-9])(?:{_SECONDS}|{_MINUTES}|[0-5][0-9](?:\.[0-9]{{1,4}})?)$"
)
_HEMISPHERE: Final = re.compile(
    r"\s*(?:[NSEWO](?![A-Za-z])|NORTH|SOUTH|EAST|WEST|NORD|SUD|OUEST)", re.I
)
_GRID_BEFORE: Final = re.compile(r"(?<![0-9A-Z])[0-9]{1,2}\s?[C-X]\s?(?:[A-Z]{2})?\s*$")
"""The zone and square of a grid, behind which come metres."""


def tidy_caller(text: str) -> str:
    """Return a telephone number without blanks and signs, ``00`` as ``+``; else the call sign.

    ``0033 6 12 34 56 78`` and ``+33 (0)6 12.34.56.78`` are one caller. A number without a
    country stays as it was said: nobody can say which country's it is. A call sign is in upper
    case, its blanks single.
    """
    stripped = " ".join(text.split())
    if _NUMBER.fullmatch(stripped) is None:
        return stripped.upper()
    is_abroad = stripped.startswith(("+", "00"))
    figures = re.sub(r"[^0-9]", "", stripped.replace(_TRUNK, "") if is_abroad else stripped)
    if stripped.startswith("+"):
        return f"+{figures}"
    return f"+{figures[2:]}" if figures.startswith("00") else figures


def same_as_report(report_uid: str) -> str:
    """Return the caller that stands for "the same telephone as that report's"."""
    return f"{_SAME_AS}{report_uid}"


def report_meant(caller: str) -> str | None:
    """Return the uid of the report whose telephone is meant, None if the caller is named."""
    return caller.removeprefix(_SAME_AS) if caller.startswith(_SAME_AS) else None


def is_telephone(caller: str) -> bool:
    """Return whether a tidied caller is a telephone, by its number or as that of a report."""
    return report_meant(caller) is not None or _NUMBER.fullmatch(caller) is not None


def masked(caller: str) -> str:
    """Return a caller for what is released: a number's last two figures, nothing else.

    A call sign is not masked: it is on the air.
    """
    if report_meant(caller) is not None:
        return ""
    return _masked_number(caller) if _NUMBER.fullmatch(caller) else caller


def with_masked_number(words: str, caller: str) -> str:
    """Return words in which a caller's number is masked, in whatever groups it was written."""
    if _NUMBER.fullmatch(caller) is None:
        return words
    figures = _BETWEEN.join(caller.removeprefix("+"))
    prefix = rf"(?:\+|0{_BETWEEN}0){_BETWEEN}" if caller.startswith("+") else ""
    return re.sub(prefix + figures, masked(caller), words)


def with_masked_numbers(words: str) -> str:
    """Return words in which everything that may be a telephone number is masked.

    That is nine figures or more in a run, however grouped, unless they are clearly a position or
    a date: degrees with their hemisphere or on these shores, a grid reference. In doubt masked,
    with the figures around it.
    """

    def mask(run: re.Match[str]) -> str:
        figures = run[0]
        if not _is_long(figures) or figures.startswith("\N{HORIZONTAL ELLIPSIS}"):
            return figures
        if _CLEARLY_OTHER.fullmatch(figures) or _GRID_BEFORE.search(words[: run.start()]):
            return figures
        angle = _ANGLE_LAST.search(figures) if _HEMISPHERE.match(words, run.end()) else None
        if angle is not None:
            before = figures[: angle.start()]
            if not before or re.fullmatch(_CLOCK, before):
                return figures
            if _is_long(before):
                blanks = before[len(before.rstrip()) :]
                return f"{_masked_number(before)}{blanks}{angle[0]}"
        return _masked_number(figures)

    return _RUN.sub(mask, words)


def ways_of(caller: str) -> tuple[str, ...]:
    """Return a tidied caller, and how else the number may be written: with a country or without.

    ``0612345678`` may be ``+33612345678`` or ``+44612345678``. Of a country that is not on these
    shores nobody knows here how many figures it has: all its numbers may be meant.
    """
    if _NUMBER.fullmatch(caller) is None:
        return (caller,)
    if caller.startswith(_COUNTRIES):
        return (caller, f"0{caller[len(_COUNTRIES[0]) :]}")
    if caller.startswith("+"):
        lengths = range(1, _LONGEST_COUNTRY + 1)
        return (caller, *(f"0{caller[1 + length :]}" for length in lengths))
    if caller.startswith("0"):
        return (caller, *(f"{country}{caller[1:]}" for country in _COUNTRIES))
    return (caller,)


def may_be_same(caller: str, other: str) -> bool:
    """Return whether two tidied callers may be one telephone, with its country and without."""
    return other in ways_of(caller) or caller in ways_of(other)


def _is_long(figures: str) -> bool:
    return sum(character.isdigit() for character in figures) >= _LEAST_MASKED


def _masked_number(number: str) -> str:
    figures = re.sub(r"[^0-9]", "", number)
    return f"\N{HORIZONTAL ELLIPSIS}{figures[-_SHOWN_FIGURES:]}"
