"""What runs a function here and now, where there is nowhere else."""

from concurrent.futures import Future

from channelplot.document.runner import run_here


def test_the_outcome_is_handed_over_at_once() -> None:
    found = list[int]()

    def done(ended: Future[int]) -> None:
        found.append(ended.result())

    run_here(lambda: 7, done)
    assert found == [7]
