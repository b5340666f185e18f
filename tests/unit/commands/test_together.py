import pytest

from channelplot.commands.reports import withdraw_report
from channelplot.commands.together import together
from channelplot.errors import CommandRefused
from helpers.builders import night_plot


def test_several_commands_are_one_act() -> None:
    plot = night_plot()
    uids = [report.uid for report in plot.reports()][:2]
    command = together("withdraw_several", [withdraw_report(uid) for uid in uids])
    after = command.edit(plot)
    assert after.report_count() == plot.report_count() - 2
    assert (command.label, command.name) == ("withdraw_several", "2")


def test_one_command_stays_itself() -> None:
    uid = next(night_plot().reports()).uid
    assert together("withdraw_several", [withdraw_report(uid)]).label == "withdraw_report"


def test_one_that_is_refused_refuses_all() -> None:
    plot = night_plot()
    uid = next(plot.reports()).uid
    with pytest.raises(CommandRefused):
        together("withdraw_several", [withdraw_report(uid), withdraw_report("none")]).edit(plot)
