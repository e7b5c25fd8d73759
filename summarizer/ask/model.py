"""The model behind one endpoint: ask it, and get a filled draft."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer.ask.connection import OPENAI_URL, Connection, Memory
from summarizer.ask.extent import Extent
from summarizer.ask.line import EngineName, Line, Posted, Turn
from summarizer.ask.meter import Meter
from summarizer.ask.prices import with_list_prices
from summarizer.ask.remote import About, RemoteLine, Reply
from summarizer.ask.request import Dialect, Question, WordQuestion
from summarizer.ask.salvage import Problem, Salvage, is_empty, salvage
from summarizer.ask.spoken import Spoken, declined, spoken
from summarizer.ask.weigh import weighed
from summarizer.brief import Usage
from summarizer.errors import Deferred, ModelError, ModelOutputError, ModelRefused
from summarizer.observe import silenced
from summarizer.profile import Profile
from summarizer.settings import Settings

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

    from summarizer.ask.body import Completion

D = TypeVar("D", bound=BaseModel)

REASKS = 1
"""Times an answer that does not fit is sent back with the reasons."""
MAX_ANSWER = 400_000
"""Characters; the draft of a long report has some ten thousand."""

# The link holds pydantic's version: an upgrade would change the request, and tokens cost.
_PYDANTIC_LINK = re.compile(r"\n\s+For further information visit https://errors\.pydantic\.dev/\S+")


@dataclass(frozen=True)
class Answer(Generic[D]):
    """The filled draft, or None when nothing of the answer fits, and what had to be left out.

    ``notes`` tell how the answer was read where that might be doubted.
    """

    draft: D | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_lost(self) -> bool:
        """Whether nothing of what the model answered could be kept."""
        return bool(self.problems) and is_empty(self.draft)


class Model:
    """One model of one endpoint; safe to share between threads.

    Use as a context manager, or call ``close``.
    """

    def __init__(self, connection: Line, meter: Meter, extent: Extent | None = None) -> None:
        self._connection = connection
        self._meter = meter
        self._extent = extent or Extent()

    def __repr__(self) -> str:
        return f"<Model {self.name!r} of {self._connection.label}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all sockets."""
        self._connection.close()

    def part(self) -> Model:
        """Return the same model with totals of its own, which also count in these."""
        return Model(self._connection, self._meter.part(), self._extent)

    @property
    def about(self) -> About:
        """What another process must know to stand in for it (``stand_in``)."""
        line = self._connection
        return About(line.name, line.label, line.engine, line.profile, line.settings, line.defers)

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""
        return self._connection.name

    @property
    def engine(self) -> EngineName:
        """What runs it: the embedded engine, or an endpoint."""
        return self._connection.engine

    @property
    def profile(self) -> Profile:
        """What it is asked, and what it may claim alone."""
        return self._connection.profile

    @property
    def usage(self) -> Usage:
        """What has been used so far, by every attempt."""
        return self._meter.usage

    @property
    def defers(self) -> bool:
        """Whether questions are kept for a batch in place of being asked."""
        return self._connection.defers

    @property
    def spent(self) -> str | None:
        """Why nothing may be asked any more, when a limit is reached."""
        return self._connection.spent

    @property
    def refused(self) -> Collection[str]:
        """The parameters that the endpoint has refused and no longer gets."""
        return self._connection.refused

    @property
    def temperature(self) -> float | None:
        """The temperature that is sent; None once the endpoint has refused it."""
        return None if "temperature" in self.refused else self._connection.settings.temperature

    @property
    def seed(self) -> int | None:
        """The seed that is sent; None once the endpoint has refused it."""
        return None if "seed" in self.refused else self._connection.settings.seed

    def ask(
        self,
        messages: Sequence[Mapping[str, Any]],
        draft: type[D],
        *,
        text: str,
        sentence_ids: Sequence[int] = (),
        max_tokens: int | None = None,
    ) -> Answer[D]:
        """Send *messages*, return what of the answer fits *draft*.

        *text* and *sentence_ids* are those of the window that the answer is to be about. Raises
        ModelUnavailable, ModelRefused, ModelOutputError or ModelError, in one line that holds
        neither the key nor anything that was sent or received.
        """
        return self.start(
            messages, draft, text=text, sentence_ids=sentence_ids, max_tokens=max_tokens
        ).result()

    def start(
        self,
        messages: Sequence[Mapping[str, Any]],
        draft: type[D],
        *,
        text: str,
        sentence_ids: Sequence[int] = (),
        max_tokens: int | None = None,
    ) -> Future[Answer[D]]:
        """Send *messages* as ``ask`` does, but wait for nothing: several may be under way."""
        question = Question(draft, text, sentence_ids, max_tokens)
        turns = [dict(message) for message in messages]
        return self._connection.submit(self._ask(question, turns))

    async def _ask(self, question: Question, turns: list[Turn]) -> Answer[Any]:
        exchange = _Exchange(self._connection, self._meter, question, self._extent)
        failure = await exchange.run(turns)
        best = max(exchange.kept, key=_worth, default=None)
        if failure is not None and (
            best is None or best.draft is None or isinstance(failure, Deferred)
        ):
            raise failure
        return Answer(best.draft, best.problems, best.notes) if best else Answer(None, ())

    def weigh(
        self, messages: Sequence[Mapping[str, Any]], words: Sequence[str]
    ) -> Mapping[str, float]:
        """Send *messages*, return how likely each of *words* is as the answer, adding up to 1.

        All are 0 when the model would say something else. Costs one generated token. Raises as
        ``ask`` does, and ModelOutputError when the endpoint tells no probabilities.
        """
        return self.start_weighing(messages, words).result()

    def start_weighing(
        self, messages: Sequence[Mapping[str, Any]], words: Sequence[str]
    ) -> Future[Mapping[str, float]]:
        """Send *messages* as ``weigh`` does, but wait for nothing."""
        turns = [dict(message) for message in messages]
        return self._connection.submit(self._weigh(turns, words))

    async def _weigh(self, turns: list[Turn], words: Sequence[str]) -> Mapping[str, float]:
        completion = await self._connection.post(Posted(turns, WordQuestion()), self._meter)
        shares = weighed(completion.choice, words)
        if shares is None:
            label = self._connection.label
            raise ModelOutputError(f"{label} does not tell how likely its words are (logprobs)")
        return shares

    def forward(self, posted: Posted) -> Future[Completion]:
        """Ask what the model of another process, which stands for this one, has *posted*."""
        return self._connection.submit(self._connection.post(posted, self._meter))

    def p_yes(self, messages: Sequence[Mapping[str, Any]]) -> float:
        """Return how likely the model says yes to *messages*, against no; 0 for neither."""
        return self.weigh(messages, ("yes", "no"))["yes"]


