"""What a known model costs: the list's prices, never too low, and unknown where nobody knows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from genai_prices import Usage, calc_price
from genai_prices.data_snapshot import get_snapshot
from hypothesis import given
from hypothesis import strategies as st

from summarizer.ask import open_model
from summarizer.ask.connection import OPENAI_URL
from summarizer.ask.prices import with_list_prices
from summarizer.errors import SettingsError
from summarizer.settings import Settings

NOTHING = Settings()


def _prices(base_url: str, name: str, **given: float) -> tuple[float | None, float | None]:
    settings = with_list_prices(Settings(**given), base_url, name)
    return settings.prompt_price, settings.completion_price


def _known() -> list[tuple[str, str, str]]:
    """Return provider, address and name of models: all of OpenAI's, and dear ones of long texts."""
    own = {"openai": OPENAI_URL, "openrouter": "https://openrouter.ai/api/v1"}
    models = [
        (provider.id, own[provider.id], each.id)
        for provider in get_snapshot().providers
        if provider.id in own
        for each in provider.models
        if provider.id == "openai" or "qwen" in each.id
    ]
    return [each for each in models if _prices(*each[1:]) != (None, None)]


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        (OPENAI_URL, "gpt-4.1-mini"),
        (f"{OPENAI_URL}/", "GPT-4.1-mini"),
        ("https://user:secret@api.openai.com/v1?x=1", "gpt-4.1-mini-2025-04-14"),
        ("https://openrouter.ai/api/v1", "openai/gpt-4.1-mini"),
        ("https://mine.openai.azure.com/openai/v1", "gpt-4.1-mini"),
    ],
)
def test_price_of_a_known_model_is_the_one_listed(base_url: str, name: str) -> None:
    assert _prices(base_url, name) == (0.4, 1.6)


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        (OPENAI_URL, "gpt-of-tomorrow"),
        (OPENAI_URL, "ft:gpt-4.1-mini:me::x"),
        ("https://api.openai.com.example.org/v1", "gpt-4.1-mini"),
        ("https://api.openai.community/v1", "gpt-4.1-mini"),
        ("https://example.org/api.openai.com/v1", "gpt-4.1-mini"),
        ("http://api.openai.com/v1", "gpt-4.1-mini"),
        ("https://api.openai.com:8443/v1", "gpt-4.1-mini"),
        ("http://127.0.0.1:8000/v1", "gpt-4.1-mini"),
        ("http://localhost:11434/v1", "qwen3"),
        ("https://[::1]/v1", "gpt-4.1-mini"),
        ("https://api.perplexity.ai", "sonar"),  # has a price for each request, too
        ("https://openrouter.ai/api/v1", "deepseek/deepseek-r1:free"),  # lists no price
        (OPENAI_URL, "text-embedding-3-small"),
        (OPENAI_URL, ""),
        (OPENAI_URL, "\x00" * 1000),
    ],
)
def test_price_is_unknown_of_another_model_or_at_another_address(base_url: str, name: str) -> None:
    assert _prices(base_url, name) == (None, None)


@pytest.mark.parametrize(
    "given", [{"prompt_price": 1.0, "completion_price": 0.0}, {"prompt_price": 0.0}]
)
def test_price_that_is_set_wins(given: dict[str, float]) -> None:
    assert _prices(OPENAI_URL, "gpt-4.1-mini", **given) == (
        given["prompt_price"],
        given.get("completion_price"),
    )


@given(
    model=st.sampled_from(_known()),
    prompt=st.integers(0, 99_999),
    completion=st.integers(0, 50_000),
    shares=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_cost_is_never_less_than_the_list_would_charge(
    model: tuple[str, str, str], prompt: int, completion: int, shares: tuple[float, float]
) -> None:
    provider, base_url, name = model
    read = int(prompt * shares[0])
    written = int((prompt - read) * shares[1])
    charged = calc_price(
        Usage(
            input_tokens=prompt,
            cache_read_tokens=read,
            cache_write_tokens=written,
            output_tokens=completion,
        ),
        name,
        provider_id=provider,
    ).total_price
    per_prompt, per_completion = _prices(base_url, name)
    assert per_prompt is not None
    assert per_completion is not None

    assert (prompt * per_prompt + completion * per_completion) / 1e6 >= float(charged) - 1e-9


def test_price_of_long_requests_is_taken_where_a_request_may_be_so_long() -> None:
    model = ("qwen/qwen3.7-flash", None, "openrouter", None)
    listed: Any = get_snapshot().find_provider_model(*model)[1].get_prices(datetime.now(UTC))
    dearest = max(tier.price for tier in listed.output_mtok.tiers if tier.start < 100_000)

    assert dearest > listed.output_mtok.base
    assert _prices("https://openrouter.ai/api/v1", "qwen/qwen3.7-flash")[1] == float(dearest)


def test_price_that_depends_on_the_hour_is_the_highest() -> None:
    for name in ("deepseek-chat", "deepseek-reasoner"):
        _, model = get_snapshot().find_provider_model(name, None, "deepseek", None)
        hours = [datetime.now(UTC).replace(hour=hour) for hour in range(24)]
        listed: list[Any] = [model.get_prices(hour).input_mtok for hour in hours]

        assert _prices("https://api.deepseek.com", name)[0] == float(max(listed))


def test_cost_limit_works_with_a_known_model() -> None:
    settings = Settings(max_cost=0.5)
    with open_model(None, "key", "gpt-4.1-mini", dialect="openai", settings=settings) as model:
        assert model.spent is None
        model._meter.add(1.0, prompt=1_000_000, completion=100_000)

        assert model.usage.cost_usd == pytest.approx(0.56)
        assert model.spent
        assert model.spent.startswith("the run has cost $0.5600, max_cost is $0.5000")


def test_cost_limit_is_refused_where_the_price_is_not_known() -> None:
    with pytest.raises(SettingsError, match=r"not known: set prompt_price.*--completion-price"):
        open_model(
            "http://127.0.0.1:1/v1", None, "m", dialect="server", settings=Settings(max_cost=1)
        )


def test_embedded_model_has_no_price_whatever_it_is_called() -> None:
    with open_model(
        "http://127.0.0.1:1/v1", "k", "gpt-4.1", dialect="embedded", settings=NOTHING
    ) as model:
        assert model.usage.cost_usd is None
