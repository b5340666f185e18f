"""Very many reports as one act: several rows of the log, an index filled afterwards."""

import hashlib
import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from channelplot.document.past import history_of
from channelplot.errors import NoPlotThen, SheetStateFault
from channelplot.model.change import difference
from channelplot.model.packing import Sayings, packed, piece_of
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.store import log_text
from channelplot.store import save as saving
from channelplot.store.as_known import known_after, known_at
from channelplot.store.bulk import index_filled_afterwards
from channelplot.store.connection import connect_to_write, transaction
from channelplot.store.log import Standing, act_hash
from channelplot.store.tables import REPORTS
from channelplot.store.whole_acts import act_count, parts_of, whole_acts
from helpers.builders import R1, R2, a_report, a_track, at
from helpers.plot_files import assert_conforms, assert_log_is_whole, file_rows
from unit.store.files import a_plot, an_act, new_file, opened

if TYPE_CHECKING:
    from channelplot.store.values import Value

IMPORT_UID = "7b0c7a52-6f0f-4f4e-9d0a-0d1f7f1a2b3c"


def with_packed_tracks(plot: Plot, tracks: Sequence[Track]) -> Plot:
    """Return a plot with tracks whose reports are packed, as an import brings them."""
    sayings = Sayings()
    piece = piece_of([report for track in tracks for report in track.reports], sayings)
    assert piece is not None
    filed = np.repeat(np.arange(len(tracks), dtype=np.int32), [len(t.reports) for t in tracks])
    by_track = packed([piece], [filed], [track.uid for track in tracks], sayings)
    for track in tracks:
        plot = plot.with_track(replace(track, reports=by_track[track.uid]))
    return plot


def a_boat(name: str, count: int) -> Track:
    times = (at(f"{2 + n // 60:02}{n % 60:02}") for n in range(count))
    reports = (a_report(time, position=(R1, R2)[n % 2]) for n, time in enumerate(times))
    return a_track(name, reports=tuple(reports))


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve reports are very many, and ten rows fill a row of the log."""
    monkeypatch.setattr(saving, "MANY", 12)
    monkeypatch.setattr(saving, "ROWS_OF_AN_ACT", 10)
    monkeypatch.setattr(saving, "_LOT", 4)


@pytest.mark.usefixtures("small_parts")
def test_very_many_reports_are_one_act_in_several_rows_of_the_log(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    plot = a_plot()
    after = with_packed_tracks(plot, [a_boat("X", 25), a_boat("Y", 7)])
    change = difference(plot, after)
    assert len(change.whole_tracks) == 2
    assert not change.reports
    with new_file(path, plot) as file:
        act = an_act("import_file", entity="plot", entity_uid=IMPORT_UID)
        logged = file.save(change, act)
        assert [part.seq for part in (*file.logged_parts, logged)] == [2, 3, 4]
        assert file.load().plot == after
    told = [
        sum(len(by_uid) for by_uid in json.loads(str(text)).values())
        for (text,) in file_rows(path, "SELECT after FROM edit_log WHERE seq > 1 ORDER BY seq")
    ]
    assert sum(told) == 34
    assert max(told) <= 14, "a lot more than a part holds at most"
    in_index = "SELECT count(*) FROM rtree_reports_geom"
    with_place = "SELECT count(*) FROM reports WHERE geom NOT NULL"
    assert file_rows(path, in_index) == file_rows(path, with_place)
    assert_log_is_whole(path)
    assert_conforms(path)


@pytest.mark.usefixtures("small_parts")
def test_an_act_in_several_rows_is_one_step_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    plot = a_plot()
    after = with_packed_tracks(plot, [a_boat("X", 25)])
    there_and_back = [
        ("import_file", plot, after),
        ("undo.import_file", after, plot),
        ("redo.import_file", plot, after),
    ]
    with new_file(path, plot) as file:
        for label, here, there in there_and_back:
            act = an_act(label, entity="plot", entity_uid=IMPORT_UID)
            file.save(difference(here, there), act)
    with opened(path) as file:
        loaded = file.load()
    assert loaded.plot == after
    history = history_of(loaded.plot, loaded.acts)
    assert [(step.label, step.plot) for step in history.past[-1:]] == [("import_file", plot)]
    assert len(history.past) == 1
    assert not history.future
    assert_log_is_whole(path)


@pytest.mark.parametrize("length", [0, 10, 199_999, 200_000, 400_001])
def test_the_hash_of_an_act_is_that_of_its_row_as_json(length: int) -> None:
    rows = ('{"name":"Épave \\U0001f6a4 \\\\"\\n' * (length // 20 + 1))[:length]
    entry: list[Value] = [
        "link",
        7,
        "2026-09-15T03:00:00.000Z",
        rows,
        None,
        1.5,
        b"\\x00\\xff",
        rows,
    ]
    told = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), default=repr)
    assert act_hash(entry) == hashlib.sha256(told.encode()).hexdigest()


@pytest.fixture
def long_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the log tells of ten rows is a long text."""
    monkeypatch.setattr(log_text, "LONG_TEXT", 1_500)


