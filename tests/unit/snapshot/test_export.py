"""A sheet on disk is whole, or the old one is still there."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from channelplot.errors import SheetNotMade, SnapshotError
from channelplot.snapshot.export import write_files
from channelplot.snapshot.png import png_bytes

OLD = b"the sheet of an hour ago"


def a_picture(width_px: int = 300, height_px: int = 200) -> QImage:
    """Return a picture of noise, which PNG can't make small."""
    image = QImage(
        os.urandom(width_px * height_px * 4), width_px, height_px, QImage.Format.Format_RGB32
    )
    return image.copy()


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_what_is_written_is_the_picture(tmp_path: Path) -> None:
    picture, path = a_picture(), tmp_path / "sheet.png"

    write_files({path: png_bytes(picture)})

    assert QImage(str(path)) == picture
    assert names_in(tmp_path) == ["sheet.png"]


def test_an_older_picture_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "sheet.png"
    path.write_bytes(OLD)

    write_files({path: png_bytes(a_picture())})

    assert QImage(str(path)).width() == 300
    assert names_in(tmp_path) == ["sheet.png"]


def test_a_new_picture_has_the_usual_permissions(tmp_path: Path) -> None:
    path, usual = tmp_path / "sheet.png", tmp_path / "usual"
    usual.touch()

    write_files({path: png_bytes(a_picture())})

    assert path.stat().st_mode == usual.stat().st_mode


def test_a_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target.png", tmp_path / "link.png"
    target.write_bytes(OLD)
    link.symlink_to(target)

    write_files({link: png_bytes(a_picture())})

    assert link.is_symlink()
    assert QImage(str(target)).width() == 300


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    path = tmp_path / "not there" / "sheet.png"

    with pytest.raises(SnapshotError) as raised:
        write_files({path: png_bytes(a_picture())})

    assert raised.value.path == path
    assert raised.value.detail == os.strerror(2)
    assert names_in(tmp_path) == []


def test_a_folder_of_that_name_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "sheet.png"
    path.mkdir()

    with pytest.raises(SnapshotError, match="not an ordinary file"):
        write_files({path: png_bytes(a_picture())})

    assert names_in(tmp_path) == ["sheet.png"]
    assert names_in(path) == []


def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    link = tmp_path / "sheet.png"
    link.symlink_to("/dev/null")

    with pytest.raises(SnapshotError, match="not an ordinary file"):
        write_files({link: png_bytes(a_picture())})

    assert Path("/dev/null").is_char_device()


def test_links_in_a_circle_are_said(tmp_path: Path) -> None:
    one, other = tmp_path / "one.png", tmp_path / "other.png"
    one.symlink_to(other)
    other.symlink_to(one)

    with pytest.raises(SnapshotError):
        write_files({one: png_bytes(a_picture())})


def test_no_picture_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "sheet.png"
    path.write_bytes(OLD)

    with pytest.raises(SheetNotMade, match="not encoded"):
        write_files({path: png_bytes(QImage())})

    assert path.read_bytes() == OLD


def test_a_name_too_long_for_the_disk_is_said(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError):
        write_files({tmp_path / f"{'x' * 300}.png": png_bytes(a_picture())})

    assert names_in(tmp_path) == []


CHILD = textwrap.dedent(
    """
    import resource, sys
    from pathlib import Path
    from PySide6.QtGui import QImage
    from channelplot.errors import SheetNotMade, SnapshotError
    from channelplot.snapshot.export import write_files
    from channelplot.snapshot.png import png_bytes

    picture = QImage(sys.argv[1])
    assert picture.width() == 300
    limit = int(sys.argv[3])
    sys.dont_write_bytecode = True  # it would be cut short
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        write_files({Path(sys.argv[2]): png_bytes(picture)})
    except SnapshotError as error:
        sys.exit(f"refused: {error.detail}")
    """
)


@pytest.mark.parametrize("limit", [0, 1, 4096, 100_000])
@pytest.mark.parametrize("had_one", [True, False], ids=["replacing", "new"])
def test_a_disk_that_fills_up_costs_nothing(tmp_path: Path, limit: int, had_one: bool) -> None:
    source, folder = tmp_path / "source.png", tmp_path / "sheets"
    a_picture().save(str(source))  # about 180 kB
    folder.mkdir()
    path = folder / "sheet.png"
    if had_one:
        path.write_bytes(OLD)

    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(source), str(path), str(limit)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert child.returncode == 1, child.stderr
    assert child.stderr.startswith("refused: ")
    assert names_in(folder) == (["sheet.png"] if had_one else [])
    if had_one:
        assert path.read_bytes() == OLD


def test_the_child_writes_where_there_is_room(tmp_path: Path) -> None:
    source, path = tmp_path / "source.png", tmp_path / "sheet.png"
    picture = a_picture()
    picture.save(str(source))

    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(source), str(path), "1000000"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert child.returncode == 0, child.stderr
    assert QImage(str(path)) == picture


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write_to_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    path = folder / "sheet.png"
    path.write_bytes(OLD)
    folder.chmod(0o500)
    try:
        with pytest.raises(SnapshotError):
            write_files({path: png_bytes(a_picture())})
    finally:
        folder.chmod(0o700)

    assert path.read_bytes() == OLD
