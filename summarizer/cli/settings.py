"""From the options of a command and the environment to ``Settings``."""

from __future__ import annotations

from argparse import Namespace

from pydantic import ValidationError

from summarizer.errors import SettingsError
from summarizer.settings import Settings

_OPTIONS = (
    *("engine", "model", "profile", "base_url", "timeout", "max_bytes"),
    *("verify", "verify_model", "verify_base_url", "log_text"),
    *("jobs", "workers", "requests_per_minute", "tokens_per_minute", "max_failures"),
    *("max_cost", "max_tokens", "max_seconds", "prompt_price", "completion_price"),
)


def settings_of(arguments: Namespace) -> Settings:
    """Return the settings of the environment, with the options that were given on top.

    Raises:
        SettingsError: a value is not valid; it is not repeated, since it could be the key.
    """
    given = {
        name: value for name in _OPTIONS if (value := getattr(arguments, name, None)) is not None
    }
    try:
        settings = Settings.from_env()
        return Settings.model_validate({**settings.model_dump(), **given})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(map(str, first["loc"]))
        raise SettingsError(f"setting {name!r}: {first['msg']}") from error
