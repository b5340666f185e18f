"""Long texts of the log: kept small, and read row by row."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from channelplot.store.log import LoggedAct
from channelplot.store.log_text import LONG_TEXT, LoggedRow, LoggedRows, each_row
from helpers.builders import at

MANY = 12_000
TRICKY = 'a } }} , "reports":{ "uid" \\ \N{EM DASH} end'


def many_reports() -> dict[str, LoggedRow]:
    return {
        f"report-{number}": {"uid": f"report-{number}", "as_received": TRICKY, "error_m": number}
        for number in range(MANY)
    }


def long_rows() -> LoggedRows:
    """Rows with one table that is long between two that are not."""
    return {
        "tracks": {"a": {"uid": "a", "name": "A"}, "b": {"uid": "b", "name": TRICKY}},
        "reports": many_reports(),
        "beaches": {"c": {"uid": "c", "name": "Sangatte"}},
    }


def as_written(rows: LoggedRows) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def an_act(before: str, after: str) -> LoggedAct:
    return LoggedAct(1, at("0300"), "watch", "new_plot", "plot", "", "", "", before, after)


def in_pieces(text: str, size: int) -> Iterator[bytes]:
    data = text.encode()
    return (data[place : place + size] for place in range(0, len(data), size))


def test_a_long_text_is_kept_small_and_comes_back_whole() -> None:
    text = as_written(long_rows())
    assert len(text) > LONG_TEXT
    act = an_act("{}", text)
    assert act.is_long
    assert act.after == text
    assert act.before == "{}"
    assert act.rows() == ({}, long_rows())
    kept = vars(act)["_kept_after"]
    assert len(kept.packed) + len(kept.brief) < len(text) / 5
    assert replace(act, label="other").after == text
    assert act == an_act("{}", text)
    assert act != an_act("{}", as_written({"tracks": {}}))


def test_a_short_text_is_kept_as_it_is() -> None:
    rows: LoggedRows = {"tracks": {"a": {"uid": "a", "name": "A"}}}
    act = an_act("{}", as_written(rows))
    assert not act.is_long
    assert act.brief_rows() == ({}, rows, frozenset())
    assert act.row_after("tracks", "a") == {"uid": "a", "name": "A"}
    assert act.row_after("tracks", "b") is None
    assert act.row_after("reports", "a") is None


def test_of_a_long_act_the_long_table_is_left_out_where_it_is_read_in_brief() -> None:
    rows = long_rows()
    for before, after in (("{}", as_written(rows)), (as_written(rows), "{}")):
        act = an_act(before, after)
        assert act.is_long
        *brief, left_out = act.brief_rows()
        assert left_out == {"reports"}
        found = brief[0] or brief[1]
        assert found == {"tracks": rows["tracks"], "beaches": rows["beaches"]}


def test_a_value_that_ends_as_a_row_does_begins_no_table() -> None:
    rows = long_rows()
    rows["tracks"]["a"] = {"name": "}},", "uid": "a"}
    act = an_act("{}", as_written(rows))
    assert act.brief_rows()[1] == {"tracks": rows["tracks"], "beaches": rows["beaches"]}
    assert act.row_after("beaches", "c") == rows["beaches"]["c"]
    assert act.after == as_written(rows)


@pytest.mark.parametrize("place", ["first", "last"])
def test_rows_of_a_long_act_are_found_one_by_one(place: str) -> None:
    rows = long_rows()
    if place == "first":
        rows = {"reports": rows["reports"], "tracks": rows["tracks"]}
    act = an_act("{}", as_written(rows))
    for number in (0, 1, MANY // 2, MANY - 1):
        assert act.row_after("reports", f"report-{number}") == rows["reports"][f"report-{number}"]
    assert act.row_after("tracks", "b") == rows["tracks"]["b"]
    assert act.row_after("reports", "a") is None
    assert act.row_after("marks", "a") is None
    assert act.row_after("reports", "uid") is None


def test_a_long_text_that_is_written_otherwise_is_kept_as_it_is() -> None:
    text = json.dumps(long_rows(), indent=1)
    act = an_act("{}", text)
    assert act.after == text
    assert act.row_after("reports", "report-7") == long_rows()["reports"]["report-7"]
    assert act.brief_rows()[1] == long_rows()


@pytest.mark.parametrize("size", [1, 7, 5_000, 10_000_000])
def test_rows_are_read_from_pieces_of_any_size(size: int) -> None:
    rows = long_rows()
    rows["reports"] = dict(list(rows["reports"].items())[:40])
    found = list(each_row(lambda: in_pieces(as_written(rows), size)))
    assert found == [(table, uid, row) for table, own in rows.items() for uid, row in own.items()]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"tracks": {"a": {"uid": "a"}}}, indent=2),
        '{"tracks":{"a":{"uid":"a"}}}\n',
    ],
)
def test_rows_that_are_written_otherwise_are_read_all_the_same(text: str) -> None:
    assert list(each_row(lambda: in_pieces(text, 5)))[-1] == ("tracks", "a", {"uid": "a"})


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"tracks":[]}', '{"tracks":{"a":1}}', '{"tracks":{"a":{"uid"', "{} x"]
)
def test_what_tells_no_rows_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 of several kinds, as the log's reader says
        list(each_row(lambda: in_pieces(text, 3)))


def test_the_field_has_no_default() -> None:
    with pytest.raises(TypeError):
        LoggedAct(1, at("0300"), "watch", "new_plot", "plot", "", "", "")
