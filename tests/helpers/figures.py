"""Figures of a benchmark: medians with their spread, in lines that read alike."""

import math
import statistics
from collections.abc import Sequence


def median_line(name: str, values: Sequence[float], unit: str, aim: float | None = None) -> str:
    """Return a line with median, least and most of the values, and the aim beside it."""
    middle, least, most = statistics.median(values), min(values), max(values)
    line = f"{name:<46} median {middle:8.2f} {unit}  ({least:.2f} to {most:.2f}, n={len(values)})"
    return line if aim is None else f"{line}  aim {aim:g} {unit}"


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value that so many percent of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100.0 * len(ordered)) - 1)]


def percentile_line(name: str, values: Sequence[float], unit: str, aim: float) -> str:
    """Return a line with the 95th percentile, the median and the most of the values."""
    high, middle = percentile(values, 95.0), statistics.median(values)
    return (
        f"{name:<46} p95 {high:8.2f} {unit}  "
        f"(median {middle:.2f}, most {max(values):.2f}, n={len(values)})  aim {aim:g} {unit}"
    )
