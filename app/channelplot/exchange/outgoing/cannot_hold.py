"""What of a selection a format can't hold: counted before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Counts, Selection
from channelplot.exchange.outgoing.texts import unheld_numbers, unheld_texts


class Unheld(StrEnum):
    """What a file can't hold."""

    EMPTY_TRACKS = "empty_tracks"
    """Tracks of which no report goes out."""
    STATUS_CHANGES = "status_changes"
    TRACK_NOTES = "track_notes"
    TRACK_DETAILS = "track_details"
    """When and by whom tracks were begun, their references, looks and the like."""
    BEACHES = "beaches"
    MARKS = "marks"
    LOG_LINES = "log_lines"
    CONDITIONS = "conditions"
    SEARCHES = "searches"
    LIMITS = "limits"
    APPROACH_WATCHES = "approach_watches"
    PREDICTED_CROSSINGS = "predicted_crossings"
    ACKNOWLEDGEMENTS = "acknowledgements"
    REFERENCE_LAYERS = "reference_layers"
    NUMBERS = "numbers"
    """Numbers that are none, such as infinity: they are left out."""
    EXAMPLE = "example"
    """That the plot is an example, all of it fictional."""
    TEXTS = "texts"
    """Texts with characters that the format can't hold: a replacement character stands there."""


def cannot_hold(selection: Selection, kind: Format) -> Mapping[Unheld, int]:
    """Return what of a selection a file of a format can't hold, and how many; none left out.

    Of what stands beside the tracks in the plot that counts which the selection is about: with
    tracks chosen what is theirs, in a period what happened in it or has no time.
    """
    counts = {
        **(_of_tables(selection) if kind is Format.CSV else {}),
        **_beside_tracks(selection),
        Unheld.EXAMPLE: int(selection.plot.is_example),
        Unheld.NUMBERS: unheld_numbers(selection),
        Unheld.TEXTS: unheld_texts(selection, kind),
    }
    return {what: count for what, count in counts.items() if count}


def held(counts: Counts, unheld: Mapping[Unheld, int]) -> Counts:
    """Return how much of a selection is in a file that can't hold some of it."""
    return replace(
        counts,
        tracks=counts.tracks - unheld.get(Unheld.EMPTY_TRACKS, 0),
        beaches=counts.beaches - unheld.get(Unheld.BEACHES, 0),
        marks=counts.marks - unheld.get(Unheld.MARKS, 0),
    )


def _of_tables(selection: Selection) -> dict[Unheld, int]:
    """Return what a table of reports can't hold."""
    lots = list(selection.lots())
    tracks = [track for track, lot in lots if lot]
    return {
        Unheld.EMPTY_TRACKS: len(lots) - len(tracks),
        Unheld.STATUS_CHANGES: sum(len(track.status_changes) for track in tracks),
        Unheld.TRACK_NOTES: sum(bool(track.note) for track in tracks),
        Unheld.TRACK_DETAILS: len(tracks),
        Unheld.BEACHES: len(selection.beaches()),
        Unheld.MARKS: len(selection.marks()),
    }


def _beside_tracks(selection: Selection) -> dict[Unheld, int]:
    """Return what none of the formats holds."""
    plot, uids, in_period = selection.plot, selection.track_uids, selection.is_in_period

    def count(*about: Iterable[str | None]) -> int:
        """Return how many of these, each about some tracks, are about what goes out."""
        return sum(uids is None or not uids.isdisjoint(each) for each in about)

    lines = [line for line in plot.log_lines.values() if in_period(line.at_utc)]
    crossings = [c for c in plot.predicted_crossings.values() if in_period(c.crosses_at_utc)]
    seen = [a for a in plot.acknowledgements.values() if in_period(a.at_utc)]
    watches = plot.approach_watches.values()
    return {
        Unheld.LOG_LINES: count(*((line.track_uid,) for line in lines)),
        Unheld.CONDITIONS: count(*((c.track_uid,) for c in plot.conditions.values())),
        Unheld.SEARCHES: count(*((s.track_uid,) for s in plot.searches.values())),
        Unheld.LIMITS: count(*(() for _ in plot.limits)),
        Unheld.APPROACH_WATCHES: count(
            *((watch.first_track_uid, watch.second_track_uid) for watch in watches)
        ),
        Unheld.PREDICTED_CROSSINGS: count(*((c.track_uid,) for c in crossings)),
        Unheld.ACKNOWLEDGEMENTS: count(*((a.entity_uid,) for a in seen)),
        Unheld.REFERENCE_LAYERS: count(*(() for _ in plot.reference_layers)),
    }
