"""The lookout: what wants attention as the clock goes on, who has seen it, when it is heard."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from channelplot.analysis.alerts import Alert
from channelplot.commands.reports import add_report
from channelplot.commands.tracks import withdraw_track
from channelplot.document.session import Session
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.codes import AlertCode, Craft
from channelplot.model.plot import Plot
from channelplot.settings import ALERT_SOUND, CONTACT_INTERVAL_MIN, Settings
from channelplot.tools.figures import Figures
from channelplot.tools.foresight import Foresight
from channelplot.tools.lookout import Lookout
from channelplot.tools.waters import WatersOfPlot
from helpers.builders import a_plot, a_report, a_track, at
from helpers.clock import FixedClock
from helpers.foreseeing import Worker
from helpers.memory_store import MemoryStore
from helpers.opened import open_plot


def two_boats() -> Plot:
    """A, heard of last at 0245Z, and B at 0252Z."""
    return a_plot(
        a_track("A", (a_report("0210"), a_report("0245")), uid="a"),
        a_track("B", (a_report("0252"),), uid="b"),
    )


@dataclass
class Watch:
    """A lookout over a plot, its clock, and every beep it asked for."""

    clock: FixedClock
    session: Session
    store: MemoryStore
    figures: Figures
    lookout: Lookout
    beeps: list[tuple[str, ...]] = field(default_factory=list)
    looks: int = 0

    def at(self, hhmm: str, seconds: int = 0) -> tuple[str, ...]:
        """Let it be that time, and return what wants attention then."""
        self.clock.set(at(hhmm) + timedelta(seconds=seconds))
        self.lookout.tick()
        return self.names()

    def names(self) -> tuple[str, ...]:
        """The uids of what wants attention; those that are urgent in capitals."""
        return tuple(
            alert.entity_uid.upper() if alert.is_urgent else alert.entity_uid
            for alert in self.lookout.alerts
        )

    def alert(self, uid: str) -> Alert:
        """The alert about a track."""
        return next(each for each in self.lookout.alerts if each.entity_uid == uid)

    def hears(self, uid: str) -> None:
        """Plot a report of a track, received now."""
        report = a_report(self.clock(), track_uid=uid)
        assert self.session.document.apply(add_report(report))

    def _beep(self, alerts: tuple[Alert, ...]) -> None:
        self.beeps.append(tuple(alert.entity_uid for alert in alerts))

    def _look(self, _: None) -> None:
        self.looks += 1


def watch_over(plot: Plot, clock: FixedClock, folder: Path, *, is_read_only: bool = False) -> Watch:
    """Return a lookout over a plot."""
    store = MemoryStore(plot, is_read_only=is_read_only)
    session = Session(open_plot(plot, clock=clock, store=store).document, clock)
    figures = Figures(Settings(folder))
    foresight = Foresight(session, WatersOfPlot(session), Worker().run)
    watch = Watch(clock, session, store, figures, Lookout(session, figures, foresight))
    watch.lookout.beep_wanted.connect(watch._beep)
    watch.lookout.looked.connect(watch._look)
    return watch


@pytest.fixture
def watch(clock: FixedClock, tmp_path: Path) -> Iterator[Watch]:
    """A lookout over two boats at 0300Z."""
    keeping = watch_over(two_boats(), clock, tmp_path)
    yield keeping
    keeping.session.document.close()


class TestLooking:
    def test_boats_become_overdue_as_time_goes_on(self, watch: Watch) -> None:
        assert watch.names() == ()
        assert watch.at("0314") == ()
        assert watch.at("0315") == ("a",)
        assert watch.at("0322") == ("a", "b")
        assert watch.at("0345") == ("A", "b")

    def test_it_looks_every_five_seconds_and_not_in_between(self, watch: Watch) -> None:
        watch.at("0300", 4)
        assert watch.looks == 0
        watch.at("0300", 5)
        watch.at("0300", 7)
        assert watch.looks == 1
        watch.at("0300", 10)
        assert watch.looks == 2

    def test_a_clock_that_is_put_back_is_looked_at(self, watch: Watch) -> None:
        assert watch.at("0315") == ("a",)
        assert watch.at("0310") == ()

    def test_a_new_report_resets_it_at_once(self, watch: Watch) -> None:
        watch.at("0345")
        watch.hears("a")
        assert watch.names() == ("b",)
        watch.session.document.undo()
        assert watch.names() == ("A", "b")

    def test_a_late_report_counts_when_it_is_received(self, watch: Watch) -> None:
        watch.at("0345")
        late = a_report("0130", received_at_utc=at("0345"), track_uid="a")
        watch.session.document.apply(add_report(late))
        assert watch.names() == ("b",)

    def test_another_interval_counts_at_once(self, watch: Watch) -> None:
        watch.at("0316")
        watch.figures.choose(CONTACT_INTERVAL_MIN, 20)
        assert watch.names() == ("a", "b")
        watch.figures.choose(CONTACT_INTERVAL_MIN, 60)
        assert watch.names() == ()

    def test_another_plot_is_looked_at_when_it_is_opened(self, watch: Watch) -> None:
        watch.at("0345")
        other = a_plot(a_track("C", (a_report("0200"),), uid="c"))
        before = watch.session.show(open_plot(other, clock=watch.clock).document)
        assert watch.names() == ("C",)
        before.close()

    def test_the_next_contact_is_the_first_that_is_not_overdue(self, watch: Watch) -> None:
        contact = watch.lookout.next_contact()
        assert contact is not None
        assert (contact.track.name, contact.due_at_utc) == ("A", at("0315"))
        watch.at("0316")
        contact = watch.lookout.next_contact()
        assert contact is not None
        assert contact.track.name == "B"
        watch.at("0330")
        assert watch.lookout.next_contact() is None

    def test_a_contact_was_due_when_it_was_whoever_has_acknowledged(self, watch: Watch) -> None:
        track = watch.session.document.plot.tracks["a"]
        for now in ("0300", "0316"):
            watch.at(now)
            contact = watch.lookout.contact(track)
            assert contact is not None
            assert watch.lookout.due_utc(contact) == at("0315")
        watch.lookout.acknowledge(watch.alert("a"))
        contact = watch.lookout.contact(track)
        assert contact is not None
        assert contact.due_at_utc == at("0346"), "raised again"
        assert watch.lookout.due_utc(contact) == at("0315")


class TestAcknowledging:
    def test_is_an_act_of_the_operator_that_can_be_undone(self, watch: Watch) -> None:
        watch.at("0320")
        alert = watch.alert("a")
        assert watch.lookout.acknowledge(alert)

        seen = watch.alert("a").acknowledgement
        assert seen is not None
        assert (seen.by, seen.at_utc, seen.raised_at_utc) == ("watch", at("0320"), at("0315"))
        assert (seen.alert, seen.entity_uid) == (AlertCode.OVERDUE, "a")
        assert watch.store.labels == ["acknowledge"]
        assert watch.store.saved[-1][1].operator == "watch"

        watch.session.document.undo()
        assert watch.alert("a").acknowledgement is None
        watch.session.document.redo()
        assert watch.alert("a").acknowledgement == seen

    def test_twice_is_no_act(self, watch: Watch) -> None:
        watch.at("0320")
        watch.lookout.acknowledge(watch.alert("a"))
        assert not watch.lookout.acknowledge(watch.alert("a"))
        assert watch.store.labels == ["acknowledge"]

    def test_counts_for_one_interval_and_then_it_is_raised_again(self, watch: Watch) -> None:
        watch.at("0320")
        watch.lookout.acknowledge(watch.alert("a"))
        watch.at("0349")
        assert watch.alert("a").acknowledgement is not None
        watch.at("0350")
        assert watch.alert("a").acknowledgement is None
        assert watch.alert("a").raised_at_utc == at("0350")

    def test_of_a_track_that_is_gone_is_refused(self, watch: Watch) -> None:
        watch.at("0320")
        alert = watch.alert("a")
        watch.session.document.apply(withdraw_track("a"))
        with pytest.raises(CommandRefused) as refused:
            watch.lookout.acknowledge(alert)
        assert refused.value.reason is RefusalReason.NO_SUCH_TRACK


class TestBeeping:
    def test_begins_at_twice_the_interval(self, watch: Watch) -> None:
        watch.at("0344", 55)
        assert watch.beeps == []
        watch.at("0345")
        assert watch.beeps == [("a",)]

    def test_goes_on_every_minute_until_somebody_acknowledges(self, watch: Watch) -> None:
        for seconds in range(0, 150, 5):
            watch.at("0345", seconds)
        assert len(watch.beeps) == 3, "at 0345, 0346 and 0347"
        watch.lookout.acknowledge(watch.alert("a"))
        for seconds in range(150, 300, 5):
            watch.at("0345", seconds)
        assert len(watch.beeps) == 3

    def test_another_boat_is_heard_at_once(self, watch: Watch) -> None:
        watch.at("0351", 30)
        watch.at("0352")
        assert watch.beeps == [("a",), ("a", "b")]
        watch.at("0352", 30)
        assert len(watch.beeps) == 2

    def test_a_report_ends_it_and_silence_begins_it_again(self, watch: Watch) -> None:
        watch.at("0345")
        watch.hears("b")
        watch.hears("a")
        watch.at("0444")
        assert watch.beeps == [("a",)]
        watch.at("0445")
        assert watch.beeps == [("a",), ("a", "b")]

    def test_is_off_when_it_was_turned_off(self, watch: Watch) -> None:
        watch.figures.choose(ALERT_SOUND, "off")
        watch.at("0345")
        watch.at("0346")
        assert watch.beeps == []
        watch.figures.choose(ALERT_SOUND, "on")
        assert watch.beeps == [("a",)]

    def test_a_clock_that_is_put_back_does_not_silence_it(self, watch: Watch) -> None:
        watch.at("0445")
        watch.at("0352")
        assert len(watch.beeps) == 2

    def test_is_never_heard_of_the_example(self, clock: FixedClock, tmp_path: Path) -> None:
        watch = watch_over(replace(two_boats(), is_example=True), clock, tmp_path)
        assert watch.at("0445") == ("A", "B")
        assert watch.beeps == []
        watch.session.document.close()

    def test_nor_where_nobody_could_acknowledge(self, clock: FixedClock, tmp_path: Path) -> None:
        watch = watch_over(two_boats(), clock, tmp_path, is_read_only=True)
        assert watch.at("0445") == ("A", "B")
        assert watch.beeps == []
        with pytest.raises(CommandRefused) as refused:
            watch.lookout.acknowledge(watch.alert("a"))
        assert refused.value.reason is RefusalReason.READ_ONLY
        watch.session.document.close()


def test_assets_are_waited_for_and_passing_ships_are_not(clock: FixedClock, tmp_path: Path) -> None:
    each = (a_track(c.value, (a_report("0200"),), uid=c.value, craft=c) for c in Craft)
    watch = watch_over(a_plot(*each), clock, tmp_path)
    watch.at("0235")
    assert set(watch.names()) == {"small_boat", "rescue_vessel", "aircraft", "other"}
    watch.session.document.close()
