"""Acts whose rows have stayed in the plot's file, read some at a time while the panel lists them.

Such an act takes some hundredths of a second to read, and a large plot has hundreds: they are
worded elsewhere than on the GUI thread.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from channelplot.geodesy.position import Position
from channelplot.store.log import LoggedAct
from channelplot.store.whole_acts import parts_of
from channelplot.ui.log.facts import Names
from channelplot.ui.log.log_text import Entry, LogWords

ACTS_AT_ONCE: Final = 10
"""Others who want something worked out have their turn in between."""


class LogReading:
    """One reading of a log as it is: the names it gives, and the acts left in the file in words.

    ``go_on`` may run on any thread, one at a time; the rest is looked at once it is done.
    """

    def __init__(self, acts: Sequence[LoggedAct], position: Callable[[Position], str]) -> None:
        """Take the acts there are. position: writes a position."""
        self.names = Names()
        self.entries: dict[int, Entry] = {}
        self.count = len(acts)
        self.is_done = False
        self._acts = tuple(acts)
        self._words = LogWords(self.names, position)
        self._steps = self._read()

    def go_on(self) -> None:
        """Read some more acts."""
        self.is_done = next(self._steps, self) is self

    def _read(self) -> Iterator[None]:
        # Every name first: a boat is called what it was at an act, and known by what it is now.
        read = 0
        for part in (part for act in self._acts for part in parts_of(act)):
            self.names.note(part)
            read += part.is_in_file
            if part.is_in_file and read % ACTS_AT_ONCE == 0:
                yield
        in_file = [number for number, act in enumerate(self._acts) if act.is_in_file]
        for read, number in enumerate(in_file, 1):
            self.entries[number] = self._words.entry(self._acts[number])
            if read % ACTS_AT_ONCE == 0:
                yield
