"""How texts are made to fit: broken, cut in their middle, a little smaller."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.errors import SheetFault, SheetRefused
from channelplot.snapshot.lettering import Style, broken, elided_in_middle, text_px
from channelplot.snapshot.pages import MOST_PAGES
from channelplot.snapshot.paper import Sheet
from channelplot.ui.words.messages import error_text

A4 = Sheet.of_mm(297.0, 210.0, 150.0)
A3 = Sheet.of_mm(420.0, 297.0, 150.0)


@given(st.text("aWé ·-", max_size=200), st.floats(40.0, 800.0))
def test_a_broken_text_keeps_its_letters_and_fits(text: str, width_px: float) -> None:
    lines = broken(text, Style.BODY, A4, width_px)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_px(line, Style.BODY, A4) <= width_px for line in lines)


def test_names_that_differ_at_their_end_still_differ_when_cut() -> None:
    names = [f"Inflatable with the grey tubes seen by the ferry {n}" for n in (104, 105)]
    width_px = text_px(names[0], Style.STRONG, A4) / 2.0

    cut = [elided_in_middle(name, Style.STRONG, A4, width_px) for name in names]

    assert cut[0] != cut[1]
    assert all(each.startswith("Inflat") and "…" in each for each in cut)
    assert all(text_px(each, Style.STRONG, A4) <= width_px for each in cut)
    assert elided_in_middle("A", Style.STRONG, A4, width_px) == "A"


def test_letters_are_larger_on_larger_paper_and_a_map_is_not() -> None:
    assert text_px("Night", Style.TITLE, A3) > 1.15 * text_px("Night", Style.TITLE, A4)
    assert A3.px_per_mm == A4.px_per_mm


@pytest.mark.parametrize("fault", SheetFault)
def test_every_refusal_is_a_sentence_that_says_what_to_do(fault: SheetFault) -> None:
    words = error_text(SheetRefused(fault, MOST_PAGES))

    assert words.endswith(".")
    assert fault.value not in words
    assert any(verb in words for verb in ("Choose", "Keep"))
    assert "{" not in words
    assert (str(MOST_PAGES) in words) == (fault is SheetFault.TOO_MANY_PAGES)
