"""The French of chart and sheets: complete, in step with the code, and what the program reads."""

import ast
import re
import shutil
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

from channelplot.resources import resource_path
from steps import environment, translations
from steps.say import ROOT

FRENCH = translations.FRENCH
FIELD = re.compile(r"\{[^}]*\}")
ALSO_BEFORE = " (?=[:;!?%»])|« "
"""Where French has a space, and no line may end."""


def messages() -> list[tuple[str, str, str | None, str]]:
    """Context, English, what sets it apart from its like, and French, of every text."""
    return [
        (
            context.findtext("name", ""),
            message.findtext("source", ""),
            message.findtext("comment"),
            message.findtext("translation", ""),
        )
        for context in ET.parse(FRENCH).iter("context")
        for message in context.iter("message")
    ]


def test_every_text_of_chart_and_sheets_is_in_the_file_and_no_other(tmp_path: Path) -> None:
    again = tmp_path / FRENCH.name
    shutil.copy(FRENCH, again)
    translations.gather(environment.main_environment(), again)
    assert again.read_text("utf-8") == FRENCH.read_text("utf-8"), "tasks.py translations"
    assert len(messages()) > 150


def test_every_text_is_written_out_where_it_is_worded() -> None:
    """What is put together when it runs can't be gathered; codes are marked where they stand."""
    not_written = [
        f"{path.name}: {ast.unparse(call)}"
        for folder in translations.WORDED
        for path in sorted((ROOT / folder).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) == "translate"
        and not all(isinstance(argument, ast.Constant) for argument in call.args)
    ]
    assert not_written == ["wording.py: translate('Wording', str(marked))"]


def test_every_text_has_its_french() -> None:
    assert translations.without_french(FRENCH) == []


def test_a_text_without_french_or_not_finished_is_found(tmp_path: Path) -> None:
    text = FRENCH.read_text("utf-8")
    text = text.replace("<translation>Légende</translation>", '<translation type="unfinished"/>')
    text = text.replace("<translation>Carte<", '<translation type="unfinished">Carte<')
    half = tmp_path / FRENCH.name
    half.write_text(text, "utf-8")
    assert translations.without_french(half) == ["Chart", "Legend"]


def test_the_file_the_program_reads_is_made_of_it(tmp_path: Path) -> None:
    made = tmp_path / "fr.qm"
    translations.release(environment.main_environment(), FRENCH, made)
    assert made.read_bytes() == FRENCH.with_suffix(".qm").read_bytes(), "tasks.py translations"


def test_the_program_says_what_the_file_says() -> None:
    translator = QTranslator()
    assert translator.load(str(FRENCH.with_suffix(".qm")))
    said = [(c, e, translator.translate(c, e, comment or "")) for c, e, comment, _ in messages()]
    assert said == [(c, e, french) for c, e, _, french in messages()]


def test_french_has_the_fields_of_its_english() -> None:
    other = [
        english
        for _, english, _, french in messages()
        if Counter(FIELD.findall(english)) != Counter(FIELD.findall(french))
    ]
    assert other == []


def test_no_line_of_french_can_end_before_a_colon() -> None:
    assert [french for *_, french in messages() if re.search(ALSO_BEFORE, french)] == []


@pytest.mark.parametrize("face", ["Inter-Regular", "Inter-SemiBold", "Inter-Italic"])
def test_the_typeface_has_every_letter_of_french(face: str, qapp: QApplication) -> None:
    font = QRawFont(str(resource_path(f"fonts/{face}.ttf")), 10.0)
    letters = {letter for *_, french in messages() for letter in french}
    assert sorted(letter for letter in letters if not font.supportsCharacter(ord(letter))) == []
