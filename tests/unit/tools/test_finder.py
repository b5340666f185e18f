"""Which boats and reports are found."""

from dataclasses import replace

import pytest

from channelplot.commands.claims import merge_tracks
from channelplot.model.codes import (
    BoatType,
    CountBasis,
    Craft,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange
from channelplot.tools.find import read_query
from channelplot.tools.finder import Finder, Found, reference_utc
from helpers.builders import a_plot, a_report, a_track, at

COUNTED = PeopleCount(CountBasis.COUNTED, 47, men=31, women=9, children=7)


@pytest.fixture
def plot() -> Plot:
    """A, adrift, told of three times; B, closed; CUTTER-1; and two reports that are nobody's."""
    a = a_track(
        "A",
        (
            a_report("0210", uid="a1", source=SourceKind.AIRCRAFT, as_received="white hull, 45 pob",
                     grade="1A", people=PeopleCount(total=45, is_estimate=True)),
            a_report("0245", uid="a2", source=SourceKind.PHONE, as_received="appelé à l’aide",
                     caller="+33612345678", people=PeopleCount(total=55, children=10)),
            a_report("0412", uid="a3", source_name="CUTTER-1", people=COUNTED),
        ),
        uid="A",
        status=TrackStatus.ADRIFT,
        uk_reference="DV-17",
        fr_reference="Gris-Nez SAR 2017/42",
        colour="grey",
        boat_type=BoatType.INFLATABLE,
    )  # fmt: skip
    b = a_track(
        "B",
        (a_report("0252", uid="b1", boat_type=BoatType.RHIB, source_name="semaphore"),),
        uid="B",
        status=TrackStatus.RETURNED,
        status_changes=(
            StatusChange("s", TrackStatus.RETURNED, at("0420"), identified_by="PATROL-FR-2"),
        ),
    )
    cutter = a_track("CUTTER-1", uid="CUTTER", craft=Craft.RESCUE_VESSEL, note="22 knots")
    loose = (
        a_report("0105", uid="u1", kind=ReportKind.PREVENTED, as_received="Wissant beach, CCTV"),
        a_report("0300", uid="u2", source=SourceKind.PHONE, as_received="engine failing"),
    )
    return a_plot(a, b, cutter, unattributed=loose)


def found(plot: Plot, text: str, finder: Finder | None = None) -> Found:
    finder = finder or Finder()
    return finder.found(plot, read_query(text, finder.context(plot, at("0500"))))


def names(result: Found) -> str:
    return " ".join(sorted(result.tracks) + sorted(result.reports))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "A B CUTTER a1 a2 a3 b1 u1 u2"),
        ("white", "A a1"),
        ("hull white", "A a1"),
        ('"white hull"', "A a1"),
        ('"hull white"', ""),
        ('"white hull, 45"', "A a1"),
        ("ite", ""),
        ("appele aide", "A a2"),
        ("L'AIDE", "A a2"),
        ("failing", "u2"),
        ("0252", "B b1"),
        ("0252Z", "B b1"),
        ("150252", "B b1"),
        # what is known of a boat finds it and all its reports
        ("adrift", "A a1 a2 a3"),
        ("dérive", "A a1 a2 a3"),
        ("grey", "A a1 a2 a3"),
        ("DV-17", "A a1 a2 a3"),
        ("2017/42", "A a1 a2 a3"),
        ("inflatable", "A a1 a2 a3"),
        ("PATROL-FR-2", "B b1"),
        ("knots", "CUTTER"),
        ("A", "A a1 a2 a3"),
        ("boat:cutter", "CUTTER"),
        ("CUTTER-1", "A CUTTER a3"),
        ("small boat", "A B a1 a2 a3 b1"),
        # and its reports narrow that
        ("A phone", "A a2"),
        ("adrift white", "A a1"),
        ("B white", ""),
        ("phone", "A a2 u2"),
        ("téléphone", "A a2 u2"),
        ("aircraft", "A a1"),
        ("1A", "A a1"),
        ("children", "A a2 a3"),
        ("enfants", "A a2 a3"),
        ("counted", "A a3"),
        ("prevented", "u1"),
        ("tel:06 12 34", "A a2"),
        ("+33612345678", "A a2"),
        # keys
        ("status:adrift", "A a1 a2 a3"),
        ("status:retourné", "B b1"),
        ("status:under", ""),
        ("status:blue", ""),
        ("status:", "A B CUTTER a1 a2 a3 b1 u1 u2"),
        ("source:phone", "A a2 u2"),
        ("source:cutter", "A a3"),
        ("source:sem", "B b1"),
        ("kind:prevented", "u1"),
        ("craft:rescue", "CUTTER"),
        ("craft:small", "A B a1 a2 a3 b1"),
        ("type:inflatable", "A a1 a2 a3"),
        ("type:rib", "B b1"),
        ("grade:1", "A a1"),
        ("unattributed", "u1 u2"),
        ("unattributed phone", "u2"),
        ("open", "A CUTTER a1 a2 a3 u1 u2"),
        ("closed", "B b1"),
        ("colour:grey", "A a1 a2 a3"),
        ("wissant:", "u1"),
        # times and people
        (">0245", "A B a2 a3 b1 u2"),
        ("<0210", "A a1 u1"),
        ("0245-0300", "A B a2 b1 u2"),
        ("0245-0300 phone A", "A a2"),
        ("people>45", "A a2 a3"),
        ("people>=45", "A a1 a2 a3"),
        ("people=47", "A a3"),
        ("people<45", ""),
        ("people<=45", "A a1"),
        ("men>30", "A a3"),
        ("children>7", "A a2"),
    ],
)
def test_all_conditions_must_hold(plot: Plot, text: str, expected: str) -> None:
    assert names(found(plot, text)) == expected


