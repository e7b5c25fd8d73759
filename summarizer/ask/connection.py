"""Send one request to one endpoint, as often as passing faults and refused parameters need."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, Literal

from summarizer.ask.address import Address
from summarizer.ask.complaint import Certainty
from summarizer.ask.meter import Meter
from summarizer.ask.refusals import Refusals, without_system
from summarizer.ask.request import Dialect, Question, WordQuestion, parameters, schema_in_words
from summarizer.ask.transport import retrying, told
from summarizer.errors import ModelError, SettingsError
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
    """The way to one model of one endpoint; safe to share between threads."""

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
        address = Address.of(base_url or OPENAI_URL)
        self.name = name
        self.label = "the embedded model" if dialect == "embedded" else address.label
        self.settings = settings
        self.engine: EngineName = "local" if dialect == "embedded" else "openai"
        self.profile = _profile(dialect, settings)
        self._dialect: Dialect = dialect
        self._client = _client(address, api_key, dialect, settings)
        self._retrying = retrying(settings, sleep)
        self._refusals = Refusals(self.label, dialect)

    @property
    def refused(self) -> Collection[str]:
        """The parameters that the endpoint has refused and no longer gets."""
        return self._refusals.names

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

        It has one choice with a message, and a sound count of tokens or none; what is in the
        message is checked by nobody yet.
        """
        return self._retrying(self._post, turns, question, meter, reasked)

    def _post(
        self, turns: Sequence[Turn], question: Question | WordQuestion, meter: Meter, reasked: bool
    ) -> ChatCompletion:
        import openai

        dropped: dict[str, tuple[Certainty, int]] = {}
        while True:
            refused = self._refusals.of(question) | dropped.keys()
            sent = parameters(question, self._dialect, self.settings, refused)
            messages = self._told(turns, question, reasked, refused)
            parts = [*sent, *(turn["role"] for turn in messages[:1])]
            try:
                completion = self._send(messages, sent, meter)
            except openai.APIStatusError as error:
                heard = told(error)
                if (suspect := self._refusals.suspect(heard, parts)) is None:
                    raise
                dropped[suspect[0]] = suspect[1], heard.status
            else:
                self._refusals.answered(question, parts, dropped)
                return completion

    def _told(
        self,
        turns: Sequence[Turn],
        question: Question | WordQuestion,
        reasked: bool,
        refused: Collection[str],
    ) -> list[Turn]:
        """Return the conversation, with the schema in it for endpoints that don't enforce it.

        Whether one does shows when it refuses the schema, or when its answer does not fit.
        """
        told = without_system(turns) if "system" in refused else list(turns)
        if isinstance(question, WordQuestion):
            return told
        if "response_format" in refused or (reasked and self._dialect == "server"):
            # In the last turn: many chat templates refuse two user turns in a row.
            last = told[-1]
            words = schema_in_words(question, self._dialect)
            told[-1] = {**last, "content": f"{last['content']}\n\n{words}"}
        return told

    def _send(self, messages: list[Turn], sent: dict[str, Any], meter: Meter) -> ChatCompletion:
        create: Callable[..., ChatCompletion] = self._client.chat.completions.create
        with meter.reserved(sum(len(turn["content"]) for turn in messages)):
            start, tokens = time.monotonic(), (0, 0, 0)
            try:
                completion = create(model=self.name, messages=messages, **sent)
                tokens = _tokens(completion)
            except UnicodeEncodeError:
                raise ModelError(
                    "the request cannot be sent: the model's name, the text or a header of "
                    "OPENAI_CUSTOM_HEADERS holds characters that cannot be written"
                ) from None
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
    address: Address, api_key: str | None, dialect: Dialect, settings: Settings
) -> openai.OpenAI:
    import openai

    from summarizer.ask.wire import http_client

    key = (api_key or "none").strip()
    if not _KEY.fullmatch(key):
        raise SettingsError("the API key holds blanks or characters that no key has; set it again")
    client = openai.OpenAI(
        base_url=address.base_url,
        api_key=key,
        max_retries=0,  # retrying is tenacity's; both would multiply
        timeout=None,  # the client below has a deadline for each request
        default_query=address.query,
        default_headers={"api-key": key} if address.takes_api_key_header else None,
        http_client=http_client(address.base_url, settings, own=dialect == "embedded"),
    )
    if dialect != "openai":
        # OPENAI_ORG_ID and OPENAI_PROJECT_ID are nobody else's business.
        client.organization = client.project = None
    return client


def _tokens(completion: ChatCompletion) -> tuple[int, int, int]:
    """Return prompt, cached and generated tokens."""
    usage = completion.usage
    if usage is None:
        return 0, 0, 0
    details = usage.prompt_tokens_details
    cached = details.cached_tokens if details else None
    return usage.prompt_tokens, cached or 0, usage.completion_tokens
