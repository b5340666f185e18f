"""Cells of tables that a spreadsheet would take for formulas, made harmless and back.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return may be run by a
spreadsheet. Such a cell gets an apostrophe before it; and so does a sign behind a semicolon, a tab
or a bar, which a spreadsheet that expects another separator takes for the beginning of a cell.
Where an apostrophe stands there already, another comes before it, so that taking one off again
gives back exactly what was there.
"""

import re
from typing import Final

SIGNS: Final = (
    "=+-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
"""What a formula begins with."""
_SIGN: Final = rf"[{re.escape(SIGNS)}]"
_FORMULA: Final = re.compile(rf"(\A(?='*[\t\r])|(?:\A|[;\t|]\s*)(?='*{_SIGN}))")
_GUARDED: Final = re.compile(rf"(\A(?=''*[\t\r])|(?:\A|[;\t|]\s*)(?=''*{_SIGN}))'")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", text)


def unguarded(text: str) -> str:
    """Return the text that ``guarded`` made harmless; for cells that it was used for alone."""
    return _GUARDED.sub(r"\1", text)
