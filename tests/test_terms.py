"""On what terms a supply is told of: each from its cue to the end of its clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.resolve.terms import (
    find_conditions,
    find_deployment,
    find_exclusions,
    find_purpose,
    find_values,
    governed_from,
    is_time_of_report,
)
from summarizer.source import Span

Find = Callable[[str], Iterable[Span]]


def words(find: Find, text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text)]


PURPOSES = [
    ("Oslo sends boats to help patrol the coast, the ministry said.", "to help patrol the coast"),
    ("Oslo sends boats in order to deter pirates.", "in order to deter pirates"),
    ("Oslo sends boats aimed at piracy; nobody objected.", "aimed at piracy"),
    ("Oslo sends boats to Ghana.", None),
    ("Oslo sends boats to replace losses, Reuters reported.", "to replace losses"),
    (
        "Oslo sends boats to help curb piracy, excluding weapons.",
        "to help curb piracy",
    ),
    (
        "Oslo sends boats to help curb piracy, pending approval.",
        "to help curb piracy",
    ),
    (
        "Oslo sends boats to protect ports, cables and rigs.",
        "to protect ports, cables and rigs",
    ),
]


@pytest.mark.parametrize(("text", "want"), PURPOSES, ids=[text for text, _ in PURPOSES])
def test_purpose_runs_to_the_end_of_its_clause(text: str, want: str | None) -> None:
    found = find_purpose(text)
    assert (text[found.start : found.end] if found else None) == want


def test_purpose_is_looked_for_behind_the_goods() -> None:
    text = "To help defend itself, Oslo sends boats to deter pirates."
    found = find_purpose(text, text.index("boats"))
    assert found is not None
    assert text[found.start : found.end] == "to deter pirates"


CONDITIONS = [
    ("Bern will sell tanks if parliament approves, the minister said.", ["if parliament approves"]),
    ("Oslo sends boats, pending parliamentary approval.", ["pending parliamentary approval"]),
    ("Oslo sends boats unless the deal changes.", ["unless the deal changes"]),
    (
        "Subject to a licence, Oslo sends boats on condition that they stay in port.",
        ["Subject to a licence", "on condition that they stay in port"],
    ),
    (
        "Rome sends boats in exchange for curbing migration.",
        ["in exchange for curbing migration"],
    ),
    ("It will come as if from nowhere, even if late.", []),
    ("Oslo sends boats under a new deal, officials said.", ["under a new deal"]),
    ("Oslo sends boats.", []),
]


@pytest.mark.parametrize(("text", "want"), CONDITIONS, ids=[text for text, _ in CONDITIONS])
def test_conditions_are_found_and_as_if_is_none(text: str, want: list[str]) -> None:
    assert words(find_conditions, text) == want


EXCLUSIONS = [
    ("Rome sends boats, excluding weapons.", ["excluding weapons"]),
    ("Rome sends boats but not missiles, the minister said.", ["but not missiles"]),
    ("The sale does not include ammunition.", ["does not include ammunition"]),
    (
        "Rome sends boats, except radars, in exchange for calm.",
        ["except radars"],
    ),
    ("Rome sends boats.", []),
]


@pytest.mark.parametrize(("text", "want"), EXCLUSIONS, ids=[text for text, _ in EXCLUSIONS])
def test_exclusions_are_found(text: str, want: list[str]) -> None:
    assert words(find_exclusions, text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Boats worth $40 million will come.", ["$40 million"]),
        ("Forty boats will come.", []),
    ],
)
def test_value_is_a_sum_of_money(text: str, want: list[str]) -> None:
    assert words(find_values, text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The boats will be stationed in Mombasa.", "Mombasa."),
        ("The guns are to be deployed along the border.", "the border."),
        ("The boats arrived in Mombasa.", None),
    ],
)
def test_deployment_is_where_goods_are_used_and_not_where_they_arrive(
    text: str, want: str | None
) -> None:
    at = find_deployment(text)
    assert (text[at:] if at is not None else None) == want


@pytest.mark.parametrize(
    ("text", "date", "want"),
    [
        ("Oslo announced on Tuesday that boats will come.", "Tuesday", True),
        ("On Tuesday, Oslo announced that boats will come.", "Tuesday", True),
        ("Boats will come in June, Oslo said on Tuesday.", "Tuesday", True),
        ("Boats will come in June, Oslo said on Tuesday.", "June", False),
        ("Oslo will deliver boats in June 2026.", "June 2026", False),
    ],
)
def test_the_day_of_an_announcement_is_no_delivery(text: str, date: str, want: bool) -> None:
    start = text.index(date)
    assert is_time_of_report(text, start, start + len(date)) == want


@pytest.mark.parametrize(
    ("text", "verb", "want"),
    [
        ("Oslo has pledged to provide boats.", "provide", "has pledged to provide"),
        ("Oslo is preparing to send boats.", "send", "is preparing to send"),
        ("Boats will not be sent.", "sent", "will not be sent"),
        ("Oslo sent boats.", "sent", "sent"),
        ("Ministers in Oslo sent boats.", "sent", "sent"),
    ],
)
def test_a_status_is_quoted_with_what_governs_it(text: str, verb: str, want: str) -> None:
    at = text.index(verb)
    assert text[governed_from(text, at) : at + len(verb)] == want


FINDERS: list[Find] = [find_conditions, find_exclusions, find_values]
CUES = "if to help , unless \n $4 million ; excluding A the 🚀 e\u0301 not said".split(" ")


@given(st.text(max_size=80) | st.lists(st.sampled_from(CUES)).map(" ".join))
def test_terms_are_spans_of_any_text(text: str) -> None:
    purpose = find_purpose(text)
    spans = [span for find in FINDERS for span in find(text)] + ([purpose] if purpose else [])
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
    for at in (0, len(text) // 2, len(text)):
        assert 0 <= governed_from(text, at) <= at


def test_hostile_lengths_do_not_hang() -> None:
    for part in ("if ", "to help ", "without, ", "is not yet ", "said ", "deployed in "):
        text = part * (120_000 // len(part))
        for find in FINDERS:
            list(find(text))
        find_purpose(text)
        find_deployment(text)
        governed_from(text, len(text))
        is_time_of_report(text, len(text) - 3, len(text))
