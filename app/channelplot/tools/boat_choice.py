"""Where reports may go: the boats ranked by how well they fit, each on a key; or one by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from channelplot.analysis.closest_approach import ClosestApproach
from channelplot.analysis.same_boat import Comparison
from channelplot.commands.required import survivor_of
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.reading.gazetteer import words_of

MOST_RANKED: Final = 8
"""Each has a figure for its key; with a new boat and no boat they fill the list of ten."""
NEW_KEY: Final = "N"
NONE_KEY: Final = "U"
"""Not the names of boats: one called so is picked by its figure, or as >N."""
_SHORTEST: Final = 2
"""Letters that the beginning of a name must have: one letter is a boat's whole name."""


@dataclass(frozen=True, slots=True)
class BoatTarget:
    """Where reports may go: to a track; to a new boat; to no boat, with neither.

    key: what picks it, "" for one that is named only. name: the track's, or what the new boat will
    be called. said: the name that was typed where it is that of a track merged into this one.
    comparison: None where there is nothing to compare. is_same_phone: the boat has a report from
    the telephone of those that go. approach: how close it comes, where that is what is asked.
    """

    key: str
    name: str = ""
    track_uid: str | None = None
    is_new: bool = False
    said: str = ""
    comparison: Comparison | None = None
    is_same_phone: bool = False
    approach: ClosestApproach | None = None


class ChoiceProblem(StrEnum):
    """Why what was typed picks nothing."""

    EMPTY = "empty"
    NO_SUCH_KEY = "no_such_key"
    NO_SUCH_NAME = "no_such_name"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class ChoiceFault:
    """Why what was typed picks nothing. value: what was typed; names: what it may mean."""

    problem: ChoiceProblem
    value: str = ""
    names: tuple[str, ...] = ()


def ranked_targets(
    comparisons: Sequence[Comparison],
    others: Sequence[Track],
    left_out: frozenset[str],
    same_phone: frozenset[str] = frozenset(),
) -> tuple[BoatTarget, ...]:
    """Return targets on the keys from 1 on: the boats compared, then others, by name.

    left_out: the uids of tracks that are no targets; same_phone: of those that come before all.
    """
    compared = [one for one in comparisons if one.track.uid not in left_out]
    known = {one.track.uid for one in compared} | left_out
    rest = sorted((track for track in others if track.uid not in known), key=lambda t: t.name)
    pairs: list[tuple[Track, Comparison | None]] = [(one.track, one) for one in compared]
    pairs += [(track, None) for track in rest]
    pairs.sort(key=lambda pair: pair[0].uid not in same_phone)
    return tuple(
        BoatTarget(
            str(number),
            track.name,
            track.uid,
            comparison=comparison,
            is_same_phone=track.uid in same_phone,
        )
        for number, (track, comparison) in enumerate(pairs[:MOST_RANKED], 1)
    )


def chosen_target(
    text: str, targets: Sequence[BoatTarget], compared: Mapping[str, Comparison], plot: Plot
) -> BoatTarget | ChoiceFault:
    """Return what was picked by its key, or by a name or the only one that begins so.

    A ``>`` before it says that it is a name. compared: by the uids of tracks.
    """
    typed = text.strip()
    if not typed:
        return ChoiceFault(ChoiceProblem.EMPTY)
    for target in targets:
        if target.key and target.key == typed.upper():
            return target
    if typed.isdigit() and len(typed) == 1:
        return ChoiceFault(ChoiceProblem.NO_SUCH_KEY, typed)
    name = typed.removeprefix(">").strip()
    found = _tracks_called(name, plot)
    if len(found) != 1:
        problem = ChoiceProblem.SEVERAL if found else ChoiceProblem.NO_SUCH_NAME
        return ChoiceFault(problem, name, tuple(sorted(track.name for track in found)))
    track = survivor_of(plot, found[0])
    if track is None:
        return ChoiceFault(ChoiceProblem.NO_SUCH_NAME, name)
    said = "" if track is found[0] else found[0].name
    return BoatTarget("", track.name, track.uid, said=said, comparison=compared.get(track.uid))


def _tracks_called(name: str, plot: Plot) -> list[Track]:
    """Return the track of a name, but for case and accents; else those whose names begin so.

    Merged tracks are found by their whole name only.
    """
    words = words_of(name)
    if not words:
        return []
    called = [track for track in plot.tracks.values() if words_of(track.name) == words]
    exact = [track for track in called if track.name == name]
    if called or len(name) < _SHORTEST:
        return exact or called
    start = " ".join(words)
    return [
        track
        for track in plot.tracks.values()
        if track.same_as_uid is None and " ".join(words_of(track.name)).startswith(start)
    ]
