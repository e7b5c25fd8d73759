"""Settings: one frozen value that is passed down; this module alone reads the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr

EngineName = Literal["auto", "local", "openai"]
Verify = Literal["auto", "off", "all"]


class Settings(BaseModel):
    """How to run: which engine, and within which bounds.

    ``engine="auto"`` takes the endpoint when a base URL or a key is set, else the embedded engine;
    a GGUF file is for the latter, unless a base URL tells whose it is.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    engine: EngineName = "auto"
    model: Annotated[
        str | None, Field(description="Model name of the endpoint, or path of a GGUF file")
    ] = None
    profile: Annotated[
        Literal["auto", "small", "large"],
        Field(description="What the model is asked; auto: small for the embedded one, else large"),
    ] = "auto"
    base_url: str | None = None
    api_key: SecretStr | None = None
    cache_dir: Annotated[
        Path | None, Field(description="Where assembled weights are kept; None: the user cache")
    ] = None
    jobs: Annotated[int, Field(ge=1, description="Requests in flight at once (hosted)")] = 4
    workers: Annotated[
        int, Field(ge=0, description="Processes that read reports beside this one (hosted)")
    ] = 0
    max_failures: Annotated[
        int, Field(ge=1, description="Reports that may fail alike in a row before a run ends")
    ] = 5
    strict: Annotated[bool, Field(description="Any rejection is an error")] = False
    timeout: Annotated[
        float, Field(gt=0, le=86_400, description="Seconds for one request, until its last byte")
    ] = 600.0
    max_bytes: Annotated[
        int, Field(gt=0, description="Bytes of one answer, as sent and unpacked")
    ] = 16_777_216
    attempts: Annotated[
        int,
        Field(
            ge=1,
            description="Tries per request on passing faults; a rate limit counts as none, "
            "unless this is 1",
        ),
    ] = 5
    patience: Annotated[
        float, Field(gt=0, allow_inf_nan=False, description="Seconds for all tries together")
    ] = 180.0
    verify: Annotated[
        Verify,
        Field(description="What is read a second time; auto: what that was measured to help"),
    ] = "auto"
    verify_model: Annotated[
        str | None, Field(description="Model that reads again; None: the same one")
    ] = None
    verify_base_url: Annotated[
        str | None, Field(description="Its endpoint; None: the same one")
    ] = None
    verify_api_key: Annotated[
        SecretStr | None, Field(description="Its key; the other one is never sent elsewhere")
    ] = None
    max_cost: Annotated[
        float | None,
        Field(gt=0, allow_inf_nan=False, description="US dollars; needs prices, known or set"),
    ] = None
    prompt_price: Annotated[
        float | None,
        Field(ge=0, allow_inf_nan=False, description="US dollars per million prompt tokens"),
    ] = None
    completion_price: Annotated[
        float | None,
        Field(ge=0, allow_inf_nan=False, description="US dollars per million generated tokens"),
    ] = None
    max_tokens: Annotated[
        int | None, Field(gt=0, description="Prompt and generated tokens of a run")
    ] = None
    max_seconds: Annotated[
        float | None, Field(gt=0, allow_inf_nan=False, description="How long a run may ask")
    ] = None
    requests_per_minute: Annotated[int | None, Field(gt=0)] = None
    tokens_per_minute: Annotated[
        int | None, Field(gt=0, description="Prompt and generated tokens")
    ] = None
    log_text: Annotated[
        bool, Field(description="Let the log hold what is asked and answered; never the key")
    ] = False
    seed: int = 0
    temperature: float = 0.0

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Return the settings that the environment gives.

        Reads ``OPENAI_API_KEY``, ``OPENAI_BASE_URL``, ``SUMMARIZER_ENGINE``,
        ``SUMMARIZER_MODEL``, ``SUMMARIZER_PROFILE``, ``SUMMARIZER_CACHE_DIR``,
        ``SUMMARIZER_VERIFY``, ``SUMMARIZER_VERIFY_MODEL``, ``SUMMARIZER_VERIFY_BASE_URL`` and
        ``SUMMARIZER_VERIFY_API_KEY``; empty values count as unset.
        """
        names = {
            "api_key": "OPENAI_API_KEY",
            "base_url": "OPENAI_BASE_URL",
            "engine": "SUMMARIZER_ENGINE",
            "model": "SUMMARIZER_MODEL",
            "profile": "SUMMARIZER_PROFILE",
            "cache_dir": "SUMMARIZER_CACHE_DIR",
            "verify": "SUMMARIZER_VERIFY",
            "verify_model": "SUMMARIZER_VERIFY_MODEL",
            "verify_base_url": "SUMMARIZER_VERIFY_BASE_URL",
            "verify_api_key": "SUMMARIZER_VERIFY_API_KEY",
        }
        given = {field: environ[name] for field, name in names.items() if environ.get(name)}
        return cls.model_validate(given)

    @property
    def chosen_engine(self) -> Literal["local", "openai"]:
        """The engine that ``auto`` comes to with these settings."""
        if self.engine != "auto":
            return self.engine
        file = (self.model or "").lower().endswith(".gguf")
        return "openai" if self.base_url or (self.api_key and not file) else "local"

    @property
    def chosen_profile(self) -> Literal["small", "large"]:
        """The profile that ``auto`` comes to with these settings."""
        if self.profile != "auto":
            return self.profile
        return "small" if self.chosen_engine == "local" else "large"


def wants_colour(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a terminal is to show colours; see https://no-color.org."""
    return not environ.get("NO_COLOR")


def is_dumb_terminal(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the terminal says of itself that it cannot move its cursor."""
    return environ.get("TERM") == "dumb"


def report_no_usage() -> None:
    """Let Ray, when it is started here, tell its makers nothing, unless the user has said so."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")


def user_cache(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Return the platform's directory for a user's caches.

    Follows the XDG base directory specification where the platform has no convention of its own;
    a relative ``XDG_CACHE_HOME`` is ignored, as it demands. Raises RuntimeError without a home.
    """
    named = environ.get("LOCALAPPDATA" if platform == "win32" else "XDG_CACHE_HOME", "")
    if platform != "darwin" and Path(named).is_absolute():
        return Path(named)
    own = {"win32": "AppData/Local", "darwin": "Library/Caches"}
    return Path.home() / own.get(platform, ".cache")
