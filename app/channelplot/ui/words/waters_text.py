"""The words of whose waters a position is in; whether by law or as an indication is among them."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.analysis.charted_limit import NearestPoint
from channelplot.analysis.coast_changes import CoastChange
from channelplot.analysis.waters import TERRITORIAL_M
from channelplot.analysis.whose_waters import NO_STATE, WatersBasis, WhoseWaters
from channelplot.basemap.boundary import BOUNDARY_CODE
from channelplot.geodesy.measure import destination
from channelplot.geodesy.text import bearing_text, distance_text
from channelplot.geodesy.units import METRES_PER_NM

translate: Final = QCoreApplication.translate
_BOUNDARY_BESIDE_M: Final = 30.0 * METRES_PER_NM
"""Beside an answer by the coast a boundary is told within that: half a night's way of a boat."""
_STATES: Final[Mapping[str, object]] = {
    "GB": QT_TRANSLATE_NOOP("Waters", "UK"),
    "FR": QT_TRANSLATE_NOOP("Waters", "French"),
    "BE": QT_TRANSLATE_NOOP("Waters", "Belgian"),
    "JE": QT_TRANSLATE_NOOP("Waters", "Jersey"),
    "GG": QT_TRANSLATE_NOOP("Waters", "Guernsey"),
    "NL": QT_TRANSLATE_NOOP("Waters", "Dutch"),
    "IE": QT_TRANSLATE_NOOP("Waters", "Irish"),
}


def state_text(state: str) -> str:
    """Return whose waters, to stand before the word: ``French``; a code without a word as it is."""
    return translate("Waters", str(_STATES[state])) if state in _STATES else state


def waters_of_text(state: str | None) -> str:
    """Return ``French waters``; ``no state's waters`` for none."""
    if state is None or state == NO_STATE:
        return translate("Waters", "no state's waters")
    return translate("Waters", "{state} waters").format(state=state_text(state))


def worth_text(is_legal: bool) -> str:
    """Return ``legal`` or ``indicative``."""
    return translate("Waters", "legal") if is_legal else translate("Waters", "indicative")


def limit_text(code: str, name: str) -> str:
    """Return what a limit is called: ``1988 line``, or the name of a loaded one."""
    return translate("Waters", "1988 line") if code == BOUNDARY_CODE else name


def waters_text(whose: WhoseWaters) -> str:
    """Return whose waters, by what, what that is worth, and the boundary, in one line.

    ``French waters (1988 line, legal), boundary 2.62 NM 331.4°T``. By the coast, how far that or
    the 12 NM from it are, and the boundary only where it is near.
    """
    answer = translate("Waters", "{answer} ({basis}, {worth})").format(
        answer=answer_text(whose), basis=basis_text(whose), worth=worth_text(whose.is_legal)
    )
    disputed, beside = disputed_text(whose), boundary_beside_text(whose)
    return ", ".join(filter(None, (answer, disputed, _told_text(whose), beside)))


def told_point(whose: WhoseWaters) -> NearestPoint:
    """Return what is told of how far it is to other waters.

    The nearest boundary; where the answer is by the coast, the nearest coast, and outside of 12 NM
    the nearest point of the line 12 NM off it.
    """
    coast = whose.coast
    if not whose.is_by_coast or coast is None:
        return NearestPoint(whose.nearest, whose.distance_m, whose.bearing_deg)
    if whose.basis is not WatersBasis.OUTSIDE or coast.bearing_deg is None:
        return coast
    off_m = coast.distance_m - TERRITORIAL_M
    at = destination(whose.line.position, coast.bearing_deg, off_m)
    return NearestPoint(at, off_m, coast.bearing_deg)


def boundary_beside_text(whose: WhoseWaters) -> str:
    """Return the boundary that is told beside the coast, "" where it is far or told already."""
    if not whose.is_by_coast or whose.distance_m > _BOUNDARY_BESIDE_M:
        return ""
    nearest = NearestPoint(whose.nearest, whose.distance_m, whose.bearing_deg)
    return translate("Waters", "boundary {distance}").format(distance=_off_text(nearest))


def coast_change_text(change: CoastChange) -> str:
    """Return by what waters change where no limit is crossed: ``12 NM from the coast``."""
    if change.is_at_twelve_miles:
        return translate("Waters", "12 NM from the charted coast")
    return translate("Waters", "another state's coast nearest")


def _told_text(whose: WhoseWaters) -> str:
    """Return what is told of how far it is: ``boundary 2.62 NM 331.4°T``."""
    if not whose.is_by_coast:
        text = translate("Waters", "boundary {distance}")
    elif whose.basis is WatersBasis.OUTSIDE:
        text = translate("Waters", "12 NM line {distance}")
    else:
        text = translate("Waters", "coast {distance}")
    return text.format(distance=_off_text(told_point(whose)))


def _off_text(nearest: NearestPoint) -> str:
    """Return distance and bearing of a point: ``2.62 NM 331.4°T``."""
    bearing = [] if nearest.bearing_deg is None else [bearing_text(nearest.bearing_deg)]
    return " ".join([distance_text(nearest.distance_m), *bearing])


def disputed_text(whose: WhoseWaters) -> str:
    """Return that another limit says otherwise, "" where none does."""
    if not whose.disputed_by:
        return ""
    other = limit_text(whose.disputed_by, whose.disputed_by)
    return translate("Waters", "{limit} says otherwise").format(limit=other)


def no_region_text() -> str:
    """Return that nobody has loaded the search and rescue regions."""
    return translate("Waters", "no region loaded")


def _is_on_limit(whose: WhoseWaters) -> bool:
    return whose.state is None and whose.limit_code is not None


def answer_text(whose: WhoseWaters) -> str:
    """Return whose waters alone: ``French waters``, ``on the boundary``."""
    if _is_on_limit(whose):
        return translate("Waters", "on the boundary")
    if whose.basis is WatersBasis.UNKNOWN:
        return translate("Waters", "waters not known")
    if whose.basis is WatersBasis.LAND and whose.state is not None:
        return translate("Waters", "{state} land").format(state=state_text(whose.state))
    return waters_of_text(whose.state)


def basis_text(whose: WhoseWaters) -> str:
    """Return by what that is said: ``1988 line``, ``nearest coast within 12 NM``."""
    if whose.limit_code is not None:
        return limit_text(whose.limit_code, whose.limit_name)
    return {
        WatersBasis.LAND: translate("Waters", "charted land"),
        WatersBasis.COAST: translate("Waters", "nearest coast within 12 NM"),
        WatersBasis.OUTSIDE: translate("Waters", "further than 12 NM from the charted coast"),
    }.get(whose.basis, translate("Waters", "no limit, no coast"))
