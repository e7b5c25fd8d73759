"""langextract with the embedded model: a report in, what it extracts as a brief out.

Its OpenAI-compatible provider asks the same server; prompt and example name what this project's
gold holds. What it could not locate in the text is left out, as its README advises; all else counts
as it says. A chunk's answer ends at a limit: the small model may repeat itself without end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

sys.path.insert(0, str(Path(__file__).parent.parent))

import langextract  # type: ignore[import-not-found]
from gold_briefs import brief_from_gold
from openai.resources.chat.completions import Completions

from summarizer.brief import Brief, PledgeStatus
from summarizer.engine.server import Endpoint
from summarizer.evaluate.gold import Gold, GoldActor, GoldEvent, GoldItem, GoldPledge
from summarizer.numbers import find_numbers

if TYPE_CHECKING:
    from bench_embedded import Used

MOST_TOKENS = 2_000  # of a chunk's answer; a good one for 1,000 characters has some 600
_STATUSES = get_args(PledgeStatus)
PROMPT = (
    "Extract from a report on conflict and defence, in order of appearance and in its exact "
    "words: actor (people, states, organisations and armed groups; kind: person, state, "
    "armed_group, media or other; role), event (the words that tell of it; type in one word; "
    "participants; date; place) and pledge (equipment that one side asks for, promises, sells or "
    "gives to another; supplier; recipient; items; status: "
    f"{', '.join(_STATUSES)})."
)
_TEXT = (
    "Ruritanian Defense Minister Ada Holm said on Monday that Ruritania will send 20 howitzers to "
    "Graustark. Holm met Graustark's president in Strelsau."
)
EXAMPLE = langextract.data.ExampleData(
    text=_TEXT,
    extractions=[
        langextract.data.Extraction(
            extraction_class="actor",
            extraction_text="Ada Holm",
            attributes={"kind": "person", "role": "Defense Minister"},
        ),
        langextract.data.Extraction(
            extraction_class="pledge",
            extraction_text="Ruritania will send 20 howitzers to Graustark",
            attributes={
                "supplier": "Ruritania",
                "recipient": "Graustark",
                "items": ["20 howitzers"],
                "status": "pledged",
            },
        ),
        langextract.data.Extraction(
            extraction_class="event",
            extraction_text="Holm met Graustark's president in Strelsau",
            attributes={
                "type": "meeting",
                "participants": ["Ada Holm", "Graustark's president"],
                "place": "Strelsau",
            },
        ),
    ],
)


def extract(text: str, name: str, endpoint: Endpoint, used: Used, work: Path) -> Brief:
    """Return what langextract finds in *text*; count its tokens in *used*, keep its own output."""
    create = Completions.create

    def counted(*given: Any, **named: Any) -> Any:
        completion = create(*given, **named)
        used.add(completion.usage.model_dump())
        return completion

    config = langextract.factory.ModelConfig(
        model_id=endpoint.model,
        provider="OpenAILanguageModel",
        provider_kwargs={
            "base_url": endpoint.base_url,
            "api_key": endpoint.api_key,
            "max_workers": 1,
            "max_output_tokens": MOST_TOKENS,
            "temperature": 0.0,
        },
    )
    Completions.create = counted  # type: ignore[method-assign]
    try:
        result = langextract.extract(
            text,
            prompt_description=PROMPT,
            examples=[EXAMPLE],
            config=config,
            fence_output=False,
            use_schema_constraints=False,
            resolver_params={"suppress_parse_errors": True},
            show_progress=False,
        )
    finally:
        Completions.create = create  # type: ignore[method-assign]
    found = [
        {"class": e.extraction_class, "text": e.extraction_text, **(e.attributes or {})}
        for e in result.extractions
    ]
    (work / f"{name}.langextract.json").write_text(json.dumps(found, indent=1), "utf-8")
    return brief_from_gold(text, _said(text, name, result.extractions))


def _said(text: str, name: str, extractions: Iterable[Any]) -> Gold:
    """Return what is located, in the form that annotators use."""
    actors, events, pledges = [], [], []
    for number, one in enumerate(extractions):
        place, told = one.char_interval, one.attributes or {}
        if place is None or not (words := text[place.start_pos : place.end_pos].strip()):
            continue
        record: dict[str, Any] = {"evidence": (words,), "salience": "core"}
        if one.extraction_class == "actor":
            actors.append(
                GoldActor(
                    name=one.extraction_text,
                    kind=_text(told.get("kind")) or "other",
                    role=_text(told.get("role")),
                    **record,
                )
            )
        elif one.extraction_class == "event":
            events.append(
                GoldEvent(
                    id=f"e{number}",
                    what=one.extraction_text,
                    type=_text(told.get("type")) or "statement",
                    place=_text(told.get("place")),
                    participants=tuple(_texts(told.get("participants"))),
                    **record,
                )
            )
        elif one.extraction_class == "pledge":
            status = _text(told.get("status"))
            pledges.append(
                GoldPledge(
                    supplier=_text(told.get("supplier")),
                    recipient=_text(told.get("recipient")),
                    items=tuple(map(_item, _texts(told.get("items")))),
                    status=status if status in _STATUSES else "unclear",
                    **record,
                )
            )
    return Gold(
        doc=f"{name}.txt", actors=tuple(actors), events=tuple(events), pledges=tuple(pledges)
    )


def _item(words: str) -> GoldItem:
    """Return an item of "20 howitzers", read as kindly as this project reads its own."""
    number = next((n for n in find_numbers(words) if n.kind == "count"), None)
    if number is None or not isinstance(number.low, int):
        return GoldItem(name=words)
    name = (words[: number.start] + words[number.end :]).strip()
    return GoldItem(name=name or words, quantity=number.low)


def _text(value: object) -> str | None:
    return next(_texts(value), None)


def _texts(value: object) -> Iterator[str]:
    """Yield the strings of an attribute, which a model gives as one or as several."""
    if isinstance(value, str) and value.strip():
        yield value.strip()
    elif isinstance(value, list):
        yield from (one.strip() for one in value if isinstance(one, str) and one.strip())
