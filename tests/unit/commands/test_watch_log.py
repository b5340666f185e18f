"""Free lines of the watch log, and alerts acknowledged by name."""

from dataclasses import replace

import pytest

from channelplot.commands.alerts import acknowledge
from channelplot.commands.command import Command
from channelplot.commands.log_lines import add_log_line, amend_log_line, withdraw_log_line
from channelplot.commands.tracks import withdraw_track
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.codes import AlertCode
from channelplot.model.log_line import LogLine
from helpers.builders import at, night_plot

NIGHT = night_plot()
A, B = NIGHT.tracks.values()
LINE = LogLine(uid="line", at_utc=at("0300"), text=" radar restarted ", operator="Officer Two")
ABOUT_A = LogLine(uid="line-a", at_utc=at("0301"), text="A called again", track_uid=A.uid)
SEEN = Acknowledgement(
    uid="seen",
    alert=AlertCode.OVERDUE,
    entity_uid=A.uid,
    raised_at_utc=at("0315"),
    at_utc=at("0316"),
    by="Officer Two",
)
PLOT = acknowledge(SEEN).edit(add_log_line(ABOUT_A).edit(add_log_line(LINE).edit(NIGHT)))


def test_a_line_is_kept_without_blanks_around_it() -> None:
    assert PLOT.log_lines == {"line": replace(LINE, text="radar restarted"), "line-a": ABOUT_A}
    assert PLOT.tracks == NIGHT.tracks


def test_a_line_is_amended_with_a_reason() -> None:
    command = amend_log_line(replace(LINE, text="radar 2 restarted", track_uid=B.uid), "which one")
    assert command.reason == "which one"
    after = command.edit(PLOT).log_lines
    assert (after["line"].text, after["line"].track_uid) == ("radar 2 restarted", B.uid)
    assert after["line-a"] == ABOUT_A


def test_a_line_is_withdrawn_with_a_reason() -> None:
    command = withdraw_log_line("line", "written twice")
    assert command.reason == "written twice"
    assert list(command.edit(PLOT).log_lines) == ["line-a"]


def test_a_line_stays_about_a_track_that_is_withdrawn() -> None:
    plot = withdraw_track(A.uid, "a hoax").edit(PLOT)
    after = amend_log_line(replace(ABOUT_A, text="A called twice")).edit(plot)
    assert after.log_lines["line-a"].track_uid == A.uid


def test_an_alert_is_acknowledged_by_name() -> None:
    assert PLOT.acknowledgements == {"seen": SEEN}
    again = replace(SEEN, uid="seen again", at_utc=at("0330"))
    assert set(acknowledge(again).edit(PLOT).acknowledgements) == {"seen", "seen again"}


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (add_log_line(LINE), ""),
        (add_log_line(ABOUT_A), "A"),
        (amend_log_line(replace(LINE, track_uid=B.uid)), "B"),
        (withdraw_log_line("line"), ""),
        (withdraw_log_line("line-a"), "A"),
        (withdraw_log_line("gone"), ""),
        (acknowledge(SEEN), "A"),
    ],
)
def test_it_is_named_after_the_track_it_is_about(command: Command, name: str) -> None:
    assert command.name_in(PLOT) == name


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (add_log_line(LINE), RefusalReason.ALREADY_THERE),
        (add_log_line(replace(LINE, uid="new", text=" \n")), RefusalReason.TEXT_EMPTY),
        (add_log_line(replace(LINE, uid="new", track_uid="gone")), RefusalReason.NO_SUCH_TRACK),
        (amend_log_line(replace(LINE, uid="gone")), RefusalReason.NO_SUCH_LOG_LINE),
        (amend_log_line(replace(LINE, text="")), RefusalReason.TEXT_EMPTY),
        (amend_log_line(replace(LINE, track_uid="gone")), RefusalReason.NO_SUCH_TRACK),
        (withdraw_log_line("gone"), RefusalReason.NO_SUCH_LOG_LINE),
        (acknowledge(SEEN), RefusalReason.ALREADY_THERE),
        (acknowledge(replace(SEEN, uid="new", entity_uid="gone")), RefusalReason.NO_SUCH_TRACK),
        (acknowledge(replace(SEEN, uid="new", by=" ")), RefusalReason.NEEDS_NAME),
    ],
    ids=lambda value: value.label if isinstance(value, Command) else value.value,
)
def test_it_is_refused(command: Command, reason: RefusalReason) -> None:

    with pytest.raises(CommandRefused) as refused:
        command.edit(PLOT)
    assert refused.value.reason is reason
