"""Making and checking identifiers."""

import uuid


def new_uid() -> str:
    """Return a new random identifier (UUID version 4, lower-case text)."""
    return str(uuid.uuid4())


def is_uid(text: str) -> bool:
    """Return whether the text is a UUID in its usual lower-case form."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
