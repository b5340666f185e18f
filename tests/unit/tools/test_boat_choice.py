"""Picking a boat by its key or by its name."""

import pytest

from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.tools.boat_choice import (
    MOST_RANKED,
    NEW_KEY,
    NONE_KEY,
    BoatTarget,
    ChoiceFault,
    ChoiceProblem,
    chosen_target,
    ranked_targets,
)
from helpers.builders import a_plot, a_track

LISTED = (
    BoatTarget("1", "B", "uid-B"),
    BoatTarget(NEW_KEY, "G", is_new=True),
    BoatTarget(NONE_KEY),
)


@pytest.fixture(scope="module")
def plot() -> Plot:
    """Boats, two cutters, a boat called U, and D which is the same as B."""
    names = ("A", "B", "AA", "U", "CUTTER-1", "CUTTER-10", "Étoile du Nord", "12")
    same = a_track("D", uid="uid-D", status=TrackStatus.SAME_AS, same_as_uid="uid-B")
    lost = a_track("F", uid="uid-F", status=TrackStatus.SAME_AS, same_as_uid="gone")
    return a_plot(*(a_track(name, uid=f"uid-{name}") for name in names), same, lost)


@pytest.mark.parametrize(
    ("typed", "uid"),
    [
        (">A", "uid-A"),
        ("a", "uid-A"),
        (" aa ", "uid-AA"),
        (">u", "uid-U"),
        ("cutter-1", "uid-CUTTER-1"),
        ("CUTTER-10", "uid-CUTTER-10"),
        ("étoile", "uid-Étoile du Nord"),
        ("etoile du nord", "uid-Étoile du Nord"),
        ("12", "uid-12"),
        ("d", "uid-B"),
    ],
)
def test_a_name_picks_its_track(plot: Plot, typed: str, uid: str) -> None:
    target = chosen_target(typed, LISTED, {}, plot)
    assert isinstance(target, BoatTarget)
    assert (target.track_uid, target.key) == (uid, "")
    assert target.said == ("D" if typed == "d" else "")


@pytest.mark.parametrize(
    ("typed", "target"), [("1", LISTED[0]), ("n", LISTED[1]), ("U", LISTED[2]), (" N ", LISTED[1])]
)
def test_one_key_picks_what_stands_beside_it(plot: Plot, typed: str, target: BoatTarget) -> None:
    assert chosen_target(typed, LISTED, {}, plot) == target


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", ChoiceFault(ChoiceProblem.EMPTY)),
        ("  ", ChoiceFault(ChoiceProblem.EMPTY)),
        ("7", ChoiceFault(ChoiceProblem.NO_SUCH_KEY, "7")),
        ("c", ChoiceFault(ChoiceProblem.NO_SUCH_NAME, "c")),
        ("zodiac", ChoiceFault(ChoiceProblem.NO_SUCH_NAME, "zodiac")),
        (">", ChoiceFault(ChoiceProblem.NO_SUCH_NAME, "")),
        ("f", ChoiceFault(ChoiceProblem.NO_SUCH_NAME, "f")),
        ("cut", ChoiceFault(ChoiceProblem.SEVERAL, "cut", ("CUTTER-1", "CUTTER-10"))),
    ],
)
def test_what_picks_nothing_says_why(plot: Plot, typed: str, fault: ChoiceFault) -> None:
    assert chosen_target(typed, LISTED, {}, plot) == fault


def test_of_two_names_alike_the_one_written_so_is_meant() -> None:
    plot = a_plot(a_track("Zodiac", uid="one"), a_track("ZODIAC", uid="other"))
    target = chosen_target("ZODIAC", (), {}, plot)
    assert isinstance(target, BoatTarget)
    assert target.track_uid == "other"
    assert isinstance(chosen_target("zodiac", (), {}, plot), ChoiceFault)


def test_there_are_no_more_than_have_a_key() -> None:
    tracks = [a_track(f"BOAT-{number:02}", uid=str(number)) for number in range(20)]
    targets = ranked_targets((), tracks, frozenset({"0"}))
    assert [target.key for target in targets] == [str(n) for n in range(1, MOST_RANKED + 1)]
    assert targets[0].name == "BOAT-01"
