"""Where the labels of the last picture stood, so that those of the next can stay; no Qt.

A canvas has one. The picture of the labels is drawn from a scene in a thread of its own; it reads
the memory when it begins and replaces what is in it when all labels have found their places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from channelplot.chart.label_placer import NOTHING_BEFORE, Before, Candidate
from channelplot.chart.viewport import Viewport

if TYPE_CHECKING:
    from channelplot.chart.drawn_labels import DrawnLabels

SAME_PLACE_PX: Final = 0.25
"""Places are computed anew for each picture; so much rounding is no other place."""
MOST_REMEMBERED: Final = 4_000
"""Labels that are out of view now, the latest of them, are remembered too."""
_SAME_SCALE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a label stood: the number of its place, and the place's corner in chart metres.

    is_last: in the last picture, not in one before it.
    """

    place: int
    x_m: float
    y_m: float
    is_last: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class LastPicture:
    """What was shown, and in which scale; considered: the priority each label had that wanted in.

    subject: the values that were shown: the plot, what is selected, what is reckoned; another
    subject has another such value. stood: by the labels' keys, the latest last.
    """

    subject: tuple[object, ...]
    m_per_px: float
    stood: Mapping[tuple[str, ...], Stood]
    considered: Mapping[tuple[str, ...], tuple[float | str, ...]]


class LabelMemory:
    """What one chart showed last; any thread may read and write it, as a whole."""

    def __init__(self) -> None:
        """Remember nothing yet. drawn: where they are on the picture that was drawn last."""
        self.last: LastPicture | None = None
        self.drawn: DrawnLabels | None = None


def before_of(
    last: LastPicture | None,
    candidates: Sequence[Candidate],
    viewport: Viewport,
    subject: tuple[object, ...],
) -> Before:
    """Return where the labels stood in the last picture, as the placer wants it.

    In the same scale they are held where they are. While the chart is merely moved nothing may
    push them away; what is new in the plot, has moved or was selected since, may. In another scale
    they keep to their side of what they name as long as that is not much worse.
    """
    if last is None:
        return NOTHING_BEFORE
    is_same_scale = abs(viewport.m_per_px / last.m_per_px - 1.0) < _SAME_SCALE
    has_changed = any(was is not now for was, now in zip(last.subject, subject, strict=True))
    held: dict[int, int] = {}
    remembered: dict[int, int] = {}
    leaning: dict[int, int] = {}
    pushing: set[int] = set()
    for number, candidate in enumerate(candidates):
        if has_changed and _is_risen(last, candidate):
            pushing.add(number)
        stood = last.stood.get(candidate.key)
        if stood is None:
            continue
        place = _place_at(stood, candidate, viewport) if is_same_scale else None
        if place is not None:
            (held if stood.is_last else remembered)[number] = place
            continue
        if stood.place < len(candidate.costs):
            leaning[number] = stood.place
        if has_changed and is_same_scale:
            pushing.add(number)
    return Before(held, remembered, leaning, frozenset(pushing))


def after_of(
    last: LastPicture | None,
    candidates: Sequence[Candidate],
    placed: Mapping[int, int],
    viewport: Viewport,
    subject: tuple[object, ...],
) -> LastPicture:
    """Return what to remember of a picture whose labels have found their places."""
    stood: dict[tuple[str, ...], Stood] = {}
    if last is not None and abs(viewport.m_per_px / last.m_per_px - 1.0) < _SAME_SCALE:
        looked_for = {candidate.key for candidate in candidates}
        kept = [entry for entry in last.stood.items() if entry[0] not in looked_for]
        stood.update((key, replace(was, is_last=False)) for key, was in kept[-MOST_REMEMBERED:])
    min_x_m, _, _, max_y_m = viewport.bounds_m()
    for number, place in placed.items():
        candidate = candidates[number]
        x_px, y_px = candidate.places[place, 0, :2].tolist()
        stood[candidate.key] = Stood(
            place, min_x_m + x_px * viewport.m_per_px, max_y_m - y_px * viewport.m_per_px
        )
    considered = {candidate.key: candidate.priority for candidate in candidates}
    return LastPicture(subject, viewport.m_per_px, stood, considered)


def _is_risen(last: LastPicture, candidate: Candidate) -> bool:
    """Return whether a label is new, or matters more than it did."""
    earlier = last.considered.get(candidate.key)
    return earlier is None or candidate.priority < earlier


def _place_at(stood: Stood, candidate: Candidate, viewport: Viewport) -> int | None:
    """Return which of a label's places is where it stood, None if none is any more."""
    min_x_m, _, _, max_y_m = viewport.bounds_m()
    corner_px = (
        (stood.x_m - min_x_m) / viewport.m_per_px,
        (max_y_m - stood.y_m) / viewport.m_per_px,
    )
    off_px = np.abs(candidate.places[:, 0, :2] - corner_px).max(axis=1)
    nearest = int(np.argmin(off_px))
    if stood.place < len(off_px) and off_px[stood.place] <= SAME_PLACE_PX:
        return stood.place
    return nearest if off_px[nearest] <= SAME_PLACE_PX else None
