"""Send one request to one endpoint, as often as passing faults and refused parameters need."""

from __future__ import annotations

import asyncio
import hashlib
import re
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

from summarizer import observe
from summarizer.ask.address import Address
from summarizer.ask.body import Completion
from summarizer.ask.complaint import Certainty
from summarizer.ask.gate import Gate
from summarizer.ask.line import EngineName, Posted, Turn
from summarizer.ask.loop import Loop
from summarizer.ask.meter import Meter
from summarizer.ask.refusals import Refusals, without_system
from summarizer.ask.request import Dialect, Question, WordQuestion, parameters, schema_in_words
from summarizer.ask.transport import is_waited_out, named_errors, persistent, told
from summarizer.ask.written import as_known, as_sent
from summarizer.brief import Usage
from summarizer.errors import Deferred, ModelError, SettingsError
from summarizer.profile import PROFILES, Profile
from summarizer.settings import Settings

if TYPE_CHECKING:
    import openai

T = TypeVar("T")

OPENAI_URL = "https://api.openai.com/v1"
_KEY = re.compile(r"[!-~]+")


class Memory(Protocol):
    """Where answers are kept, so that nothing is asked and paid for twice.

    One that ``defers`` takes questions for a batch in place of having them asked.
    """

    defers: bool

    async def find(self, asked: str) -> Kept | None:
        """Return the answer to what was *asked* before, by its key."""

    async def keep(self, asked: str, kept: Kept) -> None:
        """Keep an answer; once this returns it is not lost, whatever happens."""

    async def defer(self, asked: str, body: str) -> None:
        """Take the JSON of a request that is to be sent in a batch."""


@dataclass(frozen=True)
class Kept:
    """An answer as it came, as JSON, and what it cost."""

    completion: str
    usage: Usage


