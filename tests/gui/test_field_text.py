"""What forms say of positions and times: words for everything the reader may say."""

import pytest
from PySide6.QtWidgets import QApplication

from channelplot.geodesy.position import Position
from channelplot.geodesy.text import Notation
from channelplot.model.codes import PositionForm
from channelplot.reading.values import (
    Fault,
    FaultCode,
    Field,
    PositionReading,
    Question,
    QuestionCode,
    Span,
)
from channelplot.ui.entry.field_text import position_texts, problem_text


@pytest.mark.parametrize("code", FaultCode)
def test_every_fault_is_worded_without_speaking_of_the_line(
    qapp: QApplication, code: FaultCode
) -> None:
    text = problem_text(Fault(code, Field.POSITION, Span(0, 3), "62.0"), "51 62.0N")

    assert text.endswith(".")
    assert "{" not in text
    assert "//" not in text, "only a line has words to be kept"


@pytest.mark.parametrize("code", QuestionCode)
def test_every_question_is_put_with_the_piece_it_is_about(
    qapp: QApplication, code: QuestionCode
) -> None:
    text = problem_text(Question(code, Field.TIME, Span(5, 12), (None,)), "seen 0130 UK")

    assert text.rstrip()[-1] in "?."
    assert "{" not in text
    assert ("“0130 UK”" in text) is (
        code not in {QuestionCode.NO_POSITION, QuestionCode.WHICH_TIME, QuestionCode.CLOSED_TRACK}
    )


def test_a_question_says_what_to_write_instead(qapp: QApplication) -> None:
    twice = Question(QuestionCode.TIME_TWICE, Field.TIME, Span(0, 7), (None,))
    assert problem_text(twice, "0130 UK").endswith("Write it in Z.")
    unsaid = Question(QuestionCode.HEMISPHERE, Field.POSITION, Span(0, 9), (None,))
    assert problem_text(unsaid, "50 58 1 41").endswith("Write it out in full.")


@pytest.mark.parametrize(
    ("form", "texts"),
    [
        (PositionForm.DDM, ("51°00.00'N 001°30.00'E",)),
        (PositionForm.POINTED, ("51°00.00'N 001°30.00'E",)),
        (PositionForm.BEARING_DISTANCE, (
            "51°00.00'N 001°30.00'E", "bearing, distance ±149 m Cap Gris-Nez"
        )),
    ],
)  # fmt: skip
def test_a_form_that_is_not_the_usual_one_is_named(
    qapp: QApplication, form: PositionForm, texts: tuple[str, ...]
) -> None:
    origin = "Cap Gris-Nez" if form is PositionForm.BEARING_DISTANCE else ""
    where = PositionReading(Position(1.5, 51.0), form, 148.7, Span(0, 1), origin)

    assert position_texts(where, Notation.DDM) == texts
