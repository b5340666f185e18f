"""What another program did last is told without the word that stands for it in the plot file."""

import pytest

from channelplot.store.backups import BackupContents
from channelplot.store.geopackage import Recovered
from channelplot.store.log import LoggedAct
from channelplot.store.outside import OUTSIDE, OUTSIDE_EDIT
from channelplot.ui.files.backup_text import last_act_text, last_act_tip
from channelplot.ui.files.recovery_text import recovered_text
from helpers.builders import at
from helpers.clock import FixedClock

OUTSIDE_ACT = LoggedAct(7, at("0412"), OUTSIDE, OUTSIDE_EDIT, "plot", "", "", "", "", "")
OWN_ACT = LoggedAct(8, at("0415"), "watch", "add_report", "report", "r", "", "", "", "")


def test_a_backup_whose_last_act_was_another_programs_names_nobody(clock: FixedClock) -> None:
    contents = BackupContents(acts=7, last_act=OUTSIDE_ACT)
    assert last_act_text(contents, clock).endswith("what another program changed")
    assert last_act_tip(contents).endswith("what another program changed")


def test_a_backup_names_the_operator_of_its_last_act(clock: FixedClock) -> None:
    contents = BackupContents(acts=8, last_act=OWN_ACT)
    assert last_act_text(contents, clock).endswith(", by watch")


@pytest.mark.parametrize(
    ("act", "number", "said"),
    [
        (OUTSIDE_ACT, 1, "by another program; undo goes on."),
        (OUTSIDE_ACT, 7, "by another program; undo goes on."),
        (OWN_ACT, 8, "by watch; undo goes on."),
    ],
)
def test_what_was_recovered_says_who_was_last(
    clock: FixedClock, act: LoggedAct, number: int, said: str
) -> None:
    text = recovered_text(
        Recovered(None, had_unfinished_act=False),
        act,
        number,
        clock,
        has_half_line=False,
        unsaved_lines=0,
    )
    assert said in text
    assert OUTSIDE not in text
