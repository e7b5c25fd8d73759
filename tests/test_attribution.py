from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from case_tables import cases
from growing import assert_linear, repeated
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.annotate import annotate
from summarizer.annotations import Reading
from summarizer.resolve.attribution import attribution
from summarizer.resolve.citing import Citer
from summarizer.source import Document, Sentence, Span
from summarizer.speakers import kind_of_speaker, known_kind


def read(text: str) -> Reading:
    return annotate(Document(text), [Sentence(1, 0, len(text), text)]).readings[0]


def at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize("row", [*cases("speakers")])
def test_speaker_and_source_are_kept_apart(row: dict[str, str]) -> None:
    text, found = row["sentence"], read(row["sentence"]).speech
    words = [text[s.start : s.end] if s else "" for s in (found.speaker, found.via)]
    assert [found.kind, *words] == [row["kind"], row["speaker"], row["via"]]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Tanks were reportedly moved.", ["reportedly"]),
        ("Russia allegedly fired the missile.", ["allegedly"]),
        ("The jets are expected to arrive soon.", ["expected to"]),
        ("The jets are said to be old.", ["said to"]),
        ("Ankara plans to supply jets.", ["plans to"]),
        ("Seoul may send shells, according to aides.", ["may", "according to"]),
        (
            "The claims could not be independently verified.",
            ["could not be independently verified"],
        ),
        ("A man, on condition of anonymity, spoke.", ["on condition of anonymity"]),
        ("They met in May.", []),
    ],
)
def test_hedges_are_found_as_they_stand(text: str, want: list[str]) -> None:
    assert [text[h.start : h.end] for h in read(text).speech.hedges] == want


@pytest.mark.parametrize("row", [*cases("speaker_kinds")])
def test_kinds_of_speakers(row: dict[str, str]) -> None:
    assert kind_of_speaker(row["words"]) == row["kind"]


@pytest.mark.parametrize("words", ["plan", "the same comments", "The deal", "Oduya"])
def test_words_that_show_no_kind_are_not_given_one(words: str) -> None:
    assert known_kind(words) is None


class Book(SimpleNamespace):
    """A book of actors where a description means what was named before."""

    def link(self, start: int, _: int) -> str | None:
        return next((n.actor for n in self.named if n.start == start), None)

    def antecedent(self, *_: int) -> str | None:
        return self.named[0].actor if self.named else None


def attributed(text: str, named: str = "", said_by: str = "") -> Any:
    reading = read(text)
    span = at(text, named)
    names = [SimpleNamespace(actor="a1", start=span.start, end=span.end)] if named else []
    cite = Citer(Document(text), [reading.sentence])
    return attribution(
        reading, at(text, said_by) if said_by else None, cast(Any, Book(named=names)), cite
    )


def test_whom_the_model_named_stands_and_the_parse_fills_the_rest() -> None:
    text = (
        "Kyiv will get tanks, Bloomberg reported, citing two aides, though Oslo warned of delays."
    )
    told = attributed(text)
    assert (told.kind, told.speaker, told.via) == ("media_report", "Bloomberg", "two aides")
    named = attributed(text, said_by="Oslo")
    assert (named.kind, named.speaker, named.via) == ("official_statement", "Oslo", "two aides")
    relayed = attributed(text, said_by="two aides")
    assert (relayed.kind, relayed.speaker, relayed.via) == ("unnamed_official", "two aides", None)


def test_a_part_of_a_name_is_of_the_kind_of_the_whole() -> None:
    text = "Jets are late, said Ann Lee, an analyst in Oslo."
    assert attributed(text, said_by="Ann Lee").kind == "analyst"


def test_a_pronoun_speaks_for_whom_it_means_and_both_are_cited() -> None:
    text = "The ministry met Oduya and it said the talks were over."
    told = attributed(text, named="The ministry", said_by="it")
    assert (told.kind, told.speaker) == ("official_statement", "The ministry")
    assert [c.quote for c in told.citations] == ["it", "The ministry"]


def test_a_sentence_without_a_speaker_is_cited_whole() -> None:
    told = attributed("The army shelled the village.")
    assert (told.kind, told.speaker) == ("own_voice", None)
    assert [c.quote for c in told.citations] == ["The army shelled the village."]


@given(st.text() | st.text(alphabet="said told Reuters, according to A“”():-–\u202e🚀"))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    found = read(text).speech
    for span in (found.speaker, found.via, *found.hedges):
        if span:
            assert 0 <= span.start < span.end <= len(text)
    assert (found.kind == "own_voice") == (found.speaker is None)


@pytest.mark.parametrize("unit", ["said ", "x, said ", " ", "according to "], ids=repr)
def test_long_hostile_text_is_read_in_linear_time(unit: str) -> None:
    assert_linear(read, repeated(unit), 50_000)
