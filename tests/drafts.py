"""Made answers of a model that nobody should trust: words true, altered and junk; wrong numbers."""

from __future__ import annotations

import json
import typing
from collections.abc import Iterator, Sequence

from hypothesis import strategies as st
from pydantic import BaseModel

from summarizer import draft as drafts
from summarizer.brief import ActorKind, PledgeStatus, Realis
from summarizer.draft import (
    ActorDraft,
    ActorsDraft,
    Draft,
    EventDraft,
    EventsDraft,
    PledgeDraft,
    PledgesDraft,
    StatementDraft,
    SummaryDraft,
)
from summarizer.draft.shape import Listing, Maybe, Row, Shape, Words, shape_of

_PIECES = (
    "Turkey plans to send Syria 20 armored vehicles, Bloomberg reported on Friday.",
    "The Norwegian defence minister, Tore Sandvik, met Rustem Umerov in Oslo on 12 May.",
    "“We have not delivered a single drone,” a senior official said.",
    "France and Germany pledged up to €400 million and 30 howitzers if parliament agrees.",
    "He denied it.",
    "Israel struck an arms depot near Homs, killing at least nine soldiers.",
    "The package includes:\n• 12 M119 howitzers;\n• 2.5 million rounds;\n• spare parts.",
    "Украина получила 10 танков. 日本は支援を発表した。 أرسلت مصر شحنة.",
    "Tu\u0308rkiye\u2019s  Yaşar\u00a0Güler\u200b spoke \u202eof peace\u202c 😀.",
)


def texts() -> st.SearchStrategy[str]:
    """Reports put together of sentences, and any text at all."""
    made = st.lists(st.sampled_from(_PIECES) | st.text(max_size=40), min_size=1, max_size=8)
    return st.tuples(made, st.sampled_from([" ", "\n", "\r\n\r\n"])).map(
        lambda parts: parts[1].join(parts[0])
    )


def values(text: str) -> st.SearchStrategy[str]:
    """Words of *text*, words of it with something changed, and anything."""
    words = text.split() or ["nothing"]
    runs = st.tuples(st.integers(0, len(words) - 1), st.integers(1, 5)).map(
        lambda cut: " ".join(words[cut[0] : cut[0] + cut[1]])
    )
    altered = st.tuples(runs, st.sampled_from(["not ", "31 ", "Norland ", "the "])).map(
        lambda pair: pair[1] + pair[0]
    )
    return runs | runs.map(lambda run: run.strip(".,;:“”")) | altered | st.text(max_size=12)


@st.composite
def answers(draw: st.DrawFn, text: str, last: int) -> dict[type[Draft], Draft]:
    """One answer of each kind to questions about *text*, which has *last* sentences."""
    value = values(text)
    maybe = st.none() | value
    number = st.none() | st.integers(-1, last + 2)
    few = st.lists(value, max_size=3).map(tuple)
    more = st.lists(st.integers(-1, last + 2), max_size=2).map(tuple)
    actor = st.builds(
        ActorDraft,
        name=value,
        kind=_choices(ActorKind),
        sentence=number,
        position=maybe,
        affiliation=maybe,
    )
    event = st.builds(
        EventDraft,
        kind=_choices(drafts.EventKind),
        who=few,
        to_whom=few,
        sentence=number,
        more_sentences=more,
        when=maybe,
        where=maybe,
        said_by=maybe,
        realis=st.none() | _choices(Realis),
    )
    pledge = st.builds(
        PledgeDraft,
        supplier=maybe,
        recipient=maybe,
        items=st.lists(value, min_size=1, max_size=3).map(tuple),
        sentence=number,
        more_sentences=more,
        status=st.none() | _choices(PledgeStatus),
        status_words=maybe,
        said_by=maybe,
        delivery=maybe,
        deployment=maybe,
        purpose=maybe,
        conditions=few,
        exclusions=few,
        value=maybe,
    )
    line = st.builds(
        StatementDraft,
        text=value,
        sentences=st.lists(st.integers(-1, last + 2), min_size=1, max_size=3).map(tuple),
    )
    return {
        ActorsDraft: ActorsDraft(actors=draw(st.lists(actor, max_size=4).map(tuple))),
        EventsDraft: EventsDraft(events=draw(st.lists(event, max_size=4).map(tuple))),
        PledgesDraft: PledgesDraft(pledges=draw(st.lists(pledge, max_size=3).map(tuple))),
        SummaryDraft: SummaryDraft(
            statements=draw(st.lists(line, min_size=1, max_size=3).map(tuple))
        ),
    }


def shares() -> st.SearchStrategy[dict[str, float]]:
    """How likely a small model finds a few of the words that it may be asked for."""
    words = st.sampled_from(("yes", "no", "background", *typing.get_args(drafts.EventKind)))
    return st.dictionaries(words, st.floats(0, 1), max_size=3)


def written(draft: BaseModel) -> str:
    """Return *draft* as a model under its grammar writes it."""
    return json.dumps(draft.model_dump(mode="json"), ensure_ascii=False)


def verbatim(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield path and value of all that *draft* gives as words of the source."""
    yield from _verbatim(draft, shape_of(type(draft)), "")


def _verbatim(value: object, shape: Shape, path: str) -> Iterator[tuple[str, str]]:
    match shape:
        case Words() if isinstance(value, str) and value.strip():
            yield path, value
        case Maybe(item) if value is not None:
            yield from _verbatim(value, item, path)
        case Listing(item) if isinstance(value, Sequence):
            for at, one in enumerate(value):
                yield from _verbatim(one, item, f"{path}[{at}]")
        case Row(_, parts):
            for part in parts:
                inner = f"{path}.{part.name}" if path else part.name
                yield from _verbatim(getattr(value, part.name), part.shape, inner)


def _choices(literal: object) -> st.SearchStrategy[typing.Any]:
    return st.sampled_from(typing.get_args(literal))
