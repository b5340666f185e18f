"""Another file under the plot's name, and a plot that has two names."""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.geopackage import PlotFile, ReadOnlyReason
from channelplot.store.lock import PlotLock, lock_path
from channelplot.store.replaced import connection_to_copy, has_other_name
from helpers.builders import at
from unit.store.files import (
    HOLD_OPEN,
    acts,
    adding_a_report,
    an_act,
    another_process,
    closed_file,
    edit,
    fault_of_saving,
    names,
    new_file,
    opened,
    outside,
    rows,
    save,
)

NOW = at("0600")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def put_a_copy_there(path: Path) -> Path:
    """Replace a file by a copy of itself, as programs do that copy files to and from elsewhere."""
    draft = path.with_name("copy")
    shutil.copyfile(path, draft)
    draft.replace(path)
    return path


# ------------------------------------------------------------------ another file under the name


def test_a_look_goes_on_in_a_copy_that_took_the_plots_place(path: Path) -> None:
    with new_file(path) as file:
        known = file.load().plot
        put_a_copy_there(path)
        look = file.look(known, NOW)
        assert look.loaded is not None
        assert look.loaded.plot == known
        assert look.logged is None
        save(file, known, adding_a_report(known)[0])
    assert acts(path) == 2
    assert names(path.parent) == ["night.gpkg"]


def test_an_act_is_saved_to_such_a_copy_once(path: Path) -> None:
    with new_file(path) as file:
        known = file.load().plot
        put_a_copy_there(path)
        new = adding_a_report(known)[0]
        save(file, known, new)
        look = file.look(known, NOW)
        assert look.loaded is not None
        assert look.loaded.plot == new
    assert acts(path) == 2


def test_what_was_changed_in_the_copy_is_logged_before_the_act(path: Path) -> None:
    with new_file(path) as file:
        known = file.load().plot
        copy = Path(shutil.copyfile(path, path.with_name("copy")))
        edit(copy, "UPDATE tracks SET note = 'elsewhere' WHERE name = 'A'")
        copy.replace(path)
        save(file, known, adding_a_report(known)[0])
        assert file.logged_before is not None
    assert rows(path, "SELECT label FROM edit_log ORDER BY seq")[1:] == [
        ("outside_edit",),
        ("amend",),
    ]


def older(path: Path) -> None:
    """Put the plot there as it was an act ago."""
    path.with_name("before").replace(path)


def of_another_program(path: Path) -> None:
    edit(put_a_copy_there(path), "UPDATE app_meta SET value = 'Other' WHERE key = 'application'")


def with_a_trigger(path: Path) -> None:
    with outside(put_a_copy_there(path)) as conn:
        conn.execute("CREATE TRIGGER strange AFTER INSERT ON marks BEGIN SELECT 1; END")


def garbage(path: Path) -> None:
    draft = path.with_name("garbage")
    draft.write_bytes(b"garbage" * 1000)
    draft.replace(path)


def unreadable_log(path: Path) -> None:
    with outside(put_a_copy_there(path), ignoring_checks=True) as conn:
        conn.execute("DROP TRIGGER IF EXISTS edit_log_no_update")
        conn.execute("UPDATE edit_log SET at_utc = 'never'")


def with_two_names(path: Path) -> None:
    os.link(put_a_copy_there(path), path.with_name("second.gpkg"))


def nothing(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    "replace",
    [older, of_another_program, with_a_trigger, garbage, unreadable_log, with_two_names, nothing],
)
def test_anything_else_under_the_name_is_told_of(
    path: Path, replace: Callable[[Path], None]
) -> None:
    file = PlotFile.open(_with_an_act(path))
    with closing(file):
        known = file.load().plot
        replace(path)
        for _ in range(2):
            with pytest.raises(PlotFileError) as caught:
                file.look(known, NOW)
            assert caught.value.fault is PlotFileFault.MOVED
        assert fault_of_saving(file, known) is PlotFileFault.MOVED


def _with_an_act(path: Path) -> Path:
    plot = closed_file(path)
    shutil.copyfile(path, path.with_name("before"))
    with opened(path) as file:
        save(file, plot, adding_a_report(plot)[0])
    return path


def test_a_plot_that_was_never_read_is_not_gone_on_with(path: Path) -> None:
    plot = closed_file(path)
    with opened(path) as file:
        put_a_copy_there(path)
        assert fault_of_saving(file, plot) is PlotFileFault.MOVED


