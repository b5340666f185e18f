"""Texts made alike for finding: small letters, no accents, a blank for every sign.

Quick, since it goes over all words of a plot: by bytes where the letters are Western European.
"""

import re
import unicodedata
from typing import Final

_CODEC: Final = "cp1252"
"""Holds every letter and sign of English and French."""
_MARKS: Final = re.compile("[\u0300-\u036f]+")
_SIGNS: Final = re.compile(r"[\W_]")


def _byte(number: int) -> int:
    """Return what a character of the codec becomes: a plain small letter, a figure or a blank."""
    character = bytes([number]).decode(_CODEC, "replace")
    plain = unicodedata.normalize("NFD", character)[0].lower()
    return ord(plain) if plain.isascii() and plain.isalnum() else ord(" ")


_TABLE: Final = bytes(_byte(number) for number in range(256))


def is_western(text: str) -> bool:
    """Return whether a text is made alike letter by letter: a part of it as when it is alone."""
    try:
        _spelt_out(text).encode(_CODEC)
    except UnicodeEncodeError:
        return False
    return True


def folded(text: str) -> str:
    """Return a text in small letters without accents, every other character than these a blank.

    Other scripts keep their letters.
    """
    if text.isascii():
        return text.encode().translate(_TABLE).decode("ascii")
    text = _spelt_out(text)
    try:
        return text.encode(_CODEC).translate(_TABLE).decode("ascii")
    except UnicodeEncodeError:
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()
        return _SIGNS.sub(" ", plain)


def _spelt_out(text: str) -> str:
    return text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
