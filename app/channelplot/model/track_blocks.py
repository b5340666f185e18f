"""The tracks of a plot in blocks, so that one act among ten thousand tracks looks at one block.

A block is an immutable value that one plot shares with the next as long as none of its tracks
changes; what follows from its tracks alone is worked out once and kept with it.
"""

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, Self, TypeVar, cast

from channelplot.model.track import Track

_MOST: Final = 128
"""Tracks in a block: with 10,000 tracks about as many as there are blocks."""

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class TrackBlock:
    """Some tracks of a plot, by uid, one after the other in the plot's order."""

    tracks: Mapping[str, Track]

    @functools.cached_property
    def _found(self) -> dict[object, object]:
        return {}

    def worked_out(self, work: Callable[[Iterable[Track]], T]) -> T:
        """Return what a function answers of these tracks; it is asked once.

        work: a function of a module whose answer is never changed and follows from the tracks
        alone: the same function is known by being the same.
        """
        if work not in self._found:
            self._found[work] = work(self.tracks.values())
        return cast("T", self._found[work])


@dataclass(frozen=True, eq=False)
class TrackBlocks:
    """The tracks of one plot in its order. tracks: the very mapping that the blocks are of."""

    tracks: Mapping[str, Track]
    blocks: tuple[TrackBlock, ...]

    @classmethod
    def of(cls, tracks: Mapping[str, Track]) -> Self:
        """Return the blocks of tracks of which nothing is known yet."""
        left = iter(tracks.items())
        parts = iter(lambda: dict(islice(left, _MOST)), {})
        return cls(tracks, tuple(map(TrackBlock, parts)))

    def after(self, tracks: Mapping[str, Track], changed: Collection[str]) -> Self:
        """Return the blocks of a mapping that differs in the tracks with these uids.

        tracks: in which each is another, or new and behind those that were there, in the order
        of changed, or is there no more.
        """
        if len(changed) > len(self.blocks):
            return self.of(tracks)
        blocks = list(self.blocks)
        for uid in changed:
            _change(blocks, uid, tracks.get(uid))
        return type(self)(tracks, tuple(blocks))

    def worked_out(self, work: Callable[[Iterable[Track]], T]) -> Iterator[T]:
        """Yield what a function answers of each block, in order: see ``TrackBlock``."""
        return (block.worked_out(work) for block in self.blocks)

    def besides(self, others: "TrackBlocks") -> dict[str, Track]:
        """Return the tracks, by uid and in order, of the blocks that others do not share."""
        shared = set(map(id, others.blocks))
        found: dict[str, Track] = {}
        for block in self.blocks:
            if id(block) not in shared:
                found.update(block.tracks)
        return found


def _change(blocks: list[TrackBlock], uid: str, track: Track | None) -> None:
    """Put a track into its block, in place of the one with its uid; None: take that one out."""
    place = next((n for n, block in enumerate(blocks) if uid in block.tracks), None)
    if place is None and blocks and len(blocks[-1].tracks) < _MOST:
        place = len(blocks) - 1
    if place is None:
        place = len(blocks)
    tracks = {**blocks[place].tracks} if place < len(blocks) else {}
    if track is None:
        tracks.pop(uid, None)
    else:
        tracks[uid] = track
    blocks[place : place + 1] = [TrackBlock(tracks)] if tracks else []
