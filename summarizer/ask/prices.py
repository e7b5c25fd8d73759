"""What a known model costs at its provider's own endpoint, by the list prices of genai-prices.

Nothing is asked of the network for it: the list comes with the library.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summarizer.ask.address import Address
from summarizer.settings import Settings

if TYPE_CHECKING:
    from genai_prices.data_snapshot import DataSnapshot

_MOST_TOKENS = 100_000  # of one request, which holds a window of so many characters at most
_PROMPT = ("input_mtok", "cache_write_mtok")  # some providers cache unasked, and charge more
_COMPLETION = ("output_mtok",)
# A request of ours is text and has no tools, so that these are never charged for.
_ELSEWHERE = re.compile("audio|image|video|document|search|cache")


def with_list_prices(settings: Settings, base_url: str, name: str) -> Settings:
    """Return *settings* with the prices of the model *name*, where they are known.

    A price that is set wins. Known are models at the endpoint of a provider itself, not at a proxy
    or a server of one's own. Where the price of a token depends (on the hour, on caches, on what
    else is in the request) it is the highest, so that a limit holds.
    """
    if settings.prompt_price is not None or settings.completion_price is not None:
        return settings
    address = Address.of(base_url)
    parts = urlsplit(address.base_url)
    if parts.scheme != "https" or ":" in address.label or "." not in address.label:
        return settings  # no provider's, and importing the list takes half a second
    prices = _listed(f"https://{address.label}{parts.path}", name)
    if prices is None:
        return settings
    return settings.model_copy(
        update={"prompt_price": prices[0], "completion_price": prices[1]},
    )


def _listed(url: str, name: str) -> tuple[float, float] | None:
    """Return the prices of a million prompt and generated tokens, in dollars."""
    from genai_prices.data_snapshot import get_snapshot

    snapshot = get_snapshot()
    try:
        _, model = snapshot.find_provider_model(name, None, _provider(snapshot, url), None)
    except LookupError:
        return None
    now = datetime.now(UTC)
    prompt, completion = [], []
    for hours in range(24):
        prices = vars(model.get_prices(now + timedelta(hours=hours)))
        if any(
            price is not None and key not in (*_PROMPT, *_COMPLETION) and not _ELSEWHERE.search(key)
            for key, price in prices.items()
        ):
            return None
        # A price that is not listed is unknown: not nothing.
        if prices.get("input_mtok") is None or prices.get("output_mtok") is None:
            return None
        prompt.append(max(_highest(prices.get(key)) for key in _PROMPT))
        completion.append(max(_highest(prices.get(key)) for key in _COMPLETION))
    return max(prompt), max(completion)


def _provider(snapshot: DataSnapshot, url: str) -> str:
    """Return the id of the provider whose own the address *url* is; raises LookupError."""
    for provider in snapshot.providers:
        match = re.match(provider.api_pattern, url)
        # The pattern may end within a host, as in api.openai.com.example.org.
        if match and (match.end() == len(url) or "/" in (url[match.end()], url[match.end() - 1])):
            return provider.id
    raise LookupError(url)


def _highest(price: Any) -> float:
    if price is None:
        return 0.0
    tiers = [tier.price for tier in getattr(price, "tiers", ()) if tier.start < _MOST_TOKENS]
    return float(max([getattr(price, "base", price), *tiers]))
