"""Asking for one word, against a server whose answers are scripted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from scripted import Script, completion, failure, likely

from summarizer.ask import Model, open_model
from summarizer.errors import ModelOutputError, ModelUnavailable
from summarizer.settings import Settings

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

QUESTION = ({"role": "user", "content": "Does Ankara send tanks?"},)


@pytest.fixture
def model(script: Script) -> Iterator[Model]:
    settings = Settings()
    with open_model(
        script.base_url,
        None,
        "scripted",
        dialect="embedded",
        settings=settings,
        sleep=lambda _: None,
    ) as model:
        yield model


def test_one_token_is_asked_for_and_counted(script: Script, model: Model) -> None:
    script.will_reply(likely(("yes", 0.6), ("no", 0.2), ("Well", 0.2)))
    assert model.p_yes(QUESTION) == pytest.approx(0.75)
    (sent,) = script.requests
    assert (sent["max_tokens"], sent["logprobs"], sent["top_logprobs"]) == (1, True, 20)
    assert "grammar" not in sent
    assert (model.usage.requests, model.usage.completion_tokens) == (1, 1)


@pytest.mark.parametrize(
    ("tokens", "shares"),
    [
        ([("acc", 0.5), ("vis", 0.5)], [0.5, 0.5, 0.0]),
        ([("Visit", 0.3), (" visit", 0.3), ("accusation", 0.2)], [0.25, 0.75, 0.0]),
        ([("v", 0.5), ("vote", 0.4)], [0.0, 0.0, 1.0]),
        ([("banana", 0.9)], [0.0, 0.0, 0.0]),
        ([("", 0.9)], [0.0, 0.0, 0.0]),
    ],
    ids=["first tokens", "blanks and case", "one that begins two words", "none", "empty"],
)
def test_a_word_is_known_by_its_first_token(
    script: Script, model: Model, tokens: list[tuple[str, float]], shares: list[float]
) -> None:
    script.will_reply(likely(*tokens))
    found = model.weigh(QUESTION, ("accusation", "visit", "vote"))
    assert list(found.values()) == pytest.approx(shares)


def test_a_passing_fault_is_tried_again(script: Script, model: Model) -> None:
    script.will_reply(failure(503), likely(("no", 1.0)))
    assert model.p_yes(QUESTION) == 0.0
    assert len(script.requests) == 2


def test_a_lasting_fault_is_told(script: Script, model: Model) -> None:
    script.will_reply(failure(401))
    with pytest.raises(ModelUnavailable):
        model.p_yes(QUESTION)


def test_an_endpoint_without_probabilities_cannot_be_weighed(script: Script, model: Model) -> None:
    script.will_reply(completion("yes"))
    with pytest.raises(ModelOutputError, match="logprobs"):
        model.p_yes(QUESTION)
