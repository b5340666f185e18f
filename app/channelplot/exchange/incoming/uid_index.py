"""Which of many identifiers stand among many others, by columns of them."""

from typing import Final

import numpy as np

from channelplot.model.report_columns import Rows, Uids, hashes_of

_AT_ONCE: Final = 50_000
"""Identifiers that are looked up together: for a million it takes some MB, not hundreds."""


class UidIndex:
    """Finds identifiers among those of a column; of one that is there twice the first."""

    def __init__(self, uids: Uids) -> None:
        """Sort the identifiers of a column."""
        self._uids = uids
        hashes = hashes_of(uids) if len(uids) else np.zeros(0, dtype=np.uint64)
        self._order = np.argsort(hashes, kind="stable")
        self._sorted = hashes[self._order]

    def rows_of(self, wanted: Uids) -> Rows:
        """Return for each identifier the row in which it stands, -1 where it does not."""
        found = np.full(len(wanted), -1, dtype=np.intp)
        if len(self._uids):
            for start in range(0, len(wanted), _AT_ONCE):
                some = slice(start, start + _AT_ONCE)
                found[some] = self._rows_of(wanted[some])
        return found

    def _rows_of(self, wanted: Uids) -> Rows:
        found = np.full(len(wanted), -1, dtype=np.intp)
        width = self._uids.dtype.itemsize
        todo = np.arange(len(wanted))
        if wanted.dtype.itemsize > width:
            # A longer one stands nowhere in the column, and must not be cut to its width.
            todo = np.flatnonzero(np.char.str_len(wanted) <= width)
        fitting = wanted[todo].astype(self._uids.dtype)
        hashes = hashes_of(fitting)
        places = np.searchsorted(self._sorted, hashes, side="left")
        left = np.arange(len(todo))
        while len(left):
            left = left[places[left] < len(self._sorted)]
            left = left[self._sorted[places[left]] == hashes[left]]
            rows = self._order[places[left]]
            is_it = self._uids[rows] == fitting[left]
            found[todo[left[is_it]]] = rows[is_it]
            left = left[~is_it]
            places[left] += 1
        return found
