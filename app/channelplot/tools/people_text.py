"""Numbers of people from text."""

import re
from typing import Final

from channelplot.model.codes import CountBasis
from channelplot.model.people import PeopleCount

MOST_PEOPLE: Final = 9999
_PEOPLE: Final = re.compile(r"(?:(~)\s*)?(\d{1,5})\s*(\+|EST\.?|ENV\.?)?", re.IGNORECASE)


class PeopleTextError(ValueError):
    """A number of people that cannot be read."""


def parse_people(total_text: str, children_text: str, *, is_counted: bool) -> PeopleCount | None:
    """Return the number of people written as ``45``, ``45 est``, ``~45`` or ``40+``.

    None if both texts are empty. Raises PeopleTextError for what is no number, more
    children than people, or more than 9999.
    """
    total, is_estimate = _number(total_text)
    children, children_estimated = _number(children_text)
    if total is None and children is None:
        return None
    if total is not None and children is not None and children > total:
        raise PeopleTextError(children_text)
    return PeopleCount(
        basis=CountBasis.COUNTED if is_counted else CountBasis.REPORTED,
        total=total,
        children=children,
        is_estimate=is_estimate or children_estimated,
    )


def _number(text: str) -> tuple[int | None, bool]:
    if not text.strip():
        return None, False
    match = _PEOPLE.fullmatch(text.strip())
    if match is None or int(match[2]) > MOST_PEOPLE:
        raise PeopleTextError(text)
    return int(match[2]), bool(match[1] or match[3])
