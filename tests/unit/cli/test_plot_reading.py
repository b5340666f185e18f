"""``channelplot plot --dry-run``: how a line is read, what is asked, what is refused."""

from pathlib import Path

import pytest

from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.store.geopackage import PlotFile
from helpers.plot_command import FOLD_NIGHT, NOW, R1, Command, names_in, position_of

UNSAID = {
    "source", "source_name", "grade", "course_deg", "course_variation_deg", "speed_kn",
    "people_total", "people_men", "people_women", "people_children", "people_medical",
    "people_deceased", "people_missing", "people_is_estimate", "people_basis", "origin",
    "origin_at_utc", "origin_bearing_deg", "origin_distance_m", "origin_variation_deg",
    "leg_from_utc", "leg_course_deg", "leg_distance_m", "leg_speed_kn", "mark_code", "mark_name",
    "words", "boat_type", "caller", "called_before", "log", "status",
}  # fmt: skip
"""Keys of a record that a line of nothing but a position leaves null."""


# What is printed of a line that is read


@pytest.mark.parametrize(
    ("line", "form", "position", "error_m"),
    [
        ("50 58.0N 001 41.0E", "ddm", R1, 109.4),
        ("5058.0N 00141.0E", "ddm", R1, 109.4),
        ("50°58'00\"N 001°41'00\"E", "dms", R1, 18.2),
        ("50.96667 1.68333", "dd", R1, 0.66),
        ("31U DS 0755 4694", "mgrs", R1, 7.1),
        ("31U 407553 5646942", "utm", R1, 0.71),
        ("023 CGN 7.2", "bearing_distance", Position(1.65752, 50.97864), 334.8),
        ("launched Sangatte", "mark", Position(1.74232, 50.94312), 500.0),
    ],
)
def test_a_position_is_told_with_its_form_and_error(
    plot_command: Command, line: str, form: str, position: Position, error_m: float
) -> None:
    done = plot_command("--dry-run", "--at", NOW, f"0255Z {line}")

    assert done.code == 0
    record = done.record
    assert record["position_form"] == form
    assert distance_m(position_of(record), position) < 10.0
    assert record["observed_at_utc"] == "2026-09-15T02:55:00.000Z"
    assert record["error_m"] == pytest.approx(error_m, rel=0.02)


def test_everything_a_line_says_is_told(plot_command: Command, plot: Path) -> None:
    line = (
        "0250Z A 310 1.5 course 308M 4.5kn ca 45pob incl 8 ch 1 medical "
        "coastguard aircraft 1A >A engine failing"
    )
    done = plot_command("--dry-run", "--at", NOW, plot, line)

    record = done.record
    assert done.code == 0
    assert record["origin"] == "A"
    assert record["position_form"] == "relative"
    assert record["origin_at_utc"] == "2026-09-15T02:45:00.000Z"
    assert record["origin_bearing_deg"] == 310.0
    assert record["origin_distance_m"] == pytest.approx(1.5 * 1852.0)
    assert record["time_form"] == "clock"
    assert record["time_zone"] == "Z"
    assert record["is_day_before"] is False
    assert record["course_deg"] == pytest.approx(309.8, abs=0.1)
    assert record["course_variation_deg"] == pytest.approx(1.8, abs=0.1)
    assert record["speed_kn"] == 4.5
    assert record["people_total"] == 45
    assert record["people_children"] == 8
    assert record["people_medical"] == 1
    assert record["people_men"] is None
    assert record["people_is_estimate"] is True
    assert record["people_basis"] == "reported"
    assert record["source"] == "aircraft"
    assert str(record["source_name"]).casefold() == "coastguard aircraft"
    assert record["grade"] == "1A"
    assert record["kind"] == "position"
    assert record["craft"] == "small_boat"
    assert record["track"] == "A"
    assert record["is_new_track"] is False
    assert record["leg_from_utc"] == "2026-09-15T02:45:00.000Z"
    assert record["leg_course_deg"] == pytest.approx(310.0)
    assert record["leg_distance_m"] == pytest.approx(1.5 * 1852.0)
    assert record["leg_speed_kn"] == pytest.approx(18.0)
    assert record["words"] == "engine failing"
    assert record["as_received"] == line
    assert record["received_at_utc"] == "2026-09-15T03:00:00.000Z"


