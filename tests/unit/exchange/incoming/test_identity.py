"""Identifiers made of what a file says, and finding them among many."""

import random
import tracemalloc
import uuid

import numpy as np
import pytest

from channelplot.exchange.incoming import uid_index
from channelplot.exchange.incoming.identity import NAMESPACE, craft_uid, place_uid, uid_of
from channelplot.exchange.incoming.uid_index import UidIndex
from channelplot.model import report_columns
from channelplot.model.report_columns import Uids
from helpers.builders import R1, R2


def column(*uids: str) -> Uids:
    return np.array([uid.encode() for uid in uids], dtype=np.bytes_).reshape(-1)


def test_an_identifier_is_the_one_that_the_standard_makes() -> None:
    assert uid_of("craft", "227123456") == str(uuid.uuid5(NAMESPACE, "craft|227123456"))
    assert uid_of("place", "Gris-Nez é", 1, -2) == str(
        uuid.uuid5(NAMESPACE, "place|Gris-Nez é|1|-2")
    )


def test_other_parts_make_another_identifier() -> None:
    made = {
        craft_uid("1"), craft_uid("2"), uid_of("track", "1"), place_uid("1", R1),
        place_uid("1", R2), place_uid("2", R1),
    }  # fmt: skip
    assert len(made) == 6


def test_identifiers_are_found_where_they_stand_first() -> None:
    index = UidIndex(column("a", "b", "a", "long one"))
    assert index.rows_of(column("b", "a", "c", "long one", "long one!")).tolist() == [
        1, 0, -1, 3, -1,
    ]  # fmt: skip


def test_among_none_nothing_is_found() -> None:
    assert UidIndex(column()).rows_of(column("a")).tolist() == [-1]
    assert UidIndex(column("a")).rows_of(column()).tolist() == []


def test_every_one_of_many_is_found_and_no_other() -> None:
    dice = random.Random(4)
    uids = [str(uuid.UUID(int=dice.getrandbits(128))) for _ in range(3_000)]
    index = UidIndex(column(*uids[:2_000]))
    assert index.rows_of(column(*reversed(uids))).tolist() == [-1] * 1_000 + [*range(1_999, -1, -1)]


def test_two_with_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uid_index, "hashes_of", lambda uids: np.zeros(len(uids), dtype=np.uint64))
    index = UidIndex(column("a", "b", "c"))
    assert index.rows_of(column("c", "x", "a", "b")).tolist() == [2, -1, 0, 1]


def test_a_million_are_looked_up_in_little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uid_index, "_AT_ONCE", 1_000)
    uids = np.char.zfill(np.arange(20_000).astype("S36"), 36)
    index = UidIndex(uids)
    tracemalloc.start()
    try:
        rows = index.rows_of(uids[::-1])
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert rows.tolist() == [*range(19_999, -1, -1)]
    assert most_bytes < 3 * rows.nbytes, "no copy of all of them"


@pytest.mark.parametrize("at_once", [1, 7, 100])
def test_how_many_are_taken_at_once_makes_no_difference(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    uids = column(*(f"{number * 7919 % 83}" for number in range(90)))
    hashes = report_columns.hashes_of(uids).tolist()
    rows = UidIndex(uids).rows_of(uids).tolist()
    monkeypatch.setattr(report_columns, "_HASHED_AT_ONCE", at_once)
    monkeypatch.setattr(uid_index, "_AT_ONCE", at_once)
    assert report_columns.hashes_of(uids).tolist() == hashes
    assert UidIndex(uids).rows_of(uids).tolist() == rows
    assert rows[83:] == [*range(7)]
