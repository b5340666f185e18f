"""What a file brings in, in words: the figures that are shown before it comes in, and after."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.exchange.incoming.plan import ImportSummary
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.text import (
    date_time_group,
    latitude_text,
    longitude_text,
)

translate: Final = QCoreApplication.translate
_MOST_NAMED: Final = 4
"""Of more things than that, how many there are is told instead of each."""
_SHORT: Final = 1
"""Decimals of the minutes of the corners of an area."""


def summary_lines(summary: ImportSummary, local_periods: Sequence[str] = ()) -> list[str]:
    """Return what a file brings, a line for each kind of thing; nothing for what there is none of.

    local_periods: the period by other clocks, which stands with it. What is refused is not told
    line by line: see ``import_faults.refusal_text``.
    """
    facts = _facts(summary, local_periods)
    return [f"{title}: {', '.join(parts)}" for title, parts in facts if any(parts)]


def _facts(
    summary: ImportSummary, local_periods: Sequence[str]
) -> Iterator[tuple[str, Sequence[str]]]:
    yield (
        translate("Imports", "Tracks"),
        _counts(
            (summary.new_tracks, translate("Imports", "{number} new")),
            (summary.known_tracks, translate("Imports", "{number} there already")),
        ),
    )
    yield (
        translate("Imports", "Added to the crossings"),
        _counts((summary.new_boats, "{number}")),
    )
    yield (
        translate("Imports", "Reports"),
        _counts(
            (summary.new_reports, translate("Imports", "{number} new")),
            (summary.into_known_tracks, translate("Imports", "{number} of tracks there already")),
            (summary.unattributed, translate("Imports", "{number} of no track")),
            (summary.known_reports, translate("Imports", "{number} there already")),
            (summary.said_twice, translate("Imports", "{number} more than once in the file")),
        ),
    )
    yield (
        translate("Imports", "Beaches and marks"),
        _counts(
            (summary.new_beaches, translate("Imports", "new beaches: {number}")),
            (summary.new_marks, translate("Imports", "new marks: {number}")),
            (summary.known_places, translate("Imports", "{number} there already")),
        ),
    )
    if summary.first_at_utc is not None and summary.last_at_utc is not None:
        ends = date_time_group(summary.first_at_utc), date_time_group(summary.last_at_utc)
        yield translate("Imports", "Period of what is new"), [period_text(*ends), *local_periods]
    if summary.bounds is not None:
        yield translate("Imports", "Area of what is new"), [_area_text(summary.bounds)]
    if summary.renamed:
        named = summary.renamed[:_MOST_NAMED]
        pairs = [f"{in_file} \N{RIGHTWARDS ARROW} {here}" for in_file, here in named]
        more = translate("Imports", "{number} more")
        pairs += _counts((len(summary.renamed) - len(named), more))
        yield translate("Imports", "Renamed, for the name is taken"), pairs
    yield (
        translate("Imports", "Told otherwise than in the plot"),
        _counts(
            (summary.changed, translate("Imports", "{number} more fully")),
            (summary.conflicts, translate("Imports", "{number} differently")),
            (summary.decided, translate("Imports", "{number} differently, settled before")),
            (summary.taken_changes, translate("Imports", "{number} taken from the file")),
        ),
    )
    yield (
        translate("Imports", "Not coming in"),
        _counts(
            (summary.withdrawn, translate("Imports", "{number} withdrawn from the plot before")),
            (summary.left, translate("Imports", "{number} left out by choice")),
            (summary.refused, translate("Imports", "{number} refused")),
        ),
    )


def period_text(first: str, last: str) -> str:
    """Return from when to when: once where both are the same."""
    if first == last:
        return first
    return translate("Imports", "{first} to {last}").format(first=first, last=last)


def imported_text(summary: ImportSummary) -> str:
    """Return what came in, and how it goes again."""
    facts = _counts(
        (summary.new_tracks, translate("Imports", "new tracks {number}")),
        (summary.new_reports, translate("Imports", "new reports {number}")),
        (summary.new_beaches, translate("Imports", "new beaches {number}")),
        (summary.new_marks, translate("Imports", "new marks {number}")),
        (summary.taken_changes, translate("Imports", "versions taken from the file {number}")),
    )
    if not facts:
        facts = [translate("Imports", "its versions are in the watch log")]
    said = translate("Imports", "{name} is in the plot: {facts}. Ctrl+Z takes all of it back.")
    said = said.format(name=summary.file_name, facts=", ".join(facts))
    if summary.refused:
        refused = translate("Imports", "Lines refused, and not in the plot: {number}.")
        said = f"{said} {refused.format(number=f'{summary.refused:,}')}"
    return said


def _counts(*told: tuple[int, str]) -> list[str]:
    return [words.format(number=f"{number:,}") for number, words in told if number]


def _area_text(bounds: Bounds) -> str:
    south, north = (latitude_text(deg, _SHORT) for deg in (bounds.south_deg, bounds.north_deg))
    west, east = (longitude_text(deg, _SHORT) for deg in (bounds.west_deg, bounds.east_deg))
    return translate("Imports", "{south} to {north}, {west} to {east}").format(
        south=south, north=north, west=west, east=east
    )
