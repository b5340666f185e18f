"""Every fault and every question has its words."""

import pytest
from PySide6.QtWidgets import QApplication

from channelplot.model.codes import TrackStatus
from channelplot.reading.values import (
    Fault,
    FaultCode,
    Field,
    QuestionCode,
    Span,
    Target,
    TargetKind,
)
from channelplot.tools.line_draft import LineQuestion
from channelplot.tools.questions import QuestionCode as DoubtCode
from channelplot.ui.words.line_messages import fault_text, plot_it_text, question_text, quoted

NEEDS_NO_PIECE = {FaultCode.TOO_LONG, FaultCode.EMPTY}
CODES = [*(code.value for code in QuestionCode), *(code.value for code in DoubtCode)]


@pytest.mark.parametrize("code", FaultCode)
def test_every_fault_names_its_piece_and_says_what_to_do(
    qapp: QApplication, code: FaultCode
) -> None:
    text = fault_text(Fault(code, Field.LINE, Span(0, 3), "62.0N"))

    assert ("“62.0N”" in text) is (code not in NEEDS_NO_PIECE)
    assert text.endswith(".")
    assert "{" not in text


def test_no_two_faults_have_the_same_words(qapp: QApplication) -> None:
    texts = [fault_text(Fault(code, Field.LINE, Span(0, 1), "x")) for code in FaultCode]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("code", CODES)
def test_every_question_is_worded(qapp: QApplication, code: str) -> None:
    question = LineQuestion(code=code, value=1234.0, piece="0130", span=Span(0, 4), choices=())

    text = question_text(question)

    assert text.rstrip()[-1] in "?."
    assert "{" not in text
    assert plot_it_text(question)


def test_a_closed_track_is_named_with_what_it_was_closed_as(qapp: QApplication) -> None:
    target = Target(TargetKind.TRACK, "a", "A", closed_as=TrackStatus.RESCUED_ALL)
    question = LineQuestion(QuestionCode.CLOSED_TRACK, 0.0, ">A", Span(0, 2), (target, Target()))
    assert question_text(question) == ("A is closed as rescued (all). Does this report tell of A?")


def test_a_question_nobody_knows_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="weather"):
        question_text(LineQuestion(code="weather", value=0, piece="", span=Span(0, 0), choices=()))


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        ("62.0N", "“62.0N”"),
        ("x" * 60, "“" + "x" * 31 + "…”"),
        ("a\x07b", "“aU+0007b”"),
        ("{code}", "“{code}”"),
    ],
)
def test_a_piece_is_quoted_short_and_visible(piece: str, text: str) -> None:
    assert quoted(piece) == text
