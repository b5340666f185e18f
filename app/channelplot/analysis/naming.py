"""The letters boats are named by: A, B, C, D, F, ... Z, AA, AB, ...; no hemisphere's letter."""

from collections.abc import Collection
from typing import Final

HEMISPHERES: Final = frozenset("ENOSW")
"""No boat is called by these: beside figures they are a latitude or a longitude."""


def letters(number: int) -> str:
    """Return the name of a boat by its number: 0 is A, 25 is Z, 26 is AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def next_name(used: Collection[str]) -> str:
    """Return the first name in letters that comes after every one ever used.

    Names that are not one or two letters, such as a ferry's, do not count; none of them
    is returned, though, nor is the letter of a hemisphere.
    """
    highest = -1
    for name in used:
        if name.isascii() and name.isalpha() and name.isupper() and len(name) <= 2:
            number = 0
            for letter in name:
                number = number * 26 + ord(letter) - ord("A") + 1
            highest = max(highest, number - 1)
    number = highest + 1
    while letters(number) in used or letters(number) in HEMISPHERES:
        number += 1
    return letters(number)
