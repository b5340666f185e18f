import hashlib
import json
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.store.connection import connect_to_read
from channelplot.store.log import broken_links
from unit.store.files import a_plot, adding_a_report, an_act, edit, new_file, opened, rows


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with five acts in its log."""
    path = tmp_path / "night.gpkg"
    plot = a_plot()
    with new_file(path, plot) as file:
        for number in range(4):
            plot, change = adding_a_report(plot, number)
            file.save(change, an_act("add_report", operator="Zoë"))
    return path


def broken(path: Path) -> list[tuple[int, str]]:
    with closing(connect_to_read(path)) as conn:
        return list(broken_links(conn))


def test_each_hash_covers_its_row_and_the_hash_before_it(path: Path) -> None:
    previous, text = "", ""
    for row in rows(
        path,
        "SELECT previous_hash, seq, at_utc, operator, label, entity, entity_uid, before, after,"
        " hash FROM edit_log ORDER BY seq",
    ):
        *covered, own = row
        assert covered[0] == previous
        text = json.dumps(covered, separators=(",", ":"), ensure_ascii=False)
        assert own == hashlib.sha256(text.encode()).hexdigest()
        previous = own
    assert "Zoë" in text
    assert broken(path) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE edit_log SET operator = 'Bob' WHERE seq = 3", [(3, "hash")]),
        ("UPDATE edit_log SET after = '{}' WHERE seq = 1", [(1, "hash")]),
        (
            "UPDATE edit_log SET hash = previous_hash WHERE seq = 2",
            [(2, "hash"), (3, "previous_hash")],
        ),
        ("DELETE FROM edit_log WHERE seq = 3", [(4, "seq"), (4, "previous_hash")]),
        ("DELETE FROM edit_log WHERE seq = 1", [(2, "seq"), (2, "previous_hash")]),
        ("DELETE FROM edit_log WHERE seq = 5", [(4, "end")]),
        ("DELETE FROM edit_log", [(0, "end")]),
        ("UPDATE edit_log SET operator = x'FF' WHERE seq = 3", [(3, "hash")]),
        ("UPDATE edit_log SET operator = CAST(x'FF' AS TEXT) WHERE seq = 3", [(3, "hash")]),
    ],
)
def test_a_row_that_was_changed_or_removed_shows(
    path: Path, statement: str, found: list[tuple[int, str]]
) -> None:
    edit(path, statement)
    assert broken(path) == found


def test_a_number_is_never_given_twice(path: Path) -> None:
    edit(path, "DELETE FROM edit_log WHERE seq > 2")

    with opened(path) as file:
        plot = file.load().plot
        assert file.save(adding_a_report(plot, 30)[1], an_act()).seq == 6
    assert broken(path) == [(6, "seq")]


def test_the_first_row_of_a_log_without_memory_is_the_first(path: Path) -> None:
    edit(path, "DELETE FROM edit_log")
    edit(path, "DELETE FROM sqlite_sequence WHERE name = 'edit_log'")
    assert broken(path) == []

    with opened(path) as file:
        plot = file.load().plot
        assert file.save(adding_a_report(plot, 30)[1], an_act()).seq == 1
    assert broken(path) == []
