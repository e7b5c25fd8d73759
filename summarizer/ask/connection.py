"""Send one request to one endpoint, as often as passing faults and refused parameters need."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from summarizer.ask.meter import Meter
from summarizer.ask.request import Dialect, Question, WordQuestion, parameters, schema_in_words
from summarizer.ask.transport import not_a_completion, refused_parameter, retrying
from summarizer.errors import ModelError, ModelOutputError, SettingsError
from summarizer.profile import PROFILES, Profile
from summarizer.settings import Settings

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletion

Turn = dict[str, str]
EngineName = Literal["local", "openai"]

OPENAI_URL = "https://api.openai.com/v1"
_KEY = re.compile(r"[!-~]+")


class Connection:
    """The way to one model of one endpoint; safe to share between threads.

    ``refused`` names the parameters that the endpoint has refused and no longer gets.
    """

    def __init__(
        self,
        base_url: str | None,
        api_key: str | None,
        name: str,
        *,
        dialect: Dialect,
        settings: Settings,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Connect to nothing yet; raise SettingsError when address or key cannot be used."""
        base_url = (base_url or OPENAI_URL).strip()
        self.name = name
        self.label = "the embedded model" if dialect == "embedded" else _host(base_url)
        self.settings = settings
        self.refused: set[str] = set()
        self.engine: EngineName = "local" if dialect == "embedded" else "openai"
        self.profile = _profile(dialect, settings)
        self._dialect: Dialect = dialect
        self._client = _client(base_url, api_key, dialect, settings)
        self._retrying = retrying(settings, sleep)
        self._dispensable = ["temperature", "seed"]
        if dialect == "server":
            self._dispensable.append("response_format")

    def close(self) -> None:
        """Close all sockets."""
        self._client.close()

    def post(
        self,
        turns: Sequence[Turn],
        question: Question | WordQuestion,
        meter: Meter,
        *,
        reasked: bool = False,
    ) -> ChatCompletion:
        """Return the endpoint's answer; raises the client's own errors, and ModelError at a limit.

        Whatever comes back with status 200 is returned, checked by nobody yet.
        """
        return self._retrying(self._post, turns, question, meter, reasked)

    def _post(
        self, turns: Sequence[Turn], question: Question | WordQuestion, meter: Meter, reasked: bool
    ) -> ChatCompletion:
        import openai

        while True:
            meter.check()
            sent = parameters(question, self._dialect, self.settings, self.refused)
            try:
                return self._send(self._told(turns, question, reasked), sent, meter)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                dispensable = [name for name in self._dispensable if name in sent]
                if (refused := refused_parameter(error, dispensable)) is None:
                    raise
                self.refused.add(refused)

    def _told(
        self, turns: Sequence[Turn], question: Question | WordQuestion, reasked: bool
    ) -> list[Turn]:
        """Return the conversation, with the schema in it for endpoints that don't enforce it.

        Whether one does shows when it refuses the schema, or when its answer does not fit.
        """
        told = list(turns)
        if isinstance(question, WordQuestion):
            return told
        if self._dialect == "server" and (reasked or "response_format" in self.refused):
            # In the last turn: many chat templates refuse two user turns in a row.
            last = told[-1]
            words = schema_in_words(question, self._dialect)
            told[-1] = {**last, "content": f"{last['content']}\n\n{words}"}
        return told

    def _send(self, told: list[Turn], sent: dict[str, Any], meter: Meter) -> ChatCompletion:
        start, tokens = time.monotonic(), (0, 0, 0)
        create: Callable[..., ChatCompletion] = self._client.chat.completions.create
        try:
            completion = create(model=self.name, messages=told, **sent)
            tokens = _tokens(completion)
        except (JSONDecodeError, UnicodeDecodeError, RecursionError):
            raise ModelOutputError(not_a_completion(self.label)) from None
        finally:
            meter.add(time.monotonic() - start, *tokens)
        if self.settings.max_cost is not None and not any(tokens):
            raise ModelError(f"{self.label} reports no token counts, so max_cost cannot be kept")
        return completion


def _profile(dialect: Dialect, settings: Settings) -> Profile:
    if settings.profile != "auto":
        return PROFILES[settings.profile]
    return PROFILES["small" if dialect == "embedded" else "large"]


def _client(
    base_url: str, api_key: str | None, dialect: Dialect, settings: Settings
) -> openai.OpenAI:
    import openai

    key = (api_key or "none").strip()
    if not _KEY.fullmatch(key):
        raise SettingsError("the API key holds blanks or characters that no key has; set it again")
    # A proxy from the environment must not come between this process and its own engine.
    http_client = openai.DefaultHttpxClient(trust_env=dialect != "embedded")
    return openai.OpenAI(
        base_url=base_url,
        api_key=key,
        max_retries=0,  # retrying is tenacity's; both would multiply
        timeout=settings.timeout,
        http_client=http_client,
    )


def _host(base_url: str) -> str:
    """Return host and port, without user, password or path; raises SettingsError."""
    try:
        parts = urlsplit(base_url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in ("http", "https"):
        raise SettingsError("the base URL must look like http://host:port/v1")
    return f"{host}:{port}" if port else host


def _tokens(completion: ChatCompletion) -> tuple[int, int, int]:
    """Return prompt, cached and generated tokens; what is not reported counts as 0."""
    usage = getattr(completion, "usage", None)
    details = getattr(usage, "prompt_tokens_details", None)
    found = (
        getattr(usage, "prompt_tokens", 0),
        getattr(details, "cached_tokens", 0),
        getattr(usage, "completion_tokens", 0),
    )
    prompt, cached, completed = (n if isinstance(n, int) and n > 0 else 0 for n in found)
    return prompt, cached, completed
