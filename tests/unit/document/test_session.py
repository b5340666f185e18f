"""What is open at the desk: one document after another, one selection."""

from channelplot.commands.beaches import withdraw_beach
from channelplot.commands.claims import give_reports
from channelplot.commands.marks import withdraw_mark
from channelplot.commands.reports import add_report, withdraw_report
from channelplot.commands.tracks import withdraw_track
from channelplot.document.document import Document, PlotChanged, SaveState
from channelplot.document.session import Session
from channelplot.model.change import Change
from channelplot.model.plot import Plot
from helpers.builders import a_report, night_plot
from helpers.clock import FixedClock
from helpers.opened import open_plot


class Listener:
    """Writes down what a session announces."""

    def __init__(self, session: Session) -> None:
        self.documents: list[Document] = []
        self.plots: list[PlotChanged] = []
        self.states: list[SaveState] = []
        session.document_changed.connect(self.documents.append)
        session.plot_changed.connect(self.plots.append)
        session.save_state_changed.connect(self.states.append)


def test_a_session_passes_on_what_its_document_announces(clock: FixedClock) -> None:
    document = open_plot(night_plot(), clock=clock).document
    session = Session(document, clock)
    listener = Listener(session)
    document.apply(add_report(a_report("0300")))
    assert session.document is document
    assert session.clock() == clock.now_utc
    assert [fact.plot for fact in listener.plots] == [document.plot]
    assert [state.pending for state in listener.states] == [0]
    assert listener.documents == []
    document.close()


def test_another_plot_takes_the_place_of_the_open_one(clock: FixedClock) -> None:
    first = open_plot(night_plot(), clock=clock).document
    second = open_plot(Plot(), clock=clock).document
    session = Session(first, clock)
    session.selection.set(frozenset(first.plot.tracks))
    listener = Listener(session)
    assert session.show(second) is first
    assert session.document is second
    assert session.selection.uids == frozenset()
    assert listener.documents == [second]
    assert listener.plots == [PlotChanged(second.plot, Change())]
    assert listener.states == [second.save_state]
    # The one that was open is not closed, and not listened to.
    first.apply(add_report(a_report("0300")))
    assert len(listener.plots) == 1
    second.apply(add_report(a_report("0300")))
    assert len(listener.plots) == 2
    first.close()
    second.close()


def test_what_is_gone_is_selected_no_more(clock: FixedClock) -> None:
    plot = night_plot()
    first, second = plot.tracks.values()
    beach = next(iter(plot.beaches))
    kept = second.reports[0].uid
    withdrawn = {
        withdraw_report: first.reports[0].uid,
        withdraw_track: first.uid,
        withdraw_beach: beach,
        withdraw_mark: next(iter(plot.marks)),
    }
    for command, uid in withdrawn.items():
        document = open_plot(plot, clock=clock).document
        session = Session(document, clock)
        session.selection.set(frozenset({uid, kept}))
        document.apply(command(uid))
        assert session.selection.uids == {kept}, command
        document.undo()
        assert session.selection.uids == {kept}, "what comes back is not selected"
        document.close()


def test_a_report_that_changes_hands_stays_selected(clock: FixedClock) -> None:
    plot = night_plot()
    first, second = plot.tracks.values()
    document = open_plot(plot, clock=clock).document
    session = Session(document, clock)
    report = first.reports[2].uid
    session.selection.set(frozenset({report}))
    document.apply(give_reports([report], second.uid))
    assert session.selection.uids == {report}
    document.close()


def test_panels_hear_of_the_plot_before_the_selection_shrinks(clock: FixedClock) -> None:
    plot = night_plot()
    document = open_plot(plot, clock=clock).document
    session = Session(document, clock)
    uid = plot.unattributed[0].uid
    session.selection.set(frozenset({uid}))
    heard: list[str] = []
    session.plot_changed.connect(lambda _: heard.append("plot"))
    session.selection.changed.connect(lambda _: heard.append("selection"))
    document.apply(withdraw_report(uid))
    assert heard[:2] == ["plot", "selection"]
    document.close()


def test_acts_are_heard_of_whichever_plot_is_open(clock: FixedClock) -> None:
    first, second = (open_plot(night_plot(), clock=clock).document for _ in range(2))
    session = Session(first, clock)
    heard: list[str] = []
    session.act_logged.connect(lambda act: heard.append(act.entity_uid))
    uids = [next(iter(document.plot.tracks)) for document in (first, second)]
    first.apply(withdraw_track(uids[0]))
    session.show(second)
    second.apply(withdraw_track(uids[1]))
    first.undo()
    assert heard == uids
    first.close()
    second.close()
