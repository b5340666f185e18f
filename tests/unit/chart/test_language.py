"""Chart and sheets in English, French or both, whatever the window speaks."""

import threading

import pytest
from PySide6.QtCore import QLocale

from channelplot.chart.language import (
    SheetLanguage,
    in_each,
    in_each_language,
    is_in_both,
    side_by_side,
    speaking,
    translate,
)
from channelplot.chart.wording import (
    people_and_children_text,
    people_text,
    status_given_text,
    status_text,
)
from channelplot.geodesy.text import date_time_group
from channelplot.model.codes import CountBasis, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.snapshot.content import boat_rows, heading_of, outside_text
from helpers.builders import a_plot, a_report, a_track, at

ENGLISH, FRENCH, BOTH = SheetLanguage
FORTY_SEVEN = PeopleCount(basis=CountBasis.COUNTED, total=47, children=7)


def legend() -> str:
    return translate("Snapshot", "Legend")


def test_nothing_is_in_french_unless_it_is_spoken() -> None:
    assert legend() == "Legend"
    with speaking(FRENCH):
        assert legend() == "Légende"
        with speaking(ENGLISH):
            assert legend() == "Legend"
        assert legend() == "Légende"
    assert legend() == "Legend"


def test_a_language_is_one_thread_s_alone() -> None:
    said: list[str] = []
    with speaking(FRENCH):
        thread = threading.Thread(target=lambda: said.append(legend()))
        thread.start()
        thread.join()
    assert said == ["Legend"]


def test_a_failed_sheet_leaves_no_language_behind() -> None:
    with pytest.raises(ValueError, match="no sheet"), speaking(FRENCH):
        raise ValueError("no sheet")
    assert legend() == "Legend"


def test_the_machine_s_language_says_nothing() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    try:
        assert legend() == "Legend"
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("english", "french", "both"),
    [
        ("Legend", "Légende", "Legend / Légende"),
        ("Mercator, WGS 84", "Mercator, WGS 84", "Mercator, WGS 84"),
        ("Data to {time}", "Données au {time}", "Data to / Données au {time}"),
        ("contact lost", "contact perdu", "contact lost / perdu"),
        ("{count} more", "{count}", "{count} more / {count}"),
    ],
)
def test_two_texts_side_by_side(english: str, french: str, both: str) -> None:
    assert side_by_side(english, french) == both


def test_a_text_of_several_is_put_together_in_one_language_first() -> None:
    @in_each
    def people() -> str:
        return people_and_children_text(FORTY_SEVEN)

    with speaking(BOTH):
        assert people() == "47 counted, 7 children / 47 au comptage, 7 enfants"
        assert people_and_children_text(FORTY_SEVEN) == people()
        assert in_each_language(legend) == ("Legend", "Légende")
        assert in_each_language(lambda: "A") == ("A",)
        assert is_in_both()
    assert people() == "47 counted, 7 children"
    assert in_each_language(legend) == ("Legend",)
    assert not is_in_both()


def test_a_label_has_its_number_of_people_once() -> None:
    about_45 = PeopleCount(total=45, is_estimate=True)
    with speaking(BOTH):
        assert people_text(about_45) == "45 est"
    with speaking(FRENCH):
        assert people_text(about_45) == "45 env."


def test_statuses_in_french_have_no_gender() -> None:
    """They stand beside boats, ships and aircraft."""
    with speaking(FRENCH):
        said = [status_text(status) for status in TrackStatus]
        given = status_given_text(TrackStatus.ADRIFT)
    assert [text for text in said if text.split(",")[0].split()[-1].endswith(("ée", "ées"))] == [
        "présence signalée",
        "présence confirmée",
    ]
    assert given == "statut\N{NO-BREAK SPACE}: à la dérive"


def test_date_time_groups_have_no_language() -> None:
    with speaking(FRENCH):
        assert date_time_group(at("0500")) == "150500Z SEP 26"
        assert "150500Z SEP 26" in heading_of(a_plot(), "", at("0500")).time


def test_one_of_a_kind_is_not_many() -> None:
    one = PeopleCount(basis=CountBasis.COUNTED, total=1, children=1)
    two = a_report("0200", people=PeopleCount(total=2))
    plot = a_plot(a_track("A", (two, a_report("0210", people=one))))
    with speaking(FRENCH):
        (row,) = boat_rows(plot, None)
        assert row.unaccounted_text == "1 non retrouvée"
        assert "1 enfant" in people_and_children_text(one)
        assert outside_text(1).startswith("1 signalement est ")
        assert outside_text(2).startswith("2 signalements sont ")
    (row,) = boat_rows(plot, None)
    assert row.unaccounted_text == "1 unaccounted"


def test_sums_in_both_languages_are_two_lines_each_in_one() -> None:
    two = a_report("0200", people=PeopleCount(total=2))
    with speaking(BOTH):
        summary = heading_of(a_plot(a_track("A", (two,))), "", None).summary
    english, french = summary.split("\n")
    assert english.startswith("Boats: 1 open")
    assert french.startswith("Embarcations\N{NO-BREAK SPACE}: 1 cas en cours")
