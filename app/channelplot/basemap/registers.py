"""What the shipped registers of beaches and marks have in common."""

import uuid
from typing import Final

from channelplot.errors import BasemapError

_NAMESPACE: Final = uuid.UUID("a4049937-764b-42db-9c6a-80e788169de3")
"""Made for this purpose; a change would give every shipped entry a new identifier."""


def register_uid(register: str, key: str) -> str:
    """Return the identifier of a shipped entry: the same on every machine, in every plot.

    A UUID version 5 of the register's name and the entry's own name or code.
    """
    return str(uuid.uuid5(_NAMESPACE, f"{register}:{key}"))


def number(file: str, text: str) -> float:
    """Return the number in a cell of a shipped table. Raises BasemapError."""
    try:
        return float(text)
    except ValueError as error:
        raise BasemapError(file, f"not a number: {text!r}") from error
