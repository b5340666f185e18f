"""Names for what comes in where its own is another's: ``A-2``, then ``A-3``."""

from collections.abc import Iterable
from itertools import count

from channelplot.model.beach import MARK_CODE_LONGEST


class FreeNames:
    """Gives each name once; quick, too, where a file calls everything the same."""

    def __init__(self, taken: Iterable[str], longest: int | None = None) -> None:
        """Start with names of others. longest: characters a name may have; None for any number."""
        self._taken = set(taken)
        self._longest = longest
        self._last: dict[str, int] = {}

    def give(self, name: str) -> str:
        """Return the name, or the first like it that is free; it is taken from then on."""
        given = name
        if name in self._taken:
            numbers = count(self._last.get(name, 1) + 1)
            number, given = next(
                (number, other)
                for number in numbers
                if (other := self._numbered(name, number)) not in self._taken
            )
            self._last[name] = number
        self._taken.add(given)
        return given

    def _numbered(self, name: str, number: int) -> str:
        end = f"-{number}"
        start = name if self._longest is None else name[: self._longest - len(end)]
        return start + end


def free_codes(taken: Iterable[str]) -> FreeNames:
    """Return what gives codes of marks. taken: codes of others, in upper case."""
    return FreeNames(taken, MARK_CODE_LONGEST)
