"""Shipped files are found in a checkout and when installed, and are fit for their use."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication

from channelplot import resources
from channelplot.chart.fonts import load_fonts
from channelplot.errors import BasemapError
from channelplot.resources import read_bytes, read_text, resource_path

FONTS = ("Inter-Regular.ttf", "Inter-SemiBold.ttf", "Inter-Italic.ttf")
# Positions, times, French names, directions, states, chart symbols in text.
CHARACTERS = "0123456789°′″'\".,:+-−–·/©éèêëàâçîïôùûœÉÀÇ→←↑↓✓▲△●○×±≤≥…“”’"


def test_a_shipped_file_is_found() -> None:
    assert resource_path("basemap/marks.csv").is_file()
    assert resource_path("icons").is_dir()
    assert read_text("basemap/marks.csv").startswith("code,name,kind,")
    assert read_bytes("fonts/Inter-Regular.ttf")[:4] == b"\x00\x01\x00\x00"


@pytest.mark.parametrize(
    "name",
    ["../LICENSE", "icons/../../LICENSE", "/etc/passwd", "icons\\undo.svg", "C:/x", "icons/.."],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a name below resources"):
        resource_path(name)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(BasemapError) as raised:
        read_text("icons/no_such_action.svg")
    assert raised.value.name == "icons/no_such_action.svg"


def test_a_folder_cannot_be_read_as_a_file() -> None:
    with pytest.raises(BasemapError) as raised:
        read_bytes("icons")
    assert raised.value.name == "icons"


def test_an_installed_program_finds_them_beside_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "note.txt").write_text("é", "utf-8")
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    assert read_text("note.txt") == "é"
    with pytest.raises(BasemapError):
        resource_path("basemap/marks.csv")


@pytest.mark.parametrize("file", FONTS)
def test_the_font_has_the_characters_the_chart_needs(qapp: QApplication, file: str) -> None:
    font = QRawFont(str(resource_path(f"fonts/{file}")), 20.0)
    assert font.isValid()
    assert [each for each in CHARACTERS if not font.supportsCharacter(ord(each))] == []


@pytest.mark.parametrize(
    ("weight", "italic"),
    [(QFont.Weight.Normal, False), (QFont.Weight.DemiBold, False), (QFont.Weight.Normal, True)],
)
def test_tabular_figures_are_equally_wide(
    qapp: QApplication, weight: QFont.Weight, italic: bool
) -> None:
    """Of the faces as the program loads them: loaded twice, PDFs made later have other bytes."""
    font = QFont(load_fonts(), weight=weight, italic=italic)
    font.setPixelSize(40)
    info = QFontInfo(font)
    assert (info.family(), info.weight(), info.italic()) == ("Inter", weight, italic)
    proportional = {QFontMetricsF(font).horizontalAdvance(figure * 20) for figure in "0123456789"}
    font.setFeature(QFont.Tag("tnum"), 1)
    tabular = {QFontMetricsF(font).horizontalAdvance(figure * 20) for figure in "0123456789"}
    assert len(proportional) > 1
    assert len(tabular) == 1


def icon_files() -> dict[str, Path]:
    return {path.stem: path for path in resource_path("icons").glob("*.svg")}


def test_every_icon_stands_in_the_table_of_sources_and_the_other_way_round() -> None:
    listed = re.findall(r"^\| `(\w+)` \| `[\w-]+` \|$", read_text("icons/README.md"), re.MULTILINE)
    assert sorted([*listed, "channelplot"]) == sorted(icon_files())


def test_every_icon_can_be_recoloured() -> None:
    for name, path in icon_files().items():
        root = ElementTree.fromstring(path.read_bytes())
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        if name != "channelplot":
            assert root.get("stroke") == "currentColor"
            assert root.get("viewBox") == "0 0 24 24"


@pytest.mark.parametrize(
    ("file", "sentences"),
    [
        (
            "ODbL-1.0.txt",
            ("Open Database License", "4.3 Notice for using output", "10.4 Choice of law"),
        ),
        (
            "CC-BY-4.0.txt",
            ("Attribution 4.0 International", "Section 3 -- License Conditions", "Section 8"),
        ),
        ("OFL-1.1-Inter.txt", ("The Inter Project Authors", "SIL OPEN FONT LICENSE Version 1.1")),
        ("ISC-Lucide.txt", ("ISC License", "Lucide Icons and Contributors", "Cole Bemis")),
    ],
)
def test_the_licence_texts_are_whole(file: str, sentences: tuple[str, ...]) -> None:
    text = " ".join(read_text(f"licences/{file}").split())
    for sentence in sentences:
        assert sentence in text
