"""Which backups are kept as time goes on."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from channelplot.store.thinning import DAYS_KEPT, HOURS_KEPT, WEEKS_KEPT, times_kept
from helpers.builders import at

QUARTER = timedelta(minutes=15)
FIRST = datetime(2025, 12, 1, tzinfo=UTC)


def test_of_a_busy_year_hours_days_and_weeks_are_left() -> None:
    """A backup every quarter of an hour, thinned each time, as a desk does it."""
    kept: frozenset[datetime] = frozenset()
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(4 * 24 * 120 - 1):
        now += QUARTER
        kept = times_kept({*kept, now})
    ages = sorted(now - each for each in kept)
    assert [age for age in ages if age < timedelta(hours=23)] == [
        timedelta(hours=hours) for hours in range(23)
    ]
    days = {each.date() for each in kept}
    assert {now.date() - timedelta(days=days) for days in range(DAYS_KEPT)} <= days
    weeks = {each.isocalendar()[:2] for each in kept}
    assert len(weeks) == WEEKS_KEPT
    assert HOURS_KEPT <= len(kept) <= HOURS_KEPT + DAYS_KEPT + WEEKS_KEPT


def test_of_each_hour_the_last_is_kept() -> None:
    times = [at("0300"), at("0315"), at("0345"), at("0400"), at("0459")]
    assert times_kept(times) == {at("0345"), at("0459")}


def test_a_plot_that_rests_keeps_what_it_has() -> None:
    yearly = [datetime(year, 6, 1, 12, tzinfo=UTC) for year in range(2010, 2026)]
    assert times_kept(yearly) == set(yearly)


def test_nothing_of_nothing() -> None:
    assert times_kept([]) == frozenset()


@given(
    st.lists(
        st.integers(0, 600_000).map(lambda minutes: FIRST + timedelta(minutes=minutes)),
        min_size=1,
        max_size=200,
    )
)
def test_the_latest_is_kept_never_too_many_and_thinning_twice_is_thinning_once(
    times: list[datetime],
) -> None:
    kept = times_kept(times)
    assert max(times) in kept
    assert kept <= set(times)
    assert len(kept) <= HOURS_KEPT + DAYS_KEPT + WEEKS_KEPT
    assert times_kept(kept) == kept
