"""Times as the plot file keeps them: ``YYYY-MM-DDTHH:MM:SS.SSSZ``."""

from datetime import UTC, datetime


def time_text(moment_utc: datetime) -> str:
    """Return the time as text, cut (not rounded) to the millisecond."""
    return moment_utc.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def read_time(text: object) -> datetime:
    """Return the time that a value of a time column tells, in UTC.

    Read are the form above and the one without milliseconds, which GDAL writes where
    they are zero. Raises ValueError for anything else: a zone is never guessed.
    """
    if not isinstance(text, str) or len(text) not in (20, 24) or text[-1] != "Z" or text[10] != "T":
        msg = f"not a time in UTC: {text!r}"
        raise ValueError(msg)
    return datetime.fromisoformat(text)
