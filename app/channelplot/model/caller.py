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


def _masked_number(number: str) -> str:
    figures = re.sub(r"[^0-9]", "", number)
    return f"\N{HORIZONTAL ELLIPSIS}{figures[-_SHOWN_FIGURES:]}"
