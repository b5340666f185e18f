"""What the child that reads layers says, and how it is understood."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from channelplot.exchange.incoming.vector_rows import (
    LayerFound,
    RowShape,
    layers_from,
    packed_layers,
    packed_rows,
    rows_from,
)
from channelplot.exchange.reference_table import taken_apart
from helpers.layers_of_others import PLACES


def test_rows_are_what_they_were_when_the_child_packed_them() -> None:
    cells = [[None, "é\n,", "x"], ["1", None, '"']]
    said = packed_rows(
        np.array([0, 1, 3], dtype=np.uint8), np.array([[np.nan, np.nan], PLACES[0], [1, 2]]), cells
    )
    rows = list(rows_from(*taken_apart(said), 2))
    assert [list(row.cells) for row in rows] == [[None, "1"], ["é\n,", None], ["x", '"']]
    assert [row.shape for row in rows] == [RowShape.NONE, RowShape.POINT, RowShape.BROKEN]
    assert rows[1].lon_lat_deg == PLACES[0]
    layer = LayerFound(name="a", rows=3, has_shapes=True, columns=("b",))
    assert layers_from(taken_apart(packed_layers([layer], ["b"]))[0]) == ((layer,), ("b",))


@pytest.mark.parametrize(
    "change",
    [
        lambda head, rest: ({**head, "count": 3}, rest),
        lambda head, rest: ({**head, "count": -1}, rest),
        lambda head, rest: ({**head, "pieces": 3}, rest),
        lambda head, rest: ({**head, "pieces": []}, rest),
        lambda head, rest: ({**head, "pieces": [5]}, rest),
        lambda head, rest: (head, rest[:10]),
        lambda head, rest: (head, b"\x09" + rest[1:]),
        lambda _, rest: ({}, rest),
    ],
)
def test_an_answer_that_contradicts_itself_is_none(
    change: Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]],
) -> None:
    said = packed_rows(np.ones(2, dtype=np.uint8), np.zeros((2, 2)), [["a", "b"]])
    head, rest = change(dict(taken_apart(said)[0]), bytes(taken_apart(said)[1]))
    with pytest.raises((ValueError, TypeError, KeyError)):
        list(rows_from(head, memoryview(rest), 1))
    with pytest.raises((ValueError, TypeError)):
        list(rows_from(*taken_apart(said), 2))
