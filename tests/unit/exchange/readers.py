"""Files for the readers of text, and what they say of them."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.exchange.found_lines import FoundFile, FoundLine, FoundPoint

NOWHERE = Path("limits")
Reader = Callable[[BinaryIO, Path], FoundFile]


def read(reader: Reader, content: str | bytes) -> FoundFile:
    """What a reader finds in a file of that content."""
    data = content.encode() if isinstance(content, str) else content
    return reader(io.BytesIO(data), NOWHERE)


def refused(reader: Reader, content: str | bytes) -> tuple[LimitFileFault, int]:
    """Why a reader refuses that content, and the line."""
    with pytest.raises(LimitFileError) as error:
        read(reader, content)
    assert error.value.path == NOWHERE
    return error.value.fault, error.value.line


def places(points: tuple[FoundPoint, ...]) -> list[tuple[float, float, int]]:
    """Longitude, latitude and line of each point."""
    return [(each.position.lon_deg, each.position.lat_deg, each.line) for each in points]


def only_line(found: FoundFile) -> FoundLine:
    """The one line there is."""
    (line,) = found.lines
    return line
