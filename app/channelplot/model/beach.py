"""Launch beaches and named marks."""

import re
from dataclasses import dataclass
from typing import Final

from channelplot.geodesy.position import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Beach:
    """A launch place. error_m: how far the position may be off, None when not known."""

    uid: str
    name: str
    position: Position
    commune: str = ""
    department: str = ""
    country: str = ""
    source: str = ""
    error_m: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A named mark of the desk: a light, a headland, an entrance; approximate.

    code: what the desk calls it for short; kind: a MarkKind, or another program's word;
    error_m: how far the position may be off, None when not known.
    """

    uid: str
    code: str
    name: str
    kind: str
    position: Position
    error_m: float | None = None
    source: str = ""


MARK_CODE_LONGEST: Final = 8
_MARK_CODE: Final = re.compile(rf"[A-Z][A-Z0-9-]{{0,{MARK_CODE_LONGEST - 1}}}")


def tidy_code(text: str) -> str:
    """Return a mark's code as the plot keeps it: without blanks around it, in upper case.

    A text with other letters than A to Z, which can be no code, keeps its case: Python makes
    plain ones of ``ß``.
    """
    stripped = text.strip()
    return stripped.upper() if stripped.isascii() else stripped


def is_mark_code(code: str) -> bool:
    """Return whether a tidy code can be one: letters A to Z, digits, hyphens, a letter first."""
    return _MARK_CODE.fullmatch(code) is not None
