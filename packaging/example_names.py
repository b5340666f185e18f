"""Names and times that the parts of the example night share."""

import uuid
from datetime import UTC, datetime, timedelta

OPERATOR = "Example watch"
NAMESPACE = uuid.UUID("0a2f4b52-6b0e-4a3f-8a53-5cf1a2a1b6c9")
"""Made for this purpose, so that the example is the same each time it is built."""
DAY_UTC = datetime(2026, 9, 15, tzinfo=UTC)


def uid(name: str) -> str:
    """Return the identifier of a thing of the example, by a name of ours."""
    return str(uuid.uuid5(NAMESPACE, name))


def at(clock: str) -> datetime:
    """Return the time of the night written as four figures in UTC."""
    return DAY_UTC + timedelta(hours=int(clock[:2]), minutes=int(clock[2:]))
