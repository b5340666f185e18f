"""A page as an SVG that looks the same where the bundled face is not installed.

Qt's generator names the face and embeds none. So the faces that are used go in as @font-face,
and each text says how long it is, for programs that leave such faces out.
"""

import base64
import re
from typing import Final
from xml.etree import ElementTree as ET
from xml.sax.saxutils import unescape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgGenerator

from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import FACES, FAMILY, Face
from channelplot.errors import SheetNotMade
from channelplot.resources import read_bytes
from channelplot.snapshot.page import Page
from channelplot.snapshot.paper import MM_PER_INCH

NAMESPACE: Final = "urn:channelplot:sheet:1.0"
_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_DEMI_BOLD: Final = "600"
_NO_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""What may stand in a text and not in XML: control characters and two code points of none."""
_REPLACEMENT: Final = "\ufffd".encode()
ET.register_namespace("", _SVG)
ET.register_namespace("xlink", _XLINK)
ET.register_namespace("cp", NAMESPACE)


def svg_bytes(page: Page, *, title: str, record: str, cancel: Cancel | None = None) -> bytes:
    """Return a page as SVG 1.1; unfinished if cancelled.

    record: a text kept in its metadata, which ``svg_record`` returns again. Raises SheetNotMade.
    """
    sheet = page.sheet
    data, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the version that can clip
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(sheet.width_px, sheet.height_px))
    generator.setViewBox(QRect(0, 0, sheet.width_px, sheet.height_px))
    generator.setResolution(round(sheet.px_per_mm * MM_PER_INCH))
    painter = QPainter()
    if not painter.begin(generator):
        raise SheetNotMade("no SVG could be begun")
    with painter:
        page.draw(painter, cancel or Cancel())
    buffer.close()
    root = ET.fromstring(_NO_XML.sub(_REPLACEMENT, data.data()))
    root.set("width", f"{sheet.width_mm:g}mm")
    root.set("height", f"{sheet.height_mm:g}mm")
    _finish(root, title, record)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def svg_record(data: bytes) -> str | None:
    """Return the record in the metadata of an SVG that was made here, None where there is none."""
    before, mark, rest = data.partition(b"<cp:record>")
    text, end, _ = rest.partition(b"</cp:record>")
    if not (mark and end and before):
        return None
    return unescape(text.decode("utf-8", "replace"))


def _finish(root: ET.Element, title: str, record: str) -> None:
    """Put title, record and faces in; take out what Qt writes of things that have no shape."""
    for parent in root.iter():
        for child in list(parent):
            if child.tag == f"{{{_SVG}}}path" and not child.get("d"):
                parent.remove(child)
    named = root.find(f"{{{_SVG}}}title")
    if named is not None:
        named.text = title
    described = root.find(f"{{{_SVG}}}desc")
    if described is not None:
        root.remove(described)
    used = set[Face]()
    for text in root.iter(f"{{{_SVG}}}text"):
        face = _face_of(text)
        used.add(face)
        text.set("textLength", f"{_length(text, face):.3f}")
        text.set("lengthAdjust", "spacingAndGlyphs")
    metadata = ET.Element(f"{{{_SVG}}}metadata")
    ET.SubElement(metadata, f"{{{NAMESPACE}}}record").text = record
    style = ET.Element(f"{{{_SVG}}}style", {"type": "text/css"})
    style.text = "\n".join(_font_face(face) for face in FACES if face in used)
    root.insert(1, metadata)
    root.insert(2, style)


def _face_of(text: ET.Element) -> Face:
    is_bold = text.get("font-weight") == _DEMI_BOLD
    is_italic = text.get("font-style") == "italic"
    return next(face for face in FACES if (face.is_bold, face.is_italic) == (is_bold, is_italic))


def _length(text: ET.Element, face: Face) -> float:
    font = QFont(FAMILY)
    font.setPixelSize(1000)
    font.setWeight(QFont.Weight.DemiBold if face.is_bold else QFont.Weight.Normal)
    font.setItalic(face.is_italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    size = float(text.get("font-size", "0"))
    return QFontMetricsF(font).horizontalAdvance(text.text or "") * size / 1000.0


def _font_face(face: Face) -> str:
    data = base64.b64encode(read_bytes(face.file)).decode("ascii")
    return (
        f"@font-face{{font-family:{FAMILY};font-weight:{_DEMI_BOLD if face.is_bold else 400};"
        f"font-style:{'italic' if face.is_italic else 'normal'};"
        f"src:url(data:font/ttf;base64,{data}) format('truetype');}}"
    )
