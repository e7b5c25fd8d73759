"""Which expressions may match at a word: no match may be missed, and most words rule most out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from summarizer import dates
from summarizer.language.openings import Openings, words

CORPUS = sorted((Path(__file__).parents[1] / "corpus").glob("*.txt"))


@pytest.mark.parametrize(
    ("pattern", "opens", "never"),
    [
        (r"(?:(?:the)\s)?(?:last|next)\syear", ["the", "The", "last", "next"], ["year", "lasting"]),
        (r"days?\b", ["day", "days", "DAY"], ["daylight", "d"]),
        (r"(?-i:[A-Z]\w{1,20})\s(?:Day|Eve)", ["Bastille", "X"], ["bastille", "5"]),
        (r"(?:FY)?\d\d", ["FY", "fy", "25"], ["f", "FYs", "'"]),
        (r"['’]?\d\d", ["’", "'", "25"], ["a", "“"]),
        (r"(?<=[Oo]n\s)(?!the\b)(?:day)", ["day"], ["on", "the"]),
        (r"(?:ab)+c*", ["ab", "abab", "ABC"], ["a", "b"]),
        (r"second", ["second", "\u017fecond"], ["first"]),
    ],
)
def test_words_that_may_open_a_match(pattern: str, opens: list[str], never: list[str]) -> None:
    openings = Openings(["never", pattern])

    assert [word for word in opens if 1 not in openings.of(word)] == []
    assert [word for word in never if 1 in openings.of(word)] == []


def test_no_date_is_missed_for_its_first_word() -> None:
    """The finder of all forms, tried at every place, finds the same."""
    finder, _ = dates._forms()
    texts = [path.read_text("utf-8") for path in CORPUS]
    texts += [text.swapcase() for text in texts]

    for text in texts:
        found = [(date.span.start, date.span.end) for date in dates.find_dates(text)]
        assert found == [match.span() for match in finder.finditer(text)]


def test_words_are_found_apart_from_figures_and_marks() -> None:
    found = [match[0] for match in words("FY2025: “the”")]

    assert found == ["FY", "2025", ":", "“", "the", "”"]
    assert all(re.fullmatch(r"\S+", word) for word in found)
