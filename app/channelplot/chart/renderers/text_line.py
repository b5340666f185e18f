"""One line of a label, and what a label is known by from picture to picture."""

from dataclasses import dataclass

from PySide6.QtGui import QFont


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a label."""

    text: str
    font: QFont
    colour: str


def key_of(priority: tuple[float | str, ...], text: str) -> tuple[str, ...]:
    """Return the key of a label from the texts of its priority and what is written."""
    return (*(part for part in priority if isinstance(part, str)), text)
