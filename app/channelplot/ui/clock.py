"""The desk's clock."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time in UTC, cut to the millisecond that a plot file keeps."""
    now_utc = datetime.now(UTC)
    return now_utc.replace(microsecond=now_utc.microsecond // 1000 * 1000)
