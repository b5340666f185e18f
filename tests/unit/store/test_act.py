from datetime import datetime, timedelta, timezone

import pytest

from channelplot.store.act import ActRecord


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 9, 15, 2, 0),  # noqa: DTZ001
        datetime(2026, 9, 15, 2, 0, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_an_act_without_a_time_in_utc_cannot_be_made(moment: datetime) -> None:
    with pytest.raises(ValueError, match="UTC"):
        ActRecord("add_report", "report", "r", "watch", moment)
