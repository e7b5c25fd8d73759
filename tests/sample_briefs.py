"""A short report and its brief with a value in every field; and the same brief, hostile."""

from __future__ import annotations

from typing import Any

from summarizer.brief import Brief, Engine, Usage
from summarizer.source import Document

SAMPLE = (
    "Türkiye plans to send Syria 20 to 40 drones if parliament agrees, an official reportedly "
    "told Example Wire. Gen. Yaşar Güler, the defence minister, visited Damascus on Friday."
)
HOSTILE = "<b>x</b> [y](http://z) `c` | ![i](j)\n\n# h\n| d |\u202e &lt; *e* ~~f~~"
NO_ENGINE = Engine(name="none", model="none", prompts_sha256="", temperature=None, seed=None)
NO_USAGE = Usage(
    requests=0, prompt_tokens=0, cached_tokens=0, completion_tokens=0, cost_usd=None, seconds=0.0
)


def sample_brief(
    *, id: str = "drones", title: str = "Drones for Syria", text: str = SAMPLE
) -> Brief:
    """Return the brief of SAMPLE, or of another text that has its words."""
    return Brief.model_validate(_data(id, title, text))


def hostile_brief() -> Brief:
    """Return the same brief with every free string replaced by one full of markup."""
    return Brief.model_validate(_poisoned(_data("drones", "", SAMPLE)))


_FREE = frozenset(
    """value name text label summary quote speaker via title publisher url detail field unit model
    warnings hedge filled offered kept reason reviewer at""".split()
)
_CODES = (("engine", "name"), ("rejections", "reason"))


def _poisoned(data: Any, key: str = "") -> Any:
    if isinstance(data, dict):
        return {
            name: value if (key, name) in _CODES else _poisoned(value, name)
            for name, value in data.items()
        }
    if isinstance(data, list | tuple):
        return [_poisoned(value, key) for value in data]
    return HOSTILE if isinstance(data, str) and key in _FREE else data


def _data(id: str, title: str, text: str) -> dict[str, Any]:
    def cite(quote: str) -> list[dict[str, Any]]:
        start = text.index(quote)
        sentence = 1 + (start >= text.index("Gen."))
        end = start + len(quote)
        found = {"sentence": sentence, "start": start, "end": end, "quote": quote}
        return [{**found, "match": "exact"}]

    def cited(value: str, quote: str | None = None) -> dict[str, Any]:
        return {"value": value, "citations": cite(quote or value)}

    first, second = text.split(". ", 1)[0] + ".", text.split(". ", 1)[1]
    attribution = {
        "kind": "media_report",
        "speaker": "Example Wire",
        "via": "an official",
        "hedge": ["reportedly"],
        "citations": cite("an official reportedly told Example Wire"),
    }
    return {
        "version": 1,
        "document": {
            "id": id,
            "sha256": Document(text).sha256,
            "title": title or None,
            "publisher": "Example Wire",
            "url": "https://example.org/drones",
            "language": "en",
            "published": "2025-10-18",
            "published_basis": "given",
            "characters": len(text),
        },
        "engine": {
            "name": "local",
            "model": "sample",
            "profile": "small",
            "prompts_sha256": "0" * 64,
            "temperature": 0.0,
            "seed": 0,
        },
        "usage": {
            "requests": 2,
            "prompt_tokens": 300,
            "cached_tokens": 100,
            "completion_tokens": 50,
            "cost_usd": None,
            "seconds": 1.5,
        },
        "summary": [
            {"text": "Türkiye plans to send Syria up to 40 drones.", "citations": cite(first)}
        ],
        "actors": [
            {
                "id": "a1",
                "kind": "person",
                "name": "Yaşar Güler",
                "aliases": ["Guler"],
                "rank": cited("Gen."),
                "position": cited("defence minister"),
                "affiliation": None,
                "country": "TUR",
                "labels": [],
                "citations": cite("Yaşar Güler"),
                "filled": ["rank"],
                "changes": [],
                "review": None,
            }
        ],
        "events": [
            {
                "id": "e1",
                "type": "CONSULT",
                "label": "visit",
                "summary": second,
                "date": {
                    "text": "on Friday",
                    "edtf": "2025-10-17",
                    "precision": "day",
                    "basis": "relative",
                    "anchor": "2025-10-18",
                    "citations": cite("on Friday"),
                },
                "place": {"name": "Damascus", "country": "SYR", "citations": cite("Damascus")},
                "participants": [
                    {
                        "name": "Yaşar Güler",
                        "actor": "a1",
                        "role": "visitor",
                        "citations": cite("Yaşar Güler"),
                    }
                ],
                "realis": "actual",
                "factuality": "CT+",
                "attribution": attribution,
                "support": "supported",
                "citations": cite(second),
                "filled": ["date"],
                "changes": [
                    {
                        "field": "participants",
                        "offered": "Hulusi Akar",
                        "kept": None,
                        "by": "reader",
                        "reason": "the passage does not say that he came",
                    }
                ],
                "review": {
                    "action": "accept",
                    "reviewer": "A. Reader",
                    "at": "2025-10-19T08:00:00Z",
                },
            }
        ],
        "pledges": [
            {
                "id": "p1",
                "supplier": [{"name": "Türkiye", "actor": None, "citations": cite("Türkiye")}],
                "recipient": [{"name": "Syria", "actor": None, "citations": cite("Syria")}],
                "items": [
                    {
                        "text": "drones",
                        "category": "unmanned_aircraft",
                        "unroca": "IVb",
                        "quantity": 20,
                        "quantity_max": 40,
                        "quantity_is_estimate": True,
                        "unit": "pieces",
                        "citations": cite("20 to 40 drones"),
                    }
                ],
                "status": "reported_planned",
                "status_words": cited("plans to send"),
                "delivery": None,
                "deployment": None,
                "purpose": None,
                "conditions": [cited("if parliament agrees")],
                "exclusions": [],
                "value": None,
                "attribution": attribution,
                "factuality": "PR+",
                "kiel": "none",
                "sipri_eligible": False,
                "support": "supported",
                "citations": cite(first),
                "filled": [],
                "changes": [
                    {
                        "field": "status",
                        "offered": "pledged",
                        "kept": "reported_planned",
                        "by": "policy",
                        "reason": "“plans to” is a plan",
                    }
                ],
                "review": None,
            }
        ],
        "rejections": [
            {
                "kind": "pledge",
                "field": "quantity",
                "value": "400",
                "quote": "",
                "reason": "not_in_source",
                "detail": "the words give no such number",
            }
        ],
        "warnings": ["no publication date"],
    }