def open_model(
    base_url: str | None,
    api_key: str | None,
    name: str,
    *,
    dialect: Dialect,
    settings: Settings,
    memory: Memory | None = None,
    sleep: Callable[[float], object] | None = None,
    beside: Model | None = None,
) -> Model:
    """Return the model *name* of the endpoint; None as *base_url* stands for OpenAI's own.

    Connects to nothing yet. With a *memory* nothing is asked that was answered before. *sleep*
    replaces real pauses. What a model *beside* it uses counts in the same limits. Prices that are
    not set are those of the provider's list, where the model is known. Raises SettingsError when
    address, key or prices cannot be used.
    """
    if dialect != "embedded":
        settings = with_list_prices(settings, base_url or OPENAI_URL, name)
    meter = Meter(settings)
    line = beside._connection if beside else None
    connection = Connection(
        base_url,
        api_key,
        name,
        dialect=dialect,
        settings=settings,
        meter=meter,
        memory=memory,
        sleep=sleep,
        beside=line if isinstance(line, Connection) else None,
    )
    return Model(connection, meter)


def stand_in(about: About, send: Callable[[Posted], Future[Reply]]) -> Model:
    """Return a model that asks by *send*, which takes questions to another process."""
    return Model(RemoteLine(about, send), Meter(about.settings))


