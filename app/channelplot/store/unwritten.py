"""An act that is not in the file yet, as the log would tell it."""

from channelplot.model.change import Change
from channelplot.store.act import ActRecord
from channelplot.store.log import LoggedAct, logged_act
from channelplot.store.rows import row_changes
from channelplot.store.tables import GEOMETRY, TRACKS, WITHDRAWN
from channelplot.store.times import time_text
from channelplot.store.values import Row

Rows = dict[str, dict[str, Row]]


def unwritten_act(seq: int, change: Change, act: ActRecord) -> LoggedAct:
    """Return an act under a number as the log would have it, made from the plot alone.

    What only other programs know of its rows is not in it.
    """
    at = time_text(act.at_utc)
    before: Rows = {}
    after: Rows = {}
    for row in row_changes(change):
        stood, stands = row.before, row.after
        if stands is None:
            stands = {**(stood or {}), WITHDRAWN: at}
        elif stood is not None:
            differing = {name for name, value in stands.items() if value != stood[name]}
            if not differing or (row.table is TRACKS and differing == {GEOMETRY}):
                continue  # a derived line: the report that moved it is told
        if stood is not None:
            before.setdefault(row.table.name, {})[row.uid] = stood
        after.setdefault(row.table.name, {})[row.uid] = stands
    return logged_act(seq, act, before, after)
