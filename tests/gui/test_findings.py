"""Every finding has words."""

import re
from pathlib import Path

import channelplot.store.check as check
from channelplot.model.rules import ProblemCode
from channelplot.store.check import Finding
from channelplot.ui.findings import _WORDS, finding_text


def test_every_code_has_words() -> None:
    source = Path(str(check.__file__)).read_text("utf-8")
    codes = set(re.findall(r'Finding\(\s*"(\w+)"', source)) | {code.value for code in ProblemCode}
    assert codes <= set(_WORDS)


def test_a_finding_says_where_and_what() -> None:
    text = finding_text(Finding("line", "tracks", "u-1", "is not the line of its reports"))
    assert text == (
        "tracks u-1: a track's line is not that of its reports: is not the line of its reports"
    )