class _Exchange:
    """One question with its reasks; ``kept`` is what could be kept of each answer, in order."""

    def __init__(self, connection: Line, meter: Meter, question: Question, extent: Extent) -> None:
        self.kept: list[Salvage[Any]] = []
        self._connection = connection
        self._meter = meter
        self._question = question
        self._extent = extent

    async def run(self, turns: list[Turn]) -> BaseException | None:
        """Ask until an answer fits; return the failure that left no answer, if one did."""
        try:
            first = await self._reply(turns, reasked=False)
        except ModelError as error:
            return error
        if _fits(self.kept[-1]):
            return None
        return await self._ask_again(turns, first)

    async def _ask_again(self, turns: list[Turn], first: Spoken) -> BaseException | None:
        """Let instructor send the *first* answer back with what is wrong about it."""
        import instructor
        from instructor.core.exceptions import (
            IncompleteOutputException,
            InstructorRetryException,
            ResponseParsingError,
        )

        answers = iter([first])

        async def create(messages: list[Turn], **_: Any) -> ChatCompletion:
            said = next(answers, None)
            if said is None:
                added = messages[len(turns) :]
                said = await self._reply([*turns, *map(_without_link, added)], reasked=True)
            return _to_judge(self.kept[-1], said)

        patched: Callable[..., Awaitable[object]] = instructor.patch(
            create=create, mode=instructor.Mode.JSON_SCHEMA
        )
        try:
            # Its log lines quote requests, answers and whatever an endpoint says about the key.
            with silenced():
                # No context: with one, instructor renders the article as a Jinja template.
                await patched(
                    response_model=self._question.draft,
                    messages=turns,
                    max_retries=REASKS,
                    strict=False,
                )
        except IncompleteOutputException:
            return None
        except InstructorRetryException as error:
            unfit = isinstance(error.__cause__, ValidationError | ResponseParsingError)
            return None if unfit else error.__cause__
        return None

    async def _reply(self, turns: list[Turn], *, reasked: bool) -> Spoken:
        """Return what is answered, once what can be kept of it is."""
        label = self._connection.label
        completion = await self._connection.post(
            Posted(turns, self._question, reasked), self._meter
        )
        if declined(completion.choice):
            raise ModelRefused(f"{self._connection.name} at {label} declined to answer")
        self._extent.check(turns, completion.tokens[0], label)
        said = spoken(completion.choice)
        if len(said.text) > MAX_ANSWER:
            raise ModelOutputError(
                f"{label} sent {len(said.text)} characters, more than any draft needs"
            )
        self.kept.append(salvage(self._question.draft, said))
        return said


def _fits(kept: Salvage[Any]) -> bool:
    """Tell whether nothing is won by asking again; what broke off would do so again."""
    broken_off = all(problem.reason == "truncated" for problem in kept.problems)
    some = broken_off and not is_empty(kept.draft)
    return kept.draft is not None and (some or not kept.problems)


def _to_judge(kept: Salvage[Any], said: Spoken) -> ChatCompletion:
    """Return an answer as instructor is to judge it: what can be kept, or what cannot.

    Nothing else of the endpoint's answer is passed on, such as
    calls of tools, which would have to be answered.
    """
    from openai.types.chat import ChatCompletion, ChatCompletionMessage
    from openai.types.chat.chat_completion import Choice

    passes = _fits(kept)
    message = ChatCompletionMessage(role="assistant", content=kept.fitting if passes else said.text)
    choice = Choice(
        index=0, message=message, finish_reason="length" if said.cut and not passes else "stop"
    )
    return ChatCompletion(id="", created=0, model="", object="chat.completion", choices=[choice])


def _worth(kept: Salvage[Any]) -> tuple[bool, bool, int]:
    return kept.draft is not None, not is_empty(kept.draft), -len(kept.problems)


def _without_link(turn: Turn) -> Turn:
    content = turn.get("content")
    if not isinstance(content, str):
        return turn
    return {**turn, "content": _PYDANTIC_LINK.sub("", content)}
