"""``channelplot answers`` as a test runs it, and the record it prints."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

import pytest

from channelplot.cli.main import main
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers.builders import at
from helpers.plot_command import Ended


@dataclass(frozen=True)
class Part:
    """An object of the JSON that was printed."""

    values: dict[str, object]

    def number(self, key: str) -> float:
        """The number under a key."""
        value = self.values[key]
        assert isinstance(value, int | float)
        return value

    def numbers(self, *keys: str) -> tuple[float, ...]:
        """The numbers under some keys."""
        return tuple(self.number(key) for key in keys)

    def word(self, key: str) -> str:
        """The text under a key."""
        value = self.values[key]
        assert isinstance(value, str)
        return value

    def time(self, key: str) -> datetime:
        """The time under a key."""
        text = self.word(key)
        assert text.endswith("Z")
        return datetime.fromisoformat(text)

    def is_so(self, key: str) -> bool:
        """Whether what stands under a key is true."""
        value = self.values[key]
        assert isinstance(value, bool)
        return value

    def part(self, key: str) -> Self:
        """The object under a key."""
        value = self.values[key]
        assert isinstance(value, dict)
        return type(self)(value)

    def parts(self, key: str) -> list[Self]:
        """The objects in the list under a key."""
        values = self.values[key]
        assert isinstance(values, list)
        return [type(self)(value) for value in values]

    def named(self, key: str, name: str, by: str = "track") -> Self:
        """The one object of a list that tells of a name."""
        (found,) = (part for part in self.parts(key) if part.values[by] == name)
        return found

    def position(self) -> Position:
        """The position that is told."""
        return Position(*self.numbers("lon_deg", "lat_deg"))


def plot_file(folder: Path, plot: Plot, name: str = "night.gpkg") -> Path:
    """Write a plot into a folder and return its path."""
    path = folder / name
    PlotFile.create(path, plot, ActRecord("new_plot", "plot", "", "watch", at("0100"))).close()
    return path


def run_answers(capfd: pytest.CaptureFixture[str], *words: str | Path) -> Ended:
    """Run ``channelplot answers`` with these words, in this process."""
    capfd.readouterr()
    try:
        code = main(["answers", *map(str, words)])
    except SystemExit as end:
        code = int(end.code or 0)
    printed = capfd.readouterr()
    return Ended(code, printed.out, printed.err)