def test_what_was_not_said_is_null(plot_command: Command) -> None:
    record = plot_command("--dry-run", "--at", NOW, "50 58.0N 001 41.0E").record

    assert {key for key, value in record.items() if value is None} == UNSAID
    assert record["time_form"] == "unsaid"
    assert record["observed_at_utc"] == "2026-09-15T03:00:00.000Z"
    assert (record["track"], record["is_new_track"]) == ("A", True)
    assert record["nearest_mark_code"] == "CBN"
    assert record["nearest_mark"] == "Cap Blanc-Nez"
    assert record["nearest_mark_distance_m"] == pytest.approx(2.70 * 1852.0, rel=0.01)
    assert record["nearest_mark_bearing_deg"] == pytest.approx(338.0, abs=0.1)
    assert not {"question", "refused"} & set(record)


def test_a_line_about_a_mark_tells_the_mark(plot_command: Command) -> None:
    done = plot_command("--dry-run", "--at", NOW, "mark WRK 51 05.0N 001 40.0E Wreck buoy")

    record = done.record
    assert done.code == 0
    assert (record["mark_code"], record["mark_name"]) == ("WRK", "Wreck buoy")
    assert record["observed_at_utc"] is record["kind"] is record["track"] is record["craft"] is None


@pytest.mark.parametrize(
    "line", ["0250Z 090 WRK 2.0", "0250Z A 310 1.5", "0250Z 50 58.0N 1 41E >A"]
)
def test_the_names_of_a_plot_are_known_with_the_plot_alone(
    plot_command: Command, plot: Path, line: str
) -> None:
    with_plot = plot_command("--dry-run", "--at", NOW, plot, line)
    without = plot_command("--dry-run", "--at", NOW, line)

    assert with_plot.code == 0
    assert without.code != 0


def test_a_dry_run_neither_locks_nor_changes_the_plot(plot_command: Command, plot: Path) -> None:
    before = plot.read_bytes(), plot.stat().st_mtime_ns
    desk = PlotFile.open(plot)
    try:
        assert not desk.is_read_only
        beside = names_in(plot.parent)
        done = plot_command("--dry-run", "--at", NOW, plot, "0250Z 50 59.8N 1 36.5E >A")
        assert names_in(plot.parent) == beside
    finally:
        desk.close()

    assert (done.code, done.record["track"]) == (0, "A")
    assert (plot.read_bytes(), plot.stat().st_mtime_ns) == before
    assert names_in(plot.parent) == ["night.gpkg"]


def test_the_next_boat_has_a_letter_that_the_plot_never_had(
    plot_command: Command, plot: Path
) -> None:
    line = "0250Z 50 58.0N 001 41.0E"
    assert plot_command("--dry-run", "--at", NOW, line).record["track"] == "A"
    assert plot_command("--dry-run", "--at", NOW, plot, line).record["track"] == "B"


def test_who_called_is_told_in_full_with_the_calls_before(
    plot_command: Command, plot: Path
) -> None:
    words = ("--at", NOW, plot)
    assert plot_command(*words, "0250Z phone +33 6 12 34 56 78, 50 59.0N 001 38.0E >A").code == 0

    line = "tel 0033 6 12 34 56 78, 50 58.0N 001 41.0E RHIB new"
    record = plot_command("--dry-run", *words, line).record

    assert record["caller"] == "+33612345678"
    assert record["source"] == "phone"
    assert record["boat_type"] == "rhib"
    assert record["called_before"] == [
        {"caller": "+33612345678", "observed_at_utc": "2026-09-15T02:50:00.000Z", "track": "A"}
    ]
    assert record["log"] is None


def test_a_line_of_the_watch_log_is_told_as_one(plot_command: Command, plot: Path) -> None:
    record = plot_command("--dry-run", "--at", NOW, plot, "log >A 50 62.0N tel 0612345678").record

    assert (record["log"], record["track"]) == ("50 62.0N tel 0612345678", "A")
    said = {key for key, value in record.items() if value is not None}
    assert said == {"log", "track", "is_new_track", "as_received", "received_at_utc"}


