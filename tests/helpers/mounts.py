"""A table of what is mounted, as the kernel of Linux tells it, for tests that need another."""

from collections.abc import Mapping
from pathlib import Path


def mounted(table: Path, types: Mapping[str, str]) -> Path:
    """Write a table of mount points and the types of their file systems, and return it."""
    lines = [
        f"{20 + number} 1 0:{number} / {_escaped(point)} rw,relatime shared:1 - {kind} source rw\n"
        for number, (point, kind) in enumerate(types.items())
    ]
    table.write_text("".join(lines), "utf-8")
    return table


def _escaped(mount_point: str) -> str:
    """Return a path as the table has it: what would end the field stands in octal figures."""
    for character in ("\\", " ", "\t", "\n"):
        mount_point = mount_point.replace(character, f"\\{ord(character):03o}")
    return mount_point
