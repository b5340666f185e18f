"""Distances and radii from the fields of a form."""

import re
from collections.abc import Mapping
from typing import Final

from channelplot.geodesy.units import METRES_PER_NM, m_from_nm

FARTHEST_M: Final = m_from_nm(300.0)
"""What is longer than the whole chart is a slip."""
MOST_RINGS: Final = 12
"""More than so many circles about one place can't be told apart."""
_UNITS_M: Final[Mapping[str, float]] = {
    **dict.fromkeys(("", "nm", "nq", "mile", "miles", "mille", "milles"), METRES_PER_NM),
    **dict.fromkeys(
        ("c", "cbl", "cbls", "cable", "cables", "encablure", "encablures"), METRES_PER_NM / 10.0
    ),
    **dict.fromkeys(("m", "metre", "metres"), 1.0),
    "km": 1000.0,
}
_NUMBER: Final = r"[0-9]{1,6}(?:[.,][0-9]+)?"
_DISTANCE: Final = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>[a-z]*)", re.IGNORECASE)
_STEPS: Final = re.compile(
    rf"(?P<count>[0-9]{{1,2}})\s*[x×*]\s*(?P<step>{_NUMBER}\s*[a-z]*)", re.IGNORECASE
)
_SEVERAL: Final = re.compile(
    rf"(?P<numbers>{_NUMBER}(?:(?:\s+|\s*[;/]\s*){_NUMBER})*)\s*(?P<unit>[a-z]*)", re.IGNORECASE
)


class RangeTextError(ValueError):
    """A distance or radii that cannot be read."""


def parse_distance_m(text: str) -> float | None:
    """Return a distance in metres; None for nothing. Written ``9.95``, ``5 cables``, ``800 m``.

    Without a unit it is in nautical miles. Raises RangeTextError for anything else, nought and
    what is farther than the chart is wide.
    """
    typed = text.strip()
    if not typed:
        return None
    match = _DISTANCE.fullmatch(typed)
    if match is None:
        raise RangeTextError(text)
    return _metres(match["number"], match["unit"], text)


def parse_radii_m(text: str) -> tuple[float, ...]:
    """Return the radii of rings in metres, the smallest first; none for nothing.

    Written as ``3``, as several (``1 2 3``, ``5 10 cables``), or as so many at equal steps
    (``4 x 3``: at 3, 6, 9 and 12). One that is given twice counts once. Raises RangeTextError as
    ``parse_distance_m`` does, and for more rings than can be told apart.
    """
    typed = text.strip()
    if not typed:
        return ()
    steps = _STEPS.fullmatch(typed)
    if steps is not None:
        count = int(steps["count"])
        step_m = parse_distance_m(steps["step"])
        if step_m is None or not 1 <= count <= MOST_RINGS or count * step_m > FARTHEST_M:
            raise RangeTextError(text)
        return tuple(step_m * number for number in range(1, count + 1))
    several = _SEVERAL.fullmatch(typed)
    if several is None:
        raise RangeTextError(text)
    numbers = re.findall(_NUMBER, several["numbers"])
    radii_m = {_metres(number, several["unit"], text) for number in numbers}
    if len(radii_m) > MOST_RINGS:
        raise RangeTextError(text)
    return tuple(sorted(radii_m))


def _metres(number: str, unit: str, text: str) -> float:
    unit_m = _UNITS_M.get(unit.casefold())
    if unit_m is None:
        raise RangeTextError(text)
    distance_m = float(number.replace(",", ".")) * unit_m
    if not 0.0 < distance_m <= FARTHEST_M:
        raise RangeTextError(text)
    return distance_m
