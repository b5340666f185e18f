"""The limits an operator is about to load: what the file holds, what of it, and whose each is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.analysis.whose_waters import WatersChart
from channelplot.commands.limits import load_limits, withdraw_limit
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.exchange.limit_shapes import LimitShape
from channelplot.geodesy.angles import wrapped_deg
from channelplot.geodesy.measure import destination
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import position_from_chart_m, to_chart_m
from channelplot.geodesy.units import METRES_PER_NM
from channelplot.model.codes import LimitPurpose
from channelplot.model.ids import new_uid
from channelplot.model.limit import LoadedLimit

_ASIDE_M: Final = METRES_PER_NM
"""So far beside a line it is looked whose waters lie there."""
_BENT: Final = 0.2
"""A line whose ends are nearer to each other than this share of its length has no direction of its
own; that of its middle leg stands for it."""


class LoadProblem(StrEnum):
    """Why limits can't be loaded yet."""

    NOTHING_CHOSEN = "nothing_chosen"
    SIDES_MISSING = "sides_missing"
    SAME_SIDES = "same_sides"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeChoice:
    """A shape of the file, whether it is to be loaded, its name, and whose waters lie where.

    left, right: looking from the line's first point to its last; of an area left is its owner.
    """

    shape: LimitShape
    is_chosen: bool = False
    name: str = ""
    left: str = ""
    right: str = ""


class LimitLoading:
    """What is chosen of a file that was read. Announces changed when anything of it does."""

    def __init__(self, session: Session) -> None:
        """Start without a file."""
        self.changed = Notice[None]()
        self._session = session
        self.path: Path | None = None
        self.choices: tuple[ShapeChoice, ...] = ()
        self.purpose = LimitPurpose.WATERS
        self.is_legal = False
        self.source = ""

    def take(self, path: Path, shapes: Sequence[LimitShape]) -> None:
        """Take the shapes of a file, none chosen unless it is the only one."""
        self.path = path
        self.source = path.name
        self.is_legal = False
        sound = [shape for shape in shapes if shape.problem is None]
        self.choices = tuple(
            ShapeChoice(
                shape=shape,
                is_chosen=sound == [shape],
                name=shape.name or f"{path.stem} {number}",
            )
            for number, shape in enumerate(shapes, start=1)
        )
        self.changed.announce(None)

    def choose(self, row: int, *, is_chosen: bool) -> None:
        """Load a shape, or leave it out; one with a problem stays out."""
        if self.choices[row].shape.problem is None:
            self._replace(row, replace(self.choices[row], is_chosen=is_chosen))

    def say(
        self,
        row: int,
        *,
        name: str | None = None,
        left: str | None = None,
        right: str | None = None,
    ) -> None:
        """Set what is given of a shape: its name, and whose waters or region lie where."""
        before = self.choices[row]
        self._replace(
            row,
            replace(
                before,
                name=before.name if name is None else name,
                left=before.left if left is None else left,
                right=before.right if right is None else right,
            ),
        )

    def say_of_all(
        self,
        *,
        purpose: LimitPurpose | None = None,
        is_legal: bool | None = None,
        source: str | None = None,
    ) -> None:
        """Set what is given of the whole file."""
        self.purpose = self.purpose if purpose is None else purpose
        self.is_legal = self.is_legal if is_legal is None else is_legal
        self.source = self.source if source is None else source
        self.changed.announce(None)

    def problem(self) -> tuple[LoadProblem, int] | None:
        """Return why nothing can be loaded yet and the row it is about, -1 for none; else None."""
        chosen = [row for row, choice in enumerate(self.choices) if choice.is_chosen]
        if not chosen:
            return LoadProblem.NOTHING_CHOSEN, -1
        for row in chosen:
            choice = self.choices[row]
            left, right = choice.left.strip(), choice.right.strip()
            if not left or not (right or choice.shape.is_area):
                return LoadProblem.SIDES_MISSING, row
            if left == right and not choice.shape.is_area:
                return LoadProblem.SAME_SIDES, row
        return None

    def swapped(self, chart: WatersChart) -> ShapeChoice | None:
        """Return a line to be loaded whose sides look the wrong way round, None for none.

        By whose waters the chart so far says lie beside its middle. A region is not looked at.
        """
        if self.purpose is not LimitPurpose.WATERS:
            return None
        lines = (each for each in self.choices if each.is_chosen and not each.shape.is_area)
        return next((choice for choice in lines if _is_swapped(choice, chart)), None)

    def commit(self) -> int:
        """Load what is chosen with one act and return how many; 0, doing nothing, if it can't be.

        Raises CommandRefused.
        """
        if self.problem() is not None:
            return 0
        limits = tuple(self._limit(choice) for choice in self.choices if choice.is_chosen)
        self._session.document.apply(load_limits(limits))
        self.choices = tuple(replace(choice, is_chosen=False) for choice in self.choices)
        self.changed.announce(None)
        return len(limits)

    def loaded(self) -> tuple[LoadedLimit, ...]:
        """Return the limits of the plot, the latest first."""
        limits = self._session.document.plot.limits.values()
        return tuple(sorted(limits, key=lambda limit: limit.loaded_at_utc, reverse=True))

    def withdraw(self, limit_uid: str) -> None:
        """Withdraw a limit of the plot. Raises CommandRefused."""
        self._session.document.apply(withdraw_limit(limit_uid))

    def _replace(self, row: int, choice: ShapeChoice) -> None:
        if choice != self.choices[row]:
            self.choices = (*self.choices[:row], choice, *self.choices[row + 1 :])
            self.changed.announce(None)

    def _limit(self, choice: ShapeChoice) -> LoadedLimit:
        shape = choice.shape
        return LoadedLimit(
            uid=new_uid(),
            purpose=self.purpose,
            name=choice.name.strip(),
            points=shape.points,
            is_area=shape.is_area,
            left=choice.left.strip(),
            right="" if shape.is_area else choice.right.strip(),
            is_legal=self.is_legal,
            loaded_at_utc=self._session.clock(),
            source="; ".join(filter(None, (self.source.strip(), shape.source))),
            loaded_by=self._session.document.operator,
        )


def _is_swapped(choice: ShapeChoice, chart: WatersChart) -> bool:
    points = choice.shape.points
    leg = (len(points) - 1) // 2
    middle_m = to_chart_m(_lon_lat_deg(points[leg : leg + 2])).mean(axis=0)
    middle = position_from_chart_m(float(middle_m[0]), float(middle_m[1]))
    left_deg = left_side_deg(points[leg : leg + 2])
    left, right = (
        chart.whose(destination(middle, bearing_deg, _ASIDE_M)).state
        for bearing_deg in (left_deg, left_deg + 180.0)
    )
    return left == choice.right and right == choice.left


def _lon_lat_deg(points: Sequence[Position]) -> npt.NDArray[np.float64]:
    return np.array([(p.lon_deg, p.lat_deg) for p in points], dtype=np.float64)


def left_side_deg(points: Sequence[Position]) -> float:
    """Return the true direction in which the left-hand side of a line lies, roughly.

    Square to the line from its first to its last point. points: two or more.
    """
    places_m = to_chart_m(_lon_lat_deg(points))
    legs_m = np.diff(places_m, axis=0)
    east_m, north_m = legs_m.sum(axis=0)
    if math.hypot(east_m, north_m) < _BENT * float(np.hypot(*legs_m.T).sum()):
        east_m, north_m = legs_m[len(legs_m) // 2]
    return wrapped_deg(math.degrees(math.atan2(east_m, north_m)) - 90.0)