class Connection:
    """The way to one model of one endpoint; safe to share between threads.

    All that it does runs in one event loop, which *submit* hands work to.
    """

    def __init__(
        self,
        base_url: str | None,
        api_key: str | None,
        name: str,
        *,
        dialect: Dialect,
        settings: Settings,
        meter: Meter,
        memory: Memory | None = None,
        sleep: Callable[[float], object] | None = None,
        beside: Connection | None = None,
    ) -> None:
        """Connect to nothing yet; raise SettingsError when address or key cannot be used.

        What goes *beside* it counts in the same limits.
        """
        address = Address.of(base_url or OPENAI_URL)
        self.name = name
        self.label = "the embedded model" if dialect == "embedded" else address.label
        self.settings = settings
        self.engine: EngineName = "local" if dialect == "embedded" else "openai"
        self.profile = _profile(dialect, settings)
        self._dialect: Dialect = dialect
        self._client = client_of(address, api_key, dialect, settings)
        self._host, self._port = self._client.base_url.host, self._client.base_url.port
        self._sleep = sleep
        self._memory = memory
        self._refusals = Refusals(self.label, dialect)
        self._accepted: set[type] = set()
        self._probing: defaultdict[type, asyncio.Lock] = defaultdict(asyncio.Lock)
        # The embedded engine answers one question at a time.
        self._gate: Gate = Gate(
            settings,
            meter,
            most=1 if dialect == "embedded" else settings.jobs,
            beside=beside._gate if beside else None,
        )
        self._loop = Loop()

    @property
    def refused(self) -> Collection[str]:
        """The parameters that the endpoint has refused and no longer gets."""
        return self._refusals.names

    @property
    def defers(self) -> bool:
        """Whether questions are kept for a batch."""
        return self._memory is not None and self._memory.defers

    @property
    def spent(self) -> str | None:
        """Why nothing may be asked any more, when a limit is reached."""
        return self._gate.used_up()

    def submit(self, question: Coroutine[Any, Any, T]) -> Future[T]:
        """Start to work on *question*, which posts something."""
        return self._loop.submit(question)

    def close(self) -> None:
        """Give up what is in flight, and close all sockets."""
        self._loop.close(self._client.close())

    async def post(self, posted: Posted, meter: Meter) -> Completion:
        """Return the endpoint's answer; raises ModelError, also at a limit.

        What was answered before is not asked again.
        """
        with named_errors(self.label):
            if self._memory is None:
                return await self._post(posted, meter)
            return await self._remembered(self._memory, posted, meter)

    async def _remembered(self, memory: Memory, posted: Posted, meter: Meter) -> Completion:
        asked, kind = self._key(posted), _kind_of(posted.question)
        if kept := await memory.find(asked):
            meter.recall(kept.usage)
            observe.answer_found()
            return Completion.of(kept.completion)
        own = meter.part()
        if memory.defers:
            # One of each kind is asked at once, so that what the endpoint refuses is known.
            async with self._probing[kind]:
                if kind in self._accepted:
                    await self._defer(memory, asked, posted)
                completion = await self._post(posted, own)
                self._accepted.add(kind)
        else:
            completion = await self._post(posted, own)
        await memory.keep(asked, Kept(completion.json, own.usage))
        return completion

    async def _defer(self, memory: Memory, asked: str, posted: Posted) -> NoReturn:
        body = self._body(posted, self._refusals.of(posted.question))
        await memory.defer(asked, as_sent(body))
        raise Deferred("waits for a batch")

    def _key(self, posted: Posted) -> str:
        """Return what tells an answer apart: all that it may depend on."""
        text = as_known({"endpoint": self.label} | self._body(posted, ()))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def _body(self, posted: Posted, refused: Collection[str]) -> dict[str, Any]:
        sent = parameters(posted.question, self._dialect, self.settings, refused)
        return {"model": self.name, "messages": self._told(posted, refused)} | sent

    async def _post(self, posted: Posted, meter: Meter) -> Completion:
        queue = _Queue()
        return await persistent(
            lambda: self._try(posted, meter, queue),
            self.settings,
            queued=lambda: queue.seconds,
            shut=self._gate.shut,
            sleep=self._sleep,
        )

    async def _try(self, posted: Posted, meter: Meter, queue: _Queue) -> Completion:
        import openai

        question = posted.question
        dropped: dict[str, tuple[Certainty, int]] = {}
        while True:
            refused = self._refusals.of(question) | dropped.keys()
            sent = parameters(question, self._dialect, self.settings, refused)
            messages = self._told(posted, refused)
            parts = [*sent, *(turn["role"] for turn in messages[:1])]
            try:
                completion = await self._send(messages, sent, meter, queue)
            except openai.APIStatusError as error:
                heard = told(error)
                if (suspect := self._refusals.suspect(heard, parts)) is None:
                    raise
                dropped[suspect[0]] = suspect[1], heard.status
            else:
                self._refusals.answered(question, parts, dropped)
                return completion

    def _told(self, posted: Posted, refused: Collection[str]) -> list[Turn]:
        """Return the conversation, with the schema in it for endpoints that don't enforce it.

        Whether one does shows when it refuses the schema, or when its answer does not fit.
        """
        told = without_system(posted.turns) if "system" in refused else list(posted.turns)
        if isinstance(posted.question, WordQuestion):
            return told
        if "response_format" in refused or (posted.reasked and self._dialect == "server"):
            # In the last turn: many chat templates refuse two user turns in a row.
            last = told[-1]
            words = schema_in_words(posted.question, self._dialect)
            told[-1] = {**last, "content": f"{last['content']}\n\n{words}"}
        return told

    async def _send(
        self, messages: list[Turn], sent: dict[str, Any], meter: Meter, queue: _Queue
    ) -> Completion:
        import httpx2
        import openai

        come = time.monotonic()
        async with self._gate.entered(sum(len(turn["content"]) for turn in messages)) as place:
            start, tokens = time.monotonic(), (0, 0, 0)
            queue.seconds += start - come
            try:
                # Not by ``create``, which goes through every schema once more to rename nothing.
                body = as_sent({"model": self.name, "messages": messages} | sent).encode()
                with self._observed(sent) as seen:
                    seen.note(queued=round(start - come, 3))
                    try:
                        response = await self._client.post(
                            "/chat/completions", content=body, cast_to=httpx2.Response
                        )
                    except openai.APIStatusError as error:
                        seen.refused(error.status_code)
                        raise
                    completion = Completion.of(response.text)
                    tokens = completion.tokens
                    seen.answered(*tokens, completion.finish)
            except UnicodeEncodeError:
                raise ModelError(
                    "the request cannot be sent: the model's name, the text or a header of "
                    "OPENAI_CUSTOM_HEADERS holds characters that cannot be written"
                ) from None
            except openai.APIStatusError as error:
                if is_waited_out(error):
                    self._gate.turned_away(place)
                raise
            finally:
                meter.add(time.monotonic() - start, *tokens)
            self._gate.answered(place, tokens[0], tokens[2])
        if self.settings.log_text:
            self._log_text(messages, completion)
        limited = self.settings.max_cost is not None or self.settings.max_tokens is not None
        if limited and not any(tokens):
            raise ModelError(
                f"{self.label} reports no token counts, so neither max_cost nor max_tokens can be "
                "kept"
            )
        return completion

    def _observed(self, sent: Mapping[str, Any]) -> observe.Request:
        provider = "llama.cpp" if self.engine == "local" else "openai"
        attributes = {
            "gen_ai.request.temperature": sent.get("temperature"),
            "gen_ai.request.seed": sent.get("seed"),
            "gen_ai.request.max_tokens": sent.get("max_tokens", sent.get("max_completion_tokens")),
            "gen_ai.output.type": "json" if "response_format" in sent else "text",
            "server.address": self._host,
            "server.port": self._port,
        }
        return observe.request(self.name, provider, attributes)

    def _log_text(self, messages: Sequence[Turn], completion: Completion) -> None:
        """Log what was said, but for the key: an endpoint may repeat it."""
        said = str(completion.choice["message"].get("content") or "")
        key = self._client.api_key
        observe.tell(
            "exchange",
            messages=[
                {**turn, "content": turn["content"].replace(key, "[key]")} for turn in messages
            ],
            answer=said.replace(key, "[key]"),
        )


