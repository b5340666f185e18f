"""The names a line may use: the gazetteer's, and those of the plot's tracks.

The name of a track that was merged into another means the other one, everywhere in a line.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from channelplot.model.track import Track
from channelplot.reading.gazetteer import Gazetteer, Words, words_of


@dataclass(frozen=True, slots=True)
class NamedTrack:
    """A name and the track it means."""

    name: str
    track: Track

    @property
    def said(self) -> str:
        """Return the name where it is that of a track merged into this one, else ""."""
        return "" if self.name == self.track.name else self.name


@dataclass(frozen=True)
class Names:
    """The names a line may use: the gazetteer's, and the tracks by the words of their names."""

    gazetteer: Gazetteer
    tracks: Mapping[Words, NamedTrack]

    @functools.cached_property
    def longest(self) -> int:
        """Return the most words a name has."""
        return max(self.gazetteer.longest, *(len(words) for words in self.tracks), 1)


def names_of(gazetteer: Gazetteer, tracks: Iterable[Track]) -> Names:
    """Return the names of the gazetteer and of a plot's tracks."""
    known = {track.uid: track for track in tracks}
    return Names(gazetteer, dict(_track_names(known)))


def names_after(names: Names, before: Mapping[str, Track], tracks: Mapping[str, Track]) -> Names:
    """Return the names of a plot's tracks, from those of the plot before as far as they hold.

    names: of before, with the same gazetteer. Nearly always a track got a report, and is called
    as it was: then its names mean it as it now is. tracks: by uid, like before.
    """
    changed = {uid: track for uid, track in tracks.items() if before.get(uid) is not track}
    if len(tracks) != len(before) or any(
        uid not in before
        or before[uid].name != track.name
        or before[uid].same_as_uid != track.same_as_uid
        for uid, track in changed.items()
    ):
        return names_of(names.gazetteer, tracks.values())
    return Names(
        names.gazetteer,
        {
            words: NamedTrack(named.name, changed[named.track.uid])
            if named.track.uid in changed
            else named
            for words, named in names.tracks.items()
        },
    )


def survivor(track: Track, tracks: Mapping[str, Track]) -> Track:
    """Return the track that a track was merged into, however often; itself if it was not.

    tracks: the plot's, by uid. Itself, too, where the others lead nowhere or round in a ring.
    """
    at, passed = track, {track.uid}
    while at.same_as_uid is not None:
        other = tracks.get(at.same_as_uid)
        if other is None or other.uid in passed:
            return track
        passed.add(other.uid)
        at = other
    return at


def _track_names(tracks: Mapping[str, Track]) -> Iterator[tuple[Words, NamedTrack]]:
    """Yield the words of each name; of two alike those of a track that was not merged last."""
    for track in sorted(tracks.values(), key=lambda each: each.same_as_uid is None):
        yield words_of(track.name), NamedTrack(track.name, survivor(track, tracks))
