"""Very many reports that move between tracks come to where they would one by one."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from channelplot.model.packing import LONGEST_UID_BYTES, Sayings, packed, piece_of
from channelplot.model.report import Report
from channelplot.store import rewind_many
from channelplot.store.rewind_many import ManyReports
from helpers.builders import a_report

HOMES = ("a", "b", "c", None)
Filed = dict[str | None, tuple[Report, ...]]


def some_reports(dice: random.Random, count: int, name: str) -> list[Report]:
    return [
        replace(
            a_report(f"{dice.randrange(24):02}{dice.randrange(60):02}", as_received=f"{name} {n}"),
            uid=f"{name}{n}",
            track_uid=dice.choice(HOMES),
        )
        for n in range(count)
    ]


def filed(reports: Sequence[Report]) -> Filed:
    return {
        home: tuple(sorted((r for r in reports if r.track_uid == home), key=Report.time_order))
        for home in HOMES
    }


def kept_packed(here: Filed) -> Mapping[str | None, Sequence[Report]]:
    """The same reports, packed, as a plot that was loaded has them."""
    reports = [report for own in here.values() for report in own]
    sayings = Sayings()
    piece = piece_of(reports, sayings)
    assert piece is not None
    uids = ["a", "b", "c"]
    places = [-1 if r.track_uid is None else uids.index(r.track_uid) for r in reports]
    return packed([piece], [np.array(places, dtype=np.int32)], uids, sayings)


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_they_are_filed_as_they_would_be_one_by_one(
    seed: int, monkeypatch: pytest.MonkeyPatch, *, is_packed: bool
) -> None:
    monkeypatch.setattr(rewind_many, "_MOST_UNPACKED", seed % 3 * 4)
    dice = random.Random(seed)
    old = some_reports(dice, 40, "old")
    leaving = dice.sample(old, dice.choice([0, 10, 25]))
    moving = [replace(r, track_uid=dice.choice(HOMES), grade="2B") for r in leaving[::2]]
    new = some_reports(dice, dice.choice([0, 15]), "new")
    if seed % 2 and new:
        new[0] = replace(new[0], uid="x" * (LONGEST_UID_BYTES + 1))
    here = filed(old)
    present: Mapping[str | None, Sequence[Report]] = kept_packed(here) if is_packed else here
    many = ManyReports()
    others = {report.uid: report for report in moving}
    many.note((report, others.get(report.uid)) for report in leaving)
    many.note((None, report) for report in new)
    assert many.is_empty == (not leaving and not new)
    found = many.after(lambda home: present.get(home, ()))
    stay = [report for report in old if report not in leaving]
    expected = filed([*stay, *moving, *new])
    assert {home: found.get(home, here[home]) for home in HOMES} == expected


def test_what_is_not_all_there_does_not_leave() -> None:
    report = a_report("0300", track_uid="a")
    many = ManyReports()
    many.note([(report, None)])
    with pytest.raises(ValueError, match="where they belong"):
        many.after(lambda _: ())
