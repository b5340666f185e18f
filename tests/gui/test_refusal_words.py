"""What an operator reads of refusals and acts: one clear sentence each, plural forms right."""

import random
import re

import pytest

from channelplot.commands.closing import Closing, close_track
from channelplot.errors import ClosingRefused, CommandRefused, RefusalReason
from channelplot.model.codes import CountBasis, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.ui.words.act_words import act_text
from channelplot.ui.words.messages import error_text
from helpers.builders import a_plot, a_report, a_track, at
from helpers.every_command import EVERY_COMMAND
from helpers.full_plot import full_plot

OTHERWISE = "; or name who answers for closing it all the same, and why."


def told(total: int | None, children: int | None = None) -> PeopleCount:
    return PeopleCount(total=total, children=children)


def counted(total: int, children: int | None = None, missing: int | None = None) -> PeopleCount:
    return PeopleCount(CountBasis.COUNTED, total, children=children, missing=missing)


def refused_text(
    *people: PeopleCount,
    status: TrackStatus = TrackStatus.RESCUED_ALL,
    is_identified: bool = True,
) -> str:
    """What is said when boat A, with these numbers told and counted, can't be closed."""
    reports = [a_report(f"02{minute:02}", people=one) for minute, one in enumerate(people, 10)]
    track = a_track("A", reports)
    closing = Closing(
        status=status,
        change_uid="close",
        at_utc=at("0458"),
        by="watch",
        identified_by="CUTTER-1" if is_identified else "",
        identified_how="alongside" if is_identified else "",
    )
    with pytest.raises(ClosingRefused) as refused:
        close_track(track.uid, closing).edit(a_plot(track))
    return error_text(refused.value)


def test_the_acceptance_night_s_refusal() -> None:
    text = refused_text(told(45), told(55, 10), counted(47, 7), is_identified=False)
    assert text == (
        "A can't be closed as rescued (all): 55 people incl. 10 children were reported and 47 "
        "incl. 7 counted: 8 people, 3 of them children, are unaccounted for. Nothing was changed. "
        "Say who identified the boat and how, and move reports that tell of another boat; or name "
        "who answers for closing it all the same, and why."
    )


@pytest.mark.parametrize(
    ("people", "why"),
    [
        (
            (told(55, 10),),
            "55 people incl. 10 children were reported and nobody has been counted yet: 55 people, "
            "10 of them children, are unaccounted for",
        ),
        (
            (told(55),),
            "55 people were reported and nobody has been counted yet: 55 people are unaccounted "
            "for",
        ),
        ((), "nobody has been counted yet"),
        (
            (told(55, 10), counted(47)),
            "55 people incl. 10 children were reported and 47 counted, their children not told "
            "apart: 8 people are unaccounted for, nobody knows how many of them children",
        ),
        (
            (told(48, 10), counted(47)),
            "48 people incl. 10 children were reported and 47 counted, their children not told "
            "apart: 1 person is unaccounted for, maybe a child",
        ),
        (
            (told(55), counted(47, 7)),
            "55 people were reported and 47 incl. 7 children counted: 8 people are unaccounted "
            "for, nobody knows how many of them children",
        ),
        ((told(55), counted(47)), "55 people were reported and 47 counted: 8 people are "
         "unaccounted for"),
        (
            (told(2, 1), counted(1, 1)),
            "2 people incl. 1 child were reported and 1 incl. 1 counted: 1 person is unaccounted "
            "for",
        ),
        (
            (told(2, 1), counted(1, 0)),
            "2 people incl. 1 child were reported and 1 incl. no children counted: 1 person, a "
            "child, is unaccounted for",
        ),
        (
            (told(1, 1),),
            "1 person incl. 1 child was reported and nobody has been counted yet: 1 person, a "
            "child, is unaccounted for",
        ),
        (
            (told(12, 5), counted(10, 3)),
            "12 people incl. 5 children were reported and 10 incl. 3 counted: 2 people, all of "
            "them children, are unaccounted for",
        ),
        (
            (told(12, 4), counted(10, 3)),
            "12 people incl. 4 children were reported and 10 incl. 3 counted: 2 people, 1 of them "
            "a child, are unaccounted for",
        ),
        (
            (told(12, 4), counted(10, 4)),
            "12 people incl. 4 children were reported and 10 incl. 4 counted: 2 people are "
            "unaccounted for",
        ),
        (
            (told(55, 10), counted(55, 7)),
            "55 people incl. 10 children were reported and 55 incl. 7 counted: 3 children are "
            "unaccounted for",
        ),
        (
            (told(55, 10), counted(55, 9)),
            "55 people incl. 10 children were reported and 55 incl. 9 counted: 1 child is "
            "unaccounted for",
        ),
        (
            (told(12, 5), counted(10, 2)),
            "12 people incl. 5 children were reported and 10 incl. 2 counted: 2 people are "
            "unaccounted for, and 3 fewer children were counted than reported",
        ),
        (
            (told(55), counted(47, missing=2)),
            "55 people were reported and 47 counted, 2 of them missing: 10 people are unaccounted "
            "for",
        ),
        (
            (counted(47, missing=1),),
            "47 people were counted, 1 of them missing: 1 person is unaccounted for",
        ),
        (
            (counted(1, missing=1),),
            "1 person was counted, 1 of them missing: 1 person is unaccounted for",
        ),
    ],
)  # fmt: skip
def test_the_numbers_in_words(people: tuple[PeopleCount, ...], why: str) -> None:
    said = re.fullmatch(
        r"A can't be closed as rescued \(all\): (.*)\. Nothing was changed\. .*",
        refused_text(*people),
    )
    assert said is not None
    assert said[1] == why


