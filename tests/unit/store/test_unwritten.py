"""An act that is not in the file yet is told as the log tells it once it is."""

import json
import random
from pathlib import Path

import pytest

from channelplot.commands.reports import withdraw_report
from channelplot.model.change import difference
from channelplot.store.times import time_text
from channelplot.store.unwritten import unwritten_act
from helpers.builders import at
from helpers.clock import FixedClock
from helpers.every_command import EVERY_COMMAND
from helpers.full_plot import full_plot
from helpers.opened import open_plot
from unit.store.files import a_plot, an_act

FULL = full_plot()


@pytest.mark.parametrize("name", sorted(EVERY_COMMAND))
def test_every_command_is_told_as_in_the_log(name: str, tmp_path: Path, clock: FixedClock) -> None:
    command = EVERY_COMMAND[name].allowed(FULL, random.Random(1))
    assert command is not None
    opened = open_plot(FULL, clock=clock, folder=tmp_path)
    after = command.edit(FULL)
    assert opened.document.apply(command)
    logged = opened.document.acts[-1]
    opened.document.close()

    told = unwritten_act(logged.seq, difference(FULL, after), an_act(logged.label))

    assert (told.seq, told.label) == (logged.seq, logged.label)
    for ours, theirs in ((told.before, logged.before), (told.after, logged.after)):
        own, held = json.loads(ours), json.loads(theirs)
        was_gone = "restore" in name or name == "together"  # the file keeps what was withdrawn
        assert was_gone or own.keys() == held.keys()
        for table, rows in own.items():
            for uid, row in rows.items():
                there = held[table][uid]
                timeless = row.keys() - {"withdrawn_at_utc"}
                assert {key: there[key] for key in timeless} == {key: row[key] for key in timeless}


def test_what_goes_is_marked_withdrawn_and_a_derived_line_is_not_told() -> None:
    plot = a_plot()
    track = next(track for track in plot.tracks.values() if len(track.reports) > 1)
    less = withdraw_report(track.reports[0].uid).edit(plot)

    told = unwritten_act(7, difference(plot, less), an_act("withdraw_report"))

    before, after = told.rows()
    assert "tracks" not in after
    ((uid, row),) = after["reports"].items()
    assert uid == track.reports[0].uid
    assert row["withdrawn_at_utc"] == time_text(at("0500"))
    assert before["reports"][uid]["as_received"] == row["as_received"]
