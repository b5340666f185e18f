"""Tables as files of others have them, and what their reader makes of them."""

import io
from dataclasses import replace
from pathlib import Path

from channelplot.errors import ImportFault
from channelplot.exchange.incoming.found import ReadOptions, Zone
from channelplot.exchange.incoming.mapped_columns import TableLook
from channelplot.exchange.incoming.table import read_table
from channelplot.exchange.incoming.table_look import look_at
from helpers.taken_in import OPTIONS, TakenIn, fault_of, taken_in

NOWHERE = Path("made-up.csv")
IN_UTC = replace(OPTIONS, zone=Zone.UTC)


def bytes_of(content: str | bytes) -> bytes:
    """A content as a file has it."""
    return content.encode() if isinstance(content, str) else content


def table_taken_in(content: str | bytes, options: ReadOptions = OPTIONS) -> TakenIn:
    """What the reader tells of a table of that content."""
    file = io.BytesIO(bytes_of(content))
    return taken_in(lambda sink: read_table(file, NOWHERE, options, sink))


def table_fault(content: str | bytes, options: ReadOptions = OPTIONS) -> tuple[ImportFault, int]:
    """Why the reader refuses a table as a whole, and the line."""
    file = io.BytesIO(bytes_of(content))
    return fault_of(lambda sink: read_table(file, NOWHERE, options, sink))


def look(content: str | bytes, options: ReadOptions = OPTIONS) -> TableLook:
    """What a table of that content is."""
    return look_at(io.BytesIO(bytes_of(content)), NOWHERE, options)
