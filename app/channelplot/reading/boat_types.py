"""What a boat is said to look like: one type, or none where a line says two.

A word for a type is often another boat's: the RHIB of the patrol, the yacht that reports.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from channelplot.model.codes import BoatType
from channelplot.reading.candidate import Scan
from channelplot.reading.values import Span
from channelplot.reading.vocabulary import BOAT_TYPES, SOURCES, Found, phrases_in

_ARTICLE: Final = r"(?:\s+(?:A|AN|THE|UN|UNE|LE|LA|D'UN|D'UNE))?\s+$"
_NOT_BEFORE: Final = re.compile(
    r"(?:\b(?:NOT|NO|PAS|NON)\s+(?:AN?|THE|UNE?|LE|LA|DE)\s+"
    r"|\b(?:RESCUE|PATROL|POLICE|CUSTOMS|NAVY|COAST\s?GUARD|BORDER\s+FORCE|RNLI|SNSM|GENDARMERIE"
    r"|DOUANES?|MILITARY|PILOT|OUR|BROKEN|CRACKED|FRACTURED)\s+)$"
)
"""Not an inflatable; the patrol's RHIB; a broken rib."""
_OTHERS_BEFORE: Final = re.compile(
    r"\b(?:FROM|BY|NEAR|WITH|ALONGSIDE|TOWED|OFF|TO|PAR|PRES|AVEC|VERS|DEPUIS)" + _ARTICLE
)
_OTHERS_AFTER: Final = re.compile(
    r"\s*(?:REPORT(?:S|ED|ING)?|SAYS|SEES|SAW|SIGHTED|SIGNALE|VOIT|ALONGSIDE|STAND(?:S|ING)\s+BY"
    r"|NEARBY|ASSIST(?:S|ING)|TOWING|ON\s+SCENE|A\s+PROXIMITE|SUR\s+ZONE)(?![A-Z])|\s*:"
)
"""What says of a yacht or a fishing boat that it is not the boat of the report."""
_WORDS_BEFORE: Final = 30
"""Characters before a word that are looked at."""


@dataclass(frozen=True, slots=True)
class SaidType:
    """The type that is said. doubtful: a word that may be the boat's type or who told us."""

    boat_type: BoatType | None = None
    doubtful: Found[BoatType] | None = None


def read_boat_type(
    scan: Scan, target: Span | None, source: Span | None, assets: Sequence[Span]
) -> SaidType:
    """Return what the boat of a report looks like, as the line says; words of two types say none.

    target, source: the pieces that say where the report goes and who told us, both taken.
    assets: where rescuers are named, whose craft are not the boat.
    """
    text = scan.line.text
    said = [
        found
        for found in phrases_in(scan, BOAT_TYPES, also_taken=True)
        if not _NOT_BEFORE.search(_before(text, found.span))
        and not any(scan.line.is_gap(asset.end, found.span.start) for asset in assets)
    ]
    own = [
        found
        for found in said
        if (scan.is_span_free(found.span) or _is_within(found.span, target))
        and not (found.phrase in SOURCES and _is_others(text, found.span))
    ]
    types = {found.code for found in own}
    if types:
        return SaidType(types.pop() if len(types) == 1 else None)
    for found in said:
        if found.span == source and not _is_others(text, found.span):
            return SaidType(doubtful=found)
    return SaidType()


def _is_within(span: Span, other: Span | None) -> bool:
    return other is not None and other.start <= span.start and span.end <= other.end


def _is_others(text: str, span: Span) -> bool:
    """Return whether a boat is one that sees or helps, by the words about it."""
    is_before = _OTHERS_BEFORE.search(_before(text, span)) is not None
    return is_before or _OTHERS_AFTER.match(text, span.end) is not None


def _before(text: str, span: Span) -> str:
    """Return the few words before a piece."""
    return text[max(0, span.start - _WORDS_BEFORE) : span.start]