def test_a_copy_that_may_not_be_written_to_is_not_gone_on_with(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_file(path)
    with opened(path) as file:
        last = file.load().acts[-1]
    monkeypatch.setattr(
        "channelplot.store.replaced.writing_connection", lambda _: ReadOnlyReason.FILE
    )
    assert connection_to_copy(path, last) is None


def test_an_act_that_was_committed_as_the_plot_was_taken_away_is_in_a_copy_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_away = path.with_name("away")
    real = PlotFile._require_same_file
    asked: list[str] = []

    def just_after_the_commit(file: PlotFile, detail: str = "") -> None:
        asked.append(detail)
        if len(asked) == 2:
            path.rename(taken_away)
        real(file, detail)

    with new_file(path) as file:
        known = file.load().plot
        first = adding_a_report(known)
        second = adding_a_report(first[0], 2)
        unsaved = [(first[1], an_act("amend")), (second[1], an_act("amend"))]
        with monkeypatch.context() as patched:
            patched.setattr(PlotFile, "_require_same_file", just_after_the_commit)
            with pytest.raises(PlotFileError):
                file.save(*unsaved[0])
        copy = path.with_name("copy.gpkg")
        file.copy_to(copy, unsaved)
        assert acts(copy) == 3
        taken_away.rename(path)
        file.save(*unsaved[0])
        assert acts(path) == 2


# ------------------------------------------------------------------------------- the lock is gone


def test_a_lock_that_is_removed_is_made_again_by_a_look_and_by_an_act(path: Path) -> None:
    with new_file(path) as file:
        known = file.load().plot
        file.look(known, NOW)
        lock_path(path).unlink()
        file.look(known, NOW)
        assert lock_path(path).exists()
        lock_path(path).unlink()
        save(file, known, adding_a_report(known)[0])
        assert lock_path(path).exists()
        with opened(path) as second:
            assert second.read_only_reason is ReadOnlyReason.LOCKED
    assert names(path.parent) == ["night.gpkg"]


def test_nothing_is_saved_while_another_desk_has_the_lock(path: Path) -> None:
    with new_file(path) as file:
        known = file.load().plot
        lock_path(path).unlink()
        with another_process(HOLD_OPEN, str(path)) as desk:
            assert fault_of_saving(file, known) is PlotFileFault.TAKEN
            with pytest.raises(PlotFileError) as caught:
                file.look(known, NOW)
            assert caught.value.fault is PlotFileFault.TAKEN
            assert "@" in caught.value.detail
            assert acts(path) == 1
            desk.kill()
            desk.wait()
        save(file, known, adding_a_report(known)[0])
    assert acts(path) == 2
    assert names(path.parent) == ["night.gpkg"]


def test_a_lock_that_can_not_be_made_again_is_told_of(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: PlotLock) -> PlotLock:
        raise PermissionError(13, "Permission denied")

    with new_file(path) as file:
        known = file.load().plot
        with monkeypatch.context() as patched:
            patched.setattr(PlotLock, "kept", refuse)
            assert fault_of_saving(file, known) is PlotFileFault.READ_ONLY
        save(file, known, adding_a_report(known)[0])


# ------------------------------------------------------------------------------------- two names


def test_a_plot_with_two_names_is_open_to_read_under_each(path: Path) -> None:
    closed_file(path)
    second = path.with_name("second.gpkg")
    os.link(path, second)
    for name in (path, second):
        with opened(name) as file:
            assert file.read_only_reason is ReadOnlyReason.LINKED
            assert not lock_path(name).exists()
    second.unlink()
    with opened(path) as file:
        assert not file.is_read_only


def test_a_second_name_made_while_it_is_open_lets_nobody_else_write(path: Path) -> None:
    second = path.with_name("second.gpkg")
    with new_file(path) as file:
        known = file.load().plot
        os.link(path, second)
        with opened(second) as other:
            assert other.read_only_reason is ReadOnlyReason.LINKED
        save(file, known, adding_a_report(known)[0])
        second.unlink()


def test_the_draft_of_a_plot_whose_maker_was_killed_is_no_second_name(path: Path) -> None:
    closed_file(path)
    draft = path.with_name(f".{'0a' * 8}.part")
    os.link(path, draft)
    other_draft = path.with_name(f".{'0b' * 8}.part")
    other_draft.write_text("another's")
    assert not has_other_name(path)
    assert not draft.exists()
    assert other_draft.exists(), "it is not of this plot"


def test_a_draft_that_can_not_be_removed_stays_a_second_name(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_file(path)
    os.link(path, path.with_name(f".{'0a' * 8}.part"))

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    assert has_other_name(path)


def test_what_is_not_there_has_no_second_name(path: Path) -> None:
    assert not has_other_name(path)


# -------------------------------------------------------------------------------------- shipped


def test_a_shipped_plot_is_open_to_read_with_no_lock_beside_it(path: Path) -> None:
    plot = closed_file(path)
    before = path.read_bytes()
    with closing(PlotFile.open_shipped(path)) as file:
        assert file.read_only_reason is ReadOnlyReason.FILE
        assert file.load().plot == plot
        assert names(path.parent) == ["night.gpkg"]
    assert path.read_bytes() == before
