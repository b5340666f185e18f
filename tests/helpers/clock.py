"""A clock that stands still until it is set."""

from datetime import UTC, datetime, timedelta


class FixedClock:
    """Called, it returns the time in UTC that it was last set to."""

    def __init__(self) -> None:
        self.now_utc = datetime(2026, 9, 15, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now_utc

    def set(self, now_utc: datetime) -> None:
        """Show another time from now on."""
        assert now_utc.utcoffset() == timedelta(0), "a time in UTC"
        self.now_utc = now_utc

    def advance(self, **span: float) -> None:
        """Go forward: ``clock.advance(minutes=5)``."""
        self.now_utc += timedelta(**span)
