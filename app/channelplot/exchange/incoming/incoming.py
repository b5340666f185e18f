"""What was found in a file, kept in little room until somebody says whether it comes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.errors import ImportFault
from channelplot.exchange.incoming.found import FoundTrack
from channelplot.model.beach import Beach, Mark
from channelplot.model.packed import PackedReports
from channelplot.model.track import Track

MOST_REFUSALS: Final = 10_000
"""Of so many the lines are kept; of the others only how many there are."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something in a line of a file that does not come in. detail: a piece of the file."""

    line: int
    fault: ImportFault
    detail: str = ""


class TrackIdentity(StrEnum):
    """How it is known which craft a track of a file is."""

    GIVEN = "given"
    """By its identifier: the file is from this program."""
    CRAFT_ID = "craft_id"
    """By an MMSI, or the like, which is the same in every file."""
    REPORTS = "reports"
    """By its reports alone: a name, or a number in the file, tells nothing."""


@dataclass(frozen=True, slots=True)
class IncomingTrack:
    """A craft of a file. track: without its reports; its uid holds until the plot is known.

    found: as the file has it.
    """

    track: Track
    identity: TrackIdentity
    found: FoundTrack


@dataclass(frozen=True, slots=True)
class IncomingPlace:
    """A place of a file. is_given: it has its identifier from this program."""

    place: Beach | Mark
    line: int
    is_given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What one file holds.

    tracks: by the uid they have here. reports: of each track under that uid, those of no track
    under None, all in the same columns; a track without reports has no entry. is_given: (rows of
    the columns,) whether a report has its identifier from this program. refusals: in the file's
    order, the first ``MOST_REFUSALS`` of them; refused: how many for each fault, all of them.
    said_twice: rows that the file has more than once, which came in once.
    """

    path: Path
    read_at_utc: datetime
    tracks: Mapping[str, IncomingTrack]
    reports: Mapping[str | None, PackedReports]
    is_given: npt.NDArray[np.bool_]
    places: tuple[IncomingPlace, ...]
    refusals: tuple[Refusal, ...]
    refused: Mapping[ImportFault, int]
    said_twice: int

    @property
    def report_count(self) -> int:
        """Return how many reports there are."""
        return sum(len(reports) for reports in self.reports.values())

    @property
    def refused_count(self) -> int:
        """Return how many things were refused."""
        return sum(self.refused.values())

    @property
    def is_empty(self) -> bool:
        """Return whether nothing in the file can come in."""
        return not (self.tracks or self.reports or self.places)
