"""Tables that are known by their columns and values: routeing measures, limits, rescue regions.

Facts of published tables only: what their columns are called and which words stand in them. What
is not known is PLAIN, never guessed: a wrong picture of a lane is worse than a plain line.

- Routeing measures as UKHO publishes them: ``feature`` (areas), ``feature_ty`` (lines, and arrows
  that have an ``orient`` and no more), and OpenStreetMap's ``type`` or ``seamark:type``.
- Limits as Shom publishes them: a ``kind``, or a name that says what is delimited, in French.
- Search and rescue regions: a ``kind`` SRR, or centres' names.
"""

import re
from collections.abc import Mapping, Sequence, Set
from typing import Final

from channelplot.exchange.reference_table import Cell, GeometryKind
from channelplot.model.reference_layer import ReferenceSchema

_ROUTEING_COLUMNS: Final = ("feature", "feature_ty", "feature_type")
_ROUTEING: Final = frozenset(
    {
        "inshore traffic zones",
        "deep water route part",
        "deep water route centrelines",
        "deep water routes",
        "precautionary areas",
        "areas to be avoided",
        "archipelagic sea lanes",
        "no anchoring areas",
        "traffic separation zones",
        "traffic separation lines",
        "traffic separation scheme lanes",
        "traffic separation scheme lane parts",
        "traffic separation scheme boundaries",
        "traffic separation scheme crossings",
        "traffic separation scheme roundabouts",
        "two-way routes",
        "two-way route parts",
        "recommended routes",
        "recommended tracks",
        "recommended traffic lane parts",
    }
)
_SEAMARK_COLUMNS: Final = ("type", "seamark:type", "seamark_type")
_SEAMARK: Final = re.compile(r"(?:separation_\w+(?:\(polygon\))?|inshore_traffic_zone)")
_KIND_COLUMNS: Final = ("kind", "nature")
_LIMIT_KIND: Final = re.compile(
    r"(?:straight_baseline|normal_baseline|agreed_boundary|contiguous|territorial_sea"
    r"|continental_shelf|exclusive_economic|eez|indicative_equidistance)\w*",
    re.IGNORECASE,
)
_LIMIT_NAME: Final = re.compile(
    r"(?:lignes? de base|d[ée]limitation|[ée]quidistance"
    r"|limite ext[ée]rieure d[eu].*(?:mer territoriale|zone contigu|zone [ée]conomique|plateau))",
    re.IGNORECASE,
)
_NAME_COLUMNS: Final = ("name", "nom", "inspireid", "libelle", "label")
_REGION_KIND: Final = re.compile(r"(?:srr|sar region|search and rescue region)", re.IGNORECASE)
_REGION_NAME: Final = re.compile(
    r"(?:cross|m?rcc|jrcc|mrsc|srr)\b.*|.*\bsearch and rescue region", re.IGNORECASE
)
_MOST: Final = 0.8
"""So great a share of what stands in a column must be known words: some rows are notes."""


def schema_of(columns: Mapping[str, Sequence[Cell]], kinds: Set[GeometryKind]) -> ReferenceSchema:
    """Return what a table is known to be by its columns, PLAIN where it is not known.

    columns: by name, in whatever case; the first rows are enough. kinds: what its shapes are.
    """
    cells = {name.lower(): values for name, values in columns.items()}
    if _is_routeing(cells, has_points=GeometryKind.POINTS in kinds):
        return ReferenceSchema.ROUTEING
    if GeometryKind.AREAS in kinds and (
        _any_is(cells, _KIND_COLUMNS, _REGION_KIND) or _most_are(cells, _NAME_COLUMNS, _REGION_NAME)
    ):
        return ReferenceSchema.SAR_REGIONS
    if kinds & {GeometryKind.LINES, GeometryKind.AREAS} and (
        _most_are(cells, _KIND_COLUMNS, _LIMIT_KIND) or _most_are(cells, _NAME_COLUMNS, _LIMIT_NAME)
    ):
        return ReferenceSchema.SEA_LIMITS
    return ReferenceSchema.PLAIN


def _is_routeing(cells: Mapping[str, Sequence[Cell]], *, has_points: bool) -> bool:
    for name in _ROUTEING_COLUMNS:
        words = _words(cells.get(name, ()))
        if words and sum(word.lower() in _ROUTEING for word in words) >= _MOST * len(words):
            return True
    is_of_arrows = has_points and "feature_ty" in cells and not _words(cells["feature_ty"])
    if is_of_arrows and any(isinstance(cell, float) for cell in cells.get("orient", ())):
        return True
    return _most_are(cells, _SEAMARK_COLUMNS, _SEAMARK)


def _any_is(
    cells: Mapping[str, Sequence[Cell]], names: Sequence[str], known: re.Pattern[str]
) -> bool:
    return any(known.fullmatch(word) for name in names for word in _words(cells.get(name, ())))


def _most_are(
    cells: Mapping[str, Sequence[Cell]], names: Sequence[str], known: re.Pattern[str]
) -> bool:
    """Return whether most of what stands in one of these columns begins with known words."""
    for name in names:
        words = _words(cells.get(name, ()))
        if words and sum(known.match(word) is not None for word in words) >= _MOST * len(words):
            return True
    return False


def _words(cells: Sequence[Cell]) -> list[str]:
    return [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
