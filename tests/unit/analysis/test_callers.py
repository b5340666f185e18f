"""The same telephone, known by number or only by the report it called with."""

from channelplot.analysis.callers import reports_by_caller, same_caller
from channelplot.model.caller import same_as_report
from channelplot.model.report import Report
from helpers.builders import a_plot, a_report, a_track

NUMBER = "+33612345678"


def call(time: str, uid: str, caller: str = "") -> Report:
    return a_report(time, uid=uid, caller=caller)


def found(reports: list[Report], caller: str) -> list[str]:
    """The uids of the same caller's reports; every second report belongs to a boat."""
    plot = a_plot(a_track("A", reports[::2]), unattributed=reports[1::2])
    return [report.uid for report in same_caller(plot, caller)]


def test_one_number_is_one_caller_in_time_order() -> None:
    reports = [call("0455", "late", NUMBER), call("0245", "early", NUMBER), call("0300", "x", "Y")]
    assert found(reports, NUMBER) == ["early", "late"]


def test_nobody_is_no_caller() -> None:
    assert found([call("0245", "a"), call("0255", "b")], "") == []
    assert found([call("0245", "a")], NUMBER) == []


def test_the_same_phone_as_a_report_whose_number_nobody_knows() -> None:
    reports = [call("0245", "r3"), call("0455", "r7", same_as_report("r3")), call("0250", "r4")]
    assert found(reports, same_as_report("r3")) == ["r3", "r7"]


def test_a_report_nobody_has_called_the_same_as_yet_is_its_own_caller() -> None:
    assert found([call("0245", "r3"), call("0455", "r7")], same_as_report("r3")) == ["r3"]


def test_a_number_learnt_later_joins_them_all() -> None:
    reports = [
        call("0245", "r3", NUMBER),
        call("0455", "r7", same_as_report("r3")),
        call("0500", "r8", same_as_report("r7")),
        call("0510", "r9", NUMBER),
    ]
    everyone = ["r3", "r7", "r8", "r9"]
    assert found(reports, NUMBER) == everyone
    assert found(reports, same_as_report("r8")) == everyone


def test_the_same_as_the_same_is_the_same() -> None:
    reports = [
        call("0245", "r3"),
        call("0455", "r7", same_as_report("r3")),
        call("0500", "r8", same_as_report("r7")),
    ]
    for uid in ("r3", "r7", "r8"):
        assert found(reports, same_as_report(uid)) == ["r3", "r7", "r8"]


def test_a_report_that_was_withdrawn_still_holds_its_callers_together() -> None:
    reports = [
        call("0455", "r7", same_as_report("gone")),
        call("0500", "r8", same_as_report("gone")),
    ]
    assert found(reports, same_as_report("gone")) == ["r7", "r8"]


def test_reports_that_name_each_other_are_one_caller() -> None:
    reports = [
        call("0245", "a", same_as_report("b")),
        call("0255", "b", same_as_report("a")),
        call("0300", "c", same_as_report("a")),
        call("0310", "d", same_as_report("d")),
    ]
    for uid in ("a", "b", "c"):
        assert found(reports, same_as_report(uid)) == ["a", "b", "c"]
    assert found(reports, same_as_report("d")) == ["d"]


def test_every_caller_s_reports_at_once_are_those_found_one_by_one() -> None:
    reports = [
        call("0245", "r3"),
        call("0250", "r4", NUMBER),
        call("0252", "nobody"),
        call("0455", "r7", same_as_report("r3")),
        call("0500", "r8", same_as_report("r7")),
        call("0510", "r9", NUMBER),
        call("0520", "s", "CUTTER-1"),
        call("0530", "gone", same_as_report("withdrawn")),
    ]
    plot = a_plot(a_track("A", reports[::2]), unattributed=reports[1::2])
    found = {uid: [one.uid for one in same] for uid, same in reports_by_caller(plot).items()}
    phone, number = ["r3", "r7", "r8"], ["r4", "r9"]
    assert found == {
        **dict.fromkeys(phone, phone), **dict.fromkeys(number, number), "s": ["s"], "gone": ["gone"]
    }  # fmt: skip
    for report in reports:
        if report.caller:
            same = [one.uid for one in same_caller(plot, report.caller)]
            assert found[report.uid] == same


def test_a_number_with_its_country_and_without_may_be_one_telephone() -> None:
    reports = [
        call("0245", "french", "0612345678"),
        call("0255", "abroad", NUMBER),
        call("0300", "british", "07700900123"),
        call("0310", "british abroad", "+447700900123"),
        call("0320", "other", "0612345679"),
        call("0330", "same as the first", same_as_report("french")),
    ]
    of_the_first = ["french", "abroad", "same as the first"]
    assert found(reports, NUMBER) == of_the_first
    assert found(reports, "0612345678") == of_the_first
    assert found(reports, "+447700900123") == ["british", "british abroad"]
    assert found(reports, "07700900123") == ["british", "british abroad"]


def test_all_callers_at_once_are_found_as_one_by_one() -> None:
    numbers = ("0612345678", NUMBER, "+44612345678", "0470123456", "+32470123456", "CUTTER-1")
    calls = [call(f"03{n:02}", f"r{n}", number) for n, number in enumerate(numbers)]
    plot = a_plot(a_track("A", calls))
    assert dict(reports_by_caller(plot)) == {
        each.uid: same_caller(plot, each.caller) for each in calls
    }