@pytest.mark.usefixtures("small_parts", "long_texts")
def test_whatever_is_told_in_several_rows_is_one_act_and_one_step(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    plot = a_plot()
    with_x = with_packed_tracks(plot, [a_boat("X", 25)])
    track = next(track for track in with_x.tracks.values() if track.name == "X")
    without_x = with_x.without_track(track.uid)
    with new_file(path, with_x) as file:
        act = an_act("withdraw_track", entity="track", entity_uid=track.uid)
        logged = file.save(difference(with_x, without_x), act)
        assert len(file.logged_parts) == 2
    with opened(path) as file:
        loaded = file.load()
    whole = list(whole_acts(loaded.acts))
    assert [act.label for act in whole] == ["new_plot", "withdraw_track"]
    assert whole[1].seq == logged.seq == loaded.acts[-1].seq
    assert act_count(loaded.acts) == 2
    history = history_of(loaded.plot, loaded.acts)
    assert [(step.label, step.plot) for step in history.past] == [("withdraw_track", with_x)]


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("longest", [1_500, 1_000_000])
def test_an_act_in_several_rows_is_told_of_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, longest: int
) -> None:
    monkeypatch.setattr(log_text, "LONG_TEXT", longest)
    plot = a_plot()
    after = with_packed_tracks(plot, [a_boat("X", 25), a_boat("Y", 7)])
    with new_file(tmp_path / "night.gpkg", plot) as file:
        act = an_act("import_file", entity="plot", entity_uid=IMPORT_UID)
        file.save(difference(plot, after), act)
        back = an_act("undo.import_file", entity="plot", entity_uid=IMPORT_UID)
        file.save(difference(after, plot), back)
        acts = file.load().acts
    _, done, undone = whole_acts(acts)
    assert (done.seq, undone.seq) == (4, acts[-1].seq)
    assert done.is_long == (longest < 1_000_000)
    assert done.standing("reports") == Standing(0, 32)
    assert undone.standing("reports") == Standing(32, 0)
    assert undone.standing("tracks") == Standing(2, 0)
    assert undone.standing("beaches") == Standing(0, 0)
    before, rows, left_out = done.brief_rows()
    assert before == {}
    assert len(rows["tracks"]) == 2
    assert left_out == ({"reports"} if done.is_long else set())
    assert ("reports" in rows) == (not done.is_long)
    assert len(done.rows()[1]["reports"]) == 32
    assert json.loads(done.after) == done.rows()[1]
    uid = next(reversed(done.rows()[1]["reports"]))
    found = done.row_after("reports", uid)
    assert found is not None
    assert found["uid"] == uid
    assert done.row_after("reports", IMPORT_UID) is None
    assert done.length == sum(part.length for part in parts_of(done))


@pytest.mark.usefixtures("small_parts")
def test_an_act_in_several_rows_is_known_with_its_last_row(tmp_path: Path) -> None:
    plot = a_plot()
    after = with_packed_tracks(plot, [a_boat("X", 25)])
    with new_file(tmp_path / "night.gpkg", plot) as file:
        act = an_act("import_file", entity="plot", entity_uid=IMPORT_UID)
        file.save(difference(plot, after), act)
        later = after.without_track(next(iter(after.tracks)))
        file.save(difference(after, later), an_act("withdraw_track"))
        loaded = file.load()
    assert [act.seq for act in loaded.acts] == [1, 2, 3, 4, 5]
    assert known_after(loaded, 1).plot == plot
    assert known_after(loaded, 4).plot == after
    assert known_after(loaded, 5).plot == later
    for seq in (2, 3):
        with pytest.raises(NoPlotThen) as raised:
            known_after(loaded, seq)
        assert raised.value.fault is SheetStateFault.NO_SUCH_ACT
    at_utc = loaded.acts[3].at_utc
    assert known_at(loaded, at_utc).plot == later, "all at one time"


def test_the_cache_is_larger_only_until_the_index_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    with new_file(path, a_plot()), closing(connect_to_write(path)) as conn:
        (before,) = conn.execute("PRAGMA cache_size").fetchone()
        with transaction(conn), index_filled_afterwards(conn, REPORTS):
            (within,) = conn.execute("PRAGMA cache_size").fetchone()
        (after,) = conn.execute("PRAGMA cache_size").fetchone()
    assert within < before == after < 0, "in KiB, which have a minus"


@pytest.mark.usefixtures("small_parts")
def test_many_reports_come_to_a_packed_track_and_go_again(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    whole = a_boat("X", 40)
    half = replace(whole, reports=whole.reports[::2])
    with new_file(path, with_packed_tracks(a_plot(), [half])) as file:
        before = file.load().plot
        after = with_packed_tracks(before, [whole])
        for here, there in ((before, after), (after, before), (before, after)):
            change = difference(here, there)
            assert (change.report_count, len(change.reports)) == (20, 0)
            file.save(change, an_act("import_file", entity="plot", entity_uid=IMPORT_UID))
            assert file.load().plot == there
    assert_log_is_whole(path)
    assert_conforms(path)
