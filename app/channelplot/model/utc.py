"""The one rule about time: aware and in UTC."""

from datetime import datetime, timedelta


def require_utc(moment: datetime) -> None:
    """Raise ValueError unless the datetime is aware and in UTC."""
    if moment.utcoffset() != timedelta(0):
        msg = f"a time in UTC expected, not {moment!r}"
        raise ValueError(msg)
