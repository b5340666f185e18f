"""The little of FlatBuffers that a FlatGeobuf file needs: tables, texts, lists of offsets.

A buffer begins with its size in 32 bits and is a multiple of 8 bytes long; what is in it is aligned
from there. All numbers are little-endian. An offset counts from where it stands to what it tells
of, which is always behind it.
"""

import struct
from collections.abc import Mapping
from typing import Final, TypeAlias

Value: TypeAlias = tuple[str, int]
"""How a number is packed (``struct``), and the number."""
OFFSET: Final[Value] = ("I", 0)
"""A field that is an offset, to be told later."""
_ROOT_AT: Final = 4


class FlatBuffer:
    """A buffer that is written from its beginning to its end."""

    def __init__(self) -> None:
        """Begin with the place of the size and that of the root table's offset."""
        self._data = bytearray(8)

    def root(self, fields: Mapping[int, Value]) -> dict[int, int]:
        """Write the table that the buffer is of; return as ``table``."""
        return self.table(_ROOT_AT, fields)

    def table(self, told_at: int, fields: Mapping[int, Value]) -> dict[int, int]:
        """Write a table and tell of it where its offset stands.

        fields: by their number in the schema. Returns where each stands in the buffer.
        """
        # The largest first; so each stands at a multiple of its size.
        by_size = sorted(fields, key=lambda number: -struct.calcsize(fields[number][0]))
        size, within = 4, {}
        for number in by_size:
            length = struct.calcsize(fields[number][0])
            size += -size % length
            within[number] = size
            size += length
        count = max(fields) + 1
        self._align(2)
        sizes_at = len(self._data)
        offsets = [within.get(number, 0) for number in range(count)]
        self._data += struct.pack(f"<HH{count}H", 4 + 2 * count, size, *offsets)
        self._align(8)
        at = len(self._data)
        self._tell(told_at, at)
        self._data += bytes(size)
        struct.pack_into("<i", self._data, at, at - sizes_at)
        for number, (form, value) in fields.items():
            struct.pack_into(f"<{form}", self._data, at + within[number], value)
        return {number: at + offset for number, offset in within.items()}

    def text(self, told_at: int, text: str) -> None:
        """Write a text, and tell of it."""
        data = text.encode()
        self._align(4)
        self._tell(told_at, len(self._data))
        self._data += struct.pack("<I", len(data)) + data + b"\0"

    def offsets(self, told_at: int, count: int) -> list[int]:
        """Write a list of offsets, tell of it, and return where each stands."""
        self._align(4)
        at = len(self._data)
        self._tell(told_at, at)
        self._data += struct.pack("<I", count) + bytes(4 * count)
        return [at + 4 + 4 * place for place in range(count)]

    def finished(self) -> bytes:
        """Return the whole, its size first."""
        self._align(8)
        struct.pack_into("<I", self._data, 0, len(self._data) - 4)
        return bytes(self._data)

    def _align(self, to: int) -> None:
        self._data += bytes(-len(self._data) % to)

    def _tell(self, told_at: int, at: int) -> None:
        struct.pack_into("<I", self._data, told_at, at - told_at)
