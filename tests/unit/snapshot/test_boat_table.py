"""The list of boats as a table: what a desk without the program needs of them."""

from dataclasses import replace

from channelplot.chart.language import SheetLanguage, speaking
from channelplot.model.codes import TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.snapshot.boat_table import boat_table
from channelplot.snapshot.content import MOST_BOATS, boat_list
from helpers.builders import R1, R2, a_plot, a_report, a_track, at


def plot() -> Plot:
    adrift = a_track(
        "A",
        [a_report("0210", position=R1, people=PeopleCount(total=55, children=10))],
        status=TrackStatus.ADRIFT,
    )
    landed = a_track("B", [a_report("0228", position=R2)], status=TrackStatus.LANDED)
    return a_plot(adrift, landed)


def test_a_row_has_name_craft_status_people_time_age_and_position() -> None:
    table = boat_table(boat_list(plot(), at("0410")))

    assert table.rows[0] == (
        "A", "small boat", "adrift", "55, 10 children", "", "0210Z", "2 h 00",
        "50°58.00'N 001°41.00'E",
    )  # fmt: skip
    assert [row[0] for row in table.rows] == ["A", "B"]
    assert table.quiet_rows == {1}
    assert table.note == ""


def test_in_both_languages_words_stand_in_two_lines_and_values_once() -> None:
    with speaking(SheetLanguage.BOTH):
        table = boat_table(boat_list(plot(), at("0410")))
    with speaking(SheetLanguage.FRENCH):
        french = boat_table(boat_list(plot(), at("0410")))

    english_words, french_words = table.rows[0][2].split("\n")
    assert english_words == "adrift"
    assert french_words == french.rows[0][2] != "adrift"
    assert table.rows[0][5:] == ("0210Z", "2 h 00", "50°58.00'N 001°41.00'E")
    assert table.columns[0].title == f"Boat\n{french.columns[0].title}"


def test_of_more_boats_than_a_list_has_the_others_are_counted() -> None:
    boats = [a_track(f"B{n}", [a_report("0210", position=R1)]) for n in range(MOST_BOATS + 3)]
    boats[0] = replace(boats[0], status=TrackStatus.LANDED)  # the last of the list

    table = boat_table(boat_list(a_plot(*boats), at("0410")))

    assert len(table.rows) == MOST_BOATS
    assert table.note == "and 3 more, 2 of them open"
