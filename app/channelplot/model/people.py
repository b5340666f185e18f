"""Numbers of people: reported and counted are different things."""

from dataclasses import dataclass

from channelplot.model.codes import CountBasis


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """How many people a report told of or an officer counted.

    None means not said; a part is included in the total, not added to it.
    """

    basis: CountBasis = CountBasis.REPORTED
    total: int | None = None
    men: int | None = None
    women: int | None = None
    children: int | None = None
    medical: int | None = None
    deceased: int | None = None
    missing: int | None = None
    is_estimate: bool = False
