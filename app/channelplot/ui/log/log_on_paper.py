"""The watch log in words for a page of paper: what a sheet may tell of each act."""

from collections.abc import Sequence

from channelplot.geodesy.text import position_text
from channelplot.snapshot.log_table import LogRow
from channelplot.store.log import LoggedAct
from channelplot.store.whole_acts import whole_acts
from channelplot.ui.log.facts import Names
from channelplot.ui.log.log_csv import mask_of
from channelplot.ui.log.log_text import LogWords


def log_rows(acts: Sequence[LoggedAct]) -> tuple[LogRow, ...]:
    """Return the acts of a log in words, the oldest first: one that it tells in several rows once.

    Of telephone numbers, and of what may be one, the last two figures stay. Positions are in
    degrees and decimal minutes whatever the desk shows them in.
    """
    whole = list(whole_acts(acts))
    names = Names()
    for act in whole:
        names.note(act)
    words, mask = LogWords(names, position_text), mask_of(acts)
    rows = []
    for act in whole:
        entry = words.entry(act)
        masked = mask([str(act.seq), "", act.operator, entry.about, entry.words, entry.why, ""])
        _, _, operator, about, said, why, _ = masked
        rows.append(LogRow(act.seq, act.at_utc, operator, about, said, why))
    return tuple(rows)
