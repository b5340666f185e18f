"""A sheet that means harm, or that somebody tore, is told of in one sentence, and no more."""

import json
import os
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from channelplot.cli.main import main
from channelplot.snapshot.sheet import record_in
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers import charts
from helpers.builders import at

Verified = Callable[[Path], tuple[int, str]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Path:
    """A folder with a plot and a sheet of it in each kind."""
    folder = tmp_path_factory.mktemp("desk")
    act = ActRecord("new_plot", "plot", "", "watch", at("0100"))
    PlotFile.create(folder / "night.gpkg", charts.night_plot(), act).close()
    for kind in ("pdf", "png", "svg"):
        words = ["--fit", "--dpi", "72", "--title", "T"]
        assert main(["snapshot", *words, str(folder / "night.gpkg"), str(sheet(folder, kind))]) == 0
    return folder


@pytest.fixture
def verified(desk: Path, capfd: pytest.CaptureFixture[str]) -> Verified:
    """Return the exit code and what is said of a sheet: always one sentence."""

    def verify(path: Path) -> tuple[int, str]:
        capfd.readouterr()
        code = main(["snapshot", "--verify", str(path), str(desk / "night.gpkg")])
        said = "".join(capfd.readouterr())
        assert said.count("\n") == 1, said
        assert said.rstrip("\n").isprintable(), said
        return code, said

    return verify


def sheet(desk: Path, kind: str) -> Path:
    return desk / f"sheet.{kind}"


def with_record(data: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Return a PDF whose record was changed, and nothing else."""
    text = record_in(data)
    assert text is not None
    fields = json.loads(text)
    change(fields)
    return data.replace(text.encode(), json.dumps(fields, separators=(",", ":")).encode())


@pytest.mark.parametrize("kind", ["pdf", "png", "svg"])
def test_the_sheets_are_proved_as_they_are(desk: Path, verified: Verified, kind: str) -> None:
    assert verified(sheet(desk, kind))[0] == 0


@pytest.mark.parametrize("kind", ["pdf", "png", "svg"])
@pytest.mark.parametrize("share", [0.0, 0.001, 0.01, 0.2, 0.5, 0.9, 0.999])
def test_a_torn_sheet_is_not_the_same(
    desk: Path, verified: Verified, tmp_path: Path, kind: str, share: float
) -> None:
    data = sheet(desk, kind).read_bytes()
    torn = tmp_path / f"torn.{kind}"
    torn.write_bytes(data[: int(len(data) * share)])

    assert verified(torn)[0] == 1


def put(*path: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    def change(fields: dict[str, Any]) -> None:
        inner: Any = fields
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value

    return change


NONSENSE = {
    "an act beyond all counting": put("state", "seq", value=10**30),
    "an act below nought": put("state", "seq", value=-1),
    "a hash that clears the screen": put("state", "hash", value="\x1b[2J" + "0" * 60),
    "a version that clears the screen": put("version", value="\x1b[2J"),
    "a version without end": put("qt", value="6" * 100_000),
    "a profile that there is none of": put("settings", "profile", value="everything"),
    "a title over two lines": put("settings", "title", value="a\nb"),
    "half a letter": put("settings", "title", value="\ud800"),
    "the whole Earth": put("settings", "extent", value=[-180, -90, 180, 90]),
    "nowhere": put("settings", "extent", value=[float("nan"), 50, 1, 51]),
    "too large a number": put("settings", "shape", value=10**400),
    "no shape": put("settings", "shape", value=float("nan")),
    "a time before all times": put("settings", "cut_off_utc", value="0001-01-01T00:00:00+00:00"),
    "a time after all times": put("settings", "at_utc", value="9999-12-31T23:59:59+00:00"),
    "a time of elsewhere": put("settings", "at_utc", value="2026-01-01T00:00:00+14:00"),
    "no layer": put("settings", "layering", value=[["coast", True, -1.0, None, None]]),
    "no layers at all": put("settings", "layering", value=[]),
    "layers that there are none of": put(
        "settings", "layering", value=[["reference:x", True, 1.0, None, None]] * 200
    ),
    "settings that are none": put("settings", value=[]),
    "a state that is none": put("state", value="#7"),
    "pictures of any size": put("settings", "dpi", value=10**9),
    "another program": put("program", value="Another"),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_a_record_of_nonsense_is_no_record(
    desk: Path, verified: Verified, tmp_path: Path, name: str
) -> None:
    made_up = tmp_path / "made up.pdf"
    made_up.write_bytes(with_record(sheet(desk, "pdf").read_bytes(), NONSENSE[name]))

    code, said = verified(made_up)

    assert code == 1
    assert "not a sheet" in said


ODD = {
    "a place of no size": put("settings", "extent", value=[1.5, 51.0, 1.5, 51.0]),
    "a place far away": put("settings", "extent", value=[-180, -85, -179, -84]),
    "boats that there are none of": put("settings", "track_uids", value=["gone"] * 1000),
    "the least scale": put("settings", "scale", value=100_000_000),
    "a page of another shape": put("settings", "page", value="screen"),
    "every report": put("settings", "reports", value=["boats", "log", "blank"]),
    "a series": put("settings", "series", value="hour"),
    "long words": put("settings", "marking", value="W" * 200),
    "letters from right to left": put("settings", "title", value="\N{HEBREW LETTER ALEF}" * 200),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_settings_are_another_sheet(
    desk: Path, verified: Verified, tmp_path: Path, name: str
) -> None:
    odd = tmp_path / "odd.pdf"
    odd.write_bytes(with_record(sheet(desk, "pdf").read_bytes(), ODD[name]))

    code, said = verified(odd)

    assert code == 1
    assert "Traceback" not in said


def test_a_sheet_of_another_version_is_left_open(
    desk: Path, verified: Verified, tmp_path: Path
) -> None:
    """Whoever writes another version into it proves nothing by that."""
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(with_record(sheet(desk, "pdf").read_bytes(), put("version", value="0.0.9")))

    code, said = verified(forged)

    assert code == 3
    assert said.startswith("Only the state is the same")


def test_what_is_added_to_a_sheet_is_found(desk: Path, verified: Verified, tmp_path: Path) -> None:
    data = sheet(desk, "pdf").read_bytes()
    record = re.search(rb"<cp:record>.*?</cp:record>", data)
    assert record is not None
    more = tmp_path / "more.pdf"
    for added in (data + b"\n% more", data + record[0], data + data, b"%PDF-1.4\n" + data):
        more.write_bytes(added)
        assert verified(more)[0] == 1


def test_another_name_does_not_make_another_sheet(
    desk: Path, verified: Verified, tmp_path: Path
) -> None:
    renamed = tmp_path / "renamed.png"
    renamed.write_bytes(sheet(desk, "pdf").read_bytes())

    assert verified(renamed)[0] == 0


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "&#8211;"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
        "<svg><cp:record>&b;</cp:record></svg>",
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg><cp:record>&x;</cp:record></svg>',
        "<svg><cp:record>{&quot;program&quot;:&quot;Channel Plot&quot;}</cp:record></svg>",
        "<svg>" + "<g>" * 100_000 + "<cp:record>{}</cp:record>",
        "<svg><cp:record>" + "[" * 900_000 + "</cp:record></svg>",
        "<svg><cp:record>" + "9" * 900_000 + "</cp:record></svg>",
        "<svg><cp:record>" + " " * 3_000_000 + "</cp:record></svg>",
        "<svg><cp:record><cp:record></cp:record>",
        "<svg/>",
        "",
    ],
    ids=range(10),
)
def test_xml_that_means_harm_is_no_sheet(verified: Verified, tmp_path: Path, text: str) -> None:
    drawing = tmp_path / "drawing.svg"
    drawing.write_text(text, "utf-8")

    code, said = verified(drawing)

    assert code == 1
    assert "not a sheet" in said


def test_a_picture_whose_chunks_lie_is_no_sheet(verified: Verified, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    bomb = zlib.compress(bytes(10_000_000))
    key = b"channelplot\0"
    for name, length, content in (
        (b"iTXt", 2**32 - 1, key + b"\0\0\0\0"),
        (b"iTXt", 0, key + b"\0\0\0\0"),
        (b"zTXt", len(bomb), key + b"\0" + bomb),
        (b"iTXt", 20, b""),
        (b"IDAT", 2**31, b""),
    ):
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + length.to_bytes(4) + name + content)
        assert verified(picture)[0] == 1


@pytest.mark.parametrize("name", ["folder.pdf", "pipe.pdf", "zero.pdf", "gone.pdf", "huge.pdf"])
def test_what_is_no_file_of_that_size_is_refused_at_once(
    verified: Verified, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    match name:
        case "folder.pdf":
            path.mkdir()
        case "pipe.pdf":
            os.mkfifo(path)
        case "zero.pdf":
            path.symlink_to("/dev/zero")
        case "huge.pdf":
            with path.open("wb") as file:
                file.truncate(10**12)

    code, said = verified(path)

    assert code == 2
    assert name in said