@dataclass
class _Queue:
    """How long a request has waited for its turn."""

    seconds: float = 0.0


def _kind_of(question: Question | WordQuestion) -> type:
    return question.draft if isinstance(question, Question) else WordQuestion


def _profile(dialect: Dialect, settings: Settings) -> Profile:
    if settings.profile != "auto":
        return PROFILES[settings.profile]
    return PROFILES["small" if dialect == "embedded" else "large"]


def client_of(
    address: Address,
    api_key: str | None,
    dialect: Dialect,
    settings: Settings,
    *,
    files: bool = False,
) -> openai.AsyncOpenAI:
    """Return openai's client for *address*, which gives completions or, with *files*, anything.

    Raises SettingsError when key or environment cannot be used.
    """
    import openai

    from summarizer.ask.wire import http_client

    key = (api_key or "none").strip()
    if not _KEY.fullmatch(key):
        raise SettingsError("the API key holds blanks or characters that no key has; set it again")
    client = openai.AsyncOpenAI(
        base_url=address.base_url,
        api_key=key,
        max_retries=0,  # retrying is tenacity's; both would multiply
        timeout=None,  # the client below has a deadline for each request
        default_query=address.query,
        default_headers={"api-key": key} if address.takes_api_key_header else None,
        http_client=http_client(address.base_url, settings, own=dialect == "embedded", files=files),
    )
    if dialect != "openai":
        # OPENAI_ORG_ID and OPENAI_PROJECT_ID are nobody else's business.
        client.organization = client.project = None
    return client
