"""What is said of a file that comes in: one sentence for each reason, and what each desk said."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.fields import BEACH_FIELDS, MARK_FIELDS, REPORT_FIELDS, TRACK_FIELDS
from channelplot.exchange.incoming.arriving import import_command
from channelplot.exchange.incoming.conflict import Conflict
from channelplot.exchange.incoming.found import NO_TRACK, FoundPlace
from channelplot.exchange.incoming.incoming import Incoming, Refusal
from channelplot.exchange.incoming.plan import ImportChoices, plan_import
from channelplot.model.plot import Plot
from channelplot.ui.log.conflict_text import (
    conflict_text,
    conflict_title,
    fields_text,
    import_field_title,
    not_taken_text,
)
from channelplot.ui.words.import_faults import refusal_text, refused_text
from channelplot.ui.words.import_words import imported_text, summary_lines
from channelplot.ui.words.messages import error_text
from helpers.builders import R1, R2, R5, a_beach, a_mark, a_plot, a_report, a_track, at
from helpers.clock import FixedClock
from helpers.incoming import NOW, found, gathered, imported, other_desk
from helpers.told import log_of

pytestmark = pytest.mark.usefixtures("qapp")

OF_FILES = {
    ImportFault.NOT_FOUND, ImportFault.KIND, ImportFault.UNREADABLE, ImportFault.NO_CRS,
    ImportFault.EMPTY, ImportFault.TOO_LARGE, ImportFault.NOT_XML, ImportFault.NOT_JSON,
    ImportFault.ENTITIES, ImportFault.TOO_DEEP, ImportFault.ENCODING, ImportFault.ZERO_BYTE,
    ImportFault.ENCODING_NOT_SAID, ImportFault.NOT_IN_ENCODING,
    ImportFault.NOT_A_TABLE, ImportFault.COLUMNS, ImportFault.COLUMN_TWICE, ImportFault.DATUM,
    ImportFault.ARCHIVE,
    ImportFault.LINKS, ImportFault.STOPPED, ImportFault.ZONE_NOT_SAID,
    ImportFault.DAY_OR_MONTH_FIRST, ImportFault.SAME_PLOT,
}  # fmt: skip
OF_LINES = set(ImportFault) - OF_FILES | {
    ImportFault.ENCODING, ImportFault.ZERO_BYTE, ImportFault.LINKS,
}  # fmt: skip


@pytest.mark.parametrize("fault", ImportFault)
def test_every_fault_of_a_file_is_worded(fault: ImportFault) -> None:
    text = error_text(ImportFileError(fault, Path("far") / "patrol.gpx", "piece", 7))
    assert "patrol.gpx" in text
    assert "Nothing was imported." in text
    assert "far" not in text
    assert "{" not in text
    assert fault in OF_FILES or "line 7" in text


def test_every_fault_of_a_file_says_something_else() -> None:
    texts = {error_text(ImportFileError(fault, Path("a"), "", 1)) for fault in OF_FILES}
    assert len(texts) == len(OF_FILES)


def test_what_can_not_be_read_of_a_file_is_said_where_it_is_known() -> None:
    path = Path("far") / "patrol.gpx"
    after = "Nothing was imported. Get the file again from its source."
    told = error_text(ImportFileError(ImportFault.UNREADABLE, path, "Permission denied"))
    assert told == f"patrol.gpx can't be read (Permission denied). {after}"
    assert error_text(ImportFileError(ImportFault.UNREADABLE, path)) == (
        f"patrol.gpx can't be read. {after}"
    )


@pytest.mark.parametrize("fault", sorted(OF_LINES))
def test_every_fault_of_a_line_is_one_sentence_with_its_line(fault: ImportFault) -> None:
    text = refusal_text(Refusal(12, fault, "51,5"))
    assert text == f"Line 12: {refused_text(fault)} (51,5)."
    assert refused_text(fault) != refused_text(ImportFault.KIND)
    assert refusal_text(Refusal(12, fault)) == f"Line 12: {refused_text(fault)}."
    assert refusal_text(Refusal(0, fault)) == f"In the file: {refused_text(fault)}."
    assert refusal_text(Refusal(0, fault, "far.kml")).endswith("(far.kml).")


def test_points_without_a_time_are_told_once_for_their_line() -> None:
    text = refusal_text(Refusal(4, ImportFault.TIME_MISSING, "310"))
    assert text == "Line 4: the points of this line have no time (310)."


def test_a_summary_tells_what_there_is_and_nothing_of_what_there_is_not() -> None:
    incoming = gathered(
        found("0210", R1),
        found("0210", R1, line=2, as_received="row 1"),
        found("0228", R2, line=3),
        found("0300", R5, track=NO_TRACK, line=4),
        found("1200", R5, line=5),
        FoundPlace(line=6, name="Buoy", position=R1),
    )
    plan = plan_import(incoming, a_plot(a_track("A")))
    assert summary_lines(plan.summary) == [
        "Tracks: 1 new",
        "Added to the crossings: 1",
        "Reports: 3 new, 1 of no track, 1 more than once in the file",
        "Beaches and marks: new beaches: 1",
        "Period of what is new: 150210Z SEP 26 to 150300Z SEP 26",
        "Area of what is new: 50°58.0'N to 51°01.9'N, 001°30.7'E to 001°41.0'E",
        "Renamed, for the name is taken: A \N{RIGHTWARDS ARROW} A-2",
        "Not coming in: 1 refused",
    ]
    assert imported_text(plan.summary) == (
        "patrol.gpx is in the plot: new tracks 1, new reports 3, new beaches 1."
        " Ctrl+Z takes all of it back. Lines refused, and not in the plot: 1."
    )
    left = plan.with_choices(ImportChoices(with_places=False))
    assert summary_lines(left.summary)[-1] == "Not coming in: 1 left out by choice, 1 refused"
    again = plan_import(incoming, imported(incoming))
    assert summary_lines(again.summary) == [
        "Tracks: 1 there already",
        "Reports: 3 there already, 1 more than once in the file",
        "Beaches and marks: 1 there already",
        "Not coming in: 1 refused",
    ]
    assert summary_lines(plan_import(gathered(), Plot()).summary) == []


def test_of_many_renamed_tracks_a_few_are_named() -> None:
    taken = a_plot(*(a_track(f"T{n}") for n in range(6)))
    incoming = gathered(*(found("0210", R1, track=f"T{n}", line=n + 1) for n in range(6)))
    (line,) = (
        line for line in summary_lines(plan_import(incoming, taken).summary) if "Renamed" in line
    )
    arrow = "\N{RIGHTWARDS ARROW}"
    named = ", ".join(f"T{n} {arrow} T{n}-2" for n in range(4))
    assert line == f"Renamed, for the name is taken: {named}, 2 more"


OURS = a_plot(
    a_track("A", [a_report("0210", uid="r1", speed_kn=4.0)], uid="a"),
    unattributed=[a_report("0300", uid="r2", grade="2C")],
    beaches=[a_beach("Sangatte", uid="b")],
).with_mark(a_mark("CGN", uid="m"))


def conflict(theirs: Plot) -> Conflict:
    plan = plan_import(other_desk(theirs), OURS)
    (only,) = (*plan.conflicts, *plan.changed)
    return only


def test_a_conflict_says_what_it_is_about_and_what_each_says() -> None:
    report = OURS.report("r1")
    assert report is not None
    told = conflict(OURS.with_report(replace(report, speed_kn=5.0, grade="1A")))
    assert conflict_title(told) == "report 150210Z of A"
    assert fields_text(told.ours) == "speed 4.0, grade -"
    assert conflict_text(told) == (
        "report 150210Z of A: the plot has speed 4.0, grade -; the file has speed 5.0, grade 1A"
    )
    assert "speed 5.0" in not_taken_text(told, told.theirs, "other.gpkg")
    assert not_taken_text(told, told.theirs, "other.gpkg").startswith(
        "Not taken from other.gpkg: report 150210Z of A: "
    )
    assert not_taken_text(told, told.ours, "other.gpkg").startswith(
        "Replaced by what other.gpkg says: report 150210Z of A: "
    )


def test_a_conflict_may_be_about_anything() -> None:
    loose = OURS.report("r2")
    assert loose is not None
    beach, mark, track = OURS.beaches["b"], OURS.marks["m"], OURS.tracks["a"]
    assert [
        conflict_title(conflict(theirs))
        for theirs in (
            OURS.with_report(replace(loose, grade="1A")),
            OURS.with_track(replace(track, name="ALFA")),
            OURS.with_beach(replace(beach, position=R5)),
            OURS.with_mark(replace(mark, position=R5)),
        )
    ] == ["report 150300Z", "track A", "beach Sangatte", "mark CGN"]


@pytest.mark.parametrize(
    "name", sorted({*REPORT_FIELDS, *TRACK_FIELDS, *BEACH_FIELDS, *MARK_FIELDS} - {"uid"})
)
def test_every_field_has_a_title(name: str) -> None:
    title = import_field_title(name)
    assert "_" not in title
    assert title


def sentence(
    tmp_path: Path, clock: FixedClock, incoming: Incoming, choices: ImportChoices | None = None
) -> str:
    """What the watch log says of an import into the plot above, undone and done again too."""
    plan = plan_import(incoming, OURS, choices=choices)
    command = import_command(plan, not_taken_text, NOW, "watch")
    done, undone, redone = log_of(tmp_path, OURS, command, clock=clock, back_and_forth=True)
    assert undone.words == f"undone: {done.words}"
    assert redone.words == f"done again: {done.words}"
    return done.words


def test_the_log_tells_what_came_in(tmp_path: Path, clock: FixedClock) -> None:
    incoming = gathered(
        found("0210", R1, track="RIB", line=1),
        found("0228", R2, track="RIB", line=2),
        FoundPlace(line=3, name="Buoy", position=R1),
    )
    assert sentence(tmp_path, clock, incoming) == (
        "file patrol.gpx imported; new: other craft RIB; reports: 2; places: Buoy"
    )


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (ImportChoices(), "other versions kept in the log: 1"),
        (
            ImportChoices(conflicts_taken=True),
            "changed: 1; other versions kept in the log: 1",
        ),
    ],
)
def test_the_log_tells_which_versions_were_taken(
    tmp_path: Path, clock: FixedClock, choices: ImportChoices, words: str
) -> None:
    report = OURS.report("r1")
    assert report is not None
    incoming = other_desk(OURS.with_report(replace(report, speed_kn=5.0)))
    assert sentence(tmp_path, clock, incoming, choices) == f"file other desk.gpkg imported; {words}"


def test_the_log_tells_of_a_large_import_without_reading_all_of_it(
    tmp_path: Path, clock: FixedClock
) -> None:
    rows = [found(at("0210") + timedelta(seconds=n), R1, line=n + 1) for n in range(2_500)]
    commands = (
        import_command(plan_import(gathered(*some), OURS), not_taken_text, NOW, "watch")
        for some in (rows[:1], rows)
    )
    _, told = log_of(tmp_path, OURS, *commands, clock=clock)
    assert told.words == "file patrol.gpx imported; reports: 2499"
