"""Pages as a PDF, in vectors, its letters embedded: equal pages make equal bytes.

Qt writes the moment of making into a PDF twice. One of them, the XMP packet, is written here
instead; the other, in the document's information, is set to the time the sheet is the time of.
"""

import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape, unescape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, QUuid
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from channelplot.chart.cancel import Cancel
from channelplot.errors import SheetNotMade
from channelplot.snapshot.page import Page
from channelplot.snapshot.paper import MM_PER_INCH, Sheet

NAMESPACE: Final = "urn:channelplot:sheet:1.0"
_XMP: Final = """\
<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:cp="{namespace}">
<cp:record>{record}</cp:record>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end='r'?>"""
_RECORD: Final = re.compile(rb"<cp:record>([^<]*)</cp:record>")
_DATE: Final = re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)")
_CROSS_REFERENCE: Final = re.compile(rb"\nxref\n0 \d+ ?\n((?:\d{10} \d{5} [fn] ?\r?\n)+)")
_START: Final = re.compile(rb"startxref\n(\d+)")


def pdf_bytes(
    pages: Sequence[Page],
    *,
    title: str,
    record: str,
    moment_utc: datetime,
    cancel: Cancel | None = None,
) -> bytes:
    """Return the pages as one PDF; unfinished if cancelled.

    record: a text kept in its metadata, which ``pdf_record`` returns again. moment_utc: stands as
    the time of making. The id of the document is made of the record. Raises SheetNotMade.
    """
    data, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Channel Plot")
    writer.setDocumentId(QUuid(str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE + record))))
    packet = _XMP.format(title=escape(title), namespace=NAMESPACE, record=escape(record))
    writer.setDocumentXmpMetadata(packet.encode())
    _set_paper(writer, pages[0].sheet)
    painter = QPainter()
    if not painter.begin(writer):
        raise SheetNotMade("no PDF could be begun")
    with painter:
        for number, page in enumerate(pages):
            if number:
                _set_paper(writer, page.sheet)
                writer.newPage()
            page.draw(painter, cancel or Cancel())
    buffer.close()
    return _dated(bytes(data.data()), moment_utc)


def pdf_record(data: bytes) -> str | None:
    """Return the record in the metadata of a PDF that was made here, None where there is none."""
    found = _RECORD.search(data)
    if found is None:
        return None
    return unescape(found[1].decode("utf-8", "replace"))


def _set_paper(writer: QPdfWriter, sheet: Sheet) -> None:
    size_mm = QSizeF(sheet.width_mm, sheet.height_mm)
    writer.setResolution(round(sheet.px_per_mm * MM_PER_INCH))
    writer.setPageSize(QPageSize(size_mm, QPageSize.Unit.Millimeter))
    writer.setPageMargins(QMarginsF(0.0, 0.0, 0.0, 0.0))


def _dated(data: bytes, moment_utc: datetime) -> bytes:
    """Return the PDF with another time of making.

    Qt writes it in the zone of the machine, in more letters or fewer: the table of where the
    objects begin is set right.
    """
    table = _CROSS_REFERENCE.search(data, data.rfind(b"\nxref\n"))
    start = _START.search(data, data.rfind(b"startxref"))
    if table is None or start is None:
        raise SheetNotMade("not the PDF that Qt writes")
    moment = moment_utc.strftime("D:%Y%m%d%H%M%SZ").encode()
    moved: list[tuple[int, int]] = []
    pieces, at = list[bytes](), 0
    for date in _DATE.finditer(data, 0, data.find(b"endobj")):
        new = b"/%b (%b)" % (date[1], moment)
        pieces += (data[at : date.start()], new)
        moved.append((date.end(), len(new) - len(date[0])))
        at = date.end()

    def place(old: int) -> int:
        return old + sum(by for after, by in moved if old >= after)

    def entry(line: bytes) -> bytes:
        if line[17:18] != b"n":
            return line
        return b"%010d" % place(int(line[:10])) + line[10:]

    entries = b"".join(map(entry, table[1].splitlines(keepends=True)))
    pieces += (data[at : table.start(1)], entries, data[table.end(1) : start.start(1)])
    pieces += (b"%d" % place(int(start[1])), data[start.end(1) :])
    return b"".join(pieces)
