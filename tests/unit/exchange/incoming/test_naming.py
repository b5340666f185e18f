"""Names that are another's get a number."""

from channelplot.exchange.incoming.naming import FreeNames, free_codes


def test_a_free_name_stays_and_is_taken_from_then_on() -> None:
    names = FreeNames(["A"])
    assert [names.give(name) for name in ("B", "B", "A", "A", "A-2")] == [
        "B", "B-2", "A-2", "A-3", "A-2-2",
    ]  # fmt: skip


def test_numbers_that_are_taken_are_passed_over() -> None:
    names = FreeNames(["A", "A-2", "A-4"])
    assert [names.give("A") for _ in range(3)] == ["A-3", "A-5", "A-6"]


def test_a_code_gets_no_longer_than_it_may_be() -> None:
    codes = free_codes(["GRISNEZ8"])
    assert [codes.give("GRISNEZ8") for _ in range(10)][-2:] == ["GRISN-10", "GRISN-11"]


def test_ten_thousand_of_one_name_are_soon_told_apart() -> None:
    names = FreeNames([])
    given = [names.give("Track 1") for _ in range(10_000)]
    assert given[-1] == "Track 1-10000"
    assert len(set(given)) == 10_000
