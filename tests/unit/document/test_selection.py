"""What is selected, and the one report or track that this means."""

from channelplot.document.selection import Selection
from helpers.builders import a_track, night_plot

PLOT = night_plot()
A, B = PLOT.tracks.values()
ASHORE = PLOT.unattributed[0]
BEACH = next(iter(PLOT.beaches))


def selected(*uids: str) -> Selection:
    selection = Selection()
    selection.set(frozenset(uids))
    return selection


def test_only_a_change_is_announced() -> None:
    selection, heard = Selection(), list[frozenset[str]]()
    assert selection.uids == frozenset()
    selection.changed.connect(heard.append)
    for uids in (frozenset("a"), frozenset("a"), frozenset("ab"), frozenset[str]()):
        selection.set(uids)
        assert selection.uids == uids
    assert heard == [frozenset("a"), frozenset("ab"), frozenset()]


def test_one_report_is_the_report() -> None:
    assert selected(A.reports[1].uid).only_report(PLOT) is A.reports[1]
    assert selected(ASHORE.uid).only_report(PLOT) is ASHORE
    assert selected(A.reports[1].uid, BEACH).only_report(PLOT) is A.reports[1]


def test_a_track_alone_stands_for_its_last_report() -> None:
    assert selected(A.uid).only_report(PLOT) is A.reports[-1]
    empty = a_track("E")
    assert selected(empty.uid).only_report(PLOT.with_track(empty)) is None


def test_two_reports_or_tracks_or_a_beach_are_no_one_report() -> None:
    for uids in (
        (A.reports[0].uid, A.reports[1].uid),
        (A.uid, B.uid),
        (BEACH,),
        (),
        ("none such",),
    ):
        assert selected(*uids).only_report(PLOT) is None, uids


def test_a_track_is_selected_itself_or_through_its_reports() -> None:
    for uids in (
        (A.uid,),
        (A.reports[0].uid,),
        (A.reports[0].uid, A.reports[2].uid),
        (A.uid, A.reports[0].uid),
        (A.reports[0].uid, ASHORE.uid, BEACH),
    ):
        assert selected(*uids).only_track(PLOT) is A, uids


def test_two_tracks_or_none_are_no_one_track() -> None:
    for uids in ((A.uid, B.uid), (A.uid, B.reports[0].uid), (ASHORE.uid,), (BEACH,), ("gone",)):
        assert selected(*uids).only_track(PLOT) is None, uids


def test_what_is_found_holds_until_the_plot_or_the_selection_is_another() -> None:
    selection = selected(A.uid)
    assert selection.only_track(PLOT) is A
    assert selection.only_report(PLOT) is A.reports[-1]
    assert selection.only_track(PLOT.without_track(A.uid)) is None
    selection.set(frozenset({B.uid}))
    assert selection.only_track(PLOT) is B
