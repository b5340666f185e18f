"""Angles from one, two or three numbers: degrees, degrees and minutes, and seconds."""

from dataclasses import dataclass
from operator import mul
from typing import Final

from channelplot.model.codes import PositionForm
from channelplot.reading.values import FaultCode

FORMS: Final = (PositionForm.DECIMAL_DEGREES, PositionForm.DDM, PositionForm.DMS)
"""By the count of numbers, less one."""
_UNIT_DEG: Final = (1.0, 1.0 / 60.0, 1.0 / 3600.0)


@dataclass(frozen=True, slots=True)
class Angle:
    """An angle without its hemisphere. half_unit_deg: half of one in the last figure given."""

    form: PositionForm
    value_deg: float
    half_unit_deg: float
    fault: FaultCode | None = None
    degree_figures: int = 0
    decimals: int = 0


def angle_of(numbers: tuple[str, ...], *, is_longitude: bool) -> Angle | None:
    """Return the angle that one to three numbers make, None where they can't make one.

    One number is decimal degrees, or degrees and minutes run together (``5058.0``), or with
    seconds (``505930``). Only the last may have decimals, with a point or a comma.
    """
    wholes, decimals = _split(numbers)
    if wholes is None:
        return None
    figures = len(wholes[0])
    if len(wholes) == 1:
        wholes = _apart(wholes[0], is_longitude=is_longitude)
        if wholes is None:
            return None
    elif figures > 3 or max(map(len, wholes[1:])) > 2:
        return None
    count = len(wholes)
    parts = list(map(float, wholes))
    if decimals:
        parts[-1] = float(f"{wholes[-1]}.{decimals}")
    value_deg = sum(map(mul, parts, _UNIT_DEG))
    return Angle(
        form=FORMS[count - 1],
        value_deg=value_deg,
        half_unit_deg=0.5 * 10.0 ** -len(decimals) * _UNIT_DEG[count - 1],
        fault=_fault(parts, value_deg, is_longitude=is_longitude),
        degree_figures=len(wholes[0]),
        decimals=len(decimals),
    )


def _split(numbers: tuple[str, ...]) -> tuple[list[str] | None, str]:
    """Return the whole numbers and the decimals of the last; None if another has decimals."""
    last, _, decimals = numbers[-1].replace(",", ".").partition(".")
    wholes = [*numbers[:-1], last]
    return (wholes if all(map(str.isdigit, wholes)) else None), decimals


def _apart(figures: str, *, is_longitude: bool) -> list[str] | None:
    """Return a number run together, taken apart: degrees, minutes, seconds."""
    count = len(figures)
    degrees = 3 if is_longitude else 2
    if count <= 3:
        return [figures]
    if count in {degrees + 2, 4}:
        return [figures[:-2], figures[-2:]]
    if count in {degrees + 4, 6}:
        return [figures[:-4], figures[-4:-2], figures[-2:]]
    return None


def _fault(parts: list[float], value_deg: float, *, is_longitude: bool) -> FaultCode | None:
    if len(parts) > 1 and parts[1] >= 60.0:
        return FaultCode.MINUTES_RANGE
    if len(parts) > 2 and parts[2] >= 60.0:
        return FaultCode.SECONDS_RANGE
    if value_deg > (180.0 if is_longitude else 90.0):
        return FaultCode.LONGITUDE_RANGE if is_longitude else FaultCode.LATITUDE_RANGE
    return None
