"""A large plot file: what is put off when it is opened, and is there when it is asked for."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.document.past import history_of
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.plot import Plot
from channelplot.store import soundness
from channelplot.store.geopackage import PlotFile
from channelplot.store.load import LoadedPlot
from channelplot.store.rescue import write_rescue
from helpers.builders import at
from helpers.large_plots import make_large_plot
from unit.store.files import adding_a_report, an_act, edit


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plot that passes for a large one: one act of 60 reports and one of 2,500."""
    path = tmp_path / "season.gpkg"
    make_large_plot(path, 51, 50)
    monkeypatch.setattr(soundness, "MOST_COPIED_BYTES", 1_000)
    return path


def loaded(path: Path) -> LoadedPlot:
    with closing(PlotFile.open(path)) as file:
        return file.load()


def test_long_rows_of_the_log_stay_in_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = loaded(path)
    monkeypatch.undo()
    small = loaded(path)
    assert [act.is_in_file for act in large.acts] == [True, True]
    assert [act.is_in_file for act in small.acts] == [False, False]
    assert [act.length for act in large.acts] == [len("{}"), len("{}")]
    assert large.acts == small.acts
    assert large.names_ever == small.names_ever
    for one, other in zip(large.acts, small.acts, strict=True):
        assert one.rows() == other.rows()
        assert one.is_long
        report_uid = next(iter(one.rows()[1]["reports"]))
        assert one.row_after("reports", report_uid) == other.row_after("reports", report_uid)
        assert one.row_after("reports", "nobody's") is None
    before, after, left_out = large.acts[0].brief_rows()
    assert not before
    assert left_out == {"reports"}
    assert len(after["tracks"]) == 50
    assert large.acts[1].brief_rows()[2] == frozenset()
    assert history_of(large.plot, large.acts).past == ()
    assert len(history_of(small.plot, small.acts).past) == 2


def test_rows_of_a_file_that_is_gone(path: Path, tmp_path: Path) -> None:
    large = loaded(path)
    path.unlink()
    with pytest.raises(ValueError, match="can't be read"):
        large.acts[0].rows()


def test_an_act_that_is_gone(path: Path, tmp_path: Path) -> None:
    large = loaded(path)
    edit(path, "DELETE FROM edit_log WHERE seq = 2")
    with pytest.raises(ValueError, match="no act 2"):
        large.acts[1].rows()


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_plot_written_anew(path: Path, tmp_path: Path, *, is_gone: bool) -> None:
    large = loaded(path)
    if is_gone:
        path.unlink()
    rescue = tmp_path / "rescue.gpkg"
    write_rescue(rescue, large.plot, large.acts, ())
    again = loaded(rescue)
    assert again.plot == large.plot
    assert [act.label for act in again.acts] == (
        ["new_plot"] if is_gone else ["restore_several", "restore_several"]
    )


def test_an_act_upon_packed_reports(path: Path) -> None:
    with closing(PlotFile.open(path)) as file:
        plot = file.load().plot
        more, change = adding_a_report(plot)
        logged = file.save(change, an_act())
        assert not logged.is_in_file
        look = file.look(more, at("0600"))
        assert look.logged is None
    assert loaded(path).plot == more


def test_another_program_s_change_shares_the_rest(path: Path) -> None:
    with closing(PlotFile.open(path)) as file:
        known = file.load().plot
        edit(path, "UPDATE reports SET grade = 'B2' WHERE fid = 1")
        look = file.look(known, at("0600"))
    assert look.loaded is not None
    assert look.logged is not None
    found = look.loaded.plot
    same = [uid for uid, track in found.tracks.items() if track is known.tracks[uid]]
    assert len(same) == len(known.tracks) - 1


def test_damaged_indexes_keep_it_from_being_written_to(path: Path) -> None:
    edit(path, "DELETE FROM rtree_reports_geom_rowid WHERE rowid = 1")
    with closing(PlotFile.open(path)) as file:
        plot = file.load().plot
        _, change = adding_a_report(plot)
        for attempt in (
            lambda: file.save(change, an_act()),
            lambda: file.look(plot, at("0600")),
        ):
            with pytest.raises(PlotFileError) as refused:
                attempt()
            assert refused.value.fault is PlotFileFault.DAMAGED
            assert refused.value.detail.startswith("rtree_reports_geom: ")


def test_a_copy_of_a_large_plot(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.gpkg"
    shutil.copyfile(path, copy)
    assert loaded(copy).plot == loaded(path).plot != Plot()
