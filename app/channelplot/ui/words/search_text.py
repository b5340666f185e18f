"""Words for searches: patterns, where a datum comes from, why there is no search yet."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.geodesy.units import nm_from_m
from channelplot.model.codes import PatternKind, Turn
from channelplot.tools.search_reading import DatumBasis, SearchFault

_PATTERNS: Final[Mapping[PatternKind, object]] = {
    PatternKind.EXPANDING_SQUARE: QT_TRANSLATE_NOOP("Search", "expanding square"),
    PatternKind.SECTOR: QT_TRANSLATE_NOOP("Search", "sector"),
    PatternKind.PARALLEL_TRACK: QT_TRANSLATE_NOOP("Search", "parallel track"),
}
_BASES: Final[Mapping[DatumBasis, object]] = {
    DatumBasis.ADRIFT: QT_TRANSLATE_NOOP("Search", "adrift since its last fix"),
    DatumBasis.RECKONED: QT_TRANSLATE_NOOP("Search", "going on as reckoned"),
    DatumBasis.TYPED: QT_TRANSLATE_NOOP("Search", "a position typed"),
}
_TURNS: Final[Mapping[Turn, object]] = {
    Turn.STARBOARD: QT_TRANSLATE_NOOP("Search", "to starboard"),
    Turn.PORT: QT_TRANSLATE_NOOP("Search", "to port"),
}
_FAULTS: Final[Mapping[SearchFault, object]] = {
    SearchFault.NO_BOAT: QT_TRANSLATE_NOOP(
        "Search", "Select the boat that is searched for, or choose a position typed."
    ),
    SearchFault.NO_FIX: QT_TRANSLATE_NOOP(
        "Search", "This boat has no position to reckon from: choose a position typed."
    ),
    SearchFault.NO_CONDITIONS: QT_TRANSLATE_NOOP(
        "Search", "No stream and no wind are given: type them with Ctrl+D, or choose otherwise."
    ),
    SearchFault.BEFORE_FIX: QT_TRANSLATE_NOOP(
        "Search", "That time is before the boat's first position: choose a later one."
    ),
    SearchFault.NO_FIRST_LEG: QT_TRANSLATE_NOOP(
        "Search", "Type the course of the first leg: no wind is given to lead it into."
    ),
    SearchFault.NO_NUMBER: QT_TRANSLATE_NOOP(
        "Search", "The field marked is no number that can be used here."
    ),
    SearchFault.SPACING: QT_TRANSLATE_NOOP(
        "Search",
        "Spacing and radius must be more than nothing, and a rectangle longer than the spacing.",
    ),
    SearchFault.TOO_MANY_LEGS: QT_TRANSLATE_NOOP(
        "Search", "That takes more than 60 legs: choose a wider spacing, or fewer legs."
    ),
    SearchFault.NAME_TAKEN: QT_TRANSLATE_NOOP(
        "Search", "Another search has this name already: choose another."
    ),
}


def pattern_text(kind: PatternKind) -> str:
    """Return the words for a pattern."""
    return _worded(_PATTERNS[kind])


def basis_text(basis: DatumBasis) -> str:
    """Return where a datum comes from, in words."""
    return _worded(_BASES[basis])


def turn_text(turn: Turn) -> str:
    """Return to which side a pattern turns, in words."""
    return _worded(_TURNS[turn])


def search_fault_text(fault: SearchFault) -> str:
    """Return why there is no search yet and what to do; "" where a field says so itself."""
    return _worded(_FAULTS[fault]) if fault in _FAULTS else ""


def miles_text(length_m: float, decimals: int = 2) -> str:
    """Return a length in nautical miles with so many decimals at most, at least one."""
    whole, _, part = f"{nm_from_m(length_m):.{decimals}f}".partition(".")
    return f"{whole}.{part.rstrip('0') or '0'}"


def _worded(marked: object) -> str:
    return QCoreApplication.translate("Search", str(marked))
