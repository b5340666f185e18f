"""What runs in the background lets the chart go first."""

from concurrent.futures import Future
from pathlib import Path

from channelplot.ui.inside.after_chart import AfterChart
from helpers.operator import Operator, wait_until


def test_work_waits_while_the_chart_is_drawn(operator: Operator, night: Path) -> None:
    operator.opens(night)
    desk = operator.window.desk
    told: list[tuple[int, bool]] = []

    def done(ended: Future[int]) -> None:
        told.append((ended.result(), desk.canvas.is_drawn))

    after = AfterChart(desk.canvas, desk.background)
    after.run(lambda: 1, done)
    desk.canvas.set_text_factor(1.5)
    assert not desk.canvas.is_drawn
    wait_until(lambda: len(told) == 1, "the first work")
    desk.canvas.set_text_factor(1.0)
    after.run(lambda: 2, done)
    wait_until(lambda: len(told) == 2, "the second work")
    after.run(lambda: 3, done)
    wait_until(lambda: len(told) == 3, "the third work")
    assert told == [(1, True), (2, True), (3, True)]
