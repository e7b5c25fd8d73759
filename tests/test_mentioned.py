"""Dated events that a sentence mentions beside what it tells of."""

from __future__ import annotations

import pytest
from claims_of import report_of
from hypothesis import given
from hypothesis import strategies as st

from summarizer.resolve.mentioned import MentionedEvent, find_mentioned


def mentioned(text: str) -> list[MentionedEvent]:
    report = report_of(text)
    return [m for sentence in report.sentences for m in find_mentioned(sentence, report)]


FOUND = [
    (
        "date behind a participle",
        "Sudan withdrew in line with the agreement signed in Cairo on March 10.",
        [("agreement", "agreement", "March 10", "the agreement signed in Cairo on March 10", True)],
    ),
    (
        "date in front",
        "Uganda withdrew under the March 10 peace agreement.",
        [("agreement", "agreement", "March 10", "the March 10 peace agreement", True)],
    ),
    (
        "of a date",
        "Quito monitors a ceasefire of July 4, 2023.",
        [("ceasefire", "ceasefire", "July 4, 2023", "a ceasefire of July 4, 2023", False)],
    ),
    (
        "two in one sentence",
        "The summit follows the February 12 attack on Juba and the April 4 memorandum.",
        [
            ("clash", "attack", "February 12", "the February 12 attack on Juba", True),
            ("agreement", "memorandum", "April 4", "the April 4 memorandum", False),
        ],
    ),
    ("no date", "Sudan withdrew in line with the agreement.", []),
    ("no noun", "Sudan withdrew on March 10.", []),
    ("date of the vote", "Parliament voted on Monday to ratify the treaty.", []),
    ("date of the saying", "The accord holds, Lima said on Monday.", []),
    ("another clause", "The accord holds, and Lima rejoiced on Monday.", []),
]


@pytest.mark.parametrize(
    ("text", "want"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND]
)
def test_a_noun_with_its_date_is_an_event(
    text: str, want: list[tuple[str, str, str, str, bool]]
) -> None:
    got = [
        (
            m.kind,
            text[m.focus.start : m.focus.end],
            text[m.date.start : m.date.end],
            text[m.clause.start : m.clause.end],
            m.aside,
        )
        for m in mentioned(text)
    ]
    assert got == want


def test_parties_of_an_agreement_mentioned_are_its_signatories() -> None:
    (found,) = mentioned("It follows an accord signed by Peru and Chile on March 3, Brazil said.")
    assert [(p.name, p.role) for p in found.participants] == [
        ("Peru", "signatory"),
        ("Chile", "signatory"),
    ]


def test_parties_of_the_next_event_are_not_those_of_the_first() -> None:
    attack, memorandum = mentioned(
        "It follows the March 2 attack and the April 4 memorandum between Kenya and Uganda."
    )
    assert attack.participants == ()
    assert [p.name for p in memorandum.participants] == ["Kenya", "Uganda"]


WORDS = "the March 10 agreement attack signed on 2024 , and since Kenya — “ ” . talks of".split()


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=20).map(" ".join))
def test_mentions_lie_in_any_text(text: str) -> None:
    for found in mentioned(text):
        assert found.clause.start <= found.focus.start < found.focus.end <= found.clause.end
        assert found.clause.start <= found.date.start < found.date.end <= found.clause.end
        assert found.clause.end <= len(text)


def test_hostile_lengths_do_not_hang() -> None:
    for part in ("the March 10 ", "agreement of the ", "the agreement signed on March 10 "):
        mentioned(part * (20_000 // len(part)))
