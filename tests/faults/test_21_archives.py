"""Archives that mean harm are refused as a whole, and nothing of any archive is written out."""

import io
import os
import random
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.exchange.limit_file import read_limit_file

LINE = (
    "<kml><Placemark><LineString><coordinates>1,50 2,51</coordinates></LineString></Placemark>"
    "</kml>"
)
LEADING_OUT = (
    "../evil.kml",
    "a/../../evil.kml",
    "..\\evil.kml",
    "a\\..\\..\\evil.kml",
    "/tmp/evil.kml",
    "//host/share/evil.kml",
    "\\\\host\\share\\evil.kml",
    "C:\\evil.kml",
    "C:evil.kml",
    "..",
    "evil\0.kml",
    "",
)


def archive(*members: tuple[str | zipfile.ZipInfo, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
    return out.getvalue()


def named(name: str) -> zipfile.ZipInfo:
    """A member whose name stands in the archive as it is, which ZipInfo would tidy."""
    info = zipfile.ZipInfo("x")
    info.filename = name
    return info


def link(to: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("doc.kml")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    info.comment = to.encode()
    return info


def lying(data: bytes, size: int) -> bytes:
    """The archive with another size of its only member, in both places that tell it."""
    changed = bytearray(data)
    struct.pack_into("<I", changed, data.index(b"PK\x03\x04") + 22, size)
    struct.pack_into("<I", changed, data.index(b"PK\x01\x02") + 24, size)
    return bytes(changed)


def with_flag(data: bytes, flag: int, method: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into("<HH", changed, data.index(b"PK\x03\x04") + 6, flag, method)
    struct.pack_into("<HH", changed, data.index(b"PK\x01\x02") + 8, flag, method)
    return bytes(changed)


def harmful() -> Iterator[tuple[str, bytes, LimitFileFault]]:
    harm, broken = LimitFileFault.ARCHIVE, LimitFileFault.UNREADABLE
    for number, name in enumerate(LEADING_OUT):
        yield f"out_{number}", archive(("doc.kml", LINE), (named(name), LINE)), harm
    yield "link_to_file", archive((link("/etc/passwd"), "/etc/passwd")), harm
    yield "link_beside", archive(("doc.kml", LINE), (named_link("b"), "/etc/passwd")), harm
    bomb = b"<kml>" + b" " * 4_000_000
    yield "bomb", archive(("doc.kml", bomb)), harm
    yield "bomb_beside", archive(("doc.kml", LINE), ("b.bin", bomb)), harm
    yield "small_lie", lying(archive(("doc.kml", bomb)), 100), broken
    yield "big_lie", lying(archive(("doc.kml", LINE)), 0x7FFFFFFF), harm
    yield "many", archive(*((f"{n}.txt", "") for n in range(1_500))), harm
    yield "encrypted", with_flag(archive(("doc.kml", LINE)), 1, zipfile.ZIP_DEFLATED), harm
    yield "odd_method", with_flag(archive(("doc.kml", LINE)), 0, 97), harm
    yield "no_deflate", with_flag(archive(("doc.kml", LINE)), 0, zipfile.ZIP_STORED), broken
    text = random.Random(21).randbytes(20_000_000)
    large = archive(("a", text), ("b", text), ("c", text), ("doc.kml", LINE))
    yield "large", large, LimitFileFault.TOO_LARGE
    inner = archive(("doc.kml", LINE))
    yield "in_itself", archive(("doc.kmz", inner)), LimitFileFault.EMPTY
    yield "entities", archive(("doc.kml", "<!DOCTYPE kml><kml/>")), LimitFileFault.ENTITIES
    yield "no_kml_in_kml", archive(("doc.kml", inner)), LimitFileFault.NOT_XML
    yield "cut", archive(("doc.kml", LINE))[:60], broken


def named_link(name: str) -> zipfile.ZipInfo:
    info = link("/etc/passwd")
    info.filename = name
    return info


def tree(folder: Path) -> dict[str, int]:
    """Every file below a folder and its size."""
    return {
        str(path.relative_to(folder)): path.lstat().st_size
        for path in folder.rglob("*")
        if not path.is_dir()
    }


def test_archives_that_mean_harm_are_refused_and_nothing_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    figure: Callable[[str], None],
    cycles: Callable[[int, int], int],
) -> None:
    folder = tmp_path / "in" / "here"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    (tmp_path / "in" / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "in" / "tmp"))
    refused = 0
    for name, data, fault in harmful():
        if name == "large" and not cycles(0, 1):
            continue
        path = folder / f"{name}.kmz"
        path.write_bytes(data)
        before = tree(tmp_path)
        with pytest.raises(LimitFileError) as error:
            read_limit_file(path)
        assert (name, error.value.fault) == (name, fault)
        assert tree(tmp_path) == before, f"{name} left something behind"
        refused += 1
        path.unlink()
    assert not os.path.lexists("/tmp/evil.kml")
    figure(f"{refused} archives refused, nothing written")


def test_damaged_archives_are_read_right_or_refused(
    tmp_path: Path, figure: Callable[[str], None], cycles: Callable[[int, int], int]
) -> None:
    dice = random.Random(2121)
    whole = archive(("files/a.txt", "x" * 50), ("doc.kml", LINE))
    path = tmp_path / "a.kmz"
    path.write_bytes(whole)
    right = read_limit_file(path)
    read = 0
    count = cycles(100, 5_000)
    for _ in range(count):
        changed = bytearray(whole)
        for _ in range(dice.randint(1, 4)):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        if dice.random() < 0.2:
            del changed[dice.randrange(len(changed)) :]
        path.write_bytes(changed)
        try:
            found = read_limit_file(path)
        except LimitFileError:
            continue
        assert found == right, "what is read is what was packed: its sum was checked"
        read += 1
    figure(f"{count} damaged ones, {read} read right, {count - read} refused")
