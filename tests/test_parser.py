"""What is parsed of a sentence: its words, past their markup, at a bounded cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from case_tables import cases
from growing import assert_linear, repeated
from hypothesis import given
from hypothesis import strategies as st
from reading import read as read_sentence

from summarizer.annotate import annotate
from summarizer.annotate.parser import MOST, load_parser, parse
from summarizer.segment import segment
from summarizer.source import Document, Sentence

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler

RULED = (
    "I'm gonna|we gotta go|let's|it ain't|that|which|\n| |to|no|ca n't|Ai|n't|We'd|he's|who|dunno"
    "|more|most|better|an|12|--|(|$|The army|said|struck|had been|been|being|may|shall|there|is|cos"
).split("|")
"""Words that the pipeline's rules name, and some of which they name the grammar."""
UNITS = ("(", "([{", "Aa ", "million ", "1 ", "a-", "the army said that ", '"a" ', "* ", "Aa's ")


@pytest.fixture(scope="module", autouse=True)
def parser() -> None:
    """Loads the parser before a test is timed."""
    list(parse([Sentence(1, 0, 12, "Norway left.")]))


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_hostile_text_is_annotated_in_linear_time(unit: str) -> None:
    def step(text: str) -> None:
        document = Document(text)
        annotate(document, segment(document))

    assert_linear(step, repeated(unit), 50_000)


def test_sentence_without_words_is_not_parsed() -> None:
    (read,) = parse([Sentence(1, 0, 9, "((( ... !")])

    assert read == ((), ())


def test_of_a_sentence_of_marks_only_the_beginning_is_parsed() -> None:
    ((tokens, _),) = parse([Sentence(1, 0, 1_000, f"Norway left {'(' * 988}")])

    assert [token.text for token in tokens[:2]] == ["Norway", "left"]
    assert len(tokens) <= MOST


def test_equal_sentences_are_parsed_once_and_placed_apart() -> None:
    text = "Norway left."
    first, other, again = parse(
        [Sentence(1, 0, 12, text), Sentence(2, 13, 27, "Sweden stayed."), Sentence(3, 28, 40, text)]
    )

    assert [token.start for token in first[0]] == [0, 7, 11]
    assert [token.start for token in again[0]] == [28, 35, 39]
    assert [token.lemma for token in first[0]] == [token.lemma for token in again[0]]
    assert [token.text for token in other[0]] == ["Sweden", "stayed", "."]


@given(st.lists(st.sampled_from(RULED), max_size=20).map(" ".join) | st.text(max_size=60))
def test_rules_about_words_hold_where_the_pipeline_holds_them(text: str) -> None:
    parser = load_parser()
    ruler = cast("AttributeRuler", parser.get_pipe("attribute_ruler"))
    doc = parser(text)

    assert ruler.match(doc) == type(ruler).match(ruler, doc)


def test_words_are_read_past_their_markup() -> None:
    text = "Minister **Tore** Sand-\nvik met Rustem&nbsp;Umerov &NotEqualTilde; here."
    ((tokens, names),) = parse([Sentence(1, 100, 100 + len(text), text)])

    slices = {token.text: text[token.start - 100 : token.end - 100] for token in tokens}
    assert slices["Tore"] == "Tore"
    assert slices["Sandvik"] == "Sand-\nvik"
    assert slices["Rustem"] == "Rustem"
    assert slices["Umerov"] == "Umerov"
    assert "**Tore** Sand-\nvik" in {text[n.start - 100 : n.end - 100] for n in names}


@pytest.mark.parametrize("case", list(cases("realis")))
def test_grammar_tells_whether_it_happened(case: dict[str, str]) -> None:
    predicates = read_sentence(case["sentence"]).predicates

    found = [p.realis for p in predicates if p.lemma == case["verb"] and not p.nominal]

    assert found[:1] == [case["realis"]]
