"""The names of a plot after a change are those that would be found anew."""

from dataclasses import replace

from channelplot.model.track import Track
from channelplot.reading.gazetteer import Gazetteer
from channelplot.reading.names import names_after, names_of
from helpers.builders import a_report, a_track

NAMES = names_of(Gazetteer(()), ())


def _tracks(*tracks: Track) -> dict[str, Track]:
    return {track.uid: track for track in tracks}


FIRST = a_track("Alpha", [a_report("0210")])
OTHER = a_track("Bravo", [a_report("0220")])
MERGED = replace(a_track("Charlie", []), same_as_uid=FIRST.uid)
BEFORE = _tracks(FIRST, OTHER, MERGED)


def _assert_as_found_anew(after: dict[str, Track]) -> None:
    known = names_of(NAMES.gazetteer, BEFORE.values())
    names = names_after(known, BEFORE, after)
    anew = names_of(NAMES.gazetteer, after.values())
    assert names.tracks == anew.tracks
    assert all(names.tracks[words].track is anew.tracks[words].track for words in anew.tracks)


def test_a_report_changes_what_a_name_means_but_no_name() -> None:
    longer = a_track("Alpha", [a_report("0210"), a_report("0230")], uid=FIRST.uid)
    assert longer != FIRST
    _assert_as_found_anew(_tracks(longer, OTHER, MERGED))


def test_a_new_name_is_known_and_the_old_one_is_not() -> None:
    renamed = replace(OTHER, name="Delta")
    _assert_as_found_anew(_tracks(FIRST, renamed, MERGED))


def test_a_merged_track_means_the_other_one() -> None:
    _assert_as_found_anew(_tracks(FIRST, replace(OTHER, same_as_uid=FIRST.uid), MERGED))


def test_a_track_more_and_a_track_less() -> None:
    _assert_as_found_anew({**BEFORE, **_tracks(a_track("Echo", []))})
    _assert_as_found_anew(_tracks(FIRST, MERGED))
