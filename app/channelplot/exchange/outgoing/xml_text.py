"""Texts and numbers as XML has them. Characters that XML can't hold are replaced before."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from channelplot.exchange.outgoing.texts import Texts

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
"""A carriage return that stood as it is would be read as a line feed."""


def xml_text(text: str) -> str:
    """Return a text as it stands between two tags; read again it is the same."""
    return text.translate(_ESCAPES)


def decimal_text(number: float) -> str:
    """Return all figures of a number, never with an exponent."""
    text = repr(number)
    return format(Decimal(text), "f") if "e" in text else text


def said(texts: Texts, *without: str) -> Iterator[tuple[str, str]]:
    """Yield the names of fields and their texts for XML, but for some."""
    return ((name, xml_text(text)) for name, text in texts.items() if name not in without)


def encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    """Yield pieces of text in UTF-8."""
    return (piece.encode() for piece in pieces)
