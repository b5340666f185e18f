"""The open craft that nothing can be reckoned of, as a note: none is left out silently; no Qt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from channelplot.analysis.dead_reckoning import is_too_old
from channelplot.model.track import Track


@dataclass(frozen=True, slots=True)
class UnreckonedNote:
    """Names of the craft that have no reckoned position at a time, boats first.

    too_old: their last fix is too long ago to say anything by now; unplaced: they had no fix yet.
    """

    too_old: tuple[str, ...]
    unplaced: tuple[str, ...]


def unreckoned_of(tracks: Iterable[Track], at_utc: datetime) -> UnreckonedNote | None:
    """Return the note of the open ones among some craft at a time, None if it would be empty."""
    left_out = sorted(
        (track for track in tracks if not track.is_closed and is_too_old(track, at_utc)),
        key=lambda track: (not track.has_people, track.name),
    )
    if not left_out:
        return None
    placed = [bool(t.fixes) and t.fixes[0].observed_at_utc <= at_utc for t in left_out]
    pairs = list(zip(left_out, placed, strict=True))
    return UnreckonedNote(
        too_old=tuple(track.name for track, is_placed in pairs if is_placed),
        unplaced=tuple(track.name for track, is_placed in pairs if not is_placed),
    )
