"""Positions that the program's own data are written in: one form, no question, no context."""

from typing import Final

from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.model.codes import PositionForm
from channelplot.reading.candidate import Scan
from channelplot.reading.coordinates import Coordinates
from channelplot.reading.plain import is_control, plain
from channelplot.reading.values import Language, Span

_EARTH: Final = Bounds(-180.0, -90.0, 180.0, 90.0)


def ddm_position(text: str) -> Position:
    """Return the position written in degrees and minutes with letters: ``50 58.0N 001 41.0E``.

    Raises ValueError where the text is anything else, can be read in another way too, or has a
    part that is out of range.
    """
    whole = Span(0, len(text))
    found = Coordinates(Scan(plain(text)), Language.ENGLISH, _EARTH).candidates()
    read = [each for each in found if each.choices and not any(map(is_control, text))]
    if len(read) == 1 and read[0].question is None and read[0].beside is None:
        (reading,) = read[0].choices
        if reading.span == whole and reading.form is PositionForm.DDM:
            return reading.position
    msg = f"no position in degrees and minutes: {text!r}"
    raise ValueError(msg)