def test_a_merged_name_finds_both(plot: Plot) -> None:
    c = a_track("C", (a_report("0455", uid="c1"),), uid="C")
    plot = plot.with_track(c)
    merged = merge_tracks("C", "A", change_uid="m", at_utc=at("0500"), by="watch").edit(plot)
    assert names(found(merged, "C")) == "A C a1 a2 a3 c1"
    assert names(found(merged, "boat:c phone")) == "A a2"


def test_a_merged_name_of_several_letters_finds_both_by_its_words(plot: Plot) -> None:
    seal = a_track("SEAL", (a_report("0455", uid="s1"),), uid="SEAL")
    plot = plot.with_track(seal)
    finder = Finder()
    assert names(found(plot, "seal", finder)) == "SEAL s1"
    merged = merge_tracks("SEAL", "A", change_uid="m", at_utc=at("0500"), by="watch").edit(plot)
    assert names(found(merged, "seal", finder)) == "A SEAL a1 a2 a3 s1"


def test_what_has_changed_is_found_as_it_is_now(plot: Plot) -> None:
    finder = Finder()
    assert names(found(plot, "adrift", finder)) == "A a1 a2 a3"
    assert names(found(plot, "failing", finder)) == "u2"
    a = plot.tracks["A"]
    after = plot.with_track(replace(a, status=TrackStatus.UNDER_WAY))
    after = after.with_report(replace(after.unattributed[1], as_received="engine drifting"))
    assert names(found(after, "adrift", finder)) == ""
    assert names(found(after, "failing", finder)) == ""
    assert names(found(after, "drifting", finder)) == "u2"
    assert names(found(after, "white", finder)) == "A a1"


def test_another_plot_is_not_taken_for_the_one_before(plot: Plot) -> None:
    finder = Finder()
    assert names(found(plot, "white", finder)) == "A a1"
    finder.forget()
    assert names(found(a_plot(a_track("A", uid="A")), "white", finder)) == ""


def test_texts_made_ready_find_the_same(plot: Plot) -> None:
    finder = Finder()
    assert sum(1 for _ in finder.prepare(plot)) == 1 + 3, "a block of tracks, then each"
    assert names(found(plot, "white", finder)) == "A a1"
    assert names(found(plot, "failing", finder)) == "u2"


def test_an_old_plot_is_looked_at_in_its_own_time(plot: Plot) -> None:
    assert reference_utc(plot, at("0500")) == at("0500")
    assert reference_utc(plot, at("0300", 25)) == at("0412")
    assert reference_utc(Plot(), at("0300")) == at("0300")
