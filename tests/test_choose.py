"""What the small model is asked, and what becomes of its choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from conftest import FakeModel
from test_propose import read

from summarizer.choose import MOST, choose
from summarizer.claims import Claims
from summarizer.errors import ModelError, ModelUnavailable


def chosen(model: FakeModel, text: str, *goods: str) -> Claims:
    return choose(model, read(text, *goods), step=lambda *_: None)


def test_nothing_is_asked_where_the_words_say_it(small_model: FakeModel) -> None:
    text = "Norland shelled Vesby. Norland has delivered six jets to Sudoria."
    claims = chosen(small_model, text, "six jets")
    assert [event.kind for event in claims.events] == ["strike", "supply"]
    assert claims.pledges[0].status == "delivered"
    assert small_model.weighed == []


def test_of_several_kinds_the_model_takes_the_likeliest_that_the_words_allow(
    small_model: FakeModel,
) -> None:
    small_model.enqueue_shares({"clash": 0.6, "withdrawal": 0.2})
    (event,) = chosen(small_model, "Norland announced a withdrawal from the coast.").events
    assert event.kind == "withdrawal"


def test_whoever_confirms_an_attack_is_no_attacker(small_model: FakeModel) -> None:
    text = "Norland confirmed an attack by rebels of the Free Coast Army on Vesby."
    small_model.enqueue_shares({"clash": 0.6}, {"yes": 0.6}, {"yes": 0.1})
    (event,) = chosen(small_model, text).events
    who = [text[span.start : span.end] for span in event.who]
    assert event.kind == "clash"
    assert "Norland" not in who
    assert any("Free Coast Army" in name for name in who)


def test_a_forceful_deed_that_a_noun_names_is_turned_when_the_model_reads_it_so(
    small_model: FakeModel,
) -> None:
    text = "Norland suffered an attack on Monday."
    small_model.enqueue_shares({"yes": 0.1}, {"yes": 0.6})
    (event,) = chosen(small_model, text).events
    assert event.who == ()
    assert [text[span.start : span.end] for span in event.to_whom] == ["Norland"]


@pytest.mark.parametrize(
    ("shares", "kinds"),
    [
        ({"agreement": 0.7}, ["agreement"]),
        ({"agreement": 0.4, "visit": 0.3}, []),
        ({"strike": 0.9}, []),
        ({"background": 0.9}, []),
    ],
)
def test_without_a_word_for_it_a_kind_must_be_likely_and_may_not_be_force(
    small_model: FakeModel, shares: dict[str, float], kinds: list[str]
) -> None:
    small_model.enqueue_shares(shares)
    claims = chosen(small_model, "Norland and Sudoria intertwined their railways.")
    assert [event.kind for event in claims.events] == kinds
    assert len(small_model.weighed) == 1


def test_how_things_are_is_no_event_and_is_not_asked(small_model: FakeModel) -> None:
    assert chosen(small_model, "Norland is a country of nine million.").events == ()
    assert small_model.weighed == []


@pytest.mark.parametrize(
    ("gives", "gets", "supplier", "recipient"),
    [(0.6, 0.3, True, False), (0.3, 0.6, False, True), (0.5, 0.45, False, False)],
)
def test_a_side_that_grammar_leaves_open_is_the_clearly_likelier_one(
    small_model: FakeModel, *, gives: float, gets: float, supplier: bool, recipient: bool
) -> None:
    small_model.enqueue_shares({"cancellation": 0.9}, {"yes": gives}, {"yes": gets})
    (pledge,) = chosen(
        small_model, "Norland suspended the delivery of six jets.", "six jets"
    ).pledges
    assert (bool(pledge.supplier), bool(pledge.recipient)) == (supplier, recipient)


def test_more_is_not_asked_than_an_article_is_worth(small_model: FakeModel) -> None:
    small_model.enqueue_shares(*[{"visit": 0.9}] * MOST)
    text = " ".join(["Norland and Sudoria intertwined their railways."] * (MOST + 5))
    claims = chosen(small_model, text)
    assert len(small_model.weighed) == MOST
    assert len(claims.events) == MOST


class Failing(FakeModel):
    """The embedded model, some of whose questions fail: those whose turn is among *turns*."""

    def __init__(self, *turns: int, error: ModelError) -> None:
        super().__init__("embedded")
        self._turns = turns
        self._error = error

    def weigh(
        self, messages: Sequence[Mapping[str, Any]], words: Sequence[str]
    ) -> Mapping[str, float]:
        self.weighed.append(tuple(messages))
        if len(self.weighed) - 1 in self._turns:
            raise self._error
        return dict.fromkeys(words, 0.0) | {"withdrawal": 0.9, "yes": 0.2}


TWO = "Norland announced a withdrawal from the coast. Sudoria suffered an attack on Monday."


def test_question_that_fails_leaves_what_is_proposed_and_is_named() -> None:
    with Failing(1, error=ModelError("it broke")) as model:
        claims = chosen(model, TWO)

    first, _ = claims.events
    assert first.kind == "withdrawal"
    assert claims.warnings == ("no answer about the sides of the event in sentence 2: it broke",)


def test_model_that_answers_nothing_is_an_error() -> None:
    error = ModelUnavailable("gone")
    with Failing(*range(MOST), error=error) as model, pytest.raises(ModelUnavailable) as caught:
        chosen(model, TWO)

    assert caught.value is error
    assert len(model.weighed) == 2