def todo(text: str) -> str:
    """What is to be done, but for answering for it."""
    assert text.endswith(OTHERWISE)
    return text.removesuffix(OTHERWISE).split("Nothing was changed. ")[1]


def test_what_to_do_depends_on_what_is_missing() -> None:
    short, uncounted, settled = (told(55, 10), counted(47, 7)), (told(55, 10),), (counted(47, 7),)
    assert todo(refused_text(*short)) == (
        "Move reports that tell of another boat, or plot a better count"
    )
    assert todo(refused_text(*uncounted)) == "Plot how many were counted"
    assert todo(refused_text(*uncounted, is_identified=False)) == (
        "Say who identified the boat and how, and plot how many were counted"
    )
    assert todo(refused_text()) == "Plot how many were counted"
    assert todo(refused_text(*settled, is_identified=False)) == (
        "Say who identified the boat and how"
    )


def test_nobody_identified_it_but_its_people_are_accounted_for() -> None:
    text = refused_text(told(47), counted(47, 7), status=TrackStatus.LANDED, is_identified=False)
    assert text.startswith(
        "A can't be closed as landed: its people are accounted for, but nobody has said who "
        "identified it, and how. Nothing was changed. Say who identified the boat and how; or"
    )


def test_nobody_identified_it_and_no_people_were_ever_told_of() -> None:
    text = refused_text(status=TrackStatus.NOT_SMALL_BOAT, is_identified=False)
    assert text.startswith(
        "A can't be closed as not a small boat: nobody has said who identified it, and how. "
        "Nothing was changed. Say who identified the boat and how; or"
    )


@pytest.mark.parametrize("reason", RefusalReason)
def test_every_refusal_is_worded(reason: RefusalReason) -> None:
    text = error_text(CommandRefused(reason, "A", "B"))
    assert "Nothing was changed" in text
    assert text.endswith(".")
    assert "{" not in text


def test_a_refusal_names_both_boats() -> None:
    assert error_text(CommandRefused(RefusalReason.MERGED, "B", "A")) == (
        "B was merged into A, which has its reports. Nothing was changed. Use A, or reopen B first."
    )
    assert error_text(CommandRefused(RefusalReason.INTO_CLOSED, "L", "A")) == (
        "L is closed, and A, still open, would be closed with it. Nothing was changed. "
        "Reopen L first."
    )


@pytest.mark.parametrize("name", EVERY_COMMAND)
@pytest.mark.parametrize("lot", range(5))
def test_every_act_is_worded(name: str, lot: int) -> None:
    plot = full_plot()
    command = EVERY_COMMAND[name].allowed(plot, random.Random(lot))
    assert command is not None
    for about in (command.name_in(plot), ""):
        text = act_text(command.label, about)
        assert text
        assert about in text
        assert text == text.strip()
        assert "{" not in text
        assert not text.endswith((" of", " to", " about", " for"))


def test_acts_of_earlier_versions_are_worded() -> None:
    assert act_text("attribute_report", "") == "give report to another track"
    assert act_text("set_status", "") == "set status"
    assert act_text("withdraw_track", "") == "withdraw track"
    assert act_text("move_beach", "") == "move beach"


def test_acts_say_what_they_are_about() -> None:
    assert act_text("give_reports", "C") == "give reports to C"
    assert act_text("give_reports", "") == "give reports to no track"
    assert act_text("merge_tracks", "B = A") == "merge tracks B = A"
    assert act_text("close_track", "A") == "close A"
    assert act_text("withdraw_several", "3") == "withdraw 3 things"
    assert act_text("restore_several", "3") == "restore 3 things"