# What is asked


def test_one_of_several_callers_can_be_chosen(plot_command: Command, plot: Path) -> None:
    words = ("--at", NOW, plot)
    for number, boat in (("0612345678", "A"), ("0698765432", "new")):
        line = f"0250Z tel {number}, 50 59.0N 001 38.0E >{boat}"
        assert plot_command(*words, line).code == 0
    line = "same phone as 0250Z, 50 58.0N 001 41.0E new"

    done = plot_command("--dry-run", *words, line)

    assert done.code == 3
    assert done.part("question")["code"] == "which_caller"
    assert done.part("question")["piece"] == "same phone as 0250Z"
    told = {str(each["caller"]): (each["text"], each["track"]) for each in done.readings}
    assert told == {
        "0612345678": ("0250Z (A)  0612345678", "A"),
        "0698765432": ("0250Z (B)  0698765432", "B"),
    }
    answered = plot_command("--dry-run", *words, "--answer", "2", line).record
    assert answered["caller"] == done.readings[1]["caller"]


def test_a_boat_that_may_have_told_us_is_asked_about(plot_command: Command) -> None:
    done = plot_command("--dry-run", "--at", NOW, "0255Z yacht 50 58.0N 001 41.0E")

    assert done.part("question")["code"] == "source_or_boat"
    assert [each["text"] for each in done.readings] == [
        "It is the boat  under sail",
        "It told us  ship",
    ]
    assert (done.readings[0]["boat_type"], done.readings[1]["source"]) == ("sail", "vessel")


def test_the_night_the_clocks_go_back_asks_which_of_two_times(plot_command: Command) -> None:
    line = "seen 0130 UK 50 58.0N 001 41.0E"
    done = plot_command("--dry-run", "--at", FOLD_NIGHT, line)

    question = done.part("question")
    assert done.code == 3
    assert question["code"] == "time_twice"
    assert "happens twice" in str(question["text"])
    assert (question["start"], question["end"], question["piece"]) == (5, 12, "0130 UK")
    assert [each["observed_at_utc"] for each in done.readings] == [
        "2026-10-25T00:30:00.000Z",
        "2026-10-25T01:30:00.000Z",
    ]
    assert {each["time_zone"] for each in done.readings} == {"UK"}
    assert "0030Z 0130 UK 0230 FR  25 OCT 26" in str(done.readings[0]["text"])
    assert "lon_deg" not in done.record
    assert done.record["as_received"] == line


@pytest.mark.parametrize(("number", "observed"), [("1", "00:30"), ("2", "01:30")])
def test_an_answer_takes_the_reading_of_its_number(
    plot_command: Command, number: str, observed: str
) -> None:
    line = "0130 UK 50 58.0N 001 41.0E"
    done = plot_command("--dry-run", "--at", FOLD_NIGHT, "--answer", number, line)

    assert done.code == 0
    assert done.record["observed_at_utc"] == f"2026-10-25T{observed}:00.000Z"


def test_positions_to_choose_from_have_the_keys_of_a_position(plot_command: Command) -> None:
    done = plot_command("--dry-run", "--at", NOW, "0255Z 50 58.0 001 41.0")

    assert done.code == 3
    assert done.part("question")["code"] == "hemisphere"
    east, west = done.readings[:2]
    assert distance_m(position_of(east), R1) < 1.0
    assert distance_m(position_of(west), Position(-R1.lon_deg, R1.lat_deg)) < 1.0
    assert east["position_form"] == west["position_form"] == "ddm"
    assert east["error_m"] == pytest.approx(109.4, rel=0.01)
    assert "50°58.00'N 001°41.00'E" in str(east["text"])


def test_numbers_of_people_to_choose_from_have_the_keys_of_people(plot_command: Command) -> None:
    done = plot_command("--dry-run", "--at", NOW, "0255Z 50 58.0N 001 41.0E 40-45 pob")

    assert done.code == 3
    assert done.part("question")["piece"] == "40-45 pob"
    assert [each["people_total"] for each in done.readings] == [45, 40]
    assert {each["people_is_estimate"] for each in done.readings} == {True}


def test_a_line_without_a_position_asks_whether_it_is_meant(plot_command: Command) -> None:
    words = ("--dry-run", "--at", NOW)
    done = plot_command(*words, "0255Z engine failing")
    answered = plot_command(*words, "--answer", "1", "0255Z engine failing")

    question = done.part("question")
    assert done.code == 3
    assert (question["code"], question["start"], question["piece"]) == ("no_position", None, None)
    assert [(each["text"], each["lon_deg"]) for each in done.readings] == [
        ("Plot it without a position", None)
    ]
    assert answered.code == 0
    assert answered.record["lon_deg"] is answered.record["error_m"] is None
    assert answered.record["words"] == "engine failing"


def test_a_boat_on_land_is_asked_about_with_the_reading_as_it_is(plot_command: Command) -> None:
    words = ("--dry-run", "--at", NOW)
    line = "0255Z 50 50.0N 001 50.0E 12pob"
    done, answered = plot_command(*words, line), plot_command(*words, "--answer", "1", line)
    landing = plot_command(*words, f"{line} landed")

    question = done.part("question")
    assert done.code == 3
    assert (question["code"], question["piece"]) == ("on_land", "50 50.0N 001 50.0E")
    (reading,) = done.readings
    assert reading["text"] == "Plot it all the same"
    assert answered.code == landing.code == 0
    assert answered.record.items() >= {k: reading[k] for k in UNSAID | {"lon_deg"}}.items()
    assert reading["people_total"] == 12


def test_questions_are_answered_in_their_order(plot_command: Command) -> None:
    line = "0130 UK 50 50.0N 001 50.0E"
    words = ("--dry-run", "--at", FOLD_NIGHT, "--answer", "2")
    assert plot_command(*words, line).part("question")["code"] == "on_land"

    done = plot_command(*words, "--answer", "1", line)

    assert done.code == 0
    assert done.record["observed_at_utc"] == "2026-10-25T01:30:00.000Z"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (("3",), "the question has readings 1 to 2"),
        (("0",), "readings 1 to 2"),
        (("-1",), "readings 1 to 2"),
        (("1", "1"), "no question"),
    ],
)
def test_an_answer_that_nothing_asks_for_is_wrong_use(
    plot_command: Command, plot: Path, answers: tuple[str, ...], said: str
) -> None:
    before = plot.read_bytes()
    words = [word for number in answers for word in ("--answer", number)]

    done = plot_command("--at", FOLD_NIGHT, *words, plot, "0130 UK 50 58.0N 001 41.0E")

    assert (done.code, done.said) == (2, "")
    assert said in done.complaint
    assert plot.read_bytes() == before


# What is refused


@pytest.mark.parametrize(
    ("line", "code", "piece"),
    [
        ("0255Z 50 62.0N 001 41.0E", "minutes_range", "62.0"),
        ("0255Z 50 58.0N 001 41.0E >B", "no_such_track", ">B"),
        ("2561Z 50 58.0N 001 41.0E", "time_range", "2561Z"),
        ("0255Z 50 58.0N 001 41.0E 51 00.0N 001 40.0E", "two_positions", None),
        ("0130 UK 50 58.0N 001 41.0E \u202e", "control_character", "\u202e"),
        ("", "empty", ""),
        ("x" * 2001, "too_long", "x" * 2001),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_the_reason_and_the_place(
    plot_command: Command, line: str, code: str, piece: str | None
) -> None:
    done = plot_command("--dry-run", "--at", NOW, line)

    refused = done.part("refused")
    assert done.code == 1
    assert refused["code"] == code
    assert str(refused["text"]).endswith(".")
    start, end = refused["start"], refused["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert line[start:end] == refused["piece"]
    assert piece is None or piece == refused["piece"]
    assert set(done.record) == {"refused", "as_received", "received_at_utc"}


def test_a_time_that_the_clocks_skip_is_refused(plot_command: Command) -> None:
    done = plot_command("--dry-run", "--at", "2026-03-29T03:00Z", "0130 UK 50 58.0N 001 41.0E")

    assert done.code == 1
    assert done.part("refused")["code"] == "no_such_local_time"
